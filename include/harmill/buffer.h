/* A growing byte buffer that cannot be made without a maximum, and the escapes that writers need. */
#ifndef HARMILL_BUFFER_H
#define HARMILL_BUFFER_H

#include <harmill/api.h>

HAR_BEGIN_DECLS

/* Read `data` and `len` freely; change them through the functions. After a failed append `failed` stays set and the
 * content is as it was before that append, so that a row of appends may be checked once at its end. */
struct har_buffer {
    char *data; /* not NUL-terminated; NULL while nothing was ever appended */
    size_t len;
    size_t cap;
    size_t max;
    bool failed; /* out of memory, or past max */
    bool secret; /* see har_buffer_init_private() */
};

/* An empty buffer that holds at most `max` bytes. Allocates nothing. */
HAR_API void har_buffer_init(struct har_buffer *buffer, size_t max);

/* The same for what nobody else may read: memory is overwritten before it is given back, also when the buffer moves to grow. */
HAR_API void har_buffer_init_private(struct har_buffer *buffer, size_t max);

/* Frees the content; the buffer is empty again, keeps its maximum and may be used on. NULL and zeroed ones are fine. */
HAR_API void har_buffer_release(struct har_buffer *buffer);

/* Empties the buffer and clears `failed`, keeps the memory. */
HAR_API void har_buffer_clear(struct har_buffer *buffer);

/* Makes room for `room` more bytes behind `len` and returns where they start; NULL when that fails. The pointer holds until
 * the next call. The caller writes there and adds to `len` itself. */
HAR_API char *har_buffer_reserve(struct har_buffer *buffer, size_t room);

/* Appends a copy of `len` bytes; false when it failed. `bytes` may be NULL when `len` is 0, and never points into this buffer. */
HAR_API bool har_buffer_append(struct har_buffer *buffer, const void *bytes, size_t len);

/* The same for a NUL-terminated text, without its NUL; for one character; for what printf makes of `format`. */
HAR_API bool har_buffer_append_text(struct har_buffer *buffer, const char *text);
HAR_API bool har_buffer_append_char(struct har_buffer *buffer, char c);
HAR_API bool har_buffer_printf(struct har_buffer *buffer, const char *format, ...) HAR_PRINTF(2, 3);

/* Appends a NUL that is not counted in `len` and returns `data`; NULL when it failed. Holds until the next call. */
HAR_API const char *har_buffer_string(struct har_buffer *buffer);

/* Appends UTF-8 `text` as the inside of a JSON string (RFC 8259 section 7): only what must be escaped is, hex digits in lower
 * case; what is no UTF-8 becomes U+FFFD. */
HAR_API bool har_buffer_append_json(struct har_buffer *buffer, const char *text, size_t len);

/* Appends `text` made safe for a terminal or a log line: control characters (C0, DEL, C1), bidirectional controls and bytes
 * that are no UTF-8 become \xNN or \u{NNNN}; after `most` code points the rest is cut and "..." stands for it (0: never). */
HAR_API bool har_buffer_append_visible(struct har_buffer *buffer, const char *text, size_t len, size_t most);

/* Appends "/" and `token` escaped as JSON Pointer (RFC 6901 section 3: ~ is ~0, / is ~1). */
HAR_API bool har_buffer_append_pointer(struct har_buffer *buffer, const char *token, size_t len);

HAR_END_DECLS
#endif
