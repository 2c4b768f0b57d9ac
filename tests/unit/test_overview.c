/* What an overview counts in small captures. */
#include <check.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_overview(void);

/* A run and its overview. */
struct overviewed {
    struct memory_run run; /* first: the job's `user` is it, and so the whole */
    struct har_overview *overview;
};

static void add(void *user, const struct har_item *item)
{
    const struct overviewed *at = user;
    ck_assert(har_overview_add(at->overview, item));
}

static void look(struct overviewed *at, const char *notation)
{
    memory_run_init(&at->run, notation);
    at->overview = har_overview_new();
    ck_assert_ptr_nonnull(at->overview);
    at->run.job.on_item = add;
    memory_run_go(&at->run);
    ck_assert_int_eq(at->run.status, HAR_OK);
}

static void leave(struct overviewed *at)
{
    har_overview_free(at->overview);
    memory_run_release(&at->run);
}

static void expect_row(struct overviewed *at, enum har_tally tally, size_t index, const char *name, uint64_t entries)
{
    size_t count = 0;
    const struct har_tally_row *rows = har_overview_tally(at->overview, tally, &count, NULL);
    ck_assert_uint_lt(index, count);
    ck_assert_msg(rows[index].name.len == strlen(name) && !memcmp(rows[index].name.bytes, name, strlen(name)), "%.*s, not %s",
                  (int)rows[index].name.len, rows[index].name.bytes, name);
    ck_assert_uint_eq(rows[index].entries, entries);
}

#define WITH_URL(url)                                                                                                              \
    "{" DATE ",'time':0,'request':{'method':'GET','url':'" url                                                                     \
    "','httpVersion':'','cookies':[],'headers':[],'queryString':[]," SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS "}"

/* Hosts of addresses of all kinds. */
START_TEST(hosts)
{
    static const struct {
        const char *text, *host;
    } rows[] = {
        {HAR(WITH_URL("https://Shop.Example/a?b#c")), "shop.example"},
        {HAR(WITH_URL("https://shop.example:8443")), "shop.example"},
        {HAR(WITH_URL("wss://u:p@shop.example?q=@x")), "shop.example"},
        {HAR(WITH_URL("http://[2001:db8::1]:80/")), "[2001:db8::1]"},
        {HAR(WITH_URL("https:\\/\\/shop.example\\/x")), "shop.example"},
        {HAR(WITH_URL("data:text/plain,://x")), "x"},
        {HAR(WITH_URL("about:blank")), "about:"},
        {HAR(WITH_URL("/relative")), ""},
    };
    struct overviewed at;
    look(&at, rows[_i].text);
    expect_row(&at, HAR_TALLY_HOST, 0, rows[_i].host, 1);
    leave(&at);
}
END_TEST

START_TEST(figures)
{
    struct overviewed at;
    look(&at,
         HAR_LOG("1.2", ",'browser':{'name':'B','version':'2'},'pages':[" PAGE "]",
                 ENTRY
                 ",{'startedDateTime':'2020-01-01T01:00:00.5+01:00','time':1500.25,'request':{'method':'POST','url':'http://b/',"
                 "'headers':[{'name':'AUTHORIZATION','value':'x'}],'cookies':[{}],'postData':{'mimeType':'','text':'a'},"
                 "'headersSize':100,'bodySize':20},'response':{'status':201,'headers':[],'content':{'size':7,"
                 "'mimeType':'application/problem+json; x','text':'abcdefg'},'headersSize':-1,'bodySize':5,"
                 "'_transferSize':50},'_webSocketMessages':[{}]},5"));
    const struct har_overview_facts *facts = har_overview_facts(at.overview);
    ck_assert_str_eq(facts->creator.name, "a");
    ck_assert_str_eq(facts->browser.version, "2");
    ck_assert(facts->dated);
    ck_assert_int_eq(facts->first.seconds, 1577836800); /* 2020-01-01T00:00:00Z */
    ck_assert_int_eq(facts->last.seconds, 1577836802);  /* half a second and 1500.25 ms later */
    ck_assert_uint_eq(facts->last.nanoseconds, 250000);
    ck_assert_uint_eq(facts->pages, 1);
    ck_assert_uint_eq(facts->entries, 3);
    ck_assert_uint_eq(facts->sent, 120);
    ck_assert_uint_eq(facts->received, 50);
    ck_assert_uint_eq(facts->content, 7);
    ck_assert_uint_eq(facts->with_body, 1);
    ck_assert_uint_eq(facts->kept, 1);
    ck_assert_uint_eq(facts->posts, 1);
    ck_assert_uint_eq(facts->posts_kept, 1);
    ck_assert_uint_eq(facts->cookies, 1);
    ck_assert_uint_eq(facts->authorized, 1);
    ck_assert_uint_eq(facts->web_sockets, 1);
    expect_row(&at, HAR_TALLY_METHOD, 0, "GET", 1);
    expect_row(&at, HAR_TALLY_METHOD, 1, "POST", 1);
    expect_row(&at, HAR_TALLY_STATUS, 1, "201", 1);
    expect_row(&at, HAR_TALLY_TYPE, 0, "data", 1);
    expect_row(&at, HAR_TALLY_TYPE, 1, "unknown", 1);
    leave(&at);
}
END_TEST

Suite *suite_overview(void)
{
    Suite *suite = suite_create("overview");
    TCase *tcase = tcase_create("overview");
    tcase_add_loop_test(tcase, hosts, 0, 8);
    tcase_add_test(tcase, figures);
    suite_add_tcase(suite, tcase);
    return suite;
}
