/* What somebody must know before reading on or passing the file on. */
#include <string.h>

#include <harmill/redact.h>

#include "html/page.h"

enum {
    KINDS_MOST = 64, /* words of tokens that are counted */
    KINDS_TOLD = 6,
};

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

/* Values that were replaced, by the word in their tokens. */
struct kinds {
    struct {
        const char *name, *token; /* the first that stands in the report, or "" */
        uint64_t values;
    } kind[KINDS_MOST];
    size_t count;
};

static void count_kinds(const struct har_redaction *redaction, struct kinds *kinds)
{
    struct har_redact_count count = {.size = sizeof count};
    kinds->count = 0;
    for (size_t i = 0; har_redaction_count(redaction, i, &count); i++) {
        size_t at = 0;
        while (at < kinds->count && strcmp(kinds->kind[at].name, count.kind) != 0)
            at++;
        if (at == KINDS_MOST)
            continue;
        if (at == kinds->count) {
            kinds->kind[kinds->count].name = count.kind;
            kinds->kind[kinds->count].token = "";
            kinds->kind[kinds->count++].values = 0;
        }
        kinds->kind[at].values += count.values;
        if (!*kinds->kind[at].token)
            kinds->kind[at].token = count.token;
    }
}

/* "cookie 120, token 14 and 3 more", the most frequent first. */
static void put_kinds(struct kinds *kinds, struct json_out *out)
{
    size_t told = 0;
    for (; told < kinds->count && told < KINDS_TOLD; told++) {
        size_t best = 0;
        for (size_t i = 1; i < kinds->count; i++)
            if (kinds->kind[i].values > kinds->kind[best].values)
                best = i;
        if (!kinds->kind[best].values)
            break;
        if (told)
            HTML(out, ", ");
        html_string(out, kinds->kind[best].name);
        HTML(out, " ");
        html_count(out, kinds->kind[best].values);
        kinds->kind[best].values = 0;
    }
    if (told < kinds->count) {
        HTML(out, " and ");
        html_count(out, kinds->count - told);
        HTML(out, " more");
    }
}

/* What was replaced, and what was looked for in the file before it got its name. */
static void put_replaced(const struct har_redaction *redaction, const struct har_redact_totals *totals, struct json_out *out)
{
    struct kinds kinds;
    const char *token = "";
    count_kinds(redaction, &kinds);
    for (size_t i = 0; i < kinds.count && !*token; i++)
        token = kinds.kind[i].token;
    HTML(out, "<strong>Redacted</strong>: ");
    html_counted(out, totals->values, "value");
    HTML(out, " of ");
    html_counted(out, kinds.count, "kind");
    HTML(out, " (");
    put_kinds(&kinds, out);
    if (totals->values == 1)
        HTML(out, ") was replaced by a token");
    else
        HTML(out, ") were replaced by tokens");
    if (*token) {
        HTML(out, " such as <code>");
        html_string(out, token);
        HTML(out, "</code>, the same one wherever a value stands");
    }
    HTML(out, ". 0 of ");
    html_counted(out, totals->secrets, "secret");
    if (totals->secrets == 1)
        HTML(out, " was found in this file when it was written.");
    else
        HTML(out, " were found in this file when it was written.");
}

static void put_redaction(const struct html *html, struct json_out *out)
{
    struct har_redact_totals totals = {.size = sizeof totals};
    if (!html->redaction) {
        begin_note(out, "error");
        HTML(out, "<strong>Nothing was redacted</strong>: this file may hold passwords, cookies and tokens of live sessions. "
                  "Who has it can use them. Without <code>--no-redact</code> they are replaced.");
        end_note(out);
        return;
    }
    har_redaction_totals(html->redaction, &totals);
    begin_note(out, totals.unsearched && html->options.bodies != HTML_BODIES_NONE ? "warning" : "ok");
    if (totals.values)
        put_replaced(html->redaction, &totals, out);
    else
        HTML(out, "<strong>Nothing had to be redacted</strong>: no passwords, cookies or tokens were found.");
    if (html->options.bodies == HTML_BODIES_NONE) {
        HTML(out, " Bodies are not included.");
    } else if (totals.unsearched) {
        HTML(out, " <strong>");
        html_count(out, totals.unsearched);
        if (totals.unsearched == 1)
            HTML(out, " body</strong> could not be searched.");
        else
            HTML(out, " bodies</strong> could not be searched.");
    }
    HTML(out, " <code>--no-redact</code> writes the report unredacted.");
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
