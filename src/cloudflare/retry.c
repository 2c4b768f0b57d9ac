/* Tries, and the waiting between them. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "cloudflare/cloudflare.h"

enum {
    FIRST_WAIT_MS = 500,
    MOST_WAIT_MS = 8000,
    SLICE_MS = 250, /* of a sleep: how long a cancelled one goes on at most */
};

enum har_status cloudflare_sleep(const struct har_cloudflare *client, uint64_t ms, struct har_error *error)
{
    for (;;) {
        if (client->config.cancel && *client->config.cancel)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_CANCELLED, 0, "cancelled");
        if (!ms)
            return HAR_OK;
        const uint64_t slice = ms < SLICE_MS ? ms : SLICE_MS;
        struct timespec rest = {0, (long)slice * 1000000};
        while (nanosleep(&rest, &rest) < 0 && errno == EINTR && !(client->config.cancel && *client->config.cancel))
            ;
        ms -= slice;
    }
}

/* Doubled with each try, less a random part of up to a quarter, so that clients that failed together do not come back together. */
static uint64_t backoff(unsigned attempt)
{
    uint64_t wait = attempt < 5 ? (uint64_t)FIRST_WAIT_MS << attempt : MOST_WAIT_MS;
    unsigned char random = 0;
    if (getrandom(&random, 1, GRND_NONBLOCK) != 1)
        random = 128;
    wait = wait < MOST_WAIT_MS ? wait : MOST_WAIT_MS;
    return wait - wait * random / 1024;
}

/* ---- what may be tried again */

static bool is_passing(long status)
{
    return status == 408 || status == 429 || status >= 500;
}

static bool is_settled(const struct cloudflare_reply *reply)
{
    return reply->end == CLOUDFLARE_ANSWERED && !is_passing(reply->status);
}

static bool may_try_again(const struct cloudflare_request *request, const struct cloudflare_reply *reply)
{
    const bool get = request->method == CLOUDFLARE_GET;
    if (reply->end == CLOUDFLARE_NOT_SENT)
        return true;
    if (reply->end == CLOUDFLARE_CUT)
        return get;
    return reply->end == CLOUDFLARE_ANSWERED && (get || (reply->status == 429 && reply->retry_after));
}

/* ---- giving up */

/* Whether a request that must not be sent twice may be at work there. */
static bool may_have_arrived(const struct cloudflare_request *request, const struct cloudflare_reply *reply)
{
    return request->method == CLOUDFLARE_POST && cloudflare_arrived(reply);
}

/* Which bound it was only the reply knows. */
static enum har_status tell_passed(const struct cloudflare_reply *reply, struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_NETWORK, (int)reply->status, "%s=%" PRIu64 " allows", reply->why,
                         reply->bound);
}

/* Names how often it was tried, where there is room for it. */
static void add_tries(unsigned tries, struct har_error *error)
{
    char text[32];
    if (!error || tries < 2)
        return;
    const int len = snprintf(text, sizeof text, "; tried %u times", tries);
    const size_t at = strlen(error->text);
    if (at + (size_t)len < sizeof error->text)
        memcpy(error->text + at, text, (size_t)len + 1);
}

static enum har_status give_up(struct har_cloudflare *client, const struct cloudflare_request *request,
                               const struct cloudflare_reply *reply, unsigned tries, struct har_error *error)
{
    cloudflare_judge(client, reply, reply->error_body.data, reply->error_body.len);
    client->problem.submitted = may_have_arrived(request, reply);
    if (reply->end != CLOUDFLARE_ANSWERED)
        client->problem.kind = reply->end == CLOUDFLARE_PASSED ? HAR_CLOUDFLARE_TOO_LARGE : HAR_CLOUDFLARE_NO_ANSWER;
    if (reply->end == CLOUDFLARE_PASSED && request->method == CLOUDFLARE_GET)
        return tell_passed(reply, error);
    const enum har_status status = cloudflare_tell(client, request, reply, error);
    add_tries(tries, error);
    return status;
}

/* The answer asks for more patience than there is. */
static enum har_status give_up_waiting(struct har_cloudflare *client, const struct cloudflare_request *request,
                                       const struct cloudflare_reply *reply, struct har_error *error)
{
    char wait[HAR_CLOUDFLARE_TIME_SIZE];
    har_cloudflare_time_text(reply->retry_after * 1000, wait, sizeof wait);
    cloudflare_judge(client, reply, reply->error_body.data, reply->error_body.len);
    client->problem.submitted = may_have_arrived(request, reply);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_NETWORK, (int)reply->status,
                         "%s (HTTP %ld): the API asks to wait %s, which is longer than --retry-max-time allows%s%s",
                         reply->status == 429 ? "too many requests" : "the service is not available", reply->status, wait,
                         *reply->ray ? "; cf-ray " : "", reply->ray);
}

/* ---- trying */

static enum har_status try_once(struct har_cloudflare *client, const struct cloudflare_request *request,
                                struct cloudflare_reply *reply, struct har_error *error)
{
    const uint64_t took_ms = reply->took_ms;
    cloudflare_reply_release(reply);
    cloudflare_reply_init(reply, request->settings);
    reply->took_ms = took_ms;
    enum har_status status = cloudflare_send(client, request, reply, error);
    if (status == HAR_OK && request->prove && reply->end == CLOUDFLARE_ANSWERED && reply->status == 200)
        status = request->prove(request->user, reply, error);
    if (status != HAR_OK) {
        client->problem.kind = HAR_CLOUDFLARE_NO_ANSWER;
        client->problem.submitted = may_have_arrived(request, reply);
    }
    return status;
}

static enum har_status wait_for_retry(const struct har_cloudflare *client, const struct cloudflare_request *request,
                                      struct cloudflare_reply *reply, unsigned attempt, uint64_t wait_ms, struct har_error *error)
{
    const struct har_cloudflare_config *config = &client->config;
    char text[32];
    snprintf(text, sizeof text, "HTTP %ld", reply->status);
    if (config->notice)
        config->notice(config->user, &(struct har_cloudflare_notice){.size = sizeof(struct har_cloudflare_notice),
                                                                     .event = HAR_CLOUDFLARE_RETRIES,
                                                                     .id = request->id,
                                                                     .text = reply->end == CLOUDFLARE_ANSWERED ? text : reply->why,
                                                                     .http_status = reply->status,
                                                                     .ray = reply->ray,
                                                                     .attempt = attempt,
                                                                     .most = config->retries,
                                                                     .wait_ms = wait_ms});
    reply->took_ms += wait_ms;
    return cloudflare_sleep(client, wait_ms, error);
}

enum har_status cloudflare_ask(struct har_cloudflare *client, const struct cloudflare_request *request,
                               struct cloudflare_reply *reply, struct har_error *error)
{
    const struct har_cloudflare_config *config = &client->config;
    uint64_t left_ms = config->retry_total_ms;
    unsigned tries = 0;
    client->problem = (struct har_cloudflare_problem){.size = sizeof client->problem};
    for (;;) {
        enum har_status status = try_once(client, request, reply, error);
        if (status != HAR_OK || is_settled(reply))
            return status;
        if (tries++ == config->retries || !may_try_again(request, reply))
            break;
        const bool asked = reply->retry_after > 0;
        const uint64_t wait_ms = asked ? reply->retry_after * 1000 : backoff(tries - 1);
        if (asked && wait_ms > left_ms)
            return give_up_waiting(client, request, reply, error);
        if (wait_ms > left_ms)
            break;
        left_ms -= wait_ms;
        status = wait_for_retry(client, request, reply, tries, wait_ms, error);
        if (status != HAR_OK)
            return status;
    }
    /* An answer that says no is one, also when its body was cut. */
    if (reply->end == CLOUDFLARE_CUT && reply->status && reply->status != 200)
        reply->end = CLOUDFLARE_ANSWERED;
    return is_settled(reply) ? HAR_OK : give_up(client, request, reply, tries, error);
}
