/* Programs that read a capture whole, as one object of theirs built from the parsed JSON: the walk over what they look at. The
 * single importer says what it demands of each member. Where a key stands twice the last one counts, as to JSON.parse; but members
 * of the document and of the log come one by one, so that each of them is judged there. */
#ifndef HARMILL_CONSUMER_IMPORTER_H
#define HARMILL_CONSUMER_IMPORTER_H

#include "check/semantic.h"

struct importer {
    enum har_rule rule;

    /* Rows that must not be missing, as bits, and what to say then: %1 is the object, %2 the member. */
    uint32_t (*required)(enum har_object kind);
    const char *(*missing)(enum har_object kind, unsigned row);

    /* A value where the importer builds an object of this kind. False: it was told, or nothing in it is looked at. */
    bool (*object)(struct check *check, enum har_object kind, const struct har_node *node);

    /* A member that is there, the last one where its key stands twice. False: what it holds is not looked at. */
    bool (*member)(struct check *check, enum har_object kind, unsigned row, const struct har_node *node);

    /* About the document: %1 is what it is instead, what the log lies in. */
    const char *no_object, *no_log, *enveloped;
};

/* What is remembered from item to item: the context of a group. */
struct importer_seen {
    bool foreign; /* XML: there is nothing more to tell than that */
    bool log;     /* in the document itself, not in an envelope */
};

/* For all kinds of items. */
enum { IMPORTER_ITEMS = IN(DOC_BEGIN) | IN(MEMBER) | IN(PAGE) | IN(ENTRY) | IN(DOC_END) };

void importer_item(struct check *check, const struct importer *importer, struct importer_seen *seen);

/* A finding about a member; %1 is the object, %2 the member, %3 what the value is ("a string"). */
void importer_tell(struct check *check, enum har_rule rule, enum har_object kind, unsigned row, const struct har_node *node,
                   const char *message);

/* A finding about a value where an object is expected; %1 is the object, %2 what the value is. */
void importer_tell_object(struct check *check, enum har_rule rule, enum har_object kind, const struct har_node *node,
                          const char *message);

#endif
