/* The rules, one row each, in a header per group. From the rows come the enum, `harmill rules`, the manuals, the reports' own
 * descriptions and the completions. Users only see the id. */
#ifndef HARMILL_RULE_H
#define HARMILL_RULE_H

#include <harmill/api.h>
#include <harmill/rules_consumer.h>
#include <harmill/rules_file.h>
#include <harmill/rules_page.h>
#include <harmill/rules_request.h>
#include <harmill/rules_response.h>
#include <harmill/rules_secret.h>
#include <harmill/rules_structure.h>
#include <harmill/rules_time.h>

HAR_BEGIN_DECLS

enum har_level { HAR_LEVEL_OFF, HAR_LEVEL_INFO, HAR_LEVEL_WARNING, HAR_LEVEL_ERROR };

/* X(symbol, id, level, strict, source, title, text, seen, bad, good, mend): see struct har_rule_info. Levels are for practice:
 * what every current browser writes is info; `strict` is the letter of the specification. */
#define HAR_RULE_GROUPS(X) \
    X(FILE, "file") \
    X(STRUCTURE, "structure") \
    X(PAGE, "page") \
    X(TIME, "time") \
    X(REQUEST, "request") \
    X(RESPONSE, "response") \
    X(CONSUMER, "consumer") \
    X(SECRET, "secret")

enum har_rule_group {
#define HAR_GROUP_SYMBOL(symbol, name) HAR_GROUP_##symbol,
    HAR_RULE_GROUPS(HAR_GROUP_SYMBOL)
#undef HAR_GROUP_SYMBOL
        HAR_GROUP_COUNT
};

enum har_rule {
#define HAR_RULE_SYMBOL(symbol, ...) HAR_RULE_##symbol,
#define HAR_RULE_GROUP(symbol, name) HAR_RULES_##symbol(HAR_RULE_SYMBOL)
    HAR_RULE_GROUPS(HAR_RULE_GROUP)
#undef HAR_RULE_GROUP
#undef HAR_RULE_SYMBOL
        HAR_RULE_COUNT
};

struct har_rule_info {
    const char *id;        /* kebab-case; the only stable name of a rule: enum values may change between versions */
    enum har_level level;  /* by default */
    enum har_level strict; /* in the profile har-1.2-strict */
    const char *source;    /* where it is written */
    const char *title;     /* a few words */
    const char *text;      /* what, and why it matters */
    const char *seen;      /* which producers write it, a sentence; "" where none is known */
    const char *bad;       /* an example, one line of JSON; "" where a line cannot show it */
    const char *good;      /* the same, right */
    const char *mend;      /* what normalize does about it, a sentence */
    enum har_rule_group group;
};

/* "file", "time": the name of a group; static, "" out of range. And back: false, *group unchanged, when there is none. */
HAR_API const char *har_rule_group_name(enum har_rule_group group);
HAR_API bool har_rule_group_find(const char *name, enum har_rule_group *group);

/* The row of `rule`; static. NULL out of range. */
HAR_API const struct har_rule_info *har_rule_info(enum har_rule rule);

/* Finds a rule by its id. False, *rule unchanged, when there is none. */
HAR_API bool har_rule_find(const char *id, enum har_rule *rule);

/* Marks the rule with this id, or all rules of the group with this name, in an array of HAR_RULE_COUNT. False, nothing marked, when
 * there is neither. */
HAR_API bool har_rule_mark(const char *name, bool *marks);

/* "off", "info", "warning", "error"; static, "" out of range. And back: false, *level unchanged, when `name` is none of them. */
HAR_API const char *har_level_name(enum har_level level);
HAR_API bool har_level_find(const char *name, enum har_level *level);

HAR_END_DECLS
#endif
