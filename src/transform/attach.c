/* The transform "attach": bodies that lie beside the capture in its archive go back to where HAR has them. Playwright writes such
 * archives: `_file` names the body instead of `text`. What comes back is what it would have written without an archive. */
#include <harmill/transform.h>

#include <string.h>
#include <strings.h>

#include <harmill/spec.h>

#include "json/edit.h"
#include "util/base64.h"
#include "util/utf8.h"

struct attach {
    struct har_transform_args args;
    bool contained;
    struct har_buffer name, body, text; /* scratch */
};

/* The objects of an entry that may have a body beside the capture. */
static const struct {
    const char *message, *object;
    enum har_object spec;
    bool any_text; /* the type does not matter: bytes that are UTF-8 are text */
} places[] = {
    {"request", "postData", HAR_OBJECT_POST_DATA, true},
    {"response", "content", HAR_OBJECT_CONTENT, false},
};

static enum har_status open_attach(void *ctx, const struct har_transform_args *args, struct har_error *error)
{
    struct attach *a = ctx;
    const uint64_t most = har_settings_bound(args->settings, HAR_BOUND_ITEM_BYTES);
    (void)error;
    a->args = *args;
    a->contained = har_input_is_contained(args->input);
    har_buffer_init(&a->name, (size_t)most);
    har_buffer_init(&a->body, (size_t)most);
    har_buffer_init(&a->text, (size_t)most);
    return HAR_OK;
}

static void close_attach(void *ctx)
{
    struct attach *a = ctx;
    har_buffer_release(&a->name);
    har_buffer_release(&a->body);
    har_buffer_release(&a->text);
}

/* ---- text or bytes */

static bool is_utf8(const struct har_buffer *body)
{
    size_t at = 0;
    while (at < body->len) {
        uint32_t point;
        const size_t len = utf8_decode(body->data + at, body->len - at, &point);
        if (!len)
            return false;
        at += len;
    }
    return true;
}

/* Types whose bodies are text, with their endings: "+" stands for a suffix as in application/ld+json. */
static bool is_textual(const char *type, size_t len)
{
    static const char *const whole[] = {"application/json",    "application/javascript", "application/x-javascript",
                                        "application/graphql", "application/ecmascript", "application/x-www-form-urlencoded",
                                        "image/svg",           "image/svg+xml"};
    static const char *const beginnings[] = {"text/", "application/xml"};
    static const char *const endings[] = {"+json", "+xml"};
    const char *semicolon = memchr(type, ';', len);
    len = semicolon ? (size_t)(semicolon - type) : len;
    while (len && type[len - 1] == ' ')
        len--;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (len == strlen(whole[i]) && strncasecmp(type, whole[i], len) == 0)
            return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (len >= strlen(beginnings[i]) && strncasecmp(type, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t width = strlen(endings[i]);
        if (len > width && strncasecmp(type, "application/", 12) == 0 && strncasecmp(type + len - width, endings[i], width) == 0)
            return true;
    }
    return false;
}

/* ---- members */

static uint8_t row_of(enum har_object object, const char *name)
{
    const struct har_object_spec *spec = har_spec_object(object);
    uint8_t row = 0;
    while (row < spec->count && strcmp(spec->members[row].name, name) != 0)
        row++;
    return row < spec->count ? row : JSON_NO_MEMBER;
}

static void set_member(struct json_edit *edit, uint32_t object, enum har_object spec, const char *name, const char *text,
                       size_t len)
{
    uint32_t member = json_edit_find(edit->tree, object, name);
    if (member == JSON_NONE)
        member = json_edit_member(edit, object, name, HAR_KIND_STRING, row_of(spec, name), HAR_OBJECT_NONE);
    json_edit_set_text(edit, member, text, len);
}

/* The member as a string: empty when there is none. */
static bool read_text(const struct har_tree *tree, uint32_t member, struct har_buffer *out)
{
    har_buffer_clear(out);
    return member == JSON_NONE || tree->node[member].kind != HAR_KIND_STRING || har_node_decode(tree, &tree->node[member], out);
}

static bool write_body(struct attach *a, struct json_edit *edit, uint32_t object, size_t place)
{
    const char *bytes = a->body.data ? a->body.data : "";
    if (!read_text(edit->tree, json_edit_find(edit->tree, object, "mimeType"), &a->text))
        return false;
    if (is_utf8(&a->body) && (places[place].any_text || (a->text.len && is_textual(a->text.data, a->text.len)))) {
        set_member(edit, object, places[place].spec, "text", bytes, a->body.len);
        json_edit_remove(edit, json_edit_find(edit->tree, object, "encoding"));
        return true;
    }
    har_buffer_clear(&a->text);
    if (!base64_encode((struct har_text){bytes, a->body.len}, &a->text))
        return false;
    set_member(edit, object, places[place].spec, "text", a->text.data ? a->text.data : "", a->text.len);
    set_member(edit, object, places[place].spec, "encoding", "base64", 6);
    return true;
}

static enum har_status too_large(struct har_error *error)
{
    return har_error_set(error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_ITEM_BYTES,
                         "a body beside the capture makes its entry larger than --%s allows",
                         har_bound_info(HAR_BOUND_ITEM_BYTES)->name);
}

static enum har_status put_back(struct attach *a, struct json_edit *edit, size_t place, struct har_error *error)
{
    const struct har_tree *tree = edit->tree;
    const uint32_t object = json_edit_find(tree, json_edit_find(tree, 0, places[place].message), places[place].object);
    const uint32_t file = json_edit_find(tree, object, "_file");
    if (file == JSON_NONE || tree->node[file].kind != HAR_KIND_STRING || !tree->node[file].text_len)
        return HAR_OK;
    const uint32_t text = json_edit_find(tree, object, "text");
    if (text != JSON_NONE && (tree->node[text].kind != HAR_KIND_STRING || tree->node[text].text_len))
        return HAR_OK;
    if (!read_text(tree, file, &a->name))
        return har_error_memory(error);
    har_buffer_clear(&a->body);
    const enum har_status status =
        har_input_attachment(a->args.input, (struct har_text){a->name.data, a->name.len}, &a->body, error);
    if (status != HAR_OK)
        return status == HAR_EOF ? HAR_OK : status; /* a rule tells that it is missing */
    if (!write_body(a, edit, object, place))
        return a->body.len > a->text.max / 4 * 3 ? too_large(error) : har_error_memory(error);
    json_edit_remove(edit, file);
    a->args.mended(a->args.core, HAR_MEND_ATTACHED_BODY);
    return HAR_OK;
}

static enum har_status item_attach(void *ctx, struct har_item *item, struct har_error *error)
{
    struct attach *a = ctx;
    struct json_edit edit;
    if (!a->contained || item->kind != HAR_ITEM_ENTRY)
        return HAR_OK;
    json_edit_begin(&edit, (struct har_tree *)(uintptr_t)item->tree, /* the format's own, which nobody else holds */
                    har_settings_bound(a->args.settings, HAR_BOUND_TREE_BYTES),
                    har_settings_bound(a->args.settings, HAR_BOUND_ITEM_BYTES));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const enum har_status status = put_back(a, &edit, i, error);
        if (status != HAR_OK)
            return status;
    }
    if (edit.fault == JSON_EDIT_MEMORY)
        return har_error_memory(error);
    return edit.fault ? too_large(error) : HAR_OK;
}

const struct har_transform har_transform_attach = {
    .size = sizeof(struct har_transform),
    .name = "attach",
    .summary = "bodies that lie beside the capture in its archive",
    .ctx_size = sizeof(struct attach),
    .open = open_attach,
    .item = item_attach,
    .close = close_attach,
};
