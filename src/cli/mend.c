/* Whether normalize mends what other programs refuse: by doing it. A child process normalizes the input into a pipe, from which
 * this process judges it. */
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/info.h"
#include "cli/signals.h"

/* In the child. */
static int normalize_into(const struct cli *cli, const struct input *input, int descriptor)
{
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_job job = {.size = sizeof job,
                          .settings = cli->options.settings,
                          .input = input->path,
                          .display = input->display,
                          .format = cli->options.format,
                          .outputs = &output,
                          .output_count = 1,
                          .cancel = signals_flag()};
    struct har_summary summary;
    if (har_sink_descriptor(&output.sink, descriptor, false, cli->options.settings, NULL) != HAR_OK)
        return 1;
    const enum har_status status = har_convert(&job, &summary, NULL);
    har_sink_free(output.sink);
    return status == HAR_OK ? 0 : 1;
}

/* What the consumers say of the bytes that come out of `descriptor`. */
static bool judge(const struct cli *cli, int descriptor, struct har_summary *summary)
{
    char path[32];
    struct har_job job = {.size = sizeof job,
                          .settings = cli->options.settings,
                          .input = path,
                          .format = har_format_find("har"),
                          .cancel = signals_flag()};
    snprintf(path, sizeof path, "/dev/fd/%d", descriptor);
    return har_convert(&job, summary, NULL) == HAR_OK;
}

static bool judge_normalized(const struct cli *cli, const struct input *input, struct har_summary *summary)
{
    int ends[2];
    int state = 0;
    if (pipe(ends) != 0)
        return false;
    fflush(cli->out.file);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        _exit(normalize_into(cli, input, ends[1]));
    }
    close(ends[1]);
    const bool judged = child > 0 && judge(cli, ends[0], summary);
    close(ends[0]);
    while (child > 0 && waitpid(child, &state, 0) < 0 && errno == EINTR)
        ;
    return judged && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

void info_try_mending(struct info *info, const struct cli *cli)
{
    bool refused = false;
    for (size_t i = 0; i < info->consumers; i++)
        refused |= info->consumer[i].reasons > 0;
    if (!refused)
        return;
    struct har_summary summary = {.size = sizeof summary};
    const bool possible = info->whole && !info->input->is_stdin;
    const bool judged = possible && judge_normalized(cli, info->input, &summary);
    for (size_t i = 0; i < info->consumers; i++) {
        struct info_consumer *consumer = &info->consumer[i];
        if (!info->whole)
            consumer->mends = MENDS_NO; /* nothing is written of such an input */
        else if (judged)
            consumer->mends = summary.rule_count[consumer->profile->refuses] ? MENDS_NO : MENDS_YES;
    }
}
