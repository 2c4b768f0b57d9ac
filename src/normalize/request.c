/* Normalize: the request. */
#include "normalize/normalize.h"

void normalize_request(struct normalize *n)
{
    (void)n;
}
