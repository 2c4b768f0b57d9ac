/* The writer xml, rule by rule of docs/xml.md, its bytes written out by hand. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "parsed.h"

Suite *suite_xml_writer(void);

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define HAR         "<har xmlns=\"urn:harmill:har:1\">"

static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};

/* Converts `run`'s text; the caller releases the run. */
static void convert(struct memory_run *run, const struct har_option *options)
{
    memory_run_write(run, options);
    run->output[0].writer = har_writer_find("xml");
    ck_assert_ptr_nonnull(run->output[0].writer);
    memory_run_go(run);
    ck_assert_int_eq(run->status, HAR_OK);
}

static void expect(const char *notation, const struct har_option *options, const char *before, const char *inside,
                   const char *behind)
{
    struct memory_run run;
    struct har_buffer wanted;
    memory_run_init(&run, notation);
    har_buffer_init(&wanted, 1 << 20);
    har_buffer_printf(&wanted, "%s%s%s\n", before, inside, behind);
    convert(&run, options);
    ck_assert_str_eq(memory_string(&run.written[0]), memory_string(&wanted));
    har_buffer_release(&wanted);
    memory_run_release(&run);
}

/* Documents, on one line: what stands in the root. */
static const struct {
    const char *notation, *inside;
} documents[] = {
    /* members with a row, and others */
    {"{'log':{}}", "<log></log>"},
    {"{'log':{'version':'1.2','comment':'a'}}", "<log><version>1.2</version><comment>a</comment></log>"},
    {"{'log':{'comment':'a','_b':'c','version':'1.2'}}",
     "<log><version>1.2</version><comment>a</comment><member name=\"_b\">c</member></log>"},
    {"{'log':{'creator':{'_x':1,'version':'2','name':'n'}}}",
     "<log><creator><name>n</name><version>2</version><member name=\"_x\" type=\"number\">1</member></creator></log>"},
    {"{'log':{'\\u0076ersion':'1.2'}}", "<log><version>1.2</version></log>"},
    /* arrays of objects */
    {"{'log':{'pages':[],'entries':[]}}", "<log><pages></pages><entries></entries></log>"},
    {"{'log':{'entries':[{'time':1}],'pages':[{'id':'p'}]}}",
     "<log><pages><page><id>p</id></page></pages><entries><entry><time>1</time></entry></entries></log>"},
    {"{'log':{'entries':[{'request':{'cookies':[{'name':'a'}],'headers':[{'name':'b'}],'queryString':[{'name':'c'}],"
     "'postData':{'params':[{'name':'d'}]}}}]}}",
     "<log><entries><entry><request><cookies><cookie><name>a</name></cookie></cookies><headers><header><name>b</name></header>"
     "</headers><queryString><query><name>c</name></query></queryString><postData><params><param><name>d</name></param></params>"
     "</postData></request></entry></entries></log>"},
    /* other arrays */
    {"{'log':{'_a':['x',1,null,true,[],{},[['y']],{'k':'v'}]}}",
     "<log><member name=\"_a\" type=\"array\"><item>x</item><item type=\"number\">1</item><item type=\"null\"/>"
     "<item type=\"boolean\">true</item><item type=\"array\"/><item type=\"object\"/><item type=\"array\"><item type=\"array\">"
     "<item>y</item></item></item><item type=\"object\"><member name=\"k\">v</member></item></member></log>"},
    /* types other than the table's */
    {"{'log':{'version':1.2,'creator':'x','browser':null,'comment':false}}",
     "<log><version type=\"number\">1.2</version><creator type=\"string\">x</creator><browser type=\"null\"/>"
     "<comment type=\"boolean\">false</comment></log>"},
    {"{'log':{'pages':null,'entries':{'a':1}}}",
     "<log><pages type=\"null\"/><entries type=\"object\"><member name=\"a\" type=\"number\">1</member></entries></log>"},
    {"{'log':{'entries':[1,[2,{'time':3}],null,'e']}}",
     "<log><entries><entry type=\"number\">1</entry><entry type=\"array\"><item type=\"number\">2</item><item type=\"object\">"
     "<member name=\"time\" type=\"number\">3</member></item></entry><entry type=\"null\"/><entry type=\"string\">e</entry>"
     "</entries></log>"},
    {"{'log':{'entries':[{'request':{'url':{'url':'u'},'headers':[[{'name':'n'}],'h'],'cookies':{'name':'c'}}}]}}",
     "<log><entries><entry><request><url type=\"object\"><member name=\"url\">u</member></url><cookies type=\"object\">"
     "<member name=\"name\">c</member></cookies><headers><header type=\"array\"><item type=\"object\"><member name=\"name\">n"
     "</member></item></header><header type=\"string\">h</header></headers></request></entry></entries></log>"},
    {"{'log':{'creator':[{'name':'n','_a':[1]}],'comment':'c'}}",
     "<log><creator type=\"array\"><item type=\"object\"><member name=\"name\">n</member><member name=\"_a\" type=\"array\">"
     "<item type=\"number\">1</item></member></item></creator><comment>c</comment></log>"},
    {"{'log':{'entries':[{'cache':{'beforeRequest':null,'afterRequest':{'hitCount':1}},'timings':{}}]}}",
     "<log><entries><entry><cache><beforeRequest type=\"null\"/><afterRequest><hitCount>1</hitCount></afterRequest></cache>"
     "<timings/></entry></entries></log>"},
    /* numbers as written */
    {"{'log':{'_a':[1.50,1e400,-0,1E+2,123456789012345678901234567890]}}",
     "<log><member name=\"_a\" type=\"array\"><item type=\"number\">1.50</item><item type=\"number\">1e400</item>"
     "<item type=\"number\">-0</item><item type=\"number\">1E+2</item>"
     "<item type=\"number\">123456789012345678901234567890</item></member></log>"},
    /* text */
    {"{'log':{'version':'','comment':' a\\tb\\nc\\rd  '}}", "<log><version/><comment> a\tb\nc&#13;d  </comment></log>"},
    {"{'log':{'comment':'<a href=\\'x\\'>&amp;]]>\\/\\\\\\u003c\\u00e9\\ud83d\\ude00'}}",
     "<log><comment>&lt;a href=\"x\"&gt;&amp;amp;]]&gt;/\\&lt;\xc3\xa9\xf0\x9f\x98\x80</comment></log>"},
    {"{'log':{'comment':'a\\u0000\\'\\\\\\n<\\ud83d'}}",
     "<log><comment escaped=\"true\">a\\u0000\\\"\\\\\\n&lt;\\ud83d</comment></log>"},
    {"{'log':{'comment':'\\uFFFE','version':'\xef\xbf\xbf'}}",
     "<log><version escaped=\"true\">\\uffff</version><comment escaped=\"true\">\\ufffe</comment></log>"},
    /* names */
    {"{'log':{'':'','a b':'c','<&>\\'':'d','\\t\\n\\r':'e','\\u0000\\'':'f\\u0001'}}",
     "<log><member name=\"\"/><member name=\"a b\">c</member><member name=\"&lt;&amp;&gt;&quot;\">d</member>"
     "<member name=\"&#9;&#10;&#13;\">e</member>"
     "<member name=\"\\u0000\\&quot;\" escaped-name=\"true\" escaped=\"true\">f\\u0001</member></log>"},
    /* duplicates */
    {"{'log':{'version':'1','_a':1,'version':'2','_a':2}}",
     "<log><version>1</version><version>2</version><member name=\"_a\" type=\"number\">1</member>"
     "<member name=\"_a\" type=\"number\">2</member></log>"},
    {"{'log':{'entries':[{}],'entries':[{'time':1}]},'log':{'version':'1','entries':[]}}",
     "<log><entries><entry/></entries><entries><entry><time>1</time></entry></entries></log>"
     "<log><member name=\"version\">1</member><member name=\"entries\" type=\"array\"/></log>"},
    /* beside the log */
    {"{'_a':[1],'log':{'version':'1.2'},'b':null}",
     "<log><version>1.2</version></log><member name=\"_a\" type=\"array\"><item type=\"number\">1</item></member>"
     "<member name=\"b\" type=\"null\"/>"},
    {"{'result':{'log':{'version':'1.2'},'_kept':'k','left':'out'},'success':true}",
     "<log><version>1.2</version></log><member name=\"_kept\">k</member>"},
    {"{'log':5}", "<log type=\"number\">5</log>"},
};

START_TEST(rules)
{
    expect(documents[_i].notation, one_line, DECLARATION HAR, documents[_i].inside, "</har>");
}
END_TEST

START_TEST(indented)
{
    static const char notation[] =
        "{'log':{'version':'1.2','pages':[],'entries':[{'time':1,'_a':[[],{'b':'c'}],'_d':'e'}]},'_x':{}}";
    expect(notation, NULL, DECLARATION "\n" HAR,
           "\n"
           "  <log>\n"
           "    <version>1.2</version>\n"
           "    <pages></pages>\n"
           "    <entries>\n"
           "      <entry>\n"
           "        <time>1</time>\n"
           "        <member name=\"_a\" type=\"array\">\n"
           "          <item type=\"array\"/>\n"
           "          <item type=\"object\">\n"
           "            <member name=\"b\">c</member>\n"
           "          </item>\n"
           "        </member>\n"
           "        <member name=\"_d\">e</member>\n"
           "      </entry>\n"
           "    </entries>\n"
           "  </log>\n"
           "  <member name=\"_x\" type=\"object\"/>\n",
           "</har>");
}
END_TEST

static void append_times(struct har_buffer *out, const char *text, size_t times)
{
    const size_t len = strlen(text);
    char *at = har_buffer_reserve(out, len * times);
    ck_assert_ptr_nonnull(at);
    for (size_t i = 0; i < times; i++)
        memcpy(at + i * len, text, len);
    out->len += len * times;
}

/* What stands before and behind the first entry's members, in the notation and in XML. */
#define ENTRY     "{\"log\":{\"entries\":[{"
#define ENTRY_END "}]}}"
#define XML       DECLARATION HAR "<log><entries><entry>"
#define XML_END   "</entry></entries></log></har>\n"

static void expect_built(struct har_buffer *text, struct har_buffer *wanted)
{
    struct memory_run run;
    ck_assert(!text->failed && !wanted->failed);
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text->data, text->len);
    har_settings_set_bound(run.settings, HAR_BOUND_DEPTH, 4096, NULL);
    convert(&run, one_line);
    ck_assert_uint_eq(run.written[0].len, wanted->len);
    ck_assert(memcmp(run.written[0].data, wanted->data, wanted->len) == 0);
    memory_run_release(&run);
    har_buffer_release(text);
    har_buffer_release(wanted);
}

static void start_built(struct har_buffer *text, struct har_buffer *wanted)
{
    har_buffer_init(text, 1 << 28);
    har_buffer_init(wanted, 1 << 28);
    har_buffer_append_text(text, ENTRY);
    har_buffer_append_text(wanted, XML);
}

/* Of har, log, entries, entry and _a, entry's member is the fifth element: 196 arrays fit, what is in them is JSON. */
START_TEST(deep)
{
    const size_t depth[] = {195, 196, 197, 198, 300};
    struct har_buffer text, wanted;
    const size_t levels = depth[_i], elements = levels < 196 ? levels : 196;
    start_built(&text, &wanted);
    har_buffer_append_text(&text, "\"_a\":");
    append_times(&text, "[", levels);
    har_buffer_append_text(&text, "\"<\\u0001\",2");
    append_times(&text, "]", levels);
    har_buffer_append_text(&text, ENTRY_END);

    har_buffer_append_text(&wanted, "<member name=\"_a\" type=\"array\">");
    append_times(&wanted, "<item type=\"array\">", elements - 1);
    if (levels == elements) {
        har_buffer_append_text(&wanted, "<item escaped=\"true\">&lt;\\u0001</item><item type=\"number\">2</item>");
    } else {
        har_buffer_append_text(&wanted, "<item type=\"json\">");
        append_times(&wanted, "[", levels - elements);
        har_buffer_append_text(&wanted, "\"&lt;\\u0001\",2");
        append_times(&wanted, "]", levels - elements);
        har_buffer_append_text(&wanted, "</item>");
    }
    append_times(&wanted, "</item>", elements - 1);
    har_buffer_append_text(&wanted, "</member>" XML_END);
    expect_built(&text, &wanted);
}
END_TEST

/* JSON in text follows the rules of text. */
START_TEST(deep_and_escaped)
{
    struct har_buffer text, wanted;
    start_built(&text, &wanted);
    har_buffer_append_text(&text, "\"_a\":");
    append_times(&text, "[", 196);
    har_buffer_append_text(&text, "{\"k\":\"\\\"\xef\xbf\xbe\"}");
    append_times(&text, "]", 196);
    har_buffer_append_text(&text, ENTRY_END);
    har_buffer_append_text(&wanted, "<member name=\"_a\" type=\"array\">");
    append_times(&wanted, "<item type=\"array\">", 195);
    har_buffer_append_text(&wanted, "<item type=\"json\" escaped=\"true\">{\\\"k\\\":\\\"\\\\\\\"\\ufffe\\\"}</item>");
    append_times(&wanted, "</item>", 195);
    har_buffer_append_text(&wanted, "</member>" XML_END);
    expect_built(&text, &wanted);
}
END_TEST

enum { MOST = 8000000 };

/* Text that just fits: characters that take more in XML than in JSON, or less. */
static const struct {
    const char *json, *xml;
} fitting[] = {
    {"x", "x"}, {"&", "&amp;"}, {"\\u0001", "\\u0001"}, {"\\n", "\n"}, {"\xe2\x82\xac\\r", "\xe2\x82\xac&#13;"},
};

START_TEST(long_text)
{
    const size_t count = MOST / strlen(fitting[_i].xml);
    struct har_buffer text, wanted;
    start_built(&text, &wanted);
    har_buffer_append_text(&text, "\"comment\":\"");
    append_times(&text, fitting[_i].json, count);
    har_buffer_append_text(&text, "\"" ENTRY_END);
    har_buffer_append_text(&wanted, strstr(fitting[_i].xml, "u0001") ? "<comment escaped=\"true\">" : "<comment>");
    append_times(&wanted, fitting[_i].xml, count);
    har_buffer_append_text(&wanted, "</comment>" XML_END);
    expect_built(&text, &wanted);
}
END_TEST

/* Chunks: none above the most, none cut inside a character or an escape, together the text. */
static const struct {
    const char *json, *xml;
    bool escaped;
} chunked[] = {
    {"x", "x", false},
    {"&", "&amp;", false},
    {"\xe2\x82\xac", "\xe2\x82\xac", false},
    {"\\\\\\u0001", "\\\\\\u0001", true},
};

START_TEST(chunks)
{
    const size_t xml_len = strlen(chunked[_i].xml), count = 2 * MOST / xml_len + 5;
    struct memory_run run;
    struct har_buffer text;
    har_buffer_init(&text, 1 << 28);
    har_buffer_append_text(&text, ENTRY "\"comment\":\"");
    append_times(&text, chunked[_i].json, count);
    har_buffer_append_text(&text, "\"" ENTRY_END);
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text.data, text.len);
    convert(&run, one_line);
    const char *at = memory_string(&run.written[0]);
    const char *const start =
        chunked[_i].escaped ? XML "<comment escaped=\"true\" chunked=\"true\">" : XML "<comment chunked=\"true\">";
    ck_assert(strncmp(at, start, strlen(start)) == 0);
    at += strlen(start);
    size_t seen = 0, chunk_count = 0;
    while (strncmp(at, "<chunk>", 7) == 0) {
        at += 7;
        const char *const end = strstr(at, "</chunk>");
        ck_assert_ptr_nonnull(end);
        ck_assert_int_gt(end - at, 0);
        ck_assert_int_le(end - at, MOST);
        chunk_count++;
        bool same = true;
        for (; at < end; at++, seen++) /* all units are alike: an offset tells the byte */
            same &= *at == chunked[_i].xml[seen % xml_len];
        ck_assert(same);
        const bool pair = chunked[_i].escaped && seen % xml_len == 2; /* between \\ and \u0001 */
        ck_assert(seen % xml_len == 0 || pair);
        at += 8;
    }
    ck_assert_uint_eq(seen, count * xml_len);
    ck_assert_uint_eq(chunk_count, 3);
    ck_assert_str_eq(at, "</comment>" XML_END);
    har_buffer_release(&text);
    memory_run_release(&run);
}
END_TEST

/* The object around a name above 45,000 bytes is JSON; the log itself never is. */
START_TEST(long_names)
{
    struct har_buffer text, wanted;
    const size_t len = _i ? 45001 : 45000;
    start_built(&text, &wanted);
    har_buffer_append_text(&text, "\"_a\":{\"b\":{\"c\":1,\"");
    append_times(&text, "n", len);
    har_buffer_append_text(&text, "\":2},\"d\":3}" ENTRY_END);
    har_buffer_append_text(&wanted, "<member name=\"_a\" type=\"object\"><member name=\"b\" type=");
    har_buffer_append_text(&wanted,
                           _i ? "\"json\">{\"c\":1,\"" : "\"object\"><member name=\"c\" type=\"number\">1</member><member name=\"");
    append_times(&wanted, "n", len);
    har_buffer_append_text(&wanted, _i ? "\":2}" : "\" type=\"number\">2</member>");
    har_buffer_append_text(&wanted, "</member><member name=\"d\" type=\"number\">3</member></member>" XML_END);
    expect_built(&text, &wanted);
}
END_TEST

START_TEST(long_name_in_the_log)
{
    struct har_buffer text, wanted;
    har_buffer_init(&text, 1 << 20);
    har_buffer_init(&wanted, 1 << 20);
    har_buffer_append_text(&text, "{\"log\":{\"");
    append_times(&text, "n", 50000);
    har_buffer_append_text(&text, "\":\"v\"}}");
    har_buffer_append_text(&wanted, DECLARATION HAR "<log><member name=\"");
    append_times(&wanted, "n", 50000);
    har_buffer_append_text(&wanted, "\">v</member></log></har>\n");
    expect_built(&text, &wanted);
}
END_TEST

static enum har_status keep(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(error);
}

/* A document that is no object: har_convert() writes nothing for such a one, but a caller may hand it to the writer. */
static const struct {
    const char *json, *inside;
} no_objects[] = {
    {"[1,\"a\"]", " type=\"array\"><item type=\"number\">1</item><item>a</item></har>"},
    {"\"<\\u0000\"", " type=\"string\" escaped=\"true\">&lt;\\u0000</har>"},
    {"\"\"", " type=\"string\"/>"},
    {"null", " type=\"null\"/>"},
    {"-1.50", " type=\"number\">-1.50</har>"},
};

START_TEST(no_object)
{
    const struct har_writer *writer = har_writer_find("xml");
    struct har_settings *settings = har_settings_new();
    struct har_item item = {.size = sizeof item, .kind = HAR_ITEM_MEMBER, .scope = HAR_SCOPE_DOCUMENT, .container = ""};
    struct har_writer_args args = {.size = sizeof args, .options = one_line, .settings = settings};
    struct har_buffer out, wanted;
    struct har_error error;
    struct parsed parsed;
    void *ctx = calloc(1, writer->ctx_size);
    har_buffer_init(&out, 4096);
    har_buffer_init(&wanted, 4096);
    har_buffer_printf(&wanted, DECLARATION "<har xmlns=\"urn:harmill:har:1\"%s\n", no_objects[_i].inside);
    ck_assert_int_eq(har_sink_function(&args.sink, keep, &out, settings, &error), HAR_OK);
    parsed_init(&parsed, &parsed_wide, NULL, NULL, no_objects[_i].json, strlen(no_objects[_i].json), 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    item.tree = &parsed.parser.tree;
    ck_assert_int_eq(writer->open(ctx, &args, &error), HAR_OK);
    ck_assert_int_eq(writer->item(ctx, &item, &error), HAR_OK);
    ck_assert_int_eq(writer->finish(ctx, &error), HAR_OK);
    ck_assert_int_eq(har_sink_commit(args.sink, &error), HAR_OK);
    ck_assert_str_eq(memory_string(&out), memory_string(&wanted));
    writer->close(ctx);
    har_sink_free(args.sink);
    parsed_release(&parsed);
    har_buffer_release(&out);
    har_buffer_release(&wanted);
    har_settings_free(settings);
    free(ctx);
}
END_TEST

/* What is written does not depend on how much is held back. */
START_TEST(kept_bound)
{
    struct memory_run run;
    memory_run_init(&run, NULL);
    struct har_buffer text;
    har_buffer_init(&text, 1 << 20);
    har_buffer_append_text(&text, "{\"log\":{\"_a\":\"");
    append_times(&text, "x", (size_t)1024 - sizeof "<member name=\"_a\"></member>" + 1 + (size_t)_i);
    har_buffer_append_text(&text, "\"}}");
    memory_text_raw(&run.text, text.data, text.len);
    har_settings_set_bound(run.settings, HAR_BOUND_KEPT_BYTES, 1024, NULL);
    memory_run_write(&run, one_line);
    run.output[0].writer = har_writer_find("xml");
    memory_run_go(&run);
    ck_assert_int_eq(run.status, _i ? HAR_FAILED : HAR_OK);
    if (_i)
        ck_assert_ptr_nonnull(strstr(memory_string(&run.told), "too-large"));
    har_buffer_release(&text);
    memory_run_release(&run);
}
END_TEST

Suite *suite_xml_writer(void)
{
    Suite *suite = suite_create("xml_writer");
    TCase *tcase = tcase_create("xml_writer");
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, rules, 0, sizeof documents / sizeof *documents);
    tcase_add_test(tcase, indented);
    tcase_add_loop_test(tcase, deep, 0, 5);
    tcase_add_test(tcase, deep_and_escaped);
    tcase_add_loop_test(tcase, long_text, 0, sizeof fitting / sizeof *fitting);
    tcase_add_loop_test(tcase, chunks, 0, sizeof chunked / sizeof *chunked);
    tcase_add_loop_test(tcase, long_names, 0, 2);
    tcase_add_test(tcase, long_name_in_the_log);
    tcase_add_loop_test(tcase, no_object, 0, sizeof no_objects / sizeof *no_objects);
    tcase_add_loop_test(tcase, kept_bound, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
