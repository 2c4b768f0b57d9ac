/* UTF-8 as RFC 3629 defines it. */
#ifndef UTIL_UTF8_H
#define UTIL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The code point at `p`, of which `len` bytes may be read: its length, 1 to 4, and *cp. 0, and *cp untouched, when it is no
 * UTF-8: cut, overlong, a surrogate, above U+10FFFF. */
size_t utf8_decode(const char *p, size_t len, uint32_t *cp);

/* Writes `cp` and returns its length, 1 to 4; 0 for surrogates and above U+10FFFF. */
size_t utf8_encode(uint32_t cp, char out[4]);

#endif
