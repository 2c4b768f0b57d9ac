/* Buffers for work on one text, used again and again. */
#ifndef REDACT_LEVEL_H
#define REDACT_LEVEL_H

#include "redact/engine.h"

/* An escape that was decoded: where what it stands for is now, and where it stood. */
struct level_unit {
    size_t plain, text;
};

struct level {
    struct level *next;
    struct redact_edits edits;
    struct har_buffer plain, made; /* private, without a maximum; empty when taken */
    struct level_unit *unit;       /* some of `plain`, ascending: see views.c */
    size_t units, unit_cap;
};

/* NULL: memory is short, the engine has failed. Give it back. */
struct level *redact_level_take(struct redact_engine *engine);
void redact_level_give(struct redact_engine *engine, struct level *level);

/* Ends the run when status is HAR_FATAL. */
void redact_fail(struct redact_engine *engine, enum har_status status);

/* Gives back what is larger than KEEP_MOST. */
void redact_trim(struct har_buffer *buffer);

#endif
