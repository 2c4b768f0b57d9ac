/* Pages of the capture, and the inputs when there are several. */
#include "html/page.h"

/* `texts`: a bit for each column that holds texts, all others hold numbers. */
static void begin_table(struct json_out *out, const char *const *heads, unsigned texts)
{
    HTML(out, "<table cellpadding=\"3\">\n<thead><tr>");
    for (; *heads; heads++, texts >>= 1) {
        if (texts & 1)
            HTML(out, "<th scope=\"col\" align=\"left\">");
        else
            HTML(out, "<th scope=\"col\" class=\"number\" align=\"right\">");
        html_string(out, *heads);
        HTML(out, "</th>");
    }
    HTML(out, "</tr></thead>\n<tbody>\n");
}

static void begin_number(struct json_out *out)
{
    HTML(out, "</td><td class=\"number\" align=\"right\">");
}

static void put_page(const struct html_index *index, const struct html_page *page, struct json_out *out)
{
    HTML(out, "<tr><td><bdi>");
    html_text_cut(out, html_index_text(index, page->title.len ? page->title : page->id), 120);
    HTML(out, "</bdi></td><td><bdi>");
    html_text_cut(out, html_index_text(index, page->id), 60);
    HTML(out, "</bdi>");
    begin_number(out);
    if (page->at == HTML_UNDATED || index->start == HTML_UNDATED) {
        HTML(out, "\xe2\x80\x93");
    } else {
        const int64_t after = page->at - index->start;
        if (after < 0)
            HTML(out, "-");
        html_time(out, (double)(after < 0 ? -after : after) / 10);
    }
    begin_number(out);
    html_time(out, page->content_load);
    begin_number(out);
    html_time(out, page->load);
    begin_number(out);
    html_count(out, page->rows);
    begin_number(out);
    html_bytes(out, (int64_t)page->bytes);
    HTML(out, "</td></tr>\n");
}

static void put_orphans(const struct html_index *index, struct json_out *out)
{
    struct html_sum orphans = {0, 0};
    for (size_t i = 0; i < index->count; i++)
        if (index->row[i].page < 0) {
            orphans.requests++;
            orphans.bytes += index->row[i].wire > 0 ? (uint64_t)index->row[i].wire : 0;
        }
    if (!orphans.requests)
        return;
    HTML(out, "<tr><td>no page</td><td></td><td></td><td></td><td>");
    begin_number(out);
    html_count(out, orphans.requests);
    begin_number(out);
    html_bytes(out, (int64_t)orphans.bytes);
    HTML(out, "</td></tr>\n");
}

void html_put_pages(const struct html *html, struct json_out *out)
{
    enum { SHOWN = 15 };
    enum { PAGE = 1, ID = 2 };
    static const char *const heads[] = {"page", "id", "start", "onContentLoad", "onLoad", "requests", "received", NULL};
    const struct html_index *index = &html->index;
    if (!index->pages)
        return;
    HTML(out, "<section id=\"pages\">\n<h2>Pages</h2>\n");
    begin_table(out, heads, PAGE | ID);
    for (size_t i = 0; i < index->pages && i < SHOWN; i++)
        put_page(index, &index->page[i], out);
    put_orphans(index, out);
    HTML(out, "</tbody></table>\n");
    if (index->pages > SHOWN) {
        HTML(out, "<p class=\"more\">and ");
        html_count(out, index->pages - SHOWN);
        HTML(out, " more</p>\n");
    }
    HTML(out, "</section>\n");
}

void html_put_sha256(const unsigned char sha256[32], struct json_out *out)
{
    char digits[64];
    for (size_t i = 0; i < 32; i++) {
        digits[2 * i] = "0123456789abcdef"[sha256[i] >> 4];
        digits[2 * i + 1] = "0123456789abcdef"[sha256[i] & 15];
    }
    json_out_text(out, digits, sizeof digits);
}

void html_put_sources(const struct html *html, struct json_out *out)
{
    enum { LISTED = 100 };
    enum { FILE_NAME = 1, HASH = 16 };
    static const char *const heads[] = {"file", "bytes", "requests", "findings", "SHA-256", NULL};
    const struct html_index *index = &html->index;
    if (index->sources < 2)
        return;
    HTML(out, "<section id=\"sources\">\n<h2>Captures</h2>\n");
    begin_table(out, heads, FILE_NAME | HASH);
    for (size_t i = 0; i < index->sources && i < LISTED; i++) {
        const struct html_source *source = &index->source[i];
        HTML(out, "<tr><td><bdi>");
        html_text_cut(out, html_index_source_name(index, i), 200);
        HTML(out, "</bdi>");
        begin_number(out);
        if (source->ended)
            html_count(out, source->bytes);
        begin_number(out);
        html_count(out, source->rows);
        begin_number(out);
        html_count(out, source->findings);
        HTML(out, "</td><td><code>");
        if (source->ended)
            html_put_sha256(source->sha256, out);
        HTML(out, "</code></td></tr>\n");
    }
    HTML(out, "</tbody></table>\n");
    if (index->sources > LISTED) {
        HTML(out, "<p class=\"more\">and ");
        html_count(out, index->sources - LISTED);
        HTML(out, " more</p>\n");
    }
    HTML(out, "</section>\n");
}
