/* The inputs that a command line names, with folders and lists of names expanded. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "cli/cli.h"

struct input {
    char *path;
    const char *display; /* in findings; `path`, or what --stdin-name says, ARCHIVE/NAME, cloudflare:ID */
    bool is_stdin;
    struct cli *remote; /* whose client fetches it, no file is behind `path`; NULL for all others */

    /* Of a capture in an archive, whose path is `path`: what reads it from there, and how its output is called in a folder: after
     * the archive. NULL for all others, but for the name of a remote one: ID.har. */
    const struct har_reader *reader;
    char *contained, *own_display, *name;

    int spool; /* holds a copy of what can be read only once; 0: none */

    struct har_error *failed; /* why it could not be looked into; NULL for all others */
};

struct inputs {
    struct input *list;
    size_t count, cap;
    bool several;            /* more than one file was meant, even if only one was there */
    enum exit_status status; /* EXIT_TROUBLE when something could not be read, which was told */
};

/* Fills *inputs, and opens cli->cloudflare when one of them is remote. False when nothing can be done: inputs->status then is the
 * exit status, and the reason was told. */
bool inputs_collect(struct inputs *inputs, struct cli *cli);

/* har_convert() of the input, of which the job borrows what it needs: nothing else runs a job on an input. */
enum har_status inputs_convert(const struct input *input, struct har_job *job, struct har_summary *summary,
                               struct har_error *error);

/* har_fetch() of the input into `sink`. `exact`: of a remote one the bytes of the answer. */
enum har_status inputs_fetch(const struct input *input, const struct har_settings *settings, bool exact, struct har_sink *sink,
                             struct har_fetched *fetched, struct har_error *error);
/* har_redaction_learn() of the input. */
enum har_status inputs_learn(const struct input *input, struct har_redaction *redaction, struct har_job *job,
                             struct har_error *error);
void inputs_release(struct inputs *inputs);

#endif
