/* The rules about methods, protocol versions and headers. */
#include <check.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_header(void);

#define GROUP (1 << HAR_GROUP_REQUEST)

/* A capture of one entry whose request and response have these members and what nothing is told about. */
#define BOTH(request, response) HAR("{" DATE ",'time':0,'request':{" request "},'response':{" response "},'cache':{}," TIMINGS "}")
#define GET                     "'method':'GET','url':'https://a.example/','httpVersion':'HTTP/1.1'"
#define OK                      "'status':200,'httpVersion':'HTTP/1.1'"
#define METHOD(method)          BOTH("'method':" method ",'url':'https://a/'", OK)
#define VERSION(name)           BOTH("'url':'https://a/','httpVersion':" name, OK)
#define SENT(headers)           BOTH(GET ",'headers':<8>[" headers "]", OK)
#define CAME(headers)           BOTH(GET, OK ",'headers':<8>[" headers "]")
#define HEADER(name)            "{'name':" name ",'value':'v'}"
#define NOTE(value)             "{'name':'n','value':" value "}"
#define HOST(host, url)         BOTH("'url':'" url "','headers':[{'name':'Host','value':<0>" host "}]", OK)

#define AT_METHOD   " /log/entries/0/request/method "
#define BROKEN      " warning" AT_METHOD "[malformed-method] the method holds a character that no method has\n"
#define CASE(word)  " warning" AT_METHOD "[method-case] methods are case-sensitive, this one is spelled " word "\n"
#define UNKNOWN(of) " info /log/entries/0/" of "/httpVersion [unknown-http-version] httpVersion is "
#define NONE        "no version of HTTP that is in use\n"
#define SOME        " although there is a response\n"
#define IN_NAME(of) " warning /log/entries/0/" of "/headers/0/name [header-name] "
#define BLANK       "a blank stands in the name of a header\n"
#define NO_TOKEN    "the name of a header holds a character that none has\n"
#define PSEUDO(of, count)                                                                                                          \
    "8 info /log/entries/0/" of "/headers [pseudo-header] pseudo-headers of HTTP/2 among the headers: " count "\n"
#define BREAKS(of, count)                                                                                                          \
    " warning /log/entries/0/" of "/headers/0/value [header-line-break] line breaks in the value of a header: " count "\n"
#define OTHER(header, url)                                                                                                         \
    "0 info /log/entries/0/request/headers/0/value [host-mismatch] the request names another host, \"" header                      \
    "\", than url, \"" url "\"\n"
#define PORTS(header, url)                                                                                                         \
    "0 info /log/entries/0/request/headers/0/value [host-mismatch] the request goes to port " header ", url to " url "\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {BOTH(GET, OK), ""},
    {HAR("{" DATE ",'time':0}"), ""},
    {BOTH("'method':null,'httpVersion':1,'headers':{}", "'headers':[null,{},[],['a b','c']]"), ""},

    /* methods */
    {METHOD("'M-SEARCH'"), ""},
    {METHOD("'FOO-BAR'"), ""},
    {METHOD("'view'"), ""},
    {METHOD("'GE\\u0054'"), ""},
    {METHOD("<0>''"), "0 warning" AT_METHOD "[malformed-method] the method is empty\n"},
    {BOTH("'method':'','url':'wss://a/'", OK), ""},
    {BOTH("'method':'','url':<0>'ws:a'", OK), "0 warning /log/entries/0/request/url [malformed-url] url has no host\n"},
    {METHOD("'GET<0> '"), "0" BROKEN},
    {METHOD("<0>' GET'"), "0" BROKEN},
    {METHOD("'GE\\u0054<0>\\n'"), "0" BROKEN},
    {METHOD("'G<0>\xc3\x89T'"), "0" BROKEN},
    {METHOD("<0>'get'"), "0" CASE("GET")},
    {METHOD("<0>'Patch'"), "0" CASE("PATCH")},
    {METHOD("<0>'propfinD'"), "0" CASE("PROPFIND")},

    /* versions: those in use, in any case */
    {VERSION("'HTTP/0.9'"), ""},
    {VERSION("'http/1.0'"), ""},
    {VERSION("'HTTP/2'"), ""},
    {VERSION("'http/2.0'"), ""},
    {VERSION("'http/2.0+quic/46'"), ""},
    {VERSION("'http/2+quic/43'"), ""},
    {VERSION("'HTTP/3'"), ""},
    {VERSION("'HTTP/3.0'"), ""},
    {VERSION("'H2'"), ""},
    {VERSION("'h2c'"), ""},
    {VERSION("'h2-14'"), ""},
    {VERSION("'h3'"), ""},
    {VERSION("'h3-29'"), ""},
    {VERSION("'h3-Q050'"), ""},
    {VERSION("'spdy'"), ""},
    {VERSION("'spdy/3.1'"), ""},
    {VERSION("'QUIC'"), ""},
    {VERSION("'quic/1+spdy/3'"), ""},
    {VERSION("'1.1'"), ""},
    {VERSION("'2'"), ""},
    {VERSION("'3.0'"), ""},
    {VERSION("'HTTP\\/1.1'"), ""},
    {VERSION("<0>'HTTP'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'HTTP/1.2'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'HTTP/1.1 '"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'HTTP/1.10'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'h3-'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'h3-Q'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'h3-29x'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'h4'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'spdy3'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'spdy/'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>'2 2'"), "0" UNKNOWN("request") NONE},
    {VERSION("<0>''"), "0" UNKNOWN("request") "empty" SOME},
    {VERSION("<0>'Unknown'"), "0" UNKNOWN("request") "unknown" SOME},
    {BOTH("'httpVersion':'','url':'https://a/'", "'status':0,'httpVersion':'unknown'"), ""},
    {BOTH("'httpVersion':'','url':'https://a/'", "'status':-1"), ""},
    {BOTH("'httpVersion':'','url':'https://a/'", ""), ""},
    {BOTH("'httpVersion':<0>'me:','url':'https://a/'", "'status':0,'httpVersion':<1>'us:'"),
     "0" UNKNOWN("request") NONE "1" UNKNOWN("response") NONE},
    {BOTH("'httpVersion':<0>'','url':'https://a/'", "'status':1,'httpVersion':<1>'unknown'"),
     "0" UNKNOWN("request") "empty" SOME "1" UNKNOWN("response") "unknown" SOME},
    {BOTH("'httpVersion':'data','url':<0>'data:,a'", "'status':200,'httpVersion':''"),
     "0 info /log/entries/0/request/url [other-scheme] the scheme of url is data\n"},

    /* names of headers */
    {SENT(HEADER("'X-!#$%&*+.^_`|~09'")), ""},
    {SENT(HEADER("'X-\\u0041'")), ""},
    {SENT(HEADER("'a'") "," HEADER("'a'")), ""},
    {SENT(HEADER("<0>''")), "0" IN_NAME("request") "the name of a header is empty\n"},
    {SENT(HEADER("'a<0> b'")), "0" IN_NAME("request") BLANK},
    {SENT(HEADER("<0>' a'")), "0" IN_NAME("request") BLANK},
    {SENT(HEADER("'a<0>\\t'")), "0" IN_NAME("request") BLANK},
    {CAME(HEADER("'a<0>:'")), "0" IN_NAME("response") NO_TOKEN},
    {CAME(HEADER("'a\\u0041<0>\\u0000'")), "0" IN_NAME("response") NO_TOKEN},
    {CAME(HEADER("'X-Th<0>\xc3\xa9'")), "0" IN_NAME("response") NO_TOKEN},
    {SENT(HEADER("<0>':'")), "0" IN_NAME("request") "the name of a header is a colon\n"},
    {SENT(HEADER("':a<0> b'")), "0" IN_NAME("request") BLANK},
    {SENT(HEADER("':<0>:a'")), "0" IN_NAME("request") NO_TOKEN},
    {SENT("{'value':'a'},{'name':['a b'],'value':'a'},{'name':'a'}"), ""},
    {SENT(HEADER("':method'") "," HEADER("':path'") "," HEADER("'a'")), PSEUDO("request", "2")},
    {CAME(HEADER("'\\u003astatus'")), PSEUDO("response", "1")},

    /* line breaks */
    {SENT(NOTE("'a\\tb\\\\n\\u2028'")), ""},
    {SENT(NOTE("'a<0>\\nb'")), "0" BREAKS("request", "1")},
    {CAME(NOTE("<0>'\\ra'")), "0" BREAKS("response", "1")},
    {CAME(NOTE("'a<0>\\r\\n b\\u000ac\\n\\n'")), "0" BREAKS("response", "4")},
    {CAME(NOTE("'a<0>\\n\\r'")), "0" BREAKS("response", "2")},
    {SENT("{'value':'a<0>\\nb'}"), "0" BREAKS("request", "1")},

    /* the host */
    {HOST("'a.example'", "https://a.example/"), ""},
    {HOST("'A.Example:443'", "https://a.example/"), ""},
    {HOST("'a.example'", "https://u:p@a.example:443/"), ""},
    {HOST("'a.example:'", "http://a.example:80"), ""},
    {HOST("'a.example:80'", "ws://a.example/"), ""},
    {HOST("'a.example:8080'", "http://a.example:8080/"), ""},
    {HOST("'[2001:DB8::1]:443'", "https://[2001:db8::1]/"), ""},
    {HOST("'xn--th-cja.example'", "https://xn--th-cja.example/"), ""},
    {HOST("'b.example'", "https://a.exampl/"), OTHER("b.example", "a.exampl")},
    {HOST("''", "https://a.example/"), OTHER("", "a.example")},
    {HOST("'a.example'", "https://a.example:8443/"), PORTS("443", "8443")},
    {HOST("'a.example:443'", "http://a.example/"), PORTS("443", "80")},
    {HOST("'a.example:x'", "http://a.example/"),
     "0 info /log/entries/0/request/headers/0/value [host-mismatch] the port behind the host is no number\n"},
    {BOTH("'url':'https://a/','headers':<8>[{'name':':authority','value':<0>'b'}]", OK), PSEUDO("request", "1") OTHER("b", "a")},
    /* the first counts; the response's is another thing */
    {BOTH("'url':'https://a/','headers':[{'name':'host','value':'a'},{'name':'Host','value':'b'}]", OK), ""},
    {BOTH("'url':'https://a/'", OK ",'headers':[{'name':'Host','value':'b'}]"), ""},
    {HOST("null", "https://a/"), ""},
    {BOTH("'url':<0>'data:,a','headers':[{'name':'Host','value':'b'}]", OK),
     "0 info /log/entries/0/request/url [other-scheme] the scheme of url is data\n"},
};

START_TEST(findings)
{
    memory_expect_of(GROUP, rows[_i].text, rows[_i].told);
}
END_TEST

Suite *suite_rules_header(void)
{
    Suite *suite = suite_create("rules_header");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
