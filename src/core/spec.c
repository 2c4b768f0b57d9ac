/* The specification, row by row, in its own order (HAR 1.2; har-12-spec, section "HAR Data Structure"). */
#include <harmill/spec.h>

#include "core/spec.h"
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
#define ROW(name)   name, sizeof name - 1
#define COMMENT                                                                                                                    \
    {                                                                                                                              \
        ROW("comment"), STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0                                                \
    }

static const struct har_member root_members[] = {
    {ROW("log"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_LOG, HAR_FORM_ANY, 0},
};

static const struct har_member log_members[] = {
    {ROW("version"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_VERSION, 0},
    {ROW("creator"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_CREATOR, HAR_FORM_ANY, 0},
    {ROW("browser"), OBJECT, V11, HAR_OPTIONAL, HAR_OBJECT_CREATOR, HAR_FORM_ANY, MAY_BE_NULL},
    {ROW("pages"), ARRAY, V11, HAR_OPTIONAL, HAR_OBJECT_PAGE, HAR_FORM_ANY, MAY_BE_NULL},
    {ROW("entries"), ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_ENTRY, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member creator_members[] = {
    {ROW("name"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("version"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member page_members[] = {
    {ROW("startedDateTime"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_DATE_TIME, 0},
    {ROW("id"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("title"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("pageTimings"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_PAGE_TIMINGS, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member page_timings_members[] = {
    {ROW("onContentLoad"), NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, MAY_BE_NULL},
    {ROW("onLoad"), NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, MAY_BE_NULL},
    COMMENT,
};

static const struct har_member entry_members[] = {
    {ROW("pageref"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("startedDateTime"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_DATE_TIME, 0},
    {ROW("time"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("request"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_REQUEST, HAR_FORM_ANY, 0},
    {ROW("response"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_RESPONSE, HAR_FORM_ANY, 0},
    {ROW("cache"), OBJECT, V11, HAR_EXPECTED, HAR_OBJECT_CACHE, HAR_FORM_ANY, 0},
    {ROW("timings"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_TIMINGS, HAR_FORM_ANY, 0},
    {ROW("serverIPAddress"), STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("connection"), STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member request_members[] = {
    {ROW("method"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("url"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("httpVersion"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("cookies"), ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_COOKIE, HAR_FORM_ANY, 0},
    {ROW("headers"), ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_HEADER, HAR_FORM_ANY, 0},
    {ROW("queryString"), ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_QUERY, HAR_FORM_ANY, 0},
    {ROW("postData"), OBJECT, V11, HAR_OPTIONAL, HAR_OBJECT_POST_DATA, HAR_FORM_ANY, 0},
    {ROW("headersSize"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {ROW("bodySize"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    COMMENT,
    {ROW("headersCompression"), NUMBER, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
};

static const struct har_member response_members[] = {
    {ROW("status"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {ROW("statusText"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("httpVersion"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("cookies"), ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_COOKIE, HAR_FORM_ANY, 0},
    {ROW("headers"), ARRAY, V11, HAR_REQUIRED, HAR_OBJECT_HEADER, HAR_FORM_ANY, 0},
    {ROW("content"), OBJECT, V11, HAR_REQUIRED, HAR_OBJECT_CONTENT, HAR_FORM_ANY, 0},
    {ROW("redirectURL"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("headersSize"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {ROW("bodySize"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    COMMENT,
    {ROW("headersCompression"), NUMBER, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
};

static const struct har_member cookie_members[] = {
    {ROW("name"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("value"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("path"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {ROW("domain"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {ROW("expires"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {ROW("httpOnly"), BOOLEAN, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("secure"), BOOLEAN, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("comment"), STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, MAY_BE_NULL},
    {ROW("sameSite"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, HAR_MEMBER_CUSTOM},
};

static const struct har_member name_value_members[] = {
    {ROW("name"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("value"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member post_data_members[] = {
    {ROW("mimeType"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("params"), ARRAY, V11, HAR_EXCLUSIVE, HAR_OBJECT_PARAM, HAR_FORM_ANY, 0},
    {ROW("text"), STRING, V11, HAR_EXCLUSIVE, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
    {ROW("encoding"), STRING, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
};

static const struct har_member param_members[] = {
    {ROW("name"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("value"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("fileName"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("contentType"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
    {ROW("encoding"), STRING, V13, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
};

static const struct har_member content_members[] = {
    {ROW("size"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {ROW("compression"), NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    {ROW("mimeType"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("text"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("encoding"), STRING, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member cache_members[] = {
    {ROW("beforeRequest"), OBJECT | NOTHING, V11, HAR_OPTIONAL, HAR_OBJECT_CACHE_ENTRY, HAR_FORM_ANY, 0},
    {ROW("afterRequest"), OBJECT | NOTHING, V11, HAR_OPTIONAL, HAR_OBJECT_CACHE_ENTRY, HAR_FORM_ANY, 0},
    COMMENT,
};

static const struct har_member cache_entry_members[] = {
    {ROW("expires"), STRING, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("lastAccess"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("eTag"), STRING, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_ANY, 0},
    {ROW("hitCount"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_COUNT, 0},
    COMMENT,
};

static const struct har_member timings_members[] = {
    {ROW("blocked"), NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("dns"), NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("connect"), NUMBER, V11, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("send"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("wait"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("receive"), NUMBER, V11, HAR_REQUIRED, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    {ROW("ssl"), NUMBER, V12, HAR_OPTIONAL, HAR_OBJECT_NONE, HAR_FORM_TIME, 0},
    COMMENT,
};

#define TABLE(name, section, members)                                                                                              \
    {                                                                                                                              \
        name, section, members, sizeof(members) / sizeof *(members)                                                                \
    }

const struct har_object_spec spec_objects[HAR_OBJECT_COUNT] = {
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
    [HAR_OBJECT_QUERY] = TABLE("query", "queryString", name_value_members),
    [HAR_OBJECT_POST_DATA] = TABLE("postData", "postData", post_data_members),
    [HAR_OBJECT_PARAM] = TABLE("param", "params", param_members),
    [HAR_OBJECT_CONTENT] = TABLE("content", "content", content_members),
    [HAR_OBJECT_CACHE] = TABLE("cache", "cache", cache_members),
    [HAR_OBJECT_CACHE_ENTRY] = TABLE("cacheEntry", "cache", cache_entry_members),
    [HAR_OBJECT_TIMINGS] = TABLE("timings", "timings", timings_members),
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
