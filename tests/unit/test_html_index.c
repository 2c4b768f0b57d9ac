/* What the HTML report gathers: order, pages, findings with their entries, inputs, and its bound. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html/index.h"
#include "memory.h"
#include "small.h"

Suite *suite_html_index(void);

/* A run that fills an index. */
struct filled {
    struct memory_run run; /* first: the job's `user` is it, and so the whole */
    struct html_index index;
};

static void add(void *user, const struct har_item *item)
{
    struct filled *at = user;
    struct html_row *row;
    if (item->kind == HAR_ITEM_ENTRY)
        ck_assert(html_index_entry(&at->index, item, &row));
    else if (item->kind == HAR_ITEM_PAGE)
        ck_assert(html_index_page(&at->index, item));
    else if (item->kind == HAR_ITEM_MEMBER)
        ck_assert(html_index_member(&at->index, item));
}

static void fill(struct filled *at, const char *notation, size_t most)
{
    memory_run_init(&at->run, notation);
    html_index_init(&at->index, most, false);
    at->run.job.on_item = add;
    memory_run_go(&at->run);
    ck_assert_int_eq(at->run.status, HAR_OK);
}

static void leave(struct filled *at)
{
    html_index_release(&at->index);
    memory_run_release(&at->run);
}

#define AT(date, more) "{'startedDateTime':'" date "'" more "}"
#define DAY(time)      "1970-01-02T" time "Z"

static void expect_order(const struct html_index *index, const char *wanted)
{
    char order[64] = "";
    for (size_t i = 0; i < index->count; i++) {
        const size_t len = strlen(order);
        snprintf(order + len, sizeof order - len, "%u", index->order[i]);
        ck_assert_uint_eq(index->number[index->order[i]], i);
    }
    ck_assert_str_eq(order, wanted);
}

/* Equal starts keep their order, what has no date is last; the span reaches to the latest end. */
START_TEST(order)
{
    static const char text[] = HAR(AT(DAY("00:00:03"), ",'time':1") "," AT("", "") "," AT(DAY("00:00:01"), ",'time':5000") "," AT(
        DAY("00:00:03"), "") "," AT("x", "") "," AT(DAY("00:00:02"), "") "," AT(DAY("00:00:01"), ""));
    struct filled at;
    fill(&at, text, 1 << 20);
    ck_assert(html_index_finish(&at.index, _i == 0));
    expect_order(&at.index, _i == 0 ? "2650314" : "0123456");
    ck_assert_int_eq(at.index.start, INT64_C(864010000));
    ck_assert_uint_eq(at.index.duration, 50000);
    leave(&at);
}
END_TEST

/* A pause that takes most of the time is drawn as a fortieth of the rest: 1 s, 1000 s of nothing, 1 s. */
START_TEST(gaps)
{
    struct filled at;
    fill(&at, HAR(AT(DAY("00:00:00"), ",'time':1000") "," AT(DAY("00:16:41"), ",'time':1000")), 1 << 20);
    ck_assert(html_index_finish(&at.index, true));
    ck_assert_uint_eq(at.index.duration, 10020000);
    ck_assert_uint_eq(at.index.gaps, 1);
    ck_assert_uint_eq(at.index.axis, 20000 + 500);
    ck_assert_uint_eq(html_index_place(&at.index, at.index.row[0].at), 0);
    ck_assert_uint_eq(html_index_place(&at.index, at.index.row[1].at), 10000 + 500);
    leave(&at);
}
END_TEST

START_TEST(nothing)
{
    struct filled at;
    fill(&at, _i ? HAR("") : HAR(AT("", "")), 1 << 20);
    ck_assert(html_index_finish(&at.index, true));
    ck_assert_int_eq(at.index.start, HTML_UNDATED);
    ck_assert_uint_eq(at.index.duration, 0);
    ck_assert_uint_eq(at.index.axis, 0);
    leave(&at);
}
END_TEST

#define TEXT_IS(index, span, wanted)                                                                                               \
    do {                                                                                                                           \
        const struct har_text text_ = html_index_text(index, span);                                                                \
        ck_assert_msg(text_.len == strlen(wanted) && !memcmp(text_.bytes, wanted, text_.len), "%.*s", (int)text_.len,              \
                      text_.bytes);                                                                                                \
    } while (0)

/* Entries find their pages wherever these stand; of two pages with one id the first counts. */
START_TEST(find_pages)
{
    static const char pages[] = "'pages':[{'id':'a','title':'A','startedDateTime':'1970-01-01T00:00:01Z','pageTimings':"
                                "{'onLoad':12.5,'onContentLoad':-1,'_x\\u003c':3}},{'id':'b'},{'id':'a','title':'other'}]",
                      entries[] = "'entries':[{'pageref':'a','response':{'bodySize':7}},{'pageref':'b'},{'pageref':'none'},{},"
                                  "{'pageref':'a','response':{'bodySize':1}}]";
    char notation[1024];
    struct filled at;
    snprintf(notation, sizeof notation, "{'log':{'version':'1.2'," CREATOR ",%s,%s}}", _i ? pages : entries, _i ? entries : pages);
    fill(&at, notation, 1 << 20);
    ck_assert(html_index_finish(&at.index, true));
    static const int32_t wanted[] = {0, 1, HTML_NONE, HTML_NONE, 0};
    for (size_t i = 0; i < 5; i++)
        ck_assert_int_eq(at.index.row[i].page, wanted[i]);
    ck_assert_uint_eq(at.index.pages, 3);
    const struct html_page *page = at.index.page;
    ck_assert_uint_eq(page->rows, 2);
    ck_assert_uint_eq(page->bytes, 8);
    ck_assert_int_eq(page->at, 10000);
    ck_assert(page->load == 12.5 && page->content_load == -1);
    TEXT_IS(&at.index, page->title, "A");
    TEXT_IS(&at.index, page->timings, "[\"onLoad\",12.5],[\"_x\\u003c\",3]");
    TEXT_IS(&at.index, at.index.creator.name, "a");
    TEXT_IS(&at.index, at.index.creator.version, "1");
    leave(&at);
}
END_TEST

/* ---- findings, made by hand */

static void tell(struct html_index *index, const char *source, int64_t entry, enum har_rule rule, enum har_level level,
                 const char *pointer)
{
    const struct har_finding finding = {.size = sizeof finding,
                                        .rule = rule,
                                        .level = level,
                                        .source = source,
                                        .entry = entry,
                                        .pointer = {pointer, strlen(pointer)},
                                        .message = "the value is %1",
                                        .arg = {{.kind = HAR_ARG_VALUE, .text = {"hidden", 6}}},
                                        .done = "kept"};
    ck_assert(html_index_note(index, &finding));
}

/* An entry of this input. The tree is any: that of a small run. */
struct supply {
    struct memory_run run;
    struct html_index *index;
    const char *source;
    uint64_t origin;
    bool cut; /* whether it was */
};

static void add_supplied(void *user, const struct har_item *item)
{
    struct supply *supply = user;
    struct html_row *row;
    if (item->kind != HAR_ITEM_ENTRY)
        return;
    struct har_item other = *item;
    other.source = supply->source;
    other.origin = supply->origin;
    ck_assert(html_index_entry(supply->index, &other, &row));
    supply->cut = !row;
}

static void supply_one(struct supply *supply)
{
    memory_run_init(&supply->run, HAR(ENTRY));
    supply->run.job.on_item = add_supplied;
    memory_run_go(&supply->run);
    memory_run_release(&supply->run);
}

static void entry(struct html_index *index, const char *source, uint64_t origin, bool cut)
{
    struct supply supply = {.index = index, .source = source, .origin = origin};
    supply_one(&supply);
    ck_assert(supply.cut == cut);
}

static void expect_note(const struct html_index *index, size_t at, uint32_t rule, const char *pointer)
{
    ck_assert_uint_lt(at, index->notes);
    const struct html_note *note = &index->note[at];
    ck_assert_uint_eq(note->rule, rule);
    ck_assert_msg(note->pointer.len == strlen(pointer) && !memcmp(note->pointer.bytes, pointer, note->pointer.len), "%.*s",
                  (int)note->pointer.len, note->pointer.bytes);
    ck_assert(note->message.len == 32 && !memcmp(note->message.bytes, "the value is a string of 6 bytes", 32));
    ck_assert_str_eq(note->done, "kept");
}

/* Findings go with their entry; those about entries that never come go with nothing, but for what is wrong with the file. */
START_TEST(findings)
{
    struct html_index index;
    html_index_init(&index, 1 << 20, false);
    tell(&index, "a", 0, HAR_RULE_WRONG_TYPE, HAR_LEVEL_WARNING, "/log/entries/0/request/url");
    tell(&index, "a", 0, HAR_RULE_NO_RESPONSE, HAR_LEVEL_INFO, "/log/entries/0");
    tell(&index, "a", 1, HAR_RULE_WRONG_TYPE, HAR_LEVEL_ERROR, "/log/entries/1/time");
    entry(&index, "a", 0, false);
    ck_assert_uint_eq(index.notes, 2);
    expect_note(&index, 0, 0, "/request/url");
    expect_note(&index, 1, 1, "");
    tell(&index, "a", 2, HAR_RULE_JSON_SYNTAX, HAR_LEVEL_ERROR, "/log/entries/2/x");
    entry(&index, "a", 3, false); /* 1 and 2 were left out */
    ck_assert_uint_eq(index.notes, 0);
    tell(&index, "a", 0, HAR_RULE_WRONG_TYPE, HAR_LEVEL_WARNING, "/log/entries/0/pageref"); /* late */
    tell(&index, "a", 1, HAR_RULE_WRONG_TYPE, HAR_LEVEL_WARNING, "/log/entries/1/pageref"); /* its entry never came */
    tell(&index, "a", -1, HAR_RULE_MISSING_MEMBER, HAR_LEVEL_ERROR, "/log");
    ck_assert(html_index_finish(&index, true));

    ck_assert_uint_eq(index.lates, 3);
    TEXT_IS(&index, index.late[0].pointer, "/log/entries/2/x");
    ck_assert_uint_eq(index.late[0].row, UINT32_MAX);
    TEXT_IS(&index, index.late[1].pointer, "/pageref");
    ck_assert_uint_eq(index.late[1].row, 0);
    TEXT_IS(&index, index.late[2].pointer, "/log");
    ck_assert_uint_eq(index.rules, 4);
    ck_assert_uint_eq(index.rule[0].count, 2); /* wrong-type at entry 0, twice */
    ck_assert_uint_eq(index.rule[0].places, 2);
    ck_assert_uint_eq(index.level[HAR_LEVEL_ERROR], 2);
    ck_assert_uint_eq(index.level[HAR_LEVEL_WARNING], 2);
    ck_assert_uint_eq(index.level[HAR_LEVEL_INFO], 1);
    ck_assert_uint_eq(html_index_set(&index, index.row[0].set).len, 2 * sizeof(uint16_t));
    ck_assert_uint_eq(html_index_set(&index, index.row[1].set).len, 0);
    ck_assert_uint_eq(index.source[0].findings, 5);
    html_index_release(&index);
}
END_TEST

/* Two inputs of one name, one after the other; another one that is read between. */
START_TEST(sources)
{
    struct html_index index;
    struct har_source ended = {.size = sizeof ended, .name = "dir/a/x.har", .bytes = 5};
    html_index_init(&index, 1 << 20, false);
    entry(&index, "dir/a/x.har", 0, false);
    tell(&index, "dir/b.har", 0, HAR_RULE_WRONG_TYPE, HAR_LEVEL_ERROR, "/log/entries/0/time");
    entry(&index, "dir/a/x.har", 1, false);
    ck_assert_uint_eq(index.notes, 0);
    entry(&index, "dir/b.har", 0, false);
    ck_assert_uint_eq(index.notes, 1);
    ck_assert(html_index_source(&index, &ended));
    entry(&index, "dir/a/x.har", 0, false);
    ended.bytes = 6;
    ck_assert(html_index_source(&index, &ended));
    ck_assert(html_index_finish(&index, true));
    static const struct {
        const char *name;
        uint64_t rows, bytes;
    } wanted[] = {{"a/x.har", 2, 5}, {"b.har", 1, 0}, {"a/x.har", 1, 6}};
    ck_assert_uint_eq(index.sources, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct har_text name = html_index_source_name(&index, i);
        ck_assert_msg(name.len == strlen(wanted[i].name) && !memcmp(name.bytes, wanted[i].name, name.len), "%.*s", (int)name.len,
                      name.bytes);
        ck_assert_uint_eq(index.source[i].rows, wanted[i].rows);
        ck_assert_uint_eq(index.source[i].bytes, wanted[i].bytes);
    }
    html_index_release(&index);
}
END_TEST

/* Behind the bound rows are counted, and so are findings; what is kept stays near it. */
START_TEST(bound)
{
    enum { MOST = 64 * 1024, ROWS = 2000 };
    struct html_index index;
    html_index_init(&index, MOST, false);
    struct supply supply = {.index = &index, .source = "a"};
    for (; supply.origin < ROWS && !supply.cut; supply.origin++) {
        tell(&index, "a", (int64_t)supply.origin, HAR_RULE_WRONG_TYPE, HAR_LEVEL_ERROR, "/log/entries/0/time");
        supply_one(&supply);
    }
    ck_assert_uint_gt(index.count, 50);
    ck_assert_uint_lt(index.count * sizeof(struct html_row), MOST);
    const uint64_t rows = index.count;
    entry(&index, "a", ROWS, true); /* once cut, always cut */
    tell(&index, "a", ROWS + 1, HAR_RULE_WRONG_TYPE, HAR_LEVEL_ERROR, "/log/entries/0/time");
    entry(&index, "a", ROWS + 1, true);
    ck_assert(html_index_finish(&index, true));
    ck_assert_uint_eq(index.count, rows);
    ck_assert_uint_eq(index.cut, 3);
    ck_assert_uint_eq(index.rule[0].count, rows + 2);
    ck_assert_uint_eq(index.rule[0].places, HTML_PLACES);
    ck_assert_uint_gt(index.unkept, 0);
    html_index_release(&index);
}
END_TEST

Suite *suite_html_index(void)
{
    Suite *suite = suite_create("html_index");
    TCase *tests = tcase_create("index");
    tcase_add_loop_test(tests, order, 0, 2);
    tcase_add_test(tests, gaps);
    tcase_add_loop_test(tests, nothing, 0, 2);
    tcase_add_loop_test(tests, find_pages, 0, 2);
    tcase_add_test(tests, findings);
    tcase_add_test(tests, sources);
    tcase_add_test(tests, bound);
    suite_add_tcase(suite, tests);
    return suite;
}
