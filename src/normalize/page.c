/* Normalize: pages. */
#include "normalize/normalize.h"

/* -1 says that a time is not available; no other negative number says anything. */
static void mend_timing(struct normalize *n, uint32_t timings, uint8_t row)
{
    const uint32_t member = normalize_member(n, timings, row);
    double value;
    if (!normalize_number(n, member, &value) || value >= 0 || value == -1)
        return;
    normalize_keep_as_custom(n, member);
    normalize_set_number(n, timings, row, -1);
    normalize_mended(n, HAR_MEND_NEGATIVE_PAGE_TIMING);
}

void normalize_page(struct normalize *n, uint32_t page)
{
    const uint32_t timings = normalize_member(n, page, PAGE_pageTimings);
    normalize_date(n, page, PAGE_startedDateTime);
    mend_timing(n, timings, PAGE_TIMINGS_onContentLoad);
    mend_timing(n, timings, PAGE_TIMINGS_onLoad);
}
