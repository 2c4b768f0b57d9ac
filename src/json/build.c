/* Making trees: nodes as they come, strings escaped on their way into the tree's own bytes. */
#include "json/build.h"

#include <stdlib.h>
#include <string.h>

#include "json/parse.h"
#include "json/text.h"
#include "util/utf8.h"

enum { KEEP_BYTES = 1 << 22 }; /* what a giant item needed is given back */

void json_build_init(struct json_build *build, uint64_t item_bytes, uint64_t tree_bytes)
{
    memset(build, 0, sizeof *build);
    har_buffer_init(&build->bytes, (size_t)item_bytes);
    build->tree_bytes = tree_bytes;
    build->in = build->last = JSON_NONE;
}

void json_build_clear(struct json_build *build)
{
    json_tree_clear(&build->tree);
    if (build->bytes.cap > KEEP_BYTES)
        har_buffer_release(&build->bytes);
    har_buffer_clear(&build->bytes);
    build->in = build->last = JSON_NONE;
    build->fault = JSON_BUILD_FINE;
}

void json_build_release(struct json_build *build)
{
    json_tree_release(&build->tree);
    har_buffer_release(&build->bytes);
}

static void fail(struct json_build *build, enum json_build_fault fault)
{
    if (!build->fault)
        build->fault = fault;
}

static void append(struct json_build *build, const char *bytes, size_t len)
{
    if (build->fault)
        return;
    const bool fits = len <= build->bytes.max - build->bytes.len;
    if (!har_buffer_append(&build->bytes, bytes, len))
        fail(build, fits ? JSON_BUILD_MEMORY : JSON_BUILD_ITEM_BYTES);
}

/* As many spans as there is room for nodes; from then on they grow together. */
static bool add_spans(struct har_tree *tree)
{
    struct json_span *span = realloc(tree->span, tree->cap * sizeof *span);
    if (span)
        tree->span = span;
    return span != NULL;
}

static uint32_t add_node(struct json_build *build)
{
    struct har_tree *tree = &build->tree;
    /* A node and its span share the bound. */
    const uint64_t most = build->tree_bytes / (sizeof *tree->node + sizeof *tree->span) * sizeof *tree->node;
    const uint32_t index = json_tree_add(tree, most);
    if (index == JSON_NONE)
        fail(build, tree->no_memory ? JSON_BUILD_MEMORY : JSON_BUILD_TREE_BYTES);
    else if (!tree->span && !add_spans(tree))
        fail(build, JSON_BUILD_MEMORY);
    return build->fault ? JSON_NONE : index;
}

uint32_t json_build_add(struct json_build *build, enum har_kind kind, const struct json_span *span)
{
    if (build->fault)
        return JSON_NONE;
    const uint32_t index = add_node(build);
    if (index == JSON_NONE)
        return index;
    struct har_node *node = build->tree.node;
    node[index].kind = (uint8_t)kind;
    node[index].key = node[index].text = (uint32_t)build->bytes.len;
    node[index].parent = build->in;
    build->tree.span[index] = *span;
    if (build->in == JSON_NONE)
        return index;
    if (build->last == JSON_NONE)
        node[build->in].child = index;
    else
        node[build->last].next = index;
    build->last = index;
    return index;
}

void json_build_enter(struct json_build *build, uint32_t node)
{
    build->in = node;
    build->last = JSON_NONE;
}

void json_build_leave(struct json_build *build)
{
    if (build->fault)
        return;
    build->last = build->in;
    build->in = build->tree.node[build->in].parent;
}

void json_build_open(struct json_build *build)
{
    append(build, "\"", 1);
    build->from = build->bytes.len;
    build->seen = 0;
}

/* Of each kind a string's first is enough. */
static void mark(struct json_build *build, enum json_mark_kind kind)
{
    const struct json_mark at = {(uint32_t)build->bytes.len, kind};
    if (build->fault || build->seen & 1u << kind)
        return;
    build->seen |= 1u << kind;
    if (!json_tree_mark(&build->tree, at))
        fail(build, JSON_BUILD_MEMORY);
}

/* A character as the canonical spelling has it. */
static void put_point(struct json_build *build, uint32_t point)
{
    char spelled[6];
    size_t len = json_canonical_escape(point, spelled);
    if (!point)
        mark(build, JSON_MARK_NUL);
    if (point >= 0xd800 && point < 0xe000)
        mark(build, JSON_MARK_SURROGATE);
    if (!len)
        len = utf8_encode(point, spelled);
    append(build, spelled, len);
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\';
}

void json_build_text(struct json_build *build, const char *text, size_t len)
{
    const char *const end = text + len;
    while (text < end) {
        const char *from = text;
        while (text < end && is_plain((unsigned char)*text))
            text++;
        append(build, from, (size_t)(text - from));
        if (text < end)
            put_point(build, (unsigned char)*text++);
    }
}

bool json_build_escaped(struct json_build *build, const char *text, size_t len)
{
    struct json_piece piece;
    while (json_text_piece(&text, &len, &piece)) {
        if (!piece.escape)
            json_build_text(build, piece.bytes, piece.len);
        else if (piece.point == 0xfffd && piece.len < 6)
            return false;
        else
            put_point(build, piece.point);
    }
    return true;
}

/* Behind the text: its length and flags, as those of a node's text. */
static uint32_t close_string(struct json_build *build, uint8_t *flags)
{
    const size_t len = build->bytes.len - build->from;
    *flags = len && memchr(build->bytes.data + build->from, '\\', len) ? JSON_TEXT_ESCAPED : 0;
    *flags |= build->seen ? JSON_TEXT_MARKED : 0;
    append(build, "\"", 1);
    return (uint32_t)len;
}

void json_build_close_key(struct json_build *build, uint32_t index)
{
    uint8_t flags;
    if (build->fault)
        return;
    struct har_node *node = &build->tree.node[index];
    node->key_len = close_string(build, &flags);
    node->key = (uint32_t)build->from;
    node->text = (uint32_t)build->bytes.len;
    node->flags |= (uint8_t)(flags >> 1); /* each flag of a key is half of the text's */
}

void json_build_close_text(struct json_build *build, uint32_t index)
{
    uint8_t flags;
    if (build->fault)
        return;
    struct har_node *node = &build->tree.node[index];
    node->text_len = close_string(build, &flags);
    node->text = (uint32_t)build->from;
    node->kind = HAR_KIND_STRING;
    node->flags |= flags;
}

void json_build_literal(struct json_build *build, uint32_t index, enum har_kind kind, const char *text, size_t len)
{
    if (build->fault)
        return;
    struct har_node *node = &build->tree.node[index];
    node->text = (uint32_t)build->bytes.len;
    node->text_len = (uint32_t)len;
    node->kind = (uint8_t)kind;
    append(build, text, len);
}

static uint32_t shifted(uint32_t link, uint32_t by)
{
    return link == JSON_NONE ? link : link + by;
}

/* Copies what was parsed: its bytes behind ours, its nodes behind ours, but the first, which is `index`. */
static void take_tree(struct json_build *build, uint32_t index, const struct har_tree *parsed)
{
    const uint32_t at = (uint32_t)build->bytes.len, by = build->tree.count - 1;
    const struct json_span span = build->tree.span[index];
    append(build, parsed->bytes, json_end(&parsed->node[0]));
    for (uint32_t i = 1; i < parsed->count && !build->fault; i++) {
        const uint32_t added = add_node(build);
        if (added == JSON_NONE)
            return;
        struct har_node *node = &build->tree.node[added];
        *node = parsed->node[i];
        node->key += at;
        node->text += at;
        node->next = shifted(node->next, by);
        node->child = shifted(node->child, by);
        node->parent = node->parent ? node->parent + by : index;
        build->tree.span[added] = span;
    }
    if (build->fault)
        return;
    struct har_node *node = &build->tree.node[index];
    node->kind = parsed->node[0].kind;
    node->flags |= parsed->node[0].flags;
    node->text = parsed->node[0].text + at;
    node->text_len = parsed->node[0].text_len;
    node->child = shifted(parsed->node[0].child, by);
    for (uint32_t i = 0; i < parsed->mark_count; i++)
        if (!json_tree_mark(&build->tree, (struct json_mark){parsed->mark[i].at + at, parsed->mark[i].kind}))
            fail(build, JSON_BUILD_MEMORY);
}

static bool opens_nothing(void *user, const struct har_tree *tree)
{
    (void)user;
    (void)tree;
    return false;
}

/* The next event, fed from *text. */
static enum json_event next_event(struct json_parser *parser, const char **text, size_t *len)
{
    for (;;) {
        const enum json_event event = json_parser_next(parser);
        size_t room;
        if (event != JSON_MORE)
            return event;
        if (!*len) {
            json_parser_end(parser);
            continue;
        }
        unsigned char *space = json_parser_space(parser, &room);
        if (!space)
            continue; /* the next event tells why */
        room = room < *len ? room : *len;
        memcpy(space, *text, room);
        json_parser_fed(parser, room);
        *text += room;
        *len -= room;
    }
}

enum json_build_parsed json_build_json(struct json_build *build, uint32_t node, const char *text, size_t len, uint64_t depth)
{
    static const enum json_build_fault faults[] = {[JSON_FAULT_ITEM_BYTES] = JSON_BUILD_ITEM_BYTES,
                                                   [JSON_FAULT_TREE_BYTES] = JSON_BUILD_TREE_BYTES,
                                                   [JSON_FAULT_MEMORY] = JSON_BUILD_MEMORY};
    const struct json_limits limits = {build->bytes.max, build->tree_bytes, depth};
    struct json_parser *parser = build->fault ? NULL : malloc(sizeof *parser);
    enum json_build_parsed parsed = JSON_BUILD_PARSED;
    if (!parser || !json_parser_init(parser, &limits, opens_nothing, NULL)) {
        fail(build, JSON_BUILD_MEMORY);
        goto out;
    }
    if (next_event(parser, &text, &len) == JSON_VALUE)
        take_tree(build, node, &parser->tree);
    if (!build->fault && next_event(parser, &text, &len) != JSON_END) {
        parsed = parser->fault.kind == JSON_FAULT_DEPTH ? JSON_BUILD_TOO_DEEP : JSON_BUILD_NO_JSON;
        if (parser->fault.kind >= JSON_FAULT_ITEM_BYTES)
            fail(build, faults[parser->fault.kind]);
    }
    json_parser_release(parser);
out:
    free(parser);
    return parsed;
}

const struct har_tree *json_build_tree(struct json_build *build)
{
    build->tree.bytes = build->bytes.data ? build->bytes.data : "";
    return &build->tree;
}
