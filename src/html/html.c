/* The report: rows are kept, entries pass by, the page around them is written when all is known. */
#include "html/html.h"

#include <string.h>

#include <harmill/format.h>
#include <harmill/redact.h>

static const struct har_option_row options[] = {
    {"bodies", "WHICH", "bodies in the report: none, text or all", "none"},
    {"custom", "WHICH", "members with an underscore: known to the report, or all", "known"},
    {"static-rows", "N", "rows that can be read without JavaScript, or all", "500"},
    {"title", "TEXT", "of the report", NULL},
    {"links", NULL, "addresses can be clicked", NULL},
    {"sort", NULL, "rows by startedDateTime", NULL},
    {NULL, NULL, NULL, NULL},
};

static enum har_status open_html(void *ctx, const struct har_writer_args *args, struct har_error *error)
{
    struct html *html = ctx;
    const size_t kept = (size_t)har_settings_bound(args->settings, HAR_BOUND_KEPT_BYTES);
    html->sink = args->sink;
    html->settings = args->settings;
    html->findings = args->findings;
    html->redaction = args->redaction;
    html->part = args->part;
    html->body = (struct json_out){.sink = args->sink, .section = HAR_SECTION_BODY, .error = error};
    har_buffer_init(&html->body.buffer, 4 * JSON_CHUNK);
    html_index_init(&html->index, har_settings_bound(args->settings, HAR_BOUND_REPORT_BYTES), false);
    har_buffer_init(&html->clean, SIZE_MAX / 2);
    html_pack_init(&html->chunk, SIZE_MAX / 2);
    html_pack_init(&html->log, SIZE_MAX / 2);
    for (size_t i = 0; i < HTML_LOG_ROWS; i++) {
        har_buffer_init(&html->log_keys[i], kept);
        har_buffer_init(&html->log_values[i], SIZE_MAX / 2);
    }
    return html_read_options(&html->options, args->options, error);
}

/* Before the first chunk. Where the head can be written at the end all the same, chunks need not be held back until then. */
static enum har_status begin_body(struct html *html, struct har_error *error)
{
    if (html->index.count != 1 || !har_sink_can_reopen(html->sink))
        return HAR_OK;
    html->begun = true;
    return har_sink_close_section(html->sink, HAR_SECTION_HEAD, error);
}

static void close_html(void *ctx)
{
    struct html *html = ctx;
    har_buffer_release(&html->body.buffer);
    har_buffer_release(&html->clean);
    html_index_release(&html->index);
    html_pack_release(&html->chunk);
    html_pack_release(&html->log);
    for (size_t i = 0; i < HTML_LOG_ROWS; i++) {
        har_buffer_release(&html->log_keys[i]);
        har_buffer_release(&html->log_values[i]);
    }
}

static bool has_body(const struct html *html, const struct har_tree *tree)
{
    if (html->options.bodies == HTML_BODIES_NONE)
        return false;
    const struct har_node *response = har_node_member(tree, har_tree_root(tree), "response");
    return html_keeps_body(tree, har_node_member(tree, response, "content"), &html->options);
}

/* Once: that rows are cut from here on. */
static void tell_cut(struct html *html, const struct har_item *item)
{
    static const char option[] = "max-report-bytes";
    struct har_finding finding = {.size = sizeof finding,
                                  .rule = HAR_RULE_TOO_LARGE,
                                  .place = item->place,
                                  .end = item->place,
                                  .entry = (int64_t)item->origin,
                                  .pointer = {item->container, strlen(item->container)},
                                  .message = "rows and findings of the report are larger than --%1 allows",
                                  .done = "this entry and those after it are left out",
                                  .repair = HAR_REPAIR_LOSS};
    finding.arg[0] = (struct har_arg){HAR_ARG_WORD, 0, {option, sizeof option - 1}};
    if (html->findings && html->left.rows == 1)
        har_report_finding(html->findings, &finding);
}

static enum har_status entry(struct html *html, const struct har_item *item, struct har_error *error)
{
    const struct har_tree *tree = item->tree;
    struct html_row *row = NULL;
    if (!html_index_entry(&html->index, item, &row))
        return har_error_memory(error);
    if (!row) {
        html->left.rows++;
        tell_cut(html, item);
        return HAR_OK;
    }
    if (has_body(html, tree))
        row->flags |= HTML_ROW_BODY;
    return begin_body(html, error) == HAR_OK ? html_chunk_entry(html, tree, error) : HAR_FATAL;
}

/* Members beside the log have no place in the report. */
static enum har_status member(struct html *html, const struct har_item *item, struct har_error *error)
{
    if (!html_index_member(&html->index, item))
        return har_error_memory(error);
    if (item->scope == HAR_SCOPE_LOG && !item->streamed)
        return html_log_member(html, item->tree, error);
    const struct har_node *root = har_tree_root(item->tree);
    html->left.custom += item->scope != HAR_SCOPE_LOG && root->key_len && *json_key(item->tree, root) == '_';
    return HAR_OK;
}

static enum har_status item_html(void *ctx, const struct har_item *item, struct har_error *error)
{
    switch (item->kind) {
    case HAR_ITEM_MEMBER:
        return member(ctx, item, error);
    case HAR_ITEM_PAGE:
        if (!html_index_page(&((struct html *)ctx)->index, item))
            return har_error_memory(error);
        return html_log_page(ctx, item->tree, error);
    case HAR_ITEM_ENTRY:
        return entry(ctx, item, error);
    case HAR_ITEM_DOC_BEGIN:
    case HAR_ITEM_DOC_END:
        break;
    }
    return HAR_OK;
}

/* Appends a text as it may stand in the report, and a NUL; *span becomes where it is in html->clean. */
static bool append_clean(struct html *html, struct har_text text, struct html_span *span)
{
    span->at = html->clean.len;
    const bool good = har_redaction_text(html->redaction, text, &html->clean);
    span->len = (uint32_t)(html->clean.len - span->at);
    return good && har_buffer_append_char(&html->clean, '\0');
}

/* Findings are about items as they were read. Values are not shown, but names, and pointers are made of names. */
static bool clean_finding(struct html *html, struct har_finding *finding)
{
    struct html_span span[HAR_FINDING_ARGS + 1];
    struct har_text *text[HAR_FINDING_ARGS + 1] = {&finding->pointer};
    size_t count = 1;
    for (size_t i = 0; i < HAR_FINDING_ARGS; i++)
        if (finding->arg[i].kind == HAR_ARG_NAME)
            text[count++] = &finding->arg[i].text;
    har_buffer_clear(&html->clean);
    for (size_t i = 0; i < count; i++)
        if (!append_clean(html, *text[i], &span[i]))
            return false;
    for (size_t i = 0; i < count; i++)
        *text[i] = (struct har_text){html->clean.data + span[i].at, span[i].len};
    return true;
}

static enum har_status finding_html(void *ctx, const struct har_finding *finding, struct har_error *error)
{
    struct html *html = ctx;
    struct har_finding told = *finding;
    if (html->redaction && !clean_finding(html, &told))
        return har_error_memory(error);
    return html_index_note(&html->index, &told) ? HAR_OK : har_error_memory(error);
}

/* The title and the names of inputs come in no item either. */
static bool clean_names(struct html *html)
{
    struct html_span title;
    har_buffer_clear(&html->clean);
    if (!html->redaction)
        return true;
    if (html->options.title) {
        if (!append_clean(html, (struct har_text){html->options.title, strlen(html->options.title)}, &title))
            return false;
        html->options.title = html->clean.data + title.at;
    }
    return html_index_redact(&html->index, html->redaction);
}

static enum har_status source_html(void *ctx, const struct har_source *source, struct har_error *error)
{
    struct html *html = ctx;
    return html_index_source(&html->index, source) ? HAR_OK : har_error_memory(error);
}

static enum har_status finish_html(void *ctx, struct har_error *error)
{
    struct html *html = ctx;
    if (html_chunk_end(html, error) != HAR_OK)
        return HAR_FATAL;
    if (!clean_names(html) || !html_index_finish(&html->index, html->options.sort) || !html_log_end(html))
        return har_error_memory(error);
    if (html->begun && har_sink_reopen_head(html->sink, error) != HAR_OK)
        return HAR_FATAL;
    const enum har_status status = html_put_head(html, error);
    return status == HAR_OK ? html_put_tail(html, error) : status;
}

const struct har_writer har_writer_html = {
    .size = sizeof(struct har_writer),
    .name = "html",
    .summary = "one file that shows what happened, for any browser",
    .extensions = ".html .htm",
    .options = options,
    .ctx_size = sizeof(struct html),
    .open = open_html,
    .item = item_html,
    .finish = finish_html,
    .close = close_html,
    .finding = finding_html,
    .source = source_html,
};
