/* What keeps Playwright's routeFromHAR from replaying a capture. */
#include "check/semantic.h"

static const struct semantic_row rows[] = {
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_playwright = {rows, 0, NULL};
