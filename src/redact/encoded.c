/* Base64 and hexadecimal, and what is packed in them: decoded, looked at, encoded again. */
#include <string.h>

#include "redact/clean.h"
#include "redact/content.h"
#include "redact/escapes.h"
#include "redact/level.h"
#include "redact/stretch.h"
#include "util/base64_any.h"
#include "util/text.h"

enum {
    BEGIN = 4,       /* bytes that must be text where text begins */
    TAIL = 12,       /* characters at the end that tell whether it is text up to there */
    FRONT = 24,      /* characters that are decoded to see whether the others are worth it */
    STARTS_MOST = 6, /* places in a stretch where base64 may begin */
    RAW_LEAST = 20,  /* characters of base64 that may be deflate without a wrapping */
    RAW_LOOK = 64,   /* of those that tell it */
    HEX_LEAST = 32,
    BODY_FRONT = 60, /* characters of a body that tell what it is: less than a line */
    UNPACK_MOST = 1 << 26,
    UNPACK_LEAST = 1 << 12,
    UNPACK_RATIO = 100,
    WORK_FACTOR = 16, /* what was unpacked may be looked at, too */
};

enum coding { CODING_BASE64, CODING_HEX };

/* A part of a text that is to be decoded. */
struct encoded {
    struct har_text text;
    size_t start, end;
    enum coding coding;
    enum packed_form packed;
    enum redact_how how;
    bool body; /* said to be it; a stretch of a text that cannot be decoded is text, and was looked at as such */
};

static struct har_text held(const struct har_buffer *buffer)
{
    return (struct har_text){buffer->data, buffer->len};
}

static struct har_text part_of(const struct encoded *encoded)
{
    return (struct har_text){encoded->text.bytes + encoded->start, encoded->end - encoded->start};
}

/* ---- hexadecimal */

static bool decode_hex(struct har_text text, struct har_buffer *out)
{
    char *const to = har_buffer_reserve(out, text.len / 2);
    if (!to)
        return false;
    for (size_t i = 0; i + 1 < text.len; i += 2) {
        const int high = text_hex(text.bytes[i]), low = text_hex(text.bytes[i + 1]);
        if (high < 0 || low < 0)
            return false;
        to[i / 2] = (char)(high << 4 | low);
    }
    out->len += text.len / 2;
    return text.len % 2 == 0;
}

/* In the case of letters that `like` has. */
static bool encode_hex(struct har_text bytes, struct har_text like, struct har_buffer *out)
{
    bool upper = false, good = true;
    for (size_t i = 0; i < like.len && !upper; i++)
        upper = like.bytes[i] >= 'A' && like.bytes[i] <= 'F';
    const char *const digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    for (size_t i = 0; i < bytes.len && good; i++) {
        const unsigned char c = (unsigned char)bytes.bytes[i];
        good = har_buffer_append_char(out, digits[c >> 4]) && har_buffer_append_char(out, digits[c & 15]);
    }
    return good;
}

/* ---- one encoded part */

static bool all_propagated(const struct redact_edits *edits)
{
    for (size_t i = 0; i < edits->count; i++)
        if (!edits->edit[i].propagated)
            return false;
    return true;
}

/* The edits of what was decoded, now settled, become one of the encoded part. `plain` is the one of both levels' buffers that
 * holds it, and is of no use any more. */
static void encode_again(const struct encoded *encoded, struct har_buffer *plain, struct level *level, struct level *other,
                         struct redact_edits *edits)
{
    const struct har_text as = part_of(encoded);
    struct redact_edit edit = {.start = encoded->start,
                               .end = encoded->end,
                               .rule = level->edits.edit[0].rule,
                               .propagated = all_propagated(&level->edits),
                               .encoded = true};
    struct har_buffer *bytes = plain;
    level->made.len = other->made.len = 0;
    if (!redact_edits_apply_within(&level->edits, plain))
        return;
    redact_edits_clear(&level->edits);
    if (encoded->packed != PACKED_NOT) {
        bytes = &level->made;
        if (!packed_close(held(plain), encoded->packed, bytes)) {
            bytes->failed = true;
            return;
        }
        redact_trim(plain);
    }
    if (encoded->coding == CODING_BASE64 && base64_encode_within(base64_look(as), bytes))
        redact_edits_add_buffer(edits, edit, bytes);
    else if (encoded->coding == CODING_HEX && encode_hex(held(bytes), as, &other->made))
        redact_edits_add_buffer(edits, edit, &other->made);
    else
        bytes->failed = true;
}

static size_t unpacked_most(size_t len)
{
    const size_t most = UNPACK_LEAST + len * UNPACK_RATIO;
    return most < UNPACK_MOST ? most : UNPACK_MOST;
}

/* What was unpacked only in part is replaced as a whole when something is found in it. */
static void look_at_broken(struct redact_engine *engine, const struct encoded *encoded, struct level *level, struct level *other,
                           struct redact_edits *edits)
{
    engine->undecodable |= encoded->body;
    if (!other->plain.len)
        return;
    redact_level(engine, held(&other->plain), encoded->how, &level->edits);
    if (level->edits.count)
        redact_secret_as(engine, encoded->text, encoded->start, encoded->end, level->edits.edit[0].rule, REDACT_SECRET_BASE64,
                         edits);
}

static struct har_text front_of(struct har_text bytes)
{
    return (struct har_text){bytes.bytes, bytes.len < FRONT ? bytes.len : FRONT};
}

/* Whether what was unpacked tells that it was packed that way: where nothing in front does, all must fit. */
static bool is_sure(const struct encoded *encoded, enum packed_result result, bool from_text, struct har_text plain)
{
    if (encoded->packed == PACKED_RAW)
        return result == PACKED_WHOLE && content_is_text(front_of(plain));
    return result == PACKED_WHOLE || ((plain.len || result == PACKED_CUT) && !(encoded->packed == PACKED_BROTLI && from_text));
}

/* Looks at level->plain, which was decoded. False: it is not what it was taken for. */
static bool look_at_decoded(struct redact_engine *engine, const struct encoded *encoded, struct level *level, struct level *other,
                            struct redact_edits *edits)
{
    struct har_buffer *from = &level->plain;
    struct har_text plain = held(from);
    if (encoded->packed != PACKED_NOT) {
        const bool from_text = content_is_text(front_of(plain));
        const enum packed_result result = packed_open(plain, encoded->packed, unpacked_most(plain.len), &other->plain);
        redact_trim(&level->plain);
        engine->work += (uint64_t)other->plain.len * WORK_FACTOR;
        from = &other->plain;
        plain = held(from);
        if (result == PACKED_NO_MEMORY) {
            redact_fail(engine, har_error_memory(&engine->error));
            return true;
        }
        if (!is_sure(encoded, result, from_text, plain))
            return false;
        if (result != PACKED_WHOLE) {
            look_at_broken(engine, encoded, level, other, edits);
            return true;
        }
        /* What is packed again, or in another way, is not taken apart. */
        const enum content_kind kind = plain.len ? content_kind(plain) : CONTENT_TEXT;
        engine->undecodable |= encoded->body && (kind == CONTENT_PACKED || kind == CONTENT_DOCUMENT);
    }
    redact_level(engine, plain, encoded->how, &level->edits);
    redact_edits_settle(&level->edits, plain);
    if (level->edits.count)
        encode_again(encoded, from, level, other, edits);
    return true;
}

/* False: it cannot be decoded. */
static bool look_at(struct redact_engine *engine, const struct encoded *encoded, struct redact_edits *edits)
{
    engine->decoded = true;
    struct level *const level = redact_level_take(engine), *const other = redact_level_take(engine);
    bool good = true;
    if (level && other) {
        const struct har_text part = part_of(encoded);
        good = encoded->coding == CODING_HEX ? decode_hex(part, &level->plain) : base64_any_decode(part, &level->plain);
        good = good && look_at_decoded(engine, encoded, level, other, edits);
    }
    redact_level_give(engine, other);
    redact_level_give(engine, level);
    return good;
}

/* ---- stretches in a text */

/* What the characters of a stretch are. */
struct letters {
    bool plain, url_safe, upper, lower, digit, beyond_hex, breaks;
};

static struct letters letters_of(struct har_text part)
{
    struct letters has = {0};
    for (size_t i = 0; i < part.len; i++) {
        const char c = part.bytes[i];
        has.upper |= c >= 'A' && c <= 'Z';
        has.lower |= c >= 'a' && c <= 'z';
        has.digit |= text_is_digit(c);
        has.plain |= c == '+' || c == '/';
        has.url_safe |= c == '-' || c == '_';
        has.breaks |= c == '\n';
        has.beyond_hex |= text_hex(c) < 0;
    }
    return has;
}

/* Whether what the characters stand for is worth a look; *packed is set when it is packed, perhaps. */
static bool is_promising(struct har_text part, enum coding coding, enum packed_form *packed)
{
    char room[FRONT];
    struct har_buffer front = {.data = room, .cap = sizeof room, .max = sizeof room};
    const size_t step = coding == CODING_HEX ? 2 : 4;
    struct har_text text = {part.bytes, part.len < FRONT ? part.len / step * step : FRONT};
    while (text.len && text.bytes[text.len - 1] == '=')
        text.len -= step;
    if (coding == CODING_HEX ? !decode_hex(text, &front) : !(front.len = base64_any_front(text, room)))
        return false;
    *packed = PACKED_NOT;
    const struct har_text begin = {room, front.len < BEGIN ? front.len : BEGIN};
    if (content_is_text(held(&front)) && content_is_all_text(begin))
        return true;
    *packed = packed_form(held(&front));
    if (*packed == PACKED_NOT && coding == CODING_BASE64 && part.len >= RAW_LEAST && packed_may_be_raw(held(&front))) {
        const struct letters has = letters_of((struct har_text){part.bytes, part.len < RAW_LOOK ? part.len : RAW_LOOK});
        *packed = has.upper && has.lower && has.digit ? PACKED_RAW : PACKED_NOT;
    }
    return *packed != PACKED_NOT;
}

/* The end of the base64 that begins at `start`: where a sign of the other alphabet follows one of the first. */
static size_t alphabet_end(struct har_text text, size_t start, size_t end)
{
    bool plain = false, url_safe = false;
    for (size_t at = start; at < end; at++) {
        const char c = text.bytes[at];
        plain |= c == '+' || c == '/';
        url_safe |= c == '-' || c == '_';
        if (plain && url_safe)
            return at;
    }
    return end;
}

/* The end of a segment of a path. */
static size_t segment_end(struct har_text text, size_t start, size_t end)
{
    const char *const slash = memchr(text.bytes + start, '/', end - start);
    return slash ? (size_t)(slash - text.bytes) : end;
}

/* Whether the last characters stand for text: then what begins as text is base64 up to its end, and not a path behind it. */
static bool ends_as_text(struct har_text text, size_t start, size_t end)
{
    char bytes[TAIL];
    while (end > start && (text.bytes[end - 1] == '=' || text.bytes[end - 1] == '\n'))
        end--;
    end -= (end - start) % 4;
    if (end - start <= FRONT)
        return true;
    struct har_text last = {bytes, base64_any_front((struct har_text){text.bytes + end - TAIL, TAIL}, bytes)};
    while (last.len && ((unsigned char)last.bytes[0] & 0xc0) == 0x80) /* the rest of a character */
        text_take(&last, 0, 1);
    return last.len + 3 >= TAIL / 4 * 3 && content_is_all_text(last);
}

/* Base64 that begins at encoded->start, up to where it may end. True: it was looked at, encoded->end is set. */
static bool look_from(struct redact_engine *engine, struct encoded *encoded, size_t end, struct redact_edits *edits)
{
    const struct har_text text = encoded->text;
    const size_t ends[] = {alphabet_end(text, encoded->start, end), segment_end(text, encoded->start, end)};
    for (size_t i = 0; i < 2; i++) {
        encoded->end = ends[i];
        if (encoded->end - encoded->start < STRETCH_LEAST || (i && ends[1] >= ends[0]))
            continue;
        if (!i && ends[1] < ends[0] && encoded->packed == PACKED_NOT && !ends_as_text(text, encoded->start, encoded->end))
            continue;
        if (look_at(engine, encoded, edits))
            return true;
        /* One digit too many, or a sign in front of what follows: without what is over. */
        encoded->end -= (encoded->end - encoded->start) % 4;
        if (encoded->packed == PACKED_NOT && encoded->end < ends[i] && look_at(engine, encoded, edits))
            return true;
    }
    return false;
}

/* One behind which base64 may begin. */
static inline bool is_sign(char c)
{
    return c == '/' || c == '-' || c == '_' || c == '+' || c == '\n';
}

/* Base64 begins where the stretch does, or behind a sign in it: a segment of a path, something with a prefix. */
static void look_at_stretch(struct redact_engine *engine, struct har_text text, struct stretch stretch, struct redact_edits *edits)
{
    struct encoded encoded = {.text = text, .start = stretch.start, .end = stretch.end, .coding = CODING_HEX};
    const struct har_text whole = {text.bytes + stretch.start, stretch.end - stretch.start};
    const bool hex =
        whole.len >= HEX_LEAST && whole.len % 2 == 0 && !letters_of((struct har_text){whole.bytes, HEX_LEAST}).beyond_hex;
    if (hex && is_promising(whole, CODING_HEX, &encoded.packed) && !letters_of(whole).beyond_hex) {
        if (engine->depth > REDACT_DEPTH_MOST)
            engine->undecodable = true;
        else
            look_at(engine, &encoded, edits);
        return;
    }
    encoded.coding = CODING_BASE64;
    for (unsigned starts = 0; starts < STARTS_MOST && stretch.end - encoded.start >= STRETCH_LEAST; starts++) {
        const struct har_text part = {text.bytes + encoded.start, stretch.end - encoded.start};
        if (is_promising(part, CODING_BASE64, &encoded.packed)) {
            if (engine->depth > REDACT_DEPTH_MOST) {
                engine->undecodable = true;
                return;
            }
            if (look_from(engine, &encoded, stretch.end, edits)) {
                encoded.start = encoded.end;
                continue;
            }
        }
        while (encoded.start < stretch.end && !is_sign(text.bytes[encoded.start]))
            encoded.start++;
        encoded.start += encoded.start < stretch.end;
    }
}

void redact_find_encoded(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    struct stretch stretch = {0};
    while (!engine->failed && stretch_find(text, stretch.end, &stretch)) {
        const size_t start = escape_behind(text, stretch.start); /* "%20" before base64, "\\n" */
        stretch.start = start < stretch.end ? start : stretch.end;
        look_at_stretch(engine, text, stretch, edits);
    }
}

/* ---- bodies */

static void search_body(struct redact_engine *engine, struct encoded *encoded, struct redact_edits *edits)
{
    struct level *const level = redact_level_take(engine), *const other = redact_level_take(engine);
    if (level && other && base64_any_decode(part_of(encoded), &level->plain)) {
        redact_search(engine->dictionary, held(&level->plain), &level->edits);
        redact_edits_settle(&level->edits, held(&level->plain));
        if (level->edits.count)
            encode_again(encoded, &level->plain, level, other, edits);
    } else {
        engine->undecodable = true;
    }
    redact_level_give(engine, other);
    redact_level_give(engine, level);
}

static enum content_kind body_kind(struct har_text base64, enum packed_form *packed)
{
    char room[BODY_FRONT];
    const struct har_text part = {base64.bytes, base64.len < BODY_FRONT ? base64.len : BODY_FRONT};
    const struct har_text front = {room, base64_any_front(part, room)};
    const enum content_kind kind = front.len ? content_kind(front) : CONTENT_TEXT;
    *packed = kind == CONTENT_PACKED ? packed_form(front) : PACKED_NOT;
    return kind;
}

/* Bytes that hold texts as they are, if any: nothing is learned from them. */
static void search_once(struct redact_engine *engine, struct encoded *encoded, struct redact_edits *edits)
{
    enum { TAG = 0xff }; /* none of redact_level() */
    if (!redact_sealed(engine->dictionary))
        return;
    const uint64_t key = engine->clean ? clean_key(engine->clean, part_of(encoded), TAG) : 0;
    if (engine->clean && clean_ask(engine->clean, key))
        return;
    const size_t before = edits->count;
    search_body(engine, encoded, edits);
    if (engine->clean && edits->count == before && !engine->undecodable && !engine->failed)
        clean_tell(engine->clean, key, CLEAN_SEARCHED);
}

/* Nothing in front tells a raw deflate stream: it is one when all of it is, and makes a text. Nor brotli, which a header tells. */
static bool look_at_as(struct redact_engine *engine, struct encoded encoded, enum packed_form packed, struct redact_edits *edits)
{
    encoded.packed = packed;
    engine->depth++;
    const bool good = look_at(engine, &encoded, edits);
    engine->depth--;
    return good;
}

void redact_find_body(struct redact_engine *engine, struct har_text base64, struct redact_body body, struct redact_edits *edits)
{
    const bool binary = body.binary;
    struct encoded encoded = {.text = base64, .end = base64.len, .how = body.how, .body = true};
    while (encoded.end && (unsigned char)base64.bytes[encoded.end - 1] <= ' ')
        encoded.end--;
    const enum content_kind kind = body_kind(part_of(&encoded), &encoded.packed);
    if (!encoded.end || engine->failed)
        return;
    if (body.brotli && look_at_as(engine, encoded, PACKED_BROTLI, edits))
        return;
    if (kind == CONTENT_MEDIA || (kind == CONTENT_UNKNOWN && binary)) { /* the most part of what captures hold */
        search_once(engine, &encoded, edits);
        return;
    }
    if (kind == CONTENT_UNKNOWN && look_at_as(engine, encoded, PACKED_RAW, edits))
        return;
    engine->depth++;
    engine->undecodable |= kind == CONTENT_UNKNOWN || kind == CONTENT_DOCUMENT;
    const bool good = look_at(engine, &encoded, edits);
    if (!good && binary) { /* it only begins like something that is packed */
        search_once(engine, &encoded, edits);
    } else if (!good) {
        engine->undecodable = true;
        encoded.packed = PACKED_NOT;
        if (!look_at(engine, &encoded, edits))
            redact_level(engine, base64, body.how, edits);
    }
    engine->depth--;
}
