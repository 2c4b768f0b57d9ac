/* Findings for programs that read one document: inputs with their findings, then the totals. Written as it comes. */
#include "report/record.h"

struct json {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer text, message; /* scratch */
    struct report_totals totals;
    bool begun;  /* an input */
    bool listed; /* the input that is read has a finding */
};

/* Appends the members of a record without its opening brace: it goes on with an object that was begun. */
static enum har_status append_members(struct json *json, struct record *record, struct har_error *error)
{
    size_t before = json->out.line.len;
    enum har_status status = record_end(record, &json->out.line, error);
    if (status == HAR_OK)
        json->out.line.data[before] = ',';
    return status;
}

static enum har_status json_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct json *json = ctx;
    (void)error;
    json->args = *args;
    report_out_init(&json->out, args);
    har_buffer_init(&json->text, REPORT_LINE_MAX);
    har_buffer_init(&json->message, REPORT_LINE_MAX);
    return HAR_OK;
}

/* Opens an object at the end of the line by a record of which the closing brace is taken off again. */
static enum har_status append_open(struct json *json, struct record *record, struct har_error *error)
{
    enum har_status status = record_end(record, &json->out.line, error);
    if (status == HAR_OK)
        json->out.line.len--;
    return status;
}

static enum har_status append_head(struct json *json, struct har_error *error)
{
    struct record record = record_begin(&json->text);
    record_put_string(&record, "tool", "harmill");
    record_put_string(&record, "version", har_version());
    enum har_status status = append_open(json, &record, error);
    har_buffer_append_text(&json->out.line, ",\"inputs\":[");
    return status;
}

static enum har_status json_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct json *json = ctx;
    if (!json->begun && append_head(json, error) != HAR_OK)
        return HAR_FATAL;
    har_buffer_append_text(&json->out.line, json->begun ? ",\n" : "\n");
    json->begun = true;
    report_totals_begin(&json->totals);
    struct record record = record_begin(&json->text);
    record_put_string(&record, "source", source ? source : "");
    if (append_open(json, &record, error) != HAR_OK)
        return HAR_FATAL;
    har_buffer_append_text(&json->out.line, ",\"findings\":[");
    json->listed = false;
    return report_out_flush(&json->out, error);
}

static enum har_status json_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct json *json = ctx;
    if (!har_rule_info(finding->rule))
        return HAR_OK;
    report_totals_finding(&json->totals, finding);
    har_buffer_append_text(&json->out.line, json->listed ? ",\n" : "\n");
    json->listed = true;
    struct record record = record_begin(&json->text);
    record_put_finding(&record, finding, json->args.show_values, &json->message);
    enum har_status status = record_end(&record, &json->out.line, error);
    return status == HAR_OK ? report_out_flush(&json->out, error) : status;
}

static enum har_status json_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                      struct har_error *error)
{
    struct json *json = ctx;
    report_totals_end(&json->totals, summary);
    har_buffer_append_char(&json->out.line, ']');
    struct record record = record_begin(&json->text);
    record_put_input(&record, summary, failure);
    enum har_status status = append_members(json, &record, error);
    return status == HAR_OK ? report_out_flush(&json->out, error) : status;
}

static enum har_status json_finish(void *ctx, struct har_error *error)
{
    struct json *json = ctx;
    const struct report_totals *totals = &json->totals;
    if (!json->begun && append_head(json, error) != HAR_OK)
        return HAR_FATAL;
    har_buffer_append_text(&json->out.line, "\n],\"summary\":");
    struct record record = record_begin(&json->text);
    record_put_count(&record, "inputs", totals->inputs);
    record_put_count(&record, "clean", totals->clean);
    record_put_count(&record, "unreadable", totals->unreadable);
    record_put_counts(&record, totals->level_count, totals->rule_count);
    enum har_status status = record_end(&record, &json->out.line, error);
    har_buffer_append_text(&json->out.line, "}\n");
    return status == HAR_OK ? report_out_flush(&json->out, error) : status;
}

static void json_close(void *ctx)
{
    struct json *json = ctx;
    report_out_release(&json->out);
    har_buffer_release(&json->text);
    har_buffer_release(&json->message);
}

const struct har_report har_report_json = {
    .size = sizeof(struct har_report),
    .name = "json",
    .summary = "one JSON document, for programs",
    .ctx_size = sizeof(struct json),
    .open = json_open,
    .input_begin = json_input_begin,
    .finding = json_finding,
    .input_end = json_input_end,
    .finish = json_finish,
    .close = json_close,
};
