/* Fuzz target: any bytes as a HAR or as XML, behind two bytes of options, normalized, with and without what is derived, chosen by
 * an expression, stripped, put in order. What was written is read and normalized again with the same options: the bytes must be the
 * same, nothing may be mended any more, and nothing be found that normalizing mends without exception. The size of blocks must not
 * matter. */
#include "fed.h"

enum { OPTIONS = 2 }; /* bytes before the input */

/* Of the first: the size of blocks in its lowest bits, then which of the transforms below. */
enum { BLOCKS = 7, AS_XML = 8, NO_DERIVE = 16, TRANSFORMS = 5 };

/* Of the second. */
enum { SORTED = 1, DENSE = 2, SMALL_TREES = 4 };

/* What is done besides normalizing. */
static const struct har_option transforms[8][4] = {
    {{NULL, NULL}},
    {{"filter", "status>=400 or not url"}, {NULL, NULL}},
    {{"filter", "header('a') or url=~'x' or started<'2026-06-01T00:00:00Z'"}, {"drop-bodies", "text/html"}, {NULL, NULL}},
    {{"drop-bodies", "all"}, {NULL, NULL}},
    {{"max-body", "10"}, {"drop-custom", ""}, {NULL, NULL}},
    {{"drop-custom", ""}, {NULL, NULL}},
    {{"page", "page_1"}, {NULL, NULL}},
    {{"max-body", "0"}, {NULL, NULL}},
};

/* Rules about which nothing is left after normalizing. */
static const enum har_rule mended[] = {
    HAR_RULE_NULL_MEMBER,
    HAR_RULE_UNKNOWN_MEMBER,
    HAR_RULE_COMMON_CUSTOM_MEMBER,
    HAR_RULE_DRAFT_MEMBER,
    HAR_RULE_NEWER_MEMBER,
    HAR_RULE_EMPTY_VERSION,
    HAR_RULE_MALFORMED_VERSION,
    HAR_RULE_UNSUPPORTED_VERSION,
    HAR_RULE_NEWER_VERSION,
    HAR_RULE_MISSING_CACHE,
    HAR_RULE_ENVELOPE,
    HAR_RULE_WRONG_TYPE,
    HAR_RULE_JSON_SYNTAX,
    HAR_RULE_JSON_TRUNCATED,
    HAR_RULE_NOT_UTF_8,
    HAR_RULE_NOT_A_HAR,
};

struct normalized {
    const unsigned char *options;
    const struct har_settings *settings;
    struct har_buffer out;
    struct har_summary summary;
    bool too_large; /* a fault that is told as one */
};

static enum har_status run(struct normalized *normalized, const char *format, const unsigned char *bytes, size_t len)
{
    const unsigned char *options = normalized->options;
    struct har_error error = {0};
    const struct har_option written[] = {
        {"indent", options[1] & DENSE ? "0" : "1"}, {options[1] & SORTED ? "sort" : NULL, NULL}, {NULL, NULL}};
    struct har_option asked[6] = {{NULL, NULL}};
    struct har_output output = {.writer = har_writer_find("har"), .options = written};
    struct har_job job = {.size = sizeof job,
                          .settings = normalized->settings,
                          .input = "fuzz.har",
                          .reader = &reader,
                          .format = har_format_find(format),
                          .options = asked,
                          .transforms = har_transforms(),
                          .outputs = &output,
                          .output_count = 1};
    size_t count = 0;
    while (transforms[options[0] >> TRANSFORMS][count].name) {
        asked[count] = transforms[options[0] >> TRANSFORMS][count];
        count++;
    }
    if (options[0] & NO_DERIVE)
        asked[count++] = (struct har_option){"no-derive", NULL};
    source = (struct source){bytes, len, 0};
    har_buffer_clear(&normalized->out);
    require(har_sink_function(&output.sink, append, &normalized->out, normalized->settings, &error) == HAR_OK);
    const enum har_status status = har_convert(&job, &normalized->summary, &error);
    har_sink_free(output.sink);
    /* Every failure is one that has a name. */
    normalized->too_large = status == HAR_FATAL && error.domain == HAR_DOMAIN_BOUND;
    require(status != HAR_FATAL || (error.text[0] && (error.domain == HAR_DOMAIN_BOUND || error.domain == HAR_DOMAIN_USAGE)));
    return status;
}

/* What was written is normalized again. */
static void check_again(const struct normalized *first)
{
    struct normalized second = *first;
    har_buffer_init(&second.out, 64 * HAR_MIB);
    require(run(&second, "har", (const unsigned char *)first->out.data, first->out.len) == HAR_OK);
    if (!same_bytes(&first->out, &second.out))
        fprintf(stderr, "first:\n%.*s\nsecond:\n%.*s\n", (int)first->out.len, first->out.data, (int)second.out.len,
                second.out.data);
    require(same_bytes(&first->out, &second.out));
    for (int mend = 0; mend < HAR_MEND_COUNT; mend++) {
        if (second.summary.mend_count[mend])
            fprintf(stderr, "mended again: %s\n%.*s\n", har_mend_info((enum har_mend)mend)->id, (int)first->out.len,
                    first->out.data);
        require(!second.summary.mend_count[mend]);
    }
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++) {
        if (second.summary.rule_count[mended[i]])
            fprintf(stderr, "found: %s\n%.*s\n", har_rule_info(mended[i])->id, (int)first->out.len, first->out.data);
        require(!second.summary.rule_count[mended[i]]);
    }
    har_buffer_release(&second.out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const size_t blocks[] = {1, 2, 3, 7, 31, 64, 100, 4096};
    if (size < OPTIONS)
        return 0;
    struct har_settings *settings = har_settings_new();
    struct normalized first = {.options = data, .settings = settings}, second;
    const char *format = data[0] & AS_XML ? "xml" : "har";
    require(settings != NULL);
    har_settings_set_now(settings, 1798761600);
    har_settings_set_bound(settings, HAR_BOUND_DEPTH, 64, NULL);
    if (data[1] & SMALL_TREES)
        har_settings_set_bound(settings, HAR_BOUND_TREE_BYTES, 64 * HAR_KIB, NULL);
    second = first;
    har_buffer_init(&first.out, 64 * HAR_MIB);
    har_buffer_init(&second.out, 64 * HAR_MIB);
    const enum har_status status = run(&first, format, data + OPTIONS, size - OPTIONS);
    har_settings_set_block_size(settings, blocks[data[0] & BLOCKS], NULL);
    require(run(&second, format, data + OPTIONS, size - OPTIONS) == status);
    require(memcmp(first.summary.mend_count, second.summary.mend_count, sizeof first.summary.mend_count) == 0);
    require(status != HAR_OK || same_bytes(&first.out, &second.out));
    if (status == HAR_OK)
        check_again(&first);
    har_buffer_release(&first.out);
    har_buffer_release(&second.out);
    har_settings_free(settings);
    return 0;
}
