/* Trees that are made, not parsed: for formats whose input is no JSON. Strings get the canonical spelling, in bytes of the
 * tree's own; every node gets the place where it stands in the input. */
#ifndef HARMILL_JSON_BUILD_H
#define HARMILL_JSON_BUILD_H

#include "json/tree.h"

enum json_build_fault { JSON_BUILD_FINE, JSON_BUILD_ITEM_BYTES, JSON_BUILD_TREE_BYTES, JSON_BUILD_MEMORY };

struct json_build {
    struct har_tree tree;
    struct har_buffer bytes;
    uint64_t tree_bytes;
    uint32_t in;                 /* container that nodes go into, JSON_NONE: the next node is the root */
    uint32_t last;               /* its last member so far */
    size_t from;                 /* where the string that is being written begins */
    unsigned seen;               /* bits of the kinds of its marks */
    enum json_build_fault fault; /* the first; whatever is made after it means nothing */
};

/* Bounds as enum har_bound has them. Allocates nothing. */
void json_build_init(struct json_build *build, uint64_t item_bytes, uint64_t tree_bytes);

/* Empties it for the next item; keeps memory that is not large. */
void json_build_clear(struct json_build *build);
void json_build_release(struct json_build *build);

/* A new node behind the last one in the current container; JSON_NONE after a fault. */
uint32_t json_build_add(struct json_build *build, enum har_kind kind, const struct json_span *span);

/* Nodes go into `node` from here on, which was the last one added; and out of it again. */
void json_build_enter(struct json_build *build, uint32_t node);
void json_build_leave(struct json_build *build);

/* A string: open, then its text in as many parts as it has, then one of the closing functions. */
void json_build_open(struct json_build *build);

/* Plain UTF-8, no sequence cut. */
void json_build_text(struct json_build *build, const char *text, size_t len);

/* The inside of a JSON string, no escape cut; raw control characters and quotes are taken as they are meant. False when there is
 * a backslash that starts no escape. */
bool json_build_escaped(struct json_build *build, const char *text, size_t len);

void json_build_close_key(struct json_build *build, uint32_t node);
void json_build_close_text(struct json_build *build, uint32_t node);

/* A number, whose text must be one; null, true or false: `node` gets that kind. */
void json_build_literal(struct json_build *build, uint32_t node, enum har_kind kind, const char *text, size_t len);

enum json_build_parsed { JSON_BUILD_PARSED, JSON_BUILD_NO_JSON, JSON_BUILD_TOO_DEEP };

/* A whole JSON text, spelled as it is: `node` becomes its value. At most `depth` levels. */
enum json_build_parsed json_build_json(struct json_build *build, uint32_t node, const char *text, size_t len, uint64_t depth);

/* After the last node: the tree may be read until the next clear. */
const struct har_tree *json_build_tree(struct json_build *build);

#endif
