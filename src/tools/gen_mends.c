/* The table of docs/normalize.md, from the rows of what normalize changes. */
#include "tools/gen.h"

static void append_row(struct har_buffer *out, const struct har_mend_info *mend)
{
    har_buffer_printf(out, "| `%s` | %s | %s | %s | %s | [`%s`](rules.md#%s) |\n", mend->id, har_mend_kind_name(mend->kind),
                      mend->quirk, mend->kind == HAR_MEND_DROPPED && !*mend->writes ? "nothing" : mend->writes,
                      *mend->keeps ? mend->keeps : "nothing is lost", har_rule_info(mend->rule)->id, har_rule_info(mend->rule)->id);
}

void gen_mends(struct har_buffer *out)
{
    har_buffer_append_text(out,
                           "| change | kind | what the input holds | what normalize writes | the original | told by the rule |\n"
                           "|---|---|---|---|---|---|\n");
    for (unsigned i = 0; i < HAR_MEND_COUNT; i++)
        append_row(out, har_mend_info((enum har_mend)i));
}
