/* Findings for programs: one JSON object per line, one line per finding, whatever its level, and one
 * per input. docs/jsonl.md is the contract. */
#include <jansson.h>
#include <string.h>

#include <harmill/alloc.h>

#include "report/report.h"
#include "util/utf8.h"

struct jsonl {
    struct har_report_args args;
    struct report_out out;
    struct har_buffer text; /* scratch for one string */
    struct har_buffer source;
};

/* An object that is being filled; once something failed it stays failed. */
struct record {
    json_t *object;
    struct har_buffer *scratch;
    bool failed;
};

static void put(struct record *record, const char *key, json_t *value)
{
    if (json_object_set_new_nocheck(record->object, key, value))
        record->failed = true;
}

static void put_count(struct record *record, const char *key, uint64_t number)
{
    put(record, key, json_integer(number > INT64_MAX ? INT64_MAX : (json_int_t)number));
}

/* Puts a text; what is no UTF-8 in it becomes U+FFFD. */
static void put_text(struct record *record, const char *key, const char *bytes, size_t len)
{
    struct har_buffer *clean = record->scratch;
    har_buffer_clear(clean);
    size_t start = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp = 0;
        size_t step = utf8_decode(bytes + i, len - i, &cp);
        if (step == 0) {
            har_buffer_append(clean, bytes + start, i - start);
            har_buffer_append_text(clean, "\xEF\xBF\xBD");
            start = i + 1;
        }
        i += step > 0 ? step : 1;
    }
    if (len > start)
        har_buffer_append(clean, bytes + start, len - start);
    if (clean->failed)
        record->failed = true;
    else
        put(record, key, json_stringn_nocheck(clean->len > 0 ? clean->data : "", clean->len));
}

static void put_string(struct record *record, const char *key, const char *text)
{
    if (text)
        put_text(record, key, text, strlen(text));
    else
        put(record, key, json_null());
}

static int append_dump(const char *bytes, size_t len, void *user)
{
    return har_buffer_append(user, bytes, len) ? 0 : -1;
}

/* Writes the record as a line and frees it. Jansson can lose parts silently when memory is short: then nothing is written. */
static enum har_status finish_record(struct jsonl *jsonl, struct record *record, struct har_error *error)
{
    struct har_buffer *line = &jsonl->out.line;
    if (!record->failed && json_dump_callback(record->object, append_dump, line, JSON_COMPACT | JSON_ENSURE_ASCII))
        record->failed = true;
    har_buffer_append_char(line, '\n');
    json_decref(record->object);
    if (record->failed || har_alloc_failed()) {
        har_buffer_clear(line);
        return har_error_memory(error);
    }
    return report_out_flush(&jsonl->out, error);
}

static struct record begin_record(struct jsonl *jsonl, const char *type)
{
    struct record record = {.object = json_object(), .scratch = &jsonl->text};
    put(&record, "type", json_string(type));
    return record;
}

static enum har_status jsonl_open(void *ctx, const struct har_report_args *args, struct har_error *error)
{
    struct jsonl *jsonl = ctx;
    (void)error;
    jsonl->args = *args;
    report_out_init(&jsonl->out, args);
    har_buffer_init(&jsonl->text, REPORT_LINE_MAX);
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
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    if (!rule)
        return HAR_OK;
    struct record record = begin_record(jsonl, "finding");
    put_string(&record, "source", finding->source);
    put_string(&record, "rule", rule->id);
    put_string(&record, "level", har_level_name(finding->level));
    put_count(&record, "line", finding->place.line);
    put_count(&record, "column", finding->place.column);
    put_count(&record, "offset", finding->place.offset);
    put_count(&record, "endLine", finding->end.line);
    put_count(&record, "endColumn", finding->end.column);
    put_text(&record, "pointer", finding->pointer.bytes, finding->pointer.len);
    put(&record, "entry", finding->entry < 0 ? json_null() : json_integer((json_int_t)finding->entry));

    /* The line buffer is free until the record is written. */
    struct har_buffer *message = &jsonl->out.line;
    if (!har_finding_message(finding, jsonl->args.show_values, message))
        record.failed = true;
    else
        put_text(&record, "message", message->data, message->len);
    har_buffer_clear(message);
    if (finding->done)
        put_string(&record, "done", finding->done);
    return finish_record(jsonl, &record, error);
}

static void put_counts(struct record *record, const struct har_summary *summary)
{
    put_count(record, "errors", summary->level_count[HAR_LEVEL_ERROR]);
    put_count(record, "warnings", summary->level_count[HAR_LEVEL_WARNING]);
    put_count(record, "infos", summary->level_count[HAR_LEVEL_INFO]);
    struct record rules = {.object = json_object(), .scratch = record->scratch};
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        if (summary->rule_count[i] > 0)
            put_count(&rules, har_rule_info((enum har_rule)i)->id, summary->rule_count[i]);
    put(record, "rules", rules.object);
    record->failed = record->failed || rules.failed;
}

static enum har_status jsonl_input_end(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                       struct har_error *error)
{
    struct jsonl *jsonl = ctx;
    struct record record = begin_record(jsonl, "input");
    put_string(&record, "source", jsonl->source.data);
    if (summary) {
        const uint64_t *count = summary->level_count;
        bool clean = count[HAR_LEVEL_ERROR] == 0 && count[HAR_LEVEL_WARNING] == 0 && count[HAR_LEVEL_INFO] == 0;
        put_string(&record, "version", summary->version[0] ? summary->version : NULL);
        put_count(&record, "entries", summary->entries);
        put_count(&record, "pages", summary->pages);
        put_count(&record, "bytes", summary->bytes);
        put_count(&record, "broken", summary->broken);
        put(&record, "cut", json_boolean(summary->cut));
        put_string(&record, "coding", summary->coding ? summary->coding->name : NULL);
        put_counts(&record, summary);
        put_string(&record, "status", clean && summary->broken == 0 && !summary->cut ? "clean" : "findings");
    } else {
        put_string(&record, "status", "unreadable");
        put_string(&record, "error", failure ? failure->text : NULL);
    }
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
