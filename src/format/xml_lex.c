/* The extent of markup, no more: whether it is well-formed is the parser's to say. */
#include "format/xml_lex.h"

#include <string.h>

enum {
    PIECE = 1 << 12,     /* pieces are about so long */
    TEXT = 1 << 14,      /* a run of text is cut when it is longer */
    REFERENCE = 64,      /* no character reference is longer */
    NEAR_ROOT = 3,       /* har, log, pages and entries: what lies below is an item */
    MOST_ATTRIBUTES = 64 /* more than any element of the vocabulary has, its namespaces included */
};

void xml_lex_drop(struct xml_lex *lex, size_t len)
{
    lex->from -= len;
    lex->at -= len;
    lex->scan -= len;
}

static const struct {
    const char *begin, *end;
    enum xml_lex_kind kind;
} brackets[] = {
    {"<!--", "-->", XML_LEX_COMMENT},
    {"<![CDATA[", "]]>", XML_LEX_CDATA},
    {"<?", "?>", XML_LEX_PI},
    {"</", ">", XML_LEX_END_TAG},
};

enum { ROWS = sizeof brackets / sizeof *brackets, LONGEST_BEGIN = 9 };

enum xml_lex_kind xml_lex_kind(const struct xml_lex *lex, const char *bytes, size_t len)
{
    const char *at = bytes + lex->at;
    const size_t left = len - lex->at;
    if (!left || *at != '<')
        return XML_LEX_TEXT;
    for (size_t i = 0; i < ROWS; i++)
        if (left >= strlen(brackets[i].begin) && memcmp(at, brackets[i].begin, strlen(brackets[i].begin)) == 0)
            return brackets[i].kind;
    return left > 1 && at[1] == '!' ? XML_LEX_OTHER : XML_LEX_TAG;
}

/* Where a run of text that starts at `from` may be cut: not in a character, a reference, a line end, a ]]>. */
static size_t text_cut(const char *bytes, size_t from, size_t to)
{
    size_t cut = to;
    while (cut > from && ((unsigned char)bytes[cut] & 0xc0) == 0x80)
        cut--;
    const size_t near = cut - from > REFERENCE ? cut - REFERENCE : from;
    const char *ampersand = memrchr(bytes + near, '&', cut - near);
    if (ampersand && !memchr(ampersand, ';', (size_t)(bytes + cut - ampersand)))
        cut = (size_t)(ampersand - bytes);
    while (cut > from && (bytes[cut - 1] == '\r' || bytes[cut - 1] == ']'))
        cut--;
    return cut > from ? cut : to;
}

/* Each of these looks for the end of the construct at lex->at, from lex->scan on: XML_LEX_PIECE and lex->scan behind it. */
static enum xml_lex_event text_end(struct xml_lex *lex, const char *bytes, size_t len, bool ended)
{
    const char *found = memchr(bytes + lex->scan, '<', len - lex->scan);
    lex->scan = found ? (size_t)(found - bytes) : len;
    if (lex->scan - lex->at > TEXT) {
        lex->scan = text_cut(bytes, lex->at, lex->at + TEXT);
        return XML_LEX_PIECE;
    }
    return found || ended ? XML_LEX_PIECE : XML_LEX_MORE;
}

static enum xml_lex_event tag_end(struct xml_lex *lex, const char *bytes, size_t len)
{
    for (; lex->scan < len; lex->scan++) {
        const char c = bytes[lex->scan];
        if (lex->quote) {
            const char *close = memchr(bytes + lex->scan, lex->quote, len - lex->scan);
            const size_t to = close ? (size_t)(close - bytes) : len;
            const char *less = memchr(bytes + lex->scan, '<', to - lex->scan);
            lex->scan = less ? (size_t)(less - bytes) : to;
            if (less)
                return XML_LEX_LESS_THAN;
            if (!close)
                return XML_LEX_MORE;
            lex->quote = '\0';
        } else if (c == '"' || c == '\'') {
            lex->quote = c;
        } else if (c == '>') {
            lex->scan++;
            return XML_LEX_PIECE;
        } else if (c == '<') {
            return XML_LEX_LESS_THAN;
        } else if (c == '=' && ++lex->equal > MOST_ATTRIBUTES) {
            return XML_LEX_ATTRIBUTES;
        }
    }
    return XML_LEX_MORE;
}

static enum xml_lex_event bracket_end(struct xml_lex *lex, const char *bytes, size_t len, enum xml_lex_kind kind)
{
    size_t row = 0;
    while (brackets[row].kind != kind)
        row++;
    const size_t begin = strlen(brackets[row].begin), end = strlen(brackets[row].end);
    const size_t from = lex->scan > lex->at + begin + end ? lex->scan - end : lex->at + begin;
    const char *found = from < len ? memmem(bytes + from, len - from, brackets[row].end, end) : NULL;
    lex->scan = found ? (size_t)(found - bytes) + end : len;
    return found ? XML_LEX_PIECE : XML_LEX_MORE;
}

/* The end of the construct at lex->at. */
static enum xml_lex_event construct(struct xml_lex *lex, const char *bytes, size_t len, bool ended)
{
    if (bytes[lex->at] == '<' && len - lex->at < LONGEST_BEGIN && !ended)
        return XML_LEX_MORE;
    const enum xml_lex_kind kind = xml_lex_kind(lex, bytes, len);
    enum xml_lex_event event = XML_LEX_DOCTYPE;
    lex->shallow = false;
    if (kind == XML_LEX_TEXT)
        return text_end(lex, bytes, len, ended);
    if (kind == XML_LEX_TAG) {
        lex->scan += lex->scan == lex->at;
        event = tag_end(lex, bytes, len);
    } else if (kind != XML_LEX_OTHER) {
        event = bracket_end(lex, bytes, len, kind);
    } else if (len - lex->at < LONGEST_BEGIN) { /* too little of it to tell what it would be */
        event = XML_LEX_MORE;
    }
    if ((event == XML_LEX_PIECE || event == XML_LEX_MORE) && lex->scan - lex->at > lex->most)
        return XML_LEX_LARGE;
    if (event == XML_LEX_MORE && ended)
        return XML_LEX_CUT;
    if (event != XML_LEX_PIECE || (kind != XML_LEX_TAG && kind != XML_LEX_END_TAG))
        return event;
    const bool empty = kind == XML_LEX_TAG && bytes[lex->scan - 2] == '/';
    if (kind == XML_LEX_TAG && lex->depth == lex->deepest)
        return XML_LEX_DEEP;
    lex->shallow = lex->depth <= NEAR_ROOT;
    if (kind == XML_LEX_TAG && !empty)
        lex->depth++;
    else if (kind == XML_LEX_END_TAG && lex->depth)
        lex->depth--;
    lex->shallow |= lex->depth <= NEAR_ROOT;
    return event;
}

enum xml_lex_event xml_lex_next(struct xml_lex *lex, const char *bytes, size_t len, bool ended)
{
    for (;;) {
        if (lex->at == len) {
            if (!ended)
                return XML_LEX_MORE;
            return lex->from < lex->at ? XML_LEX_PIECE : XML_LEX_END;
        }
        const enum xml_lex_event event = construct(lex, bytes, len, ended);
        if (event == XML_LEX_MORE)
            return event;
        if (event == XML_LEX_PIECE)
            lex->at = lex->scan;
        lex->scan = lex->at;
        lex->quote = '\0';
        lex->equal = 0;
        if (event != XML_LEX_PIECE) /* what comes before it is taken first, then it is looked at again */
            return lex->from < lex->at ? XML_LEX_PIECE : event;
        if (lex->shallow || lex->at - lex->from >= PIECE)
            return XML_LEX_PIECE;
    }
}
