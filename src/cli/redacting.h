/* What commands that write share about redaction: its options, learning, the summary, the manifest. */
#ifndef CLI_REDACTING_H
#define CLI_REDACTING_H

#include "cli/inputs.h"

struct writing;

struct redacting {
    bool on;
    bool private;                   /* new files are for nobody else */
    struct har_redact_rules *rules; /* NULL: those that are built in */
    struct har_redact_options options;
    char *key;                  /* of --key-file */
    struct har_redaction *now;  /* what is written is redacted with; NULL between outputs */
    struct har_buffer manifest;   /* its inputs so far, as JSON */
    struct har_sink *manifest_to; /* NULL: none is wanted */
};

/* Whether the command redacts, and how: rules and key are read. False when that is wrong: told, and run.status set. */
bool redacting_open(struct writing *writing);
void redacting_close(struct writing *writing);

/* Before an output: makes the inputs [first, first + count) readable twice, and learns from them. True too when nothing is
 * redacted. False: told, and run.status set. */
bool redacting_begin(struct writing *writing, size_t first, size_t count);

/* After it: tells what was done, when the output was `written`, which `name` names, and notes it for the manifest. */
void redacting_end(struct writing *writing, size_t first, size_t count, const char *name, bool written);

/* Puts the manifest in place. */
void redacting_finish(struct writing *writing);

/* The rules that the options ask for, NULL: those that are built in. EXIT_DONE, or what is wrong was told. */
enum exit_status redacting_rules(struct har_redact_rules **rules, const struct redact_choice *choice);

/* "17 bodies", "1 body": a count with the word in its right form, appended. */
void redacting_append_count(struct har_buffer *line, uint64_t count, const char *one, const char *more);

#endif
