/* Findings as lines for people: path:line:col: severity: message [rule-id] (/pointer). */
#include <inttypes.h>

#include "report/report.h"

struct text {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer source; /* of the input that is read, NUL-terminated */
    uint64_t found[HAR_RULE_COUNT];
};

#define SOURCE_MAX (16 * HAR_MIB)

static const char bold[] = "\033[1m";
static const char plain[] = "\033[0m";

static const char *const level_colors[] = {
    [HAR_LEVEL_INFO] = "\033[1;36m",
    [HAR_LEVEL_WARNING] = "\033[1;35m",
    [HAR_LEVEL_ERROR] = "\033[1;31m",
};

static enum har_status text_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct text *text = ctx;
    (void)error;
    text->args = *args;
    report_out_init(&text->out, args);
    har_buffer_init(&text->source, SOURCE_MAX);
    return HAR_OK;
}

static enum har_status text_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct text *text = ctx;
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        text->found[i] = 0;
    har_buffer_clear(&text->source);
    report_append_source(&text->source, source);
    return text->source.failed ? har_error_memory(error) : HAR_OK;
}

static const char *color(const struct text *text, const char *sequence)
{
    return text->args.color ? sequence : "";
}

static enum har_status text_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct text *text = ctx;
    struct har_buffer *line = &text->out.line;
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    if (!rule || finding->level < text->args.show)
        return HAR_OK;
    if (text->found[finding->rule]++ >= text->args.most && text->args.most > 0)
        return HAR_OK;

    har_buffer_append_text(line, color(text, bold));
    report_append_source(line, finding->source);
    har_buffer_printf(line, ":%" PRIu64 ":%" PRIu64 ":%s ", finding->place.line, finding->place.column, color(text, plain));
    har_buffer_printf(line, "%s%s:%s ", color(text, level_colors[finding->level]), har_level_name(finding->level),
                      color(text, plain));
    report_append_message(line, finding, text->args.show_values);
    har_buffer_printf(line, " [%s]", rule->id);
    if (finding->pointer.len > 0) {
        har_buffer_append_text(line, " (");
        har_buffer_append_visible(line, finding->pointer.bytes, finding->pointer.len, REPORT_POINTER_MOST);
        har_buffer_append_char(line, ')');
    }
    har_buffer_append_char(line, '\n');
    if (text->args.show_source)
        report_append_excerpt(line, finding, text->args.color);
    return report_out_flush(&text->out, error);
}

/* One line for each rule whose findings were not all printed. */
static enum har_status text_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                      struct har_error *error)
{
    struct text *text = ctx;
    struct har_buffer *line = &text->out.line;
    (void)summary;
    (void)failure;
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        if (text->args.most == 0 || text->found[i] <= text->args.most)
            continue;
        har_buffer_append(line, text->source.data, text->source.len);
        har_buffer_printf(line, ": and %" PRIu64 " more [%s]; --max-findings 0 prints all\n", text->found[i] - text->args.most,
                          har_rule_info((enum har_rule)i)->id);
    }
    return report_out_flush(&text->out, error);
}

static enum har_status text_finish(void *ctx, struct har_error *error)
{
    (void)ctx;
    (void)error;
    return HAR_OK;
}

static void text_close(void *ctx)
{
    struct text *text = ctx;
    report_out_release(&text->out);
    har_buffer_release(&text->source);
}

const struct har_report har_report_text = {
    .size = sizeof(struct har_report),
    .name = "text",
    .summary = "lines for people: path:line:column: severity: message [rule]",
    .ctx_size = sizeof(struct text),
    .open = text_open,
    .input_begin = text_input_begin,
    .finding = text_finding,
    .input_end = text_input_end,
    .finish = text_finish,
    .close = text_close,
};
