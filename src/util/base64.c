/* Base64: long stretches of its alphabet 16 bytes at a time, everything else one by one. */
#include "util/base64.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { GROUP = 4, STEP = 16 };

enum class { OTHER, DIGIT, URL_SAFE, PAD, BLANK };

static enum class class_of(unsigned char c) {
    const unsigned char letter = c | 0x20;
    if ((letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/') return DIGIT;
    if (c == '-' || c == '_') return URL_SAFE;
    if (c == '=') return PAD;
    return c == '\n' || c == '\r' || c == ' ' || c == '\t' ? BLANK : OTHER;
}

/* How many bytes from `text` on are of the alphabet, as far as whole steps tell. */
typedef size_t skip_fn(const char *text, size_t len);

static size_t skip_portable(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && class_of((unsigned char)text[at]) == DIGIT)
        at++;
    return at;
}

#if defined(__SSE2__)
/* All ones in bytes of the alphabet. Comparisons are of signed bytes: those from 0x80 on are below everything. */
static inline __m128i digits_sse2(__m128i v)
{
    const __m128i letter = _mm_or_si128(v, _mm_set1_epi8(0x20));
    const __m128i letters =
        _mm_and_si128(_mm_cmpgt_epi8(letter, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(letter, _mm_set1_epi8('z' + 1)));
    /* From / to 9 there is nothing else. */
    const __m128i numbers = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('/' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    return _mm_or_si128(_mm_or_si128(letters, numbers), _mm_cmpeq_epi8(v, _mm_set1_epi8('+')));
}

static inline __m128i load(const char *text)
{
    return _mm_loadu_si128((const __m128i *)(const void *)text);
}

static size_t skip_sse2(const char *text, size_t len)
{
    size_t at = 0;
    for (; len - at >= GROUP * STEP; at += GROUP * STEP) {
        const __m128i low = _mm_and_si128(digits_sse2(load(text + at)), digits_sse2(load(text + at + STEP)));
        const __m128i high = _mm_and_si128(digits_sse2(load(text + at + 2 * STEP)), digits_sse2(load(text + at + 3 * STEP)));
        if (_mm_movemask_epi8(_mm_and_si128(low, high)) != 0xffff)
            break;
    }
    for (; len - at >= STEP; at += STEP) {
        const unsigned others = ~(unsigned)_mm_movemask_epi8(digits_sse2(load(text + at))) & 0xffff;
        if (others)
            return at + (unsigned)__builtin_ctz(others);
    }
    return at + skip_portable(text + at, len - at);
}
#endif

static bool fault(struct base64 *base64, enum base64_fault why)
{
    base64->fault = why;
    return false;
}

/* One character that may be anything. */
static bool take(struct base64 *base64, unsigned char c)
{
    switch (class_of(c)) {
    case URL_SAFE:
        base64->forms |= BASE64_URL_SAFE;
        /* fall through */
    case DIGIT:
        if (base64->pads)
            return fault(base64, BASE64_PADDING);
        base64->digits++;
        break;
    case PAD:
        base64->pads++;
        break;
    case BLANK:
        base64->forms |= BASE64_BLANKS;
        break;
    case OTHER:
        return fault(base64, BASE64_CHARACTER);
    }
    base64->seen++;
    return true;
}

static inline bool feed(struct base64 *base64, const char *text, size_t len, skip_fn *skip)
{
    if (base64->fault)
        return false;
    for (size_t at = 0; at < len; at++) {
        if (!base64->pads) {
            const size_t skipped = skip(text + at, len - at);
            base64->digits += skipped;
            base64->seen += skipped;
            at += skipped;
        }
        if (at < len && !take(base64, (unsigned char)text[at]))
            return false;
    }
    return true;
}

bool base64_feed_portable(struct base64 *base64, const char *text, size_t len)
{
    return feed(base64, text, len, skip_portable);
}

bool base64_feed(struct base64 *base64, const char *text, size_t len)
{
#if defined(__SSE2__)
    return feed(base64, text, len, skip_sse2);
#else
    return base64_feed_portable(base64, text, len);
#endif
}

bool base64_end(struct base64 *base64)
{
    const size_t over = base64->digits % GROUP;
    if (base64->fault)
        return false;
    if (over == 1)
        return fault(base64, BASE64_LENGTH);
    if (base64->pads && base64->pads != (GROUP - over) % GROUP)
        return fault(base64, BASE64_PADDING);
    if (over && !base64->pads)
        base64->forms |= BASE64_UNPADDED;
    return true;
}

int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool base64_decode(struct har_text text, struct har_buffer *out)
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
        bits = bits << 6 | (uint32_t)base64_value(text.bytes[at]);
        if (at % GROUP)
            *room++ = (char)(bits >> (6 - at % GROUP * 2) & 0xff);
    }
    out->len += len;
    return true;
}

bool base64_encode(struct har_text bytes, struct har_buffer *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t len = (bytes.len + 2) / 3 * GROUP;
    char *to = len ? har_buffer_reserve(out, len) : NULL;
    if (!to)
        return !len;
    for (size_t at = 0; at < bytes.len; at += 3, to += GROUP) {
        uint32_t bits = 0;
        for (size_t i = at; i < at + 3; i++)
            bits = bits << 8 | (i < bytes.len ? (unsigned char)bytes.bytes[i] : 0);
        for (unsigned i = 0; i < GROUP; i++)
            to[i] = at + i > bytes.len ? '=' : digits[bits >> (18 - 6 * i) & 63];
    }
    out->len += len;
    return true;
}
