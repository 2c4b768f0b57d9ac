/* The HAR of a scan: asked for, waited for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cloudflare/prove.h"

enum { PATH_SIZE = 128 };

struct fetch {
    struct har_cloudflare *client;
    struct har_cloudflare_scan scan; /* with its account */
    struct cloudflare_request request;
    struct cloudflare_proof proof;
    struct cloudflare_reply reply;
    uint64_t waited_ms; /* since the first request */
    char path[PATH_SIZE];
};

static enum har_status find_account(const struct har_cloudflare *client, const struct har_cloudflare_scan *scan,
                                    struct har_cloudflare_scan *to, struct har_error *error)
{
    *to = *scan;
    if (!*scan->account && client->config.account)
        snprintf(to->account, sizeof to->account, "%s", client->config.account);
    if (!*to->account)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0,
                             "names no account: --account, CLOUDFLARE_ACCOUNT_ID or cloudflare:ACCOUNT_ID/SCAN_ID does");
    return HAR_OK;
}

static bool is_same(const struct cloudflare_har *har, const struct har_cloudflare_scan *scan, bool exact)
{
    return har && har->exact == exact && strcmp(har->scan.id, scan->id) == 0 && strcmp(har->scan.account, scan->account) == 0;
}

/* ---- answers that are no HAR */

static enum har_status complain(struct fetch *f, struct har_error *error)
{
    if (f->client->problem.kind == HAR_CLOUDFLARE_FINE)
        f->client->problem.kind = HAR_CLOUDFLARE_NO_HAR;
    return cloudflare_tell(f->client, &f->request, &f->reply, error);
}

/* Short memory is an error of its own: a scan that is at work would count as one that is not there. */
static enum har_status judge(struct fetch *f, struct har_error *error)
{
    const struct har_buffer *body = f->reply.status == 200 ? &f->proof.beginning : &f->reply.error_body;
    if (cloudflare_judge(f->client, &f->reply, body->data ? body->data : "", body->len))
        return HAR_OK;
    f->client->problem.kind = HAR_CLOUDFLARE_NO_ANSWER;
    return har_error_memory(error);
}

/* An answer with status 200 may be an error, too. What is neither that nor a HAR is left to the format, which says what it is; what
 * is longer than all that the API says beside HARs is not looked at. */
static enum har_status look_at(struct fetch *f, bool *is_har, struct har_error *error)
{
    const struct har_cloudflare_problem *problem = &f->client->problem;
    *is_har = f->reply.status == 200 && !f->proof.no_json;
    if (*is_har && f->proof.unpacked > CLOUDFLARE_ERROR_BODY)
        return HAR_OK;
    const enum har_status status = judge(f, error);
    *is_har = *is_har && (problem->kind == HAR_CLOUDFLARE_FINE || (problem->kind == HAR_CLOUDFLARE_NO_HAR && !*problem->message));
    return status;
}

/* ---- waiting for a scan */

static bool may_wait(const struct fetch *f)
{
    return f->client->problem.kind == HAR_CLOUDFLARE_UNFINISHED && f->waited_ms < f->client->config.wait_ms;
}

/* The last question comes when the time is over, however short that is after the one before. */
static enum har_status wait_for_scan(struct fetch *f, struct har_error *error)
{
    const struct har_cloudflare_config *config = &f->client->config;
    const uint64_t left_ms = config->wait_ms - f->waited_ms;
    const uint64_t wait_ms = left_ms < config->poll_ms ? left_ms : config->poll_ms;
    if (config->notice)
        config->notice(config->user, &(struct har_cloudflare_notice){.size = sizeof(struct har_cloudflare_notice),
                                                                     .event = HAR_CLOUDFLARE_POLLS,
                                                                     .id = f->scan.id,
                                                                     .text = f->client->problem.message,
                                                                     .http_status = f->reply.status,
                                                                     .ray = f->reply.ray,
                                                                     .wait_ms = wait_ms});
    f->waited_ms += wait_ms;
    return cloudflare_sleep(f->client, wait_ms, error);
}

/* HAR_OK: an answer with status 200 that is a whole HAR, as far as its form tells. */
static enum har_status ask(struct fetch *f, struct har_error *error)
{
    for (bool done = false;;) {
        f->reply.took_ms = 0;
        enum har_status status = cloudflare_ask(f->client, &f->request, &f->reply, error);
        if (status != HAR_OK)
            return status;
        f->waited_ms += f->reply.took_ms;
        status = look_at(f, &done, error);
        if (status != HAR_OK)
            return status;
        if (done)
            break;
        if (!may_wait(f))
            return complain(f, error);
        status = wait_for_scan(f, error);
        if (status != HAR_OK)
            return status;
    }
    f->client->problem = (struct har_cloudflare_problem){.size = sizeof f->client->problem, .http_status = 200};
    return HAR_OK;
}

/* ---- what came */

static enum har_status keep(struct fetch *f, struct cloudflare_har **har, struct har_error *error)
{
    struct cloudflare_har *made = calloc(1, sizeof *made);
    if (!made)
        return har_error_memory(error);
    made->uses = 2; /* the client and the caller */
    made->scan = f->scan;
    made->exact = f->proof.exact;
    made->bytes = f->reply.body;
    spool_init(&f->reply.body, f->reply.body.dir);
    f->client->last = made;
    *har = made;
    return HAR_OK;
}

static enum har_status fetch(struct fetch *f, struct cloudflare_har **har, struct har_error *error)
{
    snprintf(f->path, sizeof f->path, "/accounts/%s/urlscanner/v2/har/%s", f->scan.account, f->scan.id);
    f->request.path = f->path;
    f->request.id = f->scan.id;
    const enum har_status status = ask(f, error);
    return status == HAR_OK ? keep(f, har, error) : status;
}

enum har_status cloudflare_fetch(struct har_cloudflare *client, const struct har_cloudflare_scan *scan, bool exact,
                                 const struct har_settings *settings, struct cloudflare_har **har, struct har_error *error)
{
    struct fetch f = {.client = client};
    *har = NULL;
    client->problem = (struct har_cloudflare_problem){.size = sizeof client->problem};
    enum har_status status = find_account(client, scan, &f.scan, error);
    if (status != HAR_OK)
        return status;
    if (is_same(client->last, &f.scan, exact)) {
        client->last->uses++;
        *har = client->last;
        return HAR_OK;
    }
    cloudflare_har_drop(client->last);
    client->last = NULL;
    cloudflare_proof_init(&f.proof, settings, exact);
    cloudflare_reply_init(&f.reply, settings);
    f.request = (struct cloudflare_request){.method = CLOUDFLARE_GET,
                                            .packed = !exact,
                                            .most = har_settings_bound(settings, HAR_BOUND_RESPONSE_BYTES),
                                            .settings = settings,
                                            .prove = cloudflare_prove,
                                            .user = &f.proof};
    status = fetch(&f, har, error);
    cloudflare_reply_release(&f.reply);
    cloudflare_proof_release(&f.proof);
    return status;
}

void cloudflare_har_drop(struct cloudflare_har *har)
{
    if (!har || --har->uses)
        return;
    spool_release(&har->bytes);
    free(har);
}
