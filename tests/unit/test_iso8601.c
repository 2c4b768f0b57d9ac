/* Dates: which form a text has, and the instant, against the C library's timegm. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "util/iso8601.h"

Suite *suite_iso8601(void);

static const char *const names[] = {"NOT", "IMPOSSIBLE", "NO_ZONE", "OTHER", "W3C"};

/* Texts of OTHER and W3C name in `same` another spelling of the same instant. */
static const struct {
    const char *text;
    enum iso8601_form form;
    const char *same;
} rows[] = {
    /* the specification's own examples, W3C NOTE-datetime and RFC 3339 */
    {"2009-07-24T19:20:30.45+01:00", ISO8601_W3C, "2009-07-24T18:20:30.450Z"},
    {"2009-04-16T12:07:23.596Z", ISO8601_W3C, "2009-04-16T14:07:23.596+02:00"},
    {"1997-07-16T19:20+01:00", ISO8601_W3C, "1997-07-16T18:20:00Z"},
    {"1996-12-19T16:39:57-08:00", ISO8601_W3C, "1996-12-20T00:39:57Z"},
    {"1990-12-31T23:59:60Z", ISO8601_W3C, "1991-01-01T00:00:00Z"},
    {"1990-12-31T15:59:60-08:00", ISO8601_W3C, "1990-12-31T23:59:60Z"},
    {"1937-01-01T12:00:27.87+00:20", ISO8601_W3C, "1937-01-01T11:40:27.87Z"},
    {"2009-16-02T15:50:34", ISO8601_IMPOSSIBLE, NULL},
    /* as producers write them */
    {"2020-01-01T00:00:00.1234567+01:00", ISO8601_W3C, "2019-12-31T23:00:00.1234567Z"},
    {"2020-01-01T00:00:00.123456+00:00", ISO8601_W3C, "2020-01-01T00:00:00.123456-00:00"},
    {"2020-01-01T00:00:00.123456789123456789Z", ISO8601_W3C, "2020-01-01T00:00:00.123456789Z"},
    {"2020-01-01T00:00:00+05:45", ISO8601_W3C, "2019-12-31T18:15:00Z"},
    {"2020-02-29T24:00:00Z", ISO8601_W3C, "2020-03-01T00:00:00Z"},
    {"2020-12-31T24:00:00.000+14:00", ISO8601_W3C, "2020-12-31T10:00:00Z"},
    {"2000-02-29T00:00:00Z", ISO8601_W3C, "2000-02-28T24:00Z"},
    /* unambiguous, but spelled otherwise */
    {"20090724T192030Z", ISO8601_OTHER, "2009-07-24T19:20:30Z"},
    {"20090724T1920Z", ISO8601_OTHER, "2009-07-24T19:20:00Z"},
    {"20090724T192030.5+0100", ISO8601_OTHER, "2009-07-24T18:20:30.5Z"},
    {"2009-07-24 19:20:30Z", ISO8601_OTHER, "2009-07-24T19:20:30Z"},
    {"2009-07-24t19:20:30Z", ISO8601_OTHER, "2009-07-24T19:20:30Z"},
    {"2009-07-24T19:20:30z", ISO8601_OTHER, "2009-07-24T19:20:30Z"},
    {"2009-07-24T19:20:30+0100", ISO8601_OTHER, "2009-07-24T18:20:30Z"},
    {"2009-07-24T19:20:30-01", ISO8601_OTHER, "2009-07-24T20:20:30Z"},
    {"2009-07-24T19:20:30,25Z", ISO8601_OTHER, "2009-07-24T19:20:30.250Z"},
    /* nobody knows when */
    {"2009-07-24T19:20:30", ISO8601_NO_ZONE, NULL},
    {"2009-07-24T19:20:30.45", ISO8601_NO_ZONE, NULL},
    {"2009-07-24T19:20", ISO8601_NO_ZONE, NULL},
    {"2009-07-24 19:20:30", ISO8601_NO_ZONE, NULL},
    {"20090724T192030", ISO8601_NO_ZONE, NULL},
    /* no such day, hour, zone */
    {"2009-13-01T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-00-01T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-01-00T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-02-29T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2008-02-30T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"1900-02-29T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-04-31T00:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T24:01:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T24:00:01Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T24:00:00.0000000000001Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T25:00:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T19:60:00Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T19:20:61Z", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T19:20:30+14:01", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T19:20:30-15:00", ISO8601_IMPOSSIBLE, NULL},
    {"2009-07-24T19:20:30+01:60", ISO8601_IMPOSSIBLE, NULL},
    {"20090732T192030Z", ISO8601_IMPOSSIBLE, NULL},
    /* something else */
    {"", ISO8601_NOT, NULL},
    {"yesterday", ISO8601_NOT, NULL},
    {"1248463230", ISO8601_NOT, NULL},
    {"1248463230000", ISO8601_NOT, NULL},
    {"2009-07-24", ISO8601_NOT, NULL},
    {"2009-07-24Z", ISO8601_NOT, NULL},
    {"2009-07-24T", ISO8601_NOT, NULL},
    {"2009-07-24T19Z", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30.Z", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:3Z", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:Z", ISO8601_NOT, NULL},
    {"2009-7-24T19:20:30Z", ISO8601_NOT, NULL},
    {"09-07-24T19:20:30Z", ISO8601_NOT, NULL},
    {"2009-0724T19:20:30Z", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30Zx", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30ZZ", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30 +01:00", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30+1:00", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30+01:", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30+01:0", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30+", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30 GMT", ISO8601_NOT, NULL},
    {" 2009-07-24T19:20:30Z", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30Z ", ISO8601_NOT, NULL},
    {"2009/07/24T19:20:30Z", ISO8601_NOT, NULL},
    {"+2009-07-24T19:20:30Z", ISO8601_NOT, NULL},
    {"Fri, 24 Jul 2009 19:20:30 GMT", ISO8601_NOT, NULL},
    {"2009-07-24T19:20:30\xe2\x88\x92"
     "01:00",
     ISO8601_NOT, NULL},
};

START_TEST(forms)
{
    struct iso8601 instant, same;
    enum iso8601_form form = iso8601_parse(rows[_i].text, strlen(rows[_i].text), &instant);
    ck_assert_msg(form == rows[_i].form, "%s: %s, not %s", rows[_i].text, names[form], names[rows[_i].form]);
    ck_assert_int_eq(iso8601_parse(rows[_i].text, strlen(rows[_i].text), NULL), form);
    if (!rows[_i].same)
        return;
    ck_assert_int_eq(iso8601_parse(rows[_i].same, strlen(rows[_i].same), &same), ISO8601_W3C);
    ck_assert_msg(instant.seconds == same.seconds && instant.nanoseconds == same.nanoseconds, "%s is not %s", rows[_i].text,
                  rows[_i].same);
}
END_TEST

START_TEST(fields_of_the_instant)
{
    struct iso8601 instant;
    static const char text[] = "1970-01-02T00:00:01.000000001-01:30";
    ck_assert_int_eq(iso8601_parse(text, sizeof text - 1, &instant), ISO8601_W3C);
    ck_assert_int_eq(instant.seconds, 86400 + 1 + 90 * 60);
    ck_assert_uint_eq(instant.nanoseconds, 1);
    ck_assert_int_eq(instant.offset_minutes, -90);
    ck_assert_int_eq(iso8601_parse("1969-12-31T23:59:59.9Z", 22, &instant), ISO8601_W3C);
    ck_assert_int_eq(instant.seconds, -1);
    ck_assert_uint_eq(instant.nanoseconds, 900000000);
    /* The length counts, not a NUL. */
    ck_assert_int_eq(iso8601_parse("2009-07-24T19:20:30Zrest", 20, NULL), ISO8601_W3C);
    ck_assert_int_eq(iso8601_parse("2009-07-24T19:20:30\0Z", 21, NULL), ISO8601_NOT);
}
END_TEST

static const struct {
    const char *text, *same; /* NULL: not written */
} written[] = {
    {"2009-07-24T19:20:30.45+01:00", "2009-07-24T19:20:30.45+01:00"},
    {"2009-07-24T19:20:30.123456789012Z", "2009-07-24T19:20:30.123456789012Z"},
    {"2009-07-24T19:20+01:00", "2009-07-24T19:20:00+01:00"},
    {"20090724T192030,5+0530", "2009-07-24T19:20:30.5+05:30"},
    {"2009-07-24 19:20:30-01", "2009-07-24T19:20:30-01:00"},
    {"2009-07-24t19:20:30z", "2009-07-24T19:20:30Z"},
    {"2009-07-24T19:20:30-0000", "2009-07-24T19:20:30-00:00"},
    {"2009-07-24T19:20:30+0000", "2009-07-24T19:20:30+00:00"},
    {"2009-07-24 19:20", "2009-07-24T19:20:00"},
    {"2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.5Z"},
    {"2016-12-31T15:59:60-08:00", "2016-12-31T16:00:00-08:00"},
    {"2020-02-28T24:00:00+01:00", "2020-02-29T00:00:00+01:00"},
    {"2019-02-28T24:00Z", "2019-03-01T00:00:00Z"},
    {"0000-02-29T12:00:00Z", "0000-02-29T12:00:00Z"},
    {"0000-01-01T00:00:00+14:00", "0000-01-01T00:00:00+14:00"},
    {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
    {"9999-12-31T24:00:00Z", NULL},
    {"9999-12-31T23:59:60Z", NULL},
    {"2009-02-29T19:20:30Z", NULL},
    {"2009-07-24", NULL},
    {"", NULL},
};

START_TEST(writing)
{
    struct har_buffer out;
    har_buffer_init(&out, 1000);
    const char *same = written[_i].same;
    const bool good = iso8601_append(written[_i].text, strlen(written[_i].text), &out);
    ck_assert_msg(good == (same != NULL), "%s", written[_i].text);
    if (same)
        ck_assert_str_eq(har_buffer_string(&out), same);
    har_buffer_release(&out);
}
END_TEST

/* Each day from the year 0 to 9999 follows the one before, as the calendar counts them. */
START_TEST(calendar)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t seconds = -62167219200;
    static const struct har_text fraction = {"999", 3};
    struct har_buffer date;
    char wanted[64];
    int64_t days;
    har_buffer_init(&date, 100);
    for (int year = 0; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
            for (int day = 1; day <= lengths[month - 1] + (month == 2 && leap); day++, seconds += 86400) {
                if (day > 1 && day < 28)
                    continue;
                har_buffer_clear(&date);
                const bool good = iso8601_append_utc(seconds + 86399, fraction, &date);
                snprintf(wanted, sizeof wanted, "%04d-%02d-%02dT23:59:59.999Z", year, month, day);
                if (!good || strcmp(har_buffer_string(&date), wanted) != 0) /* asserting each takes long */
                    ck_abort_msg("%s instead of %s", har_buffer_string(&date), wanted);
                if (!iso8601_days(year, month, day, &days) || days != seconds / 86400)
                    ck_abort_msg("%04d-%02d-%02d is day %lld", year, month, day, (long long)days);
            }
        }
    ck_assert(!iso8601_days(2027, 2, 29, &days) && !iso8601_days(2027, 0, 1, &days) && !iso8601_days(2027, 13, 1, &days));
    ck_assert(!iso8601_days(2027, 4, 31, &days) && !iso8601_days(2027, 4, 0, &days));
    har_buffer_release(&date);
}
END_TEST

/* Every fifth day of 10,000 years at another hour, against the parser, which has another formula. */
START_TEST(writing_what_can_be_read)
{
    static const struct har_text none = {"", 0}, fraction = {"250", 3};
    struct har_buffer out;
    struct iso8601 instant;
    bool good = true;
    har_buffer_init(&out, 1000);
    for (int64_t seconds = INT64_C(-719528) * 86400; seconds < INT64_C(2932897) * 86400; seconds += 86400 * 5 + 3607) {
        har_buffer_clear(&out);
        good &= iso8601_append_utc(seconds, seconds % 2 ? none : fraction, &out);
        good &= iso8601_parse(out.data, out.len, &instant) == ISO8601_W3C;
        good &= instant.seconds == seconds && instant.nanoseconds == (seconds % 2 ? 0 : 250000000);
        if (!good)
            ck_abort_msg("%lld", (long long)seconds);
    }
    ck_assert(!iso8601_append_utc(INT64_C(-719528) * 86400 - 1, none, &out));
    ck_assert(!iso8601_append_utc(INT64_C(2932897) * 86400, none, &out));
    har_buffer_release(&out);
    har_buffer_init(&out, 10);
    ck_assert(!iso8601_append_utc(0, none, &out));
    har_buffer_release(&out);
}
END_TEST

static void compare_day(int year, int month, int day, int hour, int minute, int second)
{
    char text[64];
    int len = snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour, minute, second);
    struct iso8601 instant = {0};
    struct tm tm = {
        .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = hour, .tm_min = minute, .tm_sec = second};
    time_t wanted = timegm(&tm);
    /* timegm moves days that do not exist into the next month. */
    enum iso8601_form form = tm.tm_mday == day ? ISO8601_W3C : ISO8601_IMPOSSIBLE;
    if (iso8601_parse(text, (size_t)len, &instant) != form || (form == ISO8601_W3C && instant.seconds != wanted))
        ck_abort_msg("%s: %lld, not %lld", text, (long long)instant.seconds, (long long)wanted);
}

START_TEST(the_edges_of_all_months_of_all_years)
{
    for (int year = 0; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            compare_day(year, month, 1, 0, 0, 0);
            for (int day = 28; day <= 31; day++)
                compare_day(year, month, day, 23, 59, 59);
        }
}
END_TEST

START_TEST(all_days_of_three_centuries)
{
    for (int year = 1890; year <= 2190; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++)
                compare_day(year, month, day, day % 24, month * 4, year % 60);
}
END_TEST

START_TEST(how_much_later)
{
    struct iso8601 a, b;
    ck_assert_int_eq(iso8601_parse("2020-01-01T00:00:01.5Z", 22, &a), ISO8601_W3C);
    ck_assert_int_eq(iso8601_parse("2020-01-01T01:00:00+01:00", 25, &b), ISO8601_W3C);
    ck_assert(iso8601_later_ms(&a, &b) == 1500);
    ck_assert(iso8601_later_ms(&b, &a) == -1500);
    ck_assert(iso8601_later_ms(&a, &a) == 0);
}
END_TEST

Suite *suite_iso8601(void)
{
    Suite *suite = suite_create("iso8601");
    TCase *tcase = tcase_create("iso8601");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, forms, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, fields_of_the_instant);
    tcase_add_test(tcase, how_much_later);
    tcase_add_loop_test(tcase, writing, 0, sizeof written / sizeof *written);
    tcase_add_test(tcase, calendar);
    tcase_add_test(tcase, writing_what_can_be_read);
    tcase_add_test(tcase, the_edges_of_all_months_of_all_years);
    tcase_add_test(tcase, all_days_of_three_centuries);
    suite_add_tcase(suite, tcase);
    return suite;
}
