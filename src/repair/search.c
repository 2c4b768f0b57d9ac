/* A unit that cannot be mended is left out: where does the next whole one begin? */
#include <string.h>

#include "repair/internal.h"
#include "util/blank.h"

enum {
    FORGET = 1 << 20,         /* bytes left out at a time */
    ATTEMPTS_FREE = 64 << 20, /* bytes that attempts may read in vain in any case; beyond, as much as was read anew */
};

/* What a place may be that reading could go on at. */
struct candidate {
    uint64_t at;
    enum outline_role role; /* that it belongs to; OUTLINE_NONE: none */
};

/* Members whose names stand nowhere else in a HAR with such a value. */
static const struct {
    const char *key;
    char begins;
    enum outline_role role;
} landmarks[] = {
    {"entries", '[', ROLE_LOG}, {"pages", '[', ROLE_LOG}, {"creator", '{', ROLE_LOG},
    {"browser", '{', ROLE_LOG}, {"log", '{', ROLE_ROOT},
};

enum outline_role repair_landmark(struct repair *r, uint64_t quote)
{
    for (size_t i = 0; i < sizeof landmarks / sizeof *landmarks; i++) {
        const size_t len = strlen(landmarks[i].key);
        if (quote + len + 2 > r->end || memcmp(repair_bytes(r, quote + 1), landmarks[i].key, len) != 0 ||
            repair_peek(r, quote) != '"' || repair_peek(r, quote + 1 + len) != '"')
            continue;
        const uint64_t colon = repair_after_blanks(r, quote + len + 2);
        if (repair_peek(r, colon) == ':' && repair_peek(r, repair_after_blanks(r, colon + 1)) == landmarks[i].begins)
            return landmarks[i].role;
    }
    return OUTLINE_NONE;
}

static bool is_open(const struct repair *r, enum outline_role role)
{
    for (size_t i = 0; i < r->levels; i++)
        if (r->level[i].role == role)
            return true;
    return false;
}

/* Whether reading could go on in a container of this role, be it that brackets are put in. */
static bool reachable(const struct repair *r, enum outline_role role)
{
    if (is_open(r, role))
        return true;
    if (role == ROLE_ENTRIES)
        return r->seen.entries ? repair_can_reopen(r) : (is_open(r, ROLE_LOG) || !r->seen.log);
    return role == ROLE_LOG && !r->seen.log;
}

/* Whether what was read at the candidate is an element of the kind that its place demands. */
static enum outline_role element_role(const struct repair *r)
{
    const struct repair_level *level = r->levels ? &r->level[r->levels - 1] : NULL;
    if (r->members & (REPAIR_HAS_REQUEST | REPAIR_HAS_RESPONSE | REPAIR_HAS_TIMINGS))
        return ROLE_ENTRIES;
    if (level && level->role == ROLE_PAGES && r->members & (REPAIR_HAS_ID | REPAIR_HAS_STARTED))
        return ROLE_PAGES;
    return level && level->role == ROLE_ENTRIES && r->members & REPAIR_HAS_STARTED ? ROLE_ENTRIES : OUTLINE_NONE;
}

/* Reads the element at the brace for a test: the role it has, OUTLINE_NONE. */
enum outline_role repair_attempt(struct repair *r, uint64_t brace)
{
    enum outline_role role = OUTLINE_NONE;
    const uint64_t unit_at = r->unit_at, mends = r->mends;
    const size_t edits = r->edit_count, unit_edits = r->unit_edits;
    uint64_t key;
    const bool known = repair_begins_element(r, brace);
    if (!known && !repair_first_key(r, brace, &key))
        return role;
    if (brace < r->reached && r->wasted > r->reached + ATTEMPTS_FREE)
        return role;
    r->unit_at = r->at = brace;
    r->unit_edits = edits;
    const enum walk walk = repair_value(r);
    if (r->at > r->reached)
        r->reached = r->at;
    if (walk == WALK_WHOLE && !r->swallowed && (known || (r->members & REPAIR_HAS_REQUEST && r->members & REPAIR_HAS_RESPONSE)))
        role = element_role(r);
    if (role != OUTLINE_NONE && !reachable(r, role))
        role = OUTLINE_NONE;
    r->wasted += r->at - brace;
    repair_undo(r, edits);
    r->mends = mends;
    r->unit_at = unit_at;
    r->unit_edits = unit_edits;
    return role;
}

/* The last characters that are not blank, newest first. */
struct before {
    int last, last_but_one;
    uint64_t last_at, last_but_one_at;
};

/* Looks at one byte. */
static bool consider(struct repair *r, uint64_t at, int c, struct before before, struct candidate *found)
{
    const struct repair_level *level = repair_inner(r);
    const bool element = level && repair_is_array(level->role);
    *found = (struct candidate){at, OUTLINE_NONE};
    if (c == '{' && ((before.last && strchr(",[}", before.last)) || repair_begins_element(r, at)))
        return (found->role = repair_attempt(r, at)) != OUTLINE_NONE || !(r->failed || r->full);
    if (c != '"' || !before.last || !strchr(",{}]", before.last) || (element && (before.last != ',' || before.last_but_one != ']')))
        return true;
    const enum outline_role role = repair_landmark(r, at);
    if (role == ROLE_ROOT)
        found->role = r->seen.log || !is_open(r, ROLE_ROOT) || r->levels != 1 ? OUTLINE_NONE : ROLE_ROOT;
    else if (role != OUTLINE_NONE && element)
        *found = (struct candidate){before.last_but_one_at, level->role}; /* its bracket closes them */
    else if (role != OUTLINE_NONE && reachable(r, role))
        found->role = role;
    return true;
}

/* What has to be put in to get from the open containers to the one of the role. */
bool repair_go_to(struct repair *r, enum outline_role role, uint64_t at)
{
    struct har_buffer text;
    har_buffer_init(&text, HAR_KIB);
    if (role == ROLE_ENTRIES && !is_open(r, role) && r->seen.entries)
        return repair_reopen(r, MEND_NONE);
    while (r->levels > 1 && !is_open(r, role) && repair_is_array(repair_inner(r)->role)) {
        har_buffer_append_char(&text, ']');
        r->levels--;
    }
    while (repair_inner(r)->role != role && is_open(r, role)) {
        har_buffer_append_char(&text, repair_is_array(repair_inner(r)->role) ? ']' : '}');
        r->levels--;
    }
    while (repair_inner(r)->role != role) {
        struct repair_level *level = repair_inner(r);
        const enum outline_role next = level->role == ROLE_LOG ? ROLE_ENTRIES : ROLE_LOG;
        if (level->count++ && !level->comma)
            har_buffer_append_char(&text, ',');
        level->comma = false;
        har_buffer_append_text(&text, next == ROLE_LOG ? "\"log\":{" : "\"entries\":[");
        repair_push(r, next);
    }
    repair_inner(r)->quiet = true;
    const bool done = !text.failed && (r->document || !text.len || repair_edit(r, at, 0, text.data, text.len, MEND_NONE));
    har_buffer_release(&text);
    return done;
}

/* Leaves out what was searched so far, so that a long search needs no memory. */
static bool forget(struct repair *r, uint64_t *from, uint64_t to)
{
    if (!repair_cut(r, *from, to))
        return false;
    *from = to;
    if (r->held || r->document)
        return true;
    r->ready = to;
    return repair_pump(r, true);
}

/* The unit at unit_at, and its comma with it, up to where reading goes on. */
bool repair_search(struct repair *r, enum repair_mend mend)
{
    struct repair_level *level = repair_inner(r);
    struct before before = {level->comma ? ',' : repair_is_array(level->role) && !level->count ? '[' : 0, 0, 0, 0};
    struct candidate found = {r->unit_at, OUTLINE_NONE};
    uint64_t from = level->comma ? level->comma_at : r->unit_at, forgot;
    r->lost = true;
    repair_undo(r, r->unit_edits);
    if (!repair_note(r, r->unit_at, mend, r->fault.at, r->fault.what))
        return false;
    if (r->at > r->reached)
        r->reached = r->at;
    if (!level->comma && level->count == 0 && !repair_is_array(level->role))
        before.last = '{';
    level->comma = false;
    level->quiet = true;
    forgot = from;
    for (uint64_t at = r->unit_at; found.role == OUTLINE_NONE; at++) {
        if (!repair_look(r, at))
            return false;
        const int c = repair_peek(r, at);
        found.at = at;
        if (c < 0)
            break;
        if (is_blank(c))
            continue;
        const bool again = at == r->unit_at && mend != MEND_PREFIX && (c != '{' || repair_is_array(level->role));
        if (!again && !consider(r, at, c, before, &found))
            return false;
        before = (struct before){c, before.last, at, before.last_at};
        if (at - forgot > FORGET && found.role == OUTLINE_NONE && !forget(r, &forgot, at))
            return false;
    }
    if (!repair_cut(r, forgot, found.at))
        return false;
    r->at = found.at;
    if (found.role != OUTLINE_NONE && !repair_go_to(r, found.role, found.at))
        return false;
    return repair_commit(r);
}
