/* Entries in the order of their startedDateTime: where each stands in the body is noted while it is written, and the body is put in
 * order at the end, if that is needed at all. */
#ifndef WRITER_SORTED_H
#define WRITER_SORTED_H

#include <harmill/sink.h>

#include "json/tree.h"
#include "util/piece_sort.h"

struct sorted {
    struct piece_sort pieces;
    struct piece ahead;     /* while the order is told: the piece that was read but not told yet */
    size_t separator_len;   /* that stands between two entries */
    struct har_buffer text; /* a date that had to be decoded */
    int date_row;           /* of an entry's members */
    int64_t key;            /* of the entry before: the instant in nanoseconds since 1970, INT64_MIN before the first */
    bool needed;            /* an entry began earlier than the one before it */
};

void sorted_init(struct sorted *sorted, const struct har_settings *settings);

/* Notes an entry that was written to the body from `offset` on. What has no date that names an instant stays behind the entry
 * before it. */
enum har_status sorted_note(struct sorted *sorted, const struct har_tree *tree, uint64_t offset, uint64_t len,
                            struct har_error *error);

/* Closes head and body of the sink, the body in order. When sorted->needed. */
enum har_status sorted_apply(struct sorted *sorted, struct har_sink *sink, const char *separator, struct har_error *error);

void sorted_release(struct sorted *sorted);

#endif
