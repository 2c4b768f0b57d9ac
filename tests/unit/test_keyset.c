/* The set of keys: what is new, what is old, and that a million keys cost no more each than a thousand. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "util/keyset.h"

Suite *suite_keyset(void);

enum { NO_LIMIT = 1 << 30 };

START_TEST(new_and_old)
{
    struct keyset set = {0};
    ck_assert_int_eq(keyset_add(&set, "a", 1, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "a", 1, NO_LIMIT), KEYSET_OLD);
    ck_assert_int_eq(keyset_add(&set, "ab", 2, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "b", 1, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "ab", 2, NO_LIMIT), KEYSET_OLD);
    ck_assert_uint_eq(set.count, 3);
    keyset_clear(&set);
    ck_assert_int_eq(keyset_add(&set, "a", 1, NO_LIMIT), KEYSET_NEW);
    keyset_release(&set);
    ck_assert_int_eq(keyset_add(&set, "a", 1, NO_LIMIT), KEYSET_NEW);
    keyset_release(&set);
    keyset_release(&set);
}
END_TEST

START_TEST(empty_keys_and_nul_bytes)
{
    struct keyset set = {0};
    ck_assert_int_eq(keyset_add(&set, "", 0, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "", 0, NO_LIMIT), KEYSET_OLD);
    ck_assert_int_eq(keyset_add(&set, "\0", 1, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "\0\0", 2, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "a\0b", 3, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "a\0c", 3, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "a", 1, NO_LIMIT), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "a\0b", 3, NO_LIMIT), KEYSET_OLD);
    ck_assert_int_eq(keyset_add(&set, "\0", 1, NO_LIMIT), KEYSET_OLD);
    ck_assert_int_eq(keyset_add(&set, "", 0, NO_LIMIT), KEYSET_OLD);
    ck_assert_uint_eq(set.count, 6);
    keyset_release(&set);
}
END_TEST

START_TEST(the_copies_are_its_own)
{
    struct keyset set = {0};
    char key[8] = "first";
    ck_assert_int_eq(keyset_add(&set, key, 5, NO_LIMIT), KEYSET_NEW);
    memcpy(key, "other", 5);
    ck_assert_int_eq(keyset_add(&set, "first", 5, NO_LIMIT), KEYSET_OLD);
    ck_assert_int_eq(keyset_add(&set, key, 5, NO_LIMIT), KEYSET_NEW);
    keyset_release(&set);
}
END_TEST

START_TEST(the_bytes_are_bounded)
{
    struct keyset set = {0};
    ck_assert_int_eq(keyset_add(&set, "12345", 5, 8), KEYSET_NEW);
    ck_assert_int_eq(keyset_add(&set, "6789", 4, 8), KEYSET_FULL);
    ck_assert_int_eq(keyset_add(&set, "12345", 5, 8), KEYSET_OLD);
    keyset_release(&set);
}
END_TEST

START_TEST(indices)
{
    enum { KEYS = 1000 };
    struct keyset set = {0};
    uint32_t index = 7;
    char key[16];
    ck_assert(!keyset_find(&set, "", 0, &index));
    for (unsigned i = 0; i < KEYS; i++) {
        const size_t len = (size_t)snprintf(key, sizeof key, "%u", i);
        ck_assert(!keyset_find(&set, key, len, &index));
        ck_assert_int_eq(keyset_put(&set, key, len, NO_LIMIT, &index), KEYSET_NEW);
        ck_assert_uint_eq(index, i);
    }
    for (unsigned i = 0; i < KEYS; i++) { /* the table has grown in between */
        const size_t len = (size_t)snprintf(key, sizeof key, "%u", i);
        index = KEYS;
        ck_assert(keyset_find(&set, key, len, &index));
        ck_assert_uint_eq(index, i);
        ck_assert_int_eq(keyset_put(&set, key, len, NO_LIMIT, &index), KEYSET_OLD);
        ck_assert_uint_eq(index, i);
    }
    ck_assert(!keyset_find(&set, "", 0, &index));
    ck_assert_uint_eq(set.count, KEYS);
    keyset_clear(&set);
    ck_assert(!keyset_find(&set, "1", 1, &index));
    ck_assert_int_eq(keyset_put(&set, "1", 1, NO_LIMIT, &index), KEYSET_NEW);
    ck_assert_uint_eq(index, 0);
    keyset_release(&set);
}
END_TEST

/* Slots that a search passes before it finds its key, summed over all keys. */
static uint64_t steps(const struct keyset *set)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < set->cap; i++)
        if (set->slot[i].end)
            sum += (i - (size_t)set->slot[i].hash) & (set->cap - 1);
    return sum;
}

START_TEST(a_million_keys)
{
    enum { KEYS = 1000000 };
    struct keyset set = {0};
    char key[32];
    for (int i = 0; i < KEYS; i++) {
        const int len = snprintf(key, sizeof key, "%d%s", i, i % 3 ? "" : "-a-longer-tail");
        ck_assert_int_eq(keyset_add(&set, key, (size_t)len, NO_LIMIT), KEYSET_NEW);
        if (set.count == 1000 || set.count == 30000 || set.count == KEYS) {
            /* at most two thirds full: with a good hash a key lies 1 slot from its place on average, not 10 */
            ck_assert_uint_lt(steps(&set), 10 * set.count);
            ck_assert_uint_le(set.count * 3, set.cap * 2 + 3);
        }
    }
    ck_assert_uint_lt(set.cap, 4 * KEYS);
    for (int i = 0; i < KEYS; i += 7) {
        const int len = snprintf(key, sizeof key, "%d%s", i, i % 3 ? "" : "-a-longer-tail");
        ck_assert_int_eq(keyset_add(&set, key, (size_t)len, NO_LIMIT), KEYSET_OLD);
    }
    ck_assert_uint_eq(set.count, KEYS);
    keyset_clear(&set);
    ck_assert_uint_eq(set.count, 0);
    ck_assert_int_eq(keyset_add(&set, "0", 1, NO_LIMIT), KEYSET_NEW);
    keyset_release(&set);
}
END_TEST

Suite *suite_keyset(void)
{
    Suite *suite = suite_create("keyset");
    TCase *tcase = tcase_create("keyset");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, new_and_old);
    tcase_add_test(tcase, empty_keys_and_nul_bytes);
    tcase_add_test(tcase, the_copies_are_its_own);
    tcase_add_test(tcase, the_bytes_are_bounded);
    tcase_add_test(tcase, indices);
    tcase_add_test(tcase, a_million_keys);
    suite_add_tcase(suite, tcase);
    return suite;
}
