/* See escapes.h. */
#include "redact/escapes.h"

#include <string.h>

#include "redact/dictionary.h"
#include "util/text.h"
#include "util/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Entities for characters of ASCII, and the blank that is none. */
static const struct {
    const char *name;
    char c;
} entities[] = {
    {"amp;", '&'},    {"quot;", '"'},   {"apos;", '\''},  {"lt;", '<'},       {"gt;", '>'},     {"nbsp;", ' '},   {"colon;", ':'},
    {"equals;", '='}, {"sol;", '/'},    {"bsol;", '\\'},  {"num;", '#'},      {"quest;", '?'},  {"commat;", '@'}, {"comma;", ','},
    {"period;", '.'}, {"semi;", ';'},   {"plus;", '+'},   {"percnt;", '%'},   {"dollar;", '$'}, {"excl;", '!'},   {"lpar;", '('},
    {"rpar;", ')'},   {"lsqb;", '['},   {"rsqb;", ']'},   {"lbrack;", '['},   {"rbrack;", ']'}, {"lcub;", '{'},   {"rcub;", '}'},
    {"lbrace;", '{'}, {"rbrace;", '}'}, {"lowbar;", '_'}, {"ast;", '*'},      {"midast;", '*'}, {"verbar;", '|'}, {"vert;", '|'},
    {"grave;", '`'},  {"Hat;", '^'},    {"Tab;", '\t'},   {"NewLine;", '\n'}, {"AMP;", '&'},    {"QUOT;", '"'},   {"LT;", '<'},
    {"GT;", '>'},
};

/* Up to `most` digits of hexadecimal from `at` on; how many. */
static size_t hex(struct har_text text, size_t at, size_t most, uint32_t *value)
{
    size_t count = 0;
    *value = 0;
    for (; count < most && at + count < text.len && text_hex(text.bytes[at + count]) >= 0; count++)
        *value = *value << 4 | (uint32_t)text_hex(text.bytes[at + count]);
    return count;
}

static size_t put_point(uint32_t point, char out[4])
{
    const size_t len = utf8_encode(point, out);
    return len ? len : utf8_encode(0xfffd, out);
}

/* A unit of UTF-16 that is written with `front` bytes and four digits; with the second half of a pair when it is there. */
static size_t units(struct har_text text, size_t front, char out[4], size_t *len)
{
    uint32_t high, low;
    if (hex(text, front, 4, &high) != 4)
        return 0;
    size_t used = front + 4;
    if (high >= 0xd800 && high < 0xdc00 && text.len > used + front && memcmp(text.bytes, text.bytes + used, front) == 0 &&
        hex(text, used + front, 4, &low) == 4 && low >= 0xdc00 && low < 0xe000) {
        high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        used += front + 4;
    }
    *len = put_point(high, out);
    return used;
}

static size_t percent(struct har_text text, char out[4], size_t *len)
{
    uint32_t value;
    if (text.len > 2 && text_hex(text.bytes[1]) >= 0) {
        *len = 1;
        const size_t digits = hex(text, 1, 2, &value);
        out[0] = (char)value;
        return digits == 2 ? 3 : 0;
    }
    return text.len > 5 && text.bytes[1] == 'u' ? units(text, 2, out, len) : 0;
}

/* \u{1F600} */
static size_t braced(struct har_text text, char out[4], size_t *len)
{
    uint32_t value;
    const size_t digits = hex(text, 3, 6, &value);
    if (!digits || text.len <= 3 + digits || text.bytes[3 + digits] != '}')
        return 0;
    *len = put_point(value, out);
    return 4 + digits;
}

/* What the letter behind a backslash stands for; 0: nothing of its own. */
static char meant_by(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'v':
        return '\v';
    default:
        return c > ' ' && c < 0x7f && !text_is_letter(c) && !text_is_digit(c) ? c : '\0';
    }
}

/* A backslash before a token is none of an escape: the token's first letter is not what it was there for. */
static size_t backslash(struct har_text text, char out[4], size_t *len)
{
    uint32_t value;
    if (text.len < 2)
        return 0;
    const char c = text.bytes[1];
    *len = 1;
    if (c == 'u')
        return text.len > 2 && text.bytes[2] == '{' ? braced(text, out, len) : units(text, 2, out, len);
    if (c == 'x') {
        if (hex(text, 2, 2, &value) != 2)
            return 0;
        *len = put_point(value, out);
        return 4;
    }
    out[0] = meant_by(c);
    if (c == 'r' && redact_token_length((struct har_text){text.bytes + 1, text.len - 1}))
        return 0;
    return out[0] ? 2 : 0;
}

/* &#39; &#x27; */
static size_t numbered(struct har_text text, char out[4], size_t *len)
{
    uint32_t value = 0;
    size_t at = 2;
    if (text.len > 3 && (text.bytes[2] | 0x20) == 'x') {
        const size_t digits = hex(text, 3, 6, &value);
        at = digits ? 3 + digits : 0;
    } else {
        for (; at < text.len && at < 9 && text_is_digit(text.bytes[at]); at++)
            value = value * 10 + (uint32_t)(text.bytes[at] - '0');
        at = at == 2 ? 0 : at;
    }
    if (!at || at >= text.len || text.bytes[at] != ';')
        return 0;
    *len = put_point(value, out);
    return at + 1;
}

static size_t entity(struct har_text text, char out[4], size_t *len)
{
    if (text.len < 4)
        return 0;
    if (text.bytes[1] == '#')
        return numbered(text, out, len);
    if (!text_is_letter(text.bytes[1]))
        return 0;
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        const size_t name = strlen(entities[i].name);
        if (text.len > name && memcmp(text.bytes + 1, entities[i].name, name) == 0) {
            out[0] = entities[i].c;
            *len = 1;
            return name + 1;
        }
    }
    return 0;
}

static size_t soft_break(struct har_text text, size_t *len)
{
    *len = 0;
    if (text.len > 1 && text.bytes[1] == '\n')
        return 2;
    return text.len > 2 && text.bytes[1] == '\r' && text.bytes[2] == '\n' ? 3 : 0;
}

size_t escape_read(struct har_text text, char out[4], size_t *len)
{
    switch (text.len ? text.bytes[0] : '\0') {
    case '%':
        return percent(text, out, len);
    case '\\':
        return backslash(text, out, len);
    case '&':
        return entity(text, out, len);
    case '=':
        return soft_break(text, len);
    default:
        return 0;
    }
}

static bool may_begin(struct har_text text, size_t at)
{
    const char c = text.bytes[at];
    if (c == '=')
        return at + 1 < text.len && (text.bytes[at + 1] == '\n' || text.bytes[at + 1] == '\r');
    return c == '%' || c == '\\' || c == '&';
}

#if defined(__SSE2__)
enum { STEP = 16 };

static inline __m128i load(const char *text)
{
    return _mm_loadu_si128((const __m128i *)(const void *)text);
}

static inline __m128i is(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static inline unsigned candidates(const char *text)
{
    const __m128i v = load(text), next = load(text + 1);
    const __m128i one = _mm_or_si128(_mm_or_si128(is(v, '%'), is(v, '\\')), is(v, '&'));
    const __m128i two = _mm_and_si128(is(v, '='), _mm_or_si128(is(next, '\n'), is(next, '\r')));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(one, two));
}
#endif

size_t escape_candidate(struct har_text text, size_t from)
{
#if defined(__SSE2__)
    for (; from + STEP < text.len; from += STEP) {
        const unsigned found = candidates(text.bytes + from);
        if (found)
            return from + (unsigned)__builtin_ctz(found);
    }
#endif
    while (from < text.len && !may_begin(text, from))
        from++;
    return from;
}

size_t escape_find(struct har_text text, size_t from)
{
    char out[4];
    size_t len;
    for (from = escape_candidate(text, from); from < text.len; from = escape_candidate(text, from + 1)) {
        const struct har_text rest = {text.bytes + from, text.len - from};
        if (escape_read(rest, out, &len))
            break;
    }
    return from < text.len ? from : text.len;
}

size_t escape_behind(struct har_text text, size_t at)
{
    enum { INSIDE_MOST = 5 }; /* of "\\u0020" and "%u0020" */
    char out[4];
    size_t len;
    for (size_t back = 1; back <= INSIDE_MOST && back <= at; back++) {
        const size_t start = at - back;
        if (text.bytes[start] != '%' && text.bytes[start] != '\\')
            continue;
        const size_t used = escape_read((struct har_text){text.bytes + start, text.len - start}, out, &len);
        return used > back ? start + used : at;
    }
    return at;
}
