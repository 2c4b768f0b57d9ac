/* The Cloudflare URL Scanner: a client of its API, version 2 (https://developers.cloudflare.com/api/resources/url_scanner/), which
 * the reader `cloudflare` fetches HARs with. The library never reads the environment: whoever makes a client says where its
 * credentials come from. Proxies are the exception: libcurl takes them from the variables that its users expect. */
#ifndef HARMILL_CLOUDFLARE_H
#define HARMILL_CLOUDFLARE_H

#include <signal.h>

#include <harmill/settings.h>

HAR_BEGIN_DECLS

/* A client keeps one connection for all its requests, and the HAR that it fetched last. One thread may use it at a time. */
struct har_cloudflare;

enum { HAR_CLOUDFLARE_ACCOUNT_SIZE = 33, HAR_CLOUDFLARE_ID_SIZE = 37 }; /* with the NUL */

/* A scan, as an input names it. */
struct har_cloudflare_scan {
    char account[HAR_CLOUDFLARE_ACCOUNT_SIZE]; /* 32 hexadecimal digits in lower case; "" when the input names none */
    char id[HAR_CLOUDFLARE_ID_SIZE];           /* a UUID (RFC 9562 section 4) in lower case */
};

/* Whether an input is meant for the reader `cloudflare`, right or wrong: what begins with "cloudflare:", "https://" or "http://".
 */
HAR_API bool har_cloudflare_accepts(const char *input);

/* Takes an input apart: cloudflare:SCAN_ID, cloudflare:ACCOUNT_ID/SCAN_ID, the address of a scan's page on radar.cloudflare.com or
 * dash.cloudflare.com, or that of its HAR or result at the API. HAR_FATAL (usage) when it is none of them, or an id is malformed;
 * the text says what is expected and never quotes the input. Nothing is sent anywhere. */
HAR_API enum har_status har_cloudflare_parse(const char *input, struct har_cloudflare_scan *scan, struct har_error *error);

/* Whether `text` is an account's id: 32 hexadecimal digits. */
HAR_API bool har_cloudflare_is_account(const char *text);

enum har_cloudflare_event {
    HAR_CLOUDFLARE_ANSWERED, /* an answer came, whatever it says: for a log */
    HAR_CLOUDFLARE_RECEIVES, /* bytes come; told a few times a second at most */
    HAR_CLOUDFLARE_RETRIES,  /* a try failed, the next one comes in wait_ms */
    HAR_CLOUDFLARE_POLLS,    /* the scan is not finished; it is asked for again in wait_ms */
};

/* What a client is doing; all texts are safe to print, hold no secret, and are borrowed until the function returns. */
struct har_cloudflare_notice {
    size_t size;
    enum har_cloudflare_event event;
    const char *id;   /* of the scan; "" while it has none */
    const char *text; /* RETRIES: why the try failed; POLLS: the state that the API tells, as "Queued"; ANSWERED: method, path */
    long http_status; /* ANSWERED: of the answer */
    const char *ray;  /* ANSWERED: its cf-ray, "" for none */
    unsigned attempt, most; /* RETRIES: which retry comes, of how many */
    uint64_t wait_ms;       /* until the next try */
    uint64_t received;      /* RECEIVES, ANSWERED: bytes so far */
    uint64_t total;         /* RECEIVES: bytes that will come, 0 when that is not known */
};
typedef void har_cloudflare_notice_fn(void *user, const struct har_cloudflare_notice *notice);

/* Zero it, set `size` and what is needed: 0 and NULL are the defaults that stand behind each. Texts are copied. */
struct har_cloudflare_config {
    size_t size;
    /* Either a token, or e-mail address and key: one scheme is sent, never both. Characters from ! to ~ only. The copies are
     * overwritten when the client is freed; libcurl's own are not. */
    const char *token;
    const char *email, *key;
    const char *account;              /* for scans that name none; may be NULL when all do */
    const char *base;                 /* of the API: https, or http on this machine; "https://api.cloudflare.com/client/v4" */
    const char *ca_file;              /* PEM; the system's authorities */
    const char *ca_folder;            /* the same as hashed files */
    const char *agent;                /* what calls, for User-Agent; "libharmill/VERSION" */
    uint64_t connect_ms;              /* to connect, with TLS; 10 s */
    uint64_t stall_ms;                /* an answer slower than 64 bytes a second for so long is given up; 30 s */
    uint64_t total_ms;                /* one try as a whole; 10 min */
    unsigned retries;                 /* after a failed try; 0: none */
    uint64_t retry_total_ms;          /* waiting for retries, together: an answer that asks for more ends it; 5 min */
    uint64_t wait_ms;                 /* how long to wait for a scan that is not finished; 0: not at all */
    uint64_t poll_ms;                 /* between two questions for it; 15 s */
    har_cloudflare_notice_fn *notice; /* may be NULL */
    void *user;
    const volatile sig_atomic_t *cancel; /* when it becomes non-zero, calls end with HAR_DOMAIN_CANCELLED; may be NULL */
};

/* Makes a client; nothing is sent yet. HAR_FATAL (usage) when the configuration cannot be: no or half credentials, a key in the
 * token's place or the other way round, characters that no header can carry, an address that is no https (http is for this machine
 * only). The text names what is wrong, never a secret. HAR_FATAL (system) when libcurl cannot be loaded, or
 * ca_file not be read; a build without libcurl makes none (usage). Free with har_cloudflare_free(). */
HAR_API enum har_status har_cloudflare_new(struct har_cloudflare **client, const struct har_cloudflare_config *config,
                                           struct har_error *error);

/* Closes the connection, overwrites the credentials, frees the client; NULL is fine. No reader may use it any more. */
HAR_API void har_cloudflare_free(struct har_cloudflare *client);

/* The host that requests go to, for a message; holds until the client is freed. */
HAR_API const char *har_cloudflare_host(const struct har_cloudflare *client);

/* Whether that host is this machine: localhost, 127.0.0.0/8 (RFC 1122 section 3.2.1.3) or [::1] (RFC 4291 section 2.5.3). */
HAR_API bool har_cloudflare_is_local(const struct har_cloudflare *client);

/* A time as people read it, as "0.5 s", "2 min 30 s", "5 h", "3 days", "more than a year"; HAR_CLOUDFLARE_TIME_SIZE bytes hold all
 * of them. What is longer than two minutes is rounded up. */
enum { HAR_CLOUDFLARE_TIME_SIZE = 32 };
HAR_API void har_cloudflare_time_text(uint64_t ms, char *text, size_t size);

/* The reader takes a client as har_reader_args.user (har_job.reader_user). This option of it, without a value, asks for an answer
 * that is not compressed on its way, and delivers the answer's exact bytes even when it came compressed. */
#define HAR_CLOUDFLARE_EXACT "exact"

enum har_cloudflare_kind {
    HAR_CLOUDFLARE_FINE,
    HAR_CLOUDFLARE_NO_ANSWER,  /* none came, or not the whole of it */
    HAR_CLOUDFLARE_DENIED,     /* the credentials: wrong, of another account, or without the permission */
    HAR_CLOUDFLARE_UNFINISHED, /* the scan is still at work */
    HAR_CLOUDFLARE_NOT_FOUND,  /* no such scan, or no such account */
    HAR_CLOUDFLARE_INVALID,    /* the request was refused */
    HAR_CLOUDFLARE_CONFLICT,   /* a scan of the same was made lately */
    HAR_CLOUDFLARE_LIMITED,    /* too many requests */
    HAR_CLOUDFLARE_SERVER,     /* the service failed */
    HAR_CLOUDFLARE_NO_HAR,     /* an answer that is none: a page of a proxy, of another address than the API's, a redirect */
    HAR_CLOUDFLARE_TOO_LARGE,  /* than --max-response-bytes allows */
    HAR_CLOUDFLARE_FAILED,     /* the scan is over and went wrong: it has no HAR */
};

/* What the last call of a client ended with. */
struct har_cloudflare_problem {
    size_t size;
    enum har_cloudflare_kind kind;
    long http_status;     /* 0: no answer came */
    int code;             /* that the API gave; 0: none */
    uint64_t retry_after; /* seconds that the answer asks to wait; 0: none; at most a year, which stands for all that is more */
    char ray[64];         /* the answer's cf-ray, for a question to Cloudflare; "" for none */
    char message[160];    /* the API's own, cut, safe to print and free of the client's secrets; "" for none */
    bool submitted;       /* har_cloudflare_submit(): the request may have arrived */
};
HAR_API const struct har_cloudflare_problem *har_cloudflare_last_problem(const struct har_cloudflare *client);

struct har_cloudflare_header {
    const char *name, *value;
};

/* What to scan. Zero it, set `size`, `url` and what is needed. Values of headers count as secrets: the client keeps copies until it
 * is freed, to hide them in whatever texts come later. */
struct har_cloudflare_submission {
    size_t size;
    const char *url;
    bool is_public;      /* true: listed for everybody to see. The API's default is this, too, so it has to be said */
    const char *country; /* two letters (ISO 3166-1) of where to scan from; NULL: the API chooses */
    const char *agent;   /* User-Agent of the scanner's browser, 4096 bytes at most; NULL: its own */
    const struct har_cloudflare_header *headers; /* that the scanner's browser sends as well; ends with a NULL name; NULL: none */
};

/* A scan that was submitted. Texts are as the API gave them, made safe to print, cut where they are longer. */
struct har_cloudflare_submitted {
    size_t size;
    struct har_cloudflare_scan scan;
    char page[256];      /* where people see it */
    char url[2048];      /* canonical form of what is scanned */
    char visibility[16]; /* "public", "unlisted" */
};

/* Submits a scan for the client's account. A request that may have arrived is never sent again: a failure to connect and an answer
 * that says when to come back (429 with Retry-After) are retried, nothing else. HAR_FATAL: see *error and
 * har_cloudflare_last_problem(). */
HAR_API enum har_status har_cloudflare_submit(struct har_cloudflare *client, const struct har_cloudflare_submission *submission,
                                              struct har_cloudflare_submitted *submitted, struct har_error *error);

HAR_END_DECLS
#endif
