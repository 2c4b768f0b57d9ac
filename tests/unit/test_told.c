/* How findings are told: in the order of their places, with pointers into long arrays, with fingerprints that stay; wanted or only
 * counted; levels by profile. */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_told(void);

enum { NOTED_MOST = 20000 };

/* What was told, as far as it is compared. */
struct noted {
    size_t count;
    uint64_t offset[NOTED_MOST];
    uint64_t fingerprint[NOTED_MOST];
    char pointer[NOTED_MOST][48];
    bool refuse; /* want none */
    uint64_t asked;
};

static void note(void *user, const struct har_finding *finding)
{
    struct noted *noted = user;
    ck_assert_uint_lt(noted->count, NOTED_MOST);
    noted->offset[noted->count] = finding->place.offset;
    noted->fingerprint[noted->count] = finding->fingerprint;
    snprintf(noted->pointer[noted->count], sizeof noted->pointer[0], "%.*s", (int)finding->pointer.len, finding->pointer.bytes);
    noted->count++;
}

static bool wants(void *user, enum har_rule rule, enum har_level level)
{
    struct noted *noted = user;
    ck_assert_int_eq(level, har_rule_info(rule)->level);
    noted->asked++;
    return !noted->refuse;
}

static struct har_summary go(const char *notation, struct noted *noted)
{
    struct memory_run run;
    memory_run_init(&run, notation);
    run.job.on_finding = note;
    run.job.wants = wants;
    run.job.user = noted;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    const struct har_summary summary = run.summary;
    memory_run_release(&run);
    return summary;
}

static struct noted *new_noted(void)
{
    struct noted *noted = calloc(1, sizeof *noted);
    ck_assert_ptr_nonnull(noted);
    return noted;
}

/* Three times as many as wait at most: an entry whose headers are all wrong. */
START_TEST(order_and_pointers)
{
    enum { HEADERS = 12500 };
    struct noted *noted = new_noted();
    struct har_buffer text;
    char pointer[48];
    har_buffer_init(&text, (size_t)1 << 24);
    har_buffer_append_text(&text, "{'log':{'version':'1.2'," CREATOR ",'entries':[{" DATE ",'time':'x','request':{'method':'GET',"
                                  "'url':'http://a/','httpVersion':'','cookies':[],'queryString':[]," SIZES ",'headers':[");
    for (int i = 0; i < HEADERS; i++)
        har_buffer_printf(&text, "%s{'name':1,'value':''}", i ? "," : "");
    har_buffer_append_text(&text, "]},'response':" RESPONSE ",'cache':{}," TIMINGS ",'odd':1}]}}");
    const struct har_summary summary = go(memory_string(&text), noted);
    ck_assert_uint_eq(noted->count, HEADERS + 2);
    ck_assert_uint_eq(summary.rule_count[HAR_RULE_WRONG_TYPE], HEADERS + 1);
    ck_assert_str_eq(noted->pointer[0], "/log/entries/0/time");
    ck_assert_str_eq(noted->pointer[HEADERS + 1], "/log/entries/0/odd");
    for (size_t i = 1; i < noted->count; i++)
        ck_assert_uint_gt(noted->offset[i], noted->offset[i - 1]);
    for (int i = 0; i < HEADERS; i++) {
        snprintf(pointer, sizeof pointer, "/log/entries/0/request/headers/%d/name", i);
        ck_assert_str_eq(noted->pointer[i + 1], pointer);
    }
    har_buffer_release(&text);
    free(noted);
}
END_TEST

START_TEST(counted_only)
{
    struct noted *noted = new_noted();
    noted->refuse = true;
    const struct har_summary summary = go(HAR(ENTRY_WITH(",'odd':1") "," ENTRY_WITH(",'odd':1")), noted);
    ck_assert_uint_eq(noted->count, 0);
    ck_assert_uint_eq(noted->asked, 2);
    ck_assert_uint_eq(summary.rule_count[HAR_RULE_UNKNOWN_MEMBER], 2);
    ck_assert_uint_eq(summary.level_count[HAR_LEVEL_WARNING], 2);
    free(noted);
}
END_TEST

#define AT(url, more)                                                                                                              \
    "{" DATE ",'time':0,'request':{'method':'GET','url':'" url "','httpVersion':'HTTP/1.1','cookies':[],'headers':[],"             \
    "'queryString':[]," SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS more "}"

static uint64_t fingerprint(const char *notation)
{
    struct noted *noted = new_noted();
    go(notation, noted);
    ck_assert_uint_eq(noted->count, 1);
    const uint64_t value = noted->fingerprint[0];
    free(noted);
    return value;
}

START_TEST(fingerprints)
{
    const uint64_t first = fingerprint(HAR(AT("http://a/x", ",'odd':1")));
    /* the same finding: behind another entry, with another value, another query, another fragment, spelled otherwise */
    ck_assert_uint_eq(first, fingerprint(HAR(ENTRY "," ENTRY "," AT("http://a/x", ",'odd':1"))));
    ck_assert_uint_eq(first, fingerprint(HAR(AT("http://a/x?secret=1", ",'odd':'z'") "," ENTRY)));
    ck_assert_uint_eq(first, fingerprint(HAR(AT("http://a/x#?", ",'odd':1"))));
    ck_assert_uint_eq(first, fingerprint(HAR(AT("http:\\/\\/a\\/x", ",'\\u006fdd':1"))));
    /* others: another member, address, rule, place of the same member */
    ck_assert_uint_ne(first, fingerprint(HAR(AT("http://a/x", ",'odder':1"))));
    ck_assert_uint_ne(first, fingerprint(HAR(AT("http://a/y", ",'odd':1"))));
    ck_assert_uint_ne(first, fingerprint(HAR(AT("http://a/x", ",'comment':1"))));
    ck_assert_uint_ne(first, fingerprint(HAR_LOG("1.2", ",'odd':1", "")));
    ck_assert_uint_ne(first, 0);
}
END_TEST

START_TEST(profiles)
{
    struct har_settings *settings = har_settings_new();
    ck_assert_ptr_nonnull(settings);
    ck_assert_ptr_null(har_profile_find("nobody"));
    for (size_t i = 0; har_profiles()[i]; i++) {
        const struct har_profile *profile = har_profiles()[i];
        ck_assert_ptr_eq(har_profile_find(profile->name), profile);
        ck_assert_uint_eq(profile->size, sizeof *profile);
        har_settings_apply_profile(settings, profile);
        for (int rule = 0; rule < HAR_RULE_COUNT; rule++) {
            const struct har_rule_info *info = har_rule_info((enum har_rule)rule);
            const enum har_level level = har_settings_level(settings, (enum har_rule)rule);
            ck_assert_int_eq(level, profile->level((enum har_rule)rule));
            ck_assert_int_le(info->level, info->strict);
            if (info->group == HAR_GROUP_CONSUMER) /* only that program's own rule is on */
                ck_assert_int_eq(level,
                                 profile->consumer && profile->refuses == (enum har_rule)rule ? HAR_LEVEL_ERROR : HAR_LEVEL_OFF);
            else if (profile->consumer && info->group != HAR_GROUP_FILE)
                ck_assert_int_lt(level, HAR_LEVEL_ERROR);
        }
    }
    har_settings_free(settings);
}
END_TEST

Suite *suite_told(void)
{
    Suite *suite = suite_create("told");
    TCase *tcase = tcase_create("told");
    tcase_add_test(tcase, order_and_pointers);
    tcase_add_test(tcase, counted_only);
    tcase_add_test(tcase, fingerprints);
    tcase_add_test(tcase, profiles);
    suite_add_tcase(suite, tcase);
    return suite;
}
