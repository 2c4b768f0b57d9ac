/* A reader of bytes in memory, for the drivers of this folder: one run at a time, because a reader has no other way to its bytes. */
#ifndef FAULT_MEMORY_READER_H
#define FAULT_MEMORY_READER_H

#include <string.h>

#include <harmill/reader.h>

static struct memory {
    const char *bytes;
    size_t len, at;
} memory;

static bool memory_accepts(const char *input)
{
    return *input != '\0';
}

static enum har_status memory_open(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    (void)ctx;
    (void)args;
    (void)error;
    memory.at = 0;
    return HAR_OK;
}

static enum har_status memory_read(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    (void)ctx;
    (void)error;
    *got = memory.len - memory.at < cap ? memory.len - memory.at : cap;
    if (!*got)
        return HAR_EOF;
    memcpy(bytes, memory.bytes + memory.at, *got);
    memory.at += *got;
    return HAR_OK;
}

static void memory_close(void *ctx)
{
    (void)ctx;
}

static const struct har_reader memory_reader = {
    .size = sizeof(struct har_reader),
    .name = "memory",
    .summary = "bytes of a test",
    .ctx_size = 1,
    .accepts = memory_accepts,
    .open = memory_open,
    .read = memory_read,
    .close = memory_close,
};

#endif
