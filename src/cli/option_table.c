/* The table of options, and how each takes its value. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/options.h"

static bool set_flag(struct options *options, const struct option_row *row, const char *value)
{
    (void)value;
    *(bool *)((char *)options + row->field) = true;
    return true;
}

static bool set_text(struct options *options, const struct option_row *row, const char *value)
{
    if (!*value) {
        complain("option '--%s' needs %s, which is empty here", row->name, row->argument);
        return false;
    }
    *(const char **)((char *)options + row->field) = value;
    return true;
}

/* Text that may lack: "" then. */
static bool set_optional(struct options *options, const struct option_row *row, const char *value)
{
    *(const char **)((char *)options + row->field) = value ? value : "";
    return true;
}

/* A suffix that leads elsewhere could replace any file. */
static bool set_backup(struct options *options, const struct option_row *row, const char *value)
{
    (void)row;
    if (value && (!*value || strchr(value, '/'))) {
        complain("option '--backup' takes a suffix without a slash, as in --backup=.bak");
        return false;
    }
    options->backup = value ? value : "~";
    return true;
}

/* Digits, and K, M or G for a power of 1024. False when that is not all, or too large. */
static bool read_number(const char *text, uint64_t *number)
{
    static const char units[] = "KMG";
    char *end = NULL;
    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno)
        return false;
    const char *unit = *end ? strchr(units, *end) : NULL;
    if (unit) {
        unsigned shift = 10 * (unsigned)(unit - units + 1);
        if (value > UINT64_MAX >> shift)
            return false;
        value <<= shift;
        end++;
    }
    *number = value;
    return *end == '\0';
}

static bool complain_number(const struct option_row *row, const char *value)
{
    complain("option '--%s' needs a number, not '%s'", row->name, value);
    return false;
}

/* A number that somebody else reads again. */
static bool set_amount(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t number = 0;
    if (!read_number(value, &number))
        return complain_number(row, value);
    *(const char **)((char *)options + row->field) = value;
    return true;
}

static bool set_most(struct options *options, const struct option_row *row, const char *value)
{
    options->most_given = true;
    return read_number(value, &options->most) || complain_number(row, value);
}

static bool set_indent(struct options *options, const struct option_row *row, const char *value)
{
    if (value[0] < '0' || value[0] > '8' || value[1]) {
        complain("option '--%s' needs a number from 0 to 8, not '%s'", row->name, value);
        return false;
    }
    options->indent = value;
    return true;
}

static bool set_bound(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t number = 0;
    struct har_error error = {0};
    if (!read_number(value, &number))
        return complain_number(row, value);
    if (har_settings_set_bound(options->settings, (enum har_bound)row->field, number, &error) == HAR_OK)
        return true;
    complain("--%s", error.text); /* begins with the bound's name, which is the option's */
    return false;
}

static bool set_block_size(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t number = 0;
    struct har_error error = {0};
    if (!read_number(value, &number))
        return complain_number(row, value);
    if (number > SIZE_MAX)
        number = SIZE_MAX;
    if (har_settings_set_block_size(options->settings, (size_t)number, &error) == HAR_OK)
        return true;
    complain("option '--%s': %s", row->name, error.text);
    return false;
}

static bool set_color(struct options *options, const struct option_row *row, const char *value)
{
    size_t index = 0;
    if (!words_find(row->complete, value, &index)) {
        words_complain(row->complete, value);
        return false;
    }
    options->color = (enum color_choice)index; /* the words stand in the order of the enum */
    return true;
}

static bool set_level(struct options *options, const struct option_row *row, const char *value)
{
    enum har_level level = HAR_LEVEL_OFF;
    if (!words_find(row->complete, value, NULL) || (!har_level_find(value, &level) && strcmp(value, "never") != 0)) {
        words_complain(row->complete, value);
        return false;
    }
    *(enum har_level *)((char *)options + row->field) = level;
    return true;
}

static bool set_fail_on(struct options *options, const struct option_row *row, const char *value)
{
    options->fail_on_given = true;
    return set_level(options, row, value);
}

static bool set_format(struct options *options, const struct option_row *row, const char *value)
{
    options->format = har_format_find(value);
    if (!options->format)
        words_complain(row->complete, value);
    return options->format != NULL;
}

static bool set_writer(struct options *options, const struct option_row *row, const char *value)
{
    options->writer = har_writer_find(value);
    if (!options->writer)
        words_complain(row->complete, value);
    return options->writer != NULL;
}

/* Copies what stands before `end`, which is a name from the command line. NULL when memory is short. */
static char *copy_word(struct options *options, const char *word, const char *end)
{
    char *copy = strndup(word, (size_t)(end - word));
    if (!copy) {
        complain("out of memory");
        options->short_of_memory = true;
    }
    return copy;
}

/* FORMAT or FORMAT:PATH */
static bool set_report(struct options *options, const struct option_row *row, const char *value)
{
    if (options->report_count == REPORTS_MOST) {
        complain("option '--%s' can be given %d times", row->name, REPORTS_MOST);
        return false;
    }
    struct report_request *request = &options->reports[options->report_count];
    const char *end = strchrnul(value, ':');
    char *name = copy_word(options, value, end);
    if (!name)
        return false;
    request->report = har_report_find(name);
    request->path = *end && strcmp(end, ":-") != 0 ? end + 1 : NULL;
    if (!request->report)
        words_complain(row->complete, name);
    else if (request->path && !*request->path)
        complain("option '--%s': no path behind the colon", row->name);
    else
        options->report_count++;
    bool done = request->report && !(request->path && !*request->path);
    free(name);
    return done;
}

static bool set_profile(struct options *options, const struct option_row *row, const char *value)
{
    options->choice.profile = har_profile_find(value);
    if (!options->choice.profile)
        words_complain(row->complete, value);
    return options->choice.profile != NULL;
}

static bool find_rule(struct options *options, const char *word, const char *end, enum har_rule *rule)
{
    char *id = copy_word(options, word, end);
    bool found = id && har_rule_find(id, rule);
    if (id && !found)
        words_complain(WORDS_RULE, id);
    free(id);
    return found;
}

/* The id of a rule, or the name of a group. */
static bool mark_rules(struct options *options, bool *marks, const char *word, const char *end)
{
    char *id = copy_word(options, word, end);
    bool found = id && har_rule_mark(id, marks);
    if (id && !found)
        words_complain(WORDS_RULES, id);
    free(id);
    return found;
}

/* RULE,GROUP,... marked in an array of bool. */
static bool set_rules(struct options *options, const struct option_row *row, const char *value)
{
    bool *marks = (bool *)((char *)options + row->field);
    for (const char *word = value;; word++) {
        const char *end = strchrnul(word, ',');
        if (!mark_rules(options, marks, word, end))
            return false;
        word = end;
        if (!*end)
            return true;
    }
}

static bool set_selected(struct options *options, const struct option_row *row, const char *value)
{
    options->choice.any_selected = true;
    return set_rules(options, row, value);
}

/* RULE=LEVEL */
static bool set_rule(struct options *options, const struct option_row *row, const char *value)
{
    enum har_rule rule = (enum har_rule)0;
    const char *end = strchrnul(value, '=');
    if (!*end) {
        complain("option '--%s' needs %s, not '%s'", row->name, row->argument, value);
        return false;
    }
    if (!find_rule(options, value, end, &rule))
        return false;
    if (!har_level_find(end + 1, &options->choice.level[rule])) {
        words_complain(WORDS_STATE, end + 1);
        return false;
    }
    options->choice.leveled[rule] = true;
    return true;
}

static bool set_schema(struct options *options, const struct option_row *row, const char *value)
{
    options->schema = har_schema_find(value);
    if (!options->schema)
        words_complain(row->complete, value);
    return options->schema != NULL;
}

/* Milliseconds of "90", "1.5s", "500ms", "10m", "1h". False when it is none, 0, or longer than a month. */
static bool read_time(const char *text, uint64_t *ms)
{
    static const struct {
        const char *unit;
        uint64_t ms;
    } units[] = {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
    const uint64_t most = UINT64_C(31) * 24 * 3600000;
    uint64_t whole = 0, thousandths = 0, step = 1000;
    if (*text < '0' || *text > '9')
        return false;
    for (; *text >= '0' && *text <= '9' && whole <= most; text++)
        whole = whole * 10 + (uint64_t)(*text - '0');
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++)
            thousandths += (step /= 10) * (uint64_t)(*text - '0');
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (strcmp(text, units[i].unit) == 0 && whole <= most / units[i].ms)
            *ms = whole * units[i].ms + thousandths * units[i].ms / 1000;
        else if (strcmp(text, units[i].unit) == 0)
            return false;
    return *ms > 0 && *ms <= most;
}

static bool set_time(struct options *options, const struct option_row *row, const char *value)
{
    uint64_t *ms = (uint64_t *)((char *)options + row->field);
    *ms = 0;
    if (read_time(value, ms))
        return true;
    complain("option '--%s' needs a time, as in 500ms, 30s, 5m or 1h, not '%s'", row->name, value);
    return false;
}

static bool set_wait(struct options *options, const struct option_row *row, const char *value)
{
    options->cloudflare.wait = true;
    return !value || set_time(options, row, value);
}

static bool set_retries(struct options *options, const struct option_row *row, const char *value)
{
    enum { RETRIES_MOST = 100 };
    options->cloudflare.retries_given = true;
    if (!read_number(value, &options->cloudflare.retries))
        return complain_number(row, value);
    if (options->cloudflare.retries <= RETRIES_MOST)
        return true;
    complain("option '--%s' takes 0 to %d", row->name, RETRIES_MOST);
    return false;
}

static bool set_visibility(struct options *options, const struct option_row *row, const char *value)
{
    size_t index = 0;
    if (!words_find(row->complete, value, &index)) {
        words_complain(row->complete, value);
        return false;
    }
    options->cloudflare.is_public = index == 0; /* the words stand in this order */
    options->cloudflare.is_unlisted = index == 1;
    return true;
}

#define FIELD(name) offsetof(struct options, name)

const struct option_row option_rows[] = {
    {"output", 'o', "FILE", "write to FILE, or into the folder DIR/ when it ends in / or exists; - is stdout",
     FOR_WRITERS | FOR_FETCH, GROUP_OUTPUT, WORDS_FILE, set_text, FIELD(output)},
    {"in-place", 'i', NULL, "replace each file that would change, and leave the others alone", FOR_NORMALIZE, GROUP_OUTPUT,
     WORDS_NONE, set_flag, FIELD(in_place)},
    {"check", 0, NULL, "write nothing; name the files that would change and exit with 1 when there are any", FOR_NORMALIZE,
     GROUP_OUTPUT, WORDS_NONE, set_flag, FIELD(check)},
    {"diff", 0, NULL, "write nothing; show what would change and exit with 1 when anything would", FOR_NORMALIZE, GROUP_OUTPUT,
     WORDS_NONE, set_flag, FIELD(diff)},
    {"backup", 0, "[=SUFFIX]", "with --in-place: keep the old file under its name with SUFFIX (default ~)", FOR_NORMALIZE,
     GROUP_OUTPUT, WORDS_NONE, set_backup, FIELD(backup)},
    {"merge", 0, NULL, "write all inputs as one capture", FOR_NORMALIZE | FOR_CONVERT, GROUP_OUTPUT, WORDS_NONE, set_flag,
     FIELD(merge)},
    {"split", 0, "HOW", "write several captures into the folder of --output: one for each page, each host, or each N entries",
     FOR_NORMALIZE | FOR_CONVERT, GROUP_OUTPUT, WORDS_NONE, set_text, FIELD(split)},
    {"to", 't', "WRITER", "what to write; without it the ending of the output decides", FOR_CONVERT | FOR_SCAN, GROUP_OUTPUT,
     WORDS_WRITER, set_writer, 0},
    {"for", 0, "SCHEMA", "which schema; without it xsd", FOR_SCHEMA, GROUP_OUTPUT, WORDS_SCHEMA, set_schema, 0},
    {"indent", 0, "N", "blanks per level, 0 to 8; 0 writes one line (default 2)", FOR_WRITERS, GROUP_OUTPUT, WORDS_NONE, set_indent,
     0},
    {"json", 0, NULL, "print JSON", FOR_INFO | FOR_LIST | FOR_RULES | FOR_SCAN, GROUP_OUTPUT, WORDS_NONE, set_flag, FIELD(json)},

    {"repair", 0, NULL, "mend what is no JSON: cut files, stray commas, comments, wrong quotes and the like; each repair is told",
     FOR_WRITERS, GROUP_CHANGES, WORDS_NONE, set_flag, FIELD(repair)},
    {"no-normalize", 0, NULL, "write what was read: nothing is mended, derived or sorted", FOR_CONVERT | FOR_SCAN, GROUP_CHANGES,
     WORDS_NONE, set_flag, FIELD(no_normalize)},
    {"no-derive", 0, NULL, "work nothing out from other members: what is missing stays missing", FOR_WRITERS, GROUP_CHANGES,
     WORDS_NONE, set_flag, FIELD(no_derive)},
    {"keep-order", 0, NULL, "keep the order of the entries; without it they are sorted by startedDateTime", FOR_WRITERS,
     GROUP_CHANGES, WORDS_NONE, set_flag, FIELD(keep_order)},
    {"filter", 0, "EXPR", "keep the entries for which EXPR holds, as status>=400 and host==\"cdn.example\"", FOR_WRITERS,
     GROUP_CHANGES, WORDS_NONE, set_text, FIELD(filter)},
    {"page", 0, "ID", "keep the page with this id and its entries", FOR_WRITERS, GROUP_CHANGES, WORDS_NONE, set_text, FIELD(page)},
    {"drop-bodies", 0, "[=MIME]", "leave out the bodies of requests and responses; with MIME, those of that type: image/*",
     FOR_WRITERS, GROUP_CHANGES, WORDS_NONE, set_optional, FIELD(drop_bodies)},
    {"max-body", 0, "N", "leave out bodies of more than N bytes", FOR_WRITERS, GROUP_CHANGES, WORDS_NONE, set_amount,
     FIELD(max_body)},
    {"drop-custom", 0, NULL, "leave out members whose names start with an underscore", FOR_WRITERS, GROUP_CHANGES, WORDS_NONE,
     set_flag, FIELD(drop_custom)},
    {"dedupe", 0, NULL, "leave out entries that are the same as an earlier one", FOR_WRITERS, GROUP_CHANGES, WORDS_NONE, set_flag,
     FIELD(dedupe)},

    {"report", 0, "FORMAT[:PATH]", "tell findings in FORMAT, on stdout or in the file PATH; may be repeated", FOR_REPORTERS,
     GROUP_FINDINGS, WORDS_REPORT, set_report, 0},
    {"profile", 0, "NAME", "judge for NAME: a version of HAR or a program that reads it; 'harmill list profiles' names them",
     FOR_READERS, GROUP_FINDINGS, WORDS_PROFILE, set_profile, 0},
    {"select", 0, "RULE,...", "look for these rules, or groups of rules, only", FOR_READERS, GROUP_FINDINGS, WORDS_RULES,
     set_selected, FIELD(choice.selected)},
    {"ignore", 0, "RULE,...", "do not look for these rules or groups of rules", FOR_READERS, GROUP_FINDINGS, WORDS_RULES, set_rules,
     FIELD(choice.ignored)},
    {"rule", 0, "RULE=LEVEL", "give a rule another level: error, warning, info or off; may be repeated", FOR_READERS,
     GROUP_FINDINGS, WORDS_RULE_LEVEL, set_rule, 0},
    {"show", 0, "LEVEL", "print findings from LEVEL on, only count the others (default warning)", FOR_REPORTERS, GROUP_FINDINGS,
     WORDS_LEVEL, set_level, FIELD(show)},
    {"fail-on", 0, "LEVEL",
     "exit with 1 on findings from LEVEL on, or never (default: error; never for info and commands that write)", FOR_READERS,
     GROUP_FINDINGS, WORDS_LIMIT, set_fail_on, FIELD(fail_on)},
    {"max-findings", 0, "N", "print N findings per rule and input as text, 0 for all (default 3)", FOR_REPORTERS, GROUP_FINDINGS,
     WORDS_NONE, set_most, 0},
    {"baseline", 0, "FILE", "do not tell findings that FILE knows", FOR_READERS, GROUP_FINDINGS, WORDS_FILE, set_text,
     FIELD(baseline)},
    {"write-baseline", 0, "FILE", "note all findings in FILE; what it knows of other inputs stays", FOR_VALIDATE, GROUP_FINDINGS,
     WORDS_FILE, set_text, FIELD(write_baseline)},
    {"show-values", 0, NULL, "show values of the input, which may be secret, even when no terminal reads them", FOR_REPORTERS,
     GROUP_FINDINGS, WORDS_NONE, set_flag, FIELD(show_values)},

    {"from", 'f', "FORMAT", "what the input is; without it the ending of its name decides, and har where that says nothing",
     FOR_READERS, GROUP_INPUT, WORDS_FORMAT, set_format, 0},
    {"files-from", 0, "FILE", "read names of inputs from FILE, one a line; - is stdin", FOR_INPUTS, GROUP_INPUT, WORDS_FILE,
     set_text, FIELD(files_from)},
    {"null", '0', NULL, "with --files-from: names end in NUL instead of a line's end", FOR_INPUTS, GROUP_INPUT, WORDS_NONE,
     set_flag, FIELD(null_separated)},
    {"stdin-name", 0, "PATH", "call stdin by this name", FOR_INPUTS, GROUP_INPUT, WORDS_FILE, set_text, FIELD(stdin_name)},
    {"block-size", 0, "N", "bytes to read at once, 1 to 16M (default 256K); never changes the result", FOR_READERS, GROUP_INPUT,
     WORDS_NONE, set_block_size, 0},

    {"token-file", 0, "FILE",
     "read the API token from FILE; - is stdin. Without it CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL and "
     "CLOUDFLARE_API_KEY, hold the credentials",
     FOR_NETWORK, GROUP_CLOUDFLARE, WORDS_FILE, set_text, FIELD(cloudflare.token_file)},
    {"account", 0, "ID", "the account of scans that name none (default CLOUDFLARE_ACCOUNT_ID)", FOR_NETWORK, GROUP_CLOUDFLARE,
     WORDS_NONE, set_text, FIELD(cloudflare.account)},
    {"wait", 0, "[=TIME]", "wait for a scan that is not finished, up to TIME (default 10m)", FOR_NETWORK, GROUP_CLOUDFLARE,
     WORDS_NONE, set_wait, FIELD(cloudflare.wait_ms)},
    {"poll-interval", 0, "TIME", "between two questions for a scan that is not finished, 10s to 30s (default 15s)", FOR_NETWORK,
     GROUP_CLOUDFLARE, WORDS_NONE, set_time, FIELD(cloudflare.poll_ms)},
    {"retry", 0, "N", "try again N times after a fault of the network or the service (default 2)", FOR_NETWORK, GROUP_CLOUDFLARE,
     WORDS_NONE, set_retries, FIELD(cloudflare.retries)},
    {"retry-max-time", 0, "TIME", "give up when retries would have to wait longer than TIME in all (default 5m)", FOR_NETWORK,
     GROUP_CLOUDFLARE, WORDS_NONE, set_time, FIELD(cloudflare.retry_total_ms)},
    {"connect-timeout", 0, "TIME", "give up a connection that takes longer (default 10s)", FOR_NETWORK, GROUP_CLOUDFLARE,
     WORDS_NONE, set_time, FIELD(cloudflare.connect_ms)},
    {"stall-timeout", 0, "TIME", "give up an answer that comes slower than 64 bytes a second for TIME (default 30s)", FOR_NETWORK,
     GROUP_CLOUDFLARE, WORDS_NONE, set_time, FIELD(cloudflare.stall_ms)},
    {"max-time", 0, "TIME", "give up a request that takes longer as a whole (default 10m)", FOR_NETWORK, GROUP_CLOUDFLARE,
     WORDS_NONE, set_time, FIELD(cloudflare.total_ms)},
    {"api-url", 0, "URL",
     "the address of the API, to which the credentials go (default CLOUDFLARE_BASE_URL, "
     "CLOUDFLARE_API_BASE_URL, or Cloudflare's own)",
     FOR_NETWORK, GROUP_CLOUDFLARE, WORDS_NONE, set_text, FIELD(cloudflare.api_url)},
    {"cacert", 0, "FILE", "trust the certificate authorities in FILE (PEM) instead of the system's", FOR_NETWORK, GROUP_CLOUDFLARE,
     WORDS_FILE, set_text, FIELD(cloudflare.cacert)},
    {"visibility", 0, "WHO", "who may see the scan: public, which lists it for everybody, or unlisted; has to be said", FOR_SCAN,
     GROUP_CLOUDFLARE, WORDS_VISIBILITY, set_visibility, 0},
    {"country", 0, "CC", "scan from this country, as its two letters", FOR_SCAN, GROUP_CLOUDFLARE, WORDS_NONE, set_text,
     FIELD(cloudflare.country)},
    {"agent", 0, "TEXT", "let the scanner's browser send this User-Agent", FOR_SCAN, GROUP_CLOUDFLARE, WORDS_NONE, set_text,
     FIELD(cloudflare.agent)},
    {"header-file", 0, "FILE", "let it send the headers in FILE as well, one 'Name: value' a line", FOR_SCAN, GROUP_CLOUDFLARE,
     WORDS_FILE, set_text, FIELD(cloudflare.header_file)},
    {"no-wait", 0, NULL, "end when the scan is submitted; nothing is written", FOR_SCAN, GROUP_CLOUDFLARE, WORDS_NONE, set_flag,
     FIELD(cloudflare.no_wait)},

    {"config", 0, "FILE", "read the configuration FILE instead of the nearest .harmill.json", FOR_READERS, GROUP_GENERAL,
     WORDS_FILE, set_text, FIELD(config)},
    {"no-config", 0, NULL, "read no configuration", FOR_READERS, GROUP_GENERAL, WORDS_NONE, set_flag, FIELD(no_config)},
    {"quiet", 'q', NULL, "print errors only; the exit status tells the rest", FOR_READERS | FOR_FETCH, GROUP_GENERAL, WORDS_NONE,
     set_flag, FIELD(quiet)},
    {"verbose", 'v', NULL, "print more: a summary of each input; all hosts and rules with info", FOR_READERS | FOR_FETCH,
     GROUP_GENERAL, WORDS_NONE, set_flag, FIELD(verbose)},
    {"color", 0, "WHEN", "color findings: auto, always or never (default auto)", FOR_READERS, GROUP_GENERAL, WORDS_COLOR, set_color,
     0},
    {"help", 'h', NULL, "print this help", FOR_ALL, GROUP_GENERAL, WORDS_NONE, set_flag, FIELD(help)},
    {"version", 'V', NULL, "print the version and the libraries built in", FOR_ALL, GROUP_GENERAL, WORDS_NONE, set_flag,
     FIELD(version)},

#define BOUND_ROW(symbol, id, value, least, most, unit, summary)                                                                   \
    {id,                                                                                                                           \
     0,                                                                                                                            \
     "N",                                                                                                                          \
     summary,                                                                                                                      \
     FOR_READERS | (HAR_BOUND_##symbol == HAR_BOUND_RESPONSE_BYTES ? FOR_FETCH : 0),                                               \
     GROUP_BOUNDS,                                                                                                                 \
     WORDS_NONE,                                                                                                                   \
     set_bound,                                                                                                                    \
     HAR_BOUND_##symbol},
    HAR_BOUNDS(BOUND_ROW)
#undef BOUND_ROW

        {NULL, 0, NULL, NULL, 0, GROUP_COUNT, WORDS_NONE, NULL, 0},
};

const char *option_group_title(enum option_group group)
{
    static const char *const titles[GROUP_COUNT] = {
        [GROUP_OUTPUT] = "Output",         [GROUP_CHANGES] = "Changes", [GROUP_FINDINGS] = "Findings", [GROUP_INPUT] = "Input",
        [GROUP_CLOUDFLARE] = "Cloudflare", [GROUP_GENERAL] = "General", [GROUP_BOUNDS] = "Bounds",
    };
    return group < GROUP_COUNT ? titles[group] : "";
}
