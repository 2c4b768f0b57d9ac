/* Eight bytes of a text in a word: a sign in the top bit of each that is looked for. */
#ifndef UTIL_WORD_H
#define UTIL_WORD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WORD_ONES UINT64_C(0x0101010101010101)
#define WORD_TOPS UINT64_C(0x8080808080808080)

enum { WORD_BYTES = 8 };

static inline uint64_t word_load(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* How many bytes stand before the first that has its sign; signs behind it need not be right. */
static inline size_t word_before(uint64_t signs)
{
    return signs ? (size_t)__builtin_ctzll(signs) / WORD_BYTES : WORD_BYTES;
}

/* Signs of the bytes that are `byte`. The first is right, and whether there are any. */
static inline uint64_t word_equal(uint64_t word, unsigned char byte)
{
    word ^= WORD_ONES * byte;
    return (word - WORD_ONES) & ~word & WORD_TOPS;
}

#endif
