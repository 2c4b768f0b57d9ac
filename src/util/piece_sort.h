/* Puts any number of pieces in order in little memory: what does not fit waits in a spool, runs of it are sorted, then merged. */
#ifndef UTIL_PIECE_SORT_H
#define UTIL_PIECE_SORT_H

#include "util/spool.h"

/* A stretch of something longer. Pieces with the same key keep the order of their offsets. */
struct piece {
    int64_t key;
    uint64_t offset, len;
};

struct piece_sort {
    struct spool spool; /* the pieces: as they came, later runs of them */
    uint64_t count;
    size_t run, fan;    /* pieces that are sorted in memory at a time, and runs that are merged at a time; two at least */
    struct piece *room; /* for `run` pieces: all buffers */
    struct piece_merge *merge;
};

/* Allocates nothing. `dir`, the folder of the spool, is borrowed. `run` and `fan` may be changed until piece_sort_begin(). */
void piece_sort_init(struct piece_sort *sort, const char *dir);

/* 24 bytes each, 1 MiB in memory, the rest in the spool. */
enum har_status piece_sort_add(struct piece_sort *sort, struct piece piece, struct har_error *error);

/* No more will be added; then each call of the second function gives the next piece in order, HAR_EOF behind the last. */
enum har_status piece_sort_begin(struct piece_sort *sort, struct har_error *error);
enum har_status piece_sort_next(struct piece_sort *sort, struct piece *piece, struct har_error *error);

/* Frees it. Zeroed ones are not fine. */
void piece_sort_release(struct piece_sort *sort);

#endif
