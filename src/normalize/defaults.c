/* Normalize: what is required and missing. */
#include "normalize/normalize.h"

void normalize_defaults(struct normalize *n, uint32_t root)
{
    (void)n;
    (void)root;
}
