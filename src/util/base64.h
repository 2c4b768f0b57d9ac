/* Base64 (RFC 4648 section 4): judged without decoding it, decoded, encoded. */
#ifndef UTIL_BASE64_H
#define UTIL_BASE64_H

#include <harmill/buffer.h>
#include <harmill/place.h>

#include <stdbool.h>
#include <stddef.h>

/* What is unusual about a text that decoders may still take. */
enum {
    BASE64_BLANKS = 1,   /* line breaks, blanks, tabs */
    BASE64_URL_SAFE = 2, /* - and _ for + and / */
    BASE64_UNPADDED = 4, /* the = at the end are missing; set by base64_end() */
};

/* Why a text is none. */
enum base64_fault {
    BASE64_FINE,
    BASE64_CHARACTER, /* a character that is not in the alphabet */
    BASE64_PADDING,   /* something behind a =, or too many of them, or too few */
    BASE64_LENGTH,    /* one character more than whole bytes need */
};

/* Zero it before the first piece. */
struct base64 {
    size_t digits; /* characters of the alphabet */
    size_t pads;
    size_t seen; /* characters of all kinds, up to a fault */
    unsigned forms;
    enum base64_fault fault;
};

/* Takes the next piece of the text. False when there is a fault: then `seen` is the offset of the character in the whole text. */
bool base64_feed(struct base64 *base64, const char *text, size_t len);

/* The same without special instructions. */
bool base64_feed_portable(struct base64 *base64, const char *text, size_t len);

/* Judges the end: false when there is a fault. */
bool base64_end(struct base64 *base64);

/* The bytes that it decodes to. */
static inline size_t base64_decoded(const struct base64 *base64)
{
    return base64->digits / 4 * 3 + base64->digits % 4 * 3 / 4;
}

/* What a character of one of the alphabets stands for; -1. */
int base64_value(char c);

/* Appends the bytes of `text`; false when it is no base64 in its plain form, or the buffer fails. */
bool base64_decode(struct har_text text, struct har_buffer *out);

/* Appends `bytes` as base64; false when the buffer fails. */
bool base64_encode(struct har_text bytes, struct har_buffer *out);

#endif
