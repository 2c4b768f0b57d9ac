/* Reading filter expressions: tokens and what is said about wrong ones. */
#ifndef TRANSFORM_FILTER_READ_H
#define TRANSFORM_FILTER_READ_H

#include "transform/filter.h"

enum filter_token_kind {
    FILTER_TOKEN_NONE, /* what came before the first one */
    FILTER_TOKEN_END,
    FILTER_TOKEN_WORD,
    FILTER_TOKEN_NUMBER, /* with its unit */
    FILTER_TOKEN_STRING, /* with its quotes */
    FILTER_TOKEN_COMPARE,
    FILTER_TOKEN_OPEN,
    FILTER_TOKEN_CLOSE,
    FILTER_TOKEN_COMMA,
    FILTER_TOKEN_OTHER,
};

struct filter_token {
    enum filter_token_kind kind;
    enum filter_compare compare;
    struct har_text text; /* as it stands in the expression */
};

struct filter_reader {
    struct har_text text;
    struct filter_token before, token; /* the one that was taken last, and the next */
    struct har_filter *filter;
    unsigned depth;
    size_t *column;
    struct har_error *error;
    bool failed;
};

/* Reads the first token; false when the text is not fit at all. */
bool filter_read_begin(struct filter_reader *reader);

/* Takes the token; false when what follows is none. */
bool filter_read_next(struct filter_reader *reader);

/* The next token is this word. */
bool filter_read_is(const struct filter_reader *reader, const char *word);

/* Decodes the text in a token's quotes into the filter's bytes; false when an escape is wrong. */
bool filter_read_string(struct filter_reader *reader, const struct filter_token *token, struct har_text *text);

/* Where in the expression the byte `at` of a decoded text comes from. */
const char *filter_read_source(const struct filter_token *token, size_t at);

/* The number of a token, in the field's unit; false when it or its unit is wrong. */
bool filter_read_number(struct filter_reader *reader, const struct filter_token *token, const struct filter_field *field,
                        double *number);

/* Says what is wrong at a place of the expression; the first that was said stays. Always false. */
bool filter_wrong(struct filter_reader *reader, const char *at, const char *format, ...) HAR_PRINTF(3, 4);

/* The same: `what` should have come instead of the next token. */
bool filter_expected(struct filter_reader *reader, const char *what);

/* Out of memory; always false. */
bool filter_no_memory(struct filter_reader *reader);

#endif
