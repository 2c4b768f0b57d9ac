/* Strings measured in blocks of 64 bytes: most have neither escapes nor other characters than ASCII. */
#include "json/measure.h"

#include <string.h>

#include "json/classify.h"
#include "json/text.h"
#include "util/word.h"

/* What matters in a block: everything else stands for itself, one byte each. */
struct measure_classes {
    uint64_t backslash, u;
    uint64_t lead; /* 0xEF, which U+FFFD begins with */
    bool high;
};

/* False when the block has neither a backslash nor anything but ASCII; then only `high` is filled in. */
typedef bool measure_classify_fn(const unsigned char *block, struct measure_classes *classes);

/* The string and how far it was measured. */
struct measuring {
    const unsigned char *text;
    size_t len;
    struct json_measure sum;
    size_t low_at; /* offset of the escaped low surrogate whose high half was seen last */
};

static bool classify_portable(const unsigned char *block, struct measure_classes *classes)
{
    struct measure_classes c = {0, 0, 0, false};
    for (unsigned i = 0; i < JSON_BLOCK; i++) {
        const unsigned char byte = block[i];
        c.backslash |= (uint64_t)(byte == '\\') << i;
        c.u |= (uint64_t)(byte == 'u') << i;
        c.lead |= (uint64_t)(byte == 0xef) << i;
        c.high |= byte >= 0x80;
    }
    *classes = c;
    return c.backslash || c.high;
}

#if defined(__SSE2__)
static inline bool classify_sse2(const unsigned char *block, struct measure_classes *classes)
{
    __m128i v[4], all, slash;
    json_load(block, v);
    all = _mm_or_si128(_mm_or_si128(v[0], v[1]), _mm_or_si128(v[2], v[3]));
    slash = _mm_cmpeq_epi8(v[0], _mm_set1_epi8('\\'));
    for (int i = 1; i < 4; i++)
        slash = _mm_or_si128(slash, _mm_cmpeq_epi8(v[i], _mm_set1_epi8('\\')));
    classes->high = _mm_movemask_epi8(all) != 0;
    const bool escapes = _mm_movemask_epi8(slash) != 0;
    classes->backslash = escapes ? json_equal(v, '\\') : 0;
    classes->u = escapes ? json_equal(v, 'u') : block[0] == 'u'; /* an escape may begin in the block before */
    classes->lead = classes->high ? json_equal(v, (char)0xef) : 0;
    return escapes || classes->high;
}
#endif

static void note_replaced(struct measuring *m, size_t at)
{
    m->sum.replaced = at < m->sum.replaced ? at : m->sum.replaced;
}

/* Counts the \u escape whose backslash is at offset `at`, of which a byte is counted already. */
static void measure_unicode(struct measuring *m, size_t at)
{
    enum { ESCAPE = 6, REPLACEMENT = 3 }; /* its length; U+FFFD's in UTF-8 */
    const unsigned char *escape = m->text + at;
    const size_t left = m->len - at;
    const int unit = left >= ESCAPE ? json_hex4(escape + 2) : -1;
    m->sum.bytes -= unit >= 0 ? ESCAPE - 1 : 1; /* of what is none, only the two characters that begin it */
    m->sum.ascii = m->sum.ascii && unit >= 0 && unit < 0x80;
    if (unit >= 0 && (unit < 0xd800 || unit >= 0xe000)) {
        m->sum.bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        if (unit == 0xfffd)
            note_replaced(m, at);
        return;
    }
    if (unit >= 0xd800 && unit < 0xdc00 && left >= 2 * ESCAPE && escape[ESCAPE] == '\\' && escape[ESCAPE + 1] == 'u') {
        const int low = json_hex4(escape + ESCAPE + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            m->low_at = at + ESCAPE;
            m->sum.bytes += 4;
            return;
        }
    }
    if (unit >= 0xdc00 && m->low_at == at) /* counted with its first half */
        return;
    m->sum.bytes += REPLACEMENT;
    m->sum.lone = true;
}

/* What the bytes in `escaped` end: escapes of two bytes, or, those in `unicode`, the beginnings of longer ones. */
static inline void measure_escapes(struct measuring *m, size_t at, uint64_t escaped, uint64_t unicode)
{
    m->sum.bytes -= json_count_bits(escaped);
    for (; unicode; unicode &= unicode - 1)
        measure_unicode(m, at + (unsigned)__builtin_ctzll(unicode) - 1);
}

static inline void measure_block(struct measuring *m, size_t at, const struct measure_classes *c, uint64_t *carry)
{
    if (c->backslash | *carry) {
        const uint64_t escaped = json_escaped(c->backslash, carry);
        measure_escapes(m, at, escaped, escaped & c->u);
    }
    m->sum.ascii = m->sum.ascii && !c->high;
    for (uint64_t lead = c->lead; lead && m->sum.replaced >= at; lead &= lead - 1) {
        const size_t first = at + (unsigned)__builtin_ctzll(lead);
        if (m->len - first >= 3 && m->text[first + 1] == 0xbf && m->text[first + 2] == 0xbd)
            note_replaced(m, first);
    }
}

static inline __attribute__((always_inline)) struct json_measure measure(const char *text, size_t len,
                                                                         measure_classify_fn *classify)
{
    struct measuring m = {(const unsigned char *)text, len, {len, JSON_NOWHERE, true, false}, JSON_NOWHERE};
    struct measure_classes classes = {0, 0, 0, false};
    uint64_t carry = 0;
    size_t at = 0;
    for (; len - at >= JSON_BLOCK; at += JSON_BLOCK)
        if (classify(m.text + at, &classes) || carry)
            measure_block(&m, at, &classes, &carry);
    if (at < len) {
        unsigned char rest[JSON_BLOCK] = {0};
        memcpy(rest, m.text + at, len - at);
        if (classify(rest, &classes) || carry)
            measure_block(&m, at, &classes, &carry);
    }
    return m.sum;
}

struct json_measure json_measure_portable(const char *text, size_t len)
{
    return measure(text, len, classify_portable);
}

struct json_measure json_measure(const char *text, size_t len)
{
#if defined(__SSE2__)
    return measure(text, len, classify_sse2);
#else
    return json_measure_portable(text, len);
#endif
}

/* The first `count` bytes of a word. All but those that continue a character begin one, those from 0xF0 on one that is two units.
 */
static void count_word(uint64_t word, size_t count, struct json_characters *sum)
{
    word <<= 8 * (WORD_BYTES - count); /* what comes in are zeros, which begin none of these */
    const uint64_t continued = word >> 7 & ~word >> 6 & WORD_ONES;
    const uint64_t high = word >> 7 & word >> 6 & word >> 5 & word >> 4 & WORD_ONES;
    const size_t begun = count - (size_t)(continued * WORD_ONES >> 56);
    sum->points += begun;
    sum->units += begun + (size_t)(high * WORD_ONES >> 56);
}

static void count_escape(const char **text, size_t *len, struct json_characters *sum)
{
    struct json_piece piece = {*text, 2, true, 0};
    if (*len >= 2 && (*text)[1] != 'u' && (unsigned char)(*text)[1] < 0x80) {
        *text += 2;
        *len -= 2;
    } else if (!json_text_piece(text, len, &piece)) {
        return;
    }
    sum->points++;
    sum->units += piece.point > 0xffff ? 2 : 1;
}

struct json_characters json_characters(const char *text, size_t len)
{
    struct json_characters sum = {0, 0};
    while (len >= WORD_BYTES) {
        const uint64_t word = word_load(text);
        const size_t plain = word_before(word_equal(word, '\\'));
        if (!plain) {
            count_escape(&text, &len, &sum);
            continue;
        }
        count_word(word, plain, &sum);
        text += plain;
        len -= plain;
    }
    while (len) {
        if (*text == '\\') {
            count_escape(&text, &len, &sum);
            continue;
        }
        count_word((unsigned char)*text++, 1, &sum);
        len--;
    }
    return sum;
}
