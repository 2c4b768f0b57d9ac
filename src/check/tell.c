/* From a node to a finding: place, pointer, excerpt. */
#include <string.h>

#include "check/check.h"
#include "util/position.h"

enum {
    LONG_VALUE = 1024, /* the end of longer values is not looked for */
};

struct har_arg check_word(const char *word)
{
    return (struct har_arg){HAR_ARG_WORD, 0, {word, strlen(word)}};
}

struct har_arg check_number(uint64_t number)
{
    return (struct har_arg){HAR_ARG_NUMBER, (int64_t)number, {"", 0}};
}

struct har_arg check_name(struct check *check, const struct har_node *node)
{
    const struct har_text key = har_node_key(check->item->tree, node);
    har_buffer_clear(&check->decoded);
    if (!(node->flags & JSON_KEY_ESCAPED))
        return (struct har_arg){HAR_ARG_NAME, 0, key};
    har_node_decode_key(check->item->tree, node, &check->decoded);
    return (struct har_arg){HAR_ARG_NAME, 0, {check->decoded.data, check->decoded.len}};
}

struct har_arg check_value(struct check *check, const struct har_node *node)
{
    har_buffer_clear(&check->decoded);
    har_node_decode(check->item->tree, node, &check->decoded);
    return (struct har_arg){HAR_ARG_VALUE, 0, {check->decoded.data ? check->decoded.data : "", check->decoded.len}};
}

/* The place of an offset of the current item, whose bytes are the input's. */
static struct har_place place_at(struct check *check, uint32_t at)
{
    if (at < check->near_at) {
        check->near = check->item->place;
        check->near_at = 0;
    }
    position_advance(&check->near, check->item->tree->bytes + check->near_at, at - check->near_at);
    check->near_at = at;
    return check->near;
}

/* Appends the pointer's part for a key. */
static void append_key(struct check *check, const struct har_node *node)
{
    const struct har_tree *tree = check->item->tree;
    if (!json_append_pointer(&check->pointer, tree, node))
        check->no_memory = true;
}

/* Appends the pointer's part for one member of a container. */
static void append_member(struct check *check, const struct har_node *parent, const struct har_node *node, uint32_t index)
{
    if (parent->kind == HAR_KIND_ARRAY)
        har_buffer_printf(&check->pointer, "/%u", index);
    else
        append_key(check, node);
}

struct har_text check_pointer(struct check *check, const struct har_node *node)
{
    const struct har_item *item = check->item;
    const struct har_tree *tree = item->tree;
    har_buffer_clear(&check->pointer);
    har_buffer_append_text(&check->pointer, item->container);
    if (item->kind == HAR_ITEM_PAGE || item->kind == HAR_ITEM_ENTRY)
        har_buffer_printf(&check->pointer, "/%llu", (unsigned long long)item->ordinal);
    else if (tree && item->scope != HAR_SCOPE_DOCUMENT)
        append_key(check, &tree->node[0]);
    for (size_t i = 0; node && node != tree->node && i < check->steps; i++) {
        const struct check_step *step = &check->step[i];
        const struct har_node *parent = &tree->node[step->node];
        if (node == parent)
            break;
        append_member(check, parent, &tree->node[step->child], step->index);
        if (&tree->node[step->child] == node)
            break;
    }
    return (struct har_text){check->pointer.data ? check->pointer.data : "", check->pointer.len};
}

static uint32_t meant_begin(struct check_where where)
{
    return where.at ? where.at : where.key ? where.node->key - 1 : json_offset(where.node);
}

/* The line around what is meant, as far as it lies in the item. */
static void set_excerpt(struct check *check, struct har_finding *finding, struct check_where where)
{
    const struct har_tree *tree = check->item->tree;
    if (tree->span) /* the tree's bytes are not those of the input */
        return;
    const uint32_t end = json_end(&tree->node[0]), at = meant_begin(where);
    finding->excerpt = position_excerpt(tree->bytes, end, at, &finding->excerpt_at);
}

/* Where what is meant ends: behind a key, behind a short value, behind the bracket of a container. */
static uint32_t meant_end(const struct har_node *node, bool key)
{
    if (key)
        return node->key + node->key_len + 1;
    const bool container = node->kind == HAR_KIND_ARRAY || node->kind == HAR_KIND_OBJECT;
    return container || node->text_len > LONG_VALUE ? json_offset(node) + 1 : json_end(node);
}

/* The same for one byte that is meant: if it begins an escape, behind that. */
static uint32_t byte_end(const struct har_tree *tree, const struct har_node *node, uint32_t at)
{
    const uint32_t len = tree->bytes[at] != '\\' ? 1 : tree->bytes[at + 1] == 'u' ? 6 : 2;
    const uint32_t end = at >= node->text ? node->text + node->text_len : node->key + node->key_len;
    return end - at < len ? end : at + len;
}

void check_span(struct check *check, struct check_where where, struct har_place *from, struct har_place *to)
{
    const struct har_tree *tree = check->item->tree;
    if (tree->span) {
        const struct json_span *span = &tree->span[where.node - tree->node];
        *from = *to = span->place;
        to->offset += span->bytes;
        to->column += span->points;
        return;
    }
    *from = place_at(check, meant_begin(where));
    *to = place_at(check, where.at ? byte_end(tree, where.node, where.at) : meant_end(where.node, where.key));
}

void check_tell(struct check *check, enum har_rule rule, struct check_where where, const char *message, const struct har_arg *args,
                size_t arg_count, const char *done)
{
    const struct har_item *item = check->item;
    if (!diag_shows(check->to, rule)) {
        diag_count(check->to, rule);
        return;
    }
    struct har_finding finding = {.rule = rule, .message = message, .done = done, .entry = -1};
    if (item->kind == HAR_ITEM_ENTRY)
        finding.entry = (int64_t)item->ordinal;
    if (item->tree) {
        const struct check_where meant = {where.node ? where.node : item->tree->node, where.key, where.at};
        check_span(check, meant, &finding.place, &finding.end);
        set_excerpt(check, &finding, meant);
    } else {
        finding.place = finding.end = item->place;
    }
    finding.pointer = check_pointer(check, where.node);
    if (arg_count) /* args is NULL otherwise */
        memcpy(finding.arg, args, arg_count * sizeof *args);
    har_report_finding(check->to, &finding);
}
