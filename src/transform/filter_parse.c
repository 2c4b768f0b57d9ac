/* Filter expressions to steps:
 *
 *     expression = all { "or" all }
 *     all        = one { "and" one }
 *     one        = "not" one | "(" expression ")" | test
 *     test       = field [ compare value | [ "not" ] "in" "(" value { "," value } ")" ]
 */
#include <stdlib.h>

#include <harmill/suggest.h>

#include "transform/filter_read.h"
#include "util/text.h"

static struct filter_step *add_step(struct filter_reader *reader, const char *at, enum filter_step_kind kind)
{
    struct har_filter *filter = reader->filter;
    if (filter->steps == HAR_FILTER_STEPS_MOST) {
        filter_wrong(reader, at, "the expression has more than %d parts", HAR_FILTER_STEPS_MOST);
        return NULL;
    }
    if (filter->steps == filter->step_cap) {
        const size_t cap = filter->step_cap ? 2 * filter->step_cap : 8;
        struct filter_step *grown = realloc(filter->step, cap * sizeof *grown);
        if (!grown) {
            filter_no_memory(reader);
            return NULL;
        }
        filter->step = grown;
        filter->step_cap = cap;
    }
    struct filter_step *step = &filter->step[filter->steps++];
    *step = (struct filter_step){.kind = kind};
    return step;
}

static bool add_value(struct filter_reader *reader, const struct filter_value *value)
{
    struct har_filter *filter = reader->filter;
    if (filter->values == filter->value_cap) {
        const size_t cap = filter->value_cap ? 2 * filter->value_cap : 8;
        struct filter_value *grown = realloc(filter->value, cap * sizeof *grown);
        if (!grown)
            return filter_no_memory(reader);
        filter->value = grown;
        filter->value_cap = cap;
    }
    filter->value[filter->values++] = *value;
    return true;
}

/* Words that are quoted and compared; longer ones are cut. */
enum { WORD_SIZE = 41 };

static void copy_word(char *word, struct har_text text)
{
    const size_t len = text.len < WORD_SIZE ? text.len : WORD_SIZE - 1;
    memcpy(word, text.bytes, len);
    word[len] = '\0';
}

static bool unknown_field(struct filter_reader *reader)
{
    const struct har_text text = reader->token.text;
    char word[WORD_SIZE];
    struct har_suggestion suggestion = {.word = word};
    copy_word(word, text);
    for (const struct filter_field *field = filter_fields; field->name; field++)
        har_suggestion_try(&suggestion, field->name);
    if (suggestion.best && text.len < sizeof word)
        return filter_wrong(reader, text.bytes, "unknown field '%s'; did you mean '%s'?", word, suggestion.best);
    return filter_wrong(reader, text.bytes,
                        "unknown field '%s'; there are: status, time, size, body, index, method, url, host, "
                        "path, query, scheme, type, mime, page, started, ip, http, header(\"NAME\"), request_header(\"NAME\")",
                        word);
}

/* ("NAME") behind a field that takes a header's name. */
static bool read_header(struct filter_reader *reader, struct har_text *name)
{
    if (reader->token.kind != FILTER_TOKEN_OPEN)
        return filter_expected(reader, "(\"NAME\")");
    if (!filter_read_next(reader))
        return false;
    if (reader->token.kind != FILTER_TOKEN_STRING)
        return filter_expected(reader, "the name of a header in quotes");
    if (!filter_read_string(reader, &reader->token, name) || !filter_read_next(reader))
        return false;
    return reader->token.kind == FILTER_TOKEN_CLOSE ? filter_read_next(reader) : filter_expected(reader, ")");
}

static bool read_field(struct filter_reader *reader, const struct filter_field **field, struct har_text *header)
{
    if (reader->token.kind != FILTER_TOKEN_WORD || filter_read_is(reader, "and") || filter_read_is(reader, "or") ||
        filter_read_is(reader, "in"))
        return filter_expected(reader, "a field");
    for (*field = filter_fields; (*field)->name; ++*field)
        if (text_is_exactly(reader->token.text, (*field)->name))
            break;
    if (!(*field)->name)
        return unknown_field(reader);
    return filter_read_next(reader) && (!((*field)->flags & FILTER_NAMED) || read_header(reader, header));
}

/* A day alone is its first instant in UTC. */
static bool read_date(struct filter_reader *reader, const struct filter_token *token, struct filter_value *value)
{
    char day[] = "YYYY-MM-DDT00:00:00Z";
    struct har_text text = value->text;
    if (text.len == 10) {
        memcpy(day, text.bytes, text.len);
        text = (struct har_text){day, sizeof day - 1};
    }
    switch (iso8601_parse(text.bytes, text.len, &value->date)) {
    case ISO8601_OTHER:
    case ISO8601_W3C:
        return true;
    case ISO8601_NO_ZONE:
        return filter_wrong(reader, token->text.bytes, "the date has no zone: add Z or an offset, as +02:00");
    case ISO8601_IMPOSSIBLE:
        return filter_wrong(reader, token->text.bytes, "there is no such day or hour");
    case ISO8601_NOT:
        break;
    }
    return filter_wrong(reader, token->text.bytes, "this is no date; as 2024-05-01 or 2024-05-01T12:00:00Z");
}

/* One of the words that types have; "stylesheet", as Chrome has it, is one. */
static bool read_type(struct filter_reader *reader, const struct filter_token *token, struct har_text *text)
{
    const char *known = filter_type_word(*text);
    if (known) {
        *text = (struct har_text){known, strlen(known)};
        return true;
    }
    char word[WORD_SIZE];
    struct har_suggestion suggestion = {.word = word};
    copy_word(word, *text);
    filter_suggest_type(&suggestion);
    if (suggestion.best && text->len < sizeof word)
        return filter_wrong(reader, token->text.bytes, "unknown type '%s'; did you mean '%s'?", word, suggestion.best);
    return filter_wrong(reader, token->text.bytes,
                        "unknown type '%s'; there are: document, script, style, image, font, media, data, "
                        "xhr, fetch, websocket, other, unknown and some more",
                        word);
}

static bool read_value(struct filter_reader *reader, const struct filter_field *field, bool pattern)
{
    const struct filter_token token = reader->token;
    const bool number = field->type == FILTER_NUMBER;
    struct filter_value value = {0};
    if (token.kind != (number ? FILTER_TOKEN_NUMBER : FILTER_TOKEN_STRING))
        return filter_expected(reader, number                       ? "a number"
                                       : pattern                    ? "a regular expression in quotes"
                                       : field->type == FILTER_DATE ? "a date in quotes"
                                                                    : "a text in quotes");
    if (number ? !filter_read_number(reader, &token, field, &value.number) : !filter_read_string(reader, &token, &value.text))
        return false;
    if (field->type == FILTER_DATE && !read_date(reader, &token, &value))
        return false;
    if (field->flags & FILTER_WORD && !pattern && !read_type(reader, &token, &value.text))
        return false;
    return add_value(reader, &value) && filter_read_next(reader);
}

static bool read_list(struct filter_reader *reader, const struct filter_field *field, size_t *count)
{
    if (!filter_read_next(reader))
        return false;
    if (reader->token.kind != FILTER_TOKEN_OPEN)
        return filter_expected(reader, "(");
    do {
        if (!filter_read_next(reader) || !read_value(reader, field, false))
            return false;
        ++*count;
    } while (reader->token.kind == FILTER_TOKEN_COMMA);
    return reader->token.kind == FILTER_TOKEN_CLOSE ? filter_read_next(reader) : filter_expected(reader, ", or )");
}

/* Which comparisons a field has. */
static bool check_compare(struct filter_reader *reader, const struct filter_field *field)
{
    const enum filter_compare compare = reader->token.compare;
    const bool order = compare >= FILTER_LESS && compare <= FILTER_AT_LEAST;
    const bool pattern = compare == FILTER_MATCHES || compare == FILTER_DIFFERS;
    const char *at = reader->token.text.bytes;
    const int len = (int)reader->token.text.len;
    if (order && field->type == FILTER_TEXT)
        return filter_wrong(reader, at, "%s is a text, which %.*s does not compare; there are ==, !=, =~, !~ and in", field->name,
                            len, at);
    if (pattern && field->type != FILTER_TEXT)
        return filter_wrong(reader, at, "%s is a %s, which %.*s does not compare; there are ==, !=, <, <=, >, >= and in",
                            field->name, field->type == FILTER_DATE ? "date" : "number", len, at);
    return true;
}

static bool read_pattern(struct filter_reader *reader, struct filter_step *step, const struct filter_token *token)
{
    const struct har_text pattern = reader->filter->value[step->value].text;
    struct har_error error = {0};
    size_t offset = 0;
    step->column = 1;
    for (const char *p = reader->text.bytes; p < token->text.bytes; p++)
        step->column += ((unsigned char)*p & 0xc0) != 0x80;
    step->regex = filter_regex_new(pattern, (step->field->flags & FILTER_FOLD) != 0, &offset, &error);
    if (step->regex)
        return true;
    if (error.domain == HAR_DOMAIN_MEMORY)
        return filter_no_memory(reader);
    return filter_wrong(reader, filter_read_source(token, offset), "%s", error.text);
}

/* What stands behind a field. */
static bool read_condition(struct filter_reader *reader, struct filter_step *step)
{
    const bool negated = filter_read_is(reader, "not");
    if (negated && !filter_read_next(reader))
        return false;
    step->value = reader->filter->values;
    if (filter_read_is(reader, "in")) {
        step->compare = negated ? FILTER_NOT_IN : FILTER_IN;
        return read_list(reader, step->field, &step->values);
    }
    if (negated)
        return filter_expected(reader, "in");
    if (reader->token.kind != FILTER_TOKEN_COMPARE) {
        step->compare = FILTER_THERE;
        return true;
    }
    if (!check_compare(reader, step->field))
        return false;
    step->compare = reader->token.compare;
    step->values = 1;
    const bool pattern = step->compare == FILTER_MATCHES || step->compare == FILTER_DIFFERS;
    if (!filter_read_next(reader))
        return false;
    const struct filter_token token = reader->token;
    return read_value(reader, step->field, pattern) && (!pattern || read_pattern(reader, step, &token));
}

static bool read_test(struct filter_reader *reader)
{
    struct filter_step *step;
    const struct filter_field *field = NULL;
    struct har_text header = {"", 0};
    const char *at = reader->token.text.bytes;
    if (!read_field(reader, &field, &header) || !(step = add_step(reader, at, FILTER_STEP_TEST)))
        return false;
    step->field = field;
    step->header = header;
    return read_condition(reader, step);
}

static bool read_either(struct filter_reader *reader);

static bool read_one(struct filter_reader *reader)
{
    size_t nots = 0;
    for (; filter_read_is(reader, "not"); nots++)
        if (!filter_read_next(reader))
            return false;
    if (reader->token.kind != FILTER_TOKEN_OPEN) {
        if (!read_test(reader))
            return false;
    } else {
        if (++reader->depth > HAR_FILTER_DEPTH_MOST)
            return filter_wrong(reader, reader->token.text.bytes, "more than %d parentheses inside each other",
                                HAR_FILTER_DEPTH_MOST);
        if (!filter_read_next(reader) || !read_either(reader))
            return false;
        if (reader->token.kind != FILTER_TOKEN_CLOSE)
            return filter_expected(reader, "and, or or )");
        reader->depth--;
        if (!filter_read_next(reader))
            return false;
    }
    return nots % 2 == 0 || add_step(reader, reader->token.text.bytes, FILTER_STEP_NOT);
}

/* One thing after another with a word between them; each word's step skips what follows when the flag decides all. */
static bool read_chain(struct filter_reader *reader, const char *word, enum filter_step_kind kind,
                       bool (*read_part)(struct filter_reader *reader))
{
    size_t pending = SIZE_MAX; /* steps whose target is not known yet: each names the one before it */
    for (;;) {
        if (!read_part(reader))
            return false;
        if (!filter_read_is(reader, word))
            break;
        struct filter_step *step = add_step(reader, reader->token.text.bytes, kind);
        if (!step || !filter_read_next(reader))
            return false;
        step->target = pending;
        pending = reader->filter->steps - 1;
    }
    while (pending != SIZE_MAX) {
        struct filter_step *step = &reader->filter->step[pending];
        pending = step->target;
        step->target = reader->filter->steps;
    }
    return true;
}

static bool read_all(struct filter_reader *reader)
{
    return read_chain(reader, "and", FILTER_STEP_AND, read_one);
}

static bool read_either(struct filter_reader *reader)
{
    return read_chain(reader, "or", FILTER_STEP_OR, read_all);
}

static bool read_expression(struct filter_reader *reader)
{
    if (!filter_read_begin(reader) || !read_either(reader))
        return false;
    if (reader->token.kind == FILTER_TOKEN_CLOSE)
        return filter_wrong(reader, reader->token.text.bytes, "nothing is open that this ) closes");
    return reader->token.kind == FILTER_TOKEN_END || filter_expected(reader, "and, or or the end");
}

enum har_status har_filter_new(const char *text, struct har_filter **filter, size_t *column, struct har_error *error)
{
    struct har_error unread = {0};
    size_t unasked;
    struct filter_reader reader = {.text = {text, strnlen(text, HAR_FILTER_TEXT_MOST + 1)},
                                   .filter = calloc(1, sizeof **filter),
                                   .column = column ? column : &unasked,
                                   .error = error ? error : &unread};
    *filter = NULL;
    *reader.column = 0;
    if (!reader.filter)
        return har_error_memory(reader.error);
    har_buffer_init(&reader.filter->look.scratch, SIZE_MAX / 2);
    /* Decoded texts are no longer than their spelling, so that they are never moved. */
    har_buffer_init(&reader.filter->bytes, reader.text.len + 1);
    if (!har_buffer_reserve(&reader.filter->bytes, reader.text.len + 1))
        filter_no_memory(&reader);
    if (!reader.failed && read_expression(&reader)) {
        *filter = reader.filter;
        return HAR_OK;
    }
    har_filter_free(reader.filter);
    return HAR_FATAL;
}

void har_filter_free(struct har_filter *filter)
{
    if (!filter)
        return;
    for (size_t i = 0; i < filter->steps; i++)
        filter_regex_free(filter->step[i].regex);
    free(filter->step);
    free(filter->value);
    har_buffer_release(&filter->bytes);
    har_buffer_release(&filter->look.scratch);
    free(filter);
}
