/* Totals by status, type and host; what took longest and what is largest. */
#include <string.h>

#include "html/page.h"
#include "util/text.h"

enum { HOSTS_MOST = 4096, HOSTS_SHOWN = 10, SHARE = 100 };

/* ---- counting */

/* Host and port of an origin; the scheme of what has none. */
static struct har_text host_of(const struct html_index *index, const struct html_row *row)
{
    struct har_text origin = html_index_word(index, HTML_HOSTS, row->host);
    const char *slashes = origin.len ? memmem(origin.bytes, origin.len, "://", 3) : NULL;
    if (slashes)
        return (struct har_text){slashes + 3, (size_t)(origin.bytes + origin.len - slashes - 3)};
    const struct har_text path = {row->path_len ? index->paths.data + row->path : "", row->path_len};
    const size_t colon = text_find(path, ':');
    return (struct har_text){path.bytes, colon < path.len && colon < 32 ? colon + 1 : 0};
}

/* Keeps the largest few, the earlier of equal ones first. */
static void rank(uint32_t top[HTML_TOP], size_t *count, const struct html_row *row, const uint32_t candidate,
                 int64_t (*value)(const struct html_row *row))
{
    const int64_t mine = value(&row[candidate]);
    if (mine <= 0)
        return;
    size_t at = *count;
    while (at && value(&row[top[at - 1]]) < mine)
        at--;
    if (at == HTML_TOP)
        return;
    *count += *count < HTML_TOP;
    for (size_t i = *count - 1; i > at; i--)
        top[i] = top[i - 1];
    top[at] = candidate;
}

static int64_t time_of(const struct html_row *row)
{
    return row->time == HTML_UNTIMED ? -1 : (int64_t)row->time;
}

static int64_t bytes_of(const struct html_row *row)
{
    return row->wire > row->size ? row->wire : row->size;
}

static void add(struct html_sum *sum, uint64_t bytes)
{
    sum->requests++;
    sum->bytes += bytes;
}

static size_t class_of(const struct html_row *row)
{
    if (row->status <= 0)
        return 0;
    return row->status >= 100 && row->status < 600 ? (size_t)row->status / 100 : HTML_OTHER_STATUS;
}

bool html_totals_make(struct html_totals *totals, const struct html_index *index)
{
    *totals = (struct html_totals){0};
    for (size_t i = 0; i < index->count; i++) {
        const uint32_t at = index->order[i];
        const struct html_row *row = &index->row[at];
        const uint64_t bytes = row->wire > 0 ? (uint64_t)row->wire : 0;
        const struct har_text host = host_of(index, row);
        add(&totals->all, bytes);
        add(&totals->class[class_of(row)], bytes);
        add(&totals->type[row->type], bytes);
        if (!tally_add(&totals->host, host.bytes, host.len, bytes, HOSTS_MOST))
            return false;
        totals->content += row->size > 0 ? (uint64_t)row->size : 0;
        totals->failed += row->flags & HTML_ROW_FAILED;
        totals->dated += row->at != HTML_UNDATED;
        totals->wire_known |= row->wire >= 0;
        totals->content_known |= row->size >= 0;
        rank(totals->slowest, &totals->slow, index->row, at, time_of);
        rank(totals->largest, &totals->large, index->row, at, bytes_of);
    }
    tally_sort(&totals->host);
    return true;
}

void html_totals_release(struct html_totals *totals)
{
    tally_release(&totals->host);
}

/* ---- tables */

static void begin_tally(struct json_out *out, const char *id, const char *title)
{
    HTML(out, "<div><table class=\"tally\" id=\"");
    html_string(out, id);
    HTML(out, "\" cellpadding=\"3\">\n<caption align=\"left\"><b>");
    html_string(out, title);
    HTML(out, "</b></caption>\n<thead><tr><th scope=\"col\" align=\"left\">");
    html_string(out, title + 3);
    HTML(out, "</th><th scope=\"col\" class=\"number\" align=\"right\">requests</th><th scope=\"col\" class=\"number\" "
              "align=\"right\">received</th>"
              "<th scope=\"col\" align=\"left\">share</th></tr></thead>\n<tbody>\n");
}

static void end_table(struct json_out *out)
{
    HTML(out, "</tbody></table></div>\n");
}

/* The cells behind the name; the bar is the share of all requests. */
static void put_sum(const struct html_totals *totals, struct html_sum sum, struct json_out *out)
{
    const double share = totals->all.requests ? (double)sum.requests / (double)totals->all.requests : 0;
    HTML(out, "</th><td class=\"number\" align=\"right\">");
    html_count(out, sum.requests);
    HTML(out, "</td><td class=\"number\" align=\"right\" nowrap>");
    html_bytes(out, totals->wire_known ? (int64_t)sum.bytes : -1);
    HTML(out, "</td><td><svg class=\"share\" width=\"100\" height=\"10\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
              "role=\"img\" aria-label=\"");
    html_number(out, (int64_t)(share * 100 + 0.5));
    HTML(out, " %\"><rect width=\"");
    html_decimal(out, share * SHARE < 1 ? 1 : share * SHARE);
    HTML(out, "\" height=\"10\" fill=\"#3c5a8a\"/></svg></td></tr>\n");
}

static void put_classes(const struct html_totals *totals, struct json_out *out)
{
    static const struct {
        const char *name, *filter;
    } rows[HTML_CLASSES] = {
        {"no answer", "0"},          {"1xx informational", "1xx"}, {"2xx success", "2xx"},      {"3xx redirect", "3xx"},
        {"4xx client error", "4xx"}, {"5xx server error", "5xx"},  {"other", "1-99,600-32767"},
    };
    begin_tally(out, "by-status", "by status");
    for (size_t i = 1; i <= HTML_CLASSES; i++) {
        const size_t class = i % HTML_CLASSES; /* what got no answer is last */
        if (!totals->class[class].requests)
            continue;
        HTML(out, "<tr><th scope=\"row\" align=\"left\" data-filter=\"status:");
        html_string(out, rows[class].filter);
        HTML(out, "\">");
        html_string(out, rows[class].name);
        put_sum(totals, totals->class[class], out);
    }
    end_table(out);
}

/* Most requests first. */
static void put_types(const struct html_totals *totals, struct json_out *out)
{
    bool told[HTML_TYPE_COUNT] = {false};
    begin_tally(out, "by-type", "by type");
    for (size_t n = 0; n < HTML_TYPE_COUNT; n++) {
        size_t most = HTML_TYPE_COUNT;
        for (size_t i = 0; i < HTML_TYPE_COUNT; i++)
            if (!told[i] && (most == HTML_TYPE_COUNT || totals->type[i].requests > totals->type[most].requests))
                most = i;
        told[most] = true;
        if (!totals->type[most].requests)
            break;
        HTML(out, "<tr><th scope=\"row\" align=\"left\" data-filter=\"type:");
        html_string(out, html_type_name((enum html_type)most));
        HTML(out, "\">");
        html_string(out, html_type_name((enum html_type)most));
        put_sum(totals, totals->type[most], out);
    }
    end_table(out);
}

/* Whether a host can stand in a query as it is. */
static bool is_plain_host(struct har_text host)
{
    for (size_t i = 0; i < host.len; i++)
        if (!text_is_letter(host.bytes[i]) && !text_is_digit(host.bytes[i]) && !memchr(".-_:[]", host.bytes[i], 6))
            return false;
    return host.len && host.bytes[host.len - 1] != ':';
}

static void put_hosts(const struct html_totals *totals, struct json_out *out)
{
    const struct tally *hosts = &totals->host;
    struct html_sum others = totals->all;
    /* One more is shown where "others" would be a single one. */
    const size_t shown = hosts->count <= HOSTS_SHOWN + 1 && !hosts->others ? hosts->count : HOSTS_SHOWN;
    begin_tally(out, "by-host", "by host");
    for (size_t i = 0; i < shown; i++) {
        const struct tally_row *row = &hosts->row[i];
        const struct har_text host = {row->name, row->len};
        HTML(out, "<tr><th scope=\"row\" align=\"left\"");
        if (is_plain_host(host)) {
            HTML(out, " data-filter=\"host:");
            html_text(out, host);
            HTML(out, "\"");
        }
        HTML(out, "><bdi dir=\"ltr\">");
        if (host.len)
            html_text_cut(out, host, 80);
        else
            HTML(out, "no host");
        HTML(out, "</bdi>");
        put_sum(totals, (struct html_sum){row->times, row->sum}, out);
        others.requests -= row->times;
        others.bytes -= row->sum;
    }
    if (others.requests) {
        HTML(out, "<tr><th scope=\"row\" align=\"left\">");
        if (hosts->others)
            HTML(out, "others");
        else
            html_counted(out, hosts->count - shown, "other");
        put_sum(totals, others, out);
    }
    end_table(out);
}

void html_put_address(const struct html_index *index, const struct html_row *row, size_t most, struct json_out *out)
{
    const struct har_text origin = html_index_word(index, HTML_HOSTS, row->host);
    const struct har_text path = {row->path_len ? index->paths.data + row->path : "", row->path_len};
    HTML(out, "<bdi dir=\"ltr\">");
    if (origin.len) {
        HTML(out, "<span class=\"host\">");
        html_text(out, origin);
        HTML(out, "</span>");
    }
    html_address(out, path, most);
    HTML(out, "</bdi>");
}

static void put_top(const struct html_index *index, const char *id, const char *title, const uint32_t *rows, size_t count,
                    bool times, struct json_out *out)
{
    enum { PATH_MOST = 100 };
    if (!count)
        return;
    HTML(out, "<div><table class=\"top\" id=\"");
    html_string(out, id);
    HTML(out, "\" cellpadding=\"3\">\n<caption align=\"left\"><b>");
    html_string(out, title);
    HTML(out, "</b></caption>\n<thead><tr><th scope=\"col\" class=\"number\" align=\"right\">request</th><th scope=\"col\" "
              "class=\"number\" align=\"right\">");
    html_string(out, times ? "time" : "size");
    HTML(out, "</th><th scope=\"col\" align=\"left\">address</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        const struct html_row *row = &index->row[rows[i]];
        HTML(out, "<tr><td class=\"number\" align=\"right\">");
        html_put_row_link(index, rows[i], out);
        HTML(out, "</td><td class=\"number\" align=\"right\" nowrap>");
        if (times)
            html_time(out, row->time / 10.0);
        else
            html_bytes(out, bytes_of(row));
        HTML(out, "</td><td class=\"url\">");
        html_put_address(index, row, PATH_MOST, out);
        HTML(out, "</td></tr>\n");
    }
    end_table(out);
}

void html_put_summary(const struct html *html, struct html_totals *totals, struct json_out *out)
{
    const struct html_index *index = &html->index;
    if (!index->count)
        return;
    HTML(out, "<section id=\"summary\">\n<h2>Summary</h2>\n");
    put_classes(totals, out);
    put_types(totals, out);
    put_hosts(totals, out);
    put_top(index, "slowest", "slowest", totals->slowest, totals->slow, true, out);
    put_top(index, "largest", "largest", totals->largest, totals->large, false, out);
    HTML(out, "</section>\n");
}
