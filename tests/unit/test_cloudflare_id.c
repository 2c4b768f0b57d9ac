/* Inputs of the Cloudflare reader taken apart. */
#include "cloudflare_parts.h"

Suite *suite_cloudflare_id(void);

#define OTHER "0195f2a4-1c3e-7abc-8def-0123456789ac"
#define API   "https://api.cloudflare.com/client/v4/accounts/"
#define RADAR "https://radar.cloudflare.com/"
#define DASH  "https://dash.cloudflare.com/"

static const struct {
    const char *input, *account; /* NULL: refused */
} inputs[] = {
    {"cloudflare:" ID, ""},
    {"CloudFlare:0195F2A4-1C3E-7ABC-8DEF-0123456789AB", ""},
    {"cloudflare:" ACCOUNT "/" ID, ACCOUNT},
    {"cloudflare:0123456789ABCDEF0123456789ABCDEF/" ID, ACCOUNT},
    {RADAR "scan/" ID, ""},
    {RADAR "scan/" ID "/", ""},
    {RADAR "scan/" ID "/summary", ""},
    {RADAR "scan/" ID "/summary?a=b#c", ""},
    {RADAR "scan/" ID "?x=" ID, ""},
    {RADAR "scan/" ID "#", ""},
    {RADAR "en-us/scan/" ID, ""},
    {RADAR "pt-BR/scan/" ID "/network", ""},
    {"HTTPS://Radar.CloudFlare.COM:443/scan/" ID, ""},
    {"https://radar.cloudflare.com:/scan/" ID, ""},
    {DASH ACCOUNT "/security-center/investigate/scan/" ID, ACCOUNT},
    {DASH ACCOUNT "/security-center/investigate?scanId=" ID, ACCOUNT},
    {DASH ACCOUNT "/security-center/investigate?to=%2Fscan%2F" ID "%2F", ACCOUNT},
    {DASH ACCOUNT "/security-center#scan=" ID, ACCOUNT},
    {API ACCOUNT "/urlscanner/v2/har/" ID, ACCOUNT},
    {API ACCOUNT "/urlscanner/v2/result/" ID, ACCOUNT},
    {API ACCOUNT "/urlscanner/v2/har/" ID "/", ACCOUNT},
    {API ACCOUNT "/urlscanner/scan/" ID, ACCOUNT},
    {API ACCOUNT "/urlscanner/scan/" ID "/har", ACCOUNT},
    /* malformed ids */
    {"cloudflare:", NULL},
    {"cloudflare:/" ID, NULL},
    {"cloudflare:" ID "/", NULL},
    {"cloudflare:" ACCOUNT, NULL},
    {"cloudflare:" ACCOUNT "/", NULL},
    {"cloudflare:" ACCOUNT "/" ID "/", NULL},
    {"cloudflare:" ACCOUNT "0/" ID, NULL},
    {"cloudflare:0123456789abcdef0123456789abcdeg/" ID, NULL},
    {"cloudflare: " ID, NULL},
    {"cloudflare:" ID "\n", NULL},
    {"cloudflare:../../" ID, NULL},
    {"cloudflare:{" ID "}", NULL},
    {"cloudflare:0195f2a41c3e7abc8def0123456789ab", NULL},
    {"cloudflare:0195f2a4-1c3e-7abc-8def-0123456789a", NULL},
    {"cloudflare:0195f2a4-1c3e-7abc-8def-0123456789ag", NULL},
    {"cloudflare:0195f2a4-1c3e-7abc-8def+0123456789ab", NULL},
    {RADAR "scan/" ID "0", NULL},
    {RADAR "scan/x" ID, NULL},
    {RADAR "scan/" ID "-0", NULL},
    {RADAR "scan/", NULL},
    {RADAR "scan", NULL},
    {RADAR, NULL},
    {"https://radar.cloudflare.com", NULL},
    {RADAR ID, NULL},
    {RADAR "?scan=" ID, NULL},
    {RADAR "/scan/" ID, NULL},
    {RADAR "en/us/scan/" ID, NULL},
    {RADAR "12/scan/" ID, NULL},
    {RADAR "a-very-long-locale/scan/" ID, NULL},
    {RADAR "Scan/" ID, NULL},
    {RADAR "scan/" ID "/vs/" OTHER, NULL},
    {RADAR "scan/" ID "?other=" OTHER, NULL},
    {DASH "security-center/investigate/" ID, NULL},
    {DASH ACCOUNT, NULL},
    {DASH ACCOUNT "/" ID "/" OTHER, NULL},
    {DASH "?to=/" ACCOUNT "/" ID, NULL},
    {API ACCOUNT "/urlscanner/v2/dom/" ID, NULL},
    {API ACCOUNT "/urlscanner/v2/har/" ID "/x", NULL},
    {API ACCOUNT "/urlscanner/v2/har/" ID "/x/", NULL},
    {API ACCOUNT "/urlscanner/v2/scan/" ID, NULL},
    {API ACCOUNT "/urlscanner/har/" ID, NULL},
    {API "x/urlscanner/v2/har/" ID, NULL},
    {API "/urlscanner/v2/har/" ID, NULL},
    /* hosts that look like it */
    {"http://radar.cloudflare.com/scan/" ID, NULL},
    {"https://radar.cloudflare.com.evil.example/scan/" ID, NULL},
    {"https://evil.example/radar.cloudflare.com/scan/" ID, NULL},
    {"https://evilradar.cloudflare.com/scan/" ID, NULL},
    {"https://radar.cloudflare.com@evil.example/scan/" ID, NULL},
    {"https://evil.example@radar.cloudflare.com/scan/" ID, NULL},
    {"https://@radar.cloudflare.com/scan/" ID, NULL},
    {"https://evil.example\\@radar.cloudflare.com/scan/" ID, NULL},
    {"https://radar.cloudflare.com\\@evil.example/scan/" ID, NULL},
    {"https://radar.cloudflare.com:8443/scan/" ID, NULL},
    {"https://radar.cloudflare.com:80/scan/" ID, NULL},
    {"https://radar.cloudflare.com:443x/scan/" ID, NULL},
    {"https://radar.cloudflare.com:65979/scan/" ID, NULL}, /* 443 modulo 2^16 */
    {"https://radar.cloudflare.com./scan/" ID, NULL},
    {"https://radar.cloudflare.com%2eevil.example/scan/" ID, NULL},
    {"https://radar%2ecloudflare.com/scan/" ID, NULL},
    {"https://[radar.cloudflare.com]/scan/" ID, NULL},
    {"https:///radar.cloudflare.com/scan/" ID, NULL},
    {"https://?https://radar.cloudflare.com/scan/" ID, NULL},
    {"https://", NULL},
    {"http://", NULL},
    {"https://example.com/a.har", NULL},
    {"https://example.com/" ID, NULL},
};

START_TEST(input)
{
    const char *text = inputs[_i].input, *account = inputs[_i].account;
    char *copy = exact(text, strlen(text) + 1);
    struct har_cloudflare_scan scan = {"x", "x"};
    struct har_error error = {0};
    ck_assert_msg(har_cloudflare_accepts(copy), "%s", text);
    const enum har_status status = har_cloudflare_parse(copy, &scan, &error);
    ck_assert_msg((status == HAR_OK) == (account != NULL), "%s: %s", text, error.text);
    ck_assert_str_eq(scan.account, account ? account : "");
    ck_assert_str_eq(scan.id, account ? ID : "");
    if (!account) {
        ck_assert_int_eq(status, HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        ck_assert_uint_gt(strlen(error.text), 10);
        ck_assert_uint_lt(strlen(error.text), sizeof error.text - 1); /* not cut */
        ck_assert_ptr_null(strstr(error.text, "evil"));
        ck_assert_ptr_null(strstr(error.text, "0195"));
    }
    free(copy);
}
END_TEST

START_TEST(input_of_others)
{
    static const char *const others[] = {"a.har", "",        "-",           "cloudflare", "https:/a",
                                         "https", "ftp://a", "./https://a", " https://a", "xcloudflare:1"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!har_cloudflare_accepts(others[i]), "%s", others[i]);
    ck_assert(har_cloudflare_accepts("hTTp://a"));
}
END_TEST

/* What to do is said. */
START_TEST(input_advice)
{
    static const struct {
        const char *input, *says;
    } rows[] = {
        {"https://example.com/a.har", "curl -o x.har URL; harmill info x.har"},
        {"http://radar.cloudflare.com/scan/" ID, "https://radar.cloudflare.com/scan/SCAN_ID"},
        {"cloudflare:1", "UUID"},
        {"cloudflare:1/" ID, "ACCOUNT_ID/SCAN_ID"},
        {"https://a@radar.cloudflare.com/scan/" ID, "user's name"},
        {RADAR "scan/" ID "/" OTHER, "more than one scan"},
        {RADAR "domains", "names no scan"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_cloudflare_scan scan;
        struct har_error error;
        ck_assert_int_eq(har_cloudflare_parse(rows[i].input, &scan, &error), HAR_FATAL);
        ck_assert_msg(strstr(error.text, rows[i].says) != NULL, "%s: %s", rows[i].input, error.text);
    }
}
END_TEST

START_TEST(accounts)
{
    ck_assert(har_cloudflare_is_account(ACCOUNT));
    ck_assert(har_cloudflare_is_account("ABCDEF00112233445566778899aabbcc"));
    static const char *const wrong[] = {"",
                                        "0",
                                        ACCOUNT "0",
                                        "0123456789abcdef0123456789abcdeg",
                                        "0123456789abcdef0123456789abcde",
                                        "0123456789abcdef0123456789abcde ",
                                        "0123456789abcdef0123456789abcde\xc3\xa9"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!har_cloudflare_is_account(wrong[i]), "%s", wrong[i]);
}
END_TEST

Suite *suite_cloudflare_id(void)
{
    Suite *suite = suite_create("cloudflare_id");
    TCase *tcase = tcase_create("cloudflare_id");
    tcase_add_loop_test(tcase, input, 0, sizeof inputs / sizeof *inputs);
    tcase_add_test(tcase, input_of_others);
    tcase_add_test(tcase, input_advice);
    tcase_add_test(tcase, accounts);
    suite_add_tcase(suite, tcase);
    return suite;
}
