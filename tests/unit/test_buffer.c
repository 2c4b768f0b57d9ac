/* The growing buffer and the escapes that write into it. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/buffer.h>

#include "util/utf8.h"

Suite *suite_buffer(void);

static void expect(const struct har_buffer *buffer, const char *text)
{
    ck_assert_msg(buffer->len == strlen(text) && !memcmp(buffer->data, text, buffer->len), "'%.*s' is not '%s'", (int)buffer->len,
                  buffer->data, text);
}

START_TEST(grows_up_to_its_maximum)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, 1000);
    ck_assert_ptr_null(buffer.data);
    for (int i = 0; i < 1000; i++)
        ck_assert(har_buffer_append_char(&buffer, (char)i));
    ck_assert_uint_eq(buffer.len, 1000);
    ck_assert_uint_eq(buffer.cap, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(buffer.data[i], (char)i);
    ck_assert(!har_buffer_append_char(&buffer, 'x'));
    ck_assert(buffer.failed);
    ck_assert_uint_eq(buffer.len, 1000);
    har_buffer_release(&buffer);
    ck_assert_uint_eq(buffer.max, 1000);
    ck_assert(har_buffer_append_text(&buffer, "again"));
    har_buffer_release(&buffer);
}
END_TEST

START_TEST(a_failure_sticks_and_changes_nothing)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, 8);
    ck_assert(har_buffer_append_text(&buffer, "12345"));
    ck_assert(!har_buffer_append_text(&buffer, "6789"));
    expect(&buffer, "12345");
    /* The rest of a row of appends must not fill the hole. */
    ck_assert(!har_buffer_append_text(&buffer, "6"));
    ck_assert(!har_buffer_append_char(&buffer, '6'));
    ck_assert(!har_buffer_append(&buffer, NULL, 0));
    ck_assert(!har_buffer_printf(&buffer, "%d", 6));
    ck_assert_ptr_null(har_buffer_string(&buffer));
    expect(&buffer, "12345");
    har_buffer_clear(&buffer);
    ck_assert(har_buffer_append(&buffer, NULL, 0));
    ck_assert(har_buffer_append_text(&buffer, "12345678"));
    har_buffer_release(&buffer);
}
END_TEST

START_TEST(sizes_that_overflow_fail)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, SIZE_MAX);
    ck_assert(har_buffer_append_text(&buffer, "abc"));
    ck_assert_ptr_null(har_buffer_reserve(&buffer, SIZE_MAX));
    ck_assert(buffer.failed);
    har_buffer_clear(&buffer);
    ck_assert_ptr_null(har_buffer_reserve(&buffer, SIZE_MAX / 2 + 2));
    har_buffer_release(&buffer);
    har_buffer_release(NULL);
    struct har_buffer zeroed = {0};
    har_buffer_release(&zeroed);
    ck_assert(!har_buffer_append_char(&zeroed, 'x'));
}
END_TEST

START_TEST(reserve_and_string)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, 4);
    char *at = har_buffer_reserve(&buffer, 3);
    ck_assert_ptr_nonnull(at);
    ck_assert_uint_eq(buffer.len, 0);
    memcpy(at, "abc", 3);
    buffer.len += 3;
    ck_assert_str_eq(har_buffer_string(&buffer), "abc");
    ck_assert_uint_eq(buffer.len, 3);
    ck_assert(har_buffer_append_char(&buffer, 'd'));
    ck_assert_ptr_nonnull(har_buffer_reserve(&buffer, 0));
    ck_assert_ptr_null(har_buffer_string(&buffer)); /* the NUL is past the maximum */
    expect(&buffer, "abcd");
    har_buffer_release(&buffer);
}
END_TEST

START_TEST(printf_of_any_length)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, 5000);
    ck_assert(har_buffer_printf(&buffer, "%s-%d", "a", 5));
    ck_assert(har_buffer_printf(&buffer, "%04000d", 7));
    ck_assert_uint_eq(buffer.len, 4003);
    ck_assert_int_eq(buffer.data[4002], '7');
    ck_assert_int_eq(buffer.data[4001], '0');
    ck_assert(!har_buffer_printf(&buffer, "%0998d", 7));
    ck_assert_uint_eq(buffer.len, 4003);
    har_buffer_clear(&buffer);
    ck_assert(har_buffer_printf(&buffer, "%05000d", 7)); /* just full: no room for a NUL */
    har_buffer_release(&buffer);
}
END_TEST

START_TEST(json_escapes)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, 4096);
    static const char text[] = "a\"b\\c/\b\f\n\r\t\0\x1f\x7f\xc3\xa9\xff\xed\xa0\x80z\xe2\x82";
    ck_assert(har_buffer_append_json(&buffer, text, sizeof text - 1));
    expect(&buffer, "a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz"
                    "\xef\xbf\xbd\xef\xbf\xbd");
    har_buffer_clear(&buffer);
    ck_assert(har_buffer_append_json(&buffer, NULL, 0));
    har_buffer_release(&buffer);
}
END_TEST

START_TEST(json_escapes_are_undone_by_jansson)
{
    struct har_buffer buffer, raw;
    har_buffer_init(&buffer, 1 << 20);
    har_buffer_init(&raw, 1 << 20);
    for (uint32_t cp = 0; cp <= 0x10ffff; cp += cp < 0x3000 ? 1 : 251) {
        char bytes[4];
        har_buffer_append(&raw, bytes, utf8_encode(cp, bytes));
        if (cp % 7 == 0)
            har_buffer_append_text(&raw, "plain run");
    }
    har_buffer_append_char(&buffer, '"');
    ck_assert(har_buffer_append_json(&buffer, raw.data, raw.len));
    har_buffer_append_char(&buffer, '"');
    json_t *json = json_loadb(buffer.data, buffer.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    ck_assert_ptr_nonnull(json);
    ck_assert_uint_eq(json_string_length(json), raw.len);
    ck_assert_mem_eq(json_string_value(json), raw.data, raw.len);
    json_decref(json);
    har_buffer_release(&buffer);
    har_buffer_release(&raw);
}
END_TEST

START_TEST(an_escape_that_does_not_fit_leaves_nothing)
{
    for (size_t max = 3; max < 3 + 12; max++) {
        struct har_buffer buffer;
        har_buffer_init(&buffer, max);
        ck_assert(har_buffer_append_text(&buffer, "abc"));
        ck_assert(!har_buffer_append_json(&buffer,
                                          "12\x01"
                                          "4\n56",
                                          7)); /* 1 2 \u0001 4 \n 5 6: 13 bytes */
        expect(&buffer, "abc");
        har_buffer_clear(&buffer);
        ck_assert(har_buffer_append_text(&buffer, "abc"));
        ck_assert(!har_buffer_append_visible(&buffer,
                                             "123\x01"
                                             "4\x7f",
                                             6, 0)); /* 12 bytes */
        expect(&buffer, "abc");
        har_buffer_clear(&buffer);
        ck_assert(har_buffer_append_text(&buffer, "abc"));
        ck_assert(!har_buffer_append_pointer(&buffer, "12~~//56789", 11)); /* 16 bytes */
        expect(&buffer, "abc");
        har_buffer_release(&buffer);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t most;
    const char *visible;
} visible_rows[] = {
    {"plain text", 0, "plain text"},
    {"caf\xc3\xa9 \xf0\x9f\x98\x80", 0, "caf\xc3\xa9 \xf0\x9f\x98\x80"},
    {"a\x1b[31mb", 0, "a\\x1b[31mb"},
    {"line\nbreak\r\t", 0, "line\\x0abreak\\x0d\\x09"},
    {"\x7f", 0, "\\x7f"},
    {"\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", 0, "\\u{0080}\\u{009b}\\u{009f}\xc2\xa0"},
    {"a\xe2\x80\xae"
     "b\xe2\x81\xa6"
     "c\xd8\x9c\xe2\x80\x8e",
     0, "a\\u{202e}b\\u{2066}c\\u{061c}\\u{200e}"},
    {"\xff\xc3", 0, "\\xff\\xc3"},
    {"\xed\xa0\x80", 0, "\\xed\\xa0\\x80"},
    {"abc", 3, "abc"},
    {"abcd", 3, "abc..."},
    {"\xc3\xa9\xc3\xa9\xc3\xa9", 2, "\xc3\xa9\xc3\xa9..."},
    {"\n\n\n", 2, "\\x0a\\x0a..."},
    {"", 1, ""},
};

START_TEST(visible_text)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, 1000);
    ck_assert(har_buffer_append_visible(&buffer, visible_rows[_i].text, strlen(visible_rows[_i].text), visible_rows[_i].most));
    har_buffer_append_char(&buffer, '|');
    char wanted[100];
    strcpy(wanted, visible_rows[_i].visible);
    strcat(wanted, "|");
    expect(&buffer, wanted);
    har_buffer_release(&buffer);
}
END_TEST

/* The examples of RFC 6901 section 5, and the order of the two escapes. */
START_TEST(pointers)
{
    static const char *const rows[][2] = {
        {"foo", "/foo"}, {"", "/"}, {"a/b", "/a~1b"}, {"m~n", "/m~0n"}, {"c%d", "/c%d"}, {"~1", "/~01"}, {"/~", "/~1~0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_buffer buffer;
        har_buffer_init(&buffer, 100);
        ck_assert(har_buffer_append_pointer(&buffer, rows[i][0], strlen(rows[i][0])));
        expect(&buffer, rows[i][1]);
        har_buffer_release(&buffer);
    }
}
END_TEST

Suite *suite_buffer(void)
{
    Suite *suite = suite_create("buffer");
    TCase *tcase = tcase_create("buffer");
    tcase_add_test(tcase, grows_up_to_its_maximum);
    tcase_add_test(tcase, a_failure_sticks_and_changes_nothing);
    tcase_add_test(tcase, sizes_that_overflow_fail);
    tcase_add_test(tcase, reserve_and_string);
    tcase_add_test(tcase, printf_of_any_length);
    tcase_add_test(tcase, json_escapes);
    tcase_add_test(tcase, json_escapes_are_undone_by_jansson);
    tcase_add_test(tcase, an_escape_that_does_not_fit_leaves_nothing);
    tcase_add_loop_test(tcase, visible_text, 0, sizeof visible_rows / sizeof *visible_rows);
    tcase_add_test(tcase, pointers);
    suite_add_tcase(suite, tcase);
    return suite;
}
