/* What a request sends: params and text, and what they say about each other and about the request. */
#include <string.h>

#include "check/semantic.h"
#include "derive/query.h"
#include "json/text.h"
#include "rules/pairs.h"
#include "util/text.h"

struct post_data_ctx {
    struct har_buffer text, name, value; /* decoded */
    struct pairs pairs;
};

static bool filled_text(const struct facts *facts)
{
    const struct har_node *text = facts->post_data[POST_DATA_text];
    return text && text->text_len > 0;
}

static const struct har_node *first_param(const struct check *check, const struct facts *facts)
{
    return semantic_first(check, facts->post_data[POST_DATA_params]);
}

/* Whether the member stands there with another type, of which the rules of structure tell. */
static bool ill_typed(const struct check *check, const struct facts *facts, unsigned row)
{
    if (facts->post_data[row])
        return false;
    const struct har_node *node = semantic_first(check, facts->request[REQUEST_postData]);
    for (; node; node = semantic_next(check, node))
        if (node->member == row && node->kind != HAR_KIND_NULL)
            return true;
    return false;
}

static void check_presence(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct har_node *post_data = facts->request[REQUEST_postData];
    if (!post_data || ill_typed(check, facts, POST_DATA_params) || ill_typed(check, facts, POST_DATA_text))
        return;
    const struct har_node *param = first_param(check, facts);
    double size = 0;
    if (!param && !filled_text(facts)) {
        const bool known = semantic_number(check, facts->request[REQUEST_bodySize], &size) && size > 0;
        const struct har_arg args[] = {semantic_decimal(size)};
        semantic_tell(check, HAR_RULE_EMPTY_POST_DATA, post_data,
                      known ? "neither params nor text hold anything, though bodySize is %1"
                            : "neither params nor text hold anything",
                      args, known);
        return;
    }
    if (!param || !filled_text(facts) || !semantic_on(check, HAR_RULE_PARAMS_AND_TEXT))
        return;
    uint64_t count = 0;
    for (; param; param = semantic_next(check, param))
        count++;
    const struct har_arg args[] = {check_number(count)};
    semantic_tell(check, HAR_RULE_PARAMS_AND_TEXT, facts->post_data[POST_DATA_params],
                  "params (%1) and text both hold the body; the specification allows one of them", args, 1);
}

/* Whether text holds the body as it is: encoding came with the proposal for HAR 1.3. */
static bool plain(const struct facts *facts)
{
    const struct har_node *encoding = facts->post_data[POST_DATA_encoding];
    return !encoding || encoding->text_len == 0;
}

static bool is_form(struct check *check, const struct facts *facts, struct post_data_ctx *ctx)
{
    return text_begins(semantic_text(check, facts->post_data[POST_DATA_mimeType], &ctx->name), "application/x-www-form-urlencoded");
}

/* Name and value of a parameter: false for a file, and for what is not of the specification's types. */
static bool read_param(struct check *check, struct post_data_ctx *ctx, const struct har_node *param, struct har_text *name,
                       struct har_text *value)
{
    if (param->object != HAR_OBJECT_PARAM)
        return false;
    const struct har_node *member[PARAM_rows] = {NULL};
    for (const struct har_node *node = semantic_first(check, param); node; node = semantic_next(check, node))
        if (node->member < PARAM_rows) {
            if (node->member <= PARAM_value && node->kind != HAR_KIND_STRING)
                return false;
            member[node->member] = node;
        }
    *name = semantic_text(check, member[PARAM_name], &ctx->name);
    *value = semantic_text(check, member[PARAM_value], &ctx->value);
    return member[PARAM_name] && !member[PARAM_fileName];
}

/* Fills the pairs: params, text. A list of forms may be in another order: producers that read them into a map lose it. */
static bool fill_pairs(struct check *check, const struct facts *facts, struct post_data_ctx *ctx)
{
    struct har_text name, value;
    struct derive_parameter parameter;
    pairs_clear(&ctx->pairs);
    for (const struct har_node *param = first_param(check, facts); param; param = semantic_next(check, param)) {
        if (!read_param(check, ctx, param, &name, &value))
            return false;
        pairs_add(&ctx->pairs, 0, name, value, true);
    }
    struct har_text text = semantic_text(check, facts->post_data[POST_DATA_text], &ctx->text);
    while (derive_parameter_next(&text, false, &parameter))
        pairs_add(&ctx->pairs, 1, parameter.name, parameter.value, true);
    return true;
}

static void check_params(struct check *check, const struct facts *facts, void *memory)
{
    struct post_data_ctx *ctx = memory;
    struct pairs_difference difference;
    if (!first_param(check, facts) || !filled_text(facts) || !plain(facts))
        return;
    if (!ctx->text.max) {
        har_buffer_init(&ctx->text, SIZE_MAX / 2);
        har_buffer_init(&ctx->name, SIZE_MAX / 2);
        har_buffer_init(&ctx->value, SIZE_MAX / 2);
    }
    if (!is_form(check, facts, ctx) || !fill_pairs(check, facts, ctx))
        return;
    if (!pairs_compare(&ctx->pairs, &difference)) {
        check->no_memory = true;
        return;
    }
    const struct har_arg args[] = {check_number(difference.values), check_number(difference.only[0]),
                                   check_number(difference.only[1])};
    if (pairs_differ(&difference))
        semantic_tell(check, HAR_RULE_PARAMS_MISMATCH, facts->post_data[POST_DATA_params],
                      "params and text disagree: %1 with another value, %2 only in params, %3 only in text", args, 3);
}

static void check_get(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct har_node *method = facts->request[REQUEST_method];
    if (!method || (!first_param(check, facts) && !filled_text(facts)))
        return;
    const char *const text = json_text(check->item->tree, method);
    const bool get = json_text_equals(text, method->text_len, "GET", 3);
    if (!get && !json_text_equals(text, method->text_len, "HEAD", 4))
        return;
    const struct har_arg args[] = {check_word(get ? "GET" : "HEAD")};
    semantic_tell(check, HAR_RULE_BODY_ON_GET, facts->request[REQUEST_postData], "a %1 request with a body", args, 1);
}

/* How many bytes the decoded text has. */
static uint64_t decoded_bytes(const struct check *check, const struct har_node *node)
{
    const char *text = json_text(check->item->tree, node);
    size_t len = node->text_len;
    uint64_t bytes = 0;
    struct json_piece piece;
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return len;
    while (json_text_piece(&text, &len, &piece))
        bytes += !piece.escape ? piece.len : piece.point < 0x80 ? 1 : piece.point < 0x800 ? 2 : piece.point < 0x10000 ? 3 : 4;
    return bytes;
}

/* The same in units of UTF-16, which is what scripts call a length. */
static uint64_t decoded_units(const struct check *check, const struct har_node *node)
{
    const char *text = json_text(check->item->tree, node);
    size_t len = node->text_len;
    uint64_t units = 0;
    struct json_piece piece;
    while (json_text_piece(&text, &len, &piece)) {
        if (piece.escape)
            units += piece.point < 0x10000 ? 1 : 2;
        for (size_t i = 0; i < piece.len && !piece.escape; i++)
            units += ((unsigned char)piece.bytes[i] & 0xc0) == 0x80 ? 0 : (unsigned char)piece.bytes[i] < 0xf0 ? 1 : 2;
    }
    return units;
}

/* A text with half a surrogate pair has no length in bytes; such texts, and those with U+0000, stand for binary bodies. */
static void check_size(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct har_node *text = facts->post_data[POST_DATA_text], *size = facts->request[REQUEST_bodySize];
    double said = 0;
    if (!filled_text(facts) || !plain(facts) || text->flags & JSON_TEXT_MARKED || !semantic_number(check, size, &said) || said < 0)
        return;
    const uint64_t bytes = decoded_bytes(check, text);
    if (said == (double)bytes)
        return;
    const struct har_arg args[] = {semantic_decimal(said), check_number(bytes)};
    semantic_tell(check, HAR_RULE_REQUEST_BODY_SIZE, size,
                  said == (double)decoded_units(check, text) ? "bodySize is %1, the number of characters, but text is %2 bytes long"
                                                             : "bodySize is %1, but text is %2 bytes long",
                  args, 2);
}

static void release(void *memory)
{
    struct post_data_ctx *ctx = memory;
    har_buffer_release(&ctx->text);
    har_buffer_release(&ctx->name);
    har_buffer_release(&ctx->value);
    pairs_release(&ctx->pairs);
}

static const struct semantic_row rows[] = {
    {check_presence, IN(ENTRY), {HAR_RULE_EMPTY_POST_DATA, HAR_RULE_PARAMS_AND_TEXT, HAR_RULE_COUNT}},
    {check_params, IN(ENTRY), {HAR_RULE_PARAMS_MISMATCH, HAR_RULE_COUNT}},
    {check_get, IN(ENTRY), {HAR_RULE_BODY_ON_GET, HAR_RULE_COUNT}},
    {check_size, IN(ENTRY), {HAR_RULE_REQUEST_BODY_SIZE, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_post_data = {rows, sizeof(struct post_data_ctx), release};
