/* The semantic rules: what the members of an item say about each other and about other items. Rules that belong together are a
 * group: a file of src/rules/ or src/consumer/ that ends in one constant of struct semantic_group, named in src/registry.c alone.
 */
#ifndef HARMILL_CHECK_SEMANTIC_H
#define HARMILL_CHECK_SEMANTIC_H

#include "check/check.h"
#include "check/spec.h"
#include "util/iso8601.h"
#include "util/url.h"

/* Headers that rules ask for by name. HOST is :authority too. */
enum header_name {
    HEADER_HOST,
    HEADER_COOKIE,
    HEADER_LOCATION,
    HEADER_SET_COOKIE,
    HEADER_CONTENT_TYPE,
    HEADER_CONTENT_ENCODING,
    HEADER_NAMES,
};

/* Those of one name: the first element, the last one, others between them; NULL where there is none. */
struct header_range {
    const struct har_node *first, *last;
};

/* The current item's members by row, of the type that the specification demands; NULL where there is none such. Where a key
 * stands twice its last value counts. */
struct facts {
    const struct har_node *root; /* NULL for DOC_BEGIN and DOC_END */
    const struct har_node *page[PAGE_rows], *page_timings[PAGE_TIMINGS_rows];
    const struct har_node *entry[ENTRY_rows], *request[REQUEST_rows], *response[RESPONSE_rows], *timings[TIMINGS_rows];
    const struct har_node *post_data[POST_DATA_rows], *content[CONTENT_rows], *cache[CACHE_rows];
    struct header_range request_headers[HEADER_NAMES], response_headers[HEADER_NAMES];
    struct har_text url_text;                     /* the request's url, decoded; empty where there is none */
    struct url url;                               /* its parts */
    const struct har_node *creator[CREATOR_rows]; /* of a MEMBER that is the log's creator or browser */
    enum iso8601_form started_form;               /* of the page's or entry's startedDateTime; ISO8601_NOT where there is none */
    struct iso8601 started;                       /* with ISO8601_OTHER and ISO8601_W3C */
};

enum { SEMANTIC_RULES_MOST = 24 };

/* One function and the rules that it looks for: it is called when at least one of them is on. */
struct semantic_row {
    void (*run)(struct check *check, const struct facts *facts, void *ctx);
    unsigned items;                           /* for which kinds of items: IN(ENTRY) | IN(PAGE) */
    enum har_rule rules[SEMANTIC_RULES_MOST]; /* ends with HAR_RULE_COUNT */
};
#define IN(kind) (1u << HAR_ITEM_##kind)

struct semantic_group {
    const struct semantic_row *rows; /* ends with a NULL run */
    size_t ctx_size;                 /* of what the group remembers from item to item; zeroed at first */
    void (*release)(void *ctx);      /* frees what the context holds; may be NULL */
};

/* All groups; the list ends with NULL. */
extern const struct semantic_group *const semantic_groups[];

/* Numbers and texts of facts. */

/* False when `node` is NULL or a number too large for a double. */
bool semantic_number(const struct check *check, const struct har_node *node, double *number);

/* The decoded text of a string, empty for NULL: borrowed from the item, or from `scratch`, which is emptied first, when it had
 * escapes. Lone surrogates are U+FFFD. */
struct har_text semantic_text(struct check *check, const struct har_node *node, struct har_buffer *scratch);

/* Whether a finding of `rule` would count: work for rules that are off need not be done. */
static inline bool semantic_on(const struct check *check, enum har_rule rule)
{
    return check->on[rule];
}

/* The members of an object by row, as in facts, for objects that these do not hold: cookies, a state of the cache. `member` has
 * as many elements as the object's table has rows, all NULL. */
void semantic_gather(const struct check *check, const struct har_node *object, const struct har_node **member);

/* The first element or member, the next one; NULL at the end. `node` may be NULL. */
static inline const struct har_node *semantic_first(const struct check *check, const struct har_node *node)
{
    return node ? json_node(check->item->tree, node->child) : NULL;
}
static inline const struct har_node *semantic_next(const struct check *check, const struct har_node *node)
{
    return json_node(check->item->tree, node->next);
}

/* Name and value of a header or of an element of queryString; NULL when missing or no string. */
struct name_value {
    const struct har_node *name, *value;
};
static inline struct name_value semantic_pair(const struct check *check, const struct har_node *object)
{
    struct name_value pair = {NULL, NULL};
    for (const struct har_node *node = semantic_first(check, object); node; node = semantic_next(check, node)) {
        if (node->kind != HAR_KIND_STRING)
            continue;
        if (node->member == NAME_VALUE_name)
            pair.name = node;
        else if (node->member == NAME_VALUE_value)
            pair.value = node;
    }
    return pair;
}

/* The next header of the name that *range is of, which is then behind it; false behind the last one. The value may be NULL. */
bool headers_next(struct check *check, struct header_range *range, enum header_name header, struct name_value *pair);

/* The first value of these headers, or the last one; NULL when there is none. */
const struct har_node *headers_value(struct check *check, struct header_range range, enum header_name header, bool last);

/* A finding at a value, at a key. Arguments are copied. */
void semantic_tell(struct check *check, enum har_rule rule, const struct har_node *node, const char *message,
                   const struct har_arg *args, size_t arg_count);

/* A finding at the byte `at` of a string's decoded text; 0: at all of it. */
void semantic_tell_at(struct check *check, enum har_rule rule, const struct har_node *node, size_t at, const char *message,
                      const struct har_arg *args, size_t arg_count);

/* Milliseconds, bytes: printed with at most 3 digits behind the point. */
struct har_arg semantic_decimal(double number);

/* The engine's side. */
void headers_gather(struct check *check, const struct har_node *list, struct header_range *range);
bool semantic_init(struct check *check);
void semantic_release(struct check *check);
void semantic_run(struct check *check);

#endif
