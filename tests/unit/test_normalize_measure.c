/* What normalizing makes of dates, times, sizes, bodies, caches and addresses, beyond the folders of testdata/normalize/: what it
 * leaves alone, several quirks at once, names that are taken, --no-derive. */
#include <check.h>

#include "memory.h"
#include "small.h"

Suite *suite_normalize_measure(void);

#define LOG(entry) HAR_LOG("1.2", ",'pages':[]", entry)

#define STARTED(date, more)                                                                                                        \
    LOG("{'startedDateTime':" date ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS more "}")

/* An entry whose time member is `time` (with its comma), with timings of these members. */
#define TIMED(time, timings, more)                                                                                                 \
    LOG("{" DATE "," time "'request':" REQUEST ",'response':" RESPONSE ",'cache':{},'timings':{" timings "}" more "}")

#define ANSWERED(response) LOG("{" DATE ",'time':0,'request':" REQUEST ",'response':" response ",'cache':{}," TIMINGS "}")

#define RESPONSE_OF(headers, content, sizes)                                                                                       \
    "{'status':200,'statusText':'','httpVersion':'HTTP/1.1','cookies':[],'headers':[" headers "],'content':{" content              \
    "},'redirectURL':'','headersSize':-1," sizes "}"

#define BODY(content) ANSWERED(RESPONSE_OF("", content, "'bodySize':-1"))

#define CACHED(entry)                                                                                                              \
    LOG("{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{'beforeRequest':{" entry "}}," TIMINGS "}")

#define DERIVED(what) ",'comment':'derived by harmill: " what "'"

static void stays(const char *notation)
{
    memory_expect_normalized(notation, notation, "");
}

/* Legal dates stay byte for byte; what is no instant is not made one. */
START_TEST(dates_that_stay)
{
    stays(STARTED("'2026-03-01T10:00:00Z'", ""));
    stays(STARTED("'2026-03-01T10:00:00.1234567-05:30'", ""));
    stays(STARTED("'2026-03-01T24:00:00Z'", ""));
    stays(STARTED("'2026-03-01T10:00:00'", ""));
    stays(STARTED("'2026-03-01 10:00:00'", ""));
    stays(STARTED("'2026-02-30T10:00:00Z'", ""));
    stays(STARTED("'2026-02-30 10:00:00Z'", ""));
    stays(STARTED("'March 1, 2026 10:00'", ""));
    stays(STARTED("'NaN-NaN-NaNTNaN:NaN:NaN.NaN+NaN:NaN'", ""));
    stays(STARTED("'9999-12-31T24:00Z'", ""));
    stays(STARTED("''", ""));
}
END_TEST

START_TEST(dates_and_names)
{
    /* The name for the original is taken. */
    memory_expect_normalized(STARTED("'2016-12-31T23:59:60Z'", ",'_startedDateTime':1"),
                             LOG("{'startedDateTime':'2017-01-01T00:00:00Z','time':0,'request':" REQUEST ",'response':" RESPONSE
                                 ",'cache':{}," TIMINGS ",'_startedDateTime_2':'2016-12-31T23:59:60Z','_startedDateTime':1}"),
                             "leap-second 1");
    /* Escapes count as what they stand for; so does a leap second in another form. */
    memory_expect_normalized(STARTED("'2026-03-01\\u002010:00:00Z'", ""), STARTED("'2026-03-01T10:00:00Z'", ""), "date-form 1");
    memory_expect_normalized(STARTED("'20161231T235960Z'", ""),
                             STARTED("'2017-01-01T00:00:00Z'", ",'_startedDateTime':'20161231T235960Z'"), "date-form 1");
}
END_TEST

#define PARTS "'send':1,'wait':90,'receive':9" /* 100 */

START_TEST(times_that_stay)
{
    stays(TIMED("'time':100,", PARTS, ""));
    stays(TIMED("'time':0,", PARTS, ""));                                                    /* only different */
    stays(TIMED("'time':120,", "'connect':34,'send':1,'wait':90,'receive':9,'ssl':28", "")); /* ssl may be anywhere */
    stays(TIMED("'time':128,", "'connect':34,'send':1,'wait':50,'receive':9,'ssl':28", ""));
    stays(TIMED("'time':100,", "'blocked':-1,'dns':-1,'connect':-1,'send':1,'wait':90,'receive':9,'ssl':-1", ""));
    stays(TIMED("'time':130,", "'send':0,'wait':12,'receive':63604615927841", ""));
    stays(TIMED("'time':-1,", "'send':-1,'wait':-1,'receive':-1", "")); /* nothing is known */
    stays(TIMED("'time':-1,", "'send':0,'wait':12,'receive':-1", ""));
    stays(TIMED("", "'send':0,'wait':12,'receive':-1", ""));
    stays(TIMED("", "", ""));
    stays(TIMED("'time':1e400,", "'send':-1,'wait':-1,'receive':-1", ""));
    stays(TIMED("'time':-1,", "'send':1,'wait':1e400,'receive':3", ""));
    stays(TIMED("'time':-1,", "'send':1e308,'wait':1e308,'receive':1e308", "")); /* whose sum is no number */
}
END_TEST

START_TEST(times_worked_out)
{
    /* Playwright adds ssl to the total once more: none of it is receive's. */
    memory_expect_normalized(
        TIMED("'time':50.29199999999999,", "'dns':0.016,'connect':24.487,'send':0,'wait':8.383,'receive':-1,'ssl':17.406", ""),
        TIMED("'time':50.29199999999999,",
              "'dns':0.016,'connect':24.487,'send':0,'wait':8.383,'receive':0,'ssl':17.406" DERIVED(
                  "what was -1 of send, wait and receive from time"),
              ""),
        "unknown-part 1");
    /* The parts are longer than the whole: nothing is left. */
    memory_expect_normalized(
        TIMED("'time':7.132,", "'send':0,'wait':8.132,'receive':-1", ""),
        TIMED("'time':7.132,", "'send':0,'wait':8.132,'receive':0" DERIVED("what was -1 of send, wait and receive from time"), ""),
        "unknown-part 1");
    /* All digits of the total go over, and long ones, too. */
    memory_expect_normalized(TIMED("'time':100.123456789012345678901,", "", ""),
                             TIMED("'time':100.123456789012345678901,",
                                   "'send':0,'wait':100.123456789012345678901,'receive':0" DERIVED(
                                       "wait is the whole time, because nothing is known of its parts"),
                                   ""),
                             "empty-timings 1");
    /* 0.1 + 0.2 is 0.3, and what is left of it 0. */
    memory_expect_normalized(TIMED("", "'send':0.1,'wait':0.2,'receive':0", ""),
                             TIMED("'time':0.3,", "'send':0.1,'wait':0.2,'receive':0", DERIVED("time from the timings")),
                             "missing-time 1");
    memory_expect_normalized(
        TIMED("'time':0.3,", "'send':0.1,'wait':0.2", ""),
        TIMED("'time':0.3,", "'send':0.1,'wait':0.2,'receive':0" DERIVED("what was missing of send, wait and receive from time"),
              ""),
        "incomplete-timings 1");
}
END_TEST

START_TEST(several_times)
{
    /* Two of three, for two reasons: one comment for each. */
    memory_expect_normalized(
        TIMED("'time':20,", "'wait':-1,'receive':5", ""),
        TIMED("'time':20,",
              "'send':0,'wait':15,'receive':5" DERIVED("what was -1 of send, wait and receive from time, what was missing of "
                                                       "send, wait and receive from time"),
              ""),
        "incomplete-timings 1, unknown-part 1");
    /* A negative blocked is set aside first, and no part of the sum. */
    memory_expect_normalized(TIMED("", "'blocked':-20," PARTS, ""),
                             TIMED("'time':100,", PARTS ",'_blocked':-20", DERIVED("time from the timings")),
                             "missing-time 1, negative-optional-time 1");
    memory_expect_normalized(
        TIMED("'time':193,", "'connect':-1000,'ssl':93," PARTS, ""),
        TIMED("'time':193,", "'connect':93," PARTS ",'ssl':93" DERIVED("connect with ssl in it, as time shows") ",'_connect':-1000",
              ""),
        "negative-optional-time 1, connect-excludes-ssl 1");
    memory_expect_normalized(
        TIMED("'time':100,", "'send':-35,'wait':90,'receive':9,'_send':'x'", ""),
        TIMED("'time':100,",
              "'send':1,'wait':90,'receive':9" DERIVED("what was negative of send, wait and receive from time") ",'_send_2':-35,"
                                                                                                                "'_send':'x'",
              ""),
        "negative-part 1");
}
END_TEST

START_TEST(nothing_derived)
{
    static const char *const same[] = {
        TIMED("'time':50,", "'send':0,'wait':8,'receive':-1", ""),
        TIMED("'time':50,", "", ""),
        TIMED("'time':-1,", PARTS, ""),
        TIMED("'time':-7,", PARTS, ""),
        TIMED("'time':100,", "'blocked':-0.197," PARTS, ""),
        TIMED("'time':193,", "'connect':20,'send':1,'wait':70,'receive':9,'ssl':93", ""),
        BODY("'size':-1,'mimeType':'','text':'hello'"),
        BODY("'size':16,'mimeType':'image/png','text':'iVBORw0KGgoAAAANSUhEUg=='"),
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        memory_expect_no_derive(same[i], same[i], "");
    memory_expect_no_derive(TIMED("'time':100,", "'dns':-42," PARTS, ""), TIMED("'time':100,", PARTS ",'_dns':-42", ""),
                            "negative-optional-time 1");
    memory_expect_no_derive(BODY("'size':-1,'mimeType':''"), BODY("'size':0,'mimeType':'','_size':-1"), "unknown-content-size 1");
}
END_TEST

START_TEST(sizes_that_stay)
{
    stays(ANSWERED(RESPONSE_OF("", "'size':9007199254740994,'mimeType':''", "'bodySize':12.0")));
    stays(ANSWERED(RESPONSE_OF("", "'size':1e3,'mimeType':''", "'bodySize':-1")));
    stays(BODY("'size':3,'compression':-20,'mimeType':'','text':'hello'"));
    stays(BODY("'size':0,'mimeType':'','text':'hello'"));
    stays(BODY("'size':5,'mimeType':'','text':'a\\ud800\\u0000'"));
}
END_TEST

#define SENT(name, value) "{'name':'" name "','value':'" value "'}"

START_TEST(sizes_worked_out)
{
    /* Text goes before all else, Content-Length before bodySize; compressed, both say nothing. */
    memory_expect_normalized(
        ANSWERED(RESPONSE_OF(SENT("Content-Length", "3"), "'mimeType':'','text':'hell\\u00f6'", "'bodySize':4")),
        ANSWERED(RESPONSE_OF(SENT("Content-Length", "3"), "'size':6,'mimeType':'','text':'hellö'" DERIVED("size from the text"),
                             "'bodySize':4")),
        "size-from-text 1");
    memory_expect_normalized(ANSWERED(RESPONSE_OF(SENT("content-length", " 3 "), "'size':-1,'mimeType':''", "'bodySize':4")),
                             ANSWERED(RESPONSE_OF(SENT("content-length", " 3 "),
                                                  "'size':3,'mimeType':''" DERIVED("size from Content-Length"), "'bodySize':4")),
                             "size-from-content-length 1");
    memory_expect_normalized(ANSWERED(RESPONSE_OF(SENT("Content-Encoding", "br") "," SENT("Content-Length", "3"),
                                                  "'size':-1,'mimeType':''", "'bodySize':3")),
                             ANSWERED(RESPONSE_OF(SENT("Content-Encoding", "br") "," SENT("Content-Length", "3"),
                                                  "'size':0,'mimeType':'','_size':-1", "'bodySize':3")),
                             "unknown-content-size 1");
    memory_expect_normalized(ANSWERED(RESPONSE_OF(SENT("Content-Encoding", "Identity") "," SENT("Content-Length", "3x"),
                                                  "'size':-1,'mimeType':''", "'bodySize':4")),
                             ANSWERED(RESPONSE_OF(SENT("Content-Encoding", "Identity") "," SENT("Content-Length", "3x"),
                                                  "'size':4,'mimeType':''" DERIVED("size from bodySize"), "'bodySize':4")),
                             "size-from-body-size 1");
    /* Base64 that cannot be decoded has no size. */
    memory_expect_normalized(BODY("'size':-1,'mimeType':'','text':'a*b=','encoding':'base64'"),
                             BODY("'size':0,'mimeType':'','text':'a*b=','encoding':'base64','_size':-1"), "unknown-content-size 1");
    /* Two derived members of one object: one comment. */
    memory_expect_normalized(
        ANSWERED(RESPONSE_OF(SENT("Content-Type", "a/b") "," SENT("content-type", ""), "'text':'hello'", "'bodySize':-1")),
        ANSWERED(RESPONSE_OF(SENT("Content-Type", "a/b") "," SENT("content-type", ""),
                             "'size':5,'mimeType':'a/b','text':'hello'" DERIVED("size from the text, mimeType from Content-Type"),
                             "'bodySize':-1")),
        "size-from-text 1, content-type-from-header 1");
}
END_TEST

/* 36 characters that stand for 27 bytes, and a PNG's first 16 bytes. */
#define LONG "aGFybWlsbCByZWFkcyBjYXB0dXJlcyB3ZWxs"
#define PNG  "iVBORw0KGgoAAAANSUhEUg=="

START_TEST(texts_that_are_no_base64)
{
    stays(BODY("'size':36,'mimeType':'','text':'" LONG "'"));
    stays(BODY("'size':26,'mimeType':'','text':'" LONG "'"));
    stays(BODY("'size':3,'mimeType':'','text':'true'"));
    stays(BODY("'size':18,'mimeType':'','text':'aGFybWlsbCByZWFkcyBjYXB0'"));               /* too short to be sure */
    stays(BODY("'size':27,'mimeType':'','text':'aGFy bWls bCByZWFkcyBjYXB0dXJlcyB3ZWxs'")); /* words, maybe */
    stays(BODY("'size':24,'mimeType':'image/png','text':'" PNG "'"));                       /* the body itself is base64 */
    stays(BODY("'size':40,'mimeType':'text/plain','text':'" PNG "'"));
    stays(ANSWERED(RESPONSE_OF(SENT("Content-Encoding", "gzip"), "'size':27,'mimeType':'','text':'" LONG "'", "'bodySize':27")));
}
END_TEST

START_TEST(texts_that_are_base64)
{
    /* Escapes and a wrong size do not hide a file's first bytes; the header's type counts more than mimeType. */
    memory_expect_normalized(
        ANSWERED(RESPONSE_OF(SENT("Content-Type", "image/jpeg"),
                             "'size':7,'mimeType':'x-unknown','text':'\\/9j\\/4AAQSkZJRgABAQAA'", "'bodySize':-1")),
        ANSWERED(RESPONSE_OF(SENT("Content-Type", "image/jpeg"),
                             "'size':7,'mimeType':'x-unknown','text':'/9j/4AAQSkZJRgABAQAA','encoding':'base64'" DERIVED(
                                 "encoding from what the text is"),
                             "'bodySize':-1")),
        "missing-encoding 1");
    /* A size that is missing is worked out afterwards, and the form mended. */
    memory_expect_normalized(BODY("'mimeType':'image/png','text':'iVBORw0KGgoAAAANSUhEUg'"),
                             BODY("'size':16,'mimeType':'image/png','text':'" PNG
                                  "','encoding':'base64'" DERIVED("encoding from what the text is, size from the text")),
                             "size-from-text 1, base64-form 1, missing-encoding 1");
    /* What encoding said first does not matter. */
    memory_expect_normalized(BODY("'size':16,'mimeType':'image/png','text':'" PNG "','encoding':'binary'"),
                             BODY("'size':16,'mimeType':'image/png','text':'" PNG
                                  "','encoding':'base64'" DERIVED("encoding from what the text is") ",'_encoding':'binary'"),
                             "unknown-encoding 1, missing-encoding 1");
    memory_expect_normalized(
        BODY("'size':16,'mimeType':'image/png','text':'" PNG "','encoding':''"),
        BODY("'size':16,'mimeType':'image/png','text':'" PNG "','encoding':'base64'" DERIVED("encoding from what the text is")),
        "empty-encoding 1, missing-encoding 1");
    /* The bits behind the last byte stay, and so does what is no base64. */
    memory_expect_normalized(BODY("'size':1,'mimeType':'','text':'_x','encoding':'base64'"),
                             BODY("'size':1,'mimeType':'','text':'/x==','encoding':'base64'"), "base64-form 1");
    stays(BODY("'size':1,'mimeType':'','text':'a*==','encoding':'base64'"));
    stays(BODY("'size':1,'mimeType':'','text':'aGVsb=','encoding':'base64'"));
    stays(BODY("'size':0,'mimeType':'','text':'','encoding':'base64'"));
}
END_TEST

#define COUNTED "'eTag':'','hitCount':1"

START_TEST(caches)
{
    stays(CACHED("'expires':'2009-04-16T15:50:36','lastAccess':'2009-02-16T15:50:34'," COUNTED));
    stays(CACHED("'expires':'2009-16-02T15:50:36','lastAccess':'2009-16-02T15:50:34'," COUNTED));
    stays(CACHED("'expires':'2009-04-31T15:50:36Z','lastAccess':'2009-16-02T15:50:34'," COUNTED));
    /* What is no date is kept aside; a number of seconds that nobody can mean, too. */
    memory_expect_normalized(CACHED("'expires':'99999999999','lastAccess':'2009-02-16T15:50:34'," COUNTED),
                             CACHED("'lastAccess':'2009-02-16T15:50:34'," COUNTED ",'_expires':'99999999999'"),
                             "cache-date-kept 1");
    memory_expect_normalized(CACHED("'expires':'2009-02-30 15:50:36','lastAccess':'2009-02-16T15:50:34'," COUNTED),
                             CACHED("'lastAccess':'2009-02-16T15:50:34'," COUNTED ",'_expires':'2009-02-30 15:50:36'"),
                             "cache-date-kept 1");
    /* Of lastAccess it is a date like others. */
    memory_expect_normalized(CACHED("'lastAccess':'4294967295'," COUNTED), CACHED("'lastAccess':'2106-02-07T06:28:15Z'," COUNTED),
                             "cache-seconds 1");
    memory_expect_normalized(
        CACHED("'expires':'Sun Mar 01 2026 10:00:00 GMT+0100 (CET)','lastAccess':'2009-02-16T15:50Z'," COUNTED),
        CACHED("'expires':'2026-03-01T10:00:00+01:00','lastAccess':'2009-02-16T15:50:00Z'," COUNTED
               ",'_expires':'Sun Mar 01 2026 10:00:00 GMT+0100 (CET)'"),
        "cache-date-form 1, cache-date 1");
}
END_TEST

START_TEST(addresses)
{
    stays(LOG(ENTRY_WITH(",'serverIPAddress':'192.0.2.1','connection':'ClientPort:1;EgressPort:2'")));
    stays(LOG(ENTRY_WITH(",'serverIPAddress':'fe80::1%7'")));
    memory_expect_normalized(LOG(ENTRY_WITH(",'serverIPAddress':'[fe80::1%eth0]:443'")),
                             LOG(ENTRY_WITH(",'serverIPAddress':'fe80::1%eth0','_serverPort':'443'")), "server-ip-port 1");
    /* The name for the port is taken: the whole is kept. */
    memory_expect_normalized(LOG(ENTRY_WITH(",'serverIPAddress':'192.0.2.1:443','_serverPort':1")),
                             LOG(ENTRY_WITH(",'serverIPAddress':'192.0.2.1','_serverIPAddress':'192.0.2.1:443','_serverPort':1")),
                             "server-ip-port 1");
    memory_expect_normalized(LOG(ENTRY_WITH(",'serverIPAddress':'192.0.2.1, 192.0.2.2'")),
                             LOG(ENTRY_WITH(",'_serverIPAddress':'192.0.2.1, 192.0.2.2'")), "malformed-server-ip 1");
    memory_expect_normalized(LOG(ENTRY_WITH(",'serverIPAddress':'010.0.2.1','_serverIPAddress':''")),
                             LOG(ENTRY_WITH(",'_serverIPAddress_2':'010.0.2.1','_serverIPAddress':''")), "malformed-server-ip 1");
}
END_TEST

Suite *suite_normalize_measure(void)
{
    Suite *suite = suite_create("normalize_measure");
    TCase *tcase = tcase_create("normalize_measure");
    tcase_add_test(tcase, dates_that_stay);
    tcase_add_test(tcase, dates_and_names);
    tcase_add_test(tcase, times_that_stay);
    tcase_add_test(tcase, times_worked_out);
    tcase_add_test(tcase, several_times);
    tcase_add_test(tcase, nothing_derived);
    tcase_add_test(tcase, sizes_that_stay);
    tcase_add_test(tcase, sizes_worked_out);
    tcase_add_test(tcase, texts_that_are_no_base64);
    tcase_add_test(tcase, texts_that_are_base64);
    tcase_add_test(tcase, caches);
    tcase_add_test(tcase, addresses);
    suite_add_tcase(suite, tcase);
    return suite;
}
