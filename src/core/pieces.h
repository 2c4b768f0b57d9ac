/* Copying a body whose pieces change places. */
#ifndef CORE_PIECES_H
#define CORE_PIECES_H

#include <signal.h>

#include "util/spool.h"

/* See har_sink_reorder() and struct har_job. */
struct pieces {
    har_piece_fn *next;
    void *user;
    const char *separator;
    size_t separator_len;
    const volatile sig_atomic_t *cancel; /* may be NULL */
};

/* Hands the body of `len` bytes that starts at `base` of `from` to `write`, in the new order, a block at a time. */
enum har_status pieces_copy(const struct pieces *pieces, const struct spool *from, uint64_t base, uint64_t len, har_write_fn *write,
                            void *user, struct har_error *error);

#endif
