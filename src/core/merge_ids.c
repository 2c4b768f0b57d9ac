/* Which id is written for which. */
#include "core/merge_ids.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kept.h"
#include "util/polyhash.h"

static enum har_status full(const struct merge_ids *ids, const struct keyset *set, size_t len, struct har_error *error)
{
    return len > ids->most - set->bytes.len ? kept_too_large(error) : har_error_memory(error);
}

/* `rows` with room for row `index`; NULL when memory is short. */
static void *grow(void *rows, size_t *cap, size_t index, size_t size)
{
    if (index < *cap)
        return rows;
    const size_t wanted = index < 16 ? 32 : index * 2;
    void *grown = reallocarray(rows, wanted, size);
    if (grown)
        *cap = wanted;
    return grown;
}

/* Keys stand in a set's bytes in the order in which they came. */
static struct har_text used_text(const struct merge_ids *ids, uint32_t index)
{
    const size_t end = index + 1 < ids->used.count ? ids->used_at[index + 1] : ids->used.bytes.len;
    return (struct har_text){ids->used.bytes.data + ids->used_at[index], end - ids->used_at[index]};
}

static enum har_status use(struct merge_ids *ids, struct har_text id, uint32_t *index, struct har_error *error)
{
    const size_t at = ids->used.bytes.len;
    size_t *used_at = grow(ids->used_at, &ids->used_cap, ids->used.count, sizeof *used_at);
    if (!used_at)
        return har_error_memory(error);
    ids->used_at = used_at;
    if (keyset_put(&ids->used, id.bytes, id.len, ids->most, index) == KEYSET_FULL)
        return full(ids, &ids->used, id.len, error);
    ids->used_at[*index] = at;
    return HAR_OK;
}

/* The first of id-N, id-N+1 and so on that nobody has. */
static enum har_status use_other(struct merge_ids *ids, uint64_t number, struct har_text id, uint32_t *index,
                                 struct har_error *error)
{
    struct har_buffer other;
    uint32_t taken;
    enum har_status status = HAR_OK;
    har_buffer_init(&other, ids->most);
    do {
        har_buffer_clear(&other);
        if (!har_buffer_append(&other, id.bytes, id.len) || !har_buffer_printf(&other, "-%" PRIu64, number++))
            status = id.len + 32 > ids->most ? kept_too_large(error) : har_error_memory(error);
    } while (status == HAR_OK && keyset_find(&ids->used, other.data, other.len, &taken));
    if (status == HAR_OK)
        status = use(ids, (struct har_text){other.data, other.len}, index, error);
    har_buffer_release(&other);
    return status;
}

static void tell(const struct merge_ids *ids, uint32_t index, struct har_text id, bool fresh, struct merge_id *written)
{
    written->text = used_text(ids, index);
    written->changed = written->text.len != id.len || (id.len && memcmp(written->text.bytes, id.bytes, id.len) != 0);
    written->fresh = fresh;
}

/* The index in `own`; *fresh when it is new there, and then means nothing yet. */
static enum har_status own(struct merge_ids *ids, struct har_text id, uint32_t *index, bool *fresh, struct har_error *error)
{
    uint32_t *to = grow(ids->to, &ids->to_cap, ids->own.count, sizeof *to);
    if (!to)
        return har_error_memory(error);
    ids->to = to;
    const enum keyset_result result = keyset_put(&ids->own, id.bytes, id.len, ids->most, index);
    *fresh = result == KEYSET_NEW;
    return result == KEYSET_FULL ? full(ids, &ids->own, id.len, error) : HAR_OK;
}

enum har_status merge_ids_map(struct merge_ids *ids, uint64_t capture, struct har_text id, struct merge_id *written,
                              struct har_error *error)
{
    uint32_t index, taken;
    bool fresh;
    enum har_status status = own(ids, id, &index, &fresh, error);
    if (status == HAR_OK && fresh)
        status = keyset_find(&ids->used, id.bytes, id.len, &taken) ? use_other(ids, capture, id, &ids->to[index], error)
                                                                   : use(ids, id, &ids->to[index], error);
    if (status == HAR_OK)
        tell(ids, ids->to[index], id, fresh, written);
    return status;
}

static void hash_page(struct merge_ids *ids, struct har_text page, uint64_t hash[2])
{
    for (size_t i = 0; i < 2; i++) {
        struct polyhash of;
        while (!ids->point[i])
            ids->point[i] = polyhash_point();
        polyhash_init(&of, ids->point[i]);
        polyhash_add(&of, page.bytes, page.len);
        hash[i] = polyhash_value(&of);
    }
}

/* Whether `id` may mean what an earlier page was written as; then it does. */
static enum har_status mean(struct merge_ids *ids, struct har_text id, uint32_t earlier, struct merge_id *written, bool *same,
                            struct har_error *error)
{
    uint32_t index;
    bool fresh;
    const enum har_status status = own(ids, id, &index, &fresh, error);
    if (status != HAR_OK)
        return status;
    if (fresh)
        ids->to[index] = earlier;
    *same = ids->to[index] == earlier;
    tell(ids, ids->to[index], id, fresh, written);
    return HAR_OK;
}

enum har_status merge_ids_page(struct merge_ids *ids, uint64_t capture, struct har_text id, struct har_text page,
                               struct merge_id *written, bool *same, struct har_error *error)
{
    uint64_t hash[2];
    uint32_t index, own_index;
    *same = false;
    hash_page(ids, page, hash);
    const bool known = keyset_find(&ids->pages, (const char *)hash, sizeof hash, &index);
    if (known && ids->page[index].capture < capture)
        return mean(ids, id, ids->page[index].id, written, same, error);
    const enum har_status status = merge_ids_map(ids, capture, id, written, error);
    if (known || status != HAR_OK)
        return status;
    struct merge_page *page_rows = grow(ids->page, &ids->page_cap, ids->pages.count, sizeof *page_rows);
    if (!page_rows)
        return har_error_memory(error);
    ids->page = page_rows;
    if (keyset_put(&ids->pages, (const char *)hash, sizeof hash, ids->most, &index) == KEYSET_FULL)
        return full(ids, &ids->pages, sizeof hash, error);
    keyset_find(&ids->own, id.bytes, id.len, &own_index);
    ids->page[index] = (struct merge_page){capture, ids->to[own_index]};
    return HAR_OK;
}

void merge_ids_next(struct merge_ids *ids)
{
    keyset_clear(&ids->own);
}

uint64_t merge_ids_bytes(const struct merge_ids *ids)
{
    return ids->used.bytes.len + ids->own.bytes.len + ids->pages.bytes.len;
}

void merge_ids_release(struct merge_ids *ids)
{
    keyset_release(&ids->used);
    keyset_release(&ids->own);
    keyset_release(&ids->pages);
    free(ids->used_at);
    free(ids->to);
    free(ids->page);
    *ids = (struct merge_ids){.most = ids->most};
}
