/* What a run needs of baselines. */
#ifndef CORE_BASELINE_H
#define CORE_BASELINE_H

#include <harmill/baseline.h>

#include "check/known.h"

/* Prepares *known for the input `display`; `baseline` may be NULL. False when memory is short. To be released in any case. */
bool baseline_begin(struct known *known, const struct har_baseline *baseline, bool listing, const char *display);

/* Puts what was listed into `baseline` as what it knows of the input. */
enum har_status baseline_take(struct har_baseline *baseline, struct known *known, const char *display, struct har_error *error);

#endif
