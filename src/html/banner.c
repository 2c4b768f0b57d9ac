/* What somebody must know before reading on or passing the file on. */
#include "html/page.h"

static void begin_note(struct json_out *out, const char *level)
{
    HTML(out, "<li class=\"note ");
    html_string(out, level);
    HTML(out, "\">");
}

static void end_note(struct json_out *out)
{
    HTML(out, "</li>\n");
}

/* "12 errors, 3 warnings and 40 infos" */
static void put_verdict(const struct html_index *index, struct json_out *out)
{
    const uint64_t errors = index->level[HAR_LEVEL_ERROR], warnings = index->level[HAR_LEVEL_WARNING],
                   infos = index->level[HAR_LEVEL_INFO];
    begin_note(out, errors ? "error" : warnings ? "warning" : infos ? "info" : "ok");
    if (!errors && !warnings && !infos) {
        HTML(out, "<strong>No findings</strong>: the capture is what the HAR specification asks for.");
    } else {
        HTML(out, "<a href=\"#findings\"><strong>");
        for (int level = HAR_LEVEL_ERROR, told = 0; level > HAR_LEVEL_OFF; level--) {
            if (!index->level[level])
                continue;
            if (told++)
                HTML(out, ", ");
            html_counted(out, index->level[level], har_level_name((enum har_level)level));
        }
        HTML(out, "</strong></a> about the capture file itself, not about the site.");
    }
    end_note(out);
}

/* What was looked at is said together with what was not. */
static void put_redaction(const struct html *html, struct json_out *out)
{
    const struct html_left *left = &html->left;
    const bool bodies = html->options.bodies != HTML_BODIES_NONE;
    if (html->options.no_redact) {
        begin_note(out, "error");
        HTML(out, "<strong>Nothing was left out for safety</strong>: cookies, passwords and tokens are in this file as captured. "
                  "Who has the file can use them.");
        end_note(out);
        return;
    }
    begin_note(out, "warning");
    if (left->headers || left->cookies) {
        HTML(out, "<strong>Left out</strong>: the values of ");
        html_counted(out, left->headers, "header");
        HTML(out, " and ");
        html_counted(out, left->cookies, "cookie");
        HTML(out, " (Authorization, Proxy-Authorization, Cookie, Set-Cookie). ");
    } else {
        HTML(out,
             "There were no values of Authorization, Proxy-Authorization, Cookie and Set-Cookie headers and of cookies to leave "
             "out. ");
    }
    HTML(out, "Nothing else was searched for secrets: addresses, query strings");
    if (html->options.all_custom)
        HTML(out, ", custom members");
    if (bodies)
        HTML(out, ", other headers and bodies are as captured.");
    else
        HTML(out, " and other headers are as captured.");
    end_note(out);
}

static void put_bodies(const struct html *html, struct json_out *out)
{
    const struct html_left *left = &html->left;
    if (!left->bodies)
        return;
    begin_note(out, "info");
    if (html->options.bodies == HTML_BODIES_NONE)
        HTML(out, "Bodies are not in this report (");
    else
        HTML(out, "Not all bodies are in this report (left out: ");
    html_counted(out, left->bodies, "text");
    HTML(out, " of responses, requests and messages, ");
    html_bytes(out, (int64_t)left->body_bytes);
    HTML(out, ").");
    end_note(out);
}

static void put_custom(const struct html *html, struct json_out *out)
{
    if (!html->left.custom)
        return;
    begin_note(out, "info");
    html_counted(out, html->left.custom, "custom member");
    HTML(out, " (their names begin with an underscore) that this report does not show ");
    if (html->left.custom == 1)
        HTML(out, "is not in it.");
    else
        HTML(out, "are not in it.");
    end_note(out);
}

static void put_bound(const struct html_index *index, struct json_out *out)
{
    if (!index->cut && !index->unkept)
        return;
    begin_note(out, "error");
    HTML(out, "<strong>Incomplete</strong>: ");
    if (index->cut) {
        html_counted(out, index->cut, "request");
        HTML(out, " at the end ");
    }
    if (index->cut && index->unkept)
        HTML(out, "and ");
    if (index->unkept) {
        html_counted(out, index->unkept, "finding");
        HTML(out, ", only counted, ");
    }
    HTML(out, "did not fit into <code>--max-report-bytes</code>.");
    end_note(out);
}

void html_put_notes(const struct html *html, struct json_out *out)
{
    HTML(out, "<ul class=\"notes\" aria-label=\"Notes\">\n");
    put_bound(&html->index, out);
    put_redaction(html, out);
    put_verdict(&html->index, out);
    put_bodies(html, out);
    put_custom(html, out);
    HTML(out, "</ul>\n");
}
