/* Reads a command line by the table of options. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/complain.h"

bool options_init(struct options *options, int argc)
{
    *options = (struct options){.show = HAR_LEVEL_WARNING, .fail_on = HAR_LEVEL_ERROR, .most = 3};
    options->settings = har_settings_new();
    options->operands = calloc((size_t)argc + 1, sizeof(*options->operands));
    return options->settings && options->operands;
}

void options_release(struct options *options)
{
    har_settings_free(options->settings);
    free(options->operands);
    options->settings = NULL;
    options->operands = NULL;
}

/* The words that are left. */
struct words_left {
    int argc;
    char **argv;
    int next;
};

/* That of the command, where others have one of the same name. */
static const struct option_row *find_name(const struct command *command, const char *name, size_t len)
{
    const struct option_row *found = NULL;
    for (const struct option_row *row = option_rows; row->name; row++)
        if (strncmp(row->name, name, len) == 0 && row->name[len] == '\0' && (!found || row->commands & command->bit))
            found = row;
    return found;
}

static const struct option_row *find_letter(char letter)
{
    for (const struct option_row *row = option_rows; row->name; row++)
        if (row->letter == letter)
            return row;
    return NULL;
}

static bool complain_unknown(const struct command *command, const char *name, size_t len)
{
    char word[64];
    struct har_suggestion suggestion = {.word = word};
    snprintf(word, sizeof(word), "%.*s", (int)(len < sizeof(word) ? len : sizeof(word) - 1), name);
    for (const struct option_row *row = option_rows; row->name; row++)
        if (row->commands & command->bit)
            har_suggestion_try(&suggestion, row->name);
    if (suggestion.best)
        complain("unknown option '--%s'; did you mean '--%s'?", word, suggestion.best);
    else
        complain("unknown option '--%s'; see: harmill %s --help", word, command->name);
    return false;
}

/* Whether the command has the option that was found. */
static bool belongs(const struct command *command, const struct option_row *row)
{
    if (row->commands & command->bit)
        return true;
    complain("'%s' has no option '--%s'; see: harmill %s --help", command->name, row->name, command->name);
    return false;
}

/* `value` is what stands in the same word, NULL when there is nothing. */
static bool take(struct options *options, const struct option_row *row, const char *value, struct words_left *left)
{
    if (row->argument && !value && !option_may_lack(row)) {
        if (left->next >= left->argc) {
            complain("option '--%s' needs %s", row->name, row->argument);
            return false;
        }
        value = left->argv[left->next++];
    }
    return row->set(options, row, value);
}

static bool parse_long(struct options *options, const struct command *command, const char *word, struct words_left *left)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    const struct option_row *row = find_name(command, name, len);
    if (!row)
        return complain_unknown(command, name, len);
    if (!belongs(command, row))
        return false;
    if (name[len] == '=' && !row->argument) {
        complain("option '--%s' takes no argument", row->name);
        return false;
    }
    return take(options, row, name[len] == '=' ? name + len + 1 : NULL, left);
}

/* Letters may stand in one word; the rest of the word belongs to the first that takes an argument. */
static bool parse_letters(struct options *options, const struct command *command, const char *word, struct words_left *left)
{
    for (const char *letter = word + 1; *letter; letter++) {
        const struct option_row *row = find_letter(*letter);
        if (!row || !(row->commands & command->bit)) {
            complain("'%s' has no option '-%c'; see: harmill %s --help", command->name, *letter, command->name);
            return false;
        }
        bool attached = row->argument && letter[1];
        if (!take(options, row, attached ? letter + 1 : NULL, left))
            return false;
        if (row->argument || options->help || options->version)
            return true;
    }
    return true;
}

static bool check_operands(const struct options *options, const struct command *command)
{
    if (options->operand_count < command->least)
        complain("'%s' needs %s; see: harmill %s --help", command->name, command->operands, command->name);
    else if ((command->most > 0 || !*command->operands) && options->operand_count > command->most)
        complain("'%s' takes no '%s'; see: harmill %s --help", command->name, options->operands[command->most], command->name);
    else
        return true;
    return false;
}

bool options_parse(struct options *options, const struct command *command, int argc, char **argv)
{
    struct words_left left = {.argc = argc, .argv = argv};
    bool only_operands = false;
    while (left.next < left.argc && !options->help && !options->version) {
        char *word = left.argv[left.next++];
        bool done = true;
        if (only_operands || word[0] != '-' || !word[1])
            options->operands[options->operand_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            done = parse_long(options, command, word, &left);
        else
            done = parse_letters(options, command, word, &left);
        if (!done)
            return false;
    }
    if (options->help || options->version)
        return true;
    return check_operands(options, command);
}
