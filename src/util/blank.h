/* White space of JSON (RFC 8259 section 2), which is that of XML 1.0 too (S, production 3). */
#ifndef HARMILL_UTIL_BLANK_H
#define HARMILL_UTIL_BLANK_H

#include <stdbool.h>

static inline bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

#endif
