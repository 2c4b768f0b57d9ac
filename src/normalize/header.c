/* Normalize: one element of a list of headers. */
#include "normalize/message.h"
#include "util/blank.h"
#include "util/token.h"

static uint32_t name_of(const struct normalize *n, uint32_t element)
{
    return message_member_of(n, element, NAME_VALUE_name, HAR_KIND_STRING);
}

/* A new header behind another one. */
static uint32_t insert(struct normalize *n, const struct message_sorted *sorted, uint32_t before)
{
    const uint32_t element = json_edit_insert(&n->edit, sorted->list, before, HAR_KIND_OBJECT);
    json_edit_bind(&n->edit, element, JSON_NO_MEMBER, HAR_OBJECT_HEADER);
    return element;
}

static uint32_t add_member(struct normalize *n, uint32_t element, uint8_t row)
{
    return json_edit_member(&n->edit, element, row == NAME_VALUE_name ? "name" : "value", HAR_KIND_STRING, row, HAR_OBJECT_NONE);
}

/* The same with the name of `like`; its value, to be filled. */
static uint32_t insert_like(struct normalize *n, const struct message_sorted *sorted, uint32_t *before, uint32_t like)
{
    *before = insert(n, sorted, *before);
    json_edit_copy_text(&n->edit, add_member(n, *before, NAME_VALUE_name), name_of(n, like));
    return add_member(n, *before, NAME_VALUE_value);
}

/* ---- what is no header */

/* Takes the element out and puts it as it stands into a custom list of the message. */
static void move(struct normalize *n, const struct message_sorted *sorted, struct message_list *to, const char *name,
                 uint32_t before, uint32_t element)
{
    if (to->list == JSON_NONE) {
        char key[20] = "_";
        strcat(key, name);
        to->list = message_named(n, sorted->message, key, HAR_KIND_ARRAY);
        if (to->list == JSON_NONE)
            to->list = message_custom(n, sorted->message, name, HAR_KIND_ARRAY);
        for (uint32_t i = to->list == JSON_NONE ? JSON_NONE : normalize_node(n, to->list)->child; i != JSON_NONE;
             i = normalize_node(n, i)->next)
            to->last = i;
    }
    json_edit_cut(&n->edit, before, element);
    json_edit_put(&n->edit, to->list, to->last, element);
    json_edit_bind(&n->edit, element, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    for (uint32_t i = normalize_node(n, element)->child; i != JSON_NONE; i = normalize_node(n, i)->next)
        json_edit_bind(&n->edit, i, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    to->last = element;
}

void message_move(struct normalize *n, struct message_sorted *sorted, uint32_t before, uint32_t element, enum har_mend mend)
{
    move(n, sorted, &sorted->other, "headers", before, element);
    normalize_mended(n, mend);
}

/* Whether the name is one, trimmed if need be; what is none is moved, then *before is all that is left. */
static bool mend_name(struct normalize *n, struct message_sorted *sorted, uint32_t *before, uint32_t element)
{
    const uint32_t name = name_of(n, element);
    const struct har_text text = message_text(n, name, 0), trimmed = text_trim(text);
    if (name != JSON_NONE && token_is(text.bytes, text.len))
        return true;
    if (name != JSON_NONE && text.len && *text.bytes == ':' && token_is(text.bytes + 1, text.len - 1)) {
        move(n, sorted, &sorted->pseudo, "pseudoHeaders", *before, element);
        normalize_mended(n, HAR_MEND_PSEUDO_HEADER);
        return false;
    }
    if (name == JSON_NONE || !token_is(trimmed.bytes, trimmed.len)) {
        message_move(n, sorted, *before, element, HAR_MEND_NO_HEADER);
        return false;
    }
    json_edit_set_text(&n->edit, name, trimmed.bytes, trimmed.len);
    normalize_mended(n, HAR_MEND_HEADER_NAME_BLANK);
    return true;
}

/* ---- values */

static bool is_scalar(const struct normalize *n, uint32_t index)
{
    const enum har_kind kind = (enum har_kind)normalize_node(n, index)->kind;
    return kind != HAR_KIND_NULL && kind <= HAR_KIND_STRING;
}

/* The text of a string, number or boolean, which may be `from` itself. */
static void set_scalar(struct normalize *n, uint32_t index, uint32_t from)
{
    if (n->edit.fault || index == JSON_NONE)
        return;
    const struct har_node *node = normalize_node(n, from);
    struct har_buffer *scratch = &n->scratch[0];
    if (node->kind == HAR_KIND_STRING) {
        json_edit_copy_text(&n->edit, index, from);
        return;
    }
    har_buffer_clear(scratch);
    n->no_memory |= !har_buffer_append(scratch, json_text(n->edit.tree, node), node->text_len);
    json_edit_set_text(&n->edit, index, scratch->data, scratch->len);
}

/* Whether it has elements, all of them with a text. */
static bool is_list_of_texts(const struct normalize *n, uint32_t value)
{
    const struct har_node *node = normalize_node(n, value);
    if (node->kind != HAR_KIND_ARRAY || node->child == JSON_NONE)
        return false;
    for (uint32_t i = node->child; i != JSON_NONE; i = normalize_node(n, i)->next)
        if (!is_scalar(n, i))
            return false;
    return true;
}

/* A header for each element of the value. */
static uint32_t spread(struct normalize *n, const struct message_sorted *sorted, uint32_t element, uint32_t value)
{
    const uint32_t first = normalize_node(n, value)->child;
    uint32_t last = element;
    for (uint32_t i = normalize_node(n, first)->next; i != JSON_NONE && !n->edit.fault; i = normalize_node(n, i)->next)
        set_scalar(n, insert_like(n, sorted, &last, element), i);
    set_scalar(n, value, first);
    normalize_mended(n, HAR_MEND_HEADER_VALUES);
    return last;
}

/* Makes strings of the value; the last header that came of it. */
static uint32_t mend_value(struct normalize *n, const struct message_sorted *sorted, uint32_t element, uint32_t value)
{
    const enum har_kind kind = value == JSON_NONE ? HAR_KIND_NULL : (enum har_kind)normalize_node(n, value)->kind;
    if (kind == HAR_KIND_STRING)
        return element;
    if (kind == HAR_KIND_NULL) {
        normalize_set_text(n, element, NAME_VALUE_value, "", 0);
        normalize_mended(n, HAR_MEND_HEADER_NO_VALUE);
    } else if (is_scalar(n, value)) {
        set_scalar(n, value, value);
        normalize_mended(n, HAR_MEND_HEADER_VALUE_TYPE);
    } else if (is_list_of_texts(n, value)) {
        return spread(n, sorted, element, value);
    } else {
        message_keep(n, value, HAR_KIND_STRING);
        normalize_set_text(n, element, NAME_VALUE_value, "", 0);
        normalize_mended(n, HAR_MEND_HEADER_KEPT_VALUE);
    }
    return element;
}

/* ---- line ends */

/* The next line that says something, with those that continue it (RFC 9112 section 5.2), in scratch buffer 1. */
static bool next_value(struct normalize *n, struct har_text *rest)
{
    struct har_buffer *out = &n->scratch[1];
    struct har_text line;
    har_buffer_clear(out);
    while (rest->len && !(out->len && !is_blank(*rest->bytes))) {
        derive_line_next(rest, &line);
        line = text_trim(line);
        if (line.len && out->len)
            n->no_memory |= !har_buffer_append_char(out, ' ');
        n->no_memory |= !har_buffer_append(out, line.bytes, line.len);
    }
    return out->len > 0;
}

/* A header for each line of the value. */
static uint32_t split_lines(struct normalize *n, const struct message_sorted *sorted, uint32_t element)
{
    uint32_t value = message_member_of(n, element, NAME_VALUE_value, HAR_KIND_STRING), last = element;
    size_t first;
    if (value == JSON_NONE || !(normalize_node(n, value)->flags & (JSON_TEXT_ESCAPED | JSON_TEXT_MARKED)))
        return element;
    struct har_text rest = message_text(n, value, 0);
    if (!derive_line_ends(rest, &first))
        return element;
    next_value(n, &rest);
    do {
        json_edit_set_text(&n->edit, value, message_scratch(n, 1).bytes, n->scratch[1].len);
        if (!next_value(n, &rest))
            break;
        value = insert_like(n, sorted, &last, element);
    } while (!n->edit.fault && !n->no_memory);
    normalize_mended(n, HAR_MEND_HEADER_LINES);
    return last;
}

/* Each of the headers from `from` to `to`. */
static uint32_t split_all(struct normalize *n, const struct message_sorted *sorted, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; !n->edit.fault;) {
        const uint32_t last = split_lines(n, sorted, i);
        if (i == to)
            return last;
        i = normalize_node(n, last)->next;
    }
    return to;
}

/* ---- forms of elements */

/* [name, value] */
static uint32_t from_pair(struct normalize *n, const struct message_sorted *sorted, uint32_t before, uint32_t element)
{
    const uint32_t name = normalize_node(n, element)->child;
    const uint32_t value = name == JSON_NONE ? JSON_NONE : normalize_node(n, name)->next;
    if (value == JSON_NONE || normalize_node(n, value)->next != JSON_NONE || normalize_node(n, name)->kind != HAR_KIND_STRING)
        return JSON_NONE;
    const uint32_t header = insert(n, sorted, before);
    json_edit_cut(&n->edit, name, value);
    json_edit_cut(&n->edit, JSON_NONE, name);
    json_edit_set_key(&n->edit, name, "name", 4);
    json_edit_set_key(&n->edit, value, "value", 5);
    json_edit_bind(&n->edit, name, NAME_VALUE_name, HAR_OBJECT_NONE);
    json_edit_bind(&n->edit, value, NAME_VALUE_value, HAR_OBJECT_NONE);
    json_edit_put(&n->edit, header, JSON_NONE, name);
    json_edit_put(&n->edit, header, name, value);
    json_edit_cut(&n->edit, header, element);
    normalize_mended(n, HAR_MEND_HEADER_PAIR);
    return header;
}

/* "name: value" */
static uint32_t from_line(struct normalize *n, const struct message_sorted *sorted, uint32_t before, uint32_t element)
{
    struct har_text name, value;
    text_split(message_text(n, element, 0), ':', &name, &value);
    if (!token_is(name.bytes, name.len) || value.bytes == name.bytes + name.len)
        return JSON_NONE;
    value = text_trim(value);
    struct message_list list = {sorted->list, before, HAR_OBJECT_HEADER};
    const uint32_t header = message_add(n, &list, name, value);
    json_edit_cut(&n->edit, header, element);
    normalize_mended(n, HAR_MEND_HEADER_LINE);
    return header;
}

uint32_t message_mend_header(struct normalize *n, struct message_sorted *sorted, uint32_t before, uint32_t element)
{
    const enum har_kind kind = (enum har_kind)normalize_node(n, element)->kind;
    uint32_t header = element;
    if (kind == HAR_KIND_NULL) {
        json_edit_cut(&n->edit, before, element);
        normalize_mended(n, HAR_MEND_HEADER_NULL);
        return before;
    }
    if (kind == HAR_KIND_ARRAY)
        header = from_pair(n, sorted, before, element);
    else if (kind == HAR_KIND_STRING)
        header = from_line(n, sorted, before, element);
    if (n->edit.fault)
        return before;
    if (header == JSON_NONE || normalize_node(n, header)->kind != HAR_KIND_OBJECT) {
        message_move(n, sorted, before, element, HAR_MEND_NO_HEADER);
        return before;
    }
    if (!mend_name(n, sorted, &before, header) || n->edit.fault)
        return before;
    return split_all(n, sorted, header, mend_value(n, sorted, header, normalize_member(n, header, NAME_VALUE_value)));
}
