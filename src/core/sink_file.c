/* A file that replaces another one only when it is whole: written beside it, flushed, renamed. */
#include "core/sink_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/sink_backup.h"
#include "util/descriptor.h"

#define MOST_LINKS 40 /* as the kernel allows */
#define COPY_SIZE  ((size_t)256 << 10)

/* The length of the folder's part of `path`, its last slash included; 0 when there is none. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* `name` as seen from the folder of `path`; the caller frees it. */
static char *beside(const char *path, const char *name)
{
    size_t folder = *name == '/' ? 0 : folder_length(path), len = strlen(name);
    char *joined = len < SIZE_MAX - folder ? malloc(folder + len + 1) : NULL;
    if (!joined)
        return NULL;
    memcpy(joined, path, folder);
    memcpy(joined + folder, name, len + 1);
    return joined;
}

/* Where `path` leads when its last component is a symbolic link, which may dangle: *target, which the caller frees. */
static enum har_status follow(const char *path, char **target, struct har_error *error)
{
    *target = strdup(path);
    for (int links = 0; *target; links++) {
        char link[PATH_MAX];
        ssize_t len = readlink(*target, link, sizeof link);
        if (len < 0)
            return HAR_OK; /* no link, or nothing there */
        if (links == MOST_LINKS || (size_t)len == sizeof link)
            return har_error_system(error, ELOOP, "cannot write");
        link[len] = '\0';
        char *next = beside(*target, link);
        free(*target);
        *target = next;
    }
    return har_error_memory(error);
}

static enum har_status open_temp(const struct sink_file *file, int *fd, char **temp, struct har_error *error)
{
    *temp = beside(file->target, ".harmill-XXXXXX");
    if (!*temp)
        return har_error_memory(error);
    *fd = mkostemp(*temp, O_CLOEXEC); /* 0600 */
    if (*fd >= 0)
        return HAR_OK;
    har_error_system(error, errno, "cannot make a file in its folder");
    free(*temp);
    *temp = NULL;
    return HAR_FATAL;
}

static enum har_status open_direct(struct sink_file *file, const char *path, struct har_error *error)
{
    file->direct = true;
    do
        file->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    while (file->fd < 0 && errno == EINTR);
    return file->fd < 0 ? har_error_system(error, errno, "cannot write") : HAR_OK;
}

enum har_status sink_file_open(struct sink_file *file, const char *path, struct har_error *error)
{
    struct stat old, replaced;
    *file = (struct sink_file){.fd = -1};
    file->exists = stat(path, &old) == 0;
    if (!file->exists && errno != ENOENT)
        return har_error_system(error, errno, "cannot write");
    if (!*path || path[strlen(path) - 1] == '/' || (file->exists && S_ISDIR(old.st_mode)))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, EISDIR, *path ? "is a directory" : "has no name");
    if (file->exists && !S_ISREG(old.st_mode))
        return open_direct(file, path, error);
    enum har_status status = follow(path, &file->target, error);
    if (status < HAR_OK)
        return status;
    if (file->exists) {
        /* Links below /proc lead to files that no longer have the name that they tell. */
        if (lstat(file->target, &replaced) < 0 || replaced.st_dev != old.st_dev || replaced.st_ino != old.st_ino)
            return open_direct(file, path, error);
        /* Renaming would go round the protection of a read-only file. */
        if (faccessat(AT_FDCWD, file->target, W_OK, AT_EACCESS) < 0)
            return har_error_system(error, errno, "cannot write");
        file->mode = old.st_mode & 0777;
    }
    return open_temp(file, &file->fd, &file->temp, error);
}

static enum har_status to_descriptor(void *user, const void *bytes, size_t len, struct har_error *error)
{
    const int *fd = user;
    return descriptor_write(*fd, bytes, len, error);
}

/* From here on both descriptors stand where the copy starts. */
static enum har_status copy_plain(int from, int to, struct har_error *error)
{
    char *block = malloc(COPY_SIZE);
    if (!block)
        return har_error_memory(error);
    enum har_status status;
    size_t got;
    while ((status = descriptor_read(from, block, COPY_SIZE, &got, error)) == HAR_OK) {
        status = descriptor_write(to, block, got, error);
        if (status < HAR_OK)
            break;
    }
    free(block);
    return status < HAR_OK ? status : HAR_OK;
}

/* Some kernels copy without moving the bytes through here; where that fails, for whatever reason, the plain way goes on from
 * where it stopped and tells a lasting error. */
static enum har_status copy_rest(int from, int to, struct har_error *error)
{
    while (copy_file_range(from, NULL, to, NULL, (size_t)1 << 30, 0) > 0)
        ;
    return copy_plain(from, to, error);
}

/* The second file takes the place of the first when all went well; whichever of the two is no longer wanted goes. */
static enum har_status take_second(struct sink_file *file, int fd, char *temp, enum har_status status)
{
    struct sink_file loser = {.fd = fd, .temp = temp};
    if (status == HAR_OK) {
        loser.fd = file->fd;
        loser.temp = file->temp;
        file->fd = fd;
        file->temp = temp;
    }
    sink_file_release(&loser);
    return status;
}

enum har_status sink_file_rehead(struct sink_file *file, struct spool *head, uint64_t skip, struct har_error *error)
{
    int fd;
    char *temp;
    enum har_status status = open_temp(file, &fd, &temp, error);
    if (status < HAR_OK)
        return status;
    status = spool_replay(head, to_descriptor, &fd, error);
    if (status == HAR_OK && lseek(file->fd, (off_t)skip, SEEK_SET) < 0)
        status = har_error_system(error, errno, "cannot write");
    if (status == HAR_OK)
        status = copy_rest(file->fd, fd, error);
    return take_second(file, fd, temp, status);
}

/* The first one is read where its pieces stand, as if it were a spool. Its own head is copied like a body of one piece. */
struct whole {
    uint64_t len;
    bool given;
};

static enum har_status give_whole(void *user, uint64_t *offset, uint64_t *len, struct har_error *error)
{
    struct whole *whole = user;
    (void)error;
    *offset = 0;
    *len = whole->len;
    const enum har_status status = whole->given ? HAR_EOF : HAR_OK;
    whole->given = true;
    return status;
}

enum har_status sink_file_rewrite(struct sink_file *file, struct spool *head, uint64_t head_len, uint64_t body_len,
                                  const struct pieces *pieces, struct har_error *error)
{
    const struct spool first = {.fd = file->fd, .filed = head_len + body_len};
    struct whole whole = {.len = head_len};
    int fd;
    char *temp;
    enum har_status status = open_temp(file, &fd, &temp, error);
    if (status < HAR_OK)
        return status;
    if (head)
        status = spool_replay(head, to_descriptor, &fd, error);
    else
        status = pieces_copy(&(struct pieces){.next = give_whole, .user = &whole, .cancel = pieces->cancel}, &first, 0, head_len,
                             to_descriptor, &fd, error);
    if (status == HAR_OK)
        status = pieces_copy(pieces, &first, head_len, body_len, to_descriptor, &fd, error);
    return take_second(file, fd, temp, status);
}

/* The umask can only be read by setting it, which other threads would see; so the kernel's own account of it comes first. For
 * a moment the strictest one is in force where there is none. */
static mode_t read_umask(void)
{
    char text[4096];
    size_t len = 0;
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        if (descriptor_read(fd, text, sizeof text - 1, &len, NULL) < HAR_OK)
            len = 0;
        close(fd);
    }
    text[len] = '\0';
    const char *line = strstr(text, "\nUmask:");
    if (line)
        return (mode_t)strtoul(line + strlen("\nUmask:"), NULL, 8) & 0777;
    mode_t mask = umask(0777);
    umask(mask);
    return mask;
}

/* The folder of `target`, -1 when it cannot be opened: flushing it is then left to the system. */
static enum har_status open_folder(const char *target, int *fd, struct har_error *error)
{
    size_t len = folder_length(target);
    char *folder = len ? strndup(target, len) : strdup(".");
    if (!folder)
        return har_error_memory(error);
    *fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return HAR_OK;
}

/* The new name is on disk only when its folder is. What can fail for want of something comes before the name changes. */
static enum har_status put_in_place(struct sink_file *file, struct har_error *error)
{
    int folder = -1;
    enum har_status status = open_folder(file->target, &folder, error);
    if (status < HAR_OK)
        return status;
    if (file->exists && file->suffix)
        status = sink_backup(file, folder, error);
    if (status == HAR_OK && rename(file->temp, file->target) < 0) {
        status = har_error_system(error, errno, "cannot put the file in place");
    } else if (status == HAR_OK) {
        free(file->temp);
        file->temp = NULL;
        if (folder >= 0 && fsync(folder) < 0 && errno == EIO)
            status = har_error_system(error, errno, "cannot flush its folder");
    }
    if (folder >= 0)
        close(folder);
    return status;
}

enum har_status sink_file_commit(struct sink_file *file, struct har_error *error)
{
    if (file->temp) {
        mode_t mode = file->exists ? file->mode : file->private ? 0600 : 0666 & ~read_umask();
        if (fchmod(file->fd, mode) < 0 || fsync(file->fd) < 0)
            return har_error_system(error, errno, "cannot write");
    }
    /* Network file systems tell a full disk only now. */
    int closed = close(file->fd);
    file->fd = -1;
    if (closed < 0 && errno != EINTR)
        return har_error_system(error, errno, "cannot write");
    return file->temp ? put_in_place(file, error) : HAR_OK;
}

void sink_file_release(struct sink_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->temp)
        unlink(file->temp);
    free(file->temp);
    free(file->target);
    *file = (struct sink_file){.fd = -1};
}
