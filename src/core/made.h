/* Whether a program takes what is about to be written: its rule is run once more, on the items that the transforms made. */
#ifndef HARMILL_CORE_MADE_H
#define HARMILL_CORE_MADE_H

#include <harmill/profile.h>

#include "check/check.h"

struct made {
    struct har_settings *settings; /* only the program's rule is on; NULL: nobody asked */
    struct har_summary summary;
    struct har_report_to to;
    struct check check;
    enum har_rule refuses;
    bool log; /* of the document: a member of it came */
};

/* For a profile with a consumer. False when memory is short. */
bool made_init(struct made *made, const struct har_profile *profile);
void made_release(struct made *made);

/* HAR_FAILED: the program would refuse this page or entry. HAR_FATAL: the document had no log, so no program takes it. Fills member
 * and object of the item's nodes anew. */
enum har_status made_judge(struct made *made, const struct har_item *item, struct har_error *error);

#endif
