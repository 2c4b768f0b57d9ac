/* What was found, by rule and place. */
#include "redact/account.h"

#include <stdlib.h>
#include <string.h>

#include "json/tree.h"

enum { SLOTS_LEAST = 64 };

static size_t hash_of(const struct redact_rule *rule, bool propagated, const char *place)
{
    uint64_t hash = (uint64_t)(uintptr_t)rule * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= (uint64_t)(uintptr_t)place * UINT64_C(0xc2b2ae3d27d4eb4f);
    return (size_t)((hash >> 20) + propagated);
}

static void put_in_slot(struct redact_account *account, size_t index)
{
    const struct redact_row *row = &account->row[index];
    size_t at = hash_of(row->rule, row->propagated, row->place) & (account->slots - 1);
    while (account->slot[at])
        at = (at + 1) & (account->slots - 1);
    account->slot[at] = (uint32_t)index + 1;
}

/* Half of the slots stay empty. */
static bool grow(struct redact_account *account)
{
    if (account->count == account->cap) {
        const size_t cap = account->cap ? account->cap * 2 : SLOTS_LEAST / 2;
        struct redact_row *row = reallocarray(account->row, cap, sizeof *row);
        uint32_t *slot = row ? calloc(cap * 2, sizeof *slot) : NULL;
        if (row)
            account->row = row;
        if (!slot)
            return false;
        free(account->slot);
        account->slot = slot;
        account->slots = cap * 2;
        account->cap = cap;
        for (size_t i = 0; i < account->count; i++)
            put_in_slot(account, i);
    }
    return true;
}

struct redact_row *redact_account_row(struct redact_account *account, const struct redact_rule *rule, bool propagated,
                                      const char *place, bool *fresh)
{
    size_t at = account->slots ? hash_of(rule, propagated, place) & (account->slots - 1) : 0;
    for (; account->slots && account->slot[at]; at = (at + 1) & (account->slots - 1)) {
        struct redact_row *row = &account->row[account->slot[at] - 1];
        *fresh = false;
        if (row->rule == rule && row->propagated == propagated && row->place == place)
            return row;
    }
    if (!grow(account)) {
        account->failed = true;
        return NULL;
    }
    *fresh = true;
    account->row[account->count] = (struct redact_row){.rule = rule, .propagated = propagated, .place = place};
    put_in_slot(account, account->count);
    return &account->row[account->count++];
}

static uint32_t index_in(const struct har_tree *tree, const struct har_node *array, uint32_t element)
{
    uint32_t index = 0;
    for (uint32_t at = array->child; at != element && at != JSON_NONE; at = tree->node[at].next)
        index++;
    return index;
}

bool redact_pointer(const struct har_item *item, const struct har_node *node, bool key, struct har_buffer *out)
{
    const struct har_tree *tree = item->tree;
    uint32_t path[256], depth = 0, at = (uint32_t)(node - tree->node);
    har_buffer_append_text(out, item->container ? item->container : "");
    if (item->kind == HAR_ITEM_PAGE || item->kind == HAR_ITEM_ENTRY)
        har_buffer_printf(out, "/%llu", (unsigned long long)item->ordinal);
    else if (item->scope != HAR_SCOPE_DOCUMENT && !(key && at == 0))
        json_append_pointer(out, tree, tree->node);
    for (; at != 0 && depth < sizeof path / sizeof *path; at = tree->node[at].parent)
        path[depth++] = at;
    if (at) /* deeper than anybody counts: where it begins says enough */
        return !out->failed;
    while (depth-- > (key ? 1u : 0u)) {
        const struct har_node *parent = &tree->node[tree->node[path[depth]].parent];
        if (parent->kind == HAR_KIND_ARRAY)
            har_buffer_printf(out, "/%u", index_in(tree, parent, path[depth]));
        else
            json_append_pointer(out, tree, &tree->node[path[depth]]);
    }
    return !out->failed;
}

void redact_account_release(struct redact_account *account)
{
    for (size_t i = 0; i < account->count; i++) {
        free(account->row[i].pointer);
        free(account->row[i].token);
    }
    free(account->row);
    free(account->slot);
    *account = (struct redact_account){.count = 0};
}
