/* --manifest. */
#include "cli/redact_manifest.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

static void add_string(struct har_buffer *out, const char *text)
{
    har_buffer_append_char(out, '"');
    har_buffer_append_json(out, text, strlen(text));
    har_buffer_append_char(out, '"');
}

static void add_text(struct har_buffer *out, const char *key, const char *text, const char *behind)
{
    har_buffer_printf(out, "\"%s\": ", key);
    add_string(out, text);
    har_buffer_append_text(out, behind);
}

static void add_counts(struct har_buffer *out, const struct har_redaction *redaction)
{
    struct har_redact_count count = {.size = sizeof count};
    for (size_t i = 0; har_redaction_count(redaction, i, &count); i++) {
        har_buffer_append_text(out, i ? ",\n        {" : "\n        {");
        add_text(out, "rule", count.rule, ", ");
        add_text(out, "kind", count.kind, ", ");
        add_text(out, "place", count.place, ", ");
        har_buffer_printf(out, "\"values\": %" PRIu64 ", \"first\": {", count.values);
        add_text(out, "pointer", count.pointer, ", ");
        add_text(out, "token", count.token, "}}");
    }
}

static void add_totals(struct har_buffer *out, const struct har_redaction *redaction)
{
    static const struct {
        const char *key;
        size_t field;
    } rows[] = {
        {"secrets", offsetof(struct har_redact_totals, secrets)},
        {"values", offsetof(struct har_redact_totals, values)},
        {"propagated", offsetof(struct har_redact_totals, propagated)},
        {"short", offsetof(struct har_redact_totals, short_ones)},
        {"strings", offsetof(struct har_redact_totals, strings)},
        {"bodies", offsetof(struct har_redact_totals, bodies)},
        {"unsearched", offsetof(struct har_redact_totals, unsearched)},
        {"suspicious", offsetof(struct har_redact_totals, suspicious)},
        {"proven_bytes", offsetof(struct har_redact_totals, proven)},
    };
    struct har_redact_totals totals = {.size = sizeof totals};
    har_redaction_totals(redaction, &totals);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        har_buffer_printf(out, "      \"%s\": %" PRIu64 ",\n", rows[i].key,
                          *(const uint64_t *)((const char *)&totals + rows[i].field));
}

void redact_manifest_add(struct har_buffer *manifest, const struct input *inputs, size_t count, const char *name,
                         const struct har_redaction *redaction)
{
    har_buffer_append_text(manifest, manifest->len ? ",\n    {\n      " : "\n    {\n      ");
    add_text(manifest, "name", count == 1 ? inputs->display : name, ",\n");
    for (size_t i = 0; i < count && count > 1; i++) {
        har_buffer_append_text(manifest, i ? ", " : "      \"merged\": [");
        add_string(manifest, inputs[i].display);
    }
    har_buffer_append_text(manifest, count > 1 ? "],\n" : "");
    add_totals(manifest, redaction);
    har_buffer_append_text(manifest, "      \"counts\": [");
    add_counts(manifest, redaction);
    har_buffer_append_text(manifest, "\n      ]\n    }");
}

enum har_status redact_manifest_open(struct har_sink **sink, const char *path, const struct har_settings *settings,
                                     struct har_error *error)
{
    const enum har_status status = har_sink_file(sink, path, settings, error);
    if (status == HAR_OK)
        har_sink_set_private(*sink);
    return status;
}

enum har_status redact_manifest_write(const struct har_buffer *manifest, struct har_sink *sink, enum har_redact_mode mode,
                                      bool own_rules, struct har_error *error)
{
    struct har_buffer head;
    har_buffer_init(&head, HAR_KIB);
    har_buffer_append_text(&head, "{\n  ");
    add_text(&head, "tool", "harmill", ",\n  ");
    add_text(&head, "version", har_version(), ",\n  ");
    add_text(&head, "mode", mode == HAR_REDACT_STRICT ? "strict" : "default", ",\n  ");
    add_text(&head, "rules", own_rules ? "built-in and own" : "built-in", ",\n  \"inputs\": [");
    enum har_status status = head.failed || manifest->failed ? har_error_memory(error) : HAR_OK;
    (void)(status == HAR_OK && (status = har_sink_write(sink, HAR_SECTION_HEAD, head.data, head.len, error)) == HAR_OK &&
           (status = har_sink_write(sink, HAR_SECTION_HEAD, manifest->data, manifest->len, error)) == HAR_OK &&
           (status = har_sink_write(sink, HAR_SECTION_HEAD, "\n  ]\n}\n", 7, error)) == HAR_OK &&
           (status = har_sink_commit(sink, error)) == HAR_OK);
    har_buffer_release(&head);
    return status;
}
