/* See replay.h: rows in a list, texts in a table that is at most half full. */
#include "redact/replay.h"

#include <stdlib.h>

enum { ROWS_FIRST = 1 << 8, ROWS_MOST = 1 << 17, TEXTS_FIRST = 1 << 8, TEXTS_MOST = 1 << 16 };

struct replay {
    struct replay_row *row;
    size_t rows, row_cap;
    size_t open; /* rows before the text that is open */
    bool good;   /* all of its rows are there */
    struct replay_text *text;
    size_t texts, slots;
};

struct replay *replay_new(void)
{
    return calloc(1, sizeof(struct replay));
}

void replay_free(struct replay *replay)
{
    if (!replay)
        return;
    free(replay->row);
    free(replay->text);
    free(replay);
}

void replay_open(struct replay *replay)
{
    replay->open = replay->rows;
    replay->good = true;
}

static bool grow_rows(struct replay *replay)
{
    const size_t cap = replay->row_cap ? replay->row_cap * 2 : ROWS_FIRST;
    struct replay_row *const grown = cap <= ROWS_MOST ? realloc(replay->row, cap * sizeof *grown) : NULL;
    if (!grown)
        return false;
    replay->row = grown;
    replay->row_cap = cap;
    return true;
}

void replay_add(struct replay *replay, size_t start, size_t end, uint16_t rule, unsigned flags)
{
    replay->good = replay->good && end <= UINT32_MAX && (replay->rows < replay->row_cap || grow_rows(replay));
    if (replay->good)
        replay->row[replay->rows++] = (struct replay_row){(uint32_t)start, (uint32_t)end, rule, (uint8_t)flags};
}

/* Where the key is, or would be. */
static struct replay_text *slot_of(struct replay_text *text, size_t slots, uint64_t key)
{
    size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (slots - 1);
    while (text[at].key && text[at].key != key)
        at = (at + 1) & (slots - 1);
    return &text[at];
}

static bool grow_texts(struct replay *replay)
{
    const size_t slots = replay->slots ? replay->slots * 2 : TEXTS_FIRST;
    struct replay_text *const grown = slots <= TEXTS_MOST ? calloc(slots, sizeof *grown) : NULL;
    if (!grown)
        return false;
    for (size_t i = 0; i < replay->slots; i++)
        if (replay->text[i].key)
            *slot_of(grown, slots, replay->text[i].key) = replay->text[i];
    free(replay->text);
    replay->text = grown;
    replay->slots = slots;
    return true;
}

static bool are_all(const struct replay *replay, const struct redact_edits *edits, size_t before)
{
    const struct replay_row *const row = replay->row + replay->open;
    if (edits->failed || edits->count - before != replay->rows - replay->open)
        return false;
    for (size_t i = 0; i < edits->count - before; i++) {
        const struct redact_edit *const edit = &edits->edit[before + i];
        if (edit->start != row[i].start || edit->end != row[i].end || edit->rule != row[i].rule)
            return false;
    }
    return true;
}

void replay_close(struct replay *replay, struct replay_text text, const struct redact_edits *edits, size_t before)
{
    const bool keep =
        replay->good && text.key && are_all(replay, edits, before) && (replay->texts * 2 < replay->slots || grow_texts(replay));
    if (!keep) {
        replay->rows = replay->open;
        return;
    }
    text.first = (uint32_t)replay->open;
    text.count = (uint32_t)(replay->rows - replay->open);
    struct replay_text *const slot = slot_of(replay->text, replay->slots, text.key);
    replay->texts += !slot->key;
    *slot = text;
}

const struct replay_text *replay_find(const struct replay *replay, uint64_t key)
{
    const struct replay_text *const slot = replay->slots ? slot_of(replay->text, replay->slots, key) : NULL;
    return slot && slot->key == key && key ? slot : NULL;
}

const struct replay_row *replay_rows(const struct replay *replay, const struct replay_text *text)
{
    return replay->row + text->first;
}
