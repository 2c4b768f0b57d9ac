/* Replacements in one text. */
#ifndef REDACT_EDITS_H
#define REDACT_EDITS_H

#include <harmill/buffer.h>
#include <harmill/place.h>

struct redact_edit {
    size_t start, end;   /* bytes of the text that are replaced */
    size_t by, by_len;   /* in edits->texts */
    uint16_t rule;       /* see redact/rules.h */
    bool propagated;     /* only because the value was learned elsewhere */
    bool encoded;        /* a stretch of base64 and the like, within which something is replaced */
};

enum { KEEP_MOST = 1 << 22 }; /* bytes of a buffer that is kept for the next text */

/* Zeroed is empty. */
struct redact_edits {
    struct redact_edit *edit;
    size_t count, cap;
    struct har_buffer texts;
    bool failed; /* memory is short */
};

void redact_edits_add(struct redact_edits *edits, struct redact_edit edit, struct har_text by);

/* The same with all that a private buffer holds, which is empty afterwards: large ones are not copied. */
void redact_edits_add_buffer(struct redact_edits *edits, struct redact_edit edit, struct har_buffer *by);

/* Puts them in order and makes one of those that overlap: for all that they cover together the replacement of the widest that is
 * not `encoded`, or of the widest. Edits that change nothing are dropped. */
void redact_edits_settle(struct redact_edits *edits, struct har_text text);

/* Appends `text` with the settled edits made; false when memory is short. */
bool redact_edits_apply(const struct redact_edits *edits, struct har_text text, struct har_buffer *out);

/* The same to an empty private buffer, with edits that are not to be made again: what replaces all of the text is not copied. */
bool redact_edits_move(struct redact_edits *edits, struct har_text text, struct har_buffer *out);

/* The same within the private buffer whose content they are of. */
bool redact_edits_apply_within(struct redact_edits *edits, struct har_buffer *text);

/* Gives back what was needed for large texts. */
void redact_edits_clear(struct redact_edits *edits);
void redact_edits_release(struct redact_edits *edits);

#endif
