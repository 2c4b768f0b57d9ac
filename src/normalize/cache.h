/* What the entries of a cache need. */
#ifndef HARMILL_NORMALIZE_CACHE_H
#define HARMILL_NORMALIZE_CACHE_H

#include "normalize/normalize.h"

/* Dates in beforeRequest and afterRequest. */
void normalize_cache(struct normalize *n);

#endif
