/* Entries by startedDateTime: which instants count, what stays behind what, and the same bytes as of a capture that is in order
 * already, for both writers of documents, all layouts, and sinks of every kind. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "files.h"
#include "memory.h"

Suite *suite_sort(void);

#define D "'startedDateTime':"

static const struct har_option one_line[] = {{"indent", "0"}, {"sort", NULL}, {NULL, NULL}};

/* Entries without their n, and the order in which these come out. */
static const struct {
    const char *entries[8];
    const char *wanted;
} rows[] = {
    {{D "'2020-01-01T00:00:02Z'", D "'2020-01-01T00:00:01Z'"}, "1 0"},
    {{D "'2020-01-01T00:00:01Z'", D "'2020-01-01T00:00:02Z'"}, "0 1"},
    {{NULL}, ""},
    {{D "'2020-01-01T00:00:01Z'"}, "0"},
    /* equal instants keep their order, however they are written */
    {{D "'2020-01-01T00:00:00Z'", D "'2020-01-01T01:00:00+01:00'", D "'2019-12-31T23:00:00.000-01:00'", D "'2020-01-01T00:00Z'"},
     "0 1 2 3"},
    {{D "'2020-01-01T02:00:00+02:00'", D "'2020-01-01T00:30:00+01:00'", D "'2019-12-31T19:15:00-05:00'"}, "1 0 2"},
    /* as instants, not as texts */
    {{D "'2020-01-01T10:00:00.5Z'", D "'2020-01-01T10:00:00.25Z'", D "'2020-01-01T10:00:00.125Z'"}, "2 1 0"},
    {{D "'2020-01-01T10:00:00.000000002Z'", D "'2020-01-01T10:00:00.000000001Z'"}, "1 0"},
    /* nanoseconds are what counts */
    {{D "'2020-01-01T10:00:00.0000000019Z'", D "'2020-01-01T10:00:00.0000000011Z'"}, "0 1"},
    {{D "'2020-03-01T00:00:00Z'", D "'2020-02-29T23:59:59.999Z'", D "'2019-03-01T00:00:00Z'", D "'1969-12-31T23:59:59Z'"},
     "3 2 1 0"},
    /* what lies outside of 1677 to 2262 shares a key */
    {{D "'9999-01-01T00:00:00Z'", D "'3000-01-01T00:00:00Z'", D "'2262-04-01T00:00:00Z'", D "'1000-01-01T00:00:00Z'",
      D "'0001-01-01T00:00:00Z'", D "'1678-01-01T00:00:00Z'"},
     "3 4 5 2 0 1"},
    /* without an instant: behind the one before */
    {{D "'2020-01-01T00:00:02Z'", "'time':1", D "'2020-01-01T00:00:01Z'", D "'not a date'", D "5", D "null"}, "2 3 4 5 0 1"},
    {{D "'2020-01-01T00:00:02Z'", D "'2020-01-01T00:00:00'", D "'2020-02-31T00:00:00Z'", D "'2020-01-01T00:00:01Z'", D "''"},
     "3 4 0 1 2"},
    {{"'time':1", D "'2020-01-01T00:00:02Z'", "'time':2", D "'2020-01-01T00:00:01Z'", "'time':3"}, "0 3 4 1 2"},
    {{"'time':1", "'time':2"}, "0 1"},
    /* escapes, in the key and in the value */
    {{D "'2020-01-01T00:00:02Z'", D "'2020\\u002d01-01T00:00:0\\u0031Z'", "'started\\u0044ateTime':'2020-01-01T00:00:00Z'"},
     "2 1 0"},
    /* the last of several; one of another object does not count */
    {{(D "'2020-01-01T00:00:02Z'," D "'2020-01-01T00:00:09Z'"), D "'2020-01-01T00:00:05Z'"}, "1 0"},
    {{D "'2020-01-01T00:00:02Z'", ("'request':{" D "'2020-01-01T00:00:01Z'}"), ("'_a':[{" D "'2020-01-01T00:00:01Z'}]")}, "0 1 2"},
};

static void append_raw(struct har_buffer *out, const char *notation)
{
    struct memory_text text;
    memory_text_init(&text, notation);
    har_buffer_append(out, text.bytes, text.len);
    memory_text_release(&text);
}

START_TEST(which_order)
{
    struct memory_run run;
    struct har_buffer text, found;
    har_buffer_init(&text, 1 << 20);
    har_buffer_init(&found, 1 << 20);
    append_raw(&text, "{'log':{'version':'1.2','creator':{},'browser':{},'pages':[],'entries':[");
    for (size_t i = 0; i < 8 && rows[_i].entries[i]; i++) {
        har_buffer_append_text(&text, i ? ",{" : "{");
        append_raw(&text, rows[_i].entries[i]);
        har_buffer_printf(&text, ",\"_n\":%zu}", i);
    }
    har_buffer_append_text(&text, "]}}");
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text.data, text.len);
    memory_run_write(&run, one_line);
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    for (const char *at = memory_string(&run.written[0]); (at = strstr(at, "\"_n\":")); at++)
        har_buffer_printf(&found, "%s%c", found.len ? " " : "", at[5]);
    ck_assert_str_eq(memory_string(&found), rows[_i].wanted);
    memory_run_release(&run);
    har_buffer_release(&text);
    har_buffer_release(&found);
}
END_TEST

enum where { PLAIN, PAGES_LAST, ENVELOPE, BESIDE, WHERES };

static void append_entry(struct har_buffer *out, size_t n, size_t second)
{
    har_buffer_printf(out, "{\"startedDateTime\":\"2026-03-01T%02zu:%02zu:%02zu.000Z\",\"time\":0,", second / 3600,
                      second / 60 % 60, second % 60);
    har_buffer_printf(out, "\"request\":{\"headers\":[{\"name\":\"a\",\"value\":\"%0*zu\"}],\"cookies\":[]},\"_n\":%zu}",
                      (int)(n % 200), n, n);
}

/* A capture of `count` entries: as `second` has them, or in the order of `number`, where that is given. */
static void make_capture(struct har_buffer *out, enum where where, size_t count, const size_t *second, const size_t *number)
{
    static const char *const before[WHERES] = {
        "{\"log\":{\"version\":\"1.2\",\"creator\":{},\"browser\":{},\"pages\":[{\"id\":\"p\"}],\"entries\":[",
        "{\"log\":{\"entries\":[",
        "{\"result\":{\"har\":{\"log\":{\"version\":\"1.2\",\"entries\":[",
        "{\"_z\":1,\"log\":{\"_y\":2,\"version\":\"1.2\",\"creator\":{},\"browser\":{},\"pages\":[],\"entries\":[",
    };
    static const char *const behind[WHERES] = {
        "]}}",
        "],\"pages\":[{\"id\":\"p\",\"title\":\"t\"},{\"id\":\"a\"}],\"_q\":[],\"browser\":{},\"version\":\"1.2\",\"creator\":{}}}",
        "],\"_a\":[1]},\"_h\":1}}}",
        "],\"_x\":3},\"_w\":4}",
    };
    har_buffer_append_text(out, before[where]);
    for (size_t i = 0; i < count; i++) {
        const size_t n = number ? number[i] : i;
        if (i)
            har_buffer_append_text(out, ",");
        append_entry(out, n, second[n]);
    }
    har_buffer_append_text(out, behind[where]);
}

/* Numbers of entries in the order of their seconds, equal ones as they came: counted, not sorted. */
static size_t *make_numbers(const size_t *second, size_t count, size_t seconds)
{
    size_t *number = calloc(count + 1, sizeof *number), at = 0;
    for (size_t s = 0; s < seconds; s++)
        for (size_t i = 0; i < count; i++)
            if (second[i] == s)
                number[at++] = i;
    return number;
}

enum target { MEMORY, TO_FILE, TO_PACKED, TARGETS };

/* Writes `text` and gives back what was written. */
static void write_all(const struct har_buffer *text, const char *writer, const char *indent, bool sort, enum target target,
                      struct har_buffer *written)
{
    const struct har_option options[] = {{"indent", indent}, {sort ? "sort" : NULL, NULL}, {NULL, NULL}};
    struct har_output output = {.writer = har_writer_find(writer), .options = options};
    struct memory_run run;
    memory_run_init(&run, NULL);
    memory_text_raw(&run.text, text->data, text->len);
    ck_assert_int_eq(har_settings_set_spool_dir(run.settings, "spool", &run.error), HAR_OK);
    run.job.on_finding = NULL; /* the entries lack nearly everything */
    if (target == MEMORY) {
        memory_run_write(&run, options);
        run.output[0].writer = output.writer;
    } else {
        const char *name = target == TO_FILE ? "out" : "out.gz";
        ck_assert_int_eq(har_sink_file(&output.sink, name, run.settings, &run.error), HAR_OK);
        run.job.outputs = &output;
        run.job.output_count = 1;
    }
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    har_buffer_clear(written);
    if (target == MEMORY) {
        har_buffer_append(written, run.written[0].data, run.written[0].len);
    } else {
        static char block[65536];
        int got;
        gzFile file = gzopen(target == TO_FILE ? "out" : "out.gz", "rb"); /* reads plain files, too */
        while ((got = gzread(file, block, sizeof block)) > 0)
            har_buffer_append(written, block, (size_t)got);
        gzclose(file);
        har_sink_free(output.sink);
        run.job.output_count = 0;
    }
    ck_assert_uint_eq(files_count("spool"), 0);
    memory_run_release(&run);
}

static void compare(size_t count, const size_t *second, size_t seconds, enum where where, const char *writer, const char *indent,
                    enum target target)
{
    struct har_buffer text, ordered, wanted, written;
    size_t *number = make_numbers(second, count, seconds);
    har_buffer_init(&text, (size_t)1 << 28);
    har_buffer_init(&ordered, (size_t)1 << 28);
    har_buffer_init(&wanted, (size_t)1 << 28);
    har_buffer_init(&written, (size_t)1 << 28);
    make_capture(&text, where, count, second, NULL);
    make_capture(&ordered, where, count, second, number);
    write_all(&ordered, writer, indent, false, MEMORY, &wanted);
    write_all(&text, writer, indent, true, target, &written);
    ck_assert_uint_eq(written.len, wanted.len);
    ck_assert_mem_eq(written.data, wanted.data, wanted.len);
    write_all(&ordered, writer, indent, true, target, &written);
    ck_assert_uint_eq(written.len, wanted.len);
    ck_assert_mem_eq(written.data, wanted.data, wanted.len);
    free(number);
    har_buffer_release(&text);
    har_buffer_release(&ordered);
    har_buffer_release(&wanted);
    har_buffer_release(&written);
}

static const char *const writers[] = {"har", "xml"};

START_TEST(the_bytes_of_a_capture_in_order)
{
    static const size_t second[] = {50, 40, 3, 3, 90, 3, 0, 91, 40, 0, 92, 93};
    for (size_t writer = 0; writer < 2; writer++)
        for (char indent[] = "0"; *indent <= (_i == MEMORY ? '8' : '0'); ++*indent) /* files are flushed to disk: a few */
            for (int where = 0; where < WHERES; where++)
                for (size_t count = 0; count <= 12; count += count < 3 ? 1 : 3)
                    compare(count, second, 100, (enum where)where, writers[writer], indent, (enum target)_i);
}
END_TEST

/* Random order, many equal dates; more text than a spool keeps in memory. */
START_TEST(many_entries)
{
    enum { COUNT = 30000, SECONDS = 500 };
    size_t *second = calloc(COUNT, sizeof *second);
    uint32_t random = 5;
    for (size_t i = 0; i < COUNT; i++) {
        random = random * 1664525 + 1013904223;
        second[i] = (random >> 8) % SECONDS;
    }
    compare(COUNT, second, SECONDS, _i / TARGETS % 2 ? PAGES_LAST : PLAIN, writers[_i / TARGETS / 2], "1",
            (enum target)(_i % TARGETS));
    free(second);
}
END_TEST

/* What compares says that an input out of order would change, and one that is in order would not; nothing goes to a spool. */
START_TEST(comparing)
{
    static const size_t sorted[] = {1, 1, 2, 3}, unsorted[] = {1, 3, 2, 3};
    for (int i = 0; i < 4; i++) {
        struct har_buffer text, line;
        struct memory_run run;
        struct har_output output = {.writer = har_writer_find("har"), .options = one_line};
        har_buffer_init(&text, (size_t)1 << 20);
        har_buffer_init(&line, (size_t)1 << 20);
        make_capture(&text, i / 2 ? PAGES_LAST : PLAIN, 4, i % 2 ? unsorted : sorted, NULL);
        /* As canonical as an input can be whose order is not. */
        write_all(&text, "har", "0", false, MEMORY, &line);
        memory_run_init(&run, NULL);
        memory_text_raw(&run.text, i / 2 ? text.data : line.data, i / 2 ? text.len : line.len);
        ck_assert_int_eq(har_settings_set_spool_dir(run.settings, "missing", &run.error), HAR_OK);
        ck_assert_int_eq(har_sink_nowhere(&output.sink, run.settings, &run.error), HAR_OK);
        run.job.outputs = &output;
        run.job.output_count = 1;
        run.job.compare = true;
        run.job.on_finding = NULL;
        memory_run_go(&run);
        ck_assert_int_eq(run.status, HAR_OK);
        ck_assert_int_eq(run.summary.same, i == 0);
        har_sink_free(output.sink);
        run.job.output_count = 0;
        memory_run_release(&run);
        har_buffer_release(&text);
        har_buffer_release(&line);
    }
}
END_TEST

/* Entries that are no objects, and a log without any. */
START_TEST(odd_documents)
{
    static const struct {
        const char *text, *wanted;
    } odd[] = {
        {"{'log':{'entries':[1,{" D "'2020-01-01T00:00:02Z'},'x',{" D "'2020-01-01T00:00:01Z'},[{}]]}}",
         "{'log':{'entries':[1,{" D "'2020-01-01T00:00:01Z'},[{}],{" D "'2020-01-01T00:00:02Z'},'x']}}\n"},
        {"{'log':{'pages':[{" D "'2020-01-01T00:00:02Z'},{" D "'2020-01-01T00:00:01Z'}],'entries':[]}}",
         "{'log':{'pages':[{" D "'2020-01-01T00:00:02Z'},{" D "'2020-01-01T00:00:01Z'}],'entries':[]}}\n"},
        {"{'log':{'version':'1.2'}}", "{'log':{'version':'1.2'}}\n"},
        {"{'log':{'entries':{'b':1}}}", "{'log':{'entries':{'b':1}}}\n"},
        {"{'log':5}", "{'log':5}\n"},
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct memory_run run;
        struct memory_text wanted;
        memory_run_init(&run, odd[i].text);
        memory_text_init(&wanted, odd[i].wanted);
        memory_run_write(&run, one_line);
        memory_run_go(&run);
        ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
        ck_assert_str_eq(memory_string(&run.written[0]), wanted.bytes);
        memory_text_release(&wanted);
        memory_run_release(&run);
    }
}
END_TEST

static void set_up(void)
{
    files_enter();
    ck_assert_int_eq(mkdir("spool", 0700), 0);
}

Suite *suite_sort(void)
{
    Suite *suite = suite_create("sort");
    TCase *tcase = tcase_create("sort");
    tcase_add_checked_fixture(tcase, set_up, files_leave);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, which_order, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tcase, the_bytes_of_a_capture_in_order, 0, TARGETS);
    tcase_add_loop_test(tcase, many_entries, 0, 4 * TARGETS);
    tcase_add_test(tcase, comparing);
    tcase_add_test(tcase, odd_documents);
    suite_add_tcase(suite, tcase);
    return suite;
}
