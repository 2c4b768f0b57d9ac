/* Findings of an item wait until the item was judged and are then told in the order of their places. */
#include <stdlib.h>
#include <string.h>

#include "check/hide.h"
#include "check/semantic.h"
#include "util/hash.h"
#include "util/position.h"

enum {
    TOLD_MOST = 4096, /* findings that wait at most, and bytes of their texts */
    TOLD_TEXT_MOST = 1 << 20,
};

/* The offset that a finding is sorted by. */
static uint64_t order_of(const struct check *check, struct check_where where)
{
    const struct har_tree *tree = check->item->tree;
    const struct har_node *node = where.node ? where.node : tree->node;
    return tree->span ? tree->span[node - tree->node].place.offset : check_begin(node, where.key, where.at);
}

static bool grow(struct check *check)
{
    const size_t cap = check->told_cap ? check->told_cap * 2 : 64;
    struct check_told *grown = realloc(check->told, cap * sizeof *grown);
    if (!grown) {
        check->no_memory = true;
        return false;
    }
    check->told = grown;
    check->told_cap = cap;
    return true;
}

/* The argument with its text in check->told_text. */
static struct har_arg keep_arg(struct check *check, struct har_arg arg)
{
    const size_t at = check->told_text.len;
    check->no_memory |= !har_buffer_append(&check->told_text, arg.text.bytes, arg.text.len);
    arg.text.bytes = NULL;
    if (arg.kind != HAR_ARG_NUMBER && arg.kind != HAR_ARG_THOUSANDTHS)
        arg.number = (int64_t)at;
    return arg;
}

static struct har_arg kept_arg(const struct check *check, struct har_arg arg)
{
    const bool text = arg.kind != HAR_ARG_NUMBER && arg.kind != HAR_ARG_THOUSANDTHS && arg.text.len;
    arg.text.bytes = text ? check->told_text.data + arg.number : "";
    if (text)
        arg.number = 0;
    return arg;
}

/* A finding about something that no item's tree holds. */
static void tell_now(struct check *check, enum har_rule rule, const char *message, const struct har_arg *args, size_t arg_count,
                     const char *done)
{
    const struct har_item *item = check->item;
    struct har_finding finding = {
        .rule = rule, .message = message, .done = done, .entry = -1, .place = item->place, .end = item->place};
    finding.pointer = check_pointer(check, NULL);
    if (arg_count) /* args is NULL otherwise */
        memcpy(finding.arg, args, arg_count * sizeof *args);
    har_report_finding(check->to, &finding);
}

void check_tell(struct check *check, enum har_rule rule, struct check_where where, const char *message, const struct har_arg *args,
                size_t arg_count, const char *done)
{
    if (!diag_shows(check->to, rule)) {
        diag_count(check->to, rule);
        return;
    }
    if (!check->item->tree) {
        tell_now(check, rule, message, args, arg_count, done);
        return;
    }
    if (check->told_count >= TOLD_MOST || check->told_text.len >= TOLD_TEXT_MOST)
        check_told(check);
    if (check->told_count == check->told_cap && !grow(check))
        return;
    struct check_told *told = &check->told[check->told_count];
    *told = (struct check_told){.rule = rule,
                                .where = where,
                                .order = order_of(check, where),
                                .number = check->told_count,
                                .message = message,
                                .done = done};
    for (size_t i = 0; i < arg_count; i++)
        told->arg[i] = keep_arg(check, args[i]);
    check->told_count++;
}

static int by_place(const void *a, const void *b)
{
    const struct check_told *left = a, *right = b;
    if (left->order != right->order)
        return left->order < right->order ? -1 : 1;
    return left->number < right->number ? -1 : left->number > right->number;
}

uint64_t check_request(struct check *check)
{
    const struct har_tree *tree = check->item->tree;
    if (check->request)
        return check->request;
    check->request = HASH_START;
    if (check->item->kind != HAR_ITEM_ENTRY)
        return check->request;
    const struct har_node *request = har_node_member(tree, tree->node, "request");
    const struct har_node *method = har_node_member(tree, request, "method"), *url = har_node_member(tree, request, "url");
    struct har_text text = semantic_text(check, method, &check->decoded);
    uint64_t hash = hash_add_part(HASH_START, text.bytes, text.len);
    text = semantic_text(check, url, &check->decoded);
    const char *query = memchr(text.bytes, '?', text.len), *fragment = memchr(text.bytes, '#', text.len);
    const char *end = query && (!fragment || query < fragment) ? query : fragment;
    check->request = hash_add_part(hash, text.bytes, end ? (size_t)(end - text.bytes) : text.len);
    return check->request;
}

/* Whether a place of an item that was not changed is inside a string. */
static bool is_inside(const struct har_tree *tree, size_t at)
{
    size_t low = 0, high = tree->count; /* the last node that begins before the place is in there */
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        const struct har_node *node = &tree->node[middle];
        const size_t begin = node->key ? node->key : node->text;
        *(begin <= at ? &low : &high) = middle;
    }
    const struct har_node *node = &tree->node[low];
    return (node->key && at >= node->key && at <= node->key + node->key_len) ||
           (node->kind == HAR_KIND_STRING && at >= node->text && at <= (size_t)node->text + node->text_len);
}

/* What of the excerpt is shown for the finding's own sake. */
static struct hide_range clear_range(size_t from, size_t len, size_t begin)
{
    return (struct hide_range){from > begin ? from - begin : 0, from + len > begin ? from + len - begin : 0};
}

/* The line around what is meant, as far as it lies in the item. Of other members' strings nothing is shown. */
static void set_excerpt(struct check *check, struct har_finding *finding, struct check_where where, bool hidden)
{
    const struct har_tree *tree = check->item->tree;
    const struct har_node *node = where.node;
    if (har_rule_info(finding->rule)->group == HAR_GROUP_SECRET) /* nothing else is found there */
        return;
    if (tree->span || check->unplaced || check->to->blind) /* the tree's bytes are not those of the input, or nobody asks */
        return;
    const uint32_t end = json_end(&tree->node[0]), at = check_begin(node, where.key, where.at);
    struct hide_excerpt excerpt = {.text = position_excerpt(tree->bytes, end, at, &finding->excerpt_at)};
    const size_t begin = at - finding->excerpt_at;
    excerpt.at = finding->excerpt_at;
    excerpt.end = excerpt.at + (finding->end.offset > finding->place.offset ? finding->end.offset - finding->place.offset : 0);
    excerpt.inside = is_inside(tree, begin);
    if (node->key && !hide_name(check->to, har_node_key(tree, node)))
        excerpt.clear[0] = clear_range(node->key, node->key_len, begin);
    if (node->kind == HAR_KIND_STRING && !where.key && !hidden)
        excerpt.clear[1] = clear_range(node->text, node->text_len, begin);
    hide_strings(check->to, &excerpt, finding);
}

/* Whether the string that is meant must not be shown. One that is long is not looked at for the sake of a finding. */
static bool is_hidden(struct check *check, const struct har_node *node)
{
    enum { LOOKED_AT_MOST = 4096 };
    if (check->to->blind || node->kind != HAR_KIND_STRING || !node->text_len)
        return false;
    return node->text_len > LOOKED_AT_MOST || hide_node(check->to, check->item, node);
}

static void tell_told(struct check *check, const struct check_told *told)
{
    const struct har_item *item = check->item;
    struct har_finding finding = {.rule = told->rule, .message = told->message, .done = told->done, .entry = -1};
    const struct check_where meant = {told->where.node ? told->where.node : item->tree->node, told->where.key, told->where.at};
    if (item->kind == HAR_ITEM_ENTRY)
        finding.entry = (int64_t)item->ordinal;
    check_span(check, meant, &finding.place, &finding.end);
    const bool hidden = is_hidden(check, meant.node);
    set_excerpt(check, &finding, meant, hidden);
    const uint64_t request = check_request(check);
    finding.pointer = check_pointer(check, told->where.node);
    finding.fingerprint = diag_fingerprint(request, told->rule, finding.entry, finding.pointer);
    for (size_t i = 0; i < HAR_FINDING_ARGS; i++) {
        finding.arg[i] = kept_arg(check, told->arg[i]);
        if (hidden && finding.arg[i].kind == HAR_ARG_VALUE)
            finding.arg[i] = (struct har_arg){HAR_ARG_SECRET, 0, {"", 0}};
    }
    har_report_finding(check->to, &finding);
}

void check_told(struct check *check)
{
    if (!check->told_count)
        return;
    qsort(check->told, check->told_count, sizeof *check->told, by_place);
    check->element = JSON_NONE;
    for (size_t i = 0; i < check->told_count; i++)
        tell_told(check, &check->told[i]);
    check->told_count = 0;
    har_buffer_clear(&check->told_text);
}
