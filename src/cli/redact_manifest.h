/* --manifest: what was redacted, as JSON. No value is in it, nor what one could be guessed from: no hash, no length. */
#ifndef CLI_REDACT_MANIFEST_H
#define CLI_REDACT_MANIFEST_H

#include "cli/inputs.h"

/* Appends what was done for an output that comes from `count` inputs; `name` names it where they are several. */
void redact_manifest_add(struct har_buffer *manifest, const struct input *inputs, size_t count, const char *name,
                         const struct har_redaction *redaction);

/* Where it will be, of mode 0600 when that is new. An older one stays until the new one is written. */
enum har_status redact_manifest_open(struct har_sink **sink, const char *path, const struct har_settings *settings,
                                     struct har_error *error);

/* Puts it in place. */
enum har_status redact_manifest_write(const struct har_buffer *manifest, struct har_sink *sink, enum har_redact_mode mode,
                                      bool own_rules, struct har_error *error);

#endif
