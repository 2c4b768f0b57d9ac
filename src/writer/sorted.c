/* Entries in the order of their startedDateTime. */
#include "writer/sorted.h"

#include <string.h>

#include <harmill/spec.h>

#include "util/iso8601.h"

#define SECOND INT64_C(1000000000)

void sorted_init(struct sorted *sorted, const struct har_settings *settings)
{
    const struct har_object_spec *entry = har_spec_object(HAR_OBJECT_ENTRY);
    *sorted = (struct sorted){.key = INT64_MIN};
    piece_sort_init(&sorted->pieces, har_settings_spool_dir(settings));
    while (strcmp(entry->members[sorted->date_row].name, "startedDateTime") != 0)
        sorted->date_row++;
}

/* The last one, as most readers take it. */
static const struct har_node *find_date(const struct sorted *sorted, const struct har_tree *tree)
{
    const struct har_node *found = NULL, *root = har_tree_root(tree);
    if (root->kind != HAR_KIND_OBJECT)
        return NULL;
    for (uint32_t i = root->child; i != JSON_NONE; i = tree->node[i].next)
        if (tree->node[i].member == sorted->date_row)
            found = &tree->node[i];
    return found && found->kind == HAR_KIND_STRING ? found : NULL;
}

/* From 1677 to 2262 all instants have keys of their own; what lies outside shares the first or the last one. */
static int64_t nanoseconds(const struct iso8601 *instant)
{
    if (instant->seconds >= INT64_MAX / SECOND)
        return INT64_MAX;
    if (instant->seconds <= INT64_MIN / SECOND)
        return INT64_MIN;
    return instant->seconds * SECOND + instant->nanoseconds;
}

/* Puts the key of the entry into sorted->key, or leaves the one before there. */
static enum har_status take_key(struct sorted *sorted, const struct har_tree *tree, struct har_error *error)
{
    const struct har_node *date = find_date(sorted, tree);
    struct iso8601 instant;
    if (!date)
        return HAR_OK;
    const char *text = json_text(tree, date);
    size_t len = date->text_len;
    if (date->flags & JSON_TEXT_ESCAPED) {
        har_buffer_release(&sorted->text);
        har_buffer_init(&sorted->text, len); /* decoded text is never longer */
        if (!har_node_decode(tree, date, &sorted->text))
            return har_error_memory(error);
        text = sorted->text.data;
        len = sorted->text.len;
    }
    if (iso8601_parse(text, len, &instant) >= ISO8601_OTHER)
        sorted->key = nanoseconds(&instant);
    return HAR_OK;
}

enum har_status sorted_note(struct sorted *sorted, const struct har_tree *tree, uint64_t offset, uint64_t len,
                            struct har_error *error)
{
    const int64_t before = sorted->key;
    const enum har_status status = take_key(sorted, tree, error);
    if (status != HAR_OK)
        return status;
    sorted->needed |= sorted->key < before;
    return piece_sort_add(&sorted->pieces, (struct piece){sorted->key, offset, len}, error);
}

/* A har_piece_fn. Entries that follow each other before and after, with the separator between them, are one piece. */
static enum har_status next(void *user, uint64_t *offset, uint64_t *len, struct har_error *error)
{
    struct sorted *sorted = user;
    struct piece *ahead = &sorted->ahead;
    const struct piece piece = *ahead;
    enum har_status status;
    uint64_t end = piece.offset + piece.len;
    if (!piece.len)
        return HAR_EOF;
    ahead->len = 0;
    while ((status = piece_sort_next(&sorted->pieces, ahead, error)) == HAR_OK && ahead->offset == end + sorted->separator_len) {
        end = ahead->offset + ahead->len;
        ahead->len = 0;
    }
    *offset = piece.offset;
    *len = end - piece.offset;
    return status == HAR_EOF ? HAR_OK : status;
}

enum har_status sorted_apply(struct sorted *sorted, struct har_sink *sink, const char *separator, struct har_error *error)
{
    enum har_status status = piece_sort_begin(&sorted->pieces, error);
    if (status == HAR_OK)
        status = piece_sort_next(&sorted->pieces, &sorted->ahead, error);
    if (status < HAR_OK)
        return status;
    sorted->separator_len = strlen(separator);
    return har_sink_reorder(sink, next, sorted, separator, sorted->separator_len, error);
}

void sorted_release(struct sorted *sorted)
{
    piece_sort_release(&sorted->pieces);
    har_buffer_release(&sorted->text);
}
