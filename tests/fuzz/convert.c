/* Fuzz target: any bytes as a HAR, or, as the first byte chooses, as XML. They are read in one block and in blocks of a size that
 * the first byte chooses: findings and output must be the same. What is read whole is written, read again, and written again: the
 * bytes must be the same, and no finding may appear that was not there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/harmill.h>

struct source {
    const unsigned char *bytes;
    size_t len, at;
};

/* The reader's input is a name, so the bytes travel beside it; a fuzzer has one thread. */
static struct source source;

static bool accepts(const char *input)
{
    return strcmp(input, "fuzz.har") == 0;
}

static enum har_status open_source(void *ctx, const struct har_reader_args *args, struct har_error *error)
{
    (void)ctx, (void)args, (void)error;
    source.at = 0;
    return HAR_OK;
}

static enum har_status read_source(void *ctx, void *bytes, size_t cap, size_t *got, struct har_error *error)
{
    (void)ctx, (void)error;
    *got = source.len - source.at < cap ? source.len - source.at : cap;
    memcpy(bytes, source.bytes + source.at, *got);
    source.at += *got;
    return *got ? HAR_OK : HAR_EOF;
}

static void close_source(void *ctx)
{
    (void)ctx;
}

static const struct har_reader reader = {.size = sizeof(struct har_reader),
                                         .name = "fuzz",
                                         .accepts = accepts,
                                         .open = open_source,
                                         .read = read_source,
                                         .close = close_source};

static enum har_status append(void *user, const void *bytes, size_t len, struct har_error *error)
{
    return har_buffer_append(user, bytes, len) ? HAR_OK : har_error_memory(error);
}

static void render(void *user, const struct har_finding *finding)
{
    struct har_buffer message;
    (void)user;
    har_buffer_init(&message, HAR_MIB);
    har_finding_message(finding, true, &message);
    if (finding->place.line < 1 || finding->place.column < 1 || finding->excerpt_at > finding->excerpt.len)
        abort();
    har_buffer_release(&message);
}

static enum har_status run(const char *format, const unsigned char *bytes, size_t len, const struct har_settings *settings,
                           struct har_buffer *out, struct har_summary *summary)
{
    struct har_error error;
    struct har_output output = {.writer = har_writer_find("har")};
    struct har_job job = {.size = sizeof job,
                          .settings = settings,
                          .input = "fuzz.har",
                          .reader = &reader,
                          .format = har_format_find(format),
                          .outputs = &output,
                          .output_count = 1,
                          .on_finding = render};
    source = (struct source){bytes, len, 0};
    if (har_sink_function(&output.sink, append, out, settings, &error) != HAR_OK)
        return HAR_FATAL;
    const enum har_status status = har_convert(&job, summary, &error);
    har_sink_free(output.sink);
    return status;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Two runs found the same and wrote the same. */
static void expect_same(enum har_status a, enum har_status b, const struct har_summary *x, const struct har_summary *y,
                        const struct har_buffer *first, const struct har_buffer *second)
{
    if (a != b || memcmp(x->rule_count, y->rule_count, sizeof x->rule_count) != 0 || x->entries != y->entries || x->cut != y->cut)
        abort();
    if (a == HAR_OK && (first->len != second->len || memcmp(first->data, second->data, first->len) != 0))
        abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 64, 100, 4096};
    struct har_buffer first, second;
    struct har_summary before, after;
    struct har_settings *settings = har_settings_new();
    if (!size || !settings) {
        har_settings_free(settings);
        return 0;
    }
    const char *format = *data & 16 ? "xml" : "har";
    har_buffer_init(&first, 64 * HAR_MIB);
    har_buffer_init(&second, 64 * HAR_MIB);
    har_settings_set_bound(settings, HAR_BOUND_DEPTH, 32, NULL);
    har_settings_set_bound(settings, HAR_BOUND_ITEM_BYTES, *data & 8 ? 512 : HAR_MIB, NULL);
    const enum har_status status = run(format, data + 1, size - 1, settings, &first, &before);
    har_settings_set_block_size(settings, blocks[*data % 8], NULL);
    expect_same(status, run(format, data + 1, size - 1, settings, &second, &after), &before, &after, &first, &second);
    if (status == HAR_OK) {
        har_buffer_clear(&second);
        if (run("har", (const unsigned char *)first.data, first.len, settings, &second, &after) != HAR_OK ||
            first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
            abort();
        for (int rule = 0; rule < HAR_RULE_COUNT && !(*data & 16); rule++)
            if (after.rule_count[rule] > before.rule_count[rule])
                abort();
    }
    har_buffer_release(&first);
    har_buffer_release(&second);
    har_settings_free(settings);
    return 0;
}
