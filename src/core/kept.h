/* Copies of items that are needed again when the item itself is gone. */
#ifndef CORE_KEPT_H
#define CORE_KEPT_H

#include <harmill/item.h>
#include <harmill/settings.h>
#include <harmill/status.h>

#include "json/tree.h"

/* The tree is compact and holds what writers ask for: keys, texts, the specification's rows. Offsets mean nothing in it. */
struct kept {
    struct har_item item;
    struct har_tree tree;
    struct har_node node[]; /* behind them the bytes */
};

/* Zeroed is empty. */
struct kept_list {
    struct kept **item;
    size_t count, cap;
};

/* Appends a copy of a MEMBER or PAGE, without its source. *bytes grows by what it takes; past `most`: HAR_FATAL with
 * HAR_BOUND_KEPT_BYTES. */
enum har_status kept_add(struct kept_list *list, const struct har_item *item, uint64_t *bytes, uint64_t most,
                         struct har_error *error);

/* Frees the item at `index`, whose slot then is NULL. */
void kept_drop(struct kept_list *list, size_t index);
void kept_release(struct kept_list *list);

/* Fills *error; HAR_FATAL. */
enum har_status kept_too_large(struct har_error *error);

/* Appends the value in canonical spelling, on one line. With `key` the key and a colon in front of it. */
enum har_status kept_spell(struct har_buffer *out, const struct har_tree *tree, const struct har_node *node, bool key,
                           struct har_error *error);

/* A streamed MEMBER of harmill's own: its key (static), in `tree`, which is to be released. */
enum har_status kept_streamed(struct har_item *item, struct har_tree *tree, enum har_scope scope, const char *key,
                              struct har_error *error);

/* The row of a member in the table of its object (enum har_object); JSON_NO_MEMBER. */
uint8_t kept_row(unsigned object, const char *name);

#endif
