/* HMAC-SHA256 (RFC 2104). */
#include "redact/hmac.h"

#include <string.h>

static void hash(const unsigned char pad[SHA256_BLOCK], const void *bytes, size_t len, unsigned char digest[SHA256_SIZE])
{
    struct sha256 sha;
    sha256_init(&sha);
    sha256_add(&sha, pad, SHA256_BLOCK);
    sha256_add(&sha, bytes, len);
    sha256_end(&sha, digest);
    explicit_bzero(&sha, sizeof sha);
}

void hmac_sha256(struct har_text key, struct har_text text, unsigned char mac[SHA256_SIZE])
{
    unsigned char block[SHA256_BLOCK] = {0}, digest[SHA256_SIZE];
    if (key.len > SHA256_BLOCK) {
        struct sha256 sha;
        sha256_init(&sha);
        sha256_add(&sha, key.bytes, key.len);
        sha256_end(&sha, block);
        explicit_bzero(&sha, sizeof sha);
    } else if (key.len) {
        memcpy(block, key.bytes, key.len);
    }
    for (size_t i = 0; i < sizeof block; i++)
        block[i] ^= 0x36;
    hash(block, text.bytes, text.len, digest);
    for (size_t i = 0; i < sizeof block; i++)
        block[i] ^= 0x36 ^ 0x5c;
    hash(block, digest, sizeof digest, mac);
    explicit_bzero(block, sizeof block);
    explicit_bzero(digest, sizeof digest);
}
