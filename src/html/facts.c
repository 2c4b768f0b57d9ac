/* The header: which capture this is, and its figures. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "html/page.h"

struct har_text html_title(const struct html *html, char storage[HTML_TITLE_STORAGE])
{
    enum { NAME_MOST = 250 }; /* where a part stands behind it */
    const struct html_index *index = &html->index;
    const char *given = html->options.title;
    int len;
    if (given || index->sources == 1) {
        const struct har_text name = given ? (struct har_text){given, strlen(given)} : html_index_source_name(index, 0);
        if (!html->part)
            return name;
        len = snprintf(storage, HTML_TITLE_STORAGE, "%.*s, part %" PRIu64, (int)html_cut(name, NAME_MOST), name.bytes, html->part);
    } else {
        len = snprintf(storage, HTML_TITLE_STORAGE, "%zu captures", index->sources);
    }
    return (struct har_text){storage, (size_t)len};
}

static void begin_fact(struct json_out *out, const char *name)
{
    HTML(out, "<div><dt>");
    html_string(out, name);
    HTML(out, "</dt> <dd>");
}

static void end_fact(struct json_out *out)
{
    HTML(out, "</dd></div>\n");
}

static void put_maker(const struct html_index *index, const struct html_maker *maker, const char *name, struct json_out *out)
{
    if (!maker->name.len)
        return;
    begin_fact(out, name);
    html_text_cut(out, html_index_text(index, maker->name), 100);
    if (maker->version.len) {
        HTML(out, " ");
        html_text_cut(out, html_index_text(index, maker->version), 50);
    }
    end_fact(out);
}

static void put_span(const struct html_index *index, const struct html_totals *totals, struct json_out *out)
{
    begin_fact(out, "Start");
    if (index->start == HTML_UNDATED) {
        HTML(out, "not known");
    } else {
        HTML(out, "<time datetime=\"");
        html_date(out, index->start, true);
        HTML(out, "\">");
        html_date(out, index->start, false);
        HTML(out, "</time>");
    }
    end_fact(out);
    begin_fact(out, "Duration");
    html_time(out, index->start == HTML_UNDATED ? -1 : (double)index->duration / 10);
    if (totals->dated < index->count && totals->dated) {
        HTML(out, " (");
        html_counted(out, index->count - totals->dated, "request");
        HTML(out, " without a date)");
    }
    end_fact(out);
}

static void put_sizes(const struct html_totals *totals, struct json_out *out)
{
    begin_fact(out, "Transferred");
    html_bytes(out, totals->wire_known ? (int64_t)totals->all.bytes : -1);
    end_fact(out);
    begin_fact(out, "Uncompressed");
    html_bytes(out, totals->content_known ? (int64_t)totals->content : -1);
    end_fact(out);
}

void html_put_facts(const struct html *html, const struct html_totals *totals, struct json_out *out)
{
    char storage[HTML_TITLE_STORAGE];
    const struct html_index *index = &html->index;
    HTML(out, "<header id=\"top\">\n<h1>");
    html_text_cut(out, html_title(html, storage), 300);
    HTML(out, "</h1>\n<div id=\"actions\" hidden></div>\n");
    if (index->pages == 1 && index->page[0].title.len) {
        HTML(out, "<p class=\"sub\"><bdi>");
        html_text_cut(out, html_index_text(index, index->page[0].title), 300);
        HTML(out, "</bdi></p>\n");
    }
    HTML(out, "<dl class=\"facts\">\n");
    put_maker(index, &index->creator, "Recorded by", out);
    put_maker(index, &index->browser, "Browser", out);
    put_span(index, totals, out);
    begin_fact(out, "Requests");
    html_count(out, index->count + index->cut);
    end_fact(out);
    put_sizes(totals, out);
    begin_fact(out, "Failed");
    html_count(out, totals->failed);
    end_fact(out);
    begin_fact(out, "Pages");
    html_count(out, index->pages);
    end_fact(out);
    HTML(out, "</dl>\n</header>\n");
}
