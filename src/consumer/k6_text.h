/* Texts as npm har-to-k6 tests them. */
#ifndef CONSUMER_K6_TEXT_H
#define CONSUMER_K6_TEXT_H

#include <harmill/buffer.h>
#include <harmill/place.h>

/* Whether its regular expression for ISO 8601 (iso8601-validator 1.0) takes a text. It knows weeks and days of the year, and no
 * months by name. */
bool k6_is_date(struct har_text text);

/* Appends what decodeURIComponent makes of a text; false where that throws: % without two digits, bytes that are no UTF-8. */
bool k6_decode(struct har_text text, struct har_buffer *out);

/* Takes the next variable, ${name}, off *text; false when there is none. */
bool k6_variable_next(struct har_text *text, struct har_text *name);

/* What stands before the first semicolon. */
struct har_text k6_media_type(struct har_text text);

bool k6_holds(struct har_text text, const char *part);

#endif
