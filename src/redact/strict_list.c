/* Looking up what strict leaves. */
#include <string.h>

#include "redact/places.h"
#include "redact/strict_table.h"
#include "util/text.h"

enum { WORD_MOST = 64 };

/* In any case of letters. */
static bool is_in(struct har_text text, const char *const *list, size_t count)
{
    char word[WORD_MOST + 1];
    size_t low = 0;
    if (text.len > WORD_MOST)
        return false;
    for (size_t i = 0; i < text.len; i++)
        word[i] = text_lower(text.bytes[i]);
    word[text.len] = '\0';
    if (memchr(word, '\0', text.len))
        return false;
    while (low < count) {
        const size_t middle = low + (count - low) / 2;
        const int order = strcmp(word, list[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            count = middle;
        else
            low = middle + 1;
    }
    return false;
}

#define IS_IN(text, list) is_in(text, list, sizeof(list) / sizeof *(list))

bool strict_is_word(struct har_text text)
{
    return IS_IN(text, words);
}

bool strict_is_header(struct har_text name)
{
    return IS_IN(name, headers);
}

bool strict_is_plain_header(struct har_text name)
{
    return IS_IN(name, plain_headers);
}

bool strict_is_mime(struct har_text text)
{
    return IS_IN(text, types);
}

bool strict_is_member(struct har_text key)
{
    return IS_IN(key, members);
}

bool strict_is_producer(struct har_text name)
{
    return IS_IN(name, producers);
}

bool strict_is_parameter(struct har_text name)
{
    return IS_IN(name, parameters);
}

bool strict_is_scheme(struct har_text text)
{
    return IS_IN(text, schemes);
}

bool strict_is_status(struct har_text text)
{
    return IS_IN(text, phrases);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" and the older forms with dashes: words of a calendar, digits, signs. */
bool strict_is_http_date(struct har_text text)
{
    static const char words_of_dates[] = " mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
                                         "jan feb mar apr may jun jul aug sep oct nov "
                                         "dec gmt utc ";
    size_t at = 0, digits = 0;
    if (text.len < 20 || text.len > 40)
        return false;
    while (at < text.len) {
        char word[12] = " ";
        size_t len = 1;
        for (; at < text.len && text_is_letter(text.bytes[at]); at++)
            if (len < sizeof word - 2)
                word[len++] = text_lower(text.bytes[at]);
        word[len++] = ' ';
        if (len > 2 && !memmem(words_of_dates, sizeof words_of_dates - 1, word, len))
            return false;
        if (at < text.len && !text_is_digit(text.bytes[at]) && !memchr(" ,:-+", text.bytes[at], 5))
            return false;
        digits += at < text.len && text_is_digit(text.bytes[at]);
        at++;
    }
    return digits >= 9 && digits <= 18;
}
