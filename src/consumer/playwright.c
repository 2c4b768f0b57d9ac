/* What keeps Playwright's routeFromHAR (playwright-core 1.65, in Chromium) from replaying a capture: that it cannot be opened, that
 * the lookup of one of its entries, asked for by the entry's own request, ends in an error, or that the browser never gets its
 * answer. What is merely not found, or answered otherwise than it was, is not told. */
#include <string.h>

#include "consumer/lookup.h"
#include "consumer/redirects.h"
#include "consumer/script.h"
#include "consumer/web_url.h"
#include "json/text.h"
#include "util/hash.h"
#include "util/text.h"
#include "util/token.h"

#define RULE HAR_RULE_PLAYWRIGHT_REFUSES

enum { URL_MOST = 1 << 24, MARK_BYTES = 3 };

struct playwright {
    bool began, told; /* told: something about the document as a whole */
    bool log, entries;
    struct lookup lookup;
    struct redirects redirects; /* of what is about to be written */
    struct web_url url, target;
    struct har_buffer text, name;
};

static void tell(struct check *check, const struct har_node *node, const char *message)
{
    semantic_tell(check, RULE, node, message, NULL, 0);
}

static void tell_kind(struct check *check, const struct har_node *node, const struct har_node *what, const char *message)
{
    const struct har_arg kind = script_kind(what);
    semantic_tell(check, RULE, node, message, &kind, 1);
}

static void run_begin(struct check *check, const struct facts *facts, void *ctx)
{
    struct playwright *p = ctx;
    const struct har_place place = check->item->place;
    (void)facts;
    p->began = true;
    p->told = p->log = p->entries = false;
    lookup_clear(&p->lookup);
    redirects_clear(&p->redirects);
    /* The mark counts as bytes only. */
    if (place.offset == MARK_BYTES && place.line == 1 && place.column == 1)
        tell(check, NULL, "Playwright does not open a file that starts with a byte order mark");
}

/* The document's parts: they are looked at by every lookup. */
static void run_member(struct check *check, const struct facts *facts, void *ctx)
{
    struct playwright *p = ctx;
    const struct har_item *item = check->item;
    const struct har_node *root = facts->root;
    if (item->tree->span && !p->told) {
        tell(check, root, "Playwright reads JSON, not XML");
        p->told = true;
    }
    if (item->scope == HAR_SCOPE_DOCUMENT) {
        tell_kind(check, root, root, "Playwright looks for log.entries: the document is %1");
        p->told = true;
    } else if (item->scope == HAR_SCOPE_ROOT && json_key_is(item->tree, root, "log", 3)) {
        p->log = true;
        if (root->kind != HAR_KIND_OBJECT)
            tell_kind(check, root, root, "Playwright looks for log.entries: log is %1");
        p->told |= root->kind != HAR_KIND_OBJECT;
    } else if (item->scope == HAR_SCOPE_LOG && !strcmp(item->container, "/log") && root->member == LOG_entries) {
        p->entries = true;
        /* An empty string is a list without elements. */
        if (root->kind != HAR_KIND_ARRAY && !(root->kind == HAR_KIND_STRING && !root->text_len))
            tell_kind(check, root, root, "Playwright cannot search log.entries, which is %1");
    }
}

static uint64_t hash_of(struct check *check, const struct har_node *node, struct har_buffer *scratch)
{
    const struct har_text text = semantic_text(check, node, scratch);
    return hash_add_part(HASH_START, text.bytes, text.len);
}

/* The byte that no browser takes in a header: 0 when there is none. LF parts the cookies of one Set-Cookie. */
static const char *bad_byte(struct har_text value, bool set_cookie)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.bytes[i] == '\n' && !set_cookie)
            return "a line feed";
        if (value.bytes[i] == '\r')
            return "a carriage return";
        if (!value.bytes[i])
            return "U+0000";
    }
    return NULL;
}

/* A header of an answer: whether it can be sent to Chromium. */
static void judge_header(struct check *check, struct playwright *p, const struct har_node *header)
{
    const struct har_node *name = SCRIPT_MEMBER(check, header, NAME_VALUE, name);
    const struct har_node *value = SCRIPT_MEMBER(check, header, NAME_VALUE, value);
    if (!script_is(name, HAR_KIND_STRING)) {
        tell_kind(check, header, name, "Playwright demands a name of each response header, this one is %1");
        return;
    }
    if (!script_is(value, HAR_KIND_STRING)) {
        tell_kind(check, value ? value : header, value, "Playwright demands strings as values of response headers, this one is %1");
        return;
    }
    const struct har_text key = semantic_text(check, name, &p->name);
    if (!token_is(key.bytes, key.len))
        tell(check, name, "Chromium takes no header of this name from Playwright: the request is never answered");
    const bool quick = !(value->flags & JSON_TEXT_ESCAPED); /* what is raw has no control characters */
    const char *bad = quick ? NULL : bad_byte(semantic_text(check, value, &p->text), text_is(key, "set-cookie"));
    if (!bad)
        return;
    const struct har_arg arg = check_word(bad);
    semantic_tell(check, RULE, value,
                  "Chromium takes no header with %1 in its value from Playwright: the request is never answered", &arg, 1);
}

/* The first header named location; *good false when a header before it has no name, which is told. */
static const struct har_node *find_location(struct check *check, struct playwright *p, const struct har_node *headers, bool *good)
{
    for (const struct har_node *h = semantic_first(check, headers); h; h = semantic_next(check, h)) {
        const struct har_node *name = SCRIPT_MEMBER(check, h, NAME_VALUE, name);
        *good = script_is(name, HAR_KIND_STRING);
        if (!*good)
            return NULL;
        if (text_is(semantic_text(check, name, &p->name), "location"))
            return h;
    }
    return NULL;
}

/* A body, in content or postData: `what` names it. False when it cannot be loaded. */
static bool judge_body(struct check *check, const struct har_node *body, unsigned text_row, const char *what)
{
    const struct har_node *file = script_member(check, body, JSON_NO_MEMBER, "_file");
    const struct har_node *text = script_member(check, body, text_row, "text");
    const struct har_arg args[] = {check_word(what), script_kind(script_truthy(check, file) ? file : text)};
    if (script_truthy(check, file)) {
        const struct har_text path = har_node_text(check->item->tree, file);
        const bool string = file->kind == HAR_KIND_STRING;
        const bool inside = string && *path.bytes != '/' && !(path.len >= 2 && !memcmp(path.bytes, "..", 2));
        if (!string)
            semantic_tell(check, RULE, file, "Playwright reads %1 from the file _file, which is %2", args, 2);
        else if (!inside)
            semantic_tell(check, RULE, file, "Playwright reads no %1 from a file outside the folder of the capture", args, 1);
        return inside;
    }
    if (!script_truthy(check, text) || text->kind == HAR_KIND_STRING || text->kind == HAR_KIND_ARRAY)
        return true;
    semantic_tell(check, RULE, text, "Playwright cannot make a body of %1.text, which is %2", args, 2);
    return false;
}

/* As Number.isInteger sees it: what is larger than 2^53 has no fraction. */
static bool is_whole(const struct check *check, const struct har_node *node, double *number)
{
    static const double most = 9007199254740992.0;
    return semantic_number(check, node, number) && (*number >= most || *number <= -most || *number == (double)(int64_t)*number);
}

/* What is sent to the browser when the entry is found. */
static void judge_answer(struct check *check, struct playwright *p, const struct har_node *response, const struct har_node *headers)
{
    const struct har_node *content = SCRIPT_MEMBER(check, response, RESPONSE, content);
    const struct har_node *status = SCRIPT_MEMBER(check, response, RESPONSE, status);
    double number = 0;
    if (script_nothing(content))
        tell_kind(check, content ? content : response, content, "Playwright takes the body from response.content, which is %1");
    else
        judge_body(check, content, CONTENT_text, "content");
    if (status && status->kind != HAR_KIND_NUMBER)
        tell_kind(check, status, status, "Playwright demands a whole number as response.status, this is %1");
    else if (status && !is_whole(check, status, &number))
        tell(check, status, "Playwright demands a whole number as response.status");
    else if (status && number == -1)
        tell(check, status, "Playwright never answers a request whose response.status is -1");
    for (const struct har_node *h = semantic_first(check, headers); h; h = semantic_next(check, h))
        judge_header(check, p, h);
}

static bool is_redirect(struct check *check, const struct har_node *status, double *number)
{
    return semantic_number(check, status, number) &&
           (*number == 301 || *number == 302 || *number == 303 || *number == 307 || *number == 308);
}

/* Where a redirect leads; false when that is no URL. */
static bool judge_redirect(struct check *check, struct playwright *p, const struct har_node *location, struct lookup_entry *entry,
                           struct har_text url)
{
    const struct har_node *value = SCRIPT_MEMBER(check, location, NAME_VALUE, value);
    static const char *const words[] = {"null", "false", "true"};
    struct har_text text = {"undefined", 9};
    if (value && value->kind >= HAR_KIND_ARRAY)
        text = (struct har_text){"[object Object]", 15};
    else if (value && value->kind <= HAR_KIND_TRUE)
        text = (struct har_text){words[value->kind], strlen(words[value->kind])};
    else if (value)
        text = semantic_text(check, value, &p->name);
    if (!web_url_parse(&p->url, url.bytes, url.len, NULL) || !web_url_parse(&p->target, text.bytes, text.len, &p->url)) {
        tell(check, value ? value : location, "Playwright follows redirects itself, and this Location is no URL");
        return false;
    }
    entry->target = hash_add_part(HASH_START, p->target.text.data, p->target.text.len);
    entry->flags |= LOOKUP_REDIRECT;
    return true;
}

/* A redirect from POST, and 303 from anything, goes on as GET. */
static uint64_t next_method(struct har_text method, double status, uint64_t hash)
{
    const bool post = text_is_exactly(method, "POST");
    const bool safe = text_is_exactly(method, "GET") || text_is_exactly(method, "HEAD");
    if (((status == 301 || status == 302) && post) || (status == 303 && !safe))
        return hash_add_part(HASH_START, "GET", 3);
    return hash;
}

/* False when the lookup ends in an error. */
static bool judge_response(struct check *check, struct playwright *p, const struct har_node *root, const struct har_node *request,
                           struct lookup_entry *entry)
{
    const struct har_node *response = SCRIPT_MEMBER(check, root, ENTRY, response);
    const struct har_node *headers = SCRIPT_MEMBER(check, response, RESPONSE, headers);
    double status = 0;
    bool good = true;
    if (!script_is(response, HAR_KIND_OBJECT)) {
        tell_kind(check, response ? response : root, response, "Playwright looks for response.headers: response is %1");
        return false;
    }
    if (!script_is(headers, HAR_KIND_ARRAY)) {
        tell_kind(check, headers ? headers : response, headers, "Playwright searches response.headers, which is %1");
        return false;
    }
    const struct har_node *location = find_location(check, p, headers, &good);
    if (location && is_redirect(check, SCRIPT_MEMBER(check, response, RESPONSE, status), &status)) {
        const struct har_text method = semantic_text(check, SCRIPT_MEMBER(check, request, REQUEST, method), &p->name);
        entry->target_method = next_method(method, status, entry->method);
        const struct har_text url = semantic_text(check, SCRIPT_MEMBER(check, request, REQUEST, url), &p->text);
        return judge_redirect(check, p, location, entry, url);
    }
    judge_answer(check, p, response, headers);
    return good;
}

/* Of what is about to be written a redirect that may come back is refused at once; of what was read run_end() tells those that do.
 */
static void judge_ring(struct check *check, struct playwright *p, const struct lookup_entry *entry, size_t max_bytes)
{
    const struct redirect redirect = {
        .url = entry->url, .method = entry->method, .target = entry->target, .target_method = entry->target_method};
    const enum redirects_result result = redirects_add(&p->redirects, &redirect, max_bytes);
    check->no_memory |= result == REDIRECTS_MEMORY;
    if (result == REDIRECTS_RING)
        tell(check, NULL, "Playwright's redirects would go round in a cycle from here");
}

/* The request's headers, by which one of several entries is chosen. */
static void note_headers(struct check *check, struct playwright *p, const struct har_node *headers, struct lookup_entry *entry,
                         size_t max_bytes)
{
    const bool list = script_is(headers, HAR_KIND_ARRAY) || (script_is(headers, HAR_KIND_STRING) && !headers->text_len);
    entry->flags |= list ? 0 : LOOKUP_BAD_HEADERS;
    for (const struct har_node *h = list ? semantic_first(check, headers) : NULL; h; h = semantic_next(check, h)) {
        const struct har_node *name = SCRIPT_MEMBER(check, h, NAME_VALUE, name);
        const struct har_node *value = SCRIPT_MEMBER(check, h, NAME_VALUE, value);
        if (!script_is(name, HAR_KIND_STRING)) {
            entry->flags |= LOOKUP_BAD_HEADERS;
            continue;
        }
        if (!script_is(value, HAR_KIND_STRING))
            continue;
        const struct har_text key = semantic_text(check, name, &p->name);
        uint64_t hash = HASH_START;
        for (size_t i = 0; i < key.len; i++) {
            const char c = text_lower(key.bytes[i]);
            hash = hash_add(hash, &c, 1);
        }
        const struct har_text text = semantic_text(check, value, &p->text);
        hash = hash_add(hash_add(hash, ":", 1), text.bytes, text.len);
        lookup_add_header(&p->lookup, (uint32_t)(hash ^ hash >> 32), max_bytes);
    }
}

/* The body of a POST, which the lookup compares. */
static void note_body(struct check *check, struct playwright *p, const struct har_node *request, struct lookup_entry *entry)
{
    const struct har_node *post = SCRIPT_MEMBER(check, request, REQUEST, postData);
    entry->flags |= LOOKUP_POST;
    if (!script_truthy(check, post))
        return;
    if (!judge_body(check, post, POST_DATA_text, "postData")) {
        entry->flags |= LOOKUP_BROKEN;
        return;
    }
    const struct har_node *text = SCRIPT_MEMBER(check, post, POST_DATA, text);
    entry->flags |= LOOKUP_BODY;
    entry->body = hash_of(check, script_is(text, HAR_KIND_STRING) ? text : NULL, &p->text);
}

static void init_buffers(struct playwright *p)
{
    if (p->text.max)
        return;
    har_buffer_init(&p->text, SIZE_MAX / 2);
    har_buffer_init(&p->name, SIZE_MAX / 2);
    har_buffer_init(&p->url.text, URL_MOST);
    har_buffer_init(&p->url.input, URL_MOST);
    har_buffer_init(&p->target.text, URL_MOST);
    har_buffer_init(&p->target.input, URL_MOST);
}

static void run_entry(struct check *check, const struct facts *facts, void *ctx)
{
    struct playwright *p = ctx;
    const struct har_node *root = facts->root;
    const size_t max_bytes = (size_t)har_settings_bound(check->settings, HAR_BOUND_KEPT_BYTES);
    struct lookup_entry entry = {.place = check->item->place, .ordinal = check->item->ordinal};
    if (!script_in_log(check, "entries"))
        return;
    init_buffers(p);
    const struct har_node *request = SCRIPT_MEMBER(check, root, ENTRY, request);
    if (script_nothing(request)) {
        tell_kind(check, request ? request : root, root->kind == HAR_KIND_OBJECT ? request : root,
                  "Playwright finds nothing in a capture with an entry without a request: this is %1");
        return;
    }
    const struct har_node *url = SCRIPT_MEMBER(check, request, REQUEST, url);
    const struct har_node *method = SCRIPT_MEMBER(check, request, REQUEST, method);
    if (!script_is(url, HAR_KIND_STRING) || !script_is(method, HAR_KIND_STRING))
        return; /* no browser asks for it */
    entry.url = hash_of(check, url, &p->text);
    const struct har_text verb = semantic_text(check, method, &p->text);
    entry.method = entry.target_method = hash_add_part(HASH_START, verb.bytes, verb.len);
    if (text_is_exactly(verb, "POST"))
        note_body(check, p, request, &entry);
    if (!judge_response(check, p, root, request, &entry))
        entry.flags |= LOOKUP_BROKEN;
    if (check->unplaced && (entry.flags & (LOOKUP_REDIRECT | LOOKUP_BROKEN)) == LOOKUP_REDIRECT)
        judge_ring(check, p, &entry, max_bytes);
    note_headers(check, p, SCRIPT_MEMBER(check, request, REQUEST, headers), &entry, max_bytes);
    lookup_add(&p->lookup, &entry, max_bytes);
}

/* What was found about an entry that is gone. */
static void tell_entry(struct check *check, const struct lookup_entry *entry, const char *message)
{
    const struct har_item at = {
        .kind = HAR_ITEM_ENTRY, .container = "/log/entries", .ordinal = entry->ordinal, .place = entry->place};
    const struct har_item *item = check->item;
    check->item = &at;
    tell(check, NULL, message);
    check->item = item;
}

static void run_end(struct check *check, const struct facts *facts, void *ctx)
{
    struct playwright *p = ctx;
    (void)facts;
    if (!p->began)
        return;
    p->began = false;
    if (!p->told && !p->log)
        tell(check, NULL, "Playwright looks for log.entries: log is missing");
    else if (!p->told && !p->entries)
        tell(check, NULL, "Playwright looks for log.entries: entries is missing");
    lookup_run(&p->lookup);
    for (size_t i = 0; i < p->lookup.count; i++) {
        const struct lookup_entry *entry = &p->lookup.entry[i];
        if (entry->flags & LOOKUP_CYCLE)
            tell_entry(check, entry,
                       "Playwright's redirects go round in a cycle from here: it takes the same entry for a request "
                       "to the same address each time");
        if (entry->flags & LOOKUP_INCOMPARABLE)
            tell_entry(check, entry, "Playwright compares the headers of entries for the same request: these have none");
    }
}

static void release(void *ctx)
{
    struct playwright *p = ctx;
    lookup_release(&p->lookup);
    redirects_release(&p->redirects);
    web_url_release(&p->url);
    web_url_release(&p->target);
    har_buffer_release(&p->text);
    har_buffer_release(&p->name);
}

static const struct semantic_row rows[] = {
    {run_begin, IN(DOC_BEGIN), {RULE, HAR_RULE_COUNT}},
    {run_member, IN(MEMBER), {RULE, HAR_RULE_COUNT}},
    {run_entry, IN(ENTRY), {RULE, HAR_RULE_COUNT}},
    {run_end, IN(DOC_END), {RULE, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_playwright = {rows, sizeof(struct playwright), release};
