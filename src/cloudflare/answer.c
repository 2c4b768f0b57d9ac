/* What an answer that is no HAR says. Nothing in it is trusted: a proxy, a firewall or a stranger may have made it. */
#include <limits.h>
#include <string.h>

#include "cloudflare/cloudflare.h"
#include "cloudflare/json.h"
#include "util/blank.h"
#include "util/text.h"

enum {
    ERRORS_MOST = 16,         /* of a list that are looked at */
    WORDS_MOST = 1024,        /* bytes of a message before it is made safe and cut */
    SNIFFED = 512,            /* bytes of a text that show whether it is one */
    RATE_LIMITED_EDGE = 1015, /* an error of Cloudflare's edge, see below */
    EDGE_FIRST = 1000,
    EDGE_LAST = 1999, /* errors of the edge, which stands before the API */
};

/* ---- kinds */

static const struct {
    long from, to;
    enum har_cloudflare_kind kind;
} by_status[] = {
    {200, 201, HAR_CLOUDFLARE_NO_HAR},           {202, 202, HAR_CLOUDFLARE_UNFINISHED}, {203, 399, HAR_CLOUDFLARE_NO_HAR},
    {401, 401, HAR_CLOUDFLARE_DENIED},           {403, 403, HAR_CLOUDFLARE_DENIED},     {404, 404, HAR_CLOUDFLARE_NOT_FOUND},
    {407, 407, HAR_CLOUDFLARE_NO_HAR},           {408, 408, HAR_CLOUDFLARE_SERVER},     {409, 409, HAR_CLOUDFLARE_CONFLICT},
    {429, 429, HAR_CLOUDFLARE_LIMITED},          {400, 499, HAR_CLOUDFLARE_INVALID},    {500, 599, HAR_CLOUDFLARE_SERVER},
    {LONG_MIN, LONG_MAX, HAR_CLOUDFLARE_NO_HAR},
};

/* Codes of the gateway say more than 400 does, and than a status that somebody else has changed. */
static const struct {
    uint64_t from, to;
    enum har_cloudflare_kind kind;
} by_code[] = {
    {971, 971, HAR_CLOUDFLARE_LIMITED},     {RATE_LIMITED_EDGE, RATE_LIMITED_EDGE, HAR_CLOUDFLARE_LIMITED},
    {6003, 6003, HAR_CLOUDFLARE_DENIED},    {6100, 6199, HAR_CLOUDFLARE_DENIED},
    {7000, 7003, HAR_CLOUDFLARE_NOT_FOUND}, {9100, 9199, HAR_CLOUDFLARE_DENIED},
    {10000, 10001, HAR_CLOUDFLARE_DENIED},  {10100, 10100, HAR_CLOUDFLARE_LIMITED},
};

static enum har_cloudflare_kind kind_of_status(long status)
{
    size_t row = 0;
    while (status < by_status[row].from || status > by_status[row].to)
        row++;
    return by_status[row].kind;
}

/* HAR_CLOUDFLARE_FINE when the code tells nothing. */
static enum har_cloudflare_kind kind_of_code(uint64_t code)
{
    for (size_t row = 0; row < sizeof by_code / sizeof *by_code; row++)
        if (code >= by_code[row].from && code <= by_code[row].to)
            return by_code[row].kind;
    return HAR_CLOUDFLARE_FINE;
}

/* ---- what was found */

struct found {
    struct har_cloudflare_problem *problem;
    struct har_buffer words;       /* of the message, not yet safe */
    enum har_cloudflare_kind kind; /* that a code tells; HAR_CLOUDFLARE_FINE: none does */
    bool short_of_memory;
};

static bool holds(const struct har_buffer *words, struct har_text text)
{
    return words->len && memmem(words->data, words->len, text.bytes, text.len);
}

/* Adds to the message what it does not say already. */
static void add_words(struct found *found, struct har_text text)
{
    text = text_trim(text);
    while (text.len && (text.bytes[text.len - 1] == '.' || is_blank((unsigned char)text.bytes[text.len - 1])))
        text.len--;
    if (!text.len || holds(&found->words, text))
        return;
    if (found->words.len)
        har_buffer_append_text(&found->words, ": ");
    const size_t room = found->words.max - found->words.len;
    har_buffer_append(&found->words, text.bytes, text.len < room ? text.len : room);
}

static void add_code(struct found *found, uint64_t code)
{
    if (code && !found->problem->code)
        found->problem->code = (int)code;
    if (found->kind == HAR_CLOUDFLARE_FINE)
        found->kind = kind_of_code(code);
}

/* ---- JSON */

/* Of {"code", "message", "error_chain": [the same]} and {"title", "detail", "status"}. Words come from the first error alone. */
static void read_error(struct found *found, struct cloudflare_json *json, const struct har_node *error, bool first)
{
    add_code(found, cloudflare_json_count(json, error, "code", INT_MAX));
    if (first) {
        add_words(found, cloudflare_json_text(json, error, "message"));
        add_words(found, cloudflare_json_text(json, error, "title"));
        add_words(found, cloudflare_json_text(json, error, "detail"));
    }
    const struct har_node *chain = cloudflare_json_kind(json, error, "error_chain", HAR_KIND_ARRAY);
    chain = chain ? har_node_first(json->tree, chain) : NULL;
    for (size_t i = 0; chain && i < ERRORS_MOST; chain = har_node_next(json->tree, chain), i++) {
        add_code(found, cloudflare_json_count(json, chain, "code", INT_MAX));
        if (first && i == 0)
            add_words(found, cloudflare_json_text(json, chain, "message"));
    }
}

static void read_errors(struct found *found, struct cloudflare_json *json)
{
    const struct har_node *list = cloudflare_json_kind(json, json->root, "errors", HAR_KIND_ARRAY);
    const struct har_node *error = list ? har_node_first(json->tree, list) : NULL;
    for (size_t i = 0; error && i < ERRORS_MOST; error = har_node_next(json->tree, error), i++) {
        read_error(found, json, error, i == 0);
        if (i == 0)
            add_words(found, cloudflare_json_text(json, error, ""));
    }
}

/* What an answer says of its scan; NULL: nothing. */
static const struct har_node *find_task(const struct cloudflare_json *json)
{
    static const char *const places[] = {"task", "result.scan.task", "result.task"};
    const struct har_node *task = NULL;
    for (size_t i = 0; !task && i < sizeof places / sizeof *places; i++)
        task = cloudflare_json_kind(json, json->root, places[i], HAR_KIND_OBJECT);
    return task;
}

/* The state of a scan that is not finished; empty for all others. */
static struct har_text unfinished(struct cloudflare_json *json)
{
    const struct har_text state = text_trim(cloudflare_json_text(json, find_task(json), "status"));
    return text_is(state, "Finished") ? (struct har_text){"", 0} : state;
}

/* Of {"status": "Finished", "success": false, "errors": [...]}, where errors are texts or have a message. */
static const struct har_node *first_error(const struct cloudflare_json *json)
{
    const struct har_node *list = cloudflare_json_kind(json, find_task(json), "errors", HAR_KIND_ARRAY);
    return list ? har_node_first(json->tree, list) : NULL;
}

/* Whether the scan is over and went wrong. */
static bool scan_failed(struct cloudflare_json *json)
{
    const struct har_node *task = find_task(json);
    const bool finished = text_is(text_trim(cloudflare_json_text(json, task, "status")), "Finished");
    return !unfinished(json).len &&
           (first_error(json) || (finished && cloudflare_json_kind(json, task, "success", HAR_KIND_FALSE)));
}

/* Whether an answer has what both families of the API's errors have, or names a scan; of what was cut nobody knows. A 404 of others
 * is no word on a scan. */
static bool is_of_api(const struct cloudflare_json *json)
{
    return json->mended || find_task(json) || cloudflare_json_kind(json, json->root, "errors", HAR_KIND_ARRAY) ||
           cloudflare_json_kind(json, json->root, "message", HAR_KIND_STRING);
}

static bool has_log(const struct cloudflare_json *json)
{
    static const char *const places[] = {"log", "result.har.log", "result.log"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (cloudflare_json_kind(json, json->root, places[i], HAR_KIND_OBJECT))
            return true;
    return false;
}

/* An answer with status 200 may hold another one in itself. */
static long status_inside(struct cloudflare_json *json, long status)
{
    const uint64_t inside = cloudflare_json_count(json, json->root, "status", 1000);
    return status == 200 && inside >= 400 && inside <= 599 ? (long)inside : status;
}

static bool says_failed(const struct cloudflare_json *json)
{
    return cloudflare_json_kind(json, json->root, "success", HAR_KIND_FALSE);
}

static enum har_cloudflare_kind kind_of_json(const struct found *found, struct cloudflare_json *json, long status)
{
    status = status_inside(json, status);
    if (status == 200 && has_log(json))
        return HAR_CLOUDFLARE_FINE;
    if ((status == 200 || status == 202 || status == 404) && unfinished(json).len)
        return HAR_CLOUDFLARE_UNFINISHED;
    if ((status == 200 || status == 404) && scan_failed(json))
        return HAR_CLOUDFLARE_FAILED;
    const enum har_cloudflare_kind kind = kind_of_status(status);
    if (found->kind != HAR_CLOUDFLARE_FINE && (kind == HAR_CLOUDFLARE_INVALID || kind == HAR_CLOUDFLARE_NOT_FOUND || status == 200))
        return found->kind;
    if (kind == HAR_CLOUDFLARE_NOT_FOUND && !is_of_api(json))
        return HAR_CLOUDFLARE_NO_HAR;
    return status == 200 && says_failed(json) ? HAR_CLOUDFLARE_INVALID : kind;
}

/* Of a scan its state, or what went wrong with it, is all that is told. */
static void tell_scan(struct found *found, struct cloudflare_json *json)
{
    const enum har_cloudflare_kind kind = found->problem->kind;
    if (kind == HAR_CLOUDFLARE_UNFINISHED) {
        har_buffer_clear(&found->words);
        add_words(found, unfinished(json));
    } else if (kind == HAR_CLOUDFLARE_FAILED) {
        const struct har_node *error = first_error(json);
        struct har_text text = cloudflare_json_text(json, error, "message");
        text = text.len ? text : cloudflare_json_text(json, error, "");
        if (text_trim(text).len)
            har_buffer_clear(&found->words);
        add_words(found, text);
    }
}

/* False when the body is no JSON object. What was cut is read as far as it goes, but never taken for a HAR. */
static bool judge_json(struct found *found, const struct cloudflare_reply *reply, struct har_text body)
{
    static const char *const others[] = {"title", "detail", "error", "error.message"};
    struct cloudflare_json json;
    struct har_cloudflare_problem *problem = found->problem;
    const bool is_json = (reply->status == 200 ? cloudflare_json_read : cloudflare_json_read_part)(&json, body.bytes, body.len);
    if (is_json) {
        add_words(found, cloudflare_json_text(&json, json.root, "message"));
        add_words(found, cloudflare_json_text(&json, json.root, "description"));
        read_errors(found, &json);
        for (size_t i = 0; !found->words.len && i < sizeof others / sizeof *others; i++)
            add_words(found, cloudflare_json_text(&json, json.root, others[i]));
        add_code(found, cloudflare_json_count(&json, json.root, "error_code", INT_MAX));
        add_code(found, cloudflare_json_count(&json, json.root, "code", INT_MAX));
        problem->kind = kind_of_json(found, &json, reply->status);
        if (!problem->retry_after)
            problem->retry_after = cloudflare_json_count(&json, json.root, "retry_after", CLOUDFLARE_RETRY_MOST);
        tell_scan(found, &json);
    }
    found->short_of_memory = json.short_of_memory;
    cloudflare_json_release(&json);
    return is_json;
}

/* ---- pages and plain text */

/* The text of <title> up to the next tag; empty without one. */
static struct har_text title(struct har_text page)
{
    while (text_find(page, '<') < page.len) {
        text_take(&page, 0, text_find(page, '<'));
        if (text_begins(page, "<title")) {
            struct har_text tag, rest;
            text_split(page, '>', &tag, &rest);
            return text_take(&rest, text_find(rest, '<'), 0);
        }
        text_take(&page, 0, 1);
    }
    return (struct har_text){"", 0};
}

bool cloudflare_is_page(const char *type, const char *body, size_t len)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct har_text text = {body, len};
    if (text_begins(text, mark))
        text_take(&text, 0, sizeof mark - 1);
    text = text_trim(text);
    const struct har_text media = {type, strlen(type)};
    return text_begins(media, "text/html") || text_begins(media, "application/xhtml") || (text.len && *text.bytes == '<');
}

/* "error code: 1015" is all that the edge says to some clients. */
static void judge_edge(struct found *found, struct har_text text)
{
    static const char front[] = "error code: ";
    uint64_t code = 0;
    if (!text_begins(text, front))
        return;
    text_take(&text, 0, sizeof front - 1);
    for (size_t i = 0; i < text.len && i < 5 && text_is_digit(text.bytes[i]); i++)
        code = code * 10 + (uint64_t)(text.bytes[i] - '0');
    if (code >= EDGE_FIRST && code <= EDGE_LAST)
        add_code(found, code);
}

static void judge_text(struct found *found, const struct cloudflare_reply *reply, struct har_text body)
{
    struct har_text line = text_trim(body);
    found->problem->kind = kind_of_status(reply->status);
    if (reply->status == 404 && line.len && *line.bytes != '{') /* the API answers with objects */
        found->problem->kind = HAR_CLOUDFLARE_NO_HAR;
    if (cloudflare_is_page(reply->type, body.bytes, body.len)) {
        line = title(body);
    } else {
        if (memchr(line.bytes, '\0', line.len < SNIFFED ? line.len : SNIFFED) || (line.len && *line.bytes == '{'))
            return; /* neither text nor whole JSON: not worth quoting */
        judge_edge(found, line);
        struct har_text rest = line;
        line = text_take(&rest, text_find(line, '\n'), 0);
    }
    if (line.len > WORDS_MOST)
        line.len = WORDS_MOST;
    add_words(found, line);
}

/* ---- */

static bool judge_body(struct har_cloudflare *client, const struct cloudflare_reply *reply, struct har_text body)
{
    struct found found = {.problem = &client->problem, .kind = HAR_CLOUDFLARE_FINE};
    har_buffer_init(&found.words, WORDS_MOST + 8);
    if (!judge_json(&found, reply, body) && !found.short_of_memory)
        judge_text(&found, reply, body);
    if (client->problem.code == RATE_LIMITED_EDGE && client->problem.kind == HAR_CLOUDFLARE_DENIED)
        client->problem.kind = HAR_CLOUDFLARE_LIMITED;
    if (found.words.len)
        cloudflare_clean(client, found.words.data, found.words.len, client->problem.message, sizeof client->problem.message);
    har_buffer_release(&found.words);
    if (found.short_of_memory)
        client->problem.kind = kind_of_status(reply->status);
    return !found.short_of_memory;
}

bool cloudflare_judge(struct har_cloudflare *client, const struct cloudflare_reply *reply, const char *body, size_t len)
{
    struct har_cloudflare_problem *problem = &client->problem;
    *problem = (struct har_cloudflare_problem){.size = sizeof *problem, .submitted = problem->submitted};
    problem->http_status = reply->status;
    problem->retry_after = reply->retry_after;
    cloudflare_clean(client, reply->ray, strnlen(reply->ray, sizeof reply->ray), problem->ray, sizeof problem->ray);
    if (reply->end == CLOUDFLARE_ANSWERED)
        return judge_body(client, reply,
                          (struct har_text){len ? body : "", len < CLOUDFLARE_ERROR_BODY ? len : CLOUDFLARE_ERROR_BODY});
    problem->kind = reply->end == CLOUDFLARE_PASSED ? HAR_CLOUDFLARE_TOO_LARGE : HAR_CLOUDFLARE_NO_ANSWER;
    return true;
}
