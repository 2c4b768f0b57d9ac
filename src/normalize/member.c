/* Members of the item's objects: finding, setting, keeping. */
#include <stdio.h>
#include <string.h>

#include "json/text.h"
#include "normalize/normalize.h"

void normalize_mended(struct normalize *n, enum har_mend mend)
{
    n->args.mended(n->args.core, mend);
}

void normalize_derived(struct normalize *n, uint32_t object, enum har_mend mend)
{
    normalize_mended(n, mend);
    if (n->notes < NORMALIZE_NOTES_MOST)
        n->note[n->notes++] = (struct normalize_note){object, mend};
}

/* There is room for all of an entry: cookies twice, queryString, mimeType twice, size, redirectURL. */
void normalize_leave_missing(struct normalize *n, uint32_t object, uint8_t row)
{
    for (size_t i = 0; i < n->gaps; i++)
        if (n->gap[i].object == object && n->gap[i].row == row)
            return;
    if (n->gaps < NORMALIZE_GAPS)
        n->gap[n->gaps++] = (struct normalize_gap){object, row};
}

uint32_t normalize_search_member(const struct normalize *n, uint32_t object, uint8_t row)
{
    const struct har_node *node = n->edit.tree->node;
    uint32_t found = JSON_NONE;
    for (uint32_t i = node[object].child; i != JSON_NONE; i = node[i].next)
        if (node[i].member == row)
            found = i;
    return found;
}

uint32_t normalize_set(struct normalize *n, uint32_t object, uint8_t row, enum har_kind kind)
{
    if (object == JSON_NONE || n->edit.fault)
        return JSON_NONE;
    const struct har_member *spec = &har_spec_object((enum har_object)normalize_node(n, object)->object)->members[row];
    const uint8_t bound = kind == HAR_KIND_OBJECT || kind == HAR_KIND_ARRAY ? spec->object : HAR_OBJECT_NONE;
    const uint32_t member = normalize_member(n, object, row);
    if (member == JSON_NONE)
        return json_edit_member(&n->edit, object, spec->name, kind, row, bound);
    if (kind == HAR_KIND_OBJECT || kind == HAR_KIND_ARRAY)
        json_edit_set_empty(&n->edit, member, kind);
    json_edit_bind(&n->edit, member, row, bound);
    return member;
}

void normalize_set_text(struct normalize *n, uint32_t object, uint8_t row, const char *text, size_t len)
{
    json_edit_set_text(&n->edit, normalize_set(n, object, row, HAR_KIND_STRING), text, len);
}

void normalize_set_number(struct normalize *n, uint32_t object, uint8_t row, double number)
{
    json_edit_set_number(&n->edit, normalize_set(n, object, row, HAR_KIND_NUMBER), number);
}

struct har_text normalize_text(struct normalize *n, uint32_t index, unsigned which)
{
    if (index == JSON_NONE || normalize_node(n, index)->kind != HAR_KIND_STRING)
        return (struct har_text){"", 0};
    const struct har_node *node = normalize_node(n, index);
    const struct har_text text = {json_text(n->edit.tree, node), node->text_len};
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return text;
    struct har_buffer *scratch = &n->scratch[which];
    har_buffer_clear(scratch);
    if (!json_text_decode(text.bytes, text.len, scratch))
        n->no_memory = true;
    return (struct har_text){scratch->data ? scratch->data : "", scratch->len};
}

bool normalize_number(const struct normalize *n, uint32_t index, double *number)
{
    return index != JSON_NONE && har_node_number(n->edit.tree, normalize_node(n, index), number);
}

bool normalize_is_custom(const struct har_tree *tree, const struct har_node *node)
{
    struct json_piece piece;
    const char *key = json_key(tree, node);
    size_t len = node->key_len;
    if (!len || *key != '\\')
        return len && *key == '_';
    return json_text_piece(&key, &len, &piece) && piece.point == '_';
}

/* The decoded key, in the buffer of keys. */
static struct har_text decoded_key(struct normalize *n, uint32_t member)
{
    har_buffer_clear(&n->key);
    if (!har_node_decode_key(n->edit.tree, normalize_node(n, member), &n->key))
        n->no_memory = true;
    return (struct har_text){n->key.data ? n->key.data : "", n->key.len};
}

struct names_row *normalize_names_row(struct normalize *n, uint32_t member)
{
    const struct har_node *node = normalize_node(n, member);
    struct har_text key = {json_key(n->edit.tree, node), node->key_len};
    if (node->flags & JSON_KEY_ESCAPED)
        key = decoded_key(n, member);
    struct names_row *row = names_row(&n->names, key.bytes, key.len);
    n->no_memory |= !row;
    return row;
}

/* Whether nothing was added to the tree since the names of `object` were listed: no member can have come or changed its key. */
static bool names_hold(const struct normalize *n, uint32_t object)
{
    const struct har_tree *tree = n->edit.tree;
    return n->names_of == object && n->names_count == tree->count && n->names_added == tree->added.len;
}

static void note_names(struct normalize *n, uint32_t object)
{
    n->names_of = object;
    n->names_count = n->edit.tree->count;
    n->names_added = n->edit.tree->added.len;
}

void normalize_list_names(struct normalize *n, uint32_t object)
{
    if (names_hold(n, object))
        return;
    names_clear(&n->names);
    for (uint32_t i = normalize_node(n, object)->child; i != JSON_NONE && !n->no_memory; i = normalize_node(n, i)->next) {
        struct names_row *row = normalize_names_row(n, i);
        if (row)
            row->node = i;
    }
    note_names(n, object);
}

void normalize_unbind(struct normalize *n, uint32_t root)
{
    struct har_node *const node = n->edit.tree->node;
    node[root].member = JSON_NO_MEMBER;
    uint32_t at = root;
    for (;;) {
        const bool bound = node[at].object != HAR_OBJECT_NONE;
        node[at].object = HAR_OBJECT_NONE;
        if (bound && node[at].child != JSON_NONE) {
            at = node[at].child;
            node[at].member = JSON_NO_MEMBER;
            continue;
        }
        while (at != root && node[at].next == JSON_NONE)
            at = node[at].parent;
        if (at == root)
            return;
        at = node[at].next;
        node[at].member = JSON_NO_MEMBER;
    }
}

void normalize_rename(struct normalize *n, struct names *names, uint32_t member)
{
    const bool custom = normalize_is_custom(n->edit.tree, normalize_node(n, member));
    har_buffer_clear(&n->key);
    if (!custom)
        har_buffer_append_char(&n->key, '_');
    if (!har_node_decode_key(n->edit.tree, normalize_node(n, member), &n->key) || !names_choose(names, &n->key))
        n->no_memory = true;
    else
        json_edit_set_key(&n->edit, member, n->key.data, n->key.len);
    normalize_unbind(n, member);
}

void normalize_keep_as_custom(struct normalize *n, uint32_t member)
{
    if (member == JSON_NONE || n->edit.fault || n->no_memory)
        return;
    const uint32_t object = normalize_node(n, member)->parent;
    if (object == JSON_NONE)
        return;
    normalize_list_names(n, object);
    normalize_rename(n, &n->names, member);
    note_names(n, object);
}
