/* The semantic rules: what the members of an item say about each other and about other items. Rules that belong together are a
 * group: a file of src/rules/ or src/consumer/ that ends in one constant of struct semantic_group, named in src/registry.c alone.
 */
#ifndef HARMILL_CHECK_SEMANTIC_H
#define HARMILL_CHECK_SEMANTIC_H

#include "check/check.h"
#include "check/spec.h"
#include "util/iso8601.h"

/* The current item's members by row, of the type that the specification demands; NULL where there is none such. Where a key
 * stands twice its last value counts. */
struct facts {
    const struct har_node *root; /* NULL for DOC_BEGIN and DOC_END */
    const struct har_node *page[PAGE_rows], *page_timings[PAGE_TIMINGS_rows];
    const struct har_node *entry[ENTRY_rows], *request[REQUEST_rows], *response[RESPONSE_rows], *timings[TIMINGS_rows];
    const struct har_node *post_data[POST_DATA_rows], *content[CONTENT_rows], *cache[CACHE_rows];
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

/* The member of an object that has a row; NULL when there is none. For objects that facts do not hold: headers, cookies. */
const struct har_node *semantic_member(const struct check *check, const struct har_node *object, unsigned row);

/* The first element or member, the next one; NULL at the end. `node` may be NULL. */
static inline const struct har_node *semantic_first(const struct check *check, const struct har_node *node)
{
    return node ? json_node(check->item->tree, node->child) : NULL;
}
static inline const struct har_node *semantic_next(const struct check *check, const struct har_node *node)
{
    return json_node(check->item->tree, node->next);
}

/* A finding at a value, at a key. Arguments are copied. */
void semantic_tell(struct check *check, enum har_rule rule, const struct har_node *node, const char *message,
                   const struct har_arg *args, size_t arg_count);

/* A finding at the byte `at` of a string's decoded text; 0: at all of it. */
void semantic_tell_at(struct check *check, enum har_rule rule, const struct har_node *node, size_t at, const char *message,
                      const struct har_arg *args, size_t arg_count);

/* Milliseconds, bytes: printed with at most 3 digits behind the point. */
struct har_arg semantic_decimal(double number);

/* The engine's side. */
bool semantic_init(struct check *check);
void semantic_release(struct check *check);
void semantic_run(struct check *check);

#endif
