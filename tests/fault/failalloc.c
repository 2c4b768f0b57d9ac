/* Preloaded into the program: makes an allocation fail. FAILALLOC_AT=N: the N-th, counted from 1; FAILALLOC_ON=1: and all after
 * it; FAILALLOC_COUNT=FILE: how many there were is written to FILE at the end; FAILALLOC_SPARE=NAME: what a library whose path holds
 * NAME allocates itself is neither counted nor fails. For glibc. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong made;
static unsigned long fail_at;
static int fail_on;
static const char *spared;

/* Before it runs, the loader and libc have allocated; that is not the program's doing. */
__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("FAILALLOC_AT");
    fail_on = getenv("FAILALLOC_ON") != NULL;
    spared = getenv("FAILALLOC_SPARE");
    fail_at = at ? strtoul(at, NULL, 10) : 0;
    atomic_store(&made, 0);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAILALLOC_COUNT");
    char text[32];
    int len = snprintf(text, sizeof text, "%lu\n", atomic_load(&made));
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return;
    if (write(fd, text, (size_t)len) != len)
        abort();
    close(fd);
}

static int is_spared(void *caller)
{
    Dl_info info;
    return spared && dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, spared);
}

#define fails() fails_for(__builtin_return_address(0))
static int fails_for(void *caller)
{
    if (is_spared(caller))
        return 0;
    unsigned long number = atomic_fetch_add(&made, 1) + 1;
    if (!fail_at || number < fail_at || (number > fail_at && !fail_on))
        return 0;
    errno = ENOMEM;
    return 1;
}

__attribute__((visibility("default"))) void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

__attribute__((visibility("default"))) void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

__attribute__((visibility("default"))) void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

__attribute__((visibility("default"))) void *reallocarray(void *old, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return fails() ? NULL : __libc_realloc(old, bytes);
}

__attribute__((visibility("default"))) void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

__attribute__((visibility("default"))) int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *made_block = fails() ? NULL : __libc_memalign(alignment, size);
    if (!made_block)
        return ENOMEM;
    *block = made_block;
    return 0;
}
