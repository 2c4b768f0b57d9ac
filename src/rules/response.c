/* Status, redirects, sizes, the connection. */
#include <string.h>

#include "derive/http.h"
#include "json/text.h"
#include "rules/count.h"
#include "util/ip.h"
#include "util/text.h"

struct response {
    struct har_buffer url, redirect, location, to, meant; /* scratch */
};

enum {
    URL_MOST = 1 << 17,             /* longer ones are not compared */
    URL_BUFFER_MOST = URL_MOST * 4, /* two of them, decoded */
    LOCATIONS_MOST = 8,             /* headers that are compared */
    IP_MOST = 100,                  /* longer texts are no addresses */
};

/* ---- status */

/* No answer with this status has a body. */
static bool is_bodiless(int64_t status)
{
    return (status >= 100 && status < 200) || status == 204 || status == 304;
}

static void tell_no_status(struct check *check, const struct facts *facts)
{
    const struct har_node *node = facts->response[RESPONSE_status], *text = facts->content[CONTENT_text];
    if (semantic_first(check, facts->response[RESPONSE_headers]) || (text && text->text_len))
        semantic_tell(check, HAR_RULE_RESPONSE_WITHOUT_STATUS, node, "status is 0, but there are headers or a body", NULL, 0);
    else
        semantic_tell(check, HAR_RULE_NO_RESPONSE, node, "status is 0: there was no response", NULL, 0);
}

static void run_status(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct har_node *node = facts->response[RESPONSE_status];
    int64_t status = 0;
    const enum count_form form = count_of(check, node, &status);
    if (form == COUNT_FRACTION) {
        semantic_tell(check, HAR_RULE_FRACTIONAL_STATUS, node, "status is no whole number", NULL, 0);
    } else if (form == COUNT_WHOLE && status == 0) {
        tell_no_status(check, facts);
    } else if (form == COUNT_WHOLE && status == -1) {
        semantic_tell(check, HAR_RULE_UNKNOWN_STATUS, node, "status is -1: not known", NULL, 0);
    } else if (form == COUNT_WHOLE && (status < 100 || status > 599)) {
        const struct har_arg arg = semantic_decimal((double)status);
        semantic_tell(check, HAR_RULE_UNLIKELY_STATUS, node, "status is %1: HTTP has 100 to 599", &arg, 1);
    }
}

static void run_bodiless(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    static const char head[] = "HEAD";
    const struct har_node *method = facts->request[REQUEST_method], *text = facts->content[CONTENT_text];
    int64_t status = 0;
    const bool bodiless = count_of(check, facts->response[RESPONSE_status], &status) == COUNT_WHOLE && is_bodiless(status);
    const struct har_arg arg = check_number((uint64_t)status);
    const int64_t body_size = count_size(check, facts->response[RESPONSE_bodySize]);
    if (bodiless && body_size > 0) {
        const struct har_arg args[] = {check_number((uint64_t)body_size), arg};
        semantic_tell(check, HAR_RULE_NOT_MODIFIED_SIZE, facts->response[RESPONSE_bodySize],
                      "bodySize is %1, but an answer with status %2 has no body", args, 2);
    }
    if (!text || !text->text_len)
        return;
    if (bodiless)
        semantic_tell(check, HAR_RULE_UNEXPECTED_BODY, text, "there is a text, but an answer with status %1 has no body", &arg, 1);
    else if (method && json_text_equals(json_text(check->item->tree, method), method->text_len, head, sizeof head - 1))
        semantic_tell(check, HAR_RULE_UNEXPECTED_BODY, text, "there is a text, but an answer to HEAD has no body", NULL, 0);
}

/* ---- sizes */

static void run_size(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct {
        const struct har_node *node;
        const char *name;
    } row[] = {
        {facts->request[REQUEST_headersSize], "request.headersSize"},
        {facts->request[REQUEST_bodySize], "request.bodySize"},
        {facts->response[RESPONSE_headersSize], "response.headersSize"},
        {facts->response[RESPONSE_bodySize], "response.bodySize"},
        {facts->content[CONTENT_size], "content.size"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int64_t size = 0;
        const enum count_form form = count_of(check, row[i].node, &size);
        if (form == COUNT_NONE || (form == COUNT_WHOLE && size >= -1))
            continue;
        const struct har_arg args[] = {check_word(row[i].name), semantic_decimal((double)size)};
        if (form == COUNT_WHOLE && row[i].node == facts->response[RESPONSE_bodySize]) {
            semantic_tell(check, HAR_RULE_NEGATIVE_BODY_SIZE, row[i].node, "%1 is %2", args, 2);
            continue;
        }
        semantic_tell(check, HAR_RULE_MALFORMED_SIZE, row[i].node,
                      form == COUNT_FRACTION ? "%1 has a fraction: sizes are whole bytes"
                                             : "%1 is %2: sizes are 0 and more, or -1 when not known",
                      args, form == COUNT_FRACTION ? 1 : 2);
    }
}

/* ---- redirects */

static struct har_text url_text(struct check *check, const struct har_node *node, struct har_buffer *scratch)
{
    if (!scratch->max)
        har_buffer_init(scratch, URL_BUFFER_MOST);
    return text_trim(semantic_text(check, node, scratch));
}

static bool resolve(struct check *check, struct har_text base, struct har_text reference, struct har_buffer *out)
{
    if (!out->max)
        har_buffer_init(out, URL_BUFFER_MOST);
    har_buffer_clear(out);
    if (url_append_resolved(base, reference, out))
        return true;
    check->no_memory = true;
    return false;
}

/* Whether both lead to the same address, as far as can be told. */
static bool leads_there(struct check *check, const struct facts *facts, const struct har_node *location, struct response *response)
{
    const struct har_node *redirect = facts->response[RESPONSE_redirectURL], *url = facts->request[REQUEST_url];
    const struct har_tree *tree = check->item->tree;
    if (text_equal(har_node_text(tree, redirect), har_node_text(tree, location)))
        return true;
    if (redirect->text_len > URL_MOST || location->text_len > URL_MOST || (url && url->text_len > URL_MOST))
        return true;
    const struct har_text base = url_text(check, url, &response->url);
    const struct har_text to = url_text(check, redirect, &response->redirect);
    const struct har_text meant = url_text(check, location, &response->location);
    if (url_has_foreign_host(to) || url_has_foreign_host(meant))
        return true;
    if (!resolve(check, base, to, &response->to) || !resolve(check, base, meant, &response->meant))
        return true;
    return response->to.len == response->meant.len && memcmp(response->to.data, response->meant.data, response->to.len) == 0;
}

static void run_redirect(struct check *check, const struct facts *facts, void *ctx)
{
    const struct har_node *redirect = facts->response[RESPONSE_redirectURL];
    const bool headers = semantic_first(check, facts->response[RESPONSE_headers]);
    struct header_range range = facts->response_headers[HEADER_LOCATION];
    struct name_value header = {NULL, NULL};
    int64_t status = 0;
    unsigned compared = 0;
    if (!redirect || !headers)
        return;
    const bool redirects =
        count_of(check, facts->response[RESPONSE_status], &status) == COUNT_WHOLE && derive_redirects((double)status);
    if (!redirect->text_len && !redirects)
        return;
    bool any = false, settled = false;
    while (!settled && headers_next(check, &range, HEADER_LOCATION, &header)) {
        if (!header.value)
            continue;
        any = any || header.value->text_len;
        settled = redirect->text_len ? compared++ == LOCATIONS_MOST || leads_there(check, facts, header.value, ctx) : any;
    }
    if (redirect->text_len && !settled)
        semantic_tell(check, HAR_RULE_REDIRECT_MISMATCH, redirect,
                      any ? "redirectURL leads elsewhere than the Location header"
                          : "redirectURL is filled in, but there is no Location header",
                      NULL, 0);
    else if (!redirect->text_len && any)
        semantic_tell(check, HAR_RULE_REDIRECT_OMITTED, redirect, "redirectURL is empty, but there is a Location header", NULL, 0);
}

/* ---- the connection */

static void run_connection(struct check *check, const struct facts *facts, void *ctx)
{
    (void)ctx;
    const struct har_node *ip = facts->entry[ENTRY_serverIPAddress], *connection = facts->entry[ENTRY_connection];
    if (connection && !connection->text_len)
        semantic_tell(check, HAR_RULE_EMPTY_CONNECTION, connection, "connection is empty; what is unknown is left out", NULL, 0);
    if (!ip)
        return;
    if (!ip->text_len) {
        semantic_tell(check, HAR_RULE_EMPTY_SERVER_IP, ip, "serverIPAddress is empty; what is unknown is left out", NULL, 0);
        return;
    }
    const struct har_text text = ip->text_len > IP_MOST ? (struct har_text){"", 0} : semantic_text(check, ip, &check->decoded);
    const enum ip_form form = ip_form(text.bytes, text.len);
    if (form == IP_DRESSED)
        semantic_tell(check, HAR_RULE_BRACKETED_SERVER_IP, ip, "serverIPAddress has brackets or a port around the address", NULL,
                      0);
    else if (form == IP_NOT)
        semantic_tell(check, HAR_RULE_MALFORMED_SERVER_IP, ip, "serverIPAddress is no IP address", NULL, 0);
}

static void release(void *ctx)
{
    struct response *response = ctx;
    har_buffer_release(&response->url);
    har_buffer_release(&response->redirect);
    har_buffer_release(&response->location);
    har_buffer_release(&response->to);
    har_buffer_release(&response->meant);
}

static const struct semantic_row rows[] = {
    {run_status,
     IN(ENTRY),
     {HAR_RULE_FRACTIONAL_STATUS, HAR_RULE_NO_RESPONSE, HAR_RULE_UNKNOWN_STATUS, HAR_RULE_UNLIKELY_STATUS,
      HAR_RULE_RESPONSE_WITHOUT_STATUS, HAR_RULE_COUNT}},
    {run_bodiless, IN(ENTRY), {HAR_RULE_NOT_MODIFIED_SIZE, HAR_RULE_UNEXPECTED_BODY, HAR_RULE_COUNT}},
    {run_size, IN(ENTRY), {HAR_RULE_MALFORMED_SIZE, HAR_RULE_NEGATIVE_BODY_SIZE, HAR_RULE_COUNT}},
    {run_redirect, IN(ENTRY), {HAR_RULE_REDIRECT_MISMATCH, HAR_RULE_REDIRECT_OMITTED, HAR_RULE_COUNT}},
    {run_connection,
     IN(ENTRY),
     {HAR_RULE_BRACKETED_SERVER_IP, HAR_RULE_EMPTY_SERVER_IP, HAR_RULE_MALFORMED_SERVER_IP, HAR_RULE_EMPTY_CONNECTION,
      HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_response = {rows, sizeof(struct response), release};
