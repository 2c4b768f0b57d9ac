/* Findings as GitLab's code quality report: one JSON array, written as it comes. */
#include <string.h>

#include "report/record.h"
#include "util/hash.h"
#include "util/occurrence.h"

struct gitlab {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer text, message; /* scratch */
    struct har_buffer source;        /* of the input that is read, NUL-terminated */
    struct occurrence occurrence;    /* of fingerprints in this input */
    bool begun;                      /* the array has an element */
};

/* GitLab also knows critical and blocker, which no finding about a capture is. */
static const char *const severities[] = {
    [HAR_LEVEL_INFO] = "info",
    [HAR_LEVEL_WARNING] = "minor",
    [HAR_LEVEL_ERROR] = "major",
};

struct issue {
    const char *check_name, *severity;
    uint64_t fingerprint;
    uint64_t line;
};

static enum har_status gitlab_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct gitlab *gitlab = ctx;
    (void)error;
    gitlab->args = *args;
    report_out_init(&gitlab->out, args);
    har_buffer_init(&gitlab->text, REPORT_LINE_MAX);
    har_buffer_init(&gitlab->message, REPORT_LINE_MAX);
    har_buffer_init(&gitlab->source, REPORT_LINE_MAX);
    return HAR_OK;
}

static enum har_status gitlab_input_begin(void *ctx, const char *source, struct har_error *error)
{
    struct gitlab *gitlab = ctx;
    occurrence_clear(&gitlab->occurrence);
    har_buffer_clear(&gitlab->source);
    har_buffer_append_text(&gitlab->source, source ? source : "");
    return har_buffer_string(&gitlab->source) ? HAR_OK : har_error_memory(error);
}

/* The number keeps apart what the rule found in alike entries, the path what it found in several inputs. */
static uint64_t unique(const struct gitlab *gitlab, uint64_t fingerprint, uint64_t number)
{
    unsigned char bytes[16];
    for (size_t i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(fingerprint >> (8 * i));
        bytes[8 + i] = (unsigned char)(number >> (8 * i));
    }
    const char *path = report_path(gitlab->source.data);
    return hash_add(hash_add_part(HASH_START, path, strlen(path)), bytes, sizeof bytes);
}

/* Writes an element whose description is in gitlab->message. */
static enum har_status write_issue(struct gitlab *gitlab, const struct issue *issue, struct har_error *error)
{
    struct har_buffer *line = &gitlab->out.line;
    const char *path = report_path(gitlab->source.data);
    struct record record = record_begin(&gitlab->text);
    record_put_text(&record, "description", gitlab->message.data, gitlab->message.len);
    record_put_string(&record, "check_name", issue->check_name);
    record_put_fingerprint(&record, "fingerprint", issue->fingerprint);
    record_put_string(&record, "severity", issue->severity);
    struct record location = record_begin(&gitlab->text), lines = record_begin(&gitlab->text);
    record_put_count(&lines, "begin", issue->line);
    record_put_string(&location, "path", *path ? path : ".");
    record_put_record(&location, "lines", &lines);
    record_put_record(&record, "location", &location);
    if (gitlab->message.failed)
        record.failed = true;
    har_buffer_append_text(line, gitlab->begun ? ",\n" : "[\n");
    gitlab->begun = true;
    enum har_status status = record_end(&record, line, error);
    return status == HAR_OK ? report_out_flush(&gitlab->out, error) : status;
}

static enum har_status gitlab_finding(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct gitlab *gitlab = ctx;
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    uint64_t number = 0;
    if (!rule)
        return HAR_OK;
    if (!occurrence_add(&gitlab->occurrence, finding->fingerprint, &number))
        return har_error_memory(error);
    har_buffer_clear(&gitlab->message);
    report_append_message(&gitlab->message, finding, gitlab->args.show_values);
    report_append_pointer(&gitlab->message, finding->pointer);
    const struct issue issue = {
        .check_name = rule->id,
        .severity = severities[finding->level],
        .fingerprint = unique(gitlab, finding->fingerprint, number),
        .line = report_region(finding).line,
    };
    return write_issue(gitlab, &issue, error);
}

static enum har_status gitlab_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                        struct har_error *error)
{
    struct gitlab *gitlab = ctx;
    static const char name[] = "unreadable";
    if (summary)
        return HAR_OK;
    har_buffer_clear(&gitlab->message);
    har_buffer_append_text(&gitlab->message, failure ? failure->text : "cannot be read");
    const struct issue issue = {
        .check_name = name,
        .severity = severities[HAR_LEVEL_ERROR],
        .fingerprint = unique(gitlab, hash_add_part(HASH_START, name, sizeof name - 1), 1),
        .line = 1,
    };
    return write_issue(gitlab, &issue, error);
}

static enum har_status gitlab_finish(void *ctx, struct har_error *error)
{
    struct gitlab *gitlab = ctx;
    har_buffer_append_text(&gitlab->out.line, gitlab->begun ? "\n]\n" : "[]\n");
    return report_out_flush(&gitlab->out, error);
}

static void gitlab_close(void *ctx)
{
    struct gitlab *gitlab = ctx;
    report_out_release(&gitlab->out);
    har_buffer_release(&gitlab->text);
    har_buffer_release(&gitlab->message);
    har_buffer_release(&gitlab->source);
    occurrence_release(&gitlab->occurrence);
}

const struct har_report har_report_gitlab = {
    .size = sizeof(struct har_report),
    .name = "gitlab",
    .summary = "code quality report of GitLab",
    .ctx_size = sizeof(struct gitlab),
    .open = gitlab_open,
    .input_begin = gitlab_input_begin,
    .finding = gitlab_finding,
    .input_end = gitlab_input_end,
    .finish = gitlab_finish,
    .close = gitlab_close,
};
