/* Methods, protocol versions, headers. */
#include <string.h>

#include "check/semantic.h"
#include "derive/http.h"
#include "json/text.h"
#include "util/blank.h"
#include "util/text.h"
#include "util/token.h"

struct context {
    struct har_buffer text;
    struct { /* the last known version, which the next entry most likely has too */
        char bytes[16];
        size_t len;
    } version;
};

static void prepare(struct context *ctx)
{
    if (!ctx->text.max)
        har_buffer_init(&ctx->text, SIZE_MAX / 2); /* what is decoded is never longer than the item, which has a maximum */
}

static void release(void *context)
{
    struct context *ctx = context;
    har_buffer_release(&ctx->text);
}

/* ---- method */

/* Chrome leaves the method of some WebSocket entries empty. */
static bool is_web_socket(const struct facts *facts)
{
    return text_is(facts->url.scheme, "ws") || text_is(facts->url.scheme, "wss");
}

static void run_method(struct check *check, const struct facts *facts, void *context)
{
    struct context *ctx = context;
    const struct har_node *node = facts->request[REQUEST_method];
    if (!node)
        return;
    prepare(ctx);
    const struct har_text method = semantic_text(check, node, &ctx->text);
    if (!token_is(method.bytes, method.len)) {
        const size_t at = token_length(method.bytes, method.len);
        const bool empty = method.len == 0;
        if (!empty || !is_web_socket(facts))
            semantic_tell_at(check, HAR_RULE_MALFORMED_METHOD, node, at,
                             empty ? "the method is empty" : "the method holds a character that no method has", NULL, 0);
        return;
    }
    const char *usual = derive_method(method);
    if (usual && !text_is_exactly(method, usual))
        semantic_tell(check, HAR_RULE_METHOD_CASE, node, "methods are case-sensitive, this one is spelled %1",
                      (struct har_arg[]){check_word(usual)}, 1);
}

/* ---- protocol version */

static void check_version_of(struct check *check, struct context *ctx, const struct facts *facts, const struct har_node *node)
{
    double status = 0;
    if (!node)
        return;
    const struct har_text text = semantic_text(check, node, &ctx->text);
    if (text.len && text_equal(text, (struct har_text){ctx->version.bytes, ctx->version.len}))
        return;
    if (derive_version_known(text)) {
        ctx->version.len = text.len <= sizeof ctx->version.bytes ? text.len : 0;
        memcpy(ctx->version.bytes, text.bytes, ctx->version.len);
        return;
    }
    if (facts->url.kind == URL_OTHER) /* data:, file: */
        return;
    const char *message = "httpVersion is no version of HTTP that is in use";
    if (text.len == 0 || text_is(text, "unknown")) {
        if (!semantic_number(check, facts->response[RESPONSE_status], &status) || status <= 0)
            return;
        message =
            text.len ? "httpVersion is unknown although there is a response" : "httpVersion is empty although there is a response";
    }
    semantic_tell(check, HAR_RULE_UNKNOWN_HTTP_VERSION, node, message, NULL, 0);
}

static void run_version(struct check *check, const struct facts *facts, void *context)
{
    struct context *ctx = context;
    prepare(ctx);
    check_version_of(check, ctx, facts, facts->request[REQUEST_httpVersion]);
    check_version_of(check, ctx, facts, facts->response[RESPONSE_httpVersion]);
}

/* ---- headers */

static void tell_name(struct check *check, const struct har_node *node, struct har_text name)
{
    static const char blank[] = "a blank stands in the name of a header",
                      no_token[] = "the name of a header holds a character that none has";
    const bool pseudo = name.len && *name.bytes == ':';
    const size_t at = pseudo + token_length(name.bytes + pseudo, name.len - pseudo);
    if (at == name.len)
        semantic_tell_at(check, HAR_RULE_HEADER_NAME, node, 0,
                         pseudo ? "the name of a header is a colon" : "the name of a header is empty", NULL, 0);
    else
        semantic_tell_at(check, HAR_RULE_HEADER_NAME, node, at, is_blank(name.bytes[at]) ? blank : no_token, NULL, 0);
}

static void check_value_of(struct check *check, struct context *ctx, const struct har_node *node)
{
    if (!derive_may_break(har_node_text(check->item->tree, node)))
        return;
    const struct har_text text = semantic_text(check, node, &ctx->text);
    size_t first = 0;
    const uint64_t count = derive_line_ends(text, &first);
    if (count)
        semantic_tell_at(check, HAR_RULE_HEADER_LINE_BREAK, node, first, "line breaks in the value of a header: %1",
                         (struct har_arg[]){check_number(count)}, 1);
}

/* The decoded text of a string; seldom more than a look at it. */
static inline struct har_text text_of(struct check *check, const struct har_node *node, struct har_buffer *scratch)
{
    if (node->flags & JSON_TEXT_ESCAPED)
        return semantic_text(check, node, scratch);
    return (struct har_text){json_text(check->item->tree, node), node->text_len};
}

static void check_headers_of(struct check *check, struct context *ctx, const struct har_node *list)
{
    const bool values = semantic_on(check, HAR_RULE_HEADER_LINE_BREAK);
    uint64_t pseudo = 0;
    for (const struct har_node *node = semantic_first(check, list); node; node = semantic_next(check, node)) {
        const struct name_value header = semantic_pair(check, node);
        if (header.value && header.value->flags & JSON_TEXT_ESCAPED && values)
            check_value_of(check, ctx, header.value);
        if (!header.name)
            continue;
        const struct har_text name = text_of(check, header.name, &ctx->text);
        if (token_is(name.bytes, name.len))
            continue;
        if (name.len && *name.bytes == ':' && token_is(name.bytes + 1, name.len - 1))
            pseudo++;
        else
            tell_name(check, header.name, name);
    }
    if (pseudo)
        semantic_tell(check, HAR_RULE_PSEUDO_HEADER, list, "pseudo-headers of HTTP/2 among the headers: %1",
                      (struct har_arg[]){check_number(pseudo)}, 1);
}

static bool has_high_bytes(struct har_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return true;
    return false;
}

/* A host outside ASCII is spelled otherwise in headers, a broken one is told by another rule. */
static void check_host(struct check *check, const struct facts *facts, struct context *ctx, const struct har_node *node)
{
    const struct url *const url = &facts->url;
    struct url named = {0};
    if (url->kind != URL_WEB || !url->host.len || has_high_bytes(url->host) || url_port(url) < 0)
        return;
    const struct har_text value = semantic_text(check, node, &ctx->text);
    named.default_port = url->default_port;
    url_split_authority(value, &named);
    const bool same_host = text_alike(url->host, named.host);
    const struct har_arg hosts[] = {{HAR_ARG_VALUE, 0, named.host}, {HAR_ARG_VALUE, 0, url->host}};
    const int port = url_port(&named);
    const struct har_arg ports[] = {check_number((uint64_t)(port < 0 ? 0 : port)), check_number((uint64_t)url_port(url))};
    if (!same_host)
        semantic_tell(check, HAR_RULE_HOST_MISMATCH, node, "the request names another host, %1, than url, %2", hosts, 2);
    else if (port < 0)
        semantic_tell(check, HAR_RULE_HOST_MISMATCH, node, "the port behind the host is no number", NULL, 0);
    else if (port != url_port(url))
        semantic_tell(check, HAR_RULE_HOST_MISMATCH, node, "the request goes to port %1, url to %2", ports, 2);
}

static void run_headers(struct check *check, const struct facts *facts, void *context)
{
    struct context *ctx = context;
    prepare(ctx);
    check_headers_of(check, ctx, facts->request[REQUEST_headers]);
    check_headers_of(check, ctx, facts->response[RESPONSE_headers]);
}

static void run_host(struct check *check, const struct facts *facts, void *context)
{
    struct context *ctx = context;
    const struct har_node *host = headers_value(check, facts->request_headers[HEADER_HOST], HEADER_HOST, false);
    if (!host)
        return;
    prepare(ctx);
    check_host(check, facts, ctx, host);
}

static const struct semantic_row rows[] = {
    {run_method, IN(ENTRY), {HAR_RULE_MALFORMED_METHOD, HAR_RULE_METHOD_CASE, HAR_RULE_COUNT}},
    {run_version, IN(ENTRY), {HAR_RULE_UNKNOWN_HTTP_VERSION, HAR_RULE_COUNT}},
    {run_headers, IN(ENTRY), {HAR_RULE_HEADER_NAME, HAR_RULE_PSEUDO_HEADER, HAR_RULE_HEADER_LINE_BREAK, HAR_RULE_COUNT}},
    {run_host, IN(ENTRY), {HAR_RULE_HOST_MISMATCH, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_header = {rows, sizeof(struct context), release};
