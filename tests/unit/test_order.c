/* Members in the specification's order, against a stable sort. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/spec.h>

#include "core/order.h"

#include "parsed.h"

Suite *suite_order(void);

/* Binds what the checker would: the members of object `index` to rows of `kind`, as they are spelled. */
static void bind(struct har_tree *tree, uint32_t index, enum har_object kind)
{
    const struct har_object_spec *spec = har_spec_object(kind);
    tree->node[index].object = (uint8_t)kind;
    for (uint32_t i = tree->node[index].child; i != JSON_NONE; i = tree->node[i].next) {
        tree->node[i].member = JSON_NO_MEMBER;
        for (size_t row = 0; row < spec->count; row++)
            if (json_key_is(tree, &tree->node[i], spec->members[row].name, strlen(spec->members[row].name)))
                tree->node[i].member = (uint8_t)row;
    }
}

/* Keys and scalar values of `node`, in the order of its links. */
static void list(const struct har_tree *tree, const struct har_node *node, struct har_buffer *out)
{
    for (const struct har_node *n = har_node_first(tree, node); n; n = har_node_next(tree, n)) {
        const struct har_text key = har_node_key(tree, n), text = har_node_text(tree, n);
        har_buffer_append(out, key.bytes, key.len);
        har_buffer_append(out, text.bytes, text.len);
        har_buffer_append_text(out, " ");
    }
}

static void expect_list(const struct har_tree *tree, uint32_t index, const char *wanted)
{
    struct har_buffer out;
    har_buffer_init(&out, 4096);
    list(tree, &tree->node[index], &out);
    ck_assert_str_eq(har_buffer_string(&out), wanted);
    har_buffer_release(&out);
}

static const struct {
    const char *text, *wanted;
} pages[] = {
    {"{\"id\":1,\"startedDateTime\":2}", "startedDateTime2 id1 "},
    {"{\"comment\":1,\"pageTimings\":2,\"title\":3,\"id\":4,\"startedDateTime\":5}",
     "startedDateTime5 id4 title3 pageTimings2 comment1 "},
    {"{\"_b\":1,\"id\":2,\"_a\":3,\"startedDateTime\":4,\"x\":5}", "startedDateTime4 id2 _b1 _a3 x5 "},
    {"{\"id\":1,\"title\":2,\"id\":3,\"startedDateTime\":4,\"id\":5,\"startedDateTime\":6}",
     "startedDateTime4 startedDateTime6 id1 id3 id5 title2 "},
    {"{\"_a\":1,\"_a\":2,\"id\":3}", "id3 _a1 _a2 "},
    {"{\"startedDateTime\":1,\"id\":2,\"_a\":3}", "startedDateTime1 id2 _a3 "},
    {"{\"id\":1}", "id1 "},
    {"{\"_a\":1}", "_a1 "},
    {"{}", ""},
};

START_TEST(members_of_a_page)
{
    struct parsed parsed;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, pages[_i].text, strlen(pages[_i].text), 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    struct har_tree *tree = &parsed.parser.tree;
    bind(tree, 0, HAR_OBJECT_PAGE);
    order_tree(tree);
    expect_list(tree, 0, pages[_i].wanted);
    order_tree(tree);
    expect_list(tree, 0, pages[_i].wanted);
    parsed_release(&parsed);
}
END_TEST

START_TEST(inner_objects_and_those_that_nobody_knows)
{
    static const char text[] =
        "{\"value\":[{\"version\":1,\"name\":2}],\"name\":{\"version\":1,\"name\":2,\"_x\":3,\"comment\":4}}";
    struct parsed parsed;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, sizeof text - 1, 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    struct har_tree *tree = &parsed.parser.tree;
    const uint32_t array = tree->node[0].child, inner = tree->node[array].child, name = tree->node[array].next;
    bind(tree, 0, HAR_OBJECT_HEADER);
    bind(tree, name, HAR_OBJECT_CREATOR);
    order_tree(tree);
    expect_list(tree, 0, "name value ");
    expect_list(tree, name, "name2 version1 comment4 _x3 ");
    expect_list(tree, inner, "version1 name2 ");
    parsed_release(&parsed);
}
END_TEST

struct member {
    unsigned row, place;
};

static int by_row_and_place(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Members drawn at random, some of them twice, some unknown. */
START_TEST(as_a_stable_sort)
{
    const struct har_object_spec *spec = har_spec_object(HAR_OBJECT_REQUEST);
    unsigned state = 12345;
    for (int round = 0; round < 500; round++) {
        struct har_buffer text, wanted;
        struct member member[24];
        const unsigned count = (unsigned)round % 24;
        har_buffer_init(&text, 8192);
        har_buffer_init(&wanted, 8192);
        har_buffer_append_text(&text, "{");
        for (unsigned i = 0; i < count; i++) {
            state = state * 1664525u + 1013904223u;
            member[i] = (struct member){(state >> 16) % ((unsigned)spec->count + 1), i};
            har_buffer_printf(&text, "%s\"%s\":%u", i ? "," : "",
                              member[i].row < spec->count ? spec->members[member[i].row].name : "_c", i);
        }
        har_buffer_append_text(&text, "}");
        qsort(member, count, sizeof *member, by_row_and_place);
        for (unsigned i = 0; i < count; i++)
            har_buffer_printf(&wanted, "%s%u ", member[i].row < spec->count ? spec->members[member[i].row].name : "_c",
                              member[i].place);

        struct parsed parsed;
        parsed_init(&parsed, &parsed_wide, NULL, NULL, text.data, text.len, 4096);
        ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
        bind(&parsed.parser.tree, 0, HAR_OBJECT_REQUEST);
        order_tree(&parsed.parser.tree);
        expect_list(&parsed.parser.tree, 0, har_buffer_string(&wanted));
        parsed_release(&parsed);
        har_buffer_release(&text);
        har_buffer_release(&wanted);
    }
}
END_TEST

Suite *suite_order(void)
{
    Suite *suite = suite_create("order");
    TCase *tcase = tcase_create("order");
    tcase_add_loop_test(tcase, members_of_a_page, 0, sizeof pages / sizeof *pages);
    tcase_add_test(tcase, inner_objects_and_those_that_nobody_knows);
    tcase_add_test(tcase, as_a_stable_sort);
    suite_add_tcase(suite, tcase);
    return suite;
}
