/* The transform "strip": bodies and custom members are left out. */
#include <stdlib.h>
#include <string.h>

#include <harmill/spec.h>
#include <harmill/transform.h>

#include "json/base64.h"
#include "json/edit.h"
#include "json/measure.h"
#include "json/text.h"
#include "util/text.h"

struct strip {
    struct har_transform_args args;
    const char *mimes; /* whose bodies go: patterns with commas between them, "" for all; NULL: none */
    uint64_t max_body; /* bytes of a body that stays */
    bool custom;
    struct json_edit edit;
    struct har_buffer scratch;
    bool no_memory;
};

static const struct har_option_row options[] = {
    {"drop-bodies", "[=MIME]", "leave out bodies, or those of some types", NULL},
    {"max-body", "N", "leave out bodies of more than N bytes", NULL},
    {"drop-custom", NULL, "leave out members whose names start with an underscore", NULL},
    {NULL, NULL, NULL, NULL},
};

/* Digits, and K, M or G for a power of 1024. */
static bool read_bytes(const char *text, uint64_t *bytes)
{
    static const char units[] = "KMG";
    char *end;
    if (!text_is_digit(*text))
        return false;
    const unsigned long long value = strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;
    const unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    *bytes = value > UINT64_MAX >> shift ? UINT64_MAX : (uint64_t)value << shift;
    return end[unit != NULL] == '\0';
}

static struct har_text text_from(const char *text)
{
    return (struct har_text){text, strlen(text)};
}

static enum har_status check_mimes(const char *mimes, struct har_error *error)
{
    struct har_text rest = text_from(mimes), mime;
    while (text_part(&rest, ',', &mime)) {
        mime = text_trim(mime);
        if (text_is_exactly(mime, "*") || text_find(mime, '/') < mime.len)
            continue;
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "drop-bodies: '%.*s' is no media type, as image/* or text/html",
                             (int)(mime.len < 80 ? mime.len : 80), mime.bytes);
    }
    return HAR_OK;
}

static enum har_status check_strip(const struct har_option *given, struct har_error *error)
{
    uint64_t bytes;
    const char *mimes = har_option_value(given, "drop-bodies", NULL), *most = har_option_value(given, "max-body", NULL);
    if (most && !read_bytes(most, &bytes))
        return har_error_set(error, HAR_FATAL, HAR_DOMAIN_USAGE, 0, "max-body takes a number of bytes, as 4096, 64K or 1M");
    return mimes && *mimes ? check_mimes(mimes, error) : HAR_OK;
}

static enum har_status open_strip(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    struct strip *strip = ctx;
    const char *most = har_option_value(args->options, "max-body", NULL);
    strip->args = *args;
    strip->mimes = har_option_value(args->options, "drop-bodies", NULL);
    strip->custom = har_option_value(args->options, "drop-custom", "no") == NULL;
    strip->max_body = UINT64_MAX;
    har_buffer_init(&strip->scratch, (size_t)har_settings_bound(args->settings, HAR_BOUND_ITEM_BYTES));
    if (check_strip(args->options, error) != HAR_OK)
        return HAR_FATAL;
    if (most)
        read_bytes(most, &strip->max_body);
    return HAR_OK;
}

static void close_strip(void *ctx)
{
    struct strip *strip = ctx;
    har_buffer_release(&strip->scratch);
}

static const struct har_node *node_at(const struct strip *strip, uint32_t index)
{
    return json_node(strip->edit.tree, index);
}

/* The decoded text of a node, empty where there is none. Borrowed until anything is added, or the next call. */
static struct har_text decoded(struct strip *strip, uint32_t index)
{
    const struct har_node *node = node_at(strip, index);
    if (!node || node->kind != HAR_KIND_STRING)
        return (struct har_text){"", 0};
    if (!(node->flags & JSON_TEXT_ESCAPED))
        return har_node_text(strip->edit.tree, node);
    har_buffer_clear(&strip->scratch);
    strip->no_memory |= !har_node_decode(strip->edit.tree, node, &strip->scratch);
    return (struct har_text){strip->scratch.data ? strip->scratch.data : "", strip->scratch.len};
}

/* Whether `text` is of the form of a pattern in which * stands for anything. */
static bool fits(struct har_text text, struct har_text pattern)
{
    size_t t = 0, p = 0, star = SIZE_MAX, mark = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.bytes[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.len && text_lower(pattern.bytes[p]) == text_lower(text.bytes[t])) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.bytes[p] == '*')
        p++;
    return p == pattern.len;
}

/* Whether bodies of the type that `object` has go. */
static bool is_unwanted(struct strip *strip, uint32_t object)
{
    if (!strip->mimes || !*strip->mimes)
        return strip->mimes != NULL;
    struct har_text mime = decoded(strip, json_edit_find(strip->edit.tree, object, "mimeType"));
    struct har_text rest = text_from(strip->mimes), pattern;
    mime.len = text_find(mime, ';');
    mime = text_trim(mime);
    while (text_part(&rest, ',', &pattern))
        if (fits(mime, text_trim(pattern)))
            return true;
    return false;
}

/* Bytes of a string, as base64 when it is. They are never more than those that it is spelled with, and mostly that is enough. */
static bool is_larger(const struct strip *strip, const struct har_node *text, bool base64)
{
    if (text->text_len <= strip->max_body)
        return false;
    struct base64 body;
    if (base64 && json_base64(strip->edit.tree, text, &body, NULL))
        return base64_decoded(&body) > strip->max_body;
    return json_measure(json_text(strip->edit.tree, text), text->text_len).bytes > strip->max_body;
}

/* Names and values together, a character between each two, as a form sends them. */
static bool are_larger(const struct strip *strip, const struct har_node *params)
{
    const struct har_tree *tree = strip->edit.tree;
    uint64_t bytes = 0;
    for (const struct har_node *param = har_node_first(tree, params); param; param = har_node_next(tree, param))
        for (const struct har_node *part = har_node_first(tree, param); part; part = har_node_next(tree, part))
            if (part->kind == HAR_KIND_STRING && (json_key_is(tree, part, "name", 4) || json_key_is(tree, part, "value", 5)))
                bytes += json_measure(json_text(tree, part), part->text_len).bytes + 1;
    return bytes > strip->max_body && bytes - 1 > strip->max_body;
}

static bool is_base64(const struct strip *strip, uint32_t object)
{
    const struct har_node *encoding = node_at(strip, json_edit_find(strip->edit.tree, object, "encoding"));
    return encoding && encoding->kind == HAR_KIND_STRING && text_is(har_node_text(strip->edit.tree, encoding), "base64");
}

/* The option that this body goes for; NULL: it stays. In what was not normalized a member may stand twice. */
static const char *reason(struct strip *strip, uint32_t object)
{
    const struct har_tree *tree = strip->edit.tree;
    const bool base64 = is_base64(strip, object);
    bool any = false, larger = false;
    for (const struct har_node *node = har_node_first(tree, node_at(strip, object)); node; node = har_node_next(tree, node)) {
        if (node->kind == HAR_KIND_STRING && node->text_len && json_key_is(tree, node, "text", 4)) {
            any = true;
            larger |= is_larger(strip, node, base64);
        } else if (node->kind == HAR_KIND_ARRAY && node->child != JSON_NONE && json_key_is(tree, node, "params", 6)) {
            any = true;
            larger |= are_larger(strip, node);
        }
    }
    return any && is_unwanted(strip, object) ? "--drop-bodies" : larger ? "--max-body" : NULL;
}

static uint8_t row_of(const struct har_object_spec *spec, const char *name)
{
    for (uint8_t row = 0; spec && row < spec->count; row++)
        if (strcmp(spec->members[row].name, name) == 0)
            return row;
    return JSON_NO_MEMBER;
}

/* Says in the object's comment what is not there any more. */
static void tell(struct strip *strip, uint32_t object, const char *option)
{
    struct json_edit *edit = &strip->edit;
    const struct har_object_spec *spec = har_spec_object((enum har_object)node_at(strip, object)->object);
    uint32_t comment = json_edit_find(edit->tree, object, "comment");
    const struct har_node *old = node_at(strip, comment);
    if (old && old->kind != HAR_KIND_STRING)
        return;
    struct har_buffer text;
    har_buffer_init(&text, strip->scratch.max);
    const struct har_text before = decoded(strip, comment);
    har_buffer_append(&text, before.bytes, before.len);
    har_buffer_printf(&text, "%sbody left out by harmill %s", before.len ? "; " : "", option);
    if (comment == JSON_NONE)
        comment = json_edit_member(edit, object, "comment", HAR_KIND_STRING, row_of(spec, "comment"), HAR_OBJECT_NONE);
    strip->no_memory |= text.failed;
    if (!text.failed)
        json_edit_set_text(edit, comment, text.data, text.len);
    har_buffer_release(&text);
}

/* Takes members out, in one walk. */
static void remove_members(struct har_tree *tree, uint32_t object, const char *const *names)
{
    uint32_t *link = &tree->node[object].child;
    while (*link != JSON_NONE) {
        const struct har_node *node = &tree->node[*link];
        bool gone = false;
        for (size_t i = 0; names[i]; i++)
            gone |= json_key_is(tree, node, names[i], strlen(names[i]));
        if (gone)
            *link = node->next;
        else
            link = &tree->node[*link].next;
    }
}

/* `posted`: what a request sent stays as an empty text, because postData needs one. */
static void strip_body(struct strip *strip, uint32_t object, bool posted)
{
    static const char *const members[] = {"text", "encoding", "params", NULL};
    struct json_edit *edit = &strip->edit;
    const char *why = node_at(strip, object)->kind == HAR_KIND_OBJECT ? reason(strip, object) : NULL;
    if (!why)
        return;
    const struct har_object_spec *spec = har_spec_object((enum har_object)node_at(strip, object)->object);
    remove_members(edit->tree, object, members);
    if (posted) {
        const uint32_t text = json_edit_member(edit, object, "text", HAR_KIND_STRING, row_of(spec, "text"), HAR_OBJECT_NONE);
        json_edit_set_text(edit, text, "", 0);
    }
    tell(strip, object, why);
}

static void strip_bodies(struct strip *strip)
{
    static const struct {
        const char *message, *body;
        bool posted;
    } bodies[] = {{"request", "postData", true}, {"response", "content", false}};
    const struct har_tree *tree = strip->edit.tree;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        for (uint32_t message = tree->node[0].child; message != JSON_NONE; message = tree->node[message].next) {
            if (!json_key_is(tree, &tree->node[message], bodies[i].message, strlen(bodies[i].message)))
                continue;
            for (uint32_t body = tree->node[message].child; body != JSON_NONE; body = tree->node[body].next)
                if (json_key_is(tree, &tree->node[body], bodies[i].body, strlen(bodies[i].body)))
                    strip_body(strip, body, bodies[i].posted);
        }
}

static bool is_custom(const struct har_tree *tree, const struct har_node *node)
{
    const struct har_text key = har_node_key(tree, node);
    return key.len &&
           (*key.bytes == '_' || (key.len >= 6 && memcmp(key.bytes, "\\u005", 5) == 0 && text_lower(key.bytes[5]) == 'f'));
}

/* In one walk along the links: an object may have a million members. */
static void strip_custom(struct har_tree *tree)
{
    uint32_t at = 0;
    while (at != JSON_NONE) {
        struct har_node *node = &tree->node[at];
        uint32_t *link = &node->child;
        while (node->kind == HAR_KIND_OBJECT && *link != JSON_NONE) {
            if (is_custom(tree, &tree->node[*link]))
                *link = tree->node[*link].next;
            else
                link = &tree->node[*link].next;
        }
        if (node->child != JSON_NONE) {
            at = node->child;
            continue;
        }
        while (at != 0 && tree->node[at].next == JSON_NONE)
            at = tree->node[at].parent;
        at = at ? tree->node[at].next : JSON_NONE;
    }
}

static enum har_status fault(const struct strip *strip, struct har_error *error)
{
    const enum har_bound bound = strip->edit.fault == JSON_EDIT_TREE_BYTES ? HAR_BOUND_TREE_BYTES : HAR_BOUND_ITEM_BYTES;
    if (strip->no_memory || strip->edit.fault == JSON_EDIT_MEMORY)
        return har_error_memory(error);
    if (!strip->edit.fault)
        return HAR_OK;
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, (int)bound, "an entry without its body is larger than --%s allows",
                         har_bound_info(bound)->name);
}

static enum har_status item_strip(void *ctx, struct har_item *item, struct har_error *error)
{
    struct strip *strip = ctx;
    if (!item->tree)
        return HAR_OK;
    struct har_tree *tree = (struct har_tree *)(uintptr_t)item->tree; /* the format's own, which nobody else holds */
    if (!tree->count)
        return HAR_OK;
    if (strip->custom) {
        if (item->kind == HAR_ITEM_MEMBER && item->scope != HAR_SCOPE_DOCUMENT && !item->streamed && is_custom(tree, tree->node))
            return HAR_FAILED;
        strip_custom(tree);
    }
    if (item->kind == HAR_ITEM_ENTRY && (strip->mimes || strip->max_body != UINT64_MAX)) {
        json_edit_begin(&strip->edit, tree, har_settings_bound(strip->args.settings, HAR_BOUND_TREE_BYTES),
                        har_settings_bound(strip->args.settings, HAR_BOUND_ITEM_BYTES));
        strip_bodies(strip);
        return fault(strip, error);
    }
    return HAR_OK;
}

const struct har_transform har_transform_strip = {
    .size = sizeof(struct har_transform),
    .name = "strip",
    .summary = "captures without bodies or custom members",
    .options = options,
    .ctx_size = sizeof(struct strip),
    .open = open_strip,
    .item = item_strip,
    .close = close_strip,
    .check = check_strip,
};
