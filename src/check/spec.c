/* The specification, row by row, in its own order (HAR 1.2; har-12-spec, section "HAR Data Structure"). */
#include <harmill/spec.h>

#include "check/spec.h"
#include "json/tree.h"

enum {
    STRING = 1 << HAR_KIND_STRING,
    NUMBER = 1 << HAR_KIND_NUMBER,
    BOOLEAN = 1 << HAR_KIND_TRUE | 1 << HAR_KIND_FALSE,
    ARRAY = 1 << HAR_KIND_ARRAY,
    OBJECT = 1 << HAR_KIND_OBJECT,
    NOTHING = 1 << HAR_KIND_NULL,
};

#define V11         HAR_VERSION_1_1
#define V12         HAR_VERSION_1_2
#define V13         HAR_VERSION_1_3
#define MAY_BE_NULL HAR_MEMBER_NULL_COMMON

#define MEMBER(of, name, types, since, presence, object, form, flags)                                                              \
    {#name, sizeof #name - 1, types, since, HAR_##presence, HAR_OBJECT_##object, HAR_FORM_##form, flags},
#define MEMBERS(of)                                                                                                                \
    static const struct har_member members_##of[] = {SPEC_##of(MEMBER)};
SPEC_OBJECTS(MEMBERS)

#define TABLE(name, section, members)                                                                                              \
    {                                                                                                                              \
        name, section, members, sizeof(members) / sizeof *(members)                                                                \
    }

const struct har_object_spec spec_objects[HAR_OBJECT_COUNT] = {
    [HAR_OBJECT_ROOT] = TABLE("document", "HAR Data Structure", members_ROOT),
    [HAR_OBJECT_LOG] = TABLE("log", "log", members_LOG),
    [HAR_OBJECT_CREATOR] = TABLE("creator", "creator, browser", members_CREATOR),
    [HAR_OBJECT_PAGE] = TABLE("page", "pages", members_PAGE),
    [HAR_OBJECT_PAGE_TIMINGS] = TABLE("pageTimings", "pageTimings", members_PAGE_TIMINGS),
    [HAR_OBJECT_ENTRY] = TABLE("entry", "entries", members_ENTRY),
    [HAR_OBJECT_REQUEST] = TABLE("request", "request", members_REQUEST),
    [HAR_OBJECT_RESPONSE] = TABLE("response", "response", members_RESPONSE),
    [HAR_OBJECT_COOKIE] = TABLE("cookie", "cookies", members_COOKIE),
    [HAR_OBJECT_HEADER] = TABLE("header", "headers", members_NAME_VALUE),
    [HAR_OBJECT_QUERY] = TABLE("query", "queryString", members_NAME_VALUE),
    [HAR_OBJECT_POST_DATA] = TABLE("postData", "postData", members_POST_DATA),
    [HAR_OBJECT_PARAM] = TABLE("param", "params", members_PARAM),
    [HAR_OBJECT_CONTENT] = TABLE("content", "content", members_CONTENT),
    [HAR_OBJECT_CACHE] = TABLE("cache", "cache", members_CACHE),
    [HAR_OBJECT_CACHE_ENTRY] = TABLE("cacheEntry", "cache", members_CACHE_ENTRY),
    [HAR_OBJECT_TIMINGS] = TABLE("timings", "timings", members_TIMINGS),
};

const struct har_object_spec *har_spec_object(enum har_object object)
{
    return object > HAR_OBJECT_NONE && object < HAR_OBJECT_COUNT ? &spec_objects[object] : NULL;
}

const struct har_member *har_node_spec(const struct har_tree *tree, const struct har_node *node)
{
    const struct har_node *parent = json_node(tree, node->parent);
    const struct har_object_spec *spec = parent ? har_spec_object((enum har_object)parent->object) : NULL;
    return spec && node->member < spec->count ? &spec->members[node->member] : NULL;
}

enum har_object har_node_object(const struct har_tree *tree, const struct har_node *node)
{
    (void)tree;
    return node->kind == HAR_KIND_OBJECT ? (enum har_object)node->object : HAR_OBJECT_NONE;
}
