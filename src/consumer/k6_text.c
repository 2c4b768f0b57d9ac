/* Texts as npm har-to-k6 tests them: dates, percent encoding, variables. */
#include "consumer/k6_text.h"

#include <string.h>

#include "util/percent.h"
#include "util/text.h"
#include "util/utf8.h"

static bool digit(const char *at, const char *end)
{
    return at < end && text_is_digit(*at);
}

/* Two digits from `low` to `high`. */
static bool pair(const char *at, const char *end, int low, int high)
{
    if (!digit(at, end) || !digit(at + 1, end))
        return false;
    const int number = (*at - '0') * 10 + at[1] - '0';
    return number >= low && number <= high;
}

static bool is(const char *at, const char *end, const char *set)
{
    return at < end && *at && strchr(set, *at);
}

/* Behind a fraction, or `at` when there is none. */
static const char *skip_fraction(const char *at, const char *end)
{
    const char *from = at;
    if (!is(at, end, ".,") || !digit(at + 1, end))
        return from;
    for (at++; digit(at, end);)
        at++;
    return at;
}

/* The zone, or nothing, and then the end. */
static bool ends_with_zone(const char *at, const char *end)
{
    if (at == end || (is(at, end, "zZ") && at + 1 == end))
        return true;
    if (!is(at, end, "+-") || !pair(at + 1, end, 0, 23))
        return false;
    at += 3;
    at += is(at, end, ":");
    return at == end || (pair(at, end, 0, 59) && at + 2 == end);
}

/* Seconds behind `colon`, or none; then the zone. */
static bool ends_with_seconds(const char *at, const char *end, bool colon)
{
    if (ends_with_zone(at, end))
        return true;
    if (colon && !is(at, end, ":"))
        return false;
    at += colon;
    return pair(at, end, 0, 59) && (ends_with_zone(at + 2, end) || ends_with_zone(skip_fraction(at + 2, end), end));
}

/* A fraction of what was before, if any, and what may follow. */
static bool ends_with_rest(const char *at, const char *end, bool colon)
{
    const char *behind = skip_fraction(at, end);
    return ends_with_seconds(at, end, colon) || (behind > at && !is(behind, end, ":") && ends_with_seconds(behind, end, colon));
}

/* Nothing, or T and a time, all of whose parts may be missing. */
static bool ends_with_time(const char *at, const char *end)
{
    if (at == end)
        return true;
    if (!is(at, end, "T \t\n\v\f\r"))
        return false;
    at++;
    if (ends_with_seconds(at, end, false))
        return true;
    if (pair(at, end, 24, 24)) {
        const char *minutes = at + 2 + is(at + 2, end, ":");
        if (pair(minutes, end, 0, 0) && ends_with_rest(minutes + 2, end, false))
            return true;
    }
    if (!pair(at, end, 0, 23))
        return false;
    const bool colon = is(at + 2, end, ":");
    const char *minutes = at + 2 + colon;
    return ends_with_rest(at + 2, end, false) || (pair(minutes, end, 0, 59) && ends_with_rest(minutes + 2, end, colon));
}

static bool ends_with_day_of_year(const char *at, const char *end)
{
    if (!digit(at, end) || !digit(at + 1, end) || !digit(at + 2, end))
        return false;
    const int day = (*at - '0') * 100 + (at[1] - '0') * 10 + at[2] - '0';
    return day >= 1 && day <= 366 && day != 360 && ends_with_time(at + 3, end);
}

static bool ends_with_week(const char *at, const char *end)
{
    if (!is(at, end, "W") || !pair(at + 1, end, 0, 52))
        return false;
    at += 3;
    if (ends_with_time(at, end))
        return true;
    at += is(at, end, "-");
    return is(at, end, "1234567") && ends_with_time(at + 1, end);
}

static bool word(const char *at, const char *end)
{
    return digit(at, end) || (at < end && ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || *at == '_'));
}

bool k6_is_date(struct har_text text)
{
    const char *at = text.bytes, *end = text.bytes + text.len;
    at += is(at, end, "+-");
    if (!pair(at, end, 0, 99) || !pair(at + 2, end, 0, 99))
        return false;
    at += 4;
    if (pair(at, end, 0, 99) && !word(at + 2, end)) /* YYYYMM could be YYMMDD */
        return false;
    if (at == end)
        return true;
    const bool dash = is(at, end, "-");
    at += dash;
    if (ends_with_week(at, end) || ends_with_day_of_year(at, end))
        return true;
    if (!pair(at, end, 1, 12))
        return false;
    at += 2;
    if (ends_with_time(at, end))
        return true;
    if (dash && !is(at, end, "-"))
        return false;
    at += dash;
    return pair(at, end, 1, 31) && ends_with_time(at + 2, end);
}

bool k6_decode(struct har_text text, struct har_buffer *out)
{
    const char *at = text.bytes, *end = text.bytes + text.len;
    while (at < end) {
        const char *percent = memchr(at, '%', (size_t)(end - at));
        char bytes[4];
        size_t count;
        har_buffer_append(out, at, (size_t)((percent ? percent : end) - at));
        if (!percent)
            break;
        const size_t escapes = percent_character(percent, (size_t)(end - percent), bytes, &count);
        if (!escapes)
            return false;
        har_buffer_append(out, bytes, count);
        at = percent + escapes;
    }
    return true;
}

bool k6_variable_next(struct har_text *text, struct har_text *name)
{
    const char *end = text->bytes + text->len, *at = text->bytes;
    while (at < end && (at = memchr(at, '$', (size_t)(end - at)))) {
        at++;
        if (!is(at, end, "{"))
            continue;
        const char *from = ++at;
        while (at < end && *at != '}' && !is(at, end, "\r\n\t\f\v"))
            at++;
        if (at < end && *at == '}') {
            *name = (struct har_text){from, (size_t)(at - from)};
            *text = (struct har_text){at + 1, (size_t)(end - at - 1)};
            return true;
        }
    }
    return false;
}

struct har_text k6_media_type(struct har_text text)
{
    return (struct har_text){text.bytes, text_find(text, ';')};
}

bool k6_holds(struct har_text text, const char *part)
{
    const size_t len = strlen(part);
    for (size_t at = 0; at + len <= text.len; at++)
        if (text.bytes[at] == *part && !memcmp(text.bytes + at, part, len))
            return true;
    return false;
}
