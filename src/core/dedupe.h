/* The set behind <harmill/dedupe.h>. */
#ifndef CORE_DEDUPE_H
#define CORE_DEDUPE_H

#include <harmill/dedupe.h>

#include "json/tree.h"

/* Takes an entry's tree, whose members are in the order in which they are written; *twice tells whether the same one came before.
 * False when memory is short. */
bool dedupe_add(struct har_dedupe *dedupe, const struct har_tree *tree, bool *twice);

#endif
