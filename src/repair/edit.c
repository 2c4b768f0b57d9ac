/* Changes that are decided but not made yet. */
#include <stdlib.h>
#include <string.h>

#include "repair/internal.h"

static bool full(struct repair *r)
{
    return r->full || r->failed;
}

static bool grow(struct repair *r)
{
    if (r->edit_count < r->edit_cap)
        return true;
    const size_t cap = r->edit_cap ? r->edit_cap * 2 : 64;
    struct repair_edit *grown = realloc(r->edit, cap * sizeof *grown);
    if (!grown) {
        r->failed = true;
        har_error_memory(&r->error);
        return false;
    }
    r->edit = grown;
    r->edit_cap = cap;
    return true;
}

/* Puts it behind those at the same place. Nearly always that is the end. */
static bool insert(struct repair *r, const struct repair_edit *edit)
{
    if (full(r) || !grow(r))
        return false;
    size_t i = r->edit_count++;
    for (; i > r->edit_next && r->edit[i - 1].at > edit->at; i--)
        r->edit[i] = r->edit[i - 1];
    r->edit[i] = *edit;
    return true;
}

bool repair_edit(struct repair *r, uint64_t at, uint64_t del, const char *text, size_t len, enum repair_mend mend)
{
    const struct repair_level *level = repair_inner(r);
    struct repair_edit edit = {
        .at = at, .del = del, .told_at = at, .ins = r->added.len, .ins_len = (uint32_t)len, .mend = (uint8_t)mend};
    edit.role = level ? (uint8_t)level->role : OUTLINE_NONE;
    edit.index = level ? (int64_t)level->count : 0;
    if (r->mends++ >= har_settings_bound(r->settings, HAR_BOUND_REPAIRS)) {
        r->full = true;
        return false;
    }
    if (len && !har_buffer_append(&r->added, text, len)) {
        r->failed = true;
        har_error_memory(&r->error);
        return false;
    }
    return insert(r, &edit);
}

bool repair_edit_text(struct repair *r, uint64_t at, uint64_t del, const char *text, enum repair_mend mend)
{
    return repair_edit(r, at, del, text, strlen(text), mend);
}

bool repair_note(struct repair *r, uint64_t at, enum repair_mend mend, uint64_t told_at, const char *what)
{
    if (!repair_edit(r, at, 0, "", 0, mend))
        return false;
    for (size_t i = r->edit_count; i-- > r->edit_next;)
        if (r->edit[i].at == at) {
            r->edit[i].told_at = told_at;
            r->edit[i].what = what;
            break;
        }
    return true;
}

void repair_undo(struct repair *r, size_t count)
{
    if (count >= r->edit_count)
        return;
    r->mends -= r->edit_count - count;
    r->edit_count = count;
}

/* Edits in the stretch keep what they tell and their own bytes, which then are left out; the rest of it goes in between. */
bool repair_cut(struct repair *r, uint64_t from, uint64_t to)
{
    size_t first = r->edit_next;
    while (first < r->edit_count &&
           (r->edit[first].at < from || (r->edit[first].at == from && r->edit[first].ins_len && !r->edit[first].del)))
        first++; /* what is put in there belongs to what stands before */
    size_t kept = first;
    for (size_t i = first; i < r->edit_count && r->edit[i].at < to; i++) {
        struct repair_edit edit = r->edit[i];
        if (edit.mend == MEND_NONE)
            continue;
        edit.ins_len = 0;
        edit.del = 0;
        r->edit[kept++] = edit;
    }
    size_t behind = kept;
    for (size_t i = first; i < r->edit_count; i++)
        if (r->edit[i].at >= to)
            r->edit[behind++] = r->edit[i];
    r->edit_count = behind;
    for (size_t i = first; i < kept; i++) /* each leaves out what reaches to the next */
        r->edit[i].del = (i + 1 < kept ? r->edit[i + 1].at : to) - r->edit[i].at;
    struct repair_edit begin = {.at = from, .told_at = from};
    begin.del = (kept > first ? r->edit[first].at : to) - from;
    return begin.del == 0 || insert(r, &begin);
}

bool repair_render(const struct repair *r, uint64_t from, uint64_t to, struct har_buffer *out)
{
    uint64_t at = from;
    for (size_t i = r->edit_next; i < r->edit_count; i++) {
        const struct repair_edit *edit = &r->edit[i];
        if (edit->at < from || edit->at >= to)
            continue;
        har_buffer_append(out, repair_bytes(r, at), edit->at > at ? (size_t)(edit->at - at) : 0);
        if (edit->ins_len)
            har_buffer_append(out, r->added.data + edit->ins, edit->ins_len);
        at = edit->at + edit->del > at ? edit->at + edit->del : at;
    }
    har_buffer_append(out, repair_bytes(r, at), to > at ? (size_t)(to - at) : 0);
    return !out->failed;
}
