/* Problems as sentences: what is wrong (the facts: what the API says); what to do. The facts are cut when there is no room, what to
 * do never is. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cloudflare/cloudflare.h"
#include "util/text.h"

enum {
    TEXT_MOST = sizeof((struct har_error *)0)->text - 1,
    HOST_MOST = 60,   /* bytes of a host's name */
    WORDS_LEAST = 12, /* of the API's own words; less is left out */
    EDGE_FIRST = 1000,
    EDGE_LAST = 1999,
};

/* What a sentence is made of. */
struct telling {
    const struct har_cloudflare *client;
    const struct har_cloudflare_problem *problem;
    const struct cloudflare_request *request; /* these two may be NULL */
    const struct cloudflare_reply *reply;
    bool submits, page;
    char what[TEXT_MOST + 1], advice[TEXT_MOST + 1];
};

static void say(char *to, const char *format, ...) HAR_PRINTF(2, 3);

static void say(char *to, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(to, TEXT_MOST + 1, format, args);
    va_end(args);
}

bool cloudflare_arrived(const struct cloudflare_reply *reply)
{
    if (!reply)
        return true;
    switch (reply->end) {
    case CLOUDFLARE_NOT_SENT:
    case CLOUDFLARE_HOPELESS:
        return false;
    case CLOUDFLARE_ANSWERED:
        return (reply->status >= 200 && reply->status < 300) || reply->status == 408 || reply->status >= 500;
    default:
        return true;
    }
}

/* ---- one function for each kind */

static void tell_no_answer(struct telling *t)
{
    const char *why = t->reply && t->reply->why && *t->reply->why ? t->reply->why : "no whole answer came";
    const bool cut = t->reply && t->reply->end == CLOUDFLARE_CUT && t->problem->http_status;
    say(t->what, "%s", why);
    if (t->client->host && *t->client->host)
        say(t->what, cut ? "the answer from %.*s was cut: %s" : "no answer from %.*s: %s", HOST_MOST, t->client->host, why);
}

static void tell_denied(struct telling *t)
{
    const int code = t->problem->code;
    say(t->what, "the API denied access");
    if (t->page || (code >= EDGE_FIRST && code <= EDGE_LAST))
        say(t->advice, "this comes from a firewall or proxy on the way, not from the API; is --api-url right?");
    else if (code == 6003 || (code >= 6100 && code <= 6199))
        say(t->advice, "the credentials are malformed: are they whole, and of the right kind?");
    else if (!t->client->authorization)
        say(t->advice, "do e-mail address, key and account belong together?");
    else if (t->submits)
        say(t->advice, "the token needs the permission URL Scanner Edit, for this account");
    else
        say(t->advice, "the token needs the permission URL Scanner Read, for this account");
}

static void tell_unfinished(struct telling *t)
{
    say(t->what, "the scan is not finished");
    say(t->advice, t->client->config.wait_ms ? "--wait=TIME waits longer" : "use --wait");
}

static void tell_not_found(struct telling *t)
{
    say(t->what, "no such scan");
    say(t->advice, "failed scans are kept for 30 days, others for a year");
    if (t->problem->code >= 7000 && t->problem->code <= 7003) {
        say(t->what, "no such account");
        say(t->advice, "is --account right?");
    } else if (t->submits) {
        say(t->what, "the API does not know the account, or the call");
        say(t->advice, "are --account and --api-url right?");
    }
}

static void tell_failed(struct telling *t)
{
    say(t->what, "the scan failed");
    say(t->advice, "a failed scan has no HAR");
}

static void tell_invalid(struct telling *t)
{
    say(t->what, t->submits ? "the API refuses to scan this" : "the API refused the request");
}

static void tell_conflict(struct telling *t)
{
    tell_invalid(t);
    if (t->submits)
        say(t->advice, "a host that was scanned lately can be scanned again later; Radar shows the scan there is");
}

static void tell_limited(struct telling *t)
{
    char wait[HAR_CLOUDFLARE_TIME_SIZE];
    har_cloudflare_time_text(t->problem->retry_after * 1000, wait, sizeof wait);
    say(t->what, "too many requests");
    if (t->problem->retry_after)
        say(t->advice, "try again in %s", wait);
    else if (t->submits)
        say(t->advice, "free plans allow a submission in 10 s and 5,000 a month");
    else
        say(t->advice, "try again in 5 minutes");
    if (t->submits && t->problem->retry_after)
        say(t->advice, "try again in %s; free plans allow a submission in 10 s, 5,000 a month", wait);
}

static void tell_server(struct telling *t)
{
    char wait[HAR_CLOUDFLARE_TIME_SIZE];
    har_cloudflare_time_text(t->problem->retry_after * 1000, wait, sizeof wait);
    say(t->what, "the service failed");
    if (t->problem->retry_after)
        say(t->advice, "try again in %s", wait);
    else if (!t->submits)
        say(t->advice, "try again later");
}

/* Whether the answer came packed in a way that was not asked for; `name` gets it. */
static bool is_packed_oddly(const struct telling *t, char *name, size_t size)
{
    static const char *const known[] = {"", "identity", "gzip", "x-gzip"};
    if (!t->reply || t->problem->http_status != 200)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(t->reply->encoding, known[i]) == 0)
            return false;
    cloudflare_clean(t->client, t->reply->encoding, strnlen(t->reply->encoding, sizeof t->reply->encoding), name, size);
    return true;
}

static void tell_no_har(struct telling *t)
{
    char packing[32] = "";
    const long status = t->problem->http_status;
    char host[HOST_MOST + 1] = "";
    if (t->reply)
        cloudflare_clean(t->client, t->reply->location, strnlen(t->reply->location, sizeof t->reply->location), host, sizeof host);
    say(t->advice, "is --api-url right?");
    if (status >= 300 && status < 400) {
        say(t->what, "the answer was redirected%s%s, which is not followed", *host ? " to " : "", host);
    } else if (status == 407) {
        say(t->what, "a proxy asks for credentials");
        *t->advice = '\0';
    } else if (is_packed_oddly(t, packing, sizeof packing)) {
        say(t->what, "the answer is packed with %s, which was not asked for", packing);
        *t->advice = '\0';
    } else if (status == 404) {
        say(t->what, "nothing is there");
    } else if (t->page) {
        say(t->what, "the answer is an HTML page, not %s", t->submits ? "JSON" : "a HAR");
    } else {
        say(t->what, t->submits ? "the answer names no scan" : "the answer is no HAR");
    }
}

static void tell_too_large(struct telling *t)
{
    say(t->what, "the answer is too large");
    if (t->reply && t->reply->length)
        say(t->what, "the answer is too large: %" PRIu64 " bytes", t->reply->length);
    if (!t->submits && t->request)
        say(t->advice, "--max-response-bytes=N allows more than %" PRIu64, t->request->most);
    else if (!t->submits)
        say(t->advice, "--max-response-bytes=N allows more");
}

static void tell_fine(struct telling *t)
{
    say(t->what, "unexpected answer");
}

static void (*const tellers[])(struct telling *t) = {
    [HAR_CLOUDFLARE_FINE] = tell_fine,           [HAR_CLOUDFLARE_NO_ANSWER] = tell_no_answer,
    [HAR_CLOUDFLARE_DENIED] = tell_denied,       [HAR_CLOUDFLARE_UNFINISHED] = tell_unfinished,
    [HAR_CLOUDFLARE_NOT_FOUND] = tell_not_found, [HAR_CLOUDFLARE_INVALID] = tell_invalid,
    [HAR_CLOUDFLARE_CONFLICT] = tell_conflict,   [HAR_CLOUDFLARE_LIMITED] = tell_limited,
    [HAR_CLOUDFLARE_SERVER] = tell_server,       [HAR_CLOUDFLARE_NO_HAR] = tell_no_har,
    [HAR_CLOUDFLARE_TOO_LARGE] = tell_too_large, [HAR_CLOUDFLARE_FAILED] = tell_failed,
};

/* ---- the sentence */

static bool refused(const struct har_cloudflare_problem *problem)
{
    return problem->kind == HAR_CLOUDFLARE_DENIED || problem->kind == HAR_CLOUDFLARE_INVALID ||
           problem->kind == HAR_CLOUDFLARE_LIMITED;
}

/* What all submissions may need to be told besides. */
static void add_of_submission(struct telling *t)
{
    char advice[sizeof t->advice];
    const char *more = NULL;
    if (!t->submits)
        return;
    if (cloudflare_arrived(t->reply))
        more = "it is not known whether the scan was submitted, harmill does not send it again";
    else if (refused(t->problem) && t->client->submission && !t->client->submission->is_public)
        more = "free plans have no unlisted scans";
    if (!more)
        return;
    memcpy(advice, t->advice, sizeof advice);
    snprintf(t->advice, sizeof t->advice, "%s%s%.120s", more, *advice ? "; " : "", advice); /* which may be a question */
}

/* Whether the answer is a page. A body with status 200 lies in the spool. */
static bool is_page(const struct cloudflare_reply *reply)
{
    char front[256];
    struct har_text body = {"", 0};
    if (!reply || reply->end != CLOUDFLARE_ANSWERED)
        return false;
    if (reply->error_body.len) {
        body = (struct har_text){reply->error_body.data, reply->error_body.len};
    } else if (spool_length(&reply->body)) {
        const uint64_t length = spool_length(&reply->body);
        const size_t len = length < sizeof front ? (size_t)length : sizeof front;
        if (spool_read(&reply->body, 0, front, len, NULL) == HAR_OK)
            body = (struct har_text){front, len};
    }
    return cloudflare_is_page(reply->type, body.bytes, body.len);
}

static void append(char *text, const char *more)
{
    const size_t len = strlen(text);
    snprintf(text + len, TEXT_MOST + 1 - len, "%s", more);
}

/* "HTTP 403, code 10000: Authentication error, cf-ray 8f12-AMS" in at most `room` bytes: first the words are cut, then cf-ray is
 * left out. The state of a scan is all that is told of one that is not finished. */
static void tell_facts(const struct har_cloudflare_problem *problem, size_t room, char *facts)
{
    const bool state = problem->kind == HAR_CLOUDFLARE_UNFINISHED && *problem->message;
    char ray[sizeof problem->ray + 16] = "", words[sizeof problem->message] = "";
    *facts = '\0';
    if (problem->http_status && !state) {
        const size_t size = sizeof "HTTP -9223372036854775808, code -2147483648";
        if (problem->code)
            snprintf(facts, size, "HTTP %ld, code %d", problem->http_status, problem->code);
        else
            snprintf(facts, size, "HTTP %ld", problem->http_status);
    }
    if (strlen(facts) > room)
        *facts = '\0';
    const size_t before = strlen(facts) + (*facts ? 2 : 0);
    if (*problem->ray && !state)
        snprintf(ray, sizeof ray, "%scf-ray %s", *facts ? ", " : "", problem->ray);
    if (before + strlen(ray) > room)
        *ray = '\0';
    const size_t left = before + strlen(ray) < room ? room - before - strlen(ray) : 0;
    if (*problem->message && (left >= WORDS_LEAST || left >= strlen(problem->message)))
        cloudflare_cut(problem->message, strlen(problem->message), words, left < sizeof words - 1 ? left + 1 : sizeof words);
    if (*words && *facts)
        append(facts, ": ");
    append(facts, words);
    append(facts, ray);
}

static size_t room_beside(const struct telling *t)
{
    const size_t taken = strlen(t->what) + sizeof " ()" - 1 + (*t->advice ? sizeof "; " - 1 + strlen(t->advice) : 0);
    return taken < TEXT_MOST ? TEXT_MOST - taken : 0;
}

enum har_status cloudflare_tell(const struct har_cloudflare *client, const struct cloudflare_request *request,
                                const struct cloudflare_reply *reply, struct har_error *error)
{
    const struct har_cloudflare_problem *problem = &client->problem;
    struct telling t = {.client = client, .problem = problem, .request = request, .reply = reply};
    char facts[TEXT_MOST + 1];
    t.submits = request && request->method == CLOUDFLARE_POST;
    t.page = is_page(reply);
    tellers[problem->kind < sizeof tellers / sizeof *tellers ? problem->kind : HAR_CLOUDFLARE_FINE](&t);
    add_of_submission(&t);
    tell_facts(problem, room_beside(&t), facts);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_NETWORK, (int)problem->http_status, "%s%s%s%s%s%s", t.what,
                         *facts ? " (" : "", facts, *facts ? ")" : "", *t.advice ? "; " : "", t.advice);
}
