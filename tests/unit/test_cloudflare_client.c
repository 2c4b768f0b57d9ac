/* Clients of the URL Scanner: configurations that cannot be, what is made of good ones, waiting. Nothing is sent. */
#include <check.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/harmill.h>

#include "cloudflare/cloudflare.h"

Suite *suite_cloudflare_client(void);

#define TOKEN   "planted-T0KEN-value"
#define EMAIL   "planted@example.com"
#define KEY     "planted-K3Y-value"
#define ACCOUNT "0123456789abcdef0123456789abcdef"

static struct har_error error;
static struct har_cloudflare *client;

static enum har_status make(const struct har_cloudflare_config *config)
{
    memset(&error, 0, sizeof error);
    return har_cloudflare_new(&client, config, &error);
}

static void tear_down(void)
{
    har_cloudflare_free(client);
    client = NULL;
}

#ifndef HARMILL_WITHOUT_CURL

/* ---- what cannot be: one member differs from a good configuration */

static const struct {
    const char *token, *email, *key, *account, *base, *ca_file;
    enum har_domain domain;
    const char *says;
} wrong[] = {
    {NULL, NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "credentials are needed"},
    {NULL, EMAIL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "CLOUDFLARE_API_KEY"},
    {NULL, NULL, KEY, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "CLOUDFLARE_EMAIL"},
    {TOKEN, EMAIL, KEY, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "only one of them"},
    {TOKEN, NULL, KEY, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "only one of them"},
    {TOKEN, EMAIL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "only one of them"},
    {"", NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token is empty"},
    {NULL, "", KEY, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the e-mail address is empty"},
    {"cfk_" TOKEN, NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token is an API key"},
    {NULL, EMAIL, "cfut_" TOKEN, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API key is an API token"},
    {NULL, EMAIL, "cfat_" TOKEN, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API key is an API token"},
    {TOKEN "\r\nX: y", NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token holds a character"},
    {TOKEN "\n", NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token holds a character"},
    {"Bearer " TOKEN, NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token holds a character"},
    {TOKEN "\xc3\xa9", NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token holds a character"},
    {TOKEN "\x7f", NULL, NULL, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API token holds a character"},
    {NULL, "a b" EMAIL, KEY, NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the e-mail address holds a character"},
    {NULL, EMAIL, KEY "\t", NULL, NULL, NULL, HAR_DOMAIN_USAGE, "the API key holds a character"},
    {TOKEN, NULL, NULL, "", NULL, NULL, HAR_DOMAIN_USAGE, "the account's id"},
    {TOKEN, NULL, NULL, "0123456789abcdef", NULL, NULL, HAR_DOMAIN_USAGE, "32 hexadecimal digits"},
    {TOKEN, NULL, NULL, "0123456789abcdef0123456789abcde/", NULL, NULL, HAR_DOMAIN_USAGE, "32 hexadecimal digits"},
    {TOKEN, NULL, NULL, NULL, "", NULL, HAR_DOMAIN_USAGE, "the address of the API"},
    {TOKEN, NULL, NULL, NULL, "api.example.com", NULL, HAR_DOMAIN_USAGE, "--api-url"},
    {TOKEN, NULL, NULL, NULL, "https://", NULL, HAR_DOMAIN_USAGE, "--api-url"},
    {TOKEN, NULL, NULL, NULL, "ftp://127.0.0.1/", NULL, HAR_DOMAIN_USAGE, "must be https"},
    {TOKEN, NULL, NULL, NULL, "file:///etc/passwd", NULL, HAR_DOMAIN_USAGE, "--api-url"},
    {TOKEN, NULL, NULL, NULL, "http://api.example.com/", NULL, HAR_DOMAIN_USAGE, "on this machine only"},
    {TOKEN, NULL, NULL, NULL, "http://localhost.example.com/", NULL, HAR_DOMAIN_USAGE, "on this machine only"},
    {TOKEN, NULL, NULL, NULL, "http://128.0.0.1/", NULL, HAR_DOMAIN_USAGE, "on this machine only"},
    {TOKEN, NULL, NULL, NULL, "http://127.0.0.1.example.com/", NULL, HAR_DOMAIN_USAGE, "on this machine only"},
    {TOKEN, NULL, NULL, NULL, "http://[::2]/", NULL, HAR_DOMAIN_USAGE, "on this machine only"},
    {TOKEN, NULL, NULL, NULL, "http://0.0.0.0/", NULL, HAR_DOMAIN_USAGE, "on this machine only"},
    {TOKEN, NULL, NULL, NULL, "https://" KEY "@api.example.com/", NULL, HAR_DOMAIN_USAGE, "user's name"},
    {TOKEN, NULL, NULL, NULL, "https://user:" KEY "@api.example.com/", NULL, HAR_DOMAIN_USAGE, "user's name"},
    {TOKEN, NULL, NULL, NULL, "https://127.0.0.1\\@example.com/", NULL, HAR_DOMAIN_USAGE, "a character that no address has"},
    {TOKEN, NULL, NULL, NULL, "https://example.com/a b", NULL, HAR_DOMAIN_USAGE, "a character that no address has"},
    {TOKEN, NULL, NULL, NULL, "https://example.com/\r\nx", NULL, HAR_DOMAIN_USAGE, "a character that no address has"},
    {TOKEN, NULL, NULL, NULL, "https://example.com/?key=" KEY, NULL, HAR_DOMAIN_USAGE, "query or a fragment"},
    {TOKEN, NULL, NULL, NULL, "https://example.com/?", NULL, HAR_DOMAIN_USAGE, "query or a fragment"},
    {TOKEN, NULL, NULL, NULL, "https://example.com/#x", NULL, HAR_DOMAIN_USAGE, "query or a fragment"},
    {TOKEN, NULL, NULL, NULL, "https://example.com:99999/", NULL, HAR_DOMAIN_USAGE, "--api-url"},
    {TOKEN, NULL, NULL, NULL, NULL, "/nonexistent/ca.pem", HAR_DOMAIN_SYSTEM, "--cacert"},
};

START_TEST(test_wrong)
{
    const struct har_cloudflare_config config = {.size = sizeof config,
                                                 .token = wrong[_i].token,
                                                 .email = wrong[_i].email,
                                                 .key = wrong[_i].key,
                                                 .account = wrong[_i].account,
                                                 .base = wrong[_i].base,
                                                 .ca_file = wrong[_i].ca_file};
    ck_assert_int_eq(make(&config), HAR_FATAL);
    ck_assert_ptr_null(client);
    ck_assert_int_eq(error.domain, wrong[_i].domain);
    ck_assert_msg(strstr(error.text, wrong[_i].says), "%d: %s", _i, error.text);
    ck_assert_msg(!strstr(error.text, "planted"), "%d quotes a secret: %s", _i, error.text);
}
END_TEST

/* ---- what is made of good ones */

static const struct {
    const char *given, *base, *host;
} bases[] = {
    {NULL, "https://api.cloudflare.com/client/v4", "api.cloudflare.com"},
    {"https://api.example.com", "https://api.example.com", "api.example.com"},
    {"https://api.example.com/", "https://api.example.com", "api.example.com"},
    {"https://api.example.com:8443/client/v4///", "https://api.example.com:8443/client/v4", "api.example.com"},
    {"http://127.0.0.1:8080/a/b", "http://127.0.0.1:8080/a/b", "127.0.0.1"},
    {"http://127.255.0.9:1", "http://127.255.0.9:1", "127.255.0.9"},
    {"http://localhost:1/", "http://localhost:1", "localhost"},
    {"HTTP://LocalHost:1/", "http://LocalHost:1", "LocalHost"},
    {"http://[::1]:1/", "http://[::1]:1", "[::1]"},
};

START_TEST(test_base)
{
    const struct har_cloudflare_config config = {.size = sizeof config, .token = TOKEN, .base = bases[_i].given};
    ck_assert_msg(make(&config) == HAR_OK, "%s: %s", bases[_i].given, error.text);
    ck_assert_str_eq(client->config.base, bases[_i].base);
    ck_assert_str_eq(har_cloudflare_host(client), bases[_i].host);
}
END_TEST

START_TEST(test_copies)
{
    char token[] = TOKEN, account[] = "0123456789ABCDEF0123456789abcdef";
    const struct har_cloudflare_config config = {.size = sizeof config, .token = token, .account = account};
    ck_assert_msg(make(&config) == HAR_OK, "%s", error.text);
    memset(token, 'x', sizeof token - 1);
    memset(account, 'x', sizeof account - 1);
    ck_assert_str_eq(client->config.token, TOKEN);
    ck_assert_str_eq(client->authorization, "Bearer " TOKEN);
    ck_assert_str_eq(client->config.account, ACCOUNT);
    ck_assert_uint_eq(har_cloudflare_last_problem(client)->kind, HAR_CLOUDFLARE_FINE);
}
END_TEST

START_TEST(test_pair)
{
    const struct har_cloudflare_config config = {.size = sizeof config, .email = EMAIL, .key = KEY};
    ck_assert_msg(make(&config) == HAR_OK, "%s", error.text);
    ck_assert_ptr_null(client->authorization);
    ck_assert_str_eq(client->config.key, KEY);
}
END_TEST

START_TEST(test_defaults)
{
    const struct har_cloudflare_config config = {.size = sizeof config, .token = TOKEN, .stall_ms = 5};
    ck_assert_msg(make(&config) == HAR_OK, "%s", error.text);
    ck_assert_uint_eq(client->config.connect_ms, 10000);
    ck_assert_uint_eq(client->config.stall_ms, 5);
    ck_assert_uint_eq(client->config.total_ms, 600000);
    ck_assert_uint_eq(client->config.retries, 0);
    ck_assert_uint_eq(client->config.retry_total_ms, 300000);
    ck_assert_uint_eq(client->config.wait_ms, 0);
    ck_assert_uint_eq(client->config.poll_ms, 15000);
    ck_assert_str_eq(client->config.agent, "libharmill/" HAR_VERSION);
}
END_TEST

/* A caller of an older header: what lies behind its size is not looked at. */
START_TEST(test_older_size)
{
    struct har_cloudflare_config config = {.size = offsetof(struct har_cloudflare_config, agent), .token = TOKEN};
    config.agent = "\n";
    config.retries = 9;
    ck_assert_msg(make(&config) == HAR_OK, "%s", error.text);
    ck_assert_str_eq(client->config.agent, "libharmill/" HAR_VERSION);
    ck_assert_uint_eq(client->config.retries, 0);
}
END_TEST

START_TEST(test_two_clients)
{
    const struct har_cloudflare_config config = {.size = sizeof config, .token = TOKEN};
    struct har_cloudflare *other;
    ck_assert_int_eq(make(&config), HAR_OK);
    ck_assert_int_eq(har_cloudflare_new(&other, &config, &error), HAR_OK);
    har_cloudflare_free(other);
    ck_assert_str_eq(har_cloudflare_host(client), "api.cloudflare.com");
    har_cloudflare_free(NULL);
}
END_TEST

/* ---- before anything is sent */

START_TEST(test_no_account)
{
    const struct har_cloudflare_config config = {.size = sizeof config, .token = TOKEN};
    const struct har_cloudflare_scan scan = {.id = "01234567-89ab-4def-8123-456789abcdef"};
    struct cloudflare_har *har;
    ck_assert_int_eq(make(&config), HAR_OK);
    ck_assert_int_eq(cloudflare_fetch(client, &scan, false, NULL, &har, &error), HAR_FATAL);
    ck_assert_ptr_null(har);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "--account"));
    ck_assert_ptr_nonnull(strstr(error.text, "CLOUDFLARE_ACCOUNT_ID"));
}
END_TEST

static volatile sig_atomic_t cancel;

START_TEST(test_cancelled)
{
    const struct har_cloudflare_config config = {
        .size = sizeof config, .token = TOKEN, .account = ACCOUNT, .base = "http://127.0.0.1:1", .cancel = &cancel};
    const struct har_cloudflare_scan scan = {.id = "01234567-89ab-4def-8123-456789abcdef"};
    struct cloudflare_har *har;
    cancel = 1;
    ck_assert_int_eq(make(&config), HAR_OK);
    ck_assert_int_eq(cloudflare_fetch(client, &scan, false, NULL, &har, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_CANCELLED);
    ck_assert_int_eq(cloudflare_sleep(client, 3600000, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_CANCELLED);
    cancel = 0;
    ck_assert_int_eq(cloudflare_sleep(client, 1, &error), HAR_OK);
}
END_TEST

/* The reader without a client, and of a caller that knows of none. */
START_TEST(test_reader)
{
    int something = 0;
    const char *input = "cloudflare:" ACCOUNT "/01234567-89ab-4def-8123-456789abcdef";
    struct har_reader_args args = {.size = sizeof args, .input = input};
    struct har_input *opened;
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(har_input_open(&opened, har_reader_find("cloudflare"), &args, NULL, &error), HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        ck_assert_ptr_nonnull(strstr(error.text, "needs a client"));
        args.size = offsetof(struct har_reader_args, user);
        args.user = &something;
    }
}
END_TEST

#else

START_TEST(test_left_out)
{
    const struct har_cloudflare_config config = {.size = sizeof config, .token = TOKEN};
    ck_assert_int_eq(make(&config), HAR_FATAL);
    ck_assert_ptr_null(client);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "this build leaves out libcurl"));
}
END_TEST

#endif

Suite *suite_cloudflare_client(void)
{
    Suite *suite = suite_create("cloudflare_client");
    TCase *tests = tcase_create("client");
    tcase_add_checked_fixture(tests, NULL, tear_down);
#ifndef HARMILL_WITHOUT_CURL
    tcase_add_loop_test(tests, test_wrong, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_loop_test(tests, test_base, 0, (int)(sizeof bases / sizeof *bases));
    tcase_add_test(tests, test_copies);
    tcase_add_test(tests, test_pair);
    tcase_add_test(tests, test_defaults);
    tcase_add_test(tests, test_older_size);
    tcase_add_test(tests, test_two_clients);
    tcase_add_test(tests, test_no_account);
    tcase_add_test(tests, test_cancelled);
    tcase_add_test(tests, test_reader);
#else
    tcase_add_test(tests, test_left_out);
#endif
    suite_add_tcase(suite, tests);
    return suite;
}
