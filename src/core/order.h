/* Canonical order of members, made before the writers see an item. */
#ifndef HARMILL_CORE_ORDER_H
#define HARMILL_CORE_ORDER_H

#include "json/tree.h"

/* Links the members of every object of the specification in the specification's order, all others behind them in the order in
 * which they were read. Equal keys stay in their order. The tree must have been checked. */
void order_tree(struct har_tree *tree);

#endif
