/* The rules of the group page: what is found in small documents, in any order of members, and what waits for pages that come last.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "small.h"

Suite *suite_rules_page(void);

enum { PAGES = 1 << HAR_GROUP_PAGE };

/* A page and an entry; the marker <N> stands before what is told of. */
#define OPENED(date, id) "{'startedDateTime':'" date "','id':" id ",'title':'','pageTimings':{}}"
#define PAGE_OF(id)      OPENED("2020-01-01T00:00:00Z", id)
#define TIMED(timings)   "{" DATE ",'id':'p','title':'','pageTimings':{" timings "}}"
#define STARTED(date, ref)                                                                                                         \
    "{'startedDateTime':" date ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS ",'pageref':" ref "}"
#define REF(ref)                ENTRY_WITH(",'pageref':" ref)
#define FIRST(pages, entries)   HAR_LOG("1.2", ",'pages':" pages, entries)
#define LAST(pages, entries)    "{'log':{'version':'1.2'," CREATOR ",'entries':[" entries "],'pages':" pages "}}"
#define BETWEEN(pages, entries) "{'log':{" CREATOR ",'entries':[" entries "],'pages':" pages ",'version':'1.2'}}"

#define DANGLING(mark, entry, id) mark " error /log/entries/" entry "/pageref [dangling-pageref] no page has this id: \"" id "\"\n"
#define NO_PAGES(mark, entry)                                                                                                      \
    mark " warning /log/entries/" entry "/pageref [pageref-without-pages] there are no pages that it could name\n"
#define NO_REF(mark, entry) mark " info /log/entries/" entry " [entry-without-pageref] there are pages, but the entry names none\n"
#define UNUSED(mark, page)  mark " info /log/pages/" page " [unused-page] no entry names this page\n"
#define EARLY(mark, level, entry, far, ms, page)                                                                                   \
    mark " " level " /log/entries/" entry "/startedDateTime [entry-" far "before-page] the entry starts " ms                       \
         " ms before its page " page "\n"

static const struct {
    const char *text, *told;
} rows[] = {
    {HAR(ENTRY), ""},
    {FIRST("[" PAGE "]", REF("'p'")), ""},
    {LAST("[" PAGE "]", REF("'p'")), ""},

    /* the creator, the browser; what is absent or no string is told by others */
    {"{'log':{'version':'1.2','creator':{'name':<0>'','version':<1>''},'browser':{'name':'b','version':<2>''},'entries':[]}}",
     "0 warning /log/creator/name [empty-creator] creator.name is empty\n"
     "1 warning /log/creator/version [empty-creator] creator.version is empty\n"
     "2 warning /log/browser/version [empty-creator] browser.version is empty\n"},
    {"{'log':{'version':'1.2','creator':{'name':' ','version':null},'browser':null,'entries':[]}}", ""},
    {"{'log':{'version':'1.2','creator':{'name':'','name':'a','version':'\\u0031'},'entries':[]}}", ""},

    /* ids: bytes after decoding */
    {FIRST("[" PAGE_OF("'a'") "," PAGE_OF("<0>'\\u0061'") "," PAGE_OF("'A'") "," PAGE_OF("'a '") "," PAGE_OF("<1>'a'") "]",
           REF("'\\u0061'") "," REF("'A'") "," REF("'a '")),
     "0 error /log/pages/1/id [duplicate-page-id] page 0 has this id already\n"
     "1 error /log/pages/4/id [duplicate-page-id] page 0 has this id already\n"},
    {LAST("[" PAGE_OF("''") "," PAGE_OF("<0>''") "]", REF("''")),
     "0 error /log/pages/1/id [duplicate-page-id] page 0 has this id already\n"},

    /* which entry belongs to which page */
    {FIRST("[" PAGE "]", REF("'p'") "," REF("<0>'q'") "," REF("<1>'q'") "," REF("'p'")),
     DANGLING("0", "1", "q") DANGLING("1", "2", "q")},
    {LAST("[" PAGE "]", REF("'p'") "," REF("<0>'q'") "," REF("<1>'\\u0071'") "," REF("'p'")),
     DANGLING("0", "1", "q") DANGLING("1", "2", "q")},
    {BETWEEN("[" PAGE "]", REF("'p'") "," REF("<0>''")), DANGLING("0", "1", "")},
    {FIRST("[]", REF("<0>'p'")), NO_PAGES("0", "0")},
    {FIRST("null", REF("<0>'p'")), NO_PAGES("0", "0")},
    {LAST("[]", REF("<0>'p'")), NO_PAGES("0", "0")},
    {BETWEEN("null", REF("<0>'p'")), NO_PAGES("0", "0")},
    {HAR(REF("<0>'p'") "," REF("<1>'q'")), NO_PAGES("0", "0") NO_PAGES("1", "1")},
    {FIRST("'p'", REF("'p'")), ""}, /* not an array: told as that */
    {LAST("{}", REF("'p'") "," ENTRY), ""},
    {FIRST("[" PAGE "]", "<0>" ENTRY "," REF("'p'")), NO_REF("0", "0")},
    {LAST("[" PAGE "]", "<0>" ENTRY "," REF("'p'")), NO_REF("0", "0")},
    {FIRST("[]", ENTRY), ""},
    {FIRST("[" PAGE "]", REF("'p'") "," REF("null") "," REF("7")), ""}, /* told as a wrong type */
    {FIRST("[" PAGE "]", REF("'q','pageref':'p'")), ""},                /* the last one counts */
    {FIRST("[3]", REF("<0>'p'") "," REF("<1>'p'") ",[]"), NO_PAGES("0", "0") NO_PAGES("1", "1")},

    /* pages that nobody names */
    {FIRST("[" PAGE ",<0>" PAGE_OF("'q'") "]", REF("'p'")), UNUSED("0", "1")},
    {LAST("[<0>" PAGE_OF("'q'") "," PAGE "]", REF("'p'")), UNUSED("0", "0")},
    {FIRST("[<0>" PAGE "," PAGE_OF("<1>'p'") "]", ""),
     "1 error /log/pages/1/id [duplicate-page-id] page 0 has this id already\n" UNUSED("0", "0")},
    {FIRST("[{" DATE ",'title':'','pageTimings':{}}]", ""), ""}, /* an id is missing: told as that */

    /* page timings */
    {FIRST("[" TIMED("'onContentLoad':<0>-2,'onLoad':<1>-0.5") "]", REF("'p'")),
     "0 warning /log/pages/0/pageTimings/onContentLoad [negative-page-timing] onContentLoad is -2 ms; -1, which is not available, "
     "is "
     "the only negative number\n"
     "1 warning /log/pages/0/pageTimings/onLoad [negative-page-timing] onLoad is -0.5 ms; -1, which is not available, is the only "
     "negative number\n"},
    {FIRST("[" TIMED("'onContentLoad':-1.0,'onLoad':-1e0") "]", REF("'p'")), ""},
    {FIRST("[" TIMED("'onLoad':640.1,'onContentLoad':<0>648.5") "]", REF("'p'")),
     "0 info /log/pages/0/pageTimings/onContentLoad [page-timing-order] onContentLoad is 648.5 ms, later than onLoad, 640.1 ms\n"},
    {FIRST("[" TIMED("'onLoad':640,'onContentLoad':641") "]", REF("'p'")), ""},
    {FIRST("[" TIMED("'onLoad':640,'onContentLoad':<0>641.001") "]", REF("'p'")),
     "0 info /log/pages/0/pageTimings/onContentLoad [page-timing-order] onContentLoad is 641.001 ms, later than onLoad, 640 ms\n"},
    {FIRST("[" TIMED("'onLoad':-1,'onContentLoad':641") "," PAGE_OF("'q'") "]", REF("'p'") "," REF("'q'")), ""},
    {FIRST("[" TIMED("'onLoad':null,'onContentLoad':641") "]", REF("'p'")), ""},

    /* before the page: more than 1 ms, more than 1000 ms; offsets count */
    {FIRST("[" OPENED("2020-01-01T01:00:00.001+01:00", "'p'") "]", REF("'p'")), ""},
    {FIRST("[" OPENED("2020-01-01T01:00:00.001001+01:00", "'p'") "]", STARTED("<0>'2020-01-01T00:00:00Z'", "'p'")),
     EARLY("0", "info", "0", "", "1.001", "0")},
    {FIRST("[" OPENED("2020-01-01T00:00:01Z", "'p'") "]", STARTED("<0>'2020-01-01T00:00:00Z'", "'p'")),
     EARLY("0", "info", "0", "", "1000", "0")},
    {LAST("[" PAGE_OF("'q'") "," OPENED("2020-01-01T00:00:01.001Z", "'p'") "]",
          REF("'q'") "," STARTED("<0>'2020-01-01T00:00:00Z'", "'p'")),
     EARLY("0", "warning", "1", "far-", "1001", "1")},
    {FIRST("[" OPENED("2021-01-01T00:00:00", "'p'") "]", REF("'p'")), ""}, /* nobody knows which instant */
    {FIRST("[" OPENED("2021-01-01T00:00:00Z", "'p'") "]", STARTED("'2020-01-01T00:00:00'", "'p'")), ""},
    {LAST("[" OPENED("2021-01-01T00:00:00Z", "'p'") "]", STARTED("7", "'p'")), ""},

    /* reading ends early: only what more input could not refute. Pages are known to be whole once something follows them. */
    {"{'log':{'version':'1.2'," CREATOR ",'pages':[" PAGE "," PAGE_OF("'q'") "],'entries':[" REF("'p'") "," REF("<0>'r'") "",
     DANGLING("0", "1", "r")},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[" REF("'p'") "," REF("'q'"), ""},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[" REF("'q'") ",<0>" ENTRY "],'pages':[" PAGE, NO_REF("0", "1")},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[" STARTED("<0>'2020-01-01T00:00:00Z'", "'p'") "," REF(
         "'q'") "],'pages':[" OPENED("2020-01-01T00:00:00.5Z", "'p'") ",",
     EARLY("0", "info", "0", "", "500", "0")},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[" REF("<0>'q'") "],'pages':[" PAGE "],'comment':'','x':",
     DANGLING("0", "0", "q")},
    {"{'log':{'version':'1.2'," CREATOR ",'entries':[" REF("<0>'q'") "],'pages':[],'comment':'','x':", NO_PAGES("0", "0")},
    /* a broken entry may have named the page, or held the pages */
    {FIRST("[" PAGE "]", "{'pageref':'p',x}," REF("<0>'q'")), DANGLING("0", "1", "q")},
    {HAR("{'pageref':'p',x}," REF("'q'")), ""},
};

START_TEST(findings)
{
    memory_expect_of(PAGES, rows[_i].text, rows[_i].told);
}
END_TEST

START_TEST(every_rule_has_a_row)
{
    for (unsigned rule = 0; rule < HAR_RULE_COUNT; rule++) {
        const struct har_rule_info *info = har_rule_info((enum har_rule)rule);
        char wanted[64];
        bool found = info->group != HAR_GROUP_PAGE || rule == HAR_RULE_PAGES_NOT_COMPARED;
        snprintf(wanted, sizeof wanted, " [%s] ", info->id);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            found |= strstr(rows[i].told, wanted) != NULL;
        ck_assert_msg(found, "no row for %s", info->id);
    }
}
END_TEST

/* Notes rule, pointer, fingerprint and the length of what is meant of each finding. */
static void note(void *user, const struct har_finding *finding)
{
    har_buffer_printf(user, "%s %.*s %llx %llu\n", har_rule_info(finding->rule)->id, (int)finding->pointer.len,
                      finding->pointer.bytes, (unsigned long long)finding->fingerprint,
                      (unsigned long long)(finding->end.offset - finding->place.offset));
}

static void run_noted(const char *text, unsigned deferred, struct har_buffer *out)
{
    struct memory_run run;
    memory_run_init(&run, text);
    memory_only(run.settings, PAGES);
    ck_assert_int_eq(har_settings_set_bound(run.settings, HAR_BOUND_DEFERRED, deferred, &run.error), HAR_OK);
    run.job.on_finding = note;
    run.job.user = out;
    har_buffer_init(out, 1 << 16);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    memory_run_release(&run);
}

/* What waited looks like what was told at once, so that baselines do not depend on the order of members. */
START_TEST(late_is_the_same)
{
#define PAGES_OF_BOTH "[" PAGE "," OPENED("2020-01-01T00:00:05Z", "'q'") "," PAGE_OF("'unused'") "]"
#define ENTRIES       REF("'p'") "," REF("'\\u0071'") "," REF("'dangling'") "," ENTRY "," REF("'q'")
    struct har_buffer early, late;
    run_noted(FIRST(PAGES_OF_BOTH, ENTRIES), 100, &early);
    run_noted(LAST(PAGES_OF_BOTH, ENTRIES), 100, &late);
    ck_assert_str_eq(memory_string(&early), memory_string(&late));
    size_t lines = 0;
    for (size_t i = 0; i < early.len; i++)
        lines += early.data[i] == '\n';
    ck_assert_uint_eq(lines, 5);
    har_buffer_release(&early);
    har_buffer_release(&late);
}
END_TEST

static const struct {
    const char *text;
    unsigned deferred;
    const char *told; /* the rules */
} bounded[] = {
    {LAST("[" PAGE "]", REF("'p'") "," REF("'q'") "," REF("'q'")), 3, "dangling-pageref dangling-pageref "},
    {LAST("[" PAGE "]", REF("'p'") "," REF("'q'") "," REF("'q'")), 2, "dangling-pageref pages-not-compared "},
    {LAST("[" PAGE "," PAGE_OF("'q'") "]", ENTRY "," REF("'p'")), 1,
     "entry-without-pageref pages-not-compared pages-not-compared "},
    {LAST("[" PAGE "]", REF("'p'") "," ENTRY), 1, "pages-not-compared "},
    {LAST("[]", REF("'p'") "," ENTRY), 1, "pageref-without-pages "},
    {HAR(ENTRY "," ENTRY "," ENTRY), 1, ""},
    {HAR(REF("'p'") "," REF("'p'")), 1, "pageref-without-pages pages-not-compared "},
    /* with pages that are not remembered nothing dangles; ids are still compared with those that are */
    {FIRST("[" PAGE "," PAGE_OF("'q'") "," PAGE "]", REF("'q'") "," REF("'r'")), 1,
     "duplicate-page-id unused-page pages-not-compared "},
    {FIRST("[" PAGE "," PAGE_OF("'q'") "]", REF("'q'") "," REF("'p'")), 2, ""},
};

START_TEST(bounds)
{
    struct har_buffer out, rules;
    run_noted(bounded[_i].text, bounded[_i].deferred, &out);
    har_buffer_init(&rules, 1 << 16);
    for (const char *line = memory_string(&out); *line; line = strchr(line, '\n') + 1)
        har_buffer_append(&rules, line, (size_t)(strchr(line, ' ') - line) + 1);
    ck_assert_str_eq(memory_string(&rules), bounded[_i].told);
    har_buffer_release(&rules);
    har_buffer_release(&out);
}
END_TEST

/* Many pages and entries, in both orders, take time that grows with them. */
START_TEST(many)
{
    enum { MANY = 30000 };
    for (int last = 0; last < 2; last++) {
        struct har_buffer text;
        struct memory_run run;
        har_buffer_init(&text, (size_t)1 << 28);
        har_buffer_append_text(&text, "{\"log\":{");
        for (int part = 0; part < 2; part++) {
            har_buffer_append_text(&text, part == last ? "\"pages\":[" : "\"entries\":[");
            for (int i = 0; i < MANY; i++)
                har_buffer_printf(&text, part == last ? "%s{\"id\":\"page_%d\"}" : "%s{\"pageref\":\"page_%d\"}", i ? "," : "",
                                  i * 7);
            har_buffer_append_text(&text, part ? "]}}" : "],");
        }
        memory_run_init(&run, NULL);
        memory_text_raw(&run.text, text.data, text.len);
        memory_only(run.settings, PAGES);
        memory_run_go(&run);
        ck_assert_int_eq(run.status, HAR_OK);
        ck_assert_str_eq(memory_string(&run.told), "");
        memory_run_release(&run);
        har_buffer_release(&text);
    }
}
END_TEST

Suite *suite_rules_page(void)
{
    Suite *suite = suite_create("rules_page");
    TCase *tcase = tcase_create("findings");
    tcase_add_loop_test(tcase, findings, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, every_rule_has_a_row);
    tcase_add_test(tcase, late_is_the_same);
    tcase_add_loop_test(tcase, bounds, 0, sizeof bounded / sizeof *bounded);
    tcase_add_test(tcase, many);
    suite_add_tcase(suite, tcase);
    return suite;
}
