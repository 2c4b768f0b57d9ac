/* Normalize: the log and what is around it. The log's members come one by one and may be on their way to the output when a later
 * one shows what is missing or stands twice, so that the first of a name stays; what is missing is passed on at the end. */
#include <stdio.h>
#include <string.h>

#include "json/text.h"
#include "normalize/normalize.h"

static const char version[] = "1.2";

/* How much is held back for the end of the log. */
static uint64_t kept_bytes(const struct normalize *n)
{
    return har_settings_bound(n->args.settings, HAR_BOUND_KEPT_BYTES);
}

static struct json_edit begin_own(const struct normalize *n, struct har_tree *tree)
{
    struct json_edit edit;
    json_edit_begin(&edit, tree, har_settings_bound(n->args.settings, HAR_BOUND_TREE_BYTES), kept_bytes(n));
    return edit;
}

static enum har_status own_fault(enum json_edit_fault fault, struct har_error *error)
{
    const enum har_bound bound = fault == JSON_EDIT_TREE_BYTES ? HAR_BOUND_TREE_BYTES : HAR_BOUND_KEPT_BYTES;
    if (!fault)
        return HAR_OK;
    if (fault == JSON_EDIT_MEMORY)
        return har_error_memory(error);
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, bound,
                         "what normalize holds back for the end of the log is larger than --%s allows",
                         har_bound_info(bound)->name);
}

void normalize_document_begin(struct normalize *n)
{
    n->log = n->envelope = false;
    n->seen = 0;
    names_clear(&n->log_names);
    n->log_names.max_bytes = kept_bytes(n);
    json_tree_clear(&n->held);
    json_tree_clear(&n->lost_pages);
    json_tree_clear(&n->lost_entries);
    har_buffer_clear(&n->held_scopes);
}

void normalize_document_release(struct normalize *n)
{
    names_release(&n->log_names);
    json_tree_release(&n->own);
    json_tree_release(&n->held);
    json_tree_release(&n->lost_pages);
    json_tree_release(&n->lost_entries);
    har_buffer_release(&n->held_scopes);
}

/* Passes on a tree as a member of the log or, where there is none, of what it came from. */
static enum har_status pass(struct normalize *n, struct har_tree *tree, enum har_scope scope, struct har_error *error)
{
    static const char *const containers[] = {[HAR_SCOPE_DOCUMENT] = "", [HAR_SCOPE_ROOT] = "", [HAR_SCOPE_ENVELOPE] = "/result"};
    struct har_item item = {.size = sizeof item,
                            .kind = HAR_ITEM_MEMBER,
                            .scope = scope,
                            .document = n->item->document,
                            .container = scope == HAR_SCOPE_LOG ? n->container : containers[scope],
                            .place = n->item->place,
                            .tree = tree};
    return n->args.pass(n->args.core, &item, error);
}

/* An empty member of the log. */
static struct json_edit make_member(struct normalize *n, uint8_t row, enum har_kind kind)
{
    const struct har_member *member = &spec_objects[HAR_OBJECT_LOG].members[row];
    json_tree_clear(&n->own);
    struct json_edit edit = begin_own(n, &n->own);
    const uint32_t root = json_edit_root(&edit, kind);
    json_edit_set_key(&edit, root, member->name, member->name_len);
    json_edit_bind(&edit, root, row, kind >= HAR_KIND_ARRAY ? member->object : HAR_OBJECT_NONE);
    return edit;
}

static enum har_status pass_made(struct normalize *n, const struct json_edit *edit, enum har_mend mend, struct har_error *error)
{
    const enum har_status status = own_fault(edit->fault, error);
    if (status != HAR_OK)
        return status;
    if (mend < HAR_MEND_COUNT)
        normalize_mended(n, mend);
    return pass(n, &n->own, HAR_SCOPE_LOG, error);
}

static enum har_status pass_version(struct normalize *n, enum har_mend mend, struct har_error *error)
{
    struct json_edit edit = make_member(n, LOG_version, HAR_KIND_STRING);
    json_edit_set_text(&edit, 0, version, sizeof version - 1);
    n->seen |= NORMALIZE_SEEN(version);
    return pass_made(n, &edit, mend, error);
}

static void add_text(struct json_edit *edit, uint8_t row, const char *text)
{
    const char *name = spec_objects[HAR_OBJECT_CREATOR].members[row].name;
    json_edit_set_text(edit, json_edit_member(edit, 0, name, HAR_KIND_STRING, row, HAR_OBJECT_NONE), text, strlen(text));
}

static enum har_status pass_creator(struct normalize *n, struct har_error *error)
{
    struct json_edit edit = make_member(n, LOG_creator, HAR_KIND_OBJECT);
    add_text(&edit, CREATOR_name, "harmill");
    add_text(&edit, CREATOR_version, HAR_VERSION);
    add_text(&edit, CREATOR_comment, "harmill: the capture names no creator");
    return pass_made(n, &edit, HAR_MEND_MISSING_CREATOR, error);
}

static enum har_status pass_list(struct normalize *n, uint8_t row, enum har_mend mend, struct har_error *error)
{
    const struct json_edit edit = make_member(n, row, HAR_KIND_ARRAY);
    return pass_made(n, &edit, mend, error);
}

/* ---- members of the log */

/* Whether the log does not have the name of the item's root yet; it does from now on. */
static bool is_new_name(struct normalize *n)
{
    har_buffer_clear(&n->key);
    n->no_memory |= !har_node_decode_key(n->edit.tree, normalize_node(n, 0), &n->key);
    const size_t before = n->log_names.keys.count;
    if (!n->key.failed)
        n->no_memory |= !names_row(&n->log_names, n->key.data, n->key.len);
    return n->log_names.keys.count != before;
}

/* Gives the item's root a custom name that the log does not have yet. False when it has a good one. */
static bool name_custom(struct normalize *n, bool rename)
{
    if (!rename && normalize_is_custom(n->edit.tree, normalize_node(n, 0)) && is_new_name(n))
        return false;
    normalize_rename(n, &n->log_names, 0);
    return true;
}

/* What the version that a capture gives is, by its rules. */
static enum har_mend version_mend(struct har_text text)
{
    static const char digits[] = "0123456789";
    const char *const dot = text.len ? memchr(text.bytes, '.', text.len) : NULL;
    char copy[16];
    if (!text.len)
        return HAR_MEND_EMPTY_VERSION;
    if (text.len >= sizeof copy || !dot || memchr(text.bytes, '\0', text.len))
        return HAR_MEND_MALFORMED_VERSION;
    memcpy(copy, text.bytes, text.len);
    copy[text.len] = '\0';
    const size_t major = strspn(copy, digits), minor = strspn(copy + major + 1, digits);
    if (!major || copy[major] != '.' || !minor || copy[major + 1 + minor])
        return HAR_MEND_MALFORMED_VERSION;
    const size_t zeros = strspn(copy, "0"), more = strspn(copy + major + 1, "0");
    if (major - zeros != 1 || copy[zeros] != '1' || minor == more)
        return HAR_MEND_UNSUPPORTED_VERSION;
    return minor - more == 1 && copy[major + 1 + more] <= '2' ? HAR_MEND_OLDER_VERSION : HAR_MEND_NEWER_VERSION;
}

/* Whatever version a capture says, what goes on is 1.2. The other one is kept, because it tells how to read the input. */
static enum har_status log_version(struct normalize *n, struct har_error *error)
{
    const struct har_text text = normalize_text(n, 0, 0);
    if (text.len == sizeof version - 1 && memcmp(text.bytes, version, text.len) == 0)
        return HAR_OK;
    const enum har_mend mend = version_mend(text);
    name_custom(n, true);
    return pass_version(n, mend, error);
}

static enum har_status bound_member(struct normalize *n, struct har_error *error)
{
    const struct har_node *root = normalize_node(n, 0);
    const uint8_t row = root->member;
    const struct har_member *member = &spec_objects[HAR_OBJECT_LOG].members[row];
    if (n->seen & 1u << row) {
        name_custom(n, true);
        normalize_mended(n, HAR_MEND_DUPLICATE_KEY);
        return HAR_OK;
    }
    if (root->kind == HAR_KIND_NULL) {
        normalize_mended(n, member->flags & HAR_MEMBER_NULL_COMMON ? HAR_MEND_NULL_MEMBER : HAR_MEND_NULL_VALUE);
        return HAR_FAILED;
    }
    /* Entries come one by one, and through all steps: one that stands there instead of a list cannot. */
    if (!(member->types >> root->kind & 1) && (row == LOG_entries || !normalize_turn(n, 0, member))) {
        name_custom(n, true);
        normalize_mended(n, HAR_MEND_WRONG_TYPE);
        return HAR_OK;
    }
    n->seen |= 1u << row;
    normalize_shape(n, 0);
    if (row == LOG_pages)
        for (uint32_t i = normalize_node(n, 0)->child; i != JSON_NONE && !n->edit.fault; i = normalize_node(n, i)->next)
            normalize_page(n, i);
    normalize_defaults(n, 0);
    return row == LOG_version && !n->edit.fault ? log_version(n, error) : HAR_OK;
}

static enum har_status log_member(struct normalize *n, struct har_error *error)
{
    struct har_node *root = normalize_node(n, 0);
    const bool again = root->flags & JSON_DUPLICATE;
    root->flags &= (uint8_t)~JSON_DUPLICATE;
    if (n->item->streamed && !(n->seen & 1u << root->member)) {
        n->seen |= 1u << root->member;
        return HAR_OK;
    }
    if (root->member != JSON_NO_MEMBER)
        return bound_member(n, error); /* a list that is streamed, too, when an object in its place came before */
    const bool custom = normalize_is_custom(n->edit.tree, root);
    if (normalize_is_k6_own(n, HAR_OBJECT_LOG, root) && is_new_name(n))
        return HAR_OK;
    if (name_custom(n, false))
        normalize_mended(n, again || custom ? HAR_MEND_DUPLICATE_KEY : HAR_MEND_CUSTOM_NAME);
    return HAR_OK;
}

/* ---- members around the log */

/* What an interface says around its answer when all is well. */
static bool says_nothing(const struct har_tree *tree, const struct har_node *node)
{
    return !normalize_is_custom(tree, node) &&
           (node->kind == HAR_KIND_NULL || node->kind == HAR_KIND_TRUE || (node->kind == HAR_KIND_STRING && !node->text_len) ||
            (node->kind >= HAR_KIND_ARRAY && node->child == JSON_NONE));
}

static enum har_status hold(struct normalize *n, struct har_error *error)
{
    struct json_edit edit = begin_own(n, &n->held);
    if (!n->held.count)
        json_edit_root(&edit, HAR_KIND_OBJECT);
    edit.near = n->held.count > 1 ? n->held_last : JSON_NONE;
    n->held_last = json_edit_copy_other(&edit, 0, n->edit.tree, 0);
    if (!har_buffer_append_char(&n->held_scopes, (char)n->item->scope))
        return har_error_memory(error);
    const enum har_status status = own_fault(edit.fault, error);
    return status == HAR_OK ? HAR_FAILED : status; /* it does not go on now */
}

/* Members of the document beside the log become custom members of the log: strict readers take none beside it. */
static enum har_status move_into_log(struct normalize *n)
{
    if (n->envelope && says_nothing(n->edit.tree, normalize_node(n, 0))) {
        normalize_mended(n, HAR_MEND_ENVELOPE);
        return HAR_FAILED;
    }
    normalize_node(n, 0)->flags &= (uint8_t)~JSON_DUPLICATE;
    if (!name_custom(n, false))
        normalize_unbind(n, 0);
    normalize_mended(n, HAR_MEND_BESIDE_LOG);
    return HAR_OK;
}

static enum har_status outer_member(struct normalize *n, struct har_error *error)
{
    const struct har_node *root = normalize_node(n, 0);
    if (n->item->streamed) {
        if (n->log || !json_key_is(n->edit.tree, root, "log", 3))
            return HAR_OK;
        n->log = true;
        n->envelope = n->item->scope == HAR_SCOPE_ENVELOPE;
        snprintf(n->container, sizeof n->container, "%s/log", n->item->container);
        return HAR_OK;
    }
    if (!n->log)
        return hold(n, error);
    const enum har_status status = move_into_log(n);
    if (status == HAR_OK) {
        n->item->scope = HAR_SCOPE_LOG;
        n->item->container = n->container;
    }
    return status;
}

enum har_status normalize_member_item(struct normalize *n, struct har_error *error)
{
    switch (n->item->scope) {
    case HAR_SCOPE_LOG:
        return log_member(n, error);
    case HAR_SCOPE_ROOT:
    case HAR_SCOPE_ENVELOPE:
        return outer_member(n, error);
    case HAR_SCOPE_DOCUMENT:
        break;
    }
    return HAR_OK;
}

/* ---- the end of the log */

enum har_status normalize_lost(struct normalize *n, struct har_error *error)
{
    const bool page = n->item->kind == HAR_ITEM_PAGE;
    struct har_tree *tree = page ? &n->lost_pages : &n->lost_entries;
    uint32_t *last = page ? &n->lost_page : &n->lost_entry;
    if (normalize_node(n, 0)->kind == HAR_KIND_NULL) {
        normalize_mended(n, HAR_MEND_NULL_ELEMENT);
        return HAR_FAILED;
    }
    struct json_edit edit = begin_own(n, tree);
    if (!tree->count) {
        json_edit_root(&edit, HAR_KIND_ARRAY);
        json_edit_set_key(&edit, 0, page ? "pages" : "entries", page ? 5 : 7);
        *last = JSON_NONE;
    }
    edit.near = *last;
    *last = json_edit_copy_other(&edit, 0, n->edit.tree, 0);
    normalize_mended(n, HAR_MEND_STRAY_ELEMENT);
    const enum har_status status = own_fault(edit.fault, error);
    return status == HAR_OK ? HAR_FAILED : status;
}

/* One of those that came before the log, or the last of all. */
static enum har_status pass_held(struct normalize *n, uint32_t member, enum har_scope scope, struct har_error *error)
{
    json_tree_clear(&n->own);
    n->edit = begin_own(n, &n->own);
    json_edit_copy_other(&n->edit, JSON_NONE, &n->held, member);
    enum har_status status = own_fault(n->edit.fault, error);
    if (status == HAR_OK && n->log) {
        status = move_into_log(n);
        scope = HAR_SCOPE_LOG;
    }
    if (status == HAR_OK)
        status = n->no_memory ? har_error_memory(error) : own_fault(n->edit.fault, error);
    if (status != HAR_OK)
        return status == HAR_FAILED ? HAR_OK : status;
    return pass(n, &n->own, scope, error);
}

static enum har_status pass_lost(struct normalize *n, struct har_tree *tree, struct har_error *error)
{
    if (!tree->count)
        return HAR_OK;
    n->edit = begin_own(n, tree);
    name_custom(n, true);
    const enum har_status status = n->no_memory ? har_error_memory(error) : own_fault(n->edit.fault, error);
    return status == HAR_OK ? pass(n, tree, HAR_SCOPE_LOG, error) : status;
}

/* What the log lacks. */
static enum har_status pass_missing(struct normalize *n, struct har_error *error)
{
    enum har_status status = HAR_OK;
    if (!(n->seen & NORMALIZE_SEEN(version)))
        status = pass_version(n, HAR_MEND_MISSING_VERSION, error);
    if (status == HAR_OK && !(n->seen & NORMALIZE_SEEN(creator)))
        status = pass_creator(n, error);
    if (status == HAR_OK && !(n->seen & NORMALIZE_SEEN(pages)))
        status = pass_list(n, LOG_pages, HAR_MEND_MISSING_PAGES, error);
    if (status == HAR_OK && !(n->seen & NORMALIZE_SEEN(entries)))
        status = pass_list(n, LOG_entries, HAR_MEND_MISSING_ENTRIES, error);
    return status;
}

enum har_status normalize_document_end(struct normalize *n, struct har_error *error)
{
    enum har_status status = n->log ? pass_missing(n, error) : HAR_OK;
    size_t scope = 0;
    for (uint32_t i = n->held.count ? n->held.node[0].child : JSON_NONE; i != JSON_NONE && status == HAR_OK;
         i = n->held.node[i].next)
        status = pass_held(n, i, (enum har_scope)n->held_scopes.data[scope++], error);
    if (status == HAR_OK)
        status = pass_lost(n, &n->lost_pages, error);
    if (status == HAR_OK)
        status = pass_lost(n, &n->lost_entries, error);
    return status;
}
