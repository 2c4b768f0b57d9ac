/* Bytes held back for a section whose turn has not come. */
#include "util/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "util/descriptor.h"

#define MEMORY       ((size_t)1 << 20)
#define READ_SIZE    ((size_t)64 << 10)
#define SENT_AT_ONCE ((size_t)16 << 20)
#define DIRECT       ((size_t)32 << 10) /* once there is a file, pieces of this size go there without a copy */

void spool_init(struct spool *spool, const char *dir)
{
    *spool = (struct spool){.dir = dir, .fd = -1};
    har_buffer_init(&spool->memory, MEMORY);
}

/* Not every file system knows O_TMPFILE; where it does, the file never has a name. */
static int open_unlinked(const char *dir)
{
    int fd;
    do
        fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    while (fd < 0 && errno == EINTR);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT))
        return fd;
    struct har_buffer name;
    har_buffer_init(&name, 4096);
    har_buffer_printf(&name, "%s/harmill-XXXXXX", dir);
    if (har_buffer_string(&name)) {
        fd = mkostemp(name.data, O_CLOEXEC);
        if (fd >= 0)
            unlink(name.data);
    } else {
        errno = ENAMETOOLONG;
    }
    int saved = errno;
    har_buffer_release(&name);
    errno = saved;
    return fd;
}

static enum har_status to_file(struct spool *spool, const void *bytes, size_t len, struct har_error *error)
{
    if (!len)
        return HAR_OK;
    if (spool->fd < 0)
        spool->fd = open_unlinked(spool->dir);
    if (spool->fd < 0)
        return har_error_system(error, errno, "cannot make a spool file in %s", spool->dir);
    struct har_error cause;
    if (descriptor_write(spool->fd, bytes, len, &cause) < HAR_OK)
        return har_error_system(error, cause.code, "cannot write a spool file in %s", spool->dir);
    spool->filed += len;
    return HAR_OK;
}

enum har_status spool_append(struct spool *spool, const void *bytes, size_t len, struct har_error *error)
{
    const bool direct = len > MEMORY || (spool->filed && len >= DIRECT);
    if (direct || len > MEMORY - spool->memory.len) {
        enum har_status status = to_file(spool, spool->memory.data, spool->memory.len, error);
        if (status < HAR_OK)
            return status;
        har_buffer_clear(&spool->memory);
    }
    if (direct)
        return to_file(spool, bytes, len, error);
    return har_buffer_append(&spool->memory, bytes, len) ? HAR_OK : har_error_memory(error);
}

static enum har_status replay_from(struct spool *spool, uint64_t at, har_write_fn *write, void *user, struct har_error *error)
{
    enum har_status status = HAR_OK;
    char *block = NULL;
    if (at < spool->filed) {
        block = malloc(READ_SIZE);
        if (!block)
            return har_error_memory(error);
    }
    while (at < spool->filed && status == HAR_OK) {
        const uint64_t left = spool->filed - at;
        const size_t part = left < READ_SIZE ? (size_t)left : READ_SIZE;
        status = spool_read(spool, at, block, part, error);
        if (status == HAR_OK)
            status = write(user, block, part, error);
        at += part;
    }
    free(block);
    if (status == HAR_OK && spool->memory.len)
        status = write(user, spool->memory.data, spool->memory.len, error);
    return status;
}

enum har_status spool_replay(struct spool *spool, har_write_fn *write, void *user, struct har_error *error)
{
    return replay_from(spool, 0, write, user, error);
}

struct target {
    int fd;
    const volatile sig_atomic_t *cancel;
};

static bool is_cancelled(const struct target *target)
{
    return target->cancel && *target->cancel;
}

static enum har_status to_target(void *user, const void *bytes, size_t len, struct har_error *error)
{
    const struct target *target = user;
    if (is_cancelled(target))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
    return descriptor_write(target->fd, bytes, len, error);
}

/* Where sending fails, for whatever reason, the plain way goes on from where it stopped and tells a lasting error. */
enum har_status spool_send(struct spool *spool, int fd, const volatile sig_atomic_t *cancel, struct har_error *error)
{
    struct target target = {fd, cancel};
    off_t at = 0;
    while ((uint64_t)at < spool->filed && !is_cancelled(&target) && sendfile(fd, spool->fd, &at, SENT_AT_ONCE) > 0)
        ;
    return replay_from(spool, (uint64_t)at, to_target, &target, error);
}

enum har_status spool_read(const struct spool *spool, uint64_t offset, void *bytes, size_t len, struct har_error *error)
{
    char *to = bytes;
    if (offset < spool->filed) {
        const uint64_t left = spool->filed - offset;
        const size_t part = left < len ? (size_t)left : len;
        struct har_error cause;
        if (descriptor_read_at(spool->fd, to, part, offset, &cause) < HAR_OK)
            return har_error_system(error, cause.code, "cannot read back what was written");
        offset += part;
        to += part;
        len -= part;
    }
    if (len)
        memcpy(to, spool->memory.data + (offset - spool->filed), len);
    return HAR_OK;
}

enum har_status spool_descriptor(struct spool *spool, int *fd, struct har_error *error)
{
    const enum har_status status = to_file(spool, spool->memory.data, spool->memory.len, error);
    har_buffer_clear(&spool->memory);
    *fd = spool->fd;
    return status;
}

void spool_release(struct spool *spool)
{
    if (spool->fd >= 0)
        close(spool->fd);
    har_buffer_release(&spool->memory);
    spool_init(spool, spool->dir);
}
