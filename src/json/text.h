/* The inside of JSON strings and numbers: decoding, comparing, the canonical spelling. */
#ifndef HARMILL_JSON_TEXT_H
#define HARMILL_JSON_TEXT_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* One unit of a string: a stretch of bytes that stand for themselves, or one escape. */
struct json_piece {
    const char *bytes; /* as spelled */
    size_t len;
    bool escape;
    uint32_t point; /* of an escape: a code point, a lone surrogate (0xd800 to 0xdfff), U+FFFD for what is no escape */
};

/* Takes the next piece off *text (of *len bytes); false at the end. */
bool json_text_piece(const char **text, size_t *len, struct json_piece *piece);

/* Appends the decoded text; a lone surrogate becomes U+FFFD. */
bool json_text_decode(const char *text, size_t len, struct har_buffer *out);

/* Whether the decoded text is `plain`. */
bool json_text_equals(const char *text, size_t len, const char *plain, size_t plain_len);

/* Where in `text` the byte `at` of the decoded text comes from: its own offset, or that of its escape. `len` when the decoded text
 * is shorter. */
size_t json_text_offset(const char *text, size_t len, size_t at);

/* The escape that the canonical spelling demands for `point` (less than 0x20, ", \ or a surrogate), written to `out`; its
 * length, 0 when the character stands for itself. Other control characters than \b \f \n \r \t are \u00xx, hex in lower case. */
size_t json_canonical_escape(uint32_t point, char out[6]);

/* The first byte of `text` that is `c`, or its end. */
const char *json_find(const char *text, size_t len, char c);

/* The double nearest to a JSON number; false when it is too large for one. Does not depend on the locale. */
bool json_number(const char *text, size_t len, double *number);

/* Length of the JSON number at `text`, 0 when there is none; *whole tells that it has no fraction and no exponent. */
size_t json_number_length(const char *text, size_t len, bool *whole);

#endif
