/* Merging: ids of pages, what captures say of themselves, what a run that fails leaves. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"

Suite *suite_merge(void);

static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};

struct merging {
    struct har_settings *settings;
    struct har_sink *sink;
    struct har_buffer written;
    struct har_merge *merge;
    struct har_error error;
};

static enum har_status note(void *user, const void *bytes, size_t len, struct har_error *error)
{
    struct merging *merging = user;
    (void)error;
    ck_assert(har_buffer_append(&merging->written, bytes, len));
    return HAR_OK;
}

static void begin(struct merging *merging, unsigned flags)
{
    memset(merging, 0, sizeof *merging);
    har_buffer_init(&merging->written, (size_t)1 << 24);
    merging->settings = har_settings_new();
    ck_assert_int_eq(har_sink_function(&merging->sink, note, merging, merging->settings, &merging->error), HAR_OK);
    const struct har_merge_args args = {.size = sizeof args,
                                        .writer = har_writer_find("har"),
                                        .options = one_line,
                                        .sink = merging->sink,
                                        .settings = merging->settings,
                                        .flags = flags};
    ck_assert_int_eq(har_merge_new(&merging->merge, &args, &merging->error), HAR_OK);
}

static void end(struct merging *merging)
{
    har_merge_free(merging->merge);
    har_sink_free(merging->sink);
    har_buffer_release(&merging->written);
    har_settings_free(merging->settings);
}

static enum har_status add(struct merging *merging, const char *notation)
{
    struct memory_text text;
    struct har_output output = har_merge_output(merging->merge);
    struct har_summary summary;
    memory_text_init(&text, notation);
    const struct har_job job = {.size = sizeof job,
                                .settings = merging->settings,
                                .input = "memory:",
                                .reader = memory_reader(&text),
                                .outputs = &output,
                                .output_count = 1};
    const enum har_status status = har_convert(&job, &summary, &merging->error);
    memory_text_release(&text);
    return status;
}

/* Merges the captures of a list that ends with NULL, and compares. */
static void expect(unsigned flags, const char *const *notations, const char *wanted)
{
    struct merging merging;
    struct memory_text text;
    begin(&merging, flags);
    for (; *notations; notations++)
        ck_assert_msg(add(&merging, *notations) == HAR_OK, "%s: %s", *notations, merging.error.text);
    ck_assert_msg(har_merge_finish(merging.merge, &merging.error) == HAR_OK, "%s", merging.error.text);
    memory_text_init(&text, wanted);
    ck_assert(har_buffer_append_char(&merging.written, '\0'));
    ck_assert_str_eq(merging.written.data, text.bytes);
    memory_text_release(&text);
    end(&merging);
}

#define LIST(...)   ((const char *const[]){__VA_ARGS__, NULL})
#define LOG(inside) "{'log':{" inside "}}"
#define HEAD        "'version':'1.2','creator':{'name':'a','version':'1'}"

START_TEST(one_is_itself)
{
    expect(0, LIST(LOG(HEAD ",'pages':[{'id':'p'}],'entries':[{'pageref':'p','time':1}],'comment':'c','_x':{'y':[1]}")),
           LOG(HEAD ",'pages':[{'id':'p'}],'entries':[{'pageref':'p','time':1}],'comment':'c','_x':{'y':[1]}") "\n");
    expect(0, LIST("{'_beside':1,'log':{" HEAD ",'entries':[]}}"), "{'log':{" HEAD ",'entries':[]},'_beside':1}\n");
}
END_TEST

START_TEST(agreeing_captures)
{
    expect(0, LIST(LOG(HEAD ",'entries':[{'time':1},{'time':2}]"), LOG(HEAD ",'entries':[]"), LOG("'entries':[{'time':3}]," HEAD)),
           LOG(HEAD ",'entries':[{'time':1},{'time':2},{'time':3}]") "\n");
    /* The order of members is no difference, and neither is how strings are spelled. */
    expect(0,
           LIST(LOG("'version':'1.2','creator':{'name':'a','version':'1'},'_b':'/','_a':1,'entries':[]"),
                LOG("'_a':1,'_b':'\\/','creator':{'version':'1','name':'a'},'version':'1.2','entries':[]")),
           LOG(HEAD ",'entries':[],'_b':'/','_a':1") "\n");
}
END_TEST

#define MERGED(count)                                                                                                              \
    "'version':'1.2','creator':{'name':'harmill','version':'" HAR_VERSION "','comment':'merged from " count " captures'}"

START_TEST(differing_captures)
{
    expect(0,
           LIST(LOG(HEAD ",'entries':[{'time':1}],'_x':1"), LOG(HEAD ",'browser':{'name':'b','version':'2'},'entries':[]"),
                LOG(HEAD ",'entries':[{},{}],'_x':1")),
           LOG(MERGED("3") ",'entries':[{'time':1},{},{}],'_merged':["
                           "{'entries':1,'log':{'_x':1,'creator':{'name':'a','version':'1'},'version':'1.2'}},"
                           "{'entries':0,'log':{'browser':{'name':'b','version':'2'},'creator':{'name':'a','version':'1'},"
                           "'version':'1.2'}},"
                           "{'entries':2,'log':{'_x':1,'creator':{'name':'a','version':'1'},'version':'1.2'}}]") "\n");
    /* Members beside the log; an envelope's own are left out, as everywhere. */
    expect(0, LIST("{'_r':[],'log':{'entries':[]}}", "{'success':true,'_r':{},'result':{'x':1,'log':{'entries':[]}}}"),
           LOG(MERGED("2") ",'entries':[],'_merged':[{'entries':0,'root':{'_r':[]}},{'entries':0,'root':{'_r':{}}}]") "\n");
    expect(HAR_MERGE_NO_CUSTOM, LIST(LOG(HEAD ",'entries':[]"), LOG("'version':'1.1','entries':[]")),
           LOG(MERGED("2") ",'entries':[]") "\n");
}
END_TEST

START_TEST(no_capture_at_all)
{
    /* What is no list is kept where it hurts nobody. */
    expect(0, LIST("{}", "{}"), LOG("'entries':[]") "\n");
    expect(0, LIST("{'log':[]}", "{'log':[]}"),
           LOG(MERGED("2") ",'entries':[],'_merged':[{'entries':0,'root':{'log':[]}},{'entries':0,'root':{'log':[]}}]") "\n");
    expect(0, LIST(LOG("'entries':5"), LOG("'entries':5")),
           LOG(MERGED("2") ",'entries':[],'_merged':[{'entries':0,'log':{'entries':5}},{'entries':0,'log':{'entries':5}}]") "\n");
}
END_TEST

#define PAGES(pages, entries) LOG("'pages':[" pages "],'entries':[" entries "]")
#define RENAMED(from, to)     "{'page':'" from "','as':'" to "'}"

START_TEST(ids_of_pages)
{
    expect(0,
           LIST(PAGES("{'id':'p'}", "{'pageref':'p'}"), PAGES("{'id':'p'},{'id':'q'}", "{'pageref':'q'},{'pageref':'p'}"),
                PAGES("{'id':'p'}", "{'pageref':'p'}")),
           LOG("'pages':[{'id':'p'},{'id':'p-2'},{'id':'q'},{'id':'p-3'}],"
               "'entries':[{'pageref':'p'},{'pageref':'q'},{'pageref':'p-2'},{'pageref':'p-3'}],"
               "'_merged':[{'entries':1},{'entries':2,'renamed':[" RENAMED("p", "p-2") "]},"
                                                                                       "{'entries':1,'renamed':[" RENAMED(
                                                                                           "p", "p-3") "]}]") "\n");
    /* Pages behind the entries. */
    expect(0, LIST(PAGES("{'id':'p'}", ""), LOG("'entries':[{'pageref':'p'}],'pages':[{'id':'p'}]")),
           LOG("'pages':[{'id':'p'},{'id':'p-2'}],'entries':[{'pageref':'p-2'}],"
               "'_merged':[{'entries':0},{'entries':1,'renamed':[" RENAMED("p", "p-2") "]}]") "\n");
    /* An id that another one has become already, in this capture and in an earlier one. */
    expect(0, LIST(PAGES("{'id':'p'}", ""), PAGES("{'id':'p'},{'id':'p-2'}", "{'pageref':'p-2'}")),
           LOG("'pages':[{'id':'p'},{'id':'p-2'},{'id':'p-2-2'}],'entries':[{'pageref':'p-2-2'}],"
               "'_merged':[{'entries':0},{'entries':1,'renamed':[" RENAMED("p", "p-2") "," RENAMED("p-2", "p-2-2") "]}]") "\n");
    expect(0, LIST(PAGES("{'id':'p'},{'id':'p-2'},{'id':'p-3'}", ""), PAGES("{'id':'p'}", "")),
           LOG("'pages':[{'id':'p'},{'id':'p-2'},{'id':'p-3'},{'id':'p-4'}],'entries':[],"
               "'_merged':[{'entries':0},{'entries':0,'renamed':[" RENAMED("p", "p-4") "]}]") "\n");
}
END_TEST

START_TEST(odd_ids)
{
    /* The same in two spellings; no two lone surrogates are the same; empty; a pageref without page; no string. */
    expect(0,
           LIST(PAGES("{'id':'p/'}", ""), PAGES("{'id':'\\u0070\\/'}", "{'pageref':'p/'},{'pageref':'p\\/'}"),
                PAGES("{'id':'\\ud800'},{'id':''}", "{'pageref':'\\uD800'},{'pageref':''}"),
                PAGES("{'id':'\\ud801'},{'id':''},{'id':5},{}", "{'pageref':'\\ud800'},{'pageref':'p/'},{'pageref':null}")),
           LOG("'pages':[{'id':'p/'},{'id':'p/-2'},{'id':'\\ud800'},{'id':''},{'id':'\\ud801'},{'id':'-4'},{'id':5},{}],"
               "'entries':[{'pageref':'p/-2'},{'pageref':'p/-2'},{'pageref':'\\ud800'},{'pageref':''},"
               "{'pageref':'\\ud800-4'},{'pageref':'p/-4'},{'pageref':null}],"
               "'_merged':[{'entries':0},{'entries':2,'renamed':[" RENAMED(
                   "p/", "p/-2") "]},{'entries':2},"
                                 "{'entries':3,'renamed':[" RENAMED("", "-4") "," RENAMED("\\ud800", "\\ud800-4") "," RENAMED(
                                     "p/", "p/-4") "]}]") "\n");
    /* Two pages of one id stay so. */
    expect(0, LIST(PAGES("{'id':'p'}", ""), PAGES("{'id':'p','title':'1'},{'id':'p','title':'2'}", "")),
           LOG("'pages':[{'id':'p'},{'id':'p-2','title':'1'},{'id':'p-2','title':'2'}],'entries':[],"
               "'_merged':[{'entries':0},{'entries':0,'renamed':[" RENAMED("p", "p-2") "]}]") "\n");
}
END_TEST

START_TEST(same_pages)
{
    const unsigned flags = HAR_MERGE_SAME_PAGES;
    expect(flags, LIST(PAGES("{'id':'p','title':'t'}", "{'pageref':'p'}"), PAGES("{'title':'t','id':'p'}", "{'pageref':'p'}")),
           PAGES("{'id':'p','title':'t'}", "{'pageref':'p'},{'pageref':'p'}") "\n");
    /* The second of three is another page, the third is as the second. */
    expect(flags,
           LIST(PAGES("{'id':'p','_x':1}", ""), PAGES("{'id':'p','_x':2}", ""), PAGES("{'id':'p','_x':2}", "{'pageref':'p'}")),
           LOG("'pages':[{'id':'p','_x':1},{'id':'p-2','_x':2}],'entries':[{'pageref':'p-2'}],"
               "'_merged':[{'entries':0},{'entries':0,'renamed':[" RENAMED("p", "p-2") "]},"
                                                                                       "{'entries':1,'renamed':[" RENAMED(
                                                                                           "p", "p-2") "]}]") "\n");
    /* Twice in one capture; then in another one. */
    expect(flags, LIST(PAGES("{'id':'p'},{'id':'p'}", ""), PAGES("{'id':'p'},{'id':'p'}", "{'pageref':'p'}")),
           PAGES("{'id':'p'},{'id':'p'}", "{'pageref':'p'}") "\n");
    /* What an entry referred to before its page came is settled. */
    expect(flags, LIST(PAGES("{'id':'p'}", ""), LOG("'entries':[{'pageref':'p'}],'pages':[{'id':'p'}]")),
           LOG("'pages':[{'id':'p'},{'id':'p-2'}],'entries':[{'pageref':'p-2'}],"
               "'_merged':[{'entries':0},{'entries':1,'renamed':[" RENAMED("p", "p-2") "]}]") "\n");
}
END_TEST

START_TEST(merged_again)
{
    /* log._merged of an earlier merge is kept below the new one, never beside it. */
    const char *const m = LOG("'pages':[{'id':'p'}],'entries':[],'_merged':[{'entries':0}]");
    expect(0, LIST(m, m),
           LOG(MERGED("2") ",'pages':[{'id':'p'},{'id':'p-2'}],'entries':[],'_merged':["
                           "{'entries':0,'log':{'_merged':[{'entries':0}]}},"
                           "{'entries':0,'log':{'_merged':[{'entries':0}]},'renamed':[" RENAMED("p", "p-2") "]}]") "\n");
}
END_TEST

/* What is written beside the merge sees the ids as they were. */
START_TEST(beside_others)
{
    struct merging merging;
    struct memory_run run;
    begin(&merging, 0);
    ck_assert_int_eq(add(&merging, PAGES("{'id':'p'}", "")), HAR_OK);
    memory_run_init(&run, PAGES("{'id':'p'}", "{'pageref':'p','time':1}"));
    run.output[0] = har_merge_output(merging.merge);
    run.job.output_count = 1;
    memory_run_write(&run, one_line);
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    ck_assert_str_eq(memory_string(&run.written[1]),
                     "{\"log\":{\"pages\":[{\"id\":\"p\"}],\"entries\":[{\"pageref\":\"p\",\"time\":1}]}}\n");
    ck_assert_uint_eq(har_merge_captures(merging.merge), 2);
    ck_assert_uint_eq(har_merge_entries(merging.merge), 1);
    memory_run_release(&run);
    end(&merging);
}
END_TEST

START_TEST(nothing_of_a_broken_one)
{
    static const struct {
        const char *notation;
        enum har_status status;
    } rows[] = {
        {"{'log':{'entries':[{}", HAR_FAILED},
        {"{'log':{'entries':[{},{'a'}]}}", HAR_FAILED},
        {"[]", HAR_FAILED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct merging merging;
        begin(&merging, 0);
        ck_assert_int_eq(add(&merging, LOG("'entries':[{}]")), HAR_OK);
        ck_assert_int_eq(add(&merging, rows[i].notation), rows[i].status);
        ck_assert_int_eq(add(&merging, LOG("'entries':[{}]")), HAR_FATAL);
        ck_assert_int_eq(har_merge_finish(merging.merge, &merging.error), HAR_FATAL);
        ck_assert_int_eq(merging.error.domain, HAR_DOMAIN_USAGE);
        ck_assert_uint_eq(merging.written.len, 0);
        end(&merging);
    }
    struct merging merging;
    begin(&merging, 0);
    ck_assert_int_eq(har_merge_finish(merging.merge, &merging.error), HAR_FATAL);
    end(&merging);
}
END_TEST

/* Each kind of what is held back is bounded: pages, members, ids. */
START_TEST(bounds)
{
    static const char *const rows[][2] = {
        {"{'log':{'pages':[{'title':'", "'}],'entries':[]}}"},
        {"{'log':{'_x':'", "','entries':[]}}"},
        {"{'log':{'entries':[{'pageref':'", "'}]}}"},
        {"{'log':{'entries':[]},'_x':'", "'}"},
    };
    static char much[3000], notation[4000];
    memset(much, 'x', sizeof much - 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct merging merging;
        begin(&merging, 0);
        ck_assert_int_eq(har_settings_set_bound(merging.settings, HAR_BOUND_KEPT_BYTES, 2000, NULL), HAR_OK);
        har_merge_free(merging.merge);
        const struct har_merge_args args = {
            .size = sizeof args, .writer = har_writer_find("har"), .sink = merging.sink, .settings = merging.settings};
        ck_assert_int_eq(har_merge_new(&merging.merge, &args, &merging.error), HAR_OK);
        snprintf(notation, sizeof notation, "%s%s%s", rows[i][0], much, rows[i][1]);
        ck_assert_int_eq(add(&merging, notation), HAR_FAILED);
        ck_assert_int_eq(har_merge_finish(merging.merge, &merging.error), HAR_FATAL);
        end(&merging);
    }
}
END_TEST

Suite *suite_merge(void)
{
    Suite *suite = suite_create("merge");
    TCase *heads = tcase_create("heads");
    tcase_add_test(heads, one_is_itself);
    tcase_add_test(heads, agreeing_captures);
    tcase_add_test(heads, differing_captures);
    tcase_add_test(heads, no_capture_at_all);
    tcase_add_test(heads, merged_again);
    suite_add_tcase(suite, heads);
    TCase *pages = tcase_create("pages");
    tcase_add_test(pages, ids_of_pages);
    tcase_add_test(pages, odd_ids);
    tcase_add_test(pages, same_pages);
    tcase_add_test(pages, beside_others);
    suite_add_tcase(suite, pages);
    TCase *faults = tcase_create("faults");
    tcase_add_test(faults, nothing_of_a_broken_one);
    tcase_add_test(faults, bounds);
    suite_add_tcase(suite, faults);
    return suite;
}
