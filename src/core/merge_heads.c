/* Members of logs: whether all captures agree, and how the others are kept. */
#include "core/merge_heads.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <harmill/spec.h>

#include "json/build.h"
#include "json/edit.h"

enum har_status merge_heads_begin(struct merge_heads *heads, struct har_error *error)
{
    if (heads->count == heads->cap) {
        const size_t cap = heads->cap ? heads->cap * 2 : 8;
        struct merge_head *grown = reallocarray(heads->head, cap, sizeof *grown);
        if (!grown)
            return har_error_memory(error);
        heads->head = grown;
        heads->cap = cap;
    }
    struct merge_head *head = &heads->head[heads->count++];
    *head = (struct merge_head){.entries = 0};
    har_buffer_init(&head->log, (size_t)heads->most);
    har_buffer_init(&head->root, (size_t)heads->most);
    har_buffer_init(&head->renamed, (size_t)heads->most);
    har_buffer_release(&heads->text);
    har_buffer_init(&heads->text, (size_t)heads->most);
    heads->pieces = 0;
    heads->enveloped = false;
    heads->bytes += sizeof *head;
    return heads->bytes > heads->most ? kept_too_large(error) : HAR_OK;
}

static bool is_key(const struct har_item *item, const char *key)
{
    return json_key_is(item->tree, har_tree_root(item->tree), key, strlen(key));
}

static bool is_custom(const struct har_item *item)
{
    const struct har_text key = har_node_key(item->tree, har_tree_root(item->tree));
    return key.len && *key.bytes == '_';
}

enum har_status merge_heads_member(struct merge_heads *heads, const struct har_item *item, struct har_error *error)
{
    const bool log = item->scope == HAR_SCOPE_LOG;
    heads->odd |= log ? is_key(item, "pages") || is_key(item, "entries") : is_key(item, "log");
    heads->nested |= heads->count == 1 && log && is_key(item, "_merged");
    if (heads->pieces == heads->piece_cap) {
        const size_t cap = heads->piece_cap ? heads->piece_cap * 2 : 32;
        struct merge_piece *grown = reallocarray(heads->piece, cap, sizeof *grown);
        if (!grown)
            return har_error_memory(error);
        heads->piece = grown;
        heads->piece_cap = cap;
    }
    struct merge_piece *piece = &heads->piece[heads->pieces++];
    *piece = (struct merge_piece){.root = !log, .at = heads->text.len};
    enum har_status status = kept_spell(&heads->text, item->tree, har_tree_root(item->tree), true, error);
    if (status != HAR_OK)
        return status;
    piece->len = heads->text.len - piece->at;
    heads->bytes += piece->len;
    if (heads->count == 1)
        status = kept_add(&heads->first, item, &heads->bytes, heads->most, error);
    return status == HAR_OK && heads->bytes > heads->most ? kept_too_large(error) : status;
}

/* `text` is the inside of a string already. */
static bool put_string(struct har_buffer *out, struct har_text text)
{
    return har_buffer_append_char(out, '"') && har_buffer_append(out, text.bytes, text.len) && har_buffer_append_char(out, '"');
}

enum har_status merge_heads_renamed(struct merge_heads *heads, struct har_text from, struct har_text to, struct har_error *error)
{
    struct har_buffer *renamed = &merge_heads_now(heads)->renamed;
    const size_t before = renamed->len;
    heads->renamed = true;
    har_buffer_append_text(renamed, before ? ",{\"page\":" : "{\"page\":");
    put_string(renamed, from);
    har_buffer_append_text(renamed, ",\"as\":");
    put_string(renamed, to);
    har_buffer_append_char(renamed, '}');
    heads->bytes += renamed->len - before;
    if (heads->bytes > heads->most)
        return kept_too_large(error);
    return renamed->failed ? har_error_memory(error) : HAR_OK;
}

static int compare_pieces(const void *a, const void *b, void *bytes)
{
    const struct merge_piece *one = a, *other = b;
    const char *text = bytes;
    const size_t len = one->len < other->len ? one->len : other->len;
    const int order = memcmp(text + one->at, text + other->at, len);
    return order ? order : (one->len > other->len) - (one->len < other->len);
}

static bool equal(const struct har_buffer *a, const struct har_buffer *b)
{
    return a->len == b->len && (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

/* Of what stands beside an enveloped log only what a producer put there under a name of its own: as writers have it. */
static bool counts(const struct merge_heads *heads, const struct merge_piece *piece)
{
    return !piece->root || !heads->enveloped || heads->text.data[piece->at + 1] == '_';
}

enum har_status merge_heads_end(struct merge_heads *heads, struct har_error *error)
{
    struct merge_head *head = merge_heads_now(heads);
    const struct merge_head *first = &heads->head[0];
    if (heads->pieces)
        qsort_r(heads->piece, heads->pieces, sizeof *heads->piece, compare_pieces, heads->text.data);
    for (size_t i = 0; i < heads->pieces; i++) {
        const struct merge_piece *piece = &heads->piece[i];
        struct har_buffer *to = piece->root ? &head->root : &head->log;
        if (!counts(heads, piece))
            continue;
        if (to->len)
            har_buffer_append_char(to, ',');
        har_buffer_append(to, heads->text.data + piece->at, piece->len);
    }
    for (size_t i = 0; i < heads->first.count && heads->count == 1 && heads->enveloped; i++)
        if (heads->first.item[i]->item.scope != HAR_SCOPE_LOG && !is_custom(&heads->first.item[i]->item))
            kept_drop(&heads->first, i);
    if (head->log.failed || head->root.failed)
        return har_error_memory(error);
    head->same = equal(&head->log, &first->log) && equal(&head->root, &first->root);
    heads->differ |= !head->same;
    if (head->same && head != first) {
        heads->bytes -= head->log.len + head->root.len;
        har_buffer_release(&head->log);
        har_buffer_release(&head->root);
    }
    return HAR_OK;
}

static void put_object(struct har_buffer *out, const char *name, const struct har_buffer *inside)
{
    if (!inside->len)
        return;
    har_buffer_printf(out, ",\"%s\":{", name);
    har_buffer_append(out, inside->data, inside->len);
    har_buffer_append_char(out, '}');
}

/* The value of log._merged. */
static bool spell_merged(const struct merge_heads *heads, bool differ, struct har_buffer *out)
{
    har_buffer_append_char(out, '[');
    for (size_t i = 0; i < heads->count; i++) {
        const struct merge_head *head = &heads->head[i], *source = head->same ? &heads->head[0] : head;
        har_buffer_printf(out, "%s{\"entries\":%" PRIu64, i ? "," : "", head->entries);
        if (differ) {
            put_object(out, "log", &source->log);
            put_object(out, "root", &source->root);
        }
        if (head->renamed.len) {
            har_buffer_append_text(out, ",\"renamed\":[");
            har_buffer_append(out, head->renamed.data, head->renamed.len);
            har_buffer_append_char(out, ']');
        }
        har_buffer_append_char(out, '}');
    }
    return har_buffer_append_char(out, ']') && !out->failed;
}

static struct har_item log_member(const struct har_tree *tree)
{
    return (struct har_item){
        .size = sizeof(struct har_item), .kind = HAR_ITEM_MEMBER, .scope = HAR_SCOPE_LOG, .container = "/log", .tree = tree};
}

static enum har_status write_merged(const struct merge_heads *heads, bool differ, uint64_t depth, merge_pass_fn *pass, void *user,
                                    struct har_error *error)
{
    struct har_buffer text;
    struct json_build build;
    enum har_status status = HAR_OK;
    har_buffer_init(&text, (size_t)heads->most);
    json_build_init(&build, heads->most + HAR_KIB, SIZE_MAX);
    const uint32_t root = json_build_add(&build, HAR_KIND_ARRAY, &(struct json_span){.bytes = 0});
    json_build_open(&build);
    json_build_text(&build, "_merged", 7);
    json_build_close_key(&build, root);
    if (!spell_merged(heads, differ, &text))
        status = kept_too_large(error);
    else if (json_build_json(&build, root, text.data, text.len, depth) != JSON_BUILD_PARSED)
        status = har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_DEPTH,
                               "members of a log are nested too deep to be kept below log._merged (--max-depth)");
    else if (build.fault)
        status = har_error_memory(error);
    har_buffer_release(&text);
    const struct har_item item = log_member(json_build_tree(&build));
    if (status == HAR_OK)
        status = pass(user, &item, error);
    json_build_release(&build);
    return status;
}

/* version, and harmill as the creator. */
static enum har_status write_own(const struct merge_heads *heads, merge_pass_fn *pass, void *user, struct har_error *error)
{
    static const char *const names[] = {"version", "creator"};
    enum har_status status = HAR_OK;
    for (size_t i = 0; i < 2 && status == HAR_OK; i++) {
        struct har_tree tree = {.bytes = ""};
        struct json_edit edit;
        char comment[64];
        json_edit_begin(&edit, &tree, 4 * HAR_KIB * sizeof(struct har_node), 4 * HAR_KIB);
        const uint32_t root = json_edit_root(&edit, i ? HAR_KIND_OBJECT : HAR_KIND_STRING);
        json_edit_set_key(&edit, root, names[i], strlen(names[i]));
        if (i == 0) {
            json_edit_set_text(&edit, root, "1.2", 3);
        } else {
            const char *const member[][2] = {{"name", "harmill"}, {"version", HAR_VERSION}, {"comment", comment}};
            snprintf(comment, sizeof comment, "merged from %zu captures", heads->count);
            for (size_t k = 0; k < 3; k++) {
                const uint32_t value = json_edit_member(&edit, root, member[k][0], HAR_KIND_STRING,
                                                        kept_row(HAR_OBJECT_CREATOR, member[k][0]), HAR_OBJECT_NONE);
                json_edit_set_text(&edit, value, member[k][1], strlen(member[k][1]));
            }
        }
        json_edit_bind(&edit, root, kept_row(HAR_OBJECT_LOG, names[i]), i ? HAR_OBJECT_CREATOR : HAR_OBJECT_NONE);
        const struct har_item item = log_member(&tree);
        status = edit.fault ? har_error_memory(error) : pass(user, &item, error);
        json_tree_release(&tree);
    }
    return status;
}

enum har_status merge_heads_write(const struct merge_heads *heads, bool custom, uint64_t depth, merge_pass_fn *pass, void *user,
                                  struct har_error *error)
{
    const bool differ = heads->differ || (heads->count > 1 && (heads->odd || (heads->renamed && heads->nested)));
    enum har_status status = differ ? write_own(heads, pass, user, error) : HAR_OK;
    for (size_t i = 0; i < heads->first.count && !differ && status == HAR_OK; i++)
        if (heads->first.item[i])
            status = pass(user, &heads->first.item[i]->item, error);
    if (status == HAR_OK && custom && (differ || heads->renamed))
        status = write_merged(heads, differ, depth, pass, user, error);
    return status;
}

void merge_heads_release(struct merge_heads *heads)
{
    for (size_t i = 0; i < heads->count; i++) {
        har_buffer_release(&heads->head[i].log);
        har_buffer_release(&heads->head[i].root);
        har_buffer_release(&heads->head[i].renamed);
    }
    kept_release(&heads->first);
    har_buffer_release(&heads->text);
    free(heads->head);
    free(heads->piece);
}
