/* The form of tokens: redacted-KIND-NUMBER, redacted-KIND-HEX. */
#include "redact/token.h"

#include <string.h>

#include "redact/dictionary.h"
#include "util/text.h"

static size_t run_of(struct har_text text, size_t from, bool (*is)(char))
{
    size_t end = from;
    while (end < text.len && end - from <= TOKEN_KIND_MOST && is(text.bytes[end]))
        end++;
    return end - from;
}

static bool is_kind(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_hex(char c)
{
    return text_is_digit(c) || (c >= 'a' && c <= 'f');
}

bool token_read(struct har_text text, struct token_parts *parts)
{
    const size_t front = sizeof TOKEN_FRONT - 1;
    if (text.len < front + 3 || memcmp(text.bytes, TOKEN_FRONT, front) != 0)
        return false;
    const size_t kind = run_of(text, front, is_kind);
    if (!kind || kind > TOKEN_KIND_MOST || front + kind >= text.len || text.bytes[front + kind] != '-')
        return false;
    const size_t at = front + kind + 1, hex = run_of(text, at, is_hex), digits = run_of(text, at, text_is_digit);
    *parts = (struct token_parts){.kind = {text.bytes + front, kind}};
    if (hex >= TOKEN_HEX_LEAST && hex <= TOKEN_HEX_MOST) {
        parts->len = at + hex;
        return true;
    }
    parts->len = at + digits;
    for (size_t i = at; i < at + digits; i++)
        parts->number = parts->number * 10 + (uint64_t)(text.bytes[i] - '0');
    return digits && digits < TOKEN_HEX_LEAST;
}

size_t redact_token_length(struct har_text text)
{
    struct token_parts parts;
    return token_read(text, &parts) ? parts.len : 0;
}

bool redact_is_token(struct har_text text)
{
    return text.len && redact_token_length(text) == text.len;
}

bool token_around(struct har_text text, size_t at)
{
    const size_t from = at > TOKEN_MOST ? at - TOKEN_MOST : 0;
    for (size_t start = from; start < at; start++) {
        const char *found = memmem(text.bytes + start, at - start, TOKEN_FRONT, 1);
        if (!found)
            break;
        start = (size_t)(found - text.bytes);
        if (start + redact_token_length((struct har_text){found, text.len - start}) > at)
            return true;
    }
    return false;
}
