/* Normalize: content.size, mimeType and compression. */
#include "normalize/measure.h"

#include "json/base64.h"
#include "json/measure.h"
#include "json/text.h"
#include "util/text.h"

enum { LENGTH_DIGITS_MOST = 15 };

/* The object in that row, when it is one and bound as such. */
static uint32_t object_in(const struct normalize *n, uint32_t parent, uint8_t row, enum har_object object)
{
    const uint32_t member = normalize_member(n, parent, row);
    if (member == JSON_NONE || normalize_node(n, member)->kind != HAR_KIND_OBJECT || normalize_node(n, member)->object != object)
        return JSON_NONE;
    return member;
}

static bool is_named(const struct normalize *n, uint32_t header, const char *name)
{
    const uint32_t member = normalize_member(n, header, NAME_VALUE_name);
    if (member == JSON_NONE || normalize_node(n, member)->kind != HAR_KIND_STRING)
        return false;
    const struct har_node *node = normalize_node(n, member);
    return text_is((struct har_text){json_text(n->edit.tree, node), node->text_len}, name);
}

uint32_t normalize_header_value(struct normalize *n, uint32_t message, uint8_t row, const char *name)
{
    const uint32_t headers = normalize_member(n, message, row);
    uint32_t found = JSON_NONE;
    if (headers == JSON_NONE || normalize_node(n, headers)->kind != HAR_KIND_ARRAY)
        return JSON_NONE;
    for (uint32_t i = normalize_node(n, headers)->child; i != JSON_NONE; i = normalize_node(n, i)->next) {
        if (normalize_node(n, i)->object != HAR_OBJECT_HEADER || !is_named(n, i, name))
            continue;
        const uint32_t value = normalize_member(n, i, NAME_VALUE_value);
        if (value != JSON_NONE && normalize_node(n, value)->kind == HAR_KIND_STRING && normalize_node(n, value)->text_len)
            found = value;
    }
    return found;
}

bool normalize_is_coded(struct normalize *n, uint32_t response)
{
    const uint32_t value = normalize_header_value(n, response, RESPONSE_headers, "Content-Encoding");
    const struct har_text text = text_trim(normalize_text(n, value, 0));
    return text.len && !text_is(text, "identity");
}

/* ---- size */

/* The bytes of the text; false when there is none, or when it is base64 that cannot be decoded. */
static bool measure_text(const struct normalize *n, uint32_t content, int64_t *bytes)
{
    static const char base64_name[] = "base64";
    const struct har_tree *tree = n->edit.tree;
    const uint32_t text = normalize_member(n, content, CONTENT_text), encoding = normalize_member(n, content, CONTENT_encoding);
    if (text == JSON_NONE || normalize_node(n, text)->kind != HAR_KIND_STRING || !normalize_node(n, text)->text_len)
        return false;
    const struct har_node *node = normalize_node(n, text);
    if (encoding == JSON_NONE) {
        *bytes = (int64_t)json_measure(json_text(tree, node), node->text_len).bytes;
        return true;
    }
    const struct har_node *how = normalize_node(n, encoding);
    struct base64 base64;
    if (!json_text_equals(json_text(tree, how), how->text_len, base64_name, sizeof base64_name - 1))
        return false;
    if (!json_base64(tree, node, &base64, NULL))
        return false;
    *bytes = (int64_t)base64_decoded(&base64);
    return true;
}

/* What Content-Length says of a body that was sent; false when it is not to be trusted. */
static bool sent_length(struct normalize *n, uint32_t response, int64_t *length)
{
    const uint32_t request = object_in(n, 0, ENTRY_request, HAR_OBJECT_REQUEST);
    const struct har_text method = normalize_text(n, normalize_member(n, request, REQUEST_method), 0);
    if (text_is(method, "HEAD") || normalize_is_bodiless(n, response))
        return false;
    const uint32_t value = normalize_header_value(n, response, RESPONSE_headers, "Content-Length");
    const struct har_text text = text_trim(normalize_text(n, value, 0));
    *length = 0;
    if (!text.len || text.len > LENGTH_DIGITS_MOST)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!text_is_digit(text.bytes[i]))
            return false;
        *length = *length * 10 + (text.bytes[i] - '0');
    }
    return true;
}

/* What can be worked out; false when nothing can. Producers differ in what they count as bodySize, so that what the server says
 * goes first. */
static bool work_out_size(struct normalize *n, uint32_t response, uint32_t content, int64_t *size, enum har_mend *mend)
{
    *mend = HAR_MEND_SIZE_FROM_TEXT;
    if (measure_text(n, content, size))
        return true;
    if (normalize_is_coded(n, response))
        return false;
    *mend = HAR_MEND_SIZE_FROM_CONTENT_LENGTH;
    if (sent_length(n, response, size))
        return true;
    *mend = HAR_MEND_SIZE_FROM_BODY_SIZE;
    return normalize_size(n, normalize_member(n, response, RESPONSE_bodySize), size) == SIZE_KNOWN;
}

static void mend_size(struct normalize *n, uint32_t response, uint32_t content)
{
    int64_t size;
    enum har_mend mend;
    const uint32_t member = normalize_member(n, content, CONTENT_size);
    const enum size_form form = normalize_size(n, member, &size);
    if (form == SIZE_KNOWN || form == SIZE_UNREADABLE)
        return;
    const bool known = work_out_size(n, response, content, &size, &mend);
    if (known && !n->derive) { /* what could be known is not to be called unknown */
        if (size > 0)
            normalize_leave_missing(n, content, CONTENT_size);
        return;
    }
    if (!known && form == SIZE_MISSING)
        return; /* filled in at the end */
    const bool malformed = form == SIZE_NEGATIVE || form == SIZE_FRACTION;
    if (malformed || (form == SIZE_UNKNOWN && !known)) {
        normalize_keep_as_custom(n, member);
        normalize_mended(n, malformed ? HAR_MEND_MALFORMED_SIZE : HAR_MEND_UNKNOWN_CONTENT_SIZE);
    }
    normalize_set_number(n, content, CONTENT_size, known ? (double)size : 0);
    if (known)
        normalize_derived(n, content, mend);
}

/* ---- the others */

static void mend_mime_type(struct normalize *n, uint32_t response, uint32_t content)
{
    const uint32_t member = normalize_member(n, content, CONTENT_mimeType);
    if (member != JSON_NONE && normalize_node(n, member)->kind != HAR_KIND_NULL)
        return;
    const uint32_t header = normalize_header_value(n, response, RESPONSE_headers, "Content-Type");
    if (header == JSON_NONE)
        return;
    if (!n->derive) {
        normalize_leave_missing(n, content, CONTENT_mimeType);
        return;
    }
    json_edit_copy_text(&n->edit, normalize_set(n, content, CONTENT_mimeType, HAR_KIND_STRING), header);
    normalize_derived(n, content, HAR_MEND_CONTENT_TYPE_FROM_HEADER);
}

/* It may be negative, but not a part of a byte. */
static void mend_compression(struct normalize *n, uint32_t content)
{
    int64_t size;
    const uint32_t member = normalize_member(n, content, CONTENT_compression);
    if (normalize_size(n, member, &size) != SIZE_FRACTION)
        return;
    normalize_keep_as_custom(n, member);
    normalize_mended(n, HAR_MEND_FRACTIONAL_COMPRESSION);
}

void normalize_content(struct normalize *n)
{
    if (normalize_node(n, 0)->object != HAR_OBJECT_ENTRY)
        return;
    const uint32_t request = object_in(n, 0, ENTRY_request, HAR_OBJECT_REQUEST);
    const uint32_t response = object_in(n, 0, ENTRY_response, HAR_OBJECT_RESPONSE);
    const uint32_t content = object_in(n, response, RESPONSE_content, HAR_OBJECT_CONTENT);
    normalize_sizes(n, request, response);
    if (content == JSON_NONE)
        return;
    normalize_encoding(n, response, content);
    mend_size(n, response, content);
    mend_mime_type(n, response, content);
    mend_compression(n, content);
}
