/* Splits urls (RFC 3986 appendix B, with the liberties that browsers take) and judges hosts. */
#include "util/url.h"

#include <string.h>

#include "util/ip.h"
#include "util/text.h"

enum {
    HOST_MOST = 253, /* bytes of a name, RFC 1035 section 2.3.4 without the root's dot */
    LABEL_MOST = 63, /* the same */
    PORT_MOST = 65535,
    PORT_DIGITS = 5,
    IPV4_PARTS = 4,
};

static const struct {
    const char *name;
    uint16_t port;
} web[] = {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}};

size_t url_scheme_length(struct har_text text)
{
    size_t len = 0;
    if (!text.len || !text_is_letter(*text.bytes))
        return 0;
    while (len < text.len &&
           (text_is_letter(text.bytes[len]) || text_is_digit(text.bytes[len]) || memchr("+-.", text.bytes[len], 3)))
        len++;
    return len < text.len && text.bytes[len] == ':' ? len : 0;
}

/* Whether digits stand at `at` that may be a port: behind them the text ends or a path, query or fragment begins. */
static bool port_stands(struct har_text text, size_t at)
{
    const size_t from = at;
    while (at < text.len && text_is_digit(text.bytes[at]))
        at++;
    return at > from && at - from <= PORT_DIGITS && (at == text.len || memchr("/?#", text.bytes[at], 3));
}

static void split_scheme(struct har_text *rest, struct url *url)
{
    const size_t len = url_scheme_length(*rest);
    const struct har_text scheme = {rest->bytes, len};
    if (!len)
        return;
    url->kind = URL_OTHER;
    for (size_t i = 0; i < sizeof web / sizeof *web; i++)
        if (text_is(scheme, web[i].name)) {
            url->kind = URL_WEB;
            url->default_port = web[i].port;
        }
    if (url->kind == URL_OTHER && port_stands(*rest, len + 1)) {
        url->kind = URL_RELATIVE;
        url->has_authority = true;
        return;
    }
    url->scheme = text_take(rest, len, 1);
}

void url_split_authority(struct har_text authority, struct url *url)
{
    const struct har_text nothing = {authority.bytes, 0};
    size_t at = authority.len;
    url->has_userinfo = url->has_port = url->bracketed = url->after_bracket = false;
    url->userinfo = url->port = nothing;
    while (at && authority.bytes[at - 1] != '@')
        at--;
    if (at) {
        url->has_userinfo = true;
        url->userinfo = text_take(&authority, at - 1, 1);
    }
    const size_t close = authority.len && *authority.bytes == '[' ? text_find(authority, ']') : authority.len;
    if (close < authority.len) {
        url->bracketed = true;
        text_take(&authority, 1, 0);
        url->host = text_take(&authority, close - 1, 1);
        url->after_bracket = authority.len && *authority.bytes != ':';
    } else {
        url->host = text_take(&authority, text_find(authority, ':'), 0);
    }
    if (authority.len && *authority.bytes == ':') {
        url->has_port = true;
        text_take(&authority, 0, 1);
        url->port = authority;
    }
}

void url_split(const char *text, size_t len, struct url *url)
{
    struct har_text rest = {text, len};
    const struct har_text nothing = {text, 0};
    *url = (struct url){.scheme = nothing, .userinfo = nothing, .host = nothing, .port = nothing, .query = nothing};
    const size_t hash = text_find(rest, '#');
    url->has_fragment = hash < len;
    url->fragment = url->has_fragment ? (struct har_text){text + hash + 1, len - hash - 1} : nothing;
    rest.len = hash;
    split_scheme(&rest, url);
    const size_t mark = text_find(rest, '?');
    if (mark < rest.len) {
        url->has_query = true;
        url->query = (struct har_text){rest.bytes + mark + 1, rest.len - mark - 1};
        rest.len = mark;
    }
    const bool slashes = rest.len > 1 && rest.bytes[0] == '/' && rest.bytes[1] == '/';
    if (slashes && !url->has_authority) {
        url->has_authority = true;
        text_take(&rest, 0, 2);
    }
    if (url->has_authority) {
        struct har_text authority = {rest.bytes, text_find(rest, '/')};
        if (url->kind == URL_WEB)
            authority.len = text_find(authority, '\\');
        text_take(&rest, authority.len, 0);
        url_split_authority(authority, url);
    }
    url->path = rest;
}

int url_port(const struct url *url)
{
    int port = 0;
    if (!url->port.len)
        return url->default_port ? url->default_port : -1;
    for (size_t i = 0; i < url->port.len; i++) {
        if (!text_is_digit(url->port.bytes[i]))
            return -1;
        port = port * 10 + (url->port.bytes[i] - '0');
        if (port > PORT_MOST)
            return -1;
    }
    return port;
}

/* ---- hosts */

/* The value of decimal digits, -1 when it is none up to 255. */
static int octet(struct har_text text)
{
    int value = 0;
    if (!text.len || text.len > 3)
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (!text_is_digit(text.bytes[i]))
            return -1;
        value = value * 10 + (text.bytes[i] - '0');
    }
    return value <= UINT8_MAX ? value : -1;
}

/* Unlike inet_pton() it takes leading zeros. */
static bool is_ipv4(struct har_text text)
{
    for (int part = 0; part < IPV4_PARTS; part++) {
        const size_t dot = text_find(text, '.');
        if (octet((struct har_text){text.bytes, dot}) < 0 || (dot == text.len) != (part == IPV4_PARTS - 1))
            return false;
        text_take(&text, dot, dot < text.len);
    }
    return true;
}

/* Whether a registered name may hold the byte: unreserved, % of an escape, sub-delims, or outside ASCII. */
static bool host_byte(char c)
{
    return text_is_letter(c) || text_is_digit(c) || (unsigned char)c >= 0x80 || (c && strchr("-._~%!$&'()*+,;=", c));
}

static enum url_host judge_labels(struct har_text host)
{
    size_t labels = 0, numbers = 0;
    if (host.len > 1 && host.bytes[host.len - 1] == '.') /* the root */
        host.len--;
    if (host.len > HOST_MOST)
        return URL_HOST_LONG;
    for (struct har_text rest = host;;) {
        const size_t dot = text_find(rest, '.');
        size_t digits = 0;
        if (dot == 0 || dot > LABEL_MOST)
            return URL_HOST_LABEL;
        while (digits < dot && text_is_digit(rest.bytes[digits]))
            digits++;
        labels++;
        numbers += digits == dot;
        if (dot == rest.len)
            break;
        text_take(&rest, dot, 1);
    }
    return numbers == labels && labels >= IPV4_PARTS && !is_ipv4(host) ? URL_HOST_IPV4 : URL_HOST_GOOD;
}

enum url_host url_judge_host(const struct url *url)
{
    if (url->bracketed)
        return ip_is_v6(url->host.bytes, text_find(url->host, '%')) && !url->after_bracket ? URL_HOST_GOOD : URL_HOST_IPV6;
    if (!url->host.len)
        return URL_HOST_EMPTY;
    if (*url->host.bytes == '[')
        return URL_HOST_IPV6;
    for (size_t i = 0; i < url->host.len; i++)
        if (!host_byte(url->host.bytes[i]))
            return URL_HOST_CHARACTER;
    return judge_labels(url->host);
}
