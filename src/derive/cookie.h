/* Cookies as headers carry them (RFC 6265), taken apart as they stand. */
#ifndef HARMILL_DERIVE_COOKIE_H
#define HARMILL_DERIVE_COOKIE_H

#include <harmill/place.h>

enum derive_cookie_header {
    DERIVE_COOKIE,     /* cookies with semicolons between them */
    DERIVE_SET_COOKIE, /* one cookie and its attributes; several such lines are often joined with line feeds, never with commas */
};

struct derive_cookie {
    struct har_text name, value; /* without white space around them; what has no equals sign is a name */
    struct har_text attributes;  /* of Set-Cookie: what stands behind the cookie */
    bool pair;                   /* there is an equals sign */
};

/* Takes the next cookie off *rest, the value of a header; false at its end. Those without name and value are skipped. */
bool derive_cookie_next(struct har_text *rest, enum derive_cookie_header header, struct derive_cookie *cookie);

/* The last one of a name counts (RFC 6265 section 5.3); those that are missing are empty. */
struct derive_attributes {
    struct har_text domain, path, expires, same_site;
    bool secure, http_only;
};

struct derive_attributes derive_cookie_attributes(struct har_text attributes);

#endif
