/* Trees to JSON text: canonical spelling, two layouts. */
#ifndef HARMILL_JSON_WRITE_H
#define HARMILL_JSON_WRITE_H

#include <harmill/sink.h>

#include "json/tree.h"

enum { JSON_CHUNK = 1 << 16 };

/* Where text goes: to a section of a sink or to a function, a chunk at a time, or, without both, into the buffer to stay there. */
struct json_out {
    struct har_buffer buffer;
    struct har_sink *sink; /* may be NULL */
    enum har_section section;
    void (*take)(void *user, const void *bytes, size_t len); /* may be NULL */
    void *user;
    struct har_error *error;
    enum har_status status; /* the first failure stays */
    uint64_t flushed;       /* bytes that the sink was handed */
    unsigned indent;        /* blanks a level, 0: one line */
    bool as_read;           /* strings keep their spelling */
    bool mask;              /* values of strings are hidden */
};

/* Room for `len` bytes, at most JSON_CHUNK, behind what is in the buffer; NULL when there is none. The caller writes there and
 * adds to the buffer's length. */
char *json_out_more_room(struct json_out *out, size_t len);
static inline char *json_out_room(struct json_out *out, size_t len)
{
    return out->buffer.cap - out->buffer.len >= len ? out->buffer.data + out->buffer.len : json_out_more_room(out, len);
}

/* Text of harmill's own. */
void json_out_text(struct json_out *out, const char *text, size_t len);

/* A line end and the indentation of `level`, or nothing in one line. */
void json_out_line(struct json_out *out, unsigned level);

/* `key`: the key's quotes, colon and all. */
void json_out_key(struct json_out *out, const struct har_tree *tree, const struct har_node *node);

/* The value of `node`, whose own first line starts at `level`, in the order in which its members are linked. */
void json_out_value(struct json_out *out, const struct har_tree *tree, const struct har_node *node, unsigned level);

/* All bytes so far. */
static inline uint64_t json_out_length(const struct json_out *out)
{
    return out->flushed + out->buffer.len;
}

/* Hands everything to the sink or function. */
void json_out_flush(struct json_out *out);

#endif
