/* Escapes and formats of the HTML report. The formats' expected values are what src/web/text.js gives. */
#include <check.h>
#include <string.h>

#include "html/text.h"
#include "memory.h"

Suite *suite_html_text(void);

static struct json_out begin(void)
{
    struct json_out out = {0};
    har_buffer_init(&out.buffer, 1 << 20);
    return out;
}

static void expect(struct json_out *out, const char *wanted)
{
    ck_assert_str_eq(memory_string(&out->buffer), wanted);
    har_buffer_release(&out->buffer);
}

#define LITERAL(text)                                                                                                              \
    {                                                                                                                              \
        text, sizeof(text) - 1                                                                                                     \
    }

START_TEST(text)
{
    static const struct {
        struct har_text text;
        const char *wanted;
    } rows[] = {
        {LITERAL("plain \xc3\xbc \xf0\x9f\x98\x80"), "plain \xc3\xbc \xf0\x9f\x98\x80"},
        {LITERAL("</script><img src=x onerror=\"a('&')\">"),
         "&lt;/script&gt;&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;"},
        {LITERAL("&amp;&#39;"), "&amp;amp;&amp;#39;"},
        {LITERAL("a\tb\nc"), "a\tb\nc"},
        {LITERAL("\0\r\x1b\x7f"), "\xe2\x9f\xa8"
                                  "0000\xe2\x9f\xa9\xe2\x9f\xa8"
                                  "000d\xe2\x9f\xa9\xe2\x9f\xa8"
                                  "001b\xe2\x9f\xa9\xe2\x9f\xa8"
                                  "007f\xe2\x9f\xa9"},
        {LITERAL("\xc2\x85"), "\xe2\x9f\xa8"
                              "0085\xe2\x9f\xa9"}, /* C1 */
        {LITERAL("\xe2\x80\xaegpj.exe"), "\xe2\x9f\xa8"
                                         "202e\xe2\x9f\xa9gpj.exe"}, /* right-to-left override */
        {LITERAL("\xe2\x81\xa6\xd8\x9c"), "\xe2\x9f\xa8"
                                          "2066\xe2\x9f\xa9\xe2\x9f\xa8"
                                          "061c\xe2\x9f\xa9"},
        {LITERAL("\xe2\x80\x8b\xef\xbb\xbf"), "\xe2\x9f\xa8"
                                              "200b\xe2\x9f\xa9\xe2\x9f\xa8"
                                              "feff\xe2\x9f\xa9"},
        {LITERAL("\xff\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* no UTF-8; overlong */
        {LITERAL("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* a surrogate */
        {LITERAL("a\xe2\x80"), "a\xef\xbf\xbd\xef\xbf\xbd"},               /* cut */
        {LITERAL("\xe2\x80\xa8"), "\xe2\x80\xa8"},
    };
    struct json_out out = begin();
    html_text(&out, rows[_i].text);
    expect(&out, rows[_i].wanted);
}
END_TEST

START_TEST(json)
{
    static const struct {
        struct har_text text;
        const char *wanted;
    } rows[] = {
        {LITERAL("</script><!--"), "\"\\u003c/script\\u003e\\u003c!--\""},
        {LITERAL("\"\\&"), "\"\\\"\\\\\\u0026\""},
        {LITERAL("\0\n\x1f\x7f"), "\"\\u0000\\u000a\\u001f\\u007f\""},
        {LITERAL("\xe2\x80\xa8\xe2\x80\xa9"), "\"\\u2028\\u2029\""},
        {LITERAL("\xe2\x80\xae"), "\"\xe2\x80\xae\""}, /* made visible where it is shown */
        {LITERAL("\xff"), "\"\\ufffd\""},
        {LITERAL(""), "\"\""},
    };
    struct json_out out = begin();
    html_json(&out, rows[_i].text);
    expect(&out, rows[_i].wanted);
}
END_TEST

START_TEST(cut)
{
    struct json_out out = begin();
    html_text_cut(&out,
                  (struct har_text)LITERAL("12345678\xc3\xbc"
                                           "9"),
                  9); /* in the middle of a character */
    HTML(&out, "|");
    html_text_cut(&out,
                  (struct har_text)LITERAL("12345678\xc3\xbc"
                                           "9"),
                  10);
    HTML(&out, "|");
    html_text_cut(&out,
                  (struct har_text)LITERAL("12345678\xc3\xbc"
                                           "9"),
                  11);
    HTML(&out, "|");
    html_text_cut(&out, (struct har_text)LITERAL("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"), 9); /* no characters at all */
    expect(
        &out,
        "12345678\xe2\x80\xa6|12345678\xc3\xbc\xe2\x80\xa6|12345678\xc3\xbc"
        "9|"
        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xe2\x80\xa6");
}
END_TEST

/* Breaks are between characters, escapes stay whole, nothing is lost. */
START_TEST(address)
{
    struct json_out out = begin();
    html_address(&out, (struct har_text)LITERAL("/0123456789012345678901234&b=<c>"), 100);
    HTML(&out, "|");
    html_address(&out, (struct har_text)LITERAL("0123456789012345678901234567890123456789012345678\xc3\xbc"), 100);
    HTML(&out, "|");
    html_address(&out, (struct har_text)LITERAL("/short?a=b"), 9);
    expect(&out, "/0123456789012345678901234<wbr>&amp;b=&lt;c&gt;|"
                 "012345678901234567890123456789012345678901234567<wbr>8\xc3\xbc|/short?a=\xe2\x80\xa6");
}
END_TEST

START_TEST(bytes)
{
    static const struct {
        int64_t bytes;
        const char *wanted;
    } rows[] = {
        {-1, "\xe2\x80\x93"},       {0, "0 B"},          {999, "999 B"},         {1000, "1.0 kB"},
        {1250, "1.3 kB"},           {1350, "1.4 kB"},    {1450, "1.4 kB"},       {9949, "9.9 kB"},
        {9999, "10.0 kB"},          {12500, "13 kB"},    {13500, "14 kB"},       {999499, "999 kB"},
        {999999, "1000 kB"},        {1000000, "1.0 MB"}, {2500000000, "2.5 GB"}, {123456789, "123 MB"},
        {5000000000000, "5000 GB"},
    };
    struct json_out out = begin();
    html_bytes(&out, rows[_i].bytes);
    expect(&out, rows[_i].wanted);
}
END_TEST

START_TEST(times)
{
    static const struct {
        double ms;
        const char *wanted;
    } rows[] = {
        {-1, "\xe2\x80\x93"},
        {0, "0 ms"},
        {0.04, "0 ms"},
        {0.25, "0.3 ms"},
        {1, "1 ms"},
        {9.94, "9.9 ms"},
        {9.96, "10 ms"},
        {10, "10 ms"},
        {10.5, "11 ms"},
        {11.5, "12 ms"},
        {999.4, "999 ms"},
        {999.9, "1000 ms"},
        {1000, "1.00 s"},
        {1125, "1.13 s"},
        {1005, "1.00 s"},
        {59999, "60.00 s"},
        {60000, "1:00 min"},
        {125499, "2:05 min"},
        {125500, "2:06 min"},
        {3599499, "59:59 min"},
        {3599500, "1:00:00 h"},
        {3723000, "1:02:03 h"},
        {359999000, "99:59:59 h"},
    };
    struct json_out out = begin();
    html_time(&out, rows[_i].ms);
    expect(&out, rows[_i].wanted);
}
END_TEST

START_TEST(numbers)
{
    struct json_out out = begin();
    html_count(&out, 0);
    HTML(&out, " ");
    html_count(&out, 999);
    HTML(&out, " ");
    html_count(&out, 1000);
    HTML(&out, " ");
    html_count(&out, UINT64_MAX);
    HTML(&out, " ");
    html_number(&out, INT64_MIN);
    HTML(&out, " ");
    html_counted(&out, 1, "row");
    HTML(&out, " ");
    html_counted(&out, 2000, "row");
    HTML(&out, " ");
    html_decimal(&out, 1.5);
    HTML(&out, " ");
    html_decimal(&out, 0.004);
    HTML(&out, " ");
    html_decimal(&out, -2.25);
    HTML(&out, " ");
    html_decimal(&out, 3.999);
    HTML(&out, " ");
    html_decimal(&out, 7.05);
    expect(&out, "0 999 1,000 18,446,744,073,709,551,615 -9223372036854775808 1 row 2,000 rows 1.5 0 -2.25 4 7.05");
}
END_TEST

START_TEST(dates)
{
    struct json_out out = begin();
    html_date(&out, INT64_C(17724428472500), false);
    HTML(&out, "|");
    html_date(&out, INT64_C(17724428472500), true);
    HTML(&out, "|");
    html_date(&out, -1, true);
    expect(&out, "2026-03-02 09:14:07.250 UTC|2026-03-02T09:14:07.250Z|1969-12-31T23:59:59.999Z");
}
END_TEST

Suite *suite_html_text(void)
{
    Suite *suite = suite_create("html_text");
    TCase *tests = tcase_create("text");
    tcase_add_loop_test(tests, text, 0, 13);
    tcase_add_loop_test(tests, json, 0, 7);
    tcase_add_test(tests, cut);
    tcase_add_test(tests, address);
    tcase_add_loop_test(tests, bytes, 0, 17);
    tcase_add_loop_test(tests, times, 0, 23);
    tcase_add_test(tests, numbers);
    tcase_add_test(tests, dates);
    suite_add_tcase(suite, tests);
    return suite;
}
