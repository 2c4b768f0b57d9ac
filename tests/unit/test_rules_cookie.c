/* The rules about cookies: the lists beside the headers that carry them. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_cookie(void);

/* An entry with cookies and headers on both sides. */
#define SIDES(request_cookies, request_headers, response_cookies, response_headers)                                                \
    HAR("{" DATE ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':" request_cookies       \
        ",'headers':[" request_headers "],'queryString':[]," SIZES "},'response':{'status':200,'statusText':'',"                   \
        "'httpVersion':'HTTP/1.1','cookies':" response_cookies ",'headers':[" response_headers "]," CONTENT                        \
        ",'redirectURL':''," SIZES "},'cache':{}," TIMINGS "}")
#define SENT(cookies, headers)         SIDES("<0>[" cookies "]", headers, "[]", "")
#define SET(cookies, headers)          SIDES("[]", "", "<0>[" cookies "]", headers)
#define HEADER(name, value)            "{'name':'" name "','value':'" value "'}"
#define COOKIE(name, value)            "{'name':'" name "','value':'" value "'}"
#define COOKIE_WITH(name, value, more) "{'name':'" name "','value':'" value "'," more "}"

#define DISAGREE(side, list, header, values, only, missing)                                                                        \
    "0 warning /log/entries/0/" side "/cookies [cookies-mismatch] cookies and the " header " header disagree: " values             \
    " with another value, " only " only in cookies, " missing " only in the header\n"
#define SENT_DISAGREE(values, only, missing) DISAGREE("request", "", "Cookie", values, only, missing)
#define SET_DISAGREE(values, only, missing)  DISAGREE("response", "", "Set-Cookie", values, only, missing)
#define ATTRIBUTE(place, index, member, message)                                                                                   \
    place " info /log/entries/0/response/cookies/" index "/" member " [cookie-attributes] " member " " message "\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {SENT("", ""), ""},
    {SENT(COOKIE("a", "1"), HEADER("Cookie", "a=1")), ""},
    {SENT(COOKIE("a", "1"), HEADER("Cookie", "a=2")), SENT_DISAGREE("1", "0", "0")},
    {SENT(COOKIE("a", "1"), HEADER("Cookie", "b=1")), SENT_DISAGREE("0", "1", "1")},
    {SENT(COOKIE("a", "1") "," COOKIE("b", "2"), HEADER("Cookie", "a=1")), SENT_DISAGREE("0", "1", "0")},
    {SENT(COOKIE("a", "1"), HEADER("Cookie", "a=1; b=2; c=3")), SENT_DISAGREE("0", "0", "2")},
    {SENT(COOKIE("a", "1") "," COOKIE("a", "2") "," COOKIE("b", ""), HEADER("Cookie", "c=1; a=3; a=2")),
     SENT_DISAGREE("1", "1", "1")},

    /* the order, the case and the number of headers; blanks; what is behind the first equals sign */
    {SENT(COOKIE("b", "2") "," COOKIE("a", "1"), HEADER("Cookie", "a=1; b=2")), ""},
    {SENT(COOKIE("a", "1") "," COOKIE("b", "2"), HEADER("COOKIE", "a=1") "," HEADER("X", "a=3") "," HEADER("cookie", "b=2")), ""},
    {SENT(COOKIE("a", "1") "," COOKIE("b", "2"), HEADER("C\\u006fokie", " a = 1;;b=2 ; ")), ""},
    {SENT(COOKIE("a", "b=c==") "," COOKIE("d", "e,f"), HEADER("Cookie", "a=b=c==; d=e,f")), ""},
    {SENT(COOKIE("a", "b"), HEADER("Cookie", "a=b=c")), SENT_DISAGREE("1", "0", "0")},
    {SENT(COOKIE("A", "1"), HEADER("Cookie", "a=1")), SENT_DISAGREE("0", "1", "1")},
    /* the same cookie twice is two cookies */
    {SENT(COOKIE("a", "1") "," COOKIE("a", "1"), HEADER("Cookie", "a=1; a=1")), ""},
    {SENT(COOKIE("a", "1") "," COOKIE("a", "1"), HEADER("Cookie", "a=1")), SENT_DISAGREE("0", "1", "0")},
    /* without a name or without a value */
    {SENT(COOKIE("", "a") "," COOKIE("b", ""), HEADER("Cookie", "a; b=")), ""},
    {SENT(COOKIE("a", "") "," COOKIE("", "b"), HEADER("Cookie", "=a; b=")), ""},

    /* quotes and escapes, undone any number of times */
    {SENT(COOKIE("a", "1 2"), HEADER("Cookie", "a=\\\"1 2\\\"")), ""},
    {SENT(COOKIE("a", "{x}"), HEADER("Cookie", "a=%7bx%7D")), ""},
    {SENT(COOKIE("a", "%7bx%7D"), HEADER("Cookie", "a={x}")), ""},
    {SENT(COOKIE("a", "%25"), HEADER("Cookie", "a=%252525")), ""},
    {SENT(COOKIE("a", "%41%"), HEADER("Cookie", "a=A%")), ""},
    {SENT(COOKIE("a", "%4"), HEADER("Cookie", "a=A")), SENT_DISAGREE("1", "0", "0")},
    {SENT(COOKIE("a", "1+2"), HEADER("Cookie", "a=1 2")), SENT_DISAGREE("1", "0", "0")},
    {SENT(COOKIE("a", "\\u00e9"), HEADER("Cookie", "a=%E9")), ""},

    /* nothing to compare: no header, ill-typed parts, redacted on both sides */
    {SENT(COOKIE("a", "1"), HEADER("Accept", "*")), ""},
    {SENT(COOKIE("a", "1"), "{'name':'Cookie','value':null}"), ""},
    {SENT("{'name':'a'}", HEADER("Cookie", "a=2")), ""},
    {SENT("{'name':'a','value':1}", HEADER("Cookie", "a=2")), ""},
    {SENT("'a'", HEADER("Cookie", "a=2")), ""},
    {SIDES("{}", HEADER("Cookie", "a=2"), "[]", ""), ""},
    {SENT(COOKIE("a", "1"), HEADER("Cookie", "[redacted]")), ""},
    {SENT(COOKIE("a", "***"), HEADER("Cookie", "a=REDACTED")), ""},
    {SENT(COOKIE("a", "[a redacted]"), HEADER("Cookie", "a=xxxxx")), ""},
    {SENT(COOKIE("a", "**"), HEADER("Cookie", "a=xx")), SENT_DISAGREE("1", "0", "0")},
    {SENT(COOKIE("a", "1"), HEADER("Cookie", "a=REDACTED")), SENT_DISAGREE("1", "0", "0")},

    /* left out */
    {SENT("", HEADER("Cookie", "a=1; b=2") "," HEADER("Cookie", "c=3")),
     "0 info /log/entries/0/request/cookies [cookies-omitted] cookies is empty, but the Cookie header carries 3\n"},
    {SENT("", HEADER("Cookie", "")), ""},
    {SENT("", HEADER("Cookie", "; ;")), ""},
    {SENT("", HEADER("Cookie", "[redacted]")), ""},
    {SET("", HEADER("Set-Cookie", "a=1; path=/")),
     "0 info /log/entries/0/response/cookies [cookies-omitted] cookies is empty, but the Set-Cookie header carries 1\n"},
    {SET(COOKIE("a", "1"), HEADER("Set-Cookie", "a=1") "," HEADER("Set-Cookie", "b=2")),
     "0 info /log/entries/0/response/cookies [cookies-omitted] cookies lacks 1 that the Set-Cookie header carries\n"},

    /* Set-Cookie: one a header, or joined with line feeds, never split at commas */
    {SET(COOKIE("a", "1") "," COOKIE("b", "2"), HEADER("Set-Cookie", "a=1; Path=/") "," HEADER("set-cookie", "b=2")), ""},
    {SET(COOKIE("a", "1") "," COOKIE("b", "2"), HEADER("Set-Cookie", "a=1; Path=/\\n\\nb=2; Secure\\n")), ""},
    {SET(COOKIE("a", "1") "," COOKIE("b", "2"), HEADER("Set-Cookie", "a=1\\r\\nb=2")), ""},
    {SET(COOKIE("a", "1, b=2"), HEADER("Set-Cookie", "a=1, b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT")), ""},
    {SET(COOKIE("a", "1"), HEADER("Set-Cookie", "a=1, b=2")), SET_DISAGREE("1", "0", "0")},
    {SET(COOKIE("b", "1"), HEADER("Set-Cookie", "a=1; b=1")), SET_DISAGREE("0", "1", "1")},
    {SET(COOKIE("a", "1"), HEADER("Cookie", "a=2")), ""},

    /* attributes */
    {SET(COOKIE_WITH("a", "1", "'domain':'A.example','path':'/x','secure':true,'httpOnly':true"),
         HEADER("Set-Cookie", "a=1; DOMAIN=.a.Example; path=/x; secure; HTTPONLY")),
     ""},
    {SET(COOKIE_WITH("a", "1", "'domain':<1>'b.example','path':<2>'/X','secure':<3>false,'httpOnly':<4>false"),
         HEADER("Set-Cookie", "a=1; Domain=a.example; Path=/x; Secure; HttpOnly")),
     ATTRIBUTE("1", "0", "domain", "is not the one of Set-Cookie") ATTRIBUTE("2", "0", "path", "is not the one of Set-Cookie")
         ATTRIBUTE("3", "0", "secure", "is false, but Set-Cookie has it")
             ATTRIBUTE("4", "0", "httpOnly", "is false, but Set-Cookie has it")},
    {SET(COOKIE_WITH("a", "1", "'domain':'b.example','path':'/X','secure':<1>true,'httpOnly':<2>true"),
         HEADER("Set-Cookie", "a=1; Domain; Path=x; Secured; Http-Only")),
     ATTRIBUTE("1", "0", "secure", "is true, but Set-Cookie lacks it")
         ATTRIBUTE("2", "0", "httpOnly", "is true, but Set-Cookie lacks it")},
    {SET(COOKIE_WITH("a", "1", "'domain':'','path':null,'secure':false,'httpOnly':null"),
         HEADER("Set-Cookie", "a=1; Domain=a.example; Path=/x; HttpOnly")),
     ""},
    /* the last one counts; the second cookie of a joined header */
    {SET(COOKIE("b", "") "," COOKIE_WITH("a", "1", "'path':'/y'"), HEADER("Set-Cookie", "b=\\na=1; Path=/x; path=/y")), ""},
    {SET(COOKIE("b", "") "," COOKIE_WITH("a", "1", "'path':<1>'/x'"), HEADER("Set-Cookie", "b=\\na=1; Path=/x; path=/y")),
     ATTRIBUTE("1", "1", "path", "is not the one of Set-Cookie")},
};

START_TEST(findings)
{
    memory_expect_from(HAR_RULE_COOKIES_MISMATCH, HAR_RULE_COOKIE_ATTRIBUTES, rows[_i].text, rows[_i].told);
}
END_TEST

/* 60,000 cookies, in the list the other way round; then with one value changed. */
START_TEST(many)
{
    enum { MANY = 60000 };
    struct har_buffer text, list;
    har_buffer_init(&text, 16 * HAR_MIB);
    har_buffer_init(&list, 16 * HAR_MIB);
    for (unsigned i = 0; i < MANY; i++)
        har_buffer_printf(&list, "%s{'name':'c','value':'%u'}", i ? "," : "", MANY - i);
    har_buffer_append_text(&text, "{'log':{'version':'1.2'," CREATOR ",'entries':[{" DATE
                                  ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':<0>[");
    har_buffer_append(&text, list.data, list.len);
    har_buffer_append_text(&text, "],'headers':[{'name':'Cookie','value':'");
    for (unsigned i = 1; i <= MANY; i++)
        har_buffer_printf(&text, "%sc=%u", i > 1 ? "; " : "", i == MANY ? 0 : i);
    har_buffer_append_text(&text, "'}],'queryString':[]," SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS "}]}}");
    memory_expect_from(HAR_RULE_COOKIES_MISMATCH, HAR_RULE_COOKIE_ATTRIBUTES, memory_string(&text), SENT_DISAGREE("1", "0", "0"));
    har_buffer_release(&list);
    har_buffer_release(&text);
}
END_TEST

Suite *suite_rules_cookie(void)
{
    Suite *suite = suite_create("rules_cookie");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, many);
    suite_add_tcase(suite, tcase);
    return suite;
}
