/* The tokenizer's first layer: SSE2 against portable C, both against a scanner that goes byte by byte, and block edges. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/classify.h"
#include "json/scan.h"
#include "util/utf8.h"

Suite *suite_scan(void);

enum { PADDING = JSON_BLOCK + JSON_SCAN_AHEAD + 16 };

static uint64_t random_state = 88172645463325252u;

static uint64_t xorshift(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* Bytes that matter, in proportions that change with `flavour`: dense structure, long strings, escapes, UTF-8. */
static void fill(unsigned char *bytes, size_t len, unsigned flavour)
{
    static const char *const pieces[] = {"\"",
                                         "\\",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         ":",
                                         ",",
                                         " ",
                                         "\n",
                                         "\t",
                                         "\r",
                                         "a",
                                         "0",
                                         "u",
                                         "\"\"",
                                         "\\\\",
                                         "\\\"",
                                         "\\n",
                                         "\\u0000",
                                         "\\ud83d",
                                         "\\ude00",
                                         "\\ud83d\\ude00",
                                         "\\u12G4",
                                         "\\v",
                                         "\xc3\xa9",
                                         "\xe2\x82\xac",
                                         "\xf0\x9f\x98\x80",
                                         "\xc3",
                                         "\xe2\x82",
                                         "\xf0\x9f\x98",
                                         "\xed\xa0\x80",
                                         "\xc0\xaf",
                                         "\xf4\x90\x80\x80",
                                         "\x80",
                                         "\xff",
                                         "\x01",
                                         "\x1f",
                                         "\x7f",
                                         "\\ud83d\\u0041",
                                         "\\u",
                                         "plain text that is long enough to fill a block of sixty-four bytes, nearly"};
    const size_t count = sizeof pieces / sizeof *pieces;
    for (size_t i = 0; i < len;) {
        const uint64_t r = xorshift();
        if (r % 16 < flavour) {
            bytes[i++] = (unsigned char)(r >> 8);
            continue;
        }
        const char *piece = pieces[(r >> 8) % (flavour & 1 ? 24 : count)];
        size_t n = strlen(piece);
        n = n < len - i ? n : len - i;
        memcpy(bytes + i, piece, n);
        i += n;
    }
}

/* What a scan found, collected over several calls. */
struct found {
    uint32_t *index;
    struct json_mark *mark;
    size_t index_count, mark_count;
};

static void found_init(struct found *found, size_t len)
{
    found->index = malloc((2 * len + 64) * sizeof *found->index); /* a byte gives at most one of each */
    found->mark = malloc((2 * len + 64) * sizeof *found->mark);
    found->index_count = found->mark_count = 0;
    ck_assert(found->index && found->mark);
}

static void found_release(struct found *found)
{
    free(found->index);
    free(found->mark);
}

static void take(struct found *found, struct json_scan *scan)
{
    memcpy(found->index + found->index_count, scan->index, scan->index_count * sizeof *scan->index);
    memcpy(found->mark + found->mark_count, scan->mark, scan->mark_count * sizeof *scan->mark);
    found->index_count += scan->index_count;
    found->mark_count += scan->mark_count;
    scan->index_count = scan->mark_count = 0;
}

/* The four digits of a \u escape as a number; -1 when they are none. */
static int unit_of(const unsigned char *escape)
{
    char digits[5] = {0};
    memcpy(digits, escape + 2, 4);
    if (escape[0] != '\\' || escape[1] != 'u' || strspn(digits, "0123456789abcdefABCDEF") != 4)
        return -1;
    return (int)strtoul(digits, NULL, 16);
}

static bool upper_case(const unsigned char *escape)
{
    for (int i = 2; i < 6; i++)
        if (escape[i] >= 'A' && escape[i] <= 'F')
            return true;
    return false;
}

/* Bits of the marks that the escape at bytes[i] deserves. */
static unsigned judge(const unsigned char *bytes, size_t i, size_t *low_seen)
{
    const unsigned char c = bytes[i + 1];
    const int unit = unit_of(bytes + i);
    if (c == '/')
        return 1u << JSON_MARK_SPELLING;
    if (c != 'u')
        return c && strchr("\"\\bfnrt", c) ? 0 : 1u << JSON_MARK_ESCAPE;
    if (unit < 0)
        return 1u << JSON_MARK_ESCAPE;
    const unsigned spelling =
        upper_case(bytes + i) || (unit < 0x20 && strchr("\b\t\n\f\r", unit) && unit) ? 1u << JSON_MARK_SPELLING : 0;
    if (!unit)
        return 1u << JSON_MARK_NUL;
    if (unit < 0x20)
        return spelling;
    if (unit < 0xd800 || unit > 0xdfff)
        return 1u << JSON_MARK_SPELLING;
    if (unit >= 0xdc00)
        return *low_seen == i ? 1u << JSON_MARK_SPELLING : 1u << JSON_MARK_SURROGATE | spelling;
    const int low = unit_of(bytes + i + 6);
    if (low < 0xdc00 || low > 0xdfff)
        return 1u << JSON_MARK_SURROGATE | spelling;
    *low_seen = i + 6;
    return 1u << JSON_MARK_SPELLING;
}

/* The oracle: one byte after the other. A backslash hides the byte behind it also outside strings, where the grammar refuses it. */
static void naive(const unsigned char *bytes, size_t len, struct found *found)
{
    bool string = false, plain = false, scalar = false;
    size_t escaped = SIZE_MAX, low_seen = SIZE_MAX, utf8_end = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = bytes[i];
        const bool hidden = escaped == i;
        unsigned marks = 0;
        if (c == '\\' && !hidden) {
            marks = judge(bytes, i, &low_seen);
            escaped = i + 1;
        }
        if (c >= 0x80 && i >= utf8_end) {
            uint32_t point;
            const size_t n = utf8_decode((const char *)bytes + i, 4, &point);
            utf8_end = i + (n ? n : 1);
            marks = n ? 0 : 1u << JSON_MARK_UTF8;
        }
        if (c < 0x20)
            marks = 1u << JSON_MARK_CONTROL;
        for (unsigned kind = 0; string && kind <= JSON_MARK_SPELLING; kind++)
            if (marks & 1u << kind)
                found->mark[found->mark_count++] = (struct json_mark){(uint32_t)i, kind};
        if (c == '"' && !hidden) {
            found->index[found->index_count++] = (uint32_t)i;
            string = !string;
            plain = true;
            scalar = false;
        } else if (string) {
            if (c == '\\' && plain)
                found->index[found->index_count++] = (uint32_t)i;
            plain &= c != '\\';
        } else if (c && strchr("{}[]:,", c)) {
            found->index[found->index_count++] = (uint32_t)i;
            scalar = false;
        } else if (c && strchr(" \t\r\n", c)) {
            scalar = false;
        } else {
            if (!scalar)
                found->index[found->index_count++] = (uint32_t)i;
            scalar = true;
        }
    }
}

static void expect_same_found(const struct found *a, const struct found *b, const char *what)
{
    ck_assert_msg(a->index_count == b->index_count && memcmp(a->index, b->index, a->index_count * sizeof *a->index) == 0,
                  "%s: index", what);
    ck_assert_msg(a->mark_count == b->mark_count && memcmp(a->mark, b->mark, a->mark_count * sizeof *a->mark) == 0, "%s: marks",
                  what);
}

/* All that is carried from block to block stands before the lists. Both were zeroed, padding too. */
static void expect_same_state(const struct json_scan *a, const struct json_scan *b)
{
    ck_assert_mem_eq(a, b, offsetof(struct json_scan, index));
    ck_assert_uint_eq(a->index_count, b->index_count);
    ck_assert_uint_eq(a->mark_count, b->mark_count);
    ck_assert_mem_eq(a->index, b->index, a->index_count * sizeof *a->index);
    ck_assert_mem_eq(a->mark, b->mark, a->mark_count * sizeof *a->mark);
}

static void compare_classes(const unsigned char *block)
{
#if defined(__SSE2__)
    struct json_string_classes s, t;
    struct json_structure_classes u, v;
    json_classify_strings_portable(block, &s);
    json_classify_strings_sse2(block, &t);
    ck_assert(s.quote == t.quote && s.backslash == t.backslash && s.control == t.control && s.high == t.high);
    json_classify_structure_portable(block, &u);
    json_classify_structure_sse2(block, &v);
    ck_assert(u.op == v.op && u.space == v.space);
    ck_assert(json_classify_letters_portable(block) == json_classify_letters_sse2(block));
#else
    (void)block;
#endif
}

START_TEST(both_scans_are_equal_block_by_block)
{
    enum { BLOCKS = 1000, ROUNDS = 220, LEN = BLOCKS * JSON_BLOCK };
    static unsigned char bytes[LEN + PADDING];
    static struct json_scan fast, portable;
    size_t blocks = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct found all, oracle;
        fill(bytes, LEN, round % 5);
        bytes[LEN - 1] = ' '; /* an escape that the end cuts off is not judged: its string never ends */
        memset(bytes + LEN, ' ', PADDING);
        memset(&fast, 0, sizeof fast);
        memset(&portable, 0, sizeof portable);
        found_init(&all, LEN);
        found_init(&oracle, LEN);
        while (fast.at < LEN) {
            const bool last = fast.at + JSON_BLOCK == LEN;
            const size_t len = fast.at + JSON_BLOCK + (last ? 0 : JSON_SCAN_AHEAD);
            compare_classes(bytes + fast.at);
            ck_assert(json_scan_run(&fast, bytes, len, last));
            ck_assert(json_scan_run_portable(&portable, bytes, len, last));
            expect_same_state(&fast, &portable);
            take(&all, &fast);
            portable.index_count = portable.mark_count = 0;
            blocks++;
        }
        naive(bytes, LEN, &oracle);
        expect_same_found(&oracle, &all, "random bytes");
        found_release(&all);
        found_release(&oracle);
    }
    ck_assert_uint_ge(blocks, 200000);
}
END_TEST

START_TEST(all_bytes_are_classified_alike)
{
    unsigned char block[JSON_BLOCK];
    for (unsigned c = 0; c < 256; c++)
        for (unsigned at = 0; at < JSON_BLOCK; at++) {
            memset(block, ' ' + (int)(at & 1), sizeof block);
            block[at] = (unsigned char)c;
            compare_classes(block);
        }
}
END_TEST

/* Scans a text from its beginning in one go, or as if it came in pieces of `step` bytes. */
static void scan_text(const char *text, size_t len, size_t step, bool fast, struct found *found)
{
    static struct json_scan scan;
    unsigned char *bytes = malloc(len + PADDING);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, text, len);
    memset(bytes + len, ' ', PADDING);
    memset(&scan, 0, sizeof scan);
    found_init(found, len);
    for (size_t have = 0; scan.at < len;) {
        have = have + step < len ? have + step : len;
        const bool last = have == len;
        while (fast ? json_scan_run(&scan, bytes, have, last) : json_scan_run_portable(&scan, bytes, have, last))
            take(found, &scan);
    }
    free(bytes);
}

static void expect_marks(const char *text, size_t len, const struct json_mark *mark, size_t count, const char *what, size_t at)
{
    static const size_t steps[] = {1, 63, 64, 81, SIZE_MAX / 2};
    for (size_t i = 0; i < 2 * sizeof steps / sizeof *steps; i++) {
        struct found found;
        scan_text(text, len, steps[i / 2], i & 1, &found);
        ck_assert_msg(found.mark_count == count && (!count || memcmp(found.mark, mark, count * sizeof *mark) == 0),
                      "%s at %zu, step %zu: %zu marks, not %zu; first %u of kind %u", what, at, steps[i / 2], found.mark_count,
                      count, found.mark_count ? found.mark[0].at : 0, found.mark_count ? found.mark[0].kind : 0);
        found_release(&found);
    }
}

/* `{` and a string whose run of backslashes starts at every offset: an even run leaves the quote behind it free. */
START_TEST(runs_of_backslashes)
{
    char text[512];
    for (size_t start = 0; start <= 70; start++)
        for (size_t run = 1; run <= 140; run++) {
            struct found found;
            memset(text, 'a', sizeof text);
            text[0] = '"';
            memset(text + 1 + start, '\\', run);
            text[1 + start + run] = '"';
            text[1 + start + run + 1] = ',';
            scan_text(text, 1 + start + run + 2, 97, run & 1, &found);
            /* both quotes, the first backslash, the comma; or no closing quote and no comma outside the string */
            const bool closed = run % 2 == 0;
            ck_assert_uint_eq(found.index_count, closed ? 4 : 2);
            ck_assert_uint_eq(found.index[0], 0);
            ck_assert_uint_eq(found.index[1], 1 + start);
            ck_assert_uint_eq(closed ? found.index[2] : 1 + start + run, 1 + start + run);
            ck_assert_uint_eq(found.mark_count, 0);
            found_release(&found);
        }
}
END_TEST

/* A string's content and what is odd in it. */
static const struct {
    const char *content;
    size_t count;
    struct json_mark mark[4];
} contents[] = {
    {"\xc3\xa9", 0, {{0, 0}}},
    {"\xe2\x82\xac", 0, {{0, 0}}},
    {"\xf0\x9f\x98\x80", 0, {{0, 0}}},
    {"\xf4\x8f\xbf\xbf", 0, {{0, 0}}},
    {"\xef\xbf\xbf", 0, {{0, 0}}},
    {"\xf4\x90\x80\x80", 4, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}, {2, JSON_MARK_UTF8}, {3, JSON_MARK_UTF8}}},
    {"\xed\xa0\x80", 3, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}, {2, JSON_MARK_UTF8}}},
    {"\xc0\x80", 2, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}}},
    {"\xe0\x9f\xbf", 3, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}, {2, JSON_MARK_UTF8}}},
    {"\xf0\x8f\xbf\xbf", 4, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}, {2, JSON_MARK_UTF8}, {3, JSON_MARK_UTF8}}},
    {"\xc3", 1, {{0, JSON_MARK_UTF8}}},
    {"\xe2\x82", 2, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}}},
    {"\xf0\x9f\x98", 3, {{0, JSON_MARK_UTF8}, {1, JSON_MARK_UTF8}, {2, JSON_MARK_UTF8}}},
    {"\xe2\x82\xac\xa0", 1, {{3, JSON_MARK_UTF8}}},
    {"\x80", 1, {{0, JSON_MARK_UTF8}}},
    {"\xfe", 1, {{0, JSON_MARK_UTF8}}},
    {"\\ud83d\\ude00", 2, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SPELLING}}},
    {"\\uD83D\\uDE00", 2, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SPELLING}}},
    {"\\udbff\\udfff", 2, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SPELLING}}},
    {"\\ud800\\udc00", 2, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SPELLING}}},
    {"\\ud7ff\\ue000", 2, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SPELLING}}},
    {"\\ud83d", 1, {{0, JSON_MARK_SURROGATE}}},
    {"\\uD83d", 2, {{0, JSON_MARK_SURROGATE}, {0, JSON_MARK_SPELLING}}},
    {"\\ude00", 1, {{0, JSON_MARK_SURROGATE}}},
    {"\\ud83dx\\ude00", 2, {{0, JSON_MARK_SURROGATE}, {7, JSON_MARK_SURROGATE}}},
    {"\\ud83d\\ude00\\ude00", 3, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SPELLING}, {12, JSON_MARK_SURROGATE}}},
    {"\\ud83d\\ud83d\\ude00", 3, {{0, JSON_MARK_SURROGATE}, {6, JSON_MARK_SPELLING}, {12, JSON_MARK_SPELLING}}},
    {"\\\\ud83d", 0, {{0, 0}}},
    {"\\ud83d\\\\ude00", 1, {{0, JSON_MARK_SURROGATE}}},
    {"\\u0041\\ude00", 2, {{0, JSON_MARK_SPELLING}, {6, JSON_MARK_SURROGATE}}},
    {"\\u0000", 1, {{0, JSON_MARK_NUL}}},
    {"\\u0001", 0, {{0, 0}}},
    {"\\u001F", 1, {{0, JSON_MARK_SPELLING}}},
    {"\\u000a", 1, {{0, JSON_MARK_SPELLING}}},
    {"\\u007f", 1, {{0, JSON_MARK_SPELLING}}},
    {"\\u00e9", 1, {{0, JSON_MARK_SPELLING}}},
    {"\\\\u0000", 0, {{0, 0}}},
    {"\\u00g0", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\u00", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\u", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\x41", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\v", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\'", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\U0041", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\\x01", 2, {{0, JSON_MARK_ESCAPE}, {1, JSON_MARK_CONTROL}}},
    {"\\\xc3\xa9", 1, {{0, JSON_MARK_ESCAPE}}},
    {"\\\"\\\\\\b\\f\\n\\r\\t", 0, {{0, 0}}},
    {"\\/", 1, {{0, JSON_MARK_SPELLING}}},
    {"\x1f", 1, {{0, JSON_MARK_CONTROL}}},
    {"\x7f", 0, {{0, 0}}},
    {"\n", 1, {{0, JSON_MARK_CONTROL}}},
};

START_TEST(odd_content_at_every_alignment)
{
    const char *content = contents[_i].content;
    const size_t n = strlen(content), count = contents[_i].count;
    char text[256];
    for (size_t start = 0; start <= 70; start++) {
        struct json_mark mark[4];
        memset(text, 'a', sizeof text);
        text[0] = '"';
        memcpy(text + 1 + start, content, n);
        text[1 + start + n] = '"';
        for (size_t i = 0; i < count; i++)
            mark[i] = (struct json_mark){(uint32_t)(1 + start + contents[_i].mark[i].at), contents[_i].mark[i].kind};
        expect_marks(text, 1 + start + n + 1, mark, count, content, start);
        /* outside strings nothing is marked: blanks for the quote and what follows it */
        memset(text, ' ', 1 + start);
        if (!strchr(content, '"'))
            expect_marks(text, 1 + start + n, NULL, 0, content, start);
    }
}
END_TEST

START_TEST(a_string_over_many_blocks)
{
    char text[1000];
    memset(text, 'x', sizeof text);
    for (size_t at = 0; at < 900; at++) {
        struct found found;
        text[at] = '"';
        text[at + 90] = '"';
        text[at + 45] = '\\';
        text[at + 46] = '\\';
        scan_text(text + at, 91, 64, at & 1, &found);
        ck_assert_uint_eq(found.index_count, 3);
        ck_assert_uint_eq(found.index[1], 45);
        ck_assert_uint_eq(found.index[2], 90);
        found_release(&found);
        memset(text, 'x', sizeof text);
    }
}
END_TEST

START_TEST(hexadecimal_digits)
{
    char digits[8];
    for (int unit = 0; unit < 65536; unit++) {
        snprintf(digits, sizeof digits, unit & 1 ? "%04x" : "%04X", (unsigned)unit);
        ck_assert_int_eq(json_hex4((const unsigned char *)digits), unit);
    }
    for (unsigned c = 0; c < 256; c++)
        for (int at = 0; at < 4; at++) {
            memcpy(digits, "0000", 4);
            digits[at] = (char)c;
            const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            ck_assert_int_eq(json_hex4((const unsigned char *)digits) >= 0, hex);
        }
}
END_TEST

Suite *suite_scan(void)
{
    Suite *suite = suite_create("scan");
    TCase *tcase = tcase_create("scan");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, both_scans_are_equal_block_by_block);
    tcase_add_test(tcase, all_bytes_are_classified_alike);
    tcase_add_test(tcase, runs_of_backslashes);
    tcase_add_loop_test(tcase, odd_content_at_every_alignment, 0, sizeof contents / sizeof *contents);
    tcase_add_test(tcase, a_string_over_many_blocks);
    tcase_add_test(tcase, hexadecimal_digits);
    suite_add_tcase(suite, tcase);
    return suite;
}
