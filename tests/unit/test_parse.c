/* The tokenizer against JSONTestSuite and, value by value, against jansson, also on real captures. */
#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <harmill/json.h>

#include "files.h"
#include "json/text.h"
#include "parsed.h"

Suite *suite_parse(void);

static const size_t blocks[] = {65536, 1, 2, 3, 7, 31};

enum { BLOCKS = sizeof blocks / sizeof *blocks };

/* JSONTestSuite's files of both minds: what is done with them. RFC 8259 lets a parser limit numbers and depth (sections 6 and 9)
 * and leaves lone surrogates open (8.2); it demands UTF-8 without byte order mark (8.1). */
enum treatment { ACCEPTED, MARKED, REFUSED, BY_DEPTH };

static const struct {
    const char *name;
    enum treatment treatment;
} undecided[] = {
    {"i_number_double_huge_neg_exp.json", ACCEPTED},
    {"i_number_huge_exp.json", ACCEPTED},
    {"i_number_neg_int_huge_exp.json", ACCEPTED},
    {"i_number_pos_double_huge_exp.json", ACCEPTED},
    {"i_number_real_neg_overflow.json", ACCEPTED},
    {"i_number_real_pos_overflow.json", ACCEPTED},
    {"i_number_real_underflow.json", ACCEPTED},
    {"i_number_too_big_neg_int.json", ACCEPTED},
    {"i_number_too_big_pos_int.json", ACCEPTED},
    {"i_number_very_big_negative_int.json", ACCEPTED},
    {"i_object_key_lone_2nd_surrogate.json", MARKED},
    {"i_string_1st_surrogate_but_2nd_missing.json", MARKED},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", MARKED},
    {"i_string_UTF-16LE_with_BOM.json", REFUSED},
    {"i_string_UTF-8_invalid_sequence.json", REFUSED},
    {"i_string_UTF8_surrogate_U+D800.json", REFUSED},
    {"i_string_incomplete_surrogate_and_escape_valid.json", MARKED},
    {"i_string_incomplete_surrogate_pair.json", MARKED},
    {"i_string_incomplete_surrogates_escape_valid.json", MARKED},
    {"i_string_invalid_lonely_surrogate.json", MARKED},
    {"i_string_invalid_surrogate.json", MARKED},
    {"i_string_invalid_utf-8.json", REFUSED},
    {"i_string_inverted_surrogates_U+1D11E.json", MARKED},
    {"i_string_iso_latin_1.json", REFUSED},
    {"i_string_lone_second_surrogate.json", MARKED},
    {"i_string_lone_utf8_continuation_byte.json", REFUSED},
    {"i_string_not_in_unicode_range.json", REFUSED},
    {"i_string_overlong_sequence_2_bytes.json", REFUSED},
    {"i_string_overlong_sequence_6_bytes.json", REFUSED},
    {"i_string_overlong_sequence_6_bytes_null.json", REFUSED},
    {"i_string_truncated-utf-8.json", REFUSED},
    {"i_string_utf16BE_no_BOM.json", REFUSED},
    {"i_string_utf16LE_no_BOM.json", REFUSED},
    {"i_structure_500_nested_arrays.json", BY_DEPTH},
    {"i_structure_UTF-8_BOM_empty_object.json", REFUSED}, /* by the bare parser: the format skips the mark */
};

/* What reading a whole text gave. */
struct verdict {
    bool refused;
    unsigned marks; /* kinds */
    struct json_fault fault;
    uint64_t fault_at; /* input offset */
};

static struct verdict judge(const char *text, size_t len, size_t block, uint64_t depth)
{
    struct json_limits limits = parsed_wide;
    struct parsed parsed;
    struct verdict verdict = {0};
    enum json_event event;
    limits.depth = depth;
    parsed_init(&parsed, &limits, NULL, NULL, text, len, block);
    while ((event = parsed_next(&parsed)) == JSON_VALUE)
        verdict.marks |= parsed_marks(&parsed.parser.tree);
    if (event == JSON_ERROR) {
        verdict.fault = parsed.parser.fault;
        verdict.fault_at = parsed.parser.base + parsed.parser.fault.at;
    }
    verdict.refused = event != JSON_END || verdict.marks & PARSED_REFUSED;
    parsed_release(&parsed);
    return verdict;
}

/* The verdict, the same with blocks of any size. */
static struct verdict judge_all(const char *name, const char *text, size_t len, uint64_t depth)
{
    const struct verdict first = judge(text, len, blocks[0], depth);
    for (size_t i = 1; i < BLOCKS; i++) {
        const struct verdict other = judge(text, len, blocks[i], depth);
        ck_assert_msg(first.refused == other.refused && first.marks == other.marks && first.fault.kind == other.fault.kind &&
                          first.fault.what == other.fault.what && first.fault_at == other.fault_at,
                      "%s: blocks of %zu differ", name, blocks[i]);
    }
    return first;
}

/* The shared folder of other people's files: test data that is not part of the project. */
static const char *shared(const char *below)
{
    static char path[4096];
    const char *folder = getenv("HARMILL_SHARED");
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "../shared", below);
    return access(path, R_OK) == 0 ? path : NULL;
}

static bool lacking(const char *below)
{
    const char *require = getenv("HARMILL_REQUIRE");
    if (shared(below))
        return false;
    ck_assert_msg(!require || strcmp(require, "1") != 0, "required here but missing: %s of the shared folder", below);
    printf("skipped: parse: no %s in the shared folder\n", below);
    return true;
}

/* One file of a walk, with its text. Tests run in processes of their own, nftw() takes no argument. */
static void (*visit_file)(const char *path, const char *name, const char *text, size_t len);
static size_t visited;

static int visit(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    size_t len;
    (void)info;
    if (type != FTW_F)
        return 0;
    unsigned char *text = files_read(path, &len);
    visit_file(path, path + ftw->base, (const char *)text, len);
    free(text);
    visited++;
    return 0;
}

static void walk(const char *below, void (*each)(const char *path, const char *name, const char *text, size_t len))
{
    visit_file = each;
    ck_assert_int_eq(nftw(shared(below), visit, 16, FTW_PHYS), 0);
}

static void judge_suite_file(const char *path, const char *name, const char *text, size_t len)
{
    static const char *const kinds[] = {"accepted", "accepted with a mark", "refused"};
    enum treatment wanted = *name == 'y' ? ACCEPTED : REFUSED;
    const struct verdict verdict = judge_all(name, text, len, 256);
    enum treatment got = verdict.refused ? REFUSED : verdict.marks & 1u << JSON_MARK_SURROGATE ? MARKED : ACCEPTED;
    (void)path;
    ck_assert(strchr("yni", *name) && name[1] == '_');
    if (*name == 'i') {
        size_t row = 0;
        while (row < sizeof undecided / sizeof *undecided && strcmp(undecided[row].name, name) != 0)
            row++;
        ck_assert_msg(row < sizeof undecided / sizeof *undecided, "%s is in no row of the table", name);
        wanted = undecided[row].treatment;
    }
    if (wanted == BY_DEPTH) {
        ck_assert_int_eq(verdict.fault.kind, JSON_FAULT_DEPTH);
        ck_assert(!judge_all(name, text, len, 1024).refused);
        wanted = REFUSED;
    }
    ck_assert_msg(got == wanted, "%s: %s, not %s", name, kinds[got], kinds[wanted]);
}

START_TEST(the_test_suite)
{
    if (lacking("jsontestsuite/test_parsing"))
        return;
    walk("jsontestsuite/test_parsing", judge_suite_file);
    ck_assert_uint_ge(visited, 318);
}
END_TEST

/* Why jansson refuses what is accepted here: each as documented in <harmill/json.h> and jansson's manual. And the one thing that
 * jansson accepts and RFC 8259 does not: it loses a zero byte behind a number or word. */
enum difference { SURROGATE, INTEGER, REAL, NUL_IN_KEY, ZERO_BYTE, DIFFERENCES };
static size_t differences[DIFFERENCES];

static bool nul_in_key(const struct har_tree *tree, const struct har_node *node)
{
    struct har_buffer key;
    har_buffer_init(&key, SIZE_MAX / 2);
    ck_assert(har_node_decode_key(tree, node, &key));
    const bool found = key.len && memchr(key.data, '\0', key.len);
    har_buffer_release(&key);
    return found;
}

/* Whether a whole number is one of 64 bits, by its digits. */
static bool fits_64_bits(const char *digits, size_t len)
{
    const bool minus = *digits == '-';
    digits += minus;
    len -= minus;
    return len < 19 || (len == 19 && memcmp(digits, minus ? "9223372036854775808" : "9223372036854775807", 19) <= 0);
}

/* Bits of the reasons. */
static unsigned reasons(const struct har_tree *tree)
{
    unsigned found = parsed_marks(tree) & 1u << JSON_MARK_SURROGATE ? 1u << SURROGATE : 0;
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct har_node *node = &tree->node[i];
        double real;
        bool whole;
        if (node->flags & JSON_KEY_MARKED && nul_in_key(tree, node))
            found |= 1u << NUL_IN_KEY;
        if (node->kind != HAR_KIND_NUMBER)
            continue;
        json_number_length(json_text(tree, node), node->text_len, &whole);
        if (whole && !fits_64_bits(json_text(tree, node), node->text_len))
            found |= 1u << INTEGER;
        if (!whole && !json_number(json_text(tree, node), node->text_len, &real))
            found |= 1u << REAL;
    }
    return found;
}

/* Same verdict and same values as jansson's, or one of the reasons for another. */
static void compare_text(const char *path, const char *text, size_t len, size_t block)
{
    struct json_limits limits = parsed_wide;
    struct parsed parsed;
    json_error_t unread;
    json_t *theirs = json_loadb(text, len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &unread);
    limits.depth = 2048; /* jansson's own */
    if (judge(text, len, block, limits.depth).refused) {
        ck_assert_msg(!theirs || memchr(text, '\0', len), "%s: jansson accepts it", path);
        differences[ZERO_BYTE] += theirs != NULL;
        json_decref(theirs);
        return;
    }
    parsed_init(&parsed, &limits, NULL, NULL, text, len, block);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    const struct har_tree *tree = &parsed.parser.tree;
    const unsigned why = reasons(tree);
    ck_assert_msg((theirs == NULL) == (why != 0), "%s: accepted, jansson %s, reasons %x: %s", path, theirs ? "accepts" : "refuses",
                  why, unread.text);
    for (unsigned i = 0; i < DIFFERENCES; i++)
        differences[i] += why >> i & 1;
    if (theirs) {
        struct har_error error = {0};
        json_t *ours = NULL;
        const enum har_status status = har_node_to_json(tree, har_tree_root(tree), &ours, &error);
        ck_assert_msg(status == HAR_OK || status == HAR_WARN, "%s: %s", path, error.text);
        ck_assert_msg(json_equal(ours, theirs), "%s: other values than jansson's", path);
        json_decref(ours);
    }
    json_decref(theirs);
    parsed_release(&parsed);
}

static void compare_file(const char *path, const char *name, const char *text, size_t len)
{
    (void)name;
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) { /* both refuse the mark; what is behind it is compared */
        compare_text(path, text, len, 65536);
        text += 3;
        len -= 3;
    }
    compare_text(path, text, len, 65536);
    if (len < 20000)
        compare_text(path, text, len, 1);
}

START_TEST(the_test_suite_beside_jansson)
{
    if (lacking("jsontestsuite"))
        return;
    walk("jsontestsuite/test_parsing", compare_file);
    walk("jsontestsuite/test_transform", compare_file);
    ck_assert_uint_ge(visited, 318 + 20);
    ck_assert(differences[SURROGATE] && differences[INTEGER] && differences[REAL]);
}
END_TEST

START_TEST(real_captures_beside_jansson)
{
    static const char *const folders[] = {"corpus", "fixtures", "cloudflare"};
    const char *folder = folders[_i];
    if (lacking(folder))
        return;
    walk(folder, compare_file);
    ck_assert_uint_ge(visited, 24);
}
END_TEST

static const char *const small[] = {
    "1",
    " \n\"a\" ",
    "[]",
    "{}",
    "[1,[2,{\"a\":[]}],null,true,false]",
    "-0",
    "-0.0",
    "1E5",
    "0e1",
    "123456789012345678",
    "\"\\u0000\"",
    "{\"\":1}",
    "{\"a\":1,\"a\":{\"b\":2}}",
    "{\"a\\u0062\":\"\\ud83d\\ude00\\/\"}",
    "[1e308,5e-324,1e-400,9223372036854775807,-9223372036854775808]",
    "[9223372036854775808]",
    "[-9223372036854776833]",
    "[1e309]",
    "{\"a\\u0000\":1}",
    "[\"\\ud800\"]",
    "{\"\\udc00\":1}",
    "[1,]",
    "{\"a\":1,}",
    "[1 2]",
    "{1:2}",
    "{\"a\" 1}",
    "[NaN]",
    "[Infinity]",
    "[-Infinity]",
    "nan",
    "tru",
    "[true1]",
    "\"a",
    "[\"a\nb\"]",
    "[\"\\x\"]",
    "[\"\xff\"]",
    "\xef\xbb\xbf[]",
    "",
    " ",
    "[",
    "{",
    "]",
    "[1]]",
    "[1]x",
    "1 2",
    "[01]",
    "[1.]",
    "[.1]",
    "[+1]",
    "[1e]",
    "[--1]",
    "[0x1]",
    "['a']",
    "[\\u0041]",
    "[\"a\" \"b\"]",
    "{\"a\":}",
    "{,}",
    "[,1]",
    "/**/1",
    "[1]//x",
    "\"\\ud83d\\ude0\"",
    "\"\\\"",
    "\"\\\\\"",
    "[\"\\u12\"]",
    "\f1",
    "[1]\v",
    "\x7f",
};

START_TEST(small_texts_beside_jansson)
{
    for (size_t i = 0; i < BLOCKS; i++)
        compare_text(small[_i], small[_i], strlen(small[_i]), blocks[i]);
}
END_TEST

START_TEST(zero_bytes_beside_jansson)
{
    static const char *const texts[] = {"[1]\0", "\0[1]", "[\0]", "[\"\0\"]", "[1\0]", "[true\0]"};
    static const size_t lens[] = {4, 4, 3, 5, 4, 7};
    for (size_t i = 0; i < BLOCKS; i++)
        compare_text("with NUL", texts[_i], lens[_i], blocks[i]);
}
END_TEST

/* Every prefix of a text that has everything in it, and every byte of it replaced by some others. */
START_TEST(mutations_beside_jansson)
{
    static const char text[] =
        "{\"a\":[1,-2.5e+3,true,null,\"\\u00e9\\ud83d\\ude00\\n\xe2\x82\xac\"],\"b\":{\"c\":false,\"\":[[],{}]}} ";
    static const char bytes[] = "\"\\{}[]:,0-+.eEu \n\x01tnfx\x80\xc3\xff";
    char copy[sizeof text];
    for (size_t len = 0; len < sizeof text; len++)
        compare_text(text, text, len, 1 + len % 9);
    for (size_t at = 0; at < sizeof text - 1; at++)
        for (size_t i = 0; i < sizeof bytes; i++) { /* the NUL too */
            memcpy(copy, text, sizeof text);
            copy[at] = bytes[i];
            compare_text(copy, copy, sizeof text - 1, 1 + at % 9);
        }
}
END_TEST

/* The tree does not depend on the blocks either: nodes and marks are equal, number by number. */
START_TEST(same_trees_from_all_blocks)
{
    struct har_buffer text;
    struct parsed first, other;
    har_buffer_init(&text, 1 << 22);
    har_buffer_append_text(&text, " [");
    for (int i = 0; i < 300; i++)
        har_buffer_printf(&text, "%s{\"key%d\":[%d,\"%.*s\\u%04x\\ud83d\xc3\xa9\"],\n\"\\u0061\":-%d.5e%d}", i ? "," : "", i,
                          i * 7919, i % 67, "a long string that moves what follows over the edges of blocks of 64", i * 211, i,
                          i % 300);
    har_buffer_append_text(&text, "]");
    parsed_init(&first, &parsed_wide, NULL, NULL, text.data, text.len, blocks[0]);
    ck_assert_int_eq(parsed_next(&first), JSON_VALUE);
    const struct har_tree *a = &first.parser.tree, *b = &other.parser.tree;
    for (size_t i = 1; i < BLOCKS; i++) {
        parsed_init(&other, &parsed_wide, NULL, NULL, text.data, text.len, blocks[i]);
        ck_assert_int_eq(parsed_next(&other), JSON_VALUE);
        ck_assert(a->count == b->count && memcmp(a->node, b->node, a->count * sizeof *a->node) == 0);
        ck_assert(a->mark_count == b->mark_count && memcmp(a->mark, b->mark, a->mark_count * sizeof *a->mark) == 0);
        ck_assert_mem_eq(a->bytes, b->bytes, json_end(&a->node[0]));
        const struct har_place place = json_parser_place(&other.parser, other.parser.item_at);
        ck_assert(place.offset == 1 && place.line == 1 && place.column == 2);
        parsed_release(&other);
    }
    parsed_release(&first);
    har_buffer_release(&text);
}
END_TEST

Suite *suite_parse(void)
{
    Suite *suite = suite_create("parse");
    TCase *tcase = tcase_create("parse");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, the_test_suite);
    tcase_add_test(tcase, the_test_suite_beside_jansson);
    tcase_add_loop_test(tcase, real_captures_beside_jansson, 0, 3);
    tcase_add_loop_test(tcase, small_texts_beside_jansson, 0, sizeof small / sizeof *small);
    tcase_add_loop_test(tcase, zero_bytes_beside_jansson, 0, 6);
    tcase_add_test(tcase, mutations_beside_jansson);
    tcase_add_test(tcase, same_trees_from_all_blocks);
    suite_add_tcase(suite, tcase);
    return suite;
}
