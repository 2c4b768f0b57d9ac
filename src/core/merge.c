/* Merging: each run's items go to one writer, the ids of pages changed on their way. */
#include <harmill/merge.h>

#include <stdlib.h>
#include <string.h>

#include "core/merge_heads.h"
#include "core/merge_ids.h"
#include "core/sink.h"
#include "core/telling.h"
#include "json/edit.h"

enum state { STATE_READY, STATE_FAILED, STATE_DONE };

struct har_merge {
    struct har_merge_args args;
    struct har_settings *own_settings; /* when the caller has none */
    uint64_t most;                     /* bytes kept */
    enum state state;
    bool running;              /* a run holds the output */
    struct har_report_to *now; /* where that run's findings go */
    struct har_report_to to;   /* for the writer, which has no run of its own: on to `now` */
    void *ctx;                 /* of the writer */
    bool begun;                /* the writer has the beginning of the document */
    uint64_t entries;
    struct merge_heads heads;
    struct merge_ids ids;
    struct kept_list pages;
    uint64_t page_bytes;
    bool has_pages; /* any capture has a list of them */
    struct har_buffer spelled, page;
};

static enum har_status pass(void *user, const struct har_item *item, struct har_error *error)
{
    struct har_merge *merge = user;
    return merge->args.writer->item(merge->ctx, item, error);
}

static enum har_status pass_plain(struct har_merge *merge, enum har_item_kind kind, struct har_error *error)
{
    const struct har_item item = {.size = sizeof item, .kind = kind, .container = ""};
    return pass(merge, &item, error);
}

static enum har_status pass_streamed(struct har_merge *merge, enum har_scope scope, const char *key, struct har_error *error)
{
    struct har_item item;
    struct har_tree tree;
    enum har_status status = kept_streamed(&item, &tree, scope, key, error);
    if (status == HAR_OK)
        status = pass(merge, &item, error);
    json_tree_release(&tree);
    return status;
}

static enum har_status begin(struct har_merge *merge, struct har_error *error)
{
    merge_ids_next(&merge->ids);
    enum har_status status = merge_heads_begin(&merge->heads, error);
    if (status != HAR_OK || merge->begun)
        return status;
    merge->begun = true;
    (void)((status = pass_plain(merge, HAR_ITEM_DOC_BEGIN, error)) == HAR_OK &&
           (status = pass_streamed(merge, HAR_SCOPE_ROOT, "log", error)) == HAR_OK &&
           (status = pass_streamed(merge, HAR_SCOPE_LOG, "entries", error)) == HAR_OK);
    return status;
}

/* The log's list of that name, streamed or, as normalize adds it, empty. */
static bool is_list(const struct har_item *item, const char *name)
{
    const struct har_node *root = har_tree_root(item->tree);
    return item->scope == HAR_SCOPE_LOG && json_key_is(item->tree, root, name, strlen(name)) &&
           (item->streamed || (root->kind == HAR_KIND_ARRAY && root->child == JSON_NONE));
}

static enum har_status member(struct har_merge *merge, const struct har_item *item, struct har_error *error)
{
    if (item->scope == HAR_SCOPE_DOCUMENT)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "is no capture, so it cannot be merged");
    const bool pages = is_list(item, "pages");
    merge->has_pages |= pages;
    if (!item->streamed && !pages && !is_list(item, "entries"))
        return merge_heads_member(&merge->heads, item, error);
    const struct har_node *root = har_tree_root(item->tree);
    merge->heads.enveloped |= item->scope == HAR_SCOPE_ENVELOPE && json_key_is(item->tree, root, "log", 3);
    return HAR_OK;
}

/* The string in canonical spelling, without its quotes; borrowed until the next call. */
static enum har_status spell_id(struct har_merge *merge, const struct har_tree *tree, const struct har_node *node,
                                struct har_text *id, struct har_error *error)
{
    if (!(node->flags & JSON_TEXT_RESPELL)) {
        *id = har_node_text(tree, node);
        return HAR_OK;
    }
    har_buffer_clear(&merge->spelled);
    const enum har_status status = kept_spell(&merge->spelled, tree, node, false, error);
    if (status == HAR_OK)
        *id = (struct har_text){merge->spelled.data + 1, merge->spelled.len - 2};
    return status;
}

/* The tree is another's: it gets the id that is written for the time of one call. */
struct lent {
    struct har_tree *tree;
    uint32_t index;
    struct har_node node;
    size_t added;
};

static enum har_status lend_id(struct har_merge *merge, const struct har_item *item, const struct har_node *node,
                               struct har_text id, struct lent *lent, struct har_error *error)
{
    struct json_edit edit;
    lent->tree = (struct har_tree *)(uintptr_t)item->tree;
    lent->index = json_index(item->tree, node);
    lent->node = *node;
    lent->added = item->tree->added.len;
    json_edit_begin(&edit, lent->tree, har_settings_bound(merge->args.settings, HAR_BOUND_TREE_BYTES),
                    har_settings_bound(merge->args.settings, HAR_BOUND_ITEM_BYTES));
    json_edit_set_spelled(&edit, lent->index, id.bytes, id.len);
    if (edit.fault == JSON_EDIT_ITEM_BYTES)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_ITEM_BYTES,
                             "an item with a new page id is larger than --max-item-bytes allows");
    return edit.fault ? har_error_memory(error) : HAR_OK;
}

static void give_back(const struct lent *lent)
{
    if (!lent->tree)
        return;
    lent->tree->node[lent->index] = lent->node;
    lent->tree->added.len = lent->added;
}

static const struct har_node *string_member(const struct har_item *item, const char *name)
{
    const struct har_node *node = har_node_member(item->tree, har_tree_root(item->tree), name);
    return node && node->kind == HAR_KIND_STRING ? node : NULL;
}

/* Pages, pages that were renamed and what the captures say of themselves are held back together. */
static enum har_status check_kept(const struct har_merge *merge, struct har_error *error)
{
    const uint64_t bytes = merge->page_bytes + merge->heads.bytes + merge_ids_bytes(&merge->ids);
    return bytes > merge->most ? kept_too_large(error) : HAR_OK;
}

static enum har_status note_renamed(struct har_merge *merge, struct har_text id, const struct merge_id *written,
                                    struct har_error *error)
{
    if (!written->changed || !written->fresh)
        return HAR_OK;
    return merge_heads_renamed(&merge->heads, id, written->text, error);
}

static enum har_status page(struct har_merge *merge, const struct har_item *item, struct har_error *error)
{
    const struct har_node *node = string_member(item, "id");
    struct merge_id written = {.changed = false};
    struct lent lent = {.tree = NULL};
    struct har_text id;
    bool same = false;
    enum har_status status = node ? spell_id(merge, item->tree, node, &id, error) : HAR_OK;
    if (status == HAR_OK && node && merge->args.flags & HAR_MERGE_SAME_PAGES) {
        har_buffer_clear(&merge->page);
        status = kept_spell(&merge->page, item->tree, har_tree_root(item->tree), false, error);
        if (status == HAR_OK)
            status = merge_ids_page(&merge->ids, merge->heads.count, id, (struct har_text){merge->page.data, merge->page.len},
                                    &written, &same, error);
    } else if (status == HAR_OK && node) {
        status = merge_ids_map(&merge->ids, merge->heads.count, id, &written, error);
    }
    if (status == HAR_OK)
        status = note_renamed(merge, id, &written, error);
    if (status == HAR_OK && written.changed && !same)
        status = lend_id(merge, item, node, written.text, &lent, error);
    if (status == HAR_OK && !same)
        status = kept_add(&merge->pages, item, &merge->page_bytes, merge->most, error);
    give_back(&lent);
    return status == HAR_OK ? check_kept(merge, error) : status;
}

static enum har_status entry(struct har_merge *merge, const struct har_item *item, struct har_error *error)
{
    const struct har_node *node = string_member(item, "pageref");
    struct merge_id written = {.changed = false};
    struct lent lent = {.tree = NULL};
    struct har_text id;
    enum har_status status = node ? spell_id(merge, item->tree, node, &id, error) : HAR_OK;
    if (status == HAR_OK && node)
        status = merge_ids_map(&merge->ids, merge->heads.count, id, &written, error);
    if (status == HAR_OK && written.fresh) {
        status = note_renamed(merge, id, &written, error);
        status = status == HAR_OK ? check_kept(merge, error) : status;
    }
    if (status == HAR_OK && written.changed)
        status = lend_id(merge, item, node, written.text, &lent, error);
    if (status == HAR_OK) {
        struct har_item own = *item;
        own.ordinal = merge->entries++;
        own.container = "/log/entries";
        merge_heads_now(&merge->heads)->entries++;
        status = pass(merge, &own, error);
    }
    give_back(&lent);
    return status;
}

/* The writer through which the items of a run come. */
struct forward {
    struct har_merge *merge;
    bool finished;
};

static enum har_status open_forward(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    struct forward *forward = ctx;
    struct har_merge *merge = args->user;
    if (merge->running || merge->state != STATE_READY)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the merge is over, or another run is part of it just now");
    forward->merge = merge;
    merge->running = true;
    merge->now = args->findings;
    return HAR_OK;
}

static enum har_status item_forward(void *ctx, const struct har_item *item, struct har_error *error)
{
    struct har_merge *merge = ((struct forward *)ctx)->merge;
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        return begin(merge, error);
    case HAR_ITEM_MEMBER:
        return member(merge, item, error);
    case HAR_ITEM_PAGE:
        return page(merge, item, error);
    case HAR_ITEM_ENTRY:
        return entry(merge, item, error);
    case HAR_ITEM_DOC_END:
        return merge_heads_end(&merge->heads, error);
    }
    return HAR_OK;
}

static enum har_status finish_forward(void *ctx, struct har_error *error)
{
    (void)error;
    ((struct forward *)ctx)->finished = true;
    return HAR_OK;
}

static void close_forward(void *ctx)
{
    const struct forward *forward = ctx;
    if (!forward->merge)
        return;
    forward->merge->running = false;
    forward->merge->now = NULL;
    if (!forward->finished)
        forward->merge->state = STATE_FAILED;
}

static enum har_status finding_forward(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct har_merge *merge = ((struct forward *)ctx)->merge;
    return merge->args.writer->finding(merge->ctx, finding, error);
}

static enum har_status source_forward(void *ctx, const struct har_source *source, struct har_error *error)
{
    struct har_merge *merge = ((struct forward *)ctx)->merge;
    return merge->args.writer->source(merge->ctx, source, error);
}

#define FORWARD(hears, asks)                                                                                                       \
    {                                                                                                                              \
        .size = sizeof(struct har_writer), .name = "merge", .summary = "into a capture that others go into, too",                  \
        .ctx_size = sizeof(struct forward), .open = open_forward, .item = item_forward, .finish = finish_forward,                  \
        .close = close_forward, .finding = (hears) ? finding_forward : NULL, .source = (asks) ? source_forward : NULL,             \
    }

/* By what is asked for: nobody else pays for it. */
static const struct har_writer forward_writers[2][2] = {{FORWARD(0, 0), FORWARD(0, 1)}, {FORWARD(1, 0), FORWARD(1, 1)}};

struct har_output har_merge_output(struct har_merge *merge)
{
    const struct har_writer *writer = merge->args.writer;
    return (struct har_output){.writer = &forward_writers[WRITER_HAS(writer, finding)][WRITER_HAS(writer, source)], .user = merge};
}

static enum har_status open_writer(struct har_merge *merge, struct har_error *error)
{
    const struct har_writer *writer = merge->args.writer;
    const struct har_writer_args args = {.size = sizeof args,
                                         .sink = merge->args.sink,
                                         .options = merge->args.options,
                                         .settings = merge->args.settings,
                                         .findings = &merge->to,
                                         .redaction = merge->args.redaction};
    merge->to.through = &merge->now;
    merge->ctx = calloc(1, writer->ctx_size ? writer->ctx_size : 1);
    if (merge->args.redaction && sink_prove(merge->args.sink, merge->args.redaction, error) != HAR_OK)
        return HAR_FATAL;
    return merge->ctx ? writer->open(merge->ctx, &args, error) : har_error_memory(error);
}

enum har_status har_merge_new(struct har_merge **result, const struct har_merge_args *args, struct har_error *error)
{
    struct har_merge *merge = *result = calloc(1, sizeof *merge);
    enum har_status status = HAR_OK;
    if (!merge)
        return har_error_memory(error);
    merge->args = *args;
    if (!args->settings)
        merge->args.settings = merge->own_settings = har_settings_new();
    if (!merge->args.settings)
        status = har_error_memory(error);
    merge->most = har_settings_bound(merge->args.settings, HAR_BOUND_KEPT_BYTES);
    merge->heads.most = merge->most;
    merge->ids.most = (size_t)merge->most;
    har_buffer_init(&merge->spelled, (size_t)merge->most);
    har_buffer_init(&merge->page, (size_t)merge->most);
    if (status == HAR_OK)
        status = open_writer(merge, error);
    if (status != HAR_OK) {
        har_merge_free(merge);
        *result = NULL;
    }
    return status;
}

static enum har_status write_pages(struct har_merge *merge, struct har_error *error)
{
    enum har_status status = HAR_OK;
    if (merge->has_pages || merge->pages.count)
        status = pass_streamed(merge, HAR_SCOPE_LOG, "pages", error);
    for (size_t i = 0; i < merge->pages.count && status == HAR_OK; i++) {
        struct kept *kept = merge->pages.item[i];
        kept->item.ordinal = i;
        status = pass(merge, &kept->item, error);
        kept_drop(&merge->pages, i);
    }
    return status;
}

static enum har_status finish(struct har_merge *merge, struct har_error *error)
{
    const uint64_t depth = har_settings_bound(merge->args.settings, HAR_BOUND_DEPTH) - 2; /* below document and log */
    const bool custom = !(merge->args.flags & HAR_MERGE_NO_CUSTOM);
    enum har_status status;
    if (!merge->begun)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "there is nothing to merge");
    (void)((status = write_pages(merge, error)) == HAR_OK &&
           (status = merge_heads_write(&merge->heads, custom, depth, pass, merge, error)) == HAR_OK &&
           (status = pass_plain(merge, HAR_ITEM_DOC_END, error)) == HAR_OK &&
           (status = merge->args.writer->finish(merge->ctx, error)) == HAR_OK &&
           (status = har_sink_commit(merge->args.sink, error)) == HAR_OK);
    return status;
}

enum har_status har_merge_finish(struct har_merge *merge, struct har_error *error)
{
    if (merge->state != STATE_READY || merge->running)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "a capture could not be merged");
    const enum har_status status = finish(merge, error);
    merge->state = status == HAR_OK ? STATE_DONE : STATE_FAILED;
    return status == HAR_OK ? HAR_OK : HAR_FATAL;
}

uint64_t har_merge_captures(const struct har_merge *merge)
{
    return merge->heads.count;
}

uint64_t har_merge_entries(const struct har_merge *merge)
{
    return merge->entries;
}

void har_merge_free(struct har_merge *merge)
{
    if (!merge)
        return;
    if (merge->ctx)
        merge->args.writer->close(merge->ctx);
    free(merge->ctx);
    kept_release(&merge->pages);
    merge_heads_release(&merge->heads);
    merge_ids_release(&merge->ids);
    har_buffer_release(&merge->spelled);
    har_buffer_release(&merge->page);
    har_settings_free(merge->own_settings);
    free(merge);
}
