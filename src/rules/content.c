/* The body of a response: encoding, size, type. */
#include "check/semantic.h"

static const struct semantic_row rows[] = {
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_content = {rows, 0, NULL};
