/* Whole numbers. */
#include "rules/count.h"

enum count_form count_of(const struct check *check, const struct har_node *node, int64_t *count)
{
    static const double most = 9007199254740992.0;
    double number;
    if (!semantic_number(check, node, &number) || number > most || number < -most)
        return COUNT_NONE;
    *count = (int64_t)number;
    return (double)*count == number ? COUNT_WHOLE : COUNT_FRACTION;
}

int64_t count_size(const struct check *check, const struct har_node *node)
{
    int64_t count;
    return count_of(check, node, &count) == COUNT_WHOLE && count >= 0 ? count : -1;
}
