/* Long texts that look random: keys and tokens that no rule names. */
#include <string.h>

#include "redact/content.h"
#include "redact/engine.h"
#include "util/base64_any.h"

enum {
    LEAST = 32,          /* characters of a token */
    MOST = 512,          /* ... of one that is no picture or program in base64 */
    ENTROPY_LEAST = 224, /* 3.5 bits a character, in 1/64 bits */
    UNIT = 64,
    FOUND_MOST = 256,
};

/* Letters, digits, + / _ = -: a bit each. */
static bool is_token(unsigned char c)
{
    static const uint64_t bits[4] = {0x23ffa80000000000u, 0x07fffffe87fffffeu, 0x0000000000000000u, 0x0000000000000000u};
    return bits[c >> 6] >> (c & 63) & 1;
}

static bool is_letter(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* 64 times the binary logarithm, rounded down. */
static unsigned log2_units(unsigned n)
{
    unsigned whole = 31 - (unsigned)__builtin_clz(n), result = whole * UNIT;
    uint64_t x = ((uint64_t)n << 32) >> whole; /* 1 <= x < 2, 32 bits behind the point */
    for (unsigned bit = UNIT / 2; bit; bit /= 2) {
        x = (x >> 1) * (x >> 1) >> 30;
        if (x >> 33) {
            x >>= 1;
            result += bit;
        }
    }
    return result;
}

/* Shannon entropy a character, in 1/64 bits. */
static unsigned entropy(const unsigned char *bytes, size_t len)
{
    unsigned short count[256] = {0};
    size_t sum = 0;
    for (size_t i = 0; i < len; i++)
        count[bytes[i]]++;
    for (size_t i = 0; i < 256; i++)
        if (count[i])
            sum += count[i] * (size_t)log2_units(count[i]);
    return log2_units((unsigned)len) - (unsigned)(sum / len);
}

static bool looks_random(const unsigned char *bytes, size_t len)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < len; i++) {
        letters += is_letter(bytes[i]);
        digits += is_digit(bytes[i]);
    }
    return letters && digits && len >= LEAST && len <= MOST && !memmem(bytes, len, "redacted-", 9) &&
           entropy(bytes, len) >= ENTROPY_LEAST;
}

/* "name.js": the name of a file. */
static bool is_file(struct har_text text, size_t end)
{
    size_t at = end;
    if (at >= text.len || text.bytes[at] != '.')
        return false;
    for (at++; at < text.len && is_letter((unsigned char)text.bytes[at]); at++)
        ;
    return at - end >= 3 && at - end <= 6;
}

/* Where the value in "name=value" begins. */
static size_t value_start(struct har_text text, size_t start, size_t end)
{
    while (end > start && text.bytes[end - 1] == '=')
        end--;
    const char *const equals = end > start ? memrchr(text.bytes + start, '=', end - start) : NULL;
    return equals ? (size_t)(equals - text.bytes) + 1 : start;
}

/* Whether it is what stays of a JSON Web Token: its header or its claims, with a dot where the other parts are. */
static bool is_jwt_part(struct har_text text, size_t start, size_t end)
{
    static const char begin[] = "ey", next[] = ".ey"; /* of an object in JSON */
    char bytes[MOST];
    const size_t begins = sizeof begin - 1, nexts = sizeof next - 1;
    if (end - start < begins || memcmp(text.bytes + start, begin, begins) != 0 || end >= text.len || text.bytes[end] != '.' ||
        end - start > MOST)
        return false;
    const size_t len = base64_any_front((struct har_text){text.bytes + start, end - start}, bytes);
    if (!content_is_all_text((struct har_text){bytes, len}))
        return false;
    return (start && text.bytes[start - 1] == '.') || (text.len - end >= nexts && memcmp(text.bytes + end, next, nexts) == 0);
}

/* Whether it goes with what finders found. Where they found very much that is not asked. */
static bool is_found(const struct redact_edits *edits, size_t start, size_t end)
{
    for (size_t i = 0; i < edits->count && edits->count <= FOUND_MOST; i++)
        if (edits->edit[i].start <= start && edits->edit[i].end >= end)
            return true;
    return false;
}

static void look(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits)
{
    if (!looks_random((const unsigned char *)text.bytes + start, end - start) || is_file(text, end))
        return;
    const size_t value = value_start(text, start, end);
    if (is_jwt_part(text, value, end) || is_found(edits, value, end))
        return;
    if (engine->options.suspicious)
        redact_secret(engine, text, start, end, REDACT_RULE_SUSPICIOUS, edits);
    else
        engine->suspicious++;
}

/* A stretch of the characters of tokens. In base64 there is "+" or "=" mostly; otherwise "/" makes paths. */
static void look_at_run(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits)
{
    if (memchr(text.bytes + start, '+', end - start) || text.bytes[end - 1] == '=' || end - start > MOST) {
        look(engine, text, start, end, edits);
        return;
    }
    while (start < end) {
        const char *const slash = memchr(text.bytes + start, '/', end - start);
        const size_t stop = slash ? (size_t)(slash - text.bytes) : end;
        look(engine, text, start, stop, edits);
        start = stop + 1;
    }
}

/* A token has no gap, so that of each 32 bytes the last tells whether one may begin there. */
void redact_find_suspicious(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    const unsigned char *const bytes = (const unsigned char *)text.bytes;
    size_t at = 0;
    while (text.len - at >= LEAST) {
        size_t last = at + LEAST;
        while (last > at && is_token(bytes[last - 1]))
            last--;
        if (last > at) {
            at = last;
            continue;
        }
        size_t end = at + LEAST;
        while (end < text.len && is_token(bytes[end]))
            end++;
        look_at_run(engine, text, at, end, edits);
        at = end;
    }
}
