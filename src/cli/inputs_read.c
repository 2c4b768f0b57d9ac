/* Reading an input: the file, the capture in an archive, or the scan that it stands for. */
#include "cli/cloudflare.h"
#include "cli/inputs.h"
#include "cli/signals.h"

static bool set_input(const struct input *input, struct har_job *job, struct har_error *error)
{
    job->input = input->contained ? input->contained : input->path;
    job->reader = input->reader;
    job->display = input->display;
    if (input->remote)
        job->reader_user = input->remote->cloudflare;
    if (input->failed)
        *error = *input->failed;
    return !input->failed;
}

enum har_status inputs_convert(const struct input *input, struct har_job *job, struct har_summary *summary, struct har_error *error)
{
    if (!set_input(input, job, error))
        return HAR_FATAL;
    if (!input->remote)
        return har_convert(job, summary, error);
    const enum har_status status = har_convert(job, summary, error);
    cloudflare_erase(input->remote);
    return status;
}

enum har_status inputs_learn(const struct input *input, struct har_redaction *redaction, struct har_job *job,
                             struct har_error *error)
{
    if (!set_input(input, job, error))
        return HAR_FATAL;
    const enum har_status status = har_redaction_learn(redaction, job, error);
    if (input->remote)
        cloudflare_erase(input->remote);
    return status;
}

enum har_status inputs_fetch(const struct input *input, const struct har_settings *settings, bool exact, struct har_sink *sink,
                             struct har_fetched *fetched, struct har_error *error)
{
    const struct har_option options[] = {{exact ? HAR_CLOUDFLARE_EXACT : NULL, NULL}, {NULL, NULL}};
    const struct har_fetch_args args = {.size = sizeof args,
                                        .settings = settings,
                                        .input = input->contained ? input->contained : input->path,
                                        .reader = input->reader,
                                        .options = options,
                                        .reader_user = input->remote ? input->remote->cloudflare : NULL,
                                        .sink = sink,
                                        .cancel = signals_flag()};
    if (input->failed) {
        *error = *input->failed;
        return HAR_FATAL;
    }
    const enum har_status status = har_fetch(&args, fetched, error);
    if (input->remote)
        cloudflare_erase(input->remote);
    return status;
}
