/* The old file, kept beside the one that replaces it: made under a name of its own, whole, and renamed. */
#include "core/sink_backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/descriptor.h"

enum { COPY_SIZE = 256 * 1024 };

static char *joined(const char *path, const char *ending)
{
    const size_t len = strlen(path), width = strlen(ending);
    char *name = malloc(len + width + 1);
    if (name) {
        memcpy(name, path, len);
        memcpy(name + len, ending, width + 1);
    }
    return name;
}

static enum har_status copy_bytes(int from, int to, struct har_error *error)
{
    char *block = malloc(COPY_SIZE);
    size_t got;
    enum har_status status = block ? HAR_OK : har_error_memory(error);
    while (status == HAR_OK && (status = descriptor_read(from, block, COPY_SIZE, &got, error)) == HAR_OK)
        status = descriptor_write(to, block, got, error);
    free(block);
    return status < HAR_OK ? status : HAR_OK;
}

/* To disk, with the old file's mode: it may be the only one that is left. */
static enum har_status copy_file(const struct sink_file *file, const char *name, struct har_error *error)
{
    enum har_status status = HAR_OK;
    int to = -1, from = open(file->target, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (from >= 0)
        to = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (from < 0 || to < 0)
        status = har_error_system(error, errno, "cannot make the backup");
    if (status == HAR_OK)
        status = copy_bytes(from, to, error);
    if (status == HAR_OK && (fchmod(to, file->mode) < 0 || fsync(to) < 0))
        status = har_error_system(error, errno, "cannot make the backup");
    if (from >= 0)
        close(from);
    if (to >= 0 && close(to) < 0 && errno != EINTR && status == HAR_OK)
        status = har_error_system(error, errno, "cannot make the backup");
    if (status < HAR_OK && to >= 0)
        unlink(name);
    return status;
}

/* The name is nobody else's: it is made of the new file's, which no other has. */
static enum har_status make_fresh(const struct sink_file *file, const char *name, struct har_error *error)
{
    return link(file->target, name) == 0 ? HAR_OK : copy_file(file, name, error);
}

enum har_status sink_backup(const struct sink_file *file, int folder, struct har_error *error)
{
    char *fresh = joined(file->temp, "~"), *name = joined(file->target, file->suffix);
    enum har_status status = fresh && name ? make_fresh(file, fresh, error) : har_error_memory(error);
    if (status == HAR_OK && rename(fresh, name) < 0) {
        status = har_error_system(error, errno, "cannot put the backup in place");
        unlink(fresh);
    } else if (status == HAR_OK) {
        unlink(fresh); /* renaming one name of a file to another one of the same file does nothing, and leaves both */
    }
    /* Before the old file loses its name its new one is on disk. */
    if (status == HAR_OK && folder >= 0 && fsync(folder) < 0 && errno == EIO)
        status = har_error_system(error, errno, "cannot flush its folder");
    free(fresh);
    free(name);
    return status;
}
