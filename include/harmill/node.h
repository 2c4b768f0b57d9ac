/* The tree of one item: JSON values as they stand in the input. Numbers stay text, strings stay escaped until somebody asks. */
#ifndef HARMILL_NODE_H
#define HARMILL_NODE_H

#include <harmill/buffer.h>
#include <harmill/place.h>

HAR_BEGIN_DECLS

struct har_tree; /* one item's nodes and bytes; valid as long as the item */
struct har_node; /* one value in it, with its key when it is a member of an object */

enum har_kind {
    HAR_KIND_NULL,
    HAR_KIND_FALSE,
    HAR_KIND_TRUE,
    HAR_KIND_NUMBER,
    HAR_KIND_STRING,
    HAR_KIND_ARRAY,
    HAR_KIND_OBJECT,
};

/* "null", "boolean", "number", "string", "array", "object"; static. */
HAR_API const char *har_kind_name(enum har_kind kind);

/* The item's value; NULL for a tree without nodes. Nodes are borrowed from their tree. */
HAR_API const struct har_node *har_tree_root(const struct har_tree *tree);

/* The JSON type of the value. `node` is not NULL, here and below, unless it is said otherwise. */
HAR_API enum har_kind har_node_kind(const struct har_node *node);

/* The container that the node is in, its own first member or element, the next one beside it; NULL when there is none. Members
 * come in the input's order until a run puts them in the specification's, before its writers. */
HAR_API const struct har_node *har_node_parent(const struct har_tree *tree, const struct har_node *node);
HAR_API const struct har_node *har_node_first(const struct har_tree *tree, const struct har_node *node);
HAR_API const struct har_node *har_node_next(const struct har_tree *tree, const struct har_node *node);

/* The last member of `object` whose decoded key is `name` (what most readers take when a key stands twice); NULL when there is none
 * or `object` is NULL or no object, so that calls can be nested. */
HAR_API const struct har_node *har_node_member(const struct har_tree *tree, const struct har_node *object, const char *name);

/* The text between the quotes of a key or string, or the digits of a number, as spelled in the input: escapes are not decoded.
 * Empty for other kinds and for elements of arrays. Borrowed from the tree. */
HAR_API struct har_text har_node_key(const struct har_tree *tree, const struct har_node *node);
HAR_API struct har_text har_node_text(const struct har_tree *tree, const struct har_node *node);

/* Appends the decoded key or string to `out`, as UTF-8. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. A number is
 * appended as it is written; other kinds add nothing. False when the buffer is full or memory is short. */
HAR_API bool har_node_decode_key(const struct har_tree *tree, const struct har_node *node, struct har_buffer *out);
HAR_API bool har_node_decode(const struct har_tree *tree, const struct har_node *node, struct har_buffer *out);

/* The number nearest to what is written, to *number; false when `node` is NULL, no number, or too large for a double: then *number
 * means nothing. */
HAR_API bool har_node_number(const struct har_tree *tree, const struct har_node *node, double *number);

/* Bytes from the item's place to the value's first character (a string's quote), in inputs that are JSON. The nodes of other
 * formats are made, not read: there the number means nothing. */
HAR_API uint64_t har_node_offset(const struct har_tree *tree, const struct har_node *node);

HAR_END_DECLS
#endif
