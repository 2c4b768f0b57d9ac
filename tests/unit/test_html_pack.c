/* Packed values, form by form of docs/html.md, written out by hand; what options leave out; chunks. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html/html.h"
#include "html/spell.h"
#include "memory.h"
#include "parsed.h"

Suite *suite_html_pack(void);

enum { WIDE = 1 << 30 };

static const struct html_options all = {.bodies = HTML_BODIES_ALL, .all_custom = true};
static const struct html_options safe = {.bodies = HTML_BODIES_NONE};
static const struct html_options texts = {.bodies = HTML_BODIES_TEXT};

/* A text in which ' stands for ", to be freed. */
static char *quoted(const char *text)
{
    char *copy = strdup(text);
    ck_assert_ptr_nonnull(copy);
    for (char *c = copy; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return copy;
}

/* Packs one JSON text, as it is. */
static bool pack_text(struct html_pack *pack, const char *text, size_t len, uint64_t depth, const struct html_options *options,
                      struct html_left *left)
{
    struct json_limits limits = parsed_wide;
    struct parsed parsed;
    limits.depth = depth;
    parsed_init(&parsed, &limits, NULL, NULL, text, len, 65536);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    const bool good = html_pack_value(pack, &parsed.parser.tree, options, left);
    parsed_release(&parsed);
    return good;
}

static bool pack_quoted(struct html_pack *pack, const char *notation, const struct html_options *options, struct html_left *left)
{
    char *text = quoted(notation);
    const bool good = pack_text(pack, text, strlen(text), 256, options, left);
    free(text);
    return good;
}

/* The block, which the caller releases. */
static struct json_out put(const struct html_pack *pack)
{
    struct json_out out = {.indent = 0};
    har_buffer_init(&out.buffer, WIDE);
    html_pack_put(pack, &out);
    ck_assert_int_eq(out.status, HAR_OK);
    ck_assert_uint_le(out.buffer.len, html_pack_length(pack));
    return out;
}

static void expect_block(const struct html_pack *pack, const char *notation)
{
    struct json_out out = put(pack);
    char *wanted = quoted(notation);
    ck_assert_str_eq(har_buffer_string(&out.buffer), wanted);
    free(wanted);
    har_buffer_release(&out.buffer);
}

static struct html_left expect(const struct html_options *options, const char *notation, const char *block)
{
    struct html_pack pack;
    struct html_left left = {0};
    html_pack_init(&pack, WIDE);
    ck_assert(pack_quoted(&pack, notation, options, &left));
    expect_block(&pack, block);
    html_pack_clear(&pack);
    ck_assert(pack_quoted(&pack, notation, options, &left)); /* nothing stays of what was there before */
    expect_block(&pack, block);
    html_pack_release(&pack);
    return left;
}

static const struct {
    const char *value, *block;
} forms[] = {
    {"null", "{'k':[],'s':[],'v':[null],'f':[]}"},
    {"true", "{'k':[],'s':[],'v':[true],'f':[]}"},
    {"false", "{'k':[],'s':[],'v':[false],'f':[]}"},
    {"-12.50E+3", "{'k':[],'s':[],'v':['-12.50E+3'],'f':[]}"},
    {"12345678901234567890123", "{'k':[],'s':[],'v':['12345678901234567890123'],'f':[]}"},
    {"'a'", "{'k':[],'s':['a'],'v':[0],'f':[]}"},
    {"''", "{'k':[],'s':[''],'v':[0],'f':[]}"},
    {"[]", "{'k':[],'s':[],'v':[[-1]],'f':[]}"},
    {"{}", "{'k':[[]],'s':[],'v':[[0]],'f':[]}"},
    {"['x','y','x',1,null]", "{'k':[],'s':['x','y'],'v':[[-1,0,1,0,'1',null]],'f':[]}"},
    {"{'a':1,'b':'x'}", "{'k':[['a','b']],'s':['x'],'v':[[0,'1',0]],'f':[]}"},
    {"{'a':{},'b':[]}", "{'k':[['a','b'],[]],'s':[],'v':[[0,[1],[-1]]],'f':[]}"},
    /* keys that stand twice, keys in another order */
    {"{'a':1,'a':2}", "{'k':[['a','a']],'s':[],'v':[[0,'1','2']],'f':[]}"},
    {"[{'a':1.5,'b':2},{'b':1.5,'a':2}]", "{'k':[['a','b'],['b','a']],'s':[],'v':[[-1,[0,'1.5','2'],[1,'1.5','2']]],'f':[]}"},
    {"{'':{'':''}}", "{'k':[['']],'s':[''],'v':[[0,[0,0]]],'f':[]}"},
    /* a container is shared when all in it has been there before */
    {"[{'n':'a'},{'n':'a'},{'n':'a'}]", "{'k':[['n']],'s':['a',[0,0]],'v':[[-1,[0,0],1,1]],'f':[]}"},
    {"[['a'],['a'],[['a'],['a']],[['a'],['a']]]", "{'k':[],'s':['a',[-1,0],[-1,1,1]],'v':[[-1,[-1,0],1,2,2]],'f':[]}"},
    {"[[1],[1],[1.5],[1.5]]", "{'k':[],'s':[[-1,'1']],'v':[[-1,0,0,[-1,'1.5'],[-1,'1.5']]],'f':[]}"},
    /* a string is no container that is spelled alike */
    {"[[null],'[-1,null]',[null]]", "{'k':[],'s':[[-1,null],'[-1,null]'],'v':[[-1,0,1,0]],'f':[]}"},
    /* what must not be seen in a page; escapes stay as they are spelled */
    {"'</script><!--&amp;'", "{'k':[],'s':['\\u003c/script\\u003e\\u003c!--\\u0026amp;'],'v':[0],'f':[]}"},
    {"'\\/\\u003C\\n\\\\\\'\\u0000'", "{'k':[],'s':['\\/\\u003C\\n\\\\\\'\\u0000'],'v':[0],'f':[]}"},
    {"'\\ud83d\\uDE00 \\ud800 \\udc00'", "{'k':[],'s':['\\ud83d\\uDE00 \\ud800 \\udc00'],'v':[0],'f':[]}"},
    {"'a\x7f\xc2\x85\xc2\xa0\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\xf0\x9f\x98\x80'",
     "{'k':[],'s':['a\\u007f\\u0085\xc2\xa0\\u2028\\u2029\xe2\x80\xaa\xf0\x9f\x98\x80'],'v':[0],'f':[]}"},
    {"{'<k>':'\\ud800<'}", "{'k':[['\\u003ck\\u003e']],'s':['\\ud800\\u003c'],'v':[[0,0]],'f':[]}"},
};

START_TEST(each_form)
{
    const struct html_left left = expect(&all, forms[_i].value, forms[_i].block);
    ck_assert_uint_eq(left.bodies + left.custom, 0);
}
END_TEST

/* What is left out by default, and how often. */
static const struct {
    const char *value, *block;
    unsigned bodies, bytes, custom;
} leaving[] = {
    /* what carries credentials is for others to take out */
    {"{'name':'Cookie','value':'a=redacted-cookie-1'}",
     "{'k':[['name','value']],'s':['Cookie','a=redacted-cookie-1'],'v':[[0,0,1]],'f':[]}", 0, 0, 0},
    /* bodies and their sizes: decoded bytes, of base64 what it stands for */
    {"{'content':{'size':9,'text':'a\\n\\u00e9\\ud83d\\ude00'}}",
     "{'k':[['content'],['size','text']],'s':[],'v':[[0,[1,'9',[-2,'8']]]],'f':[]}", 1, 8, 0},
    {"{'content':{'text':'YWJjZA==','encoding':'base64'}}",
     "{'k':[['content'],['text','encoding']],'s':['base64'],'v':[[0,[1,[-2,'4'],0]]],'f':[]}", 1, 4, 0},
    {"{'content':{'text':'no!','encoding':'base64'}}",
     "{'k':[['content'],['text','encoding']],'s':['base64'],'v':[[0,[1,[-2,'3'],0]]],'f':[]}", 1, 3, 0},
    {"{'content':{'text':''}}", "{'k':[['content'],['text']],'s':[''],'v':[[0,[1,0]]],'f':[]}", 0, 0, 0},
    {"{'content':{'text':null}}", "{'k':[['content'],['text']],'s':[[1,null]],'v':[[0,0]],'f':[]}", 0, 0, 0},
    {"{'content':{'text':{'a':'body'}}}", "{'k':[['content'],['text']],'s':[],'v':[[0,[1,[-2,'12']]]],'f':[]}", 1, 12, 0},
    {"{'postData':{'text':'a=b','params':[{'name':'a','value':'b','fileName':'f'}]}}",
     "{'k':[['postData'],['text','params'],['name','value','fileName']],'s':['a','f'],"
     "'v':[[0,[1,[-2,'3'],[-1,[2,0,[-2,'1'],1]]]]],'f':[]}",
     2, 4, 0},
    {"{'params':[{'value':'b'}],'text':'t'}", "{'k':[['params','text'],['value']],'s':['b','t'],'v':[[0,[-1,[1,0]],1]],'f':[]}", 0,
     0, 0},
    {"{'_webSocketMessages':[{'opcode':1,'data':'abc'},{'opcode':2,'data':'YWI='}]}",
     "{'k':[['_webSocketMessages'],['opcode','data']],'s':[],'v':[[0,[-1,[1,'1',[-2,'3']],[1,'2',[-2,'2']]]]],'f':[]}", 2, 5, 0},
    /* members of producers' own */
    {"{'_a':1,'_priority':'High','b':{'_c':'d'},'_error':null}",
     "{'k':[['_priority','b','_error'],[]],'s':['High',[1]],'v':[[0,0,1,null]],'f':[]}", 0, 0, 2},
    {"[{'_a':1,'b':'x'},{'_a':2,'b':'x'},{'_a':3,'b':'x'}]", "{'k':[['b']],'s':['x',[0,0]],'v':[[-1,[0,0],1,1]],'f':[]}", 0, 0, 3},
    /* headers as most are: a name and a value, but for members of producers' own */
    {"[{'_x':'1','name':'a','value':'b'},{'_x':'2','name':'a','value':'b'},{'name':'a','value':'b'},{'name':'a','value':'b'}]",
     "{'k':[['name','value']],'s':['a','b',[0,0,1]],'v':[[-1,[0,0,1],2,2,2]],'f':[]}", 0, 0, 2},
    {"[{'name':'a','value':'b'},{'name':'a','value':'b'},{'name':'a','value':7},{'value':'b','name':'a'},{'name':'a','value':'b'},"
     "{'name':'b','value':'a'},{'name':'b','value':'a'}]",
     "{'k':[['name','value'],['value','name']],'s':['a','b',[0,0,1],[0,0,'7'],[1,1,0],[0,1,0]],"
     "'v':[[-1,[0,0,1],2,3,4,2,5,5]],'f':[]}",
     0, 0, 0},
    {"{'\\u005fa':1}", "{'k':[[]],'s':[],'v':[[0]],'f':[]}", 0, 0, 1},
    {"{'pageTimings':{'_firstPaint':1.5}}", "{'k':[['pageTimings'],['_firstPaint']],'s':[],'v':[[0,[1,'1.5']]],'f':[]}", 0, 0, 0},
};

START_TEST(what_is_left_out)
{
    /* expect() packs twice, into the same counts */
    const struct html_left left = expect(&safe, leaving[_i].value, leaving[_i].block);
    ck_assert_uint_eq(left.bodies, 2 * leaving[_i].bodies);
    ck_assert_uint_eq(left.body_bytes, 2 * leaving[_i].bytes);
    ck_assert_uint_eq(left.custom, 2 * leaving[_i].custom);
}
END_TEST

/* Shapes that bodies and form fields come in; 's3cret' stays in none, not even with all custom members. */
static const char *const odd_bodies[] = {
    "{'postData':{'params':'a=s3cret'}}",
    "{'postData':{'params':{'a':'s3cret','b':['s3cret']}}}",
    "{'postData':{'params':[{'a':'s3cret'}],'_params':[{'name':'a','_value':'s3cret'}],'_text':'s3cret'}}",
    "{'_postData':{'text':'s3cret'},'_content':{'_text_2':'s3cret'}}",
    "{'postData':{'\\u0074ext':'s3cret'},'Content ':{'TEXT':'s3cret'}}",
};

START_TEST(no_body_stays)
{
    static const struct html_options custom = {.all_custom = true};
    struct html_pack pack;
    struct html_left left = {0};
    html_pack_init(&pack, WIDE);
    ck_assert(pack_quoted(&pack, odd_bodies[_i], &custom, &left));
    ck_assert_uint_gt(left.bodies, 0);
    struct json_out out = put(&pack);
    ck_assert_ptr_null(strstr(har_buffer_string(&out.buffer), "s3cret"));
    har_buffer_release(&out.buffer);
    html_pack_release(&pack);
}
END_TEST

/* What only looks like them stays. */
static const char *const no_bodies[] = {
    "{'headers':[{'name':'Cookies','value':'k3ep'},{'name':'Accept','value':'k3ep'}]}",
    "{'cookies':[{'name':'n','value':'k3ep','path':'/'}]}",
    "{'contents':{'text':'k3ep'},'params':[{'value':'k3ep'}]}",
    "{'postData':{'params':[{'name':'k3ep','value':'v','fileName':'k3ep'}]}}",
};

START_TEST(other_values_stay)
{
    static const struct html_options custom = {.all_custom = true};
    struct html_pack pack;
    struct html_left left = {0};
    html_pack_init(&pack, WIDE);
    ck_assert(pack_quoted(&pack, no_bodies[_i], &custom, &left));
    struct json_out out = put(&pack);
    ck_assert_ptr_nonnull(strstr(har_buffer_string(&out.buffer), "k3ep"));
    har_buffer_release(&out.buffer);
    html_pack_release(&pack);
}
END_TEST

/* Nothing of it is left out when everything is asked for. */
START_TEST(what_is_asked_for)
{
    struct html_pack pack;
    struct html_left left = {0};
    html_pack_init(&pack, WIDE);
    ck_assert(pack_quoted(&pack, leaving[_i].value, &all, &left));
    ck_assert_uint_eq(left.bodies + left.body_bytes + left.custom, 0);
    struct json_out out = put(&pack);
    ck_assert_ptr_null(strstr(har_buffer_string(&out.buffer), "[-2"));
    har_buffer_release(&out.buffer);
    html_pack_release(&pack);
}
END_TEST

static const struct {
    const char *content;
    bool stays;
} kinds[] = {
    {"{'mimeType':'text/html','text':'t'}", true},
    {"{'mimeType':'','text':'t'}", true},
    {"{'text':'t'}", true},
    {"{'mimeType':'image/svg+xml','text':'t'}", true},
    {"{'mimeType':'image/png','text':'t'}", false},
    {"{'mimeType':'font/woff2','text':'t'}", false},
    {"{'mimeType':'video/mp4; a=b','text':'t'}", false},
    {"{'mimeType':'text/html','text':'t','encoding':'base64'}", false},
    {"{'mimeType':'text/html','text':'t','encoding':'Base64'}", false},
    {"{'mimeType':'text/html','text':'\\ud800'}", false},
    {"{'mimeType':'text/html','text':'\xef\xbf\xbd'}", false},
};

START_TEST(which_bodies_are_text)
{
    char *text = quoted(kinds[_i].content);
    struct parsed parsed;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, strlen(text), 65536);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    const struct har_tree *tree = &parsed.parser.tree;
    ck_assert_int_eq(html_keeps_body(tree, har_tree_root(tree), &texts), kinds[_i].stays);
    ck_assert(html_keeps_body(tree, har_tree_root(tree), &all));
    ck_assert(!html_keeps_body(tree, har_tree_root(tree), &safe));
    ck_assert(!html_keeps_body(tree, NULL, &all));
    parsed_release(&parsed);
    free(text);
}
END_TEST

START_TEST(several_values_and_findings)
{
    struct html_pack pack;
    struct html_left left = {0};
    html_pack_init(&pack, WIDE);
    ck_assert(pack_quoted(&pack, "{'a':'/x'}", &all, &left));
    ck_assert(html_pack_note(&pack, 0, 7, (struct har_text){"/x", 2}, (struct har_text){"\"<\"\\\x01", 5}, NULL));
    ck_assert(pack_quoted(&pack, "'kept'", &all, &left));
    ck_assert(html_pack_note(&pack, 1, 0, (struct har_text){"", 0}, (struct har_text){"\xff", 1}, "kept"));
    expect_block(&pack, "{'k':[['a']],'s':['/x','\\'\\u003c\\'\\\\\\u0001','kept','','\\ufffd'],'v':[[0,0],2],"
                        "'f':[[0,7,0,1,-1],[1,0,3,4,2]]}");
    html_pack_release(&pack);
    html_pack_release(&pack);
}
END_TEST

/* The innermost array stands for itself, the one around it is shared, and the rest, which was never there, stands where it is. */
START_TEST(deep)
{
    enum { DEPTH = 65536, SHOWN = DEPTH - 2 };
    struct html_pack pack;
    struct html_left left = {0};
    struct har_buffer text, wanted;
    har_buffer_init(&text, WIDE);
    har_buffer_init(&wanted, WIDE);
    har_buffer_append_text(&wanted, "{\"k\":[],\"s\":[[-1,[-1]]],\"v\":[");
    for (unsigned i = 0; i < DEPTH; i++)
        har_buffer_append_char(&text, '[');
    for (unsigned i = 0; i < DEPTH; i++)
        har_buffer_append_char(&text, ']');
    for (unsigned i = 0; i < SHOWN; i++)
        har_buffer_append_text(&wanted, "[-1,");
    har_buffer_append_char(&wanted, '0');
    for (unsigned i = 0; i < SHOWN; i++)
        har_buffer_append_char(&wanted, ']');
    har_buffer_append_text(&wanted, "],\"f\":[]}");
    html_pack_init(&pack, WIDE);
    ck_assert(pack_text(&pack, text.data, text.len, DEPTH, &safe, &left));
    struct json_out out = put(&pack);
    ck_assert_uint_eq(out.buffer.len, wanted.len);
    ck_assert_int_eq(memcmp(out.buffer.data, wanted.data, wanted.len), 0);
    har_buffer_release(&out.buffer);
    har_buffer_release(&text);
    har_buffer_release(&wanted);
    html_pack_release(&pack);
}
END_TEST

START_TEST(bounded)
{
    struct html_pack pack;
    struct html_left left = {0};
    html_pack_init(&pack, 100);
    ck_assert(pack_quoted(&pack, "'0123456789'", &all, &left));
    ck_assert(
        !pack_quoted(&pack, "'01234567890123456789012345678901234567890123456789012345678901234567890123456789'", &all, &left));
    html_pack_release(&pack);
    html_pack_init(&pack, 100);
    bool good = true;
    for (unsigned i = 0; i < 100 && good; i++)
        good = pack_quoted(&pack, "12", &all, &left);
    ck_assert(!good);
    html_pack_release(&pack);
}
END_TEST

/* More strings than are found without their hash, twice. */
START_TEST(many_strings)
{
    enum { STRINGS = 5000 };
    struct html_pack pack;
    struct html_left left = {0};
    char text[32];
    html_pack_init(&pack, WIDE);
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < STRINGS; i++)
            ck_assert(pack_text(&pack, text, (size_t)snprintf(text, sizeof text, "\"text %u\"", i), 8, &all, &left));
    ck_assert_uint_eq(pack.shared.count, STRINGS);
    struct json_out out = put(&pack);
    const char *at = strstr(har_buffer_string(&out.buffer), "\"v\":[");
    ck_assert_ptr_nonnull(at);
    at += 5;
    for (unsigned i = 0; i < 2 * STRINGS; i++, at++) {
        char *end;
        ck_assert_uint_eq(strtoul(at, &end, 10), i % STRINGS);
        at = end;
    }
    har_buffer_release(&out.buffer);
    html_pack_release(&pack);
}
END_TEST

/* Strings that the parser had something to tell of: of repaired or made trees. */
START_TEST(broken_strings)
{
    static const struct {
        const char *text, *spelled;
    } rows[] = {
        {"a\tb", "\"a\\u0009b\""},
        {"\\x\\", "\"\\\\x\\\\\""},
        {"\\u12\\n\\u12345", "\"\\\\u12\\n\\u12345\""},
        {"\xc3(\xe2\x82", "\"\\ufffd(\\ufffd\\ufffd\""},
        {"\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\""},
        {"\"", "\"\\\"\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_buffer out;
        har_buffer_init(&out, 1024);
        ck_assert(html_spell(&out, rows[i].text, strlen(rows[i].text), HTML_SPELL_MARKED));
        ck_assert_str_eq(har_buffer_string(&out), rows[i].spelled);
        har_buffer_release(&out);
    }
}
END_TEST

/* A writer without the page around its chunks. */
static void begin_chunks(struct html *html, const struct html_options *options)
{
    memset(html, 0, sizeof *html);
    html->options = *options;
    har_buffer_init(&html->body.buffer, WIDE);
    html_index_init(&html->index, WIDE, false);
    html_pack_init(&html->chunk, WIDE);
}

static void end_chunks(struct html *html)
{
    har_buffer_release(&html->body.buffer);
    html_index_release(&html->index);
    html_pack_release(&html->chunk);
}

/* Entries that make one chunk, when each is `text`. */
static unsigned entries_of_chunk(struct html *html, const char *text)
{
    struct har_error error;
    struct parsed parsed;
    unsigned entries = 0;
    const uint64_t before = html->chunks;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, strlen(text), 65536);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    while (html->chunks == before) {
        html->index.count = ++entries;
        ck_assert_int_eq(html_chunk_entry(html, &parsed.parser.tree, &error), HAR_OK);
    }
    parsed_release(&parsed);
    html->index.count = 0;
    return entries;
}

START_TEST(chunks)
{
    static const struct {
        uint64_t written;
        unsigned entries;
    } rows[] = {{0, 128}, {47, 128}, {48, 256}, {95, 256}, {96, 512}, {192, 2048}};
    struct html html;
    begin_chunks(&html, &safe);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        html.chunks = rows[i].written;
        ck_assert_uint_eq(entries_of_chunk(&html, "{\"time\":1}"), rows[i].entries);
    }
    ck_assert_int_eq(strncmp(har_buffer_string(&html.body.buffer),
                             "<script type=\"application/json\" id=\"har-c0\">{\"k\":[[\"time\"]],\"s\":[],\"v\":[[0,\"1\"],", 80),
                     0);
    ck_assert_ptr_nonnull(
        strstr(html.body.buffer.data, "[0,\"1\"]],\"f\":[]}</script>\n<script type=\"application/json\" id=\"har-c47\">"));
    end_chunks(&html);
}
END_TEST

/* A million entries in fewer than 400 elements. */
START_TEST(chunks_of_a_million)
{
    uint64_t entries = 0;
    unsigned chunk = 0;
    for (; entries < 1000000; chunk++)
        entries += UINT64_C(128) << chunk / 48;
    ck_assert_uint_lt(chunk, 400);
}
END_TEST

START_TEST(big_bodies_close_a_chunk)
{
    struct html html;
    struct har_buffer text;
    har_buffer_init(&text, WIDE);
    har_buffer_append_text(&text, "{\"content\":{\"text\":\"");
    for (unsigned i = 0; i < 300 * 1024; i++)
        har_buffer_append_char(&text, 'x');
    har_buffer_append_text(&text, "\"}}");
    begin_chunks(&html, &all);
    ck_assert_uint_eq(entries_of_chunk(&html, har_buffer_string(&text)), 1);
    ck_assert_uint_eq(html.chunk.count, 0);
    end_chunks(&html);
    begin_chunks(&html, &safe);
    ck_assert_uint_eq(entries_of_chunk(&html, har_buffer_string(&text)), 128);
    end_chunks(&html);
    har_buffer_release(&text);
}
END_TEST

static const struct {
    const char *name, *value;
    bool good;
} given[] = {
    {"bodies", "none", true},     {"bodies", "text", true},
    {"bodies", "all", true},      {"bodies", "some", false},
    {"bodies", "", false},        {"custom", "known", true},
    {"custom", "all", true},      {"custom", "none", false},
    {"static-rows", "all", true}, {"static-rows", "0", true},
    {"static-rows", "500", true}, {"static-rows", "-1", false},
    {"static-rows", "1x", false}, {"static-rows", "", false},
    {"static-rows", " 1", false}, {"static-rows", "99999999999999999999", false},
    {"no-redact", NULL, true},    {"links", NULL, true},
    {"sort", NULL, true},         {"title", "<t>", true},
};

START_TEST(options_are_read)
{
    const struct har_option options[] = {{given[_i].name, given[_i].value}, {NULL, NULL}};
    struct html_options read;
    struct har_error error;
    ck_assert_int_eq(html_read_options(&read, options, &error), given[_i].good ? HAR_OK : HAR_FATAL);
}
END_TEST

START_TEST(options_mean_what_they_say)
{
    static const struct har_option many[] = {{"bodies", "text"}, {"custom", "all"}, {"static-rows", "all"}, {"title", "t"},
                                             {"links", NULL},    {"sort", NULL},    {"no-redact", NULL},    {NULL, NULL}};
    struct html_options read;
    ck_assert_int_eq(html_read_options(&read, NULL, NULL), HAR_OK);
    ck_assert(read.bodies == HTML_BODIES_NONE && !read.all_custom && !read.links && !read.sort);
    ck_assert(read.static_rows == 500 && !read.title);
    ck_assert_int_eq(html_read_options(&read, many, NULL), HAR_OK);
    ck_assert(read.bodies == HTML_BODIES_TEXT && read.all_custom && read.links && read.sort);
    ck_assert(read.static_rows == UINT64_MAX && strcmp(read.title, "t") == 0);
}
END_TEST

/* The whole writer: members of the log in the specification's order, pages behind it, bounded. */
START_TEST(the_log)
{
    struct memory_run run;
    memory_run_init(
        &run, "{'log':{'comment':'c','entries':[],'pages':[{'id':'p'},{'id':'p'}],'_x':1,'creator':{'name':'n'},'version':'1.2'}}");
    memory_run_write(&run, NULL);
    run.output[0].writer = har_writer_find("html");
    ck_assert_ptr_nonnull(run.output[0].writer);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    char *wanted = quoted("id='har-log'>{'k':[['id'],['name'],['version','creator','comment']],'s':['c','p','n','1.2'],"
                          "'v':[[2,3,[1,2],0],[0,1],[0,1]],'f':[]}</script>\n");
    const char *block = strstr(memory_string(&run.written[0]), "id=\"har-log\">");
    ck_assert_ptr_nonnull(block);
    ck_assert_int_eq(strncmp(block, wanted, strlen(wanted)), 0);
    free(wanted);
    memory_run_release(&run);
}
END_TEST

Suite *suite_html_pack(void)
{
    Suite *suite = suite_create("html_pack");
    TCase *tc = tcase_create("html_pack");
    tcase_add_loop_test(tc, each_form, 0, sizeof forms / sizeof *forms);
    tcase_add_loop_test(tc, what_is_left_out, 0, sizeof leaving / sizeof *leaving);
    tcase_add_loop_test(tc, no_body_stays, 0, sizeof odd_bodies / sizeof *odd_bodies);
    tcase_add_loop_test(tc, other_values_stay, 0, sizeof no_bodies / sizeof *no_bodies);
    tcase_add_loop_test(tc, what_is_asked_for, 0, sizeof leaving / sizeof *leaving);
    tcase_add_loop_test(tc, which_bodies_are_text, 0, sizeof kinds / sizeof *kinds);
    tcase_add_test(tc, several_values_and_findings);
    tcase_add_test(tc, deep);
    tcase_add_test(tc, bounded);
    tcase_add_test(tc, many_strings);
    tcase_add_test(tc, broken_strings);
    tcase_add_test(tc, chunks);
    tcase_add_test(tc, chunks_of_a_million);
    tcase_add_test(tc, big_bodies_close_a_chunk);
    tcase_add_loop_test(tc, options_are_read, 0, sizeof given / sizeof *given);
    tcase_add_test(tc, options_mean_what_they_say);
    tcase_add_test(tc, the_log);
    suite_add_tcase(suite, tc);
    return suite;
}
