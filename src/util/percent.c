/* Percent-encoding. */
#include "util/percent.h"

#include "util/text.h"

size_t percent_escape(const char *text, size_t len, unsigned char *byte)
{
    if (len < 3 || text[0] != '%')
        return 0;
    const int high = text_hex(text[1]), low = text_hex(text[2]);
    if (high < 0 || low < 0)
        return 0;
    *byte = (unsigned char)(high << 4 | low);
    return 3;
}

bool percent_decode(const char *text, size_t len, bool plus, struct har_buffer *out)
{
    char *const room = len ? har_buffer_reserve(out, len) : NULL; /* decoding never grows */
    char *to = room;
    if (!room)
        return !len;
    for (size_t at = 0; at < len;) {
        unsigned char byte = (unsigned char)text[at];
        const size_t escape = percent_escape(text + at, len - at, &byte);
        *to++ = plus && !escape && byte == '+' ? ' ' : (char)byte;
        at += escape ? escape : 1;
    }
    out->len += (size_t)(to - room);
    return true;
}
