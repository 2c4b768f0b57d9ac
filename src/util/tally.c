/* Names and how often they came. */
#include "util/tally.h"

#include <stdlib.h>
#include <string.h>

#include "util/polyhash.h"

enum { FIRST_SLOTS = 64 }; /* a power of two */

static uint64_t hash_of(struct tally *tally, const char *name, size_t len)
{
    struct polyhash hash;
    if (!tally->point)
        tally->point = polyhash_point();
    polyhash_init(&hash, tally->point);
    polyhash_add(&hash, name, len);
    return polyhash_value(&hash);
}

/* The slot of a name: the one that holds it, or the free one where it belongs. */
static uint32_t *find_slot(const struct tally *tally, uint64_t hash, const char *name, size_t len)
{
    size_t at = (size_t)hash & (tally->slots - 1);
    for (; tally->slot[at]; at = (at + 1) & (tally->slots - 1)) {
        const struct tally_row *row = &tally->row[tally->slot[at] - 1];
        if (row->hash == hash && row->len == len && !memcmp(row->name, name, len))
            break;
    }
    return &tally->slot[at];
}

/* Puts all rows into their slots. */
static void fill_slots(struct tally *tally)
{
    memset(tally->slot, 0, tally->slots * sizeof *tally->slot);
    for (size_t i = 0; i < tally->count; i++)
        *find_slot(tally, tally->row[i].hash, tally->row[i].name, tally->row[i].len) = (uint32_t)i + 1;
}

/* Keeps at least half of the slots free. */
static bool grow(struct tally *tally)
{
    const size_t slots = tally->slots ? tally->slots * 2 : FIRST_SLOTS;
    struct tally_row *row = realloc(tally->row, slots / 2 * sizeof *row);
    if (!row)
        return false;
    tally->row = row;
    tally->cap = slots / 2;
    uint32_t *slot = malloc(slots * sizeof *slot);
    if (!slot)
        return false;
    free(tally->slot);
    tally->slot = slot;
    tally->slots = slots;
    fill_slots(tally);
    return true;
}

bool tally_add(struct tally *tally, const char *name, size_t len, uint64_t sum, size_t most)
{
    len = len < TALLY_NAME_MOST ? len : TALLY_NAME_MOST;
    if (tally->slots / 2 == tally->count && !grow(tally))
        return false;
    const uint64_t hash = hash_of(tally, name, len);
    uint32_t *slot = find_slot(tally, hash, name, len);
    if (!*slot) {
        if (tally->count == most) {
            tally->others++;
            return true;
        }
        char *copy = malloc(len + 1);
        if (!copy)
            return false;
        memcpy(copy, name, len);
        tally->row[tally->count++] = (struct tally_row){.name = copy, .len = len, .hash = hash};
        *slot = (uint32_t)tally->count;
    }
    struct tally_row *row = &tally->row[*slot - 1];
    row->times++;
    row->sum = row->sum > UINT64_MAX - sum ? UINT64_MAX : row->sum + sum;
    return true;
}

static int by_times(const void *a, const void *b)
{
    const struct tally_row *left = a, *right = b;
    if (left->times != right->times)
        return left->times > right->times ? -1 : 1;
    const size_t len = left->len < right->len ? left->len : right->len;
    const int order = memcmp(left->name, right->name, len);
    return order ? order : (left->len > right->len) - (left->len < right->len);
}

void tally_sort(struct tally *tally)
{
    if (!tally->count)
        return;
    qsort(tally->row, tally->count, sizeof *tally->row, by_times);
    fill_slots(tally);
}

void tally_release(struct tally *tally)
{
    for (size_t i = 0; i < tally->count; i++)
        free(tally->row[i].name);
    free(tally->row);
    free(tally->slot);
    *tally = (struct tally){0};
}
