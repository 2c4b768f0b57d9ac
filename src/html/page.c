/* The whole file but for its chunks, from doctype to the end. */
#include "html/page.h"

#include "html/web.h"

/* The first element behind the charset: nothing that stands before it could be executed. */
static void put_policy(struct json_out *out)
{
    HTML(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-");
    html_string(out, html_web_script_hash);
    HTML(out, "'; style-src 'sha256-");
    html_string(out, html_web_css_hash);
    HTML(out, "'; img-src data: blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
              "trusted-types 'none'\">\n");
}

static void put_top(const struct html *html, struct json_out *out)
{
    char storage[HTML_TITLE_STORAGE];
    HTML(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put_policy(out);
    HTML(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"robots\" content=\"noindex\">\n<title>");
    html_text_cut(out, html_title(html, storage), 300);
    HTML(out, "</title>\n<style>");
    json_out_text(out, html_web_css, html_web_css_len);
    HTML(out, "</style>\n</head>\n<body>\n");
}

static void put_used_options(const struct html *html, struct json_out *out)
{
    const struct html_options *options = &html->options;
    HTML(out, "<code>--bodies ");
    html_string(out, html_bodies_name(options->bodies));
    if (!html->redaction)
        HTML(out, " --no-redact");
    if (options->all_custom)
        HTML(out, " --custom all");
    if (options->links)
        HTML(out, " --links");
    HTML(out, " --static-rows ");
    if (options->static_rows == UINT64_MAX)
        HTML(out, "all");
    else
        html_number(out, (int64_t)options->static_rows);
    HTML(out, "</code>");
}

static void put_footer(const struct html *html, struct json_out *out)
{
    const struct html_index *index = &html->index;
    HTML(out, "<footer>\n<p>Made by harmill ");
    html_string(out, har_version());
    HTML(out, " with ");
    put_used_options(html, out);
    HTML(out, ".</p>\n");
    if (index->sources == 1) {
        HTML(out, "<p>From <bdi>");
        html_text_cut(out, html_index_source_name(index, 0), 300);
        HTML(out, "</bdi>");
        if (index->source[0].ended) {
            HTML(out, ", ");
            html_counted(out, index->source[0].bytes, "byte");
            HTML(out, ", SHA-256 <code>");
            html_put_sha256(index->source[0].sha256, out);
            HTML(out, "</code>");
        }
        HTML(out, ".</p>\n");
    }
    if (html->redaction)
        HTML(out, "<p>Secrets are found by rules, which cannot know them all; personal data is as captured. Look through this file "
                  "before you pass it on.</p>\n");
    if (html->options.links)
        HTML(out, "<p>It loads nothing by itself; an address that is clicked is asked for once more.");
    else
        HTML(out, "<p>It loads nothing and sends nothing.");
    HTML(out, " Times are UTC.</p>\n</footer>\n");
}

enum har_status html_put_head(struct html *html, struct har_error *error)
{
    struct json_out out = {.sink = html->sink, .section = HAR_SECTION_HEAD, .error = error};
    struct html_totals totals;
    har_buffer_init(&out.buffer, SIZE_MAX / 2);
    if (!html_totals_make(&totals, &html->index)) {
        html_totals_release(&totals);
        return har_error_memory(error);
    }
    put_top(html, &out);
    html_put_facts(html, &totals, &out);
    HTML(&out, "<main>\n");
    html_put_notes(html, &out);
    html_put_findings(html, &out);
    html_put_summary(html, &totals, &out);
    html_put_pages(html, &out);
    html_put_sources(html, &out);
    HTML(&out, "<section id=\"requests\">\n<h2>Requests</h2>\n");
    json_out_text(&out, html_web_app, html_web_app_len);
    html_put_rows(html, &out);
    HTML(&out, "</section>\n</main>\n");
    put_footer(html, &out);
    json_out_flush(&out);
    html_totals_release(&totals);
    har_buffer_release(&out.buffer);
    return out.status;
}

enum har_status html_put_tail(struct html *html, struct har_error *error)
{
    struct json_out out = {.sink = html->sink, .section = HAR_SECTION_TAIL, .error = error};
    har_buffer_init(&out.buffer, SIZE_MAX / 2);
    html_put_log(html, &out);
    html_put_index(html, &out);
    html_put_found(html, &out);
    HTML(&out, "<script>");
    json_out_text(&out, html_web_script, html_web_script_len);
    HTML(&out, "</script>\n</body>\n</html>\n");
    json_out_flush(&out);
    har_buffer_release(&out.buffer);
    return out.status;
}
