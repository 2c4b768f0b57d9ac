/* What makes Firefox's HAR import refuse or misread a capture, as far as it is documented. */
#include "check/semantic.h"

static const struct semantic_row rows[] = {
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_firefox = {rows, 0, NULL};
