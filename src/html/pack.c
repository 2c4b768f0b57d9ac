/* A tree is walked once, without recursion. Strings are shared at once; a container is shared when all that is in it has been there
 * before, so that it may have been there itself: what comes once stands where it belongs. */
#include "html/pack.h"

#include <stdlib.h>
#include <string.h>

#include "html/leave.h"
#include "html/spell.h"

struct html_pack_frame {
    struct html_leaving in;
    size_t begin;  /* in the values */
    uint32_t node; /* the container */
    uint32_t next; /* in it */
    bool fresh;    /* something in it was never there before */
    uint32_t like; /* the last object in it, whose list of keys is number `list` and lacks `dropped` members; JSON_NONE */
    uint32_t list, dropped;
    bool pairs; /* that object has the keys "name" and "value" and no more, and what it lies in is about nothing special */
};

/* What one value is packed with. */
struct packing {
    struct html_pack *pack;
    struct har_buffer *to;
    const struct har_tree *tree;
    const struct html_options *options;
    struct html_left *left;
    size_t depth; /* frames in use */
};

void html_pack_init(struct html_pack *pack, size_t most)
{
    *pack = (struct html_pack){.most = most};
    har_buffer_init(&pack->values, most);
    har_buffer_init(&pack->notes, most);
    har_buffer_init(&pack->text, most);
}

void html_pack_release(struct html_pack *pack)
{
    keyset_release(&pack->keys);
    keyset_release(&pack->shared);
    har_buffer_release(&pack->values);
    har_buffer_release(&pack->notes);
    har_buffer_release(&pack->text);
    free(pack->frame);
    free(pack->recent);
    free(pack->pair);
    pack->frame = NULL;
    pack->recent = NULL;
    pack->pair = NULL;
    pack->frames = 0;
    pack->count = 0;
}

void html_pack_clear(struct html_pack *pack)
{
    enum { KEEP = 1 << 22 }; /* bytes; what one large entry needed is given back */
    keyset_clear(&pack->keys);
    keyset_clear(&pack->shared);
    if (pack->shared.bytes.cap > KEEP)
        keyset_release(&pack->shared);
    if (pack->text.cap > KEEP)
        har_buffer_release(&pack->text);
    if (pack->values.cap > KEEP)
        har_buffer_release(&pack->values);
    har_buffer_clear(&pack->values);
    har_buffer_clear(&pack->notes);
    if (pack->recent)
        memset(pack->recent, 0, HTML_PACK_RECENT * sizeof *pack->recent);
    if (pack->pair)
        memset(pack->pair, 0, HTML_PACK_RECENT * sizeof *pack->pair);
    pack->count = 0;
}

size_t html_pack_length(const struct html_pack *pack)
{
    return sizeof "{\"k\":[],\"s\":[],\"v\":[],\"f\":[]}" + pack->keys.bytes.len + pack->shared.bytes.len + pack->values.len +
           pack->notes.len;
}

static inline void put_char(struct har_buffer *to, char c)
{
    if (to->len < to->cap)
        to->data[to->len++] = c;
    else
        har_buffer_append_char(to, c);
}

/* A number below zero is one of enum HTML_PACK_... */
static void put_number(struct har_buffer *to, int64_t number)
{
    enum { DIGITS = 20 };
    char digits[DIGITS + 1];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        digits[--at] = '-';
    if (to->cap - to->len < sizeof digits) {
        har_buffer_append(to, digits + at, sizeof digits - at);
        return;
    }
    while (at < sizeof digits)
        to->data[to->len++] = digits[at++];
}

/* The number of what stands in `text` from `from` on, which becomes part of `set`. */
static uint32_t intern(const struct html_pack *pack, struct keyset *set, struct har_buffer *text, size_t from, bool *fresh)
{
    uint32_t index = UINT32_MAX;
    const size_t held = pack->keys.bytes.len + pack->shared.bytes.len;
    const size_t most = pack->most > held ? pack->most - held + set->bytes.len : set->bytes.len;
    if (!har_buffer_append_char(text, ',') || text->failed)
        return UINT32_MAX;
    const enum keyset_result result = keyset_put(set, text->data + from, text->len - from, most, &index);
    text->len = from;
    *fresh |= result == KEYSET_NEW;
    return result == KEYSET_FULL ? UINT32_MAX : index;
}

/* Where a text would be among the recent ones. Who aims at this makes packing slower by what the set's own hash costs. */
static struct html_pack_recent *recent_at(struct html_pack *pack, const char *text, size_t len)
{
    uint64_t first = 0, last = 0;
    if (!pack->recent && !(pack->recent = calloc(HTML_PACK_RECENT, sizeof *pack->recent)))
        return NULL;
    memcpy(&first, text, len < sizeof first ? len : sizeof first);
    if (len > sizeof last)
        memcpy(&last, text + len - sizeof last, sizeof last);
    const uint64_t mixed = (first ^ (last << 21 | last >> 43) ^ len << 7) * UINT64_C(0x9e3779b97f4a7c15);
    return &pack->recent[mixed >> 52 & (HTML_PACK_RECENT - 1)];
}

static bool is_recent(const struct html_pack *pack, const struct html_pack_recent *recent, const char *text, size_t len)
{
    return recent->len == len && memcmp(pack->shared.bytes.data + recent->at, text, len) == 0;
}

static uint32_t share(struct html_pack *pack, const char *text, size_t len, enum html_spelling spelling, bool *fresh)
{
    struct html_pack_recent *recent = NULL;
    if (spelling == HTML_SPELL_SOUND && len && len < UINT32_MAX && (recent = recent_at(pack, text, len)) &&
        is_recent(pack, recent, text, len) && pack->shared.bytes.data[recent->at - 1] == '"')
        return recent->number;
    har_buffer_clear(&pack->text);
    if (!html_spell(&pack->text, text, len, spelling))
        return UINT32_MAX;
    const bool plain = pack->text.len == len + 2;
    const size_t before = pack->shared.bytes.len;
    const uint32_t number = intern(pack, &pack->shared, &pack->text, 0, fresh);
    if (recent && plain && pack->shared.bytes.len > before)
        *recent = (struct html_pack_recent){before + 1, (uint32_t)len, number};
    return number;
}

uint32_t html_pack_text(struct html_pack *pack, const char *text, size_t len)
{
    bool fresh = false;
    return share(pack, text, len, HTML_SPELL_PLAIN, &fresh);
}

uint32_t html_pack_keys(struct html_pack *pack, const char *list, size_t len)
{
    bool fresh = false;
    har_buffer_clear(&pack->text);
    har_buffer_append_char(&pack->text, '[');
    har_buffer_append(&pack->text, list, len);
    har_buffer_append_char(&pack->text, ']');
    return intern(pack, &pack->keys, &pack->text, 0, &fresh);
}

/* Whether two objects have the same keys in the same order, spelled alike. */
static bool same_keys(const struct har_tree *tree, const struct har_node *a, const struct har_node *b)
{
    const struct har_node *m = json_node(tree, a->child), *n = json_node(tree, b->child);
    while (m && n && m->key_len == n->key_len && memcmp(json_key(tree, m), json_key(tree, n), m->key_len) == 0) {
        m = json_node(tree, m->next);
        n = json_node(tree, n->next);
    }
    return !m && !n;
}

/* The number of the list of an object's keys. `outer` is what the object lies in; NULL. */
static uint32_t pack_keys(struct packing *p, const struct html_pack_frame *frame, struct html_pack_frame *outer)
{
    const struct har_node *const object = &p->tree->node[frame->node];
    static const char pair[] = "[\"name\",\"value\"]";
    struct har_buffer *text = &p->pack->text;
    uint32_t dropped = 0;
    bool fresh = false;
    if (outer && outer->in.array && outer->like != JSON_NONE && same_keys(p->tree, object, &p->tree->node[outer->like])) {
        p->left->custom += outer->dropped;
        return outer->list;
    }
    har_buffer_clear(text);
    put_char(text, '[');
    for (const struct har_node *n = json_node(p->tree, object->child); n; n = json_node(p->tree, n->next)) {
        if (!html_keeps_member(p->tree, n, &frame->in, p->options)) {
            dropped++;
            continue;
        }
        if (text->len > 1)
            put_char(text, ',');
        html_spell(text, json_key(p->tree, n), n->key_len, n->flags & JSON_KEY_MARKED ? HTML_SPELL_MARKED : HTML_SPELL_SOUND);
    }
    put_char(text, ']');
    p->left->custom += dropped;
    const bool pairs = text->len == sizeof pair - 1 && memcmp(text->data, pair, sizeof pair - 1) == 0;
    const uint32_t list = intern(p->pack, &p->pack->keys, text, 0, &fresh);
    if (outer) {
        outer->like = frame->node;
        outer->list = list;
        outer->dropped = dropped;
        outer->pairs = pairs && !dropped && outer->in.array && outer->in.role == HTML_ROLE_NONE;
    }
    return list;
}

/* Objects that are hardly ever the same twice. */
static bool is_single(const struct har_node *node)
{
    return node->object == HAR_OBJECT_ENTRY || node->object == HAR_OBJECT_REQUEST || node->object == HAR_OBJECT_RESPONSE ||
           node->object == HAR_OBJECT_TIMINGS;
}

/* What the root lies in: a member of the log is judged by its name, as members of entries are. */
static const struct html_leaving nothing = {.role = HTML_ROLE_NONE};

static bool open_container(struct packing *p, uint32_t node)
{
    struct html_pack *pack = p->pack;
    if (p->depth == pack->frames) {
        const size_t frames = pack->frames ? pack->frames * 2 : 64;
        struct html_pack_frame *frame = realloc(pack->frame, frames * sizeof *frame);
        if (!frame)
            return false;
        pack->frame = frame;
        pack->frames = frames;
    }
    const struct har_node *container = &p->tree->node[node];
    struct html_pack_frame *frame = &pack->frame[p->depth];
    *frame = (struct html_pack_frame){.begin = p->to->len, .node = node, .next = container->child, .like = JSON_NONE};
    frame->in = html_leaving_of(p->tree, container, p->depth ? &frame[-1].in : &nothing);
    frame->fresh = is_single(container);
    p->depth++;
    const uint32_t keys = frame->in.array ? 0 : pack_keys(p, frame, p->depth > 1 ? frame - 1 : NULL);
    put_char(p->to, '[');
    put_number(p->to, frame->in.array ? HTML_PACK_ARRAY : (int64_t)keys);
    return keys != UINT32_MAX;
}

/* The innermost container is complete. */
static bool close_container(struct packing *p)
{
    struct html_pack_frame *frame = &p->pack->frame[--p->depth];
    struct html_pack_frame *outer = p->depth ? frame - 1 : NULL;
    put_char(p->to, ']');
    if (!outer)
        return true;
    outer->fresh |= frame->fresh;
    if (frame->fresh || p->tree->node[frame->node].child == JSON_NONE)
        return true;
    const uint32_t number = intern(p->pack, &p->pack->shared, p->to, frame->begin, &outer->fresh);
    put_number(p->to, number);
    return number != UINT32_MAX;
}

static bool put_left(struct packing *p, const struct har_node *node, const struct html_leaving *in)
{
    const uint64_t bytes = html_body_bytes(p->tree, node, in);
    p->left->bodies++;
    p->left->body_bytes += bytes;
    har_buffer_append(p->to, "[-2,\"", 5);
    put_number(p->to, (int64_t)bytes);
    return har_buffer_append(p->to, "\"]", 2);
}

static uint32_t share_text(struct packing *p, const struct har_node *node, bool *fresh)
{
    const enum html_spelling spelling = node->flags & JSON_TEXT_MARKED ? HTML_SPELL_MARKED : HTML_SPELL_SOUND;
    return share(p->pack, json_text(p->tree, node), node->text_len, spelling, fresh);
}

/* A value that is no container; *fresh when it was never there before. Times hardly ever come twice. */
static bool put_leaf(struct packing *p, const struct har_node *node, bool *fresh)
{
    const char *const text = json_text(p->tree, node);
    if (node->kind == HAR_KIND_STRING) {
        const uint32_t number = share_text(p, node, fresh);
        put_number(p->to, number);
        return number != UINT32_MAX;
    }
    if (node->kind != HAR_KIND_NUMBER)
        return har_buffer_append(p->to, text, node->text_len);
    *fresh |= memchr(text, '.', node->text_len) != NULL;
    char *to = har_buffer_reserve(p->to, node->text_len + 2);
    if (!to)
        return false;
    *to = '"';
    memcpy(to + 1, text, node->text_len);
    to[node->text_len + 1] = '"';
    p->to->len += node->text_len + 2;
    return true;
}

/* Where an object with two members would be among the recent ones. */
static struct html_pack_pair *pair_at(struct html_pack *pack, struct html_pack_pair key)
{
    if (!pack->pair && !(pack->pair = calloc(HTML_PACK_RECENT, sizeof *pack->pair)))
        return NULL;
    const uint64_t mixed = ((uint64_t)key.first << 32 ^ (uint64_t)key.second << 8 ^ key.list) * UINT64_C(0x9e3779b97f4a7c15);
    return &pack->pair[mixed >> 52 & (HTML_PACK_RECENT - 1)];
}

/* The object [list,first,second] in the array `outer`; `fresh`: one of its values is. */
static bool put_pair(struct packing *p, struct html_pack_frame *outer, struct html_pack_pair key, bool fresh)
{
    struct html_pack_pair *recent = fresh ? NULL : pair_at(p->pack, key);
    if (recent && recent->number && recent->list == key.list && recent->first == key.first && recent->second == key.second) {
        put_number(p->to, recent->number - 1);
        return true;
    }
    const size_t begin = p->to->len;
    const uint32_t parts[] = {key.list, key.first, key.second};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        put_char(p->to, i ? ',' : '[');
        put_number(p->to, parts[i]);
    }
    put_char(p->to, ']');
    outer->fresh |= fresh;
    if (fresh)
        return true;
    const uint32_t number = intern(p->pack, &p->pack->shared, p->to, begin, &outer->fresh);
    put_number(p->to, number);
    if (recent && number != UINT32_MAX) {
        *recent = key;
        recent->number = number + 1;
    }
    return number != UINT32_MAX;
}

/* Headers and the like are most of a capture: objects of two texts are packed without a frame of their own. False when this is
 * none, *good when it was packed. */
static bool put_header(struct packing *p, struct html_pack_frame *outer, const struct har_node *object, bool *good)
{
    if (!outer->pairs || object->kind != HAR_KIND_OBJECT || !same_keys(p->tree, object, &p->tree->node[outer->like]))
        return false;
    const struct har_node *name = json_node(p->tree, object->child), *value = json_node(p->tree, name->next);
    if (name->kind != HAR_KIND_STRING || value->kind != HAR_KIND_STRING)
        return false;
    struct html_pack_pair key = {.list = outer->list};
    bool fresh = false;
    key.first = share_text(p, name, &fresh);
    key.second = share_text(p, value, &fresh);
    *good = key.first != UINT32_MAX && key.second != UINT32_MAX && put_pair(p, outer, key, fresh);
    return true;
}

/* The next value of the innermost container, or its end. */
static bool step(struct packing *p)
{
    struct html_pack_frame *frame = &p->pack->frame[p->depth - 1];
    if (frame->next == JSON_NONE)
        return close_container(p);
    const uint32_t at = frame->next;
    const struct har_node *node = &p->tree->node[at];
    frame->next = node->next;
    if (!frame->in.array && !html_keeps_member(p->tree, node, &frame->in, p->options))
        return true;
    put_char(p->to, ',');
    if (html_leaves_body(p->tree, node, &frame->in, p->options)) {
        frame->fresh = true; /* sizes hardly ever come twice either */
        return put_left(p, node, &frame->in);
    }
    bool good;
    if (put_header(p, frame, node, &good))
        return good;
    return node->kind >= HAR_KIND_ARRAY ? open_container(p, at) : put_leaf(p, node, &frame->fresh);
}

bool html_pack_append(struct html_pack *pack, struct har_buffer *to, const struct har_tree *tree,
                      const struct html_options *options, struct html_left *left)
{
    struct packing p = {.pack = pack, .to = to, .tree = tree, .options = options, .left = left};
    const struct har_node *root = har_tree_root(tree);
    bool fresh = false;
    if (html_leaves_body(tree, root, &nothing, options))
        return put_left(&p, root, &nothing) && !to->failed;
    if (root->kind < HAR_KIND_ARRAY)
        return put_leaf(&p, root, &fresh) && !to->failed;
    bool good = open_container(&p, 0);
    while (good && p.depth)
        good = step(&p);
    return good && !to->failed;
}

bool html_pack_value(struct html_pack *pack, const struct har_tree *tree, const struct html_options *options,
                     struct html_left *left)
{
    if (pack->count && !har_buffer_append_char(&pack->values, ','))
        return false;
    pack->count++;
    return html_pack_append(pack, &pack->values, tree, options, left) && html_pack_length(pack) <= pack->most;
}

bool html_pack_note(struct html_pack *pack, uint64_t value, uint32_t rule, struct har_text pointer, struct har_text message,
                    const char *done)
{
    const uint32_t where = html_pack_text(pack, pointer.bytes, pointer.len);
    const uint32_t what = html_pack_text(pack, message.bytes, message.len);
    const uint32_t did = done ? html_pack_text(pack, done, strlen(done)) : 0;
    const int64_t parts[] = {(int64_t)value, rule, where, what, done ? (int64_t)did : -1};
    if (pack->notes.len)
        har_buffer_append_char(&pack->notes, ',');
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        har_buffer_append_char(&pack->notes, i ? ',' : '[');
        put_number(&pack->notes, parts[i]);
    }
    har_buffer_append_char(&pack->notes, ']');
    return where != UINT32_MAX && what != UINT32_MAX && did != UINT32_MAX && !pack->notes.failed;
}

static void put_list(struct json_out *out, const char *name, const struct har_buffer *list, bool comma)
{
    json_out_text(out, name, strlen(name));
    json_out_text(out, list->data, list->len - (comma && list->len));
}

void html_pack_put(const struct html_pack *pack, struct json_out *out)
{
    put_list(out, "{\"k\":[", &pack->keys.bytes, true);
    put_list(out, "],\"s\":[", &pack->shared.bytes, true);
    put_list(out, "],\"v\":[", &pack->values, false);
    put_list(out, "],\"f\":[", &pack->notes, false);
    json_out_text(out, "]}", 2);
}
