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
    n->for_k6 = har_settings_level(args->settings, HAR_RULE_K6_REFUSES) > HAR_LEVEL_INFO;
    for (size_t i = 0; i < NORMALIZE_SCRATCH; i++)
        har_buffer_init(&n->scratch[i], (size_t)har_settings_bound(args->settings, HAR_BOUND_ITEM_BYTES));
    har_buffer_init(&n->key, SIZE_MAX / 2);
    har_buffer_init(&n->held_scopes, SIZE_MAX / 2);
    n->names.max_bytes = SIZE_MAX / 2;
    normalize_shape_init(n);
    normalize_defaults_init(n);
    return HAR_OK;
}

static void close_normalize(void *ctx)
{
    struct normalize *n = ctx;
    for (size_t i = 0; i < NORMALIZE_SCRATCH; i++)
        har_buffer_release(&n->scratch[i]);
    har_buffer_release(&n->key);
    names_release(&n->names);
    normalize_document_release(n);
}

static void gather_object(struct normalize *n, uint8_t kind, uint32_t object)
{
    const struct har_node *const node = n->edit.tree->node;
    struct normalize_found *const found = &n->found[kind];
    found->object = object;
    memset(found->row, UINT8_MAX, sizeof found->row); /* JSON_NONE */
    for (uint32_t i = node[object].child; i != JSON_NONE; i = node[i].next)
        if (node[i].member != JSON_NO_MEMBER)
            found->row[node[i].member] = i;
}

/* Where the members of an entry's main objects are, as long as nothing changes. */
static void gather(struct normalize *n)
{
    static const struct {
        uint8_t object, parent, row;
    } objects[] = {
        {HAR_OBJECT_REQUEST, HAR_OBJECT_ENTRY, ENTRY_request},
        {HAR_OBJECT_RESPONSE, HAR_OBJECT_ENTRY, ENTRY_response},
        {HAR_OBJECT_TIMINGS, HAR_OBJECT_ENTRY, ENTRY_timings},
        {HAR_OBJECT_CONTENT, HAR_OBJECT_RESPONSE, RESPONSE_content},
    };
    gather_object(n, HAR_OBJECT_ENTRY, 0);
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        gather_object(n, objects[i].object, n->found[objects[i].parent].row[objects[i].row]);
}

static void entry(struct normalize *n)
{
    if (n->edit.tree->sound)
        gather(n);
    else
        normalize_shape(n, 0);
    normalize_headers(n);
    normalize_request(n);
    normalize_response(n);
    normalize_content(n);
    normalize_times(n);
    normalize_entry(n);
    if (!n->edit.tree->sound)
        normalize_defaults(n, 0);
    normalize_comments(n);
}

static void page(struct normalize *n)
{
    if (!n->edit.tree->sound)
        normalize_shape(n, 0);
    normalize_page(n, 0);
    if (!n->edit.tree->sound)
        normalize_defaults(n, 0);
    normalize_comments(n);
}

/* An element of pages or entries. */
static enum har_status element(struct normalize *n, enum har_object object, void (*steps)(struct normalize *),
                               struct har_error *error)
{
    const struct har_member row = {.types = 1u << HAR_KIND_OBJECT, .object = (unsigned char)object};
    const struct har_node *root = normalize_node(n, 0);
    if (root->kind != HAR_KIND_OBJECT && (root->kind != HAR_KIND_ARRAY || root->child == JSON_NONE || !normalize_turn(n, 0, &row)))
        return normalize_lost(n, error);
    steps(n);
    return HAR_OK;
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
    enum har_status status = HAR_OK;
    n->item = item;
    n->notes = n->strays = n->gaps = 0;
    for (unsigned object = 0; object < HAR_OBJECT_COUNT; object++)
        n->found[object].object = JSON_NONE;
    n->names_of = JSON_NONE;
    if (item->tree) /* the format's own, which nobody else holds */
        json_edit_begin(&n->edit, (struct har_tree *)(uintptr_t)item->tree,
                        har_settings_bound(n->args.settings, HAR_BOUND_TREE_BYTES),
                        har_settings_bound(n->args.settings, HAR_BOUND_ITEM_BYTES));
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        normalize_document_begin(n);
        break;
    case HAR_ITEM_MEMBER:
        status = normalize_member_item(n, error);
        break;
    case HAR_ITEM_PAGE:
        status = element(n, HAR_OBJECT_PAGE, page, error);
        break;
    case HAR_ITEM_ENTRY:
        status = element(n, HAR_OBJECT_ENTRY, entry, error);
        break;
    case HAR_ITEM_DOC_END:
        return normalize_document_end(n, error);
    }
    return status == HAR_FATAL || fault(n, error) == HAR_OK ? status : HAR_FATAL;
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
