/* The walk over an item's tree, in the order of the input: each object against its table, each key against its neighbours. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "check/spec.h"

enum { FEW = 8 }; /* keys that are compared pair by pair */

/* Among the bits of the rows that an object has: one for its members without. */
#define CUSTOM (UINT32_C(1) << 31)

static struct har_node *node_at(const struct check *check, uint32_t index)
{
    return &check->item->tree->node[index];
}

/* Keys are short: a call would cost more than the comparison. */
static inline bool same_name(const char *key, const char *name, size_t len)
{
    for (; len >= sizeof(uint64_t); len -= sizeof(uint64_t), key += sizeof(uint64_t), name += sizeof(uint64_t)) {
        uint64_t a, b;
        memcpy(&a, key, sizeof a);
        memcpy(&b, name, sizeof b);
        if (a != b)
            return false;
    }
    if (len & sizeof(uint32_t)) {
        uint32_t a, b;
        memcpy(&a, key, sizeof a);
        memcpy(&b, name, sizeof b);
        if (a != b)
            return false;
        key += sizeof a, name += sizeof b;
    }
    for (len &= sizeof(uint32_t) - 1; len; len--)
        if (*key++ != *name++)
            return false;
    return true;
}

static inline bool is_member(const struct har_tree *tree, const struct har_node *node, const struct har_member *member)
{
    if (node->flags & (JSON_KEY_ESCAPED | JSON_ADDED))
        return json_key_is(tree, node, member->name, member->name_len);
    return node->key_len == member->name_len && same_name(tree->bytes + node->key, member->name, member->name_len);
}

/* Looks at all rows and notes the one found for the next member behind the same one. */
static uint8_t search_row(const struct har_tree *tree, const struct har_object_spec *spec, uint8_t *after,
                          const struct har_node *node)
{
    for (uint8_t row = 0; row < spec->count; row++)
        if (is_member(tree, node, &spec->members[row])) {
            *after = row;
            return row;
        }
    return JSON_NO_MEMBER;
}

/* `after` is the object's line of check->after. */
static inline uint8_t row_of(const struct har_tree *tree, const struct har_object_spec *spec, uint8_t *after, uint8_t previous,
                             const struct har_node *node)
{
    const unsigned slot = previous == JSON_NO_MEMBER ? CHECK_ROWS : previous;
    const uint8_t guess = after[slot];
    if (guess < spec->count && is_member(tree, node, &spec->members[guess]))
        return guess;
    return search_row(tree, spec, &after[slot], node);
}

uint8_t check_row(struct check *check, enum har_object object, uint8_t previous, const struct har_node *node)
{
    return row_of(check->item->tree, &spec_objects[object], check->after[object], previous, node);
}

static bool same_key(const struct har_tree *tree, const struct har_node *a, const struct har_node *b)
{
    if (!((a->flags | b->flags) & JSON_KEY_ESCAPED))
        return a->key_len == b->key_len && memcmp(json_key(tree, a), json_key(tree, b), a->key_len) == 0;
    struct har_buffer key;
    har_buffer_init(&key, a->key_len + 1);
    const bool same = har_node_decode_key(tree, a, &key) && json_key_is(tree, b, key.data ? key.data : "", key.len);
    har_buffer_release(&key);
    return same;
}

void check_duplicate(struct check *check, const struct har_node *node)
{
    if (!(node->flags & JSON_DUPLICATE))
        return;
    const struct har_arg name = check_name(check, node);
    check_tell(check, HAR_RULE_DUPLICATE_KEY, (struct check_where){node, true, 0}, "the key %1 stands in this object again", &name,
               1, "kept");
}

/* Marks those of `count` members whose key one of them had before. */
static bool mark_few(const struct har_tree *tree, struct har_node *const *keys, unsigned count)
{
    bool any = false;
    for (unsigned i = 1; i < count; i++)
        for (unsigned j = 0; j < i; j++)
            if (same_key(tree, keys[i], keys[j])) {
                keys[i]->flags |= JSON_DUPLICATE;
                any = true;
                break;
            }
    return any;
}

/* The same for all members of `object` that have no row, in linear time. */
static bool mark_many(struct check *check, const struct har_node *object)
{
    const struct har_tree *tree = check->item->tree;
    bool any = false;
    keyset_clear(&check->keys);
    for (uint32_t i = object->child; i != JSON_NONE; i = node_at(check, i)->next) {
        struct har_node *node = node_at(check, i);
        if (node->member != JSON_NO_MEMBER)
            continue;
        struct har_text key = har_node_key(tree, node);
        if (node->flags & JSON_KEY_ESCAPED) {
            har_buffer_clear(&check->decoded);
            check->no_memory |= !har_node_decode_key(tree, node, &check->decoded);
            key = (struct har_text){check->decoded.data ? check->decoded.data : "", check->decoded.len};
        }
        const enum keyset_result result = keyset_add(&check->keys, key.bytes, key.len, SIZE_MAX / 2);
        check->no_memory |= result == KEYSET_FULL;
        if (result == KEYSET_OLD) {
            node->flags |= JSON_DUPLICATE;
            any = true;
        }
    }
    return any;
}

/* Binds the members of the object in `step` to rows and notes whether there is anything to tell. Nodes have bytes, which may be
 * anything's to the compiler: what does not change is kept apart from them. */
static uint32_t bind_object(struct check *check, struct check_step *step, const struct har_object_spec *spec)
{
    const struct har_tree *const tree = check->item->tree;
    struct har_node *const nodes = tree->node, *const object = &nodes[step->node];
    const enum har_object kind = (enum har_object)object->object;
    const struct har_object_spec *const table = &spec_objects[kind];
    const uint8_t *const plain = check->plain[kind];
    struct har_node *keys[FEW];
    uint64_t others = 0, members = 0;
    uint32_t seen = 0;
    uint8_t previous = JSON_NO_MEMBER;
    unsigned flags = 0;
    bool trouble = false, deeper = false;
    for (uint32_t i = object->child; i != JSON_NONE; i = nodes[i].next, members++) {
        struct har_node *const node = &nodes[i];
        const uint8_t row = row_of(tree, table, check->after[kind], previous, node);
        node->member = previous = row;
        flags |= node->flags;
        if (row == JSON_NO_MEMBER) {
            if (others < FEW)
                keys[others] = node;
            others++;
            seen |= CUSTOM;
            trouble |= check_member(check, spec, node, false);
        } else {
            node->object = check_bound(&table->members[row], node);
            if (seen >> row) { /* this row, or one behind it */
                check->odd = true;
                if (seen >> row & 1) {
                    node->flags |= JSON_DUPLICATE;
                    trouble = true;
                }
            }
            seen |= 1u << row;
            if (!(plain[row] & 1u << node->kind))
                trouble |= check_member(check, spec, node, false);
        }
        deeper |= node->child != JSON_NONE || (node->kind == HAR_KIND_OBJECT && node->object);
    }
    if (others > 1)
        trouble |= others <= FEW ? mark_few(tree, keys, (unsigned)others) : mark_many(check, object);
    trouble |= (flags & (JSON_KEY_MARKED | JSON_TEXT_MARKED)) != 0;
    check->odd |= trouble;
    step->trouble |= trouble;
    step->deeper |= deeper;
    if (members > check->members_most) {
        const struct har_arg args[] = {check_number(members), check_word("max-members")};
        check_tell(check, HAR_RULE_TOO_LARGE, (struct check_where){object, false, 0},
                   "the object has %1 members; --%2 allows fewer", args, 2, NULL);
    }
    return seen;
}

static enum har_rule missing_rule(enum har_object object, const struct har_member *member)
{
    if (member->presence == HAR_EXPECTED)
        return HAR_RULE_MISSING_CACHE;
    return object == HAR_OBJECT_CACHE_ENTRY ? HAR_RULE_INCOMPLETE_CACHE_ENTRY : HAR_RULE_MISSING_MEMBER;
}

static void tell_missing(struct check *check, const struct har_node *object, const struct har_object_spec *spec, uint32_t seen)
{
    if ((seen & check->needed[object->object]) == check->needed[object->object])
        return;
    check->odd = true;
    if (object->object == HAR_OBJECT_TIMINGS && object->child == JSON_NONE) {
        check_tell(check, HAR_RULE_EMPTY_TIMINGS, (struct check_where){object, false, 0},
                   "timings is empty: send, wait and receive are missing", NULL, 0, NULL);
        return;
    }
    for (unsigned row = 0; row < spec->count; row++) {
        const struct har_member *member = &spec->members[row];
        if (seen & 1u << row || member->presence == HAR_OPTIONAL || member->presence == HAR_EXCLUSIVE)
            continue;
        const struct har_arg args[] = {check_word(spec->name), check_word(member->name)};
        check_tell(check, missing_rule(object->object, member), (struct check_where){object, false, 0}, "%1.%2 is missing", args, 2,
                   NULL);
    }
}

static void enter_object(struct check *check, struct check_step *step)
{
    const struct har_node *object = node_at(check, step->node);
    const struct har_object_spec *spec = object->object ? &spec_objects[object->object] : NULL;
    const uint32_t seen = bind_object(check, step, spec);
    if (spec)
        tell_missing(check, object, spec, seen);
}

/* Elements of an array that the specification knows must be objects. */
static void enter_array(struct check *check, struct check_step *step)
{
    const struct har_node *array = node_at(check, step->node);
    for (uint32_t i = array->child; i != JSON_NONE; i = node_at(check, i)->next) {
        struct har_node *node = node_at(check, i);
        node->object = node->kind == HAR_KIND_OBJECT ? array->object : HAR_OBJECT_NONE;
        step->trouble |= (array->object && node->kind != HAR_KIND_OBJECT) || (node->flags & JSON_TEXT_MARKED) ||
                         (node->kind == HAR_KIND_NUMBER && check_number_odd(check->item->tree, node, false));
        step->deeper |= node->child != JSON_NONE || (node->kind == HAR_KIND_OBJECT && node->object);
    }
    check->odd |= step->trouble;
}

static bool push(struct check *check, uint32_t index)
{
    if (check->steps == check->step_cap) {
        const size_t cap = check->step_cap ? check->step_cap * 2 : 32;
        struct check_step *grown = realloc(check->step, cap * sizeof *grown);
        if (!grown) {
            check->no_memory = true;
            return false;
        }
        check->step = grown;
        check->step_cap = cap;
    }
    struct check_step *step = &check->step[check->steps++];
    const struct har_node *node = node_at(check, index);
    *step = (struct check_step){index, node->child, false, false};
    if (node->kind == HAR_KIND_OBJECT)
        enter_object(check, step);
    else
        enter_array(check, step);
    if (!step->trouble && !step->deeper)
        step->child = JSON_NONE; /* nothing more to do here */
    return true;
}

static void tell_element(struct check *check, const struct har_node *array, const struct har_node *node)
{
    const struct har_object_spec *spec = har_spec_object((enum har_object)array->object);
    if (spec && node->kind != HAR_KIND_OBJECT) {
        const struct har_arg args[] = {check_word(spec->name), check_kind(node)};
        check_tell(check, HAR_RULE_WRONG_TYPE, (struct check_where){node, false, 0}, "each %1 must be an object, this is %2", args,
                   2, NULL);
    } else if (node->kind == HAR_KIND_NUMBER && check_number_odd(check->item->tree, node, false)) {
        check_tell(check, HAR_RULE_NUMBER_PRECISION, (struct check_where){node, false, 0}, "most readers change this number", NULL,
                   0, "kept as written");
    }
}

/* Everything there is to say about the member that the step is at. */
static void tell_member(struct check *check, const struct check_step *step)
{
    const struct har_node *parent = node_at(check, step->node);
    const struct har_node *node = node_at(check, step->child);
    check_marks(check, node);
    if (parent->kind == HAR_KIND_ARRAY) {
        tell_element(check, parent, node);
        return;
    }
    check_duplicate(check, node);
    check_member(check, har_spec_object((enum har_object)parent->object), node, true);
}

void check_tree(struct check *check)
{
    const struct har_node *root = node_at(check, 0);
    check->steps = 0;
    check->odd = false;
    if ((root->kind != HAR_KIND_OBJECT && root->kind != HAR_KIND_ARRAY) || !push(check, 0))
        return;
    while (check->steps && !check->no_memory) {
        struct check_step *step = &check->step[check->steps - 1];
        if (step->child == JSON_NONE) {
            check->steps--;
            if (check->steps) {
                step--;
                step->child = node_at(check, step->child)->next;
            }
            continue;
        }
        if (step->trouble)
            tell_member(check, step);
        const struct har_node *node = node_at(check, step->child);
        if (node->child != JSON_NONE || (node->kind == HAR_KIND_OBJECT && node->object)) {
            push(check, step->child);
        } else {
            step->child = node->next;
        }
    }
    /* The nodes are not const either. */
    ((struct har_tree *)(uintptr_t)check->item->tree)->sound = !check->odd && !check->no_memory;
}
