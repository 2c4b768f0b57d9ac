/* harmill normalize: canonical HAR, to a file, in place, or only told. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/diff.h"
#include "cli/write.h"

static void complain_sink(struct writing *writing, const struct har_error *error)
{
    complain("%s", error->text);
    run_worsen(&writing->run, EXIT_TROUBLE);
}

/* Runs the input without writing anything. HAR_OK and *same say whether it is canonical already; *loses
 * whether a repair had to leave something out. */
static enum har_status compare(struct writing *writing, const struct input *input, bool *same, bool *loses)
{
    struct har_output output = {.writer = writing->writer, .options = writing->options, .flags = HAR_OUTPUT_KEEP_CODING};
    struct har_job job = {.outputs = &output, .output_count = 1, .compare = true};
    struct har_error error = {0};
    struct har_summary summary;
    if (har_sink_nowhere(&output.sink, writing->run.cli->options.settings, &error) != HAR_OK) {
        complain_sink(writing, &error);
        return HAR_FATAL;
    }
    *loses = false;
    enum har_status status = writing_run(writing, &writing->run, input, &job, &summary);
    if (status == HAR_FAILED)
        writing_tell_broken(writing, input, false);
    if (status != HAR_FATAL)
        writing_summarize(writing, &summary);
    /* An input without the page that was asked for stays as it is: that was told. */
    const bool without = writing->run.cli->options.page && !summary.found;
    *same = status == HAR_OK && (summary.same || without);
    *loses = summary.dropped > 0;
    har_sink_free(output.sink);
    return status;
}

/* Findings were told by the first run; the second only writes. */
static bool replace(struct writing *writing, size_t index)
{
    struct har_output output = {.writer = writing->writer, .options = writing->options, .flags = HAR_OUTPUT_KEEP_CODING};
    struct har_job job = {.outputs = &output, .output_count = 1};
    struct run run = {.cli = writing->run.cli};
    struct har_error error = {0};
    struct har_summary summary;
    if (har_sink_file(&output.sink, writing->targets[index], run.cli->options.settings, &error) != HAR_OK) {
        complain("%s: %s", writing->targets[index], error.text);
        run_worsen(&writing->run, EXIT_TROUBLE);
        return false;
    }
    if (run.cli->options.backup)
        har_sink_set_backup(output.sink, run.cli->options.backup);
    const enum har_status status = writing_run(writing, &run, &writing->inputs.list[index], &job, &summary);
    if (status == HAR_FAILED)
        writing_tell_broken(writing, &writing->inputs.list[index], false);
    run_worsen(&writing->run, run.status);
    har_sink_free(output.sink);
    return status == HAR_OK;
}

/* What is written must be of the kind that was read. */
static bool may_replace(struct writing *writing, const struct input *input)
{
    const struct har_format *format = writing->run.cli->options.format;
    if (!format)
        format = har_format_for_path(input->display);
    if (!format || strcmp(format->name, writing->writer->name) == 0)
        return true;
    complain("%s: --in-place would put %s into a file of format %s; give --output", input->display, writing->writer->name,
             format->name);
    run_worsen(&writing->run, EXIT_USAGE);
    return false;
}

bool writing_in_place(struct writing *writing, size_t index)
{
    bool same = false, loses = false;
    const struct input *input = &writing->inputs.list[index];
    if (!may_replace(writing, input))
        return false;
    if (compare(writing, input, &same, &loses) != HAR_OK || same)
        return same;
    if (!loses || writing->run.cli->options.backup)
        return replace(writing, index);
    complain("%s: the repair leaves something out, so the file stays as it is; --backup keeps the old one beside it",
             input->display);
    return false;
}

static void normalize_in_place(struct writing *writing, size_t index)
{
    writing_in_place(writing, index);
}

/* Prints a line about the input to stdout. */
static void print_about(struct writing *writing, const struct input *input, const char *text)
{
    struct har_buffer line;
    har_buffer_init(&line, HAR_MIB);
    har_buffer_append_visible(&line, input->display, strlen(input->display), 0);
    har_buffer_printf(&line, ": %s\n", text);
    output_buffer(&writing->run.cli->out, &line);
    har_buffer_release(&line);
}

static void normalize_check(struct writing *writing, size_t index)
{
    const struct input *input = &writing->inputs.list[index];
    bool same = false, loses = false;
    if (compare(writing, input, &same, &loses) != HAR_OK || same)
        return;
    run_worsen(&writing->run, EXIT_FINDINGS);
    if (!writing->run.cli->options.quiet)
        print_about(writing, input, "would change");
}

enum { NOWHERE, BEFORE, AFTER, SIDES };

/* The input as it was read and as it would be, side by side, from one run. The third output compares: of the input's bytes the
 * first side says only so much. */
static enum har_status write_sides(struct writing *writing, const struct input *input, const int *files, bool *same)
{
    const struct options *options = &writing->run.cli->options;
    struct har_option as_read[3] = {{"as-read", NULL}};
    const char *indent = har_option_value(options->of_writer, "indent", NULL);
    if (indent)
        as_read[1] = (struct har_option){"indent", indent};
    struct har_output outputs[SIDES] = {
        [NOWHERE] = {.writer = writing->writer, .options = writing->options},
        [BEFORE] = {.writer = writing->writer, .options = as_read, .flags = HAR_OUTPUT_AS_READ},
        [AFTER] = {.writer = writing->writer, .options = writing->options},
    };
    struct har_job job = {.outputs = outputs, .output_count = SIDES, .compare = true};
    struct har_error error = {0};
    struct har_summary summary;
    enum har_status status = har_sink_nowhere(&outputs[NOWHERE].sink, options->settings, &error);
    for (size_t i = BEFORE; i <= AFTER && status == HAR_OK; i++)
        status = har_sink_descriptor(&outputs[i].sink, files[i], false, options->settings, &error);
    if (status != HAR_OK) {
        complain_sink(writing, &error);
    } else {
        status = writing_run(writing, &writing->run, input, &job, &summary);
        if (status == HAR_FAILED)
            writing_tell_broken(writing, input, false);
        if (status != HAR_FATAL)
            writing_summarize(writing, &summary);
        *same = status == HAR_OK && summary.same;
    }
    for (size_t i = 0; i < SIDES; i++)
        har_sink_free(outputs[i].sink);
    return status;
}

static void normalize_diff(struct writing *writing, size_t index)
{
    struct cli *cli = writing->run.cli;
    const struct input *input = &writing->inputs.list[index];
    const bool hide = !cli->options.show_values, mask = hide && !terminal_is(STDOUT_FILENO);
    bool same = false, differs = false;
    int files[SIDES] = {-1, writing_spool(writing), -1};
    if (files[BEFORE] >= 0)
        files[AFTER] = writing_spool(writing);
    if (files[AFTER] >= 0 && write_sides(writing, input, files, &same) == HAR_OK && !same) {
        run_worsen(&writing->run, EXIT_FINDINGS);
        if (hide && !diff_hide(writing, &files[BEFORE], &files[AFTER], mask))
            run_worsen(&writing->run, EXIT_TROUBLE);
        else if (!diff_print(cli, input->display, files[BEFORE], files[AFTER], &differs))
            run_worsen(&writing->run, EXIT_TROUBLE);
        else if (!differs)
            print_about(writing, input,
                        mask   ? "only white space or the spelling of strings differs"
                        : hide ? "only white space or what is hidden differs"
                               : "only white space differs");
    }
    for (size_t i = BEFORE; i <= AFTER; i++)
        if (files[i] >= 0)
            close(files[i]);
}

/* Options that contradict each other. */
bool writing_check_usage(const struct options *options)
{
    const char *mode = options->diff ? "--diff" : options->check ? "--check" : NULL;
    if (options->in_place && options->output)
        complain("give either --in-place or --output");
    else if (mode && (options->in_place || options->output))
        complain("%s writes nothing: leave out %s", mode, options->in_place ? "--in-place" : "--output");
    else if (options->backup && !options->in_place)
        complain("--backup keeps what --in-place replaces: give that, too, or leave it out");
    else
        return true;
    return false;
}

enum exit_status normalize_run(struct cli *cli)
{
    struct writing writing;
    const struct options *options = &cli->options;
    bool writes = !options->check && !options->diff;
    void (*each)(struct writing *, size_t) = writing_input;
    if (!writing_check_usage(options) || !merge_check_usage(options))
        return EXIT_USAGE;
    if (options->split)
        return split_run(cli, har_writer_find("har"));
    if (options->merge)
        return merge_run(cli, har_writer_find("har"));
    if (options->in_place)
        each = normalize_in_place;
    else if (options->diff && !options->quiet)
        each = normalize_diff;
    else if (!writes)
        each = normalize_check;
    if (writing_open(&writing, cli, har_writer_find("har"), writes, true))
        for (size_t i = 0; i < writing.inputs.count && run_goes_on(&writing.run); i++)
            each(&writing, i);
    return writing_close(&writing);
}
