/* Horner's rule modulo a Mersenne prime. */
#include "util/polyhash.h"

#include <sys/random.h>

__extension__ typedef unsigned __int128 wide;

enum { WORD = 7, FOUR = 4 * WORD }; /* bytes of a coefficient, so that each is below the modulus */

static const uint64_t modulus = (UINT64_C(1) << 61) - 1;

uint64_t polyhash_point(void)
{
    uint64_t point;
    if (getrandom(&point, sizeof point, 0) != sizeof point) /* not on any Linux that runs: the address at least differs by run */
        point = (uint64_t)(uintptr_t)&point * UINT64_C(0x9e3779b97f4a7c15);
    return (point & modulus) | 1 << 16;
}

/* Of a sum of at most four products. */
static uint64_t reduce(wide product)
{
    uint64_t folded = (uint64_t)(product & modulus) + (uint64_t)(product >> 61);
    folded = (folded & modulus) + (folded >> 61);
    return folded >= modulus ? folded - modulus : folded;
}

static uint64_t step(uint64_t sum, uint64_t point, uint64_t word)
{
    return reduce((wide)sum * point + word);
}

void polyhash_init(struct polyhash *hash, uint64_t point)
{
    *hash = (struct polyhash){.point = point % modulus};
    hash->power[0] = step(hash->point, hash->point, 0);
    hash->power[1] = step(hash->power[0], hash->point, 0);
    hash->power[2] = step(hash->power[1], hash->point, 0);
}

/* The seven bytes of a word. There is an eighth, which does not count: of eight in a row compilers make one load. */
static uint64_t load(const unsigned char *p)
{
    const uint64_t eight = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
                           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
    return eight & ((UINT64_C(1) << (8 * WORD)) - 1);
}

static uint64_t load_half(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

/* One to seven bytes. Those in the middle may be there twice: nothing is added, all is or-ed. */
static uint64_t load_few(const unsigned char *p, size_t len)
{
    if (len >= 4)
        return load_half(p) | load_half(p + len - 4) << (8 * (len - 4));
    return (uint64_t)p[0] | (uint64_t)p[len / 2] << (8 * (len / 2)) | (uint64_t)p[len - 1] << (8 * (len - 1));
}

/* Four steps with one reduction. `p` has a byte more. */
static uint64_t four_steps(const struct polyhash *hash, const unsigned char *p)
{
    return reduce((wide)hash->sum * hash->power[2] + (wide)load(p) * hash->power[1] + (wide)load(p + WORD) * hash->power[0] +
                  (wide)load(p + 2 * WORD) * hash->point + load(p + 3 * WORD));
}

static void add_byte(struct polyhash *hash, unsigned char byte)
{
    hash->word |= (uint64_t)byte << (8 * (hash->len % WORD));
    if (++hash->len % WORD == 0) {
        hash->sum = step(hash->sum, hash->point, hash->word);
        hash->word = 0;
    }
}

void polyhash_add(struct polyhash *hash, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    while (len && hash->len % WORD != 0) {
        add_byte(hash, *p++);
        len--;
    }
    for (; len > FOUR; len -= FOUR, p += FOUR, hash->len += FOUR)
        hash->sum = four_steps(hash, p);
    for (; len > WORD; len -= WORD, p += WORD, hash->len += WORD)
        hash->sum = step(hash->sum, hash->point, load(p));
    if (!len)
        return;
    hash->word = load_few(p, len);
    hash->len += len;
    if (len == WORD) {
        hash->sum = step(hash->sum, hash->point, hash->word);
        hash->word = 0;
    }
}

void polyhash_add_both(struct polyhash *one, struct polyhash *other, const void *bytes, size_t len)
{
    polyhash_add(one, bytes, len);
    polyhash_add(other, bytes, len);
}

uint64_t polyhash_value(const struct polyhash *hash)
{
    return step(step(hash->sum, hash->point, hash->word), hash->point, hash->len % modulus);
}
