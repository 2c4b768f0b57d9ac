/* What the files of the Cloudflare client share: those of this folder, the only ones that know libcurl.
 * The reader of src/reader/cloudflare.c is built on them.
 *
 *     id.c      inputs taken apart
 *     client.c  configuration, life of a client
 *     curl.c    libcurl, loaded when the first client is made
 *     url.c     addresses: the base of the API, where a redirect leads
 *     http.c    one request and its answer
 *     handle.c  what libcurl is told of a request, and asked about it
 *     header.c  the header of an answer
 *     end.c     how a request ended, by libcurl's codes
 *     retry.c   tries and waiting
 *     fetch.c   the HAR of a scan: asked for, waited for
 *     prove.c   whether an answer is a whole HAR; unpacking it
 *     answer.c  what an answer that is no HAR says
 *     json.c    JSON in answers
 *     mend.c    JSON that was cut
 *     hide.c    texts made safe to print
 *     tell.c    problems as sentences
 *     time.c    times as people read them
 *     submit.c  a new scan */
#ifndef CLOUDFLARE_H
#define CLOUDFLARE_H

#include <harmill/buffer.h>
#include <harmill/cloudflare.h>
#include <harmill/place.h>

#include "util/spool.h"

#define CLOUDFLARE_BASE       "https://api.cloudflare.com/client/v4"
#define CLOUDFLARE_PAGE       "https://radar.cloudflare.com/scan/"
#define CLOUDFLARE_ERROR_BODY ((size_t)64 << 10)             /* kept of an answer that is no HAR */
#define CLOUDFLARE_RETRY_MOST ((uint64_t)365 * 24 * 60 * 60) /* seconds of Retry-After: what is more counts as that */

enum { CLOUDFLARE_TYPE_SIZE = 128, CLOUDFLARE_RAY_SIZE = 64 };

struct cloudflare_curl; /* libcurl's functions */

/* One whole HAR, unpacked unless its exact bytes were asked for. Shared by the client that fetched it and the readers that read it.
 */
struct cloudflare_har {
    unsigned uses;
    struct har_cloudflare_scan scan;
    bool exact;
    struct spool bytes;
};

struct har_cloudflare {
    struct har_cloudflare_config config; /* texts are the client's own; what is 0 there has its default here */
    char *authorization;                 /* "Bearer TOKEN"; NULL with e-mail address and key */
    char *host;                          /* of config.base */
    bool local;                          /* which is this machine */
    struct cloudflare_curl *curl;
    void *handle;                /* CURL * */
    struct cloudflare_har *last; /* NULL: none */
    struct har_cloudflare_problem problem;
    const struct har_cloudflare_submission *submission; /* that is being sent; else NULL */
    char *kept;      /* values of headers that were submitted, which are secrets, too; each ends with its NUL */
    size_t kept_len; /* of all of them */
};

/* ---- cloudflare_id.c */

/* Whether it is a UUID in either case; and a copy in lower case, with a NUL, for which `to` must have room. */
bool cloudflare_is_id(struct har_text text);
void cloudflare_lower(struct har_text text, char *to);

/* ---- cloudflare_http.c: one try */

enum cloudflare_method { CLOUDFLARE_GET, CLOUDFLARE_POST };

struct cloudflare_reply;

/* Looks at a whole answer with status 200 before it counts as one: sets reply->end to CLOUDFLARE_CUT or CLOUDFLARE_PASSED, and
 * reply->why, when it does not. HAR_FATAL ends the call: *error has why. */
typedef enum har_status cloudflare_prove_fn(void *user, struct cloudflare_reply *reply, struct har_error *error);

struct cloudflare_request {
    enum cloudflare_method method;
    const char *path; /* behind the base, with its slash */
    const char *body; /* JSON, for POST; NUL-terminated */
    const char *id;   /* of the scan, for notices; "" */
    bool packed;      /* gzip is taken */
    uint64_t most;    /* bytes of an answer with status 200; more makes HAR_CLOUDFLARE_TOO_LARGE */
    const struct har_settings *settings;
    cloudflare_prove_fn *prove; /* called by cloudflare_ask(); may be NULL */
    void *user;                 /* of `prove` */
};

/* How far a try came: what may be sent again depends on it. */
enum cloudflare_end {
    CLOUDFLARE_ANSWERED,  /* the whole answer is there */
    CLOUDFLARE_NOT_SENT,  /* no connection: nothing of the request left */
    CLOUDFLARE_CUT,       /* it left, and no whole answer came */
    CLOUDFLARE_PASSED,    /* the answer is larger than `most` */
    CLOUDFLARE_HOPELESS,  /* libcurl refuses, a certificate does not fit: trying again gives the same */
    CLOUDFLARE_BROKE_OFF, /* cancelled, memory or spool: *error has it already */
};

struct cloudflare_reply {
    enum cloudflare_end end;
    const char *why;                     /* static text of what went wrong, for all but ANSWERED: "the connection was reset" */
    long status;                         /* 0: none came */
    bool measured;                       /* its framing (length, chunks) proves that it is whole */
    char type[CLOUDFLARE_TYPE_SIZE];     /* Content-Type, "" for none; as it came, not safe to print */
    char encoding[32];                   /* Content-Encoding, "" for none */
    char ray[CLOUDFLARE_RAY_SIZE];       /* cf-ray, letters digits and - only */
    char location[CLOUDFLARE_TYPE_SIZE]; /* host that a redirect names, letters digits . - : only; "" for none */
    uint64_t retry_after;                /* seconds; 0 for none; at most a year */
    uint64_t received;                   /* bytes */
    uint64_t bound;                      /* PASSED: the value of the option that `why` ends with */
    uint64_t took_ms;                    /* all tries until now, with the waiting between them */
    uint64_t length;                     /* that the answer announces; 0: unknown */
    struct spool body;                   /* of status 200, as it came */
    struct har_buffer error_body; /* of any other status: the first CLOUDFLARE_ERROR_BODY bytes, unpacked when gzip packed them */
};

void cloudflare_reply_init(struct cloudflare_reply *reply, const struct har_settings *settings);
void cloudflare_reply_release(struct cloudflare_reply *reply);

/* Sends the request once and fills *reply, which is initialised. HAR_OK unless `end` is BROKE_OFF. */
enum har_status cloudflare_send(struct har_cloudflare *client, const struct cloudflare_request *request,
                                struct cloudflare_reply *reply, struct har_error *error);

/* ---- cloudflare_retry.c */

/* The same with retries: of a GET after faults of the connection, 408, 429 and 5xx; of a POST when nothing of it left, or on 429
 * with Retry-After. HAR_OK: an answer with a status that is not to be tried again is in *reply, which may be any but 5xx.
 * HAR_FATAL: *error and client->problem say what is wrong. */
enum har_status cloudflare_ask(struct har_cloudflare *client, const struct cloudflare_request *request,
                               struct cloudflare_reply *reply, struct har_error *error);

/* Sleeps; HAR_FATAL when the client was cancelled meanwhile. */
enum har_status cloudflare_sleep(const struct har_cloudflare *client, uint64_t ms, struct har_error *error);

/* ---- cloudflare_fetch.c */

/* The HAR of a scan, whole, with one use counted for the caller, who gives it back with cloudflare_har_drop(). That which the
 * client fetched last is not fetched again. */
enum har_status cloudflare_fetch(struct har_cloudflare *client, const struct har_cloudflare_scan *scan, bool exact,
                                 const struct har_settings *settings, struct cloudflare_har **har, struct har_error *error);
void cloudflare_har_drop(struct cloudflare_har *har);

/* ---- cloudflare_answer.c */

/* Fills the client's problem (all but `submitted`) from a reply of any kind. `body`, `len`: what is known of the answer's body, at
 * most CLOUDFLARE_ERROR_BODY bytes, unpacked. Status 200 is a problem here, too: whoever calls has found that it is no HAR, or
 * wants to know whether it is one that says so; of a whole body that has a log it says HAR_CLOUDFLARE_FINE. Both families of errors
 * are read (an envelope with errors[].code, and message with errors[].title), and pages and plain text. False when memory is short:
 * then the problem is what the status alone tells. */
bool cloudflare_judge(struct har_cloudflare *client, const struct cloudflare_reply *reply, const char *body, size_t len);

/* Whether a body is a page of HTML or XML, by its Content-Type or its first byte. */
bool cloudflare_is_page(const char *type, const char *body, size_t len);

/* ---- cloudflare_hide.c */

/* Copies text to `to` so that it is safe to print: one line, no controls, the client's secrets replaced by "[hidden]", cut to fit.
 */
void cloudflare_clean(const struct har_cloudflare *client, const char *text, size_t len, char *to, size_t size);

/* Copies text to `to`, with "..." for what does not fit; no character is cut. `size` is not 0. */
void cloudflare_cut(const char *text, size_t len, char *to, size_t size);

/* Keeps copies of the headers' values, which end with a NULL name, or are NULL; forgetting overwrites them. False when memory is
 * short. */
bool cloudflare_keep(struct har_cloudflare *client, const struct har_cloudflare_header *headers);
void cloudflare_forget(struct har_cloudflare *client);

/* Releases a buffer whose bytes are overwritten first. */
void cloudflare_wipe(struct har_buffer *buffer);

/* ---- cloudflare_tell.c */

/* The sentence for client->problem: what is wrong, the API's own words, code and cf-ray, and what to do. `reply` may be NULL.
 * Returns HAR_FATAL with HAR_DOMAIN_NETWORK. */
enum har_status cloudflare_tell(const struct har_cloudflare *client, const struct cloudflare_request *request,
                                const struct cloudflare_reply *reply, struct har_error *error);

/* Whether a request whose reply is `reply`, which may be NULL, has reached the API for all that is known, and was perhaps done. */
bool cloudflare_arrived(const struct cloudflare_reply *reply);

/* ---- cloudflare_submit.c */

/* The JSON of a submission whose texts were checked, NUL-terminated; NULL when memory is short. It holds secrets: cloudflare_wipe()
 * the buffer, which is empty and large enough. */
const char *cloudflare_submission(const struct har_cloudflare_submission *submission, struct har_buffer *body);

/* What an answer says of the scan that was submitted; false when it names none. */
bool cloudflare_read_submitted(const struct har_cloudflare *client, const char *bytes, size_t len,
                               const struct har_cloudflare_submission *submission, struct har_cloudflare_submitted *submitted);

#endif
