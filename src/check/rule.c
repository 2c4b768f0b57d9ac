/* The rules' table, made of the rows in <harmill/rule.h>. */
#include <harmill/rule.h>

#include <string.h>

/* The rows of a group, then the row of each with its group. */
#define ROW(group, id, level, strict, ...) {id, HAR_LEVEL_##level, HAR_LEVEL_##strict, __VA_ARGS__, HAR_GROUP_##group},
#define FILE_ROW(symbol, ...)      ROW(FILE, __VA_ARGS__)
#define STRUCTURE_ROW(symbol, ...) ROW(STRUCTURE, __VA_ARGS__)
#define PAGE_ROW(symbol, ...)      ROW(PAGE, __VA_ARGS__)
#define TIME_ROW(symbol, ...)      ROW(TIME, __VA_ARGS__)
#define REQUEST_ROW(symbol, ...)   ROW(REQUEST, __VA_ARGS__)
#define RESPONSE_ROW(symbol, ...)  ROW(RESPONSE, __VA_ARGS__)
#define CONSUMER_ROW(symbol, ...)  ROW(CONSUMER, __VA_ARGS__)
#define SECRET_ROW(symbol, ...)    ROW(SECRET, __VA_ARGS__)

static const struct har_rule_info rules[] = {
#define GROUP(symbol, name) HAR_RULES_##symbol(symbol##_ROW)
    HAR_RULE_GROUPS(GROUP)
#undef GROUP
};

static const char *const groups[] = {
#define GROUP(symbol, name) name,
    HAR_RULE_GROUPS(GROUP)
#undef GROUP
};

static const char *const levels[] = {"off", "info", "warning", "error"};

const struct har_rule_info *har_rule_info(enum har_rule rule)
{
    return (unsigned)rule < HAR_RULE_COUNT ? &rules[rule] : NULL;
}

bool har_rule_find(const char *id, enum har_rule *rule)
{
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        if (strcmp(rules[i].id, id) == 0) {
            *rule = (enum har_rule)i;
            return true;
        }
    return false;
}

const char *har_level_name(enum har_level level)
{
    return (unsigned)level < sizeof levels / sizeof *levels ? levels[level] : "";
}

bool har_level_find(const char *name, enum har_level *level)
{
    for (unsigned i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(levels[i], name) == 0) {
            *level = (enum har_level)i;
            return true;
        }
    return false;
}

const char *har_rule_group_name(enum har_rule_group group)
{
    return (unsigned)group < HAR_GROUP_COUNT ? groups[group] : "";
}

bool har_rule_group_find(const char *name, enum har_rule_group *group)
{
    for (unsigned i = 0; i < HAR_GROUP_COUNT; i++)
        if (strcmp(groups[i], name) == 0) {
            *group = (enum har_rule_group)i;
            return true;
        }
    return false;
}

bool har_rule_mark(const char *name, bool *marks)
{
    enum har_rule rule;
    enum har_rule_group group;
    if (har_rule_find(name, &rule)) {
        marks[rule] = true;
        return true;
    }
    if (!har_rule_group_find(name, &group))
        return false;
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        if (rules[i].group == group)
            marks[i] = true;
    return true;
}
