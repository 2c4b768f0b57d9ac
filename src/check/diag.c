/* Findings get their level here, are counted and passed on. */
#include "check/diag.h"

#include <string.h>

#include "check/hide.h"
#include "util/hash.h"

/* What these rules find cannot be written again as JSON, or was not read at all: no output may be made of such an input. */
static bool breaks_output(enum har_rule rule)
{
    static const bool breaks[HAR_RULE_COUNT] = {
        [HAR_RULE_JSON_SYNTAX] = true,    [HAR_RULE_JSON_TRUNCATED] = true,  [HAR_RULE_JSON_CONTROL_CHARACTER] = true,
        [HAR_RULE_JSON_ESCAPE] = true,    [HAR_RULE_JSON_WRAPPER] = true,    [HAR_RULE_NOT_UTF_8] = true,
        [HAR_RULE_NOT_A_NUMBER] = true,   [HAR_RULE_TOO_DEEP] = true,        [HAR_RULE_TOO_LARGE] = true,
        [HAR_RULE_NOT_A_HAR] = true,      [HAR_RULE_COMPRESSED_DATA] = true, [HAR_RULE_XML_SYNTAX] = true,
        [HAR_RULE_XML_VOCABULARY] = true,
    };
    return breaks[rule];
}

static bool is_wanted(const struct har_report_to *to, enum har_rule rule, enum har_level level)
{
    return to->on_finding && level != HAR_LEVEL_OFF && (!to->wants || to->wants(to->user, rule, level));
}

/* What lets no output be made is told again in every run: such an input is never as good as known. */
static bool may_be_known(const struct har_report_to *to, enum har_rule rule, enum har_level level)
{
    return to->known && level != HAR_LEVEL_OFF && !breaks_output(rule) && known_asks(to->known, rule);
}

bool diag_shows(const struct har_report_to *to, enum har_rule rule)
{
    const enum har_level level = har_settings_level(to->settings, rule);
    return (to->writers && level != HAR_LEVEL_OFF) || is_wanted(to, rule, level) || may_be_known(to, rule, level);
}

static void count(struct har_report_to *to, enum har_rule rule, enum har_repair repair)
{
    const enum har_level level = har_settings_level(to->settings, rule);
    if (repair == HAR_REPAIR_NONE && breaks_output(rule))
        to->summary->broken++;
    to->summary->dropped += repair == HAR_REPAIR_LOSS;
    if (level == HAR_LEVEL_OFF)
        return;
    to->summary->rule_count[rule]++;
    to->summary->level_count[level]++;
}

void diag_count(struct har_report_to *to, enum har_rule rule)
{
    count(to, rule, HAR_REPAIR_NONE);
}

uint64_t diag_fingerprint(uint64_t request, enum har_rule rule, int64_t entry, struct har_text pointer)
{
    const char *id = har_rule_info(rule)->id;
    uint64_t hash = hash_add_part(request, id, strlen(id));
    const char *below = pointer.bytes;
    size_t len = pointer.len;
    if (entry >= 0) {
        /* Behind .../entries/N. */
        static const char entries[] = "/entries/";
        const char *found = memmem(pointer.bytes, pointer.len, entries, sizeof entries - 1);
        below = found ? found + sizeof entries - 1 : below;
        len -= (size_t)(below - pointer.bytes);
        for (; found && len && *below != '/'; below++)
            len--;
    }
    return hash_add_part(hash, below, len);
}

void har_report_finding(struct har_report_to *to, const struct har_finding *finding)
{
    if (to->through) {
        if (*to->through)
            har_report_finding(*to->through, finding);
        return;
    }
    if (!diag_shows(to, finding->rule)) {
        count(to, finding->rule, finding->repair);
        return;
    }
    struct har_finding told = *finding;
    if (to->before)
        to->before(to->before_user, &told);
    told.size = sizeof told;
    told.level = har_settings_level(to->settings, finding->rule);
    told.source = to->summary->source;
    if (!told.fingerprint)
        told.fingerprint = diag_fingerprint(HASH_START, told.rule, told.entry, told.pointer);
    if (may_be_known(to, told.rule, told.level) && known_meet(to->known, told.rule, told.fingerprint))
        return;
    count(to, told.rule, told.repair);
    hide_rest(to, &told);
    if (to->writers && told.level != HAR_LEVEL_OFF)
        to->writers(to->writers_user, &told);
    if (is_wanted(to, told.rule, told.level))
        to->on_finding(to->user, &told);
}
