/* Base64: what is one, what it decodes to, what is odd about it; the fast way beside the portable one. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "util/base64.h"

Suite *suite_base64(void);

static const struct {
    const char *text;
    enum base64_fault fault;
    size_t at, decoded;
    unsigned forms;
} rows[] = {
    /* RFC 4648 section 10 */
    {"", BASE64_FINE, 0, 0, 0},
    {"Zg==", BASE64_FINE, 4, 1, 0},
    {"Zm8=", BASE64_FINE, 4, 2, 0},
    {"Zm9v", BASE64_FINE, 4, 3, 0},
    {"Zm9vYg==", BASE64_FINE, 8, 4, 0},
    {"Zm9vYmE=", BASE64_FINE, 8, 5, 0},
    {"Zm9vYmFy", BASE64_FINE, 8, 6, 0},
    {"+/+/", BASE64_FINE, 4, 3, 0},
    /* forms */
    {"-_-_", BASE64_FINE, 4, 3, BASE64_URL_SAFE},
    {"Zm9v\r\nYg==\n", BASE64_FINE, 11, 4, BASE64_BLANKS},
    {"Zg", BASE64_FINE, 2, 1, BASE64_UNPADDED},
    {"Zm8", BASE64_FINE, 3, 2, BASE64_UNPADDED},
    {"Zg=\n=", BASE64_FINE, 5, 1, BASE64_BLANKS},
    {"Z-9v Yg", BASE64_FINE, 7, 4, BASE64_URL_SAFE | BASE64_BLANKS | BASE64_UNPADDED},
    /* none */
    {"Z", BASE64_LENGTH, 1, 0, 0},
    {"Zm9vY", BASE64_LENGTH, 5, 0, 0},
    {"Zg=", BASE64_PADDING, 3, 0, 0},
    {"Zg===", BASE64_PADDING, 5, 0, 0},
    {"Zm9v=", BASE64_PADDING, 5, 0, 0},
    {"Zg==Zg==", BASE64_PADDING, 4, 0, 0},
    {"=", BASE64_PADDING, 1, 0, 0},
    {"Zm9v!", BASE64_CHARACTER, 4, 0, 0},
    {"Zm9v\x80", BASE64_CHARACTER, 4, 0, 0},
    {"data:image/png;base64,Zm9v", BASE64_CHARACTER, 4, 0, 0},
    {"{}", BASE64_CHARACTER, 0, 0, 0},
    {"Zm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9v.m9v", BASE64_CHARACTER, 72, 0, 0},
};

START_TEST(judged)
{
    const size_t len = strlen(rows[_i].text);
    for (size_t step = 1; step <= len + 1; step++) {
        struct base64 base64 = {0};
        for (size_t at = 0; at < len; at += step)
            base64_feed(&base64, rows[_i].text + at, at + step < len ? step : len - at);
        ck_assert_int_eq(base64_end(&base64), rows[_i].fault == BASE64_FINE);
        ck_assert_int_eq(base64.fault, rows[_i].fault);
        ck_assert_uint_eq(base64.seen, rows[_i].at);
        if (rows[_i].fault)
            continue;
        ck_assert_uint_eq(base64_decoded(&base64), rows[_i].decoded);
        ck_assert_uint_eq(base64.forms, rows[_i].forms);
    }
}
END_TEST

static bool of_alphabet(int c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return c && strchr(alphabet, c);
}

/* Every byte at every place of a stretch that is longer than a block. */
START_TEST(every_byte_everywhere)
{
    enum { LENGTH = 90 };
    char text[LENGTH];
    for (size_t at = 0; at < LENGTH; at++) {
        struct base64 fast = {0}, portable = {0};
        memset(text, 'A', LENGTH);
        text[at] = (char)_i;
        const bool good = base64_feed(&fast, text, LENGTH);
        ck_assert_int_eq(base64_feed_portable(&portable, text, LENGTH), good);
        ck_assert_uint_eq(fast.seen, portable.seen);
        ck_assert_uint_eq(fast.digits, portable.digits);
        ck_assert_uint_eq(fast.pads, portable.pads);
        ck_assert_int_eq(fast.fault, portable.fault);
        ck_assert_uint_eq(fast.forms, portable.forms);
        if (of_alphabet(_i) || _i == '-' || _i == '_') {
            ck_assert_uint_eq(fast.digits, LENGTH);
        } else if (_i != '=' && _i != ' ' && _i != '\t' && _i != '\r' && _i != '\n') {
            ck_assert(!good);
            ck_assert_uint_eq(fast.seen, at);
        }
    }
}
END_TEST

/* RFC 4648 section 10, and what is none. */
static const struct {
    const char *text, *bytes;
} plain[] = {
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

START_TEST(decoded_and_encoded)
{
    const struct har_text text = {plain[_i].text, strlen(plain[_i].text)};
    struct har_buffer out, back;
    har_buffer_init(&back, 100);
    har_buffer_init(&out, 100);
    ck_assert_int_eq(base64_decode(text, &out), plain[_i].bytes != NULL);
    if (plain[_i].bytes) {
        ck_assert_uint_eq(out.len, strlen(plain[_i].bytes));
        ck_assert(!out.len || memcmp(out.data, plain[_i].bytes, out.len) == 0);
        ck_assert(base64_encode((struct har_text){plain[_i].bytes, out.len}, &back));
        ck_assert_str_eq(har_buffer_string(&back), plain[_i].text);
    }
    har_buffer_release(&back);
    har_buffer_release(&out);
}
END_TEST

Suite *suite_base64(void)
{
    Suite *suite = suite_create("base64");
    TCase *tcase = tcase_create("base64");
    tcase_add_loop_test(tcase, judged, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, decoded_and_encoded, 0, sizeof plain / sizeof *plain);
    tcase_add_loop_test(tcase, every_byte_everywhere, 0, 256);
    suite_add_tcase(suite, tcase);
    return suite;
}
