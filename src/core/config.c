/* The configuration file: a table of keys, each with the function that takes its value. */
#include <harmill/config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/suggest.h>

#include "core/loaded.h"

/* Candidates by index, NULL behind the last one. */
typedef const char *words_fn(size_t index);

static const char *level_word(size_t index)
{
    static const char *const words[] = {"error", "warning", "info", "off", NULL};
    return words[index];
}

static const char *limit_word(size_t index)
{
    static const char *const words[] = {"error", "warning", "info", "never", NULL};
    return words[index];
}

static const char *profile_word(size_t index)
{
    const struct har_profile *profile = har_profiles()[index];
    return profile ? profile->name : NULL;
}

static const char *rule_word(size_t index)
{
    return index < HAR_RULE_COUNT ? har_rule_info((enum har_rule)index)->id : NULL;
}

static const char *rules_word(size_t index)
{
    if (index < HAR_RULE_COUNT)
        return rule_word(index);
    return index - HAR_RULE_COUNT < HAR_GROUP_COUNT ? har_rule_group_name((enum har_rule_group)(index - HAR_RULE_COUNT)) : NULL;
}

static enum har_status wrong(struct har_error *error, const char *key, const char *wanted)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "'%s' takes %s", key, wanted);
}

/* `kind` says what the words are: "rule". */
static enum har_status unknown(struct har_error *error, const char *key, const char *kind, const char *word, words_fn *words)
{
    struct har_suggestion suggestion = {.word = word};
    const char *candidate;
    for (size_t i = 0; (candidate = words(i)); i++)
        har_suggestion_try(&suggestion, candidate);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "%s%s%sunknown %s '%.60s'%s%s%s", *key ? "'" : "", key,
                         *key ? "': " : "", kind, word, suggestion.best ? "; did you mean '" : "",
                         suggestion.best ? suggestion.best : "", suggestion.best ? "'?" : "");
}

static enum har_status take_profile(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    const char *name = json_string_value(value);
    if (!name)
        return wrong(error, key, "the name of a profile");
    config->profile = har_profile_find(name);
    return config->profile ? HAR_OK : unknown(error, key, "profile", name, profile_word);
}

static enum har_status take_list(bool *marks, const char *key, json_t *value, struct har_error *error)
{
    if (!json_is_array(value))
        return wrong(error, key, "an array of rules and groups");
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *name = json_string_value(json_array_get(value, i));
        if (!name)
            return wrong(error, key, "an array of rules and groups");
        if (!har_rule_mark(name, marks))
            return unknown(error, key, "rule", name, rules_word);
    }
    return HAR_OK;
}

static enum har_status take_select(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    config->any_selected = true;
    return take_list(config->selected, key, value, error);
}

static enum har_status take_ignore(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    return take_list(config->ignored, key, value, error);
}

static enum har_status take_rules(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    const char *id;
    json_t *level;
    if (!json_is_object(value))
        return wrong(error, key, "an object of rules and their levels");
    json_object_foreach(value, id, level)
    {
        enum har_rule rule;
        const char *word = json_string_value(level);
        if (!har_rule_find(id, &rule))
            return unknown(error, key, "rule", id, rule_word);
        if (!word)
            return wrong(error, key, "levels that are strings");
        if (!har_level_find(word, &config->level[rule]))
            return unknown(error, key, "level", word, level_word);
        config->leveled[rule] = true;
    }
    return HAR_OK;
}

static enum har_status take_fail_on(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    const char *word = json_string_value(value);
    if (!word)
        return wrong(error, key, "a level or \"never\"");
    config->fail_on_given = true;
    config->fail_on = HAR_LEVEL_OFF;
    if (!strcmp(word, "never") || (strcmp(word, "off") != 0 && har_level_find(word, &config->fail_on)))
        return HAR_OK;
    return unknown(error, key, "level", word, limit_word);
}

static enum har_status take_most(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return wrong(error, key, "a whole number from 0 on");
    config->most_given = true;
    config->most = (uint64_t)json_integer_value(value);
    return HAR_OK;
}

/* Whether a path stays below the folder that it starts in, as far as names tell. Others could reach for hosts, through an
 * automounter, or for what is nobody else's business. */
static bool stays_below(const char *path)
{
    if (*path == '/')
        return false;
    while (*path) {
        const size_t len = strcspn(path, "/");
        if (len == 2 && path[0] == '.' && path[1] == '.')
            return false;
        path += len;
        path += *path == '/';
    }
    return true;
}

static enum har_status take_baseline(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    const char *path = json_string_value(value);
    if (!path || !*path || !stays_below(path))
        return wrong(error, key, "the path of a file in the folder of the configuration or below it");
    config->baseline = strdup(path);
    return config->baseline ? HAR_OK : har_error_memory(error);
}

static const struct {
    const char *key;
    enum har_status (*take)(struct har_config *config, const char *key, json_t *value, struct har_error *error);
} rows[] = {
    {"profile", take_profile}, {"select", take_select},     {"ignore", take_ignore},     {"rules", take_rules},
    {"fail-on", take_fail_on}, {"baseline", take_baseline}, {"max-findings", take_most},
};

enum { ROWS = sizeof rows / sizeof *rows };

static const char *key_word(size_t index)
{
    return index < ROWS ? rows[index].key : NULL;
}

static enum har_status take_key(struct har_config *config, const char *key, json_t *value, struct har_error *error)
{
    for (size_t i = 0; i < ROWS; i++)
        if (!strcmp(rows[i].key, key))
            return rows[i].take(config, rows[i].key, value, error);
    return unknown(error, "", "key", key, key_word);
}

enum har_status har_config_parse(struct har_config *config, const char *bytes, size_t len, struct har_place *place,
                                 struct har_error *error)
{
    json_t *root, *value;
    const char *key;
    *config = (struct har_config){.size = sizeof *config};
    enum har_status status = loaded_parse(&root, bytes, len, HAR_CONFIG_MOST, place, error);
    if (status != HAR_OK)
        return status;
    json_object_foreach(root, key, value)
    {
        status = take_key(config, key, value, error);
        if (status != HAR_OK)
            break;
    }
    json_decref(root);
    if (status != HAR_OK)
        har_config_release(config);
    return status;
}

void har_config_release(struct har_config *config)
{
    free(config->baseline);
    *config = (struct har_config){.size = sizeof *config};
}

/* The level of a rule that is selected though it is off. */
static enum har_level waking(enum har_rule rule)
{
    const struct har_profile *const *profiles = har_profiles();
    for (size_t i = 0; profiles[i]; i++)
        if (profiles[i]->consumer && profiles[i]->refuses == rule)
            return profiles[i]->level(rule);
    return HAR_LEVEL_WARNING;
}

/* What `config` makes of a rule; `weight` is what it comes to when it is selected. */
static enum har_level choose(const struct har_config *config, enum har_rule rule, enum har_level level, enum har_level weight)
{
    if (config->ignored[rule])
        level = HAR_LEVEL_OFF;
    else if (config->any_selected)
        level = config->selected[rule] ? weight : HAR_LEVEL_OFF;
    return config->leveled[rule] ? config->level[rule] : level;
}

void har_config_apply(const struct har_config *file, const struct har_config *over, struct har_settings *settings)
{
    static const struct har_config nothing;
    file = file ? file : &nothing;
    over = over ? over : &nothing;
    const struct har_profile *profile = over->profile ? over->profile : file->profile;
    if (profile)
        har_settings_apply_profile(settings, profile);
    for (int i = 0; i < HAR_RULE_COUNT; i++) {
        const enum har_rule rule = (enum har_rule)i;
        const enum har_level own = har_settings_level(settings, rule);
        enum har_level weight = own != HAR_LEVEL_OFF ? own : waking(rule);
        if (file->leveled[rule] && file->level[rule] != HAR_LEVEL_OFF)
            weight = file->level[rule];
        const enum har_level level = choose(file, rule, own, weight);
        har_settings_set_level(settings, rule, choose(over, rule, level, weight));
    }
}
