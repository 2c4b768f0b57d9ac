/* Memory failures that other libraries swallow. */
#ifndef HARMILL_ALLOC_H
#define HARMILL_ALLOC_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

/* Makes jansson and libxml2 allocate through functions that remember a failure, because they drop characters and whole strings
 * silently when memory is short. For programs, once, before anything else; the library never calls it. */
HAR_API void har_alloc_install(void);

/* Whether an allocation of this thread failed since the last har_alloc_reset(). Then no result made meanwhile counts. */
HAR_API bool har_alloc_failed(void);

/* Forgets the failures of this thread. */
HAR_API void har_alloc_reset(void);

HAR_END_DECLS
#endif
