/* SHA-256: the standard's examples, every way to split the input, both implementations. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "util/sha256.h"

Suite *suite_sha256(void);

typedef void init_fn(struct sha256 *sha);
static init_fn *const inits[] = {sha256_init, sha256_init_portable};

static void to_hex(const unsigned char digest[SHA256_SIZE], char hex[2 * SHA256_SIZE + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < SHA256_SIZE; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * SHA256_SIZE] = '\0';
}

static void digest_in_steps(init_fn *init, const char *bytes, size_t len, size_t step, char *hex)
{
    struct sha256 sha;
    unsigned char digest[SHA256_SIZE];
    init(&sha);
    for (size_t at = 0; at < len; at += step)
        sha256_add(&sha, bytes + at, at + step < len ? step : len - at);
    sha256_end(&sha, digest);
    to_hex(digest, hex);
}

/* The examples that NIST publishes with the standard. */
static const struct {
    const char *text, *digest;
} rows[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

START_TEST(of_the_standard)
{
    const char *text = rows[_i].text;
    const size_t len = strlen(text);
    char hex[2 * SHA256_SIZE + 1];
    for (size_t way = 0; way < 2; way++)
        for (size_t step = 1; step <= len + 1; step++) {
            digest_in_steps(inits[way], text, len, step, hex);
            ck_assert_str_eq(hex, rows[_i].digest);
        }
}
END_TEST

START_TEST(a_million)
{
    enum { LENGTH = 1000000 };
    static const size_t steps[] = {LENGTH, 1, 63, 64, 65, 127, 4096, 99991};
    char hex[2 * SHA256_SIZE + 1];
    char *text = malloc(LENGTH);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', LENGTH);
    for (size_t way = 0; way < 2; way++) {
        digest_in_steps(inits[way], text, LENGTH, steps[_i], hex);
        ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    free(text);
}
END_TEST

/* All lengths around the places where the padding changes, and both ways on bytes of all values. */
START_TEST(ways_agree)
{
    enum { MOST = 300 };
    char text[MOST], one[2 * SHA256_SIZE + 1], other[2 * SHA256_SIZE + 1];
    uint32_t noise = 1;
    for (size_t i = 0; i < MOST; i++) {
        noise = noise * 1664525 + 1013904223;
        text[i] = (char)(noise >> 24);
    }
    for (size_t len = 0; len <= MOST; len++) {
        digest_in_steps(sha256_init, text, len, len + 1, one);
        for (size_t step = 1; step < 70; step += 13) {
            digest_in_steps(sha256_init_portable, text, len, step, other);
            ck_assert_str_eq(one, other);
        }
    }
}
END_TEST

Suite *suite_sha256(void)
{
    Suite *suite = suite_create("sha256");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, of_the_standard, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tests, a_million, 0, 8);
    tcase_add_test(tests, ways_agree);
    suite_add_tcase(suite, tests);
    return suite;
}
