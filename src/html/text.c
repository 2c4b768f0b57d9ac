/* Escapes and formats. */
#include "html/text.h"

#include <stdio.h>
#include <string.h>

#include "html/spell.h"
#include "util/iso8601.h"
#include "util/text.h"
#include "util/utf8.h"

/* What is to be done with a byte at the beginning of a character. */
enum { PLAIN, MARKUP, CONTROL, MANY };

static int class_of(unsigned char byte)
{
    if (byte >= 0x80)
        return MANY;
    if (byte < 0x20)
        return byte == '\t' || byte == '\n' ? PLAIN : CONTROL;
    return byte == 0x7f ? CONTROL : byte == '&' || byte == '<' || byte == '>' || byte == '"' || byte == '\'' ? MARKUP : PLAIN;
}

/* Characters that are not seen, or that reorder what is around them. */
static bool is_hidden(uint32_t point)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x80, 0x9f}, {0x061c, 0x061c}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    return false;
}

static void put_token(struct json_out *out, uint32_t point)
{
    char token[16];
    const int len = snprintf(token, sizeof token, "\xe2\x9f\xa8%04x\xe2\x9f\xa9", (unsigned)point);
    json_out_text(out, token, (size_t)len);
}

static void put_markup(struct json_out *out, char c)
{
    switch (c) {
    case '&':
        HTML(out, "&amp;");
        break;
    case '<':
        HTML(out, "&lt;");
        break;
    case '>':
        HTML(out, "&gt;");
        break;
    case '"':
        HTML(out, "&quot;");
        break;
    default:
        HTML(out, "&#39;");
        break;
    }
}

void html_text(struct json_out *out, struct har_text text)
{
    size_t plain = 0, at = 0; /* what stands between them needs no escape */
    while (at < text.len) {
        const int class = class_of((unsigned char)text.bytes[at]);
        uint32_t point = (unsigned char)text.bytes[at];
        size_t len = 1;
        if (class == MANY)
            len = utf8_decode(text.bytes + at, text.len - at, &point);
        if (class == PLAIN || (class == MANY && len && !is_hidden(point))) {
            at += len;
            continue;
        }
        json_out_text(out, text.bytes + plain, at - plain);
        if (class == MARKUP)
            put_markup(out, text.bytes[at]);
        else if (!len)
            HTML(out, "\xef\xbf\xbd");
        else
            put_token(out, point);
        at += len ? len : 1;
        plain = at;
    }
    json_out_text(out, text.bytes + plain, at - plain);
}

void html_string(struct json_out *out, const char *text)
{
    html_text(out, (struct har_text){text, strlen(text)});
}

size_t html_cut(struct har_text text, size_t most)
{
    if (text.len <= most)
        return text.len;
    size_t len = most;
    while (len && len + 3 > most && ((unsigned char)text.bytes[len] & 0xc0) == 0x80)
        len--;
    return ((unsigned char)text.bytes[len] & 0xc0) == 0x80 ? most : len;
}

void html_text_cut(struct json_out *out, struct har_text text, size_t most)
{
    const size_t len = html_cut(text, most);
    html_text(out, (struct har_text){text.bytes, len});
    if (len < text.len)
        HTML(out, "\xe2\x80\xa6");
}

void html_address(struct json_out *out, struct har_text text, size_t most)
{
    enum { LINE = 24, LONGEST = 48 }; /* bytes without a break, about */
    const size_t len = html_cut(text, most);
    size_t begin = 0;
    for (size_t i = 0; i < len; i++) {
        const bool first = ((unsigned char)text.bytes[i] & 0xc0) != 0x80; /* of a character */
        if (i - begin < LINE || !first || (i - begin < LONGEST && !memchr("/?&=.,;-_%+", text.bytes[i], 11)))
            continue;
        html_text(out, (struct har_text){text.bytes + begin, i - begin});
        HTML(out, "<wbr>");
        begin = i;
    }
    html_text(out, (struct har_text){text.bytes + begin, len - begin});
    if (len < text.len)
        HTML(out, "\xe2\x80\xa6");
}

void html_json(struct json_out *out, struct har_text text)
{
    enum { PIECE = JSON_CHUNK / 8 }; /* of which a byte may become an escape of six */
    HTML(out, "\"");
    while (text.len && out->status == HAR_OK) {
        const size_t len = html_cut(text, PIECE);
        if (json_out_room(out, 6 * len))
            html_spell_inside(&out->buffer, text.bytes, len, HTML_SPELL_PLAIN);
        text = (struct har_text){text.bytes + len, text.len - len};
    }
    HTML(out, "\"");
}

void html_number(struct json_out *out, int64_t number)
{
    char digits[24], *end = digits + sizeof digits, *at = end;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--at = '-';
    json_out_text(out, at, (size_t)(end - at));
}

void html_count(struct json_out *out, uint64_t number)
{
    char digits[32], *end = digits + sizeof digits, *at = end;
    for (int i = 0; i == 0 || number; i++, number /= 10) {
        if (i && i % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + number % 10);
    }
    json_out_text(out, at, (size_t)(end - at));
}

void html_counted(struct json_out *out, uint64_t number, const char *noun)
{
    html_count(out, number);
    HTML(out, " ");
    html_string(out, noun);
    if (number != 1)
        HTML(out, "s");
}

/* As JavaScript's toFixed(): ties go up, and the point is a point whatever the locale. `strip`: without a fraction of zeros. */
static void put_fixed(struct json_out *out, double number, int digits, bool strip)
{
    char text[64];
    const double halves = number * (double)(2 << digits); /* in halves of what is one of the last digit, if that is whole */
    if (halves < 9e15 && (double)(uint64_t)halves == halves && (uint64_t)halves % 2)
        number *= 1 + 1e-15;
    const int len = snprintf(text, sizeof text, "%.*f", digits, number);
    const size_t fraction = (size_t)(len > 0 && len < (int)sizeof text ? len - digits : 0);
    json_out_text(out, text, strspn(text, "0123456789"));
    if (!digits || (strip && strspn(text + fraction, "0") == (size_t)digits))
        return;
    HTML(out, ".");
    json_out_text(out, text + fraction, (size_t)digits);
}

void html_bytes(struct json_out *out, int64_t bytes)
{
    if (bytes < 0) {
        HTML(out, "\xe2\x80\x93");
    } else if (bytes < 1000) {
        html_number(out, bytes);
        HTML(out, " B");
    } else {
        static const char *const units[] = {" kB", " MB", " GB"};
        const int unit = bytes < 1000000 ? 0 : bytes < 1000000000 ? 1 : 2;
        static const double sizes[] = {1e3, 1e6, 1e9};
        const double value = (double)bytes / sizes[unit];
        put_fixed(out, value, value < 10 ? 1 : 0, false);
        json_out_text(out, units[unit], 3);
    }
}

/* ":05": of an hour in minutes, of a minute in seconds. */
static void put_sixtieth(struct json_out *out, int64_t all)
{
    const int rest = (int)(all % 60);
    json_out_text(out, (char[]){':', (char)('0' + rest / 10), (char)('0' + rest % 10)}, 3);
}

void html_time(struct json_out *out, double ms)
{
    if (!(ms >= 0)) {
        HTML(out, "\xe2\x80\x93");
    } else if (ms < 1000) {
        put_fixed(out, ms, ms < 10 ? 1 : 0, true);
        HTML(out, " ms");
    } else if (ms < 60000) {
        put_fixed(out, ms / 1000, 2, false);
        HTML(out, " s");
    } else {
        const int64_t seconds = ms < 1e18 ? (int64_t)(ms / 1000 + 0.5) : INT64_MAX;
        const int64_t minutes = seconds / 60;
        html_number(out, minutes < 60 ? minutes : minutes / 60);
        if (minutes >= 60)
            put_sixtieth(out, minutes);
        put_sixtieth(out, seconds);
        json_out_text(out, minutes < 60 ? " min" : " h", minutes < 60 ? 4 : 2);
    }
}

void html_decimal(struct json_out *out, double number)
{
    const int64_t hundredths = (int64_t)(number * 100 + (number < 0 ? -0.5 : 0.5));
    if (hundredths < 0)
        HTML(out, "-");
    const uint64_t all = hundredths < 0 ? -(uint64_t)hundredths : (uint64_t)hundredths;
    html_number(out, (int64_t)(all / 100));
    if (all % 100) {
        const char digits[] = {'.', (char)('0' + all / 10 % 10), (char)('0' + all % 10)};
        json_out_text(out, digits, all % 10 ? 3 : 2);
    }
}

void html_date(struct json_out *out, int64_t tenths, bool machine)
{
    char storage[4];
    struct har_buffer text;
    const int64_t seconds = tenths / 10000 - (tenths % 10000 < 0);
    const int rest = (int)((tenths - seconds * 10000) / 10);
    storage[0] = (char)('0' + rest / 100);
    storage[1] = (char)('0' + rest / 10 % 10);
    storage[2] = (char)('0' + rest % 10);
    har_buffer_init(&text, 64);
    if (!iso8601_append_utc(seconds, (struct har_text){storage, 3}, &text))
        HTML(out, "\xe2\x80\x93");
    else if (machine || text.len < 12)
        html_text(out, (struct har_text){text.data, text.len});
    else {
        html_text(out, (struct har_text){text.data, 10});
        HTML(out, " ");
        html_text(out, (struct har_text){text.data + 11, text.len - 12});
        HTML(out, " UTC");
    }
    har_buffer_release(&text);
}
