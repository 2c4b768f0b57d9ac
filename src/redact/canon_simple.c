/* The quick way through a text: sixteen bytes at once, and the escapes of which it is known at once what they stand for. */
#include <string.h>

#include "redact/canon_own.h"
#include "util/text.h"

/* ---- sixteen bytes at once */

static inline bool any(signed_lanes mask)
{
    const halves half = (halves)mask;
    return (half[0] | half[1]) != 0;
}

/* The first lane that is set; there is one. */
static inline size_t first(signed_lanes mask)
{
    const halves half = (halves)mask;
    const uint64_t found = half[0] ? half[0] : half[1];
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    const unsigned at = (unsigned)__builtin_clzll(found) / 8;
#else
    const unsigned at = (unsigned)__builtin_ctzll(found) / 8;
#endif
    return half[0] ? at : at + 8;
}

/* Bytes that are "=" before what may end a line. The byte behind the sixteen is read, too. */
static signed_lanes breaks(const unsigned char *bytes)
{
    const lanes all = canon_load(bytes), next = canon_load(bytes + 1);
    return (all == '=') & ((next == '\r') | (next == '\n') | (next == '\\') | (next == '%') | (next == '&'));
}

/* Which of the sixteen bytes may begin an escape. */
static inline signed_lanes may_begin(const unsigned char *bytes)
{
    const lanes all = canon_load(bytes);
    return (all == '%') | (all == '\\') | (all == '&') | breaks(bytes);
}

/* ---- short cuts: escapes of which it is known at once what they stand for, whatever stands around them. Before them no escape
 * has begun that is not ended yet. */

/* Whether an escape may begin at `at`. */
static bool begins(struct har_text text, size_t at)
{
    const unsigned char byte = (unsigned char)text.bytes[at], next = at + 1 < text.len ? (unsigned char)text.bytes[at + 1] : 0;
    return canon_kinds[byte] & BEGINS && canon_kinds[next] & (byte == '%'    ? AFTER_PERCENT
                                                              : byte == '\\' ? AFTER_BACKSLASH
                                                              : byte == '&'  ? AFTER_AMPERSAND
                                                                             : AFTER_EQUALS);
}

/* The first such place from `at` on. */
static size_t next_begin(struct har_text text, size_t at)
{
    while (at < text.len) {
        const bool many = at + LANES < text.len;
        const size_t end = many ? at + LANES : text.len;
        if (many) {
            const signed_lanes mask = may_begin((const unsigned char *)text.bytes + at);
            at = any(mask) ? at + first(mask) : end;
        }
        for (; at < end; at++)
            if (begins(text, at))
                return at;
    }
    return text.len;
}

size_t canon_first(struct har_text text)
{
    return next_begin(text, 0);
}

static inline bool may_go_on(unsigned char byte)
{
    return canon_kinds[byte] & BEGINS;
}

/* Puts what source bytes from `from` on stand for; what follows is noted by who goes on. */
static inline void put_byte(struct canon *canon, unsigned char byte, size_t from)
{
    canon_note(canon, from);
    canon->bytes[canon->len++] = canon_fold[byte];
}

/* The same for a character; false: it may be a part of more than it is. */
static bool put_code(struct canon *canon, uint32_t code, size_t from)
{
    if (code < 0x80) {
        if (may_go_on((unsigned char)code))
            return false;
        put_byte(canon, (unsigned char)code, from);
        return true;
    }
    if (code >= 0xd800 && code < 0xe000)
        return false;
    canon_push_code(canon, code, from);
    return true;
}

/* Whether "=" before `at` surely is not the end of a soft line break. */
static bool equals_stays(struct har_text text, size_t at)
{
    if (at + 2 >= text.len)
        return false;
    const unsigned char byte = (unsigned char)text.bytes[at], next = (unsigned char)text.bytes[at + 1];
    if (byte == '\\') /* "\"" and the like: not \n, \r, nor what may become one */
        return !memchr("nruxNRUX", next, 8) && !may_go_on(next);
    if (byte == '%') {
        const int32_t code = canon_number((const unsigned char *)text.bytes + at + 1, 2, 16);
        return code >= 0 && code != '\n' && code != '\r' && !may_go_on((unsigned char)code);
    }
    return !may_go_on(byte) && byte != '\n' && (byte != '\r' || (next != '\n' && !may_go_on(next)));
}

bool canon_is_quoted(struct har_text text, size_t at)
{
    static const char digits[] = "0123456789ABCDEF";
    return text.len - at > 2 && memchr(digits, text.bytes[at + 1], 16) && memchr(digits, text.bytes[at + 2], 16);
}

/* Length of the name of an entity that may begin at `at`, behind "&", when it ends with ";". 0: there is none; -1: that is not
 * sure. */
static int name_length(const struct canon *canon, struct har_text text, size_t at)
{
    for (int len = 0; len < ESCAPE_MOST - 1; len++, at++) {
        if (at >= text.len)
            return -1;
        const unsigned char byte = (unsigned char)text.bytes[at];
        if (byte == ';')
            return len;
        if (byte == '=' ? !equals_stays(text, at + 1) || (canon->quoted && canon_is_quoted(text, at)) : may_go_on(byte))
            return -1;
        if (!text_is_letter((char)byte) && !text_is_digit((char)byte) && byte != '#')
            return 0;
    }
    return 0;
}

/* Whether "&" before `at` surely is just that. */
static bool ampersand_stays(const struct canon *canon, struct har_text text, size_t at)
{
    return name_length(canon, text, at) == 0;
}

/* A character that may begin an escape, but does not before `at`. */
static bool put_sole(struct canon *canon, struct har_text text, int32_t code, size_t at, size_t from)
{
    const unsigned char next = at < text.len ? (unsigned char)text.bytes[at] : 0;
    bool stays = false;
    if (code == '&')
        stays = ampersand_stays(canon, text, at);
    else if (code == '=')
        stays = equals_stays(text, at);
    else if (code == '%')
        stays = next && !(canon_kinds[next] & (AFTER_PERCENT | BEGINS));
    if (stays)
        put_byte(canon, (unsigned char)code, from);
    return stays;
}

static size_t simple_backslash(struct canon *canon, struct har_text text, size_t from)
{
    static const unsigned char stands[128] = {
        ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',  ['b'] = '\b', ['f'] = '\f',
        ['v'] = '\v', ['"'] = '"',  ['\''] = '\'', ['_'] = '/',  ['/'] = '/',
    };
    size_t at = from + 1;
    while (at < text.len && text.bytes[at] == '\\')
        at++;
    if (at == text.len)
        return 0;
    const unsigned char byte = (unsigned char)text.bytes[at];
    if (byte < 0x80 && stands[byte]) {
        put_byte(canon, stands[byte], from);
        return at + 1 - from;
    }
    if (byte == 'u' || byte == 'x' || byte == 'U' || byte == 'X') {
        const size_t digits = byte == 'u' ? 4 : 2;
        if (byte < 'a' || text.len - at <= digits)
            return 0;
        const int32_t code = canon_number((const unsigned char *)text.bytes + at + 1, digits, 16);
        return code >= 0 && put_code(canon, (uint32_t)code, from) ? at + 1 + digits - from : 0;
    }
    if (may_go_on(byte) || canon_kinds[byte] & AFTER_BACKSLASH)
        return 0;
    put_byte(canon, '\\', from);
    return at - from;
}

/* A byte in two digits behind a sign. */
static size_t simple_hex(struct canon *canon, struct har_text text, size_t from)
{
    const int32_t code = text.len - from > 2 ? canon_number((const unsigned char *)text.bytes + from + 1, 2, 16) : -1;
    if (code < 0 || code >= 0x80 ? code < 0 : may_go_on((unsigned char)code))
        return code >= 0 && put_sole(canon, text, code, from + 3, from) ? 3 : 0;
    put_byte(canon, (unsigned char)code, from);
    return 3;
}

static size_t simple_ampersand(struct canon *canon, struct har_text text, size_t from)
{
    unsigned char name[ESCAPE_MOST];
    const bool twice = from + 1 < text.len && text.bytes[from + 1] == '&' && ampersand_stays(canon, text, from + 2);
    const int len = twice ? 0 : name_length(canon, text, from + 1);
    if (len < 0)
        return 0;
    for (int i = 0; i < len; i++)
        name[i] = canon_fold[(unsigned char)text.bytes[from + 1 + (size_t)i]];
    const int32_t code = len ? canon_entity(name, (size_t)len) : -1;
    const size_t used = code < 0 ? 1 : (size_t)len + 2;
    if (code < 0)
        put_byte(canon, '&', from);
    else if (!put_code(canon, (uint32_t)code, from) && !put_sole(canon, text, code, from + used, from))
        return 0;
    return used;
}

static size_t simple_equals(struct canon *canon, struct har_text text, size_t from)
{
    if (canon->quoted && canon_is_quoted(text, from))
        return simple_hex(canon, text, from);
    if (!equals_stays(text, from + 1))
        return 0;
    put_byte(canon, '=', from);
    return 1;
}

/* How many source bytes are taken; 0: more has to be known. */
static size_t simple(struct canon *canon, struct har_text text, size_t at)
{
    switch (text.bytes[at]) {
    case '\\':
        return simple_backslash(canon, text, at);
    case '%':
        return simple_hex(canon, text, at);
    case '&':
        return simple_ampersand(canon, text, at);
    default:
        return simple_equals(canon, text, at);
    }
}

/* Whether no escape begins at `at`: what follows can neither be a part of one nor become that. */
static bool stays(const struct canon *canon, struct har_text text, size_t at)
{
    const unsigned char byte = (unsigned char)text.bytes[at], next = at + 1 < text.len ? (unsigned char)text.bytes[at + 1] : 0;
    return !(canon_kinds[byte] & BEGINS) || (!begins(text, at) && !may_go_on(next) && !(canon->quoted && byte == '='));
}

size_t canon_copy_simple(struct canon *canon, struct har_text text, size_t at)
{
    canon_note(canon, at);
    while (at < text.len) {
        const unsigned char *bytes = (const unsigned char *)text.bytes + at;
        size_t plain = 0;
        if (at + LANES < text.len) {
            const lanes all = canon_load(bytes), folded = canon_fold_lanes(all);
            const signed_lanes mask = may_begin(bytes) | (canon->quoted ? all == '=' : (signed_lanes){0});
            memcpy(canon->bytes + canon->len, &folded, LANES);
            plain = any(mask) ? first(mask) : LANES;
        } else if (stays(canon, text, at)) {
            canon->bytes[canon->len] = canon_fold[*bytes];
            plain = 1;
        }
        canon->len += plain;
        at += plain;
        if (plain == LANES || (plain && at + LANES >= text.len))
            continue;
        size_t used = simple(canon, text, at);
        if (!used && stays(canon, text, at)) {
            put_byte(canon, (unsigned char)text.bytes[at], at);
            used = 1;
        }
        if (!used || canon->failed)
            break;
        at += used;
        canon_note(canon, at);
    }
    return at;
}
