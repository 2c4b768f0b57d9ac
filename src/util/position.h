/* Lines and columns of a text that streams by. */
#ifndef HARMILL_UTIL_POSITION_H
#define HARMILL_UTIL_POSITION_H

#include <harmill/place.h>

/* Moves `place` over `len` bytes: lines end at LF, columns count code points (bytes that do not continue a UTF-8 sequence). */
void position_advance(struct har_place *place, const char *bytes, size_t len);

/* The line around bytes[at], cut to a stretch on either side; *excerpt_at is where in it that byte is. Borrowed from `bytes`. */
struct har_text position_excerpt(const char *bytes, size_t len, size_t at, size_t *excerpt_at);

#endif
