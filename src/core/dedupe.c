/* A set of entries, each as two hashes of what is written of it. */
#include "core/dedupe.h"

#include <stdlib.h>

#include "json/write.h"
#include "util/polyhash.h"

enum { FIRST_SLOTS = 1024 };

/* Both below 2^61. The hash is one that nobody can aim at, so that its bits serve as index, too. Free: two zeros. */
struct pair {
    uint64_t first, second;
};

struct har_dedupe {
    uint64_t point[2];
    struct polyhash hash[2]; /* of the current entry */
    struct pair *slot;
    size_t count, cap; /* cap is a power of two */
    uint64_t dropped;
    struct json_out out;
};

static void take(void *user, const void *bytes, size_t len)
{
    struct har_dedupe *dedupe = user;
    polyhash_add_both(&dedupe->hash[0], &dedupe->hash[1], bytes, len);
}

struct har_dedupe *har_dedupe_new(void)
{
    struct har_dedupe *dedupe = calloc(1, sizeof *dedupe);
    if (!dedupe)
        return NULL;
    dedupe->point[0] = polyhash_point();
    dedupe->point[1] = polyhash_point();
    dedupe->out = (struct json_out){.take = take, .user = dedupe};
    har_buffer_init(&dedupe->out.buffer, 4 * JSON_CHUNK);
    return dedupe;
}

void har_dedupe_free(struct har_dedupe *dedupe)
{
    if (!dedupe)
        return;
    har_buffer_release(&dedupe->out.buffer);
    free(dedupe->slot);
    free(dedupe);
}

uint64_t har_dedupe_dropped(const struct har_dedupe *dedupe)
{
    return dedupe->dropped;
}

static struct pair hash_of(struct har_dedupe *dedupe, const struct har_tree *tree)
{
    for (int i = 0; i < 2; i++)
        polyhash_init(&dedupe->hash[i], dedupe->point[i]);
    json_out_value(&dedupe->out, tree, har_tree_root(tree), 0);
    json_out_flush(&dedupe->out);
    struct pair pair = {polyhash_value(&dedupe->hash[0]), polyhash_value(&dedupe->hash[1])};
    if (!pair.first && !pair.second)
        pair.second = 1;
    return pair;
}

/* The slot of `pair`, or the free one where it belongs. */
static struct pair *find(struct pair *slot, size_t cap, struct pair pair)
{
    size_t at = (size_t)pair.first & (cap - 1);
    while ((slot[at].first || slot[at].second) && (slot[at].first != pair.first || slot[at].second != pair.second))
        at = (at + 1) & (cap - 1);
    return &slot[at];
}

/* Three quarters are used at most. */
static bool make_room(struct har_dedupe *dedupe)
{
    if (dedupe->count < dedupe->cap / 4 * 3)
        return true;
    const size_t cap = dedupe->cap ? 2 * dedupe->cap : FIRST_SLOTS;
    struct pair *grown = cap > dedupe->cap ? calloc(cap, sizeof *grown) : NULL;
    if (!grown)
        return false;
    for (size_t i = 0; i < dedupe->cap; i++)
        if (dedupe->slot[i].first || dedupe->slot[i].second)
            *find(grown, cap, dedupe->slot[i]) = dedupe->slot[i];
    free(dedupe->slot);
    dedupe->slot = grown;
    dedupe->cap = cap;
    return true;
}

bool dedupe_add(struct har_dedupe *dedupe, const struct har_tree *tree, bool *twice)
{
    if (!make_room(dedupe))
        return false;
    const struct pair pair = hash_of(dedupe, tree);
    if (dedupe->out.status != HAR_OK)
        return false;
    struct pair *slot = find(dedupe->slot, dedupe->cap, pair);
    *twice = slot->first || slot->second;
    dedupe->dropped += *twice;
    dedupe->count += !*twice;
    *slot = pair;
    return true;
}
