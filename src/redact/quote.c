/* Quotation marks at any level of strings in strings. */
#include <string.h>

#include "redact/text.h"

enum { BACKSLASHES_MOST = 63, MARKS_MOST = 4 /* in a value */, VALUE_MOST = 512 /* bytes of one with marks in it */ };

static const struct {
    const char *text;
    unsigned char mark;
} entities[] = {
    {"&quot;", '"'}, {"&#34;", '"'}, {"&#x22;", '"'}, {"&#39;", '\''}, {"&apos;", '\''}, {"&#x27;", '\''},
};

static bool is_mark(unsigned char c)
{
    return c == '"' || c == '\'' || c == '`';
}

static bool is_level(size_t backslashes)
{
    return (backslashes & (backslashes + 1)) == 0;
}

static bool entity_at(const struct text_scan *scan, size_t at, struct text_quote *quote)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        const size_t len = strlen(entities[i].text);
        if (at + len <= scan->text.len && memcmp(scan->text.bytes + at, entities[i].text, len) == 0) {
            *quote = (struct text_quote){.mark = entities[i].mark, .entity = true, .len = len};
            return true;
        }
    }
    return false;
}

bool text_quote_at(const struct text_scan *scan, size_t at, struct text_quote *quote)
{
    if (text_at(scan, at) == '&')
        return entity_at(scan, at, quote);
    size_t backslashes = 0;
    while (backslashes < BACKSLASHES_MOST && text_at(scan, at + backslashes) == '\\')
        backslashes++;
    const unsigned char mark = text_at(scan, at + backslashes);
    *quote = (struct text_quote){.mark = mark, .backslashes = backslashes, .len = backslashes + 1};
    return is_mark(mark) && is_level(backslashes);
}

bool text_quote_before(const struct text_scan *scan, size_t at, struct text_quote *quote)
{
    if (at <= scan->begin)
        return false;
    const unsigned char last = text_at(scan, at - 1);
    if (last == ';') {
        for (size_t len = 5; len <= 6 && len <= at - scan->begin; len++)
            if (text_at(scan, at - len) == '&' && entity_at(scan, at - len, quote) && quote->len == len)
                return true;
        return false;
    }
    if (!is_mark(last))
        return false;
    size_t backslashes = 0;
    while (backslashes < BACKSLASHES_MOST && backslashes + 2 <= at && text_at(scan, at - 2 - backslashes) == '\\')
        backslashes++;
    *quote = (struct text_quote){.mark = last, .backslashes = backslashes, .len = backslashes + 1};
    return is_level(backslashes);
}

bool text_quote_same(const struct text_quote *one, const struct text_quote *other)
{
    return one->mark == other->mark && one->entity == other->entity && one->backslashes == other->backslashes;
}

/* An entity's stretch ends at the same entity, or where the attribute or text that it is in ends. */
static size_t entity_end(const struct text_scan *scan, size_t at, const struct text_quote *quote, size_t *next)
{
    for (; at < scan->text.len; at++) {
        const unsigned char c = text_at(scan, at);
        struct text_quote other;
        if (c == '&' && entity_at(scan, at, &other) && other.mark == quote->mark) {
            *next = at + other.len;
            return at;
        }
        if (c == '"' || c == '<' || c == '>' || c == '\n')
            break;
    }
    *next = at;
    return at;
}

/* Whether a mark with so many backslashes before it closes what one with `open` of them opened, or ends a string around it. A
 * string of level n is closed by a mark with 2^n - 1 backslashes, besides those that are pairs of escaped backslashes at that
 * level. */
static bool closes(size_t backslashes, size_t open, bool *outer)
{
    for (size_t level = 0;; level = level * 2 + 1) {
        if (backslashes % ((level + 1) * 2) == level) {
            *outer = level < open;
            return true;
        }
        if (level >= open)
            return false;
    }
}

size_t text_quote_end(const struct text_scan *scan, size_t at, const struct text_quote *quote, size_t *next)
{
    if (quote->entity)
        return entity_end(scan, at, quote, next);
    size_t backslashes = 0;
    for (; at < scan->text.len; at++) {
        const unsigned char c = (unsigned char)scan->text.bytes[at];
        if (c == '\\') {
            backslashes++;
            continue;
        }
        bool outer;
        if (c == quote->mark && closes(backslashes, quote->backslashes, &outer)) {
            *next = outer ? at - backslashes : at + 1;
            return at - (outer ? backslashes : quote->backslashes);
        }
        if (c == '\n' && quote->mark != '`')
            break;
        backslashes = 0;
    }
    *next = at;
    return at;
}

/* What may stand behind a mark only when it closes nothing. */
static bool is_glued(const struct text_scan *scan, size_t at)
{
    const unsigned char c = text_at(scan, at);
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || (c && strchr("_'$#@^~\\", c));
}

size_t text_value_end(const struct text_scan *scan, size_t at, const struct text_quote *quote, size_t *next)
{
    size_t end = text_quote_end(scan, at, quote, next);
    if (!scan->engine->depth || quote->entity || quote->backslashes || quote->mark != '"')
        return end;
    struct text_scan part = *scan;
    if (part.text.len - end > VALUE_MOST)
        part.text.len = end + VALUE_MOST;
    for (unsigned marks = 0; marks<MARKS_MOST && * next> end && is_glued(&part, *next); marks++) {
        size_t behind;
        const size_t other = text_quote_end(&part, *next, quote, &behind);
        if (behind == other) /* no mark closes it */
            break;
        end = other;
        *next = behind;
    }
    return end;
}

size_t text_quote_start(const struct text_scan *scan, size_t at, const struct text_quote *quote)
{
    const size_t least = at > scan->begin + TEXT_LOOK_MOST ? at - TEXT_LOOK_MOST : scan->begin;
    while (at > least) {
        struct text_quote other;
        if (text_quote_before(scan, at, &other) && text_quote_same(quote, &other))
            return at;
        at--;
    }
    return SIZE_MAX;
}
