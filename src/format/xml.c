/* HAR as XML: a document in, item after item out. Each piece that the lexer cuts is parsed at once and completes one item at
 * most, so that memory is bounded by an item. */
#include <stdlib.h>
#include <string.h>

#include <harmill/alloc.h>

#include "format/xml.h"
#include "util/position.h"

#ifdef HARMILL_WITHOUT_XML
#define OPEN  NULL
#define ITEM  NULL
#define CLOSE NULL
#else
#define OPEN       open_xml
#define ITEM       item_xml
#define CLOSE      close_xml

/* libxml2 counts in int, some of it times a few. */
#define PIECE_MOST ((uint64_t)256 << 20)

static enum har_status open_xml(void *ctx, const struct har_format_args *args, struct har_error *error)
{
    struct xml *x = ctx;
    x->input = args->input;
    x->findings = args->findings;
    x->item_bytes = har_settings_bound(args->settings, HAR_BOUND_ITEM_BYTES);
    x->tree_bytes = har_settings_bound(args->settings, HAR_BOUND_TREE_BYTES);
    x->depth = har_settings_bound(args->settings, HAR_BOUND_DEPTH);
    x->lex.most = (size_t)(x->item_bytes < PIECE_MOST ? x->item_bytes : PIECE_MOST);
    x->lex.deepest = x->depth + 2; /* a value in the deepest object, a chunk of it */
    xml_source_init(&x->source, args->input, x->lex.most);
    json_build_init(&x->build, x->item_bytes, x->tree_bytes);
    har_buffer_init(&x->raw, (size_t)x->item_bytes);
    har_buffer_init(&x->values, (size_t)x->item_bytes);
    return xml_parser_open(x) ? HAR_OK : har_error_memory(error);
}

static void close_xml(void *ctx)
{
    struct xml *x = ctx;
    xml_parser_close(x);
    xml_source_release(&x->source);
    json_build_release(&x->build);
    har_buffer_release(&x->raw);
    har_buffer_release(&x->values);
    for (size_t i = 0; i < x->ready_cap; i++)
        json_build_release(&x->ready[i].build);
    free(x->ready);
    free(x->frame);
}

void xml_tell(struct xml *x, enum har_rule rule, const struct json_span *span, size_t at, const char *message,
              const struct har_arg *args, size_t count, const char *done)
{
    struct har_buffer pointer;
    struct har_finding finding = {.rule = rule, .message = message, .done = done, .entry = xml_read_entry(x)};
    har_buffer_init(&pointer, HAR_MIB);
    xml_read_pointer(x, &pointer);
    finding.pointer = (struct har_text){pointer.data ? pointer.data : "", pointer.len};
    finding.place = finding.end = span->place;
    finding.end.offset += span->bytes;
    finding.end.column += span->points;
    if (count) /* args is NULL otherwise */
        memcpy(finding.arg, args, count * sizeof *args);
    if (at != SIZE_MAX)
        finding.excerpt = position_excerpt(x->source.bytes, x->source.len, at, &finding.excerpt_at);
    har_report_finding(x->findings, &finding);
    har_buffer_release(&pointer);
}

struct json_span xml_span(struct xml *x, size_t at, size_t len, bool keep)
{
    struct json_span span = {xml_source_place(&x->source, at, keep), (uint32_t)len, (uint32_t)len};
    for (size_t i = at; i < at + len; i++)
        if (x->source.bytes[i] == '\n' || x->source.bytes[i] & 0x80 || x->source.converting)
            span.bytes = span.points = 0;
    return span;
}

static enum har_status cut(struct xml *x, struct har_error *error)
{
    x->stopped = true;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "reading ended early");
}

static enum har_status cut_at(struct xml *x, enum har_rule rule, size_t at, const char *message, struct har_error *error)
{
    const struct json_span span = xml_span(x, at, 0, false);
    xml_tell(x, rule, &span, at, message, NULL, 0, "nothing behind it is judged");
    return cut(x, error);
}

/* The bytes ended early, for a reason that the source knows. */
static enum har_status cut_source(struct xml *x, struct har_error *error)
{
    const struct har_arg why = {HAR_ARG_WORD, 0, {x->source.why, strlen(x->source.why)}};
    const struct json_span span = xml_span(x, x->source.len, 0, false);
    xml_tell(x, x->source.rule, &span, x->source.len, "%1", &why, 1, "what comes before is judged");
    return cut(x, error);
}

static enum har_status fault(struct xml *x, enum xml_lex_event event, struct har_error *error)
{
    static const char *const ends[] = {
        [XML_LEX_TEXT] = "",
        [XML_LEX_TAG] = "the input ends inside the tag that starts here",
        [XML_LEX_END_TAG] = "the input ends inside the tag that starts here",
        [XML_LEX_COMMENT] = "the input ends inside the comment that starts here",
        [XML_LEX_CDATA] = "the input ends inside the CDATA section that starts here",
        [XML_LEX_PI] = "the input ends inside the processing instruction that starts here",
        [XML_LEX_OTHER] = "the input ends inside the markup that starts here",
    };
    static const struct {
        enum har_rule rule;
        const char *message;
    } rows[] = {
        [XML_LEX_DOCTYPE] = {HAR_RULE_XML_VOCABULARY, "a DOCTYPE or other declaration: this vocabulary has none, and none is read"},
        [XML_LEX_LESS_THAN] = {HAR_RULE_XML_SYNTAX, "a < stands inside the tag that starts here; in values it is written &lt;"},
        [XML_LEX_ATTRIBUTES] = {HAR_RULE_XML_VOCABULARY, "the tag that starts here has far more attributes than any may have"},
        [XML_LEX_DEEP] = {HAR_RULE_TOO_DEEP, "nested deeper than --max-depth allows"},
        [XML_LEX_LARGE] = {HAR_RULE_TOO_LARGE, "the markup that starts here is larger than --max-item-bytes allows"},
    };
    const size_t at = x->lex.at;
    if (event == XML_LEX_CUT && x->source.why)
        return cut_source(x, error);
    if (event == XML_LEX_CUT)
        return cut_at(x, HAR_RULE_XML_SYNTAX, at, ends[xml_lex_kind(&x->lex, x->source.bytes, x->source.len)], error);
    return cut_at(x, rows[event].rule, at, rows[event].message, error);
}

/* Makes room for what is read next: drops what the parser has taken. */
static enum har_status read_on(struct xml *x, struct har_error *error)
{
    size_t drop = xml_parser_at(x);
    drop = drop < x->lex.from ? drop : x->lex.from;
    if (drop) {
        xml_source_drop(&x->source, drop);
        xml_lex_drop(&x->lex, drop);
        x->base += drop;
    }
    return xml_source_read(&x->source, error);
}

static void feed(struct xml *x, bool last)
{
    xml_parser_feed(x, x->source.bytes + x->lex.from, x->lex.at - x->lex.from, last);
    x->lex.from = x->lex.at;
    x->no_memory |= har_alloc_failed(); /* libxml2 loses text silently when memory is short */
}

static enum har_status end(struct xml *x, struct har_error *error)
{
    if (x->source.why)
        return cut_source(x, error);
    if (x->lex.depth)
        return cut_at(x, HAR_RULE_XML_SYNTAX, x->source.len, "the input ends here, inside an element", error);
    feed(x, true);
    if (x->stopped || x->no_memory)
        return HAR_OK;
    const struct har_place place = xml_source_place(&x->source, x->source.len, false);
    x->ended = true;
    xml_read_ended(x, &place);
    return HAR_OK;
}

/* Until an item is ready, or there is none. */
static enum har_status advance(struct xml *x, struct har_error *error)
{
    while (x->ready_at == x->ready_count) {
        enum har_status status = HAR_OK;
        if (x->no_memory)
            return har_error_memory(error);
        if (x->stopped)
            return cut(x, error);
        if (x->ended)
            return HAR_EOF;
        x->ready_at = x->ready_count = 0;
        const enum xml_lex_event event = xml_lex_next(&x->lex, x->source.bytes, x->source.len, x->source.ended);
        switch (event) {
        case XML_LEX_MORE:
            status = read_on(x, error);
            break;
        case XML_LEX_PIECE:
            feed(x, false);
            break;
        case XML_LEX_END:
            status = end(x, error);
            break;
        default:
            status = fault(x, event, error);
        }
        if (status != HAR_OK)
            return status;
    }
    return HAR_OK;
}

static enum har_status item_xml(void *ctx, struct har_item *item, struct har_error *error)
{
    struct xml *x = ctx;
    const enum har_status status = advance(x, error);
    if (status != HAR_OK)
        return status;
    struct xml_ready *ready = &x->ready[x->ready_at++];
    *item = ready->item;
    if (item->kind != HAR_ITEM_DOC_BEGIN && item->kind != HAR_ITEM_DOC_END)
        item->tree = json_build_tree(&ready->build);
    return HAR_OK;
}
#endif

const struct har_format har_format_xml = {
    .size = sizeof(struct har_format),
    .name = "xml",
    .summary = "HAR as XML, as harmill writes it",
    .extensions = ".xml",
    .ctx_size = sizeof(struct xml),
    .open = OPEN,
    .item = ITEM,
    .close = CLOSE,
};
