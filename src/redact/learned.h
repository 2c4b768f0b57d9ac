/* What a dictionary holds, for the files that it is made of. */
#ifndef REDACT_LEARNED_H
#define REDACT_LEARNED_H

#include "redact/canon.h"
#include "redact/dictionary.h"
#include "util/keyset.h"

/* There may be many: kept small. */
struct secret {
    const char *bytes;          /* as it was learned */
    const unsigned char *canon; /* its canonical form; NULL: that of its bytes, folded */
    uint64_t number;            /* in its token; with a key the first half of the HMAC */
    uint32_t len, canon_len;
    uint32_t hash;  /* lower half */
    uint32_t plain; /* index of the secret that this one is when all escapes are decoded, which has the token; itself: none */
    uint32_t kind;  /* index */
    uint8_t digits; /* of the HMAC in its token */
    bool here;      /* not looked for elsewhere */
    bool letters;   /* nothing else: must stand there as a word */
};

/* What a secret is looked for as. */
enum form {
    FORM_CANON,
    FORM_RAW, /* where that differs */
    FORM_REVERSED,
    FORM_HEX,
    FORM_BASE64,                  /* at each offset in a group of three bytes */
    FORM_TWICE = FORM_BASE64 + 3, /* base64 of base64, the outer one at each offset */
    FORM_COUNT = FORM_TWICE + 3,
};

/* A secret in one form. Those that begin alike stand in a row, in the order of their bytes. */
struct entry {
    uint32_t secret;
    uint16_t most; /* bytes that are compared: what agrees so far is found */
    uint8_t form;
};

/* How an entry of such a row belongs to others; most begin like no other one. */
struct kin {
    uint32_t parent; /* the longest other one that this begins with; itself: there is none */
    uint32_t jump;   /* one further up, so that the way up takes few steps */
    uint32_t depth;
};

/* So much of a secret is compared at most. Where secrets begin within others again and again, each place of a text might be
 * compared with so much: of these less is compared, but no less than COMPARED_LEAST, so that a search takes time by the length of
 * its text. */
enum { COMPARED_MOST = 10 << 10, COMPARED_LEAST = 128, INNER_MOST = 16 };

/* Entries with the same first bytes: up to the first one of the next group. */
struct group {
    uint64_t head;
    uint32_t first, longest;
};

/* Bytes of a head. A gram is a part of it: the more secrets, the longer must it be to tell anything, and the more places of a text
 * must be looked at: each HEAD - gram + 1 bytes. */
enum { HEAD = 8, GRAM_LEAST = 4, GRAM_MOST = 6, GRAM_BITS_MOST = 28 };

struct redact_index {
    struct entry *entry;
    struct kin *kin;     /* of the first `related` entries; the others are alone in their groups */
    struct group *group; /* one more than there are */
    uint32_t *slot;      /* hash table of groups: index and one; 0: free */
    size_t entries, related, groups;
    unsigned slot_bits, gram_bits, head_bits;
    uint64_t *grams; /* bits: each `gram` bytes in a head */
    unsigned gram;
    uint64_t *heads; /* bits */
    uint64_t mix;    /* odd, random */
    size_t longest;  /* of all entries, not more than a match compares */
    size_t farthest; /* how long the longest is as a whole */
};

struct arena;
struct kind {
    const char *name;
    uint64_t largest; /* number that was met in an input */
};

struct redact_dictionary {
    struct secret *secret;
    size_t count, cap;
    uint32_t *slot; /* hash table of secrets: index and one; 0: free */
    size_t slot_cap;
    struct polyhash hash;
    struct arena *arena; /* their bytes */
    uint64_t bytes, most, most_bytes;
    struct keyset kinds, hosts;
    struct kind *kind;
    size_t kind_cap;
    char *key;
    size_t key_len;
    struct har_buffer token, plain;
    size_t spelled; /* secrets that are others, with escapes */
    struct redact_index index;
    struct canon view;
    uint64_t short_ones;
    bool sealed, failed;
};

/* ---- arena.c: memory that is wiped when it is freed, and never moved. */
void *arena_take(struct arena **arena, size_t len); /* NULL: memory is short */
void arena_free(struct arena **arena);

/* ---- dictionary.c */
enum har_status dictionary_too_many(enum har_bound bound, struct har_error *error);

/* ---- forms.c */

/* How many bytes of the form may be compared. */
size_t form_length(const struct secret *secret, enum form form);

/* `count` bytes of it from `at` on, folded. */
void form_fill(const struct secret *secret, enum form form, size_t at, unsigned char *out, size_t count);

enum { FORM_CHUNK = 64 }; /* bytes that are made at once */

/* How long all of it is; of base64, as much as is compared. */
size_t form_extent(const struct secret *secret, enum form form);

/* Whether the whole stretch of base64 around it is replaced. */
static inline bool form_is_base64(enum form form)
{
    return form >= FORM_BASE64;
}

/* ---- index.c */
bool index_make(struct redact_index *index, const struct secret *secret, size_t count);
void index_release(struct redact_index *index);

/* The entries with this head; NULL: none. */
const struct group *index_find(const struct redact_index *index, uint64_t head);

static inline uint64_t eight_bytes(const unsigned char *byte)
{
    return (uint64_t)byte[0] | (uint64_t)byte[1] << 8 | (uint64_t)byte[2] << 16 | (uint64_t)byte[3] << 24 |
           (uint64_t)byte[4] << 32 | (uint64_t)byte[5] << 40 | (uint64_t)byte[6] << 48 | (uint64_t)byte[7] << 56;
}

/* Whether a secret may begin with these bytes, and where to ask in `heads`. */
static inline size_t index_mixed(const struct redact_index *index, uint64_t head, unsigned bits)
{
    return (size_t)((head ^ head >> 32) * index->mix >> (64 - bits));
}

static inline bool index_maybe(const struct redact_index *index, uint64_t head)
{
    const size_t bit = index_mixed(index, head, index->head_bits);
    return index->heads[bit / 64] >> bit % 64 & 1;
}

/* Where to ask in `grams`, but for the size of that: a shift that is known is quicker than one that is not. */
static inline size_t index_gram(uint64_t gram, uint64_t mix)
{
    return (size_t)(gram * mix >> (64 - GRAM_BITS_MOST));
}

/* ---- spelled.c: JSON as it is written. */

/* Whether `at` is inside of an escape. */
bool spelled_within_escape(struct har_text text, size_t at);

/* Whether a string ends or begins between the two places. */
bool spelled_crosses(struct har_text text, size_t start, size_t end);

/* ---- search.c */

/* A place where a secret stands in a text: in its own bytes. */
struct hit {
    size_t start, end;
    uint32_t secret;
    bool encoded; /* in base64: all of the stretch is hit */
};
typedef void hit_fn(void *user, const struct hit *hit);

struct search {
    struct redact_dictionary *dictionary;
    struct har_text text;
    size_t from, to; /* hits begin there */
    size_t base;     /* what is added to the places of hits: the text is a part of a larger one */
    bool quoted;     /* of a text with soft line breaks the view with =XX decoded, too */
    bool spelled;    /* the text is JSON as it is written: see spelled.c */
    hit_fn *hit;     /* told in the order of places, of the text and then of its view; one within another is left out */
    void *user;
    uint64_t compared; /* bytes: the work that there was but for looking at all places */
    bool failed;       /* memory is short */
};

/* In the text as it is, and in its canonical view. */
void search_run(struct search *search);

#endif
