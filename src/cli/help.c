/* Help on the program and on its commands, from the tables. */
#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/complain.h"
#include "cli/table.h"

#define HELP_MAX HAR_MIB

enum { WIDTH = 79, COLUMN = 26 };

static const char exit_text[] =
    "Exit status: 0 done, 1 findings or changes that were asked for, 2 wrong usage, 3 could not do the job.";

static void append_option(struct har_buffer *out, const struct option_row *row)
{
    size_t start = out->len;
    if (row->letter)
        har_buffer_printf(out, "  -%c, --%s", row->letter, row->name);
    else
        har_buffer_printf(out, "      --%s", row->name);
    if (row->argument)
        har_buffer_printf(out, option_may_lack(row) ? "%s" : " %s", row->argument);
    size_t len = out->len - start;
    if (len + 2 > COLUMN)
        har_buffer_printf(out, "\n%*s", COLUMN, "");
    else
        har_buffer_printf(out, "%*s", (int)(COLUMN - len), "");
    table_append_summary(out, row, WIDTH, COLUMN);
}

static void append_options(struct har_buffer *out, const struct command *command)
{
    for (size_t group = 0; group < GROUP_COUNT; group++) {
        static const char *const notes[GROUP_COUNT] = {
            [GROUP_BOUNDS] = " (N may end in K, M or G)",
            [GROUP_CLOUDFLARE] = " (TIME in seconds, or 500ms, 30s, 5m, 1h)",
        };
        bool any = false;
        for (const struct option_row *row = option_rows; row->name; row++) {
            if (row->group != (enum option_group)group || !(row->commands & command->bit))
                continue;
            if (!any)
                har_buffer_printf(out, "\n%s%s:\n", option_group_title((enum option_group)group), notes[group] ? notes[group] : "");
            any = true;
            append_option(out, row);
        }
    }
}

static void append_examples(struct har_buffer *out, const char *examples)
{
    har_buffer_append_text(out, "\nExamples:\n");
    while (examples && *examples) {
        size_t line = strcspn(examples, "\n"), command = strcspn(examples, "\t");
        har_buffer_printf(out, "  %.*s\n      %.*s\n", (int)command, examples, (int)(line - command - 1), examples + command + 1);
        examples += line;
        examples += *examples == '\n';
    }
}

static void append_command(struct har_buffer *out, const struct command *command)
{
    har_buffer_printf(out, "Usage: harmill %s [OPTION]...%s%s\n\n", command->name, *command->operands ? " " : "",
                      command->operands);
    table_append_wrapped(out, command->text, WIDTH, 0);
    if (command->complete == WORDS_INPUT) {
        har_buffer_append_char(out, '\n');
        table_append_wrapped(out, command_inputs_text, WIDTH, 0);
    }
    append_options(out, command);
    append_examples(out, command->examples);
    har_buffer_append_char(out, '\n');
    table_append_wrapped(out, exit_text, WIDTH, 0);
}

static void append_program(struct har_buffer *out)
{
    har_buffer_append_text(out, "Usage: harmill COMMAND [OPTION]... [ARGUMENT]...\n\n");
    table_append_wrapped(
        out, "Reads HTTP Archives (HAR), says what is wrong with them, and writes them in the form that somebody needs.", WIDTH, 0);
    har_buffer_append_text(out, "\nCommands:\n");
    for (const struct command *command = commands; command->name; command++)
        har_buffer_printf(out, "  %-12s%s\n", command->name, command->summary);
    har_buffer_append_text(out, "\n'harmill help COMMAND' explains a command, 'harmill --version' names the version.\n");
    table_append_wrapped(out, exit_text, WIDTH, 0);
}

bool help_print(FILE *file, const struct command *command)
{
    struct har_buffer out;
    har_buffer_init(&out, HELP_MAX);
    if (command)
        append_command(&out, command);
    else
        append_program(&out);
    if (out.failed)
        complain("out of memory");
    else
        fwrite(out.data, 1, out.len, file);
    bool whole = !out.failed;
    har_buffer_release(&out);
    return whole;
}

enum exit_status help_run(struct cli *cli)
{
    const char *name = cli->options.operand_count > 0 ? cli->options.operands[0] : NULL;
    const struct command *command = name ? command_find(name) : NULL;
    if (name && !command) {
        words_complain(WORDS_COMMAND, name);
        return EXIT_USAGE;
    }
    return help_print(stdout, command) ? EXIT_DONE : EXIT_TROUBLE;
}
