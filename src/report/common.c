/* Helpers of the reports: one line at a time, everything from the input made visible. */
#include <string.h>

#include "report/report.h"

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
