/* Inputs that give their bytes only once are copied to a file that only this process sees. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/signals.h"
#include "cli/write.h"

#define COPY_SIZE ((size_t)256 << 10)

static bool fail(struct writing *writing, const struct input *input, const char *why)
{
    complain("%s: %s", input->display, why);
    run_worsen(&writing->run, EXIT_TROUBLE);
    return false;
}

/* All bytes of `from` to `to`: 0, or an errno. */
static int copy_all(int from, int to)
{
    char *block = malloc(COPY_SIZE);
    int errnum = block ? 0 : ENOMEM;
    while (errnum == 0 && *signals_flag() == 0) {
        ssize_t got = read(from, block, COPY_SIZE);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            errnum = errno;
        for (ssize_t at = 0; at < got && errnum == 0;) {
            ssize_t put = write(to, block + at, (size_t)(got - at));
            if (put < 0 && errno != EINTR)
                errnum = errno;
            at += put > 0 ? put : 0;
        }
    }
    free(block);
    return errnum;
}

static bool copy_file(struct writing *writing, const struct input *input, int spool)
{
    const int from = input->is_stdin ? STDIN_FILENO : open(input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (from < 0)
        return fail(writing, input, strerror(errno));
    const int errnum = copy_all(from, spool);
    if (!input->is_stdin)
        close(from);
    return errnum == 0 || fail(writing, input, strerror(errnum));
}

static bool copy_remote(struct writing *writing, const struct input *input, int spool)
{
    const struct har_settings *settings = writing->run.cli->options.settings;
    struct har_fetched fetched = {.size = sizeof fetched};
    struct har_error error = {0};
    struct har_sink *sink = NULL;
    enum har_status status = har_sink_descriptor(&sink, spool, false, settings, &error);
    if (status == HAR_OK)
        status = inputs_fetch(input, settings, false, sink, &fetched, &error);
    har_sink_free(sink);
    if (status == HAR_OK)
        return true;
    if (error.domain == HAR_DOMAIN_CANCELLED)
        run_worsen(&writing->run, EXIT_TROUBLE);
    else
        fail(writing, input, error.text);
    return false;
}

/* From here on the copy is read. */
static bool take_copy(struct input *input)
{
    char *path = NULL, *display = input->own_display ? NULL : strdup(input->display);
    if (asprintf(&path, "/dev/fd/%d", input->spool) < 0)
        path = NULL;
    if (!path || (!display && !input->own_display)) {
        free(path);
        free(display);
        return false;
    }
    if (!input->own_display)
        input->display = input->own_display = display;
    free(input->path);
    input->path = path;
    input->is_stdin = false;
    input->remote = NULL;
    return true;
}

bool writing_hold(struct writing *writing, struct input *input, bool remote)
{
    struct stat info;
    if (input->spool || input->failed || (input->remote && !remote))
        return true;
    if (!input->remote && !input->is_stdin && (stat(input->path, &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)))
        return true;
    const int spool = writing_spool(writing);
    if (spool < 0)
        return false;
    input->spool = spool;
    if (input->remote ? !copy_remote(writing, input, spool) : !copy_file(writing, input, spool))
        return false;
    if (!take_copy(input))
        return fail(writing, input, "out of memory");
    return run_goes_on(&writing->run);
}
