/* Redirects that lead from request to request, none of which may come back to where it was. */
#ifndef CONSUMER_REDIRECTS_H
#define CONSUMER_REDIRECTS_H

#include <stddef.h>
#include <stdint.h>

struct redirect {
    uint64_t url, method, target, target_method; /* hashes */
    uint32_t next;                               /* of its bucket, plus one; 0: the last */
    uint32_t todo;                               /* the one to be followed after it, likewise */
    uint32_t seen;                               /* by which search last */
};

/* Zeroed is empty. */
struct redirects {
    struct redirect *redirect;
    size_t count, cap;
    uint32_t *bucket; /* the first redirect of each, plus one */
    uint32_t search;
    uint64_t steps; /* that were taken */
};

enum redirects_result {
    REDIRECTS_ADDED,
    REDIRECTS_RING, /* not added: with it one could come back, or it cannot be told within bounds */
    REDIRECTS_MEMORY,
};

/* Only the hashes of `redirect` are read. */
enum redirects_result redirects_add(struct redirects *redirects, const struct redirect *redirect, size_t max_bytes);

void redirects_clear(struct redirects *redirects);
void redirects_release(struct redirects *redirects);

#endif
