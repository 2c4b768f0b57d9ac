/* HAR as JSON again: members in the specification's order, strings in canonical spelling, numbers as written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/writer.h>

#include "json/write.h"

/* Members of the log are held back by rows of its table until their turn comes; entries are not held. */
enum { ROWS = 8, ROW_OTHER = ROWS - 1, NO_ROW = -1 };

struct har_out {
    struct har_sink *sink;
    const struct har_settings *settings;
    struct json_out body;              /* entries, and whatever is to be written at once */
    struct json_out log[ROWS];         /* each holds "key": value, or several with commas between */
    struct json_out root, root_custom; /* members beside the log; those of them that start with an underscore */
    struct json_out document;          /* one that is no object */
    int entries_row;
    unsigned seen;          /* rows of the log that came */
    bool has_log;           /* an object that was streamed */
    bool envelope;          /* and that lay in another object */
    struct json_out *pages; /* where pages that come as items go, while their bracket is open */
    uint64_t page_count;
    bool entries; /* come as items */
    uint64_t entry_count;
    bool head_written;
    size_t head_held; /* bytes of the log's members that it was written with */
    bool as_read;
};

static const struct har_option_row options[] = {
    {"indent", "N", "blanks a level, 0 for one line", "2"},
    {"as-read", NULL, "keep the order of members and the spelling of strings", NULL},
    {"mask", NULL, "write the length of strings, not their values", NULL},
    {NULL, NULL, NULL, NULL},
};

/* All that is held back, to be done something with one by one. */
enum { PARTS = ROWS + 3 };

static struct json_out *part_at(struct har_out *w, size_t i)
{
    struct json_out *const others[] = {&w->root, &w->root_custom, &w->document};
    return i < ROWS ? &w->log[i] : others[i - ROWS];
}

static int row_of(const char *name)
{
    const struct har_object_spec *log = har_spec_object(HAR_OBJECT_LOG);
    for (size_t i = 0; i < log->count; i++)
        if (strcmp(log->members[i].name, name) == 0)
            return (int)i;
    return NO_ROW;
}

static enum har_status open_writer(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    struct har_out *w = ctx;
    char *rest;
    const char *indent = har_option_value(args->options, "indent", "2");
    const unsigned long blanks = strtoul(indent, &rest, 10);
    if (*rest || !*indent || blanks > 8)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "indent takes a number from 0 to 8");
    w->sink = args->sink;
    w->settings = args->settings;
    w->entries_row = row_of("entries");
    w->body = (struct json_out){.sink = args->sink, .section = HAR_SECTION_BODY, .error = error, .indent = (unsigned)blanks};
    w->as_read = w->body.as_read = har_option_value(args->options, "as-read", "no") == NULL;
    w->body.mask = har_option_value(args->options, "mask", "no") == NULL;
    har_buffer_init(&w->body.buffer, 4 * JSON_CHUNK);
    for (size_t i = 0; i < PARTS; i++) {
        struct json_out *part = part_at(w, i);
        *part = w->body;
        part->sink = NULL;
        har_buffer_init(&part->buffer, (size_t)har_settings_bound(args->settings, HAR_BOUND_KEPT_BYTES));
    }
    return HAR_OK;
}

static void close_writer(void *ctx)
{
    struct har_out *w = ctx;
    har_buffer_release(&w->body.buffer);
    for (size_t i = 0; i < PARTS; i++)
        har_buffer_release(&part_at(w, i)->buffer);
}

/* Whether what is held back together passes its bound. */
static enum har_status check_kept(struct har_out *w, struct har_error *error)
{
    uint64_t kept = 0;
    for (size_t i = 0; i < PARTS; i++) {
        struct json_out *part = part_at(w, i);
        if (part->status != HAR_OK)
            return part->status;
        kept += part->buffer.len;
    }
    if (kept <= har_settings_bound(w->settings, HAR_BOUND_KEPT_BYTES))
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_KEPT_BYTES,
                         "pages and other members together are larger than --max-kept-bytes allows");
}

/* Appends a member to what is held in `part`. */
static void hold_member(struct json_out *part, const struct har_item *item, unsigned level)
{
    const struct har_node *root = har_tree_root(item->tree);
    if (part->buffer.len)
        json_out_text(part, ",", 1);
    json_out_line(part, level);
    json_out_key(part, item->tree, root);
    if (!item->streamed)
        json_out_value(part, item->tree, root, level);
}

/* The log's members that stand before the entries. */
static void put_members(struct har_out *w, struct json_out *out, int from, int to, bool *first)
{
    for (int row = from; row < to; row++) {
        const struct har_buffer *held = &w->log[row].buffer;
        if (!held->len)
            continue;
        if (!*first)
            json_out_text(out, ",", 1);
        *first = false;
        json_out_text(out, held->data, held->len);
    }
}

/* Bytes of the members that stand before the entries. */
static size_t held_before(const struct har_out *w)
{
    size_t held = 0;
    for (int row = 0; row < w->entries_row; row++)
        held += w->log[row].buffer.len;
    return held;
}

static enum har_status put_head(struct har_out *w, struct har_error *error)
{
    struct json_out head = w->body;
    bool first = true;
    har_buffer_init(&head.buffer, 4 * JSON_CHUNK);
    head.section = HAR_SECTION_HEAD;
    json_out_text(&head, "{", 1);
    json_out_line(&head, 1);
    json_out_text(&head, head.indent ? "\"log\": {" : "\"log\":{", head.indent ? 8 : 7);
    put_members(w, &head, 0, w->entries_row, &first);
    if (w->entries) {
        if (!first)
            json_out_text(&head, ",", 1);
        json_out_line(&head, 2);
        json_out_text(&head, head.indent ? "\"entries\": [" : "\"entries\":[", head.indent ? 12 : 11);
    }
    json_out_flush(&head);
    har_buffer_release(&head.buffer);
    w->head_written = true;
    w->head_held = held_before(w);
    if (head.status != HAR_OK)
        return head.status;
    return har_sink_close_section(w->sink, HAR_SECTION_HEAD, error);
}

/* At the first entry: a head that is complete is written; one that lacks members only for now where it can be taken back. */
static enum har_status head_before_entries(struct har_out *w, struct har_error *error)
{
    const unsigned before = (1u << w->entries_row) - 1;
    if ((w->seen & before) == before || w->as_read || har_sink_can_reopen(w->sink))
        return put_head(w, error);
    return HAR_OK;
}

static enum har_status entry(struct har_out *w, const struct har_item *item, struct har_error *error)
{
    if (!w->entry_count && head_before_entries(w, error) != HAR_OK)
        return HAR_FATAL;
    if (w->entry_count++)
        json_out_text(&w->body, ",", 1);
    json_out_line(&w->body, 3);
    json_out_value(&w->body, item->tree, har_tree_root(item->tree), 3);
    return w->body.status;
}

static void page(struct har_out *w, const struct har_item *item)
{
    if (w->page_count++)
        json_out_text(w->pages, ",", 1);
    json_out_line(w->pages, 3);
    json_out_value(w->pages, item->tree, har_tree_root(item->tree), 3);
}

static void end_pages(struct har_out *w)
{
    if (!w->pages)
        return;
    if (w->page_count)
        json_out_line(w->pages, 2);
    json_out_text(w->pages, "]", 1);
    w->pages = NULL;
}

/* Where a member of the log goes: to its row; as read, before or behind the entries. */
static int place_of(const struct har_out *w, int row)
{
    if (w->as_read)
        return w->entries ? ROW_OTHER : 0;
    return row;
}

static void log_member(struct har_out *w, const struct har_item *item)
{
    const struct har_node *root = har_tree_root(item->tree);
    const int row = root->member == JSON_NO_MEMBER ? ROW_OTHER : root->member;
    if (item->streamed && row == w->entries_row) {
        w->entries = true;
    } else {
        struct json_out *part = &w->log[place_of(w, row)];
        hold_member(part, item, 2);
        if (item->streamed) {
            json_out_text(part, "[", 1);
            w->pages = part;
        }
    }
    w->seen |= 1u << row;
}

/* An envelope is left out, but not what a producer put into it under a name of its own. Whether there is one shows late. */
static void outer_member(struct har_out *w, const struct har_item *item)
{
    const struct har_tree *tree = item->tree;
    const struct har_node *root = har_tree_root(tree);
    const bool inside = item->scope == HAR_SCOPE_ENVELOPE;
    if (item->streamed) {
        const bool log = json_key_is(tree, root, "log", 3);
        w->has_log |= log;
        w->envelope |= log && inside;
        return;
    }
    if (root->key_len && *json_key(tree, root) == '_')
        hold_member(&w->root_custom, item, 1);
    hold_member(&w->root, item, 1);
}

static enum har_status member(struct har_out *w, const struct har_item *item, struct har_error *error)
{
    switch (item->scope) {
    case HAR_SCOPE_DOCUMENT:
        json_out_value(&w->document, item->tree, har_tree_root(item->tree), 0);
        break;
    case HAR_SCOPE_ROOT:
    case HAR_SCOPE_ENVELOPE:
        outer_member(w, item);
        break;
    case HAR_SCOPE_LOG:
        log_member(w, item);
        break;
    }
    return check_kept(w, error);
}

static enum har_status item_writer(void *ctx, const struct har_item *item, struct har_error *error)
{
    struct har_out *w = ctx;
    w->body.error = error;
    if (item->kind != HAR_ITEM_PAGE)
        end_pages(w);
    switch (item->kind) {
    case HAR_ITEM_MEMBER:
        return member(w, item, error);
    case HAR_ITEM_PAGE:
        page(w, item);
        return check_kept(w, error);
    case HAR_ITEM_ENTRY:
        return entry(w, item, error);
    case HAR_ITEM_DOC_BEGIN:
    case HAR_ITEM_DOC_END:
        break;
    }
    return HAR_OK;
}

/* Behind the entries: the rest of the log, then the rest of the document. */
static void put_tail(struct har_out *w)
{
    bool first = !w->entries && !w->head_held;
    w->body.section = HAR_SECTION_TAIL;
    if (w->entries) {
        if (w->entry_count)
            json_out_line(&w->body, 2);
        json_out_text(&w->body, "]", 1);
        first = false;
    }
    put_members(w, &w->body, w->entries_row, ROWS, &first);
    if (w->seen)
        json_out_line(&w->body, 1);
    json_out_text(&w->body, "}", 1);
}

/* A document without a log that could be streamed. */
static void put_plain(struct har_out *w)
{
    w->body.section = HAR_SECTION_HEAD;
    if (w->document.buffer.len) {
        json_out_text(&w->body, w->document.buffer.data, w->document.buffer.len);
        return;
    }
    json_out_text(&w->body, "{", 1);
    json_out_text(&w->body, w->root.buffer.data, w->root.buffer.len);
    if (w->root.buffer.len)
        json_out_line(&w->body, 0);
    json_out_text(&w->body, "}", 1);
}

static enum har_status finish_writer(void *ctx, struct har_error *error)
{
    struct har_out *w = ctx;
    w->body.error = error;
    json_out_flush(&w->body);
    if (w->has_log) {
        const bool changed = held_before(w) != w->head_held;
        if (w->head_written && changed && har_sink_reopen_head(w->sink, error) != HAR_OK)
            return HAR_FATAL;
        if ((!w->head_written || changed) && put_head(w, error) != HAR_OK)
            return HAR_FATAL;
        put_tail(w);
        const struct har_buffer *beside = w->envelope ? &w->root_custom.buffer : &w->root.buffer;
        if (beside->len)
            json_out_text(&w->body, ",", 1);
        json_out_text(&w->body, beside->data, beside->len);
        json_out_line(&w->body, 0);
        json_out_text(&w->body, "}", 1);
    } else {
        put_plain(w);
    }
    json_out_text(&w->body, "\n", 1);
    json_out_flush(&w->body);
    return w->body.status;
}

const struct har_writer har_writer_har = {
    .size = sizeof(struct har_writer),
    .name = "har",
    .summary = "canonical HAR 1.2, as JSON",
    .extensions = ".har .json",
    .options = options,
    .ctx_size = sizeof(struct har_out),
    .open = open_writer,
    .item = item_writer,
    .finish = finish_writer,
    .close = close_writer,
};
