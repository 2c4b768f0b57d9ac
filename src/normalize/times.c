/* Normalize: dates, time and timings. */
#include "normalize/normalize.h"

void normalize_times(struct normalize *n)
{
    (void)n;
}

bool normalize_date(struct normalize *n, uint32_t object, uint8_t row)
{
    return normalize_member(n, object, row) != JSON_NONE;
}
