/* See base64_any.h. */
#include "util/base64_any.h"

#include <string.h>

#include "util/text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { GROUP = 4, STEP = 16, BLANK = 0x40, PAD = 0x41, OTHER = 0x80 };

#define X8  OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER
#define X16 X8, X8
#define X32 X16, X16

/* Rows of 16. */
const unsigned char base64_any_value[256] = {
    OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, BLANK, BLANK, OTHER, OTHER, BLANK, OTHER, OTHER, /* \t \n \r */
    OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, /* */
    BLANK, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, 62,    OTHER, 62,    OTHER, 63,    /* + - / */
    52,    53,    54,    55,    56,    57,    58,    59,    60,    61,    OTHER, OTHER, OTHER, PAD,   OTHER, OTHER, /* 0 to 9 = */
    OTHER, 0,     1,     2,     3,     4,     5,     6,     7,     8,     9,     10,    11,    12,    13,    14,    /* A to O */
    15,    16,    17,    18,    19,    20,    21,    22,    23,    24,    25,    OTHER, OTHER, OTHER, OTHER, 63,    /* P to Z _ */
    OTHER, 26,    27,    28,    29,    30,    31,    32,    33,    34,    35,    36,    37,    38,    39,    40,    /* a to o */
    41,    42,    43,    44,    45,    46,    47,    48,    49,    50,    51,    OTHER, OTHER, OTHER, OTHER, OTHER, /* p to z */
    X32,   X32,   X32,   X32,
};

static inline unsigned value_of(char c)
{
    return base64_any_value[(unsigned char)c];
}

/* Four digits at a time to three bytes each, up to the first group with something else; how many characters. */
static size_t decode_groups(const char *text, size_t len, char *to)
{
    size_t at = 0;
    for (; len - at >= GROUP; at += GROUP, to += 3) {
        const unsigned a = value_of(text[at]), b = value_of(text[at + 1]), c = value_of(text[at + 2]), d = value_of(text[at + 3]);
        if ((a | b | c | d) > 63)
            break;
        to[0] = (char)(a << 2 | b >> 4);
        to[1] = (char)(b << 4 | c >> 2);
        to[2] = (char)(c << 6 | d);
    }
    return at;
}

#if defined(__SSE2__)
static inline __m128i between(__m128i v, char from, char to)
{
    return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(from - 1))), _mm_cmplt_epi8(v, _mm_set1_epi8((char)(to + 1))));
}

/* What is to be added to each character for its value; *good has all ones where there is one. */
static inline __m128i values(__m128i v, __m128i *good)
{
    const __m128i upper = between(v, 'A', 'Z'), lower = between(v, 'a', 'z'), digit = between(v, '0', '9');
    const __m128i plus = _mm_cmpeq_epi8(v, _mm_set1_epi8('+')), slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('/'));
    const __m128i minus = _mm_cmpeq_epi8(v, _mm_set1_epi8('-')), low = _mm_cmpeq_epi8(v, _mm_set1_epi8('_'));
    const __m128i ranges =
        _mm_or_si128(_mm_or_si128(_mm_and_si128(upper, _mm_set1_epi8(-'A')), _mm_and_si128(lower, _mm_set1_epi8(26 - 'a'))),
                     _mm_and_si128(digit, _mm_set1_epi8(52 - '0')));
    const __m128i signs =
        _mm_or_si128(_mm_or_si128(_mm_and_si128(plus, _mm_set1_epi8(62 - '+')), _mm_and_si128(slash, _mm_set1_epi8(63 - '/'))),
                     _mm_or_si128(_mm_and_si128(minus, _mm_set1_epi8(62 - '-')), _mm_and_si128(low, _mm_set1_epi8(63 - '_'))));
    *good = _mm_or_si128(_mm_or_si128(_mm_or_si128(upper, lower), _mm_or_si128(digit, plus)),
                         _mm_or_si128(_mm_or_si128(slash, minus), low));
    return _mm_add_epi8(v, _mm_or_si128(ranges, signs));
}

static inline void put3(char *to, uint32_t bits)
{
    const uint32_t swapped = __builtin_bswap32(bits << 8);
    memcpy(to, &swapped, sizeof swapped);
}

/* The same 16 at a time; writes one byte more than it decodes, for which room is kept by what follows. */
static size_t decode_steps(const char *text, size_t len, char *to)
{
    size_t at = 0;
    for (; len - at >= STEP + GROUP; at += STEP, to += STEP / GROUP * 3) {
        __m128i good;
        const __m128i v = values(_mm_loadu_si128((const __m128i *)(const void *)(text + at)), &good);
        if (_mm_movemask_epi8(good) != 0xffff)
            break;
        /* Twelve bits in each half, then 24 in each quarter. */
        const __m128i pairs = _mm_or_si128(_mm_slli_epi16(_mm_and_si128(v, _mm_set1_epi16(0xff)), 6), _mm_srli_epi16(v, 8));
        const __m128i bits = _mm_madd_epi16(pairs, _mm_set1_epi32(0x00011000));
        uint32_t four[4];
        _mm_storeu_si128((__m128i *)(void *)four, bits);
        for (unsigned i = 0; i < 4; i++)
            put3(to + (size_t)i * 3, four[i]);
    }
    return at;
}
#else
static size_t decode_steps(const char *text, size_t len, char *to)
{
    (void)text;
    (void)len;
    (void)to;
    return 0;
}
#endif

/* Decodes to `to`, which has room for 3/4 of the text; false when it is no base64. */
static bool decode(struct har_text text, char *to, size_t *made)
{
    char *const start = to;
    uint32_t bits = 0;
    unsigned digits = 0, pads = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (!digits && !pads) {
            size_t taken = decode_steps(text.bytes + at, text.len - at, to);
            to += taken / GROUP * 3;
            at += taken;
            taken = decode_groups(text.bytes + at, text.len - at, to);
            to += taken / GROUP * 3;
            at += taken;
            if (at == text.len)
                break;
        }
        const unsigned value = value_of(text.bytes[at]);
        if (value == BLANK)
            continue;
        if (value == PAD && ++pads <= 2)
            continue;
        if (value >= BLANK || pads)
            return false;
        bits = bits << 6 | value;
        digits = (digits + 1) % GROUP;
        if (digits == 0) {
            *to++ = (char)(bits >> 16 & 0xff);
            *to++ = (char)(bits >> 8 & 0xff);
            *to++ = (char)(bits & 0xff);
        }
    }
    if (digits == 1 || (pads && digits + pads != GROUP))
        return false;
    if (digits)
        *to++ = (char)(bits >> (digits == 2 ? 4 : 10) & 0xff);
    if (digits == 3)
        *to++ = (char)(bits >> 2 & 0xff);
    *made = (size_t)(to - start);
    return true;
}

bool base64_any_decode(struct har_text text, struct har_buffer *out)
{
    size_t made = 0;
    char *to = text.len ? har_buffer_reserve(out, text.len / GROUP * 3 + GROUP) : NULL;
    if (!to)
        return !text.len;
    if (!decode(text, to, &made))
        return false;
    out->len += made;
    return true;
}

size_t base64_any_front(struct har_text text, char *bytes)
{
    size_t made = 0;
    for (size_t i = 0; i < text.len; i++)
        if (value_of(text.bytes[i]) == BLANK)
            return 0;
    return text.len >= GROUP && decode(text, bytes, &made) ? made : 0;
}

struct base64_look base64_look(struct har_text text)
{
    struct base64_look look = {0};
    size_t digits = 0, pads = 0;
    bool plain = false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.bytes[i];
        if (c == '\n' && !look.line) {
            look.cut = i && text.bytes[i - 1] == '\r';
            look.line = i - look.cut;
        }
        look.url_safe |= c == '-' || c == '_';
        plain |= c == '+' || c == '/';
        digits += base64_is_digit(c);
        pads += c == '=';
    }
    /* Without a sign of either alphabet: who leaves out padding mostly uses the other one, too. */
    if (!look.url_safe && !plain)
        look.url_safe = digits % GROUP && !pads;
    look.padded = digits % GROUP ? pads > 0 : !look.url_safe;
    return look;
}

/* Digits of `groups` groups of three bytes, from the last one to the first, so that both may begin at the same place. */
static void encode_back(const char *bytes, size_t len, const char *alphabet, char *to)
{
    for (size_t group = (len + 2) / 3; group-- > 0;) {
        const size_t at = group * 3;
        uint32_t bits = 0;
        for (size_t i = at; i < at + 3; i++)
            bits = bits << 8 | (i < len ? (unsigned char)bytes[i] : 0);
        for (unsigned i = 0; i < GROUP; i++)
            to[group * GROUP + i] = at + i > len ? '=' : alphabet[bits >> (18 - 6 * i) & 63];
    }
}

/* Moves lines apart, the last one first. */
static void break_lines(char *text, size_t len, struct base64_look look)
{
    const size_t width = look.cut + 1u;
    for (size_t line = (len - 1) / look.line; line > 0; line--) {
        char *const to = text + line * (look.line + width);
        const size_t rest = len - line * look.line;
        memmove(to, text + line * look.line, rest < look.line ? rest : look.line);
        memcpy(to - width, look.cut ? "\r\n" : "\n", width);
    }
}

bool base64_encode_within(struct base64_look look, struct har_buffer *buffer)
{
    static const char alphabets[2][65] = {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                                          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
    size_t len = (buffer->len + 2) / 3 * GROUP;
    const size_t breaks = look.line && len ? (len - 1) / look.line * (look.cut + 1u) : 0;
    if (!har_buffer_reserve(buffer, len - buffer->len + breaks))
        return false;
    encode_back(buffer->data, buffer->len, alphabets[look.url_safe], buffer->data);
    while (!look.padded && len && buffer->data[len - 1] == '=')
        len--;
    buffer->len = len;
    if (look.line && len) {
        break_lines(buffer->data, len, look);
        buffer->len += (len - 1) / look.line * (look.cut + 1u);
    }
    return true;
}

bool base64_encode_as(struct har_text bytes, struct base64_look look, struct har_buffer *out)
{
    struct har_buffer made;
    har_buffer_init_private(&made, SIZE_MAX / 2);
    const bool good = har_buffer_append(&made, bytes.bytes, bytes.len) && base64_encode_within(look, &made) &&
                      har_buffer_append(out, made.data, made.len);
    har_buffer_release(&made);
    return good;
}
