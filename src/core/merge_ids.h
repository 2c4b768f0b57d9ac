/* Ids of pages, made different over several captures. All texts are the insides of canonical JSON strings. */
#ifndef CORE_MERGE_IDS_H
#define CORE_MERGE_IDS_H

#include <harmill/place.h>
#include <harmill/status.h>

#include "util/keyset.h"

/* Zeroed but for `most` it is empty. */
struct merge_ids {
    size_t most;        /* bytes of all ids of one kind */
    struct keyset used; /* as written, of all captures so far */
    size_t *used_at;    /* where each stands in the set's bytes; one more for the end */
    size_t used_cap;
    struct keyset own; /* of the current capture, as read */
    uint32_t *to;      /* for each of these the one that is written */
    size_t to_cap;
    struct keyset pages; /* hashes of pages, when the same ones are to be known again */
    uint64_t point[2];   /* of those hashes, secret */
    struct merge_page *page;
    size_t page_cap;
};

struct merge_page {
    uint64_t capture; /* that had it first */
    uint32_t id;      /* as written */
};

struct merge_id {
    struct har_text text; /* until the next call */
    bool changed;         /* it is another one than was given */
    bool fresh;           /* it was met for the first time in this capture */
};

/* What is written for `id` in capture number `capture`, from 1. HAR_FATAL (bound) when there are too many. */
enum har_status merge_ids_map(struct merge_ids *ids, uint64_t capture, struct har_text id, struct merge_id *written,
                              struct har_error *error);

/* The same for the id of a page whose text is `page`: *same when an earlier capture has that page and the id now means it. */
enum har_status merge_ids_page(struct merge_ids *ids, uint64_t capture, struct har_text id, struct har_text page,
                               struct merge_id *written, bool *same, struct har_error *error);

/* Forgets what the ids of one capture mean. */
void merge_ids_next(struct merge_ids *ids);
uint64_t merge_ids_bytes(const struct merge_ids *ids);
void merge_ids_release(struct merge_ids *ids);

#endif
