/* The request's queryString beside the query of its url. */
#include <string.h>

#include "check/semantic.h"
#include "derive/query.h"
#include "util/hash.h"
#include "util/percent.h"
#include "util/text.h"
#include "util/utf8.h"

/* Texts of the current entry when they had escapes, and decoded parameters. */
struct context {
    struct har_buffer item, decoded, other;
};

static void prepare(struct context *ctx)
{
    if (ctx->item.max)
        return;
    har_buffer_init(&ctx->item, SIZE_MAX / 2); /* what is decoded is never longer than the item, which has a maximum */
    har_buffer_init(&ctx->decoded, SIZE_MAX / 2);
    har_buffer_init(&ctx->other, SIZE_MAX / 2);
}

static void release(void *context)
{
    struct context *ctx = context;
    har_buffer_release(&ctx->item);
    har_buffer_release(&ctx->decoded);
    har_buffer_release(&ctx->other);
}

/* How a name or value of queryString may be spelled, seen from the url. Each is what some producer does with all of them. */
enum {
    AS_IT_IS = 1,
    DECODED = 2,            /* a % that begins no escape stays, what is no UTF-8 becomes U+FFFD */
    DECODED_PLUS = 4,       /* the same, + is a blank */
    DECODED_GOOD = 8,       /* decoded as a whole or, where decodeURIComponent() throws, not at all */
    DECODED_GOOD_PLUS = 16, /* the same, + is a blank */
    ALL_SPELLINGS = 31,
    SOME_SPELLING = 32, /* none of these, but decoded both are equal: Splash decodes some escapes and keeps others */
};

/* The comparison of two lists. What is empty counts nowhere. */
struct query {
    struct har_text rest; /* of the url's query */
    bool semicolons;      /* separate too */
    const struct har_node *item;
    unsigned names, values; /* spellings that all so far have */
    bool each;              /* each so far has some */
    uint64_t in_url, in_list;
    const struct har_node *differs; /* the first name or value that has none */
    uint64_t index;                 /* of its parameter, from 1 */
};

static bool next_parameter(struct query *query, struct derive_parameter *pair)
{
    if (!derive_parameter_next(&query->rest, query->semicolons, pair))
        return false;
    query->in_url++;
    return true;
}

static bool next_item(const struct check *check, struct query *query, struct name_value *item)
{
    while (query->item) {
        const struct har_node *node = query->item;
        query->item = semantic_next(check, node);
        *item = semantic_pair(check, node);
        if (item->name && item->value && (item->name->text_len || item->value->text_len)) {
            query->in_list++;
            return true;
        }
    }
    return false;
}

static bool all_items_readable(const struct check *check, const struct har_node *list)
{
    for (const struct har_node *node = semantic_first(check, list); node; node = semantic_next(check, node)) {
        const struct name_value item = semantic_pair(check, node);
        if (!item.name || !item.value)
            return false;
    }
    return true;
}

/* Takes what is no UTF-8, or U+FFFD, off the front: how much was there. */
static size_t take_broken(struct har_text *text)
{
    const size_t before = text->len;
    while (text->len) {
        uint32_t point = 0xfffd;
        const size_t len = utf8_decode(text->bytes, text->len, &point);
        if (len && point != 0xfffd)
            break;
        text->bytes += len ? len : 1;
        text->len -= len ? len : 1;
    }
    return before - text->len;
}

/* Whether the texts are equal when bytes that are no UTF-8 may have become any number of U+FFFD. */
static bool equal_but_broken(struct har_text decoded, struct har_text text)
{
    if (text_equal(decoded, text))
        return true;
    for (;;) {
        uint32_t point, other = 0;
        if ((take_broken(&decoded) > 0) != (take_broken(&text) > 0))
            return false;
        if (!decoded.len || !text.len)
            return decoded.len == text.len;
        const size_t len = utf8_decode(decoded.bytes, decoded.len, &point);
        if (utf8_decode(text.bytes, text.len, &other) != len || other != point)
            return false;
        decoded.bytes += len, decoded.len -= len;
        text.bytes += len, text.len -= len;
    }
}

/* Decoded into `room`, which is emptied first. */
static struct har_text decode(struct check *check, struct har_text part, bool plus, struct har_buffer *room)
{
    har_buffer_clear(room);
    if (!percent_decode(part.bytes, part.len, plus, room))
        check->no_memory = true;
    return (struct har_text){room->data ? room->data : "", room->len};
}

/* Whether decodeURIComponent() takes it: each % begins an escape, the bytes are UTF-8. */
static bool is_good(struct check *check, struct context *ctx, struct har_text part)
{
    unsigned char byte;
    for (size_t at = 0; at < part.len; at++)
        if (part.bytes[at] == '%' && !percent_escape(part.bytes + at, part.len - at, &byte))
            return false;
    struct har_text decoded = decode(check, part, false, &ctx->decoded);
    while (decoded.len) {
        uint32_t point;
        const size_t len = utf8_decode(decoded.bytes, decoded.len, &point);
        if (!len)
            return false;
        decoded.bytes += len, decoded.len -= len;
    }
    return true;
}

/* The spellings of `part` that the text of `node` has. `good_pair`: name and value are both good. */
static unsigned spellings(struct check *check, struct context *ctx, struct har_text part, const struct har_node *node,
                          bool good_pair)
{
    const struct har_text text = semantic_text(check, node, &ctx->item);
    const bool raw = text_equal(part, text), plus = memchr(part.bytes, '+', part.len) != NULL;
    unsigned found = raw ? AS_IT_IS : 0;
    if (raw && !plus && !memchr(part.bytes, '%', part.len))
        return ALL_SPELLINGS;
    const bool good = good_pair || is_good(check, ctx, part);
    if (raw && !good_pair)
        found |= DECODED_GOOD | DECODED_GOOD_PLUS;
    if (equal_but_broken(decode(check, part, false, &ctx->decoded), text))
        found |= DECODED | (good ? DECODED_GOOD : 0);
    if (equal_but_broken(decode(check, part, true, &ctx->decoded), text))
        found |= DECODED_PLUS | (good ? DECODED_GOOD_PLUS : 0);
    /* ctx->decoded holds the part still */
    if (!found && text_equal((struct har_text){ctx->decoded.data ? ctx->decoded.data : "", ctx->decoded.len},
                             decode(check, text, true, &ctx->other)))
        found = SOME_SPELLING;
    return found;
}

/* Whether queryString is the query as it stands: the quick look that most captures pass. */
static bool is_verbatim(struct check *check, struct context *ctx, struct query query)
{
    struct derive_parameter pair;
    struct name_value item;
    for (;;) {
        const bool in_url = next_parameter(&query, &pair), in_list = next_item(check, &query, &item);
        if (!in_url || !in_list)
            return in_url == in_list;
        if (!text_equal(pair.name, semantic_text(check, item.name, &ctx->item)) ||
            !text_equal(pair.value, semantic_text(check, item.value, &ctx->item)))
            return false;
    }
}

static void compare(struct check *check, struct context *ctx, struct query *query)
{
    struct derive_parameter pair;
    struct name_value item;
    for (;;) {
        const bool in_url = next_parameter(query, &pair), in_list = next_item(check, query, &item);
        if (!in_url || !in_list)
            break;
        if (!query->each)
            continue;
        const bool good = is_good(check, ctx, pair.name) && is_good(check, ctx, pair.value);
        const unsigned names = spellings(check, ctx, pair.name, item.name, good);
        const unsigned values = spellings(check, ctx, pair.value, item.value, good);
        query->names &= names;
        query->values &= values;
        if (names && values)
            continue;
        query->each = false;
        query->differs = names ? item.value : item.name;
        query->index = query->in_url;
    }
    /* One list is at its end; the rest of the other is counted. */
    while (next_parameter(query, &pair))
        ;
    while (next_item(check, query, &item))
        ;
}

static bool agrees(const struct query *query)
{
    return query->in_url == query->in_list && query->each;
}

static uint64_t hash_decoded(struct check *check, struct context *ctx, uint64_t hash, struct har_text text)
{
    const struct har_text decoded = decode(check, text, true, &ctx->decoded);
    return hash_add_part(hash, decoded.bytes, decoded.len);
}

/* Whether both lists hold the same in another order, as far as sums of hashes tell: only the wording hangs on it. */
static bool is_reordered(struct check *check, struct context *ctx, struct query query)
{
    struct derive_parameter pair;
    struct name_value item;
    uint64_t sum = 0, hash;
    while (next_parameter(&query, &pair)) {
        hash = hash_decoded(check, ctx, HASH_START, pair.name);
        sum += hash_decoded(check, ctx, hash, pair.value);
    }
    while (next_item(check, &query, &item)) {
        hash = hash_decoded(check, ctx, HASH_START, semantic_text(check, item.name, &ctx->item));
        sum -= hash_decoded(check, ctx, hash, semantic_text(check, item.value, &ctx->item));
    }
    return sum == 0;
}

static void tell_query(struct check *check, struct context *ctx, const struct har_node *list, const struct query *query,
                       struct query fresh)
{
    const struct har_arg counts[] = {check_number(query->in_url), check_number(query->in_list)};
    const struct har_arg index[] = {check_number(query->index)};
    const char *differs = "the value differs from that of parameter %1 in url";
    if (query->differs && query->differs->member == NAME_VALUE_name)
        differs = "the name differs from that of parameter %1 in url";
    if (query->in_url != query->in_list)
        semantic_tell(check, HAR_RULE_QUERY_MISMATCH, list, "parameters in url: %1, in queryString: %2", counts, 2);
    else if (!query->each && is_reordered(check, ctx, fresh))
        semantic_tell(check, HAR_RULE_QUERY_MISMATCH, list, "queryString has the parameters in another order than url", NULL, 0);
    else if (!query->each)
        semantic_tell(check, HAR_RULE_QUERY_MISMATCH, query->differs, differs, index, 1);
    else if (!query->names || !query->values)
        semantic_tell(check, HAR_RULE_QUERY_DECODING, list,
                      "some names or values are decoded, others are as in url: no one spelling fits them all", NULL, 0);
}

static void check_query(struct check *check, struct context *ctx, const struct url *url, const struct har_node *list)
{
    const struct query fresh = {
        .rest = url->query, .item = semantic_first(check, list), .names = ALL_SPELLINGS, .values = ALL_SPELLINGS, .each = true};
    struct query query = fresh;
    struct derive_parameter pair;
    if (!fresh.item) {
        if (next_parameter(&query, &pair))
            semantic_tell(check, HAR_RULE_QUERY_OMITTED, list, "queryString is empty, url has a query of length %1",
                          (struct har_arg[]){check_number(url->query.len)}, 1);
        return;
    }
    if (!all_items_readable(check, list) || is_verbatim(check, ctx, fresh))
        return;
    compare(check, ctx, &query);
    if (!agrees(&query) && memchr(url->query.bytes, ';', url->query.len)) {
        struct query other = fresh;
        other.semicolons = true;
        compare(check, ctx, &other);
        if (agrees(&other))
            query = other;
    }
    tell_query(check, ctx, list, &query, fresh);
}

static void run(struct check *check, const struct facts *facts, void *context)
{
    struct context *ctx = context;
    const struct har_node *node = facts->request[REQUEST_url], *list = facts->request[REQUEST_queryString];
    if (!node || !list || facts->url.kind == URL_OTHER || (!facts->url.query.len && list->child == JSON_NONE))
        return;
    prepare(ctx);
    check_query(check, ctx, &facts->url, list);
}

static const struct semantic_row rows[] = {
    {run, IN(ENTRY), {HAR_RULE_QUERY_MISMATCH, HAR_RULE_QUERY_DECODING, HAR_RULE_QUERY_OMITTED, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_query = {rows, sizeof(struct context), release};
