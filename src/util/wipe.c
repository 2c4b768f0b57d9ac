/* See wipe.h. */
#include "util/wipe.h"

#include <stdint.h>
#include <string.h>

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

enum { PIECE = 1 << 18 };

/* The whole pages among bytes that nobody needs any more. */
static void give_back(char *bytes, size_t len)
{
#ifdef __linux__
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)bytes;
    const size_t over = (page - at % page) % page;
    if (len >= PIECE && len - over >= page)
        (void)madvise(bytes + over, (len - over) / page * page, MADV_DONTNEED);
#else
    (void)bytes;
    (void)len;
#endif
}

void wipe_bytes(void *bytes, size_t len)
{
    char *next = bytes;
    while (len) {
        const size_t piece = len < 2 * PIECE ? len : PIECE;
        explicit_bzero(next, piece);
        give_back(next, piece);
        next += piece;
        len -= piece;
    }
}

void wipe_moved(void *to, void *from, size_t len)
{
    char *next = to, *old = from;
    while (len) {
        const size_t piece = len < 2 * PIECE ? len : PIECE;
        memcpy(next, old, piece);
        wipe_bytes(old, piece);
        next += piece;
        old += piece;
        len -= piece;
    }
}
