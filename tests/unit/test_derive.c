/* What src/derive/ makes of texts; dates by the algorithm of RFC 6265, seconds from the calendar. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "derive/date.h"
#include "derive/http.h"
#include "derive/url.h"
#include "util/iso8601.h"
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
    struct har_buffer date;
    ck_assert_int_eq(derive_cookie_date(text_of(dates[_i].text), &seconds), dates[_i].date != NULL);
    if (!dates[_i].date)
        return;
    har_buffer_init(&date, 100);
    ck_assert(iso8601_append_utc(seconds, (struct har_text){"000", 3}, &date));
    ck_assert_str_eq(har_buffer_string(&date), dates[_i].date);
    har_buffer_release(&date);
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
    tcase_add_loop_test(tcase, start_lines, 0, sizeof lines / sizeof *lines);
    tcase_add_test(tcase, url_classes);
    suite_add_tcase(suite, tcase);
    return suite;
}
