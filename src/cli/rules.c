/* harmill rules: the rules, or one of them explained. */
#include <string.h>

#include "cli/cli.h"
#include "cli/table.h"
#include "cli/complain.h"

#define RULES_MAX HAR_MIB

enum { WIDTH = 79 };

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
    append_member(out, "text", rule->text, "}");
}

static void append_list(struct har_buffer *out, bool json)
{
    har_buffer_append_text(out, json ? "[\n" : "");
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
        if (json) {
            har_buffer_append_text(out, i > 0 ? ",\n  " : "  ");
            append_json(out, rule);
        } else {
            har_buffer_printf(out, "%-24s%-9s%s\n", rule->id, har_level_name(rule->level), rule->title);
        }
    }
    har_buffer_append_text(out, json ? "\n]\n" : "");
}

static void append_explanation(struct har_buffer *out, const struct har_rule_info *rule)
{
    har_buffer_printf(out, "%s: %s\n\n", rule->id, rule->title);
    table_append_wrapped(out, rule->text, WIDTH, 0);
    har_buffer_printf(out, "\nLevel:  %s (another: --rule %s=LEVEL)\nSource: %s\n", har_level_name(rule->level), rule->id,
                      rule->source);
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
    if (!id)
        append_list(&out, options->json);
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
