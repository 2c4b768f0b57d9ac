/* Base64 as it comes: either alphabet of RFC 4648, with padding or without, in lines or in one. */
#ifndef UTIL_BASE64_ANY_H
#define UTIL_BASE64_ANY_H

#include "util/base64.h"

/* How a text is spelled, to spell others in the same way. */
struct base64_look {
    bool url_safe; /* - and _ */
    bool padded;   /* = at the end, when there is something to fill */
    bool cut;      /* ... and CRLF, not LF, ends lines */
    size_t line;   /* characters in a line, 0: there is only one */
};

/* Of digits their value; all others are 64 or more. */
extern const unsigned char base64_any_value[256];

/* Whether `c` belongs to one of the alphabets. */
static inline bool base64_is_digit(char c)
{
    return base64_any_value[(unsigned char)c] < 64;
}

/* Appends the bytes that `text` stands for. False when it is none: other characters than digits, blanks, and = at its end, or one
 * digit more than whole bytes need; or when the buffer fails. */
bool base64_any_decode(struct har_text text, struct har_buffer *out);

/* Writes to `bytes`, which has as much room as `text` is long, what it stands for; 0 when it is no base64 in one line. */
size_t base64_any_front(struct har_text text, char *bytes);

struct base64_look base64_look(struct har_text text);

/* Appends `bytes` in base64 that looks like that; false when the buffer fails. */
bool base64_encode_as(struct har_text bytes, struct base64_look look, struct har_buffer *out);

/* The same in the place of the bytes that are all of the buffer. */
bool base64_encode_within(struct base64_look look, struct har_buffer *buffer);

#endif
