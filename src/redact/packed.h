/* What is compressed, or coded in another way than UTF-8: unpacked and packed again in memory. */
#ifndef REDACT_PACKED_H
#define REDACT_PACKED_H

#include <harmill/buffer.h>
#include <harmill/place.h>

enum packed_form {
    PACKED_NOT,
    PACKED_GZIP, /* RFC 1952, one member or several */
    PACKED_ZLIB, /* RFC 1950 */
    PACKED_RAW,  /* RFC 1951: has no beginning of its own, see packed_may_be_raw() */
    PACKED_ZSTD,
    PACKED_BROTLI, /* has no beginning of its own: only where a header says so */
    PACKED_UTF16_LITTLE,
    PACKED_UTF16_BIG,
};

/* By the first bytes; what this build cannot unpack is none. */
enum packed_form packed_form(struct har_text bytes);

/* Whether the first byte is one that encoders begin a short text with: a last block that is coded. */
bool packed_may_be_raw(struct har_text bytes);

enum packed_result {
    PACKED_WHOLE,
    PACKED_BROKEN,  /* none, or something is missing or follows; what could be unpacked is appended */
    PACKED_CUT,     /* brotli that ends too early; what could be unpacked is appended */
    PACKED_TOO_BIG, /* the result would pass `most` bytes */
    PACKED_NO_MEMORY,
};

/* Appends what `bytes` holds. */
enum packed_result packed_open(struct har_text bytes, enum packed_form form, size_t most, struct har_buffer *out);

/* Appends `bytes` packed, always in the same way; false when memory is short. */
bool packed_close(struct har_text bytes, enum packed_form form, struct har_buffer *out);

#endif
