/* Preloaded into the program: counts blocks that hold the text FREED_TEXT when they are freed or moved. How many these were is
 * written to the file FREED_COUNT at the end. For glibc. */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void __libc_free(void *block);

static atomic_ulong found;
static const char *text;

__attribute__((constructor)) static void begin(void)
{
    text = getenv("FREED_TEXT");
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FREED_COUNT");
    char line[32];
    const int len = snprintf(line, sizeof line, "%lu\n", atomic_load(&found));
    const int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return;
    if (write(fd, line, (size_t)len) != len)
        abort();
    close(fd);
}

__attribute__((visibility("default"))) void free(void *block)
{
    if (block && text && memmem(block, malloc_usable_size(block), text, strlen(text)))
        atomic_fetch_add(&found, 1);
    __libc_free(block);
}

/* Always moves, as it may do. */
__attribute__((visibility("default"))) void *realloc(void *old, size_t size)
{
    void *const block = size ? __libc_malloc(size) : NULL;
    if (block && old) {
        const size_t had = malloc_usable_size(old);
        memcpy(block, old, had < size ? had : size);
    }
    if (block || !size)
        free(old);
    return block;
}

__attribute__((visibility("default"))) void *reallocarray(void *old, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, bytes);
}
