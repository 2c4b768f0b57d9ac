/* Runs the system's diff on two open files and passes on what it prints. A HAR may hold sequences that drive terminals, so on a
 * terminal every line is made visible, and colored here. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/diff.h"

extern char **environ;

enum {
    FIRST_FILE = 3, /* descriptors in the child */
    SECOND_FILE = 4,
    LINE_SHOWN = 2000, /* code points of a line on a terminal */
};

#define LINE_KEPT (16 * HAR_KIB)

/* diff shall die of a closed pipe quietly, although this program ignores the signal. 0 or an errno value. */
static int spawn(pid_t *child, const char *const *argv, const posix_spawn_file_actions_t *actions)
{
    posix_spawnattr_t attributes;
    sigset_t set;
    int errnum = posix_spawnattr_init(&attributes);
    if (errnum != 0)
        return errnum;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    errnum = posix_spawnattr_setsigdefault(&attributes, &set);
    if (errnum == 0)
        errnum = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    if (errnum == 0)
        errnum = posix_spawnp(child, argv[0], actions, &attributes, (char *const *)(uintptr_t)argv, environ);
    posix_spawnattr_destroy(&attributes);
    return errnum;
}

/* Starts diff with its output in *from. 0 or an errno value. */
static int start(const char *first_label, const char *second_label, int before, int after, int *from, pid_t *child)
{
    const char *const argv[] = {"diff", "-u", "--label", first_label, "--label", second_label, "/dev/fd/3", "/dev/fd/4", NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    int errnum = posix_spawn_file_actions_init(&actions);
    if (errnum == 0) {
        /* The pipe may stand where a file belongs, so it is copied first. The files were made with high numbers. */
        errnum = posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        if (errnum == 0)
            errnum = posix_spawn_file_actions_adddup2(&actions, before, FIRST_FILE);
        if (errnum == 0)
            errnum = posix_spawn_file_actions_adddup2(&actions, after, SECOND_FILE);
        if (errnum == 0)
            errnum = spawn(child, argv, &actions);
        posix_spawn_file_actions_destroy(&actions);
    }
    close(ends[1]);
    if (errnum != 0)
        close(ends[0]);
    else
        *from = ends[0];
    return errnum;
}

/* What one line of a unified diff is drawn in. */
static const char *line_color(const char *line, size_t len)
{
    static const struct {
        const char *start, *color;
    } colors[] = {{"--- ", "\033[1m"}, {"+++ ", "\033[1m"}, {"@@", "\033[36m"}, {"-", "\033[31m"}, {"+", "\033[32m"}};
    for (size_t i = 0; i < sizeof(colors) / sizeof(colors[0]); i++)
        if (len >= strlen(colors[i].start) && memcmp(line, colors[i].start, strlen(colors[i].start)) == 0)
            return colors[i].color;
    return NULL;
}

static bool print_line(struct output *out, struct har_buffer *line, struct har_buffer *shown, bool color)
{
    const char *sequence = color ? line_color(line->data, line->len) : NULL;
    har_buffer_append_text(shown, sequence ? sequence : "");
    har_buffer_append_visible(shown, line->data, line->len, LINE_SHOWN);
    har_buffer_append_text(shown, sequence ? "\033[0m\n" : "\n");
    har_buffer_clear(line);
    return output_buffer(out, shown);
}

/* Cuts a block into lines for the terminal; of a long line only the beginning is kept. */
static bool show_block(struct output *out, struct har_buffer *line, struct har_buffer *shown, const char *block, size_t len,
                       bool color)
{
    while (len > 0) {
        const char *end = memchr(block, '\n', len);
        size_t part = end ? (size_t)(end - block) : len;
        size_t room = line->len < LINE_KEPT ? LINE_KEPT - line->len : 0;
        if (!har_buffer_append(line, block, part < room ? part : room))
            return false;
        if (end && !print_line(out, line, shown, color))
            return false;
        part += end != NULL;
        block += part;
        len -= part;
    }
    return true;
}

static bool pass_on(struct cli *cli, int from)
{
    char block[16 * 1024];
    struct har_buffer line, shown;
    bool terminal = terminal_is(STDOUT_FILENO), done = true;
    bool color = terminal_color(cli->options.color, STDOUT_FILENO);
    har_buffer_init(&line, LINE_KEPT + 1);
    har_buffer_init(&shown, HAR_MIB);
    while (done) {
        ssize_t got = read(from, block, sizeof(block));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        if (terminal || color)
            done = show_block(&cli->out, &line, &shown, block, (size_t)got, color);
        else
            done = output_write(&cli->out, block, (size_t)got, NULL) == HAR_OK;
    }
    har_buffer_release(&line);
    har_buffer_release(&shown);
    return done;
}

/* 0: no difference, 1: some, 2 and more: trouble, of which diff has told. */
static int await(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

bool diff_print(struct cli *cli, const char *name, int before, int after, bool *differs)
{
    struct har_buffer first, second;
    int from = -1;
    pid_t child = 0;
    har_buffer_init(&first, HAR_MIB);
    har_buffer_init(&second, HAR_MIB);
    har_buffer_append_visible(&first, name, strlen(name), 0);
    har_buffer_append(&second, first.data, first.len);
    har_buffer_append_text(&second, " (normalized)");
    const char *first_label = har_buffer_string(&first);
    const char *second_label = har_buffer_string(&second);

    lseek(before, 0, SEEK_SET);
    lseek(after, 0, SEEK_SET);
    int errnum = ENOMEM;
    if (first_label && second_label)
        errnum = start(first_label, second_label, before, after, &from, &child);
    if (errnum != 0)
        complain("cannot run diff: %s", strerror(errnum));
    har_buffer_release(&first);
    har_buffer_release(&second);
    if (errnum != 0)
        return false;

    bool passed = pass_on(cli, from);
    close(from);
    int result = await(child);
    *differs = result == 1;
    return passed && result <= 1;
}
