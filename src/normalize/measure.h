/* Parts of the steps that look at dates, sizes and bodies. */
#ifndef HARMILL_NORMALIZE_MEASURE_H
#define HARMILL_NORMALIZE_MEASURE_H

#include "normalize/normalize.h"

/* dates.c: gives one date member the specification's form where it names an instant without doubt; returns whether it is a date of
 * that form now. */
bool normalize_date(struct normalize *n, uint32_t object, uint8_t row);

/* cache.c: dates in beforeRequest and afterRequest. */
void normalize_cache(struct normalize *n);

enum size_form {
    SIZE_MISSING, /* or null */
    SIZE_KNOWN,
    SIZE_UNKNOWN,    /* -1 */
    SIZE_NEGATIVE,   /* below */
    SIZE_FRACTION,   /* no whole number */
    SIZE_UNREADABLE, /* another type, or beyond 2^53: left alone */
};

/* What kind of size `member` is (JSON_NONE is allowed); *size is -1 for all but SIZE_KNOWN. */
enum size_form normalize_size(const struct normalize *n, uint32_t member, int64_t *size);

/* Whether the status is one of those whose answers have no body: 1xx, 204, 304. */
bool normalize_is_bodiless(const struct normalize *n, uint32_t response);

/* headersSize and bodySize of both messages; either may be JSON_NONE. */
void normalize_sizes(struct normalize *n, uint32_t request, uint32_t response);

/* base64.c: content.encoding, and the form of a text that is base64. */
void normalize_encoding(struct normalize *n, uint32_t response, uint32_t content);

/* content.c: the value of the last header of that name that is not empty; JSON_NONE. */
uint32_t normalize_header_value(struct normalize *n, uint32_t message, uint8_t row, const char *name);

/* content.c: whether the body was sent compressed. */
bool normalize_is_coded(struct normalize *n, uint32_t response);

#endif
