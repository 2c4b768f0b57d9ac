/* The fields of filter expressions: what they are called, and where an entry has them. */
#include "json/tree.h"
#include "transform/filter.h"
#include "util/media.h"
#include "util/text.h"
#include "util/url.h"

bool filter_text(struct filter_look *look, const struct har_node *node, struct har_text *text)
{
    if (!node || (node->kind != HAR_KIND_STRING && node->kind != HAR_KIND_NUMBER))
        return false;
    *text = har_node_text(look->tree, node);
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return true;
    har_buffer_clear(&look->scratch);
    if (!har_node_decode(look->tree, node, &look->scratch)) {
        look->no_memory = true;
        return false;
    }
    *text = (struct har_text){look->scratch.data ? look->scratch.data : "", look->scratch.len};
    return true;
}

static const struct har_node *member(const struct filter_look *look, const struct har_node *object, const char *name)
{
    return har_node_member(look->tree, object, name);
}

static const struct har_node *request(const struct filter_look *look)
{
    return member(look, look->entry, "request");
}

static const struct har_node *response(const struct filter_look *look)
{
    return member(look, look->entry, "response");
}

static const struct har_node *content(const struct filter_look *look)
{
    return member(look, response(look), "content");
}

static bool text_of(struct filter_look *look, const struct har_node *object, const char *name, struct har_text *text)
{
    return filter_text(look, member(look, object, name), text);
}

static bool get_status(struct filter_look *look, double *number)
{
    return har_node_number(look->tree, member(look, response(look), "status"), number);
}

static bool get_time(struct filter_look *look, double *number)
{
    return har_node_number(look->tree, member(look, look->entry, "time"), number);
}

static bool get_size(struct filter_look *look, double *number)
{
    return har_node_number(look->tree, member(look, content(look), "size"), number);
}

static bool get_body(struct filter_look *look, double *number)
{
    return har_node_number(look->tree, member(look, response(look), "bodySize"), number);
}

static bool get_index(struct filter_look *look, double *number)
{
    *number = (double)look->item->ordinal;
    return true;
}

static bool get_method(struct filter_look *look, struct har_text *text)
{
    return text_of(look, request(look), "method", text);
}

static bool get_url(struct filter_look *look, struct har_text *text)
{
    return text_of(look, request(look), "url", text);
}

static bool get_host(struct filter_look *look, struct har_text *text)
{
    if (!get_url(look, text) || text_begins(*text, "data:")) /* addresses in its content are not where it came from */
        return false;
    *text = url_named_host(*text);
    return text->len != 0;
}

static bool split(struct filter_look *look, struct url *url)
{
    struct har_text text;
    *url = (struct url){0};
    if (!get_url(look, &text))
        return false;
    url_split(text.bytes, text.len, url);
    return true;
}

static bool get_path(struct filter_look *look, struct har_text *text)
{
    struct url url;
    const bool there = split(look, &url);
    *text = url.path;
    return there;
}

static bool get_query(struct filter_look *look, struct har_text *text)
{
    struct url url;
    const bool there = split(look, &url);
    *text = url.query;
    return there && url.has_query;
}

static bool get_scheme(struct filter_look *look, struct har_text *text)
{
    struct url url;
    const bool there = split(look, &url);
    *text = url.scheme;
    return there && url.scheme.len;
}

static bool get_mime(struct filter_look *look, struct har_text *text)
{
    if (!text_of(look, content(look), "mimeType", text))
        return false;
    text->len = text_find(*text, ';');
    *text = text_trim(*text);
    return true;
}

/* Chrome's resource types and harmill's words for them; the words of media_class() are among them. */
static const struct {
    const char *written, *word;
} types[] = {
    {"document", "document"},
    {"script", "script"},
    {"stylesheet", "style"},
    {"image", "image"},
    {"font", "font"},
    {"media", "media"},
    {"xhr", "xhr"},
    {"fetch", "fetch"},
    {"websocket", "websocket"},
    {"eventsource", "eventsource"},
    {"preflight", "preflight"},
    {"ping", "ping"},
    {"manifest", "manifest"},
    {"prefetch", "prefetch"},
    {"texttrack", "texttrack"},
    {"webtransport", "webtransport"},
    {"signed-exchange", "signed-exchange"},
    {"signedexchange", "signed-exchange"},
    {"csp-violation-report", "csp-violation-report"},
    {"cspviolationreport", "csp-violation-report"},
    {"other", "other"},
    {"style", "style"},
    {"data", "data"},
    {"unknown", "unknown"},
};

const char *filter_type_word(struct har_text text)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_is(text, types[i].written))
            return types[i].word;
    return NULL;
}

void filter_suggest_type(struct har_suggestion *suggestion)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        har_suggestion_try(suggestion, types[i].written);
}

static bool get_type(struct filter_look *look, struct har_text *text)
{
    const char *word = text_of(look, look->entry, "_resourceType", text) ? filter_type_word(*text) : NULL;
    if (!word)
        word = media_class(text_of(look, content(look), "mimeType", text) ? *text : (struct har_text){"", 0});
    *text = (struct har_text){word, strlen(word)};
    return true;
}

static bool get_page(struct filter_look *look, struct har_text *text)
{
    return text_of(look, look->entry, "pageref", text);
}

static bool get_started(struct filter_look *look, struct har_text *text)
{
    return text_of(look, look->entry, "startedDateTime", text);
}

static bool get_ip(struct filter_look *look, struct har_text *text)
{
    return text_of(look, look->entry, "serverIPAddress", text);
}

static bool get_http(struct filter_look *look, struct har_text *text)
{
    return text_of(look, response(look), "httpVersion", text) || text_of(look, request(look), "httpVersion", text);
}

const struct filter_field filter_fields[] = {
    {"status", FILTER_NUMBER, 0, get_status, NULL, NULL},
    {"time", FILTER_NUMBER, FILTER_TIME | FILTER_POSITIVE, get_time, NULL, NULL},
    {"size", FILTER_NUMBER, FILTER_BYTES | FILTER_POSITIVE, get_size, NULL, NULL},
    {"body", FILTER_NUMBER, FILTER_BYTES | FILTER_POSITIVE, get_body, NULL, NULL},
    {"index", FILTER_NUMBER, 0, get_index, NULL, NULL},
    {"method", FILTER_TEXT, FILTER_FOLD, NULL, get_method, NULL},
    {"url", FILTER_TEXT, 0, NULL, get_url, NULL},
    {"host", FILTER_TEXT, FILTER_FOLD, NULL, get_host, NULL},
    {"path", FILTER_TEXT, 0, NULL, get_path, NULL},
    {"query", FILTER_TEXT, 0, NULL, get_query, NULL},
    {"scheme", FILTER_TEXT, FILTER_FOLD, NULL, get_scheme, NULL},
    {"type", FILTER_TEXT, FILTER_FOLD | FILTER_WORD, NULL, get_type, NULL},
    {"mime", FILTER_TEXT, FILTER_FOLD, NULL, get_mime, NULL},
    {"page", FILTER_TEXT, 0, NULL, get_page, NULL},
    {"started", FILTER_DATE, 0, NULL, get_started, NULL},
    {"ip", FILTER_TEXT, FILTER_FOLD, NULL, get_ip, NULL},
    {"http", FILTER_TEXT, FILTER_FOLD, NULL, get_http, NULL},
    {"header", FILTER_TEXT, FILTER_NAMED, NULL, NULL, "response"},
    {"request_header", FILTER_TEXT, FILTER_NAMED, NULL, NULL, "request"},
    {NULL, FILTER_NUMBER, 0, NULL, NULL, NULL},
};
