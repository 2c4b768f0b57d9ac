/* The first rows, for who has no JavaScript, prints, or searches with the browser. */
#include <string.h>

#include "html/page.h"

/* A level and the numbers of the rules, as a badge. */
static void put_badge(const struct html_index *index, const struct html_row *row, struct json_out *out)
{
    const struct har_text set = html_index_set(index, row->set);
    enum har_level worst = HAR_LEVEL_OFF;
    for (size_t at = 0; at < set.len; at += sizeof(uint16_t)) {
        uint16_t rule;
        memcpy(&rule, set.bytes + at, sizeof rule);
        if (index->rule[rule].level > worst)
            worst = index->rule[rule].level;
    }
    if (worst == HAR_LEVEL_OFF)
        return;
    HTML(out, "<span class=\"level ");
    html_string(out, har_level_name(worst));
    HTML(out, "\" title=\"");
    for (size_t at = 0; at < set.len; at += sizeof(uint16_t)) {
        uint16_t rule;
        memcpy(&rule, set.bytes + at, sizeof rule);
        if (at)
            HTML(out, " ");
        html_string(out, har_rule_info(index->rule[rule].rule)->id);
    }
    HTML(out, "\">");
    html_string(out, har_level_name(worst));
    HTML(out, "</span>");
}

static void put_status(const struct html_row *row, struct json_out *out)
{
    static const char classes[] = "012345";
    const int class = row->status >= 100 && row->status < 600 ? row->status / 100 : 0;
    HTML(out, "<td class=s");
    json_out_text(out, classes + class, 1);
    HTML(out, ">");
    if (row->status < 0)
        HTML(out, "\xe2\x80\x93");
    else
        html_number(out, row->status);
}

static void put_url(const struct html_index *index, const struct html_row *row, struct json_out *out)
{
    enum { PATH_MOST = 120 };
    HTML(out, "<td");
    if (row->path_len > PATH_MOST) { /* the whole address is in the data */
        HTML(out, " title=\"");
        html_text_cut(out, (struct har_text){index->paths.data + row->path, row->path_len}, 1000);
        HTML(out, "\"");
    }
    HTML(out, ">");
    html_put_address(index, row, PATH_MOST, out);
}

/* What HTML allows to leave out is: end tags of cells, quotes around constants. A capture of 40 requests is mostly this. */
static void put_row(const struct html_index *index, size_t number, struct json_out *out)
{
    const struct html_row *row = &index->row[index->order[number]];
    HTML(out, "<tr id=\"e");
    html_number(out, (int64_t)number + 1);
    HTML(out, "\"");
    if (row->flags & HTML_ROW_FAILED)
        HTML(out, " class=\"failed\"");
    else if (row->flags & HTML_ROW_REDIRECT)
        HTML(out, " class=\"redirect\"");
    HTML(out, "><td align=right>");
    html_number(out, (int64_t)number + 1);
    HTML(out, "<td>");
    put_badge(index, row, out);
    HTML(out, "<td>");
    html_text_cut(out, html_index_word(index, HTML_METHODS, row->method), 20);
    put_status(row, out);
    put_url(index, row, out);
    HTML(out, "<td>");
    html_string(out, html_type_name((enum html_type)row->type));
    HTML(out, "<td align=right nowrap>");
    html_bytes(out, row->size);
    HTML(out, "<td align=right nowrap>");
    html_time(out, row->time == HTML_UNTIMED ? -1 : row->time / 10.0);
    HTML(out, "<td>");
    html_put_bar(index, row, out);
    HTML(out, "\n");
}

static void begin_table(struct json_out *out)
{
    HTML(out,
         "<div class=\"chunk\"><table class=\"rows\" width=\"100%\" cellpadding=\"3\">\n"
         "<colgroup><col width=\"46\"><col width=\"72\"><col width=\"66\"><col width=\"52\"><col><col width=\"80\">"
         "<col width=\"72\"><col width=\"76\"><col width=\"254\"></colgroup>\n"
         "<thead><tr><th scope=\"col\" class=\"number\" align=\"right\">#</th><th scope=\"col\" align=\"left\">found</th><th "
         "scope=\"col\" align=\"left\">method</th>"
         "<th scope=\"col\" align=\"left\">status</th><th scope=\"col\" align=\"left\">address</th><th scope=\"col\" "
         "align=\"left\">type</th>"
         "<th scope=\"col\" class=\"number\" align=\"right\">size</th><th scope=\"col\" class=\"number\" align=\"right\">time</th>"
         "<th scope=\"col\" align=\"left\">waterfall</th></tr></thead>\n<tbody>\n");
}

void html_put_rows(const struct html *html, struct json_out *out)
{
    const struct html_index *index = &html->index;
    const size_t count = html->options.static_rows < index->count ? (size_t)html->options.static_rows : index->count;
    HTML(out, "<div id=\"rows\">\n");
    if (count)
        html_put_legend(index, out);
    for (size_t i = 0; i < count; i++) {
        if (i % HTML_CHUNK_ROWS == 0)
            begin_table(out);
        put_row(index, i, out);
        if ((i + 1) % HTML_CHUNK_ROWS == 0 || i + 1 == count)
            HTML(out, "</tbody></table></div>\n");
    }
    if (!index->count)
        HTML(out, "<p>There are no requests in this capture.</p>\n");
    /* The script takes this line away. */
    HTML(
        out,
        "<p>Sorting, the filter and details need JavaScript. Where it is on and this line stays, the host of this file forbids it, "
        "or the file was cut off: the script stands at its end.</p>\n");
    HTML(out, "</div>\n");
    if (count < index->count) {
        HTML(out, "<p id=\"more\">");
        html_count(out, index->count - count);
        if (count)
            HTML(out, " more");
        if (index->count - count == 1)
            HTML(out, " request needs");
        else
            HTML(out, " requests need");
        HTML(out, " JavaScript, or <code>--static-rows all</code> when the report is made.</p>\n");
    }
}
