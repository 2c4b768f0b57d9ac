/* No learned secret is in the written bytes: the search over what comes in pieces, with what the next piece may complete. */
#include <stdlib.h>
#include <string.h>

#include "redact/learned.h"
#include "redact/token.h"

/* Bytes that are searched at once; before them BEFORE that were searched already, to know what a hit stands in; behind them at most
 * CARRY, which a hit may reach into: so much of a secret is compared that it fits in there when each byte is an escape of six. */
enum { PIECE = 512 << 10, BEFORE = 2 * TOKEN_MOST, CARRY = 64 << 10, CARRY_LEAST = 1 << 10, ESCAPED = 6 };

struct redact_proof {
    struct redact_dictionary *dictionary;
    char *window;
    size_t len, from;      /* of the window; from `from` on it was not searched yet */
    size_t carry, covered; /* end of the last place that was counted */
    uint64_t bytes, places;
    bool failed;
};

struct redact_proof *redact_proof_new(struct redact_dictionary *dictionary)
{
    struct redact_proof *proof = calloc(1, sizeof *proof);
    if (!proof)
        return NULL;
    proof->dictionary = dictionary;
    const size_t longest = dictionary->index.longest;
    proof->carry = longest >= CARRY / ESCAPED ? CARRY : longest * ESCAPED + CARRY_LEAST;
    proof->window = malloc(BEFORE + PIECE + proof->carry);
    if (proof->window)
        return proof;
    free(proof);
    return NULL;
}

void redact_proof_free(struct redact_proof *proof)
{
    if (!proof)
        return;
    explicit_bzero(proof->window, BEFORE + PIECE + proof->carry);
    free(proof->window);
    free(proof);
}

static void count(void *user, const struct hit *hit)
{
    struct redact_proof *proof = user;
    proof->places += hit->start >= proof->covered;
    proof->covered = hit->end > proof->covered ? hit->end : proof->covered;
}

/* Searches for what begins before `to`, and keeps the rest. */
static bool look(struct redact_proof *proof, size_t to)
{
    struct search search = {.dictionary = proof->dictionary,
                            .text = {proof->window, proof->len},
                            .from = proof->from,
                            .to = to,
                            .spelled = true,
                            .hit = count,
                            .user = proof};
    search_run(&search);
    const size_t cut = to > BEFORE ? to - BEFORE : 0;
    memmove(proof->window, proof->window + cut, proof->len - cut);
    proof->len -= cut;
    proof->from = to - cut;
    proof->covered -= proof->covered < cut ? proof->covered : cut;
    proof->failed |= search.failed;
    return !proof->failed;
}

bool redact_proof_feed(struct redact_proof *proof, const void *bytes, size_t len)
{
    const size_t size = BEFORE + PIECE + proof->carry;
    const char *next = bytes;
    proof->bytes += len;
    while (len && !proof->failed) {
        const size_t room = size - proof->len, part = len < room ? len : room;
        memcpy(proof->window + proof->len, next, part);
        proof->len += part;
        next += part;
        len -= part;
        if (proof->len == size)
            look(proof, proof->len - proof->carry);
    }
    return !proof->failed;
}

uint64_t redact_proof_end(struct redact_proof *proof)
{
    look(proof, proof->len);
    return proof->failed && !proof->places ? 1 : proof->places;
}

uint64_t redact_proof_bytes(const struct redact_proof *proof)
{
    return proof->bytes;
}
