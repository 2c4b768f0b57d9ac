/* One input through har_convert(), with its reports, its summary line and its exit status. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/inputs.h"
#include "cli/reports.h"

/* What all inputs of a run came to. */
struct totals {
    uint64_t files, clean, unreadable;
    uint64_t level_count[HAR_LEVEL_ERROR + 1];
};

struct run {
    struct cli *cli;
    struct reports *reports; /* NULL: findings are not told */
    struct totals totals;
    enum exit_status status; /* the worst so far */
};

/* Remembers the worst. */
void run_worsen(struct run *run, enum exit_status status);

/* Whether the run shall go on with the next input. */
bool run_goes_on(const struct run *run);

/* Runs `job`, of which the caller has set what is special: outputs, compare, a format other than that of --from. What cannot be
 * read is told here; findings at or above --fail-on become EXIT_FINDINGS. Returns what har_convert() did. */
enum har_status run_input(struct run *run, const struct input *input, struct har_job *job, struct har_summary *summary);

/* Prints the summary of one input, or of all, to stderr. */
void run_print_summary(const struct har_summary *summary);
void run_print_totals(const struct totals *totals);

/* How many entries of an input were not written, and why, to stderr; nothing when all were. */
void run_print_left_out(const struct har_summary *summary);

/* Folder for spool files: TMPDIR, or the library's own choice. */
bool run_set_spool_dir(struct har_settings *settings);

/* Tells the library what time it is: the clock's, or that of SOURCE_DATE_EPOCH. False when that is no number: told. */
bool run_set_now(struct har_settings *settings);

#endif
