/* What a text becomes: made from its edits, put into the tree with the sizes that follow from it. */
#include <string.h>

#include "json/measure.h"
#include "json/text.h"
#include "redact/level.h"
#include "redact/walk_own.h"

enum { MARGIN = 512 /* bytes beside a change in which it may make something else look like a secret */ };

bool walk_make(struct redact_walk *walk, struct har_text text, bool key)
{
    struct har_buffer *const made = &walk->scratch->made;
    const struct redact_edit *const first = walk->scratch->edits.edit;
    har_buffer_clear(made);
    if (key && text.len && *text.bytes == '_' && first->start == 0 && first->by_len &&
        walk->scratch->edits.texts.data[first->by] != '_' && !har_buffer_append_char(made, '_'))
        walk->scratch->no_memory = true;
    if (redact_edits_move(&walk->scratch->edits, text, made))
        return true;
    walk->scratch->no_memory = true;
    return false;
}

/* A text with halves of surrogate pairs, which UTF-8 cannot hold: edited as it is spelled, in the canonical spelling. */
static bool make_spelled(struct redact_walk *walk, const struct har_node *node)
{
    const struct redact_edits *const edits = &walk->scratch->edits;
    struct har_buffer *const made = &walk->scratch->made;
    const char *rest = json_text(walk->scratch->edit.tree, node);
    size_t len = node->text_len, at = 0, next = 0;
    struct json_piece piece;
    bool good = true;
    har_buffer_clear(made);
    while (good && json_text_piece(&rest, &len, &piece)) {
        const size_t step = !piece.escape           ? piece.len
                            : piece.point < 0x80    ? 1
                            : piece.point < 0x800   ? 2
                            : piece.point < 0x10000 ? 3
                                                    : 4;
        for (size_t i = 0; good && i < step;) {
            char escape[6];
            if (next < edits->count && at + i >= edits->edit[next].end)
                next++;
            const struct redact_edit *const edit = next < edits->count ? &edits->edit[next] : NULL;
            if (edit && at + i >= edit->start) {
                if (at + i == edit->start)
                    good = har_buffer_append_json(made, edits->texts.data + edit->by, edit->by_len);
                i = edit->end - at < step ? edit->end - at : step;
                continue;
            }
            const size_t stop = edit && edit->start - at < step ? edit->start - at : step;
            if (!piece.escape)
                good = har_buffer_append_json(made, piece.bytes + i, stop - i);
            else if (json_canonical_escape(piece.point, escape))
                good = har_buffer_append(made, escape, json_canonical_escape(piece.point, escape));
            else
                good = json_text_decode(piece.bytes, piece.len, made);
            i = piece.escape ? step : stop;
        }
        at += step;
    }
    walk->scratch->no_memory |= !good;
    return good;
}

static bool has_lone(const struct har_tree *tree, const struct har_node *node)
{
    return node->flags & JSON_TEXT_ESCAPED && json_measure(json_text(tree, node), node->text_len).lone;
}

/* The name of a header may hold base64 without its padding only, when that is how it was. */
static bool cut_padding(struct redact_walk *walk, struct har_text text)
{
    struct har_buffer *const made = &walk->scratch->made;
    while (text.len && text.bytes[text.len - 1] != '=' && made->len && made->data[made->len - 1] == '=')
        made->len--;
    return true;
}

void walk_put_text(struct redact_walk *walk, uint32_t index, const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_node *const node = json_node(scratch->edit.tree, index);
    const struct walk_sizes sizes =
        judged->judge == JUDGE_BODY ? sizes_of(scratch->edit.tree, node, false) : (struct walk_sizes){.any = false};
    const char *const made = scratch->made.data ? scratch->made.data : "";
    if (node->kind == HAR_KIND_NUMBER)
        json_edit_set_number_text(&scratch->edit, index, "0", 1);
    else if (scratch->text_made)
        json_edit_set_text(&scratch->edit, index, made, scratch->made.len);
    else
        json_edit_set_spelled(&scratch->edit, index, made, scratch->made.len);
    if (sizes.any)
        sizes_follow(walk, index, &sizes);
}

/* Where the edits will be in the text that they make, with what is around them. None: there are too many. */
static void note_windows(struct walk_scratch *scratch)
{
    const struct redact_edits *const edits = &scratch->edits;
    size_t gone = 0, put = 0;
    scratch->windows = 0;
    if (edits->count > WALK_WINDOWS)
        return;
    for (size_t i = 0; i < edits->count; i++) {
        const struct redact_edit *const edit = &edits->edit[i];
        const size_t at = edit->start - gone + put, start = at > MARGIN ? at - MARGIN : 0, end = at + edit->by_len + MARGIN;
        struct walk_window *const last = scratch->windows ? &scratch->window[scratch->windows - 1] : NULL;
        gone += edit->end - edit->start;
        put += edit->by_len;
        if (last && start <= last->end)
            last->end = end;
        else
            scratch->window[scratch->windows++] = (struct walk_window){start, end};
    }
}

void walk_change_text(struct redact_walk *walk, uint32_t index, struct har_text text, const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_node *const node = json_node(scratch->edit.tree, index);
    if (node->kind != HAR_KIND_NUMBER && !(has_lone(scratch->edit.tree, node) && make_spelled(walk, node))) {
        note_windows(scratch);
        scratch->text_made = walk_make(walk, text, false) && (judged->strict != STRICT_HEADER || cut_padding(walk, text));
        if (!scratch->text_made)
            return;
        scratch->text_waits = scratch->made.len > KEEP_MOST;
        redact_trim(&scratch->decoded);
        redact_edits_clear(&scratch->edits);
    }
    if (!scratch->text_waits)
        walk_put_text(walk, index, judged);
}
