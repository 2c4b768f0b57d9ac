/* All other names and texts, which are nearly all there are, are told from these by a byte. */
#include "html/credential.h"

#include <string.h>

#include "json/text.h"

/* Headers whose values are credentials. Those that end in 2 are of RFC 2965. */
static const struct credential_name credentials[] = {
    CREDENTIAL_NAME("cookie"),     CREDENTIAL_NAME("setcookie"),          CREDENTIAL_NAME("authorization"),
    CREDENTIAL_NAME("httpcookie"), CREDENTIAL_NAME("proxyauthorization"), CREDENTIAL_NAME("httpauthorization"),
    CREDENTIAL_NAME("cookie2"),    CREDENTIAL_NAME("setcookie2"),
};

enum {
    COUNT = sizeof credentials / sizeof *credentials,
    NAME_MOST = 64, /* bytes of a name with all that is not compared */
    LETTERS_MOST = 24,
};

static inline bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What begins such a name, or may stand before one. */
static inline bool may_begin(char c)
{
    const char letter = (char)(c | 0x20);
    return is_letter(c) ? letter == 'c' || letter == 's' || letter == 'a' || letter == 'p' || letter == 'h' : !is_digit(c);
}

/* What is compared of `text`; its length, 0 when it is none of the names. */
static size_t letters_of(struct har_text text, char letters[LETTERS_MOST])
{
    size_t len = 0;
    if (text.len > NAME_MOST)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_letter(text.bytes[i]) && !is_digit(text.bytes[i]))
            continue;
        if (len == LETTERS_MOST)
            return 0;
        letters[len++] = is_digit(text.bytes[i]) ? text.bytes[i] : (char)(text.bytes[i] | 0x20);
    }
    return len;
}

static int find_name(const char *letters, size_t len, const struct credential_name *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].len == len && memcmp(names[i].letters, letters, len) == 0)
            return (int)i;
    return -1;
}

/* Whether a text of more than two bytes begins with three letters that begin none of the names. */
static bool begins_otherwise(const char *text)
{
    static const char beginnings[][4] = {"coo", "set", "aut", "pro", "htt"};
    if (!is_letter(text[0]) || !is_letter(text[1]) || !is_letter(text[2]))
        return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if ((text[0] | 0x20) == beginnings[i][0] && (text[1] | 0x20) == beginnings[i][1] && (text[2] | 0x20) == beginnings[i][2])
            return false;
    return true;
}

static bool is_credential(struct har_text name)
{
    char letters[LETTERS_MOST];
    if (name.len > 2 && begins_otherwise(name.bytes))
        return false;
    return find_name(letters, letters_of(name, letters), credentials, COUNT) >= 0;
}

/* `test` of a text that may be spelled with escapes. What cannot be decoded for want of memory is taken for a yes. */
static bool test_decoded(const char *text, size_t len, bool escaped, bool (*test)(struct har_text text))
{
    if (!escaped)
        return test((struct har_text){text, len});
    struct har_buffer plain;
    har_buffer_init(&plain, SIZE_MAX / 2);
    const bool yes = !json_text_decode(text, len, &plain) || (plain.len && test((struct har_text){plain.data, plain.len}));
    har_buffer_release(&plain);
    return yes;
}

int credential_key(const struct har_tree *tree, const struct har_node *member, const struct credential_name *names, size_t count)
{
    const char *const key = json_key(tree, member);
    char letters[LETTERS_MOST];
    size_t len;
    if (member->flags & JSON_KEY_ESCAPED) {
        struct har_buffer plain;
        har_buffer_init(&plain, SIZE_MAX / 2);
        const bool good = json_text_decode(key, member->key_len, &plain) && plain.len;
        len = good ? letters_of((struct har_text){plain.data, plain.len}, letters) : 0;
        har_buffer_release(&plain);
    } else {
        len = letters_of((struct har_text){key, member->key_len}, letters);
    }
    while (len && is_digit(letters[len - 1]))
        len--;
    return find_name(letters, len, names, count);
}

bool credential_is_name(const struct har_tree *tree, const struct har_node *string)
{
    return string->kind == HAR_KIND_STRING && string->text_len > 5 && may_begin(*json_text(tree, string)) &&
           test_decoded(json_text(tree, string), string->text_len, string->flags & JSON_TEXT_ESCAPED, is_credential);
}

bool credential_is_key(const struct har_tree *tree, const struct har_node *member)
{
    const char *const key = json_key(tree, member);
    return member->key_len > 5 && may_begin(*key) && (member->flags & JSON_KEY_ESCAPED || !begins_otherwise(key)) &&
           (test_decoded(json_key(tree, member), member->key_len, member->flags & JSON_KEY_ESCAPED, is_credential) ||
            credential_key(tree, member, credentials, COUNT) >= 0);
}

static const char *line_end(const char *at, const char *end)
{
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

/* Signs before the name do not count: the colon of a pseudo-header, what curl -v puts there. */
static bool is_line(const char *at, const char *end)
{
    while (at < end && !is_letter(*at))
        at++;
    const size_t most = (size_t)(end - at) < NAME_MOST ? (size_t)(end - at) : NAME_MOST;
    const char *const colon = most ? memchr(at, ':', most) : NULL;
    if (!colon || !is_credential((struct har_text){at, (size_t)(colon - at)}))
        return false;
    for (at = colon + 1; at < end; at++)
        if ((unsigned char)*at > ' ')
            return true;
    return false;
}

static bool has_line(struct har_text text)
{
    const char *const end = text.bytes + text.len;
    if (!memchr(text.bytes, ':', text.len))
        return false;
    for (const char *at = text.bytes; at < end; at++) {
        const char *const stop = line_end(at, end);
        if (is_line(at, stop))
            return true;
        at = stop;
    }
    return false;
}

bool credential_in_lines(const struct har_tree *tree, const struct har_node *string)
{
    const char *const text = json_text(tree, string);
    const bool escaped = string->flags & JSON_TEXT_ESCAPED;
    /* what is marked may hold line ends as they are */
    if (!string->text_len || (!(string->flags & (JSON_TEXT_ESCAPED | JSON_TEXT_MARKED)) && !may_begin(*text)))
        return false;
    return test_decoded(text, string->text_len, escaped, has_line);
}

static bool is_pair(struct har_text text)
{
    return memchr(text.bytes, '=', text.len) != NULL;
}

bool credential_is_pair(const struct har_tree *tree, const struct har_node *string)
{
    return string->kind == HAR_KIND_STRING && string->text_len &&
           test_decoded(json_text(tree, string), string->text_len, string->flags & JSON_TEXT_ESCAPED, is_pair);
}
