/* How programs in JavaScript see the values of an item. */
#ifndef CONSUMER_SCRIPT_H
#define CONSUMER_SCRIPT_H

#include "check/semantic.h"

/* A member whatever its type, the last where its key stands twice. `row` is its row in the specification's table, for objects
 * that are bound to one; JSON_NO_MEMBER for members that have none. NULL when there is none or `object` is no object. */
const struct har_node *script_member(const struct check *check, const struct har_node *object, unsigned row, const char *name);
#define SCRIPT_MEMBER(check, object, of, name) script_member(check, object, of##_##name, #name)

/* False for null, false, 0, an empty string and for what is not there. */
bool script_truthy(const struct check *check, const struct har_node *node);

static inline bool script_is(const struct har_node *node, enum har_kind kind)
{
    return node && node->kind == kind;
}

/* Neither there nor null. */
static inline bool script_nothing(const struct har_node *node)
{
    return !node || node->kind == HAR_KIND_NULL;
}

/* Whether a string holds half of a surrogate pair. */
bool script_lone_surrogate(const struct check *check, const struct har_node *node);

/* Whether the item lies in the document's own log, where a program looks that knows no envelope: `array` is "entries", "pages". */
bool script_in_log(const struct check *check, const char *array);

/* The type of a value as a word for a message; "missing" when there is none. */
struct har_arg script_kind(const struct har_node *node);

#endif
