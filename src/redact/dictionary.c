/* The secrets that were learned: each value once, in the order they came in, with the numbers of their tokens. */
#include "redact/dictionary.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "redact/escapes.h"
#include "redact/learned.h"
#include "redact/never.h"
#include "redact/token.h"

enum { NAMES_MOST = 16 << 20 /* bytes of hosts, of kinds */ };

struct redact_dictionary *redact_dictionary_new(const struct har_settings *settings, struct har_text key)
{
    struct redact_dictionary *dictionary = calloc(1, sizeof *dictionary);
    if (!dictionary)
        return NULL;
    dictionary->most = har_settings_bound(settings, HAR_BOUND_SECRETS);
    dictionary->most_bytes = har_settings_bound(settings, HAR_BOUND_SECRET_BYTES);
    har_buffer_init(&dictionary->token, SIZE_MAX / 2);
    har_buffer_init_private(&dictionary->plain, SIZE_MAX / 2);
    polyhash_init(&dictionary->hash, polyhash_point());
    if (key.len) {
        dictionary->key = malloc(key.len);
        if (!dictionary->key) {
            redact_dictionary_free(dictionary);
            return NULL;
        }
        memcpy(dictionary->key, key.bytes, key.len);
        dictionary->key_len = key.len;
    }
    return dictionary;
}

void redact_dictionary_free(struct redact_dictionary *dictionary)
{
    if (!dictionary)
        return;
    if (dictionary->key)
        explicit_bzero(dictionary->key, dictionary->key_len);
    if (dictionary->secret)
        explicit_bzero(dictionary->secret, dictionary->count * sizeof *dictionary->secret);
    free(dictionary->key);
    free(dictionary->secret);
    free(dictionary->slot);
    free(dictionary->kind);
    arena_free(&dictionary->arena);
    keyset_release(&dictionary->kinds);
    keyset_release(&dictionary->hosts);
    har_buffer_release(&dictionary->token);
    har_buffer_release(&dictionary->plain);
    index_release(&dictionary->index);
    canon_release(&dictionary->view);
    explicit_bzero(dictionary, sizeof *dictionary);
    free(dictionary);
}

/* ---- the table of values */

static uint64_t hash_of(const struct redact_dictionary *dictionary, struct har_text value)
{
    struct polyhash hash = dictionary->hash;
    polyhash_add(&hash, value.bytes, value.len);
    return polyhash_value(&hash);
}

/* The slot of the value, or the free one where it belongs. */
static uint32_t *find(const struct redact_dictionary *dictionary, struct har_text value, uint64_t hash)
{
    size_t at = (size_t)hash & (dictionary->slot_cap - 1);
    for (; dictionary->slot[at]; at = (at + 1) & (dictionary->slot_cap - 1)) {
        const struct secret *secret = &dictionary->secret[dictionary->slot[at] - 1];
        if (secret->hash == (uint32_t)hash && secret->len == value.len && memcmp(secret->bytes, value.bytes, value.len) == 0)
            break;
    }
    return &dictionary->slot[at];
}

/* Decodes escapes in place, once; false: there are none. */
static bool decode(struct har_buffer *text)
{
    const struct har_text from = {text->data, text->len};
    size_t at = escape_find(from, 0), to = at;
    if (at == from.len)
        return false;
    while (at < from.len) {
        char out[4];
        size_t len = 1, used = escape_read((struct har_text){from.bytes + at, from.len - at}, out, &len);
        if (!used) {
            out[0] = from.bytes[at];
            used = len = 1;
        }
        memcpy(text->data + to, out, len);
        to += len;
        at += used;
    }
    text->len = to;
    return true;
}

/* Bytes of an escape that the value's end cuts off. */
static size_t cut_off(struct redact_dictionary *dictionary, struct har_text value)
{
    struct canon *const view = &dictionary->view;
    dictionary->failed |= !canon_make(view, value, false);
    return dictionary->failed ? 0 : view->len - canon_whole(view);
}

/* The value with all escapes decoded and + for blanks, as in forms, by which it is the same secret however it is spelled. Borrowed
 * until the next call; `value` itself when it is that. */
static struct har_text plain_of(struct redact_dictionary *dictionary, struct har_text value)
{
    enum { DEPTH_MOST = 8 };
    struct har_buffer *const plain = &dictionary->plain;
    const bool escaped = canon_first(value) < value.len;
    if (!escaped && !memchr(value.bytes, ' ', value.len))
        return value;
    har_buffer_clear(plain);
    dictionary->failed |= !har_buffer_append(plain, value.bytes, value.len);
    const size_t cut = escaped ? cut_off(dictionary, value) : 0;
    for (unsigned depth = 0; depth < DEPTH_MOST && escaped && !dictionary->failed && decode(plain); depth++)
        ;
    if (dictionary->failed || plain->len <= cut)
        return value;
    plain->len -= cut;
    for (size_t i = 0; i < plain->len; i++)
        if (plain->data[i] == ' ')
            plain->data[i] = '+';
    return (struct har_text){plain->data, plain->len};
}

static bool grow_slots(struct redact_dictionary *dictionary)
{
    const size_t cap = dictionary->slot_cap ? dictionary->slot_cap * 2 : 256;
    uint32_t *slot = calloc(cap, sizeof *slot);
    if (!slot)
        return false;
    for (size_t i = 0; i < dictionary->count; i++) {
        size_t at = (size_t)dictionary->secret[i].hash & (cap - 1);
        while (slot[at])
            at = (at + 1) & (cap - 1);
        slot[at] = (uint32_t)i + 1;
    }
    free(dictionary->slot);
    dictionary->slot = slot;
    dictionary->slot_cap = cap;
    return true;
}

static bool grow_secrets(struct redact_dictionary *dictionary)
{
    const size_t cap = dictionary->cap ? dictionary->cap + dictionary->cap / 2 : 128;
    struct secret *more = realloc(dictionary->secret, cap * sizeof *more);
    if (!more)
        return false;
    dictionary->secret = more;
    dictionary->cap = cap;
    return true;
}

/* The index of a kind's name; false when memory is short. */
static bool kind_index(struct redact_dictionary *dictionary, struct har_text name, uint32_t *index)
{
    const enum keyset_result result = keyset_put(&dictionary->kinds, name.bytes, name.len, NAMES_MOST, index);
    if (result == KEYSET_OLD)
        return true;
    char *copy = result == KEYSET_NEW ? arena_take(&dictionary->arena, name.len + 1) : NULL;
    if (copy && *index >= dictionary->kind_cap) {
        const size_t cap = dictionary->kind_cap ? dictionary->kind_cap * 2 : 32;
        struct kind *more = realloc(dictionary->kind, cap * sizeof *more);
        if (more) {
            dictionary->kind = more;
            dictionary->kind_cap = cap;
        } else {
            copy = NULL;
        }
    }
    if (!copy) {
        dictionary->failed = true;
        return false;
    }
    memcpy(copy, name.bytes, name.len);
    copy[name.len] = 0;
    dictionary->kind[*index] = (struct kind){.name = copy};
    return true;
}

enum har_status dictionary_too_many(enum har_bound bound, struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, (int)bound, "%s than --%s allows",
                         bound == HAR_BOUND_SECRETS ? "there are more secrets" : "the secrets together are larger",
                         har_bound_info(bound)->name);
}

static enum har_status add(struct redact_dictionary *dictionary, struct har_text value, uint64_t hash, const char *kind,
                           unsigned flags, struct har_error *error)
{
    if (dictionary->count >= dictionary->most)
        return dictionary_too_many(HAR_BOUND_SECRETS, error);
    if (value.len > dictionary->most_bytes - dictionary->bytes || value.len > UINT32_MAX)
        return dictionary_too_many(HAR_BOUND_SECRET_BYTES, error);
    uint32_t index;
    char *bytes = arena_take(&dictionary->arena, value.len);
    if (!bytes || !kind_index(dictionary, (struct har_text){kind, strlen(kind)}, &index) ||
        (dictionary->count == dictionary->cap && !grow_secrets(dictionary)))
        return har_error_memory(error);
    memcpy(bytes, value.bytes, value.len);
    dictionary->secret[dictionary->count] = (struct secret){.bytes = bytes,
                                                            .len = (uint32_t)value.len,
                                                            .hash = (uint32_t)hash,
                                                            .plain = (uint32_t)dictionary->count,
                                                            .kind = index,
                                                            .here = (flags & REDACT_LEARN_HERE) != 0};
    dictionary->count++;
    dictionary->bytes += value.len;
    return HAR_OK;
}

/* *index is that of the secret with these bytes. */
static enum har_status learn(struct redact_dictionary *dictionary, struct har_text value, const char *kind, unsigned flags,
                             uint32_t *index, struct har_error *error)
{
    if (dictionary->count + dictionary->count / 2 >= dictionary->slot_cap && !grow_slots(dictionary))
        return har_error_memory(error);
    const uint64_t hash = hash_of(dictionary, value);
    uint32_t *slot = find(dictionary, value, hash);
    enum har_status status = HAR_OK;
    if (*slot)
        dictionary->secret[*slot - 1].here &= (flags & REDACT_LEARN_HERE) != 0;
    else if ((status = add(dictionary, value, hash, kind, flags, error)) == HAR_OK)
        *slot = (uint32_t)dictionary->count;
    *index = *slot ? *slot - 1 : 0;
    return status;
}

enum har_status redact_learn(struct redact_dictionary *dictionary, struct har_text value, const char *kind, unsigned flags,
                             struct har_error *error)
{
    uint32_t index, spelled;
    if (!value.len || dictionary->sealed)
        return HAR_OK;
    if (dictionary->failed)
        return har_error_memory(error);
    if (redact_is_token(value)) {
        redact_learn_token(dictionary, value);
        return HAR_OK;
    }
    const struct har_text plain = plain_of(dictionary, value);
    enum har_status status = learn(dictionary, plain, kind, flags, &index, error);
    if (status != HAR_OK || plain.bytes == value.bytes)
        return status;
    status = learn(dictionary, value, kind, flags, &spelled, error);
    if (status == HAR_OK && spelled != index && dictionary->secret[spelled].plain == spelled) {
        dictionary->secret[spelled].plain = index;
        dictionary->spelled++;
    }
    return status;
}

bool redact_learn_host(struct redact_dictionary *dictionary, struct har_text host)
{
    return never_add_host(&dictionary->hosts, host, NAMES_MOST);
}

void redact_learn_token(struct redact_dictionary *dictionary, struct har_text token)
{
    struct token_parts parts;
    uint32_t index;
    if (dictionary->sealed || !token_read(token, &parts) || !parts.number || !kind_index(dictionary, parts.kind, &index))
        return;
    if (parts.number > dictionary->kind[index].largest)
        dictionary->kind[index].largest = parts.number;
}

void redact_learn_tokens(struct redact_dictionary *dictionary, struct har_text text)
{
    const size_t front = sizeof TOKEN_FRONT - 1;
    while (text.len > front) {
        const char *found = memmem(text.bytes, text.len, TOKEN_FRONT, front);
        if (!found)
            return;
        text = (struct har_text){found, text.len - (size_t)(found - text.bytes)};
        redact_learn_token(dictionary, text);
        text = (struct har_text){text.bytes + front, text.len - front};
    }
}

/* ---- after sealing */

bool redact_sealed(const struct redact_dictionary *dictionary)
{
    return dictionary->sealed;
}

struct har_text redact_token(struct redact_dictionary *dictionary, struct har_text value)
{
    const struct har_text none = {"", 0};
    if (!value.len || !dictionary->sealed || !dictionary->count)
        return none;
    uint32_t index = *find(dictionary, value, hash_of(dictionary, value));
    if (!index) {
        value = plain_of(dictionary, value);
        index = *find(dictionary, value, hash_of(dictionary, value));
    }
    if (!index)
        return none;
    const struct secret *secret = &dictionary->secret[dictionary->secret[index - 1].plain];
    const char *kind = dictionary->kind[secret->kind].name;
    har_buffer_clear(&dictionary->token);
    const bool good = secret->digits ? har_buffer_printf(&dictionary->token, TOKEN_FRONT "%s-%0*" PRIx64, kind, secret->digits,
                                                         secret->number >> (64 - 4 * secret->digits))
                                     : har_buffer_printf(&dictionary->token, TOKEN_FRONT "%s-%" PRIu64, kind, secret->number);
    return good ? (struct har_text){dictionary->token.data, dictionary->token.len} : none;
}

struct redact_dictionary_totals redact_dictionary_totals(const struct redact_dictionary *dictionary)
{
    return (struct redact_dictionary_totals){dictionary->count - dictionary->spelled, dictionary->short_ones};
}
