/* From a node to a finding: place, pointer, excerpt. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "util/position.h"

enum {
    LONG_VALUE = 1024, /* the end of longer values is not looked for */
};

struct har_arg check_word(const char *word)
{
    return (struct har_arg){HAR_ARG_WORD, 0, {word, strlen(word)}};
}

struct har_arg check_number(uint64_t number)
{
    return (struct har_arg){HAR_ARG_NUMBER, (int64_t)number, {"", 0}};
}

struct har_arg check_name(struct check *check, const struct har_node *node)
{
    const struct har_text key = har_node_key(check->item->tree, node);
    har_buffer_clear(&check->decoded);
    if (!(node->flags & JSON_KEY_ESCAPED))
        return (struct har_arg){HAR_ARG_NAME, 0, key};
    har_node_decode_key(check->item->tree, node, &check->decoded);
    return (struct har_arg){HAR_ARG_NAME, 0, {check->decoded.data, check->decoded.len}};
}

struct har_arg check_value(struct check *check, const struct har_node *node)
{
    har_buffer_clear(&check->decoded);
    har_node_decode(check->item->tree, node, &check->decoded);
    return (struct har_arg){HAR_ARG_VALUE, 0, {check->decoded.data ? check->decoded.data : "", check->decoded.len}};
}

/* The place of an offset of the current item, whose bytes are the input's. */
static struct har_place place_at(struct check *check, uint32_t at)
{
    if (at < check->near_at) {
        check->near = check->item->place;
        check->near_at = 0;
    }
    position_advance(&check->near, check->item->tree->bytes + check->near_at, at - check->near_at);
    check->near_at = at;
    return check->near;
}

/* Appends the pointer's part for a key. */
static void append_key(struct check *check, const struct har_node *node)
{
    const struct har_tree *tree = check->item->tree;
    if (!json_append_pointer(&check->pointer, tree, node))
        check->no_memory = true;
}

/* The index of an element of an array. Findings come in the order of their places, so the search goes on from the last one. */
static uint32_t element_index(struct check *check, const struct har_node *array, uint32_t element)
{
    const struct har_tree *tree = check->item->tree;
    uint32_t at = array->child, index = 0;
    if (check->element != JSON_NONE && check->element <= element && json_node(tree, tree->node[check->element].parent) == array) {
        at = check->element;
        index = check->element_index;
    }
    for (; at != element && at != JSON_NONE; at = tree->node[at].next)
        index++;
    check->element = element;
    check->element_index = index;
    return index;
}

static bool grow_path(struct check *check)
{
    const size_t cap = check->path_cap ? check->path_cap * 2 : 32;
    uint32_t *grown = realloc(check->path, cap * sizeof *grown);
    if (!grown) {
        check->no_memory = true;
        return false;
    }
    check->path = grown;
    check->path_cap = cap;
    return true;
}

/* Appends the parts from the item's root to `node`, which is below it. */
static void append_path(struct check *check, const struct har_node *node)
{
    const struct har_tree *tree = check->item->tree;
    size_t count = 0;
    for (; node != tree->node; node = &tree->node[node->parent]) {
        if (count == check->path_cap && !grow_path(check))
            return;
        check->path[count++] = (uint32_t)(node - tree->node);
    }
    while (count--) {
        const uint32_t index = check->path[count];
        const struct har_node *parent = &tree->node[tree->node[index].parent];
        if (parent->kind == HAR_KIND_ARRAY)
            har_buffer_printf(&check->pointer, "/%u", element_index(check, parent, index));
        else
            append_key(check, &tree->node[index]);
    }
}

struct har_text check_pointer(struct check *check, const struct har_node *node)
{
    const struct har_item *item = check->item;
    har_buffer_clear(&check->pointer);
    har_buffer_append_text(&check->pointer, item->container);
    if (item->kind == HAR_ITEM_PAGE || item->kind == HAR_ITEM_ENTRY)
        har_buffer_printf(&check->pointer, "/%llu", (unsigned long long)item->ordinal);
    else if (item->tree && item->scope != HAR_SCOPE_DOCUMENT)
        append_key(check, &item->tree->node[0]);
    if (node)
        append_path(check, node);
    return (struct har_text){check->pointer.data ? check->pointer.data : "", check->pointer.len};
}

uint32_t check_begin(const struct har_node *node, bool key, uint32_t at)
{
    return at ? at : key ? node->key - 1 : json_offset(node);
}

/* Where what is meant ends: behind a key, behind a short value, behind the bracket of a container. */
static uint32_t meant_end(const struct har_node *node, bool key)
{
    if (key)
        return node->key + node->key_len + 1;
    const bool container = node->kind == HAR_KIND_ARRAY || node->kind == HAR_KIND_OBJECT;
    return container || node->text_len > LONG_VALUE ? json_offset(node) + 1 : json_end(node);
}

/* The same for one byte that is meant: if it begins an escape, behind that. */
static uint32_t byte_end(const struct har_tree *tree, const struct har_node *node, uint32_t at)
{
    const uint32_t len = tree->bytes[at] != '\\' ? 1 : tree->bytes[at + 1] == 'u' ? 6 : 2;
    const uint32_t end = at >= node->text ? node->text + node->text_len : node->key + node->key_len;
    return end - at < len ? end : at + len;
}

void check_span(struct check *check, struct check_where where, struct har_place *from, struct har_place *to)
{
    const struct har_tree *tree = check->item->tree;
    if (check->unplaced) {
        *from = *to = check->item->place;
        return;
    }
    if (tree->span) {
        const struct json_span *span = &tree->span[where.node - tree->node];
        *from = *to = span->place;
        to->offset += span->bytes;
        to->column += span->points;
        return;
    }
    *from = place_at(check, check_begin(where.node, where.key, where.at));
    *to = place_at(check, where.at ? byte_end(tree, where.node, where.at) : meant_end(where.node, where.key));
}

