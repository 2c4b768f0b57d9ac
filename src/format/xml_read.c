/* The vocabulary: elements to nodes, nodes to items. What is not of it is told and left aside, and reading goes on. */
#include <stdlib.h>
#include <string.h>

#include "format/xml.h"
#include "format/xml_slot.h"
#include "util/blank.h"
#include "util/text.h"

#ifndef HARMILL_WITHOUT_XML

static struct xml_frame *top(struct xml *x)
{
    return x->frames ? &x->frame[x->frames - 1] : NULL;
}

static bool is_container(const struct xml_frame *frame)
{
    return frame->value == XML_OBJECT || frame->value == XML_ARRAY;
}

static bool push(struct xml *x, const struct xml_frame *frame)
{
    if (x->frames == x->frame_cap) {
        const size_t cap = x->frame_cap ? x->frame_cap * 2 : 32;
        struct xml_frame *grown = realloc(x->frame, cap * sizeof *grown);
        x->no_memory |= !grown;
        if (!grown)
            return false;
        x->frame = grown;
        x->frame_cap = cap;
    }
    x->frame[x->frames++] = *frame;
    return true;
}

/* What comes with it is filled in by the caller. */
static struct har_item *make_ready(struct xml *x, enum har_item_kind kind)
{
    if (x->ready_count == x->ready_cap) {
        const size_t cap = x->ready_cap ? x->ready_cap * 2 : 4;
        struct xml_ready *grown = realloc(x->ready, cap * sizeof *grown);
        x->no_memory |= !grown;
        if (!grown)
            return NULL;
        x->ready = grown;
        for (; x->ready_cap < cap; x->ready_cap++)
            json_build_init(&x->ready[x->ready_cap].build, x->item_bytes, x->tree_bytes);
    }
    struct har_item *item = &x->ready[x->ready_count++].item;
    *item = (struct har_item){.size = sizeof *item, .kind = kind, .container = ""};
    return item;
}

/* The node that was read goes out as an item of `parent`, which is NULL for a document that is no object. */
static void emit(struct xml *x, struct xml_frame *parent, bool streamed)
{
    static const char *const containers[] = {
        [XML_INNER] = "", [XML_DOCUMENT] = "", [XML_LOG] = "/log", [XML_PAGES] = "/log/pages", [XML_ENTRIES] = "/log/entries"};
    static const enum har_scope scopes[] = {
        [XML_INNER] = HAR_SCOPE_DOCUMENT, [XML_DOCUMENT] = HAR_SCOPE_ROOT, [XML_LOG] = HAR_SCOPE_LOG};
    static const enum har_item_kind kinds[] = {[XML_PAGES] = HAR_ITEM_PAGE, [XML_ENTRIES] = HAR_ITEM_ENTRY};
    const enum xml_role role = parent ? (enum xml_role)parent->role : XML_INNER;
    const bool element = role == XML_PAGES || role == XML_ENTRIES;
    struct har_item *item = make_ready(x, element ? kinds[role] : HAR_ITEM_MEMBER);
    if (!item)
        return;
    item->scope = element ? HAR_SCOPE_DOCUMENT : scopes[role];
    item->streamed = streamed;
    item->container = containers[role];
    item->place = x->item_place;
    item->ordinal = element ? parent->index - 1 : 0;
    struct xml_ready *ready = &x->ready[x->ready_count - 1];
    const struct json_build spare = ready->build;
    ready->build = x->build;
    x->build = spare;
    json_build_clear(&x->build);
}

/* The role of a member that is opened rather than read whole: each is opened once. */
static enum xml_role opened(struct xml *x, const struct xml_frame *parent, const struct xml_slot *slot)
{
    if (!parent || !slot->keyed || slot->escaped_key)
        return XML_INNER;
    if (parent->role == XML_DOCUMENT && slot->value == XML_OBJECT && text_is_exactly(slot->key, "log") && !x->log) {
        x->log = true;
        return XML_LOG;
    }
    if (parent->role == XML_LOG && slot->value == XML_ARRAY && text_is_exactly(slot->key, "pages") && !x->pages) {
        x->pages = true;
        return XML_PAGES;
    }
    if (parent->role == XML_LOG && slot->value == XML_ARRAY && text_is_exactly(slot->key, "entries") && !x->entries) {
        x->entries = true;
        return XML_ENTRIES;
    }
    return XML_INNER;
}

/* A bound or memory ended the item. */
static void check_build(struct xml *x)
{
    static const char *const messages[] = {
        [JSON_BUILD_ITEM_BYTES] = "what starts here is larger than --max-item-bytes allows",
        [JSON_BUILD_TREE_BYTES] = "what starts here has more values than --max-tree-bytes allows",
    };
    if (x->no_memory || x->build.fault == JSON_BUILD_MEMORY) {
        x->no_memory = true;
    } else if (x->build.fault && !x->stopped) {
        const struct json_span span = {x->item_place, 0, 0};
        xml_tell(x, HAR_RULE_TOO_LARGE, &span, SIZE_MAX, messages[x->build.fault], NULL, 0, NULL);
        x->stopped = true;
    }
}

static void put_key(struct xml *x, const struct xml_tag *tag, const struct xml_slot *slot, uint32_t node)
{
    if (!slot->keyed)
        return;
    json_build_open(&x->build);
    if (!slot->escaped_key)
        json_build_text(&x->build, slot->key.bytes, slot->key.len);
    else if (!json_build_escaped(&x->build, slot->key.bytes, slot->key.len))
        xml_tell_tag(x, tag, "a backslash in the name starts no known escape", NULL, 0, NULL);
    json_build_close_key(&x->build, node);
}

/* The attributes that only some types have. */
static void check_attributes(struct xml *x, const struct xml_tag *tag, struct xml_frame *frame,
                             const struct xml_attributes *attributes)
{
    const bool text = frame->value == XML_STRING || frame->value == XML_JSON;
    frame->escaped = text && attributes->escaped;
    frame->chunked = text && attributes->chunked;
    if (!text && (attributes->escaped || attributes->chunked))
        xml_tell_tag(x, tag, "only text can be escaped or chunked", NULL, 0, "not heeded");
}

/* A value begins: its node, its frame; a streamed one goes out at once. */
static void begin_value(struct xml *x, const struct xml_tag *tag, const struct xml_attributes *attributes, struct xml_slot *slot)
{
    static const enum har_kind kinds[XML_CHUNK] = {[XML_OBJECT] = HAR_KIND_OBJECT, [XML_ARRAY] = HAR_KIND_ARRAY};
    struct xml_frame *parent = top(x);
    const struct json_span span = xml_span(x, tag->at, tag->end - tag->at, true);
    const bool item = !parent || parent->role != XML_INNER;
    struct xml_frame frame = {.value = (uint8_t)slot->value, .object = slot->object};
    frame.role = (uint8_t)opened(x, parent, slot);
    /* Where something stands that should be something else, the names of its parts are no elements; nor in a second log. */
    if (!(slot->kinds & 1u << kinds[frame.value]) || (slot->object == HAR_OBJECT_LOG && frame.role == XML_INNER))
        frame.object = HAR_OBJECT_NONE;
    check_attributes(x, tag, &frame, attributes);
    if (parent)
        parent->index++;
    if (item)
        x->item_place = span.place;
    const bool container = is_container(&frame);
    if (container && x->frames >= x->depth) {
        xml_tell(x, HAR_RULE_TOO_DEEP, &span, tag->at, "nested deeper than --max-depth allows", NULL, 0, NULL);
        x->stopped = true;
        return;
    }
    frame.node = json_build_add(&x->build, container ? kinds[frame.value] : HAR_KIND_NULL, &span);
    put_key(x, tag, slot, frame.node);
    check_build(x);
    if (x->stopped || x->no_memory)
        return;
    if (frame.role != XML_INNER)
        emit(x, parent, true);
    else if (container)
        json_build_enter(&x->build, frame.node);
    else if (frame.value == XML_STRING && !frame.escaped)
        json_build_open(&x->build);
    har_buffer_clear(&x->raw);
    push(x, &frame);
}

/* The document element: an object is opened, everything else is one item. */
static void begin_root(struct xml *x, const struct xml_tag *tag, const struct xml_attributes *attributes, struct xml_slot *slot)
{
    const struct har_place place = xml_source_place(&x->source, tag->at, true);
    struct har_item *item = make_ready(x, HAR_ITEM_DOC_BEGIN);
    if (!item)
        return;
    item->place = place;
    x->root = true;
    if (slot->value == XML_OBJECT) {
        push(x, &(struct xml_frame){.value = XML_OBJECT, .role = XML_DOCUMENT, .object = HAR_OBJECT_ROOT});
        return;
    }
    slot->object = HAR_OBJECT_NONE;
    begin_value(x, tag, attributes, slot);
}

/* The parts of an array or object that items are made of cannot come as JSON text: a whole capture would be one item. */
static bool must_open(const struct xml_frame *parent, const struct xml_slot *slot)
{
    if (!parent)
        return true;
    if (!slot->keyed || slot->escaped_key)
        return false;
    return (parent->role == XML_DOCUMENT && text_is_exactly(slot->key, "log")) ||
           (parent->role == XML_LOG && (text_is_exactly(slot->key, "pages") || text_is_exactly(slot->key, "entries")));
}

static bool is_chunk(const struct xml_frame *parent, const struct xml_tag *tag)
{
    return parent && parent->chunked && tag->ours && strcmp(tag->name, "chunk") == 0;
}

static void begin_chunk(struct xml *x, const struct xml_tag *tag)
{
    struct xml_attributes attributes;
    struct xml_frame frame = *top(x);
    xml_read_attributes(x, tag, false, true, &attributes);
    frame.value = XML_CHUNK;
    frame.told = false;
    push(x, &frame);
}

void xml_read_start(struct xml *x, const struct xml_tag *tag)
{
    struct xml_frame *parent = top(x);
    struct xml_attributes attributes;
    struct xml_slot slot = {.keyed = false};
    if (x->stopped || x->no_memory)
        return;
    if (x->skip) {
        x->skip++;
        return;
    }
    if (is_chunk(parent, tag)) {
        begin_chunk(x, tag);
        return;
    }
    if (parent && (!tag->ours || !is_container(parent))) {
        xml_leave_aside(x, tag, tag->ours ? "no element %1 may stand inside a value" : "the element %1 is of another namespace");
        return;
    }
    const bool known = !parent                       ? xml_root_slot(x, tag, &attributes, &slot)
                       : parent->value == XML_OBJECT ? xml_member_slot(x, tag, parent, &attributes, &slot)
                                                     : xml_element_slot(x, tag, parent, &attributes, &slot);
    if (!known)
        return;
    if (attributes.value >= 0)
        slot.value = (enum xml_value)attributes.value;
    if (slot.value == XML_JSON && must_open(parent, &slot)) {
        xml_leave_aside(x, tag, "%1 cannot come as JSON text");
        x->stopped = !parent;
        return;
    }
    if (parent)
        begin_value(x, tag, &attributes, &slot);
    else
        begin_root(x, tag, &attributes, &slot);
}

void xml_read_end(struct xml *x)
{
    if (x->stopped || x->no_memory || !x->frames)
        return;
    if (x->skip) {
        x->skip--;
        return;
    }
    const struct xml_frame frame = x->frame[x->frames - 1];
    const bool value = frame.role == XML_INNER && frame.value != XML_CHUNK;
    if (value)
        xml_value_end(x, &frame);
    x->frames--;
    if (!value)
        return;
    struct xml_frame *parent = top(x);
    if (is_container(&frame))
        json_build_leave(&x->build);
    check_build(x);
    if (!x->stopped && !x->no_memory && (!parent || parent->role != XML_INNER))
        emit(x, parent, false);
}

static bool all_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_blank(text[i]))
            return false;
    return true;
}

/* Text where only elements may stand, told at its first character that is not blank. */
static void tell_text(struct xml *x, size_t from, size_t to)
{
    const char *bytes = x->source.bytes;
    if (from == SIZE_MAX)
        for (from = to; from > x->source.mark_at && bytes[from - 1] != '>'; from--)
            ;
    while (from < x->source.len && is_blank(bytes[from]))
        from++;
    const struct json_span span = xml_span(x, from, 0, false);
    xml_tell(x, HAR_RULE_XML_VOCABULARY, &span, from, "text stands where only elements may", NULL, 0, "left aside");
}

void xml_read_text(struct xml *x, const char *text, size_t len, size_t from, size_t to)
{
    struct xml_frame *frame = top(x);
    if (x->stopped || x->no_memory || x->skip || !frame)
        return;
    if (is_container(frame) || frame->value == XML_NULL || (frame->chunked && frame->value != XML_CHUNK)) {
        if (!frame->told && !all_blank(text, len)) {
            frame->told = true;
            tell_text(x, from, to);
        }
        return;
    }
    const struct xml_frame *value = frame->value == XML_CHUNK ? frame - 1 : frame;
    if (value->value == XML_STRING && !value->escaped)
        json_build_text(&x->build, text, len);
    else if (len > x->raw.max - x->raw.len)
        x->build.fault = JSON_BUILD_ITEM_BYTES;
    else
        x->no_memory |= !har_buffer_append(&x->raw, text, len);
    check_build(x);
}

void xml_read_ended(struct xml *x, const struct har_place *place)
{
    struct har_item *item = make_ready(x, HAR_ITEM_DOC_END);
    if (item)
        item->place = *place;
}

void xml_read_pointer(const struct xml *x, struct har_buffer *pointer)
{
    const struct har_tree *tree = &x->build.tree;
    for (size_t i = 0; i < x->frames; i++) {
        const struct xml_frame *parent = i ? &x->frame[i - 1] : NULL, *frame = &x->frame[i];
        static const char *const names[] = {[XML_LOG] = "/log", [XML_PAGES] = "/pages", [XML_ENTRIES] = "/entries"};
        if (frame->role > XML_DOCUMENT)
            har_buffer_append_text(pointer, names[frame->role]);
        else if (parent && parent->value == XML_ARRAY)
            har_buffer_printf(pointer, "/%llu", (unsigned long long)parent->index - 1);
        else if (parent && frame->value != XML_CHUNK && frame->node < tree->count)
            har_buffer_append_pointer(pointer, x->build.bytes.data + tree->node[frame->node].key, tree->node[frame->node].key_len);
    }
}

int64_t xml_read_entry(const struct xml *x)
{
    for (size_t i = 1; i < x->frames; i++)
        if (x->frame[i - 1].role == XML_ENTRIES)
            return (int64_t)x->frame[i - 1].index - 1;
    return -1;
}

#endif
