/* Words of HTTP. */
#include "derive/http.h"

#include <string.h>

#include "util/text.h"
#include "util/token.h"

/* ---- method */

static const char *const methods[] = {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE",
                                      /* WebDAV and its kin */
                                      "COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "PURGE", "REPORT", "SEARCH",
                                      "UNLOCK"};

const char *derive_method(struct har_text text)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (text_is(text, methods[i]))
            return methods[i];
    return NULL;
}

bool derive_method_folded(struct har_text text)
{
    static const char *const folded[] = {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"};
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
        if (text_is(text, folded[i]))
            return true;
    return false;
}

/* ---- protocol version */

/* What producers write in httpVersion, letters in any case. `drafts`: a dash, perhaps a letter, and digits may follow; `more`:
 * anything that looks like versions and further protocols may ("spdy/3.1", "http/2.0+quic/46"). */
static const struct {
    const char *name;
    bool drafts, more;
} versions[] = {
    {"HTTP/1.1", false, false}, {"h2", true, false},        {"h3", true, false},      {"HTTP/2.0", false, true},
    {"HTTP/2", false, true},    {"HTTP/3.0", false, false}, {"HTTP/3", false, false}, {"HTTP/1.0", false, false},
    {"HTTP/0.9", false, false}, {"h2c", true, false},       {"spdy", false, true},    {"quic", false, true},
    {"0.9", false, false},      {"1.0", false, false},      {"1.1", false, false},    {"2", false, false},
    {"2.0", false, false},      {"3", false, false},        {"3.0", false, false},
};

/* "-29", "-Q050", "-fb-1" is none. */
static bool is_draft(struct har_text text)
{
    size_t at = 1;
    if (text.len < 2 || text.bytes[0] != '-')
        return false;
    at += !text_is_digit(text.bytes[at]);
    if (at == text.len)
        return false;
    while (at < text.len && text_is_digit(text.bytes[at]))
        at++;
    return at == text.len;
}

static bool is_more(struct har_text text)
{
    if (!text.len || !memchr("/+", text.bytes[0], 2))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.bytes[i] != '/' && !token_table[(unsigned char)text.bytes[i]])
            return false;
    return text.len > 1;
}

bool derive_version_known(struct har_text text)
{
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        const size_t len = strlen(versions[i].name);
        if (!text_begins(text, versions[i].name))
            continue;
        const struct har_text rest = {text.bytes + len, text.len - len};
        if (!rest.len || (versions[i].drafts && is_draft(rest)) || (versions[i].more && is_more(rest)))
            return true;
    }
    return false;
}

/* ---- lines */

bool derive_line_next(struct har_text *rest, struct har_text *line)
{
    size_t len = 0;
    if (!rest->len)
        return false;
    while (len < rest->len && rest->bytes[len] != '\n' && rest->bytes[len] != '\r')
        len++;
    const bool both = rest->len - len > 1 && rest->bytes[len] == '\r' && rest->bytes[len + 1] == '\n';
    *line = text_take(rest, len, both ? 2 : len < rest->len);
    return true;
}

uint64_t derive_line_ends(struct har_text text, size_t *first)
{
    uint64_t count = 0;
    for (size_t at = 0; at < text.len; at++) {
        const char c = text.bytes[at];
        if ((c != '\n' && c != '\r') || (c == '\n' && at && text.bytes[at - 1] == '\r'))
            continue;
        if (!count++)
            *first = at;
    }
    return count;
}

bool derive_may_break(struct har_text raw)
{
    const char *const end = raw.bytes + raw.len;
    const char *at = raw.bytes;
    while (at < end && (at = memchr(at, '\\', (size_t)(end - at))) && end - at > 1) {
        if (at[1] == 'n' || at[1] == 'r' || at[1] == 'u')
            return true;
        at += 2;
    }
    return false;
}

static bool is_version(struct har_text text)
{
    return text_begins(text, "HTTP/") && derive_version_known(text);
}

static bool is_status(struct har_text text)
{
    return text.len == 3 && *text.bytes >= '1' && *text.bytes <= '5' && text_is_digit(text.bytes[1]) &&
           text_is_digit(text.bytes[2]);
}

bool derive_start_line(struct har_text line, struct derive_start *start)
{
    struct har_text rest = text_trim(line), first, second;
    *start = (struct derive_start){.version = {"", 0}, .method = {"", 0}};
    text_split(rest, ' ', &first, &rest);
    text_split(rest, ' ', &second, &rest);
    if (is_version(first) && is_status(second)) {
        start->version = first;
        start->status = (second.bytes[0] - '0') * 100 + (second.bytes[1] - '0') * 10 + second.bytes[2] - '0';
        return true;
    }
    if (!token_is(first.bytes, first.len) || !second.len || !is_version(rest))
        return false;
    start->method = first;
    start->version = rest;
    return true;
}
