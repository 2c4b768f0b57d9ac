/* The bytes of an input as they are, for whoever keeps them: nothing is unpacked or judged. */
#ifndef HARMILL_FETCH_H
#define HARMILL_FETCH_H

#include <signal.h>

#include <harmill/coding.h>
#include <harmill/reader.h>
#include <harmill/sink.h>

HAR_BEGIN_DECLS

/* Zero it, set `size`, `input`, `sink` and what else is needed. Everything is borrowed for the time of the call. */
struct har_fetch_args {
    size_t size;
    const struct har_settings *settings; /* NULL: defaults */
    const char *input;                   /* a path, "-": whatever `reader` takes */
    const struct har_reader *reader;     /* NULL: the first that accepts `input` */
    const struct har_option *options;    /* of the reader; may be NULL */
    void *reader_user;                   /* har_reader_args.user; may be NULL */
    struct har_sink *sink; /* the caller's and new; committed when all went well, freed by the caller. Its coding would
                            * pack the bytes: har_sink_set_coding(sink, NULL) keeps them exact */
    const volatile sig_atomic_t *cancel; /* when it becomes non-zero the call ends with HAR_DOMAIN_CANCELLED; may be NULL */
};

/* Zero it and set `size`. */
struct har_fetched {
    size_t size;
    uint64_t bytes;                  /* that the reader gave, as far as it came */
    const struct har_coding *coding; /* that they look to be packed in, by their first bytes; NULL: none */
};

/* Copies all bytes that the reader gives for the input into the sink, which is committed once the reader has told their end.
 * HAR_OK, or HAR_FATAL: *error (which may be NULL) says why, and the sink is not committed. *fetched (not NULL) is filled in both
 * cases. */
HAR_API enum har_status har_fetch(const struct har_fetch_args *args, struct har_fetched *fetched, struct har_error *error);

HAR_END_DECLS
#endif
