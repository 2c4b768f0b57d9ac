/* See stretch.h. */
#include "redact/stretch.h"

#include <string.h>

#include "util/base64_any.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Lines of base64 in mail, PEM and the like. */
enum { LINE_LEAST = 60, LINE_MOST = 76 };

#if defined(__SSE2__)
/* One bit for each of 16 characters that is a digit of base64. */
static inline unsigned digits_of(const char *text)
{
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)text);
    const __m128i letter = _mm_or_si128(v, _mm_set1_epi8(0x20));
    const __m128i letters =
        _mm_and_si128(_mm_cmpgt_epi8(letter, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(letter, _mm_set1_epi8('z' + 1)));
    const __m128i numbers = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('/' - 1)), _mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
    const __m128i signs = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('+')), _mm_cmpeq_epi8(v, _mm_set1_epi8('-'))),
                                       _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letters, numbers), signs));
}

static size_t steps_end(struct har_text text, size_t at)
{
    while (at + STRETCH_LEAST <= text.len && digits_of(text.bytes + at) == 0xffff)
        at += STRETCH_LEAST;
    return at;
}

/* A place inside the first stretch that is long enough, or near the end of the text. Each such stretch covers the last character
 * of a step of 16, and of this step as much as of the next one together is long enough. */
static size_t skip(struct har_text text, size_t at)
{
    unsigned before = 0; /* digits at the end of the last step */
    for (; at + STRETCH_LEAST <= text.len; at += STRETCH_LEAST) {
        const unsigned mask = digits_of(text.bytes + at), others = ~mask & 0xffff;
        const unsigned front = others ? (unsigned)__builtin_ctz(others) : STRETCH_LEAST;
        if (before + front >= STRETCH_LEAST)
            return front ? at : at - 1;
        before = others ? (unsigned)__builtin_clz(others << 16) : before + STRETCH_LEAST;
    }
    return before ? at - 1 : at;
}
#else
static size_t steps_end(struct har_text text, size_t at)
{
    (void)text;
    return at;
}

static size_t skip(struct har_text text, size_t at)
{
    for (at += STRETCH_LEAST - 1; at < text.len && !base64_is_digit(text.bytes[at]);)
        at += STRETCH_LEAST;
    return at < text.len ? at : text.len;
}
#endif

/* The end of the digits from `at` on. */
static size_t digits_end(struct har_text text, size_t at)
{
    at = steps_end(text, at);
    while (at < text.len && base64_is_digit(text.bytes[at]))
        at++;
    return at;
}

static size_t digits_start(struct har_text text, size_t at, size_t from)
{
    while (at > from && base64_is_digit(text.bytes[at - 1]))
        at--;
    return at;
}

/* Whether the last of several lines, a shorter one, may end here: it is no word of a line of text. */
static bool may_end_lines(struct har_text text, size_t at)
{
    return at >= text.len || (text.bytes[at] && strchr("=\r\n\"'\\<&,;)}]-", text.bytes[at]));
}

/* Adds lines that follow when they are as long as the first one. */
static size_t lines_end(struct har_text text, size_t start, size_t end)
{
    const size_t line = end - start;
    if (line < LINE_LEAST || line > LINE_MOST)
        return end;
    for (;;) {
        size_t at = end;
        if (at < text.len && text.bytes[at] == '\r')
            at++;
        if (at >= text.len || text.bytes[at] != '\n')
            return end;
        const size_t next = digits_end(text, at + 1), len = next - (at + 1);
        if (!len || len > line || (len < line && !may_end_lines(text, next)))
            return end;
        end = next;
        if (len < line)
            return end;
    }
}

bool stretch_find(struct har_text text, size_t from, struct stretch *stretch)
{
    for (size_t at = from; (at = skip(text, at)) < text.len;) {
        const size_t start = digits_start(text, at, from);
        size_t end = digits_end(text, at);
        if (end - start < STRETCH_LEAST) {
            at = end > at ? end : at + 1;
            continue;
        }
        end = lines_end(text, start, end);
        for (unsigned pads = 0; pads < 2 && end < text.len && text.bytes[end] == '='; pads++)
            end++;
        *stretch = (struct stretch){start, end};
        return true;
    }
    return false;
}
