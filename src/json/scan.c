/* Blocks of 64 bytes to offsets: bit masks, carried from block to block. */
#include "json/scan.h"

#include "json/classify.h"
#include "util/utf8.h"

typedef void strings_fn(const unsigned char *block, struct json_string_classes *classes);
typedef void structure_fn(const unsigned char *block, struct json_structure_classes *classes);
typedef uint64_t letters_fn(const unsigned char *block);

#define BIT(i) (UINT64_C(1) << (i))

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

/* Whether the \u escape of a code unit is spelled as harmill would: lower case, for what has no shorter form. */
static bool canonical_unit(const unsigned char *escape, int unit)
{
    static const unsigned char shorter[0x20] = {['\b'] = 1, ['\t'] = 1, ['\n'] = 1, ['\f'] = 1, ['\r'] = 1};
    for (int i = 2; i < 6; i++)
        if (escape[i] >= 'A' && escape[i] <= 'F')
            return false;
    return unit < 0x20 ? !shorter[unit] : unit >= 0xd800 && unit < 0xe000;
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

/* Eight at a time, without looking whether there are so many: what is too much is overwritten next time. A block has at most 64
 * and the list has room for them. */
static inline void add_index(struct json_scan *scan, uint64_t bits)
{
    const uint32_t base = (uint32_t)scan->at;
    const unsigned count = json_count_bits(bits);
    uint32_t *out = scan->index + scan->index_count;
    for (unsigned done = 0; done < count; done += 8)
        for (unsigned i = 0; i < 8; i++) {
            *out++ = base + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
            bits &= bits - 1;
        }
    scan->index_count += count;
}

static void add_mark(struct json_scan *scan, size_t at, enum json_mark_kind kind)
{
    scan->mark[scan->mark_count++] = (struct json_mark){(uint32_t)at, kind};
}

/* Judges the \u escape whose backslash is at offset `at`; `escape` points there. */
static void judge_unicode(struct json_scan *scan, const unsigned char *escape, size_t at)
{
    const int unit = json_hex4(escape + 2);
    bool pair = false;
    if (unit < 0) {
        add_mark(scan, at, JSON_MARK_ESCAPE);
        return;
    }
    if (unit == 0)
        add_mark(scan, at, JSON_MARK_NUL);
    if (unit >= 0xd800 && unit < 0xdc00) {
        const int low = escape[6] == '\\' && escape[7] == 'u' ? json_hex4(escape + 8) : -1;
        pair = low >= 0xdc00 && low < 0xe000;
        if (pair)
            scan->low_at = at + 6;
    } else if (unit >= 0xdc00 && unit < 0xe000) {
        pair = scan->low_at == at;
    }
    if (unit >= 0xd800 && unit < 0xe000 && !pair)
        add_mark(scan, at, JSON_MARK_SURROGATE);
    if (pair || !canonical_unit(escape, unit))
        add_mark(scan, at, JSON_MARK_SPELLING);
}

/* What is odd in a block: `second` are bytes behind a backslash that need a closer look, `control` and `bad` raw bytes. */
struct odd {
    uint64_t second, control, bad;
};

/* Marks what is odd, in the order of the offsets: an escape by its backslash, which may be the last byte of the block before. */
static __attribute__((noinline)) void note_odd(struct json_scan *scan, const unsigned char *block, const struct odd *odd)
{
    for (uint64_t all = odd->second | odd->control | odd->bad; all; all &= all - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(all);
        if (odd->second & BIT(i)) {
            const unsigned char *escape = block + i - 1;
            if (block[i] == 'u')
                judge_unicode(scan, escape, scan->at + i - 1);
            else
                add_mark(scan, scan->at + i - 1, block[i] == '/' ? JSON_MARK_SPELLING : JSON_MARK_ESCAPE);
        }
        if (odd->control & BIT(i))
            add_mark(scan, scan->at + i, JSON_MARK_CONTROL);
        if (odd->bad & BIT(i))
            add_mark(scan, scan->at + i, JSON_MARK_UTF8);
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
                                                       structure_fn *structure, letters_fn *letters)
{
    struct json_string_classes s;
    struct json_structure_classes t;
    uint64_t escaped = 0;
    struct odd odd = {0, 0, 0};
    strings(block, &s);
    if (s.backslash | scan->escaped) {
        escaped = json_escaped(s.backslash, &scan->escaped);
        odd.second = escaped & ~(letters(block) | s.quote | s.backslash);
    }
    const uint64_t quotes = s.quote & ~escaped;
    const uint64_t in = parity_below(quotes) ^ scan->in_string;
    if (s.high || scan->utf8_left)
        odd.bad = find_bad_utf8(scan, block, s.high) & in;
    odd.second &= in;
    odd.control = s.control & in;
    if (odd.second | odd.control | odd.bad)
        note_odd(scan, block, &odd);
    scan->in_string = (uint64_t)0 - (in >> 63);
    const uint64_t backslashes = first_backslashes(scan, in, quotes & in, s.backslash);
    if (in == ~UINT64_C(0) && quotes == 0) { /* inside one long string */
        if (backslashes)
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
                                                      strings_fn *strings, structure_fn *structure, letters_fn *letters)
{
    const size_t from = scan->at;
    while (scan->index_count <= JSON_INDEX - JSON_BLOCK && scan->mark_count <= JSON_INDEX - 2 * JSON_BLOCK - 2 &&
           (last ? scan->at < len : scan->at + JSON_BLOCK + JSON_SCAN_AHEAD <= len)) {
        step(scan, bytes + scan->at, strings, structure, letters);
        scan->at += JSON_BLOCK;
    }
    return scan->at != from;
}

bool json_scan_run_portable(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last)
{
    return run(scan, bytes, len, last, json_classify_strings_portable, json_classify_structure_portable,
               json_classify_letters_portable);
}

bool json_scan_run(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last)
{
#if defined(__SSE2__)
    return run(scan, bytes, len, last, json_classify_strings_sse2, json_classify_structure_sse2, json_classify_letters_sse2);
#else
    return json_scan_run_portable(scan, bytes, len, last);
#endif
}

void json_scan_rebase(struct json_scan *scan, size_t drop)
{
    scan->at -= drop;
    scan->low_at -= drop; /* below zero it matches nothing any more */
    for (size_t i = 0; i < scan->index_count; i++)
        scan->index[i] -= (uint32_t)drop;
    for (size_t i = 0; i < scan->mark_count; i++)
        scan->mark[i].at -= (uint32_t)drop;
}

void json_scan_restart(struct json_scan *scan, size_t at)
{
    scan->at = at;
    scan->in_string = 0;
    scan->plain = scan->scalar = false;
    scan->escaped = 0;
    scan->utf8_left = 0;
    scan->index_count = scan->mark_count = 0;
}
