/* The rule engine: judges items against the specification's tables and binds their nodes to its rows. */
#ifndef HARMILL_CHECK_CHECK_H
#define HARMILL_CHECK_CHECK_H

#include <harmill/format.h>
#include <harmill/spec.h>

#include "check/diag.h"
#include "json/tree.h"
#include "util/keyset.h"

enum { CHECK_ROWS = 16 }; /* more than any object of the specification has */

/* A finding that waits for the end of its item. */
struct check_told {
    enum har_rule rule;
    struct check_where {
        const struct har_node *node; /* a value of the item; NULL: the item as a whole */
        bool key;                    /* its key */
        uint32_t at;                 /* offset of one byte of it that is meant; 0: all of it */
    } where;
    uint64_t order;
    size_t number; /* of findings before it in the item */
    const char *message, *done;
    struct har_arg arg[HAR_FINDING_ARGS]; /* texts: offsets in check->told_text */
};

/* One container on the way from the item's root to where the check is. */
struct check_step {
    uint32_t node, child; /* and its member that is looked at */
    bool trouble;         /* some member has something to tell */
    bool deeper;          /* some member has members */
};

/* A finding that waits for the end of the document: a member newer than 1.1, met before the version was known, or an unknown
 * member of the document, which is none if the document turns out to be an envelope. */
struct check_deferred {
    struct har_place place, end;
    int64_t entry;
    size_t pointer, pointer_len, name_len; /* in check->deferred_text: the pointer, then the member's name */
    uint8_t object, member;                /* member JSON_NO_MEMBER: unknown */
};

/* A streamed object (document, envelope, log) as far as it was seen. */
struct check_streamed {
    struct har_place place;
    bool present;
    uint32_t seen; /* rows */
    uint64_t members;
    struct keyset others;
};

struct check {
    struct har_report_to *to;
    const struct har_settings *settings;
    struct har_input *input;   /* for what lies beside the capture; may be NULL */
    uint64_t members_most;     /* of an object */
    unsigned version;          /* HAR_VERSION_...; 0 while it was not seen */
    bool on[HAR_RULE_COUNT];   /* rules whose findings count */
    struct semantic *semantic; /* see check/semantic.h */
    bool unplaced;             /* items are not as they were read: what is in them has no place in the input */

    /* Of the current item. */
    const struct har_item *item;
    struct har_place near; /* a place found lately, for those behind it */
    uint32_t near_at;      /* its offset */
    struct check_step *step;
    size_t steps, step_cap;
    uint32_t next_mark; /* in tree->mark */
    bool odd;           /* the tree is not sound, see json/tree.h */

    /* Which row came after which lately: members come in the same order again and again. */
    uint8_t after[HAR_OBJECT_COUNT][CHECK_ROWS + 1];

    uint32_t needed[HAR_OBJECT_COUNT];           /* rows that must not be missing */
    uint8_t plain[HAR_OBJECT_COUNT][CHECK_ROWS]; /* types of which there is nothing to tell, whatever the value */

    struct check_streamed root, log;
    char log_pointer[32];
    bool enveloped;   /* the log lies in another object */
    bool log_like;    /* the document holds what belongs into a log */
    unsigned strange; /* bits of the members that other kinds of JSON are known by */
    bool cut;         /* reading ended early: what seems to be missing may stand behind */

    struct check_deferred *deferred;
    size_t deferred_count, deferred_cap;
    uint64_t deferred_lost;
    struct har_buffer deferred_text;

    /* Findings of the current item that wait to be told in the order of their places. */
    struct check_told *told;
    size_t told_count, told_cap;
    struct har_buffer told_text;
    uint32_t *path; /* scratch: the nodes from a value up to the item's root */
    size_t path_cap;
    uint32_t element, element_index; /* an array's element whose index was looked for lately, and that index */
    uint64_t request;                /* hash of the entry's method and address; 0 while nobody asked */

    struct keyset keys;
    struct har_buffer pointer, decoded;
    bool no_memory;
};

/* False when memory is short; release it in any case. */
bool check_init(struct check *check, struct har_report_to *to, const struct har_settings *settings);
void check_release(struct check *check);

/* Judges `item` and fills member and object of its nodes. HAR_FATAL only when memory is short. */
enum har_status check_item(struct check *check, const struct har_item *item, struct har_error *error);

/* Instead of DOC_END when reading ended early. */
void check_cut(struct check *check);

/* Parts of the engine. */

/* Fills check->plain for check->version. */
void check_set_plain(struct check *check);

/* Row of `node` in the table of `object`, JSON_NO_MEMBER when it has none. `previous` is the row of the member before it. */
uint8_t check_row(struct check *check, enum har_object object, uint8_t previous, const struct har_node *node);

/* The object that a member, or each of its elements, is: none where its type is wrong, so that nothing below is judged. */
static inline uint8_t check_bound(const struct har_member *member, const struct har_node *node)
{
    return member->types >> node->kind & 1 ? member->object : HAR_OBJECT_NONE;
}

/* Walks the tree of check->item below its root, whose object and member are set. */
void check_tree(struct check *check);

/* Judges one member by its row: type, version, form. With `tell` findings are made; without, true says that some would be. */
bool check_member(struct check *check, const struct har_object_spec *spec, const struct har_node *node, bool tell);

/* Tells when the node's key stood in its object before. */
void check_duplicate(struct check *check, const struct har_node *node);

/* Tells what was marked in the node's key and text. */
void check_marks(struct check *check, const struct har_node *node);

/* Whether most readers change the number. */
bool check_number_odd(const struct har_tree *tree, const struct har_node *node, bool counted);

/* Puts a finding about `node`, a member of `object`, off to the end of the document. */
void check_defer(struct check *check, enum har_object object, const struct har_node *node);

/* Tells what was put off and turned out to be so. */
void check_deferred_end(struct check *check);

/* A member newer than 1.1: told now, put off, or nothing, as the version demands. */
void check_newer(struct check *check, const struct har_object_spec *spec, const struct har_node *node);

/* log.version. */
void check_version(struct check *check, const struct har_node *node);

/* What findings are made of. */

struct har_arg check_word(const char *word);
struct har_arg check_kind(const struct har_node *node); /* "a string", as in a sentence */
struct har_arg check_number(uint64_t number);
struct har_arg check_name(struct check *check, const struct har_node *node);
struct har_arg check_value(struct check *check, const struct har_node *node);

/* Makes a finding; `args` may be NULL. Their texts are copied. Findings of one item are told in the order of their places. */
void check_tell(struct check *check, enum har_rule rule, struct check_where where, const char *message, const struct har_arg *args,
                size_t arg_count, const char *done);

/* Tells what waits; at the end of each item. */
void check_told(struct check *check);

/* The hash of the current entry's method and of its address without query and fragment. */
uint64_t check_request(struct check *check);

/* The pointer of `node` (NULL: of the item), in check->pointer. */
struct har_text check_pointer(struct check *check, const struct har_node *node);

/* The offset of what is meant in the item's bytes. */
uint32_t check_begin(const struct har_node *node, bool key, uint32_t at);

/* The place of a node of the current item: where it begins, one past its end. */
void check_span(struct check *check, struct check_where where, struct har_place *from, struct har_place *to);

#endif
