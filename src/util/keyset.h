/* A set of byte strings that stays linear whatever somebody puts in. */
#ifndef HARMILL_UTIL_KEYSET_H
#define HARMILL_UTIL_KEYSET_H

#include <harmill/buffer.h>

#include "util/polyhash.h"

struct keyset_slot {
    uint64_t hash;
    uint64_t end; /* in `bytes`, one past the key, plus one; 0: free */
    uint32_t len;
    uint32_t index; /* keys that were there before it */
};

/* Zeroed is empty. */
struct keyset {
    struct keyset_slot *slot;
    size_t count, cap;
    struct polyhash hash; /* of nothing; all zero until the first key comes */
    struct har_buffer bytes;
};

enum keyset_result { KEYSET_NEW, KEYSET_OLD, KEYSET_FULL };

/* Adds a copy of `key`; KEYSET_FULL when memory is short or the keys together pass `max_bytes`. */
enum keyset_result keyset_add(struct keyset *set, const char *key, size_t len, size_t max_bytes);

/* The same, and how many keys came before this one, now or when it was new: an index into a table of the caller's own. */
enum keyset_result keyset_put(struct keyset *set, const char *key, size_t len, size_t max_bytes, uint32_t *index);

/* Looks a key up without adding it; false when there is none. */
bool keyset_find(const struct keyset *set, const char *key, size_t len, uint32_t *index);

void keyset_clear(struct keyset *set);
void keyset_release(struct keyset *set);

#endif
