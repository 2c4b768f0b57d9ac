/* Normalize: what is required, still missing, and has a word for "not known" in the specification, or is empty where nothing is
 * there. What would be invented stays missing: times, dates, addresses, methods, ids. */
#include <string.h>

#include "normalize/normalize.h"

static const struct fill {
    uint8_t object, row, kind;
    const char *text;
    enum har_mend mend;
} fills[] = {
#define LIST(of, row)                                                                                                              \
    {                                                                                                                              \
        HAR_OBJECT_##of, of##_##row, HAR_KIND_ARRAY, "", HAR_MEND_MISSING_LIST                                                     \
    }
#define TEXT(of, row)                                                                                                              \
    {                                                                                                                              \
        HAR_OBJECT_##of, of##_##row, HAR_KIND_STRING, "", HAR_MEND_MISSING_TEXT                                                    \
    }
#define SIZE(of, row)                                                                                                              \
    {                                                                                                                              \
        HAR_OBJECT_##of, of##_##row, HAR_KIND_NUMBER, "-1", HAR_MEND_MISSING_SIZE                                                  \
    }
    TEXT(CREATOR, name),
    TEXT(CREATOR, version),
    TEXT(PAGE, title),
    {HAR_OBJECT_PAGE, PAGE_pageTimings, HAR_KIND_OBJECT, "", HAR_MEND_MISSING_PAGE_TIMINGS},
    {HAR_OBJECT_ENTRY, ENTRY_response, HAR_KIND_OBJECT, "", HAR_MEND_MISSING_RESPONSE},
    {HAR_OBJECT_ENTRY, ENTRY_cache, HAR_KIND_OBJECT, "", HAR_MEND_MISSING_CACHE},
    TEXT(REQUEST, httpVersion),
    LIST(REQUEST, cookies),
    LIST(REQUEST, headers),
    LIST(REQUEST, queryString),
    SIZE(REQUEST, headersSize),
    SIZE(REQUEST, bodySize),
    TEXT(RESPONSE, statusText),
    TEXT(RESPONSE, httpVersion),
    LIST(RESPONSE, cookies),
    LIST(RESPONSE, headers),
    {HAR_OBJECT_RESPONSE, RESPONSE_content, HAR_KIND_OBJECT, "", HAR_MEND_MISSING_CONTENT},
    TEXT(RESPONSE, redirectURL),
    SIZE(RESPONSE, headersSize),
    SIZE(RESPONSE, bodySize),
    TEXT(COOKIE, value),
    {HAR_OBJECT_QUERY, NAME_VALUE_name, HAR_KIND_STRING, "", HAR_MEND_MISSING_TEXT},
    {HAR_OBJECT_QUERY, NAME_VALUE_value, HAR_KIND_STRING, "", HAR_MEND_MISSING_TEXT},
    TEXT(POST_DATA, mimeType),
    TEXT(PARAM, name),
    {HAR_OBJECT_CONTENT, CONTENT_size, HAR_KIND_NUMBER, "0", HAR_MEND_MISSING_CONTENT_SIZE},
    TEXT(CONTENT, mimeType),
    {HAR_OBJECT_CACHE_ENTRY, CACHE_ENTRY_eTag, HAR_KIND_STRING, "", HAR_MEND_MISSING_ETAG},
#undef LIST
#undef TEXT
#undef SIZE
};

void normalize_defaults_init(struct normalize *n)
{
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        n->fill[fills[i].object] |= 1u << fills[i].row;
}

static const char no_response[] = "harmill: the capture holds no response";

/* What browsers write when no response came; the rest follows from the table. */
static void fill_response(struct normalize *n, uint32_t response)
{
    normalize_set_number(n, response, RESPONSE_status, 0);
    normalize_set_text(n, response, RESPONSE_comment, no_response, sizeof no_response - 1);
}

static bool is_left_missing(const struct normalize *n, uint32_t object, uint8_t row)
{
    for (size_t i = 0; i < n->gaps; i++)
        if (n->gap[i].object == object && n->gap[i].row == row)
            return true;
    return false;
}

static void fill(struct normalize *n, uint32_t object, const struct fill *row)
{
    const bool response = row->mend == HAR_MEND_MISSING_RESPONSE;
    /* Of an entry without request nothing is known, not even that there was no response. */
    if ((response && normalize_member(n, object, ENTRY_request) == JSON_NONE) || is_left_missing(n, object, row->row))
        return;
    const uint32_t member = normalize_set(n, object, row->row, (enum har_kind)row->kind);
    if (row->kind == HAR_KIND_NUMBER)
        json_edit_set_number_text(&n->edit, member, row->text, strlen(row->text));
    if (response)
        fill_response(n, member);
    normalize_mended(n, row->mend);
}

/* `missing`: bits of rows. */
static void fill_missing(struct normalize *n, uint32_t object, uint32_t missing)
{
    const uint8_t kind = normalize_node(n, object)->object;
    for (size_t i = 0; i < sizeof fills / sizeof *fills && missing; i++)
        if (fills[i].object == kind && missing & 1u << fills[i].row && !n->edit.fault) {
            fill(n, object, &fills[i]);
            missing &= ~(1u << fills[i].row);
        }
}

/* Bits of the rows that an object has. */
static inline uint32_t rows_of(const struct normalize *n, uint32_t object, unsigned *below)
{
    const struct har_node *const node = n->edit.tree->node;
    uint32_t rows = 0;
    for (uint32_t i = node[object].child; i != JSON_NONE; i = node[i].next) {
        *below |= node[i].object;
        if (node[i].member != JSON_NO_MEMBER)
            rows |= 1u << node[i].member;
    }
    return rows;
}

/* A cache entry without lastAccess or hitCount: no number says that it is not known how often the cache was asked, so the entry
 * as a whole is none of HAR's. */
static void keep_incomplete(struct normalize *n, uint32_t cache)
{
    static const uint8_t rows[] = {CACHE_beforeRequest, CACHE_afterRequest};
    for (size_t i = 0; i < sizeof rows; i++) {
        const uint32_t entry = normalize_member(n, cache, rows[i]);
        if (entry == JSON_NONE || normalize_node(n, entry)->kind != HAR_KIND_OBJECT ||
            (normalize_member(n, entry, CACHE_ENTRY_lastAccess) != JSON_NONE &&
             normalize_member(n, entry, CACHE_ENTRY_hitCount) != JSON_NONE))
            continue;
        normalize_keep_as_custom(n, entry);
        normalize_mended(n, HAR_MEND_INCOMPLETE_CACHE_ENTRY);
    }
}

/* One without a name is no cookie. Nobody knows its name, and programs that replay captures refuse an empty one. */
static void fill_cookies(struct normalize *n, uint32_t array)
{
    struct normalize_chain lost = {JSON_NONE, JSON_NONE};
    for (uint32_t i = normalize_node(n, array)->child, next; i != JSON_NONE && !n->edit.fault; i = next) {
        unsigned below = 0;
        next = normalize_node(n, i)->next;
        const uint32_t missing = n->fill[HAR_OBJECT_COOKIE] & ~rows_of(n, i, &below);
        if (normalize_member(n, i, COOKIE_name) == JSON_NONE)
            normalize_take_out(n, &lost, i);
        else if (missing)
            fill_missing(n, i, missing);
    }
    normalize_keep_lost(n, array, &lost);
}

void normalize_defaults(struct normalize *n, uint32_t root)
{
    if (!normalize_node(n, root)->object || normalize_node(n, root)->kind < HAR_KIND_ARRAY)
        return;
    bool deeper;
    for (uint32_t at = root; at != JSON_NONE && !n->edit.fault && !n->no_memory; at = normalize_next(n, root, at, deeper)) {
        const struct har_node *const node = normalize_node(n, at);
        const uint8_t object = node->object;
        deeper = true;
        if (node->kind == HAR_KIND_ARRAY) {
            deeper = object != HAR_OBJECT_HEADER && object != HAR_OBJECT_COOKIE; /* headers.c has left none without a value */
            if (object == HAR_OBJECT_COOKIE)
                fill_cookies(n, at);
            continue;
        }
        unsigned below = 0;
        const uint32_t missing = n->fill[object] & ~rows_of(n, at, &below);
        if (object == HAR_OBJECT_CACHE)
            keep_incomplete(n, at);
        if (missing)
            fill_missing(n, at, missing);
        deeper = below || missing;
    }
}
