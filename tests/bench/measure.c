/* Runs commands in rounds (A B C A B C ...) and prints, per command: name, median of CPU seconds, of wall seconds, peak memory
 * in KiB, and the median over the rounds of its CPU time divided by the first command's in the same round, tab-separated:
 *     bench-measure ROUNDS NAME COMMAND [NAME COMMAND]...
 * A COMMAND is words separated by blanks, run without a shell, output to /dev/null. Ratios within a round are steadier than times,
 * because whatever else the machine does meanwhile slows all commands of the round. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS 16
#define WORDS    64
#define ROUNDS   101

struct command {
    const char *name;
    char *words[WORDS];
    double cpu[ROUNDS], wall[ROUNDS], ratio[ROUNDS];
    long peak;
    int failed; /* the exit status, or 128 and the signal */
};

static struct command commands[COMMANDS];

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static void split(struct command *command, char *text)
{
    size_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(text, " ", &rest); word && count + 1 < WORDS; word = strtok_r(NULL, " ", &rest))
        command->words[count++] = word;
    if (count == 0) {
        fputs("bench-measure: empty command\n", stderr);
        exit(2);
    }
}

static void run(struct command *command, int null, size_t round)
{
    struct timespec start, end;
    struct rusage usage;
    int status = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    /* vfork: a fork would count this program's own pages as the child's. */
    pid_t child = vfork();
    if (child < 0) {
        perror("bench-measure: vfork");
        exit(3);
    }
    if (child == 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        execvp(command->words[0], command->words);
        _exit(127);
    }
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR) {
            perror("bench-measure: wait4");
            exit(3);
        }
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (!WIFEXITED(status))
        command->failed = 128 + WTERMSIG(status);
    else if (WEXITSTATUS(status) != 0)
        command->failed = WEXITSTATUS(status);
    command->cpu[round] = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    command->wall[round] = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    if (usage.ru_maxrss > command->peak)
        command->peak = usage.ru_maxrss;
}

int main(int argc, char **argv)
{
    size_t rounds = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 0;
    size_t count = 0;
    if (argc < 4 || argc % 2 || argc / 2 - 1 > COMMANDS || rounds == 0 || rounds > ROUNDS) {
        fputs("usage: bench-measure ROUNDS NAME COMMAND [NAME COMMAND]...\n", stderr);
        return 2;
    }
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) {
        perror("/dev/null");
        return 3;
    }
    for (int i = 2; i < argc; i += 2) {
        commands[count].name = argv[i];
        split(&commands[count++], argv[i + 1]);
    }
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++) {
            run(&commands[i], null, round);
            double first = commands[0].cpu[round];
            commands[i].ratio[round] = first > 0 ? commands[i].cpu[round] / first : 0;
        }
    for (size_t i = 0; i < count; i++) {
        struct command *command = &commands[i];
        printf("%s\t%.4f\t%.4f\t%ld\t%.2f\t%d\n", command->name, median(command->cpu, rounds), median(command->wall, rounds),
               command->peak, median(command->ratio, rounds), command->failed);
    }
    return 0;
}
