/* Files that no consumer can read, whatever it looks for in them: all of them parse JSON. Texts in UTF-16 and XML are read by
 * harmill or told as mistakes of the file, but to a consumer they are no capture. */
#include <harmill/profile.h>

#include "check/semantic.h"

struct unreadable {
    bool begun; /* there is a document */
    bool told;
};

static void tell(struct check *check, const char *message)
{
    const struct har_profile *const *profiles = har_profiles();
    const struct har_node *node = check->item->tree ? check->item->tree->node : NULL;
    for (size_t i = 0; profiles[i]; i++) {
        if (!profiles[i]->consumer || !semantic_on(check, profiles[i]->refuses))
            continue;
        const struct har_arg name = check_word(profiles[i]->consumer);
        semantic_tell(check, profiles[i]->refuses, node, message, &name, 1);
    }
}

static void run(struct check *check, const struct facts *facts, void *ctx)
{
    struct unreadable *unreadable = ctx;
    const struct har_item *item = check->item;
    (void)facts;
    if (item->kind == HAR_ITEM_DOC_BEGIN)
        *unreadable = (struct unreadable){.begun = true};
    if (item->tree && item->tree->span && !unreadable->told) {
        unreadable->told = true;
        tell(check, "%1: the file is XML, only JSON can be imported");
    }
    if (item->kind == HAR_ITEM_DOC_END && !unreadable->begun)
        tell(check, "%1: the file is no JSON, so it cannot be imported");
}

static const struct semantic_row rows[] = {
    {run,
     IN(DOC_BEGIN) | IN(MEMBER) | IN(PAGE) | IN(ENTRY) | IN(DOC_END),
     {HAR_RULE_CHROME_REFUSES, HAR_RULE_HAR_VALIDATOR_REFUSES, HAR_RULE_PLAYWRIGHT_REFUSES, HAR_RULE_K6_REFUSES,
      HAR_RULE_FIREFOX_REFUSES, HAR_RULE_MITMPROXY_REFUSES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_unreadable = {rows, sizeof(struct unreadable), NULL};
