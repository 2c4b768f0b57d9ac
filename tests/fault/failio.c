/* Preloaded into the program: makes a call to the system fail. FAILIO=CALL:N:HOW, the N-th CALL (read, write, fsync, rename,
 * open, mkostemp, copy_file_range, pread, sendfile, link; from 1) with HOW: the name of an errno, "short" for one byte, "slow" for
 * two milliseconds before the call, "kill" for SIGKILL in its place; "CALL:N+:HOW" that one and all after it. FAILIO_COUNT=FILE:
 * "CALL NUMBER" lines at the end. Calls that libc makes inside itself (stdio) do not pass here. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#undef open
#undef read
#undef pread
#undef sendfile

#define SHORT  (-1)
#define SLOW   (-2)
#define KILLED (-3)
#define EXPORT __attribute__((visibility("default")))

enum call { READ, WRITE, FSYNC, RENAME, OPEN, MKOSTEMP, COPY, PREAD, SEND, LINK, CALLS };

static const char *const names[CALLS] = {"read",     "write",           "fsync", "rename",   "open",
                                         "mkostemp", "copy_file_range", "pread", "sendfile", "link"};
static const struct {
    const char *name;
    int number;
} errors[] = {{"EIO", EIO},       {"EINTR", EINTR},   {"ENOSPC", ENOSPC}, {"EMFILE", EMFILE}, {"EXDEV", EXDEV}, {"EACCES", EACCES},
              {"EDQUOT", EDQUOT}, {"EPERM", EPERM},   {"short", SHORT},   {"slow", SLOW},     {"kill", KILLED}};

static atomic_ulong made[CALLS];
static unsigned long fail_at[CALLS];
static int fail_on[CALLS], fail_how[CALLS];

__attribute__((constructor)) static void begin(void)
{
    const char *spec = getenv("FAILIO");
    char *end = NULL;
    if (!spec)
        return;
    for (size_t call = 0; call < CALLS; call++) {
        size_t len = strlen(names[call]);
        if (strncmp(spec, names[call], len) != 0 || spec[len] != ':')
            continue;
        fail_at[call] = strtoul(spec + len + 1, &end, 10);
        fail_on[call] = *end == '+';
        end += *end == '+';
        for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
            if (*end == ':' && strcmp(end + 1, errors[i].name) == 0)
                fail_how[call] = errors[i].number;
        if (!fail_at[call] || !fail_how[call])
            abort();
        return;
    }
    abort();
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAILIO_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    for (size_t call = 0; call < CALLS; call++)
        fprintf(file, "%s %lu\n", names[call], atomic_load(&made[call]));
    fclose(file);
}

/* 0: let it through. */
static int verdict(enum call call)
{
    unsigned long number = atomic_fetch_add(&made[call], 1) + 1;
    if (!fail_at[call] || number < fail_at[call] || (number > fail_at[call] && !fail_on[call]))
        return 0;
    if (fail_how[call] == SLOW) {
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        return 0;
    }
    if (fail_how[call] == KILLED)
        raise(SIGKILL);
    if (fail_how[call] != SHORT)
        errno = fail_how[call];
    return fail_how[call];
}

/* Devices are left alone: jansson reads random bytes, and does without when there are none. */
static int is_device(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 && S_ISCHR(info.st_mode);
}

static ssize_t read_checked(int fd, void *bytes, size_t len)
{
    int how = is_device(fd) ? 0 : verdict(READ);
    if (how > 0)
        return -1;
    return (ssize_t)syscall(SYS_read, fd, bytes, how && len ? (size_t)1 : len);
}

EXPORT ssize_t read(int fd, void *bytes, size_t len)
{
    return read_checked(fd, bytes, len);
}

EXPORT ssize_t __read_chk(int fd, void *bytes, size_t len, size_t room);
EXPORT ssize_t __read_chk(int fd, void *bytes, size_t len, size_t room)
{
    if (len > room)
        abort();
    return read_checked(fd, bytes, len);
}

EXPORT ssize_t write(int fd, const void *bytes, size_t len)
{
    int how = verdict(WRITE);
    if (how > 0)
        return -1;
    return (ssize_t)syscall(SYS_write, fd, bytes, how && len ? (size_t)1 : len);
}

EXPORT int fsync(int fd)
{
    return verdict(FSYNC) > 0 ? -1 : (int)syscall(SYS_fsync, fd);
}

EXPORT int rename(const char *from, const char *to)
{
    return verdict(RENAME) > 0 ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int link(const char *from, const char *to)
{
    return verdict(LINK) > 0 ? -1 : (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int open_checked(const char *path, int flags, unsigned mode)
{
    return verdict(OPEN) > 0 ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

EXPORT int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, unsigned) : 0;
    va_end(list);
    return open_checked(path, flags, mode);
}

EXPORT int __open_2(const char *path, int flags);
EXPORT int __open_2(const char *path, int flags)
{
    return open_checked(path, flags, 0);
}

EXPORT int mkostemp(char *path, int flags)
{
    size_t len = strlen(path);
    if (verdict(MKOSTEMP) > 0)
        return -1;
    for (unsigned i = 0; i < 1000; i++) {
        char number[8];
        snprintf(number, sizeof number, "%06u", (unsigned)getpid() % 1000 * 1000 + i);
        memcpy(path + len - 6, number, 6);
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

EXPORT ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t len, unsigned flags)
{
    return verdict(COPY) > 0 ? -1 : (ssize_t)syscall(SYS_copy_file_range, from, from_at, to, to_at, len, flags);
}

static ssize_t pread_checked(int fd, void *bytes, size_t len, off_t at)
{
    int how = verdict(PREAD);
    if (how > 0)
        return -1;
    return (ssize_t)syscall(SYS_pread64, fd, bytes, how && len ? (size_t)1 : len, at);
}

EXPORT ssize_t pread(int fd, void *bytes, size_t len, off_t at)
{
    return pread_checked(fd, bytes, len, at);
}

EXPORT ssize_t __pread_chk(int fd, void *bytes, size_t len, off_t at, size_t room);
EXPORT ssize_t __pread_chk(int fd, void *bytes, size_t len, off_t at, size_t room)
{
    if (len > room)
        abort();
    return pread_checked(fd, bytes, len, at);
}

EXPORT ssize_t sendfile(int to, int from, off_t *at, size_t len)
{
    int how = verdict(SEND);
    if (how > 0)
        return -1;
    return (ssize_t)syscall(SYS_sendfile, to, from, at, how && len ? (size_t)1 : len);
}
