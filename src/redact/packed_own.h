/* The ways of packing that are not deflate, for packed.c. */
#ifndef REDACT_PACKED_OWN_H
#define REDACT_PACKED_OWN_H

#include "redact/packed.h"

enum { PACKED_ROOM = 1 << 16 /* bytes that are unpacked at once */ };

/* packed_zstd.c */
bool packed_is_zstd(struct har_text bytes);
enum packed_result packed_open_zstd(struct har_text bytes, size_t most, struct har_buffer *out);
bool packed_close_zstd(struct har_text bytes, struct har_buffer *out);

/* packed_brotli.c: what is unpacked of bytes that are no brotli is not appended. */
enum packed_result packed_open_brotli(struct har_text bytes, size_t most, struct har_buffer *out);
bool packed_close_brotli(struct har_text bytes, struct har_buffer *out);

/* packed_utf16.c: with a mark in front, and a character of ASCII behind it. */
enum packed_form packed_is_utf16(struct har_text bytes);
enum packed_result packed_open_utf16(struct har_text bytes, bool big, struct har_buffer *out);
bool packed_close_utf16(struct har_text bytes, bool big, struct har_buffer *out);

#endif
