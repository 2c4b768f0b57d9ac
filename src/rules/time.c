/* Dates, their order, and durations that must add up. */
#include "check/semantic.h"

static const struct semantic_row rows[] = {
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_time = {rows, 0, NULL};
