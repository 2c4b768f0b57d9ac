/* Findings of an item wait until the item was judged and are then told in the order of their places. */
#include <stdlib.h>
#include <string.h>

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

/* The line around what is meant, as far as it lies in the item. */
static void set_excerpt(struct check *check, struct har_finding *finding, struct check_where where)
{
    const struct har_tree *tree = check->item->tree;
    if (tree->span) /* the tree's bytes are not those of the input */
        return;
    const uint32_t end = json_end(&tree->node[0]), at = check_begin(where.node, where.key, where.at);
    finding->excerpt = position_excerpt(tree->bytes, end, at, &finding->excerpt_at);
}

static void tell_told(struct check *check, const struct check_told *told)
{
    const struct har_item *item = check->item;
    struct har_finding finding = {.rule = told->rule, .message = told->message, .done = told->done, .entry = -1};
    const struct check_where meant = {told->where.node ? told->where.node : item->tree->node, told->where.key, told->where.at};
    if (item->kind == HAR_ITEM_ENTRY)
        finding.entry = (int64_t)item->ordinal;
    check_span(check, meant, &finding.place, &finding.end);
    set_excerpt(check, &finding, meant);
    const uint64_t request = check_request(check);
    finding.pointer = check_pointer(check, told->where.node);
    finding.fingerprint = diag_fingerprint(request, told->rule, finding.entry, finding.pointer);
    for (size_t i = 0; i < HAR_FINDING_ARGS; i++)
        finding.arg[i] = kept_arg(check, told->arg[i]);
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
