/* The words that options and commands take, from the registry, the rules and a few short lists. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/complain.h"
#include "cli/words.h"

struct word {
    const char *text;
    const char *summary;
};

static const struct word levels[] = {
    {"error", "readers refuse or misread the file"},
    {"warning", "readers may stumble"},
    {"info", "worth knowing, common in practice"},
    {NULL, NULL},
};

static const struct word states[] = {
    {"error", "readers refuse or misread the file"},
    {"warning", "readers may stumble"},
    {"info", "worth knowing, common in practice"},
    {"off", "silent"},
    {NULL, NULL},
};

static const struct word limits[] = {
    {"error", "exit with 1 when there is an error"},
    {"warning", "exit with 1 when there is a warning or an error"},
    {"info", "exit with 1 when there is any finding"},
    {"never", "findings do not change the exit status"},
    {NULL, NULL},
};

static const struct word colors[] = {
    {"auto", "on a terminal"},
    {"always", NULL},
    {"never", NULL},
    {NULL, NULL},
};

static const struct word visibilities[] = {
    {"public", "listed for everybody to see"},
    {"unlisted", "for those who know the scan's id; free plans have none"},
    {NULL, NULL},
};

static const struct word bodies[] = {
    {"none", NULL},
    {"text", "those that are text"},
    {"all", NULL},
    {NULL, NULL},
};

static const struct word rows[] = {{"all", NULL}, {NULL, NULL}};

static const struct word customs[] = {
    {"known", "those that the report shows"},
    {"all", NULL},
    {NULL, NULL},
};

static const struct word modes[] = {
    {"default", "what the rules find, and where it appears elsewhere"},
    {"strict", "all texts but those that a list allows"},
    {NULL, NULL},
};

static const struct word redact_bodies[] = {
    {"search", "like all other texts"},
    {"keep", "as they are"},
    {"drop", "left out"},
    {NULL, NULL},
};

static const struct word shells[] = {{"bash", NULL}, {"zsh", NULL}, {"fish", NULL}, {NULL, NULL}};

static const struct word kinds[] = {
    {"readers", "where input comes from"},
    {"formats", "what input can be"},
    {"writers", "what output can be"},
    {"reports", "how findings are told"},
    {"codings", "how files may be packed"},
    {"profiles", "for whom a capture is judged"},
    {NULL, NULL},
};

static const char *list_at(const struct word *list, size_t index, const char **summary)
{
    for (size_t i = 0; i < index; i++)
        if (!list[i].text)
            return NULL;
    *summary = list[index].summary;
    return list[index].text;
}

static const char *level_at(size_t index, const char **summary)
{
    return list_at(levels, index, summary);
}

static const char *state_at(size_t index, const char **summary)
{
    return list_at(states, index, summary);
}

static const char *limit_at(size_t index, const char **summary)
{
    return list_at(limits, index, summary);
}

static const char *color_at(size_t index, const char **summary)
{
    return list_at(colors, index, summary);
}

static const char *visibility_at(size_t index, const char **summary)
{
    return list_at(visibilities, index, summary);
}

static const char *bodies_at(size_t index, const char **summary)
{
    return list_at(bodies, index, summary);
}

static const char *rows_at(size_t index, const char **summary)
{
    return list_at(rows, index, summary);
}

static const char *custom_at(size_t index, const char **summary)
{
    return list_at(customs, index, summary);
}

static const char *mode_at(size_t index, const char **summary)
{
    return list_at(modes, index, summary);
}

static const char *redact_bodies_at(size_t index, const char **summary)
{
    return list_at(redact_bodies, index, summary);
}

static const char *shell_at(size_t index, const char **summary)
{
    return list_at(shells, index, summary);
}

static const char *kind_at(size_t index, const char **summary)
{
    return list_at(kinds, index, summary);
}

static const char *rule_at(size_t index, const char **summary)
{
    const struct har_rule_info *rule = index < HAR_RULE_COUNT ? har_rule_info((enum har_rule)index) : NULL;
    *summary = rule ? rule->title : NULL;
    return rule ? rule->id : NULL;
}

static const char *group_at(size_t index, const char **summary)
{
    *summary = "a group of rules";
    return index < HAR_GROUP_COUNT ? har_rule_group_name((enum har_rule_group)index) : NULL;
}

/* What stands for rules: one, or a group. */
static const char *rules_at(size_t index, const char **summary)
{
    return index < HAR_RULE_COUNT ? rule_at(index, summary) : group_at(index - HAR_RULE_COUNT, summary);
}

/* The lists of the registry end with NULL, so that walking up to `index` never passes the end. */
#define PLUGIN_AT(function, type, list)                                                                                            \
    static const char *function(size_t index, const char **summary)                                                                \
    {                                                                                                                              \
        const struct type *const *row = list();                                                                                    \
        for (size_t i = 0; i < index && *row; i++)                                                                                 \
            row++;                                                                                                                 \
        *summary = *row ? (*row)->summary : NULL;                                                                                  \
        return *row ? (*row)->name : NULL;                                                                                         \
    }

PLUGIN_AT(report_at, har_report, har_reports)
PLUGIN_AT(format_at, har_format, har_formats)
PLUGIN_AT(writer_at, har_writer, har_writers)
PLUGIN_AT(schema_at, har_schema, har_schemas)
PLUGIN_AT(profile_at, har_profile, har_profiles)

static const char *command_at(size_t index, const char **summary)
{
    for (size_t i = 0; i <= index; i++)
        if (!commands[i].name)
            return NULL;
    *summary = commands[index].summary;
    return commands[index].name;
}

static const struct {
    const char *name;
    const char *(*at)(size_t index, const char **summary);
    bool listed; /* few enough to be named in a message */
} sources[WORDS_COUNT] = {
    [WORDS_RULE] = {"rule", rule_at, false},
    [WORDS_RULES] = {"rule", rules_at, false},
    [WORDS_RULE_LEVEL] = {"rule", rule_at, false},
    [WORDS_LEVEL] = {"level", level_at, true},
    [WORDS_STATE] = {"level", state_at, true},
    [WORDS_LIMIT] = {"level", limit_at, true},
    [WORDS_REPORT] = {"report", report_at, true},
    [WORDS_FORMAT] = {"format", format_at, true},
    [WORDS_WRITER] = {"writer", writer_at, true},
    [WORDS_COLOR] = {"choice", color_at, true},
    [WORDS_SHELL] = {"shell", shell_at, true},
    [WORDS_KIND] = {"list", kind_at, true},
    [WORDS_COMMAND] = {"command", command_at, true},
    [WORDS_SCHEMA] = {"schema", schema_at, true},
    [WORDS_GROUP] = {"group", group_at, true},
    [WORDS_PROFILE] = {"profile", profile_at, true},
    [WORDS_VISIBILITY] = {"visibility", visibility_at, true},
    [WORDS_BODIES] = {"choice", bodies_at, true},
    [WORDS_ROWS] = {"choice", rows_at, true},
    [WORDS_CUSTOM] = {"choice", custom_at, true},
    [WORDS_MODE] = {"mode", mode_at, true},
    [WORDS_REDACT_BODIES] = {"choice", redact_bodies_at, true},
};

const char *words_at(enum words words, size_t index, const char **summary)
{
    const char *ignored = NULL;
    if (!summary)
        summary = &ignored;
    *summary = NULL;
    return sources[words].at ? sources[words].at(index, summary) : NULL;
}

bool words_find(enum words words, const char *word, size_t *index)
{
    const char *candidate = NULL;
    for (size_t i = 0; (candidate = words_at(words, i, NULL)); i++) {
        if (strcmp(candidate, word) == 0) {
            if (index)
                *index = i;
            return true;
        }
    }
    return false;
}

const char *words_name(enum words words)
{
    return sources[words].name ? sources[words].name : "value";
}

void words_complain(enum words words, const char *word)
{
    struct har_suggestion suggestion = {.word = word};
    struct har_buffer list;
    const char *candidate = NULL;
    har_buffer_init(&list, HAR_KIB);
    for (size_t i = 0; (candidate = words_at(words, i, NULL)); i++) {
        har_suggestion_try(&suggestion, candidate);
        har_buffer_append_text(&list, i > 0 ? ", " : "");
        har_buffer_append_text(&list, candidate);
    }
    const char *text = sources[words].listed ? har_buffer_string(&list) : NULL;
    if (suggestion.best)
        complain("unknown %s '%s'; did you mean '%s'?", words_name(words), word, suggestion.best);
    else if (text)
        complain("unknown %s '%s'; there are: %s", words_name(words), word, text);
    else
        complain("unknown %s '%s'; 'harmill rules' lists them", words_name(words), word);
    har_buffer_release(&list);
}
