/* What writers are told beside items: findings, sources, where an item is from; in runs, merges and splits. */
#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "small.h"
#include "util/sha256.h"

Suite *suite_telling(void);

/* What the writer noted: a line for each call. One test runs at a time, in a process of its own. */
static struct har_buffer heard;

/* What it does with the findings of this rule, and once with the entry of this number. */
static struct {
    enum har_rule rule;
    enum { DO_NOTHING, DO_FAIL, DO_BOUND, DO_TELL } act;
    int tell_at;
    bool brief; /* findings without their messages */
} orders;

struct ears {
    struct har_report_to *findings;
};

static enum har_status open_ears(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    (void)error;
    ((struct ears *)ctx)->findings = args->findings;
    ck_assert_ptr_nonnull(args->findings);
    return HAR_OK;
}

static void tell_cut(struct ears *ears, const struct har_item *item)
{
    const struct har_finding finding = {.rule = HAR_RULE_TOO_LARGE,
                                        .place = item->place,
                                        .end = item->place,
                                        .entry = -1,
                                        .pointer = {"/log/entries", 12},
                                        .message = "rows are cut",
                                        .repair = HAR_REPAIR_LOSS};
    har_report_finding(ears->findings, &finding);
}

static enum har_status item_ears(void *ctx, const struct har_item *item, struct har_error *error)
{
    static const char *const kinds[] = {"begin", "member", "page", "entry", "end"};
    (void)error;
    ck_assert_uint_eq(item->size, sizeof *item);
    har_buffer_printf(&heard, "%s", kinds[item->kind]);
    if (item->kind == HAR_ITEM_PAGE || item->kind == HAR_ITEM_ENTRY)
        har_buffer_printf(&heard, " %d from %d", (int)item->ordinal, (int)item->origin);
    har_buffer_printf(&heard, " of %s\n", item->source ? item->source : "none");
    if (item->kind == HAR_ITEM_ENTRY && (int)item->ordinal == orders.tell_at)
        tell_cut(ctx, item);
    return HAR_OK;
}

static enum har_status finding_ears(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    har_buffer_printf(&heard, "%s %s %d of %s ", har_level_name(finding->level), har_rule_info(finding->rule)->id,
                      (int)finding->entry, finding->source);
    har_buffer_append(&heard, finding->pointer.bytes, finding->pointer.len);
    har_buffer_append_text(&heard, orders.brief ? "" : " ");
    if (!orders.brief)
        har_finding_message(finding, true, &heard);
    har_buffer_append_text(&heard, "\n");
    if (finding->rule != orders.rule || orders.act == DO_NOTHING)
        return HAR_OK;
    if (orders.act == DO_BOUND)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_REPORT_BYTES, "more than --max-report-bytes allows");
    if (orders.act == DO_FAIL)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 28, "no room");
    har_report_finding(((struct ears *)ctx)->findings, finding); /* must not come back for ever */
    return HAR_OK;
}

static enum har_status source_ears(void *ctx, const struct har_source *source, struct har_error *error)
{
    (void)ctx;
    (void)error;
    ck_assert_uint_eq(source->size, sizeof *source);
    har_buffer_printf(&heard, "source %s %d ", source->name, (int)source->bytes);
    for (size_t i = 0; i < sizeof source->sha256; i++)
        har_buffer_printf(&heard, "%02x", source->sha256[i]);
    har_buffer_append_text(&heard, "\n");
    return HAR_OK;
}

static enum har_status finish_ears(void *ctx, struct har_error *error)
{
    (void)ctx;
    (void)error;
    har_buffer_append_text(&heard, "finish\n");
    return HAR_OK;
}

static void close_ears(void *ctx)
{
    (void)ctx;
}

#define EARS(bytes)                                                                                                                \
    {                                                                                                                              \
        .size = (bytes), .name = "ears", .summary = "what is told", .ctx_size = sizeof(struct ears), .open = open_ears,            \
        .item = item_ears, .finish = finish_ears, .close = close_ears, .finding = finding_ears, .source = source_ears              \
    }

static const struct har_writer ears_writer = EARS(sizeof ears_writer);
static const struct har_writer old_writer = EARS(offsetof(struct har_writer, finding));
static const struct har_writer older_writer = EARS(offsetof(struct har_writer, source));

static void begin_orders(void)
{
    har_buffer_release(&heard);
    har_buffer_init(&heard, 1 << 20);
    orders.act = DO_NOTHING;
    orders.tell_at = -1;
}

/* `wanted` in the notation, with SHA in place of the digest of the capture. */
static void expect_heard(const char *wanted, const struct memory_text *text)
{
    struct sha256 sha;
    unsigned char digest[SHA256_SIZE];
    struct har_buffer out;
    har_buffer_init(&out, 1 << 20);
    sha256_init_portable(&sha);
    sha256_add(&sha, text->bytes, text->len);
    sha256_end(&sha, digest);
    for (const char *at = wanted; *at; at++) {
        if (strncmp(at, "SHA", 3) != 0) {
            har_buffer_append_char(&out, *at);
            continue;
        }
        for (size_t i = 0; i < sizeof digest; i++)
            har_buffer_printf(&out, "%02x", digest[i]);
        at += 2;
    }
    ck_assert_str_eq(memory_string(&heard), memory_string(&out));
    har_buffer_release(&out);
}

/* One rule, of three entries in one. */
#define SAMPLE "{'log':{'version':'1.2'," CREATOR ",'entries':[" ENTRY "," ENTRY_WITH(",'x':1") "," ENTRY "]}}"

static void run_init(struct memory_run *run, const char *notation, const struct har_writer *writer)
{
    begin_orders();
    memory_run_init(run, notation);
    memory_only(run->settings, 0);
    har_settings_set_level(run->settings, HAR_RULE_UNKNOWN_MEMBER, HAR_LEVEL_WARNING);
    har_settings_set_level(run->settings, HAR_RULE_TOO_LARGE, HAR_LEVEL_ERROR);
    memory_run_write(run, NULL);
    run->output[0].writer = writer;
}

static bool no_wants(void *user, enum har_rule rule, enum har_level level)
{
    (void)user;
    (void)rule;
    (void)level;
    return false;
}

#define BEFORE "begin of memory:\nmember of memory:\nmember of memory:\nmember of memory:\nmember of memory:\n"

/* Whoever else wants findings or not. */
START_TEST(a_run)
{
    struct memory_run run;
    run_init(&run, SAMPLE, &ears_writer);
    if (_i == 1)
        run.job.on_finding = NULL;
    if (_i == 2)
        run.job.wants = no_wants;
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    char wanted[2000];
    const char *found = strstr(memory_string(&heard), "warning ");
    ck_assert_ptr_nonnull(found);
    ck_assert_int_eq(strncmp(found, "warning unknown-member 1 of memory: /log/entries/1/x ", 53), 0);
    snprintf(wanted, sizeof wanted,
             BEFORE "entry 0 from 0 of memory:\n%.*s\nentry 1 from 1 of memory:\nentry 2 from 2 of memory:\nend of memory:\n"
                    "source memory: %d SHA\nfinish\n",
             (int)strcspn(found, "\n"), found, (int)run.text.len);
    expect_heard(wanted, &run.text);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_UNKNOWN_MEMBER], 1);
    ck_assert_int_eq(run.told.len > 0, _i == 0);
    memory_run_release(&run);
}
END_TEST

/* A writer that was compiled when there was less. */
START_TEST(smaller_writers)
{
    struct memory_run run;
    run_init(&run, SAMPLE, _i ? &older_writer : &old_writer);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_int_eq(strstr(memory_string(&heard), "unknown-member") != NULL, _i);
    ck_assert_ptr_null(strstr(memory_string(&heard), "source"));
    memory_run_release(&run);
}
END_TEST

START_TEST(silent_rules)
{
    struct memory_run run;
    run_init(&run, SAMPLE, &ears_writer);
    har_settings_set_level(run.settings, HAR_RULE_UNKNOWN_MEMBER, HAR_LEVEL_OFF);
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_ptr_null(strstr(memory_string(&heard), "unknown-member"));
    memory_run_release(&run);
}
END_TEST

START_TEST(known_findings)
{
    struct memory_run run;
    struct har_baseline *baseline = har_baseline_new();
    run_init(&run, SAMPLE, &ears_writer);
    run.job.noted = baseline;
    memory_run_go(&run);
    ck_assert_ptr_nonnull(strstr(memory_string(&heard), "unknown-member"));
    memory_run_release(&run);
    run_init(&run, SAMPLE, &ears_writer);
    run.job.known = baseline;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_ptr_null(strstr(memory_string(&heard), "unknown-member"));
    memory_run_release(&run);
    har_baseline_free(baseline);
}
END_TEST

START_TEST(left_out_entries)
{
    static const struct har_option options[] = {{"filter", "time>1"}, {NULL, NULL}};
    const struct har_transform *const transforms[] = {har_transform_find("filter"), NULL};
    struct memory_run run;
    run_init(&run, "{'log':{'entries':[{'time':1,'x':1},{'time':2,'x':1}]}}", &ears_writer);
    run.job.transforms = transforms;
    run.job.options = options;
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s", run.error.text);
    const char *first = strstr(memory_string(&heard), "unknown-member 0 of memory: /log/entries/0/x ");
    ck_assert_ptr_nonnull(first);
    const char *second = strstr(first, "unknown-member 1 of memory: /log/entries/1/x ");
    ck_assert_ptr_nonnull(second);
    ck_assert_ptr_nonnull(strstr(second, "entry 1 from 1 of memory:\n"));
    ck_assert_ptr_null(strstr(memory_string(&heard), "entry 0 "));
    memory_run_release(&run);
}
END_TEST

START_TEST(a_writer_that_fails)
{
    struct memory_run run;
    run_init(&run, SAMPLE, &ears_writer);
    orders.rule = HAR_RULE_UNKNOWN_MEMBER;
    orders.act = DO_FAIL;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FATAL);
    ck_assert_int_eq(run.error.domain, HAR_DOMAIN_SYSTEM);
    ck_assert_str_eq(run.error.text, "no room");
    ck_assert_ptr_null(strstr(memory_string(&heard), "entry 1"));
    ck_assert_ptr_null(strstr(memory_string(&heard), "finish"));
    memory_run_release(&run);
}
END_TEST

/* Its bound is a finding with the words of the error, whichever bound it is; the input is still judged to its end. */
START_TEST(a_writer_that_is_full)
{
    struct memory_run run;
    run_init(&run, SAMPLE, &ears_writer);
    orders.rule = HAR_RULE_UNKNOWN_MEMBER;
    orders.act = DO_BOUND;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_FAILED);
    ck_assert_uint_eq(run.summary.broken, 1);
    ck_assert_uint_eq(run.summary.entries, 3);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.told), "[too-large] more than --max-report-bytes allows\n"));
    ck_assert_ptr_null(strstr(memory_string(&heard), "finish"));
    memory_run_release(&run);
}
END_TEST

START_TEST(a_writer_that_tells_while_it_is_told)
{
    struct memory_run run;
    run_init(&run, SAMPLE, &ears_writer);
    orders.rule = HAR_RULE_UNKNOWN_MEMBER;
    orders.act = DO_TELL;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_UNKNOWN_MEMBER], 2);
    const char *first = strstr(memory_string(&heard), "unknown-member");
    ck_assert_ptr_null(strstr(first + 1, "unknown-member"));
    memory_run_release(&run);
}
END_TEST

/* Something had to be left out: the output is written, the summary tells. */
START_TEST(a_writer_with_a_finding)
{
    struct memory_run run;
    run_init(&run, SAMPLE, &ears_writer);
    orders.tell_at = 2;
    memory_run_go(&run);
    ck_assert_int_eq(run.status, HAR_OK);
    ck_assert_uint_eq(run.summary.dropped, 1);
    ck_assert_uint_eq(run.summary.broken, 0);
    ck_assert_uint_eq(run.summary.rule_count[HAR_RULE_TOO_LARGE], 1);
    ck_assert_ptr_nonnull(strstr(memory_string(&run.told), "error /log/entries [too-large] rows are cut\n"));
    ck_assert_ptr_nonnull(strstr(memory_string(&heard), "error too-large -1 of memory: /log/entries rows are cut\n"));
    ck_assert_ptr_nonnull(strstr(memory_string(&heard), "finish\n"));
    memory_run_release(&run);
}
END_TEST

static enum har_status run_with(struct har_settings *settings, const struct har_output *output, const char *display,
                                const char *notation, struct har_summary *summary)
{
    struct memory_text text;
    struct har_error error;
    memory_text_init(&text, notation);
    const struct har_job job = {.size = sizeof job,
                                .settings = settings,
                                .input = "memory:",
                                .display = display,
                                .reader = memory_reader(&text),
                                .outputs = output,
                                .output_count = 1};
    const enum har_status status = har_convert(&job, summary, &error);
    memory_text_release(&text);
    return status;
}

static struct har_settings *one_rule(void)
{
    struct har_settings *settings = har_settings_new();
    memory_only(settings, 0);
    har_settings_set_level(settings, HAR_RULE_UNKNOWN_MEMBER, HAR_LEVEL_WARNING);
    har_settings_set_level(settings, HAR_RULE_TOO_LARGE, HAR_LEVEL_ERROR);
    return settings;
}

static enum har_status ignore_bytes(void *user, const void *bytes, size_t len, struct har_error *error)
{
    (void)user;
    (void)bytes;
    (void)len;
    (void)error;
    return HAR_OK;
}

/* Names are gone before the merge ends, as those of a caller's list of inputs may be. */
START_TEST(a_merge)
{
    struct har_error error;
    struct har_summary summary;
    struct har_sink *sink;
    struct har_merge *merge;
    struct har_settings *settings = one_rule();
    begin_orders();
    orders.tell_at = 2;
    ck_assert_int_eq(har_sink_function(&sink, ignore_bytes, NULL, settings, &error), HAR_OK);
    const struct har_merge_args args = {.size = sizeof args, .writer = &ears_writer, .sink = sink, .settings = settings};
    ck_assert_int_eq(har_merge_new(&merge, &args, &error), HAR_OK);
    for (unsigned i = 0; i < 2; i++) {
        char name[] = "a.har";
        const struct har_output output = har_merge_output(merge);
        name[0] = (char)('a' + i);
        ck_assert_int_eq(
            run_with(settings, &output, name, "{'log':{'pages':[{'id':'p'}],'entries':[{'time':1},{'x':1}]}}", &summary), HAR_OK);
        memset(name, '?', sizeof name - 1);
        ck_assert_uint_eq(summary.dropped, i); /* the run in which the writer told it */
    }
    ck_assert_int_eq(har_merge_finish(merge, &error), HAR_OK);
    const char *text = memory_string(&heard), *wanted[] = {"begin of none\n",
                                                           "entry 0 from 0 of a.har\n",
                                                           "warning unknown-member 1 of a.har /log/entries/1/x ",
                                                           "entry 1 from 1 of a.har\n",
                                                           "source a.har ",
                                                           "entry 2 from 0 of b.har\n",
                                                           "error too-large -1 of b.har /log/entries ",
                                                           "warning unknown-member 1 of b.har /log/entries/1/x ",
                                                           "entry 3 from 1 of b.har\n",
                                                           "source b.har ",
                                                           "page 0 from 0 of none\n",
                                                           "page 1 from 0 of none\n",
                                                           "end of none\n",
                                                           "finish\n"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *at = strstr(text, wanted[i]);
        ck_assert_msg(at != NULL, "%s is not in\n%s", wanted[i], text);
        text = at + strlen(wanted[i]);
    }
    har_merge_free(merge);
    har_sink_free(sink);
    har_settings_free(settings);
}
END_TEST

static enum har_status open_part(void *user, uint64_t part, struct har_sink **sink, struct har_error *error)
{
    har_buffer_printf(&heard, "part %d\n", (int)part);
    return har_sink_function(sink, ignore_bytes, NULL, user, error);
}

/* What is found where goes into the part that has it. */
START_TEST(a_split)
{
    struct har_error error;
    struct har_summary summary;
    struct har_split *split;
    struct har_settings *settings = one_rule();
    begin_orders();
    orders.brief = true;
    const struct har_split_args args = {.size = sizeof args,
                                        .by = HAR_SPLIT_BY_COUNT,
                                        .entries = 2,
                                        .writer = &ears_writer,
                                        .settings = settings,
                                        .open = open_part,
                                        .user = settings};
    ck_assert_int_eq(har_split_new(&split, &args, &error), HAR_OK);
    do {
        const struct har_output output = har_split_output(split);
        ck_assert_int_eq(run_with(settings, &output, "a.har", "{'x':1,'log':{'entries':[{'time':1},{'x':1},{'y':1}]}}", &summary),
                         HAR_OK);
    } while (har_split_left(split));
    struct memory_text text;
    memory_text_init(&text, "{'x':1,'log':{'entries':[{'time':1},{'x':1},{'y':1}]}}");
    expect_heard("part 0\nbegin of a.har\nmember of a.har\nmember of a.har\nmember of a.har\n"
                 "entry 0 from 0 of a.har\nwarning unknown-member 1 of a.har /log/entries/1/x\nentry 1 from 1 of a.har\n"
                 "end of a.har\nsource a.har 54 SHA\nfinish\n"
                 "part 1\nbegin of a.har\nmember of a.har\nmember of a.har\nmember of a.har\n"
                 "warning unknown-member 2 of a.har /log/entries/2/y\nentry 0 from 2 of a.har\n"
                 "end of a.har\nsource a.har 54 SHA\nfinish\n",
                 &text);
    memory_text_release(&text);
    har_split_free(split);
    har_settings_free(settings);
}
END_TEST

Suite *suite_telling(void)
{
    Suite *suite = suite_create("telling");
    TCase *runs = tcase_create("runs"), *several = tcase_create("several");
    tcase_add_loop_test(runs, a_run, 0, 3);
    tcase_add_loop_test(runs, smaller_writers, 0, 2);
    tcase_add_test(runs, silent_rules);
    tcase_add_test(runs, known_findings);
    tcase_add_test(runs, left_out_entries);
    tcase_add_test(runs, a_writer_that_fails);
    tcase_add_test(runs, a_writer_that_is_full);
    tcase_add_test(runs, a_writer_that_tells_while_it_is_told);
    tcase_add_test(runs, a_writer_with_a_finding);
    tcase_add_test(several, a_merge);
    tcase_add_test(several, a_split);
    suite_add_tcase(suite, runs);
    suite_add_tcase(suite, several);
    return suite;
}
