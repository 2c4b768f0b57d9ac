/* Formats of JSON Schema as ajv 6 tests them in its mode "fast", and two patterns of har-schema. */
#include "consumer/ajv_form.h"

#include <string.h>

#include "consumer/ecma.h"
#include "util/text.h"

/* Texts are looked at through this: the rest of a text. */
struct rest {
    const char *at;
    size_t len;
};

static char ahead(const struct rest *rest)
{
    return rest->len ? *rest->at : '\0';
}

static bool skip(struct rest *rest, char c)
{
    if (!rest->len || *rest->at != c)
        return false;
    rest->at++;
    rest->len--;
    return true;
}

static bool skip_digits(struct rest *rest, size_t count)
{
    for (; count; count--) {
        if (!text_is_digit(ahead(rest)))
            return false;
        skip(rest, ahead(rest));
    }
    return true;
}

/* A digit from `least` to `most`, then another one. */
static bool skip_pair(struct rest *rest, char least, char most)
{
    const char c = ahead(rest);
    return c >= least && c <= most && skip(rest, c) && skip_digits(rest, 1);
}

/* A point and digits, or nothing. */
static bool skip_fraction(struct rest *rest)
{
    if (!skip(rest, '.'))
        return true;
    if (!skip_digits(rest, 1))
        return false;
    while (skip_digits(rest, 1))
        continue;
    return true;
}

/* hh:mm:ss, hours up to 29, 23:59:60. */
static bool skip_time(struct rest *rest)
{
    static const char leap[] = "23:59:60";
    if (rest->len >= sizeof leap - 1 && !memcmp(rest->at, leap, sizeof leap - 1)) {
        rest->at += sizeof leap - 1;
        rest->len -= sizeof leap - 1;
        return true;
    }
    return skip_pair(rest, '0', '2') && skip(rest, ':') && skip_pair(rest, '0', '5') && skip(rest, ':') &&
           skip_pair(rest, '0', '5');
}

/* The format date-time of ajv. `strict`: T and Z in capitals and zones with minutes only, as the schema's own pattern demands. */
static bool is_date_time(struct rest rest, bool strict)
{
    if (!skip_digits(&rest, 4) || !skip(&rest, '-') || !skip_pair(&rest, '0', '1') || !skip(&rest, '-') ||
        !skip_pair(&rest, '0', '3') || !rest.len)
        return false;
    const uint32_t between = ecma_take(&rest.at, &rest.len);
    if (between != 'T' && (strict || (between != 't' && !ecma_space(between))))
        return false;
    if (!skip_time(&rest) || !skip_fraction(&rest))
        return false;
    if (skip(&rest, 'Z') || (!strict && skip(&rest, 'z')))
        return !rest.len;
    if ((!skip(&rest, '+') && !skip(&rest, '-')) || !skip_digits(&rest, 2))
        return false;
    if (!rest.len)
        return !strict;
    skip(&rest, ':');
    return skip_digits(&rest, 2) && !rest.len;
}

/* The schema's pattern for dates in caches: digits in this order, all between them optional, anything behind. */
static bool is_cached(struct rest rest)
{
    static const char between[] = {'-', '-', 'T', ':', ':'};
    bool fits = skip_digits(&rest, 4);
    for (size_t i = 0; fits && i < sizeof between; i++) {
        skip(&rest, between[i]);
        fits = skip_digits(&rest, 2);
    }
    return fits;
}

/* A scheme, a colon and no white space. */
static bool is_uri(struct rest rest)
{
    if (!text_is_letter(ahead(&rest)))
        return false;
    while (text_is_letter(ahead(&rest)) || text_is_digit(ahead(&rest)) || ahead(&rest) == '+' || ahead(&rest) == '-' ||
           ahead(&rest) == '.')
        skip(&rest, ahead(&rest));
    if (!skip(&rest, ':'))
        return false;
    while (rest.len)
        if (ecma_space(ecma_take(&rest.at, &rest.len)))
            return false;
    return true;
}

/* Four numbers up to 255. Leading zeros pass outside IPv6 addresses. */
static bool skip_ipv4(struct rest *rest, bool zeros)
{
    for (int part = 0; part < 4; part++) {
        int value = 0, count = 0;
        if (part && !skip(rest, '.'))
            return false;
        const char first = ahead(rest);
        for (; count < 3 && text_is_digit(ahead(rest)); count++) {
            value = value * 10 + (ahead(rest) - '0');
            skip(rest, ahead(rest));
        }
        if (!count || value > 255 || (!zeros && count > 1 && first == '0'))
            return false;
    }
    return true;
}

/* Up to four hexadecimal digits. */
static bool skip_group(struct rest *rest)
{
    int count = 0;
    for (char c; count < 4; count++, skip(rest, c)) {
        c = ahead(rest);
        if (!text_is_digit(c) && (!text_is_letter(c) || (c | 0x20) > 'f'))
            break;
    }
    return count > 0;
}

/* What stands behind the groups that have a colon behind them: `groups` of them, or the first colon of "::". */
static bool skip_tail(struct rest *rest, int groups)
{
    struct rest last = *rest;
    if (groups == 7)
        return skip_group(rest) || skip(rest, ':');
    if (groups == 6 && ahead(rest) != ':')
        return skip_ipv4(rest, false);
    int behind = 0;
    for (; skip(&last, ':'); behind++) {
        const struct rest from = last;
        struct rest address = last;
        if (!skip_group(&last)) {
            *rest = from;
            return !behind; /* "::" at the end */
        }
        if (ahead(&last) == '.') {
            const bool fits = behind <= 5 - groups && skip_ipv4(&address, false);
            *rest = address;
            return fits;
        }
        if (behind == 7 - groups)
            return false;
        *rest = last;
    }
    return behind > 0;
}

static void skip_spaces(struct rest *rest)
{
    while (rest->len) {
        struct rest behind = *rest;
        if (!ecma_space(ecma_take(&behind.at, &behind.len)))
            return;
        *rest = behind;
    }
}

/* %zone: anything but line ends, and white space behind it. */
static bool skip_zone(struct rest *rest)
{
    const size_t whole = rest->len;
    while (rest->len) {
        struct rest behind = *rest;
        if (ecma_line_end(ecma_take(&behind.at, &behind.len)))
            break;
        *rest = behind;
    }
    return rest->len < whole;
}

static bool is_ipv6(struct rest rest)
{
    int groups = 0;
    skip_spaces(&rest);
    for (struct rest group = rest; groups < 7 && skip_group(&group) && skip(&group, ':'); groups++)
        rest = group;
    if (!groups && !skip(&rest, ':'))
        return false;
    if (!groups && ahead(&rest) != ':')
        return false;
    if (!skip_tail(&rest, groups))
        return false;
    if (skip(&rest, '%') && !skip_zone(&rest))
        return false;
    skip_spaces(&rest);
    return !rest.len;
}

static bool is_address(struct rest rest)
{
    struct rest ipv4 = rest;
    return (skip_ipv4(&ipv4, true) && !ipv4.len) || is_ipv6(rest);
}

const char *ajv_judge(struct har_text value, enum ajv_form form)
{
    const struct rest text = {value.bytes, value.len};
    switch (form) {
    case AJV_STARTED:
        return is_date_time(text, true) ? NULL : "har-validator: %1.%2 is no date and time with a zone as it knows them";
    case AJV_EXPIRES:
        return is_date_time(text, false) ? NULL : "har-validator: %1.%2 does not match the format \"date-time\"";
    case AJV_CACHED:
        return is_cached(text) ? NULL : "har-validator: %1.%2 does not begin like a date and time";
    case AJV_URI:
        return is_uri(text) ? NULL : "har-validator: %1.%2 does not match the format \"uri\": a scheme and no white space";
    case AJV_ADDRESS:
        return is_address(text) ? NULL : "har-validator: %1.%2 is no IPv4 or IPv6 address";
    case AJV_ANY:
        break;
    }
    return NULL;
}
