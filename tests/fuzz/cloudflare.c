/* Fuzz target: a byte of options, then an input for the parser, or an answer of the Cloudflare URL Scanner: to a request for a HAR,
 * or to a submission. Where an answer has the byte 1 or 2 the client's secrets come back. No text that is made of it holds a piece
 * of them, or anything that a terminal would obey; the advice of a sentence is never cut. */
#include "fed.h"

#include "cloudflare/cloudflare.h"
#include "util/utf8.h"

/* One byte more than is hidden: the dots of a cut may stand where a secret has one. */
enum { PIECE = 9, POSTED = 4, STATUS_SHIFT = 3, HTML = 64, CUT = 128 };

static const char token[] = "cfut_Zq3Xw9LmNpR7tVbK2sYhD5gFjC8aEu1oTi4Q-_ab";
static const char cookie[] = "session=Xk7-Bq2.Vw9_Jm4";
static const char account[] = "0123456789abcdef0123456789abcdef";

static void check_secret(const char *text, const char *secret)
{
    for (size_t i = 0; i + PIECE <= strlen(secret); i++) {
        char piece[PIECE + 1] = "";
        memcpy(piece, secret + i, PIECE);
        require(!strcasestr(text, piece));
    }
}

static void check_text(const char *text, size_t size)
{
    const size_t len = strnlen(text, size);
    require(len < size);
    for (size_t i = 0; i < len;) {
        uint32_t cp = 0;
        const size_t step = utf8_decode(text + i, len - i, &cp);
        require(step && cp >= 0x20 && (cp < 0x7f || cp > 0x9f));
        require(cp != 0x061c && cp != 0x200e && cp != 0x200f && !(cp >= 0x202a && cp <= 0x202e) && !(cp >= 0x2066 && cp <= 0x2069));
        i += step;
    }
    check_secret(text, token);
    check_secret(text, cookie);
}

static void try_input(const char *bytes, size_t len)
{
    struct har_cloudflare_scan scan, again;
    struct har_error error = {0};
    char *input = malloc(len + 1), brief[128];
    require(input != NULL);
    memcpy(input, bytes, len);
    input[len] = '\0';
    const bool accepted = har_cloudflare_accepts(input);
    const enum har_status status = har_cloudflare_parse(input, &scan, &error);
    if (status == HAR_OK) {
        require(accepted && strlen(scan.id) == HAR_CLOUDFLARE_ID_SIZE - 1);
        require(!*scan.account || har_cloudflare_is_account(scan.account));
        snprintf(brief, sizeof brief, "cloudflare:%s%s%s", scan.account, *scan.account ? "/" : "", scan.id);
        require(har_cloudflare_parse(brief, &again, NULL) == HAR_OK);
        require(strcmp(again.id, scan.id) == 0 && strcmp(again.account, scan.account) == 0);
    } else {
        require(status == HAR_FATAL && error.domain == HAR_DOMAIN_USAGE && error.text[0] && !scan.id[0] && !scan.account[0]);
        require(strlen(error.text) < sizeof error.text - 1);
    }
    free(input);
}

/* The answer with secrets in it. */
static void plant(const char *bytes, size_t len, struct har_buffer *body)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == 1 || bytes[i] == 2)
            har_buffer_append_text(body, bytes[i] == 1 ? token : cookie);
        else
            har_buffer_append_char(body, bytes[i]);
    }
}

static void check_sentence(const struct har_cloudflare *client, const struct cloudflare_request *request,
                           const struct cloudflare_reply *reply)
{
    struct har_error error;
    require(cloudflare_tell(client, request, reply, &error) == HAR_FATAL);
    require(error.domain == HAR_DOMAIN_NETWORK && error.text[0] && strlen(error.text) < sizeof error.text);
    check_text(error.text, sizeof error.text);
    const char *const open = strchr(error.text, '('), *const close = strrchr(error.text, ')');
    require(!open == !close && (!open || open < close));
}

static void try_answer(unsigned options, const struct har_buffer *body)
{
    static const long statuses[] = {200, 202, 302, 400, 403, 404, 429, 502};
    static const struct har_cloudflare_header headers[] = {{"Cookie", cookie}, {NULL, NULL}};
    const struct har_cloudflare_submission submission = {.url = "https://a.example/", .headers = headers};
    const struct cloudflare_request request = {.method = options & POSTED ? CLOUDFLARE_POST : CLOUDFLARE_GET, .most = 1024};
    struct har_cloudflare client = {.config = {.token = token, .account = account}, .submission = &submission};
    struct har_cloudflare_submitted submitted = {.size = sizeof submitted};
    struct cloudflare_reply reply = {.status = statuses[options >> STATUS_SHIFT & 7], .why = "the connection was reset"};
    char text[300];
    require(cloudflare_keep(&client, headers));
    reply.end = options & CUT ? CLOUDFLARE_CUT : CLOUDFLARE_ANSWERED;
    strcpy(reply.type, options & HTML ? "text/html" : "application/json");
    har_buffer_init(&reply.error_body, CLOUDFLARE_ERROR_BODY);
    spool_init(&reply.body, "/tmp");
    har_buffer_append(&reply.error_body, body->data, body->len);
    cloudflare_judge(&client, &reply, body->data, body->len);
    check_text(client.problem.message, sizeof client.problem.message);
    require(client.problem.http_status == reply.status && client.problem.code >= 0);
    check_sentence(&client, &request, &reply);
    cloudflare_clean(&client, body->data, body->len, text, sizeof text);
    check_text(text, sizeof text);
    if (cloudflare_read_submitted(&client, body->data, body->len, &submission, &submitted)) {
        check_text(submitted.page, sizeof submitted.page);
        check_text(submitted.url, sizeof submitted.url);
        require(strncmp(submitted.page, "https://", 8) == 0 && *submitted.url && *submitted.visibility);
        require(cloudflare_is_id((struct har_text){submitted.scan.id, strlen(submitted.scan.id)}));
    }
    har_buffer_release(&reply.error_body);
    spool_release(&reply.body);
    cloudflare_forget(&client);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct har_buffer body;
    if (!size)
        return 0;
    if (*data % 4 == 0) {
        try_input((const char *)data + 1, size - 1);
        return 0;
    }
    har_buffer_init(&body, CLOUDFLARE_ERROR_BODY);
    plant((const char *)data + 1, size - 1, &body);
    try_answer(*data, &body);
    har_buffer_release(&body);
    return 0;
}
