/* What is left of an entry without bodies or custom members. */
#include <check.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_strip(void);

/* Runs one transform with an option over a capture and gives what was written, one line. */
static void strip(struct memory_run *run, const char *notation, const char *option, const char *value, const char *transform)
{
    static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};
    const struct har_transform *transforms[] = {har_transform_find(transform), NULL};
    const struct har_option options[] = {{option, value}, {NULL, NULL}};
    memory_run_init(run, notation);
    memory_run_write(run, one_line);
    run->job.transforms = transforms;
    run->job.options = options;
    memory_run_go(run);
    run->job.transforms = NULL;
    run->job.options = NULL;
    ck_assert_msg(run->status == HAR_OK, "%s", run->error.text);
}

/* The same twice: what was written is stripped again and stays. */
static void expect(const char *notation, const char *option, const char *value, const char *wanted)
{
    struct memory_run run, again;
    struct memory_text text;
    strip(&run, notation, option, value, "strip");
    memory_text_init(&text, wanted);
    ck_assert_str_eq(memory_string(&run.written[0]), text.bytes);
    strip(&again, memory_string(&run.written[0]), option, value, "strip");
    ck_assert_str_eq(memory_string(&again.written[0]), text.bytes);
    memory_text_release(&text);
    memory_run_release(&run);
    memory_run_release(&again);
}

#define BODIES(post, content) "{'log':{'entries':[{'request':{'postData':{" post "}},'response':{'content':{" content "}}}]}}"
#define GONE(option)          "'comment':'body left out by harmill --" option "'"
#define PICTURE               "'size':3,'mimeType':'image/png','text':'YWJj','encoding':'base64'"
#define BOTH                  BODIES("'mimeType':'text/plain','text':'ab'", PICTURE)

START_TEST(test_bodies)
{
    expect(BOTH, "drop-bodies", "",
           BODIES("'mimeType':'text/plain','text':''," GONE("drop-bodies"),
                  "'size':3,'mimeType':'image/png'," GONE("drop-bodies")) "\n");
    expect(BOTH, "drop-bodies", "image/*",
           BODIES("'mimeType':'text/plain','text':'ab'", "'size':3,'mimeType':'image/png'," GONE("drop-bodies")) "\n");
    expect(BOTH, "drop-bodies", " video/* , TEXT/Plain",
           BODIES("'mimeType':'text/plain','text':''," GONE("drop-bodies"),
                  "'size':3,'mimeType':'image/png','text':'YWJj','encoding':'base64'") "\n");
    expect(BOTH, "drop-bodies", "*/plai,*mage/png,text/",
           BODIES("'mimeType':'text/plain','text':'ab'", "'size':3,'mimeType':'image/png'," GONE("drop-bodies")) "\n");
    /* Nothing there: nothing is told. */
    expect(BODIES("'mimeType':'','text':''", "'size':3,'mimeType':'','text':''"), "drop-bodies", "",
           BODIES("'mimeType':'','text':''", "'size':3,'mimeType':'','text':''") "\n");
    /* Parameters go, too; a comment that was there stays in front. */
    expect(BODIES("'mimeType':'a/b; x','params':[{'name':'a','value':'b'}],'comment':'c'",
                  "'text':'\\u00e9\\n','comment':'caf\\u00e9'"),
           "drop-bodies", "*",
           BODIES("'mimeType':'a/b; x','text':'','comment':'c; body left out by harmill --drop-bodies'",
                  "'comment':'caf\xc3\xa9; body left out by harmill --drop-bodies'") "\n");
    /* What no reader takes goes as well: a member that stands twice, a comment of another type. */
    expect(BODIES("'text':'x','text':''", "'text':'a','text':'b','comment':7"), "drop-bodies", "",
           BODIES("'text':''," GONE("drop-bodies"), "'comment':7") "\n");
    expect("{'log':{'entries':[{'response':{'content':{'text':'x'}},'response':[],'request':7},[],7]}}", "drop-bodies", "",
           "{'log':{'entries':[{'request':7,'response':{'content':{" GONE("drop-bodies") "}},'response':[]},[],7]}}\n");
}
END_TEST

START_TEST(test_sizes)
{
    static const struct {
        const char *content, *most;
        bool gone;
    } rows[] = {
        {"'text':'abc'", "3", false},
        {"'text':'abc'", "2", true},
        {"'text':'abc'", "0", true},
        {"'text':''", "0", false},
        {"'text':'\\u00e9\\u00e9'", "4", false},
        {"'text':'\\u00e9\\u00e9'", "3", true},
        {"'text':'\xc3\xa9'", "1", true},
        {"'text':'\\n\\t\\\\'", "3", false},
        {"'text':'\\n\\t\\\\'", "2", true},
        {"'text':'YWJj','encoding':'base64'", "3", false},
        {"'text':'YWJj','encoding':'base64'", "2", true},
        {"'text':'YWI=','encoding':'base64'", "2", false},
        {"'text':'YWI=','encoding':'base64'", "1", true},
        {"'text':'YW\\nI\\u003d','encoding':'BASE64'", "2", false},
        {"'text':'YW\\nI\\u003d','encoding':'base64'", "1", true},
        {"'text':'\\/\\/\\/\\/','encoding':'base64'", "3", false},
        {"'text':'!!!!!','encoding':'base64'", "4", true},
        {"'text':'abc','size':1", "2", true},
        {"'text':'abc','size':1000", "3", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_run run;
        struct har_buffer har;
        har_buffer_init(&har, 1000);
        har_buffer_printf(&har, "{'log':{'entries':[{'response':{'content':{%s}}}]}}", rows[i].content);
        strip(&run, memory_string(&har), "max-body", rows[i].most, "strip");
        const bool gone = strstr(memory_string(&run.written[0]), "body left out by harmill --max-body") != NULL;
        ck_assert_msg(gone == rows[i].gone, "%s, %s", rows[i].content, rows[i].most);
        ck_assert_int_eq(strstr(run.written[0].data, "\"text\"") == NULL, gone);
        memory_run_release(&run);
        har_buffer_release(&har);
    }
    expect(BODIES("'params':[{'name':'ab','value':'cd'},{'name':'e'}]", ""), "max-body", "7",
           BODIES("'params':[{'name':'ab','value':'cd'},{'name':'e'}]", "") "\n");
    expect(BODIES("'params':[{'name':'ab','value':'cd'},{'name':'e'}]", ""), "max-body", "6",
           BODIES("'text':''," GONE("max-body"), "") "\n");
    expect(BODIES("", "'text':'a'"), "max-body", "1K", BODIES("", "'text':'a'") "\n");
}
END_TEST

START_TEST(test_custom)
{
    expect("{'_r':1,'log':{'_a':[1],'version':'1.2','pages':[{'id':'p','_p':{'x':1},'pageTimings':{'_t':2}}],'entries':[{'_x':0,"
           "'time':1,'request':{'headers':[{'name':'_h','value':'_v','_c':{}}],'\\u005Fu':1},'other':{'_y':1,'z':[{'_z':[]},[[{'_':"
           "1}]]]}},"
           "[{'_q':1}]],'__b':1},'other':{'_n':1,'m':2}}",
           "drop-custom", NULL,
           "{'log':{'version':'1.2','pages':[{'id':'p','pageTimings':{}}],'entries':[{'time':1,'request':{'headers':[{'name':'_h',"
           "'value':'_v'}]},'other':{'z':[{},[[{}]]]}},[{}]]},'other':{'m':2}}\n");
    expect("{'log':{'version':'1.2','entries':[{'_a':1,'_b':2}]}}", "drop-custom", NULL,
           "{'log':{'version':'1.2','entries':[{}]}}\n");
}
END_TEST

/* An object of many custom members takes no time to speak of. */
START_TEST(test_many)
{
    struct memory_run run;
    struct har_buffer har;
    har_buffer_init(&har, 1 << 26);
    har_buffer_append_text(&har, "{'log':{'version':'1.2','entries':[{");
    for (int i = 0; i < 200000; i++)
        har_buffer_printf(&har, "'_%d':{},", i);
    har_buffer_append_text(&har, "'time':0}]}}");
    strip(&run, memory_string(&har), "drop-custom", NULL, "strip");
    ck_assert_str_eq(memory_string(&run.written[0]), "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"time\":0}]}}\n");
    memory_run_release(&run);
    har_buffer_release(&har);
}
END_TEST

START_TEST(test_pages)
{
    struct memory_run run;
    static const char pages[] =
        "{'log':{'pages':[{'id':'a'},{'id':7},{'id':'\\u0062'}],'entries':[{'pageref':'a','time':1},{'pageref':7},"
        "{'pageref':'b'},{},{'pageref':'ab'}]}}";
    static const struct {
        const char *id, *wanted;
        unsigned found, written;
    } rows[] = {
        {"a", "{'log':{'pages':[{'id':'a'}],'entries':[{'pageref':'a','time':1}]}}\n", 2, 1},
        {"b", "{'log':{'pages':[{'id':'b'}],'entries':[{'pageref':'b'}]}}\n", 2, 1},
        {"7", "{'log':{'pages':[{'id':7}],'entries':[{'pageref':7}]}}\n", 2, 1},
        {"ab", "{'log':{'pages':[],'entries':[{'pageref':'ab'}]}}\n", 1, 1},
        {"c", "{'log':{'pages':[],'entries':[]}}\n", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_text text;
        strip(&run, pages, "page", rows[i].id, "filter");
        memory_text_init(&text, rows[i].wanted);
        ck_assert_str_eq(memory_string(&run.written[0]), text.bytes);
        ck_assert_uint_eq(run.summary.found, rows[i].found);
        ck_assert_uint_eq(run.summary.written, rows[i].written);
        memory_text_release(&text);
        memory_run_release(&run);
    }
    /* A filter leaves pages alone. */
    strip(&run, pages, "filter", "time", "filter");
    ck_assert_uint_eq(run.summary.written, 1);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.written[0]), "\"pages\":[{\"id\":\"a\"},{\"id\":7},{\"id\":\"b\"}]"));
    memory_run_release(&run);
}
END_TEST

START_TEST(test_options)
{
    const struct har_transform *transform = har_transform_find("strip");
    static const struct {
        const char *option, *value, *said;
    } rows[] = {
        {"max-body", "1G", ""},
        {"max-body", "x", "max-body takes a number of bytes, as 4096, 64K or 1M"},
        {"max-body", "1KB", "max-body takes a number of bytes, as 4096, 64K or 1M"},
        {"max-body", "-1", "max-body takes a number of bytes, as 4096, 64K or 1M"},
        {"drop-bodies", "", ""},
        {"drop-bodies", "*,text/*", ""},
        {"drop-bodies", "image", "drop-bodies: 'image' is no media type, as image/* or text/html"},
        {"drop-bodies", ",text/*", "drop-bodies: '' is no media type, as image/* or text/html"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct har_option options[] = {{rows[i].option, rows[i].value}, {NULL, NULL}};
        struct har_error error = {0};
        ck_assert_int_eq(transform->check(options, &error), *rows[i].said ? HAR_FATAL : HAR_OK);
        ck_assert_str_eq(error.text, rows[i].said);
    }
}
END_TEST

Suite *suite_strip(void)
{
    Suite *suite = suite_create("strip");
    TCase *tcase = tcase_create("strip");
    tcase_add_test(tcase, test_bodies);
    tcase_add_test(tcase, test_sizes);
    tcase_add_test(tcase, test_custom);
    tcase_add_test(tcase, test_many);
    tcase_add_test(tcase, test_pages);
    tcase_add_test(tcase, test_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
