/* Stretches of one alphabet in a text: of base64, of hexadecimal. */
#ifndef REDACT_STRETCH_H
#define REDACT_STRETCH_H

#include <harmill/place.h>

#include <stdbool.h>
#include <stddef.h>

enum { STRETCH_LEAST = 16 };

struct stretch {
    size_t start, end;
};

/* The first stretch from `from` on of STRETCH_LEAST or more characters of base64, in either alphabet; line breaks, when they end
 * lines of equal length, and the padding belong to it. False: there is none. Quick. */
bool stretch_find(struct har_text text, size_t from, struct stretch *stretch);

#endif
