/* --merge: all inputs into one output. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/targets.h"
#include "cli/write.h"

static bool goes_to_stdout(const struct options *options)
{
    return !options->output || strcmp(options->output, "-") == 0;
}

bool merge_check_usage(const struct options *options)
{
    const char *what = options->split ? "--split" : "--merge";
    const char *other = options->in_place ? "--in-place" : options->check ? "--check" : options->diff ? "--diff" : NULL;
    if (!options->split && !options->merge)
        return true;
    if (other)
        complain("%s makes new captures: leave out %s", what, other);
    else if (options->split && goes_to_stdout(options))
        complain("--split writes several files: give -o DIR/");
    else if (!options->split && !goes_to_stdout(options) && targets_is_folder(options->output))
        complain("--merge writes one file: give -o FILE");
    else
        return true;
    return false;
}

/* A closed pipe is no failure of which anybody wants to read. */
static void tell_failure(struct writing *writing, const char *target, const struct har_error *error)
{
    if (error->domain == HAR_DOMAIN_SYSTEM && error->code == EPIPE)
        output_failed(&writing->run.cli->out, EPIPE);
    else
        complain("%s: %s", target, error->text);
    run_worsen(&writing->run, EXIT_TROUBLE);
}

/* All inputs are judged; once one of them cannot be read whole, nothing is written any more. */
static bool run_all(struct writing *writing, struct har_merge *merge, struct har_dedupe *dedupe)
{
    bool whole = true;
    for (size_t i = 0; i < writing->inputs.count && run_goes_on(&writing->run); i++) {
        const struct input *input = &writing->inputs.list[i];
        struct har_output output = har_merge_output(merge);
        struct har_job job = {.outputs = &output, .output_count = whole, .dedupe = dedupe};
        struct har_summary summary;
        enum har_status status = writing_run(writing, &writing->run, input, &job, &summary);
        if (status == HAR_FAILED)
            writing_tell_broken(writing, input, false);
        if (status != HAR_FATAL)
            writing_summarize(writing, &summary);
        whole = whole && status == HAR_OK;
    }
    return whole && run_goes_on(&writing->run);
}

bool merge_inputs(struct writing *writing, const struct har_writer *writer, const struct har_option *options, struct har_sink *sink,
                  const char *target)
{
    const struct options *given = &writing->run.cli->options;
    const struct har_merge_args args = {.size = sizeof args,
                                        .writer = writer,
                                        .options = options,
                                        .sink = sink,
                                        .settings = given->settings,
                                        .redaction = writing->redacting.now,
                                        .flags = (given->dedupe ? HAR_MERGE_SAME_PAGES : 0u) |
                                                 (given->drop_custom ? HAR_MERGE_NO_CUSTOM : 0u)};
    struct har_merge *merge = NULL;
    struct har_error error = {0};
    struct har_dedupe *dedupe = given->dedupe ? har_dedupe_new() : NULL; /* one for all inputs */
    bool done = (dedupe || !given->dedupe ? har_merge_new(&merge, &args, &error) : har_error_memory(&error)) == HAR_OK;
    if (!done)
        tell_failure(writing, target, &error);
    done = done && run_all(writing, merge, dedupe);
    if (done && har_merge_finish(merge, &error) != HAR_OK) {
        tell_failure(writing, target, &error);
        done = false;
    }
    har_merge_free(merge);
    har_dedupe_free(dedupe);
    return done;
}

static void merge_to_output(struct writing *writing)
{
    const struct options *options = &writing->run.cli->options;
    const char *path = goes_to_stdout(options) ? NULL : options->output;
    struct har_sink *sink = NULL;
    struct har_error error = {0};
    if (writing_sink(&sink, path, true, options->settings, &error) != HAR_OK) {
        complain("%s: %s", path ? path : "stdout", error.text);
        run_worsen(&writing->run, EXIT_TROUBLE);
        return;
    }
    if (writing->redacting.private)
        har_sink_set_private(sink);
    writing_watch(writing, sink);
    if (redacting_begin(writing, 0, writing->inputs.count)) {
        const bool done = merge_inputs(writing, writing->writer, writing->options, sink, path ? path : "stdout");
        if (done)
            writing_tell_size(writing, path, writing->bytes);
        redacting_end(writing, 0, writing->inputs.count, path ? path : "stdout", done);
    }
    har_sink_free(sink);
}

/* There is nothing that the input could be merged with. */
static enum exit_status write_only(struct writing *writing)
{
    const enum exit_status status =
        targets_plan(&writing->targets, &writing->inputs, &writing->run.cli->options, writing->writer, false);
    if (status == EXIT_DONE)
        writing_input(writing, 0);
    return status;
}

enum exit_status merge_run(struct cli *cli, const struct har_writer *writer)
{
    struct writing writing;
    if (writing_open(&writing, cli, writer, false, false) && writing.run.status < EXIT_TROUBLE && writing.inputs.count > 0) {
        if (writing.inputs.count > 1)
            merge_to_output(&writing);
        else
            run_worsen(&writing.run, write_only(&writing));
    }
    return writing_close(&writing);
}
