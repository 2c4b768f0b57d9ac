/* What Playwright finds when it looks an entry up by its own request: the entries that were met, by address and method, and the
 * way from redirect to redirect. */
#ifndef CONSUMER_LOOKUP_H
#define CONSUMER_LOOKUP_H

#include <harmill/place.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LOOKUP_POST = 1,          /* bodies are compared */
    LOOKUP_BODY = 2,          /* the request has one */
    LOOKUP_REDIRECT = 4,      /* `target` is where its answer leads */
    LOOKUP_BROKEN = 8,        /* the lookup ends here with an error that was told */
    LOOKUP_BAD_HEADERS = 16,  /* its request headers cannot be compared with those of others */
    LOOKUP_CYCLE = 32,        /* found by lookup_run() */
    LOOKUP_INCOMPARABLE = 64, /* found by lookup_run(): it has bad headers, and the file another entry for the same request */
};

struct lookup_entry {
    struct har_place place;
    uint64_t ordinal;
    uint64_t url, method, body, target, target_method; /* hashes */
    uint32_t header, headers;                          /* in lookup->header */
    unsigned flags;
};

/* Zeroed is empty. */
struct lookup {
    struct lookup_entry *entry;
    size_t count, cap;
    uint32_t *header; /* hashes of name and value */
    size_t header_count, header_cap;
    uint32_t *order; /* entries by address, method and ordinal */
    uint32_t *mine;  /* scratch: the headers of the one that is looked up, sorted */
    uint64_t budget; /* comparisons that are left */
    bool full;       /* not all entries are here, nothing can be said */
};

/* Remembers an entry with the headers added since the last one; what would pass `max_bytes` makes it full. */
void lookup_add(struct lookup *lookup, const struct lookup_entry *entry, size_t max_bytes);
void lookup_add_header(struct lookup *lookup, uint32_t hash, size_t max_bytes);

/* Looks every entry up and sets the flags of what it finds. */
void lookup_run(struct lookup *lookup);

void lookup_clear(struct lookup *lookup);
void lookup_release(struct lookup *lookup);

#endif
