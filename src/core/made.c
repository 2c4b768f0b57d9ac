/* A second check, of which only the count of one rule is of interest. */
#include "core/made.h"

#include <string.h>

bool made_init(struct made *made, const struct har_profile *profile)
{
    made->settings = har_settings_new();
    if (!made->settings)
        return false;
    for (int rule = 0; rule < HAR_RULE_COUNT; rule++)
        har_settings_set_level(made->settings, (enum har_rule)rule,
                               (enum har_rule)rule == profile->refuses ? HAR_LEVEL_ERROR : HAR_LEVEL_OFF);
    made->refuses = profile->refuses;
    made->to = (struct har_report_to){.settings = made->settings, .summary = &made->summary};
    return check_init(&made->check, &made->to, made->settings);
}

void made_release(struct made *made)
{
    if (made->settings)
        check_release(&made->check);
    har_settings_free(made->settings);
}

/* What is written is JSON and not in an envelope, whatever was read; what the tokenizer marked is written in another way. */
enum har_status made_judge(struct made *made, const struct har_item *item, struct har_error *error)
{
    const uint64_t before = made->summary.rule_count[made->refuses];
    if (item->kind != HAR_ITEM_PAGE && item->kind != HAR_ITEM_ENTRY)
        return HAR_OK;
    struct har_tree tree = *item->tree;
    tree.span = NULL;
    tree.mark_count = 0;
    struct har_item judged = *item;
    judged.tree = &tree;
    judged.container = item->kind == HAR_ITEM_PAGE ? "/log/pages" : "/log/entries";
    const enum har_status status = check_item(&made->check, &judged, error);
    if (status != HAR_OK)
        return status;
    return made->summary.rule_count[made->refuses] > before ? HAR_FAILED : HAR_OK;
}
