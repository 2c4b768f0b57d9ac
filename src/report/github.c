/* Findings as workflow commands, which GitHub shows beside the lines of a file. It shows few per step, so the worst come first and
 * the rest is only counted. */
#include <inttypes.h>
#include <string.h>

#include "report/report.h"

/* What GitHub shows of each level per step. */
enum { SHOWN_MOST = 10 };

struct github {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer source; /* of the input that is read, NUL-terminated */
    struct har_buffer text;   /* scratch */
    struct report_totals totals;
    struct shown {
        struct har_buffer lines;
        uint64_t count;
    } shown[HAR_LEVEL_ERROR + 1];
};

static const char *const commands[] = {
    [HAR_LEVEL_INFO] = "notice",
    [HAR_LEVEL_WARNING] = "warning",
    [HAR_LEVEL_ERROR] = "error",
};

static enum har_status github_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct github *github = ctx;
    (void)error;
    github->args = *args;
    report_out_init(&github->out, args);
    har_buffer_init(&github->source, REPORT_LINE_MAX);
    har_buffer_init(&github->text, REPORT_LINE_MAX);
    for (size_t i = 0; i <= HAR_LEVEL_ERROR; i++)
        har_buffer_init(&github->shown[i].lines, REPORT_LINE_MAX);
    return HAR_OK;
}

static enum har_status github_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct github *github = ctx;
    report_totals_begin(&github->totals);
    har_buffer_clear(&github->source);
    har_buffer_append_text(&github->source, source ? source : "");
    return har_buffer_string(&github->source) ? HAR_OK : har_error_memory(error);
}

/* The runner ends a command at CR and LF, a property at a comma, and the properties at a colon. */
static void append_escaped(struct har_buffer *line, const struct har_buffer *text, bool property)
{
    for (size_t i = 0; i < text->len; i++) {
        char c = text->data[i];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            har_buffer_printf(line, "%%%02X", (unsigned char)c);
        else
            har_buffer_append_char(line, c);
    }
    if (text->failed)
        line->failed = true;
}

static void append_file(struct github *github, struct har_buffer *line, const char *source)
{
    har_buffer_clear(&github->text);
    report_append_source(&github->text, report_path(source));
    append_escaped(line, &github->text, true);
}

static bool github_wants(const void *ctx, enum har_rule rule, enum har_level level)
{
    const struct github *github = ctx;
    (void)rule;
    return level >= github->args.show && github->shown[level].count < SHOWN_MOST;
}

static enum har_status github_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct github *github = ctx;
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    if (!rule)
        return HAR_OK;
    report_totals_finding(&github->totals, finding);
    if (!github_wants(github, finding->rule, finding->level))
        return HAR_OK;
    struct shown *shown = &github->shown[finding->level];
    struct har_buffer *line = &shown->lines;
    const struct report_region region = report_region(finding);
    har_buffer_printf(line, "::%s file=", commands[finding->level]);
    append_file(github, line, finding->source);
    har_buffer_printf(line, ",line=%" PRIu64, region.line);
    if (region.line == region.end_line) /* columns of several lines are refused */
        har_buffer_printf(line, ",col=%" PRIu64, region.column);
    har_buffer_printf(line, ",endLine=%" PRIu64, region.end_line);
    if (region.line == region.end_line)
        har_buffer_printf(line, ",endColumn=%" PRIu64, region.end_column);
    har_buffer_printf(line, ",title=harmill %s::", rule->id);
    har_buffer_clear(&github->text);
    report_append_message(&github->text, finding, github->args.show_values);
    report_append_pointer(&github->text, finding->pointer);
    append_escaped(line, &github->text, false);
    har_buffer_append_char(line, '\n');
    shown->count++;
    return line->failed ? har_error_memory(error) : HAR_OK;
}

static enum har_status github_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                        struct har_error *error)
{
    struct github *github = ctx;
    struct shown *shown = &github->shown[HAR_LEVEL_ERROR];
    report_totals_end(&github->totals, summary);
    if (summary || shown->count >= SHOWN_MOST)
        return HAR_OK;
    har_buffer_append_text(&shown->lines, "::error file=");
    append_file(github, &shown->lines, github->source.data);
    har_buffer_append_text(&shown->lines, ",title=harmill::");
    har_buffer_clear(&github->text);
    report_append_source(&github->text, failure ? failure->text : "cannot be read");
    append_escaped(&shown->lines, &github->text, false);
    har_buffer_append_char(&shown->lines, '\n');
    shown->count++;
    return shown->lines.failed ? har_error_memory(error) : HAR_OK;
}

static enum har_status github_finish(void *ctx, struct har_error *error)
{
    struct github *github = ctx;
    struct har_buffer *line = &github->out.line;
    uint64_t all = github->totals.unreadable;
    for (size_t level = HAR_LEVEL_ERROR; level >= HAR_LEVEL_INFO; level--) {
        const struct shown *shown = &github->shown[level];
        har_buffer_append(line, shown->lines.data, shown->lines.len);
        all += level >= github->args.show ? github->totals.level_count[level] : 0;
        all -= shown->count;
    }
    har_buffer_append_text(line, "harmill: ");
    report_append_totals(line, &github->totals);
    if (all > 0)
        har_buffer_printf(line, "; %" PRIu64 " more than shown", all);
    har_buffer_append_char(line, '\n');
    return report_out_flush(&github->out, error);
}

static void github_close(void *ctx)
{
    struct github *github = ctx;
    report_out_release(&github->out);
    har_buffer_release(&github->source);
    har_buffer_release(&github->text);
    for (size_t i = 0; i <= HAR_LEVEL_ERROR; i++)
        har_buffer_release(&github->shown[i].lines);
}

const struct har_report har_report_github = {
    .size = sizeof(struct har_report),
    .name = "github",
    .summary = "workflow commands of GitHub, worst first",
    .ctx_size = sizeof(struct github),
    .open = github_open,
    .input_begin = github_input_begin,
    .wants = github_wants,
    .finding = github_finding,
    .input_end = github_input_end,
    .finish = github_finish,
    .close = github_close,
};
