/* The tokens of a date. */
#include "consumer/ecma_token.h"

#include "consumer/ecma.h"

enum { PREFIX = 3 }; /* letters that a word is known by */

static const struct {
    char prefix[PREFIX + 1];
    enum word_kind kind;
    int value;
} words[] = {
    {"jan", WORD_MONTH, 1},  {"feb", WORD_MONTH, 2},  {"mar", WORD_MONTH, 3}, {"apr", WORD_MONTH, 4}, {"may", WORD_MONTH, 5},
    {"jun", WORD_MONTH, 6},  {"jul", WORD_MONTH, 7},  {"aug", WORD_MONTH, 8}, {"sep", WORD_MONTH, 9}, {"oct", WORD_MONTH, 10},
    {"nov", WORD_MONTH, 11}, {"dec", WORD_MONTH, 12}, {"am", WORD_HALF, 0},   {"pm", WORD_HALF, 12},  {"ut", WORD_ZONE, 0},
    {"utc", WORD_ZONE, 0},   {"z", WORD_ZONE, 0},     {"gmt", WORD_ZONE, 0},  {"cdt", WORD_ZONE, -5}, {"cst", WORD_ZONE, -6},
    {"edt", WORD_ZONE, -4},  {"est", WORD_ZONE, -5},  {"mdt", WORD_ZONE, -6}, {"mst", WORD_ZONE, -7}, {"pdt", WORD_ZONE, -7},
    {"pst", WORD_ZONE, -8},  {"t", WORD_T, 0},
};

static uint32_t look(const struct ecma_source *r)
{
    const char *text = r->text;
    size_t len = r->len;
    return len ? ecma_take(&text, &len) : 0;
}

static void skip(struct ecma_source *r)
{
    if (r->len)
        ecma_take(&r->text, &r->len);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool in_word(uint32_t c)
{
    return c >= 'A' && !ecma_space(c);
}

static struct ecma_token scan_number(struct ecma_source *r)
{
    struct ecma_token token = {.kind = TOKEN_NUMBER};
    int counted = 0;
    for (uint32_t c; is_digit(c = look(r)); skip(r)) {
        token.length += token.length < ECMA_NONE;
        if (!counted && c == '0')
            continue;
        if (counted < ECMA_DIGITS_MOST)
            token.value = token.value * 10 + (int)(c - '0');
        counted += counted < ECMA_DIGITS_MOST;
    }
    return token;
}

static struct ecma_token scan_word(struct ecma_source *r)
{
    uint32_t prefix[PREFIX] = {0};
    size_t length = 0;
    for (uint32_t c; in_word(c = look(r)); skip(r), length++)
        if (length < PREFIX)
            prefix[length] = c | 0x20;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t same = 0;
        while (same < PREFIX && prefix[same] == (unsigned char)words[i].prefix[same])
            same++;
        if (same == PREFIX && (length <= PREFIX || words[i].kind == WORD_MONTH))
            return (struct ecma_token){.kind = TOKEN_WORD,
                                       .word = words[i].kind,
                                       .value = words[i].value,
                                       .length = length <= PREFIX ? (int)length : PREFIX + 1};
    }
    return (struct ecma_token){.kind = TOKEN_WORD, .word = WORD_OTHER};
}

static void skip_parentheses(struct ecma_source *r)
{
    size_t open = 0;
    do {
        const uint32_t c = look(r);
        open += c == '(';
        open -= c == ')';
        skip(r);
    } while (open && look(r));
}

struct ecma_token ecma_token(struct ecma_source *r)
{
    const uint32_t c = look(r);
    if (!c) /* a NUL ends the text too */
        return (struct ecma_token){.kind = TOKEN_END};
    if (is_digit(c))
        return scan_number(r);
    if (in_word(c))
        return scan_word(r);
    if (c == '(') {
        skip_parentheses(r);
        return (struct ecma_token){.kind = TOKEN_OTHER};
    }
    skip(r);
    if (c == ':' || c == '-' || c == '+' || c == '.' || c == ')')
        return (struct ecma_token){.kind = TOKEN_SYMBOL, .value = (int)c};
    return (struct ecma_token){.kind = ecma_space(c) ? TOKEN_SPACE : TOKEN_OTHER};
}
