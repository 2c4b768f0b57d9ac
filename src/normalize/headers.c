/* Normalize: the lists of headers of both messages. */
#include "normalize/message.h"
#include "util/token.h"

/* Whether there is nothing to do: name and value, a token and a string of one line. */
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
    const uint32_t list = message == JSON_NONE ? JSON_NONE : message_member_of(n, message, row, HAR_KIND_ARRAY);
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
