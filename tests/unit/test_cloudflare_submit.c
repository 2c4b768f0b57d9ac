/* Submissions to the Cloudflare URL Scanner: what is refused before anything is sent, what is sent, what the answer says. */
#include "cloudflare_parts.h"

#include <jansson.h>

Suite *suite_cloudflare_submit(void);

/* ---- checks */

static enum har_status submit(const struct har_cloudflare_submission *submission, struct har_error *error)
{
    struct har_cloudflare client = client_of(true);
    struct har_cloudflare_submitted submitted;
    const enum har_status status = har_cloudflare_submit(&client, submission, &submitted, error);
    ck_assert_ptr_null(client.submission);
    return status;
}

/* What passes the checks goes on to the network, which a client made by hand has not got: those stand in the table of bodies. */
static const struct {
    const char *url, *country, *agent, *says;
} refused[] = {
    {NULL, NULL, NULL, "no address"},
    {"", NULL, NULL, "no address"},
    {"example.com", NULL, NULL, "http://"},
    {"ftp://example.com/", NULL, NULL, "http://"},
    {"javascript:alert(1)", NULL, NULL, "http://"},
    {"file:///etc/passwd", NULL, NULL, "http://"},
    {"ws://example.com/", NULL, NULL, "http://"},
    {"https:example.com", NULL, NULL, "host"},
    {"https://", NULL, NULL, "host"},
    {"https:///a", NULL, NULL, "host"},
    {"https://?a", NULL, NULL, "host"},
    {"https://a..example/", NULL, NULL, "host"},
    {"https://[::1/", NULL, NULL, "host"},
    {"https://a.example:0/", NULL, NULL, "host"},
    {"https://a.example:65536/", NULL, NULL, "host"},
    {"https://a.example:x/", NULL, NULL, "host"},
    {"https://me:secret@a.example/", NULL, NULL, "password"},
    {"https://a.example/ b", NULL, NULL, "blanks"},
    {"https://a.example/\n", NULL, NULL, "blanks"},
    {"https://a.example/\x7f", NULL, NULL, "blanks"},
    {"https://a.example/\xc2\x85", NULL, NULL, "blanks"},
    {"https://a.example/\xff", NULL, NULL, "blanks"},
    {"https://a.example/", "", NULL, "two letters"},
    {"https://a.example/", "D", NULL, "two letters"},
    {"https://a.example/", "DEU", NULL, "two letters"},
    {"https://a.example/", "D1", NULL, "two letters"},
    {"https://a.example/", "\xc3\xa9", NULL, "two letters"},
    {"https://a.example/", NULL, "", "User-Agent"},
    {"https://a.example/", NULL, "a\r\nb", "User-Agent"},
    {"https://a.example/", NULL, "\xc3\xa9", "User-Agent"},
};

START_TEST(refusal)
{
    const struct har_cloudflare_submission submission = {
        .size = sizeof submission, .url = refused[_i].url, .country = refused[_i].country, .agent = refused[_i].agent};
    struct har_error error;
    ck_assert_int_eq(submit(&submission, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_msg(strstr(error.text, refused[_i].says) != NULL, "%s: %s", refused[_i].url, error.text);
    ck_assert_ptr_null(strstr(error.text, "secret"));
}
END_TEST

static const struct {
    const char *name, *value, *says;
} wrong_headers[] = {
    {"", "secret", "header 2: its name"},
    {"a b", "secret", "header 2: its name"},
    {"secret:", "secret", "header 2: its name"},
    {"a\r\nb", "secret", "header 2: its name"},
    {"\xc3\xa9", "secret", "header 2: its name"},
    {"a", NULL, "header 2: it has no value"},
    {"a", "secret\r\nb: c", "header 2: its value"},
    {"a", "secret\tb", "header 2: its value"},
    {"a", "secret\x7f", "header 2: its value"},
    {"a", "secret\xff", "header 2: its value"},
    {"COOKIE", "secret", "header 2: its name stands twice"},
};

START_TEST(wrong_header)
{
    const struct har_cloudflare_header headers[] = {
        {"Cookie", "secret"}, {wrong_headers[_i].name, wrong_headers[_i].value}, {NULL, NULL}};
    const struct har_cloudflare_submission submission = {
        .size = sizeof submission, .url = "https://a.example/", .headers = headers};
    struct har_error error;
    ck_assert_int_eq(submit(&submission, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_msg(strstr(error.text, wrong_headers[_i].says) != NULL, "%s", error.text);
    ck_assert_ptr_null(strstr(error.text, "secret"));
}
END_TEST

static char *repeated(char c, size_t len)
{
    char *text = malloc(len + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, c, len);
    text[len] = '\0';
    return text;
}

START_TEST(too_long)
{
    char *long_agent = repeated('a', 4097), *long_value = repeated('a', 65536);
    const struct har_cloudflare_header headers[] = {{"a", long_value}, {NULL, NULL}};
    struct har_cloudflare_submission submission = {.size = sizeof submission, .url = "https://a.example/", .agent = long_agent};
    struct har_error error;
    ck_assert_int_eq(submit(&submission, &error), HAR_FATAL);
    ck_assert_ptr_nonnull(strstr(error.text, "4096"));
    submission.agent = NULL;
    submission.headers = headers;
    ck_assert_int_eq(submit(&submission, &error), HAR_FATAL);
    ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
    ck_assert_ptr_nonnull(strstr(error.text, "64 KiB"));
    free(long_agent);
    free(long_value);
}
END_TEST

START_TEST(no_account)
{
    const struct har_cloudflare_submission submission = {.size = sizeof submission, .url = "https://a.example/"};
    static const char *const accounts[] = {NULL, "", "x", "../../x"};
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
        struct har_cloudflare client = client_of(true);
        struct har_cloudflare_submitted submitted;
        struct har_error error;
        client.config.account = accounts[i];
        ck_assert_int_eq(har_cloudflare_submit(&client, &submission, &submitted, &error), HAR_FATAL);
        ck_assert_int_eq(error.domain, HAR_DOMAIN_USAGE);
        ck_assert_ptr_nonnull(strstr(error.text, "--account"));
        ck_assert(!client.problem.submitted);
    }
}
END_TEST

/* ---- what is sent, read by jansson */

static const struct har_cloudflare_header two[] = {{"Cookie", "a=\"b\\c\""}, {"X-\"", "\xc3\xa9"}, {NULL, NULL}};
static const struct har_cloudflare_header none[] = {{NULL, NULL}};
static const struct {
    struct har_cloudflare_submission submission;
    const char *json;
} bodies[] = {
    {{.url = "https://a.example/", .is_public = true}, "{\"url\":\"https://a.example/\",\"visibility\":\"Public\"}"},
    {{.url = "http://b\xc3\xbc"
             "cher.example/?a=\"b\"",
      .headers = none},
     "{\"url\":\"http://b\xc3\xbc"
     "cher.example/?a=\\\"b\\\"\",\"visibility\":\"Unlisted\"}"},
    {{.url = "https://a.example/", .country = "de", .agent = "Agent \"7\""},
     "{\"url\":\"https://a.example/\",\"visibility\":\"Unlisted\",\"country\":\"DE\",\"customagent\":\"Agent \\\"7\\\"\"}"},
    {{.url = "https://a.example/", .is_public = true, .headers = two},
     "{\"url\":\"https://a.example/"
     "\",\"visibility\":\"Public\",\"customHeaders\":{\"Cookie\":\"a=\\\"b\\\\c\\\"\",\"X-\\\"\":\"\xc3\xa9\"}}"},
};

START_TEST(body)
{
    struct har_buffer buffer;
    json_error_t wrong;
    har_buffer_init(&buffer, HAR_MIB);
    const char *text = cloudflare_submission(&bodies[_i].submission, &buffer);
    ck_assert_ptr_nonnull(text);
    json_t *sent = json_loads(text, JSON_REJECT_DUPLICATES, &wrong), *wanted = json_loads(bodies[_i].json, 0, &wrong);
    ck_assert_ptr_nonnull(wanted);
    ck_assert_msg(json_equal(sent, wanted), "%s", text);
    json_decref(sent);
    json_decref(wanted);
    cloudflare_wipe(&buffer);
}
END_TEST

/* The buffer never grows, so that no copy of a secret stays behind in memory that was given back. */
START_TEST(body_stays)
{
    char *agent = repeated('"', 4096), *value = repeated('\\', 50000);
    struct har_cloudflare_header headers[102] = {{NULL, NULL}};
    struct har_buffer buffer;
    for (size_t i = 0; i < 100; i++)
        headers[i] = (struct har_cloudflare_header){"a", ""};
    headers[100] = (struct har_cloudflare_header){"b", value};
    const struct har_cloudflare_submission submission = {
        .url = "https://a.example/", .country = "DE", .agent = agent, .headers = headers};
    har_buffer_init(&buffer, HAR_MIB);
    ck_assert_ptr_nonnull(cloudflare_submission(&submission, &buffer));
    const size_t cap = buffer.cap;
    har_buffer_release(&buffer);
    har_buffer_init(&buffer, HAR_MIB);
    ck_assert_ptr_nonnull(har_buffer_reserve(&buffer, cap)); /* what one reservation gives for it */
    ck_assert_uint_eq(buffer.cap, cap);
    har_buffer_release(&buffer);
    free(agent);
    free(value);
}
END_TEST

/* ---- the answer */

#define ANSWER(members) "{\"uuid\":\"" ID "\",\"api\":\"x\",\"message\":\"Submission successful\"" members "}"
#define PAGE            "https://radar.cloudflare.com/scan/" ID

static const struct {
    const char *json, *page; /* NULL: no scan */
    const char *url, *visibility;
} taken[] = {
    {ANSWER(",\"visibility\":\"public\",\"url\":\"https://a.example/\",\"result\":\"" PAGE "\""), PAGE, "https://a.example/",
     "public"},
    {ANSWER(",\"visibility\":\"unlisted\",\"url\":\"https://A.example\",\"result\":\"https://dash.cloudflare.com/a/b\""),
     "https://dash.cloudflare.com/a/b", "https://A.example", "unlisted"},
    {ANSWER(""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"visibility\":\"odd\",\"url\":7,\"result\":[]"), PAGE, "https://asked.example/", "public"},
    {"{\"success\":true,\"result\":{\"uuid\":\"0195F2A4-1C3E-7ABC-8DEF-0123456789AB\",\"url\":\"https://b.example/"
     "\",\"visibility\":"
     "\"Unlisted\"}}",
     PAGE, "https://b.example/", "unlisted"},
    /* pages that are not shown */
    {ANSWER(",\"result\":\"https://evil.example/\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"http://radar.cloudflare.com/scan/\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"https://radar.cloudflare.com.evil.example/\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"https://radar.cloudflare.com@evil.example/\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"https://radar.cloudflare.com:8443/\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"https://radar.cloudflare.com/\\u001b[2J\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"https://radar.cloudflare.com/a b\""), PAGE, "https://asked.example/", "public"},
    {ANSWER(",\"result\":\"https://radar.cloudflare.com/" TOKEN "\""), PAGE, "https://asked.example/", "public"},
    /* texts made safe */
    {ANSWER(",\"url\":\"https://a.example/\\u001b[2J" TOKEN "\""), PAGE, "https://a.example/\\x1b[2J[hidden]", "public"},
    /* no scan */
    {"{}", NULL, NULL, NULL},
    {"[]", NULL, NULL, NULL},
    {"", NULL, NULL, NULL},
    {"{\"uuid\":\"" ID "\"", NULL, NULL, NULL},
    {"{\"uuid\":7}", NULL, NULL, NULL},
    {"{\"uuid\":\"../" ID "\"}", NULL, NULL, NULL},
    {"{\"uuid\":\"" ID "\\u0000\"}", NULL, NULL, NULL},
    {"{\"uuid\":\"\\u001b[2J\"}", NULL, NULL, NULL},
    {"{\"result\":{\"scan\":{\"uuid\":\"" ID "\"}}}", NULL, NULL, NULL},
};

START_TEST(submitted_scan)
{
    struct har_cloudflare client = client_of(true);
    const struct har_cloudflare_submission submission = {.url = "https://asked.example/", .is_public = true};
    struct har_cloudflare_submitted submitted = {.size = sizeof submitted};
    const size_t len = strlen(taken[_i].json);
    char *json = exact(taken[_i].json, len);
    client.config.account = "0123456789ABCDEF0123456789abcdef";
    ck_assert_int_eq(cloudflare_read_submitted(&client, json, len, &submission, &submitted), taken[_i].page != NULL);
    free(json);
    if (!taken[_i].page)
        return;
    ck_assert_str_eq(submitted.scan.id, ID);
    ck_assert_str_eq(submitted.scan.account, ACCOUNT);
    ck_assert_str_eq(submitted.page, taken[_i].page);
    ck_assert_str_eq(submitted.url, taken[_i].url);
    ck_assert_str_eq(submitted.visibility, taken[_i].visibility);
}
END_TEST

START_TEST(long_texts)
{
    struct har_cloudflare client = client_of(true);
    const struct har_cloudflare_submission submission = {.url = "https://asked.example/"};
    struct har_cloudflare_submitted submitted = {.size = sizeof submitted};
    char *path = repeated('p', 5000);
    struct har_buffer json;
    har_buffer_init(&json, CLOUDFLARE_ERROR_BODY);
    har_buffer_printf(
        &json, "{\"uuid\":\"" ID "\",\"url\":\"https://a.example/%s\",\"result\":\"https://radar.cloudflare.com/%s\"}", path, path);
    ck_assert(cloudflare_read_submitted(&client, json.data, json.len, &submission, &submitted));
    ck_assert_str_eq(submitted.page, PAGE);
    ck_assert_uint_eq(strlen(submitted.url), sizeof submitted.url - 1);
    ck_assert_str_eq(submitted.url + sizeof submitted.url - 4, "...");
    har_buffer_release(&json);
    free(path);
}
END_TEST

Suite *suite_cloudflare_submit(void)
{
    Suite *suite = suite_create("cloudflare_submit");
    TCase *tcase = tcase_create("cloudflare_submit");
    tcase_add_loop_test(tcase, refusal, 0, sizeof refused / sizeof *refused);
    tcase_add_loop_test(tcase, wrong_header, 0, sizeof wrong_headers / sizeof *wrong_headers);
    tcase_add_test(tcase, too_long);
    tcase_add_test(tcase, no_account);
    tcase_add_loop_test(tcase, body, 0, sizeof bodies / sizeof *bodies);
    tcase_add_test(tcase, body_stays);
    tcase_add_loop_test(tcase, submitted_scan, 0, sizeof taken / sizeof *taken);
    tcase_add_test(tcase, long_texts);
    suite_add_tcase(suite, tcase);
    return suite;
}
