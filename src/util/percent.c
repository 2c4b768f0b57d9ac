/* Percent-encoding. */
#include "util/percent.h"

#include <string.h>

#include "util/text.h"
#include "util/utf8.h"

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

size_t percent_character(const char *text, size_t len, char out[4], size_t *count)
{
    unsigned char byte;
    uint32_t point;
    size_t at = percent_escape(text, len, &byte);
    if (!at)
        return 0;
    const size_t wanted = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    out[0] = (char)byte;
    for (*count = 1; *count < wanted; at += 3) {
        if (!percent_escape(text + at, len - at, &byte))
            return 0;
        out[(*count)++] = (char)byte;
    }
    return utf8_decode(out, *count, &point) == *count ? at : 0;
}

bool percent_is_sound(const char *text, size_t len)
{
    const char *at = len ? memchr(text, '%', len) : NULL, *const end = text + len;
    while (at) {
        char bytes[4];
        size_t count;
        const size_t escapes = percent_character(at, (size_t)(end - at), bytes, &count);
        if (!escapes)
            return false;
        at += escapes;
        at = memchr(at, '%', (size_t)(end - at));
    }
    return true;
}
