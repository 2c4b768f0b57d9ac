/* The findings of one run beside those that a baseline knows. */
#include "check/known.h"

#include <stdlib.h>

bool known_init(struct known *known, size_t count, bool listing)
{
    *known = (struct known){.listing = listing};
    if (count == 0)
        return true;
    known->left = calloc(count, sizeof *known->left);
    return known->left != NULL;
}

void known_expect(struct known *known, struct known_finding finding)
{
    known->left[known->left_count++] = finding;
    known->expected[finding.rule] = true;
}

static int by_fingerprint(const void *a, const void *b)
{
    const struct known_finding *left = a, *right = b;
    if (left->fingerprint != right->fingerprint)
        return left->fingerprint < right->fingerprint ? -1 : 1;
    return left->rule < right->rule ? -1 : left->rule > right->rule;
}

void known_begin(struct known *known)
{
    if (known->left_count)
        qsort(known->left, known->left_count, sizeof *known->left, by_fingerprint);
}

void known_release(struct known *known)
{
    free(known->left);
    free(known->list);
    *known = (struct known){0};
}

bool known_asks(const struct known *known, enum har_rule rule)
{
    return known->listing || known->expected[rule];
}

bool known_settle(struct known *known)
{
    struct known_finding *list = known->list;
    size_t kept = 0;
    if (known->list_count)
        qsort(list, known->list_count, sizeof *list, by_fingerprint);
    for (size_t i = 0; i < known->list_count; i++) {
        if (kept && by_fingerprint(&list[kept - 1], &list[i]) == 0)
            list[kept - 1].count += list[i].count;
        else
            list[kept++] = list[i];
    }
    known->list_count = kept;
    return !known->failed;
}

/* Room for one more; equal findings are counted together first, so that many of them need no memory. */
static bool make_room(struct known *known)
{
    if (known->list_count < known->list_cap)
        return true;
    if (!known_settle(known))
        return false;
    if (known->list_cap && known->list_count <= known->list_cap / 2)
        return true;
    const size_t cap = known->list_cap ? known->list_cap * 2 : 64;
    known->full = cap > 2 * KNOWN_MOST;
    struct known_finding *grown = known->full ? NULL : realloc(known->list, cap * sizeof *grown);
    known->failed = !grown;
    if (!grown)
        return false;
    known->list = grown;
    known->list_cap = cap;
    return true;
}

bool known_meet(struct known *known, enum har_rule rule, uint64_t fingerprint)
{
    const struct known_finding wanted = {fingerprint, 1, rule};
    if (known->listing && !known->failed && make_room(known))
        known->list[known->list_count++] = wanted;
    if (!known->expected[rule])
        return false;
    struct known_finding *found = bsearch(&wanted, known->left, known->left_count, sizeof *found, by_fingerprint);
    if (!found || found->count == 0)
        return false;
    found->count--;
    return true;
}
