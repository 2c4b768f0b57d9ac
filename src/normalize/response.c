/* Normalize: the response. */
#include "normalize/normalize.h"

void normalize_response(struct normalize *n)
{
    (void)n;
}
