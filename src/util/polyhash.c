/* Horner's rule modulo a Mersenne prime. */
#include "util/polyhash.h"

#include <sys/random.h>

__extension__ typedef unsigned __int128 wide;

enum { WORD = 7 }; /* bytes of a coefficient, so that each is below the modulus */

static const uint64_t modulus = (UINT64_C(1) << 61) - 1;

uint64_t polyhash_point(void)
{
    uint64_t point;
    if (getrandom(&point, sizeof point, 0) != sizeof point) /* not on any Linux that runs: the address at least differs by run */
        point = (uint64_t)(uintptr_t)&point * UINT64_C(0x9e3779b97f4a7c15);
    return (point & modulus) | 1 << 16;
}

void polyhash_init(struct polyhash *hash, uint64_t point)
{
    *hash = (struct polyhash){.point = point % modulus};
}

static uint64_t step(uint64_t sum, uint64_t point, uint64_t word)
{
    const wide product = (wide)sum * point + word;
    uint64_t folded = (uint64_t)(product & modulus) + (uint64_t)(product >> 61);
    folded = (folded & modulus) + (folded >> 61);
    return folded == modulus ? 0 : folded;
}

static void add_byte(struct polyhash *hash, unsigned char byte)
{
    hash->word |= (uint64_t)byte << (8 * (hash->len % WORD));
    if (++hash->len % WORD == 0) {
        hash->sum = step(hash->sum, hash->point, hash->word);
        hash->word = 0;
    }
}

static uint64_t word_at(const unsigned char *p)
{
    uint64_t word = 0;
    for (int i = 0; i < WORD; i++)
        word |= (uint64_t)p[i] << (8 * i);
    return word;
}

void polyhash_add(struct polyhash *hash, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    while (len && hash->len % WORD != 0) {
        add_byte(hash, *p++);
        len--;
    }
    for (; len >= WORD; len -= WORD, p += WORD, hash->len += WORD)
        hash->sum = step(hash->sum, hash->point, word_at(p));
    while (len--)
        add_byte(hash, *p++);
}

void polyhash_add_both(struct polyhash *one, struct polyhash *other, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    const size_t before = one->len % WORD ? WORD - one->len % WORD : 0;
    const size_t first = before < len ? before : len;
    polyhash_add(one, p, first);
    polyhash_add(other, p, first);
    p += first;
    len -= first;
    /* Neither waits for the other's product. */
    uint64_t a = one->sum, b = other->sum;
    const size_t words = len / WORD;
    for (size_t i = 0; i < words; i++, p += WORD) {
        const uint64_t word = word_at(p);
        a = step(a, one->point, word);
        b = step(b, other->point, word);
    }
    one->sum = a;
    other->sum = b;
    one->len += words * WORD;
    other->len += words * WORD;
    polyhash_add(one, p, len - words * WORD);
    polyhash_add(other, p, len - words * WORD);
}

uint64_t polyhash_value(const struct polyhash *hash)
{
    return step(step(hash->sum, hash->point, hash->word), hash->point, hash->len % modulus);
}
