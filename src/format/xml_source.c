/* Reading, finding out the encoding, converting, counting. What is no character of the encoding ends the document: it is told
 * as a finding there. Conversion goes character by character, so that offsets of the original bytes are exact. */
#include "format/xml_source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "util/position.h"
#include "util/utf8.h"
#include "util/blank.h"
#include "util/word.h"

enum {
    HEAD = 1024, /* bytes in which the XML declaration ends */
    WINDOW_FIRST = 1 << 17,
    WINDOW_LEAST = 1 << 14, /* room worth asking for */
    RAW = 1 << 14,
    LONGEST = 16, /* bytes of one character in any encoding, shift sequences included */
    NAME = 40,    /* of an encoding */
};

static const char bad_utf8[] = "this is no UTF-8";
static const char bad_encoding[] = "this is no character of the document's encoding";
static const char unknown_encoding[] = "the document's encoding is not known here; convert it, for instance with iconv";
static const char nul_character[] = "a NUL character, which XML cannot hold";

void xml_source_init(struct xml_source *source, struct har_input *input, size_t most)
{
    memset(source, 0, sizeof *source);
    source->input = input;
    source->most = most;
    source->mark = (struct har_place){0, 1, 1};
}

void xml_source_release(struct xml_source *source)
{
    if (source->converting)
        iconv_close(source->converter);
    free(source->bytes);
    free(source->width);
    free(source->raw);
    memset(source, 0, sizeof *source);
}

static void end_early(struct xml_source *source, enum har_rule rule, const char *why)
{
    source->ended = true;
    if (source->why)
        return;
    source->rule = rule;
    source->why = why;
}

/* Room for `room` more bytes; false when memory is short. The bound is watched by whoever takes bytes off the window. */
static bool make_room(struct xml_source *source, size_t room)
{
    if (source->cap - source->len >= room)
        return true;
    size_t cap = source->cap ? source->cap : WINDOW_FIRST;
    while (cap - source->len < room)
        cap *= 2;
    char *bytes = realloc(source->bytes, cap);
    if (!bytes)
        return false;
    source->bytes = bytes;
    unsigned char *width = source->converting ? realloc(source->width, cap) : NULL;
    if (source->converting && !width)
        return false;
    source->width = width;
    source->cap = cap;
    return true;
}

/* One block of the input's own bytes; with broken packed data the document ends there. */
static enum har_status read_block(struct xml_source *source, void *to, size_t room, size_t *got, struct har_error *error)
{
    const enum har_status status = har_input_read(source->input, to, room, got, error);
    source->ended |= status == HAR_EOF;
    if (status != HAR_FATAL || (error->domain != HAR_DOMAIN_DATA && error->domain != HAR_DOMAIN_BOUND))
        return status == HAR_EOF ? HAR_OK : status;
    memcpy(source->packed_fault, error->text, sizeof source->packed_fault);
    end_early(source, HAR_RULE_COMPRESSED_DATA, source->packed_fault);
    return HAR_OK;
}

/* Bytes from `at` on that are whole characters of UTF-8, none of them NUL. A sequence that the window's end cuts is left for
 * later; what is none ends the document. */
static size_t judge(struct xml_source *source, size_t at)
{
    while (at < source->len) {
        if (source->len - at >= WORD_BYTES) {
            const uint64_t word = word_load(source->bytes + at);
            if (!((word | (word - WORD_ONES)) & WORD_TOPS)) { /* ASCII, and no zero among it */
                at += WORD_BYTES;
                continue;
            }
        }
        uint32_t point;
        const size_t len = utf8_decode(source->bytes + at, source->len - at, &point);
        if (!len && source->len - at < 4 && !source->ended)
            break;
        if (!len || !point) {
            end_early(source, HAR_RULE_XML_SYNTAX, len ? nul_character : bad_utf8);
            break;
        }
        at += len;
    }
    return at;
}

static enum har_status read_utf8(struct xml_source *source, struct har_error *error)
{
    const size_t half = source->raw_len; /* bytes of a sequence that was cut */
    size_t got = 0;
    if (!make_room(source, WINDOW_LEAST + LONGEST))
        return har_error_memory(error);
    const enum har_status status =
        read_block(source, source->bytes + source->len + half, source->cap - source->len - half, &got, error);
    if (status < HAR_OK)
        return status;
    const size_t from = source->len;
    source->len += half + got;
    const size_t judged = judge(source, from);
    source->raw_len = source->len - judged; /* they stay behind the window's end */
    source->len = judged;
    return HAR_OK;
}

/* `made` bytes were appended for `used` bytes of the input. */
static bool note_width(struct xml_source *source, size_t made, size_t used)
{
    enum { MOST = 200 };
    if (made) {
        memset(source->width + source->len, 0, made);
        source->width[source->len] = (unsigned char)used;
    } else if (!source->len) {
        source->mark.offset += used; /* a shift before the first character */
    } else if (source->width[source->len - 1] + used > MOST) {
        return false;
    } else {
        source->width[source->len - 1] += (unsigned char)used; /* a shift is counted with what is before it */
    }
    source->len += made;
    return true;
}

/* Converts one character off the front of `raw`: bytes it took, 0: more are needed, or the document ended. */
static size_t convert(struct xml_source *source, const unsigned char *raw, size_t len)
{
    for (size_t take = source->unit; take <= len && take <= LONGEST; take += source->unit) {
        char *in = (char *)(uintptr_t)raw, *out = source->bytes + source->len; /* iconv's prototype is older than const */
        size_t in_left = take, out_left = LONGEST;
        const size_t result = iconv(source->converter, &in, &in_left, &out, &out_left);
        if (result == (size_t)-1 && errno == EINVAL && in_left == take)
            continue;
        const size_t made = LONGEST - out_left, used = take - in_left;
        if (result == (size_t)-1 && errno != EINVAL)
            break;
        if (made && memchr(source->bytes + source->len, 0, made)) {
            end_early(source, HAR_RULE_XML_SYNTAX, nul_character);
            return 0;
        }
        if (!note_width(source, made, used))
            break;
        return used;
    }
    if (source->ended || len >= LONGEST)
        end_early(source, HAR_RULE_XML_SYNTAX, bad_encoding);
    return 0;
}

static enum har_status convert_raw(struct xml_source *source, struct har_error *error)
{
    size_t at = 0, used = 1;
    if (!make_room(source, (source->raw_len + LONGEST) * 4))
        return har_error_memory(error);
    while (at < source->raw_len && (used = convert(source, source->raw + at, source->raw_len - at)) != 0)
        at += used;
    source->raw_len -= at;
    memmove(source->raw, source->raw + at, source->raw_len);
    if (source->ended && !source->why) { /* what the converter may hold back */
        char *out = source->bytes + source->len;
        size_t left = LONGEST;
        iconv(source->converter, NULL, NULL, &out, &left);
        note_width(source, LONGEST - left, 0);
    }
    return HAR_OK;
}

static enum har_status read_converted(struct xml_source *source, struct har_error *error)
{
    size_t got = 0;
    const enum har_status status = read_block(source, source->raw + source->raw_len, RAW - source->raw_len, &got, error);
    if (status < HAR_OK)
        return status;
    source->raw_len += got;
    return convert_raw(source, error);
}

/* What a document's first bytes say about its encoding; `skip` of them are a byte order mark. */
static const struct {
    const char *bytes;
    size_t len, skip;
    const char *encoding;
    size_t unit;
} marks[] = {
    {"\xff\xfe\0\0", 4, 4, "UTF-32LE", 4}, {"\0\0\xfe\xff", 4, 4, "UTF-32BE", 4}, {"<\0\0\0", 4, 0, "UTF-32LE", 4},
    {"\0\0\0<", 4, 0, "UTF-32BE", 4},      {"\xff\xfe", 2, 2, "UTF-16LE", 2},     {"\xfe\xff", 2, 2, "UTF-16BE", 2},
    {"<\0", 2, 0, "UTF-16LE", 2},          {"\0<", 2, 0, "UTF-16BE", 2},          {"\xef\xbb\xbf", 3, 3, "UTF-8", 1},
};

/* The name that the XML declaration in the first bytes gives, to `name`; "UTF-8" when it gives none. */
static void declared(const char *bytes, size_t len, char name[NAME])
{
    memcpy(name, "UTF-8", 6);
    if (len < 6 || memcmp(bytes, "<?xml", 5) != 0 || !is_blank(bytes[5]))
        return;
    const char *end = memmem(bytes, len, "?>", 2);
    const char *at = memmem(bytes, end ? (size_t)(end - bytes) : len, "encoding", 8);
    if (!end || !at)
        return;
    at += 8;
    while (at < end && (is_blank(*at) || *at == '='))
        at++;
    if (at == end || (*at != '"' && *at != '\''))
        return;
    const char *from = at + 1, *to = memchr(from, *at, (size_t)(end - from));
    if (!to || to == from || to - from >= NAME)
        return;
    for (const char *c = from; c < to; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("._-", *c)))
            return; /* no name of an encoding: the parser tells */
    memcpy(name, from, (size_t)(to - from));
    name[to - from] = '\0';
}

static bool is_utf8(const char *name)
{
    static const char *const names[] = {"UTF-8", "UTF8", "US-ASCII", "ASCII"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

/* From here on the window holds what was converted. */
static enum har_status start_converting(struct xml_source *source, const char *encoding, size_t unit, struct har_error *error)
{
    const size_t len = source->len;
    source->converter = iconv_open("UTF-8", encoding);
    if (source->converter == (iconv_t)-1 && errno == ENOMEM)
        return har_error_memory(error);
    if (source->converter == (iconv_t)-1) {
        source->len = 0;
        end_early(source, HAR_RULE_XML_SYNTAX, unknown_encoding);
        return HAR_OK;
    }
    source->converting = true;
    source->unit = unit;
    source->raw = malloc(RAW);
    source->width = malloc(source->cap);
    if (!source->raw || !source->width)
        return har_error_memory(error);
    memcpy(source->raw, source->bytes, len);
    source->raw_len = len;
    source->len = 0;
    return convert_raw(source, error);
}

static void skip_mark(struct xml_source *source, size_t skip)
{
    source->mark.offset = skip;
    source->len -= skip;
    memmove(source->bytes, source->bytes + skip, source->len);
}

/* The first bytes, as many as the XML declaration may have; then the encoding. */
static enum har_status begin(struct xml_source *source, struct har_error *error)
{
    char name[NAME];
    if (!make_room(source, WINDOW_LEAST + LONGEST))
        return har_error_memory(error);
    while (!source->ended && source->len < HEAD) {
        size_t got = 0;
        const enum har_status status = read_block(source, source->bytes + source->len, HEAD - source->len, &got, error);
        if (status < HAR_OK)
            return status;
        source->len += got;
    }
    source->begun = true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (source->len >= marks[i].len && memcmp(source->bytes, marks[i].bytes, marks[i].len) == 0) {
            skip_mark(source, marks[i].skip);
            if (marks[i].unit > 1)
                return start_converting(source, marks[i].encoding, marks[i].unit, error);
            break;
        }
    declared(source->bytes, source->len, name);
    if (!is_utf8(name) && !source->mark.offset)
        return start_converting(source, name, 1, error);
    const size_t len = source->len;
    const size_t judged = judge(source, 0);
    source->raw_len = len - judged;
    source->len = judged;
    return HAR_OK;
}

enum har_status xml_source_read(struct xml_source *source, struct har_error *error)
{
    if (source->ended)
        return HAR_OK;
    if (!source->begun)
        return begin(source, error);
    return source->converting ? read_converted(source, error) : read_utf8(source, error);
}

void xml_source_drop(struct xml_source *source, size_t len)
{
    if (source->mark_at < len)
        xml_source_place(source, len, true);
    const size_t rest = source->len - len + (source->converting ? 0 : source->raw_len);
    memmove(source->bytes, source->bytes + len, rest);
    if (source->converting)
        memmove(source->width, source->width + len, rest);
    source->len -= len;
    source->mark_at -= len;
    if (source->cap > WINDOW_FIRST * 16 && rest < WINDOW_FIRST / 2 && !source->converting) {
        char *bytes = realloc(source->bytes, WINDOW_FIRST); /* what a giant tag or comment needed is given back */
        source->bytes = bytes ? bytes : source->bytes;
        source->cap = bytes ? WINDOW_FIRST : source->cap;
    }
}

struct har_place xml_source_place(struct xml_source *source, size_t at, bool keep)
{
    struct har_place place = source->mark;
    position_advance(&place, source->bytes + source->mark_at, at - source->mark_at);
    if (source->converting) {
        place.offset = source->mark.offset;
        for (size_t i = source->mark_at; i < at; i++)
            place.offset += source->width[i];
    }
    if (keep) {
        source->mark = place;
        source->mark_at = at;
    }
    return place;
}
