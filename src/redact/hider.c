/* Questions about single values and texts. */
#include <stdlib.h>
#include <string.h>

#include "json/tree.h"
#include "redact/level.h"
#include "redact/places.h"
#include "redact/redaction.h"

struct har_redact_hider {
    struct har_redaction *redaction; /* learns nothing */
    struct har_place place;          /* of the item that was looked at */
    const struct har_tree *tree;     /* its tree; NULL: none yet */
    uint32_t *hidden;                /* its values that are hidden, in the order of the walk */
    size_t count, cap;
    bool failed; /* all of it is hidden */
};

enum har_status har_redact_hider_new(struct har_redact_hider **result, const struct har_redact_rules *rules,
                                     struct har_error *error)
{
    struct har_redact_hider *hider = *result = calloc(1, sizeof *hider);
    if (!hider)
        return har_error_memory(error);
    const enum har_status status = har_redaction_new(&hider->redaction, rules, NULL, NULL, error);
    if (status != HAR_OK) {
        free(hider);
        *result = NULL;
        return status;
    }
    redaction_engine(hider->redaction)->finding = true;
    return HAR_OK;
}

void har_redact_hider_free(struct har_redact_hider *hider)
{
    if (!hider)
        return;
    har_redaction_free(hider->redaction);
    free(hider->hidden);
    free(hider);
}

/* A redact_found_fn. */
static void note_hidden(void *user, const struct har_item *item, const struct har_node *node, bool key, const char *place,
                        struct har_text text, const struct redact_edits *edits)
{
    struct har_redact_hider *hider = user;
    (void)place;
    (void)text;
    if (key || !edits->count)
        return;
    if (hider->count == hider->cap) {
        const size_t cap = hider->cap ? hider->cap * 2 : 64;
        uint32_t *grown = realloc(hider->hidden, cap * sizeof *grown);
        hider->failed |= !grown;
        if (!grown)
            return;
        hider->hidden = grown;
        hider->cap = cap;
    }
    hider->hidden[hider->count++] = (uint32_t)(node - item->tree->node);
}

static bool is_looked_at(const struct har_redact_hider *hider, const struct har_item *item)
{
    return hider->tree == item->tree && hider->place.offset == item->place.offset && hider->place.line == item->place.line;
}

bool har_redact_hider_value(struct har_redact_hider *hider, const struct har_item *item, const struct har_node *node)
{
    if (!is_looked_at(hider, item)) {
        uint64_t unsearched;
        hider->tree = item->tree;
        hider->place = item->place;
        hider->count = 0;
        hider->failed = redaction_find(hider->redaction, item, note_hidden, hider, &unsearched, NULL) != HAR_OK;
    }
    bool hides = hider->failed;
    for (size_t i = 0; i < hider->count && !hides; i++)
        hides = &item->tree->node[hider->hidden[i]] == node;
    return hides;
}

bool har_redact_hider_text(struct har_redact_hider *hider, struct har_text text)
{
    struct redact_engine *engine = redaction_engine(hider->redaction);
    struct level *level = redact_level_take(engine);
    if (!level)
        return true;
    redact_level(engine, text, places_bare(text), &level->edits);
    redact_edits_settle(&level->edits, text);
    const bool hides = level->edits.count || level->edits.failed || engine->failed;
    redact_level_give(engine, level);
    return hides;
}

bool har_redaction_text(struct har_redaction *redaction, struct har_text text, struct har_buffer *out)
{
    struct redact_engine *engine = redaction_engine(redaction);
    struct level *level = redact_level_take(engine);
    if (!level)
        return false;
    redact_level(engine, text, places_bare(text), &level->edits);
    redact_edits_settle(&level->edits, text);
    const bool good = !level->edits.failed && !engine->failed && redact_edits_apply(&level->edits, text, out);
    redact_level_give(engine, level);
    return good;
}
