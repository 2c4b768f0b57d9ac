/* Replacements in one text. */
#include "redact/edits.h"

#include <stdlib.h>
#include <string.h>

void redact_edits_add(struct redact_edits *edits, struct redact_edit edit, struct har_text by)
{
    if (edits->texts.max == 0)
        har_buffer_init(&edits->texts, SIZE_MAX / 2);
    if (edits->count == edits->cap) {
        const size_t cap = edits->cap ? edits->cap * 2 : 16;
        struct redact_edit *more = realloc(edits->edit, cap * sizeof *more);
        if (!more) {
            edits->failed = true;
            return;
        }
        edits->edit = more;
        edits->cap = cap;
    }
    edit.by = edits->texts.len;
    edit.by_len = by.len;
    if (!har_buffer_append(&edits->texts, by.bytes, by.len)) {
        edits->failed = true;
        return;
    }
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

bool redact_edits_apply(const struct redact_edits *edits, struct har_text text, struct har_buffer *out)
{
    size_t at = 0;
    bool good = true;
    for (size_t i = 0; i < edits->count && good; i++) {
        const struct redact_edit *edit = &edits->edit[i];
        good = har_buffer_append(out, text.bytes + at, edit->start - at) &&
               har_buffer_append(out, edits->texts.data + edit->by, edit->by_len);
        at = edit->end;
    }
    return good && har_buffer_append(out, text.bytes + at, text.len - at);
}

void redact_edits_clear(struct redact_edits *edits)
{
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
