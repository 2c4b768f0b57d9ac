/* Fuzz target: any bytes as a configuration or, as the first byte chooses, as a baseline. What is taken can be applied, and a
 * baseline is written, read and written again: the bytes must be the same. */
#include "fed.h"

static void write_baseline(const struct har_baseline *baseline, struct har_buffer *text)
{
    struct har_sink *sink;
    require(har_sink_function(&sink, append, text, NULL, NULL) == HAR_OK);
    require(har_baseline_write(baseline, sink, NULL) == HAR_OK && har_sink_commit(sink, NULL) == HAR_OK);
    har_sink_free(sink);
}

/* Why it failed is one line, and the place is known or the text says which key it is. */
static void check_failure(enum har_status status, const struct har_error *error)
{
    require(status == HAR_FATAL && error->domain == HAR_DOMAIN_USAGE && error->text[0]);
}

static void try_config(const char *bytes, size_t len)
{
    struct har_config config;
    struct har_place place;
    struct har_error error;
    struct har_settings *settings = har_settings_new();
    const enum har_status status = har_config_parse(&config, bytes, len, &place, &error);
    require(settings != NULL);
    if (status != HAR_OK)
        check_failure(status, &error);
    har_config_apply(&config, &config, settings);
    for (int rule = 0; rule < HAR_RULE_COUNT; rule++)
        require(har_settings_level(settings, (enum har_rule)rule) <= HAR_LEVEL_ERROR);
    if (config.baseline)
        require(config.baseline[0] && config.baseline[0] != '/' && !strstr(config.baseline, "/../"));
    har_config_release(&config);
    har_settings_free(settings);
}

static void try_baseline(const char *bytes, size_t len)
{
    struct har_place place;
    struct har_error error;
    struct har_buffer text, again;
    struct har_baseline *first = har_baseline_new(), *second = har_baseline_new();
    har_buffer_init(&text, HAR_BASELINE_MOST);
    har_buffer_init(&again, HAR_BASELINE_MOST);
    require(first && second);
    const enum har_status status = har_baseline_parse(first, bytes, len, &place, &error);
    if (status == HAR_OK) {
        write_baseline(first, &text);
        require(har_baseline_parse(second, text.data, text.len, &place, &error) == HAR_OK);
        require(har_baseline_merge(second, first, &error) == HAR_OK);
        write_baseline(second, &again);
        require(text.len == again.len && memcmp(text.data, again.data, text.len) == 0);
        (void)har_baseline_count(first, "./a.har");
    } else {
        check_failure(status, &error);
        require(har_baseline_inputs(first) == 0);
    }
    har_baseline_free(first);
    har_baseline_free(second);
    har_buffer_release(&text);
    har_buffer_release(&again);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size)
        (*data & 1 ? try_baseline : try_config)((const char *)data + 1, size - 1);
    return 0;
}
