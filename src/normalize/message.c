/* Normalize: members, headers and lists of a message. */
#include "normalize/message.h"

uint32_t message_of(const struct normalize *n, uint8_t row)
{
    return normalize_node(n, 0)->object == HAR_OBJECT_ENTRY ? message_member_of(n, 0, row, HAR_KIND_OBJECT) : JSON_NONE;
}

uint32_t message_member(const struct normalize *n, uint32_t object, uint8_t row)
{
    const uint32_t member = normalize_member(n, object, row);
    return member != JSON_NONE && normalize_node(n, member)->kind != HAR_KIND_NULL ? member : JSON_NONE;
}

uint32_t message_member_of(const struct normalize *n, uint32_t object, uint8_t row, enum har_kind kind)
{
    const uint32_t member = normalize_member(n, object, row);
    return member != JSON_NONE && normalize_node(n, member)->kind == kind ? member : JSON_NONE;
}

uint32_t message_named(const struct normalize *n, uint32_t object, const char *name, enum har_kind kind)
{
    const uint32_t member = json_edit_find(n->edit.tree, object, name);
    return member != JSON_NONE && normalize_node(n, member)->kind == kind ? member : JSON_NONE;
}

struct har_text message_scratch(const struct normalize *n, unsigned which)
{
    const struct har_buffer *scratch = &n->scratch[which];
    return (struct har_text){scratch->data ? scratch->data : "", scratch->len};
}

struct har_text message_text(struct normalize *n, uint32_t index, unsigned which)
{
    struct har_buffer *scratch = &n->scratch[which];
    const struct har_text text = normalize_text(n, index, which);
    if (text.bytes != scratch->data) {
        har_buffer_clear(scratch);
        if (!har_buffer_append(scratch, text.bytes, text.len))
            n->no_memory = true;
    }
    return message_scratch(n, which);
}

/* Scratch buffer 3 is for names. */
static bool is_named(struct normalize *n, uint32_t index, const char *name, size_t len)
{
    const struct har_node *node = normalize_node(n, index);
    if (node->kind != HAR_KIND_STRING || (node->text_len != len && !(node->flags & JSON_TEXT_ESCAPED)))
        return false;
    return text_alike(normalize_text(n, index, 3), (struct har_text){name, len});
}

uint32_t message_header(struct normalize *n, uint32_t list, const char *name, uint32_t *after)
{
    const struct har_node *const node = n->edit.tree->node;
    const size_t len = strlen(name);
    if (list == JSON_NONE)
        return JSON_NONE;
    for (uint32_t i = *after == JSON_NONE ? node[list].child : node[*after].next; i != JSON_NONE; i = node[i].next) {
        uint32_t value = JSON_NONE;
        bool named = false;
        for (uint32_t j = node[i].child; j != JSON_NONE; j = node[j].next) {
            if (node[j].member == NAME_VALUE_name)
                named = is_named(n, j, name, len);
            else if (node[j].member == NAME_VALUE_value)
                value = j;
        }
        if (named && value != JSON_NONE && node[value].kind == HAR_KIND_STRING) {
            *after = i;
            return value;
        }
    }
    return JSON_NONE;
}

uint32_t message_headers(const struct normalize *n, uint32_t message)
{
    const uint8_t row = normalize_node(n, message)->object == HAR_OBJECT_REQUEST ? REQUEST_headers : RESPONSE_headers;
    return message_member_of(n, message, row, HAR_KIND_ARRAY);
}

/* A string among the elements of _headers: a name, a value, or both as one line. */
static bool start_of(struct normalize *n, uint32_t element, unsigned which, struct derive_start *start)
{
    struct har_buffer *line = &n->scratch[which];
    const uint32_t name = message_named(n, element, "name", HAR_KIND_STRING);
    const uint32_t value = message_named(n, element, "value", HAR_KIND_STRING);
    har_buffer_clear(line);
    const struct har_text before = normalize_text(n, name, 3);
    bool good = har_buffer_append(line, before.bytes, before.len) && (!before.len || har_buffer_append_char(line, ':'));
    if (before.len && derive_start_line((struct har_text){line->data, line->len - 1}, start))
        return true;
    const struct har_text behind = normalize_text(n, value, 3);
    good = good && har_buffer_append(line, behind.bytes, behind.len);
    n->no_memory |= !good;
    return good && derive_start_line(message_scratch(n, which), start);
}

bool message_start(struct normalize *n, uint32_t message, unsigned which, struct derive_start *start)
{
    enum { LOOKED_AT = 8 };
    const uint32_t list = message_named(n, message, "_headers", HAR_KIND_ARRAY);
    unsigned count = 0;
    if (list == JSON_NONE)
        return false;
    for (uint32_t i = normalize_node(n, list)->child; i != JSON_NONE && count < LOOKED_AT; i = normalize_node(n, i)->next, count++)
        if (normalize_node(n, i)->kind == HAR_KIND_OBJECT && start_of(n, i, which, start))
            return true;
    return false;
}

uint32_t message_pseudo(struct normalize *n, uint32_t message, const char *name)
{
    const uint32_t list = message_named(n, message, "_pseudoHeaders", HAR_KIND_ARRAY);
    if (list == JSON_NONE)
        return JSON_NONE;
    for (uint32_t i = normalize_node(n, list)->child; i != JSON_NONE; i = normalize_node(n, i)->next) {
        if (normalize_node(n, i)->kind != HAR_KIND_OBJECT)
            continue;
        const uint32_t key = message_named(n, i, "name", HAR_KIND_STRING);
        if (key != JSON_NONE && is_named(n, key, name, strlen(name)))
            return message_named(n, i, "value", HAR_KIND_STRING);
    }
    return JSON_NONE;
}

uint32_t message_custom(struct normalize *n, uint32_t object, const char *name, enum har_kind kind)
{
    const uint32_t member = json_edit_member(&n->edit, object, name, kind, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    normalize_keep_as_custom(n, member);
    return member;
}

void message_keep(struct normalize *n, uint32_t member, enum har_kind kind)
{
    if (member == JSON_NONE || n->edit.fault)
        return;
    const struct har_node node = *normalize_node(n, member);
    normalize_keep_as_custom(n, member);
    normalize_set(n, node.parent, node.member, kind);
}

struct message_list message_list(struct normalize *n, uint32_t object, uint8_t row)
{
    const uint32_t list = normalize_set(n, object, row, HAR_KIND_ARRAY);
    return (struct message_list){list, JSON_NONE, list == JSON_NONE ? HAR_OBJECT_NONE : normalize_node(n, list)->object};
}

uint32_t message_add(struct normalize *n, struct message_list *list, struct har_text name, struct har_text value)
{
    const uint32_t element = json_edit_insert(&n->edit, list->list, list->last, HAR_KIND_OBJECT);
    json_edit_bind(&n->edit, element, JSON_NO_MEMBER, list->object);
    const uint32_t key = json_edit_member(&n->edit, element, "name", HAR_KIND_STRING, NAME_VALUE_name, HAR_OBJECT_NONE);
    json_edit_set_text(&n->edit, key, name.bytes, name.len);
    const uint32_t text = json_edit_member(&n->edit, element, "value", HAR_KIND_STRING, NAME_VALUE_value, HAR_OBJECT_NONE);
    json_edit_set_text(&n->edit, text, value.bytes, value.len);
    list->last = element;
    return element;
}
