/* Records: values through jansson, findings and inputs member by member. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <harmill/alloc.h>

#include "report/record.h"
#include "util/utf8.h"

struct record record_begin(struct har_buffer *scratch)
{
    struct record record = {.object = json_object(), .scratch = scratch};
    return record;
}

void record_put(struct record *record, const char *key, json_t *value)
{
    if (json_object_set_new_nocheck(record->object, key, value))
        record->failed = true;
}

void record_put_count(struct record *record, const char *key, uint64_t number)
{
    record_put(record, key, json_integer(number > INT64_MAX ? INT64_MAX : (json_int_t)number));
}

void record_put_text(struct record *record, const char *key, const char *bytes, size_t len)
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
        record_put(record, key, json_stringn_nocheck(clean->len > 0 ? clean->data : "", clean->len));
}

void record_put_string(struct record *record, const char *key, const char *text)
{
    if (text)
        record_put_text(record, key, text, strlen(text));
    else
        record_put(record, key, json_null());
}

void record_put_record(struct record *record, const char *key, struct record *value)
{
    record_put(record, key, value->object);
    record->failed = record->failed || value->failed;
    value->object = NULL;
}

static void put_array(struct record *record, const char *key, json_t *value)
{
    json_t *array = json_array();
    if (json_array_append_new(array, value))
        record->failed = true;
    record_put(record, key, array);
}

void record_put_one(struct record *record, const char *key, struct record *value)
{
    put_array(record, key, value->object);
    record->failed = record->failed || value->failed;
    value->object = NULL;
}

void record_put_word(struct record *record, const char *key, const char *word)
{
    put_array(record, key, json_string(word));
}

void record_put_message(struct record *record, const char *key, const char *bytes, size_t len)
{
    struct record message = record_begin(record->scratch);
    record_put_text(&message, "text", bytes, len);
    record_put_record(record, key, &message);
}

void record_put_fingerprint(struct record *record, const char *key, uint64_t fingerprint)
{
    char digits[17];
    snprintf(digits, sizeof digits, "%016" PRIx64, fingerprint);
    record_put(record, key, json_string(digits));
}

/* DEL is the one control character that jansson leaves as it is. */
static int append_dump(const char *bytes, size_t len, void *user)
{
    struct har_buffer *line = user;
    for (const char *del = memchr(bytes, 0x7f, len); del; del = memchr(bytes, 0x7f, len)) {
        size_t before = (size_t)(del - bytes);
        har_buffer_append(line, bytes, before);
        har_buffer_append_text(line, "\\u007F");
        bytes += before + 1;
        len -= before + 1;
    }
    return har_buffer_append(line, bytes, len) ? 0 : -1;
}

enum har_status record_end(struct record *record, struct har_buffer *line, struct har_error *error)
{
    size_t before = line->len;
    if (!record->failed && json_dump_callback(record->object, append_dump, line, JSON_COMPACT | JSON_ENSURE_ASCII))
        record->failed = true;
    record_drop(record);
    if (!record->failed && !line->failed && !har_alloc_failed())
        return HAR_OK;
    line->len = before;
    return har_error_memory(error);
}

void record_drop(struct record *record)
{
    json_decref(record->object);
    record->object = NULL;
}

void record_put_finding(struct record *record, const struct har_finding *finding, bool show_values, struct har_buffer *message)
{
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    record_put_string(record, "rule", rule->id);
    record_put_string(record, "group", har_rule_group_name(rule->group));
    record_put_string(record, "level", har_level_name(finding->level));
    record_put_count(record, "line", finding->place.line);
    record_put_count(record, "column", finding->place.column);
    record_put_count(record, "offset", finding->place.offset);
    record_put_count(record, "endLine", finding->end.line);
    record_put_count(record, "endColumn", finding->end.column);
    record_put_text(record, "pointer", finding->pointer.bytes, finding->pointer.len);
    record_put(record, "entry", finding->entry < 0 ? json_null() : json_integer((json_int_t)finding->entry));
    record_put_fingerprint(record, "fingerprint", finding->fingerprint);
    har_buffer_clear(message);
    if (!har_finding_message(finding, show_values, message))
        record->failed = true;
    else
        record_put_text(record, "message", message->data, message->len);
    if (finding->done)
        record_put_string(record, "done", finding->done);
}

void record_put_counts(struct record *record, const uint64_t *level_count, const uint64_t *rule_count)
{
    record_put_count(record, "errors", level_count[HAR_LEVEL_ERROR]);
    record_put_count(record, "warnings", level_count[HAR_LEVEL_WARNING]);
    record_put_count(record, "infos", level_count[HAR_LEVEL_INFO]);
    struct record rules = record_begin(record->scratch);
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        if (rule_count[i] > 0)
            record_put_count(&rules, har_rule_info((enum har_rule)i)->id, rule_count[i]);
    record_put_record(record, "rules", &rules);
}

/* What normalize changed; nothing where it was not asked for or found nothing. */
static void put_mended(struct record *record, const struct har_summary *summary)
{
    struct record mended = record_begin(record->scratch);
    bool any = false;
    for (size_t i = 0; i < HAR_MEND_COUNT; i++) {
        if (summary->mend_count[i] > 0)
            record_put_count(&mended, har_mend_info((enum har_mend)i)->id, summary->mend_count[i]);
        any |= summary->mend_count[i] > 0;
    }
    if (any)
        record_put_record(record, "mended", &mended);
    else
        record_drop(&mended);
    if (summary->dropped)
        record_put_count(record, "dropped", summary->dropped);
}

void record_put_input(struct record *record, const struct har_summary *summary, const struct har_error *failure)
{
    if (!summary) {
        record_put_string(record, "status", "unreadable");
        record_put_string(record, "error", failure ? failure->text : NULL);
        return;
    }
    record_put_string(record, "version", summary->version[0] ? summary->version : NULL);
    record_put_count(record, "entries", summary->entries);
    record_put_count(record, "pages", summary->pages);
    record_put_count(record, "bytes", summary->bytes);
    record_put_count(record, "broken", summary->broken);
    record_put(record, "cut", json_boolean(summary->cut));
    record_put_string(record, "coding", summary->coding ? summary->coding->name : NULL);
    record_put_counts(record, summary->level_count, summary->rule_count);
    put_mended(record, summary);
    record_put_string(record, "status", report_is_clean(summary) ? "clean" : "findings");
}
