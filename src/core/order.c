/* Members of objects, linked in the specification's order. */
#include "core/order.h"

#include <harmill/spec.h>

#include "check/check.h"

static bool in_order(const struct har_tree *tree, const struct har_node *object)
{
    unsigned last = 0;
    for (uint32_t i = object->child; i != JSON_NONE; i = tree->node[i].next) {
        if (tree->node[i].member < last)
            return false;
        last = tree->node[i].member;
    }
    return true;
}

/* A list for each row, and one for the members without: appended to in turn, then joined. */
static void sort_members(struct har_tree *tree, struct har_node *object)
{
    uint32_t head[CHECK_ROWS + 1], tail[CHECK_ROWS + 1];
    for (unsigned row = 0; row <= CHECK_ROWS; row++)
        head[row] = tail[row] = JSON_NONE;
    for (uint32_t i = object->child; i != JSON_NONE; i = tree->node[i].next) {
        const unsigned row = tree->node[i].member == JSON_NO_MEMBER ? CHECK_ROWS : tree->node[i].member;
        if (head[row] == JSON_NONE)
            head[row] = i;
        else
            tree->node[tail[row]].next = i;
        tail[row] = i;
    }
    uint32_t *link = &object->child;
    for (unsigned row = 0; row <= CHECK_ROWS; row++) {
        if (head[row] == JSON_NONE)
            continue;
        *link = head[row];
        link = &tree->node[tail[row]].next;
    }
    *link = JSON_NONE;
}

void order_tree(struct har_tree *tree)
{
    if (tree->sound)
        return;
    for (uint32_t i = 0; i < tree->count; i++) {
        struct har_node *node = &tree->node[i];
        if (node->kind == HAR_KIND_OBJECT && node->object && !in_order(tree, node))
            sort_members(tree, node);
    }
}
