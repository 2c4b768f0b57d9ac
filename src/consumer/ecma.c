/* Number(text) of ECMAScript (section 7.1.4.1, StringToNumber), and its white space. */
#include "consumer/ecma.h"

#include <string.h>

#include "util/text.h"
#include "util/utf8.h"

uint32_t ecma_take(const char **text, size_t *len)
{
    uint32_t point = 0xfffd;
    size_t size = utf8_decode(*text, *len, &point);
    size += !size;
    *text += size;
    *len -= size;
    return point;
}

bool ecma_line_end(uint32_t point)
{
    return point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029;
}

bool ecma_space(uint32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    return point == 0xa0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || ecma_line_end(point) || point == 0x202f ||
           point == 0x205f || point == 0x3000 || point == 0xfeff;
}

/* Cuts white space at both ends. */
static void trim(const char **text, size_t *len)
{
    const char *at = *text, *begin = NULL, *end = *text;
    for (size_t left = *len; left;) {
        const char *from = at;
        if (ecma_space(ecma_take(&at, &left)))
            continue;
        begin = begin ? begin : from;
        end = at;
    }
    *text = begin ? begin : end;
    *len = (size_t)(end - *text);
}

static int digit_of(char c)
{
    const int digit = text_hex(c);
    return digit < 0 ? 16 : digit;
}

static size_t digits(const char *text, size_t len, int base)
{
    size_t count = 0;
    while (count < len && digit_of(text[count]) < base)
        count++;
    return count;
}

/* 0x1f, 0o17, 0b11: without a sign. */
static bool is_prefixed(const char *text, size_t len)
{
    static const struct {
        char letter;
        int base;
    } bases[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (len > 2 && *text == '0' && (text[1] | 0x20) == bases[i].letter)
            return digits(text + 2, len - 2, bases[i].base) == len - 2;
    return false;
}

static bool is_decimal(const char *text, size_t len)
{
    const size_t whole = digits(text, len, 10);
    size_t at = whole, fraction = 0;
    if (at < len && text[at] == '.') {
        fraction = digits(text + at + 1, len - at - 1, 10);
        at += 1 + fraction;
    }
    if (!whole && !fraction)
        return false;
    if (at < len && (text[at] | 0x20) == 'e') {
        at++;
        at += at < len && (text[at] == '+' || text[at] == '-');
        const size_t exponent = digits(text + at, len - at, 10);
        if (!exponent)
            return false;
        at += exponent;
    }
    return at == len;
}

bool ecma_number(const char *text, size_t len)
{
    static const char infinity[] = "Infinity";
    trim(&text, &len);
    if (!len || is_prefixed(text, len))
        return true;
    const size_t sign = *text == '+' || *text == '-';
    text += sign;
    len -= sign;
    return is_decimal(text, len) || (len == sizeof infinity - 1 && !memcmp(text, infinity, len));
}
