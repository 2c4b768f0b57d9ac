/* The tokenizer's second layer: the grammar. Fed with blocks of any size, it opens the containers its user wants opened and
 * hands over every other value whole, as a tree. */
#ifndef HARMILL_JSON_PARSE_H
#define HARMILL_JSON_PARSE_H

#include <harmill/place.h>

#include "json/tree.h"

enum json_event {
    JSON_MORE,  /* feed, then call again */
    JSON_OPEN,  /* a container was opened; the tree holds it alone, with its key */
    JSON_CLOSE, /* and closed again */
    JSON_VALUE, /* a whole value */
    JSON_END,   /* the document and the input ended */
    JSON_ERROR, /* parser->fault tells what; json_parser_resync() or nothing may follow */
};

enum json_fault_kind {
    JSON_FAULT_SYNTAX,
    JSON_FAULT_TRUNCATED,
    JSON_FAULT_DEPTH,
    JSON_FAULT_ITEM_BYTES,
    JSON_FAULT_TREE_BYTES,
    JSON_FAULT_MEMORY,
};

struct json_fault {
    enum json_fault_kind kind;
    size_t at;        /* window offset */
    const char *what; /* literal text */
};

struct json_limits {
    uint64_t item_bytes, tree_bytes, depth;
};

enum json_expect {
    JSON_EXPECT_VALUE,
    JSON_EXPECT_VALUE_OR_END,
    JSON_EXPECT_KEY,
    JSON_EXPECT_KEY_OR_END,
    JSON_EXPECT_COLON,
    JSON_EXPECT_COMMA,
    JSON_EXPECT_NOTHING,
};

/* Whether the container that was just met, the tree's root, shall be opened. */
typedef bool json_opens_fn(void *user, const struct har_tree *tree);

/* A window over the input holds the value being read and what was read ahead; window offsets start anew when it moves. */
struct json_parser {
    struct json_limits limits;
    json_opens_fn *opens;
    void *user;

    unsigned char *window;
    size_t cap, len;
    uint64_t base;  /* input offset of window[0] */
    bool ended;     /* no more bytes will come */
    size_t mark_at; /* window offset that `mark` is the place of; everything before the window is behind it */
    struct har_place mark;

    struct json_scan scan;
    size_t next;        /* in scan.index */
    size_t next_mark;   /* in scan.mark */
    uint64_t scanned;   /* input offset up to which tokens were taken at least once; kept while looking for a way back */
    uint64_t rescanned; /* bytes whose tokens were taken again by attempts that failed */
    uint64_t attempt;   /* input offset where reading went on after an error, 0: there was none */
    bool bare;          /* while searching: what comes first may be an element without a comma before it */
    bool searching;     /* json_parser_resync() has begun */

    enum json_expect expect;
    char *open; /* kinds of the opened containers, '{' or '[' */
    size_t open_count, open_cap;
    bool item; /* a value is being read: its first byte (its key's quote) is at item_at */
    size_t item_at;
    struct har_tree tree;
    uint32_t in;    /* container being filled, JSON_NONE at the level of opened ones */
    uint32_t last;  /* its last member so far */
    uint32_t node;  /* the member whose key was read, JSON_NONE */
    uint64_t depth; /* of `in`, opened containers included */
    struct json_fault fault;
};

bool json_parser_init(struct json_parser *parser, const struct json_limits *limits, json_opens_fn *opens, void *user);
void json_parser_release(struct json_parser *parser);

/* Room for at least one byte, as much as there is in *room; NULL when the item bound or memory is exhausted: the next call of
 * json_parser_next() then gives JSON_ERROR. The last tree is void. */
unsigned char *json_parser_space(struct json_parser *parser, size_t *room);
void json_parser_fed(struct json_parser *parser, size_t len);
void json_parser_end(struct json_parser *parser);

/* Drops `len` bytes that were fed, before anything was read. As columns they do not count. */
void json_parser_skip(struct json_parser *parser, size_t len);

enum json_event json_parser_next(struct json_parser *parser);

/* After JSON_ERROR for a comma before the closing bracket of an opened container: true, and reading goes on as if the comma were
 * not there. False for all other errors. */
bool json_parser_pardon(struct json_parser *parser);

/* The place of a window offset at or behind the beginning of the last value. */
struct har_place json_parser_place(struct json_parser *parser, size_t at);

/* After JSON_ERROR in an element of the innermost opened array: looks for the next element that starts as `{` behind a comma with
 * a first key that `is_first` knows, and reads on there. JSON_MORE: feed, call again. JSON_OPEN: found, go on with
 * json_parser_next(). JSON_END: there is none. The second, third ... attempt at the same bytes costs at most as much again as
 * reading the input once. */
typedef bool json_first_fn(void *user, const char *key, size_t len);
enum json_event json_parser_resync(struct json_parser *parser, json_first_fn *is_first, void *user);

#endif
