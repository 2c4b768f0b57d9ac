/* The dictionary of secrets: what is learned, its tokens, its bounds, what is not looked for elsewhere. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <harmill/settings.h>

#include "learned.h"
#include "redact/hmac.h"
#include "redact/never.h"

Suite *suite_redact_dictionary(void);

static const char *token(struct redact_dictionary *dictionary, const char *value)
{
    static char copy[128];
    const struct har_text text = redact_token(dictionary, text_of(value));
    snprintf(copy, sizeof copy, "%.*s", (int)text.len, text.bytes);
    return copy;
}

/* ---- tokens */

START_TEST(what_a_token_is)
{
    static const struct {
        const char *text;
        size_t len;
    } cases[] = {
        {"redacted-token-1", 16},
        {"redacted-token-0", 16},
        {"redacted-token-123456789", 24},
        {"redacted-token-12.x", 17},
        {"redacted-token-12xyz", 17},
        {"redacted-token-0a1b2c3d4e", 25},
        {"redacted-token-0a1b2c3d4e5f&", 27},
        {"redacted-token-1234567890", 25},
        {"redacted-token-", 0},
        {"redacted-token-x", 0},
        {"redacted--1", 0},
        {"redacted-Token-1", 0},
        {"Redacted-token-1", 0},
        {"redacted-token", 0},
        {"redacted", 0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(redact_token_length(text_of(cases[i].text)) == cases[i].len, "%s", cases[i].text);
        ck_assert(redact_is_token(text_of(cases[i].text)) == (cases[i].len && cases[i].len == strlen(cases[i].text)));
    }
}
END_TEST

START_TEST(numbers_by_kind_in_the_order_of_learning)
{
    struct redact_dictionary *d = unsealed("");
    learn(d, "first-4f2a", "token");
    learn(d, "second-77a1", "password");
    learn(d, "third-9b3c", "token");
    learn(d, "first-4f2a", "password");
    learn(d, "", "token");
    ck_assert_str_eq(token(d, "first-4f2a"), "");
    seal(d);
    ck_assert_str_eq(token(d, "first-4f2a"), "redacted-token-1");
    ck_assert_str_eq(token(d, "third-9b3c"), "redacted-token-2");
    ck_assert_str_eq(token(d, "second-77a1"), "redacted-password-1");
    ck_assert_str_eq(token(d, "other-1"), "");
    ck_assert_str_eq(token(d, ""), "");
    ck_assert_uint_eq(redact_dictionary_totals(d).secrets, 3);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(tokens_of_the_input_keep_their_numbers)
{
    struct redact_dictionary *d = unsealed("");
    learn(d, "first-4f2a", "token");
    learn(d, "redacted-token-7", "token");
    redact_learn_token(d, text_of("redacted-token-3"));
    redact_learn_token(d, text_of("redacted-cookie-0a1b2c3d4e"));
    redact_learn_tokens(d, text_of("a redacted-password-5, redacted-redacted-cookie-2=redacted-"));
    learn(d, "second-77a1", "password");
    learn(d, "third-9b3c", "cookie");
    learn(d, "fourth-1d1d", "session");
    seal(d);
    ck_assert_str_eq(token(d, "first-4f2a"), "redacted-token-8");
    ck_assert_str_eq(token(d, "second-77a1"), "redacted-password-6");
    ck_assert_str_eq(token(d, "third-9b3c"), "redacted-cookie-3");
    ck_assert_str_eq(token(d, "fourth-1d1d"), "redacted-session-1");
    ck_assert_uint_eq(redact_dictionary_totals(d).secrets, 4);
    redact_dictionary_free(d);
}
END_TEST

START_TEST(one_secret_however_it_is_spelled)
{
    struct redact_dictionary *d = unsealed("");
    learn(d, "tea%204Zurich-88", "token");
    learn(d, "tea 4Zurich-88", "password");
    learn(d, "tea+4Zurich-88", "token");
    learn(d, "Tea 4Zurich-88", "token");
    learn(d, "a\\u0062c-\\\"12345", "token");
    seal(d);
    ck_assert_str_eq(token(d, "tea%204Zurich-88"), "redacted-token-1");
    ck_assert_str_eq(token(d, "tea 4Zurich-88"), "redacted-token-1");
    ck_assert_str_eq(token(d, "tea+4Zurich-88"), "redacted-token-1");
    ck_assert_str_eq(token(d, "tea%25204Zurich-88"), "redacted-token-1");
    ck_assert_str_eq(token(d, "Tea%204Zurich-88"), "redacted-token-2");
    ck_assert_str_eq(token(d, "abc-\"12345"), "redacted-token-3");
    ck_assert_uint_eq(redact_dictionary_totals(d).secrets, 3);
    redact_dictionary_free(d);
}
END_TEST

/* RFC 4231, test case 2. */
START_TEST(tokens_with_a_key)
{
    struct redact_dictionary *d = unsealed("Jefe");
    learn(d, "another-1", "token");
    learn(d, "what do ya want for nothing?", "token");
    seal(d);
    ck_assert_str_eq(token(d, "what do ya want for nothing?"), "redacted-token-5bdcc146bf");
    ck_assert(redact_is_token(text_of(token(d, "another-1"))));
    redact_dictionary_free(d);
}
END_TEST

START_TEST(hmac_of_rfc_4231)
{
    static const struct {
        char key, text;
        size_t key_len, text_len;
        const char *whole_key, *whole_text;
        unsigned char mac[8];
    } cases[] = {
        {0x0b, 0, 20, 0, NULL, "Hi There", {0xb0, 0x34, 0x4c, 0x61, 0xd8, 0xdb, 0x38, 0x53}},
        {0, 0, 0, 0, "Jefe", "what do ya want for nothing?", {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e}},
        {(char)0xaa, (char)0xdd, 20, 50, NULL, NULL, {0x77, 0x3e, 0xa9, 0x1e, 0x36, 0x80, 0x0e, 0x46}},
        {(char)0xaa, 0, 131, 0, NULL, "Test Using Larger Than Block-Size Key - Hash Key First",
         {0x60, 0xe4, 0x31, 0x59, 0x1e, 0xe0, 0xb6, 0x7f}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char key[160], text[160];
        unsigned char mac[SHA256_SIZE];
        memset(key, cases[i].key, sizeof key);
        memset(text, cases[i].text, sizeof text);
        hmac_sha256(cases[i].whole_key ? text_of(cases[i].whole_key) : (struct har_text){key, cases[i].key_len},
                    cases[i].whole_text ? text_of(cases[i].whole_text) : (struct har_text){text, cases[i].text_len}, mac);
        ck_assert_mem_eq(mac, cases[i].mac, sizeof cases[i].mac);
    }
}
END_TEST

/* ---- bounds */

START_TEST(the_number_of_secrets_is_bounded)
{
    struct har_error error = {0};
    struct har_settings *settings = har_settings_new();
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_SECRETS, 100, &error), HAR_OK);
    struct redact_dictionary *d = redact_dictionary_new(settings, text_of(""));
    char value[32];
    bool good = true;
    for (unsigned i = 0; i < 100; i++)
        good &= redact_learn(d, (struct har_text){value, (size_t)snprintf(value, sizeof value, "secret-%u", i)}, "token", 0,
                             &error) == HAR_OK;
    ck_assert(good);
    ck_assert_int_eq(redact_learn(d, text_of("secret-7"), "token", 0, &error), HAR_OK);
    for (unsigned i = 0; i < 3; i++) {
        ck_assert_int_eq(redact_learn(d, text_of("one-more"), "token", 0, &error), HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_BOUND);
        ck_assert_int_eq(error.code, HAR_BOUND_SECRETS);
        ck_assert_ptr_nonnull(strstr(error.text, "--max-secrets "));
        ck_assert_ptr_null(strstr(error.text, "one-more"));
    }
    redact_dictionary_free(d);
    har_settings_free(settings);
}
END_TEST

START_TEST(the_bytes_of_secrets_are_bounded)
{
    struct har_error error = {0};
    struct har_settings *settings = har_settings_new();
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_SECRET_BYTES, 1024, &error), HAR_OK);
    struct redact_dictionary *d = redact_dictionary_new(settings, text_of(""));
    char value[1025];
    memset(value, 'x', sizeof value);
    ck_assert_int_eq(redact_learn(d, (struct har_text){value, 1025}, "token", 0, &error), HAR_FATAL);
    ck_assert_int_eq(redact_learn(d, (struct har_text){value, 1000}, "token", 0, &error), HAR_OK);
    ck_assert_int_eq(redact_learn(d, (struct har_text){value, 24}, "token", 0, &error), HAR_OK);
    ck_assert_int_eq(redact_learn(d, (struct har_text){value, 1}, "token", 0, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_BOUND);
    ck_assert_int_eq(error.code, HAR_BOUND_SECRET_BYTES);
    ck_assert_ptr_nonnull(strstr(error.text, "--max-secret-bytes "));
    redact_dictionary_free(d);
    har_settings_free(settings);
}
END_TEST

/* ---- what is looked for elsewhere */

static const char *const common[] = {
    "accepted", "dark-mode", "homePage", "user_preferences", "New York", "undefined", "true,false", "no-cache", "max-age=3600",
    "en-US,en;q=0.9", "zh-Hant-TW", "text/html", "application/json; charset=utf-8",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "HTTP/2.0", "http/1.1", "Europe/Berlin",
    "America/Argentina/Buenos_Aires", "GMT+0100", "Mon, 01 Jan 2024 00:00:00 GMT", "2024-01-01T00:00:00.000Z",
    "2024-01-01 12:30:45", "01 Jan 2024", "January 2024", "1690000000", "1690000000123", "-12345.678", "123456789", "2023-2024",
    "1.2.3-beta.1", "v10.15.7", "1920x1080", "#aabbccdd", "rgba(0, 0, 0, 0.5)", "/assets/images/logo.png", "jquery-3.6.0.min.js",
    "api.example.com", "API.example.com", "example.com", ".example.com", "https://api.example.com", "https://api.example.com/",
    "https%3A%2F%2Fapi.example.com%2Flogin", "https%253A%252F%252Fapi.example.com", "http://127.0.0.1:8080/",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)", "{\"theme\":\"dark\",\"lang\":\"en-us\"}",
    "aaaaaaaaaaaa", "abababababab", "\"accepted\"", "        ", "\\/account\\/settings", "\\/headers",
};

static const char *const rare[] = {
    "qzxkvbnt", "QZXKVBNTRW", "mqpwlkzn", "xvbnmkjhgfds", "deadbeefcafe", "0123456789abcdef", "9876543210", "1234567890123456",
    "Xk9mP2qR", "aBcDeFgHiJ", "s3cr3tvalue", "hunter2hunter", "password123", "Summer2024!", "P@ssw0rd!", "tr0ub4dor",
    "correct horse battery staple", "eyJhbGciOiJIUzI1NiJ9", "https://api.example.com/reset/a8f7s9d8f",
    "https://evil.example.org/a8f7s9d8f", "192.168.1.1.4711.81", "a1-b2-c3-d4", "ab-cd-ef-gh", "text/html;token=4f2a",
    "1920x1080x24x4711", "Fri-4f2a-9b3c",
    "user@mail.example", "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c",
};

START_TEST(what_is_common_is_not_looked_for)
{
    struct keyset hosts = {0};
    ck_assert(never_add_host(&hosts, text_of("api.Example.com"), 1 << 20));
    ck_assert(never_add_host(&hosts, text_of("127.0.0.1"), 1 << 20));
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        ck_assert_msg(never_elsewhere(text_of(common[i]), &hosts), "%s", common[i]);
    for (size_t i = 0; i < sizeof rare / sizeof *rare; i++)
        ck_assert_msg(!never_elsewhere(text_of(rare[i]), &hosts), "%s", rare[i]);
    keyset_release(&hosts);
}
END_TEST

START_TEST(short_and_common_ones_have_tokens_only)
{
    struct redact_dictionary *d = unsealed("");
    learn(d, "x7Kq2", "token");
    learn(d, "accepted", "token");
    learn(d, "www.shop.example", "token");
    learn(d, "%41%42%43", "token");
    ck_assert_int_eq(redact_learn(d, text_of("Xk9mP2qRa"), "token", REDACT_LEARN_HERE, NULL), HAR_OK);
    ck_assert_int_eq(redact_learn(d, text_of("Zk8mP2qRb"), "token", REDACT_LEARN_HERE, NULL), HAR_OK);
    learn(d, "Zk8mP2qRb", "token");
    ck_assert(redact_learn_host(d, text_of("www.shop.example")));
    seal(d);
    SEARCHED(d, "x7Kq2 accepted www.shop.example %41%42%43 Xk9mP2qRa", "x7Kq2 accepted www.shop.example %41%42%43 Xk9mP2qRa");
    SEARCHED(d, "Zk8mP2qRb", "redacted-token-6");
    ck_assert_str_eq(token(d, "accepted"), "redacted-token-2");
    ck_assert_uint_eq(redact_dictionary_totals(d).secrets, 6);
    ck_assert_uint_eq(redact_dictionary_totals(d).short_ones, 5);
    redact_dictionary_free(d);
}
END_TEST

Suite *suite_redact_dictionary(void)
{
    Suite *suite = suite_create("redact_dictionary");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, what_a_token_is);
    tcase_add_test(tcase, numbers_by_kind_in_the_order_of_learning);
    tcase_add_test(tcase, tokens_of_the_input_keep_their_numbers);
    tcase_add_test(tcase, one_secret_however_it_is_spelled);
    tcase_add_test(tcase, tokens_with_a_key);
    tcase_add_test(tcase, hmac_of_rfc_4231);
    tcase_add_test(tcase, the_number_of_secrets_is_bounded);
    tcase_add_test(tcase, the_bytes_of_secrets_are_bounded);
    tcase_add_test(tcase, what_is_common_is_not_looked_for);
    tcase_add_test(tcase, short_and_common_ones_have_tokens_only);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
