/* Rules and results in the spelling of SARIF 2.1.0, as GitHub takes it. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report/sarif.h"

/* Characters of a rule's full description. */
enum { DESCRIPTION_MOST = 1024 };

static const char *const level_names[] = {
    [HAR_LEVEL_OFF] = "none",
    [HAR_LEVEL_INFO] = "note",
    [HAR_LEVEL_WARNING] = "warning",
    [HAR_LEVEL_ERROR] = "error",
};

/* "wrong-type" is WrongType, "not-a-har" NotaHar: Pascal case has no two capital letters in a row. */
static void append_name(struct har_buffer *out, const char *id)
{
    for (const char *at = id; *at; at++) {
        bool first = at == id || at[-1] == '-', letter = at[1] == '-' || !at[1];
        if (*at != '-')
            har_buffer_append_char(out, first && !letter ? (char)toupper((unsigned char)*at) : *at);
    }
}

static void append_sentence(struct har_buffer *out, const char *before, const char *text, const char *after)
{
    if (!*text)
        return;
    har_buffer_append_text(out, before);
    har_buffer_append_text(out, text);
    har_buffer_append_text(out, after);
}

static void append_help(struct har_buffer *out, const struct har_rule_info *rule, bool markdown)
{
    har_buffer_clear(out);
    har_buffer_append_text(out, *rule->text ? rule->text : rule->title);
    append_sentence(out, "\n\n", rule->seen, "");
    append_sentence(out, markdown ? "\n\nWrong:\n\n```json\n" : "\n\nWrong: ", rule->bad, markdown ? "\n```" : "");
    append_sentence(out, markdown ? "\n\nRight:\n\n```json\n" : "\nRight: ", rule->good, markdown ? "\n```" : "");
    append_sentence(out, markdown ? "\n\n`harmill normalize`: " : "\n\nharmill normalize: ", rule->mend, "");
    append_sentence(out, "\n\nWhere it is written: ", rule->source, "");
}

/* Cut where a character begins. */
static size_t description_len(const char *text)
{
    size_t len = strnlen(text, DESCRIPTION_MOST + 1);
    if (len <= DESCRIPTION_MOST)
        return len;
    for (len = DESCRIPTION_MOST; len > 0 && (text[len] & 0xc0) == 0x80; len--)
        ;
    return len;
}

/* What GitHub ranks findings of security by, 0.1 to 10; NULL: the rule is about something else. */
static const char *security_severity(const char *id)
{
    static const struct {
        const char *id, *severity;
    } others[] = {{"secret-personal", "5.0"}, {"secret-possible", "3.0"}, {"secret-unsearched", "3.0"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i].id, id) == 0)
            return others[i].severity;
    return "8.0";
}

static void put_tags(struct record *properties, const struct har_rule_info *rule)
{
    if (rule->group != HAR_GROUP_SECRET) {
        record_put_word(properties, "tags", har_rule_group_name(rule->group));
        return;
    }
    record_put(properties, "tags", json_pack("[s,s]", har_rule_group_name(rule->group), "security"));
    record_put_string(properties, "security-severity", security_severity(rule->id));
}

void sarif_put_rule(struct record *record, const struct har_rule_info *rule, struct har_buffer *text)
{
    const char *description = *rule->text ? rule->text : rule->title;
    record_put_string(record, "id", rule->id);
    har_buffer_clear(text);
    if (!strchr(rule->id, '-')) /* a name must not be the id in other letters */
        har_buffer_append_text(text, "Har");
    append_name(text, rule->id);
    record_put_text(record, "name", text->data, text->len);

    /* Titles are no sentences. */
    har_buffer_clear(text);
    har_buffer_append_char(text, (char)toupper((unsigned char)rule->title[0]));
    har_buffer_append_text(text, rule->title + 1);
    har_buffer_append_char(text, '.');
    record_put_message(record, "shortDescription", text->data, text->len);
    record_put_message(record, "fullDescription", description, description_len(description));

    struct record help = record_begin(record->scratch);
    append_help(text, rule, false);
    record_put_text(&help, "text", text->data, text->len);
    append_help(text, rule, true);
    record_put_text(&help, "markdown", text->data, text->len);
    record_put_record(record, "help", &help);

    struct record configuration = record_begin(record->scratch), properties = record_begin(record->scratch);
    record_put_string(&configuration, "level", level_names[rule->level]);
    record_put_record(record, "defaultConfiguration", &configuration);
    put_tags(&properties, rule);
    record_put_record(record, "properties", &properties);
    if (text->failed)
        record->failed = true;
}

static void put_region(struct record *physical, const struct report_region *region)
{
    struct record record = record_begin(physical->scratch);
    record_put_count(&record, "startLine", region->line);
    record_put_count(&record, "startColumn", region->column);
    record_put_count(&record, "endLine", region->end_line);
    record_put_count(&record, "endColumn", region->end_column);
    record_put_record(physical, "region", &record);
}

static void put_location(struct record *record, const struct sarif_kept *kept, const struct sarif_result *result,
                         struct har_text pointer, struct har_buffer *text)
{
    struct record location = record_begin(record->scratch), physical = record_begin(record->scratch);
    struct record artifact = record_begin(record->scratch);
    har_buffer_clear(text);
    report_append_uri(text, kept->sources.data + result->source);
    record_put_text(&artifact, "uri", text->data, text->len);
    record_put_record(&physical, "artifactLocation", &artifact);
    put_region(&physical, &result->region);
    record_put_record(&location, "physicalLocation", &physical);
    if (pointer.len > 0) {
        struct record logical = record_begin(record->scratch);
        record_put_text(&logical, "fullyQualifiedName", pointer.bytes, pointer.len);
        record_put_one(&location, "logicalLocations", &logical);
    }
    record_put_one(record, "locations", &location);
}

void sarif_put_result(struct record *record, const struct sarif_kept *kept, enum har_level level, size_t index, size_t rule_index,
                      struct har_buffer *text)
{
    const struct sarif_list *list = &kept->list[level];
    const struct sarif_result *result = &list->result[index];
    const char *message = list->text.data + result->start;
    const struct har_text pointer = {message + result->message_len, result->pointer_len};
    record_put_string(record, "ruleId", har_rule_info(result->rule)->id);
    record_put_count(record, "ruleIndex", rule_index);
    record_put_string(record, "level", level_names[level]);

    /* GitHub shows no logical locations, and most captures are one line long. */
    har_buffer_clear(text);
    har_buffer_append(text, message, result->message_len);
    report_append_pointer(text, pointer);
    record_put_message(record, "message", text->data, text->len);
    put_location(record, kept, result, pointer, text);

    char fingerprint[48];
    snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64 ":%" PRIu64, result->fingerprint, result->number);
    struct record prints = record_begin(record->scratch);
    record_put_string(&prints, "primaryLocationLineHash", fingerprint);
    record_put_record(record, "partialFingerprints", &prints);
    if (text->failed)
        record->failed = true;
}
