/* The parser after an error: where it reads on, what it costs; and its bounds. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "parsed.h"

Suite *suite_recover(void);

/* Opens the document, its log and the log's entries. */
static bool opens(void *user, const struct har_tree *tree)
{
    const struct json_parser *p = user;
    const struct har_node *root = har_tree_root(tree);
    if (p->open_count == 0)
        return true;
    return p->open_count == 1 ? json_key_is(tree, root, "log", 3) : p->open_count == 2 && json_key_is(tree, root, "entries", 7);
}

static bool is_first(void *user, const char *key, size_t len)
{
    (void)user;
    return len == 7 && memcmp(key, "request", 7) == 0;
}

/* A value: an entry by its member n, others by their key. */
static void note_value(const struct har_tree *tree, struct har_buffer *out)
{
    const struct har_node *root = har_tree_root(tree), *n = har_node_member(tree, root, "n");
    const struct har_text text = n ? har_node_text(tree, n) : har_node_key(tree, root);
    har_buffer_append_text(out, n ? "v" : "m:");
    har_buffer_append(out, text.bytes, text.len);
    har_buffer_append_text(out, " ");
}

/* One letter each: syntax, truncated, depth, item bytes, tree bytes, memory. */
static const char faults[] = "STDIBM";

/* Reads a text; tells of each value, of each error with its fault ("!S@12"), and whether reading went on ("> ") or not ("."). */
static void read_on(struct parsed *parsed, struct har_buffer *out)
{
    struct json_parser *p = &parsed->parser;
    for (;;) {
        enum json_event event = parsed_next(parsed);
        if (event == JSON_VALUE)
            note_value(&p->tree, out);
        if (event == JSON_END) {
            har_buffer_append_text(out, "end");
            return;
        }
        if (event != JSON_ERROR)
            continue;
        har_buffer_printf(out, "!%c@%llu ", faults[p->fault.kind], (unsigned long long)(p->base + p->fault.at));
        if (json_parser_pardon(p)) {
            har_buffer_append_text(out, "~ ");
            continue;
        }
        if (p->open_count != 3)
            return;
        while ((event = json_parser_resync(p, is_first, NULL)) == JSON_MORE)
            parsed_feed(parsed);
        har_buffer_append_text(out, event == JSON_OPEN ? "> " : ".");
        if (event == JSON_END)
            return;
    }
}

static void expect_reading(const struct json_limits *limits, const char *text, size_t len, const char *wanted)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 65536};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct parsed parsed;
        struct har_buffer out;
        har_buffer_init(&out, 1 << 20);
        parsed_init(&parsed, limits, opens, &parsed.parser, text, len, blocks[i]);
        read_on(&parsed, &out);
        ck_assert_msg(strcmp(memory_string(&out), wanted) == 0, "blocks of %zu: %.200s\ngave   %s\nwanted %s", blocks[i], text,
                      memory_string(&out), wanted);
        parsed_release(&parsed);
        har_buffer_release(&out);
    }
}

#define HEAD "{'log':{'entries':["
#define TAIL "],'version':'1.2'}}"
#define E1   "{'request':0,'n':1}"
#define E3   "{'request':{'_x':[{},[]]},'n':3}"
#define E4   "{'request':0,'n':4}"

/* <0> marks where each error is. */
static const struct {
    const char *text, *wanted;
} broken[] = {
    {HEAD E1 "," E3 TAIL, "v1 v3 m:version end"},
    {HEAD "" TAIL, "m:version end"},
    /* a quote is missing: behind the value, before the value, behind a key */
    {HEAD E1 ",{'request':'a,'<0>n':2}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 ",{'request':<0>a','n':2}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 ",{'request:'<0>a','n':2}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    /* a quote is missing and swallows the end of the entry and the beginning of the next */
    {HEAD E1 ",{'n':2,'request':'a},{'<0>request':0,'n':3}," E4 TAIL, "v1 !S@0 > v3 v4 m:version end"},
    /* a brace is missing: at the end, at the beginning, of an object inside */
    {HEAD E1 ",{'request':0,'n':2,<0>" E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 ",'request'<0>:0,'n':2}," E3 TAIL, "v1 m: !S@0 > v3 m:version end"},
    {HEAD E1 ",{'request':{'a':{'b':1},'n':2},<0>" E3 "," E4 TAIL, "v1 !S@0 > v3 v4 m:version end"},
    /* a bracket is missing, or the wrong one */
    {HEAD E1 ",{'request':{'headers':[1,2<0>},'n':2}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 ",{'request':{'headers':1<0>]},'n':2}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    /* a comma is missing: between members, between entries (what stands there is read) */
    {HEAD E1 ",{'request':0 <0>'n':2}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 "<0>" E3 "," E4 TAIL, "v1 !S@0 > v3 v4 m:version end"},
    {HEAD E1 ",{'request':0,<0>}," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 ",<0>," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    /* a comma too many, before the bracket of an opened container: told, and nothing is lost ("~") */
    {HEAD E1 ",<0>" TAIL, "v1 !S@0 ~ m:version end"},
    {"{'log':{'entries':[" E1 "],'version':'1.2',<0>},<1>}", "v1 m:version !S@0 ~ !S@1 ~ end"},
    {HEAD E1 ",<0>}" TAIL, "v1 !S@0 ."},
    {HEAD "<0>," E3 TAIL, "!S@0 > v3 m:version end"},
    /* garbage between entries */
    {HEAD E1 ",<0>garbage {} 'x'," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD E1 "<0>}}]], \n ,\t " E3 TAIL, "v1 !S@0 > v3 m:version end"},
    {HEAD "<0>// comment\n" E1 ",\n{ \n 'request' : 0, 'n':3}" TAIL, "!S@0 > v3 m:version end"},
    /* objects that do not begin as an entry are passed by */
    {HEAD E1 ",{'request':<0>x},{'name':1},{},[{'request':1}]," E3 TAIL, "v1 !S@0 > v3 m:version end"},
    /* the next candidates are broken too */
    {HEAD E1 ",{'request':<0>x},{'request':<1>y}," E3 TAIL, "v1 !S@0 > !S@1 > v3 m:version end"},
    {HEAD "{'request':<0>x},{'request':<1>y},{'request':<2>z}," E3 TAIL, "!S@0 > !S@1 > !S@2 > v3 m:version end"},
    {HEAD "{'request':<0>x}," E1 ",{'request':<1>y}," E3 ",{'request':<2>z}," E4 TAIL,
     "!S@0 > v1 !S@1 > v3 !S@2 > v4 m:version end"},
    /* nothing whole follows */
    {HEAD E1 ",{'request':<0>x}" TAIL, "v1 !S@0 ."},
    {HEAD E1 ",{'request':<0>x},{'request':0,'n':2<1>", "v1 !S@0 > !T@1 ."},
    /* the tail is cut off */
    {HEAD E1 ",{'request':0,'n'<0>", "v1 !T@0 ."},
    {HEAD E1 ",{'request':<0>'abc", "v1 !T@0 ."},
    {HEAD E1 ",<0>", "v1 !T@0 ."},
    {HEAD E1 "<0>", "v1 !T@0 ."},
    {HEAD E1 "],<0>", "v1 !T@0 "},
    {HEAD E1 "]}<0>", "v1 !T@0 "},
    {"{'log':{'entries':<0>", "!T@0 "},
    /* behind the document */
    {HEAD E1 "]}}<0>,{'request':0}", "v1 !S@0 "},
};

/* Puts offsets for the markers' numbers. */
static void fill_offsets(const struct memory_text *text, const char *wanted, char *out)
{
    for (; *wanted; wanted++) {
        *out++ = *wanted;
        if (*wanted == '@')
            out += sprintf(out, "%zu", text->marker[*++wanted - '0']);
    }
    *out = '\0';
}

START_TEST(reading_on)
{
    struct memory_text text;
    char wanted[400];
    memory_text_init(&text, broken[_i].text);
    fill_offsets(&text, broken[_i].wanted, wanted);
    expect_reading(&parsed_wide, text.bytes, text.len, wanted);
    memory_text_release(&text);
}
END_TEST

/* A long stretch without candidates is searched in little memory; the candidate behind it lies at every alignment. */
START_TEST(searching_far)
{
    enum { FAR = 1500000 };
    for (size_t shift = 0; shift < 3; shift++) {
        struct memory_text text;
        struct har_buffer all, wanted;
        har_buffer_init(&all, 2 * FAR);
        har_buffer_init(&wanted, 200);
        memory_text_init(&text, HEAD E1 ",{'request':<0>x ");
        har_buffer_append(&all, text.bytes, text.len);
        while (all.len < FAR + shift)
            har_buffer_append_char(&all, ",{ \"[]}"[all.len % 7]);
        har_buffer_printf(&wanted, "v1 !S@%zu > v3 m:version end", text.marker[0]);
        memory_text_release(&text);
        memory_text_init(&text, "\n," E3 TAIL);
        har_buffer_append(&all, text.bytes, text.len);
        struct parsed parsed;
        struct har_buffer out;
        har_buffer_init(&out, 1 << 20);
        parsed_init(&parsed, &parsed_wide, opens, &parsed.parser, all.data, all.len, 65536);
        read_on(&parsed, &out);
        ck_assert_str_eq(memory_string(&out), memory_string(&wanted));
        ck_assert_uint_le(parsed.parser.cap, 1 << 20);
        parsed_release(&parsed);
        har_buffer_release(&out);
        har_buffer_release(&all);
        har_buffer_release(&wanted);
        memory_text_release(&text);
    }
}
END_TEST

/* Every second entry of many is broken: none of the others is lost. */
START_TEST(many_broken_entries)
{
    static const int counts[] = {10, 100, 1000, 20000};
    struct har_buffer all, wanted, out;
    struct parsed parsed;
    har_buffer_init(&all, 1 << 24);
    har_buffer_init(&wanted, 1 << 24);
    har_buffer_init(&out, 1 << 24);
    har_buffer_append_text(&all, "{\"log\":{\"entries\":[");
    for (int i = 0; i < counts[_i]; i++) {
        har_buffer_printf(&all, "%s{\"request\":", i ? "," : "");
        if (i % 2)
            har_buffer_printf(&wanted, "!S@%zu > ", all.len);
        else
            har_buffer_printf(&wanted, "v%d ", i);
        har_buffer_printf(&all, i % 2 ? "x,\"n\":%d}" : "0,\"n\":%d}", i);
    }
    har_buffer_append_text(&all, ",{\"request\":0,\"n\":\"z\"}]}}");
    har_buffer_append_text(&wanted, "vz end");
    parsed_init(&parsed, &parsed_wide, opens, &parsed.parser, all.data, all.len, 65536);
    read_on(&parsed, &out);
    ck_assert_msg(strcmp(memory_string(&out), memory_string(&wanted)) == 0, "%.2000s", out.data);
    parsed_release(&parsed);
    har_buffer_release(&all);
    har_buffer_release(&wanted);
    har_buffer_release(&out);
}
END_TEST

/* Inputs that look like an entry again and again, and never are one: what is repeated here, bytes of it. */
static const struct {
    const char *piece;
    uint64_t depth;
} hostile[] = {
    {",{'request':", 256},        /* each fails at once */
    {",{'request':[1", 256},      /* each nests until the bound of depth */
    {",{'request':[1", 65536},    /* the same, deeper */
    {",{'request':[1", 10000000}, /* each would nest to the end */
    {",{'request':'", 256},       /* each is in a string for the one before */
    {",{'request':1,'a':{'b':1", 65536},
    {"'{'request':0,'x':',{'request':'", 256},
};

START_TEST(cost_is_linear)
{
    enum { LEN = 2000000 };
    struct memory_text piece;
    struct har_buffer all, out;
    struct parsed parsed;
    struct json_limits limits = parsed_wide;
    limits.depth = hostile[_i].depth;
    har_buffer_init(&all, LEN + 1000);
    har_buffer_init(&out, 1 << 27);
    memory_text_init(&piece, hostile[_i].piece);
    har_buffer_append_text(&all, "{\"log\":{\"entries\":[{\"request\":1}");
    while (all.len < LEN)
        har_buffer_append(&all, piece.bytes, piece.len);
    parsed_init(&parsed, &limits, opens, &parsed.parser, all.data, all.len, 65536);
    read_on(&parsed, &out);
    ck_assert_uint_le(parsed.parser.scanned, all.len);
    ck_assert_msg(parsed.parser.rescanned <= parsed.parser.scanned, "%llu bytes were scanned again of %llu",
                  (unsigned long long)parsed.parser.rescanned, (unsigned long long)parsed.parser.scanned);
    parsed_release(&parsed);
    memory_text_release(&piece);
    har_buffer_release(&all);
    har_buffer_release(&out);
}
END_TEST

/* Bounds: what passes one is an error of its own, and the entries behind it are read. */
START_TEST(bounds)
{
    const struct json_limits narrow = {1000, 128 * sizeof(struct har_node), 12};
    struct har_buffer text, wanted;
    har_buffer_init(&text, 1 << 20);
    har_buffer_init(&wanted, 1000);
    for (size_t n = 100; n < 3000; n += 577) { /* bytes */
        har_buffer_clear(&text);
        har_buffer_clear(&wanted);
        har_buffer_append_text(&text, "{\"log\":{\"entries\":[{\"request\":0,\"n\":1},");
        const size_t from = text.len;
        har_buffer_append_text(&text, "{\"n\":2,\"request\":\"");
        for (size_t i = 0; i < n; i++)
            har_buffer_append_char(&text, 'x');
        har_buffer_append_text(&text, "\"}");
        const bool fits = text.len - from <= narrow.item_bytes;
        har_buffer_append_text(&text, ",{\"request\":0,\"n\":3}]}}");
        har_buffer_printf(&wanted, fits ? "v1 v2 v3 end" : "v1 !I@%zu > v3 end", from);
        expect_reading(&narrow, memory_string(&text), text.len, memory_string(&wanted));
    }
    for (size_t n = 120; n < 130; n++) { /* nodes: the entry, its two members, the array's */
        har_buffer_clear(&text);
        har_buffer_clear(&wanted);
        har_buffer_append_text(&text, "{\"log\":{\"entries\":[{\"n\":2,\"request\":[0");
        size_t at = 0;
        for (size_t i = 1; i < n; i++) {
            at = i == 128 - 3 ? text.len + 1 : at;
            har_buffer_append_text(&text, ",0");
        }
        har_buffer_append_text(&text, "]},{\"request\":0,\"n\":3}]}}");
        har_buffer_printf(&wanted, at ? "!B@%zu > v3 end" : "v2 v3 end", at);
        expect_reading(&narrow, memory_string(&text), text.len, memory_string(&wanted));
    }
    for (size_t n = 1; n < 16; n++) { /* levels: the document, the log, the entries, the entry, the arrays */
        har_buffer_clear(&text);
        har_buffer_clear(&wanted);
        har_buffer_append_text(&text, "{\"log\":{\"entries\":[{\"n\":2,\"request\":");
        const size_t from = text.len;
        for (size_t i = 0; i < n; i++)
            har_buffer_append_text(&text, "[");
        for (size_t i = 0; i < n; i++)
            har_buffer_append_text(&text, "]");
        har_buffer_append_text(&text, "},{\"request\":0,\"n\":3}]}}");
        har_buffer_printf(&wanted, n > 8 ? "!D@%zu > v3 end" : "v2 v3 end", from + 8);
        expect_reading(&narrow, memory_string(&text), text.len, memory_string(&wanted));
    }
    har_buffer_release(&text);
    har_buffer_release(&wanted);
}
END_TEST

Suite *suite_recover(void)
{
    Suite *suite = suite_create("recover");
    TCase *tcase = tcase_create("recover");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, reading_on, 0, sizeof broken / sizeof *broken);
    tcase_add_test(tcase, searching_far);
    tcase_add_loop_test(tcase, many_broken_entries, 0, 4);
    tcase_add_loop_test(tcase, cost_is_linear, 0, sizeof hostile / sizeof *hostile);
    tcase_add_test(tcase, bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}
