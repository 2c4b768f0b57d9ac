/* JSON as it is written: what an output's bytes are, where a search over it finds something. A string's quotes are told from others
 * by the marks beside them, since an output need not be JSON, and by the backslashes before them. */
#include <string.h>

#include "redact/learned.h"
#include "util/text.h"

enum { ESCAPE_MOST = 6, BLANKS_MOST = 64 };

/* Whether the byte at `at` has a backslash before it that is none itself. */
static bool is_escaped(struct har_text text, size_t at)
{
    size_t slashes = 0;
    while (slashes < at && text.bytes[at - 1 - slashes] == '\\')
        slashes++;
    return slashes % 2 != 0;
}

bool spelled_within_escape(struct har_text text, size_t at)
{
    if (is_escaped(text, at))
        return true;
    for (size_t back = 2; back < ESCAPE_MOST && back <= at; back++) {
        const char c = text.bytes[at - back + 1];
        if (c == 'u' && text.bytes[at - back] == '\\' && is_escaped(text, at - back + 1))
            return true;
        if (text_hex(c) < 0)
            return false;
    }
    return false;
}

/* The byte before or behind `at`, without blanks; 0: there is none. */
static char beside(struct har_text text, size_t at, bool behind)
{
    for (size_t i = 1; i < BLANKS_MOST && (behind ? i < text.len - at : i <= at); i++) {
        const char c = text.bytes[behind ? at + i : at - i];
        if ((unsigned char)c > ' ')
            return c;
    }
    return '\0';
}

bool spelled_crosses(struct har_text text, size_t start, size_t end)
{
    for (size_t at = start; at < end; at++) {
        const char *const quote = memchr(text.bytes + at, '"', end - at);
        if (!quote)
            return false;
        at = (size_t)(quote - text.bytes);
        const char before = beside(text, at, false), behind = beside(text, at, true);
        if (!is_escaped(text, at) && ((behind && strchr(",:}]", behind)) || (before && strchr(",:{[", before))))
            return true;
    }
    return false;
}
