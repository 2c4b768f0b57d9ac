/* Dates and times as captures write them. */
#ifndef UTIL_ISO8601_H
#define UTIL_ISO8601_H

#include <harmill/buffer.h>
#include <harmill/place.h>

#include <stddef.h>
#include <stdint.h>

enum iso8601_form {
    ISO8601_NOT,        /* no date and time */
    ISO8601_IMPOSSIBLE, /* the form is right, the day, hour or zone does not exist */
    ISO8601_NO_ZONE,    /* right in one of the forms, but nobody knows which instant */
    ISO8601_OTHER,      /* an unambiguous form, but not the one of the HAR specification */
    ISO8601_W3C,        /* YYYY-MM-DDThh:mm[:ss[.s+]](Z|+hh:mm|-hh:mm), W3C NOTE-datetime */
};

struct iso8601 {
    int64_t seconds;      /* since 1970-01-01T00:00:00Z, leap seconds not counted; negative before */
    uint32_t nanoseconds; /* further digits are cut */
    int offset_minutes;   /* of the zone as written, east of Greenwich positive */
    bool leap;            /* the second is 60 */
};

/* Judges `text` and, for OTHER and W3C, fills *instant, which may be NULL. Second 60 and 24:00:00 exist and are the first
 * instant of what follows. */
enum iso8601_form iso8601_parse(const char *text, size_t len, struct iso8601 *instant);

/* Appends the date of `text`, which is NO_ZONE, OTHER or W3C, as YYYY-MM-DDThh:mm:ss[.s+] with its zone, if it has one, as Z,
 * +hh:mm or -hh:mm: the fraction's digits and the zone stay as they are, second 60 and 24:00:00 become the first instant of what
 * follows. False for other texts, for dates that this moves beyond the year 9999, and when the buffer fails. */
bool iso8601_append(const char *text, size_t len, struct har_buffer *out);

/* Appends `seconds` since 1970, with the digits of a fraction (may be empty), in UTC. False before the year 0, after 9999, and when
 * the buffer fails. */
bool iso8601_append_utc(int64_t seconds, struct har_text fraction, struct har_buffer *out);

/* Days from 1970-01-01 to a date; false when there is no such day. */
bool iso8601_days(int year, int month, int day, int64_t *days);

/* By how many milliseconds `date` is later than the other one; less than 0: earlier. */
double iso8601_later_ms(const struct iso8601 *date, const struct iso8601 *than);

#endif
