/* Blocks of 64 bytes to offsets: bit masks, carried from block to block. */
#include "json/scan.h"

#include <string.h>

#include "json/classify.h"
#include "util/utf8.h"

typedef void strings_fn(const unsigned char *block, struct json_string_classes *classes);
typedef void structure_fn(const unsigned char *block, struct json_structure_classes *classes);

#define BIT(i) (UINT64_C(1) << (i))

/* What was odd in a block, by kind. */
struct odd {
    uint64_t bits[JSON_MARK_NUL + 1];
};

int json_hex4(const unsigned char *digits)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        const int c = digits[i];
        if (c >= '0' && c <= '9')
            value = value * 16 + c - '0';
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            value = value * 16 + (c | 0x20) - 'a' + 10;
        else
            return -1;
    }
    return value;
}

/* Each bit becomes the parity of itself and all bits below. */
static inline uint64_t parity_below(uint64_t bits)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* Judges the \u escape whose backslash is at block[i]. */
static void judge_unicode(struct json_scan *scan, const unsigned char *block, unsigned i, struct odd *odd)
{
    const int unit = json_hex4(block + i + 2);
    if (unit < 0)
        odd->bits[JSON_MARK_ESCAPE] |= BIT(i);
    else if (unit == 0)
        odd->bits[JSON_MARK_NUL] |= BIT(i);
    else if (unit >= 0xd800 && unit < 0xdc00) {
        const int low = block[i + 6] == '\\' && block[i + 7] == 'u' ? json_hex4(block + i + 8) : -1;
        if (low >= 0xdc00 && low < 0xe000)
            scan->low_in = i + 6 + 1;
        else
            odd->bits[JSON_MARK_SURROGATE] |= BIT(i);
    } else if (unit >= 0xdc00 && unit < 0xe000 && scan->low_in != i + 1)
        odd->bits[JSON_MARK_SURROGATE] |= BIT(i);
}

/* The bytes that follow a backslash which starts an escape; judges the escapes on the way. */
static uint64_t find_escaped(struct json_scan *scan, const unsigned char *block, uint64_t backslash, struct odd *odd)
{
    static const unsigned char known[256] = {['"'] = 1, ['\\'] = 1, ['/'] = 1, ['b'] = 1, ['f'] = 1,
                                             ['n'] = 1, ['r'] = 1,  ['t'] = 1, ['u'] = 2};
    uint64_t escaped = 0;
    if (scan->escaped) {
        escaped = 1;
        backslash &= ~UINT64_C(1);
        scan->escaped = false;
    }
    while (backslash) {
        const unsigned i = (unsigned)__builtin_ctzll(backslash);
        const unsigned char kind = known[block[i + 1]];
        if (kind == 2)
            judge_unicode(scan, block, i, odd);
        else if (kind == 0)
            odd->bits[JSON_MARK_ESCAPE] |= BIT(i);
        if (i == 63) {
            scan->escaped = true;
            break;
        }
        escaped |= BIT(i + 1);
        backslash &= ~(UINT64_C(3) << i);
    }
    scan->low_in = scan->low_in > JSON_BLOCK ? scan->low_in - JSON_BLOCK : 0;
    return escaped;
}

/* Checks the sequences that start in the block; they may reach into the next. */
static uint64_t find_bad_utf8(struct json_scan *scan, const unsigned char *block, uint64_t high)
{
    uint64_t bad = 0;
    high &= ~(BIT(scan->utf8_left) - 1);
    scan->utf8_left = 0;
    while (high) {
        const unsigned i = (unsigned)__builtin_ctzll(high);
        uint32_t point;
        const size_t len = utf8_decode((const char *)block + i, 4, &point);
        const unsigned end = i + (len ? (unsigned)len : 1);
        bad |= len ? 0 : BIT(i);
        if (end >= JSON_BLOCK) {
            scan->utf8_left = end - JSON_BLOCK;
            break;
        }
        high &= ~(BIT(end) - 1);
    }
    return bad;
}

static inline void add_index(struct json_scan *scan, uint64_t bits)
{
    const uint32_t base = (uint32_t)scan->at;
    uint32_t *out = scan->index + scan->index_count;
    while (bits) {
        *out++ = base + (uint32_t)__builtin_ctzll(bits);
        bits &= bits - 1;
    }
    scan->index_count = (size_t)(out - scan->index);
}

static void add_marks(struct json_scan *scan, const struct odd *odd, uint64_t in_string)
{
    uint64_t all = 0;
    for (unsigned kind = 0; kind <= JSON_MARK_NUL; kind++)
        all |= odd->bits[kind];
    for (all &= in_string; all; all &= all - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(all);
        unsigned kind = 0;
        while (!(odd->bits[kind] & BIT(i)))
            kind++;
        scan->mark[scan->mark_count++] = (struct json_mark){(uint32_t)(scan->at + i), kind};
    }
}

/* Per string the first backslash: an opening quote, added as a number, runs through the ones of plain string bytes and comes to
 * rest on what ends them. */
static inline uint64_t first_backslashes(struct json_scan *scan, uint64_t in, uint64_t opening, uint64_t backslash)
{
    const uint64_t run = in & ~backslash;
    uint64_t sum;
    scan->plain = __builtin_add_overflow(run, opening | (uint64_t)scan->plain, &sum);
    return sum & ~run & backslash & in;
}

static inline __attribute__((always_inline)) void step(struct json_scan *scan, const unsigned char *block, strings_fn *strings,
                                                       structure_fn *structure)
{
    struct json_string_classes s;
    struct json_structure_classes t;
    struct odd odd;
    bool judged = false;
    strings(block, &s);
    uint64_t quotes = s.quote;
    if (__builtin_expect((s.backslash | s.high) != 0 || scan->escaped || scan->utf8_left, 0)) {
        memset(&odd, 0, sizeof odd);
        judged = true;
        if (s.backslash || scan->escaped)
            quotes &= ~find_escaped(scan, block, s.backslash, &odd);
        if (s.high || scan->utf8_left)
            odd.bits[JSON_MARK_UTF8] = find_bad_utf8(scan, block, s.high);
    }
    if (!s.backslash)
        scan->low_in = 0;
    const uint64_t in = parity_below(quotes) ^ scan->in_string;
    if (judged || (s.control & in)) {
        if (!judged)
            memset(&odd, 0, sizeof odd);
        odd.bits[JSON_MARK_CONTROL] = s.control;
        add_marks(scan, &odd, in);
    }
    scan->in_string = (uint64_t)0 - (in >> 63);
    const uint64_t backslashes = first_backslashes(scan, in, quotes & in, s.backslash);
    if (in == ~UINT64_C(0) && quotes == 0) { /* inside one long string */
        add_index(scan, backslashes);
        scan->scalar = false;
        return;
    }
    structure(block, &t);
    const uint64_t scalar = ~(t.op | t.space | quotes | in);
    const uint64_t starts = scalar & ~(scalar << 1 | (uint64_t)scan->scalar);
    scan->scalar = scalar >> 63;
    add_index(scan, quotes | backslashes | (t.op & ~in) | starts);
}

static inline __attribute__((always_inline)) bool run(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last,
                                                      strings_fn *strings, structure_fn *structure)
{
    const size_t from = scan->at;
    while (scan->index_count <= JSON_INDEX - JSON_BLOCK && scan->mark_count <= JSON_INDEX - JSON_BLOCK &&
           (last ? scan->at < len : scan->at + JSON_BLOCK + JSON_SCAN_AHEAD <= len)) {
        step(scan, bytes + scan->at, strings, structure);
        scan->at += JSON_BLOCK;
    }
    return scan->at != from;
}

bool json_scan_run_portable(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last)
{
    return run(scan, bytes, len, last, json_classify_strings_portable, json_classify_structure_portable);
}

bool json_scan_run(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last)
{
#if defined(__SSE2__)
    return run(scan, bytes, len, last, json_classify_strings_sse2, json_classify_structure_sse2);
#else
    return json_scan_run_portable(scan, bytes, len, last);
#endif
}

void json_scan_rebase(struct json_scan *scan, size_t drop)
{
    scan->at -= drop;
    for (size_t i = 0; i < scan->index_count; i++)
        scan->index[i] -= (uint32_t)drop;
    for (size_t i = 0; i < scan->mark_count; i++)
        scan->mark[i].at -= (uint32_t)drop;
}

void json_scan_restart(struct json_scan *scan, size_t at)
{
    scan->at = at;
    scan->in_string = 0;
    scan->plain = scan->escaped = scan->scalar = false;
    scan->utf8_left = scan->low_in = 0;
    scan->index_count = scan->mark_count = 0;
}
