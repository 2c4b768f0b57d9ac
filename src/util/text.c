/* Views of bytes. */
#include "util/text.h"

#include "util/blank.h"

bool text_alike(struct har_text a, struct har_text b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (text_lower(a.bytes[i]) != text_lower(b.bytes[i]))
            return false;
    return true;
}

struct har_text text_trim(struct har_text text)
{
    while (text.len && is_blank(*text.bytes))
        text_take(&text, 0, 1);
    while (text.len && is_blank(text.bytes[text.len - 1]))
        text.len--;
    return text;
}

bool text_part(struct har_text *rest, char separator, struct har_text *part)
{
    if (!rest->len)
        return false;
    const size_t len = text_find(*rest, separator);
    *part = text_take(rest, len, len < rest->len);
    return true;
}

void text_split(struct har_text text, char separator, struct har_text *before, struct har_text *behind)
{
    const size_t len = text_find(text, separator);
    *before = text_take(&text, len, len < text.len);
    *behind = text;
}
