/* One request and its answer. */
#include "reader/cloudflare_client.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "reader/cloudflare_curl.h"
#include "reader/cloudflare_prove.h"

#define MOST_RETRY_AFTER ((uint64_t)365 * 24 * 60 * 60)

void cloudflare_reply_init(struct cloudflare_reply *reply, const struct har_settings *settings)
{
    *reply = (struct cloudflare_reply){.end = CLOUDFLARE_NOT_SENT, .why = "nothing was sent"};
    spool_init(&reply->body, har_settings_spool_dir(settings));
    har_buffer_init(&reply->error_body, CLOUDFLARE_ERROR_BODY);
}

void cloudflare_reply_release(struct cloudflare_reply *reply)
{
    spool_release(&reply->body);
    har_buffer_release(&reply->error_body);
}

#ifndef HARMILL_WITHOUT_CURL

#include <pthread.h>
#include <signal.h>
#include <time.h>

#define NOTICE_US   ((curl_off_t)200000) /* before the first RECEIVES, and between two */
#define BUFFER_SIZE 524288L

/* Why a callback ended a transfer. */
enum stop { STOP_NONE, STOP_PASSED, STOP_HEADER, STOP_ENOUGH, STOP_BROKEN, STOP_CANCELLED };

struct transfer {
    struct har_cloudflare *client;
    const struct cloudflare_request *request;
    struct cloudflare_reply *reply;
    struct cloudflare_head head;
    enum stop stop;
    curl_off_t noticed_us;
    struct curl_slist *headers;
    struct har_error *error;
};

static long get_long(const struct har_cloudflare *client, CURLINFO info)
{
    long value = 0;
    client->curl->easy_getinfo(client->handle, info, &value);
    return value;
}

static curl_off_t get_off(const struct har_cloudflare *client, CURLINFO info)
{
    curl_off_t value = 0;
    client->curl->easy_getinfo(client->handle, info, &value);
    return value;
}

static bool is_cancelled(const struct har_cloudflare *client)
{
    return client->config.cancel && *client->config.cancel;
}

/* ---- what libcurl calls */

static bool stop(struct transfer *t, enum stop why)
{
    t->stop = why;
    return false;
}

/* A length that is too much ends it before the first byte. */
static bool end_of_head(struct transfer *t)
{
    t->reply->status = get_long(t->client, CURLINFO_RESPONSE_CODE);
    return t->reply->status != 200 || t->reply->length <= t->request->most || stop(t, STOP_PASSED);
}

static size_t on_header(char *line, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    const bool before = t->head.complete;
    bool fine = cloudflare_head_line(&t->head, t->client, line, size * count, t->reply) || stop(t, STOP_HEADER);
    if (fine && t->head.complete && !before)
        fine = end_of_head(t);
    return fine ? size * count : 0;
}

/* The beginning is enough of what is no HAR. */
static bool take_error(struct transfer *t, const char *bytes, size_t len)
{
    struct har_buffer *body = &t->reply->error_body;
    const size_t room = CLOUDFLARE_ERROR_BODY - body->len;
    if (!har_buffer_append(body, bytes, len < room ? len : room)) {
        har_error_memory(t->error);
        return stop(t, STOP_BROKEN);
    }
    return len <= room || stop(t, STOP_ENOUGH);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
    struct transfer *t = user;
    const size_t len = size * count;
    bool fine;
    t->reply->received += len;
    if (t->reply->status != 200)
        fine = take_error(t, bytes, len);
    else if (t->reply->received > t->request->most)
        fine = stop(t, STOP_PASSED);
    else
        fine = spool_append(&t->reply->body, bytes, len, t->error) == HAR_OK || stop(t, STOP_BROKEN);
    return fine ? len : 0;
}

static int on_progress(void *user, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
    struct transfer *t = user;
    const struct har_cloudflare_config *config = &t->client->config;
    (void)down_total;
    (void)down;
    (void)up_total;
    (void)up;
    if (is_cancelled(t->client))
        return !stop(t, STOP_CANCELLED);
    if (!config->notice || t->reply->status != 200 || !t->reply->received)
        return 0;
    const curl_off_t now = get_off(t->client, CURLINFO_TOTAL_TIME_T);
    if (now - t->noticed_us < NOTICE_US)
        return 0;
    t->noticed_us = now;
    config->notice(config->user, &(struct har_cloudflare_notice){.size = sizeof(struct har_cloudflare_notice),
                                                                 .event = HAR_CLOUDFLARE_RECEIVES,
                                                                 .id = t->request->id,
                                                                 .text = "",
                                                                 .ray = "",
                                                                 .received = t->reply->received,
                                                                 .total = t->reply->length});
    return 0;
}

/* ---- the request */

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

static bool add_header(struct transfer *t, const char *name, const char *value)
{
    struct har_buffer line;
    har_buffer_init(&line, 8192);
    har_buffer_printf(&line, "%s: %s", name, value);
    const char *text = har_buffer_string(&line);
    struct curl_slist *longer = text ? t->client->curl->slist_append(t->headers, text) : NULL;
    if (line.data)
        explicit_bzero(line.data, line.len);
    har_buffer_release(&line);
    if (longer)
        t->headers = longer;
    return longer != NULL;
}

/* Overwritten, because credentials are among them. */
static void drop_headers(struct transfer *t)
{
    for (struct curl_slist *node = t->headers; node; node = node->next)
        explicit_bzero(node->data, strlen(node->data));
    t->client->curl->slist_free_all(t->headers);
    t->headers = NULL;
}

static bool set_headers(struct transfer *t)
{
    const struct har_cloudflare *client = t->client;
    bool fine =
        add_header(t, "Accept", "application/json") && add_header(t, "Accept-Encoding", t->request->packed ? "gzip" : "identity");
    if (client->authorization)
        fine = fine && add_header(t, "Authorization", client->authorization);
    else
        fine = fine && add_header(t, "X-Auth-Email", client->config.email) && add_header(t, "X-Auth-Key", client->config.key);
    if (t->request->method == CLOUDFLARE_POST)
        fine = fine && add_header(t, "Content-Type", "application/json") && add_header(t, "Expect", "");
    return fine && client->curl->easy_setopt(client->handle, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
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

static bool set_callbacks(struct transfer *t)
{
    const struct cloudflare_curl *curl = t->client->curl;
    void *handle = t->client->handle;
    return !curl->easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header) &&
           !curl->easy_setopt(handle, CURLOPT_HEADERDATA, (void *)t) &&
           !curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body) && !curl->easy_setopt(handle, CURLOPT_WRITEDATA, (void *)t) &&
           !curl->easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress) &&
           !curl->easy_setopt(handle, CURLOPT_XFERINFODATA, (void *)t);
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

static bool set_up(struct transfer *t)
{
    const struct har_cloudflare *client = t->client;
    bool fine = true;
    leave_resolver(client);
    set_long(client, CURLOPT_BUFFERSIZE, BUFFER_SIZE); /* refused where the last try left its buffer behind: then it has that */
    for (size_t i = 0; i < sizeof fixed_options / sizeof *fixed_options; i++)
        fine = fine && set_long(client, fixed_options[i].option, fixed_options[i].value);
    return fine && set_long(client, CURLOPT_CONNECTTIMEOUT_MS, to_long(client->config.connect_ms)) &&
           set_long(client, CURLOPT_LOW_SPEED_TIME, to_long((client->config.stall_ms + 999) / 1000)) &&
           set_long(client, CURLOPT_TIMEOUT_MS, to_long(client->config.total_ms)) && set_authorities(client) &&
           set_address(client, t->request) && set_agent(client) && set_headers(t) && set_body(client, t->request) &&
           set_callbacks(t);
}

/* ---- how it ended */

static enum har_status judge_end(struct transfer *t, CURLcode code)
{
    struct cloudflare_reply *reply = t->reply;
    switch (t->stop) {
    case STOP_NONE:
        cloudflare_judge_code(t->client, t->reply, (int)code);
        if (reply->end == CLOUDFLARE_ANSWERED && !t->head.complete) { /* libcurl calls that an answer without a body */
            reply->end = CLOUDFLARE_CUT;
            reply->why = "the connection was closed within the answer's header";
        }
        return HAR_OK;
    case STOP_PASSED:
        reply->end = CLOUDFLARE_PASSED;
        reply->why = "the answer is larger than --max-response-bytes";
        reply->bound = t->request->most;
        return HAR_OK;
    case STOP_HEADER:
        reply->end = CLOUDFLARE_HOPELESS;
        reply->why = "the answer's header is too large";
        return HAR_OK;
    case STOP_ENOUGH:
        reply->end = CLOUDFLARE_ANSWERED;
        return HAR_OK;
    case STOP_CANCELLED:
        har_error_set(t->error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
        break;
    case STOP_BROKEN:
        break;
    }
    reply->end = CLOUDFLARE_BROKE_OFF;
    return HAR_FATAL;
}

static void collect(struct transfer *t)
{
    const struct har_cloudflare *client = t->client;
    struct cloudflare_reply *reply = t->reply;
    const curl_off_t wait = get_off(client, CURLINFO_RETRY_AFTER), took = get_off(client, CURLINFO_TOTAL_TIME_T);
    if (reply->status < 200) /* only preliminary ones came */
        reply->status = 0;
    reply->retry_after = wait > 0 ? (uint64_t)wait : 0;
    if (reply->retry_after > MOST_RETRY_AFTER)
        reply->retry_after = MOST_RETRY_AFTER;
    reply->took_ms += took > 0 ? (uint64_t)took / 1000 : 0;
}

static void tell_answer(const struct transfer *t)
{
    const struct har_cloudflare_config *config = &t->client->config;
    char text[512];
    if (!config->notice || !t->reply->status)
        return;
    snprintf(text, sizeof text, "%s %s", t->request->method == CLOUDFLARE_POST ? "POST" : "GET", t->request->path);
    config->notice(config->user, &(struct har_cloudflare_notice){.size = sizeof(struct har_cloudflare_notice),
                                                                 .event = HAR_CLOUDFLARE_ANSWERED,
                                                                 .id = t->request->id,
                                                                 .text = text,
                                                                 .http_status = t->reply->status,
                                                                 .ray = t->reply->ray,
                                                                 .received = t->reply->received});
}

/* Writing to a connection that the other side closed must not end the process. Not every libcurl prevents that by itself, and the
 * signal's handler is the caller's, so it is held back in this thread and taken away when it came. */
static CURLcode perform(const struct har_cloudflare *client)
{
    const struct timespec at_once = {0, 0};
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    const bool was = sigismember(&pending, SIGPIPE) == 1;
    const bool held = pthread_sigmask(SIG_BLOCK, &pipe, &before) == 0;
    const CURLcode code = client->curl->easy_perform(client->handle);
    if (held && !was)
        while (sigtimedwait(&pipe, NULL, &at_once) == SIGPIPE)
            ;
    if (held)
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

enum har_status cloudflare_send(struct har_cloudflare *client, const struct cloudflare_request *request,
                                struct cloudflare_reply *reply, struct har_error *error)
{
    struct transfer t = {.client = client, .request = request, .reply = reply, .error = error};
    enum har_status status = HAR_OK;
    if (is_cancelled(client)) {
        t.stop = STOP_CANCELLED;
        return judge_end(&t, CURLE_OK);
    }
    if (set_up(&t)) {
        const CURLcode code = perform(client);
        collect(&t);
        status = judge_end(&t, code);
        if (status == HAR_OK)
            tell_answer(&t);
    } else {
        reply->end = CLOUDFLARE_HOPELESS;
        reply->why = "libcurl refuses what is asked of it, or memory is short";
    }
    client->curl->easy_reset(client->handle); /* keeps the connection, forgets pointers to what is freed here */
    drop_headers(&t);
    return status == HAR_OK ? cloudflare_unpack_error(reply, request->settings, error) : status;
}

#else

enum har_status cloudflare_send(struct har_cloudflare *client, const struct cloudflare_request *request,
                                struct cloudflare_reply *reply, struct har_error *error)
{
    (void)client;
    (void)request;
    reply->end = CLOUDFLARE_BROKE_OFF;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, CLOUDFLARE_NO_CURL);
}

#endif
