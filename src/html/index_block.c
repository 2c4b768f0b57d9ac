/* The blocks har-index and har-found: what docs/html.md says, column by column. */
#include <string.h>

#include "html/page.h"

const char *html_bodies_name(enum html_bodies bodies)
{
    static const char *const names[] = {[HTML_BODIES_NONE] = "none", [HTML_BODIES_TEXT] = "text", [HTML_BODIES_ALL] = "all"};
    return names[bodies];
}

/* ,"name": */
static void put_key(struct json_out *out, const char *name)
{
    HTML(out, ",\"");
    json_out_text(out, name, strlen(name));
    HTML(out, "\":");
}

static void put_string(struct json_out *out, const char *text)
{
    html_json(out, (struct har_text){text, strlen(text)});
}

static void put_comma(struct json_out *out, bool needed)
{
    if (needed)
        HTML(out, ",");
}

/* ---- columns */

static int64_t at_of(const struct html_index *index, const struct html_row *row)
{
    return row->at == HTML_UNDATED ? -1 : row->at - index->start;
}

static int64_t time_of(const struct html_index *index, const struct html_row *row)
{
    (void)index;
    return row->time == HTML_UNTIMED ? -1 : (int64_t)row->time;
}

static int64_t value_of(const struct html_index *index, const struct html_row *row)
{
    return row - index->row;
}

#define PHASE(name, number)                                                                                                        \
    static int64_t name##_of(const struct html_index *index, const struct html_row *row)                                           \
    {                                                                                                                              \
        (void)index;                                                                                                               \
        return row->phase[number];                                                                                                 \
    }
PHASE(blocked, HTML_BLOCKED)
PHASE(dns, HTML_DNS)
PHASE(connect, HTML_CONNECT)
PHASE(ssl, HTML_SSL)
PHASE(send, HTML_SEND)
PHASE(wait, HTML_WAIT)
PHASE(receive, HTML_RECEIVE)
#undef PHASE

#define MEMBERS(X)                                                                                                                 \
    X(method)                                                                                                                      \
    X(host)                                                                                                                        \
    X(type)                                                                                                                        \
    X(mime)                                                                                                                        \
    X(protocol)                                                                                                                    \
    X(address)                                                                                                                     \
    X(page)                                                                                                                        \
    X(status)                                                                                                                      \
    X(wire)                                                                                                                        \
    X(size)                                                                                                                        \
    X(set)                                                                                                                         \
    X(flags)                                                                                                                       \
    X(source)

#define MEMBER(name)                                                                                                               \
    static int64_t name##_of(const struct html_index *index, const struct html_row *row)                                           \
    {                                                                                                                              \
        (void)index;                                                                                                               \
        return row->name;                                                                                                          \
    }
MEMBERS(MEMBER)
#undef MEMBER

static int64_t origin_of(const struct html_index *index, const struct html_row *row)
{
    (void)index;
    return (int64_t)row->origin;
}

typedef int64_t column_fn(const struct html_index *index, const struct html_row *row);

/* One value when all rows have it, else an array. */
static void put_column(const struct html_index *index, column_fn *value, struct json_out *out)
{
    bool same = index->count > 0;
    const int64_t first = index->count ? value(index, &index->row[index->order[0]]) : 0;
    for (size_t i = 1; i < index->count && same; i++)
        same = value(index, &index->row[index->order[i]]) == first;
    if (same) {
        html_number(out, first);
        return;
    }
    HTML(out, "[");
    for (size_t i = 0; i < index->count; i++) {
        put_comma(out, i > 0);
        html_number(out, value(index, &index->row[index->order[i]]));
    }
    HTML(out, "]");
}

static void put_paths(const struct html_index *index, struct json_out *out)
{
    HTML(out, ",\n\"path\":[");
    for (size_t i = 0; i < index->count; i++) {
        const struct html_row *row = &index->row[index->order[i]];
        put_comma(out, i > 0);
        html_json(out, (struct har_text){row->path_len ? index->paths.data + row->path : "", row->path_len});
    }
    HTML(out, "]");
}

static void put_columns(const struct html_index *index, struct json_out *out)
{
    static column_fn *const phases[HTML_PHASES] = {blocked_of, dns_of, connect_of, ssl_of, send_of, wait_of, receive_of};
    static const struct {
        const char *name;
        column_fn *value;
    } columns[] = {
#define COLUMN(name) {#name, name##_of},
        {"time", time_of},
        MEMBERS(COLUMN){"value", value_of},
        {"origin", origin_of},
#undef COLUMN
    };
    HTML(out, ",\n\"rows\":{\"at\":");
    put_column(index, at_of, out);
    HTML(out, ",\n\"phases\":[");
    for (size_t i = 0; i < HTML_PHASES; i++) {
        put_comma(out, i > 0);
        put_column(index, phases[i], out);
    }
    HTML(out, "]");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        HTML(out, ",\n\"");
        json_out_text(out, columns[i].name, strlen(columns[i].name));
        HTML(out, "\":");
        put_column(index, columns[i].value, out);
    }
    put_paths(index, out);
    HTML(out, "}");
}

/* ---- tables */

static void put_options(const struct html *html, struct json_out *out)
{
    const struct html_options *options = &html->options;
    HTML(out, ",\n\"options\":{\"bodies\":");
    put_string(out, html_bodies_name(options->bodies));
    put_key(out, "redact");
    json_out_text(out, html->redaction ? "true" : "false", html->redaction ? 4 : 5);
    put_key(out, "custom");
    put_string(out, options->all_custom ? "all" : "known");
    put_key(out, "links");
    json_out_text(out, options->links ? "true" : "false", options->links ? 4 : 5);
    HTML(out, "}");
}

static void put_sources(const struct html_index *index, struct json_out *out)
{
    HTML(out, ",\n\"sources\":[");
    for (size_t i = 0; i < index->sources; i++) {
        const struct html_source *source = &index->source[i];
        put_comma(out, i > 0);
        HTML(out, "[");
        html_json(out, html_index_source_name(index, i));
        HTML(out, ",\"");
        if (source->ended)
            html_put_sha256(source->sha256, out);
        HTML(out, "\",");
        html_number(out, (int64_t)source->bytes);
        HTML(out, "]");
    }
    HTML(out, "]");
}

static void put_rules(const struct html_index *index, struct json_out *out)
{
    HTML(out, ",\n\"rules\":[");
    for (size_t i = 0; i < index->rules; i++) {
        const struct har_rule_info *info = har_rule_info(index->rule[i].rule);
        put_comma(out, i > 0);
        HTML(out, "[");
        put_string(out, info->id);
        HTML(out, ",");
        put_string(out, har_level_name(index->rule[i].level));
        HTML(out, ",");
        put_string(out, info->title);
        HTML(out, ",");
        html_number(out, (int64_t)index->rule[i].count);
        HTML(out, "]");
    }
    HTML(out, "],\n\"sets\":[");
    for (uint32_t i = 0; i < index->set_count; i++) {
        const struct har_text set = html_index_set(index, i);
        put_comma(out, i > 0);
        HTML(out, "[");
        for (size_t at = 0; at < set.len; at += sizeof(uint16_t)) {
            uint16_t rule;
            memcpy(&rule, set.bytes + at, sizeof rule);
            put_comma(out, at > 0);
            html_number(out, rule);
        }
        HTML(out, "]");
    }
    HTML(out, "]");
}

static void put_pages(const struct html_index *index, struct json_out *out)
{
    HTML(out, ",\n\"pages\":[");
    for (size_t i = 0; i < index->pages; i++) {
        const struct html_page *page = &index->page[i];
        const struct har_text timings = html_index_text(index, page->timings);
        put_comma(out, i > 0);
        HTML(out, "[");
        html_json(out, html_index_text(index, page->id));
        HTML(out, ",");
        html_json(out, html_index_text(index, page->title));
        HTML(out, ",");
        if (page->at == HTML_UNDATED || index->start == HTML_UNDATED)
            HTML(out, "null");
        else
            html_number(out, page->at - index->start);
        HTML(out, ",[");
        json_out_text(out, timings.bytes, timings.len);
        HTML(out, "],");
        html_number(out, page->source);
        HTML(out, "]");
    }
    HTML(out, "]");
}

static void put_words(const struct html_index *index, struct json_out *out)
{
    static const char *const names[HTML_TABLES] = {"methods", "hosts", "mimes", "protocols", "addresses"};
    for (size_t i = 0; i < HTML_TABLES; i++) {
        HTML(out, ",\n\"");
        json_out_text(out, names[i], strlen(names[i]));
        HTML(out, "\":[");
        for (size_t n = 0; n < index->table[i].set.count; n++) {
            put_comma(out, n > 0);
            html_json(out, index->table[i].word[n]);
        }
        HTML(out, "]");
    }
    HTML(out, ",\n\"types\":[");
    for (int i = 0; i < HTML_TYPE_COUNT; i++) {
        put_comma(out, i > 0);
        put_string(out, html_type_name((enum html_type)i));
    }
    HTML(out, "]");
}

void html_put_index(const struct html *html, struct json_out *out)
{
    char storage[HTML_TITLE_STORAGE];
    const struct html_index *index = &html->index;
    HTML(out, "<script type=\"application/json\" id=\"har-index\">{\"version\":1,\"harmill\":");
    put_string(out, har_version());
    put_key(out, "title");
    html_json(out, html_title(html, storage));
    put_key(out, "entries");
    html_number(out, (int64_t)index->count);
    put_key(out, "cut");
    html_number(out, (int64_t)index->cut);
    put_key(out, "start");
    if (index->start == HTML_UNDATED)
        HTML(out, "null");
    else
        html_number(out, index->start);
    put_key(out, "duration");
    html_number(out, (int64_t)index->duration);
    put_options(html, out);
    put_sources(index, out);
    put_rules(index, out);
    put_pages(index, out);
    put_words(index, out);
    HTML(out, ",\n\"chunks\":[");
    for (size_t i = 0; i < index->chunks; i++) {
        put_comma(out, i > 0);
        html_number(out, (int64_t)index->chunk[i]);
    }
    HTML(out, "]");
    put_columns(index, out);
    HTML(out, "}</script>\n");
}

void html_put_found(const struct html *html, struct json_out *out)
{
    const struct html_index *index = &html->index;
    HTML(out, "<script type=\"application/json\" id=\"har-found\">[");
    for (size_t i = 0; i < index->lates; i++) {
        const struct html_late *late = &index->late[i];
        put_comma(out, i > 0);
        HTML(out, "[");
        html_number(out, late->row == UINT32_MAX ? -1 : (int64_t)late->row);
        HTML(out, ",");
        html_number(out, late->rule);
        HTML(out, ",");
        html_json(out, html_index_text(index, late->pointer));
        HTML(out, ",");
        html_json(out, html_index_text(index, late->message));
        HTML(out, ",");
        if (late->done)
            put_string(out, late->done);
        else
            HTML(out, "null");
        HTML(out, "]");
    }
    HTML(out, "]</script>\n");
}
