/* What a JSON string decodes to, measured without decoding it. */
#ifndef HARMILL_JSON_MEASURE_H
#define HARMILL_JSON_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#define JSON_NOWHERE ((size_t)-1)

struct json_measure {
    size_t bytes;    /* of the decoded text in UTF-8, as json_text_decode() writes it; an escape that JSON does not know counts 1 */
    size_t replaced; /* offset of the first U+FFFD, spelled out or as an escape; JSON_NOWHERE when there is none */
    bool ascii;      /* nothing above U+007F */
    bool lone;       /* half a surrogate pair stands in it, or what is no escape: decoded to U+FFFD */
};

/* Measures the inside of a string: one pass of several bytes per cycle. */
struct json_measure json_measure(const char *text, size_t len);

/* The same without special instructions, for machines without them and as the other one's oracle. */
struct json_measure json_measure_portable(const char *text, size_t len);

/* Code points and UTF-16 units of the decoded text; bytes that are no UTF-8 count as they come. A slower pass of its own. */
struct json_characters {
    size_t points, units;
};
struct json_characters json_characters(const char *text, size_t len);

#endif
