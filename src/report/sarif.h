/* Parts of the SARIF report: the results that are kept, and how rules and results are spelled. */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include "report/record.h"
#include "util/occurrence.h"

/* Results that GitHub takes from a run. */
#define SARIF_RESULTS_MOST 25000

/* Bytes of a pointer that is kept; a longer one is left out, because a part of it would name something else. */
#define SARIF_POINTER_MOST 4096

/* One result in little space; its texts are in the buffer of its level. */
struct sarif_result {
    enum har_rule rule;
    size_t source; /* in sarif_kept.sources */
    struct report_region region;
    uint64_t fingerprint, number;
    size_t start; /* in sarif_list.text: the message, then the pointer */
    size_t message_len, pointer_len;
};

/* The results of one level in the order of the input. The last can be dropped. */
struct sarif_list {
    struct sarif_result *result;
    size_t count, cap;
    struct har_buffer text;
};

struct sarif_kept {
    struct sarif_list list[HAR_LEVEL_ERROR + 1];
    struct har_buffer sources; /* NUL-terminated names */
    size_t source;             /* of the input that is read; SIZE_MAX until it has a result */
    uint64_t most;
};

void sarif_kept_init(struct sarif_kept *kept, uint64_t most);
void sarif_kept_release(struct sarif_kept *kept);
size_t sarif_kept_count(const struct sarif_kept *kept);

/* Whether a result of this level would be kept. */
bool sarif_kept_wants(const struct sarif_kept *kept, enum har_level level);

/* Keeps a finding, in place of the last of the least level when there are too many. False when memory is short. */
bool sarif_kept_add(struct sarif_kept *kept, const struct har_finding *finding, uint64_t number, bool show_values);

/* Fills `record` with a rule's description. `text` is scratch. */
void sarif_put_rule(struct record *record, const struct har_rule_info *rule, struct har_buffer *text);

/* Fills `record` with the result `index` of `level`. `text` is scratch. */
void sarif_put_result(struct record *record, const struct sarif_kept *kept, enum har_level level, size_t index, size_t rule_index,
                      struct har_buffer *text);

#endif
