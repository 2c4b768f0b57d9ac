/* Splitting: which entries and pages come into which part, how many parts are open, inputs that change in between. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

Suite *suite_split(void);

enum { PARTS_MOST = 700 };

static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};

struct splitting {
    struct har_settings *settings;
    struct har_split *split;
    struct har_buffer written[PARTS_MOST];
    uint64_t opened, fail_at; /* parts; fail_at: no sink for the one with this number, from 1 */
    unsigned runs;
    struct har_error error;
};

static enum har_status note(void *user, const void *bytes, size_t len, struct har_error *error)
{
    (void)error;
    ck_assert(har_buffer_append(user, bytes, len));
    return HAR_OK;
}

static enum har_status open_part(void *user, uint64_t part, struct har_sink **sink, struct har_error *error)
{
    struct splitting *splitting = user;
    ck_assert_uint_lt(part, PARTS_MOST);
    ck_assert_uint_eq(splitting->written[part].len, 0);
    if (++splitting->opened == splitting->fail_at)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 28, "full");
    har_buffer_init(&splitting->written[part], (size_t)1 << 24);
    return har_sink_function(sink, note, &splitting->written[part], splitting->settings, error);
}

static void begin(struct splitting *splitting, enum har_split_by by, uint64_t entries)
{
    memset(splitting, 0, sizeof *splitting);
    splitting->settings = har_settings_new();
    const struct har_split_args args = {.size = sizeof args,
                                        .by = by,
                                        .entries = entries,
                                        .writer = har_writer_find("har"),
                                        .options = one_line,
                                        .settings = splitting->settings,
                                        .open = open_part,
                                        .user = splitting};
    ck_assert_int_eq(har_split_new(&splitting->split, &args, &splitting->error), HAR_OK);
}

static void end(struct splitting *splitting)
{
    har_split_free(splitting->split);
    for (size_t i = 0; i < PARTS_MOST; i++)
        har_buffer_release(&splitting->written[i]);
    har_settings_free(splitting->settings);
}

static enum har_status run_once(struct splitting *splitting, const char *notation)
{
    struct memory_text text;
    struct har_output output = har_split_output(splitting->split);
    struct har_summary summary;
    memory_text_init(&text, notation);
    const struct har_job job = {.size = sizeof job,
                                .settings = splitting->settings,
                                .input = "memory:",
                                .reader = memory_reader(&text),
                                .outputs = &output,
                                .output_count = 1};
    const enum har_status status = har_convert(&job, &summary, &splitting->error);
    memory_text_release(&text);
    splitting->runs++;
    return status;
}

static void run_all(struct splitting *splitting, const char *notation)
{
    do
        ck_assert_msg(run_once(splitting, notation) == HAR_OK, "%s: %s", notation, splitting->error.text);
    while (har_split_left(splitting->split));
}

/* The parts of a list that ends with NULL: what is told of each, a blank, its text. */
static void expect(enum har_split_by by, uint64_t entries, const char *notation, const char *const *wanted)
{
    struct splitting splitting;
    uint64_t i = 0;
    begin(&splitting, by, entries);
    run_all(&splitting, notation);
    for (; wanted[i]; i++) {
        struct har_split_part part;
        struct har_buffer told;
        struct memory_text text;
        ck_assert_msg(har_split_part(splitting.split, i, &part), "%s: %u parts, not more", notation, (unsigned)i);
        har_buffer_init(&told, (size_t)1 << 24);
        har_buffer_printf(&told, "%s", part.named ? "" : "-");
        har_buffer_append(&told, part.name.bytes, part.name.len);
        har_buffer_printf(&told, ":%u:%s ", (unsigned)part.entries, part.first);
        har_buffer_append(&told, splitting.written[i].data, splitting.written[i].len);
        memory_text_init(&text, wanted[i]);
        ck_assert_str_eq(memory_string(&told), text.bytes);
        har_buffer_release(&told);
        memory_text_release(&text);
    }
    ck_assert_uint_eq(har_split_parts(splitting.split), i);
    ck_assert_uint_eq(splitting.opened, i);
    ck_assert_uint_eq(splitting.runs, 2);
    end(&splitting);
}

#define LIST(...)            ((const char *const[]){__VA_ARGS__, NULL})
#define HEAD                 "'version':'1.2','creator':{'name':'a','version':'1'}"
#define LOG(pages, entries)  "{'log':{" HEAD ",'pages':[" pages "],'entries':[" entries "]}}"
#define PART(pages, entries) LOG(pages, entries) "\n"
#define P                    "{'id':'p'}"
#define Q                    "{'id':'q'}"

START_TEST(by_page)
{
    expect(HAR_SPLIT_BY_PAGE, 0,
           LOG(P "," Q, "{'pageref':'q','time':1},{'time':2},{'pageref':'p','time':3},{'pageref':'x','time':4}"),
           LIST("p:1: " PART(P, "{'pageref':'p','time':3}"), "q:1: " PART(Q, "{'pageref':'q','time':1}"),
                "-:2: " PART("", "{'time':2},{'pageref':'x','time':4}")));
    /* Pages behind the entries; a page without entries; two of one id; one without; ids in two spellings. */
    expect(HAR_SPLIT_BY_PAGE, 0,
           "{'log':{'entries':[{'pageref':'\\u0070'}],'pages':[" P ",{'id':'q/'},{'title':'none'},{'id':'p','title':'again'}]}}",
           LIST("p:1: {'log':{'pages':[" P ",{'id':'p','title':'again'}],'entries':[{'pageref':'p'}]}}\n",
                "q/:0: {'log':{'pages':[{'id':'q/'}],'entries':[]}}\n",
                "-:0: {'log':{'pages':[{'title':'none'}],'entries':[]}}\n"));
    expect(HAR_SPLIT_BY_PAGE, 0, "{'log':{'entries':[{'pageref':5},{}]}}", LIST("-:2: {'log':{'entries':[{'pageref':5},{}]}}\n"));
}
END_TEST

#define URL(url) "{'request':{'url':'" url "'}}"

START_TEST(by_host)
{
    expect(HAR_SPLIT_BY_HOST, 0,
           LOG("", URL("http://b.example/1") "," URL("data:,x") "," URL("https://A.Example:8443/") "," URL("//B.EXAMPLE?2") "," URL(
                       "http://[2001:db8::1]/") ",{},{'request':{'url':7}}," URL("http:\\/\\/u:p@a.example")),
           LIST("b.example:2: " PART("", URL("http://b.example/1") "," URL("//B.EXAMPLE?2")),
                ":3: " PART("", URL("data:,x") ",{},{'request':{'url':7}}"),
                "a.example:2: " PART("", URL("https://A.Example:8443/") "," URL("http://u:p@a.example")),
                "2001:db8::1:1: " PART("", URL("http://[2001:db8::1]/"))));
    /* Pages that the entries refer to; those that nobody does are in the first part. */
    expect(HAR_SPLIT_BY_HOST, 0,
           LOG(P "," Q ",{'id':'r'},{'id':'s'},{}",
               "{'pageref':'q','request':{'url':'http://a/'}},{'pageref':'r','request':{'url':'http://b/'}},"
               "{'pageref':'p','request':{'url':'http://b/'}},{'pageref':'q','request':{'url':'http://b/'}}"),
           LIST("a:1: " PART(Q ",{'id':'s'},{}", "{'pageref':'q','request':{'url':'http://a/'}}"),
                "b:3: " PART(P "," Q ",{'id':'r'}",
                             "{'pageref':'r','request':{'url':'http://b/'}},"
                             "{'pageref':'p','request':{'url':'http://b/'}},{'pageref':'q','request':{'url':'http://b/'}}")));
    /* Hosts that need escapes where they are told. */
    expect(HAR_SPLIT_BY_HOST, 0, "{'log':{'entries':[" URL("http://a\\u0022b\\u0000/") "]}}",
           LIST("a\\\"b\\u0000:1: {'log':{'entries':[" URL("http://a\\\"b\\u0000/") "]}}\n"));
}
END_TEST

#define AT(date) "{'startedDateTime':'" date "'}"

START_TEST(by_count)
{
    expect(HAR_SPLIT_BY_COUNT, 2,
           LOG(P, AT("2020-01-02T00:00:00Z") "," AT("2020-01-02T00:30:00+01:00") "," AT("x") ",{'pageref':'p'}," AT("2020-01-01")),
           LIST("-:2:2020-01-02T00:30:00+01:00 " PART("", AT("2020-01-02T00:00:00Z") "," AT("2020-01-02T00:30:00+01:00")),
                "-:2: " PART(P, AT("x") ",{'pageref':'p'}"), "-:1: " PART("", AT("2020-01-01"))));
    expect(HAR_SPLIT_BY_COUNT, 3, LOG(P, "{},{},{}"), LIST("-:3: " PART(P, "{},{},{}")));
    struct har_split *split = NULL;
    const struct har_split_args none = {.size = sizeof none, .by = HAR_SPLIT_BY_COUNT, .writer = har_writer_find("har")};
    ck_assert_int_eq(har_split_new(&split, &none, NULL), HAR_FATAL);
    ck_assert_ptr_null(split);
}
END_TEST

/* Nothing is lost of an input without entries, or that is hardly a capture. */
START_TEST(without_entries)
{
    static const char *const rows[] = {LOG(P, ""), "{}", "{'log':{}}", "{'log':{'_x':{}}}", "{'log':[]}", "{'log':{'entries':5}}"};
    for (int by = HAR_SPLIT_BY_PAGE; by <= HAR_SPLIT_BY_COUNT; by++)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct har_buffer wanted;
            har_buffer_init(&wanted, 1000);
            const bool named = by == HAR_SPLIT_BY_HOST || (by == HAR_SPLIT_BY_PAGE && i == 0);
            har_buffer_printf(&wanted, "%s:0: %s\n", named ? by == HAR_SPLIT_BY_PAGE ? "p" : "" : "-", rows[i]);
            expect((enum har_split_by)by, 1, rows[i], LIST(memory_string(&wanted)));
            har_buffer_release(&wanted);
        }
    /* What stands around an enveloped log is left out, as everywhere. */
    expect(HAR_SPLIT_BY_COUNT, 1, "{'success':true,'_r':1,'result':{'log':{'entries':[{},{}]}}}",
           LIST("-:1: {'log':{'entries':[{}]},'_r':1}\n", "-:1: {'log':{'entries':[{}]},'_r':1}\n"));
}
END_TEST

/* A capture whose entries go round over many hosts: the first 80 of them are open until its end, then come the others. */
static char *round_robin(unsigned hosts, unsigned rounds)
{
    struct har_buffer text;
    har_buffer_init(&text, (size_t)1 << 24);
    har_buffer_append_text(&text, "{'log':{'entries':[");
    for (unsigned i = 0; i < hosts * rounds; i++)
        har_buffer_printf(&text, "%s{'time':%u,'request':{'url':'http://h%u/'}}", i ? "," : "", i, i % hosts);
    har_buffer_append_text(&text, "]}}");
    ck_assert_ptr_nonnull(har_buffer_string(&text));
    return text.data;
}

START_TEST(many_parts)
{
    static const struct {
        unsigned hosts, rounds, runs;
    } rows[] = {{80, 2, 2}, {81, 2, 3}, {200, 3, 4}, {200, 1, 2}}; /* the last: each part is whole at once */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct splitting splitting;
        char *text = round_robin(rows[i].hosts, rows[i].rounds);
        begin(&splitting, HAR_SPLIT_BY_HOST, 0);
        run_all(&splitting, text);
        ck_assert_uint_eq(splitting.runs, rows[i].runs);
        ck_assert_uint_eq(har_split_parts(splitting.split), rows[i].hosts);
        for (unsigned host = 0; host < rows[i].hosts; host++) {
            struct har_buffer wanted;
            har_buffer_init(&wanted, 1000);
            har_buffer_append_text(&wanted, "{\"log\":{\"entries\":[");
            for (unsigned k = 0; k < rows[i].rounds; k++)
                har_buffer_printf(&wanted, "%s{\"time\":%u,\"request\":{\"url\":\"http://h%u/\"}}", k ? "," : "",
                                  k * rows[i].hosts + host, host);
            har_buffer_append_text(&wanted, "]}}\n");
            ck_assert_str_eq(memory_string(&splitting.written[host]), memory_string(&wanted));
            har_buffer_release(&wanted);
        }
        end(&splitting);
        free(text);
    }
}
END_TEST

START_TEST(too_many_parts)
{
    struct splitting splitting;
    struct har_buffer text;
    har_buffer_init(&text, (size_t)1 << 24);
    for (unsigned entries = HAR_SPLIT_PARTS_MOST; entries <= HAR_SPLIT_PARTS_MOST + 1; entries++) {
        har_buffer_clear(&text);
        har_buffer_append_text(&text, "{'log':{'entries':[{}");
        for (unsigned i = 1; i < entries; i++)
            har_buffer_append_text(&text, ",{}");
        har_buffer_append_text(&text, "]}}");
        begin(&splitting, HAR_SPLIT_BY_COUNT, 1);
        ck_assert_int_eq(run_once(&splitting, memory_string(&text)), entries == HAR_SPLIT_PARTS_MOST ? HAR_OK : HAR_FATAL);
        ck_assert_uint_eq(splitting.opened, 0);
        if (entries > HAR_SPLIT_PARTS_MOST)
            ck_assert_str_eq(splitting.error.text, "would be split into more than 65536 parts");
        end(&splitting);
    }
    har_buffer_release(&text);
}
END_TEST

START_TEST(another_input_the_second_time)
{
    static const char *const rows[] = {
        "{'log':{'entries':[" URL("http://a/") "]}}",
        "{'log':{'entries':[" URL("http://a/") "," URL("http://c/") "]}}",
        "{'log':{'entries':[]}}",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct splitting splitting;
        begin(&splitting, HAR_SPLIT_BY_HOST, 0);
        ck_assert_int_eq(run_once(&splitting, "{'log':{'entries':[" URL("http://a/") "," URL("http://b/") "]}}"), HAR_OK);
        ck_assert_int_eq(run_once(&splitting, rows[i]), HAR_FATAL);
        ck_assert_str_eq(splitting.error.text, "changed while it was read");
        ck_assert_int_eq(run_once(&splitting, rows[i]), HAR_FATAL); /* it is over */
        end(&splitting);
    }
}
END_TEST

START_TEST(faults)
{
    const char *const text = "{'log':{'entries':[" URL("http://a/") "," URL("http://b/") "," URL("http://a/") "]}}";
    struct splitting splitting;
    for (uint64_t fail_at = 1; fail_at <= 2; fail_at++) {
        begin(&splitting, HAR_SPLIT_BY_HOST, 0);
        splitting.fail_at = fail_at;
        ck_assert_int_eq(run_once(&splitting, text), HAR_OK);
        ck_assert_int_eq(run_once(&splitting, text), HAR_FATAL);
        ck_assert_str_eq(splitting.error.text, "full");
        end(&splitting);
    }
    /* Broken: nothing is planned. */
    begin(&splitting, HAR_SPLIT_BY_HOST, 0);
    ck_assert_int_eq(run_once(&splitting, "{'log':{'entries':[" URL("http://a/")), HAR_FAILED);
    ck_assert_uint_eq(har_split_parts(splitting.split), 0);
    end(&splitting);
    /* What all parts repeat is bounded. */
    begin(&splitting, HAR_SPLIT_BY_HOST, 0);
    ck_assert_int_eq(har_settings_set_bound(splitting.settings, HAR_BOUND_KEPT_BYTES, 1024, NULL), HAR_OK);
    har_split_free(splitting.split);
    const struct har_split_args args = {
        .size = sizeof args, .by = HAR_SPLIT_BY_HOST, .writer = har_writer_find("har"), .settings = splitting.settings};
    ck_assert_int_eq(har_split_new(&splitting.split, &args, NULL), HAR_OK);
    char *many = round_robin(100, 1);
    ck_assert_int_eq(run_once(&splitting, many), HAR_FAILED);
    free(many);
    end(&splitting);
}
END_TEST

Suite *suite_split(void)
{
    Suite *suite = suite_create("split");
    TCase *parts = tcase_create("parts");
    tcase_add_test(parts, by_page);
    tcase_add_test(parts, by_host);
    tcase_add_test(parts, by_count);
    tcase_add_test(parts, without_entries);
    suite_add_tcase(suite, parts);
    TCase *bounds = tcase_create("bounds");
    tcase_add_test(bounds, many_parts);
    tcase_add_test(bounds, too_many_parts);
    tcase_add_test(bounds, another_input_the_second_time);
    tcase_add_test(bounds, faults);
    suite_add_tcase(suite, bounds);
    return suite;
}
