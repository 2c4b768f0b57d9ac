/* What normalize and convert share: where each input's output goes, and writing it. */
#ifndef CLI_WRITE_H
#define CLI_WRITE_H

#include "cli/pipeline.h"
#include "cli/redacting.h"
#include "cli/run.h"

struct writing {
    struct run run;
    struct inputs inputs;
    struct reports reports;
    struct output err; /* stderr, for the report */
    const struct har_writer *writer;
    struct har_option options[WRITER_OPTIONS_MOST + 2]; /* of the writer */
    bool sorts;
    bool page;      /* it writes for a browser */
    uint64_t bytes; /* of the output that was written last, when it is such a page */
    struct pipeline pipeline;
    struct redacting redacting;
    char **targets; /* one per input; NULL: stdout */
};

/* Collects the inputs and, when `writes`, their targets, and opens the reports. False when the run ends here, with the reason
 * told and run.status set. `keep_names`: an output in a folder is called like its input. Close in any case. */
bool writing_open(struct writing *writing, struct cli *cli, const struct har_writer *writer, bool writes, bool keep_names);

/* Runs one input through the pipeline; see run_input(). */
enum har_status writing_run(struct writing *writing, struct run *run, const struct input *input, struct har_job *job,
                            struct har_summary *summary);

/* Writes input `index` to its target. */
void writing_input(struct writing *writing, size_t index);

/* Tells that an input could not be read whole, and what became of its output. */
void writing_tell_broken(struct writing *writing, const struct input *input, bool left_a_part);

/* Lets the bytes that go to `sink` be counted. */
void writing_watch(struct writing *writing, struct har_sink *sink);

/* After an output was written: tells when it is a page of more bytes than browsers open at once. `target` NULL: stdout. */
void writing_tell_size(const struct writing *writing, const char *target, uint64_t bytes);

/* With --verbose the summary of one input. */
void writing_summarize(const struct writing *writing, const struct har_summary *summary);

/* Ends the reports, frees everything and returns the exit status. */
enum exit_status writing_close(struct writing *writing);

/* A sink for `path`; NULL: stdout, of which `whole` lets nothing leave before all of it is known. */
enum har_status writing_sink(struct har_sink **sink, const char *path, bool whole, const struct har_settings *settings,
                             struct har_error *error);

/* An unlinked file of mode 0600 in the spool folder, with a number high enough for children. -1: told, and run.status set. */
int writing_spool(struct writing *writing);

/* Makes the input one that can be read again and again: what gives its bytes only once is copied to such a file. `remote`: a scan,
 * too, of which its client keeps only the last one. False: told, and run.status set. */
bool writing_hold(struct writing *writing, struct input *input, bool remote);

/* --to, or what the ending of the output says; NULL: neither. */
const struct har_writer *writing_choose(const struct options *options);

/* Replaces the file of an input unless it is canonical already. False when it could not be done. */
bool writing_in_place(struct writing *writing, size_t index);

/* False when options about where to write contradict each other, which is then told. */
bool writing_check_usage(const struct options *options);

/* normalize and convert with --merge and with --split, which may go together. */
enum exit_status merge_run(struct cli *cli, const struct har_writer *writer);
enum exit_status split_run(struct cli *cli, const struct har_writer *writer);

/* False when --merge or --split contradict another option, which is then told. */
bool merge_check_usage(const struct options *options);

/* Runs all inputs and writes them to `sink` as one; `target` names it in messages. False when nothing was written: told, and
 * run.status set. */
bool merge_inputs(struct writing *writing, const struct har_writer *writer, const struct har_option *options, struct har_sink *sink,
                  const char *target);

#endif
