/* HAR as JSON: opens document, envelope, log, pages and entries, and hands over everything in them one by one. */
#include <stdio.h>
#include <string.h>

#include <harmill/format.h>

#include "format/sniff.h"
#include "json/outline.h"
#include "json/parse.h"
#include "util/position.h"

enum { LEVELS = 6 };

/* A container that was opened. */
struct level {
    enum outline_role role;
    uint64_t index; /* of its next element */
    char pointer[40];
};

enum phase { PHASE_BEGIN, PHASE_ITEMS, PHASE_BROKEN, PHASE_END, PHASE_DONE };

struct har {
    struct har_input *input;
    struct har_report_to *findings;
    struct json_parser parser;
    enum phase phase;
    bool wrapper;
    struct outline_seen seen;
    struct level level[LEVELS];
    size_t levels;
    enum outline_role opening;         /* what the opens function decided */
    char first_key[OUTLINE_FIRST_KEY]; /* of the first entry: others begin like it */
    uint64_t broken_line;
    char packed_fault[sizeof((struct har_error *)0)->text]; /* why unpacking ended early; told when all before was judged */
};

static bool opens(void *user, const struct har_tree *tree)
{
    struct har *h = user;
    const struct har_node *root = har_tree_root(tree);
    if (!h->levels) {
        h->opening = ROLE_ROOT;
        return root->kind == HAR_KIND_OBJECT;
    }
    const enum outline_role below = h->level[h->levels - 1].role;
    for (size_t i = 0; i < OUTLINE_OPENINGS; i++) {
        const struct outline_opening *row = &outline_openings[i];
        if (row->below == below && row->kind == har_node_kind(root) && json_key_is(tree, root, row->key, strlen(row->key))) {
            h->opening = row->role;
            return !outline_opened(&h->seen, h->opening);
        }
    }
    return false;
}

static enum har_status open_har(void *ctx, const struct har_format_args *args, struct har_error *error)
{
    struct har *h = ctx;
    const struct json_limits limits = {har_settings_bound(args->settings, HAR_BOUND_ITEM_BYTES),
                                       har_settings_bound(args->settings, HAR_BOUND_TREE_BYTES),
                                       har_settings_bound(args->settings, HAR_BOUND_DEPTH)};
    h->input = args->input;
    h->findings = args->findings;
    return json_parser_init(&h->parser, &limits, opens, h) ? HAR_OK : har_error_memory(error);
}

static void close_har(void *ctx)
{
    struct har *h = ctx;
    json_parser_release(&h->parser);
}

/* Appends the pointer of the value that the parser is in. */
static void append_inner(struct har_buffer *pointer, const struct json_parser *p)
{
    enum { DEEPEST = 64 };
    const struct har_tree *tree = &p->tree;
    uint32_t path[DEEPEST];
    size_t depth = 0;
    uint32_t at = p->node != JSON_NONE ? p->node : p->in;
    for (; at != JSON_NONE && at != 0 && depth < DEEPEST; at = tree->node[at].parent)
        path[depth++] = at;
    while (depth--) {
        const struct har_node *node = &tree->node[path[depth]];
        const struct har_node *parent = &tree->node[node->parent];
        if (parent->kind == HAR_KIND_OBJECT) {
            json_append_pointer(pointer, tree, node);
            continue;
        }
        uint32_t index = 0;
        for (uint32_t i = parent->child; i != path[depth]; i = tree->node[i].next)
            index++;
        har_buffer_printf(pointer, "/%u", index);
    }
}

static const struct level *inside(const struct har *h)
{
    return h->levels ? &h->level[h->levels - 1] : NULL;
}

static bool in_array(const struct level *level)
{
    return level && (level->role == ROLE_PAGES || level->role == ROLE_ENTRIES);
}

/* The pointer of the place where the parser stopped. */
static void build_pointer(const struct har *h, struct har_buffer *pointer)
{
    const struct json_parser *p = &h->parser;
    const struct level *level = inside(h);
    const bool whole = p->fault.kind == JSON_FAULT_ITEM_BYTES; /* where in it this shows is a matter of chance */
    if (level)
        har_buffer_append_text(pointer, level->pointer);
    if (!p->item || (!whole && p->in == JSON_NONE && p->node == JSON_NONE))
        return;
    if (in_array(level))
        har_buffer_printf(pointer, "/%llu", (unsigned long long)level->index);
    else if (p->tree.count && p->tree.node[0].key_len)
        json_append_pointer(pointer, &p->tree, &p->tree.node[0]);
    if (!whole)
        append_inner(pointer, p);
}

static void tell(struct har *h, enum har_rule rule, size_t at, const char *message, const struct har_arg *args, size_t count,
                 const char *done)
{
    struct json_parser *p = &h->parser;
    struct har_buffer pointer;
    struct har_finding finding = {.rule = rule, .message = message, .done = done, .entry = -1};
    har_buffer_init(&pointer, HAR_MIB);
    p->tree.bytes = (const char *)p->window + p->item_at;
    if (inside(h) && inside(h)->role == ROLE_ENTRIES && p->item)
        finding.entry = (int64_t)inside(h)->index;
    finding.place = finding.end = json_parser_place(p, at);
    build_pointer(h, &pointer);
    finding.pointer = (struct har_text){pointer.data ? pointer.data : "", pointer.len};
    if (count)
        memcpy(finding.arg, args, count * sizeof *args);
    finding.excerpt = position_excerpt((const char *)p->window, p->len, at, &finding.excerpt_at);
    har_report_finding(h->findings, &finding);
    har_buffer_release(&pointer);
}

/* Why nothing more can be read was told. */
static enum har_status cut(struct har *h, struct har_error *error)
{
    h->phase = PHASE_DONE;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_DATA, 0, "reading ended early");
}

/* Feeds one block. Broken packed data ends the input; what was unpacked before is still judged. */
static enum har_status feed(struct har *h, struct har_error *error)
{
    size_t room, got = 0;
    unsigned char *space = json_parser_space(&h->parser, &room);
    if (!space)
        return HAR_OK; /* the parser's next event tells why */
    const enum har_status status = har_input_read(h->input, space, room, &got, error);
    if (status == HAR_OK)
        json_parser_fed(&h->parser, got);
    if (status == HAR_EOF)
        json_parser_end(&h->parser);
    if (status != HAR_FATAL || (error->domain != HAR_DOMAIN_DATA && error->domain != HAR_DOMAIN_BOUND))
        return status;
    memcpy(h->packed_fault, error->text, sizeof h->packed_fault);
    json_parser_end(&h->parser);
    return HAR_EOF;
}

/* The end of packed data that was broken. */
static enum har_status cut_packed(struct har *h, struct har_error *error)
{
    const struct har_arg why = {HAR_ARG_WORD, 0, {h->packed_fault, strlen(h->packed_fault)}};
    tell(h, HAR_RULE_COMPRESSED_DATA, h->parser.len, "%1", &why, 1, "what was unpacked before is judged");
    return cut(h, error);
}

static enum har_status begin(struct har *h, struct har_item *item, struct har_error *error)
{
    struct json_parser *p = &h->parser;
    while (p->len < SNIFF_BYTES && !p->ended) {
        const enum har_status status = feed(h, error);
        if (status == HAR_FATAL)
            return status;
    }
    const struct sniff found = sniff_json(p->window, p->len);
    if (found.message && h->packed_fault[0])
        return cut_packed(h, error);
    if (found.message) {
        tell(h, found.rule, 0, found.message, NULL, 0, NULL);
        return cut(h, error);
    }
    if (found.mark)
        tell(h, HAR_RULE_BYTE_ORDER_MARK, 0, "the file starts with a byte order mark", NULL, 0, "skipped");
    json_parser_skip(p, found.mark ? 3 : 0);
    if (found.wrapper) {
        h->wrapper = true;
        tell(h, HAR_RULE_JSON_WRAPPER, found.mark ? 3 : 0, "the document is the argument of a function call: take the call off",
             NULL, 0, "the argument is judged");
        p->scan.at = found.skip;
    }
    h->phase = PHASE_ITEMS;
    *item = (struct har_item){
        .size = sizeof *item, .kind = HAR_ITEM_DOC_BEGIN, .container = "", .place = json_parser_place(p, p->scan.at)};
    return HAR_OK;
}

/* An item around the tree that the parser holds. */
static void make_item(struct har *h, struct har_item *item, bool streamed)
{
    static const enum har_scope scopes[] = {[ROLE_ROOT] = HAR_SCOPE_ROOT,
                                            [ROLE_RESULT] = HAR_SCOPE_ENVELOPE,
                                            [ROLE_RESULT_HAR] = HAR_SCOPE_ENVELOPE,
                                            [ROLE_LOG] = HAR_SCOPE_LOG};
    struct level *level = h->levels ? &h->level[h->levels - 1] : NULL;
    *item = (struct har_item){
        .size = sizeof *item, .kind = HAR_ITEM_MEMBER, .scope = HAR_SCOPE_DOCUMENT, .streamed = streamed, .container = ""};
    item->tree = &h->parser.tree;
    item->place = json_parser_place(&h->parser, h->parser.item_at);
    if (!level)
        return;
    item->container = level->pointer;
    if (in_array(level)) {
        item->kind = level->role == ROLE_PAGES ? HAR_ITEM_PAGE : HAR_ITEM_ENTRY;
        item->ordinal = level->index++;
    } else {
        item->scope = scopes[level->role];
    }
}

/* Remembers how entries begin. */
static void note_first_key(struct har *h)
{
    const struct har_tree *tree = &h->parser.tree;
    const struct har_node *first = tree->count > 1 ? &tree->node[1] : NULL;
    if (h->first_key[0] || !inside(h) || inside(h)->role != ROLE_ENTRIES || !first || !first->key_len ||
        first->key_len >= OUTLINE_FIRST_KEY)
        return;
    memcpy(h->first_key, (const char *)h->parser.window + h->parser.item_at + first->key, first->key_len);
}

static bool begins_entry(void *user, const char *key, size_t len)
{
    const struct har *h = user;
    return outline_begins_entry(h->first_key, key, len);
}

static enum har_status open_level(struct har *h, struct har_item *item)
{
    const bool root = h->levels == 0;
    make_item(h, item, true);
    outline_open(&h->seen, h->opening);
    struct level *level = &h->level[h->levels++];
    *level = (struct level){.role = h->opening};
    snprintf(level->pointer, sizeof level->pointer, "%s%s", root ? "" : level[-1].pointer, outline_pointer(h->opening));
    return root ? HAR_FAILED : HAR_OK; /* the document itself is no item */
}

struct fault_row {
    enum har_rule rule;
    const char *message; /* NULL: the parser's own words */
};

static enum har_status fault(struct har *h, struct har_error *error)
{
    static const struct fault_row rows[] = {
        [JSON_FAULT_SYNTAX] = {HAR_RULE_JSON_SYNTAX, NULL},
        [JSON_FAULT_TRUNCATED] = {HAR_RULE_JSON_TRUNCATED, NULL},
        [JSON_FAULT_DEPTH] = {HAR_RULE_TOO_DEEP, "nested deeper than --max-depth allows"},
        [JSON_FAULT_ITEM_BYTES] = {HAR_RULE_TOO_LARGE, "what starts here is larger than --max-item-bytes allows"},
        [JSON_FAULT_TREE_BYTES] = {HAR_RULE_TOO_LARGE, "what starts before here has more values than --max-tree-bytes allows"},
    };
    const struct json_fault *f = &h->parser.fault;
    if (f->kind == JSON_FAULT_MEMORY)
        return har_error_memory(error);
    const bool entry = inside(h) && inside(h)->role == ROLE_ENTRIES;
    const struct fault_row row = rows[f->kind];
    h->broken_line = json_parser_place(&h->parser, f->at).line;
    note_first_key(h);
    tell(h, row.rule, f->at, row.message ? row.message : f->what, NULL, 0,
         entry && h->parser.item ? "the entry is left out" : NULL);
    if (json_parser_pardon(&h->parser))
        return HAR_FAILED;
    if (!entry)
        return cut(h, error);
    h->level[h->levels - 1].index += h->parser.item;
    h->phase = PHASE_BROKEN;
    return HAR_FAILED;
}

/* Looks for the next whole entry. */
static enum har_status resync(struct har *h, struct har_error *error)
{
    const bool truncated = h->parser.fault.kind == JSON_FAULT_TRUNCATED;
    for (;;) {
        const enum json_event event = json_parser_resync(&h->parser, begins_entry, h);
        if (event == JSON_OPEN) {
            h->phase = PHASE_ITEMS;
            return HAR_FAILED;
        }
        if (event == JSON_END) {
            const struct har_arg line = {HAR_ARG_NUMBER, (int64_t)h->broken_line, {"", 0}};
            h->parser.item = false;
            if (!truncated)
                tell(h, HAR_RULE_JSON_SYNTAX, h->parser.len, "no whole entry follows the broken one at line %1", &line, 1,
                     "nothing behind it is judged");
            return cut(h, error);
        }
        const enum har_status status = feed(h, error);
        if (status == HAR_FATAL)
            return status;
    }
}

/* Whether all that is left is the end of the wrapper's call. */
static bool wrapper_end(const struct har *h)
{
    const struct json_parser *p = &h->parser;
    if (!h->wrapper || p->expect != JSON_EXPECT_NOTHING || p->window[p->fault.at] != ')')
        return false;
    for (size_t at = p->fault.at + 1; at < p->len; at++)
        if (!strchr("; \t\r\n", p->window[at]) || !p->window[at])
            return false;
    return p->ended;
}

static enum har_status end(struct har *h, struct har_item *item)
{
    h->phase = PHASE_END;
    *item = (struct har_item){
        .size = sizeof *item, .kind = HAR_ITEM_DOC_END, .container = "", .place = json_parser_place(&h->parser, h->parser.len)};
    return HAR_OK;
}

static enum har_status next(struct har *h, struct har_item *item, struct har_error *error)
{
    for (;;) {
        switch (json_parser_next(&h->parser)) {
        case JSON_MORE: {
            const enum har_status status = feed(h, error);
            if (status == HAR_FATAL)
                return status;
            break;
        }
        case JSON_OPEN:
            if (open_level(h, item) == HAR_OK)
                return HAR_OK;
            break;
        case JSON_CLOSE:
            h->levels--;
            break;
        case JSON_VALUE:
            note_first_key(h);
            make_item(h, item, false);
            return HAR_OK;
        case JSON_END:
            return h->packed_fault[0] ? cut_packed(h, error) : end(h, item);
        case JSON_ERROR:
            if (h->packed_fault[0] && h->parser.fault.kind == JSON_FAULT_TRUNCATED)
                return cut_packed(h, error);
            return wrapper_end(h) ? end(h, item) : fault(h, error);
        }
    }
}

static enum har_status item_har(void *ctx, struct har_item *item, struct har_error *error)
{
    struct har *h = ctx;
    switch (h->phase) {
    case PHASE_BEGIN:
        return begin(h, item, error);
    case PHASE_ITEMS:
        return next(h, item, error);
    case PHASE_BROKEN:
        return resync(h, error);
    case PHASE_END:
    case PHASE_DONE:
        break;
    }
    return HAR_EOF;
}

const struct har_format har_format_har = {
    .size = sizeof(struct har_format),
    .name = "har",
    .summary = "HTTP Archive 1.1 and 1.2, as JSON",
    .extensions = ".har .json .harp .zhar",
    .ctx_size = sizeof(struct har),
    .open = open_har,
    .item = item_har,
    .close = close_har,
};
