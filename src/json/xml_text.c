/* JSON strings to XML text: runs are copied, bytes that mean something in either language are looked up in a table. */
#include "json/xml_text.h"

#include <string.h>

#include "json/text.h"
#include "util/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* More than any step of the loops below writes: a block that is copied and what stands for the byte behind it. With the room that
 * is asked for, a character is always finished. */
enum { STEP = 24 };

#define TEXT(literal)                                                                                                              \
    {                                                                                                                              \
        literal, sizeof(literal) - 1                                                                                               \
    }

/* What stands for a character that must not stand for itself. Those of the second list may do so in text. */
static const struct entity {
    const char *bytes;
    size_t len;
} entity_of[256] =
    {
        ['&'] = TEXT("&amp;"),
        ['<'] = TEXT("&lt;"),
        ['>'] = TEXT("&gt;"),
        ['\r'] = TEXT("&#13;"),
},
  attribute_entity_of[256] = {
      ['&'] = TEXT("&amp;"),  ['<'] = TEXT("&lt;"),  ['>'] = TEXT("&gt;"),   ['\r'] = TEXT("&#13;"),
      ['"'] = TEXT("&quot;"), ['\t'] = TEXT("&#9;"), ['\n'] = TEXT("&#10;"),
};

/* Bytes that cannot be copied as they stand in a JSON string. */
static const bool special[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['\\'] = true};

/* What a letter behind a backslash stands for, where that is one byte. */
static const char letter_of[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};

static bool carries_point(uint32_t point)
{
    if (point < 0x20)
        return point == '\t' || point == '\n' || point == '\r';
    return (point < 0xd800 || point > 0xdfff) && point != 0xfffe && point != 0xffff;
}

/* U+FFFE or U+FFFF at `at`. */
static inline bool is_noncharacter(const char *at, const char *end)
{
    return end - at >= 3 && at[0] == (char)0xef && at[1] == (char)0xbf && (at[2] == (char)0xbe || at[2] == (char)0xbf);
}

static bool carries_run(const char *at, const char *end)
{
    for (; at < end; at++)
        if ((unsigned char)*at < 0x20 || is_noncharacter(at, end))
            return false;
    return true;
}

/* Piece by piece. */
static bool carries_all(const char *text, size_t len)
{
    struct json_piece piece;
    while (json_text_piece(&text, &len, &piece))
        if (piece.escape ? !carries_point(piece.point) : !carries_run(piece.bytes, piece.bytes + piece.len))
            return false;
    return true;
}

/* Two bytes that may begin, or seem to begin, a character to be looked at. */
static inline bool is_suspect(const char *at)
{
    return at[0] == '\\' ? at[1] == 'u' || at[1] == 'b' || at[1] == 'f' : at[0] == (char)0xef && at[1] == (char)0xbf;
}

bool json_xml_carries(const char *text, size_t len, bool marked)
{
    size_t at = 0;
    if (marked)
        return carries_all(text, len);
#if defined(__SSE2__)
    for (; at + 17 <= len; at += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
        const __m128i w = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
        const __m128i letter =
            _mm_or_si128(_mm_cmpeq_epi8(w, _mm_set1_epi8('u')),
                         _mm_or_si128(_mm_cmpeq_epi8(w, _mm_set1_epi8('b')), _mm_cmpeq_epi8(w, _mm_set1_epi8('f'))));
        const __m128i escape = _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')), letter);
        const __m128i high =
            _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xef)), _mm_cmpeq_epi8(w, _mm_set1_epi8((char)0xbf)));
        if (_mm_movemask_epi8(_mm_or_si128(escape, high)))
            return carries_all(text, len);
    }
#endif
    for (; at + 1 < len; at++)
        if (is_suspect(text + at))
            return carries_all(text, len);
    return true;
}

static inline char *put_entity(char *out, struct entity entity)
{
    memcpy(out, entity.bytes, entity.len);
    return out + entity.len;
}

/* A character that was decoded. */
static char *put_point(char *out, uint32_t point, const struct entity *entities)
{
    if (point < 0x80 && entities[point].len)
        return put_entity(out, entities[point]);
    return out + utf8_encode(point, out);
}

/* The escape at *text, decoded. */
static inline char *put_escape(const char **text, const char *end, char *out, const struct entity *entities)
{
    const char letter = end - *text > 1 ? letter_of[(unsigned char)(*text)[1]] : 0;
    if (letter && !entities[(unsigned char)letter].len) {
        *text += 2;
        *out = letter;
        return out + 1;
    }
    size_t left = (size_t)(end - *text);
    struct json_piece piece;
    json_text_piece(text, &left, &piece);
    return put_point(out, piece.point, entities);
}

static inline char *put_special(const char **text, const char *end, char *out, const struct entity *entities)
{
    if (**text == '\\')
        return put_escape(text, end, out, entities);
    return put_entity(out, entities[(unsigned char)*(*text)++]);
}

/* Back to the beginning of a character of which some bytes were copied. */
static size_t stop(const char **text, const char *end, const char *out, const char *from)
{
    if (*text < end)
        while (out > from && ((unsigned char)**text & 0xc0) == 0x80) {
            --*text;
            --out;
        }
    return (size_t)(out - from);
}

static size_t put_text(const char **text, const char *end, char *out, size_t room)
{
    const char *p = *text, *const from = out, *const last = out + room - STEP;
    while (p < end && out <= last) {
#if defined(__SSE2__)
        if (end - p >= 16) {
            const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
            const __m128i angle = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('<')), _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
            const __m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('&')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
            const unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(angle, other));
            _mm_storeu_si128((__m128i *)(void *)out, v);
            const int run = mask ? __builtin_ctz(mask) : 16;
            p += run;
            out += run;
            if (mask)
                out = put_special(&p, end, out, entity_of);
            continue;
        }
#endif
        if (special[(unsigned char)*p])
            out = put_special(&p, end, out, entity_of);
        else
            *out++ = *p++;
    }
    *text = p;
    return stop(text, end, out, from);
}

static size_t put_attribute(const char **text, const char *end, char *out, size_t room)
{
    const char *p = *text, *const from = out, *const last = out + room - STEP;
    while (p < end && out <= last)
        if (*p == '\\' || attribute_entity_of[(unsigned char)*p].len)
            out = put_special(&p, end, out, attribute_entity_of);
        else
            *out++ = *p++;
    *text = p;
    return stop(text, end, out, from);
}

/* One character as JSON's canonical escape if it needs one, else as itself. */
static char *put_spelled(char *out, uint32_t point, const struct entity *entities)
{
    static const char noncharacter[2][7] = {"\\ufffe", "\\uffff"};
    char escape[6];
    const size_t len = json_canonical_escape(point, escape);
    if (!len && (point == 0xfffe || point == 0xffff)) {
        memcpy(out, noncharacter[point - 0xfffe], 6);
        return out + 6;
    }
    if (!len)
        return put_point(out, point, entities);
    for (size_t i = 0; i < len; i++)
        out = put_point(out, (unsigned char)escape[i], entities);
    return out;
}

static size_t put_escaped(const char **text, const char *end, char *out, size_t room, const struct entity *entities)
{
    const char *p = *text, *const from = out, *const last = out + room - STEP;
    while (p < end && out <= last) {
        const unsigned char c = (unsigned char)*p;
        size_t left = (size_t)(end - p);
        struct json_piece piece;
        if (c == '\\') {
            json_text_piece(&p, &left, &piece);
            out = put_spelled(out, piece.point, entities);
        } else if (c < 0x20 || is_noncharacter(p, end)) {
            out = put_spelled(out, c < 0x20 ? c : p[2] == (char)0xbe ? 0xfffe : 0xffff, entities);
            p += c < 0x20 ? 1 : 3;
        } else if (entities[c].len) {
            out = put_entity(out, entities[c]);
            p++;
        } else {
            *out++ = *p++;
        }
    }
    *text = p;
    return stop(text, end, out, from);
}

size_t json_xml_put(const char **text, const char *end, char *out, size_t room, unsigned how)
{
    if (how & JSON_XML_ESCAPED)
        return put_escaped(text, end, out, room, how & JSON_XML_ATTRIBUTE ? attribute_entity_of : entity_of);
    return how & JSON_XML_ATTRIBUTE ? put_attribute(text, end, out, room) : put_text(text, end, out, room);
}
