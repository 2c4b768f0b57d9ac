/* Whether what has a form is what it looks like: check digits, and texts that are no prose. */
#include "redact/rules_in.h"

#include "util/base64_any.h"
#include "util/text.h"

enum { JWT_FRONT = 32 /* characters that tell whether they stand for a JWT */ };

/* What follows "Bearer": no word of a sentence. Those have no digits, and capitals only at the front. */
bool check_credential(const char *bytes, size_t len)
{
    bool digit = false, capital = false, small = false, padding = bytes[len - 1] == '=' && len % 4 == 0;
    for (size_t i = 0; i < len; i++) {
        digit |= text_is_digit(bytes[i]);
        capital |= i > 0 && bytes[i] >= 'A' && bytes[i] <= 'Z';
        small |= bytes[i] >= 'a' && bytes[i] <= 'z';
        if (bytes[i] == '=' && i + 2 < len) /* name=value: those are looked at by their names */
            return false;
    }
    return digit || padding || (capital && small);
}

/* The password of an address. Ports, and what templates put there, are none. */
bool check_password(const char *bytes, size_t len)
{
    return !(len > 3 && bytes[0] == '$' && bytes[1] == '{') && !(len > 4 && bytes[0] == '{' && bytes[1] == '{');
}

/* Base64 of a JWT: of letters and digits that are the base64 of an object again. */
bool check_jwt(const char *bytes, size_t len)
{
    char once[JWT_FRONT], twice[JWT_FRONT];
    const struct har_text text = {bytes, len < JWT_FRONT ? len / 4 * 4 : JWT_FRONT};
    struct har_text front = {once, base64_any_front(text, once)};
    front.len = text_find(front, '.');
    for (size_t i = 0; i < front.len; i++)
        if (!base64_is_digit(once[i]))
            return false;
    front.len = front.len / 4 * 4;
    const struct har_text object = {twice, base64_any_front(front, twice)};
    return object.len > 2 && text_begins(object, "{") && (twice[1] == '"' || (unsigned char)twice[1] <= ' ');
}
