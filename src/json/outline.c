/* Tables of what is opened and of what begins an entry. */
#include "json/outline.h"

#include <string.h>

const struct outline_opening outline_openings[OUTLINE_OPENINGS] = {
    {ROLE_ROOT, "log", HAR_KIND_OBJECT, ROLE_LOG},          {ROLE_ROOT, "result", HAR_KIND_OBJECT, ROLE_RESULT},
    {ROLE_RESULT, "har", HAR_KIND_OBJECT, ROLE_RESULT_HAR}, {ROLE_RESULT, "log", HAR_KIND_OBJECT, ROLE_LOG},
    {ROLE_RESULT_HAR, "log", HAR_KIND_OBJECT, ROLE_LOG},    {ROLE_LOG, "pages", HAR_KIND_ARRAY, ROLE_PAGES},
    {ROLE_LOG, "entries", HAR_KIND_ARRAY, ROLE_ENTRIES},
};

bool outline_opened(const struct outline_seen *seen, enum outline_role role)
{
    switch (role) {
    case ROLE_LOG:
        return seen->log;
    case ROLE_RESULT:
        return seen->log || seen->result;
    case ROLE_RESULT_HAR:
        return seen->log;
    case ROLE_PAGES:
        return seen->pages;
    case ROLE_ENTRIES:
        return seen->entries;
    case ROLE_ROOT:
    case OUTLINE_NONE:
        break;
    }
    return false;
}

void outline_open(struct outline_seen *seen, enum outline_role role)
{
    seen->log |= role == ROLE_LOG;
    seen->result |= role == ROLE_RESULT;
    seen->pages |= role == ROLE_PAGES;
    seen->entries |= role == ROLE_ENTRIES;
}

const char *outline_pointer(enum outline_role role)
{
    static const char *const keys[OUTLINE_ROLES] = {[ROLE_ROOT] = "",    [ROLE_RESULT] = "/result", [ROLE_RESULT_HAR] = "/har",
                                                    [ROLE_LOG] = "/log", [ROLE_PAGES] = "/pages",   [ROLE_ENTRIES] = "/entries"};
    return keys[role];
}

bool outline_begins_entry(const char *first, const char *key, size_t len)
{
    static const char *const names[] = {"startedDateTime", "request", "response",        "pageref",   "cache",
                                        "timings",         "time",    "serverIPAddress", "connection"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && memcmp(names[i], key, len) == 0)
            return true;
    return *first && strlen(first) == len && memcmp(first, key, len) == 0;
}
