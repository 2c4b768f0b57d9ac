/* Memory for the one allocation that must not fail. */
#ifndef CORE_RESERVE_H
#define CORE_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

/* From here on the first allocation of another library that fails in this thread, and takes no more than `size` bytes, is given
 * the reserve, for good; that it failed is remembered all the same. False: there is no memory for it. Only where
 * har_alloc_install() was called. */
bool reserve_memory(size_t size);

/* What was not given away. */
void release_reserve(void);

#endif
