/* Texts with escapes: decoded one level, looked at, and the edits moved back. Only windows around escapes are decoded, so that a
 * large text with few of them is not looked at twice. */
#include <stdlib.h>
#include <string.h>

#include "redact/escapes.h"
#include "redact/level.h"

/* What finders need around an escape: to its left a name of up to 128 bytes with quotes and blanks, to its right the value or the
 * rest of a form. A value that reaches to the end of its window is looked at again in a wider one. */
enum {
    LEFT = 384,
    RIGHT = 1024,
    DELIMITER_MOST = 256, /* bytes that a window may go on up to a delimiter */
    WIDEN = 8,
    UTF8_MOST = 4,
};

/* Part of a text that is decoded and looked at by itself. */
struct window {
    size_t start, end;
};

static bool is_delimiter(char c)
{
    return (unsigned char)c <= ' ' || strchr("\"'`<>&;,(){}[]|", c);
}

/* Of each so many bytes of a view one knows where it came from: numbers for all of them would be larger than the text. */
enum { UNIT_EVERY = 256, AHEAD = 64 /* bytes that tell whether an escape begins */ };

static bool add_unit(struct level *level, struct level_unit unit)
{
    if (unit.plain - (level->units ? level->unit[level->units - 1].plain : 0) < UNIT_EVERY)
        return true;
    if (level->units == level->unit_cap) {
        const size_t cap = level->unit_cap ? level->unit_cap * 2 : 64;
        struct level_unit *more = cap <= SIZE_MAX / sizeof *more ? realloc(level->unit, cap * sizeof *more) : NULL;
        if (!more)
            return false;
        level->unit = more;
        level->unit_cap = cap;
    }
    level->unit[level->units++] = unit;
    return true;
}

/* Up to `limit`, which may only be reached when nothing more can be decoded before. */
static void copy_until(struct har_text text, size_t *done, size_t limit, struct har_buffer *plain)
{
    memcpy(plain->data + plain->len, text.bytes + *done, limit - *done);
    plain->len += limit - *done;
    *done = limit;
}

/* Where a window ends whose last escape ends at `last`. */
static size_t window_end(struct har_text text, size_t last)
{
    size_t end = text.len - last > RIGHT + DELIMITER_MOST ? last + RIGHT : text.len;
    for (size_t more = 0; end < text.len && more < DELIMITER_MOST && !is_delimiter(text.bytes[end]); more++)
        end++;
    return end;
}

/* Decodes text from window->start on into level->plain: at least up to window->end, and on while escapes are so near to each other
 * that their windows would meet. Sets window->end. False: memory is short. */
static bool decode(struct har_text text, struct window *window, struct level *level)
{
    struct har_buffer *const plain = &level->plain;
    size_t done = window->start, least = window->end;
    level->plain.len = level->units = 0;
    for (size_t at = escape_find(text, done);; at = escape_find(text, done)) {
        const bool more = at < text.len && (at < least || at - done <= LEFT + RIGHT);
        const size_t end = more ? at : window_end(text, done) > least ? window_end(text, done) : least;
        if (!har_buffer_reserve(plain, end - done + UTF8_MOST))
            return false;
        copy_until(text, &done, end, plain);
        if (!more)
            break;
        size_t len = 0;
        const size_t used = escape_read((struct har_text){text.bytes + at, text.len - at}, plain->data + plain->len, &len);
        if (!add_unit(level, (struct level_unit){plain->len, at}))
            return false;
        plain->len += len;
        done = at + used;
    }
    window->end = done;
    return true;
}

/* The last unit at or before byte `at` of the view; the window's begin when there is none. */
static struct level_unit unit_before(const struct level *level, size_t begin, size_t at)
{
    size_t low = 0, high = level->units;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (level->unit[middle].plain <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? level->unit[low - 1] : (struct level_unit){0, begin};
}

/* Where the byte `at` of the view comes from: its own place in the text, or its escape's. From a unit on it is found by decoding
 * once more. */
static struct window source_of(const struct level *level, struct har_text text, size_t begin, size_t at)
{
    struct level_unit unit = unit_before(level, begin, at);
    const size_t last = unit.plain + UNIT_EVERY - 1; /* behind that no escape begins up to `at`: it would be a unit */
    char out[UTF8_MOST];
    for (;;) {
        const size_t own = unit.text + (at - unit.plain); /* where it is when no escape comes before */
        const size_t most = last < at ? unit.text + (last > unit.plain ? last - unit.plain : 0) : own;
        const size_t next =
            escape_find((struct har_text){text.bytes, text.len - most > AHEAD ? most + AHEAD : text.len}, unit.text);
        if (next > most)
            return (struct window){own, own + 1};
        size_t len = 0;
        const size_t used = escape_read((struct har_text){text.bytes + next, text.len - next}, out, &len);
        unit.plain += next - unit.text + len;
        unit.text = next + used;
        if (at < unit.plain)
            return (struct window){next, unit.text};
    }
}

/* Whether a part of the text is spelled with percent escapes. */
static bool has_percent(struct har_text text, size_t start, size_t end)
{
    char out[4];
    size_t len;
    for (size_t at = start; at < end; at++) {
        at = escape_candidate((struct har_text){text.bytes, end}, at);
        if (at < end && text.bytes[at] == '%' && escape_read((struct har_text){text.bytes + at, end - at}, out, &len))
            return true;
    }
    return false;
}

/* Tokens may stand anywhere. What is encoded again has + / = in it, which mean something in addresses. */
static bool escape_again(struct har_text by, struct har_buffer *out)
{
    bool good = true;
    out->len = 0;
    for (size_t i = 0; i < by.len && good; i++)
        good = strchr("+/=%", by.bytes[i]) && by.bytes[i] ? har_buffer_printf(out, "%%%02X", (unsigned)by.bytes[i])
                                                          : har_buffer_append_char(out, by.bytes[i]);
    return good;
}

static void move_back(struct har_text text, struct window window, struct level *level, struct redact_edits *edits)
{
    for (size_t i = 0; i < level->edits.count; i++) {
        struct redact_edit edit = level->edits.edit[i];
        struct har_text by = {level->edits.texts.data + edit.by, edit.by_len};
        if (edit.end <= edit.start)
            continue;
        edit.start = source_of(level, text, window.start, edit.start).start;
        edit.end = source_of(level, text, window.start, edit.end - 1).end;
        if (edit.encoded && has_percent(text, edit.start, edit.end)) {
            if (!escape_again(by, &level->made))
                return;
            by = (struct har_text){level->made.data, level->made.len};
        }
        redact_edits_add(edits, edit, by);
    }
}

static bool reaches_end(const struct level *level)
{
    for (size_t i = 0; i < level->edits.count; i++)
        if (level->edits.edit[i].end == level->plain.len)
            return true;
    return false;
}

/* Where the window of the escape at `first` begins: behind a delimiter, so that no name is cut. */
static size_t window_start(struct har_text text, size_t first)
{
    const size_t start = first > LEFT ? first - LEFT : 0;
    for (size_t more = 0; start && more < LEFT / 2; more++)
        if (is_delimiter(text.bytes[start + more]))
            return start + more + 1;
    return start;
}

/* Looks at the window; a part of a text is looked at without learning first, since values may be cut off at its end. False: the
 * window is too small for what was found. */
static bool fits(struct redact_engine *engine, struct har_text text, struct window window, struct level *level)
{
    const struct har_text view = {level->plain.data, level->plain.len};
    const bool cut = window.end < text.len, learns = !engine->finding && !redact_sealed(engine->dictionary);
    engine->finding |= cut && learns;
    redact_level(engine, view, REDACT_AS_TEXT, &level->edits);
    engine->finding &= !(cut && learns);
    if (cut && reaches_end(level))
        return false;
    if (cut && learns && level->edits.count) {
        redact_edits_clear(&level->edits);
        redact_level(engine, view, REDACT_AS_TEXT, &level->edits);
    }
    return true;
}

/* A value, or a pattern, may reach over the window's end: then a wider one is taken, as often as it needs. */
static void look_at_window(struct redact_engine *engine, struct har_text text, struct window *window, struct level *level,
                           struct redact_edits *edits)
{
    for (;;) {
        if (!decode(text, window, level)) {
            redact_fail(engine, har_error_memory(&engine->error));
            return;
        }
        if (fits(engine, text, *window, level) || engine->failed)
            break;
        const size_t len = (window->end - window->start) * WIDEN;
        window->end = text.len - window->start > len ? window->start + len : text.len;
        redact_edits_clear(&level->edits);
    }
    move_back(text, *window, level, edits);
    redact_edits_clear(&level->edits);
}

void redact_find_escaped(struct redact_engine *engine, struct har_text text, enum redact_how how, struct redact_edits *edits)
{
    (void)how; /* what a form or an address is made of was told by the level above; in what is decoded it has no meaning */
    size_t at = escape_find(text, 0);
    struct level *const level = at < text.len ? redact_level_take(engine) : NULL;
    if (!level)
        return;
    while (at < text.len && !engine->failed) {
        struct window window = {window_start(text, at), at + 1};
        look_at_window(engine, text, &window, level, edits);
        at = escape_find(text, window.end);
    }
    redact_level_give(engine, level);
}

/* ---- the last level: from right to left, so that what an escape stands for may be the beginning of another one. */

enum { LAST_MOST = 1 << 20, LAST_OVERLAP = 1 << 13 };

/* Bytes of the view, the last one first, each with where it came from. */
struct last {
    char *byte;
    struct window *from;
    size_t count;
};

/* Whether the byte that was put last begins an escape, which then is decoded. */
static bool fold(struct last *last)
{
    char ahead[AHEAD], out[4];
    size_t len = 0, have = 0;
    if (!last->count || !strchr("%\\&=", last->byte[last->count - 1]) || !last->byte[last->count - 1])
        return false;
    for (; have < sizeof ahead && have < last->count; have++)
        ahead[have] = last->byte[last->count - 1 - have];
    const size_t used = escape_read((struct har_text){ahead, have}, out, &len);
    if (!used)
        return false;
    const struct window from = {last->from[last->count - 1].start, last->from[last->count - used].end};
    last->count -= used;
    for (size_t i = len; i > 0; i--) {
        last->byte[last->count] = out[i - 1];
        last->from[last->count++] = from;
    }
    return len > 0;
}

static void reverse(struct last *last)
{
    for (size_t i = 0; i < last->count / 2; i++) {
        const size_t other = last->count - 1 - i;
        const char byte = last->byte[i];
        const struct window from = last->from[i];
        last->byte[i] = last->byte[other];
        last->from[i] = last->from[other];
        last->byte[other] = byte;
        last->from[other] = from;
    }
}

static void look_at_last(struct redact_engine *engine, struct har_text text, struct window window, struct last *last,
                         struct redact_edits *edits)
{
    struct level *const level = redact_level_take(engine);
    if (!level)
        return;
    last->count = 0;
    for (size_t at = window.end; at-- > window.start;) {
        last->byte[last->count] = text.bytes[at];
        last->from[last->count++] = (struct window){at, at + 1};
        while (fold(last))
            ;
    }
    reverse(last);
    redact_look(engine, (struct har_text){last->byte, last->count}, REDACT_AS_TEXT, &level->edits);
    for (size_t i = 0; i < level->edits.count; i++) {
        struct redact_edit edit = level->edits.edit[i];
        const struct har_text by = {level->edits.texts.data + edit.by, edit.by_len};
        if (edit.end <= edit.start)
            continue;
        edit.start = last->from[edit.start].start;
        edit.end = last->from[edit.end - 1].end;
        redact_edits_add(edits, edit, by);
    }
    redact_level_give(engine, level);
}

void redact_find_escaped_last(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    if (escape_find(text, 0) == text.len)
        return;
    const size_t most = text.len < LAST_MOST ? text.len : LAST_MOST;
    struct last last = {malloc(most), malloc(most * sizeof *last.from), 0};
    if (!last.byte || !last.from)
        redact_fail(engine, har_error_memory(&engine->error));
    for (size_t at = 0; !engine->failed; at += most - LAST_OVERLAP) {
        const struct window window = {at, text.len - at > most ? at + most : text.len};
        look_at_last(engine, text, window, &last, edits);
        if (window.end == text.len)
            break;
    }
    if (last.byte)
        explicit_bzero(last.byte, most);
    free(last.byte);
    free(last.from);
}
