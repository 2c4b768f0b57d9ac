/* Findings by rule, the worst first. */
#include <stdlib.h>

#include "html/page.h"

void html_put_level(enum har_level level, struct json_out *out)
{
    HTML(out, "<span class=\"level ");
    html_string(out, har_level_name(level));
    HTML(out, "\">");
    html_string(out, har_level_name(level));
    HTML(out, "</span>");
}

void html_put_row_link(const struct html_index *index, uint32_t row, struct json_out *out)
{
    const int64_t number = (int64_t)index->number[row] + 1;
    HTML(out, "<a href=\"#e");
    html_number(out, number);
    HTML(out, "\">#");
    html_number(out, number);
    HTML(out, "</a>");
}

static void put_place(const struct html_index *index, const struct html_place *place, struct json_out *out)
{
    HTML(out, "<li>");
    if (place->row != UINT32_MAX) {
        html_put_row_link(index, place->row, out);
        HTML(out, " ");
    }
    if (place->pointer.len) {
        HTML(out, "<code>");
        html_text(out, html_index_text(index, place->pointer));
        HTML(out, "</code> ");
    }
    html_text(out, html_index_text(index, place->message));
    HTML(out, "</li>\n");
}

static void put_rule(const struct html_index *index, const struct html_rule *rule, struct json_out *out)
{
    const struct har_rule_info *info = har_rule_info(rule->rule);
    HTML(out, "<details class=\"rule\"><summary>");
    html_put_level(rule->level, out);
    HTML(out, " <code>");
    html_string(out, info->id);
    HTML(out, "</code> ");
    html_string(out, info->title);
    HTML(out, " <span class=\"count\">");
    html_count(out, rule->count);
    HTML(out, "</span></summary>\n<p>");
    html_string(out, info->text);
    HTML(out, " <small>");
    html_string(out, info->source);
    HTML(out, "</small></p>\n<ul class=\"places\">\n");
    for (size_t i = 0; i < rule->places; i++)
        put_place(index, &rule->place[i], out);
    HTML(out, "</ul>\n");
    if (rule->count > rule->places) {
        HTML(out, "<p class=\"more\" data-filter=\"rule:");
        html_string(out, info->id);
        HTML(out, "\">and ");
        html_count(out, rule->count - rule->places);
        HTML(out, " more</p>\n");
    }
    HTML(out, "</details>\n");
}

/* Worst first, then the most frequent, then the first. */
static bool is_before(const struct html_rule *a, const struct html_rule *b)
{
    if (a->level != b->level)
        return a->level > b->level;
    return a->count > b->count;
}

/* Numbers of the rules in the order in which they are shown: there are few. */
static size_t sort_rules(const struct html_index *index, uint16_t order[HAR_RULE_COUNT])
{
    for (size_t i = 0; i < index->rules; i++) {
        size_t at = i;
        for (; at && is_before(&index->rule[i], &index->rule[order[at - 1]]); at--)
            order[at] = order[at - 1];
        order[at] = (uint16_t)i;
    }
    return index->rules;
}

void html_put_findings(const struct html *html, struct json_out *out)
{
    const struct html_index *index = &html->index;
    uint16_t order[HAR_RULE_COUNT] = {0};
    const size_t count = sort_rules(index, order);
    bool infos = false;
    if (!count)
        return;
    HTML(out, "<section id=\"findings\">\n<h2>Findings</h2>\n");
    for (size_t i = 0; i < count; i++) {
        const struct html_rule *rule = &index->rule[order[i]];
        if (rule->level == HAR_LEVEL_INFO && !infos) {
            infos = true;
            HTML(out, "<details class=\"infos\"><summary>");
            html_counted(out, index->level[HAR_LEVEL_INFO], "info");
            HTML(out, ": common habits of producers, which other programs mostly cope with</summary>\n");
        }
        put_rule(index, rule, out);
    }
    if (infos)
        HTML(out, "</details>\n");
    HTML(out, "</section>\n");
}
