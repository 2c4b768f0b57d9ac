/* One request and its answer. */
#include "cloudflare/client.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cloudflare/curl.h"
#include "cloudflare/prove.h"

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

#define NOTICE_US ((curl_off_t)200000) /* before the first RECEIVES, and between two */

/* Why a callback ended a transfer. */
enum stop { STOP_NONE, STOP_PASSED, STOP_HEADER, STOP_ENOUGH, STOP_BROKEN, STOP_CANCELLED };

struct transfer {
    struct har_cloudflare *client;
    const struct cloudflare_request *request;
    struct cloudflare_reply *reply;
    struct cloudflare_head head;
    enum stop stop;
    curl_off_t noticed_us;
    struct har_error *error;
};

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
    t->reply->status = cloudflare_get_long(t->client, CURLINFO_RESPONSE_CODE);
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
    const curl_off_t now = cloudflare_get_off(t->client, CURLINFO_TOTAL_TIME_T);
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
    const curl_off_t wait = cloudflare_get_off(client, CURLINFO_RETRY_AFTER),
                     took = cloudflare_get_off(client, CURLINFO_TOTAL_TIME_T);
    if (reply->status < 200) /* only preliminary ones came */
        reply->status = 0;
    reply->retry_after = wait > 0 ? (uint64_t)wait : 0;
    if (reply->retry_after > CLOUDFLARE_RETRY_MOST)
        reply->retry_after = CLOUDFLARE_RETRY_MOST;
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

static enum har_status unpack_error(const struct cloudflare_request *request, struct cloudflare_reply *reply,
                                    struct har_error *error)
{
    const enum har_status status = cloudflare_unpack(&reply->error_body, request->settings, error);
    if (status != HAR_OK)
        reply->end = CLOUDFLARE_BROKE_OFF;
    return status;
}

enum har_status cloudflare_send(struct har_cloudflare *client, const struct cloudflare_request *request,
                                struct cloudflare_reply *reply, struct har_error *error)
{
    struct transfer t = {.client = client, .request = request, .reply = reply, .error = error};
    struct curl_slist *headers = NULL;
    enum har_status status = HAR_OK;
    if (is_cancelled(client)) {
        t.stop = STOP_CANCELLED;
        return judge_end(&t, CURLE_OK);
    }
    if (cloudflare_set_up(client, request, &headers) && set_callbacks(&t)) {
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
    cloudflare_drop_headers(client, headers);
    return status == HAR_OK ? unpack_error(request, reply, error) : status;
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
