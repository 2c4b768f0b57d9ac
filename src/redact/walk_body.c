/* Bodies that are left out: all of them when it was asked for, and in strict. A request keeps a token, because postData must hold
 * something; a response keeps its sizes. */
#include <string.h>

#include "redact/walk_own.h"
#include "util/text.h"

static bool is_left_out(const struct redact_walk *walk)
{
    const struct har_redact_options *const options = &walk->engine->options;
    return options->bodies == HAR_REDACT_BODIES_DROP || options->mode == HAR_REDACT_STRICT;
}

/* A body that lies beside the capture is not looked at. */
static void count_attached(struct redact_walk *walk, const struct har_node *object)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const file = har_node_member(tree, object, "_file");
    if (!walk_counts(walk) || !file || !file->text_len || har_node_member(tree, object, "text"))
        return;
    walk->bodies++;
    walk->unsearched++;
}

static void tell(struct redact_walk *walk, const struct har_item *item, const struct har_node *node, const char *place,
                 struct har_text text)
{
    struct redact_edits *const edits = &walk->scratch->edits;
    redact_edits_clear(edits);
    redact_edits_add(edits, (struct redact_edit){.start = 0, .end = text.len, .rule = REDACT_RULE_DROPPED},
                     (struct har_text){"", 0});
    if (walk->found && text.len)
        walk->found(walk->user, item, node, false, place, text, edits);
}

/* Takes the members of these names out; the text is told of and counted. */
static void cut(struct redact_walk *walk, const struct har_item *item, uint32_t container, const char *const *names, size_t count,
                const char *place)
{
    struct walk_scratch *const scratch = walk->scratch;
    struct har_tree *const tree = scratch->edit.tree;
    uint32_t before = JSON_NONE, next;
    for (uint32_t i = tree->node[container].child; i != JSON_NONE; i = next) {
        const struct har_node *const node = json_node(tree, i);
        bool goes = false;
        next = node->next;
        for (size_t n = 0; n < count; n++)
            goes |= json_key_is(tree, node, names[n], strlen(names[n]));
        if (!goes) {
            before = i;
            continue;
        }
        if (node->kind == HAR_KIND_STRING && json_key_is(tree, node, "text", 4)) {
            const struct har_text text = walk_text(walk, node, false, &scratch->decoded);
            walk->strings += text.len > 0;
            walk->bodies += text.len > 0;
            tell(walk, item, node, place, text);
        }
        json_edit_cut(&scratch->edit, before, i);
        walk->changed = walk->unproven = true;
    }
}

static bool has_text(const struct har_tree *tree, const struct har_node *object)
{
    const struct har_node *const text = har_node_member(tree, object, "text");
    return text && text->kind == HAR_KIND_STRING && text->text_len;
}

void walk_drop_bodies(struct redact_walk *walk, const struct har_item *item, uint32_t container, enum walk_role role)
{
    static const char *const of_content[] = {"text", "encoding", "_file", "_sha1"};
    static const char *const of_request[] = {"params"};
    const struct har_node *const node = json_node(walk->scratch->edit.tree, container);
    const bool strict = walk->engine->options.mode == HAR_REDACT_STRICT;
    if (node->kind != HAR_KIND_OBJECT)
        return;
    if (!is_left_out(walk) && (role == ROLE_CONTENT || role == ROLE_POST_DATA))
        count_attached(walk, node);
    if (!is_left_out(walk) || !walk_changes(walk))
        return;
    if (role == ROLE_CONTENT)
        cut(walk, item, container, of_content, sizeof of_content / sizeof *of_content, "response body");
    else if (role == ROLE_POST_DATA && !strict && has_text(walk->scratch->edit.tree, node))
        cut(walk, item, container, of_request, 1, "request body");
}

bool walk_is_brotli(struct redact_walk *walk, const struct har_node *object)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const message = json_node(tree, object->parent);
    const struct har_node *const headers = message ? har_node_member(tree, message, "headers") : NULL;
    if (!headers || headers->kind != HAR_KIND_ARRAY)
        return false;
    for (uint32_t i = headers->child; i != JSON_NONE; i = json_node(tree, i)->next) {
        const struct har_node *const header = json_node(tree, i);
        const struct har_node *const name = header->kind == HAR_KIND_OBJECT ? har_node_member(tree, header, "name") : NULL;
        const struct har_node *const value = name ? har_node_member(tree, header, "value") : NULL;
        if (value && name->kind == HAR_KIND_STRING && value->kind == HAR_KIND_STRING &&
            text_is(har_node_text(tree, name), "content-encoding") && text_is(text_trim(har_node_text(tree, value)), "br"))
            return true;
    }
    return false;
}
