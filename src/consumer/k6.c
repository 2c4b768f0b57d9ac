/* What keeps npm har-to-k6 (0.14) from making a script of a capture. It reads what it calls LI-HAR, which is HAR with members of
 * its own (options, sleep, checks, variables), and converts nothing when it does not like one value. Of checks only the kind is
 * judged here, not their JSONPath and regular expressions. */
#include <string.h>

#include "consumer/k6_text.h"
#include "consumer/k6_wants.h"
#include "consumer/web_url.h"
#include "json/text.h"
#include "util/keyset.h"
#include "util/text.h"

#define RULE HAR_RULE_K6_REFUSES

enum { URL_MOST = 1 << 24, NAMES_MOST = 1 << 16, CHECK_TYPES = 4, VARIABLE_TYPES = 3 };

#define FORM      "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data"

struct k6 {
    bool began, told; /* told: something about the document as a whole */
    bool log;
    bool multipart; /* an entry has posted multipart/form-data */
    struct keyset pages;
    struct keyset names; /* of variables */
    bool names_lost;     /* some did not fit: nothing is said of what they might be */
    struct web_url url;
    struct har_buffer text, decoded, media_type;
};

static void tell(struct check *check, const struct har_node *node, const char *message)
{
    semantic_tell(check, RULE, node, message, NULL, 0);
}

static void run_begin(struct check *check, const struct facts *facts, void *ctx)
{
    struct k6 *k = ctx;
    (void)check;
    (void)facts;
    k->began = true;
    k->told = k->log = k->multipart = k->names_lost = false;
    keyset_clear(&k->pages);
    keyset_clear(&k->names);
    if (!k->text.max) {
        har_buffer_init(&k->text, SIZE_MAX / 2);
        har_buffer_init(&k->decoded, SIZE_MAX / 2);
        har_buffer_init(&k->media_type, SIZE_MAX / 2);
        har_buffer_init(&k->url.text, URL_MOST);
        har_buffer_init(&k->url.input, URL_MOST);
    }
}

static void run_member(struct check *check, const struct facts *facts, void *ctx)
{
    struct k6 *k = ctx;
    const struct har_item *item = check->item;
    const struct har_node *root = facts->root;
    if (item->tree->span && !k->told) {
        tell(check, root, "har-to-k6 reads JSON, not XML");
        k->told = true;
    }
    if (item->scope == HAR_SCOPE_DOCUMENT) {
        tell(check, root, "har-to-k6: the document must be an object");
        k->told = true;
    } else if (item->scope == HAR_SCOPE_ROOT && json_key_is(item->tree, root, "log", 3)) {
        k->log = true;
        if (root->kind != HAR_KIND_OBJECT)
            tell(check, root, "har-to-k6: log must be an object");
    } else if (item->scope == HAR_SCOPE_LOG && !strcmp(item->container, "/log")) {
        if (root->member != JSON_NO_MEMBER)
            k6_judge_value(check, root, &k6_log[root->member]);
        else if (json_key_is(item->tree, root, "options", 7) && root->kind != HAR_KIND_OBJECT && script_truthy(check, root))
            tell(check, root, "har-to-k6: log.options must be an object");
        if (root->member == LOG_creator || root->member == LOG_browser)
            k6_judge_all(check, root, root->member == LOG_creator ? k6_creator : k6_browser);
    }
}

/* A whole number from 0 on. */
static bool is_natural(const struct check *check, const struct har_node *node, double most)
{
    double number;
    return semantic_number(check, node, &number) && number >= 0 && number <= most && number == (double)(int64_t)number;
}

static void judge_sleep(struct check *check, const struct har_node *owner)
{
    static const char *const names[] = {"before", "after"};
    static const double most = 9007199254740991.0;
    const struct har_node *list = script_member(check, owner, JSON_NO_MEMBER, "sleep");
    if (!script_is(list, HAR_KIND_ARRAY))
        return;
    for (const struct har_node *node = semantic_first(check, list); node; node = semantic_next(check, node)) {
        if (node->kind != HAR_KIND_OBJECT) {
            if (!is_natural(check, node, most))
                tell(check, node, "har-to-k6: a sleep must be a whole number, not negative");
            continue;
        }
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            const struct har_node *member = script_member(check, node, JSON_NO_MEMBER, names[i]);
            if (member && !is_natural(check, member, most))
                k6_tell(check, member, "har-to-k6: the sleep %1 must be a whole number, not negative", names[i]);
        }
    }
}

/* Of what does not fit nothing is said; memory that is short ends the run. */
static enum keyset_result remember(struct check *check, struct keyset *set, struct har_text text, size_t max_bytes)
{
    if (text.len > max_bytes || set->bytes.len > max_bytes - text.len)
        return KEYSET_FULL;
    const enum keyset_result result = keyset_add(set, text.bytes, text.len, max_bytes);
    check->no_memory |= result == KEYSET_FULL;
    return result;
}

static void run_page(struct check *check, const struct facts *facts, void *ctx)
{
    struct k6 *k = ctx;
    const struct har_node *page = facts->root;
    if (!script_in_log(check, "pages"))
        return;
    if (page->kind != HAR_KIND_OBJECT) {
        tell(check, page, "har-to-k6: a page must be an object");
        return;
    }
    k6_judge_all(check, page, k6_page);
    judge_sleep(check, page);
    const struct har_node *id = SCRIPT_MEMBER(check, page, PAGE, id);
    if (!script_is(id, HAR_KIND_STRING))
        return;
    const struct har_text text = semantic_text(check, id, &k->text);
    const size_t max_bytes = (size_t)har_settings_bound(check->settings, HAR_BOUND_KEPT_BYTES);
    if (remember(check, &k->pages, text, max_bytes) == KEYSET_OLD)
        tell(check, id, "har-to-k6: the page's id must be unique");
}

static bool is_defined(const struct k6 *k, struct har_text name)
{
    uint32_t index;
    return keyset_find(&k->names, name.bytes, name.len, &index) || k->names_lost;
}

/* Whether a text holds variables; tells at `node` when one of them is not defined. */
static bool judge_text(struct check *check, struct k6 *k, const struct har_node *node, struct har_text text)
{
    struct har_text name;
    bool any = false;
    while (k6_variable_next(&text, &name)) {
        any = true;
        if (is_defined(k, name))
            continue;
        tell(check, node, "har-to-k6 takes ${...} for a variable, and nothing defines this one");
        break;
    }
    return any;
}

/* The same for a string as it stands. */
static bool judge_string(struct check *check, struct k6 *k, const struct har_node *node)
{
    if (!script_is(node, HAR_KIND_STRING))
        return false;
    const char *raw = json_text(check->item->tree, node);
    if (!memchr(raw, '$', node->text_len) && !(node->flags & JSON_TEXT_ESCAPED))
        return false;
    return judge_text(check, k, node, semantic_text(check, node, &k->text));
}

static void judge_members(struct check *check, struct k6 *k, const struct har_node *object, const struct k6_want *wants,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        judge_string(check, k, script_member(check, object, wants[i].row, wants[i].name));
}

/* The elements of a list, each against `wants`; the first `texts` of these may hold variables. With `may_lack` an element without
 * a name is left out. */
static void judge_list(struct check *check, struct k6 *k, const struct har_node *list, const struct k6_want *wants, size_t texts,
                       bool may_lack)
{
    for (const struct har_node *node = semantic_first(check, list); node; node = semantic_next(check, node)) {
        if (node->kind != HAR_KIND_OBJECT) {
            k6_tell(check, node, "har-to-k6: each of %1 must be an object", may_lack ? "the items" : "the headers and cookies");
            continue;
        }
        if (!may_lack || !k6_empty(script_member(check, node, wants->row, wants->name)))
            k6_judge_all(check, node, wants);
        judge_members(check, k, node, wants, texts);
    }
}

static bool is_content_type(struct check *check, struct k6 *k, const struct har_node *header)
{
    const struct har_node *node = SCRIPT_MEMBER(check, header, NAME_VALUE, name);
    return script_is(node, HAR_KIND_STRING) && text_is(semantic_text(check, node, &k->text), "content-type");
}

/* Finds the header Content-Type; tells when there are two. */
static const struct har_node *judge_content_type(struct check *check, struct k6 *k, const struct har_node *headers)
{
    const struct har_node *found = NULL;
    for (const struct har_node *node = semantic_first(check, headers); node; node = semantic_next(check, node)) {
        if (!is_content_type(check, k, node))
            continue;
        if (found)
            tell(check, node, "har-to-k6 allows only one header Content-Type, this is another");
        else
            found = node;
    }
    return found;
}

static void judge_cookie_dates(struct check *check, struct k6 *k, const struct har_node *cookies)
{
    for (const struct har_node *node = semantic_first(check, cookies); node; node = semantic_next(check, node)) {
        const struct har_node *expires = SCRIPT_MEMBER(check, node, COOKIE, expires);
        if (script_is(expires, HAR_KIND_STRING) && expires->text_len && !k6_is_date(semantic_text(check, expires, &k->text)))
            tell(check, expires, "har-to-k6: the cookie's expires must be an ISO 8601 date");
    }
}

/* A text with percent signs that is to be decoded, to k->decoded. */
static bool judge_percent(struct check *check, struct k6 *k, const struct har_node *node)
{
    har_buffer_clear(&k->decoded);
    if (!script_is(node, HAR_KIND_STRING))
        return true;
    if (k6_decode(semantic_text(check, node, &k->text), &k->decoded))
        return true;
    tell(check, node, "har-to-k6 decodes this text, and a percent sign in it begins no encoded character");
    return false;
}

static bool has_named_item(struct check *check, const struct har_node *query)
{
    for (const struct har_node *node = semantic_first(check, query); node; node = semantic_next(check, node))
        if (!k6_empty(SCRIPT_MEMBER(check, node, NAME_VALUE, name)))
            return true;
    return false;
}

/* The address must be one by the standard only where there is a query to compare with it. */
static void judge_url(struct check *check, struct k6 *k, const struct har_node *request)
{
    const struct har_node *url = SCRIPT_MEMBER(check, request, REQUEST, url);
    const struct har_node *query = SCRIPT_MEMBER(check, request, REQUEST, queryString);
    struct har_text name;
    if (!script_is(url, HAR_KIND_STRING) || !url->text_len)
        return;
    const struct har_text text = semantic_text(check, url, &k->text);
    const char *colon = memchr(text.bytes, ':', text.len);
    const bool absolute = colon && colon > text.bytes && text.bytes + text.len - colon >= 3 && colon[1] == '/' && colon[2] == '/';
    struct har_text rest = text;
    if (!absolute && !(k6_variable_next(&rest, &name) && name.bytes == text.bytes + 2)) {
        tell(check, url, "har-to-k6: the request's url must be absolute or start with a variable");
        return;
    }
    /* Without a scheme that is one, it is a path on some host, which is always good. */
    const bool good = !absolute || web_url_parse(&k->url, text.bytes, text.len, NULL) || !k->url.scheme;
    if (!good && script_is(query, HAR_KIND_ARRAY))
        tell(check, url, "har-to-k6 needs a URL here to compare the queryString with, and this is none");
    else if (absolute && !k->url.scheme && !k6_variable_next(&rest, &name) && has_named_item(check, query))
        tell(check, url, "har-to-k6 needs a URL here to add the queryString to, and this is none");
    for (const struct har_node *node = semantic_first(check, query); node; node = semantic_next(check, node))
        judge_percent(check, k, SCRIPT_MEMBER(check, node, NAME_VALUE, value));
}

/* Params of a form are decoded before anything is checked, whatever they are. */
static void judge_form(struct check *check, struct k6 *k, const struct har_node *params)
{
    for (const struct har_node *node = semantic_first(check, params); node; node = semantic_next(check, node)) {
        const struct har_node *const texts[] = {SCRIPT_MEMBER(check, node, PARAM, name), SCRIPT_MEMBER(check, node, PARAM, value)};
        if (node->kind == HAR_KIND_NULL)
            tell(check, node, "har-to-k6: a param must be an object");
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            if (judge_percent(check, k, texts[i]) && k->decoded.len)
                judge_text(check, k, texts[i], (struct har_text){k->decoded.data, k->decoded.len});
    }
}

/* With a text beside them the params are encoded again, to be compared with it. */
static void judge_surrogates(struct check *check, const struct har_node *params)
{
    for (const struct har_node *node = semantic_first(check, params); node; node = semantic_next(check, node)) {
        const struct har_node *const texts[] = {SCRIPT_MEMBER(check, node, PARAM, name), SCRIPT_MEMBER(check, node, PARAM, value)};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            if (script_is(texts[i], HAR_KIND_STRING) && script_lone_surrogate(check, texts[i]))
                tell(check, texts[i], "har-to-k6 encodes this text, and half a surrogate pair cannot be encoded");
    }
}

/* What is made of multipart params when the script is written. */
static void judge_parts(struct check *check, struct k6 *k, const struct har_node *params, const struct har_node *header)
{
    const struct har_node *value = SCRIPT_MEMBER(check, header, NAME_VALUE, value);
    const struct har_node *key = SCRIPT_MEMBER(check, header, NAME_VALUE, name);
    const struct har_text name = semantic_text(check, key, &k->text);
    const bool known = text_is_exactly(name, "Content-Type") || text_is_exactly(name, "content-type");
    if (header && known && !k6_holds(semantic_text(check, script_is(value, HAR_KIND_STRING) ? value : NULL, &k->text), MULTIPART))
        tell(check, header, "har-to-k6 needs multipart/form-data in Content-Type when the post data have that type");
    for (const struct har_node *node = semantic_first(check, params); node; node = semantic_next(check, node)) {
        const struct har_node *part = SCRIPT_MEMBER(check, node, PARAM, value);
        key = SCRIPT_MEMBER(check, node, PARAM, name);
        if (!script_is(key, HAR_KIND_STRING) || !key->text_len)
            continue;
        if (!script_is(part, HAR_KIND_STRING))
            tell(check, part ? part : node, "har-to-k6 needs the value of each multipart param");
        else if (judge_string(check, k, key) || judge_string(check, k, part))
            tell(check, node, "har-to-k6 has no variables in multipart params");
    }
}

static void judge_params(struct check *check, struct k6 *k, const struct har_node *request, const struct har_node *post,
                         const struct har_node *header, struct har_text type)
{
    const struct har_node *params = SCRIPT_MEMBER(check, post, POST_DATA, params);
    const struct har_node *mime_type = SCRIPT_MEMBER(check, post, POST_DATA, mimeType);
    const struct har_text media_type = k6_media_type(type);
    const bool form = text_is_exactly(media_type, FORM), parts = text_is_exactly(media_type, MULTIPART);
    if (form && !script_truthy(check, script_member(check, post, JSON_NO_MEMBER, "decoded")))
        judge_form(check, k, params);
    else
        judge_list(check, k, params, k6_param, 4, true);
    if (!semantic_first(check, params))
        return;
    if (!form && !parts)
        tell(check, mime_type ? mime_type : post,
             "har-to-k6 wants post data with params to be application/x-www-form-urlencoded or multipart/form-data");
    else if (form && script_truthy(check, SCRIPT_MEMBER(check, post, POST_DATA, text)))
        judge_surrogates(check, params);
    const struct har_text method = semantic_text(check, SCRIPT_MEMBER(check, request, REQUEST, method), &k->text);
    if (parts && !text_is_exactly(method, "HEAD") && !text_is_exactly(method, "GET") && !text_is_exactly(method, "OPTIONS"))
        judge_parts(check, k, params, header);
}

static void judge_post(struct check *check, struct k6 *k, const struct har_node *request, const struct har_node *header)
{
    const struct har_node *post = SCRIPT_MEMBER(check, request, REQUEST, postData);
    const struct har_node *mime_type = SCRIPT_MEMBER(check, post, POST_DATA, mimeType);
    const struct har_node *params = SCRIPT_MEMBER(check, post, POST_DATA, params);
    if (!script_is(post, HAR_KIND_OBJECT))
        return;
    k6_judge_all(check, post, k6_post);
    judge_string(check, k, SCRIPT_MEMBER(check, post, POST_DATA, text));
    /* Once one entry was multipart/form-data, it does not look at the types of those behind it. */
    const bool null_used = mime_type && script_nothing(mime_type) && (header || script_is(params, HAR_KIND_ARRAY));
    if (script_nothing(mime_type) && (!k->multipart || null_used))
        k6_tell(check, mime_type ? mime_type : post, "har-to-k6: %1 is required", "the post data's MIME type");
    const struct har_text type = semantic_text(check, script_is(mime_type, HAR_KIND_STRING) ? mime_type : NULL, &k->media_type);
    if (script_is(params, HAR_KIND_ARRAY))
        judge_params(check, k, request, post, header, type);
    const struct har_node *value = SCRIPT_MEMBER(check, header, NAME_VALUE, value);
    if (value && value->kind != HAR_KIND_STRING && !script_truthy(check, value))
        k6_tell(check, value, "har-to-k6: %1 must be a string", "the value of Content-Type");
    k->multipart |= k6_holds(type, MULTIPART);
}

static void judge_request(struct check *check, struct k6 *k, const struct har_node *request)
{
    const struct har_node *headers = SCRIPT_MEMBER(check, request, REQUEST, headers);
    const struct har_node *cookies = SCRIPT_MEMBER(check, request, REQUEST, cookies);
    const struct har_node *query = SCRIPT_MEMBER(check, request, REQUEST, queryString);
    k6_judge_all(check, request, k6_request);
    judge_members(check, k, request, k6_request, 2);
    judge_url(check, k, request);
    if (script_is(query, HAR_KIND_ARRAY))
        judge_list(check, k, query, k6_query, 2, true);
    headers = script_is(headers, HAR_KIND_ARRAY) ? headers : NULL;
    judge_list(check, k, headers, k6_header, 2, false);
    if (script_is(cookies, HAR_KIND_ARRAY)) {
        judge_list(check, k, cookies, k6_cookie, 4, false);
        judge_cookie_dates(check, k, cookies);
    }
    judge_post(check, k, request, judge_content_type(check, k, headers));
}

/* har-to-k6's own members: what an entry tests, and what it defines for the entries behind it. */
static void judge_own(struct check *check, struct k6 *k, const struct har_node *entry)
{
    const struct har_node *checks = script_member(check, entry, JSON_NO_MEMBER, "checks");
    const struct har_node *variables = script_member(check, entry, JSON_NO_MEMBER, "variables");
    for (const struct har_node *n = script_is(checks, HAR_KIND_ARRAY) ? semantic_first(check, checks) : NULL; n;
         n = semantic_next(check, n))
        if (!is_natural(check, script_member(check, n, JSON_NO_MEMBER, "type"), CHECK_TYPES - 1))
            tell(check, n, "har-to-k6: the type of a check must be a number from 0 to 3");
    for (const struct har_node *n = script_is(variables, HAR_KIND_ARRAY) ? semantic_first(check, variables) : NULL; n;
         n = semantic_next(check, n)) {
        const struct har_node *name = script_member(check, n, JSON_NO_MEMBER, "name");
        if (n->kind != HAR_KIND_OBJECT || !is_natural(check, script_member(check, n, JSON_NO_MEMBER, "type"), VARIABLE_TYPES - 1))
            tell(check, n, "har-to-k6: the type of a variable must be a number from 0 to 2");
        k6_judge_all(check, n, k6_variable);
        if (!script_is(name, HAR_KIND_STRING))
            continue;
        const struct har_text text = semantic_text(check, name, &k->text);
        if (remember(check, &k->names, text, NAMES_MOST) == KEYSET_FULL)
            k->names_lost = true;
    }
}

static void run_entry(struct check *check, const struct facts *facts, void *ctx)
{
    struct k6 *k = ctx;
    const struct har_node *entry = facts->root;
    if (!script_in_log(check, "entries"))
        return;
    if (entry->kind != HAR_KIND_OBJECT) {
        tell(check, entry, "har-to-k6: an entry must be an object");
        return;
    }
    const struct har_node *request = SCRIPT_MEMBER(check, entry, ENTRY, request);
    k6_judge_all(check, entry, k6_entry);
    if (script_is(request, HAR_KIND_OBJECT))
        judge_request(check, k, request);
    judge_sleep(check, entry);
    judge_own(check, k, entry);
}

static void run_end(struct check *check, const struct facts *facts, void *ctx)
{
    struct k6 *k = ctx;
    (void)facts;
    if (k->began && !k->told && !k->log)
        tell(check, NULL, "har-to-k6: log is required");
    k->began = false;
}

static void release(void *ctx)
{
    struct k6 *k = ctx;
    keyset_release(&k->pages);
    keyset_release(&k->names);
    web_url_release(&k->url);
    har_buffer_release(&k->text);
    har_buffer_release(&k->decoded);
    har_buffer_release(&k->media_type);
}

static const struct semantic_row rows[] = {
    {run_begin, IN(DOC_BEGIN), {RULE, HAR_RULE_COUNT}}, {run_member, IN(MEMBER), {RULE, HAR_RULE_COUNT}},
    {run_page, IN(PAGE), {RULE, HAR_RULE_COUNT}},       {run_entry, IN(ENTRY), {RULE, HAR_RULE_COUNT}},
    {run_end, IN(DOC_END), {RULE, HAR_RULE_COUNT}},     {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_k6 = {rows, sizeof(struct k6), release};
