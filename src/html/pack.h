/* A block of packed JSON values: what is the same is there once. docs/html.md, "Packed values". */
#ifndef HTML_PACK_H
#define HTML_PACK_H

#include "json/write.h"
#include "util/keyset.h"

/* What begins an array, and what stands for a body that was left out. */
enum { HTML_PACK_ARRAY = -1, HTML_PACK_LEFT_BODY = -2 };

struct html_left;
struct html_options;
struct html_pack_frame;

/* Something that was shared lately, found without its hash: nothing in a table of these is missed when it is not there. */
struct html_pack_recent {
    size_t at;    /* in the bytes of the set; behind the quote of a string */
    uint32_t len; /* without quotes and comma; 0: nothing */
    uint32_t number;
};

/* The same of an object with two members: the numbers of its list of keys and of its values. */
struct html_pack_pair {
    uint32_t list, first, second, number; /* one more than the number; 0: nothing */
};

enum { HTML_PACK_RECENT = 4096 };

struct html_pack {
    struct keyset keys;            /* lists of keys, as JSON with a comma behind each */
    struct keyset shared;          /* strings and containers, the same */
    struct har_buffer values;      /* the packed values, with commas between them */
    uint64_t count;                /* of values */
    struct har_buffer notes;       /* findings of these values, with commas between them: [value, rule, pointer, message, done] */
    size_t most;                   /* bytes */
    struct har_buffer text;        /* scratch */
    struct html_pack_frame *frame; /* the containers that are open; scratch */
    size_t frames;
    struct html_pack_recent *recent; /* HTML_PACK_RECENT of them, made when they are needed */
    struct html_pack_pair *pair;     /* the same */
};

void html_pack_init(struct html_pack *pack, size_t most);
void html_pack_release(struct html_pack *pack);
void html_pack_clear(struct html_pack *pack);

/* Bytes that html_pack_put() would write, about. */
size_t html_pack_length(const struct html_pack *pack);

/* Appends an entry, a page or the value of any member, without what the options leave out, which is counted in *left. False when
 * memory is short or the bound is passed: then the pack may only be released. */
bool html_pack_value(struct html_pack *pack, const struct har_tree *tree, const struct html_options *options,
                     struct html_left *left);

/* The same behind what is in `to`, not counted as a value. */
bool html_pack_append(struct html_pack *pack, struct har_buffer *to, const struct har_tree *tree,
                      const struct html_options *options, struct html_left *left);

/* The number in `shared` of decoded text; UINT32_MAX when memory is short. */
uint32_t html_pack_text(struct html_pack *pack, const char *text, size_t len);

/* The number in `keys` of a list of keys: JSON strings with commas between them. UINT32_MAX when memory is short. */
uint32_t html_pack_keys(struct html_pack *pack, const char *list, size_t len);

/* A finding about value `value`; `done` may be NULL. False when memory is short. */
bool html_pack_note(struct html_pack *pack, uint64_t value, uint32_t rule, struct har_text pointer, struct har_text message,
                    const char *done);

/* {"k":[...],"s":[...],"v":[...],"f":[...]} */
void html_pack_put(const struct html_pack *pack, struct json_out *out);

#endif
