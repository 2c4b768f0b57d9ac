/* Fuzz target: any bytes as a HAR or as XML, behind three bytes of options: how they are read, by what they are judged, how that is
 * reported. They are read in one block and in blocks of another size: findings, report and output must be the same. What is read
 * whole is written, read again, and written again: the bytes must be the same, and no finding may appear that was not there. What a
 * baseline knows is not told again. Reports in JSON and XML must be such to jansson and libxml2. */
#include "fed.h"

#include <jansson.h>
#ifndef HARMILL_WITHOUT_XML
#include <libxml/parser.h>
#endif

enum { OPTIONS = 3 }; /* bytes before the input */

/* Of the first: the size of blocks in its lowest bits. */
enum { SMALL_ITEMS = 8, AS_XML = 16 };

/* Of the second: the profile in its lowest bits. */
enum { PROFILE = 15, ALL_CONSUMERS = 16, WITH_OVERVIEW = 32, WITH_BASELINE = 64 };

/* Of the third: the report in its lowest bits. */
enum { REPORT = 7, SHOW_VALUES = 8, IN_COLOR = 16, SHOW_ALL = 32, SHOW_INFO = 64, SHOW_SOURCE = 128 };

/* What a run is given besides its input, and what comes out of it. */
struct fuzzed {
    const unsigned char *options;
    const struct har_settings *settings;
    const struct har_report *report;
    void *report_ctx;
    struct har_overview *overview;
    const struct har_baseline *known;
    struct har_baseline *noted;
    struct har_buffer out, told;
    struct har_summary summary;
};

static bool wants(void *user, enum har_rule rule, enum har_level level)
{
    const struct fuzzed *run = user;
    return !run->report->wants || run->report->wants(run->report_ctx, rule, level);
}

static void tell(void *user, const struct har_finding *finding)
{
    struct fuzzed *run = user;
    struct har_error error;
    require(finding->place.line >= 1 && finding->place.column >= 1 && finding->excerpt_at <= finding->excerpt.len);
    require(finding->end.offset >= finding->place.offset && finding->level != HAR_LEVEL_OFF);
    require(run->report->finding(run->report_ctx, finding, &error) == HAR_OK);
}

static void count(void *user, const struct har_item *item)
{
    struct fuzzed *run = user;
    if (run->overview)
        require(har_overview_add(run->overview, item));
}

static void check_overview(struct har_overview *overview)
{
    const struct har_overview_facts *facts = har_overview_facts(overview);
    require(facts->kept <= facts->with_body && facts->posts_kept <= facts->posts && facts->cookies <= facts->entries);
    for (int tally = 0; tally < HAR_TALLY_COUNT; tally++) {
        size_t rows;
        uint64_t others, entries;
        const struct har_tally_row *row = har_overview_tally(overview, (enum har_tally)tally, &rows, &others);
        entries = others;
        for (size_t i = 0; i < rows; i++) {
            require(row[i].entries && row[i].name.len <= 255);
            entries += row[i].entries;
        }
        require(row && entries <= facts->entries);
    }
}

/* One document, or one for each line. */
static void check_json(const struct har_buffer *told, bool lines)
{
    for (size_t from = 0, to; from < told->len; from = to) {
        const char *end = lines ? memchr(told->data + from, '\n', told->len - from) : NULL;
        to = end ? (size_t)(end - told->data) + 1 : told->len;
        json_t *root = json_loadb(told->data + from, to - from, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
        require(json_is_object(root) || json_is_array(root));
        json_decref(root);
    }
}

static void check_xml(const struct har_buffer *told)
{
#ifndef HARMILL_WITHOUT_XML
    xmlDoc *document = xmlReadMemory(told->data, (int)told->len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    require(document != NULL);
    xmlFreeDoc(document);
#else
    (void)told;
#endif
}

/* Nothing from the input steers a terminal. */
static void check_text(const struct har_buffer *told, bool color)
{
    for (size_t i = 0; i < told->len; i++) {
        const unsigned char c = (unsigned char)told->data[i];
        require(c == '\n' || (c >= ' ' && c != 0x7F) || (c == 0x1B && color));
    }
}

static void check_report(const struct fuzzed *run)
{
    const char *name = run->report->name;
    require(run->told.len || !strcmp(name, "text") || !strcmp(name, "brief") || !strcmp(name, "github"));
    if (!strcmp(name, "junit"))
        check_xml(&run->told);
    else if (!strcmp(name, "json") || !strcmp(name, "sarif") || !strcmp(name, "gitlab") || !strcmp(name, "jsonl"))
        check_json(&run->told, !strcmp(name, "jsonl"));
    else
        check_text(&run->told, run->options[2] & IN_COLOR);
}

static const struct har_report *report_of(unsigned char option)
{
    size_t count = 0;
    while (har_reports()[count])
        count++;
    return har_reports()[(option & REPORT) % count];
}

static void open_report(struct fuzzed *run)
{
    struct har_error error;
    const unsigned char option = run->options[2];
    const struct har_report_args args = {.size = sizeof args,
                                         .write = append,
                                         .user = &run->told,
                                         .show = option & SHOW_INFO ? HAR_LEVEL_INFO : HAR_LEVEL_WARNING,
                                         .most = option & SHOW_ALL ? 0 : 3,
                                         .color = option & IN_COLOR,
                                         .show_values = option & SHOW_VALUES,
                                         .show_source = option & SHOW_SOURCE};
    run->report = report_of(option);
    run->report_ctx = calloc(1, run->report->ctx_size ? run->report->ctx_size : 1);
    require(run->report_ctx && run->report->open(run->report_ctx, &args, &error) == HAR_OK);
    require(run->report->input_begin(run->report_ctx, "fuzz.har", &error) == HAR_OK);
}

static void close_report(struct fuzzed *run, enum har_status status, const struct har_error *failure)
{
    struct har_error error;
    const struct har_summary *summary = status == HAR_FATAL ? NULL : &run->summary;
    require(run->report->input_end(run->report_ctx, summary, failure, &error) == HAR_OK);
    require(run->report->finish(run->report_ctx, &error) == HAR_OK);
    run->report->close(run->report_ctx);
    free(run->report_ctx);
    check_report(run);
}

static enum har_status run(struct fuzzed *fuzzed, const char *format, const unsigned char *bytes, size_t len)
{
    struct har_error error = {0};
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_job job = {.size = sizeof job,
                          .settings = fuzzed->settings,
                          .input = "fuzz.har",
                          .reader = &reader,
                          .format = har_format_find(format),
                          .outputs = &output,
                          .output_count = 1,
                          .on_finding = tell,
                          .wants = wants,
                          .on_item = count,
                          .known = fuzzed->known,
                          .noted = fuzzed->noted,
                          .user = fuzzed};
    source = (struct source){bytes, len, 0};
    har_buffer_clear(&fuzzed->out);
    har_buffer_clear(&fuzzed->told);
    require(har_sink_function(&output.sink, append, &fuzzed->out, fuzzed->settings, &error) == HAR_OK);
    open_report(fuzzed);
    const enum har_status status = har_convert(&job, &fuzzed->summary, &error);
    close_report(fuzzed, status, &error);
    har_sink_free(output.sink);
    return status;
}

/* Two runs found the same, told the same and wrote the same. */
static void expect_same(enum har_status a, enum har_status b, const struct fuzzed *x, const struct fuzzed *y)
{
    require(a == b && x->summary.entries == y->summary.entries && x->summary.cut == y->summary.cut);
    require(memcmp(x->summary.rule_count, y->summary.rule_count, sizeof x->summary.rule_count) == 0);
    /* An excerpt goes as far as the input was read by then. */
    require(x->options[2] & SHOW_SOURCE || same_bytes(&x->told, &y->told));
    require(a != HAR_OK || same_bytes(&x->out, &y->out));
}

static void write_baseline(const struct har_baseline *baseline, struct har_buffer *text)
{
    struct har_sink *sink;
    require(har_sink_function(&sink, append, text, NULL, NULL) == HAR_OK);
    require(har_baseline_write(baseline, sink, NULL) == HAR_OK && har_sink_commit(sink, NULL) == HAR_OK);
    har_sink_free(sink);
}

/* The baseline of a run, written and read again, says the same and knows all that was found but what breaks the input. */
static void check_baseline(struct fuzzed *run_before, const char *format, const unsigned char *bytes, size_t len, enum har_status status)
{
    struct har_buffer text, again;
    struct fuzzed second = *run_before;
    struct har_baseline *read = har_baseline_new();
    har_buffer_init(&text, HAR_BASELINE_MOST);
    har_buffer_init(&again, HAR_BASELINE_MOST);
    har_buffer_init(&second.out, 64 * HAR_MIB);
    har_buffer_init(&second.told, 64 * HAR_MIB);
    write_baseline(run_before->noted, &text);
    require(read && har_baseline_parse(read, text.data, text.len, NULL, NULL) == HAR_OK);
    write_baseline(read, &again);
    require(same_bytes(&text, &again));
    second.known = read;
    second.noted = NULL;
    second.overview = NULL;
    require(run(&second, format, bytes, len) == status);
    for (int rule = 0; rule < HAR_RULE_COUNT; rule++) {
        require(second.summary.rule_count[rule] <= run_before->summary.rule_count[rule]);
        require(status != HAR_OK || !second.summary.rule_count[rule]);
    }
    har_baseline_free(read);
    har_buffer_release(&text);
    har_buffer_release(&again);
    har_buffer_release(&second.out);
    har_buffer_release(&second.told);
}

static void configure(struct har_settings *settings, const unsigned char *options)
{
    size_t profiles = 0;
    while (har_profiles()[profiles])
        profiles++;
    har_settings_apply_profile(settings, har_profiles()[(options[1] & PROFILE) % profiles]);
    for (size_t i = 0; i < profiles && options[1] & ALL_CONSUMERS; i++)
        if (har_profiles()[i]->consumer)
            har_settings_set_level(settings, har_profiles()[i]->refuses, HAR_LEVEL_ERROR);
    har_settings_set_now(settings, 1798761600);
    har_settings_set_bound(settings, HAR_BOUND_DEPTH, 32, NULL);
    har_settings_set_bound(settings, HAR_BOUND_DEFERRED, options[0] & SMALL_ITEMS ? 2 : HAR_KIB, NULL);
    har_settings_set_bound(settings, HAR_BOUND_ITEM_BYTES, options[0] & SMALL_ITEMS ? 512 : HAR_MIB, NULL);
}

/* What was written is read again. */
static void check_output(struct fuzzed *first, struct fuzzed *second, bool compare)
{
    second->noted = NULL;
    second->overview = NULL;
    require(run(second, "har", (const unsigned char *)first->out.data, first->out.len) == HAR_OK);
    require(same_bytes(&first->out, &second->out));
    for (int rule = 0; rule < HAR_RULE_COUNT && compare; rule++)
        require(second->summary.rule_count[rule] <= first->summary.rule_count[rule]);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 64, 100, 4096};
    if (size < OPTIONS)
        return 0;
    struct har_settings *settings = har_settings_new();
    struct fuzzed first = {.options = data, .settings = settings}, second;
    const char *format = data[0] & AS_XML ? "xml" : "har";
    const unsigned char *bytes = data + OPTIONS;
    const size_t len = size - OPTIONS;
    require(settings != NULL);
    configure(settings, data);
    second = first;
    har_buffer_init(&first.out, 64 * HAR_MIB);
    har_buffer_init(&first.told, 64 * HAR_MIB);
    har_buffer_init(&second.out, 64 * HAR_MIB);
    har_buffer_init(&second.told, 64 * HAR_MIB);
    first.overview = data[1] & WITH_OVERVIEW ? har_overview_new() : NULL;
    first.noted = data[1] & WITH_BASELINE ? har_baseline_new() : NULL;
    const enum har_status status = run(&first, format, bytes, len);
    if (first.overview)
        check_overview(first.overview);
    har_settings_set_block_size(settings, blocks[*data % 8], NULL);
    expect_same(status, run(&second, format, bytes, len), &first, &second);
    if (first.noted && status != HAR_FATAL && !first.summary.cut)
        check_baseline(&first, format, bytes, len, status);
    if (status == HAR_OK)
        check_output(&first, &second, !(data[0] & AS_XML));
    har_overview_free(first.overview);
    har_baseline_free(first.noted);
    har_buffer_release(&first.out);
    har_buffer_release(&first.told);
    har_buffer_release(&second.out);
    har_buffer_release(&second.told);
    har_settings_free(settings);
    return 0;
}
