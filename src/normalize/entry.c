/* Normalize: cache, address and connection. */
#include "normalize/normalize.h"

void normalize_entry(struct normalize *n)
{
    (void)n;
}
