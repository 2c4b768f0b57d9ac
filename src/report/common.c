/* Helpers of the reports: one line at a time, everything from the input made visible. */
#include <inttypes.h>
#include <string.h>

#include "report/report.h"

static const char bold[] = "\033[1m";
static const char plain[] = "\033[0m";

static const char *const level_colors[] = {
    [HAR_LEVEL_INFO] = "\033[1;36m",
    [HAR_LEVEL_WARNING] = "\033[1;35m",
    [HAR_LEVEL_ERROR] = "\033[1;31m",
};

void report_out_init(struct report_out *out, const struct har_report_args *args)
{
    out->write = args->write;
    out->user = args->user;
    har_buffer_init(&out->line, REPORT_LINE_MAX);
}

void report_out_release(struct report_out *out)
{
    if (out)
        har_buffer_release(&out->line);
}

enum har_status report_out_flush(struct report_out *out, struct har_error *error)
{
    enum har_status status = HAR_OK;
    if (out->line.failed)
        status = har_error_memory(error);
    else if (out->line.len > 0)
        status = out->write(out->user, out->line.data, out->line.len, error);
    har_buffer_clear(&out->line);
    return status;
}

void report_append_source(struct har_buffer *line, const char *source)
{
    if (source)
        har_buffer_append_visible(line, source, strlen(source), 0);
}

void report_append_message(struct har_buffer *line, const struct har_finding *finding, bool show_values)
{
    if (!har_finding_message(finding, show_values, line))
        line->failed = true;
    if (finding->done)
        har_buffer_printf(line, "; %s", finding->done);
}

void report_append_pointer(struct har_buffer *line, struct har_text pointer)
{
    if (pointer.len == 0)
        return;
    har_buffer_append_text(line, " (");
    har_buffer_append_visible(line, pointer.bytes, pointer.len, REPORT_POINTER_MOST);
    har_buffer_append_char(line, ')');
}

void report_append_finding(struct har_buffer *line, const struct har_finding *finding, bool color, bool show_values)
{
    har_buffer_append_text(line, color ? bold : "");
    report_append_source(line, finding->source);
    har_buffer_printf(line, ":%" PRIu64 ":%" PRIu64 ":%s ", finding->place.line, finding->place.column, color ? plain : "");
    har_buffer_printf(line, "%s%s:%s ", color ? level_colors[finding->level] : "", har_level_name(finding->level),
                      color ? plain : "");
    report_append_message(line, finding, show_values);
    har_buffer_printf(line, " [%s]", har_rule_info(finding->rule)->id);
    report_append_pointer(line, finding->pointer);
}

const char *report_path(const char *source)
{
    const char *path = source ? source : "";
    while (path[0] == '.' && path[1] == '/') {
        path += 2;
        path += strspn(path, "/");
    }
    return path;
}

void report_append_uri(struct har_buffer *line, const char *source)
{
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    const char *path = report_path(source);
    if (path[0] == '/') {
        path += strspn(path, "/");
        har_buffer_append_text(line, "file:///");
    }
    while (*path) {
        size_t len = strspn(path, unreserved);
        har_buffer_append(line, path, len);
        path += len;
        if (*path)
            har_buffer_printf(line, "%%%02X", (unsigned char)*path++);
    }
}

struct report_region report_region(const struct har_finding *finding)
{
    const struct har_place *place = &finding->place, *end = &finding->end;
    struct report_region region = {.line = place->line ? place->line : 1,
                                   .column = place->column ? place->column : 1,
                                   .end_line = end->line,
                                   .end_column = end->column};
    if (region.end_line < region.line || (region.end_line == region.line && region.end_column <= region.column)) {
        region.end_line = region.line;
        region.end_column = region.column + 1;
    }
    return region;
}

/* What append_visible() lets through and XML 1.0 does not: U+FFFE and U+FFFF. */
static bool is_no_xml(const char *text, size_t len)
{
    return len >= 3 && memcmp(text, "\xEF\xBF", 2) == 0 && (text[2] == '\xBE' || text[2] == '\xBF');
}

void report_append_xml(struct har_buffer *line, const char *text, size_t len)
{
    struct har_buffer visible;
    har_buffer_init(&visible, REPORT_LINE_MAX);
    if (!har_buffer_append_visible(&visible, text, len, 0))
        line->failed = true;
    for (size_t i = 0, run; i < visible.len; i++) {
        for (run = i; i < visible.len && !strchr("&<>\"\xEF", visible.data[i]); i++)
            ;
        har_buffer_append(line, visible.data + run, i - run);
        if (i == visible.len)
            break;
        if (is_no_xml(visible.data + i, visible.len - i)) {
            har_buffer_append_text(line, visible.data[i + 2] == '\xBE' ? "\\u{fffe}" : "\\u{ffff}");
            i += 2;
            continue;
        }
        switch (visible.data[i]) {
        case '&':
            har_buffer_append_text(line, "&amp;");
            break;
        case '<':
            har_buffer_append_text(line, "&lt;");
            break;
        case '>':
            har_buffer_append_text(line, "&gt;");
            break;
        case '"':
            har_buffer_append_text(line, "&quot;");
            break;
        default:
            har_buffer_append_char(line, visible.data[i]);
        }
    }
    har_buffer_release(&visible);
}
