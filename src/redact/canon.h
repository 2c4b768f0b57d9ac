/* The canonical view of a text: all escapes decoded, to whatever depth, and what encoders treat alike folded. Two texts that differ
 * only in how they are escaped have the same one. */
#ifndef REDACT_CANON_H
#define REDACT_CANON_H

#include <harmill/place.h>

/* A as a; + and blank as -; / as _ (forms write a blank as +, base64 has two alphabets). Folding twice changes nothing. */
extern const unsigned char canon_fold[256];

/* Copies bytes, folded. */
void canon_copy(unsigned char *out, const unsigned char *bytes, size_t len);

/* Output bytes from `at` on come from source bytes from `from` on, one by one, up to the next jump. */
struct canon_jump {
    size_t at, from;
};

/* Zeroed is empty. May be used again and again. */
struct canon {
    unsigned char *bytes;
    size_t len, cap;
    struct canon_jump *jump;
    size_t jumps, jump_cap;
    bool failed;      /* memory is short */
    size_t pending;   /* one past the last byte that may begin an escape; 0: none */
    bool soft_breaks; /* there are some */
    bool quoted;      /* =XX counts as an escape, too */
};

/* The first place in `text` where an escape may begin; text.len: the view is the text itself, folded. */
size_t canon_first(struct har_text text);

/* Makes the view; false when memory is short. Escapes are percent (%41, %u0041), backslash (\u0041, \u{41}, \x41, \n, \", \/, \\),
 * entities (decimal, hexadecimal, named ones for ASCII), soft line breaks and, when `quoted` and the text has
 * these, =XX of quoted-printable: it may be something else, so that both views are to be looked at. */
bool canon_make(struct canon *canon, struct har_text text, bool quoted);

/* Whether something is in `text` that only counts when `quoted`; otherwise both views are the same. */
bool canon_may_be_quoted(struct har_text text);

/* The byte of the source that output byte `at` begins with; `at` may be the length: then source_len. */
size_t canon_source(const struct canon *canon, size_t at, size_t source_len);

/* Length of the view without an escape that its end cuts off. */
size_t canon_whole(const struct canon *canon);

/* Wipes. */
void canon_release(struct canon *canon);

#endif
