/* The xml format: which items come from which documents, from which places, in blocks of any size. */
#include <check.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/diag.h"
#include "json/tree.h"
#include "memory.h"

Suite *suite_xml_format(void);

#define HAR "<har xmlns='urn:harmill:har:1'>"

struct reading {
    struct memory_text text;  /* what is read */
    struct memory_text plain; /* the same as UTF-8, whose places are compared */
    size_t unit;              /* bytes of a unit of UTF-16 or an 8 bit encoding; 0: UTF-8 */
    size_t mark;              /* bytes before the first character */
    struct har_buffer out;
};

/* In an encoding of units, the offset of a character of the plain text: by counting units. */
static uint64_t offset_in(const struct reading *reading, size_t plain)
{
    uint64_t units = 0;
    for (size_t i = 0; i < plain; i++) {
        const unsigned char c = (unsigned char)reading->plain.bytes[i];
        units += (c & 0xc0) != 0x80;
        units += c >= 0xf0 && reading->unit == 2;
    }
    return reading->mark + units * reading->unit;
}

static void append_place(struct reading *reading, const struct har_place *place)
{
    struct har_place at = *place;
    if (at.offset == reading->text.len) {
        const struct har_place end = memory_place(&reading->plain, reading->plain.len);
        ck_assert_uint_eq(at.line, end.line);
        ck_assert_uint_eq(at.column, end.column);
        har_buffer_append_text(&reading->out, ".");
        return;
    }
    if (!reading->unit) {
        memory_append_place(&reading->out, &reading->plain, &at);
        return;
    }
    for (size_t i = 0; i <= reading->plain.len; i++)
        if (((unsigned char)reading->plain.bytes[i] & 0xc0) != 0x80 && offset_in(reading, i) == at.offset) {
            at.offset = i;
            memory_append_place(&reading->out, &reading->plain, &at);
            return;
        }
    ck_abort_msg("no character begins at byte %llu", (unsigned long long)at.offset);
}

static void note_finding(void *user, const struct har_finding *finding)
{
    struct reading *reading = user;
    har_buffer_printf(&reading->out, "[%s] ", har_rule_info(finding->rule)->id);
    har_buffer_append(&reading->out, finding->pointer.bytes, finding->pointer.len);
    har_buffer_append_text(&reading->out, " ");
    append_place(reading, &finding->place);
    if (finding->entry >= 0)
        har_buffer_printf(&reading->out, " entry %lld", (long long)finding->entry);
    har_buffer_append_text(&reading->out, "\n");
}

/* The value as JSON would have it, each with the digit of its place in front. */
static void note_value(struct reading *reading, const struct har_tree *tree, const struct har_node *node)
{
    struct har_buffer *out = &reading->out;
    const struct har_text key = har_node_key(tree, node), text = har_node_text(tree, node);
    const enum har_kind kind = har_node_kind(node);
    append_place(reading, &tree->span[node - tree->node].place);
    if (key.len) {
        har_buffer_append(out, key.bytes, key.len);
        har_buffer_append_text(out, "=");
    }
    if (kind == HAR_KIND_OBJECT || kind == HAR_KIND_ARRAY) {
        har_buffer_append_text(out, kind == HAR_KIND_OBJECT ? "{" : "[");
        for (const struct har_node *n = har_node_first(tree, node); n; n = har_node_next(tree, n)) {
            ck_assert_ptr_eq(har_node_parent(tree, n), node);
            note_value(reading, tree, n);
        }
        har_buffer_append_text(out, kind == HAR_KIND_OBJECT ? "}" : "]");
    } else if (kind == HAR_KIND_STRING || kind == HAR_KIND_NUMBER) {
        har_buffer_append_text(out, kind == HAR_KIND_STRING ? "'" : "");
        har_buffer_append(out, text.bytes, text.len);
        har_buffer_append_text(out, kind == HAR_KIND_STRING ? "'" : "");
    } else {
        har_buffer_append_text(out, kind == HAR_KIND_NULL ? "null" : kind == HAR_KIND_TRUE ? "true" : "false");
    }
    har_buffer_append_text(out, ";");
}

/* Flags must tell whether the text has escapes. */
static void check_flags(const struct har_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct har_node *node = &tree->node[i];
        const bool key = node->key_len && memchr(json_key(tree, node), '\\', node->key_len);
        const bool text = node->kind == HAR_KIND_STRING && node->text_len && memchr(json_text(tree, node), '\\', node->text_len);
        ck_assert_int_eq((node->flags & JSON_KEY_ESCAPED) != 0, key);
        ck_assert_int_eq((node->flags & JSON_TEXT_ESCAPED) != 0, text);
    }
}

static void note_item(struct reading *reading, const struct har_item *item)
{
    static const char *const kinds[] = {"begin", NULL, "page", "entry", "end"};
    static const char *const scopes[] = {"document", "root", "envelope", "log"};
    struct har_buffer *out = &reading->out;
    ck_assert_uint_eq(item->size, sizeof *item);
    ck_assert_int_eq(item->tree == NULL, item->kind == HAR_ITEM_DOC_BEGIN || item->kind == HAR_ITEM_DOC_END);
    har_buffer_append_text(out, item->kind == HAR_ITEM_MEMBER ? scopes[item->scope] : kinds[item->kind]);
    har_buffer_printf(out, "%s %s", item->streamed ? "*" : "", item->container);
    if (item->kind == HAR_ITEM_PAGE || item->kind == HAR_ITEM_ENTRY)
        har_buffer_printf(out, " %llu", (unsigned long long)item->ordinal);
    har_buffer_append_text(out, " ");
    append_place(reading, &item->place);
    if (item->tree) {
        ck_assert_ptr_null(har_node_parent(item->tree, har_tree_root(item->tree)));
        ck_assert(!item->streamed || !har_node_first(item->tree, har_tree_root(item->tree)));
        check_flags(item->tree);
        har_buffer_append_text(out, " ");
        note_value(reading, item->tree, har_tree_root(item->tree));
    }
    har_buffer_append_text(out, "\n");
}

static void read_items(struct reading *reading, size_t block)
{
    struct har_error error = {0};
    struct har_settings *settings = har_settings_new();
    struct har_summary summary = {.size = sizeof summary, .source = "memory:"};
    struct har_report_to to = {
        .settings = settings, .summary = &summary, .blind = true, .on_finding = note_finding, .user = reading};
    const struct har_reader_args reader_args = {sizeof reader_args, "memory:", NULL, settings, NULL};
    const struct har_format *format = har_format_find("xml");
    struct har_input *input;
    struct har_item item;
    enum har_status status;
    ck_assert_int_eq(har_settings_set_block_size(settings, block, &error), HAR_OK);
    ck_assert_int_eq(har_settings_set_bound(settings, HAR_BOUND_DEPTH, 8, &error), HAR_OK);
    ck_assert_int_eq(har_input_open(&input, memory_reader(&reading->text), &reader_args, NULL, &error), HAR_OK);
    const struct har_format_args args = {sizeof args, input, &to, NULL, settings};
    void *ctx = calloc(1, format->ctx_size);
    ck_assert_int_eq(format->open(ctx, &args, &error), HAR_OK);
    while ((status = format->item(ctx, &item, &error)) == HAR_OK)
        note_item(reading, &item);
    if (status == HAR_FATAL) {
        ck_assert_int_eq(error.domain, HAR_DOMAIN_DATA);
        har_buffer_append_text(&reading->out, "cut\n");
    }
    format->close(ctx);
    free(ctx);
    diag_release(&to);
    har_input_close(input);
    har_settings_free(settings);
}

static const size_t blocks[] = {65536, 1, 2, 3, 7, 31};

enum { BLOCKS = sizeof blocks / sizeof *blocks };

static void expect_same(struct reading *reading, const char *wanted, const char *how)
{
    for (size_t i = 0; i < BLOCKS; i++) {
        har_buffer_init(&reading->out, 1 << 22);
        read_items(reading, blocks[i]);
        ck_assert_msg(strcmp(memory_string(&reading->out), wanted) == 0, "blocks of %zu, %s: %s\ngave\n%swanted\n%s", blocks[i],
                      how, reading->plain.bytes, memory_string(&reading->out), wanted);
        har_buffer_release(&reading->out);
    }
}

static void expect_items(const char *notation, const char *wanted)
{
    struct reading reading = {.unit = 0};
    memory_text_init(&reading.plain, notation);
    memory_text_raw(&reading.text, reading.plain.bytes, reading.plain.len);
    expect_same(&reading, wanted, "UTF-8");
    memory_text_release(&reading.text);
    memory_text_release(&reading.plain);
}

/* The same document in another encoding, with `mark` in front, gives the same items with the offsets of its own bytes. */
static void expect_encoded(const char *notation, const char *wanted, const char *encoding, const char *mark, size_t mark_len,
                           size_t unit)
{
    char room[8192];
    struct reading reading = {.unit = unit, .mark = mark_len};
    memory_text_init(&reading.plain, notation);
    char *in = reading.plain.bytes, *out = room + mark_len;
    size_t in_left = reading.plain.len, out_left = sizeof room - mark_len;
    iconv_t converter = iconv_open(encoding, "UTF-8");
    ck_assert(converter != (iconv_t)-1);
    memcpy(room, mark, mark_len);
    ck_assert_uint_eq(iconv(converter, &in, &in_left, &out, &out_left), 0);
    iconv_close(converter);
    memory_text_raw(&reading.text, room, sizeof room - out_left);
    expect_same(&reading, wanted, encoding);
    memory_text_release(&reading.text);
    memory_text_release(&reading.plain);
}

static const struct {
    const char *text, *items;
} rows[] = {
    /* the usual order; an item's place is its element's */
    {"<0>" HAR "<1><log><2><version>1.2</version><3><creator><4><name>x</name></creator><5><pages><6><page/></pages><7><entries>"
     "<8><entry/><9><entry></entry></entries></log></har>",
     "begin  0\nroot*  1 1log={};\nlog /log 2 2version='1.2';\nlog /log 3 3creator={4name='x';};\nlog* /log 5 5pages=[];\n"
     "page /log/pages 0 6 6{};\nlog* /log 7 7entries=[];\nentry /log/entries 0 8 8{};\nentry /log/entries 1 9 9{};\nend  .\n"},
    /* over several lines, with characters of several bytes, comments, CDATA, references, attributes in any order */
    {"<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- \xe2\x82\xac -->\n<?p \xf0\x9f\x98\x80?><0>" HAR
     "\n <1><log>\n  <!--\n--> <2><entries>\n"
     "<3><entry><!-- \xc3\xa9 --><4><request><5><url>\xf0\x9f\x98\x80&amp;<!-- x --><![CDATA[<&]]>&#13;&#x41;</url></request\n>"
     "<?q?><6><member\n type='array'\tname='\xc3\xa9&lt;&amp;&#10;'\n><7>\xe2\x80\x8b</member></entry></entries></log></har>",
     "begin  0\nroot*  1 1log={};\nlog* /log 2 2entries=[];\n[xml-vocabulary] /log/entries/0/\xc3\xa9<&\\n 7 entry 0\n"
     "entry /log/entries 0 3 3{4request={5url='\xf0\x9f\x98\x80&<&\\rA';};6\xc3\xa9<&\\n=[];};\nend  .\n"},
    /* types */
    {"<0>" HAR "<1><log><2><member name='a' type='array'><3><item/><4><item type='null'/><5><item type='number'> 1.0e+1 </item>"
     "<6><item type='boolean'>true</item><7><item type='object'><8><member name='b' type='boolean'>\nfalse</member></item>"
     "<9><item type='string'> \n</item></member></log></har>",
     "begin  0\nroot*  1 1log={};\nlog /log 2 2a=[3'';4null;51.0e+1;6true;7{8b=false;};9' \\n';];\nend  .\n"},
    /* JSON inside, escapes, chunks */
    {"<0>" HAR "<1><log><2><member name='j' type='json'>{&quot;a&quot;:[1,{}],&quot;b&quot;:&quot;\\u0041&quot;}</member>"
     "<3><comment escaped='true'>\\ud83d\\u0001\\/'\\\\</comment><4><member escaped-name='1' name='\\u0007' chunked='true'>\n"
     "<chunk>a</chunk> <chunk/><chunk>&lt;</chunk></member></log></har>",
     "begin  0\nroot*  1 1log={};\nlog /log 2 2j={2a=[21;2{};];2b='\\u0041';};\nlog /log 3 3comment='\\ud83d\\u0001/\\\"\\\\';\n"
     "log /log 4 4\\u0007='a<';\nend  .\n"},
    /* documents that are no object */
    {"<0>" HAR "</har>", "begin  0\nend  .\n"},
    {"<0><har type='array' xmlns='urn:harmill:har:1'><1><item>x</item></har>", "begin  0\ndocument  0 0[1'x';];\nend  .\n"},
    {"<0><har type='null' xmlns='urn:harmill:har:1'/>", "begin  0\ndocument  0 0null;\nend  .\n"},
    /* what comes again is a member like others */
    {"<0>" HAR "<1><log><2><entries/><3><entries><4><entry/></entries></log><5><log><6><member name='version'/></log></har>",
     "begin  0\nroot*  1 1log={};\nlog* /log 2 2entries=[];\nlog /log 3 3entries=[4{};];\nroot  5 5log={6version='';};\nend  .\n"},
    /* another prefix for our namespace */
    {"<0><h:har xmlns:h='urn:harmill:har:1'><1><h:log><2><h:comment>x</h:comment></h:log></h:har>",
     "begin  0\nroot*  1 1log={};\nlog /log 2 2comment='x';\nend  .\n"},
    /* what is not of the vocabulary is left aside, and reading goes on */
    {"<0>" HAR "<1><log><2><x><y/><entries/></x><3><comment>a<4><b>x</b>c</comment><5><entries><6><item/><7><page/>  "
               "<8>x</entries></log></har>",
     "begin  0\nroot*  1 1log={};\n[xml-vocabulary] /log 2\n[xml-vocabulary] /log/comment 4\nlog /log 3 3comment='ac';\n"
     "log* /log 5 5entries=[];\nentry /log/entries 0 6 6'';\n[xml-vocabulary] /log/entries 7\n[xml-vocabulary] /log/entries 8\nend "
     " .\n"},
    {"<0>" HAR "<1><log><2><comment kind='x' type='y'>a</comment></log></har>",
     "begin  0\nroot*  1 1log={};\n[xml-vocabulary] /log 2\n[xml-vocabulary] /log 2\nlog /log 2 2comment='a';\nend  .\n"},
    /* what ends reading */
    {"<0><!DOCTYPE har>" HAR "</har>", "[xml-vocabulary]  0\ncut\n"},
    {"<0><other/>", "[xml-vocabulary]  0\ncut\n"},
    {"<0>" HAR "<1><log><2><comment>a</comment><3></logs></har>",
     "begin  0\nroot*  1 1log={};\nlog /log 2 2comment='a';\n[xml-syntax] /log 3\ncut\n"},
    {"<0>" HAR "<1><log><2><comment>\xc3\xa9<3>\x01</comment></log></har>",
     "begin  0\nroot*  1 1log={};\n[xml-syntax] /log/comment 3\ncut\n"},
    {"<0>" HAR "<1><log><2><comment>\xc3\xa9<3>\xff</comment></log></har>",
     "begin  0\nroot*  1 1log={};\n[xml-syntax] /log/comment 3\ncut\n"},
    {"<0>" HAR "<1><log>\n<2><comment>\xc3\xa9<3>", "begin  0\nroot*  1 1log={};\n[xml-syntax] /log/comment .\ncut\n"},
    {"<0>" HAR "<1><log>\n<2><comment type='x", "begin  0\nroot*  1 1log={};\n[xml-syntax] /log 2\ncut\n"},
    {"<0>" HAR "<1><log>\n<2><comment <x/>", "begin  0\nroot*  1 1log={};\n[xml-syntax] /log 2\ncut\n"},
    {"<0>" HAR "</har>\n<1><har/>", "begin  0\n[xml-syntax]  1\ncut\n"},
    {"<0>", "[xml-syntax]  .\ncut\n"},
    {"<0>{'log':{}}", "[xml-syntax]  0\ncut\n"},
    /* bounds */
    {"<0>" HAR "<1><log><2><member name='a' type='array'><3><item type='array'><4><item type='array'><5><item type='array'>"
     "<6><item type='array'><7><item type='array'><8><item type='array'/></item></item></item></item></item></member></log></har>",
     "begin  0\nroot*  1 1log={};\n[too-deep] /log/a/0/0/0/0/0 8\ncut\n"},
    {"<0>" HAR "<1><log><2><member name='a' type='json'>[[[[[[]]]]]]</member><3><member name='a' "
               "type='json'>[[[[[[[]]]]]]]</member></log></har>",
     "begin  0\nroot*  1 1log={};\nlog /log 2 2a=[2[2[2[2[2[];];];];];];\n[too-deep] /log/a 3\nlog /log 3 3a=null;\nend  .\n"},
};

START_TEST(items)
{
    expect_items(rows[_i].text, rows[_i].items);
}
END_TEST

START_TEST(encodings)
{
    static const char notation[] =
        "<?xml version='1.0' encoding='%s'?>\n<0>" HAR "\n\n<1><log><5>\xc3\xa9\xc3\xbc<2><comment>\xc3\xa9</comment>"
        "<3><entries><4><entry/></entries></log></har>";
    static const char wanted[] = "begin  0\nroot*  1 1log={};\n[xml-vocabulary] /log 5\nlog /log 2 2comment='\xc3\xa9';\n"
                                 "log* /log 3 3entries=[];\nentry /log/entries 0 4 4{};\nend  .\n";
    static const struct {
        const char *name, *iconv, *mark;
        size_t mark_len, unit;
    } encoding[] = {
        {"UTF-16", "UTF-16LE", "\xff\xfe", 2, 2}, {"UTF-16", "UTF-16BE", "\xfe\xff", 2, 2},
        {"UTF-16LE", "UTF-16LE", "", 0, 2},       {"UTF-32", "UTF-32LE", "\xff\xfe\0\0", 4, 4},
        {"ISO-8859-1", "ISO-8859-1", "", 0, 1},   {"windows-1252", "WINDOWS-1252", "", 0, 1},
        {"iso-8859-15", "ISO-8859-15", "", 0, 1},
    };
    char text[1024];
    snprintf(text, sizeof text, notation, encoding[_i].name);
    expect_encoded(text, wanted, encoding[_i].iconv, encoding[_i].mark, encoding[_i].mark_len, encoding[_i].unit);
}
END_TEST

/* A byte order mark counts as bytes, not as a column. */
START_TEST(byte_order_mark)
{
    struct reading reading = {.unit = 0};
    memory_text_init(&reading.plain, "\xef\xbb\xbf<0>" HAR "<1><log/></har>");
    memory_text_raw(&reading.text, reading.plain.bytes, reading.plain.len);
    expect_same(&reading, "begin  0\nroot*  1 1log={};\nend  .\n", "UTF-8");
    memory_text_release(&reading.text);
    memory_text_release(&reading.plain);
}
END_TEST

/* Text and markup that pieces and windows cut: long runs of every kind, whose ends must be where they are. */
START_TEST(long_runs)
{
    static const char *const parts[] = {"x",    "\xc3\xa9",   "\xf0\x9f\x98\x80", "&amp;",   "]",
                                        "\r\n", "<!-- - -->", "<![CDATA[]]]]>",   "<?x ? ?>"};
    struct har_buffer text, wanted;
    struct reading reading = {.unit = 0};
    har_buffer_init(&text, 1 << 22);
    har_buffer_init(&wanted, 1 << 22);
    har_buffer_append_text(&text, "<0>" HAR "<1><log><2><member name='a'>");
    for (int i = 0; i < 6000; i++)
        har_buffer_append_text(&text, parts[_i]);
    har_buffer_append_text(&text, "z</member><3><comment>y</comment></log></har>");
    memory_text_init(&reading.plain, memory_string(&text));
    memory_text_raw(&reading.text, reading.plain.bytes, reading.plain.len);
    har_buffer_append_text(&wanted, "begin  0\nroot*  1 1log={};\nlog /log 2 2a='");
    static const char *const values[] = {"x", "\xc3\xa9", "\xf0\x9f\x98\x80", "&", "]", "\\n", "", "]]", ""};
    for (int i = 0; i < 6000; i++)
        har_buffer_append_text(&wanted, values[_i]);
    har_buffer_append_text(&wanted, "z';\nlog /log 3 3comment='y';\nend  .\n");
    expect_same(&reading, memory_string(&wanted), parts[_i]);
    memory_text_release(&reading.text);
    memory_text_release(&reading.plain);
    har_buffer_release(&text);
    har_buffer_release(&wanted);
}
END_TEST

/* Rules point into the XML: at the element. */
START_TEST(rules)
{
    struct memory_run run;
    memory_run_init(
        &run,
        HAR "\n<0><log><1><version>1.1</version><2><creator><name>x</name></creator><3><entries><4><entry><5><time>1e999</time>"
            "<6><comment escaped='true'>\\u0000</comment></entry></entries></log></har>");
    run.job.format = har_format_find("xml");
    memory_run_go(&run);
    const char *told = memory_string(&run.told);
    ck_assert_ptr_nonnull(strstr(told, "2 error /log/creator [missing-member]"));
    ck_assert_ptr_nonnull(strstr(told, "4 error /log/entries/0 [missing-member]"));
    ck_assert_ptr_nonnull(strstr(told, "5 warning /log/entries/0/time [number-precision]"));
    ck_assert_ptr_nonnull(strstr(told, "6 info /log/entries/0/comment [nul-character]"));
    ck_assert_ptr_nonnull(strstr(told, "6 info /log/entries/0/comment [newer-member]"));
    memory_run_release(&run);
}
END_TEST

Suite *suite_xml_format(void)
{
    Suite *suite = suite_create("xml_format");
    TCase *tcase = tcase_create("xml_format");
    if (har_format_find("xml")->open) {
        tcase_add_loop_test(tcase, items, 0, sizeof rows / sizeof *rows);
        tcase_add_loop_test(tcase, encodings, 0, 7);
        tcase_add_test(tcase, byte_order_mark);
        tcase_add_loop_test(tcase, long_runs, 0, 9);
        tcase_add_test(tcase, rules);
    }
    suite_add_tcase(suite, tcase);
    return suite;
}
