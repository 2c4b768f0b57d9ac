/* Normalize: headers of both messages. */
#include "normalize/normalize.h"

void normalize_headers(struct normalize *n)
{
    (void)n;
}
