/* Cookies beside the headers that carry them. */
#include "check/semantic.h"

static const struct semantic_row rows[] = {
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_cookie = {rows, 0, NULL};
