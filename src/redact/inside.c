/* Objects and arrays under a secret name: all that is in them goes. */
#include <string.h>

#include "redact/text.h"

enum { IN_VAIN_MOST = 8 }; /* so many times the text's length may be read for what then is code */

/* A piece of data: a string, a number, a word, or one byte of the rest. */
struct piece {
    size_t start, end, next; /* of strings without the quotes */
    unsigned char kind;      /* '"' '0' 'a' or the byte itself; 0: the end */
    bool key;                /* a string with a colon behind it */
};

static bool is_word(const struct text_scan *scan, const struct piece *piece)
{
    static const char *const words[] = {"true", "false", "null", "None", "True", "False", "NaN", "undefined"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (piece->end - piece->start == strlen(words[i]) && !memcmp(scan->text.bytes + piece->start, words[i], strlen(words[i])))
            return true;
    return piece->end == scan->text.len; /* cut */
}

/* False: that is no data. */
static bool next_piece(const struct text_scan *scan, size_t at, struct piece *piece)
{
    struct text_quote quote;
    while (at < scan->text.len && (text_at(scan, at) == ' ' || (text_at(scan, at) >= '\t' && text_at(scan, at) <= '\r')))
        at++;
    const unsigned char c = text_at(scan, at);
    *piece = (struct piece){.start = at, .end = at + 1, .next = at + 1, .kind = c};
    if (at >= scan->text.len)
        return true;
    if (text_quote_at(scan, at, &quote)) {
        piece->kind = '"';
        piece->start += quote.len;
        piece->end = text_value_end(scan, piece->start, &quote, &piece->next);
        piece->key = text_at(scan, text_skip_blanks(scan, piece->next)) == ':';
        return true;
    }
    if (c && strchr("{}[],:", c))
        return true;
    const bool number = c == '-' || (c >= '0' && c <= '9');
    while (text_is_name_byte(text_at(scan, piece->end)) && !strchr("[]", text_at(scan, piece->end)))
        piece->end++;
    piece->next = piece->end;
    piece->kind = number ? '0' : 'a';
    return number || is_word(scan, piece) || c == '\\';
}

/* Where the object or array ends; 0: it is code. Who nests code in data, to have all of it read again and again, gets it for data.
 */
static size_t end_of(struct text_scan *scan, size_t at)
{
    const bool strict = scan->in_vain / IN_VAIN_MOST <= scan->text.len;
    size_t depth = 0;
    struct piece piece = {.next = at};
    do {
        if (!next_piece(scan, piece.next, &piece) && strict) {
            scan->in_vain += piece.start - at;
            return 0;
        }
        depth += piece.kind == '{' || piece.kind == '[';
        depth -= piece.kind == '}' || piece.kind == ']';
    } while (depth && piece.kind);
    return piece.kind ? piece.next : scan->text.len;
}

size_t text_take_inside(struct text_scan *scan, const struct text_name *name, size_t at)
{
    const size_t end = end_of(scan, at);
    struct text_name key = *name;
    struct piece piece = {.next = at};
    while (piece.next < end) {
        next_piece(scan, piece.next, &piece);
        const struct har_text value = {scan->text.bytes + piece.start, piece.end - piece.start};
        if (piece.key) {
            key.start = piece.start;
            key.end = piece.end;
        } else if (piece.kind == '"' && !text_looks_literal(value)) {
            text_take_quoted(scan, name, TEXT_JSON, piece.start, piece.end);
        } else if (piece.kind == '0' && value.len > 1 && !text_number_counts(scan, &key)) {
            redact_secret_as(scan->engine, scan->text, piece.start, piece.end, name->verdict.rule, REDACT_SECRET_NUMBER,
                             scan->edits);
        }
    }
    return end;
}
