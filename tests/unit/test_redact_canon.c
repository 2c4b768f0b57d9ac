/* The canonical view has short cuts for what is simple. Here it is made the long way, byte by byte, and both are the same for
 * random texts of escapes and pieces of them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "redact/canon.h"
#include "util/text.h"

Suite *suite_redact_canon(void);

enum { TEXT_MOST = 1 << 12, REACH = 12 /* bytes of the longest escape */ };

/* The long way: what was decoded so far, and where each byte of it came from. */
struct view {
    unsigned char byte[TEXT_MOST];
    size_t from[TEXT_MOST];
    size_t len;
};

static void put(struct view *view, unsigned code, size_t from)
{
    unsigned char byte = (unsigned char)code;
    if (byte >= 'A' && byte <= 'Z')
        byte += 'a' - 'A';
    else if (byte == '+' || byte == ' ')
        byte = '-';
    else if (byte == '/')
        byte = '_';
    view->byte[view->len] = byte;
    view->from[view->len++] = from;
}

static void put_character(struct view *view, unsigned long code, size_t from)
{
    const unsigned char *last = view->byte + view->len - 3;
    if (code >= 0xdc00 && code < 0xe000 && view->len >= 3 && last[0] == 0xed && (last[1] & 0xf0) == 0xa0) {
        const unsigned long high = 0xd000 + (last[1] & 0x3ful) * 64 + (last[2] & 0x3ful);
        view->len -= 3;
        from = view->from[view->len];
        code = 0x10000 + (high - 0xd800) * 0x400 + (code - 0xdc00);
    }
    if (code < 0x80) {
        put(view, (unsigned)code, from);
        return;
    }
    const unsigned more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    put(view, (unsigned)((0xf80u >> more & 0xff) | code >> 6 * more), from);
    for (unsigned i = more; i--;)
        put(view, (unsigned)(0x80 | (code >> 6 * i & 63)), from);
}

static bool digits(const unsigned char *text, size_t len, int base, long *code)
{
    char copy[REACH + 1];
    if (!len || len > REACH)
        return false;
    memcpy(copy, text, len);
    copy[len] = 0;
    *code = strtol(copy, NULL, base);
    return strspn(copy, base == 16 ? "0123456789abcdef" : "0123456789") == len && *code <= 0x10ffff;
}

static const struct {
    const char *name;
    unsigned char byte;
} entities[] = {{"amp", '&'},  {"lt", '<'},   {"gt", '>'},      {"num", '#'},    {"tab", '\t'}, {"newline", '\n'},
                {"bsol", '\\'}, {"plus", '+'}, {"percnt", '%'}, {"equals", '='}, {"ast", '*'},  {"nbsp", ' '}};

/* What the last bytes from `at` on stand for, when they are an escape. */
static bool reads(const struct view *view, size_t at, long *code)
{
    const unsigned char *text = view->byte + at;
    const size_t len = view->len - at;
    if (text[0] == '%' && len == 3)
        return digits(text + 1, 2, 16, code);
    if ((text[0] == '%' || text[0] == '\\') && text[1] == 'u' && len == 6 && digits(text + 2, 4, 16, code))
        return true;
    if (text[0] == '\\' && text[1] == 'x' && len == 4)
        return digits(text + 2, 2, 16, code);
    if (text[0] == '\\' && text[1] == 'u' && text[2] == '{' && len > 4 && text[len - 1] == '}')
        return digits(text + 3, len - 4, 16, code);
    if (text[0] == '\\' && len == 2) {
        static const char letters[] = "nrtbfv\"'_\\", bytes[] = "\n\r\t\b\f\v\"'/\\";
        const char *found = memchr(letters, text[1], sizeof letters - 1);
        *code = found ? bytes[found - letters] : 0;
        return found != NULL;
    }
    if (text[0] != '&' || text[len - 1] != ';')
        return false;
    if (text[1] == '#')
        return text[2] == 'x' ? len > 3 && digits(text + 3, len - 4, 16, code) : digits(text + 2, len - 3, 10, code);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == len - 2 && !memcmp(entities[i].name, text + 1, len - 2)) {
            *code = entities[i].byte;
            return true;
        }
    return false;
}

/* Decodes an escape that ends with the last byte. Two that begin at different places cannot end with the same byte, but for "&" and
 * "\" in the inside of one, which the nearest wins. */
static bool shorten(struct view *view)
{
    if (view->byte[view->len - 1] == '\n') {
        const unsigned char *end = view->byte + view->len;
        view->len -= view->len > 1 && end[-2] == '=' ? 2 : view->len > 2 && end[-2] == '\r' && end[-3] == '=' ? 3 : 0;
        return false;
    }
    for (size_t back = 2; back <= REACH && back <= view->len; back++) {
        const size_t at = view->len - back, from = view->from[at];
        const bool byte = view->byte[at] == '%' && back == 3;
        long code;
        if (!reads(view, at, &code))
            continue;
        view->len = at;
        if (byte)
            put(view, (unsigned)code, from);
        else
            put_character(view, (unsigned long)code, from);
        return true;
    }
    return false;
}

static bool is_capital_digit(char c)
{
    return c && strchr("0123456789ABCDEF", c);
}

static bool has_soft_break(struct har_text text)
{
    for (size_t i = 0; i < text.len; i++)
        for (unsigned end = 0; end < 4; end++) {
            static const char *const ends[] = {"=\n", "=\r\n", "=\\n", "=\\r\\n"};
            if (text.len - i >= strlen(ends[end]) && !memcmp(text.bytes + i, ends[end], strlen(ends[end])))
                return true;
        }
    return false;
}

/* A backslash behind one that was an escape is the first of the next escape. */
static bool begins_escape(const struct view *view, struct har_text text, size_t at)
{
    return view->len > 1 && !memcmp(view->byte + view->len - 2, "\\\\", 2) && text.bytes[at] == '\\' && at &&
           text.bytes[at - 1] != '\\';
}

static void view_the_long_way(struct view *view, struct har_text text, bool quoted)
{
    view->len = 0;
    for (size_t at = 0; at < text.len; at++) {
        const char *byte = text.bytes + at;
        put(view, (unsigned char)*byte, at);
        if (quoted && view->len > 2 && view->byte[view->len - 3] == '=' && view->from[view->len - 3] + 2 == at &&
            is_capital_digit(byte[-1]) && is_capital_digit(*byte)) {
            long code = strtol((const char[]){byte[-1], *byte, 0}, NULL, 16);
            view->len -= 3;
            put(view, (unsigned)code, view->from[view->len]);
        }
        while (view->len && !begins_escape(view, text, at) && shorten(view))
            ;
    }
}

static bool same(const struct canon *canon, const struct view *view, size_t source_len)
{
    bool good = canon->len == view->len && !memcmp(canon->bytes, view->byte, view->len);
    for (size_t i = 0; i < view->len && good; i++)
        good = canon_source(canon, i, source_len) == view->from[i];
    return good && canon_source(canon, view->len, source_len) == source_len;
}

/* ---- random texts */

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static const char *const pieces[] = {
    "%",      "\\",       "&",        "=",        "\n",       "\r",        "%41",      "%25",       "%5C",     "%26",      "%3d",
    "%0A",    "%0D",      "%C3",      "%u0041",   "\\u0041",  "\\u005c",   "\\u0026",  "\\ud83d",   "\\ude00", "\\u00e9",
    "\\u{41}",
    "\\x41",  "\\xE9",    "\\n",      "\\r",      "\\\"",     "\\/",       "\\N",      "\\U004E",   "\\d",     "&amp;",    "&#x25;",
    "&#37;",  "&lt;",     "&#xd83d;", "&newline;", "&nbsp;",   "&BSOL;",    "&none;",   "&a=b",      "&&",      "&a&",      "=3D",
    "=41",    "=0A",      "=\n",      "=\\n",     "=\\r\\n",  "=\r\n",     "=\\\"",    "=%0A",      "=&a",     "=\r",      "a",
    "4",      "1",        "25",       "u",        "x",        "n",         "amp;",     "#",         ";",       "lt;",      "x41;",
    " ",      "{",        "}",        "_",        "+",        "\"",        "newline;", "\xc3\xa9", "\xed\xa0\x80", "<a href=\"",
    "a text of many bytes that says nothing", "words and words",
};

static uint32_t make_text(char *text, size_t *len, uint32_t state)
{
    const unsigned count = 1 + next_random(&state) % 40;
    /* Mostly few sorts of pieces: those that belong together then meet. */
    const unsigned sorts = 1 + next_random(&state) % 12, all = sizeof pieces / sizeof *pieces;
    unsigned sort[12];
    for (unsigned i = 0; i < sorts; i++)
        sort[i] = next_random(&state) % all;
    *len = 0;
    for (unsigned i = 0; i < count; i++) {
        const uint32_t random = next_random(&state);
        const char *piece = pieces[random & 0x10000 ? random % all : sort[random % sorts]];
        memcpy(text + *len, piece, strlen(piece));
        *len += strlen(piece);
    }
    return state;
}

START_TEST(short_cuts_change_nothing)
{
    enum { TEXTS = 60000 };
    static struct view view;
    static char made[TEXT_MOST];
    struct canon canon = {0};
    uint32_t state = 2463534242u;
    for (unsigned i = 0; i < TEXTS; i++) {
        size_t len;
        state = make_text(made, &len, state);
        char *bytes = malloc(len); /* of its own, so that reads behind it are seen */
        memcpy(bytes, made, len);
        const struct har_text text = {bytes, len};
        const bool quoted = i % 2, breaks = has_soft_break(text);
        view_the_long_way(&view, text, quoted && breaks);
        const bool good = canon_make(&canon, text, quoted) && canon.soft_breaks == breaks && same(&canon, &view, len);
        ck_assert_msg(good, "text %u, quoted %d: <%.*s>\nis      <%.*s>\ninstead <%.*s>", i, quoted, (int)len, bytes,
                      (int)canon.len, (const char *)canon.bytes, (int)view.len, (const char *)view.byte);
        if (breaks && !canon_may_be_quoted(text)) {
            view_the_long_way(&view, text, false);
            ck_assert_msg(canon_make(&canon, text, true) && same(&canon, &view, len), "text %u: <%.*s>", i, (int)len, bytes);
        }
        free(bytes);
    }
    canon_release(&canon);
}
END_TEST

Suite *suite_redact_canon(void)
{
    Suite *suite = suite_create("redact_canon");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, short_cuts_change_nothing);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    return suite;
}
