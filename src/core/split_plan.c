/* Counting entries by page, host or number, and what their parts need besides. */
#include "core/split_plan.h"

#include <stdlib.h>
#include <string.h>

#include "util/text.h"
#include "util/url.h"

void split_plan_begin(struct split_plan *plan)
{
    har_buffer_init(&plan->scratch, (size_t)plan->most);
}

void split_plan_release(struct split_plan *plan)
{
    kept_release(&plan->members);
    kept_release(&plan->pages);
    keyset_release(&plan->hosts);
    keyset_release(&plan->ids);
    har_buffer_release(&plan->scratch);
    free(plan->row);
    free(plan->id);
    free(plan->pair);
    free(plan->page_id);
    free(plan->next_page);
    free(plan->part);
}

static enum har_status too_many(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "would be split into more than %d parts", HAR_SPLIT_PARTS_MOST);
}

static enum har_status check_kept(const struct split_plan *plan, struct har_error *error)
{
    return plan->bytes + plan->hosts.bytes.len + plan->ids.bytes.len > plan->most ? kept_too_large(error) : HAR_OK;
}

/* The decoded string or the string as it stands, whichever is enough for what the caller looks for. */
static enum har_status plain(struct split_plan *plan, const struct har_tree *tree, const struct har_node *node,
                             struct har_text *text, struct har_error *error)
{
    *text = har_node_text(tree, node);
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return HAR_OK;
    har_buffer_clear(&plan->scratch);
    if (!har_node_decode(tree, node, &plan->scratch))
        return har_error_memory(error);
    *text = (struct har_text){plan->scratch.data ? plan->scratch.data : "", plan->scratch.len};
    return HAR_OK;
}

/* The host of request.url in lower case, as the inside of a JSON string; in plan->scratch. */
static enum har_status spell_host(struct split_plan *plan, const struct har_item *item, struct har_error *error)
{
    const struct har_node *request = har_node_member(item->tree, har_tree_root(item->tree), "request");
    const struct har_node *node = har_node_member(item->tree, request, "url");
    struct url url = {.kind = URL_RELATIVE};
    struct har_text text;
    enum har_status status = HAR_OK;
    if (node && node->kind == HAR_KIND_STRING) {
        status = plain(plan, item->tree, node, &text, error);
        if (status == HAR_OK)
            url_split(text.bytes, text.len, &url);
    }
    struct har_buffer host;
    har_buffer_init(&host, (size_t)plan->most);
    if (status == HAR_OK && url.host.len && !har_buffer_append(&host, url.host.bytes, url.host.len))
        status = url.host.len > host.max ? kept_too_large(error) : har_error_memory(error);
    for (size_t i = 0; i < host.len; i++)
        host.data[i] = text_lower(host.data[i]);
    har_buffer_clear(&plan->scratch);
    if (status == HAR_OK && host.len && !har_buffer_append_json(&plan->scratch, host.data, host.len))
        status = kept_too_large(error);
    har_buffer_release(&host);
    return status;
}

/* The string `name` of the item in canonical spelling, without quotes, in plan->scratch; *found says whether it has one. */
static enum har_status spell_id(struct split_plan *plan, const struct har_item *item, const char *name, struct har_text *id,
                                bool *found, struct har_error *error)
{
    const struct har_node *node = har_node_member(item->tree, har_tree_root(item->tree), name);
    *found = node && node->kind == HAR_KIND_STRING;
    if (!*found)
        return HAR_OK;
    if (!(node->flags & JSON_TEXT_RESPELL)) {
        *id = har_node_text(item->tree, node);
        return HAR_OK;
    }
    har_buffer_clear(&plan->scratch);
    const enum har_status status = kept_spell(&plan->scratch, item->tree, node, false, error);
    if (status == HAR_OK)
        *id = (struct har_text){plan->scratch.data + 1, plan->scratch.len - 2};
    return status;
}

static enum har_status put(struct split_plan *plan, struct keyset *set, struct har_text key, uint32_t *index,
                           struct har_error *error)
{
    if (keyset_put(set, key.bytes, key.len, (size_t)plan->most, index) != KEYSET_FULL)
        return HAR_OK;
    return key.len > plan->most - set->bytes.len ? kept_too_large(error) : har_error_memory(error);
}

/* Rows up to `index` exist from here on. */
static enum har_status add_rows(struct split_plan *plan, size_t index, struct har_error *error)
{
    if (index >= plan->row_cap) {
        const size_t cap = index < 16 ? 32 : index * 2;
        struct split_row *grown = reallocarray(plan->row, cap, sizeof *grown);
        if (!grown)
            return har_error_memory(error);
        plan->row = grown;
        plan->row_cap = cap;
    }
    for (; plan->rows <= index; plan->rows++) {
        plan->row[plan->rows] = (struct split_row){.entries = 0};
        plan->bytes += sizeof *plan->row;
    }
    return check_kept(plan, error);
}

static enum har_status add_id(struct split_plan *plan, struct har_text text, uint32_t *index, struct har_error *error)
{
    const size_t before = plan->ids.count;
    enum har_status status = put(plan, &plan->ids, text, index, error);
    if (status != HAR_OK || plan->ids.count == before)
        return status;
    if (before >= plan->id_cap) {
        const size_t cap = before < 16 ? 32 : before * 2;
        struct split_id *grown = reallocarray(plan->id, cap, sizeof *grown);
        if (!grown)
            return har_error_memory(error);
        plan->id = grown;
        plan->id_cap = cap;
    }
    plan->id[before] = (struct split_id){.used = false};
    plan->bytes += sizeof *plan->id;
    return plan->by == HAR_SPLIT_BY_PAGE ? add_rows(plan, before + 1, error) : check_kept(plan, error);
}

static int compare_pairs(const void *a, const void *b)
{
    const uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

static void sort_pairs(struct split_plan *plan)
{
    size_t kept = 0;
    if (plan->pairs)
        qsort(plan->pair, plan->pairs, sizeof *plan->pair, compare_pairs);
    for (size_t i = 0; i < plan->pairs; i++)
        if (!kept || plan->pair[kept - 1] != plan->pair[i])
            plan->pair[kept++] = plan->pair[i];
    plan->pairs = kept;
}

/* Most are the same as the one before; when there is no room, equal ones go first. */
static enum har_status add_pair(struct split_plan *plan, uint64_t row, uint32_t id, struct har_error *error)
{
    const uint64_t pair = row << 32 | id;
    if (plan->pairs && plan->pair[plan->pairs - 1] == pair)
        return HAR_OK;
    if (plan->pairs == plan->pair_cap)
        sort_pairs(plan);
    if (plan->pairs >= plan->pair_cap / 2) {
        const size_t cap = plan->pair_cap ? plan->pair_cap * 2 : 1024;
        plan->bytes += (cap - plan->pair_cap) * sizeof *plan->pair;
        if (check_kept(plan, error) != HAR_OK)
            return HAR_FATAL;
        uint64_t *grown = reallocarray(plan->pair, cap, sizeof *grown);
        if (!grown)
            return har_error_memory(error);
        plan->pair = grown;
        plan->pair_cap = cap;
    }
    plan->pair[plan->pairs++] = pair;
    return HAR_OK;
}

/* The row of an entry; a new one unless `known` ones are looked for: then UINT32_MAX for what was not counted. */
static enum har_status row_of(struct split_plan *plan, const struct har_item *item, bool known, uint32_t *row,
                              struct har_error *error)
{
    enum har_status status;
    *row = UINT32_MAX;
    if (plan->by == HAR_SPLIT_BY_COUNT) {
        const uint64_t number = plan->entries / plan->each;
        if (number >= HAR_SPLIT_PARTS_MOST)
            return too_many(error);
        *row = (uint32_t)number;
    } else if (plan->by == HAR_SPLIT_BY_HOST) {
        status = spell_host(plan, item, error);
        const struct har_text host = {plan->scratch.data, plan->scratch.len};
        if (status != HAR_OK || (known && !keyset_find(&plan->hosts, host.bytes, host.len, row)))
            return status;
        if (!known && (status = put(plan, &plan->hosts, host, row, error)) != HAR_OK)
            return status;
        if (*row >= HAR_SPLIT_PARTS_MOST)
            return too_many(error);
    } else {
        struct har_text id;
        bool found;
        status = spell_id(plan, item, "pageref", &id, &found, error);
        if (status == HAR_OK && found && known && !keyset_find(&plan->ids, id.bytes, id.len, row))
            return HAR_OK;
        if (status == HAR_OK && found && !known)
            status = add_id(plan, id, row, error);
        if (status != HAR_OK)
            return status;
        *row = found ? *row + 1 : 0;
    }
    return known ? HAR_OK : add_rows(plan, *row, error);
}

static void note_first(struct split_row *row, const struct har_item *item)
{
    const struct har_node *node = har_node_member(item->tree, har_tree_root(item->tree), "startedDateTime");
    struct iso8601 at;
    if (!node || node->kind != HAR_KIND_STRING || node->text_len >= SPLIT_DATE_MOST)
        return;
    const struct har_text text = har_node_text(item->tree, node);
    if (iso8601_parse(text.bytes, text.len, &at) < ISO8601_OTHER)
        return;
    if (row->first[0] && iso8601_later_ms(&at, &row->first_at) >= 0)
        return;
    memcpy(row->first, text.bytes, text.len);
    row->first[text.len] = '\0';
    row->first_at = at;
}

static enum har_status count_entry(struct split_plan *plan, const struct har_item *item, struct har_error *error)
{
    uint32_t row, id;
    struct har_text text;
    bool found = false;
    enum har_status status = row_of(plan, item, false, &row, error);
    if (status != HAR_OK)
        return status;
    plan->entries++;
    plan->row[row].entries++;
    note_first(&plan->row[row], item);
    if (plan->by == HAR_SPLIT_BY_PAGE)
        return HAR_OK;
    status = spell_id(plan, item, "pageref", &text, &found, error);
    if (status == HAR_OK && found)
        status = add_id(plan, text, &id, error);
    if (status != HAR_OK || !found)
        return status;
    plan->id[id].used = true;
    return add_pair(plan, row, id, error);
}

enum har_status split_plan_item(struct split_plan *plan, const struct har_item *item, struct har_error *error)
{
    enum har_status status = HAR_OK;
    if (item->kind == HAR_ITEM_ENTRY)
        return count_entry(plan, item, error);
    if (item->kind == HAR_ITEM_MEMBER)
        status = kept_add(&plan->members, item, &plan->bytes, plan->most, error);
    else if (item->kind == HAR_ITEM_PAGE)
        status = kept_add(&plan->pages, item, &plan->bytes, plan->most, error);
    return status == HAR_OK ? check_kept(plan, error) : status;
}

/* Links the pages of each id, the first one first. */
static enum har_status link_pages(struct split_plan *plan, struct har_error *error)
{
    plan->page_id = calloc(plan->pages.count + 1, sizeof *plan->page_id);
    plan->next_page = calloc(plan->pages.count + 1, sizeof *plan->next_page);
    if (!plan->page_id || !plan->next_page)
        return har_error_memory(error);
    for (size_t i = plan->pages.count; i-- > 0;) {
        struct har_text text;
        bool found;
        enum har_status status = spell_id(plan, &plan->pages.item[i]->item, "id", &text, &found, error);
        plan->page_id[i] = UINT32_MAX;
        if (status == HAR_OK && found)
            status = add_id(plan, text, &plan->page_id[i], error);
        if (status != HAR_OK)
            return status;
        if (!found)
            continue;
        struct split_id *id = &plan->id[plan->page_id[i]];
        plan->next_page[i] = id->pages;
        id->pages = (uint32_t)i + 1;
    }
    return HAR_OK;
}

static enum har_status add_part(struct split_plan *plan, bool named, const struct split_row *row, struct har_error *error)
{
    if (plan->parts == HAR_SPLIT_PARTS_MOST)
        return too_many(error);
    plan->part[plan->parts++] =
        (struct split_part){.named = named, .entries = row ? row->entries : 0, .first = row ? row->first : ""};
    return HAR_OK;
}

/* Where the keys of a set stand in its bytes: one behind the other, in their order. */
static void name_rows(const struct keyset *set, size_t *at)
{
    for (size_t i = 0; i < set->cap; i++)
        if (set->slot[i].end)
            at[set->slot[i].index] = (size_t)set->slot[i].end - 1 - set->slot[i].len;
    at[set->count] = set->bytes.len;
}

static void name_part(struct split_part *part, const size_t *at, size_t index)
{
    part->name_at = at[index];
    part->name_len = at[index + 1] - at[index];
}

static void add_first(struct split_row *rest, const struct split_row *row)
{
    if (!row->first[0] || (rest->first[0] && iso8601_later_ms(&row->first_at, &rest->first_at) >= 0))
        return;
    memcpy(rest->first, row->first, sizeof rest->first);
    rest->first_at = row->first_at;
}

/* Entries whose page does not exist go where those without go: into the last part, which all of their rows share. */
static enum har_status plan_rest(struct split_plan *plan, bool strays, struct har_error *error)
{
    struct split_row rest = {.part = (uint32_t)plan->parts};
    for (size_t i = 0; i < plan->rows; i++) {
        struct split_row *row = &plan->row[i];
        if (row->part != UINT32_MAX)
            continue;
        row->part = rest.part;
        rest.entries += row->entries;
        add_first(&rest, row);
    }
    plan->row[0] = rest; /* row 0 is of none of the pages */
    return rest.entries || strays || !plan->parts ? add_part(plan, false, &plan->row[0], error) : HAR_OK;
}

static enum har_status plan_pages(struct split_plan *plan, const size_t *at, struct har_error *error)
{
    bool strays = false;
    for (size_t i = 0; i < plan->rows; i++)
        plan->row[i].part = UINT32_MAX;
    for (size_t i = 0; i < plan->pages.count; i++) {
        const uint32_t id = plan->page_id[i];
        strays |= id == UINT32_MAX;
        if (id == UINT32_MAX || plan->row[id + 1].part != UINT32_MAX)
            continue;
        plan->row[id + 1].part = (uint32_t)plan->parts;
        if (add_part(plan, true, &plan->row[id + 1], error) != HAR_OK)
            return HAR_FATAL;
        plan->part[plan->parts - 1].id = id;
        name_part(&plan->part[plan->parts - 1], at, id);
    }
    return plan_rest(plan, strays, error);
}

static enum har_status plan_rows(struct split_plan *plan, const size_t *at, struct har_error *error)
{
    for (size_t i = 0; i < plan->rows; i++) {
        plan->row[i].part = (uint32_t)i;
        if (add_part(plan, plan->by == HAR_SPLIT_BY_HOST, &plan->row[i], error) != HAR_OK)
            return HAR_FATAL;
        if (plan->by == HAR_SPLIT_BY_HOST && i < plan->hosts.count)
            name_part(&plan->part[i], at, i);
    }
    return HAR_OK;
}

enum har_status split_plan_make(struct split_plan *plan, struct har_error *error)
{
    enum har_status status = add_rows(plan, 0, error);
    if (status == HAR_OK)
        status = link_pages(plan, error);
    if (status != HAR_OK)
        return status;
    sort_pairs(plan);
    const struct keyset *names = plan->by == HAR_SPLIT_BY_HOST ? &plan->hosts : &plan->ids;
    size_t *at = calloc(names->count + 1, sizeof *at);
    plan->part = calloc(HAR_SPLIT_PARTS_MOST < plan->rows + 1 ? HAR_SPLIT_PARTS_MOST : plan->rows + 1, sizeof *plan->part);
    if (!at || !plan->part) {
        free(at);
        return har_error_memory(error);
    }
    name_rows(names, at);
    status = plan->by == HAR_SPLIT_BY_PAGE ? plan_pages(plan, at, error) : plan_rows(plan, at, error);
    free(at);
    return status;
}

enum har_status split_plan_part(struct split_plan *plan, const struct har_item *item, uint32_t *part, struct har_error *error)
{
    uint32_t row;
    const enum har_status status = row_of(plan, item, true, &row, error);
    if (status != HAR_OK)
        return status;
    plan->entries++;
    *part = row < plan->rows ? plan->row[row].part : UINT32_MAX;
    if (*part >= plan->parts)
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_SYSTEM, 0, "changed while it was read");
    return HAR_OK;
}

struct page_set {
    size_t *page;
    size_t count, cap;
};

static bool add_page(struct page_set *set, size_t page)
{
    if (set->count == set->cap) {
        const size_t cap = set->cap ? set->cap * 2 : 16;
        size_t *grown = reallocarray(set->page, cap, sizeof *grown);
        if (!grown)
            return false;
        set->page = grown;
        set->cap = cap;
    }
    set->page[set->count++] = page;
    return true;
}

static bool add_pages_of(const struct split_plan *plan, struct page_set *set, uint32_t id)
{
    for (uint32_t page = plan->id[id].pages; page; page = plan->next_page[page - 1])
        if (!add_page(set, page - 1))
            return false;
    return true;
}

/* Pages that no entry refers to, or, with `nameless`, those without id. */
static bool add_lonely(const struct split_plan *plan, struct page_set *set, bool nameless)
{
    for (size_t i = 0; i < plan->pages.count; i++) {
        const uint32_t id = plan->page_id[i];
        if ((id == UINT32_MAX || (!nameless && !plan->id[id].used)) && !add_page(set, i))
            return false;
    }
    return true;
}

/* The first pair of `row` or of one behind it. */
static size_t find_pair(const struct split_plan *plan, uint32_t row)
{
    size_t low = 0, high = plan->pairs;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (plan->pair[middle] >> 32 < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int compare_pages(const void *a, const void *b)
{
    const size_t one = *(const size_t *)a, other = *(const size_t *)b;
    return (one > other) - (one < other);
}

enum har_status split_plan_pages(const struct split_plan *plan, uint32_t part, size_t **pages, size_t *count,
                                 struct har_error *error)
{
    const struct split_part *of = &plan->part[part];
    struct page_set set = {.count = 0};
    bool fine = true;
    if (plan->by == HAR_SPLIT_BY_PAGE) {
        fine = of->named ? add_pages_of(plan, &set, of->id) : add_lonely(plan, &set, true);
    } else {
        for (size_t i = find_pair(plan, part); fine && i < plan->pairs && plan->pair[i] >> 32 == part; i++)
            fine = add_pages_of(plan, &set, (uint32_t)plan->pair[i]);
        if (part == 0)
            fine = fine && add_lonely(plan, &set, false);
    }
    if (set.count)
        qsort(set.page, set.count, sizeof *set.page, compare_pages);
    *pages = set.page;
    *count = set.count;
    return fine ? HAR_OK : har_error_memory(error);
}
