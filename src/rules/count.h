/* Whole numbers: a status, a size. */
#ifndef HARMILL_RULES_COUNT_H
#define HARMILL_RULES_COUNT_H

#include "check/semantic.h"

enum count_form {
    COUNT_NONE, /* no number, or one beyond 2^53 */
    COUNT_WHOLE,
    COUNT_FRACTION,
};

/* What kind of number `node` is, NULL too. *count is set with COUNT_WHOLE. */
enum count_form count_of(const struct check *check, const struct har_node *node, int64_t *count);

/* The same for a size: -1 when it is not known, or cannot be. */
int64_t count_size(const struct check *check, const struct har_node *node);

#endif
