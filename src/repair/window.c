/* Bytes in, bytes out. */
#include <stdlib.h>
#include <string.h>

#include "repair/internal.h"
#include "util/position.h"

enum {
    WINDOW_FIRST = 1 << 19,
    ROOM_LEAST = 1 << 14,
};

static bool fail_memory(struct repair *r)
{
    r->failed = true;
    har_error_memory(&r->error);
    return false;
}

/* Makes room behind the window's end: by dropping what was handed over, or by growing. */
static bool make_room(struct repair *r)
{
    const uint64_t keep = r->flushed > r->base + REPAIR_BEHIND ? r->flushed - REPAIR_BEHIND : r->base;
    const size_t drop = (size_t)(keep - r->base), len = (size_t)(r->end - r->base);
    if (r->cap - len >= ROOM_LEAST)
        return true;
    if (drop > r->cap / 2) {
        memmove(r->text, r->text + drop, len - drop);
        r->base = keep;
        return true;
    }
    const size_t cap = r->cap ? r->cap * 2 : WINDOW_FIRST;
    unsigned char *grown = realloc(r->text, cap);
    if (!grown)
        return fail_memory(r);
    r->text = grown;
    r->cap = cap;
    return true;
}

/* The source's end, of what kind ever. Broken packed data ends the text; what came before is repaired. */
static bool source_ended(struct repair *r, enum har_status status)
{
    r->ended = true;
    if (status == HAR_EOF)
        return true;
    if (r->error.domain == HAR_DOMAIN_DATA)
        return r->cut_packed = true;
    r->failed = true;
    return false;
}

bool repair_fill(struct repair *r, uint64_t at)
{
    while (!r->ended && r->end < at + REPAIR_AHEAD) {
        size_t got = 0;
        if (r->failed || !make_room(r))
            return false;
        const size_t len = (size_t)(r->end - r->base);
        const enum har_status status = repair_decoded(r, r->text + len, r->cap - len, &got, &r->error);
        r->end += got;
        if (status != HAR_OK && !source_ended(r, status))
            return false;
    }
    return !r->failed;
}

struct har_place repair_place(const struct repair *r, uint64_t at)
{
    struct har_place place = r->mark;
    if (at > r->flushed)
        position_advance(&place, (const char *)repair_bytes(r, r->flushed), (size_t)(at - r->flushed));
    return place;
}

/* Bytes as they are. */
static bool pass(struct repair *r, size_t len)
{
    const char *bytes = (const char *)repair_bytes(r, r->flushed);
    if (!har_buffer_append(&r->out, bytes, len))
        return fail_memory(r);
    position_advance(&r->mark, bytes, len);
    if (r->piece_count)
        position_advance(&r->repaired, bytes, len);
    else
        r->repaired = r->mark;
    r->flushed += len;
    return true;
}

static bool apply(struct repair *r, const struct repair_edit *edit)
{
    const char *text = edit->ins_len ? r->added.data + edit->ins : "";
    const struct har_place before = r->mark;
    if (edit->mend != MEND_NONE && !repair_tell(r, edit))
        return fail_memory(r);
    if (edit->del)
        position_advance(&r->mark, (const char *)repair_bytes(r, r->flushed), (size_t)edit->del);
    if (edit->at == 0 && edit->del == 3 && r->mark.offset == 3) /* a byte order mark is no column */
        r->mark.column = 1;
    r->flushed += edit->del;
    if (!edit->del && !edit->ins_len)
        return true;
    if (!har_buffer_append(&r->out, text, edit->ins_len) || !repair_map_add(r, before, r->mark, text, edit->ins_len))
        return fail_memory(r);
    return true;
}

bool repair_pump(struct repair *r, bool all)
{
    while (all || r->out.len < REPAIR_CHUNK) {
        const struct repair_edit *edit = r->edit_next < r->edit_count ? &r->edit[r->edit_next] : NULL;
        const uint64_t to = edit && edit->at < r->ready ? edit->at : r->ready;
        if (to > r->flushed) {
            const uint64_t len = to - r->flushed;
            if (!pass(r, !all && len > REPAIR_CHUNK ? REPAIR_CHUNK : (size_t)len))
                return false;
        } else if (edit && (edit->at < r->ready || (all && edit->at == r->ready))) {
            if (!apply(r, edit))
                return false;
            r->edit_next++;
        } else {
            break;
        }
    }
    if (r->edit_next == r->edit_count) {
        r->edit_next = r->edit_count = 0;
        r->unit_edits = 0;
        har_buffer_clear(&r->added);
    }
    return true;
}

bool repair_put(struct repair *r, const char *text, size_t len, struct har_place place)
{
    if (!len)
        return true;
    if (!har_buffer_append(&r->out, text, len) || !repair_map_add(r, place, place, "", 0))
        return fail_memory(r);
    position_advance(&r->repaired, text, len);
    /* What comes next begins a piece of its own. */
    return repair_map_add(r, r->mark, r->mark, "", 0) || fail_memory(r);
}
