/* What the finders of names and patterns in texts share. */
#ifndef REDACT_TEXT_H
#define REDACT_TEXT_H

#include "redact/engine.h"

enum {
    TEXT_NAME_MOST = 128,   /* bytes of a name */
    TEXT_LOOK_MOST = 4096,  /* bytes that are looked at around a name for what belongs to it */
    TEXT_BLANKS_MOST = 256, /* blanks between a name and its value: pretty-printed JSON is deep */
    TEXT_NESTED_MOST = 2,   /* a value is looked at by itself, and what is a value in it, too */
};

/* A stretch of a text that is looked at. Places are offsets in the whole text; what is looked at lies in [begin, text.len). */
struct text_scan {
    struct redact_engine *engine;
    struct redact_edits *edits;
    struct har_text text;
    struct redact_matching *matching;
    size_t begin;
    unsigned nested;
    bool parts_done;   /* redact_find_multipart() was called */
    size_t no_end_tag; /* up to here no end tag begins: see markup.c */
    size_t in_vain;    /* bytes that were looked at and then were no data: see inside.c */
};

/* A name in the text and what the rules say about it. */
struct text_name {
    size_t start, end;
    struct redact_verdict verdict;
};

/* How a value stands beside its name; what counts as one depends on it. */
enum text_style {
    TEXT_JSON,   /* the name is in quotes, so it is data */
    TEXT_CODE,   /* the name is not in quotes: most such values are no secrets */
    TEXT_MARKUP, /* an attribute or an element */
    TEXT_PARAM,  /* "?name=value", "&name=value" */
    TEXT_LINE,   /* a line by itself, or words of one */
};

/* The byte at `at`; 0 outside of what is looked at. */
static inline unsigned char text_at(const struct text_scan *scan, size_t at)
{
    return at < scan->text.len && at >= scan->begin ? (unsigned char)scan->text.bytes[at] : 0;
}

/* scan.c */

/* Looks at [from, text.len). */
void text_scan_range(struct text_scan *scan, size_t from);

/* Looks at a value by itself, as far as values may nest. */
void text_scan_value(struct text_scan *scan, size_t start, size_t end);

/* What the rules say about a name at this kind of place. False: nothing. */
bool text_know(const struct text_scan *scan, struct text_name *name, enum redact_name_place place);

bool text_is_name_byte(unsigned char c);
size_t text_skip_blanks(const struct text_scan *scan, size_t at);      /* line breaks, too */
size_t text_skip_blanks_back(const struct text_scan *scan, size_t at); /* to behind the last byte that is none */

/* quote.c */

/* A quotation mark as it stands in a text: with backslashes, because the text is in a string that is in a string, or an entity. */
struct text_quote {
    unsigned char mark; /* " ' ` */
    bool entity;
    size_t backslashes; /* 2^n - 1 at the n-th level */
    size_t len;         /* of all of it */
};

/* The mark that begins at `at`, or that ends there. */
bool text_quote_at(const struct text_scan *scan, size_t at, struct text_quote *quote);
bool text_quote_before(const struct text_scan *scan, size_t at, struct text_quote *quote);
bool text_quote_same(const struct text_quote *one, const struct text_quote *other);

/* Where what the mark opens ends, and where to go on: `at` is behind the mark. Without a closing mark it ends with the line, or
 * with the text. */
size_t text_quote_end(const struct text_scan *scan, size_t at, const struct text_quote *quote, size_t *next);

/* The same for a value: in what was decoded a mark may belong to it, and another one that nothing follows closes it. */
size_t text_value_end(const struct text_scan *scan, size_t at, const struct text_quote *quote, size_t *next);

/* Where what is closed by a mark at `at` begins, by looking at TEXT_LOOK_MOST bytes at most; SIZE_MAX when it is not found. */
size_t text_quote_start(const struct text_scan *scan, size_t at, const struct text_quote *quote);

/* value.c */

/* The value of a name, in quotes or as a text of markup: is it one that the rules mean? Then it goes, and true is returned. */
bool text_take_quoted(struct text_scan *scan, const struct text_name *name, enum text_style style, size_t start, size_t end);

/* A bare value: one that no quotes delimit. */
bool text_take_bare(struct text_scan *scan, const struct text_name *name, enum text_style style, size_t start, size_t end);

/* Whether it is one as the rest of a line behind "name:". */
bool text_is_line_value(const struct text_scan *scan, const struct text_name *name, struct har_text value);

/* What it is without regard to how it looks: the scheme, and what may stay of a JWT, stays. */
void text_take_all(struct text_scan *scan, uint16_t rule, size_t start, size_t end);

/* A number under this name may tell something. */
bool text_number_counts(const struct text_scan *scan, const struct text_name *name);

/* looks.c: how values look, without regard to names. */
bool text_looks_random(struct har_text value);     /* 12 bytes or more, no blanks, a digit or mixed case that makes no words */
bool text_looks_padded(struct har_text value);     /* base64 with its padding */
bool text_looks_coded(struct har_text value);      /* 12 letters, digits, - and _ or more, with a digit */
bool text_looks_token(struct har_text value);      /* letters of both cases and digits in no order: no name in code */
bool text_looks_prose(struct har_text value);      /* words with blanks between them */
bool text_looks_phrase(struct har_text value);     /* words, but no sentence: a value may have blanks in it */
bool text_looks_mess(struct har_text value);       /* what signs among letters do not make code */
bool text_looks_template(struct har_text value);   /* {{name}}, ${name}, <%= name %>, %s */
bool text_looks_literal(struct har_text value);    /* string, include, none: words that stand for themselves in code */
bool text_looks_word(struct har_text value);       /* letters, blanks - _ . only */
bool text_looks_size(struct har_text value);       /* 12px, 1.5em */
bool text_looks_expression(struct har_text value); /* a name or a path of names in code */
bool text_has_digit(struct har_text value);

/* assign.c, inside.c, pairs.c, markup.c, lines.c: each looks at one kind of place around a name. 0: it is none; else where to go on
 * behind what belongs to the name. */
size_t text_find_assignment(struct text_scan *scan, struct text_name *name);
size_t text_find_pair(struct text_scan *scan, struct text_name *name);
size_t text_find_attribute(struct text_scan *scan, struct text_name *name);
size_t text_find_element(struct text_scan *scan, struct text_name *name);
size_t text_find_line(struct text_scan *scan, struct text_name *name);
size_t text_find_told(struct text_scan *scan, struct text_name *name);

/* markup.c: behind the "<" of the tag that `at` is in, by looking at so many bytes before it; SIZE_MAX: it is in none. */
size_t text_tag_start(const struct text_scan *scan, size_t at, size_t look);

/* inside.c: all strings and numbers in the object or array that begins at `at`, up to its end; returns where that is. Only data:
 * what turns out to be code is left (0). */
size_t text_take_inside(struct text_scan *scan, const struct text_name *name, size_t at);

/* lines.c: the password of the user that a curl command names. */
void text_find_user(struct text_scan *scan);

/* lines.c: "a=b" at the front of the value, as in cookies. */
bool text_looks_pair(const struct text_scan *scan, size_t at, size_t end);

/* lines.c: the value of a header whose name has a rule; its parts go by it. */
/* What a scheme ("Basic") may stand before. */
void text_take_credential(struct text_scan *scan, uint16_t rule, size_t start, size_t end);

void text_take_header(struct text_scan *scan, const struct text_name *name, size_t start, size_t end);

#endif
