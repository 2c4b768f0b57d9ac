/* JSON records of findings and inputs, for the reports that are read by programs. docs/jsonl.md is the contract. */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H

#include <jansson.h>

#include "report/report.h"

/* An object that is being filled; once something failed it stays failed. */
struct record {
    json_t *object;
    struct har_buffer *scratch; /* for one string, borrowed */
    bool failed;
};

/* `scratch` is overwritten by each text. */
struct record record_begin(struct har_buffer *scratch);

/* Takes over `value`. */
void record_put(struct record *record, const char *key, json_t *value);
void record_put_count(struct record *record, const char *key, uint64_t number);

/* Puts a text; what is no UTF-8 in it becomes U+FFFD. A NULL string is null. */
void record_put_text(struct record *record, const char *key, const char *bytes, size_t len);
void record_put_string(struct record *record, const char *key, const char *text);

/* Puts another record, which has then ended. */
void record_put_record(struct record *record, const char *key, struct record *value);

/* Puts an array of this one record, or of this one text. */
void record_put_one(struct record *record, const char *key, struct record *value);
void record_put_word(struct record *record, const char *key, const char *word);

/* Puts {"text": ...}. */
void record_put_message(struct record *record, const char *key, const char *bytes, size_t len);

/* Puts 16 hex digits. */
void record_put_fingerprint(struct record *record, const char *key, uint64_t fingerprint);

/* Appends the record to `line` in ASCII, without an end of line, and frees it. HAR_FATAL, with nothing appended, when memory was
 * short anywhere on the way: jansson can lose parts silently. */
enum har_status record_end(struct record *record, struct har_buffer *line, struct har_error *error);

/* Frees a record that is not wanted. */
void record_drop(struct record *record);

/* All members of a finding but its type and its source. `message` is scratch. */
void record_put_finding(struct record *record, const struct har_finding *finding, bool show_values, struct har_buffer *message);

/* All members of an input but its type and its source; `summary` NULL: `failure` says why it could not be read. */
void record_put_input(struct record *record, const struct har_summary *summary, const struct har_error *failure);

/* errors, warnings, infos and the object rules. */
void record_put_counts(struct record *record, const uint64_t *level_count, const uint64_t *rule_count);

#endif
