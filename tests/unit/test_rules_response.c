/* Rules about responses: status, redirects, sizes, the connection. */
#include <check.h>
#include <string.h>

#include "memory.h"
#include "small.h"
#include "util/ip.h"

Suite *suite_rules_response(void);

/* An entry with more members at its end, and a response with these parts. */
#define WHOLE(method, status, headers, content, redirect, sizes, more)                                                             \
    HAR("{" DATE ",'time':0,'request':{'method':'" method "','url':'http://a.example/b/c?d','httpVersion':'HTTP/1.1','cookies':["  \
        "],'headers':[],'queryString':[],'headersSize':-1,'bodySize':-1},'response':{'status':" status                             \
        ",'statusText':'','httpVersion':'HTTP/1.1','cookies':[],'headers':[" headers "],'content':{'mimeType':'a/b'," content      \
        "},'redirectURL':" redirect "," sizes "},'cache':{}," TIMINGS more "}")
#define STATUS(status, headers, content) WHOLE("GET", "<0>" status, headers, content, "''", SIZES, "")
#define NO_BODY                          "'size':0"
#define HEADER(name, value)              "{'name':'" name "','value':'" value "'}"
#define LOCATION(to)                     HEADER("location", to)
#define REDIRECT(to, headers)            WHOLE("GET", "302", headers, NO_BODY, "<0>'" to "'", SIZES, "")
#define SIZED(headers_size, body_size)                                                                                             \
    WHOLE("GET", "200", "", NO_BODY, "''", "'headersSize':<0>" headers_size ",'bodySize':<1>" body_size, "")
#define ENDING(more) WHOLE("GET", "200", "", NO_BODY, "''", SIZES, more)
#define REDIRECT_AT  "/log/entries/0/response/redirectURL "
#define RESPONSE_AT  "/log/entries/0/response/"
#define ELSEWHERE    "0 warning " REDIRECT_AT "[redirect-mismatch] redirectURL leads elsewhere than the Location header\n"
#define OMITTED      "0 warning " REDIRECT_AT "[redirect-omitted] redirectURL is empty, but there is a Location header\n"
#define UNLIKELY     "0 warning " RESPONSE_AT "status [unlikely-status] status is "
#define SIZE_RULE    " sizes are 0 and more, or -1 when not known\n"
#define FRACTION     " has a fraction: sizes are whole bytes\n"
#define BODILESS     "0 info " RESPONSE_AT "content/text [unexpected-body] there is a text, but an answer "

static const struct {
    const char *text, *told;
} rows[] = {
    /* status */
    {STATUS("100", "", NO_BODY), ""},
    {STATUS("599", "", NO_BODY), ""},
    {STATUS("99", "", NO_BODY), UNLIKELY "99: HTTP has 100 to 599\n"},
    {STATUS("600", "", NO_BODY), UNLIKELY "600: HTTP has 100 to 599\n"},
    {STATUS("-2", "", NO_BODY), UNLIKELY "-2: HTTP has 100 to 599\n"},
    {STATUS("2e2", "", NO_BODY), ""},
    {STATUS("200.25", "", NO_BODY), "0 error " RESPONSE_AT "status [fractional-status] status is no whole number\n"},
    {STATUS("-1", "", NO_BODY), "0 info " RESPONSE_AT "status [unknown-status] status is -1: not known\n"},
    {STATUS("0", "", NO_BODY), "0 info " RESPONSE_AT "status [no-response] status is 0: there was no response\n"},
    {STATUS("-0", "", "'size':0,'text':''"), "0 info " RESPONSE_AT "status [no-response] status is 0: there was no response\n"},
    {STATUS("0", HEADER("a", "b"), NO_BODY),
     "0 info " RESPONSE_AT "status [response-without-status] status is 0, but there are headers or a body\n"},
    {STATUS("0", "", "'size':1,'text':'a'"),
     "0 info " RESPONSE_AT "status [response-without-status] status is 0, but there are headers or a body\n"},
    {STATUS("null", "", NO_BODY), ""},
    {STATUS("'200'", "", NO_BODY), ""},

    /* answers without a body */
    {WHOLE("GET", "304", "", "'size':1,'text':<0>'a'", "''", SIZES, ""), BODILESS "with status 304 has no body\n"},
    {WHOLE("GET", "199", "", "'size':1,'text':<0>'a'", "''", SIZES, ""), BODILESS "with status 199 has no body\n"},
    {WHOLE("HEAD", "200", "", "'size':1,'text':<0>'a'", "''", SIZES, ""), BODILESS "to HEAD has no body\n"},
    {WHOLE("HEAD", "200", "", "'size':1", "''", SIZES, ""), ""},
    {WHOLE("GET", "204", "", NO_BODY, "''", "'headersSize':-1,'bodySize':<0>1", ""),
     "0 info " RESPONSE_AT "bodySize [not-modified-size] bodySize is 1, but an answer with status 204 has no body\n"},
    {WHOLE("GET", "205", "", NO_BODY, "''", "'headersSize':-1,'bodySize':1", ""), ""},

    /* sizes */
    {SIZED("0", "-1"), ""},
    {SIZED("1.5e1", "2.0"), ""},
    {SIZED("-2", "-118"), "0 warning " RESPONSE_AT "headersSize [malformed-size] response.headersSize is -2:" SIZE_RULE
                          "1 info " RESPONSE_AT "bodySize [negative-body-size] response.bodySize is -118\n"},
    {SIZED("1.5", "-0.5"), "0 warning " RESPONSE_AT "headersSize [malformed-size] response.headersSize" FRACTION
                           "1 warning " RESPONSE_AT "bodySize [malformed-size] response.bodySize" FRACTION},
    {WHOLE("GET", "200", "", "'size':<0>-2", "''", SIZES, ""),
     "0 warning " RESPONSE_AT "content/size [malformed-size] content.size is -2:" SIZE_RULE},

    /* redirects: resolved (RFC 3986 section 5.4 has the same shapes), kept as they are, spelled otherwise */
    {REDIRECT("http://a.example/x", LOCATION("/x")), ""},
    {REDIRECT("http://a.example/b/x", LOCATION("x")), ""},
    {REDIRECT("http://a.example/b/x", LOCATION("./x")), ""},
    {REDIRECT("http://a.example/x", LOCATION("../x")), ""},
    {REDIRECT("http://a.example/x", LOCATION("../../../x")), ""},
    {REDIRECT("http://a.example/b/", LOCATION(".")), ""},
    {REDIRECT("http://a.example/", LOCATION("..")), ""},
    {REDIRECT("http://a.example/b/c?e", LOCATION("?e")), ""},
    {REDIRECT("http://a.example/b/c?d", LOCATION("#e")), ""},
    {REDIRECT("http://b.example/", LOCATION("//b.example")), ""},
    {REDIRECT("?e", LOCATION("?e")), ""},
    {REDIRECT("HTTP://A.example:80", LOCATION("http://a.EXAMPLE/")), ""},
    {REDIRECT("https://a.example:443/", LOCATION("https://a.example")), ""},
    {REDIRECT("https://a.example:80/", LOCATION("https://a.example")), ELSEWHERE},
    {REDIRECT("http://a.example/%41%e2", LOCATION("/A%E2")), ""},
    {REDIRECT("http://a.example/%4", LOCATION("/%4")), ""},
    {REDIRECT("http:\\/\\/a.example\\/x", LOCATION(" /x ")), ""},
    {REDIRECT("http://a.example/x", LOCATION("/X")), ELSEWHERE},
    {REDIRECT("http://a.example/x", LOCATION("/x/")), ELSEWHERE},
    {REDIRECT("http://a.example/x?", LOCATION("/x")), ELSEWHERE},
    {REDIRECT("https://a.example/x", LOCATION("/x")), ELSEWHERE},
    {REDIRECT("http://xn--bcher-kva.example/", LOCATION("http://b\xc3\xbc"
                                                        "cher.example/")),
     ""},
    {REDIRECT("/x", LOCATION("/y") "," LOCATION("/x")), ""},
    /* between others, of the same name without a value, of names as long */
    {REDIRECT("/x", HEADER("Cookie", "a") ",{'name':'location'}," HEADER("LOC\\u0041tion", "/x") "," HEADER("locatiom", "/y")), ""},
    {REDIRECT("/x", HEADER("locatiom", "/x") "," LOCATION("/y") ",0," HEADER("Location2", "/x") ",{'name':'location','value':0}"),
     ELSEWHERE},
    {REDIRECT("/x", "{'value':'/x','name':'location'}," HEADER("set-cookie", "b")), ""},
    {REDIRECT("/x", ""), ""},
    {REDIRECT("/x", HEADER("a", "/x")),
     "0 warning " REDIRECT_AT "[redirect-mismatch] redirectURL is filled in, but there is no Location header\n"},
    {REDIRECT("", LOCATION("/x")), OMITTED},
    {REDIRECT("", LOCATION("") "," LOCATION("/x")), OMITTED},
    {REDIRECT("", LOCATION("")), ""},
    {REDIRECT("", HEADER("Content-Location", "/x")), ""},
    {WHOLE("GET", "304", LOCATION("/x"), NO_BODY, "''", SIZES, ""), ""},
    {WHOLE("GET", "201", LOCATION("/x"), NO_BODY, "''", SIZES, ""), ""},
    {WHOLE("GET", "302", LOCATION("/x"), NO_BODY, "null", SIZES, ""), ""},

    /* the connection */
    {ENDING(",'serverIPAddress':'192.0.2.1','connection':'0'"), ""},
    {ENDING(",'serverIPAddress':'2001:db8::\\u0031'"), ""},
    {ENDING(",'serverIPAddress':<0>'','connection':<1>''"),
     "0 info /log/entries/0/serverIPAddress [empty-server-ip] serverIPAddress is empty; what is unknown is left out\n"
     "1 info /log/entries/0/connection [empty-connection] connection is empty; what is unknown is left out\n"},
    {ENDING(",'serverIPAddress':<0>'[2001:db8::1]'"),
     "0 info /log/entries/0/serverIPAddress [bracketed-server-ip] serverIPAddress has brackets or a port around the address\n"},
    {ENDING(",'serverIPAddress':<0>'localhost'"),
     "0 error /log/entries/0/serverIPAddress [malformed-server-ip] serverIPAddress is no IP address\n"},
};

START_TEST(findings)
{
    memory_expect_of(1 << HAR_GROUP_RESPONSE, rows[_i].text, rows[_i].told);
}
END_TEST

/* RFC 4291 section 2.2, RFC 4007 section 11, RFC 3986 section 3.2.2. */
static const struct {
    const char *text;
    enum ip_form form;
} addresses[] = {
    {"0.0.0.0", IP_LITERAL},
    {"255.255.255.255", IP_LITERAL},
    {"::", IP_LITERAL},
    {"ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", IP_LITERAL},
    {"::13.1.68.3", IP_LITERAL},
    {"fe80::1%eth0", IP_LITERAL},
    {"fe80::1%7", IP_LITERAL},
    {"abcd:ef01:2345:6789:abcd:ef01:255.255.255.255%wlp0s20f3", IP_LITERAL},
    {"[::1]", IP_DRESSED},
    {"[::1]:80", IP_DRESSED},
    {"[fe80::1%eth0]", IP_DRESSED},
    {"[192.0.2.1]", IP_DRESSED},
    {"192.0.2.1:65535", IP_DRESSED},
    {"", IP_NOT},
    {"[]", IP_NOT},
    {"[::1", IP_NOT},
    {"[::1]80", IP_NOT},
    {"[::1]:", IP_NOT},
    {"192.0.2.1:123456", IP_NOT},
    {"192.0.2", IP_NOT},
    {"192.0.2.1.1", IP_NOT},
    {"192.0.2.1 ", IP_NOT},
    {"192.0.2.1%eth0", IP_NOT},
    {"fe80::1%", IP_NOT},
    {"1::2::3", IP_NOT},
    {"a.example", IP_NOT},
    {"unknown", IP_NOT},
    {"%", IP_NOT},
    {":", IP_NOT},
};

START_TEST(address_forms)
{
    ck_assert_int_eq(ip_form(addresses[_i].text, strlen(addresses[_i].text)), addresses[_i].form);
}
END_TEST

Suite *suite_rules_response(void)
{
    Suite *suite = suite_create("rules_response");
    TCase *tcase = tcase_create("rules_response");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, address_forms, 0, sizeof addresses / sizeof *addresses);
    suite_add_tcase(suite, tcase);
    return suite;
}
