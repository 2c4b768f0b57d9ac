/* The words of JSON, and what is none. */
#ifndef HARMILL_JSON_LITERAL_H
#define HARMILL_JSON_LITERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_literal {
    const char *text;
    uint8_t len, kind; /* enum har_kind */
    bool odd;          /* no JSON, but certain in its extent: NaN */
};

/* The literal at `at`, NULL when there is none. */
const struct json_literal *json_find_literal(const unsigned char *at, size_t len);

/* Whether the bytes are the beginning of a literal of JSON, which may have been cut. */
bool json_begins_literal(const unsigned char *at, size_t len);

/* What is said about a byte that no value starts with; static. */
const char *json_odd_byte(const unsigned char *at, size_t len);

#endif
