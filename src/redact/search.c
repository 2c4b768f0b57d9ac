/* Finding learned secrets in a text. Every third to fifth place is looked at: the few bytes there are in one of the heads, or
 * no secret begins at one of the places around it. */
#include <stdlib.h>
#include <string.h>

#include "redact/escapes.h"
#include "redact/learned.h"
#include "redact/token.h"
#include "util/base64.h"
#include "util/text.h"

/* BLOCK is a multiple of SAMPLES of each stride; behind it so many bytes are needed. */
enum {
    SAMPLES = 4,
    BLOCK = 3 * 4 * 5 * SAMPLES * 42,
    AHEAD = 5 * SAMPLES + HEAD,
    EXACT_FACTOR = 16, /* bytes that are compared for each byte of a text to know how long a long secret is */
    EXACT_LEAST = 1 << 16,
    SHORTER_MOST = 64, /* secrets that a longer one begins with, which are tried in its place */
    PIECE = 256 << 10, /* bytes of which the canonical view is made at once */
    BEFORE = 4 << 10,  /* before them, so that it is known what an escape stands in */
    BEHIND = 64 << 10, /* behind them: what is compared of a secret, each byte an escape in an escape */
};

struct scan {
    struct search *search;
    const struct redact_index *index;
    const struct secret *secret;
    const unsigned char *bytes; /* of the view */
    size_t len;
    const struct canon *canon; /* NULL: the view is the text */
    size_t covered;            /* end of the hits so far */
};

/* What was found at a place of the view: of `len` bytes, which go, the first `seen` were compared. */
struct found {
    const struct entry *entry; /* NULL: nothing */
    size_t len, seen;
};

static size_t entry_length(const struct scan *scan, const struct entry *entry)
{
    return form_length(&scan->secret[entry->secret], entry->form);
}

/* How many bytes of the entry stand at `at`, when `known` do; *less: the next one of the entry comes before what stands there. */
static size_t agree(const struct scan *scan, const struct entry *entry, size_t at, size_t known, size_t most, bool *less)
{
    const struct secret *secret = &scan->secret[entry->secret];
    const size_t room = scan->len - at, len = form_length(secret, entry->form);
    const size_t end = len < room ? (len < most ? len : most) : (room < most ? room : most);
    unsigned char wanted[FORM_CHUNK];
    size_t i = known, chunk = FORM_CHUNK / 4; /* most disagree soon */
    while (i < end) {
        const size_t count = end - i < chunk ? end - i : chunk;
        size_t same = 0;
        form_fill(secret, entry->form, i, wanted, count);
        while (same < count && wanted[same] == canon_fold[scan->bytes[at + i + same]])
            same++;
        i += same;
        if (same < count) {
            *less = wanted[same] < canon_fold[scan->bytes[at + i]];
            break;
        }
        chunk = FORM_CHUNK;
    }
    scan->search->compared += i - known + 1;
    return i;
}

static size_t longest_of(const struct scan *scan, const struct group *group)
{
    return entry_length(scan, &scan->index->entry[group->longest]);
}

/* The longest other entry that this one begins with; NULL: none. */
static const struct entry *parent_of(const struct redact_index *index, const struct entry *entry)
{
    const size_t at = (size_t)(entry - index->entry);
    return at < index->related && index->kin[at].parent != at ? &index->entry[index->kin[at].parent] : NULL;
}

/* From an entry of which `shared` bytes agree to the longest that agrees as a whole; NULL: none does. */
static const struct entry *longest_whole(const struct scan *scan, const struct entry *entry, size_t shared)
{
    const struct redact_index *const index = scan->index;
    while (entry_length(scan, entry) > shared) {
        const struct entry *const parent = parent_of(index, entry);
        if (!parent)
            return NULL;
        const struct entry *const jump = &index->entry[index->kin[entry - index->entry].jump];
        entry = entry_length(scan, jump) > shared ? jump : parent;
    }
    return entry;
}

/* How much of the text goes when `seen` bytes of an entry of `extent` bytes stand at `at`. */
static size_t extent_at(const struct scan *scan, size_t at, size_t extent)
{
    return extent < scan->len - at ? extent : scan->len - at;
}

/* How much goes where the first `shared` bytes of an entry stand, as many as are compared: what it is as a whole, if that is there
 * and there is time to see, else what the longest one might be. */
static size_t length_at(const struct scan *scan, const struct group *group, const struct entry *entry, size_t at, size_t shared)
{
    const uint64_t enough = (uint64_t)scan->search->text.len * EXACT_FACTOR + EXACT_LEAST;
    const size_t longest = extent_at(scan, at, longest_of(scan, group));
    bool less;
    if (!scan->search->spelled && scan->search->compared < enough &&
        agree(scan, entry, at, shared, SIZE_MAX, &less) == entry_length(scan, entry))
        return extent_at(scan, at, form_extent(&scan->secret[entry->secret], entry->form));
    return longest > shared ? longest : shared;
}

/* The longest entry of the group that stands at `at`. How much is compared is a matter of the entry alone: a text and an output
 * that it is a part of are searched alike. */
static struct found longest_at(const struct scan *scan, const struct group *group, size_t at)
{
    const struct entry *const first = &scan->index->entry[group->first];
    const size_t count = group[1].first - group->first;
    size_t low = 0, high = count, low_shared = HEAD, high_shared = HEAD; /* first[low - 1] <= text < first[high] */
    while (low < high) {
        /* the last and the first one come first: what the text shares with both it shares with all between them */
        const size_t middle = high == count ? high - 1 : low == 0 ? 0 : low + (high - low) / 2;
        const struct entry *entry = &first[middle];
        bool less = false;
        const size_t known = low_shared < high_shared ? low_shared : high_shared, most = entry->most;
        const size_t whole = entry_length(scan, entry), shared = agree(scan, entry, at, known, most, &less);
        if (shared >= most && whole > most)
            return (struct found){entry, length_at(scan, group, entry, at, shared), shared};
        if (shared < whole && !less) {
            high = middle;
            high_shared = shared;
        } else {
            low = middle + 1;
            low_shared = shared;
        }
    }
    const struct entry *found = low ? longest_whole(scan, &first[low - 1], low_shared) : NULL;
    if (!found)
        return (struct found){.entry = NULL};
    return (struct found){found, extent_at(scan, at, form_extent(&scan->secret[found->secret], found->form)),
                          entry_length(scan, found)};
}

static bool letter_at(const struct scan *scan, size_t at)
{
    return at < scan->len && (text_is_letter((char)scan->bytes[at]) || scan->bytes[at] >= 0x80);
}

/* What is nothing but letters must be a word by itself. */
static bool stands_alone(const struct scan *scan, const struct entry *entry, size_t at, size_t len)
{
    return !scan->secret[entry->secret].letters || entry->form >= FORM_HEX ||
           (!(at && letter_at(scan, at - 1)) && !letter_at(scan, at + len));
}

/* The same for the shorter ones that stand at the same place. */
static struct found usable_at(const struct scan *scan, const struct group *group, size_t at)
{
    struct found found = longest_at(scan, group, at);
    for (unsigned tried = 0; tried < SHORTER_MOST && found.entry && !stands_alone(scan, found.entry, at, found.len); tried++) {
        const struct entry *up = parent_of(scan->index, found.entry);
        found.entry = up;
        if (up) {
            found.len = form_extent(&scan->secret[up->secret], up->form);
            found.seen = entry_length(scan, up);
        }
    }
    return found;
}

static bool is_base64(char c)
{
    return base64_value(c) >= 0;
}

/* The whole base64 around a hit, from `from` on. In an address what stands before a slash is no base64. */
static void widen(struct har_text text, size_t from, struct hit *hit)
{
    size_t start = hit->start, slash = hit->start;
    while (slash > from && is_base64(text.bytes[slash - 1]))
        slash--;
    while (start > slash && text.bytes[start - 1] != '/')
        start--;
    const bool path = slash < hit->start && (text.bytes[slash] == '/' || (slash && strchr(".:/?", text.bytes[slash - 1])));
    const size_t from_escape = escape_behind(text, path ? start : slash);
    hit->start = from_escape < hit->start ? from_escape : hit->start;
    while (hit->end < text.len && is_base64(text.bytes[hit->end]) && !(path && text.bytes[hit->end] == '/'))
        hit->end++;
    for (unsigned pads = 0; pads < 2 && hit->end < text.len && text.bytes[hit->end] == '='; pads++)
        hit->end++;
}

/* Whether what was found does not begin where the text has it, but within an escape of JSON, or ends behind the string that it
 * begins in: only an output is searched as it is spelled. */
static bool is_of_spelling(const struct scan *scan, const struct hit *hit, size_t seen)
{
    const struct search *search = scan->search;
    if (!search->spelled)
        return false;
    const size_t end = scan->canon ? canon_source(scan->canon, seen, search->text.len) : seen;
    return (!scan->canon && spelled_within_escape(search->text, hit->start)) || spelled_crosses(search->text, hit->start, end);
}

static void try_at(struct scan *scan, const unsigned char *folded, size_t at)
{
    const struct group *group = index_find(scan->index, eight_bytes(folded));
    if (!group || (scan->covered > at && longest_of(scan, group) <= scan->covered - at))
        return;
    const struct found found = usable_at(scan, group, at);
    const struct entry *entry = found.entry;
    if (!entry || at + found.len <= scan->covered)
        return;
    struct search *search = scan->search;
    struct hit hit = {at, at + found.len, entry->secret, form_is_base64(entry->form)};
    if (scan->canon) {
        hit.start = canon_source(scan->canon, at, search->text.len);
        hit.end = canon_source(scan->canon, at + found.len, search->text.len);
    }
    if (hit.start < search->from || hit.start >= search->to || token_around(search->text, hit.start) ||
        token_around(search->text, hit.end) || is_of_spelling(scan, &hit, at + found.seen))
        return;
    const size_t covered = scan->covered;
    scan->covered = at + found.len;
    if (form_is_base64(entry->form) && !scan->canon) {
        widen(search->text, covered > search->from ? covered : search->from, &hit);
        scan->covered = hit.end;
    }
    hit.start += search->base;
    hit.end += search->base;
    search->hit(search->user, &hit);
}

/* A block of the view, folded: of `count` bytes those before BLOCK are looked at. */
struct block {
    const unsigned char *bytes;
    size_t count, base; /* where it begins in the view */
};

/* Secrets that may begin at one of `stride` places from `at` on. */
static void look_from(struct scan *scan, const struct block *block, size_t at, unsigned stride)
{
    for (size_t i = at; i < at + stride && i + HEAD <= block->count; i++)
        if (index_maybe(scan->index, eight_bytes(block->bytes + i)))
            try_at(scan, block->bytes + i, block->base + i);
}

/* Whether the gram that ends where the eight bytes end is in a head. It would be in each that begins at one of `stride` places. */
static inline bool has_gram(const uint64_t *grams, uint64_t mix, size_t mask, const unsigned char *bytes, unsigned stride)
{
    const size_t bit = index_gram(eight_bytes(bytes) >> 8 * (stride - 1), mix) & mask;
    return grams[bit / 64] >> bit % 64 & 1;
}

/* Inlined with a stride that is known. */
static inline void scan_block(struct scan *scan, const struct block *block, const unsigned stride)
{
    const uint64_t *const grams = scan->index->grams, mix = scan->index->mix;
    const size_t mask = ((size_t)1 << scan->index->gram_bits) - 1, step = SAMPLES * stride;
    size_t at = 0;
    for (; at < BLOCK && at + step + HEAD <= block->count; at += step) {
        const unsigned char *bytes = block->bytes + at;
        if (has_gram(grams, mix, mask, bytes, stride))
            look_from(scan, block, at, stride);
        if (has_gram(grams, mix, mask, bytes + stride, stride))
            look_from(scan, block, at + stride, stride);
        if (has_gram(grams, mix, mask, bytes + 2 * stride, stride))
            look_from(scan, block, at + 2 * stride, stride);
        if (has_gram(grams, mix, mask, bytes + 3 * stride, stride))
            look_from(scan, block, at + 3 * stride, stride);
    }
    for (; at < BLOCK && at + HEAD <= block->count; at += stride)
        if (has_gram(grams, mix, mask, block->bytes + at, stride))
            look_from(scan, block, at, stride);
}

/* What begins in the view from `from` on and before `to`. */
static void scan_view(struct scan *scan, size_t from, size_t to)
{
    unsigned char folded[BLOCK + AHEAD];
    for (size_t base = from; base < to && base + HEAD <= scan->len; base += BLOCK) {
        const size_t rest = scan->len - base, wanted = to - base < BLOCK ? to - base + AHEAD : sizeof folded;
        struct block block = {scan->bytes + base, rest < wanted ? rest : wanted, base};
        if (!scan->canon) { /* the other view is folded */
            canon_copy(folded, block.bytes, block.count);
            block.bytes = folded;
        }
        if (scan->index->gram == GRAM_LEAST)
            scan_block(scan, &block, HEAD - GRAM_LEAST + 1);
        else if (scan->index->gram == GRAM_LEAST + 1)
            scan_block(scan, &block, HEAD - GRAM_LEAST);
        else
            scan_block(scan, &block, HEAD - GRAM_MOST + 1);
    }
    if (!scan->canon)
        explicit_bzero(folded, sizeof folded);
}

/* The canonical view, but for what it has in common with the text, which was searched: what begins so far before an escape that it
 * ends before that is found there, beside the same bytes. */
static void scan_escaped(struct scan *scan)
{
    const struct canon *const canon = scan->canon;
    const size_t reach = scan->index->farthest + HEAD;
    size_t from = 0, to = 0;
    for (size_t i = 0; i < canon->jumps; i++) {
        const size_t at = canon->jump[i].at;
        if (at > to && at - to > reach) {
            scan_view(scan, from, to);
            from = at - reach;
        }
        to = at + HEAD;
    }
    scan_view(scan, from, to);
}

static void scan_canonical(struct search *search, bool quoted)
{
    struct redact_dictionary *dictionary = search->dictionary;
    struct scan scan = {.search = search, .index = &dictionary->index, .secret = dictionary->secret, .canon = &dictionary->view};
    search->failed |= !canon_make(&dictionary->view, search->text, quoted);
    if (search->failed)
        return;
    scan.bytes = dictionary->view.bytes;
    scan.len = dictionary->view.len;
    scan_escaped(&scan);
}

/* The view of a large text would be several times as large: it is made in pieces. True: there are soft line breaks. */
static bool scan_pieces(const struct search *whole, struct search *search, bool quoted)
{
    bool breaks = false;
    for (size_t at = whole->from; at < whole->to && !search->failed; at = whole->to - at > PIECE ? at + PIECE : whole->to) {
        const size_t front = at < BEFORE ? at : BEFORE, rest = whole->text.len - at;
        const size_t end = whole->to - at > PIECE ? PIECE : whole->to - at;
        *search = *whole;
        search->text = (struct har_text){whole->text.bytes + at - front, front + (rest - end > BEHIND ? end + BEHIND : rest)};
        search->base = whole->base + at - front;
        search->from = front;
        search->to = front + end;
        scan_canonical(search, quoted);
        breaks |= whole->dictionary->view.soft_breaks;
    }
    return breaks;
}

void search_run(struct search *search)
{
    struct redact_dictionary *dictionary = search->dictionary;
    if (!dictionary->index.entries || search->text.len < HEAD)
        return;
    struct scan scan = {
        search, &dictionary->index, dictionary->secret, (const unsigned char *)search->text.bytes, search->text.len, NULL, 0};
    scan_view(&scan, 0, scan.len);
    if (canon_first(search->text) == search->text.len)
        return;
    struct search piece = {.failed = search->failed};
    if (scan_pieces(search, &piece, false) && search->quoted && !piece.failed && canon_may_be_quoted(search->text))
        scan_pieces(search, &piece, true);
    search->failed = piece.failed;
}

/* Hits that overlap become one, with the widest one's secret. */
struct joined {
    struct redact_dictionary *dictionary;
    struct redact_edits *edits;
    struct hit hit;
    size_t widest; /* 0: no hit waits */
};

static void flush(struct joined *joined)
{
    if (!joined->widest)
        return;
    const struct secret *secret = &joined->dictionary->secret[joined->hit.secret];
    struct redact_edit edit = {.start = joined->hit.start,
                               .end = joined->hit.end,
                               .rule = REDACT_RULE_PROPAGATED,
                               .propagated = true,
                               .encoded = joined->hit.encoded};
    const struct har_text token = redact_token(joined->dictionary, (struct har_text){secret->bytes, secret->len});
    joined->edits->failed |= !token.len;
    redact_edits_add(joined->edits, edit, token);
    joined->widest = 0;
}

static void join(void *user, const struct hit *hit)
{
    struct joined *joined = user;
    const size_t width = hit->end - hit->start;
    if (joined->widest && hit->start < joined->hit.end && hit->start >= joined->hit.start) {
        if (hit->end > joined->hit.end)
            joined->hit.end = hit->end;
        if (width > joined->widest) {
            joined->widest = width;
            joined->hit.secret = hit->secret;
        }
        joined->hit.encoded &= hit->encoded;
        return;
    }
    flush(joined);
    joined->hit = *hit;
    joined->widest = width;
}

void redact_search(struct redact_dictionary *dictionary, struct har_text text, struct redact_edits *edits)
{
    struct joined joined = {.dictionary = dictionary, .edits = edits};
    struct search search = {.dictionary = dictionary, .text = text, .to = text.len, .quoted = true, .hit = join, .user = &joined};
    search_run(&search);
    flush(&joined);
    edits->failed |= search.failed;
}
