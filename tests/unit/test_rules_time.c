/* The rules of the group time: dates, expiries, and durations at both sides of each tolerance. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_time(void);

enum { TIMES = 1 << HAR_GROUP_TIME };

#define STARTED(date) "{'startedDateTime':" date ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS "}"

#define TIMED_AT(url, time, timings) HAR("{" DATE ",'time':" time ",'request':{'url':'" url "'},'timings':{" timings "}}")

#define TIMED(time, timings) TIMED_AT("https://a/", time, timings)

#define PARTS "'send':1,'wait':90,'receive':9" /* 100 */

#define COOKIES(request, response) HAR("{" DATE ",'request':{'cookies':[" request "]},'response':{'cookies':[" response "]}}")

#define COOKIE(expires) "{'name':'a','value':'b','expires':" expires "}"

#define CACHE(states) HAR("{" DATE ",'cache':{" states "}}")

#define AT(mark, level, member, rule, message) mark " " level " /log/entries/0/" member " [" rule "] " message "\n"

#define MALFORMED(mark, where, value)                                                                                              \
    AT(mark, "warning", where, "malformed-expires", "this is no ISO 8601 date and time: \"" value "\"")

#define SECONDS(mark, where, name, value)                                                                                          \
    AT(mark, "info", where, "numeric-expires", "\"" name "\" counts seconds since 1970: \"" value "\"")
#define IMPOSSIBLE(mark, where, value) AT(mark, "warning", where, "malformed-expires", "there is no such date: \"" value "\"")

#define EMPTY(mark, where, name) AT(mark, "info", where, "empty-expires", "\"" name "\" is empty; what is unknown is left out")

#define UNKNOWN(mark, where, name) AT(mark, "info", where, "unknown-time", name " is -1, but it has to be known")

#define REQUIRED(mark, where, name, ms)                                                                                            \
    AT(mark, "warning", where, "negative-time", name " is " ms " ms, no time is less than nothing")

#define OPTIONAL(mark, where, name, ms)                                                                                            \
    AT(mark, "warning", where, "negative-time", name " is " ms " ms; -1, which does not apply, is the only negative number")

#define BETWEEN(mark, ms) AT(mark, "info", "timings/blocked", "negative-blocked", "timings.blocked is " ms " ms, between -1 and 0")

#define MISMATCH(time, sum) AT("0", "warning", "time", "time-mismatch", "time is " time " but the timings add up to " sum)

#define ROUNDING(time, sum) AT("0", "info", "time", "time-rounding", "time is " time ", the timings add up to " sum)

#define EXCLUDED(time, sum, ssl, why)                                                                                              \
    AT("1", "info", "timings/ssl", "connect-excludes-ssl", "time is " time ", which is the sum " sum " and ssl " ssl ": " why)

#define TWICE(time, sum, ssl, connect)                                                                                             \
    AT("0", "info", "time", "ssl-counted-twice",                                                                                   \
       "time is " time ", which is the sum " sum " and ssl " ssl ": ssl is a part of connect " connect " already")

#define OUTSIDE(ssl, connect)                                                                                                      \
    AT("1", "info", "timings/ssl", "ssl-outside-connect", "ssl is " ssl " ms, connect, of which it is a part, is " connect)

#define PLAIN(ssl) AT("1", "info", "timings/ssl", "ssl-without-https", "ssl is " ssl " ms, but the request went without TLS")

#define LONG(mark, where, name, ms) AT(mark, "warning", where, "unlikely-duration", name " is " ms " ms, more than a day")

#define YEAR(year) AT("0", "warning", "startedDateTime", "unlikely-date", "the year is " year ", there were no captures then")

#define UNSORTED(mark, entry, ms, other)                                                                                           \
    mark " info /log/entries/" entry "/startedDateTime [unsorted-entries] starts " ms " ms before entry " other                    \
         ", which stands before it\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {HAR(ENTRY), ""},

    /* dates: the year as it is written; the future needs to be known */
    {HAR(STARTED("<0>'1989-12-31T23:59:59.999Z'")), YEAR("1989")},
    {HAR(STARTED("<0>'1989-12-31T23:59:59-14:00'")), YEAR("1989")},
    {HAR(STARTED("'1990-01-01T00:00:00+14:00'")), ""},
    {HAR(STARTED("<0>'\\u0031970-01-01T00:00:00Z'")), YEAR("1970")},
    {HAR(STARTED("<0>'00000101T000000Z'")), YEAR("0")},
    {HAR(STARTED("'1970-01-01T00:00:00'")), ""}, /* told as a date without zone */
    {HAR(STARTED("'9999-12-31T23:59:59Z'")), ""},
    {HAR_LOG("1.2", ",'pages':[{'startedDateTime':<0>'1970-01-01T00:00:00Z'}]", ""),
     "0 warning /log/pages/0/startedDateTime [unlikely-date] the year is 1970, there were no captures then\n"},

    /* order: against the entry before that has a date */
    {HAR(STARTED("'2020-01-01T00:00:01Z'") "," STARTED("<0>'2020-01-01T00:00:00.999999Z'") "," STARTED(
         "'2020-01-01T01:00:00.999999+01:00'") "," STARTED("<1>'2020-01-01T00:00:00'") "," STARTED("<2>'2019-12-31T23:59:59Z'")),
     UNSORTED("0", "1", "0.001", "0") UNSORTED("2", "4", "1999.999", "2")},
    {HAR(STARTED("'2020-01-01T00:00:00Z'") ",[]," STARTED("<0>'2019-12-31T00:00:00Z'")), UNSORTED("0", "2", "86400000", "0")},
    {HAR(STARTED("'2020-01-01T00:00:00Z'") "," STARTED("'2019-12-31T23:00:00-01:00'")), ""},

    /* expiries */
    {COOKIES(COOKIE("<0>'Sun, 01 Mar 2026 10:00:00 GMT'"), COOKIE("<1>'1772359200'") "," COOKIE("<2>''")),
     MALFORMED("0", "request/cookies/0/expires", "Sun, 01 Mar 2026 10:00:00 GMT")
         MALFORMED("1", "response/cookies/0/expires", "1772359200") EMPTY("2", "response/cookies/1/expires", "expires")},
    {COOKIES(COOKIE("'2026-03-01T10:00:00.000Z'") "," COOKIE("'20260301T100000+01'") "," COOKIE("'2026-03-01 10:00:00'"),
             COOKIE("null") "," COOKIE("7") ",3," COOKIE("'9999-12-31T23:59:60z'") "," COOKIE("'\\u0032026-03-01T10:00:00.000Z'")),
     ""},
    {COOKIES(COOKIE("<0>'2026-02-29T10:00:00Z'"), COOKIE("'x','expires':'2026-02-28T10:00:00Z'")),
     IMPOSSIBLE("0", "request/cookies/0/expires", "2026-02-29T10:00:00Z")},
    {CACHE("'beforeRequest':{'expires':<0>'2009-16-02T15:50:34','lastAccess':<1>''},'afterRequest':null"),
     IMPOSSIBLE("0", "cache/beforeRequest/expires", "2009-16-02T15:50:34")
         EMPTY("1", "cache/beforeRequest/lastAccess", "lastAccess")},
    {CACHE("'beforeRequest':{'expires':<0>'4294967295','lastAccess':<1>'0'},"
           "'afterRequest':{'expires':<2>'123456789012','lastAccess':<3>'-1'}"),
     SECONDS("0", "cache/beforeRequest/expires", "expires", "4294967295")
         SECONDS("1", "cache/beforeRequest/lastAccess", "lastAccess", "0") SECONDS(
             "2", "cache/afterRequest/expires", "expires", "123456789012") MALFORMED("3", "cache/afterRequest/lastAccess", "-1")},
    {CACHE("'afterRequest':{'expires':<0>'1234567890123','lastAccess':<1>'20260301'}"),
     MALFORMED("0", "cache/afterRequest/expires", "1234567890123") MALFORMED("1", "cache/afterRequest/lastAccess", "20260301")},
    {CACHE("'beforeRequest':{},'afterRequest':{'expires':'2009-04-16T15:50:36','lastAccess':<0>'soon'}"),
     MALFORMED("0", "cache/afterRequest/lastAccess", "soon")},

    /* -1 and other negative numbers, in their spellings */
    {TIMED("<0>-1", "'send':<1>-1.0,'wait':<2>-1e0,'receive':<3>-10e-1"),
     UNKNOWN("0", "time", "entry.time") UNKNOWN("1", "timings/send", "timings.send") UNKNOWN("2", "timings/wait", "timings.wait")
         UNKNOWN("3", "timings/receive", "timings.receive")},
    {TIMED("100", "'blocked':-1,'dns':-1.0,'connect':-1e0,'ssl':-1," PARTS), ""},
    {TIMED("-0", "'blocked':-0.0,'send':0,'wait':-0e5,'receive':0"), ""},
    {TIMED("<0>-2", "'blocked':<1>-0.197,'dns':<2>-42,'ssl':<3>-1.5,'send':<4>-1.000001,'wait':90,'receive':9"),
     REQUIRED("0", "time", "entry.time", "-2") BETWEEN("1", "-0.197") OPTIONAL("2", "timings/dns", "timings.dns", "-42")
         OPTIONAL("3", "timings/ssl", "timings.ssl", "-1.5") REQUIRED("4", "timings/send", "timings.send", "-1")},

    {TIMED("100", "'blocked':<0>-0.999," PARTS), BETWEEN("0", "-0.999")},
    {TIMED("100", "'blocked':<0>-1.000001," PARTS), OPTIONAL("0", "timings/blocked", "timings.blocked", "-1")},
    {TIMED("100", "'dns':<0>-0.5," PARTS), OPTIONAL("0", "timings/dns", "timings.dns", "-0.5")},

    /* the sum: 1 ms or a millionth, 5 ms or a hundredth of the greater one */
    {TIMED("101", PARTS), ""},
    {TIMED("99", PARTS), ""},
    {TIMED("<0>101.001", PARTS), ROUNDING("101.001", "100")},
    {TIMED("<0>105", PARTS), ROUNDING("105", "100")},
    {TIMED("<0>95", PARTS), ROUNDING("95", "100")},
    {TIMED("<0>105.06", PARTS), MISMATCH("105.06", "100")},
    {TIMED("<0>94.9", PARTS), MISMATCH("94.9", "100")},
    {TIMED("<0>0", PARTS), MISMATCH("0", "100")},
    {TIMED("<0>100", "'send':0,'wait':0,'receive':0"), MISMATCH("100", "0")},
    {TIMED("10000002", "'send':0,'wait':9999993,'receive':0"), ""},
    {TIMED("<0>10000011", "'send':0,'wait':10000000,'receive':0"), ROUNDING("10000011", "10000000")},
    {TIMED("<0>1000", "'send':0,'wait':990,'receive':0"), ROUNDING("1000", "990")},
    {TIMED("<0>1000", "'send':0,'wait':989,'receive':0"), MISMATCH("1000", "989")},
    {TIMED("<0>268.64100000000002", "'blocked':2.5,'dns':10,'connect':20,'ssl':15,'send':0.1,'wait':267.5,'receive':5"),
     MISMATCH("268.641", "305.1")},
    {TIMED("305.1e0", "'blocked':2.5,'dns':10,'connect':20,'ssl':15,'send':0.1,'wait':267.5,'receive':0.000000000000000005e18"),
     ""},
    {TIMED("100", "'_blocked_queueing':7,'send':1,'send':2,'wait':90,'receive':8"), ""}, /* the last one counts */
    /* nothing to compare */
    {TIMED("500", "'send':1,'wait':90"), ""},
    {TIMED("'x'", PARTS), ""},
    {TIMED("1e999", PARTS), ""},
    {TIMED("500", "'send':null,'wait':90,'receive':9"), ""},
    {HAR("{" DATE ",'timings':{" PARTS "}}"), ""},
    {HAR("{" DATE ",'time':500}"), ""},
    {TIMED("500", "'send':<0>-1,'wait':90,'receive':9"), UNKNOWN("0", "timings/send", "timings.send")},
    {TIMED("500", "'dns':<0>-3," PARTS), OPTIONAL("0", "timings/dns", "timings.dns", "-3")},

    /* ssl, which is a part of connect */
    {TIMED("120", "'connect':20,'ssl':20," PARTS), ""},
    {TIMED("213", "'connect':20,'ssl':<1>93," PARTS), EXCLUDED("213", "120", "93", "connect 20 lacks the time of ssl")},
    {TIMED("214", "'connect':20,'ssl':<1>93," PARTS), EXCLUDED("214", "120", "93", "connect 20 lacks the time of ssl")},
    {TIMED("193", "'connect':-1,'ssl':<1>93," PARTS), EXCLUDED("193", "100", "93", "there is no connect that holds it")},
    {TIMED("<0>162", "'connect':34,'ssl':28," PARTS), TWICE("162", "134", "28", "34")},
    {TIMED("<0>156", "'connect':28,'ssl':28," PARTS), TWICE("156", "128", "28", "28")},
    {TIMED("<0>103", "'connect':0,'ssl':<1>2," PARTS), EXCLUDED("103", "100", "2", "there is no connect that holds it")},
    {TIMED("<0>180", "'connect':34,'ssl':28," PARTS), MISMATCH("180", "134")},
    {TIMED("120", "'connect':20,'ssl':21," PARTS), ""},
    {TIMED("120", "'connect':20,'ssl':<1>21.5," PARTS), OUTSIDE("21.5", "20 ms")},
    {TIMED("100", "'connect':-1,'ssl':<1>21.5," PARTS), OUTSIDE("21.5", "not known")},
    {TIMED("100", "'ssl':<1>0.25," PARTS), OUTSIDE("0.25", "not known")},
    {TIMED("100", "'ssl':0," PARTS), ""},
    {TIMED_AT("http://a/", "120", "'connect':20,'ssl':<1>10," PARTS), PLAIN("10")},
    {TIMED_AT("HtTp:\\/\\/a/", "120", "'connect':20,'ssl':<1>10," PARTS), PLAIN("10")},
    {TIMED_AT("ws:a", "120", "'connect':20,'ssl':<1>10," PARTS), PLAIN("10")},
    {TIMED_AT("wss://a", "120", "'connect':20,'ssl':10," PARTS), ""},
    {TIMED_AT("http", "120", "'connect':20,'ssl':10," PARTS), ""},
    {TIMED_AT("http://a/", "120", "'connect':20,'ssl':0," PARTS), ""},
    {HAR("{" DATE ",'time':120,'request':{'url':7},'timings':{'connect':20,'ssl':10," PARTS "}}"), ""},

    /* more than a day */
    {TIMED("86400000", "'send':0,'wait':86400000,'receive':0"), ""},
    {TIMED("<0>86400000.5", "'send':0,'wait':<1>86400000.5,'receive':0"),
     LONG("0", "time", "entry.time", "86400000.5") LONG("1", "timings/wait", "timings.wait", "86400000.5")},
    {TIMED("<0>1", "'ssl':-1,'send':0,'wait':1,'receive':<1>1e300"),
     MISMATCH("1", "9000000000000000") LONG("1", "timings/receive", "timings.receive", "9000000000000000")},
};

START_TEST(findings)
{
    memory_expect_of(TIMES, rows[_i].text, rows[_i].told);
}
END_TEST

START_TEST(every_rule_has_a_row)
{
    for (unsigned rule = 0; rule < HAR_RULE_COUNT; rule++) {
        const struct har_rule_info *info = har_rule_info((enum har_rule)rule);
        char wanted[64];
        bool found = info->group != HAR_GROUP_TIME;
        snprintf(wanted, sizeof wanted, " [%s] ", info->id);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            found |= strstr(rows[i].told, wanted) != NULL;
        ck_assert_msg(found, "no row for %s", info->id);
    }
}
END_TEST

#define FUTURE(days)                                                                                                               \
    AT("0", "warning", "startedDateTime", "unlikely-date", "the date lies in the future, " days " days and more from now")

/* 2020-01-01T00:00:00Z is 1577836800. */
static const struct {
    int64_t now;
    const char *told;
} nows[] = {
    {0, ""},
    {1577836800, ""},
    {1577836800 - 86400, ""},
    {1577836800 - 86401, FUTURE("1")},
    {1577836800 - 86400 * 30, FUTURE("30")},
    {1, FUTURE("18261")},
};

START_TEST(the_future)
{
    struct memory_run run;
    memory_run_init(&run, HAR("{'startedDateTime':<0>'2020-01-01T01:00:00+01:00'}"));
    memory_only(run.settings, TIMES);
    har_settings_set_now(run.settings, nows[_i].now);
    memory_run_go(&run);
    ck_assert_str_eq(memory_string(&run.told), nows[_i].told);
    memory_run_release(&run);
}
END_TEST

/* connect-excludes-ssl stands for ssl-outside-connect only where somebody hears it. */
START_TEST(a_rule_that_is_off)
{
    struct memory_run run;
    memory_run_init(&run, TIMED("213", "'connect':20,'ssl':<1>93," PARTS));
    memory_only(run.settings, TIMES);
    har_settings_set_level(run.settings, HAR_RULE_CONNECT_EXCLUDES_SSL, HAR_LEVEL_OFF);
    memory_run_go(&run);
    ck_assert_str_eq(memory_string(&run.told), OUTSIDE("93", "20 ms"));
    memory_run_release(&run);
}
END_TEST

Suite *suite_rules_time(void)
{
    Suite *suite = suite_create("rules_time");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, every_rule_has_a_row);
    tcase_add_loop_test(tcase, the_future, 0, sizeof nows / sizeof *nows);
    tcase_add_test(tcase, a_rule_that_is_off);
    suite_add_tcase(suite, tcase);
    return suite;
}
