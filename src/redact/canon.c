/* The canonical view. Bytes are pushed one by one; as soon as the last one completes an escape, its bytes are taken off again and
 * what they stand for is pushed, which may complete the next one. So all depths are decoded in one pass. */
#include "redact/canon_own.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "util/text.h"

/* What each byte may be in an escape. */
const unsigned char canon_kinds[256] = {
    0, 0,  0,  0,  0,  0,  0,  0, 0, 0, 16, 0, 0, 16, 0,  0, 0, 0, 0,  0, 0,  0,  0,  0, 0,  0, 0, 0, 0,  0, 0, 0,
    0, 0,  4,  8,  0,  31, 31, 4, 0, 0, 0,  0, 0, 0,  0,  4, 2, 2, 2,  2, 2,  2,  2,  2, 2,  2, 0, 0, 0,  1, 0, 0,
    0, 10, 14, 10, 10, 10, 14, 8, 8, 8, 8,  8, 8, 8,  12, 8, 8, 8, 12, 8, 12, 14, 12, 8, 12, 8, 8, 0, 31, 0, 0, 4,
    0, 10, 14, 10, 10, 10, 14, 8, 8, 8, 8,  8, 8, 8,  12, 8, 8, 8, 12, 8, 12, 14, 12, 8, 12, 8, 8, 0, 0,  0, 0, 0,
};

/* Names are folded. */
static const struct {
    const char *name;
    unsigned char code;
} entities[] = {
    {"amp", '&'},    {"lt", '<'},     {"gt", '>'},     {"quot", '"'},   {"apos", '\''},    {"nbsp", ' '},
    {"plus", '+'},   {"sol", '/'},    {"equals", '='}, {"bsol", '\\'},  {"percnt", '%'},   {"num", '#'},
    {"colon", ':'},  {"comma", ','},  {"period", '.'}, {"semi", ';'},   {"commat", '@'},   {"excl", '!'},
    {"dollar", '$'}, {"lpar", '('},   {"rpar", ')'},   {"ast", '*'},    {"quest", '?'},    {"lowbar", '_'},
    {"hat", '^'},    {"lsqb", '['},   {"rsqb", ']'},   {"lbrack", '['}, {"rbrack", ']'},   {"lcub", '{'},
    {"rcub", '}'},   {"verbar", '|'}, {"vert", '|'},   {"tab", '\t'},   {"newline", '\n'}, {"hyphen", '-'},
};

const unsigned char canon_fold[256] = {
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
    0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x2d, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27,
    0x28, 0x29, 0x2a, 0x2d, 0x2c, 0x2d, 0x2e, 0x5f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b,
    0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f,
    0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x61, 0x62, 0x63,
    0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77,
    0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b,
    0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f,
    0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3,
    0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
    0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xdb,
    0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef,
    0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff,
};

/* ---- folding */

void canon_copy(unsigned char *out, const unsigned char *bytes, size_t len)
{
    size_t i = 0;
    for (; i + LANES <= len; i += LANES) {
        const lanes folded = canon_fold_lanes(canon_load(bytes + i));
        memcpy(out + i, &folded, sizeof folded);
    }
    for (; i < len; i++)
        out[i] = canon_fold[bytes[i]];
}

/* ---- the output, and where it came from */

static size_t source_at(const struct canon *canon, size_t at)
{
    size_t low = 0, high = canon->jumps;
    if (canon->jump[high - 1].at <= at) /* mostly it is one of the last bytes */
        low = high - 1;
    else if (high > 1 && canon->jump[high - 2].at <= at)
        low = --high - 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (canon->jump[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return canon->jump[low].from + (at - canon->jump[low].at);
}

size_t canon_source(const struct canon *canon, size_t at, size_t source_len)
{
    return at >= canon->len ? source_len : source_at(canon, at);
}

bool canon_grow_jumps(struct canon *canon)
{
    const size_t cap = canon->jump_cap ? canon->jump_cap * 2 : 64;
    struct canon_jump *more = realloc(canon->jump, cap * sizeof *more);
    if (!more) {
        canon->failed = true;
        return false;
    }
    canon->jump = more;
    canon->jump_cap = cap;
    return true;
}

/* The output never grows beyond the source: what is decoded is shorter than what it was. */
static void push(struct canon *canon, unsigned char byte, size_t from)
{
    canon_note(canon, from);
    canon->bytes[canon->len++] = canon_fold[byte];
    if (canon_kinds[byte] & BEGINS)
        canon->pending = canon->len;
}

/* Finds the last byte that may begin an escape. */
static void look_back(struct canon *canon)
{
    const size_t least = canon->len > ESCAPE_MOST ? canon->len - ESCAPE_MOST : 0;
    size_t at = canon->len;
    while (at > least && !(canon_kinds[canon->bytes[at - 1]] & BEGINS))
        at--;
    canon->pending = at > least ? at : 0;
}

/* Takes the last `count` bytes off; returns where the first of them came from. */
static size_t pop(struct canon *canon, size_t count)
{
    canon->len -= count;
    const size_t from = source_at(canon, canon->len);
    while (canon->jumps && canon->jump[canon->jumps - 1].at >= canon->len)
        canon->jumps--;
    if (canon->pending > canon->len)
        look_back(canon);
    return from;
}

void canon_push_code(struct canon *canon, uint32_t code, size_t from)
{
    /* The second half of a pair of surrogates: the first half stands there as three bytes. */
    if (code >= 0xdc00 && code < 0xe000 && canon->len >= 3) {
        const unsigned char *half = canon->bytes + canon->len - 3;
        if (half[0] == 0xed && half[1] >= 0xa0 && half[1] < 0xb0) {
            code = 0x10000 + ((uint32_t)(half[1] & 0x0f) << 16 | (uint32_t)(half[2] & 0x3f) << 10) + (code - 0xdc00);
            from = pop(canon, 3);
        }
    }
    if (code < 0x80) {
        push(canon, (unsigned char)code, from);
        return;
    }
    if (code >= 0x10000) {
        push(canon, (unsigned char)(0xf0 | (code >> 18 & 7)), from);
        push(canon, (unsigned char)(0x80 | (code >> 12 & 63)), from);
    } else if (code >= 0x800) {
        push(canon, (unsigned char)(0xe0 | code >> 12), from);
    } else {
        push(canon, (unsigned char)(0xc0 | code >> 6), from);
    }
    if (code >= 0x800)
        push(canon, (unsigned char)(0x80 | (code >> 6 & 63)), from);
    push(canon, (unsigned char)(0x80 | (code & 63)), from);
}

/* ---- escapes that end with the last byte of the output */

/* The number in `count` digits at `digits`; -1: they are none. */
int32_t canon_number(const unsigned char *digits, size_t count, unsigned base)
{
    int32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        const int digit = text_hex((char)digits[i]);
        if (digit < 0 || (unsigned)digit >= base || value > 0x10ffff)
            return -1;
        value = value * (int32_t)base + digit;
    }
    return value > 0x10ffff || !count ? -1 : value;
}

/* Replaces the last `count` bytes by a character. */
static bool decode(struct canon *canon, size_t count, uint32_t code)
{
    const size_t from = pop(canon, count);
    canon_push_code(canon, code, from);
    return true;
}

/* %41 \x41 %u0041 \u0041 */
static bool hex_ends(struct canon *canon)
{
    const unsigned char *end = canon->bytes + canon->len;
    int32_t code = -1;
    if (canon->len >= 3 && end[-3] == '%' && (code = canon_number(end - 2, 2, 16)) >= 0) {
        const size_t from = pop(canon, 3);
        push(canon, (unsigned char)code, from); /* a byte */
        return true;
    }
    if (canon->len >= 4 && end[-4] == '\\' && end[-3] == 'x' && (code = canon_number(end - 2, 2, 16)) >= 0)
        return decode(canon, 4, (uint32_t)code);
    if (canon->len >= 6 && (end[-6] == '\\' || end[-6] == '%') && end[-5] == 'u' && (code = canon_number(end - 4, 4, 16)) >= 0)
        return decode(canon, 6, (uint32_t)code);
    return false;
}

/* \n \" \/ \\ and the like. A row of backslashes counts as one: each level of escaping doubles them. One of its own behind one that
 * was an escape is no row, but begins the next escape: \u005c\u0075 is \u. */
static bool backslash_ends(struct canon *canon, struct har_text text, size_t at)
{
    static const char from[] = "nrtbfv\"'_\\", to[] = "\n\r\t\b\f\v\"'/\\";
    if (canon->len < 2 || canon->bytes[canon->len - 2] != '\\')
        return false;
    if (text.bytes[at] == '\\' && canon->bytes[canon->len - 1] == '\\' && at && text.bytes[at - 1] != '\\')
        return false;
    const char *found = memchr(from, canon->bytes[canon->len - 1], sizeof from - 1);
    return found && decode(canon, 2, (unsigned char)to[found - from]);
}

/* What `name`, the inside of an entity, stands for; -1. */
int32_t canon_entity(const unsigned char *name, size_t len)
{
    if (len > 1 && name[0] == '#')
        return name[1] == 'x' ? canon_number(name + 2, len - 2, 16) : canon_number(name + 1, len - 1, 10);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == len && memcmp(entities[i].name, name, len) == 0)
            return entities[i].code;
    return -1;
}

static bool entity_ends(struct canon *canon)
{
    const size_t most = canon->len < ESCAPE_MOST ? canon->len : ESCAPE_MOST;
    for (size_t back = 2; back <= most; back++) {
        const unsigned char *start = canon->bytes + canon->len - back;
        if (*start != '&')
            continue;
        const int32_t code = canon_entity(start + 1, back - 2);
        return code >= 0 && decode(canon, back, (uint32_t)code);
    }
    return false;
}

/* \u{41} */
static bool brace_ends(struct canon *canon)
{
    const size_t most = canon->len < ESCAPE_MOST ? canon->len : ESCAPE_MOST;
    for (size_t back = 5; back <= most; back++) {
        const unsigned char *start = canon->bytes + canon->len - back;
        if (start[0] != '\\' || start[1] != 'u' || start[2] != '{')
            continue;
        const int32_t code = canon_number(start + 3, back - 4, 16);
        return code >= 0 && decode(canon, back, (uint32_t)code);
    }
    return false;
}

/* A line break behind "=". */
static bool soft_break_ends(struct canon *canon)
{
    const unsigned char *end = canon->bytes + canon->len;
    const size_t count = canon->len >= 2 && end[-2] == '=' ? 2 : canon->len >= 3 && end[-2] == '\r' && end[-3] == '=' ? 3 : 0;
    if (count)
        pop(canon, count);
    return count != 0;
}

/* "=3D", in capitals, as source bytes. */
static void quoted_ends(struct canon *canon, struct har_text text, size_t at)
{
    if (!canon->quoted || at < 2 || canon->len < 3 || canon->bytes[canon->len - 3] != '=' ||
        source_at(canon, canon->len - 3) != at - 2)
        return;
    const char *digits = text.bytes + at - 1;
    if ((digits[0] >= 'a' && digits[0] <= 'f') || (digits[1] >= 'a' && digits[1] <= 'f'))
        return;
    const int32_t code = canon_number((const unsigned char *)digits, 2, 16);
    if (code < 0)
        return;
    const size_t from = pop(canon, 3);
    push(canon, (unsigned char)code, from);
}

/* Decodes what the last byte completes, and what that completes. Each step makes the output shorter or ends. */
static void settle(struct canon *canon, struct har_text text, size_t at)
{
    bool again = true;
    quoted_ends(canon, text, at);
    while (again && canon->len) {
        const unsigned char last = canon->bytes[canon->len - 1];
        again = false;
        if (last == '\n')
            soft_break_ends(canon);
        else if (last == ';')
            again = entity_ends(canon);
        else if (last == '}')
            again = brace_ends(canon);
        else
            again = (text_hex((char)last) >= 0 && hex_ends(canon)) || backslash_ends(canon, text, at);
    }
}

/* ---- the whole text */

static bool make_room(struct canon *canon, size_t len)
{
    if (canon->cap >= len)
        return true;
    if (canon->bytes)
        explicit_bzero(canon->bytes, canon->cap);
    free(canon->bytes);
    canon->bytes = malloc(len);
    canon->cap = canon->bytes ? len : 0;
    return canon->bytes != NULL;
}

/* Whether the "=" at `at` is at the end of a line, or before an escape that may be one. */
static bool ends_line(struct har_text text, size_t at)
{
    static const char *const ends[] = {"\n", "\r\n", "\\n", "\\r\\n"};
    const struct har_text rest = {text.bytes + at + 1, text.len - at - 1};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (rest.len >= strlen(ends[i]) && memcmp(rest.bytes, ends[i], strlen(ends[i])) == 0)
            return true;
    return false;
}

static bool has_soft_break(struct har_text text)
{
    for (const char *at = text.bytes; (at = memchr(at, '=', text.len - (size_t)(at - text.bytes))) != NULL; at++)
        if (ends_line(text, (size_t)(at - text.bytes)))
            return true;
    return false;
}

bool canon_may_be_quoted(struct har_text text)
{
    for (const char *at = text.bytes; (at = memchr(at, '=', text.len - (size_t)(at - text.bytes))) != NULL; at++)
        if (canon_is_quoted(text, (size_t)(at - text.bytes)))
            return true;
    return false;
}

bool canon_make(struct canon *canon, struct har_text text, bool quoted)
{
    canon->len = canon->jumps = canon->pending = 0;
    canon->failed = false;
    if (!make_room(canon, text.len + LANES))
        return false;
    canon->soft_breaks = canon->quoted = quoted && has_soft_break(text);
    for (size_t at = 0; at < text.len && !canon->failed;) {
        if (!canon->pending || canon->len > canon->pending + ESCAPE_MOST) {
            canon->pending = 0;
            at = canon_copy_simple(canon, text, at);
            if (at == text.len)
                break;
        }
        push(canon, (unsigned char)text.bytes[at], at);
        if (text.bytes[at] == '=' && !canon->soft_breaks) /* of those that end a line none is simple */
            canon->soft_breaks = ends_line(text, at);
        if (!canon->failed)
            settle(canon, text, at);
        at++;
    }
    return !canon->failed;
}

size_t canon_whole(const struct canon *canon)
{
    const size_t most = canon->len < 6 ? canon->len : 6;
    for (size_t back = 1; back <= most; back++) {
        const unsigned char *start = canon->bytes + canon->len - back;
        if (*start != '%' && *start != '\\')
            continue;
        size_t digits = 1 + (back > 1 && (start[1] == 'u' || (*start == '\\' && start[1] == 'x')));
        while (digits < back && text_hex((char)start[digits]) >= 0)
            digits++;
        return digits == back ? canon->len - back : canon->len;
    }
    return canon->len;
}

void canon_release(struct canon *canon)
{
    if (canon->bytes)
        explicit_bzero(canon->bytes, canon->cap);
    free(canon->bytes);
    free(canon->jump);
    *canon = (struct canon){.len = 0};
}
