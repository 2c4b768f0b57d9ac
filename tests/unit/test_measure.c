/* Strings measured: against decoding them, and the fast way against the portable one. */
#include <check.h>
#include <string.h>

#include "json/measure.h"
#include "json/text.h"

Suite *suite_measure(void);

enum { NO = -1 };

static const struct {
    const char *text;
    size_t bytes;
    int replaced;
    bool ascii, lone;
    size_t points, units;
} rows[] = {
    {"", 0, NO, true, false, 0, 0},
    {"abc", 3, NO, true, false, 3, 3},
    {"a\\nb\\\\u0041\\\"", 10, NO, true, false, 10, 10}, /* an escaped backslash, then letters */
    {"\\u0041\\u007f", 2, NO, true, false, 2, 2},
    {"\\u0080\\u07ff", 4, NO, false, false, 2, 2},
    {"\\u0800\\uffff", 6, NO, false, false, 2, 2},
    {"\\ud83d\\ude00", 4, NO, false, false, 1, 2},
    {"\\ud83d\\ud83d\\ude00", 7, NO, false, true, 2, 3},
    {"\\ud83d", 3, NO, false, true, 1, 1},
    {"\\ude00\\ud83d", 6, NO, false, true, 2, 2},
    {"\\ud83dx\\ude00", 7, NO, false, true, 3, 3},
    {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9, NO, false, false, 3, 4},
    {"ab\xef\xbf\xbd", 5, 2, false, false, 3, 3},
    {"ab\\uFFFD\xef\xbf\xbd", 8, 2, false, false, 4, 4},
    {"\xef\xbf\xbc\xef\xbc\x8c\xef\xbf\xbd", 9, 6, false, false, 3, 3},
    {"\xef\xbf", 2, NO, false, false, 1, 1}, /* no UTF-8: nothing is read behind the end */
    {"\\uZZZZ", 7, NO, false, true, 5, 5},
    {"\\u00", 5, NO, false, true, 3, 3},
};

/* Both ways give what `row` says when `before` bytes stand in front. */
static void expect(const char *text, size_t len, size_t before, const struct json_measure *want)
{
    const struct json_measure fast = json_measure(text, len), portable = json_measure_portable(text, len);
    ck_assert_uint_eq(fast.bytes, before + want->bytes);
    ck_assert_uint_eq(fast.replaced, want->replaced == JSON_NOWHERE ? JSON_NOWHERE : before + want->replaced);
    ck_assert_int_eq(fast.ascii, want->ascii);
    ck_assert_int_eq(fast.lone, want->lone);
    ck_assert_uint_eq(portable.bytes, fast.bytes);
    ck_assert_uint_eq(portable.replaced, fast.replaced);
    ck_assert_int_eq(portable.ascii, fast.ascii);
    ck_assert_int_eq(portable.lone, fast.lone);
}

/* Across all places of a block's end. */
START_TEST(measured)
{
    enum { BEFORE = 140 };
    char text[BEFORE + 64];
    const size_t len = strlen(rows[_i].text);
    const struct json_measure want = {rows[_i].bytes, rows[_i].replaced == NO ? JSON_NOWHERE : (size_t)rows[_i].replaced,
                                      rows[_i].ascii, rows[_i].lone};
    for (size_t before = 0; before <= BEFORE; before++) {
        memset(text, 'u', before);
        memcpy(text + before, rows[_i].text, len);
        expect(text, before + len, before, &want);
        memset(text + before + len, ' ', sizeof text - before - len);
        struct json_measure longer = want;
        longer.bytes += sizeof text - before - len;
        expect(text, sizeof text, before, &longer);
    }
    const struct json_characters characters = json_characters(rows[_i].text, len);
    ck_assert_uint_eq(characters.points, rows[_i].points);
    ck_assert_uint_eq(characters.units, rows[_i].units);
}
END_TEST

/* Strings put together from pieces by a small generator: as long as what decoding gives. */
START_TEST(as_decoded)
{
    static const char *const pieces[] = {"\\\\",     "\\n", "u",       "\\u00e9",      "\\ud83d", "\\ude00", "plain text",  "\\\"",
                                         "\xc3\xa9", "\\/", "\\uFFFD", "\xef\xbf\xbd", "\\u12",   "0000",    "\xe2\x82\xac"};
    uint32_t random = 12345 + (uint32_t)_i;
    char text[400];
    size_t len = 0;
    while (len < sizeof text - 16) {
        random = random * 1664525 + 1013904223;
        const char *piece = pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    struct har_buffer decoded;
    har_buffer_init(&decoded, 1000);
    ck_assert(json_text_decode(text, len, &decoded));
    const struct json_measure fast = json_measure(text, len);
    expect(text, len, 0, &fast);
    ck_assert_uint_eq(fast.bytes, decoded.len);
    ck_assert_int_eq(fast.ascii, false);
    size_t points = 0, units = 0;
    for (size_t i = 0; i < decoded.len; i++) {
        const unsigned char byte = (unsigned char)decoded.data[i];
        points += (byte & 0xc0) != 0x80;
        units += ((byte & 0xc0) != 0x80) + (byte >= 0xf0);
    }
    ck_assert_uint_eq(json_characters(text, len).points, points);
    ck_assert_uint_eq(json_characters(text, len).units, units);
    har_buffer_release(&decoded);
}
END_TEST

Suite *suite_measure(void)
{
    Suite *suite = suite_create("measure");
    TCase *tcase = tcase_create("measure");
    tcase_add_loop_test(tcase, measured, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, as_decoded, 0, 300);
    suite_add_tcase(suite, tcase);
    return suite;
}
