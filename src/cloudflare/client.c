/* Configuration and life of a client of the Cloudflare URL Scanner. */
#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cloudflare/client.h"
#include "cloudflare/curl.h"

enum { MOST_TEXT = 4096 };

#define TOKEN_PLACES "--token-file or CLOUDFLARE_API_TOKEN"
#define PAIR_PLACES  "CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY"

/* The texts of a configuration. */
static const struct {
    const char *what;
    size_t at;
    bool secret;
    char least; /* the first character that may stand in what becomes a header; NUL: looked at elsewhere */
} texts[] = {
    {"the API token", offsetof(struct har_cloudflare_config, token), true, '!'},
    {"the e-mail address", offsetof(struct har_cloudflare_config, email), true, '!'},
    {"the API key", offsetof(struct har_cloudflare_config, key), true, '!'},
    {"the account's id", offsetof(struct har_cloudflare_config, account), false, '\0'},
    {"the address of the API", offsetof(struct har_cloudflare_config, base), false, '\0'},
    {"the file of certificate authorities", offsetof(struct har_cloudflare_config, ca_file), false, '\0'},
    {"the folder of certificate authorities", offsetof(struct har_cloudflare_config, ca_folder), false, '\0'},
    {"the name of the program", offsetof(struct har_cloudflare_config, agent), false, ' '},
};
enum { TEXT_COUNT = sizeof texts / sizeof *texts };

static const struct {
    size_t at;
    uint64_t value;
} numbers[] = {
    {offsetof(struct har_cloudflare_config, connect_ms), 10 * 1000},
    {offsetof(struct har_cloudflare_config, stall_ms), 30 * 1000},
    {offsetof(struct har_cloudflare_config, total_ms), 10 * 60 * 1000},
    {offsetof(struct har_cloudflare_config, retry_total_ms), 5 * 60 * 1000},
    {offsetof(struct har_cloudflare_config, poll_ms), 15 * 1000},
};

static const char **text_of(struct har_cloudflare_config *config, size_t row)
{
    return (const char **)(void *)((char *)config + texts[row].at);
}

static enum har_status usage(struct har_error *error, const char *what, const char *why)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "%s %s", what, why);
}

/* ---- checks; no text quotes what it is about */

static enum har_status check_text(const char *what, const char *text, char least, struct har_error *error)
{
    if (!text)
        return HAR_OK;
    if (!*text)
        return usage(error, what, "is empty");
    if (strlen(text) > MOST_TEXT)
        return usage(error, what, "is too long");
    for (; least && *text; text++)
        if (*text < least || *text > '~')
            return usage(error, what, "holds a character that no header can carry: a blank, a line end, or one beyond ASCII");
    return HAR_OK;
}

static bool has_prefix(const char *text, const char *prefix)
{
    return text && strncmp(text, prefix, strlen(prefix)) == 0;
}

static enum har_status check_credentials(const struct har_cloudflare_config *config, struct har_error *error)
{
    if (!config->token && !config->email && !config->key)
        return usage(error, "credentials are needed:", "an API token (" TOKEN_PLACES "), or " PAIR_PLACES);
    if (config->token && (config->email || config->key))
        return usage(error, "an API token and an API key are both there,", "and only one of them can be sent");
    if (config->key && !config->email)
        return usage(error, "the API key", "needs the e-mail address that it belongs to (CLOUDFLARE_EMAIL)");
    if (config->email && !config->key)
        return usage(error, "the e-mail address", "needs the API key that belongs to it (CLOUDFLARE_API_KEY)");
    if (has_prefix(config->token, "cfk_"))
        return usage(error, "the API token", "is an API key (cfk_): those are sent with an e-mail address (" PAIR_PLACES ")");
    if (has_prefix(config->key, "cfut_") || has_prefix(config->key, "cfat_"))
        return usage(error, "the API key", "is an API token (cfut_, cfat_): those stand alone (" TOKEN_PLACES ")");
    return HAR_OK;
}

static enum har_status check(struct har_cloudflare_config *config, struct har_error *error)
{
    enum har_status status = HAR_OK;
    for (size_t i = 0; i < TEXT_COUNT && status == HAR_OK; i++)
        status = check_text(texts[i].what, *text_of(config, i), texts[i].least, error);
    if (status == HAR_OK)
        status = check_credentials(config, error);
    if (status != HAR_OK)
        return status;
    if (config->account && !har_cloudflare_is_account(config->account))
        return usage(error, "the account's id (--account, CLOUDFLARE_ACCOUNT_ID)", "must be 32 hexadecimal digits");
    if (config->ca_file && access(config->ca_file, R_OK) < 0)
        return har_error_system(error, errno, "cannot read the file of certificate authorities (--cacert, SSL_CERT_FILE)");
    return HAR_OK;
}

/* ---- making one */

/* Members that the caller's size does not reach are 0. */
static void copy_config(struct har_cloudflare_config *to, const struct har_cloudflare_config *from)
{
    memset(to, 0, sizeof *to);
    memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
    to->size = sizeof *to;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uint64_t *number = (uint64_t *)(void *)((char *)to + numbers[i].at);
        *number = *number ? *number : numbers[i].value;
    }
    to->base = to->base ? to->base : CLOUDFLARE_BASE;
    to->agent = to->agent ? to->agent : "libharmill/" HAR_VERSION;
}

/* Puts the client's own copies in the place of the caller's texts. */
static bool own_texts(struct har_cloudflare_config *config)
{
    bool fine = true;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const char **text = text_of(config, i);
        if (!*text)
            continue;
        *text = strdup(*text);
        fine = fine && *text;
    }
    return fine;
}

static bool make_authorization(struct har_cloudflare *client)
{
    static const char scheme[] = "Bearer ";
    if (!client->config.token)
        return true;
    const size_t size = sizeof scheme + strlen(client->config.token);
    client->authorization = malloc(size);
    if (!client->authorization)
        return false;
    memcpy(client->authorization, scheme, sizeof scheme - 1);
    strcpy(client->authorization + sizeof scheme - 1, client->config.token);
    return true;
}

static void lower(const char *text)
{
    for (char *p = (char *)(uintptr_t)text; p && *p; p++) /* the client's own copy */
        *p = (char)tolower((unsigned char)*p);
}

#ifndef HARMILL_WITHOUT_CURL
static bool make_handle(struct har_cloudflare *client)
{
    client->handle = client->curl->easy_init();
    return client->handle != NULL;
}

static void free_handle(struct har_cloudflare *client)
{
    if (client->handle)
        client->curl->easy_cleanup(client->handle);
}
#else
static bool make_handle(struct har_cloudflare *client)
{
    return client->handle != NULL;
}

static void free_handle(struct har_cloudflare *client)
{
    (void)client;
}
#endif

enum har_status har_cloudflare_new(struct har_cloudflare **client, const struct har_cloudflare_config *config,
                                   struct har_error *error)
{
    *client = NULL;
    struct har_cloudflare *made = calloc(1, sizeof *made);
    if (!made)
        return har_error_memory(error);
    enum har_status status = cloudflare_curl_load(&made->curl, error);
    struct har_cloudflare_config borrowed;
    copy_config(&borrowed, config);
    if (status == HAR_OK)
        status = check(&borrowed, error);
    if (status == HAR_OK) {
        made->config = borrowed;
        made->problem.size = sizeof made->problem;
        if (!own_texts(&made->config) || !make_authorization(made) || !make_handle(made))
            status = har_error_memory(error);
        lower(made->config.account);
    }
    if (status == HAR_OK)
        status = cloudflare_set_base(made, error);
    if (status == HAR_OK)
        *client = made;
    else
        har_cloudflare_free(made);
    return status;
}

/* ---- freeing it */

static void drop(const char *text, bool secret)
{
    char *own = (char *)(uintptr_t)text;
    if (own && secret)
        explicit_bzero(own, strlen(own));
    free(own);
}

void har_cloudflare_free(struct har_cloudflare *client)
{
    if (!client)
        return;
    free_handle(client);
    cloudflare_har_drop(client->last);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        drop(*text_of(&client->config, i), texts[i].secret);
    drop(client->authorization, true);
    cloudflare_forget(client);
    free(client->host);
    cloudflare_curl_unload(client->curl);
    explicit_bzero(client, sizeof *client);
    free(client);
}

const char *har_cloudflare_host(const struct har_cloudflare *client)
{
    return client->host;
}

bool har_cloudflare_is_local(const struct har_cloudflare *client)
{
    return client->local;
}

const struct har_cloudflare_problem *har_cloudflare_last_problem(const struct har_cloudflare *client)
{
    return &client->problem;
}
