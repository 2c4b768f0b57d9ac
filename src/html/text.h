/* Everything that becomes markup goes through here: literals as they are, texts escaped, numbers in one form. */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <harmill/place.h>

#include "json/write.h"

/* Markup: a string literal and nothing else. */
#define HTML(out, literal) json_out_text(out, "" literal "", sizeof(literal) - 1)

/* Text of a capture, for text and for attributes in quotes. What cannot be seen or reorders its neighbours becomes a token, as
 * visible() of src/web/text.js makes it; what is no UTF-8 becomes U+FFFD. */
void html_text(struct json_out *out, struct har_text text);

/* The same for a NUL-terminated text. */
void html_string(struct json_out *out, const char *text);

/* The same, at most `most` bytes of it, which must be more than 8; an ellipsis stands for the rest. */
void html_text_cut(struct json_out *out, struct har_text text, size_t most);

/* The same for an address, with places where it may be broken. */
void html_address(struct json_out *out, struct har_text text, size_t most);

/* A JSON string for a data block, with its quotes. */
void html_json(struct json_out *out, struct har_text text);

/* Digits. */
void html_number(struct json_out *out, int64_t number);

/* "10,000", as formatCount() of text.js. */
void html_count(struct json_out *out, uint64_t number);

/* "1 request", "2 requests": `noun` gets an s. */
void html_counted(struct json_out *out, uint64_t number, const char *noun);

/* "12.5 kB", as formatBytes(). */
void html_bytes(struct json_out *out, int64_t bytes);

/* "1.25 s", as formatTime(). */
void html_time(struct json_out *out, double ms);

/* A number with at most two digits behind its point. */
void html_decimal(struct json_out *out, double number);

/* "2026-03-02 09:14:07.250 UTC" of tenths of a millisecond since 1970; `machine`: 2026-03-02T09:14:07.250Z */
void html_date(struct json_out *out, int64_t tenths, bool machine);

/* A length before which `text` can be cut without parting a character, at most `most`. */
size_t html_cut(struct har_text text, size_t most);

#endif
