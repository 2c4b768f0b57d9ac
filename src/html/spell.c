/* Most strings are copied whole; only those with a byte that the table knows are looked at one character at a time. */
#include "html/spell.h"

#include <string.h>

#include "json/scan.h"
#include "util/utf8.h"

/* Bits of enum html_spelling: in which of them a byte may have to be written in another way. */
enum {
    SOUND = 1 << HTML_SPELL_SOUND,
    MARKED = 1 << HTML_SPELL_MARKED,
    PLAIN = 1 << HTML_SPELL_PLAIN,
    ALL = SOUND | MARKED | PLAIN
};

/* 0xc2 leads U+0080 to U+00BF, 0xe2 leads U+2000 to U+2FFF. */
static const unsigned char special[256] = {
    [0x00] = ALL,
    [0x01] = ALL,
    [0x02] = ALL,
    [0x03] = ALL,
    [0x04] = ALL,
    [0x05] = ALL,
    [0x06] = ALL,
    [0x07] = ALL,
    [0x08] = ALL,
    [0x09] = ALL,
    [0x0a] = ALL,
    [0x0b] = ALL,
    [0x0c] = ALL,
    [0x0d] = ALL,
    [0x0e] = ALL,
    [0x0f] = ALL,
    [0x10] = ALL,
    [0x11] = ALL,
    [0x12] = ALL,
    [0x13] = ALL,
    [0x14] = ALL,
    [0x15] = ALL,
    [0x16] = ALL,
    [0x17] = ALL,
    [0x18] = ALL,
    [0x19] = ALL,
    [0x1a] = ALL,
    [0x1b] = ALL,
    [0x1c] = ALL,
    [0x1d] = ALL,
    [0x1e] = ALL,
    [0x1f] = ALL,
    ['<'] = ALL,
    ['>'] = ALL,
    ['&'] = ALL,
    [0x7f] = ALL,
    [0xc2] = ALL,
    [0xe2] = ALL,
    ['"'] = MARKED | PLAIN,
    ['\\'] = MARKED | PLAIN,
};

static inline bool is_special(unsigned char byte, enum html_spelling spelling)
{
    return special[byte] & 1u << spelling || (byte >= 0x80 && spelling != HTML_SPELL_SOUND);
}

static size_t run(const char *text, size_t len, enum html_spelling spelling)
{
    size_t at = 0;
    if (spelling == HTML_SPELL_SOUND)
        while (at < len && !(special[(unsigned char)text[at]] & SOUND))
            at++;
    else
        while (at < len && !is_special((unsigned char)text[at], spelling))
            at++;
    return at;
}

/* Length of the escape at `text`, which starts with a backslash; 0 when it is none. */
static size_t escape_length(const char *text, size_t len)
{
    if (len > 1 && text[1] && strchr("\"\\/bfnrt", text[1]))
        return 2;
    return len >= 6 && text[1] == 'u' && json_hex4((const unsigned char *)text + 2) >= 0 ? 6 : 0;
}

static bool is_hidden(uint32_t point)
{
    return point < 0x20 || point == '<' || point == '>' || point == '&' || (point >= 0x7f && point < 0xa0) || point == 0x2028 ||
           point == 0x2029;
}

static void put_escape(struct har_buffer *out, uint32_t point)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[6] = {'\\', 'u', hex[point >> 12 & 15], hex[point >> 8 & 15], hex[point >> 4 & 15], hex[point & 15]};
    har_buffer_append(out, escape, sizeof escape);
}

/* Appends the character at `text`; its length. */
static size_t put_character(struct har_buffer *out, const char *text, size_t len, enum html_spelling spelling)
{
    if (*text == '\\' && spelling == HTML_SPELL_MARKED) {
        const size_t escape = escape_length(text, len);
        har_buffer_append(out, escape ? text : "\\\\", escape ? escape : 2);
        return escape ? escape : 1;
    }
    if (*text == '\\' || *text == '"') {
        har_buffer_append_char(out, '\\');
        har_buffer_append_char(out, *text);
        return 1;
    }
    uint32_t point = 0xfffd;
    const size_t width = utf8_decode(text, len, &point);
    if (!width || is_hidden(point))
        put_escape(out, point);
    else
        har_buffer_append(out, text, width);
    return width ? width : 1;
}

void html_spell_inside(struct har_buffer *out, const char *text, size_t len, enum html_spelling spelling)
{
    for (size_t at = 0; at < len;) {
        const size_t plain = run(text + at, len - at, spelling);
        har_buffer_append(out, text + at, plain);
        at += plain;
        if (at < len)
            at += put_character(out, text + at, len - at, spelling);
    }
}

bool html_spell(struct har_buffer *out, const char *text, size_t len, enum html_spelling spelling)
{
    har_buffer_reserve(out, len + 2);
    har_buffer_append_char(out, '"');
    html_spell_inside(out, text, len, spelling);
    return har_buffer_append_char(out, '"') && !out->failed;
}
