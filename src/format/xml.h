/* The parts of the xml format: source, lexer, parser (libxml2), and the reader of the vocabulary that makes items. */
#ifndef HARMILL_FORMAT_XML_H
#define HARMILL_FORMAT_XML_H

#include <harmill/format.h>
#include <harmill/spec.h>

#include "format/xml_lex.h"
#include "format/xml_source.h"
#include "json/build.h"

#define XML_NAMESPACE "urn:harmill:har:1"

enum xml_value {
    XML_OBJECT,
    XML_ARRAY,
    XML_STRING,
    XML_NUMBER,
    XML_BOOLEAN,
    XML_NULL,
    XML_JSON,  /* an array or object as JSON text */
    XML_CHUNK, /* no value: a part of the text of one */
};

/* What an element is to the stream of items. */
enum xml_role { XML_INNER, XML_DOCUMENT, XML_LOG, XML_PAGES, XML_ENTRIES };

/* An element that is open. */
struct xml_frame {
    uint8_t value; /* enum xml_value */
    uint8_t role;
    uint8_t object; /* enum har_object: whose table its members, or the elements in it, have */
    bool escaped, chunked;
    bool told;      /* that text stands in it */
    uint32_t node;  /* not of streamed ones */
    uint64_t index; /* of its next member */
};

/* An item that waits to be asked for. */
struct xml_ready {
    struct har_item item;
    struct json_build build;
};

struct xml_attribute {
    const char *name, *space; /* NUL-terminated; `space` NULL: no namespace */
    struct har_text value;
};

enum { XML_ATTRIBUTES = 80 };

/* A start tag. */
struct xml_tag {
    const char *name;
    bool ours; /* of our namespace */
    const struct xml_attribute *attribute;
    size_t count;
    size_t at, end; /* window offsets */
};

struct xml {
    struct har_input *input;
    struct har_report_to *findings;
    uint64_t item_bytes, tree_bytes, depth;
    struct xml_source source;
    struct xml_lex lex;
    void *parser;  /* xmlParserCtxtPtr */
    uint64_t base; /* bytes of the document, as UTF-8, before the window */

    struct json_build build;  /* the item that is being read */
    struct har_buffer raw;    /* text that is looked at when it is complete */
    struct har_buffer values; /* of the current tag's attributes, as far as the parser does not give them as they are */
    struct xml_frame *frame;
    size_t frames, frame_cap;
    uint64_t skip;                  /* open elements that mean nothing */
    struct har_place item_place;    /* of the item that is being read */
    bool root, log, pages, entries; /* was opened */

    struct xml_ready *ready;
    size_t ready_at, ready_count, ready_cap;
    bool stopped; /* a finding told why nothing more is read */
    bool no_memory;
    bool ended; /* DOC_END was given */
};

/* xml.c */

/* A finding at `place`; `at` is the window offset that an excerpt is made around, SIZE_MAX for none. */
void xml_tell(struct xml *x, enum har_rule rule, const struct json_span *span, size_t at, const char *message,
              const struct har_arg *args, size_t count, const char *done);

/* The place of `len` bytes of the window; the length counts as bytes and points where it is plain. */
struct json_span xml_span(struct xml *x, size_t at, size_t len, bool keep);

/* xml_parse.c */
bool xml_parser_open(struct xml *x);
void xml_parser_close(struct xml *x);
void xml_parser_feed(struct xml *x, const char *bytes, size_t len, bool last);

/* Window offset up to which the parser has taken what it was fed. */
size_t xml_parser_at(const struct xml *x);

/* xml_read.c */
void xml_read_start(struct xml *x, const struct xml_tag *tag);
void xml_read_end(struct xml *x);
/* `from`: where it begins in the window; SIZE_MAX when only `to` is known, where it ends. */
void xml_read_text(struct xml *x, const char *text, size_t len, size_t from, size_t to);
void xml_read_ended(struct xml *x, const struct har_place *place);
/* Appends the pointer of the innermost open element. */
void xml_read_pointer(const struct xml *x, struct har_buffer *pointer);
/* The entry that is being read; -1: none. */
int64_t xml_read_entry(const struct xml *x);

/* xml_value.c: what an element's text means, when it is complete; false when that is nothing: told. */
bool xml_value_end(struct xml *x, const struct xml_frame *frame);

#endif
