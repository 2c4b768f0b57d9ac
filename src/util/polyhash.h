/* A hash that nobody can aim at: the bytes as coefficients of a polynomial modulo 2^61 - 1, at a secret random point. Two texts
 * that were chosen without knowing the point collide with a probability of at most their length in 7-byte words by 2^61. */
#ifndef HARMILL_UTIL_POLYHASH_H
#define HARMILL_UTIL_POLYHASH_H

#include <stddef.h>
#include <stdint.h>

struct polyhash {
    uint64_t point, sum, word;
    uint64_t power[3]; /* of the point: the second, third and fourth */
    uint64_t len;      /* bytes so far */
};

/* A random point from the system. */
uint64_t polyhash_point(void);

void polyhash_init(struct polyhash *hash, uint64_t point);
void polyhash_add(struct polyhash *hash, const void *bytes, size_t len);

/* The same to two that were given the same bytes so far: faster than one after the other. */
void polyhash_add_both(struct polyhash *one, struct polyhash *other, const void *bytes, size_t len);

/* Of all bytes added so far; more may follow. */
uint64_t polyhash_value(const struct polyhash *hash);

#endif
