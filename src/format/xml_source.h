/* An XML document's bytes as UTF-8, whatever its encoding, in a window that knows places. */
#ifndef HARMILL_FORMAT_XML_SOURCE_H
#define HARMILL_FORMAT_XML_SOURCE_H

#include <iconv.h>

#include <harmill/input.h>
#include <harmill/place.h>
#include <harmill/rule.h>

/* Window offsets start anew when it moves. */
struct xml_source {
    struct har_input *input;
    size_t most; /* bytes of the window */
    char *bytes; /* UTF-8, without NUL characters */
    size_t len, cap;
    bool begun; /* the encoding is known */
    bool ended; /* no more bytes will come */

    /* Why they end early: told when everything before was judged. */
    enum har_rule rule;
    const char *why; /* NULL: they do not */
    char packed_fault[sizeof((struct har_error *)0)->text];

    size_t mark_at; /* window offset that `mark` is the place of */
    struct har_place mark;

    /* Of encodings other than UTF-8. */
    iconv_t converter;
    bool converting;
    unsigned char *width; /* of each byte of the window: input bytes that the character which begins there took */
    unsigned char *raw;   /* read, not yet converted */
    size_t raw_len, unit; /* `unit`: bytes of a character at least */
};

void xml_source_init(struct xml_source *source, struct har_input *input, size_t most);
void xml_source_release(struct xml_source *source);

/* Reads on: appends to the window, or ends it. HAR_FATAL only for failures of the reader and of memory. */
enum har_status xml_source_read(struct xml_source *source, struct har_error *error);

/* Drops `len` bytes off the window's front; the mark moves on if it lies there. */
void xml_source_drop(struct xml_source *source, size_t len);

/* The place of a window offset at or behind the mark; with `keep` the mark moves there. */
struct har_place xml_source_place(struct xml_source *source, size_t at, bool keep);

#endif
