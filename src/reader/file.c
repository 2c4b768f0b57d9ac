/* Reader `file`: a path. */
#include "reader/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/descriptor.h"

struct file_ctx {
    int fd; /* valid while `opened` */
    bool opened;
    bool regular;
    uint64_t size;      /* when it was opened */
    uint64_t delivered; /* since then or the last rewind */
};

static bool accepts(const char *input)
{
    return *input && strcmp(input, "-") != 0;
}

static enum har_status open_file(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct file_ctx *c = ctx;
    do
        c->fd = open(args->input, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (c->fd < 0 && errno == EINTR);
    if (c->fd < 0)
        return har_error_system(error, errno, "cannot open");
    c->opened = true;
    struct stat st;
    if (fstat(c->fd, &st) < 0)
        return har_error_system(error, errno, "cannot open");
    if (S_ISDIR(st.st_mode))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, EISDIR, "is a directory");
    c->regular = S_ISREG(st.st_mode);
    c->size = c->regular ? (uint64_t)st.st_size : 0;
    posix_fadvise(c->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return HAR_OK;
}

/* Some file systems state sizes that reading never reaches: only a size that became smaller proves a loss. */
static bool shrank(const struct file_ctx *c)
{
    struct stat st;
    return c->regular && c->delivered < c->size && fstat(c->fd, &st) == 0 && (uint64_t)st.st_size < c->size;
}

static enum har_status read_file(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct file_ctx *c = ctx;
    enum har_status status = descriptor_read(c->fd, bytes, cap, got, error);
    c->delivered += *got;
    if (status == HAR_EOF && shrank(c))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, EIO, "the file shrank while it was read");
    return status;
}

static enum har_status rewind_file(void *ctx, struct har_error *error)
{
    struct file_ctx *c = ctx;
    if (lseek(c->fd, 0, SEEK_SET) < 0)
        return har_error_set(error, HAR_FAILED, HAR_DOMAIN_SYSTEM, errno, "cannot be read twice");
    c->delivered = 0;
    return HAR_OK;
}

static void close_file(void *ctx)
{
    struct file_ctx *c = ctx;
    if (c->opened)
        close(c->fd);
}

const struct har_reader har_reader_file = {
    .size = sizeof(struct har_reader),
    .name = "file",
    .summary = "a file's path",
    .ctx_size = sizeof(struct file_ctx),
    .accepts = accepts,
    .open = open_file,
    .read = read_file,
    .rewind = rewind_file,
    .close = close_file,
};
