/* Characters of urls. */
#include "derive/url.h"

/* A forbidden one; the same that browsers escape in paths; in paths and queries. */
enum { F = DERIVE_URL_FORBIDDEN, P = F | DERIVE_URL_PATH, Q = P | DERIVE_URL_QUERY };

/* Rows of 16. */
const unsigned char derive_url_table[128] = {
    1, 1, 1, 1,  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* control characters */
    1, 1, 1, 1,  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* */
    1, 0, Q, 16, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* blank " # % */
    0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, Q, 0, Q, 0, /* < > */
    0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* */
    0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, F, 0, F, 0, /* \ ^ */
    P, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* ` */
    0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, P, F, P, 0, 1, /* { | } DEL */
};

unsigned derive_url_classes(struct har_text text)
{
    unsigned seen = 0;
    for (size_t at = 0; at < text.len; at++)
        seen |= derive_url_class(text.bytes[at]);
    return seen;
}

struct har_text derive_url_trim(struct har_text text)
{
    while (text.len && derive_url_class(text.bytes[text.len - 1]) == DERIVE_URL_BLANK)
        text.len--;
    while (text.len && derive_url_class(*text.bytes) == DERIVE_URL_BLANK) {
        text.bytes++;
        text.len--;
    }
    return text;
}

bool derive_url_encode(struct har_text text, unsigned classes, struct har_buffer *out)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (!(derive_url_class(text.bytes[at]) & classes))
            continue;
        const unsigned char byte = (unsigned char)text.bytes[at];
        const char escape[] = {'%', hex[byte >> 4], hex[byte & 15]};
        if (!har_buffer_append(out, text.bytes + from, at - from) || !har_buffer_append(out, escape, sizeof escape))
            return false;
        from = at + 1;
    }
    return har_buffer_append(out, text.bytes + from, text.len - from);
}
