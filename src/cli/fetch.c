/* harmill fetch: the bytes of inputs as they are. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/run.h"
#include "cli/targets.h"
#include "cli/write.h"

/* Bytes that nobody has looked at may hold anything, and a terminal obeys some of it. */
static bool may_go_out(const struct options *options)
{
    if (options->output || !terminal_is(STDOUT_FILENO))
        return true;
    complain("the bytes would go to the terminal as they are: give -o FILE, or '-o -' to have that");
    return false;
}

/* A closed pipe and a run that was ended on purpose need no message. */
static void tell_failure(struct run *run, const char *name, const struct har_error *error)
{
    if (error->domain == HAR_DOMAIN_SYSTEM && error->code == EPIPE)
        output_failed(&run->cli->out, EPIPE);
    else if (error->domain != HAR_DOMAIN_CANCELLED)
        complain("%s: %s", name, error->text);
    run_worsen(run, EXIT_TROUBLE);
}

static void print_bytes(const struct input *input, uint64_t bytes)
{
    struct har_buffer line;
    har_buffer_init(&line, HAR_MIB);
    har_buffer_append_visible(&line, input->display, strlen(input->display), 0);
    har_buffer_printf(&line, ": %" PRIu64 " byte%s\n", bytes, bytes == 1 ? "" : "s");
    if (!line.failed)
        fwrite(line.data, 1, line.len, stderr);
    har_buffer_release(&line);
}

/* What a name says that the bytes do not, or the other way round: a browser or a shell would be misled. */
static void check_name(const char *target, const struct har_coding *coding)
{
    const struct har_coding *named = har_coding_for_path(target);
    if (coding && coding != named)
        complain("%s: the bytes are packed with %s, which the name does not say", target, coding->name);
    else if (named && !coding)
        complain("%s: the bytes are not packed, although the name says %s", target, named->name);
}

static void fetch_input(struct run *run, const struct input *input, const char *target)
{
    const struct options *options = &run->cli->options;
    const bool packs = input->remote && target && har_coding_for_path(target);
    struct har_fetched fetched = {.size = sizeof fetched};
    struct har_error error = {0};
    struct har_sink *sink = NULL;
    if (writing_sink(&sink, target, input->remote != NULL, options->settings, &error) != HAR_OK) {
        tell_failure(run, target ? target : "stdout", &error);
        return;
    }
    if (!packs)
        har_sink_set_coding(sink, NULL);
    if (inputs_fetch(input, options->settings, !packs, sink, &fetched, &error) != HAR_OK) {
        tell_failure(run, input->display, &error);
    } else if (!options->quiet) {
        if (options->verbose)
            print_bytes(input, fetched.bytes);
        if (target && !packs)
            check_name(target, fetched.coding);
    }
    har_sink_free(sink);
}

enum exit_status fetch_run(struct cli *cli)
{
    struct inputs inputs = {0};
    struct run run = {.cli = cli};
    char **targets = NULL;
    if (!may_go_out(&cli->options))
        return EXIT_USAGE;
    const bool collected = inputs_collect(&inputs, cli);
    run_worsen(&run, inputs.status);
    const enum exit_status planned = collected ? targets_plan(&targets, &inputs, &cli->options, NULL, true) : EXIT_DONE;
    run_worsen(&run, planned);
    for (size_t i = 0; collected && planned == EXIT_DONE && i < inputs.count && run_goes_on(&run); i++)
        fetch_input(&run, &inputs.list[i], targets[i]);
    targets_free(targets, inputs.count);
    inputs_release(&inputs);
    return run.status;
}
