/* Where a search begins: which first bytes the secrets have, in each of their forms. */
#include <stdlib.h>
#include <string.h>

#include "redact/learned.h"

/* An entry on its way into the index. */
struct made {
    uint64_t head;
    uint32_t shared; /* bytes that it has in common with the one before it */
    uint32_t which;  /* secret and form: there are less than 2^24 of the ones, less than 2^4 of the others */
};

enum { FORM_BITS = 4 };

static size_t secret_of(const struct made *made)
{
    return made->which >> FORM_BITS;
}

static enum form form_of(const struct made *made)
{
    return (enum form)(made->which & ((1 << FORM_BITS) - 1));
}

static bool wanted(const struct secret *secret, enum form form)
{
    return !secret->here && (form != FORM_RAW || secret->canon) && form_length(secret, form) >= HEAD;
}

static uint64_t form_head(const struct secret *secret, enum form form)
{
    unsigned char head[HEAD];
    form_fill(secret, form, 0, head, HEAD);
    return eight_bytes(head);
}

/* How many bytes two entries have in common, of which `known` are known; *less tells whether the first is to come first: what the
 * other one begins with, or of equal ones the first learned. */
static size_t common(const struct secret *secret, const struct made *a, const struct made *b, size_t known, bool *less)
{
    const struct secret *left = &secret[secret_of(a)], *right = &secret[secret_of(b)];
    const size_t left_len = form_length(left, form_of(a)), right_len = form_length(right, form_of(b));
    const size_t end = left_len < right_len ? left_len : right_len;
    unsigned char one[FORM_CHUNK], other[FORM_CHUNK];
    for (size_t at = known; at < end;) {
        const size_t count = end - at < FORM_CHUNK ? end - at : FORM_CHUNK;
        form_fill(left, form_of(a), at, one, count);
        form_fill(right, form_of(b), at, other, count);
        size_t i = 0;
        while (i < count && one[i] == other[i])
            i++;
        at += i;
        if (i < count) {
            *less = one[i] < other[i];
            return at;
        }
    }
    *less = left_len != right_len ? left_len < right_len : a->which < b->which;
    return end;
}

/* Merges two sorted rows, in which `shared` tells what each entry has in common with the one before it. No byte that was found to
 * agree is looked at again. */
static void merge(const struct secret *secret, struct made *made, size_t middle, size_t count, struct made *spare)
{
    size_t left = 0, right = middle, out = 0;
    size_t with_left = made[0].shared,
           with_right = made[middle].shared; /* what the next of each row shares with the last one out */
    memcpy(spare, made, middle * sizeof *made);
    while (left < middle && right < count) {
        bool first = with_left > with_right;
        size_t between = first ? with_right : with_left; /* what the two share */
        if (with_left == with_right)
            between = common(secret, &spare[left], &made[right], with_left, &first);
        if (first) {
            made[out] = spare[left++];
            made[out++].shared = (uint32_t)with_left;
            with_left = left < middle ? spare[left].shared : 0;
            with_right = between;
        } else {
            made[out] = made[right++];
            made[out++].shared = (uint32_t)with_right;
            with_right = right < count ? made[right].shared : 0;
            with_left = between;
        }
    }
    if (left < middle) {
        memcpy(made + out, spare + left, (middle - left) * sizeof *made);
        made[out].shared = (uint32_t)with_left;
    } else if (right < count) {
        made[right].shared = (uint32_t)with_right;
    }
}

/* Those with the same head in the order of their bytes. */
static void sort_group(const struct secret *secret, struct made *made, size_t count, struct made *spare)
{
    for (size_t i = 0; i < count; i++)
        made[i].shared = HEAD;
    for (size_t width = 1; width < count; width *= 2)
        for (size_t at = 0; at + width < count; at += 2 * width)
            merge(secret, made + at, width, count - at < 2 * width ? count - at : 2 * width, spare);
}

/* Of an entry whose nearest neighbour before it, in the same group, shares `shared` bytes. */
static void add_kin(struct redact_index *index, const struct secret *secret, uint32_t at, bool first, size_t shared)
{
    struct kin *const kin = index->kin;
    kin[at] = (struct kin){.parent = at, .jump = at};
    if (first)
        return;
    uint32_t up = at - 1;
    while (form_length(&secret[index->entry[up].secret], index->entry[up].form) > shared) {
        if (kin[up].parent == up)
            return;
        up = kin[up].parent;
    }
    const struct kin *parent = &kin[up], *jump = &kin[parent->jump];
    kin[at].parent = up;
    kin[at].depth = parent->depth + 1;
    kin[at].jump = parent->depth - jump->depth == jump->depth - kin[jump->jump].depth ? jump->jump : up;
}

/* What begins alike. */
static void add_group(struct redact_index *index, const struct secret *secret, const struct made *made, size_t count)
{
    struct group *const group = &index->group[index->groups++];
    size_t longest = 0;
    group->head = made->head;
    group->first = (uint32_t)index->entries;
    for (size_t i = 0; i < count; i++) {
        const struct secret *const of = &secret[secret_of(&made[i])];
        const enum form form = form_of(&made[i]);
        const size_t len = form_length(of, form), extent = form_extent(of, form);
        if (i && made[i].shared == len)
            continue; /* the same bytes */
        const uint32_t at = (uint32_t)index->entries++;
        index->entry[at] = (struct entry){(uint32_t)secret_of(&made[i]), COMPARED_MOST, (uint8_t)form};
        if (count > 1)
            add_kin(index, secret, at, !i, made[i].shared);
        if (len > longest) {
            longest = len;
            group->longest = at;
        }
        if (len > index->longest)
            index->longest = len < COMPARED_MOST ? len : COMPARED_MOST;
        if (extent > index->farthest)
            index->farthest = extent;
    }
}

/* How many begin like the first one. */
static size_t alike(const struct made *made, size_t count)
{
    size_t same = 1;
    while (same < count && made[same].head == made->head)
        same++;
    return same;
}

/* Those that have kin before those that are alone. False: memory is short. */
static bool add_all(struct redact_index *index, const struct secret *secret, const struct made *made, size_t count)
{
    size_t related = 0, groups = 0;
    for (size_t i = 0, same; i < count; i += same, groups++) {
        same = alike(made + i, count - i);
        related += same > 1 ? same : 0;
    }
    index->entry = malloc((count + 1) * sizeof *index->entry);
    index->kin = malloc((related + 1) * sizeof *index->kin);
    index->group = calloc(groups + 1, sizeof *index->group);
    if (!index->entry || !index->kin || !index->group)
        return false;
    for (unsigned alone = 0; alone < 2; alone++) {
        for (size_t i = 0, same; i < count; i += same) {
            same = alike(made + i, count - i);
            if ((same == 1) == alone)
                add_group(index, secret, made + i, same);
        }
        if (!alone)
            index->related = index->entries;
    }
    index->group[index->groups].first = (uint32_t)index->entries;
    return true;
}

static unsigned bits_for(size_t count, unsigned least, unsigned most)
{
    unsigned bits = least;
    while (bits < most && (size_t)1 << bits < count)
        bits++;
    return bits;
}

/* With so many groups a gram of so many bytes still tells something. */
static unsigned gram_for(size_t groups)
{
    return groups < 4000 ? GRAM_LEAST : groups < 200000 ? GRAM_LEAST + 1 : GRAM_MOST;
}

static bool make_tables(struct redact_index *index)
{
    index->slot_bits = bits_for(index->groups + index->groups / 4, 4, 40);
    index->head_bits = bits_for(index->groups * 16, 10, 30);
    index->gram = gram_for(index->groups);
    const unsigned stride = HEAD - index->gram + 1;
    index->gram_bits = bits_for(index->groups * stride * 16, 16, GRAM_BITS_MOST);
    index->slot = calloc((size_t)1 << index->slot_bits, sizeof *index->slot);
    index->grams = calloc((size_t)1 << (index->gram_bits - 6), sizeof *index->grams);
    index->heads = calloc((size_t)1 << (index->head_bits - 6), sizeof *index->heads);
    if (!index->slot || !index->grams || !index->heads)
        return false;
    for (size_t i = 0; i < index->groups; i++) {
        const uint64_t head = index->group[i].head;
        size_t slot = index_mixed(index, head, index->slot_bits);
        while (index->slot[slot])
            slot = (slot + 1) & (((size_t)1 << index->slot_bits) - 1);
        index->slot[slot] = (uint32_t)i + 1;
        const size_t bit = index_mixed(index, head, index->head_bits);
        index->heads[bit / 64] |= UINT64_C(1) << bit % 64;
        for (unsigned at = 0; at < stride; at++) {
            const uint64_t bytes = head >> 8 * at << 8 * (HEAD - index->gram) >> 8 * (HEAD - index->gram);
            const size_t gram = index_gram(bytes, index->mix) & (((size_t)1 << index->gram_bits) - 1);
            index->grams[gram / 64] |= UINT64_C(1) << gram % 64;
        }
    }
    return true;
}

/* All entries, those with the same head in a row, in the order they came in: first by a number of the head that is all but its own.
 * NULL: memory is short. */
static struct made *make(const struct redact_index *index, const struct secret *secret, size_t secrets, size_t *made_count)
{
    size_t count = 0;
    for (size_t i = 0; i < secrets; i++)
        for (unsigned form = 0; form < FORM_COUNT; form++)
            count += wanted(&secret[i], form);
    const unsigned bits = bits_for(count / 4, 4, 24);
    const size_t numbers = (size_t)1 << bits;
    struct made *made = malloc((count + 1) * sizeof *made);
    uint32_t *end = calloc(numbers + 1, sizeof *end); /* of each number */
    for (unsigned known = 0; known < 2 && made && end; known++) {
        for (size_t i = 0; i < secrets; i++)
            for (unsigned form = 0; form < FORM_COUNT; form++) {
                if (!wanted(&secret[i], form))
                    continue;
                const uint64_t head = form_head(&secret[i], form);
                const size_t number = index_mixed(index, head, bits);
                if (known)
                    made[end[number]++] = (struct made){head, 0, (uint32_t)(i << FORM_BITS | form)};
                else
                    end[number + 1]++;
            }
        for (size_t i = 0; i < numbers && !known; i++)
            end[i + 1] += end[i];
    }
    for (size_t i = 0, first = 0; i < count && made && end; i++) { /* by hand within a number */
        const struct made one = made[i];
        const size_t stop = end[index_mixed(index, one.head, bits)];
        size_t to = i;
        for (; to > first && made[to - 1].head > one.head; to--)
            made[to] = made[to - 1];
        made[to] = one;
        first = i + 1 == stop ? stop : first;
    }
    if (!end) {
        free(made);
        made = NULL;
    }
    free(end);
    *made_count = made ? count : 0;
    return made;
}

static bool sort(const struct secret *secret, struct made *made, size_t count)
{
    size_t most = 0;
    for (size_t i = 0, same; i < count; i += same) {
        same = alike(made + i, count - i);
        most = same > most ? same : most;
    }
    struct made *spare = malloc((most / 2 + most % 2 + 1) * 2 * sizeof *spare);
    for (size_t i = 0, same; spare && i < count; i += same) {
        same = alike(made + i, count - i);
        sort_group(secret, made + i, same, spare);
    }
    free(spare);
    return spare != NULL;
}

/* How much of a long entry is compared: up to where so many others, or it itself, began within it. What is encoded is short. */
static uint16_t compared_of(const struct redact_index *index, const struct secret *secret, const struct entry *entry)
{
    unsigned char bytes[FORM_CHUNK + HEAD - 1];
    const size_t len = form_length(secret, entry->form), most = len < COMPARED_MOST ? len : COMPARED_MOST;
    unsigned inner = 0;
    for (size_t at = 1; len > COMPARED_LEAST && at + HEAD <= most; at += FORM_CHUNK) {
        const size_t count = most - at < sizeof bytes ? most - at : sizeof bytes;
        form_fill(secret, entry->form, at, bytes, count);
        for (size_t i = 0; i + HEAD <= count; i++)
            if (index_find(index, eight_bytes(bytes + i)) && ++inner == INNER_MOST)
                return (uint16_t)(at + i + HEAD > COMPARED_LEAST ? at + i + HEAD : COMPARED_LEAST);
    }
    return COMPARED_MOST;
}

bool index_make(struct redact_index *index, const struct secret *secret, size_t count)
{
    size_t made_count;
    index->mix = polyhash_point() << 1 | 1;
    struct made *made = make(index, secret, count, &made_count);
    bool good = made && sort(secret, made, made_count) && add_all(index, secret, made, made_count);
    if (made)
        explicit_bzero(made, made_count * sizeof *made);
    free(made);
    good = good && make_tables(index);
    for (size_t i = 0; good && i < index->entries; i++)
        index->entry[i].most = compared_of(index, &secret[index->entry[i].secret], &index->entry[i]);
    return good;
}

const struct group *index_find(const struct redact_index *index, uint64_t head)
{
    if (!index_maybe(index, head))
        return NULL;
    size_t slot = index_mixed(index, head, index->slot_bits);
    while (index->slot[slot]) {
        const struct group *group = &index->group[index->slot[slot] - 1];
        if (group->head == head)
            return group;
        slot = (slot + 1) & (((size_t)1 << index->slot_bits) - 1);
    }
    return NULL;
}

void index_release(struct redact_index *index)
{
    if (index->group)
        explicit_bzero(index->group, index->groups * sizeof *index->group);
    free(index->entry);
    free(index->kin);
    free(index->group);
    free(index->slot);
    free(index->grams);
    free(index->heads);
    *index = (struct redact_index){.entries = 0};
}
