/* libcurl's functions, which are not linked: loading them doubles the time that the program takes to start. */
#ifndef CLOUDFLARE_CURL_H
#define CLOUDFLARE_CURL_H

#include <harmill/status.h>

#define CLOUDFLARE_NO_CURL "this build leaves out libcurl, which inputs from the network need"

#ifndef HARMILL_WITHOUT_CURL

#include <curl/curl.h>

#if LIBCURL_VERSION_NUM < 0x075500
#error "libcurl 7.85 or newer is needed; WITHOUT_CURL=1 builds without it"
#endif

/* X(name without curl_) */
#define CLOUDFLARE_CURL_FUNCTIONS(X)                                                                                               \
    X(global_init)                                                                                                                 \
    X(global_cleanup)                                                                                                              \
    X(version_info)                                                                                                                \
    X(easy_init)                                                                                                                   \
    X(easy_setopt)                                                                                                                 \
    X(easy_perform)                                                                                                                \
    X(easy_getinfo)                                                                                                                \
    X(easy_reset)                                                                                                                  \
    X(easy_cleanup)                                                                                                                \
    X(easy_strerror)                                                                                                               \
    X(slist_append)                                                                                                                \
    X(slist_free_all)                                                                                                              \
    X(free)                                                                                                                        \
    X(url)                                                                                                                         \
    X(url_cleanup)                                                                                                                 \
    X(url_get)                                                                                                                     \
    X(url_set)

struct cloudflare_curl {
    void *library;
    bool begun;          /* its global_init() was called */
    const char *version; /* "7.88.1" */
#define CLOUDFLARE_CURL_MEMBER(name) __typeof__(curl_##name) *name;
    CLOUDFLARE_CURL_FUNCTIONS(CLOUDFLARE_CURL_MEMBER)
#undef CLOUDFLARE_CURL_MEMBER
};

/* handle.c: what libcurl knows of the last transfer, a number; 0 when it does not. */
struct har_cloudflare;
long cloudflare_get_long(const struct har_cloudflare *client, CURLINFO info);
curl_off_t cloudflare_get_off(const struct har_cloudflare *client, CURLINFO info);

#endif

struct cloudflare_curl;

/* HAR_FATAL when libcurl is not there (system), too old, or left out of this build (usage). */
enum har_status cloudflare_curl_load(struct cloudflare_curl **curl, struct har_error *error);

/* NULL is fine. */
void cloudflare_curl_unload(struct cloudflare_curl *curl);

#endif
