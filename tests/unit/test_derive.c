/* What src/derive/ makes of texts; dates by the algorithm of RFC 6265, seconds from the calendar. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "derive/base64.h"
#include "derive/date.h"
#include "derive/http.h"
#include "derive/url.h"
#include "util/text.h"

Suite *suite_derive(void);

static struct har_text text_of(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

static const struct {
    const char *text, *date; /* NULL: browsers ignore it */
} dates[] = {
    {"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"},
    {"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000Z"},
    {"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37.000Z"},
    {"08:49:37 6 november 1994", "1994-11-06T08:49:37.000Z"},
    {"6/nov/69 8:9:7", "2069-11-06T08:09:07.000Z"},
    {"6 Nov 70 8:9:7zz", "1970-11-06T08:09:07.000Z"},
    {"Thu, 01-Jan-1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z"},
    {"Wed, 31 Dec 1969 23:59:59 GMT", "1969-12-31T23:59:59.000Z"},
    {"29 Feb 2000 00:00:00", "2000-02-29T00:00:00.000Z"},
    {"29 Feb 2100 00:00:00", NULL},
    {"31 Apr 2020 00:00:00", NULL},
    {"01 Jan 1601 00:00:00", "1601-01-01T00:00:00.000Z"},
    {"01 Jan 1600 00:00:00", NULL},
    {"31 Dec 9999 23:59:59", "9999-12-31T23:59:59.000Z"},
    {"01 Jan 10000 00:00:00", NULL},
    {"01 Jan 2020 24:00:00", NULL},
    {"01 Jan 2020 00:60:00", NULL},
    {"01 Jan 2020 00:00:60", NULL},
    {"01 Jan 2020 00:00", NULL},
    {"0 Jan 2020 00:00:00", NULL},
    {"01 Jan 00:00:00", NULL},
    {"01 2020 00:00:00", NULL},
    {"Jan 2020 00:00:00", NULL},
    {"2026-10-21T07:28:00Z", NULL},
    {"", NULL},
};

START_TEST(cookie_dates)
{
    int64_t seconds = 0;
    char date[DERIVE_DATE_LENGTH + 1] = "";
    ck_assert_int_eq(derive_cookie_date(text_of(dates[_i].text), &seconds), dates[_i].date != NULL);
    if (!dates[_i].date)
        return;
    ck_assert(derive_date_write(seconds, 0, date));
    ck_assert_str_eq(date, dates[_i].date);
}
END_TEST

/* Each day from the year 0 to 9999 follows the one before, as the calendar counts them. */
START_TEST(calendar)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t seconds = -62167219200;
    char date[DERIVE_DATE_LENGTH + 1], wanted[64];
    ck_assert(!derive_date_write(seconds - 1, 0, date));
    for (int year = 0; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
            for (int day = 1; day <= lengths[month - 1] + (month == 2 && leap); day++, seconds += 86400) {
                if (day > 1 && day < 28)
                    continue;
                const bool written = derive_date_write(seconds + 86399, 999, date);
                snprintf(wanted, sizeof wanted, "%04d-%02d-%02dT23:59:59.999Z", year, month, day);
                if (!written || strcmp(date, wanted) != 0) /* asserting each takes long */
                    ck_abort_msg("%s instead of %s", date, wanted);
            }
        }
    ck_assert(!derive_date_write(seconds, 0, date));
}
END_TEST

static const struct {
    const char *line, *version, *method;
    int status; /* -1: no start line */
} lines[] = {
    {"GET /tea?a:b HTTP/1.1", "HTTP/1.1", "GET", 0},
    {"M-X * http/2", "http/2", "M-X", 0},
    {"HTTP/1.1 200 OK", "HTTP/1.1", "", 200},
    {"HTTP/2 404", "HTTP/2", "", 404},
    {"HTTP/1.1 600 A", "", "", -1},
    {"HTTP/1.1 20 OK", "", "", -1},
    {"GET / FTP/1.1", "", "", -1},
    {"GET / a HTTP/1.1", "", "", -1},
    {"GET  HTTP/1.1", "", "", -1},
    {"G:T / HTTP/1.1", "", "", -1},
    {"GET", "", "", -1},
    {"", "", "", -1},
};

START_TEST(start_lines)
{
    struct derive_start start;
    ck_assert_int_eq(derive_start_line(text_of(lines[_i].line), &start), lines[_i].status >= 0);
    if (lines[_i].status < 0)
        return;
    ck_assert_int_eq(start.status, lines[_i].status);
    ck_assert(text_is_exactly(start.version, lines[_i].version));
    ck_assert(text_is_exactly(start.method, lines[_i].method));
}
END_TEST

/* RFC 4648 section 10, and what is none. */
static const struct {
    const char *text, *bytes;
} base64[] = {
    {"", ""},
    {"Zg==", "f"},
    {"Zm8=", "fo"},
    {"Zm9v", "foo"},
    {"Zm9vYg==", "foob"},
    {"Zm9vYmE=", "fooba"},
    {"Zm9vYmFy", "foobar"},
    {"+/+/", "\xfb\xff\xbf"},
    {"Zg", NULL},
    {"Zg=", NULL},
    {"Z", NULL},
    {"Zm9v\n", NULL},
    {"-_-_", NULL},
    {"Zg==Zg==", NULL},
    {"Z*==", NULL},
};

START_TEST(base64_decoded_texts)
{
    struct har_buffer out;
    har_buffer_init(&out, 100);
    ck_assert_int_eq(derive_base64(text_of(base64[_i].text), &out), base64[_i].bytes != NULL);
    if (base64[_i].bytes) {
        ck_assert_uint_eq(out.len, strlen(base64[_i].bytes));
        ck_assert(!out.len || memcmp(out.data, base64[_i].bytes, out.len) == 0);
    }
    har_buffer_release(&out);
}
END_TEST

/* Which bytes are escaped, by the sets of the URL Standard and RFC 3986. */
START_TEST(url_classes)
{
    static const char forbidden[] = "\"<>\\^`{|}", path[] = "\"<>`{}", query[] = "\"<>";
    for (int byte = 0; byte < 256; byte++) {
        const unsigned seen = derive_url_class((char)byte);
        ck_assert_int_eq((seen & DERIVE_URL_BLANK) != 0, byte <= 0x20 || byte == 0x7f);
        ck_assert_int_eq((seen & DERIVE_URL_HIGH) != 0, byte >= 0x80);
        ck_assert_int_eq((seen & DERIVE_URL_FORBIDDEN) != 0, byte && strchr(forbidden, byte) != NULL);
        ck_assert_int_eq((seen & DERIVE_URL_PATH) != 0, byte && strchr(path, byte) != NULL);
        ck_assert_int_eq((seen & DERIVE_URL_QUERY) != 0, byte && strchr(query, byte) != NULL);
        ck_assert_int_eq((seen & DERIVE_URL_PERCENT) != 0, byte == '%');
        ck_assert_int_eq((seen & DERIVE_URL_HASH) != 0, byte == '#');
    }
}
END_TEST

Suite *suite_derive(void)
{
    Suite *suite = suite_create("derive");
    TCase *tcase = tcase_create("texts");
    tcase_add_loop_test(tcase, cookie_dates, 0, sizeof dates / sizeof *dates);
    tcase_add_test(tcase, calendar);
    tcase_add_loop_test(tcase, start_lines, 0, sizeof lines / sizeof *lines);
    tcase_add_loop_test(tcase, base64_decoded_texts, 0, sizeof base64 / sizeof *base64);
    tcase_add_test(tcase, url_classes);
    suite_add_tcase(suite, tcase);
    return suite;
}
