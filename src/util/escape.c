/* The escapes of <harmill/buffer.h>: JSON strings, JSON Pointer, text for terminals. Plain runs are copied whole. */
#include <harmill/buffer.h>

#include <stdint.h>
#include <string.h>

#include "util/utf8.h"
#include "util/word.h"

/* After a row of appends: keeps what was there before when one of them failed. */
static bool keep_or_undo(struct har_buffer *out, size_t before)
{
    if (out->failed)
        out->len = before;
    return !out->failed;
}

/* The letter of the two-character escape; 'u' where there is none. */
static char json_short(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 'u';
    }
}

/* How many of eight characters at `text` are ASCII that stands for itself, before the first that is not. */
static size_t count_plain(const char *text)
{
    const uint64_t word = word_load(text);
    const uint64_t controls = word - WORD_ONES * 0x20, quotes = (word ^ WORD_ONES * '"') - WORD_ONES;
    const uint64_t backslashes = (word ^ WORD_ONES * '\\') - WORD_ONES;
    return word_before((word | controls | quotes | backslashes) & WORD_TOPS);
}

enum { JSON_MOST = 6 }; /* bytes that one becomes */

/* The same as below for a short text of which all fits into `to`, up to what is more than a letter; how many bytes of the text. */
static size_t put_letters(const char *text, size_t len, char *to, size_t *made)
{
    char *const start = to;
    size_t i = 0;
    while (i < len) {
        if (len - i >= WORD_BYTES) {
            const size_t plain = count_plain(text + i);
            memcpy(to, text + i, WORD_BYTES);
            to += plain;
            i += plain;
            if (plain == WORD_BYTES)
                continue;
        }
        const unsigned char c = (unsigned char)text[i];
        if (c >= 0x80 || (c < 0x20 && json_short(c) == 'u'))
            break;
        if (c < 0x20 || c == '"' || c == '\\') {
            *to++ = '\\';
            *to++ = json_short(c);
        } else {
            *to++ = (char)c;
        }
        i++;
    }
    *made = (size_t)(to - start);
    return i;
}

/* What is in front is done at once when there is room for the worst; how many bytes of the text. */
static size_t append_letters(struct har_buffer *buffer, const char *text, size_t len)
{
    enum { BLOCK = 512 };
    const size_t block = len < BLOCK ? len : BLOCK, most = buffer->cap < buffer->max ? buffer->cap : buffer->max;
    if (most < buffer->len || most - buffer->len < block * JSON_MOST)
        return 0;
    size_t made;
    const size_t used = put_letters(text, block, buffer->data + buffer->len, &made);
    buffer->len += made;
    return used;
}

bool har_buffer_append_json(struct har_buffer *buffer, const char *text, size_t len)
{
    size_t before = buffer->len, run = 0, i = 0;
    if (len)
        har_buffer_reserve(buffer, len); /* it becomes no shorter */
    while (i < len && !buffer->failed) {
        unsigned char c = (unsigned char)text[i];
        uint32_t cp;
        if (run == i) {
            const size_t used = append_letters(buffer, text + i, len - i);
            run = i += used;
            if (used)
                continue;
        }
        size_t width = c < 0x80 ? 1 : utf8_decode(text + i, len - i, &cp);
        if (width && c >= 0x20 && c != '"' && c != '\\') {
            i += width;
            continue;
        }
        har_buffer_append(buffer, text + run, i - run);
        if (!width)
            har_buffer_append(buffer, "\xef\xbf\xbd", 3);
        else if (json_short(c) == 'u')
            har_buffer_printf(buffer, "\\u%04x", c);
        else
            har_buffer_append(buffer, (const char[]){'\\', json_short(c)}, 2);
        run = ++i;
    }
    if (i > run)
        har_buffer_append(buffer, text + run, i - run);
    return keep_or_undo(buffer, before);
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f);
}

static bool is_bidi(uint32_t cp)
{
    return cp == 0x061c || cp == 0x200e || cp == 0x200f || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

bool har_buffer_append_visible(struct har_buffer *buffer, const char *text, size_t len, size_t most)
{
    size_t before = buffer->len, run = 0, i = 0, count = 0;
    for (; i < len && !buffer->failed; count++) {
        if (most && count == most)
            break;
        uint32_t cp = 0;
        size_t width = utf8_decode(text + i, len - i, &cp);
        if (width && !is_control(cp) && !is_bidi(cp)) {
            i += width;
            continue;
        }
        if (i > run)
            har_buffer_append(buffer, text + run, i - run);
        if (!width || cp < 0x80)
            har_buffer_printf(buffer, "\\x%02x", (unsigned char)text[i]);
        else
            har_buffer_printf(buffer, "\\u{%04x}", (unsigned)cp);
        i += width ? width : 1;
        run = i;
    }
    if (i > run)
        har_buffer_append(buffer, text + run, i - run);
    if (i < len)
        har_buffer_append(buffer, "...", 3);
    return keep_or_undo(buffer, before);
}

bool har_buffer_append_pointer(struct har_buffer *buffer, const char *token, size_t len)
{
    size_t before = buffer->len, run = 0;
    har_buffer_append_char(buffer, '/');
    for (size_t i = 0; i < len; i++) {
        if (token[i] != '~' && token[i] != '/')
            continue;
        har_buffer_append(buffer, token + run, i - run);
        har_buffer_append(buffer, token[i] == '~' ? "~0" : "~1", 2);
        run = i + 1;
    }
    if (len > run)
        har_buffer_append(buffer, token + run, len - run);
    return keep_or_undo(buffer, before);
}
