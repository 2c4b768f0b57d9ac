/* The rules: what is found in small documents, where, in which words. Places are the markers <0> to <9>. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_check(void);

#define UNDERSCORE "names of custom members start with an underscore (kept)\n"
#define NULLED     "is null; what is unknown is left out (kept)\n"
#define LATER      "came with HAR 1.2, the file says 1.1 (kept)\n"
#define LOST       "(the entry is left out)\n"
#define PRECISION  "[number-precision] most readers change this number (kept as written)\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {HAR(ENTRY), ""},
    {HAR(""), ""},
    {HAR_LOG("1.2", ",'pages':[" PAGE "],'browser':{'name':'','version':''}", ENTRY "," ENTRY), ""},
    {"{'log':{'entries':[" ENTRY "],'pages':[" PAGE "]," CREATOR ",'version':'1.2'}}", ""},

    /* JSON */
    {HAR(ENTRY ",{'request':<0>x}," ENTRY), "0 error /log/entries/1/request [json-syntax] no JSON value starts like this " LOST},
    {HAR(ENTRY ",{'request':{'url':'a' <0>'b'}}," ENTRY),
     "0 error /log/entries/1/request [json-syntax] a comma or } is missing here " LOST},
    {HAR("{'request':<0>'GET"),
     "0 error /log/entries/0/request [json-truncated] the input ends inside a string that starts here " LOST},
    {"{'log':<1>{'version':'1.2'," CREATOR ",'entries':[" ENTRY "]<0>",
     "0 error /log [json-truncated] the input ends here, inside a value\n"},
    {"<0>", "0 error  [json-truncated] the input is empty\n"},
    {HAR_LOG("1.2", ",'comment':'a<0>\tb'", ""),
     "0 error /log/comment [json-control-character] a control character stands raw in a string\n"},
    {HAR_LOG("1.2", ",'_<0>\x1f':0", ""),
     "0 error /log/_\x1f [json-control-character] a control character stands raw in a string\n"},
    {HAR_LOG("1.2", ",'comment':'abc<0>\\x41'", ""), "0 error /log/comment [json-escape] this backslash starts no known escape\n"},
    {"<0>f(" HAR(ENTRY) ")",
     "0 error  [json-wrapper] the document is the argument of a function call: take the call off (the argument is judged)\n"},
    {"<0>\xef\xbb\xbf" HAR(ENTRY), "0 info  [byte-order-mark] the file starts with a byte order mark (skipped)\n"},
    {HAR_LOG("1.2", ",'comment':'\xc3\xa9<0>\xff'", ""), "0 error /log/comment [not-utf-8] this byte is no UTF-8\n"},
    {"<0>\xff\xfe{ ", "0 error  [not-utf-8] the text is UTF-16, a HAR is UTF-8: convert it, for instance with iconv\n"},
    {HAR_LOG("1.2", ",'comment':'\\ud83d\\ude00<0>\\ud83d'", ""),
     "0 warning /log/comment [lone-surrogate] half a surrogate pair (kept)\n"},
    {HAR_LOG("1.2", ",'comment':'<0>\\u0000'", ""), "0 info /log/comment [nul-character] the string holds U+0000 (kept)\n"},
    /* each kind once for a string, in the order of the bytes; a key before its value */
    {HAR_LOG("1.2", ",'_<0>\\ud800':'<1>\\udc00<2>\\u0000\\udc00\\u0000'", ""),
     "0 warning /log/_\xef\xbf\xbd [lone-surrogate] half a surrogate pair (kept)\n"
     "1 warning /log/_\xef\xbf\xbd [lone-surrogate] half a surrogate pair (kept)\n"
     "2 info /log/_\xef\xbf\xbd [nul-character] the string holds U+0000 (kept)\n"},
    {HAR(ENTRY_WITH(",'_x':[<0>-Infinity,1]")), "0 error /log/entries/0/_x/0 [not-a-number] JSON has no such number\n"},

    /* keys that stand twice: of the specification, of nobody; spelled in two ways */
    {HAR(ENTRY_WITH(",<0>'time':0")),
     "0 error /log/entries/0/time [duplicate-key] the key \"time\" stands in this object again (kept)\n"},
    {HAR(ENTRY_WITH(",'_x':1,<0>'_x':2,<1>'\\u005fx':3")),
     "0 error /log/entries/0/_x [duplicate-key] the key \"_x\" stands in this object again (kept)\n"
     "1 error /log/entries/0/_x [duplicate-key] the key \"_x\" stands in this object again (kept)\n"},
    {HAR(ENTRY_WITH(",'_x':{'a':1,'b':[{'c':1,<0>'c':2}],<1>'a':3}")),
     "0 error /log/entries/0/_x/b/0/c [duplicate-key] the key \"c\" stands in this object again (kept)\n"
     "1 error /log/entries/0/_x/a [duplicate-key] the key \"a\" stands in this object again (kept)\n"},
    {HAR(ENTRY_WITH(",'_':{'1':0,'2':0,'3':0,'4':0,'5':0,'6':0,'7':0,'8':0,'9':0,<0>'3':0,'10':0,<1>'\\u0039':0}")),
     "0 error /log/entries/0/_/3 [duplicate-key] the key \"3\" stands in this object again (kept)\n"
     "1 error /log/entries/0/_/9 [duplicate-key] the key \"9\" stands in this object again (kept)\n"},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[],'_a':1,<0>'_a':2},'_b':1,<1>'_b':2,<2>'log':{}}",
     "0 error /log/_a [duplicate-key] the key \"_a\" stands in this object again (kept)\n"
     "1 error /_b [duplicate-key] the key \"_b\" stands in this object again (kept)\n"
     "2 error /log [duplicate-key] the key \"log\" stands in this object again (kept)\n"},
    /* an escape in a key is another spelling, not another key */
    {HAR(ENTRY_REQUEST(",'postData':{'\\u006dimeType':'','te\\u0078t':''}")), ""},
    {"{'\\u006cog':{'version':'1.2'," CREATOR ",'\\u0065ntries':[]}}", ""},

    /* numbers: 2^53 + 1 where something is counted, 64 bits and doubles elsewhere */
    {HAR(ENTRY_WITH(",'_x':9007199254740993,'_y':<0>9223372036854775808,'_z':9223372036854775807")),
     "0 warning /log/entries/0/_y " PRECISION},
    {HAR(ENTRY_WITH(",'_x':[-9223372036854775808,<0>-9223372036854775809,1e308,<1>1e309,<2>1e-400,0e-400]")),
     "0 warning /log/entries/0/_x/1 " PRECISION "1 warning /log/entries/0/_x/3 " PRECISION
     "2 warning /log/entries/0/_x/4 " PRECISION},
    {HAR(ENTRY_REQUEST(",'_x':-9007199254740993,'comment':''")), ""},
    {HAR("{" DATE ",'time':<0>9007199254740993,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS "}"),
     "0 warning /log/entries/0/time " PRECISION},
    {HAR("{" DATE ",'time':9007199254740992,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS "}"), ""},
    {HAR("{" DATE ",'time':123456789.123456789,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS "}"), ""},

    /* what is no HAR */
    {"<0>[]", "0 error  [not-a-har] the document is not an object that holds log, but JSON of type array\n"},
    {"<0>PK\5\6",
     "0 error  [not-a-har] this is a zip archive without a HAR in it, as Fiddler's .saz are: export a HAR from its tool\n"},
    {"{'openapi':'3.0','paths':{}}<0>", "0 error  [not-a-har] this looks like an OpenAPI description, not a capture\n"},
    {"{'result':{'har':{<0>'log':{'version':'1.2'," CREATOR ",'entries':[" ENTRY "]},'x':1},'y':2},'success':true}",
     "0 info /result/har/log [envelope] the log lies inside another object, at /result/har (read from there)\n"},

    /* missing members: of an object at its brace, of the log and the document at the end */
    {"<0>{}", "0 error  [missing-member] document.log is missing\n"},
    {"<0>{" CREATOR "}", "0 error  [missing-member] document.log is missing\n"},
    {"{'a':1}<0>", "0 error  [not-a-har] this is JSON of another kind: it has no member log\n"},
    {"{<0>'log':{}}", "0 error /log [missing-member] log.version is missing\n"
                      "0 error /log [missing-member] log.creator is missing\n"
                      "0 error /log [missing-member] log.entries is missing\n"},
    {"{'log':{'version':'1.2','creator':<0>{'name':'a'},'entries':[<1>{" DATE ",'request':" REQUEST ",'response':" RESPONSE "}]}}",
     "0 error /log/creator [missing-member] creator.version is missing\n"
     "1 error /log/entries/0 [missing-member] entry.time is missing\n"
     "1 warning /log/entries/0 [missing-cache] entry.cache is missing\n"
     "1 error /log/entries/0 [missing-member] entry.timings is missing\n"},

    /* types */
    {"{'log':{'version':<0>1.2," CREATOR ",'pages':<1>null,'entries':<2>null}}",
     "0 error /log/version [wrong-type] log.version is a number, not a string\n"
     "1 info /log/pages [null-member] log.pages " NULLED "2 error /log/entries [wrong-type] log.entries is null, not an array\n"},
    {"{'log':<0>[]}", "0 error /log [wrong-type] document.log is an array, not an object\n"},
    {HAR(ENTRY_WITH(",'connection':<0>null,'comment':<1>false")),
     "0 error /log/entries/0/connection [wrong-type] entry.connection is null, not a string\n"
     "1 error /log/entries/0/comment [wrong-type] entry.comment is a boolean, not a string\n"},
    {HAR(ENTRY_REQUEST(",'postData':{'mimeType':'','params':[{'name':'','value':<0>{}},<1>3],'text':<2>[]}")),
     "0 error /log/entries/0/request/postData/params/0/value [wrong-type] param.value is an object, not a string\n"
     "1 error /log/entries/0/request/postData/params/1 [wrong-type] each param must be an object, this is a number\n"
     "2 error /log/entries/0/request/postData/text [wrong-type] postData.text is an array, not a string\n"},
    {HAR(ENTRY ",<0>[{'x':1}]"), "0 error /log/entries/1 [wrong-type] each entry must be an object, this is an array\n"},
    {HAR("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE
         ",'cache':{'beforeRequest':null,'afterRequest':<0>''}," TIMINGS "}"),
     "0 error /log/entries/0/cache/afterRequest [wrong-type] cache.afterRequest is a string, not an object or null\n"},

    /* members that the specification does not know, or not yet */
    {"{<2>'extra':0,'log':{'version':'1.2'," CREATOR ",<0>'foo':0,'_foo':0,'entries':[" ENTRY_WITH(",<1>'bar':{'baz':0}") "]}}",
     "0 warning /log/foo [unknown-member] log has no member \"foo\"; " UNDERSCORE
     "1 warning /log/entries/0/bar [unknown-member] entry has no member \"bar\"; " UNDERSCORE
     "2 warning /extra [unknown-member] a HAR document has no member \"extra\" beside log (kept)\n"},
#ifndef HARMILL_WITHOUT_PCRE2 /* else names with signs in them are hidden, because nobody knows */
    {HAR_LOG("1.2", ",<0>'':0,<1>'a/b~c':0", ""),
     "0 warning /log/ [unknown-member] log has no member \"\"; " UNDERSCORE
     "1 warning /log/a~1b~0c [unknown-member] log has no member \"a/b~c\"; " UNDERSCORE},
#endif
    {HAR_LOG("1.1", "", ENTRY_WITH(",<0>'serverIPAddress':'',<1>'connection':'',<2>'comment':''")),
     "0 info /log/entries/0/serverIPAddress [newer-member] entry.serverIPAddress " LATER
     "1 info /log/entries/0/connection [newer-member] entry.connection " LATER
     "2 info /log/entries/0/comment [newer-member] entry.comment " LATER},
    /* the version comes last: told at the end, or not at all */
    {"{'log':{<0>'comment':''," CREATOR ",'entries':[" ENTRY_WITH(",<1>'connection':'',<2>'x':0") "],'version':'1.1'}}",
     "2 warning /log/entries/0/x [unknown-member] entry has no member \"x\"; " UNDERSCORE
     "0 info /log/comment [newer-member] log.comment " LATER
     "1 info /log/entries/0/connection [newer-member] entry.connection " LATER},
    {"{'log':{'comment':''," CREATOR ",'entries':[" ENTRY_WITH(",'connection':''") "],'version':'1.2'}}", ""},
    {"{'log':{<0>'comment':''," CREATOR ",'entries':[" ENTRY_WITH(",<1>'connection':''") "],'version':<2>''}}",
     "2 warning /log/version [empty-version] log.version is empty (read as 1.1)\n0 info /log/comment [newer-member] "
     "log.comment " LATER "1 info /log/entries/0/connection [newer-member] entry.connection " LATER},
    {HAR(ENTRY_REQUEST(",'headersCompression':<0>1,'postData':{'mimeType':'','encoding':<1>'base64'}")),
     "0 info /log/entries/0/request/headersCompression [draft-member] request.headersCompression comes from the proposal for HAR "
     "1.3 "
     "(kept)\n1 info /log/entries/0/request/postData/encoding [draft-member] postData.encoding comes from the proposal for HAR 1.3 "
     "(kept)\n"},
    {HAR("{" DATE
         ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[{'name':'','value':'','path':"
         "<0>null,'sameSite':<1>'Lax'}],'headers':[],'queryString':[]," SIZES "},'response':" RESPONSE ",'cache':{}," TIMINGS "}"),
     "0 info /log/entries/0/request/cookies/0/path [null-member] cookie.path " NULLED
     "1 info /log/entries/0/request/cookies/0/sameSite [common-custom-member] cookie.sameSite is in no version of HAR (kept)\n"},

    {HAR("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE
         ",'cache':{'beforeRequest':null,'afterRequest':<0>{'lastFetched':<1>'','fetchCount':<2>3,'eTag':''}}," TIMINGS "}"),
     "0 info /log/entries/0/cache/afterRequest [incomplete-cache-entry] cacheEntry.lastAccess is missing\n"
     "0 info /log/entries/0/cache/afterRequest [incomplete-cache-entry] cacheEntry.hitCount is missing\n"
     "1 info /log/entries/0/cache/afterRequest/lastFetched [common-custom-member] cacheEntry.lastFetched is in no version of HAR "
     "(kept)\n"
     "2 info /log/entries/0/cache/afterRequest/fetchCount [common-custom-member] cacheEntry.fetchCount is in no version of HAR "
     "(kept)\n"},
    {HAR("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{},'timings':<0>{}}"),
     "0 info /log/entries/0/timings [empty-timings] timings is empty: send, wait and receive are missing\n"},
    {HAR("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{},'timings':<0>{'comment':'','wait':0}}"),
     "0 error /log/entries/0/timings [missing-member] timings.send is missing\n"
     "0 error /log/entries/0/timings [missing-member] timings.receive is missing\n"},

    /* versions */
    {"{'log':{'version':<0>''," CREATOR ",'entries':[" ENTRY_WITH(",<1>'connection':''") "]}}",
     "0 warning /log/version [empty-version] log.version is empty (read as 1.1)\n"
     "1 info /log/entries/0/connection [newer-member] entry.connection " LATER},
    {"{'log':{'version':<0>'1.2.3'," CREATOR ",'entries':[]}}",
     "0 error /log/version [malformed-version] log.version is not of the form major.minor: \"1.2.3\" (read as 1.2)\n"},
    {"{'log':{'version':<0>'1.0'," CREATOR ",'entries':[]}}",
     "0 error /log/version [unsupported-version] version 1.0: readers take 1.1 and newer 1.x only (read as 1.2)\n"},
    {"{'log':{'version':<0>'2.1'," CREATOR ",'entries':[]}}",
     "0 error /log/version [unsupported-version] version 2.1: readers take 1.1 and newer 1.x only (read as 1.2)\n"},
    {"{'log':{'version':<0>'1.112'," CREATOR ",'entries':[" ENTRY_WITH(",'connection':''") "]}}",
     "0 info /log/version [newer-version] version 1.112 is newer than 1.2 (read as 1.2)\n"},
    {"{'log':{'version':'1\\u002e2'," CREATOR ",'entries':[" ENTRY_WITH(",'connection':''") "]}}", ""},

    /* dates, of entries and pages */
    {"{'log':{'version':'1.2'," CREATOR ",'pages':[{'startedDateTime':<0>'yesterday','id':'','title':'','pageTimings':{}},"
     "{'startedDateTime':<1>'2020-02-30T00:00:00Z','id':'','title':'','pageTimings':{}},"
     "{'startedDateTime':<2>'2020-02-20T00:00:00','id':'','title':'','pageTimings':{}},"
     "{'startedDateTime':<3>'2020-02-20 00:00:00Z','id':'','title':'','pageTimings':{}}],'entries':[]}}",
     "0 error /log/pages/0/startedDateTime [malformed-date] page.startedDateTime is no date and time: \"yesterday\"\n"
     "1 error /log/pages/1/startedDateTime [impossible-date] page.startedDateTime does not exist in the calendar: "
     "\"2020-02-30T00:00:00Z\"\n"
     "2 error /log/pages/2/startedDateTime [date-without-zone] page.startedDateTime has no time zone: \"2020-02-20T00:00:00\"\n"
     "3 warning /log/pages/3/startedDateTime [date-form] page.startedDateTime is not in the form of the specification: "
     "\"2020-02-20 00:00:00Z\"\n"},

    /* lines and columns behind characters of several bytes */
    {"{'log':\n {'version':'1.2',\r\n\t" CREATOR ",'_\xc3\xa9':'\xf0\x9f\x98\x80',<0>'x':0,\n'entries':[\n" ENTRY
     ",\n" ENTRY_WITH(",'_':'\xe2\x82\xac',\n  <1>'y':0") "]}\n}\n",
     "0 warning /log/x [unknown-member] log has no member \"x\"; " UNDERSCORE
     "1 warning /log/entries/1/y [unknown-member] entry has no member \"y\"; " UNDERSCORE},
};

START_TEST(findings)
{
    memory_expect(rows[_i].text, rows[_i].told);
}
END_TEST

/* Each rule of the first two groups is found by a row, but those that other tests are about: bounds (test_findings.c), packed data
 * (test_input.c, tests/golden) and XML (test_xml_format.c). */
START_TEST(every_rule_has_a_row)
{
    for (unsigned rule = 0; rule < HAR_RULE_COUNT; rule++) {
        const char *id = har_rule_info((enum har_rule)rule)->id;
        if (har_rule_info((enum har_rule)rule)->group > HAR_GROUP_STRUCTURE)
            continue;
        char wanted[64];
        bool found = rule == HAR_RULE_TOO_DEEP || rule == HAR_RULE_TOO_LARGE || rule == HAR_RULE_COMPRESSED_DATA;
        found |= strncmp(id, "xml-", 4) == 0;
        snprintf(wanted, sizeof wanted, " [%s] ", id);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            found |= strstr(rows[i].told, wanted) != NULL;
        ck_assert_msg(found, "no row for %s", id);
    }
}
END_TEST

Suite *suite_check(void)
{
    Suite *suite = suite_create("check");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, every_rule_has_a_row);
    suite_add_tcase(suite, tcase);
    return suite;
}
