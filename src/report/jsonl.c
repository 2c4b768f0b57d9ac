/* Findings for programs: one JSON object per line, one line per finding, whatever its level, and one
 * per input. docs/jsonl.md is the contract. */
#include "report/record.h"

struct jsonl {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer text, message; /* scratch */
    struct har_buffer source;        /* of the input that is read, NUL-terminated */
};

static struct record begin_record(struct jsonl *jsonl, const char *type, const char *source)
{
    struct record record = record_begin(&jsonl->text);
    record_put_string(&record, "type", type);
    record_put_string(&record, "source", source);
    return record;
}

static enum har_status finish_record(struct jsonl *jsonl, struct record *record, struct har_error *error)
{
    enum har_status status = record_end(record, &jsonl->out.line, error);
    if (status != HAR_OK)
        return status;
    har_buffer_append_char(&jsonl->out.line, '\n');
    return report_out_flush(&jsonl->out, error);
}

static enum har_status jsonl_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct jsonl *jsonl = ctx;
    (void)error;
    jsonl->args = *args;
    report_out_init(&jsonl->out, args);
    har_buffer_init(&jsonl->text, REPORT_LINE_MAX);
    har_buffer_init(&jsonl->message, REPORT_LINE_MAX);
    har_buffer_init(&jsonl->source, REPORT_LINE_MAX);
    return HAR_OK;
}

static enum har_status jsonl_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct jsonl *jsonl = ctx;
    har_buffer_clear(&jsonl->source);
    har_buffer_append_text(&jsonl->source, source ? source : "");
    return har_buffer_string(&jsonl->source) ? HAR_OK : har_error_memory(error);
}

static enum har_status jsonl_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct jsonl *jsonl = ctx;
    if (!har_rule_info(finding->rule))
        return HAR_OK;
    struct record record = begin_record(jsonl, "finding", finding->source);
    record_put_finding(&record, finding, jsonl->args.show_values, &jsonl->message);
    return finish_record(jsonl, &record, error);
}

static enum har_status jsonl_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                       struct har_error *error)
{
    struct jsonl *jsonl = ctx;
    struct record record = begin_record(jsonl, "input", jsonl->source.data);
    record_put_input(&record, summary, failure);
    return finish_record(jsonl, &record, error);
}

static enum har_status jsonl_finish(void *ctx, struct har_error *error)
{
    (void)ctx;
    (void)error;
    return HAR_OK;
}

static void jsonl_close(void *ctx)
{
    struct jsonl *jsonl = ctx;
    report_out_release(&jsonl->out);
    har_buffer_release(&jsonl->text);
    har_buffer_release(&jsonl->message);
    har_buffer_release(&jsonl->source);
}

const struct har_report har_report_jsonl = {
    .size = sizeof(struct har_report),
    .name = "jsonl",
    .summary = "one JSON object per line, for programs",
    .ctx_size = sizeof(struct jsonl),
    .open = jsonl_open,
    .input_begin = jsonl_input_begin,
    .finding = jsonl_finding,
    .input_end = jsonl_input_end,
    .finish = jsonl_finish,
    .close = jsonl_close,
};
