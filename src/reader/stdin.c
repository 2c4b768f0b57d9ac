/* Reader `stdin`: "-". */
#include "reader/reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "util/descriptor.h"

struct stdin_ctx {
    off_t start; /* -1: a pipe or the like. A shell may have read a part of a file already */
};

static bool accepts(const char *input)
{
    return strcmp(input, "-") == 0;
}

static enum har_status open_stdin(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct stdin_ctx *c = ctx;
    (void)args;
    (void)error;
    c->start = lseek(STDIN_FILENO, 0, SEEK_CUR);
    return HAR_OK;
}

static enum har_status read_stdin(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    (void)ctx;
    return descriptor_read(STDIN_FILENO, bytes, cap, got, error);
}

static enum har_status rewind_stdin(void *ctx, struct har_error *error)
{
    const struct stdin_ctx *c = ctx;
    if (c->start < 0 || lseek(STDIN_FILENO, c->start, SEEK_SET) < 0)
        return har_error_set(error, HAR_FAILED, HAR_DOMAIN_SYSTEM, ESPIPE, "cannot be read twice");
    return HAR_OK;
}

/* The descriptor stays the program's. */
static void close_stdin(void *ctx)
{
    (void)ctx;
}

const struct har_reader har_reader_stdin = {
    .size = sizeof(struct har_reader),
    .name = "stdin",
    .summary = "standard input: -",
    .ctx_size = sizeof(struct stdin_ctx),
    .accepts = accepts,
    .open = open_stdin,
    .read = read_stdin,
    .rewind = rewind_stdin,
    .close = close_stdin,
};
