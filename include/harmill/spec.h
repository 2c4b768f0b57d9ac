/* The HAR specification as tables: objects, their members in the specification's order, types, versions. */
#ifndef HARMILL_SPEC_H
#define HARMILL_SPEC_H

#include <harmill/node.h>

HAR_BEGIN_DECLS

enum har_object {
    HAR_OBJECT_NONE, /* a value, or an object that the specification does not know */
    HAR_OBJECT_ROOT,
    HAR_OBJECT_LOG,
    HAR_OBJECT_CREATOR, /* creator and browser */
    HAR_OBJECT_PAGE,
    HAR_OBJECT_PAGE_TIMINGS,
    HAR_OBJECT_ENTRY,
    HAR_OBJECT_REQUEST,
    HAR_OBJECT_RESPONSE,
    HAR_OBJECT_COOKIE,
    HAR_OBJECT_HEADER,
    HAR_OBJECT_QUERY, /* of queryString: a parameter of the address */
    HAR_OBJECT_POST_DATA,
    HAR_OBJECT_PARAM,
    HAR_OBJECT_CONTENT,
    HAR_OBJECT_CACHE,
    HAR_OBJECT_CACHE_ENTRY,
    HAR_OBJECT_TIMINGS,
    HAR_OBJECT_COUNT
};

enum har_presence {
    HAR_REQUIRED,
    HAR_OPTIONAL,
    HAR_EXPECTED,  /* the specification contradicts itself: marked required, said to be omissible (entry.cache) */
    HAR_EXCLUSIVE, /* one of several, each enough (postData.params and postData.text) */
};

/* What a value means beyond its JSON type. */
enum har_form {
    HAR_FORM_ANY,
    HAR_FORM_VERSION,   /* major.minor */
    HAR_FORM_DATE_TIME, /* W3C NOTE-datetime with time and zone */
    HAR_FORM_COUNT,     /* a whole number: bytes, a status, hits */
    HAR_FORM_TIME,      /* milliseconds */
};

/* Versions of the format, as major * 10 + minor. HAR_VERSION_1_3 is a proposal that nobody ratified. */
enum { HAR_VERSION_1_1 = 11, HAR_VERSION_1_2 = 12, HAR_VERSION_1_3 = 13 };

enum {
    HAR_MEMBER_NULL_COMMON = 1, /* current producers write null here: told, not an error */
    HAR_MEMBER_CUSTOM = 2,      /* in no version, but written by browsers (cookie.sameSite) */
};

struct har_member {
    const char *name;
    unsigned char name_len;
    unsigned char types;   /* bit 1 << enum har_kind for each kind allowed; boolean has two */
    unsigned char since;   /* HAR_VERSION_1_1 ... */
    unsigned char presence; /* enum har_presence */
    unsigned char object;  /* enum har_object of the value, or of the elements when it is an array */
    unsigned char form;    /* enum har_form */
    unsigned char flags;   /* HAR_MEMBER_... */
};

struct har_object_spec {
    const char *name;    /* as in messages and documentation: "postData" */
    const char *section; /* of the HAR 1.2 text */
    const struct har_member *members;
    size_t count;
};

/* The table of `object`; static. NULL for HAR_OBJECT_NONE and out of range. */
HAR_API const struct har_object_spec *har_spec_object(enum har_object object);

/* The row of a node that the checker has seen: its member of the specification; static. NULL for an item's root, for array
 * elements and for members that the specification does not know. */
HAR_API const struct har_member *har_node_spec(const struct har_tree *tree, const struct har_node *node);

/* The specification's object that a checked node is; HAR_OBJECT_NONE for all other values. */
HAR_API enum har_object har_node_object(const struct har_tree *tree, const struct har_node *node);

HAR_END_DECLS
#endif
