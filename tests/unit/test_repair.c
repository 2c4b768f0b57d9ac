/* The repair filter: text in, strict JSON out, each repair at its place; places of the output mapped back. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include <harmill/harmill.h>

#include "check/diag.h"
#include "memory.h"
#include "repair/repair.h"

Suite *suite_repair(void);

struct source {
    const struct memory_text *text;
    size_t at, block;
};

static enum har_status read_text(void *user, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct source *source = user;
    const size_t left = source->text->len - source->at, most = cap < source->block ? cap : source->block;
    (void)error;
    *got = left < most ? left : most;
    memcpy(bytes, source->text->bytes + source->at, *got);
    source->at += *got;
    return *got ? HAR_OK : HAR_EOF;
}

struct told {
    struct har_buffer lines;
    const struct memory_text *text;
};

/* "1 json-syntax the comma is left out; " with a ! before what loses something */
static void tell(void *user, const struct har_finding *finding)
{
    struct told *told = user;
    memory_append_place(&told->lines, told->text, &finding->place);
    har_buffer_printf(&told->lines, " %s%s %s; ", finding->repair == HAR_REPAIR_LOSS ? "!" : "", har_rule_info(finding->rule)->id,
                      finding->done ? finding->done : "-");
}

struct filtered {
    struct har_buffer out;
    struct told told;
    struct har_summary summary;
    struct har_report_to to;
    struct har_settings *settings;
    struct source source;
    struct repair *repair;
};

static void filter(struct filtered *f, const struct memory_text *text, size_t block)
{
    char bytes[64];
    size_t got;
    struct har_error error = {0};
    enum har_status status;
    *f = (struct filtered){.summary = {.size = sizeof f->summary}, .settings = har_settings_new()};
    f->told.text = text;
    har_buffer_init(&f->out, HAR_MIB);
    har_buffer_init(&f->told.lines, HAR_MIB);
    f->to = (struct har_report_to){
        .blind = true, .settings = f->settings, .summary = &f->summary, .on_finding = tell, .user = &f->told};
    f->source = (struct source){text, 0, block};
    f->repair = repair_new(f->settings, &f->to, read_text, &f->source);
    ck_assert_ptr_nonnull(f->repair);
    while ((status = repair_read(f->repair, bytes, sizeof bytes, &got, &error)) == HAR_OK)
        har_buffer_append(&f->out, bytes, got);
    ck_assert_int_eq(status, HAR_EOF);
    repair_tell_rest(f->repair);
}

static void release(struct filtered *f)
{
    repair_free(f->repair);
    diag_release(&f->to);
    har_settings_free(f->settings);
    har_buffer_release(&f->out);
    har_buffer_release(&f->told.lines);
}

#define HEAD "{'log':{'entries':["
#define E    "{'request':0,'response':0"
#define TAIL "]}}"

/* What goes in (<0> marks places), what comes out, what is told. */
static const struct {
    const char *in, *out, *told;
} cases[] = {
    {HEAD E "}, " E "}]\n}}\n", HEAD E "}, " E "}]\n}}\n", ""},
    /* commas */
    {HEAD E "<0>,}<1>,]}}", HEAD E "}]}}", "0 json-syntax the comma is left out; 1 json-syntax the comma is left out; "},
    {HEAD E ",<0>,'a':1},"
            "<1>," E "}" TAIL,
     HEAD E ",'a':1}," E "}" TAIL, "0 json-syntax the comma is left out; 1 json-syntax the comma is left out; "},
    {HEAD E " <0>'a':[1 <1>2 <2>'x']}<3>" E "}" TAIL, HEAD E " ,'a':[1 ,2 ,'x']}," E "}" TAIL,
     "0 json-syntax a comma is put in; 1 json-syntax a comma is put in; 2 json-syntax a comma is put in; 3 json-syntax a comma is "
     "put in; "},
    /* comments and characters between values */
    {HEAD "<0>/* a */" E "<1>// b\n}<2># c\n" TAIL, HEAD E "\n}\n" TAIL,
     "0 json-syntax the comment is left out; 1 json-syntax the comment is left out; 2 json-syntax the comment is left out; "},
    {HEAD "<0>\xc2\xa0" E "<1>\x01\x02}" TAIL "<2>\x0c", HEAD E "}" TAIL,
     "0 json-syntax left out; 1 json-syntax left out; 2 json-syntax left out; "},
    /* keys and words */
    {"{<0>log:{<1>entries:[" E ",<2>_a$-1:<3>GET}" TAIL, "{'log':{'entries':[" E ",'_a$-1':'GET'}" TAIL,
     "0 json-syntax put into quotes; 1 json-syntax put into quotes; 2 json-syntax put into quotes; 3 json-syntax put into "
     "quotes; "},
    {HEAD E ",'a':[<0>NaN,<1>-Infinity,<2>undefined,<3>None,<4>True]}" TAIL, HEAD E ",'a':[null,null,null,null,true]}" TAIL,
     "0 not-a-number null is written; 1 not-a-number null is written; 2 json-syntax null is written; 3 json-syntax null is "
     "written; 4 json-syntax written in lower case; "},
    {HEAD E ",'a':[<0>+1,<1>.5,<2>1.,<3>-007.50,<4>0xfF,<5>-.5e-3,<6>12px]}" TAIL,
     HEAD E ",'a':[1,0.5,1,-7.50,255,-0.5e-3,null]}" TAIL,
     "0 json-syntax written as in JSON; 1 json-syntax written as in JSON; 2 json-syntax written as in JSON; 3 json-syntax written "
     "as in JSON; 4 json-syntax written as in JSON; 5 json-syntax written as in JSON; 6 !json-syntax null is written; "},
    {HEAD E ",'a':<0>,'b':<1>}" TAIL, HEAD E ",'a':null,'b':null}" TAIL,
     "0 json-syntax null is put in; 1 json-syntax null is put in; "},
    /* strings */
    {HEAD E ",'a':'x<0>\x01y\tz'}" TAIL, HEAD E ",'a':'x\\u0001y\\tz'}" TAIL, "0 json-control-character written as an escape; "},
    {HEAD E ",'a':'<0>\\v\\x41\\0<1>\\d\\u12x'}" TAIL, HEAD E ",'a':'\\u000b\\u0041\\u0000\\\\d\\\\u12x'}" TAIL,
     "0 json-escape written as JSON; 1 json-escape kept as a character; "},
    {HEAD E ",'a':'\xc3\xa4<0>\xff \xe2\x82 <1>\xed\xa0\x80'}" TAIL,
     HEAD E ",'a':'\xc3\xa4\xef\xbf\xbd \xef\xbf\xbd \\ud800'}" TAIL,
     "0 !not-utf-8 U+FFFD is written for them; 1 not-utf-8 written as an escape; "},
    /* around the document */
    {"<0>\xef\xbb\xbf" HEAD E "}" TAIL, HEAD E "}" TAIL, "0 byte-order-mark left out; "},
    {"<0>cb (" HEAD E "}" TAIL ");\n", HEAD E "}" TAIL "\n", "0 json-wrapper the call is left out; "},
    {HEAD E "}" TAIL " <0>more", HEAD E "}" TAIL " ", "0 !json-syntax what follows is left out; "},
    {"{'log':{'version':'1',"
     "'entries':[" E "}]}}\n<0>{'log':{'version':'2','pages':[],'entries':[" E "}]}}",
     "{'log':{'version':'1',"
     "'entries':[" E "}," E "}],'pages':[],'_document2':{'version':'2'}}}\n",
     "0 json-syntax its entries go behind those before, the rest of its log is kept; "},
    /* cut */
    {HEAD E "}," E ",'a':<0>'x", HEAD E "}" TAIL, "0 !json-truncated the entry is left out, the document is closed; "},
    {HEAD E "},<0>", HEAD E "}" TAIL, "0 json-truncated the document is closed; "},
    {"{'result':{'har':" HEAD E "}]}<0>", "{'result':{'har':" HEAD E "}]}}}}", "0 json-truncated the document is closed; "},
    /* brackets */
    {HEAD E "<0>," E "}" TAIL, HEAD E "}," E "}" TAIL, "0 json-syntax put in; "},
    {HEAD E "<0>]}}", HEAD E "}" TAIL, "0 json-syntax put in; "},
    {HEAD E "}<0>}," E "}" TAIL, HEAD E "}," E "}" TAIL, "0 json-syntax left out; "},
    {HEAD E "}<0>]," E "}" TAIL, HEAD E "}," E "}" TAIL, "0 json-syntax left out; "},
    {HEAD E ",'a':[1<0>}," E "}" TAIL, HEAD E "}" TAIL, "0 !json-syntax the entry is left out; "},
    /* broken entries */
    {HEAD E "},"
            "{'request':<0>x y}," E ",'n':3}" TAIL,
     HEAD E "}," E ",'n':3}" TAIL, "0 !json-syntax the entry is left out; "},
    {HEAD "{'request':'a,'<0>response':1}," E "}" TAIL, HEAD E "}" TAIL, "0 !json-syntax the entry is left out; "},
    {HEAD E "}," E ",'a':[<0>x y},{'b':1}],'c':2}],'pages':[]}}", HEAD E "}],'pages':[]}}",
     "0 !json-syntax the entry is left out; "},
    {HEAD E "},{'request':<0>x y" TAIL, HEAD E "}" TAIL, "0 !json-syntax the entry is left out; "},
    /* what no document shows in passes */
    {"no JSON", "no JSON", ""},
    {"[1,]", "[1,]", ""},
};

START_TEST(repairing)
{
    static const size_t blocks[] = {1, 7, 65536};
    struct memory_text in, out;
    memory_text_init(&in, cases[_i].in);
    memory_text_init(&out, cases[_i].out);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct filtered f;
        filter(&f, &in, blocks[i]);
        ck_assert_msg(f.out.len == out.len && !memcmp(f.out.data, out.bytes, out.len), "%s\ngave   %s\nwanted %s", in.bytes,
                      memory_string(&f.out), out.bytes);
        ck_assert_msg(strcmp(memory_string(&f.told.lines), cases[_i].told) == 0, "%s\ntold   %s\nwanted %s", in.bytes,
                      memory_string(&f.told.lines), cases[_i].told);
        release(&f);
    }
    memory_text_release(&in);
    memory_text_release(&out);
}
END_TEST

/* A place in the output is that of the same byte in the input, whatever was put in or left out before it, lines included. */
START_TEST(places)
{
    static const char notation[] = "{/* x\ny */log:{'entries':[{'a':1,,\n'b':'\x01' 'k':2},\n,{'a':3}]}}";
    static const char *const marks[] = {"'a':1", "'b'", "'k'", "'a':3", "]}}"};
    struct memory_text in;
    struct filtered f;
    memory_text_init(&in, notation);
    filter(&f, &in, 5);
    const char *text = memory_string(&f.out);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct memory_text mark, repaired;
        memory_text_init(&mark, marks[i]);
        memory_text_raw(&repaired, text, strlen(text));
        const size_t at = (size_t)(strstr(text, mark.bytes) - text), from = (size_t)(strstr(in.bytes, mark.bytes) - in.bytes);
        struct har_finding finding = {.rule = HAR_RULE_WRONG_TYPE, .place = memory_place(&repaired, at)};
        const struct har_place wanted = memory_place(&in, from);
        finding.end = finding.place;
        repair_before(f.repair, &finding);
        ck_assert_uint_eq(finding.place.offset, wanted.offset);
        ck_assert_uint_eq(finding.place.line, wanted.line);
        ck_assert_uint_eq(finding.place.column, wanted.column);
        memory_text_release(&mark);
        memory_text_release(&repaired);
    }
    release(&f);
    memory_text_release(&in);
}
END_TEST

Suite *suite_repair(void)
{
    Suite *suite = suite_create("repair");
    TCase *tcase = tcase_create("repair");
    tcase_add_loop_test(tcase, repairing, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tcase, places);
    suite_add_tcase(suite, tcase);
    return suite;
}
