/* Offsets to trees: a machine that takes one token at a time and can stop between any two. */
#include "json/parse.h"

#include <stdlib.h>
#include <string.h>

#include "json/literal.h"
#include "json/text.h"
#include "util/blank.h"

/* Tokens that must be known before one is taken: a string is up to three entries of the index, and a scalar ends before the
 * entry behind it. */
enum { TOKENS_AHEAD = 3 };

/* A fault at `at` in something that reaches to `end`. What reaches beyond the bound of an item is told as that, whatever else is
 * wrong with it: with small blocks the bound is met first. */
static enum json_event fail_until(struct json_parser *p, enum json_fault_kind kind, size_t at, size_t end, const char *what)
{
    p->fault = (struct json_fault){kind, at, what};
    if (p->item && end > p->item_at && end - p->item_at > p->limits.item_bytes)
        p->fault = (struct json_fault){JSON_FAULT_ITEM_BYTES, p->item_at, ""};
    return JSON_ERROR;
}

static enum json_event fail(struct json_parser *p, enum json_fault_kind kind, size_t at, const char *what)
{
    return fail_until(p, kind, at, at, what);
}

static enum json_event fail_add(struct json_parser *p, size_t at)
{
    return fail(p, p->tree.no_memory ? JSON_FAULT_MEMORY : JSON_FAULT_TREE_BYTES, at, "");
}

/* Adds a node for what starts at window offset `at`; on the level of opened containers it begins a new item. */
static inline __attribute__((always_inline)) uint32_t add_node(struct json_parser *p, size_t at)
{
    if (p->in == JSON_NONE) {
        json_tree_clear(&p->tree);
        p->item = true;
        p->item_at = at;
    }
    const uint32_t index = json_tree_add(&p->tree, p->limits.tree_bytes);
    if (index == JSON_NONE || p->in == JSON_NONE)
        return index;
    struct har_node *node = p->tree.node;
    node[index].parent = p->in;
    if (p->last == JSON_NONE)
        node[p->in].child = index;
    else
        node[p->last].next = index;
    p->last = index;
    return index;
}

/* The node that the value at `at` goes into: the one whose key was read, or a new one. */
static inline uint32_t value_node(struct json_parser *p, size_t at)
{
    const uint32_t index = p->node != JSON_NONE ? p->node : add_node(p, at);
    p->node = JSON_NONE;
    return index;
}

/* Moves the marks before `end` into the tree, of each kind a string's first; the bits of the kinds that there were. */
static unsigned take_marks(struct json_parser *p, size_t end)
{
    unsigned seen = 0;
    while (p->next_mark < p->scan.mark_count && p->scan.mark[p->next_mark].at < end) {
        struct json_mark mark = p->scan.mark[p->next_mark++];
        const bool known = seen & 1u << mark.kind;
        seen |= 1u << mark.kind;
        if (known || mark.kind == JSON_MARK_SPELLING)
            continue;
        mark.at -= (uint32_t)p->item_at;
        if (!json_tree_mark(&p->tree, mark))
            p->fault = (struct json_fault){JSON_FAULT_MEMORY, mark.at, ""}; /* seen by the next call */
    }
    return seen;
}

struct string {
    uint32_t from, len; /* from the item's first byte */
    uint8_t flags;      /* as for the text of a node */
};

/* The string whose opening quote is the next token. False: it never ends. The item must have begun. */
static inline __attribute__((always_inline)) bool take_string(struct json_parser *p, struct string *s)
{
    const uint32_t *token = p->scan.index + p->next;
    const size_t left = p->scan.index_count - p->next;
    const size_t close = left > 1 && p->window[token[1]] == '\\' ? 2 : 1;
    if (left <= close)
        return false;
    s->from = token[0] + 1 - (uint32_t)p->item_at;
    s->len = token[close] - token[0] - 1;
    s->flags = close == 2 ? JSON_TEXT_ESCAPED : 0;
    if (p->next_mark < p->scan.mark_count && p->scan.mark[p->next_mark].at < token[close]) {
        const unsigned kinds = take_marks(p, token[close]);
        s->flags |= kinds & 1u << JSON_MARK_SPELLING ? JSON_TEXT_RESPELL : 0;
        s->flags |= kinds & ~(1u << JSON_MARK_SPELLING) ? JSON_TEXT_MARKED : 0;
    }
    p->next += close + 1;
    return true;
}

static enum json_event unterminated(struct json_parser *p, size_t at)
{
    return fail_until(p, JSON_FAULT_TRUNCATED, at, p->len, "the input ends inside a string that starts here");
}

static inline enum json_event key(struct json_parser *p, size_t at)
{
    struct string s;
    const uint32_t index = add_node(p, at);
    if (index == JSON_NONE)
        return fail_add(p, at);
    if (!take_string(p, &s))
        return unterminated(p, at);
    struct har_node *node = &p->tree.node[index];
    node->key = s.from;
    node->key_len = s.len;
    node->flags = (uint8_t)(s.flags >> 1); /* each flag of a key is half of the text's */
    p->node = index;
    p->expect = JSON_EXPECT_COLON;
    if (p->next < p->scan.index_count && p->window[p->scan.index[p->next]] == ':') { /* nearly always */
        p->next++;
        p->expect = JSON_EXPECT_VALUE;
    }
    return JSON_MORE;
}

/* A value is complete. */
static inline enum json_event finished(struct json_parser *p)
{
    p->expect = JSON_EXPECT_COMMA;
    if (p->in != JSON_NONE)
        return JSON_MORE;
    if (!p->open_count)
        p->expect = JSON_EXPECT_NOTHING;
    return JSON_VALUE;
}

static inline enum json_event string_value(struct json_parser *p, size_t at)
{
    struct string s;
    const uint32_t index = value_node(p, at);
    if (index == JSON_NONE)
        return fail_add(p, at);
    if (!take_string(p, &s)) {
        p->node = index; /* what the error is about */
        return unterminated(p, at);
    }
    struct har_node *node = &p->tree.node[index];
    node->kind = HAR_KIND_STRING;
    node->text = s.from;
    node->text_len = s.len;
    node->flags |= s.flags;
    return finished(p);
}

/* Where the scalar at `at` ends, before `next`. */
static size_t scalar_end(const struct json_parser *p, size_t at, size_t next)
{
    while (at < next && !is_blank(p->window[at]))
        at++;
    return at;
}

/* What is no value. `next` is the token behind it, or the end. */
static enum json_event odd_scalar(struct json_parser *p, size_t at, size_t next)
{
    const unsigned char *text = p->window + at;
    const size_t end = scalar_end(p, at, next);
    const bool number = *text == '-' || (*text >= '0' && *text <= '9');
    const bool cut = next == p->len && p->ended;
    if (number)
        return fail_until(p, cut ? JSON_FAULT_TRUNCATED : JSON_FAULT_SYNTAX, at, end, "the number is incomplete");
    if (cut && json_begins_literal(text, next - at))
        return fail_until(p, JSON_FAULT_TRUNCATED, at, end, "the input ends inside a word that starts here");
    return fail_until(p, JSON_FAULT_SYNTAX, at, end, json_odd_byte(text, next - at));
}

/* A number or literal: it must fill what lies between its first byte and the next token, blanks aside. */
static enum json_event scalar_value(struct json_parser *p, size_t at)
{
    const size_t end = p->next + 1 < p->scan.index_count ? p->scan.index[p->next + 1] : p->len;
    const unsigned char *text = p->window + at;
    const struct json_literal *literal = (*text >= '0' && *text <= '9') ? NULL : json_find_literal(text, end - at);
    bool whole;
    const size_t len = literal ? literal->len : json_number_length((const char *)text, end - at, &whole);
    if (!len)
        return odd_scalar(p, at, end);
    if (at + len < end && !is_blank(text[len]))
        return fail_until(p, JSON_FAULT_SYNTAX, at + len, scalar_end(p, at, end), "this cannot follow a number or word");
    const uint32_t index = value_node(p, at);
    if (index == JSON_NONE)
        return fail_add(p, at);
    struct har_node *node = &p->tree.node[index];
    node->kind = literal ? literal->kind : HAR_KIND_NUMBER;
    node->text = (uint32_t)(at - p->item_at);
    node->text_len = (uint32_t)len;
    if (literal && literal->odd) {
        node->flags |= JSON_TEXT_MARKED;
        if (!json_tree_mark(&p->tree, (struct json_mark){node->text, JSON_MARK_NAN}))
            return fail(p, JSON_FAULT_MEMORY, at, "");
    }
    p->next++;
    return finished(p);
}

static bool push_open(struct json_parser *p, char kind)
{
    if (p->open_count == p->open_cap) {
        const size_t cap = p->open_cap ? p->open_cap * 2 : 16;
        char *grown = realloc(p->open, cap);
        if (!grown)
            return false;
        p->open = grown;
        p->open_cap = cap;
    }
    p->open[p->open_count++] = kind;
    return true;
}

static enum json_event container(struct json_parser *p, size_t at, char kind)
{
    if (p->depth == p->limits.depth)
        return fail(p, JSON_FAULT_DEPTH, at, "");
    const uint32_t index = value_node(p, at);
    if (index == JSON_NONE)
        return fail_add(p, at);
    struct har_node *node = &p->tree.node[index];
    node->kind = kind == '{' ? HAR_KIND_OBJECT : HAR_KIND_ARRAY;
    node->text = (uint32_t)(at - p->item_at);
    node->text_len = 1;
    p->next++;
    p->depth++;
    p->expect = kind == '{' ? JSON_EXPECT_KEY_OR_END : JSON_EXPECT_VALUE_OR_END;
    if (p->in == JSON_NONE) {
        p->tree.bytes = (const char *)p->window + p->item_at;
        if (p->opens(p->user, &p->tree))
            return push_open(p, kind) ? JSON_OPEN : fail(p, JSON_FAULT_MEMORY, at, "");
    }
    p->in = index;
    p->last = JSON_NONE;
    return JSON_MORE;
}

static bool in_object(const struct json_parser *p)
{
    return p->in != JSON_NONE ? p->tree.node[p->in].kind == HAR_KIND_OBJECT : p->open[p->open_count - 1] == '{';
}

static enum json_event close_container(struct json_parser *p, size_t at)
{
    p->next++;
    p->depth--;
    if (p->in == JSON_NONE) {
        p->item = false;
        p->open_count--;
        p->expect = p->open_count ? JSON_EXPECT_COMMA : JSON_EXPECT_NOTHING;
        return JSON_CLOSE;
    }
    struct har_node *node = &p->tree.node[p->in];
    node->text_len = (uint32_t)(at + 1 - p->item_at) - node->text;
    p->last = p->in;
    p->in = node->parent;
    return finished(p);
}

/* Behind a comma or the brace of an object: a key, and with it a value that is a string, in one go. That is most of a HAR. */
static inline enum json_event member(struct json_parser *p)
{
    enum { MEMBER_TOKENS = 7 }; /* of a key, a colon, a string */
    p->expect = JSON_EXPECT_KEY;
    if (p->next + MEMBER_TOKENS >= p->scan.index_count || p->window[p->scan.index[p->next]] != '"')
        return JSON_MORE;
    const enum json_event event = key(p, p->scan.index[p->next]);
    if (event != JSON_MORE || p->expect != JSON_EXPECT_VALUE || p->window[p->scan.index[p->next]] != '"')
        return event;
    return string_value(p, p->scan.index[p->next]);
}

static inline enum json_event comma(struct json_parser *p, size_t at, unsigned char c)
{
    const bool object = in_object(p);
    if (c == ',') {
        p->next++;
        if (object)
            return member(p);
        p->expect = JSON_EXPECT_VALUE;
        return JSON_MORE;
    }
    if (c == (object ? '}' : ']'))
        return close_container(p, at);
    return fail(p, JSON_FAULT_SYNTAX, at, object ? "a comma or } is missing here" : "a comma or ] is missing here");
}

static inline enum json_event value(struct json_parser *p, size_t at, unsigned char c)
{
    switch (c) {
    case '"':
        return string_value(p, at);
    case '{':
    case '[':
        return container(p, at, (char)c);
    case '}':
    case ']':
        return fail(p, JSON_FAULT_SYNTAX, at,
                    p->expect == JSON_EXPECT_VALUE ? "a value is missing before this" : "the wrong bracket");
    case ',':
    case ':':
        return fail(p, JSON_FAULT_SYNTAX, at, "a value is missing before this");
    default:
        return scalar_value(p, at);
    }
}

/* Takes one token, or a whole key. JSON_MORE: go on. */
static inline enum json_event token(struct json_parser *p)
{
    const size_t at = p->scan.index[p->next];
    const unsigned char c = p->window[at];
    switch (p->expect) {
    case JSON_EXPECT_KEY_OR_END:
        if (c == '}')
            return close_container(p, at);
        /* fall through */
    case JSON_EXPECT_KEY:
        if (c == '"')
            return key(p, at);
        return fail(p, JSON_FAULT_SYNTAX, at,
                    c == '}' ? "a comma before the closing bracket" : "a key in double quotes is missing here");
    case JSON_EXPECT_COLON:
        if (c != ':')
            return fail(p, JSON_FAULT_SYNTAX, at, "a colon is missing here");
        p->next++;
        p->expect = JSON_EXPECT_VALUE;
        return JSON_MORE;
    case JSON_EXPECT_VALUE_OR_END:
        if (c == ']')
            return close_container(p, at);
        /* fall through */
    case JSON_EXPECT_VALUE:
        if (c == ']' && p->node == JSON_NONE && p->open_count + (p->in != JSON_NONE) && !in_object(p))
            return fail(p, JSON_FAULT_SYNTAX, at, "a comma before the closing bracket");
        return value(p, at, c);
    case JSON_EXPECT_COMMA:
        return comma(p, at, c);
    case JSON_EXPECT_NOTHING:
        break;
    }
    return fail(p, JSON_FAULT_SYNTAX, at, "the document has ended before this");
}

static enum json_event at_end(struct json_parser *p)
{
    if (p->expect == JSON_EXPECT_NOTHING)
        return JSON_END;
    return fail(p, JSON_FAULT_TRUNCATED, p->len, "the input ends here, inside a value");
}

/* Of each kind one mark is enough between two tokens, that is in the string that is not complete yet: so the list never fills. */
static void thin_marks(struct json_scan *scan)
{
    size_t kept = 0, tokens = 0;
    unsigned seen = 0;
    for (size_t i = 0; i < scan->mark_count; i++) {
        const struct json_mark mark = scan->mark[i];
        while (tokens < scan->index_count && scan->index[tokens] < mark.at) {
            tokens++;
            seen = 0;
        }
        if (!(seen & 1u << mark.kind))
            scan->mark[kept++] = mark;
        seen |= 1u << mark.kind;
    }
    scan->mark_count = kept;
}

/* Where the next scan ends. An attempt after an error may fail soon: it scans little ahead of what it has read. */
static size_t scan_most(const struct json_parser *p)
{
    enum { LEAST = 8 * JSON_BLOCK };
    if (!p->attempt)
        return p->len;
    const uint64_t read = p->base + p->scan.at - p->attempt;
    const uint64_t ahead = read > LEAST ? read : LEAST;
    return ahead < p->len ? p->scan.at + (size_t)ahead : p->len;
}

/* Drops what was used of the lists and scans on. False: more input is needed. */
static bool scan_on(struct json_parser *p)
{
    struct json_scan *scan = &p->scan;
    memmove(scan->index, scan->index + p->next, (scan->index_count - p->next) * sizeof *scan->index);
    memmove(scan->mark, scan->mark + p->next_mark, (scan->mark_count - p->next_mark) * sizeof *scan->mark);
    scan->index_count -= p->next;
    scan->mark_count -= p->next_mark;
    p->next = p->next_mark = 0;
    thin_marks(scan);
    const size_t most = scan_most(p);
    return most < p->len ? json_scan_run(scan, p->window, most, false) : json_scan_run(scan, p->window, p->len, p->ended);
}

static enum json_event hand_over(struct json_parser *p, enum json_event event)
{
    p->tree.bytes = (const char *)p->window + p->item_at;
    if (event == JSON_VALUE && json_end(&p->tree.node[0]) > p->limits.item_bytes)
        return fail(p, JSON_FAULT_ITEM_BYTES, p->item_at, "");
    return event;
}

/* Whether enough of the next token is there. It is then taken at once, so that only an unfinished string or scalar, where one may
 * stand, ever waits for more input, whatever the size of the blocks. */
static bool complete(const struct json_parser *p)
{
    const size_t left = p->scan.index_count - p->next;
    const uint32_t *index = p->scan.index + p->next;
    const bool value = p->expect == JSON_EXPECT_VALUE || p->expect == JSON_EXPECT_VALUE_OR_END;
    const bool name = p->expect == JSON_EXPECT_KEY || p->expect == JSON_EXPECT_KEY_OR_END;
    if (!left)
        return false;
    const unsigned char c = p->window[*index];
    if (c == '"')
        return !(value || name) || left >= TOKENS_AHEAD || (left == 2 && p->window[index[1]] == '"');
    return !value || left > 1 || !p->scan.scalar || (c && strchr("{}[]:,", c));
}

enum json_event json_parser_next(struct json_parser *p)
{
    enum json_event event;
    if (p->fault.what)
        return JSON_ERROR;
    if (p->in == JSON_NONE && p->node == JSON_NONE)
        p->item = false;
    for (;;) {
        while (p->next + TOKENS_AHEAD < p->scan.index_count)
            if ((event = token(p)) != JSON_MORE)
                return hand_over(p, event);
        if (scan_on(p))
            continue;
        if (!p->ended && !complete(p))
            return JSON_MORE;
        if (p->next == p->scan.index_count)
            return at_end(p);
        if ((event = token(p)) != JSON_MORE)
            return hand_over(p, event);
    }
}
