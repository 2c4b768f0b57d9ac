/* JSON text, a chunk at a time: no string is ever held twice. */
#include "json/write.h"

#include <string.h>

#include "json/text.h"

#define TEXT(out, literal) json_out_text(out, literal, sizeof(literal) - 1)

/* What is held back has a bound; what leaves a chunk at a time only needs memory. */
static void fail(struct json_out *out, bool bound)
{
    if (out->status == HAR_OK)
        out->status = bound ? har_error_set(out->error, HAR_FATAL, HAR_DOMAIN_BOUND, HAR_BOUND_KEPT_BYTES,
                                            "pages and other members together are larger than --max-kept-bytes allows")
                            : har_error_memory(out->error);
}

void json_out_flush(struct json_out *out)
{
    if ((!out->sink && !out->take) || !out->buffer.len)
        return;
    if (out->take)
        out->take(out->user, out->buffer.data, out->buffer.len);
    else if (out->status == HAR_OK &&
             har_sink_write(out->sink, out->section, out->buffer.data, out->buffer.len, out->error) != HAR_OK)
        out->status = HAR_FATAL;
    out->flushed += out->buffer.len;
    har_buffer_clear(&out->buffer);
}

char *json_out_more_room(struct json_out *out, size_t len)
{
    const bool passes = out->sink || out->take;
    if (passes && out->buffer.len + len > JSON_CHUNK)
        json_out_flush(out);
    if (out->buffer.cap - out->buffer.len >= len)
        return out->buffer.data + out->buffer.len;
    char *at = har_buffer_reserve(&out->buffer, passes ? JSON_CHUNK : len);
    if (!at)
        fail(out, !out->sink && len > out->buffer.max - out->buffer.len);
    return at;
}

static inline void put_char(struct json_out *out, char c)
{
    char *at = json_out_room(out, 1);
    if (at) {
        *at = c;
        out->buffer.len++;
    }
}

void json_out_text(struct json_out *out, const char *text, size_t len)
{
    while (len) {
        const size_t part = len < JSON_CHUNK ? len : JSON_CHUNK;
        char *at = json_out_room(out, part);
        if (!at)
            return;
        memcpy(at, text, part);
        out->buffer.len += part;
        text += part;
        len -= part;
    }
}

/* Room for more than may be needed; NULL also when that much would pass the bound. */
static inline char *spare_room(struct json_out *out, size_t len)
{
    return len <= out->buffer.max - out->buffer.len ? json_out_room(out, len) : NULL;
}

/* Lines of usual depth begin with a copy of a constant length, which is cheaper than one that counts its blanks. */
enum { LINE = 64 };
static const char line[LINE + 1] = "\n                                                               ";

void json_out_line(struct json_out *out, unsigned level)
{
    if (!out->indent)
        return;
    char *const begin = level * out->indent < LINE ? spare_room(out, LINE) : NULL;
    if (begin) {
        memcpy(begin, line, LINE);
        out->buffer.len += 1 + (size_t)level * out->indent;
        return;
    }
    put_char(out, '\n');
    for (size_t left = (size_t)level * out->indent; left;) {
        const size_t part = left < 256 ? left : 256;
        char *at = json_out_room(out, part);
        if (!at)
            return;
        memset(at, ' ', part);
        out->buffer.len += part;
        left -= part;
    }
}

/* An escape in its canonical spelling. What is no escape at all (an input that is broken anyway) stays as it is. */
static void put_escape(struct json_out *out, const struct json_piece *piece)
{
    char spelled[6];
    size_t len = json_canonical_escape(piece->point, spelled);
    if (len) {
        json_out_text(out, spelled, len);
        return;
    }
    struct har_buffer text;
    har_buffer_init(&text, 64);
    if (json_text_decode(piece->bytes, piece->len, &text))
        json_out_text(out, text.data, text.len);
    else
        fail(out, false);
    har_buffer_release(&text);
}

/* An escape whose spelling is canonical already. */
static bool is_canonical(const char *escape)
{
    return memchr("\"\\bfnrt", escape[1], 7) != NULL;
}

static void put_canonical(struct json_out *out, const char *text, size_t len)
{
    const char *const end = text + len;
    const char *from = text, *at = text;
    while ((at = json_find(at, (size_t)(end - at), '\\')) < end) {
        if (end - at > 1 && is_canonical(at)) {
            at += 2;
            continue;
        }
        json_out_text(out, from, (size_t)(at - from));
        size_t left = (size_t)(end - at);
        struct json_piece piece;
        json_text_piece(&at, &left, &piece);
        put_escape(out, &piece);
        from = at;
    }
    json_out_text(out, from, (size_t)(end - from));
}

/* A string or key, its quotes, and what follows it. Most are short and need no change: they are copied in one go. */
static inline void put_string(struct json_out *out, const char *text, size_t len, bool respell, const char *behind,
                              size_t behind_len)
{
    char *at = len < JSON_CHUNK / 2 && !(respell && !out->as_read) ? json_out_room(out, len + 4) : NULL;
    if (at) {
        *at++ = '"';
        memcpy(at, text, len);
        at[len] = '"';
        memcpy(at + len + 1, behind, behind_len);
        out->buffer.len += len + 2 + behind_len;
        return;
    }
    TEXT(out, "\"");
    if (respell && !out->as_read)
        put_canonical(out, text, len);
    else
        json_out_text(out, text, len);
    TEXT(out, "\"");
    json_out_text(out, behind, behind_len);
}

/* What stands for a string that may not be shown: its length, so that a diff still tells that it changed. */
static void put_masked(struct json_out *out, const struct har_node *node)
{
    struct har_buffer text;
    har_buffer_init(&text, 96);
    har_buffer_printf(&text, "\"(%u bytes%s)\"", (unsigned)node->text_len,
                      out->as_read && node->flags & JSON_TEXT_RESPELL ? ", other spelling" : "");
    json_out_text(out, text.data ? text.data : "", text.len);
    har_buffer_release(&text);
}

void json_out_key(struct json_out *out, const struct har_tree *tree, const struct har_node *node)
{
    put_string(out, json_key(tree, node), node->key_len, node->flags & JSON_KEY_RESPELL, ": ", out->indent ? 2 : 1);
}

static bool is_container(const struct har_node *node)
{
    return node->kind == HAR_KIND_OBJECT || node->kind == HAR_KIND_ARRAY;
}

static inline bool opens(const struct har_node *node)
{
    return is_container(node) && node->child != JSON_NONE;
}

static void put_leaf(struct json_out *out, const struct har_tree *tree, const struct har_node *node)
{
    if (node->kind == HAR_KIND_STRING && out->mask)
        put_masked(out, node);
    else if (node->kind == HAR_KIND_STRING)
        put_string(out, json_text(tree, node), node->text_len, node->flags & JSON_TEXT_RESPELL, "", 0);
    else if (is_container(node))
        json_out_text(out, node->kind == HAR_KIND_OBJECT ? "{}" : "[]", 2);
    else
        json_out_text(out, json_text(tree, node), node->text_len);
}

/* Most keys and values have a few bytes: a call would cost more than copying them does. */
static inline void copy_short(char *to, const char *from, size_t len)
{
    uint64_t first, last;
    uint32_t head, tail;
    if (len > 2 * sizeof first) {
        memcpy(to, from, len);
    } else if (len >= sizeof first) {
        memcpy(&first, from, sizeof first);
        memcpy(&last, from + len - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + len - sizeof last, &last, sizeof last);
    } else if (len >= sizeof head) {
        memcpy(&head, from, sizeof head);
        memcpy(&tail, from + len - sizeof tail, sizeof tail);
        memcpy(to, &head, sizeof head);
        memcpy(to + len - sizeof tail, &tail, sizeof tail);
    } else {
        for (size_t i = 0; i < len; i++)
            to[i] = from[i];
    }
}

/* A comma, a line, a key and a short value in one go, as most members of most objects are; false when it is none of these. */
static inline bool put_short(struct json_out *out, const struct har_tree *tree, const struct har_node *node, unsigned level,
                             bool comma)
{
    const bool container = is_container(node);
    const size_t key_len = node->key_len, text_len = container ? 1 : node->text_len, blanks = (size_t)level * out->indent;
    const bool plain = out->as_read || !(node->flags & (JSON_KEY_RESPELL | JSON_TEXT_RESPELL));
    if (!plain || out->mask || blanks >= LINE || key_len + text_len > JSON_CHUNK / 2 || (container && !opens(node)))
        return false;
    char *const begin = spare_room(out, LINE + key_len + text_len + 8), *at = begin;
    if (!begin)
        return false;
    *at = ',';
    at += comma;
    if (out->indent) {
        memcpy(at, line, LINE);
        at += 1 + blanks;
    }
    if (tree->node[node->parent].kind == HAR_KIND_OBJECT) {
        *at++ = '"';
        copy_short(at, json_key(tree, node), key_len);
        at += key_len;
        memcpy(at, "\": ", 3);
        at += out->indent ? 3 : 2;
    }
    if (container) {
        *at++ = node->kind == HAR_KIND_OBJECT ? '{' : '[';
    } else {
        const bool string = node->kind == HAR_KIND_STRING;
        *at = '"';
        at += string;
        copy_short(at, json_text(tree, node), text_len);
        at += text_len;
        *at = '"';
        at += string;
    }
    out->buffer.len += (size_t)(at - begin);
    return true;
}

/* The same with whatever there is. */
static void put_any(struct json_out *out, const struct har_tree *tree, const struct har_node *node, unsigned level, bool comma)
{
    if (comma)
        put_char(out, ',');
    json_out_line(out, level);
    if (tree->node[node->parent].kind == HAR_KIND_OBJECT)
        json_out_key(out, tree, node);
    if (opens(node))
        put_char(out, node->kind == HAR_KIND_OBJECT ? '{' : '[');
    else
        put_leaf(out, tree, node);
}

/* Without recursion: the links say where to go on. */
void json_out_value(struct json_out *out, const struct har_tree *tree, const struct har_node *node, unsigned level)
{
    const struct har_node *at = node;
    bool comma = false;
    if (!opens(node)) {
        put_leaf(out, tree, node);
        return;
    }
    put_char(out, node->kind == HAR_KIND_OBJECT ? '{' : '[');
    for (;;) {
        if (opens(at)) {
            level++;
            at = &tree->node[at->child];
            comma = false;
        } else {
            while (at->next == JSON_NONE) {
                at = &tree->node[at->parent];
                json_out_line(out, --level);
                put_char(out, at->kind == HAR_KIND_OBJECT ? '}' : ']');
                if (at == node)
                    return;
            }
            at = &tree->node[at->next];
            comma = true;
        }
        if (!put_short(out, tree, at, level, comma))
            put_any(out, tree, at, level, comma);
    }
}
