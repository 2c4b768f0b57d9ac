/* Tokens of filter expressions. */
#include "transform/filter_read.h"

#include <stdarg.h>
#include <stdio.h>

#include "json/text.h"
#include "util/text.h"
#include "util/utf8.h"

/* What is quoted of an expression in a message. */
enum { QUOTED_MOST = 40 };

static size_t column_of(const struct filter_reader *reader, const char *at)
{
    size_t column = 1;
    for (const char *p = reader->text.bytes; p < at; p++)
        column += ((unsigned char)*p & 0xc0) != 0x80;
    return column;
}

bool filter_wrong(struct filter_reader *reader, const char *at, const char *format, ...)
{
    char text[sizeof reader->error->text];
    va_list args;
    if (reader->failed)
        return false;
    reader->failed = true;
    *reader->column = column_of(reader, at);
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    har_error_set(reader->error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "column %zu: %s", *reader->column, text);
    return false;
}

bool filter_no_memory(struct filter_reader *reader)
{
    if (!reader->failed)
        har_error_memory(reader->error);
    reader->failed = true;
    return false;
}

/* Whether a token is short enough to be quoted. */
static bool quotable(const struct filter_token *token)
{
    return token->kind > FILTER_TOKEN_END && token->text.len <= QUOTED_MOST;
}

/* What people write who know other languages. */
static const char *own_spelling(struct har_text text)
{
    static const struct {
        const char *other, *own;
    } spellings[] = {
        {"&&", "and"}, {"&", "and"}, {"||", "or"}, {"|", "or"},    {"!", "not"}, {"=", "=="},    {"===", "=="}, {"<>", "!="},
        {"~", "=~"},   {"=<", "<="}, {"=>", ">="}, {"AND", "and"}, {"OR", "or"}, {"NOT", "not"}, {"IN", "in"},
    };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (text_is_exactly(text, spellings[i].other))
            return spellings[i].own;
    return NULL;
}

bool filter_expected(struct filter_reader *reader, const char *what)
{
    const struct filter_token *token = &reader->token, *before = &reader->before;
    const char *own = own_spelling(token->text);
    if (own)
        return filter_wrong(reader, token->text.bytes, "expected %s; for %.*s write %s", what, (int)token->text.len,
                            token->text.bytes, own);
    if (quotable(before))
        return filter_wrong(reader, token->text.bytes, "expected %s after %.*s", what, (int)before->text.len, before->text.bytes);
    if (token->kind == FILTER_TOKEN_END)
        return filter_wrong(reader, token->text.bytes, "expected %s at the end", what);
    return filter_wrong(reader, token->text.bytes, "expected %s here", what);
}

static bool is_word(char c)
{
    return text_is_letter(c) || text_is_digit(c) || c == '_';
}

/* The length of a text with its quotes, 0 when it is not closed. In '...' everything stands for itself. */
static size_t string_length(const char *at, const char *end)
{
    for (const char *p = at + 1; p < end; p++) {
        if (*p == *at)
            return (size_t)(p + 1 - at);
        p += *at == '"' && *p == '\\';
    }
    return 0;
}

static size_t number_length(const char *at, const char *end)
{
    const char *p = at + (*at == '-');
    while (p < end && (is_word(*p) || *p == '.'))
        p++;
    return (size_t)(p - at);
}

static void read_compare(struct filter_token *token, const char *at, const char *end)
{
    static const struct {
        const char *text;
        enum filter_compare compare;
    } compares[] = {
        {"==", FILTER_EQUAL},   {"!=", FILTER_UNEQUAL}, {"<=", FILTER_AT_MOST}, {">=", FILTER_AT_LEAST},
        {"=~", FILTER_MATCHES}, {"!~", FILTER_DIFFERS}, {"<", FILTER_LESS},     {">", FILTER_MORE},
    };
    size_t len = 0;
    while (at + len < end && memchr("=!<>~&|", at[len], 7))
        len++;
    *token = (struct filter_token){FILTER_TOKEN_OTHER, FILTER_EQUAL, {at, len}};
    for (size_t i = 0; i < sizeof compares / sizeof *compares; i++) {
        if (!text_is_exactly(token->text, compares[i].text))
            continue;
        token->kind = FILTER_TOKEN_COMPARE;
        token->compare = compares[i].compare;
    }
}

bool filter_read_next(struct filter_reader *reader)
{
    const char *at = reader->token.text.bytes + reader->token.text.len, *const end = reader->text.bytes + reader->text.len;
    struct filter_token *token = &reader->token;
    reader->before = *token;
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    *token = (struct filter_token){FILTER_TOKEN_OTHER, FILTER_EQUAL, {at, 1}};
    if (at == end) {
        *token = (struct filter_token){FILTER_TOKEN_END, FILTER_EQUAL, {at, 0}};
    } else if (text_is_letter(*at) || *at == '_') {
        token->kind = FILTER_TOKEN_WORD;
        while (at + token->text.len < end && is_word(at[token->text.len]))
            token->text.len++;
    } else if (text_is_digit(*at) || (*at == '-' && end - at > 1 && text_is_digit(at[1]))) {
        token->kind = FILTER_TOKEN_NUMBER;
        token->text.len = number_length(at, end);
    } else if (*at == '"' || *at == '\'') {
        token->kind = FILTER_TOKEN_STRING;
        token->text.len = string_length(at, end);
        if (!token->text.len)
            return filter_wrong(reader, at, "the text that begins here has no closing %c", *at);
    } else if (memchr("=!<>~&|", *at, 7)) {
        read_compare(token, at, end);
    } else if (memchr("(),", *at, 3)) {
        token->kind = *at == '(' ? FILTER_TOKEN_OPEN : *at == ')' ? FILTER_TOKEN_CLOSE : FILTER_TOKEN_COMMA;
    } else {
        uint32_t point;
        token->text.len = utf8_decode(at, (size_t)(end - at), &point);
    }
    return true;
}

bool filter_read_begin(struct filter_reader *reader)
{
    const char *const end = reader->text.bytes + reader->text.len;
    reader->token = (struct filter_token){FILTER_TOKEN_NONE, FILTER_EQUAL, {reader->text.bytes, 0}};
    if (reader->text.len > HAR_FILTER_TEXT_MOST)
        return filter_wrong(reader, reader->text.bytes, "the expression has more than %d bytes", HAR_FILTER_TEXT_MOST);
    for (const char *at = reader->text.bytes; at < end;) {
        uint32_t point;
        const size_t len = utf8_decode(at, (size_t)(end - at), &point);
        if (!len)
            return filter_wrong(reader, at, "what stands here is no UTF-8");
        at += len;
    }
    return filter_read_next(reader);
}

bool filter_read_is(const struct filter_reader *reader, const char *word)
{
    return reader->token.kind == FILTER_TOKEN_WORD && text_is_exactly(reader->token.text, word);
}

static struct har_text inside(const struct filter_token *token)
{
    return (struct har_text){token->text.bytes + 1, token->text.len - 2};
}

/* Escapes that JSON does not have would silently become something else. */
static bool check_escapes(struct filter_reader *reader, struct har_text text)
{
    struct json_piece piece;
    while (json_text_piece(&text.bytes, &text.len, &piece)) {
        if (!piece.escape || piece.point != 0xfffd || piece.len == 6)
            continue;
        uint32_t point = 0;
        const size_t len = utf8_decode(piece.bytes + 1, text.len + 1, &point);
        return filter_wrong(reader, piece.bytes, "\\%.*s is no escape; write \\\\%.*s, or '...' where nothing is escaped", (int)len,
                            piece.bytes + 1, (int)len, piece.bytes + 1);
    }
    return true;
}

bool filter_read_string(struct filter_reader *reader, const struct filter_token *token, struct har_text *text)
{
    struct har_buffer *bytes = &reader->filter->bytes;
    const struct har_text raw = inside(token);
    const bool escapes = *token->text.bytes == '"';
    const size_t from = bytes->len;
    if (escapes && !check_escapes(reader, raw))
        return false;
    if (escapes ? !json_text_decode(raw.bytes, raw.len, bytes) : !har_buffer_append(bytes, raw.bytes, raw.len))
        return filter_no_memory(reader);
    *text = (struct har_text){bytes->data + from, bytes->len - from};
    return true;
}

const char *filter_read_source(const struct filter_token *token, size_t at)
{
    const struct har_text raw = inside(token);
    return raw.bytes + (*token->text.bytes == '"' ? json_text_offset(raw.bytes, raw.len, at) : at < raw.len ? at : raw.len);
}

static const struct unit {
    unsigned flag; /* of the fields that take it */
    const char *name;
    double factor;
} units[] = {
    {FILTER_BYTES, "K", 1024}, {FILTER_BYTES, "M", 1024.0 * 1024}, {FILTER_BYTES, "G", 1024.0 * 1024 * 1024},
    {FILTER_TIME, "ms", 1},    {FILTER_TIME, "s", 1000},           {FILTER_TIME, "min", 60000},
};

bool filter_read_number(struct filter_reader *reader, const struct filter_token *token, const struct filter_field *field,
                        double *number)
{
    bool whole;
    const size_t len = json_number_length(token->text.bytes, token->text.len, &whole);
    struct har_text unit = {token->text.bytes + len, token->text.len - len};
    if (!len || !json_number(token->text.bytes, len, number) || (unit.len && (*unit.bytes == '.' || text_is_digit(*unit.bytes))))
        return filter_wrong(reader, token->text.bytes, "this is no number; as in JSON: 500, 0.5");
    if (!unit.len)
        return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!(units[i].flag & field->flags) || !text_is_exactly(unit, units[i].name))
            continue;
        *number *= units[i].factor;
        return true;
    }
    if (field->flags & (FILTER_BYTES | FILTER_TIME))
        return filter_wrong(reader, unit.bytes, "%s takes the units %s", field->name,
                            field->flags & FILTER_BYTES ? "K, M and G" : "ms, s and min");
    return filter_wrong(reader, unit.bytes, "%s takes no unit", field->name);
}
