/* Where a redirect leads, compared without regard to how it is spelled. */
#ifndef HARMILL_RULES_LOCATION_H
#define HARMILL_RULES_LOCATION_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Appends `reference`, resolved against the absolute `base` (RFC 3986 section 5.2), in a form for comparing only: scheme and
 * host in lower case, no default port, percent escapes decoded, no fragment. False when memory is short. */
bool location_append(struct har_text base, struct har_text reference, struct har_buffer *out);

/* Whether a host has other characters than ASCII: then its two spellings cannot be compared here. */
bool location_has_foreign_host(struct har_text url);

#endif
