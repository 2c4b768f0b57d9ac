/* Reader `zip`: one capture in a zip archive, and the files beside it. Its inputs are INDEX:PATH, the file's number in the
 * archive's directory, or :PATH for the only capture. It is for who has listed an archive; nothing is taken for one by its name. */
#include "reader/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool accepts(const char *input)
{
    (void)input;
    return false;
}

#ifndef HARMILL_WITHOUT_ZIP

#include "reader/zip_archive.h"
#include "util/unpacked.h"

enum { BLOCK = 64 * 1024 };

struct zip_ctx {
    struct zip_archive archive;
    bool opened;
    const struct har_settings *settings;
    uint64_t index;
    struct zip_member capture;
    uint64_t beside; /* bytes of the files beside it that were read */
};

/* What stands before the colon, to *index; false when nothing does. */
static bool parse_input(const char *input, uint64_t *index, const char **path)
{
    const char *colon = strchr(input, ':');
    *path = colon ? colon + 1 : input;
    *index = colon ? strtoull(input, NULL, 10) : 0;
    return colon && colon > input;
}

static enum har_status choose(struct zip_ctx *c, struct har_error *error)
{
    struct har_text name;
    uint64_t count = 0;
    enum har_status status;
    for (uint64_t i = 0; (status = zip_archive_next(&c->archive, &i, &name, error)) == HAR_OK; i++) {
        if (!count++)
            c->index = i;
    }
    if (status < HAR_OK)
        return status;
    if (!count)
        return har_error_set(error, HAR_FAILED, HAR_DOMAIN_DATA, 0, "is a zip archive that holds no HAR");
    if (count > 1)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                             "is a zip archive of %" PRIu64 " captures, which are read from a file only: save it and name that",
                             count);
    return HAR_OK;
}

static enum har_status open_zip(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct zip_ctx *c = ctx;
    const char *path;
    const bool chosen = parse_input(args->input, &c->index, &path);
    c->opened = true;
    c->settings = args->settings;
    enum har_status status = zip_archive_open(&c->archive, path, error);
    if (status == HAR_OK && !chosen)
        status = choose(c, error);
    return status == HAR_OK ? zip_member_open(&c->capture, &c->archive, c->index, error) : status;
}

static enum har_status read_zip(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct zip_ctx *c = ctx;
    const uint64_t rest = har_settings_bound(c->settings, HAR_BOUND_DECODED_BYTES) - c->capture.unpacked;
    /* One byte past the bound is asked for, so that a capture of just that size passes. */
    enum har_status status = zip_member_read(&c->capture, bytes, rest < cap ? (size_t)rest + 1 : cap, got, error);
    if (status == HAR_OK)
        status = unpacked_check(c->settings, "zip", c->capture.packed, c->capture.unpacked, error);
    if (status != HAR_OK)
        *got = 0;
    return status;
}

static enum har_status rewind_zip(void *ctx, struct har_error *error)
{
    struct zip_ctx *c = ctx;
    zip_member_close(&c->capture);
    return zip_member_open(&c->capture, &c->archive, c->index, error);
}

static void close_zip(void *ctx)
{
    struct zip_ctx *c = ctx;
    zip_member_close(&c->capture);
    if (c->opened)
        zip_archive_close(&c->archive);
}

/* The bytes of all files together are measured by the whole archive: one that many entries name is read as often. */
static enum har_status append_file(struct zip_ctx *c, struct zip_member *file, struct har_buffer *out, struct har_error *error)
{
    enum har_status status = HAR_OK;
    while (status == HAR_OK) {
        char probe[1]; /* whether there is more than there is room for */
        const size_t left = out->max - out->len, part = left < BLOCK ? left : BLOCK;
        char *room = part ? har_buffer_reserve(out, part) : probe;
        size_t got;
        if (!room)
            return har_error_memory(error);
        status = zip_member_read(file, room, part ? part : sizeof probe, &got, error);
        if (status == HAR_OK && !part)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_ITEM_BYTES,
                                 "a file beside the capture is larger than --%s allows",
                                 har_bound_info(HAR_BOUND_ITEM_BYTES)->name);
        if (status != HAR_OK)
            break;
        out->len += got;
        c->beside += got;
        status = unpacked_check(c->settings, "zip", c->archive.size, c->beside, error);
    }
    return status == HAR_EOF ? HAR_OK : status;
}

static enum har_status attach_zip(void *ctx, struct har_text name, struct har_buffer *out, struct har_error *error)
{
    struct zip_ctx *c = ctx;
    struct zip_member file;
    uint64_t index;
    if (!zip_archive_find(&c->archive, name, &index))
        return HAR_EOF;
    if (!out)
        return HAR_OK;
    enum har_status status = zip_member_open(&file, &c->archive, index, error);
    if (status == HAR_OK)
        status = append_file(c, &file, out, error);
    zip_member_close(&file);
    return status;
}

static enum har_status list_archive(struct zip_archive *archive, const char *path, har_contained_fn *each, void *user,
                                    struct har_error *error)
{
    struct har_text name;
    struct har_buffer input;
    enum har_status status;
    uint64_t told = 0;
    har_buffer_init(&input, HAR_MIB);
    for (uint64_t i = 0; (status = zip_archive_next(archive, &i, &name, error)) == HAR_OK; i++) {
        har_buffer_clear(&input);
        har_buffer_printf(&input, "%" PRIu64 ":%s", i, path);
        const char *text = har_buffer_string(&input);
        told++;
        if (!text)
            status = har_error_memory(error);
        if (!text || !each(user, text, name))
            break;
    }
    har_buffer_release(&input);
    return status == HAR_EOF && told ? HAR_OK : status;
}

static enum har_status list_zip(const char *path, har_contained_fn *each, void *user, struct har_error *error)
{
    struct zip_archive archive;
    enum har_status status = zip_archive_open(&archive, path, error);
    if (status == HAR_OK)
        status = list_archive(&archive, path, each, user, error);
    zip_archive_close(&archive);
    return status == HAR_FAILED ? HAR_EOF : status;
}

#else

struct zip_ctx {
    char none;
};

static enum har_status open_zip(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    (void)ctx;
    (void)args;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "is a zip archive, and this build leaves out zip; unpack it first");
}

static enum har_status read_zip(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    (void)ctx;
    (void)bytes;
    (void)cap;
    (void)error;
    *got = 0;
    return HAR_EOF;
}

static void close_zip(void *ctx)
{
    (void)ctx;
}

#define rewind_zip NULL
#define attach_zip NULL
#define list_zip   NULL
#endif

const struct har_reader har_reader_zip = {
    .size = sizeof(struct har_reader),
    .name = "zip",
    .summary = "the captures in a zip archive, and the bodies beside them",
    .ctx_size = sizeof(struct zip_ctx),
    .accepts = accepts,
    .open = open_zip,
    .read = read_zip,
    .rewind = rewind_zip,
    .close = close_zip,
    .attachment = attach_zip,
    .list = list_zip,
};
