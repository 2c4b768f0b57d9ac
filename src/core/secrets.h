/* Secrets in what is read become findings. */
#ifndef CORE_SECRETS_H
#define CORE_SECRETS_H

#include "check/check.h"
#include "redact/redaction.h"

struct secrets {
    struct har_redaction *redaction; /* NULL: nobody asks */
    struct har_redaction *own;       /* when the job has none */
    struct check *check;
    uint32_t *keys; /* nodes of the item whose keys hold a secret */
    size_t key_count, key_cap;
    bool no_memory;
};

/* Whether one of the rules is on. False when memory is short: *error says so. */
enum har_status secrets_init(struct secrets *secrets, struct har_redaction *redaction, const struct har_settings *settings,
                             struct check *check, struct har_error *error);

/* Behind check_item(), before anything changes the item. */
enum har_status secrets_item(struct secrets *secrets, const struct har_item *item, struct har_error *error);

void secrets_release(struct secrets *secrets);

#endif
