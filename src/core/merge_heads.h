/* What several captures say of themselves: the members of their logs but pages and entries, and what stands beside the logs. */
#ifndef CORE_MERGE_HEADS_H
#define CORE_MERGE_HEADS_H

#include <harmill/writer.h>

#include "core/kept.h"

/* One capture's, as texts, members sorted by bytes. */
struct merge_head {
    struct har_buffer log, root; /* insides of JSON objects; empty where they are the first capture's */
    struct har_buffer renamed;   /* inside of a JSON array */
    uint64_t entries;
    bool same; /* as the first */
};

/* A member of the current capture: its text is in `text`. */
struct merge_piece {
    bool root;
    size_t at, len;
};

struct merge_heads {
    uint64_t most;           /* bytes */
    uint64_t bytes;          /* kept so far */
    struct merge_head *head; /* the last one is that of the current capture */
    size_t count, cap;
    struct kept_list first; /* members of the first capture */
    struct har_buffer text;
    struct merge_piece *piece;
    size_t pieces, piece_cap;
    bool enveloped; /* the current capture's log: what stands beside it counts only under names of its own */
    bool odd;       /* a log, pages or entries that are no list of items: never written as they are */
    bool differ;    /* two captures do */
    bool renamed;   /* any capture has renamed pages */
    bool nested;    /* the first capture has a log._merged of its own */
};

enum har_status merge_heads_begin(struct merge_heads *heads, struct har_error *error);

/* A MEMBER that is not streamed. */
enum har_status merge_heads_member(struct merge_heads *heads, const struct har_item *item, struct har_error *error);

/* Notes in the current capture that the page `from` is written as `to`, insides of canonical JSON strings. */
enum har_status merge_heads_renamed(struct merge_heads *heads, struct har_text from, struct har_text to, struct har_error *error);
enum har_status merge_heads_end(struct merge_heads *heads, struct har_error *error);

/* Hands all members of the result to `pass`, but pages and entries. `depth`: levels that a value may have. */
typedef enum har_status merge_pass_fn(void *user, const struct har_item *item, struct har_error *error);
enum har_status merge_heads_write(const struct merge_heads *heads, bool custom, uint64_t depth, merge_pass_fn *pass, void *user,
                                  struct har_error *error);

static inline struct merge_head *merge_heads_now(struct merge_heads *heads)
{
    return &heads->head[heads->count - 1];
}

void merge_heads_release(struct merge_heads *heads);

#endif
