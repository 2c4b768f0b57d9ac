/* External merge sort. Runs have the same length, but for the last one, so that nothing need be noted about them. */
#include "util/piece_sort.h"

#include <stdlib.h>

#define RUN  ((size_t)64 << 10) /* 1.5 MiB */
#define FAN  64                 /* then each run has a buffer of 24 KiB */
#define SIZE sizeof(struct piece)

/* One of the runs that are being merged: the part of it that is in memory, and where the rest is in the spool. */
struct cursor {
    const struct piece *at, *end;
    struct piece *room;
    uint64_t next, last; /* numbers of pieces; `last` is one past the run's end */
};

struct piece_merge {
    const struct spool *from;
    size_t room; /* pieces a cursor has room for */
    size_t count;
    struct cursor *heap[FAN]; /* the one whose piece is first is at 0, children of i are at 2i+1 and 2i+2 */
    struct cursor cursor[FAN];
};

void piece_sort_init(struct piece_sort *sort, const char *dir)
{
    *sort = (struct piece_sort){.run = RUN, .fan = FAN};
    spool_init(&sort->spool, dir);
}

enum har_status piece_sort_add(struct piece_sort *sort, struct piece piece, struct har_error *error)
{
    sort->count++;
    return spool_append(&sort->spool, &piece, SIZE, error);
}

static int compare(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

static enum har_status fill(struct piece_merge *merge, struct cursor *cursor, struct har_error *error)
{
    const uint64_t left = cursor->last - cursor->next;
    const size_t count = left < merge->room ? (size_t)left : merge->room;
    cursor->at = cursor->room;
    cursor->end = cursor->room + count;
    const enum har_status status = spool_read(merge->from, cursor->next * SIZE, cursor->room, count * SIZE, error);
    cursor->next += count;
    return status;
}

/* Lets the cursor at `i` sink to where it belongs. */
static void sift(struct piece_merge *merge, size_t i)
{
    struct cursor *const cursor = merge->heap[i];
    for (size_t child; (child = 2 * i + 1) < merge->count; i = child) {
        if (child + 1 < merge->count && compare(merge->heap[child + 1]->at, merge->heap[child]->at) < 0)
            child++;
        if (compare(cursor->at, merge->heap[child]->at) <= 0)
            break;
        merge->heap[i] = merge->heap[child];
    }
    merge->heap[i] = cursor;
}

/* Merges the runs of `run` pieces between the pieces `from` and `to`; as many as there may be at most. */
static enum har_status begin_merge(struct piece_sort *sort, uint64_t from, uint64_t to, uint64_t run, struct har_error *error)
{
    struct piece_merge *merge = sort->merge;
    merge->from = &sort->spool;
    merge->room = sort->run / sort->fan ? sort->run / sort->fan : 1;
    merge->count = 0;
    for (; from < to; from += run) {
        struct cursor *cursor = &merge->cursor[merge->count];
        *cursor = (struct cursor){
            .room = sort->room + merge->count * merge->room, .next = from, .last = to - from < run ? to : from + run};
        merge->heap[merge->count++] = cursor;
        const enum har_status status = fill(merge, cursor, error);
        if (status < HAR_OK)
            return status;
    }
    for (size_t i = merge->count / 2; i-- > 0;)
        sift(merge, i);
    return HAR_OK;
}

enum har_status piece_sort_next(struct piece_sort *sort, struct piece *piece, struct har_error *error)
{
    struct piece_merge *merge = sort->merge;
    if (!merge->count)
        return HAR_EOF;
    struct cursor *cursor = merge->heap[0];
    *piece = *cursor->at++;
    if (cursor->at == cursor->end) {
        if (cursor->next == cursor->last) {
            merge->heap[0] = merge->heap[--merge->count];
        } else {
            const enum har_status status = fill(merge, cursor, error);
            if (status < HAR_OK)
                return status;
        }
    }
    if (merge->count)
        sift(merge, 0);
    return HAR_OK;
}

/* What was written to `to` takes the place of what was read. */
static void replace_spool(struct piece_sort *sort, struct spool *to)
{
    spool_release(&sort->spool);
    sort->spool = *to;
}

/* Sorts run by run. A single one stays in memory. */
static enum har_status sort_runs(struct piece_sort *sort, struct har_error *error)
{
    struct spool sorted;
    enum har_status status = HAR_OK;
    spool_init(&sorted, sort->spool.dir);
    for (uint64_t at = 0; at < sort->count && status == HAR_OK; at += sort->run) {
        const uint64_t left = sort->count - at;
        const size_t count = left < sort->run ? (size_t)left : sort->run;
        status = spool_read(&sort->spool, at * SIZE, sort->room, count * SIZE, error);
        if (status < HAR_OK)
            break;
        qsort(sort->room, count, SIZE, compare);
        if (count == sort->count) {
            struct piece_merge *merge = sort->merge;
            merge->cursor[0] = (struct cursor){.at = sort->room, .end = sort->room + count};
            merge->heap[merge->count++] = &merge->cursor[0];
            return HAR_OK;
        }
        status = spool_append(&sorted, sort->room, count * SIZE, error);
    }
    replace_spool(sort, &sorted);
    return status;
}

/* Merges groups of runs to longer ones. */
static enum har_status merge_runs(struct piece_sort *sort, uint64_t run, struct har_error *error)
{
    struct spool merged;
    enum har_status status = HAR_OK;
    spool_init(&merged, sort->spool.dir);
    for (uint64_t at = 0; at < sort->count && status == HAR_OK; at += run * sort->fan) {
        struct piece piece;
        const uint64_t left = sort->count - at;
        status = begin_merge(sort, at, at + (left < run * sort->fan ? left : run * sort->fan), run, error);
        while (status == HAR_OK && (status = piece_sort_next(sort, &piece, error)) == HAR_OK)
            status = spool_append(&merged, &piece, SIZE, error);
        if (status == HAR_EOF)
            status = HAR_OK;
    }
    replace_spool(sort, &merged);
    return status;
}

enum har_status piece_sort_begin(struct piece_sort *sort, struct har_error *error)
{
    sort->merge = calloc(1, sizeof *sort->merge);
    sort->room = calloc(sort->run > sort->fan ? sort->run : sort->fan, SIZE);
    if (!sort->merge || !sort->room)
        return har_error_memory(error);
    enum har_status status = sort_runs(sort, error);
    uint64_t run = sort->run;
    if (sort->count <= run)
        return status;
    for (; status == HAR_OK && sort->count > run * sort->fan; run *= sort->fan)
        status = merge_runs(sort, run, error);
    return status == HAR_OK ? begin_merge(sort, 0, sort->count, run, error) : status;
}

void piece_sort_release(struct piece_sort *sort)
{
    spool_release(&sort->spool);
    free(sort->room);
    free(sort->merge);
    sort->room = NULL;
    sort->merge = NULL;
}
