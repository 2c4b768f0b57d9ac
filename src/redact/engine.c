/* One text at one level of encoding: all finders, then the dictionary, then what is encoded in it. */
#include "redact/engine.h"

#include <stdlib.h>
#include <string.h>

#include "redact/clean.h"
#include "redact/level.h"
#include "redact/replay.h"

enum {
    WORK_FACTOR = 64,
    WORK_LEAST = 1 << 13,
    DEPTH_BITS = 4, /* of the key of a text */
};

struct level *redact_level_take(struct redact_engine *engine)
{
    struct level *level = engine->spare;
    if (level) {
        engine->spare = level->next;
        level->plain.len = level->made.len = level->units = 0;
        return level;
    }
    level = calloc(1, sizeof *level);
    if (!level) {
        redact_fail(engine, har_error_memory(&engine->error));
        return NULL;
    }
    har_buffer_init_private(&level->plain, SIZE_MAX / 2);
    har_buffer_init_private(&level->made, SIZE_MAX / 2);
    return level;
}

void redact_trim(struct har_buffer *buffer)
{
    if (buffer->cap > KEEP_MOST && !buffer->failed)
        har_buffer_release(buffer);
}

void redact_level_give(struct redact_engine *engine, struct level *level)
{
    if (!level)
        return;
    if (level->edits.failed || level->plain.failed || level->made.failed)
        redact_fail(engine, har_error_memory(&engine->error));
    redact_edits_clear(&level->edits);
    har_buffer_clear(&level->plain);
    har_buffer_clear(&level->made);
    redact_trim(&level->plain);
    redact_trim(&level->made);
    level->next = engine->spare;
    engine->spare = level;
}

void redact_fail(struct redact_engine *engine, enum har_status status)
{
    engine->failed |= status == HAR_FATAL;
}

void redact_engine_release(struct redact_engine *engine)
{
    while (engine->spare) {
        struct level *level = engine->spare;
        engine->spare = level->next;
        har_buffer_release(&level->plain);
        har_buffer_release(&level->made);
        redact_edits_release(&level->edits);
        free(level->unit);
        free(level);
    }
    places_release(engine);
    clean_free(engine->clean);
    replay_free(engine->replay);
    engine->clean = NULL;
    engine->replay = NULL;
    redact_matcher_free(engine->matcher);
    engine->matcher = NULL;
}

static void find_as(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    switch (how) {
    case REDACT_AS_URL:
        redact_find_address(engine, text, edits);
        break;
    case REDACT_AS_FORM:
        redact_find_form(engine, text, false, edits);
        break;
    case REDACT_AS_COOKIES:
    case REDACT_AS_SET_COOKIE:
        redact_find_cookies(engine, text, how == REDACT_AS_SET_COOKIE, edits);
        break;
    case REDACT_AS_MULTIPART:
        redact_find_multipart(engine, text, edits);
        break;
    case REDACT_AS_TEXT:
        redact_find_bare(engine, text, edits);
        break;
    }
}

void redact_look(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    if (!engine->searching) {
        find_as(engine, text, how, edits);
        redact_find_text(engine, text, edits);
        redact_find_suspicious(engine, text, edits);
    }
    if (redact_sealed(engine->dictionary))
        redact_search(engine->dictionary, text, edits);
    else
        redact_learn_tokens(engine->dictionary, text);
}

/* One level of a text of which others may be parts, or decoded from it. */
static void look_within(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    const bool last = engine->depth >= REDACT_DEPTH_MOST || engine->work < text.len;
    engine->work -= last ? engine->work : text.len;
    if (last) {
        const unsigned depth = engine->depth;
        engine->depth = REDACT_DEPTH_MOST + 1;
        redact_look(engine, text, REDACT_AS_TEXT, edits);
        redact_find_escaped_last(engine, text, edits);
        redact_find_encoded(engine, text, edits);
        engine->depth = depth;
        return;
    }
    redact_look(engine, text, how, edits);
    engine->depth++;
    redact_find_escaped(engine, text, how, edits);
    redact_find_encoded(engine, text, edits);
    engine->depth--;
}

/* Encodings in encodings multiply the ways that lead to a text. The work of all levels together is bounded by the length of the
 * outermost one, so that what is made to be slow is not. */
static void look_outermost(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    engine->busy = true;
    engine->work = (uint64_t)text.len * WORK_FACTOR + WORK_LEAST;
    look_within(engine, text, how, edits);
    engine->busy = false;
}

/* The finders are done with the text. The search finds learned secrets behind any escapes. */
static void search_only(struct redact_engine *engine, struct har_text text, enum redact_how how, bool decoded,
                        struct redact_edits *edits)
{
    if (!decoded) {
        redact_search(engine->dictionary, text, edits);
        return;
    }
    engine->searching = true;
    look_outermost(engine, text, how, edits);
    engine->searching = false;
}

/* What the finders found in the first reading, by its places. */
static void find_again(struct redact_engine *engine, struct har_text text, const struct replay_text *found,
                       struct redact_edits *edits)
{
    const struct replay_row *const row = replay_rows(engine->replay, found);
    for (size_t i = 0; i < found->count; i++)
        redact_secret_as(engine, text, row[i].start, row[i].end, row[i].rule, row[i].flags, edits);
    engine->suspicious += found->suspicious;
}

/* What is known of a text before it is looked at. */
struct seen {
    uint64_t key, suspicious;
    unsigned known; /* see redact/clean.h */
    bool sealed;
    size_t before; /* edits */
    const struct replay_text *found;
};

static struct seen see(struct redact_engine *engine, struct har_text text, enum redact_how how, const struct redact_edits *edits)
{
    struct seen seen = {.suspicious = engine->suspicious, .sealed = redact_sealed(engine->dictionary), .before = edits->count};
    if (!engine->clean)
        engine->clean = clean_new();
    if (!engine->replay)
        engine->replay = replay_new();
    if (!engine->clean || !engine->replay)
        return seen;
    seen.key = clean_key(engine->clean, text, (unsigned char)(how << DEPTH_BITS | engine->depth));
    seen.known = clean_ask(engine->clean, seen.key);
    seen.found = seen.known ? NULL : replay_find(engine->replay, seen.key);
    return seen;
}

/* All finders. In the first reading what they find is noted. */
static void find_all(struct redact_engine *engine, struct har_text text, enum redact_how how, const struct seen *seen,
                     struct redact_edits *edits)
{
    engine->noting = seen->key && !seen->sealed && !engine->finding ? text.bytes : NULL;
    if (engine->noting)
        replay_open(engine->replay);
    look_outermost(engine, text, how, edits);
    if (engine->noting && !engine->failed && !engine->undecodable && text.len <= UINT32_MAX &&
        (edits->count > seen->before || engine->suspicious > seen->suspicious))
        replay_close(engine->replay,
                     (struct replay_text){.key = seen->key,
                                          .suspicious = (uint32_t)(engine->suspicious - seen->suspicious),
                                          .decoded = engine->decoded},
                     edits, seen->before);
    engine->noting = NULL;
}

static void note_clean(struct redact_engine *engine, const struct seen *seen, const struct redact_edits *edits)
{
    const unsigned plain = engine->decoded || seen->known & CLEAN_LOOKED ? 0 : CLEAN_PLAIN;
    if (seen->key && edits->count == seen->before && !edits->failed && !engine->failed && !engine->undecodable &&
        engine->suspicious == seen->suspicious)
        clean_tell(engine->clean, seen->key, CLEAN_LOOKED | plain | (seen->sealed ? CLEAN_SEARCHED : 0));
}

void redact_level(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    if (!text.len || engine->failed)
        return;
    if (engine->busy) {
        look_within(engine, text, how, edits);
        return;
    }
    const struct seen seen = see(engine, text, how, edits);
    const bool undecodable = engine->undecodable;
    if (seen.sealed ? seen.known & CLEAN_SEARCHED : seen.known & CLEAN_LOOKED || (seen.found && !engine->finding))
        return; /* nothing is in it, or all that is in it has been learned */
    engine->undecodable = engine->decoded = false;
    if (seen.known & CLEAN_LOOKED) {
        search_only(engine, text, how, !(seen.known & CLEAN_PLAIN), edits);
    } else if (seen.found && seen.sealed) {
        find_again(engine, text, seen.found, edits);
        search_only(engine, text, how, seen.found->decoded, edits);
    } else {
        find_all(engine, text, how, &seen, edits);
    }
    note_clean(engine, &seen, edits);
    engine->undecodable |= undecodable;
}

/* Moves edits of a part, which begins at `start`, to the text that it is a part of. */
static void move_edits(const struct redact_edits *from, size_t start, struct redact_edits *to)
{
    for (size_t i = 0; i < from->count; i++) {
        struct redact_edit edit = from->edit[i];
        edit.start += start;
        edit.end += start;
        redact_edits_add(to, edit, (struct har_text){from->texts.data + from->edit[i].by, from->edit[i].by_len});
    }
}

void redact_part(struct redact_engine *engine, struct har_text text, size_t start, size_t end, enum redact_how how,
                 struct redact_edits *edits)
{
    struct level *level = redact_level_take(engine);
    if (!level)
        return;
    engine->depth++;
    redact_level(engine, (struct har_text){text.bytes + start, end - start}, how, &level->edits);
    engine->depth--;
    move_edits(&level->edits, start, edits);
    redact_level_give(engine, level);
}
