/* Names and how often they came, beside a count that goes through all of them. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "util/tally.h"

Suite *suite_tally(void);

START_TEST(counts)
{
    struct tally tally = {0};
    char name[32];
    /* name-i comes i % 7 + 1 times, with a sum of i each time */
    for (unsigned round = 0; round < 7; round++)
        for (unsigned i = 0; i < 1000; i++)
            if (i % 7 >= round) {
                const int len = snprintf(name, sizeof name, "name-%u", i);
                ck_assert(tally_add(&tally, name, (size_t)len, i, 4096));
            }
    ck_assert_uint_eq(tally.count, 1000);
    ck_assert_uint_eq(tally.others, 0);
    for (int sorted = 0; sorted < 2; sorted++) {
        for (size_t at = 0; at < tally.count; at++) {
            unsigned i = 0;
            snprintf(name, sizeof name, "%.*s", (int)tally.row[at].len, tally.row[at].name);
            ck_assert_int_eq(sscanf(name, "name-%u", &i), 1);
            ck_assert_uint_eq(tally.row[at].times, i % 7 + 1);
            ck_assert_uint_eq(tally.row[at].sum, (uint64_t)i * (i % 7 + 1));
            ck_assert(!sorted || !at || tally.row[at - 1].times >= tally.row[at].times);
        }
        tally_sort(&tally);
    }
    /* what is sorted can be added to */
    ck_assert(tally_add(&tally, "name-6", 6, 0, 4096));
    ck_assert_uint_eq(tally.count, 1000);
    tally_release(&tally);
}
END_TEST

START_TEST(bounds)
{
    struct tally tally = {0};
    char name[TALLY_NAME_MOST + 2];
    memset(name, 'x', sizeof name);
    ck_assert(tally_add(&tally, "a", 1, UINT64_MAX, 2));
    ck_assert(tally_add(&tally, "a", 1, 5, 2));
    ck_assert(tally_add(&tally, name, sizeof name, 0, 2));
    ck_assert(tally_add(&tally, name, sizeof name - 1, 0, 2)); /* both are cut to the same */
    ck_assert(tally_add(&tally, "b", 1, 0, 2));
    ck_assert(tally_add(&tally, "", 0, 0, 2));
    ck_assert_uint_eq(tally.count, 2);
    ck_assert_uint_eq(tally.others, 2);
    ck_assert_uint_eq(tally.row[0].sum, UINT64_MAX);
    ck_assert_uint_eq(tally.row[1].len, TALLY_NAME_MOST);
    ck_assert_uint_eq(tally.row[1].times, 2);
    tally_release(&tally);
}
END_TEST

Suite *suite_tally(void)
{
    Suite *suite = suite_create("tally");
    TCase *tcase = tcase_create("tally");
    tcase_add_test(tcase, counts);
    tcase_add_test(tcase, bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}
