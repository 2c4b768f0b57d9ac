/* Findings for people: path:line:column: severity: message [rule-id] (/pointer). */
#include <inttypes.h>

#include "report/report.h"

struct text {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer source; /* of the input that is read, NUL-terminated */
    uint64_t found[HAR_RULE_COUNT];
};

#define SOURCE_MAX (16 * HAR_MIB)

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

static bool text_wants(const void *ctx, enum har_rule rule, enum har_level level)
{
    const struct text *text = ctx;
    return level >= text->args.show && (text->args.most == 0 || text->found[rule] < text->args.most);
}

static enum har_status text_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct text *text = ctx;
    struct har_buffer *line = &text->out.line;
    if (!har_rule_info(finding->rule) || finding->level < text->args.show)
        return HAR_OK;
    bool wanted = text_wants(text, finding->rule, finding->level);
    text->found[finding->rule]++;
    if (!wanted)
        return HAR_OK;
    report_append_finding(line, finding, text->args.color, text->args.show_values);
    har_buffer_append_char(line, '\n');
    if (text->args.show_source)
        report_append_excerpt(line, finding, text->args.color);
    return report_out_flush(&text->out, error);
}

/* One line for each rule whose findings were not all printed. Those beyond the most were perhaps only counted. */
static enum har_status text_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                      struct har_error *error)
{
    struct text *text = ctx;
    struct har_buffer *line = &text->out.line;
    const uint64_t most = text->args.most;
    (void)failure;
    for (size_t i = 0; most > 0 && i < HAR_RULE_COUNT; i++) {
        uint64_t found = text->found[i];
        if (found >= most && summary && summary->rule_count[i] > found)
            found = summary->rule_count[i];
        if (found <= most)
            continue;
        har_buffer_append(line, text->source.data, text->source.len);
        har_buffer_printf(line, ": and %" PRIu64 " more [%s]; --max-findings 0 prints all\n", found - most,
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
    .wants = text_wants,
    .finding = text_finding,
    .input_end = text_input_end,
    .finish = text_finish,
    .close = text_close,
};
