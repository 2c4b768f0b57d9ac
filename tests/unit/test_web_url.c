/* URLs, relative and absolute, against what node's URL makes of them; that follows the WHATWG URL Standard. */
#include <check.h>
#include <string.h>

#include "consumer/web_url.h"

Suite *suite_web_url(void);

/* result NULL: it is no URL. */
static const struct {
    const char *text, *base, *result;
} rows[] = {
    {"http://A.Example:80", NULL, "http://a.example/"},
    {"HTTPS://a:443/b?c#d", NULL, "https://a/b?c#d"},
    {"https://a:80/", NULL, "https://a:80/"},
    {"http:\\\\a\\b", NULL, "http://a/b"},
    {"http:///a", NULL, "http://a/"},
    {"http://", NULL, NULL},
    {"http://a b/", NULL, NULL},
    {"http://a%41", NULL, "http://aa/"},
    {"http://a%zz", NULL, NULL},
    {"http://a:99999/", NULL, NULL},
    {"http://a:b/", NULL, NULL},
    {"http://a:/", NULL, "http://a/"},
    {"http://[::1]:80/", NULL, "http://[::1]/"},
    {"http://[1:0:0::1]/", NULL, "http://[1::1]/"},
    {"http://[::1", NULL, NULL},
    {"http://[g::]/", NULL, NULL},
    {"http://0x7f.1/", NULL, "http://127.0.0.1/"},
    {"http://1.2.3.4./", NULL, "http://1.2.3.4/"},
    {"http://1.2.3.256/", NULL, NULL},
    {"http://1..2/", NULL, NULL},
    {"http://a.1.b/", NULL, "http://a.1.b/"},
    {"http://u:p@a/", NULL, "http://u:p@a/"},
    {"http://u:@a/", NULL, "http://u@a/"},
    {"http://:p@a/", NULL, "http://:p@a/"},
    {"http://@a/", NULL, "http://a/"},
    {"foo://A b", NULL, NULL},
    {"foo://A/../b", NULL, "foo://A/b"},
    {"foo:///b", NULL, "foo:///b"},
    {"foo:b c", NULL, "foo:b c"},
    {"foo:/b/../c", NULL, "foo:/c"},
    {"file:///a", NULL, "file:///a"},
    {"file://h/a", NULL, "file://h/a"},
    {"/a", NULL, NULL},
    {"", NULL, NULL},
    {"//a", NULL, NULL},
    {"", "http://u@a.example/b/c?d#e", "http://u@a.example/b/c?d"},
    {"x", "http://u@a.example/b/c?d#e", "http://u@a.example/b/x"},
    {"/x", "http://u@a.example/b/c?d#e", "http://u@a.example/x"},
    {"//h/x", "http://u@a.example/b/c?d#e", "http://h/x"},
    {"?x", "http://u@a.example/b/c?d#e", "http://u@a.example/b/c?x"},
    {"#x", "http://u@a.example/b/c?d#e", "http://u@a.example/b/c?d#x"},
    {"../x", "http://u@a.example/b/c?d#e", "http://u@a.example/x"},
    {"../../x", "http://u@a.example/b/c?d#e", "http://u@a.example/x"},
    {"./x/.", "http://u@a.example/b/c?d#e", "http://u@a.example/b/x/"},
    {"x/..", "http://u@a.example/b/c?d#e", "http://u@a.example/b/"},
    {"%2e%2E/x", "http://u@a.example/b/c?d#e", "http://u@a.example/x"},
    {"http:x", "http://u@a.example/b/c?d#e", "http://u@a.example/b/x"},
    {"http:/x", "http://u@a.example/b/c?d#e", "http://u@a.example/x"},
    {"https:x", "http://u@a.example/b/c?d#e", "https://x/"},
    {"\\x\\..\\y", "http://u@a.example/b/c?d#e", "http://u@a.example/y"},
    {"x y\"<>`{}^|", "http://u@a.example/b/c?d#e", "http://u@a.example/b/x%20y%22%3C%3E%60%7B%7D^|"},
    {"?x'\"<>` ", "http://u@a.example/b/c?d#e", "http://u@a.example/b/c?x%27%22%3C%3E`"},
    {"#x`\"<> ", "http://u@a.example/b/c?d#e", "http://u@a.example/b/c?d#x%60%22%3C%3E"},
    {" \tx\n", "http://u@a.example/b/c?d#e", "http://u@a.example/b/x"},
    {"x", "mailto:a", NULL},
    {"#x", "mailto:a", "mailto:a#x"},
    {"y/../z", "foo://h", "foo://h/z"},
    {"x", "foo:/a/b", "foo:/a/x"},
};

static void init(struct web_url *url)
{
    memset(url, 0, sizeof *url);
    har_buffer_init(&url->text, SIZE_MAX / 2);
    har_buffer_init(&url->input, SIZE_MAX / 2);
}

START_TEST(parsed)
{
    struct web_url base, url;
    init(&base);
    init(&url);
    if (rows[_i].base)
        ck_assert(web_url_parse(&base, rows[_i].base, strlen(rows[_i].base), NULL));
    const bool good = web_url_parse(&url, rows[_i].text, strlen(rows[_i].text), rows[_i].base ? &base : NULL);
    if (rows[_i].result)
        ck_assert_msg(good && !strcmp(har_buffer_string(&url.text), rows[_i].result), "%s gave %s, wanted %s", rows[_i].text,
                      good ? har_buffer_string(&url.text) : "nothing", rows[_i].result);
    else
        ck_assert_msg(!good, "%s gave %s", rows[_i].text, har_buffer_string(&url.text));
    web_url_release(&base);
    web_url_release(&url);
}
END_TEST

Suite *suite_web_url(void)
{
    Suite *suite = suite_create("web_url");
    TCase *tcase = tcase_create("parsed");
    tcase_add_loop_test(tcase, parsed, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
