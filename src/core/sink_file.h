/* A file that replaces another one only when it is whole. */
#ifndef CORE_SINK_FILE_H
#define CORE_SINK_FILE_H

#include <sys/stat.h>

#include "core/pieces.h"

struct sink_file {
    int fd;       /* -1: not open */
    char *target; /* what is replaced: where symbolic links lead to */
    char *temp;   /* the file beside it; NULL once it was renamed, and for what is written directly */
    bool direct;  /* a device or a pipe */
    bool exists;
    bool private;       /* a new one is for nobody else */
    mode_t mode;        /* of the file that exists */
    const char *suffix; /* of the name that it keeps when it is replaced; NULL: none. Borrowed */
};

/* Makes the file beside `path`, or opens what cannot be replaced. To be released after a failure, too. */
enum har_status sink_file_open(struct sink_file *file, const char *path, struct har_error *error);

/* Puts `head` in front of all but the first `skip` bytes. */
enum har_status sink_file_rehead(struct sink_file *file, struct spool *head, uint64_t skip, struct har_error *error);

/* Writes the file anew: `head`, or its own first `head_len` bytes where that is NULL, then the `body_len` bytes behind these in
 * the order of `pieces`. */
enum har_status sink_file_rewrite(struct sink_file *file, struct spool *head, uint64_t head_len, uint64_t body_len,
                                  const struct pieces *pieces, struct har_error *error);

/* To disk and to its place. */
enum har_status sink_file_commit(struct sink_file *file, struct har_error *error);

/* Removes what was not committed. Zeroed ones are not fine: `fd` must be -1. */
void sink_file_release(struct sink_file *file);

#endif
