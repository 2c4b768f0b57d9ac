/* SHA-256 (FIPS 180-4). */
#ifndef UTIL_SHA256_H
#define UTIL_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_SIZE = 32, SHA256_BLOCK = 64 };

/* Takes whole blocks into the state. */
typedef void sha256_blocks_fn(uint32_t state[8], const unsigned char *blocks, size_t count);

struct sha256 {
    uint32_t state[8];
    uint64_t bytes; /* so far */
    sha256_blocks_fn *take;
    unsigned char block[SHA256_BLOCK]; /* what is no whole block yet */
};

/* With the processor's own instructions where it has them. */
void sha256_init(struct sha256 *sha);

/* The same without special instructions. */
void sha256_init_portable(struct sha256 *sha);

void sha256_add(struct sha256 *sha, const void *bytes, size_t len);

/* The digest; `sha` is to be initialised anew before it is used again. */
void sha256_end(struct sha256 *sha, unsigned char digest[SHA256_SIZE]);

#endif
