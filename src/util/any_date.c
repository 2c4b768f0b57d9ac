/* Dates word by word. What could be read in two ways is none. */
#include "util/any_date.h"

#include "util/blank.h"
#include "util/iso8601.h"
#include "util/text.h"

enum { NO_NUMBER = -1, CANONICAL_MOST = 128, DAY_SECONDS = 86400, EPOCH_WEEKDAY = 4 /* 1970-01-01 was a Thursday */ };

struct any_date {
    struct har_text rest;
    int year, month, day, weekday; /* NO_NUMBER: not there yet */
    int hour, minute, second;
    struct har_text fraction;
    int half; /* hours to add behind 12: AM 0, PM 12 */
    int sign, zone_hour, zone_minute;
    bool utc, words;
};

static char ahead(const struct any_date *d)
{
    return d->rest.len ? *d->rest.bytes : '\0';
}

static bool skip(struct any_date *d, char c)
{
    if (!d->rest.len || *d->rest.bytes != c)
        return false;
    text_take(&d->rest, 1, 0);
    return true;
}

static struct har_text take_digits(struct any_date *d)
{
    size_t len = 0;
    while (len < d->rest.len && text_is_digit(d->rest.bytes[len]))
        len++;
    return text_take(&d->rest, len, 0);
}

/* At most four digits; NO_NUMBER for others. */
static int number_of(struct har_text digits)
{
    int number = 0;
    if (!digits.len || digits.len > 4)
        return NO_NUMBER;
    for (size_t i = 0; i < digits.len; i++)
        number = number * 10 + (digits.bytes[i] - '0');
    return number;
}

/* One or two digits, or exactly two. */
static bool take_pair(struct any_date *d, bool exactly, int *number)
{
    const struct har_text digits = take_digits(d);
    *number = number_of(digits);
    return digits.len == 2 || (digits.len == 1 && !exactly);
}

static bool once(int *field, int number)
{
    const bool first = *field == NO_NUMBER;
    *field = number;
    return first;
}

/* :mm[:ss[.s+]] behind the hour. */
static bool take_time(struct any_date *d, struct har_text hour)
{
    if (hour.len > 2 || !once(&d->hour, number_of(hour)) || !skip(d, ':') || !take_pair(d, true, &d->minute))
        return false;
    if (!skip(d, ':'))
        return true;
    if (!take_pair(d, true, &d->second))
        return false;
    if (!skip(d, '.') && !(ahead(d) == ',' && d->rest.len > 1 && text_is_digit(d->rest.bytes[1]) && skip(d, ',')))
        return true;
    d->fraction = take_digits(d);
    return d->fraction.len > 0;
}

static bool take_number(struct any_date *d)
{
    const struct har_text digits = take_digits(d);
    const char behind = ahead(d);
    if (behind == ':')
        return take_time(d, digits);
    if (digits.len == 4 && (behind == '-' || behind == '/') && d->rest.len > 1 && text_is_digit(d->rest.bytes[1])) {
        int month, day;
        skip(d, behind);
        return once(&d->year, number_of(digits)) && take_pair(d, false, &month) && skip(d, behind) && take_pair(d, false, &day) &&
               once(&d->month, month) && once(&d->day, day) && (!skip(d, 'T') || text_is_digit(ahead(d)));
    }
    if (digits.len == 4)
        return once(&d->year, number_of(digits));
    if (digits.len > 2 || !once(&d->day, number_of(digits)))
        return false;
    if (behind == '-') /* 01-Mar-2026 */
        return skip(d, '-') && text_is_letter(ahead(d));
    return true;
}

/* +hh:mm, +hhmm or +hh behind the time. */
static bool take_zone(struct any_date *d)
{
    if (d->hour == NO_NUMBER || d->sign)
        return false;
    d->sign = *text_take(&d->rest, 1, 0).bytes == '-' ? -1 : 1;
    const struct har_text digits = take_digits(d);
    const int number = number_of(digits);
    if (digits.len == 4) {
        d->zone_hour = number / 100;
        d->zone_minute = number % 100;
        return true;
    }
    d->zone_hour = number;
    return digits.len == 2 && (!skip(d, ':') || take_pair(d, true, &d->zone_minute));
}

/* A name or its first three letters: which one, NO_NUMBER for none. */
static int name_in(struct har_text word, const char *const names[], int count)
{
    enum { SHORT = 3 };
    for (int i = 0; i < count; i++)
        if (text_is(word, names[i]) || text_alike(word, (struct har_text){names[i], SHORT}))
            return i;
    return NO_NUMBER;
}

static bool take_word(struct any_date *d)
{
    static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    size_t len = 0;
    while (len < d->rest.len && text_is_letter(d->rest.bytes[len]))
        len++;
    const struct har_text word = text_take(&d->rest, len, 0);
    const int weekday = name_in(word, weekdays, 7), month = name_in(word, months, 12);
    if (weekday != NO_NUMBER)
        return once(&d->weekday, weekday);
    if (month != NO_NUMBER) {
        skip(d, '-');
        return once(&d->month, month + 1);
    }
    if (d->hour == NO_NUMBER)
        return false;
    if (text_is(word, "AM") || text_is(word, "PM"))
        return once(&d->half, text_is(word, "PM") ? 12 : 0);
    /* "+0000 UTC", but not "+0100 UTC". */
    const bool utc = text_is(word, "GMT") || text_is(word, "UTC") || text_is(word, "UT") || text_is(word, "Z");
    const bool first = !d->utc && !d->zone_hour && !d->zone_minute;
    d->utc = true;
    return utc && first;
}

static bool take_next(struct any_date *d)
{
    const char c = ahead(d);
    if (is_blank(c) || c == ',')
        return skip(d, c);
    if (text_is_digit(c))
        return take_number(d);
    if (text_is_letter(c))
        return take_word(d);
    if (c == '+' || c == '-')
        return take_zone(d);
    const size_t end = text_find(d->rest, ')');
    if (c != '(' || end == d->rest.len)
        return false;
    text_take(&d->rest, end, 1);
    d->words = true;
    return true;
}

/* Whether all is there, and the hour one of a clock with two halves where that is said. */
static bool is_whole(struct any_date *d)
{
    if (d->year == NO_NUMBER || d->month == NO_NUMBER || d->day == NO_NUMBER || d->hour == NO_NUMBER || (!d->utc && !d->sign))
        return false;
    if (d->half == NO_NUMBER)
        return true;
    if (d->hour < 1 || d->hour > 12)
        return false;
    d->hour = d->hour % 12 + d->half;
    return true;
}

bool any_date_append(const char *text, size_t len, struct har_buffer *out, bool *words)
{
    struct any_date d = {.rest = {text, len},
                         .year = NO_NUMBER,
                         .month = NO_NUMBER,
                         .day = NO_NUMBER,
                         .weekday = NO_NUMBER,
                         .hour = NO_NUMBER,
                         .half = NO_NUMBER};
    struct iso8601 instant;
    struct har_buffer date;
    if (len > CANONICAL_MOST)
        return false;
    while (d.rest.len)
        if (!take_next(&d))
            return false;
    if (!is_whole(&d))
        return false;
    har_buffer_init(&date, 2 * CANONICAL_MOST);
    har_buffer_printf(&date, "%04d-%02d-%02dT%02d:%02d:%02d", d.year, d.month, d.day, d.hour, d.minute, d.second);
    if (d.fraction.len)
        har_buffer_printf(&date, ".%.*s", (int)d.fraction.len, d.fraction.bytes);
    if (d.sign)
        har_buffer_printf(&date, "%c%02d:%02d", d.sign < 0 ? '-' : '+', d.zone_hour, d.zone_minute);
    else
        har_buffer_append_char(&date, 'Z');
    bool good = !date.failed && iso8601_parse(date.data, date.len, &instant) == ISO8601_W3C;
    if (good && d.weekday != NO_NUMBER) {
        const int64_t local = instant.seconds + instant.offset_minutes * INT64_C(60);
        const int64_t days = (local - (local < 0 ? DAY_SECONDS - 1 : 0)) / DAY_SECONDS;
        good = (int)(((days + EPOCH_WEEKDAY) % 7 + 7) % 7) == d.weekday;
    }
    good = good && iso8601_append(date.data, date.len, out);
    out->failed |= date.failed;
    har_buffer_release(&date);
    *words = d.words;
    return good;
}

bool any_date_append_epoch(const char *text, size_t len, struct har_buffer *out)
{
    enum { SECOND_DIGITS = 10, MILLISECOND_DIGITS = 13, MS_DIGITS = 3, FRACTION_MOST = 64 };
    char digits[MS_DIGITS + FRACTION_MOST];
    size_t count = 0;
    int64_t seconds = 0;
    struct har_text whole, behind;
    text_split((struct har_text){text, len}, '.', &whole, &behind);
    if ((whole.len != SECOND_DIGITS && whole.len != MILLISECOND_DIGITS) || behind.len > FRACTION_MOST)
        return false;
    if ((whole.len < len) != (behind.len > 0))
        return false;
    for (size_t i = 0; i < whole.len + behind.len; i++) {
        const char c = i < whole.len ? whole.bytes[i] : behind.bytes[i - whole.len];
        if (!text_is_digit(c))
            return false;
        if (i < SECOND_DIGITS)
            seconds = seconds * 10 + (c - '0');
        else
            digits[count++] = c;
    }
    if (seconds < INT64_C(1000000000) || seconds >= INT64_C(1900000000))
        return false;
    return iso8601_append_utc(seconds, (struct har_text){digits, count}, out);
}
