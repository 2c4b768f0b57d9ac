/* Signals. The two flags are the only state of the program that is not passed along: a handler has no other way. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/signals.h"

static volatile sig_atomic_t stopping;
static volatile sig_atomic_t caught;

/* A read of stdin that waits is repeated by the library after the signal; then it finds the end of the file instead. */
static void note(int number)
{
    int saved = errno;
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing >= 0)
        dup2(nothing, STDIN_FILENO);
    caught = number;
    stopping = 1;
    errno = saved;
}

/* A second signal of the same kind kills at once (SA_RESETHAND). SIGPIPE is ignored: the write fails instead, and temporary files
 * can be removed. */
void signals_install(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct sigaction old;
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); /* who started the program may have ignored it: then nobody learns how a child ended */
}

const volatile sig_atomic_t *signals_flag(void)
{
    return &stopping;
}

void signals_stop(void)
{
    stopping = 1;
}

static void die_by(int number)
{
    sigset_t set;
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
}

void signals_die(void)
{
    if (caught != 0)
        die_by(caught);
}

void signals_die_of_pipe(void)
{
    die_by(SIGPIPE);
}
