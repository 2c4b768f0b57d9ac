/* The parser's window: feeding, moving, places, and finding the way back after an error. */
#include <stdlib.h>
#include <string.h>

#include "json/parse.h"
#include "util/position.h"
#include "util/blank.h"

enum {
    WINDOW_FIRST = 1 << 18,
    WINDOW_LEAST = 1 << 14,                      /* room worth asking for */
    PADDING = JSON_BLOCK + JSON_SCAN_AHEAD + 16, /* behind the last byte */
};

bool json_parser_init(struct json_parser *p, const struct json_limits *limits, json_opens_fn *opens, void *user)
{
    memset(p, 0, sizeof *p);
    p->limits = *limits;
    p->opens = opens;
    p->user = user;
    p->mark = (struct har_place){0, 1, 1};
    p->in = p->last = p->node = JSON_NONE;
    p->window = malloc(WINDOW_FIRST + PADDING);
    p->cap = p->window ? WINDOW_FIRST : 0;
    return p->window != NULL;
}

void json_parser_release(struct json_parser *p)
{
    free(p->window);
    free(p->open);
    json_tree_release(&p->tree);
    memset(p, 0, sizeof *p);
}

/* Moves the mark forward for good. */
static void advance_mark(struct json_parser *p, size_t at)
{
    if (at <= p->mark_at)
        return;
    position_advance(&p->mark, (const char *)p->window + p->mark_at, at - p->mark_at);
    p->mark_at = at;
}

struct har_place json_parser_place(struct json_parser *p, size_t at)
{
    if (p->item && p->item_at <= at) /* nobody asks for a place before the item again */
        advance_mark(p, p->item_at);
    struct har_place place = p->mark;
    position_advance(&place, (const char *)p->window + p->mark_at, at - p->mark_at);
    return place;
}

/* The first byte that is still needed. */
static size_t keep_from(const struct json_parser *p)
{
    size_t keep = p->scan.at < p->len ? p->scan.at : p->len;
    if (p->next < p->scan.index_count && p->scan.index[p->next] < keep)
        keep = p->scan.index[p->next];
    if (p->item && p->item_at < keep)
        keep = p->item_at;
    return keep;
}

static void move_window(struct json_parser *p, size_t drop)
{
    advance_mark(p, drop);
    memmove(p->window, p->window + drop, p->len - drop);
    memmove(p->scan.index, p->scan.index + p->next, (p->scan.index_count - p->next) * sizeof *p->scan.index);
    memmove(p->scan.mark, p->scan.mark + p->next_mark, (p->scan.mark_count - p->next_mark) * sizeof *p->scan.mark);
    p->scan.index_count -= p->next;
    p->scan.mark_count -= p->next_mark;
    p->next = p->next_mark = 0;
    json_scan_rebase(&p->scan, drop);
    p->len -= drop;
    p->base += drop;
    p->mark_at -= drop;
    p->item_at -= p->item ? drop : p->item_at;
}

static bool grow_window(struct json_parser *p)
{
    const size_t cap = p->cap * 2;
    unsigned char *window = realloc(p->window, cap + PADDING);
    if (!window) {
        p->fault = (struct json_fault){JSON_FAULT_MEMORY, p->len, ""};
        return false;
    }
    p->window = window;
    p->cap = cap;
    return true;
}

/* A window that a giant item needed is given back when it is nearly empty. */
static void shrink_window(struct json_parser *p)
{
    enum { LARGE = 1 << 22 };
    if (p->cap <= LARGE || p->len > WINDOW_FIRST / 2)
        return;
    unsigned char *window = realloc(p->window, WINDOW_FIRST + PADDING);
    if (!window)
        return;
    p->window = window;
    p->cap = WINDOW_FIRST;
}

unsigned char *json_parser_space(struct json_parser *p, size_t *room)
{
    const size_t keep = keep_from(p);
    if (p->item && p->scan.at > p->item_at && p->scan.at - p->item_at > p->limits.item_bytes) { /* what waits is of the item */
        p->fault = (struct json_fault){JSON_FAULT_ITEM_BYTES, p->item_at, ""};
        return NULL;
    }
    if (p->cap - p->len < WINDOW_LEAST || (keep == p->len && p->len)) {
        if (keep)
            move_window(p, keep);
        shrink_window(p);
        if (p->cap - p->len < p->cap / 2 && !grow_window(p))
            return NULL;
    }
    *room = p->cap - p->len;
    return p->window + p->len;
}

void json_parser_fed(struct json_parser *p, size_t len)
{
    p->len += len;
}

void json_parser_end(struct json_parser *p)
{
    p->ended = true;
    memset(p->window + p->len, ' ', PADDING);
}

void json_parser_skip(struct json_parser *p, size_t len)
{
    p->scan.at += len;
    p->mark_at += len;
    p->mark.offset += len;
}

bool json_parser_pardon(struct json_parser *p)
{
    if (p->in != JSON_NONE || p->node != JSON_NONE || !p->open_count || p->fault.kind != JSON_FAULT_SYNTAX)
        return false;
    const bool object = p->open[p->open_count - 1] == '{';
    if (p->expect != (object ? JSON_EXPECT_KEY : JSON_EXPECT_VALUE) || p->window[p->fault.at] != (object ? '}' : ']'))
        return false;
    p->expect = object ? JSON_EXPECT_KEY_OR_END : JSON_EXPECT_VALUE_OR_END;
    p->fault = (struct json_fault){0};
    return true;
}

/* How a candidate for the next element looks so far. */
enum looking { ANY, COMMA, BRACE };

/* Starts reading at the candidate's brace. */
static enum json_event restart(struct json_parser *p, size_t at)
{
    p->attempt = p->base + at;
    p->searching = false;
    json_scan_restart(&p->scan, at);
    p->next = p->next_mark = 0;
    p->in = p->last = p->node = JSON_NONE;
    p->depth = p->open_count;
    p->expect = JSON_EXPECT_VALUE;
    p->item = false;
    p->fault = (struct json_fault){0};
    return JSON_OPEN;
}

/* Whether the key whose opening quote is at `at` ends in the window and is one that elements begin with. */
static bool good_key(const struct json_parser *p, size_t at, json_first_fn *is_first, void *user)
{
    enum { LONGEST = 64 };
    for (size_t end = at + 1; end < p->len && end - at <= LONGEST; end++)
        if (p->window[end] == '"')
            return is_first(user, (const char *)p->window + at + 1, end - at - 1);
    return false;
}

/* Notes how far reading came before the error, and what of it was read again. */
static void settle(struct json_parser *p)
{
    const size_t at = p->next < p->scan.index_count ? p->scan.index[p->next] : p->scan.at < p->len ? p->scan.at : p->len;
    uint64_t reached = p->base + at;
    if (p->fault.kind == JSON_FAULT_ITEM_BYTES && reached > p->base + p->fault.at + p->limits.item_bytes)
        reached = p->base + p->fault.at + p->limits.item_bytes; /* how much further it came depends on the blocks */
    const uint64_t again = reached < p->scanned ? reached : p->scanned;
    if (p->attempt && again > p->attempt)
        p->rescanned += again - p->attempt;
    if (reached > p->scanned)
        p->scanned = reached;
    p->searching = true;
}

/* Whether an attempt at the brace may cost what it may cost: all attempts together read as much again as was read before. */
static bool affordable(const struct json_parser *p, size_t brace)
{
    const uint64_t at = p->base + brace;
    return at >= p->scanned || p->rescanned + (p->scanned - at) <= p->scanned;
}

/* Forgets everything before `at`, so that searching a long stretch needs no memory. */
static void forget(struct json_parser *p, size_t at)
{
    json_scan_restart(&p->scan, at);
    p->next = p->next_mark = 0;
    p->item = true;
    p->item_at = at;
}

enum json_event json_parser_resync(struct json_parser *p, json_first_fn *is_first, void *user)
{
    enum { TAIL = 4096 }; /* a candidate must show its key within so many bytes */
    const size_t from = p->searching ? p->scan.at : p->item ? p->item_at : p->fault.at;
    if (!p->searching) {
        settle(p);
        p->bare = !p->item; /* between elements: a brace that stands there may begin the next, its comma was forgotten */
    }
    enum looking state = p->bare ? COMMA : ANY;
    size_t comma = from, brace = from;
    for (size_t at = from; at < p->len; at++) {
        const unsigned char c = p->window[at];
        if (is_blank(c))
            continue;
        if (state == BRACE && c == '"' && (p->len - at > 80 || p->ended) && (brace > from || p->bare) && affordable(p, brace) &&
            good_key(p, at, is_first, user))
            return restart(p, brace);
        if (c == ',') {
            state = COMMA;
            comma = at;
        } else if (state == COMMA && c == '{') {
            state = BRACE;
            brace = at;
        } else if (state != BRACE || c != '"' || p->len - at > 80 || p->ended)
            state = ANY;
        else
            break; /* the key is not all there yet */
    }
    if (p->ended)
        return JSON_END;
    const size_t keep = state != ANY && p->len - comma < TAIL ? comma : p->len;
    p->bare = p->bare && keep == from;
    p->fault.at = keep;
    forget(p, keep);
    return JSON_MORE;
}
