/* The tokens of a date as V8 takes it apart. */
#ifndef HARMILL_CONSUMER_ECMA_TOKEN_H
#define HARMILL_CONSUMER_ECMA_TOKEN_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ECMA_NONE = INT_MAX,
    ECMA_DIGITS_MOST = 9, /* of a number; what follows does not count */
};

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_SYMBOL, TOKEN_SPACE, TOKEN_WORD, TOKEN_OTHER, TOKEN_INVALID };
enum word_kind { WORD_OTHER, WORD_MONTH, WORD_HALF, WORD_ZONE, WORD_T };

struct ecma_token {
    enum token_kind kind;
    enum word_kind word;
    int value;  /* of a number or word, the character of a symbol */
    int length; /* of a number; of a word that is known */
};

/* What is left of the text. */
struct ecma_source {
    const char *text;
    size_t len;
};

/* Takes the next token off the text; TOKEN_END at its end and at a NUL. What stands in parentheses is one of TOKEN_OTHER. */
struct ecma_token ecma_token(struct ecma_source *r);

#endif
