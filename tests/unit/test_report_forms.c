/* The reports for programs and forges, fed with findings made by hand: their caps, their escapes, their counts. What they must
 * print is written out here. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fed.h"
#include "report/report.h"
#include "report/sarif.h"

Suite *suite_report_forms(void);

static struct har_summary summary_of(uint64_t errors, uint64_t warnings, uint64_t infos)
{
    struct har_summary summary = {.size = sizeof(summary), .source = "a.har", .version = "1.2", .entries = 2, .bytes = 900};
    summary.level_count[HAR_LEVEL_ERROR] = errors;
    summary.level_count[HAR_LEVEL_WARNING] = warnings;
    summary.level_count[HAR_LEVEL_INFO] = infos;
    summary.rule_count[HAR_RULE_WRONG_TYPE] = errors + infos;
    summary.rule_count[HAR_RULE_MALFORMED_DATE] = warnings;
    return summary;
}

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
        count++;
    return count;
}

/* ---- json */

START_TEST(json_document)
{
    struct fed fed;
    struct har_finding first = wrong_type(), second = malformed_date();
    struct har_summary summary = summary_of(1, 1, 0), clean = summary_of(0, 0, 0);
    second.pointer = (struct har_text)TEXT("/a\xFF\x1B\x7F\"\xE2\x80\xAE");
    feed_open(&fed, "json", plain_args());
    feed(&fed, &first);
    feed(&fed, &second);
    feed_next(&fed, &summary, "b.har");
    feed_next(&fed, &clean, "c.har");
    feed_close(&fed, NULL,
               "{\"tool\":\"harmill\",\"version\":\"" HAR_VERSION "\",\"inputs\":[\n"
               "{\"source\":\"a.har\",\"findings\":[\n"
               "{\"rule\":\"wrong-type\",\"group\":\"structure\",\"level\":\"error\",\"line\":3,\"column\":14,\"offset\":40,"
               "\"endLine\":3,\"endColumn\":18,\"pointer\":\"/log/entries/0/time\",\"entry\":0,"
               "\"fingerprint\":\"000000000000abcd\",\"message\":\"time is null, not number\"},\n"
               "{\"rule\":\"malformed-date\",\"group\":\"structure\",\"level\":\"warning\",\"line\":1,\"column\":10,\"offset\":9,"
               "\"endLine\":1,\"endColumn\":10,\"pointer\":\"/a\\uFFFD\\u001B\\u007F\\\"\\u202E\",\"entry\":null,"
               "\"fingerprint\":\"fedcba9876543210\",\"message\":\"startedDateTime is a string of 7 bytes\",\"done\":\"kept\"}],"
               "\"version\":\"1.2\",\"entries\":2,\"pages\":0,\"bytes\":900,\"broken\":0,\"cut\":false,\"coding\":null,"
               "\"errors\":1,\"warnings\":1,\"infos\":0,\"rules\":{\"wrong-type\":1,\"malformed-date\":1},"
               "\"status\":\"findings\"},\n"
               "{\"source\":\"b.har\",\"findings\":[],"
               "\"version\":\"1.2\",\"entries\":2,\"pages\":0,\"bytes\":900,\"broken\":0,\"cut\":false,\"coding\":null,"
               "\"errors\":0,\"warnings\":0,\"infos\":0,\"rules\":{},\"status\":\"clean\"},\n"
               "{\"source\":\"c.har\",\"findings\":[],\"status\":\"unreadable\",\"error\":\"cannot open: no such file\"}\n"
               "],\"summary\":{\"inputs\":3,\"clean\":1,\"unreadable\":1,\"errors\":1,\"warnings\":1,\"infos\":0,"
               "\"rules\":{\"wrong-type\":1,\"malformed-date\":1}}}\n");
}
END_TEST

/* ---- sarif */

/* 5 infos, 3 warnings and 4 errors in turn: of 6 kept are all errors and the first two warnings. */
START_TEST(sarif_worst)
{
    static const enum har_level turn[] = {HAR_LEVEL_INFO,    HAR_LEVEL_INFO,    HAR_LEVEL_WARNING, HAR_LEVEL_ERROR,
                                          HAR_LEVEL_INFO,    HAR_LEVEL_WARNING, HAR_LEVEL_INFO,    HAR_LEVEL_ERROR,
                                          HAR_LEVEL_WARNING, HAR_LEVEL_ERROR,   HAR_LEVEL_INFO,    HAR_LEVEL_ERROR};
    static const uint64_t errors[] = {4, 8, 10, 12}; /* lines */
    struct sarif_kept kept;
    sarif_kept_init(&kept, 6);
    for (size_t i = 0; i < sizeof turn / sizeof *turn; i++) {
        struct har_finding finding = wrong_type();
        finding.level = turn[i];
        finding.place = (struct har_place){.line = i + 1, .column = 1};
        finding.end = finding.place;
        ck_assert(sarif_kept_add(&kept, &finding, 1, false));
    }
    ck_assert_uint_eq(sarif_kept_count(&kept), 6);
    ck_assert_uint_eq(kept.list[HAR_LEVEL_INFO].count, 0);
    ck_assert_uint_eq(kept.list[HAR_LEVEL_INFO].text.len, 0);
    ck_assert_uint_eq(kept.list[HAR_LEVEL_WARNING].count, 2);
    ck_assert_uint_eq(kept.list[HAR_LEVEL_WARNING].result[0].region.line, 3);
    ck_assert_uint_eq(kept.list[HAR_LEVEL_WARNING].result[1].region.line, 6);
    ck_assert_uint_eq(kept.list[HAR_LEVEL_ERROR].count, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(kept.list[HAR_LEVEL_ERROR].result[i].region.line, errors[i]);
    ck_assert(!sarif_kept_wants(&kept, HAR_LEVEL_INFO));
    ck_assert(!sarif_kept_wants(&kept, HAR_LEVEL_WARNING));
    ck_assert(sarif_kept_wants(&kept, HAR_LEVEL_ERROR));
    ck_assert_uint_eq(kept.sources.len, sizeof "a.har"); /* once */
    sarif_kept_release(&kept);
}
END_TEST

/* The most that GitHub takes, of a run of 30,000 warnings and then one error. */
START_TEST(sarif_most)
{
    struct fed fed;
    struct har_finding warning = malformed_date(), error = wrong_type();
    struct har_summary summary = summary_of(1, 30000, 0);
    feed_open(&fed, "sarif", plain_args());
    for (int i = 0; i < 30000; i++) {
        ck_assert_int_eq(fed.report->wants(fed.ctx, warning.rule, warning.level), i < 25000);
        feed(&fed, &warning);
    }
    ck_assert(fed.report->wants(fed.ctx, error.rule, error.level));
    feed(&fed, &error);
    const char *found = feed_finish(&fed, &summary);
    ck_assert_uint_eq(count_of(found, "\"ruleId\":\"malformed-date\""), 24999);
    ck_assert_uint_eq(count_of(found, "\"ruleId\":\"wrong-type\""), 1);
    ck_assert_ptr_nonnull(strstr(found, "\"primaryLocationLineHash\":\"000000000000abcd:1\""));
    ck_assert_ptr_nonnull(strstr(found, "\"primaryLocationLineHash\":\"fedcba9876543210:24999\""));
    ck_assert_ptr_null(strstr(found, "\"primaryLocationLineHash\":\"fedcba9876543210:25000\""));
    ck_assert_ptr_nonnull(strstr(found, "\"findings\":30001,\"droppedFindings\":5001}"));
    feed_release(&fed);
}
END_TEST

START_TEST(sarif_result)
{
    struct fed fed;
    struct har_finding finding = malformed_date();
    struct har_summary summary = summary_of(0, 1, 0);
    finding.source = "./my captures/100%.har";
    finding.pointer = (struct har_text)TEXT("/a~1b\x1B");
    feed_open(&fed, "sarif", plain_args());
    feed_next(&fed, &summary, finding.source);
    feed(&fed, &finding);
    const char *found = feed_finish(&fed, &summary);
    /* An empty region becomes one column. */
    ck_assert_ptr_nonnull(
        strstr(found, "\n{\"ruleId\":\"malformed-date\",\"ruleIndex\":0,\"level\":\"warning\","
                      "\"message\":{\"text\":\"startedDateTime is a string of 7 bytes; kept (/a~1b\\\\x1b)\"},"
                      "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"my%20captures/100%25.har\"},"
                      "\"region\":{\"startLine\":1,\"startColumn\":10,\"endLine\":1,\"endColumn\":11}},"
                      "\"logicalLocations\":[{\"fullyQualifiedName\":\"/a~1b\\u001B\"}]}],"
                      "\"partialFingerprints\":{\"primaryLocationLineHash\":\"fedcba9876543210:1\"}}\n"));
    ck_assert_ptr_nonnull(strstr(found, "\"invocations\":[{\"executionSuccessful\":true}]"));
    feed_release(&fed);
}
END_TEST

START_TEST(sarif_unreadable)
{
    struct fed fed;
    feed_open(&fed, "sarif", plain_args());
    const char *found = feed_finish(&fed, NULL);
    ck_assert_ptr_nonnull(strstr(found, "\"invocations\":[{\"executionSuccessful\":false,\"toolExecutionNotifications\":["
                                        "{\"level\":\"error\",\"message\":{\"text\":\"cannot open: no such file\"},\"locations\":["
                                        "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.har\"}}}]}]}]"));
    ck_assert_ptr_nonnull(strstr(found, "\"rules\":[\n]"));
    feed_release(&fed);
}
END_TEST

/* A name that is cut would name something else. */
START_TEST(sarif_long_pointer)
{
    struct fed fed;
    static char pointer[SARIF_POINTER_MOST + 1];
    struct har_summary summary = summary_of(2, 0, 0);
    struct har_finding finding = wrong_type();
    memset(pointer, 'a', sizeof pointer);
    pointer[0] = '/';
    feed_open(&fed, "sarif", plain_args());
    finding.pointer = (struct har_text){pointer, sizeof pointer};
    feed(&fed, &finding);
    finding.pointer.len--;
    feed(&fed, &finding);
    ck_assert_uint_eq(count_of(feed_finish(&fed, &summary), "fullyQualifiedName"), 1);
    feed_release(&fed);
}
END_TEST

START_TEST(uris)
{
    static const struct {
        const char *source, *uri;
    } rows[] = {
        {"a.har", "a.har"},
        {"././/a.har", "a.har"},
        {"../a.har", "../a.har"},
        {".hidden/a.har", ".hidden/a.har"},
        {"/tmp/a b.har", "file:///tmp/a%20b.har"},
        {"//tmp/a.har", "file:///tmp/a.har"},
        {"c:a#b?c.har", "c%3Aa%23b%3Fc.har"},
        {"\xC3\xA9\xFF\n", "%C3%A9%FF%0A"},
        {"stdin", "stdin"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_buffer line;
        har_buffer_init(&line, 1000);
        report_append_uri(&line, rows[i].source);
        ck_assert_str_eq(har_buffer_string(&line), rows[i].uri);
        har_buffer_release(&line);
    }
}
END_TEST

/* ---- github */

START_TEST(github_escapes)
{
    struct fed fed;
    struct har_summary summary = summary_of(1, 1, 0);
    struct har_finding first = wrong_type(), second = malformed_date(), low = wrong_type();
    struct har_report_args args = plain_args();
    first.source = "./a,b:100%\n::error::.har";
    first.message = "%1";
    first.arg[0] = (struct har_arg){.kind = HAR_ARG_NAME, .text = TEXT("a: 5%\r\n::set-output name=x::, y")};
    first.pointer.len = 0;
    first.end = (struct har_place){.offset = 90, .line = 4, .column = 2};
    low.level = HAR_LEVEL_INFO;
    args.show = HAR_LEVEL_WARNING;
    feed_open(&fed, "github", args);
    feed(&fed, &low);
    feed(&fed, &second);
    feed(&fed, &first);
    feed_close(&fed, &summary,
               "::error file=a%2Cb%3A100%25\\x0a%3A%3Aerror%3A%3A.har,line=3,endLine=4,title=harmill wrong-type::"
               "\"a: 5%25\\x0d\\x0a::set-output name=x::, y\"\n"
               "::warning file=a.har,line=1,col=10,endLine=1,endColumn=11,title=harmill malformed-date::"
               "startedDateTime is a string of 7 bytes; kept\n"
               "harmill: 1 input: 1 error, 1 warning\n");
}
END_TEST

START_TEST(github_most)
{
    struct fed fed;
    struct har_finding error = wrong_type(), warning = malformed_date(), info = malformed_date();
    struct har_summary summary = summary_of(12, 3, 11);
    info.level = HAR_LEVEL_INFO;
    feed_open(&fed, "github", plain_args());
    for (int i = 0; i < 12; i++) {
        if (i < 11)
            feed(&fed, &info);
        if (i < 3)
            feed(&fed, &warning);
        ck_assert_int_eq(fed.report->wants(fed.ctx, error.rule, error.level), i < 10);
        feed(&fed, &error);
    }
    feed_next(&fed, &summary, "b.har");
    const char *found = feed_finish(&fed, NULL);
    ck_assert_uint_eq(count_of(found, "::error "), 10);
    ck_assert_uint_eq(count_of(found, "::warning "), 3);
    ck_assert_uint_eq(count_of(found, "::notice "), 10);
    ck_assert(strstr(found, "::warning ") > strstr(found, "::error "));
    ck_assert(strstr(found, "::notice ") > strstr(found, "::warning "));
    /* 27 in all, 23 of them shown. */
    ck_assert_ptr_nonnull(
        strstr(found, "\nharmill: 2 inputs: 12 errors, 3 warnings, 11 infos, 1 could not be read; 4 more than shown\n"));
    feed_release(&fed);
}
END_TEST

START_TEST(github_none)
{
    struct fed fed;
    struct har_summary summary = summary_of(0, 0, 0);
    feed_open(&fed, "github", plain_args());
    feed_next(&fed, &summary, "b,c.har");
    feed_close(&fed, NULL,
               "::error file=b%2Cc.har,title=harmill::cannot open: no such file\n"
               "harmill: 2 inputs: 1 could not be read\n");
    feed_open(&fed, "github", plain_args());
    feed_close(&fed, &summary, "harmill: 1 input: clean\n");
}
END_TEST

/* ---- gitlab */

/* FNV-1a over the path, 0xff, and fingerprint and number as 8 bytes each, lowest first. */
static uint64_t part(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

static uint64_t unique(const char *path, uint64_t fingerprint, uint64_t number)
{
    uint64_t hash = part(path);
    for (size_t i = 0; i < 8; i++)
        hash = (hash ^ (fingerprint >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
    for (size_t i = 0; i < 8; i++)
        hash = (hash ^ (number >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
    return hash;
}

START_TEST(gitlab_array)
{
    struct fed fed;
    char wanted[2000];
    struct har_finding error = wrong_type(), warning = malformed_date(), info = malformed_date();
    struct har_summary summary = summary_of(2, 1, 1);
    struct har_report_args args = plain_args();
    args.show = HAR_LEVEL_ERROR; /* for people: all come */
    info.level = HAR_LEVEL_INFO;
    info.pointer = (struct har_text)TEXT("/\xE2\x80\xAE");
    feed_open(&fed, "gitlab", args);
    feed_next(&fed, NULL, "./a.har");
    feed(&fed, &error);
    feed(&fed, &error);
    feed(&fed, &warning);
    feed(&fed, &info);
    snprintf(wanted, sizeof wanted,
             "[\n"
             "{\"description\":\"cannot open: no such file\",\"check_name\":\"unreadable\",\"fingerprint\":\"%016jx\","
             "\"severity\":\"major\",\"location\":{\"path\":\"a.har\",\"lines\":{\"begin\":1}}},\n"
             "{\"description\":\"time is null, not number (/log/entries/0/time)\",\"check_name\":\"wrong-type\","
             "\"fingerprint\":\"%016jx\",\"severity\":\"major\",\"location\":{\"path\":\"a.har\",\"lines\":{\"begin\":3}}},\n"
             "{\"description\":\"time is null, not number (/log/entries/0/time)\",\"check_name\":\"wrong-type\","
             "\"fingerprint\":\"%016jx\",\"severity\":\"major\",\"location\":{\"path\":\"a.har\",\"lines\":{\"begin\":3}}},\n"
             "{\"description\":\"startedDateTime is a string of 7 bytes; kept\",\"check_name\":\"malformed-date\","
             "\"fingerprint\":\"%016jx\",\"severity\":\"minor\",\"location\":{\"path\":\"a.har\",\"lines\":{\"begin\":1}}},\n"
             "{\"description\":\"startedDateTime is a string of 7 bytes; kept (/\\\\u{202e})\",\"check_name\":\"malformed-date\","
             "\"fingerprint\":\"%016jx\",\"severity\":\"info\",\"location\":{\"path\":\"a.har\",\"lines\":{\"begin\":1}}}\n"
             "]\n",
             (uintmax_t)unique("a.har", part("unreadable"), 1), (uintmax_t)unique("a.har", 0xabcd, 1),
             (uintmax_t)unique("a.har", 0xabcd, 2), (uintmax_t)unique("a.har", UINT64_C(0xfedcba9876543210), 1),
             (uintmax_t)unique("a.har", UINT64_C(0xfedcba9876543210), 2));
    feed_close(&fed, &summary, wanted);
}
END_TEST

START_TEST(gitlab_empty)
{
    struct fed fed;
    struct har_summary summary = summary_of(0, 0, 0);
    feed_open(&fed, "gitlab", plain_args());
    feed_close(&fed, &summary, "[]\n");
}
END_TEST

/* ---- junit */

START_TEST(junit_cases)
{
    struct fed fed;
    struct har_finding error = wrong_type(), warning = malformed_date(), info = malformed_date();
    struct har_summary summary = summary_of(1, 1, 1), clean = summary_of(0, 0, 0), silent = summary_of(0, 0, 0);
    error.source = "a.har";
    error.pointer = (struct har_text)TEXT("/<&>\"]]>\x01\xEF\xBF\xBF\xEF\xBF\xBE\xC3\xA9\xEF\xBB\xBF\x7F\xFF");
    info.level = HAR_LEVEL_INFO;
    silent.cut = true;
    feed_open(&fed, "junit", plain_args());
    feed(&fed, &error);
    feed(&fed, &info);
    feed(&fed, &warning);
    feed_next(&fed, &summary, "b&\n\"c\".har");
    feed_next(&fed, &clean, "cut.har");
    feed_next(&fed, &silent, "gone.har");
    feed_close(&fed, NULL,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<testsuites name=\"harmill\">\n"
               "  <testsuite name=\"a.har\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
               "    <testcase classname=\"harmill\" name=\"a.har\">\n"
               "      <failure type=\"findings\" message=\"1 error, 1 warning\">"
               "a.har:3:14: error: time is null, not number [wrong-type] "
               "(/&lt;&amp;&gt;&quot;]]&gt;\\x01\\u{ffff}\\u{fffe}\xC3\xA9\xEF\xBB\xBF\\x7f\\xff)\n"
               "a.har:1:10: warning: startedDateTime is a string of 7 bytes; kept [malformed-date]\n"
               "</failure>\n"
               "      <system-out>a.har:1:10: info: startedDateTime is a string of 7 bytes; kept [malformed-date]\n"
               "</system-out>\n"
               "    </testcase>\n"
               "  </testsuite>\n"
               "  <testsuite name=\"b&amp;\\x0a&quot;c&quot;.har\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
               "    <testcase classname=\"harmill\" name=\"b&amp;\\x0a&quot;c&quot;.har\">\n"
               "    </testcase>\n"
               "  </testsuite>\n"
               "  <testsuite name=\"cut.har\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
               "    <testcase classname=\"harmill\" name=\"cut.har\">\n"
               "      <failure type=\"findings\" message=\"not read to the end\"></failure>\n"
               "    </testcase>\n"
               "  </testsuite>\n"
               "  <testsuite name=\"gone.har\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
               "    <testcase classname=\"harmill\" name=\"gone.har\">\n"
               "      <error type=\"unreadable\" message=\"cannot open: no such file\"></error>\n"
               "    </testcase>\n"
               "  </testsuite>\n"
               "</testsuites>\n");
}
END_TEST

/* 1000 lines of each kind; the counts are right all the same. */
START_TEST(junit_most)
{
    struct fed fed;
    struct har_finding warning = malformed_date(), info = malformed_date();
    struct har_summary summary = summary_of(0, 1005, 2000);
    info.level = HAR_LEVEL_INFO;
    feed_open(&fed, "junit", plain_args());
    for (int i = 0; i < 1005; i++) {
        ck_assert_int_eq(fed.report->wants(fed.ctx, warning.rule, warning.level), i < 1000);
        feed(&fed, &warning);
        feed(&fed, &info);
    }
    const char *found = feed_finish(&fed, &summary);
    ck_assert_uint_eq(count_of(found, ": warning: "), 1000);
    ck_assert_uint_eq(count_of(found, ": info: "), 1000);
    ck_assert_ptr_nonnull(strstr(found, "message=\"1005 warnings\">"));
    ck_assert_ptr_nonnull(strstr(found, "\nand 5 more\n</failure>"));
    ck_assert_ptr_nonnull(strstr(found, "\nand 1000 more\n</system-out>"));
    feed_release(&fed);
}
END_TEST

/* ---- what is wanted */

/* Two of each rule are printed; what was not made is counted by the summary alone. */
START_TEST(text_wants)
{
    struct fed fed;
    struct har_finding finding = malformed_date();
    struct har_summary summary = summary_of(0, 1000, 0);
    struct har_report_args args = plain_args();
    args.most = 2;
    args.show = HAR_LEVEL_WARNING;
    feed_open(&fed, "text", args);
    ck_assert(!fed.report->wants(fed.ctx, finding.rule, HAR_LEVEL_INFO));
    ck_assert(fed.report->wants(fed.ctx, finding.rule, HAR_LEVEL_WARNING));
    feed(&fed, &finding);
    ck_assert(fed.report->wants(fed.ctx, finding.rule, HAR_LEVEL_WARNING));
    feed(&fed, &finding);
    ck_assert(!fed.report->wants(fed.ctx, finding.rule, HAR_LEVEL_WARNING));
    ck_assert(fed.report->wants(fed.ctx, HAR_RULE_WRONG_TYPE, HAR_LEVEL_WARNING));
    feed_close(&fed, &summary,
               "a.har:1:10: warning: startedDateTime is a string of 7 bytes; kept [malformed-date]\n"
               "a.har:1:10: warning: startedDateTime is a string of 7 bytes; kept [malformed-date]\n"
               "a.har: and 998 more [malformed-date]; --max-findings 0 prints all\n");
}
END_TEST

Suite *suite_report_forms(void)
{
    const struct {
        const char *name;
        const TTest *test;
    } tests[] = {
        {"json", json_document},
        {"sarif worst", sarif_worst},
        {"sarif most", sarif_most},
        {"sarif result", sarif_result},
        {"sarif unreadable", sarif_unreadable},
        {"sarif long pointer", sarif_long_pointer},
        {"uris", uris},
        {"github escapes", github_escapes},
        {"github most", github_most},
        {"github none", github_none},
        {"gitlab", gitlab_array},
        {"gitlab empty", gitlab_empty},
        {"junit", junit_cases},
        {"junit most", junit_most},
        {"text wants", text_wants},
    };
    Suite *suite = suite_create("report forms");
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        TCase *tcase = tcase_create(tests[i].name);
        tcase_add_test(tcase, tests[i].test);
        suite_add_tcase(suite, tcase);
    }
    return suite;
}
