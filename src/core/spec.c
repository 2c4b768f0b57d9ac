/* The specification, row by row, in its own order (HAR 1.2; har-12-spec, section "HAR Data Structure"). */
#include <harmill/spec.h>

#include "json/tree.h"

enum {
    STRING = 1 << HAR_KIND_STRING,
    NUMBER = 1 << HAR_KIND_NUMBER,
    BOOLEAN = 1 << HAR_KIND_TRUE | 1 << HAR_KIND_FALSE,
    ARRAY = 1 << HAR_KIND_ARRAY,
    OBJECT = 1 << HAR_KIND_OBJECT,
    NOTHING = 1 << HAR_KIND_NULL,
};

#define V11 HAR_VERSION_1_1
#define V12 HAR_VERSION_1_2
#define V13 HAR_VERSION_1_3
#define MAY_BE_NULL HAR_MEMBER_NULL_COMMON
#define COMMENT {"comment", STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0}

static const struct har_member root_members[] = {
    {"log", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_LOG, HAR_FORM_ANY, 0},
};

static const struct har_member log_members[] = {
    {"version", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_VERSION, 0},
    {"creator", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_CREATOR, HAR_FORM_ANY, 0},
    {"browser", OBJECT, V11, HAR_OPTIONAL, HAR_OBJECT_CREATOR, HAR_FORM_ANY, MAY_BE_NULL},
    {"pages", ARRAY, V11, HAR_OPTIONAL, HAR_OBJECT_PAGE, HAR_FORM_ANY, MAY_BE_NULL},
    {"entries", ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_ENTRY, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member creator_members[] = {
    {"name", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"version", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member page_members[] = {
    {"startedDateTime", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_DATE_TIME, 0},
    {"id", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"title", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"pageTimings", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_PAGE_TIMINGS, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member page_timings_members[] = {
    {"onContentLoad", NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, MAY_BE_NULL},
    {"onLoad", NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, MAY_BE_NULL},
    COMMENT,
};

static const struct har_member entry_members[] = {
    {"pageref", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"startedDateTime", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_DATE_TIME, 0},
    {"time", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"request", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_REQUEST, HAR_FORM_ANY, 0},
    {"response", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_RESPONSE, HAR_FORM_ANY, 0},
    {"cache", OBJECT, V11, HAR_EXPECTED, HAR_OBJECT_CACHE, HAR_FORM_ANY, 0},
    {"timings", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_TIMINGS, HAR_FORM_ANY, 0},
    {"serverIPAddress", STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"connection", STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member request_members[] = {
    {"method", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"url", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"httpVersion", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"cookies", ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_COOKIE, HAR_FORM_ANY, 0},
    {"headers", ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_HEADER, HAR_FORM_ANY, 0},
    {"queryString", ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_QUERY, HAR_FORM_ANY, 0},
    {"postData", OBJECT, V11, HAR_OPTIONAL, HAR_OBJECT_POST_DATA, HAR_FORM_ANY, 0},
    {"headersSize", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {"bodySize", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    COMMENT,
    {"headersCompression", NUMBER, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
};

static const struct har_member response_members[] = {
    {"status", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {"statusText", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"httpVersion", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"cookies", ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_COOKIE, HAR_FORM_ANY, 0},
    {"headers", ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_HEADER, HAR_FORM_ANY, 0},
    {"content", OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_CONTENT, HAR_FORM_ANY, 0},
    {"redirectURL", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"headersSize", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {"bodySize", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    COMMENT,
    {"headersCompression", NUMBER, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
};

static const struct har_member cookie_members[] = {
    {"name", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"value", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"path", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {"domain", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {"expires", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {"httpOnly", BOOLEAN, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"secure", BOOLEAN, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"comment", STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {"sameSite", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, HAR_MEMBER_CUSTOM},
};

static const struct har_member name_value_members[] = {
    {"name", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"value", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member post_data_members[] = {
    {"mimeType", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"params", ARRAY, V11, HAR_EXCLUSIVE, HAR_OBJECT_PARAM, HAR_FORM_ANY, 0},
    {"text", STRING, V11, HAR_EXCLUSIVE, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
    {"encoding", STRING, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
};

static const struct har_member param_members[] = {
    {"name", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"value", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"fileName", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"contentType", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
    {"encoding", STRING, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
};

static const struct har_member content_members[] = {
    {"size", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {"compression", NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {"mimeType", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"text", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"encoding", STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member cache_members[] = {
    {"beforeRequest", OBJECT | NOTHING, V11, HAR_OPTIONAL, HAR_OBJECT_CACHE_ENTRY, HAR_FORM_ANY, 0},
    {"afterRequest", OBJECT | NOTHING, V11, HAR_OPTIONAL, HAR_OBJECT_CACHE_ENTRY, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member cache_entry_members[] = {
    {"expires", STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"lastAccess", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"eTag", STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {"hitCount", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    COMMENT,
};

static const struct har_member timings_members[] = {
    {"blocked", NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"dns", NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"connect", NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"send", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"wait", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"receive", NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {"ssl", NUMBER, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    COMMENT,
};

#define TABLE(name, section, members) {name, section, members, sizeof(members) / sizeof *(members)}

static const struct har_object_spec objects[HAR_OBJECT_COUNT] = {
    [HAR_OBJECT_ROOT] = TABLE("document", "HAR Data Structure", root_members),
    [HAR_OBJECT_LOG] = TABLE("log", "log", log_members),
    [HAR_OBJECT_CREATOR] = TABLE("creator", "creator, browser", creator_members),
    [HAR_OBJECT_PAGE] = TABLE("page", "pages", page_members),
    [HAR_OBJECT_PAGE_TIMINGS] = TABLE("pageTimings", "pageTimings", page_timings_members),
    [HAR_OBJECT_ENTRY] = TABLE("entry", "entries", entry_members),
    [HAR_OBJECT_REQUEST] = TABLE("request", "request", request_members),
    [HAR_OBJECT_RESPONSE] = TABLE("response", "response", response_members),
    [HAR_OBJECT_COOKIE] = TABLE("cookie", "cookies", cookie_members),
    [HAR_OBJECT_HEADER] = TABLE("header", "headers", name_value_members),
    [HAR_OBJECT_QUERY] = TABLE("queryString", "queryString", name_value_members),
    [HAR_OBJECT_POST_DATA] = TABLE("postData", "postData", post_data_members),
    [HAR_OBJECT_PARAM] = TABLE("param", "params", param_members),
    [HAR_OBJECT_CONTENT] = TABLE("content", "content", content_members),
    [HAR_OBJECT_CACHE] = TABLE("cache", "cache", cache_members),
    [HAR_OBJECT_CACHE_ENTRY] = TABLE("cacheEntry", "cache", cache_entry_members),
    [HAR_OBJECT_TIMINGS] = TABLE("timings", "timings", timings_members),
};

const struct har_object_spec *har_spec_object(enum har_object object)
{
    return object > HAR_OBJECT_NONE && object < HAR_OBJECT_COUNT ? &objects[object] : NULL;
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
