/* Nodes: growing, reading. */
#include "json/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json/text.h"

const char *har_kind_name(enum har_kind kind)
{
    static const char *const name[] = {"null", "boolean", "boolean", "number", "string", "array", "object"};
    return (unsigned)kind < sizeof name / sizeof *name ? name[kind] : "value";
}

bool json_tree_grow(struct har_tree *tree, uint64_t max_bytes)
{
    const uint64_t most = max_bytes / sizeof *tree->node;
    uint64_t cap = tree->cap ? (uint64_t)tree->cap * 2 : 256;
    tree->no_memory = false;
    if (cap > most)
        cap = most;
    if (cap >= JSON_NONE)
        cap = JSON_NONE - 1;
    if (cap <= tree->count)
        return false;
    struct har_node *node = realloc(tree->node, (size_t)cap * sizeof *node);
    if (!node) {
        tree->no_memory = true;
        return false;
    }
    tree->node = node;
    if (tree->span) { /* as many as there is room for nodes */
        struct json_span *span = realloc(tree->span, (size_t)cap * sizeof *span);
        if (!span) {
            tree->no_memory = true;
            return false;
        }
        tree->span = span;
    }
    tree->cap = (uint32_t)cap;
    return true;
}

bool json_tree_mark(struct har_tree *tree, struct json_mark mark)
{
    if (tree->mark_count == tree->mark_cap) {
        const uint32_t cap = tree->mark_cap ? tree->mark_cap * 2 : 16;
        struct json_mark *grown = cap > tree->mark_cap ? realloc(tree->mark, cap * sizeof *grown) : NULL;
        if (!grown)
            return false;
        tree->mark = grown;
        tree->mark_cap = cap;
    }
    tree->mark[tree->mark_count++] = mark;
    return true;
}

void json_tree_clear(struct har_tree *tree)
{
    enum { KEEP = 1 << 16 }; /* nodes: what a giant item needed is given back */
    tree->count = tree->mark_count = 0;
    tree->sound = false;
    if (tree->added.cap > KEEP * sizeof *tree->node)
        har_buffer_release(&tree->added);
    har_buffer_clear(&tree->added);
    if (tree->cap > KEEP) {
        free(tree->node);
        free(tree->span);
        tree->node = NULL;
        tree->span = NULL;
        tree->cap = 0;
    }
}

void json_tree_release(struct har_tree *tree)
{
    free(tree->node);
    free(tree->span);
    free(tree->mark);
    har_buffer_release(&tree->added);
    *tree = (struct har_tree){0};
}

bool json_key_is(const struct har_tree *tree, const struct har_node *node, const char *name, size_t len)
{
    const char *key = json_key(tree, node);
    if (!(node->flags & JSON_KEY_ESCAPED))
        return node->key_len == len && memcmp(key, name, len) == 0;
    return json_text_equals(key, node->key_len, name, len);
}

bool json_append_pointer(struct har_buffer *pointer, const struct har_tree *tree, const struct har_node *node)
{
    if (!(node->flags & JSON_KEY_ESCAPED))
        return har_buffer_append_pointer(pointer, json_key(tree, node), node->key_len);
    struct har_buffer key;
    har_buffer_init(&key, SIZE_MAX / 2);
    const bool ok = har_node_decode_key(tree, node, &key) && har_buffer_append_pointer(pointer, key.data, key.len);
    har_buffer_release(&key);
    return ok;
}

const struct har_node *har_tree_root(const struct har_tree *tree)
{
    return tree->count ? &tree->node[0] : NULL;
}

enum har_kind har_node_kind(const struct har_node *node)
{
    return (enum har_kind)node->kind;
}

const struct har_node *har_node_parent(const struct har_tree *tree, const struct har_node *node)
{
    return json_node(tree, node->parent);
}

const struct har_node *har_node_first(const struct har_tree *tree, const struct har_node *node)
{
    return json_node(tree, node->child);
}

const struct har_node *har_node_next(const struct har_tree *tree, const struct har_node *node)
{
    return json_node(tree, node->next);
}

const struct har_node *har_node_member(const struct har_tree *tree, const struct har_node *object, const char *name)
{
    const struct har_node *found = NULL;
    if (!object || object->kind != HAR_KIND_OBJECT)
        return NULL;
    const size_t len = strlen(name);
    for (const struct har_node *n = json_node(tree, object->child); n; n = json_node(tree, n->next))
        if (json_key_is(tree, n, name, len))
            found = n;
    return found;
}

struct har_text har_node_key(const struct har_tree *tree, const struct har_node *node)
{
    return (struct har_text){json_key(tree, node), node->key_len};
}

struct har_text har_node_text(const struct har_tree *tree, const struct har_node *node)
{
    if (node->kind != HAR_KIND_STRING && node->kind != HAR_KIND_NUMBER)
        return (struct har_text){"", 0};
    return (struct har_text){json_text(tree, node), node->text_len};
}

bool har_node_decode_key(const struct har_tree *tree, const struct har_node *node, struct har_buffer *out)
{
    return json_text_decode(json_key(tree, node), node->key_len, out);
}

bool har_node_decode(const struct har_tree *tree, const struct har_node *node, struct har_buffer *out)
{
    const struct har_text text = har_node_text(tree, node);
    return node->kind == HAR_KIND_STRING ? json_text_decode(text.bytes, text.len, out)
                                         : har_buffer_append(out, text.bytes, text.len);
}

bool har_node_number(const struct har_tree *tree, const struct har_node *node, double *number)
{
    return node && node->kind == HAR_KIND_NUMBER && json_number(json_text(tree, node), node->text_len, number);
}

uint64_t har_node_offset(const struct har_tree *tree, const struct har_node *node)
{
    (void)tree;
    return json_offset(node);
}
