/* Tokens of HTTP: RFC 9110 section 5.6.2. */
#ifndef UTIL_TOKEN_H
#define UTIL_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

extern const unsigned char token_table[256]; /* 1: may stand in a token */

/* The first byte of `text` that no token has, or its length. */
size_t token_length(const char *text, size_t len);

/* Whether all of it is one. */
static inline bool token_is(const char *text, size_t len)
{
    const unsigned char *byte = (const unsigned char *)text, *const end = byte + len;
    unsigned char good = len > 0;
    for (; end - byte >= 4; byte += 4)
        good &= token_table[byte[0]] & token_table[byte[1]] & token_table[byte[2]] & token_table[byte[3]];
    for (; byte < end; byte++)
        good &= token_table[*byte];
    return good;
}

#endif
