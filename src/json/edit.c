/* Changes of a tree: new nodes behind the others, new keys and texts in the tree's own bytes. */
#include "json/edit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/text.h"

void json_edit_begin(struct json_edit *edit, struct har_tree *tree, uint64_t tree_bytes, uint64_t item_bytes)
{
    *edit = (struct json_edit){.tree = tree, .tree_bytes = tree_bytes, .item_bytes = item_bytes};
    tree->added.max = item_bytes < JSON_NONE ? (size_t)item_bytes : JSON_NONE - 1; /* offsets have 32 bits */
}

static void fail(struct json_edit *edit, enum json_edit_fault fault)
{
    if (!edit->fault)
        edit->fault = fault;
}

static bool usable(const struct json_edit *edit, uint32_t node)
{
    return !edit->fault && node != JSON_NONE;
}

static void append(struct json_edit *edit, const char *bytes, size_t len)
{
    struct har_buffer *added = &edit->tree->added;
    const bool fits = len <= added->max - added->len;
    if (!edit->fault && !har_buffer_append(added, bytes, len))
        fail(edit, fits ? JSON_EDIT_MEMORY : JSON_EDIT_ITEM_BYTES);
}

/* The bytes may be the tree's own, which move when they grow. */
static void append_own(struct json_edit *edit, bool added, uint32_t at, size_t len)
{
    struct har_buffer *bytes = &edit->tree->added;
    if (edit->fault)
        return;
    const bool fits = len <= bytes->max - bytes->len;
    if (!har_buffer_reserve(bytes, len))
        fail(edit, fits ? JSON_EDIT_MEMORY : JSON_EDIT_ITEM_BYTES);
    else if (len)
        har_buffer_append(bytes, (added ? bytes->data : edit->tree->bytes) + at, len);
}

/* Moves key and text to the added bytes, so that each can be changed alone. `keep_text`: the text is of use. */
static void own(struct json_edit *edit, uint32_t index, bool keep_key, bool keep_text)
{
    const struct har_node node = edit->tree->node[index];
    const bool added = node.flags & JSON_ADDED;
    const uint32_t key = (uint32_t)edit->tree->added.len;
    if (!added)
        append_own(edit, false, 0, 0); /* empty texts need a place to point at, too */
    if (keep_key && !added)
        append_own(edit, false, node.key, node.key_len);
    const uint32_t text = (uint32_t)edit->tree->added.len;
    if (keep_text && !added)
        append_own(edit, false, node.text, node.text_len);
    if (edit->fault || added)
        return;
    struct har_node *changed = &edit->tree->node[index];
    changed->key = key;
    changed->text = text;
    changed->flags |= JSON_ADDED;
}

static uint32_t new_node(struct json_edit *edit, enum har_kind kind)
{
    struct har_tree *tree = edit->tree;
    /* Empty texts need a place to point at, too. */
    if (!har_buffer_reserve(&tree->added, 1)) {
        fail(edit, JSON_EDIT_MEMORY);
        return JSON_NONE;
    }
    const uint32_t index = json_tree_add(tree, edit->tree_bytes);
    if (index == JSON_NONE) {
        fail(edit, tree->no_memory ? JSON_EDIT_MEMORY : JSON_EDIT_TREE_BYTES);
        return JSON_NONE;
    }
    tree->node[index].kind = (uint8_t)kind;
    tree->node[index].flags = JSON_ADDED;
    tree->node[index].key = tree->node[index].text = (uint32_t)tree->added.len;
    tree->node[index].key_len = tree->node[index].text_len = 0;
    return index;
}

static uint32_t last_of(const struct har_tree *tree, uint32_t container)
{
    uint32_t last = JSON_NONE;
    for (uint32_t i = tree->node[container].child; i != JSON_NONE; i = tree->node[i].next)
        last = i;
    return last;
}

static void link_behind(struct har_tree *tree, uint32_t container, uint32_t after, uint32_t index)
{
    uint32_t *link = after == JSON_NONE ? &tree->node[container].child : &tree->node[after].next;
    tree->node[index].parent = container;
    tree->node[index].next = *link;
    *link = index;
}

uint32_t json_edit_root(struct json_edit *edit, enum har_kind kind)
{
    const uint32_t index = edit->fault ? JSON_NONE : new_node(edit, kind);
    if (index != JSON_NONE && kind < HAR_KIND_NUMBER)
        json_edit_set_literal(edit, index, kind);
    return index;
}

uint32_t json_edit_insert(struct json_edit *edit, uint32_t container, uint32_t after, enum har_kind kind)
{
    if (!usable(edit, container))
        return JSON_NONE;
    const uint32_t index = json_edit_root(edit, kind);
    if (usable(edit, index))
        link_behind(edit->tree, container, after, index);
    return index;
}

uint32_t json_edit_add(struct json_edit *edit, uint32_t container, enum har_kind kind)
{
    return usable(edit, container) ? json_edit_insert(edit, container, last_of(edit->tree, container), kind) : JSON_NONE;
}

uint32_t json_edit_member(struct json_edit *edit, uint32_t object, const char *key, enum har_kind kind, uint8_t row, uint8_t bound)
{
    const uint32_t index = json_edit_add(edit, object, kind);
    json_edit_set_key(edit, index, key, strlen(key));
    json_edit_bind(edit, index, row, bound);
    return index;
}

static uint8_t flags_of(const struct har_tree *tree, uint32_t from)
{
    uint8_t flags = 0;
    const char *text = tree->added.data + from;
    const size_t len = tree->added.len - from;
    if (len && memchr(text, '\\', len))
        flags |= JSON_TEXT_ESCAPED;
    if (len && memmem(text, len, "\\u0000", 6))
        flags |= JSON_TEXT_MARKED;
    return flags;
}

static void append_spelled(struct json_edit *edit, const char *text, size_t len)
{
    struct har_buffer *added = &edit->tree->added;
    if (edit->fault || har_buffer_append_json(added, text, len))
        return;
    fail(edit, added->max - added->len < 6 * len ? JSON_EDIT_ITEM_BYTES : JSON_EDIT_MEMORY);
}

enum { KEY_FLAGS = JSON_KEY_ESCAPED | JSON_KEY_MARKED | JSON_KEY_RESPELL,
       TEXT_FLAGS = JSON_TEXT_ESCAPED | JSON_TEXT_MARKED | JSON_TEXT_RESPELL };

void json_edit_set_key(struct json_edit *edit, uint32_t index, const char *key, size_t len)
{
    if (!usable(edit, index))
        return;
    own(edit, index, false, true);
    const uint32_t from = (uint32_t)edit->tree->added.len;
    append_spelled(edit, key, len);
    if (edit->fault)
        return;
    struct har_node *node = &edit->tree->node[index];
    node->key = from;
    node->key_len = (uint32_t)(edit->tree->added.len - from);
    node->flags = (uint8_t)((node->flags & ~(KEY_FLAGS | JSON_DUPLICATE)) | flags_of(edit->tree, from) >> 1);
}

/* What was appended from `from` on is the value. */
static void close_text(struct json_edit *edit, uint32_t index, enum har_kind kind, uint32_t from, uint8_t flags)
{
    if (edit->fault)
        return;
    struct har_node *node = &edit->tree->node[index];
    node->kind = (uint8_t)kind;
    node->text = from;
    node->text_len = (uint32_t)(edit->tree->added.len - from);
    node->child = JSON_NONE;
    node->object = 0;
    node->flags = (uint8_t)((node->flags & ~TEXT_FLAGS) | flags);
}

void json_edit_set_text(struct json_edit *edit, uint32_t index, const char *text, size_t len)
{
    if (!usable(edit, index))
        return;
    own(edit, index, true, false);
    const uint32_t from = (uint32_t)edit->tree->added.len;
    append_spelled(edit, text, len);
    if (!edit->fault)
        close_text(edit, index, HAR_KIND_STRING, from, flags_of(edit->tree, from));
}

void json_edit_set_spelled(struct json_edit *edit, uint32_t index, const char *text, size_t len)
{
    if (!usable(edit, index))
        return;
    own(edit, index, true, false);
    const uint32_t from = (uint32_t)edit->tree->added.len;
    append(edit, text, len);
    if (!edit->fault)
        close_text(edit, index, HAR_KIND_STRING, from, flags_of(edit->tree, from));
}

void json_edit_copy_text(struct json_edit *edit, uint32_t index, uint32_t other)
{
    if (!usable(edit, index) || other == JSON_NONE)
        return;
    own(edit, index, true, false);
    const uint32_t from = (uint32_t)edit->tree->added.len;
    const struct har_node node = edit->tree->node[other];
    append_own(edit, node.flags & JSON_ADDED, node.text, node.text_len);
    close_text(edit, index, HAR_KIND_STRING, from, node.flags & TEXT_FLAGS);
}

static void set_plain(struct json_edit *edit, uint32_t index, enum har_kind kind, const char *text, size_t len)
{
    if (!usable(edit, index))
        return;
    own(edit, index, true, false);
    const uint32_t from = (uint32_t)edit->tree->added.len;
    append(edit, text, len);
    close_text(edit, index, kind, from, 0);
}

void json_edit_set_number_text(struct json_edit *edit, uint32_t index, const char *text, size_t len)
{
    set_plain(edit, index, HAR_KIND_NUMBER, text, len);
}

/* The shortest of the decimal forms that give the same double again; snprintf depends on the locale's decimal point. */
void json_edit_set_number(struct json_edit *edit, uint32_t index, double number)
{
    char text[32];
    int len = 0;
    for (int digits = 1; digits <= 17; digits++) {
        double again;
        len = snprintf(text, sizeof text, "%.*g", digits, number == 0 ? 0.0 : number);
        for (int i = 0; i < len; i++)
            if (text[i] == ',')
                text[i] = '.';
        if (json_number(text, (size_t)len, &again) && again == number)
            break;
    }
    /* Exponents are for what is far from 1: sizes and times are written out. */
    if (memchr(text, 'e', (size_t)len) && number > -1e15 && number < 1e15 && number == (double)(int64_t)number)
        len = snprintf(text, sizeof text, "%" PRId64, (int64_t)number);
    set_plain(edit, index, HAR_KIND_NUMBER, text, (size_t)len);
}

void json_edit_set_literal(struct json_edit *edit, uint32_t index, enum har_kind kind)
{
    const char *text = kind == HAR_KIND_NULL ? "null" : kind == HAR_KIND_TRUE ? "true" : "false";
    set_plain(edit, index, kind, text, strlen(text));
}

void json_edit_set_empty(struct json_edit *edit, uint32_t index, enum har_kind kind)
{
    set_plain(edit, index, kind, "", 0);
}

void json_edit_bind(struct json_edit *edit, uint32_t index, uint8_t row, uint8_t bound)
{
    if (!usable(edit, index))
        return;
    edit->tree->node[index].member = row;
    edit->tree->node[index].object = bound;
}

void json_edit_remove(struct json_edit *edit, uint32_t index)
{
    struct har_node *node = edit->tree->node;
    if (!usable(edit, index) || node[index].parent == JSON_NONE)
        return;
    uint32_t *link = &node[node[index].parent].child;
    while (*link != index)
        link = &node[*link].next;
    *link = node[index].next;
    node[index].next = JSON_NONE;
}

void json_edit_append(struct json_edit *edit, uint32_t container, uint32_t index)
{
    if (usable(edit, container) && usable(edit, index))
        link_behind(edit->tree, container, last_of(edit->tree, container), index);
}

void json_edit_cut(struct json_edit *edit, uint32_t before, uint32_t index)
{
    struct har_node *node = edit->tree->node;
    if (!usable(edit, index) || node[index].parent == JSON_NONE)
        return;
    uint32_t *link = before == JSON_NONE ? &node[node[index].parent].child : &node[before].next;
    *link = node[index].next;
    node[index].next = JSON_NONE;
}

void json_edit_put(struct json_edit *edit, uint32_t container, uint32_t before, uint32_t index)
{
    if (usable(edit, container) && usable(edit, index))
        link_behind(edit->tree, container, before, index);
}

/* The node alone; its bytes are shared. */
static uint32_t copy_node(struct json_edit *edit, uint32_t container, uint32_t after, uint32_t from)
{
    const uint32_t index = edit->fault ? JSON_NONE : new_node(edit, HAR_KIND_NULL);
    if (index == JSON_NONE)
        return JSON_NONE;
    struct har_node *node = edit->tree->node;
    node[index] = node[from];
    node[index].child = JSON_NONE;
    link_behind(edit->tree, container, after, index);
    return index;
}

/* Without recursion: `from` walks below the original, `to` is its copy. */
uint32_t json_edit_copy(struct json_edit *edit, uint32_t container, uint32_t original)
{
    if (!usable(edit, container) || original == JSON_NONE)
        return JSON_NONE;
    const uint32_t copy = copy_node(edit, container, last_of(edit->tree, container), original);
    uint32_t from = original, to = copy;
    while (to != JSON_NONE) {
        const struct har_node *node = edit->tree->node;
        if (node[from].child != JSON_NONE) {
            from = node[from].child;
            to = copy_node(edit, to, JSON_NONE, from);
            continue;
        }
        while (from != original && node[from].next == JSON_NONE) {
            from = node[from].parent;
            to = node[to].parent;
        }
        if (from == original)
            break;
        from = node[from].next;
        to = copy_node(edit, node[to].parent, to, from);
    }
    return copy;
}

uint32_t json_edit_find(const struct har_tree *tree, uint32_t object, const char *key)
{
    if (object == JSON_NONE)
        return JSON_NONE;
    return json_index(tree, har_node_member(tree, &tree->node[object], key));
}
