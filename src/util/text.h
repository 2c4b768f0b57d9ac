/* Views of bytes: compared, trimmed, taken apart. Letters and digits are those of ASCII, whatever the locale. */
#ifndef UTIL_TEXT_H
#define UTIL_TEXT_H

#include <harmill/place.h>

#include <string.h>

static inline char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool text_is_letter(char c)
{
    return text_lower(c) >= 'a' && text_lower(c) <= 'z';
}

/* The value of a hexadecimal digit in either case, -1 for any other byte. */
static inline int text_hex(char c)
{
    return text_is_digit(c) ? c - '0' : text_lower(c) >= 'a' && text_lower(c) <= 'f' ? text_lower(c) - 'a' + 10 : -1;
}

static inline bool text_equal(struct har_text a, struct har_text b)
{
    return a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

static inline bool text_is_exactly(struct har_text text, const char *word)
{
    return text_equal(text, (struct har_text){word, strlen(word)});
}

/* The same but for the case of letters. */
bool text_alike(struct har_text a, struct har_text b);

static inline bool text_is(struct har_text text, const char *word)
{
    return text_alike(text, (struct har_text){word, strlen(word)});
}

static inline bool text_begins(struct har_text text, const char *word)
{
    const size_t len = strlen(word);
    return text.len >= len && text_alike((struct har_text){text.bytes, len}, (struct har_text){word, len});
}

static inline bool text_ends(struct har_text text, const char *word)
{
    const size_t len = strlen(word);
    return text.len >= len && text_alike((struct har_text){text.bytes + text.len - len, len}, (struct har_text){word, len});
}

/* The same text without white space, that of util/blank.h, at both ends. */
struct har_text text_trim(struct har_text text);

/* Where the first `c` stands, or the length. */
static inline size_t text_find(struct har_text text, char c)
{
    const char *found = text.len ? memchr(text.bytes, c, text.len) : NULL;
    return found ? (size_t)(found - text.bytes) : text.len;
}

/* Takes `len` bytes and `skip` more off the front of *rest and returns the former. */
static inline struct har_text text_take(struct har_text *rest, size_t len, size_t skip)
{
    const struct har_text part = {rest->bytes, len};
    rest->bytes += len + skip;
    rest->len -= len + skip;
    return part;
}

/* Takes what stands before the next `separator` off *rest, and the separator; false at the end. */
bool text_part(struct har_text *rest, char separator, struct har_text *part);

/* Splits at the first `separator`; without one *behind is empty. */
void text_split(struct har_text text, char separator, struct har_text *before, struct har_text *behind);

#endif
