/* Over an item's tree, without recursion: what is above a value is a stack of states. */
#include "redact/walk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "redact/walk_own.h"

static bool begin(struct redact_walk *walk, const struct har_item *item, bool proving)
{
    struct har_tree *const tree = (struct har_tree *)(uintptr_t)item->tree; /* the format's own, which nobody else holds */
    if (!walk->scratch) {
        walk->scratch = calloc(1, sizeof *walk->scratch);
        if (!walk->scratch)
            return false;
        har_buffer_init_private(&walk->scratch->names, SIZE_MAX / 2);
        har_buffer_init_private(&walk->scratch->decoded, SIZE_MAX / 2);
        har_buffer_init_private(&walk->scratch->made, SIZE_MAX / 2);
        har_buffer_init_private(&walk->scratch->key, SIZE_MAX / 2);
        walk_keys_begin(walk->scratch);
    }
    walk->scratch->proving = proving;
    walk->scratch->left = 0;
    walk->scratch->depth = 0;
    walk->scratch->no_memory = false;
    har_buffer_clear(&walk->scratch->names);
    json_edit_begin(&walk->scratch->edit, tree, walk->tree_bytes ? walk->tree_bytes : UINT64_MAX,
                    walk->item_bytes ? walk->item_bytes : UINT64_MAX);
    return true;
}

static bool push(struct walk_scratch *scratch, struct walk_state state)
{
    if (scratch->depth == scratch->cap) {
        const size_t cap = scratch->cap ? scratch->cap * 2 : 32;
        struct walk_state *const more = realloc(scratch->state, cap * sizeof *more);
        scratch->no_memory |= !more;
        if (!more)
            return false;
        scratch->state = more;
        scratch->cap = cap;
    }
    scratch->state[scratch->depth++] = state;
    return true;
}

/* Whether the container is a header that was named to be left out. */
static bool is_dropped(const struct redact_walk *walk, const struct har_node *node, const struct walk_state *state)
{
    const struct walk_scratch *const scratch = walk->scratch;
    if (state->role != ROLE_HEADERS || state->inherits)
        return false;
    if (state->shape == SHAPE_PAIR)
        return redact_drops(walk->engine->rules, (struct har_text){scratch->names.data + state->name, state->name_len});
    const struct har_node *const name = state->shape == SHAPE_COUPLE ? json_node(scratch->edit.tree, node->child) : NULL;
    return name && name->kind == HAR_KIND_STRING && redact_drops(walk->engine->rules, har_node_text(scratch->edit.tree, name));
}

/* Tells that a member or header is left out. */
static void tell_dropped(struct redact_walk *walk, const struct har_item *item, uint32_t index, const struct judged *judged)
{
    static const struct har_text all = {"-", 1};
    struct redact_edits *const edits = &walk->scratch->edits;
    redact_edits_clear(edits);
    redact_edits_add(edits, (struct redact_edit){.start = 0, .end = all.len, .rule = REDACT_RULE_DROPPED},
                     (struct har_text){"", 0});
    if (walk->found)
        walk->found(walk->user, item, json_node(walk->scratch->edit.tree, index), false, judged->place, all, edits);
}

/* One value: whether it stays, and whether what is in it comes next. */
static bool visit(struct redact_walk *walk, const struct har_item *item, uint32_t index, struct walk_state *parent, bool *drop)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_node *const node = json_node(scratch->edit.tree, index);
    const bool is_container = node->kind >= HAR_KIND_ARRAY;
    const struct judged judged = walk_judge(walk, parent, node);
    struct walk_state state = {.names_mark = scratch->names.len};
    if (is_container)
        state = walk_state_of(walk, parent, node, &judged);
    *drop = walk_changes(walk) && (judged.drop || (is_container && is_dropped(walk, node, &state)));
    if (*drop) {
        tell_dropped(walk, item, index, &judged);
        walk->changed = walk->unproven = true;
        scratch->names.len = state.names_mark;
        return false;
    }
    if (!is_container)
        walk_look(walk, item, index, &judged);
    if (judged.custom && json_node(scratch->edit.tree, index)->key_len)
        walk_look_at_key(walk, item, index, &judged);
    if (!is_container)
        return false;
    walk_drop_bodies(walk, item, index, (enum walk_role)state.role);
    if (json_node(scratch->edit.tree, index)->child != JSON_NONE && push(scratch, state))
        return true;
    scratch->names.len = state.names_mark;
    return false;
}

static bool is_over(const struct redact_walk *walk)
{
    return walk->scratch->no_memory || walk->scratch->edit.fault || walk->engine->failed;
}

/* Behind a value: what follows it, or what follows what it is in; JSON_NONE at the end. */
static uint32_t go_on(struct redact_walk *walk, uint32_t index, bool drop)
{
    struct walk_scratch *const scratch = walk->scratch;
    while (scratch->depth) {
        struct walk_state *const state = &scratch->state[scratch->depth - 1];
        const struct har_node *const node = json_node(scratch->edit.tree, index);
        const uint32_t next = node->next, parent = node->parent;
        if (drop)
            json_edit_cut(&scratch->edit, state->before, index);
        else
            state->before = index;
        state->position++;
        if (next != JSON_NONE)
            return next;
        drop = false;
        index = parent;
        scratch->names.len = state->names_mark;
        scratch->depth--;
    }
    return JSON_NONE;
}

/* Whether the root itself is to be left out. */
static bool walk_all(struct redact_walk *walk, const struct har_item *item)
{
    struct walk_scratch *const scratch = walk->scratch;
    struct walk_state root = {.shape = SHAPE_PLAIN, .before = JSON_NONE};
    uint32_t index = 0;
    bool drop, down = visit(walk, item, 0, &root, &drop);
    if (drop)
        return true;
    index = down ? json_node(scratch->edit.tree, 0)->child : JSON_NONE;
    while (index != JSON_NONE && !is_over(walk)) {
        down = visit(walk, item, index, &scratch->state[scratch->depth - 1], &drop);
        index = down ? json_node(scratch->edit.tree, index)->child : go_on(walk, index, drop);
    }
    return false;
}

static enum har_status fault(struct redact_walk *walk, struct har_error *error)
{
    const enum json_edit_fault fault = walk->scratch->edit.fault;
    const enum har_bound bound = fault == JSON_EDIT_TREE_BYTES ? HAR_BOUND_TREE_BYTES : HAR_BOUND_ITEM_BYTES;
    if (walk->engine->failed) {
        *error = walk->engine->error;
        return HAR_FATAL;
    }
    if (walk->scratch->no_memory || fault == JSON_EDIT_MEMORY)
        return har_error_memory(error);
    if (!fault)
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, (int)bound, "what an entry becomes is larger than --%s allows",
                         har_bound_info(bound)->name);
}

enum har_status redact_walk_item(struct redact_walk *walk, struct har_item *item, struct har_error *error)
{
    if (!item->tree || !item->tree->count)
        return HAR_OK;
    walk->changed = walk->unproven = false;
    walk->left = 0;
    if (!begin(walk, item, false))
        return har_error_memory(error);
    const bool drop = walk_all(walk, item);
    const enum har_status status = fault(walk, error);
    return status == HAR_OK && drop ? HAR_FAILED : status;
}

enum har_status redact_walk_prove(struct redact_walk *walk, const struct har_item *item, uint64_t *left, struct har_error *error)
{
    *left = 0;
    if (!item->tree || !item->tree->count)
        return HAR_OK;
    if (!begin(walk, item, true))
        return har_error_memory(error);
    walk_all(walk, item);
    *left = walk->scratch->left;
    return fault(walk, error);
}

void redact_walk_release(struct redact_walk *walk)
{
    struct walk_scratch *const scratch = walk->scratch;
    if (!scratch)
        return;
    har_buffer_release(&scratch->names);
    har_buffer_release(&scratch->decoded);
    har_buffer_release(&scratch->made);
    har_buffer_release(&scratch->key);
    redact_edits_release(&scratch->edits);
    redact_edits_release(&scratch->strict);
    free(scratch->state);
    free(scratch);
    walk->scratch = NULL;
}
