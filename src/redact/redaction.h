/* What the core and its transform ask of a redaction: har_convert() calls these, one run at a time. */
#ifndef REDACT_REDACTION_H
#define REDACT_REDACTION_H

#include "redact/walk.h"

/* Begins a run. The first one that does not learn seals what was learned. */
enum har_status redaction_begin(struct har_redaction *redaction, struct har_error *error);

/* Whether the run is one of har_redaction_learn(): then nothing is changed, and nothing proven. */
bool redaction_learns(const struct har_redaction *redaction);

/* The next bytes of the input, unpacked. */
void redaction_input(struct har_redaction *redaction, const void *bytes, size_t len);

/* Replaces what must go in the item, and looks once more. HAR_FAILED: it is to be dropped. */
enum har_status redaction_item(struct har_redaction *redaction, struct har_item *item, struct har_error *error);

/* Whether it replaced something in the last item. */
bool redaction_changed(const struct har_redaction *redaction);

/* Whether what comes next is the same item once more: then what was looked at is not counted. */
void redaction_again(struct har_redaction *redaction, bool again);

/* Behind the last item, before anything is put in place: HAR_FATAL when a secret is left in an item, when something could not be
 * searched that has to be, or when the input is not the one that was learned. */
enum har_status redaction_finish(struct har_redaction *redaction, struct har_error *error);

/* "default" or "strict"; whether rules were given that are not built in. */
const char *redaction_mode(const struct har_redaction *redaction);
bool redaction_has_own_rules(const struct har_redaction *redaction);

struct redact_engine *redaction_engine(struct har_redaction *redaction);

/* The rule that an edit names. */
const struct redact_rule *redaction_rule(const struct har_redaction *redaction, uint16_t rule);

/* Ends learning, if that was not done yet: HAR_FATAL when nothing was learned. */
enum har_status redaction_seal(struct har_redaction *redaction, struct har_error *error);

/* A search over written bytes, after redaction_seal(); NULL: memory is short. redaction_proven() ends it, before the bytes are put
 * in place: HAR_FATAL when there is a secret in them. `counts`: the bytes are an output's. Both are freed with redact_proof_free().
 */
struct redact_proof *redaction_proof(const struct har_redaction *redaction);
enum har_status redaction_proven(struct har_redaction *redaction, struct redact_proof *proof, bool counts, struct har_error *error);

/* Looks for secrets in an item and changes nothing; `found` is told of each text. *unsearched: bodies of the item that could not be
 * looked into. For redactions that learn nothing. */
enum har_status redaction_find(struct har_redaction *redaction, const struct har_item *item, redact_found_fn *found, void *user,
                               uint64_t *unsearched, struct har_error *error);

#endif
