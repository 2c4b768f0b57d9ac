/* Changes of a tree: new nodes behind the others, new keys and texts in the tree's own bytes. */
#include "json/edit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/text.h"

void json_edit_begin(struct json_edit *edit, struct har_tree *tree, uint64_t tree_bytes, uint64_t item_bytes)
{
    *edit = (struct json_edit){.tree = tree, .tree_bytes = tree_bytes, .item_bytes = item_bytes, .near = JSON_NONE};
    tree->added.max = item_bytes < JSON_NONE ? (size_t)item_bytes : JSON_NONE - 1; /* offsets have 32 bits */
}

static void fail(struct json_edit *edit, enum json_edit_fault fault)
{
    if (!edit->fault)
        edit->fault = fault;
}

/* Asked before each change. */
static bool usable(struct json_edit *edit, uint32_t node)
{
    edit->tree->sound = false;
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

/* Moves key and text to the added bytes, so that each can be changed alone. `keep_text`: the text is of use. That of a container
 * is all that it was read from, which nobody needs any more. */
static void own(struct json_edit *edit, uint32_t index, bool keep_key, bool keep_text)
{
    const struct har_node node = edit->tree->node[index];
    const bool added = node.flags & JSON_ADDED;
    const bool container = node.kind == HAR_KIND_OBJECT || node.kind == HAR_KIND_ARRAY;
    const uint32_t key = (uint32_t)edit->tree->added.len;
    if (!added)
        append_own(edit, false, 0, 0); /* empty texts need a place to point at, too */
    if (keep_key && !added)
        append_own(edit, false, node.key, node.key_len);
    const uint32_t text = (uint32_t)edit->tree->added.len;
    if (keep_text && !container && !added)
        append_own(edit, false, node.text, node.text_len);
    if (edit->fault || added)
        return;
    struct har_node *changed = &edit->tree->node[index];
    changed->key = key;
    changed->text = text;
    changed->text_len = container ? 0 : node.text_len;
    changed->flags |= JSON_ADDED;
}

static uint32_t new_node(struct json_edit *edit, enum har_kind kind)
{
    struct har_tree *tree = edit->tree;
    tree->sound = false;
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

/* Where to start looking for what stands in `container`: where it was changed last, so that many changes in a row do not take
 * quadratic time. What was taken out of a container has no parent. */
static uint32_t near(const struct json_edit *edit, uint32_t container)
{
    const struct har_node *node = edit->tree->node;
    return edit->near != JSON_NONE && node[edit->near].parent == container ? edit->near : node[container].child;
}

static uint32_t last_of(const struct json_edit *edit, uint32_t container)
{
    uint32_t last = JSON_NONE;
    for (uint32_t i = near(edit, container); i != JSON_NONE; i = edit->tree->node[i].next)
        last = i;
    return last;
}

static void link_behind(struct json_edit *edit, uint32_t container, uint32_t after, uint32_t index)
{
    struct har_node *node = edit->tree->node;
    uint32_t *link = after == JSON_NONE ? &node[container].child : &node[after].next;
    node[index].parent = container;
    node[index].next = *link;
    *link = index;
    edit->near = index;
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
        link_behind(edit, container, after, index);
    return index;
}

uint32_t json_edit_add(struct json_edit *edit, uint32_t container, enum har_kind kind)
{
    return usable(edit, container) ? json_edit_insert(edit, container, last_of(edit, container), kind) : JSON_NONE;
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

enum {
    KEY_FLAGS = JSON_KEY_ESCAPED | JSON_KEY_MARKED | JSON_KEY_RESPELL,
    TEXT_FLAGS = JSON_TEXT_ESCAPED | JSON_TEXT_MARKED | JSON_TEXT_RESPELL
};

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
    if (node->child != JSON_NONE)
        edit->near = JSON_NONE; /* it may be one of those that are let go */
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

void json_edit_copy_key(struct json_edit *edit, uint32_t index, uint32_t other)
{
    if (!usable(edit, index) || other == JSON_NONE)
        return;
    own(edit, index, true, false);
    const uint32_t from = (uint32_t)edit->tree->added.len;
    const struct har_node node = edit->tree->node[other];
    append_own(edit, node.flags & JSON_ADDED, node.key, node.key_len);
    close_text(edit, index, HAR_KIND_STRING, from, (uint8_t)((node.flags & KEY_FLAGS) << 1));
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

/* The sibling in front of `index`, looked for from `from` on; JSON_NONE. */
static uint32_t before(const struct har_node *node, uint32_t from, uint32_t index)
{
    while (from != JSON_NONE && node[from].next != index)
        from = node[from].next;
    return from;
}

void json_edit_remove(struct json_edit *edit, uint32_t index)
{
    struct har_node *node = edit->tree->node;
    if (!usable(edit, index) || node[index].parent == JSON_NONE)
        return;
    const uint32_t container = node[index].parent, first = node[container].child;
    uint32_t previous = JSON_NONE;
    if (first != index) {
        previous = before(node, near(edit, container), index);
        if (previous == JSON_NONE)
            previous = before(node, first, index);
    }
    *(previous == JSON_NONE ? &node[container].child : &node[previous].next) = node[index].next;
    node[index].next = node[index].parent = JSON_NONE;
    edit->near = previous;
}

void json_edit_append(struct json_edit *edit, uint32_t container, uint32_t index)
{
    if (usable(edit, container) && usable(edit, index))
        link_behind(edit, container, last_of(edit, container), index);
}

void json_edit_cut(struct json_edit *edit, uint32_t before, uint32_t index)
{
    struct har_node *node = edit->tree->node;
    if (!usable(edit, index) || node[index].parent == JSON_NONE)
        return;
    uint32_t *link = before == JSON_NONE ? &node[node[index].parent].child : &node[before].next;
    *link = node[index].next;
    node[index].next = node[index].parent = JSON_NONE;
    edit->near = before;
}

void json_edit_put(struct json_edit *edit, uint32_t container, uint32_t before, uint32_t index)
{
    if (usable(edit, container) && usable(edit, index))
        link_behind(edit, container, before, index);
}

/* The node alone; its bytes are shared. */
static uint32_t copy_node(struct json_edit *edit, uint32_t container, uint32_t after, const struct har_tree *tree, uint32_t from)
{
    (void)tree; /* the edit's own */
    const uint32_t index = edit->fault ? JSON_NONE : new_node(edit, HAR_KIND_NULL);
    if (index == JSON_NONE)
        return JSON_NONE;
    struct har_node *node = edit->tree->node;
    node[index] = node[from];
    node[index].child = JSON_NONE;
    link_behind(edit, container, after, index);
    return index;
}

typedef uint32_t copy_fn(struct json_edit *edit, uint32_t container, uint32_t after, const struct har_tree *tree, uint32_t from);

/* Without recursion: `from` walks below the original, `to` is its copy. */
static uint32_t copy_all(struct json_edit *edit, uint32_t container, const struct har_tree *tree, uint32_t original, copy_fn *one)
{
    if (edit->fault || original == JSON_NONE)
        return JSON_NONE;
    const uint32_t last = container == JSON_NONE ? JSON_NONE : last_of(edit, container);
    const uint32_t copy = one(edit, container, last, tree, original);
    uint32_t from = original, to = copy;
    while (to != JSON_NONE) {
        const struct har_node *node = tree->node; /* of the tree itself it moves when it grows */
        if (node[from].child != JSON_NONE) {
            from = node[from].child;
            to = one(edit, to, JSON_NONE, tree, from);
            continue;
        }
        while (from != original && node[from].next == JSON_NONE) {
            from = node[from].parent;
            to = edit->tree->node[to].parent;
        }
        if (from == original)
            break;
        from = node[from].next;
        to = one(edit, edit->tree->node[to].parent, to, tree, from);
    }
    return edit->fault ? JSON_NONE : copy;
}

uint32_t json_edit_copy(struct json_edit *edit, uint32_t container, uint32_t node)
{
    return container == JSON_NONE ? JSON_NONE : copy_all(edit, container, edit->tree, node, copy_node);
}

/* The node alone, with its bytes. */
static uint32_t copy_other(struct json_edit *edit, uint32_t container, uint32_t after, const struct har_tree *tree, uint32_t from)
{
    const uint32_t index = edit->fault ? JSON_NONE : new_node(edit, HAR_KIND_NULL);
    if (index == JSON_NONE)
        return JSON_NONE;
    const struct har_node *original = &tree->node[from];
    const bool container_kind = original->kind == HAR_KIND_OBJECT || original->kind == HAR_KIND_ARRAY;
    const uint32_t text_len = container_kind ? 0 : original->text_len;
    const uint32_t key = (uint32_t)edit->tree->added.len;
    append(edit, json_key(tree, original), original->key_len);
    append(edit, json_text(tree, original), text_len);
    if (edit->fault)
        return JSON_NONE;
    struct har_node *node = &edit->tree->node[index];
    *node = *original;
    node->key = key;
    node->text = key + original->key_len;
    node->text_len = text_len;
    node->flags = (uint8_t)((original->flags | JSON_ADDED) & ~JSON_DUPLICATE);
    node->child = node->next = node->parent = JSON_NONE;
    if (container != JSON_NONE)
        link_behind(edit, container, after, index);
    return index;
}

uint32_t json_edit_copy_other(struct json_edit *edit, uint32_t container, const struct har_tree *other, uint32_t node)
{
    return copy_all(edit, container, other, node, copy_other);
}

/* One node out of its container and into another's place: a few links, whatever lies below. */
void json_edit_replace(struct json_edit *edit, uint32_t index, uint32_t by)
{
    if (!usable(edit, index) || by == JSON_NONE)
        return;
    own(edit, index, true, false);
    own(edit, by, true, true);
    if (edit->fault)
        return;
    json_edit_remove(edit, by);
    edit->near = JSON_NONE;
    struct har_node *node = edit->tree->node;
    const struct har_node value = node[by];
    node[index].kind = value.kind;
    node[index].text = value.text;
    node[index].text_len = value.text_len;
    node[index].flags = (uint8_t)((node[index].flags & ~TEXT_FLAGS) | (value.flags & TEXT_FLAGS));
    node[index].child = value.child;
    node[index].object = 0;
    for (uint32_t i = value.child; i != JSON_NONE; i = node[i].next)
        node[i].parent = index;
    node[by].child = JSON_NONE;
}

uint32_t json_edit_wrap(struct json_edit *edit, uint32_t index, enum har_kind kind)
{
    if (!usable(edit, index))
        return JSON_NONE;
    own(edit, index, true, true);
    const uint32_t inner = edit->fault ? JSON_NONE : new_node(edit, HAR_KIND_NULL);
    if (inner == JSON_NONE)
        return JSON_NONE;
    struct har_node *node = edit->tree->node;
    const uint32_t key = node[inner].key;
    node[inner] = node[index];
    node[inner].key = key;
    node[inner].key_len = 0;
    node[inner].flags &= (uint8_t) ~(KEY_FLAGS | JSON_DUPLICATE);
    node[inner].member = JSON_NO_MEMBER;
    node[inner].next = JSON_NONE;
    for (uint32_t i = node[inner].child; i != JSON_NONE; i = node[i].next)
        node[i].parent = inner;
    node[index].kind = (uint8_t)kind;
    node[index].text_len = 0;
    node[index].flags &= (uint8_t)~TEXT_FLAGS;
    node[index].child = JSON_NONE;
    link_behind(edit, index, JSON_NONE, inner);
    return inner;
}

uint32_t json_edit_find(const struct har_tree *tree, uint32_t object, const char *key)
{
    if (object == JSON_NONE)
        return JSON_NONE;
    return json_index(tree, har_node_member(tree, &tree->node[object], key));
}
