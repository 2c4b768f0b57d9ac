/* When nothing more will come: words by number, pages of entries, order, the span of time. */
#include "html/index.h"

#include <stdlib.h>
#include <string.h>

/* The keys of a set by their number. */
static bool list_words(const struct keyset *set, struct har_text **words)
{
    *words = malloc((set->count + 1) * sizeof **words);
    if (!*words)
        return false;
    for (size_t i = 0; i < set->cap; i++) {
        const struct keyset_slot *slot = &set->slot[i];
        if (slot->end)
            (*words)[slot->index] = (struct har_text){slot->len ? set->bytes.data + slot->end - 1 - slot->len : "", slot->len};
    }
    return true;
}

/* Entries name their pages by id; of several pages with one id the first counts. */
static bool find_pages(struct html_index *index)
{
    index->page_of_ids = index->page_ids.count;
    index->page_of_id = malloc((index->page_of_ids + 1) * sizeof *index->page_of_id);
    if (!index->page_of_id)
        return false;
    for (size_t i = 0; i < index->page_of_ids; i++)
        index->page_of_id[i] = HTML_NONE;
    for (size_t i = index->pages; i-- > 0;)
        if (index->page[i].id_number >= 0)
            index->page_of_id[index->page[i].id_number] = (int32_t)i;
    for (size_t i = 0; i < index->count; i++) {
        struct html_row *row = &index->row[i];
        row->page = row->page < 0 ? HTML_NONE : index->page_of_id[row->page];
        if (row->page < 0)
            continue;
        index->page[row->page].rows++;
        index->page[row->page].bytes += (uint64_t)(row->wire > 0 ? row->wire : 0);
    }
    return true;
}

/* The folders in front of all names of inputs: of one input all its folders. */
static void find_common(struct html_index *index)
{
    index->common = 0;
    if (!index->sources)
        return;
    const struct har_text first = html_index_text(index, index->source[0].name);
    size_t same = first.len;
    for (size_t i = 1; i < index->sources; i++) {
        const struct har_text name = html_index_text(index, index->source[i].name);
        size_t len = 0;
        while (len < same && len < name.len && name.bytes[len] == first.bytes[len])
            len++;
        same = len;
    }
    for (size_t i = 0; i < same && i + 1 < first.len; i++)
        if (first.bytes[i] == '/')
            index->common = i + 1;
}

struct har_text html_index_source_name(const struct html_index *index, size_t source)
{
    const struct har_text name = html_index_text(index, index->source[source].name);
    const size_t skip = index->common < name.len ? index->common : 0;
    return (struct har_text){name.bytes + skip, name.len - skip};
}

static void find_span(struct html_index *index)
{
    int64_t end = INT64_MIN;
    for (size_t i = 0; i < index->count; i++) {
        const struct html_row *row = &index->row[i];
        if (row->at == HTML_UNDATED)
            continue;
        const int64_t last = row->at + (row->time == HTML_UNTIMED ? 0 : row->time);
        if (index->start == HTML_UNDATED || row->at < index->start)
            index->start = row->at;
        if (last > end)
            end = last;
    }
    index->duration = index->start == HTML_UNDATED ? 0 : (uint64_t)(end - index->start);
}

/* Merges two ascending stretches; rows without a date are the last. */
static void merge(const struct html_index *index, const uint32_t *from, uint32_t *to, size_t low, size_t middle, size_t high)
{
    size_t left = low, right = middle;
    for (size_t i = low; i < high; i++) {
        bool first = left < middle;
        if (first && right < high) {
            const int64_t a = index->row[from[left]].at, b = index->row[from[right]].at;
            first = b == HTML_UNDATED || (a != HTML_UNDATED && a <= b);
        }
        to[i] = first ? from[left++] : from[right++];
    }
}

/* Stable; uses `number` as its second half. */
static void sort_rows(struct html_index *index)
{
    uint32_t *from = index->order, *to = index->number;
    for (size_t width = 1; width < index->count; width *= 2) {
        for (size_t low = 0; low < index->count; low += 2 * width) {
            const size_t middle = low + width < index->count ? low + width : index->count;
            merge(index, from, to, low, middle, middle + width < index->count ? middle + width : index->count);
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    index->order = from;
    index->number = to;
}

/* Keeps the largest gaps, largest first. */
static void add_gap(struct html_index *index, struct html_gap gap)
{
    size_t at = index->gaps;
    while (at && index->gap[at - 1].cut < gap.cut)
        at--;
    if (at == HTML_GAPS)
        return;
    index->gaps += index->gaps < HTML_GAPS;
    for (size_t i = index->gaps - 1; i > at; i--)
        index->gap[i] = index->gap[i - 1];
    index->gap[at] = gap;
}

static int by_end(const void *a, const void *b)
{
    const struct html_gap *one = a, *two = b;
    return one->end < two->end ? -1 : one->end > two->end;
}

/* Shortens the long pauses to a few pixels: without that a capture of several pages is but a row of dots. Rows are in order. */
static void find_gaps(struct html_index *index)
{
    int64_t end = index->start;
    for (size_t i = 0; i < index->count && index->row[index->order[i]].at != HTML_UNDATED; i++) {
        const struct html_row *row = &index->row[index->order[i]];
        const int64_t last = row->at + (row->time == HTML_UNTIMED ? 0 : row->time);
        if (row->at > end)
            add_gap(index, (struct html_gap){row->at, (uint64_t)(row->at - end)});
        end = last > end ? last : end;
    }
    uint64_t rest = index->duration, cut = 0; /* what is left when the gaps so far are taken out */
    size_t count = 0;
    while (count < index->gaps && index->gap[count].cut > rest / HTML_GAPS)
        rest -= index->gap[count++].cut;
    index->gaps = count;
    qsort(index->gap, count, sizeof *index->gap, by_end);
    for (size_t i = 0; i < count; i++) {
        cut += index->gap[i].cut > rest / 40 ? index->gap[i].cut - rest / 40 : 0;
        index->gap[i].cut = cut;
    }
    index->axis = index->duration - cut;
}

uint64_t html_index_place(const struct html_index *index, int64_t at)
{
    uint64_t cut = 0;
    for (size_t i = 0; i < index->gaps && index->gap[i].end <= at; i++)
        cut = index->gap[i].cut;
    return (uint64_t)(at - index->start) - cut;
}

bool html_index_finish(struct html_index *index, bool sort)
{
    if (!html_index_finish_notes(index))
        return false;
    for (size_t i = 0; i < HTML_TABLES; i++)
        if (!list_words(&index->table[i].set, &index->table[i].word))
            return false;
    index->order = malloc((index->count + 1) * sizeof *index->order);
    index->number = malloc((index->count + 1) * sizeof *index->number);
    if (!index->order || !index->number || !find_pages(index))
        return false;
    find_span(index);
    find_common(index);
    for (size_t i = 0; i < index->count; i++)
        index->order[i] = (uint32_t)i;
    sort_rows(index);
    find_gaps(index);
    for (size_t i = 0; i < index->count && !sort; i++)
        index->order[i] = (uint32_t)i;
    for (size_t i = 0; i < index->count; i++)
        index->number[index->order[i]] = (uint32_t)i;
    return true;
}
