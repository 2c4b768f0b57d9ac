/* Counts how often a 64-bit key came: a table that stays linear whatever keys somebody chooses, and bounded. */
#ifndef UTIL_OCCURRENCE_H
#define UTIL_OCCURRENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Keys that are told apart; 16 MiB of memory. */
#define OCCURRENCE_MOST (UINT64_C(1) << 19)

struct occurrence_slot {
    uint64_t key, count; /* count 0: free */
};

/* Zeroed is empty. */
struct occurrence {
    struct occurrence_slot *slot;
    size_t count, cap;
    unsigned shift; /* 64 less the bits of an index */
    uint64_t point; /* of the hash */
};

/* *number is 1 when `key` came for the first time, 2 for the second, and so on. Once OCCURRENCE_MOST keys are known a new one is
 * always the first. False when memory is short. */
bool occurrence_add(struct occurrence *table, uint64_t key, uint64_t *number);

/* Forgets the keys; keeps the memory unless it is much. */
void occurrence_clear(struct occurrence *table);
void occurrence_release(struct occurrence *table);

#endif
