/* Whether normalize mends what other programs refuse: by doing it. A child process normalizes the input into a pipe, from which
 * this process judges it. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/info.h"
#include "cli/pipeline.h"
#include "cli/signals.h"

/* How the child ends, and what its end and the judgement together come to. */
enum mended { MENDED, MENDED_NOT, MENDED_NO_MEMORY };

static enum mended mended_by(enum har_status status, const struct har_error *error)
{
    if (status == HAR_OK)
        return MENDED;
    return status == HAR_FATAL && error->domain == HAR_DOMAIN_MEMORY ? MENDED_NO_MEMORY : MENDED_NOT;
}

/* In the child. */
static enum mended normalize_into(const struct cli *cli, const struct input *input, bool repair, int descriptor)
{
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_job job = {.size = sizeof job,
                          .settings = cli->options.settings,
                          .format = cli->options.format,
                          .outputs = &output,
                          .output_count = 1,
                          .cancel = signals_flag()};
    struct pipeline pipeline;
    struct har_summary summary;
    struct har_error error = {0};
    pipeline_plain(&pipeline);
    pipeline.repair = repair;
    pipeline_apply(&pipeline, &job);
    enum har_status status = har_sink_descriptor(&output.sink, descriptor, false, cli->options.settings, &error);
    if (status == HAR_OK)
        status = inputs_convert(input, &job, &summary, &error);
    har_sink_free(output.sink);
    return mended_by(status, &error);
}

/* What the consumers say of the bytes that come out of `descriptor`. */
static enum mended judge(const struct cli *cli, int descriptor, struct har_summary *summary)
{
    char path[32];
    struct har_error error = {0};
    struct har_job job = {.size = sizeof job,
                          .settings = cli->options.settings,
                          .input = path,
                          .format = har_format_find("har"),
                          .cancel = signals_flag()};
    snprintf(path, sizeof path, "/dev/fd/%d", descriptor);
    return mended_by(har_convert(&job, summary, &error), &error);
}

/* How the child ended, which does not outlive this: when nobody reads its output any more it is told to stop. */
static enum mended wait_for(pid_t child, bool stop)
{
    int state = 0;
    pid_t ended;
    if (stop)
        kill(child, SIGTERM);
    do
        ended = waitpid(child, &state, 0);
    while (ended < 0 && errno == EINTR);
    return ended == child && WIFEXITED(state) ? (enum mended)WEXITSTATUS(state) : MENDED_NOT;
}

static enum mended judge_normalized(const struct cli *cli, const struct input *input, bool repair, struct har_summary *summary)
{
    int ends[2];
    if (pipe(ends) != 0)
        return MENDED_NOT;
    fflush(cli->out.file);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        _exit((int)normalize_into(cli, input, repair, ends[1]));
    }
    close(ends[1]);
    const enum mended judged = child > 0 ? judge(cli, ends[0], summary) : MENDED_NOT;
    close(ends[0]);
    const enum mended written = child > 0 ? wait_for(child, judged != MENDED) : MENDED_NOT;
    return judged == MENDED_NO_MEMORY || written == MENDED ? judged : written;
}

/* A pipe gives its bytes once, and opening one for a second time may wait for ever. */
static bool can_be_read_twice(const struct input *input)
{
    struct stat info;
    if (input->remote) /* its client keeps what it fetched last */
        return true;
    return !input->is_stdin && stat(input->path, &info) == 0 && S_ISREG(info.st_mode);
}

void info_try_mending(struct info *info, const struct cli *cli)
{
    bool refused = !info->whole;
    for (size_t i = 0; i < info->consumers; i++)
        refused |= info->consumer[i].reasons > 0;
    if (!refused)
        return;
    struct har_summary summary = {.size = sizeof summary};
    info->needs_repair = !info->whole;
    const bool possible = info->is_har && can_be_read_twice(info->input);
    const enum mended mended = possible ? judge_normalized(cli, info->input, info->needs_repair, &summary) : MENDED_NOT;
    info->no_memory |= mended == MENDED_NO_MEMORY;
    for (size_t i = 0; i < info->consumers; i++) {
        struct info_consumer *consumer = &info->consumer[i];
        if (mended == MENDED)
            consumer->mends = summary.rule_count[consumer->profile->refuses] ? MENDS_NO : MENDS_YES;
        else if (!info->whole)
            consumer->mends = MENDS_NO;
    }
}
