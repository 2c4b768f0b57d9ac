/* JSON strings as XML text, against a naive conversion, character by character. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/xml_text.h"
#include "util/utf8.h"

#include "memory.h"

Suite *suite_xml_text(void);

/* XML 1.0, production 2: Char. */
static bool is_char(uint32_t point)
{
    return point == 0x9 || point == 0xa || point == 0xd || (point >= 0x20 && point <= 0xd7ff) ||
           (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}

/* A code point as \uXXXX, a pair above U+FFFF. */
static void append_escaped(struct har_buffer *out, uint32_t point)
{
    if (point < 0x10000)
        har_buffer_printf(out, "\\u%04x", (unsigned)point);
    else
        har_buffer_printf(out, "\\u%04X\\u%04x", (unsigned)(0xd800 + ((point - 0x10000) >> 10)),
                          (unsigned)(0xdc00 + ((point - 0x10000) & 0x3ff)));
}

static void append_wanted(struct har_buffer *out, uint32_t point, bool attribute)
{
    char bytes[4];
    if (point == '&')
        har_buffer_append_text(out, "&amp;");
    else if (point == '<')
        har_buffer_append_text(out, "&lt;");
    else if (point == '>')
        har_buffer_append_text(out, "&gt;");
    else if (point == '"' && attribute)
        har_buffer_append_text(out, "&quot;");
    else if (point == '\r' || (attribute && (point == '\t' || point == '\n')))
        har_buffer_printf(out, "&#%u;", (unsigned)point);
    else
        har_buffer_append(out, bytes, utf8_encode(point, bytes));
}

/* Whether so much room at a time gives what is wanted, in parts of whole characters and whole escapes. */
static bool fits(const struct har_buffer *json, const struct har_buffer *wanted, unsigned how, size_t room)
{
    char piece[4096];
    const char *text = json->data, *const end = text + json->len;
    size_t at = 0;
    uint32_t point;
    while (text < end) {
        const size_t len = json_xml_put(&text, end, piece, room, how);
        if (!len || len > room || at + len > wanted->len || memcmp(piece, wanted->data + at, len) != 0)
            return false;
        at += len;
        if (at < wanted->len && !utf8_decode(wanted->data + at, wanted->len - at, &point))
            return false;
        if (at < wanted->len && how & JSON_XML_ESCAPED && wanted->data[at - 1] == '\\' && (at < 2 || wanted->data[at - 2] != '\\'))
            return false;
    }
    return at == wanted->len;
}

/* Assertions cost a system call: one for all rooms. */
static void expect(const struct har_buffer *json, const struct har_buffer *wanted, unsigned how)
{
    bool all = true;
    for (size_t room = JSON_XML_ROOM; room < 80; room++)
        all &= fits(json, wanted, how, room);
    ck_assert(all && fits(json, wanted, how, 4096));
}

/* Each code point of the BMP and some beyond, alone: does XML carry it, and how is it written? Escaped and raw. */
static bool is_right(uint32_t point, bool escaped)
{
    struct har_buffer json, wanted;
    bool right = true;
    har_buffer_init(&json, 64);
    har_buffer_init(&wanted, 64);
    if (escaped)
        append_escaped(&json, point);
    else
        json.len = utf8_encode(point, har_buffer_reserve(&json, 4));
    right &= json_xml_carries(json.data, json.len, false) == is_char(point);
    right &= json_xml_carries(json.data, json.len, true) == is_char(point);
    for (unsigned attribute = 0; attribute < 2 && is_char(point); attribute++) {
        har_buffer_clear(&wanted);
        append_wanted(&wanted, point, attribute);
        right &= fits(&json, &wanted, attribute ? JSON_XML_ATTRIBUTE : 0, JSON_XML_ROOM);
    }
    har_buffer_release(&json);
    har_buffer_release(&wanted);
    return right;
}

START_TEST(every_character)
{
    for (uint32_t point = 0; point <= 0x10ffff; point += point < 0x10000 ? 1 : 0xffff) {
        const bool raw = point >= 0x20 && point != '"' && point != '\\' && (point < 0xd800 || point > 0xdfff);
        if (!is_right(point, true) || (raw && !is_right(point, false)))
            ck_abort_msg("U+%04X", (unsigned)point);
    }
}
END_TEST

/* What XML cannot carry is found wherever it stands, and what only looks like it is not. */
START_TEST(found_anywhere)
{
    static const struct {
        const char *piece;
        bool carried;
    } rows[] = {
        {"\\u0000", false},      {"\\b", false},          {"\\f", false},         {"\\ud83d", false},       {"\\udc00", false},
        {"\xef\xbf\xbe", false}, {"\xef\xbf\xbf", false}, {"\\uFFFF", false},     {"\\u001F", false},       {"\\\\b", true},
        {"\\\\u0000", true},     {"\\\\\\\\f", true},     {"\xef\xbf\xbd", true}, {"\\ud83d\\ude00", true}, {"\\u0009", true},
        {"\\n\\r\\t", true},     {"\\/", true},           {"\\\"b", true},        {"\\\\\\b", false},       {"\xee\xbf\xbf", true},
    };
    char text[128];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool all = true;
        for (size_t before = 0; before < 40; before++)
            for (size_t behind = 0; behind < 40; behind += 3) {
                const size_t len = strlen(rows[i].piece);
                memset(text, 'u', sizeof text);
                memcpy(text + before, rows[i].piece, len);
                all &= json_xml_carries(text, before + len + behind, false) == rows[i].carried;
            }
        ck_assert_msg(all, "row %zu", i);
    }
}
END_TEST

/* Random mixtures of all that matters, cut at every room. */
START_TEST(mixtures)
{
    static const uint32_t points[] = {'a', 'b',  'u',  ' ',  '&',  '<',  '>',    '"',    '\\',
                                      '/', '\n', '\r', '\t', 0x7f, 0xe9, 0x20ac, 0xfffd, 0x1f600};
    unsigned state = 2026;
    for (int round = 0; round < 400; round++) {
        struct har_buffer json, text, attribute;
        har_buffer_init(&json, 8192);
        har_buffer_init(&text, 8192);
        har_buffer_init(&attribute, 8192);
        for (int i = 0; i < round; i++) {
            state = state * 1664525u + 1013904223u;
            const unsigned draw = state >> 16;
            const uint32_t point = draw % 3 ? points[draw / 8 % 4] : points[draw / 8 % (sizeof points / sizeof *points)];
            char bytes[4];
            if (draw & 4 && (point < 0x20 || draw & 2))
                append_escaped(&json, point);
            else
                har_buffer_append_json(&json, bytes, utf8_encode(point, bytes));
            append_wanted(&text, point, false);
            append_wanted(&attribute, point, true);
        }
        ck_assert(json_xml_carries(json.data ? json.data : "", json.len, false));
        expect(&json, &text, 0);
        expect(&json, &attribute, JSON_XML_ATTRIBUTE);
        har_buffer_release(&json);
        har_buffer_release(&text);
        har_buffer_release(&attribute);
    }
}
END_TEST

/* JSON spelling, expected values by hand. */
START_TEST(escaped)
{
    static const struct {
        const char *json, *text, *attribute;
    } rows[] = {
        {"\\u0000", "\\u0000", "\\u0000"},
        {"\\u001F\\u0008\\b", "\\u001f\\b\\b", "\\u001f\\b\\b"},
        {"\\\"\\\\\\/", "\\\"\\\\/", "\\&quot;\\\\/"},
        {"a<&>", "a&lt;&amp;&gt;", "a&lt;&amp;&gt;"},
        {"\\n\\r\\t", "\\n\\r\\t", "\\n\\r\\t"},
        {"\\uD83D", "\\ud83d", "\\ud83d"},
        {"\\ud83d\\ude00", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
        {"\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd", "\\ufffe\\uffff\xef\xbf\xbd", "\\ufffe\\uffff\xef\xbf\xbd"},
        {"\\uFFFE\\u0041\\u003c\\u0022",
         "\\ufffe"
         "A&lt;\\\"",
         "\\ufffe"
         "A&lt;\\&quot;"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_buffer json, text, attribute;
        har_buffer_init(&json, 4096);
        har_buffer_init(&text, 4096);
        har_buffer_init(&attribute, 4096);
        for (int times = 0; times < 9; times++) {
            har_buffer_append_text(&json, rows[i].json);
            har_buffer_append_text(&text, rows[i].text);
            har_buffer_append_text(&attribute, rows[i].attribute);
        }
        expect(&json, &text, JSON_XML_ESCAPED);
        expect(&json, &attribute, JSON_XML_ESCAPED | JSON_XML_ATTRIBUTE);
        har_buffer_release(&json);
        har_buffer_release(&text);
        har_buffer_release(&attribute);
    }
}
END_TEST

Suite *suite_xml_text(void)
{
    Suite *suite = suite_create("xml_text");
    TCase *tcase = tcase_create("xml_text");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, every_character);
    tcase_add_test(tcase, found_anywhere);
    tcase_add_test(tcase, mixtures);
    tcase_add_test(tcase, escaped);
    suite_add_tcase(suite, tcase);
    return suite;
}
