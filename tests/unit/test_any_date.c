/* Dates that are not of ISO 8601: those that name one instant, and those that could be two. */
#include <check.h>
#include <string.h>

#include "util/any_date.h"

Suite *suite_any_date(void);

/* The calendar was looked up with GNU date. */
static const struct {
    const char *text, *same; /* NULL: none */
    bool words;
} rows[] = {
    /* HTTP, RFC 5322, what scripts and languages print */
    {"Sun, 01 Mar 2026 10:00:00 GMT", "2026-03-01T10:00:00Z", false},
    {"Sun, 1 Mar 2026 10:00:00 +0100", "2026-03-01T10:00:00+01:00", false},
    {"Sunday, 01-Mar-2026 10:00:00 GMT", "2026-03-01T10:00:00Z", false},
    {"Sun Mar 01 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-03-01T10:00:00+01:00", true},
    {"Sun Mar  1 10:00:00 UTC 2026", "2026-03-01T10:00:00Z", false},
    {"2026-03-01 10:00:00 +0100", "2026-03-01T10:00:00+01:00", false},
    {"2026-03-01 10:00:00.123456 +0000 UTC", "2026-03-01T10:00:00.123456+00:00", false},
    {"2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00Z", false},
    {"2026/03/01 10:00:00 -08:00", "2026-03-01T10:00:00-08:00", false},
    {"2026-3-1 9:05 Z", "2026-03-01T09:05:00Z", false},
    {" march 1, 2026 10:00 utc ", "2026-03-01T10:00:00Z", false},
    {"2026-03-01T10:00:00 +01:00", "2026-03-01T10:00:00+01:00", false},
    {"2026-03-01T10:00:00.5 GMT", "2026-03-01T10:00:00.5Z", false},
    /* a clock with two halves */
    {"2026-03-01T12:00:05 AM Z", "2026-03-01T00:00:05Z", false},
    {"2026-03-01T12:00:05 PM Z", "2026-03-01T12:00:05Z", false},
    {"March 1, 2026 1:30PM +01", "2026-03-01T13:30:00+01:00", false},
    {"2026-03-01T13:00:00 PM Z", NULL, false},
    {"2026-03-01T00:10:00 AM Z", NULL, false},
    {"2026-03-01T10:00:00 AM PM Z", NULL, false},
    /* no zone, or one with several meanings */
    {"March 1, 2026 10:00", NULL, false},
    {"Sun Mar  1 10:00:00 2026", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 EST", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 +0100 UTC", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 GMT UTC", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 +01:00 +02:00", NULL, false},
    {"+0100 Sun, 01 Mar 2026 10:00:00", NULL, false},
    /* no date that everybody reads in one way */
    {"01/03/2026 10:00:00 GMT", NULL, false},
    {"01.03.2026 10:00:00 GMT", NULL, false},
    {"Sun, 01-Mar-26 10:00:00 GMT", NULL, false},
    {"Mon, 01 Mar 2026 10:00:00 GMT", NULL, false},
    {"Sun, 30 Feb 2026 10:00:00 GMT", NULL, false},
    {"Sun, 01 Mar 2026 25:00:00 GMT", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 +1500", NULL, false},
    {"Sun, 01 Mar 2026 10:0:00 GMT", NULL, false},
    {"Sun, 01 Mar 2026 GMT", NULL, false},
    {"1 Mar 2026 2 10:00 GMT", NULL, false},
    {"1 Mar 2026 2027 10:00 GMT", NULL, false},
    {"2026-03-01 Mar 10:00 GMT", NULL, false},
    {"1 Mar 2026 10:00 11:00 GMT", NULL, false},
    {"yesterday 10:00 GMT", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 GMT (", NULL, false},
    {"2026-03/01 10:00 Z", NULL, false},
    {"2026-03-01Tx10:00 Z", NULL, false},
    {"NaN-NaN-NaNTNaN:NaN:NaN.NaN+NaN:NaN", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00. GMT", NULL, false},
    {"Sun, 01 Mar 2026 10:00:00 \xe2\x82\xac GMT", NULL, false},
    {"", NULL, false},
};

START_TEST(dates)
{
    struct har_buffer out;
    bool words = false;
    har_buffer_init(&out, 1000);
    const char *same = rows[_i].same;
    ck_assert_msg(any_date_append(rows[_i].text, strlen(rows[_i].text), &out, &words) == (same != NULL), "%s", rows[_i].text);
    if (same) {
        ck_assert_str_eq(har_buffer_string(&out), same);
        ck_assert_msg(words == rows[_i].words, "%s", rows[_i].text);
    }
    har_buffer_release(&out);
}
END_TEST

static const struct {
    const char *text, *same;
} epochs[] = {
    {"1772359200", "2026-03-01T10:00:00Z"},
    {"1772359200.25", "2026-03-01T10:00:00.25Z"},
    {"1772359200123", "2026-03-01T10:00:00.123Z"},
    {"1772359200123.4567", "2026-03-01T10:00:00.1234567Z"},
    {"1000000000", "2001-09-09T01:46:40Z"},
    {"1899999999999", "2030-03-17T17:46:39.999Z"},
    {"999999999", NULL},
    {"0999999999", NULL},
    {"1900000000", NULL}, /* from here on it could be a year, a month, a day and an hour */
    {"2026030110", NULL},
    {"202603011000", NULL},
    {"20260301100000", NULL},
    {"1772359200000000", NULL},
    {"1772359200.", NULL},
    {".1772359200", NULL},
    {"-1772359200", NULL},
    {"1772359200.1.2", NULL},
    {"1.772359200e9", NULL},
    {"", NULL},
};

START_TEST(numbers)
{
    struct har_buffer out;
    har_buffer_init(&out, 1000);
    const char *same = epochs[_i].same;
    ck_assert_msg(any_date_append_epoch(epochs[_i].text, strlen(epochs[_i].text), &out) == (same != NULL), "%s", epochs[_i].text);
    if (same)
        ck_assert_str_eq(har_buffer_string(&out), same);
    har_buffer_release(&out);
}
END_TEST

/* Texts of any length and of any bytes end somewhere. */
START_TEST(odd_texts)
{
    static const char pieces[] = "Sun,01 Mar-2026/10:00.5+(GMT)Z\0\xff";
    struct har_buffer out;
    char text[200];
    unsigned seed = 1;
    bool words;
    har_buffer_init(&out, 1000);
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = pieces[(seed = seed * 1103515245 + 12345) / 65536 % (sizeof pieces - 1)];
        har_buffer_clear(&out);
        any_date_append(text, seed / 65536 % sizeof text, &out, &words);
        any_date_append_epoch(text, seed / 65536 % sizeof text, &out);
    }
    har_buffer_release(&out);
}
END_TEST

Suite *suite_any_date(void)
{
    Suite *suite = suite_create("any_date");
    TCase *tcase = tcase_create("any_date");
    tcase_add_loop_test(tcase, dates, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, numbers, 0, sizeof epochs / sizeof *epochs);
    tcase_add_test(tcase, odd_texts);
    suite_add_tcase(suite, tcase);
    return suite;
}
