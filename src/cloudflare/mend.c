/* JSON that was cut: what can be read of it. */
#include <string.h>

#include "cloudflare/json.h"
#include "util/utf8.h"

enum { DEPTH_MOST = 64, ESCAPE_LEN = 2, ESCAPE_LONG = 6 };

/* Where the text stands. Up to `safe` it becomes JSON by the brackets that close `safe_depth` levels. */
struct cut {
    char closers[DEPTH_MOST];
    size_t depth, safe, safe_depth;
    bool in_text, is_key, behind_colon;
    size_t escape; /* where the last escape of the string begins; SIZE_MAX: it has none */
    bool escaped;  /* the next character belongs to it */
};

static void make_safe(struct cut *cut, size_t at)
{
    cut->safe = at;
    cut->safe_depth = cut->depth;
}

static void in_text(struct cut *cut, char c, size_t at)
{
    if (cut->escaped) {
        cut->escaped = false;
    } else if (c == '\\') {
        cut->escaped = true;
        cut->escape = at;
    } else if (c == '"') {
        cut->in_text = false;
        if (!cut->is_key)
            make_safe(cut, at + 1);
    }
}

/* False when it is too deep, or brackets do not match. */
static bool bracket(struct cut *cut, char c, size_t at)
{
    if (c == '{' || c == '[') {
        if (cut->depth == DEPTH_MOST)
            return false;
        cut->closers[cut->depth++] = c == '{' ? '}' : ']';
    } else if (!cut->depth || cut->closers[--cut->depth] != c) {
        return false;
    }
    cut->behind_colon = false;
    make_safe(cut, at + 1);
    return true;
}

static bool step(struct cut *cut, char c, size_t at)
{
    switch (c) {
    case '"':
        cut->in_text = true;
        cut->is_key = cut->depth && cut->closers[cut->depth - 1] == '}' && !cut->behind_colon;
        cut->escape = SIZE_MAX;
        return true;
    case ':':
        cut->behind_colon = true;
        return true;
    case ',':
        cut->behind_colon = false;
        make_safe(cut, at);
        return true;
    case '{':
    case '[':
    case '}':
    case ']':
        return bracket(cut, c, at);
    default:
        return true;
    }
}

/* Where a string that the text ends in has its last whole character. */
static size_t end_of_text(const struct cut *cut, const char *bytes, size_t len)
{
    size_t end = len, front = 0;
    uint32_t cp;
    if (cut->escape != SIZE_MAX) {
        const bool is_long = cut->escape + 1 < len && bytes[cut->escape + 1] == 'u';
        if (cut->escape + (is_long ? ESCAPE_LONG : ESCAPE_LEN) > len)
            return cut->escape;
    }
    while (front < 3 && front < end && ((unsigned char)bytes[end - 1 - front] & 0xc0) == 0x80)
        front++;
    if (front < end && (unsigned char)bytes[end - 1 - front] >= 0xc0 && !utf8_decode(bytes + end - 1 - front, front + 1, &cp))
        end -= front + 1;
    return end;
}

bool cloudflare_json_mend(const char *bytes, size_t len, struct har_buffer *mended)
{
    struct cut cut = {.escape = SIZE_MAX};
    for (size_t i = 0; i < len; i++) {
        if (cut.in_text)
            in_text(&cut, bytes[i], i);
        else if (!step(&cut, bytes[i], i))
            return false;
    }
    const bool keeps_text = cut.in_text && !cut.is_key;
    size_t depth = keeps_text ? cut.depth : cut.safe_depth;
    har_buffer_append(mended, bytes, keeps_text ? end_of_text(&cut, bytes, len) : cut.safe);
    if (keeps_text)
        har_buffer_append_char(mended, '"');
    while (depth)
        har_buffer_append_char(mended, cut.closers[--depth]);
    return !mended->failed && mended->len;
}
