/* ISO 8601 dates and times in their usual spellings, in proleptic Gregorian arithmetic of our own: the C library's functions
 * depend on the locale and the zone of the process. */
#include "util/iso8601.h"

#define MOST_OFFSET (14 * 60) /* minutes; no zone on earth is further away */

#define DAY INT64_C(86400)

/* 0000-01-01T00:00:00 and 9999-12-31T23:59:59. */
#define FIRST_SECOND (INT64_C(-719528) * DAY)
#define LAST_SECOND  (INT64_C(2932897) * DAY - 1)

struct cursor {
    const char *p, *end;
    bool other; /* something was spelled differently from the W3C form */
};

struct fields {
    int year, month, day, hour, minute, second;
    uint32_t nanoseconds;
    struct har_text fraction; /* its digits */
    bool has_fraction;        /* other than zero, in digits beyond the ninth, too */
    bool has_zone;
    int zone_sign, zone_hour, zone_minute;
};

static bool digits(struct cursor *c, int count, int *value)
{
    int sum = 0;
    if (c->end - c->p < count)
        return false;
    for (int i = 0; i < count; i++) {
        if (c->p[i] < '0' || c->p[i] > '9')
            return false;
        sum = sum * 10 + (c->p[i] - '0');
    }
    c->p += count;
    *value = sum;
    return true;
}

static bool take(struct cursor *c, char wanted)
{
    if (c->p == c->end || *c->p != wanted)
        return false;
    c->p++;
    return true;
}

/* YYYY-MM-DD or YYYYMMDD. */
static bool date(struct cursor *c, struct fields *f)
{
    if (!digits(c, 4, &f->year))
        return false;
    bool extended = take(c, '-');
    if (!digits(c, 2, &f->month) || (extended && !take(c, '-')) || !digits(c, 2, &f->day))
        return false;
    c->other |= !extended;
    return true;
}

/* The digits behind a full stop or a comma; at least one. */
static bool fraction(struct cursor *c, struct fields *f)
{
    int count = 0;
    f->fraction.bytes = c->p;
    for (; c->p < c->end && *c->p >= '0' && *c->p <= '9'; c->p++, count++) {
        if (count < 9)
            f->nanoseconds = f->nanoseconds * 10 + (uint32_t)(*c->p - '0');
        f->has_fraction |= *c->p != '0';
    }
    f->fraction.len = (size_t)(c->p - f->fraction.bytes);
    if (!count)
        return false;
    for (; count < 9; count++)
        f->nanoseconds *= 10;
    return true;
}

/* hh:mm, hh:mm:ss, hh:mm:ss.s+ and the same without colons. */
static bool time_of_day(struct cursor *c, struct fields *f)
{
    if (!digits(c, 2, &f->hour))
        return false;
    bool extended = take(c, ':');
    c->other |= !extended;
    if (!digits(c, 2, &f->minute))
        return false;
    if (extended ? !take(c, ':') : c->p == c->end || *c->p < '0' || *c->p > '9')
        return true;
    if (!digits(c, 2, &f->second))
        return false;
    if (take(c, '.'))
        return fraction(c, f);
    if (take(c, ',')) {
        c->other = true;
        return fraction(c, f);
    }
    return true;
}

/* Z, +hh:mm, or in other forms z, +hhmm, +hh; or nothing. */
static bool zone(struct cursor *c, struct fields *f)
{
    if (c->p == c->end)
        return true;
    f->has_zone = true;
    if (take(c, 'Z'))
        return true;
    if (take(c, 'z')) {
        c->other = true;
        return true;
    }
    f->zone_sign = take(c, '+') ? 1 : take(c, '-') ? -1 : 0;
    if (!f->zone_sign || !digits(c, 2, &f->zone_hour))
        return false;
    if (take(c, ':'))
        return digits(c, 2, &f->zone_minute);
    c->other = true;
    return c->p == c->end || digits(c, 2, &f->zone_minute);
}

static bool separator(struct cursor *c)
{
    if (take(c, 'T'))
        return true;
    c->other = true;
    return take(c, 't') || take(c, ' ');
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static bool is_day(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of_month(year, month);
}

static bool exists(const struct fields *f)
{
    if (!is_day(f->year, f->month, f->day))
        return false;
    if (f->hour > 24 || f->minute > 59 || f->second > 60)
        return false;
    if (f->hour == 24 && (f->minute || f->second || f->has_fraction))
        return false;
    return f->zone_minute <= 59 && f->zone_hour * 60 + f->zone_minute <= MOST_OFFSET;
}

/* Days from 1970-01-01. Years are counted from March, so that the leap day is the last of its year; the year 0 is shifted by
 * 400 so that no quotient is negative. */
static int64_t days_from_epoch(int year, int month, int day)
{
    int64_t y = (int64_t)year + 400 - (month < 3);
    int64_t months = (month + 9) % 12;
    int64_t in_year = (153 * months + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + in_year - 719468 - 146097;
}

/* Seconds from 1970 to the same clock time in UTC. */
static int64_t clock_seconds(const struct fields *f)
{
    return days_from_epoch(f->year, f->month, f->day) * DAY + f->hour * 3600 + f->minute * 60 + f->second;
}

static enum iso8601_form parse(const char *text, size_t len, struct fields *f)
{
    struct cursor c = {text, text + len, false};
    if (!len || !date(&c, f) || !separator(&c) || !time_of_day(&c, f) || !zone(&c, f) || c.p != c.end)
        return ISO8601_NOT;
    if (!exists(f))
        return ISO8601_IMPOSSIBLE;
    if (!f->has_zone)
        return ISO8601_NO_ZONE;
    return c.other ? ISO8601_OTHER : ISO8601_W3C;
}

enum iso8601_form iso8601_parse(const char *text, size_t len, struct iso8601 *instant)
{
    struct fields f = {0};
    const enum iso8601_form form = parse(text, len, &f);
    if (form >= ISO8601_OTHER && instant) {
        instant->offset_minutes = f.zone_sign * (f.zone_hour * 60 + f.zone_minute);
        instant->nanoseconds = f.nanoseconds;
        instant->leap = f.second == 60;
        instant->seconds = clock_seconds(&f) - (int64_t)instant->offset_minutes * 60;
    }
    return form;
}

/* The inverse of days_from_epoch(): the day that lies `days` after 1970-01-01. */
static void date_of(int64_t days, struct fields *f)
{
    const int64_t from_march = days + 719468; /* days from the first of March of the year 0 */
    const int64_t era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
    const int64_t in_era = from_march - era * 146097;
    const int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    const int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    const int64_t month = (5 * in_year + 2) / 153;
    f->day = (int)(in_year - (153 * month + 2) / 5 + 1);
    f->month = (int)(month < 10 ? month + 3 : month - 9);
    f->year = (int)(year + era * 400 + (f->month < 3));
}

static bool append_clock(int64_t seconds, struct har_text fraction, struct har_buffer *out)
{
    struct fields f = {0};
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
        return false;
    const int64_t days = (seconds - FIRST_SECOND) / DAY + FIRST_SECOND / DAY, in_day = seconds - days * DAY;
    date_of(days, &f);
    har_buffer_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d", f.year, f.month, f.day, (int)(in_day / 3600), (int)(in_day / 60 % 60),
                      (int)(in_day % 60));
    if (fraction.len) {
        har_buffer_append_char(out, '.');
        har_buffer_append(out, fraction.bytes, fraction.len);
    }
    return !out->failed;
}

bool iso8601_append(const char *text, size_t len, struct har_buffer *out)
{
    struct fields f = {0};
    if (parse(text, len, &f) < ISO8601_NO_ZONE || !append_clock(clock_seconds(&f), f.fraction, out))
        return false;
    if (!f.has_zone)
        return true;
    return f.zone_sign ? har_buffer_printf(out, "%c%02d:%02d", f.zone_sign < 0 ? '-' : '+', f.zone_hour, f.zone_minute)
                       : har_buffer_append_char(out, 'Z');
}

bool iso8601_append_utc(int64_t seconds, struct har_text fraction, struct har_buffer *out)
{
    return append_clock(seconds, fraction, out) && har_buffer_append_char(out, 'Z');
}

bool iso8601_days(int year, int month, int day, int64_t *days)
{
    if (!is_day(year, month, day))
        return false;
    *days = days_from_epoch(year, month, day);
    return true;
}

double iso8601_later_ms(const struct iso8601 *date, const struct iso8601 *than)
{
    return (double)(date->seconds - than->seconds) * 1000 + ((double)date->nanoseconds - (double)than->nanoseconds) / 1e6;
}
