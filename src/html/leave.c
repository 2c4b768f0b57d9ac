/* Judged by names alone, wherever they stand: captures are not always made as the specification wants them, and what is left out
 * without need can be asked for with an option, while what went out cannot be called back. */
#include "html/leave.h"

#include <string.h>
#include <strings.h>

#include "html/credential.h"
#include "json/base64.h"
#include "json/measure.h"
#include "json/text.h"
#include "util/media.h"

/* A literal and its length. */
#define NAME(text)                                                                                                                 \
    {                                                                                                                              \
        text, sizeof(text) - 1                                                                                                     \
    }

/* Members of producers' own that the report shows or filters by. */
static const struct har_text known[] = {
    NAME("_blocked_proxy"),
    NAME("_blocked_queueing"),
    NAME("_connectionId"),
    NAME("_error"),
    NAME("_fetchType"),
    NAME("_file"),
    NAME("_formdata"),
    NAME("_fromCache"),
    NAME("_fromServiceWorker"),
    NAME("_http2_stream_id"),
    NAME("_initialPriority"),
    NAME("_initiator"),
    NAME("_initiator_column"),
    NAME("_initiator_line"),
    NAME("_priority"),
    NAME("_protocol"),
    NAME("_resourceType"),
    NAME("_serverPort"),
    NAME("_sha1"),
    NAME("_transferSize"),
    NAME("_wasPushed"),
    NAME("_was_pushed"),
    NAME("_webSocketMessages"),
};

/* What the value of a member is about. */
static const struct credential_name role_names[] = {
    CREDENTIAL_NAME("cookies"), CREDENTIAL_NAME("content"),     CREDENTIAL_NAME("postdata"),
    CREDENTIAL_NAME("params"),  CREDENTIAL_NAME("pagetimings"), CREDENTIAL_NAME("websocketmessages"),
};
static const struct {
    enum html_role in, role; /* in HTML_ROLE_NONE: in any */
} roles[] = {
    {HTML_ROLE_NONE, HTML_ROLE_COOKIES},     {HTML_ROLE_NONE, HTML_ROLE_CONTENT},      {HTML_ROLE_NONE, HTML_ROLE_POST_DATA},
    {HTML_ROLE_POST_DATA, HTML_ROLE_PARAMS}, {HTML_ROLE_NONE, HTML_ROLE_PAGE_TIMINGS}, {HTML_ROLE_NONE, HTML_ROLE_MESSAGES},
};

/* The member of each role's objects that is a body. */
static const struct credential_name bodies[] = {
    [HTML_ROLE_CONTENT] = CREDENTIAL_NAME("text"),
    [HTML_ROLE_POST_DATA] = CREDENTIAL_NAME("text"),
    [HTML_ROLE_MESSAGES] = CREDENTIAL_NAME("data"),
    [HTML_ROLE_PAGE_TIMINGS] = {NULL, 0},
};

/* What stays of a cookie, of a form field, and of a header with credentials: everything else may be its value, whatever it is
 * called. */
static const struct credential_name of_cookie[] = {
    CREDENTIAL_NAME("name"),     CREDENTIAL_NAME("path"),        CREDENTIAL_NAME("domain"),     CREDENTIAL_NAME("expires"),
    CREDENTIAL_NAME("httponly"), CREDENTIAL_NAME("secure"),      CREDENTIAL_NAME("samesite"),   CREDENTIAL_NAME("maxage"),
    CREDENTIAL_NAME("priority"), CREDENTIAL_NAME("lastfetched"), CREDENTIAL_NAME("fetchcount"),
};
static const struct credential_name of_param[] = {
    CREDENTIAL_NAME("name"),     CREDENTIAL_NAME("filename"), CREDENTIAL_NAME("contenttype"),
    CREDENTIAL_NAME("encoding"), CREDENTIAL_NAME("comment"),
};
static const struct credential_name of_header[] = {
    CREDENTIAL_NAME("name"),
    CREDENTIAL_NAME("key"),
    CREDENTIAL_NAME("header"),
    CREDENTIAL_NAME("field"),
};

enum {
    COUNT_OF_ROLES = sizeof roles / sizeof *roles,
    COUNT_OF_KNOWN = sizeof known / sizeof *known,
    COUNT_OF_COOKIE = sizeof of_cookie / sizeof *of_cookie,
    COUNT_OF_PARAM = sizeof of_param / sizeof *of_param,
    COUNT_OF_HEADER = sizeof of_header / sizeof *of_header,
};

static inline bool is_container(const struct har_node *node)
{
    return node->kind >= HAR_KIND_ARRAY;
}

static inline bool key_is(const struct har_tree *tree, const struct har_node *node, struct har_text name)
{
    if (!(node->flags & JSON_KEY_ESCAPED) && node->key_len != name.len)
        return false;
    return json_key_is(tree, node, name.bytes, name.len);
}

/* Lengths of the names of roles, as bits; with the underscore of _webSocketMessages. Others begin with an underscore. */
enum { ROLE_LENGTHS = 1 << 6 | 1 << 7 | 1 << 8 | 1 << 11 };

static inline bool may_have_role(const struct har_tree *tree, const struct har_node *node)
{
    if (!node->key_len || node->flags & JSON_KEY_ESCAPED)
        return node->key_len;
    const char first = (char)(*json_key(tree, node) | 0x20);
    if (first < 'a' || first > 'z')
        return true;
    return node->key_len < 12 && 1 << node->key_len & ROLE_LENGTHS && (first == 'c' || first == 'p');
}

static enum html_role role_of(const struct har_tree *tree, const struct har_node *node, const struct html_leaving *in)
{
    if (!in)
        return HTML_ROLE_NONE;
    if (in->array || in->role == HTML_ROLE_COOKIES)
        return in->role;
    const int found = may_have_role(tree, node) ? credential_key(tree, node, role_names, COUNT_OF_ROLES) : -1;
    if (found < 0 || (roles[found].in != HTML_ROLE_NONE && roles[found].in != in->role))
        return HTML_ROLE_NONE;
    return roles[found].role;
}

/* Whether the object has the name of a header with credentials; a name may be a list of its own. */
static bool is_named(const struct har_tree *tree, const struct har_node *object)
{
    for (const struct har_node *n = json_node(tree, object->child); n; n = json_node(tree, n->next)) {
        const struct har_node *name = n->kind == HAR_KIND_ARRAY ? json_node(tree, n->child) : n;
        if (name && credential_is_name(tree, name) && credential_key(tree, n, of_header, COUNT_OF_HEADER) >= 0)
            return true;
    }
    return false;
}

/* Whether a list holds such a name: then what stands beside it, in pairs or behind it, is the value. */
static bool holds_name(const struct har_tree *tree, const struct har_node *list)
{
    for (const struct har_node *n = json_node(tree, list->child); n; n = json_node(tree, n->next))
        if (credential_is_name(tree, n))
            return true;
    return false;
}

static bool text_is(const struct har_tree *tree, const struct har_node *node, const char *text)
{
    const struct har_text is = node ? har_node_text(tree, node) : (struct har_text){"", 0};
    return is.len == strlen(text) && strncasecmp(is.bytes, text, is.len) == 0;
}

static bool is_text_type(struct har_text mime)
{
    const char *const class = media_class(mime);
    for (size_t i = 0; i + 3 <= mime.len; i++)
        if (strncasecmp(mime.bytes + i, "svg", 3) == 0)
            return true;
    return strcmp(class, "image") != 0 && strcmp(class, "font") != 0 && strcmp(class, "media") != 0;
}

/* What the object says about its body; WebSocket messages of opcode 2 are base64. */
static void look_at_body(const struct har_tree *tree, const struct har_node *object, struct html_leaving *in)
{
    const struct har_node *mime = har_node_member(tree, object, "mimeType");
    in->encoded = text_is(tree, har_node_member(tree, object, "encoding"), "base64") ||
                  (in->role == HTML_ROLE_MESSAGES && text_is(tree, har_node_member(tree, object, "opcode"), "2"));
    in->binary = mime && !is_text_type(har_node_text(tree, mime));
}

struct html_leaving html_leaving_of(const struct har_tree *tree, const struct har_node *container,
                                    const struct html_leaving *parent, const struct html_options *options)
{
    struct html_leaving in = {.role = role_of(tree, container, parent), .array = container->kind == HAR_KIND_ARRAY};
    in.listed = parent && (parent->array || (parent->role == HTML_ROLE_COOKIES && parent->listed));
    if (!in.array && in.role >= HTML_ROLE_CONTENT && in.role <= HTML_ROLE_MESSAGES)
        look_at_body(tree, container, &in);
    if (options->no_redact)
        return in;
    in.named = in.array ? holds_name(tree, container) : is_named(tree, container);
    return in;
}

static bool is_custom(const struct har_tree *tree, const struct har_node *member)
{
    const char *const key = json_key(tree, member);
    if (!(member->flags & JSON_KEY_ESCAPED) || !member->key_len || *key != '\\')
        return member->key_len && *key == '_';
    const char *rest = key;
    size_t len = member->key_len;
    struct json_piece piece;
    return json_text_piece(&rest, &len, &piece) && piece.point == '_';
}

bool html_keeps_custom(const struct har_tree *tree, const struct har_node *member, const struct html_leaving *in,
                       const struct html_options *options)
{
    if (options->all_custom || !is_custom(tree, member) || in->role == HTML_ROLE_PAGE_TIMINGS)
        return true;
    for (size_t i = 0; i < COUNT_OF_KNOWN; i++)
        if (key_is(tree, member, known[i]))
            return true;
    return false;
}

static bool is_binary(const struct har_tree *tree, const struct har_node *text, const struct html_leaving *in)
{
    if (text->kind != HAR_KIND_STRING)
        return false;
    if (in->encoded || in->binary)
        return true;
    const struct json_measure measure = json_measure(json_text(tree, text), text->text_len);
    return measure.lone || measure.replaced != JSON_NOWHERE;
}

uint64_t html_body_bytes(const struct har_tree *tree, const struct har_node *text, const struct html_leaving *in)
{
    struct base64 base64;
    if (text->kind != HAR_KIND_STRING)
        return is_container(text) && text->flags & JSON_ADDED ? 0 : text->text_len;
    if (in->encoded && json_base64(tree, text, &base64, NULL))
        return base64_decoded(&base64);
    return text->flags & JSON_TEXT_ESCAPED ? json_measure(json_text(tree, text), text->text_len).bytes : text->text_len;
}

static bool keeps_text(const struct har_tree *tree, const struct har_node *text, const struct html_leaving *in,
                       const struct html_options *options)
{
    return options->bodies == HTML_BODIES_ALL || (options->bodies == HTML_BODIES_TEXT && !is_binary(tree, text, in));
}

bool html_keeps_body(const struct har_tree *tree, const struct har_node *content, const struct html_options *options)
{
    const struct har_node *text = options->bodies == HTML_BODIES_NONE ? NULL : har_node_member(tree, content, "text");
    struct html_leaving in = {.role = HTML_ROLE_CONTENT};
    if (!text || text->kind != HAR_KIND_STRING || !text->text_len)
        return false;
    look_at_body(tree, content, &in);
    return keeps_text(tree, text, &in, options);
}

/* What hides nothing: literals, "", [] and {}. */
static bool says_nothing(const struct har_node *value)
{
    return value->kind < HAR_KIND_NUMBER || (value->kind == HAR_KIND_STRING && !value->text_len) ||
           (is_container(value) && value->child == JSON_NONE);
}

static inline bool is_body_role(enum html_role role)
{
    return role >= HTML_ROLE_CONTENT && role <= HTML_ROLE_MESSAGES;
}

static bool is_body(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in)
{
    if (value->kind == HAR_KIND_STRING && is_body_role(role_of(tree, value, in)))
        return true; /* an element, or a text where an object or a list should be */
    if (in->array || !is_body_role(in->role))
        return false;
    if (in->role == HTML_ROLE_PARAMS)
        return !in->listed || credential_key(tree, value, of_param, COUNT_OF_PARAM) < 0;
    return credential_key(tree, value, &bodies[in->role], 1) >= 0;
}

static bool is_cookie(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in)
{
    if (in->role != HTML_ROLE_COOKIES)
        return !is_container(value) && role_of(tree, value, in) == HTML_ROLE_COOKIES;
    if (in->array)
        return !is_container(value);
    const int attribute = in->listed ? credential_key(tree, value, of_cookie, COUNT_OF_COOKIE) : -1;
    return attribute < 0 || (attribute == 0 && credential_is_pair(tree, value));
}

static bool is_header(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in)
{
    if (in->named && !(in->array ? credential_is_name(tree, value) : credential_key(tree, value, of_header, COUNT_OF_HEADER) >= 0))
        return true;
    if (!in->array && credential_is_key(tree, value))
        return true;
    return value->kind == HAR_KIND_STRING && credential_in_lines(tree, value);
}

bool html_is_harmless(const struct har_tree *tree, const struct har_node *name, const struct har_node *value,
                      const struct html_options *options)
{
    return options->no_redact ||
           (!credential_is_name(tree, name) && !credential_in_lines(tree, name) && !credential_in_lines(tree, value));
}

enum html_verdict html_judge(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in,
                             const struct html_options *options)
{
    if (says_nothing(value))
        return HTML_KEEP;
    if (!options->no_redact && is_cookie(tree, value, in))
        return HTML_LEAVE_COOKIE;
    if (is_body(tree, value, in))
        return keeps_text(tree, value, in, options) ? HTML_KEEP : HTML_LEAVE_BODY;
    return !options->no_redact && in->role != HTML_ROLE_COOKIES && is_header(tree, value, in) ? HTML_LEAVE_HEADER : HTML_KEEP;
}
