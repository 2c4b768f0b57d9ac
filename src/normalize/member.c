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

uint32_t normalize_member(const struct normalize *n, uint32_t object, uint8_t row)
{
    const struct har_node *node = n->edit.tree->node;
    uint32_t found = JSON_NONE;
    if (object == JSON_NONE)
        return JSON_NONE;
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

static bool has_key(const struct normalize *n, uint32_t object, const char *key, size_t len)
{
    const struct har_tree *tree = n->edit.tree;
    for (uint32_t i = tree->node[object].child; i != JSON_NONE; i = tree->node[i].next)
        if (json_key_is(tree, &tree->node[i], key, len))
            return true;
    return false;
}

void normalize_keep_as_custom(struct normalize *n, uint32_t member)
{
    struct har_buffer name;
    if (member == JSON_NONE || n->edit.fault)
        return;
    har_buffer_init(&name, n->scratch[0].max);
    har_buffer_append_char(&name, '_');
    if (!har_node_decode_key(n->edit.tree, normalize_node(n, member), &name))
        n->no_memory = true;
    const size_t len = name.len;
    const uint32_t object = normalize_node(n, member)->parent;
    for (unsigned count = 2; object != JSON_NONE && !name.failed && has_key(n, object, name.data, name.len); count++) {
        name.len = len;
        har_buffer_printf(&name, "_%u", count);
    }
    if (!name.failed)
        json_edit_set_key(&n->edit, member, name.data, name.len);
    json_edit_bind(&n->edit, member, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    har_buffer_release(&name);
}
