/* Findings get their level here, are counted and passed on. */
#include "check/diag.h"

/* What these rules find cannot be written again as JSON, or was not read at all: no output may be made of such an input. */
static bool breaks_output(enum har_rule rule)
{
    static const bool breaks[HAR_RULE_COUNT] = {
        [HAR_RULE_JSON_SYNTAX] = true,  [HAR_RULE_JSON_TRUNCATED] = true,  [HAR_RULE_JSON_CONTROL_CHARACTER] = true,
        [HAR_RULE_JSON_ESCAPE] = true,  [HAR_RULE_JSON_WRAPPER] = true,    [HAR_RULE_NOT_UTF_8] = true,
        [HAR_RULE_NOT_A_NUMBER] = true, [HAR_RULE_TOO_DEEP] = true,        [HAR_RULE_TOO_LARGE] = true,
        [HAR_RULE_NOT_A_HAR] = true,    [HAR_RULE_COMPRESSED_DATA] = true, [HAR_RULE_XML_SYNTAX] = true,
        [HAR_RULE_XML_VOCABULARY] = true,
    };
    return breaks[rule];
}

bool diag_shows(const struct har_report_to *to, enum har_rule rule)
{
    return to->on_finding && har_settings_level(to->settings, rule) != HAR_LEVEL_OFF;
}

void diag_count(struct har_report_to *to, enum har_rule rule)
{
    const enum har_level level = har_settings_level(to->settings, rule);
    if (breaks_output(rule))
        to->summary->broken++;
    if (level == HAR_LEVEL_OFF)
        return;
    to->summary->rule_count[rule]++;
    to->summary->level_count[level]++;
}

void har_report_finding(struct har_report_to *to, const struct har_finding *finding)
{
    diag_count(to, finding->rule);
    if (!diag_shows(to, finding->rule))
        return;
    struct har_finding told = *finding;
    told.size = sizeof told;
    told.level = har_settings_level(to->settings, finding->rule);
    told.source = to->summary->source;
    to->on_finding(to->user, &told);
}
