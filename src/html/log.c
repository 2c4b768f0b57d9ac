/* The log without its entries: members and pages, which may come at any time, are held until the end. */
#include "html/html.h"

#include "html/leave.h"
#include "html/spell.h"

enum { ROWS = HTML_LOG_ROWS, ROW_OTHER = ROWS - 1 };

static enum har_status check_kept(const struct html *html, bool good, struct har_error *error)
{
    uint64_t kept = html_pack_length(&html->log);
    for (size_t i = 0; i < ROWS; i++)
        kept += html->log_keys[i].len + html->log_values[i].len;
    if (kept > har_settings_bound(html->settings, HAR_BOUND_KEPT_BYTES))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_KEPT_BYTES,
                             "pages and other members together are larger than --max-kept-bytes allows");
    return good ? HAR_OK : har_error_memory(error);
}

enum har_status html_log_page(struct html *html, const struct har_tree *tree, struct har_error *error)
{
    return check_kept(html, html_pack_value(&html->log, tree, &html->options, &html->left), error);
}

/* A list of pages or entries that is empty came whole. */
static bool is_empty_list(const struct har_tree *tree, const struct har_node *root)
{
    return root->kind == HAR_KIND_ARRAY && root->child == JSON_NONE &&
           (json_key_is(tree, root, "pages", 5) || json_key_is(tree, root, "entries", 7));
}

enum har_status html_log_member(struct html *html, const struct har_tree *tree, struct har_error *error)
{
    const struct har_node *root = har_tree_root(tree);
    const struct html_leaving in = {.role = HTML_ROLE_NONE};
    const size_t row = root->member < ROW_OTHER ? root->member : ROW_OTHER;
    struct har_buffer *keys = &html->log_keys[row], *values = &html->log_values[row];
    if (is_empty_list(tree, root))
        return HAR_OK;
    if (!html_keeps_member(tree, root, &in, &html->options)) {
        html->left.custom++;
        return HAR_OK;
    }
    const enum html_spelling spelling = root->flags & JSON_KEY_MARKED ? HTML_SPELL_MARKED : HTML_SPELL_SOUND;
    const bool good = html_spell(keys, json_key(tree, root), root->key_len, spelling) && har_buffer_append_char(keys, ',') &&
                      har_buffer_append_char(values, ',') &&
                      html_pack_append(&html->log, values, tree, &html->options, &html->left);
    return check_kept(html, good, error);
}

/* The members become the object that is the first value. */
bool html_log_end(struct html *html)
{
    struct har_buffer keys, log;
    har_buffer_init(&keys, SIZE_MAX / 2);
    har_buffer_init(&log, SIZE_MAX / 2);
    for (size_t i = 0; i < ROWS; i++)
        har_buffer_append(&keys, html->log_keys[i].data, html->log_keys[i].len);
    const uint32_t list = html_pack_keys(&html->log, keys.data, keys.len - (keys.len > 0));
    har_buffer_printf(&log, "[%u", (unsigned)list);
    for (size_t i = 0; i < ROWS; i++)
        har_buffer_append(&log, html->log_values[i].data, html->log_values[i].len);
    har_buffer_append_char(&log, ']');
    if (html->log.count)
        har_buffer_append_char(&log, ',');
    har_buffer_append(&log, html->log.values.data, html->log.values.len);
    const bool good = list != UINT32_MAX && !keys.failed && !log.failed;
    har_buffer_release(&keys);
    har_buffer_release(&html->log.values);
    html->log.values = log;
    html->log.count++;
    return good;
}

void html_put_log(const struct html *html, struct json_out *out)
{
    static const char open[] = "<script type=\"application/json\" id=\"har-log\">";
    json_out_text(out, open, sizeof open - 1);
    html_pack_put(&html->log, out);
    json_out_text(out, "</script>\n", 10);
}
