/* The tree of one item: nodes of 32 bytes over the item's raw bytes. */
#ifndef HARMILL_JSON_TREE_H
#define HARMILL_JSON_TREE_H

#include <harmill/node.h>

#include "json/scan.h"

#define JSON_NONE UINT32_MAX /* no such node */

/* Each flag of a key has the value before that of the text's. */
enum {
    JSON_KEY_ESCAPED = 1,  /* the key has escapes */
    JSON_TEXT_ESCAPED = 2, /* the string has escapes */
    JSON_KEY_MARKED = 4,   /* tree->mark holds something about the key */
    JSON_TEXT_MARKED = 8,  /* ... about the string or number */
    JSON_KEY_RESPELL = 16, /* the canonical spelling is another one */
    JSON_TEXT_RESPELL = 32,
    JSON_DUPLICATE = 64, /* the object has an earlier member with this key; filled in by the checker */
    JSON_ADDED = 128,    /* key and text stand in tree->added, not in the item's bytes */
};

#define JSON_NO_MEMBER UINT8_MAX

struct har_node {
    uint32_t key, key_len;   /* between the quotes; offsets count from the item's first byte */
    uint32_t text, text_len; /* of a string between the quotes, of all others the whole value */
    uint32_t parent, next, child;
    uint8_t kind; /* enum har_kind */
    uint8_t flags;
    uint8_t member; /* row in the table of the parent's object, filled in by the checker; JSON_NO_MEMBER */
    uint8_t object; /* enum har_object, filled in by the checker */
};

/* Where a value stands in an input that is no JSON: its first character, and how long what introduces it is, 0 when that is not
 * known or more than one line. */
struct json_span {
    struct har_place place;
    uint32_t bytes, points;
};

/* Node 0 is the root. */
struct har_tree {
    const char *bytes;
    struct json_span *span; /* one per node; NULL in trees that were parsed, whose bytes are the input's */
    struct har_node *node; /* not const even where the tree is: the checker binds nodes, ordering links them anew */
    uint32_t count, cap;
    struct json_mark *mark; /* offsets count from the item's first byte; ascending */
    uint32_t mark_count, mark_cap;
    bool no_memory; /* why json_tree_add() gave JSON_NONE last */
    /* Set by the checker, void after a change: there is nothing to tell of any member, whatever rules are on, and the objects that
     * the tables know have their members in order. So none is missing that must be there, and all others are custom ones. */
    bool sound;
    struct har_buffer added; /* what changes of the tree have added, see json/edit.h */
};

static inline const struct har_node *json_node(const struct har_tree *tree, uint32_t index)
{
    return index == JSON_NONE ? NULL : &tree->node[index];
}

static inline const char *json_key(const struct har_tree *tree, const struct har_node *node)
{
    return (node->flags & JSON_ADDED ? tree->added.data : tree->bytes) + node->key;
}

static inline const char *json_text(const struct har_tree *tree, const struct har_node *node)
{
    return (node->flags & JSON_ADDED ? tree->added.data : tree->bytes) + node->text;
}

/* Where the value's first character stands: for strings the quote. */
static inline uint32_t json_offset(const struct har_node *node)
{
    return node->text - (node->kind == HAR_KIND_STRING);
}

/* One past its last character. */
static inline uint32_t json_end(const struct har_node *node)
{
    return node->text + node->text_len + (node->kind == HAR_KIND_STRING);
}

/* Whether the decoded key is `name`. */
bool json_key_is(const struct har_tree *tree, const struct har_node *node, const char *name, size_t len);

/* Makes room for more nodes; false when they would pass `max_bytes` or memory is short. */
bool json_tree_grow(struct har_tree *tree, uint64_t max_bytes);

/* Appends "/" and the decoded key as JSON Pointer; false when memory is short. */
bool json_append_pointer(struct har_buffer *pointer, const struct har_tree *tree, const struct har_node *node);

/* A new node with all links at JSON_NONE; its index, or JSON_NONE when there is no room. */
static inline uint32_t json_tree_add(struct har_tree *tree, uint64_t max_bytes)
{
    if (tree->count == tree->cap && !json_tree_grow(tree, max_bytes))
        return JSON_NONE;
    tree->node[tree->count] =
        (struct har_node){.parent = JSON_NONE, .next = JSON_NONE, .child = JSON_NONE, .member = JSON_NO_MEMBER, .object = 0};
    return tree->count++;
}

/* False when memory is short. */
bool json_tree_mark(struct har_tree *tree, struct json_mark mark);

void json_tree_clear(struct har_tree *tree);
void json_tree_release(struct har_tree *tree);

#endif
