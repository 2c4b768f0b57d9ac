/* What the start lines and headers of HTTP say: methods, versions, lines, redirects. */
#ifndef HARMILL_DERIVE_HTTP_H
#define HARMILL_DERIVE_HTTP_H

#include <harmill/place.h>

/* The usual spelling of a known method, whatever the case of its letters in `text`; static. NULL for other methods. */
const char *derive_method(struct har_text text);

/* Whether fetch() makes capitals of this method (Fetch, "normalize a method"): then no browser sent it in lower case. */
bool derive_method_folded(struct har_text text);

/* Whether it is one of the words that producers write for a version of HTTP: "HTTP/1.1", "h3-29", "http/2.0+quic/46". */
bool derive_version_known(struct har_text text);

/* Takes the next line off *rest; false at its end. CR LF is one line end. */
bool derive_line_next(struct har_text *rest, struct har_text *line);

/* Line ends in `text`, and where the first is. */
uint64_t derive_line_ends(struct har_text text, size_t *first);

/* Whether a line end may be among the escapes of a JSON string as it is spelled: most of them are quotes. */
bool derive_may_break(struct har_text raw);

/* A request line ("GET /tea HTTP/1.1") or a status line ("HTTP/1.1 200 OK"). */
struct derive_start {
    struct har_text version, method;
    int status; /* 0 in a request line, then there is a method */
};

/* False when `line` is neither. */
bool derive_start_line(struct har_text line, struct derive_start *start);

/* Whether answers with this status lead elsewhere when they have a Location header. */
static inline bool derive_redirects(double status)
{
    return status >= 300 && status < 400 && status != 304;
}

#endif
