/* Compact copies of trees, and spelling them. */
#include "core/kept.h"

#include <stdlib.h>
#include <string.h>

#include <harmill/spec.h>

#include "json/edit.h"
#include "json/write.h"

enum har_status kept_too_large(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_KEPT_BYTES,
                         "pages and other members together are larger than --max-kept-bytes allows");
}

static bool is_container(const struct har_node *node)
{
    return node->kind == HAR_KIND_ARRAY || node->kind == HAR_KIND_OBJECT;
}

/* Nothing reads the text of a container, which is that of all in it. */
static uint32_t text_length(const struct har_node *node)
{
    return is_container(node) ? 0 : node->text_len;
}

static uint64_t text_bytes(const struct har_tree *tree)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < tree->count; i++)
        bytes += (uint64_t)tree->node[i].key_len + text_length(&tree->node[i]);
    return bytes;
}

static const char *container_of(const struct har_item *item)
{
    if (item->kind == HAR_ITEM_PAGE)
        return "/log/pages";
    return item->scope == HAR_SCOPE_LOG ? "/log" : "";
}

/* Every node's key and text, one behind the other. */
static void copy_tree(struct kept *kept, const struct har_tree *from)
{
    char *to = (char *)&kept->node[from->count];
    uint32_t at = 0;
    kept->tree = (struct har_tree){.bytes = to, .node = kept->node, .count = from->count, .cap = from->count};
    for (uint32_t i = 0; i < from->count; i++) {
        const struct har_node *node = &from->node[i];
        struct har_node *copy = &kept->node[i];
        *copy = *node;
        copy->flags &= (uint8_t)~JSON_ADDED;
        copy->key = at;
        memcpy(to + at, json_key(from, node), node->key_len);
        at += node->key_len;
        copy->text = at;
        copy->text_len = text_length(node);
        memcpy(to + at, json_text(from, node), copy->text_len);
        at += copy->text_len;
    }
}

enum har_status kept_add(struct kept_list *list, const struct har_item *item, uint64_t *bytes, uint64_t most,
                         struct har_error *error)
{
    const uint64_t text = text_bytes(item->tree);
    const uint64_t size = sizeof(struct kept) + (uint64_t)item->tree->count * sizeof(struct har_node) + text;
    *bytes += size;
    if (*bytes > most || text >= JSON_NONE)
        return kept_too_large(error);
    if (list->count == list->cap) {
        const size_t cap = list->cap ? list->cap * 2 : 16;
        struct kept **grown = reallocarray(list->item, cap, sizeof(*grown));
        if (!grown)
            return har_error_memory(error);
        list->item = grown;
        list->cap = cap;
    }
    struct kept *kept = malloc((size_t)size);
    if (!kept)
        return har_error_memory(error);
    kept->item = *item;
    kept->item.container = container_of(item);
    kept->item.source = NULL; /* the name is the run's, the copy may outlive that */
    kept->item.tree = &kept->tree;
    copy_tree(kept, item->tree);
    list->item[list->count++] = kept;
    return HAR_OK;
}

void kept_drop(struct kept_list *list, size_t index)
{
    free(list->item[index]);
    list->item[index] = NULL;
}

void kept_release(struct kept_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->item[i]);
    free(list->item);
    *list = (struct kept_list){0};
}

enum har_status kept_spell(struct har_buffer *buffer, const struct har_tree *tree, const struct har_node *node, bool key,
                           struct har_error *error)
{
    struct json_out out = {.buffer = *buffer, .error = error};
    if (key)
        json_out_key(&out, tree, node);
    json_out_value(&out, tree, node, 0);
    *buffer = out.buffer;
    return out.status;
}

uint8_t kept_row(unsigned object, const char *name)
{
    const struct har_object_spec *spec = har_spec_object((enum har_object)object);
    for (size_t i = 0; spec && i < spec->count; i++)
        if (strcmp(spec->members[i].name, name) == 0)
            return (uint8_t)i;
    return JSON_NO_MEMBER;
}

enum har_status kept_streamed(struct har_item *item, struct har_tree *tree, enum har_scope scope, const char *key,
                              struct har_error *error)
{
    const unsigned object = scope == HAR_SCOPE_LOG ? HAR_OBJECT_LOG : HAR_OBJECT_ROOT;
    const uint8_t row = kept_row(object, key);
    const struct har_member *member = &har_spec_object((enum har_object)object)->members[row];
    struct json_edit edit;
    *tree = (struct har_tree){.bytes = ""};
    json_edit_begin(&edit, tree, 4 * HAR_KIB * sizeof(struct har_node), HAR_KIB);
    const uint32_t root = json_edit_root(&edit, member->types >> HAR_KIND_ARRAY & 1 ? HAR_KIND_ARRAY : HAR_KIND_OBJECT);
    json_edit_set_key(&edit, root, key, strlen(key));
    json_edit_bind(&edit, root, row, member->object);
    *item = (struct har_item){.size = sizeof *item,
                              .kind = HAR_ITEM_MEMBER,
                              .scope = scope,
                              .streamed = true,
                              .container = scope == HAR_SCOPE_LOG ? "/log" : "",
                              .tree = tree};
    return edit.fault ? har_error_memory(error) : HAR_OK;
}
