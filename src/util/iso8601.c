/* ISO 8601 dates and times in their usual spellings, in proleptic Gregorian arithmetic of our own: the C library's functions
 * depend on the locale and the zone of the process. */
#include "util/iso8601.h"

#include <stdbool.h>

#define MOST_OFFSET (14 * 60) /* minutes; no zone on earth is further away */

struct cursor {
    const char *p, *end;
    bool other; /* something was spelled differently from the W3C form */
};

struct fields {
    int year, month, day, hour, minute, second;
    uint32_t nanoseconds;
    bool has_fraction; /* other than zero, in digits beyond the ninth, too */
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
    for (; c->p < c->end && *c->p >= '0' && *c->p <= '9'; c->p++, count++) {
        if (count < 9)
            f->nanoseconds = f->nanoseconds * 10 + (uint32_t)(*c->p - '0');
        f->has_fraction |= *c->p != '0';
    }
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

static bool exists(const struct fields *f)
{
    if (f->month < 1 || f->month > 12 || f->day < 1 || f->day > days_of_month(f->year, f->month))
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

enum iso8601_form iso8601_parse(const char *text, size_t len, struct iso8601 *instant)
{
    struct cursor c = {text, text + len, false};
    struct fields f = {0};
    if (!len || !date(&c, &f) || !separator(&c) || !time_of_day(&c, &f) || !zone(&c, &f) || c.p != c.end)
        return ISO8601_NOT;
    if (!exists(&f))
        return ISO8601_IMPOSSIBLE;
    if (!f.has_zone)
        return ISO8601_NO_ZONE;
    if (instant) {
        instant->offset_minutes = f.zone_sign * (f.zone_hour * 60 + f.zone_minute);
        instant->nanoseconds = f.nanoseconds;
        instant->seconds = days_from_epoch(f.year, f.month, f.day) * 86400 + f.hour * 3600 + f.minute * 60 + f.second -
                           (int64_t)instant->offset_minutes * 60;
    }
    return c.other ? ISO8601_OTHER : ISO8601_W3C;
}

double iso8601_later_ms(const struct iso8601 *date, const struct iso8601 *than)
{
    return (double)(date->seconds - than->seconds) * 1000 + ((double)date->nanoseconds - (double)than->nanoseconds) / 1e6;
}
