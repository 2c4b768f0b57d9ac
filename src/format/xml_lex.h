/* Cuts an XML document into pieces that the parser can take whole: tags, comments and the like are never cut, and where pieces
 * end depends on the document alone. So what the parser does never depends on how the bytes came in. */
#ifndef HARMILL_FORMAT_XML_LEX_H
#define HARMILL_FORMAT_XML_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum xml_lex_event {
    XML_LEX_MORE,  /* more bytes are needed */
    XML_LEX_PIECE, /* from lex->from to lex->at */
    XML_LEX_END,   /* the document was taken */
    XML_LEX_CUT,   /* it ends inside what starts at lex->at */
    XML_LEX_DOCTYPE,
    XML_LEX_LESS_THAN,  /* a < inside the tag that starts at lex->at */
    XML_LEX_ATTRIBUTES, /* too many in the tag that starts at lex->at */
    XML_LEX_DEEP,
    XML_LEX_LARGE, /* what starts at lex->at is longer than lex->most */
};

enum xml_lex_kind { XML_LEX_TEXT, XML_LEX_TAG, XML_LEX_END_TAG, XML_LEX_COMMENT, XML_LEX_CDATA, XML_LEX_PI, XML_LEX_OTHER };

struct xml_lex {
    size_t from;  /* window offset of the piece */
    size_t at;    /* of the construct that is looked at */
    size_t scan;  /* how far it was looked at */
    char quote;   /* inside an attribute's value */
    size_t equal; /* signs in the tag, outside values */
    uint64_t depth;
    bool shallow; /* the construct was a tag near the root: what it completes is to be taken before the next */
    uint64_t deepest;
    size_t most;
};

/* Whoever takes a piece sets lex->from to lex->at. */
enum xml_lex_event xml_lex_next(struct xml_lex *lex, const char *bytes, size_t len, bool ended);

/* What kind of construct starts at lex->at. */
enum xml_lex_kind xml_lex_kind(const struct xml_lex *lex, const char *bytes, size_t len);

/* `len` bytes were dropped off the window's front. */
void xml_lex_drop(struct xml_lex *lex, size_t len);

#endif
