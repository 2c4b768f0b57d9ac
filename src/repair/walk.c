/* One value by the grammar. Where it breaks, a mend is chosen that the place itself suggests, or the value is given up. */
#include <string.h>

#include "json/text.h"
#include "repair/internal.h"
#include "util/blank.h"
#include "util/text.h"

/* Characters that people and programs leave between values: control characters, spaces and marks of Unicode. Their length, 0. */
static size_t odd_space(const unsigned char *p, size_t len)
{
    static const char *const marks[] = {"\xc2\xa0", "\xef\xbb\xbf", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe3\x80\x80", "\xe2\x80\x8b"};
    if (*p < 0x20 || *p == 0x7f)
        return 1;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= strlen(marks[i]) && memcmp(p, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

/* Behind the comment at `at`: of a line before its end. `at` itself when there is none or it never ends; UINT64_MAX when
 * reading failed. */
static uint64_t comment_end(struct repair *r, uint64_t at)
{
    const int c = repair_peek(r, at), next = repair_peek(r, at + 1);
    const bool block = c == '/' && next == '*';
    if (!block && c != '#' && !(c == '/' && next == '/'))
        return at;
    for (uint64_t i = at + (block ? 2 : 1); i - at <= r->item_most; i++) {
        if (!repair_look(r, i))
            return UINT64_MAX;
        if (i == r->end)
            return block ? at : i;
        if (block && repair_peek(r, i) == '*' && repair_peek(r, i + 1) == '/')
            return i + 2;
        if (!block && repair_peek(r, i) == '\n')
            return i;
    }
    return at;
}

enum walk repair_blanks(struct repair *r)
{
    for (;;) {
        if (!repair_look(r, r->at))
            return WALK_STOP;
        const int c = repair_peek(r, r->at);
        if (is_blank(c)) {
            const uint64_t sure = r->end - r->at > REPAIR_AHEAD ? r->end - REPAIR_AHEAD : r->at + 1;
            do
                r->at++;
            while (r->at < sure && is_blank(*repair_bytes(r, r->at)));
            continue;
        }
        if (c > 0x20 && c < 0x7f && c != '/' && c != '#')
            return WALK_WHOLE;
        if (c < 0)
            return WALK_WHOLE;
        uint64_t end = r->at + odd_space(repair_bytes(r, r->at), (size_t)(r->end - r->at));
        enum repair_mend mend = MEND_SPACE;
        for (size_t more = 1; end > r->at && end < r->end && more; end += more) /* a row of them is one mend */
            more =
                repair_look(r, end) && !is_blank(repair_peek(r, end)) ? odd_space(repair_bytes(r, end), (size_t)(r->end - end)) : 0;
        if (end == r->at) {
            mend = MEND_COMMENT;
            end = comment_end(r, r->at);
        }
        if (end == UINT64_MAX || (end > r->at && !repair_edit(r, r->at, end - r->at, "", 0, mend)))
            return WALK_STOP;
        if (end == r->at)
            return WALK_WHOLE;
        r->at = end;
    }
}

uint64_t repair_after_blanks(struct repair *r, uint64_t at)
{
    while (repair_look(r, at) && is_blank(repair_peek(r, at)))
        at++;
    return at;
}

bool repair_key_is(const struct repair *r, const char *name)
{
    return json_text_equals((const char *)repair_bytes(r, r->key_at), (size_t)r->key_len, name, strlen(name));
}

static bool name_byte(int c)
{
    return c > 0 && (text_is_letter((char)c) || text_is_digit((char)c) || c == '_' || c == '$' || c == '-');
}

/* The length of the key behind a brace, quotes left out, and where it is; 0 when there is none of a length that elements have. */
size_t repair_first_key(struct repair *r, uint64_t brace, uint64_t *key)
{
    if (!repair_look(r, brace))
        return 0;
    uint64_t at = repair_after_blanks(r, brace + 1);
    const int quote = repair_peek(r, at);
    const bool quoted = quote == '"' || quote == '\'';
    size_t len = 0;
    at += quoted;
    *key = at;
    while (len < OUTLINE_FIRST_KEY && name_byte(repair_peek(r, at + len)))
        len++;
    if (len == OUTLINE_FIRST_KEY || (quoted && repair_peek(r, at + len) != quote))
        return 0;
    return repair_peek(r, repair_after_blanks(r, at + len + quoted)) == ':' ? len : 0;
}

/* Whether the brace begins an element of the pages or entries. */
bool repair_begins_element(struct repair *r, uint64_t brace)
{
    static const char *const pages[] = {"startedDateTime", "id", "title", "pageTimings"};
    uint64_t key;
    const size_t len = repair_first_key(r, brace, &key);
    const struct repair_level *level = repair_inner(r);
    if (!len)
        return false;
    const char *text = (const char *)repair_bytes(r, key);
    for (size_t i = 0; level && level->role == ROLE_PAGES && i < sizeof pages / sizeof *pages; i++)
        if (strlen(pages[i]) == len && memcmp(pages[i], text, len) == 0)
            return true;
    return outline_begins_entry(r->first_key, text, len);
}

static enum walk truncated(struct repair *r)
{
    repair_broken(r, r->at, "the input ends here, inside a value");
    r->fault.mend = MEND_CUT_MEMBER;
    return WALK_BROKEN;
}

/* A key without quotes. */
static enum walk bare_key(struct repair *r)
{
    const uint64_t from = r->at;
    uint64_t at = from;
    while (at - from < REPAIR_AHEAD / 2 && name_byte(repair_peek(r, at)))
        at++;
    if (at == from || repair_peek(r, repair_after_blanks(r, at)) != ':')
        return repair_broken(r, from, "a key in double quotes is missing here");
    if (!repair_edit_text(r, from, 0, "\"", MEND_KEY_QUOTES) || !repair_edit_text(r, at, 0, "\"", MEND_NONE))
        return WALK_STOP;
    r->key_at = from;
    r->key_len = at - from;
    r->at = at;
    return WALK_WHOLE;
}

enum walk repair_key(struct repair *r)
{
    const int c = repair_peek(r, r->at);
    enum walk walk = c == '"' || c == '\'' ? repair_string(r, (unsigned char)c) : bare_key(r);
    if (walk != WALK_WHOLE || (walk = repair_blanks(r)) != WALK_WHOLE)
        return walk;
    if (repair_peek(r, r->at) < 0)
        return truncated(r);
    if (repair_peek(r, r->at) != ':')
        return repair_broken(r, r->at, "a colon is missing here");
    r->at++;
    return repair_blanks(r);
}

/* What a member says about the object that it is in. */
static unsigned note_member(const struct repair *r)
{
    static const struct {
        const char *name;
        size_t len;
        unsigned bit;
    } names[] = {{"request", 7, REPAIR_HAS_REQUEST},
                 {"response", 8, REPAIR_HAS_RESPONSE},
                 {"startedDateTime", 15, REPAIR_HAS_STARTED},
                 {"timings", 7, REPAIR_HAS_TIMINGS},
                 {"id", 2, REPAIR_HAS_ID}};
    const char *key = (const char *)repair_bytes(r, r->key_at);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].len == r->key_len && memcmp(key, names[i].name, names[i].len) == 0)
            return names[i].bit;
    return 0;
}

enum { ENTRY_SURELY = REPAIR_HAS_REQUEST | REPAIR_HAS_RESPONSE };

enum state { VALUE, FIRST_VALUE, KEY, FIRST_KEY, COMMA };

struct walker {
    enum state state;
    uint64_t comma_at;
    bool whole;
};

static bool in_object(const struct repair *r)
{
    return r->depth && r->stack[r->depth - 1] == '{';
}

static void value_ended(struct repair *r, struct walker *w)
{
    r->value_end = r->at;
    w->whole = r->depth == 0;
    w->state = COMMA;
}

static enum walk open_container(struct repair *r, struct walker *w, int c)
{
    if (r->depth + r->levels >= r->depth_most) {
        repair_broken(r, r->at, NULL);
        r->fault.mend = MEND_TOO_DEEP;
        return WALK_BROKEN;
    }
    r->stack_members[r->depth] = 0;
    r->stack[r->depth++] = (char)c;
    r->at++;
    w->state = c == '{' ? FIRST_KEY : FIRST_VALUE;
    return WALK_WHOLE;
}

static enum walk close_container(struct repair *r, struct walker *w)
{
    if ((w->state == KEY || w->state == VALUE) && !repair_edit(r, w->comma_at, 1, "", 0, MEND_TRAILING_COMMA))
        return WALK_STOP;
    const unsigned members = (unsigned)r->stack_members[--r->depth];
    if (r->depth == 0)
        r->members = members;
    else
        r->swallowed |= (members & ENTRY_SURELY) == ENTRY_SURELY;
    r->at++;
    value_ended(r, w);
    return WALK_WHOLE;
}

/* Elements follow each other: what the next one shows is open in this one is closed here, before the comma if there is one. */
static enum walk close_all(struct repair *r, struct walker *w)
{
    const bool comma = w->state == KEY;
    char closers[64];
    if (r->depth >= sizeof closers)
        return repair_broken(r, r->at, "a closing bracket is missing before this");
    for (size_t i = 0; i < r->depth; i++)
        closers[i] = r->stack[r->depth - 1 - i] == '{' ? '}' : ']';
    if (comma)
        r->at = w->comma_at;
    while (r->edit_count > r->unit_edits && r->edit[r->edit_count - 1].at >= r->at)
        repair_undo(r, r->edit_count - 1);
    if (!repair_edit(r, r->at, 0, closers, r->depth, MEND_CLOSER))
        return WALK_STOP;
    r->members = (unsigned)r->stack_members[0];
    r->depth = 0;
    value_ended(r, w);
    return WALK_WHOLE;
}

/* Whether the bracket at `at` closes the pages or entries: then the log ends, or another member of it follows. */
static bool closes_elements(struct repair *r, uint64_t at)
{
    uint64_t next = repair_after_blanks(r, at + 1);
    int c = repair_peek(r, next);
    if (c == ',')
        return repair_landmark(r, repair_after_blanks(r, next + 1)) == ROLE_LOG;
    if (c != '}')
        return c < 0;
    next = repair_after_blanks(r, next + 1);
    c = repair_peek(r, next);
    return c < 0 || c == '}';
}

/* Whether the byte belongs to what lies around this element, whose brackets are missing. */
static bool belongs_outside(struct repair *r, int c)
{
    const struct repair_level *level = repair_inner(r);
    if (!level || !repair_is_array(level->role) || !in_object(r))
        return false;
    return (c == ']' && !memchr(r->stack, '[', r->depth) && closes_elements(r, r->at)) ||
           (c == '{' && repair_begins_element(r, r->at));
}

static enum walk take_comma(struct repair *r, struct walker *w)
{
    if (w->state != COMMA) { /* doubled, or before the first */
        const bool done = repair_edit(r, r->at, 1, "", 0, MEND_SPARE_COMMA);
        r->at++;
        return done ? WALK_WHOLE : WALK_STOP;
    }
    w->comma_at = r->at++;
    w->state = in_object(r) ? KEY : VALUE;
    return WALK_WHOLE;
}

static enum walk take_value(struct repair *r, struct walker *w, int c)
{
    enum walk walk = WALK_WHOLE;
    if (c == '{' || c == '[')
        return open_container(r, w, c);
    if (c == '"' || c == '\'')
        walk = repair_string(r, (unsigned char)c);
    else if (c == ',' || c == '}') /* behind a colon: elements of arrays do not come here with these */
        walk = repair_edit_text(r, r->at, 0, "null", MEND_NO_VALUE) ? WALK_WHOLE : WALK_STOP;
    else
        walk = repair_scalar(r);
    if (walk == WALK_WHOLE)
        value_ended(r, w);
    return walk;
}

static enum walk take_key(struct repair *r, struct walker *w)
{
    const enum walk walk = repair_key(r);
    if (walk != WALK_WHOLE)
        return walk;
    r->stack_members[r->depth - 1] |= (char)note_member(r);
    if (r->depth == 1 && w->state == FIRST_KEY) {
        r->unit_key_at = r->key_at;
        r->unit_key_len = r->key_len;
    }
    const int c = repair_peek(r, r->at);
    if (c < 0)
        return truncated(r);
    if (c == ']' || c == ':')
        return repair_broken(r, r->at, "a value is missing before this");
    return take_value(r, w, c);
}

/* Behind a value. */
static enum walk take_next(struct repair *r, struct walker *w, int c)
{
    const bool object = in_object(r);
    if (c == ',')
        return take_comma(r, w);
    if (c == (object ? '}' : ']'))
        return close_container(r, w);
    if (belongs_outside(r, c))
        return close_all(r, w);
    /* Two values in a row. Words are left alone: most of them are what is behind a quote too many or too few. */
    if (c != '"' && (object || (c != '{' && c != '[' && c != '-' && !text_is_digit((char)c))))
        return repair_broken(r, r->at, object ? "a comma or } is missing here" : "a comma or ] is missing here");
    if (!repair_edit_text(r, r->at, 0, ",", MEND_MISSING_COMMA))
        return WALK_STOP;
    w->comma_at = r->at;
    w->state = object ? KEY : VALUE;
    return object ? take_key(r, w) : take_value(r, w, c);
}

static enum walk take(struct repair *r, struct walker *w, int c)
{
    switch (w->state) {
    case FIRST_KEY:
    case KEY:
        if (c == '}')
            return close_container(r, w);
        if (c == ',')
            return take_comma(r, w);
        if (w->state == KEY && belongs_outside(r, c))
            return close_all(r, w);
        return take_key(r, w);
    case FIRST_VALUE:
    case VALUE:
        if (r->depth && c == ']')
            return close_container(r, w);
        if (r->depth && c == ',')
            return take_comma(r, w);
        if (c == '}' || c == ':' || c == ',' || c == ']')
            return repair_broken(r, r->at, "a value is missing before this");
        return take_value(r, w, c);
    case COMMA:
        break;
    }
    return take_next(r, w, c);
}

/* From the first byte of a value to behind it. */
enum walk repair_value(struct repair *r)
{
    struct walker w = {.state = VALUE};
    r->depth = 0;
    r->members = 0;
    r->swallowed = false;
    r->unit_key_len = 0;
    while (!w.whole) {
        enum walk walk = repair_blanks(r);
        if (walk != WALK_WHOLE)
            return walk;
        const int c = repair_peek(r, r->at);
        if (r->at - r->unit_at > r->item_most) {
            repair_broken(r, r->unit_at, NULL);
            r->fault.mend = MEND_TOO_LARGE;
            return WALK_BROKEN;
        }
        if (c < 0)
            return truncated(r);
        walk = take(r, &w, c);
        if (walk != WALK_WHOLE)
            return walk;
    }
    return WALK_WHOLE;
}
