/* A hash of bytes that is the same everywhere and for ever: 64-bit FNV-1a. Not for tables that somebody may fill on purpose. */
#ifndef UTIL_HASH_H
#define UTIL_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* The hash of what `hash` stands for with `len` bytes behind it; begin with HASH_START. */
static inline uint64_t hash_add(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *byte = bytes;
    while (len--)
        hash = (hash ^ *byte++) * UINT64_C(0x100000001b3);
    return hash;
}

/* The same with a byte behind it that no UTF-8 text has, so that "a" "bc" and "ab" "c" differ. */
static inline uint64_t hash_add_part(uint64_t hash, const void *bytes, size_t len)
{
    return hash_add(hash_add(hash, bytes, len), "\xff", 1);
}

#endif
