/* Runs the groups of semantic rules whose rules are on. */
#include "check/semantic.h"

#include <stdlib.h>
#include <string.h>

#include "json/text.h"

/* A row that has something to look for, and its group's context. */
struct semantic_active {
    const struct semantic_row *row;
    void *ctx;
};

struct semantic {
    struct semantic_active *active;
    size_t count;
    unsigned items;        /* of any active row */
    void **ctx;            /* of each group */
    struct har_buffer url; /* of the current entry, when it had escapes */
};

static bool wanted(const struct check *check, const struct semantic_row *row)
{
    for (const enum har_rule *rule = row->rules; *rule != HAR_RULE_COUNT; rule++)
        if (check->on[*rule])
            return true;
    return false;
}

/* Of all groups, as far as they are wanted. */
static bool activate(struct check *check, struct semantic *semantic)
{
    size_t rows = 0, groups = 0;
    for (; semantic_groups[groups]; groups++)
        for (const struct semantic_row *row = semantic_groups[groups]->rows; row->run; row++)
            rows++;
    semantic->active = calloc(rows + 1, sizeof *semantic->active);
    semantic->ctx = calloc(groups + 1, sizeof *semantic->ctx);
    if (!semantic->active || !semantic->ctx)
        return false;
    for (size_t i = 0; semantic_groups[i]; i++)
        for (const struct semantic_row *row = semantic_groups[i]->rows; row->run; row++) {
            if (!wanted(check, row))
                continue;
            if (!semantic->ctx[i] && !(semantic->ctx[i] = calloc(1, semantic_groups[i]->ctx_size + 1)))
                return false;
            semantic->active[semantic->count++] = (struct semantic_active){row, semantic->ctx[i]};
            semantic->items |= row->items;
        }
    return true;
}

bool semantic_init(struct check *check)
{
    check->semantic = calloc(1, sizeof *check->semantic);
    if (check->semantic)
        har_buffer_init(&check->semantic->url, SIZE_MAX / 2); /* what is decoded is never longer than the item */
    return check->semantic && activate(check, check->semantic);
}

void semantic_release(struct check *check)
{
    struct semantic *semantic = check->semantic;
    if (!semantic)
        return;
    for (size_t i = 0; semantic->ctx && semantic_groups[i]; i++) {
        if (semantic->ctx[i] && semantic_groups[i]->release)
            semantic_groups[i]->release(semantic->ctx[i]);
        free(semantic->ctx[i]);
    }
    har_buffer_release(&semantic->url);
    free(semantic->active);
    free(semantic->ctx);
    free(semantic);
    check->semantic = NULL;
}

void semantic_gather(const struct check *check, const struct har_node *object, const struct har_node **member)
{
    const struct har_tree *tree = check->item->tree;
    const struct har_object_spec *spec = &spec_objects[object->object];
    for (const struct har_node *node = json_node(tree, object->child); node; node = json_node(tree, node->next))
        if (node->member < spec->count && spec->members[node->member].types >> node->kind & 1)
            member[node->member] = node;
}

static void gather_started(struct check *check, struct facts *facts, const struct har_node *node)
{
    const struct har_text text = semantic_text(check, node, &check->decoded);
    facts->started_form = iso8601_parse(text.bytes, text.len, &facts->started);
}

static void gather_into(const struct check *check, const struct har_node *object, const struct har_node **member)
{
    if (object)
        semantic_gather(check, object, member);
}

static void gather_entry(struct check *check, struct facts *facts)
{
    semantic_gather(check, facts->root, facts->entry);
    gather_into(check, facts->entry[ENTRY_request], facts->request);
    gather_into(check, facts->entry[ENTRY_response], facts->response);
    gather_into(check, facts->entry[ENTRY_timings], facts->timings);
    gather_into(check, facts->entry[ENTRY_cache], facts->cache);
    gather_into(check, facts->request[REQUEST_postData], facts->post_data);
    gather_into(check, facts->response[RESPONSE_content], facts->content);
    gather_started(check, facts, facts->entry[ENTRY_startedDateTime]);
    headers_gather(check, facts->request[REQUEST_headers], facts->request_headers);
    headers_gather(check, facts->response[RESPONSE_headers], facts->response_headers);
    facts->url_text = semantic_text(check, facts->request[REQUEST_url], &check->semantic->url);
    url_split(facts->url_text.bytes, facts->url_text.len, &facts->url);
}

static void gather_page(struct check *check, struct facts *facts)
{
    semantic_gather(check, facts->root, facts->page);
    gather_into(check, facts->page[PAGE_pageTimings], facts->page_timings);
    gather_started(check, facts, facts->page[PAGE_startedDateTime]);
}

void semantic_run(struct check *check)
{
    const struct semantic *semantic = check->semantic;
    const struct har_item *item = check->item;
    const unsigned kind = 1u << item->kind;
    if (!(semantic->items & kind))
        return;
    struct facts facts = {.root = item->tree ? item->tree->node : NULL, .started_form = ISO8601_NOT};
    if (item->kind == HAR_ITEM_ENTRY && facts.root->object == HAR_OBJECT_ENTRY)
        gather_entry(check, &facts);
    else if (item->kind == HAR_ITEM_PAGE && facts.root->object == HAR_OBJECT_PAGE)
        gather_page(check, &facts);
    else if (item->kind == HAR_ITEM_MEMBER && facts.root->object == HAR_OBJECT_CREATOR)
        semantic_gather(check, facts.root, facts.creator);
    for (size_t i = 0; i < semantic->count; i++)
        if (semantic->active[i].row->items & kind)
            semantic->active[i].row->run(check, &facts, semantic->active[i].ctx);
}

bool semantic_number(const struct check *check, const struct har_node *node, double *number)
{
    return node && node->kind == HAR_KIND_NUMBER && json_number(json_text(check->item->tree, node), node->text_len, number);
}

struct har_text semantic_text(struct check *check, const struct har_node *node, struct har_buffer *scratch)
{
    if (!node)
        return (struct har_text){"", 0};
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return har_node_text(check->item->tree, node);
    har_buffer_clear(scratch);
    if (!har_node_decode(check->item->tree, node, scratch))
        check->no_memory = true;
    return (struct har_text){scratch->data ? scratch->data : "", scratch->len};
}

void semantic_tell(struct check *check, enum har_rule rule, const struct har_node *node, const char *message,
                   const struct har_arg *args, size_t arg_count)
{
    check_tell(check, rule, (struct check_where){node, false, 0}, message, args, arg_count, NULL);
}

void semantic_tell_at(struct check *check, enum har_rule rule, const struct har_node *node, size_t at, const char *message,
                      const struct har_arg *args, size_t arg_count)
{
    if (at && node->flags & JSON_TEXT_ESCAPED)
        at = json_text_offset(json_text(check->item->tree, node), node->text_len, at);
    const uint32_t byte = at ? node->text + (uint32_t)at : 0;
    check_tell(check, rule, (struct check_where){node, false, byte}, message, args, arg_count, NULL);
}

struct har_arg semantic_decimal(double number)
{
    static const double most = 9e15;
    number = number > most ? most : number < -most ? -most : number;
    return (struct har_arg){HAR_ARG_THOUSANDTHS, (int64_t)(number * 1000 + (number < 0 ? -0.5 : 0.5)), {"", 0}};
}
