/* The rules about the url and the queryString beside it. */
#include <check.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_url(void);

#define GROUP (1 << HAR_GROUP_REQUEST)

/* A capture of one request; `url` is a value, `query` the elements of queryString. */
#define URL_QUERY(url, query)                                                                                                      \
    HAR("{" DATE ",'time':0,'request':{'method':'GET','url':" url ",'httpVersion':'HTTP/1.1','cookies':[],'headers':[],"           \
        "'queryString':<8>[" query "]," SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS "}")
#define URL(url)          URL_QUERY(url, "")
#define PAIR(name, value) "{'name':'" name "','value':'" value "'}"
#define AT_URL            " /log/entries/0/request/url "
#define AT_QUERY          " /log/entries/0/request/queryString"
#define BLANKS(count)     "[url-blank] white space or control characters stand in url: " count "\n"
#define HIGH(count)       "[url-non-ascii] characters outside ASCII stand in url: " count "\n"
#define FORBIDDEN(count)  "[url-character] characters that must be escaped stand raw in url: " count "\n"
#define PERCENTS(count)   "[url-percent] percent signs in url begin no escape: " count "\n"
#define FRAGMENT(len)     "[url-fragment] url has a fragment of length " len "\n"
#define MALFORMED         " warning" AT_URL "[malformed-url] "
#define COUNTS(url, list) "8 warning" AT_QUERY " [query-mismatch] parameters in url: " url ", in queryString: " list "\n"
#define ORDER             "8 warning" AT_QUERY " [query-mismatch] queryString has the parameters in another order than url\n"
#define MIXED                                                                                                                      \
    "8 info" AT_QUERY " [query-decoding] some names or values are decoded, others are as in url: no one spelling fits them all\n"
#define OMITTED(len) "8 info" AT_QUERY " [query-omitted] queryString is empty, url has a query of length " len "\n"
#define VALUE(item, number)                                                                                                        \
    " warning" AT_QUERY "/" item "/value [query-mismatch] the value differs from that of parameter " number " in url\n"
#define NAME(item, number)                                                                                                         \
    " warning" AT_QUERY "/" item "/name [query-mismatch] the name differs from that of parameter " number " in url\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {URL("'http://a/'"), ""},
    {URL("'wss://a:1/b?'"), ""},
    {HAR("{" DATE ",'time':0}"), ""},
    {URL("null"), ""},
    {URL("1"), ""},

    /* absolute */
    {URL("<0>''"), "0 error" AT_URL "[relative-url] url is empty\n"},
    {URL("<0>'/a'"), "0 error" AT_URL "[relative-url] url has no scheme\n"},
    {URL("<0>'//a/'"), "0 error" AT_URL "[relative-url] url has no scheme\n"},
    {URL("<0>'a:443'"), "0 error" AT_URL "[relative-url] url has no scheme\n"},
    {URL("'http:\\/\\/a\\/'"), ""},
    {URL("<0>'data:,a b|%\xc3\xa9#c'"), "0 info" AT_URL "[other-scheme] the scheme of url is data\n"},
    {URL("<0>'Blob:https://a/1'"), "0 info" AT_URL "[other-scheme] the scheme of url is blob\n"},
    {URL("<0>'x-y:1 2'"), "0 info" AT_URL "[other-scheme] the scheme of url is none of the web\n"},

    /* characters: one finding for each rule, at the first of them; in the order of their places */
    {URL("'http://a/<0> b c'"), "0 error" AT_URL BLANKS("2")},
    {URL("'http://a/<0>\\n\\u007f'"), "0 error" AT_URL BLANKS("2")},
    {URL("'http://a<0>\\t'"), "0 error" AT_URL BLANKS("1")},
    {URL("<0>' http://a '"), "0 error" AT_URL BLANKS("2")},
    {URL("'http://a/<0>\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'"), "0 warning" AT_URL HIGH("3")},
    {URL("'http:\\/\\/a\\/b<0>\\u00e9'"), "0 warning" AT_URL HIGH("1")},
    {URL("'http://a/<0>|\\'<>\\\\^`{}'"), "0 info" AT_URL FORBIDDEN("9")},
    {URL("'http://a/<0>%%%20%4'"), "0 info" AT_URL PERCENTS("3")},
    {URL("'http://a/%25%aF%Fa'"), ""},
    {URL("'http://a/<0>%<1>{<2>\xc3\xa9<3> <4>#'"),
     "0 info" AT_URL PERCENTS("1") "1 info" AT_URL FORBIDDEN("1") "2 warning" AT_URL HIGH("1") "3 error" AT_URL BLANKS(
         "1") "4 info" AT_URL FRAGMENT("0")},
    {URL("'http://a/<0>#b#c'"), "0 info" AT_URL FRAGMENT("3")},

    /* host and port */
    {URL("<0>'http:///a'"), "0" MALFORMED "url has no host\n"},
    {URL("<0>'http:a'"), "0" MALFORMED "url has no host\n"},
    {URL("'http://<0>a..b/'"), "0" MALFORMED "url's host has an empty part, or one of more than 63 bytes, between its dots\n"},
    {URL("'http://<0>1.2.3.400/'"), "0" MALFORMED "url's host is made of numbers, but is no IPv4 address\n"},
    {URL("'http://[<0>1::2::3]/'"), "0" MALFORMED "what stands in the brackets of url's host is no IPv6 address\n"},
    {URL("'http://<0>a]/'"), "0" MALFORMED "url's host holds a character that no host has\n"},
    {URL("'http://a:<0>65536/'"), "0" MALFORMED "url's port is no number from 0 to 65535\n"},
    {URL("'http://u:p@a:<0>1b/'"), "0" MALFORMED "url's port is no number from 0 to 65535\n"},
    {URL("'http://u:p@[::1]:65535/'"), ""},
    {URL("'http://a:/'"), ""},

    /* the query: as it stands, decoded, with blanks for + */
    {URL_QUERY("'http://a/?a=1&b=2'", PAIR("a", "1") "," PAIR("b", "2")), ""},
    {URL_QUERY("'http://a/?a=1&a=1'", PAIR("a", "1") "," PAIR("a", "1")), ""},
    {URL_QUERY("'http://a/?%41=%42+c'", PAIR("%41", "%42+c")), ""},
    {URL_QUERY("'http://a/?%41=%42+c'", PAIR("A", "B+c")), ""},
    {URL_QUERY("'http://a/?%41=%42+c'", PAIR("A", "B c")), ""},
    {URL_QUERY("'http://a/?a=%C3%A9'", PAIR("a", "\xc3\xa9")), ""},
    {URL_QUERY("'http://a/?a=%C3%A9'", PAIR("a", "\\u00e9")), ""},
    {URL_QUERY("'http:\\/\\/a\\/?a\\u003d%22'", PAIR("a", "\\'")), ""},
    {URL_QUERY("'http://a/?a=b=c'", PAIR("a", "b=c")), ""},
    {URL_QUERY("'http://a/?a'", PAIR("a", "")), ""},
    {URL_QUERY("'http://a/?=a'", PAIR("", "a")), ""},
    {URL_QUERY("'ws://a/?a=1'", PAIR("a", "1")), ""},
    {URL_QUERY("'http://a?a=1/b?c'", PAIR("a", "1/b?c")), ""},
    {URL_QUERY("'http://a/?a=1;b=2&c=3'", PAIR("a", "1") "," PAIR("b", "2") "," PAIR("c", "3")), ""},
    {URL_QUERY("'http://a/?a=1;b=2&c=3'", PAIR("a", "1;b=2") "," PAIR("c", "3")), ""},
    /* names decoded, values not: each list is consistent */
    {URL_QUERY("'http://a/?%41=%42&%43=%44'", PAIR("A", "%42") "," PAIR("C", "%44")), ""},
    /* what cannot be decoded stays, alone or with its neighbour, as in browsers */
    {URL_QUERY("'http://a/?a=%ff&b=%20'", PAIR("a", "%ff") "," PAIR("b", " ")), ""},
    {URL_QUERY("'http://a/?%20=%ff&b=%20'", PAIR("%20", "%ff") "," PAIR("b", " ")), ""},
    {URL_QUERY("'http://a/?%20=%ff&b=%20'", PAIR(" ", "%ff") "," PAIR("b", " ")), ""},
    {URL_QUERY("'http://a/?a=%ff&b=+'", PAIR("a", "\\ufffd") "," PAIR("b", " ")), ""},
    {URL_QUERY("'http://a/?a=x%E9%E9y'", PAIR("a", "x\\ufffdy")), ""},
    {URL_QUERY("'http://a/?a=%EF%BF%BD'", PAIR("a", "\\ufffd")), ""},
    /* what is empty counts nowhere */
    {URL_QUERY("'http://a/?'", ""), ""},
    {URL_QUERY("'http://a/?'", PAIR("", "")), ""},
    {URL_QUERY("'http://a/?&&='", ""), ""},
    {URL_QUERY("'http://a/'", PAIR("", "")), ""},
    {URL_QUERY("'http://a/?a&&b&'", PAIR("a", "") "," PAIR("b", "")), ""},
    {URL_QUERY("'http://a/?a&&b&'", PAIR("a", "") "," PAIR("", "") "," PAIR("b", "") "," PAIR("", "")), ""},
    /* mixed spellings */
    {URL_QUERY("'http://a/?a=%2C&b=%2C'", PAIR("a", ",") "," PAIR("b", "%2C")), MIXED},
    {URL_QUERY("'http://a/?a=+&b=+'", PAIR("a", " ") "," PAIR("b", "+")), MIXED},
    {URL_QUERY("'http://a/?a=%22%2C'", PAIR("a", "\\'%2C")), MIXED},
    {URL_QUERY("'http://a/?a=<0>\\u00e9'", PAIR("a", "%C3%A9")), "0 warning" AT_URL HIGH("1") MIXED},
    /* others */
    {URL_QUERY("'http://a/?a=1&b=2'", PAIR("a", "1")), COUNTS("2", "1")},
    {URL_QUERY("'http://a/?a=1'", PAIR("a", "1") "," PAIR("b", "2")), COUNTS("1", "2")},
    {URL_QUERY("'http://a/'", PAIR("a", "1")), COUNTS("0", "1")},
    {URL_QUERY("'http://a/?a=1&b=2'", PAIR("", "")), COUNTS("2", "0")},
    {URL_QUERY("'http://a/?b=2&a=%31'", PAIR("a", "1") "," PAIR("b", "2")), ORDER},
    {URL_QUERY("'http://a/?a=1&b=2'", PAIR("a", "1") ",{'name':'b','value':<0>'3'}"), "0" VALUE("1", "2")},
    {URL_QUERY("'http://a/?&a=1&b=2'", PAIR("a", "1") ",{'value':'2','name':<0>'c'}"), "0" NAME("1", "2")},
    {URL_QUERY("'http://a/?a=%C3%A9'", "{'name':'a','value':<0>'\\ufffd'}"), "0" VALUE("0", "1")},
    {URL_QUERY("'http://a/?a=%ffb'", "{'name':'a','value':<0>'b'}"), "0" VALUE("0", "1")},
    {URL_QUERY("'http://a/?a=%41'", "{'name':'a','value':<0>'a'}"), "0" VALUE("0", "1")},
    {URL_QUERY("'http://a/?a=1'", ""), OMITTED("3")},
    {URL_QUERY("'http://a/?a&'", ""), OMITTED("2")},
    /* nothing is compared */
    {URL_QUERY("'http://a/?a=1'", "{'name':'a'}"), ""},
    {URL_QUERY("'http://a/?a=1'", "{'name':'b','value':null}"), ""},
    {URL_QUERY("'http://a/?a=1'", "{'name':'b','value':['1']}"), ""},
    {URL_QUERY("'http://a/?a=1'", "7," PAIR("b", "2")), ""},
};

START_TEST(findings)
{
    memory_expect_of(GROUP, rows[_i].text, rows[_i].told);
}
END_TEST

Suite *suite_rules_url(void)
{
    Suite *suite = suite_create("rules_url");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
