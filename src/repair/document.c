/* Where documents begin and end, and what becomes of a second one. The entries of all documents become those of the first: from the
 * bracket that closes them on the text is held until it is known that nothing follows. Of the logs behind the first all other
 * members are kept in a member _documentN of the log. */
#include <string.h>

#include "repair/internal.h"
#include "util/blank.h"
#include "util/text.h"

enum { BEGIN_MOST = 1 << 16 }; /* bytes in which a document must show itself */

/* ---- the beginning */

/* The opening bracket of a call, from the name at `at` on; 0 when there is none. */
static uint64_t call(struct repair *r, uint64_t at)
{
    const uint64_t from = at;
    while (at - from < REPAIR_AHEAD / 4 && (text_is_letter((char)repair_peek(r, at)) || text_is_digit((char)repair_peek(r, at)) ||
                                            repair_peek(r, at) == '_' || repair_peek(r, at) == '$' || repair_peek(r, at) == '.'))
        at++;
    at = repair_after_blanks(r, at);
    return repair_peek(r, at) == '(' ? at : 0;
}

/* Whether the text, which does not begin as a document, shows one a little further on. What has control characters is no text. */
static bool shows_itself(struct repair *r, uint64_t from)
{
    static const char *const keys[] = {"\"log\"", "\"entries\"", "\"request\""};
    if (repair_peek(r, from) == '<')
        return false;
    for (uint64_t at = from; at - from < BEGIN_MOST && repair_look(r, at); at++) {
        const int c = repair_peek(r, at);
        if (c < 0 || (c < 0x20 && !is_blank(c) && at - from < REPAIR_AHEAD))
            return false;
        for (size_t i = 0; c == '"' && i < sizeof keys / sizeof *keys; i++) {
            const size_t len = strlen(keys[i]);
            if (at + len < r->end && memcmp(repair_bytes(r, at), keys[i], len) == 0) {
                const uint64_t colon = repair_after_blanks(r, at + len);
                const int begins = repair_peek(r, repair_after_blanks(r, colon + 1));
                if (repair_peek(r, colon) == ':' && (begins == '{' || begins == '['))
                    return true;
            }
        }
    }
    return false;
}

/* The document's first brace is not where it should be. */
static bool begin_anyhow(struct repair *r)
{
    r->unit_at = r->at;
    r->unit_edits = r->edit_count;
    if (!repair_edit_text(r, r->at, 0, "{", MEND_NONE) || !repair_push(r, ROLE_ROOT))
        return false;
    r->unit_edits = r->edit_count;
    r->state = REPAIR_INSIDE;
    repair_broken(r, r->at, NULL);
    return repair_search(r, MEND_PREFIX);
}

/* Not a text that could be repaired: it goes through as it is, and whoever reads it says what it is. */
static bool begin_plain(struct repair *r)
{
    repair_undo(r, 0);
    r->state = REPAIR_PLAIN;
    return true;
}

static bool begin_text(struct repair *r)
{
    static const enum repair_mend told[] = {MEND_MARK, MEND_UTF16, MEND_UTF16, MEND_UTF32, MEND_UTF32};
    static const unsigned char mark[] = {0xef, 0xbb, 0xbf};
    const bool marked = r->end >= 3 && memcmp(repair_bytes(r, 0), mark, 3) == 0;
    if (marked && !repair_edit(r, 0, 3, "", 0, told[r->coding]))
        return false;
    if (!marked && r->coding != REPAIR_UTF8 && !repair_note(r, 0, told[r->coding], 0, NULL))
        return false;
    r->at = marked ? 3 : 0;
    return repair_blanks(r) == WALK_WHOLE;
}

bool repair_begin(struct repair *r)
{
    if (!repair_look(r, 0) || !begin_text(r))
        return false;
    const uint64_t bracket = repair_peek(r, r->at) > 0 ? call(r, r->at) : 0;
    const uint64_t brace = bracket ? repair_after_blanks(r, bracket + 1) : 0;
    if (bracket && repair_peek(r, brace) == '{') {
        r->wrapper = true;
        if (!repair_edit(r, r->at, brace - r->at, "", 0, MEND_WRAPPER))
            return false;
        r->at = brace;
    }
    if (repair_peek(r, r->at) != '{')
        return shows_itself(r, r->at) ? begin_anyhow(r) : !r->failed && begin_plain(r);
    r->at++;
    r->state = REPAIR_INSIDE;
    return repair_push(r, ROLE_ROOT) && repair_commit(r);
}

/* ---- entries that come when the document had closed its own */

/* The entries' closing bracket is at `at`. */
void repair_leave(struct repair *r)
{
    if (r->document)
        return;
    r->held = true;
    r->held_at = r->at;
    r->log_ended = false;
}

/* Behind the bracket that closes the entries, which is before `at`: what was taken out behind one that closed them too early. */
bool repair_put_tail(struct repair *r)
{
    struct har_buffer *tail = &r->log_tail.text;
    if (r->document || !tail->len)
        return true;
    const bool done = repair_edit(r, r->at, 0, tail->data, tail->len, MEND_NONE);
    har_buffer_clear(tail);
    return done;
}

bool repair_can_reopen(const struct repair *r)
{
    return (r->held || r->document) && !(r->levels && r->level[r->levels - 1].role == ROLE_PAGES);
}

static bool take_out(struct repair *r, struct repair_stash *stash, uint64_t from, uint64_t to)
{
    if (!stash->text.len)
        stash->place = repair_place(r, from);
    if (to <= from || repair_render(r, from, to, &stash->text))
        return true;
    r->failed = true;
    har_error_memory(&r->error);
    return false;
}

/* The document closed its entries too early, or was followed by more: what stands behind them waits until there are no more. */
static bool stash_tail(struct repair *r)
{
    const struct repair_level *level = repair_inner(r);
    const uint64_t log_end = r->log_ended ? r->log_end : level && level->comma ? level->comma_at : r->unit_at;
    if (!take_out(r, &r->log_tail, r->held_at + 1, log_end))
        return false;
    if (r->log_ended && !take_out(r, &r->outer_tail, r->log_end, r->at))
        return false;
    if (!repair_cut(r, r->held_at, r->at))
        return false;
    r->ready = r->at;
    r->held = false;
    r->stashed = true;
    return true;
}

/* Reading goes on with an entry at `at`. */
bool repair_reopen(struct repair *r, enum repair_mend mend)
{
    if (!r->document && mend != MEND_NONE && !repair_note(r, r->held_at, mend, r->held_at, NULL))
        return false;
    if (!r->document && !stash_tail(r))
        return false;
    if (!r->levels) {
        r->document += 1;
        r->state = REPAIR_INSIDE;
        repair_push(r, ROLE_ROOT);
    }
    if (repair_inner(r)->role != ROLE_LOG) {
        repair_push(r, ROLE_LOG);
        repair_inner(r)->count = 1; /* it was open before */
        r->log_ended = false;
    }
    repair_inner(r)->comma = false;
    repair_push(r, ROLE_ENTRIES);
    repair_inner(r)->quiet = true;
    return repair_commit(r);
}

/* ---- behind a document */

static bool next_document(struct repair *r)
{
    if (!repair_note(r, r->at, MEND_DOCUMENT, r->at, NULL))
        return false;
    if (!r->document && !stash_tail(r))
        return false;
    r->document++;
    r->seen = (struct outline_seen){0};
    r->kept_open = false;
    r->state = REPAIR_INSIDE;
    r->at++;
    return repair_push(r, ROLE_ROOT) && repair_commit(r);
}

/* What is no document: entries in it are saved. */
static bool trailing(struct repair *r)
{
    const uint64_t from = r->at;
    enum outline_role role = OUTLINE_NONE;
    if (r->doubt.active)
        return repair_come_back(r);
    if (!repair_note(r, from, MEND_TRAILING, from, NULL))
        return false;
    uint64_t at = from;
    for (; role == OUTLINE_NONE && repair_look(r, at) && at < r->end; at++)
        if (repair_peek(r, at) == '{' && repair_can_reopen(r))
            role = repair_attempt(r, at);
    if (r->failed || r->full)
        return false;
    at -= role != OUTLINE_NONE;
    if (!repair_cut(r, from, at))
        return false;
    r->at = at;
    return role != OUTLINE_NONE ? repair_reopen(r, MEND_NONE) : repair_commit(r);
}

/* Whether the rest of the wrapper's call is here. */
static bool wrapper_end(struct repair *r, int c)
{
    if (!r->wrapper || (c != ')' && c != ';'))
        return false;
    return repair_edit(r, r->at++, 1, "", 0, MEND_NONE);
}

bool repair_between(struct repair *r)
{
    if (repair_blanks(r) != WALK_WHOLE)
        return false;
    const int c = repair_peek(r, r->at);
    if (c < 0)
        return repair_commit(r) && repair_finish(r);
    if (wrapper_end(r, c))
        return true;
    if (c == ',' && repair_peek(r, repair_after_blanks(r, r->at + 1)) == '{')
        return repair_edit(r, r->at++, 1, "", 0, MEND_NONE);
    if (c == '{' && repair_can_reopen(r) && !repair_begins_element(r, r->at))
        return next_document(r);
    return trailing(r);
}

/* ---- members of documents behind the first */

static bool append_kept(struct repair *r, const struct har_buffer *member)
{
    struct har_buffer *kept = &r->kept.text;
    if (kept->len + member->len > har_settings_bound(r->settings, HAR_BOUND_KEPT_BYTES))
        return false;
    if (!kept->len)
        r->kept.place = repair_place(r, r->unit_at);
    if (!r->kept_open)
        har_buffer_printf(kept, "%s,\"_document%llu\":{", kept->len ? "}" : "", (unsigned long long)r->document + 1);
    else
        har_buffer_append_char(kept, ',');
    r->kept_open = true;
    return har_buffer_append(kept, member->data, member->len);
}

static bool is_pages(const struct har_buffer *member)
{
    static const char key[] = "\"pages\"";
    return member->len > sizeof key && memcmp(member->data, key, sizeof key - 1) == 0;
}

/* A whole member at unit_at: the first pages are those of the whole, all else stays with its document. */
bool repair_keep(struct repair *r)
{
    struct har_buffer member;
    if (repair_inner(r)->role != ROLE_LOG)
        return repair_note(r, r->unit_at, MEND_OUTER, r->unit_at, NULL);
    har_buffer_init(&member, (size_t)har_settings_bound(r->settings, HAR_BOUND_KEPT_BYTES));
    bool done = repair_render(r, r->unit_at, r->at, &member);
    if (done && !r->pages && is_pages(&member)) {
        r->pages = true;
        if (!r->log_tail.text.len)
            r->log_tail.place = repair_place(r, r->unit_at);
        done = har_buffer_append_char(&r->log_tail.text, ',') && har_buffer_append(&r->log_tail.text, member.data, member.len);
    } else if (done) {
        done = append_kept(r, &member);
    }
    har_buffer_release(&member);
    return done || repair_note(r, r->unit_at, MEND_OUTER, r->unit_at, NULL);
}

bool repair_finish(struct repair *r)
{
    const struct har_buffer *tail = &r->log_tail.text;
    r->state = REPAIR_FINISHED;
    if (r->cut_packed && !repair_note(r, r->end, MEND_CUT_PACKED, r->end, NULL))
        return false;
    if (r->mends && !r->seen.log && !r->document && !r->level[0].count && !repair_note(r, r->end, MEND_NO_LOG, r->end, NULL))
        return false;
    r->held = r->doubt.active = false;
    r->ready = r->at;
    if (!repair_pump(r, true))
        return false;
    if (!r->document)
        return true;
    if (r->kept.text.len)
        har_buffer_append_char(&r->kept.text, '}');
    return repair_put(r, "]", 1, r->mark) && repair_put(r, tail->data, tail->len, r->log_tail.place) &&
           repair_put(r, r->kept.text.data, r->kept.text.len, r->kept.place) &&
           repair_put(r, r->outer_tail.text.data, r->outer_tail.text.len, r->outer_tail.place);
}
