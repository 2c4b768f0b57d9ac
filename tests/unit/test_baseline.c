/* Baselines: their text, merging, and what a run tells beside one. */
#include <check.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_baseline(void);

static enum har_status append(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(error);
}

/* The text of a baseline; the caller releases it. */
static struct har_buffer written(const struct har_baseline *baseline)
{
    struct har_buffer out;
    struct har_sink *sink;
    har_buffer_init(&out, HAR_MIB);
    ck_assert_int_eq(har_sink_function(&sink, append, &out, NULL, NULL), HAR_OK);
    ck_assert_int_eq(har_baseline_write(baseline, sink, NULL), HAR_OK);
    ck_assert_int_eq(har_sink_commit(sink, NULL), HAR_OK);
    har_sink_free(sink);
    return out;
}

static enum har_status parse(struct har_baseline *baseline, const char *notation, struct har_error *error)
{
    struct memory_text text;
    memory_text_init(&text, notation);
    const enum har_status status = har_baseline_parse(baseline, text.bytes, text.len, NULL, error);
    memory_text_release(&text);
    return status;
}

#define HEAD "{'harmill-baseline':1,'inputs':{"

static const struct {
    const char *text;
    const char *refused; /* NULL: taken */
} rows[] = {
    {HEAD "}}", NULL},
    {HEAD "'a':{}}}", NULL},
    {HEAD "'a':{'wrong-type 0123456789abcdef':1}}}", NULL},
    /* a rule of another version */
    {HEAD "'a':{'no-such-rule-yet 0123456789abcdef':1}}}", NULL},
    {"", "'[' or '{' expected"},
    {"{}", "is no baseline, which --write-baseline makes"},
    {"{'inputs':{}}", "is no baseline, which --write-baseline makes"},
    {"{'harmill-baseline':1,'inputs':{},'x':1}", "is no baseline, which --write-baseline makes"},
    {"{'harmill-baseline':2,'inputs':{}}", "is a baseline of version 2, not 1"},
    {"{'log':{'version':'1.2'}}", "is no baseline, which --write-baseline makes"},
    {HEAD "'a':[]}}", "'inputs': 'a' takes an object"},
#define NO_LINE "'inputs': 'a' has a line that is not \"RULE FINGERPRINT\": COUNT"
    {HEAD "'a':{'wrong-type':1}}}", NO_LINE},
    {HEAD "'a':{'wrong-type 0123456789abcde':1}}}", NO_LINE},
    {HEAD "'a':{'wrong-type 0123456789abcdef0':1}}}", NO_LINE},
    {HEAD "'a':{'wrong-type 0123456789ABCDEF':1}}}", NO_LINE},
    {HEAD "'a':{'Wrong 0123456789abcdef':1}}}", NO_LINE},
    {HEAD "'a':{' 0123456789abcdef':1}}}", NO_LINE},
    {HEAD "'a':{'wrong-type 0123456789abcdef':0}}}", NO_LINE},
    {HEAD "'a':{'wrong-type 0123456789abcdef':'1'}}}", NO_LINE},
    {HEAD "'a':{'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 0123456789abcdef':1}}}", NO_LINE},
    {HEAD "'a':{'wrong-type 0123456789abcdef':1,'wrong-type 0123456789abcdef':1}}}", "duplicate object key"},
};

START_TEST(texts)
{
    struct har_error error = {0};
    struct har_baseline *baseline = har_baseline_new();
    ck_assert_int_eq(parse(baseline, HEAD "'kept':{'x 0000000000000000':7}}}", &error), HAR_OK);
    const enum har_status status = parse(baseline, rows[_i].text, &error);
    if (rows[_i].refused) {
        ck_assert_int_eq(status, HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        ck_assert_str_eq(error.text, rows[_i].refused);
        ck_assert_uint_eq(har_baseline_count(baseline, "kept"), 7);
    } else {
        ck_assert_msg(status == HAR_OK, "%s", error.text);
        ck_assert_uint_eq(har_baseline_count(baseline, "kept"), 0);
    }
    har_baseline_free(baseline);
}
END_TEST

/* Sorted by name, rule and fingerprint; names are bytes of JSON, whatever stands in them. */
START_TEST(one_text)
{
    struct har_error error = {0};
    struct har_baseline *baseline = har_baseline_new();
    ck_assert_int_eq(parse(baseline,
                           HEAD "'./b/\\u00e9\\n':{'x-b 00000000000000ff':2,'x-a ffffffffffffffff':1,'x-b 0000000000000001':3},"
                                "'gone':{},'a':{'x 0000000000000000':1}}}",
                           &error),
                     HAR_OK);
    struct har_buffer out = written(baseline);
    ck_assert_str_eq(memory_string(&out), "{\n  \"harmill-baseline\": 1,\n  \"inputs\": {\n"
                                          "    \"a\": {\n      \"x 0000000000000000\": 1\n    },\n"
                                          "    \"b/\xc3\xa9\\n\": {\n"
                                          "      \"x-a ffffffffffffffff\": 1,\n"
                                          "      \"x-b 0000000000000001\": 3,\n"
                                          "      \"x-b 00000000000000ff\": 2\n    }\n  }\n}\n");
    struct har_baseline *again = har_baseline_new();
    ck_assert_int_eq(har_baseline_parse(again, out.data, strlen(out.data), NULL, NULL), HAR_OK);
    struct har_buffer second = written(again);
    ck_assert_str_eq(memory_string(&second), out.data);
    har_buffer_release(&out);
    har_buffer_release(&second);
    har_baseline_free(again);
    har_baseline_free(baseline);
    har_baseline_free(NULL);
}
END_TEST

START_TEST(merging)
{
    struct har_baseline *old = har_baseline_new(), *newer = har_baseline_new();
    ck_assert_int_eq(
        parse(old, HEAD "'a':{'x 0000000000000001':1},'b':{'x 0000000000000002':2},'c':{'x 0000000000000003':3}}}", NULL), HAR_OK);
    ck_assert_int_eq(parse(newer, HEAD "'./b':{'y 0000000000000004':4},'c':{},'d':{'x 0000000000000005':5}}}", NULL), HAR_OK);
    ck_assert_int_eq(har_baseline_merge(old, newer, NULL), HAR_OK);
    ck_assert_uint_eq(har_baseline_count(old, "a"), 1);
    ck_assert_uint_eq(har_baseline_count(old, "b"), 4);
    ck_assert_uint_eq(har_baseline_count(old, "././/b"), 4);
    ck_assert_uint_eq(har_baseline_count(old, "c"), 0);
    ck_assert_uint_eq(har_baseline_count(old, "d"), 5);
    ck_assert_uint_eq(har_baseline_count(old, "B"), 0);
    ck_assert_uint_eq(har_baseline_inputs(old), 4); /* c, too, until it is written */
    ck_assert_uint_eq(har_baseline_inputs(newer), 3);
    har_baseline_free(old);
    har_baseline_free(newer);
}
END_TEST

/* A document is judged and noted; then `second` is judged beside what was noted. */
static void judge(struct memory_run *run, const char *notation, const struct har_baseline *known, struct har_baseline *noted)
{
    memory_run_init(run, notation);
    run->job.known = known;
    run->job.noted = noted;
    memory_run_go(run);
}

#define AT(url, more)                                                                                                              \
    "{" DATE ",'time':0,'request':{'method':'GET','url':'" url "','httpVersion':'HTTP/1.1','cookies':[],'headers':[],"             \
    "'queryString':[]," SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS more "}"
#define ONE  AT("http://a/1?q", ",'odd':1")
#define TWO  AT("http://a/2", ",'odd':1")
#define SAME AT("http://a/1?other#f", ",'odd':2")
#define GOOD AT("http://a/3", "")

static const struct {
    const char *first, *second;
    unsigned fresh; /* findings of the second that the first does not know */
} runs[] = {
    {HAR(ONE), HAR(ONE), 0},
    {HAR(ONE "," TWO), HAR(TWO "," GOOD "," ONE), 0}, /* reordered, one put in */
    {HAR(ONE "," TWO), HAR(TWO), 0},                  /* one taken out */
    {HAR(ONE), HAR(ONE "," TWO), 1},
    {HAR(ONE), HAR(SAME), 0},         /* the query is no part of it */
    {HAR(ONE), HAR(ONE "," SAME), 1}, /* counted */
    {HAR(ONE "," SAME), HAR(SAME "," ONE), 0},
    {HAR(GOOD), HAR(ONE), 1},
    {HAR(ONE), HAR(AT("http://a/1", ",'odder':1")), 1},
    {HAR_LOG("1.2", ",'odd':1", ONE), HAR_LOG("1.2", ",'odd':1,'odder':1", ONE), 1},
};

START_TEST(beside)
{
    struct memory_run run;
    struct har_baseline *known = har_baseline_new();
    judge(&run, runs[_i].first, NULL, known);
    const uint64_t found = run.summary.level_count[HAR_LEVEL_WARNING];
    memory_run_release(&run);
    ck_assert_uint_eq(har_baseline_count(known, "./memory:"), found);
    judge(&run, runs[_i].second, known, NULL);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], runs[_i].fresh);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_UNKNOWN_MEMBER], runs[_i].fresh);
    ck_assert_int_eq(run.told.len > 0, runs[_i].fresh > 0);
    memory_run_release(&run);
    har_baseline_free(known);
}
END_TEST

static bool wants_none(void *user, enum har_rule rule, enum har_level level)
{
    (void)user;
    (void)rule;
    (void)level;
    return false;
}

/* Findings are known though nobody sees them; both baselines at once; of another input nothing is known. */
START_TEST(unseen)
{
    struct memory_run run;
    struct har_baseline *known = har_baseline_new(), *noted = har_baseline_new();
    for (int round = 0; round < 2; round++) {
        memory_run_init(&run, HAR(ONE "," TWO));
        run.job.known = round ? known : NULL;
        run.job.noted = round ? noted : known;
        run.job.on_finding = round ? run.job.on_finding : NULL;
        run.job.wants = wants_none;
        memory_run_go(&run);
        ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], round ? 0 : 2);
        ck_assert_uint_eq(run.told.len, 0);
        memory_run_release(&run);
    }
    ck_assert_uint_eq(har_baseline_count(noted, "memory:"), 2);
    memory_run_init(&run, HAR(ONE));
    run.job.display = "other:";
    run.job.on_finding = NULL;
    run.job.known = known;
    memory_run_go(&run);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], 1);
    memory_run_release(&run);
    har_baseline_free(known);
    har_baseline_free(noted);
}
END_TEST

/* What lets no output be made is never known; of an input that is cut nothing is noted. */
START_TEST(broken)
{
    struct memory_run run;
    struct har_baseline *known = har_baseline_new();
    static const char *const inputs[] = {HAR(ONE ",{'request':x}," TWO), "{'log':{'version':'1.2'," CREATOR ",'odd':1,'entries':["};
    for (size_t i = 0; i < 2; i++) {
        judge(&run, inputs[i], NULL, known);
        ck_assert_uint_ge(run.summary.level_count[HAR_LEVEL_ERROR], 1);
        memory_run_release(&run);
        /* Two warnings of the first; the second did not replace them. */
        ck_assert_uint_eq(har_baseline_count(known, "memory:"), 2);
    }
    judge(&run, inputs[0], known, NULL);
    ck_assert_int_eq(run.status, HAR_FAILED);
    ck_assert_uint_eq(run.summary.broken, 1);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_JSON_SYNTAX], 1);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], 0);
    memory_run_release(&run);
    har_baseline_free(known);
}
END_TEST

/* Many equal findings take no room, many different ones are all there. */
START_TEST(many)
{
    struct har_buffer text;
    struct memory_run run;
    struct har_baseline *noted = har_baseline_new();
    har_buffer_init(&text, HAR_MIB);
    har_buffer_append_text(&text, "{'log':{'version':'1.2'," CREATOR);
    for (unsigned i = 0; i < 1000; i++)
        har_buffer_printf(&text, ",'odd%u':1", i);
    har_buffer_append_text(&text, ",'entries':[" ONE);
    for (unsigned i = 0; i < 299; i++)
        har_buffer_append_text(&text, "," ONE);
    har_buffer_append_text(&text, "]}}");
    judge(&run, memory_string(&text), NULL, noted);
    ck_assert_uint_eq(har_baseline_count(noted, "memory:"), 1300);
    memory_run_release(&run);
    struct har_buffer out = written(noted);
    ck_assert_ptr_nonnull(strstr(memory_string(&out), "\": 300"));
    har_buffer_release(&out);
    judge(&run, memory_string(&text), noted, NULL);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], 0);
    memory_run_release(&run);
    har_buffer_release(&text);
    har_baseline_free(noted);
}
END_TEST

/* Rules fit into the lines. */
START_TEST(ids)
{
    for (int i = 0; i < HAR_RULE_COUNT; i++)
        ck_assert_uint_lt(strlen(har_rule_info((enum har_rule)i)->id), 48);
}
END_TEST

Suite *suite_baseline(void)
{
    Suite *suite = suite_create("baseline");
    TCase *cases = tcase_create("baseline");
    tcase_add_loop_test(cases, texts, 0, sizeof rows / sizeof *rows);
    tcase_add_test(cases, one_text);
    tcase_add_test(cases, merging);
    tcase_add_loop_test(cases, beside, 0, sizeof runs / sizeof *runs);
    tcase_add_test(cases, unseen);
    tcase_add_test(cases, broken);
    tcase_add_test(cases, many);
    tcase_add_test(cases, ids);
    suite_add_tcase(suite, cases);
    return suite;
}
