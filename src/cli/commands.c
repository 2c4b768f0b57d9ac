/* The commands. */
#include <string.h>

#include "cli/cli.h"

const char command_inputs_text[] =
    "INPUT is a file, a folder (its *.har, *.har.gz, *.har.zst and *.zhar, with all folders in it), or - for stdin, which is also "
    "read when there is no INPUT. What gzip, zlib or zstd packed is unpacked, whatever it is called.\n"
    "\n"
    "cloudflare:SCAN_ID and cloudflare:ACCOUNT_ID/SCAN_ID are scans of the Cloudflare URL Scanner, as is the address of a scan's "
    "page. Nothing is read of an answer that did not come whole.";

const struct command commands[] = {
    {
        .name = "info",
        .bit = FOR_INFO,
        .run = info_run,
        .summary = "say what is in captures, what is wrong with them, and where they open",
        .operands = "[INPUT]...",
        .complete = WORDS_INPUT,
        .text =
            "Describes each INPUT: who wrote it, when, what is in it by host, method, status and type, how many bytes and bodies, "
            "whether cookies or authorization are in it, the findings by rule, and which programs open it, with the reason where "
            "one "
            "does not and whether normalize mends that. What is no HAR is named for what it is.\n"
            "\n"
            "The exit status is 0 when the input could be read whole, whatever was found in it, unless --fail-on is given.",
        .examples = "harmill info capture.har\ta description\n"
                    "harmill info -v capture.har\twith all hosts and rules\n"
                    "harmill info --json captures/\tfor scripts",
    },
    {
        .name = "validate",
        .bit = FOR_VALIDATE,
        .run = validate_run,
        .summary = "say what is wrong with captures, and where",
        .operands = "[INPUT]...",
        .complete = WORDS_INPUT,
        .text =
            "Reads each INPUT and tells its findings on stdout, then a summary on stderr. Errors make readers refuse or misread a "
            "file, warnings make some stumble, infos are counted only unless --show info is given.\n"
            "\n"
            "Values of the input, which are often secret, are shown on a terminal only, or with --show-values.",
        .examples = "harmill validate capture.har\tfindings as text\n"
                    "harmill validate --show info --max-findings 0 capture.har\tall of them\n"
                    "harmill validate -q captures/ || echo broken\tonly the exit status\n"
                    "harmill validate --report jsonl:findings.jsonl captures/\tfindings for programs, too",
    },
    {
        .name = "normalize",
        .bit = FOR_NORMALIZE,
        .run = normalize_run,
        .summary = "write captures in canonical form",
        .operands = "[INPUT]...",
        .complete = WORDS_INPUT,
        .text = "Writes each INPUT as HAR 1.2 that programs open: members in the specification's order, entries sorted by "
                "startedDateTime, strings and white space in one spelling, numbers as they were. What producers write in another "
                "way is written in the specification's, what HAR 1.2 cannot express is kept under a name that begins with an "
                "underscore, and what is missing is worked out from other members where they say it (--no-derive leaves that). "
                "Nothing is made up: what no member says stays missing. Normalizing the result again gives the same bytes.\n"
                "\n"
                "Without -o the output goes to stdout. What was found and changed is told in a line per kind on stderr. An input "
                "that is no JSON is not written, unless --repair mends it: then the exit status is 1 when something had to be "
                "left out. An old output stays as it was until the new one is whole.",
        .examples = "harmill normalize -o clean.har capture.har\tinto a file\n"
                    "harmill normalize -i captures/\teach file in its place\n"
                    "harmill normalize --diff capture.har\twhat would change\n"
                    "harmill normalize --repair -i --backup capture.har\tof a file that is cut or broken; the old one is kept\n"
                    "harmill normalize --filter 'status>=400' capture.har\tthe requests that failed\n"
                    "harmill normalize --merge -o all.har a.har b.har\tseveral captures as one\n"
                    "harmill normalize --split host -o parts/ capture.har\tone capture for each host",
    },
    {
        .name = "redact",
        .bit = FOR_REDACT,
        .run = redact_run,
        .summary = "write captures without the secrets in them",
        .operands = "[INPUT]...",
        .complete = WORDS_INPUT,
        .text =
            "Writes each INPUT as harmill normalize does, with tokens in the place of secrets: of cookies, of headers, parameters "
            "and members whose names say that their values are secret, and of texts in the form of known credentials, in "
            "addresses, "
            "bodies, messages and custom members, encoded or not. What is found in one place is replaced in all others, by the "
            "same "
            "token, such as redacted-token-1. A new file can be read by nobody else.\n"
            "\n"
            "INPUT is read twice; what comes through a pipe is kept in a temporary file without a name in between. Before anything "
            "is put in place the result is searched for all that was replaced: when something is left, or a body could not be "
            "searched, nothing is written and the exit status is 3. No message, report or manifest shows a secret.\n"
            "\n"
            "With --check nothing is written: secrets are findings, as those of harmill validate are. --verify does the same for a "
            "capture that should hold none.",
        .examples =
            "harmill redact -o clean.har capture.har\tto pass on\n"
            "harmill redact -i --backup captures/\teach file in its place\n"
            "harmill redact --mode strict --manifest clean.json -o clean.har capture.har\tas little as possible, with an account\n"
            "harmill redact --check captures/\tbefore a commit\n"
            "harmill redact --verify clean.har\tafter somebody edited it\n"
            "harmill redact --key-file key -o shared/ a.har b.har\tthe same tokens in both",
    },
    {
        .name = "convert",
        .bit = FOR_CONVERT,
        .run = convert_run,
        .summary = "write captures in another format",
        .operands = "[INPUT]...",
        .complete = WORDS_INPUT,
        .text =
            "Reads each INPUT in any format and writes it in the one that -t names or the ending of the output says. An ending "
            "such as .gz also packs the output. What is written is normalized, as harmill normalize does it, unless --no-normalize "
            "is given.\n"
            "\n"
            "An output that ends in .html is a report: one file for any browser, with what was found. Secrets in it are replaced, "
            "as "
            "harmill redact does it, unless --no-redact is given, and bodies are left out unless --bodies is. It is not written to "
            "a "
            "terminal, unless '-o -' asks for it.\n"
            "\n"
            "What was found is told in a line per kind on stderr. An input that is broken is not written, and an old output stays "
            "as it was.",
        .examples = "harmill convert -o report.html capture.har\tas a report to read and to pass on\n"
                    "harmill convert -o report.html --bodies text --max-body 100K capture.har\twith the smaller texts\n"
                    "harmill convert -o report.html --merge a.har b.har\tseveral captures in one report\n"
                    "harmill convert -o capture.har.gz capture.har\tpacked by gzip\n"
                    "harmill convert -o capture.xml capture.har\tas XML, from which the same HAR can be read again\n"
                    "harmill convert -t har --indent 0 capture.har\ton one line, to stdout",
    },
    {
        .name = "fetch",
        .bit = FOR_FETCH,
        .run = fetch_run,
        .summary = "keep the exact bytes that an input gives",
        .operands = "[INPUT]...",
        .complete = WORDS_INPUT,
        .text =
            "Writes the bytes of each INPUT as they are: nothing is judged, unpacked or changed. Of a scan of the Cloudflare URL "
            "Scanner that is the body of the API's answer, which is asked for without compression. Of an archive it is each "
            "capture in it.\n"
            "\n"
            "The ending of an output packs nothing, with one exception: a scan that goes to NAME.gz, or another ending of a "
            "coding, is packed so, and unpacks to the same bytes. Where name and bytes do not go together a line says so.\n"
            "\n"
            "Without -o the output goes to stdout, but to a terminal only with '-o -'. An old output stays as it was until all "
            "bytes of the new one are there. The exit status is 3 when an input could not be fetched whole.",
        .examples = "harmill fetch cloudflare:SCAN_ID -o scan.har\tthe answer as it came\n"
                    "harmill fetch --wait cloudflare:SCAN_ID -o scan.har\tonce the scan is finished\n"
                    "harmill fetch --files-from scans.txt -o scans/\tmany, each called after its id",
    },
    {
        .name = "scan",
        .bit = FOR_SCAN,
        .run = scan_run,
        .summary = "let the Cloudflare URL Scanner visit an address, and write the HAR",
        .operands = "URL",
        .complete = WORDS_NONE,
        .least = 1,
        .most = 1,
        .text =
            "Submits URL to the Cloudflare URL Scanner, prints the scan's id and page on stderr, waits until it is finished and "
            "writes it, as harmill convert does. Who may see the scan has to be said: --visibility public lists it for everybody, "
            "unlisted does not, which free plans do not offer.\n"
            "\n"
            "A submission is never sent twice unless it is certain that the first one did not arrive. With --json, what was "
            "submitted is printed as one JSON object on stdout.",
        .examples = "harmill scan --visibility unlisted https://example.com -o page.har\tsubmit, wait, write\n"
                    "harmill scan --visibility public --no-wait --json https://example.com\tsubmit only, for scripts",
    },
    {
        .name = "list",
        .bit = FOR_LIST,
        .run = list_run,
        .summary = "list what is built in",
        .operands = "[KIND]",
        .complete = WORDS_KIND,
        .most = 1,
        .text = "Lists readers, formats, writers, reports, codings or profiles; without KIND all of them.",
        .examples = "harmill list writers\twhat -t takes",
    },
    {
        .name = "rules",
        .bit = FOR_RULES,
        .run = rules_run,
        .summary = "list the rules, or explain one",
        .operands = "[RULE]",
        .complete = WORDS_RULE,
        .most = 1,
        .text = "Lists the rules with their levels. With RULE, explains that one.",
        .examples = "harmill rules\tall rules\n"
                    "harmill rules wrong-type\twhat it means and where it is written",
    },
    {
        .name = "schema",
        .bit = FOR_SCHEMA,
        .run = schema_run,
        .summary = "print the schema of an output",
        .operands = "",
        .text = "Prints a schema for the program that --for names: xsd is XML Schema 1.0 of what the writer xml writes, which each "
                "of its outputs is valid against.",
        .examples = "harmill schema --for xsd > har.xsd\tfor xmllint --schema har.xsd capture.xml",
    },
    {
        .name = "completion",
        .bit = FOR_COMPLETION,
        .run = completion_run,
        .summary = "print the completions for a shell",
        .operands = "bash|zsh|fish",
        .complete = WORDS_SHELL,
        .least = 1,
        .most = 1,
        .text = "Prints a script that makes the shell complete commands, options and their values.",
        .examples = "source <(harmill completion bash)\tin ~/.bashrc\n"
                    "harmill completion fish > ~/.config/fish/completions/harmill.fish\tonce",
    },
    {
        .name = "help",
        .bit = FOR_HELP,
        .run = help_run,
        .summary = "explain harmill, or one command",
        .operands = "[COMMAND]",
        .complete = WORDS_COMMAND,
        .most = 1,
        .text = "Prints the commands, or the options of COMMAND.",
        .examples = "harmill help normalize\tthe same as harmill normalize --help",
    },
    {.name = NULL},
};

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}
