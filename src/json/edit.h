/* Changes of a tree between reading and writing. Nodes are named by their indices, because pointers to them are void after
 * anything was added. What is JSON_NONE or came after a failure is left alone, so that calls can follow each other unasked and
 * edit->fault be looked at once, at the end. */
#ifndef HARMILL_JSON_EDIT_H
#define HARMILL_JSON_EDIT_H

#include "json/tree.h"

enum json_edit_fault { JSON_EDIT_FINE, JSON_EDIT_TREE_BYTES, JSON_EDIT_ITEM_BYTES, JSON_EDIT_MEMORY };

struct json_edit {
    struct har_tree *tree;
    uint64_t tree_bytes, item_bytes; /* bounds as enum har_bound has them: nodes, added keys and texts */
    uint32_t near;                   /* where something was put in or taken out last; JSON_NONE */
    enum json_edit_fault fault;      /* the first */
};

/* From here on `tree` is changed; nothing is allocated before the first change. */
void json_edit_begin(struct json_edit *edit, struct har_tree *tree, uint64_t tree_bytes, uint64_t item_bytes);

/* A new value in `container`, behind its last member or element; a string or number is empty, and not to be left so. */
uint32_t json_edit_add(struct json_edit *edit, uint32_t container, enum har_kind kind);

/* The same behind its element `after`; JSON_NONE: in front. */
uint32_t json_edit_insert(struct json_edit *edit, uint32_t container, uint32_t after, enum har_kind kind);

/* A new tree's root: `tree` must be empty. For items that a transform makes. */
uint32_t json_edit_root(struct json_edit *edit, enum har_kind kind);

/* A new member with a key and, where the container is an object of the specification, its row (JSON_NO_MEMBER: none) and the
 * object that it or its elements are (enum har_object). */
uint32_t json_edit_member(struct json_edit *edit, uint32_t object, const char *key, enum har_kind kind, uint8_t row, uint8_t bound);

/* Keys and strings from plain UTF-8; what is none becomes U+FFFD. */
void json_edit_set_key(struct json_edit *edit, uint32_t node, const char *key, size_t len);
void json_edit_set_text(struct json_edit *edit, uint32_t node, const char *text, size_t len);

/* A string whose spelling is made already: the inside of a canonical JSON string. */
void json_edit_set_spelled(struct json_edit *edit, uint32_t node, const char *text, size_t len);

/* The string of another node, as it is spelled there. */
void json_edit_copy_text(struct json_edit *edit, uint32_t node, uint32_t from);

/* The key of another node as a string. */
void json_edit_copy_key(struct json_edit *edit, uint32_t node, uint32_t from);

/* A number, as its text is or in the shortest decimal form that gives the same double (-0 is 0; must be finite); null, true,
 * false. */
void json_edit_set_number_text(struct json_edit *edit, uint32_t node, const char *text, size_t len);
void json_edit_set_number(struct json_edit *edit, uint32_t node, double number);
void json_edit_set_literal(struct json_edit *edit, uint32_t node, enum har_kind kind);

/* An empty array or object in the place of what stood there. */
void json_edit_set_empty(struct json_edit *edit, uint32_t node, enum har_kind kind);

/* Which row of its object's table the node is, and which object of the specification it or its elements are. */
void json_edit_bind(struct json_edit *edit, uint32_t node, uint8_t row, uint8_t bound);

/* Takes the node out of its container; it may be put into another one. Both are quick near to where the container was changed
 * last. */
void json_edit_remove(struct json_edit *edit, uint32_t node);
void json_edit_append(struct json_edit *edit, uint32_t container, uint32_t node);

/* The same where it is known what stands in front (JSON_NONE: nothing), in one step however long the list is. */
void json_edit_cut(struct json_edit *edit, uint32_t before, uint32_t node);
void json_edit_put(struct json_edit *edit, uint32_t container, uint32_t before, uint32_t node);

/* Appends a copy of `node` and all below it, with its key. */
uint32_t json_edit_copy(struct json_edit *edit, uint32_t container, uint32_t node);

/* Appends a copy of a node of another tree and of all below it, with keys and bytes, bound as they are there. With JSON_NONE it
 * becomes the root of a tree that is empty. */
uint32_t json_edit_copy_other(struct json_edit *edit, uint32_t container, const struct har_tree *other, uint32_t node);

/* The value of `by`, which lies below `node` or was taken out before, takes the place of the node's own; the key stays. */
void json_edit_replace(struct json_edit *edit, uint32_t node, uint32_t by);

/* The node's value becomes the only one in a new container of `kind` in its place; its index there. In an object it needs a key. */
uint32_t json_edit_wrap(struct json_edit *edit, uint32_t node, enum har_kind kind);

static inline uint32_t json_index(const struct har_tree *tree, const struct har_node *node)
{
    return node ? (uint32_t)(node - tree->node) : JSON_NONE;
}

/* The last member of `object` whose decoded key is `key`; JSON_NONE. */
uint32_t json_edit_find(const struct har_tree *tree, uint32_t object, const char *key);

#endif
