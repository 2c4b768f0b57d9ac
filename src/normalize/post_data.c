/* Normalize: what a request sends. */
#include "normalize/message.h"
#include "util/base64.h"
#include "util/utf8.h"

static bool is_empty(const struct normalize *n, uint32_t index)
{
    const struct har_node *node = normalize_node(n, index);
    return node->kind == HAR_KIND_NULL || (node->kind == HAR_KIND_STRING && !node->text_len) ||
           (node->kind == HAR_KIND_ARRAY && node->child == JSON_NONE);
}

/* Whether all its members are empty: old Firefox and others write it for each request. */
static bool says_nothing(const struct normalize *n, uint32_t post)
{
    for (uint32_t i = normalize_node(n, post)->child; i != JSON_NONE; i = normalize_node(n, i)->next)
        if (normalize_node(n, i)->member == JSON_NO_MEMBER || !is_empty(n, i))
            return false;
    return true;
}

/* Whether it only tells a type. A body may lie elsewhere, in a file that a custom member names. */
static bool lacks_body(const struct normalize *n, uint32_t post)
{
    for (uint32_t i = normalize_node(n, post)->child; i != JSON_NONE; i = normalize_node(n, i)->next) {
        const struct har_node *node = normalize_node(n, i);
        const bool body = node->member == POST_DATA_params || node->member == POST_DATA_text;
        if (node->member == JSON_NO_MEMBER || (body && node->kind != HAR_KIND_NULL))
            return false;
    }
    return true;
}

static void derive_type(struct normalize *n, uint32_t request, uint32_t post)
{
    uint32_t after = JSON_NONE;
    const uint32_t value = message_header(n, message_headers(n, request), "content-type", &after);
    const struct har_text text = message_text(n, value, 0);
    const uint32_t type = message_member(n, post, POST_DATA_mimeType);
    if (!text.len || (type != JSON_NONE && !is_empty(n, type)))
        return;
    if (!n->derive) {
        normalize_leave_missing(n, post, POST_DATA_mimeType);
        return;
    }
    normalize_set_text(n, post, POST_DATA_mimeType, text.bytes, text.len);
    normalize_derived(n, post, HAR_MEND_POST_TYPE);
}

/* ---- params */

/* Whether the body is said to be something that has no parameters, such as JSON. */
static bool is_no_form(struct normalize *n, uint32_t post)
{
    const struct har_text type = normalize_text(n, message_member(n, post, POST_DATA_mimeType), 0);
    const struct har_text media = text_trim((struct har_text){type.bytes, text_find(type, ';')});
    return media.len && !text_is(media, "application/x-www-form-urlencoded") && !text_is(media, "multipart/form-data");
}

static void mend_params(struct normalize *n, uint32_t post)
{
    const uint32_t params = message_member_of(n, post, POST_DATA_params, HAR_KIND_ARRAY);
    if (params == JSON_NONE || normalize_node(n, params)->child == JSON_NONE)
        return;
    if (is_no_form(n, post)) {
        normalize_keep_as_custom(n, params);
        normalize_mended(n, HAR_MEND_PARAMS_KEPT);
    }
}

/* ---- encoding, from the proposal for HAR 1.3 */

static bool is_text(struct har_text text)
{
    while (text.len) {
        uint32_t point;
        const size_t len = utf8_decode(text.bytes, text.len, &point);
        if (!len || !point)
            return false;
        text_take(&text, len, 0);
    }
    return true;
}

/* A body or parameter of text is decoded. Other bytes stay as they are: HAR 1.2 has no form for them, and programs that replay
 * requests know this one. */
static void mend_encoding(struct normalize *n, uint32_t object, uint8_t encoding_row, uint8_t text_row)
{
    const uint32_t encoding = message_member_of(n, object, encoding_row, HAR_KIND_STRING);
    const uint32_t text = message_member_of(n, object, text_row, HAR_KIND_STRING);
    if (encoding == JSON_NONE)
        return;
    if (is_empty(n, encoding)) {
        json_edit_remove(&n->edit, encoding);
        normalize_mended(n, HAR_MEND_POST_ENCODING);
        return;
    }
    har_buffer_clear(&n->scratch[1]);
    const bool bytes = text != JSON_NONE && text_is(normalize_text(n, encoding, 0), "base64") &&
                       base64_decode(normalize_text(n, text, 0), &n->scratch[1]);
    n->no_memory |= n->scratch[1].failed;
    if (bytes && is_text(message_scratch(n, 1))) {
        json_edit_set_text(&n->edit, text, message_scratch(n, 1).bytes, n->scratch[1].len);
        json_edit_remove(&n->edit, encoding);
        normalize_mended(n, HAR_MEND_POST_ENCODING);
    } else if (!bytes) {
        normalize_keep_as_custom(n, encoding);
        normalize_mended(n, HAR_MEND_POST_ENCODING_KEPT);
    }
}

static void mend_encodings(struct normalize *n, uint32_t post)
{
    mend_encoding(n, post, POST_DATA_encoding, POST_DATA_text);
    const uint32_t params = message_member_of(n, post, POST_DATA_params, HAR_KIND_ARRAY);
    if (params == JSON_NONE)
        return;
    for (uint32_t i = normalize_node(n, params)->child; i != JSON_NONE && !n->edit.fault; i = normalize_node(n, i)->next)
        if (normalize_node(n, i)->object == HAR_OBJECT_PARAM)
            mend_encoding(n, i, PARAM_encoding, PARAM_value);
}

void message_post_data(struct normalize *n, uint32_t request)
{
    const uint32_t post = message_member_of(n, request, REQUEST_postData, HAR_KIND_OBJECT);
    if (post == JSON_NONE)
        return;
    if (says_nothing(n, post)) {
        json_edit_remove(&n->edit, post);
        normalize_mended(n, HAR_MEND_POST_EMPTY);
        return;
    }
    if (lacks_body(n, post)) {
        normalize_keep_as_custom(n, post);
        normalize_mended(n, HAR_MEND_POST_WITHOUT_BODY);
        return;
    }
    derive_type(n, request, post);
    mend_params(n, post);
    mend_encodings(n, post);
}
