/* The reports of one run of the program: every finding goes to all of them. */
#ifndef CLI_REPORTS_H
#define CLI_REPORTS_H

#include "cli/cli.h"

struct reports_run {
    const struct har_report *report;
    void *ctx;
    const char *path; /* NULL: the output named by `out` */
    struct har_sink *sink;
    struct output *out;
    bool opened, shows;
};

struct reports {
    struct reports_run run[REPORTS_MOST + 1];
    size_t count;
    bool shows;  /* one of them shows values and lines of the input */
    bool failed; /* one of them could not be written, which was told; nothing is called any more */
};

/* Opens what --report asked for, and `standard` (a report's name) to `out` unless another report goes to stdout or --quiet was
 * given. `stdout_taken` says that stdout carries something else. EXIT_DONE, or the reason was told. Close in any case. */
enum exit_status reports_open(struct reports *reports, struct cli *cli, const char *standard, struct output *out,
                              bool stdout_taken);
void reports_close(struct reports *reports);

void reports_begin(struct reports *reports, const char *source);
void reports_end(struct reports *reports, const struct har_summary *summary, const struct har_error *failure);

/* A har_finding_fn; `user` is the struct reports. A report that fails ends the run. */
void reports_finding(void *user, const struct har_finding *finding);

/* A har_wants_fn: whether one of the reports has a use for such a finding. */
bool reports_wants(void *user, enum har_rule rule, enum har_level level);

/* Ends the reports and puts their files in place. False when one failed, which was told. */
bool reports_finish(struct reports *reports);

#endif
