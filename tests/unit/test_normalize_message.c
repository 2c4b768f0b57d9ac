/* What normalize makes of requests and responses, written out by hand from the rules of HAR 1.2 and HTTP. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_normalize_message(void);

#define LINE            "'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1',"
#define STATUS          "'status':200,'statusText':'','httpVersion':'HTTP/1.1',"
#define NV(name, value) "{'name':'" name "','value':'" value "'}"
#define ENTRY_OF(request, response)                                                                                                \
    HAR_LOG("1.2", ",'pages':[]", "{" DATE ",'time':0,'request':" request ",'response':" response ",'cache':{}," TIMINGS "}")

/* A request and a response, of which some members are of interest and others are at rest. */
#define SENT(line, cookies, headers, query, more)                                                                                  \
    ENTRY_OF("{" line cookies "'headers':[" headers "]," query SIZES more "}", RESPONSE)
#define ANSWERED(status, cookies, headers, redirect, more)                                                                         \
    ENTRY_OF(REQUEST, "{" status cookies "'headers':[" headers "]," CONTENT "," redirect SIZES more "}")
#define WITH_CONTENT(headers, content)                                                                                             \
    ENTRY_OF(REQUEST, "{" STATUS NO_COOKIES "'headers':[" headers "],'content':{" content "}," NO_REDIRECT SIZES "}")
#define NO_COOKIES  "'cookies':[],"
#define NO_QUERY    "'queryString':[],"
#define NO_REDIRECT "'redirectURL':'',"

#define HEADERS(headers, more)     SENT(LINE, NO_COOKIES, headers, NO_QUERY, more)
#define ALL_HEADERS(headers, more) ENTRY_OF("{" LINE NO_COOKIES "'headers':" headers "," NO_QUERY SIZES more "}", RESPONSE)
#define URL(url, query, more)      SENT("'method':'GET','url':'" url "','httpVersion':'HTTP/1.1',", NO_COOKIES, "", query, more)
#define METHOD(method, version, url, headers, more)                                                                                \
    SENT(method "'url':'" url "','httpVersion':'" version "',", NO_COOKIES, headers, NO_QUERY, more)
#define POST(headers, post, more)                                                                                                  \
    SENT("'method':'POST','url':'http://a/','httpVersion':'HTTP/1.1',", NO_COOKIES, headers, NO_QUERY post, more)
#define COOKIES(cookies) ANSWERED(STATUS, "'cookies':[" cookies "],", "", NO_REDIRECT, "")
#define TOLD(what)       ",'comment':'derived by harmill: " what "'"

/* `after` NULL: the same. */
struct row {
    const char *before, *after;
};

static const struct row headers[] = {
    {HEADERS(NV("A", "1") "," NV("a", "") "," NV("B-c", "d: e, f"), ""), NULL},
    {HEADERS("{'name':'A','value':'1','comment':'c','_x':{}}", ""), NULL},
    {ANSWERED(STATUS, NO_COOKIES, NV("A", "\\u00e9\\\\"), NO_REDIRECT, ""),
     ANSWERED(STATUS, NO_COOKIES, NV("A", "é\\\\"), NO_REDIRECT, "")},

    /* lists of another kind */
    {ALL_HEADERS("{}", ""), ALL_HEADERS("[]", "")},
    {ALL_HEADERS("null", ""), ALL_HEADERS("[]", "")},
    {ALL_HEADERS("7", ",'_headers':1"), ALL_HEADERS("[]", ",'_headers_2':7,'_headers':1")},
    {ALL_HEADERS("{'A':'1','b':['2','3'],'A':null,'c d':'4'}", ""),
     ALL_HEADERS("[" NV("A", "1") "," NV("b", "2") "," NV("b", "3") "," NV("A", "") "]", ",'_headers':[" NV("c d", "4") "]")},

    /* elements of another kind */
    {HEADERS("null,['A','1'],['B',['2','3']],['C',null]", ""),
     HEADERS(NV("A", "1") "," NV("B", "2") "," NV("B", "3") "," NV("C", ""), "")},
    {HEADERS("'A: 1','B:2: 3','C:'", ""), HEADERS(NV("A", "1") "," NV("B", "2: 3") "," NV("C", ""), "")},
    {HEADERS("'A','B c: 1',': 2','',['A'],['A','1','2'],[1,'2'],5,{}," NV("D", "4"), ""),
     HEADERS(NV("D", "4"), ",'_headers':['A','B c: 1',': 2','',['A'],['A','1','2'],[1,'2'],5,{}]")},

    /* names */
    {HEADERS(NV(" A\\t", "1"), ""), HEADERS(NV("A", "1"), "")},
    {HEADERS("{'value':'1'},{'name':null,'value':'2'},{'name':3,'value':'3'}," NV("", "4") "," NV("A b", "5") "," NV("é", "6"),
             ""),
     HEADERS("", ",'_headers':[{'value':'1'},{'name':null,'value':'2'},{'name':3,'value':'3'}," NV("", "4") "," NV(
                     "A b", "5") "," NV("é", "6") "]")},
    {HEADERS("{'value':['x'],'name':'A:'}", ",'_headers':['y']"), HEADERS("", ",'_headers':['y',{'value':['x'],'name':'A:'}]")},
    {HEADERS(NV(":path", "/") "," NV("A", "1") "," NV(":", "2") "," NV("::a", "3") "," NV(":b", "4"), ""),
     HEADERS(NV("A", "1"),
             ",'_pseudoHeaders':[" NV(":path", "/") "," NV(":b", "4") "],'_headers':[" NV(":", "2") "," NV("::a", "3") "]")},

    /* values */
    {HEADERS("{'name':'A','value':['1',2,1e3,true]},{'name':'B','value':['3']}", ""),
     HEADERS(NV("A", "1") "," NV("A", "2") "," NV("A", "1e3") "," NV("A", "true") "," NV("B", "3"), "")},
    {HEADERS("{'name':'A','value':1.50},{'name':'B','value':false},{'name':'C','value':null},{'name':'D'}", ""),
     HEADERS(NV("A", "1.50") "," NV("B", "false") "," NV("C", "") "," NV("D", ""), "")},
    {HEADERS("{'name':'A','value':{'a':1}},{'name':'B','value':[]},{'name':'C','value':['1',null]}", ""),
     HEADERS(
         "{'name':'A','value':'','_value':{'a':1}},{'name':'B','value':'','_value':[]},{'name':'C','value':'','_value':['1',null]}",
         "")},

    /* lines: CR LF is one end; what begins with white space continues */
    {HEADERS(NV("A", "1\\n2"), ""), HEADERS(NV("A", "1") "," NV("A", "2"), "")},
    {HEADERS(NV("A", "1\\r\\n2\\r3\\n\\r\\n"), ""), HEADERS(NV("A", "1") "," NV("A", "2") "," NV("A", "3"), "")},
    {HEADERS(NV("A", "1\\n 2\\r\\n\\t3\\n4"), ""), HEADERS(NV("A", "1 2 3") "," NV("A", "4"), "")},
    {HEADERS(NV("A", "\\n") "," NV("B", "\\n 1 \\n"), ""), HEADERS(NV("A", "") "," NV("B", "1"), "")},
    {HEADERS(NV("A", "1\\nB: 2"), ""), HEADERS(NV("A", "1") "," NV("A", "B: 2"), "")},
    {HEADERS("{'name':'A','value':['1\\n2','3'],'comment':'c','_x':1}", ""),
     HEADERS("{'name':'A','value':'1','comment':'c','_x':1}," NV("A", "2") "," NV("A", "3"), "")},
    {HEADERS(NV("A", "1\\\\n2\\t3"), ""), NULL},

    /* other members */
    {HEADERS("{'name':'A','value':'1','x':2,'comment':null},{'name':'B','value':'2','comment':[1]}", ""),
     HEADERS("{'name':'A','value':'1','_x':2},{'name':'B','value':'2','comment':'1'}", "")},
    {HEADERS("{'name':'A','name':'B','value':'1','value':'2','_value':3}", ""),
     HEADERS("{'name':'B','value':'2','_name':'A','_value_2':'1','_value':3}", "")},

    /* Content-Type twice */
    {HEADERS(NV("Content-Type", "a") "," NV("B", "1") "," NV("content-type", "a") "," NV("CONTENT-TYPE", "A") "," NV("content-type",
                                                                                                                     "a"),
             ""),
     HEADERS(NV("Content-Type", "a") "," NV("B", "1") "," NV("CONTENT-TYPE", "A"),
             ",'_headers':[" NV("content-type", "a") "," NV("content-type", "a") "]")},
    {ANSWERED(STATUS, NO_COOKIES, NV("Content-Type", "a") "," NV("content-type", "a"), NO_REDIRECT, ""), NULL},
};

static const struct row urls[] = {
    {URL("http://a/%7B%zz?|\\\\^`{}[]", "'queryString':[" NV("|\\\\^`{}[]", "") "],", ""), NULL}, /* what browsers send */
    {URL(" http://a/b c\\u0000?d\\u007fe\\u007f ", "'queryString':[" NV("d\\u007fe", "") "],", ""),
     URL("http://a/b%20c%00?d%7Fe",
         "'queryString':[" NV("d\x7f"
                              "e",
                              "") "],",
         "")},
    {URL("http://é.b/é?", NO_QUERY, ""), URL("http://%C3%A9.b/%C3%A9?", NO_QUERY, "")},
    {URL("http://a/\\ud800", NO_QUERY, ""), URL("http://a/%EF%BF%BD", NO_QUERY, "")},
    {URL("http://a/{}|^`\\\\", NO_QUERY, ""), URL("http://a/%7B%7D|^%60\\\\", NO_QUERY, "")},
    {URL("http://{a}/", NO_QUERY, ""), NULL},
    {URL("http://a/b#", NO_QUERY, ""), URL("http://a/b", NO_QUERY, ",'_fragment':''")},
    {URL("http://a/#?b c", NO_QUERY, ",'_fragment':1"), URL("http://a/", NO_QUERY, ",'_fragment':1,'_fragment_2':'?b c'")},
    {URL("data:text/html,<b>é a</b>#x", NO_QUERY, ""), URL("data:text/html,<b>é%20a</b>#x", NO_QUERY, "")},
    {URL("${host}/{a}", NO_QUERY, ""), NULL},
    {URL("/a b", NO_QUERY, ""), URL("/a%20b", NO_QUERY, "")},
    {URL("", NO_QUERY, ""), NULL},
    {URL("a:443", NO_QUERY, ""), NULL},

    /* absolute with proof only */
    {SENT("'method':'GET','url':'/x','httpVersion':'h2',", NO_COOKIES, NV(":Scheme", "https") "," NV("host", "b:1"), NO_QUERY, ""),
     SENT("'method':'GET','url':'https://b:1/x','httpVersion':'h2',", NO_COOKIES, NV("host", "b:1"), NO_QUERY,
          TOLD("url from the headers") ",'_pseudoHeaders':[" NV(":Scheme", "https") "]")},
    {SENT("'method':'GET','url':'/x','httpVersion':'HTTP/1.1',", NO_COOKIES, NV("Host", "b"), NO_QUERY, ""), NULL},
    {SENT("'method':'GET','url':'/x','httpVersion':'h2',", NO_COOKIES, NV("Host", "b c"), NO_QUERY,
          ",'_pseudoHeaders':[" NV(":scheme", "https") "]"),
     NULL},
    {SENT("'method':'GET','url':'//x','httpVersion':'h2',", NO_COOKIES, NV("Host", "b"), NO_QUERY,
          ",'_pseudoHeaders':[" NV(":scheme", "https") "]"),
     NULL},
};

static const struct row queries[] = {
    {URL("http://a/?b=1&c=%20+%26&&=d&e&f=g=h&=", NO_QUERY, ""),
     URL("http://a/?b=1&c=%20+%26&&=d&e&f=g=h&=",
         "'queryString':[" NV("b", "1") "," NV("c", "  &") "," NV("", "d") "," NV("e", "") "," NV("f", "g=h") "],",
         TOLD("queryString from url"))},
    {URL("http://a/?%ff=%", "", ""),
     URL("http://a/?%ff=%", "'queryString':[" NV("\xef\xbf\xbd", "%") "],", TOLD("queryString from url"))},
    {URL("http://a/?b;c#?d", NO_QUERY, ""),
     URL("http://a/?b;c", "'queryString':[" NV("b;c", "") "],", TOLD("queryString from url") ",'_fragment':'?d'")},
    {URL("http://a/?b=1", "'queryString':[" NV("b", "2") "],", ""), NULL},
    {URL("http://a/?&", NO_QUERY, ""), NULL},
    {URL("http://a/", NO_QUERY, ""), NULL},
    {URL("data:,?a=b", NO_QUERY, ""), NULL},
};

static const struct row methods[] = {
    {METHOD("'method':'post',", "HTTP/1.1", "http://a/", "", ""), METHOD("'method':'POST',", "HTTP/1.1", "http://a/", "", "")},
    {METHOD("'method':'patch',", "HTTP/1.1", "http://a/", "", ""), NULL},
    {METHOD("'method':'GET /',", "HTTP/1.1", "http://a/", "", ""), NULL},
    {METHOD("'method':'',", "", "ws://a/", "", ""),
     METHOD("'method':'GET',", "", "ws://a/", "", TOLD("method GET of a WebSocket"))},
    {METHOD("'method':'',", "h2", "wss://a/", "", ""), NULL},
    {METHOD("'method':'',", "HTTP/1.1", "http://a/", NV("upgrade", "WebSocket"), ""),
     METHOD("'method':'GET',", "HTTP/1.1", "http://a/", NV("upgrade", "WebSocket"), TOLD("method GET of a WebSocket"))},
    {METHOD("'method':null,", "HTTP/1.1", "http://a/", NV("POST / HTTP/1.1", ""), ""),
     METHOD("'method':'POST',", "HTTP/1.1", "http://a/", "",
            TOLD("method from the headers") ",'_headers':[" NV("POST / HTTP/1.1", "") "]")},
    {METHOD("'method':'',", "h2", "http://a/", NV(":method", "REPORT"), ""),
     METHOD("'method':'REPORT',", "h2", "http://a/", "",
            TOLD("method from the headers") ",'_pseudoHeaders':[" NV(":method", "REPORT") "]")},
    {METHOD("'method':'',", "HTTP/1.1", "http://a/", "", ""), NULL},

    /* versions */
    {METHOD("'method':'GET',", "http/2.0+quic/46", "http://a/", "", ""), NULL},
    {METHOD("'method':'GET',", "unknown", "http://a/", "", ""), NULL},
    {METHOD("'method':'GET',", "1.1", "http://a/", "", ""), NULL},
    {METHOD("'method':'GET',", "2 2", "http://a/", "", ",'_httpVersion':1"),
     METHOD("'method':'GET',", "", "http://a/", "", ",'_httpVersion_2':'2 2','_httpVersion':1")},
    {METHOD("'method':'GET',", "data", "data:,", "", ""), NULL},
    {ANSWERED("'status':200,'statusText':'','httpVersion':null,", NO_COOKIES, "{'name':null,'value':'HTTP/1.0 200 OK'}",
              NO_REDIRECT, ""),
     ANSWERED("'status':200,'statusText':'','httpVersion':'HTTP/1.0',", NO_COOKIES, "", NO_REDIRECT,
              TOLD("httpVersion from the start line") ",'_headers':[{'name':null,'value':'HTTP/1.0 200 OK'}]")},
};

#define FILL(header, cookies)                                                                                                      \
    SENT(LINE, NO_COOKIES, header, NO_QUERY, ""),                                                                                  \
        SENT(LINE, "'cookies':[" cookies "],", header, NO_QUERY, TOLD("cookies from headers"))
#define SET(value, cookies)                                                                                                        \
    ANSWERED(STATUS, NO_COOKIES, NV("Set-Cookie", value), NO_REDIRECT, ""),                                                        \
        ANSWERED(STATUS, "'cookies':[" cookies "],", NV("Set-Cookie", value), NO_REDIRECT, TOLD("cookies from headers"))
#define FLAGS(only, secure) ",'httpOnly':" only ",'secure':" secure

static const struct row cookies[] = {
    {FILL(NV("Cookie", " a = 1 ;; b=c=\\\"d\\\"; e") "," NV("COOKIE", "f="),
          NV("a", "1") "," NV("b", "c=\\\"d\\\"") "," NV("e", "") "," NV("f", ""))},
    {SENT(LINE, NO_COOKIES, NV("Cookie", "[redacted]"), NO_QUERY, ""), NULL},
    {SENT(LINE, NO_COOKIES, NV("Set-Cookie", "a=1"), NO_QUERY, ""), NULL},
    {SENT(LINE, "'cookies':[" NV("a", "2") "],", NV("Cookie", "a=1; b=2"), NO_QUERY, ""), NULL},
    {SENT(LINE, "", NV("Cookie", "a=1"), NO_QUERY, ""),
     SENT(LINE, "'cookies':[" NV("a", "1") "],", NV("Cookie", "a=1"), NO_QUERY, TOLD("cookies from headers"))},
    {SET("a=1, b=2", "{'name':'a','value':'1, b=2'" FLAGS("false", "false") "}")},
    {SET("a=; SECURE ;path; Domain=.B; Domain=C.d; Max-Age=5;Expires=x;samesite=None",
         "{'name':'a','value':'','domain':'c.d'" FLAGS("false", "true") ",'_sameSite':'None'}")},
    {SET("a=1;Path=/x; HttpOnly; expires=Sunday, 06-Nov-94 08:49:37 GMT",
         "{'name':'a','value':'1','path':'/x','expires':'1994-11-06T08:49:37.000Z'" FLAGS("true", "false") "}")},
    {ANSWERED(STATUS, NO_COOKIES, NV("set-cookie", "a=1\\nb=2; secure\\nc"), NO_REDIRECT, ""),
     ANSWERED(STATUS,
              "'cookies':[{'name':'a','value':'1'" FLAGS("false", "false") "},{'name':'b','value':'2'" FLAGS("false", "true") "}],",
              NV("set-cookie", "a=1") "," NV("set-cookie", "b=2; secure") "," NV("set-cookie", "c"), NO_REDIRECT,
              TOLD("cookies from headers"))},

/* expires */
#define EXPIRES(expires) "{'name':'a','value':'1','expires':" expires "}"
    {COOKIES(EXPIRES("'2026-10-21T07:28:00+02:00'")), NULL},
    {COOKIES(EXPIRES("null") "," EXPIRES("' '") "," EXPIRES("-1") "," EXPIRES("'-1'")),
     COOKIES(NV("a", "1") "," NV("a", "1") "," NV("a", "1") "," NV("a", "1"))},
    {COOKIES(EXPIRES("' 2026-10-21T07:28:00Z'") "," EXPIRES("'20261021T072800.5-0130'")),
     COOKIES(EXPIRES("'2026-10-21T07:28:00.000Z'") "," EXPIRES("'2026-10-21T08:58:00.500Z'"))},
    {COOKIES(EXPIRES("'Thu, 18 Jul 2019 06:14:16 -0000'") "," EXPIRES("'Thu, 18 Jul 2019 06:14:16 UTC'") "," EXPIRES(
         "'Thu Jul 18 06:14:16 2019'")),
     COOKIES(EXPIRES("'2019-07-18T06:14:16.000Z'") "," EXPIRES("'2019-07-18T06:14:16.000Z'") "," EXPIRES(
         "'2019-07-18T06:14:16.000Z'"))},
    {COOKIES(EXPIRES("100000000") "," EXPIRES("99999999999.0009")),
     COOKIES(EXPIRES("'1973-03-03T09:46:40.000Z'") "," EXPIRES("'5138-11-16T09:46:39.000Z'"))},
#define KEPT(expires) "{'name':'a','value':'1','_expires':" expires "}"
#define UNCLEAR(E)                                                                                                                 \
    E("0")                                                                                                                         \
    "," E("99999999") "," E("100000000000") "," E("1e9") "," E("true") "," E("'2026-10-21T07:28:00'") "," E(                       \
        "'2026-02-30T07:28:"                                                                                                       \
        "00Z'") "," E("'Thu, "                                                                                                     \
                      "18 "                                                                                                        \
                      "Jul "                                                                                                       \
                      "2019 "                                                                                                      \
                      "06:14:"                                                                                                     \
                      "16 "                                                                                                        \
                      "+0200"                                                                                                      \
                      "'") "," E("'Thu, 18 Jul 2019 06:14:16 PST'") "," E("'Thu Jul 18 2019 "                                      \
                                                                          "06:14:16 GMT+0200 "                                     \
                                                                          "(CEST)'") "," E("'Thu, "                                \
                                                                                           "18 "                                   \
                                                                                           "Jul "                                  \
                                                                                           "1600 "                                 \
                                                                                           "06:14:"                                \
                                                                                           "16 "                                   \
                                                                                           "GMT'") "," E("'soon'")
    {COOKIES(UNCLEAR(EXPIRES)), COOKIES(UNCLEAR(KEPT))},
};

#define FORM "'mimeType':'application/x-www-form-urlencoded'"
/* postData comes before the sizes in the specification's order. */
#define BODY(headers, post) POST(headers, "'postData':{" post "},", "")

static const struct row posts[] = {
    {BODY("", FORM ",'params':[" NV("a", "1") "],'text':'a=1'"), NULL},
    {BODY("", FORM ",'params':[],'text':''"), NULL},
    {BODY("", "'mimeType':'text/plain','params':[],'text':'a'"), NULL},
    {BODY("", ""), POST("", "", "")},
    {BODY("", "'mimeType':'','params':[],'text':null,'comment':''"), POST("", "", "")},
    {BODY("", "'mimeType':'a/b','comment':'c'"), POST("", "", ",'_postData':{'mimeType':'a/b','comment':'c'}")},
    {BODY("", "'mimeType':'a/b','_file':'c'"), NULL},
    {BODY(NV("content-type", "a/b"), "'mimeType':null,'text':'c'"),
     BODY(NV("content-type", "a/b"), "'mimeType':'a/b','text':'c'" TOLD("mimeType from Content-Type"))},
    {BODY(NV("content-type", "a/b"), "'mimeType':'','text':'c','comment':'d'"),
     BODY(NV("content-type", "a/b"), "'mimeType':'a/b','text':'c','comment':'d; derived by harmill: mimeType from Content-Type'")},
    {BODY(NV("content-type", "a/b"), "'mimeType':'c/d','text':'c'"), NULL},
    {BODY("", "'mimeType':'','text':'c'"), NULL},
    {BODY("", FORM ",'params':[{'value':'1'},{'name':'b','value':{'c':2}}]"),
     BODY("", FORM ",'params':[{'name':'','value':'1'},{'name':'b','_value':{'c':2}}]")},
    {BODY("", "'mimeType':'a/b','params':[" NV("a", "1") "]"), BODY("", "'mimeType':'a/b','_params':[" NV("a", "1") "]")},
    {BODY("", "'mimeType':'Multipart/Form-Data ; boundary=x','params':[" NV("a", "1") "]"), NULL},

    /* encoding */
    {BODY("", "'mimeType':'a/b','text':'eA==','encoding':''"), BODY("", "'mimeType':'a/b','text':'eA=='")},
    {BODY("", "'mimeType':'a/b','text':'w6kiCg==','encoding':'BASE64'"), BODY("", "'mimeType':'a/b','text':'é\\\"\\n'")},
    {BODY("", "'mimeType':'a/b','text':'','encoding':'base64'"), BODY("", "'mimeType':'a/b','text':''")},
    {BODY("", "'mimeType':'a/b','text':'/w==','encoding':'base64'"), NULL},
    {BODY("", "'mimeType':'a/b','text':'AA==','encoding':'base64'"), NULL},
    {BODY("", "'mimeType':'a/b','text':'eA=','encoding':'base64'"), BODY("", "'mimeType':'a/b','text':'eA=','_encoding':'base64'")},
    {BODY("", "'mimeType':'a/b','text':'eA','encoding':'utf-7'"), BODY("", "'mimeType':'a/b','text':'eA','_encoding':'utf-7'")},
};

#define STATUS_OF(status) "'status':" status ",'statusText':'','httpVersion':'HTTP/1.1',"
#define LOCATION          NV("Location", "") "," NV("location", " ../b ")

static const struct row responses[] = {
    {ANSWERED(STATUS_OF("999"), NO_COOKIES, "", NO_REDIRECT, ""), NULL},
    {ANSWERED(STATUS_OF("2e2"), NO_COOKIES, "", NO_REDIRECT, ""), NULL},
    {ANSWERED(STATUS_OF("-1"), NO_COOKIES, "", NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("0"), NO_COOKIES, "", NO_REDIRECT, ",'_status':-1")},
    {ANSWERED(STATUS_OF("-999"), NO_COOKIES, "", NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("0"), NO_COOKIES, "", NO_REDIRECT, ",'_status':-999")},
    {ANSWERED(STATUS_OF("200.5"), NO_COOKIES, "", NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("0"), NO_COOKIES, "", NO_REDIRECT, ",'_status':200.5")},
    {ANSWERED(STATUS_OF("1e400"), NO_COOKIES, "", NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("0"), NO_COOKIES, "", NO_REDIRECT, ",'_status':1e400")},
    {ANSWERED(STATUS_OF("null"), NO_COOKIES, NV(":status", "304"), NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("304"), NO_COOKIES, "", NO_REDIRECT,
              TOLD("status from the headers") ",'_pseudoHeaders':[" NV(":status", "304") "]")},
    {ANSWERED("'statusText':'','httpVersion':'HTTP/1.1',", NO_COOKIES, NV("HTTP/1.1 404 Not Found", ""), NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("404"), NO_COOKIES, "", NO_REDIRECT,
              TOLD("status from the headers") ",'_headers':[" NV("HTTP/1.1 404 Not Found", "") "]")},

    {ANSWERED(STATUS_OF("303"), NO_COOKIES, LOCATION, NO_REDIRECT, ""),
     ANSWERED(STATUS_OF("303"), NO_COOKIES, LOCATION, "'redirectURL':'../b',", TOLD("redirectURL from Location"))},
    {ANSWERED(STATUS_OF("303"), NO_COOKIES, LOCATION, "", ""),
     ANSWERED(STATUS_OF("303"), NO_COOKIES, LOCATION, "'redirectURL':'../b',", TOLD("redirectURL from Location"))},
    {ANSWERED(STATUS_OF("303"), NO_COOKIES, LOCATION, "'redirectURL':'c',", ""), NULL},
    {ANSWERED(STATUS_OF("304"), NO_COOKIES, LOCATION, NO_REDIRECT, ""), NULL},
    {ANSWERED(STATUS_OF("201"), NO_COOKIES, LOCATION, NO_REDIRECT, ""), NULL},
    {ANSWERED(STATUS_OF("302"), NO_COOKIES, LOCATION, "", ",'redirectionURL':'c'"),
     ANSWERED(STATUS_OF("302"), NO_COOKIES, LOCATION, "'redirectURL':'c',", "")},
    {ANSWERED(STATUS_OF("302"), NO_COOKIES, LOCATION, "'redirectURL':null,", ",'_redirectionURL':''"),
     ANSWERED(STATUS_OF("302"), NO_COOKIES, LOCATION, "'redirectURL':'../b',", TOLD("redirectURL from Location"))},
};

static const struct option_list {
    struct har_option option[2];
} derive = {{{NULL, NULL}, {NULL, NULL}}}, no_derive = {{{"no-derive", NULL}, {NULL, NULL}}};

/* Runs `text` through normalize; the caller releases the run. */
static void normalize(struct memory_run *run, const struct har_option *options)
{
    static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};
    const struct har_transform *const transforms[] = {har_transform_find("normalize"), NULL};
    ck_assert_ptr_nonnull(transforms[0]);
    run->job.transforms = transforms;
    run->job.options = options;
    memory_run_write(run, one_line);
    memory_run_go(run);
    ck_assert_msg(run->status == HAR_OK, "%s", run->error.text);
}

static void expect(const struct row *row, const struct option_list *options)
{
    struct memory_run run, again;
    struct memory_text wanted;
    memory_run_init(&run, row->before);
    normalize(&run, options->option);
    memory_text_init(&wanted, row->after ? row->after : row->before);
    const char *written = memory_string(&run.written[0]);
    ck_assert_msg(run.written[0].len == wanted.len + 1 && memcmp(written, wanted.bytes, wanted.len) == 0, "%s\ngave\n%swanted\n%s",
                  run.text.bytes, written, wanted.bytes);

    memory_run_init(&again, NULL);
    memory_text_raw(&again.text, run.written[0].data, run.written[0].len);
    normalize(&again, options->option);
    ck_assert_str_eq(memory_string(&again.written[0]), written);
    memory_run_release(&again);
    memory_text_release(&wanted);
    memory_run_release(&run);
}

#define TABLE(name)                                                                                                                \
    START_TEST(test_##name)                                                                                                        \
    {                                                                                                                              \
        expect(&name[_i], &derive);                                                                                                \
    }                                                                                                                              \
    END_TEST

TABLE(headers)
TABLE(urls)
TABLE(queries)
TABLE(methods)
TABLE(cookies)
TABLE(posts)
TABLE(responses)

/* Without deriving nothing comes from other members, and all else is done. */
START_TEST(nothing_derived)
{
    static const struct row rows[] = {
        {SENT(LINE, NO_COOKIES, NV("Cookie", "a=1"), NO_QUERY, ""), NULL},
        {ANSWERED(STATUS_OF("302"), NO_COOKIES, NV("Set-Cookie", "a=1") "," NV("Location", "/"), NO_REDIRECT, ""), NULL},
        {URL("http://a/b c?d#e", NO_QUERY, ""), URL("http://a/b%20c?d", NO_QUERY, ",'_fragment':'e'")},
        {METHOD("'method':'',", "", "ws://a/", "", ""), NULL},
        {BODY(NV("content-type", "a/b"), "'mimeType':'','text':'c'"), NULL},
        /* What would be a lie is not written; it stays missing. */
        {BODY(NV("content-type", "a/b"), "'text':'c'"), NULL},
        {SENT(LINE, "", NV("Cookie", "a=1"), NO_QUERY, ""), NULL},
        {SENT(LINE, "", NV("Cookie", "a"), NO_QUERY, ""), SENT(LINE, NO_COOKIES, NV("Cookie", "a"), NO_QUERY, "")},
        {URL("http://a/?b", "", ""), NULL},
        {URL("http://a/?", "", ""), URL("http://a/?", NO_QUERY, "")},
        {ANSWERED(STATUS_OF("302"), "", NV("Set-Cookie", "a=1") "," NV("Location", "/"), "", ""), NULL},
        {ANSWERED(STATUS_OF("200"), "", NV("Location", "/"), "", ""),
         ANSWERED(STATUS_OF("200"), NO_COOKIES, NV("Location", "/"), NO_REDIRECT, "")},
        {WITH_CONTENT("", "'mimeType':'','text':'a'"), NULL},
        {WITH_CONTENT("", "'mimeType':'','text':''"), WITH_CONTENT("", "'size':0,'mimeType':'','text':''")},
        {WITH_CONTENT(NV("Content-Length", "3"), "'mimeType':''"), NULL},
        {WITH_CONTENT(NV("Content-Length", "0"), "'mimeType':''"),
         WITH_CONTENT(NV("Content-Length", "0"), "'size':0,'mimeType':''")},
        {WITH_CONTENT(NV("Content-Type", "a/b"), "'size':1"), NULL},
        {WITH_CONTENT(NV("Content-Type", "a/b"), ""), WITH_CONTENT(NV("Content-Type", "a/b"), "'size':0")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(&rows[i], &no_derive);
}
END_TEST

/* For har-to-k6, which decodes parameters itself, they stay as they are. */
START_TEST(for_k6)
{
    struct memory_run run;
    memory_run_init(&run, URL("http://a/?b=%25+c", NO_QUERY, ""));
    har_settings_apply_profile(run.settings, har_profile_find("k6"));
    normalize(&run, NULL);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.written[0]), "\"queryString\":[{\"name\":\"b\",\"value\":\"%25+c\"}]"));
    memory_run_release(&run);
}
END_TEST

/* What is counted, for one of each list. */
START_TEST(counted)
{
    struct memory_run run;
    memory_run_init(&run, ENTRY_OF("{'method':'get','url':'http://a/ ?b#c','httpVersion':'ori',"
                                   "'headers':[" NV(":a", "1") "," NV(":b", "2") ",['Cookie','d=1\\n']]," SIZES "}",
                                   "{'status':-2,'statusText':'','httpVersion':'HTTP/1.1',"
                                   "'cookies':[{'name':'e','value':'1','expires':''}],'headers':[]," CONTENT
                                   ",'redirectURL':''," SIZES "}"));
    normalize(&run, NULL);
    static const struct {
        enum har_mend mend;
        uint64_t count;
    } wanted[] = {{HAR_MEND_METHOD_CASE, 1},     {HAR_MEND_URL_BLANK, 1},         {HAR_MEND_URL_FRAGMENT, 1},
                  {HAR_MEND_VERSION_UNKNOWN, 1}, {HAR_MEND_PSEUDO_HEADER, 2},     {HAR_MEND_HEADER_PAIR, 1},
                  {HAR_MEND_HEADER_LINES, 1},    {HAR_MEND_REQUEST_COOKIES, 1},   {HAR_MEND_QUERY_STRING, 1},
                  {HAR_MEND_EXPIRES_EMPTY, 1},   {HAR_MEND_STATUS_IMPOSSIBLE, 1}, {HAR_MEND_URL_CHARACTER, 0}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(run.summary.mend_count[wanted[i].mend] == wanted[i].count, "%s", har_mend_info(wanted[i].mend)->id);
    memory_run_release(&run);
}
END_TEST

/* Long lists, long values and headers of very many members take linear time. */
START_TEST(many)
{
    enum { MANY = 100000 };
    struct memory_run run;
    struct har_buffer text;
    har_buffer_init(&text, 64 * HAR_MIB);
    har_buffer_append_text(&text, "{'log':{'version':'1.2'," CREATOR ",'entries':[{" DATE ",'time':0,'request':{" LINE NO_COOKIES
                                  "'headers':[{'name':'A','value':'");
    for (unsigned i = 0; i < MANY; i++)
        har_buffer_append_text(&text, "x\\n");
    har_buffer_append_text(&text, "'},{'name':'B','value':'2'");
    for (unsigned i = 0; i < MANY; i++)
        har_buffer_append_text(&text, ",'name':'B'");
    har_buffer_append_text(&text, "}");
    for (unsigned i = 0; i < MANY; i++)
        har_buffer_append_text(&text, i % 2 ? ",{'name':':a','value':''}" : ",{'name':'content-type','value':''}");
    har_buffer_append_text(&text, "]," NO_QUERY SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS "}]}}");
    memory_run_init(&run, memory_string(&text));
    run.job.on_finding = NULL;
    normalize(&run, NULL);
    ck_assert_uint_eq(run.summary.mend_count[HAR_MEND_PSEUDO_HEADER], MANY / 2);
    ck_assert_uint_eq(run.summary.mend_count[HAR_MEND_CONTENT_TYPE_TWICE], MANY / 2 - 1);
    ck_assert_uint_eq(run.summary.mend_count[HAR_MEND_DUPLICATE_KEY], MANY);
    ck_assert_uint_eq(run.summary.mend_count[HAR_MEND_HEADER_LINES], 1);
    memory_run_release(&run);
    har_buffer_release(&text);
}
END_TEST

Suite *suite_normalize_message(void)
{
    Suite *suite = suite_create("normalize_message");
    TCase *tcase = tcase_create("rows");
#define ADD(name) tcase_add_loop_test(tcase, test_##name, 0, sizeof name / sizeof *name)
    ADD(headers);
    ADD(urls);
    ADD(queries);
    ADD(methods);
    ADD(cookies);
    ADD(posts);
    ADD(responses);
    tcase_add_test(tcase, nothing_derived);
    tcase_add_test(tcase, for_k6);
    tcase_add_test(tcase, counted);
    tcase_add_test(tcase, many);
    suite_add_tcase(suite, tcase);
    return suite;
}
