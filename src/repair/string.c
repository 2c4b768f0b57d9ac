/* Strings, and what is wrong with the bytes in them. */
#include <stdio.h>
#include <string.h>

#include "json/scan.h"
#include "repair/internal.h"
#include "util/text.h"
#include "util/utf8.h"
#include "util/word.h"

enum walk repair_broken(struct repair *r, uint64_t at, const char *what)
{
    r->fault.at = at;
    r->fault.mend = MEND_NONE;
    r->fault.what = what;
    return WALK_BROKEN;
}

/* Of each kind the first in a string is told. */
static bool mend(struct repair *r, uint64_t del, const char *text, enum repair_mend kind)
{
    /* All kinds that strings have come before the 32nd. */
    const bool known = r->told_in_string & 1u << kind;
    r->told_in_string |= 1u << kind;
    return repair_edit_text(r, r->at, del, text, known ? MEND_NONE : kind);
}

static bool control(struct repair *r, unsigned char c)
{
    static const char letters[0x20] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    char escape[8];
    if (letters[c])
        snprintf(escape, sizeof escape, "\\%c", letters[c]);
    else
        snprintf(escape, sizeof escape, "\\u%04x", c);
    if (!mend(r, 1, escape, MEND_CONTROL))
        return false;
    r->at++;
    return true;
}

/* Escapes of other languages that stand for one character. */
static size_t foreign_escape(struct repair *r, char out[8])
{
    const unsigned char *p = repair_bytes(r, r->at); /* REPAIR_AHEAD bytes, or the end behind them */
    const int c = repair_peek(r, r->at + 1), next = repair_peek(r, r->at + 2), last = repair_peek(r, r->at + 3);
    unsigned point = 0;
    size_t len = 2;
    switch (c) {
    case 'v':
        point = 0x0b;
        break;
    case 'a':
        point = 0x07;
        break;
    case 'e':
        point = 0x1b;
        break;
    case '0':
        if (next >= '0' && next <= '9')
            return 0;
        break;
    case 'x':
        if (next < 0 || last < 0 || text_hex((char)next) < 0 || text_hex((char)last) < 0)
            return 0;
        point = (unsigned)(text_hex((char)p[2]) << 4 | text_hex((char)p[3]));
        len = 4;
        break;
    case '\'':
        out[0] = '\'';
        out[1] = '\0';
        return 2;
    default:
        return 0;
    }
    snprintf(out, 8, "\\u%04x", point);
    return len;
}

/* At a backslash. */
static bool escape(struct repair *r, unsigned char quote)
{
    const int c = repair_peek(r, r->at + 1);
    char text[8];
    if (c > 0 && strchr("\"\\/bfnrt", c)) {
        r->at += 2;
        return true;
    }
    if (c == 'u' && r->at + 6 <= r->end && json_hex4(repair_bytes(r, r->at + 2)) >= 0) {
        r->at += 6;
        return true;
    }
    const size_t len = foreign_escape(r, text);
    if (len) {
        if (!mend(r, len, text, c == quote ? MEND_NONE : MEND_ESCAPE))
            return false;
        r->at += len;
        return true;
    }
    if (!mend(r, 1, "\\\\", MEND_BACKSLASH))
        return false;
    r->at++;
    return true;
}

/* Bytes of a sequence that is cut or none at all: as many as could have been one. */
static size_t bad_length(const unsigned char *p, size_t len)
{
    const size_t whole = *p >= 0xf0 && *p < 0xf5 ? 4 : *p >= 0xe0 && *p < 0xf0 ? 3 : *p >= 0xc2 && *p < 0xe0 ? 2 : 1;
    size_t n = 1;
    while (n < whole && n + 1 < whole && n < len && (p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static bool beyond_ascii(struct repair *r)
{
    const unsigned char *p = repair_bytes(r, r->at);
    const size_t left = (size_t)(r->end - r->at);
    uint32_t point;
    char text[8];
    size_t len = utf8_decode((const char *)p, left, &point);
    if (len) {
        r->at += len;
        return true;
    }
    if (left >= 3 && p[0] == 0xed && p[1] >= 0xa0 && p[1] <= 0xbf && (p[2] & 0xc0) == 0x80) {
        snprintf(text, sizeof text, "\\ud%03x", (unsigned)((p[1] & 0x3f) << 6 | (p[2] & 0x3f)) & 0xfff);
        if (!mend(r, 3, text, MEND_SURROGATE))
            return false;
        r->at += 3;
        return true;
    }
    len = bad_length(p, left);
    if (!mend(r, len, "\xef\xbf\xbd", MEND_BYTES))
        return false;
    r->at += len;
    return true;
}

/* One byte that does not stand for itself everywhere. */
static bool special(struct repair *r, unsigned char quote, unsigned char c)
{
    if (c == '\\')
        return escape(r, quote);
    if (c < 0x20)
        return control(r, c);
    if (c >= 0x80)
        return beyond_ascii(r);
    if (c == '"' && !mend(r, 0, "\\", MEND_NONE)) /* between single quotes */
        return false;
    r->at++;
    return true;
}

static inline bool stands_for_itself(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '\'';
}

/* The first byte that needs a look, eight at a time while none does. */
static const unsigned char *skip_plain(const unsigned char *p, const unsigned char *limit)
{
    for (; limit - p >= WORD_BYTES; p += WORD_BYTES) {
        const uint64_t word = word_load((const char *)p);
        if (((word | (word - 0x20 * WORD_ONES)) & WORD_TOPS) | word_equal(word, '"') | word_equal(word, '\'') |
            word_equal(word, '\\'))
            break;
    }
    while (p < limit && stands_for_itself(*p))
        p++;
    return p;
}

/* From the opening quote to behind the closing one. */
enum walk repair_string(struct repair *r, unsigned char quote)
{
    const uint64_t open = r->at;
    const bool single = quote == '\'';
    r->told_in_string = 0;
    if (single && !repair_edit_text(r, open, 1, "\"", MEND_SINGLE_QUOTES))
        return WALK_STOP;
    for (r->at++;;) {
        if (!repair_look(r, r->at))
            return WALK_STOP;
        const unsigned char *p = repair_bytes(r, r->at);
        const unsigned char *limit = r->text + (r->end - r->base) - (r->ended ? 0 : 16);
        p = skip_plain(p, limit);
        r->at = r->base + (uint64_t)(p - r->text);
        if (r->at - r->unit_at > r->item_most) {
            repair_broken(r, r->unit_at, NULL);
            r->fault.mend = MEND_TOO_LARGE;
            return WALK_BROKEN;
        }
        if (p == limit && !r->ended)
            continue;
        if (r->at == r->end) {
            repair_broken(r, open, "the input ends inside a string that starts here");
            r->fault.mend = MEND_CUT_MEMBER;
            return WALK_BROKEN;
        }
        if (*p == quote)
            break;
        if (!special(r, quote, *p))
            return WALK_STOP;
    }
    if (single && !repair_edit_text(r, r->at, 1, "\"", MEND_NONE))
        return WALK_STOP;
    r->key_at = open + 1;
    r->key_len = r->at - open - 1;
    r->at++;
    return WALK_WHOLE;
}
