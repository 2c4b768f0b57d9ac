/* What the reports share: a line that is built in a buffer and handed to the caller's function when it is whole. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <harmill/report.h>

/* A line of a report; no finding of a hostile file makes it longer, because names are cut before. */
#define REPORT_LINE_MAX (64 * HAR_MIB)

/* Code points of a JSON Pointer that a line for people shows. */
#define REPORT_POINTER_MOST 1000

struct report_out {
    har_write_fn *write;
    void *user;
    struct har_buffer line;
};

/* Borrows what `args` names. Release with report_out_release(). */
void report_out_init(struct report_out *out, const struct har_report_args *args);
void report_out_release(struct report_out *out);

/* Writes what the buffer holds and empties it. HAR_FATAL when an append to it failed before, or the write does. */
enum har_status report_out_flush(struct report_out *out, struct har_error *error);

/* Appends a NUL-terminated name of an input, made visible. NULL is written as nothing. */
void report_append_source(struct har_buffer *line, const char *source);

/* Appends `text` for XML 1.0, in text or between double quotes: made visible first, so that nothing is left that XML cannot carry.
 */
void report_append_xml(struct har_buffer *line, const char *text, size_t len);

/* Appends the finding's message and, behind a semicolon, what was done about it. */
void report_append_message(struct har_buffer *line, const struct har_finding *finding, bool show_values);

/* Appends the line for people, without its end: path:line:column: severity: message [rule] (pointer). */
void report_append_finding(struct har_buffer *line, const struct har_finding *finding, bool color, bool show_values);

/* Appends " (pointer)", made visible and cut; nothing for the pointer of the whole document. */
void report_append_pointer(struct har_buffer *line, struct har_text pointer);

/* The input's name without "./" in front, as reports for forges want it. */
const char *report_path(const char *source);

/* Appends the name as a URI reference: relative and percent-encoded, an absolute path as a file: URI. */
void report_append_uri(struct har_buffer *line, const char *source);

/* What is meant as lines and columns from 1, the end one past it; at least one column. */
struct report_region {
    uint64_t line, column, end_line, end_column;
};

struct report_region report_region(const struct har_finding *finding);

/* What all inputs of a run came to. Findings of an input that turns out to be unreadable are counted as they come. */
struct report_totals {
    uint64_t inputs, clean, unreadable;
    uint64_t level_count[HAR_LEVEL_ERROR + 1];
    uint64_t rule_count[HAR_RULE_COUNT];
    uint64_t level_told[HAR_LEVEL_ERROR + 1]; /* of the input that is read */
    uint64_t rule_told[HAR_RULE_COUNT];
};

void report_totals_begin(struct report_totals *totals);
void report_totals_finding(struct report_totals *totals, const struct har_finding *finding);
void report_totals_end(struct report_totals *totals, const struct har_summary *summary);

/* Appends "3 inputs: 1 error, 2 warnings, 40 infos, 1 could not be read", or "1 input: clean". */
void report_append_totals(struct har_buffer *line, const struct report_totals *totals);

/* Whether nothing was found and all was read. */
bool report_is_clean(const struct har_summary *summary);

/* Appends the part of the finding's line of input that stands around the place, and under it a caret. Both lines end in LF. Writes
 * nothing when the finding has no excerpt. */
void report_append_excerpt(struct har_buffer *line, const struct har_finding *finding, bool color);

#endif
