/* The client of the Cloudflare URL Scanner as the command line and the environment describe it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/cloudflare.h"
#include "cli/complain.h"
#include "cli/secrets.h"
#include "cli/signals.h"

enum { SECOND = 1000, WAIT_DEFAULT = 600 * SECOND, POLL_LEAST = 10 * SECOND, POLL_MOST = 30 * SECOND, RETRIES_DEFAULT = 2 };

static const char own_host[] = "api.cloudflare.com", own_base[] = "https://api.cloudflare.com/client/v4";

/* In the order in which they are looked at: the names of the SDKs, those of wrangler, the older ones. */
static const char *const account_variables[] = {"CLOUDFLARE_ACCOUNT_ID", "CF_ACCOUNT_ID", NULL};
static const char *const base_variables[] = {"CLOUDFLARE_BASE_URL", "CLOUDFLARE_API_BASE_URL", "CF_API_BASE_URL", NULL};

/* A text, and the option or variable that says it. */
struct said {
    const char *text, *by;
};

/* An empty variable says nothing. */
static struct said find(const char *given, const char *option, const char *const *variables)
{
    if (given)
        return (struct said){given, option};
    for (; *variables; variables++) {
        const char *value = getenv(*variables);
        if (value && *value)
            return (struct said){value, *variables};
    }
    return (struct said){NULL, NULL};
}

enum exit_status cloudflare_account(const struct cli *cli, const char **account)
{
    const struct said said = find(cli->options.cloudflare.account, "--account", account_variables);
    *account = said.text;
    if (!said.text || har_cloudflare_is_account(said.text))
        return EXIT_DONE;
    complain("%s is no account: an account's id is 32 hexadecimal digits", said.by);
    return EXIT_USAGE;
}

/* A name that is none may be a secret in the wrong place: of a word that is longer than any id only the beginning is told. */
static void complain_name(const char *name, const char *why)
{
    enum { LONGEST = HAR_CLOUDFLARE_ID_SIZE - 1, SHOWN = 4 };
    static const char word[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    struct har_buffer shown;
    har_buffer_init(&shown, HAR_MIB);
    while (*name) {
        const size_t len = strspn(name, word), more = strcspn(name + len, word);
        har_buffer_append(&shown, name, len > LONGEST ? SHOWN : len);
        har_buffer_append_text(&shown, len > LONGEST ? "..." : "");
        har_buffer_append(&shown, name + len, more);
        name += len + more;
    }
    complain("'%.*s': %s", (int)shown.len, shown.len ? shown.data : "", why);
    har_buffer_release(&shown);
}

enum exit_status cloudflare_check(const struct cli *cli, const char *name, struct har_cloudflare_scan *scan)
{
    struct har_error error = {0};
    const char *account = NULL;
    if (har_cloudflare_parse(name, scan, &error) != HAR_OK) {
        complain_name(name, error.text);
        return EXIT_USAGE;
    }
    if (cli->options.in_place) {
        complain("cloudflare:%s: a scan cannot be changed in place; give --output", scan->id);
        return EXIT_USAGE;
    }
    if (*scan->account)
        return EXIT_DONE;
    const enum exit_status status = cloudflare_account(cli, &account);
    if (status != EXIT_DONE || account)
        return status;
    complain("cloudflare:%s: of which account? Give --account ID, set CLOUDFLARE_ACCOUNT_ID, or name it "
             "cloudflare:ACCOUNT_ID/SCAN_ID",
             scan->id);
    return EXIT_USAGE;
}

const char *cloudflare_base(const struct cli *cli)
{
    const char *base = find(cli->options.cloudflare.api_url, "--api-url", base_variables).text;
    return base ? base : own_base;
}

/* As the curl tool does: libcurl itself does not look there. */
static enum exit_status find_authorities(const struct cli *cli, struct har_cloudflare_config *config)
{
    static const char *const bundles[] = {"CURL_CA_BUNDLE", NULL}, *const files[] = {"SSL_CERT_FILE", NULL};
    static const char *const folders[] = {"SSL_CERT_DIR", NULL};
    struct said file = find(cli->options.cloudflare.cacert, "--cacert", bundles);
    if (!file.text) {
        file = find(NULL, NULL, files);
        config->ca_folder = find(NULL, NULL, folders).text;
    }
    config->ca_file = file.text;
    if (!file.text || access(file.text, R_OK) == 0)
        return EXIT_DONE;
    complain("%s: cannot read the certificate authorities that %s names: %s", file.text, file.by, strerror(errno));
    return EXIT_TROUBLE;
}

static void set_times(const struct cloudflare_options *options, bool waits, struct har_cloudflare_config *config)
{
    config->connect_ms = options->connect_ms;
    config->stall_ms = options->stall_ms;
    config->total_ms = options->total_ms;
    config->retry_total_ms = options->retry_total_ms;
    config->poll_ms = options->poll_ms;
    config->retries = options->retries_given ? (unsigned)options->retries : RETRIES_DEFAULT;
    if (options->wait_ms)
        config->wait_ms = options->wait_ms;
    else if (options->wait || waits)
        config->wait_ms = WAIT_DEFAULT;
}

/* Cloudflare asks for 10 to 30 seconds; a server on this machine may be asked as often as one likes. */
static enum exit_status check_poll(const struct cli *cli)
{
    const uint64_t poll_ms = cli->options.cloudflare.poll_ms;
    if (!poll_ms || (poll_ms >= POLL_LEAST && poll_ms <= POLL_MOST))
        return EXIT_DONE;
    if (poll_ms < POLL_LEAST && har_cloudflare_is_local(cli->cloudflare))
        return EXIT_DONE;
    complain("option '--poll-interval' takes 10s to 30s");
    return EXIT_USAGE;
}

/* Credentials that go elsewhere than one expects are worth a line. */
static void tell_host(const struct cli *cli, const struct said *base)
{
    const char *host = har_cloudflare_host(cli->cloudflare);
    if (base->text && !cli->options.quiet && strcmp(host, own_host) != 0)
        complain("credentials go to %s, which %s names", host, base->by);
}

static enum exit_status fail(const struct har_error *error)
{
    complain("%s", error->text);
    return error->domain == HAR_DOMAIN_USAGE ? EXIT_USAGE : EXIT_TROUBLE;
}

static enum exit_status make_client(struct cli *cli, struct har_cloudflare_config *config)
{
    struct secrets secrets;
    struct har_error error = {0};
    cli->guarded = secrets_guard();
    unsetenv("SSLKEYLOGFILE"); /* libcurl would write there what decrypts the connection */
    enum exit_status status = secrets_read(&secrets, &cli->options);
    if (status == EXIT_DONE) {
        config->token = *secrets.token ? secrets.token : NULL;
        config->email = *secrets.email ? secrets.email : NULL;
        config->key = *secrets.key ? secrets.key : NULL;
        if (har_cloudflare_new(&cli->cloudflare, config, &error) != HAR_OK)
            status = fail(&error);
    }
    secrets_wipe(&secrets);
    return status;
}

enum exit_status cloudflare_open(struct cli *cli, bool waits)
{
    const struct said base = find(cli->options.cloudflare.api_url, "--api-url", base_variables);
    struct har_cloudflare_config config = {.size = sizeof config,
                                           .base = base.text,
                                           .agent = "harmill/" HAR_VERSION,
                                           .notice = progress_notice,
                                           .user = &cli->progress,
                                           .cancel = signals_flag()};
    if (cli->cloudflare)
        return EXIT_DONE;
    progress_init(&cli->progress, cli->options.quiet, cli->options.verbose);
    set_times(&cli->options.cloudflare, waits, &config);
    enum exit_status status = cloudflare_account(cli, &config.account);
    if (status == EXIT_DONE)
        status = find_authorities(cli, &config);
    if (status == EXIT_DONE)
        status = make_client(cli, &config);
    if (status == EXIT_DONE)
        status = check_poll(cli);
    if (status == EXIT_DONE)
        tell_host(cli, &base);
    else
        cloudflare_close(cli);
    return status;
}

void cloudflare_erase(struct cli *cli)
{
    progress_erase(&cli->progress);
}

void cloudflare_close(struct cli *cli)
{
    cloudflare_erase(cli);
    har_cloudflare_free(cli->cloudflare);
    cli->cloudflare = NULL;
    if (cli->guarded)
        secrets_unguard();
    cli->guarded = false;
}
