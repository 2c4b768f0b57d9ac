/* How options take one of several words: plug-ins, rules, levels. */
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/setters.h"

bool set_color(struct options *options, const struct option_row *row, const char *value)
{
    size_t index = 0;
    if (!words_find(row->complete, value, &index)) {
        words_complain(row->complete, value);
        return false;
    }
    options->color = (enum color_choice)index; /* the words stand in the order of the enum */
    return true;
}

bool set_level(struct options *options, const struct option_row *row, const char *value)
{
    enum har_level level = HAR_LEVEL_OFF;
    if (!words_find(row->complete, value, NULL) || (!har_level_find(value, &level) && strcmp(value, "never") != 0)) {
        words_complain(row->complete, value);
        return false;
    }
    *(enum har_level *)((char *)options + row->field) = level;
    return true;
}

bool set_fail_on(struct options *options, const struct option_row *row, const char *value)
{
    options->fail_on_given = true;
    return set_level(options, row, value);
}

bool set_format(struct options *options, const struct option_row *row, const char *value)
{
    options->format = har_format_find(value);
    if (!options->format)
        words_complain(row->complete, value);
    return options->format != NULL;
}

bool set_writer(struct options *options, const struct option_row *row, const char *value)
{
    options->writer = har_writer_find(value);
    if (!options->writer)
        words_complain(row->complete, value);
    return options->writer != NULL;
}

/* Copies what stands before `end`, which is a name from the command line. NULL when memory is short. */
static char *copy_word(struct options *options, const char *word, const char *end)
{
    char *copy = strndup(word, (size_t)(end - word));
    if (!copy) {
        complain("out of memory");
        options->short_of_memory = true;
    }
    return copy;
}

/* FORMAT or FORMAT:PATH */
bool set_report(struct options *options, const struct option_row *row, const char *value)
{
    if (options->report_count == REPORTS_MOST) {
        complain("option '--%s' can be given %d times", row->name, REPORTS_MOST);
        return false;
    }
    struct report_request *request = &options->reports[options->report_count];
    const char *end = strchrnul(value, ':');
    char *name = copy_word(options, value, end);
    if (!name)
        return false;
    request->report = har_report_find(name);
    request->path = *end && strcmp(end, ":-") != 0 ? end + 1 : NULL;
    if (!request->report)
        words_complain(row->complete, name);
    else if (request->path && !*request->path)
        complain("option '--%s': no path behind the colon", row->name);
    else
        options->report_count++;
    bool done = request->report && !(request->path && !*request->path);
    free(name);
    return done;
}

bool set_profile(struct options *options, const struct option_row *row, const char *value)
{
    options->choice.profile = har_profile_find(value);
    if (!options->choice.profile)
        words_complain(row->complete, value);
    return options->choice.profile != NULL;
}

static bool find_rule(struct options *options, const char *word, const char *end, enum har_rule *rule)
{
    char *id = copy_word(options, word, end);
    bool found = id && har_rule_find(id, rule);
    if (id && !found)
        words_complain(WORDS_RULE, id);
    free(id);
    return found;
}

/* The id of a rule, or the name of a group. */
static bool mark_rules(struct options *options, bool *marks, const char *word, const char *end)
{
    char *id = copy_word(options, word, end);
    bool found = id && har_rule_mark(id, marks);
    if (id && !found)
        words_complain(WORDS_RULES, id);
    free(id);
    return found;
}

/* RULE,GROUP,... marked in an array of bool. */
bool set_rules(struct options *options, const struct option_row *row, const char *value)
{
    bool *marks = (bool *)((char *)options + row->field);
    for (const char *word = value;; word++) {
        const char *end = strchrnul(word, ',');
        if (!mark_rules(options, marks, word, end))
            return false;
        word = end;
        if (!*end)
            return true;
    }
}

bool set_selected(struct options *options, const struct option_row *row, const char *value)
{
    options->choice.any_selected = true;
    return set_rules(options, row, value);
}

/* RULE=LEVEL */
bool set_rule(struct options *options, const struct option_row *row, const char *value)
{
    enum har_rule rule = (enum har_rule)0;
    const char *end = strchrnul(value, '=');
    if (!*end) {
        complain("option '--%s' needs %s, not '%s'", row->name, row->argument, value);
        return false;
    }
    if (!find_rule(options, value, end, &rule))
        return false;
    if (!har_level_find(end + 1, &options->choice.level[rule])) {
        words_complain(WORDS_STATE, end + 1);
        return false;
    }
    options->choice.leveled[rule] = true;
    return true;
}

bool set_schema(struct options *options, const struct option_row *row, const char *value)
{
    options->schema = har_schema_find(value);
    if (!options->schema)
        words_complain(row->complete, value);
    return options->schema != NULL;
}

bool set_visibility(struct options *options, const struct option_row *row, const char *value)
{
    size_t index = 0;
    if (!words_find(row->complete, value, &index)) {
        words_complain(row->complete, value);
        return false;
    }
    options->cloudflare.is_public = index == 0; /* the words stand in this order */
    options->cloudflare.is_unlisted = index == 1;
    return true;
}

bool set_mode(struct options *options, const struct option_row *row, const char *value)
{
    size_t index = 0;
    if (!words_find(row->complete, value, &index)) {
        words_complain(row->complete, value);
        return false;
    }
    options->redact.mode = (enum har_redact_mode)index; /* the words stand in the order of the enum */
    options->redact.mode_given = true;
    return true;
}

bool set_redact_bodies(struct options *options, const struct option_row *row, const char *value)
{
    size_t index = 0;
    if (!words_find(row->complete, value, &index)) {
        words_complain(row->complete, value);
        return false;
    }
    options->redact.bodies = (enum har_redact_bodies)index; /* as above */
    options->redact.bodies_given = true;
    return true;
}
