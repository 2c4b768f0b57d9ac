/* harmill validate: what is wrong with the inputs. */
#include "cli/complain.h"
#include "cli/run.h"

static void summarize(const struct run *run, const struct inputs *inputs)
{
    if (!run->cli->options.quiet && inputs->several && run->totals.files > 0)
        run_print_totals(&run->totals);
}

static void validate_input(struct run *run, const struct input *input, bool several)
{
    const struct options *options = &run->cli->options;
    struct har_job job = {0};
    struct har_summary summary;
    enum har_status status = run_input(run, input, &job, &summary);
    if (status != HAR_FATAL && run_goes_on(run) && !options->quiet && (!several || options->verbose))
        run_print_summary(&summary);
}

enum exit_status validate_run(struct cli *cli)
{
    struct reports reports = {0};
    struct inputs inputs = {0};
    struct run run = {.cli = cli, .reports = &reports};
    if (!inputs_collect(&inputs, cli)) {
        run_worsen(&run, inputs.status);
        goto out;
    }
    run_worsen(&run, inputs.status);
    enum exit_status opened = reports_open(&reports, cli, "text", &cli->out, false);
    run_worsen(&run, opened);
    if (opened != EXIT_DONE)
        goto out;
    for (size_t i = 0; i < inputs.count && run_goes_on(&run); i++)
        validate_input(&run, &inputs.list[i], inputs.several);
    if (run_goes_on(&run))
        summarize(&run, &inputs);
    if (run_goes_on(&run))
        reports_finish(&reports);
    if (reports.failed)
        run_worsen(&run, EXIT_TROUBLE);
out:
    reports_close(&reports);
    inputs_release(&inputs);
    return run.status;
}
