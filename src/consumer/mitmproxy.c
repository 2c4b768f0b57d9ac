/* What makes mitmproxy's HAR import fail, as far as its documentation and its own captures tell: nothing here was
 * tried with mitmproxy itself. It reads neither cookies, queryString, timings nor cache. */
#include <string.h>

#include "consumer/script.h"
#include "json/text.h"
#include "util/text.h"

#define RULE HAR_RULE_MITMPROXY_REFUSES

struct mitmproxy {
    bool began, told;
    bool log, entries;
};

struct need {
    unsigned row;
    const char *name, *what;
};
#define NEED(object, of, name)                                                                                                     \
    {                                                                                                                              \
        of##_##name, #name, object "." #name                                                                                       \
    }

static const struct need entry_needs[] = {
    NEED("entry", ENTRY, startedDateTime),
    NEED("entry", ENTRY, time),
    NEED("entry", ENTRY, request),
    NEED("entry", ENTRY, response),
};
static const struct need request_needs[] = {
    NEED("request", REQUEST, method),
    NEED("request", REQUEST, url),
    NEED("request", REQUEST, httpVersion),
    NEED("request", REQUEST, headers),
};
static const struct need response_needs[] = {
    NEED("response", RESPONSE, status),
    NEED("response", RESPONSE, httpVersion),
    NEED("response", RESPONSE, headers),
    NEED("response", RESPONSE, content),
};
static const struct need post_needs[] = {
    NEED("postData", POST_DATA, text),
};

static void tell(struct check *check, const struct har_node *node, const char *message, const char *what)
{
    const struct har_arg arg = check_word(what);
    semantic_tell(check, RULE, node, message, &arg, 1);
}

static void judge(struct check *check, const struct har_node *object, const struct need *needs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct har_node *node = script_member(check, object, needs[i].row, needs[i].name);
        if (!node)
            tell(check, object, "mitmproxy needs %1, which is missing", needs[i].what);
        else if (node->kind == HAR_KIND_NULL)
            tell(check, node, "mitmproxy needs %1, which is null", needs[i].what);
    }
}
#define JUDGE(check, object, needs) judge(check, object, needs, sizeof(needs) / sizeof *(needs))

static void run_begin(struct check *check, const struct facts *facts, void *ctx)
{
    (void)check;
    (void)facts;
    *(struct mitmproxy *)ctx = (struct mitmproxy){.began = true};
}

static void run_member(struct check *check, const struct facts *facts, void *ctx)
{
    struct mitmproxy *m = ctx;
    const struct har_item *item = check->item;
    const struct har_node *root = facts->root;
    if (item->tree->span && !m->told) {
        tell(check, root, "mitmproxy reads %1, not XML", "JSON");
        m->told = true;
    }
    if (item->scope == HAR_SCOPE_ROOT && json_key_is(item->tree, root, "log", 3))
        m->log = root->kind == HAR_KIND_OBJECT;
    else if (item->scope == HAR_SCOPE_LOG && !strcmp(item->container, "/log") && root->member == LOG_entries)
        m->entries = root->kind == HAR_KIND_ARRAY;
}

/* A day alone is a date and time for mitmproxy. */
static bool is_day(struct har_text text)
{
    static const char form[] = "dddd-dd-dd";
    if (text.len != sizeof form - 1)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (form[i] == 'd' ? !text_is_digit(text.bytes[i]) : text.bytes[i] != form[i])
            return false;
    return true;
}

static void run_entry(struct check *check, const struct facts *facts, void *ctx)
{
    const struct har_node *entry = facts->root;
    (void)ctx;
    if (!script_in_log(check, "entries"))
        return;
    if (entry->kind != HAR_KIND_OBJECT) {
        tell(check, entry, "mitmproxy needs %1: this is no object", "entries that are objects");
        return;
    }
    JUDGE(check, entry, entry_needs);
    const struct har_node *started = facts->entry[ENTRY_startedDateTime];
    const bool date = facts->started_form != ISO8601_NOT && facts->started_form != ISO8601_IMPOSSIBLE;
    if (started && !date && !is_day(semantic_text(check, started, &check->decoded)))
        tell(check, started, "mitmproxy reads %1 as a date of ISO 8601, which it is not", "startedDateTime");
    if (facts->entry[ENTRY_request])
        JUDGE(check, facts->entry[ENTRY_request], request_needs);
    if (facts->entry[ENTRY_response])
        JUDGE(check, facts->entry[ENTRY_response], response_needs);
    if (facts->request[REQUEST_postData])
        JUDGE(check, facts->request[REQUEST_postData], post_needs);
}

static void run_end(struct check *check, const struct facts *facts, void *ctx)
{
    struct mitmproxy *m = ctx;
    (void)facts;
    if (m->began && !m->told && !(m->log && m->entries))
        tell(check, NULL, "mitmproxy needs %1, which is missing or no list", "log.entries");
    m->began = false;
}

static const struct semantic_row rows[] = {
    {run_begin, IN(DOC_BEGIN), {RULE, HAR_RULE_COUNT}},
    {run_member, IN(MEMBER), {RULE, HAR_RULE_COUNT}},
    {run_entry, IN(ENTRY), {RULE, HAR_RULE_COUNT}},
    {run_end, IN(DOC_END), {RULE, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_mitmproxy = {rows, sizeof(struct mitmproxy), NULL};
