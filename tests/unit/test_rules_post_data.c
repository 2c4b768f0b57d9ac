/* The rules about posted data. */
#include <check.h>
#include <stdio.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_post_data(void);

/* An entry whose request has this method, this bodySize and this postData. */
#define SENT(method, size, post_data)                                                                                              \
    HAR("{" DATE ",'time':0,'request':{'method':'" method "','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[],"             \
        "'headers':[],'queryString':[],'headersSize':-1,'bodySize':<0>" size ",'postData':<1>" post_data "},'response':" RESPONSE  \
        ",'cache':{}," TIMINGS "}")
#define POST(post_data)    SENT("POST", "-1", post_data)
#define FORM(params, text) POST("{'mimeType':'application/x-www-form-urlencoded','params':<2>[" params "],'text':'" text "'}")
#define SIZED(size, text)  SENT("POST", size, "{'mimeType':'text/plain','text':'" text "'}")
#define PARAM(name, value) "{'name':'" name "','value':'" value "'}"

#define BOTH(count)                                                                                                                \
    "2 info /log/entries/0/request/postData/params [params-and-text] params (" count                                               \
    ") and text both hold the body; the specification allows one of them\n"
#define DISAGREE(values, only, missing)                                                                                            \
    "2 warning /log/entries/0/request/postData/params [params-mismatch] params and text disagree: " values                         \
    " with another value, " only " only in params, " missing " only in text\n"
#define NOTHING             "neither params nor text hold anything"
#define EMPTY(more)         "1 info /log/entries/0/request/postData [empty-post-data] " NOTHING more "\n"
#define ON_GET(method)      "1 info /log/entries/0/request/postData [body-on-get] a " method " request with a body\n"
#define WRONG_SIZE(message) "0 info /log/entries/0/request/bodySize [request-body-size] bodySize is " message " bytes long\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {HAR(ENTRY), ""},

    /* neither */
    {POST("{'mimeType':''}"), EMPTY("")},
    {POST("{'mimeType':'','params':[],'text':''}"), EMPTY("")},
    {SENT("POST", "296", "{'mimeType':''}"), EMPTY(", though bodySize is 296")},
    {SENT("GET", "0", "{'mimeType':'','text':''}"), EMPTY("")},
    {POST("{'mimeType':'','params':null,'text':null}"), EMPTY("")},
    {POST("{'mimeType':'','params':{}}"), ""},
    {POST("{'mimeType':'','text':['a']}"), ""},
    {POST("{'mimeType':'','text':' '}"), ""},
    {POST("{'mimeType':'','params':[{'name':''}]}"), ""},
    {POST("null"), ""},
    {POST("[]"), ""},

    /* both, and whether they say the same */
    {FORM("", "a=1"), ""},
    {FORM(PARAM("a", "1"), ""), ""},
    {FORM(PARAM("a", "1") "," PARAM("b", ""), "a=1&b="), BOTH("2")},
    {FORM(PARAM("a", "1"), "a=2"), BOTH("1") DISAGREE("1", "0", "0")},
    {FORM(PARAM("a", "1") "," PARAM("b", "2"), "a=1"), BOTH("2") DISAGREE("0", "1", "0")},
    {FORM(PARAM("a", "1"), "a=1&c=2&c=3"), BOTH("1") DISAGREE("0", "0", "2")},
    {FORM(PARAM("a", "1") "," PARAM("a", "1"), "a=1"), BOTH("2") DISAGREE("0", "1", "0")},
    /* raw, percent-decoded, plus-decoded; in another order; no value */
    {FORM(PARAM("a b", "c@d") "," PARAM("e", "f+g"), "a+b=c%40d&e=f%2Bg"), BOTH("2")},
    {FORM(PARAM("a%20b", "c%40d"), "a%20b=c%40d"), BOTH("1")},
    {FORM(PARAM("a+b", "c%40d"), "a%20b=c@d"), BOTH("1")},
    {FORM(PARAM("b", "2") "," PARAM("a", "1"), "a=1&b=2\\r\\n"), BOTH("2")},
    {FORM("{'name':'a'}", "a"), BOTH("1")},
    {FORM(PARAM("a", "\\u00e9"), "a=%C3%A9&&"), BOTH("1")},
    {FORM(PARAM("a", "1%2"), "a=1%252"), BOTH("1")},
    {FORM(PARAM("a", "%zz"), "a=%yy"), BOTH("1") DISAGREE("1", "0", "0")},
    {FORM(PARAM("a", "x\\/y"), "a=x\\u002fy"), BOTH("1")},
    /* redacted on both sides; other types, files, base64 and what is ill-typed are not compared */
    {FORM(PARAM("a", "[a redacted]"), "a=***"), BOTH("1")},
    {POST("{'mimeType':'Application/x-www-form-urlencoded; charset=utf-8','params':<2>[" PARAM("a", "1") "],'text':'a=2'}"),
     BOTH("1") DISAGREE("1", "0", "0")},
    {POST("{'mimeType':'multipart/form-data','params':<2>[" PARAM("a", "1") "],'text':'--x'}"), BOTH("1")},
    {POST("{'mimeType':'application/x-www-form-urlencoded','params':<2>[" PARAM("a", "1") "],'text':'YT0x','encoding':'base64'}"),
     BOTH("1")},
    {FORM("{'name':'a','fileName':'b'}", "a=2"), BOTH("1")},
    {FORM("{'name':'a','value':1}", "a=1"), BOTH("1")},
    {FORM("{'value':'1'}", "a=1"), BOTH("1")},
    {FORM("1", "a=1"), BOTH("1")},

    /* methods */
    {SENT("GET", "-1", "{'mimeType':'','text':'a'}"), ON_GET("GET")},
    {SENT("HEAD", "-1", "{'mimeType':'','params':[{'name':'a'}]}"), ON_GET("HEAD")},
    {SENT("G\\u0045T", "-1", "{'mimeType':'','text':'a'}"), ON_GET("GET")},
    {SENT("DELETE", "-1", "{'mimeType':'','text':'a'}"), ""},
    {SENT("GETS", "-1", "{'mimeType':'','text':'a'}"), ""},

    /* sizes: bytes, of the decoded text */
    {SIZED("3", "abc"), ""},
    {SIZED("4", "abc"), WRONG_SIZE("4, but text is 3")},
    {SIZED("2.5", "abc"), WRONG_SIZE("2.5, but text is 3")},
    {SIZED("0", "abc"), WRONG_SIZE("0, but text is 3")},
    {SIZED("-1", "abc"), ""},
    {SIZED("null", "abc"), ""},
    {SIZED("10", "\\\"\\n\\u00e9\\u20ac\\u0041\\u0042"), WRONG_SIZE("10, but text is 9")},
    {SIZED("9", "\\\"\\n\\u00e9\\u20ac\\u0041\\u0042"), ""},
    {SIZED("4", "\\ud83d\\ude00"), ""},
    {SIZED("2", "\\ud83d\\ude00"), WRONG_SIZE("2, the number of characters, but text is 4")},
    {SIZED("4", "th\xc3\xa9\\/"), WRONG_SIZE("4, the number of characters, but text is 5")},
    {SIZED("3", "\\ud83d"), ""},
    {SIZED("9", ""), EMPTY(", though bodySize is 9")},
    {SENT("POST", "3", "{'mimeType':'','text':'YWJj','encoding':'base64'}"), ""},
    {SENT("POST", "9", "{'mimeType':'','params':[{'name':'a'}]}"), ""},
};

START_TEST(findings)
{
    memory_expect_from(HAR_RULE_PARAMS_AND_TEXT, HAR_RULE_REQUEST_BODY_SIZE, rows[_i].text, rows[_i].told);
}
END_TEST

Suite *suite_rules_post_data(void)
{
    Suite *suite = suite_create("rules_post_data");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
