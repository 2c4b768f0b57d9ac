/* The body of a response: encoding, size, type. A text is looked at once, whole; what explains an odd size is looked for only
 * when there is one. */
#include <string.h>

#include "json/base64.h"
#include "json/measure.h"
#include "json/text.h"
#include "rules/count.h"
#include "util/text.h"

struct content {
    struct har_buffer mime_type, header; /* scratch */
};

enum {
    SCRATCH_MOST = 1 << 16, /* types longer than this are not compared */
    BOM_BYTES = 3,          /* of U+FEFF, which browsers take off the text */
    POINT_MOST = 4,         /* bytes that one character has in any charset */
    /* Firefox cuts bodies at a limit that is this by default; a character may have been cut. */
    CUT_AT_LEAST = (1 << 20) - POINT_MOST,
};

/* The text and what is known about it. */
struct body {
    const struct facts *facts;
    const struct har_node *size_node, *text_node;
    int64_t size, body_size; /* -1: not known */
    size_t bytes;            /* of the text, decoded */
    bool base64;
    struct json_measure measure; /* of text that is not base64 */
};

/* ---- charset and type */

/* The value of a type's parameter charset, without quotes; empty when there is none. */
static struct har_text charset_of(struct har_text type)
{
    struct har_text parameter, name, value;
    text_part(&type, ';', &parameter); /* the type itself */
    while (text_part(&type, ';', &parameter)) {
        const bool assigned = text_find(parameter, '=') < parameter.len;
        text_split(parameter, '=', &name, &value);
        if (!assigned || !text_is(text_trim(name), "charset"))
            continue;
        value = text_trim(value);
        if (value.len >= 2 && value.bytes[0] == '"' && value.bytes[value.len - 1] == '"')
            value = (struct har_text){value.bytes + 1, value.len - 2};
        return value;
    }
    return (struct har_text){"", 0};
}

static struct har_text type_of(struct har_text type)
{
    type.len = text_find(type, ';');
    return text_trim(type);
}

/* Without regard to case, - and _: utf8 is UTF-8. */
static bool same_charset(struct har_text a, struct har_text b)
{
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.len && (a.bytes[i] == '-' || a.bytes[i] == '_'))
            i++;
        while (j < b.len && (b.bytes[j] == '-' || b.bytes[j] == '_'))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (text_lower(a.bytes[i]) != text_lower(b.bytes[j]))
            return false;
    }
}

/* A string of moderate length, decoded; empty otherwise. */
static struct har_text short_text(struct check *check, const struct har_node *node, struct har_buffer *scratch)
{
    if (!scratch->max)
        har_buffer_init(scratch, (size_t)2 * SCRATCH_MOST); /* what is no escape decodes to more than it is spelled with */
    if (!node || node->text_len > SCRATCH_MOST)
        return (struct har_text){"", 0};
    return semantic_text(check, node, scratch);
}

/* The value of the last Content-Type header; NULL when there is none. */
static const struct har_node *content_type(struct check *check, const struct facts *facts)
{
    return headers_value(check, facts->response_headers[HEADER_CONTENT_TYPE], HEADER_CONTENT_TYPE, true);
}

/* The charset may be missing on one side: browsers keep it apart from the type. */
static bool same_type(struct har_text a, struct har_text b)
{
    const struct har_text a_charset = charset_of(a), b_charset = charset_of(b);
    return text_alike(type_of(a), type_of(b)) && (!a_charset.len || !b_charset.len || same_charset(a_charset, b_charset));
}

static void run_mime_type(struct check *check, const struct facts *facts, void *ctx)
{
    struct content *content = ctx;
    const struct har_node *node = facts->content[CONTENT_mimeType];
    if (!node)
        return;
    const struct har_node *header = content_type(check, facts);
    if (header && text_equal(har_node_text(check->item->tree, node), har_node_text(check->item->tree, header)) && node->text_len)
        return;
    const struct har_text mime_type = short_text(check, node, &content->mime_type);
    const struct har_text value = text_trim(short_text(check, header, &content->header));
    const bool is_unknown = !node->text_len || text_is(type_of(mime_type), "x-unknown");
    if (value.len && is_unknown)
        semantic_tell(check, HAR_RULE_MIME_TYPE_MISMATCH, node,
                      "content.mimeType is not filled in, but there is a Content-Type header", NULL, 0);
    else if (value.len && mime_type.len && !same_type(mime_type, value))
        semantic_tell(check, HAR_RULE_MIME_TYPE_MISMATCH, node,
                      "content.mimeType is another type than the Content-Type header names", NULL, 0);
    else if (is_unknown && ((facts->content[CONTENT_text] && facts->content[CONTENT_text]->text_len) ||
                            count_size(check, facts->content[CONTENT_size]) > 0))
        semantic_tell(check, HAR_RULE_UNKNOWN_MIME_TYPE, node, "the type of this body is not known", NULL, 0);
}

/* ---- sizes beside sizes */

static void run_size(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct har_node *compression_node = facts->content[CONTENT_compression];
    int64_t size = 0, compression = 0;
    if (count_of(check, facts->content[CONTENT_size], &size) == COUNT_WHOLE && size == -1)
        semantic_tell(check, HAR_RULE_UNKNOWN_CONTENT_SIZE, facts->content[CONTENT_size], "content.size is -1: not known", NULL, 0);
    if (count_of(check, compression_node, &compression) != COUNT_WHOLE)
        return;
    const int64_t body_size = count_size(check, facts->response[RESPONSE_bodySize]);
    size = count_size(check, facts->content[CONTENT_size]);
    /* Some producers write 0 for what would be negative. */
    const bool differs = size >= 0 && body_size >= 0 && compression != size - body_size && (compression || size > body_size);
    if (differs) {
        const struct har_arg args[] = {semantic_decimal((double)compression), check_number((uint64_t)size),
                                       check_number((uint64_t)body_size)};
        semantic_tell(check, HAR_RULE_COMPRESSION_MISMATCH, compression_node,
                      "compression is %1, but content.size is %2 and bodySize is %3", args, 3);
    } else if (compression < 0) {
        const struct har_arg arg = check_number((uint64_t)-compression);
        semantic_tell(check, HAR_RULE_NEGATIVE_COMPRESSION, compression_node, "encoding made the body larger by %1 bytes", &arg, 1);
    }
}

/* ---- a size that differs from the text */

/* Whether characters were lost, each for one byte or more, so that the size may well be right. */
static bool has_lost(const struct body *body, const struct json_characters *count)
{
    const uint64_t size = (uint64_t)body->size;
    return (body->measure.replaced != JSON_NOWHERE || body->measure.lone) && size >= count->points && size <= body->bytes;
}

/* Whether the body may have been of another size before it became UTF-8. */
static bool was_transcoded(const struct body *body, struct har_text type, const struct json_characters *count)
{
    static const struct har_text utf8 = {"utf-8", 5};
    const struct har_text charset = charset_of(type);
    const uint64_t size = (uint64_t)body->size;
    if (charset.len ? same_charset(charset, utf8) : text_is(type_of(type), "application/json"))
        return false;
    return (charset.len || !body->measure.ascii) && size >= count->points &&
           size <= (uint64_t)count->points * POINT_MOST + POINT_MOST;
}

/* Whether the size is that of the body as it was sent; Firefox adds the headers to bodySize. */
static bool is_sent_size(struct check *check, const struct body *body)
{
    const int64_t headers = count_size(check, body->facts->response[RESPONSE_headersSize]);
    return body->size == body->body_size || (headers > 0 && body->size == body->body_size - headers);
}

static bool is_encoded(struct check *check, const struct facts *facts)
{
    const struct har_node *value =
        headers_value(check, facts->response_headers[HEADER_CONTENT_ENCODING], HEADER_CONTENT_ENCODING, false);
    const struct har_text text = text_trim(semantic_text(check, value, &check->decoded));
    return text.len && !text_is(text, "identity");
}

/* Whether the text, taken as base64, is as long as the size says. */
static bool is_unnamed_base64(struct check *check, const struct body *body)
{
    struct base64 base64;
    if (body->base64 || !body->measure.ascii || body->bytes < (uint64_t)body->size ||
        body->bytes > (uint64_t)body->size * 3 / 2 + 4)
        return false;
    return json_base64(check->item->tree, body->text_node, &base64, NULL) && base64_decoded(&base64) == (uint64_t)body->size;
}

static void tell_unit(struct check *check, const struct body *body, const char *message)
{
    const struct har_arg args[] = {check_number((uint64_t)body->size), check_number(body->bytes)};
    semantic_tell(check, HAR_RULE_CONTENT_SIZE_UNIT, body->size_node, message, args, 2);
}

/* Reasons that are no mistake, or one that can be named; false when none fits. */
static bool explain_text(struct check *check, struct content *content, const struct body *body)
{
    const struct har_node *header = content_type(check, body->facts);
    const struct har_text type = short_text(check, header ? header : body->facts->content[CONTENT_mimeType], &content->header);
    const struct json_characters count = json_characters(json_text(check->item->tree, body->text_node), body->text_node->text_len);
    const uint64_t size = (uint64_t)body->size;
    if (size == body->bytes + BOM_BYTES || has_lost(body, &count))
        return true;
    const bool transcoded = was_transcoded(body, type, &count);
    if (size == count.points && !(transcoded && charset_of(type).len))
        tell_unit(check, body, "content.size is %1, the number of characters: the text has %2 bytes");
    else if (size == count.units && !transcoded)
        tell_unit(check, body, "content.size is %1, the number of UTF-16 units: the text has %2 bytes");
    else
        return transcoded;
    return true;
}

/* The size is known and differs. */
static void explain_size(struct check *check, struct content *content, const struct body *body)
{
    const struct har_arg args[] = {check_number((uint64_t)body->size), check_number(body->bytes)};
    if (!body->size)
        semantic_tell(check, HAR_RULE_ZERO_CONTENT_SIZE, body->size_node, "content.size is 0, but the text has %2 bytes", args, 2);
    else if (!body->base64 && explain_text(check, content, body))
        return;
    else if (is_sent_size(check, body) && is_encoded(check, body->facts))
        tell_unit(check, body, "content.size is %1, the size of the encoded body: decoded it has %2 bytes");
    else if (body->bytes >= CUT_AT_LEAST && body->bytes < (uint64_t)body->size)
        semantic_tell(check, HAR_RULE_TRUNCATED_TEXT, body->text_node, "the text has the first %2 of %1 bytes", args, 2);
    else if (is_unnamed_base64(check, body))
        semantic_tell(check, HAR_RULE_MISSING_ENCODING, body->text_node,
                      "the text is base64 of %1 bytes, as content.size says, but content.encoding is missing", args, 1);
    else
        semantic_tell(check, HAR_RULE_CONTENT_SIZE_MISMATCH, body->size_node, "content.size is %1, but the text has %2 bytes", args,
                      2);
}

/* ---- the text */

static void tell_base64_forms(struct check *check, const struct har_node *node, unsigned forms)
{
    static const struct {
        unsigned form;
        const char *message;
    } row[] = {
        {BASE64_BLANKS, "the base64 is broken into lines or has blanks"},
        {BASE64_URL_SAFE, "the base64 is of the alphabet for URLs, with - and _"},
        {BASE64_UNPADDED, "the base64 lacks its padding, the = at the end"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        if (forms & row[i].form)
            semantic_tell(check, HAR_RULE_BASE64_FORM, node, row[i].message, NULL, 0);
}

static void tell_base64_fault(struct check *check, const struct har_node *node, const struct base64 *base64, size_t at)
{
    struct check_where where = {node, false, 0};
    struct har_arg args[] = {check_number(base64->digits), check_number(base64->pads)};
    const char *message = "the text is no base64: its length, %1 characters, is one more than whole bytes need";
    if (base64->fault == BASE64_CHARACTER) {
        where.at = node->text + (uint32_t)at;
        args[0] = check_number(base64->seen + 1);
        message = "the text is no base64: character %1 is not of its alphabet";
    } else if (base64->fault == BASE64_PADDING) {
        message = "the base64 is padded wrong: %1 characters, then %2 of =";
    }
    check_tell(check, HAR_RULE_MALFORMED_BASE64, where, message, args, 2, NULL);
}

/* False when the text tells nothing about its size. */
static bool judge_base64(struct check *check, struct body *body)
{
    const struct har_node *node = body->text_node;
    struct base64 base64;
    size_t at;
    if (!json_base64(check->item->tree, node, &base64, &at)) {
        tell_base64_fault(check, node, &base64, at);
        return false;
    }
    tell_base64_forms(check, node, base64.forms);
    body->base64 = true;
    body->bytes = base64_decoded(&base64);
    return true;
}

static void judge_text(struct check *check, struct body *body)
{
    const struct har_node *node = body->text_node;
    body->measure = json_measure(json_text(check->item->tree, node), node->text_len);
    body->bytes = body->measure.bytes;
    if (body->measure.replaced == JSON_NOWHERE)
        return;
    const uint32_t at = node->text + (uint32_t)body->measure.replaced;
    check_tell(check, HAR_RULE_REPLACEMENT_CHARACTER, (struct check_where){node, false, at},
               "U+FFFD stands for bytes that were no text", NULL, 0, NULL);
}

static void run_text(struct check *check, const struct facts *facts, void *ctx)
{
    static const char base64[] = "base64";
    const struct har_node *encoding = facts->content[CONTENT_encoding];
    struct body body = {.facts = facts, .size_node = facts->content[CONTENT_size], .text_node = facts->content[CONTENT_text]};
    const bool is_base64 =
        encoding && json_text_equals(json_text(check->item->tree, encoding), encoding->text_len, base64, sizeof base64 - 1);
    if (encoding && !is_base64)
        semantic_tell(check, HAR_RULE_UNKNOWN_ENCODING, encoding, "content.encoding is not base64, the only one that readers know",
                      NULL, 0);
    if (!body.text_node)
        return;
    body.size = count_size(check, body.size_node);
    body.body_size = count_size(check, facts->response[RESPONSE_bodySize]);
    if (!body.text_node->text_len) {
        const struct har_arg arg = check_number((uint64_t)body.size);
        if (body.size > 0)
            semantic_tell(check, HAR_RULE_EMPTY_TEXT, body.text_node, "the text is empty, but content.size is %1", &arg, 1);
        return;
    }
    if (is_base64 && !judge_base64(check, &body))
        return;
    if (!encoding)
        judge_text(check, &body);
    if ((is_base64 || !encoding) && body.size >= 0 && body.bytes != (uint64_t)body.size)
        explain_size(check, ctx, &body);
}

static void release(void *ctx)
{
    struct content *content = ctx;
    har_buffer_release(&content->mime_type);
    har_buffer_release(&content->header);
}

static const struct semantic_row rows[] = {
    {run_text,
     IN(ENTRY),
     {HAR_RULE_UNKNOWN_ENCODING, HAR_RULE_MALFORMED_BASE64, HAR_RULE_BASE64_FORM, HAR_RULE_MISSING_ENCODING,
      HAR_RULE_CONTENT_SIZE_MISMATCH, HAR_RULE_CONTENT_SIZE_UNIT, HAR_RULE_ZERO_CONTENT_SIZE, HAR_RULE_TRUNCATED_TEXT,
      HAR_RULE_EMPTY_TEXT, HAR_RULE_REPLACEMENT_CHARACTER, HAR_RULE_COUNT}},
    {run_size,
     IN(ENTRY),
     {HAR_RULE_UNKNOWN_CONTENT_SIZE, HAR_RULE_COMPRESSION_MISMATCH, HAR_RULE_NEGATIVE_COMPRESSION, HAR_RULE_COUNT}},
    {run_mime_type, IN(ENTRY), {HAR_RULE_MIME_TYPE_MISMATCH, HAR_RULE_UNKNOWN_MIME_TYPE, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_content = {rows, sizeof(struct content), release};
