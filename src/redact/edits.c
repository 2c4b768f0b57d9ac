/* Replacements in one text. */
#include "redact/edits.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more. */
static bool make_room(struct redact_edits *edits)
{
    if (edits->texts.max == 0)
        har_buffer_init_private(&edits->texts, SIZE_MAX / 2);
    if (edits->count < edits->cap)
        return true;
    const size_t cap = edits->cap ? edits->cap * 2 : 16;
    struct redact_edit *more = realloc(edits->edit, cap * sizeof *more);
    if (!more) {
        edits->failed = true;
        return false;
    }
    edits->edit = more;
    edits->cap = cap;
    return true;
}

void redact_edits_add(struct redact_edits *edits, struct redact_edit edit, struct har_text by)
{
    if (!make_room(edits))
        return;
    edit.by = edits->texts.len;
    edit.by_len = by.len;
    if (!har_buffer_append(&edits->texts, by.bytes, by.len)) {
        edits->failed = true;
        return;
    }
    edits->edit[edits->count++] = edit;
}

void redact_edits_add_buffer(struct redact_edits *edits, struct redact_edit edit, struct har_buffer *by)
{
    if (!make_room(edits))
        return;
    const size_t len = by->len, before = edits->texts.len;
    if (len < before) {
        redact_edits_add(edits, edit, (struct har_text){by->data, len});
        by->len = 0;
        return;
    }
    if (before) { /* those that came first stay in front */
        if (!har_buffer_reserve(by, before)) {
            edits->failed = true;
            return;
        }
        memmove(by->data + before, by->data, len);
        memcpy(by->data, edits->texts.data, before);
        by->len += before;
    }
    const struct har_buffer texts = edits->texts;
    edits->texts = *by;
    *by = texts;
    by->len = 0;
    edit.by = before;
    edit.by_len = len;
    edits->edit[edits->count++] = edit;
}

/* By place. */
static int compare(const void *one, const void *other)
{
    const struct redact_edit *a = one, *b = other;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->by < b->by ? -1 : a->by > b->by;
}

static bool changes_nothing(const struct redact_edits *edits, const struct redact_edit *edit, struct har_text text)
{
    const size_t len = edit->end - edit->start;
    return edit->by_len == len && (!len || memcmp(edits->texts.data + edit->by, text.bytes + edit->start, len) == 0);
}

/* Whether `a` is to stand for what both cover. What is encoded again keeps most of its stretch, so that it may hold what the other
 * one takes out: it counts least. Then the widest, what a finder found, what was found first. */
static bool better(const struct redact_edit *a, const struct redact_edit *b)
{
    const size_t a_len = a->end - a->start, b_len = b->end - b->start;
    if (a->encoded != b->encoded)
        return b->encoded;
    if (a_len != b_len)
        return a_len > b_len;
    if (a->propagated != b->propagated)
        return b->propagated;
    return a->by < b->by;
}

/* The edit for the first of `count` edits in order and all that overlap it, one by one; *used is how many these are. */
static struct redact_edit join(const struct redact_edit *edit, size_t count, size_t *used)
{
    const struct redact_edit *best = edit;
    size_t end = edit->end, i = 1;
    for (; i < count && edit[i].start < end; i++) {
        if (better(&edit[i], best))
            best = &edit[i];
        if (edit[i].end > end)
            end = edit[i].end;
    }
    struct redact_edit joined = *best;
    joined.start = edit->start;
    joined.end = end;
    *used = i;
    return joined;
}

void redact_edits_settle(struct redact_edits *edits, struct har_text text)
{
    size_t kept = 0, used;
    bool sorted = true;
    for (size_t i = 1; i < edits->count && sorted; i++)
        sorted = compare(&edits->edit[i - 1], &edits->edit[i]) < 0;
    if (!sorted)
        qsort(edits->edit, edits->count, sizeof *edits->edit, compare);
    for (size_t i = 0; i < edits->count; i += used) {
        const struct redact_edit edit = join(edits->edit + i, edits->count - i, &used);
        if (!changes_nothing(edits, &edit, text))
            edits->edit[kept++] = edit;
    }
    edits->count = kept;
}

/* How long the text will be. */
static size_t made_length(const struct redact_edits *edits, size_t len)
{
    for (size_t i = 0; i < edits->count; i++)
        len = len - (edits->edit[i].end - edits->edit[i].start) + edits->edit[i].by_len;
    return len;
}

bool redact_edits_apply(const struct redact_edits *edits, struct har_text text, struct har_buffer *out)
{
    size_t at = 0;
    bool good = har_buffer_reserve(out, made_length(edits, text.len)) != NULL;
    for (size_t i = 0; i < edits->count && good; i++) {
        const struct redact_edit *edit = &edits->edit[i];
        good = har_buffer_append(out, text.bytes + at, edit->start - at) &&
               har_buffer_append(out, edits->texts.data + edit->by, edit->by_len);
        at = edit->end;
    }
    return good && har_buffer_append(out, text.bytes + at, text.len - at);
}

/* What the edit puts in, as a buffer; `out` becomes that of the texts. */
static void take_text(struct redact_edits *edits, const struct redact_edit *edit, struct har_buffer *out)
{
    const struct har_buffer old = *out;
    *out = edits->texts;
    edits->texts = old;
    edits->texts.len = 0;
    if (edit->by_len)
        memmove(out->data, out->data + edit->by, edit->by_len);
    out->len = edit->by_len;
}

bool redact_edits_move(struct redact_edits *edits, struct har_text text, struct har_buffer *out)
{
    const struct redact_edit *const edit = edits->edit;
    if (edits->count != 1 || edit->start || edit->end != text.len || out->len || out->failed)
        return redact_edits_apply(edits, text, out);
    take_text(edits, edit, out);
    return true;
}

/* The text moves up, so far that what is made never reaches what is still to be read. */
bool redact_edits_apply_within(struct redact_edits *edits, struct har_buffer *text)
{
    const struct redact_edit *const edit = edits->edit;
    size_t gap = 0, grown = 0, shrunk = 0, at = 0, len = text->len;
    if (edits->count == 1 && !edit->start && edit->end == len) {
        take_text(edits, edit, text);
        return true;
    }
    for (size_t i = 0; i < edits->count; i++) {
        grown += edit[i].by_len;
        shrunk += edit[i].end - edit[i].start;
        gap = grown > shrunk && grown - shrunk > gap ? grown - shrunk : gap;
    }
    if (!har_buffer_reserve(text, gap))
        return false;
    char *const from = text->data + gap, *to = text->data;
    if (gap)
        memmove(from, text->data, len);
    for (size_t i = 0; i < edits->count; i++) {
        memmove(to, from + at, edit[i].start - at);
        to += edit[i].start - at;
        if (edit[i].by_len)
            to = mempcpy(to, edits->texts.data + edit[i].by, edit[i].by_len);
        at = edit[i].end;
    }
    memmove(to, from + at, len - at);
    text->len = (size_t)(to - text->data) + (len - at);
    return true;
}

void redact_edits_clear(struct redact_edits *edits)
{
    if (edits->texts.cap > KEEP_MOST)
        har_buffer_release(&edits->texts);
    edits->count = 0;
    edits->failed = false;
    har_buffer_clear(&edits->texts);
}

void redact_edits_release(struct redact_edits *edits)
{
    free(edits->edit);
    har_buffer_release(&edits->texts);
    *edits = (struct redact_edits){.count = 0};
}
