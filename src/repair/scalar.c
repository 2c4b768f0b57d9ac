/* Numbers and words, and what people write in their place. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json/literal.h"
#include "json/text.h"
#include "repair/internal.h"
#include "util/blank.h"
#include "util/text.h"

enum { WORD_MOST = 256 }; /* of what is no JSON; numbers of JSON may be as long as they like */

static bool ends_word(int c)
{
    return c < 0 || is_blank(c) || (c && strchr(",:{}[]\"'/#", c)) || (c < 0x20);
}

/* Behind the word at `at`; 0 when reading failed. */
static uint64_t word_end(struct repair *r, uint64_t at)
{
    do {
        if (!repair_look(r, at))
            return 0;
        if (ends_word(repair_peek(r, at)))
            return at;
        at++;
    } while (at - r->unit_at <= r->item_most);
    return at;
}

/* Words for values of JSON in other languages and other dresses. */
static const struct word {
    const char *text, *json;
    enum repair_mend mend;
} words[] = {
    {"NaN", "null", MEND_NAN},           {"-NaN", "null", MEND_NAN},     {"+NaN", "null", MEND_NAN},
    {"nan", "null", MEND_NAN},           {"Infinity", "null", MEND_NAN}, {"-Infinity", "null", MEND_NAN},
    {"+Infinity", "null", MEND_NAN},     {"inf", "null", MEND_NAN},      {"-inf", "null", MEND_NAN},
    {"undefined", "null", MEND_NOTHING}, {"None", "null", MEND_NOTHING}, {"nil", "null", MEND_NOTHING},
    {"True", "true", MEND_LITERAL},      {"TRUE", "true", MEND_LITERAL}, {"False", "false", MEND_LITERAL},
    {"FALSE", "false", MEND_LITERAL},    {"Null", "null", MEND_LITERAL}, {"NULL", "null", MEND_LITERAL},
};

/* 0x1F with an optional sign. */
static bool hexadecimal(const char *text, size_t len, char out[WORD_MOST + 4])
{
    const bool minus = *text == '-', sign = minus || *text == '+';
    uint64_t value = 0;
    text += sign;
    len -= sign;
    if (len < 3 || len > 18 || text[0] != '0' || text_lower(text[1]) != 'x')
        return false;
    for (size_t i = 2; i < len; i++) {
        if (text_hex(text[i]) < 0)
            return false;
        value = value << 4 | (uint64_t)text_hex(text[i]);
    }
    snprintf(out, WORD_MOST + 4, "%s%" PRIu64, minus && value ? "-" : "", value);
    return true;
}

/* +1, .5, 1., 007, -.5e3: the same number as JSON has it. */
static bool respelled(const char *text, size_t len, char out[WORD_MOST + 4])
{
    size_t at = 0, to = 0;
    bool whole;
    if (hexadecimal(text, len, out))
        return true;
    if (text[at] == '-')
        out[to++] = '-';
    at += text[at] == '-' || text[at] == '+';
    while (at + 1 < len && text[at] == '0' && text_is_digit(text[at + 1]))
        at++;
    if (at < len && text[at] == '.' && (at + 1 >= len || !text_is_digit(text[at + 1])) && (at == 0 || !text_is_digit(text[at - 1])))
        return false; /* no digit at all */
    if (at < len && text[at] == '.')
        out[to++] = '0';
    while (at < len && text_is_digit(text[at]))
        out[to++] = text[at++];
    if (at < len && text[at] == '.' && at + 1 < len && text_is_digit(text[at + 1]))
        out[to++] = text[at++];
    else if (at < len && text[at] == '.')
        at++;
    while (at < len)
        out[to++] = text[at++];
    out[to] = '\0';
    return json_number_length(out, to, &whole) == to && to;
}

/* What may follow a value: so that half a string is not taken for a word. */
static bool well_followed(struct repair *r, uint64_t at)
{
    at = repair_after_blanks(r, at);
    const int c = repair_peek(r, at);
    return c == ',' || c == '}' || c == ']' || c == '/' || c == '#';
}

static bool replace(struct repair *r, uint64_t end, const char *json, enum repair_mend mend)
{
    const bool done = repair_edit_text(r, r->at, end - r->at, json, mend);
    r->at = end;
    return done;
}

/* A word of letters becomes a string. */
static bool quote(struct repair *r, uint64_t end)
{
    return repair_edit_text(r, r->at, 0, "\"", MEND_WORD_QUOTES) && repair_edit_text(r, end, 0, "\"", MEND_NONE) && (r->at = end);
}

static bool is_word(const unsigned char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!text_is_letter((char)text[i]) && !text_is_digit((char)text[i]) && !strchr("_$-.+*", text[i]))
            return false;
    return text_is_letter((char)*text) || *text == '_' || *text == '$';
}

static enum walk odd(struct repair *r, uint64_t end)
{
    const char *text = (const char *)repair_bytes(r, r->at);
    const size_t len = (size_t)(end - r->at);
    char json[WORD_MOST + 4];
    if (len > WORD_MOST || !len || !well_followed(r, end)) {
        const bool cut = r->end == end;
        repair_broken(r, r->at,
                      cut ? "the input ends inside a word that starts here" : json_odd_byte((const unsigned char *)text, len));
        r->fault.mend = cut ? MEND_CUT_MEMBER : MEND_NONE;
        return WALK_BROKEN;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].text) == len && memcmp(words[i].text, text, len) == 0)
            return replace(r, end, words[i].json, words[i].mend) ? WALK_WHOLE : WALK_STOP;
    if (text_is_digit(*text) || strchr("+-.", *text))
        return (respelled(text, len, json) ? replace(r, end, json, MEND_NUMBER) : replace(r, end, "null", MEND_NUMBER_LOST))
                   ? WALK_WHOLE
                   : WALK_STOP;
    if (is_word((const unsigned char *)text, len))
        return quote(r, end) ? WALK_WHOLE : WALK_STOP;
    return repair_broken(r, r->at, json_odd_byte((const unsigned char *)text, len));
}

enum walk repair_scalar(struct repair *r)
{
    const uint64_t end = word_end(r, r->at);
    if (!end)
        return WALK_STOP;
    const unsigned char *text = repair_bytes(r, r->at);
    const size_t len = (size_t)(end - r->at);
    const struct json_literal *literal = len ? json_find_literal(text, len) : NULL;
    bool whole;
    if ((literal && !literal->odd && literal->len == len) || (len && json_number_length((const char *)text, len, &whole) == len)) {
        r->at = end;
        if (end == r->end) { /* more may have stood here */
            repair_broken(r, end, "the input ends here, inside a value");
            r->fault.mend = MEND_CUT_MEMBER;
            return WALK_BROKEN;
        }
        return WALK_WHOLE;
    }
    return odd(r, end);
}
