/* Memory that held secrets: overwritten before it is given back. */
#ifndef UTIL_WIPE_H
#define UTIL_WIPE_H

#include <stddef.h>

/* Overwrites `len` bytes. Of large blocks the pages are given back one after the other, so that overwriting what was never used
 * costs no memory. */
void wipe_bytes(void *bytes, size_t len);

/* Copies `len` bytes and overwrites where they were. Large ones are never in memory twice. */
void wipe_moved(void *to, void *from, size_t len);

#endif
