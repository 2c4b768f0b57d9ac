/* What the first reading found in texts of which all findings are known by their places: the second one needs no finders there. */
#ifndef REDACT_REPLAY_H
#define REDACT_REPLAY_H

#include "redact/edits.h"

struct replay;

/* A call of redact_secret_as(). */
struct replay_row {
    uint32_t start, end;
    uint16_t rule;
    uint8_t flags;
};

/* All of one text. */
struct replay_text {
    uint64_t key; /* of clean_key(); 0: free */
    uint32_t first, count, suspicious;
    bool decoded; /* see struct redact_engine */
};

/* NULL: memory is short. At most about 3 MiB are used; beyond that nothing is kept any more. */
struct replay *replay_new(void);
void replay_free(struct replay *replay); /* NULL is fine */

/* Between opening and closing rows are added. They are kept when they are all that the text's edits from `before` on came from. */
void replay_open(struct replay *replay);
void replay_add(struct replay *replay, size_t start, size_t end, uint16_t rule, unsigned flags);
void replay_close(struct replay *replay, struct replay_text text, const struct redact_edits *edits, size_t before);

/* NULL: nothing is known. Both are borrowed until the next text is opened. */
const struct replay_text *replay_find(const struct replay *replay, uint64_t key);
const struct replay_row *replay_rows(const struct replay *replay, const struct replay_text *text);

#endif
