/* The form of tokens. */
#ifndef REDACT_TOKEN_H
#define REDACT_TOKEN_H

#include <harmill/place.h>

#define TOKEN_FRONT "redacted-"

/* Digits of a HMAC; a number has fewer than the least of them. TOKEN_MOST bytes has the longest token. */
enum { TOKEN_KIND_MOST = 64, TOKEN_HEX_LEAST = 10, TOKEN_HEX_MOST = 16, TOKEN_MOST = 9 + TOKEN_KIND_MOST + 1 + TOKEN_HEX_MOST };

struct token_parts {
    struct har_text kind;
    uint64_t number; /* 0 for a HMAC */
    size_t len;
};

/* The token at the front of `text`; false: none stands there. */
bool token_read(struct har_text text, struct token_parts *parts);

/* Whether bytes at - 1 and at are inside one token. */
bool token_around(struct har_text text, size_t at);

#endif
