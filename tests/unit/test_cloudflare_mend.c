/* JSON that was cut, times in words, and the headers that a client keeps to hide them. */
#include "cloudflare_parts.h"

#include "cloudflare/json.h"

Suite *suite_cloudflare_mend(void);

static const struct {
    const char *cut, *mended; /* NULL: it cannot be */
} cuts[] = {
    {"{\"a\":\"b\"}", "{\"a\":\"b\"}"},
    {"{\"a\":\"b", "{\"a\":\"b\"}"},
    {"{\"a\":\"", "{\"a\":\"\"}"},
    {"{\"a\":", "{}"},
    {"{\"a\"", "{}"},
    {"{\"a", "{}"},
    {"{", "{}"},
    {"{\"a\":1,\"b\":", "{\"a\":1}"},
    {"{\"a\":1,\"b", "{\"a\":1}"},
    {"{\"a\":1,", "{\"a\":1}"},
    {"{\"a\":1", "{}"}, /* 1 may have been 12 */
    {"{\"a\":tru", "{}"},
    {"{\"a\":[1,2", "{\"a\":[1]}"},
    {"{\"a\":[\"x\",\"y", "{\"a\":[\"x\",\"y\"]}"},
    {"{\"a\":[{\"b\":7,\"c\":\"d\"},{\"e", "{\"a\":[{\"b\":7,\"c\":\"d\"},{}]}"},
    {"{\"a\":{\"b\":\"]}\",\"c\":\"{[", "{\"a\":{\"b\":\"]}\",\"c\":\"{[\"}}"},
    {"{\"a\":\"b\\", "{\"a\":\"b\"}"},
    {"{\"a\":\"b\\\\", "{\"a\":\"b\\\\\"}"},
    {"{\"a\":\"b\\\"", "{\"a\":\"b\\\"\"}"},
    {"{\"a\":\"b\\u00e", "{\"a\":\"b\"}"},
    {"{\"a\":\"b\\u00e4", "{\"a\":\"b\\u00e4\"}"},
    {"{\"a\":\"b\xc3", "{\"a\":\"b\"}"},
    {"{\"a\":\"b\xe2\x82", "{\"a\":\"b\"}"},
    {"{\"a\":\"b\xf0\x9f\x98", "{\"a\":\"b\"}"},
    {"{\"a\":\"b\xf0\x9f\x98\x80", "{\"a\":\"b\xf0\x9f\x98\x80\"}"},
    {"", NULL},
    {"}", NULL},
    {"{\"a\":[}", NULL},
    {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", NULL}, /* 65 */
};

START_TEST(mend)
{
    const size_t len = strlen(cuts[_i].cut);
    char *cut = exact(cuts[_i].cut, len);
    struct har_buffer mended;
    har_buffer_init(&mended, HAR_KIB);
    ck_assert_msg(cloudflare_json_mend(cut, len, &mended) == (cuts[_i].mended != NULL), "%s", cuts[_i].cut);
    if (cuts[_i].mended)
        ck_assert_str_eq(har_buffer_string(&mended), cuts[_i].mended);
    har_buffer_release(&mended);
    free(cut);
}
END_TEST

/* Whatever is cut off, the rest can be read, and the message gets no shorter with more of it. */
START_TEST(mend_anywhere)
{
    static const char body[] =
        "{\"success\":false,\"errors\":[{\"code\":9109,\"error_chain\":[],\"x\":[1.5e3,null,true],\"message\":"
        "\"Nicht erlaubt: \\\"K\xc3\xb6ln\\\" \\u00e4\\ud83d\\ude00\"}],\"messages\":[],\"result\":null}";
    size_t before = 0;
    for (size_t len = 1; len < sizeof body; len++) {
        struct cloudflare_json json;
        char *cut = exact(body, len);
        ck_assert_msg(cloudflare_json_read_part(&json, cut, len), "%zu", len);
        ck_assert(!json.short_of_memory);
        ck_assert_int_eq(json.mended, len < sizeof body - 1);
        const struct har_node *list = cloudflare_json_kind(&json, json.root, "errors", HAR_KIND_ARRAY);
        const struct har_node *error = list ? har_node_first(json.tree, list) : NULL;
        const size_t words = cloudflare_json_text(&json, error, "message").len;
        ck_assert_msg(words + 3 > before, "%zu", len); /* half of a surrogate pair becomes a mark of three bytes */
        before = words;
        cloudflare_json_release(&json);
        free(cut);
    }
    ck_assert_uint_eq(before, strlen("Nicht erlaubt: \"K\xc3\xb6ln\" \xc3\xa4\xf0\x9f\x98\x80"));
}
END_TEST

static const struct {
    uint64_t ms;
    const char *text;
} times[] = {
    {0, "0 s"},
    {49, "0 s"},
    {50, "0.1 s"},
    {500, "0.5 s"},
    {15000, "15 s"},
    {119960, "120 s"},
    {120000, "120 s"},
    {120001, "2 min 1 s"},
    {150000, "2 min 30 s"},
    {300000, "5 min"},
    {7199000, "119 min 59 s"},
    {7199001, "2 h"},
    {7200000, "2 h"},
    {7500000, "2 h 5 min"},
    {7500001, "2 h 6 min"},
    {172740000, "47 h 59 min"},
    {172799000, "48 h"},
    {172800000, "2 days"},
    {172801000, "3 days"},
    {31535999000, "365 days"},
    {31536000000, "more than a year"},
    {UINT64_MAX, "more than a year"},
};

START_TEST(time_text)
{
    char text[HAR_CLOUDFLARE_TIME_SIZE];
    har_cloudflare_time_text(times[_i].ms, text, sizeof text);
    ck_assert_str_eq(text, times[_i].text);
}
END_TEST

START_TEST(kept)
{
    static const struct har_cloudflare_header first[] = {
        {"Cookie", "session=Very-Secret-1"}, {"X-Short", "ab"}, {"X-Empty", ""}, {NULL, NULL}};
    static const struct har_cloudflare_header second[] = {
        {"Cookie", "session=Very-Secret-1"}, {"X-Key", "Another-Key-2"}, {NULL, NULL}};
    static const char text[] = "ab session=Very-Secret-1 Another-Key-2 x";
    struct har_cloudflare client = client_of(true);
    char to[128];
    ck_assert(cloudflare_keep(&client, NULL));
    ck_assert_ptr_null(client.kept);
    ck_assert(cloudflare_keep(&client, first));
    cloudflare_clean(&client, text, sizeof text - 1, to, sizeof to);
    ck_assert_str_eq(to, "ab [hidden] Another-Key-2 x");
    ck_assert(cloudflare_keep(&client, second));
    cloudflare_clean(&client, text, sizeof text - 1, to, sizeof to);
    ck_assert_str_eq(to, "ab [hidden] [hidden] x");
    const size_t len = client.kept_len;
    ck_assert(cloudflare_keep(&client, first));
    ck_assert_uint_eq(client.kept_len, len);
    cloudflare_forget(&client);
    ck_assert_ptr_null(client.kept);
    cloudflare_clean(&client, text, sizeof text - 1, to, sizeof to);
    ck_assert_str_eq(to, text);
}
END_TEST

Suite *suite_cloudflare_mend(void)
{
    Suite *suite = suite_create("cloudflare_mend");
    TCase *tcase = tcase_create("cloudflare_mend");
    tcase_add_loop_test(tcase, mend, 0, sizeof cuts / sizeof *cuts);
    tcase_add_test(tcase, mend_anywhere);
    tcase_add_loop_test(tcase, time_text, 0, sizeof times / sizeof *times);
    tcase_add_test(tcase, kept);
    suite_add_tcase(suite, tcase);
    return suite;
}
