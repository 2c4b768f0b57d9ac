/* Normalize: the lists of headers of both messages. */
#include "normalize/message.h"
#include "util/token.h"

/* Whether there is nothing to do: name and value once each, a token and a string of one line. All other members are custom. */
static bool is_plain(const struct har_tree *tree, const struct har_node *element)
{
    unsigned seen = 0;
    if (element->object != HAR_OBJECT_HEADER)
        return false;
    for (uint32_t i = element->child; i != JSON_NONE; i = tree->node[i].next) {
        const struct har_node *node = &tree->node[i];
        if (node->member < NAME_VALUE_rows) {
            if (node->kind != HAR_KIND_STRING || seen & 1u << node->member)
                return false;
            seen |= 1u << node->member;
        }
        if (node->member == NAME_VALUE_name) {
            if (node->flags & JSON_TEXT_ESCAPED || !token_is(json_text(tree, node), node->text_len))
                return false;
        } else if (node->member == NAME_VALUE_value) {
            if (node->flags & JSON_TEXT_MARKED ||
                (node->flags & JSON_TEXT_ESCAPED && derive_may_break(har_node_text(tree, node))))
                return false;
        } else if (node->member >= NAME_VALUE_rows && (!node->key_len || *json_key(tree, node) != '_')) {
            return false;
        }
    }
    return (seen & 3) == 3;
}

/* {name: value, ...}: the members become elements. */
static void from_object(struct normalize *n, uint32_t list, uint8_t row)
{
    uint32_t member = normalize_node(n, list)->child, last = JSON_NONE;
    json_edit_set_empty(&n->edit, list, HAR_KIND_ARRAY);
    json_edit_bind(&n->edit, list, row, HAR_OBJECT_HEADER);
    while (member != JSON_NONE && !n->edit.fault) {
        const uint32_t next = normalize_node(n, member)->next;
        har_buffer_clear(&n->scratch[0]);
        n->no_memory |= !har_node_decode_key(n->edit.tree, normalize_node(n, member), &n->scratch[0]);
        last = json_edit_insert(&n->edit, list, last, HAR_KIND_OBJECT);
        json_edit_bind(&n->edit, last, JSON_NO_MEMBER, HAR_OBJECT_HEADER);
        const uint32_t name = json_edit_member(&n->edit, last, "name", HAR_KIND_STRING, NAME_VALUE_name, HAR_OBJECT_NONE);
        json_edit_set_text(&n->edit, name, message_scratch(n, 0).bytes, n->scratch[0].len);
        json_edit_set_key(&n->edit, member, "value", 5);
        json_edit_bind(&n->edit, member, NAME_VALUE_value, HAR_OBJECT_NONE);
        json_edit_put(&n->edit, last, name, member);
        member = next;
    }
    normalize_mended(n, HAR_MEND_HEADERS_OBJECT);
}

/* The list, made one if it is none; JSON_NONE when it is missing. */
static uint32_t list_of(struct normalize *n, uint32_t message, uint8_t row)
{
    uint32_t list = message == JSON_NONE ? JSON_NONE : normalize_member(n, message, row);
    if (list == JSON_NONE || normalize_node(n, list)->kind == HAR_KIND_ARRAY)
        return list;
    if (normalize_node(n, list)->kind == HAR_KIND_OBJECT) {
        from_object(n, list, row);
        return list;
    }
    if (normalize_node(n, list)->kind != HAR_KIND_NULL)
        normalize_keep_as_custom(n, list);
    normalize_mended(n, normalize_node(n, list)->member == row ? HAR_MEND_HEADERS_NULL : HAR_MEND_HEADERS_KEPT);
    return normalize_set(n, message, row, HAR_KIND_ARRAY);
}

/* A request has one Content-Type; who records it in two places writes it twice. */
static void keep_repeated(struct normalize *n, struct message_sorted *sorted)
{
    static const char name[] = "content-type";
    uint32_t at = JSON_NONE, value = message_header(n, sorted->list, name, &at);
    uint32_t second = at;
    if (value == JSON_NONE || message_header(n, sorted->list, name, &second) == JSON_NONE)
        return;
    const struct har_text first = message_text(n, value, 0);
    for (uint32_t before = at; (value = message_header(n, sorted->list, name, &at)) != JSON_NONE && !n->edit.fault;) {
        if (!text_equal(normalize_text(n, value, 1), first))
            continue;
        while (normalize_node(n, before)->next != at)
            before = normalize_node(n, before)->next;
        message_move(n, sorted, before, at, HAR_MEND_CONTENT_TYPE_TWICE);
        at = before;
    }
}

static void mend(struct normalize *n, uint32_t message, uint8_t row)
{
    const uint32_t list = list_of(n, message, row);
    struct message_sorted sorted = {message, list, {JSON_NONE, JSON_NONE, 0}, {JSON_NONE, JSON_NONE, 0}};
    uint32_t before = JSON_NONE, next;
    if (list == JSON_NONE || n->edit.fault)
        return;
    for (uint32_t i = normalize_node(n, list)->child; i != JSON_NONE && !n->edit.fault; i = next) {
        next = normalize_node(n, i)->next;
        if (is_plain(n->edit.tree, normalize_node(n, i)))
            before = i;
        else
            before = message_mend_header(n, &sorted, before, i);
    }
    if (row == REQUEST_headers && normalize_node(n, message)->object == HAR_OBJECT_REQUEST && !n->edit.fault)
        keep_repeated(n, &sorted);
}

void normalize_headers(struct normalize *n)
{
    mend(n, message_of(n, ENTRY_request), REQUEST_headers);
    mend(n, message_of(n, ENTRY_response), RESPONSE_headers);
}
