/* URLs as browsers and node read them (WHATWG URL Standard): whether a text is one, and its normal form, byte by byte what these
 * programs compare. util/url.h is for what captures say of themselves: it refuses nothing, changes nothing and resolves by
 * RFC 3986. Names in other scripts than ASCII are taken as they are. */
#ifndef CONSUMER_WEB_URL_H
#define CONSUMER_WEB_URL_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Zeroed is empty; text.max must be set before use. Offsets are into `text`. */
struct web_url {
    struct har_buffer text, input;
    size_t scheme;           /* its length, without the colon */
    size_t path, query, end; /* where they begin; `end` is before the fragment */
    bool special;            /* http, https, ws, wss, ftp, file: these always have a host, and \ is / */
    bool opaque;             /* mailto:x: nothing can be relative to it */
};

/* Reads `text`, relative to `base`, which may be NULL. False when it is no URL or memory is short. */
bool web_url_parse(struct web_url *url, const char *text, size_t len, const struct web_url *base);

void web_url_release(struct web_url *url);

#endif
