/* The inside of JSON strings as XML 1.0 text, in one pass: escapes decoded, markup escaped. */
#ifndef HARMILL_JSON_XML_TEXT_H
#define HARMILL_JSON_XML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum {
    JSON_XML_ESCAPED = 1,   /* JSON's escapes stay, in the canonical spelling, U+FFFE and U+FFFF escaped too */
    JSON_XML_ATTRIBUTE = 2, /* for a value between double quotes */
    JSON_XML_ROOM = 32,     /* the least room that json_xml_put() gets on with */
    JSON_XML_GROWTH = 6,    /* bytes that one byte becomes at most */
};

/* Whether XML can carry every character of the decoded `text`: not C0 controls other than TAB, LF and CR, lone surrogates,
 * U+FFFE and U+FFFF. `marked`: the tokenizer found something odd in it. */
bool json_xml_carries(const char *text, size_t len, bool marked);

/* Takes as much off *text (which ends at `end`) as surely fits into `room` bytes at `out`; the number of bytes written. It stops
 * only between characters, never inside an escape. Without JSON_XML_ESCAPED the text must be one that XML carries. */
size_t json_xml_put(const char **text, const char *end, char *out, size_t room, unsigned how);

#endif
