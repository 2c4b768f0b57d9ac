/* What the head and the index need of a capture, gathered item by item within a bound. */
#include "html/index.h"

#include <stdlib.h>
#include <string.h>

#include <harmill/redact.h>

#include "html/text.h"
#include "util/text.h"

enum { TEXT_MOST = 2048 }; /* bytes of a title, a name, a message, a pointer */

/* ---- memory */

void html_index_init(struct html_index *index, uint64_t most, bool show_values)
{
    *index = (struct html_index){
        .most = most < SIZE_MAX / 2 ? (size_t)most : SIZE_MAX / 2, .start = HTML_UNDATED, .show_values = show_values};
    har_buffer_init(&index->paths, SIZE_MAX / 2);
    har_buffer_init(&index->texts, SIZE_MAX / 2);
    har_buffer_init(&index->text, SIZE_MAX / 2);
    har_buffer_init(&index->note_text, SIZE_MAX / 2);
}

void html_index_release(struct html_index *index)
{
    for (size_t i = 0; i < HTML_TABLES; i++) {
        keyset_release(&index->table[i].set);
        free(index->table[i].word);
    }
    keyset_release(&index->page_ids);
    keyset_release(&index->sets);
    har_buffer_release(&index->paths);
    har_buffer_release(&index->texts);
    har_buffer_release(&index->text);
    har_buffer_release(&index->note_text);
    free(index->row);
    free(index->order);
    free(index->number);
    free(index->page_of_id);
    free(index->page);
    free(index->source);
    free(index->rule);
    free(index->late);
    free(index->set);
    free(index->chunk);
    free(index->note);
    *index = (struct html_index){.start = HTML_UNDATED};
}

/* Bytes that a set of words takes. */
static size_t set_bytes(const struct keyset *set)
{
    return set->bytes.cap + set->cap * sizeof *set->slot;
}

/* Bytes that all takes now, or will take in finish. */
static size_t used(const struct html_index *index)
{
    size_t bytes = index->cap * sizeof *index->row + index->count * 3 * sizeof *index->order + index->paths.cap + index->texts.cap +
                   index->note_text.cap + index->waiting_cap * sizeof *index->note + index->lates_cap * sizeof *index->late +
                   index->pages_cap * sizeof *index->page + index->rules_cap * sizeof *index->rule + set_bytes(&index->page_ids) +
                   set_bytes(&index->sets) + index->set_cap * sizeof *index->set;
    for (size_t i = 0; i < HTML_TABLES; i++)
        bytes += set_bytes(&index->table[i].set) + index->table[i].set.count * sizeof *index->table[i].word;
    return bytes;
}

bool html_index_has_room(const struct html_index *index, size_t more)
{
    const size_t now = used(index);
    return now <= index->most && more <= index->most - now;
}

/* Makes room for one more element behind `count`: by halves, so that what is not used stays small. */
bool html_index_grow(void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return true;
    const size_t more = *cap + *cap / 2 + 16;
    void *at;
    memcpy(&at, array, sizeof at);
    if (more > SIZE_MAX / size || !(at = realloc(at, more * size)))
        return false;
    memcpy(array, &at, sizeof at);
    *cap = more;
    return true;
}

/* Keeps a text, the beginning of a long one. */
bool html_index_keep(struct html_index *index, struct har_text text, struct html_span *span)
{
    const size_t len = html_cut(text, TEXT_MOST);
    *span = (struct html_span){index->texts.len, (uint32_t)len};
    return har_buffer_append(&index->texts, text.bytes, len);
}

struct har_text html_index_text(const struct html_index *index, struct html_span span)
{
    return span.len ? (struct har_text){index->texts.data + span.at, span.len} : (struct har_text){"", 0};
}

struct har_text html_index_word(const struct html_index *index, enum html_table table, int32_t number)
{
    return number < 0 ? (struct har_text){"", 0} : index->table[table].word[number];
}

/* ---- inputs */

static bool same_name(const struct html_index *index, size_t source, struct har_text name)
{
    return text_equal(html_index_text(index, index->source[source].name), name);
}

/* The number of an input, which is new when none of this name is open. `any`: one that has ended is right too. */
bool html_index_find_source(struct html_index *index, const char *name, bool any, uint32_t *number)
{
    struct har_text text = {name ? name : "", name ? strlen(name) : 0};
    text.len = html_cut(text, TEXT_MOST);
    size_t found = index->sources;
    if (index->last_source < index->sources && !index->source[index->last_source].ended &&
        same_name(index, index->last_source, text))
        found = index->last_source; /* nearly always */
    for (size_t i = index->sources; i-- > 0 && found == index->sources;)
        if (!index->source[i].ended && same_name(index, i, text))
            found = i;
    for (size_t i = index->sources; any && i-- > 0 && found == index->sources;)
        if (same_name(index, i, text))
            found = i;
    *number = (uint32_t)found;
    index->last_source = found;
    if (found < index->sources)
        return true;
    if (!html_index_grow(&index->source, index->sources, &index->sources_cap, sizeof *index->source))
        return false;
    struct html_source *source = &index->source[index->sources];
    *source = (struct html_source){0};
    if (!html_index_keep(index, text, &source->name))
        return false;
    index->sources++;
    return true;
}

bool html_index_source(struct html_index *index, const struct har_source *from)
{
    uint32_t number;
    if (!html_index_find_source(index, from->name, false, &number))
        return false;
    struct html_source *source = &index->source[number];
    memcpy(source->sha256, from->sha256, sizeof source->sha256);
    source->bytes = from->bytes;
    source->ended = true;
    return true;
}

bool html_index_redact(struct html_index *index, struct har_redaction *redaction)
{
    bool good = true;
    for (size_t i = 0; i < index->sources && good; i++) {
        struct html_span *name = &index->source[i].name;
        har_buffer_clear(&index->text);
        good = har_redaction_text(redaction, html_index_text(index, *name), &index->text) &&
               html_index_keep(index, (struct har_text){index->text.data ? index->text.data : "", index->text.len}, name);
    }
    return good;
}

/* ---- members and pages */

static bool member_span(struct html_index *index, const struct har_tree *tree, const struct har_node *object, const char *name,
                        struct html_span *span)
{
    const struct har_node *node = har_node_member(tree, object, name);
    har_buffer_clear(&index->text);
    if (node && !har_node_decode(tree, node, &index->text))
        return false;
    return html_index_keep(index, (struct har_text){index->text.data ? index->text.data : "", index->text.len}, span);
}

static bool keep_maker(struct html_index *index, struct html_maker *maker, const struct har_tree *tree)
{
    const struct har_node *object = har_tree_root(tree);
    return maker->name.len ||
           (member_span(index, tree, object, "name", &maker->name) && member_span(index, tree, object, "version", &maker->version));
}

bool html_index_member(struct html_index *index, const struct har_item *item)
{
    const struct har_node *root = item->tree ? har_tree_root(item->tree) : NULL;
    if (item->scope != HAR_SCOPE_LOG || !root)
        return true;
    if (json_key_is(item->tree, root, "creator", 7))
        return keep_maker(index, &index->creator, item->tree);
    return !json_key_is(item->tree, root, "browser", 7) || keep_maker(index, &index->browser, item->tree);
}

/* The timings of a page that are known, as JSON. */
static bool keep_timings(struct html_index *index, struct html_page *page, const struct har_tree *tree,
                         const struct har_node *timings)
{
    struct json_out out = {0};
    bool good = true;
    har_buffer_init(&out.buffer, 64 * 1024);
    har_buffer_clear(&index->text);
    for (const struct har_node *node = timings ? har_node_first(tree, timings) : NULL; node && good;
         node = har_node_next(tree, node)) {
        double ms;
        if (!har_node_number(tree, node, &ms) || ms < 0 || ms > 1e12)
            continue;
        har_buffer_clear(&index->text);
        good = har_node_decode_key(tree, node, &index->text);
        const struct har_text name = {index->text.data ? index->text.data : "",
                                      html_cut((struct har_text){index->text.data, index->text.len}, 64)};
        if (text_is_exactly(name, "onContentLoad"))
            page->content_load = ms;
        if (text_is_exactly(name, "onLoad"))
            page->load = ms;
        if (out.buffer.len > TEXT_MOST - 512)
            break;
        if (out.buffer.len)
            HTML(&out, ",");
        HTML(&out, "[");
        html_json(&out, name);
        HTML(&out, ",");
        html_decimal(&out, ms);
        HTML(&out, "]");
    }
    good = good && out.status == HAR_OK &&
           html_index_keep(index, (struct har_text){out.buffer.data ? out.buffer.data : "", out.buffer.len}, &page->timings);
    har_buffer_release(&out.buffer);
    return good;
}

/* The number of a page's id among all ids. */
static bool id_number(struct html_index *index, const struct har_tree *tree, const struct har_node *object, const char *name,
                      int32_t *number)
{
    uint32_t at;
    const struct har_node *node = har_node_member(tree, object, name);
    *number = HTML_NONE;
    if (!node || (node->kind != HAR_KIND_STRING && node->kind != HAR_KIND_NUMBER))
        return true;
    har_buffer_clear(&index->text);
    if (!har_node_decode(tree, node, &index->text) ||
        keyset_put(&index->page_ids, index->text.data ? index->text.data : "", index->text.len, SIZE_MAX / 2, &at) == KEYSET_FULL)
        return false;
    *number = (int32_t)at;
    return true;
}

bool html_index_page(struct html_index *index, const struct har_item *item)
{
    const struct har_tree *tree = item->tree;
    const struct har_node *root = har_tree_root(tree), *timings = har_node_member(tree, root, "pageTimings");
    if (!html_index_has_room(index, sizeof(struct html_page)))
        return true;
    if (!html_index_grow(&index->page, index->pages, &index->pages_cap, sizeof *index->page))
        return false;
    struct html_page *page = &index->page[index->pages];
    *page = (struct html_page){.content_load = -1, .load = -1};
    struct html_span date;
    if (!member_span(index, tree, root, "startedDateTime", &date))
        return false;
    page->at = html_row_date(html_index_text(index, date));
    index->texts.len = date.at;
    if ((item->source && !html_index_find_source(index, item->source, false, &page->source)) ||
        !id_number(index, tree, root, "id", &page->id_number) || !member_span(index, tree, root, "id", &page->id) ||
        !member_span(index, tree, root, "title", &page->title) || !keep_timings(index, page, tree, timings))
        return false;
    index->pages++;
    return true;
}

bool html_index_chunk(struct html_index *index, uint64_t first)
{
    if (!html_index_grow(&index->chunk, index->chunks, &index->chunks_cap, sizeof *index->chunk))
        return false;
    index->chunk[index->chunks++] = first;
    return true;
}

/* ---- entries */

bool html_index_entry(struct html_index *index, const struct har_item *item, struct html_row **added)
{
    uint32_t source;
    *added = NULL;
    if (!html_index_find_source(index, item->source, false, &source))
        return false;
    index->source[source].rows++;
    if (index->cut || index->count >= INT32_MAX || !html_index_has_room(index, sizeof(struct html_row) + 3 * sizeof(uint32_t))) {
        index->cut++;
        return html_index_drop_notes(index, source, (int64_t)item->origin);
    }
    if (!html_index_grow(&index->row, index->count, &index->cap, sizeof *index->row))
        return false;
    struct html_row *row = &index->row[index->count];
    *row = (struct html_row){.source = source, .origin = item->origin};
    if (!html_row_fill(index, row, item->tree) || !id_number(index, item->tree, har_tree_root(item->tree), "pageref", &row->page) ||
        !html_index_take_notes(index, source, (int64_t)item->origin, &row->set))
        return false;
    index->count++;
    *added = row;
    return true;
}
