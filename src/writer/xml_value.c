/* Values as XML elements: how they are called, what their text looks like, what is too long or too deep for XML. */
#include "writer/xml_value.h"

#include <string.h>

#include "json/xml_text.h"

enum {
    DEEPEST = 200,       /* elements in each other; readers take 256 by default */
    LONG_TEXT = 8000000, /* bytes of text between two tags; readers take 10,000,000 by default */
    LONG_NAME = 45000,   /* bytes of an attribute */
    SMALL = 8192,        /* bytes of an element that is written in one go */
    PIECE = 4096,
};

#define TEXT(literal) literal, sizeof(literal) - 1

/* The element that a value becomes. */
struct tag {
    const char *name;
    size_t len;
    unsigned kinds; /* bits of those that need no attribute */
    bool named;     /* the key is an attribute */
    bool outermost; /* the name space is one too */
};

static const struct tag member_tag = {TEXT("member"), 1 << HAR_KIND_STRING, true, false};
static const struct tag item_tag = {TEXT("item"), 1 << HAR_KIND_STRING, false, false};

struct attribute {
    const char *text;
    size_t len;
};

static const struct attribute type_of[] = {
    [HAR_KIND_NULL] = {TEXT(" type=\"null\"")},     [HAR_KIND_FALSE] = {TEXT(" type=\"boolean\"")},
    [HAR_KIND_TRUE] = {TEXT(" type=\"boolean\"")},  [HAR_KIND_NUMBER] = {TEXT(" type=\"number\"")},
    [HAR_KIND_STRING] = {TEXT(" type=\"string\"")}, [HAR_KIND_ARRAY] = {TEXT(" type=\"array\"")},
    [HAR_KIND_OBJECT] = {TEXT(" type=\"object\"")},
};

static const struct attribute json_type = {TEXT(" type=\"json\"")}, no_type = {"", 0};

/* A value on its way out. */
struct walk {
    struct json_out *out;
    const struct har_tree *tree;
    const struct har_node *root;
    struct tag tag;                 /* of the root */
    const struct har_member *row;   /* of the root; NULL when it has none */
    const struct har_node *unbound; /* a container on the way to the current value that the specification does not know */
};

static struct tag row_tag(const struct har_member *row)
{
    return (struct tag){row->name, row->name_len, row->types & ~(1u << HAR_KIND_NULL), false, false};
}

static struct tag object_tag(enum har_object object)
{
    const char *name = har_spec_object(object)->name;
    return (struct tag){name, strlen(name), 1 << HAR_KIND_OBJECT, false, false};
}

/* Of a member of an object that the specification knows. */
static const struct har_member *row_at(const struct walk *walk, const struct har_node *node)
{
    return node == walk->root ? walk->row : har_node_spec(walk->tree, node);
}

static struct tag tag_of(const struct walk *walk, const struct har_node *node)
{
    if (node == walk->root)
        return walk->tag;
    const struct har_node *parent = &walk->tree->node[node->parent];
    if (parent->kind == HAR_KIND_ARRAY)
        return walk->unbound ? item_tag : object_tag((enum har_object)parent->object);
    const struct har_member *row = walk->unbound ? NULL : har_node_spec(walk->tree, node);
    return row ? row_tag(row) : member_tag;
}

/* Whether what a container holds is known: it is an object of the specification, or an array of such. Where something stands
 * that should be something else, the names of its parts are no elements. */
static bool is_bound(const struct walk *walk, const struct har_node *node)
{
    if (!node->object)
        return false;
    const bool element = node == walk->root ? !walk->row : walk->tree->node[node->parent].kind == HAR_KIND_ARRAY;
    if (element)
        return node->kind == HAR_KIND_OBJECT;
    const struct har_member *row = row_at(walk, node);
    return row && row->types & 1u << node->kind;
}

static bool carries(const char *text, size_t len, bool escaped, bool marked)
{
    if (!escaped && !marked && !(len && memchr(text, 0xef, len)))
        return true;
    return json_xml_carries(text, len, marked);
}

static bool carries_text(const struct har_tree *tree, const struct har_node *node)
{
    return node->kind != HAR_KIND_STRING ||
           carries(json_text(tree, node), node->text_len, node->flags & JSON_TEXT_ESCAPED, node->flags & JSON_TEXT_MARKED);
}

static bool carries_key(const struct har_tree *tree, const struct har_node *node)
{
    return carries(json_key(tree, node), node->key_len, node->flags & JSON_KEY_ESCAPED, node->flags & JSON_KEY_MARKED);
}

static void put_text(struct json_out *out, const char *text, size_t len, unsigned how)
{
    const char *const end = text + len;
    char piece[PIECE];
    while (text < end)
        json_out_text(out, piece, json_xml_put(&text, end, piece, sizeof piece, how));
}

/* Whether the text takes more than LONG_TEXT bytes. */
static bool is_long(const char *text, size_t len, unsigned how)
{
    const char *const end = text + len;
    char piece[PIECE];
    size_t written = 0;
    if (len <= LONG_TEXT / JSON_XML_GROWTH)
        return false;
    while (text < end && written <= LONG_TEXT)
        written += json_xml_put(&text, end, piece, sizeof piece, how);
    return written > LONG_TEXT;
}

static void put_chunks(struct json_out *out, const char *text, size_t len, unsigned how)
{
    const char *const end = text + len;
    char piece[PIECE];
    while (text < end) {
        size_t left = LONG_TEXT;
        json_out_text(out, TEXT("<chunk>"));
        while (text < end && left >= JSON_XML_ROOM) {
            const size_t written = json_xml_put(&text, end, piece, left < sizeof piece ? left : sizeof piece, how);
            json_out_text(out, piece, written);
            left -= written;
        }
        json_out_text(out, TEXT("</chunk>"));
    }
}

/* "<name" and the attribute with the key. */
static void put_name(const struct walk *walk, const struct tag *tag, const struct har_node *node)
{
    struct json_out *out = walk->out;
    json_out_text(out, "<", 1);
    json_out_text(out, tag->name, tag->len);
    if (tag->outermost)
        json_out_text(out, TEXT(XML_NAMESPACE));
    if (!tag->named)
        return;
    const bool plain = carries_key(walk->tree, node);
    json_out_text(out, TEXT(" name=\""));
    put_text(out, json_key(walk->tree, node), node->key_len, JSON_XML_ATTRIBUTE | (plain ? 0u : JSON_XML_ESCAPED));
    json_out_text(out, TEXT("\""));
    if (!plain)
        json_out_text(out, TEXT(" escaped-name=\"true\""));
}

static void put_end(struct json_out *out, const struct tag *tag)
{
    json_out_text(out, "</", 2);
    json_out_text(out, tag->name, tag->len);
    json_out_text(out, ">", 1);
}

static struct attribute type_attribute(const struct tag *tag, const struct har_node *node)
{
    return node->kind != HAR_KIND_NULL && tag->kinds & 1u << node->kind ? no_type : type_of[node->kind];
}

static void put_start(const struct walk *walk, const struct tag *tag, const struct har_node *node)
{
    const struct attribute type = type_attribute(tag, node);
    put_name(walk, tag, node);
    json_out_text(walk->out, type.text, type.len);
    json_out_text(walk->out, ">", 1);
}

/* An element around text of any length. */
static void put_text_element(const struct walk *walk, const struct tag *tag, const struct har_node *node, struct attribute type,
                             struct har_text text, bool plain)
{
    struct json_out *out = walk->out;
    const unsigned how = plain ? 0 : JSON_XML_ESCAPED;
    const bool chunked = is_long(text.bytes, text.len, how);
    put_name(walk, tag, node);
    json_out_text(out, type.text, type.len);
    if (!text.len) {
        json_out_text(out, TEXT("/>"));
        return;
    }
    if (!plain)
        json_out_text(out, TEXT(" escaped=\"true\""));
    if (chunked)
        json_out_text(out, TEXT(" chunked=\"true\""));
    json_out_text(out, ">", 1);
    if (chunked)
        put_chunks(out, text.bytes, text.len, how);
    else
        put_text(out, text.bytes, text.len, how);
    put_end(out, tag);
}

/* A value as one line of JSON. */
static void put_json(const struct walk *walk, const struct tag *tag, const struct har_node *node)
{
    struct json_out *out = walk->out;
    struct json_out json = {.error = out->error};
    struct har_buffer spelled;
    har_buffer_init(&json.buffer, UINT32_MAX); /* offsets in an item have 32 bits */
    har_buffer_init(&spelled, 2 * (size_t)UINT32_MAX);
    json_out_value(&json, walk->tree, node, 0);
    if (json.status == HAR_OK && har_buffer_append_json(&spelled, json.buffer.data, json.buffer.len)) {
        const struct har_text text = {spelled.data, spelled.len};
        put_text_element(walk, tag, node, json_type, text, json_xml_carries(text.bytes, text.len, false));
    } else if (out->status == HAR_OK) {
        out->status = har_error_memory(out->error);
    }
    har_buffer_release(&spelled);
    har_buffer_release(&json.buffer);
}

static inline char *add(char *at, const char *text, size_t len)
{
    memcpy(at, text, len);
    return at + len;
}

#define ADD(at, literal) add(at, literal, sizeof(literal) - 1)

/* " name=..." in one go. */
static char *add_name(char *at, const struct har_tree *tree, const struct har_node *node)
{
    const char *key = json_key(tree, node);
    const bool plain = carries_key(tree, node);
    at = ADD(at, " name=\"");
    at += json_xml_put(&key, key + node->key_len, at, JSON_XML_GROWTH * node->key_len + JSON_XML_ROOM,
                       JSON_XML_ATTRIBUTE | (plain ? 0u : JSON_XML_ESCAPED));
    return plain ? ADD(at, "\"") : ADD(at, "\" escaped-name=\"true\"");
}

/* The text of a value without parts. */
static struct har_text leaf_text(const struct har_tree *tree, const struct har_node *node)
{
    if (node->kind == HAR_KIND_NULL || node->kind >= HAR_KIND_ARRAY)
        return (struct har_text){"", 0};
    return (struct har_text){json_text(tree, node), node->text_len};
}

/* A value without parts. Nearly all of them are small and written in one go. */
static void put_leaf(const struct walk *walk, const struct tag *tag, const struct har_node *node)
{
    struct json_out *out = walk->out;
    const struct har_tree *tree = walk->tree;
    const struct har_text text = leaf_text(tree, node);
    const struct attribute type = type_attribute(tag, node);
    const bool plain = carries_text(tree, node);
    const size_t variable = text.len + (tag->named ? node->key_len : 0);
    const size_t need = 2 * tag->len + JSON_XML_GROWTH * variable + 4 * JSON_XML_ROOM;
    char *at = !tag->outermost && variable < SMALL / JSON_XML_GROWTH && (out->sink || out->buffer.max - out->buffer.len >= need)
                   ? json_out_room(out, need)
                   : NULL;
    if (!at) {
        put_text_element(walk, tag, node, type, text, plain);
        return;
    }
    const char *const start = at;
    *at++ = '<';
    at = add(at, tag->name, tag->len);
    if (tag->named)
        at = add_name(at, tree, node);
    at = add(at, type.text, type.len);
    if (!text.len) {
        at = ADD(at, "/>");
    } else {
        const char *from = text.bytes;
        at = plain ? ADD(at, ">") : ADD(at, " escaped=\"true\">");
        at += json_xml_put(&from, from + text.len, at, JSON_XML_GROWTH * text.len + JSON_XML_ROOM, plain ? 0 : JSON_XML_ESCAPED);
        at = ADD(at, "</");
        at = add(at, tag->name, tag->len);
        *at++ = '>';
    }
    out->buffer.len += (size_t)(at - start);
}

/* Whether an object's members cannot all be elements, because of a name. Of a changed one the length is not known. */
static bool has_long_name(const struct har_tree *tree, const struct har_node *node)
{
    if (node->kind != HAR_KIND_OBJECT || (node->text_len <= LONG_NAME && !(node->flags & JSON_ADDED)))
        return false;
    for (uint32_t i = node->child; i != JSON_NONE; i = tree->node[i].next)
        if (tree->node[i].key_len > LONG_NAME)
            return true;
    return false;
}

static bool is_container(const struct har_node *node)
{
    return node->kind == HAR_KIND_OBJECT || node->kind == HAR_KIND_ARRAY;
}

/* Without recursion: the links say where to go on. */
static void put_value(struct walk *walk, unsigned level)
{
    const struct har_tree *tree = walk->tree;
    const struct har_node *at = walk->root;
    for (;;) {
        struct tag tag = tag_of(walk, at);
        json_out_line(walk->out, level);
        if (is_container(at) && at->child != JSON_NONE && level < DEEPEST && !has_long_name(tree, at)) {
            put_start(walk, &tag, at);
            if (!walk->unbound && !is_bound(walk, at))
                walk->unbound = at;
            level++;
            at = &tree->node[at->child];
            continue;
        }
        if (is_container(at) && (level >= DEEPEST || at->child != JSON_NONE))
            put_json(walk, &tag, at);
        else
            put_leaf(walk, &tag, at);
        while (at != walk->root && at->next == JSON_NONE) {
            at = &tree->node[at->parent];
            if (walk->unbound == at)
                walk->unbound = NULL;
            tag = tag_of(walk, at);
            json_out_line(walk->out, --level);
            put_end(walk->out, &tag);
        }
        if (at == walk->root)
            return;
        at = &tree->node[at->next];
    }
}

void xml_put_document(struct json_out *out, const struct har_tree *tree)
{
    struct walk walk = {.out = out, .tree = tree, .root = har_tree_root(tree)};
    walk.tag = (struct tag){TEXT("har"), 1 << HAR_KIND_OBJECT, false, true};
    put_value(&walk, 0);
}

void xml_put_element(struct json_out *out, enum har_object object, const struct har_tree *tree, unsigned level)
{
    struct walk walk = {.out = out, .tree = tree, .root = har_tree_root(tree)};
    walk.tag = object_tag(object);
    put_value(&walk, level);
}

void xml_put_item(struct json_out *out, const struct har_tree *tree, unsigned level)
{
    const struct har_node *root = har_tree_root(tree);
    struct walk walk = {.out = out, .tree = tree, .root = root, .tag = item_tag, .unbound = root};
    put_value(&walk, level);
}

void xml_put_open(struct json_out *out, const struct har_tree *tree, unsigned level)
{
    const struct walk walk = {.out = out, .tree = tree, .root = har_tree_root(tree)};
    json_out_line(out, level);
    put_start(&walk, &member_tag, walk.root);
}

void xml_put_member(struct json_out *out, enum har_object of, const struct har_tree *tree, unsigned level)
{
    const struct har_object_spec *spec = har_spec_object(of);
    struct walk walk = {.out = out, .tree = tree, .root = har_tree_root(tree)};
    walk.row = walk.root->member < spec->count ? &spec->members[walk.root->member] : NULL;
    walk.tag = walk.row ? row_tag(walk.row) : member_tag;
    put_value(&walk, level);
}
