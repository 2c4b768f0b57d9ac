/* harmill redact: captures without secrets, or whether there are any. */
#include <string.h>

#include "cli/complain.h"
#include "cli/redact_look.h"
#include "cli/write.h"

static void redact_in_place(struct writing *writing, size_t index)
{
    if (!redacting_begin(writing, index, 1))
        return;
    const bool done = writing_in_place(writing, index);
    redacting_end(writing, index, 1, writing->inputs.list[index].display, done);
}

/* What writes nothing takes no option about what is written. */
static bool check_usage(const struct options *options)
{
    const struct redact_choice *choice = &options->redact;
    const char *what = choice->verify ? "--verify" : "--check";
    const char *other = options->in_place          ? "--in-place"
                        : options->output          ? "--output"
                        : choice->manifest         ? "--manifest"
                        : choice->key_file         ? "--key-file"
                        : options->merge           ? "--merge"
                        : options->split           ? "--split"
                        : options->writer          ? "--to"
                        : options->of_writer->name ? "options of the writer"
                                                   : NULL;
    if (choice->verify && options->check)
        complain("give either --check or --verify");
    else if ((choice->verify || options->check) && other)
        complain("%s writes nothing: leave out %s", what, other);
    else if (options->write_baseline && !options->check)
        complain("--write-baseline needs --check");
    else
        return writing_check_usage(options) && merge_check_usage(options);
    return false;
}

enum exit_status redact_run(struct cli *cli)
{
    struct writing writing;
    const struct options *options = &cli->options;
    const struct har_writer *writer = writing_choose(options);
    if (!check_usage(options))
        return EXIT_USAGE;
    if (options->check || options->redact.verify)
        return redact_without_output(cli);
    if (!writer)
        writer = har_writer_find("har");
    if (options->split)
        return split_run(cli, writer);
    if (options->merge)
        return merge_run(cli, writer);
    if (writing_open(&writing, cli, writer, true, true))
        for (size_t i = 0; i < writing.inputs.count && run_goes_on(&writing.run); i++)
            (options->in_place ? redact_in_place : writing_input)(&writing, i);
    return writing_close(&writing);
}
