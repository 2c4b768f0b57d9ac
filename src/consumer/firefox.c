/* What makes the HAR import of Firefox's Network panel fail, as far as it is documented; not tested with Firefox. It reads the
 * parsed JSON as it is: what is not there, or null, ends the import as soon as a member of it is read. */
#include "consumer/importer.h"

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

static void run(struct check *check, const struct facts *facts, void *ctx)
{
    (void)facts;
    importer_item(check, &firefox, ctx);
}

static const struct semantic_row rows[] = {
    {run, IMPORTER_ITEMS, {HAR_RULE_FIREFOX_REFUSES, HAR_RULE_COUNT}},
    {NULL, 0, {HAR_RULE_COUNT}},
};

const struct semantic_group semantic_firefox = {rows, sizeof(struct importer_seen), NULL};
