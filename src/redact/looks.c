/* How values look: what tells a token from a word, a sentence or a piece of code. */
#include <string.h>
#include <strings.h>

#include "redact/text.h"

enum {
    RANDOM_LEAST = 12, /* bytes of a value that a name alone does not make a secret */
    TOKEN_LEAST = 16,  /* bytes of one that is no name in code */
    LONG_LEAST = 24,   /* ... and so few are as long that less disorder tells it */
    WORD_LEAST = 3,    /* letters of a word, on an average */
    CAPITALS = 7,      /* letters to a capital, where signs are, too */
};

/* Words that code has under names of secrets: types, modes, states. */
static const char *const literals[] = {
    "string",  "text",    "password", "hidden",  "number",   "boolean",       "function", "object",  "array",
    "any",     "none",    "auto",     "default", "required", "optional",      "include",  "omit",    "same-origin",
    "on",      "off",     "yes",      "no",      "basic",    "bearer",        "digest",   "header",  "query",
    "body",    "enabled", "disabled", "invalid", "valid",    "undefined",     "null",     "true",    "false",
    "unknown", "error",   "success",  "weak",    "strong",   "medium",        "missing",  "expired", "input",
    "button",  "symbol",  "integer",  "user",    "local",    "local-storage", "inherit",  "initial",
};

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool text_has_digit(struct har_text value)
{
    for (size_t i = 0; i < value.len; i++)
        if (is_digit((unsigned char)value.bytes[i]))
            return true;
    return false;
}

/* Mixed case that does not come from words that begin with a capital: in "invalidRequestError" a word has 6 letters, in
 * "QxLpWzRtYkMn" 1 to 2. */
static bool case_is_random(struct har_text value)
{
    size_t letters = 0, upper = 0, starts = 0;
    bool was_upper = true;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        if (!is_letter(c)) {
            was_upper = false;
            continue;
        }
        const bool now = c <= 'Z';
        letters++;
        upper += now;
        starts += now && !was_upper;
        was_upper = now;
    }
    return upper && upper < letters && (starts + 1) * WORD_LEAST > letters;
}

/* Words and short numbers with marks between them, as programs name things: "click.calculator.15_members". */
static bool is_named(struct har_text value)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        letters = is_letter(c) ? letters + 1 : 0;
        digits = is_digit(c) ? digits + 1 : 0;
        if (!is_letter(c) && !is_digit(c) && !(c && strchr("._-:/", c)))
            return false;
        const unsigned char before = i ? (unsigned char)value.bytes[i - 1] : 0;
        if (digits > 4 || (letters && is_digit(before)) || (digits && is_letter(before)))
            return false;
    }
    return !case_is_random(value);
}

/* Words in names of code have three letters or more mostly, and digits stand at their ends. */
bool text_looks_token(struct har_text value)
{
    size_t row = 0, odd = 0, digits = 0;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i], before = i ? (unsigned char)value.bytes[i - 1] : 0;
        const bool small = c >= 'a' && c <= 'z';
        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_')
            return false;
        odd += (!small && (row == 1 || row == 2)) || (is_digit(c) && is_letter(before)) || (is_letter(c) && is_digit(before));
        row = small ? row + 1 : 0;
        digits += is_digit(c);
    }
    return value.len >= TOKEN_LEAST && digits && (value.len >= LONG_LEAST ? 7 : 5) * odd >= value.len;
}

bool text_looks_padded(struct har_text value)
{
    size_t len = value.len, upper = 0, lower = 0;
    if (len < RANDOM_LEAST || len % 4 || value.bytes[len - 1] != '=')
        return false;
    len -= value.bytes[len - 2] == '=' ? 2 : 1;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        if (!is_letter(c) && !is_digit(c) && !(c && strchr("+/-_", c)))
            return false;
        upper += c >= 'A' && c <= 'Z';
        lower += c >= 'a' && c <= 'z';
    }
    return upper > 1 && lower > 1;
}

bool text_looks_coded(struct har_text value)
{
    bool digit = false;
    if (value.len < RANDOM_LEAST)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_')
            return false;
        digit |= is_digit(c);
    }
    return digit;
}

bool text_looks_random(struct har_text value)
{
    if (value.len < RANDOM_LEAST)
        return false;
    if (text_looks_padded(value))
        return true;
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.bytes[i] <= ' ' || strchr("\"'()<>", value.bytes[i]))
            return false;
    return (text_has_digit(value) || case_is_random(value)) && !is_named(value);
}

/* Words that sentences, hints and styles have, and pass phrases have not. */
static bool is_common_word(struct har_text word)
{
    static const char *const common[] = {
        "a",      "an",     "and",       "are",     "as",      "at",        "auto",  "be",      "between",  "by",
        "can",    "click",  "character", "day",     "digit",   "ease",      "enter", "error",   "expired",  "for",
        "from",   "has",    "have",      "here",    "hour",    "important", "in",    "invalid", "is",       "it",
        "least",  "letter", "less",      "maximum", "minimum", "minute",    "month", "more",    "most",     "must",
        "new",    "no",     "none",      "not",     "number",  "of",        "on",    "or",      "password", "please",
        "second", "should", "solid",     "than",    "that",    "the",       "this",  "to",      "up",       "use",
        "valid",  "was",    "week",      "will",    "with",    "year",      "you",   "your",    "zeichen",  "caracteres",
    };
    if (word.len > 3 && (word.bytes[word.len - 1] | 32) == 's')
        word.len--;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strlen(common[i]) == word.len && !strncasecmp(common[i], word.bytes, word.len))
            return true;
    return false;
}

/* Words with blanks between them that make no sentence: nothing but letters and digits in them, a third of them long, none of the
 * common ones, and no capital at the front alone. */
static bool is_phrase(struct har_text value)
{
    size_t words = 0, big = 0, capitals = 0;
    for (size_t at = 0; at < value.len;) {
        const size_t start = at;
        for (; at < value.len && value.bytes[at] != ' '; at++) {
            const unsigned char c = (unsigned char)value.bytes[at];
            if (!is_letter(c) && !is_digit(c) && c < 0x80)
                return false;
            capitals += c >= 'A' && c <= 'Z';
        }
        if (at > start && is_common_word((struct har_text){value.bytes + start, at - start}))
            return false;
        words += at > start;
        big += at - start >= 4;
        at++;
    }
    const bool capital = value.bytes[0] >= 'A' && value.bytes[0] <= 'Z';
    return 3 * big >= words && !(capital && capitals == 1);
}

bool text_looks_phrase(struct har_text value)
{
    size_t blanks = 0;
    for (size_t i = 1; i + 1 < value.len && blanks < 2; i++)
        blanks += value.bytes[i] == ' ' && value.bytes[i - 1] != ' ';
    return blanks >= 2 && text_has_digit(value) && is_phrase(value);
}

bool text_looks_prose(struct har_text value)
{
    size_t blanks = 0;
    for (size_t i = 1; i + 1 < value.len && blanks < 3; i++)
        blanks += value.bytes[i] == ' ' && value.bytes[i - 1] != ' ';
    if (!blanks)
        return false;
    return text_has_digit(value) ? blanks > 1 && !is_phrase(value) : blanks < 3 || !is_phrase(value);
}

/* Letters and digits without an order, with signs among them that words have not. */
bool text_looks_mess(struct har_text value)
{
    size_t good = 0, changes = 0, letters = 0, starts = 0, signs = 0;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i], before = i ? (unsigned char)value.bytes[i - 1] : 'A';
        if (c <= ' ' || (before == '<' && c == '/') || (before == '=' && c == '>') || (before == '(' && c == ')'))
            return false;
        good += is_letter(c) || is_digit(c) || c >= 0x80;
        letters += is_letter(c);
        starts += c >= 'A' && c <= 'Z' && !(before >= 'A' && before <= 'Z');
        signs += c >= 0x80 || strchr("%^$#@~!*&\"'<>(){};|\\", c) != NULL;
        changes += i && ((is_letter(c) && is_digit(before)) || (is_digit(c) && is_letter(before)));
    }
    return value.len >= RANDOM_LEAST && signs && 10 * good >= 7 * value.len &&
           (changes >= 3 || (starts >= 2 && (starts + 1) * CAPITALS > letters) || (changes && starts >= 2));
}

bool text_looks_template(struct har_text value)
{
    static const struct {
        const char *open, *close;
    } marks[] = {{"{{", "}}"}, {"${", "}"}, {"<%", "%>"}, {"{%", "%}"}, {"#{", "}"}, {"{", "}"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t open = strlen(marks[i].open), close = strlen(marks[i].close);
        if (value.len > open + close && value.len <= TEXT_NAME_MOST && !memcmp(value.bytes, marks[i].open, open) &&
            !memcmp(value.bytes + value.len - close, marks[i].close, close) && !memchr(value.bytes, ':', value.len))
            return true;
    }
    return value.len == 2 && value.bytes[0] == '%';
}

bool text_looks_literal(struct har_text value)
{
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++)
        if (value.len == strlen(literals[i]) && !strncasecmp(value.bytes, literals[i], value.len))
            return true;
    return false;
}

bool text_looks_word(struct har_text value)
{
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        if (!is_letter(c) && !(c && strchr("-_. :/", c)))
            return false;
    }
    return true;
}

bool text_looks_size(struct har_text value)
{
    size_t digits = 0;
    while (digits < value.len && (is_digit((unsigned char)value.bytes[digits]) || value.bytes[digits] == '.'))
        digits++;
    if (digits == 0 || value.len - digits > 4)
        return false;
    for (size_t i = digits; i < value.len; i++)
        if (!is_letter((unsigned char)value.bytes[i]) && value.bytes[i] != '%')
            return false;
    return digits < value.len;
}

bool text_looks_expression(struct har_text value)
{
    size_t digits = 0;
    if (!value.len || is_digit((unsigned char)value.bytes[0]))
        return false;
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        if (!text_is_name_byte(c) && c != '!')
            return false;
        if (is_digit(c) && i && value.bytes[i - 1] == '.') /* no name begins with one */
            return false;
        digits += is_digit(c);
    }
    return digits < 3 || memchr(value.bytes, '.', value.len);
}
