/* The request's url. */
#include <string.h>

#include "check/semantic.h"
#include "derive/url.h"
#include "util/percent.h"
#include "util/text.h"

/* ---- characters */

static const struct character_row {
    enum har_rule rule;
    unsigned wanted;
    const char *message;
} character_rows[] = {
    {HAR_RULE_URL_BLANK, DERIVE_URL_BLANK, "white space or control characters stand in url: %1"},
    {HAR_RULE_URL_NON_ASCII, DERIVE_URL_HIGH, "characters outside ASCII stand in url: %1"},
    {HAR_RULE_URL_CHARACTER, DERIVE_URL_FORBIDDEN, "characters that must be escaped stand raw in url: %1"},
    {HAR_RULE_URL_PERCENT, DERIVE_URL_PERCENT, "percent signs in url begin no escape: %1"},
};

/* Whether the byte is one of those that the row counts. */
static bool counts(const struct character_row *row, struct har_text url, size_t at)
{
    unsigned char byte;
    if (!(derive_url_class(url.bytes[at]) & row->wanted))
        return false;
    if (row->wanted == DERIVE_URL_PERCENT)
        return !percent_escape(url.bytes + at, url.len - at, &byte);
    return row->wanted != DERIVE_URL_HIGH || (unsigned char)url.bytes[at] >= 0xc0; /* the first of each character */
}

static void tell_characters(struct check *check, const struct character_row *row, const struct har_node *node, struct har_text url)
{
    uint64_t count = 0;
    size_t first = 0;
    for (size_t at = 0; at < url.len; at++)
        if (counts(row, url, at) && !count++)
            first = at;
    if (count)
        semantic_tell_at(check, row->rule, node, first, row->message, (struct har_arg[]){check_number(count)}, 1);
}

static void check_characters(struct check *check, const struct har_node *node, struct har_text url)
{
    const unsigned seen = derive_url_classes(url);
    for (size_t i = 0; i < sizeof character_rows / sizeof *character_rows; i++)
        if (seen & character_rows[i].wanted && semantic_on(check, character_rows[i].rule))
            tell_characters(check, &character_rows[i], node, url);
}

/* ---- parts */

static const char *const host_messages[] = {
    [URL_HOST_EMPTY] = "url has no host",
    [URL_HOST_CHARACTER] = "url's host holds a character that no host has",
    [URL_HOST_LABEL] = "url's host has an empty part, or one of more than 63 bytes, between its dots",
    [URL_HOST_LONG] = "url's host is longer than 253 bytes",
    [URL_HOST_IPV4] = "url's host is made of numbers, but is no IPv4 address",
    [URL_HOST_IPV6] = "what stands in the brackets of url's host is no IPv6 address",
};

static void check_host(struct check *check, const struct har_node *node, struct har_text text, const struct url *url)
{
    const enum url_host host = url_judge_host(url);
    const char *message = host_messages[host];
    size_t at = (size_t)(url->host.bytes - text.bytes);
    if (host == URL_HOST_GOOD && url->has_port && url->port.len && url_port(url) < 0) {
        message = "url's port is no number from 0 to 65535";
        at = (size_t)(url->port.bytes - text.bytes);
    }
    if (message)
        semantic_tell_at(check, HAR_RULE_MALFORMED_URL, node, host == URL_HOST_EMPTY ? 0 : at, message, NULL, 0);
}

static void tell_scheme(struct check *check, const struct har_node *node, const struct url *url)
{
    static const char *const known[] = {"about", "blob", "chrome",     "chrome-extension", "data",
                                        "file",  "ftp",  "javascript", "moz-extension",    "safari-web-extension"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_is(url->scheme, known[i])) {
            semantic_tell(check, HAR_RULE_OTHER_SCHEME, node, "the scheme of url is %1", (struct har_arg[]){check_word(known[i])},
                          1);
            return;
        }
    semantic_tell(check, HAR_RULE_OTHER_SCHEME, node, "the scheme of url is none of the web", NULL, 0);
}

/* Browsers leave blanks and quotes in data: and other opaque urls as they are, so these are not judged further. */
static void check_url(struct check *check, const struct har_node *node, struct har_text text, const struct url *url)
{
    if (url->kind == URL_OTHER) {
        tell_scheme(check, node, url);
        return;
    }
    if (url->kind == URL_RELATIVE)
        semantic_tell(check, HAR_RULE_RELATIVE_URL, node, text.len ? "url has no scheme" : "url is empty", NULL, 0);
    else if (semantic_on(check, HAR_RULE_MALFORMED_URL))
        check_host(check, node, text, url);
    if (url->has_fragment) {
        const struct har_arg args[] = {check_number(url->fragment.len)};
        semantic_tell_at(check, HAR_RULE_URL_FRAGMENT, node, (size_t)(url->fragment.bytes - text.bytes) - 1,
                         "url has a fragment of length %1", args, 1);
    }
    check_characters(check, node, text);
}

static void run(struct check *check, const struct facts *facts, void *context)
{
    const struct har_node *node = facts->request[REQUEST_url];
    const struct har_text text = facts->url_text, inner = derive_url_trim(text);
    struct url url;
    (void)context;
    if (!node)
        return;
    if (inner.len < text.len) /* told by a rule of its own, and no other url */
        url_split(inner.bytes, inner.len, &url);
    check_url(check, node, text, inner.len < text.len ? &url : &facts->url);
}

static const struct semantic_row rows[] = {
    {run,
     IN(ENTRY),
     {HAR_RULE_RELATIVE_URL, HAR_RULE_URL_BLANK, HAR_RULE_URL_NON_ASCII, HAR_RULE_URL_CHARACTER, HAR_RULE_URL_FRAGMENT,
      HAR_RULE_URL_PERCENT, HAR_RULE_MALFORMED_URL, HAR_RULE_OTHER_SCHEME, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_url = {rows, 0, NULL};
