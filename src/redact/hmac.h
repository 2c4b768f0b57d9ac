/* HMAC-SHA256 (RFC 2104). */
#ifndef REDACT_HMAC_H
#define REDACT_HMAC_H

#include <harmill/place.h>

#include "util/sha256.h"

void hmac_sha256(struct har_text key, struct har_text text, unsigned char mac[SHA256_SIZE]);

#endif
