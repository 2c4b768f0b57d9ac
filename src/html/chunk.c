/* Entries leave in chunks, so that memory holds a few of them and a browser reads the few that it shows. */
#include "html/html.h"

#include <inttypes.h>

/* A chunk is full when it has so many entries or bytes. After GROWTH chunks each may be twice as large, after as many more four
 * times: a page with a million entries has some hundred elements for them. */
enum { ENTRIES = 128, BYTES = 256 * 1024, GROWTH = 48, MOST_SHIFT = 16 };

static enum har_status put_chunk(struct html *html)
{
    struct har_buffer open;
    har_buffer_init(&open, 128);
    har_buffer_printf(&open, "<script type=\"application/json\" id=\"har-c%" PRIu64 "\">", html->chunks++);
    if (open.failed)
        html->body.status = har_error_memory(html->body.error);
    json_out_text(&html->body, open.data, open.len);
    har_buffer_release(&open);
    html_pack_put(&html->chunk, &html->body);
    json_out_text(&html->body, "</script>\n", 10);
    html_pack_clear(&html->chunk);
    return html->body.status;
}

/* Findings that the index holds for the row that was added last. */
static bool put_notes(struct html *html)
{
    const struct html_index *index = &html->index;
    for (size_t i = 0; i < index->notes; i++) {
        const struct html_note *note = &index->note[i];
        if (!html_pack_note(&html->chunk, html->chunk.count - 1, note->rule, note->pointer, note->message, note->done))
            return false;
    }
    return true;
}

enum har_status html_chunk_entry(struct html *html, const struct har_tree *tree, struct har_error *error)
{
    const uint64_t grown = html->chunks / GROWTH;
    const unsigned shift = grown < MOST_SHIFT ? (unsigned)grown : MOST_SHIFT;
    html->body.error = error;
    if (!html->chunk.count && !html_index_chunk(&html->index, html->index.count - 1))
        return har_error_memory(error);
    if (!html_pack_value(&html->chunk, tree, &html->options, &html->left) || !put_notes(html))
        return har_error_memory(error);
    if (html->chunk.count < (uint64_t)ENTRIES << shift && html_pack_length(&html->chunk) < (size_t)BYTES << shift)
        return HAR_OK;
    return put_chunk(html);
}

enum har_status html_chunk_end(struct html *html, struct har_error *error)
{
    html->body.error = error;
    if (html->chunk.count && put_chunk(html) != HAR_OK)
        return HAR_FATAL;
    json_out_flush(&html->body);
    return html->body.status;
}
