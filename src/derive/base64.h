/* Base64 (RFC 4648 section 4) decoded. */
#ifndef HARMILL_DERIVE_BASE64_H
#define HARMILL_DERIVE_BASE64_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Appends the bytes; false when `text` is no base64 in its plain form, or memory is short (out->failed). */
bool derive_base64(struct har_text text, struct har_buffer *out);

#endif
