/* Reading and writing descriptors. */
#include "util/descriptor.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

/* After a call that gave -1: true when it may be repeated. Whoever started the program may have left its descriptors in
 * non-blocking mode; then this waits. */
static bool again(int fd, short event)
{
    if (errno == EINTR)
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return false;
    poll(&(struct pollfd){.fd = fd, .events = event}, 1, -1);
    return true;
}

enum har_status descriptor_read(int fd, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    ssize_t n;
    *got = 0;
    do
        n = read(fd, bytes, cap < SSIZE_MAX ? cap : SSIZE_MAX);
    while (n < 0 && again(fd, POLLIN));
    if (n < 0)
        return har_error_system(error, errno, "cannot read");
    *got = (size_t)n;
    return n ? HAR_OK : HAR_EOF;
}

enum har_status descriptor_read_at(int fd, void *bytes, size_t len, uint64_t offset, struct har_error *error)
{
    char *p = bytes;
    while (len) {
        const ssize_t n = pread(fd, p, len < SSIZE_MAX ? len : SSIZE_MAX, (off_t)offset);
        if (n == 0)
            return har_error_system(error, EIO, "cannot read");
        if (n < 0 && !again(fd, POLLIN))
            return har_error_system(error, errno, "cannot read");
        if (n > 0) {
            p += n;
            len -= (size_t)n;
            offset += (uint64_t)n;
        }
    }
    return HAR_OK;
}

enum har_status descriptor_write(int fd, const void *bytes, size_t len, struct har_error *error)
{
    const char *p = bytes;
    while (len) {
        ssize_t n = write(fd, p, len < SSIZE_MAX ? len : SSIZE_MAX);
        if (n < 0 && !again(fd, POLLOUT))
            return har_error_system(error, errno, "cannot write");
        if (n > 0) {
            p += n;
            len -= (size_t)n;
        }
    }
    return HAR_OK;
}
