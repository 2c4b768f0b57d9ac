/* Rules about bodies: text beside size, encoding, type. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_content(void);

/* An entry with these headers, content and bodySize. */
#define BODY(headers, content, body_size) SENT(headers, content, "-1", body_size)
#define SENT(headers, content, headers_size, body_size)                                                                            \
    HAR("{" DATE ",'time':0,'request':" REQUEST ",'response':{'status':200,'statusText':'','httpVersion':'HTTP/1.1','cookies':[]," \
        "'headers':[" headers "],'content':{" content "},'redirectURL':'','headersSize':" headers_size ",'bodySize':" body_size    \
        "},'cache':{}," TIMINGS "}")
#define HEADER(name, value) "{'name':'" name "','value':'" value "'}"
#define UTF8                HEADER("content-type", "text/plain; charset=utf-8")
#define TEXT(text, size)    BODY(UTF8, "'mimeType':'text/plain','size':<0>" size ",'text':<1>'" text "'", "-1")
#define BASE64(text, size)                                                                                                         \
    BODY(UTF8, "'mimeType':'text/plain','size':<0>" size ",'encoding':<2>'base64','text':<1>'" text "'", "-1")
#define CONTENT_POINTER     "/log/entries/0/response/content/"
#define TYPED(header, type) BODY(header, "'mimeType':<0>'" type "','size':3,'text':'abc'", "-1")
#define MISMATCH            "0 warning " CONTENT_POINTER "size [content-size-mismatch] content.size is "
#define UNIT                "0 info " CONTENT_POINTER "size [content-size-unit] content.size is "
#define MALFORMED           "1 error " CONTENT_POINTER "text [malformed-base64] "
#define FORM                "1 warning " CONTENT_POINTER "text [base64-form] the base64 "
#define LINES               "is broken into lines or has blanks\n"
#define TYPE                "0 info " CONTENT_POINTER "mimeType [mime-type-mismatch] content.mimeType is "
#define OTHER_TYPE          TYPE "another type than the Content-Type header names\n"
#define REPLACED            " info " CONTENT_POINTER "text [replacement-character] U+FFFD stands for bytes that were no text\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {TEXT("abc", "3"), ""},
    {TEXT("abc", "4"), MISMATCH "4, but the text has 3 bytes\n"},
    {TEXT("abc", "3.0"), ""},
    {TEXT("abc", "1e3"), MISMATCH "1000, but the text has 3 bytes\n"},
    {TEXT("a\\n\\u00e9\\ud83d\\ude00", "8"), ""},
    {TEXT("a\\n\\u00e9\\ud83d\\ude00", "4"), UNIT "4, the number of characters: the text has 8 bytes\n"},
    {TEXT("a\\n\\u00e9\\ud83d\\ude00", "5"), UNIT "5, the number of UTF-16 units: the text has 8 bytes\n"},
    {TEXT("a\\n\\u00e9\\ud83d\\ude00", "7"), MISMATCH "7, but the text has 8 bytes\n"},
    {TEXT("abc", "-1"), "0 info " CONTENT_POINTER "size [unknown-content-size] content.size is -1: not known\n"},
    {TEXT("abc", "0"), "0 info " CONTENT_POINTER "size [zero-content-size] content.size is 0, but the text has 3 bytes\n"},
    {TEXT("", "0"), ""},
    {TEXT("", "9"), "1 info " CONTENT_POINTER "text [empty-text] the text is empty, but content.size is 9\n"},
    {BODY(UTF8, "'mimeType':'text/plain','text':'abc'", "-1"), ""},
    {BODY(UTF8, "'mimeType':'text/plain','size':null,'text':'abc'", "-1"), ""},
    /* a byte order mark was taken off, a byte less is a mistake */
    {TEXT("abc", "6"), ""},
    {TEXT("abc", "5"), MISMATCH "5, but the text has 3 bytes\n"},

    /* characters that were lost were one byte or more */
    {BODY(UTF8, "'mimeType':'text/plain','size':8,'text':'ab<1>\xef\xbf\xbd-\xef\xbf\xbd'", "-1"), "1" REPLACED},

    /* other charsets */
    {BODY(HEADER("Content-Type", "text/plain;charset=latin1"), "'mimeType':'text/plain','size':2,'text':'\xc3\xa9\xc3\xa8'", "-1"),
     ""},
    {BODY(HEADER("Content-Type", "text/plain;charset=utf-16"), "'mimeType':'text/plain','size':8,'text':'abc'", "-1"), ""},
    {BODY("", "'mimeType':'text/html; charset=\\u0022gbk\\u0022','size':4,'text':'\xe4\xb8\xad\xe6\x96\x87'", "-1"), ""},
    {BODY("", "'mimeType':'text/html','size':4,'text':'\xe4\xb8\xad\xe6\x96\x87'", "-1"), ""},
    {BODY("", "'mimeType':'text/html','size':<0>13,'text':'\xe4\xb8\xad\xe6\x96\x87'", "-1"),
     MISMATCH "13, but the text has 6 bytes\n"},
    {BODY("", "'mimeType':'application/json','size':<0>4,'text':'\xe4\xb8\xad\xe6\x96\x87'", "-1"),
     MISMATCH "4, but the text has 6 bytes\n"},
    {BODY("", "'mimeType':'text/html','size':<0>2,'text':'\xe4\xb8\xad\xe6\x96\x87'", "-1"),
     UNIT "2, the number of characters: the text has 6 bytes\n"},

    /* the size of the encoded body, of a text without content coding */
    {BODY(UTF8 "," HEADER("content-encoding", "br"), "'mimeType':'text/plain','size':<0>40,'text':'abc'", "40"),
     UNIT "40, the size of the encoded body: decoded it has 3 bytes\n"},
    /* Firefox: bodySize is that of headers and body */
    {SENT(UTF8 "," HEADER("content-encoding", "gzip"), "'mimeType':'text/plain','size':<0>40,'text':'abc'", "260", "300"),
     UNIT "40, the size of the encoded body: decoded it has 3 bytes\n"},
    {SENT(UTF8 "," HEADER("content-encoding", "gzip"), "'mimeType':'text/plain','size':<0>40,'text':'abc'", "260", "301"),
     MISMATCH "40, but the text has 3 bytes\n"},
    {SENT(UTF8, "'mimeType':'text/plain','size':<0>40,'text':'abc'", "260", "300"), MISMATCH "40, but the text has 3 bytes\n"},
    {BODY(UTF8 "," HEADER("content-encoding", "Identity"), "'mimeType':'text/plain','size':<0>40,'text':'abc'", "40"),
     MISMATCH "40, but the text has 3 bytes\n"},

    /* base64 */
    {BASE64("Zm9vYg==", "4"), ""},
    {BASE64("Zm9vYg==", "5"), MISMATCH "5, but the text has 4 bytes\n"},
    {BASE64("Zm9vYg==", "7"), MISMATCH "7, but the text has 4 bytes\n"},
    {BASE64("", "0"), ""},
    {BASE64("\\/\\/\\/\\u002f", "3"), ""},
    {BASE64("Zg\\u003d\\u003D", "1"), ""},
    {BASE64("Zm9v\\r\\nYg==", "4"), FORM LINES},
    {BASE64("Zm 9_", "3"), FORM LINES FORM "is of the alphabet for URLs, with - and _\n"},
    {BASE64("Zm9vYg", "4"), FORM "lacks its padding, the = at the end\n"},
    {BASE64("Zm9vY", "4"), MALFORMED "the text is no base64: its length, 5 characters, is one more than whole bytes need\n"},
    {BASE64("Zm9vYg=", "4"), MALFORMED "the base64 is padded wrong: 6 characters, then 1 of =\n"},
    {BODY("", "'mimeType':'a/b','size':9,'encoding':'base64','text':'Zm<1>*v'", "-1"),
     MALFORMED "the text is no base64: character 3 is not of its alphabet\n"},
    {BODY("", "'mimeType':'a/b','size':9,'encoding':'base64','text':'\\/\\/<1>\\u00e9'", "-1"),
     MALFORMED "the text is no base64: character 3 is not of its alphabet\n"},
    {BODY("", "'mimeType':'a/b','size':3,'encoding':'base\\u00364','text':'Zm9v'", "-1"), ""},
    {BODY("", "'mimeType':'a/b','size':9,'encoding':<0>'','text':'Zm9v'", "-1"),
     "0 warning " CONTENT_POINTER "encoding [unknown-encoding] content.encoding is not base64, the only one that readers know\n"},
    {TEXT("Zm9vYg==", "4"), "1 warning " CONTENT_POINTER "text [missing-encoding] the text is base64 of 4 bytes, as content.size "
                            "says, but content.encoding is missing\n"},
    {TEXT("Zm9vYg=", "4"), MISMATCH "4, but the text has 7 bytes\n"},

    /* U+FFFD: the first place only, as an escape too, not in base64 */
    {BODY(UTF8, "'mimeType':'text/plain','size':9,'text':'<1>\\ufffd\xef\xbf\xbd\\uFFFD'", "-1"), "1" REPLACED},
    {BODY(UTF8, "'mimeType':'text/plain','size':2,'text':'a<1>\xef\xbf\xbd'", "-1"), "1" REPLACED},
    {BODY(UTF8, "'mimeType':'text/plain','size':<0>1,'text':'a<1>\xef\xbf\xbd'", "-1"),
     MISMATCH "1, but the text has 4 bytes\n1" REPLACED},

    /* compression */
    {BODY("", "'mimeType':'a/b','size':9,'compression':5", "4"), ""},
    {BODY("", "'mimeType':'a/b','size':9,'compression':<0>6", "4"),
     "0 info " CONTENT_POINTER "compression [compression-mismatch] compression is 6, but content.size is 9 and bodySize is 4\n"},
    {BODY("", "'mimeType':'a/b','size':9,'compression':<0>0", "4"),
     "0 info " CONTENT_POINTER "compression [compression-mismatch] compression is 0, but content.size is 9 and bodySize is 4\n"},
    {BODY("", "'mimeType':'a/b','size':4,'compression':0", "9"), ""},
    {BODY("", "'mimeType':'a/b','size':4,'compression':<0>-5", "9"),
     "0 info " CONTENT_POINTER "compression [negative-compression] encoding made the body larger by 5 bytes\n"},
    {BODY("", "'mimeType':'a/b','size':4,'compression':9", "-1"), ""},

    /* types */
    {TYPED(HEADER("Content-Type", "text/css"), "text/css"), ""},
    {TYPED(HEADER("Content-Type", "text/css"), "text/html"), OTHER_TYPE},
    {TYPED(HEADER("CONTENT-TYPE", " Text/CSS ; charset=UTF-8 "), "text/css"), ""},
    {TYPED(HEADER("Content\\u002dType", "text\\/css"), "text/css"), ""},
    {TYPED(HEADER("Content-Type", "text/css; a=b;charset=utf8"), "text/css;charset=UTF-8"), ""},
    {TYPED(HEADER("Content-Type", "text/css; charset=utf-8"), "text/css;charset=utf-16"), OTHER_TYPE},
    {TYPED(HEADER("Content-Type", "text/css") "," HEADER("Content-Type", "a/b"), "text/css"), OTHER_TYPE},
    {TYPED(HEADER("Content-Type", "text/css") "," HEADER("Content-Type", "a/b"), "A/B"), ""},
    {TYPED(HEADER("Content-Type", "text/css"), "x-unknown"), TYPE "not filled in, but there is a Content-Type header\n"},
    {TYPED(HEADER("Content-Type", ""), "x-unknown"),
     "0 info " CONTENT_POINTER "mimeType [unknown-mime-type] the type of this body is not known\n"},
    {TYPED(HEADER("Server", "a"), "text/css"), ""},
    {TYPED("5,{},{'name':'content-type'},{'name':3,'value':'a/b'}", "text/css"), ""},
    {BODY("", "'mimeType':'','size':0", "-1"), ""},
    {BODY("", "'mimeType':<0>'','size':1", "-1"),
     "0 info " CONTENT_POINTER "mimeType [unknown-mime-type] the type of this body is not known\n"},
};

START_TEST(findings)
{
    memory_expect_of(1 << HAR_GROUP_RESPONSE, rows[_i].text, rows[_i].told);
}
END_TEST

/* Cut at a mebibyte, less a character that did not fit; shorter ones are wrong. */
START_TEST(cut_texts)
{
    static const struct {
        size_t len;
        const char *told;
    } row[] = {
        {(1 << 20) - 5,
         "warning " CONTENT_POINTER "size [content-size-mismatch] content.size is 2097152, but the text has 1048571 bytes\n"},
        {(1 << 20) - 4, "info " CONTENT_POINTER "text [truncated-text] the text has the first 1048572 of 2097152 bytes\n"},
        {2097152, ""},
        {2097153,
         "warning " CONTENT_POINTER "size [content-size-mismatch] content.size is 2097152, but the text has 2097153 bytes\n"},
    };
    static const char frame[] = BODY(UTF8, "'mimeType':'text/plain','size':2097152,'text':'%s'", "-1");
    char *text = malloc(sizeof frame + row[_i].len);
    ck_assert_ptr_nonnull(text);
    const size_t before = (size_t)(strstr(frame, "%s") - frame);
    memcpy(text, frame, before);
    memset(text + before, 'x', row[_i].len);
    memcpy(text + before + row[_i].len, frame + before + 2, sizeof frame - before - 2);
    struct memory_run run;
    memory_run_init(&run, text);
    memory_only(run.settings, 1 << HAR_GROUP_RESPONSE);
    memory_run_go(&run);
    const char *told = memory_string(&run.told);
    ck_assert_str_eq(*told ? strchr(told, ' ') + 1 : "", row[_i].told);
    memory_run_release(&run);
    free(text);
}
END_TEST

Suite *suite_rules_content(void)
{
    Suite *suite = suite_create("rules_content");
    TCase *tcase = tcase_create("rules_content");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, cut_texts, 0, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
