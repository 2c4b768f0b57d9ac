/* What a row of the HTML report keeps of an entry, whatever its producer wrote. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "html/index.h"
#include "memory.h"
#include "small.h"

Suite *suite_html_row(void);

/* A run that fills an index. */
struct filled {
    struct memory_run run; /* first: the job's `user` is it, and so the whole */
    struct html_index index;
};

static void add(void *user, const struct har_item *item)
{
    struct filled *at = user;
    struct html_row *row;
    if (item->kind == HAR_ITEM_ENTRY)
        ck_assert(html_index_entry(&at->index, item, &row));
}

static const struct html_row *fill(struct filled *at, const char *notation)
{
    memory_run_init(&at->run, notation);
    html_index_init(&at->index, 1 << 20, false);
    at->run.job.on_item = add;
    memory_run_go(&at->run);
    ck_assert_int_eq(at->run.status, HAR_OK);
    ck_assert(html_index_finish(&at->index, false));
    ck_assert_uint_eq(at->index.count, 1);
    return at->index.row;
}

static void leave(struct filled *at)
{
    html_index_release(&at->index);
    memory_run_release(&at->run);
}

#define ENTRY_OF(members)    HAR("{" members "}")
#define TIMED(time, timings) ENTRY_OF("'time':" time ",'timings':{" timings "}")

/* connect, ssl, time in tenths of a millisecond. */
START_TEST(times)
{
    static const struct {
        const char *text;
        uint32_t time, phase[HTML_PHASES];
    } rows[] = {
        /* ssl is a part of connect, as the specification has it */
        {TIMED("100", "'blocked':1,'dns':2,'connect':50,'ssl':30,'send':1,'wait':40,'receive':6"),
         1000,
         {10, 20, 200, 300, 10, 400, 60}},
        /* the sum is right with ssl only: it is beside connect */
        {TIMED("130", "'blocked':1,'dns':2,'connect':50,'ssl':30,'send':1,'wait':40,'receive':6"),
         1300,
         {10, 20, 500, 300, 10, 400, 60}},
        /* the same within two milliseconds */
        {TIMED("128.5", "'blocked':1,'dns':2,'connect':50,'ssl':30,'send':1,'wait':40,'receive':6"),
         1285,
         {10, 20, 500, 300, 10, 400, 60}},
        /* neither fits: as the specification has it */
        {TIMED("500", "'connect':50,'ssl':30,'send':1,'wait':40,'receive':6"), 5000, {0, 0, 200, 300, 10, 400, 60}},
        /* ssl is larger than connect: it cannot be a part */
        {TIMED("0", "'connect':10,'ssl':30,'send':0,'wait':0,'receive':0"), 0, {0, 0, 100, 300, 0, 0, 0}},
        {TIMED("3", "'blocked':-1,'dns':-1,'connect':-1,'ssl':-1,'send':-5,'wait':3,'receive':0"), 30, {0, 0, 0, 0, 0, 30, 0}},
        {TIMED("-1", "'send':1,'wait':2.25,'receive':3"), 63, {0, 0, 0, 0, 10, 23, 30}}, /* the sum stands for time */
        {TIMED("null", "'send':0,'wait':0,'receive':0"), HTML_UNTIMED, {0}},
        {TIMED("12", ""), 120, {0}},
        {TIMED("'12'", "'send':null,'wait':[],'receive':{}"), HTML_UNTIMED, {0}},
        {TIMED("63604615927841", "'wait':63604615927841"), HTML_UNTIMED, {0}}, /* two thousand years */
        {ENTRY_OF("'time':7"), 70, {0}},
        {HAR("null"), HTML_UNTIMED, {0}},
    };
    struct filled at;
    const struct html_row *row = fill(&at, rows[_i].text);
    ck_assert_uint_eq(row->time, rows[_i].time);
    for (size_t i = 0; i < HTML_PHASES; i++)
        ck_assert_msg(row->phase[i] == rows[_i].phase[i], "phase %d is %u, not %u", (int)i, row->phase[i], rows[_i].phase[i]);
    leave(&at);
}
END_TEST

START_TEST(dates)
{
    static const struct {
        const char *text;
        int64_t at;
    } rows[] = {
        {"1970-01-01T00:00:01.5Z", 15000},
        {"1970-01-01T01:00:00+01:00", 0},
        {"1970-01-01T00:00:00.00015Z", 2}, /* rounded */
        {"1969-12-31T23:59:59Z", -10000},
        {"1970-01-01T00:00:01", 10000}, /* no zone: taken for UTC */
        {"1970-01-01 00:00:01 +0000", 10000},
        {"Thu, 01 Jan 1970 00:00:02 GMT", 20000},
        {"", HTML_UNDATED},
        {"NaN-NaN-NaNTNaN:NaN:NaN.NaN+NaN:NaN", HTML_UNDATED},
    };
    const struct har_text text = {rows[_i].text, strlen(rows[_i].text)};
    ck_assert_int_eq(html_row_date(text), rows[_i].at);
}
END_TEST

#define OF_RESPONSE(members) ENTRY_OF("'response':{" members "}")

START_TEST(sizes)
{
    static const struct {
        const char *text;
        int64_t wire, size;
    } rows[] = {
        {OF_RESPONSE("'headersSize':100,'bodySize':20,'content':{'size':33}"), 120, 33},
        {OF_RESPONSE("'headersSize':100,'bodySize':20,'_transferSize':77"), 77, -1},
        {OF_RESPONSE("'headersSize':100,'bodySize':20,'_transferSize':-1"), 120, -1},
        {OF_RESPONSE("'headersSize':-1,'bodySize':20"), 20, -1},
        {OF_RESPONSE("'headersSize':100,'bodySize':-1"), 100, -1},
        {OF_RESPONSE("'headersSize':-1,'bodySize':-5,'content':{'size':-1}"), -1, -1},
        {OF_RESPONSE("'_transferSize':0,'content':{'size':0}"), 0, 0},
        {OF_RESPONSE("'content':{'size':1e300}"), -1, -1},
        {ENTRY_OF("'response':null"), -1, -1},
    };
    struct filled at;
    const struct html_row *row = fill(&at, rows[_i].text);
    ck_assert_int_eq(row->wire, rows[_i].wire);
    ck_assert_int_eq(row->size, rows[_i].size);
    leave(&at);
}
END_TEST

#define OF_TYPE(resource, url, mime, status)                                                                                       \
    ENTRY_OF("'_resourceType':" resource ",'request':{'url':'" url "'},'response':{'status':" status                               \
             ",'content':{'mimeType':'" mime "'}}")

START_TEST(types)
{
    static const struct {
        const char *text;
        enum html_type type;
    } rows[] = {
        {OF_TYPE("'stylesheet'", "http://a/", "text/html", "200"), HTML_TYPE_style},
        {OF_TYPE("'xhr'", "http://a/", "application/json", "200"), HTML_TYPE_fetch},
        {OF_TYPE("'Ping'", "http://a/", "", "200"), HTML_TYPE_fetch},
        {OF_TYPE("'eventsource'", "http://a/", "", "200"), HTML_TYPE_fetch},
        {OF_TYPE("'manifest'", "http://a/", "", "200"), HTML_TYPE_data},
        {OF_TYPE("'other'", "http://a/", "image/png", "200"), HTML_TYPE_other},
        {OF_TYPE("'something new'", "http://a/", "image/png", "200"), HTML_TYPE_image},
        {OF_TYPE("null", "http://a/", "text/html; charset=utf-8", "200"), HTML_TYPE_document},
        {OF_TYPE("null", "http://a/", "application/javascript", "200"), HTML_TYPE_script},
        {OF_TYPE("null", "http://a/", "font/woff2", "200"), HTML_TYPE_font},
        {OF_TYPE("null", "http://a/", "video/mp4", "200"), HTML_TYPE_media},
        {OF_TYPE("null", "http://a/", "application/problem+json", "200"), HTML_TYPE_data},
        {OF_TYPE("null", "http://a/", "x-unknown", "200"), HTML_TYPE_other},
        {OF_TYPE("null", "http://a/", "", "200"), HTML_TYPE_other},
        {OF_TYPE("null", "wss://a/", "", "0"), HTML_TYPE_websocket},
        {OF_TYPE("'document'", "http://a/", "text/html", "101"), HTML_TYPE_websocket},
        {ENTRY_OF("'_webSocketMessages':[{}]"), HTML_TYPE_websocket},
        {ENTRY_OF("'_webSocketMessages':[]"), HTML_TYPE_other},
    };
    struct filled at;
    ck_assert_uint_eq(fill(&at, rows[_i].text)->type, rows[_i].type);
    leave(&at);
}
END_TEST

START_TEST(addresses)
{
    static const struct {
        const char *url, *host, *path;
    } rows[] = {
        {"https://Shop.Example/A/b?q=C#f", "https://shop.example", "/A/b?q=C#f"},
        {"HTTPS://a.example:443/x", "https://a.example", "/x"},
        {"https://a.example:8443", "https://a.example:8443", ""},
        {"https://a.example?q", "https://a.example", "?q"},
        {"http://user:secret@a.example/x", "http://a.example", "/x"},
        {"http://[2001:DB8::1]:80/", "http://[2001:db8::1]", "/"},
        {"chrome-extension://abc/x.js", "chrome-extension://abc", "/x.js"},
        {"data:text/plain,a//b", "", "data:text/plain,a//b"},
        {"file:///etc/hosts", "", "file:///etc/hosts"},
        {"a.example:443", "", "a.example:443"},
        {"/relative?x", "", "/relative?x"},
        {"", "", ""},
    };
    char notation[256];
    struct filled at;
    ck_assert_int_lt(snprintf(notation, sizeof notation, ENTRY_OF("'request':{'url':'%s'}"), rows[_i].url), (int)sizeof notation);
    const struct html_row *row = fill(&at, notation);
    const struct har_text host = html_index_word(&at.index, HTML_HOSTS, row->host);
    ck_assert_msg(host.len == strlen(rows[_i].host) && !memcmp(host.bytes, rows[_i].host, host.len), "%.*s", (int)host.len,
                  host.bytes);
    ck_assert_uint_eq(row->path_len, strlen(rows[_i].path));
    ck_assert(!row->path_len || !memcmp(at.index.paths.data + row->path, rows[_i].path, row->path_len));
    leave(&at);
}
END_TEST

START_TEST(flags)
{
    static const struct {
        const char *text;
        int16_t status;
        uint8_t flags;
    } rows[] = {
        {OF_RESPONSE("'status':200"), 200, 0},
        {OF_RESPONSE("'status':0"), 0, HTML_ROW_FAILED},
        {OF_RESPONSE("'status':-1"), -1, HTML_ROW_FAILED},
        {OF_RESPONSE("'status':404"), 404, HTML_ROW_FAILED},
        {OF_RESPONSE("'status':200,'_error':'net::ERR_ABORTED'"), 200, HTML_ROW_FAILED},
        {OF_RESPONSE("'status':200,'_error':null"), 200, 0},
        {OF_RESPONSE("'status':1e9"), -1, HTML_ROW_FAILED},
        {OF_RESPONSE("'status':302,'redirectURL':'/x'"), 302, HTML_ROW_REDIRECT},
        {OF_RESPONSE("'status':302,'redirectURL':'','headers':[{'name':'Location','value':'/'}]"), 302, HTML_ROW_REDIRECT},
        {OF_RESPONSE("'status':300,'redirectURL':''"), 300, 0},
        {OF_RESPONSE("'status':304,'redirectURL':''"), 304, HTML_ROW_CACHED},
        {ENTRY_OF("'_fromCache':'disk','response':{'status':200}"), 200, HTML_ROW_CACHED},
        {ENTRY_OF("'_webSocketMessages':[1],'response':{'status':101}"), 101, HTML_ROW_MESSAGES},
        {ENTRY_OF("'request':{'postData':{'text':'a'}},'response':{'status':200}"), 200, HTML_ROW_POSTED},
        {ENTRY_OF("'request':{'postData':{'text':'','params':[]},'bodySize':0},'response':{'status':200}"), 200, 0},
        {ENTRY_OF("'request':{'bodySize':5},'response':{'status':200}"), 200, HTML_ROW_POSTED},
    };
    struct filled at;
    const struct html_row *row = fill(&at, rows[_i].text);
    ck_assert_int_eq(row->status, rows[_i].status);
    ck_assert_uint_eq(row->flags, rows[_i].flags);
    leave(&at);
}
END_TEST

Suite *suite_html_row(void)
{
    Suite *suite = suite_create("html_row");
    TCase *tests = tcase_create("row");
    tcase_add_loop_test(tests, times, 0, 13);
    tcase_add_loop_test(tests, dates, 0, 9);
    tcase_add_loop_test(tests, sizes, 0, 9);
    tcase_add_loop_test(tests, types, 0, 18);
    tcase_add_loop_test(tests, addresses, 0, 12);
    tcase_add_loop_test(tests, flags, 0, 16);
    suite_add_tcase(suite, tests);
    return suite;
}
