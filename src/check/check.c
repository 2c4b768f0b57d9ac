/* The rule engine's items: what is a document, an envelope, a log, a page, an entry. */
#include "check/semantic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t needed_rows(const struct har_object_spec *spec)
{
    uint32_t rows = 0;
    for (unsigned row = 0; spec && row < spec->count; row++)
        if (spec->members[row].presence == HAR_REQUIRED || spec->members[row].presence == HAR_EXPECTED)
            rows |= 1u << row;
    return rows;
}

bool check_init(struct check *check, struct har_report_to *to, const struct har_settings *settings)
{
    memset(check, 0, sizeof *check);
    check->to = to;
    check->settings = settings;
    memset(check->after, JSON_NO_MEMBER, sizeof check->after);
    for (unsigned object = 0; object < HAR_OBJECT_COUNT; object++)
        check->needed[object] = needed_rows(har_spec_object((enum har_object)object));
    check->members_most = har_settings_bound(settings, HAR_BOUND_MEMBERS);
    check->version = har_settings_version(settings);
    check_set_plain(check);
    har_buffer_init(&check->pointer, SIZE_MAX / 2);
    har_buffer_init(&check->decoded, SIZE_MAX / 2);
    har_buffer_init(&check->deferred_text, SIZE_MAX / 2);
    har_buffer_init(&check->told_text, SIZE_MAX / 2);
    for (int rule = 0; rule < HAR_RULE_COUNT; rule++)
        check->on[rule] = har_settings_level(settings, (enum har_rule)rule) != HAR_LEVEL_OFF;
    return semantic_init(check);
}

void check_release(struct check *check)
{
    semantic_release(check);
    free(check->told);
    free(check->path);
    har_buffer_release(&check->told_text);
    free(check->step);
    free(check->deferred);
    har_buffer_release(&check->deferred_text);
    har_buffer_release(&check->pointer);
    har_buffer_release(&check->decoded);
    keyset_release(&check->keys);
    keyset_release(&check->root.others);
    keyset_release(&check->log.others);
}

/* Members that other kinds of JSON are known by, and what to do with such a file. */
static const struct {
    const char *member;
    const char *message;
} strangers[] = {
    {"constants", "this looks like a Chrome NetLog; a HAR comes from the Network panel, \"Export HAR\""},
    {"openapi", "this looks like an OpenAPI description, not a capture"},
    {"swagger", "this looks like an OpenAPI description, not a capture"},
    {"traceEvents", "this looks like a Chrome trace; a HAR comes from the Network panel, \"Export HAR\""},
    {"lighthouseVersion", "this looks like a Lighthouse report, not a capture"},
    {"runs", "this looks like a SARIF report, not a capture"},
    {"lockfileVersion", "this looks like an npm lock file, not a capture"},
};

/* Members of the log that people find in the document itself, when it was written without the log around them. */
static bool belongs_to_log(const struct check *check, const struct har_node *node)
{
    return json_key_is(check->item->tree, node, "entries", 7) || json_key_is(check->item->tree, node, "creator", 7);
}

static void note_stranger(struct check *check, const struct har_node *node)
{
    check->log_like |= belongs_to_log(check, node);
    for (unsigned i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (json_key_is(check->item->tree, node, strangers[i].member, strlen(strangers[i].member)))
            check->strange |= 1u << i;
}

/* Judges a member of a streamed object: its key, its type, and all below it. */
static void check_streamed_member(struct check *check, struct check_streamed *object, enum har_object kind)
{
    struct har_node *node = &check->item->tree->node[0];
    const struct har_object_spec *spec = har_spec_object(kind);
    node->member = check_row(check, kind, JSON_NO_MEMBER, node);
    if (node->member != JSON_NO_MEMBER) {
        node->object = check_bound(&spec->members[node->member], node);
        if (object->seen & 1u << node->member)
            node->flags |= JSON_DUPLICATE;
        object->seen |= 1u << node->member;
    } else {
        const struct har_text name = check_name(check, node).text;
        const enum keyset_result result = keyset_add(&object->others, name.bytes ? name.bytes : "", name.len,
                                                     (size_t)har_settings_bound(check->settings, HAR_BOUND_KEPT_BYTES));
        if (result == KEYSET_OLD)
            node->flags |= JSON_DUPLICATE;
        check->no_memory |= result == KEYSET_FULL;
    }
    check_marks(check, node);
    check_duplicate(check, node);
    if (++object->members == check->members_most + 1)
        check_tell(check, HAR_RULE_TOO_LARGE, (struct check_where){node, true, 0},
                   "the object has more members than --max-members allows", NULL, 0, NULL);
    check_member(check, kind == HAR_OBJECT_ROOT && node->member == JSON_NO_MEMBER ? NULL : spec, node, true);
    if (node->object == HAR_OBJECT_LOG && !check->item->streamed)
        node->object = HAR_OBJECT_NONE; /* a second log: kept, its parts are not judged */
    if (!check->item->streamed)
        check_tree(check);
}

/* Members of the objects that other kinds of JSON are arrays of. */
static const struct {
    const char *member, *message;
} strange_elements[] = {
    {"protocolVersion", "this looks like a Charles session as JSON: in Charles, export it as HTTP Archive (.har)"},
    {"ph", "this looks like a Chrome trace; a HAR comes from the Network panel, \"Export HAR\""},
    {"log", "this is an array of documents; a HAR is one object that holds log"},
};

/* Of a document that is an array: what its first element shows it to be, NULL when that is nothing known. */
static const char *strange_array(const struct har_tree *tree)
{
    const struct har_node *root = tree->node;
    const struct har_node *element = root->kind == HAR_KIND_ARRAY ? json_node(tree, root->child) : NULL;
    for (size_t i = 0; element && i < sizeof strange_elements / sizeof *strange_elements; i++)
        if (har_node_member(tree, element, strange_elements[i].member))
            return strange_elements[i].message;
    return NULL;
}

static void check_document(struct check *check)
{
    const struct har_node *root = &check->item->tree->node[0];
    const char *strange = strange_array(check->item->tree);
    const struct har_arg kind = check_word(har_kind_name((enum har_kind)root->kind));
    check->root.present = false;
    check_tell(check, HAR_RULE_NOT_A_HAR, (struct check_where){root, false, 0},
               strange ? strange : "the document is not an object that holds log, but JSON of type %1", &kind, 1, NULL);
}

/* A member of the log. */
static void check_log_member(struct check *check)
{
    check_streamed_member(check, &check->log, HAR_OBJECT_LOG);
    const struct har_node *node = &check->item->tree->node[0];
    if (node->member != JSON_NO_MEMBER && !(node->flags & JSON_DUPLICATE) && node->kind == HAR_KIND_STRING &&
        har_spec_object(HAR_OBJECT_LOG)->members[node->member].form == HAR_FORM_VERSION)
        check_version(check, node);
}

static void found_log(struct check *check)
{
    const struct har_item *item = check->item;
    check->log.place = item->place;
    check->log.present = true;
    snprintf(check->log_pointer, sizeof check->log_pointer, "%s/log", item->container);
}

static void check_root_member(struct check *check)
{
    struct har_node *node = &check->item->tree->node[0];
    const bool first_log = check->item->streamed && json_key_is(check->item->tree, node, "log", 3);
    note_stranger(check, node);
    if (first_log)
        found_log(check);
    check_streamed_member(check, &check->root, HAR_OBJECT_ROOT);
    if (node->member != JSON_NO_MEMBER)
        return;
    const struct har_text name = check_name(check, node).text;
    if (!name.len || *name.bytes != '_')
        check_defer(check, HAR_OBJECT_ROOT, node);
}

/* A member of an envelope: only the log in it is of interest. */
static void check_envelope_member(struct check *check)
{
    const struct har_item *item = check->item;
    struct har_node *node = &item->tree->node[0];
    if (!json_key_is(item->tree, node, "log", 3)) {
        if (!item->streamed) {
            check_marks(check, node);
            check_tree(check);
        }
        return;
    }
    node->member = 0;
    node->object = HAR_OBJECT_LOG;
    if (!item->streamed || check->log.present)
        return;
    found_log(check);
    check->enveloped = true;
    check->root.seen |= 1;
    const struct har_arg where = {HAR_ARG_WORD, 0, {item->container, strlen(item->container)}};
    check_tell(check, HAR_RULE_ENVELOPE, (struct check_where){node, true, 0}, "the log lies inside another object, at %1", &where,
               1, "read from there");
}

static void check_element(struct check *check, enum har_object kind)
{
    struct har_node *node = &check->item->tree->node[0];
    node->object = node->kind == HAR_KIND_OBJECT ? (uint8_t)kind : HAR_OBJECT_NONE;
    if (node->flags & JSON_TEXT_MARKED)
        check_marks(check, node);
    if (node->kind == HAR_KIND_OBJECT) {
        check_tree(check);
        return;
    }
    const struct har_arg args[] = {check_word(har_spec_object(kind)->name), check_kind(node)};
    check_tell(check, HAR_RULE_WRONG_TYPE, (struct check_where){node, false, 0}, "each %1 must be an object, this is %2", args, 2,
               NULL);
    check_tree(check);
}

/* What a streamed object lacks. */
static void tell_missing(struct check *check, const struct check_streamed *object, enum har_object kind, const char *pointer)
{
    const struct har_object_spec *spec = har_spec_object(kind);
    struct har_item at = {.kind = HAR_ITEM_MEMBER, .scope = HAR_SCOPE_DOCUMENT, .container = pointer, .place = object->place};
    const struct har_item *item = check->item;
    check->item = &at;
    check->steps = 0;
    for (unsigned row = 0; row < spec->count; row++) {
        const struct har_arg args[] = {check_word(spec->name), check_word(spec->members[row].name)};
        if (!(object->seen & 1u << row) && spec->members[row].presence == HAR_REQUIRED)
            check_tell(check, HAR_RULE_MISSING_MEMBER, (struct check_where){NULL, false, 0}, "%1.%2 is missing", args, 2, NULL);
    }
    check->item = item;
}

static void check_end(struct check *check)
{
    check_deferred_end(check);
    if (check->log.present) {
        tell_missing(check, &check->log, HAR_OBJECT_LOG, check->log_pointer);
        return;
    }
    if (check->root.seen & 1 || !check->root.present)
        return;
    for (unsigned i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (check->strange & 1u << i) {
            check_tell(check, HAR_RULE_NOT_A_HAR, (struct check_where){NULL, false, 0}, strangers[i].message, NULL, 0, NULL);
            return;
        }
    if (check->root.members && !check->log_like)
        check_tell(check, HAR_RULE_NOT_A_HAR, (struct check_where){NULL, false, 0},
                   "this is JSON of another kind: it has no member log", NULL, 0, NULL);
    else
        tell_missing(check, &check->root, HAR_OBJECT_ROOT, "");
}

void check_cut(struct check *check)
{
    struct har_item end = {.kind = HAR_ITEM_DOC_END, .container = "", .place = {0, 1, 1}};
    check->item = &end;
    check->steps = 0;
    check->cut = true;
    check_deferred_end(check);
    semantic_run(check);
    check->item = NULL;
}

static void check_scope(struct check *check)
{
    switch (check->item->scope) {
    case HAR_SCOPE_DOCUMENT:
        check_document(check);
        break;
    case HAR_SCOPE_ROOT:
        check_root_member(check);
        break;
    case HAR_SCOPE_ENVELOPE:
        check_envelope_member(check);
        break;
    case HAR_SCOPE_LOG:
        check_log_member(check);
        break;
    }
}

enum har_status check_item(struct check *check, const struct har_item *item, struct har_error *error)
{
    check->item = item;
    check->near = item->place;
    check->near_at = check->next_mark = 0;
    check->element = JSON_NONE;
    check->request = 0;
    check->steps = 0;
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        check->root.place = item->place;
        check->root.present = true;
        break;
    case HAR_ITEM_MEMBER:
        check_scope(check);
        break;
    case HAR_ITEM_PAGE:
        check->to->summary->pages++;
        check_element(check, HAR_OBJECT_PAGE);
        break;
    case HAR_ITEM_ENTRY:
        check->to->summary->entries++;
        check_element(check, HAR_OBJECT_ENTRY);
        break;
    case HAR_ITEM_DOC_END:
        check_end(check);
        break;
    }
    semantic_run(check);
    check_told(check);
    check->item = NULL;
    return check->no_memory || check->pointer.failed || check->decoded.failed ? har_error_memory(error) : HAR_OK;
}
