/* The characters of urls: which RFC 3986 does not allow, which browsers escape. */
#ifndef HARMILL_DERIVE_URL_H
#define HARMILL_DERIVE_URL_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Classes of bytes; several may be looked for at once. */
enum {
    DERIVE_URL_BLANK = 1,     /* white space and control characters */
    DERIVE_URL_HIGH = 2,      /* outside ASCII */
    DERIVE_URL_FORBIDDEN = 4, /* " < > \ ^ ` { | }: must be escaped by RFC 3986 */
    DERIVE_URL_PERCENT = 8,
    DERIVE_URL_HASH = 16,
    DERIVE_URL_QUERY = 32, /* of the forbidden ones: " < > are escaped by browsers in queries (URL Standard, query set) */
    DERIVE_URL_PATH = 64,  /* " < > ` { } in paths (URL Standard, path set) */
};

extern const unsigned char derive_url_table[128];

static inline unsigned derive_url_class(char c)
{
    const unsigned char byte = (unsigned char)c;
    return byte < sizeof derive_url_table ? derive_url_table[byte] : DERIVE_URL_HIGH;
}

/* The classes of all its bytes together. */
unsigned derive_url_classes(struct har_text text);

/* Without blanks and control characters at both ends, which do not make another url of it. */
struct har_text derive_url_trim(struct har_text text);

/* Appends `text` with the bytes of these classes percent-encoded; false when memory is short. */
bool derive_url_encode(struct har_text text, unsigned classes, struct har_buffer *out);

#endif
