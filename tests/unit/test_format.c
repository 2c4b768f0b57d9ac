/* The har format: which items come from which documents, in which order, from which places. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/diag.h"
#include "memory.h"

Suite *suite_format(void);

struct reading {
    struct memory_text text;
    struct har_buffer out;
};

static void note_finding(void *user, const struct har_finding *finding)
{
    struct reading *reading = user;
    har_buffer_printf(&reading->out, "[%s] ", har_rule_info(finding->rule)->id);
    har_buffer_append(&reading->out, finding->pointer.bytes, finding->pointer.len);
    har_buffer_append_text(&reading->out, " ");
    memory_append_place(&reading->out, &reading->text, &finding->place);
    if (finding->entry >= 0)
        har_buffer_printf(&reading->out, " entry %lld", (long long)finding->entry);
    har_buffer_append_text(&reading->out, "\n");
}

/* The offset of a node counts from the item's place; a member's place is the quote of its key. */
static void check_offsets(const struct reading *reading, const struct har_item *item)
{
    static const char firsts[] = {[HAR_KIND_NULL] = 'n',   [HAR_KIND_FALSE] = 'f', [HAR_KIND_TRUE] = 't',  [HAR_KIND_NUMBER] = 0,
                                  [HAR_KIND_STRING] = '"', [HAR_KIND_ARRAY] = '[', [HAR_KIND_OBJECT] = '{'};
    const struct har_node *root = har_tree_root(item->tree);
    const char *at = reading->text.bytes + item->place.offset;
    const char first = firsts[har_node_kind(root)];
    ck_assert_ptr_null(har_node_parent(item->tree, root));
    ck_assert(!first || at[har_node_offset(item->tree, root)] == first);
    if (item->kind == HAR_ITEM_MEMBER && item->scope != HAR_SCOPE_DOCUMENT)
        ck_assert(*at == '"');
    else
        ck_assert_uint_eq(har_node_offset(item->tree, root), 0);
    if (item->streamed)
        ck_assert_ptr_null(har_node_first(item->tree, root));
}

/* One line: what it is ("*": streamed), its container, its key or ordinal, its place. */
static void note_item(struct reading *reading, const struct har_item *item)
{
    static const char *const kinds[] = {"begin", NULL, "page", "entry", "end"};
    static const char *const scopes[] = {"document", "root", "envelope", "log"};
    struct har_buffer *out = &reading->out;
    ck_assert_uint_eq(item->size, sizeof *item);
    ck_assert_uint_eq(item->document, 0);
    ck_assert_int_eq(item->tree == NULL, item->kind == HAR_ITEM_DOC_BEGIN || item->kind == HAR_ITEM_DOC_END);
    har_buffer_append_text(out, item->kind == HAR_ITEM_MEMBER ? scopes[item->scope] : kinds[item->kind]);
    har_buffer_printf(out, "%s %s", item->streamed ? "*" : "", item->container);
    if (item->kind == HAR_ITEM_PAGE || item->kind == HAR_ITEM_ENTRY)
        har_buffer_printf(out, " %llu", (unsigned long long)item->ordinal);
    if (item->tree) {
        const struct har_text key = har_node_key(item->tree, har_tree_root(item->tree));
        har_buffer_append_text(out, key.len ? " " : "");
        har_buffer_append(out, key.bytes, key.len);
        check_offsets(reading, item);
    }
    har_buffer_append_text(out, " ");
    memory_append_place(out, &reading->text, &item->place);
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
    const struct har_format *format = har_format_find("har");
    struct har_input *input;
    struct har_item item;
    enum har_status status;
    ck_assert_int_eq(har_settings_set_block_size(settings, block, &error), HAR_OK);
    ck_assert_int_eq(har_input_open(&input, memory_reader(&reading->text), &reader_args, NULL, &error), HAR_OK);
    const struct har_format_args args = {sizeof args, input, &to, NULL, settings};
    void *ctx = calloc(1, format->ctx_size);
    ck_assert_int_eq(format->open(ctx, &args, &error), HAR_OK);
    while ((status = format->item(ctx, &item, &error)) == HAR_OK || status == HAR_FAILED)
        if (status == HAR_OK)
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

static void expect_items(const char *notation, const char *wanted)
{
    static const size_t blocks[] = {65536, 1, 2, 3, 7, 31};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct reading reading;
        memory_text_init(&reading.text, notation);
        har_buffer_init(&reading.out, 1 << 20);
        read_items(&reading, blocks[i]);
        ck_assert_msg(strcmp(memory_string(&reading.out), wanted) == 0, "blocks of %zu: %s\ngave\n%swanted\n%s", blocks[i],
                      reading.text.bytes, memory_string(&reading.out), wanted);
        har_buffer_release(&reading.out);
        memory_text_release(&reading.text);
    }
}

static const struct {
    const char *text, *items;
} rows[] = {
    /* the usual order */
    {"<0>{<1>'log':{<2>'version':'1.2',<3>'creator':{},<4>'pages':[<5>{}],<6>'entries':[<7>{},<8>{}]}}<9>",
     "begin  0\nroot*  log 1\nlog /log version 2\nlog /log creator 3\nlog* /log pages 4\npage /log/pages 0 5\nlog* /log entries 6\n"
     "entry /log/entries 0 7\nentry /log/entries 1 8\nend  9\n"},
    /* pages, version and comment behind the entries, over several lines, with characters of several bytes */
    {"<0>\n{\n  <1>'log' : {\r\n\t<2>'entries': [ <3>{'\xc3\xa9':'\xf0\x9f\x98\x80'} ,\n <4>[]\n],\n<5>'pages':[\n<6>{},\n<7>7],"
     "<8>'\xe2\x82\xac':'1.2'}}\n<9>",
     "begin  0\nroot*  log 1\nlog* /log entries 2\nentry /log/entries 0 3\nentry /log/entries 1 4\nlog* /log pages 5\n"
     "page /log/pages 0 6\npage /log/pages 1 7\nlog /log \xe2\x82\xac 8\nend  9\n"},
    /* envelopes */
    {"<0>{<1>'success':true,<2>'result':{<3>'har':{<4>'log':{<5>'entries':[<6>{}]},<7>'x':1},<8>'y':[1]}}<9>",
     "begin  0\nroot  success 1\nroot*  result 2\nenvelope* /result har 3\nenvelope* /result/har log 4\n"
     "log* /result/har/log entries 5\nentry /result/har/log/entries 0 6\nenvelope /result/har x 7\nenvelope /result y 8\nend  9\n"},
    {"<0>{<1>'result':{<2>'log':{<3>'pages':[<4>{}]}},<5>'errors':[]}<6>",
     "begin  0\nroot*  result 1\nenvelope* /result log 2\nlog* /result/log pages 3\npage /result/log/pages 0 4\nroot  errors 5\n"
     "end  6\n"},
    {"<0>{<1>'result':{<2>'other':{'log':{}}}}<3>", "begin  0\nroot*  result 1\nenvelope /result other 2\nend  3\n"},
    {"<0>{<1>'result':[{'log':{}}],<2>'har':{'log':{}}}<3>", "begin  0\nroot  result 1\nroot  har 2\nend  3\n"},
    /* an envelope without a log before the log, a log before an envelope: the first log counts */
    {"<0>{<1>'result':{},<2>'log':{}}<3>", "begin  0\nroot*  result 1\nroot*  log 2\nend  3\n"},
    {"<0>{<1>'log':{},<2>'result':{'log':{}}}<3>", "begin  0\nroot*  log 1\nroot  result 2\nend  3\n"},
    /* extra members of the document */
    {"<0>{<1>'_a':1,<2>'log':{},<3>'b':{'entries':[1]}}<4>", "begin  0\nroot  _a 1\nroot*  log 2\nroot  b 3\nend  4\n"},
    /* nothing in it */
    {"<0>{}<1>", "begin  0\nend  1\n"},
    {"<0>{<1>'log':{<2>'entries':[],<3>'pages':[ \n ]}}<4>",
     "begin  0\nroot*  log 1\nlog* /log entries 2\nlog* /log pages 3\nend  4\n"},
    /* what comes again is a member like others */
    {"<0>{<1>'log':{<2>'pages':[<3>{}],<4>'pages':[{}],<5>'entries':[],<6>'entries':[{}]},<7>'log':{'entries':[{}]}}<8>",
     "begin  0\nroot*  log 1\nlog* /log pages 2\npage /log/pages 0 3\nlog /log pages 4\nlog* /log entries 5\nlog /log entries 6\n"
     "root  log 7\nend  8\n"},
    /* and what has another type */
    {"<0>{<1>'log':[{'entries':[]}]}<2>", "begin  0\nroot  log 1\nend  2\n"},
    {"<0>{<1>'log':{<2>'pages':null,<3>'entries':{'entries':[]},<4>'entries':[<5>{}]}}<6>",
     "begin  0\nroot*  log 1\nlog /log pages 2\nlog /log entries 3\nlog* /log entries 4\nentry /log/entries 0 5\nend  6\n"},
    /* keys spelled with escapes */
    {"<0>{<1>'\\u006cog':{<2>'entr\\u0069es':[<3>{}]}}<4>",
     "begin  0\nroot*  \\u006cog 1\nlog* /log entr\\u0069es 2\nentry /log/entries 0 3\nend  4\n"},
    /* no object */
    {"<0>[{'log':{}}]<2>", "begin  0\ndocument  0\nend  2\n"},
    {"<0> <1>12 <2>", "begin  0\ndocument  1\nend  2\n"},
    {"<0>'log'<2>", "begin  0\ndocument  0\nend  2\n"},
    {"<0>\n<1>null<2>", "begin  0\ndocument  1\nend  2\n"},
    /* a byte order mark counts as bytes, not as a column */
    {"<0>\xef\xbb\xbf<1>{<2>'log':{}}<3>", "[byte-order-mark]  0\nbegin  1\nroot*  log 2\nend  3\n"},
    {"<0>\xef\xbb\xbf<1>\n{<2>'log':{}}<3>", "[byte-order-mark]  0\nbegin  1\nroot*  log 2\nend  3\n"},
    /* function calls around it */
    {"<0>callback(<1>{<2>'log':{<3>'entries':[<4>{}]}});\n<5>",
     "[json-wrapper]  0\nbegin  1\nroot*  log 2\nlog* /log entries 3\nentry /log/entries 0 4\nend  5\n"},
    {"<0> a.b_$ (<1>\n{<2>'log':{}}\n) <3>", "[json-wrapper]  0\nbegin  1\nroot*  log 2\nend  3\n"},
    {"<0>\xef\xbb\xbf<1>f(<2>{})<3>", "[byte-order-mark]  0\n[json-wrapper]  1\nbegin  2\nend  3\n"},
    {"<0>f(<1>{}<2>) x", "[json-wrapper]  0\nbegin  1\n[json-syntax]  2\ncut\n"},
    {"<0>f(<1>{}<2>", "[json-wrapper]  0\nbegin  1\nend  2\n"},
    /* what is no JSON at all */
    {"<0>", "[json-truncated]  0\ncut\n"},
    {"<0> \n\t", "[json-truncated]  0\ncut\n"},
    {"<0><!DOCTYPE html>", "[not-a-har]  0\ncut\n"},
    {"<0>\xef\xbb\xbf <har/>", "[not-a-har]  0\ncut\n"},
    {"<0>%PDF-1.4", "[not-a-har]  0\ncut\n"},
    {"<0>PK\5\6", "[not-a-har]  0\ncut\n"},
    {"<0>\xff\xfe{ ", "[not-utf-8]  0\ncut\n"},
    {"<0>\xfe\xff {", "[not-utf-8]  0\ncut\n"},
    /* errors: where, and that the other entries are read */
    {"<0>{<1>'log':{<2>'entries':[<3>{'request':{}},{'request':{'headers':[{'name':<4>x}]}},<5>{'request':{}}]}}<6>",
     "begin  0\nroot*  log 1\nlog* /log entries 2\nentry /log/entries 0 3\n[json-syntax] /log/entries/1/request/headers/0/name 4 "
     "entry 1\n"
     "entry /log/entries 2 5\nend  6\n"},
    {"<0>{<1>'log':{<2>'entries':[{'a/b~c':[1,2,<3>]}]}}<4>",
     "begin  0\nroot*  log 1\nlog* /log entries 2\n[json-syntax] /log/entries/0/a~1b~0c 3 entry 0\n[json-syntax] /log/entries "
     "4\ncut\n"},
    {"<0>{<1>'log':{<2>'pages':[{'id':<3>x}],'entries':[{'request':{}}]}}",
     "begin  0\nroot*  log 1\nlog* /log pages 2\n[json-syntax] /log/pages/0/id 3\ncut\n"},
    {"<0>{<1>'log':{<2>'version':'1.2',<3>'creator':{'name':<4>x}}}",
     "begin  0\nroot*  log 1\nlog /log version 2\n[json-syntax] /log/creator/name 4\ncut\n"},
    {"<0>{<1>'log':{<2>'entries':[<3>{'request':{}},{'request':{'x':<4>",
     "begin  0\nroot*  log 1\nlog* /log entries 2\nentry /log/entries 0 3\n[json-truncated] /log/entries/1/request/x 4 entry "
     "1\ncut\n"},
    {"<0>{}<1>}", "begin  0\n[json-syntax]  1\ncut\n"},
    {"<0>x", "begin  0\n[json-syntax]  0\ncut\n"},
};

START_TEST(items)
{
    expect_items(rows[_i].text, rows[_i].items);
}
END_TEST

Suite *suite_format(void)
{
    Suite *suite = suite_create("format");
    TCase *tcase = tcase_create("format");
    tcase_add_loop_test(tcase, items, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, tcase);
    return suite;
}
