/* The table of bounds. */
#include <harmill/bound.h>

static const struct har_bound_info bounds[] = {
#define BOUND_ROW(symbol, name, value, least, most, unit, summary) {name, value, least, most, unit, summary},
    HAR_BOUNDS(BOUND_ROW)
#undef BOUND_ROW
};

const struct har_bound_info *har_bound_info(enum har_bound bound)
{
    return (unsigned)bound < HAR_BOUND_COUNT ? &bounds[bound] : NULL;
}
