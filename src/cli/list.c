/* harmill list: what is built in. */
#include <string.h>

#include "cli/cli.h"
#include "cli/complain.h"

#define LIST_MAX HAR_MIB

/* What all kinds of plug-ins have in common. */
struct entry {
    const char *name, *summary;
    const char *endings;
    const struct har_option_row *options;
    bool absent; /* known, but not in this build */
    const struct har_profile *profile;
};

static struct entry reader_entry(const void *row)
{
    const struct har_reader *reader = row;
    return (struct entry){.name = reader->name, .summary = reader->summary, .options = reader->options};
}

static struct entry format_entry(const void *row)
{
    const struct har_format *format = row;
    return (struct entry){format->name, format->summary, format->extensions, format->options, format->open == NULL, NULL};
}

static struct entry writer_entry(const void *row)
{
    const struct har_writer *writer = row;
    return (struct entry){writer->name, writer->summary, writer->extensions, writer->options, false, NULL};
}

static struct entry report_entry(const void *row)
{
    const struct har_report *report = row;
    return (struct entry){.name = report->name, .summary = report->summary};
}

static struct entry coding_entry(const void *row)
{
    const struct har_coding *coding = row;
    return (struct entry){coding->name, coding->summary, coding->suffixes, NULL, coding->decode == NULL, NULL};
}

static struct entry profile_entry(const void *row)
{
    const struct har_profile *profile = row;
    return (struct entry){.name = profile->name, .summary = profile->summary, .profile = profile};
}

static const void *reader_row(size_t index)
{
    return har_readers()[index];
}

static const void *format_row(size_t index)
{
    return har_formats()[index];
}

static const void *writer_row(size_t index)
{
    return har_writers()[index];
}

static const void *report_row(size_t index)
{
    return har_reports()[index];
}

static const void *coding_row(size_t index)
{
    return har_codings()[index];
}

static const void *profile_row(size_t index)
{
    return har_profiles()[index];
}

/* In the order of the words of WORDS_KIND. Rows are asked for one after the other, up to the NULL. */
static const struct {
    const void *(*row)(size_t index);
    struct entry (*entry)(const void *row);
} kinds[] = {
    {reader_row, reader_entry}, {format_row, format_entry}, {writer_row, writer_entry},
    {report_row, report_entry}, {coding_row, coding_entry}, {profile_row, profile_entry},
};

enum { LEAST_WIDTH = 8 };

/* Of the column of names. */
static size_t width_of(size_t kind)
{
    const void *row = NULL;
    size_t width = LEAST_WIDTH;
    for (size_t i = 0; (row = kinds[kind].row(i)); i++) {
        size_t len = strlen(kinds[kind].entry(row).name);
        width = len > width ? len : width;
    }
    return width;
}

static void append_text(struct har_buffer *out, const struct entry *entry, const char *margin, size_t width)
{
    har_buffer_printf(out, "%s%-*s  %s", margin, (int)width, entry->name, entry->summary);
    if (entry->endings && *entry->endings)
        har_buffer_printf(out, " (%s)", entry->endings);
    if (entry->profile && entry->profile->consumer && entry->profile->tested)
        har_buffer_printf(out, "; tested with %s", entry->profile->consumer);
    har_buffer_append_text(out, entry->absent ? "; not in this build\n" : "\n");
}

static void append_string(struct har_buffer *out, const char *text, size_t len)
{
    har_buffer_append_char(out, '"');
    har_buffer_append_json(out, text, len);
    har_buffer_append_char(out, '"');
}

static void append_member(struct har_buffer *out, const char *name, const char *text)
{
    har_buffer_printf(out, "\"%s\": ", name);
    if (text)
        append_string(out, text, strlen(text));
    else
        har_buffer_append_text(out, "null");
}

/* A blank-separated list as an array. */
static void append_endings(struct har_buffer *out, const char *list)
{
    const char *separator = "";
    har_buffer_append_text(out, ", \"endings\": [");
    while (list && *list) {
        size_t len = strcspn(list, " ");
        har_buffer_append_text(out, separator);
        append_string(out, list, len);
        separator = ", ";
        list += len;
        list += strspn(list, " ");
    }
    har_buffer_append_char(out, ']');
}

static void append_json(struct har_buffer *out, const struct entry *entry)
{
    har_buffer_append_text(out, "    {");
    append_member(out, "name", entry->name);
    har_buffer_append_text(out, ", ");
    append_member(out, "summary", entry->summary);
    append_endings(out, entry->endings);
    har_buffer_append_text(out, ", \"options\": [");
    for (const struct har_option_row *row = entry->options; row && row->name; row++) {
        har_buffer_append_text(out, row == entry->options ? "{" : ", {");
        append_member(out, "name", row->name);
        har_buffer_append_text(out, ", ");
        append_member(out, "argument", row->argument);
        har_buffer_append_text(out, ", ");
        append_member(out, "summary", row->summary);
        har_buffer_append_text(out, ", ");
        append_member(out, "default", row->value);
        har_buffer_append_char(out, '}');
    }
    har_buffer_printf(out, "], \"built\": %s", entry->absent ? "false" : "true");
    if (entry->profile) {
        har_buffer_append_text(out, ", ");
        append_member(out, "consumer", entry->profile->consumer);
        har_buffer_printf(out, ", \"tested\": %s", entry->profile->tested ? "true" : "false");
    }
    har_buffer_append_char(out, '}');
}

static void append_kind(struct har_buffer *out, size_t kind, bool json, bool titled)
{
    const void *row = NULL;
    const char *name = words_at(WORDS_KIND, kind, NULL);
    size_t width = width_of(kind);
    if (json)
        har_buffer_printf(out, "  \"%s\": [", name);
    else if (titled)
        har_buffer_printf(out, "%s:\n", name);
    for (size_t i = 0; (row = kinds[kind].row(i)); i++) {
        struct entry entry = kinds[kind].entry(row);
        if (json) {
            har_buffer_append_text(out, i > 0 ? ",\n" : "\n");
            append_json(out, &entry);
        } else {
            append_text(out, &entry, titled ? "  " : "", width);
        }
    }
    if (json)
        har_buffer_append_text(out, "\n  ]");
}

enum exit_status list_run(struct cli *cli)
{
    const struct options *options = &cli->options;
    size_t only = 0;
    bool all = options->operand_count == 0;
    struct har_buffer out;
    if (!all && !words_find(WORDS_KIND, options->operands[0], &only)) {
        words_complain(WORDS_KIND, options->operands[0]);
        return EXIT_USAGE;
    }
    har_buffer_init(&out, LIST_MAX);
    if (options->json)
        har_buffer_append_text(&out, "{\n");
    for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
        if (!all && kind != only)
            continue;
        if (all && kind > 0)
            har_buffer_append_text(&out, options->json ? ",\n" : "\n");
        append_kind(&out, kind, options->json, all);
    }
    if (options->json)
        har_buffer_append_text(&out, "\n}\n");
    output_buffer(&cli->out, &out);
    har_buffer_release(&out);
    return EXIT_DONE;
}
