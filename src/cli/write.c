/* Writing inputs to their targets. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/targets.h"
#include "cli/terminal.h"
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

/* A page for a browser is of no use in a terminal. */
static bool may_go_out(const struct writing *writing, const struct options *options)
{
    if (!writing->page || options->output || !terminal_is(STDOUT_FILENO))
        return true;
    complain("a terminal cannot show it: give -o report.html; -o - forces it");
    return false;
}

const struct har_writer *writing_choose(const struct options *options)
{
    const char *output = options->output;
    if (options->writer)
        return options->writer;
    if (output && strcmp(output, "-") != 0 && !targets_is_folder(output))
        return har_writer_for_path(output);
    return NULL;
}

/* What the writer is told, as far as it knows it. */
static bool set_options(struct writing *writing, const struct options *options)
{
    size_t count = 0;
    for (const struct har_option *given = options->of_writer; given->name; given++) {
        if (!knows(writing->writer, given->name)) {
            complain("writer '%s' has no option '--%s'", writing->writer->name, given->name);
            return false;
        }
        writing->options[count++] = *given;
    }
    writing->sorts = !options->keep_order && !options->no_normalize && knows(writing->writer, "sort");
    if (writing->sorts)
        writing->options[count++] = (struct har_option){"sort", NULL};
    if (options->redact.no_redact && knows(writing->writer, "no-redact"))
        writing->options[count++] = (struct har_option){"no-redact", NULL};
    return pipeline_init(&writing->pipeline, options);
}

/* A page that no input has is a slip of the pen. */
static void check_page(struct run *run, const struct input *input, const struct har_summary *summary)
{
    const char *page = run->cli->options.page;
    if (!page || summary->found)
        return;
    complain("%s: no page has the id '%s'", input->display, page);
    run_worsen(run, EXIT_FINDINGS);
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
    struct har_dedupe *own = NULL;
    pipeline_apply(&writing->pipeline, job);
    job->redaction = writing->redacting.now;
    if (run->cli->options.dedupe && !job->dedupe && !(job->dedupe = own = har_dedupe_new())) {
        complain("out of memory");
        run_worsen(run, EXIT_TROUBLE);
        *summary = (struct har_summary){.size = sizeof *summary};
        return HAR_FATAL;
    }
    const enum har_status status = run_input(run, input, job, summary);
    if (own) {
        job->dedupe = NULL;
        har_dedupe_free(own);
    }
    if (status == HAR_OK && summary->dropped)
        run_worsen(run, EXIT_FINDINGS);
    if (status == HAR_OK && run->reports)
        check_page(run, input, summary);
    return status;
}

bool writing_open(struct writing *writing, struct cli *cli, const struct har_writer *writer, bool writes, bool keep_names)
{
    *writing = (struct writing){.run = {.cli = cli, .reports = &writing->reports}, .writer = writer};
    output_init(&writing->err, stderr, "stderr");
    writing->page = strcmp(writer->name, "html") == 0;
    if (!cli->options.fail_on_given)
        cli->options.fail_on = HAR_LEVEL_OFF;
    if (!can_repair(&cli->options) || !may_go_out(writing, &cli->options))
        return fail(writing, EXIT_USAGE);
    if (!set_options(writing, &cli->options))
        return fail(writing, writing->pipeline.short_of_memory ? EXIT_TROUBLE : EXIT_USAGE);
    bool collected = inputs_collect(&writing->inputs, cli);
    run_worsen(&writing->run, writing->inputs.status);
    if (!collected)
        return false;

    if (!redacting_open(writing))
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
    if (!writing->run.cli->options.verbose)
        return;
    run_print_summary(summary);
    run_print_left_out(summary);
}

static void count_bytes(void *user, const void *bytes, size_t len)
{
    struct writing *writing = user;
    (void)bytes;
    writing->bytes += len;
}

void writing_watch(struct writing *writing, struct har_sink *sink)
{
    writing->bytes = 0;
    if (writing->page)
        har_sink_watch(sink, count_bytes, writing);
}

void writing_tell_size(const struct writing *writing, const char *target, uint64_t bytes)
{
    const uint64_t megabyte = 1000000, most = 50 * megabyte;
    if (writing->page && bytes > most && !writing->run.cli->options.quiet)
        complain("%s: %" PRIu64 " MB; browsers open it slowly: --filter, --max-body and --bodies none make it smaller",
                 target ? target : "stdout", (bytes + megabyte / 2) / megabyte);
}

enum har_status writing_sink(struct har_sink **sink, const char *path, bool whole, const struct har_settings *settings,
                             struct har_error *error)
{
    if (path)
        return har_sink_file(sink, path, settings, error);
    return har_sink_descriptor(sink, STDOUT_FILENO, whole, settings, error);
}

static int open_spool(const char *folder)
{
    char *path = NULL;
    if (asprintf(&path, "%s/harmill-XXXXXX", folder) < 0)
        return -1;
    int low = mkostemp(path, O_CLOEXEC);
    if (low >= 0)
        unlink(path);
    free(path);
    if (low < 0)
        return -1;
    int descriptor = fcntl(low, F_DUPFD_CLOEXEC, 10);
    close(low);
    return descriptor;
}

int writing_spool(struct writing *writing)
{
    const char *folder = har_settings_spool_dir(writing->run.cli->options.settings);
    int descriptor = open_spool(folder);
    if (descriptor < 0) {
        complain("%s: cannot make a temporary file: %s", folder, strerror(errno));
        run_worsen(&writing->run, EXIT_TROUBLE);
    }
    return descriptor;
}

/* Once what is to be redacted was learned. HAR_OK: written. */
static enum har_status write_input(struct writing *writing, size_t index)
{
    struct cli *cli = writing->run.cli;
    const struct input *input = &writing->inputs.list[index];
    const char *target = writing->targets[index];
    struct har_output output = {.writer = writing->writer, .options = writing->options};
    struct har_job job = {.outputs = &output, .output_count = 1};
    struct har_error error = {0};
    struct har_summary summary;
    const bool whole = input->remote != NULL; /* nothing leaves of what turns out broken */
    if (writing_sink(&output.sink, target, whole, cli->options.settings, &error) != HAR_OK) {
        complain("%s: %s", target ? target : "stdout", error.text);
        run_worsen(&writing->run, EXIT_TROUBLE);
        return HAR_FATAL;
    }
    if (writing->redacting.private)
        har_sink_set_private(output.sink);
    writing_watch(writing, output.sink);
    enum har_status status = writing_run(writing, &writing->run, input, &job, &summary);
    if (status == HAR_OK)
        writing_tell_size(writing, target, writing->bytes);
    if (status == HAR_FAILED)
        writing_tell_broken(writing, input,
                            !target && !whole && !writing->sorts &&
                                !writing->redacting.on); /* which holds all back until the end */
    if (status != HAR_FATAL)
        writing_summarize(writing, &summary);
    har_sink_free(output.sink);
    return status;
}

void writing_input(struct writing *writing, size_t index)
{
    if (!redacting_begin(writing, index, 1))
        return;
    const enum har_status status = write_input(writing, index);
    redacting_end(writing, index, 1, writing->inputs.list[index].display, status == HAR_OK);
}

enum exit_status writing_close(struct writing *writing)
{
    if (writing->run.status != EXIT_USAGE && run_goes_on(&writing->run))
        reports_finish(&writing->reports);
    if (writing->run.status != EXIT_USAGE && run_goes_on(&writing->run))
        redacting_finish(writing);
    if (writing->reports.failed)
        run_worsen(&writing->run, EXIT_TROUBLE);
    reports_close(&writing->reports);
    redacting_close(writing);
    targets_free(writing->targets, writing->inputs.count);
    inputs_release(&writing->inputs);
    return writing->run.status;
}
