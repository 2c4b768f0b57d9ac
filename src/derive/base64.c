/* Base64 decoded. */
#include "derive/base64.h"

#include "util/base64.h"
#include "util/text.h"

static unsigned value_of(char c)
{
    if (text_is_letter(c))
        return (unsigned)(c >= 'a' ? c - 'a' + 26 : c - 'A');
    return text_is_digit(c) ? (unsigned)(c - '0' + 52) : c == '+' ? 62 : 63;
}

bool derive_base64(struct har_text text, struct har_buffer *out)
{
    struct base64 judged = {0};
    uint32_t bits = 0;
    if (!base64_feed(&judged, text.bytes, text.len) || !base64_end(&judged) || judged.forms)
        return false;
    const size_t len = base64_decoded(&judged);
    char *room = len ? har_buffer_reserve(out, len) : NULL;
    if (!room)
        return !len;
    for (size_t at = 0; at < judged.digits; at++) {
        bits = bits << 6 | value_of(text.bytes[at]);
        if (at % 4)
            *room++ = (char)(bits >> (6 - at % 4 * 2) & 0xff);
    }
    out->len += len;
    return true;
}
