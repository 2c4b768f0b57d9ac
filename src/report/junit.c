/* Findings as JUnit XML: a test suite with one test case for each input, written when the input has ended. */
#include <inttypes.h>
#include <string.h>

#include "report/report.h"

/* Lines kept of the errors and warnings of an input, and of its infos: the counts stand in front of them. */
enum { LINES_MOST = 1000 };

struct listing {
    struct har_buffer lines; /* ready for XML */
    uint64_t count;          /* lines in it */
};

struct junit {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer source;    /* of the input that is read, ready for XML */
    struct har_buffer text;      /* scratch */
    struct report_totals totals; /* of this input */
    struct listing failures, infos;
    bool begun;
};

static enum har_status junit_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct junit *junit = ctx;
    (void)error;
    junit->args = *args;
    report_out_init(&junit->out, args);
    har_buffer_init(&junit->source, REPORT_LINE_MAX);
    har_buffer_init(&junit->text, REPORT_LINE_MAX);
    har_buffer_init(&junit->failures.lines, REPORT_LINE_MAX);
    har_buffer_init(&junit->infos.lines, REPORT_LINE_MAX);
    return HAR_OK;
}

static void begin(struct junit *junit)
{
    if (!junit->begun)
        har_buffer_append_text(&junit->out.line, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"harmill\">\n");
    junit->begun = true;
}

static enum har_status junit_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct junit *junit = ctx;
    begin(junit);
    junit->totals = (struct report_totals){0};
    junit->failures.count = junit->infos.count = 0;
    har_buffer_clear(&junit->failures.lines);
    har_buffer_clear(&junit->infos.lines);
    har_buffer_clear(&junit->source);
    if (source)
        report_append_xml(&junit->source, source, strlen(source));
    return junit->source.failed ? har_error_memory(error) : HAR_OK;
}

static bool junit_wants(const void *ctx, enum har_rule rule, enum har_level level)
{
    const struct junit *junit = ctx;
    (void)rule;
    return (level == HAR_LEVEL_INFO ? junit->infos.count : junit->failures.count) < LINES_MOST;
}

static enum har_status junit_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct junit *junit = ctx;
    if (!har_rule_info(finding->rule))
        return HAR_OK;
    report_totals_finding(&junit->totals, finding);
    if (!junit_wants(junit, finding->rule, finding->level))
        return HAR_OK;
    struct listing *listing = finding->level == HAR_LEVEL_INFO ? &junit->infos : &junit->failures;
    har_buffer_clear(&junit->text);
    report_append_finding(&junit->text, finding, false, junit->args.show_values);
    report_append_xml(&listing->lines, junit->text.data, junit->text.len);
    har_buffer_append_char(&listing->lines, '\n');
    listing->count++;
    return junit->text.failed || listing->lines.failed ? har_error_memory(error) : HAR_OK;
}

static void append_listing(struct har_buffer *line, const struct listing *listing, uint64_t all)
{
    har_buffer_append(line, listing->lines.data, listing->lines.len);
    if (all > listing->count)
        har_buffer_printf(line, "and %" PRIu64 " more\n", all - listing->count);
}

/* "2 errors, 1 warning" */
static void append_counts(struct har_buffer *line, uint64_t errors, uint64_t warnings)
{
    if (errors > 0)
        har_buffer_printf(line, "%" PRIu64 " error%s", errors, errors == 1 ? "" : "s");
    if (errors > 0 && warnings > 0)
        har_buffer_append_text(line, ", ");
    if (warnings > 0)
        har_buffer_printf(line, "%" PRIu64 " warning%s", warnings, warnings == 1 ? "" : "s");
}

static void append_error(struct har_buffer *line, const struct junit *junit, const struct har_error *failure)
{
    const uint64_t *count = junit->totals.level_count;
    const char *text = failure ? failure->text : "cannot be read";
    har_buffer_append_text(line, "      <error type=\"unreadable\" message=\"");
    report_append_xml(line, text, strlen(text));
    har_buffer_append_text(line, "\">");
    append_listing(line, &junit->failures, count[HAR_LEVEL_ERROR] + count[HAR_LEVEL_WARNING]);
    har_buffer_append_text(line, "</error>\n");
}

/* An input that is cut or broken without a finding, because its rules are off, has failed too. */
static void append_failure(struct har_buffer *line, const struct junit *junit, const struct har_summary *summary)
{
    const uint64_t errors = junit->totals.level_count[HAR_LEVEL_ERROR], warnings = junit->totals.level_count[HAR_LEVEL_WARNING];
    har_buffer_append_text(line, "      <failure type=\"findings\" message=\"");
    if (errors + warnings > 0)
        append_counts(line, errors, warnings);
    else
        har_buffer_append_text(line, summary && summary->cut ? "not read to the end" : "not read whole");
    har_buffer_append_text(line, "\">");
    append_listing(line, &junit->failures, errors + warnings);
    har_buffer_append_text(line, "</failure>\n");
}

static enum har_status junit_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                       struct har_error *error)
{
    struct junit *junit = ctx;
    struct har_buffer *line = &junit->out.line;
    report_totals_end(&junit->totals, summary);
    const uint64_t *count = junit->totals.level_count;
    bool failed = summary && (count[HAR_LEVEL_ERROR] + count[HAR_LEVEL_WARNING] + summary->broken > 0 || summary->cut);
    har_buffer_append_text(line, "  <testsuite name=\"");
    har_buffer_append(line, junit->source.data, junit->source.len);
    har_buffer_printf(line, "\" tests=\"1\" failures=\"%d\" errors=\"%d\">\n    <testcase classname=\"harmill\" name=\"", failed,
                      !summary);
    har_buffer_append(line, junit->source.data, junit->source.len);
    har_buffer_append_text(line, "\">\n");
    if (!summary)
        append_error(line, junit, failure);
    else if (failed)
        append_failure(line, junit, summary);
    if (count[HAR_LEVEL_INFO] > 0) {
        har_buffer_append_text(line, "      <system-out>");
        append_listing(line, &junit->infos, count[HAR_LEVEL_INFO]);
        har_buffer_append_text(line, "</system-out>\n");
    }
    har_buffer_append_text(line, "    </testcase>\n  </testsuite>\n");
    return report_out_flush(&junit->out, error);
}

static enum har_status junit_finish(void *ctx, struct har_error *error)
{
    struct junit *junit = ctx;
    begin(junit);
    har_buffer_append_text(&junit->out.line, "</testsuites>\n");
    return report_out_flush(&junit->out, error);
}

static void junit_close(void *ctx)
{
    struct junit *junit = ctx;
    report_out_release(&junit->out);
    har_buffer_release(&junit->source);
    har_buffer_release(&junit->text);
    har_buffer_release(&junit->failures.lines);
    har_buffer_release(&junit->infos.lines);
}

const struct har_report har_report_junit = {
    .size = sizeof(struct har_report),
    .name = "junit",
    .summary = "JUnit XML, a test case for each input",
    .ctx_size = sizeof(struct junit),
    .open = junit_open,
    .input_begin = junit_input_begin,
    .wants = junit_wants,
    .finding = junit_finding,
    .input_end = junit_input_end,
    .finish = junit_finish,
    .close = junit_close,
};
