/* From a tree to jansson's values: what is kept, what is told to be changed. */
#include <check.h>
#include <string.h>

#include <harmill/json.h>

#include "memory.h"
#include "parsed.h"

Suite *suite_bridge(void);

static const struct {
    const char *text, *json; /* jansson's own reading of `json` is what is wanted */
    enum har_status status;
} rows[] = {
    {"null", "null", HAR_OK},
    {"true", "true", HAR_OK},
    {"'a\\u0000b\\ud83d\\ude00'", "'a\\u0000b\xf0\x9f\x98\x80'", HAR_OK},
    {"''", "''", HAR_OK},
    {"[]", "[]", HAR_OK},
    {"{}", "{}", HAR_OK},
    {"{'':{'':[[],{},'']}}", "{'':{'':[[],{},'']}}", HAR_OK},
    {"[1,-0,-0.0,1.5,1e3,9223372036854775807,-9223372036854775808]",
     "[1,0,-0.0,1.5,1000.0,9223372036854775807,-9223372036854775808]", HAR_OK},
    {"{'\\u0061':1,'b':{'c':[{'d':2},3]},'e':4}", "{'a':1,'b':{'c':[{'d':2},3]},'e':4}", HAR_OK},
    /* half a pair becomes U+FFFD, in values and keys */
    {"['\\ud800x']", "['\xef\xbf\xbdx']", HAR_WARN},
    {"{'\\udc00':1}", "{'\xef\xbf\xbd':1}", HAR_WARN},
    /* what stands twice: the last value counts */
    {"{'a':1,'b':2,'a':3}", "{'b':2,'a':3}", HAR_WARN},
    {"{'a':{'x':1},'\\u0061':[2]}", "{'a':[2]}", HAR_WARN},
    {"{'a':[1,{'b':2}],'a':{'c':3},'d':4}", "{'a':{'c':3},'d':4}", HAR_WARN},
    /* numbers that jansson cannot hold become their digits */
    {"[9223372036854775808]", "['9223372036854775808']", HAR_WARN},
    {"-9223372036854775809", "'-9223372036854775809'", HAR_WARN},
    {"[1e400,-1.5E309]", "['1e400','-1.5E309']", HAR_WARN},
};

START_TEST(values)
{
    struct memory_text text, wanted;
    struct parsed parsed;
    struct har_error error = {0};
    json_error_t unread;
    json_t *json = NULL;
    memory_text_init(&text, rows[_i].text);
    memory_text_init(&wanted, rows[_i].json);
    json_t *theirs = json_loadb(wanted.bytes, wanted.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &unread);
    ck_assert_msg(theirs != NULL, "%s", unread.text);
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text.bytes, text.len, 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    const struct har_tree *tree = &parsed.parser.tree;
    ck_assert_int_eq(har_node_to_json(tree, har_tree_root(tree), &json, &error), rows[_i].status);
    ck_assert_int_eq(error.domain, rows[_i].status == HAR_WARN ? HAR_DOMAIN_DATA : HAR_DOMAIN_NONE);
    ck_assert_msg(json_equal(json, theirs), "%s", text.bytes);
    json_decref(json);
    json_decref(theirs);
    parsed_release(&parsed);
    memory_text_release(&text);
    memory_text_release(&wanted);
}
END_TEST

/* A node below the root is copied without its neighbours. The caller owns the only reference. */
START_TEST(a_part)
{
    static const char text[] = "{\"a\":{\"b\":[1,2]},\"c\":3}";
    struct parsed parsed;
    struct har_error error = {0};
    json_t *json;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, sizeof text - 1, 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    const struct har_tree *tree = &parsed.parser.tree;
    const struct har_node *a = har_node_member(tree, har_tree_root(tree), "a");
    ck_assert_int_eq(har_node_to_json(tree, a, &json, &error), HAR_OK);
    ck_assert_uint_eq(json->refcount, 1);
    ck_assert_uint_eq(json_object_size(json), 1);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "b")), 2);
    json_decref(json);
    ck_assert_int_eq(har_node_to_json(tree, har_node_member(tree, a, "b"), &json, NULL), HAR_OK);
    ck_assert(json_is_array(json) && json_integer_value(json_array_get(json, 1)) == 2);
    json_decref(json);
    parsed_release(&parsed);
}
END_TEST

/* No recursion over the input's depth. (jansson's own decref recurses, so the depth is one that it stands.) */
START_TEST(depth)
{
    enum { DEPTH = 5000 };
    static char text[2 * DEPTH];
    struct json_limits limits = parsed_wide;
    struct parsed parsed;
    struct har_error error = {0};
    json_t *json;
    limits.depth = DEPTH;
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    parsed_init(&parsed, &limits, NULL, NULL, text, sizeof text, 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    ck_assert_int_eq(har_node_to_json(&parsed.parser.tree, har_tree_root(&parsed.parser.tree), &json, &error), HAR_OK);
    size_t levels = 0;
    for (const json_t *at = json; at; at = json_array_get(at, 0))
        levels++;
    ck_assert_uint_eq(levels, DEPTH);
    json_decref(json);
    parsed_release(&parsed);
}
END_TEST

/* A surrogate elsewhere in the item does not make a part of it inexact. */
START_TEST(only_what_is_copied_counts)
{
    static const char text[] = "{\"a\":\"\\ud800\",\"b\":[1]}";
    struct parsed parsed;
    struct har_error error = {0};
    json_t *json;
    parsed_init(&parsed, &parsed_wide, NULL, NULL, text, sizeof text - 1, 4096);
    ck_assert_int_eq(parsed_next(&parsed), JSON_VALUE);
    const struct har_tree *tree = &parsed.parser.tree;
    ck_assert_int_eq(har_node_to_json(tree, har_node_member(tree, har_tree_root(tree), "b"), &json, &error), HAR_OK);
    json_decref(json);
    ck_assert_int_eq(har_node_to_json(tree, har_node_member(tree, har_tree_root(tree), "a"), &json, &error), HAR_WARN);
    json_decref(json);
    parsed_release(&parsed);
}
END_TEST

Suite *suite_bridge(void)
{
    Suite *suite = suite_create("bridge");
    TCase *tcase = tcase_create("bridge");
    tcase_add_loop_test(tcase, values, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, a_part);
    tcase_add_test(tcase, depth);
    tcase_add_test(tcase, only_what_is_copied_counts);
    suite_add_tcase(suite, tcase);
    return suite;
}
