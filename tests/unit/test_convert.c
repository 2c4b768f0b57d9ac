/* Runs: a caller's own writer and transform, cancelling, comparing, outputs that stay as they were. */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "memory.h"
#include "small.h"

Suite *suite_convert(void);

static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};

/* A writer that keeps a line of what it was called with. */
struct calls {
    struct har_sink *sink;
    unsigned entries;
    bool opened;
};

static struct {
    unsigned open, item, finish, close;
} called;

static volatile sig_atomic_t cancel;

/* Tests may run in one process. */
static void begin(void)
{
    memset(&called, 0, sizeof called);
    cancel = 0;
}

static enum har_status open_calls(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    struct calls *calls = ctx;
    called.open++;
    ck_assert(!calls->opened && !calls->sink);
    if (har_option_value(args->options, "refuse", "no") == NULL)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "refused");
    calls->opened = true;
    calls->sink = args->sink;
    return HAR_OK;
}

static enum har_status item_calls(void *ctx, const struct har_item *item, struct har_error *error)
{
    struct calls *calls = ctx;
    called.item++;
    if (item->kind != HAR_ITEM_ENTRY)
        return HAR_OK;
    calls->entries++;
    struct har_buffer line;
    har_buffer_init(&line, 1000);
    const struct har_node *root = har_tree_root(item->tree), *time = har_node_member(item->tree, root, "time");
    const struct har_text text = har_node_text(item->tree, time);
    ck_assert_int_eq(har_node_object(item->tree, root), HAR_OBJECT_ENTRY);
    ck_assert_str_eq(har_node_spec(item->tree, time)->name, "time");
    har_buffer_printf(&line, "%llu:%.*s ", (unsigned long long)item->ordinal, (int)text.len, text.bytes);
    const enum har_status status = har_sink_write(calls->sink, HAR_SECTION_BODY, line.data, line.len, error);
    har_buffer_release(&line);
    return status;
}

static enum har_status finish_calls(void *ctx, struct har_error *error)
{
    struct calls *calls = ctx;
    called.finish++;
    return har_sink_write(calls->sink, HAR_SECTION_TAIL, calls->entries == 1 ? "one" : "many", calls->entries == 1 ? 3 : 4, error);
}

static void close_calls(void *ctx)
{
    (void)ctx;
    called.close++;
}

static const struct har_writer calls_writer = {
    .size = sizeof calls_writer,
    .name = "calls",
    .summary = "times of entries",
    .extensions = ".txt",
    .ctx_size = sizeof(struct calls),
    .open = open_calls,
    .item = item_calls,
    .finish = finish_calls,
    .close = close_calls,
};

/* A transform that drops every second entry. */
struct halve {
    unsigned seen;
};

static enum har_status open_halve(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    const struct halve *own = ctx;
    (void)error;
    ck_assert_ptr_nonnull(args->settings);
    ck_assert_uint_eq(own->seen, 0);
    return HAR_OK;
}

static enum har_status item_halve(void *ctx, struct har_item *item, struct har_error *error)
{
    struct halve *halve = ctx;
    (void)error;
    return item->kind == HAR_ITEM_ENTRY && halve->seen++ % 2 ? HAR_FAILED : HAR_OK;
}

static void close_halve(void *ctx)
{
    (void)ctx;
    called.close++;
}

static const struct har_transform halve = {
    .size = sizeof halve,
    .name = "halve",
    .summary = "every second entry",
    .ctx_size = sizeof(struct halve),
    .open = open_halve,
    .item = item_halve,
    .close = close_halve,
};

#define TIMES "{'log':{'version':'1.2','entries':[{'time':10},{'time':11},{'time':12},{'time':13},{'time':14}]}}"

START_TEST(own_writer_and_transform)
{
    static const struct har_transform *const transforms[] = {&halve, NULL};
    struct memory_run run;
    memory_run_init(&run, TIMES);
    memory_run_write(&run, NULL);
    memory_run_write(&run, one_line);
    run.output[0].writer = &calls_writer;
    run.job.transforms = transforms;
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    ck_assert_str_eq(memory_string(&run.written[0]), "0:10 2:12 4:14 many");
    ck_assert_str_eq(memory_string(&run.written[1]),
                     "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"time\":10},{\"time\":12},{\"time\":14}]}}\n");
    ck_assert_uint_eq(run.summary.entries, 5); /* findings and counts are about the input */
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_MISSING_CACHE], 5);
    /* begin, the log, version, the entries, three of them, end */
    ck_assert_uint_eq(called.item, 8);
    ck_assert(called.open == 1 && called.finish == 1 && called.close == 2);
    memory_run_release(&run);
}
END_TEST

/* With AS_READ an output takes the items before the transforms and the ordering. */
START_TEST(before_the_transforms)
{
    static const struct har_transform *const transforms[] = {&halve, &halve, NULL};
    static const struct har_option as_read[] = {{"indent", "0"}, {"as-read", NULL}, {NULL, NULL}};
    struct memory_run run;
    memory_run_init(&run, "{'log':{'entries':[{'time':1,'comment':'\\/'},{'comment':'','time':2}],'version':'1.2'}}");
    memory_run_write(&run, as_read);
    memory_run_write(&run, one_line);
    run.output[0].flags = HAR_OUTPUT_AS_READ;
    run.job.transforms = transforms;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_str_eq(
        memory_string(&run.written[0]),
        "{\"log\":{\"entries\":[{\"time\":1,\"comment\":\"\\/\"},{\"comment\":\"\",\"time\":2}],\"version\":\"1.2\"}}\n");
    ck_assert_str_eq(memory_string(&run.written[1]),
                     "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"time\":1,\"comment\":\"/\"}]}}\n");
    memory_run_release(&run);
}
END_TEST

START_TEST(close_also_after_a_failed_open)
{
    static const struct har_option refuse[] = {{"refuse", NULL}, {NULL, NULL}};
    struct memory_run run;
    memory_run_init(&run, TIMES);
    memory_run_write(&run, refuse);
    run.output[0].writer = &calls_writer;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FATAL);
    ck_assert_int_eq(run.error.domain, HAR_DOMAIN_USAGE);
    ck_assert_str_eq(run.error.text, "refused");
    ck_assert(called.open == 1 && called.item == 0 && called.finish == 0 && called.close == 1);
    ck_assert_uint_eq(run.written[0].len, 0);
    memory_run_release(&run);
}
END_TEST

static enum har_status item_cancel(void *ctx, struct har_item *item, struct har_error *error)
{
    (void)ctx;
    (void)error;
    cancel |= item->kind == HAR_ITEM_ENTRY && item->ordinal == 2;
    return HAR_OK;
}

START_TEST(cancelling)
{
    static const struct har_transform canceller = {.size = sizeof canceller,
                                                   .name = "cancel",
                                                   .ctx_size = sizeof(struct halve),
                                                   .open = open_halve,
                                                   .item = item_cancel,
                                                   .close = close_halve};
    static const struct har_transform *const transforms[] = {&canceller, NULL};
    struct memory_run run;
    files_enter();
    files_write("out", "old", 3);
    memory_run_init(&run, TIMES);
    struct har_output output = {.writer = &calls_writer};
    ck_assert_int_eq(har_sink_file(&output.sink, "out", run.settings, &run.error), HAR_OK);
    run.job.outputs = &output;
    run.job.output_count = 1;
    run.job.cancel = &cancel;
    if (_i) {
        run.job.transforms = transforms;
    } else {
        cancel = 1; /* before it began */
    }
    run.job.reader = memory_reader(&run.text);
    run.status = har_convert(&run.job, &run.summary, &run.error);
    ck_assert_int_eq(run.status, HAR_FATAL);
    ck_assert_int_eq(run.error.domain, HAR_DOMAIN_CANCELLED);
    ck_assert_uint_eq(run.summary.entries, _i ? 3 : 0);
    ck_assert_uint_eq(called.finish, 0);
    har_sink_free(output.sink);
    files_expect("out", "old");
    ck_assert_uint_eq(files_count("."), 1);
    run.job.output_count = 0;
    memory_run_release(&run);
    files_leave();
}
END_TEST

START_TEST(comparing)
{
    static const struct {
        const char *text;
        bool same;
    } texts[] = {
        {"{'log':{'version':'1.2','entries':[]}}\n", true},
        {"{'log':{'version':'1.2','entries':[]}}", false},
        {"{'log':{'version':'1.2','entries':[]}}\n\n", false},
        {"{'log':{'entries':[],'version':'1.2'}}\n", false},
        {"{'log':{'version':'1\\u002e2','entries':[]}}\n", false},
        {"{'log':{'version':'1.2', 'entries':[]}}\n", false},
        {"\xef\xbb\xbf{'log':{'version':'1.2','entries':[]}}\n", false},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (unsigned compare = 0; compare < 2; compare++) {
            struct memory_run run;
            memory_run_init(&run, texts[i].text);
            memory_run_write(&run, one_line);
            run.job.compare = compare;
            memory_run_go(&run);
            ck_assert_int_eq(run.status, HAR_OK);
            ck_assert_msg(run.summary.same == (compare && texts[i].same), "%s", texts[i].text);
            ck_assert_uint_eq(run.summary.bytes, run.text.len);
            memory_run_release(&run);
        }
}
END_TEST

/* Whatever makes an input unfit to be written again: no output is put in place, every entry that can be read is judged. */
static const char *const broken[] = {
    "{'log':{'entries':[{'time':1},{'time':x},{'time':2}]}}",
    "{'log':{'entries':[{'time':1},{'time':2}",
    "{'log':{'entries':[{'time':1},{'time':NaN}]}}",
    "{'log':{'entries':[{'time':1},{'time':2,'comment':'a\nb'}]}}",
    "{'log':{'entries':[{'time':1},{'time':2,'comment':'\\x'}]}}",
    "{'log':{'entries':[{'time':1},{'time':2,'comment':'\xff'}]}}",
    "f({'log':{'entries':[{'time':1},{'time':2}]}})",
    "{'log':{'entries':[{'time':1},{'time':2}]}}x",
};

START_TEST(broken_inputs_leave_the_old_output)
{
    struct memory_run run;
    files_enter();
    files_write("out", "old", 3);
    memory_run_init(&run, broken[_i]);
    struct har_output output = {.writer = har_writer_find("har")};
    ck_assert_int_eq(har_sink_file(&output.sink, "out", run.settings, &run.error), HAR_OK);
    run.job.outputs = &output;
    run.job.output_count = 1;
    run.job.compare = true;
    run.job.reader = memory_reader(&run.text);
    run.status = har_convert(&run.job, &run.summary, &run.error);
    ck_assert_int_eq(run.status, HAR_FAILED);
    ck_assert_int_eq(run.error.domain, HAR_DOMAIN_DATA);
    ck_assert(!run.summary.same);
    ck_assert_uint_ge(run.summary.broken, 1);
    ck_assert_uint_ge(run.summary.level_count[HAR_LEVEL_ERROR], 1);
    ck_assert_uint_eq(run.summary.entries, 2);
    har_sink_free(output.sink);
    files_expect("out", "old");
    ck_assert_uint_eq(files_count("."), 1);
    run.job.output_count = 0;
    memory_run_release(&run);
    files_leave();
}
END_TEST

/* What is silenced still breaks the output. */
START_TEST(silenced_errors_break_the_output_too)
{
    struct memory_run run;
    memory_run_init(&run, "{'log':{'version':'1.2'," CREATOR ",'entries':[],'_x':NaN}}");
    har_settings_set_level(run.settings, HAR_RULE_NOT_A_NUMBER, HAR_LEVEL_OFF);
    memory_run_write(&run, one_line);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FAILED);
    ck_assert_str_eq(memory_string(&run.told), "");
    ck_assert_uint_eq(run.summary.broken, 1);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_ERROR], 0);
    ck_assert_uint_eq(run.written[0].len, 0);
    memory_run_release(&run);
}
END_TEST

START_TEST(nothing_but_an_input)
{
    struct har_job job = {.size = sizeof job, .input = "capture.har"};
    struct har_summary summary;
    struct har_error error;
    files_enter();
    files_write("capture.har", "{}", 2);
    ck_assert_int_eq(har_convert(&job, &summary, &error), HAR_OK);
    ck_assert_uint_eq(summary.rule_count[HAR_RULE_MISSING_MEMBER], 1);
    ck_assert_str_eq(summary.source, "capture.har");
    ck_assert_int_eq(har_convert(&job, &summary, NULL), HAR_OK);
    job.input = "missing.har";
    ck_assert_int_eq(har_convert(&job, &summary, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_SYSTEM);
    ck_assert_int_eq(har_convert(&job, &summary, NULL), HAR_FATAL);
    files_leave();
}
END_TEST

Suite *suite_convert(void)
{
    Suite *suite = suite_create("convert");
    TCase *tcase = tcase_create("convert");
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, own_writer_and_transform);
    tcase_add_test(tcase, before_the_transforms);
    tcase_add_test(tcase, close_also_after_a_failed_open);
    tcase_add_loop_test(tcase, cancelling, 0, 2);
    tcase_add_test(tcase, comparing);
    tcase_add_loop_test(tcase, broken_inputs_leave_the_old_output, 0, sizeof broken / sizeof *broken);
    tcase_add_test(tcase, silenced_errors_break_the_output_too);
    tcase_add_test(tcase, nothing_but_an_input);
    suite_add_tcase(suite, tcase);
    return suite;
}
