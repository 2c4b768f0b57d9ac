/* Normalize: any producer's members become those of HAR 1.2. Each quirk is a row of <harmill/mend.h>; the steps below change an
 * item's tree in a fixed order, so that each finds what the ones before it have left. */
#ifndef HARMILL_NORMALIZE_NORMALIZE_H
#define HARMILL_NORMALIZE_NORMALIZE_H

#include <harmill/transform.h>

#include "check/spec.h"
#include "json/edit.h"
#include "normalize/names.h"

enum { NORMALIZE_SCRATCH = 4, NORMALIZE_NOTES_MOST = 32, NORMALIZE_ROWS = 16, NORMALIZE_STRAYS = 8, NORMALIZE_GAPS = 8 };

/* Something derived that a comment is to tell, at the end of the item. */
struct normalize_note {
    uint32_t object;
    enum har_mend mend;
};

/* A missing member that could be derived, but must not be: the word for "not known" would be a lie there. */
struct normalize_gap {
    uint32_t object;
    uint8_t row;
};

/* The custom member that elements went to which a list cannot hold. */
struct normalize_stray {
    uint32_t array, kept;
};

/* Where the members of an object are, of each row the only one; JSON_NONE. */
struct normalize_found {
    uint32_t object; /* which one; JSON_NONE */
    uint32_t row[NORMALIZE_ROWS];
};

struct normalize {
    struct har_transform_args args;
    bool derive;
    bool for_k6; /* what is written is for har-to-k6 */
    uint8_t fine[HAR_OBJECT_COUNT][NORMALIZE_ROWS]; /* bits of the kinds with which a member needs no mending of its shape */
    uint32_t fill[HAR_OBJECT_COUNT];                /* bits of the rows that normalize_defaults() fills when they are missing */
    struct har_item *item;                          /* the current one */
    struct json_edit edit;                          /* of its tree */
    struct normalize_found found[HAR_OBJECT_COUNT]; /* in it, as long as it is sound */
    struct har_buffer scratch[NORMALIZE_SCRATCH];
    struct normalize_note note[NORMALIZE_NOTES_MOST];
    size_t notes;
    struct normalize_stray stray[NORMALIZE_STRAYS]; /* of the item */
    size_t strays;
    struct normalize_gap gap[NORMALIZE_GAPS]; /* of the item */
    size_t gaps;
    struct har_buffer key; /* a name that is being made */
    struct names names;    /* of the object names_of, as long as the tree is as large as it was then */
    uint32_t names_of, names_count;
    size_t names_added;
    bool no_memory;

    /* Of the document. */
    bool log;                                  /* an object that is streamed */
    bool envelope;                             /* which lies in another one */
    unsigned seen;                             /* bits of the log's rows that came */
    char container[40];                        /* of the log's members */
    struct names log_names;                    /* its custom members that were passed on */
    struct har_tree own;                       /* of an item that normalize makes */
    struct har_tree held;                      /* an object: members of the document and of envelopes that came before the log */
    struct har_buffer held_scopes;             /* enum har_scope of each, a byte */
    struct har_tree lost_pages, lost_entries;  /* arrays: elements that are no objects */
    uint32_t held_last, lost_page, lost_entry; /* the last in each */
};

/* Which of the log's rows came. */
#define NORMALIZE_SEEN(row) (1u << LOG_##row)

/* Counts a change. */
void normalize_mended(struct normalize *n, enum har_mend mend);

/* Counts something derived and notes it for the comment of `object`. */
void normalize_derived(struct normalize *n, uint32_t object, enum har_mend mend);

/* Leaves a member missing, which normalize_defaults() would fill. */
void normalize_leave_missing(struct normalize *n, uint32_t object, uint8_t row);

/* The node at an index that is not JSON_NONE; void after anything is added. */
static inline struct har_node *normalize_node(const struct normalize *n, uint32_t index)
{
    return &n->edit.tree->node[index];
}

/* The last member of `object` (JSON_NONE is allowed) in that row of its table; JSON_NONE. */
uint32_t normalize_search_member(const struct normalize *n, uint32_t object, uint8_t row);
static inline uint32_t normalize_member(const struct normalize *n, uint32_t object, uint8_t row)
{
    if (object == JSON_NONE)
        return JSON_NONE;
    const struct normalize_found *const found = &n->found[n->edit.tree->node[object].object];
    return found->object == object && n->edit.tree->sound ? found->row[row] : normalize_search_member(n, object, row);
}

/* The member, added when it is missing, as an empty value of `kind`, bound as the table says; its old value is gone. */
uint32_t normalize_set(struct normalize *n, uint32_t object, uint8_t row, enum har_kind kind);

/* The same as a string, as a number. */
void normalize_set_text(struct normalize *n, uint32_t object, uint8_t row, const char *text, size_t len);
void normalize_set_number(struct normalize *n, uint32_t object, uint8_t row, double number);

/* The decoded text of a string; empty for JSON_NONE and other kinds. Borrowed from the tree, void after anything is added, or from
 * the scratch buffer `which`, which is emptied first, when it had escapes. */
struct har_text normalize_text(struct normalize *n, uint32_t index, unsigned which);

/* False when there is no number there, or one too large for a double. */
bool normalize_number(const struct normalize *n, uint32_t index, double *number);

/* Gives a member another name, one that starts with an underscore and that its object does not have yet: NAME with one in front
 * if it has none, then _NAME_2 ...; it and what lies below are bound to nothing any more. Many calls for one object in a row take
 * linear time. */
void normalize_keep_as_custom(struct normalize *n, uint32_t member);

/* The same with a name that `names` do not have; for members that have no object around them. */
void normalize_rename(struct normalize *n, struct names *names, uint32_t member);

/* Fills n->names with the names of `object`: the node of each is the last member of that name. */
void normalize_list_names(struct normalize *n, uint32_t object);
struct names_row *normalize_names_row(struct normalize *n, uint32_t member); /* NULL when memory is short */

/* Whether the key starts with an underscore. */
bool normalize_is_custom(const struct har_tree *tree, const struct har_node *node);

/* k6.c: whether a member of such an object is one of har-to-k6's own, which keeps its name in what is written for it. */
bool normalize_is_k6_own(const struct normalize *n, uint8_t object, const struct har_node *member);

/* turn.c: gives a member the type that its row demands, when its value has another one but says the same. False when that cannot
 * be done: then nothing has changed. */
bool normalize_turn(struct normalize *n, uint32_t member, const struct har_member *row);

/* Binds what lies below `root` to the tables, as it is bound itself. */
void normalize_bind(struct normalize *n, uint32_t root);

/* Elements that were taken out of their list, linked by `next`. Both JSON_NONE: none. */
struct normalize_chain {
    uint32_t first, last;
};
void normalize_take_out(struct normalize *n, struct normalize_chain *lost, uint32_t element);

/* Puts them into a custom member beside the list, which is named after it. */
void normalize_keep_lost(struct normalize *n, uint32_t array, const struct normalize_chain *lost);

/* Binds a node and what lies below to nothing. */
void normalize_unbind(struct normalize *n, uint32_t root);

/* The next container after `at` that the tables know, below `root`, the outer ones first; JSON_NONE. `deeper`: one below `at`,
 * too. */
static inline uint32_t normalize_next(const struct normalize *n, uint32_t root, uint32_t at, bool deeper)
{
    const struct har_node *const node = n->edit.tree->node;
    uint32_t i = deeper ? node[at].child : JSON_NONE;
    for (;;) {
        for (; i != JSON_NONE; i = node[i].next)
            if (node[i].object && node[i].kind >= HAR_KIND_ARRAY)
                return i;
        if (at == root)
            return JSON_NONE;
        i = node[at].next;
        at = node[at].parent;
    }
}

/* Steps. What they find is of the type that the table demands, once normalize_shape() was there. */

void normalize_shape(struct normalize *n, uint32_t root);    /* shape.c: types, names, duplicates; any item */
void normalize_defaults(struct normalize *n, uint32_t root); /* defaults.c: what is required and has a word for "not known" */
void normalize_page(struct normalize *n, uint32_t page);     /* page.c */
/* document.c. Of the document, an envelope or the log: HAR_FAILED when it does not go on. */
enum har_status normalize_member_item(struct normalize *n, struct har_error *error);
/* Keeps an element of pages or entries that is no object for the end of the log. */
enum har_status normalize_lost(struct normalize *n, struct har_error *error);
/* Passes on what the log lacks. */
enum har_status normalize_document_end(struct normalize *n, struct har_error *error);
void normalize_document_begin(struct normalize *n);
void normalize_document_release(struct normalize *n);
void normalize_headers(struct normalize *n);  /* headers.c: of both messages */
void normalize_request(struct normalize *n);  /* request.c */
void normalize_response(struct normalize *n); /* response.c */
void normalize_content(struct normalize *n);  /* content.c: body and sizes */
void normalize_times(struct normalize *n);    /* times.c: dates, time, timings */
void normalize_entry(struct normalize *n);    /* entry.c: cache, address, connection */
void normalize_comments(struct normalize *n); /* comment.c: tells what was derived */

/* times.c: brings a date to the form of the specification; whether it is a date then. */
bool normalize_date(struct normalize *n, uint32_t object, uint8_t row);

/* Which kinds and rows need nothing, from the tables. */
void normalize_shape_init(struct normalize *n);
void normalize_defaults_init(struct normalize *n);

#endif
