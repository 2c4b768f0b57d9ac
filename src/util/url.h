/* Urls as browsers and proxies write them, taken apart as they stand: nothing is copied, decoded, resolved or refused. */
#ifndef UTIL_URL_H
#define UTIL_URL_H

#include <harmill/buffer.h>
#include <harmill/place.h>

enum url_kind {
    URL_RELATIVE, /* without scheme: "/path", "//host/path", "", and "host:443" as CONNECT has it */
    URL_WEB,      /* http, https, ws, wss */
    URL_OTHER,    /* data, blob, about, file, chrome-extension and whatever else looks like a scheme */
};

/* The parts point into the text; those that are absent are empty, and where an empty part differs from an absent one a flag
 * tells. The delimiters belong to no part. */
struct url {
    enum url_kind kind;
    struct har_text scheme;   /* as spelled */
    struct har_text userinfo; /* "name:password" before the last @ of the authority */
    struct har_text host;     /* without the brackets of an IPv6 address */
    struct har_text port;     /* as spelled, perhaps no number */
    struct har_text path;     /* of data:, blob: and others all up to ? and #: the url in a blob: can be split once more */
    struct har_text query;
    struct har_text fragment;
    uint16_t default_port; /* of the scheme, 0 where there is none */
    bool has_authority;    /* "//" stood there, or host:port alone */
    bool has_userinfo, has_port, has_query, has_fragment;
    bool bracketed;     /* the host stood in brackets */
    bool after_bracket; /* something other than a port stood behind them */
};

/* Takes any bytes at all. The authority of web schemes ends at a backslash too, as in browsers. */
void url_split(const char *text, size_t len, struct url *url);

/* Fills userinfo, host and port from an authority alone: the value of a Host header. The rest of *url stays. */
void url_split_authority(struct har_text authority, struct url *url);

/* The host of an address as written, whatever stands before its slashes ("blob:https", "${proto}"), with the brackets of IPv6;
 * empty for what has none. */
struct har_text url_named_host(struct har_text address);

/* The port as a number, that of the scheme where none is written or it is empty: 0 to 65535. -1: no number, too large, or
 * neither is known. */
int url_port(const struct url *url);

enum url_host {
    URL_HOST_GOOD,
    URL_HOST_EMPTY,
    URL_HOST_CHARACTER, /* one that no host has: RFC 3986 section 3.2.2; bytes outside ASCII pass */
    URL_HOST_LABEL,     /* an empty or overlong part between dots */
    URL_HOST_LONG,      /* more than DNS allows */
    URL_HOST_IPV4,      /* four or more numbers, but no address */
    URL_HOST_IPV6,      /* brackets around something else, or one of them alone */
};

/* What is wrong with the host. */
enum url_host url_judge_host(const struct url *url);

/* Length of the scheme at the front, 0 when there is none: a letter, then letters, digits and +-. up to a colon. */
size_t url_scheme_length(struct har_text text);

/* Appends `reference`, resolved against the absolute `base` (RFC 3986 section 5.2), in a form for comparing only: scheme and
 * host in lower case, no default port, percent escapes decoded, no fragment. False when memory is short. */
bool url_append_resolved(struct har_text base, struct har_text reference, struct har_buffer *out);

/* Whether a host has other characters than ASCII: then its two spellings cannot be compared here. */
bool url_has_foreign_host(struct har_text url);

#endif
