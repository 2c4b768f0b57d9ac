/* Both sides of a difference without secrets. They are learned together, so that what is the same has the same token in both. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/diff.h"

enum { NAME_MOST = 40 };

/* The job for a side: its file is read once more from its beginning. */
static struct har_job job_of(const struct writing *writing, int file, char name[NAME_MOST])
{
    snprintf(name, NAME_MOST, "/dev/fd/%d", file);
    return (struct har_job){.size = sizeof(struct har_job),
                            .settings = writing->run.cli->options.settings,
                            .input = name,
                            .reader = har_reader_find("file"),
                            .format = har_format_find("har"),
                            .blind = true};
}

static enum har_status learn(const struct writing *writing, struct har_redaction *redaction, int file, struct har_error *error)
{
    char name[NAME_MOST];
    const struct har_job job = job_of(writing, file, name);
    return har_redaction_learn(redaction, &job, error);
}

static enum har_status rewrite(const struct writing *writing, struct har_redaction *redaction, int file, int to, bool mask,
                               struct har_error *error)
{
    char name[NAME_MOST];
    const struct options *options = &writing->run.cli->options;
    struct har_option given[4] = {{"as-read", NULL}};
    const char *indent = har_option_value(options->of_writer, "indent", NULL);
    size_t count = 1;
    if (indent)
        given[count++] = (struct har_option){"indent", indent};
    if (mask)
        given[count] = (struct har_option){"mask", NULL};
    struct har_output output = {.writer = writing->writer, .options = given};
    struct har_job job = job_of(writing, file, name);
    struct har_summary summary;
    job.outputs = &output;
    job.output_count = 1;
    job.redaction = redaction;
    enum har_status status = har_sink_descriptor(&output.sink, to, false, options->settings, error);
    if (status == HAR_OK)
        status = har_convert(&job, &summary, error);
    har_sink_free(output.sink);
    return status;
}

bool diff_hide(struct writing *writing, int *before, int *after, bool mask)
{
    const struct har_redact_options options = {.size = sizeof options, .allow_unsearched = true};
    int *const side[] = {before, after};
    struct har_redaction *redaction = NULL;
    struct har_error error = {0};
    enum har_status status = har_redaction_new(&redaction, NULL, &options, writing->run.cli->options.settings, &error);
    for (size_t i = 0; i < 2 && status == HAR_OK; i++)
        status = learn(writing, redaction, *side[i], &error);
    for (size_t i = 0; i < 2 && status == HAR_OK; i++) {
        const int clean = writing_spool(writing);
        if (clean < 0) /* told */
            break;
        status = rewrite(writing, redaction, *side[i], clean, mask, &error);
        close(*side[i]);
        *side[i] = clean;
        if (i == 1 && status == HAR_OK) {
            har_redaction_free(redaction);
            return true;
        }
    }
    har_redaction_free(redaction);
    if (status != HAR_OK)
        complain("secrets cannot be hidden in what differs, so that nothing is shown: %s; --show-values shows it as it is",
                 error.text);
    run_worsen(&writing->run, EXIT_TROUBLE);
    return false;
}
