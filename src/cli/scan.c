/* harmill scan: the Cloudflare URL Scanner visits an address. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cloudflare.h"
#include "cli/complain.h"
#include "cli/scan_fetch.h"
#include "cli/scan_headers.h"
#include "cli/scan_json.h"
#include "cli/signals.h"
#include "cli/targets.h"
#include "cli/write.h"

/* Stands for the scan until it has an id, so that all that concerns the output is checked before anything is submitted. */
#define NO_SCAN_YET "cloudflare:00000000-0000-4000-8000-000000000000"

struct scan {
    struct cli *cli;
    char *url;
    struct har_cloudflare_submitted submitted;
    char input[sizeof NO_SCAN_YET]; /* the scan as convert would name it */
    struct writing writing;
    bool writes; /* `writing` is open */
};

/* ---- what is asked for */

static bool goes_to_stdout(const struct options *options)
{
    return !options->output || strcmp(options->output, "-") == 0;
}

static bool has_stdout_report(const struct options *options)
{
    for (size_t i = 0; i < options->report_count; i++)
        if (!options->reports[i].path)
            return true;
    return false;
}

static bool is_stdin(const char *file)
{
    return file && strcmp(file, "-") == 0;
}

static bool check_options(const struct options *options)
{
    const struct cloudflare_options *given = &options->cloudflare;
    const struct {
        bool wrong;
        const char *text;
    } rows[] = {
        {!given->is_public && !given->is_unlisted,
         "say who may see the scan: --visibility public lists it for everybody, which the API does when nothing is said, and "
         "--visibility unlisted does not, but free plans have no unlisted scans"},
        {given->no_wait && options->output, "--no-wait writes nothing: leave out --output"},
        {given->no_wait && options->writer, "--no-wait writes nothing: leave out --to"},
        {given->no_wait && options->report_count, "--no-wait reads nothing that a report could tell: leave out --report"},
        {given->no_wait && given->wait, "give either --wait or --no-wait"},
        {given->no_wait && options->quiet && !options->json,
         "--quiet and --no-wait would keep the scan's id to themselves: add --json"},
        {options->json && !given->no_wait && goes_to_stdout(options),
         "--json and the capture would both go to stdout: give -o FILE or --no-wait"},
        {options->json && has_stdout_report(options),
         "--json and a report would both go to stdout: give the report a file, --report FORMAT:PATH"},
        {is_stdin(given->token_file) && is_stdin(given->header_file), "stdin can be read only once"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].wrong)
            continue;
        complain("%s", rows[i].text);
        return false;
    }
    return true;
}

/* Never quoted: what is wrong with it may be a secret in it. As browsers read it, slashes may be any number and backslashes. */
static const char *wrong_url(const char *url)
{
    static const char *const schemes[] = {"https://", "http://"};
    size_t scheme = 0;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes && !scheme; i++)
        if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            scheme = strlen(schemes[i]);
    if (strncmp(url, "cloudflare:", strlen("cloudflare:")) == 0)
        return "scan takes the address of a page; a scan that exists is an input, as of: harmill convert";
    if (!scheme)
        return "scan takes a whole address, with https:// or http:// in front";
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7f)
            return "the address holds a blank or a control character";
    const char *host = url + scheme + strspn(url + scheme, "/\\");
    const size_t len = strcspn(host, "/\\?#");
    if (memchr(host, '@', len))
        return "the address holds a user name or password, which the scan would show to others; --header-file sends what the page "
               "needs as a header";
    return len ? NULL : "the address names no host";
}

static enum exit_status check_account(const struct cli *cli)
{
    const char *account = NULL;
    const enum exit_status status = cloudflare_account(cli, &account);
    if (status != EXIT_DONE || account)
        return status;
    complain("for which account? Give --account ID, or set CLOUDFLARE_ACCOUNT_ID");
    return EXIT_USAGE;
}

static const struct har_writer *choose_writer(const struct options *options)
{
    if (options->writer)
        return options->writer;
    if (goes_to_stdout(options) || targets_is_folder(options->output))
        return har_writer_find("har");
    return har_writer_for_path(options->output);
}

/* ---- the output, before anything is submitted */

/* A file that cannot be made, and a coding that this build leaves out. A device or pipe is not opened: that may have effects. */
static enum exit_status check_target(const char *path, const struct har_settings *settings)
{
    struct har_sink *sink = NULL;
    struct har_error error = {0};
    struct stat info;
    if (!path)
        return EXIT_DONE;
    const bool special = stat(path, &info) == 0 && !S_ISREG(info.st_mode);
    if (special ? access(path, W_OK) == 0 : har_sink_file(&sink, path, settings, &error) == HAR_OK) {
        har_sink_free(sink);
        return EXIT_DONE;
    }
    if (special)
        har_error_system(&error, errno, "cannot write");
    complain("%s: %s", path, error.text);
    return error.domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}

static enum exit_status open_output(struct scan *scan)
{
    struct cli *cli = scan->cli;
    const struct har_writer *writer = choose_writer(&cli->options);
    if (!writer) {
        complain("the output's name does not say what to write; give -t WRITER ('harmill list writers' names them)");
        return EXIT_USAGE;
    }
    cli->options.operands[0] = scan->input;
    scan->writes = true;
    if (!writing_open(&scan->writing, cli, writer, true, false) || scan->writing.run.status != EXIT_DONE)
        return scan->writing.run.status;
    return check_target(scan->writing.targets[0], cli->options.settings);
}

/* The same for the scan that was submitted. The reports stay open: they have not told anything yet. */
static enum exit_status aim_output(struct scan *scan)
{
    struct writing *writing = &scan->writing;
    struct cli *cli = scan->cli;
    targets_free(writing->targets, writing->inputs.count);
    writing->targets = NULL;
    inputs_release(&writing->inputs);
    if (!inputs_collect(&writing->inputs, cli))
        return writing->inputs.status;
    return targets_plan(&writing->targets, &writing->inputs, &cli->options, writing->writer, false);
}

/* ---- the scan */

static enum exit_status exit_for(const struct har_error *error)
{
    return error->domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}

static enum exit_status tell_not_submitted(struct scan *scan, const struct har_error *error)
{
    const struct har_cloudflare_problem *problem = har_cloudflare_last_problem(scan->cli->cloudflare);
    cloudflare_erase(scan->cli);
    if (error->domain != HAR_DOMAIN_CANCELLED)
        complain("%s", error->text);
    else if (problem->submitted)
        complain("it is not known whether the scan was submitted");
    if (scan->cli->options.json)
        scan_json_failed(scan->cli, NULL, error);
    return exit_for(error);
}

static enum exit_status submit(struct scan *scan)
{
    const struct cloudflare_options *given = &scan->cli->options.cloudflare;
    struct har_cloudflare_submission submission = {.size = sizeof submission,
                                                   .url = scan->url,
                                                   .is_public = given->is_public,
                                                   .country = given->country,
                                                   .agent = given->agent};
    struct scan_headers headers = {.count = 0};
    struct har_error error = {0};
    enum exit_status status = EXIT_DONE;
    if (given->header_file)
        status = scan_headers_read(&headers, given->header_file, !scan->cli->options.quiet);
    if (headers.count)
        submission.headers = headers.list;
    if (status == EXIT_DONE && headers.count && given->is_public && !scan->cli->options.quiet)
        complain("%s: the scan is public: its page may show these headers to everybody", given->header_file);
    scan->submitted.size = sizeof scan->submitted;
    if (status == EXIT_DONE && har_cloudflare_submit(scan->cli->cloudflare, &submission, &scan->submitted, &error) != HAR_OK)
        status = tell_not_submitted(scan, &error);
    scan_headers_release(&headers);
    return status;
}

/* At once: whatever happens from here on, the id is not lost. */
static enum exit_status tell_submitted(struct scan *scan)
{
    const struct har_cloudflare_submitted *submitted = &scan->submitted;
    const struct options *options = &scan->cli->options;
    const bool hidden = strcmp(submitted->visibility, "unlisted") == 0;
    bool told = false;
    snprintf(scan->input, sizeof scan->input, "cloudflare:%s", submitted->scan.id);
    cloudflare_erase(scan->cli);
    if (options->json)
        told = scan_json_submitted(scan->cli, submitted, cloudflare_base(scan->cli));
    if (!options->quiet || (options->json && !told)) {
        fprintf(stderr, "%s: submitted%s%s, %s\n", scan->input, *submitted->visibility ? " as " : "", submitted->visibility,
                submitted->page);
        fflush(stderr);
    }
    if (!options->cloudflare.is_unlisted || hidden)
        return EXIT_DONE;
    complain("%s: unlisted was asked for, but the API did not answer that it is", scan->input);
    return EXIT_FINDINGS;
}

/* With the account where only this command line names it. */
static void tell_later(const struct scan *scan)
{
    const bool named = scan->cli->options.cloudflare.account != NULL;
    complain("the scan stays at Cloudflare; to get it later: harmill convert --wait cloudflare:%s%s%s",
             named ? scan->submitted.scan.account : "", named ? "/" : "", scan->submitted.scan.id);
}

static enum exit_status tell_not_fetched(struct scan *scan, const struct har_error *error)
{
    cloudflare_erase(scan->cli);
    if (error->domain != HAR_DOMAIN_CANCELLED)
        complain("%s: %s", scan->input, error->text);
    if (scan->cli->options.json)
        scan_json_failed(scan->cli, scan->submitted.scan.id, error);
    if (*signals_flag() == 0) {
        reports_begin(&scan->writing.reports, scan->input);
        reports_end(&scan->writing.reports, NULL, error);
    }
    return EXIT_TROUBLE;
}

static enum exit_status write_capture(struct scan *scan)
{
    struct har_error error = {0};
    writing_input(&scan->writing, 0);
    if (scan->writing.run.status >= EXIT_USAGE && scan->cli->options.json) {
        har_error_set(&error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 0, "the capture was not written; stderr says why");
        scan_json_failed(scan->cli, scan->submitted.scan.id, &error);
    }
    return scan->writing.run.status;
}

static enum exit_status wait_and_write(struct scan *scan)
{
    struct har_error error = {0};
    enum exit_status status = aim_output(scan);
    if (status != EXIT_DONE)
        reports_close(&scan->writing.reports);
    if (status == EXIT_DONE && scan_fetch(scan->cli, scan->input, &error) != HAR_OK)
        status = tell_not_fetched(scan, &error);
    else if (status == EXIT_DONE)
        status = write_capture(scan);
    if (status >= EXIT_USAGE)
        tell_later(scan);
    return status;
}

static enum exit_status worse(enum exit_status one, enum exit_status other)
{
    return one > other ? one : other;
}

enum exit_status scan_run(struct cli *cli)
{
    struct scan scan = {.cli = cli, .url = cli->options.operands[0], .input = NO_SCAN_YET};
    const bool waits = !cli->options.cloudflare.no_wait;
    const char *wrong = wrong_url(scan.url);
    if (wrong)
        complain("%s", wrong);
    if (wrong || !check_options(&cli->options))
        return EXIT_USAGE;
    enum exit_status status = check_account(cli);
    if (status == EXIT_DONE)
        status = cloudflare_open(cli, waits);
    if (status == EXIT_DONE && waits)
        status = open_output(&scan);
    if (status == EXIT_DONE)
        status = submit(&scan);
    const bool submitted = status == EXIT_DONE;
    if (submitted)
        status = tell_submitted(&scan);
    if (submitted && waits)
        status = worse(status, wait_and_write(&scan));
    if (scan.writes && !submitted)
        reports_close(&scan.writing.reports); /* one without an input would say that all is well */
    if (scan.writes)
        status = worse(status, writing_close(&scan.writing));
    cloudflare_close(cli);
    return status;
}
