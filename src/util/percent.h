/* Percent-encoding (RFC 3986 section 2.1), in queries with the + of forms too. */
#ifndef UTIL_PERCENT_H
#define UTIL_PERCENT_H

#include <harmill/buffer.h>

/* Length of the escape at the front of `text`: 3, or 0 when there is no % with two hex digits; then *byte is untouched. */
size_t percent_escape(const char *text, size_t len, unsigned char *byte);

/* Appends the decoded bytes, which may be no UTF-8; with `plus` a + is a blank. A % that begins no escape stays. False when
 * `out` is full or memory is short. */
bool percent_decode(const char *text, size_t len, bool plus, struct har_buffer *out);

/* Length of the escapes at the front of `text` that make one character of UTF-8, whose *count bytes go to `out`; 0 when there are
 * none, or they make none. */
size_t percent_character(const char *text, size_t len, char out[4], size_t *count);

/* Whether each % begins an escape, and the escapes make characters: what JavaScript's decodeURIComponent demands. */
bool percent_is_sound(const char *text, size_t len);

#endif
