/* Normalize: types, names, duplicates, what is missing, the log and what is around it. What comes out was written by hand from the
 * specification. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_normalize_shape(void);

enum { MANY = 100000 };

/* A log of some entries, one of some pages. */
#define ENTRIES(entries) "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[" entries "]}}"
#define PAGES(pages)     "{'log':{'version':'1.2'," CREATOR ",'pages':[" pages "],'entries':[]}}"

/* An entry with other members in its request, its response. */
#define REQUEST_OF(cookies, query, more)                                                                                           \
    "{" DATE ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':" cookies ",'headers':[],"  \
    "'queryString':" query "," SIZES more "},'response':" RESPONSE ",'cache':{}," TIMINGS "}"
#define RESPONSE_OF(headers, content, more)                                                                                        \
    "{" DATE ",'time':0,'request':" REQUEST ",'response':{'status':200,'statusText':'','httpVersion':'HTTP/1.1','cookies':[],"     \
    "'headers':" headers ",'content':" content ",'redirectURL':''," SIZES more "},'cache':{}," TIMINGS "}"

#define NO_CONTENT "{'size':0,'mimeType':''}"

struct row {
    const char *before, *after, *mended;
};

#define ROW(wrap, before, after, mended)                                                                                           \
    {                                                                                                                              \
        wrap(before), wrap(after), mended                                                                                          \
    }
#define AS_ENTRY(more)   ENTRIES(ENTRY_WITH(more))
#define AS_COOKIES(list) ENTRIES(REQUEST_OF(list, "[]", ""))
#define AS_QUERY(list)   ENTRIES(REQUEST_OF("[]", list, ""))
#define AS_REQUEST(more) ENTRIES(REQUEST_OF("[]", "[]", more))
#define AS_CONTENT(text) ENTRIES(RESPONSE_OF("[]", text, ""))
#define AS_CACHE(cache)  ENTRIES("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':" cache "," TIMINGS "}")
#define AS_PAGE(more)    PAGES("{" DATE ",'id':'p','title':''" more "}")

static const struct row names[] = {
    ROW(AS_ENTRY, "", "", ""),
    ROW(AS_ENTRY, ",'_a':1,'_b':{'c':1}", ",'_a':1,'_b':{'c':1}", ""),
    ROW(AS_ENTRY, ",'max-age':1", ",'_max-age':1", "custom-name 1"),
    ROW(AS_ENTRY, ",'':1", ",'_':1", "custom-name 1"),
    ROW(AS_ENTRY, ",'\\u005fa':1,'a\\u0022':2", ",'_a':1,'_a\\\"':2", "custom-name 1"),
    ROW(AS_ENTRY, ",'_a':1,'a':2,'_a_2':3", ",'_a':1,'_a_3':2,'_a_2':3", "custom-name 1"),
    ROW(AS_ENTRY, ",'Time':1", ",'_Time':1", "custom-name 1"),
    ROW(AS_REQUEST, ",'headersCompression':3", ",'_headersCompression':3", "draft-name 1"),
    ROW(AS_COOKIES, "[{'name':'a','value':'b','sameSite':'Lax','max-age':1}]",
        "[{'name':'a','value':'b','_sameSite':'Lax','_max-age':1}]", "custom-name 1, common-custom-name 1"),
    ROW(AS_PAGE, ",'pageTimings':{},'testID':'x'", ",'pageTimings':{},'_testID':'x'", "custom-name 1"),
};

static const struct row duplicates[] = {
    ROW(AS_ENTRY, ",'_a':1,'_a':2", ",'_a_2':1,'_a':2", "duplicate-key 1"),
    ROW(AS_ENTRY, ",'a':1,'a':2,'a':3", ",'_a_2':1,'_a_3':2,'_a':3", "duplicate-key 2, custom-name 1"),
    ROW(AS_ENTRY, ",'a':1,'\\u0061':2", ",'_a_2':1,'_a':2", "duplicate-key 1, custom-name 1"),
    ROW(AS_ENTRY, ",'comment':'x','comment':'y'", ",'comment':'y','_comment':'x'", "duplicate-key 1"),
    ROW(AS_ENTRY, ",'comment':'x','comment':null", ",'_comment':'x'", "duplicate-key 1, null-value 1"),
    ROW(AS_ENTRY, ",'_comment':0,'comment':'x','comment':'y'", ",'comment':'y','_comment':0,'_comment_2':'x'", "duplicate-key 1"),
    /* What becomes custom is no object of the specification any more: nothing in it is changed. */
    {AS_CACHE("{'a':null,'b':[]},'cache':{'b':null}"),
     ENTRIES("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{'_b':null}," TIMINGS
             ",'_cache':{'a':null,'b':[]}}"),
     "duplicate-key 1, custom-name 1"},
    /* In custom members keys may do as they please. */
    ROW(AS_ENTRY, ",'_a':{'b':1,'b':2,'comment':null}", ",'_a':{'b':1,'b':2,'comment':null}", ""),
};

static const struct row types[] = {
    ROW(AS_ENTRY, ",'connection':4.50", ",'connection':'4.50'", "no-text 1"),
    ROW(AS_ENTRY, ",'connection':false", ",'connection':'false'", "no-text 1"),
    ROW(AS_ENTRY, ",'connection':['a']", ",'connection':'a'", "list-of-one 1"),
    ROW(AS_ENTRY, ",'connection':[[7]]", ",'connection':'7'", "no-text 1, list-of-one 1"),
    ROW(AS_ENTRY, ",'connection':['a','b']", ",'_connection':['a','b']", "wrong-type 1"),
    ROW(AS_ENTRY, ",'connection':[null]", ",'_connection':[null]", "wrong-type 1"),
    ROW(AS_ENTRY, ",'connection':{}", ",'_connection':{}", "wrong-type 1"),
    ROW(AS_ENTRY, ",'connection':[]", ",'_connection':[]", "wrong-type 1"),
    ROW(AS_ENTRY, ",'connection':null", "", "null-value 1"),
    ROW(AS_CONTENT, "{'size':'12','mimeType':''}", "{'size':12,'mimeType':''}", "no-number 1"),
    ROW(AS_CONTENT, "{'size':'\\u0031e0','mimeType':''}", "{'size':1e0,'mimeType':''}", "no-number 1"),
    ROW(AS_CONTENT, "{'size':0,'mimeType':'','compression':'1e999'}", "{'size':0,'mimeType':'','_compression':'1e999'}",
        "wrong-type 1"),
    ROW(AS_CONTENT, "{'size':0,'mimeType':'','compression':' 1'}", "{'size':0,'mimeType':'','_compression':' 1'}", "wrong-type 1"),
    ROW(AS_CONTENT, "{'size':0,'mimeType':'','compression':true}", "{'size':0,'mimeType':'','_compression':true}", "wrong-type 1"),
    ROW(AS_CONTENT, "[]", "{'size':0,'mimeType':''}", "empty-container 1, missing-text 1, missing-content-size 1"),
    ROW(AS_CONTENT, "[{'size':0,'mimeType':[''],'x':1}]", "{'size':0,'mimeType':'','_x':1}", "custom-name 1, list-of-one 2"),
    ROW(AS_COOKIES, "[{'name':'a','value':'b','secure':'True','httpOnly':'false'}]",
        "[{'name':'a','value':'b','httpOnly':false,'secure':true}]", "no-boolean 2"),
    ROW(AS_COOKIES, "[{'name':'a','value':'b','secure':'yes','httpOnly':1}]",
        "[{'name':'a','value':'b','_secure':'yes','_httpOnly':1}]", "wrong-type 2"),
    ROW(AS_COOKIES, "[{'name':'a','value':'b','expires':null,'path':null,'domain':null,'comment':null}]",
        "[{'name':'a','value':'b'}]", "null-member 4"),
    ROW(AS_CACHE, "{'beforeRequest':null,'afterRequest':null}", "{'beforeRequest':null,'afterRequest':null}", ""),
    ROW(AS_CACHE, "[]", "{}", "empty-container 1"),
    ROW(AS_CACHE, "null", "{}", "null-value 1, missing-cache 1"),
};

static const struct row lists[] = {
    ROW(AS_COOKIES, "{}", "[]", "empty-container 1"),
    ROW(AS_COOKIES, "{'a':'b','\\ud800':1}", "[{'name':'a','value':'b'},{'name':'\\ud800','value':'1'}]", "no-text 1, no-list 1"),
    ROW(AS_COOKIES, "{'name':'a','value':'b','x':1}", "[{'name':'a','value':'b','_x':1}]", "custom-name 1, no-list 1"),
    ROW(AS_COOKIES, "{'name':'a'}", "[{'name':'name','value':'a'}]", "no-list 1"),
    ROW(AS_COOKIES, "[null,{'name':'a','value':'b'},null]", "[{'name':'a','value':'b'}]", "null-element 2"),
    ROW(AS_COOKIES, "[[{'name':'a','value':'b','x':1}]]", "[{'name':'a','value':'b','_x':1}]", "custom-name 1, list-of-one 1"),
    ROW(AS_QUERY, "{'a':{'b':1}}", "[{'name':'a','value':'','_value':{'b':1}}]", "no-list 1, wrong-type 1, missing-text 1"),
    {ENTRIES(REQUEST_OF("['a=b',{'name':'a','value':'b'},{'value':'c'},7]", "[]", ",'_cookies':0")),
     ENTRIES(REQUEST_OF("[{'name':'a','value':'b'}]", "[]", ",'_cookies':0,'_cookies_2':['a=b',7,{'value':'c'}]")),
     "stray-element 3"},
    {ENTRIES(REQUEST_OF("'a=b'", "[]", "")), ENTRIES(REQUEST_OF("[]", "[]", ",'_cookies':'a=b'")), "wrong-type 1, missing-list 1"},
    {ENTRIES(RESPONSE_OF("[{'value':'HTTP/1.1 200'},{'name':null,'value':''},{'name':'a','value':'b'}]", NO_CONTENT, "")),
     ENTRIES(
         RESPONSE_OF("[{'name':'a','value':'b'}]", NO_CONTENT, ",'_headers':[{'value':'HTTP/1.1 200'},{'name':null,'value':''}]")),
     "no-header 2"},
    {ENTRIES(RESPONSE_OF("{'a':'b'}", NO_CONTENT, "")), ENTRIES(RESPONSE_OF("[{'name':'a','value':'b'}]", NO_CONTENT, "")),
     "no-list 1"},
};

static const struct row missing[] = {
    ROW(AS_COOKIES, "[{'name':'a'}]", "[{'name':'a','value':''}]", "missing-text 1"),
    ROW(AS_QUERY, "[{}]", "[{'name':'','value':''}]", "missing-text 2"),
    ROW(AS_PAGE, "", ",'pageTimings':{}", "missing-page-timings 1"),
    ROW(AS_PAGE, ",'pageTimings':null", ",'pageTimings':{}", "null-value 1, missing-page-timings 1"),
    ROW(AS_PAGE, ",'pageTimings':{'onLoad':null,'onContentLoad':-1}", ",'pageTimings':{'onContentLoad':-1}", "null-member 1"),
    ROW(AS_PAGE, ",'pageTimings':{'onLoad':-1720,'onContentLoad':-0.5}",
        ",'pageTimings':{'onContentLoad':-1,'onLoad':-1,'_onLoad':-1720,'_onContentLoad':-0.5}", "negative-page-timing 2"),
    ROW(AS_CACHE, "{'afterRequest':{'lastFetched':'x','fetchCount':2}}", "{'_afterRequest':{'_lastFetched':'x','_fetchCount':2}}",
        "common-custom-name 2, incomplete-cache-entry 1"),
    ROW(AS_CACHE, "{'afterRequest':{'lastAccess':'2020-01-01T00:00:00Z','hitCount':1}}",
        "{'afterRequest':{'lastAccess':'2020-01-01T00:00:00Z','eTag':'','hitCount':1}}", "missing-etag 1"),
};

/* The log's own members, the document's, an envelope's. */
static const struct row documents[] = {
    {"{'log':{}}",
     "{'log':{'version':'1.2','creator':{'name':'harmill','version':'" HAR_VERSION "',"
     "'comment':'harmill: the capture names no creator'},'pages':[],'entries':[]}}",
     "missing-version 1, missing-creator 1, missing-pages 1, missing-entries 1"},
    {"{'log':{'entries':[],'creator':null,'version':null,'browser':null,'pages':null,'comment':null}}",
     "{'log':{'version':'1.2','creator':{'name':'harmill','version':'" HAR_VERSION "',"
     "'comment':'harmill: the capture names no creator'},'pages':[],'entries':[]}}",
     "null-member 2, null-value 3, missing-version 1, missing-creator 1, missing-pages 1"},
    {"{'log':{'creator':{},'browser':{'name':'b'},'version':'1.2','pages':[],'entries':[]}}",
     "{'log':{'version':'1.2','creator':{'name':'','version':''},'browser':{'name':'b','version':''},'pages':[],'entries':[]}}",
     "missing-text 3"},
    {"{'log':{'version':1.1," CREATOR ",'pages':{},'entries':{'a':1},'x':1}}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_version':'1.1','_entries':{'a':1},'_x':1}}",
     "custom-name 1, no-text 1, empty-container 1, wrong-type 1, older-version 1, missing-entries 1"},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[],'pages':" PAGE "}}", PAGES(PAGE), "no-list 1"},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[],'pages':{'id':'p'," DATE ",'title':'','x':1,'pageTimings':{'onLoad':-2}}}}",
     PAGES("{" DATE ",'id':'p','title':'','pageTimings':{'onLoad':-1,'_onLoad':-2},'_x':1}"),
     "custom-name 1, no-list 1, negative-page-timing 1"},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[],'pages':" PAGE ",'pages':[" PAGE ",{}]}}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[" PAGE "],'entries':[],'_pages':[" PAGE ",{'title':'','pageTimings':{}}]}}",
     NULL},
    /* Twice: the first is on its way already. */
    {"{'log':{'version':'1.2','version':'1.1','_version':0," CREATOR ",'creator':5,'pages':[],'entries':[],'entries':[{}],"
     "'pages':[" PAGE "],'a':1,'a':2}}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_version':'1.1','_version_2':0,'_creator':5,'_entries':[{}],"
     "'_pages':[" PAGE "],'_a':1,'_a_2':2}}",
     "duplicate-key 6, custom-name 1"},
    {"{'_a':1,'b':{'log':1},'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_a':2},'log':{'x':null},'c':null,'_a':3}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_a':2,'_log':{'x':null},'_c':null,'_a_2':3,'_a_3':1,"
     "'_b':{'log':1}}}",
     "beside-log 5"},
    {"{'success':true,'errors':[],'code':7,'result':{'id':'x','har':{'log':{'version':'1.2'," CREATOR ",'pages':[],"
     "'entries':[]},'none':null}},'messages':[],'_m':[]}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_m':[],'_code':7,'_id':'x'}}", "beside-log 3, envelope 4"},
    /* What is no HAR is none of our business. */
    {"{'entries':[null],'version':'1.1'}", "{'entries':[null],'version':'1.1'}", ""},
    {"{'log':[],'x':1}", "{'log':[],'x':1}", ""},
};

static const struct row elements[] = {
    {"{'log':{'version':'1.2'," CREATOR ",'pages':[5,null],'entries':[null,'a\\ud800',[" ENTRY "],[{},{}]," ENTRY ",[]]}}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[" ENTRY "," ENTRY
     "],'_pages':[5],'_entries':['a\\ud800',[{},{}],[]]}}",
     "null-element 2, stray-element 4, list-of-one 1"},
    {"{'log':{'_entries':1,'version':'1.2'," CREATOR ",'pages':[],'entries':['a']}}",
     "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_entries':1,'_entries_2':['a']}}", "stray-element 1"},
};

static const struct row versions[] = {
#define VERSION(text, mended)                                                                                                      \
    {                                                                                                                              \
        "{'log':{'version':'" text "'," CREATOR ",'pages':[],'entries':[]}}",                                                      \
            "{'log':{'version':'1.2'," CREATOR ",'pages':[],'entries':[],'_version':'" text "'}}", mended                          \
    }
    VERSION("1.1", "older-version 1"),       VERSION("01.02", "older-version 1"),
    VERSION("1.3", "newer-version 1"),       VERSION("1.10", "newer-version 1"),
    VERSION("", "empty-version 1"),          VERSION("1", "malformed-version 1"),
    VERSION("1.2 ", "malformed-version 1"),  VERSION("1.2\\u0000", "malformed-version 1"),
    VERSION(".1", "malformed-version 1"),    VERSION("HAR 1.2", "malformed-version 1"),
    VERSION("0.9", "unsupported-version 1"), VERSION("1.0", "unsupported-version 1"),
    VERSION("2.0", "unsupported-version 1"), VERSION("11.2", "unsupported-version 1"),
};

static void expect(const struct row *row)
{
    memory_expect_normalized(row->before, row->after, row->mended);
}

#define LOOP(name)                                                                                                                 \
    START_TEST(rows_of_##name)                                                                                                     \
    {                                                                                                                              \
        expect(&name[_i]);                                                                                                         \
    }                                                                                                                              \
    END_TEST

LOOP(names)
LOOP(duplicates)
LOOP(types)
LOOP(lists)
LOOP(missing)
LOOP(documents)
LOOP(elements)
LOOP(versions)

START_TEST(no_response)
{
    memory_expect_normalized(ENTRIES("{" DATE ",'time':0,'request':" REQUEST ",'cache':{}," TIMINGS "}"),
                             ENTRIES("{" DATE ",'time':0,'request':" REQUEST ",'response':{'status':0,'statusText':'',"
                                     "'httpVersion':'','cookies':[],'headers':[]," CONTENT ",'redirectURL':''," SIZES
                                     ",'comment':'harmill: the capture holds no response'},'cache':{}," TIMINGS "}"),
                             NULL);
}
END_TEST

/* # is the number. */
static void append_piece(struct har_buffer *text, const char *piece, unsigned number)
{
    for (; *piece; piece++)
        if (*piece == '#')
            har_buffer_printf(text, "%u", number);
        else
            har_buffer_append_char(text, *piece);
}

/* An input of `count` pieces between a head and a tail. */
static void run_many(struct memory_run *run, const char *head, const char *piece, unsigned count, const char *tail)
{
    struct har_buffer text;
    har_buffer_init(&text, (size_t)1 << 27);
    har_buffer_append_text(&text, head);
    for (unsigned i = 0; i < count; i++) {
        har_buffer_append_text(&text, i ? "," : "");
        append_piece(&text, piece, i);
    }
    har_buffer_append_text(&text, tail);
    memory_run_init(run, memory_string(&text));
    har_buffer_release(&text);
    run->job.on_finding = NULL; /* the places of so many findings would take quadratic time here */
    memory_run_normalize(run, NULL);
}

static const struct {
    const char *head, *piece, *tail;
    enum har_mend mend;
    unsigned mended;
    const char *within; /* what is written, somewhere */
} many[] = {
    {"{'log':{'entries':[{", "'url':#", "}]}}", HAR_MEND_DUPLICATE_KEY, MANY - 1, "\"_url\":99999"},
    {"{'log':{'entries':[{'request':{", "'url':'#'", "}}]}}", HAR_MEND_DUPLICATE_KEY, MANY - 1, "\"_url_99999\":\"99998\""},
    {"{'log':{'entries':[{", "'_url_#':0,'url':1", "}]}}", HAR_MEND_DUPLICATE_KEY, MANY - 1, "\"_url_199998\":1"},
    {"{'log':{'entries':[{", "'x#':0", "}]}}", HAR_MEND_CUSTOM_NAME, MANY, "\"_x99999\":0"},
    {"{'log':{", "'x':#", "}}", HAR_MEND_DUPLICATE_KEY, MANY - 1, "\"_x_100000\":99999"},
    {"{'log':{'entries':[],", "'version':'#'", "}}", HAR_MEND_DUPLICATE_KEY, MANY - 1, "\"_version_100000\":\"99999\""},
    {"{", "'x':#", ",'log':{}}", HAR_MEND_BESIDE_LOG, MANY, "\"_x_100000\":99999"},
    {"{'log':{'entries':[{'request':{'cookies':[{'name':'a','value':'b'},", "null,#", "]}}]}}", HAR_MEND_NULL_ELEMENT, MANY,
     "99998,99999]"},
    {"{'log':{'entries':[{'request':{'cookies':[", "{'name':'a','value':'b'},{'value':'#'}", "]}}]}}", HAR_MEND_STRAY_ELEMENT, MANY,
     "{\"value\":\"99999\"}]"},
    {"{'log':{'entries':[{'request':{'cookies':{", "'#':0", "}}}]}}", HAR_MEND_NO_TEXT, MANY,
     "{\"name\":\"99999\",\"value\":\"0\"}]"},
    {"{'log':{'entries':[", "#", "]}}", HAR_MEND_STRAY_ELEMENT, MANY, "99998,99999]"},
};

/* Quadratic time would be far above the limit of the test. */
START_TEST(many_take_linear_time)
{
    struct memory_run run;
    run_many(&run, many[_i].head, many[_i].piece, MANY, many[_i].tail);
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    ck_assert_uint_eq(run.summary.mend_count[many[_i].mend], many[_i].mended);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.written[0]), many[_i].within));
    memory_run_release(&run);
}
END_TEST

START_TEST(deep_nesting)
{
    struct memory_run run;
    struct har_buffer text;
    har_buffer_init(&text, HAR_MIB);
    har_buffer_append_text(&text, "{'log':{'entries':[{'connection':");
    for (int i = 0; i < 240; i++)
        har_buffer_append_text(&text, "[");
    har_buffer_append_text(&text, "7");
    for (int i = 0; i < 240; i++)
        har_buffer_append_text(&text, "]");
    har_buffer_append_text(&text, "}]}}");
    memory_run_init(&run, memory_string(&text));
    har_buffer_release(&text);
    memory_run_normalize(&run, NULL);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.written[0]), "\"connection\":\"7\""));
    memory_run_release(&run);
}
END_TEST

static const struct {
    enum har_bound bound;
    uint64_t most;
    const char *head, *piece, *tail, *error;
    unsigned count;
} bounds[] = {
    /* As read the item fits, what is added does not. */
    {HAR_BOUND_ITEM_BYTES, 40000, "{'log':{'entries':[{'request':{'cookies':{", "'#':0", "}}}]}}", "--max-item-bytes", 4000},
    {HAR_BOUND_TREE_BYTES, 256 * 1024, "{'log':{'entries':[{'request':{'cookies':{", "'#':0", "}}}]}}", "--max-tree-bytes", 4000},
    {HAR_BOUND_KEPT_BYTES, 20000, "{", "'x#':0", ",'log':{}}", "--max-kept-bytes", 4000},
    {HAR_BOUND_KEPT_BYTES, 20000, "{'log':{'entries':[", "#", "]}}", "--max-kept-bytes", 20000},
};

START_TEST(bounds_end_the_run)
{
    struct memory_run run;
    run_many(&run, bounds[_i].head, bounds[_i].piece, bounds[_i].count, bounds[_i].tail);
    ck_assert_int_eq(har_settings_set_bound(run.settings, bounds[_i].bound, bounds[_i].most, &run.error), HAR_OK);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FATAL);
    ck_assert_int_eq(run.error.domain, HAR_DOMAIN_BOUND);
    ck_assert_msg(strstr(run.error.text, bounds[_i].error) != NULL, "%s", run.error.text);
    memory_run_release(&run);
}
END_TEST

#define ADD(name) tcase_add_loop_test(rows, rows_of_##name, 0, sizeof name / sizeof *name)

Suite *suite_normalize_shape(void)
{
    Suite *suite = suite_create("normalize_shape");
    TCase *rows = tcase_create("rows");
    ADD(names);
    ADD(duplicates);
    ADD(types);
    ADD(lists);
    ADD(missing);
    ADD(documents);
    ADD(elements);
    ADD(versions);
    tcase_add_test(rows, no_response);
    suite_add_tcase(suite, rows);
    TCase *limits = tcase_create("limits");
    tcase_set_timeout(limits, 60);
    tcase_add_loop_test(limits, many_take_linear_time, 0, sizeof many / sizeof *many);
    tcase_add_test(limits, deep_nesting);
    tcase_add_loop_test(limits, bounds_end_the_run, 0, sizeof bounds / sizeof *bounds);
    suite_add_tcase(suite, limits);
    return suite;
}
