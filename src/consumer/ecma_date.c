/* new Date(text) as V8 reads it: the form of ECMAScript first; what does not fit goes on as an old date, "Mon, 1 Feb 2010 12:00 PM
 * GMT+1", where words before the first number are skipped, and so is what stands in parentheses. */
#include <limits.h>

#include "consumer/ecma.h"

enum {
    NONE = INT_MAX,
    DIGITS_MOST = 9, /* of a number; what follows does not count */
    PREFIX = 3,      /* letters that a word is known by */
    YEAR_MOST = 1000000,
};

static const double date_most = 8.64e15; /* milliseconds from 1970 that a Date can hold */

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_SYMBOL, TOKEN_SPACE, TOKEN_WORD, TOKEN_OTHER, TOKEN_INVALID };
enum word_kind { WORD_OTHER, WORD_MONTH, WORD_HALF, WORD_ZONE, WORD_T };

struct token {
    enum token_kind kind;
    enum word_kind word;
    int value;  /* of a number or word, the character of a symbol */
    int length; /* of a number; of a word that is known */
};

static const struct {
    char prefix[PREFIX + 1];
    enum word_kind kind;
    int value;
} words[] = {
    {"jan", WORD_MONTH, 1},  {"feb", WORD_MONTH, 2},  {"mar", WORD_MONTH, 3}, {"apr", WORD_MONTH, 4}, {"may", WORD_MONTH, 5},
    {"jun", WORD_MONTH, 6},  {"jul", WORD_MONTH, 7},  {"aug", WORD_MONTH, 8}, {"sep", WORD_MONTH, 9}, {"oct", WORD_MONTH, 10},
    {"nov", WORD_MONTH, 11}, {"dec", WORD_MONTH, 12}, {"am", WORD_HALF, 0},   {"pm", WORD_HALF, 12},  {"ut", WORD_ZONE, 0},
    {"utc", WORD_ZONE, 0},   {"z", WORD_ZONE, 0},     {"gmt", WORD_ZONE, 0},  {"cdt", WORD_ZONE, -5}, {"cst", WORD_ZONE, -6},
    {"edt", WORD_ZONE, -4},  {"est", WORD_ZONE, -5},  {"mdt", WORD_ZONE, -6}, {"mst", WORD_ZONE, -7}, {"pdt", WORD_ZONE, -7},
    {"pst", WORD_ZONE, -8},  {"t", WORD_T, 0},
};

/* What was read so far. */
struct reading {
    const char *text;
    size_t len;
    struct token peek;
    int day[3], days, month; /* numbers in their order; a month by its name */
    bool iso;
    int time[4], times, half;
    int sign, hour, minute; /* of the zone */
};

static uint32_t look(const struct reading *r)
{
    const char *text = r->text;
    size_t len = r->len;
    return len ? ecma_take(&text, &len) : 0;
}

static void skip(struct reading *r)
{
    if (r->len)
        ecma_take(&r->text, &r->len);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool in_word(uint32_t c)
{
    return c >= 'A' && !ecma_space(c);
}

static struct token scan_number(struct reading *r)
{
    struct token token = {.kind = TOKEN_NUMBER};
    int counted = 0;
    for (uint32_t c; is_digit(c = look(r)); skip(r)) {
        token.length += token.length < NONE;
        if (!counted && c == '0')
            continue;
        if (counted < DIGITS_MOST)
            token.value = token.value * 10 + (int)(c - '0');
        counted += counted < DIGITS_MOST;
    }
    return token;
}

static struct token scan_word(struct reading *r)
{
    uint32_t prefix[PREFIX] = {0};
    size_t length = 0;
    for (uint32_t c; in_word(c = look(r)); skip(r), length++)
        if (length < PREFIX)
            prefix[length] = c | 0x20;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t same = 0;
        while (same < PREFIX && prefix[same] == (unsigned char)words[i].prefix[same])
            same++;
        if (same == PREFIX && (length <= PREFIX || words[i].kind == WORD_MONTH))
            return (struct token){.kind = TOKEN_WORD,
                                  .word = words[i].kind,
                                  .value = words[i].value,
                                  .length = length <= PREFIX ? (int)length : PREFIX + 1};
    }
    return (struct token){.kind = TOKEN_WORD, .word = WORD_OTHER};
}

static void skip_parentheses(struct reading *r)
{
    size_t open = 0;
    do {
        const uint32_t c = look(r);
        open += c == '(';
        open -= c == ')';
        skip(r);
    } while (open && look(r));
}

static struct token scan(struct reading *r)
{
    const uint32_t c = look(r);
    if (!c) /* a NUL ends the text too */
        return (struct token){.kind = TOKEN_END};
    if (is_digit(c))
        return scan_number(r);
    if (in_word(c))
        return scan_word(r);
    if (c == '(') {
        skip_parentheses(r);
        return (struct token){.kind = TOKEN_OTHER};
    }
    skip(r);
    if (c == ':' || c == '-' || c == '+' || c == '.' || c == ')')
        return (struct token){.kind = TOKEN_SYMBOL, .value = (int)c};
    return (struct token){.kind = ecma_space(c) ? TOKEN_SPACE : TOKEN_OTHER};
}

static struct token next(struct reading *r)
{
    const struct token token = r->peek;
    r->peek = scan(r);
    return token;
}

static bool is_symbol(struct token token, char symbol)
{
    return token.kind == TOKEN_SYMBOL && token.value == symbol;
}

static bool is_sign(struct token token)
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

static bool is_word(struct token token, enum word_kind kind)
{
    return token.kind == TOKEN_WORD && token.word == kind;
}

static bool is_z(struct token token)
{
    return is_word(token, WORD_ZONE) && token.length == 1;
}

static bool between(int n, int least, int most)
{
    return n >= least && n <= most;
}

/* A number of `length` digits, no larger than `most`. */
static bool is_fixed(struct token token, int length, int least, int most)
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

static int milliseconds(struct token token)
{
    int number = token.value, length = token.length < DIGITS_MOST ? token.length : DIGITS_MOST;
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
        const struct token first = next(r);
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
static struct token read_iso(struct reading *r)
{
    static const struct token end = {.kind = TOKEN_END}, invalid = {.kind = TOKEN_INVALID};
    if (is_sign(r->peek)) {
        const struct token sign = next(r);
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
    if (r->hour != NONE && r->minute == NONE && between(n, 0, 59)) {
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

static bool read_word(struct reading *r, struct token token, bool numbers)
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
    struct token number = {.kind = TOKEN_NUMBER};
    r->sign = sign == '+' ? 1 : -1;
    if (r->peek.kind == TOKEN_NUMBER)
        number = next(r);
    if (is_symbol(r->peek, ':')) {
        r->hour = number.value;
        r->minute = NONE;
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

static bool read_old(struct reading *r, struct token token)
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
    if (month != NONE) {
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
    if (r->half != NONE) {
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
    if (r->sign == NONE)
        return true; /* local time: no more than a day from UTC */
    const uint32_t hour = r->hour == NONE ? 0 : (uint32_t)r->hour, minute = r->minute == NONE ? 0 : (uint32_t)r->minute;
    const uint32_t seconds = hour * 3600 + minute * 60;
    *ms -= r->sign * (int64_t)seconds * 1000;
    return seconds <= INT_MAX / 2;
}

bool ecma_date(const char *text, size_t len)
{
    struct reading r = {.text = text, .len = len, .month = NONE, .half = NONE, .sign = NONE, .hour = NONE, .minute = NONE};
    int64_t days = 0, ms = 0;
    next(&r); /* the first token to look at */
    const struct token rest = read_iso(&r);
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
