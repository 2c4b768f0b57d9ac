/* Reports that are fed with findings made by hand. */
#ifndef UNIT_FED_H
#define UNIT_FED_H

#include <harmill/harmill.h>

#define TEXT(literal)                                                                                                              \
    {                                                                                                                              \
        literal, sizeof(literal) - 1                                                                                               \
    }

/* A report that is fed and what it wrote. */
struct fed {
    const struct har_report *report;
    void *ctx;
    struct har_buffer out;
};

/* Everything is shown, three findings of a rule, no values, no color. */
struct har_report_args plain_args(void);

/* Opens the report and begins the input a.har. */
void feed_open(struct fed *fed, const char *name, struct har_report_args args);
void feed(struct fed *fed, const struct har_finding *finding);

/* Ends the input (which could not be read when `summary` is NULL) and begins another. */
void feed_next(struct fed *fed, const struct har_summary *summary, const char *source);

/* Ends the input and the report, and compares all that was written. */
void feed_close(struct fed *fed, const struct har_summary *summary, const char *wanted);

/* The same without comparing: what was written, NUL-terminated, to be released by feed_release(). */
const char *feed_finish(struct fed *fed, const struct har_summary *summary);
void feed_release(struct fed *fed);

/* An error in a.har, line 3, and a warning in line 1 with a value for an argument. */
struct har_finding wrong_type(void);
struct har_finding malformed_date(void);

#endif
