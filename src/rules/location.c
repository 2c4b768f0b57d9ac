/* References resolved and brought into a form for comparing. */
#include "rules/location.h"

#include <string.h>

#include "json/text.h"
#include "rules/values.h"

/* The parts of a reference, each without the characters that introduce it. */
struct location {
    struct har_text scheme, host, path, query;
    bool has_host, has_query;
};

static bool is_scheme(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = value_lower((unsigned char)text[i]);
        if (!(c >= 'a' && c <= 'z') && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
            return false;
    }
    return len > 0;
}

/* The end of the part that one of two characters ends. */
static const char *part_end(const char *at, const char *end, char a, char b)
{
    while (at < end && *at != a && *at != b)
        at++;
    return at;
}

static struct har_text between(const char *from, const char *to)
{
    return (struct har_text){from, (size_t)(to - from)};
}

static struct location split(struct har_text text)
{
    struct location parts = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, false, false};
    const char *at = text.bytes, *end = json_find(text.bytes, text.len, '#');
    const char *colon = part_end(at, end, ':', '/');
    if (colon < end && *colon == ':' && is_scheme(at, (size_t)(colon - at))) {
        parts.scheme = between(at, colon);
        at = colon + 1;
    }
    if (end - at >= 2 && at[0] == '/' && at[1] == '/') {
        const char *host_end = part_end(at + 2, end, '/', '?');
        parts.has_host = true;
        parts.host = between(at + 2, host_end);
        at = host_end;
    }
    const char *question = part_end(at, end, '?', '?');
    parts.path = between(at, question);
    parts.has_query = question < end;
    parts.query = between(question + parts.has_query, end);
    return parts;
}

static bool append_lower(struct har_buffer *out, struct har_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!har_buffer_append_char(out, (char)value_lower((unsigned char)text.bytes[i])))
            return false;
    return true;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const unsigned char lower = value_lower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool append_decoded(struct har_buffer *out, struct har_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.bytes[i];
        if (c == '%' && i + 2 < text.len && hex(text.bytes[i + 1]) >= 0 && hex(text.bytes[i + 2]) >= 0) {
            c = (char)(hex(text.bytes[i + 1]) * 16 + hex(text.bytes[i + 2]));
            i += 2;
        }
        if (!har_buffer_append_char(out, c))
            return false;
    }
    return true;
}

static struct har_text without_default_port(struct har_text scheme, struct har_text host)
{
    static const struct {
        const char *scheme, *port;
    } row[] = {{"http", ":80"}, {"https", ":443"}, {"ws", ":80"}, {"wss", ":443"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const size_t len = strlen(row[i].port);
        if (value_is_word(scheme, row[i].scheme, strlen(row[i].scheme)) && host.len > len &&
            memcmp(host.bytes + host.len - len, row[i].port, len) == 0)
            host.len -= len;
    }
    return host;
}

/* Appends a path without its dot segments: each segment with the slash before it, .. takes the last one back. `from` is where
 * the path begins in `out`. */
static bool append_path(struct har_buffer *out, size_t from, struct har_text path)
{
    const char *at = path.bytes, *const end = path.bytes + path.len;
    while (at < end) {
        const char *segment = at + (*at == '/');
        const char *next = part_end(segment, end, '/', '/');
        const struct har_text text = between(segment, next);
        const bool up = text.len == 2 && memcmp(text.bytes, "..", 2) == 0, here = text.len == 1 && *text.bytes == '.';
        if (up)
            while (out->len > from && out->data[--out->len] != '/')
                ;
        if (!up && !here && !(har_buffer_append_char(out, '/') && append_decoded(out, text)))
            return false;
        if ((up || here) && next == end && !har_buffer_append_char(out, '/'))
            return false;
        at = next;
    }
    return out->len > from || har_buffer_append_char(out, '/');
}

bool location_append(struct har_text base, struct har_text reference, struct har_buffer *out)
{
    const struct location parts = split(reference), from = split(base);
    const bool absolute = parts.scheme.len > 0, own_host = absolute || parts.has_host;
    const bool same_path = !own_host && !parts.path.len;
    const struct har_text scheme = absolute ? parts.scheme : from.scheme;
    const struct har_text host = without_default_port(scheme, own_host ? parts.host : from.host);
    if (!append_lower(out, scheme) || !har_buffer_append_text(out, "://") || !append_lower(out, host))
        return false;
    const size_t begin = out->len;
    if (!own_host && parts.path.len && parts.path.bytes[0] != '/') {
        /* Relative to the folder of the base. */
        struct har_text folder = from.path;
        while (folder.len && folder.bytes[folder.len - 1] != '/')
            folder.len--;
        folder.len -= folder.len > 0;
        if (folder.len && !append_path(out, begin, folder))
            return false;
    }
    if (!append_path(out, begin, same_path ? from.path : parts.path))
        return false;
    const bool base_query = same_path && !parts.has_query;
    return !(base_query ? from.has_query : parts.has_query) ||
           (har_buffer_append_char(out, '?') && append_decoded(out, base_query ? from.query : parts.query));
}

bool location_has_foreign_host(struct har_text url)
{
    const struct har_text host = split(url).host;
    for (size_t i = 0; i < host.len; i++)
        if ((unsigned char)host.bytes[i] >= 0x80 || host.bytes[i] == '%')
            return true;
    return false;
}
