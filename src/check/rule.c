/* The rules' table, made of the rows in <harmill/rule.h>. */
#include <harmill/rule.h>

#include <string.h>

static const struct har_rule_info rules[] = {
#define ROW(symbol, id, level, source, title, text) {id, HAR_LEVEL_##level, source, title, text},
    HAR_RULES(ROW)
#undef ROW
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
