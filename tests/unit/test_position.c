/* Lines and columns against a count byte by byte. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "util/position.h"

#include "files.h"

Suite *suite_position(void);

static void count(struct har_place *place, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)bytes[i];
        place->offset++;
        if (c == '\n') {
            place->line++;
            place->column = 1;
        } else if (c < 0x80 || c > 0xbf) {
            place->column++;
        }
    }
}

static void expect_same(const struct har_place *a, const struct har_place *b)
{
    ck_assert_uint_eq(a->offset, b->offset);
    ck_assert_uint_eq(a->line, b->line);
    ck_assert_uint_eq(a->column, b->column);
}

START_TEST(by_hand)
{
    static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z\r\n\n\tq";
    static const struct {
        size_t offset;
        uint64_t line, column;
    } places[] = {{0, 1, 1},  {1, 1, 2},  {3, 1, 3},  {6, 1, 4},  {10, 1, 5}, {11, 1, 6},
                  {12, 1, 7}, {13, 2, 1}, {14, 3, 1}, {15, 3, 2}, {16, 3, 3}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct har_place place = {0, 1, 1};
        position_advance(&place, text, places[i].offset);
        expect_same(&place, &(struct har_place){places[i].offset, places[i].line, places[i].column});
    }
}
END_TEST

/* Bytes of which many are line ends and continuations. */
static char *biased(size_t len, unsigned seed)
{
    static const char some[] = "\n\nabc\x80\xbf\xc3\xf0\x7f\xc0 ";
    unsigned char *bytes = files_noise(len, seed);
    for (size_t i = 0; i < len; i++)
        if (bytes[i] & 1)
            bytes[i] = (unsigned char)some[bytes[i] / 2 % (sizeof some - 1)];
    return (char *)bytes;
}

START_TEST(all_lengths_and_alignments)
{
    enum { LEN = 700 };
    char *bytes = biased(LEN, 1);
    for (size_t from = 0; from < 40; from++)
        for (size_t len = 0; from + len <= LEN; len++) {
            struct har_place a = {1000, 7, 9}, b = a;
            position_advance(&a, bytes + from, len);
            count(&b, bytes + from, len);
            expect_same(&a, &b);
        }
    free(bytes);
}
END_TEST

/* The vector counters are added up every 255 rounds of 16 bytes: texts where each byte counts, around that length. */
START_TEST(counters_do_not_overflow)
{
    enum { ROUND = 255 * 16 };
    static const char fills[] = "\nx\x80\xc3";
    char *bytes = malloc(3 * ROUND + 64);
    ck_assert_ptr_nonnull(bytes);
    for (size_t f = 0; f < sizeof fills - 1; f++) {
        memset(bytes, fills[f], 3 * ROUND + 64);
        for (size_t rounds = 1; rounds <= 3; rounds++)
            for (size_t len = rounds * ROUND - 33; len < rounds * ROUND + 34; len++) {
                struct har_place a = {0, 1, 1}, b = a;
                position_advance(&a, bytes, len);
                count(&b, bytes, len);
                expect_same(&a, &b);
            }
    }
    free(bytes);
}
END_TEST

START_TEST(in_parts_as_in_one)
{
    enum { LEN = 100000 };
    char *bytes = biased(LEN, 2);
    struct har_place whole = {0, 1, 1}, parts = whole, counted = whole;
    position_advance(&whole, bytes, LEN);
    count(&counted, bytes, LEN);
    for (size_t at = 0, part = 0; at < LEN; at += part) {
        part = (at * 7 + 3) % 211;
        part = part < LEN - at ? part : LEN - at;
        position_advance(&parts, bytes + at, part);
    }
    expect_same(&whole, &counted);
    expect_same(&whole, &parts);
    free(bytes);
}
END_TEST

Suite *suite_position(void)
{
    Suite *suite = suite_create("position");
    TCase *tcase = tcase_create("position");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, by_hand);
    tcase_add_test(tcase, all_lengths_and_alignments);
    tcase_add_test(tcase, counters_do_not_overflow);
    tcase_add_test(tcase, in_parts_as_in_one);
    suite_add_tcase(suite, tcase);
    return suite;
}
