/* The creator, the pages, and which entry belongs to which. */
#include "check/semantic.h"

static const struct semantic_row rows[] = {
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_page = {rows, 0, NULL};
