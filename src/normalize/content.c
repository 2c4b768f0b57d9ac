/* Normalize: body and sizes. */
#include "normalize/normalize.h"

void normalize_content(struct normalize *n)
{
    (void)n;
}
