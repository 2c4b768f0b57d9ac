/* --header-file: read, checked, and overwritten after use. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/scan_headers.h"
#include "cli/signals.h"

enum { FILE_MOST = 64 * 1024 };

static int read_all(int descriptor, struct scan_headers *headers, size_t *len)
{
    for (*len = 0; *len < headers->size;) {
        const ssize_t got = read(descriptor, headers->text + *len, headers->size - *len);
        if (got == 0)
            return 0;
        if (got < 0 && (errno != EINTR || *signals_flag() != 0))
            return errno;
        *len += got > 0 ? (size_t)got : 0;
    }
    return 0;
}

/* One allocation, which never moves: nothing stays behind in memory that was given back. */
static int load(struct scan_headers *headers, const char *path, size_t *len, struct stat *info)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    headers->text = malloc(FILE_MOST + 1);
    if (!headers->text)
        return ENOMEM;
    headers->size = FILE_MOST + 1;
    const int descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return errno;
    int errnum = fstat(descriptor, info) == 0 ? 0 : errno;
    if (errnum == 0)
        errnum = read_all(descriptor, headers, len);
    if (!is_stdin)
        close(descriptor);
    return errnum;
}

/* RFC 9110 section 5.6.2: a token. */
static bool is_name(const char *name)
{
    static const char also[] = "!#$%&'*+-.^_`|~";
    const char *at = name;
    while ((*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') || (*at && strchr(also, *at)))
        at++;
    return at > name && !*at;
}

/* Section 5.5 without its obsolete part, which has no one meaning as JSON. */
static bool is_value(const char *value)
{
    for (; *value; value++)
        if (*value != '\t' && (*value < ' ' || *value > '~'))
            return false;
    return true;
}

static bool is_there(const struct scan_headers *headers, const char *name)
{
    for (size_t i = 0; i < headers->count; i++)
        if (strcasecmp(headers->list[i].name, name) == 0)
            return true;
    return false;
}

/* Takes one line, without its end, into the list. NULL, or what is wrong with it. */
static const char *take_line(struct scan_headers *headers, char *line, size_t len)
{
    while (len && (line[len - 1] == '\r' || line[len - 1] == ' ' || line[len - 1] == '\t'))
        line[--len] = '\0';
    if (!len || *line == '#')
        return NULL;
    char *colon = memchr(line, ':', len);
    if (memchr(line, '\0', len))
        return "holds a NUL";
    if (!colon)
        return "is no 'Name: value'";
    *colon = '\0';
    char *value = colon + 1;
    value += strspn(value, " \t");
    if (!is_name(line))
        return "what stands before the colon is no name of a header";
    if (!is_value(value))
        return "the value holds a control character, or one that is not ASCII";
    if (is_there(headers, line))
        return "this header was there before, and each can be sent only once";
    if (headers->count == SCAN_HEADERS_MOST)
        return "more headers than are sent";
    headers->list[headers->count++] = (struct har_cloudflare_header){line, value};
    return NULL;
}

static enum exit_status parse(struct scan_headers *headers, const char *path, size_t len)
{
    char *line = headers->text, *end = headers->text + len;
    for (size_t number = 1; line < end; number++) {
        char *next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next : end;
        *next = '\0';
        const char *wrong = take_line(headers, line, (size_t)(next - line));
        if (wrong) {
            complain("%s:%zu: %s", path, number, wrong);
            return EXIT_USAGE;
        }
        line = next + 1;
    }
    if (headers->count)
        return EXIT_DONE;
    complain("%s: holds no header", path);
    return EXIT_USAGE;
}

enum exit_status scan_headers_read(struct scan_headers *headers, const char *path, bool warns)
{
    struct stat info = {0};
    size_t len = 0;
    *headers = (struct scan_headers){.count = 0};
    const int errnum = load(headers, path, &len, &info);
    if (errnum) {
        if (*signals_flag() == 0)
            complain("%s: cannot read the headers: %s", path, strerror(errnum));
        return EXIT_TROUBLE;
    }
    if (len > FILE_MOST) {
        complain("%s: is longer than the %d KiB that headers may have", path, FILE_MOST / 1024);
        return EXIT_USAGE;
    }
    if (warns && S_ISREG(info.st_mode) && (info.st_mode & (S_IRGRP | S_IROTH)))
        complain("%s: others can read it; chmod 600 keeps secrets to you", path);
    return parse(headers, path, len);
}

void scan_headers_release(struct scan_headers *headers)
{
    if (headers->text)
        explicit_bzero(headers->text, headers->size);
    free(headers->text);
    *headers = (struct scan_headers){.count = 0};
}
