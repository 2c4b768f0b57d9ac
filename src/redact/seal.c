/* From learning to searching: the numbers of tokens, the forms that secrets are looked for in, the index. */
#include <stdlib.h>
#include <string.h>

#include "redact/escapes.h"
#include "redact/hmac.h"
#include "redact/learned.h"
#include "redact/never.h"
#include "redact/token.h"
#include "util/text.h"

enum { LEAST = HEAD /* bytes of what is looked for elsewhere */ };

static void number_all(struct redact_dictionary *dictionary)
{
    for (size_t i = 0; i < dictionary->count; i++)
        if (dictionary->secret[i].plain == i)
            dictionary->secret[i].number = ++dictionary->kind[dictionary->secret[i].kind].largest;
}

/* Order of equal HMACs: as long as they agree, so many digits more are needed. */
static int compare_mac(const void *one, const void *other, void *user)
{
    const struct secret *secret = user;
    const struct secret *a = &secret[*(const uint32_t *)one], *b = &secret[*(const uint32_t *)other];
    return a->number != b->number ? (a->number < b->number ? -1 : 1) : a < b ? -1 : a > b;
}

static bool same_digits(const struct secret *a, const struct secret *b, unsigned digits)
{
    return a->kind == b->kind && a->number >> (64 - 4 * digits) == b->number >> (64 - 4 * digits);
}

/* Of what forms write + for, a blank counts. False: memory is short. */
static bool hash_one(struct redact_dictionary *dictionary, struct secret *secret)
{
    struct har_buffer *const plain = &dictionary->plain;
    unsigned char mac[SHA256_SIZE];
    har_buffer_clear(plain);
    if (!har_buffer_append(plain, secret->bytes, secret->len))
        return false;
    for (size_t i = 0; i < plain->len; i++)
        if (plain->data[i] == '+')
            plain->data[i] = ' ';
    hmac_sha256((struct har_text){dictionary->key, dictionary->key_len}, (struct har_text){plain->data, plain->len}, mac);
    for (unsigned byte = 0; byte < 8; byte++)
        secret->number = secret->number << 8 | mac[byte];
    secret->digits = TOKEN_HEX_LEAST;
    return true;
}

static bool hash_all(struct redact_dictionary *dictionary)
{
    uint32_t *order = malloc((dictionary->count ? dictionary->count : 1) * sizeof *order);
    size_t count = 0;
    bool good = order != NULL;
    for (size_t i = 0; i < dictionary->count && good; i++) {
        if (dictionary->secret[i].plain != i)
            continue;
        good = hash_one(dictionary, &dictionary->secret[i]);
        order[count++] = (uint32_t)i;
    }
    if (good)
        qsort_r(order, count, sizeof *order, compare_mac, dictionary->secret);
    for (size_t i = 1; i < count && good; i++) {
        struct secret *before = &dictionary->secret[order[i - 1]], *secret = &dictionary->secret[order[i]];
        struct secret *later = before < secret ? secret : before;
        while (later->digits < TOKEN_HEX_MOST && same_digits(before, secret, TOKEN_HEX_LEAST) &&
               same_digits(before, secret, later->digits))
            later->digits++;
    }
    free(order);
    return good;
}

static bool only_letters(const struct secret *secret)
{
    for (size_t i = 0; i < secret->canon_len; i++) {
        const unsigned char byte = secret->canon ? secret->canon[i] : (unsigned char)secret->bytes[i];
        if (!text_is_letter((char)byte) && byte < 0x80)
            return false;
    }
    return true;
}

/* The form in which it is looked for. */
static enum har_status prepare(struct redact_dictionary *dictionary, struct secret *secret, struct har_error *error)
{
    const struct har_text value = {secret->bytes, secret->len};
    secret->canon_len = secret->len;
    if (canon_first(value) < value.len || memchr("%\\", value.bytes[value.len - 1], 2)) {
        struct canon *view = &dictionary->view;
        if (!canon_make(view, value, false))
            return har_error_memory(error);
        const size_t len = canon_whole(view);
        if (len > dictionary->most_bytes - dictionary->bytes)
            return dictionary_too_many(HAR_BOUND_SECRET_BYTES, error);
        unsigned char *copy = arena_take(&dictionary->arena, len);
        if (!copy)
            return har_error_memory(error);
        memcpy(copy, view->bytes, len);
        dictionary->bytes += len;
        secret->canon = copy;
        secret->canon_len = (uint32_t)len;
    }
    secret->here |= secret->canon_len < LEAST || never_elsewhere(value, &dictionary->hosts);
    secret->letters = only_letters(secret);
    dictionary->short_ones += secret->here && secret == &dictionary->secret[secret->plain];
    return HAR_OK;
}

enum har_status redact_seal(struct redact_dictionary *dictionary, struct har_error *error)
{
    if (dictionary->sealed)
        return HAR_OK;
    dictionary->sealed = true;
    bool good = !dictionary->failed;
    if (good && dictionary->key)
        good = hash_all(dictionary);
    else
        number_all(dictionary);
    for (size_t i = 0; i < dictionary->count && good; i++) {
        const enum har_status status = prepare(dictionary, &dictionary->secret[i], error);
        if (status != HAR_OK)
            return status;
    }
    good = good && index_make(&dictionary->index, dictionary->secret, dictionary->count);
    return good ? HAR_OK : har_error_memory(error);
}
