/* Lists of names and values, compared by hashes of what is left of them when all spelling is taken away. */
#include "rules/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "util/hash.h"
#include "util/percent.h"
#include "util/text.h"

struct pair {
    uint64_t name, whole;
};

enum {
    REDACTED_LONGEST = 64, /* longer values were not put there by a redaction */
    FILL_SHORTEST = 3,     /* "***" stands for a secret, "x" may be a value */
};

static void init(struct har_buffer *buffer)
{
    if (!buffer->max)
        har_buffer_init(buffer, SIZE_MAX / 2);
    har_buffer_clear(buffer);
}

void pairs_clear(struct pairs *pairs)
{
    init(&pairs->side[0]);
    init(&pairs->side[1]);
    init(&pairs->normal);
}

void pairs_release(struct pairs *pairs)
{
    har_buffer_release(&pairs->side[0]);
    har_buffer_release(&pairs->side[1]);
    har_buffer_release(&pairs->normal);
}

/* Appends one byte of a normal form: characters outside ASCII are one mark, because the two sides may be in different
 * encodings; an escape that is complete with this byte is undone, so that texts escaped any number of times are the same. */
static void normalize_byte(struct har_buffer *out, char c, bool plus)
{
    out->data[out->len++] = plus && c == '+' ? ' ' : c;
    unsigned char byte;
    while (out->len >= 3 && percent_escape(out->data + out->len - 3, 3, &byte)) {
        out->len -= 2;
        out->data[out->len - 1] = (char)byte;
        if (plus && out->data[out->len - 1] == '+')
            out->data[out->len - 1] = ' ';
    }
    if (out->data[out->len - 1] & 0x80) {
        out->data[out->len - 1] = (char)0x80;
        out->len -= out->len >= 2 && out->data[out->len - 2] == (char)0x80;
    }
}

/* The hash of a text's normal form, behind `hash`. */
static uint64_t normal_hash(struct pairs *pairs, uint64_t hash, struct har_text text, bool plus)
{
    har_buffer_clear(&pairs->normal);
    if (!har_buffer_reserve(&pairs->normal, text.len + 1)) {
        pairs->side[0].failed = true;
        return hash;
    }
    for (size_t i = 0; i < text.len; i++)
        normalize_byte(&pairs->normal, text.bytes[i], plus);
    struct har_text normal = text_trim((struct har_text){pairs->normal.data, pairs->normal.len});
    if (normal.len >= 2 && normal.bytes[0] == '"' && normal.bytes[normal.len - 1] == '"')
        normal = text_trim((struct har_text){normal.bytes + 1, normal.len - 2});
    return hash_add_part(hash, normal.bytes, normal.len);
}

static bool holds_word(struct har_text text, const char *word)
{
    const size_t len = strlen(word);
    for (size_t at = 0; at + len <= text.len; at++) {
        size_t same = 0;
        while (same < len && (text.bytes[at + same] | 32) == word[same])
            same++;
        if (same == len)
            return true;
    }
    return false;
}

/* Whether the value was taken out and something stands in its place: both sides may name it differently. */
static bool redacted(struct har_text value)
{
    static const char *const words[] = {"redacted", "scrubbed", "masked", "removed", "sanitized"};
    if (value.len > REDACTED_LONGEST)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (holds_word(value, words[i]))
            return true;
    size_t same = 1;
    while (same < value.len && value.bytes[same] == value.bytes[0])
        same++;
    return value.len >= FILL_SHORTEST && same == value.len && strchr("*xX.-#_", value.bytes[0]);
}

void pairs_add(struct pairs *pairs, int side, struct har_text name, struct har_text value, bool plus)
{
    name = text_trim(name);
    value = text_trim(value);
    if (!name.len) { /* "a" alone is a name to some and a value to others */
        name = value;
        value.len = 0;
    }
    if (!name.len)
        return;
    struct pair pair = {.name = normal_hash(pairs, HASH_START, name, plus)};
    pair.whole = redacted(value) ? hash_add(pair.name, "\xfe", 1) : normal_hash(pairs, pair.name, value, plus);
    har_buffer_append(&pairs->side[side], &pair, sizeof pair);
}

static int compare(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    const uint64_t left = x->name != y->name ? x->name : x->whole, right = x->name != y->name ? y->name : y->whole;
    return left < right ? -1 : left > right;
}

/* What is left of two sorted lists when equal pairs are taken away: then pairs of one name differ in their values. */
static void count(const struct pair *const list[2], const size_t len[2], struct pairs_difference *difference)
{
    size_t at[2] = {0, 0};
    while (at[0] < len[0] || at[1] < len[1]) {
        const bool left = at[1] == len[1] || (at[0] < len[0] && list[0][at[0]].name <= list[1][at[1]].name);
        const uint64_t name = left ? list[0][at[0]].name : list[1][at[1]].name;
        size_t alone[2] = {0, 0};
        for (;;) { /* all pairs of this name */
            const bool more[2] = {at[0] < len[0] && list[0][at[0]].name == name, at[1] < len[1] && list[1][at[1]].name == name};
            if (!more[0] && !more[1])
                break;
            const int order = !more[0] ? 1 : !more[1] ? -1 : compare(&list[0][at[0]], &list[1][at[1]]);
            alone[0] += order < 0;
            alone[1] += order > 0;
            at[0] += order <= 0;
            at[1] += order >= 0;
        }
        const size_t values = alone[0] < alone[1] ? alone[0] : alone[1];
        difference->values += values;
        difference->only[0] += alone[0] - values;
        difference->only[1] += alone[1] - values;
    }
}

bool pairs_compare(struct pairs *pairs, struct pairs_difference *difference)
{
    *difference = (struct pairs_difference){{0, 0}, 0};
    if (pairs->side[0].failed || pairs->side[1].failed)
        return false;
    const struct pair *list[2];
    size_t len[2];
    for (int side = 0; side < 2; side++) {
        void *data = pairs->side[side].data;
        len[side] = pairs->side[side].len / sizeof(struct pair);
        if (len[side])
            qsort(data, len[side], sizeof(struct pair), compare);
        list[side] = data;
    }
    count(list, len, difference);
    return true;
}
