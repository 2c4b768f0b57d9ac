/* The walk of an importer over the objects of a capture. It goes by the specification's tables, so its depth is theirs. */
#include "consumer/importer.h"

#include <string.h>

enum { DEEPEST = 8 }; /* log, entries, request, postData, params */

/* An object that the walk is in. */
struct visit {
    enum har_object kind;
    const struct har_node *member[CHECK_ROWS];
    uint32_t open;                  /* rows whose values are still to be looked at */
    const struct har_node *element; /* the next one of the array that the walk is in */
    enum har_object elements;       /* what they are */
};

void importer_tell(struct check *check, enum har_rule rule, enum har_object kind, unsigned row, const struct har_node *node,
                   const char *message)
{
    const struct har_object_spec *spec = &spec_objects[kind];
    const struct har_arg args[] = {check_word(spec->name), check_word(spec->members[row].name), check_kind(node)};
    semantic_tell(check, rule, node, message, args, 3);
}

void importer_tell_object(struct check *check, enum har_rule rule, enum har_object kind, const struct har_node *node,
                          const char *message)
{
    const struct har_arg args[] = {check_word(spec_objects[kind].name), check_kind(node)};
    semantic_tell(check, rule, node, message, args, 2);
}

/* `object` NULL: the item. */
static void tell_missing(struct check *check, const struct importer *importer, enum har_object kind, unsigned row,
                         const struct har_node *object)
{
    const struct har_object_spec *spec = &spec_objects[kind];
    const struct har_arg args[] = {check_word(spec->name), check_word(spec->members[row].name)};
    semantic_tell(check, importer->rule, object, importer->missing(kind, row), args, 2);
}

/* The members by row. The parts of a second log were not bound to rows. */
static void gather(struct check *check, enum har_object kind, const struct har_node *node, const struct har_node **member)
{
    const bool bound = node->object == kind;
    memset(member, 0, CHECK_ROWS * sizeof *member);
    if (node->kind != HAR_KIND_OBJECT)
        return;
    for (const struct har_node *at = semantic_first(check, node); at; at = semantic_next(check, at)) {
        const uint8_t row = bound ? at->member : check_row(check, kind, JSON_NO_MEMBER, at);
        if (row < spec_objects[kind].count)
            member[row] = at;
    }
}

/* Whether there is something to look at in a member's value. */
static bool opens(const struct har_member *member, const struct har_node *node)
{
    return member->object != HAR_OBJECT_NONE && (node->kind == HAR_KIND_ARRAY || !(member->types >> HAR_KIND_ARRAY & 1));
}

static void enter(struct check *check, const struct importer *importer, struct visit *visit, enum har_object kind,
                  const struct har_node *node)
{
    const struct har_object_spec *spec = &spec_objects[kind];
    const uint32_t required = importer->required(kind);
    visit->kind = kind;
    visit->open = 0;
    visit->element = NULL;
    if (!importer->object(check, kind, node))
        return;
    gather(check, kind, node, visit->member);
    for (unsigned row = 0; row < spec->count; row++) {
        const struct har_node *member = visit->member[row];
        if (!member && required >> row & 1)
            tell_missing(check, importer, kind, row, node);
        else if (member && importer->member(check, kind, row, member) && opens(&spec->members[row], member))
            visit->open |= 1u << row;
    }
}

/* The next value in an object where the importer builds an object; NULL at the end. */
static const struct har_node *next_value(struct check *check, struct visit *visit, enum har_object *kind)
{
    while (!visit->element && visit->open) {
        unsigned row = 0;
        while (!(visit->open >> row & 1))
            row++;
        visit->open &= ~(1u << row);
        *kind = (enum har_object)spec_objects[visit->kind].members[row].object;
        if (!(spec_objects[visit->kind].members[row].types >> HAR_KIND_ARRAY & 1))
            return visit->member[row];
        visit->element = semantic_first(check, visit->member[row]);
        visit->elements = *kind;
    }
    const struct har_node *element = visit->element;
    if (element) {
        *kind = visit->elements;
        visit->element = semantic_next(check, element);
    }
    return element;
}

static void walk(struct check *check, const struct importer *importer, struct visit *visit, size_t depth)
{
    while (depth) {
        enum har_object kind = HAR_OBJECT_NONE;
        const struct har_node *node = next_value(check, &visit[depth - 1], &kind);
        if (!node)
            depth--;
        else if (depth < DEEPEST)
            enter(check, importer, &visit[depth++], kind, node);
    }
}

static void judge(struct check *check, const struct importer *importer, enum har_object kind)
{
    struct visit visit[DEEPEST];
    enter(check, importer, &visit[0], kind, check->item->tree->node);
    walk(check, importer, visit, 1);
}

/* A member of the log whose elements do not come as items of their own. */
static void judge_log_member(struct check *check, const struct importer *importer)
{
    const struct har_node *node = check->item->tree->node;
    struct visit visit[DEEPEST];
    if (node->member >= LOG_rows || !importer->member(check, HAR_OBJECT_LOG, node->member, node) ||
        !opens(&spec_objects[HAR_OBJECT_LOG].members[node->member], node))
        return;
    visit[0].kind = HAR_OBJECT_LOG;
    visit[0].open = 1u << node->member;
    visit[0].member[node->member] = node;
    visit[0].element = NULL;
    walk(check, importer, visit, 1);
}

static void judge_member(struct check *check, const struct importer *importer, struct importer_seen *seen)
{
    const struct har_item *item = check->item;
    const struct har_node *node = item->tree->node;
    if (item->scope == HAR_SCOPE_DOCUMENT) {
        const struct har_arg kind = check_kind(node);
        seen->log = true; /* one finding is enough */
        semantic_tell(check, importer->rule, node, importer->no_object, &kind, 1);
    } else if (item->scope == HAR_SCOPE_ROOT && json_key_is(item->tree, node, "log", 3)) {
        seen->log = true;
        if (!item->streamed)
            judge(check, importer, HAR_OBJECT_LOG);
    } else if (item->scope == HAR_SCOPE_LOG && !strcmp(item->container, "/log") && !item->streamed) {
        judge_log_member(check, importer);
    }
}

/* What the document and its log lack, at their places. */
static void judge_end(struct check *check, const struct importer *importer, const struct importer_seen *seen)
{
    const struct har_item *end = check->item;
    if (check->cut || seen->foreign)
        return;
    const bool log = seen->log && check->log.present && !check->enveloped;
    const struct har_item at = {.kind = HAR_ITEM_MEMBER,
                                .scope = HAR_SCOPE_DOCUMENT,
                                .container = log ? check->log_pointer : "",
                                .place = log ? check->log.place : check->root.place};
    check->item = &at;
    if (!seen->log) {
        const struct har_arg where = check_word(check->log_pointer);
        semantic_tell(check, importer->rule, NULL, check->enveloped ? importer->enveloped : importer->no_log, &where, 1);
    }
    for (unsigned row = 0; log && row < LOG_rows; row++)
        if (importer->required(HAR_OBJECT_LOG) >> row & 1 && !(check->log.seen >> row & 1))
            tell_missing(check, importer, HAR_OBJECT_LOG, row, NULL);
    check->item = end;
}

void importer_item(struct check *check, const struct importer *importer, struct importer_seen *seen)
{
    const struct har_item *item = check->item;
    if (item->tree && item->tree->span) {
        seen->foreign = true;
        return;
    }
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        *seen = (struct importer_seen){0};
        break;
    case HAR_ITEM_MEMBER:
        judge_member(check, importer, seen);
        break;
    case HAR_ITEM_PAGE:
        if (!strcmp(item->container, "/log/pages"))
            judge(check, importer, HAR_OBJECT_PAGE);
        break;
    case HAR_ITEM_ENTRY:
        if (!strcmp(item->container, "/log/entries"))
            judge(check, importer, HAR_OBJECT_ENTRY);
        break;
    case HAR_ITEM_DOC_END:
        judge_end(check, importer, seen);
        break;
    }
}
