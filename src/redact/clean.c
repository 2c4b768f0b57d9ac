/* See clean.h: sets of eight keys with what is known beside each. */
#include "redact/clean.h"

#include <stdlib.h>
#include <string.h>

#include "util/polyhash.h"

enum { SETS = 1 << 15, WAYS = 8, KNOWN_BITS = 3, KNOWN = (1 << KNOWN_BITS) - 1 };

struct clean {
    struct polyhash begin;
    uint64_t slot[SETS][WAYS]; /* the key in front of KNOWN_BITS, the last one told first; 0: free */
};

struct clean *clean_new(void)
{
    struct clean *const clean = calloc(1, sizeof *clean);
    if (clean)
        polyhash_init(&clean->begin, polyhash_point());
    return clean;
}

void clean_free(struct clean *clean)
{
    free(clean);
}

uint64_t clean_key(const struct clean *clean, struct har_text text, unsigned char tag)
{
    struct polyhash hash = clean->begin;
    polyhash_add(&hash, text.bytes, text.len);
    polyhash_add(&hash, &tag, 1);
    return polyhash_value(&hash);
}

static size_t set_of(uint64_t key)
{
    return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 49);
}

static size_t way_of(const uint64_t *set, uint64_t key)
{
    size_t way = 0;
    while (way < WAYS && set[way] >> KNOWN_BITS != key)
        way++;
    return way;
}

unsigned clean_ask(const struct clean *clean, uint64_t key)
{
    const uint64_t *const set = clean->slot[set_of(key)];
    const size_t way = way_of(set, key);
    return way < WAYS ? (unsigned)(set[way] & KNOWN) : 0;
}

void clean_tell(struct clean *clean, uint64_t key, unsigned known)
{
    uint64_t *const set = clean->slot[set_of(key)];
    size_t way = way_of(set, key);
    if (way < WAYS) {
        set[way] |= known;
        return;
    }
    memmove(set + 1, set, (WAYS - 1) * sizeof *set);
    set[0] = key << KNOWN_BITS | known;
}
