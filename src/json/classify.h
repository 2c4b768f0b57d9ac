/* Sorts the 64 bytes of a block into classes, a bit per byte, lowest bit first: portable C, and SSE2 where the machine has it.
 * Both give the same masks for the same bytes. */
#ifndef HARMILL_JSON_CLASSIFY_H
#define HARMILL_JSON_CLASSIFY_H

#include "json/scan.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* What matters inside strings. */
struct json_string_classes {
    uint64_t quote, backslash;
    uint64_t control; /* below U+0020 */
    uint64_t high;    /* 0x80 and above */
};

/* What matters outside them. */
struct json_structure_classes {
    uint64_t op;    /* { } [ ] : , */
    uint64_t space; /* blank, tab, LF, CR */
};

static inline void json_classify_strings_portable(const unsigned char *block, struct json_string_classes *classes)
{
    struct json_string_classes c = {0, 0, 0, 0};
    for (unsigned i = 0; i < JSON_BLOCK; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        const unsigned char byte = block[i];
        c.quote |= byte == '"' ? bit : 0;
        c.backslash |= byte == '\\' ? bit : 0;
        c.control |= byte < 0x20 ? bit : 0;
        c.high |= byte >= 0x80 ? bit : 0;
    }
    *classes = c;
}

static inline void json_classify_structure_portable(const unsigned char *block, struct json_structure_classes *classes)
{
    struct json_structure_classes c = {0, 0};
    for (unsigned i = 0; i < JSON_BLOCK; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        const unsigned char byte = block[i];
        c.op |= byte == '{' || byte == '}' || byte == '[' || byte == ']' || byte == ':' || byte == ',' ? bit : 0;
        c.space |= byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' ? bit : 0;
    }
    *classes = c;
}

/* Letters that need no closer look behind a backslash: b f n r t. */
static inline uint64_t json_classify_letters_portable(const unsigned char *block)
{
    uint64_t letters = 0;
    for (unsigned i = 0; i < JSON_BLOCK; i++) {
        const unsigned char byte = block[i];
        letters |= (uint64_t)(byte == 'b' || byte == 'f' || byte == 'n' || byte == 'r' || byte == 't') << i;
    }
    return letters;
}

/* The bytes that follow a backslash which starts an escape; *carry is 1 when the next block's first byte does. A run of
 * backslashes is cut into pairs: within it every other one starts an escape. Odd and even starts are told apart by a subtraction
 * that borrows through the runs. */
static inline uint64_t json_escaped(uint64_t backslash, uint64_t *carry)
{
    const uint64_t odd_places = UINT64_C(0xaaaaaaaaaaaaaaaa);
    const uint64_t may_start = backslash & ~*carry;
    const uint64_t may_follow = may_start << 1 | odd_places;
    const uint64_t parity = (may_follow - may_start) ^ odd_places;
    const uint64_t escaped = parity ^ (backslash | *carry);
    *carry = (parity & backslash) >> 63;
    return escaped;
}

/* Without the instruction for it, which not every x86-64 has. */
static inline unsigned json_count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(bits * UINT64_C(0x0101010101010101) >> 56);
}

#if defined(__SSE2__)
static inline uint64_t json_bits(__m128i a, __m128i b, __m128i c, __m128i d)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(a) | (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16 |
           (uint64_t)(unsigned)_mm_movemask_epi8(c) << 32 | (uint64_t)(unsigned)_mm_movemask_epi8(d) << 48;
}

static inline uint64_t json_equal(const __m128i v[4], char c)
{
    const __m128i x = _mm_set1_epi8(c);
    return json_bits(_mm_cmpeq_epi8(v[0], x), _mm_cmpeq_epi8(v[1], x), _mm_cmpeq_epi8(v[2], x), _mm_cmpeq_epi8(v[3], x));
}

static inline void json_load(const unsigned char *block, __m128i v[4])
{
    for (int i = 0; i < 4; i++)
        v[i] = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i));
}

static inline void json_classify_strings_sse2(const unsigned char *block, struct json_string_classes *classes)
{
    __m128i v[4], low[4];
    json_load(block, v);
    for (int i = 0; i < 4; i++)
        low[i] = _mm_cmplt_epi8(v[i], _mm_set1_epi8(0x20)); /* as signed bytes, those from 0x80 on are below too */
    classes->quote = json_equal(v, '"');
    classes->backslash = json_equal(v, '\\');
    classes->high = json_bits(v[0], v[1], v[2], v[3]);
    classes->control = json_bits(low[0], low[1], low[2], low[3]) & ~classes->high;
}

static inline void json_classify_structure_sse2(const unsigned char *block, struct json_structure_classes *classes)
{
    __m128i v[4], op[4], space[4];
    json_load(block, v);
    for (int i = 0; i < 4; i++) {
        /* [ and { differ in one bit, ] and } in the same one. */
        const __m128i folded = _mm_or_si128(v[i], _mm_set1_epi8(0x20));
        op[i] = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')), _mm_cmpeq_epi8(folded, _mm_set1_epi8('}'))),
                             _mm_or_si128(_mm_cmpeq_epi8(v[i], _mm_set1_epi8(':')), _mm_cmpeq_epi8(v[i], _mm_set1_epi8(','))));
        space[i] = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v[i], _mm_set1_epi8(' ')), _mm_cmpeq_epi8(v[i], _mm_set1_epi8('\n'))),
                                _mm_or_si128(_mm_cmpeq_epi8(v[i], _mm_set1_epi8('\t')), _mm_cmpeq_epi8(v[i], _mm_set1_epi8('\r'))));
    }
    classes->op = json_bits(op[0], op[1], op[2], op[3]);
    classes->space = json_bits(space[0], space[1], space[2], space[3]);
}

static inline uint64_t json_classify_letters_sse2(const unsigned char *block)
{
    __m128i v[4];
    json_load(block, v);
    for (int i = 0; i < 4; i++) {
        /* b and f differ in one bit. */
        const __m128i bf = _mm_cmpeq_epi8(_mm_and_si128(v[i], _mm_set1_epi8((char)0xfb)), _mm_set1_epi8('b'));
        const __m128i nr = _mm_or_si128(_mm_cmpeq_epi8(v[i], _mm_set1_epi8('n')), _mm_cmpeq_epi8(v[i], _mm_set1_epi8('r')));
        v[i] = _mm_or_si128(_mm_or_si128(bf, nr), _mm_cmpeq_epi8(v[i], _mm_set1_epi8('t')));
    }
    return json_bits(v[0], v[1], v[2], v[3]);
}
#endif

#endif
