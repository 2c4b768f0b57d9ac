/* A new scan: what is wrong with it is found before anything is sent; of the answer nothing but an id is trusted. */
#include <stdio.h>
#include <string.h>

#include "cloudflare/json.h"
#include "cloudflare/prove.h"
#include "util/text.h"
#include "util/token.h"
#include "util/url.h"
#include "util/utf8.h"

enum {
    AGENT_MOST = 4096,     /* bytes; the API's own bound */
    TEXTS_MOST = 64 << 10, /* bytes of all texts together */
    HEADERS_MOST = 1000,
    ESCAPED_MOST = 6, /* bytes that JSON makes of one */
    AROUND = 256,     /* bytes of JSON besides the texts */
    AROUND_HEADER = 8,
    BODY_MOST = TEXTS_MOST * ESCAPED_MOST + AROUND + AROUND_HEADER * HEADERS_MOST,
    PATH_SIZE = 96,
};

static enum har_status refuse(struct har_error *error, const char *why)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "%s", why);
}

/* ---- checks */

/* Characters of Unicode, no controls. */
static bool is_clean(const char *text)
{
    for (size_t len = strlen(text), i = 0; i < len;) {
        uint32_t cp = 0;
        const size_t step = utf8_decode(text + i, len - i, &cp);
        if (!step || cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
            return false;
        i += step;
    }
    return true;
}

static enum har_status check_url(const char *text, struct har_error *error)
{
    struct url url;
    if (!text || !*text)
        return refuse(error, "there is no address to scan");
    if (!is_clean(text) || strchr(text, ' '))
        return refuse(error, "the address to scan has blanks, control characters or bytes that are no UTF-8");
    url_split(text, strlen(text), &url);
    if (!text_is(url.scheme, "http") && !text_is(url.scheme, "https"))
        return refuse(error, "the address to scan must begin with http:// or https://");
    if (!url.has_authority || url_judge_host(&url) != URL_HOST_GOOD || url_port(&url) < 1)
        return refuse(error, "the address to scan has no proper host or port");
    if (url.has_userinfo)
        return refuse(error, "the address to scan has a user's name or password, which the scan would show");
    return HAR_OK;
}

static enum har_status check_agent(const char *agent, struct har_error *error)
{
    if (!agent)
        return HAR_OK;
    size_t good = 0;
    while (agent[good] >= 0x20 && agent[good] <= 0x7e)
        good++;
    if (!good || agent[good] || good > AGENT_MOST)
        return refuse(error, "the scanner's User-Agent takes 1 to 4096 printable characters of ASCII");
    return HAR_OK;
}

static bool stands_before(const struct har_cloudflare_header *headers, size_t at)
{
    const struct har_text name = {headers[at].name, strlen(headers[at].name)};
    for (size_t i = 0; i < at; i++)
        if (text_is(name, headers[i].name))
            return true;
    return false;
}

/* Headers are told by their number: what is taken for a name may be a secret. */
static enum har_status check_headers(const struct har_cloudflare_header *headers, size_t *total, struct har_error *error)
{
    for (size_t i = 0; headers && headers[i].name; i++) {
        const char *wrong = NULL;
        if (i == HEADERS_MOST)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "there are more than %d headers", HEADERS_MOST);
        if (!token_is(headers[i].name, strlen(headers[i].name)))
            wrong = "its name is no token of HTTP";
        else if (!headers[i].value)
            wrong = "it has no value";
        else if (!is_clean(headers[i].value))
            wrong = "its value has control characters or bytes that are no UTF-8";
        else if (stands_before(headers, i))
            wrong = "its name stands twice";
        if (wrong)
            return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "header %zu: %s", i + 1, wrong);
        *total += strlen(headers[i].name) + strlen(headers[i].value);
    }
    return HAR_OK;
}

static enum har_status check(const struct har_cloudflare *client, const struct har_cloudflare_submission *s,
                             struct har_error *error)
{
    size_t total = 0;
    if (!client->config.account || !har_cloudflare_is_account(client->config.account))
        return refuse(error, "needs the account to scan for: --account or CLOUDFLARE_ACCOUNT_ID");
    enum har_status status = check_url(s->url, error);
    if (status == HAR_OK && s->country &&
        (strlen(s->country) != 2 || !text_is_letter(s->country[0]) || !text_is_letter(s->country[1])))
        return refuse(error, "a country takes two letters, as in DE");
    if (status == HAR_OK)
        status = check_agent(s->agent, error);
    if (status == HAR_OK)
        status = check_headers(s->headers, &total, error);
    if (status == HAR_OK && total + strlen(s->url) + (s->agent ? strlen(s->agent) : 0) > TEXTS_MOST)
        return refuse(error, "address, User-Agent and headers have more than 64 KiB together");
    return status;
}

/* ---- the request's body */

static void put_text(struct har_buffer *body, const char *before, const char *text)
{
    har_buffer_append_text(body, before);
    har_buffer_append_json(body, text, strlen(text));
    har_buffer_append_char(body, '"');
}

/* The texts of the submission were checked. The buffer gets all its room at once, because growing leaves copies of secrets behind.
 */
const char *cloudflare_submission(const struct har_cloudflare_submission *s, struct har_buffer *body)
{
    size_t room = strlen(s->url) * ESCAPED_MOST + AROUND;
    room += s->agent ? strlen(s->agent) * ESCAPED_MOST : 0;
    for (size_t i = 0; s->headers && s->headers[i].name; i++)
        room += (strlen(s->headers[i].name) + strlen(s->headers[i].value)) * ESCAPED_MOST + AROUND_HEADER;
    har_buffer_reserve(body, room);
    put_text(body, "{\"url\":\"", s->url);
    put_text(body, ",\"visibility\":\"", s->is_public ? "Public" : "Unlisted");
    if (s->country) {
        const char country[] = {(char)(s->country[0] & ~0x20), (char)(s->country[1] & ~0x20), '\0'};
        put_text(body, ",\"country\":\"", country);
    }
    if (s->agent)
        put_text(body, ",\"customagent\":\"", s->agent);
    for (size_t i = 0; s->headers && s->headers[i].name; i++) {
        put_text(body, i ? ",\"" : ",\"customHeaders\":{\"", s->headers[i].name);
        put_text(body, ":\"", s->headers[i].value);
    }
    har_buffer_append_text(body, s->headers && s->headers[0].name ? "}}" : "}");
    return har_buffer_string(body);
}

/* ---- the answer */

static void copy_clean(const struct har_cloudflare *client, struct har_text text, char *to, size_t size)
{
    cloudflare_clean(client, text.bytes, text.len, to, size);
}

/* Whether it is the address of a page at Cloudflare, that can be printed as it is. */
static bool is_page(struct har_text text, const char *cleaned)
{
    static const char *const hosts[] = {"radar.cloudflare.com", "dash.cloudflare.com"};
    struct url url;
    url_split(text.bytes, text.len, &url);
    if (!text_is_exactly(text, cleaned) || memchr(text.bytes, ' ', text.len) || !text_is(url.scheme, "https") || url.has_userinfo ||
        url.bracketed || url_port(&url) != 443)
        return false;
    return text_is(url.host, hosts[0]) || text_is(url.host, hosts[1]);
}

static void read_page(const struct har_cloudflare *client, struct cloudflare_json *json, struct har_cloudflare_submitted *to)
{
    const struct har_text text = cloudflare_json_text(json, json->root, "result");
    copy_clean(client, text, to->page, sizeof to->page);
    if (!is_page(text, to->page))
        snprintf(to->page, sizeof to->page, "%s%s", CLOUDFLARE_PAGE, to->scan.id);
}

static void read_visibility(struct cloudflare_json *json, const struct har_node *from, bool is_public,
                            struct har_cloudflare_submitted *to)
{
    static const char *const words[] = {"unlisted", "public"};
    const struct har_text text = cloudflare_json_text(json, from, "visibility");
    for (size_t i = 0; i < 2; i++)
        is_public = text_is(text, words[i]) ? i : is_public;
    snprintf(to->visibility, sizeof to->visibility, "%s", words[is_public]);
}

bool cloudflare_read_submitted(const struct har_cloudflare *client, const char *bytes, size_t len,
                               const struct har_cloudflare_submission *s, struct har_cloudflare_submitted *to)
{
    struct cloudflare_json json;
    bool good = false;
    if (cloudflare_json_read(&json, bytes, len)) {
        const struct har_node *inner = cloudflare_json_kind(&json, json.root, "result", HAR_KIND_OBJECT); /* of version 1 */
        const struct har_node *from = inner ? inner : json.root;
        const struct har_text id = cloudflare_json_text(&json, from, "uuid");
        good = cloudflare_is_id(id);
        if (good) {
            cloudflare_lower(id, to->scan.id);
            cloudflare_lower((struct har_text){client->config.account, strlen(client->config.account)}, to->scan.account);
            read_page(client, &json, to);
            read_visibility(&json, from, s->is_public, to);
            copy_clean(client, cloudflare_json_text(&json, from, "url"), to->url, sizeof to->url);
            if (!*to->url)
                copy_clean(client, (struct har_text){s->url, strlen(s->url)}, to->url, sizeof to->url);
        }
    }
    cloudflare_json_release(&json);
    return good;
}

/* Status 200 has its body in the spool; what others bring is kept with the errors. It may be packed although nobody asked. */
static enum har_status load_answer(const struct cloudflare_request *request, const struct cloudflare_reply *reply,
                                   struct har_buffer *body, struct har_error *error)
{
    const uint64_t spooled = reply->status == 200 ? spool_length(&reply->body) : 0;
    const size_t len = spooled < CLOUDFLARE_ERROR_BODY ? (size_t)spooled : CLOUDFLARE_ERROR_BODY;
    if (!len)
        return har_buffer_append(body, reply->error_body.data, reply->error_body.len) ? HAR_OK : har_error_memory(error);
    char *to = har_buffer_reserve(body, len);
    if (!to)
        return har_error_memory(error);
    const enum har_status status = spool_read(&reply->body, 0, to, len, error);
    body->len = status == HAR_OK ? len : 0;
    return status == HAR_OK ? cloudflare_unpack(body, request->settings, error) : status;
}

static enum har_status complain(struct har_cloudflare *client, const struct cloudflare_request *request,
                                const struct cloudflare_reply *reply, const struct har_buffer *body, struct har_error *error)
{
    if (!cloudflare_judge(client, reply, body->data, body->len))
        return har_error_memory(error);
    client->problem.kind = client->problem.kind == HAR_CLOUDFLARE_FINE ? HAR_CLOUDFLARE_NO_HAR : client->problem.kind;
    return cloudflare_tell(client, request, reply, error);
}

static enum har_status take_answer(struct har_cloudflare *client, const struct cloudflare_request *request,
                                   const struct cloudflare_reply *reply, struct har_cloudflare_submitted *submitted,
                                   struct har_error *error)
{
    const bool accepted = reply->status >= 200 && reply->status < 300;
    struct har_buffer body;
    har_buffer_init(&body, CLOUDFLARE_ERROR_BODY);
    enum har_status status = load_answer(request, reply, &body, error);
    if (status == HAR_OK && !(accepted && cloudflare_read_submitted(client, body.data, body.len, client->submission, submitted)))
        status = complain(client, request, reply, &body, error);
    har_buffer_release(&body);
    return status;
}

static enum har_status send_body(struct har_cloudflare *client, const char *body, const struct har_settings *settings,
                                 struct har_cloudflare_submitted *submitted, struct har_error *error)
{
    char account[HAR_CLOUDFLARE_ACCOUNT_SIZE], path[PATH_SIZE];
    struct cloudflare_reply reply;
    const struct cloudflare_request request = {
        .method = CLOUDFLARE_POST, .path = path, .body = body, .id = "", .most = CLOUDFLARE_ERROR_BODY, .settings = settings};
    cloudflare_lower((struct har_text){client->config.account, strlen(client->config.account)}, account);
    snprintf(path, sizeof path, "/accounts/%s/urlscanner/v2/scan", account);
    cloudflare_reply_init(&reply, settings);
    enum har_status status = cloudflare_ask(client, &request, &reply, error);
    if (status == HAR_OK)
        status = take_answer(client, &request, &reply, submitted, error);
    client->problem.http_status = reply.status;
    client->problem.submitted = status == HAR_OK || cloudflare_arrived(&reply);
    cloudflare_reply_release(&reply);
    return status;
}

enum har_status har_cloudflare_submit(struct har_cloudflare *client, const struct har_cloudflare_submission *submission,
                                      struct har_cloudflare_submitted *submitted, struct har_error *error)
{
    struct har_buffer body;
    client->problem = (struct har_cloudflare_problem){.size = sizeof client->problem};
    *submitted = (struct har_cloudflare_submitted){.size = sizeof *submitted};
    enum har_status status = check(client, submission, error);
    if (status != HAR_OK)
        return status;
    har_buffer_init(&body, BODY_MOST);
    struct har_settings *settings = har_settings_new();
    const char *text = cloudflare_submission(submission, &body);
    client->submission = submission;
    const bool kept = cloudflare_keep(client, submission->headers);
    status = settings && text && kept ? send_body(client, text, settings, submitted, error) : har_error_memory(error);
    client->submission = NULL;
    har_settings_free(settings);
    cloudflare_wipe(&body);
    return status;
}
