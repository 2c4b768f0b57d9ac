/* Parts of harmill(1), from the program's own tables. */
#include <ctype.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/table.h"
#include "tools/gen.h"

/* Backslashes are doubled, dashes are real ones. */
void gen_roff(struct har_buffer *out, const char *text)
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

void gen_roff_literal(struct har_buffer *out, const char *text)
{
    static const char special[] = "\\-'`^~";
    static const char *const spelled[] = {"\\e", "\\-", "\\(aq", "\\(ga", "\\(ha", "\\(ti"};
    if (*text == '.')
        har_buffer_append_text(out, "\\&");
    for (; *text; text++) {
        const char *found = strchr(special, *text);
        if (found)
            har_buffer_append_text(out, spelled[found - special]);
        else
            har_buffer_append_char(out, *text);
    }
}

void gen_sentences(struct har_buffer *out, const char *text)
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
        gen_roff(out, sentence ? sentence : "");
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
        if (option_may_lack(row)) { /* "[=N]" */
            const char *argument = row->argument + strlen("[=");
            har_buffer_printf(out, " Ns Op = Ns Ar %.*s", (int)strcspn(argument, "]"), argument);
        } else {
            har_buffer_append_text(out, " Ar ");
            gen_roff(out, row->argument);
        }
    }
    har_buffer_append_char(out, '\n');

    table_append_sentence(&sentence, row);
    if (sentence.len > 0)
        sentence.data[0] = (char)toupper((unsigned char)sentence.data[0]);
    har_buffer_append_char(&sentence, '.');
    const char *text = har_buffer_string(&sentence);
    gen_sentences(out, text ? text : "");
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

void gen_options(struct har_buffer *out)
{
    for (size_t group = 0; group < GROUP_COUNT; group++) {
        har_buffer_printf(out, ".Ss %s\n", option_group_title((enum option_group)group));
        if (group == GROUP_BOUNDS)
            har_buffer_append_text(out, "What passes a bound is a finding, never a crash.\n"
                                        "A number may end in K, M or G, for powers of 1024.\n");
        if (group == GROUP_CLOUDFLARE)
            har_buffer_append_text(out, "These are for inputs from the network.\n"
                                        "A time is a number of seconds, or one that ends in ms, s, m or h.\n");
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

void gen_commands(struct har_buffer *out)
{
    har_buffer_append_text(out, ".Bl -tag -width Ds\n");
    for (const struct command *command = commands; command->name; command++) {
        har_buffer_printf(out, ".It Cm %s Oo Ar option ... Oc%s", command->name, *command->operands ? " " : "\n");
        append_operands(out, command->operands);
        gen_sentences(out, command->text);
    }
    har_buffer_append_text(out, ".El\n");
}

void gen_synopsis(struct har_buffer *out)
{
    for (const struct command *command = commands; command->name; command++) {
        har_buffer_printf(out, ".Nm\n.Cm %s\n.Op Ar option ...\n%s", command->name, *command->operands ? "." : "");
        append_operands(out, command->operands);
    }
}

void gen_examples(struct har_buffer *out)
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

void gen_inputs(struct har_buffer *out)
{
    gen_sentences(out, command_inputs_text);
}
