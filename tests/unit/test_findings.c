/* Findings beyond their words: levels, counts, ends, excerpts, bounds. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "memory.h"
#include "small.h"

Suite *suite_findings(void);

/* Levels are the caller's; what is off is not counted either. */
START_TEST(levels_can_be_changed)
{
    static const char text[] = "{'log':{'version':'1.2'," CREATOR ",<0>'x':0,<1>'y':0,'entries':[<2>{" DATE
                               ",'time':0,'request':" REQUEST ",'response':" RESPONSE "," TIMINGS "}]}}";
    struct memory_run run;
    memory_run_init(&run, text);
    har_settings_set_level(run.settings, HAR_RULE_UNKNOWN_MEMBER, HAR_LEVEL_ERROR);
    har_settings_set_level(run.settings, HAR_RULE_MISSING_CACHE, HAR_LEVEL_OFF);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_str_eq(
        memory_string(&run.told),
        "0 error /log/x [unknown-member] log has no member \"x\"; names of custom members start with an underscore (kept)\n"
        "1 error /log/y [unknown-member] log has no member \"y\"; names of custom members start with an underscore (kept)\n");
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_ERROR], 2);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], 0);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_OFF], 0);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_UNKNOWN_MEMBER], 2);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_MISSING_CACHE], 0);
    memory_run_release(&run);

    /* nobody listens: they are counted all the same */
    memory_run_init(&run, text);
    run.job.on_finding = NULL;
    memory_run_go(&run);
    ck_assert_uint_eq(run.summary.level_count[HAR_LEVEL_WARNING], 3);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_UNKNOWN_MEMBER], 2);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_MISSING_CACHE], 1);
    memory_run_release(&run);
}
END_TEST

START_TEST(the_summary)
{
    struct memory_run run;
    memory_run_init(&run, HAR_LOG("1.1", ",'pages':[" PAGE "," PAGE "]", ENTRY "," ENTRY "," ENTRY));
    run.job.display = "memory:";
    memory_run_go(&run);
    ck_assert_uint_eq(run.summary.size, sizeof run.summary);
    ck_assert_str_eq(run.summary.source, "memory:");
    ck_assert_str_eq(run.summary.version, "1.1");
    ck_assert_uint_eq(run.summary.pages, 2);
    ck_assert_uint_eq(run.summary.entries, 3);
    ck_assert_uint_eq(run.summary.bytes, run.text.len);
    ck_assert(!run.summary.broken && !run.summary.cut && !run.summary.same && !run.summary.coding);
    for (unsigned level = 0; level <= HAR_LEVEL_ERROR; level++)
        ck_assert_uint_eq(run.summary.level_count[level], 0);
    memory_run_release(&run);

    memory_run_init(&run, "{'log':{'version':'x.y','entries':[" ENTRY "],'pages':[x]}}");
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FAILED);
    ck_assert_str_eq(run.summary.version, "");
    ck_assert(run.summary.cut && run.summary.broken == 1 && run.summary.entries == 1);
    memory_run_release(&run);

    memory_run_init(&run, "{'log':{'version':'1.00000000000000000000002','entries':[]}}"); /* does not fit */
    memory_run_go(&run);
    ck_assert_str_eq(run.summary.version, "");
    memory_run_release(&run);
}
END_TEST

/* Where what is meant ends: behind the quote of a key, behind a value, behind the bracket of a container. */
START_TEST(ends)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {HAR_LOG("1.2", ",<0>'\xc3\xa9'<1>:0", ""), "0-1 warning"},
        {HAR_LOG("1.2", ",'comment':<0>12.5<1> ", ""), "0-1 error"},
        {HAR_LOG("1.2", ",'comment':<0>{<1>'a':1}", ""), "0-1 error"},
        {HAR_LOG("1.2", ",'comment':<0>false<1>", ""), "0-1 error"},
        {HAR_LOG("1.2", ",'comment':'a<0>\\ud800<1>b'", ""), "0-1 warning"},
        {HAR_LOG("1.2", ",'comment':'a<0>\\x<1>'", ""), "0-1 error"},
        {HAR_LOG("1.2", ",'_a<0>\\u0000<1>':'\\n'", ""), "0-1 info"},
        {"{'log':{'version':<0>'x'<1>," CREATOR ",'entries':[]}}", "0-1 error"},
        {HAR_LOG("1.2", ",'browser':<0>{<1>'name':''}", ""), "0-1 error"},
    };
    struct memory_run run;
    memory_run_init(&run, rows[_i].text);
    run.tell_ends = true;
    memory_run_go(&run);
    ck_assert_msg(strncmp(memory_string(&run.told), rows[_i].told, strlen(rows[_i].told)) == 0, "%s%s", run.text.bytes,
                  memory_string(&run.told));
    memory_run_release(&run);
}
END_TEST

#define HIDDEN "\xe2\x80\xa6"

/* Keeps the excerpt of the last finding of a rule, with the place in it. */
struct seen {
    char excerpt[2000];
    size_t at;
    int64_t entry;
    enum har_rule rule; /* HAR_RULE_COUNT: any */
};

static void see(void *user, const struct har_finding *finding)
{
    struct seen *seen = user;
    if (seen->rule != HAR_RULE_COUNT && finding->rule != seen->rule)
        return;
    ck_assert_uint_lt(finding->excerpt.len, sizeof seen->excerpt);
    if (finding->excerpt.len)
        memcpy(seen->excerpt, finding->excerpt.bytes, finding->excerpt.len);
    seen->excerpt[finding->excerpt.len] = '\0';
    seen->at = finding->excerpt_at;
    seen->entry = finding->entry;
}

static struct seen see_last(const char *notation, const char *format, enum har_rule rule)
{
    struct memory_run run;
    struct seen seen = {.entry = -2, .rule = rule};
    memory_run_init(&run, notation);
    run.job.on_finding = see;
    run.job.blind = false;
    run.job.format = format ? har_format_find(format) : NULL;
    run.job.user = &seen;
    memory_run_go(&run);
    memory_run_release(&run);
    return seen;
}

START_TEST(excerpts)
{
    /* the line, without its end */
    struct seen seen = see_last(HAR_LOG("1.2", "", ENTRY ",\n" ENTRY_WITH(",\n\t'_x':1, 'y':[\n2]\n")), NULL, HAR_RULE_COUNT);
    ck_assert_str_eq(seen.excerpt, "\t\"" HIDDEN "\":1, \"y\":[");
    ck_assert_uint_eq(seen.at, 10);
    ck_assert_int_eq(seen.entry, 1);
    seen = see_last("{'log':{'entries':[\n {'request':x }\n]}}", NULL, HAR_RULE_COUNT);
    ck_assert_str_eq(seen.excerpt, "]}}"); /* of the end, behind which there is nothing whole */
    ck_assert_int_eq(seen.entry, -1);
    seen = see_last("{'log':{'entries':[\n {'request':x },\n{'request':0,'x':1,'y':NaN}]}}", NULL, HAR_RULE_COUNT);
    ck_assert_int_eq(seen.entry, -1); /* the log's missing members come last */

    /* a window of a long line: some of it on either side, with the place where excerpt_at says */
    char text[4000], *out = text;
    out += sprintf(out, "{'log':{'version':'1.2'," CREATOR ",'entries':[{'_a':'");
    memset(out, 'a', 1000);
    out += 1000;
    out += sprintf(out, "','%s':'", "x");
    memset(out, 'b', 1000);
    out += 1000;
    sprintf(out, "'}],'foo':0}}");
    seen = see_last(text, NULL, HAR_RULE_COUNT);
    ck_assert_int_eq(strncmp(seen.excerpt + seen.at, "\"foo\"", 5), 0);
    ck_assert_uint_lt(strlen(seen.excerpt), 600);
}
END_TEST

/* What other members say is in no excerpt; names of the specification and what is no string are. */
static const struct {
    const char *text, *format;
    enum har_rule rule;
    const char *excerpt;
    size_t at;
} hiding[] = {
    /* names and values beside the name that is meant; escapes, nothing, and what is no string */
    {HAR_LOG("1.2", "", ENTRY_WITH(",\n'_k':'v','comment':'','url':'a\\'b{','_n':[-1.5e3,true],'q':'x'\n")), NULL,
     HAR_RULE_UNKNOWN_MEMBER,
     "'" HIDDEN "':'" HIDDEN "','comment':'','url':'" HIDDEN "','" HIDDEN "':[-1.5e3,true],'q':'" HIDDEN "'", 57},
#ifndef HARMILL_WITHOUT_PCRE2 /* else all of them are hidden, because nobody knows */
    /* the value that is meant */
    {"{'log':{'version':'one','creator':{'name':'n','version':'v'},'entries':[]}}", NULL, HAR_RULE_MALFORMED_VERSION,
     "'version':'one'", 10},
#ifndef HARMILL_WITHOUT_XML
    {"<log><version>1.2</version><comment>p4ss</comment><b4d>x</b4d></log>", "xml", HAR_RULE_XML_VOCABULARY,
     "<log><version>" HIDDEN "</version><comment>" HIDDEN "</comment><" HIDDEN ">" HIDDEN "<" HIDDEN "></log>", 0},
#endif
#endif
    /* broken: nobody knows what is a string */
    {"{'log':{'version':'p4ss word',,'creator':{}}}", NULL, HAR_RULE_JSON_SYNTAX,
     "{'log':{'version':'" HIDDEN " " HIDDEN "',,'creator':{}}}", 28},
};

START_TEST(excerpts_hide)
{
    struct seen seen = see_last(hiding[_i].text, hiding[_i].format, hiding[_i].rule);
    char *wanted = strdup(hiding[_i].excerpt);
    ck_assert_ptr_nonnull(wanted);
    for (char *c = wanted; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    ck_assert_str_eq(seen.excerpt, wanted);
    if (hiding[_i].at)
        ck_assert_uint_eq(seen.at, hiding[_i].at);
    free(wanted);
}
END_TEST

/* Bounds of depth, bytes, tree and members. */
START_TEST(bounds_are_told)
{
    static const struct {
        enum har_bound bound;
        uint64_t value;
        const char *text, *told;
    } rows[] = {
        {HAR_BOUND_DEPTH, 8, HAR("{'request':{'a':[[[<0>[[]]]]]}}," ENTRY),
         "0 error /log/entries/0/request/a/0/0 [too-deep] nested deeper than --max-depth allows (the entry is left out)\n"},
        {HAR_BOUND_DEPTH, 8, HAR("{'_a':[[[[]]]],'comment':0}," ENTRY), NULL},
        {HAR_BOUND_ITEM_BYTES, 1000, "{'log':{'entries':[<0>{'request':'$$'},{'request':'$'}]}}",
         "0 error /log/entries/0 [too-large] what starts here is larger than --max-item-bytes allows (the entry is left out)\n"},
        {HAR_BOUND_MEMBERS, 16,
         HAR_LOG("1.2",
                 ",'_x':<0>{'a':0,'b':0,'c':0,'d':0,'e':0,'f':0,'g':0,'h':0,'i':0,'j':0,'k':0,'l':0,'m':0,"
                 "'n':0,'o':0,'p':0,'q':0}",
                 ""),
         "0 error /log/_x [too-large] the object has 17 members; --max-members allows fewer\n"},
        {HAR_BOUND_MEMBERS, 17,
         HAR_LOG("1.2",
                 ",'_x':{'a':0,'b':0,'c':0,'d':0,'e':0,'f':0,'g':0,'h':0,'i':0,'j':0,'k':0,'l':0,'m':0,"
                 "'n':0,'o':0,'p':0,'q':0}",
                 ""),
         ""},
        {HAR_BOUND_DEFERRED, 2,
         "{'log':{'comment':'','entries':[" ENTRY_WITH(",'comment':'','connection':''") "],'version':'1.1'," CREATOR "}}", NULL},
    };
    char text[4000], *out = text;
    for (const char *p = rows[_i].text; *p; p++) {
        if (*p == '$') {
            memset(out, 'x', 600);
            out += 600;
        } else {
            *out++ = *p;
        }
    }
    *out = '\0';
    struct memory_run run;
    memory_run_init(&run, text);
    ck_assert_int_eq(har_settings_set_bound(run.settings, rows[_i].bound, rows[_i].value, &run.error), HAR_OK);
    memory_run_go(&run);
    if (rows[_i].told) {
        ck_assert_msg(strncmp(memory_string(&run.told), rows[_i].told, strlen(rows[_i].told)) == 0, "%s", memory_string(&run.told));
        ck_assert_int_eq(run.status, *rows[_i].told ? HAR_FAILED : HAR_OK);
    } else if (rows[_i].bound == HAR_BOUND_DEFERRED) {
        ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_NEWER_MEMBER], 3); /* two, and the number of those that were not kept */
        ck_assert_ptr_nonnull(strstr(run.told.data, "1 more members came before the version"));
    } else {
        ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_TOO_DEEP], 0);
    }
    memory_run_release(&run);
}
END_TEST

/* A million keys in one object, two of them equal: found, and quickly enough for the time that a test has. */
START_TEST(a_million_members)
{
    enum { COUNT = 1000000 };
    struct har_buffer text;
    struct memory_run run;
    har_buffer_init(&text, 1 << 26);
    har_buffer_append_text(&text,
                           "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"\",\"version\":\"\"},\"entries\":[],\"_x\":{");
    for (int i = 0; i < COUNT; i++)
        har_buffer_printf(&text, "\"k%d\":0,", i);
    const size_t at = text.len;
    har_buffer_append_text(&text, "\"k7\":0}}}");
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text.data, text.len);
    run.text.marked[1] = true;
    run.text.marker[1] = at;
    ck_assert_int_eq(har_settings_set_bound(run.settings, HAR_BOUND_MEMBERS, COUNT + 1, &run.error), HAR_OK);
    memory_run_go(&run);
    ck_assert_str_eq(memory_string(&run.told),
                     "1 error /log/_x/k7 [duplicate-key] the key \"k7\" stands in this object again (kept)\n");
    memory_run_release(&run);
    har_buffer_release(&text);
}
END_TEST

/* Results do not depend on the blocks: every finding of a text with much to find, cut at every byte. */
START_TEST(cut_at_every_byte)
{
    static const char text[] =
        "{'log':{'version':'1.1','creator':{'name':1},'x':[1,{'\\u0061':'\\ud800'}],'entries':[{'request':{'url':null,"
        "'headers':[[1],{'name':'\xc3\xa9'}]},'serverIPAddress':''},{'request':1}],'pages':[{'id':2e400}]},'y':true}";
    static const size_t blocks[] = {1, 2, 3, 7, 31};
    for (size_t len = 0; len < sizeof text; len++) {
        struct memory_run first, other;
        char *part = strndup(text, len);
        memory_run_init(&first, part);
        memory_run_go(&first);
        ck_assert_msg(first.status == (len + 1 < sizeof text ? HAR_FAILED : HAR_OK), "%s", part);
        for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
            memory_run_init(&other, part);
            ck_assert_int_eq(har_settings_set_block_size(other.settings, blocks[i], &other.error), HAR_OK);
            memory_run_go(&other);
            ck_assert_int_eq(other.status, first.status);
            ck_assert_str_eq(memory_string(&other.told), memory_string(&first.told));
            memory_run_release(&other);
        }
        memory_run_release(&first);
        free(part);
    }
}
END_TEST

Suite *suite_findings(void)
{
    Suite *suite = suite_create("findings");
    TCase *tcase = tcase_create("findings");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, levels_can_be_changed);
    tcase_add_test(tcase, the_summary);
    tcase_add_loop_test(tcase, ends, 0, 9);
    tcase_add_test(tcase, excerpts);
    tcase_add_loop_test(tcase, excerpts_hide, 0, sizeof hiding / sizeof *hiding);
    tcase_add_loop_test(tcase, bounds_are_told, 0, 6);
    tcase_add_test(tcase, a_million_members);
    tcase_add_test(tcase, cut_at_every_byte);
    suite_add_tcase(suite, tcase);
    return suite;
}
