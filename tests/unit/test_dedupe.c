/* Entries that were met before. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/dedupe.h"
#include "memory.h"
#include "parsed.h"
#include "small.h"

Suite *suite_dedupe(void);

/* One run of `notation` with the set; the entries that were written. */
static uint64_t run_with(struct har_dedupe *dedupe, const char *notation, const char *transform)
{
    const struct har_transform *transforms[] = {har_transform_find(transform), NULL};
    struct memory_run run;
    memory_run_init(&run, notation);
    memory_run_write(&run, NULL);
    run.job.dedupe = dedupe;
    run.job.transforms = transforms;
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    ck_assert_uint_eq(run.summary.entries, run.summary.written + run.summary.doubles);
    const uint64_t written = run.summary.written;
    memory_run_release(&run);
    return written;
}

START_TEST(test_runs)
{
    struct har_dedupe *dedupe = har_dedupe_new();
    ck_assert_uint_eq(run_with(dedupe, HAR(ENTRY "," ENTRY "," ENTRY_WITH(",'_a':1") "," ENTRY), "filter"), 2);
    ck_assert_uint_eq(har_dedupe_dropped(dedupe), 2);
    /* The set goes on to the next input. */
    ck_assert_uint_eq(run_with(dedupe, HAR(ENTRY_WITH(",'_a':2") "," ENTRY_WITH(",'_a':1") "," ENTRY), "filter"), 1);
    ck_assert_uint_eq(har_dedupe_dropped(dedupe), 4);
    har_dedupe_free(dedupe);
    har_dedupe_free(NULL);
    /* What would be written decides: the order of members, spellings and blanks do not. */
    dedupe = har_dedupe_new();
    ck_assert_uint_eq(run_with(dedupe,
                               "{'log':{'entries':[{'time':1,'cache':{},'_x':'\\u0041'}, {'_\\u0078':'A','cache':{ },'time':1},"
                               "{'time':1.0,'cache':{},'_x':'A'},{'time':'1','cache':{},'_x':'A'}]}}",
                               "filter"),
                      3);
    har_dedupe_free(dedupe);
    /* What was stripped is not compared. */
    dedupe = har_dedupe_new();
    ck_assert_uint_eq(run_with(dedupe, HAR(ENTRY "," ENTRY), "strip"), 1);
    har_dedupe_free(dedupe);
}
END_TEST

static bool add(struct har_dedupe *dedupe, const char *text, size_t len)
{
    struct parsed parsed;
    bool twice = false;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, len, 1 << 16);
    while (parsed_next(&parsed) != JSON_VALUE)
        ;
    ck_assert(dedupe_add(dedupe, &parsed.parser.tree, &twice));
    parsed_release(&parsed);
    return twice;
}

/* Texts that differ at one place, however long what stands before and behind it, and the same ones again. */
START_TEST(test_prefixes)
{
    enum { LEN = 300000 };
    struct har_dedupe *dedupe = har_dedupe_new();
    char *text = malloc(LEN + 4);
    ck_assert_ptr_nonnull(text);
    for (int round = 0; round < 2; round++)
        for (size_t at = 0; at < LEN; at += 9973) {
            memset(text, 'a', LEN + 2);
            text[0] = text[LEN + 1] = '"';
            text[1 + at] = 'b';
            ck_assert_int_eq(add(dedupe, text, LEN + 2), round);
        }
    for (size_t len = 2; len < 40; len++) {
        memset(text, 'a', len);
        text[0] = text[len - 1] = '"';
        ck_assert(!add(dedupe, text, len));
        ck_assert(add(dedupe, text, len));
    }
    free(text);
    har_dedupe_free(dedupe);
}
END_TEST

/* Many: the set grows and forgets none. */
START_TEST(test_many)
{
    struct har_dedupe *dedupe = har_dedupe_new();
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 20000; i++) {
            char text[20];
            const int len = snprintf(text, sizeof text, "[%u]", i);
            ck_assert_int_eq(add(dedupe, text, (size_t)len), round);
        }
    ck_assert_uint_eq(har_dedupe_dropped(dedupe), 20000);
    har_dedupe_free(dedupe);
}
END_TEST

Suite *suite_dedupe(void)
{
    Suite *suite = suite_create("dedupe");
    TCase *tcase = tcase_create("dedupe");
    tcase_add_test(tcase, test_runs);
    tcase_add_test(tcase, test_prefixes);
    tcase_add_test(tcase, test_many);
    suite_add_tcase(suite, tcase);
    return suite;
}
