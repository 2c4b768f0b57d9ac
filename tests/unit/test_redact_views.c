/* Secrets behind encodings: escapes, base64, hexadecimal, deflate, JSON Web Tokens; and how replacements are put together. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/settings.h>

#include "redact/clean.h"
#include "redact/content.h"
#include "redact/escapes.h"
#include "redact/level.h"
#include "redact/packed.h"
#include "redact/replay.h"
#include "redact/stretch.h"
#include "util/base64_any.h"

Suite *suite_redact_views(void);

#define VALUE "Xk29loQp71Zr"
#define TOKEN "redacted-password-1"

static struct har_settings *settings;
static struct har_redact_rules *rules;
static struct redact_engine engine;

static void setup(void)
{
    struct har_error error;
    settings = har_settings_new();
    ck_assert_int_eq(har_redact_rules_new(&rules, &error), HAR_OK);
    engine = (struct redact_engine){.rules = rules,
                                    .dictionary = redact_dictionary_new(settings, (struct har_text){"", 0}),
                                    .matcher = redact_matcher_new(rules, false, &error)};
    ck_assert(engine.dictionary && engine.matcher);
}

static void teardown(void)
{
    redact_engine_release(&engine);
    redact_dictionary_free(engine.dictionary);
    har_redact_rules_free(rules);
    har_settings_free(settings);
}

static struct har_text text_of(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

static struct har_buffer empty(void)
{
    struct har_buffer buffer;
    har_buffer_init(&buffer, SIZE_MAX / 2);
    return buffer;
}

static struct har_text held(const struct har_buffer *buffer)
{
    return (struct har_text){buffer->data, buffer->len};
}

typedef void look_fn(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits);

static void find_body(struct redact_engine *of, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    redact_find_body(of, text, (struct redact_body){.how = how}, edits);
}

static void find_binary(struct redact_engine *of, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    redact_find_body(of, text, (struct redact_body){.how = how, .binary = true}, edits);
}

static void find_brotli(struct redact_engine *of, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    redact_find_body(of, text, (struct redact_body){.how = how, .brotli = true}, edits);
}

static struct har_buffer pass(look_fn *look, struct har_text text)
{
    struct redact_edits edits = {0};
    struct har_buffer out = empty();
    look(&engine, text, REDACT_AS_TEXT, &edits);
    redact_edits_settle(&edits, text);
    ck_assert(redact_edits_apply(&edits, text, &out));
    ck_assert(!edits.failed && !engine.failed && engine.depth == 0 && !engine.busy);
    redact_edits_release(&edits);
    return out;
}

/* What becomes of a text in two readings; a third one of the result must not change it. */
static struct har_buffer redacted(look_fn *look, struct har_text text)
{
    struct har_error error;
    struct har_buffer first = pass(look, text);
    ck_assert_int_eq(redact_seal(engine.dictionary, &error), HAR_OK);
    struct har_buffer out = pass(look, text), again = pass(look, held(&out));
    ck_assert_uint_eq(again.len, out.len);
    ck_assert(out.len == 0 || memcmp(again.data, out.data, out.len) == 0);
    har_buffer_release(&first);
    har_buffer_release(&again);
    return out;
}

static void expect(look_fn *look, const char *text, const char *expected)
{
    struct har_buffer out = redacted(look, text_of(text));
    ck_assert_str_eq(har_buffer_string(&out), expected);
    har_buffer_release(&out);
}

/* ---- escapes */

static const struct {
    const char *text, *bytes; /* an escape, what it stands for */
} escape_rows[] = {
    {"%41", "A"},        {"%c3", "\xc3"},   {"%u0041", "A"},       {"\\n", "\n"},       {"\\\"", "\""},
    {"\\\\", "\\"},      {"\\/", "/"},      {"\\u0041", "A"},      {"\\u00e9", "\xc3\xa9"}, {"\\x41", "A"},
    {"\\u{1f600}", "\xf0\x9f\x98\x80"},     {"\\ud83d\\ude00", "\xf0\x9f\x98\x80"}, {"\\ud83d", "\xef\xbf\xbd"},
    {"&amp;", "&"},      {"&quot;", "\""},  {"&#65;", "A"},        {"&#x41;", "A"},     {"&#X1F600;", "\xf0\x9f\x98\x80"},
    {"&equals;", "="},   {"=\n", ""},       {"=\r\n", ""},
};

START_TEST(read_one)
{
    const char *const text = escape_rows[_i].text, *const bytes = escape_rows[_i].bytes;
    char out[4];
    size_t len = 0;
    ck_assert_uint_eq(escape_read(text_of(text), out, &len), strlen(text));
    ck_assert_uint_eq(len, strlen(bytes));
    ck_assert(memcmp(out, bytes, len) == 0);
    /* a cut one is none, or a shorter one */
    for (size_t most = 0; most < strlen(text); most++) {
        char *const cut = malloc(most + 1); /* so that sanitizers see what is read behind it */
        ck_assert_ptr_nonnull(cut);
        memcpy(cut, text, most);
        ck_assert_uint_le(escape_read((struct har_text){cut, most}, out, &len), most);
        free(cut);
    }
}
END_TEST

START_TEST(no_escape)
{
    static const char *const texts[] = {"",     "%",       "%4",     "%4g",  "%%41", "\\", "\\d", "\\u12", "\\x4", "&", "&;",
                                        "&foo;", "&amp",
                                        "&#;",  "&#x;",    "&#65",   "=",    "=a",   "=\r", "a",  "\\redacted-token-1"};
    char out[4];
    size_t len;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(escape_read(text_of(texts[i]), out, &len) == 0, "%s", texts[i]);
}
END_TEST

/* Each kind of escape at each place of a long text is found, whatever steps the search takes. */
START_TEST(found_anywhere)
{
    enum { LEN = 70 };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof escape_rows / sizeof *escape_rows; i++) {
        const size_t len = strlen(escape_rows[i].text);
        for (size_t at = 0; at + len <= LEN; at++) {
            char text[LEN];
            memset(text, '.', sizeof text);
            memcpy(text + at, escape_rows[i].text, len);
            wrong += escape_find((struct har_text){text, sizeof text}, 0) != at;
        }
    }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

static const struct {
    const char *text, *expected;
} view_rows[] = {
    {"x?u=a%26password%3D" VALUE "%26b=1", "x?u=a%26password%3D" TOKEN "%26b=1"},
    {"x?u=a%2526password%253D" VALUE "%2526b=1", "x?u=a%2526password%253D" TOKEN "%2526b=1"},
    {"x?u=a%26pass%77ord%3DXk29lo%51p71Zr%26b " VALUE, "x?u=a%26pass%77ord%3D" TOKEN "%26b " TOKEN},
    {"{\\\"password\\\":\\\"" VALUE "\\\",\\\"b\\\":1}", "{\\\"password\\\":\\\"" TOKEN "\\\",\\\"b\\\":1}"},
    {"{\\u0022password\\u0022:\\u0022\\u0058k29loQp71Zr\\u0022}", "{\\u0022password\\u0022:\\u0022" TOKEN "\\u0022}"},
    {"{&quot;password&quot;:&quot;Xk29loQp71&#90;r&quot;}", "{&quot;password&quot;:&quot;" TOKEN "&quot;}"},
    {"{&amp;quot;password&amp;quot;:&amp;quot;" VALUE "&amp;quot;}",
     "{&amp;quot;password&amp;quot;:&amp;quot;" TOKEN "&amp;quot;}"},
    {"{\"pass=\r\nword\":\"Xk29lo=\r\nQp71Zr\"}", "{\"pass=\r\nword\":\"" TOKEN "\"}"},
    {"%7B%5C%22password%5C%22%3A%5C%22" VALUE "%5C%22%7D", "%7B%5C%22password%5C%22%3A%5C%22" TOKEN "%5C%22%7D"},
    {"100% of a%20b \\d &nbsp; a=\n", "100% of a%20b \\d &nbsp; a=\n"},
};

START_TEST(views)
{
    expect(redact_level, view_rows[_i].text, view_rows[_i].expected);
}
END_TEST

static void escape_as(char *to, size_t room, int form, unsigned c)
{
    switch (form) {
    case 0:
        snprintf(to, room, "%%%02X", c);
        break;
    case 1:
        snprintf(to, room, "\\u%04x", c);
        break;
    case 2:
        snprintf(to, room, "&#%u;", c);
        break;
    default:
        snprintf(to, room, "&#x%x;", c);
        break;
    }
}

/* Any one character of name, value and what is around them may be escaped, in any way: the value goes, whole escapes of it. */
START_TEST(offsets)
{
    static const char front[] = "{\"password\":\"", back[] = "\",\"b\":1}";
    const size_t begin = strlen(front), end = begin + strlen(VALUE);
    char text[128], expected[128], plain[128];
    snprintf(plain, sizeof plain, "%s%s%s", front, VALUE, back);
    for (size_t at = 0; at < strlen(plain); at++) {
        char escape[16];
        if (at == begin - 1 || at == end) /* the value's own quotes: without them it is another text */
            continue;
        escape_as(escape, sizeof escape, _i, (unsigned)plain[at]);
        snprintf(text, sizeof text, "%.*s%s%s", (int)at, plain, escape, plain + at + 1);
        if (at >= begin && at < end)
            snprintf(expected, sizeof expected, "%s%s%s", front, TOKEN, back);
        else if (at < begin)
            snprintf(expected, sizeof expected, "%.*s%s%.*s%s%s", (int)at, plain, escape, (int)(begin - at - 1), plain + at + 1,
                     TOKEN, back);
        else
            snprintf(expected, sizeof expected, "%s%s%.*s%s%s", front, TOKEN, (int)(at - end), plain + end, escape, plain + at + 1);
        expect(redact_level, text, expected);
        teardown();
        setup();
    }
}
END_TEST

/* Names and values far from each other's escapes, at the ends of the parts that are decoded. */
START_TEST(windows)
{
    static const size_t gaps[] = {0, 1, 100, 383, 384, 385, 1023, 1024, 1025, 1407, 1408, 1409, 1700, 5000, 70000};
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
        struct har_buffer text = empty(), expected = empty();
        har_buffer_append_text(&text, "%41 ");
        for (size_t n = 0; n < gaps[i]; n++)
            har_buffer_append_char(&text, n % 8 ? 'a' : ' ');
        har_buffer_append(&expected, text.data, text.len);
        har_buffer_append_text(&text, " %22password%22%3A%22" VALUE);
        har_buffer_append_text(&expected, " %22password%22%3A%22" TOKEN);
        for (size_t n = 0; n < gaps[i]; n++) /* the value is as long as the gap */
            har_buffer_append_char(&text, (char)('a' + (seed = seed * 1664525 + 1013904223) % 1009 % 26));
        har_buffer_append_text(&text, "%22, c");
        har_buffer_append_text(&expected, "%22, c");
        struct har_buffer out = redacted(redact_level, held(&text));
        ck_assert_uint_eq(out.len, expected.len);
        ck_assert_msg(memcmp(out.data, expected.data, out.len) == 0, "gap %zu", gaps[i]);
        har_buffer_release(&text);
        har_buffer_release(&expected);
        har_buffer_release(&out);
        teardown();
        setup();
    }
}
END_TEST

/* ---- base64 */

/* What `bytes` is in base64, or in the alphabet for addresses without padding. */
static char *encoded(struct har_text bytes, bool url_safe)
{
    struct har_buffer out = empty();
    ck_assert(base64_encode(bytes, &out));
    for (size_t i = 0; url_safe && i < out.len; i++)
        out.data[i] = out.data[i] == '+' ? '-' : out.data[i] == '/' ? '_' : out.data[i];
    while (url_safe && out.len && out.data[out.len - 1] == '=')
        out.len--;
    ck_assert_ptr_nonnull(har_buffer_string(&out));
    return out.data;
}

static void print(char *to, size_t room, const char *form, const char *part)
{
    const char *const place = strchr(form, '@');
    snprintf(to, room, "%.*s%s%s", (int)(place - form), form, part, place + 1);
}

static const struct {
    const char *form; /* @ is the base64 */
    bool url_safe;
} around_rows[] = {
    {"@", false},        {"d=@&b=1", false},    {"{\"d\":\"@\"}", false}, {"data:text/plain;base64,@", false},
    {"/a/b/@/settings", true},
    {"x.@.y", true},     {"<a>@</a>", false},   {"d=@", true},
};

START_TEST(stretches)
{
    char plain[256], after[256], text[1024], expected[1024];
    for (size_t pad = 0; pad < 6; pad++) { /* all lengths modulo 3 */
        snprintf(plain, sizeof plain, "{\"u\":\"%.*s?>~\xc3\xa9\",\"password\":\"%s\",\"z\":1}", (int)pad, "abcdef", VALUE);
        snprintf(after, sizeof after, "{\"u\":\"%.*s?>~\xc3\xa9\",\"password\":\"%s\",\"z\":1}", (int)pad, "abcdef", TOKEN);
        char *const from = encoded(text_of(plain), around_rows[_i].url_safe);
        char *const to = encoded(text_of(after), around_rows[_i].url_safe);
        print(text, sizeof text, around_rows[_i].form, from);
        print(expected, sizeof expected, around_rows[_i].form, to);
        expect(redact_level, text, expected);
        free(from);
        free(to);
        teardown();
        setup();
    }
}
END_TEST

/* printf '{"u":1,"password":"Xk29loQp71Zr"}' | base64, and the like with the token; by coreutils 9.1. */
START_TEST(of_coreutils)
{
    expect(redact_level, "d=eyJ1IjoxLCJwYXNzd29yZCI6IlhrMjlsb1FwNzFaciJ9;",
           "d=eyJ1IjoxLCJwYXNzd29yZCI6InJlZGFjdGVkLXBhc3N3b3JkLTEifQ==;");
}
END_TEST

/* Lines of 64 and CRLF stay; base64 in percent escapes stays escaped. */
START_TEST(spelled_alike)
{
    static const char plain[] = "{\"a\":\"~~~~~~?o?o?o?o\",\"password\":\"" VALUE "\",\"b\":\"cccccccccccccccccccccccccccccccc\"}";
    static const char after[] = "{\"a\":\"~~~~~~?o?o?o?o\",\"password\":\"" TOKEN "\",\"b\":\"cccccccccccccccccccccccccccccccc\"}";
    const char *const pieces[] = {plain, after};
    struct har_buffer wrapped[2] = {empty(), empty()}, escaped[2] = {empty(), empty()};
    for (unsigned i = 0; i < 2; i++) {
        char *const base64 = encoded(text_of(pieces[i]), false);
        for (size_t at = 0; base64[at]; at++) {
            if (at && at % 64 == 0)
                har_buffer_append_text(&wrapped[i], "\r\n");
            har_buffer_append_char(&wrapped[i], base64[at]);
            if (strchr("+/=", base64[at]))
                har_buffer_printf(&escaped[i], "%%%02X", (unsigned)base64[at]);
            else
                har_buffer_append_char(&escaped[i], base64[at]);
        }
        ck_assert(strchr(base64, '/') && strchr(base64, '+'));
        free(base64);
    }
    expect(redact_level, har_buffer_string(&wrapped[0]), har_buffer_string(&wrapped[1]));
    teardown();
    setup();
    expect(redact_level, har_buffer_string(&escaped[0]), har_buffer_string(&escaped[1]));
    for (unsigned i = 0; i < 2; i++) {
        har_buffer_release(&wrapped[i]);
        har_buffer_release(&escaped[i]);
    }
}
END_TEST

START_TEST(stays)
{
    static const char *const texts[] = {
        "document.getElementsByTagNameAndMore(abcdefghijklmnopqrstuvwxyz)",
        "/static/js/components/settings/index-module_main.chunk",
        "d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "SGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dC4=",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect(redact_level, texts[i], texts[i]);
        teardown();
        setup();
    }
}
END_TEST

static void expect_inside(look_fn *look, const char *text, enum packed_form form, const char *expected)
{
    struct har_buffer out = redacted(look, text_of(text)), bytes = empty(), plain = empty();
    ck_assert(base64_any_decode(held(&out), &bytes));
    ck_assert_int_eq(packed_open(held(&bytes), form, 1 << 20, &plain), PACKED_WHOLE);
    ck_assert_str_eq(har_buffer_string(&plain), expected);
    har_buffer_release(&out);
    har_buffer_release(&bytes);
    har_buffer_release(&plain);
}

static const struct {
    enum packed_form form;
    look_fn *look; /* NULL: as a text, too */
} packed_rows[] = {
    {PACKED_GZIP, NULL},          {PACKED_ZLIB, NULL},      {PACKED_RAW, NULL},
#ifndef HARMILL_WITHOUT_ZSTD
    {PACKED_ZSTD, NULL},
#endif
#ifndef HARMILL_WITHOUT_BROTLI
    {PACKED_BROTLI, find_brotli},
#endif
    {PACKED_UTF16_LITTLE, NULL},  {PACKED_UTF16_BIG, NULL},
};

START_TEST(packed)
{
    static const char plain[] = "<a b=\"c\">some text, so that it is long enough</a>{\"password\":\"" VALUE "\",\"z\":[1,2,3]}";
    static const char after[] = "<a b=\"c\">some text, so that it is long enough</a>{\"password\":\"" TOKEN "\",\"z\":[1,2,3]}";
    struct har_buffer bytes = empty();
    const enum packed_form form = packed_rows[_i].form;
    look_fn *const look = packed_rows[_i].look;
    ck_assert(packed_close(text_of(plain), form, &bytes));
    char *const base64 = encoded(held(&bytes), false);
    if (!look)
        expect_inside(redact_level, base64, form, after);
    teardown();
    setup();
    expect_inside(look ? look : find_body, base64, form, after);
    ck_assert(!engine.undecodable);
    free(base64);
    har_buffer_release(&bytes);
}
END_TEST

/* printf hello | gzip -n, by gzip 1.12: one member, two, one with something behind it, a cut one, and too much. */
START_TEST(gzip)
{
    static const char one[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\x05\0\0\0";
    const size_t len = sizeof one - 1;
    char two[2 * sizeof one];
    memcpy(two, one, len);
    memcpy(two + len, one, len);
    static const struct {
        size_t len, most;
        enum packed_result result;
        const char *text;
    } cases[] = {
        {sizeof one - 1, 5, PACKED_WHOLE, "hello"},
        {sizeof one - 1, 4, PACKED_TOO_BIG, "hell"},
        {sizeof one - 2, 9, PACKED_BROKEN, "hello"},
        {sizeof one, 9, PACKED_BROKEN, "hello"},
        {2 * (sizeof one - 1), 10, PACKED_WHOLE, "hellohello"},
        {2 * (sizeof one - 1), 9, PACKED_TOO_BIG, "hellohell"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct har_buffer out = empty();
        ck_assert_int_eq(packed_open((struct har_text){two, cases[i].len}, PACKED_GZIP, cases[i].most, &out), cases[i].result);
        ck_assert_str_eq(har_buffer_string(&out), cases[i].text);
        har_buffer_release(&out);
    }
}
END_TEST

static void expect_unsearched(look_fn *look, struct har_text bytes)
{
    char *const base64 = encoded(bytes, false);
    expect(look, base64, base64);
    ck_assert(engine.undecodable);
    free(base64);
}

static const enum packed_form bomb_rows[] = {
    PACKED_GZIP,
#ifndef HARMILL_WITHOUT_ZSTD
    PACKED_ZSTD,
#endif
};

/* Ten million zeros in some kilobytes: not unpacked, told. */
START_TEST(bomb)
{
    struct har_buffer zeros = empty(), bytes = empty();
    char *const room = har_buffer_reserve(&zeros, 10000000);
    ck_assert_ptr_nonnull(room);
    memset(room, '0', 10000000);
    zeros.len = 10000000;
    ck_assert(packed_close(held(&zeros), bomb_rows[_i], &bytes));
    expect_unsearched(find_body, held(&bytes));
    har_buffer_release(&zeros);
    har_buffer_release(&bytes);
}
END_TEST

/* By brotli 1.1.0 in Node.js: a megabyte of zeros, a text. The one is too much for what it is, the other one is cut anywhere. */
START_TEST(brotli)
{
    static const char zeros[] = "\x5b\xff\xff\x8f\x5f\x02\x26\x1e\x0b\x04\x72\xef\x1f\x00";
    static const char text[] = "\x1b\x37\x00\xf8\x1d\x89\x71\x2c\xc5\x36\x94\x04\xf1\x72\xee\x2d\x2d\x41\xc8\xda\x12\x84\xa5\xac"
                               "\x17\xd1\x44\x15\x76\x74\x0a\x7a\xa0\x52\x92\xfc\xbe\xd3\x68\xe7\x02\x08";
    static const char plain[] = "some text that is packed, some text that is packed again";
#ifdef HARMILL_WITHOUT_BROTLI
    const bool built = false;
#else
    const bool built = true;
#endif
    expect_unsearched(find_brotli, (struct har_text){zeros, sizeof zeros - 1});
    for (size_t len = 2; len <= sizeof text; len++) {
        struct har_buffer out = empty();
        const enum packed_result result = packed_open((struct har_text){text, len}, PACKED_BROTLI, 1000, &out);
        const size_t whole = sizeof text - 1;
        const enum packed_result wanted = !built || len > whole ? PACKED_BROKEN : len == whole ? PACKED_WHOLE : PACKED_CUT;
        ck_assert_int_eq(result, wanted);
        ck_assert_msg(out.len <= strlen(plain) && !memcmp(plain, out.len ? out.data : "", out.len), "%zu", len);
        har_buffer_release(&out);
    }
}
END_TEST

#define BOM "\xef\xbb\xbf"

static const struct {
    const char *bytes;
    size_t len;
    const char *text; /* what is unpacked; NULL: it is not taken for UTF-16 */
    enum packed_result result;
} utf16_rows[] = {
    {"\xff\xfe" "a\0\xe9\0\x3d\xd8\0\xde", 10, BOM "a\xc3\xa9\xf0\x9f\x98\x80", PACKED_WHOLE},
    {"\xfe\xff\0a\xd8\x3d\xde\0", 8, BOM "a\xf0\x9f\x98\x80", PACKED_WHOLE},
    {"\xff\xfe" "a\0b", 5, BOM "a", PACKED_BROKEN},
    {"\xff\xfe" "a\0\0\xde", 6, BOM "a", PACKED_BROKEN},
    {"\xff\xfe" "a\0\x3d\xd8", 6, BOM "a", PACKED_BROKEN},
    {"\xff\xfe" "a\0\x3d\xd8" "b\0", 8, BOM "a", PACKED_BROKEN},
    {"w\0i\0t\0h\0o\0u\0t\0 \0\xe9\0", 18, "without \xc3\xa9", PACKED_WHOLE},
    {"\0w\0i\0t\0h\0o\0u\0t\0 ", 16, "without ", PACKED_WHOLE},
    {"\0w\0i\0t\0h\0o\0u\0t\1 ", 16, NULL, PACKED_WHOLE},
    {"\xff\xfe\x2d\x4e", 4, BOM "\xe4\xb8\xad", PACKED_WHOLE},
    {"\xff\xfe\0\0", 4, NULL, PACKED_WHOLE},
    {"\xff\xfe" "a", 3, NULL, PACKED_WHOLE},
};

START_TEST(utf16)
{
    const struct har_text bytes = {utf16_rows[_i].bytes, utf16_rows[_i].len};
    struct har_buffer out = empty(), again = empty();
    const enum packed_form form = packed_form(bytes);
    ck_assert_int_eq(form != PACKED_NOT, utf16_rows[_i].text != NULL);
    if (form != PACKED_NOT) {
        ck_assert_int_eq(packed_open(bytes, form, 1000, &out), utf16_rows[_i].result);
        ck_assert_str_eq(har_buffer_string(&out), utf16_rows[_i].text);
        ck_assert(packed_close(held(&out), form, &again));
        ck_assert(again.len <= bytes.len && !memcmp(again.data, bytes.bytes, again.len));
    }
    har_buffer_release(&out);
    har_buffer_release(&again);
}
END_TEST

/* What is packed twice is not looked into. */
START_TEST(packed_twice)
{
    struct har_buffer once = empty(), twice = empty();
    ck_assert(packed_close(text_of("{\"password\":\"" VALUE "\"}"), PACKED_GZIP, &once));
    ck_assert(packed_close(held(&once), PACKED_GZIP, &twice));
    expect_unsearched(find_body, held(&twice));
    har_buffer_release(&once);
    har_buffer_release(&twice);
}
END_TEST

static const struct {
    const char *bytes;
    size_t len;
    enum content_kind kind;
} content_rows[] = {
    {"plain text", 10, CONTENT_TEXT},
    {"\xc3\xa9\xc3\xa9\xc3\xa9\xc3", 7, CONTENT_TEXT},
    {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18, CONTENT_MEDIA},
    {"\0\0\0\x18" "ftypmp42\0\0", 14, CONTENT_MEDIA},
    {"\x1f\x8b\x08\0\0\0\0\0", 8, CONTENT_PACKED},
    {"%PDF-1.7 and text that can be seen", 34, CONTENT_DOCUMENT},
    {"PK\3\4 and text that can be seen", 31, CONTENT_DOCUMENT},
#ifdef HARMILL_WITHOUT_ZSTD
    {"\x28\xb5\x2f\xfd\0\0\0\0", 8, CONTENT_DOCUMENT},
#else
    {"\x28\xb5\x2f\xfd\0\0\0\0", 8, CONTENT_PACKED},
#endif
    {"\xff\xfe" "a\0b\0", 6, CONTENT_PACKED},
    {"\xff\xfe\1\0\x87\x65", 6, CONTENT_UNKNOWN},
    {"\1\2\3\4\xff\xfe\xfd\0\1\2", 10, CONTENT_UNKNOWN},
};

/* Bytes that are no text: whether they count as not looked into depends on what they are said to be. */
static const struct {
    look_fn *look;
    const char *bytes;
    size_t len;
    bool undecodable;
} unknown_rows[] = {
    {find_body, "\1\2\3\4\xff\xfe\xfd\0\1\2", 10, true},
    {find_body, "\xcb\x48\xcd\xc9\xc9\x57\xc8\xc0\x4e\x02\x00", 11, false}, /* a raw deflate stream */
    {find_body, "\xcb\x48\xcd\xc9\xc9\x57\xc8\xc0\x4e\x02", 10, true},
    {find_binary, "\1\2\3\4\xff\xfe\xfd\0\1\2", 10, false},
    {find_binary, "\x78\x9c\3\4\xff\xfe\xfd\0\1\2", 10, false}, /* begins like what is packed */
    {find_binary, "PK\3\4\xff\xfe\xfd\0\1\2", 10, true},
    {find_body, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18, false},
};

/* What is known of a text is known of no other, and not of the same one looked at as something else. */
START_TEST(clean_texts)
{
    enum { MANY = 300000 };
    struct clean *const clean = clean_new();
    const uint64_t key = clean_key(clean, text_of("some text"), 1);
    size_t known = 0, wrong = 0;
    ck_assert_uint_eq(clean_ask(clean, key), 0);
    clean_tell(clean, key, CLEAN_LOOKED);
    clean_tell(clean, key, CLEAN_SEARCHED);
    ck_assert_uint_eq(clean_ask(clean, clean_key(clean, text_of("some text"), 1)), CLEAN_LOOKED | CLEAN_SEARCHED);
    ck_assert_uint_eq(clean_ask(clean, clean_key(clean, text_of("some text"), 2)), 0);
    ck_assert_uint_eq(clean_ask(clean, clean_key(clean, text_of("some texts"), 1)), 0);
    for (unsigned i = 0; i < 2 * MANY; i++) { /* more than it can hold: some are forgotten, no others are known */
        char text[16];
        snprintf(text, sizeof text, "%u", i / 2);
        const uint64_t other = clean_key(clean, text_of(text), (unsigned char)(i % 2));
        if (i % 2)
            wrong += clean_ask(clean, other) != 0;
        else
            clean_tell(clean, other, CLEAN_LOOKED);
    }
    for (unsigned i = 0; i < MANY; i++) {
        char text[16];
        snprintf(text, sizeof text, "%u", i);
        known += clean_ask(clean, clean_key(clean, text_of(text), 0)) == CLEAN_LOOKED;
    }
    ck_assert_uint_eq(wrong, 0);
    ck_assert(known > MANY / 2 && known < MANY);
    clean_free(clean);
}
END_TEST

/* Findings are kept only when they are all that there are. */
START_TEST(replay_rows_kept)
{
    struct replay *const replay = replay_new();
    struct redact_edits edits = {0};
    const struct har_text by = {"a", 1};
    redact_edits_add(&edits, (struct redact_edit){.start = 1, .end = 2, .rule = 9}, by);
    redact_edits_add(&edits, (struct redact_edit){.start = 3, .end = 5, .rule = 7}, by);
    replay_open(replay);
    replay_add(replay, 3, 5, 7, REDACT_SECRET_JWT);
    replay_close(replay, (struct replay_text){.key = 11}, &edits, 1);
    replay_open(replay);
    replay_add(replay, 3, 5, 7, 0);
    replay_close(replay, (struct replay_text){.key = 12}, &edits, 0); /* one is missing */
    replay_open(replay);
    replay_add(replay, 3, 6, 7, 0);
    replay_close(replay, (struct replay_text){.key = 13}, &edits, 1); /* another place */
    for (uint64_t key = 100; key < 2100; key++) {
        replay_open(replay);
        replay_add(replay, 3, 5, 7, 0);
        replay_close(replay, (struct replay_text){.key = key << 40}, &edits, 1);
    }
    const struct replay_text *const found = replay_find(replay, 11);
    ck_assert_ptr_nonnull(found);
    ck_assert_uint_eq(found->count, 1);
    ck_assert_uint_eq(replay_rows(replay, found)->start, 3);
    ck_assert_uint_eq(replay_rows(replay, found)->flags, REDACT_SECRET_JWT);
    ck_assert_ptr_null(replay_find(replay, 12));
    ck_assert_ptr_null(replay_find(replay, 13));
    size_t count = 0;
    for (uint64_t key = 100; key < 2100; key++)
        count += replay_find(replay, key << 40) != NULL;
    ck_assert_uint_eq(count, 2000);
    redact_edits_release(&edits);
    replay_free(replay);
}
END_TEST

START_TEST(unknown)
{
    char *const base64 = encoded((struct har_text){unknown_rows[_i].bytes, unknown_rows[_i].len}, false);
    expect(unknown_rows[_i].look, base64, base64);
    ck_assert_int_eq(engine.undecodable, unknown_rows[_i].undecodable);
    free(base64);
}
END_TEST

/* A secret that was learned elsewhere goes out of a picture, too, as often as it is looked at. */
START_TEST(in_picture)
{
    struct har_error error;
    struct har_buffer bytes = empty();
    struct har_buffer first = pass(redact_level, text_of("{\"password\":\"" VALUE "\"}"));
    ck_assert_int_eq(redact_seal(engine.dictionary, &error), HAR_OK);
    char *const base64 = encoded((struct har_text){"\1\2\3\4\xff\xfe\xfd\0" VALUE "\0\1", 10 + strlen(VALUE)}, false);
    for (unsigned i = 0; i < 2; i++) {
        struct har_buffer out = pass(find_binary, text_of(base64));
        bytes.len = 0;
        ck_assert(base64_any_decode(held(&out), &bytes));
        ck_assert_uint_eq(bytes.len, 10 + strlen(TOKEN));
        ck_assert_mem_eq(bytes.data, "\1\2\3\4\xff\xfe\xfd\0" TOKEN "\0\1", bytes.len);
        har_buffer_release(&out);
    }
    free(base64);
    har_buffer_release(&bytes);
    har_buffer_release(&first);
}
END_TEST

START_TEST(content)
{
    ck_assert_int_eq(content_kind((struct har_text){content_rows[_i].bytes, content_rows[_i].len}), content_rows[_i].kind);
}
END_TEST

/* The wide decoder says what the narrow one does, for all lengths and for one odd character at each place. */
START_TEST(decoders)
{
    enum { LONGEST = 100 };
    uint32_t seed = 1;
    size_t wrong = 0;
    for (size_t len = 0; len <= LONGEST; len++) {
        char bytes[LONGEST];
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
        for (unsigned url_safe = 0; url_safe < 2; url_safe++) {
            char *const text = encoded((struct har_text){bytes, len}, url_safe);
            struct har_buffer out = empty();
            wrong += !base64_any_decode(text_of(text), &out) || out.len != len || (len && memcmp(out.data, bytes, len));
            for (size_t i = 0; text[i] && text[i] != '='; i++) {
                const char was = text[i];
                text[i] = '!';
                out.len = 0;
                wrong += base64_any_decode(text_of(text), &out);
                text[i] = was;
            }
            free(text);
            har_buffer_release(&out);
        }
    }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* A stretch of each length at each place. */
START_TEST(stretch_anywhere)
{
    enum { LEN = 90 };
    size_t wrong = 0;
    for (size_t len = 1; len < 50; len++)
        for (size_t at = 0; at + len <= LEN; at++) {
            char text[LEN];
            struct stretch stretch = {0};
            for (size_t i = 0; i < LEN; i++)
                text[i] = i % 3 ? ' ' : 'a'; /* short words around it */
            memset(text + at, 'A', len);
            const size_t end = at + len < LEN && text[at + len] == 'a' ? at + len + 1 : at + len;
            const size_t start = at && text[at - 1] == 'a' ? at - 1 : at;
            const bool found = stretch_find((struct har_text){text, LEN}, 0, &stretch);
            wrong += found != (end - start >= STRETCH_LEAST) || (found && (stretch.start != start || stretch.end != end));
        }
    ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* ---- JSON Web Tokens */

static const struct {
    const char *payload, *expected;
} jwt_rows[] = {
    {"{\"iss\":\"https://a.example/\",\"exp\":1700000000,\"sub\":\"ann\"}",
     "{\"iss\":\"https://a.example/\",\"exp\":1700000000,\"sub\":\"redacted-claim-1\"}"},
    {"{ \"aud\" : [\"x\", \"y\"], \"n\":12.5e3,\"ok\":true,\"no\":null }",
     "{ \"aud\" : [\"x\", \"y\"], \"n\":0,\"ok\":true,\"no\":null }"},
    {"{\"act\":{\"iss\":\"b1\",\"exp\":5},\"iss\":{\"a\":\"c1\"},\"l\":[[\"d1\"]],\"e\":\"\"}",
     "{\"act\":{\"iss\":\"redacted-claim-1\",\"exp\":0},\"iss\":{\"a\":\"redacted-claim-2\"},\"l\":[[\"redacted-claim-3\"]],"
     "\"e\":\"\"}"},
};

START_TEST(jwt)
{
    char text[1024], expected[1024];
    char *const header = encoded(text_of("{\"alg\":\"HS256\",\"kid\":\"7\"}"), true);
    char *const payload = encoded(text_of(jwt_rows[_i].payload), true);
    char *const after = encoded(text_of(jwt_rows[_i].expected), true);
    snprintf(text, sizeof text, "a %s.%s.%s b", header, payload, "c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw");
    snprintf(expected, sizeof expected, "a %s.%s.redacted-jwt-1 b", header, after);
    expect(redact_level, text, expected);
    /* without a signature */
    teardown();
    setup();
    struct har_buffer out = empty();
    snprintf(text, sizeof text, "%s.%s.", header, payload);
    ck_assert(redact_jwt(&engine, text_of(text), &out));
    ck_assert_uint_gt(out.len, strlen(header));
    ck_assert_int_eq(out.data[out.len - 1], '.');
    har_buffer_release(&out);
    free(header);
    free(payload);
    free(after);
}
END_TEST

START_TEST(no_jwt)
{
    static const char *const texts[] = {
        "", ".", "..", "a.b.c", "e30.e30", "e30.e30.a.b", "e30.W10.a", "W10.e30.a", "e30.eyJh.a", "e30.e30!.a", "e30.eyJhIjp9.a",
        "e30.e30e30.a", "e30.eyJhIjoxfXg.a",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct har_buffer out = empty();
        ck_assert_msg(!redact_jwt(&engine, text_of(texts[i]), &out), "%s", texts[i]);
        har_buffer_release(&out);
    }
}
END_TEST

/* ---- secrets */

static void secret(struct har_text text, unsigned flags, const char *expected)
{
    struct redact_edits edits = {0};
    struct har_buffer out = empty();
    redact_secret_as(&engine, text, 0, text.len, REDACT_RULE_CREDENTIAL, flags, &edits);
    redact_edits_settle(&edits, text);
    ck_assert(redact_edits_apply(&edits, text, &out));
    ck_assert_str_eq(har_buffer_string(&out), expected);
    har_buffer_release(&out);
    redact_edits_release(&edits);
}

START_TEST(values)
{
    static const char *const left[] = {"",          "true", "NULL", "0", "redacted-token-7", "redacted-token-7.redacted-jwt-1",
                                       "s:redacted-cookie-3", "redacted-cookie-3%3D", "cmVkYWN0ZWQtc2FtbC0x"};
    struct har_error error;
    const char *const basic = "QWxhZGRpbjpvcGVuIHNlc2FtZSA3Nw=="; /* Aladdin:open sesame 77 */
    struct redact_edits edits = {0};
    secret(text_of(VALUE), 0, "redacted-credential-0");
    redact_basic(&engine, text_of(basic), 0, strlen(basic), REDACT_RULE_CREDENTIAL, &edits);
    redact_edits_release(&edits);
    ck_assert_int_eq(redact_seal(engine.dictionary, &error), HAR_OK);
    secret(text_of(VALUE), 0, "redacted-credential-1");
    secret(text_of(VALUE), REDACT_SECRET_BASE64, "cmVkYWN0ZWQtY3JlZGVudGlhbC0x");
    secret(text_of("12345678"), REDACT_SECRET_NUMBER, "0");
    secret(text_of(basic), 0, "redacted-credential-2");
    secret(text_of("Aladdin:open sesame 77"), 0, "redacted-credential-3");
    secret(text_of("open sesame 77"), 0, "redacted-credential-4");
    for (size_t i = 1; i < sizeof left / sizeof *left; i++)
        if (i != 6) /* a letter stands in front of it */
            secret(text_of(left[i]), 0, left[i]);
}
END_TEST

/* ---- edits */

struct edit_row {
    struct redact_edit edit[3];
    const char *by[3];
    const char *expected; /* of 0123456789 */
};

static const struct edit_row edit_rows[] = {
    {{{.start = 2, .end = 4}}, {"x"}, "01x456789"},
    {{{.start = 8, .end = 10}, {.start = 0, .end = 1}}, {"x", "y"}, "y1234567x"},
    {{{.start = 2, .end = 4}, {.start = 4, .end = 6}}, {"x", "y"}, "01xy6789"},
    {{{.start = 2, .end = 8}, {.start = 3, .end = 5}}, {"x", "y"}, "01x89"},
    {{{.start = 2, .end = 5}, {.start = 4, .end = 9}}, {"x", "y"}, "01y9"},
    {{{.start = 2, .end = 5, .propagated = true}, {.start = 2, .end = 5}}, {"x", "y"}, "01y56789"},
    {{{.start = 0, .end = 9, .encoded = true}, {.start = 2, .end = 5, .propagated = true}}, {"x", "y"}, "y9"},
    {{{.start = 0, .end = 9, .encoded = true}, {.start = 2, .end = 5, .propagated = true, .encoded = true}}, {"x", "y"}, "x9"},
    {{{.start = 0, .end = 2}, {.start = 1, .end = 4}, {.start = 3, .end = 6}}, {"x", "y", "z"}, "y6789"},
    {{{.start = 2, .end = 4}}, {"23"}, "0123456789"},
};

START_TEST(settled)
{
    const struct edit_row *const row = &edit_rows[_i];
    const struct har_text text = text_of("0123456789");
    struct redact_edits edits = {0};
    struct har_buffer out = empty();
    for (size_t i = 0; i < 3 && row->by[i]; i++)
        redact_edits_add(&edits, row->edit[i], text_of(row->by[i]));
    redact_edits_settle(&edits, text);
    ck_assert(redact_edits_apply(&edits, text, &out));
    ck_assert_str_eq(har_buffer_string(&out), row->expected);
    har_buffer_release(&out);
    redact_edits_release(&edits);
}
END_TEST

/* ---- what is made to be slow: that it ends within the time a test has is what is shown */

static const char *const hostile_rows[] = {"%25", "%2525", "\\", "\\\\\"", "&amp;", "=\n", "%41 ", "eyJhIjoiZXlKaElqb2k",
                                           "password%3D", "e30.", "0a", "H4sI"};

START_TEST(hostile)
{
    enum { LEN = 1 << 17 };
    struct har_buffer text = empty();
    while (text.len < LEN)
        har_buffer_append_text(&text, hostile_rows[_i]);
    struct redact_edits edits = {0};
    redact_level(&engine, held(&text), REDACT_AS_TEXT, &edits);
    ck_assert(!engine.failed);
    redact_edits_release(&edits);
    har_buffer_release(&text);
}
END_TEST

/* A secret in base64 in percent escapes in base64 ...: found as deep as levels go, and told where they end. */
START_TEST(nested)
{
    struct har_buffer text = empty();
    har_buffer_append_text(&text, "{\"password\":\"" VALUE "\",\"some\":\"text\"}");
    for (int level = 0; level < _i; level++) {
        struct har_buffer outer = empty();
        ck_assert(base64_encode(held(&text), &outer));
        har_buffer_release(&text);
        text = outer;
    }
    struct redact_edits edits = {0};
    redact_level(&engine, held(&text), REDACT_AS_TEXT, &edits);
    redact_edits_settle(&edits, held(&text));
    ck_assert(edits.count == 1 || engine.undecodable);
    ck_assert(_i > REDACT_DEPTH_MOST || edits.count == 1);
    redact_edits_release(&edits);
    har_buffer_release(&text);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *suite_redact_views(void)
{
    Suite *suite = suite_create("redact_views");
    TCase *tcase = tcase_create("views");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, read_one, 0, ROWS(escape_rows));
    tcase_add_test(tcase, no_escape);
    tcase_add_test(tcase, found_anywhere);
    tcase_add_loop_test(tcase, views, 0, ROWS(view_rows));
    tcase_add_loop_test(tcase, offsets, 0, 4);
    tcase_add_test(tcase, windows);
    tcase_add_loop_test(tcase, stretches, 0, ROWS(around_rows));
    tcase_add_test(tcase, of_coreutils);
    tcase_add_test(tcase, spelled_alike);
    tcase_add_test(tcase, stays);
    tcase_add_loop_test(tcase, packed, 0, ROWS(packed_rows));
    tcase_add_test(tcase, gzip);
    tcase_add_loop_test(tcase, bomb, 0, ROWS(bomb_rows));
    tcase_add_test(tcase, brotli);
    tcase_add_loop_test(tcase, utf16, 0, ROWS(utf16_rows));
    tcase_add_test(tcase, packed_twice);
    tcase_add_loop_test(tcase, content, 0, ROWS(content_rows));
    tcase_add_loop_test(tcase, unknown, 0, sizeof unknown_rows / sizeof *unknown_rows);
    tcase_add_test(tcase, in_picture);
    tcase_add_test(tcase, clean_texts);
    tcase_add_test(tcase, replay_rows_kept);
    tcase_add_test(tcase, decoders);
    tcase_add_test(tcase, stretch_anywhere);
    tcase_add_loop_test(tcase, jwt, 0, ROWS(jwt_rows));
    tcase_add_test(tcase, no_jwt);
    tcase_add_test(tcase, values);
    tcase_add_loop_test(tcase, settled, 0, ROWS(edit_rows));
    tcase_add_loop_test(tcase, hostile, 0, ROWS(hostile_rows));
    tcase_add_loop_test(tcase, nested, 0, 12);
    suite_add_tcase(suite, tcase);
    return suite;
}
