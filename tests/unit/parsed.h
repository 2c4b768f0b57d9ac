/* A text through the bare parser, in blocks of a chosen size. */
#ifndef UNIT_PARSED_H
#define UNIT_PARSED_H

#include "json/parse.h"

struct parsed {
    struct json_parser parser;
    struct json_limits limits;
    const char *text;
    size_t len, at, block;
};

/* Bounds that no test passes by accident. */
extern const struct json_limits parsed_wide;

/* `opens` NULL: nothing is opened, so the document is one value. */
void parsed_init(struct parsed *parsed, const struct json_limits *limits, json_opens_fn *opens, void *user, const char *text,
                 size_t len, size_t block);
void parsed_release(struct parsed *parsed);

/* Feeds the next block, or the end. */
void parsed_feed(struct parsed *parsed);

/* The next event but JSON_MORE. */
enum json_event parsed_next(struct parsed *parsed);

/* Bits of the kinds of all marks of the tree. */
unsigned parsed_marks(const struct har_tree *tree);

/* Kinds of marks that make a string or number no JSON. */
enum { PARSED_REFUSED = 1 << JSON_MARK_CONTROL | 1 << JSON_MARK_ESCAPE | 1 << JSON_MARK_UTF8 | 1 << JSON_MARK_NAN };

#endif
