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
    made->to = (struct har_report_to){.settings = made->settings, .summary = &made->summary, .blind = true};
    if (!check_init(&made->check, &made->to, made->settings))
        return false;
    made->check.unplaced = true;
    return true;
}

void made_release(struct made *made)
{
    if (made->settings)
        check_release(&made->check);
    diag_release(&made->to);
    har_settings_free(made->settings);
}

/* What concerns the whole log is for normalize to mend, but a log there must be. */
static enum har_status judge_end(const struct made *made, struct har_error *error)
{
    if (made->log)
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "this is no HAR: there is no log in it");
}

/* What is written is JSON and not in an envelope, whatever was read, and begins without a byte order mark; what the tokenizer
 * marked is written in another way. */
enum har_status made_judge(struct made *made, const struct har_item *item, struct har_error *error)
{
    const uint64_t before = made->summary.rule_count[made->refuses];
    struct har_item judged = *item;
    struct har_tree tree;
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        made->log = false;
        judged.place = (struct har_place){0, 1, 1};
        break;
    case HAR_ITEM_MEMBER:
        made->log |= item->scope == HAR_SCOPE_LOG;
        return HAR_OK;
    case HAR_ITEM_DOC_END:
        return judge_end(made, error);
    default:
        made->log = true;
        tree = *item->tree;
        tree.span = NULL;
        tree.mark_count = 0;
        judged.tree = &tree;
        judged.container = item->kind == HAR_ITEM_PAGE ? "/log/pages" : "/log/entries";
        break;
    }
    const enum har_status status = check_item(&made->check, &judged, error);
    if (status != HAR_OK)
        return status;
    return made->summary.rule_count[made->refuses] > before ? HAR_FAILED : HAR_OK;
}
