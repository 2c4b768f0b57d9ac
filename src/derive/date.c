/* Dates of cookies, in arithmetic of our own: the C library's functions depend on the locale and the zone of the process. */
#include "derive/date.h"

#include "util/text.h"

enum { YEAR_LEAST = 1601, DAY_SECONDS = 86400, SHIFT = 719468 /* days from 0000-03-01 to 1970-01-01 */ };

struct date {
    int year, month, day, hour, minute, second;
    bool has_time, has_day, has_month, has_year;
};

/* RFC 6265's delimiters. */
static bool is_delimiter(char c)
{
    const unsigned char byte = (unsigned char)c;
    return byte == 0x09 || (byte >= 0x20 && byte <= 0x2f) || (byte >= 0x3b && byte <= 0x40) || (byte >= 0x5b && byte <= 0x60) ||
           (byte >= 0x7b && byte <= 0x7e);
}

/* Takes `least` to `most` digits; false when there are fewer, or one more. */
static bool digits(struct har_text *text, size_t least, size_t most, int *value)
{
    size_t len = 0;
    *value = 0;
    while (len < text->len && len < most && text_is_digit(text->bytes[len]))
        *value = *value * 10 + (text->bytes[len++] - '0');
    if (len < least || (len < text->len && text_is_digit(text->bytes[len])))
        return false;
    text_take(text, len, 0);
    return true;
}

static bool colon(struct har_text *text)
{
    const bool there = text->len && *text->bytes == ':';
    text_take(text, 0, there);
    return there;
}

static bool take_time(struct har_text token, struct date *date)
{
    return digits(&token, 1, 2, &date->hour) && colon(&token) && digits(&token, 1, 2, &date->minute) && colon(&token) &&
           digits(&token, 1, 2, &date->second);
}

static bool take_month(struct har_text token, struct date *date)
{
    static const char months[][4] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    for (int i = 0; i < 12; i++)
        if (text_begins(token, months[i])) {
            date->month = i + 1;
            return true;
        }
    return false;
}

/* What each token is, the first of a kind counting. */
static void take_token(struct har_text token, struct date *date)
{
    struct har_text day = token, year = token;
    if (!date->has_time && take_time(token, date))
        date->has_time = true;
    else if (!date->has_day && digits(&day, 1, 2, &date->day))
        date->has_day = true;
    else if (!date->has_month && take_month(token, date))
        date->has_month = true;
    else if (!date->has_year && digits(&year, 2, 4, &date->year))
        date->has_year = true;
}

/* Days from 1970-01-01. Years are counted from March, so that the leap day is the last of its year. */
static int64_t days_of(int year, int month, int day)
{
    const int64_t y = year - (month < 3), era = y / 400, in_era = y % 400;
    const int64_t in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - SHIFT;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

bool derive_cookie_date(struct har_text text, int64_t *seconds)
{
    struct date date = {0};
    while (text.len) {
        size_t len = 0;
        while (len < text.len && !is_delimiter(text.bytes[len]))
            len++;
        if (len)
            take_token((struct har_text){text.bytes, len}, &date);
        text_take(&text, len, len < text.len);
    }
    if (!date.has_time || !date.has_day || !date.has_month || !date.has_year)
        return false;
    if (date.year <= 99)
        date.year += date.year >= 70 ? 1900 : 2000;
    if (date.year < YEAR_LEAST || date.day < 1 || date.day > month_length(date.year, date.month) || date.hour > 23 ||
        date.minute > 59 || date.second > 59)
        return false;
    *seconds = days_of(date.year, date.month, date.day) * DAY_SECONDS + date.hour * 3600 + date.minute * 60 + date.second;
    return true;
}

bool derive_date_elsewhere(struct har_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        const bool sign = text.bytes[i] == '+' || (text.bytes[i] == '-' && (!i || text.bytes[i - 1] == ' '));
        if (sign && !text_is((struct har_text){text.bytes + i + 1, text.len - i - 1}, "0000"))
            return true;
    }
    size_t letters = 0;
    while (letters < text.len && text_is_letter(text.bytes[text.len - letters - 1]))
        letters++;
    const struct har_text zone = {text.bytes + text.len - letters, letters};
    return text_ends(text, ")") || (zone.len && !text_is(zone, "GMT") && !text_is(zone, "UTC") && !text_is(zone, "Z"));
}

static char *put(char *to, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + digits;
}

bool derive_date_write(int64_t seconds, unsigned milliseconds, char out[DERIVE_DATE_LENGTH + 1])
{
    static const int64_t first = -62167219200, end = 253402300800; /* 0000-01-01, 10000-01-01 */
    if (seconds < first || seconds >= end || milliseconds > 999)
        return false;
    int64_t days = (seconds - first) / DAY_SECONDS;
    const int in_day = (int)((seconds - first) % DAY_SECONDS);
    days += 146097 - 60; /* from March of the year -400 on */
    const int64_t era = days / 146097, in_era = days % 146097;
    const int64_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    const int in_year = (int)(in_era - (365 * y + y / 4 - y / 100));
    const int march = (5 * in_year + 2) / 153, day = in_year - (153 * march + 2) / 5 + 1;
    const int month = march < 10 ? march + 3 : march - 9;
    const int year = (int)(y + era * 400 - 400) + (month < 3);
    const struct {
        int value, digits;
        char behind;
    } parts[] = {{year, 4, '-'},
                 {month, 2, '-'},
                 {day, 2, 'T'},
                 {in_day / 3600, 2, ':'},
                 {in_day / 60 % 60, 2, ':'},
                 {in_day % 60, 2, '.'},
                 {(int)milliseconds, 3, 'Z'}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        out = put(out, parts[i].value, parts[i].digits);
        *out++ = parts[i].behind;
    }
    *out = '\0';
    return true;
}
