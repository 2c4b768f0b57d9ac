/* Values of another type than their row demands that say the same as one of that type. */
#include <string.h>

#include "json/text.h"
#include "normalize/normalize.h"

void normalize_bind(struct normalize *n, uint32_t root)
{
    const struct har_tree *tree = n->edit.tree;
    struct har_node *const node = tree->node;
    for (uint32_t at = root; at != JSON_NONE; at = normalize_next(n, root, at, true)) {
        const struct har_object_spec *spec = &spec_objects[node[at].object];
        for (uint32_t i = node[at].child; i != JSON_NONE; i = node[i].next) {
            node[i].member = JSON_NO_MEMBER;
            node[i].object = HAR_OBJECT_NONE;
            if (node[at].kind == HAR_KIND_ARRAY) {
                node[i].object = node[i].kind == HAR_KIND_OBJECT ? node[at].object : HAR_OBJECT_NONE;
                continue;
            }
            for (uint8_t row = 0; row < spec->count && node[i].member == JSON_NO_MEMBER; row++)
                if (json_key_is(tree, &node[i], spec->members[row].name, spec->members[row].name_len))
                    node[i].member = row;
            if (node[i].member != JSON_NO_MEMBER && spec->members[node[i].member].types >> node[i].kind & 1)
                node[i].object = spec->members[node[i].member].object;
        }
    }
}

/* What a list holds that holds one value, and whose reader expects no list. */
static uint32_t sole_value(const struct normalize *n, uint32_t index, unsigned types)
{
    const struct har_node *node = n->edit.tree->node;
    while (!(types >> HAR_KIND_ARRAY & 1) && node[index].kind == HAR_KIND_ARRAY && node[index].child != JSON_NONE &&
           node[node[index].child].next == JSON_NONE)
        index = node[index].child;
    return index;
}

/* The decoded text of a string, number or literal, in the buffer of keys: setting a text may move the tree's bytes. */
static struct har_text text_of(struct normalize *n, uint32_t index)
{
    const struct har_node *node = normalize_node(n, index);
    har_buffer_clear(&n->key);
    if (node->kind == HAR_KIND_STRING ? !json_text_decode(json_text(n->edit.tree, node), node->text_len, &n->key)
                                      : !har_buffer_append(&n->key, json_text(n->edit.tree, node), node->text_len))
        n->no_memory = true;
    return (struct har_text){n->key.data ? n->key.data : "", n->key.len};
}

static bool is_number(struct har_text text)
{
    double value;
    bool whole;
    return text.len && json_number_length(text.bytes, text.len, &whole) == text.len && json_number(text.bytes, text.len, &value);
}

static bool is_word(struct har_text text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.bytes, word, text.len) == 0;
}

/* The value of `from` as a scalar of one of `types`, in the place of the member's. */
static bool turn_scalar(struct normalize *n, uint32_t member, uint32_t from, unsigned types)
{
    const enum har_kind kind = (enum har_kind)normalize_node(n, from)->kind;
    const bool string = kind == HAR_KIND_STRING;
    if (kind == HAR_KIND_NULL || kind >= HAR_KIND_ARRAY)
        return false;
    const struct har_text text = text_of(n, from);
    if (types >> HAR_KIND_STRING & 1) {
        json_edit_set_text(&n->edit, member, text.bytes, text.len);
        normalize_mended(n, HAR_MEND_NO_TEXT);
    } else if (types >> HAR_KIND_NUMBER & 1 && string && is_number(text)) {
        json_edit_set_number_text(&n->edit, member, text.bytes, text.len);
        normalize_mended(n, HAR_MEND_NO_NUMBER);
    } else if (types >> HAR_KIND_TRUE & 1 && string && (is_word(text, "true") || is_word(text, "false"))) {
        json_edit_set_literal(&n->edit, member, is_word(text, "true") ? HAR_KIND_TRUE : HAR_KIND_FALSE);
        normalize_mended(n, HAR_MEND_NO_BOOLEAN);
    } else {
        return false;
    }
    return true;
}

/* Whether the elements of a list are pairs of a name and more. */
static bool has_names(const struct har_object_spec *spec)
{
    return strcmp(spec->members[0].name, "name") == 0;
}

/* Whether an object is one element where a list of them should stand: of those with names an object whose members are the names
 * may stand there, too, so that one member is not enough. */
static bool is_element(const struct normalize *n, uint32_t object, const struct har_object_spec *spec)
{
    const struct har_tree *tree = n->edit.tree;
    unsigned known = 0;
    for (uint32_t i = tree->node[object].child; i != JSON_NONE; i = tree->node[i].next)
        for (uint8_t row = 0; row < spec->count; row++)
            if (json_key_is(tree, &tree->node[i], spec->members[row].name, spec->members[row].name_len))
                known |= 1u << row;
    return has_names(spec) ? known & 1 && known > 1 : known != 0;
}

/* {"lang": "en"} as [{"name": "lang", "value": "en"}]. */
static void list_names(struct normalize *n, uint32_t member, uint8_t bound)
{
    struct json_edit *edit = &n->edit;
    const uint32_t map = json_edit_wrap(edit, member, HAR_KIND_ARRAY);
    uint32_t last = map, value;
    while (!edit->fault && (value = normalize_node(n, map)->child) != JSON_NONE) {
        json_edit_remove(edit, value);
        last = json_edit_insert(edit, member, last, HAR_KIND_OBJECT);
        json_edit_bind(edit, last, JSON_NO_MEMBER, bound);
        json_edit_copy_key(edit, json_edit_member(edit, last, "name", HAR_KIND_STRING, JSON_NO_MEMBER, HAR_OBJECT_NONE), value);
        json_edit_set_key(edit, value, "value", 5);
        json_edit_append(edit, last, value);
    }
    json_edit_remove(edit, map);
}

static bool turn_list(struct normalize *n, uint32_t member, uint8_t bound)
{
    const struct har_object_spec *spec = &spec_objects[bound];
    if (normalize_node(n, member)->child == JSON_NONE) {
        json_edit_set_empty(&n->edit, member, HAR_KIND_ARRAY);
        normalize_mended(n, HAR_MEND_EMPTY_CONTAINER);
        return true;
    }
    const bool element = is_element(n, member, spec);
    if (!element && !has_names(spec))
        return false;
    if (element)
        json_edit_wrap(&n->edit, member, HAR_KIND_ARRAY);
    else
        list_names(n, member, bound);
    normalize_mended(n, HAR_MEND_NO_LIST);
    return true;
}

bool normalize_turn(struct normalize *n, uint32_t member, const struct har_member *row)
{
    const uint32_t from = sole_value(n, member, row->types);
    const enum har_kind kind = (enum har_kind)normalize_node(n, from)->kind;
    const uint8_t place = normalize_node(n, member)->member;
    if (from != member && row->types >> kind & 1 && kind != HAR_KIND_NULL) {
        json_edit_replace(&n->edit, member, from);
    } else if (row->types >> HAR_KIND_OBJECT & 1 && kind == HAR_KIND_ARRAY && from == member &&
               normalize_node(n, from)->child == JSON_NONE) {
        json_edit_set_empty(&n->edit, member, HAR_KIND_OBJECT);
        normalize_mended(n, HAR_MEND_EMPTY_CONTAINER);
    } else if (row->types >> HAR_KIND_ARRAY & 1 && kind == HAR_KIND_OBJECT ? !turn_list(n, member, row->object)
                                                                           : !turn_scalar(n, member, from, row->types)) {
        return false;
    }
    if (from != member)
        normalize_mended(n, HAR_MEND_LIST_OF_ONE);
    if (n->edit.fault)
        return true;
    json_edit_bind(&n->edit, member, place, normalize_node(n, member)->kind >= HAR_KIND_ARRAY ? row->object : HAR_OBJECT_NONE);
    if (normalize_node(n, member)->object)
        normalize_bind(n, member);
    return true;
}
