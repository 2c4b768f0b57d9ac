/* Normalize: members that har-to-k6 adds to HAR. They have no underscore, and it finds them under no other name. */
#include <string.h>

#include "json/tree.h"
#include "normalize/normalize.h"

static const struct {
    uint8_t object;
    const char *name;
} own[] = {
    {HAR_OBJECT_LOG, "options"}, {HAR_OBJECT_LOG, "exportAs"}, {HAR_OBJECT_PAGE, "name"},       {HAR_OBJECT_PAGE, "sleep"},
    {HAR_OBJECT_ENTRY, "sleep"}, {HAR_OBJECT_ENTRY, "checks"}, {HAR_OBJECT_ENTRY, "variables"},
};

bool normalize_is_k6_own(const struct normalize *n, uint8_t object, const struct har_node *member)
{
    for (size_t i = 0; n->for_k6 && i < sizeof own / sizeof *own; i++)
        if (own[i].object == object && (member->kind == HAR_KIND_OBJECT || strcmp(own[i].name, "options") != 0) &&
            json_key_is(n->edit.tree, member, own[i].name, strlen(own[i].name)))
            return true;
    return false;
}
