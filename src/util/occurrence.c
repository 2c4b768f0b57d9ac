/* Open addressing over a hash with a secret in it, so that keys that collide cannot be prepared. */
#include "util/occurrence.h"

#include <stdlib.h>
#include <string.h>

#include "util/polyhash.h"

enum { FIRST_BITS = 6, FIRST = 1 << FIRST_BITS, KEEP = 1 << 14 }; /* slots */

/* Products alone would put keys at equal distances side by side. Only the uppermost bits depend on all bits of the key. */
static uint64_t mix(uint64_t key, uint64_t point)
{
    key = (key ^ point) * UINT64_C(0x9e3779b97f4a7c15);
    key = (key ^ key >> 32) * (point | 1);
    return (key ^ key >> 29) * UINT64_C(0x9e3779b97f4a7c15);
}

static struct occurrence_slot *find(const struct occurrence *table, uint64_t key)
{
    size_t at = (size_t)(mix(key, table->point) >> table->shift);
    while (table->slot[at].count && table->slot[at].key != key)
        at = (at + 1) & (table->cap - 1);
    return &table->slot[at];
}

/* At most half of the slots are taken. */
static bool grow(struct occurrence *table)
{
    struct occurrence larger = {.count = table->count, .point = table->point};
    larger.cap = table->cap ? table->cap * 2 : FIRST;
    larger.shift = table->cap ? table->shift - 1 : 64 - FIRST_BITS;
    larger.slot = calloc(larger.cap, sizeof *larger.slot);
    if (!larger.slot)
        return false;
    for (size_t i = 0; i < table->cap; i++)
        if (table->slot[i].count)
            *find(&larger, table->slot[i].key) = table->slot[i];
    free(table->slot);
    *table = larger;
    return true;
}

bool occurrence_add(struct occurrence *table, uint64_t key, uint64_t *number)
{
    if (!table->point)
        table->point = polyhash_point();
    if (table->count < OCCURRENCE_MOST && table->count >= table->cap / 2 && !grow(table))
        return false;
    struct occurrence_slot *slot = find(table, key);
    if (!slot->count) {
        *number = 1;
        if (table->count == OCCURRENCE_MOST)
            return true;
        slot->key = key;
        table->count++;
    }
    *number = ++slot->count;
    return true;
}

void occurrence_clear(struct occurrence *table)
{
    if (table->cap > KEEP)
        occurrence_release(table);
    else if (table->count)
        memset(table->slot, 0, table->cap * sizeof *table->slot);
    table->count = 0;
}

void occurrence_release(struct occurrence *table)
{
    free(table->slot);
    table->slot = NULL;
    table->count = table->cap = 0;
}
