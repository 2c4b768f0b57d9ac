/* Normalize: pages. */
#include "normalize/normalize.h"

void normalize_page(struct normalize *n)
{
    (void)n;
}
