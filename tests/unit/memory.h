/* Inputs in memory: a reader of the caller's own, a notation for small inputs, and runs that note their findings. */
#ifndef UNIT_MEMORY_H
#define UNIT_MEMORY_H

#include <harmill/harmill.h>

enum { MEMORY_MARKERS = 10, MEMORY_OUTPUTS = 2 };

/* A text and places in it. */
struct memory_text {
    char *bytes; /* NUL-terminated */
    size_t len;
    bool marked[MEMORY_MARKERS];
    size_t marker[MEMORY_MARKERS]; /* offsets */
};

/* Reads a notation: ' stands for ", <0> to <9> for nothing but mark places. */
void memory_text_init(struct memory_text *text, const char *notation);

/* The same bytes as they are. */
void memory_text_raw(struct memory_text *text, const void *bytes, size_t len);
void memory_text_release(struct memory_text *text);

/* Line and column of an offset, counted byte by byte. */
struct har_place memory_place(const struct memory_text *text, size_t offset);

/* Appends the marker at a place as its digit, "@offset" where there is none. The place's line and column must be right. */
void memory_append_place(struct har_buffer *out, const struct memory_text *text, const struct har_place *place);

/* A reader of `text`, which must outlive it; one at a time. */
const struct har_reader *memory_reader(const struct memory_text *text);

/* One run and what came of it. */
struct memory_run {
    struct memory_text text;
    struct har_settings *settings;
    struct har_job job; /* change it before the run */
    struct har_output output[MEMORY_OUTPUTS];
    struct har_buffer written[MEMORY_OUTPUTS];
    enum har_status status;
    struct har_summary summary;
    struct har_error error;
    struct har_buffer told; /* a line per finding: "1 error /log/entries [rule-id] message (done)" */
    unsigned tell_ends;     /* write the place of a finding as "1-2" */
};

/* `notation` NULL: the text is filled in by the caller. */
void memory_run_init(struct memory_run *run, const char *notation);
void memory_run_release(struct memory_run *run);

/* Adds a har writer into memory. */
void memory_run_write(struct memory_run *run, const struct har_option *options);

void memory_run_go(struct memory_run *run);

/* Turns off the rules of all groups whose bit (1 << enum har_rule_group) is not in `groups`. */
void memory_only(struct har_settings *settings, unsigned groups);

/* The groups that runs begin with. */
enum { MEMORY_STRUCTURE = 1 << HAR_GROUP_FILE | 1 << HAR_GROUP_STRUCTURE };

/* Runs with the rules of some groups and compares the findings; then, in blocks of 1 and 7 bytes, that they are the same. */
void memory_expect_of(unsigned groups, const char *notation, const char *told);

/* The same with the rules from `first` to `last`, as they stand in their headers. */
void memory_expect_from(enum har_rule first, enum har_rule last, const char *notation, const char *told);

/* The same with one rule alone, as an error. */
void memory_expect_error(enum har_rule rule, const char *notation, const char *told);

/* The same with MEMORY_STRUCTURE. */
void memory_expect(const char *notation, const char *told);

/* Makes the run one that normalizes into run->written[0], on one line. `options` of the transform; may be NULL. */
void memory_run_normalize(struct memory_run *run, const struct har_option *options);

/* Normalizes, in blocks of 65536 and 7 bytes: `written` in the same notation, without the line's end, must come out, and again
 * when that is normalized. `mended`, if not NULL, is what was counted, in the rows' order: "custom-name 2, null-member 1". */
void memory_expect_normalized(const char *notation, const char *written, const char *mended);

/* The same with --no-derive. */
void memory_expect_no_derive(const char *notation, const char *written, const char *mended);

/* NUL-terminated. */
const char *memory_string(struct har_buffer *buffer);

#endif
