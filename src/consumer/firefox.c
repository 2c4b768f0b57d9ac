/* What makes the HAR import of Firefox's Network panel fail. It reads the parsed JSON as it is: what is not there, or null, ends
 * the import as soon as a member of it is read. The address of each request must be one. */
#include "consumer/importer.h"
#include "consumer/script.h"
#include "consumer/web_url.h"

enum { URL_MOST = 1 << 24 };

struct firefox {
    struct importer_seen seen;
    struct web_url url;
    struct har_buffer text;
};

static const uint32_t needed[HAR_OBJECT_COUNT] = {
    [HAR_OBJECT_LOG] = 1u << LOG_pages | 1u << LOG_entries,
    [HAR_OBJECT_ENTRY] = 1u << ENTRY_request | 1u << ENTRY_response | 1u << ENTRY_cache | 1u << ENTRY_timings,
    [HAR_OBJECT_RESPONSE] = 1u << RESPONSE_content,
};

static bool is_list(enum har_object kind)
{
    return kind == HAR_OBJECT_LOG; /* its pages and entries */
}

static uint32_t required(enum har_object kind)
{
    return needed[kind];
}

static const char *missing(enum har_object kind, unsigned row)
{
    (void)row;
    return is_list(kind) ? "Firefox: %1.%2 is missing where an array is expected, so the import fails"
                         : "Firefox: %1.%2 is missing where an object is expected, so the import fails";
}

static bool judge_object(struct check *check, enum har_object kind, const struct har_node *node)
{
    if (node->kind == HAR_KIND_NULL)
        importer_tell_object(check, HAR_RULE_FIREFOX_REFUSES, kind, node,
                             "Firefox: %1 is %2 where an object is expected, so the import fails");
    return node->kind != HAR_KIND_NULL;
}

static bool judge_member(struct check *check, enum har_object kind, unsigned row, const struct har_node *node)
{
    if (!(needed[kind] >> row & 1))
        return false; /* not read, or as it is */
    if (is_list(kind) && node->kind != HAR_KIND_ARRAY)
        importer_tell(check, HAR_RULE_FIREFOX_REFUSES, kind, row, node, "Firefox: %1.%2 is %3, not an array, so the import fails");
    return true;
}

static const struct importer firefox = {
    HAR_RULE_FIREFOX_REFUSES,
    required,
    missing,
    judge_object,
    judge_member,
    "Firefox: the document is %1, so it has no log and the import fails",
    "Firefox: the document has no log, so the import fails",
    "Firefox: the log is looked for in the document itself, it lies at %1, so the import fails"};

static void judge_url(struct check *check, struct firefox *f, const struct har_node *root)
{
    const struct har_node *request = SCRIPT_MEMBER(check, root, ENTRY, request);
    if (script_nothing(request))
        return; /* that was told */
    const struct har_node *url = SCRIPT_MEMBER(check, request, REQUEST, url);
    if (script_is(url, HAR_KIND_ARRAY))
        return; /* the text that it becomes may be one */
    if (!f->text.max) {
        har_buffer_init(&f->text, SIZE_MAX / 2);
        har_buffer_init(&f->url.text, URL_MOST);
        har_buffer_init(&f->url.input, URL_MOST);
    }
    if (script_is(url, HAR_KIND_STRING)) {
        const struct har_text text = semantic_text(check, url, &f->text);
        if (web_url_parse(&f->url, text.bytes, text.len, NULL))
            return;
    }
    semantic_tell(check, HAR_RULE_FIREFOX_REFUSES, url ? url : request,
                  "Firefox: request.url is no whole address, so the import fails", NULL, 0);
}

static void run(struct check *check, const struct facts *facts, void *ctx)
{
    struct firefox *f = ctx;
    importer_item(check, &firefox, &f->seen);
    if (check->item->kind == HAR_ITEM_ENTRY && !f->seen.foreign && script_in_log(check, "entries"))
        judge_url(check, f, facts->root);
}

static void release(void *ctx)
{
    struct firefox *f = ctx;
    har_buffer_release(&f->text);
    web_url_release(&f->url);
}

static const struct semantic_row rows[] = {
    {run, IMPORTER_ITEMS, {HAR_RULE_FIREFOX_REFUSES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_firefox = {rows, sizeof(struct firefox), release};
