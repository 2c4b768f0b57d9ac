/* Normalize: any producer's members become those of HAR 1.2. Each quirk is a row of <harmill/mend.h>; the steps below change an
 * item's tree in a fixed order, so that each finds what the ones before it have left. */
#ifndef HARMILL_NORMALIZE_NORMALIZE_H
#define HARMILL_NORMALIZE_NORMALIZE_H

#include <harmill/transform.h>

#include "check/spec.h"
#include "json/edit.h"

enum { NORMALIZE_SCRATCH = 4, NORMALIZE_NOTES_MOST = 32 };

/* Something derived that a comment is to tell, at the end of the item. */
struct normalize_note {
    uint32_t object;
    enum har_mend mend;
};

struct normalize {
    struct har_transform_args args;
    bool derive;
    struct har_item *item; /* the current one */
    struct json_edit edit; /* of its tree */
    struct har_buffer scratch[NORMALIZE_SCRATCH];
    struct normalize_note note[NORMALIZE_NOTES_MOST];
    size_t notes;
    bool no_memory;

    /* Of the document. */
    bool log;      /* an object that is streamed */
    unsigned seen; /* bits of the log's rows that came */
    char container[32]; /* of the log's members */
};

/* Which of the log's rows came. */
#define NORMALIZE_SEEN(row) (1u << LOG_##row)

/* Counts a change. */
void normalize_mended(struct normalize *n, enum har_mend mend);

/* Counts something derived and notes it for the comment of `object`. */
void normalize_derived(struct normalize *n, uint32_t object, enum har_mend mend);

/* The node at an index that is not JSON_NONE; void after anything is added. */
static inline struct har_node *normalize_node(const struct normalize *n, uint32_t index)
{
    return &n->edit.tree->node[index];
}

/* The last member of `object` (JSON_NONE is allowed) in that row of its table; JSON_NONE. */
uint32_t normalize_member(const struct normalize *n, uint32_t object, uint8_t row);

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

/* Gives a member another name, one that starts with an underscore and that its object does not have yet: NAME with one in front,
 * then _NAME_2 ...; it is bound to nothing any more. */
void normalize_keep_as_custom(struct normalize *n, uint32_t member);

/* Steps. What they find is of the type that the table demands, once normalize_shape() was there. */

void normalize_shape(struct normalize *n, uint32_t root);   /* shape.c: types, names, duplicates; any item */
void normalize_defaults(struct normalize *n, uint32_t root); /* defaults.c: what is required and has a word for "not known" */
void normalize_page(struct normalize *n);                   /* page.c */
void normalize_log_member(struct normalize *n);             /* document.c: a member of the document, an envelope or the log */
enum har_status normalize_document_end(struct normalize *n, struct har_error *error); /* passes on what the log lacks */
void normalize_headers(struct normalize *n);                /* headers.c: of both messages */
void normalize_request(struct normalize *n);                /* request.c */
void normalize_response(struct normalize *n);               /* response.c */
void normalize_content(struct normalize *n);                /* content.c: body and sizes */
void normalize_times(struct normalize *n);                  /* times.c: dates, time, timings */
void normalize_entry(struct normalize *n);                  /* entry.c: cache, address, connection */
void normalize_comments(struct normalize *n);               /* comment.c: tells what was derived */

#endif
