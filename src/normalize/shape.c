/* Normalize: the shape of objects and lists. Whatever a rule about types, names and duplicate keys finds is mended here; what is
 * fine is only looked at. */
#include "normalize/normalize.h"

#include <assert.h>

static_assert((int)NORMALIZE_ROWS >= (int)REQUEST_rows && (int)NORMALIZE_ROWS >= (int)RESPONSE_rows, "a row of each table fits");

enum {
    TEXTS = 1u << HAR_KIND_STRING,
    SCALARS = TEXTS | 1u << HAR_KIND_FALSE | 1u << HAR_KIND_TRUE | 1u << HAR_KIND_NUMBER,
    ALL_KINDS = UINT8_MAX,
};

/* Rows that other steps look after, with the kinds of which they do. */
static const struct {
    uint8_t object, row, kinds;
} others[] = {
    {HAR_OBJECT_HEADER, NAME_VALUE_name, ALL_KINDS}, {HAR_OBJECT_HEADER, NAME_VALUE_value, ALL_KINDS},
    {HAR_OBJECT_COOKIE, COOKIE_expires, SCALARS},    {HAR_OBJECT_POST_DATA, POST_DATA_encoding, TEXTS},
    {HAR_OBJECT_PARAM, PARAM_encoding, TEXTS},
};

/* Rows that are in no version of HAR that was ever published. */
static bool is_foreign(const struct har_member *row)
{
    return row->flags & HAR_MEMBER_CUSTOM || row->since > HAR_VERSION_1_2;
}

void normalize_shape_init(struct normalize *n)
{
    for (unsigned object = 0; object < HAR_OBJECT_COUNT; object++)
        for (unsigned row = 0; row < spec_objects[object].count; row++) {
            const struct har_member *member = &spec_objects[object].members[row];
            n->fine[object][row] = is_foreign(member) ? 0 : member->types;
        }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        n->fine[others[i].object][others[i].row] = others[i].kinds;
}

/* Whether the member must have another name, and why. */
static bool needs_name(const struct normalize *n, const struct har_node *object, const struct har_node *member, enum har_mend *why)
{
    if (member->member == JSON_NO_MEMBER) {
        *why = HAR_MEND_CUSTOM_NAME;
        return !normalize_is_custom(n->edit.tree, member) && !normalize_is_k6_own(n, object->object, member);
    }
    *why = spec_objects[object->object].members[member->member].flags & HAR_MEMBER_CUSTOM ? HAR_MEND_COMMON_CUSTOM_NAME
                                                                                          : HAR_MEND_DRAFT_NAME;
    return !n->fine[object->object][member->member];
}

static bool has_duplicates(const struct normalize *n, uint32_t object)
{
    const struct har_node *node = n->edit.tree->node;
    for (uint32_t i = node[object].child; i != JSON_NONE; i = node[i].next)
        if (node[i].flags & JSON_DUPLICATE)
            return true;
    return false;
}

/* Whether a later member has the same name. */
static bool comes_again(struct normalize *n, uint32_t member)
{
    const struct names_row *row = normalize_names_row(n, member);
    return row && row->node != JSON_NONE && row->node != member;
}

/* Of members with one name the last keeps it, because it is what most readers take; if it must have an underscore, it is the first
 * to get it. */
static void name_members(struct normalize *n, uint32_t object)
{
    const bool duplicates = has_duplicates(n, object);
    enum har_mend why;
    if (duplicates)
        normalize_list_names(n, object);
    for (uint32_t i = normalize_node(n, object)->child; i != JSON_NONE && !n->edit.fault; i = normalize_node(n, i)->next) {
        if (!needs_name(n, normalize_node(n, object), normalize_node(n, i), &why) || (duplicates && comes_again(n, i)))
            continue;
        normalize_keep_as_custom(n, i);
        normalize_mended(n, why);
    }
    for (uint32_t i = normalize_node(n, object)->child; duplicates && i != JSON_NONE && !n->edit.fault;
         i = normalize_node(n, i)->next) {
        normalize_node(n, i)->flags &= (uint8_t)~JSON_DUPLICATE;
        if (!comes_again(n, i))
            continue;
        normalize_keep_as_custom(n, i);
        normalize_mended(n, HAR_MEND_DUPLICATE_KEY);
    }
}

static void mend_member(struct normalize *n, uint32_t member, const struct har_member *row)
{
    if (normalize_node(n, member)->kind == HAR_KIND_NULL) {
        normalize_mended(n, row->flags & HAR_MEMBER_NULL_COMMON ? HAR_MEND_NULL_MEMBER : HAR_MEND_NULL_VALUE);
        json_edit_remove(&n->edit, member);
    } else if (!normalize_turn(n, member, row)) {
        normalize_mended(n, HAR_MEND_WRONG_TYPE);
        normalize_keep_as_custom(n, member);
    }
}

static void mend_object(struct normalize *n, uint32_t object)
{
    const struct har_object_spec *spec = &spec_objects[normalize_node(n, object)->object];
    const uint8_t *fine = n->fine[normalize_node(n, object)->object];
    name_members(n, object);
    for (uint32_t i = normalize_node(n, object)->child, next; i != JSON_NONE && !n->edit.fault; i = next) {
        const struct har_node *node = normalize_node(n, i);
        next = node->next;
        if (node->member != JSON_NO_MEMBER && !(fine[node->member] >> node->kind & 1))
            mend_member(n, i, &spec->members[node->member]);
    }
}

/* A list that holds one object instead of an element is that object. */
static bool unwrap(struct normalize *n, uint32_t element, uint8_t object)
{
    const struct har_member row = {.types = 1u << HAR_KIND_OBJECT, .object = object};
    return normalize_node(n, element)->kind == HAR_KIND_ARRAY && normalize_node(n, element)->child != JSON_NONE &&
           normalize_turn(n, element, &row);
}

static void mend_elements(struct normalize *n, uint32_t array)
{
    const uint8_t object = normalize_node(n, array)->object;
    struct normalize_chain lost = {JSON_NONE, JSON_NONE};
    for (uint32_t i = normalize_node(n, array)->child, next; i != JSON_NONE && !n->edit.fault; i = next) {
        const enum har_kind kind = (enum har_kind)normalize_node(n, i)->kind;
        next = normalize_node(n, i)->next;
        if (kind == HAR_KIND_OBJECT || unwrap(n, i, object))
            continue;
        if (kind != HAR_KIND_NULL) {
            normalize_take_out(n, &lost, i);
            continue;
        }
        json_edit_remove(&n->edit, i);
        normalize_mended(n, HAR_MEND_NULL_ELEMENT);
    }
    normalize_keep_lost(n, array, &lost);
}

void normalize_take_out(struct normalize *n, struct normalize_chain *lost, uint32_t element)
{
    json_edit_remove(&n->edit, element);
    if (n->edit.fault)
        return;
    if (lost->first == JSON_NONE)
        lost->first = element;
    else
        normalize_node(n, lost->last)->next = element;
    lost->last = element;
}

/* The custom member beside a list that takes what the list cannot hold; one for each. */
static uint32_t list_of_lost(struct normalize *n, uint32_t array)
{
    const uint32_t object = normalize_node(n, array)->parent;
    for (size_t i = 0; i < n->strays; i++)
        if (n->stray[i].array == array)
            return n->stray[i].kept;
    if (object == JSON_NONE)
        return array;
    const struct har_member *row = &spec_objects[normalize_node(n, object)->object].members[normalize_node(n, array)->member];
    const uint32_t kept = json_edit_member(&n->edit, object, row->name, HAR_KIND_ARRAY, JSON_NO_MEMBER, HAR_OBJECT_NONE);
    normalize_keep_as_custom(n, kept);
    if (n->strays < NORMALIZE_STRAYS)
        n->stray[n->strays++] = (struct normalize_stray){array, kept};
    return kept;
}

void normalize_keep_lost(struct normalize *n, uint32_t array, const struct normalize_chain *lost)
{
    const uint32_t kept = lost->first == JSON_NONE || n->edit.fault ? JSON_NONE : list_of_lost(n, array);
    for (uint32_t i = kept == JSON_NONE ? JSON_NONE : lost->first, next; i != JSON_NONE && !n->edit.fault; i = next) {
        next = normalize_node(n, i)->next;
        normalize_node(n, i)->next = JSON_NONE;
        json_edit_append(&n->edit, kept, i);
        normalize_unbind(n, i);
        normalize_mended(n, HAR_MEND_STRAY_ELEMENT);
    }
}

/* Whether all members of the object are fine; *deeper: one of them is to be looked at, too. */
static bool object_fine(const struct normalize *n, uint32_t object, bool *deeper)
{
    const struct har_tree *const tree = n->edit.tree;
    const struct har_node *const node = tree->node;
    const uint8_t *const fine = n->fine[node[object].object];
    unsigned bad = 0, below = 0;
    for (uint32_t i = node[object].child; i != JSON_NONE; i = node[i].next) {
        const struct har_node *const member = &node[i];
        below |= member->object;
        bad |= member->flags & JSON_DUPLICATE;
        if (member->member != JSON_NO_MEMBER)
            bad |= ~(unsigned)fine[member->member] >> member->kind & 1;
        else
            bad |= !normalize_is_custom(tree, member);
    }
    *deeper = below;
    return !bad;
}

static bool elements_fine(const struct normalize *n, uint32_t array)
{
    const struct har_node *const node = n->edit.tree->node;
    bool fine = true;
    for (uint32_t i = node[array].child; i != JSON_NONE; i = node[i].next)
        fine &= node[i].kind == HAR_KIND_OBJECT;
    return fine || node[array].object == HAR_OBJECT_HEADER;
}

void normalize_shape(struct normalize *n, uint32_t root)
{
    if (!normalize_node(n, root)->object || normalize_node(n, root)->kind < HAR_KIND_ARRAY)
        return;
    bool deeper;
    for (uint32_t at = root; at != JSON_NONE && !n->edit.fault && !n->no_memory; at = normalize_next(n, root, at, deeper)) {
        const bool object = normalize_node(n, at)->kind == HAR_KIND_OBJECT;
        deeper = true;
        if (object && !object_fine(n, at, &deeper)) {
            mend_object(n, at);
            deeper = true;
        } else if (!object && !elements_fine(n, at)) {
            mend_elements(n, at);
        }
    }
}
