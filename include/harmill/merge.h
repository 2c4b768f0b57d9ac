/* Several captures become one: the outputs of several runs share a writer. */
#ifndef HARMILL_MERGE_H
#define HARMILL_MERGE_H

#include <harmill/convert.h>

HAR_BEGIN_DECLS

struct har_merge;

enum {
    HAR_MERGE_SAME_PAGES = 1, /* a page that is the same as one of an earlier capture is that page, not another one */
    HAR_MERGE_NO_CUSTOM = 2,  /* without log._merged: what the captures say of themselves is lost where they differ */
};

/* Everything is borrowed until har_merge_free(). */
struct har_merge_args {
    size_t size;
    const struct har_writer *writer;
    const struct har_option *options;    /* of the writer; may be NULL */
    struct har_sink *sink;               /* new; the caller's, committed by har_merge_finish() */
    const struct har_settings *settings; /* NULL: defaults */
    unsigned flags;
    struct har_redaction *redaction; /* that of the runs: the output is proven, too; NULL: none */
};

/* After a failure *merge is NULL. To be freed with har_merge_free(); NULL is fine there.
 *
 * Entries come in the order in which they are read, unless the writer sorts them; then the pages of all captures, in that order
 * too. A page's id stays as it is unless an earlier capture has it: then -2 is appended in the second capture, -3 in the third,
 * and so on until it is free; the entries' pagerefs follow. Where all captures agree in the members of the log and beside it,
 * these are written as they are. Where not, harmill is the creator, and log._merged holds one object for each capture: entries,
 * their number; log and root, objects with those members; renamed, pages whose ids were changed. */
HAR_API enum har_status har_merge_new(struct har_merge **merge, const struct har_merge_args *args, struct har_error *error);
HAR_API void har_merge_free(struct har_merge *merge);

/* A writer that has `finding` and `source` is told what the runs find and read, as in a run of its own, with the numbers that the
 * entries have in their inputs.
 *
 * The output for one run of har_convert(), one run at a time: it may stand beside others. */
HAR_API struct har_output har_merge_output(struct har_merge *merge);

/* After the last run, all of which must have given HAR_OK: writes what comes behind the entries and commits the sink. HAR_FATAL
 * after a run that failed: then nothing is committed. */
HAR_API enum har_status har_merge_finish(struct har_merge *merge, struct har_error *error);

/* Captures and entries so far. */
HAR_API uint64_t har_merge_captures(const struct har_merge *merge);
HAR_API uint64_t har_merge_entries(const struct har_merge *merge);

HAR_END_DECLS
#endif
