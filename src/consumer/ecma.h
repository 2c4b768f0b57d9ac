/* How JavaScript casts texts: what importers written in it make of a member of another type. */
#ifndef HARMILL_CONSUMER_ECMA_H
#define HARMILL_CONSUMER_ECMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Takes the next code point off *text; a byte that is no UTF-8 is U+FFFD, as TextDecoder makes it. *len is not 0. */
uint32_t ecma_take(const char **text, size_t *len);

/* White space and line ends of ECMAScript, which \s of its patterns means too. */
bool ecma_space(uint32_t point);

/* The characters that . of its patterns does not mean. */
bool ecma_line_end(uint32_t point);

/* Whether Number(text) is a number. */
bool ecma_number(const char *text, size_t len);

/* Whether new Date(text) is a date to V8, which reads far more than ISO 8601. */
bool ecma_date(const char *text, size_t len);

/* The same for milliseconds since 1970. */
bool ecma_date_number(double number);

#endif
