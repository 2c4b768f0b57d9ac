/* A row from an entry. Producers differ in what they write; docs/html.md says what a column means. */
#include "html/index.h"

#include <string.h>

#include "html/text.h"
#include "util/any_date.h"
#include "util/iso8601.h"
#include "util/media.h"
#include "util/text.h"
#include "util/url.h"

enum {
    PATH_MOST = 4096, /* bytes of an address in the index: a data: url can be megabytes */
    WORD_MOST = 255,  /* of a method, type, protocol, address */
    HOST_MOST = 300,
};

/* Times from here on are mistakes: five days. */
static const double LONGEST = 4294967290.0;

const char *html_type_name(enum html_type type)
{
#define NAME(name) #name,
    static const char *const names[] = {HTML_TYPES(NAME)};
#undef NAME
    return names[type];
}

/* The decoded string of a member in the index's scratch text; empty where there is none. Borrowed until the next call. */
static bool member_text(struct html_index *index, const struct har_tree *tree, const struct har_node *object, const char *name,
                        struct har_text *text)
{
    const struct har_node *node = har_node_member(tree, object, name);
    *text = (struct har_text){"", 0};
    if (!node || node->kind != HAR_KIND_STRING)
        return true;
    har_buffer_clear(&index->text);
    if (!har_node_decode(tree, node, &index->text))
        return false;
    if (index->text.len)
        *text = (struct har_text){index->text.data, index->text.len};
    return true;
}

/* The number of a word in its table, HTML_NONE for an empty one. */
static bool put_word(struct html_index *index, enum html_table table, struct har_text word, size_t most, int32_t *number)
{
    uint32_t at;
    *number = HTML_NONE;
    if (!word.len)
        return true;
    if (keyset_put(&index->table[table].set, word.bytes, html_cut(word, most), SIZE_MAX / 2, &at) == KEYSET_FULL)
        return false;
    *number = (int32_t)at;
    return true;
}

static bool member_word(struct html_index *index, const struct har_tree *tree, const struct har_node *object, const char *name,
                        enum html_table table, int32_t *number)
{
    struct har_text text;
    return member_text(index, tree, object, name, &text) && put_word(index, table, text_trim(text), WORD_MOST, number);
}

/* A number that is at least 0; -1. */
static double member_number(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    double number;
    return har_node_number(tree, har_node_member(tree, object, name), &number) && number >= 0 ? number : -1;
}

static int64_t member_bytes(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    const double number = member_number(tree, object, name);
    return number >= 0 && number < 9e15 ? (int64_t)number : -1;
}

/* Tenths of a millisecond: never HTML_UNTIMED but for -1 and for what cannot be true. */
static uint32_t tenths(double ms)
{
    return ms >= 0 && ms * 10 < LONGEST ? (uint32_t)(ms * 10 + 0.5) : HTML_UNTIMED;
}

int64_t html_row_date(struct har_text text)
{
    struct har_buffer date;
    struct iso8601 instant;
    bool words;
    enum iso8601_form form = iso8601_parse(text.bytes, text.len, &instant);
    if (form < ISO8601_OTHER) {
        har_buffer_init(&date, 256);
        const bool known = form == ISO8601_NO_ZONE
                               ? iso8601_append(text.bytes, text.len, &date) && har_buffer_append_char(&date, 'Z')
                               : any_date_append(text.bytes, text.len, &date, &words);
        form = known ? iso8601_parse(date.data, date.len, &instant) : ISO8601_NOT;
        har_buffer_release(&date);
    }
    return form < ISO8601_OTHER ? HTML_UNDATED : instant.seconds * 10000 + (instant.nanoseconds + 50000) / 100000;
}

/* ssl is a part of connect, but some producers write it beside. Then time is the sum with it. */
static bool ssl_is_beside(double time, double sum, double connect, double ssl)
{
    enum { SAME_MS = 3 };
    const double with = time - sum - ssl, without = time - sum;
    if (ssl > connect)
        return true;
    return time >= 0 && with < SAME_MS && with > -SAME_MS && (without >= SAME_MS || without <= -SAME_MS);
}

static void fill_times(struct html_row *row, const struct har_tree *tree, const struct har_node *entry)
{
    static const char *const names[HTML_PHASES] = {"blocked", "dns", "connect", "ssl", "send", "wait", "receive"};
    const struct har_node *timings = har_node_member(tree, entry, "timings");
    double ms[HTML_PHASES], sum = 0, time = member_number(tree, entry, "time");
    bool any = false;
    for (size_t i = 0; i < HTML_PHASES; i++) {
        ms[i] = member_number(tree, timings, names[i]);
        any |= ms[i] > 0;
        if (ms[i] < 0 || ms[i] * 10 >= LONGEST)
            ms[i] = 0;
        if (i != HTML_SSL)
            sum += ms[i];
    }
    if (ms[HTML_SSL] > 0) {
        if (ssl_is_beside(time, sum, ms[HTML_CONNECT], ms[HTML_SSL]))
            sum += ms[HTML_SSL];
        else
            ms[HTML_CONNECT] -= ms[HTML_SSL];
    }
    for (size_t i = 0; i < HTML_PHASES; i++)
        row->phase[i] = tenths(ms[i]);
    row->time = tenths(time < 0 && any ? sum : time);
}

/* The host's own part goes to a table, the rest to `paths`. */
static bool fill_address(struct html_index *index, struct html_row *row, struct har_text address, bool *socket)
{
    char origin[HOST_MOST + 64];
    struct url url;
    url_split(address.bytes, address.len, &url);
    *socket = text_is(url.scheme, "ws") || text_is(url.scheme, "wss");
    row->host = HTML_NONE;
    struct har_text rest = address;
    if (url.scheme.len && url.scheme.len < 32 && url.has_authority && url.host.len && url.host.len <= HOST_MOST &&
        url.port.len < 16) {
        size_t len = 0;
        for (size_t i = 0; i < url.scheme.len; i++)
            origin[len++] = text_lower(url.scheme.bytes[i]);
        memcpy(origin + len, "://[", 4);
        len += url.bracketed ? 4 : 3;
        for (size_t i = 0; i < url.host.len; i++)
            origin[len++] = text_lower(url.host.bytes[i]);
        if (url.bracketed)
            origin[len++] = ']';
        if (url.port.len && url_port(&url) != url.default_port) {
            origin[len++] = ':';
            memcpy(origin + len, url.port.bytes, url.port.len);
            len += url.port.len;
        }
        if (!put_word(index, HTML_HOSTS, (struct har_text){origin, len}, sizeof origin, &row->host))
            return false;
        rest = (struct har_text){url.path.bytes, (size_t)(address.bytes + address.len - url.path.bytes)};
    }
    const size_t kept = html_cut(rest, PATH_MOST);
    row->path = index->paths.len;
    if (!har_buffer_append(&index->paths, rest.bytes, kept) ||
        (kept < rest.len && !har_buffer_append_text(&index->paths, "\xe2\x80\xa6")))
        return false;
    row->path_len = (uint32_t)(index->paths.len - row->path);
    return true;
}

/* The words that browsers use for what asked for it. */
static const struct {
    const char *word;
    enum html_type type;
} resource_types[] = {
    {"document", HTML_TYPE_document},   {"stylesheet", HTML_TYPE_style}, {"style", HTML_TYPE_style},
    {"script", HTML_TYPE_script},       {"image", HTML_TYPE_image},      {"imageset", HTML_TYPE_image},
    {"font", HTML_TYPE_font},           {"media", HTML_TYPE_media},      {"texttrack", HTML_TYPE_media},
    {"xhr", HTML_TYPE_fetch},           {"fetch", HTML_TYPE_fetch},      {"eventsource", HTML_TYPE_fetch},
    {"ping", HTML_TYPE_fetch},          {"beacon", HTML_TYPE_fetch},     {"preflight", HTML_TYPE_fetch},
    {"websocket", HTML_TYPE_websocket}, {"manifest", HTML_TYPE_data},    {"other", HTML_TYPE_other},
};

static enum html_type type_of(struct har_text resource, struct har_text mime)
{
    for (size_t i = 0; i < sizeof resource_types / sizeof *resource_types; i++)
        if (text_is(resource, resource_types[i].word))
            return resource_types[i].type;
    const char *class = media_class(mime);
    for (int type = 0; type < HTML_TYPE_COUNT; type++)
        if (strcmp(class, html_type_name((enum html_type)type)) == 0)
            return (enum html_type)type;
    return HTML_TYPE_other;
}

static bool has_elements(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    const struct har_node *node = har_node_member(tree, object, name);
    return node && node->kind == HAR_KIND_ARRAY && node->child != JSON_NONE;
}

/* Whether a member says yes, or anything at all but no. */
static bool is_set(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    const struct har_node *node = har_node_member(tree, object, name);
    return node && node->kind != HAR_KIND_NULL && node->kind != HAR_KIND_FALSE && (node->kind != HAR_KIND_STRING || node->text_len);
}

static bool has_location(const struct har_tree *tree, const struct har_node *response)
{
    const struct har_node *headers = har_node_member(tree, response, "headers");
    if (is_set(tree, response, "redirectURL"))
        return true;
    for (const struct har_node *header = headers ? har_node_first(tree, headers) : NULL; header;
         header = har_node_next(tree, header)) {
        const struct har_node *name = har_node_member(tree, header, "name");
        if (name && text_is(har_node_text(tree, name), "location"))
            return true;
    }
    return false;
}

static uint8_t flags_of(const struct html_row *row, const struct har_tree *tree, const struct har_node *entry,
                        const struct har_node *request, const struct har_node *response)
{
    unsigned flags = 0;
    if (row->status <= 0 || row->status >= 400 || is_set(tree, response, "_error") || is_set(tree, entry, "_error"))
        flags |= HTML_ROW_FAILED;
    if (row->status >= 300 && row->status < 400 && row->status != 304 && has_location(tree, response))
        flags |= HTML_ROW_REDIRECT;
    if (is_set(tree, entry, "_fromCache") || is_set(tree, response, "_fromCache") || is_set(tree, response, "fromDiskCache") ||
        row->status == 304)
        flags |= HTML_ROW_CACHED;
    if (has_elements(tree, entry, "_webSocketMessages"))
        flags |= HTML_ROW_MESSAGES;
    const struct har_node *post = har_node_member(tree, request, "postData");
    if (member_bytes(tree, request, "bodySize") > 0 || is_set(tree, post, "text") || has_elements(tree, post, "params"))
        flags |= HTML_ROW_POSTED;
    return (uint8_t)flags;
}

/* The media type without its parameters, and what it stands for. */
static bool fill_type(struct html_index *index, struct html_row *row, const struct har_tree *tree, const struct har_node *entry,
                      bool socket)
{
    struct har_text resource, mime;
    char word[32];
    if (!member_text(index, tree, entry, "_resourceType", &resource))
        return false;
    const size_t len = resource.len < sizeof word ? resource.len : 0;
    memcpy(word, resource.bytes, len);
    const struct har_node *content = har_node_member(tree, har_node_member(tree, entry, "response"), "content");
    if (!member_text(index, tree, content, "mimeType", &mime))
        return false;
    mime.len = text_find(mime, ';');
    mime = text_trim(mime);
    socket |= row->status == 101 || has_elements(tree, entry, "_webSocketMessages");
    row->type = (uint8_t)(socket ? HTML_TYPE_websocket : type_of((struct har_text){word, len}, mime));
    return put_word(index, HTML_MIMES, mime, WORD_MOST, &row->mime);
}

static void fill_sizes(struct html_row *row, const struct har_tree *tree, const struct har_node *response)
{
    const int64_t headers = member_bytes(tree, response, "headersSize"), body = member_bytes(tree, response, "bodySize");
    row->wire = member_bytes(tree, response, "_transferSize");
    if (row->wire < 0 && (headers >= 0 || body >= 0))
        row->wire = (headers > 0 ? headers : 0) + (body > 0 ? body : 0);
    row->size = member_bytes(tree, har_node_member(tree, response, "content"), "size");
}

/* "http/2.0" of the response, or of the request when no answer came. */
static bool fill_protocol(struct html_index *index, struct html_row *row, const struct har_tree *tree,
                          const struct har_node *request, const struct har_node *response)
{
    return member_word(index, tree, response, "httpVersion", HTML_PROTOCOLS, &row->protocol) &&
           (row->protocol != HTML_NONE || member_word(index, tree, request, "httpVersion", HTML_PROTOCOLS, &row->protocol));
}

bool html_row_fill(struct html_index *index, struct html_row *row, const struct har_tree *tree)
{
    const struct har_node *entry = har_tree_root(tree);
    const struct har_node *request = har_node_member(tree, entry, "request"), *response = har_node_member(tree, entry, "response");
    struct har_text text;
    bool socket = false;
    if (!member_text(index, tree, entry, "startedDateTime", &text))
        return false;
    row->at = html_row_date(text_trim(text));
    fill_times(row, tree, entry);
    const double status = member_number(tree, response, "status");
    row->status = (int16_t)(status >= 0 && status < 32768 ? status : -1);
    fill_sizes(row, tree, response);
    row->flags = flags_of(row, tree, entry, request, response);
    return member_text(index, tree, request, "url", &text) && fill_address(index, row, text, &socket) &&
           fill_type(index, row, tree, entry, socket) && member_word(index, tree, request, "method", HTML_METHODS, &row->method) &&
           fill_protocol(index, row, tree, request, response) &&
           member_word(index, tree, entry, "serverIPAddress", HTML_ADDRESSES, &row->address);
}
