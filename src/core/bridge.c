/* Trees to jansson's values. */
#include <harmill/json.h>

#include <errno.h>
#include <stdlib.h>

#include "json/text.h"
#include "json/tree.h"

struct bridge {
    const struct har_tree *tree;
    struct har_buffer text;
    bool changed; /* something could not be held */
};

/* Whether something of that kind was marked in the value or below it. */
static bool has_mark(const struct har_tree *tree, const struct har_node *node, enum json_mark_kind kind)
{
    for (uint32_t i = 0; i < tree->mark_count; i++)
        if (tree->mark[i].kind == kind && tree->mark[i].at >= json_offset(node) && tree->mark[i].at < json_end(node))
            return true;
    return false;
}

static json_t *string_of(struct bridge *b)
{
    return b->text.failed ? NULL : json_stringn(b->text.data ? b->text.data : "", b->text.len);
}

static json_t *number_of(struct bridge *b, const struct har_node *node)
{
    const struct har_text text = har_node_text(b->tree, node);
    bool whole;
    double real;
    har_buffer_clear(&b->text);
    har_buffer_append(&b->text, text.bytes, text.len);
    const char *digits = har_buffer_string(&b->text);
    if (!digits)
        return NULL;
    json_number_length(text.bytes, text.len, &whole);
    errno = 0;
    const json_int_t integer = whole ? strtoll(digits, NULL, 10) : 0;
    if (whole && errno == 0)
        return json_integer(integer);
    if (!whole && json_number(text.bytes, text.len, &real))
        return json_real(real);
    b->changed = true;
    return string_of(b);
}

static json_t *leaf(struct bridge *b, const struct har_node *node)
{
    switch (har_node_kind(node)) {
    case HAR_KIND_NULL:
        return json_null();
    case HAR_KIND_FALSE:
        return json_false();
    case HAR_KIND_TRUE:
        return json_true();
    case HAR_KIND_NUMBER:
        return number_of(b, node);
    case HAR_KIND_STRING:
        har_buffer_clear(&b->text);
        har_node_decode(b->tree, node, &b->text);
        return string_of(b);
    case HAR_KIND_ARRAY:
        return json_array();
    case HAR_KIND_OBJECT:
        return json_object();
    }
    return NULL;
}

/* Puts `value`, whose reference is taken, into `parent`. */
static bool put(struct bridge *b, json_t *parent, const struct har_node *node, json_t *value)
{
    if (json_is_array(parent))
        return json_array_append_new(parent, value) == 0;
    har_buffer_clear(&b->text);
    har_node_decode_key(b->tree, node, &b->text);
    if (b->text.failed) {
        json_decref(value);
        return false;
    }
    const char *key = b->text.data ? b->text.data : "";
    b->changed |= json_object_getn(parent, key, b->text.len) != NULL;
    return json_object_setn_new_nocheck(parent, key, b->text.len, value) == 0;
}

/* Copies what is below `node` into `json`, with a stack of its own: the input's depth is not trusted. */
static bool copy_below(struct bridge *b, const struct har_node *node, json_t *json)
{
    size_t depth = 0, cap = 0;
    json_t **parents = NULL;
    bool ok = true;
    const struct har_node *at = har_node_first(b->tree, node);
    while (ok && at) {
        json_t *value = leaf(b, at);
        ok = value && put(b, json, at, value);
        const struct har_node *first = ok ? har_node_first(b->tree, at) : NULL;
        if (first) {
            if (depth == cap) {
                cap = cap ? cap * 2 : 32;
                json_t **grown = realloc(parents, cap * sizeof *grown);
                ok = grown != NULL;
                parents = grown ? grown : parents;
            }
            if (ok) {
                parents[depth++] = json;
                json = value;
                at = first;
            }
            continue;
        }
        while (depth && !har_node_next(b->tree, at)) {
            at = har_node_parent(b->tree, at);
            json = parents[--depth];
        }
        at = har_node_next(b->tree, at);
    }
    free(parents);
    return ok;
}

enum har_status har_node_to_json(const struct har_tree *tree, const struct har_node *node, json_t **json, struct har_error *error)
{
    struct bridge b = {.tree = tree};
    har_buffer_init(&b.text, SIZE_MAX / 2);
    *json = leaf(&b, node);
    const bool ok = *json && copy_below(&b, node, *json);
    har_buffer_release(&b.text);
    if (!ok) {
        json_decref(*json);
        *json = NULL;
        return har_error_memory(error);
    }
    if (!b.changed && !has_mark(tree, node, JSON_MARK_SURROGATE))
        return HAR_OK;
    return har_error_set(error, HAR_WARN, HAR_DOMAIN_DATA, 0, "some values have no exact counterpart in jansson");
}
