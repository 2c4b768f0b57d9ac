/* Names and how often they came: a table with a maximum. */
#ifndef UTIL_TALLY_H
#define UTIL_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TALLY_NAME_MOST = 255 }; /* bytes of a name; longer ones are cut */

struct tally_row {
    char *name; /* not NUL-terminated */
    size_t len;
    uint64_t hash, times, sum;
};

/* Zeroed it is empty. Rows stand in the order in which their names came first, until they are sorted. */
struct tally {
    struct tally_row *row;
    size_t count, cap;
    uint32_t *slot; /* index of a row plus one; 0: free */
    size_t slots;
    uint64_t point;  /* of the hash, secret */
    uint64_t others; /* times of names for which there was no room */
};

/* Counts `name` once and adds `sum` to its sum; a new name beyond `most` is counted as others. False when memory is short. */
bool tally_add(struct tally *tally, const char *name, size_t len, uint64_t sum, size_t most);

/* Most times first, equal ones by name. Names may be added afterwards. */
void tally_sort(struct tally *tally);
void tally_release(struct tally *tally);

#endif
