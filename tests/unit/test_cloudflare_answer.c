/* What the Cloudflare client makes of answers that are no HAR. */
#include "cloudflare_parts.h"

#include <stdio.h>

#include "util/utf8.h"

Suite *suite_cloudflare_answer(void);

static const struct {
    long status;
    const char *type, *body;
    enum har_cloudflare_kind kind;
    int code;
    uint64_t retry_after;
    const char *message;
} answers[] = {
    /* version 2 of the API */
    {404, "application/json", PENDING("\"Queued\""), HAR_CLOUDFLARE_UNFINISHED, 0, 0, "Queued"},
    {404, "application/json", PENDING("\"InProgress\""), HAR_CLOUDFLARE_UNFINISHED, 0, 0, "InProgress"},
    {404, "application/json", PENDING("\"something new\""), HAR_CLOUDFLARE_UNFINISHED, 0, 0, "something new"},
    {404, "application/json", PENDING("\"Finished\""), HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan is not finished yet: Queued"},
    {404, "application/json", PENDING("null"), HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan is not finished yet: Queued"},
    {404, "application/json", PENDING("7"), HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan is not finished yet: Queued"},
    {404, "application/json", PENDING("\"Queued\",\"status\":\"Finished\""), HAR_CLOUDFLARE_NOT_FOUND, 0, 0,
     "Scan is not finished yet: Queued"},
    {404, "application/json",
     "{\"message\":\"Scan is not finished yet.\",\"status\":404,\"errors\":[{\"title\":\"No such scan\",\"status\":404}]}",
     HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan is not finished yet: No such scan"},
    {404, "application/json", "{\"message\":\"No such scan submission\",\"task\":[]}", HAR_CLOUDFLARE_NOT_FOUND, 0, 0,
     "No such scan submission"},
    {400, "application/json",
     "{\"message\":\"string\",\"status\":400,\"errors\":[{\"title\":\"Invalid url\",\"status\":400,\"detail\":\"no host\"}]}",
     HAR_CLOUDFLARE_INVALID, 0, 0, "string: Invalid url: no host"},
    {409, "application/json",
     "{\"description\":\"Scan request denied: hostname was recently scanned\",\"errors\":[{\"title\":\"DNS Error - Could not "
     "resolve domain.\",\"status\":400,\"detail\":\"DNS Error - Could not resolve domain.\"}],\"message\":\"Scan prevented "
     "...\",\"status\":409}",
     HAR_CLOUDFLARE_CONFLICT, 0, 0,
     "Scan prevented: Scan request denied: hostname was recently scanned: DNS Error - Could not resolve domain"},
    {429, "application/json", "{\"description\":\"rate limited\",\"errors\":[],\"message\":\"Slow down\",\"status\":429}",
     HAR_CLOUDFLARE_LIMITED, 0, 0, "Slow down: rate limited"},
    {200, "application/json", PENDING("\"Queued\""), HAR_CLOUDFLARE_UNFINISHED, 0, 0, "Queued"},
    {200, "application/json", "{\"message\":\"gone\",\"status\":404,\"errors\":[]}", HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "gone"},
    {200, "application/json", "{\"message\":\"broke\",\"status\":503}", HAR_CLOUDFLARE_SERVER, 0, 0, "broke"},
    /* version 1 */
    {202, "application/json", V1("InProgress"), HAR_CLOUDFLARE_UNFINISHED, 0, 0, "InProgress"},
    {202, "application/json", V1("Finished"), HAR_CLOUDFLARE_UNFINISHED, 0, 0, ""},
    {202, "", "", HAR_CLOUDFLARE_UNFINISHED, 0, 0, ""},
    {202, "text/html", HTML, HAR_CLOUDFLARE_UNFINISHED, 0, 0, "502 Bad Gateway"},
    {200, "application/json", V1("InPostProcessing"), HAR_CLOUDFLARE_UNFINISHED, 0, 0, "InPostProcessing"},
    {400, "application/json", "{\"success\":false,\"errors\":[{\"message\":\"Scan ID is not a valid uuid.\"}],\"messages\":[]}",
     HAR_CLOUDFLARE_INVALID, 0, 0, "Scan ID is not a valid uuid"},
    {404, "application/json", "{\"success\":true,\"errors\":[{\"message\":\"Scan not found.\"}],\"messages\":[]}",
     HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan not found"},
    /* the gateway */
    {400, "application/json", CHAIN("6111", "Invalid format for Authorization header"), HAR_CLOUDFLARE_DENIED, 6003, 0,
     "Invalid request headers: Invalid format for Authorization header"},
    {400, "application/json", CHAIN("6103", "Invalid format for X-Auth-Key header"), HAR_CLOUDFLARE_DENIED, 6003, 0,
     "Invalid request headers: Invalid format for X-Auth-Key header"},
    {400, "application/json", "{\"errors\":[{\"message\":\"a\"},{\"message\":\"b\",\"error_chain\":[{\"code\":6103}]}]}",
     HAR_CLOUDFLARE_DENIED, 6103, 0, "a"},
    {400, "application/json",
     "{\"success\":false,\"errors\":[{\"code\":9106,\"message\":\"Missing X-Auth-Key, X-Auth-Email or Authorization headers\"}]}",
     HAR_CLOUDFLARE_DENIED, 9106, 0, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"},
    {403, "application/json", "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}]}",
     HAR_CLOUDFLARE_DENIED, 10000, 0, "Authentication error"},
    {403, "application/json", GATEWAY("9109", "Unauthorized to access requested resource"), HAR_CLOUDFLARE_DENIED, 9109, 0,
     "Unauthorized to access requested resource"},
    {403, "application/json", GATEWAY("9109", "Invalid access token"), HAR_CLOUDFLARE_DENIED, 9109, 0, "Invalid access token"},
    {404, "application/json",
     GATEWAY("7003", "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?"),
     HAR_CLOUDFLARE_NOT_FOUND, 7003, 0, "Could not route to /client/v4/accounts/x, perhaps your object identifier is invalid?"},
    {400, "application/json", GATEWAY("7003", "Could not route"), HAR_CLOUDFLARE_NOT_FOUND, 7003, 0, "Could not route"},
    {429, "application/json", GATEWAY("10100", "More than 1200 requests per 300 seconds reached. Please wait"),
     HAR_CLOUDFLARE_LIMITED, 10100, 0, "More than 1200 requests per 300 seconds reached. Please wait"},
    {400, "application/json", GATEWAY("971", "Please wait and consider throttling your request speed"), HAR_CLOUDFLARE_LIMITED, 971,
     0, "Please wait and consider throttling your request speed"},
    {200, "application/json", GATEWAY("10000", "Authentication error"), HAR_CLOUDFLARE_DENIED, 10000, 0, "Authentication error"},
    {200, "application/json", GATEWAY("1", "x"), HAR_CLOUDFLARE_INVALID, 1, 0, "x"},
    {401, "application/json", "{}", HAR_CLOUDFLARE_DENIED, 0, 0, ""},
    {500, "application/json", GATEWAY("10000", "Authentication error"), HAR_CLOUDFLARE_SERVER, 10000, 0, "Authentication error"},
    {200, "application/json",
     "{\"success\":true,\"errors\":[],\"messages\":[{\"code\":10000,\"message\":\"This API Token is valid and active\"}]}",
     HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    /* the edge, which stands before it (RFC 9457) */
    {429, "application/problem+json; charset=utf-8",
     "{\"type\":\"https://developers.cloudflare.com/\",\"title\":\"Error 1015: You are being rate limited\",\"status\":429,"
     "\"detail\":\"You are being rate-limited\",\"error_code\":1015,\"retryable\":true,\"retry_after\":30}",
     HAR_CLOUDFLARE_LIMITED, 1015, 30, "Error 1015: You are being rate limited"},
    {403, "application/json", "{\"title\":\"Error 1015\",\"error_code\":1015,\"retry_after\":\"30\"}", HAR_CLOUDFLARE_LIMITED, 1015,
     30, "Error 1015"},
    {403, "application/json", "{\"title\":\"Error 1020: Access denied\",\"error_code\":1020}", HAR_CLOUDFLARE_DENIED, 1020, 0,
     "Error 1020: Access denied"},
    {530, "text/plain", "error code: 1033", HAR_CLOUDFLARE_SERVER, 1033, 0, "error code: 1033"},
    {429, "text/plain", "error code: 1015", HAR_CLOUDFLARE_LIMITED, 1015, 0, "error code: 1015"},
    {502, "text/plain", "error code: 502", HAR_CLOUDFLARE_SERVER, 0, 0, "error code: 502"},
    {503, "application/json", "{\"retry_after\":99999999999999999999}", HAR_CLOUDFLARE_SERVER, 0, 31536000, ""},
    {503, "application/json", "{\"retry_after\":-5}", HAR_CLOUDFLARE_SERVER, 0, 0, ""},
    {503, "application/json", "{\"retry_after\":1.5}", HAR_CLOUDFLARE_SERVER, 0, 0, ""},
    {503, "application/json", "{\"retry_after\":[1]}", HAR_CLOUDFLARE_SERVER, 0, 0, ""},
    /* Prism */
    {401, "application/problem+json",
     "{\"type\":\"https://stoplight.io/prism/errors#UNAUTHORIZED\",\"title\":\"Invalid security scheme used\",\"status\":401,"
     "\"detail\":\"Your request does not fullfil the security requirements\"}",
     HAR_CLOUDFLARE_DENIED, 0, 0, "Invalid security scheme used"},
    {404, "application/problem+json", ROUTE, HAR_CLOUDFLARE_NO_HAR, 0, 0, "Route not resolved, no path matched"},
    {405, "application/problem+json", "{\"title\":\"Route resolved, but no method matched\"}", HAR_CLOUDFLARE_INVALID, 0, 0,
     "Route resolved, but no method matched"},
    /* others */
    {502, "text/html", HTML, HAR_CLOUDFLARE_SERVER, 0, 0, "502 Bad Gateway"},
    {200, "text/html", HTML, HAR_CLOUDFLARE_NO_HAR, 0, 0, "502 Bad Gateway"},
    {200, "", "\xef\xbb\xbf  <HTML><TITLE lang=en>Sign in</TITLE>", HAR_CLOUDFLARE_NO_HAR, 0, 0, "Sign in"},
    {200, "text/html", "<html><title>cut in its ti", HAR_CLOUDFLARE_NO_HAR, 0, 0, "cut in its ti"},
    {200, "text/html", "<html><title", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {200, "text/html", "<", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {200, "application/json", "", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {200, "application/json", " \n\t", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {200, "application/json", "[]", HAR_CLOUDFLARE_NO_HAR, 0, 0, "[]"},
    {200, "application/json", "\"a\"", HAR_CLOUDFLARE_NO_HAR, 0, 0, "\"a\""},
    {200, "application/json", "{\"message\":\"cut", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {404, "application/json", "{\"message\":\"cut", HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "cut"},
    {404, "application/json", "{\"mess", HAR_CLOUDFLARE_NOT_FOUND, 0, 0, ""}, /* nobody knows what it was */
    {403, "application/json", "{\"success\":false,\"errors\":[{\"code\":9109,\"message\":\"Unautho", HAR_CLOUDFLARE_DENIED, 9109, 0,
     "Unautho"},
    {403, "application/json", "{\"errors\":[{\"message\":\"Unauthorized\",\"code\":910", HAR_CLOUDFLARE_DENIED, 0, 0,
     "Unauthorized"},
    {404, "application/json",
     "{\"message\":\"Scan is not finished yet.\",\"task\":{\"uuid\":\"" ID "\",\"status\":\"Queued\",\"url\":\"https:/",
     HAR_CLOUDFLARE_UNFINISHED, 0, 0, "Queued"},
    /* 404 of somebody else */
    {404, "", "", HAR_CLOUDFLARE_NOT_FOUND, 0, 0, ""},
    {404, "application/json", "{}", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {404, "application/json", "{\"error\":\"Not Found\"}", HAR_CLOUDFLARE_NO_HAR, 0, 0, "Not Found"},
    {404, "application/json", "{\"errors\":[]}", HAR_CLOUDFLARE_NOT_FOUND, 0, 0, ""},
    {404, "text/plain", "404 page not found", HAR_CLOUDFLARE_NO_HAR, 0, 0, "404 page not found"},
    {404, "text/html", "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>nginx", HAR_CLOUDFLARE_NO_HAR, 0, 0,
     "404 Not Found"},
    /* scans that failed */
    {404, "application/json", FAILED("\"status\":\"Finished\",\"success\":false"), HAR_CLOUDFLARE_FAILED, 0, 0, "Scan failed"},
    {404, "application/json", FAILED("\"status\":\"Finished\",\"success\":false,\"errors\":[]"), HAR_CLOUDFLARE_FAILED, 0, 0,
     "Scan failed"},
    {404, "application/json", FAILED("\"status\":\"Finished\",\"success\":true"), HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan failed"},
    {404, "application/json",
     FAILED(
         "\"status\":\"Finished\",\"success\":false,\"errors\":[{\"message\":\"net::ERR_NAME_\\u001bNOT\"},{\"message\":\"b\"}]"),
     HAR_CLOUDFLARE_FAILED, 0, 0, "net::ERR_NAME_\\x1bNOT"},
    {404, "application/json", FAILED("\"errors\":[\"net::ERR_FAILED\"]"), HAR_CLOUDFLARE_FAILED, 0, 0, "net::ERR_FAILED"},
    {404, "application/json", FAILED("\"errors\":[7]"), HAR_CLOUDFLARE_FAILED, 0, 0, "Scan failed"},
    {404, "application/json", FAILED("\"status\":\"InProgress\",\"success\":false,\"errors\":[\"a\"]"), HAR_CLOUDFLARE_UNFINISHED,
     0, 0, "InProgress"},
    {404, "application/json", FAILED("\"success\":false"), HAR_CLOUDFLARE_NOT_FOUND, 0, 0, "Scan failed"},
    {200, "application/json", FAILED("\"status\":\"Finished\",\"success\":false"), HAR_CLOUDFLARE_FAILED, 0, 0, "Scan failed"},
    {500, "application/json", FAILED("\"status\":\"Finished\",\"success\":false"), HAR_CLOUDFLARE_SERVER, 0, 0, "Scan failed"},
    {500, "application/json", "\xef\xbb\xbf{\"error\":\"Internal\"}", HAR_CLOUDFLARE_SERVER, 0, 0, "Internal"},
    {500, "application/json", "{\"error\":{\"message\":\"Internal\"}}", HAR_CLOUDFLARE_SERVER, 0, 0, "Internal"},
    {500, "application/json", "{\"errors\":[\"Internal\"]}", HAR_CLOUDFLARE_SERVER, 0, 0, "Internal"},
    {500, "text/plain", "first line\nsecond line", HAR_CLOUDFLARE_SERVER, 0, 0, "first line"},
    {301, "text/html", "", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {304, "", "", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {407, "", "", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {408, "", "", HAR_CLOUDFLARE_SERVER, 0, 0, ""},
    {418, "", "", HAR_CLOUDFLARE_INVALID, 0, 0, ""},
    {999, "", "", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {0, "", "", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    /* wrong types */
    {403, "application/json", "{\"errors\":{\"code\":10000}}", HAR_CLOUDFLARE_DENIED, 0, 0, ""},
    {400, "application/json", "{\"errors\":[7,null,[],{\"code\":\"6003\"}]}", HAR_CLOUDFLARE_DENIED, 6003, 0, ""},
    {400, "application/json", "{\"errors\":[{\"code\":6003.5,\"message\":{}}]}", HAR_CLOUDFLARE_INVALID, 0, 0, ""},
    {400, "application/json", "{\"errors\":[{\"code\":99999999999999999999}]}", HAR_CLOUDFLARE_INVALID, 2147483647, 0, ""},
    {400, "application/json", "{\"errors\":[{\"error_chain\":{\"code\":6003}}]}", HAR_CLOUDFLARE_INVALID, 0, 0, ""},
    {404, "application/json", "{\"message\":7,\"status\":\"x\",\"task\":\"Queued\"}", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {403, "application/json", "{\"success\":\"no\",\"errors\":null,\"message\":null}", HAR_CLOUDFLARE_DENIED, 0, 0, ""},
    /* HARs */
    {200, "application/json", "{\"log\":{}}", HAR_CLOUDFLARE_FINE, 0, 0, ""},
    {200, "", " {\"log\":{\"entries\":[]}}\n", HAR_CLOUDFLARE_FINE, 0, 0, ""},
    {200, "application/json", "{\"success\":true,\"result\":{\"har\":{\"log\":{}}}}", HAR_CLOUDFLARE_FINE, 0, 0, ""},
    {200, "application/json", "{\"result\":{\"log\":{}}}", HAR_CLOUDFLARE_FINE, 0, 0, ""},
    {200, "application/json", "{\"log\":[]}", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    {404, "application/json", "{\"log\":{}}", HAR_CLOUDFLARE_NO_HAR, 0, 0, ""},
    /* controls, directions of writing, broken UTF-8 */
    {500, "application/json", "{\"message\":\"a\\u001b[31mb\\u0000c\\u202ed\\u009be\\ud800f\"}", HAR_CLOUDFLARE_SERVER, 0, 0,
     "a\\x1b[31mb\\x00c\\u{202e}d\\u{009b}e\xef\xbf\xbd"
     "f"},
    {500, "text/plain", "a\x1b]0;title\x07 \xff\r\nb", HAR_CLOUDFLARE_SERVER, 0, 0, "a\\x1b]0;title\\x07 \\xff"},
};

START_TEST(answer)
{
    struct har_cloudflare client = client_of(true);
    struct cloudflare_reply reply = reply_of(answers[_i].status, answers[_i].type);
    const size_t len = strlen(answers[_i].body);
    char *body = exact(answers[_i].body, len);
    client.problem.submitted = true;
    client.problem.code = 77;
    cloudflare_judge(&client, &reply, body, len);
    const struct har_cloudflare_problem *p = &client.problem;
    ck_assert_msg(p->kind == answers[_i].kind, "%s: %d", answers[_i].body, (int)p->kind);
    ck_assert_int_eq(p->code, answers[_i].code);
    ck_assert_uint_eq(p->retry_after, answers[_i].retry_after);
    ck_assert_str_eq(p->message, answers[_i].message);
    ck_assert_int_eq(p->http_status, answers[_i].status);
    ck_assert_str_eq(p->ray, "8f12abcd34567890-AMS");
    ck_assert_uint_eq(p->size, sizeof *p);
    ck_assert(p->submitted);
    free(body);
    release(&reply);
}
END_TEST

/* The answer's own Retry-After goes before that in its body. */
START_TEST(retry_after)
{
    struct har_cloudflare client = client_of(true);
    struct cloudflare_reply reply = reply_of(429, "application/json");
    static const char body[] = "{\"retry_after\":30}";
    reply.retry_after = 300;
    cloudflare_judge(&client, &reply, body, sizeof body - 1);
    ck_assert_uint_eq(client.problem.retry_after, 300);
}
END_TEST

START_TEST(ends)
{
    static const struct {
        enum cloudflare_end end;
        enum har_cloudflare_kind kind;
        bool arrived;
    } rows[] = {
        {CLOUDFLARE_NOT_SENT, HAR_CLOUDFLARE_NO_ANSWER, false}, {CLOUDFLARE_CUT, HAR_CLOUDFLARE_NO_ANSWER, true},
        {CLOUDFLARE_PASSED, HAR_CLOUDFLARE_TOO_LARGE, true},    {CLOUDFLARE_HOPELESS, HAR_CLOUDFLARE_NO_ANSWER, false},
        {CLOUDFLARE_BROKE_OFF, HAR_CLOUDFLARE_NO_ANSWER, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_cloudflare client = client_of(true);
        struct cloudflare_reply reply = reply_of(0, "");
        reply.end = rows[i].end;
        cloudflare_judge(&client, &reply, NULL, 0);
        ck_assert_int_eq(client.problem.kind, rows[i].kind);
        ck_assert_int_eq(cloudflare_arrived(&reply), rows[i].arrived);
    }
}
END_TEST

/* A message of any length, a list of any length, any depth. */
START_TEST(large_answers)
{
    static const char *const units[] = {
        "{\"errors\":[", "[", "{\"message\":", "{\"error_chain\":[", "{\"code\":1},", "\"", "<", "<title>", "a ", "\\u0000", " "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct har_cloudflare client = client_of(true);
        struct cloudflare_reply reply = reply_of(500, "");
        struct har_buffer body;
        har_buffer_init(&body, CLOUDFLARE_ERROR_BODY);
        for (unsigned j = 0; body.len + 40 < CLOUDFLARE_ERROR_BODY; j++)
            har_buffer_append_text(&body, j || i == 0 ? units[i] : "{\"errors\":[{\"message\":\"");
        cloudflare_judge(&client, &reply, body.data, body.len);
        ck_assert_int_eq(client.problem.kind, HAR_CLOUDFLARE_SERVER);
        har_buffer_release(&body);
    }
}
END_TEST

START_TEST(long_message)
{
    struct har_cloudflare client = client_of(true);
    struct cloudflare_reply reply = reply_of(500, "application/json");
    struct har_buffer body;
    har_buffer_init(&body, CLOUDFLARE_ERROR_BODY);
    har_buffer_append_text(&body, "{\"message\":\"");
    for (int i = 0; i < 5000; i++)
        har_buffer_append_text(&body, "\xc3\xa9");
    har_buffer_append_text(&body, "\"}");
    cloudflare_judge(&client, &reply, body.data, body.len);
    ck_assert_uint_eq(strlen(client.problem.message), 78 * 2 + 3); /* whole characters in 159 bytes, and the dots */
    ck_assert_str_eq(client.problem.message + 78 * 2, "...");
    har_buffer_release(&body);
}
END_TEST

/* ---- whatever is in an answer */

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

/* A body that another one became, with secrets and odd bytes in it. */
static void mutate(struct har_buffer *body, const char *seed, uint32_t *state)
{
    static const char *const planted[] = {TOKEN,  EMAIL,     KEY,       "\x1b[31m", "\xe2\x80\xae", "\xc2\x9b",
                                          "\xff", "\\u001b", "\\u0000", "\\ud8",    "\"",           "\\",
                                          "{",    "]",       "\r\n",    "%5F",      "<title>"};
    size_t len = strlen(seed);
    har_buffer_clear(body);
    for (size_t i = 0; i < len;) {
        const size_t part = 1 + next(state) % 24, left = len - i < part ? len - i : part;
        if (next(state) % 8)
            har_buffer_append(body, seed + i, left);
        if (next(state) % 5 == 0)
            har_buffer_append_text(body, planted[next(state) % (sizeof planted / sizeof *planted)]);
        if (next(state) % 64 == 0)
            har_buffer_append_char(body, (char)next(state));
        i += left;
    }
    if (next(state) % 16 == 0)
        body->len -= body->len / 3;
}

static void check_text(const char *text, size_t size)
{
    const size_t len = strnlen(text, size);
    ck_assert_uint_lt(len, size);
    for (size_t i = 0; i < len;) {
        uint32_t cp = 0;
        const size_t step = utf8_decode(text + i, len - i, &cp);
        if (!step || cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || (cp >= 0x202a && cp <= 0x202e))
            ck_abort_msg("%s", text);
        i += step;
    }
    static const char *const secrets[] = {TOKEN, KEY};
    for (size_t s = 0; s < 2; s++) {
        for (size_t i = 0; i + 8 <= strlen(secrets[s]); i++)
            if (memmem(text, len, secrets[s] + i, 8))
                ck_abort_msg("%s", text);
    }
    ck_assert_ptr_null(strstr(text, EMAIL));
}

START_TEST(mutated)
{
    uint32_t state = 20261127;
    struct har_buffer body;
    har_buffer_init(&body, CLOUDFLARE_ERROR_BODY);
    unsigned hidden = 0;
    for (unsigned round = 0; round < 5000; round++) {
        const size_t row = next(&state) % (sizeof answers / sizeof *answers);
        struct har_cloudflare client = client_of(true);
        struct cloudflare_reply reply = reply_of(answers[row].status, answers[row].type);
        const struct cloudflare_request request = {.method = round & 1 ? CLOUDFLARE_POST : CLOUDFLARE_GET, .most = 1024};
        struct har_error error;
        char text[2048];
        client.config.email = EMAIL;
        client.config.key = KEY;
        mutate(&body, answers[row].body, &state);
        char *copy = exact(body.data, body.len);
        snprintf(reply.ray, sizeof reply.ray, "%s", round % 3 ? "8f12-AMS" : KEY);
        snprintf(reply.location, sizeof reply.location, "%s", round % 3 ? "a.example" : KEY ".example");
        fill_body(&reply, copy, body.len);
        cloudflare_judge(&client, &reply, copy, body.len);
        cloudflare_tell(&client, &request, &reply, &error);
        cloudflare_clean(&client, copy, body.len, text, sizeof text);
        check_text(client.problem.message, sizeof client.problem.message);
        check_text(client.problem.ray, sizeof client.problem.ray);
        check_text(error.text, sizeof error.text);
        check_text(text, sizeof text);
        hidden += strstr(error.text, "[hidden]") != NULL;
        free(copy);
        release(&reply);
    }
    ck_assert_uint_gt(hidden, 250); /* the secrets did get there */
    har_buffer_release(&body);
}
END_TEST

Suite *suite_cloudflare_answer(void)
{
    Suite *suite = suite_create("cloudflare_answer");
    TCase *tcase = tcase_create("cloudflare_answer");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, answer, 0, sizeof answers / sizeof *answers);
    tcase_add_test(tcase, retry_after);
    tcase_add_test(tcase, ends);
    tcase_add_test(tcase, large_answers);
    tcase_add_test(tcase, long_message);
    tcase_add_test(tcase, mutated);
    suite_add_tcase(suite, tcase);
    return suite;
}
