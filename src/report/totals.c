/* What all inputs of a run came to. */
#include <inttypes.h>
#include <string.h>

#include "report/report.h"

void report_totals_begin(struct report_totals *totals)
{
    memset(totals->level_told, 0, sizeof totals->level_told);
    memset(totals->rule_told, 0, sizeof totals->rule_told);
}

void report_totals_finding(struct report_totals *totals, const struct har_finding *finding)
{
    totals->level_told[finding->level]++;
    totals->rule_told[finding->rule]++;
}

bool report_is_clean(const struct har_summary *summary)
{
    const uint64_t *count = summary->level_count;
    return count[HAR_LEVEL_ERROR] + count[HAR_LEVEL_WARNING] + count[HAR_LEVEL_INFO] + summary->broken == 0 && !summary->cut;
}

void report_totals_end(struct report_totals *totals, const struct har_summary *summary)
{
    const uint64_t *levels = summary ? summary->level_count : totals->level_told;
    const uint64_t *rules = summary ? summary->rule_count : totals->rule_told;
    totals->inputs++;
    totals->unreadable += !summary;
    totals->clean += summary && report_is_clean(summary);
    for (size_t i = 0; i <= HAR_LEVEL_ERROR; i++)
        totals->level_count[i] += levels[i];
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        totals->rule_count[i] += rules[i];
}

static const char *append_count(struct har_buffer *line, const char *separator, uint64_t count, const char *one)
{
    if (count == 0)
        return separator;
    har_buffer_printf(line, "%s%" PRIu64 " %s%s", separator, count, one, count == 1 ? "" : "s");
    return ", ";
}

void report_append_totals(struct har_buffer *line, const struct report_totals *totals)
{
    const char *separator = " ";
    har_buffer_printf(line, "%" PRIu64 " input%s:", totals->inputs, totals->inputs == 1 ? "" : "s");
    for (size_t level = HAR_LEVEL_ERROR; level >= HAR_LEVEL_INFO; level--)
        separator = append_count(line, separator, totals->level_count[level], har_level_name((enum har_level)level));
    if (totals->unreadable)
        har_buffer_printf(line, "%s%" PRIu64 " could not be read", separator, totals->unreadable);
    else if (totals->clean == totals->inputs)
        har_buffer_append_text(line, " clean");
    else if (*separator == ' ') /* a rule that is off: nothing is told, but not all was read */
        har_buffer_append_text(line, " nothing found");
}
