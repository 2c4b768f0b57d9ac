/* harmill rules: the rules, or one of them explained. */
#include <string.h>

#include "cli/cli.h"
#include "cli/table.h"
#include "cli/complain.h"

#define RULES_MAX HAR_MIB

enum {
    WIDTH = 79,
    LABEL = 12,    /* columns of "Written by: " */
    ID_LEAST = 24, /* columns of the ids in the list */
};

static void append_member(struct har_buffer *out, const char *name, const char *text, const char *behind)
{
    har_buffer_printf(out, "\"%s\": \"", name);
    har_buffer_append_json(out, text, strlen(text));
    har_buffer_printf(out, "\"%s", behind);
}

static void append_json(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_append_char(out, '{');
    append_member(out, "id", rule->id, ", ");
    append_member(out, "level", har_level_name(rule->level), ", ");
    append_member(out, "source", rule->source, ", ");
    append_member(out, "title", rule->title, ", ");
    append_member(out, "text", rule->text, ", ");
    append_member(out, "group", har_rule_group_name(rule->group), ", ");
    append_member(out, "strict", har_level_name(rule->strict), ", ");
    append_member(out, "seen", rule->seen, ", ");
    append_member(out, "bad", rule->bad, ", ");
    append_member(out, "good", rule->good, ", ");
    append_member(out, "mend", rule->mend, "}");
}

static void append_json_list(struct har_buffer *out)
{
    har_buffer_append_text(out, "[\n");
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        har_buffer_append_text(out, i > 0 ? ",\n  " : "  ");
        append_json(out, har_rule_info((enum har_rule)i));
    }
    har_buffer_append_text(out, "\n]\n");
}

static int id_width(void)
{
    size_t width = ID_LEAST;
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        const size_t len = strlen(har_rule_info((enum har_rule)i)->id);
        width = len + 1 > width ? len + 1 : width;
    }
    return (int)width;
}

/* The groups with their rules: level by default, level in the strict profile, title. */
static void append_list(struct har_buffer *out)
{
    const int width = id_width();
    for (unsigned group = 0; group < HAR_GROUP_COUNT; group++) {
        har_buffer_printf(out, "%s%s:\n", group > 0 ? "\n" : "", har_rule_group_name((enum har_rule_group)group));
        for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
            const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
            if (rule->group == (enum har_rule_group)group)
                har_buffer_printf(out, "  %-*s%-8s %-8s %s\n", width, rule->id, har_level_name(rule->level),
                                  har_level_name(rule->strict), rule->title);
        }
    }
}

/* What has no text is left out. */
static void append_labelled(struct har_buffer *out, const char *label, const char *text,
                            void (*append)(struct har_buffer *out, const char *text, size_t width, size_t indent))
{
    if (!*text)
        return;
    har_buffer_printf(out, "%-*s", LABEL, label);
    append(out, text, WIDTH, LABEL);
}

static void append_explanation(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_printf(out, "%s: %s\n\n", rule->id, rule->title);
    if (*rule->text) {
        table_append_wrapped(out, rule->text, WIDTH, 0);
        har_buffer_append_char(out, '\n');
    }
    har_buffer_printf(out, "%-*s%s (another: --rule %s=LEVEL)\n", LABEL, "Level:", har_level_name(rule->level), rule->id);
    append_labelled(out, "Strict:", har_level_name(rule->strict), table_append_wrapped);
    append_labelled(out, "Group:", har_rule_group_name(rule->group), table_append_wrapped);
    append_labelled(out, "Source:", rule->source, table_append_wrapped);
    append_labelled(out, "Written by:", rule->seen, table_append_wrapped);
    append_labelled(out, "Wrong:", rule->bad, table_append_json);
    append_labelled(out, "Right:", rule->good, table_append_json);
    append_labelled(out, "normalize:", rule->mend, table_append_wrapped);
}

enum exit_status rules_run(struct cli *cli)
{
    const struct options *options = &cli->options;
    const char *id = options->operand_count > 0 ? options->operands[0] : NULL;
    enum har_rule rule = (enum har_rule)0;
    struct har_buffer out;
    if (id && !har_rule_find(id, &rule)) {
        words_complain(WORDS_RULE, id);
        return EXIT_USAGE;
    }
    har_buffer_init(&out, RULES_MAX);
    if (!id && options->json)
        append_json_list(&out);
    else if (!id)
        append_list(&out);
    else if (options->json && har_rule_info(rule))
        append_json(&out, har_rule_info(rule));
    else
        append_explanation(&out, har_rule_info(rule));
    if (id && options->json)
        har_buffer_append_char(&out, '\n');
    output_buffer(&cli->out, &out);
    har_buffer_release(&out);
    return EXIT_DONE;
}
