/* Casts of JavaScript. The verdicts are those of ECMAScript's text and, for dates in other forms, of V8 (Node.js 20). */
#include <check.h>
#include <string.h>

#include "consumer/ecma.h"

Suite *suite_ecma(void);

static const struct {
    const char *text;
    bool number, date;
} rows[] = {
    {"", true, false},
    {" \t\n\v\f\r\xc2\xa0\xe1\x9a\x80\xe2\x80\x80\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaf\xe2\x81\x9f\xe3\x80\x80\xef\xbb\xbf", true,
     false},
    {"\xe2\x80\x8b", false, false}, /* U+200B is no white space */
    {" 12 ", true, true},
    {"12 13", false, true},
    {"1.5e-3", true, false},
    {"5.", true, true},
    {".5", true, true},
    {".", false, false},
    {"+.e1", false, false},
    {"1e", false, false},
    {"1e+", false, false},
    {"1_0", false, false},
    {"--1", false, true},
    {"0x1F", true, false},
    {"0x", false, false},
    {"0x1g", false, false},
    {"-0x1f", false, false},
    {"0o17", true, false},
    {"0o8", false, false},
    {"0b2", false, false},
    {"-Infinity", true, false},
    {"infinity", false, false},
    {"NaN", false, false},

    /* the form of ECMAScript */
    {"2024", true, true},
    {"2024-03", false, true},
    {"2024-03-01T12:00Z", false, true},
    {"2024-03-01T12:00:00.123456789+05:30", false, true},
    {"2024-03-01T12:00:00+0530", false, true},
    {"2024-03-01T12:00:00+05", false, false},
    {"2024-03-01T12:00:00 +05:30", false, false}, /* behind the T nothing else is tried */
    {"2024-03-01T12", false, false},
    {"2024-03-01T24:00:00.000Z", false, true},
    {"2024-03-01T24:00:01Z", false, false},
    {"2024-03-01T23:59:60Z", false, false},
    {"2024-02-31", false, true}, /* 2 March */
    {"2024-02-32", false, false},
    {"2024-13-01", false, false},
    {"+275760-09-13T00:00:00.000Z", false, true},
    {"+275760-09-13T00:00:00.001Z", false, false},
    {"-271821-04-20T00:00:00Z", false, true},
    {"-271821-04-19T23:59:59Z", false, false},
    {"-000000", true, false},

    /* old forms */
    {"Fri, 01 Mar 2024 12:00:00 GMT", false, true},
    {"Thu, 01-Jan-1970 00:00:01 GMT", false, true},
    {"Fri Mar 01 2024 12:00:00 GMT+0100 (CET)", false, true},
    {"2024-03-01 12:00:00", false, true},
    {"2024-03-01 12:00:00.5 pm", false, true},
    {"3/1/2024 12:00 PM", false, true},
    {"3/1/2024 13:00 PM", false, false},
    {"31/12/2024", false, false},
    {"March", false, false},
    {"March 2024", false, true},
    {"1 garbage", false, false},
    {"garbage 1", false, true},
    {"garbage1", false, false},
    {"(2024", false, false},
    {"1 (a (b) c) 2", false, true},
    {"1 )", false, false},
    {"12:30", false, false},
    {"1 2 3 4", false, false},
    {"1 12::30", false, true},
    {"1 12:30UTC", false, false},
    {"1 12:30Z", false, true},
    {"1 GMT+12345", false, false},
    {"Session", false, false},
    {"\xff 1", false, true},
};

START_TEST(casts)
{
    const char *text = rows[_i].text;
    ck_assert_msg(ecma_number(text, strlen(text)) == rows[_i].number, "number: %s", text);
    ck_assert_msg(ecma_date(text, strlen(text)) == rows[_i].date, "date: %s", text);
}
END_TEST

/* A NUL ends a date, not a number. */
START_TEST(nul)
{
    ck_assert(ecma_date("2024\0x", 6));
    ck_assert(!ecma_number("1\0", 2));
}
END_TEST

START_TEST(date_numbers)
{
    ck_assert(ecma_date_number(0));
    ck_assert(ecma_date_number(-8.64e15));
    ck_assert(ecma_date_number(8.64e15));
    ck_assert(!ecma_date_number(8640000000000001));
    ck_assert(!ecma_date_number(-8640000000000001));
}
END_TEST

Suite *suite_ecma(void)
{
    Suite *suite = suite_create("ecma");
    TCase *tcase = tcase_create("casts");
    tcase_add_loop_test(tcase, casts, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, nul);
    tcase_add_test(tcase, date_numbers);
    suite_add_tcase(suite, tcase);
    return suite;
}
