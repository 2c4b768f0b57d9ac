/* UTF-8, strictly: one sequence in, one code point out. */
#include "util/utf8.h"

#define SURROGATE_FIRST 0xd800
#define SURROGATE_LAST  0xdfff
#define CODE_POINT_LAST 0x10ffff

size_t utf8_decode(const char *p, size_t len, uint32_t *cp)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (!len)
        return 0;
    unsigned char first = (unsigned char)p[0];
    if (first < 0x80) {
        *cp = first;
        return 1;
    }
    size_t width = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (!width || width > len)
        return 0;
    uint32_t value = first & (0x7fu >> width);
    for (size_t i = 1; i < width; i++) {
        unsigned char next = (unsigned char)p[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3f);
    }
    if (value < least[width] || value > CODE_POINT_LAST || (value >= SURROGATE_FIRST && value <= SURROGATE_LAST))
        return 0;
    *cp = value;
    return width;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp > CODE_POINT_LAST || (cp >= SURROGATE_FIRST && cp <= SURROGATE_LAST))
        return 0;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t width = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = width - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3f));
        cp >>= 6;
    }
    out[0] = (char)((0xf00u >> width & 0xff) | cp);
    return width;
}
