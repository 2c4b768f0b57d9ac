/* What only the transport's own files share: cloudflare_client.c, _url.c, _http.c, _handle.c, _header.c, _end.c. */
#ifndef CLOUDFLARE_CLIENT_H
#define CLOUDFLARE_CLIENT_H

#include "cloudflare/cloudflare.h"

/* ---- cloudflare_url.c; these need client->curl */

/* Brings client->config.base to its canonical form, without a slash at its end, and sets client->host. HAR_FATAL (usage) when it is
 * no address that credentials may be sent to. */
enum har_status cloudflare_set_base(struct har_cloudflare *client, struct har_error *error);

/* The host that a Location header leads to: letters, digits, . - : only; "" when it names none. */
void cloudflare_location(const struct har_cloudflare *client, const char *value, size_t len, char *to, size_t size);

/* ---- cloudflare_handle.c */

struct curl_slist;

/* Sets all on the client's handle that a request needs, but for what libcurl calls. *headers, NULL before, is to be dropped after
 * the transfer in any case; they are overwritten, because credentials are among them. */
bool cloudflare_set_up(const struct har_cloudflare *client, const struct cloudflare_request *request, struct curl_slist **headers);
void cloudflare_drop_headers(const struct har_cloudflare *client, struct curl_slist *headers);

/* ---- cloudflare_header.c */

/* An answer's header as it comes. Zero it before the request is sent. */
struct cloudflare_head {
    size_t bytes;
    bool complete; /* what follows are trailers */
    bool coded;    /* Transfer-Encoding came */
    bool chunked;  /* and says nothing else */
    bool counted;  /* Content-Length came */
    bool torn;     /* more than once, and they differ, or it is no number */
};

/* One line of it, with its end. False when the header is larger than any that makes sense. */
bool cloudflare_head_line(struct cloudflare_head *head, const struct har_cloudflare *client, const char *line, size_t len,
                          struct cloudflare_reply *reply);

/* ---- cloudflare_end.c; the client's handle still knows its last transfer */

/* Sets reply->end and reply->why for a CURLcode that no callback made. */
void cloudflare_judge_code(const struct har_cloudflare *client, struct cloudflare_reply *reply, int curl_code);

#endif
