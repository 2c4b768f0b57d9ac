/* What the files of the canonical view share. */
#ifndef REDACT_CANON_OWN_H
#define REDACT_CANON_OWN_H

#include <stdint.h>
#include <string.h>

#include "redact/canon.h"

enum { ESCAPE_MOST = 12 }; /* bytes of the longest escape */

enum { BEGINS = 1, AFTER_PERCENT = 2, AFTER_BACKSLASH = 4, AFTER_AMPERSAND = 8, AFTER_EQUALS = 16 };

/* What each byte may be in an escape. */
extern const unsigned char canon_kinds[256];

/* ---- sixteen bytes at once */

enum { LANES = 16 };
typedef unsigned char lanes __attribute__((vector_size(LANES)));
typedef signed char signed_lanes __attribute__((vector_size(LANES)));
typedef uint64_t halves __attribute__((vector_size(LANES)));

static inline lanes canon_load(const void *bytes)
{
    lanes all;
    memcpy(&all, bytes, sizeof all);
    return all;
}

static inline lanes canon_fold_lanes(lanes all)
{
    const signed_lanes letter = (signed_lanes)all;
    all |= (lanes)((letter > 'A' - 1) & (letter < 'Z' + 1)) & 0x20;
    const lanes blank = (lanes)((all == ' ') | (all == '+')), slash = (lanes)(all == '/');
    all = (all & ~blank) | (blank & '-');
    return (all & ~slash) | (slash & '_');
}

/* ---- canon.c */
bool canon_grow_jumps(struct canon *canon);

/* The next output byte comes from source byte `from`. */
static inline void canon_note(struct canon *canon, size_t from)
{
    if (canon->jumps) {
        const struct canon_jump *last = &canon->jump[canon->jumps - 1];
        if (last->from + (canon->len - last->at) == from)
            return;
    }
    if (canon->jumps < canon->jump_cap || canon_grow_jumps(canon))
        canon->jump[canon->jumps++] = (struct canon_jump){canon->len, from};
}

/* A character as UTF-8; one that is half of a pair with what stands there takes its place. */
void canon_push_code(struct canon *canon, uint32_t code, size_t from);

/* The number in `count` digits at `digits`; -1: they are none. */
int32_t canon_number(const unsigned char *digits, size_t count, unsigned base);

/* What `name`, the inside of an entity, stands for; -1. */
int32_t canon_entity(const unsigned char *name, size_t len);

/* ---- canon_simple.c */

/* Whether "=3D", in capitals, stands there. */
bool canon_is_quoted(struct har_text text, size_t at);

/* Copies bytes, and what escapes stand for that are simple, up to one that is not. */
size_t canon_copy_simple(struct canon *canon, struct har_text text, size_t at);

#endif
