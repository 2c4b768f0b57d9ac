/* new Date(text) as V8 reads it: the form of ECMAScript first; what does not fit goes on as an old date, "Mon, 1 Feb 2010 12:00 PM
 * GMT+1", where words before the first number are skipped, and so is what stands in parentheses. */
#include "consumer/ecma.h"
#include "consumer/ecma_token.h"

enum { YEAR_MOST = 1000000 };

static const double date_most = 8.64e15; /* milliseconds from 1970 that a Date can hold */

/* What was read so far. */
struct reading {
    struct ecma_source source;
    struct ecma_token peek;
    int day[3], days, month; /* numbers in their order; a month by its name */
    bool iso;
    int time[4], times, half;
    int sign, hour, minute; /* of the zone */
};

static struct ecma_token next(struct reading *r)
{
    const struct ecma_token token = r->peek;
    r->peek = ecma_token(&r->source);
    return token;
}

static bool is_symbol(struct ecma_token token, char symbol)
{
    return token.kind == TOKEN_SYMBOL && token.value == symbol;
}

static bool is_sign(struct ecma_token token)
{
    return is_symbol(token, '+') || is_symbol(token, '-');
}

static bool skip_symbol(struct reading *r, char symbol)
{
    if (!is_symbol(r->peek, symbol))
        return false;
    next(r);
    return true;
}

static bool is_word(struct ecma_token token, enum word_kind kind)
{
    return token.kind == TOKEN_WORD && token.word == kind;
}

static bool is_z(struct ecma_token token)
{
    return is_word(token, WORD_ZONE) && token.length == 1;
}

static bool between(int n, int least, int most)
{
    return n >= least && n <= most;
}

/* A number of `length` digits, no larger than `most`. */
static bool is_fixed(struct ecma_token token, int length, int least, int most)
{
    return token.kind == TOKEN_NUMBER && token.length == length && between(token.value, least, most);
}

static bool add_day(struct reading *r, int n)
{
    if (r->days == 3)
        return false;
    r->day[r->days++] = n;
    return true;
}

static bool add_time(struct reading *r, int n)
{
    if (r->times == 4)
        return false;
    r->time[r->times++] = n;
    return true;
}

static void end_time(struct reading *r, int n)
{
    add_time(r, n);
    while (add_time(r, 0))
        continue;
}

static bool expects_time(const struct reading *r, int n)
{
    return between(r->times, 1, 3) && between(n, 0, r->times < 3 ? 59 : 999);
}

static void set_zone(struct reading *r, int hours)
{
    r->sign = hours < 0 ? -1 : 1;
    r->hour = r->sign * hours;
    r->minute = 0;
}

static int milliseconds(struct ecma_token token)
{
    int number = token.value, length = token.length < ECMA_DIGITS_MOST ? token.length : ECMA_DIGITS_MOST;
    for (; length < 3; length++)
        number *= 10;
    for (; length > 3; length--)
        number /= 10;
    return number;
}

/* hh:mm[:ss[.sss]] behind the T. */
static bool read_iso_time(struct reading *r)
{
    if (!is_fixed(r->peek, 2, 0, 24))
        return false;
    const int most = r->peek.value == 24 ? 0 : 59; /* 24:00 is midnight */
    add_time(r, next(r).value);
    if (!skip_symbol(r, ':') || !is_fixed(r->peek, 2, 0, most))
        return false;
    add_time(r, next(r).value);
    if (!skip_symbol(r, ':'))
        return true;
    if (!is_fixed(r->peek, 2, 0, most))
        return false;
    add_time(r, next(r).value);
    if (!skip_symbol(r, '.'))
        return true;
    if (r->peek.kind != TOKEN_NUMBER || (!most && r->peek.value > 0))
        return false;
    add_time(r, milliseconds(next(r)));
    return true;
}

/* Z, +hh:mm, +hhmm. */
static bool read_iso_zone(struct reading *r)
{
    if (is_z(r->peek)) {
        next(r);
        set_zone(r, 0);
    } else if (is_sign(r->peek)) {
        r->sign = next(r).value == '+' ? 1 : -1;
        const struct ecma_token first = next(r);
        if (is_fixed(first, 4, 0, 2359)) {
            r->hour = first.value / 100;
            r->minute = first.value % 100;
            return r->minute <= 59;
        }
        if (!is_fixed(first, 2, 0, 23) || !skip_symbol(r, ':') || !is_fixed(r->peek, 2, 0, 59))
            return false;
        r->hour = first.value;
        r->minute = next(r).value;
    }
    return true;
}

/* ECMAScript's form. What the old form has to go on with: TOKEN_END when all was read, TOKEN_INVALID when nothing can. */
static struct ecma_token read_iso(struct reading *r)
{
    static const struct ecma_token end = {.kind = TOKEN_END}, invalid = {.kind = TOKEN_INVALID};
    if (is_sign(r->peek)) {
        const struct ecma_token sign = next(r);
        if (!is_fixed(r->peek, 6, 0, 999999))
            return sign;
        const int year = next(r).value;
        if (sign.value == '-' && !year)
            return sign; /* the number is lost */
        add_day(r, sign.value == '-' ? -year : year);
    } else if (is_fixed(r->peek, 4, 0, 9999)) {
        add_day(r, next(r).value);
    } else {
        return next(r);
    }
    for (int most = 12; most <= 31 && skip_symbol(r, '-'); most += 31 - 12) {
        if (!is_fixed(r->peek, 2, 1, most))
            return next(r);
        add_day(r, next(r).value);
    }
    if (is_word(r->peek, WORD_T)) {
        next(r);
        if (!read_iso_time(r) || !read_iso_zone(r) || r->peek.kind != TOKEN_END)
            return invalid;
    } else if (r->peek.kind != TOKEN_END) {
        return next(r);
    }
    r->iso = true;
    return end;
}

static bool read_number(struct reading *r, int n)
{
    if (skip_symbol(r, ':')) {
        if (skip_symbol(r, ':')) {
            if (r->times)
                return false;
            return add_time(r, n) && add_time(r, 0);
        }
        if (!add_time(r, n))
            return false;
        skip_symbol(r, '.');
        return true;
    }
    if (skip_symbol(r, '.') && expects_time(r, n)) {
        add_time(r, n);
        if (r->peek.kind != TOKEN_NUMBER)
            return false;
        end_time(r, milliseconds(next(r)));
        return true;
    }
    if (r->hour != ECMA_NONE && r->minute == ECMA_NONE && between(n, 0, 59)) {
        r->minute = n;
        return true;
    }
    if (expects_time(r, n)) {
        end_time(r, n);
        return r->peek.kind == TOKEN_END || r->peek.kind == TOKEN_SPACE || is_z(r->peek) || is_sign(r->peek);
    }
    if (!add_day(r, n))
        return false;
    skip_symbol(r, '-');
    return true;
}

static bool read_word(struct reading *r, struct ecma_token token, bool numbers)
{
    if (token.word == WORD_HALF && r->times) {
        r->half = token.value;
    } else if (token.word == WORD_MONTH) {
        r->month = token.value;
        skip_symbol(r, '-');
    } else if (token.word == WORD_ZONE && numbers) {
        set_zone(r, token.value);
    } else {
        return !numbers && r->peek.kind != TOKEN_NUMBER; /* other words only before the numbers, and not close to them */
    }
    return true;
}

/* What follows a sign behind the time or behind UTC. */
static bool read_zone(struct reading *r, char sign)
{
    struct ecma_token number = {.kind = TOKEN_NUMBER};
    r->sign = sign == '+' ? 1 : -1;
    if (r->peek.kind == TOKEN_NUMBER)
        number = next(r);
    if (is_symbol(r->peek, ':')) {
        r->hour = number.value;
        r->minute = ECMA_NONE;
    } else if (between(number.length, 1, 2)) {
        r->hour = number.value;
        r->minute = 0;
    } else if (between(number.length, 3, 4)) {
        r->hour = number.value / 100;
        r->minute = number.value % 100;
    } else {
        return false;
    }
    return true;
}

static bool read_old(struct reading *r, struct ecma_token token)
{
    bool numbers = r->days > 0;
    for (; token.kind != TOKEN_END; token = next(r)) {
        bool fits = true;
        if (token.kind == TOKEN_NUMBER) {
            numbers = true;
            fits = read_number(r, token.value);
        } else if (token.kind == TOKEN_WORD) {
            fits = read_word(r, token, numbers);
        } else if (is_sign(token) && ((!r->hour && !r->minute) || r->times)) {
            numbers = true;
            fits = read_zone(r, (char)token.value);
        } else if (is_sign(token) || is_symbol(token, ')')) {
            fits = !numbers;
        }
        if (!fits)
            return false;
    }
    return true;
}

/* Days from 1970-01-01 to the first of a month of the Gregorian calendar. */
static int64_t days_before(int64_t year, int month)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const int64_t shifted = year + 400 * (YEAR_MOST / 400 + 1) - (month <= 2); /* positive; a leap day counts from March on */
    const int64_t full = year + 400 * (YEAR_MOST / 400 + 1) - 1;
    const int64_t leaps = shifted / 4 - shifted / 100 + shifted / 400;
    const int64_t epoch = 1969 + 400 * (YEAR_MOST / 400 + 1);
    return (full - epoch) * 365 + before[month - 1] + leaps - (epoch / 4 - epoch / 100 + epoch / 400);
}

/* Which number is the year, the month, the day. */
static bool settle_day(const struct reading *r, int64_t *days)
{
    int part[3] = {1, 1, 1}, year = 0, month = r->month, day;
    if (!r->days)
        return false;
    for (int i = 0; i < r->days; i++)
        part[i] = r->day[i];
    const bool year_first = !between(part[0], 1, 31);
    if (month != ECMA_NONE) {
        day = part[year_first];
        year = part[!year_first];
    } else if (r->iso || year_first) {
        year = part[0];
        month = part[1];
        day = part[2];
    } else {
        month = part[0];
        day = part[1];
        year = part[2];
    }
    if (!r->iso && between(year, 0, 99))
        year += year < 50 ? 2000 : 1900;
    if (!between(month, 1, 12) || !between(day, 1, 31) || !between(year, -YEAR_MOST, YEAR_MOST))
        return false;
    *days = days_before(year, month) + day - 1;
    return true;
}

static bool settle_time(const struct reading *r, int64_t *ms)
{
    int part[4] = {0};
    for (int i = 0; i < r->times; i++)
        part[i] = r->time[i];
    if (r->half != ECMA_NONE) {
        if (!between(part[0], 0, 12))
            return false;
        part[0] = part[0] % 12 + r->half;
    }
    const bool midnight = part[0] == 24 && !part[1] && !part[2] && !part[3];
    *ms = ((part[0] * INT64_C(60) + part[1]) * 60 + part[2]) * 1000 + part[3];
    return midnight || (between(part[0], 0, 23) && between(part[1], 0, 59) && between(part[2], 0, 59) && between(part[3], 0, 999));
}

static bool settle_zone(const struct reading *r, int64_t *ms)
{
    if (r->sign == ECMA_NONE)
        return true; /* local time: no more than a day from UTC */
    const uint32_t hour = r->hour == ECMA_NONE ? 0 : (uint32_t)r->hour, minute = r->minute == ECMA_NONE ? 0 : (uint32_t)r->minute;
    const uint32_t seconds = hour * 3600 + minute * 60;
    *ms -= r->sign * (int64_t)seconds * 1000;
    return seconds <= INT_MAX / 2;
}

bool ecma_date(const char *text, size_t len)
{
    struct reading r = {
        .source = {text, len}, .month = ECMA_NONE, .half = ECMA_NONE, .sign = ECMA_NONE, .hour = ECMA_NONE, .minute = ECMA_NONE};
    int64_t days = 0, ms = 0;
    next(&r); /* the first token to look at */
    const struct ecma_token rest = read_iso(&r);
    if (rest.kind == TOKEN_INVALID || !read_old(&r, rest))
        return false;
    if (!settle_day(&r, &days) || !settle_time(&r, &ms) || !settle_zone(&r, &ms))
        return false;
    return ecma_date_number((double)(days * 86400000 + ms));
}

bool ecma_date_number(double number)
{
    return number > -date_most - 1 && number < date_most + 1; /* the fraction is cut */
}
