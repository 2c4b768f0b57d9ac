/* What the parts of the filter share. Offsets count bytes of the decoded text: the input's own, those of its UTF-8 form when the
 * input is UTF-16 or UTF-32. */
#ifndef HARMILL_REPAIR_INTERNAL_H
#define HARMILL_REPAIR_INTERNAL_H

#include "json/outline.h"
#include "repair/mends.h"
#include "repair/repair.h"

enum {
    REPAIR_AHEAD = 512,  /* bytes that are there, or the end, when anything is decided: so blocks decide nothing */
    REPAIR_BEHIND = 256, /* bytes that stay for excerpts */
    REPAIR_CHUNK = 1 << 18,
    REPAIR_LEVELS = 6,
};

/* One local change: `del` bytes at `at` give way to a text of `added`. */
struct repair_edit {
    uint64_t at, del;
    uint64_t told_at; /* the place of the finding, at or behind `at` */
    const char *what; /* the message when the mend has none of its own */
    size_t ins;       /* offset in `added` */
    uint32_t ins_len;
    uint8_t mend, role; /* of the finding; the container that it is in */
    int64_t index;      /* in that container */
};

/* From here on, places of the repaired text and of the input go side by side. */
struct repair_piece {
    struct har_place repaired;      /* where the inserted text begins */
    struct har_place before, after; /* in the input: of the inserted text, of what follows it */
    uint64_t ins, ins_columns;
};

/* A finding that waits for its turn. */
struct repair_told {
    struct har_place place;
    size_t pointer, pointer_len, excerpt, excerpt_len, excerpt_at; /* in `told_text` */
    const char *what;
    int64_t entry;
    uint8_t mend;
};

/* Text that was taken out and is put in again behind what follows it. */
struct repair_stash {
    struct har_buffer text;
    struct har_place place; /* of its first byte */
};

/* What is open. */
struct repair_level {
    enum outline_role role;
    uint64_t count; /* elements or members that came through */
    bool comma;     /* the last thing was a comma, at comma_at */
    bool quiet;     /* what is odd about the next comma follows from what was told already */
    uint64_t comma_at;
};

enum repair_coding { REPAIR_UTF8, REPAIR_UTF16_LE, REPAIR_UTF16_BE, REPAIR_UTF32_LE, REPAIR_UTF32_BE };

enum repair_state { REPAIR_BEGIN, REPAIR_INSIDE, REPAIR_OUTSIDE, REPAIR_PLAIN, REPAIR_FINISHED };

/* A state to come back to: before a unit that may have swallowed what follows it. */
struct repair_snapshot {
    bool active;
    uint64_t unit_at, entries, mends;
    struct repair_level level[REPAIR_LEVELS];
    size_t levels;
    struct outline_seen seen;
};

struct repair {
    const struct har_settings *settings;
    struct har_report_to *findings;
    repair_source_fn *source;
    void *user;
    enum repair_state state;
    bool failed; /* error holds why nothing more can be read */
    struct har_error error;

    enum repair_coding coding;
    unsigned char raw[4 * 4096]; /* undecoded, when the coding is not UTF-8 */
    size_t raw_len;
    bool raw_ended;

    unsigned char *text; /* window: text[0] is at offset `base` */
    size_t cap;
    uint64_t base, end;
    bool ended;
    uint64_t at; /* where reading is */

    uint64_t flushed, ready; /* everything before was handed over; may be */
    struct har_place mark;   /* of `flushed` */
    struct har_place repaired;
    struct har_buffer out;
    size_t out_at;

    struct repair_edit *edit; /* ascending */
    size_t edit_count, edit_cap, edit_next;
    struct har_buffer added;
    uint64_t mends; /* edits so far, against the bound */
    bool full;      /* the bound was passed */
    bool lost;      /* a unit was left out */
    bool cut_packed;

    struct repair_piece *piece;
    size_t piece_count, piece_cap;

    struct repair_told *told;
    size_t told_count, told_cap, told_next;
    struct har_buffer told_text;
    bool telling;

    struct repair_level level[REPAIR_LEVELS];
    size_t levels;
    struct outline_seen seen;
    char first_key[OUTLINE_FIRST_KEY];
    uint64_t entries;
    bool wrapper;

    /* the unit */
    uint64_t unit_at;
    size_t unit_edits;
    char *stack, *stack_members;
    bool swallowed; /* it holds what looks like an entry */
    size_t depth, depth_most;
    uint64_t item_most;
    uint64_t value_end;
    uint64_t unit_key_at, unit_key_len; /* its first key */
    unsigned members;                   /* bits of REPAIR_HAS_... */
    uint64_t key_at, key_len;           /* the last key, between its quotes */
    unsigned told_in_string;
    struct {
        uint64_t at;
        enum repair_mend mend; /* MEND_NONE: broken grammar */
        const char *what;
    } fault;

    struct repair_snapshot doubt;

    /* searching */
    uint64_t reached, wasted;

    /* documents behind the first */
    uint64_t document;
    bool held; /* from the bracket of the entries on, nothing is handed over yet */
    uint64_t held_at, log_end;
    bool log_ended;
    bool stashed;
    struct repair_stash log_tail, outer_tail, kept;
    bool kept_open, pages; /* pages were read of any document */
    uint64_t skip_from;
};

enum { REPAIR_HAS_REQUEST = 1, REPAIR_HAS_RESPONSE = 2, REPAIR_HAS_STARTED = 4, REPAIR_HAS_TIMINGS = 8, REPAIR_HAS_ID = 16 };

/* How a walk over a piece of grammar ended. */
enum walk {
    WALK_WHOLE,
    WALK_BROKEN, /* fault says where and why */
    WALK_STOP,   /* no more can be read at all */
};

/* ---- window.c */

/* Makes REPAIR_AHEAD bytes at and behind `at` readable, or all there are. False: reading failed. */
bool repair_fill(struct repair *r, uint64_t at);

static inline bool repair_look(struct repair *r, uint64_t at)
{
    return (at + REPAIR_AHEAD <= r->end || r->ended) || repair_fill(r, at);
}

static inline const unsigned char *repair_bytes(const struct repair *r, uint64_t at)
{
    return r->text + (at - r->base);
}

/* The byte at `at`, -1 at the end. */
static inline int repair_peek(const struct repair *r, uint64_t at)
{
    return at < r->end ? *repair_bytes(r, at) : -1;
}

/* Hands over what is ready, up to a chunk; all of it with `all`. */
bool repair_pump(struct repair *r, bool all);

/* Hands over a text that stands nowhere in the input; `place` is what its places become, its own lines counted from there. */
bool repair_put(struct repair *r, const char *text, size_t len, struct har_place place);

/* The place of an offset at or behind `flushed`. */
struct har_place repair_place(const struct repair *r, uint64_t at);

/* ---- coding.c: the input as UTF-8 */

void repair_find_coding(struct repair *r, const unsigned char *bytes, size_t len);
enum har_status repair_decoded(struct repair *r, unsigned char *bytes, size_t cap, size_t *got, struct har_error *error);

/* ---- edit.c */

/* False when memory is short or there are too many. */
bool repair_edit(struct repair *r, uint64_t at, uint64_t del, const char *text, size_t len, enum repair_mend mend);
bool repair_edit_text(struct repair *r, uint64_t at, uint64_t del, const char *text, enum repair_mend mend);

/* Tells about a unit: the fault's message where the mend has none. */
bool repair_note(struct repair *r, uint64_t at, enum repair_mend mend, uint64_t told_at, const char *what);

/* Leaves out all of a stretch; what edits in it tell is told nevertheless. */
bool repair_cut(struct repair *r, uint64_t from, uint64_t to);

/* Forgets edits from the one with this number on. */
void repair_undo(struct repair *r, size_t count);

/* Appends the text between two offsets, as edited. */
bool repair_render(const struct repair *r, uint64_t from, uint64_t to, struct har_buffer *out);

/* ---- map.c, tell.c */

bool repair_map_add(struct repair *r, struct har_place before, struct har_place after, const char *ins, size_t len);
/* False when memory is short. */
bool repair_tell(struct repair *r, const struct repair_edit *edit);
void repair_tell_until(struct repair *r, uint64_t offset);

/* ---- string.c, scalar.c, walk.c: one value, mended on the way */

enum walk repair_broken(struct repair *r, uint64_t at, const char *what);
enum walk repair_string(struct repair *r, unsigned char quote);
enum walk repair_scalar(struct repair *r);

/* White space and what stands in its place. */
enum walk repair_blanks(struct repair *r);

/* A key and its colon; then `at` is where the value begins. */
enum walk repair_key(struct repair *r);
enum walk repair_value(struct repair *r);
bool repair_key_is(const struct repair *r, const char *name);
bool repair_begins_element(struct repair *r, uint64_t brace);
size_t repair_first_key(struct repair *r, uint64_t brace, uint64_t *key);
uint64_t repair_after_blanks(struct repair *r, uint64_t at);

/* ---- structure.c, search.c, document.c */

bool repair_step(struct repair *r);
bool repair_go_to(struct repair *r, enum outline_role role, uint64_t at);
bool repair_come_back(struct repair *r);
bool repair_search(struct repair *r, enum repair_mend mend);
enum outline_role repair_landmark(struct repair *r, uint64_t quote);
bool repair_push(struct repair *r, enum outline_role role);
bool repair_commit(struct repair *r);
bool repair_begin(struct repair *r);
enum outline_role repair_attempt(struct repair *r, uint64_t brace);
bool repair_between(struct repair *r);
bool repair_can_reopen(const struct repair *r);
bool repair_reopen(struct repair *r, enum repair_mend mend);
void repair_leave(struct repair *r);
bool repair_put_tail(struct repair *r);
bool repair_keep(struct repair *r);
bool repair_finish(struct repair *r);

static inline struct repair_level *repair_inner(struct repair *r)
{
    return r->levels ? &r->level[r->levels - 1] : NULL;
}

static inline bool repair_is_array(enum outline_role role)
{
    return role == ROLE_PAGES || role == ROLE_ENTRIES;
}

#endif
