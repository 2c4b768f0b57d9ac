/* Strings and numbers: every UTF-16 unit as an escape, against values by arithmetic; the grammar of numbers. */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json/text.h"

Suite *suite_text(void);

/* UTF-8 by the table of RFC 3629 section 3; its length. */
static size_t encode(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    const size_t len = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = len - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)(lead[len] | point);
    return len;
}

static void expect_decoded(const char *text, size_t len, const char *wanted, size_t wanted_len)
{
    struct har_buffer out;
    har_buffer_init(&out, 4096);
    ck_assert(json_text_decode(text, len, &out));
    ck_assert_msg(out.len == wanted_len && memcmp(out.data ? out.data : "", wanted, wanted_len) == 0, "%.*s", (int)len, text);
    ck_assert(json_text_equals(text, len, wanted, wanted_len));
    ck_assert(!json_text_equals(text, len, "another text", 12));
    if (wanted_len) {
        ck_assert(!json_text_equals(text, len, wanted, wanted_len - 1));
        har_buffer_append_char(&out, 'x');
        ck_assert(!json_text_equals(text, len, out.data, out.len));
        out.data[0] ^= 1;
        ck_assert(!json_text_equals(text, len, out.data, wanted_len));
    }
    har_buffer_release(&out);
}

START_TEST(every_unit_alone)
{
    char text[16], wanted[8];
    for (unsigned unit = 0; unit < 65536; unit++) {
        const bool surrogate = unit >= 0xd800 && unit <= 0xdfff;
        const size_t n = encode(surrogate ? 0xfffd : unit, wanted + 1);
        snprintf(text, sizeof text, unit & 1 ? "a\\u%04xz" : "a\\u%04Xz", unit);
        wanted[0] = 'a';
        wanted[1 + n] = 'z';
        expect_decoded(text, 8, wanted, n + 2);

        const char *at = text + 1;
        size_t left = 7;
        struct json_piece piece;
        ck_assert(json_text_piece(&at, &left, &piece));
        ck_assert(piece.escape && piece.len == 6 && piece.bytes == text + 1 && piece.point == unit);
        ck_assert(left == 1 && at == text + 7);
    }
}
END_TEST

/* The escape that RFC 8259 section 7 demands: of controls, quote and backslash; and of halves of pairs, which UTF-8 has not. */
START_TEST(canonical_escape_of_every_unit)
{
    static const char shorts[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
    char out[6], wanted[8];
    for (uint32_t point = 0; point < 0x110000; point += point < 0x10000 ? 1 : 0xfff) {
        const char *known = point && point < 0x80 ? strchr(shorts, (int)point) : NULL;
        if (known)
            snprintf(wanted, sizeof wanted, "\\%c", letters[known - shorts]);
        else if (point < 0x20 || (point >= 0xd800 && point <= 0xdfff))
            snprintf(wanted, sizeof wanted, "\\u%04x", (unsigned)point);
        else
            wanted[0] = '\0';
        const size_t len = json_canonical_escape(point, out);
        ck_assert_msg(len == strlen(wanted) && memcmp(out, wanted, len) == 0, "U+%04X", (unsigned)point);
    }
}
END_TEST

START_TEST(every_pair)
{
    char text[16], wanted[4];
    struct har_buffer out;
    har_buffer_init(&out, 64);
    for (uint32_t high = 0xd800; high < 0xdc00; high++)
        for (uint32_t low = 0xdc00; low < 0xe000; low += high % 64 ? 37 : 1) {
            const size_t n = encode(0x10000 + (high - 0xd800) * 0x400 + (low - 0xdc00), wanted);
            snprintf(text, sizeof text, "\\u%04x\\u%04X", (unsigned)high, (unsigned)low);
            har_buffer_clear(&out);
            ck_assert(json_text_decode(text, 12, &out));
            ck_assert(out.len == n && memcmp(out.data, wanted, n) == 0);
        }
    har_buffer_release(&out);
}
END_TEST

static const struct {
    const char *text, *decoded;
} strings[] = {
    {"", ""},
    {"plain", "plain"},
    {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"},
    {"a\\nb", "a\nb"},
    {"\xc3\xa9\\u00e9", "\xc3\xa9\xc3\xa9"},
    {"\\ude00\\ud83d", "\xef\xbf\xbd\xef\xbf\xbd"},
    {"\\ud83d\\u0041", "\xef\xbf\xbd"
                       "A"},
    {"\\ud83d\\ud83d\\ude00", "\xef\xbf\xbd\xf0\x9f\x98\x80"},
    {"\\ud83d\\n", "\xef\xbf\xbd\n"},
    /* what is no escape: one replacement for backslash and letter, the rest as it is */
    {"\\x41", "\xef\xbf\xbd"
              "41"},
    {"\\u12", "\xef\xbf\xbd"
              "12"},
};

START_TEST(decoding)
{
    expect_decoded(strings[_i].text, strlen(strings[_i].text), strings[_i].decoded, strlen(strings[_i].decoded));
}
END_TEST

START_TEST(decoding_stops_at_the_buffers_maximum)
{
    struct har_buffer out;
    har_buffer_init(&out, 4);
    ck_assert(json_text_decode("ab\\u0063d", 9, &out));
    har_buffer_clear(&out);
    ck_assert(!json_text_decode("ab\\u0063de", 10, &out));
    ck_assert(out.failed);
    har_buffer_release(&out);
    /* U+0000 is a character like others */
    expect_decoded("a\\u0000b", 8, "a\0b", 3);
}
END_TEST

/* RFC 8259 section 6: [ minus ] int [ frac ] [ exp ]. */
static const struct {
    const char *text;
    size_t len;
    bool whole;
} numbers[] = {
    {"0", 1, true},
    {"-0", 2, true},
    {"10", 2, true},
    {"-123", 4, true},
    {"123456789012345678901234567890", 30, true},
    {"0.0", 3, false},
    {"-0.5", 4, false},
    {"50.1", 4, false},
    {"1e5", 3, false},
    {"1E+5", 4, false},
    {"1e-05", 5, false},
    {"0e0", 3, false},
    {"1.5e400", 7, false},
    {"-1.25E-3", 8, false},
    {"01", 1, true},
    {"-01", 2, true},
    {"00", 1, true},
    {"1,", 1, true},
    {"1 ", 1, true},
    {"12a", 2, true},
    {"1.2.3", 3, false},
    {"1e5e5", 3, false},
    {"0x10", 1, true},
    {"", 0, true},
    {"-", 0, true},
    {"+1", 0, true},
    {".5", 0, true},
    {"-.5", 0, true},
    {"1.", 0, false},
    {"1.e5", 0, false},
    {"1e", 0, false},
    {"1e+", 0, false},
    {"1.5e", 0, false},
    {"--1", 0, true},
    {"a", 0, true},
    {"Infinity", 0, true},
    {"-Infinity", 0, true},
};

START_TEST(grammar_of_numbers)
{
    bool whole = false;
    const size_t n = strlen(numbers[_i].text);
    ck_assert_msg(json_number_length(numbers[_i].text, n, &whole) == numbers[_i].len, "%s", numbers[_i].text);
    if (numbers[_i].len)
        ck_assert_msg(whole == numbers[_i].whole, "%s", numbers[_i].text);
    /* nothing behind the length is read: the same text without its NUL, in memory of its own */
    char *copy = malloc(n ? n : 1);
    memcpy(copy, numbers[_i].text, n);
    ck_assert_uint_eq(json_number_length(copy, n, &whole), numbers[_i].len);
    free(copy);
}
END_TEST

static void expect_numbers(void)
{
    char text[400];
    double number;
    ck_assert(json_number("0.1", 3, &number) && number == 0.1);
    ck_assert(json_number("-2.5e3xyz", 6, &number) && number == -2500);
    ck_assert(json_number("1e308", 5, &number) && number == 1e308);
    ck_assert(json_number("1e-400", 6, &number) && number == 0);
    ck_assert(!json_number("1e400", 5, &number));
    ck_assert(!json_number("-1e309", 6, &number));
    ck_assert(json_number("9007199254740993", 16, &number) && number == 9007199254740992.0);
    for (size_t digits = 1; digits <= 17; digits++) /* few digits take a way of their own */
        for (size_t point = 0; point <= digits; point++) {
            const char *const number_text = "-98765432123456789";
            char plain[20];
            const int len = snprintf(plain, sizeof plain, "%.*s.%.*s", (int)point + 1, number_text, (int)(digits - point),
                                     number_text + 1 + point);
            ck_assert(json_number(plain, (size_t)len, &number) && number == strtod(plain, NULL));
            ck_assert(json_number(plain + 1, (size_t)len - 1, &number) && number == strtod(plain + 1, NULL));
        }
    ck_assert(json_number("-0", 2, &number) && number == 0 && signbit(number));
    /* longer than what is converted without allocating */
    memset(text, '0', sizeof text);
    memcpy(text, "1.", 2);
    text[300] = '5';
    ck_assert(json_number(text, 301, &number) && number == 1);
    memset(text, '9', sizeof text);
    ck_assert(json_number(text, 300, &number) && number == 1e300);
    ck_assert(!json_number(text, 400, &number));
    for (size_t len = 60; len <= 68; len++) {
        char wanted[80];
        memset(wanted, '9', len);
        wanted[len] = '\0';
        ck_assert(json_number(text, len, &number) && number == (double)strtold(wanted, NULL));
    }
}

START_TEST(values_of_numbers)
{
    expect_numbers();
    /* and where a comma is the decimal point, if there is such a locale */
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
        expect_numbers();
}
END_TEST

START_TEST(finding_a_byte)
{
    ck_assert_ptr_null(json_find(NULL, 0, 'x'));
    ck_assert_uint_eq((size_t)(json_find("abc", 3, 'c') - json_find("abc", 3, 'a')), 2);
    const char text[] = "abc";
    ck_assert_ptr_eq(json_find(text, 3, 'x'), text + 3);
    ck_assert_ptr_eq(json_find(text, 2, 'c'), text + 2);
}
END_TEST

/* Where bytes of the decoded text come from. */
START_TEST(offsets)
{
    static const char text[] = "ab\\/\\u00e9c\\ud83d\\ude00d"; /* a b / U+00E9 (2 bytes) c U+1F600 (4 bytes) d */
    static const size_t wanted[] = {0, 1, 2, 4, 4, 10, 11, 11, 11, 11, 23, 24, 24};
    for (size_t at = 0; at < sizeof wanted / sizeof *wanted; at++)
        ck_assert_uint_eq(json_text_offset(text, sizeof text - 1, at), wanted[at]);
    ck_assert_uint_eq(json_text_offset("", 0, 0), 0);
}
END_TEST

Suite *suite_text(void)
{
    Suite *suite = suite_create("text");
    TCase *tcase = tcase_create("text");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_unit_alone);
    tcase_add_test(tcase, canonical_escape_of_every_unit);
    tcase_add_test(tcase, every_pair);
    tcase_add_loop_test(tcase, decoding, 0, sizeof strings / sizeof *strings);
    tcase_add_test(tcase, decoding_stops_at_the_buffers_maximum);
    tcase_add_loop_test(tcase, grammar_of_numbers, 0, sizeof numbers / sizeof *numbers);
    tcase_add_test(tcase, values_of_numbers);
    tcase_add_test(tcase, finding_a_byte);
    tcase_add_test(tcase, offsets);
    suite_add_tcase(suite, tcase);
    return suite;
}
