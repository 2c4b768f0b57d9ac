/* Pieces in order, in memory and in spools, against a count of what must come before. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/piece_sort.h"

#include "files.h"

Suite *suite_piece_sort(void);

static struct har_error error;
static uint32_t random_state;

static uint32_t next_random(void)
{
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 8;
}

/* Piece i starts at i and has a length that its number follows from. */
static struct piece make_piece(uint64_t i, int64_t key)
{
    return (struct piece){key, i, i * 7 + 1};
}

/* Check writes a message for each assertion that holds, so that in loops none is made unless it fails. */
static void expect_status(enum har_status status, enum har_status wanted)
{
    if (status != wanted)
        ck_abort_msg("%d: %s", status, error.text);
}

static bool in_order(const struct piece *before, const struct piece *piece)
{
    return piece->key > before->key || (piece->key == before->key && piece->offset > before->offset);
}

/* Each piece comes once, behind those with smaller keys and those with the same key that were added earlier: that is one order. */
static void sort_and_check(const int64_t *keys, size_t count, size_t run, size_t fan)
{
    struct piece_sort sort;
    struct piece piece, before = {INT64_MIN, 0, 0};
    bool *seen = calloc(count + 1, sizeof *seen);
    piece_sort_init(&sort, ".");
    if (run) {
        sort.run = run;
        sort.fan = fan;
    }
    for (size_t i = 0; i < count; i++)
        expect_status(piece_sort_add(&sort, make_piece(i, keys[i]), &error), HAR_OK);
    expect_status(piece_sort_begin(&sort, &error), HAR_OK);
    for (size_t i = 0; i < count; i++) {
        expect_status(piece_sort_next(&sort, &piece, &error), HAR_OK);
        if (piece.offset >= count || seen[piece.offset] || piece.key != keys[piece.offset] || piece.len != piece.offset * 7 + 1 ||
            (i && !in_order(&before, &piece)))
            ck_abort_msg("piece %zu of %zu: offset %llu", i, count, (unsigned long long)piece.offset);
        seen[piece.offset] = true;
        before = piece;
    }
    expect_status(piece_sort_next(&sort, &piece, &error), HAR_EOF);
    expect_status(piece_sort_next(&sort, &piece, &error), HAR_EOF);
    ck_assert_uint_eq(files_count("."), 0);
    piece_sort_release(&sort);
    free(seen);
}

enum shape { ASCENDING, DESCENDING, EQUAL, FEW, ANY, EXTREME, SHAPES };

static int64_t make_key(enum shape shape, size_t i)
{
    static const int64_t extremes[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
    switch (shape) {
    case ASCENDING:
        return (int64_t)i;
    case DESCENDING:
        return -(int64_t)i;
    case EQUAL:
        return 5;
    case FEW:
        return next_random() % 3;
    case EXTREME:
        return extremes[next_random() % 7];
    case ANY:
    case SHAPES:
        break;
    }
    return (int64_t)next_random() - (1 << 23);
}

/* Small runs, so that every depth of merging occurs. */
START_TEST(runs_and_merges)
{
    static const size_t runs[][2] = {{2, 2}, {3, 2}, {2, 3}, {5, 4}, {1, 2}, {64, 8}, {7, 64}, {100, 64}};
    int64_t keys[400];
    for (size_t count = 0; count <= 400; count += count < 20 ? 1 : 61)
        for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
            for (size_t k = 0; k < count; k++)
                keys[k] = make_key((enum shape)_i, k);
            sort_and_check(keys, count, runs[i][0], runs[i][1]);
        }
}
END_TEST

/* As in earnest: more than a spool keeps in memory, several runs; a few of them, and more than are merged at a time. */
START_TEST(many)
{
    const size_t count = 150000;
    int64_t *keys = calloc(count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = make_key(_i ? FEW : ANY, i);
    sort_and_check(keys, count, 0, 0);
    sort_and_check(keys, count, 500, 16); /* 300 runs: two passes */
    sort_and_check(keys, 65536, 0, 0);
    sort_and_check(keys, 65537, 0, 0);
    free(keys);
}
END_TEST

START_TEST(no_folder_for_the_spool)
{
    struct piece_sort sort;
    enum har_status status = HAR_OK;
    piece_sort_init(&sort, "missing");
    for (uint64_t i = 0; i < 100000 && status == HAR_OK; i++)
        status = piece_sort_add(&sort, make_piece(i, 1), &error);
    ck_assert_int_eq(status, HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_SYSTEM);
    ck_assert_int_eq(error.code, ENOENT);
    piece_sort_release(&sort);
    piece_sort_release(&sort);
}
END_TEST

static void set_up(void)
{
    files_enter();
    random_state = 4;
}

Suite *suite_piece_sort(void)
{
    Suite *suite = suite_create("piece_sort");
    TCase *tcase = tcase_create("piece_sort");
    tcase_add_checked_fixture(tcase, set_up, files_leave);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, runs_and_merges, 0, SHAPES);
    tcase_add_loop_test(tcase, many, 0, 2);
    tcase_add_test(tcase, no_folder_for_the_spool);
    suite_add_tcase(suite, tcase);
    return suite;
}
