/* Names as they are compared: escapes taken away, letters in lower case and without marks, nothing between them. */
#include "redact/rules_in.h"

#include "util/percent.h"
#include "util/text.h"
#include "util/utf8.h"

enum {
    RAW_MOST = 1024, /* of a name with escapes so much of its end is read */
    ROUNDS_MOST = 3, /* of escapes in each other */
};

/* Latin letters with marks, U+00C0 to U+017F, as letters without; ' ' is none. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* Half-width Katakana, U+FF66 to U+FF9D, as wide ones: offsets from U+30A0. */
static const unsigned char kana[] = {0x52, 0x01, 0x03, 0x05, 0x07, 0x09, 0x43, 0x45, 0x47, 0x23, 0x5c, 0x02, 0x04, 0x06,
                                     0x08, 0x0a, 0x0b, 0x0d, 0x0f, 0x11, 0x13, 0x15, 0x17, 0x19, 0x1b, 0x1d, 0x1f, 0x21,
                                     0x24, 0x26, 0x28, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x32, 0x35, 0x38, 0x3b, 0x3e,
                                     0x3f, 0x40, 0x41, 0x42, 0x44, 0x46, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4f, 0x53};

/* Folded ASCII; 0: what names are compared without. */
static inline char fold_ascii(char c)
{
    return text_is_letter(c) ? text_lower(c) : text_is_digit(c) ? c : '\0';
}

static bool is_mark(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36f) || (cp >= 0x200b && cp <= 0x200f) || cp == 0xfeff || cp == 0xad || cp == 0x2060 ||
           (cp >= 0xfe00 && cp <= 0xfe0f);
}

static bool is_space(uint32_t cp)
{
    return cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x205f || cp == 0x3000 || cp == 0xb7 ||
           cp == 0x30fb;
}

/* Letters that only look different, as those of ASCII; others as they are. */
static uint32_t fold_form(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e)
        return cp - 0xff01 + '!';
    if (cp >= 0x1d400 && cp <= 0x1d6a3) {
        const uint32_t letter = (cp - 0x1d400) % 52;
        return letter < 26 ? 'a' + letter : 'a' + letter - 26;
    }
    if (cp >= 0x1d7ce && cp <= 0x1d7ff)
        return '0' + (cp - 0x1d7ce) % 10;
    if (cp >= 0x24b6 && cp <= 0x24e9)
        return 'a' + (cp - 0x24b6) % 26;
    if (cp >= 0xff66 && cp <= 0xff9d)
        return 0x30a0 + kana[cp - 0xff66];
    return cp;
}

static uint32_t fold_case(uint32_t cp)
{
    if (cp >= 0xc0 && cp <= 0x17f)
        return latin[cp - 0xc0] != ' ' ? (unsigned char)latin[cp - 0xc0] : cp;
    if (cp >= 0x391 && cp <= 0x3a9)
        cp += 0x20;
    else if (cp >= 0x410 && cp <= 0x42f)
        cp += 0x20;
    else if (cp >= 0x400 && cp <= 0x40f)
        cp += 0x50;
    switch (cp) {
    case 0x3ac:
        return 0x3b1;
    case 0x3ad:
        return 0x3b5;
    case 0x3ae:
        return 0x3b7;
    case 0x3af:
    case 0x3ca:
        return 0x3b9;
    case 0x3cc:
        return 0x3bf;
    case 0x3cd:
        return 0x3c5;
    case 0x3ce:
        return 0x3c9;
    case 0x3c2:
        return 0x3c3;
    case 0x439:
        return 0x438;
    case 0x451:
        return 0x435;
    case 0x212a:
        return 'k';
    default:
        return cp;
    }
}

size_t fold_character(const char *text, size_t len, char out[8], size_t *count)
{
    uint32_t cp = 0;
    const size_t step = utf8_decode(text, len, &cp);
    *count = 0;
    if (!step) { /* a byte that is no UTF-8 */
        out[0] = text[0];
        *count = 1;
        return 1;
    }
    if (is_mark(cp) || is_space(cp))
        return step;
    if (cp == 0xdf || cp == 0x1e9e) {
        memcpy(out, "ss", *count = 2);
        return step;
    }
    cp = fold_case(fold_form(cp));
    if (cp < 0x80) {
        out[0] = fold_ascii((char)cp);
        *count = out[0] != '\0';
    } else {
        *count = utf8_encode(cp, out);
    }
    return step;
}

/* The marks that make Japanese sounds voiced, when they stand by themselves: how far behind the plain letter the other is. */
static unsigned voiced(const char *text, size_t len)
{
    uint32_t cp = 0;
    utf8_decode(text, len, &cp);
    return cp == 0xff9e || cp == 0x3099 ? 1 : cp == 0xff9f || cp == 0x309a ? 2 : 0;
}

/* ---- escapes */

static size_t put_character(uint32_t cp, char *out)
{
    const size_t len = utf8_encode(cp, out);
    if (!len)
        *out = '?';
    return len ? len : 1;
}

static size_t number_entity(const char *text, size_t len, uint32_t *cp)
{
    const bool hex = len > 3 && text_lower(text[2]) == 'x';
    size_t at = hex ? 3 : 2;
    const size_t first = at;
    *cp = 0;
    for (; at < len && at < 12; at++) {
        const int digit = text_hex(text[at]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        *cp = *cp * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (at == first || *cp > 0x10ffff)
        return 0;
    return at < len && text[at] == ';' ? at + 1 : at;
}

/* &amp; and the like stand for what names are compared without: a blank does. */
static size_t entity(const char *text, size_t len, uint32_t *cp)
{
    if (len > 2 && text[1] == '#')
        return number_entity(text, len, cp);
    size_t at = 1;
    while (at < len && at < 10 && text_is_letter(text[at]))
        at++;
    if (at == 1 || at >= len || text[at] != ';')
        return 0;
    *cp = ' ';
    return at + 1;
}

static size_t backslash(const char *text, size_t len, uint32_t *cp)
{
    if (len < 2)
        return 0;
    const size_t digits = text_lower(text[1]) == 'u' ? 4 : text_lower(text[1]) == 'x' ? 2 : 0;
    if (!digits) {
        *cp = ' ';
        return text_is_letter(text[1]) || text_is_digit(text[1]) ? 1 : 2;
    }
    size_t at = 2;
    *cp = 0;
    for (; at < 2 + digits; at++) {
        const int digit = at < len ? text_hex(text[at]) : -1;
        if (digit < 0)
            return 0;
        *cp = *cp * 16 + (uint32_t)digit;
    }
    return at;
}

/* Takes one layer of escapes away, in place; true when there was one. */
static bool take_escapes(char *text, size_t *len)
{
    size_t out = 0;
    bool changed = false;
    for (size_t at = 0; at < *len;) {
        unsigned char byte = 0;
        uint32_t cp = 0;
        size_t taken = text[at] == '%' ? percent_escape(text + at, *len - at, &byte) : 0;
        if (taken) {
            text[out++] = (char)byte;
        } else {
            taken = text[at] == '&'    ? entity(text + at, *len - at, &cp)
                    : text[at] == '\\' ? backslash(text + at, *len - at, &cp)
                                       : 0;
            if (taken)
                out += put_character(cp, text + out);
        }
        changed |= taken > 0;
        if (!taken)
            text[out++] = text[at];
        at += taken ? taken : 1;
    }
    *len = out;
    return changed;
}

/* ---- the whole name */

/* What the last character was, for the beginnings of parts. */
enum sort { SORT_NONE, SORT_LOWER, SORT_UPPER, SORT_DIGIT, SORT_OTHER };

static inline bool begins_segment(char c)
{
    return c == '.' || c == '[' || c == ']' || c == ':' || c == '/' || c == '>';
}

struct folding {
    struct folded *to;
    enum sort before;
    bool segment; /* the next character begins one */
};

/* A part begins with a capital that follows a small letter, with one that is followed by a small letter, with a digit or behind
 * one, and behind what is left out. */
static bool begins_part(enum sort before, enum sort now, bool small_next)
{
    if (before == SORT_NONE)
        return true;
    if (now == SORT_UPPER)
        return before != SORT_UPPER || small_next;
    return (now == SORT_DIGIT) != (before == SORT_DIGIT);
}

static void put(struct folding *folding, const char *bytes, size_t count, enum sort now, bool small_next)
{
    struct folded *to = folding->to;
    if (to->len + count > NAME_MOST)
        return;
    if (begins_part(folding->before, now, small_next)) {
        to->starts[to->len / 64] |= UINT64_C(1) << (to->len % 64);
        to->part = to->len;
    }
    if (folding->segment)
        to->segment = to->len;
    folding->segment = false;
    folding->before = now;
    memcpy(to->text + to->len, bytes, count);
    to->len += count;
}

/* Adds a mark to the letter before it. */
static void put_mark(struct folded *to, unsigned mark)
{
    uint32_t cp = 0;
    if (to->len >= 3 && utf8_decode(to->text + to->len - 3, 3, &cp) == 3 && cp >= 0x3041 && cp < 0x30fd)
        utf8_encode(cp + mark, to->text + to->len - 3);
}

static void fold_all(struct har_text name, struct folding *folding)
{
    for (size_t at = 0; at < name.len;) {
        const char c = name.bytes[at];
        if (c & 0x80) {
            char out[8];
            size_t count;
            const unsigned mark = voiced(name.bytes + at, name.len - at);
            at += fold_character(name.bytes + at, name.len - at, out, &count);
            if (mark)
                put_mark(folding->to, mark);
            else if (count)
                put(folding, out, count, text_is_letter(out[0]) ? SORT_LOWER : SORT_OTHER, false);
            continue;
        }
        const char plain = fold_ascii(c);
        at++;
        if (!plain) {
            folding->before = SORT_NONE;
            folding->segment |= begins_segment(c);
        } else {
            const bool upper = c != plain;
            const bool small_next = upper && at < name.len && name.bytes[at] >= 'a' && name.bytes[at] <= 'z';
            put(folding, &plain, 1, upper ? SORT_UPPER : text_is_digit(c) ? SORT_DIGIT : SORT_LOWER, small_next);
        }
    }
}

static bool has_escape(struct har_text name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.bytes[i] == '%' || name.bytes[i] == '&' || name.bytes[i] == '\\')
            return true;
    return false;
}

static struct har_text end_of(struct har_text name, size_t most)
{
    return name.len > most ? (struct har_text){name.bytes + name.len - most, most} : name;
}

/* Of an address whose escapes are taken away the name of the parameter: "x" of "http://example.com/cookie-sync?x". */
static struct har_text behind_query(struct har_text name)
{
    const char *const query = name.len ? memrchr(name.bytes, '?', name.len) : NULL;
    const size_t before = query ? (size_t)(query - name.bytes) : 0;
    if (before && before + 1 < name.len && memchr(name.bytes, '/', before))
        text_take(&name, before + 1, 0);
    return name;
}

/* Names without escapes and marks, which most are, in one go. */

enum plain { _, L, U, D, S, E }; /* left out, small, capital, digit, left out and a segment ends, an escape or a query */

static const uint8_t plain[128] = {
    _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, E, E, _, _, _, _,
    _, _, _, S, S, D, D, D, D, D, D, D, D, D, D, S, _, _, _, S, E, _, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, S, E, S, _, _, _, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, _, _, _, _, _,
};

/* False: the name is not such a one. */
static bool fold_plain(struct har_text name, struct folded *folded)
{
    size_t len = 0, segment = 0, part = 0;
    unsigned before = _;
    bool ended = false;
    for (size_t i = 0; i < name.len; i++) {
        const unsigned char c = (unsigned char)name.bytes[i];
        const unsigned now = c < 0x80 ? plain[c] : E;
        if (now == E)
            return false;
        if (now == _ || now == S) {
            before = _;
            ended |= now == S;
            continue;
        }
        const bool small_next = now == U && i + 1 < name.len && name.bytes[i + 1] >= 'a' && name.bytes[i + 1] <= 'z';
        if (before != now ? before == _ || now == U || now == D || before == D : small_next) {
            folded->starts[len / 64] |= UINT64_C(1) << (len % 64);
            part = len;
        }
        segment = ended ? len : segment;
        ended = false;
        before = now;
        folded->text[len++] = (char)(now == U ? c | 0x20 : c);
    }
    folded->len = len;
    folded->segment = segment;
    folded->part = part;
    return true;
}

void fold_name(struct har_text name, struct folded *folded)
{
    char raw[RAW_MOST];
    struct folding folding = {folded, SORT_NONE, false};
    folded->len = folded->segment = folded->part = 0;
    memset(folded->starts, 0, sizeof folded->starts);
    if (fold_plain(end_of(name, NAME_MOST), folded)) {
        memset(folded->text + folded->len, 0, 8);
        return;
    }
    memset(folded->starts, 0, sizeof folded->starts);
    name = end_of(name, RAW_MOST);
    if (has_escape(name)) {
        memcpy(raw, name.bytes, name.len);
        name.bytes = raw;
        for (int round = 0; round < ROUNDS_MOST && take_escapes(raw, &name.len); round++)
            ;
    }
    fold_all(end_of(behind_query(name), NAME_MOST), &folding);
    memset(folded->text + folded->len, 0, 8);
}
