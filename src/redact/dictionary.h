/* The secrets that were learned: their tokens, and finding them again in any text. */
#ifndef REDACT_DICTIONARY_H
#define REDACT_DICTIONARY_H

#include "redact/edits.h"
#include "redact/rules.h"

struct redact_dictionary;

/* NULL: memory is short. The key is copied; see struct har_redact_options. */
struct redact_dictionary *redact_dictionary_new(const struct har_settings *settings, struct har_text key);

/* Wipes and frees it; NULL is fine. */
void redact_dictionary_free(struct redact_dictionary *dictionary);

enum {
    REDACT_LEARN_HERE = 1, /* replaced where it was found only, however long it is */
};

/* Before sealing: learns a value, for which the token's word is `kind`. Equal values are one secret, the first kind counts.
 * HAR_FATAL: memory is short, or (HAR_DOMAIN_BOUND, HAR_BOUND_SECRETS or _SECRET_BYTES) there are too many. Values that are
 * tokens already are remembered only for their number. */
enum har_status redact_learn(struct redact_dictionary *dictionary, struct har_text value, const char *kind, unsigned flags,
                             struct har_error *error);

/* A host of a capture: neither it nor what is a part of an address of it is ever learned for other places. False: memory. */
bool redact_learn_host(struct redact_dictionary *dictionary, struct har_text host);

/* Notes a token that stands in an input, so that no new secret gets it. */
void redact_learn_token(struct redact_dictionary *dictionary, struct har_text token);

/* The same for each token that stands somewhere in a text. */
void redact_learn_tokens(struct redact_dictionary *dictionary, struct har_text text);

/* Numbers the secrets in the order they came in, drops from the search what is too short or common (never.c), makes the search
 * ready. Once; nothing can be learned after it. */
enum har_status redact_seal(struct redact_dictionary *dictionary, struct har_error *error);
bool redact_sealed(const struct redact_dictionary *dictionary);

/* The token of a value, borrowed until the next call: of a value that was not learned, empty. */
struct har_text redact_token(struct redact_dictionary *dictionary, struct har_text value);

/* Length of the token at the front of `text`, as this program writes them: "redacted-kind-12", "redacted-kind-0a1b2c3d4e"; 0. */
size_t redact_token_length(struct har_text text);

/* Whether all of `text` is one token. */
bool redact_is_token(struct har_text text);

/* After sealing: adds an edit (propagated) for each place where a learned secret stands in `text`: as it is in any case of letters,
 * with escapes (percent, backslash, entities, soft breaks, nested in any way), in hexadecimal, reversed, in base64 at each of the
 * three offsets (then the whole stretch of base64 is edited, by a token). Longest first, left to right, linear. Gzip and base64
 * that is decodable from its beginning are the caller's. What is a part of a token is no secret. */
void redact_search(struct redact_dictionary *dictionary, struct har_text text, struct redact_edits *edits);

/* ---- proof: the same search over an output that comes in pieces. */

struct redact_proof; /* keeps as many of the last bytes as the longest secret may need, escaped; bounded */
struct redact_proof *redact_proof_new(struct redact_dictionary *dictionary);
void redact_proof_free(struct redact_proof *proof);
bool redact_proof_feed(struct redact_proof *proof, const void *bytes, size_t len); /* false: memory */
uint64_t redact_proof_end(struct redact_proof *proof);                             /* places found, 0: none */
uint64_t redact_proof_bytes(const struct redact_proof *proof);

struct redact_dictionary_totals {
    uint64_t secrets, short_ones;
};
struct redact_dictionary_totals redact_dictionary_totals(const struct redact_dictionary *dictionary);

#endif
