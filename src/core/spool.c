/* Bytes held back for a section whose turn has not come. */
#include "core/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "util/descriptor.h"

#define MEMORY    ((size_t)1 << 20)
#define READ_SIZE ((size_t)64 << 10)

void spool_init(struct spool *spool, const char *dir)
{
    *spool = (struct spool){.dir = dir, .fd = -1};
    har_buffer_init(&spool->memory, MEMORY);
}

/* Not every file system knows O_TMPFILE; where it does, the file never has a name. */
static int open_unlinked(const char *dir)
{
    int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
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
    if (len > MEMORY - spool->memory.len) {
        enum har_status status = to_file(spool, spool->memory.data, spool->memory.len, error);
        if (status < HAR_OK)
            return status;
        har_buffer_clear(&spool->memory);
    }
    if (len > MEMORY)
        return to_file(spool, bytes, len, error);
    return har_buffer_append(&spool->memory, bytes, len) ? HAR_OK : har_error_memory(error);
}

enum har_status spool_replay(struct spool *spool, har_write_fn *write, void *user, struct har_error *error)
{
    enum har_status status = HAR_OK;
    char *block = NULL;
    if (spool->filed) {
        block = malloc(READ_SIZE);
        if (!block)
            return har_error_memory(error);
        if (lseek(spool->fd, 0, SEEK_SET) < 0)
            status = har_error_system(error, errno, "cannot read a spool file");
    }
    for (uint64_t left = spool->filed; left && status == HAR_OK;) {
        size_t got = 0;
        status = descriptor_read(spool->fd, block, left < READ_SIZE ? (size_t)left : READ_SIZE, &got, error);
        if (status == HAR_EOF)
            status = har_error_system(error, EIO, "cannot read a spool file");
        if (status == HAR_OK)
            status = write(user, block, got, error);
        left -= got;
    }
    free(block);
    if (status == HAR_OK && spool->memory.len)
        status = write(user, spool->memory.data, spool->memory.len, error);
    return status;
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
