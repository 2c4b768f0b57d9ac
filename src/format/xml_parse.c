/* libxml2's push parser, fed piece by piece: no network, no entities but the predefined, no DTD (the lexer lets none through).
 * It sees UTF-8 only, so what it says about its own position counts the bytes that it was fed. */
#include "format/xml.h"

#ifndef HARMILL_WITHOUT_XML

#include <harmill/alloc.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>

enum { FIELDS = 5 }; /* of an attribute in libxml2's list: name, prefix, namespace, value, its end */

static size_t offset_of(const struct xml *x)
{
    const xmlParserCtxt *parser = x->parser;
    return parser->input->consumed + (size_t)(parser->input->cur - parser->input->base);
}

size_t xml_parser_at(const struct xml *x)
{
    return (size_t)(offset_of(x) - x->base);
}

static bool is_ours(const xmlChar *uri)
{
    return uri && strcmp((const char *)uri, XML_NAMESPACE) == 0;
}

/* Unless it replaces entities, libxml2 gives each & of an attribute's value as &#38;, for a later pass that is not ours. */
static void take_values(struct xml *x, struct xml_attribute *attribute, size_t count)
{
    size_t most = 0;
    har_buffer_clear(&x->values);
    for (size_t i = 0; i < count; i++)
        most += attribute[i].value.len;
    for (size_t i = 0; i < count; i++) {
        const char *from = attribute[i].value.bytes, *const end = from + attribute[i].value.len;
        const char *at = memchr(from, '&', (size_t)(end - from));
        if (!at)
            continue;
        char *copy = har_buffer_reserve(&x->values, most - x->values.len); /* once: all of them fit */
        if (!copy) {
            x->no_memory = true;
            return;
        }
        char *to = copy;
        for (at = from; at < end; at++) {
            *to++ = *at;
            at += *at == '&' && end - at >= 5 && memcmp(at, "&#38;", 5) == 0 ? 4 : 0;
        }
        x->values.len += (size_t)(to - copy);
        attribute[i].value = (struct har_text){copy, (size_t)(to - copy)};
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                     const xmlChar **declared, int count, int defaulted, const xmlChar **list)
{
    struct xml *x = user;
    struct xml_attribute attribute[XML_ATTRIBUTES];
    struct xml_tag tag = {.name = (const char *)name, .ours = is_ours(uri), .attribute = attribute};
    (void)prefix;
    (void)namespaces;
    (void)declared;
    (void)defaulted;
    for (int i = 0; i < count && i < XML_ATTRIBUTES; i++, tag.count++) {
        const char *const *field = (const char *const *)list + i * FIELDS;
        attribute[i] = (struct xml_attribute){field[0], field[2], {field[3], (size_t)(field[4] - field[3])}};
    }
    take_values(x, attribute, tag.count);
    /* No attribute holds a <, so the tag begins at the last one. Behind the attributes only > or /> are left. */
    const char *bytes = x->source.bytes;
    const size_t at = xml_parser_at(x);
    const char *begin = memrchr(bytes, '<', at);
    tag.at = begin ? (size_t)(begin - bytes) : at;
    tag.end = at + 1 + (at < x->source.len && bytes[at] == '/');
    tag.end = tag.end < x->source.len ? tag.end : x->source.len;
    xml_read_start(x, &tag);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name;
    (void)prefix;
    (void)uri;
    xml_read_end(user);
}

static void on_text(void *user, const xmlChar *text, int len)
{
    struct xml *x = user;
    const xmlParserInput *input = ((const xmlParserCtxt *)x->parser)->input;
    const size_t at = xml_parser_at(x);
    /* Text comes as it stands in the parser's window, before the parser has gone over it, or as a copy, afterwards. */
    const bool stands = text >= input->cur && text < input->end;
    xml_read_text(x, (const char *)text, (size_t)len, stands ? at + (size_t)(text - input->cur) : SIZE_MAX, at);
}

/* What the parser's codes mean, in words of ours: its own quote the document. */
static const struct {
    int code;
    const char *message;
} messages[] = {
    {XML_ERR_DOCUMENT_EMPTY, "this is no XML: it does not begin with an element"},
    {XML_ERR_DOCUMENT_END, "something stands behind the end of the document's element"},
    {XML_ERR_INVALID_CHAR, "a character that XML cannot hold; harmill writes such text as escaped=\"true\""},
    {XML_ERR_INVALID_CHARREF, "a reference to a character that XML cannot hold"},
    {XML_ERR_INVALID_DEC_CHARREF, "a broken character reference"},
    {XML_ERR_INVALID_HEX_CHARREF, "a broken character reference"},
    {XML_ERR_UNDECLARED_ENTITY, "an entity that XML does not predefine: only &amp; &lt; &gt; &quot; &apos; are read"},
    {XML_WAR_UNDECLARED_ENTITY, "an entity that XML does not predefine: only &amp; &lt; &gt; &quot; &apos; are read"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "the reference that starts here lacks its semicolon; & itself is written &amp;"},
    {XML_ERR_NAME_REQUIRED, "a name is missing here"},
    {XML_ERR_TAG_NAME_MISMATCH, "this end tag is not of the element that is open"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute stands twice in a tag"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "values of attributes need quotes"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "an attribute without a value"},
    {XML_ERR_SPACE_REQUIRED, "a blank is missing between two attributes"},
    {XML_ERR_GT_REQUIRED, "the tag is broken here"},
    {XML_ERR_MISPLACED_CDATA_END, "]]> may not stand in text; write ]]&gt;"},
    {XML_ERR_HYPHEN_IN_COMMENT, "two hyphens in a comment"},
    {XML_ERR_RESERVED_XML_NAME, "the XML declaration may only stand at the very beginning"},
    {XML_ERR_VERSION_MISSING, "the XML declaration lacks the version"},
    {XML_ERR_XMLDECL_NOT_FINISHED, "the XML declaration is broken"},
    {XML_ERR_UNKNOWN_VERSION, "an unknown version of XML"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "a namespace prefix that is not declared"},
    /* The lexer has seen their ends: what the parser misses is beyond its limit. */
    {XML_ERR_INTERNAL_ERROR, "a CDATA section or comment is longer than 10,000,000 bytes"},
    {XML_ERR_CDATA_NOT_FINISHED, "the CDATA section is longer than 10,000,000 bytes"},
    {XML_ERR_COMMENT_NOT_FINISHED, "the comment is longer than 10,000,000 bytes"},
    {XML_ERR_PI_NOT_FINISHED, "the processing instruction is longer than 10,000,000 bytes"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "the attribute is longer than 10,000,000 bytes"},
    {XML_ERR_NAME_TOO_LONG, "a name is longer than 50,000 bytes"},
    {XML_ERR_TAG_NOT_FINISHED, "the input ends inside an element"},
};

static const char *message_of(int code)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (messages[i].code == code)
            return messages[i].message;
    return "this is not well-formed XML";
}

/* Where a fault is told: where the parser is, for an end tag at its beginning. */
static size_t fault_at(const struct xml *x, int code)
{
    const char *bytes = x->source.bytes;
    size_t at = xml_parser_at(x);
    if (at > x->source.len)
        at = x->source.len;
    if (code == XML_ERR_TAG_NAME_MISMATCH) {
        const char *begin = memrchr(bytes, '<', at);
        at = begin ? (size_t)(begin - bytes) : at;
    }
    return at > x->source.mark_at ? at : x->source.mark_at;
}

static void on_error(void *user, xmlErrorPtr fault)
{
    struct xml *x = user;
    if (fault->level < XML_ERR_ERROR || x->stopped || x->no_memory)
        return; /* what follows a fault means nothing: a value that is too long ends as a lack of memory too */
    if (fault->code == XML_ERR_NO_MEMORY || har_alloc_failed()) { /* what is wrong may be for want of what was lost */
        x->no_memory = true;
        return;
    }
    const size_t at = fault_at(x, fault->code);
    const struct json_span span = xml_span(x, at, 0, false);
    xml_tell(x, HAR_RULE_XML_SYNTAX, &span, at, message_of(fault->code), NULL, 0, "nothing behind it is judged");
    x->stopped = true;
}

bool xml_parser_open(struct xml *x)
{
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = on_start,
                             .endElementNs = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_text,
                             .serror = on_error};
    xmlInitParser(); /* guards itself against other threads */
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, x, NULL, 0, NULL);
    x->parser = parser;
    if (!parser || xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC) != 0)
        return false;
    return xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8) == 0;
}

void xml_parser_close(struct xml *x)
{
    xmlFreeParserCtxt(x->parser);
    x->parser = NULL;
}

void xml_parser_feed(struct xml *x, const char *bytes, size_t len, bool last)
{
    xmlParseChunk(x->parser, bytes, (int)len, last);
}

#endif
