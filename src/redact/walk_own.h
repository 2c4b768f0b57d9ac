/* What the files of the walk share. */
#ifndef REDACT_WALK_OWN_H
#define REDACT_WALK_OWN_H

#include <harmill/spec.h>

#include "json/edit.h"
#include "redact/places.h"
#include "redact/walk.h"

/* What a key says about its value, wherever it stands: captures are not always made as the specification wants them. */
enum walk_key {
    KEY_OTHER,
    KEY_REQUEST,
    KEY_RESPONSE,
    KEY_HEADERS,
    KEY_COOKIES,
    KEY_QUERY,
    KEY_PARAMS,
    KEY_POST_DATA,
    KEY_CONTENT,
    KEY_MESSAGES,
    KEY_CACHE,
    KEY_INITIATOR,
    KEY_NAME,
    KEY_VALUE,
    KEY_URL,
    KEY_REDIRECT,
    KEY_TITLE,
    KEY_TEXT,
    KEY_DATA,
    KEY_ATTRIBUTE, /* of a cookie or parameter: stays */
    KEY_PLAIN,     /* of the specification, or of producers: a text, and not judged by its name */
};

struct walk_key_row {
    const char *letters; /* in lower case, without other signs */
    uint8_t len;
    uint8_t key;    /* enum walk_key */
    uint8_t strict; /* enum strict_place */
};

/* What a container is. */
enum walk_role {
    ROLE_OTHER,
    ROLE_HEADERS,
    ROLE_COOKIES,
    ROLE_QUERY,
    ROLE_PARAMS,
    ROLE_POST_DATA,
    ROLE_CONTENT,
    ROLE_MESSAGES,
    ROLE_CACHE,
    ROLE_INITIATOR,
};

/* How its names and values stand in it. */
enum walk_shape {
    SHAPE_PLAIN,
    SHAPE_LIST,   /* of objects, or lists, or texts */
    SHAPE_PAIR,   /* {"name": "a", "value": "b"} */
    SHAPE_MAP,    /* {"a": "b"} */
    SHAPE_COUPLE, /* ["a", "b"], ["a", "b", "c", "d"] */
};

enum walk_judge {
    JUDGE_TEXT,
    JUDGE_URL,
    JUDGE_HEADER,
    JUDGE_COOKIE,
    JUDGE_PARAMETER,
    JUDGE_SECRET, /* by the name of a member: all that is in it goes */
    JUDGE_EXACT,  /* only what looks like a token */
    JUDGE_AS,     /* a text of the kind that `how` says */
    JUDGE_BODY,
};

struct judged {
    uint8_t judge;   /* enum walk_judge */
    uint8_t how;     /* enum redact_how, for JUDGE_AS */
    uint8_t strict;  /* enum strict_place */
    uint8_t key;     /* enum walk_key */
    bool custom;     /* a member that the specification does not know */
    bool drop;       /* it is left out */
    bool form;       /* a parameter of a form: a part of a body */
    uint16_t rule;   /* for JUDGE_SECRET and _EXACT */
    const char *place;
    struct har_text name; /* for headers, cookies and parameters */
};

/* A container that the walk is in. */
struct walk_state {
    uint8_t role, shape, side; /* side: 1 request, 2 response */
    bool inherits;             /* all below is judged as `judged` says */
    bool element;              /* of a list with a role */
    bool named;                /* `name` holds a name for what comes next */
    uint32_t position;         /* elements before this one */
    uint32_t before;           /* the sibling in front; JSON_NONE */
    size_t name, name_len;     /* in scratch->names */
    size_t names_mark;         /* its length before */
    struct judged judged;
};

enum {
    WALK_MEMBERS = 16, /* at least as many as any object of the specification has */
    WALK_LETTERS = 24, /* of a key that means something */
};

enum { WALK_WINDOWS = 128 };

struct walk_window {
    size_t start, end; /* may be behind the end of the text */
};

struct walk_scratch {
    uint8_t bound[HAR_OBJECT_COUNT][WALK_MEMBERS]; /* rows of walk_key_of(), plus one */
    uint32_t begins[WALK_LETTERS + 1];              /* first letters of keys that mean something, by their length */
    struct json_edit edit;
    struct walk_state *state;
    size_t depth, cap;
    struct har_buffer names, decoded, made, key;
    struct redact_edits edits, strict;
    bool proving;
    bool text_changed; /* the one that is looked at */
    bool text_made;    /* `made` holds what it became */
    bool text_waits;   /* ... and the tree does not yet */
    struct walk_window window[WALK_WINDOWS]; /* of what it became: where it was changed */
    unsigned windows;
    uint64_t left;
    bool no_memory;
};

static inline bool walk_changes(const struct redact_walk *walk)
{
    return !walk->scratch->proving && !walk->engine->finding && redact_sealed(walk->engine->dictionary);
}

/* Whether what is looked at counts: not twice, for the two readings. */
static inline bool walk_counts(const struct redact_walk *walk)
{
    return !walk->scratch->proving && (walk->engine->finding || redact_sealed(walk->engine->dictionary));
}

/* walk_key.c */
const struct walk_key_row *walk_key_of(struct redact_walk *walk, const struct har_node *node); /* NULL: none */
void walk_keys_begin(struct walk_scratch *scratch);
bool walk_is_attribute(const struct walk_key_row *row, enum walk_role role);

/* walk_judge.c: the state of a container, and what a value in a state is. */
struct walk_state walk_state_of(struct redact_walk *walk, const struct walk_state *parent, const struct har_node *node,
                                const struct judged *judged);
struct judged walk_judge(struct redact_walk *walk, struct walk_state *state, const struct har_node *node);

/* The decoded text; borrowed until `room` or the tree is changed. */
struct har_text walk_text(struct redact_walk *walk, const struct har_node *node, bool key, struct har_buffer *room);

/* walk_look.c */
void walk_look(struct redact_walk *walk, const struct har_item *item, uint32_t node, const struct judged *judged);
void walk_look_at_key(struct redact_walk *walk, const struct har_item *item, uint32_t node, const struct judged *judged);

/* walk_change.c: `made` becomes the edited text; false when memory is short. The underscore of a member's name stays. */
bool walk_make(struct redact_walk *walk, struct har_text text, bool key);

/* The text of a node is made, and put into the tree unless it is large: that waits until it was looked at once more, so that there
 * is one copy less of it at a time. */
void walk_change_text(struct redact_walk *walk, uint32_t index, struct har_text text, const struct judged *judged);

/* The tree gets what the text has become. */
void walk_put_text(struct redact_walk *walk, uint32_t index, const struct judged *judged);

/* walk_body.c: bodies that are left out, before what is in `container` is looked at. */
void walk_drop_bodies(struct redact_walk *walk, const struct har_item *item, uint32_t container, enum walk_role role);

/* Whether the text of this object is base64. */
bool walk_is_base64(const struct har_tree *tree, const struct har_node *object);

/* Whether a header beside this content or postData says that it is packed with brotli. */
bool walk_is_brotli(struct redact_walk *walk, const struct har_node *object);

/* sizes.c: what the text of `object` measures before it is changed, and the sizes that follow it. */
struct walk_sizes {
    bool any, marked, base64, unnamed;
    bool counted; /* points and units are known: only when no other size is told */
    size_t bytes, points, units;
    bool replaced;
};
struct walk_sizes sizes_of(const struct har_tree *tree, const struct har_node *text, bool counted);
void sizes_follow(struct redact_walk *walk, uint32_t text, const struct walk_sizes *before);

#endif
