/* Names in HTML and XML: attributes that name a field, elements. */
#include <string.h>
#include <strings.h>

#include "redact/text.h"

static const char *const name_attributes[] = {"name", "id", "property", "itemprop", "key", "http-equiv", "field", "autocomplete"};
static const char *const value_attributes[] = {"value", "content", "defaultvalue", "data-value"};

/* Elements whose text is a name, or is the value of the name in their attribute. */
static const char *const name_elements[] = {"key", "name", "id", "field", "parameter", "paramname"};
static const char *const value_elements[] = {"string", "property",  "entry",  "parameter", "param",    "field",
                                             "item",   "setting",   "add",    "data",      "variable", "arg",
                                             "value",  "attribute", "header", "textarea",  "output",   "secret"};

/* A piece of a tag. */
struct attribute {
    size_t name, name_end, value, value_end, next;
};

static bool is_blank(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_word(const struct text_scan *scan, size_t start, size_t end, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (end - start == strlen(words[i]) && !strncasecmp(scan->text.bytes + start, words[i], end - start))
            return true;
    return false;
}

#define IS_WORD(scan, start, end, words) is_word(scan, start, end, words, sizeof words / sizeof *words)

/* What stands behind a "<" that is no tag's: "a<0", "a<=b". */
static bool is_comparison(unsigned char c)
{
    return (c >= '0' && c <= '9') || c == '=';
}

size_t text_tag_start(const struct text_scan *scan, size_t at, size_t look)
{
    const size_t least = at > scan->begin + look ? at - look : scan->begin;
    const char *const bytes = scan->text.bytes, *open = memrchr(bytes + least, '<', at - least);
    while (open && is_comparison(text_at(scan, (size_t)(open - bytes) + 1)))
        open = memrchr(bytes + least, '<', (size_t)(open - bytes) - least);
    return open && !memchr(open, '>', at - (size_t)(open - bytes)) ? (size_t)(open - bytes) + 1 : SIZE_MAX;
}

static bool ends_attribute_name(unsigned char c)
{
    return is_blank(c) || c == '=' || c == '>' || c == '/' || c == '<' || c == 0;
}

/* The attribute that begins behind blanks at `at`; false at the tag's end. */
static bool next_attribute(const struct text_scan *scan, size_t at, struct attribute *found)
{
    struct text_quote quote;
    while (is_blank(text_at(scan, at)) || text_at(scan, at) == '/' ||
           (text_at(scan, at) == '\\' && strchr("nrt", text_at(scan, at + 1)) && text_at(scan, at + 1)))
        at += text_at(scan, at) == '\\' ? 2 : 1;
    found->name = at;
    while (!ends_attribute_name(text_at(scan, at)) && at - found->name < TEXT_NAME_MOST)
        at++;
    found->name_end = at;
    if (at == found->name)
        return false;
    size_t mark = text_skip_blanks(scan, at);
    found->value = found->value_end = found->next = at;
    if (text_at(scan, mark) != '=')
        return true;
    mark = text_skip_blanks(scan, mark + 1);
    if (text_quote_at(scan, mark, &quote)) {
        found->value = mark + quote.len;
        found->value_end = text_quote_end(scan, found->value, &quote, &found->next);
        return true;
    }
    found->value = mark;
    while (mark - found->value < TEXT_LOOK_MOST && mark < scan->text.len && !is_blank(text_at(scan, mark)) &&
           text_at(scan, mark) != '>')
        mark++;
    found->value_end = found->next = mark;
    return true;
}

static size_t tag_name_end(const struct text_scan *scan, size_t at)
{
    const size_t most = at + TEXT_NAME_MOST;
    while (at < most && !ends_attribute_name(text_at(scan, at)))
        at++;
    return at;
}

/* The scan without what is far behind `at`. */
static struct text_scan near_by(const struct text_scan *scan, size_t at)
{
    struct text_scan part = *scan;
    if (scan->text.len > at + TEXT_LOOK_MOST)
        part.text.len = at + TEXT_LOOK_MOST;
    return part;
}

static size_t local_name(const struct text_scan *scan, size_t start, size_t end)
{
    const char *const colon = memrchr(scan->text.bytes + start, ':', end - start);
    return colon ? (size_t)(colon - scan->text.bytes) + 1 : start;
}

/* ---- the text of an element */

/* The text that begins at `at`, without blanks around it, or what is in a CDATA section there. */
static size_t text_of(const struct text_scan *scan, size_t at, size_t *start, size_t *end)
{
    static const char open[] = "<![CDATA[", close[] = "]]>";
    const size_t opened = text_skip_blanks(scan, at);
    const char *const bytes = scan->text.bytes;
    if (opened + sizeof open - 1 <= scan->text.len && !memcmp(bytes + opened, open, sizeof open - 1)) {
        *start = opened + sizeof open - 1;
        const char *const closed = memmem(bytes + *start, scan->text.len - *start, close, sizeof close - 1);
        *end = closed ? (size_t)(closed - bytes) : scan->text.len;
        return closed ? *end + sizeof close - 1 : *end;
    }
    const char *const tag = memchr(bytes + at, '<', scan->text.len - at);
    const size_t stop = tag ? (size_t)(tag - bytes) : scan->text.len;
    *start = at;
    *end = stop;
    while (*start < stop && is_blank(text_at(scan, *start)))
        ++*start;
    while (*end > *start && is_blank(text_at(scan, *end - 1)))
        --*end;
    return stop;
}

/* The end tag of the element, within what may be looked at; 0: there is none. */
static size_t end_tag(struct text_scan *scan, const struct text_name *name, size_t from)
{
    const size_t most = scan->text.len - from > TEXT_LOOK_MOST ? from + TEXT_LOOK_MOST : scan->text.len;
    const size_t len = name->end - name->start;
    size_t at = from;
    bool none = false;
    if (at < scan->no_end_tag)
        at = scan->no_end_tag - 1;
    while (at + 2 < most) {
        const char *const open = memmem(scan->text.bytes + at, most - at, "</", 2);
        none = !open;
        if (none)
            break;
        at = (size_t)(open - scan->text.bytes) + 2;
        const size_t stop = tag_name_end(scan, at), local = local_name(scan, at, stop);
        if (stop - local == len && !memcmp(scan->text.bytes + local, scan->text.bytes + name->start, len))
            return at - 2;
    }
    scan->no_end_tag = none ? most : scan->no_end_tag;
    return 0;
}

/* Elements within: all texts up to the end tag go, if data is what they are. */
static size_t take_texts(struct text_scan *scan, const struct text_name *name, size_t at)
{
    size_t start, end;
    const size_t stop = end_tag(scan, name, at);
    while (at < stop) {
        at = text_of(scan, at, &start, &end);
        text_take_quoted(scan, name, TEXT_MARKUP, start, end);
        const char *const close = at < stop ? memchr(scan->text.bytes + at, '>', stop - at) : NULL;
        if (!close)
            break;
        at = (size_t)(close - scan->text.bytes) + 1;
    }
    return at;
}

/* Behind the ">" of the tag whose name ends at `at`; 0: it has none near by, or no content. */
static size_t content_of(const struct text_scan *scan, size_t at)
{
    struct attribute attribute;
    const struct text_scan near = near_by(scan, at);
    while (next_attribute(&near, at, &attribute) && attribute.next > at)
        at = attribute.next;
    at = text_skip_blanks(scan, at);
    return text_at(scan, at) == '>' && text_at(scan, at - 1) != '/' ? at + 1 : 0;
}

/* <ns:Password attributes>text</ns:Password> */
static size_t find_as_element(struct text_scan *scan, struct text_name *name, size_t tag)
{
    size_t start, end;
    if (local_name(scan, tag, name->end) != name->start)
        return 0;
    const size_t content = content_of(scan, name->end);
    if (!content || !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    const size_t next = text_of(scan, content, &start, &end);
    if (end > start) {
        if (text_take_quoted(scan, name, TEXT_MARKUP, start, end))
            return next;
        if (next < scan->text.len)
            return content;
        text_scan_value(scan, content, next); /* the rest of the text: it is not read again for each name in it */
        return next;
    }
    if (name->verdict.tier != REDACT_ANY || memchr(scan->text.bytes + name->start, '-', name->end - name->start))
        return content;
    return take_texts(scan, name, content);
}

/* <key>password</key><string>text</string> */
static size_t find_behind_name(struct text_scan *scan, struct text_name *name)
{
    size_t start, end;
    if (text_at(scan, name->start - 1) != '>' || text_at(scan, name->end + 1) != '/')
        return 0;
    const size_t tag = text_tag_start(scan, name->start - 1, TEXT_LOOK_MOST);
    if (tag == SIZE_MAX)
        return 0;
    const size_t stop = tag_name_end(scan, tag), local = local_name(scan, tag, stop);
    if (!IS_WORD(scan, local, stop, name_elements) || !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    size_t at = tag_name_end(scan, name->end + 2);
    if (text_at(scan, at) != '>')
        return 0;
    at = text_skip_blanks(scan, at + 1);
    if (text_at(scan, at) != '<' || text_at(scan, at + 1) == '/')
        return 0;
    const size_t content = content_of(scan, tag_name_end(scan, at + 1));
    if (!content)
        return 0;
    const size_t next = text_of(scan, content, &start, &end);
    return text_take_quoted(scan, name, TEXT_MARKUP, start, end) ? next : 0;
}

size_t text_find_element(struct text_scan *scan, struct text_name *name)
{
    const unsigned char before = text_at(scan, name->start - 1), behind = text_at(scan, name->end);
    if (before == '>' && behind == '<')
        return find_behind_name(scan, name);
    if ((before != '<' && before != ':') || !(is_blank(behind) || behind == '>'))
        return 0;
    size_t tag = name->start;
    while (tag > scan->begin && name->start - tag < TEXT_NAME_MOST && text_at(scan, tag - 1) != '<')
        if (!text_is_name_byte(text_at(scan, --tag)) && text_at(scan, tag) != ':')
            return 0;
    return text_at(scan, tag - 1) == '<' ? find_as_element(scan, name, tag) : 0;
}

/* ---- attributes */

/* The value that belongs to the name in an attribute: another attribute's, or the text of the element. */
static size_t take_of_tag(struct text_scan *scan, struct text_name *name, size_t tag, size_t behind)
{
    struct attribute attribute;
    const size_t stop = tag_name_end(scan, tag), local = local_name(scan, tag, stop);
    const struct text_scan near = near_by(scan, behind);
    size_t at = stop;
    while (next_attribute(&near, at, &attribute) && attribute.next > at) {
        const bool value = IS_WORD(scan, attribute.name, attribute.name_end, value_attributes);
        if (value) /* however long it is */
            next_attribute(scan, at, &attribute);
        at = attribute.next;
        if (value) {
            text_take_quoted(scan, name, TEXT_MARKUP, attribute.value, attribute.value_end);
            return at > behind ? at : behind;
        }
    }
    const size_t content = IS_WORD(scan, local, stop, value_elements) ? content_of(scan, stop) : 0;
    if (!content)
        return 0;
    size_t start, end;
    const size_t next = text_of(scan, content, &start, &end);
    return text_take_quoted(scan, name, TEXT_MARKUP, start, end) ? next : 0;
}

/* The parts of a multipart body have names that look like attributes: the finder that knows such bodies looks once. */
static bool is_part(const struct text_scan *scan, size_t attribute)
{
    static const char before[] = "form-data; ";
    const size_t len = sizeof before - 1;
    return attribute >= scan->begin + len && !strncasecmp(scan->text.bytes + attribute - len, before, len);
}

size_t text_find_attribute(struct text_scan *scan, struct text_name *name)
{
    struct text_quote open;
    const bool quoted = text_quote_before(scan, name->start, &open);
    const size_t value = name->start - (quoted ? open.len : 0), mark = text_skip_blanks_back(scan, value);
    if (text_at(scan, mark - 1) != '=')
        return 0;
    const size_t end = text_skip_blanks_back(scan, mark - 1);
    size_t start = end;
    while (start > scan->begin && end - start < TEXT_NAME_MOST && text_is_name_byte(text_at(scan, start - 1)))
        start--;
    const bool password = end - start == 4 && !strncasecmp(scan->text.bytes + start, "type", 4) && name->end - name->start == 8 &&
                          !strncasecmp(scan->text.bytes + name->start, "password", 8);
    if (!password && !IS_WORD(scan, start, end, name_attributes))
        return 0;
    if (is_part(scan, start) && !scan->parts_done) {
        scan->parts_done = true;
        redact_find_multipart(scan->engine, scan->text, scan->edits);
        return 0;
    }
    const size_t tag = text_tag_start(scan, start, TEXT_LOOK_MOST);
    if (tag == SIZE_MAX || !text_know(scan, name, REDACT_NAME_TEXT))
        return 0;
    return take_of_tag(scan, name, tag, name->end);
}
