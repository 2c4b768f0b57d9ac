/* The table that counts keys: numbers, its end, and keys chosen to collide. */
#include <check.h>

#include "util/occurrence.h"

Suite *suite_occurrence(void);

static uint64_t number_of(struct occurrence *table, uint64_t key)
{
    uint64_t number = 0;
    if (!occurrence_add(table, key, &number))
        ck_abort_msg("memory is short");
    return number;
}

START_TEST(numbers)
{
    struct occurrence table = {0};
    ck_assert_uint_eq(number_of(&table, 7), 1);
    ck_assert_uint_eq(number_of(&table, 7), 2);
    ck_assert_uint_eq(number_of(&table, 0), 1);
    ck_assert_uint_eq(number_of(&table, UINT64_MAX), 1);
    ck_assert_uint_eq(number_of(&table, 0), 2);
    ck_assert_uint_eq(number_of(&table, 7), 3);
    occurrence_clear(&table);
    ck_assert_uint_eq(number_of(&table, 7), 1);
    occurrence_release(&table);
    ck_assert_uint_eq(number_of(&table, 7), 1);
    occurrence_release(&table);
    occurrence_release(&table);
}
END_TEST

/* Growing keeps the numbers; keys that share their lower or their upper half take no longer than others (the suite's time limit
 * would end it). */
START_TEST(many_keys)
{
    static const unsigned shifts[] = {0, 12, 32, 44};
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
        struct occurrence table = {0};
        for (uint64_t round = 1; round <= 2; round++)
            for (uint64_t key = 1; key <= 200000; key++)
                if (number_of(&table, key << shifts[i]) != round) /* an assertion for each would take long */
                    ck_abort_msg("key %u << %u", (unsigned)key, shifts[i]);
        ck_assert_uint_eq(table.count, 200000);
        occurrence_clear(&table);
        ck_assert_ptr_null(table.slot); /* it was much */
        occurrence_release(&table);
    }
}
END_TEST

/* 512 Ki keys of 16 bytes, half of the slots taken: 16 MiB. */
START_TEST(the_most)
{
    struct occurrence table = {0};
    for (uint64_t key = 0; key < OCCURRENCE_MOST; key++)
        if (number_of(&table, key) != 1)
            ck_abort_msg("key %u", (unsigned)key);
    ck_assert_uint_eq(table.cap * sizeof *table.slot, 16 << 20);
    ck_assert_uint_eq(number_of(&table, OCCURRENCE_MOST), 1);
    ck_assert_uint_eq(number_of(&table, OCCURRENCE_MOST), 1);
    ck_assert_uint_eq(number_of(&table, 5), 2);
    ck_assert_uint_eq(table.count, OCCURRENCE_MOST);
    ck_assert_uint_eq(table.cap * sizeof *table.slot, 16 << 20);
    occurrence_release(&table);
}
END_TEST

Suite *suite_occurrence(void)
{
    const struct {
        const char *name;
        const TTest *test;
    } tests[] = {
        {"numbers", numbers},
        {"many keys", many_keys},
        {"the most", the_most},
    };
    Suite *suite = suite_create("occurrence");
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        TCase *tcase = tcase_create(tests[i].name);
        tcase_add_test(tcase, tests[i].test);
        suite_add_tcase(suite, tcase);
    }
    return suite;
}
