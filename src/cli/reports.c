/* Opens reports and hands every finding to all of them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/reports.h"
#include "cli/signals.h"

static void give_up(struct reports *reports)
{
    reports->failed = true;
    signals_stop();
}

/* What became of stdout is told at the end of the program. */
static void fail(struct reports *reports, const struct reports_run *run, const struct har_error *error)
{
    if (!reports->failed && (run->path || run->out->errnum == 0))
        complain("cannot write the report: %s", error->text);
    give_up(reports);
}

static enum har_status write_to_sink(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_sink_write(user, HAR_SECTION_BODY, bytes, len, error);
}

static enum exit_status open_run(struct reports_run *run, struct cli *cli, bool standard)
{
    const struct options *options = &cli->options;
    int descriptor = run->path ? -1 : fileno(run->out->file);
    bool for_eyes = standard && terminal_is(descriptor) && descriptor == STDOUT_FILENO;
    struct har_error error = {0};
    struct har_report_args args = {
        .size = sizeof(args),
        .write = run->path ? write_to_sink : output_write,
        .show = options->show,
        .most = options->most,
        .color = !run->path && terminal_color(options->color, descriptor),
        .show_values = options->show_values || for_eyes,
        .show_source = options->show_values || for_eyes,
    };
    run->shows = args.show_values;
    if (run->path) {
        if (har_sink_file(&run->sink, run->path, options->settings, &error) != HAR_OK ||
            har_sink_close_section(run->sink, HAR_SECTION_HEAD, &error) != HAR_OK) {
            complain("%s: %s", run->path, error.text);
            return EXIT_TROUBLE;
        }
        args.user = run->sink;
    } else {
        args.user = run->out;
    }
    run->ctx = calloc(1, run->report->ctx_size ? run->report->ctx_size : 1);
    if (!run->ctx) {
        complain("out of memory");
        return EXIT_TROUBLE;
    }
    run->opened = true;
    if (run->report->open(run->ctx, &args, &error) != HAR_OK) {
        complain("cannot begin the report: %s", error.text);
        return EXIT_TROUBLE;
    }
    return EXIT_DONE;
}

enum exit_status reports_open(struct reports *reports, struct cli *cli, const char *standard, struct output *out, bool stdout_taken)
{
    const struct options *options = &cli->options;
    const struct har_report *report = har_report_find(standard);
    size_t to_stdout = stdout_taken;
    *reports = (struct reports){0};
    for (size_t i = 0; i < options->report_count; i++) {
        const struct report_request *request = &options->reports[i];
        to_stdout += request->path == NULL;
        reports->run[reports->count++] = (struct reports_run){.report = request->report, .path = request->path, .out = &cli->out};
    }
    if (to_stdout > 1) {
        complain("%s; give all but one a file: --report FORMAT:PATH",
                 stdout_taken ? "a report and the output both go to stdout" : "two reports go to stdout");
        return EXIT_USAGE;
    }
    bool wanted = !options->quiet && (out != &cli->out || to_stdout == 0);
    if (wanted && report)
        reports->run[reports->count++] = (struct reports_run){.report = report, .out = out};
    for (size_t i = 0; i < reports->count; i++) {
        enum exit_status status = open_run(&reports->run[i], cli, reports->run[i].report == report);
        if (status != EXIT_DONE)
            return status;
        reports->shows |= reports->run[i].shows;
    }
    return EXIT_DONE;
}

void reports_begin(struct reports *reports, const char *source)
{
    struct har_error error = {0};
    for (size_t i = 0; i < reports->count && !reports->failed; i++) {
        struct reports_run *run = &reports->run[i];
        if (run->report->input_begin(run->ctx, source, &error) <= HAR_FAILED)
            fail(reports, run, &error);
    }
}

bool reports_wants(void *user, enum har_rule rule, enum har_level level)
{
    const struct reports *reports = user;
    for (size_t i = 0; i < reports->count; i++) {
        const struct reports_run *run = &reports->run[i];
        if (!run->report->wants || run->report->wants(run->ctx, rule, level))
            return true;
    }
    return false;
}

void reports_finding(void *user, const struct har_finding *finding)
{
    struct reports *reports = user;
    struct har_error error = {0};
    if (*signals_flag() != 0)
        return; /* what a run finds that is being ended is not true of the input */
    for (size_t i = 0; i < reports->count && !reports->failed; i++) {
        struct reports_run *run = &reports->run[i];
        if (run->report->finding(run->ctx, finding, &error) <= HAR_FAILED)
            fail(reports, run, &error);
    }
}

void reports_end(struct reports *reports, const struct har_summary *summary, const struct har_error *failure)
{
    struct har_error error = {0};
    for (size_t i = 0; i < reports->count && !reports->failed; i++) {
        struct reports_run *run = &reports->run[i];
        if (run->report->input_end(run->ctx, summary, failure, &error) > HAR_FAILED)
            continue;
        if (failure->domain == HAR_DOMAIN_MEMORY && error.domain == HAR_DOMAIN_MEMORY)
            give_up(reports); /* that memory is short was told */
        else
            fail(reports, run, &error);
    }
}

bool reports_finish(struct reports *reports)
{
    struct har_error error = {0};
    for (size_t i = 0; i < reports->count && !reports->failed; i++) {
        struct reports_run *run = &reports->run[i];
        if (run->report->finish(run->ctx, &error) <= HAR_FAILED || (run->sink && har_sink_commit(run->sink, &error) != HAR_OK))
            fail(reports, run, &error);
    }
    return !reports->failed;
}

void reports_close(struct reports *reports)
{
    for (size_t i = 0; i < reports->count; i++) {
        struct reports_run *run = &reports->run[i];
        if (run->opened)
            run->report->close(run->ctx);
        free(run->ctx);
        har_sink_free(run->sink);
    }
    reports->count = 0;
}
