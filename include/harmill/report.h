/* Findings as text or records: a plug-in. */
#ifndef HARMILL_REPORT_H
#define HARMILL_REPORT_H

#include <harmill/convert.h>

HAR_BEGIN_DECLS

struct har_report_args {
    size_t size;
    har_write_fn *write; /* where the report goes */
    void *user;
    enum har_level show;  /* findings below it are counted, not printed; machine formats carry all */
    uint64_t most;        /* findings printed per rule and input, 0 for all; machine formats carry all */
    bool color;
    bool show_values;     /* string values of the HAR may be printed */
    bool show_source;     /* quote the line of the input, with a caret */
};

/* See struct har_reader for contexts and the order of calls. Findings of one input come between input_begin and input_end. */
struct har_report {
    size_t size;
    const char *name;
    const char *summary;
    size_t ctx_size;
    enum har_status (*open)(void *ctx, const struct har_report_args *args, struct har_error *error);
    enum har_status (*input_begin)(void *ctx, const char *source, struct har_error *error);
    /* False when finding() would do nothing with a finding of `rule` at `level`; asked before one is made, so that findings that
     * nobody prints cost nothing. What is not wanted may come all the same. NULL: all are wanted. */
    bool (*wants)(const void *ctx, enum har_rule rule, enum har_level level);
    enum har_status (*finding)(void *ctx, const struct har_finding *finding, struct har_error *error);
    /* `summary` NULL: the input could not be read, `failure` says why. */
    enum har_status (*input_end)(void *ctx, const struct har_summary *summary, const struct har_error *failure,
                                 struct har_error *error);
    enum har_status (*finish)(void *ctx, struct har_error *error);
    void (*close)(void *ctx);
};

HAR_END_DECLS
#endif
