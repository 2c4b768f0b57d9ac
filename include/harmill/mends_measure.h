/* What normalize changes about dates, times, sizes and bodies. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_MEASURE_H
#define HARMILL_MENDS_MEASURE_H

#define HAR_MENDS_MEASURE(X) \
    X(MISSING_CACHE, "missing-cache", FILLED, MISSING_CACHE, \
      "entry.cache is missing", "{}: nothing is known", "", "")

#endif
