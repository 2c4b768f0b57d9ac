/* See date.h. */
#include "derive/date.h"

#include "util/iso8601.h"
#include "util/text.h"

enum { YEAR_LEAST = 1601, DAY_SECONDS = 86400 };

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
    int64_t days;
    if (date.year < YEAR_LEAST || date.hour > 23 || date.minute > 59 || date.second > 59 ||
        !iso8601_days(date.year, date.month, date.day, &days))
        return false;
    *seconds = days * DAY_SECONDS + date.hour * 3600 + date.minute * 60 + date.second;
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
