/* Names that an object has, so that a new one can be chosen which it does not have yet. Linear, whatever somebody puts in. */
#ifndef HARMILL_NORMALIZE_NAMES_H
#define HARMILL_NORMALIZE_NAMES_H

#include "util/keyset.h"

struct names_row {
    uint32_t node; /* the caller's own, JSON_NONE at first */
    uint32_t next; /* the number to try next behind this name */
};

/* Zeroed is empty. */
struct names {
    struct keyset keys;
    struct names_row *row; /* one for each name */
    size_t cap;
    uint64_t max_bytes; /* of all names together */
};

/* The row of a name, which is added when it is new; NULL when memory is short or the names pass their bound. Void after the next
 * one is added. */
struct names_row *names_row(struct names *names, const char *name, size_t len);

/* Makes of `name` one that was not there, by "_2", "_3" ... behind it, and adds it; false as above. */
bool names_choose(struct names *names, struct har_buffer *name);

void names_clear(struct names *names);
void names_release(struct names *names);

#endif
