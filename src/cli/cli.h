/* The program: what all commands share. It is a client of the public API and of nothing else. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <harmill/harmill.h>

#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"

/* How the program ends; the worst of all inputs wins. */
enum exit_status {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1, /* findings, or a change that --check asked for */
    EXIT_USAGE = 2,
    EXIT_TROUBLE = 3, /* the job could not be done */
};

/* One run of the program. */
struct cli {
    const struct command *command;
    struct options options;
    struct output out; /* stdout */
    struct har_config config;
    struct har_baseline *known;        /* NULL: nothing is known */
    struct har_baseline *noted;        /* for --write-baseline */
    struct har_cloudflare *cloudflare; /* made when an input needs it; NULL before */
    struct progress progress;          /* what it is doing */
    bool guarded;                      /* secrets_unguard() is still to be called */
};

struct command {
    const char *name;
    unsigned bit; /* FOR_... */
    enum exit_status (*run)(struct cli *cli);
    const char *summary;
    const char *operands; /* in the usage line: "[INPUT]..."; "" for none */
    enum words complete;  /* what the operands are */
    size_t least, most;   /* operands; most is 0 for any number */
    const char *text;     /* paragraphs for --help and the manual, separated by empty lines */
    const char *examples; /* lines: command line, tab, what it does */
};

/* All commands; ends with a NULL name. */
extern const struct command commands[];

/* What the operands of commands with WORDS_INPUT are, a paragraph. */
extern const char command_inputs_text[];

/* NULL when there is no such command. */
const struct command *command_find(const char *name);

enum exit_status info_run(struct cli *cli);
enum exit_status validate_run(struct cli *cli);
enum exit_status normalize_run(struct cli *cli);
enum exit_status redact_run(struct cli *cli);
enum exit_status convert_run(struct cli *cli);
enum exit_status fetch_run(struct cli *cli);
enum exit_status scan_run(struct cli *cli);
enum exit_status list_run(struct cli *cli);
enum exit_status rules_run(struct cli *cli);
enum exit_status schema_run(struct cli *cli);
enum exit_status completion_run(struct cli *cli);
enum exit_status help_run(struct cli *cli);

/* Prints the help of the program, or of one command, to `file`. */
bool help_print(FILE *file, const struct command *command);

/* Appends the completion script of `shell` ("bash", "zsh", "fish"). False when there is no such shell. */
bool completion_append(struct har_buffer *out, const char *shell);

#endif
