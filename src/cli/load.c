/* Whole files that the program reads for itself. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/load.h"

enum { BLOCK = 64 * 1024 };

static int read_all(int descriptor, size_t most, struct har_buffer *text)
{
    while (text->len <= most) {
        size_t room = most + 1 - text->len;
        char *to = har_buffer_reserve(text, room < BLOCK ? room : BLOCK);
        if (!to)
            return ENOMEM;
        ssize_t got = read(descriptor, to, room < BLOCK ? room : BLOCK);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return errno;
        text->len += got > 0 ? (size_t)got : 0;
    }
    return 0;
}

int load_file(const char *path, bool regular, size_t most, struct har_buffer *text, struct stat *info)
{
    /* A pipe without a writer would hold the program up before it is known to be one. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (regular ? O_NONBLOCK : 0));
    if (descriptor < 0)
        return errno;
    int errnum = fstat(descriptor, info) == 0 ? 0 : errno;
    if (errnum == 0 && regular && !S_ISREG(info->st_mode))
        errnum = EINVAL;
    if (errnum == 0)
        errnum = read_all(descriptor, most, text);
    close(descriptor);
    return errnum;
}

enum exit_status load_complain(const char *path, const struct har_place *place, const struct har_error *error)
{
    if (error->domain == HAR_DOMAIN_MEMORY)
        complain("out of memory");
    else if (place->line > 0)
        complain("%s:%" PRIu64 ":%" PRIu64 ": %s", path, place->line, place->column, error->text);
    else
        complain("%s: %s", path, error->text);
    return error->domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}
