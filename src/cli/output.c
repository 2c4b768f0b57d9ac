/* Standard output, checked. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/output.h"

void output_init(struct output *output, FILE *file, const char *name)
{
    *output = (struct output){.file = file, .name = name};
}

void output_failed(struct output *output, int errnum)
{
    if (output->errnum == 0)
        output->errnum = errnum;
}

enum har_status output_write(void *user, const void *bytes, size_t len, struct har_error *error)
{
    struct output *output = user;
    errno = 0;
    if (output->errnum == 0 && fwrite(bytes, 1, len, output->file) != len)
        output_failed(output, errno ? errno : EIO);
    return output->errnum == 0 ? HAR_OK : har_error_system(error, output->errnum, "cannot write to %s", output->name);
}

bool output_buffer(struct output *output, struct har_buffer *buffer)
{
    if (buffer->failed)
        output_failed(output, ENOMEM);
    bool done = buffer->len == 0 || output_write(output, buffer->data, buffer->len, NULL) == HAR_OK;
    har_buffer_clear(buffer);
    return done && output->errnum == 0;
}

bool output_flush(struct output *output)
{
    errno = 0;
    if (fflush(output->file) != 0 || ferror(output->file))
        output_failed(output, errno ? errno : EIO);
    return output->errnum == 0;
}

bool output_reserve_descriptors(void)
{
    /* Opened the wrong way round: reading the one and writing the others fails, as it does with a closed descriptor. */
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int i = 0; i <= 2; i++)
        if (fcntl(i, F_GETFD) == -1 && errno == EBADF && open("/dev/null", modes[i]) != i)
            return false;
    return true;
}
