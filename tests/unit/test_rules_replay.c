/* The rules about Playwright, har-to-k6 and mitmproxy: what is told where. Expected is what these programs do (tests/consumer runs
 * the first two); one document may hold several things of which they would tell the first. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_replay(void);

#define PW HAR_RULE_PLAYWRIGHT_REFUSES
#define K6 HAR_RULE_K6_REFUSES
#define MM HAR_RULE_MITMPROXY_REFUSES

#define LOG(entries)             "{'log':{'entries':[" entries "]}}"
#define GET(url, more)           "'request':{'method':'GET','url':'" url "'" more "}"
#define ANSWER(headers)          "'response':{'status':200,'headers':[" headers "],'content':{}}"
#define AT(pointer, id, message) "0 error " pointer " [" id "-refuses] " message "\n"
#define ROUND(entry)                                                                                                               \
    "error /log/entries/" entry " [playwright-refuses] Playwright's redirects go round in a cycle from here: it takes the "        \
    "same entry for a request to the same address each time\n"
#define REDIRECT(url, more, status, to)                                                                                            \
    "{" GET(url, ",'headers':[" more "]") ",'response':{'status':" status ",'headers':[{'name':'LOCATION','value':'" to "'}]}}"
#define PLAIN(url, more) "{" GET(url, ",'headers':[" more "]") "," ANSWER("") "}"
#define UNANSWERED(what) "Chromium takes no header " what " from Playwright: the request is never answered"

static const struct {
    enum har_rule rule;
    const char *text, *told;
} rows[] = {
    /* Playwright: the document */
    {PW, HAR(ENTRY), ""},
    {PW, LOG(""), ""},
    {PW, "{'log':{'entries':''}}", ""},
    {PW, "<0>[]", AT("", "playwright", "Playwright looks for log.entries: the document is an array")},
    {PW, "{'log':<0>null}", AT("/log", "playwright", "Playwright looks for log.entries: log is null")},
    {PW, "{'log':{'entries':<0>{}}}", AT("/log/entries", "playwright", "Playwright cannot search log.entries, which is an object")},
    {PW, "{'log':{}}<0>", AT("", "playwright", "Playwright looks for log.entries: entries is missing")},
    {PW, "{'result':{'log':{'entries':[{}]}}}<0>", AT("", "playwright", "Playwright looks for log.entries: log is missing")},
    {PW, "\xef\xbb\xbf<0>" HAR(ENTRY), AT("", "playwright", "Playwright does not open a file that starts with a byte order mark")},
    {PW, "   " HAR(ENTRY), ""},
    /* what makes every lookup fail; what nobody looks up */
    {PW, LOG("<0>null"),
     AT("/log/entries/0", "playwright", "Playwright finds nothing in a capture with an entry without a request: this is null")},
    {PW, LOG("<0>{}"),
     AT("/log/entries/0", "playwright", "Playwright finds nothing in a capture with an entry without a request: this is missing")},
    {PW, LOG("{'request':{}}"), ""},
    {PW, LOG("{'request':{'method':'GET','url':5}}"), ""},
    /* answers */
    {PW, LOG("<0>{" GET("http://a/", "") "}"),
     AT("/log/entries/0", "playwright", "Playwright looks for response.headers: response is missing")},
    {PW, LOG("{" GET("http://a/", "") ",'response':<0>{}}"),
     AT("/log/entries/0/response", "playwright", "Playwright searches response.headers, which is missing")},
    {PW, LOG("{" GET("http://a/", "") ",'response':<0>{'headers':[]}}"),
     AT("/log/entries/0/response", "playwright", "Playwright takes the body from response.content, which is missing")},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':''}}"), ""},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':{'text':<0>5}}}"),
     AT("/log/entries/0/response/content/text", "playwright", "Playwright cannot make a body of content.text, which is a number")},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':{'text':0}}}"), ""},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':{'_file':<0>'../b'}}}"),
     AT("/log/entries/0/response/content/_file", "playwright",
        "Playwright reads no content from a file outside the folder of the capture")},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':{'_file':'b'}}}"), ""},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':{},'status':<0>1.5}}"),
     AT("/log/entries/0/response/status", "playwright", "Playwright demands a whole number as response.status")},
    {PW, LOG("{" GET("http://a/", "") ",'response':{'headers':[],'content':{},'status':1e300}}"), ""},
    {PW, LOG("{" GET("http://a/", "") "," ANSWER("{'name':'a','value':'b\\tc'}") "}"), ""},
    {PW, LOG("{" GET("http://a/", "") "," ANSWER("{'name':'a','value':<0>'b\\u000ac'}") "}"),
     AT("/log/entries/0/response/headers/0/value", "playwright", UNANSWERED("with a line feed in its value"))},
    {PW, LOG("{" GET("http://a/", "") "," ANSWER("{'name':'Set-Cookie','value':'b\\nc'}") "}"), ""},
    {PW, LOG("{" GET("http://a/", "") "," ANSWER("{'name':<0>'a b','value':''}") "}"),
     AT("/log/entries/0/response/headers/0/name", "playwright", UNANSWERED("of this name"))},
    /* redirects */
    {PW, LOG("<0>" REDIRECT("http://a/", "", "302", "#b")), ""},
    {PW, LOG("<0>" REDIRECT("http://a/", "", "302", "HTTP://A:80")), "0 " ROUND("0")},
    {PW, LOG("{" GET("http://a/", "") ",'response':<0>{'status':304,'headers':[{'name':'location','value':'/'}]}}"),
     AT("/log/entries/0/response", "playwright", "Playwright takes the body from response.content, which is missing")},
    {PW, LOG("<0>" REDIRECT("http://a/b", "", "307", "c") ",<1>" REDIRECT("http://a/c", "", "301", "b")),
     "0 " ROUND("0") "1 " ROUND("1")},
    {PW, LOG(REDIRECT("http://a/b", "", "307", "c") "," REDIRECT("http://a/c", "", "301", "d")), ""},
    {PW, LOG(PLAIN("http://a/", "") "," REDIRECT("http://a/", "", "302", "/")), ""},
    {PW, LOG(PLAIN("http://a/", "") ",<0>" REDIRECT("http://a/", "{'name':'x','value':'1'}", "302", "/")), "0 " ROUND("1")},
    /* two entries for one request, headers that cannot be compared */
    {PW, LOG("{" GET("http://a/", "") "," ANSWER("") "}"), ""},
    {PW, LOG(PLAIN("http://a/", "") ",<0>{" GET("http://a/", "") "," ANSWER("") "}"),
     AT("/log/entries/1", "playwright", "Playwright compares the headers of entries for the same request: these have none")},

    /* har-to-k6: the document */
    {K6, HAR(ENTRY), ""},
    {K6, "{'log':{}}", ""},
    {K6, "{'log':{'entries':0,'version':0,'pages':null}}", ""},
    {K6, "{'log':<0>[]}", AT("/log", "k6", "har-to-k6: log must be an object")},
    {K6, "{}<0>", AT("", "k6", "har-to-k6: log is required")},
    {K6, "{'log':{'entries':<0>{}}}", AT("/log/entries", "k6", "har-to-k6: log.entries must be an array")},
    {K6, "{'log':{'creator':{'version':<0>5}}}",
     AT("/log/creator/version", "k6", "har-to-k6: the creator's version must be a string")},
    {K6, "{'log':{'pages':[" PAGE ",{'id':<0>'\\u0070'}]}}",
     AT("/log/pages/1/id", "k6", "har-to-k6: the page's id must be unique")},
    {K6, "{'log':{'pages':[{'id':'p','sleep':[0,<0>-1]}]}}",
     AT("/log/pages/0/sleep/1", "k6", "har-to-k6: a sleep must be a whole number, not negative")},
    /* requests */
    {K6, LOG("<0>{}"), AT("/log/entries/0", "k6", "har-to-k6: the entry's request is required")},
    {K6, LOG("{" GET("http://a/", "") "}"), ""},
    {K6, LOG("{'request':{'method':'GET','url':<0>'//a/'}}"),
     AT("/log/entries/0/request/url", "k6", "har-to-k6: the request's url must be absolute or start with a variable")},
    {K6, LOG("{'request':{'method':'GET','url':<0>'http://'}}"), ""},
    {K6, LOG("{'request':{'method':'GET','url':<0>'http://','queryString':[]}}"),
     AT("/log/entries/0/request/url", "k6", "har-to-k6 needs a URL here to compare the queryString with, and this is none")},
    {K6, LOG("{" GET("http://a/", ",'headers':[{'name':'Content-Type'},<0>{'name':'CONTENT-type'}]") "}"),
     AT("/log/entries/0/request/headers/1", "k6", "har-to-k6 allows only one header Content-Type, this is another")},
    {K6, LOG("{" GET("http://a/", ",'queryString':[{'name':'a','value':<0>'%e2%82'}]") "}"),
     AT("/log/entries/0/request/queryString/0/value", "k6",
        "har-to-k6 decodes this text, and a percent sign in it begins no encoded character")},
    {K6, LOG("{" GET("http://a/", ",'queryString':[{'name':'a','value':'%e2%82%ac%25'}]") "}"), ""},
    {K6, LOG("{" GET("http://a/", ",'queryString':[{'name':'','value':5}]") "}"), ""},
    {K6, LOG("{" GET("http://a/", ",'cookies':[{'name':'a','expires':'20200101'},{'name':'a','expires':<0>'202001'}]") "}"),
     AT("/log/entries/0/request/cookies/1/expires", "k6", "har-to-k6: the cookie's expires must be an ISO 8601 date")},
    {K6, LOG("{" GET("http://a/", ",'headers':[{'name':'a','value':<0>'\\u0024{b}'}]") "}"),
     AT("/log/entries/0/request/headers/0/value", "k6", "har-to-k6 takes ${...} for a variable, and nothing defines this one")},
    {K6, LOG("{" GET("http://a/", "") ",'variables':[{'name':'b','type':1,'expression':'c'}]},{" GET("http://a/${b}", "") "}"), ""},
    {K6, LOG("{" GET("http://a/", ",'headers':[{'name':'a','value':'$ {b} ${c\\nd}'}]") "}"), ""},
    /* post data */
    {K6, LOG("{" GET("http://a/", ",'postData':<0>{}") "}"),
     AT("/log/entries/0/request/postData", "k6", "har-to-k6: the post data's MIME type is required")},
    {K6, LOG("{" GET("http://a/", ",'postData':{'mimeType':''}") "}"), ""},
    {K6, LOG("{" GET("http://a/", ",'postData':{'mimeType':'multipart/form-data'}") "},{" GET("http://a/", ",'postData':{}") "}"),
     ""},
    {K6, LOG("{" GET("http://a/", ",'postData':{'mimeType':<0>'a','params':[{}]}") "}"),
     AT("/log/entries/0/request/postData/mimeType", "k6",
        "har-to-k6 wants post data with params to be application/x-www-form-urlencoded or multipart/form-data")},
    {K6,
     LOG("{" GET("http://a/", ",'postData':{'mimeType':'application/x-www-form-urlencoded','params':[{'name':<0>'%24{a}'}]}") "}"),
     AT("/log/entries/0/request/postData/params/0/name", "k6",
        "har-to-k6 takes ${...} for a variable, and nothing defines this one")},
    {K6, LOG("{" GET("http://a/", ",'postData':{'mimeType':'application/x-www-form-urlencoded','params':[{'name':5}]}") "}"), ""},
    {K6, LOG("{" GET("http://a/", ",'postData':{'mimeType':'multipart/form-data','params':[{'name':'a'}]}") "}"), ""},
    {K6,
     LOG("{'request':{'method':'PUT','url':'http://a/','postData':{'mimeType':'multipart/form-data','params':[<0>{'name':'a'}]}}}"),
     AT("/log/entries/0/request/postData/params/0", "k6", "har-to-k6 needs the value of each multipart param")},

    /* mitmproxy */
    {MM, HAR(ENTRY), ""},
    {MM, "{'log':{}}<0>", AT("", "mitmproxy", "mitmproxy needs log.entries, which is missing or no list")},
    {MM, HAR(ENTRY_WITH(",'time':<0>null")), AT("/log/entries/0/time", "mitmproxy", "mitmproxy needs entry.time, which is null")},
    {MM, HAR(ENTRY_WITH(",'startedDateTime':'2020-01-01'")), ""},
    {MM, HAR(ENTRY_WITH(",'startedDateTime':<0>'2020-13-01'")), ""},
    {MM, HAR(ENTRY_REQUEST(",'postData':<0>{}")),
     AT("/log/entries/0/request/postData", "mitmproxy", "mitmproxy needs postData.text, which is missing")},
};

START_TEST(findings)
{
    memory_expect_error(rows[_i].rule, rows[_i].text, rows[_i].told);
}
END_TEST

/* Many entries for one address, each of which leads there again: the work is bounded. */
START_TEST(many_redirects)
{
    static const char entry[] =
        "{\"request\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headers\":[]},\"response\":{\"status\":302,"
        "\"headers\":[{\"name\":\"location\",\"value\":\"/\"}]}}";
    struct har_buffer text;
    struct memory_run run;
    har_buffer_init(&text, SIZE_MAX / 2);
    har_buffer_append_text(&text, "{\"log\":{\"entries\":[");
    for (int i = 0; i < 20000; i++) {
        har_buffer_append_text(&text, i ? "," : "");
        har_buffer_append_text(&text, entry);
    }
    har_buffer_append_text(&text, "]}}");
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text.data, text.len);
    memory_only(run.settings, 0);
    har_settings_set_level(run.settings, PW, HAR_LEVEL_ERROR);
    run.job.on_finding = NULL;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    memory_run_release(&run);
    har_buffer_release(&text);
}
END_TEST

Suite *suite_rules_replay(void)
{
    Suite *suite = suite_create("rules_replay");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, many_redirects);
    suite_add_tcase(suite, tcase);
    return suite;
}
