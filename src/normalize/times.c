/* Normalize: dates, time and timings. */
#include "normalize/normalize.h"

void normalize_times(struct normalize *n)
{
    (void)n;
}
