/* The profiles. */
#include <harmill/profile.h>
#include <harmill/spec.h>

#include <string.h>

static enum har_level level_default(enum har_rule rule)
{
    return har_rule_info(rule)->level;
}

static enum har_level level_strict(enum har_rule rule)
{
    return har_rule_info(rule)->strict;
}

static enum har_level level_1_1(enum har_rule rule)
{
    return rule == HAR_RULE_NEWER_MEMBER || rule == HAR_RULE_NEWER_VERSION ? HAR_LEVEL_ERROR : level_default(rule);
}

/* Mistakes of the bytes and of the document that no parser of JSON gets over, and what is no JSON at all. The others of their group
 * are none to a consumer, or its own rule tells them: keys twice (the last counts), broken UTF-8 (replaced), harmill's own bounds.
 */
static bool breaks_json(enum har_rule rule)
{
    static const bool breaks[HAR_RULE_COUNT] = {
        [HAR_RULE_JSON_SYNTAX] = true,     [HAR_RULE_JSON_TRUNCATED] = true, [HAR_RULE_JSON_CONTROL_CHARACTER] = true,
        [HAR_RULE_JSON_ESCAPE] = true,     [HAR_RULE_JSON_WRAPPER] = true,   [HAR_RULE_NOT_A_NUMBER] = true,
        [HAR_RULE_COMPRESSED_DATA] = true, [HAR_RULE_NOT_A_HAR] = true,      [HAR_RULE_XML_SYNTAX] = true,
        [HAR_RULE_XML_VOCABULARY] = true,
    };
    return breaks[rule];
}

/* In a consumer's profile only what it refuses or misreads is an error. */
static enum har_level level_capped(enum har_rule rule)
{
    const enum har_level level = har_rule_info(rule)->level;
    return level == HAR_LEVEL_ERROR && !breaks_json(rule) ? HAR_LEVEL_WARNING : level;
}

/* X(name, consumer, symbol of its rule, tested, summary) */
#define CONSUMERS(X)                                                                                                               \
    X("chrome", "Chrome", CHROME, true, "what the Network panel of Chrome DevTools imports")                                       \
    X("har-validator", "har-validator", HAR_VALIDATOR, true, "what npm har-validator 5 accepts")                                   \
    X("playwright", "Playwright", PLAYWRIGHT, true, "what Playwright's routeFromHAR replays")                                      \
    X("k6", "k6", K6, true, "what npm har-to-k6 makes a script of")                                                                \
    X("firefox", "Firefox", FIREFOX, true, "what Firefox's Network panel imports")                                                 \
    X("mitmproxy", "mitmproxy", MITMPROXY, false, "what mitmproxy reads; documented, untested")

#define LEVELS(name, consumer, symbol, tested, summary)                                                                            \
    static enum har_level level_##symbol(enum har_rule rule)                                                                       \
    {                                                                                                                              \
        return rule == HAR_RULE_##symbol##_REFUSES ? HAR_LEVEL_ERROR : level_capped(rule);                                         \
    }
CONSUMERS(LEVELS)
#undef LEVELS

static const struct har_profile rows[] = {
    {sizeof(struct har_profile), "har-1.2", "HAR 1.2 as current tools write it (default)", NULL, HAR_RULE_COUNT, true, 0,
     level_default},
    {sizeof(struct har_profile), "har-1.2-strict", "HAR 1.2 by the letter", NULL, HAR_RULE_COUNT, true, 0, level_strict},
    {sizeof(struct har_profile), "har-1.1", "HAR 1.1: what came with 1.2 is an error", NULL, HAR_RULE_COUNT, true, HAR_VERSION_1_1,
     level_1_1},
#define ROW(name, consumer, symbol, tested, summary)                                                                               \
    {sizeof(struct har_profile), name, summary, consumer, HAR_RULE_##symbol##_REFUSES, tested, 0, level_##symbol},
    CONSUMERS(ROW)
#undef ROW
};

static const struct har_profile *const profiles[] = {&rows[0], &rows[1], &rows[2], &rows[3], &rows[4],
                                                     &rows[5], &rows[6], &rows[7], &rows[8], NULL};

const struct har_profile *const *har_profiles(void)
{
    return profiles;
}

const struct har_profile *har_profile_find(const char *name)
{
    for (size_t i = 0; profiles[i]; i++)
        if (!strcmp(profiles[i]->name, name))
            return profiles[i];
    return NULL;
}
