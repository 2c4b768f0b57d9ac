/* Normalize: the request's url. */
#include "derive/url.h"
#include "normalize/message.h"
#include "util/url.h"

enum {
    ESCAPED = DERIVE_URL_BLANK | DERIVE_URL_HIGH,
    OF_INTEREST = ESCAPED | DERIVE_URL_FORBIDDEN | DERIVE_URL_HASH,
};

/* Makes `url` (of the text in scratch buffer 0) absolute with what HTTP/2 sent beside the path. */
static void make_absolute(struct normalize *n, uint32_t request, uint32_t address)
{
    const struct har_text text = message_text(n, address, 0);
    struct har_buffer *out = &n->scratch[1];
    struct url host = {0};
    uint32_t after = JSON_NONE, authority = message_pseudo(n, request, ":authority");
    const struct har_text scheme = message_text(n, message_pseudo(n, request, ":scheme"), 2);
    if (!n->derive || !text.len || *text.bytes != '/' || (text.len > 1 && text.bytes[1] == '/') ||
        (!text_is(scheme, "http") && !text_is(scheme, "https")))
        return;
    if (authority == JSON_NONE)
        authority = message_header(n, message_headers(n, request), "host", &after);
    har_buffer_clear(out);
    n->no_memory |= !(har_buffer_append(out, scheme.bytes, scheme.len) && har_buffer_append_text(out, "://"));
    const struct har_text named = message_text(n, authority, 2);
    host.default_port = 80;
    url_split_authority(named, &host);
    if (host.has_userinfo || url_judge_host(&host) != URL_HOST_GOOD || url_port(&host) < 0)
        return;
    n->no_memory |= !(har_buffer_append(out, named.bytes, named.len) && har_buffer_append(out, text.bytes, text.len));
    json_edit_set_text(&n->edit, address, message_scratch(n, 1).bytes, out->len);
    normalize_derived(n, request, HAR_MEND_RELATIVE_URL);
}

static void keep_fragment(struct normalize *n, uint32_t request, const struct url *url)
{
    const uint32_t fragment = message_custom(n, request, "fragment", HAR_KIND_STRING);
    json_edit_set_text(&n->edit, fragment, url->fragment.bytes, url->fragment.len);
    normalize_mended(n, HAR_MEND_URL_FRAGMENT);
}

/* Appends the url without its fragment, escaped as browsers do: what they send raw, such as | or the braces of a query, stays, so
 * that who looks an entry up by the url of a browser finds it. What is left of a template keeps its braces, too. */
static bool append_escaped(struct har_buffer *out, const struct url *url, struct har_text text)
{
    const char *const end = url->has_fragment ? url->fragment.bytes - 1 : text.bytes + text.len;
    const char *const path = url->path.bytes, *const path_end = path + url->path.len;
    const unsigned web = url->kind == URL_WEB ? ~0u : 0;
    if (url->kind == URL_OTHER)
        return derive_url_encode((struct har_text){text.bytes, (size_t)(end - text.bytes)}, DERIVE_URL_BLANK, out);
    return derive_url_encode((struct har_text){text.bytes, (size_t)(path - text.bytes)}, ESCAPED, out) &&
           derive_url_encode(url->path, ESCAPED | (web & DERIVE_URL_PATH), out) &&
           derive_url_encode((struct har_text){path_end, (size_t)(end - path_end)}, ESCAPED | (web & DERIVE_URL_QUERY), out);
}

/* Counts what was escaped, by the rules that tell of it. */
static void count(struct normalize *n, const struct url *url, struct har_text text, bool trimmed)
{
    static const struct {
        unsigned wanted;
        enum har_mend mend;
    } rows[] = {{DERIVE_URL_BLANK, HAR_MEND_URL_BLANK},
                {DERIVE_URL_HIGH, HAR_MEND_URL_NON_ASCII},
                {DERIVE_URL_PATH, HAR_MEND_URL_CHARACTER}};
    unsigned gone = derive_url_classes(text) & (url->kind == URL_OTHER ? DERIVE_URL_BLANK : ESCAPED);
    gone |= trimmed ? DERIVE_URL_BLANK : 0;
    if (url->kind == URL_WEB)
        gone |= derive_url_classes(url->path) & DERIVE_URL_PATH;
    if (url->kind == URL_WEB && derive_url_classes(url->query) & DERIVE_URL_QUERY)
        gone |= DERIVE_URL_PATH;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (gone & rows[i].wanted)
            normalize_mended(n, rows[i].mend);
}

void message_url(struct normalize *n, uint32_t request)
{
    const uint32_t address = message_member_of(n, request, REQUEST_url, HAR_KIND_STRING);
    struct har_buffer *out = &n->scratch[1];
    struct url url;
    if (address == JSON_NONE)
        return;
    struct har_text text = normalize_text(n, address, 0);
    if (text.len && url_scheme_length(text) == 0)
        make_absolute(n, request, address);
    text = normalize_text(n, address, 0);
    if (!(derive_url_classes(text) & OF_INTEREST))
        return;
    text = derive_url_trim(message_text(n, address, 0));
    const bool trimmed = text.len < n->scratch[0].len;
    url_split(text.bytes, text.len, &url);
    har_buffer_clear(out);
    if (url.kind == URL_OTHER)
        url.has_fragment = false;
    if (!append_escaped(out, &url, text))
        n->no_memory = true;
    if (url.has_fragment)
        keep_fragment(n, request, &url);
    const struct har_text escaped = message_scratch(n, 1), old = message_scratch(n, 0);
    if (text_equal(escaped, old))
        return;
    json_edit_set_text(&n->edit, address, escaped.bytes, escaped.len);
    if (url.has_fragment)
        text.len = (size_t)(url.fragment.bytes - text.bytes);
    count(n, &url, text, trimmed);
}
