/* The hash against its own definition, computed with additions only. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "util/polyhash.h"

#include "files.h"

Suite *suite_polyhash(void);

#define MODULUS ((UINT64_C(1) << 61) - 1)

static uint64_t add(uint64_t a, uint64_t b)
{
    return (a % MODULUS + b % MODULUS) % MODULUS;
}

/* By doubling: no product is larger than 64 bits. */
static uint64_t multiply(uint64_t a, uint64_t b)
{
    uint64_t sum = 0;
    for (a %= MODULUS; b; b >>= 1, a = add(a, a))
        if (b & 1)
            sum = add(sum, a);
    return sum;
}

/* Words of seven bytes, least first, the last one of what is left (maybe nothing), then the length: coefficients from the highest
 * power of the point to the zeroth. */
static uint64_t define(const unsigned char *bytes, size_t len, uint64_t point)
{
    uint64_t value = 0, power = 1;
    value = add(value, len);
    for (size_t words = len / 7 + 1; words-- > 0;) {
        uint64_t word = 0;
        for (size_t i = 0; i < 7 && words * 7 + i < len; i++)
            word += (uint64_t)bytes[words * 7 + i] << (8 * i);
        power = multiply(power, point);
        value = add(value, multiply(word, power));
    }
    return value;
}

static uint64_t hash_of(const void *bytes, size_t len, uint64_t point)
{
    struct polyhash hash;
    polyhash_init(&hash, point);
    polyhash_add(&hash, bytes, len);
    return polyhash_value(&hash);
}

START_TEST(as_defined)
{
    static const uint64_t points[] = {2, 65537, MODULUS - 1, MODULUS / 3, 0x123456789abcdefu};
    unsigned char *bytes = files_noise(400, 3);
    for (size_t p = 0; p < sizeof points / sizeof *points; p++)
        for (size_t len = 0; len <= 400; len++)
            ck_assert_uint_eq(hash_of(bytes, len, points[p]), define(bytes, len, points[p]));
    memset(bytes, 0xff, 400);
    for (size_t len = 0; len <= 400; len++)
        ck_assert_uint_eq(hash_of(bytes, len, MODULUS - 1), define(bytes, len, MODULUS - 1));
    free(bytes);
}
END_TEST

START_TEST(parts_and_values_on_the_way)
{
    unsigned char *bytes = files_noise(1000, 4);
    const uint64_t point = polyhash_point();
    for (size_t part = 1; part <= 20; part++) {
        struct polyhash hash;
        polyhash_init(&hash, point);
        for (size_t at = 0; at < 1000; at += part) {
            polyhash_add(&hash, bytes + at, part < 1000 - at ? part : 1000 - at);
            ck_assert_uint_eq(polyhash_value(&hash), hash_of(bytes, at + part < 1000 ? at + part : 1000, point));
        }
    }
    free(bytes);
}
END_TEST

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Texts of zeros differ in their length only, texts with one bit in its place only. */
START_TEST(small_differences)
{
    enum { LEN = 200, ALL = LEN + 1 + LEN * 8 };
    unsigned char bytes[LEN] = {0};
    uint64_t *value = malloc(ALL * sizeof *value), point = polyhash_point();
    size_t n = 0;
    for (size_t len = 0; len <= LEN; len++)
        value[n++] = hash_of(bytes, len, point);
    for (size_t bit = 0; bit < LEN * 8; bit++) {
        bytes[bit / 8] = (unsigned char)(1 << bit % 8);
        value[n++] = hash_of(bytes, LEN, point);
        bytes[bit / 8] = 0;
    }
    qsort(value, n, sizeof *value, by_value);
    for (size_t i = 1; i < n; i++)
        ck_assert(value[i] != value[i - 1] && value[i] < MODULUS);
    free(value);
}
END_TEST

START_TEST(points)
{
    uint64_t before = 0;
    for (int i = 0; i < 100; i++) {
        const uint64_t point = polyhash_point();
        ck_assert(point > 0 && point <= MODULUS && point != before);
        before = point;
    }
    /* another point, another value */
    ck_assert_uint_ne(hash_of("some text", 9, 1000003), hash_of("some text", 9, 1000033));
}
END_TEST

/* Two at once, in pieces of all lengths, are each alone. */
START_TEST(both)
{
    enum { LEN = 500 };
    unsigned char bytes[LEN];
    for (size_t i = 0; i < LEN; i++)
        bytes[i] = (unsigned char)(i * 37 + 11);
    for (size_t piece = 1; piece < 40; piece++) {
        struct polyhash one, other;
        polyhash_init(&one, 1000003);
        polyhash_init(&other, 1000033);
        for (size_t at = 0; at < LEN; at += piece)
            polyhash_add_both(&one, &other, bytes + at, at + piece < LEN ? piece : LEN - at);
        ck_assert_uint_eq(polyhash_value(&one), hash_of(bytes, LEN, 1000003));
        ck_assert_uint_eq(polyhash_value(&other), hash_of(bytes, LEN, 1000033));
    }
}
END_TEST

Suite *suite_polyhash(void)
{
    Suite *suite = suite_create("polyhash");
    TCase *tcase = tcase_create("polyhash");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, as_defined);
    tcase_add_test(tcase, parts_and_values_on_the_way);
    tcase_add_test(tcase, small_differences);
    tcase_add_test(tcase, points);
    tcase_add_test(tcase, both);
    suite_add_tcase(suite, tcase);
    return suite;
}
