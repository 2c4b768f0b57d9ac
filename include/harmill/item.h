/* What a format hands to the rest, one at a time: a HAR is a stream of items. */
#ifndef HARMILL_ITEM_H
#define HARMILL_ITEM_H

#include <harmill/node.h>

HAR_BEGIN_DECLS

enum har_item_kind {
    HAR_ITEM_DOC_BEGIN,
    HAR_ITEM_MEMBER, /* one member outside the entries and pages; of `log`, `pages` and `entries` only their beginning */
    HAR_ITEM_PAGE,   /* one element of log.pages */
    HAR_ITEM_ENTRY,  /* one element of log.entries */
    HAR_ITEM_DOC_END,
};

/* Of what a MEMBER is a member. */
enum har_scope {
    HAR_SCOPE_DOCUMENT, /* of nothing: the document is no object, this is all of it */
    HAR_SCOPE_ROOT,
    HAR_SCOPE_ENVELOPE, /* of an object around the root (result, result.har) */
    HAR_SCOPE_LOG,
};

/* Valid until the next item is asked for. In a document the kinds come as DOC_BEGIN, then MEMBER, PAGE and ENTRY in the input's
 * own order (pages and version may stand behind the entries), then DOC_END. */
struct har_item {
    size_t size; /* sizeof(struct har_item) of who made it */
    enum har_item_kind kind;
    enum har_scope scope;        /* of a MEMBER */
    bool streamed;               /* a MEMBER whose elements or members follow as items of their own */
    uint64_t document;           /* documents before this one in the input */
    uint64_t ordinal;            /* of a PAGE or ENTRY: its index in the input, from 0 */
    const char *container;       /* JSON Pointer of what it lies in: "", "/log", "/log/entries", "/result/har/log/entries" */
    struct har_place place;      /* of its first character: of a MEMBER the quote of its key, in XML the element's < */
    const struct har_tree *tree; /* NULL for DOC_BEGIN and DOC_END; its root is the value, with its key */
    const char *source;          /* display name of the input; of a page or member in a merge NULL */
    uint64_t origin;             /* of a PAGE or ENTRY: its index in its own input, also where a merge numbers them anew */
};

HAR_END_DECLS
#endif
