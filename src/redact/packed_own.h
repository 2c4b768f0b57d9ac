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

/* packed_memory.c: what libraries held is overwritten, too. */
void *packed_take(size_t size);
void packed_give(void *block);

/* packed_utf16.c: begins with a mark, which becomes a character of the text, or with some characters of ASCII. */
enum packed_form packed_is_utf16(struct har_text bytes);
enum packed_result packed_open_utf16(struct har_text bytes, bool big, struct har_buffer *out);
bool packed_close_utf16(struct har_text bytes, bool big, struct har_buffer *out);

#endif
