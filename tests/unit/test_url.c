/* Urls taken apart and resolved, hosts judged, percent-encoding, tokens of HTTP. */
#include <check.h>
#include <harmill/buffer.h>
#include <stdlib.h>
#include <string.h>

#include "util/percent.h"
#include "util/token.h"
#include "util/url.h"

Suite *suite_url(void);

/* The parts as "kind scheme|userinfo|host|port|path|query|fragment"; "-" for a part that is absent. */
static const struct {
    const char *text, *parts;
} rows[] = {
    /* RFC 3986 section 3 and its examples of section 1.1.2 */
    {"foo://example.com:8042/over/there?name=ferret#nose", "other foo|-|example.com|8042|/over/there|name=ferret|nose"},
    {"urn:example:animal:ferret:nose", "other urn|-|-|-|example:animal:ferret:nose|-|-"},
    {"ftp://ftp.is.co.za/rfc/rfc1808.txt", "other ftp|-|ftp.is.co.za|-|/rfc/rfc1808.txt|-|-"},
    {"http://www.ietf.org/rfc/rfc2396.txt", "web http|-|www.ietf.org|-|/rfc/rfc2396.txt|-|-"},
    {"ldap://[2001:db8::7]/c=GB?objectClass?one", "other ldap|-|[2001:db8::7]|-|/c=GB|objectClass?one|-"},
    {"mailto:John.Doe@example.com", "other mailto|-|-|-|John.Doe@example.com|-|-"},
    {"news:comp.infosystems.www.servers.unix", "other news|-|-|-|comp.infosystems.www.servers.unix|-|-"},
    {"telnet://192.0.2.16:80/", "other telnet|-|192.0.2.16|80|/|-|-"},
    /* web schemes, in any case */
    {"https://a", "web https|-|a|-||-|-"},
    {"HtTpS://A:443", "web HtTpS|-|A|443||-|-"},
    {"ws://a/b", "web ws|-|a|-|/b|-|-"},
    {"wss://a:/?#", "web wss|-|a||/||"},
    {"https://a?b/c@d:e", "web https|-|a|-||b/c@d:e|-"},
    {"https://a#b?c#d", "web https|-|a|-||-|b?c#d"},
    {"https://u:p@a:1/", "web https|u:p|a|1|/|-|-"},
    {"https://u@v@a/", "web https|u@v|a|-|/|-|-"},
    {"https://@a/", "web https||a|-|/|-|-"},
    {"https://a\\@b/", "web https|-|a|-|\\@b/|-|-"},
    {"https://u:p@[::1]:8443/x", "web https|u:p|[::1]|8443|/x|-|-"},
    {"https://[::1", "web https|-|[|:1||-|-"},
    {"https://[::1]x:2/", "web https|-|[::1]+|-|/|-|-"},
    {"https://a:b:1/", "web https|-|a|b:1|/|-|-"},
    {"https:///b", "web https|-||-|/b|-|-"},
    {"https:a/b", "web https|-|-|-|a/b|-|-"},
    {"https:", "web https|-|-|-||-|-"},
    /* not of the web */
    {"data:image/png;base64,AA==", "other data|-|-|-|image/png;base64,AA==|-|-"},
    {"data:,a?b#c", "other data|-|-|-|,a|b|c"},
    {"blob:https://a/0b", "other blob|-|-|-|https://a/0b|-|-"},
    {"about:blank", "other about|-|-|-|blank|-|-"},
    {"file:///etc/hosts", "other file|-||-|/etc/hosts|-|-"},
    {"chrome-extension://abc/x.js", "other chrome-extension|-|abc|-|/x.js|-|-"},
    {"x:", "other x|-|-|-||-|-"},
    /* without scheme */
    {"", "relative -|-|-|-||-|-"},
    {"/a:b", "relative -|-|-|-|/a:b|-|-"},
    {"?a", "relative -|-|-|-||a|-"},
    {"#a", "relative -|-|-|-||-|a"},
    {"//a:1/b", "relative -|-|a|1|/b|-|-"},
    {":a", "relative -|-|-|-|:a|-|-"},
    {"1a:b", "relative -|-|-|-|1a:b|-|-"},
    {"${host}://a", "relative -|-|-|-|${host}://a|-|-"},
    {"shop.example:443", "relative -|-|shop.example|443||-|-"},
    {"localhost:8080/a?b", "relative -|-|localhost|8080|/a|b|-"},
    {"a:123456", "other a|-|-|-|123456|-|-"},
    {"a:80b", "other a|-|-|-|80b|-|-"},
};

static void append_part(struct har_buffer *out, bool present, struct har_text part)
{
    if (!present)
        har_buffer_append_char(out, '-');
    har_buffer_append(out, part.bytes, part.len);
}

static void append_url(struct har_buffer *out, const struct url *url)
{
    static const char *const kinds[] = {[URL_RELATIVE] = "relative ", [URL_WEB] = "web ", [URL_OTHER] = "other "};
    har_buffer_append_text(out, kinds[url->kind]);
    append_part(out, url->kind != URL_RELATIVE, url->scheme);
    har_buffer_append_char(out, '|');
    append_part(out, url->has_userinfo, url->userinfo);
    har_buffer_append_text(out, url->bracketed ? "|[" : "|");
    append_part(out, url->has_authority, url->host);
    har_buffer_append_text(out, !url->bracketed ? "|" : url->after_bracket ? "]+|" : "]|");
    append_part(out, url->has_port, url->port);
    har_buffer_append_char(out, '|');
    append_part(out, true, url->path);
    har_buffer_append_char(out, '|');
    append_part(out, url->has_query, url->query);
    har_buffer_append_char(out, '|');
    append_part(out, url->has_fragment, url->fragment);
}

/* A copy that ends where its allocation ends, so that reading on is seen by the sanitizers. */
static char *exact(const char *text)
{
    const size_t len = strlen(text);
    char *copy = malloc(len ? len : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, len);
    return copy;
}

START_TEST(parts)
{
    struct har_buffer out;
    struct url url;
    char *text = exact(rows[_i].text);
    har_buffer_init(&out, 4096);
    url_split(text, strlen(rows[_i].text), &url);
    append_url(&out, &url);
    ck_assert_msg(strcmp(har_buffer_string(&out), rows[_i].parts) == 0, "%s: %s", rows[_i].text, out.data);
    har_buffer_release(&out);
    free(text);
}
END_TEST

static const struct {
    const char *text;
    int port;
} ports[] = {
    {"http://a", 80},
    {"https://a:", 443},
    {"ws://a", 80},
    {"wss://a", 443},
    {"https://a:0", 0},
    {"http://a:65535", 65535},
    {"http://a:65536", -1},
    {"http://a:00080", 80},
    {"http://a:-1", -1},
    {"http://a:1a", -1},
    {"ftp://a", -1},
    {"ftp://a:21", 21},
    {"/a", -1},
    {"http://a:99999999999999999999", -1},
};

START_TEST(port_numbers)
{
    struct url url;
    url_split(ports[_i].text, strlen(ports[_i].text), &url);
    ck_assert_int_eq(url_port(&url), ports[_i].port);
}
END_TEST

#define TEN   "0123456789"
#define LABEL TEN TEN TEN TEN TEN TEN "abc" /* 63 bytes */

static const struct {
    const char *authority;
    enum url_host host;
} hosts[] = {
    {"a", URL_HOST_GOOD},
    {"a.example", URL_HOST_GOOD},
    {"a.example.", URL_HOST_GOOD},
    {"a_b.example", URL_HOST_GOOD},
    {"xn--th-cja.example", URL_HOST_GOOD},
    {"th\xc3\xa9.example", URL_HOST_GOOD},
    {"a%20b", URL_HOST_GOOD},
    {"a!$&'()*+,;=~b", URL_HOST_GOOD},
    {"", URL_HOST_EMPTY},
    {"u@", URL_HOST_EMPTY},
    {":80", URL_HOST_EMPTY},
    {"a b", URL_HOST_CHARACTER},
    {"a\"b", URL_HOST_CHARACTER},
    {"{a}", URL_HOST_CHARACTER},
    {"a]", URL_HOST_CHARACTER},
    {".", URL_HOST_LABEL},
    {".a", URL_HOST_LABEL},
    {"a..b", URL_HOST_LABEL},
    {"a..", URL_HOST_LABEL},
    {LABEL, URL_HOST_GOOD},
    {LABEL "x", URL_HOST_LABEL},
    {LABEL "." LABEL "." LABEL "." TEN TEN TEN TEN TEN TEN "a", URL_HOST_GOOD}, /* 253 */
    {LABEL "." LABEL "." LABEL "." TEN TEN TEN TEN TEN TEN "ab", URL_HOST_LONG},
    {"0.0.0.0", URL_HOST_GOOD},
    {"255.255.255.255", URL_HOST_GOOD},
    {"192.0.2.256", URL_HOST_IPV4},
    {"192.0.2.1.1", URL_HOST_IPV4},
    {"1.2", URL_HOST_GOOD},
    {"1.2.3.a", URL_HOST_GOOD},
    {"[::]", URL_HOST_GOOD},
    {"[::1]:80", URL_HOST_GOOD},
    {"[1::]", URL_HOST_GOOD},
    {"[2001:DB8:0:0:8:800:200C:417A]", URL_HOST_GOOD}, /* RFC 4291 section 2.2 */
    {"[0:0:0:0:0:FFFF:129.144.52.38]", URL_HOST_GOOD},
    {"[::13.1.68.3]", URL_HOST_GOOD},
    {"[1:2:3:4:5:6:7::]", URL_HOST_GOOD},
    {"[fe80::1%25en0]", URL_HOST_GOOD},
    {"[]", URL_HOST_IPV6},
    {"[:]", URL_HOST_IPV6},
    {"[:::]", URL_HOST_IPV6},
    {"[1::2::3]", URL_HOST_IPV6},
    {"[1:2:3:4:5:6:7]", URL_HOST_IPV6},
    {"[1:2:3:4:5:6:7:8:9]", URL_HOST_IPV6},
    {"[1:2:3:4:5:6:7:8::]", URL_HOST_IPV6},
    {"[12345::]", URL_HOST_IPV6},
    {"[g::]", URL_HOST_IPV6},
    {"[1.2.3.4::]", URL_HOST_IPV6},
    {"[::1.2.3]", URL_HOST_IPV6},
    {"[192.0.2.1]", URL_HOST_IPV6},
    {"[::1]a", URL_HOST_IPV6},
    {"[::1", URL_HOST_IPV6},
};

START_TEST(host_forms)
{
    struct url url = {0};
    char *text = exact(hosts[_i].authority);
    url_split_authority((struct har_text){text, strlen(hosts[_i].authority)}, &url);
    ck_assert_msg(url_judge_host(&url) == hosts[_i].host, "%s: %d", hosts[_i].authority, (int)url_judge_host(&url));
    free(text);
}
END_TEST

/* RFC 3986 sections 5.4 and 6.2; what is compared has no fragment. */
static const struct {
    const char *base, *reference, *resolved;
} references[] = {
    {"http://a/b/c/d;p?q", "g:h", "g:///h"},
    {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "./g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "g/", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "/g", "http://a/g"},
    {"http://a/b/c/d;p?q", "//g", "http://g/"},
    {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
    {"http://a/b/c/d;p?q", "g?y", "http://a/b/c/g?y"},
    {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q"},
    {"http://a/b/c/d;p?q", "g#s", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
    {"http://a/b/c/d;p?q", ".", "http://a/b/c/"},
    {"http://a/b/c/d;p?q", "..", "http://a/b/"},
    {"http://a/b/c/d;p?q", "../g", "http://a/b/g"},
    {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "g;x=1/../y", "http://a/b/c/y"},
    {"http://a", "b", "http://a/b"},
    {"https://a/", "HTTPS://B:443", "https://b/"},
    {"https://a/", "http://b:443/", "http://b:443/"},
    {"https://a/", "//b:443/", "https://b/"},
    {"https://a/", "https://u@[::1]:8443/%41?%62", "https://u@[::1]:8443/A?b"},
};

START_TEST(references_resolved)
{
    struct har_buffer out;
    char *base = exact(references[_i].base), *reference = exact(references[_i].reference);
    har_buffer_init(&out, 64);
    ck_assert(url_append_resolved((struct har_text){base, strlen(references[_i].base)},
                                  (struct har_text){reference, strlen(references[_i].reference)}, &out));
    ck_assert_str_eq(har_buffer_string(&out), references[_i].resolved);
    har_buffer_release(&out);
    free(base);
    free(reference);
}
END_TEST

START_TEST(references_without_room)
{
    for (size_t room = 1; room < 20; room++) {
        struct har_buffer out;
        har_buffer_init(&out, room);
        ck_assert(!url_append_resolved((struct har_text){"http://a/b/c/", 13}, (struct har_text){"../d?e", 6}, &out) ==
                  (room < 14));
        har_buffer_release(&out);
    }
}
END_TEST

START_TEST(foreign_hosts)
{
    ck_assert(!url_has_foreign_host((struct har_text){"http://a/\xc3\xa9%41", 14}));
    ck_assert(url_has_foreign_host((struct har_text){"http://\xc3\xa9/", 10}));
    ck_assert(url_has_foreign_host((struct har_text){"//a%41", 6}));
    ck_assert(!url_has_foreign_host((struct har_text){"", 0}));
}
END_TEST

static const struct {
    const char *text, *plain, *form;
} escapes[] = {
    {"", "", ""},
    {"abc", "abc", "abc"},
    {"%41%7e%7E", "A~~", "A~~"},
    {"a+b%2B", "a+b+", "a b+"},
    {"%", "%", "%"},
    {"%4", "%4", "%4"},
    {"%4g", "%4g", "%4g"},
    {"%%41", "%A", "%A"},
    {"%25%32%35", "%25", "%25"},
    {"%C3%a9", "\xc3\xa9", "\xc3\xa9"},
    {"%ff+", "\xff+", "\xff "},
    {"%g1%1G", "%g1%1G", "%g1%1G"},
};

START_TEST(decoding)
{
    struct har_buffer out;
    char *text = exact(escapes[_i].text);
    har_buffer_init(&out, 64);
    ck_assert(percent_decode(text, strlen(escapes[_i].text), false, &out));
    ck_assert_str_eq(har_buffer_string(&out), escapes[_i].plain);
    har_buffer_clear(&out);
    ck_assert(percent_decode(text, strlen(escapes[_i].text), true, &out));
    ck_assert_str_eq(har_buffer_string(&out), escapes[_i].form);
    har_buffer_release(&out);
    free(text);
}
END_TEST

START_TEST(decoding_that_is_too_long)
{
    struct har_buffer out;
    har_buffer_init(&out, 3);
    ck_assert(!percent_decode("abcd", 4, false, &out));
    har_buffer_release(&out);
}
END_TEST

/* RFC 9110 section 5.6.2, counted out. */
START_TEST(token_characters)
{
    for (int c = 0; c < 256; c++) {
        const char byte = (char)c;
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool wanted = letter || (c && strchr("!#$%&'*+-.^_`|~", c));
        ck_assert_msg(token_is(&byte, 1) == wanted, "%d", c);
        ck_assert_uint_eq(token_length(&byte, 1), wanted);
    }
    ck_assert(!token_is("", 0));
    ck_assert(token_is("M-SEARCH", 8));
    ck_assert(!token_is("a b", 3));
    ck_assert_uint_eq(token_length("ab c", 4), 2);
}
END_TEST

Suite *suite_url(void)
{
    Suite *suite = suite_create("url");
    TCase *tcase = tcase_create("url");
    tcase_add_loop_test(tcase, parts, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(tcase, port_numbers, 0, sizeof ports / sizeof *ports);
    tcase_add_loop_test(tcase, host_forms, 0, sizeof hosts / sizeof *hosts);
    tcase_add_loop_test(tcase, references_resolved, 0, sizeof references / sizeof *references);
    tcase_add_test(tcase, references_without_room);
    tcase_add_test(tcase, foreign_hosts);
    tcase_add_loop_test(tcase, decoding, 0, sizeof escapes / sizeof *escapes);
    tcase_add_test(tcase, decoding_that_is_too_long);
    tcase_add_test(tcase, token_characters);
    suite_add_tcase(suite, tcase);
    return suite;
}
