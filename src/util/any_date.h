/* Dates that are not of ISO 8601 but name one instant without doubt. */
#ifndef UTIL_ANY_DATE_H
#define UTIL_ANY_DATE_H

#include <harmill/buffer.h>

/* Appends the instant of a date in words or digits, as iso8601_append() does. Year (four digits), month (its English name, or the
 * number between year and day: 2026-3-1, 2026/03/01), day, time of day (14:05[:09[.s+]], or 2:05 with AM or PM) and zone (GMT, UTC,
 * UT, Z, or a number of hours and minutes) must all be there, in any order but the last; a weekday must be the right one. *words
 * tells of words in parentheses, which the result does not hold. False when it is no such date, or the buffer fails. */
bool any_date_append(const char *text, size_t len, struct har_buffer *out, bool *words);

/* The same for a number of seconds (10 digits) or milliseconds (13 digits) since 1970, with or without a fraction, from
 * 2001-09-09 to 2030-03-17: other numbers of so many digits could be something else. */
bool any_date_append_epoch(const char *text, size_t len, struct har_buffer *out);

#endif
