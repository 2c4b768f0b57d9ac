/* Canonical HAR: exact bytes for hand-written inputs, the same bytes again from these, order, spelling, sections, bounds. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "memory.h"

Suite *suite_writer(void);

static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};

/* Runs and compares the output; then normalizes the output: it stays as it is. */
static void expect_written(const char *notation, const struct har_option *options, const char *wanted)
{
    static const size_t blocks[] = {65536, 1, 7};
    struct memory_text text;
    memory_text_init(&text, wanted);
    for (size_t i = 0; i <= sizeof blocks / sizeof *blocks; i++) {
        const bool again = i == sizeof blocks / sizeof *blocks;
        struct memory_run run;
        memory_run_init(&run, again ? NULL : notation);
        if (again)
            memory_text_raw(&run.text, text.bytes, text.len);
        else
            ck_assert_int_eq(har_settings_set_block_size(run.settings, blocks[i], &run.error), HAR_OK);
        memory_run_write(&run, options);
        run.job.compare = true;
        memory_run_go(&run);
        ck_assert_msg(run.status == HAR_OK, "%s: %s%s", run.text.bytes, memory_string(&run.told), run.error.text);
        ck_assert_msg(strcmp(memory_string(&run.written[0]), text.bytes) == 0, "%s%s\ngave\n%s\nwanted\n%s", run.text.bytes,
                      again ? " (again)" : "", memory_string(&run.written[0]), text.bytes);
        ck_assert_int_eq(run.summary.same, strcmp(run.text.bytes, text.bytes) == 0);
        memory_run_release(&run);
    }
    memory_text_release(&text);
}

static const struct {
    const char *text, *wanted; /* in one line */
} rows[] = {
    /* order: of the specification, then custom members as they came; also in headers, timings, pages */
    {"{'log':{'entries':[{'_b':1,'timings':{'ssl':1,'receive':2,'send':3},'_a':2,'request':{'headers':[{'value':'v','name':'n'}],"
     "'url':'u','method':'m'},'time':5}],'_x':{'b':1,'a':2},'creator':{'version':'1','name':'n'},'version':'1.2'}}",
     "{'log':{'version':'1.2','creator':{'name':'n','version':'1'},'entries':[{'time':5,'request':{'method':'m','url':'u','headers'"
     ":[{"
     "'name':'n','value':'v'}]},'timings':{'send':3,'receive':2,'ssl':1},'_b':1,'_a':2}],'_x':{'b':1,'a':2}}}\n"},
    {"{'log':{'comment':'c','entries':[],'pages':[{'title':'t','id':'i'},{'_':0,'comment':'','pageTimings':{'onLoad':1,'"
     "onContentLoad':2}}"
     "],'browser':{},'creator':{},'version':''}}",
     "{'log':{'version':'','creator':{},'browser':{},'pages':[{'id':'i','title':'t'},{'pageTimings':{'onContentLoad':2,'onLoad':1},"
     "'comment':'','_':0}],'entries':[],'comment':'c'}}\n"},
    /* white space is the layout's own */
    {" \r\n{ 'log'\t: { 'entries' : [ { 'a' : [ ] , 'b' : { } } , [ 1 , 2 ] ] } } \n\n",
     "{'log':{'entries':[{'a':[],'b':{}},[1,2]]}}\n"},
    /* spelling of strings: keys and values */
    {"{'log':{'\\u0076ersion':'1\\u002e2','comment':'\\/"
     "\\u00e9\\u20AC\\uD83D\\uDE00\\u0022\\u005c\\u0008\\u000C\\u000a\\u000D\\u0009\\u001F"
     "\\u007f\\u0000','_\\u0041':'\xc3\xa9','entries':[]}}",
     "{'log':{'version':'1.2','entries':[],'comment':'/"
     "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\\\"\\\\\\b\\f\\n\\r\\t\\u001f\x7f\\u0000','_A':'\xc3"
     "\xa9'}}\n"},
    {"{'log':{'entries':['\\uD800','\\udFFF\\uD83D','\\uD83D\\u0041','a\\uDE00\\ud83d\\ude00']}}",
     "{'log':{'entries':['\\ud800','\\udfff\\ud83d','\\ud83dA','a\\ude00\xf0\x9f\x98\x80']}}\n"},
    /* numbers and words as written */
    {"{'log':{'entries':[50.10,-0,1E+05,1e400,12345678901234567890123,0.1e-7,true,false,null]}}",
     "{'log':{'entries':[50.10,-0,1E+05,1e400,12345678901234567890123,0.1e-7,true,false,null]}}\n"},
    /* what stands twice stays, in its order */
    {"{'log':{'version':'1.1','pages':[{'id':'a'}],'entries':[1],'version':'1.2','pages':[2],'entries':[3],'entries':{}}}",
     "{'log':{'version':'1.1','version':'1.2','pages':[{'id':'a'}],'pages':[2],'entries':[1],'entries':[3],'entries':{}}}\n"},
    {"{'log':{'entries':[{'time':1,'request':{},'time':2,'_a':0,'_a':1}]}}",
     "{'log':{'entries':[{'time':1,'time':2,'request':{},'_a':0,'_a':1}]}}\n"},
    {"{'log':{'entries':[1],'pages':5,'pages':[6]}}", "{'log':{'pages':5,'pages':[6],'entries':[1]}}\n"},
    /* members of the document */
    {"{'b':1,'log':{'entries':[]},'_a':{'x':[]}}", "{'log':{'entries':[]},'b':1,'_a':{'x':[]}}\n"},
    {"{'log':{'version':'1.2'},'log':{'version':'1.1'}}", "{'log':{'version':'1.2'},'log':{'version':'1.1'}}\n"},
    /* an envelope is left out, not what a producer put into it under a name of its own */
    {"{'success':true,'_s':1,'result':{'har':{'log':{'entries':[]},'_h':2,'h':3},'x':4,'_r':5},'errors':[]}",
     "{'log':{'entries':[]},'_s':1,'_h':2,'_r':5}\n"},
    {"{'result':{'log':{'version':'1.2'}}}", "{'log':{'version':'1.2'}}\n"},
    /* a log without entries, or without anything */
    {"{'log':{}}", "{'log':{}}\n"},
    {"{'log':{'_x':1}}", "{'log':{'_x':1}}\n"},
    {"{'log':{'pages':[]}}", "{'log':{'pages':[]}}\n"},
    {"{'log':{'entries':null,'pages':null}}", "{'log':{'pages':null,'entries':null}}\n"},
    {"{'log':{'entries':{'b':1,'a':2}}}", "{'log':{'entries':{'b':1,'a':2}}}\n"},
    /* no log to stream */
    {"{}", "{}\n"},
    {"{'log':5,'_a':1}", "{'log':5,'_a':1}\n"},
    {"{'log':[{'entries':[]}]}", "{'log':[{'entries':[]}]}\n"},
    {"\xef\xbb\xbf{'log':{'entries':[{}]}}", "{'log':{'entries':[{}]}}\n"},
};

START_TEST(in_one_line)
{
    expect_written(rows[_i].text, one_line, rows[_i].wanted);
}
END_TEST

#define LAYOUT                                                                                                                     \
    "{'log':{'version':'1.2','pages':[{'id':'p'}],'entries':[{'request':{'headers':[],'cookies':[{}]}},3],'_e':{'a':[1,[]]}},'_r'" \
    ":0}"

START_TEST(layouts)
{
    static const struct har_option eight[] = {{"indent", "8"}, {NULL, NULL}};
    static const char two[] =
        "{\n  'log': {\n    'version': '1.2',\n    'pages': [\n      {\n        'id': 'p'\n      }\n    ],\n"
        "    'entries': [\n      {\n        'request': {\n          'cookies': [\n            {}\n          ],\n"
        "          'headers': []\n        }\n      },\n      3\n    ],\n    '_e': {\n      'a': [\n        1,\n"
        "        []\n      ]\n    }\n  },\n  '_r': 0\n}\n";
    char wide[4 * sizeof two], *out = wide;
    for (const char *p = two; *p; p++) { /* four times the blanks at the beginning of lines */
        const bool start = *p == '\n';
        *out++ = *p;
        for (; start && p[1] == ' '; p++)
            out = (char *)memset(out, ' ', 4) + 4;
    }
    *out = '\0';
    expect_written(LAYOUT, NULL, two);
    expect_written(LAYOUT, eight, wide);
    expect_written("{'log':{'entries':[],'pages':[]}}", NULL, "{\n  'log': {\n    'pages': [],\n    'entries': []\n  }\n}\n");
    expect_written("{'log':{}}", NULL, "{\n  'log': {}\n}\n");
    expect_written("{}", NULL, "{}\n");
    expect_written("{'log':5,'_a':{'b':1}}", NULL, "{\n  'log': 5,\n  '_a': {\n    'b': 1\n  }\n}\n");
}
END_TEST

START_TEST(options_are_checked)
{
    static const char *const bad[] = {"9", "-1", "", "two", "2x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct har_option options[] = {{"indent", bad[i]}, {NULL, NULL}};
        struct memory_run run;
        memory_run_init(&run, "{'log':{}}");
        memory_run_write(&run, options);
        memory_run_go(&run);
        ck_assert_int_eq(run.status, HAR_FATAL);
        ck_assert_int_eq(run.error.domain, HAR_DOMAIN_USAGE);
        memory_run_release(&run);
    }
}
END_TEST

/* As read: order and spelling of the input, in the layout of the writer; masked: lengths for strings. */
START_TEST(as_read_and_masked)
{
    static const struct har_option as_read[] = {{"indent", "0"}, {"as-read", NULL}, {NULL, NULL}};
    static const struct har_option masked[] = {{"indent", "0"}, {"mask", NULL}, {NULL, NULL}};
    static const struct har_option both[] = {{"indent", "0"}, {"as-read", NULL}, {"mask", NULL}, {NULL, NULL}};
    static const char text[] = "{'log':{'entries':[{'response':{'status':1},'request':{'url':'\\/\\u0041','method':'a\\n'}}]}}";
    static const struct {
        const struct har_option *options;
        unsigned flags;
        const char *wanted;
    } ways[] = {
        {as_read, HAR_OUTPUT_AS_READ, text},
        {masked, 0, "{'log':{'entries':[{'request':{'method':'(3 bytes)','url':'(8 bytes)'},'response':{'status':1}}]}}"},
        {both, HAR_OUTPUT_AS_READ,
         "{'log':{'entries':[{'response':{'status':1},'request':{'url':'(8 bytes, other spelling)','method':'(3 bytes)'}}]}}"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct memory_run run;
        struct memory_text wanted;
        memory_run_init(&run, text);
        memory_text_init(&wanted, ways[i].wanted);
        memory_run_write(&run, ways[i].options);
        run.output[0].flags = ways[i].flags;
        memory_run_write(&run, one_line); /* a second output of the same run is canonical */
        memory_run_go(&run);
        ck_assert_int_eq(run.status, HAR_OK);
        ck_assert_uint_eq(run.written[0].len, wanted.len + 1);
        ck_assert_mem_eq(run.written[0].data, wanted.bytes, wanted.len);
        ck_assert_str_eq(
            memory_string(&run.written[1]),
            "{\"log\":{\"entries\":[{\"request\":{\"method\":\"a\\n\",\"url\":\"/A\"},\"response\":{\"status\":1}}]}}\n");
        memory_text_release(&wanted);
        memory_run_release(&run);
    }
}
END_TEST

/* Many entries before the pages: the head is taken back in a file, and the entries wait where it cannot be. */
#define PAGES_LAST_COUNT 30000

static void make_pages_last(struct har_buffer *text, struct har_buffer *wanted)
{
    har_buffer_append_text(text, "{\"log\":{\"entries\":[");
    har_buffer_append_text(wanted, "{\"log\":{\"version\":\"1.2\",\"pages\":[{\"id\":\"p\"}],\"entries\":[");
    for (int i = 0; i < PAGES_LAST_COUNT; i++) {
        har_buffer_printf(text, "%s{\"time\":%d,\"comment\":\"a text that fills more than one mebibyte\"}", i ? "," : "", i);
        har_buffer_printf(wanted, "%s{\"time\":%d,\"comment\":\"a text that fills more than one mebibyte\"}", i ? "," : "", i);
    }
    har_buffer_append_text(text, "],\"pages\":[{\"id\":\"p\"}],\"_z\":1,\"version\":\"1.2\"}}");
    har_buffer_append_text(wanted, "],\"_z\":1}}\n");
}

START_TEST(pages_last)
{
    struct har_buffer text, wanted;
    struct memory_run run;
    struct har_output output = {.writer = har_writer_find("har"), .options = one_line};
    files_enter();
    files_write("out.har", "old", 3);
    har_buffer_init(&text, 1 << 24);
    har_buffer_init(&wanted, 1 << 24);
    make_pages_last(&text, &wanted);
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text.data, text.len);
    ck_assert_int_eq(har_settings_set_spool_dir(run.settings, ".", &run.error), HAR_OK);
    run.job.outputs = &output;
    run.job.on_finding = NULL; /* the entries lack nearly everything */
    int fd = -1;
    switch (_i) {
    case 0:
        ck_assert_int_eq(har_sink_file(&output.sink, "out.har", run.settings, &run.error), HAR_OK);
        ck_assert(har_sink_can_reopen(output.sink));
        break;
    case 1:
        fd = open("out.har", O_WRONLY | O_TRUNC);
        ck_assert_int_ge(fd, 0);
        ck_assert_int_eq(har_sink_descriptor(&output.sink, fd, false, run.settings, &run.error), HAR_OK);
        ck_assert(!har_sink_can_reopen(output.sink));
        break;
    default:
        memory_run_write(&run, one_line);
        output = run.output[0];
        break;
    }
    run.job.output_count = 1;
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    if (_i == 2) {
        ck_assert_str_eq(memory_string(&run.written[0]), memory_string(&wanted));
    } else {
        files_expect("out.har", memory_string(&wanted));
        run.job.output_count = 0;
        har_sink_free(output.sink);
    }
    ck_assert_uint_eq(files_count("."), 1); /* no spool, no temporary file is left */
    if (fd >= 0)
        close(fd);
    memory_run_release(&run);
    har_buffer_release(&text);
    har_buffer_release(&wanted);
    files_leave();
}
END_TEST

/* Pages and members that are held back together pass the bound: told at the item, nothing is written, all is judged. */
START_TEST(kept_bytes_are_bounded)
{
    static const char *const texts[] = {
        "{'log':{'version':'1.2','_x':'$',<0>'_y':'$',<1>'entries':[1]}}",
        "{<0>'_y':'$$',<1>'log':{'entries':[2]}}",
        "{'log':{'pages':[{'id':'$'},<0>{'id':'$'}],<1>'entries':[3]}}",
    };
    char filler[601], text[2000];
    memset(filler, 'x', 600);
    filler[600] = '\0';
    char *out = text;
    for (const char *p = texts[_i]; *p; p++)
        out += *p == '$' ? sprintf(out, "%s", filler) : sprintf(out, "%c", *p);
    struct memory_run run;
    memory_run_init(&run, text);
    ck_assert_int_eq(har_settings_set_bound(run.settings, HAR_BOUND_KEPT_BYTES, HAR_KIB, &run.error), HAR_OK);
    memory_run_write(&run, one_line);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FAILED);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_TOO_LARGE], 1);
    const char *told = strstr(memory_string(&run.told), "[too-large]");
    ck_assert_ptr_nonnull(told);
    while (told > run.told.data && told[-1] != '\n')
        told--;
    ck_assert_msg(*told == '0', "%s", told);
    ck_assert_ptr_nonnull(strstr(told, "--max-kept-bytes"));
    ck_assert_uint_eq(run.written[0].len, 0);
    ck_assert_uint_eq(run.summary.entries, 1);
    memory_run_release(&run);
}
END_TEST

/* Strings longer than the chunks in which output leaves, with and without something to spell anew. */
START_TEST(long_strings)
{
    for (size_t len = 65500; len < 65560; len += 3) {
        struct har_buffer text, wanted;
        har_buffer_init(&text, 1 << 20);
        har_buffer_init(&wanted, 1 << 20);
        har_buffer_append_text(&text, "{'log':{'entries':[{'comment':'");
        har_buffer_append_text(&wanted, "{'log':{'entries':[{'comment':'");
        for (size_t i = 0; i < 2 * len; i++) {
            har_buffer_append_char(&text, (char)('a' + i % 26));
            har_buffer_append_char(&wanted, (char)('a' + i % 26));
            if (len % 2 && i % 1001 == 0) {
                har_buffer_append_text(&text, "\\/\\u00e9\\n");
                har_buffer_append_text(&wanted, "/\xc3\xa9\\n");
            }
        }
        har_buffer_append_text(&text, "'}]}}");
        har_buffer_append_text(&wanted, "'}]}}\n");
        expect_written(memory_string(&text), one_line, memory_string(&wanted));
        har_buffer_release(&text);
        har_buffer_release(&wanted);
    }
}
END_TEST

Suite *suite_writer(void)
{
    Suite *suite = suite_create("writer");
    TCase *tcase = tcase_create("writer");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, in_one_line, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, layouts);
    tcase_add_test(tcase, options_are_checked);
    tcase_add_test(tcase, as_read_and_masked);
    tcase_add_loop_test(tcase, pages_last, 0, 3);
    tcase_add_loop_test(tcase, kept_bytes_are_bounded, 0, 3);
    tcase_add_test(tcase, long_strings);
    suite_add_tcase(suite, tcase);
    return suite;
}
