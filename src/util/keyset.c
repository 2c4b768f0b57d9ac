/* Open addressing over a hash whose collisions cannot be prepared. */
#include "util/keyset.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST = 64, KEEP = 1 << 14 }; /* slots */

static bool same(const struct keyset *set, const struct keyset_slot *slot, uint64_t hash, const char *key, size_t len)
{
    return slot->hash == hash && slot->len == len && (!len || memcmp(set->bytes.data + slot->end - 1 - len, key, len) == 0);
}

static struct keyset_slot *find(const struct keyset *set, uint64_t hash, const char *key, size_t len)
{
    size_t at = (size_t)hash & (set->cap - 1);
    while (set->slot[at].end && !same(set, &set->slot[at], hash, key, len))
        at = (at + 1) & (set->cap - 1);
    return &set->slot[at];
}

static bool grow(struct keyset *set)
{
    const size_t cap = set->cap ? set->cap * 2 : FIRST;
    struct keyset_slot *slot = calloc(cap, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < set->cap; i++) {
        if (!set->slot[i].end)
            continue;
        size_t at = (size_t)set->slot[i].hash & (cap - 1);
        while (slot[at].end)
            at = (at + 1) & (cap - 1);
        slot[at] = set->slot[i];
    }
    free(set->slot);
    set->slot = slot;
    set->cap = cap;
    return true;
}

static uint64_t hash_of(const struct keyset *set, const char *key, size_t len)
{
    struct polyhash hash = set->hash;
    polyhash_add(&hash, key, len);
    return polyhash_value(&hash);
}

enum keyset_result keyset_put(struct keyset *set, const char *key, size_t len, size_t max_bytes, uint32_t *index)
{
    if (!set->hash.point)
        polyhash_init(&set->hash, polyhash_point());
    set->bytes.max = max_bytes;
    if (set->count + set->count / 2 >= set->cap && !grow(set))
        return KEYSET_FULL;
    const uint64_t hash = hash_of(set, key, len);
    struct keyset_slot *slot = find(set, hash, key, len);
    if (slot->end) {
        *index = slot->index;
        return KEYSET_OLD;
    }
    if (set->count >= UINT32_MAX || len > UINT32_MAX || !har_buffer_append(&set->bytes, key, len))
        return KEYSET_FULL;
    *slot = (struct keyset_slot){hash, set->bytes.len + 1, (uint32_t)len, (uint32_t)set->count};
    *index = (uint32_t)set->count++;
    return KEYSET_NEW;
}

enum keyset_result keyset_add(struct keyset *set, const char *key, size_t len, size_t max_bytes)
{
    uint32_t index;
    return keyset_put(set, key, len, max_bytes, &index);
}

bool keyset_find(const struct keyset *set, const char *key, size_t len, uint32_t *index)
{
    if (!set->count)
        return false;
    const struct keyset_slot *slot = find(set, hash_of(set, key, len), key, len);
    if (slot->end)
        *index = slot->index;
    return slot->end != 0;
}

void keyset_clear(struct keyset *set)
{
    if (set->cap > KEEP) {
        keyset_release(set);
        return;
    }
    if (set->count)
        memset(set->slot, 0, set->cap * sizeof *set->slot);
    set->count = 0;
    har_buffer_clear(&set->bytes);
}

void keyset_release(struct keyset *set)
{
    free(set->slot);
    har_buffer_release(&set->bytes);
    *set = (struct keyset){0};
}
