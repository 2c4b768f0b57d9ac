/* What makes the HAR import of Chrome DevTools end: it builds objects of its own from the parsed JSON (its HARFormat.ts), casts
 * numbers, dates and texts as JavaScript does, and gives up at the first cast that fails. Members that it does not read may be
 * anything. */
#include <stdio.h>
#include <string.h>

#include "consumer/ecma.h"
#include "consumer/importer.h"
#include "json/text.h"

enum demand {
    UNREAD,
    TEXT,         /* String(), if it is there */
    NUMBER,       /* Number() */
    MAYBE_NUMBER, /* the same, if it is there; null is 0 */
    DATE,         /* new Date() */
    MAYBE_DATE,   /* the same, if it is truthy */
    PART,         /* an object */
    MAYBE_PART,   /* the same, if it is truthy */
    MAYBE_LIST,   /* of objects; what is no array counts as [] */
    LIST,
    DEMANDS,
};

#define PAIR                                                                                                                       \
    {                                                                                                                              \
        [NAME_VALUE_name] = TEXT, [NAME_VALUE_value] = TEXT, [NAME_VALUE_comment] = TEXT                                           \
    }

static const uint8_t demands[HAR_OBJECT_COUNT][CHECK_ROWS] = {
    [HAR_OBJECT_LOG] = {[LOG_version] = TEXT,
                        [LOG_creator] = PART,
                        [LOG_browser] = MAYBE_PART,
                        [LOG_pages] = MAYBE_LIST,
                        [LOG_entries] = LIST,
                        [LOG_comment] = TEXT},
    [HAR_OBJECT_CREATOR] = {[CREATOR_name] = TEXT, [CREATOR_version] = TEXT, [CREATOR_comment] = TEXT},
    [HAR_OBJECT_PAGE] =
        {[PAGE_startedDateTime] = DATE, [PAGE_id] = TEXT, [PAGE_title] = TEXT, [PAGE_pageTimings] = PART, [PAGE_comment] = TEXT},
    [HAR_OBJECT_PAGE_TIMINGS] =
        {[PAGE_TIMINGS_onContentLoad] = MAYBE_NUMBER, [PAGE_TIMINGS_onLoad] = MAYBE_NUMBER, [PAGE_TIMINGS_comment] = TEXT},
    [HAR_OBJECT_ENTRY] = {[ENTRY_pageref] = TEXT,
                          [ENTRY_startedDateTime] = DATE,
                          [ENTRY_time] = NUMBER,
                          [ENTRY_request] = PART,
                          [ENTRY_response] = PART,
                          [ENTRY_timings] = PART,
                          [ENTRY_serverIPAddress] = TEXT,
                          [ENTRY_connection] = TEXT,
                          [ENTRY_comment] = TEXT},
    [HAR_OBJECT_REQUEST] = {[REQUEST_method] = TEXT,
                            [REQUEST_url] = TEXT,
                            [REQUEST_httpVersion] = TEXT,
                            [REQUEST_cookies] = MAYBE_LIST,
                            [REQUEST_headers] = MAYBE_LIST,
                            [REQUEST_queryString] = MAYBE_LIST,
                            [REQUEST_postData] = MAYBE_PART,
                            [REQUEST_headersSize] = NUMBER,
                            [REQUEST_bodySize] = NUMBER,
                            [REQUEST_comment] = TEXT},
    [HAR_OBJECT_RESPONSE] = {[RESPONSE_status] = NUMBER,
                             [RESPONSE_statusText] = TEXT,
                             [RESPONSE_httpVersion] = TEXT,
                             [RESPONSE_cookies] = MAYBE_LIST,
                             [RESPONSE_headers] = MAYBE_LIST,
                             [RESPONSE_content] = PART,
                             [RESPONSE_redirectURL] = TEXT,
                             [RESPONSE_headersSize] = NUMBER,
                             [RESPONSE_bodySize] = NUMBER,
                             [RESPONSE_comment] = TEXT},
    [HAR_OBJECT_COOKIE] = {[COOKIE_name] = TEXT,
                           [COOKIE_value] = TEXT,
                           [COOKIE_path] = TEXT,
                           [COOKIE_domain] = TEXT,
                           [COOKIE_expires] = MAYBE_DATE,
                           [COOKIE_comment] = TEXT},
    [HAR_OBJECT_HEADER] = PAIR,
    [HAR_OBJECT_QUERY] = PAIR,
    [HAR_OBJECT_POST_DATA] =
        {[POST_DATA_mimeType] = TEXT, [POST_DATA_params] = MAYBE_LIST, [POST_DATA_text] = TEXT, [POST_DATA_comment] = TEXT},
    [HAR_OBJECT_PARAM] =
        {[PARAM_name] = TEXT, [PARAM_value] = TEXT, [PARAM_fileName] = TEXT, [PARAM_contentType] = TEXT, [PARAM_comment] = TEXT},
    [HAR_OBJECT_CONTENT] = {[CONTENT_size] = NUMBER,
                            [CONTENT_compression] = MAYBE_NUMBER,
                            [CONTENT_mimeType] = TEXT,
                            [CONTENT_text] = TEXT,
                            [CONTENT_encoding] = TEXT,
                            [CONTENT_comment] = TEXT},
    [HAR_OBJECT_TIMINGS] = {[TIMINGS_blocked] = MAYBE_NUMBER,
                            [TIMINGS_dns] = MAYBE_NUMBER,
                            [TIMINGS_connect] = MAYBE_NUMBER,
                            [TIMINGS_send] = NUMBER,
                            [TIMINGS_wait] = NUMBER,
                            [TIMINGS_receive] = NUMBER,
                            [TIMINGS_ssl] = MAYBE_NUMBER,
                            [TIMINGS_comment] = TEXT},
};

/* What happens when a member of that kind is missing: %1 is the object, %2 the member. NULL: nothing. */
static const char *const missing_messages[DEMANDS] = {
    [NUMBER] = "Chrome: %1.%2 is missing, so casting it to a number gives NaN and the import ends",
    [DATE] = "Chrome: %1.%2 is missing, so it is no date and the import ends",
    [PART] = "Chrome: %1.%2 is missing where an object is expected, so the import ends",
    [LIST] = "Chrome: %1.%2 is missing where an array is expected, so the import ends",
};

/* Members that are no part of the specification. */
enum { OWN_MOST = 8 };
struct own {
    const char *name;
    enum demand demand;
};

static const struct own own_entry[] = {
    {"_connectionId", TEXT}, {"_fromCache", TEXT}, {"_priority", TEXT}, {"_resourceType", TEXT}, {NULL, UNREAD}};
enum own_part { INITIATOR, WEB_SOCKET, EVENT_SOURCE };
static const struct own own_parts[] = {[INITIATOR] = {"_initiator", UNREAD},
                                       [WEB_SOCKET] = {"_webSocketMessages", UNREAD},
                                       [EVENT_SOURCE] = {"_eventSourceMessages", UNREAD},
                                       {NULL, UNREAD}};
static const struct own own_response[] = {{"_transferSize", MAYBE_NUMBER},
                                          {"_error", TEXT},
                                          {"_responseCacheStorageCacheName", TEXT},
                                          {"_serviceWorkerResponseSource", TEXT},
                                          {"_serviceWorkerRouterRuleIdMatched", MAYBE_NUMBER},
                                          {"_serviceWorkerRouterMatchedSourceType", TEXT},
                                          {"_serviceWorkerRouterActualSourceType", TEXT},
                                          {NULL, UNREAD}};
static const struct own own_timings[] = {{"_blocked_queueing", MAYBE_NUMBER},
                                         {"_blocked_proxy", MAYBE_NUMBER},
                                         {"_workerStart", MAYBE_NUMBER},
                                         {"_workerReady", MAYBE_NUMBER},
                                         {"_workerFetchStart", MAYBE_NUMBER},
                                         {"_workerRespondWithSettled", MAYBE_NUMBER},
                                         {"_workerRouterEvaluationStart", MAYBE_NUMBER},
                                         {"_workerCacheLookupStart", MAYBE_NUMBER},
                                         {NULL, UNREAD}};
static const struct own own_initiator[] = {
    {"type", TEXT}, {"url", TEXT}, {"lineNumber", MAYBE_NUMBER}, {"requestId", TEXT}, {NULL, UNREAD}};
static const struct own own_stack[] = {{"description", TEXT}, {NULL, UNREAD}};
static const struct own own_parent_id[] = {{"id", TEXT}, {"debuggerId", TEXT}, {NULL, UNREAD}};
static const struct own own_frame[] = {
    {"functionName", TEXT},         {"scriptId", TEXT}, {"url", TEXT}, {"lineNumber", MAYBE_NUMBER},
    {"columnNumber", MAYBE_NUMBER}, {NULL, UNREAD}};
static const struct own own_web_socket[] = {
    {"time", MAYBE_NUMBER}, {"opcode", MAYBE_NUMBER}, {"data", TEXT}, {"type", TEXT}, {NULL, UNREAD}};
static const struct own own_event[] = {
    {"time", MAYBE_NUMBER}, {"eventName", TEXT}, {"eventId", TEXT}, {"data", TEXT}, {NULL, UNREAD}};

/* %1 is `name`, %2 what the value is. */
static void tell(struct check *check, const char *name, const struct har_node *node, const char *message)
{
    const struct har_arg args[] = {check_word(name), check_kind(node)};
    semantic_tell(check, HAR_RULE_CHROME_REFUSES, node, message, args, 2);
}

static bool is_container(const struct har_node *node)
{
    return node->kind == HAR_KIND_OBJECT || node->kind == HAR_KIND_ARRAY;
}

/* The node behind `at` in an array and the arrays in it; NULL at the end. */
static const struct har_node *next_inside(const struct har_tree *tree, const struct har_node *root, const struct har_node *at)
{
    if (at->kind == HAR_KIND_ARRAY && at->child != JSON_NONE)
        return json_node(tree, at->child);
    while (at != root && at->next == JSON_NONE)
        at = json_node(tree, at->parent);
    return at == root ? NULL : json_node(tree, at->next);
}

/* An array as a string: what is in it, with commas between. Objects have words there, numbers are taken as they are written. */
static struct har_text cast_array(struct check *check, const struct har_node *array)
{
    static const char *const texts[] = {
        [HAR_KIND_FALSE] = "false", [HAR_KIND_TRUE] = "true", [HAR_KIND_OBJECT] = "[object Object]"};
    const struct har_tree *tree = check->item->tree;
    struct har_buffer *text = &check->decoded;
    har_buffer_clear(text);
    for (const struct har_node *at = array; at; at = next_inside(tree, array, at)) {
        if (at != array && json_node(tree, json_node(tree, at->parent)->child) != at)
            har_buffer_append_text(text, ",");
        if (at->kind == HAR_KIND_STRING || at->kind == HAR_KIND_NUMBER)
            har_node_decode(tree, at, text);
        else if (at->kind < sizeof texts / sizeof *texts && texts[at->kind])
            har_buffer_append_text(text, texts[at->kind]);
    }
    return (struct har_text){text->data ? text->data : "", text->len};
}

/* The string that is looked at when a string or an array is cast. */
static struct har_text cast_text(struct check *check, const struct har_node *node)
{
    return node->kind == HAR_KIND_ARRAY ? cast_array(check, node) : semantic_text(check, node, &check->decoded);
}

/* Fails for objects with a member toString, which hides the function of that name; arrays cast their elements. */
static bool casts_to_text(const struct check *check, const struct har_node *node)
{
    const struct har_tree *tree = check->item->tree;
    for (const struct har_node *at = node; at; at = next_inside(tree, node, at))
        if (at->kind == HAR_KIND_OBJECT && har_node_member(tree, at, "toString"))
            return false;
    return true;
}

static bool casts_to_number(struct check *check, const struct har_node *node)
{
    if (node->kind != HAR_KIND_STRING && node->kind != HAR_KIND_ARRAY)
        return node->kind != HAR_KIND_OBJECT; /* null, false and true are 0 and 1 */
    const struct har_text text = cast_text(check, node);
    return ecma_number(text.bytes, text.len);
}

static bool casts_to_date(struct check *check, const struct har_node *node)
{
    double number;
    if (node->kind == HAR_KIND_NUMBER)
        return semantic_number(check, node, &number) && ecma_date_number(number);
    if (node->kind != HAR_KIND_STRING && node->kind != HAR_KIND_ARRAY)
        return node->kind != HAR_KIND_OBJECT;
    if (!casts_to_text(check, node))
        return false;
    const struct har_text text = cast_text(check, node);
    return ecma_date(text.bytes, text.len);
}

static bool is_truthy(const struct check *check, const struct har_node *node)
{
    double number;
    switch ((enum har_kind)node->kind) {
    case HAR_KIND_NULL:
    case HAR_KIND_FALSE:
        return false;
    case HAR_KIND_NUMBER:
        return !semantic_number(check, node, &number) || number != 0;
    case HAR_KIND_STRING:
        return node->text_len > 0;
    case HAR_KIND_TRUE:
    case HAR_KIND_ARRAY:
    case HAR_KIND_OBJECT:
        break;
    }
    return true;
}

/* One cast. NULL: it succeeds; else what happens, with %1 as the member's name. */
static const char *judge_cast(struct check *check, enum demand demand, const struct har_node *node)
{
    if (demand == TEXT && is_container(node) && !casts_to_text(check, node))
        return "Chrome: %1 is %2 with a member toString, so casting it to a string fails and the import ends";
    if ((demand == NUMBER || demand == MAYBE_NUMBER) && node->kind != HAR_KIND_NUMBER && !casts_to_number(check, node))
        return "Chrome: %1 is %2, so casting it to a number gives NaN and the import ends";
    if ((demand == DATE || (demand == MAYBE_DATE && is_truthy(check, node))) && !casts_to_date(check, node))
        return "Chrome: %1 is %2 that is no date to JavaScript, so the import ends";
    return NULL;
}

static void judge_value(struct check *check, enum demand demand, const char *name, const struct har_node *node)
{
    const char *message = judge_cast(check, demand, node);
    if (message)
        tell(check, name, node, message);
}

/* Whether an object can be built from the value; told if not. */
static bool builds(struct check *check, const char *name, const struct har_node *node)
{
    if (is_container(node))
        return true;
    tell(check, name, node, "Chrome: %1 is %2 where an object is expected, so the import ends");
    return false;
}

static void find_own(const struct check *check, const struct har_node *object, const struct own *own,
                     const struct har_node *found[OWN_MOST])
{
    for (size_t i = 0; i < OWN_MOST; i++)
        found[i] = NULL;
    if (object->kind != HAR_KIND_OBJECT)
        return;
    for (const struct har_node *node = semantic_first(check, object); node; node = semantic_next(check, node))
        for (size_t i = 0; own[i].name && node->member == JSON_NO_MEMBER; i++)
            if (json_key_is(check->item->tree, node, own[i].name, strlen(own[i].name)))
                found[i] = node;
}

/* Members that are only cast. */
static void judge_casts(struct check *check, const struct har_node *object, const struct own *own)
{
    const struct har_node *found[OWN_MOST];
    find_own(check, object, own, found);
    for (size_t i = 0; own[i].name; i++)
        if (found[i])
            judge_value(check, own[i].demand, own[i].name, found[i]);
}

/* Falsy call frames are left out, all others must be objects. */
static void judge_frames(struct check *check, const struct har_node *frames)
{
    if (!frames || frames->kind != HAR_KIND_ARRAY)
        return;
    for (const struct har_node *frame = semantic_first(check, frames); frame; frame = semantic_next(check, frame))
        if (is_truthy(check, frame) && builds(check, "a call frame", frame))
            judge_casts(check, frame, own_frame);
}

/* A stack and the stacks that it came from. */
static void judge_stacks(struct check *check, const struct har_node *stack)
{
    const struct har_tree *tree = check->item->tree;
    for (; stack && is_truthy(check, stack) && builds(check, "stack", stack); stack = har_node_member(tree, stack, "parent")) {
        const struct har_node *id = har_node_member(tree, stack, "parentId");
        judge_frames(check, har_node_member(tree, stack, "callFrames"));
        judge_casts(check, stack, own_stack);
        if (id)
            judge_casts(check, id, own_parent_id);
    }
}

/* An initiator that is no object is ignored, but null is one to JavaScript until Chrome looks into it. */
static void judge_initiator(struct check *check, const struct har_node *initiator)
{
    if (!is_container(initiator) && initiator->kind != HAR_KIND_NULL)
        return;
    if (!builds(check, "_initiator", initiator))
        return;
    judge_casts(check, initiator, own_initiator);
    judge_stacks(check, har_node_member(check->item->tree, initiator, "stack"));
}

/* Messages up to the first that is no object; null is one here too. */
static void judge_messages(struct check *check, const struct har_node *messages, const struct own *own)
{
    if (messages->kind != HAR_KIND_ARRAY)
        return;
    for (const struct har_node *message = semantic_first(check, messages); message; message = semantic_next(check, message)) {
        if (!is_container(message) && message->kind != HAR_KIND_NULL)
            return;
        if (builds(check, "a message", message))
            judge_casts(check, message, own);
    }
}

static bool is_text(const struct check *check, const struct har_node *node, const char *text)
{
    return node && node->kind == HAR_KIND_STRING &&
           json_text_equals(json_text(check->item->tree, node), node->text_len, text, strlen(text));
}

/* Chrome takes event streams apart that come without messages; its base64 decoder fails at nothing but padding. */
static void judge_stream(struct check *check, const struct har_node *entry)
{
    const struct har_tree *tree = check->item->tree;
    const struct har_node *content = har_node_member(tree, har_node_member(tree, entry, "response"), "content");
    const struct har_node *text = har_node_member(tree, content, "text");
    if (is_text(check, har_node_member(tree, content, "mimeType"), "text/event-stream") &&
        is_text(check, har_node_member(tree, content, "encoding"), "base64") &&
        (is_text(check, text, "=") || is_text(check, text, "==")))
        tell(check, "content.text", text, "Chrome: %1 of an event stream is base64 without data, so the import ends");
}

static void judge_own(struct check *check, enum har_object kind, const struct har_node *object)
{
    const struct har_node *found[OWN_MOST];
    if (kind == HAR_OBJECT_RESPONSE || kind == HAR_OBJECT_TIMINGS)
        judge_casts(check, object, kind == HAR_OBJECT_RESPONSE ? own_response : own_timings);
    if (kind != HAR_OBJECT_ENTRY)
        return;
    judge_casts(check, object, own_entry);
    find_own(check, object, own_parts, found);
    if (found[INITIATOR])
        judge_initiator(check, found[INITIATOR]);
    if (found[WEB_SOCKET])
        judge_messages(check, found[WEB_SOCKET], own_web_socket);
    if (found[EVENT_SOURCE])
        judge_messages(check, found[EVENT_SOURCE], own_event);
    if (!found[EVENT_SOURCE] || found[EVENT_SOURCE]->kind != HAR_KIND_ARRAY)
        judge_stream(check, object);
}

static bool judge_object(struct check *check, enum har_object kind, const struct har_node *node)
{
    if (!builds(check, spec_objects[kind].name, node))
        return false;
    judge_own(check, kind, node);
    return true;
}

static bool judge_member(struct check *check, enum har_object kind, unsigned row, const struct har_node *node)
{
    enum { LONGEST_NAME = 64 };
    const enum demand demand = (enum demand)demands[kind][row];
    if (demand == UNREAD)
        return false;
    if ((demand == TEXT && node->kind == HAR_KIND_STRING) || (demand == NUMBER && node->kind == HAR_KIND_NUMBER))
        return false; /* the common case */
    const char *message = judge_cast(check, demand, node);
    if (demand == LIST && node->kind != HAR_KIND_ARRAY)
        message = "Chrome: %1 is %2, not an array, so the import ends";
    if (message) {
        char name[LONGEST_NAME];
        snprintf(name, sizeof name, "%s.%s", spec_objects[kind].name, spec_objects[kind].members[row].name);
        tell(check, name, node, message);
    }
    return demand != MAYBE_PART || is_truthy(check, node);
}

static uint32_t required(enum har_object kind)
{
    uint32_t rows = 0;
    for (unsigned row = 0; row < spec_objects[kind].count; row++)
        rows |= (uint32_t)(missing_messages[demands[kind][row]] != NULL) << row;
    return rows;
}

static const char *missing(enum har_object kind, unsigned row)
{
    return missing_messages[demands[kind][row]];
}

static const struct importer chrome = {HAR_RULE_CHROME_REFUSES,
                                       required,
                                       missing,
                                       judge_object,
                                       judge_member,
                                       "Chrome: the document is %1, so it has no log and the import ends",
                                       "Chrome: the document has no log, so the import ends",
                                       "Chrome: the log is looked for in the document itself, it lies at %1, so the import ends"};

static void run(struct check *check, const struct facts *facts, void *ctx)
{
    (void)facts;
    importer_item(check, &chrome, ctx);
}

static const struct semantic_row rows[] = {
    {run, IMPORTER_ITEMS, {HAR_RULE_CHROME_REFUSES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_chrome = {rows, sizeof(struct importer_seen), NULL};
