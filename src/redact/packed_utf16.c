/* UTF-16, as if it were a way of packing UTF-8. */
#include "redact/packed_own.h"

#include "util/utf8.h"

enum { MARK = 0xfeff, HIGH = 0xd800, LOW = 0xdc00, BEHIND = 0xe000, PAIRS = 0x10000, BEYOND = 0xa0 /* what is visible follows */ };

static uint32_t unit_at(struct har_text bytes, size_t at, bool big)
{
    const unsigned char *const two = (const unsigned char *)bytes.bytes + at;
    return big ? (uint32_t)two[0] << 8 | two[1] : (uint32_t)two[1] << 8 | two[0];
}

static bool is_visible(uint32_t unit)
{
    return (unit >= ' ' && unit < 0x7f) || unit == '\n' || unit == '\r' || unit == '\t';
}

enum packed_form packed_is_utf16(struct har_text bytes)
{
    enum { UNITS = 8 };
    const bool marked = bytes.len >= 4 && (unit_at(bytes, 0, true) == MARK || unit_at(bytes, 0, false) == MARK);
    if (!marked && bytes.len < UNITS * 2)
        return PACKED_NOT;
    const bool big = marked ? unit_at(bytes, 0, true) == MARK : bytes.bytes[0] == '\0';
    for (size_t at = 0; !marked && at < UNITS * 2; at += 2)
        if (!is_visible(unit_at(bytes, at, big)))
            return PACKED_NOT;
    if (marked && unit_at(bytes, 2, big) < BEYOND && !is_visible(unit_at(bytes, 2, big)))
        return PACKED_NOT;
    return big ? PACKED_UTF16_BIG : PACKED_UTF16_LITTLE;
}

enum packed_result packed_open_utf16(struct har_text bytes, bool big, struct har_buffer *out)
{
    enum { POINT_MOST = 4 };
    size_t at = 0;
    while (at + 2 <= bytes.len) {
        uint32_t point = unit_at(bytes, at, big);
        at += 2;
        if (point >= HIGH && point < LOW && at + 2 <= bytes.len) {
            const uint32_t low = unit_at(bytes, at, big);
            if (low < LOW || low >= BEHIND)
                return PACKED_BROKEN;
            point = PAIRS + ((point - HIGH) << 10) + (low - LOW);
            at += 2;
        }
        if (point >= HIGH && point < BEHIND)
            return PACKED_BROKEN;
        char *const to = har_buffer_reserve(out, POINT_MOST);
        if (!to)
            return PACKED_NO_MEMORY;
        out->len += utf8_encode(point, to);
    }
    return at == bytes.len ? PACKED_WHOLE : PACKED_BROKEN;
}

static bool put_unit(uint32_t unit, bool big, struct har_buffer *out)
{
    const char high = (char)(unit >> 8), low = (char)(unit & 0xff);
    return har_buffer_append_char(out, big ? high : low) && har_buffer_append_char(out, big ? low : high);
}

bool packed_close_utf16(struct har_text bytes, bool big, struct har_buffer *out)
{
    bool good = true;
    for (size_t at = 0; at < bytes.len && good;) {
        uint32_t point = 0;
        const size_t len = utf8_decode(bytes.bytes + at, bytes.len - at, &point);
        at += len ? len : 1;
        if (!len)
            point = 0xfffd;
        if (point < PAIRS) {
            good = put_unit(point, big, out);
            continue;
        }
        good = put_unit(HIGH + ((point - PAIRS) >> 10), big, out) && put_unit(LOW + ((point - PAIRS) & 0x3ff), big, out);
    }
    return good;
}
