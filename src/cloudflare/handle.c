/* What libcurl is told of a request, and asked about it. */
#include "cloudflare/client.h"

#ifndef HARMILL_WITHOUT_CURL

#include <string.h>

#include "cloudflare/curl.h"

#define BUFFER_SIZE 524288L

static const struct {
    CURLoption option;
    long value;
} fixed_options[] = {
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_UNRESTRICTED_AUTH, 0},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_HEADEROPT, CURLHEADER_SEPARATE},
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_HTTP_CONTENT_DECODING, 0},
    /* One request at a time needs no HTTP/2, where libcurl may send a refused request again by itself. */
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    {CURLOPT_HTTP09_ALLOWED, 0},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_LOW_SPEED_LIMIT, 64},
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_NOPROGRESS, 0},
};

static long to_long(uint64_t value)
{
    return value < INT32_MAX ? (long)value : INT32_MAX;
}

static bool set_long(const struct har_cloudflare *client, CURLoption option, long value)
{
    return client->curl->easy_setopt(client->handle, option, value) == CURLE_OK;
}

static bool set_text(const struct har_cloudflare *client, CURLoption option, const char *value)
{
    return client->curl->easy_setopt(client->handle, option, value) == CURLE_OK;
}

/* Authorities that are named stand alone: libcurl's own are taken away. */
static bool set_authorities(const struct har_cloudflare *client)
{
    const struct har_cloudflare_config *config = &client->config;
    return (!config->ca_file && !config->ca_folder) ||
           (set_text(client, CURLOPT_CAINFO, config->ca_file) && set_text(client, CURLOPT_CAPATH, config->ca_folder));
}

static bool set_address(const struct har_cloudflare *client, const struct cloudflare_request *request)
{
    const bool plain = strncmp(client->config.base, "http:", 5) == 0;
    struct har_buffer url;
    har_buffer_init(&url, 8192);
    har_buffer_printf(&url, "%s%s", client->config.base, request->path);
    const char *text = har_buffer_string(&url);
    /* Plain requests are for this machine: no proxy sees them. */
    const bool fine = text && set_text(client, CURLOPT_URL, text) &&
                      set_text(client, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https") &&
                      (!plain || set_text(client, CURLOPT_PROXY, ""));
    har_buffer_release(&url);
    return fine;
}

static bool set_agent(const struct har_cloudflare *client)
{
    struct har_buffer agent;
    har_buffer_init(&agent, 8192);
    har_buffer_printf(&agent, "%s libcurl/%s", client->config.agent, client->curl->version);
    const char *text = har_buffer_string(&agent);
    const bool fine = text && set_text(client, CURLOPT_USERAGENT, text);
    har_buffer_release(&agent);
    return fine;
}

static bool add_header(const struct har_cloudflare *client, struct curl_slist **headers, const char *name, const char *value)
{
    struct har_buffer line;
    har_buffer_init(&line, 8192);
    har_buffer_printf(&line, "%s: %s", name, value);
    const char *text = har_buffer_string(&line);
    struct curl_slist *longer = text ? client->curl->slist_append(*headers, text) : NULL;
    if (line.data)
        explicit_bzero(line.data, line.len);
    har_buffer_release(&line);
    if (longer)
        *headers = longer;
    return longer != NULL;
}

void cloudflare_drop_headers(const struct har_cloudflare *client, struct curl_slist *headers)
{
    for (struct curl_slist *node = headers; node; node = node->next)
        explicit_bzero(node->data, strlen(node->data));
    client->curl->slist_free_all(headers);
}

static bool set_headers(const struct har_cloudflare *client, const struct cloudflare_request *request, struct curl_slist **headers)
{
    bool fine = add_header(client, headers, "Accept", "application/json") &&
                add_header(client, headers, "Accept-Encoding", request->packed ? "gzip" : "identity");
    if (client->authorization)
        fine = fine && add_header(client, headers, "Authorization", client->authorization);
    else
        fine = fine && add_header(client, headers, "X-Auth-Email", client->config.email) &&
               add_header(client, headers, "X-Auth-Key", client->config.key);
    if (request->method == CLOUDFLARE_POST)
        fine = fine && add_header(client, headers, "Content-Type", "application/json") && add_header(client, headers, "Expect", "");
    return fine && client->curl->easy_setopt(client->handle, CURLOPT_HTTPHEADER, *headers) == CURLE_OK;
}

/* What was posted goes over a connection of its own: on an old one that the server closed meanwhile, libcurl would send again. */
static bool set_body(const struct har_cloudflare *client, const struct cloudflare_request *request)
{
    if (request->method != CLOUDFLARE_POST)
        return set_long(client, CURLOPT_HTTPGET, 1);
    const curl_off_t len = (curl_off_t)strlen(request->body);
    return client->curl->easy_setopt(client->handle, CURLOPT_POSTFIELDSIZE_LARGE, len) == CURLE_OK &&
           set_text(client, CURLOPT_POSTFIELDS, request->body) && set_long(client, CURLOPT_FRESH_CONNECT, 1);
}

/* A name server that is silent must not hold up the end of a transfer: the thread that asks it cleans up after itself, and the
 * library stays loaded. libcurl knows this since 7.87; before, it waits for the thread. */
static void leave_resolver(const struct har_cloudflare *client)
{
#if LIBCURL_VERSION_NUM >= 0x075700
    set_long(client, CURLOPT_QUICK_EXIT, 1);
#else
    (void)client;
#endif
}

bool cloudflare_set_up(const struct har_cloudflare *client, const struct cloudflare_request *request, struct curl_slist **headers)
{
    bool fine = true;
    leave_resolver(client);
    set_long(client, CURLOPT_BUFFERSIZE, BUFFER_SIZE); /* refused where the last try left its buffer behind: then it has that */
    for (size_t i = 0; i < sizeof fixed_options / sizeof *fixed_options; i++)
        fine = fine && set_long(client, fixed_options[i].option, fixed_options[i].value);
    return fine && set_long(client, CURLOPT_CONNECTTIMEOUT_MS, to_long(client->config.connect_ms)) &&
           set_long(client, CURLOPT_LOW_SPEED_TIME, to_long((client->config.stall_ms + 999) / 1000)) &&
           set_long(client, CURLOPT_TIMEOUT_MS, to_long(client->config.total_ms)) && set_authorities(client) &&
           set_address(client, request) && set_agent(client) && set_headers(client, request, headers) && set_body(client, request);
}

/* ---- what it is asked */

long cloudflare_get_long(const struct har_cloudflare *client, CURLINFO info)
{
    long value = 0;
    client->curl->easy_getinfo(client->handle, info, &value);
    return value;
}

curl_off_t cloudflare_get_off(const struct har_cloudflare *client, CURLINFO info)
{
    curl_off_t value = 0;
    client->curl->easy_getinfo(client->handle, info, &value);
    return value;
}

#endif
