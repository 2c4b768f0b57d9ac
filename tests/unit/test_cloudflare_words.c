/* The Cloudflare client's sentences, and texts of others made safe to print. */
#include "cloudflare_parts.h"

#include <stdio.h>

Suite *suite_cloudflare_words(void);

/* ---- texts made safe */

static const struct {
    const char *text;
    size_t size;
    const char *clean;
} cleaned[] = {
    {"plain", 16, "plain"},
    {"  two \t\r\n words  ", 32, "two words"},
    {"", 4, ""},
    {"abcdefgh", 9, "abcdefgh"},
    {"abcdefgh", 8, "abcd..."},
    {"abcdefgh", 4, "..."},
    {"abcdefgh", 1, ""},
    {"\xc3\xa9\xc3\xa9\xc3\xa9", 7, "\xc3\xa9\xc3\xa9\xc3\xa9"},
    {"\xc3\xa9\xc3\xa9\xc3\xa9", 6, "\xc3\xa9..."},
    {"\x1b[2J", 32, "\\x1b[2J"},
    {"token " TOKEN " was refused", 64, "token [hidden] was refused"},
    {"Bearer " TOKEN, 64, "Bearer [hidden]"},
    {TOKEN, 12, "[hidden]"},
    {"x" TOKEN "x", 32, "x[hidden]x"},
    {TOKEN TOKEN, 32, "[hidden][hidden]"},
    {"CFUT_ZQ3XW9LMNPR7TVBK2SYHD5GFJC8AEU1OTI4Q-_AB", 32, "[hidden]"},
    /* pieces of 8 characters and more */
    {"begins with cfut_Zq3 and", 64, "begins with [hidden] and"},
    {"ends with i4Q-_abc", 64, "ends with i4Q-_abc"},
    {"ends with Ti4Q-_ab", 64, "ends with [hidden]"},
    {"tVbK2sYhD5gF in the middle", 64, "[hidden] in the middle"},
    {"\xc1"
     "oTi4Q-_ode",
     64, "\\xc[hidden]ode"}, /* the escape makes seven characters eight */
    /* spellings */
    {"token=cfut%5FZq3Xw9LmNpR7tVbK2sYhD5gFjC8aEu1oTi4Q%2D%5fab&x", 64, "token=[hidden]&x"},
    {"\\u0063\\u0066\\u0075\\u0074\\u005fZq3Xw9LmNpR7tVbK2sYhD5gFjC8aEu1oTi4Q-_ab", 64, "[hidden]"},
    {"&#99;&#x66;&#x75;&#116;_Zq3Xw9LmNpR7tVbK2sYhD5gFjC8aEu1oTi4Q-_ab", 64, "[hidden]"},
    {"cfut\\_Zq3Xw9LmNpR7tVbK2sYhD5gFjC8aEu1oTi4Q\\-\\_ab", 64, "[hidden]"},
    {"636675745f5a7133587739", 64, "[hidden]"},
    {"c\x01"
     "f\x02u\x03t\x04_\x05Z\x06q\x07"
     "3",
     64, "[hidden]"},
};

START_TEST(clean)
{
    const struct har_cloudflare client = client_of(true);
    const size_t len = strlen(cleaned[_i].text);
    char *text = exact(cleaned[_i].text, len), *to = malloc(cleaned[_i].size);
    ck_assert_ptr_nonnull(to);
    cloudflare_clean(&client, text, len, to, cleaned[_i].size);
    ck_assert_str_eq(to, cleaned[_i].clean);
    free(text);
    free(to);
}
END_TEST

/* base64 of the secret behind 0 to 5 other bytes, as "openssl base64 -A" gives it; the rest differs by at most one character. */
START_TEST(clean_packed)
{
    static const char *const texts[] = {
        "Y2Z1dF9acTNYdzlMbU5wUjd0VmJLMnNZaEQ1Z0ZqQzhhRXUxb1RpNFEtX2Fi",             /* TOKEN */
        "QmVhcmVyIGNmdXRfWnEzWHc5TG1OcFI3dFZiSzJzWWhENWdGakM4YUV1MW9UaTRRLV9hYg==", /* "Bearer " TOKEN */
        "YWJjZnV0X1pxM1h3OUxtTnBSN3RWYksyc1loRDVnRmpDOGFFdTFvVGk0US1fYWI=",         /* "ab" TOKEN */
    };
    const struct har_cloudflare client = client_of(true);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char to[128];
        cloudflare_clean(&client, texts[i], strlen(texts[i]), to, sizeof to);
        ck_assert_msg(strstr(to, "[hidden]") != NULL && strlen(to) <= strlen("[hidden]") + 14, "%s", to);
    }
}
END_TEST

START_TEST(clean_others)
{
    static const struct har_cloudflare_header headers[] = {
        {"Cookie", "session=Very-Secret-1"}, {"X-Short", "ab"}, {"X-Empty", ""}, {NULL, NULL}};
    struct har_cloudflare client = client_of(false), bare = client_of(true), none = {.host = NULL};
    char to[128];
    static const char text[] = "who: " EMAIL ", what: " KEY "; ab session=Very-Secret-1, secret.example";
    cloudflare_clean(&client, text, sizeof text - 1, to, sizeof to);
    ck_assert_str_eq(to, "who: [hidden], what: [hidden]; ab session=Very-Secret-1, secret.example");
    ck_assert(cloudflare_keep(&client, headers));
    cloudflare_clean(&client, text, sizeof text - 1, to, sizeof to);
    ck_assert_str_eq(to, "who: [hidden], what: [hidden]; ab [hidden], secret.example");
    cloudflare_forget(&client);
    bare.config.token = NULL; /* a client may keep the header's value alone */
    cloudflare_clean(&bare, TOKEN, strlen(TOKEN), to, sizeof to);
    ck_assert_str_eq(to, "[hidden]");
    cloudflare_clean(&none, "a\0b", 3, to, sizeof to);
    ck_assert_str_eq(to, "a\\x00b");
    cloudflare_clean(&none, NULL, 0, to, sizeof to);
    ck_assert_str_eq(to, "");
}
END_TEST

/* ---- sentences */

static const struct {
    long status;
    const char *type, *body;
    bool post;
    const char *sentence;
} told[] = {
    {403, "application/json", GATEWAY("10000", "Authentication error"), false,
     "the API denied access (HTTP 403, code 10000: Authentication error, cf-ray 8f12abcd34567890-AMS); the token needs the "
     "permission "
     "URL Scanner Read, for this account"},
    {403, "application/json", GATEWAY("10000", "Authentication error"), true,
     "the API denied access (HTTP 403, code 10000: Authentication error, cf-ray 8f12abcd34567890-AMS); the token needs the "
     "permission "
     "URL Scanner Edit, for this account"},
    {404, "application/json", PENDING("\"Queued\""), false, "the scan is not finished (Queued); use --wait"},
    {202, "", "", false, "the scan is not finished (HTTP 202, cf-ray 8f12abcd34567890-AMS); use --wait"},
    {404, "application/json", "{\"message\":\"No such scan submission\"}", false,
     "no such scan (HTTP 404: No such scan submission, cf-ray 8f12abcd34567890-AMS); failed scans are kept for 30 days, others for "
     "a "
     "year"},
    {404, "application/problem+json", ROUTE, false,
     "nothing is there (HTTP 404: Route not resolved, no path matched, cf-ray 8f12abcd34567890-AMS); is --api-url right?"},
    {404, "application/problem+json", ROUTE, true,
     "nothing is there (HTTP 404: Route not resolved, no path matched, cf-ray 8f12abcd34567890-AMS); is --api-url right?"},
    {404, "application/json", FAILED("\"status\":\"Finished\",\"success\":false,\"errors\":[{\"message\":\"net::ERR_FAILED\"}]"),
     false, "the scan failed (HTTP 404: net::ERR_FAILED, cf-ray 8f12abcd34567890-AMS); a failed scan has no HAR"},
    {404, "text/html", "<title>Not Found</title>", false,
     "nothing is there (HTTP 404: Not Found, cf-ray 8f12abcd34567890-AMS); is --api-url right?"},
    {404, "application/json", GATEWAY("7003", "Could not route to /x"), false,
     "no such account (HTTP 404, code 7003: Could not route to /x, cf-ray 8f12abcd34567890-AMS); is --account right?"},
    {400, "application/json", CHAIN("6111", "Invalid format for Authorization header"), false,
     "the API denied access (HTTP 400, code 6003: Invalid request headers: Invalid format for Authorization header, cf-ray "
     "8f12abcd34567890-AMS); the credentials are malformed: are they whole, and of the right kind?"},
    {400, "application/json", "{\"message\":\"Bad\",\"errors\":[]}", false,
     "the API refused the request (HTTP 400: Bad, cf-ray 8f12abcd34567890-AMS)"},
    {400, "application/json", "{\"message\":\"Bad\",\"errors\":[{\"title\":\"Invalid url\"}]}", true,
     "the API refuses to scan this (HTTP 400: Bad: Invalid url, cf-ray 8f12abcd34567890-AMS)"},
    {409, "application/json", "{\"message\":\"Scan prevented\"}", true,
     "the API refuses to scan this (HTTP 409: Scan prevented, cf-ray 8f12abcd34567890-AMS); a host that was scanned lately can be "
     "scanned again later; Radar shows the scan there is"},
    {429, "application/json", "{\"retry_after\":300}", false,
     "too many requests (HTTP 429, cf-ray 8f12abcd34567890-AMS); try again in 5 min"},
    {429, "application/json", "{\"retry_after\":99999999}", false,
     "too many requests (HTTP 429, cf-ray 8f12abcd34567890-AMS); try again in more than a year"},
    {503, "application/json", "{\"retry_after\":121}", false,
     "the service failed (HTTP 503, cf-ray 8f12abcd34567890-AMS); try again in 2 min 1 s"},
    {429, "", "", false, "too many requests (HTTP 429, cf-ray 8f12abcd34567890-AMS); try again in 5 minutes"},
    {429, "application/json", "{\"retry_after\":10}", true,
     "too many requests (HTTP 429, cf-ray 8f12abcd34567890-AMS); try again in 10 s; free plans allow a submission in 10 s, 5,000 a "
     "month"},
    {502, "text/plain", "error code: 502", false,
     "the service failed (HTTP 502: error code: 502, cf-ray 8f12abcd34567890-AMS); try again later"},
    {502, "text/plain", "error code: 502", true,
     "the service failed (HTTP 502: error code: 502, cf-ray 8f12abcd34567890-AMS); it is not known whether the scan was submitted, "
     "harmill does not send it again"},
    {200, "text/html", HTML, false,
     "the answer is an HTML page, not a HAR (HTTP 200: 502 Bad Gateway, cf-ray 8f12abcd34567890-AMS); is --api-url right?"},
    {200, "application/json", "{\"a\":1}", true,
     "the answer names no scan (HTTP 200, cf-ray 8f12abcd34567890-AMS); it is not known whether the scan was submitted, "
     "harmill does not send it again; is --api-url right?"},
    {302, "", "", false,
     "the answer was redirected to login.example, which is not followed (HTTP 302, cf-ray 8f12abcd34567890-AMS); is --api-url "
     "right?"},
    {403, "text/html", "<title>Blocked</title>", false,
     "the API denied access (HTTP 403: Blocked, cf-ray 8f12abcd34567890-AMS); this comes from a firewall or proxy on the way, not "
     "from "
     "the API; is --api-url right?"},
};

START_TEST(sentence)
{
    struct har_cloudflare client = client_of(true);
    struct cloudflare_reply reply = reply_of(told[_i].status, told[_i].type);
    const struct cloudflare_request request = {.method = told[_i].post ? CLOUDFLARE_POST : CLOUDFLARE_GET, .most = 1024};
    struct har_error error;
    const char *body = told[_i].body;
    strcpy(reply.location, "login.example");
    fill_body(&reply, body, strlen(body));
    cloudflare_judge(&client, &reply, body, strlen(body));
    ck_assert_int_eq(cloudflare_tell(&client, &request, &reply, &error), HAR_FATAL);
    ck_assert_str_eq(error.text, told[_i].sentence);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_NETWORK);
    ck_assert_int_eq(error.code, told[_i].status);
    release(&reply);
}
END_TEST

START_TEST(other_sentences)
{
    struct har_cloudflare client = client_of(false);
    struct cloudflare_reply reply = reply_of(0, "");
    struct cloudflare_request request = {.method = CLOUDFLARE_GET, .most = 1024};
    struct har_error error;
    *reply.ray = '\0';
    reply.end = CLOUDFLARE_CUT;
    reply.why = "the connection was reset";
    cloudflare_judge(&client, &reply, NULL, 0);
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text, "no answer from api.cloudflare.com: the connection was reset");
    request.method = CLOUDFLARE_POST;
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text,
                     "no answer from api.cloudflare.com: the connection was reset; it is not known whether the scan was "
                     "submitted, harmill does not send it again");
    reply.end = CLOUDFLARE_NOT_SENT;
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text, "no answer from api.cloudflare.com: the connection was reset");
    request.method = CLOUDFLARE_GET;
    reply.status = 200;
    reply.end = CLOUDFLARE_CUT;
    cloudflare_judge(&client, &reply, NULL, 0);
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text, "the answer from api.cloudflare.com was cut: the connection was reset (HTTP 200)");
    reply.end = CLOUDFLARE_PASSED;
    cloudflare_judge(&client, &reply, NULL, 0);
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text, "the answer is too large (HTTP 200); --max-response-bytes=N allows more than 1024");
    reply.length = 5000;
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text, "the answer is too large: 5000 bytes (HTTP 200); --max-response-bytes=N allows more than 1024");
    reply.end = CLOUDFLARE_ANSWERED;
    reply.status = 403;
    cloudflare_judge(&client, &reply, NULL, 0);
    cloudflare_tell(&client, &request, &reply, &error);
    ck_assert_str_eq(error.text, "the API denied access (HTTP 403); do e-mail address, key and account belong together?");
    client.problem.kind = HAR_CLOUDFLARE_UNFINISHED;
    client.config.wait_ms = 1000;
    cloudflare_tell(&client, NULL, NULL, &error);
    ck_assert_str_eq(error.text, "the scan is not finished (HTTP 403); --wait=TIME waits longer");
}
END_TEST

START_TEST(unlisted)
{
    const struct har_cloudflare_submission hidden = {.is_public = false}, shown = {.is_public = true};
    const struct cloudflare_request request = {.method = CLOUDFLARE_POST};
    static const long statuses[] = {400, 403, 429};
    for (size_t i = 0; i < 3; i++) {
        struct har_cloudflare client = client_of(true);
        struct cloudflare_reply reply = reply_of(statuses[i], "");
        struct har_error error;
        client.submission = &hidden;
        cloudflare_judge(&client, &reply, NULL, 0);
        cloudflare_tell(&client, &request, &reply, &error);
        ck_assert_msg(strstr(error.text, "free plans have no unlisted scans") != NULL, "%s", error.text);
        client.submission = &shown;
        cloudflare_tell(&client, &request, &reply, &error);
        ck_assert_ptr_null(strstr(error.text, "unlisted"));
    }
}
END_TEST

/* Whatever the facts are, the advice stands whole at the end, and brackets close. */
START_TEST(advice_is_whole)
{
    static const long statuses[] = {0, 200, 302, 403, 404, 409, 429, 502, 999};
    static const int codes[] = {0, 6003, 7003, 1020, 2147483647};
    const struct har_cloudflare_submission hidden = {.is_public = false};
    size_t longest = 0;
    for (unsigned n = 0; n < 12 * 9 * 5 * 16; n++) {
        struct har_cloudflare client = client_of(n & 1);
        struct cloudflare_reply reply = reply_of(statuses[n / 16 % 9], n & 4 ? "text/html" : "");
        struct cloudflare_request request = {.method = n & 2 ? CLOUDFLARE_POST : CLOUDFLARE_GET, .most = UINT64_MAX};
        struct har_error bare, full;
        reply.end = (enum cloudflare_end)(n % 5);
        reply.why = "the server's certificate is of another host than the one asked for";
        reply.length = n & 8 ? UINT64_MAX : 0;
        memset(reply.location, 'h', sizeof reply.location - 1);
        client.host = reply.location;
        client.submission = &hidden;
        client.problem = (struct har_cloudflare_problem){.size = sizeof client.problem};
        client.problem.kind = (enum har_cloudflare_kind)(n / (16 * 9 * 5));
        client.problem.http_status = reply.status;
        client.problem.code = codes[n / (16 * 9) % 5];
        client.problem.retry_after = n & 8 ? 31536000 : 0;
        cloudflare_tell(&client, &request, &reply, &bare);
        memset(client.problem.message, 'm', sizeof client.problem.message - 1);
        memset(client.problem.ray, 'r', sizeof client.problem.ray - 1);
        cloudflare_tell(&client, &request, &reply, &full);
        const char *end = strstr(bare.text, "); "), *end_full = strstr(full.text, "); ");
        longest = strlen(bare.text) > longest ? strlen(bare.text) : longest;
        ck_assert_msg(strlen(bare.text) < sizeof bare.text - 1, "%s", bare.text);
        ck_assert(!strchr(full.text, '(') == !strchr(full.text, ')'));
        if (end)
            ck_assert_msg(end_full && strcmp(end, end_full) == 0, "%s\n%s", bare.text, full.text);
    }
    ck_assert_uint_lt(longest, 255);
}
END_TEST

Suite *suite_cloudflare_words(void)
{
    Suite *suite = suite_create("cloudflare_words");
    TCase *tcase = tcase_create("cloudflare_words");
    tcase_add_loop_test(tcase, clean, 0, sizeof cleaned / sizeof *cleaned);
    tcase_add_test(tcase, clean_packed);
    tcase_add_test(tcase, clean_others);
    tcase_add_loop_test(tcase, sentence, 0, sizeof told / sizeof *told);
    tcase_add_test(tcase, other_sentences);
    tcase_add_test(tcase, unlisted);
    tcase_add_test(tcase, advice_is_whole);
    suite_add_tcase(suite, tcase);
    return suite;
}
