/* Filter expressions: what they choose, what is said about wrong ones, hostile ones and hostile texts. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_filter(void);

/* An entry with all that fields look at. */
static const char shop[] =
    "{'pageref':'p\\u0031','startedDateTime':'2024-05-01T12:00:00.5+02:00','time':1500.5,'_resourceType':'Stylesheet',"
    "'request':{'method':'POST','url':'https://CDN.example:8443/a/b.css?x=1&y=2','httpVersion':'HTTP/1.1','cookies':[],"
    "'headers':[{'name':'Accept','value':'text/css'},{'name':'accept','value':'*/*'}],'queryString':[]," SIZES "},"
    "'response':{'status':404,'statusText':'','httpVersion':'h2','cookies':[],'headers':[{'name':'Server','value':'caf\\u00e9'}],"
    "'content':{'size':2048,'mimeType':'text/CSS ; charset=utf-8'},'redirectURL':'','headersSize':-1,'bodySize':-1},"
    "'serverIPAddress':'192.0.2.7','cache':{}," TIMINGS "}";

struct asked {
    struct memory_run run; /* first: the job's `user` is it, and so the whole */
    const char *text;
    int chosen[4]; /* by entry: 1, 0, -1 for an error */
    size_t entries;
    char said[256];
};

static void ask(void *user, const struct har_item *item)
{
    struct asked *asked = user;
    struct har_filter *filter;
    struct har_error error = {0};
    bool holds = false;
    ck_assert_msg(har_filter_new(asked->text, &filter, NULL, &error) == HAR_OK, "%s: %s", asked->text, error.text);
    const enum har_status status = har_filter_test(filter, item, &holds, &error);
    if (item->kind == HAR_ITEM_ENTRY) {
        ck_assert_uint_lt(asked->entries, 4);
        asked->chosen[asked->entries++] = status == HAR_OK ? holds : -1;
        memcpy(asked->said, error.text, sizeof asked->said);
    } else {
        ck_assert_int_eq(status, HAR_OK);
        ck_assert(holds);
    }
    har_filter_free(filter);
}

static void choose(struct asked *asked, const char *notation, const char *text)
{
    *asked = (struct asked){.text = text};
    memory_run_init(&asked->run, notation);
    asked->run.job.on_item = ask;
    memory_run_go(&asked->run);
    memory_run_release(&asked->run);
}

static struct har_buffer one;

static const char *har_of(const char *entry)
{
    har_buffer_init(&one, 1 << 24);
    har_buffer_append_text(&one, "{'log':{'version':'1.2'," CREATOR ",'entries':[");
    har_buffer_append_text(&one, entry);
    har_buffer_append_text(&one, "]}}");
    return memory_string(&one);
}

static void expect(const char *entry, const char *text, int wanted)
{
    struct asked asked;
    choose(&asked, har_of(entry), text);
    har_buffer_release(&one);
    ck_assert_uint_eq(asked.entries, 1);
    ck_assert_msg(asked.chosen[0] == wanted, "%s: %d, not %d: %s", text, asked.chosen[0], wanted, asked.said);
}

/* What the shop's entry fulfils, and what it does not. */
static const struct {
    const char *text;
    int holds;
} tests[] = {
    {"status==404", 1},
    {"status!=404", 0},
    {"status<404", 0},
    {"status<=404", 1},
    {"status>403.5", 1},
    {"status>=405", 0},
    {"status in (200, 404)", 1},
    {"status in (200)", 0},
    {"status not in (200,301)", 1},
    {"status not in (404)", 0},
    {"time==1500.5", 1},
    {"time>1.5s", 1},
    {"time>1500.5ms", 0},
    {"time<0.1min", 1},
    {"size==2K", 1},
    {"size<2.5K", 1},
    {"size>1M", 0},
    {"size==0.001953125M", 1},
    {"body<100", 0},
    {"body>=0", 0},
    {"body==-1", 0},
    {"not body>=0", 1},
    {"body", 0},
    {"size", 1},
    {"not body", 1},
    {"index==0", 1},
    {"index>=1", 0},
    {"method=='POST'", 1},
    {"method==\"post\"", 1},
    {"method!=\"GET\"", 1},
    {"method in ('GET','PUT')", 0},
    {"host=='cdn.example'", 1},
    {"host=='cdn.example:8443'", 0},
    {"host=~'^cdn[.]EXAMPLE$'", 1},
    {"host!~'example'", 0},
    {"url=='https://CDN.example:8443/a/b.css?x=1&y=2'", 1},
    {"url=='https://cdn.example:8443/a/b.css?x=1&y=2'", 0},
    {"url=~'^https://CDN'", 1},
    {"url=~'^https://cdn'", 0},
    {"url=~'(?i)^https://cdn'", 1},
    {"url!~\"\\\\.png\"", 1},
    {"path=='/a/b.css'", 1},
    {"query=='x=1&y=2'", 1},
    {"query", 1},
    {"scheme=='HTTPS'", 1},
    {"scheme=='http'", 0},
    {"type=='style'", 1},
    {"type=='stylesheet'", 1},
    {"type=='script'", 0},
    {"type in ('image','style')", 1},
    {"type=~'^sty'", 1},
    {"mime=='text/css'", 1},
    {"mime=~'^text/'", 1},
    {"mime=='text/css; charset=utf-8'", 0},
    {"page=='p1'", 1},
    {"page==\"p\\u0031\"", 1},
    {"page=='P1'", 0},
    {"page!='p2'", 1},
    {"ip=='192.0.2.7'", 1},
    {"http=='H2'", 1},
    {"started=='2024-05-01T10:00:00.5Z'", 1},
    {"started>'2024-05-01T10:00:00Z'", 1},
    {"started<'2024-05-01T10:00:00.500000001Z'", 1},
    {"started>='2024-05-01' and started<'2024-05-02'", 1},
    {"started<'2024-05-01T12:00:00+02:00'", 0},
    {"started in ('2024-05-01T10:00:00.5Z')", 1},
    {"started!='2024-05-01T10:00:00.5Z'", 0},
    {"header('server')=='caf\xc3\xa9'", 1},
    {"header(\"SERVER\")==\"caf\\u00e9\"", 1},
    {"header('server')=~'^caf.$'", 1},
    {"header('server')", 1},
    {"header('date')", 0},
    {"header('date')!='x'", 0},
    {"not header('date')=='x'", 1},
    {"header('accept')", 0},
    {"request_header('accept')=='*/*'", 1},
    {"request_header('accept')=='text/css'", 1},
    {"request_header('accept')!='text/css'", 1},
    {"request_header('accept') not in ('*/*','text/css')", 0},
    {"request_header('accept')=='*/css'", 0},
    /* not before and before or, parentheses */
    {"status==404 or status==1 and status==2", 1},
    {"(status==404 or status==1) and status==2", 0},
    {"not status==1 and status==404", 1},
    {"not (status==1 and status==404)", 1},
    {"not status==404 or status==404", 1},
    {"not not status==404", 1},
    {"not not not status==404", 0},
    {"status==1 or status==2 or status==404", 1},
    {"status==404 and status==404 and status==1", 0},
    {"((status==404))", 1},
    {"status==1 and status==2 or status==404", 1},
    {" \t\n status\n==\t404 ", 1},
};

/* Without PCRE2 there are no regular expressions. */
static bool usable(size_t i)
{
#ifdef HARMILL_WITHOUT_PCRE2
    return !strchr(tests[i].text, '~');
#else
    (void)i;
    return true;
#endif
}

START_TEST(test_fields)
{
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (usable(i))
            expect(shop, tests[i].text, tests[i].holds);
}
END_TEST

/* What is not there fulfils no comparison, and so does what is of another type. */
static void expect_none(const char *field, const char *value)
{
    static const char *const entries[] = {
        "{}", "[]", "7",
        "{'time':'1','request':{'url':[],'headers':{}},'response':{'status':'200','headers':[7,{'name':1}],'content':[]}}"};
    static const struct {
        const char *before, *behind;
        bool value;
    } forms[] = {{"", "", false}, {"==", "", true}, {"!=", "", true}, {" in (", ")", true}, {" not in (", ")", true}};
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++)
        for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
            struct har_buffer text;
            har_buffer_init(&text, 200);
            har_buffer_printf(&text, "%s%s%s%s", field, forms[form].before, forms[form].value ? value : "", forms[form].behind);
            expect(entries[i], memory_string(&text), 0);
            har_buffer_release(&text);
        }
}

START_TEST(test_missing)
{
    static const char *const numbers[] = {"status", "time", "size", "body"};
    static const char *const texts[] = {"method", "url",  "host", "path", "query",       "scheme",
                                        "mime",   "page", "ip",   "http", "header('a')", "request_header('a')"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        expect_none(numbers[i], "1");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_none(texts[i], "'x'");
    expect_none("started", "'2024-01-01'");
    expect("{}", "type=='unknown'", 1);
    expect("{'_resourceType':'x','response':{'content':{'mimeType':'image/png'}}}", "type=='image'", 1);
    expect("{'response':{'content':{'mimeType':'application/json'}}}", "type=='data'", 1);
    expect("{'request':{'url':'data:text/html,https://a.example/'}}", "host", 0);
    expect("{'request':{'url':'data:text/html,https://a.example/'}}", "scheme=='data'", 1);
    expect("{'request':{'url':'http://[2001:db8::1]/'}}", "host=='[2001:DB8::1]'", 1);
    expect("{'response':{},'request':{'httpVersion':'HTTP/1.0'}}", "http=='HTTP/1.0'", 1);
    expect("{'time':-1}", "time", 0);
    expect("{'response':{'status':-1}}", "status==-1", 1);
}
END_TEST

START_TEST(test_several)
{
    struct asked asked;
    choose(&asked, HAR(ENTRY "," ENTRY "," ENTRY), "index>=1 and index<2");
    ck_assert_uint_eq(asked.entries, 3);
    ck_assert(asked.chosen[0] == 0 && asked.chosen[1] == 1 && asked.chosen[2] == 0);
}
END_TEST

static const struct {
    const char *text, *said;
} wrong[] = {
    {"", "column 1: expected a field at the end"},
    {"status>=", "column 9: expected a number after >="},
    {"status>=\"x\"", "column 9: expected a number after >="},
    {"status==200 and", "column 16: expected a field after and"},
    {"status==200 and or", "column 17: expected a field after and"},
    {"not", "column 4: expected a field after not"},
    {"statsu==1", "column 1: unknown field 'statsu'; did you mean 'status'?"},
    {"caf\xc3\xa9==1", "column 1: unknown field 'caf'; there are: status, time, size, body, index, method, url, host, path, query, "
                       "scheme, type, mime, page, started, ip, http, header(\"NAME\"), request_header(\"NAME\")"},
    {"'\xc3\xa9\xc3\xa9'", "column 1: expected a field here"},
    {"page=='\xc3\xa9\xc3\xa9' x", "column 12: expected and, or or the end after '\xc3\xa9\xc3\xa9'"},
    {"status=200", "column 7: expected and, or or the end; for = write =="},
    {"status==1 && status==2", "column 11: expected and, or or the end; for && write and"},
    {"status==1 || status==2", "column 11: expected and, or or the end; for || write or"},
    {"status==1 AND status==2", "column 11: expected and, or or the end; for AND write and"},
    {"! status==1", "column 1: expected a field; for ! write not"},
    {"status==200x", "column 12: status takes no unit"},
    {"size==1s", "column 8: size takes the units K, M and G"},
    {"time==1K", "column 8: time takes the units ms, s and min"},
    {"status==1.", "column 9: this is no number; as in JSON: 500, 0.5"},
    {"status==01", "column 9: this is no number; as in JSON: 500, 0.5"},
    {"status==1e999", "column 9: this is no number; as in JSON: 500, 0.5"},
    {"host>'a'", "column 5: host is a text, which > does not compare; there are ==, !=, =~, !~ and in"},
    {"status=~'a'", "column 7: status is a number, which =~ does not compare; there are ==, !=, <, <=, >, >= and in"},
    {"started!~'a'", "column 8: started is a date, which !~ does not compare; there are ==, !=, <, <=, >, >= and in"},
    {"started>5", "column 9: expected a date in quotes after >"},
    {"started>'yesterday'", "column 9: this is no date; as 2024-05-01 or 2024-05-01T12:00:00Z"},
    {"started>'2024-02-30'", "column 9: there is no such day or hour"},
    {"started>'2024-02-01T00:00'", "column 9: the date has no zone: add Z or an offset, as +02:00"},
    {"host==cdn", "column 7: expected a text in quotes after =="},
    {"host=='cdn", "column 7: the text that begins here has no closing '"},
    {"host==\"cdn\\\"", "column 7: the text that begins here has no closing \""},
    {"host==\"a\\.b\"", "column 9: \\. is no escape; write \\\\., or '...' where nothing is escaped"},
    {"type=='imgae'", "column 7: unknown type 'imgae'; did you mean 'image'?"},
    {"(status==1", "column 11: expected and, or or ) after 1"},
    {"status==1)", "column 10: nothing is open that this ) closes"},
    {"status in 200", "column 11: expected ( after in"},
    {"status in (200", "column 15: expected , or ) after 200"},
    {"status in ()", "column 12: expected a number after ("},
    {"status not 200", "column 12: expected in after not"},
    {"header=='x'", "column 7: expected (\"NAME\") after header"},
    {"header(x)=='x'", "column 8: expected the name of a header in quotes after ("},
    {"header('x'=='x'", "column 11: expected ) after 'x'"},
    {"status==200 status==300", "column 13: expected and, or or the end after 200"},
    {"page=='a' \xff", "column 11: what stands here is no UTF-8"},
    {"status==1 # x", "column 11: expected and, or or the end after 1"},
};

static void expect_wrong(const char *text, const char *said)
{
    struct har_filter *filter = NULL;
    struct har_error error = {0};
    size_t column = 0;
    ck_assert_msg(har_filter_new(text, &filter, &column, &error) == HAR_FATAL, "%s is taken", text);
    ck_assert_ptr_null(filter);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_str_eq(error.text, said);
    ck_assert_uint_eq(column, strtoul(said + strlen("column "), NULL, 10));
}

START_TEST(test_wrong)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_wrong(wrong[i].text, wrong[i].said);
    ck_assert_int_eq(har_filter_new("x", &(struct har_filter *){NULL}, NULL, NULL), HAR_FATAL);
    har_filter_free(NULL);
}
END_TEST

/* `count` times `part` between two texts; the caller frees it. */
static char *repeated(const char *before, const char *part, size_t count, const char *behind)
{
    struct har_buffer text;
    har_buffer_init(&text, 1 << 25);
    har_buffer_append_text(&text, before);
    for (size_t i = 0; i < count; i++)
        har_buffer_append_text(&text, part);
    har_buffer_append_text(&text, behind);
    ck_assert_ptr_nonnull(har_buffer_string(&text));
    return text.data;
}

static void expect_said(char *text, const char *said)
{
    struct har_filter *filter = NULL;
    struct har_error error = {0};
    const enum har_status status = har_filter_new(text, &filter, NULL, &error);
    ck_assert_str_eq(error.text, said);
    ck_assert_int_eq(status, *said ? HAR_FATAL : HAR_OK);
    har_filter_free(filter);
    free(text);
}

START_TEST(test_bounds)
{
    char *deep = repeated("", "(", 64, "");
    expect_said(repeated(deep, "", 0, "status==1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))"), "");
    free(deep);
    expect_said(repeated("", "(", 65, ""), "column 65: more than 64 parentheses inside each other");
    expect_said(repeated("", "not ", 4000, "ip"), "");
    expect_said(repeated("", "ip or ", 1023, "ip"), "");
    expect_said(repeated("", "ip or ", 1024, "ip"), "column 6145: the expression has more than 2048 parts");
    expect_said(repeated("ip in (''", ",''", 5000, ")"), "");
    expect_said(repeated("ip", " ", 16382, ""), "");
    expect_said(repeated("ip", " ", 16383, ""), "column 1: the expression has more than 16384 bytes");
    expect_said(repeated("", "status==1 or ", 800000, "ip"), "column 1: the expression has more than 16384 bytes");
}
END_TEST

#ifndef HARMILL_WITHOUT_PCRE2

static const struct {
    const char *text, *said;
} patterns[] = {
    {"host=~\"a(\"", "column 10: the regular expression is wrong: missing closing parenthesis"},
    {"host=~\"\\u00e9\\u00e9(\"", "column 21: the regular expression is wrong: missing closing parenthesis"},
    {"url=~'a\\C'", "column 10: the regular expression is wrong: using \\C is disabled by the application"},
    {"url=~5", "column 6: expected a regular expression in quotes after =~"},
};

/* A text that many patterns are slow on: the run ends, with a place. */
static void expect_limit(const char *pattern)
{
    struct asked asked;
    char *entry = repeated("{'request':{'url':'https://a.example/", "a", 300000, "!'}}");
    choose(&asked, har_of(entry), pattern);
    har_buffer_release(&one);
    free(entry);
    ck_assert_int_eq(asked.chosen[0], -1);
    ck_assert_str_eq(asked.said, "the regular expression in column 6 of the filter takes too many steps on url of /log/entries/0");
}

START_TEST(test_patterns)
{
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        expect_wrong(patterns[i].text, patterns[i].said);
    expect_limit("url=~'(a+)+$'");
    expect_limit("url=~'a*[bc]'");
    expect_limit("url=~'(a|aa)+[bc]'");
    expect_limit("url=~'(.+)\\1[bc]'");
    expect_limit("url=~'a.*a.*a.*[bc]'");
    expect("{'request':{'url':'\\ud800x'}}", "url=~'^.x$'", 1);
    expect("{'request':{'url':'\\u0000x'}}", "url=~'^\\x00x$'", 1);
}
END_TEST

#endif

/* Random expressions whose truth is known, and random words that mostly are none. */
static uint32_t seed;

static uint32_t below(uint32_t limit)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)(((uint64_t)seed >> 8) * limit >> 24);
}

/* Without recursion through the library: the same precedence, worked out here. */
static bool any_expression(struct har_buffer *text, unsigned depth)
{
    bool either = false;
    for (uint32_t ors = 1 + below(3); ors--;) {
        bool all = true;
        for (uint32_t ands = 1 + below(3); ands--;) {
            const bool not = below(4) == 0;
            bool holds;
            har_buffer_append_text(text, not ? "not " : "");
            if (depth && below(2)) {
                har_buffer_append_text(text, "(");
                holds = any_expression(text, depth - 1);
                har_buffer_append_text(text, ")");
            } else {
                size_t i;
                do
                    i = below(sizeof tests / sizeof *tests);
                while (!usable(i) || strstr(tests[i].text, " or ") || strstr(tests[i].text, " and "));
                har_buffer_append_text(text, tests[i].text);
                holds = tests[i].holds;
            }
            all &= holds != not ;
            har_buffer_append_text(text, ands ? " and " : "");
        }
        either |= all;
        har_buffer_append_text(text, ors ? " or " : "");
    }
    return either;
}

struct random {
    struct memory_run run; /* first, as above */
    unsigned asked;
};

static void ask_random(void *user, const struct har_item *item)
{
    struct random *random = user;
    if (item->kind != HAR_ITEM_ENTRY)
        return;
    for (seed = 1; random->asked < 3000; random->asked++) {
        struct har_filter *filter = NULL;
        struct har_error error = {0};
        struct har_buffer text;
        bool holds = false;
        har_buffer_init(&text, 1 << 20);
        const bool wanted = any_expression(&text, 3);
        if (text.len > HAR_FILTER_TEXT_MOST) {
            har_buffer_release(&text);
            continue;
        }
        ck_assert_msg(har_filter_new(memory_string(&text), &filter, NULL, &error) == HAR_OK, "%s", error.text);
        ck_assert_int_eq(har_filter_test(filter, item, &holds, &error), HAR_OK);
        ck_assert_msg(holds == wanted, "%s", text.data);
        har_filter_free(filter);
        har_buffer_release(&text);
    }
}

START_TEST(test_truth)
{
    struct random random = {.asked = 0};
    memory_run_init(&random.run, har_of(shop));
    random.run.job.on_item = ask_random;
    memory_run_go(&random.run);
    memory_run_release(&random.run);
    har_buffer_release(&one);
    ck_assert_uint_eq(random.asked, 3000);
}
END_TEST

static void ask_soup(void *user, const struct har_item *item)
{
    static const char *const words[] = {"status",   "url",        "host",  "header",       "started", "type",
                                        "(",        ")",          "\"a\"", "'b'",          "==",      "=~",
                                        "!~",       "<",          ">=",    "in",           "not",     "and",
                                        "or",       ",",          "1",     "2K",           "-1",      "3.5s",
                                        "\"\\",     "'",          "\"",    "\\",           "'(a'",    "\xff",
                                        "\xc3\xa9", "_",          "index", "'2024-01-01'", "&&",      "=",
                                        "'[a-'",    "\"\\ud800\""};
    unsigned *taken = &((struct random *)user)->asked;
    if (item->kind != HAR_ITEM_ENTRY)
        return;
    seed = 7;
    for (unsigned i = 0; i < 30000; i++) {
        struct har_filter *filter = NULL;
        struct har_error error = {0};
        struct har_buffer text;
        size_t column = 0;
        bool holds;
        har_buffer_init(&text, 1 << 16);
        for (uint32_t count = below(9); count--;) {
            har_buffer_append_text(&text, words[below(sizeof words / sizeof *words)]);
            har_buffer_append_text(&text, below(2) ? " " : "");
        }
        const enum har_status status = har_filter_new(text.len ? memory_string(&text) : "", &filter, &column, &error);
        if (status == HAR_OK)
            ck_assert_int_ne(har_filter_test(filter, item, &holds, &error), HAR_WARN);
        else
            ck_assert(column >= 1 && column <= text.len + 1);
        *taken += status == HAR_OK;
        har_filter_free(filter);
        har_buffer_release(&text);
    }
}

START_TEST(test_soup)
{
    struct random random = {.asked = 0};
    memory_run_init(&random.run, har_of(shop));
    random.run.job.on_item = ask_soup;
    memory_run_go(&random.run);
    memory_run_release(&random.run);
    har_buffer_release(&one);
    ck_assert_uint_gt(random.asked, 100);
}
END_TEST

Suite *suite_filter(void)
{
    Suite *suite = suite_create("filter");
    TCase *tcase = tcase_create("filter");
    tcase_add_test(tcase, test_fields);
    tcase_add_test(tcase, test_missing);
    tcase_add_test(tcase, test_several);
    tcase_add_test(tcase, test_wrong);
    tcase_add_test(tcase, test_bounds);
#ifndef HARMILL_WITHOUT_PCRE2
    tcase_add_test(tcase, test_patterns);
#endif
    tcase_add_test(tcase, test_truth);
    tcase_add_test(tcase, test_soup);
    suite_add_tcase(suite, tcase);
    return suite;
}
