/* Of the fuzz targets: bytes as an input, a buffer as an output, promises. */
#ifndef FUZZ_FED_H
#define FUZZ_FED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/harmill.h>

/* Ends with the promise that was not kept. */
static inline void require_at(bool holds, int line, const char *promise)
{
    if (holds)
        return;
    fprintf(stderr, "line %d: %s\n", line, promise);
    abort();
}
#define require(holds) require_at(holds, __LINE__, #holds)

struct source {
    const unsigned char *bytes;
    size_t len, at;
};

/* The reader's input is a name, so the bytes travel beside it; a fuzzer has one thread. */
static struct source source;

static inline bool accepts(const char *input)
{
    return strcmp(input, "fuzz.har") == 0;
}

static inline enum har_status open_source(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    (void)ctx, (void)args, (void)error;
    source.at = 0;
    return HAR_OK;
}

static inline enum har_status read_source(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    (void)ctx, (void)error;
    *got = source.len - source.at < cap ? source.len - source.at : cap;
    memcpy(bytes, source.bytes + source.at, *got);
    source.at += *got;
    return *got ? HAR_OK : HAR_EOF;
}

static inline void close_source(void *ctx)
{
    (void)ctx;
}

static const struct har_reader reader = {.size = sizeof(struct har_reader),
                                         .name = "fuzz",
                                         .accepts = accepts,
                                         .open = open_source,
                                         .read = read_source,
                                         .close = close_source};

static inline enum har_status append(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(error);
}

static inline bool same_bytes(const struct har_buffer *a, const struct har_buffer *b)
{
    return a->len == b->len && (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

#endif
