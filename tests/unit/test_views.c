/* Views of bytes: compared, trimmed, taken apart. */
#include <check.h>
#include <ctype.h>

#include "util/text.h"

Suite *suite_views(void);

static struct har_text view(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

/* Beside the C library's functions, which in the C locale know ASCII alone. */
START_TEST(letters_and_digits)
{
    for (int c = 0; c < 256; c++) {
        const char byte = (char)c;
        const int digit = isdigit(c) ? c - '0' : isxdigit(c) ? tolower(c) - 'a' + 10 : -1;
        ck_assert_int_eq((unsigned char)text_lower(byte), c < 0x80 ? tolower(c) : c);
        ck_assert_int_eq(text_is_letter(byte), c < 0x80 && isalpha(c));
        ck_assert_int_eq(text_is_digit(byte), c < 0x80 && isdigit(c));
        ck_assert_int_eq(text_hex(byte), c < 0x80 ? digit : -1);
    }
}
END_TEST

START_TEST(comparing)
{
    ck_assert(text_equal(view("aZ"), view("aZ")));
    ck_assert(!text_equal(view("aZ"), view("az")));
    ck_assert(!text_equal(view("a"), view("ab")));
    ck_assert(text_alike(view("aZ-["), view("Az-[")));
    ck_assert(!text_alike(view("@"), view("`")));
    ck_assert(!text_alike(view("["), view("{")));
    ck_assert(!text_alike(view("a"), view("ab")));
    ck_assert(text_alike(view(""), view("")));
    ck_assert(text_is(view("Content-Type"), "content-type"));
    ck_assert(!text_is(view("content-typ"), "content-type"));
    ck_assert(text_begins(view("Image/png"), "image/"));
    ck_assert(!text_begins(view("image"), "image/"));
    ck_assert(text_begins(view("image"), ""));
    ck_assert(text_ends(view("a+JSON"), "+json"));
    ck_assert(!text_ends(view("json"), "+json"));
}
END_TEST

START_TEST(trimming)
{
    ck_assert(text_equal(text_trim(view(" \t\r\na b\n ")), view("a b")));
    ck_assert_uint_eq(text_trim(view(" \t")).len, 0);
    ck_assert_uint_eq(text_trim(view("")).len, 0);
    ck_assert_uint_eq(text_trim(view("\v")).len, 1); /* no white space here */
}
END_TEST

START_TEST(parts)
{
    static const char *const wanted[] = {"a", "", "b=c=d"};
    struct har_text rest = view("a;;b=c=d;"), part, before, behind;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ck_assert(text_part(&rest, ';', &part));
        ck_assert(text_equal(part, view(wanted[i])));
    }
    ck_assert(!text_part(&rest, ';', &part));
    text_split(view("b=c=d"), '=', &before, &behind);
    ck_assert(text_equal(before, view("b")) && text_equal(behind, view("c=d")));
    text_split(view("b"), '=', &before, &behind);
    ck_assert(text_equal(before, view("b")) && behind.len == 0);
    text_split(view("="), '=', &before, &behind);
    ck_assert(before.len == 0 && behind.len == 0);
    ck_assert_uint_eq(text_find(view("abc"), 'c'), 2);
    ck_assert_uint_eq(text_find(view("abc"), 'd'), 3);
    ck_assert_uint_eq(text_find((struct har_text){NULL, 0}, 'd'), 0);
}
END_TEST

Suite *suite_views(void)
{
    Suite *suite = suite_create("views");
    TCase *tcase = tcase_create("views");
    tcase_add_test(tcase, letters_and_digits);
    tcase_add_test(tcase, comparing);
    tcase_add_test(tcase, trimming);
    tcase_add_test(tcase, parts);
    suite_add_tcase(suite, tcase);
    return suite;
}
