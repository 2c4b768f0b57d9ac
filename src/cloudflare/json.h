/* JSON in the answers of the API, read by the tokenizer of this library: it knows short memory, depth and odd bytes as failures. */
#ifndef CLOUDFLARE_JSON_H
#define CLOUDFLARE_JSON_H

#include "json/build.h"

struct cloudflare_json {
    struct json_build build;
    const struct har_tree *tree;
    const struct har_node *root; /* the object; NULL when there is none */
    struct har_buffer text;      /* of the string that was decoded last */
    bool mended;                 /* the text was cut */
    bool short_of_memory;        /* what is found, or not found, means nothing */
};

/* Reads `bytes`; afterwards it is to be released in any case. False when they are no JSON object, or memory is short: then there is
 * no root, and everything below finds nothing. */
bool cloudflare_json_read(struct cloudflare_json *json, const char *bytes, size_t len);

/* The same for a text that may have been cut: what stands before the cut is read. */
bool cloudflare_json_read_part(struct cloudflare_json *json, const char *bytes, size_t len);
void cloudflare_json_release(struct cloudflare_json *json);

/* A member of an object, by a path of names as "result.scan.task"; NULL when `from` is NULL or something on the way is missing or
 * of another type. */
const struct har_node *cloudflare_json_at(const struct cloudflare_json *json, const struct har_node *from, const char *path);

/* The same if it is an object, or an array. */
const struct har_node *cloudflare_json_kind(const struct cloudflare_json *json, const struct har_node *from, const char *path,
                                            enum har_kind kind);

/* A string, decoded; empty when there is none. Borrowed until the next call. */
struct har_text cloudflare_json_text(struct cloudflare_json *json, const struct har_node *from, const char *path);

/* A whole number from 1 to `most`, which may stand in a string; 0 when there is none, and `most` for what is more. */
uint64_t cloudflare_json_count(struct cloudflare_json *json, const struct har_node *from, const char *path, uint64_t most);

/* ---- cloudflare_mend.c */

/* Appends the text up to where it was cut, with what closes it: the value that the cut goes through is left out, but for a string,
 * which keeps its whole characters. False when it cannot be mended so, or memory is short: see mended->failed. */
bool cloudflare_json_mend(const char *bytes, size_t len, struct har_buffer *mended);

#endif
