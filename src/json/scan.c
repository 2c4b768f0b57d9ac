/* Blocks of 64 bytes to offsets: bit masks, carried from block to block. */
#include "json/scan.h"

#include "json/classify.h"
#include "util/utf8.h"

typedef void strings_fn(const unsigned char *block, struct json_string_classes *classes);
typedef void structure_fn(const unsigned char *block, struct json_structure_classes *classes);
typedef void escapes_fn(const unsigned char *block, struct json_escape_classes *classes);

#define BIT(i) (UINT64_C(1) << (i))

/* What was odd in a block, by kind: at which byte; and at the byte before the block, where an escape began that ends in it. */
struct odd {
    uint64_t bits[JSON_MARK_SPELLING + 1];
    unsigned before; /* bits of kinds */
};

static inline void set_odd(struct odd *odd, enum json_mark_kind kind, int at)
{
    if (at < 0)
        odd->before |= 1u << kind;
    else
        odd->bits[kind] |= BIT(at);
}

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

/* Judges the \u escape whose backslash is `at` bytes from the block's first; that may be one before it. */
static void judge_unicode(struct json_scan *scan, const unsigned char *block, int at, struct odd *odd)
{
    const unsigned char *escape = block + at;
    const int unit = json_hex4(escape + 2);
    bool pair = false;
    if (unit < 0) {
        set_odd(odd, JSON_MARK_ESCAPE, at);
        return;
    }
    if (unit == 0)
        set_odd(odd, JSON_MARK_NUL, at);
    if (unit >= 0xd800 && unit < 0xdc00) {
        const int low = escape[6] == '\\' && escape[7] == 'u' ? json_hex4(escape + 8) : -1;
        pair = low >= 0xdc00 && low < 0xe000;
        if (pair)
            scan->low_in = (uint32_t)(at + 6 + 2);
    } else if (unit >= 0xdc00 && unit < 0xe000) {
        pair = scan->low_in == (uint32_t)(at + 2);
    }
    if (unit >= 0xd800 && unit < 0xe000 && !pair)
        set_odd(odd, JSON_MARK_SURROGATE, at);
    if (pair || !canonical_unit(escape, unit))
        set_odd(odd, JSON_MARK_SPELLING, at);
}

/* The bytes that follow a backslash which starts an escape. A run of backslashes is cut into pairs: within it every other one
 * starts an escape. Odd and even starts are told apart by a subtraction that borrows through the runs. */
static inline uint64_t find_escaped(struct json_scan *scan, uint64_t backslash)
{
    const uint64_t odd_places = UINT64_C(0xaaaaaaaaaaaaaaaa);
    const uint64_t may_start = backslash & ~scan->escaped;
    const uint64_t may_follow = may_start << 1 | odd_places;
    const uint64_t parity = (may_follow - may_start) ^ odd_places;
    const uint64_t escaped = parity ^ (backslash | scan->escaped);
    scan->escaped = (parity & backslash) >> 63;
    return escaped;
}

/* Judges the escapes by the bytes behind their backslashes. */
static inline void judge_escapes(struct json_scan *scan, const unsigned char *block, uint64_t escaped,
                                 const struct json_string_classes *strings, const struct json_escape_classes *escapes,
                                 struct odd *odd)
{
    const uint64_t unknown = escaped & ~(escapes->letter | strings->quote | strings->backslash);
    const uint64_t slash = escaped & escapes->slash;
    odd->bits[JSON_MARK_ESCAPE] |= unknown >> 1;
    odd->bits[JSON_MARK_SPELLING] |= slash >> 1;
    odd->before |= (unsigned)(unknown & 1) << JSON_MARK_ESCAPE | (unsigned)(slash & 1) << JSON_MARK_SPELLING;
    for (uint64_t u = escaped & escapes->u; u; u &= u - 1)
        judge_unicode(scan, block, __builtin_ctzll(u) - 1, odd);
    scan->low_in = scan->low_in > JSON_BLOCK ? scan->low_in - JSON_BLOCK : 0;
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

/* Without the instruction for it, which not every x86-64 has. */
static inline unsigned count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (unsigned)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* Eight at a time, without looking whether there are so many: what is too much is overwritten next time. A block has at most 64
 * and the list has room for them. */
static inline void add_index(struct json_scan *scan, uint64_t bits)
{
    const uint32_t base = (uint32_t)scan->at;
    const unsigned count = count_bits(bits);
    uint32_t *out = scan->index + scan->index_count;
    for (unsigned done = 0; done < count; done += 8)
        for (unsigned i = 0; i < 8; i++) {
            *out++ = base + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
            bits &= bits - 1;
        }
    scan->index_count += count;
}

/* `in` tells which bytes lie in strings; scan->in_string still tells it of the byte before. */
static inline void add_marks(struct json_scan *scan, const struct odd *odd, uint64_t in)
{
    uint64_t all = 0;
    for (unsigned kind = 0; odd->before && kind <= JSON_MARK_SPELLING; kind++)
        if (odd->before & 1u << kind && scan->in_string)
            scan->mark[scan->mark_count++] = (struct json_mark){(uint32_t)(scan->at - 1), kind};
    for (unsigned kind = 0; kind <= JSON_MARK_SPELLING; kind++)
        all |= odd->bits[kind];
    for (all &= in; all; all &= all - 1) {
        const unsigned i = (unsigned)__builtin_ctzll(all);
        for (unsigned kind = 0; kind <= JSON_MARK_SPELLING; kind++)
            if (odd->bits[kind] & BIT(i))
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

/* Everything about a block that has escapes or bytes outside ASCII; its quotes that are no escapes. */
static inline __attribute__((always_inline)) uint64_t judge(struct json_scan *scan, const unsigned char *block,
                                                            const struct json_string_classes *s, escapes_fn *escapes,
                                                            struct odd *odd)
{
    uint64_t escaped = 0;
    if (s->backslash | scan->escaped) {
        struct json_escape_classes e;
        escaped = find_escaped(scan, s->backslash);
        escapes(block, &e);
        judge_escapes(scan, block, escaped, s, &e, odd);
    } else {
        scan->low_in = 0;
    }
    if (s->high || scan->utf8_left)
        odd->bits[JSON_MARK_UTF8] = find_bad_utf8(scan, block, s->high);
    return s->quote & ~escaped;
}

static inline __attribute__((always_inline)) void step(struct json_scan *scan, const unsigned char *block, strings_fn *strings,
                                                       structure_fn *structure, escapes_fn *escapes)
{
    struct json_string_classes s;
    struct json_structure_classes t;
    struct odd odd = {.before = 0};
    strings(block, &s);
    uint64_t quotes = s.quote;
    if (s.backslash | s.high | scan->escaped | scan->utf8_left)
        quotes = judge(scan, block, &s, escapes, &odd);
    const uint64_t in = parity_below(quotes) ^ scan->in_string;
    odd.bits[JSON_MARK_CONTROL] = s.control & in;
    add_marks(scan, &odd, in);
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
                                                      strings_fn *strings, structure_fn *structure, escapes_fn *escapes)
{
    const size_t from = scan->at;
    while (scan->index_count <= JSON_INDEX - JSON_BLOCK && scan->mark_count <= JSON_INDEX - 2 * JSON_BLOCK - 2 &&
           (last ? scan->at < len : scan->at + JSON_BLOCK + JSON_SCAN_AHEAD <= len)) {
        step(scan, bytes + scan->at, strings, structure, escapes);
        scan->at += JSON_BLOCK;
    }
    return scan->at != from;
}

bool json_scan_run_portable(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last)
{
    return run(scan, bytes, len, last, json_classify_strings_portable, json_classify_structure_portable,
               json_classify_escapes_portable);
}

bool json_scan_run(struct json_scan *scan, const unsigned char *bytes, size_t len, bool last)
{
#if defined(__SSE2__)
    return run(scan, bytes, len, last, json_classify_strings_sse2, json_classify_structure_sse2, json_classify_escapes_sse2);
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
    scan->plain = scan->scalar = false;
    scan->escaped = 0;
    scan->utf8_left = scan->low_in = 0;
    scan->index_count = scan->mark_count = 0;
}
