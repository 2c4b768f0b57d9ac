/* The rows of what normalize changes. */
#include <harmill/mend.h>

static const struct har_mend_info infos[] = {
#define ROW(symbol, id, kind, rule, quirk, writes, keeps, comment)                                                                 \
    {id, HAR_MEND_##kind, HAR_RULE_##rule, quirk, writes, keeps, comment},
    HAR_MENDS(ROW)
#undef ROW
};

const struct har_mend_info *har_mend_info(enum har_mend mend)
{
    return (unsigned)mend < HAR_MEND_COUNT ? &infos[mend] : NULL;
}

const char *har_mend_kind_name(enum har_mend_kind kind)
{
    static const char *const names[] = {"spelled", "filled", "kept", "derived", "dropped"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "";
}
