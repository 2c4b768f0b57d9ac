/* Judged by names alone, wherever they stand: captures are not always made as the specification wants them, and what is left out
 * without need can be asked for with an option, while what went out cannot be called back. */
#include "html/leave.h"

#include <string.h>
#include <strings.h>

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
    NAME("_redaction"),
    NAME("_resourceType"),
    NAME("_serverPort"),
    NAME("_sha1"),
    NAME("_transferSize"),
    NAME("_wasPushed"),
    NAME("_was_pushed"),
    NAME("_webSocketMessages"),
};

/* What the value of a member is about. Of these names letters and digits count. */
static const struct har_text role_names[] = {
    NAME("content"), NAME("postdata"), NAME("params"), NAME("pagetimings"), NAME("websocketmessages"),
};
static const struct {
    enum html_role in, role; /* in HTML_ROLE_NONE: in any */
} roles[] = {
    {HTML_ROLE_NONE, HTML_ROLE_CONTENT},      {HTML_ROLE_NONE, HTML_ROLE_POST_DATA}, {HTML_ROLE_POST_DATA, HTML_ROLE_PARAMS},
    {HTML_ROLE_NONE, HTML_ROLE_PAGE_TIMINGS}, {HTML_ROLE_NONE, HTML_ROLE_MESSAGES},
};

/* The member of each role's objects that is a body. */
static const struct har_text bodies[] = {
    [HTML_ROLE_CONTENT] = NAME("text"),
    [HTML_ROLE_POST_DATA] = NAME("text"),
    [HTML_ROLE_MESSAGES] = NAME("data"),
    [HTML_ROLE_PAGE_TIMINGS] = {NULL, 0},
};

/* What stays of a form field: everything else may be its value, whatever it is called. */
static const struct har_text of_param[] = {
    NAME("name"), NAME("filename"), NAME("contenttype"), NAME("encoding"), NAME("comment"),
};

enum {
    COUNT_OF_ROLES = sizeof roles / sizeof *roles,
    COUNT_OF_KNOWN = sizeof known / sizeof *known,
    COUNT_OF_PARAM = sizeof of_param / sizeof *of_param,
    NAME_MOST = 64, /* bytes of a name with all that is not compared */
    LETTERS_MOST = 24,
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

static inline bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What is compared of a name; its length, 0 when it is none of those here. */
static size_t letters_of(struct har_text name, char letters[LETTERS_MOST])
{
    size_t len = 0;
    if (name.len > NAME_MOST)
        return 0;
    for (size_t i = 0; i < name.len; i++) {
        if (!is_letter(name.bytes[i]) && !is_digit(name.bytes[i]))
            continue;
        if (len == LETTERS_MOST)
            return 0;
        letters[len++] = is_digit(name.bytes[i]) ? name.bytes[i] : (char)(name.bytes[i] | 0x20);
    }
    return len;
}

/* Which of `names` the key of the member is, however it is spelled: with underscores, as normalizing gives them, a stray colon or
 * blank; -1. A number that normalizing put behind it (_text_2) does not count. */
static int find_key(const struct har_tree *tree, const struct har_node *member, const struct har_text *names, size_t count)
{
    char letters[LETTERS_MOST];
    struct har_buffer plain;
    struct har_text key = {json_key(tree, member), member->key_len};
    har_buffer_init(&plain, SIZE_MAX / 2);
    if (member->flags & JSON_KEY_ESCAPED) {
        const bool good = json_text_decode(key.bytes, key.len, &plain) && plain.len;
        key = good ? (struct har_text){plain.data, plain.len} : (struct har_text){"", 0};
    }
    size_t len = letters_of(key, letters);
    har_buffer_release(&plain);
    while (len && is_digit(letters[len - 1]))
        len--;
    for (size_t i = 0; i < count; i++)
        if (names[i].len == len && memcmp(names[i].bytes, letters, len) == 0)
            return (int)i;
    return -1;
}

/* Lengths of the names of roles, as bits. Others begin with an underscore. */
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
    if (in->array)
        return in->role;
    const int found = may_have_role(tree, node) ? find_key(tree, node, role_names, COUNT_OF_ROLES) : -1;
    if (found < 0 || (roles[found].in != HTML_ROLE_NONE && roles[found].in != in->role))
        return HTML_ROLE_NONE;
    return roles[found].role;
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
                                    const struct html_leaving *parent)
{
    struct html_leaving in = {.role = role_of(tree, container, parent), .array = container->kind == HAR_KIND_ARRAY};
    in.listed = parent && parent->array;
    if (!in.array && in.role >= HTML_ROLE_CONTENT && in.role <= HTML_ROLE_MESSAGES)
        look_at_body(tree, container, &in);
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
        return !in->listed || find_key(tree, value, of_param, COUNT_OF_PARAM) < 0;
    return find_key(tree, value, &bodies[in->role], 1) >= 0;
}

bool html_leaves_body(const struct har_tree *tree, const struct har_node *value, const struct html_leaving *in,
                      const struct html_options *options)
{
    return options->bodies != HTML_BODIES_ALL && !says_nothing(value) && is_body(tree, value, in) &&
           !keeps_text(tree, value, in, options);
}
