/* Prints the generated files of the project: the manual, the completions, the pages of rules and of XML. It is linked with the
 * program's tables, so that none of them can say anything else than the program does. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/harmill.h>

#include "cli/cli.h"
#include "cli/table.h"

#define PAGE_MAX (16 * HAR_MIB)

/* Appends text for mdoc: backslashes are doubled, dashes are real ones, and no line begins with a control character. */
static void append_roff(struct har_buffer *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        har_buffer_append_text(out, "\\&");
    for (; *text; text++) {
        if (*text == '\\')
            har_buffer_append_text(out, "\\e");
        else if (*text == '-' && text[1] == '-')
            har_buffer_append_text(out, "\\-");
        else
            har_buffer_append_char(out, *text);
    }
}

/* Text as sentences, each on a line of its own, which is how mdoc wants them. */
static void append_sentences(struct har_buffer *out, const char *text)
{
    struct har_buffer line;
    har_buffer_init(&line, HAR_MIB);
    while (*text) {
        size_t len = 1;
        while (text[len] && !(strchr(".?!:", text[len - 1]) && text[len] == ' ' && isupper((unsigned char)text[len + 1])) &&
               text[len] != '\n')
            len++;
        har_buffer_clear(&line);
        har_buffer_append(&line, text, len);
        const char *sentence = har_buffer_string(&line);
        append_roff(out, sentence ? sentence : "");
        har_buffer_append_char(out, '\n');
        text += len;
        while (*text == ' ' || *text == '\n') {
            if (text[0] == '\n' && text[1] == '\n')
                har_buffer_append_text(out, ".Pp\n");
            text++;
        }
    }
    har_buffer_release(&line);
}

static void append_option_item(struct har_buffer *out, const struct option_row *row)
{
    struct har_buffer sentence;
    har_buffer_init(&sentence, 4 * HAR_KIB);
    har_buffer_append_text(out, ".It ");
    if (row->letter)
        har_buffer_printf(out, "Fl %c , ", row->letter);
    har_buffer_printf(out, "Fl Fl %s", row->name);
    if (row->argument) {
        har_buffer_append_text(out, " Ar ");
        append_roff(out, row->argument);
    }
    har_buffer_append_char(out, '\n');

    table_append_sentence(&sentence, row);
    if (sentence.len > 0)
        sentence.data[0] = (char)toupper((unsigned char)sentence.data[0]);
    har_buffer_append_char(&sentence, '.');
    const char *text = har_buffer_string(&sentence);
    append_sentences(out, text ? text : "");
    if (row->commands != FOR_READERS && row->commands != FOR_REPORTERS && row->commands != FOR_ALL) {
        const char *separator = "";
        har_buffer_append_char(out, '(');
        for (const struct command *command = commands; command->name; command++) {
            if (row->commands & command->bit) {
                har_buffer_printf(out, "%s%s", separator, command->name);
                separator = ", ";
            }
        }
        har_buffer_append_text(out, " only)\n");
    }
    har_buffer_release(&sentence);
}

static void append_options(struct har_buffer *out)
{
    for (size_t group = 0; group < GROUP_COUNT; group++) {
        har_buffer_printf(out, ".Ss %s\n", option_group_title((enum option_group)group));
        if (group == GROUP_BOUNDS)
            har_buffer_append_text(out, "What passes a bound is a finding, never a crash.\n"
                                        "A number may end in K, M or G, for powers of 1024.\n");
        har_buffer_append_text(out, ".Bl -tag -width Ds\n");
        for (const struct option_row *row = option_rows; row->name; row++)
            if (row->group == (enum option_group)group)
                append_option_item(out, row);
        har_buffer_append_text(out, ".El\n");
    }
}

/* Operands as mdoc arguments: "[INPUT]..." becomes Op Ar INPUT ... */
static void append_operands(struct har_buffer *out, const char *operands)
{
    if (!*operands)
        return;
    bool optional = operands[0] == '[';
    size_t len = strcspn(operands + optional, "].");
    har_buffer_printf(out, "%sAr %.*s", optional ? "Op " : "", (int)len, operands + optional);
    har_buffer_append_text(out, strstr(operands, "...") ? " ...\n" : "\n");
}

static void append_commands(struct har_buffer *out)
{
    har_buffer_append_text(out, ".Bl -tag -width Ds\n");
    for (const struct command *command = commands; command->name; command++) {
        har_buffer_printf(out, ".It Cm %s Oo Ar option ... Oc%s", command->name, *command->operands ? " " : "\n");
        append_operands(out, command->operands);
        append_sentences(out, command->text);
    }
    har_buffer_append_text(out, ".El\n");
}

static void append_synopsis(struct har_buffer *out)
{
    for (const struct command *command = commands; command->name; command++) {
        har_buffer_printf(out, ".Nm\n.Cm %s\n.Op Ar option ...\n%s", command->name, *command->operands ? "." : "");
        append_operands(out, command->operands);
    }
}

static void append_rules(struct har_buffer *out)
{
    har_buffer_append_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
        har_buffer_printf(out, ".It Cm %s Pq %s\n", rule->id, har_level_name(rule->level));
        append_sentences(out, rule->text);
    }
    har_buffer_append_text(out, ".El\n");
}

static void append_examples(struct har_buffer *out)
{
    har_buffer_append_text(out, ".Bl -tag -width Ds\n");
    for (const struct command *command = commands; command->name; command++) {
        const char *line = command->examples;
        while (line && *line) {
            size_t len = strcspn(line, "\n"), tab = strcspn(line, "\t");
            har_buffer_append_text(out, ".It Li \"");
            for (size_t i = 0; i < tab; i++)
                har_buffer_printf(out, line[i] == '-' ? "\\-" : line[i] == '~' ? "\\(ti" : "%c", line[i]);
            har_buffer_printf(out, "\"\n%c%.*s.\n", toupper((unsigned char)line[tab + 1]), (int)(len - tab - 2), line + tab + 2);
            line += len;
            line += *line == '\n';
        }
    }
    har_buffer_append_text(out, ".El\n");
}

static void append_inputs(struct har_buffer *out)
{
    append_sentences(out, command_inputs_text);
}

/* "number", "object or null" */
static void append_types(struct har_buffer *out, const struct har_member *member)
{
    const char *between = "";
    for (unsigned kind = HAR_KIND_OBJECT + 1; kind-- > 0;) {
        const char *name = har_kind_name((enum har_kind)kind);
        if (!(member->types & 1u << kind) || kind == HAR_KIND_FALSE)
            continue;
        har_buffer_printf(out, "%s%s", between, name);
        between = " or ";
    }
}

static bool is_list(const struct har_member *member)
{
    return member->object != HAR_OBJECT_NONE && member->types & 1u << HAR_KIND_ARRAY;
}

/* A link to a heading; what it is called in addresses is lower case. */
static void append_link(struct har_buffer *out, const char *heading)
{
    har_buffer_printf(out, "[%s](#", heading);
    for (; *heading; heading++)
        har_buffer_append_char(out, (char)tolower((unsigned char)*heading));
    har_buffer_append_char(out, ')');
}

/* docs/xml.md: a table of elements for each object. */
static void append_elements(struct har_buffer *out)
{
    static const char *const presence[] = {"required", "optional", "expected", "one of several"};
    for (unsigned object = HAR_OBJECT_ROOT; object < HAR_OBJECT_COUNT; object++) {
        const struct har_object_spec *spec = har_spec_object((enum har_object)object);
        har_buffer_printf(out, "\n### %s\n\n| element | type | in HAR | since | holds |\n|---|---|---|---|---|\n",
                          object == HAR_OBJECT_ROOT ? "har" : spec->name);
        for (size_t row = 0; row < spec->count; row++) {
            const struct har_member *member = &spec->members[row];
            const struct har_object_spec *of = har_spec_object((enum har_object)member->object);
            har_buffer_printf(out, "| `%s` | ", member->name);
            append_types(out, member);
            har_buffer_printf(out, " | %s | ", member->flags & HAR_MEMBER_CUSTOM ? "in no version" : presence[member->presence]);
            if (!(member->flags & HAR_MEMBER_CUSTOM))
                har_buffer_printf(out, "%d.%d", member->since / 10, member->since % 10);
            har_buffer_append_text(out, of && is_list(member) ? " | any number of " : " | ");
            if (of)
                append_link(out, of->name);
            har_buffer_append_text(out, of ? " |\n" : "|\n");
        }
    }
}

/* The same for the manual. */
static void append_xml(struct har_buffer *out)
{
    har_buffer_append_text(out, ".Bl -tag -width Ds\n");
    for (unsigned object = HAR_OBJECT_ROOT; object < HAR_OBJECT_COUNT; object++) {
        const struct har_object_spec *spec = har_spec_object((enum har_object)object);
        har_buffer_printf(out, ".It Li %s\n", object == HAR_OBJECT_ROOT ? "har" : spec->name);
        for (size_t row = 0; row < spec->count; row++) {
            const struct har_member *member = &spec->members[row];
            const struct har_object_spec *of = har_spec_object((enum har_object)member->object);
            har_buffer_printf(out, ".Li %s\n", member->name);
            har_buffer_append_char(out, '(');
            append_types(out, member);
            if (of && strcmp(of->name, member->name) != 0)
                har_buffer_printf(out, is_list(member) ? " of %s" : ": %s", of->name);
            har_buffer_append_text(out, row + 1 < spec->count ? "),\n" : ").\n");
        }
    }
    har_buffer_append_text(out, ".El\n");
}

static const struct {
    const char *name; /* alone on a line of the template, between @ */
    void (*append)(struct har_buffer *out);
} markers[] = {
    {"@synopsis@\n", append_synopsis}, {"@commands@\n", append_commands}, {"@options@\n", append_options},
    {"@rules@\n", append_rules},       {"@examples@\n", append_examples}, {"@inputs@\n", append_inputs},
    {"@elements@\n", append_elements}, {"@xml@\n", append_xml},
};

/* The template with its marker lines replaced. */
static bool append_template(struct har_buffer *out, const char *path)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return false;
    }
    while ((len = getline(&line, &cap, file)) > 0) {
        bool replaced = false;
        for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]) && !replaced; i++) {
            replaced = strcmp(line, markers[i].name) == 0;
            if (replaced)
                markers[i].append(out);
        }
        if (!replaced)
            har_buffer_append(out, line, (size_t)len);
    }
    free(line);
    fclose(file);
    return true;
}

static void append_rules_page(struct har_buffer *out)
{
    har_buffer_append_text(out, "# Rules\n"
                                "\n"
                                "Generated from `include/harmill/rule.h`; `make regen` writes it anew. Levels are the defaults: "
                                "`--rule RULE=LEVEL` changes one,\n"
                                "`--select` and `--ignore` choose. `harmill rules RULE` prints what stands here.\n"
                                "\n"
                                "| rule | level | what | source |\n"
                                "|---|---|---|---|\n");
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
        har_buffer_printf(out, "| [%s](#%s) | %s | %s | %s |\n", rule->id, rule->id, har_level_name(rule->level), rule->title,
                          rule->source);
    }
    for (size_t i = 0; i < HAR_RULE_COUNT; i++) {
        const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
        har_buffer_printf(out, "\n## %s\n\n", rule->id);
        for (const char *text = rule->text; *text; text++) {
            if (strchr("\\*_<>[]`", *text))
                har_buffer_append_char(out, '\\');
            har_buffer_append_char(out, *text);
        }
        har_buffer_append_char(out, '\n');
    }
}

static const char manual_template[] = "src/man/harmill.1.in", xml_template[] = "docs/xml.md.in";

static bool generate(struct har_buffer *out, const char *what)
{
    if (strcmp(what, "man") == 0)
        return append_template(out, manual_template);
    if (strcmp(what, "xml-md") == 0)
        return append_template(out, xml_template);
    if (strcmp(what, "rules-md") == 0) {
        append_rules_page(out);
        return true;
    }
    if (completion_append(out, what))
        return true;
    fputs("usage: gen man|rules-md|xml-md|bash|zsh|fish, in the folder of the project\n", stderr);
    return false;
}

int main(int argc, char **argv)
{
    struct har_buffer out;
    har_buffer_init(&out, PAGE_MAX);
    bool done = generate(&out, argc > 1 ? argv[1] : "") && !out.failed;
    if (done && (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0)) {
        perror("stdout");
        done = false;
    }
    har_buffer_release(&out);
    return done ? 0 : 1;
}
