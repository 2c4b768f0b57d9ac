/* Changes of a tree: what is written afterwards; linear time for many changes in a row; bounds. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "json/edit.h"
#include "json/write.h"

#include "parsed.h"

Suite *suite_edit(void);

enum { MANY = 200000 };

static struct parsed parsed;
static struct json_edit edit;

/* The tree of a document, to be changed. */
static void begin(const char *text, uint64_t tree_bytes, uint64_t item_bytes)
{
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, strlen(text), 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    json_edit_begin(&edit, &parsed.parser.tree, tree_bytes, item_bytes);
}

static void start(const char *text)
{
    begin(text, HAR_MIB * 64, HAR_MIB * 64);
}

static void expect_written(const char *wanted)
{
    struct json_out out = {.indent = 0};
    har_buffer_init(&out.buffer, 1 << 20);
    json_out_value(&out, edit.tree, har_tree_root(edit.tree), 0);
    ck_assert_str_eq(har_buffer_string(&out.buffer), wanted);
    har_buffer_release(&out.buffer);
}

static void expect(const char *wanted)
{
    ck_assert_int_eq(edit.fault, JSON_EDIT_FINE);
    expect_written(wanted);
    parsed_release(&parsed);
}

static uint32_t member(const char *key)
{
    return json_edit_find(edit.tree, 0, key);
}

START_TEST(nothing_changed_nothing_allocated)
{
    start("{\"a\":[1,\"\\u0041\"],\"b\":null}");
    ck_assert_ptr_null(edit.tree->added.data);
    expect("{\"a\":[1,\"A\"],\"b\":null}");
}
END_TEST

START_TEST(values_are_set)
{
    start("{\"a\":{\"x\":[1]},\"b\":\"\\u0041\",\"c\":1,\"d\":true,\"e\":[1],\"f\":0}");
    json_edit_set_text(&edit, member("a"), "q\"\n\xc3\xa9", 5);
    json_edit_set_number_text(&edit, member("b"), "1.50", 4);
    json_edit_set_number(&edit, member("c"), -0.0);
    json_edit_set_literal(&edit, member("d"), HAR_KIND_NULL);
    json_edit_set_empty(&edit, member("e"), HAR_KIND_OBJECT);
    json_edit_set_number(&edit, member("f"), 1e21);
    expect("{\"a\":\"q\\\"\\n\xc3\xa9\",\"b\":1.50,\"c\":0,\"d\":null,\"e\":{},\"f\":1e+21}");
}
END_TEST

START_TEST(keys_and_texts_change_alone)
{
    start("{\"a\\u0042\":\"\\u0043\",\"d\":{\"x\":1}}");
    json_edit_set_key(&edit, json_edit_find(edit.tree, 0, "aB"), "k", 1);
    json_edit_set_key(&edit, member("d"), "m\\", 2);
    expect("{\"k\":\"C\",\"m\\\\\":{\"x\":1}}");
    start("{\"a\\u0042\":\"\\u0043\"}");
    json_edit_set_text(&edit, 1, "t", 1);
    expect("{\"aB\":\"t\"}");
}
END_TEST

START_TEST(texts_and_keys_are_copied_as_they_are_spelled)
{
    start("{\"a\\ud800\":\"x\\ud801\",\"b\":1,\"c\":2,\"d\":12}");
    json_edit_copy_text(&edit, member("b"), 1);
    json_edit_copy_key(&edit, member("c"), 1);
    expect("{\"a\\ud800\":\"x\\ud801\",\"b\":\"x\\ud801\",\"c\":\"a\\ud800\",\"d\":12}");
}
END_TEST

START_TEST(members_come_and_go)
{
    start("{\"a\":1,\"b\":2,\"c\":3}");
    json_edit_remove(&edit, member("b"));
    json_edit_set_number(&edit, json_edit_member(&edit, 0, "d", HAR_KIND_NUMBER, JSON_NO_MEMBER, 0), 4);
    json_edit_remove(&edit, member("a"));
    json_edit_remove(&edit, member("d"));
    json_edit_set_number(&edit, json_edit_member(&edit, 0, "e", HAR_KIND_NUMBER, JSON_NO_MEMBER, 0), 5);
    expect("{\"c\":3,\"e\":5}");
}
END_TEST

START_TEST(what_was_taken_out_is_put_in_elsewhere)
{
    start("{\"a\":[1,2,3],\"b\":[]}");
    const uint32_t a = member("a"), b = member("b"), two = edit.tree->node[edit.tree->node[a].child].next;
    json_edit_remove(&edit, two);
    json_edit_append(&edit, b, two);
    json_edit_set_number(&edit, json_edit_insert(&edit, b, JSON_NONE, HAR_KIND_NUMBER), 9);
    json_edit_set_number(&edit, json_edit_add(&edit, a, HAR_KIND_NUMBER), 4);
    expect("{\"a\":[1,3,4],\"b\":[9,2]}");
}
END_TEST

/* The place of the last change must not lead to what is no longer there. */
START_TEST(an_emptied_container_starts_anew)
{
    start("{\"a\":[1,2,3]}");
    const uint32_t a = member("a");
    json_edit_set_number(&edit, json_edit_add(&edit, a, HAR_KIND_NUMBER), 4);
    json_edit_set_empty(&edit, a, HAR_KIND_ARRAY);
    json_edit_set_number(&edit, json_edit_add(&edit, a, HAR_KIND_NUMBER), 5);
    expect("{\"a\":[5]}");
}
END_TEST

START_TEST(one_value_replaces_another)
{
    start("{\"a\":[[{\"x\":\"\\u0041\",\"y\":[1]}]],\"b\":[\"t\"]}");
    const uint32_t a = member("a"), b = member("b");
    json_edit_replace(&edit, a, edit.tree->node[edit.tree->node[a].child].child);
    json_edit_set_number(&edit, json_edit_member(&edit, a, "z", HAR_KIND_NUMBER, JSON_NO_MEMBER, 0), 2);
    json_edit_replace(&edit, b, edit.tree->node[b].child);
    expect("{\"a\":{\"x\":\"A\",\"y\":[1],\"z\":2},\"b\":\"t\"}");
    start("[{\"x\":1}]");
    json_edit_replace(&edit, 0, 1);
    expect("{\"x\":1}");
}
END_TEST

START_TEST(a_value_is_wrapped)
{
    start("{\"a\":{\"x\":1},\"b\":\"\\u0041\"}");
    const uint32_t inner = json_edit_wrap(&edit, member("a"), HAR_KIND_ARRAY);
    ck_assert_uint_eq(edit.tree->node[inner].parent, member("a"));
    json_edit_set_number(&edit, json_edit_member(&edit, inner, "y", HAR_KIND_NUMBER, JSON_NO_MEMBER, 0), 2);
    json_edit_wrap(&edit, member("b"), HAR_KIND_ARRAY);
    expect("{\"a\":[{\"x\":1,\"y\":2}],\"b\":[\"A\"]}");
}
END_TEST

START_TEST(copies_below_the_same_tree)
{
    start("{\"a\":{\"x\":[1,{\"y\":\"\\u0041\"}],\"z\":{}},\"b\":[]}");
    json_edit_copy(&edit, member("b"), member("a"));
    json_edit_copy(&edit, 0, edit.tree->node[member("a")].child);
    expect("{\"a\":{\"x\":[1,{\"y\":\"A\"}],\"z\":{}},\"b\":[{\"x\":[1,{\"y\":\"A\"}],\"z\":{}}],\"x\":[1,{\"y\":\"A\"}]}");
}
END_TEST

START_TEST(copies_from_another_tree)
{
    struct har_tree made = {0};
    struct json_edit other;
    start("{\"a\":{\"x\":[1,{\"\\u0079\":\"\\u0041\"}],\"z\":{}},\"b\":\"\"}");
    json_edit_begin(&other, &made, HAR_MIB, HAR_MIB);
    ck_assert_uint_eq(json_edit_copy_other(&other, JSON_NONE, edit.tree, 0), 0);
    json_edit_set_text(&other, json_edit_find(&made, 0, "b"), "t", 1);
    json_edit_copy_other(&other, 0, edit.tree, edit.tree->node[member("a")].child);
    ck_assert_int_eq(other.fault, JSON_EDIT_FINE);
    struct har_tree *tree = edit.tree;
    edit.tree = &made;
    expect_written("{\"a\":{\"x\":[1,{\"y\":\"A\"}],\"z\":{}},\"b\":\"t\",\"x\":[1,{\"y\":\"A\"}]}");
    edit.tree = tree;
    json_tree_release(&made);
    expect("{\"a\":{\"x\":[1,{\"y\":\"A\"}],\"z\":{}},\"b\":\"\"}");
}
END_TEST

/* Quadratic time would be minutes here: 4e10 steps. */
START_TEST(many_changes_in_a_row_take_linear_time)
{
    start("{\"a\":[],\"b\":[]}");
    const uint32_t a = member("a"), b = member("b");
    for (int i = 0; i < MANY; i++)
        json_edit_set_number(&edit, json_edit_add(&edit, a, HAR_KIND_NUMBER), i);
    /* All behind the first, one by one; then into the other list. */
    uint32_t taken = JSON_NONE, count = 0;
    for (uint32_t i = edit.tree->node[edit.tree->node[a].child].next, next; i != JSON_NONE; i = next) {
        next = edit.tree->node[i].next;
        json_edit_remove(&edit, i);
        edit.tree->node[i].next = taken;
        taken = i;
    }
    for (uint32_t i = taken, next; i != JSON_NONE; i = next) {
        next = edit.tree->node[i].next;
        edit.tree->node[i].next = JSON_NONE;
        json_edit_append(&edit, b, i);
    }
    ck_assert_int_eq(edit.fault, JSON_EDIT_FINE);
    for (uint32_t i = edit.tree->node[b].child; i != JSON_NONE; i = edit.tree->node[i].next)
        count++;
    ck_assert_uint_eq(count, MANY - 1);
    ck_assert_uint_eq(edit.tree->node[edit.tree->node[a].child].next, JSON_NONE);
    parsed_release(&parsed);
}
END_TEST

START_TEST(the_bound_of_the_tree)
{
    begin("[]", 4096, HAR_MIB); /* room for 128 nodes; 256 are taken at first */
    const uint32_t room = edit.tree->cap - edit.tree->count;
    for (uint32_t i = 0; i < room; i++)
        ck_assert_uint_ne(json_edit_add(&edit, 0, HAR_KIND_ARRAY), JSON_NONE);
    ck_assert_uint_eq(json_edit_add(&edit, 0, HAR_KIND_ARRAY), JSON_NONE);
    ck_assert_int_eq(edit.fault, JSON_EDIT_TREE_BYTES);
    ck_assert_uint_eq(json_edit_wrap(&edit, 0, HAR_KIND_ARRAY), JSON_NONE);
    parsed_release(&parsed);
}
END_TEST

START_TEST(the_bound_of_the_bytes)
{
    begin("{\"a\":1}", HAR_MIB, 64);
    char text[65] = {0};
    memset(text, 'x', 64);
    json_edit_set_text(&edit, member("a"), text, 32);
    ck_assert_int_eq(edit.fault, JSON_EDIT_FINE);
    json_edit_set_text(&edit, member("a"), text, 64);
    ck_assert_int_eq(edit.fault, JSON_EDIT_ITEM_BYTES);
    json_edit_set_literal(&edit, member("a"), HAR_KIND_NULL); /* after a failure nothing happens */
    ck_assert_int_eq(edit.tree->node[member("a")].kind, HAR_KIND_STRING);
    parsed_release(&parsed);
}
END_TEST

Suite *suite_edit(void)
{
    Suite *suite = suite_create("edit");
    TCase *changes = tcase_create("changes");
    tcase_add_test(changes, nothing_changed_nothing_allocated);
    tcase_add_test(changes, values_are_set);
    tcase_add_test(changes, keys_and_texts_change_alone);
    tcase_add_test(changes, texts_and_keys_are_copied_as_they_are_spelled);
    tcase_add_test(changes, members_come_and_go);
    tcase_add_test(changes, what_was_taken_out_is_put_in_elsewhere);
    tcase_add_test(changes, an_emptied_container_starts_anew);
    tcase_add_test(changes, one_value_replaces_another);
    tcase_add_test(changes, a_value_is_wrapped);
    tcase_add_test(changes, copies_below_the_same_tree);
    tcase_add_test(changes, copies_from_another_tree);
    suite_add_tcase(suite, changes);
    TCase *limits = tcase_create("limits");
    tcase_set_timeout(limits, 30);
    tcase_add_test(limits, many_changes_in_a_row_take_linear_time);
    tcase_add_test(limits, the_bound_of_the_tree);
    tcase_add_test(limits, the_bound_of_the_bytes);
    suite_add_tcase(suite, limits);
    return suite;
}
