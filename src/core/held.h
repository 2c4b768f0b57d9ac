/* Findings that wait for the item that they are about. */
#ifndef CORE_HELD_H
#define CORE_HELD_H

#include <harmill/finding.h>
#include <harmill/status.h>

struct held {
    struct har_finding finding;
    char text[]; /* what in it is no literal */
};

/* Zeroed is empty. */
struct held_list {
    struct held **item;
    size_t count, cap;
    uint64_t bytes;
};

/* Appends a copy; its source is still borrowed. When the copies together pass `most`: HAR_FATAL with HAR_BOUND_KEPT_BYTES. */
enum har_status held_add(struct held_list *list, const struct har_finding *finding, uint64_t most, struct har_error *error);

void held_clear(struct held_list *list);
void held_release(struct held_list *list);

#endif
