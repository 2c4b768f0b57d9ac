/* What normalize changes about documents, pages and members in general. Columns: see <harmill/mend.h>. */
#ifndef HARMILL_MENDS_DOCUMENT_H
#define HARMILL_MENDS_DOCUMENT_H

#define HAR_MENDS_DOCUMENT(X) \
    X(CUSTOM_NAME, "custom-name", KEPT, UNKNOWN_MEMBER, \
      "a member that HAR does not know has no underscore", "the member with an underscore", "under the new name", "") \
    X(MISSING_CREATOR, "missing-creator", FILLED, MISSING_MEMBER, \
      "log.creator is missing", "harmill as the creator", "", "")

#endif
