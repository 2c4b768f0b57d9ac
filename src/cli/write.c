/* Writing inputs to their targets. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/targets.h"
#include "cli/write.h"

static bool fail(struct writing *writing, enum exit_status status)
{
    run_worsen(&writing->run, status);
    return false;
}

static bool knows(const struct har_writer *writer, const char *option)
{
    for (const struct har_option_row *row = writer->options; row && row->name; row++)
        if (strcmp(row->name, option) == 0)
            return true;
    return false;
}

/* What the writer is told, as far as it knows it. */
static bool set_options(struct writing *writing, const struct options *options)
{
    size_t count = 0;
    if (options->indent && !knows(writing->writer, "indent")) {
        complain("writer '%s' has no option '--indent'", writing->writer->name);
        return false;
    }
    if (options->indent)
        writing->options[count++] = (struct har_option){"indent", options->indent};
    if (!options->keep_order && !options->no_normalize && knows(writing->writer, "sort"))
        writing->options[count++] = (struct har_option){"sort", NULL};
    return pipeline_init(&writing->pipeline, options);
}

/* What is repaired is the grammar of JSON. */
static bool can_repair(const struct options *options)
{
    if (!options->repair || !options->format || strcmp(options->format->name, "har") == 0)
        return true;
    complain("--repair mends JSON only: it does not go with --from %s", options->format->name);
    return false;
}

enum har_status writing_run(struct writing *writing, struct run *run, const struct input *input, struct har_job *job,
                            struct har_summary *summary)
{
    pipeline_apply(&writing->pipeline, job);
    const enum har_status status = run_input(run, input, job, summary);
    if (status == HAR_OK && summary->dropped)
        run_worsen(run, EXIT_FINDINGS);
    return status;
}

bool writing_open(struct writing *writing, struct cli *cli, const struct har_writer *writer, bool writes, bool keep_names)
{
    *writing = (struct writing){.run = {.cli = cli, .reports = &writing->reports}, .writer = writer};
    output_init(&writing->err, stderr, "stderr");
    if (!cli->options.fail_on_given)
        cli->options.fail_on = HAR_LEVEL_OFF;
    if (!set_options(writing, &cli->options) || !can_repair(&cli->options))
        return fail(writing, EXIT_USAGE);
    bool collected = inputs_collect(&writing->inputs, cli);
    run_worsen(&writing->run, writing->inputs.status);
    if (!collected)
        return false;

    enum exit_status status = EXIT_DONE;
    if (writes)
        status = targets_plan(&writing->targets, &writing->inputs, &cli->options, writer, keep_names);
    bool stdout_taken = !cli->options.in_place && (!cli->options.output || strcmp(cli->options.output, "-") == 0);
    if (status == EXIT_DONE)
        status = reports_open(&writing->reports, cli, "brief", &writing->err, stdout_taken);
    return status == EXIT_DONE || fail(writing, status);
}

void writing_tell_broken(struct writing *writing, const struct input *input, bool left_a_part)
{
    run_worsen(&writing->run, EXIT_FINDINGS);
    if (writing->reports.failed)
        return; /* the run is given up, and why was told */
    if (left_a_part)
        complain("%s: it cannot be read whole, so the output is not whole either", input->display);
    else
        complain("%s: it cannot be read whole, so nothing was written", input->display);
}

void writing_summarize(const struct writing *writing, const struct har_summary *summary)
{
    if (writing->run.cli->options.verbose)
        run_print_summary(summary);
}

static enum har_status open_target(struct har_sink **sink, const char *path, const struct har_settings *settings,
                                   struct har_error *error)
{
    if (path)
        return har_sink_file(sink, path, settings, error);
    return har_sink_descriptor(sink, STDOUT_FILENO, false, settings, error);
}

void writing_input(struct writing *writing, size_t index)
{
    struct cli *cli = writing->run.cli;
    const struct input *input = &writing->inputs.list[index];
    const char *target = writing->targets[index];
    struct har_output output = {.writer = writing->writer, .options = writing->options};
    struct har_job job = {.outputs = &output, .output_count = 1};
    struct har_error error = {0};
    struct har_summary summary;
    if (open_target(&output.sink, target, cli->options.settings, &error) != HAR_OK) {
        complain("%s: %s", target ? target : "stdout", error.text);
        run_worsen(&writing->run, EXIT_TROUBLE);
        return;
    }
    enum har_status status = writing_run(writing, &writing->run, input, &job, &summary);
    if (status == HAR_FAILED)
        writing_tell_broken(writing, input, target == NULL);
    if (status != HAR_FATAL)
        writing_summarize(writing, &summary);
    har_sink_free(output.sink);
}

static enum har_status forget(void *user, const void *bytes, size_t len, struct har_error *error)
{
    (void)user;
    (void)bytes;
    (void)len;
    (void)error;
    return HAR_OK;
}

enum har_status writing_nowhere(struct har_sink **sink, const struct har_settings *settings, struct har_error *error)
{
    return har_sink_function(sink, forget, NULL, settings, error);
}

enum exit_status writing_close(struct writing *writing)
{
    if (writing->run.status != EXIT_USAGE && run_goes_on(&writing->run))
        reports_finish(&writing->reports);
    if (writing->reports.failed)
        run_worsen(&writing->run, EXIT_TROUBLE);
    reports_close(&writing->reports);
    targets_free(writing->targets, writing->inputs.count);
    inputs_release(&writing->inputs);
    return writing->run.status;
}
