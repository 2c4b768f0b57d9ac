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

/* Appends the finding's message and, behind a semicolon, what was done about it. */
void report_append_message(struct har_buffer *line, const struct har_finding *finding, bool show_values);

/* Appends the part of the finding's line of input that stands around the place, and under it a caret. Both lines end in LF. Writes
 * nothing when the finding has no excerpt. */
void report_append_excerpt(struct har_buffer *line, const struct har_finding *finding, bool color);

#endif
