/* Redaction by the library: learning, runs, merges and splits, the proof, and what is told. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

Suite *suite_redact_api(void);

#define SECRET "wq7-ZP31xy-0815"
#define CAPTURE                                                                                                                    \
    "{'log':{'version':'1.2','creator':{'name':'a','version':'1'},'entries':[{'request':{'method':'GET',"                         \
    "'url':'https://a.example/?q=" SECRET "','headers':[{'name':'X-Api-Key','value':'" SECRET "'}]},'response':{}}]}}"

/* A run with a redaction, whose output stays in memory. */
struct redacting {
    struct memory_run run;
    struct har_redaction *redaction;
    enum har_status learned;
};

static void begin(struct redacting *redacting, const char *notation, const struct har_redact_options *options)
{
    static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};
    struct har_error error;
    memory_run_init(&redacting->run, notation);
    memory_only(redacting->run.settings, MEMORY_STRUCTURE);
    memory_run_write(&redacting->run, one_line);
    ck_assert_int_eq(har_redaction_new(&redacting->redaction, NULL, options, redacting->run.settings, &error), HAR_OK);
}

static void learn(struct redacting *redacting)
{
    struct har_job job = redacting->run.job;
    job.reader = memory_reader(&redacting->run.text);
    job.output_count = 0;
    redacting->learned = har_redaction_learn(redacting->redaction, &job, &redacting->run.error);
}

static void write_out(struct redacting *redacting)
{
    redacting->run.job.redaction = redacting->redaction;
    memory_run_go(&redacting->run);
}

static void end(struct redacting *redacting)
{
    har_redaction_free(redacting->redaction);
    memory_run_release(&redacting->run);
}

START_TEST(test_both_readings)
{
    struct redacting redacting;
    struct har_redact_totals totals = {.size = sizeof totals};
    struct har_redact_count count = {.size = sizeof count};
    begin(&redacting, CAPTURE, NULL);
    learn(&redacting);
    ck_assert_int_eq(redacting.learned, HAR_OK);
    write_out(&redacting);
    ck_assert_msg(redacting.run.status == HAR_OK, "%s", redacting.run.error.text);
    const char *out = memory_string(&redacting.run.written[0]);
    ck_assert_ptr_null(strstr(out, SECRET));
    ck_assert_ptr_nonnull(strstr(out, "\"_redaction\":{\"tool\":\"harmill "));
    har_redaction_totals(redacting.redaction, &totals);
    ck_assert_uint_eq(totals.secrets, 1);
    ck_assert_uint_eq(totals.values, 2);
    ck_assert_uint_eq(totals.propagated, 1);
    ck_assert_uint_eq(totals.proven, redacting.run.written[0].len);
    ck_assert(har_redaction_count(redacting.redaction, 0, &count));
    ck_assert_str_eq(count.rule, "propagated");
    ck_assert_str_eq(count.pointer, "/log/entries/0/request/url");
    ck_assert(har_redaction_count(redacting.redaction, 1, &count));
    ck_assert_str_eq(count.pointer, "/log/entries/0/request/headers/0/value");
    ck_assert_uint_eq(count.values, 1);
    ck_assert_ptr_nonnull(strstr(out, count.token));
    ck_assert(!har_redaction_count(redacting.redaction, 2, &count));
    end(&redacting);
}
END_TEST

START_TEST(test_counted_once)
{
    struct redacting redacting;
    struct har_redact_totals totals = {.size = sizeof totals};
    begin(&redacting, CAPTURE, NULL);
    learn(&redacting);
    for (int i = 0; i < 3; i++) {
        struct memory_run again;
        memory_run_init(&again, CAPTURE);
        memory_run_write(&again, NULL);
        again.job.redaction = redacting.redaction;
        memory_run_go(&again);
        ck_assert_msg(again.status == HAR_OK, "%s", again.error.text);
        memory_run_release(&again);
    }
    har_redaction_totals(redacting.redaction, &totals);
    ck_assert_uint_eq(totals.values, 2);
    end(&redacting);
}
END_TEST

START_TEST(test_sizes)
{
    struct redacting redacting;
    struct har_redact_totals totals;
    begin(&redacting, CAPTURE, NULL);
    learn(&redacting);
    write_out(&redacting);
    memset(&totals, 0x55, sizeof totals);
    totals.size = offsetof(struct har_redact_totals, values);
    har_redaction_totals(redacting.redaction, &totals);
    ck_assert_uint_eq(totals.secrets, 1);
    ck_assert_uint_eq(totals.values, UINT64_C(0x5555555555555555)); /* a caller of an older header has no such member */
    end(&redacting);
}
END_TEST

START_TEST(test_nothing_was_learned)
{
    struct redacting redacting;
    begin(&redacting, CAPTURE, NULL);
    write_out(&redacting);
    ck_assert_int_eq(redacting.run.status, HAR_FATAL);
    ck_assert_int_eq(redacting.run.error.domain, HAR_DOMAIN_USAGE);
    ck_assert_uint_eq(redacting.run.written[0].len, 0);
    end(&redacting);
}
END_TEST

START_TEST(test_learning_is_over)
{
    struct redacting redacting;
    begin(&redacting, CAPTURE, NULL);
    learn(&redacting);
    write_out(&redacting);
    ck_assert_int_eq(redacting.run.status, HAR_OK);
    learn(&redacting);
    ck_assert_int_eq(redacting.learned, HAR_FATAL);
    ck_assert_int_eq(redacting.run.error.domain, HAR_DOMAIN_USAGE);
    end(&redacting);
}
END_TEST

/* The second reading gives other bytes: what is in them was never learned. */
START_TEST(test_changed)
{
    struct redacting redacting;
    begin(&redacting, CAPTURE, NULL);
    learn(&redacting);
    char *digit = strstr(redacting.run.text.bytes, "1.2");
    ck_assert_ptr_nonnull(digit);
    digit[2] = '1';
    write_out(&redacting);
    ck_assert_int_eq(redacting.run.status, HAR_FATAL);
    ck_assert_str_eq(redacting.run.error.text, "changed while it was read: nothing was written");
    ck_assert_uint_eq(redacting.run.written[0].len, 0);
    end(&redacting);
}
END_TEST

START_TEST(test_broken)
{
    struct redacting redacting;
    begin(&redacting, "{'log':{'entries':[{'request':{'method':", NULL);
    learn(&redacting);
    ck_assert_int_eq(redacting.learned, HAR_FAILED);
    write_out(&redacting);
    ck_assert_int_eq(redacting.run.status, HAR_FAILED);
    ck_assert_uint_eq(redacting.run.written[0].len, 0);
    end(&redacting);
}
END_TEST

START_TEST(test_bound)
{
    struct redacting redacting;
    begin(&redacting,
          "{'log':{'entries':[{'request':{'headers':[{'name':'X-Api-Key','value':'aaaa-1111-bbbb'},"
          "{'name':'X-Api-Key','value':'cccc-2222-dddd'}]}}]}}",
          NULL);
    har_redaction_free(redacting.redaction);
    ck_assert_int_eq(har_settings_set_bound(redacting.run.settings, HAR_BOUND_SECRETS, 1, NULL), HAR_OK);
    ck_assert_int_eq(har_redaction_new(&redacting.redaction, NULL, NULL, redacting.run.settings, NULL), HAR_OK);
    learn(&redacting);
    ck_assert_int_eq(redacting.learned, HAR_FATAL);
    ck_assert_int_eq(redacting.run.error.domain, HAR_DOMAIN_BOUND);
    end(&redacting);
}
END_TEST

/* Bodies that are kept unseen are bodies that were not searched. */
START_TEST(test_unsearched)
{
    static const char notation[] = "{'log':{'entries':[{'response':{'content':{'size':2,'mimeType':'text/plain','text':'ab'}}}]}}";
    struct har_redact_options options = {.size = sizeof options, .bodies = HAR_REDACT_BODIES_KEEP};
    for (int allow = 0; allow <= 1; allow++) {
        struct redacting redacting;
        struct har_redact_totals totals = {.size = sizeof totals};
        options.allow_unsearched = allow;
        begin(&redacting, notation, &options);
        learn(&redacting);
        ck_assert_int_eq(redacting.learned, HAR_OK);
        write_out(&redacting);
        ck_assert_int_eq(redacting.run.status, allow ? HAR_OK : HAR_FATAL);
        ck_assert_int_eq(redacting.run.error.domain, allow ? HAR_DOMAIN_NONE : HAR_DOMAIN_PROOF);
        ck_assert_int_eq(redacting.run.written[0].len != 0, allow);
        har_redaction_totals(redacting.redaction, &totals);
        ck_assert_uint_eq(totals.unsearched, 1);
        end(&redacting);
    }
}
END_TEST

/* A writer that puts a secret into its output, whatever the items say. */
static enum har_status open_leaky(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    *(struct har_sink **)ctx = args->sink;
    (void)error;
    return HAR_OK;
}

static enum har_status item_leaky(void *ctx, const struct har_item *item, struct har_error *error)
{
    (void)ctx;
    (void)item;
    (void)error;
    return HAR_OK;
}

static enum har_status finish_leaky(void *ctx, struct har_error *error)
{
    static const char text[] = "harmless harmless wq7-ZP31%78y%2d0815 harmless";
    enum har_status status = HAR_OK;
    for (size_t i = 0; i + 1 < sizeof text && status == HAR_OK; i++) /* cut everywhere */
        status = har_sink_write(*(struct har_sink **)ctx, HAR_SECTION_BODY, text + i, 1, error);
    return status;
}

static void close_leaky(void *ctx)
{
    (void)ctx;
}

START_TEST(test_written_bytes_are_proven)
{
    static const struct har_writer leaky = {.size = sizeof leaky,
                                            .name = "leaky",
                                            .ctx_size = sizeof(struct har_sink *),
                                            .open = open_leaky,
                                            .item = item_leaky,
                                            .finish = finish_leaky,
                                            .close = close_leaky};
    struct redacting redacting;
    struct har_redact_totals totals = {.size = sizeof totals};
    begin(&redacting, CAPTURE, NULL);
    redacting.run.output[0].writer = &leaky;
    learn(&redacting);
    write_out(&redacting);
    ck_assert_int_eq(redacting.run.status, HAR_FATAL);
    ck_assert_int_eq(redacting.run.error.domain, HAR_DOMAIN_PROOF);
    ck_assert_str_eq(redacting.run.error.text, "1 place of the output still holds a secret: nothing was written");
    ck_assert_uint_eq(redacting.run.written[0].len, 0);
    har_redaction_totals(redacting.redaction, &totals);
    ck_assert_uint_eq(totals.proven, 0);
    end(&redacting);
}
END_TEST

/* What is left out by a filter is learned all the same. */
START_TEST(test_filtered)
{
    static const char notation[] =
        "{'log':{'entries':[{'request':{'method':'GET','headers':[{'name':'X-Api-Key','value':'" SECRET "'}]}},"
        "{'request':{'method':'POST','comment':'see " SECRET "'}}]}}";
    const struct har_transform *const transforms[] = {har_transform_find("filter"), NULL};
    static const struct har_option options[] = {{"filter", "method==\"POST\""}, {NULL, NULL}};
    struct redacting redacting;
    begin(&redacting, notation, NULL);
    redacting.run.job.transforms = transforms;
    redacting.run.job.options = options;
    learn(&redacting);
    write_out(&redacting);
    ck_assert_msg(redacting.run.status == HAR_OK, "%s", redacting.run.error.text);
    ck_assert_uint_eq(redacting.run.summary.written, 1);
    ck_assert_ptr_null(strstr(memory_string(&redacting.run.written[0]), SECRET));
    end(&redacting);
}
END_TEST

START_TEST(test_findings)
{
    struct memory_run run;
    struct har_redaction *secrets;
    ck_assert_int_eq(har_redaction_new(&secrets, NULL, NULL, NULL, NULL), HAR_OK);
    memory_run_init(&run, "{'log':{'entries':[{'request':{'headers':[{'name':'X-Api-Key','value':<1>'" SECRET "'}]}}]}}");
    memory_only(run.settings, 0);
    har_settings_set_level(run.settings, HAR_RULE_SECRET_HEADER, HAR_LEVEL_ERROR);
    run.job.secrets = secrets;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_SECRET_HEADER], 1);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.told), "/log/entries/0/request/headers/0/value"));
    ck_assert_ptr_null(strstr(memory_string(&run.told), SECRET));
    memory_run_release(&run);
    har_redaction_free(secrets);
}
END_TEST

Suite *suite_redact_api(void)
{
    Suite *suite = suite_create("redact_api");
    TCase *tests = tcase_create("redact_api");
    tcase_add_test(tests, test_both_readings);
    tcase_add_test(tests, test_counted_once);
    tcase_add_test(tests, test_sizes);
    tcase_add_test(tests, test_nothing_was_learned);
    tcase_add_test(tests, test_learning_is_over);
    tcase_add_test(tests, test_changed);
    tcase_add_test(tests, test_broken);
    tcase_add_test(tests, test_bound);
    tcase_add_test(tests, test_unsearched);
    tcase_add_test(tests, test_written_bytes_are_proven);
    tcase_add_test(tests, test_filtered);
    tcase_add_test(tests, test_findings);
    suite_add_tcase(suite, tests);
    return suite;
}
