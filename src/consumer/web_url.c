/* URLs by the WHATWG URL Standard, section 4.4, written as a walk over the parts of a URL. */
#include "consumer/web_url.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "util/percent.h"
#include "util/text.h"
#include "util/url.h"

enum { HOST_MOST = 1024, PORT_MOST = 65535 };

static const struct scheme {
    const char *name;
    int port;
} specials[] = {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", -1}};

/* What a part must not hold as it is, beside controls and bytes outside ASCII. */
#define IN_QUERY    " \"#<>"
#define IN_PATH     IN_QUERY "?`{}"
#define IN_USER     IN_PATH "/:;=@[\\]^|"
#define IN_FRAGMENT " \"<>`"
#define IN_NOTHING  ""

static const struct scheme *special_scheme(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (strlen(specials[i].name) == len && !strncasecmp(specials[i].name, name, len))
            return &specials[i];
    return NULL;
}

static void append_encoded(struct har_buffer *out, const char *text, size_t len, const char *set)
{
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c > 0x7e || strchr(set, c))
            har_buffer_printf(out, "%%%02X", c);
        else
            har_buffer_append_char(out, (char)c);
    }
}

/* Whether the last label of a host is a number, so that the host is an IPv4 address or nothing. */
static bool ends_in_number(const char *host, size_t len)
{
    if (len && host[len - 1] == '.')
        len--;
    size_t at = len;
    while (at && host[at - 1] != '.')
        at--;
    if (at == len)
        return false;
    bool digits = true;
    for (size_t i = at; i < len; i++)
        digits &= text_is_digit(host[i]);
    if (digits)
        return true;
    if (len - at < 2 || host[at] != '0' || text_lower(host[at + 1]) != 'x')
        return false;
    for (size_t i = at + 2; i < len; i++)
        if (text_hex(host[i]) < 0)
            return false;
    return true;
}

/* One number of an IPv4 address: decimal, octal with 0 in front, hexadecimal with 0x. */
static bool ipv4_number(const char **text, const char *end, uint64_t *number)
{
    const char *at = *text;
    int base = 10;
    if (end - at >= 2 && *at == '0' && text_lower(at[1]) == 'x') {
        base = 16;
        at += 2;
    } else if (end - at >= 2 && *at == '0' && at[1] != '.') {
        base = 8;
        at++;
    } else if (at == end || *at == '.') {
        return false;
    }
    *number = 0;
    for (; at < end && *at != '.'; at++) {
        if (text_hex(*at) < 0 || text_hex(*at) >= base)
            return false;
        *number = *number * (unsigned)base + (unsigned)text_hex(*at);
        if (*number > UINT32_MAX)
            return false;
    }
    *text = at;
    return true;
}

static bool append_ipv4(struct har_buffer *out, const char *host, size_t len)
{
    const char *at = host, *end = host + len;
    uint64_t address = 0, number;
    if (len > 1 && end[-1] == '.')
        end--;
    for (int part = 0;; part++) {
        if (part == 4 || !ipv4_number(&at, end, &number))
            return false;
        if (at == end) { /* the last one fills what is left */
            const int bits = 8 * (4 - part);
            if (number >> bits)
                return false;
            address = address << bits | number;
            break;
        }
        if (number > UINT8_MAX)
            return false;
        address = address << 8 | number;
        at++;
    }
    return har_buffer_printf(out, "%u.%u.%u.%u", (unsigned)(address >> 24 & 255), (unsigned)(address >> 16 & 255),
                             (unsigned)(address >> 8 & 255), (unsigned)(address & 255));
}

static bool append_ipv6(struct har_buffer *out, const char *host, size_t len)
{
    char text[INET6_ADDRSTRLEN], normal[INET6_ADDRSTRLEN];
    struct in6_addr address;
    if (len >= sizeof text)
        return false;
    memcpy(text, host, len);
    text[len] = '\0';
    return inet_pton(AF_INET6, text, &address) == 1 && inet_ntop(AF_INET6, &address, normal, sizeof normal) &&
           har_buffer_printf(out, "[%s]", normal);
}

static bool append_domain(struct har_buffer *out, const char *host, size_t len)
{
    char name[HOST_MOST];
    size_t count = 0;
    if (len > sizeof name)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)host[i];
        i += percent_escape(host + i, len - i, &byte) ? 2 : 0;
        name[count] = text_lower((char)byte);
        if ((unsigned char)name[count] <= ' ' || memchr("#/:<>?@[\\]^|%\x7f", name[count], 14))
            return false;
        count++;
    }
    return ends_in_number(name, count) ? append_ipv4(out, name, count) : har_buffer_append(out, name, count);
}

static bool append_host(struct har_buffer *out, const char *host, size_t len, const struct scheme *special)
{
    if (!len)
        return !special || special->port < 0;
    if (*host == '[')
        return host[len - 1] == ']' && append_ipv6(out, host + 1, len - 2);
    if (special)
        return append_domain(out, host, len);
    for (size_t i = 0; i < len; i++)
        if (!host[i] || memchr(" #/:<>?@[\\]^|", host[i], 13))
            return false;
    append_encoded(out, host, len, IN_NOTHING);
    return true;
}

static bool append_port(struct har_buffer *out, const char *digits, size_t len, const struct scheme *special)
{
    int port = 0;
    for (size_t i = 0; i < len; i++) {
        if (!text_is_digit(digits[i]))
            return false;
        port = port * 10 + (digits[i] - '0');
        if (port > PORT_MOST)
            return false;
    }
    return !len || (special && port == special->port) || har_buffer_printf(out, ":%d", port);
}

static bool append_authority(struct web_url *url, const char *text, size_t len, const struct scheme *special)
{
    size_t user = len, host, colon;
    while (user && text[user - 1] != '@')
        user--;
    host = user;
    if (user > 1) {
        const char *password = memchr(text, ':', user - 1);
        const size_t name = password ? (size_t)(password - text) : user - 1;
        append_encoded(&url->text, text, name, IN_USER);
        if (password && name + 2 < user) {
            har_buffer_append_char(&url->text, ':');
            append_encoded(&url->text, password + 1, user - name - 2, IN_USER);
        }
        har_buffer_append_char(&url->text, '@');
    }
    const char *bracket = len > host && text[host] == '[' ? memchr(text + host, ']', len - host) : NULL;
    for (colon = bracket ? (size_t)(bracket - text) : host; colon < len && text[colon] != ':';)
        colon++;
    return append_host(&url->text, text + host, colon - host, special) &&
           (colon == len || append_port(&url->text, text + colon + 1, len - colon - 1, special));
}

/* 1 for a segment ".", 2 for "..", also written with %2e; else 0. */
static int dots(const char *segment, size_t len)
{
    int count = 0;
    for (size_t i = 0; i < len; i++) {
        const bool escape = len - i >= 3 && !strncasecmp(segment + i, "%2e", 3);
        if (!escape && segment[i] != '.')
            return 0;
        i += escape ? 2 : 0;
        count++;
    }
    return count <= 2 ? count : 0;
}

/* Appends a path to what is there from url->path on, without its dot segments. */
static void append_path(struct web_url *url, const char *text, size_t len)
{
    for (size_t at = 0;;) {
        size_t end = at;
        while (end < len && text[end] != '/' && !(url->special && text[end] == '\\'))
            end++;
        const int count = dots(text + at, end - at);
        if (count == 2) {
            while (url->text.len > url->path && url->text.data[url->text.len - 1] != '/')
                url->text.len--;
            url->text.len -= url->text.len > url->path;
        }
        if (count < 1 || (count && end == len))
            har_buffer_append_char(&url->text, '/');
        if (!count)
            append_encoded(&url->text, text + at, end - at, IN_PATH);
        if (end == len)
            return;
        at = end + 1;
    }
}

/* The query and the fragment of `text`, which begins with one of them or is empty. */
static void append_rest(struct web_url *url, const char *text, size_t len)
{
    const char *hash = memchr(text, '#', len);
    const size_t query = hash ? (size_t)(hash - text) : len;
    url->query = url->text.len;
    if (query) {
        har_buffer_append_char(&url->text, '?');
        append_encoded(&url->text, text + 1, query - 1, url->special ? IN_QUERY "'" : IN_QUERY);
    }
    url->end = url->text.len;
    if (hash) {
        har_buffer_append_char(&url->text, '#');
        append_encoded(&url->text, hash + 1, len - query - 1, IN_FRAGMENT);
    }
}

static size_t span_to(const char *text, size_t len, const char *stops)
{
    size_t at = 0;
    while (at < len && (!text[at] || !strchr(stops, text[at])))
        at++;
    return at;
}

/* Path, query and fragment behind an authority. */
static void append_after_authority(struct web_url *url, const char *text, size_t len)
{
    const size_t path = span_to(text, len, "?#");
    url->path = url->text.len;
    if (path || url->special)
        append_path(url, text + (path > 0), path - (path > 0));
    append_rest(url, text + path, len - path);
}

/* What follows "//". */
static bool with_authority(struct web_url *url, const char *text, size_t len, const struct scheme *special)
{
    const size_t authority = span_to(text, len, special ? "/\\?#" : "/?#");
    har_buffer_append(&url->text, "//", 2);
    if (!append_authority(url, text, authority, special))
        return false;
    append_after_authority(url, text + authority, len - authority);
    return true;
}

static bool is_slash(const struct web_url *url, const char *text, size_t len, size_t at)
{
    return at < len && (text[at] == '/' || (url->special && text[at] == '\\'));
}

/* A text without a scheme, or with that of its special base and no slashes. */
static bool relative(struct web_url *url, const char *text, size_t len, const struct web_url *base)
{
    if (base->opaque && (!len || *text != '#'))
        return false;
    url->special = base->special;
    url->opaque = base->opaque;
    url->scheme = base->scheme;
    const size_t path = span_to(text, len, "?#");
    if (is_slash(url, text, len, 0) && is_slash(url, text, len, 1)) {
        har_buffer_append(&url->text, base->text.data, base->scheme + 1);
        return with_authority(url, text + 2, len - 2, special_scheme(base->text.data, base->scheme));
    }
    url->path = base->path;
    if (is_slash(url, text, len, 0)) {
        har_buffer_append(&url->text, base->text.data, base->path);
        append_path(url, text + 1, path - 1);
    } else if (path) {
        size_t folder = base->query;
        while (folder > base->path && base->text.data[folder - 1] != '/')
            folder--;
        har_buffer_append(&url->text, base->text.data, folder > base->path ? folder - 1 : folder);
        append_path(url, text, path);
    } else {
        har_buffer_append(&url->text, base->text.data, len && *text == '?' ? base->query : base->end);
    }
    append_rest(url, text + path, len - path);
    url->query = !path && (!len || *text != '?') ? base->query : url->query;
    return true;
}

/* A text with a scheme. */
static bool absolute(struct web_url *url, const char *text, size_t len, size_t scheme, const struct web_url *base)
{
    const struct scheme *special = special_scheme(text, scheme);
    size_t at = scheme + 1;
    url->special = special;
    const bool same = special && base && base->scheme == scheme && !strncasecmp(base->text.data, text, scheme);
    if (same && !(is_slash(url, text, len, at) && is_slash(url, text, len, at + 1)))
        return relative(url, text + at, len - at, base);
    for (size_t i = 0; i < scheme; i++)
        har_buffer_append_char(&url->text, text_lower(text[i]));
    har_buffer_append_char(&url->text, ':');
    url->scheme = scheme;
    const bool file = special && special->port < 0;
    if (special) {
        for (int slashes = 0; is_slash(url, text, len, at) && (!file || slashes < 2); slashes++)
            at++;
        return with_authority(url, text + at, len - at, special);
    }
    if (is_slash(url, text, len, at) && is_slash(url, text, len, at + 1))
        return with_authority(url, text + at + 2, len - at - 2, NULL);
    if (is_slash(url, text, len, at)) {
        append_after_authority(url, text + at, len - at);
        return true;
    }
    url->opaque = true;
    url->path = url->text.len;
    const size_t path = span_to(text + at, len - at, "?#");
    append_encoded(&url->text, text + at, path, IN_NOTHING);
    append_rest(url, text + at + path, len - at - path);
    return true;
}

bool web_url_parse(struct web_url *url, const char *text, size_t len, const struct web_url *base)
{
    har_buffer_clear(&url->text);
    har_buffer_clear(&url->input);
    url->special = url->opaque = false;
    url->scheme = url->path = url->query = url->end = 0;
    while (len && (unsigned char)text[len - 1] <= ' ')
        len--;
    while (len && (unsigned char)*text <= ' ') {
        text++;
        len--;
    }
    for (size_t i = 0; i < len; i++)
        if (!memchr("\t\n\r", text[i], 3))
            har_buffer_append_char(&url->input, text[i]);
    if (url->input.failed)
        return false;
    text = url->input.data ? url->input.data : "";
    len = url->input.len;
    const size_t scheme = url_scheme_length((struct har_text){text, len});
    const bool good = scheme ? absolute(url, text, len, scheme, base) : base && relative(url, text, len, base);
    return good && !url->text.failed;
}

void web_url_release(struct web_url *url)
{
    har_buffer_release(&url->text);
    har_buffer_release(&url->input);
}
