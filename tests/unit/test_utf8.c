/* UTF-8 against the C library's iconv: every code point, every pair of bytes, every lead and second byte of longer ones. */
#include <check.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "util/utf8.h"

#define LAST 0x10ffff

Suite *suite_utf8(void);

/* By iconv; len 0: it has no encoding. */
struct oracle {
    unsigned char len;
    unsigned char bytes[4];
};

static struct oracle *oracle;

static void make_oracle(void)
{
    iconv_t iconverter = iconv_open("UTF-8", "UTF-32LE");
    ck_assert(iconverter != (iconv_t)-1);
    oracle = calloc(LAST + 1, sizeof *oracle);
    ck_assert_ptr_nonnull(oracle);
    for (uint32_t cp = 0; cp <= LAST; cp++) {
        unsigned char in[4] = {cp & 0xff, cp >> 8 & 0xff, cp >> 16 & 0xff, 0};
        char *from = (char *)in, *to = (char *)oracle[cp].bytes;
        size_t in_len = 4, out_len = 4;
        if (iconv(iconverter, &from, &in_len, &to, &out_len) == 0)
            oracle[cp].len = (unsigned char)(4 - out_len);
        else
            iconv(iconverter, NULL, NULL, NULL, NULL);
    }
    iconv_close(iconverter);
}

static void free_oracle(void)
{
    free(oracle);
}

/* What must be decoded from `bytes`: the code point that they would mean without any rule, if iconv writes it that way. */
static void check_bytes(const unsigned char *bytes, size_t len)
{
    size_t width = bytes[0] < 0x80 ? 1 : bytes[0] < 0xc0 ? 0 : bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : bytes[0] < 0xf8 ? 4 : 0;
    uint32_t value = width == 1 ? bytes[0] : bytes[0] & (0x7fu >> width), cp = 0xabcdef;
    for (size_t i = 1; i < width && i < len; i++)
        value = value << 6 | (bytes[i] & 0x3f);
    size_t wanted =
        width && width <= len && value <= LAST && oracle[value].len == width && !memcmp(oracle[value].bytes, bytes, width) ? width
                                                                                                                           : 0;
    size_t got = utf8_decode((const char *)bytes, len, &cp);
    if (got != wanted || cp != (wanted ? value : 0xabcdef))
        ck_abort_msg("%02x %02x %02x %02x of length %zu: %zu, U+%04X", bytes[0], bytes[1], bytes[2], bytes[3], len, got, cp);
}

START_TEST(every_code_point)
{
    size_t count = 0;
    for (uint32_t cp = 0; cp <= LAST; cp++) {
        char bytes[4] = {0};
        size_t len = utf8_encode(cp, bytes);
        count += len > 0;
        if (len != oracle[cp].len || memcmp(bytes, oracle[cp].bytes, len))
            ck_abort_msg("U+%04X is encoded wrongly", cp);
        /* Whole, with a byte less, and with more behind it. */
        unsigned char more[8] = {0};
        memcpy(more, bytes, 4);
        for (size_t have = 1; len && have <= 4; have++)
            check_bytes(more, have);
    }
    ck_assert_uint_eq(count, LAST + 1 - 2048);
    ck_assert_uint_eq(utf8_encode(LAST + 1, (char[4]){0}), 0);
    ck_assert_uint_eq(utf8_encode(0xffffffff, (char[4]){0}), 0);
    uint32_t cp = 1;
    ck_assert_uint_eq(utf8_decode("a", 0, &cp), 0);
    ck_assert_uint_eq(cp, 1);
}
END_TEST

START_TEST(every_two_and_three_bytes)
{
    for (unsigned n = 0; n < 0x10000; n++) {
        unsigned char bytes[4] = {n >> 8 & 0xff, n & 0xff, 0, 0};
        check_bytes(bytes, 1);
        check_bytes(bytes, 2);
    }
    for (unsigned n = 0xe00000; n < 0xf00000; n++) {
        unsigned char bytes[4] = {n >> 16 & 0xff, n >> 8 & 0xff, n & 0xff, 0};
        check_bytes(bytes, 3);
    }
}
END_TEST

START_TEST(edges_of_four_bytes)
{
    static const unsigned char edges[] = {0x00, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    for (unsigned first = 0xf0; first < 0x100; first++)
        for (unsigned second = 0; second < 0x100; second++)
            for (size_t i = 0; i < sizeof edges; i++)
                for (size_t j = 0; j < sizeof edges; j++) {
                    unsigned char bytes[4] = {(unsigned char)first, (unsigned char)second, edges[i], edges[j]};
                    check_bytes(bytes, 4);
                }
}
END_TEST

Suite *suite_utf8(void)
{
    Suite *suite = suite_create("utf8");
    TCase *tcase = tcase_create("utf8");
    tcase_add_unchecked_fixture(tcase, make_oracle, free_oracle);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_code_point);
    tcase_add_test(tcase, every_two_and_three_bytes);
    tcase_add_test(tcase, edges_of_four_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}
