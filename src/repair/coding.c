/* UTF-16 and UTF-32 become UTF-8. What is half a surrogate pair becomes the three bytes that it would be, for who knows whether it
 * stands in a string. */
#include <string.h>

#include "repair/internal.h"
#include "util/utf8.h"

static bool plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
}

/* By a mark, or by the zeros of characters of ASCII. */
void repair_find_coding(struct repair *r, const unsigned char *b, size_t len)
{
    r->coding = REPAIR_UTF8;
    if (len >= 4 && !memcmp(b, "\xff\xfe\0\0", 4))
        r->coding = REPAIR_UTF32_LE;
    else if (len >= 4 && !memcmp(b, "\0\0\xfe\xff", 4))
        r->coding = REPAIR_UTF32_BE;
    else if (len >= 2 && !memcmp(b, "\xff\xfe", 2))
        r->coding = REPAIR_UTF16_LE;
    else if (len >= 2 && !memcmp(b, "\xfe\xff", 2))
        r->coding = REPAIR_UTF16_BE;
    else if (len >= 4 && plain(b[0]) && !b[1] && !b[2] && !b[3])
        r->coding = REPAIR_UTF32_LE;
    else if (len >= 4 && !b[0] && !b[1] && !b[2] && plain(b[3]))
        r->coding = REPAIR_UTF32_BE;
    else if (len >= 4 && plain(b[0]) && !b[1] && plain(b[2]) && !b[3])
        r->coding = REPAIR_UTF16_LE;
    else if (len >= 4 && !b[0] && plain(b[1]) && !b[2] && plain(b[3]))
        r->coding = REPAIR_UTF16_BE;
}

static uint32_t unit16(const struct repair *r, const unsigned char *b)
{
    return r->coding == REPAIR_UTF16_LE ? (uint32_t)(b[1] << 8 | b[0]) : (uint32_t)(b[0] << 8 | b[1]);
}

static uint32_t unit32(const struct repair *r, const unsigned char *b)
{
    return r->coding == REPAIR_UTF32_LE ? (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0]
                                        : (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* One character: bytes of the input that it took, 0 when more are needed. */
static size_t take(const struct repair *r, const unsigned char *b, size_t len, uint32_t *point)
{
    const size_t unit = r->coding >= REPAIR_UTF32_LE ? 4 : 2;
    *point = 0xfffd;
    if (len < unit)
        return r->raw_ended ? len : 0;
    *point = unit == 4 ? unit32(r, b) : unit16(r, b);
    if (unit == 4 || (*point & 0xfc00) != 0xd800)
        return unit;
    if (len < 4)
        return r->raw_ended ? 2 : 0;
    const uint32_t low = unit16(r, b + 2);
    if ((low & 0xfc00) != 0xdc00)
        return 2;
    *point = 0x10000 + ((*point & 0x3ff) << 10 | (low & 0x3ff));
    return 4;
}

static size_t put(uint32_t point, unsigned char *out)
{
    if ((point & 0xfffff800) == 0xd800) {
        out[0] = 0xed;
        out[1] = (unsigned char)(0x80 | ((point >> 6) & 0x3f));
        out[2] = (unsigned char)(0x80 | (point & 0x3f));
        return 3;
    }
    char bytes[4];
    const size_t len = utf8_encode(point > 0x10ffff ? 0xfffd : point, bytes);
    memcpy(out, bytes, len);
    return len;
}

enum har_status repair_decoded(struct repair *r, unsigned char *bytes, size_t cap, size_t *got, struct har_error *error)
{
    enum { LONGEST = 4 };
    if (r->coding == REPAIR_UTF8 && !r->raw_len)
        return r->raw_ended ? HAR_EOF : r->source(r->user, bytes, cap, got, error);
    if (r->coding == REPAIR_UTF8) { /* what the coding was found by */
        memcpy(bytes, r->raw, *got = r->raw_len);
        r->raw_len = 0;
        return HAR_OK;
    }
    *got = 0;
    while (!*got) {
        size_t taken = 0, len, more = 0;
        uint32_t point;
        while (cap - *got >= LONGEST && (len = take(r, r->raw + taken, r->raw_len - taken, &point)) > 0) {
            taken += len;
            *got += put(point, bytes + *got);
        }
        memmove(r->raw, r->raw + taken, r->raw_len - taken);
        r->raw_len -= taken;
        if (*got)
            break;
        if (r->raw_ended)
            return HAR_EOF;
        const enum har_status status = r->source(r->user, r->raw + r->raw_len, sizeof r->raw - r->raw_len, &more, error);
        if (status < HAR_OK)
            return status;
        r->raw_ended = status == HAR_EOF;
        r->raw_len += more;
    }
    return HAR_OK;
}
