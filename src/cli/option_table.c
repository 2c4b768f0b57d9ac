/* The table of options. */
#include <stddef.h>

#include "cli/setters.h"

#define FIELD(name) offsetof(struct options, name)

enum { FOR_REDACTION = FOR_REDACT | FOR_CONVERT | FOR_SCAN };

const struct option_row option_rows[] = {
    {"output", 'o', "FILE", "write to FILE, or into the folder DIR/ when it ends in / or exists; - is stdout",
     FOR_WRITERS | FOR_FETCH, GROUP_OUTPUT, WORDS_FILE, set_text, FIELD(output)},
    {"in-place", 'i', NULL, "replace each file that would change, and leave the others alone", FOR_NORMALIZE | FOR_REDACT,
     GROUP_OUTPUT, WORDS_NONE, set_flag, FIELD(in_place)},
    {"check", 0, NULL, "write nothing; name the files that would change and exit with 1 when there are any", FOR_NORMALIZE,
     GROUP_OUTPUT, WORDS_NONE, set_flag, FIELD(check)},
    {"check", 0, NULL, "write nothing; tell secrets as findings and exit with 1 when there are any", FOR_REDACT, GROUP_OUTPUT,
     WORDS_NONE, set_flag, FIELD(check)},
    {"verify", 0, NULL, "write nothing; tell secrets as findings and exit with 3 when there are any, or what could not be searched",
     FOR_REDACT, GROUP_OUTPUT, WORDS_NONE, set_flag, FIELD(redact.verify)},
    {"diff", 0, NULL, "write nothing; show what would change and exit with 1 when anything would", FOR_NORMALIZE, GROUP_OUTPUT,
     WORDS_NONE, set_flag, FIELD(diff)},
    {"backup", 0, "[=SUFFIX]", "with --in-place: keep the old file under its name with SUFFIX (default ~)",
     FOR_NORMALIZE | FOR_REDACT, GROUP_OUTPUT, WORDS_NONE, set_backup, FIELD(backup)},
    {"merge", 0, NULL, "write all inputs as one capture", FOR_NORMALIZE | FOR_CONVERT | FOR_REDACT, GROUP_OUTPUT, WORDS_NONE,
     set_flag, FIELD(merge)},
    {"split", 0, "HOW", "write several captures into the folder of --output: one for each page, each host, or each N entries",
     FOR_NORMALIZE | FOR_CONVERT | FOR_REDACT, GROUP_OUTPUT, WORDS_NONE, set_text, FIELD(split)},
    {"to", 't', "WRITER", "what to write; without it the ending of the output decides", FOR_CONVERT | FOR_SCAN | FOR_REDACT,
     GROUP_OUTPUT, WORDS_WRITER, set_writer, 0},
    {"for", 0, "SCHEMA", "which schema; without it xsd", FOR_SCHEMA, GROUP_OUTPUT, WORDS_SCHEMA, set_schema, 0},
    {"indent", 0, "N", "blanks per level, 0 to 8; 0 writes one line (default 2)", FOR_WRITERS, GROUP_OUTPUT, WORDS_NONE, set_indent,
     0},
    {"json", 0, NULL, "print JSON", FOR_INFO | FOR_LIST | FOR_RULES | FOR_SCAN, GROUP_OUTPUT, WORDS_NONE, set_flag, FIELD(json)},

    {"bodies", 0, "WHICH", "keep the bodies of requests and responses: none, text or all (default none)",
     FOR_CONVERT | FOR_SCAN | FOR_REDACT, GROUP_REPORT, WORDS_BODIES, set_word, 0},
    {"static-rows", 0, "N", "show N requests, or all, where scripts do not run (default 500)", FOR_CONVERT | FOR_SCAN | FOR_REDACT,
     GROUP_REPORT, WORDS_ROWS, set_rows, 0},
    {"title", 0, "TEXT", "the title; without it the input's", FOR_CONVERT | FOR_SCAN | FOR_REDACT, GROUP_REPORT, WORDS_NONE,
     set_title, 0},
    {"links", 0, NULL, "let addresses be clicked, which sends requests to them", FOR_CONVERT | FOR_SCAN | FOR_REDACT, GROUP_REPORT,
     WORDS_NONE, set_mark, 0},
    {"no-redact", 0, NULL, "write a report as it is, with the secrets in it", FOR_CONVERT | FOR_SCAN, GROUP_REPORT, WORDS_NONE,
     set_flag, FIELD(redact.no_redact)},
    {"custom", 0, "WHICH",
     "keep members whose names start with an underscore: those that the report shows, known, or all (default known)",
     FOR_CONVERT | FOR_SCAN | FOR_REDACT, GROUP_REPORT, WORDS_CUSTOM, set_word, 0},

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

    {"redact", 0, NULL, "replace secrets by tokens; reports are redacted without it", FOR_CONVERT | FOR_SCAN, GROUP_REDACTION,
     WORDS_NONE, set_flag, FIELD(redact.redact)},
    {"rules", 0, "FILE", "add the rules in FILE (JSON), or use these only when it says so; may be repeated", FOR_REDACTION,
     GROUP_REDACTION, WORDS_FILE, set_list, FIELD(redact.rules)},
    {"keep", 0, "NAME,...", "keep the values of headers, cookies, parameters and members with these names", FOR_REDACTION,
     GROUP_REDACTION, WORDS_NONE, set_list, FIELD(redact.keep)},
    {"drop", 0, "NAME,...", "leave out headers and custom members with these names; replace the values of cookies and parameters",
     FOR_REDACTION, GROUP_REDACTION, WORDS_NONE, set_list, FIELD(redact.drop)},
    {"mode", 0, "MODE", "default, or strict: replace all texts but those that a list allows", FOR_REDACTION, GROUP_REDACTION,
     WORDS_MODE, set_mode, 0},
    {"redact-bodies", 0, "HOW", "search bodies for secrets, keep them as they are, or drop them (default search)", FOR_REDACTION,
     GROUP_REDACTION, WORDS_REDACT_BODIES, set_redact_bodies, 0},
    {"pii", 0, NULL, "replace what is about persons, too: e-mail addresses, phone, card and account numbers, IP addresses",
     FOR_REDACTION, GROUP_REDACTION, WORDS_NONE, set_flag, FIELD(redact.pii)},
    {"suspicious", 0, NULL, "replace long texts that look random, too", FOR_REDACTION, GROUP_REDACTION, WORDS_NONE, set_flag,
     FIELD(redact.suspicious)},
    {"key-file", 0, "FILE", "make tokens from a hash with the key in FILE (16 to 4096 bytes; - is stdin): the same in all captures",
     FOR_REDACTION, GROUP_REDACTION, WORDS_FILE, set_text, FIELD(redact.key_file)},
    {"allow-unsearched", 0, NULL, "go on when a body could not be searched, which may hold secrets", FOR_REDACTION, GROUP_REDACTION,
     WORDS_NONE, set_flag, FIELD(redact.allow_unsearched)},
    {"manifest", 0, "FILE", "write to FILE, as JSON, what was replaced where; it holds no value", FOR_REDACTION, GROUP_REDACTION,
     WORDS_FILE, set_text, FIELD(redact.manifest)},

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
    {"write-baseline", 0, "FILE", "note all findings in FILE; what it knows of other inputs stays", FOR_VALIDATE | FOR_REDACT,
     GROUP_FINDINGS, WORDS_FILE, set_text, FIELD(write_baseline)},
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
    {"poll-interval", 0, "TIME",
     "between two questions for a scan that is not finished, 10s to 30s (default 15s); less when --api-url names this machine",
     FOR_NETWORK, GROUP_CLOUDFLARE, WORDS_NONE, set_time, FIELD(cloudflare.poll_ms)},
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
        [GROUP_OUTPUT] = "Output",         [GROUP_REPORT] = "HTML report", [GROUP_CHANGES] = "Changes",
        [GROUP_REDACTION] = "Redaction",   [GROUP_FINDINGS] = "Findings",  [GROUP_INPUT] = "Input",
        [GROUP_CLOUDFLARE] = "Cloudflare", [GROUP_GENERAL] = "General",    [GROUP_BOUNDS] = "Bounds",
    };
    return group < GROUP_COUNT ? titles[group] : "";
}
