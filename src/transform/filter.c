/* The transform "filter": entries for which an expression holds, and those of one page. */
#include "transform/filter.h"

#include <harmill/transform.h>

#include "json/tree.h"
#include "util/text.h"

struct selecting {
    struct har_filter *filter; /* NULL: all */
    const char *page;          /* an id; NULL: all */
    struct har_transform_args args;
    struct filter_look look;
};

static const struct har_option_row options[] = {
    {"filter", "EXPR", "keep the entries for which EXPR holds", NULL},
    {"page", "ID", "keep the page with this id and its entries", NULL},
    {NULL, NULL, NULL, NULL},
};

static enum har_status open_filter(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    struct selecting *selecting = ctx;
    const char *text = har_option_value(args->options, "filter", NULL);
    selecting->args = *args;
    selecting->page = har_option_value(args->options, "page", NULL);
    har_buffer_init(&selecting->look.scratch, SIZE_MAX / 2);
    return text ? har_filter_new(text, &selecting->filter, NULL, error) : HAR_OK;
}

/* Of the page that was asked for. */
static bool on_page(struct selecting *selecting, const struct har_item *item, const char *member)
{
    struct har_text text;
    struct filter_look *look = &selecting->look;
    look->tree = item->tree;
    const struct har_node *id = har_node_member(item->tree, har_tree_root(item->tree), member);
    if (!filter_text(look, id, &text) || !text_is_exactly(text, selecting->page))
        return false;
    selecting->args.found(selecting->args.core);
    return true;
}

static enum har_status item_filter(void *ctx, struct har_item *item, struct har_error *error)
{
    struct selecting *selecting = ctx;
    const bool entry = item->kind == HAR_ITEM_ENTRY;
    bool keep = true;
    if (selecting->page && (entry || item->kind == HAR_ITEM_PAGE))
        keep = on_page(selecting, item, entry ? "pageref" : "id");
    if (selecting->look.no_memory)
        return har_error_memory(error);
    if (keep && entry && selecting->filter && har_filter_test(selecting->filter, item, &keep, error) != HAR_OK)
        return HAR_FATAL;
    return keep ? HAR_OK : HAR_FAILED;
}

static void close_filter(void *ctx)
{
    struct selecting *selecting = ctx;
    har_filter_free(selecting->filter);
    har_buffer_release(&selecting->look.scratch);
}

static enum har_status check_filter(const struct har_option *given, struct har_error *error)
{
    struct har_filter *filter = NULL;
    const char *text = har_option_value(given, "filter", NULL);
    const enum har_status status = text ? har_filter_new(text, &filter, NULL, error) : HAR_OK;
    har_filter_free(filter);
    return status;
}

const struct har_transform har_transform_filter = {
    .size = sizeof(struct har_transform),
    .name = "filter",
    .summary = "entries that are asked for",
    .options = options,
    .ctx_size = sizeof(struct selecting),
    .open = open_filter,
    .item = item_filter,
    .close = close_filter,
    .check = check_filter,
};
