/* Lookups among the entries of a capture, as Playwright does them: of several entries for one request the one with the most
 * headers in common, of those the first; a redirect is followed to the entry for where it leads. */
#include "consumer/lookup.h"

#include <stdlib.h>
#include <string.h>

enum {
    HOPS_MOST = 64,   /* redirects that are followed */
    BUDGET = 1 << 24, /* comparisons, so that thousands of entries for one address do not take for ever */
    FIRST_ENTRIES = 64,
    FIRST_HEADERS = 1024,
};

static bool grow(void **data, size_t *cap, size_t size, size_t first, size_t max_bytes)
{
    const size_t wanted = *cap ? *cap * 2 : first;
    void *grown = wanted * size <= max_bytes ? realloc(*data, wanted * size) : NULL;
    if (!grown)
        return false;
    *data = grown;
    *cap = wanted;
    return true;
}

void lookup_add_header(struct lookup *lookup, uint32_t hash, size_t max_bytes)
{
    void *data = lookup->header;
    if (lookup->header_count == lookup->header_cap) {
        if (lookup->full || !grow(&data, &lookup->header_cap, sizeof hash, FIRST_HEADERS, max_bytes)) {
            lookup->full = true;
            return;
        }
        lookup->header = data;
    }
    lookup->header[lookup->header_count++] = hash;
}

void lookup_add(struct lookup *lookup, const struct lookup_entry *entry, size_t max_bytes)
{
    void *data = lookup->entry;
    if (lookup->count == lookup->cap) {
        if (lookup->full || !grow(&data, &lookup->cap, sizeof *entry, FIRST_ENTRIES, max_bytes)) {
            lookup->full = true;
            return;
        }
        lookup->entry = data;
    }
    const struct lookup_entry *last = lookup->count ? &lookup->entry[lookup->count - 1] : NULL;
    struct lookup_entry *added = &lookup->entry[lookup->count++];
    *added = *entry;
    added->header = last ? last->header + last->headers : 0;
    added->headers = (uint32_t)lookup->header_count - added->header;
}

/* Sorted as plain numbers: an entry with its index. */
struct key {
    uint64_t url, method;
    uint32_t index;
};

static int by_key(const void *a, const void *b)
{
    const struct key *left = a, *right = b;
    if (left->url != right->url)
        return left->url < right->url ? -1 : 1;
    if (left->method != right->method)
        return left->method < right->method ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static bool sort(struct lookup *lookup)
{
    struct key *key = calloc(lookup->count, sizeof *key);
    lookup->order = calloc(lookup->count, sizeof *lookup->order);
    if (!key || !lookup->order) {
        free(key);
        return false;
    }
    for (size_t i = 0; i < lookup->count; i++)
        key[i] = (struct key){lookup->entry[i].url, lookup->entry[i].method, (uint32_t)i};
    qsort(key, lookup->count, sizeof *key, by_key);
    for (size_t i = 0; i < lookup->count; i++)
        lookup->order[i] = key[i].index;
    free(key);
    return true;
}

static struct lookup_entry *sorted(const struct lookup *lookup, size_t at)
{
    return &lookup->entry[lookup->order[at]];
}

static bool is_before(const struct lookup_entry *entry, uint64_t url, uint64_t method)
{
    return entry->url != url ? entry->url < url : entry->method < method;
}

/* Where in the order the entries for a request begin, and how many there are. */
static size_t find(const struct lookup *lookup, uint64_t url, uint64_t method, size_t *count)
{
    size_t from = 0, to = lookup->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (is_before(sorted(lookup, middle), url, method))
            from = middle + 1;
        else
            to = middle;
    }
    size_t end = from;
    while (end < lookup->count && sorted(lookup, end)->url == url && sorted(lookup, end)->method == method)
        end++;
    *count = end - from;
    return from;
}

static bool same_body(const struct lookup_entry *wanted, const struct lookup_entry *candidate)
{
    const unsigned both = wanted->flags & candidate->flags;
    return !(candidate->flags & LOOKUP_POST) || !(both & LOOKUP_BODY) || wanted->body == candidate->body;
}

/* Headers of `candidate` that are among those in lookup->mine. */
static size_t common(struct lookup *lookup, const struct lookup_entry *wanted, const struct lookup_entry *candidate)
{
    size_t count = 0;
    for (uint32_t i = 0; i < candidate->headers; i++)
        count +=
            bsearch(&lookup->header[candidate->header + i], lookup->mine, wanted->headers, sizeof *lookup->mine, by_number) != NULL;
    lookup->budget -= candidate->headers < lookup->budget ? candidate->headers : lookup->budget;
    return count;
}

/* The entry that answers a request with the headers and body of `wanted`; NULL when none does, or the lookup fails. */
static struct lookup_entry *choose(struct lookup *lookup, const struct lookup_entry *wanted, uint64_t url, uint64_t method)
{
    size_t count, matches = 0;
    const size_t from = find(lookup, url, method, &count);
    struct lookup_entry *best = NULL;
    bool bad = false, scored = false;
    size_t best_common = 0;
    for (size_t i = from; i < from + count && lookup->budget; i++) {
        struct lookup_entry *candidate = sorted(lookup, i);
        lookup->budget--;
        if (!same_body(wanted, candidate))
            continue;
        bad |= (candidate->flags & LOOKUP_BAD_HEADERS) != 0;
        if (++matches == 1) {
            best = candidate;
            continue;
        }
        if (!scored)
            best_common = common(lookup, wanted, best);
        scored = true;
        const size_t score = common(lookup, wanted, candidate);
        if (score > best_common) {
            best = candidate;
            best_common = score;
        }
    }
    return lookup->budget && !(bad && matches > 1) ? best : NULL;
}

/* Whether the way from `start` comes back to an entry where it was before. */
static bool goes_round(struct lookup *lookup, const struct lookup_entry *start)
{
    const struct lookup_entry *visited[HOPS_MOST];
    uint64_t url = start->url, method = start->method;
    if (start->headers)
        memcpy(lookup->mine, lookup->header + start->header, start->headers * sizeof *lookup->mine);
    qsort(lookup->mine, start->headers, sizeof *lookup->mine, by_number);
    for (size_t hops = 0; hops < HOPS_MOST; hops++) {
        const struct lookup_entry *entry = choose(lookup, start, url, method);
        if (!entry)
            return false;
        for (size_t i = 0; i < hops; i++)
            if (visited[i] == entry)
                return true;
        visited[hops] = entry;
        if (!(entry->flags & LOOKUP_REDIRECT) || entry->flags & LOOKUP_BROKEN)
            return false;
        url = entry->target;
        method = entry->target_method;
    }
    return false;
}

/* Entries for one request that are in each other's way: [from, from + count) of the order. */
static void judge_group(struct lookup *lookup, size_t from, size_t count)
{
    bool redirects = false;
    for (size_t i = from; i < from + count; i++) {
        struct lookup_entry *entry = sorted(lookup, i);
        redirects |= (entry->flags & LOOKUP_REDIRECT) != 0;
        if (!(entry->flags & LOOKUP_BAD_HEADERS))
            continue;
        for (size_t other = from; other < from + count && lookup->budget; other++) {
            lookup->budget--;
            if (other != i && same_body(entry, sorted(lookup, other))) {
                entry->flags |= LOOKUP_INCOMPARABLE;
                break;
            }
        }
    }
    for (size_t i = from; redirects && i < from + count && lookup->budget; i++)
        if (goes_round(lookup, sorted(lookup, i)))
            sorted(lookup, i)->flags |= LOOKUP_CYCLE;
}

static uint32_t most_headers(const struct lookup *lookup)
{
    uint32_t most = 0;
    for (size_t i = 0; i < lookup->count; i++)
        if (lookup->entry[i].headers > most)
            most = lookup->entry[i].headers;
    return most;
}

void lookup_run(struct lookup *lookup)
{
    if (lookup->full || !lookup->count)
        return;
    lookup->budget = BUDGET;
    lookup->mine = calloc((size_t)most_headers(lookup) + 1, sizeof *lookup->mine);
    if (lookup->mine && sort(lookup)) {
        for (size_t from = 0, count; from < lookup->count; from += count) {
            const struct lookup_entry *first = sorted(lookup, from);
            (void)find(lookup, first->url, first->method, &count);
            judge_group(lookup, from, count);
        }
    }
    free(lookup->mine);
    free(lookup->order);
    lookup->mine = lookup->order = NULL;
}

void lookup_clear(struct lookup *lookup)
{
    lookup->count = lookup->header_count = 0;
    lookup->full = false;
}

void lookup_release(struct lookup *lookup)
{
    free(lookup->entry);
    free(lookup->header);
    *lookup = (struct lookup){.entry = NULL};
}
