/* The transform "redact": the last one, which takes secrets out and marks the log. */
#include <stdio.h>
#include <string.h>

#include <harmill/redact.h>

#include "json/edit.h"
#include "redact/redaction.h"

/* Others can see by this member of the log that it was redacted. */
static const char mark[] = "_redaction";

struct redact {
    struct har_transform_args args;
    bool custom;        /* members of producers' own are written */
    bool log;           /* of the document: it has one */
    char container[64]; /* of the log's members */
    struct har_tree own;
};

static enum har_status open_redact(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    struct redact *redact = ctx;
    redact->args = *args;
    redact->custom = true;
    for (const struct har_option *option = args->options; option && option->name; option++)
        redact->custom &= strcmp(option->name, "drop-custom") != 0;
    if (args->redaction)
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "the transform redact needs a redaction: see har_job.redaction");
}

static void add_text(struct json_edit *edit, const char *key, const char *text)
{
    const uint32_t node = json_edit_member(edit, 0, key, HAR_KIND_STRING, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    json_edit_set_text(edit, node, text, strlen(text));
}

/* Nothing in it changes when a redacted capture is redacted again. */
static enum har_status pass_mark(struct redact *redact, const struct har_item *end, struct har_error *error)
{
    const struct har_settings *settings = redact->args.settings;
    char tool[64];
    struct json_edit edit;
    snprintf(tool, sizeof tool, "harmill %s", har_version());
    json_tree_clear(&redact->own);
    json_edit_begin(&edit, &redact->own, har_settings_bound(settings, HAR_BOUND_TREE_BYTES),
                    har_settings_bound(settings, HAR_BOUND_ITEM_BYTES));
    const uint32_t root = json_edit_root(&edit, HAR_KIND_OBJECT);
    json_edit_set_key(&edit, root, mark, sizeof mark - 1);
    json_edit_bind(&edit, root, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    add_text(&edit, "tool", tool);
    add_text(&edit, "mode", redaction_mode(redact->args.redaction));
    add_text(&edit, "rules", redaction_has_own_rules(redact->args.redaction) ? "built-in and own" : "built-in");
    if (edit.fault)
        return har_error_memory(error);
    struct har_item item = {.size = sizeof item,
                            .kind = HAR_ITEM_MEMBER,
                            .scope = HAR_SCOPE_LOG,
                            .document = end->document,
                            .container = redact->container,
                            .place = end->place,
                            .tree = &redact->own};
    return redact->args.pass(redact->args.core, &item, error);
}

static bool is_mark(const struct har_item *item)
{
    return item->kind == HAR_ITEM_MEMBER && item->scope == HAR_SCOPE_LOG && !item->streamed &&
           json_key_is(item->tree, har_tree_root(item->tree), mark, sizeof mark - 1);
}

static void note_log(struct redact *redact, const struct har_item *item)
{
    if (item->kind != HAR_ITEM_MEMBER || item->scope != HAR_SCOPE_LOG)
        return;
    redact->log = true;
    snprintf(redact->container, sizeof redact->container, "%s", item->container);
}

static enum har_status item_redact(void *ctx, struct har_item *item, struct har_error *error)
{
    struct redact *redact = ctx;
    switch (item->kind) {
    case HAR_ITEM_DOC_BEGIN:
        redact->log = false;
        return HAR_OK;
    case HAR_ITEM_DOC_END:
        return redact->log && redact->custom ? pass_mark(redact, item, error) : HAR_OK;
    default:
        note_log(redact, item);
        if (is_mark(item))
            return HAR_FAILED;
        return item->tree ? redaction_item(redact->args.redaction, item, error) : HAR_OK;
    }
}

static void close_redact(void *ctx)
{
    struct redact *redact = ctx;
    json_tree_release(&redact->own);
}

const struct har_transform har_transform_redact = {
    .size = sizeof(struct har_transform),
    .name = "redact",
    .summary = "captures without secrets",
    .ctx_size = sizeof(struct redact),
    .open = open_redact,
    .item = item_redact,
    .close = close_redact,
};
