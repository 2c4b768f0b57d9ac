/* JSON strings and numbers, piece by piece. */
#include "json/text.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json/scan.h"
#include "util/utf8.h"
#include "util/word.h"

const char *json_find(const char *text, size_t len, char c)
{
    const char *found = len ? memchr(text, c, len) : NULL;
    return found ? found : text + len;
}

/* The escape at `text`, which starts with a backslash. */
static void read_escape(const char *text, size_t len, struct json_piece *piece)
{
    static const char letter[] = "\"\\/bfnrt", meaning[] = "\"\\/\b\f\n\r\t";
    const char *known = len > 1 && text[1] ? strchr(letter, text[1]) : NULL;
    *piece = (struct json_piece){text, len > 1 ? 2 : 1, true, 0xfffd};
    if (known) {
        piece->point = (unsigned char)meaning[known - letter];
        return;
    }
    const int unit = len >= 6 && text[1] == 'u' ? json_hex4((const unsigned char *)text + 2) : -1;
    if (unit < 0)
        return;
    piece->len = 6;
    piece->point = (uint32_t)unit;
    if (unit < 0xd800 || unit >= 0xdc00 || len < 12 || text[6] != '\\' || text[7] != 'u')
        return;
    const int low = json_hex4((const unsigned char *)text + 8);
    if (low >= 0xdc00 && low < 0xe000) {
        piece->len = 12;
        piece->point = 0x10000 + (((uint32_t)unit - 0xd800) << 10) + ((uint32_t)low - 0xdc00);
    }
}

bool json_text_piece(const char **text, size_t *len, struct json_piece *piece)
{
    if (!*len)
        return false;
    if (**text == '\\')
        read_escape(*text, *len, piece);
    else
        *piece = (struct json_piece){*text, (size_t)(json_find(*text, *len, '\\') - *text), false, 0};
    *text += piece->len;
    *len -= piece->len;
    return true;
}

/* The bytes that a piece stands for. */
static struct har_text piece_bytes(const struct json_piece *piece, char room[4])
{
    if (!piece->escape)
        return (struct har_text){piece->bytes, piece->len};
    const uint32_t point = piece->point >= 0xd800 && piece->point < 0xe000 ? 0xfffd : piece->point;
    return (struct har_text){room, utf8_encode(point, room)};
}

/* Decodes what fits into `to`, which has room for as many bytes as the text has, up to an escape of more than one letter; how many
 * bytes of the text. */
static size_t decode_letters(const char *text, size_t len, char *to, size_t *made)
{
    static const char meaning[128] = {
        ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
    char *const start = to;
    size_t at = 0;
    while (at < len) {
        size_t plain = WORD_BYTES;
        while (plain == WORD_BYTES && len - at >= WORD_BYTES) {
            plain = word_before(word_equal(word_load(text + at), '\\'));
            memcpy(to, text + at, WORD_BYTES);
            at += plain;
            to += plain;
        }
        while (at < len && text[at] != '\\')
            *to++ = text[at++];
        if (len - at < 2)
            break;
        const unsigned char letter = (unsigned char)text[at + 1];
        if (letter > 127 || !meaning[letter])
            break;
        *to++ = meaning[letter];
        at += 2;
    }
    *made = (size_t)(to - start);
    return at;
}

bool json_text_decode(const char *text, size_t len, struct har_buffer *out)
{
    struct json_piece piece;
    char room[4];
    while (len && !out->failed) {
        if (out->max > out->len && out->max - out->len >= len) {
            char *const to = har_buffer_reserve(out, len);
            size_t made = 0;
            const size_t used = to ? decode_letters(text, len, to, &made) : len;
            out->len += made;
            text += used;
            len -= used;
        }
        if (!json_text_piece(&text, &len, &piece))
            break;
        const struct har_text bytes = piece_bytes(&piece, room);
        har_buffer_append(out, bytes.bytes, bytes.len);
    }
    return !out->failed;
}

bool json_text_equals(const char *text, size_t len, const char *plain, size_t plain_len)
{
    struct json_piece piece;
    char room[4];
    while (json_text_piece(&text, &len, &piece)) {
        const struct har_text bytes = piece_bytes(&piece, room);
        if (bytes.len > plain_len || memcmp(bytes.bytes, plain, bytes.len) != 0)
            return false;
        plain += bytes.len;
        plain_len -= bytes.len;
    }
    return plain_len == 0;
}

size_t json_text_offset(const char *text, size_t len, size_t at)
{
    const char *const from = text;
    struct json_piece piece;
    char room[4];
    while (json_text_piece(&text, &len, &piece)) {
        const size_t bytes = piece_bytes(&piece, room).len;
        if (at < bytes)
            return (size_t)(piece.bytes - from) + (piece.escape ? 0 : at);
        at -= bytes;
    }
    return (size_t)(text - from);
}

size_t json_canonical_escape(uint32_t point, char out[6])
{
    static const char hex[] = "0123456789abcdef";
    static const char letter[0x20] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    out[0] = '\\';
    if (point == '"' || point == '\\' || (point < 0x20 && letter[point])) {
        out[1] = point < 0x20 ? letter[point] : (char)point;
        return 2;
    }
    if (point >= 0x20 && (point < 0xd800 || point > 0xdfff))
        return 0;
    out[1] = 'u';
    for (int i = 0; i < 4; i++)
        out[2 + i] = hex[point >> (12 - 4 * i) & 15];
    return 6;
}

/* Behind the digits at `p`. */
static const char *digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

size_t json_number_length(const char *text, size_t len, bool *whole)
{
    const char *const end = text + len;
    const char *p = text + (len && *text == '-');
    const char *from = p;
    p = p < end && *p == '0' ? p + 1 : digits(p, end);
    *whole = true;
    if (p == from)
        return 0;
    if (p < end && *p == '.') {
        *whole = false;
        from = ++p;
        p = digits(p, end);
        if (p == from)
            return 0;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        *whole = false;
        p++;
        p += p < end && (*p == '+' || *p == '-');
        from = p;
        p = digits(p, end);
        if (p == from)
            return 0;
    }
    return (size_t)(p - text);
}

/* The digits at *text, behind those in *value. */
static size_t take_digits(const char **text, const char *end, uint64_t *value)
{
    const char *at = *text;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        *value = *value * 10 + (uint64_t)(*at - '0');
    const size_t count = (size_t)(at - *text);
    *text = at;
    return count;
}

/* Digits, perhaps with a point, and so few that the division gives the double nearest to them. */
static bool plain_number(const char *text, size_t len, double *number)
{
    static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    enum { DIGITS_MOST = 15 };
    const char *const end = text + len;
    const bool minus = len && *text == '-';
    uint64_t value = 0;
    if (len > DIGITS_MOST + 2)
        return false;
    text += minus;
    size_t digits = take_digits(&text, end, &value), fraction = 0;
    if (text < end && *text == '.') {
        text++;
        fraction = take_digits(&text, end, &value);
        digits += fraction;
    }
    if (text < end || !digits || digits > DIGITS_MOST)
        return false;
    *number = fraction ? (double)value / tens[fraction] : (double)value;
    *number = minus ? -*number : *number;
    return true;
}

bool json_number(const char *text, size_t len, double *number)
{
    if (plain_number(text, len, number))
        return true;
    char room[64];
    char *copy = len < sizeof room ? room : malloc(len + 1);
    if (!copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    /* strtod takes the locale's decimal point; the point is replaced by it, whatever it is. */
    const char *point = localeconv()->decimal_point;
    char *dot = strchr(copy, '.');
    if (dot && point[0] != '.' && point[0] && !point[1])
        *dot = point[0];
    *number = strtod(copy, NULL);
    if (copy != room)
        free(copy);
    return isfinite(*number);
}
