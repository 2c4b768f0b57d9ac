/* The transform "normalize": the steps of each kind of item. */
#include "normalize/normalize.h"

#include <string.h>

static const struct har_option_row options[] = {
    {"no-derive", NULL, "work nothing out from other members", NULL},
    {NULL, NULL, NULL, NULL},
};

static enum har_status open_normalize(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    struct normalize *n = ctx;
    (void)error;
    n->args = *args;
    n->derive = har_option_value(args->options, "no-derive", "no") != NULL;
    for (size_t i = 0; i < NORMALIZE_SCRATCH; i++)
        har_buffer_init(&n->scratch[i], (size_t)har_settings_bound(args->settings, HAR_BOUND_ITEM_BYTES));
    return HAR_OK;
}

static void close_normalize(void *ctx)
{
    struct normalize *n = ctx;
    for (size_t i = 0; i < NORMALIZE_SCRATCH; i++)
        har_buffer_release(&n->scratch[i]);
}

static void entry(struct normalize *n)
{
    normalize_shape(n, 0);
    normalize_headers(n);
    normalize_request(n);
    normalize_response(n);
    normalize_content(n);
    normalize_times(n);
    normalize_entry(n);
    normalize_defaults(n, 0);
    normalize_comments(n);
}

static void page(struct normalize *n)
{
    normalize_shape(n, 0);
    normalize_page(n);
    normalize_defaults(n, 0);
    normalize_comments(n);
}

static void member(struct normalize *n)
{
    normalize_shape(n, 0);
    normalize_log_member(n);
    normalize_defaults(n, 0);
}

static enum har_status fault(const struct normalize *n, struct har_error *error)
{
    static const struct {
        enum har_bound bound;
    } bounds[] = {[JSON_EDIT_TREE_BYTES] = {HAR_BOUND_TREE_BYTES}, [JSON_EDIT_ITEM_BYTES] = {HAR_BOUND_ITEM_BYTES}};
    if (n->no_memory || n->edit.fault == JSON_EDIT_MEMORY)
        return har_error_memory(error);
    if (!n->edit.fault)
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, bounds[n->edit.fault].bound,
                         "what normalize makes of an item is larger than --%s allows",
                         har_bound_info(bounds[n->edit.fault].bound)->name);
}

static enum har_status item_normalize(void *ctx, struct har_item *item, struct har_error *error)
{
    struct normalize *n = ctx;
    n->item = item;
    n->notes = 0;
    if (item->tree) /* the format's own, which nobody else holds */
        json_edit_begin(&n->edit, (struct har_tree *)(uintptr_t)item->tree,
                        har_settings_bound(n->args.settings, HAR_BOUND_TREE_BYTES),
                        har_settings_bound(n->args.settings, HAR_BOUND_ITEM_BYTES));
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        n->log = false;
        n->seen = 0;
        break;
    case HAR_ITEM_MEMBER:
        member(n);
        break;
    case HAR_ITEM_PAGE:
        page(n);
        break;
    case HAR_ITEM_ENTRY:
        entry(n);
        break;
    case HAR_ITEM_DOC_END:
        return normalize_document_end(n, error);
    }
    return fault(n, error);
}

const struct har_transform har_transform_normalize = {
    .size = sizeof(struct har_transform),
    .name = "normalize",
    .summary = "canonical HAR 1.2 from what producers write",
    .options = options,
    .ctx_size = sizeof(struct normalize),
    .open = open_normalize,
    .item = item_normalize,
    .close = close_normalize,
};
