/* Findings as a SARIF 2.1.0 log for GitHub's code scanning. Written at the end: it holds the worst results only, and rules stand
 * before results. */
#include <string.h>

#include "report/sarif.h"

/* Inputs that could not be read and are named. */
enum { NOTIFICATIONS_MOST = 1000 };

struct sarif {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer text, scratch;
    struct har_buffer source;        /* of the input that is read, NUL-terminated */
    struct har_buffer notifications; /* JSON, separated by commas */
    struct occurrence occurrence;    /* of fingerprints in this input */
    struct sarif_kept kept;
    struct report_totals totals;
};

static enum har_status sarif_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct sarif *sarif = ctx;
    (void)error;
    sarif->args = *args;
    report_out_init(&sarif->out, args);
    har_buffer_init(&sarif->text, REPORT_LINE_MAX);
    har_buffer_init(&sarif->scratch, REPORT_LINE_MAX);
    har_buffer_init(&sarif->source, REPORT_LINE_MAX);
    har_buffer_init(&sarif->notifications, REPORT_LINE_MAX);
    sarif_kept_init(&sarif->kept, SARIF_RESULTS_MOST);
    return HAR_OK;
}

static enum har_status sarif_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct sarif *sarif = ctx;
    sarif->kept.source = SIZE_MAX;
    occurrence_clear(&sarif->occurrence);
    report_totals_begin(&sarif->totals);
    har_buffer_clear(&sarif->source);
    har_buffer_append_text(&sarif->source, source ? source : "");
    return har_buffer_string(&sarif->source) ? HAR_OK : har_error_memory(error);
}

static bool sarif_wants(const void *ctx, enum har_rule rule, enum har_level level)
{
    const struct sarif *sarif = ctx;
    (void)rule;
    return sarif_kept_wants(&sarif->kept, level);
}

static enum har_status sarif_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct sarif *sarif = ctx;
    uint64_t number = 0;
    if (!har_rule_info(finding->rule))
        return HAR_OK;
    report_totals_finding(&sarif->totals, finding);
    if (!sarif_kept_wants(&sarif->kept, finding->level))
        return HAR_OK;
    if (!occurrence_add(&sarif->occurrence, finding->fingerprint, &number) ||
        !sarif_kept_add(&sarif->kept, finding, number, sarif->args.show_values))
        return har_error_memory(error);
    return HAR_OK;
}

static enum har_status write_record(struct sarif *sarif, struct record *record, struct har_error *error)
{
    const enum har_status status = record_end(record, &sarif->out.line, error);
    return status == HAR_OK ? report_out_flush(&sarif->out, error) : status;
}

/* An input that could not be read is told as a notification of the tool. */
static enum har_status notify(struct sarif *sarif, const struct har_error *failure, struct har_error *error)
{
    const char *why = failure ? failure->text : "cannot be read";
    struct record record = record_begin(&sarif->scratch), location = record_begin(&sarif->scratch);
    struct record physical = record_begin(&sarif->scratch), artifact = record_begin(&sarif->scratch);
    record_put_string(&record, "level", "error");
    record_put_message(&record, "message", why, strlen(why));
    har_buffer_clear(&sarif->text);
    report_append_uri(&sarif->text, sarif->source.data);
    record_put_text(&artifact, "uri", sarif->text.data, sarif->text.len);
    record_put_record(&physical, "artifactLocation", &artifact);
    record_put_record(&location, "physicalLocation", &physical);
    record_put_one(&record, "locations", &location);
    if (sarif->notifications.len > 0)
        har_buffer_append_char(&sarif->notifications, ',');
    return record_end(&record, &sarif->notifications, error);
}

static enum har_status sarif_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                       struct har_error *error)
{
    struct sarif *sarif = ctx;
    report_totals_end(&sarif->totals, summary);
    if (summary || sarif->totals.unreadable > NOTIFICATIONS_MOST)
        return HAR_OK;
    return notify(sarif, failure, error);
}

/* The rules of the results that are kept, in the order of the table. */
static enum har_status write_rules(struct sarif *sarif, size_t *index, struct har_error *error)
{
    bool occurs[HAR_RULE_COUNT] = {false};
    size_t count = 0;
    for (size_t level = 0; level <= HAR_LEVEL_ERROR; level++)
        for (size_t i = 0; i < sarif->kept.list[level].count; i++)
            occurs[sarif->kept.list[level].result[i].rule] = true;
    for (size_t rule = 0; rule < HAR_RULE_COUNT; rule++) {
        if (!occurs[rule])
            continue;
        har_buffer_append_text(&sarif->out.line, count > 0 ? ",\n" : "\n");
        index[rule] = count++;
        struct record record = record_begin(&sarif->scratch);
        sarif_put_rule(&record, har_rule_info((enum har_rule)rule), &sarif->text);
        const enum har_status status = write_record(sarif, &record, error);
        if (status != HAR_OK)
            return status;
    }
    return HAR_OK;
}

static enum har_status write_results(struct sarif *sarif, const size_t *index, struct har_error *error)
{
    const char *separator = "\n";
    for (enum har_level level = HAR_LEVEL_ERROR; level >= HAR_LEVEL_INFO; level--) {
        for (size_t i = 0; i < sarif->kept.list[level].count; i++) {
            har_buffer_append_text(&sarif->out.line, separator);
            separator = ",\n";
            struct record record = record_begin(&sarif->scratch);
            sarif_put_result(&record, &sarif->kept, level, i, index[sarif->kept.list[level].result[i].rule], &sarif->text);
            const enum har_status status = write_record(sarif, &record, error);
            if (status != HAR_OK)
                return status;
        }
    }
    return HAR_OK;
}

static void append_invocation(struct sarif *sarif)
{
    struct har_buffer *line = &sarif->out.line;
    har_buffer_printf(line, "\n]}},\"columnKind\":\"unicodeCodePoints\",\"invocations\":[{\"executionSuccessful\":%s",
                      sarif->totals.unreadable ? "false" : "true");
    if (sarif->notifications.len > 0) {
        har_buffer_append_text(line, ",\"toolExecutionNotifications\":[");
        har_buffer_append(line, sarif->notifications.data, sarif->notifications.len);
        har_buffer_append_char(line, ']');
    }
    har_buffer_append_text(line, "}],\n\"results\":[");
}

/* What the run found and what of it is not in the results. */
static enum har_status append_properties(struct sarif *sarif, struct har_error *error)
{
    const struct report_totals *totals = &sarif->totals;
    uint64_t found = 0;
    for (size_t level = 0; level <= HAR_LEVEL_ERROR; level++)
        found += totals->level_count[level];
    struct record record = record_begin(&sarif->scratch);
    record_put_count(&record, "inputs", totals->inputs);
    record_put_count(&record, "unreadableInputs", totals->unreadable);
    record_put_count(&record, "findings", found);
    record_put_count(&record, "droppedFindings", found - sarif_kept_count(&sarif->kept));
    har_buffer_append_text(&sarif->out.line, "\n],\"properties\":");
    return record_end(&record, &sarif->out.line, error);
}

static enum har_status sarif_finish(void *ctx, struct har_error *error)
{
    struct sarif *sarif = ctx;
    struct har_buffer *line = &sarif->out.line;
    size_t index[HAR_RULE_COUNT] = {0};
    har_buffer_printf(line,
                      "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[\n"
                      "{\"tool\":{\"driver\":{\"name\":\"harmill\",\"version\":\"%s\",\"semanticVersion\":\"%s\",\"rules\":[",
                      har_version(), har_version());
    enum har_status status = write_rules(sarif, index, error);
    if (status != HAR_OK)
        return status;
    append_invocation(sarif);
    status = write_results(sarif, index, error);
    if (status != HAR_OK)
        return status;
    status = append_properties(sarif, error);
    har_buffer_append_text(line, "}\n]}\n");
    return status == HAR_OK ? report_out_flush(&sarif->out, error) : status;
}

static void sarif_close(void *ctx)
{
    struct sarif *sarif = ctx;
    report_out_release(&sarif->out);
    har_buffer_release(&sarif->text);
    har_buffer_release(&sarif->scratch);
    har_buffer_release(&sarif->source);
    har_buffer_release(&sarif->notifications);
    occurrence_release(&sarif->occurrence);
    sarif_kept_release(&sarif->kept);
}

const struct har_report har_report_sarif = {
    .size = sizeof(struct har_report),
    .name = "sarif",
    .summary = "SARIF 2.1.0, for GitHub's code scanning",
    .ctx_size = sizeof(struct sarif),
    .open = sarif_open,
    .input_begin = sarif_input_begin,
    .wants = sarif_wants,
    .finding = sarif_finding,
    .input_end = sarif_input_end,
    .finish = sarif_finish,
    .close = sarif_close,
};
