/* The rules, from their rows: for the manuals and for docs/rules.md. */
#include <ctype.h>
#include <string.h>

#include "cli/table.h"
#include "tools/gen.h"

enum { LITERAL_WIDTH = 68 }; /* of examples in a manual, which indents them */

/* Calls `append` for each rule of each group, and `begin` and `end` around the groups. */
static void for_each(struct har_buffer *out, void (*begin)(struct har_buffer *out, const char *group), const char *end,
                     void (*append)(struct har_buffer *out, const struct har_rule_info *rule))
{
    for (unsigned group = 0; group < HAR_GROUP_COUNT; group++) {
        begin(out, har_rule_group_name((enum har_rule_group)group));
        for (unsigned rule = 0; rule < HAR_RULE_COUNT; rule++) {
            const struct har_rule_info *info = har_rule_info((enum har_rule)rule);
            if (info->group == (enum har_rule_group)group)
                append(out, info);
        }
        har_buffer_append_text(out, end);
    }
}

static void begin_list(struct har_buffer *out, const char *group)
{
    har_buffer_printf(out, ".Pp\nThe group\n.Cm %s :\n.Bl -tag -width Ds -compact\n", group);
}

static void append_name(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_printf(out, ".It Cm %s Pq %s\n", rule->id, har_level_name(rule->level));
    gen_roff(out, rule->title);
    har_buffer_append_char(out, '\n');
}

void gen_rule_list(struct har_buffer *out)
{
    for_each(out, begin_list, ".El\n", append_name);
}

static void begin_section(struct har_buffer *out, const char *group)
{
    har_buffer_printf(out, ".Ss Group %s\n.Bl -tag -width Ds\n", group);
}

/* A paragraph that begins with its own word; empty ones are left out. */
static void append_paragraph(struct har_buffer *out, const char *word, const char *text)
{
    if (!*text)
        return;
    har_buffer_printf(out, ".Pp\n.Em %s :\n", word);
    gen_sentences(out, text);
}

static void append_literal(struct har_buffer *out, const char *word, const char *json)
{
    struct har_buffer lines;
    if (!*json)
        return;
    har_buffer_init(&lines, HAR_MIB);
    table_append_json(&lines, json, LITERAL_WIDTH, 0);
    const char *text = har_buffer_string(&lines);
    har_buffer_printf(out, ".Pp\n.Em %s :\n.Bd -literal -offset indent -compact\n", word);
    gen_roff_literal(out, text ? text : "");
    har_buffer_append_text(out, ".Ed\n");
    har_buffer_release(&lines);
}

static void append_rule(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_printf(out, ".It Cm %s\n", rule->id);
    har_buffer_append_char(out, (char)toupper((unsigned char)rule->title[0]));
    gen_roff(out, rule->title + 1);
    har_buffer_printf(out, ".\n.Pq %s; strict: %s; %s\n", har_level_name(rule->level), har_level_name(rule->strict), rule->source);
    if (*rule->text)
        har_buffer_append_text(out, ".Pp\n");
    gen_sentences(out, rule->text);
    append_paragraph(out, "Written by", rule->seen);
    append_literal(out, "Wrong", rule->bad);
    append_literal(out, "Right", rule->good);
    append_paragraph(out, "normalize", rule->mend);
}

void gen_rules(struct har_buffer *out)
{
    for_each(out, begin_section, ".El\n", append_rule);
}

static void begin_table(struct har_buffer *out, const char *group)
{
    har_buffer_printf(out, "\n## Group %s\n\n| rule | level | strict | what | source |\n|---|---|---|---|---|\n", group);
}

static void append_row(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_printf(out, "| [%s](#%s) | %s | %s | %s | %s |\n", rule->id, rule->id, har_level_name(rule->level),
                      har_level_name(rule->strict), rule->title, rule->source);
}

static void begin_nothing(struct har_buffer *out, const char *group)
{
    (void)out;
    (void)group;
}

/* What Markdown would take for its own is escaped. */
static void append_markdown(struct har_buffer *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\*_<>[]`", *text))
            har_buffer_append_char(out, '\\');
        har_buffer_append_char(out, *text);
    }
    har_buffer_append_char(out, '\n');
}

static void append_labelled(struct har_buffer *out, const char *label, const char *text)
{
    if (!*text)
        return;
    har_buffer_printf(out, "\n%s: ", label);
    append_markdown(out, text);
}

static void append_block(struct har_buffer *out, const char *label, const char *json)
{
    if (*json)
        har_buffer_printf(out, "\n%s:\n\n```\n%s\n```\n", label, json);
}

static void append_chapter(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_printf(out, "\n### %s\n\n", rule->id);
    append_markdown(out, rule->text);
    append_labelled(out, "Written by", rule->seen);
    append_block(out, "Wrong", rule->bad);
    append_block(out, "Right", rule->good);
    append_labelled(out, "`harmill normalize`", rule->mend);
}

void gen_rules_page(struct har_buffer *out)
{
    har_buffer_append_text(out,
                           "# Rules\n"
                           "\n"
                           "Generated from the rows of `include/harmill/rules_*.h`; `make regen` writes it anew. The level is the "
                           "default, strict that\n"
                           "of the profile `har-1.2-strict`: the letter of the specification. `--rule RULE=LEVEL` changes a "
                           "level, `--select` and\n"
                           "`--ignore` choose. `harmill rules RULE` and harmill-rules(7) say what stands here.\n");
    for_each(out, begin_table, "", append_row);
    har_buffer_append_text(out, "\n## Each rule\n");
    for_each(out, begin_nothing, "", append_chapter);
}
