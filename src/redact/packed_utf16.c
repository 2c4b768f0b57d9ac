/* UTF-16, as if it were a way of packing UTF-8. */
#include "redact/packed_own.h"

#include "util/utf8.h"

enum { MARK = 0xfeff, HIGH = 0xd800, LOW = 0xdc00, BEHIND = 0xe000, PAIRS = 0x10000 };

static uint32_t unit_at(struct har_text bytes, size_t at, bool big)
{
    const unsigned char *const two = (const unsigned char *)bytes.bytes + at;
    return big ? (uint32_t)two[0] << 8 | two[1] : (uint32_t)two[1] << 8 | two[0];
}

enum packed_form packed_is_utf16(struct har_text bytes)
{
    if (bytes.len < 4)
        return PACKED_NOT;
    const bool big = unit_at(bytes, 0, true) == MARK;
    const uint32_t first = unit_at(bytes, 2, big);
    if (unit_at(bytes, 0, big) != MARK || first >= 0x7f || (first < ' ' && first != '\n' && first != '\r' && first != '\t'))
        return PACKED_NOT;
    return big ? PACKED_UTF16_BIG : PACKED_UTF16_LITTLE;
}

enum packed_result packed_open_utf16(struct har_text bytes, bool big, struct har_buffer *out)
{
    enum { POINT_MOST = 4 };
    size_t at = 2;
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
    bool good = put_unit(MARK, big, out);
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
