/* Between the units: the containers that a HAR is made of, opened as the format does it. */
#include <string.h>

#include <harmill/suggest.h>

#include "repair/internal.h"

static int closer(const struct repair_level *level)
{
    return repair_is_array(level->role) ? ']' : '}';
}

bool repair_push(struct repair *r, enum outline_role role)
{
    outline_open(&r->seen, role);
    r->level[r->levels++] = (struct repair_level){.role = role};
    r->pages |= role == ROLE_PAGES;
    if (role == ROLE_ENTRIES) {
        repair_inner(r)->count = r->entries;
        repair_inner(r)->quiet = r->document > 0;
    }
    return true;
}

/* What was read comes through as it is now. */
bool repair_commit(struct repair *r)
{
    const struct repair_level *level = repair_inner(r);
    if (r->document && (!level || level->role != ROLE_ENTRIES || r->skip_from)) {
        const uint64_t from = r->skip_from ? r->skip_from : r->ready;
        if (!repair_cut(r, from, r->at))
            return false;
        r->skip_from = level && level->role == ROLE_ENTRIES ? 0 : r->at;
        r->ready = r->at;
        return true;
    }
    if (r->held && r->at - r->held_at > har_settings_bound(r->settings, HAR_BOUND_KEPT_BYTES))
        r->held = false;
    if (r->doubt.active && r->at - r->doubt.unit_at > r->item_most)
        r->doubt.active = false;
    if (!r->held && !r->doubt.active)
        r->ready = r->at;
    return true;
}

/* At the closing bracket, or where it should be. */
static bool close_level(struct repair *r, bool there)
{
    struct repair_level *level = repair_inner(r);
    const enum outline_role role = level->role;
    const char text[2] = {(char)closer(level), '\0'};
    if (level->comma && !repair_edit(r, level->comma_at, 1, "", 0, level->quiet ? MEND_NONE : MEND_TRAILING_COMMA))
        return false;
    if (!there && !repair_edit_text(r, r->at, 0, r->document ? "" : text, MEND_CLOSER))
        return false;
    if (role == ROLE_ENTRIES && there)
        repair_leave(r);
    if (role == ROLE_LOG && r->held && !r->document) {
        r->log_end = r->at;
        r->log_ended = true;
    }
    r->at += there;
    if (role == ROLE_ENTRIES && !repair_put_tail(r))
        return false;
    r->levels--;
    if (r->levels)
        repair_inner(r)->quiet = false;
    else
        r->state = REPAIR_OUTSIDE;
    return repair_commit(r);
}

static bool take_comma(struct repair *r)
{
    struct repair_level *level = repair_inner(r);
    const bool spare = level->comma || (!level->count && !level->quiet);
    if (spare) {
        if (!repair_edit(r, r->at, 1, "", 0, level->quiet ? MEND_NONE : MEND_SPARE_COMMA))
            return false;
    } else if (!level->count) { /* behind a first unit that is left out */
        if (!repair_edit(r, r->at, 1, "", 0, MEND_NONE))
            return false;
    } else {
        level->comma = true;
        level->comma_at = r->at;
    }
    r->at++;
    return true;
}

/* The opening of the key that was just read, with the value at `at`; OUTLINE_NONE. */
static enum outline_role opening(struct repair *r, enum outline_role below)
{
    const int c = repair_peek(r, r->at);
    for (size_t i = 0; i < OUTLINE_OPENINGS; i++) {
        const struct outline_opening *row = &outline_openings[i];
        if (row->below == below && c == (row->kind == HAR_KIND_OBJECT ? '{' : '[') && repair_key_is(r, row->key) &&
            !outline_opened(&r->seen, row->role))
            return row->role == ROLE_PAGES && r->document ? OUTLINE_NONE : row->role;
    }
    return OUTLINE_NONE;
}

/* Whether the brace is that of a log: by its first key. */
static bool begins_log(struct repair *r, uint64_t brace)
{
    static const char *const keys[] = {"version", "creator", "browser", "pages", "entries"};
    uint64_t key;
    const size_t len = repair_first_key(r, brace, &key);
    for (size_t i = 0; len && i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i]) == len && memcmp(repair_bytes(r, key), keys[i], len) == 0)
            return true;
    return false;
}

/* A key that is nearly `log` or `entries`, with what belongs under that name: damage that is no matter of grammar. */
static enum outline_role nearly(struct repair *r, enum outline_role below, bool *stop)
{
    enum { LONGEST = 24 };
    const uint64_t at = r->at, key_at = r->key_at, key_len = r->key_len, inside = repair_after_blanks(r, at + 1);
    const enum outline_role role = below == ROLE_LOG ? ROLE_ENTRIES : ROLE_LOG;
    char word[LONGEST + 1] = "";
    struct har_suggestion suggestion = {.word = word};
    if (repair_peek(r, at) != (role == ROLE_LOG ? '{' : '[') || outline_opened(&r->seen, role) || key_len > LONGEST || !key_len)
        return OUTLINE_NONE;
    for (uint64_t i = 0; i < key_len; i++)
        word[i] = *repair_bytes(r, key_at + i) ? (char)*repair_bytes(r, key_at + i) : '?';
    har_suggestion_try(&suggestion, role == ROLE_LOG ? "log" : "entries");
    if (!suggestion.best || !suggestion.distance)
        return OUTLINE_NONE;
    const bool fits =
        role == ROLE_LOG ? begins_log(r, at) : repair_peek(r, inside) == '{' && repair_attempt(r, inside) == ROLE_ENTRIES;
    r->at = at;
    if (!fits)
        return OUTLINE_NONE;
    const bool quoted = repair_peek(r, key_at - 1) == '"' || repair_peek(r, key_at - 1) == '\'';
    const uint64_t from = key_at - quoted;
    while (r->edit_count > r->unit_edits && (r->edit[r->edit_count - 1].at > from || r->edit[r->edit_count - 1].mend != MEND_NONE))
        repair_undo(r, r->edit_count - 1);
    *stop = !repair_edit_text(r, from, key_len + 2 * quoted, role == ROLE_LOG ? "\"log\"" : "\"entries\"", MEND_KEY_NAME);
    return role;
}

static void note_first_key(struct repair *r)
{
    if (r->first_key[0] || repair_inner(r)->role != ROLE_ENTRIES || !r->unit_key_len || r->unit_key_len >= OUTLINE_FIRST_KEY)
        return;
    memcpy(r->first_key, repair_bytes(r, r->unit_key_at), (size_t)r->unit_key_len);
}

/* What holds entries where none belong: if the document proves to be broken, it is this that is. */
static void doubt(struct repair *r)
{
    const struct repair_level *level = repair_inner(r);
    if (!r->swallowed || (level->role != ROLE_ENTRIES && r->seen.entries) || r->doubt.active || r->document || r->stashed ||
        level->quiet)
        return;
    r->doubt = (struct repair_snapshot){true, r->unit_at, r->entries, r->mends, {{0}}, r->levels, r->seen};
    memcpy(r->doubt.level, r->level, sizeof r->level);
}

static bool came_through(struct repair *r)
{
    struct repair_level *level = repair_inner(r);
    doubt(r);
    note_first_key(r);
    if (r->document && level->role != ROLE_ENTRIES && !repair_keep(r))
        return false;
    level->count++;
    level->comma = level->quiet = false;
    r->entries += level->role == ROLE_ENTRIES;
    return repair_commit(r);
}

static bool give_up(struct repair *r)
{
    static const struct {
        uint8_t broken, cut;
    } mends[OUTLINE_ROLES] = {[ROLE_ROOT] = {MEND_MEMBER, MEND_CUT_MEMBER},       [ROLE_RESULT] = {MEND_MEMBER, MEND_CUT_MEMBER},
                              [ROLE_RESULT_HAR] = {MEND_MEMBER, MEND_CUT_MEMBER}, [ROLE_LOG] = {MEND_MEMBER, MEND_CUT_MEMBER},
                              [ROLE_PAGES] = {MEND_PAGE, MEND_CUT_PAGE},          [ROLE_ENTRIES] = {MEND_ENTRY, MEND_CUT_ENTRY}};
    const enum outline_role role = repair_inner(r)->role;
    enum repair_mend mend = r->fault.mend;
    if (mend == MEND_NONE)
        mend = (enum repair_mend)mends[role].broken;
    else if (mend == MEND_CUT_MEMBER)
        mend = (enum repair_mend)mends[role].cut;
    return repair_search(r, mend);
}

/* Back to before the entry that was in doubt, which then is left out. */
bool repair_come_back(struct repair *r)
{
    r->doubt.active = false;
    r->held = false;
    r->unit_at = r->doubt.unit_at;
    while (r->edit_count > r->edit_next && r->edit[r->edit_count - 1].at >= r->unit_at)
        repair_undo(r, r->edit_count - 1);
    r->unit_edits = r->edit_count;
    r->entries = r->doubt.entries;
    r->levels = r->doubt.levels;
    r->seen = r->doubt.seen;
    r->state = REPAIR_INSIDE;
    memcpy(r->level, r->doubt.level, sizeof r->level);
    repair_broken(r, r->unit_at, "brackets are missing in what starts here");
    return give_up(r);
}

/* The input ends inside containers. */
static bool close_cut(struct repair *r)
{
    if (r->doubt.active)
        return repair_come_back(r);
    if (!repair_inner(r)->quiet && !repair_note(r, r->at, MEND_CUT_BETWEEN, r->at, NULL))
        return false;
    while (r->levels) {
        struct repair_level *level = repair_inner(r);
        const char text[2] = {(char)closer(level), '\0'};
        level->quiet = true;
        if (level->comma && !repair_edit(r, level->comma_at, 1, "", 0, MEND_NONE))
            return false;
        if (!repair_edit_text(r, r->at, 0, r->document ? "" : text, MEND_NONE) ||
            (level->role == ROLE_ENTRIES && !repair_put_tail(r)))
            return false;
        r->levels--;
    }
    r->state = REPAIR_OUTSIDE;
    return repair_commit(r);
}

/* A second list of entries, once something was left out: it is taken for the rest of the first. */
static bool entries_again(struct repair *r)
{
    if (!r->lost || repair_inner(r)->role != ROLE_LOG || repair_peek(r, r->at) != '[' || !repair_key_is(r, "entries") ||
        !repair_can_reopen(r))
        return false;
    repair_undo(r, r->unit_edits);
    r->at++;
    return true;
}

/* After damage: an entry where a page should be, for the end of the pages and the beginning of the entries are gone. */
static bool is_stray_entry(const struct repair *r)
{
    const unsigned both = REPAIR_HAS_REQUEST | REPAIR_HAS_RESPONSE;
    return r->level[r->levels - 1].role == ROLE_PAGES && r->mends && !r->seen.entries && (r->members & both) == both;
}

static bool begin_entries(struct repair *r)
{
    struct repair_level *level = repair_inner(r);
    repair_undo(r, r->unit_edits);
    if (level->comma && !repair_edit(r, level->comma_at, 1, "", 0, MEND_NONE))
        return false;
    level->comma = false;
    r->at = r->unit_at;
    return repair_go_to(r, ROLE_ENTRIES, r->at);
}

/* A member or an element. */
static bool unit(struct repair *r)
{
    struct repair_level *level = repair_inner(r);
    const enum outline_role role = level->role;
    enum walk walk = WALK_WHOLE;
    r->unit_at = r->at;
    r->unit_edits = r->edit_count;
    if (role == ROLE_LOG && repair_peek(r, r->at) == '{' && r->seen.entries && repair_can_reopen(r) &&
        repair_begins_element(r, r->at))
        return repair_reopen(r, MEND_SPARE_CLOSER);
    if (level->count && !level->comma && (!r->document || role == ROLE_ENTRIES) &&
        !repair_edit_text(r, r->at, 0, ",", level->quiet ? MEND_NONE : MEND_MISSING_COMMA))
        return false;
    if (!repair_is_array(role)) {
        walk = repair_key(r);
        enum outline_role opened = walk == WALK_WHOLE ? opening(r, role) : OUTLINE_NONE;
        bool stop = false;
        if (walk == WALK_WHOLE && opened == OUTLINE_NONE && (role == ROLE_LOG || role == ROLE_ROOT))
            opened = nearly(r, role, &stop);
        if (stop)
            return false;
        if (walk == WALK_WHOLE && opened == OUTLINE_NONE && entries_again(r))
            return repair_reopen(r, MEND_NONE);
        if (opened != OUTLINE_NONE) {
            r->at++;
            level->count++;
            level->comma = level->quiet = false;
            return repair_push(r, opened) && repair_commit(r);
        }
    }
    if (walk == WALK_WHOLE)
        walk = repair_value(r);
    if (walk == WALK_WHOLE && repair_is_array(role) && r->edit_count > r->unit_edits && repair_peek(r, r->unit_at) != '{')
        walk = repair_broken(r, r->unit_at, "this is no element");
    if (walk == WALK_WHOLE && is_stray_entry(r))
        return begin_entries(r);
    if (walk == WALK_WHOLE)
        return came_through(r);
    return walk == WALK_BROKEN && give_up(r);
}

/* A bracket of the wrong kind. Where elements go on behind it, it is one too many; else that of the elements is missing. */
static bool wrong_closer(struct repair *r, int c)
{
    const struct repair_level *level = repair_inner(r);
    if (c == '}' && repair_is_array(level->role)) {
        const uint64_t next = repair_after_blanks(r, r->at + 1);
        const uint64_t brace = repair_peek(r, next) == ',' ? repair_after_blanks(r, next + 1) : next;
        if (repair_peek(r, next) != ']' && (repair_peek(r, brace) != '{' || !repair_begins_element(r, brace)))
            return close_level(r, false);
    }
    if (!repair_edit(r, r->at, 1, "", 0, MEND_SPARE_CLOSER))
        return false;
    r->at++;
    return true;
}

bool repair_step(struct repair *r)
{
    if (r->state == REPAIR_OUTSIDE)
        return repair_between(r);
    if (repair_blanks(r) != WALK_WHOLE)
        return false;
    const struct repair_level *level = repair_inner(r);
    const int c = repair_peek(r, r->at);
    if (c < 0)
        return close_cut(r);
    if (c == ',')
        return take_comma(r);
    if (c == closer(level))
        return close_level(r, true);
    if (c == '}' || c == ']')
        return wrong_closer(r, c);
    return unit(r);
}
