/* --manifest: what was redacted, as JSON. No value is in it, nor what one could be guessed from: no hash, no length. */
#ifndef CLI_REDACT_MANIFEST_H
#define CLI_REDACT_MANIFEST_H

#include "cli/inputs.h"

/* Appends what was done for an output that comes from `count` inputs; `name` names it where they are several. */
void redact_manifest_add(struct har_buffer *manifest, const struct input *inputs, size_t count, const char *name,
                         const struct har_redaction *redaction);

/* Writes it to `path`, of mode 0600 when that is new. */
enum har_status redact_manifest_write(const struct har_buffer *manifest, const char *path, enum har_redact_mode mode,
                                      bool own_rules, const struct har_settings *settings, struct har_error *error);

#endif
