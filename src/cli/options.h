/* The options: one table drives parsing, --help, the completions and the manual. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <harmill/harmill.h>

#include "cli/terminal.h"
#include "cli/words.h"

struct command;

/* Which commands have an option. */
enum {
    FOR_VALIDATE = 1,
    FOR_NORMALIZE = 2,
    FOR_CONVERT = 4,
    FOR_LIST = 8,
    FOR_RULES = 16,
    FOR_COMPLETION = 32,
    FOR_HELP = 64,
    FOR_SCHEMA = 128,
    FOR_INFO = 256,
    FOR_FETCH = 512,
    FOR_SCAN = 1024,
    FOR_REDACT = 2048,
    FOR_WRITERS = FOR_NORMALIZE | FOR_CONVERT | FOR_SCAN | FOR_REDACT,
    FOR_REPORTERS = FOR_VALIDATE | FOR_WRITERS, /* whose findings are reported one by one */
    FOR_READERS = FOR_REPORTERS | FOR_INFO,     /* that judge what they read */
    FOR_INPUTS = FOR_VALIDATE | FOR_NORMALIZE | FOR_CONVERT | FOR_INFO | FOR_FETCH | FOR_REDACT, /* that take INPUTs */
    FOR_NETWORK = FOR_INPUTS | FOR_SCAN,
    FOR_ALL = 4095,
};

enum option_group {
    GROUP_OUTPUT,
    GROUP_REPORT,
    GROUP_CHANGES,
    GROUP_REDACTION,
    GROUP_FINDINGS,
    GROUP_INPUT,
    GROUP_CLOUDFLARE,
    GROUP_GENERAL,
    GROUP_BOUNDS,
    GROUP_COUNT
};

enum { REPORTS_MOST = 16, WRITER_OPTIONS_MOST = 8, OPTION_LIST_MOST = 64 };

/* Of an option that may be repeated. */
struct option_list {
    const char *text[OPTION_LIST_MOST];
    size_t count;
};

/* What was said of redaction. */
struct redact_choice {
    struct option_list rules, keep, drop;
    const char *manifest, *key_file;
    enum har_redact_mode mode;
    enum har_redact_bodies bodies;
    bool mode_given, bodies_given, pii, suspicious, allow_unsearched, redact, no_redact, verify;
};

struct report_request {
    const struct har_report *report;
    const char *path; /* NULL: stdout */
};

/* What was said of the Cloudflare URL Scanner. Times in milliseconds. */
struct cloudflare_options {
    const char *token_file, *account, *api_url, *cacert;
    uint64_t connect_ms, stall_ms, total_ms, retry_total_ms, wait_ms, poll_ms; /* 0: not given */
    uint64_t retries;
    bool retries_given, wait;
    const char *country, *agent, *header_file; /* of a new scan */
    bool is_public, is_unlisted, no_wait;
};

/* What the command line said; texts are borrowed from it. */
struct options {
    struct har_settings *settings;
    const char *output, *stdin_name, *files_from;
    const struct har_format *format;
    const struct har_writer *writer;
    const struct har_schema *schema;
    struct har_option of_writer[WRITER_OPTIONS_MOST + 1];                /* given options that are the writer's, each once */
    const char *filter, *page, *drop_bodies, *max_body, *split, *backup; /* NULL: not given; "" where an argument may lack */
    bool repair, no_derive, no_normalize, keep_order, drop_custom, dedupe, merge;
    bool quiet, verbose, null_separated, show_values, in_place, check, diff, json, help, version;
    enum color_choice color;
    enum har_level show;
    enum har_level fail_on; /* HAR_LEVEL_OFF: never */
    bool fail_on_given;
    uint64_t most; /* findings printed per rule and input */
    struct report_request reports[REPORTS_MOST];
    size_t report_count;
    struct har_config choice; /* of rules and their levels; the rest of it is not used */
    const char *config, *baseline, *write_baseline;
    struct cloudflare_options cloudflare;
    struct redact_choice redact;
    bool no_config, most_given;
    char **operands;
    size_t operand_count;
    bool short_of_memory; /* why reading them failed */
};

struct option_row {
    const char *name;     /* without the dashes */
    char letter;          /* 0 when there is none */
    const char *argument; /* NULL: takes none; "[=N]": may be left out, and stands in the same word */
    const char *summary;
    unsigned commands; /* FOR_... */
    enum option_group group;
    enum words complete; /* what the argument is */
    /* Takes the value (NULL without argument); false when it is wrong, which is then told. */
    bool (*set)(struct options *options, const struct option_row *row, const char *value);
    size_t field; /* where in struct options, or which bound */
};

/* All options; ends with a NULL name. */
extern const struct option_row option_rows[];

static inline bool option_may_lack(const struct option_row *row)
{
    return row->argument && row->argument[0] == '[';
}

/* Title of a group of options: "Output". */
const char *option_group_title(enum option_group group);

/* Defaults, and room for the operands of `argc` words. False when memory is short. Release with options_release(). */
bool options_init(struct options *options, int argc);
void options_release(struct options *options);

/* Reads the words behind the command. False when they are wrong, which is then told. */
bool options_parse(struct options *options, const struct command *command, int argc, char **argv);

#endif
