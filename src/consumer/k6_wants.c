/* The members that har-to-k6 checks, in its own words. */
#include "consumer/k6_wants.h"

void k6_tell(struct check *check, const struct har_node *node, const char *message, const char *what)
{
    const struct har_arg args[] = {check_word(what)};
    semantic_tell(check, HAR_RULE_K6_REFUSES, node, message, args, 1);
}

bool k6_empty(const struct har_node *node)
{
    return script_nothing(node) || (node->kind == HAR_KIND_STRING && !node->text_len);
}

/* A member of `object`; `node` may be NULL. */
static bool judge_member(struct check *check, const struct har_node *object, const struct har_node *node,
                         const struct k6_want *want)
{
    const bool truthy = script_truthy(check, node), string = script_is(node, HAR_KIND_STRING);
    switch (want->wanted) {
    case K6_NEEDED:
    case K6_NEEDED_OBJECT:
        if (k6_empty(node)) {
            k6_tell(check, node ? node : object, "har-to-k6: %1 is required", want->what);
            return false;
        }
        if (want->wanted == K6_NEEDED ? string : node->kind == HAR_KIND_OBJECT)
            return true;
        k6_tell(check, node, want->wanted == K6_NEEDED ? "har-to-k6: %1 must be a string" : "har-to-k6: %1 must be an object",
                want->what);
        return false;
    case K6_MAY_BE_FALSY:
    case K6_MAY_BE_EMPTY:
        if (string || (want->wanted == K6_MAY_BE_FALSY ? !truthy : script_nothing(node)))
            return true;
        k6_tell(check, node, "har-to-k6: %1 must be a string", want->what);
        return false;
    case K6_FLAG:
        if (k6_empty(node) || node->kind == HAR_KIND_TRUE || node->kind == HAR_KIND_FALSE)
            return true;
        k6_tell(check, node, "har-to-k6: %1 must be a boolean", want->what);
        return false;
    case K6_LIST:
        if (!truthy || node->kind == HAR_KIND_ARRAY)
            return true;
        k6_tell(check, node, "har-to-k6: %1 must be an array", want->what);
        return false;
    case K6_OBJECT:
        if (!truthy || node->kind == HAR_KIND_OBJECT)
            return true;
        k6_tell(check, node, "har-to-k6: %1 must be an object", want->what);
        return false;
    }
    return true;
}

bool k6_judge_value(struct check *check, const struct har_node *node, const struct k6_want *want)
{
    return judge_member(check, node, node, want);
}

bool k6_judge_all(struct check *check, const struct har_node *object, const struct k6_want *wants)
{
    bool good = true;
    for (; wants->name; wants++)
        good &= judge_member(check, object, script_member(check, object, wants->row, wants->name), wants);
    return good;
}

#define OWN JSON_NO_MEMBER

const struct k6_want k6_creator[] = {
    {K6_MAY_BE_FALSY, CREATOR_name, "name", "the creator's name"},
    {K6_MAY_BE_FALSY, CREATOR_version, "version", "the creator's version"},
    {K6_MAY_BE_FALSY, CREATOR_comment, "comment", "the creator's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_browser[] = {
    {K6_MAY_BE_FALSY, CREATOR_name, "name", "the browser's name"},
    {K6_MAY_BE_FALSY, CREATOR_version, "version", "the browser's version"},
    {K6_MAY_BE_FALSY, CREATOR_comment, "comment", "the browser's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_page[] = {
    {K6_NEEDED, PAGE_id, "id", "the page's id"},
    {K6_MAY_BE_EMPTY, PAGE_title, "title", "the page's title"},
    {K6_MAY_BE_EMPTY, OWN, "name", "the page's name"},
    {K6_LIST, OWN, "sleep", "the page's sleep"},
    {K6_MAY_BE_FALSY, PAGE_comment, "comment", "the page's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_entry[] = {
    {K6_MAY_BE_EMPTY, ENTRY_pageref, "pageref", "the entry's pageref"},
    {K6_NEEDED_OBJECT, ENTRY_request, "request", "the entry's request"},
    {K6_LIST, OWN, "sleep", "the entry's sleep"},
    {K6_LIST, OWN, "checks", "the entry's checks"},
    {K6_LIST, OWN, "variables", "the entry's variables"},
    {K6_MAY_BE_FALSY, ENTRY_comment, "comment", "the entry's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_request[] = {
    {K6_NEEDED, REQUEST_method, "method", "the request's method"},
    {K6_NEEDED, REQUEST_url, "url", "the request's url"},
    {K6_LIST, REQUEST_queryString, "queryString", "the request's queryString"},
    {K6_LIST, REQUEST_headers, "headers", "the request's headers"},
    {K6_LIST, REQUEST_cookies, "cookies", "the request's cookies"},
    {K6_OBJECT, REQUEST_postData, "postData", "the request's postData"},
    {K6_MAY_BE_FALSY, REQUEST_comment, "comment", "the request's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_header[] = {
    {K6_NEEDED, NAME_VALUE_name, "name", "the header's name"},
    {K6_MAY_BE_FALSY, NAME_VALUE_value, "value", "the header's value"},
    {K6_MAY_BE_FALSY, NAME_VALUE_comment, "comment", "the header's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_cookie[] = {
    {K6_NEEDED, COOKIE_name, "name", "the cookie's name"},
    {K6_MAY_BE_FALSY, COOKIE_value, "value", "the cookie's value"},
    {K6_MAY_BE_FALSY, COOKIE_path, "path", "the cookie's path"},
    {K6_MAY_BE_FALSY, COOKIE_domain, "domain", "the cookie's domain"},
    {K6_MAY_BE_FALSY, COOKIE_expires, "expires", "the cookie's expires"},
    {K6_FLAG, COOKIE_httpOnly, "httpOnly", "the cookie's httpOnly"},
    {K6_FLAG, COOKIE_secure, "secure", "the cookie's secure"},
    {K6_MAY_BE_FALSY, COOKIE_comment, "comment", "the cookie's comment"},
    K6_WANTS_END,
};
/* Of query items and params that have a name; others are left out. */
const struct k6_want k6_query[] = {
    {K6_NEEDED, NAME_VALUE_name, "name", "the query item's name"},
    {K6_MAY_BE_FALSY, NAME_VALUE_value, "value", "the query item's value"},
    {K6_MAY_BE_FALSY, NAME_VALUE_comment, "comment", "the query item's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_param[] = {
    {K6_NEEDED, PARAM_name, "name", "the param's name"},
    {K6_MAY_BE_FALSY, PARAM_value, "value", "the param's value"},
    {K6_MAY_BE_FALSY, PARAM_fileName, "fileName", "the param's file name"},
    {K6_MAY_BE_FALSY, PARAM_contentType, "contentType", "the param's content type"},
    {K6_MAY_BE_FALSY, PARAM_comment, "comment", "the param's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_post[] = {
    {K6_MAY_BE_EMPTY, POST_DATA_mimeType, "mimeType", "the post data's MIME type"},
    {K6_LIST, POST_DATA_params, "params", "the post data's params"},
    {K6_MAY_BE_FALSY, POST_DATA_text, "text", "the post data's text"},
    {K6_MAY_BE_FALSY, POST_DATA_comment, "comment", "the post data's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_variable[] = {
    {K6_NEEDED, OWN, "name", "the variable's name"},
    {K6_NEEDED, OWN, "expression", "the variable's expression"},
    {K6_MAY_BE_FALSY, OWN, "comment", "the variable's comment"},
    K6_WANTS_END,
};
const struct k6_want k6_log[LOG_rows] = {
    [LOG_version] = {K6_MAY_BE_FALSY, LOG_version, "version", "log.version"},
    [LOG_creator] = {K6_OBJECT, LOG_creator, "creator", "log.creator"},
    [LOG_browser] = {K6_OBJECT, LOG_browser, "browser", "log.browser"},
    [LOG_pages] = {K6_LIST, LOG_pages, "pages", "log.pages"},
    [LOG_entries] = {K6_LIST, LOG_entries, "entries", "log.entries"},
    [LOG_comment] = {K6_MAY_BE_FALSY, LOG_comment, "comment", "log.comment"},
};
