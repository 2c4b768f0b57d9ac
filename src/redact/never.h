/* What is replaced where it is found, but never looked for elsewhere: it would hit what is no secret. */
#ifndef REDACT_NEVER_H
#define REDACT_NEVER_H

#include <harmill/place.h>

#include "util/keyset.h"

/* Whether the value is a host of the capture (in `hosts`, in lower case) or an address with nothing but words behind one, a media
 * type, a protocol, a language, a date, a number, a version, a few words, or too uniform. */
bool never_elsewhere(struct har_text value, const struct keyset *hosts);

/* Adds a host and the domains that it is in; false when memory is short. */
bool never_add_host(struct keyset *hosts, struct har_text host, size_t most_bytes);

#endif
