/* The order of a document's parts: a head that may have to wait or to be taken back, entries as they come, the rest. */
#include "writer/document.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = DOCUMENT_ROWS, ROW_OTHER = ROWS - 1, NO_ROW = -1 };

/* All that is held back, to be done something with one by one. */
enum { PARTS = ROWS + 3 };

static struct json_out *part_at(struct document *doc, size_t i)
{
    struct json_out *const others[] = {&doc->root, &doc->root_custom, &doc->document};
    return i < ROWS ? &doc->log[i] : others[i - ROWS];
}

static int row_of(const char *name)
{
    const struct har_object_spec *log = har_spec_object(HAR_OBJECT_LOG);
    for (size_t i = 0; i < log->count; i++)
        if (strcmp(log->members[i].name, name) == 0)
            return (int)i;
    return NO_ROW;
}

enum har_status document_open(struct document *doc, const struct document_syntax *syntax, const struct har_writer_args *args,
                              struct json_out like, struct har_error *error)
{
    char *rest;
    const char *indent = har_option_value(args->options, "indent", "2");
    const unsigned long blanks = strtoul(indent, &rest, 10);
    if (*rest || !*indent || blanks > 8)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "indent takes a number from 0 to 8");
    doc->syntax = syntax;
    doc->sink = args->sink;
    doc->settings = args->settings;
    doc->entries_row = row_of("entries");
    doc->sorts = har_option_value(args->options, "sort", "no") == NULL;
    sorted_init(&doc->sorted, args->settings);
    doc->body = like;
    doc->body.sink = args->sink;
    doc->body.section = HAR_SECTION_BODY;
    doc->body.error = error;
    doc->body.indent = (unsigned)blanks;
    har_buffer_init(&doc->body.buffer, 4 * JSON_CHUNK);
    for (size_t i = 0; i < PARTS; i++) {
        struct json_out *part = part_at(doc, i);
        *part = doc->body;
        part->sink = NULL;
        har_buffer_init(&part->buffer, (size_t)har_settings_bound(args->settings, HAR_BOUND_KEPT_BYTES));
    }
    return HAR_OK;
}

void document_close(void *ctx)
{
    struct document *doc = ctx;
    har_buffer_release(&doc->body.buffer);
    sorted_release(&doc->sorted);
    for (size_t i = 0; i < PARTS; i++)
        har_buffer_release(&part_at(doc, i)->buffer);
}

/* Whether what is held back together passes its bound. */
static enum har_status check_kept(struct document *doc, struct har_error *error)
{
    uint64_t kept = 0;
    for (size_t i = 0; i < PARTS; i++) {
        struct json_out *part = part_at(doc, i);
        if (part->status != HAR_OK)
            return part->status;
        kept += part->buffer.len;
    }
    if (kept <= har_settings_bound(doc->settings, HAR_BOUND_KEPT_BYTES))
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_KEPT_BYTES,
                         "pages and other members together are larger than --max-kept-bytes allows");
}

static inline void put_between(struct document *doc, struct json_out *out)
{
    json_out_text(out, doc->syntax->between, *doc->syntax->between ? 1 : 0);
}

/* Appends a member to what is held in `part`; of a streamed one its beginning. */
static void hold_member(struct document *doc, struct json_out *part, const struct har_item *item, enum har_object of)
{
    if (part->buffer.len)
        put_between(doc, part);
    if (item->streamed)
        doc->syntax->open_pages(part, item->tree);
    else
        doc->syntax->member(part, of, item->tree);
}

/* The log's members that are held in some of the rows. */
static void put_members(struct document *doc, struct json_out *out, int from, int to, bool *first)
{
    for (int row = from; row < to; row++) {
        const struct har_buffer *held = &doc->log[row].buffer;
        if (!held->len)
            continue;
        if (!*first)
            put_between(doc, out);
        *first = false;
        json_out_text(out, held->data, held->len);
    }
}

/* Bytes of the members that stand before the entries. */
static size_t held_before(const struct document *doc)
{
    size_t held = 0;
    for (int row = 0; row < doc->entries_row; row++)
        held += doc->log[row].buffer.len;
    return held;
}

/* Leaves the head open. */
static enum har_status put_head(struct document *doc)
{
    struct json_out head = doc->body;
    bool first = true;
    har_buffer_init(&head.buffer, 4 * JSON_CHUNK);
    head.section = HAR_SECTION_HEAD;
    doc->syntax->open_document(&head);
    doc->syntax->open_log(&head);
    put_members(doc, &head, 0, doc->entries_row, &first);
    if (doc->entries) {
        if (!first)
            put_between(doc, &head);
        doc->syntax->open_entries(&head);
    }
    json_out_flush(&head);
    har_buffer_release(&head.buffer);
    doc->head_written = true;
    doc->head_held = held_before(doc);
    return head.status;
}

/* At the first entry: a head that is complete is written; one that lacks members only for now where it can be taken back. Where the
 * entries cannot be put in order once they have left, the head stays open, so that they are held back. */
static enum har_status head_before_entries(struct document *doc, struct har_error *error)
{
    const unsigned before = (1u << doc->entries_row) - 1;
    const bool complete = (doc->seen & before) == before || doc->body.as_read || har_sink_can_reopen(doc->sink);
    if (!complete || (doc->sorts && !har_sink_can_reorder(doc->sink)))
        return HAR_OK;
    const enum har_status status = put_head(doc);
    return status == HAR_OK ? har_sink_close_section(doc->sink, HAR_SECTION_HEAD, error) : status;
}

static enum har_status entry(struct document *doc, const struct har_item *item, struct har_error *error)
{
    if (!doc->entry_count && head_before_entries(doc, error) != HAR_OK)
        return HAR_FATAL;
    if (doc->entry_count++)
        put_between(doc, &doc->body);
    const uint64_t offset = json_out_length(&doc->body);
    doc->syntax->element(&doc->body, DOCUMENT_ENTRIES, item->tree);
    if (!doc->sorts || doc->body.status != HAR_OK)
        return doc->body.status;
    return sorted_note(&doc->sorted, item->tree, offset, json_out_length(&doc->body) - offset, error);
}

static void page(struct document *doc, const struct har_item *item)
{
    if (doc->page_count++)
        put_between(doc, doc->pages);
    doc->syntax->element(doc->pages, doc->pages_list, item->tree);
}

static void end_pages(struct document *doc)
{
    if (!doc->pages)
        return;
    doc->syntax->close_list(doc->pages, doc->pages_list, doc->page_count == 0);
    doc->pages = NULL;
}

/* Where a member of the log goes: to its row; as read, before or behind the entries. */
static int place_of(const struct document *doc, int row)
{
    if (doc->body.as_read)
        return doc->entries ? ROW_OTHER : 0;
    return row;
}

static void log_member(struct document *doc, const struct har_item *item)
{
    const struct har_node *root = har_tree_root(item->tree);
    const int row = root->member == JSON_NO_MEMBER ? ROW_OTHER : root->member;
    if (item->streamed && row == doc->entries_row) {
        doc->entries = true;
    } else {
        struct json_out *part = &doc->log[place_of(doc, row)];
        hold_member(doc, part, item, HAR_OBJECT_LOG);
        if (item->streamed) {
            doc->pages = part;
            doc->pages_list = row == ROW_OTHER ? DOCUMENT_OTHER_PAGES : DOCUMENT_PAGES;
        }
    }
    doc->seen |= 1u << row;
}

/* An envelope is left out, but not what a producer put into it under a name of its own. Whether there is one shows late. */
static void outer_member(struct document *doc, const struct har_item *item)
{
    const struct har_tree *tree = item->tree;
    const struct har_node *root = har_tree_root(tree);
    const bool inside = item->scope == HAR_SCOPE_ENVELOPE;
    if (item->streamed) {
        const bool log = json_key_is(tree, root, "log", 3);
        doc->has_log |= log;
        doc->envelope |= log && inside;
        return;
    }
    if (root->key_len && *json_key(tree, root) == '_')
        hold_member(doc, &doc->root_custom, item, HAR_OBJECT_ROOT);
    hold_member(doc, &doc->root, item, HAR_OBJECT_ROOT);
}

static enum har_status member(struct document *doc, const struct har_item *item, struct har_error *error)
{
    switch (item->scope) {
    case HAR_SCOPE_DOCUMENT:
        doc->syntax->whole(&doc->document, item->tree);
        break;
    case HAR_SCOPE_ROOT:
    case HAR_SCOPE_ENVELOPE:
        outer_member(doc, item);
        break;
    case HAR_SCOPE_LOG:
        log_member(doc, item);
        break;
    }
    return check_kept(doc, error);
}

enum har_status document_item(void *ctx, const struct har_item *item, struct har_error *error)
{
    struct document *doc = ctx;
    doc->body.error = error;
    if (item->kind != HAR_ITEM_PAGE)
        end_pages(doc);
    switch (item->kind) {
    case HAR_ITEM_MEMBER:
        return member(doc, item, error);
    case HAR_ITEM_PAGE:
        page(doc, item);
        return check_kept(doc, error);
    case HAR_ITEM_ENTRY:
        return entry(doc, item, error);
    case HAR_ITEM_DOC_BEGIN:
    case HAR_ITEM_DOC_END:
        break;
    }
    return HAR_OK;
}

/* Behind the entries: the rest of the log, then the rest of the document. */
static void put_tail(struct document *doc)
{
    bool first = !doc->entries && !doc->head_held;
    doc->body.section = HAR_SECTION_TAIL;
    if (doc->entries)
        doc->syntax->close_list(&doc->body, DOCUMENT_ENTRIES, doc->entry_count == 0);
    put_members(doc, &doc->body, doc->entries_row, ROWS, &first);
    doc->syntax->close_log(&doc->body, doc->seen == 0);
    const struct har_buffer *beside = doc->envelope ? &doc->root_custom.buffer : &doc->root.buffer;
    if (beside->len)
        put_between(doc, &doc->body);
    json_out_text(&doc->body, beside->data, beside->len);
    doc->syntax->close_document(&doc->body, false);
}

/* A document without a log that could be streamed. */
static void put_plain(struct document *doc)
{
    const struct har_buffer *whole = &doc->document.buffer, *members = &doc->root.buffer;
    doc->body.section = HAR_SECTION_HEAD;
    if (whole->len) {
        json_out_text(&doc->body, whole->data, whole->len);
        return;
    }
    doc->syntax->open_document(&doc->body);
    json_out_text(&doc->body, members->data, members->len);
    doc->syntax->close_document(&doc->body, members->len == 0);
}

/* The head as far as it is still to be written, then the entries in order. */
static enum har_status finish_entries(struct document *doc, struct har_error *error)
{
    const bool changed = held_before(doc) != doc->head_held;
    if (doc->head_written && changed && har_sink_reopen_head(doc->sink, error) != HAR_OK)
        return HAR_FATAL;
    if ((!doc->head_written || changed) && put_head(doc) != HAR_OK)
        return HAR_FATAL;
    if (doc->sorted.needed)
        return sorted_apply(&doc->sorted, doc->sink, doc->syntax->between, error);
    return har_sink_close_section(doc->sink, HAR_SECTION_HEAD, error);
}

enum har_status document_finish(void *ctx, struct har_error *error)
{
    struct document *doc = ctx;
    doc->body.error = error;
    json_out_flush(&doc->body);
    if (doc->has_log) {
        if (finish_entries(doc, error) != HAR_OK)
            return HAR_FATAL;
        put_tail(doc);
    } else {
        put_plain(doc);
    }
    json_out_text(&doc->body, "\n", 1);
    json_out_flush(&doc->body);
    return doc->body.status;
}
