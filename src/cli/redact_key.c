/* --key-file. */
#include "cli/redact_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/secrets.h"
#include "cli/signals.h"

enum { ROOM = REDACT_KEY_MOST + 3 }; /* for a line end, and to see that there is more */

static int read_all(int descriptor, char *key, size_t *len)
{
    for (*len = 0; *len < ROOM;) {
        const ssize_t got = read(descriptor, key + *len, ROOM - *len);
        if (got == 0)
            return 0;
        if (got < 0 && (errno != EINTR || *signals_flag() != 0))
            return errno;
        *len += got > 0 ? (size_t)got : 0;
    }
    return 0;
}

static void warn_of_mode(int descriptor, const char *path)
{
    struct stat info;
    if (fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & (S_IRGRP | S_IROTH)))
        complain("%s: others can read it; chmod 600 keeps the key to you", path);
}

static enum exit_status judge(const char *source, const char *key, size_t *len)
{
    if (*len && key[*len - 1] == '\n')
        --*len;
    if (*len && key[*len - 1] == '\r')
        --*len;
    if (*len >= REDACT_KEY_LEAST && *len <= REDACT_KEY_MOST)
        return EXIT_DONE;
    complain("%s: a key has %d to %d bytes", source, REDACT_KEY_LEAST, REDACT_KEY_MOST);
    return EXIT_USAGE;
}

enum exit_status redact_key_read(struct cli *cli, char **key, struct har_text *text)
{
    const char *path = cli->options.redact.key_file;
    const bool is_stdin = strcmp(path, "-") == 0;
    const char *source = is_stdin ? "stdin" : path;
    size_t len = 0;
    if (!cli->guarded)
        cli->guarded = secrets_guard();
    *key = calloc(1, ROOM);
    if (!*key) {
        complain("out of memory");
        return EXIT_TROUBLE;
    }
    const int descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int errnum = descriptor < 0 ? errno : read_all(descriptor, *key, &len);
    if (!errnum && !is_stdin && !cli->options.quiet)
        warn_of_mode(descriptor, path);
    if (descriptor >= 0 && !is_stdin)
        close(descriptor);
    if (errnum) {
        if (*signals_flag() == 0)
            complain("%s: cannot read the key: %s", source, strerror(errnum));
        return EXIT_TROUBLE;
    }
    const enum exit_status status = judge(source, *key, &len);
    *text = (struct har_text){*key, len};
    return status;
}

void redact_key_free(char *key)
{
    if (key)
        explicit_bzero(key, ROOM);
    free(key);
}
