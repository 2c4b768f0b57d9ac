/* Over an item's tree: what each key and text is by its place, and the changes. */
#ifndef REDACT_WALK_H
#define REDACT_WALK_H

#include <harmill/item.h>

#include "redact/engine.h"

/* Told of each text in which something goes, before it is changed. Edits are settled, offsets are of the decoded text. */
typedef void redact_found_fn(void *user, const struct har_item *item, const struct har_node *node, bool key, const char *place,
                             struct har_text text, const struct redact_edits *edits);

struct redact_walk {
    struct redact_engine *engine;
    redact_found_fn *found; /* may be NULL */
    void *user;
    uint64_t tree_bytes, item_bytes; /* bounds for changes */
    bool whole; /* a text in which something is found becomes a token as a whole */
    uint64_t strings, bodies, unsearched;
    bool changed;  /* the item, by the last redact_walk_item() */
    bool unproven; /* of the last redact_walk_item(): its item was changed where other values are judged by it */
    uint64_t left; /* places that still hold a secret in what it changed elsewhere */
    struct walk_scratch *scratch;
};

/* Looks at all keys and texts of the item; in a sealed engine changes them, and with them sizes that were right before and no
 * longer are. HAR_FAILED: the item is to be dropped (a member that was named). */
enum har_status redact_walk_item(struct redact_walk *walk, struct har_item *item, struct har_error *error);

/* After redact_walk_item() with a sealed engine: whether no detector and no learned secret finds anything in the item any more.
 * Each text that was changed has been looked at once more by then, with what was left in walk->left. A text that was not is
 * judged and looked at in the same way as before, when nothing was found, unless names or keys were changed: only then, with
 * walk->unproven, is all of this needed. */
enum har_status redact_walk_prove(struct redact_walk *walk, const struct har_item *item, uint64_t *left, struct har_error *error);

void redact_walk_release(struct redact_walk *walk);

#endif
