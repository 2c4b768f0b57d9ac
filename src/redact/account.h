/* What was found, by rule and place: counts, pointers and tokens, never values. */
#ifndef REDACT_ACCOUNT_H
#define REDACT_ACCOUNT_H

#include "redact/walk.h"

struct redact_row {
    const struct redact_rule *rule;
    bool propagated;
    const char *place;
    uint64_t values;
    char *pointer; /* of the first */
    char *token;   /* that stands there; "" when several do */
};

/* Zeroed is empty. */
struct redact_account {
    struct redact_row *row;
    size_t count, cap;
    uint32_t *slot; /* of a hash table: number of the row, from 1 */
    size_t slots;
    uint64_t values, propagated;
    bool failed; /* memory is short */
};

/* The row of a rule and a place; *fresh: it is new, without pointer and token. NULL: memory is short. */
struct redact_row *redact_account_row(struct redact_account *account, const struct redact_rule *rule, bool propagated,
                                      const char *place, bool *fresh);

/* Where the node stands, as JSON Pointer; of a key, that of the object that it is in. */
bool redact_pointer(const struct har_item *item, const struct har_node *node, bool key, struct har_buffer *out);

void redact_account_release(struct redact_account *account);

#endif
