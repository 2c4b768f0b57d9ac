/* Addresses: the base of the API, where a redirect leads. */
#include "cloudflare/client.h"

#ifndef HARMILL_WITHOUT_CURL

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cloudflare/curl.h"

#define NAME "the address of the API (--api-url, CLOUDFLARE_BASE_URL) "

enum { MOST_LOCATION = 2048 };

static enum har_status refuse(struct har_error *error, const char *why)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, NAME "%s", why);
}

/* libcurl resolves localhost to this machine whatever a name server says. */
static bool is_loopback(const char *host)
{
    struct in_addr four;
    if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

/* Characters are looked at first: where parsers of addresses differ is where a backslash, a blank or a control character stands. */
static enum har_status check_text(const char *base, struct har_error *error)
{
    for (const char *p = base; *p; p++)
        if (*p < 0x21 || *p > 0x7e || *p == '\\')
            return refuse(error, "holds a character that no address has");
    if (strpbrk(base, "?#"))
        return refuse(error, "must not have a query or a fragment");
    return HAR_OK;
}

/* The parts that decide; texts are libcurl's, to be freed with its free(). */
struct parts {
    char *scheme, *host, *whole;
};

static enum har_status check_parts(const struct parts *parts, struct har_error *error)
{
    if (strcmp(parts->scheme, "https") == 0 || (strcmp(parts->scheme, "http") == 0 && is_loopback(parts->host)))
        return HAR_OK;
    if (strcmp(parts->scheme, "http") == 0)
        return refuse(error, "must be https: http is for servers on this machine only");
    return refuse(error, "must be https");
}

static enum har_status take_parts(struct har_cloudflare *client, const struct parts *parts, struct har_error *error)
{
    char *base = strdup(parts->whole);
    client->host = strdup(parts->host);
    client->local = is_loopback(parts->host);
    if (!base || !client->host) {
        free(base);
        return har_error_memory(error);
    }
    for (size_t len = strlen(base); len && base[len - 1] == '/'; len--)
        base[len - 1] = '\0';
    char *old = (char *)(uintptr_t)client->config.base; /* the client's own */
    client->config.base = base;
    free(old);
    return HAR_OK;
}

static CURLUcode get_parts(const struct cloudflare_curl *curl, CURLU *url, struct parts *parts)
{
    CURLUcode code = curl->url_get(url, CURLUPART_SCHEME, &parts->scheme, 0);
    if (!code)
        code = curl->url_get(url, CURLUPART_HOST, &parts->host, 0);
    return code ? code : curl->url_get(url, CURLUPART_URL, &parts->whole, 0);
}

enum har_status cloudflare_set_base(struct har_cloudflare *client, struct har_error *error)
{
    const struct cloudflare_curl *curl = client->curl;
    struct parts parts = {NULL, NULL, NULL};
    enum har_status status = check_text(client->config.base, error);
    if (status != HAR_OK)
        return status;
    CURLU *url = curl->url();
    if (!url)
        return har_error_memory(error);
    CURLUcode code = curl->url_set(url, CURLUPART_URL, client->config.base, CURLU_DISALLOW_USER);
    if (!code)
        code = get_parts(curl, url, &parts);
    if (code == CURLUE_OUT_OF_MEMORY)
        status = har_error_memory(error);
    else if (code == CURLUE_USER_NOT_ALLOWED)
        status = refuse(error, "must not hold a user's name or a password");
    else if (code == CURLUE_UNSUPPORTED_SCHEME)
        status = refuse(error, "must be https");
    else if (code)
        status = refuse(error, "cannot be read: it looks like https://api.example.com/client/v4");
    if (status == HAR_OK)
        status = check_parts(&parts, error);
    if (status == HAR_OK)
        status = take_parts(client, &parts, error);
    curl->free(parts.scheme);
    curl->free(parts.host);
    curl->free(parts.whole);
    curl->url_cleanup(url);
    return status;
}

static void copy_host(const char *host, char *to, size_t size)
{
    static const char digits[] = "0123456789", letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t at = 0;
    for (; *host && at + 1 < size; host++)
        if (strchr(digits, *host) || strchr(letters, *host) || strchr(".-:", *host))
            to[at++] = *host;
    to[at] = '\0';
}

void cloudflare_location(const struct har_cloudflare *client, const char *value, size_t len, char *to, size_t size)
{
    const struct cloudflare_curl *curl = client->curl;
    char *host = NULL, *text = len <= MOST_LOCATION ? strndup(value, len) : NULL;
    CURLU *url = curl->url();
    *to = '\0';
    if (text && url && !curl->url_set(url, CURLUPART_URL, client->config.base, 0) &&
        !curl->url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) && !curl->url_get(url, CURLUPART_HOST, &host, 0))
        copy_host(host, to, size);
    curl->free(host);
    curl->url_cleanup(url);
    free(text);
}

#else

enum har_status cloudflare_set_base(struct har_cloudflare *client, struct har_error *error)
{
    (void)client;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "needs libcurl");
}

void cloudflare_location(const struct har_cloudflare *client, const char *value, size_t len, char *to, size_t size)
{
    (void)client;
    (void)value;
    (void)len;
    (void)size;
    *to = '\0';
}

#endif
