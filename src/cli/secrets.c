/* Credentials of the Cloudflare URL Scanner. No function here copies a secret to anywhere but struct secrets. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/secrets.h"
#include "cli/signals.h"

enum kind { TOKEN, EMAIL, KEY, KINDS };

/* In the order in which they are looked at: Cloudflare's own tools know the older names, too. */
static const struct {
    enum kind kind;
    const char *name;
} variables[] = {
    {TOKEN, "CLOUDFLARE_API_TOKEN"}, {TOKEN, "CF_API_TOKEN"},     {EMAIL, "CLOUDFLARE_EMAIL"}, {EMAIL, "CF_EMAIL"},
    {EMAIL, "CF_API_EMAIL"},         {KEY, "CLOUDFLARE_API_KEY"}, {KEY, "CF_API_KEY"},
};
enum { VARIABLES = sizeof(variables) / sizeof(variables[0]) };

static char *place_of(struct secrets *secrets, enum kind kind)
{
    return kind == TOKEN ? secrets->token : kind == EMAIL ? secrets->email : secrets->key;
}

void secrets_wipe(struct secrets *secrets)
{
    explicit_bzero(secrets, sizeof *secrets);
}

bool secrets_guard(void)
{
    struct rlimit cores = {0};
    const bool dumpable = prctl(PR_GET_DUMPABLE) == 1;
    if (getrlimit(RLIMIT_CORE, &cores) == 0) {
        cores.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &cores);
    }
    prctl(PR_SET_DUMPABLE, 0);
    return dumpable;
}

void secrets_unguard(void)
{
    prctl(PR_SET_DUMPABLE, 1);
}

/* What no header can carry. `source` is a file or a variable. */
static enum exit_status check(const char *source, const char *secret)
{
    static const char scheme[] = "Bearer ";
    if (strncasecmp(secret, scheme, strlen(scheme)) == 0) {
        complain("%s: begins with 'Bearer ': only the token itself belongs there", source);
        return EXIT_USAGE;
    }
    for (const char *at = secret; *at; at++) {
        if (*at > ' ' && *at <= '~')
            continue;
        complain("%s: holds %s: only the secret itself belongs there, on one line", source,
                 *at == ' ' || *at == '\t'    ? "a blank"
                 : *at == '\n' || *at == '\r' ? "a line's end"
                                              : "a character that is no printable ASCII");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* ---- the file */

static enum exit_status cannot_read(const char *source, int errnum)
{
    if (*signals_flag() == 0)
        complain("%s: cannot read the token: %s", source, strerror(errnum));
    return EXIT_TROUBLE;
}

/* Up to one byte more than a token may have; -1 with errno. */
static ssize_t read_most(int descriptor, char *to, size_t cap)
{
    size_t len = 0;
    while (len < cap) {
        ssize_t got = read(descriptor, to + len, cap - len);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

static void warn_of_mode(int descriptor, const char *source, const struct options *options)
{
    struct stat info;
    if (options->quiet || fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) || !(info.st_mode & (S_IRGRP | S_IROTH)))
        return;
    complain("%s: other users may read the token; to change that: chmod go= FILE", source);
}

static enum exit_status take_token(const char *source, char *token, size_t len)
{
    if (len > SECRET_MOST) {
        complain("%s: is longer than the %d bytes that a token may have", source, SECRET_MOST);
        return EXIT_USAGE;
    }
    if (len > 0 && token[len - 1] == '\n')
        len--;
    if (len > 0 && token[len - 1] == '\r')
        len--;
    token[len] = '\0';
    if (memchr(token, '\0', len)) {
        complain("%s: holds a NUL byte: only the token itself belongs there", source);
        return EXIT_USAGE;
    }
    if (len == 0) {
        complain("%s: holds no token", source);
        return EXIT_USAGE;
    }
    return check(source, token);
}

static enum exit_status read_file(const struct options *options, char *token)
{
    const char *path = options->cloudflare.token_file;
    const bool is_stdin = strcmp(path, "-") == 0;
    const char *source = is_stdin ? "stdin" : path;
    const int descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return cannot_read(source, errno);
    if (!is_stdin)
        warn_of_mode(descriptor, source, options);
    const ssize_t len = read_most(descriptor, token, SECRET_MOST + 1);
    const int errnum = errno;
    if (!is_stdin)
        close(descriptor);
    return len < 0 ? cannot_read(source, errnum) : take_token(source, token, (size_t)len);
}

/* ---- the environment */

/* Of each kind the first variable that is set and not empty; `names` says which, NULL where there is none. */
static enum exit_status read_environment(struct secrets *secrets, const char *names[KINDS])
{
    for (size_t i = 0; i < VARIABLES; i++) {
        const char *value = getenv(variables[i].name);
        const enum kind kind = variables[i].kind;
        if (!value || !*value || names[kind])
            continue;
        const size_t len = strlen(value);
        names[kind] = variables[i].name;
        if (len > SECRET_MOST) {
            complain("%s: is longer than %d bytes", variables[i].name, SECRET_MOST);
            return EXIT_USAGE;
        }
        memcpy(place_of(secrets, kind), value, len + 1);
    }
    return EXIT_DONE;
}

/* All of them, used or not, and each as often as it is there. */
static void clear_environment(void)
{
    for (size_t i = 0; i < VARIABLES; i++) {
        const size_t len = strlen(variables[i].name);
        for (char **entry = environ; entry && *entry; entry++)
            if (strncmp(*entry, variables[i].name, len) == 0 && (*entry)[len] == '=')
                explicit_bzero(*entry + len + 1, strlen(*entry + len + 1));
        unsetenv(variables[i].name);
    }
}

/* One scheme stays: what is not sent is wiped. */
static enum exit_status choose(struct secrets *secrets, const char *const names[KINDS], bool quiet)
{
    if (names[TOKEN]) {
        if (names[EMAIL] && names[KEY] && !quiet)
            complain("%s and %s are both set: the token is used", names[TOKEN], names[KEY]);
        explicit_bzero(secrets->email, sizeof secrets->email);
        explicit_bzero(secrets->key, sizeof secrets->key);
        return check(names[TOKEN], secrets->token);
    }
    if (names[EMAIL] && names[KEY]) {
        const enum exit_status status = check(names[EMAIL], secrets->email);
        return status == EXIT_DONE ? check(names[KEY], secrets->key) : status;
    }
    if (names[EMAIL])
        complain("%s is set, but CLOUDFLARE_API_KEY is not: the two belong together", names[EMAIL]);
    else if (names[KEY])
        complain("%s is set, but CLOUDFLARE_EMAIL is not: the two belong together", names[KEY]);
    else
        complain("no credentials for Cloudflare: give --token-file FILE, or set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL and "
                 "CLOUDFLARE_API_KEY");
    return EXIT_USAGE;
}

enum exit_status secrets_read(struct secrets *secrets, const struct options *options)
{
    const char *names[KINDS] = {NULL};
    enum exit_status status = EXIT_DONE;
    *secrets = (struct secrets){.token = ""};
    if (!options->cloudflare.token_file)
        status = read_environment(secrets, names);
    clear_environment();
    if (options->cloudflare.token_file)
        return read_file(options, secrets->token);
    return status == EXIT_DONE ? choose(secrets, names, options->quiet) : status;
}
