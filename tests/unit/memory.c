/* See memory.h. */
#include "memory.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void memory_text_init(struct memory_text *text, const char *notation)
{
    memset(text, 0, sizeof *text);
    text->bytes = malloc(strlen(notation) + 1);
    ck_assert_ptr_nonnull(text->bytes);
    for (const char *p = notation; *p; p++) {
        if (p[0] == '<' && p[1] >= '0' && p[1] <= '9' && p[2] == '>') {
            text->marked[p[1] - '0'] = true;
            text->marker[p[1] - '0'] = text->len;
            p += 2;
        } else {
            text->bytes[text->len++] = *p == '\'' ? '"' : *p;
        }
    }
    text->bytes[text->len] = '\0';
}

void memory_text_raw(struct memory_text *text, const void *bytes, size_t len)
{
    memset(text, 0, sizeof *text);
    text->bytes = malloc(len + 1);
    ck_assert_ptr_nonnull(text->bytes);
    memcpy(text->bytes, bytes, len);
    text->bytes[len] = '\0';
    text->len = len;
}

void memory_text_release(struct memory_text *text)
{
    free(text->bytes);
    memset(text, 0, sizeof *text);
}

struct har_place memory_place(const struct memory_text *text, size_t offset)
{
    struct har_place place = {offset, 1, 1};
    size_t from = text->len >= 3 && memcmp(text->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (size_t i = from; i < offset; i++) {
        unsigned char c = (unsigned char)text->bytes[i];
        if (c == '\n') {
            place.line++;
            place.column = 1;
        } else if (c < 0x80 || c >= 0xc0) {
            place.column++;
        }
    }
    return place;
}

void memory_append_place(struct har_buffer *out, const struct memory_text *text, const struct har_place *place)
{
    struct har_place wanted = memory_place(text, (size_t)place->offset);
    ck_assert_uint_le(place->offset, text->len);
    ck_assert_msg(place->line == wanted.line && place->column == wanted.column, "offset %llu is %llu:%llu, not %llu:%llu, in %s",
                  (unsigned long long)place->offset, (unsigned long long)wanted.line, (unsigned long long)wanted.column,
                  (unsigned long long)place->line, (unsigned long long)place->column, text->bytes);
    for (unsigned i = 0; i < MEMORY_MARKERS; i++)
        if (text->marked[i] && text->marker[i] == place->offset) {
            har_buffer_printf(out, "%u", i);
            return;
        }
    har_buffer_printf(out, "@%llu", (unsigned long long)place->offset);
}

/* What the reader reads: one test runs at a time, in a process of its own. */
static const struct memory_text *current;

struct reading {
    size_t at;
};

static bool accepts(const char *input)
{
    return strcmp(input, "memory:") == 0;
}

static enum har_status open_reader(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    struct reading *reading = ctx;
    (void)error;
    ck_assert(accepts(args->input));
    ck_assert_uint_eq(reading->at, 0); /* the context comes zeroed */
    return HAR_OK;
}

static enum har_status read_bytes(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    struct reading *reading = ctx;
    size_t left = current->len - reading->at;
    (void)error;
    *got = left < cap ? left : cap;
    if (!left)
        return HAR_EOF;
    memcpy(bytes, current->bytes + reading->at, *got);
    reading->at += *got;
    return HAR_OK;
}

static void close_reader(void *ctx)
{
    (void)ctx;
}

const struct har_reader *memory_reader(const struct memory_text *text)
{
    static const struct har_reader reader = {
        .size = sizeof reader,
        .name = "memory",
        .summary = "a text in memory",
        .ctx_size = sizeof(struct reading),
        .accepts = accepts,
        .open = open_reader,
        .read = read_bytes,
        .close = close_reader,
    };
    current = text;
    return &reader;
}

static void note(void *user, const struct har_finding *finding)
{
    struct memory_run *run = user;
    struct har_buffer *out = &run->told;
    const struct har_rule_info *rule = har_rule_info(finding->rule);
    ck_assert_uint_eq(finding->size, sizeof *finding);
    ck_assert_str_eq(finding->source, "memory:");
    memory_append_place(out, &run->text, &finding->place);
    if (run->tell_ends) {
        har_buffer_append_text(out, "-");
        memory_append_place(out, &run->text, &finding->end);
    }
    ck_assert_uint_ge(finding->end.offset, finding->place.offset);
    har_buffer_printf(out, " %s ", har_level_name(finding->level));
    har_buffer_append(out, finding->pointer.bytes, finding->pointer.len);
    har_buffer_printf(out, " [%s] ", rule->id);
    har_finding_message(finding, true, out);
    if (finding->done)
        har_buffer_printf(out, " (%s)", finding->done);
    har_buffer_append_text(out, "\n");
    ck_assert(!out->failed);
}

void memory_only(struct har_settings *settings, unsigned groups)
{
    for (int i = 0; i < HAR_RULE_COUNT; i++) {
        const struct har_rule_info *rule = har_rule_info((enum har_rule)i);
        har_settings_set_level(settings, (enum har_rule)i, groups & 1u << rule->group ? rule->level : HAR_LEVEL_OFF);
    }
}

void memory_run_init(struct memory_run *run, const char *notation)
{
    memset(run, 0, sizeof *run);
    if (notation)
        memory_text_init(&run->text, notation);
    run->settings = har_settings_new();
    ck_assert_ptr_nonnull(run->settings);
    memory_only(run->settings, MEMORY_STRUCTURE);
    har_buffer_init(&run->told, (size_t)1 << 26);
    run->job = (struct har_job){.size = sizeof run->job, .blind = true,
                                .settings = run->settings,
                                .input = "memory:",
                                .outputs = run->output,
                                .on_finding = note,
                                .user = run};
}

void memory_run_release(struct memory_run *run)
{
    for (size_t i = 0; i < run->job.output_count; i++) {
        har_sink_free(run->output[i].sink);
        har_buffer_release(&run->written[i]);
    }
    har_buffer_release(&run->told);
    har_settings_free(run->settings);
    memory_text_release(&run->text);
}

static enum har_status keep(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(error);
}

void memory_run_write(struct memory_run *run, const struct har_option *options)
{
    const size_t i = run->job.output_count++;
    ck_assert_uint_lt(i, MEMORY_OUTPUTS);
    har_buffer_init(&run->written[i], (size_t)1 << 28);
    run->output[i] = (struct har_output){.writer = har_writer_find("har"), .options = options};
    ck_assert_ptr_nonnull(run->output[i].writer);
    ck_assert_int_eq(har_sink_function(&run->output[i].sink, keep, &run->written[i], run->settings, &run->error), HAR_OK);
}

void memory_run_go(struct memory_run *run)
{
    run->job.reader = memory_reader(&run->text);
    run->status = har_convert(&run->job, &run->summary, &run->error);
}

const char *memory_string(struct har_buffer *buffer)
{
    const char *text = har_buffer_string(buffer);
    ck_assert_ptr_nonnull(text);
    return text;
}

void memory_expect(const char *notation, const char *told)
{
    memory_expect_of(MEMORY_STRUCTURE, notation, told);
}

/* Runs with the settings that `choose` makes of its two numbers. */
static void expect_chosen(void (*choose)(struct har_settings *, unsigned, unsigned), unsigned a, unsigned b, const char *notation,
                          const char *told)
{
    static const size_t blocks[] = {65536, 1, 7};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct memory_run run;
        memory_run_init(&run, notation);
        choose(run.settings, a, b);
        ck_assert_int_eq(har_settings_set_block_size(run.settings, blocks[i], &run.error), HAR_OK);
        memory_run_go(&run);
        ck_assert_msg(run.status == HAR_OK || run.status == HAR_FAILED, "%s", run.error.text);
        ck_assert_msg(strcmp(memory_string(&run.told), told) == 0, "blocks of %zu: %s\ngave\n%swanted\n%s", blocks[i],
                      run.text.bytes, memory_string(&run.told), told);
        memory_run_release(&run);
    }
}

static void choose_groups(struct har_settings *settings, unsigned groups, unsigned unused)
{
    (void)unused;
    memory_only(settings, groups);
}

static void choose_rules(struct har_settings *settings, unsigned first, unsigned last)
{
    memory_only(settings, 0);
    for (unsigned rule = first; rule <= last; rule++)
        har_settings_set_level(settings, (enum har_rule)rule, har_rule_info((enum har_rule)rule)->level);
}

void memory_expect_of(unsigned groups, const char *notation, const char *told)
{
    expect_chosen(choose_groups, groups, 0, notation, told);
}

void memory_expect_from(enum har_rule first, enum har_rule last, const char *notation, const char *told)
{
    expect_chosen(choose_rules, first, last, notation, told);
}

static void choose_error(struct har_settings *settings, unsigned rule, unsigned unused)
{
    (void)unused;
    memory_only(settings, 0);
    har_settings_set_level(settings, (enum har_rule)rule, HAR_LEVEL_ERROR);
}

void memory_expect_error(enum har_rule rule, const char *notation, const char *told)
{
    expect_chosen(choose_error, rule, 0, notation, told);
}

void memory_run_normalize(struct memory_run *run, const struct har_option *options)
{
    static const struct har_option one_line[] = {{"indent", "0"}, {NULL, NULL}};
    static const struct har_transform *transforms[2];
    transforms[0] = har_transform_find("normalize");
    ck_assert_ptr_nonnull(transforms[0]);
    memory_run_write(run, one_line);
    run->job.transforms = transforms;
    run->job.options = options;
}

static void append_mended(struct har_buffer *out, const struct har_summary *summary)
{
    for (unsigned i = 0; i < HAR_MEND_COUNT; i++)
        if (summary->mend_count[i])
            har_buffer_printf(out, "%s%s %llu", out->len ? ", " : "", har_mend_info((enum har_mend)i)->id,
                              (unsigned long long)summary->mend_count[i]);
}

static void expect_once(const char *notation, const char *written, const char *mended, const struct har_option *options,
                        size_t block)
{
    struct memory_run run;
    struct memory_text wanted;
    struct har_buffer counted;
    memory_run_init(&run, notation);
    memory_text_init(&wanted, written);
    har_buffer_init(&counted, 1 << 16);
    memory_run_normalize(&run, options);
    ck_assert_int_eq(har_settings_set_block_size(run.settings, block, &run.error), HAR_OK);
    memory_run_go(&run);
    ck_assert_msg(run.status == HAR_OK, "%s\ngave the status %d: %s", run.text.bytes, (int)run.status, run.error.text);
    const char *out = memory_string(&run.written[0]);
    const size_t len = run.written[0].len;
    ck_assert_msg(len && out[len - 1] == '\n' && len - 1 == wanted.len && memcmp(out, wanted.bytes, len - 1) == 0,
                  "%s\ngave\n%swanted\n%s", run.text.bytes, out, wanted.bytes);
    append_mended(&counted, &run.summary);
    if (mended)
        ck_assert_msg(strcmp(memory_string(&counted), mended) == 0, "%s\nmended\n%s\nwanted\n%s", run.text.bytes,
                      memory_string(&counted), mended);
    har_buffer_release(&counted);
    memory_text_release(&wanted);
    memory_run_release(&run);
}

static void expect_normalized(const char *notation, const char *written, const char *mended, const struct har_option *options)
{
    expect_once(notation, written, mended, options, 65536);
    expect_once(notation, written, mended, options, 7);
    expect_once(written, written, NULL, options, 65536);
}

void memory_expect_normalized(const char *notation, const char *written, const char *mended)
{
    expect_normalized(notation, written, mended, NULL);
}

void memory_expect_no_derive(const char *notation, const char *written, const char *mended)
{
    static const struct har_option options[] = {{"no-derive", NULL}, {NULL, NULL}};
    expect_normalized(notation, written, mended, options);
}
