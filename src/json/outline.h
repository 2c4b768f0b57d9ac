/* The outline of a HAR: which containers are opened, and how what lies in them begins. */
#ifndef HARMILL_JSON_OUTLINE_H
#define HARMILL_JSON_OUTLINE_H

#include <harmill/node.h>

enum outline_role {
    ROLE_ROOT,
    ROLE_RESULT,
    ROLE_RESULT_HAR,
    ROLE_LOG,
    ROLE_PAGES,
    ROLE_ENTRIES,
    OUTLINE_ROLES,
    OUTLINE_NONE = OUTLINE_ROLES
};

enum { OUTLINE_FIRST_KEY = 64 }; /* keys of that length and longer ones are not remembered */

/* One row for each container that is opened: below which role it may stand, its key, its kind. */
struct outline_opening {
    enum outline_role below;
    const char *key;
    enum har_kind kind;
    enum outline_role role;
};

enum { OUTLINE_OPENINGS = 7 };
extern const struct outline_opening outline_openings[OUTLINE_OPENINGS];

/* Which containers were opened. */
struct outline_seen {
    bool log, pages, entries, result;
};

/* Each is opened once; what comes again is a member like others. */
bool outline_opened(const struct outline_seen *seen, enum outline_role role);
void outline_open(struct outline_seen *seen, enum outline_role role);

/* What the role adds to the pointer of its container: "", "/result", "/log". */
const char *outline_pointer(enum outline_role role);

/* Whether an entry has a member of this name and no other object of a HAR does; `first` is a key that an entry of this input began
 * with, "" while none is known. */
bool outline_begins_entry(const char *first, const char *key, size_t len);

#endif
