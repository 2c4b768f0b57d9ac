/* Lists of names and values that ought to say the same, as cookies beside a header and params beside a text: compared whatever
 * their order, their quotes and their escapes. Only counts come out, because the values are secret. */
#ifndef HARMILL_RULES_PAIRS_H
#define HARMILL_RULES_PAIRS_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Zeroed is empty. */
struct pairs {
    struct har_buffer side[2]; /* of struct pair */
    struct har_buffer normal;  /* scratch */
};

struct pairs_difference {
    size_t only[2]; /* whose name the other side lacks */
    size_t values;  /* names on both sides with other values */
};

void pairs_clear(struct pairs *pairs);
void pairs_release(struct pairs *pairs);

/* Adds a pair to side 0 or 1. `plus`: a plus sign is a blank, as in forms. */
void pairs_add(struct pairs *pairs, int side, struct har_text name, struct har_text value, bool plus);

/* False when memory was short. Takes n log n steps. */
bool pairs_compare(struct pairs *pairs, struct pairs_difference *difference);

static inline bool pairs_differ(const struct pairs_difference *difference)
{
    return difference->only[0] + difference->only[1] + difference->values > 0;
}

#endif
