/* Normalize: the request. */
#include "normalize/message.h"
#include "util/url.h"

/* HTTP/2 and newer open WebSockets with CONNECT (RFC 8441), HTTP/1.1 with GET (RFC 6455 section 4.1). */
static bool is_web_socket(struct normalize *n, uint32_t request)
{
    uint32_t after = JSON_NONE;
    const uint32_t version = message_member_of(n, request, REQUEST_httpVersion, HAR_KIND_STRING);
    const struct har_text spelled = normalize_text(n, version, 0);
    if (spelled.len && !text_is(spelled, "unknown") && !text_ends(spelled, "1.1"))
        return false;
    const struct har_text url = normalize_text(n, message_member_of(n, request, REQUEST_url, HAR_KIND_STRING), 0);
    if (text_begins(url, "ws:") || text_begins(url, "wss:"))
        return true;
    return text_is(normalize_text(n, message_header(n, message_headers(n, request), "upgrade", &after), 0), "websocket");
}

/* Only with proof: the pseudo-header, the request line, a WebSocket. */
static void derive_missing_method(struct normalize *n, uint32_t request)
{
    struct derive_start start;
    const struct har_text pseudo = message_text(n, message_pseudo(n, request, ":method"), 0);
    if (pseudo.len) {
        normalize_set_text(n, request, REQUEST_method, pseudo.bytes, pseudo.len);
    } else if (message_start(n, request, 0, &start) && !start.status) {
        normalize_set_text(n, request, REQUEST_method, start.method.bytes, start.method.len);
    } else if (is_web_socket(n, request)) {
        normalize_set_text(n, request, REQUEST_method, "GET", 3);
        normalize_derived(n, request, HAR_MEND_WEB_SOCKET_METHOD);
        return;
    } else {
        return;
    }
    normalize_derived(n, request, HAR_MEND_METHOD);
}

static void mend_method(struct normalize *n, uint32_t request)
{
    const uint32_t method = message_member(n, request, REQUEST_method);
    if (method != JSON_NONE && normalize_node(n, method)->kind != HAR_KIND_STRING)
        return;
    const struct har_text text = normalize_text(n, method, 0);
    if (!text.len) {
        if (n->derive)
            derive_missing_method(n, request);
        return;
    }
    const char *usual = derive_method_folded(text) ? derive_method(text) : NULL;
    if (!usual || text_is_exactly(text, usual))
        return;
    normalize_set_text(n, request, REQUEST_method, usual, strlen(usual));
    normalize_mended(n, HAR_MEND_METHOD_CASE);
}

void normalize_request(struct normalize *n)
{
    const uint32_t request = message_of(n, ENTRY_request);
    if (request == JSON_NONE || n->edit.fault)
        return;
    message_url(n, request);
    message_version(n, request);
    mend_method(n, request);
    message_query(n, request);
    message_cookies(n, request, DERIVE_COOKIE);
    message_post_data(n, request);
}
