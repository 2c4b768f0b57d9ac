/* What a value is by its place: the keys above it, the name beside it. */
#include <string.h>

#include "redact/walk_own.h"
#include "util/text.h"

/* Places as they are told, of no message, a request, a response. */
static const char *const places[][3] = {
    [KEY_OTHER] = {"custom member", "request", "response"},
    [KEY_HEADERS] = {"header", "request header", "response header"},
    [KEY_COOKIES] = {"cookie", "request cookie", "response cookie"},
    [KEY_QUERY] = {"query parameter", "query parameter", "query parameter"},
    [KEY_PARAMS] = {"form parameter", "form parameter", "form parameter"},
    [KEY_POST_DATA] = {"request body", "request body", "request body"},
    [KEY_CONTENT] = {"response body", "request body", "response body"},
    [KEY_MESSAGES] = {"message", "message", "message"},
    [KEY_CACHE] = {"cache", "cache", "cache"},
    [KEY_INITIATOR] = {"initiator", "initiator", "initiator"},
    [KEY_URL] = {"address", "request url", "address"},
    [KEY_REDIRECT] = {"redirect", "redirect", "redirect"},
    [KEY_TITLE] = {"title", "title", "title"},
    [KEY_ATTRIBUTE] = {"comment", "request comment", "response comment"},
    [KEY_PLAIN] = {"other member", "request", "response"},
};

static const uint8_t role_keys[] = {
    [ROLE_OTHER] = KEY_OTHER,   [ROLE_HEADERS] = KEY_HEADERS,     [ROLE_COOKIES] = KEY_COOKIES, [ROLE_QUERY] = KEY_QUERY,
    [ROLE_PARAMS] = KEY_PARAMS, [ROLE_POST_DATA] = KEY_POST_DATA, [ROLE_CONTENT] = KEY_CONTENT, [ROLE_MESSAGES] = KEY_MESSAGES,
    [ROLE_CACHE] = KEY_CACHE,   [ROLE_INITIATOR] = KEY_INITIATOR,
};

static const char *place_of(uint8_t key, uint8_t side)
{
    const char *const place = key < sizeof places / sizeof *places ? places[key][side] : NULL;
    return place ? place : places[KEY_PLAIN][side];
}

struct har_text walk_text(struct redact_walk *walk, const struct har_node *node, bool key, struct har_buffer *room)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    if (node->kind != HAR_KIND_STRING && !key)
        return har_node_text(tree, node);
    if (!(node->flags & (key ? JSON_KEY_ESCAPED : JSON_TEXT_ESCAPED)))
        return key ? har_node_key(tree, node) : har_node_text(tree, node);
    har_buffer_clear(room);
    walk->scratch->no_memory |= !(key ? har_node_decode_key(tree, node, room) : har_node_decode(tree, node, room));
    return (struct har_text){room->data ? room->data : "", room->len};
}

/* ---- by a name */

/* Names in members of producers' own may be those of headers. */
static void judge_loosely(struct redact_engine *engine, struct har_text name, struct judged *judged)
{
    const struct redact_verdict header = places_verdict(engine, name, REDACT_NAME_HEADER);
    const bool in_parts = header.treat == REDACT_SCHEME || header.treat == REDACT_COOKIE || header.treat == REDACT_SET_COOKIE ||
                          header.treat == REDACT_PARAMS;
    if (header.rule != REDACT_NO_RULE && in_parts) {
        judged->judge = JUDGE_HEADER;
        judged->name = name;
        return;
    }
    const struct redact_verdict member = places_verdict(engine, name, REDACT_NAME_MEMBER);
    judged->rule = member.rule;
    if (member.rule != REDACT_NO_RULE && member.tier != REDACT_HARMLESS)
        judged->judge = member.tier == REDACT_ANY ? JUDGE_SECRET : JUDGE_EXACT;
    else if (header.rule != REDACT_NO_RULE || header.treat == REDACT_ADDRESS) {
        judged->judge = JUDGE_HEADER;
        judged->name = name;
    }
}

static void judge_by_name(struct redact_walk *walk, enum walk_role role, struct har_text name, struct judged *judged)
{
    static const uint8_t judges[] = {[ROLE_HEADERS] = JUDGE_HEADER,
                                     [ROLE_COOKIES] = JUDGE_COOKIE,
                                     [ROLE_QUERY] = JUDGE_PARAMETER,
                                     [ROLE_PARAMS] = JUDGE_PARAMETER};
    judged->name = name;
    judged->strict = STRICT_VALUE;
    judged->form = role == ROLE_PARAMS;
    if (role >= ROLE_HEADERS && role <= ROLE_PARAMS)
        judged->judge = judges[role];
    else
        judge_loosely(walk->engine, name, judged);
}

/* ---- by a key */

/* A text where a list or an object should be. */
static void judge_role_text(const struct walk_key_row *row, struct judged *judged)
{
    static const uint8_t hows[] = {[KEY_HEADERS] = REDACT_AS_TEXT,
                                   [KEY_COOKIES] = REDACT_AS_COOKIES,
                                   [KEY_QUERY] = REDACT_AS_FORM,
                                   [KEY_PARAMS] = REDACT_AS_FORM};
    const bool is_body = row->key >= KEY_POST_DATA && row->key <= KEY_MESSAGES;
    judged->judge = is_body ? JUDGE_BODY : JUDGE_AS;
    judged->how = is_body ? REDACT_AS_TEXT : hows[row->key];
}

static bool is_body_key(const struct walk_key_row *row, enum walk_role role)
{
    return (role == ROLE_MESSAGES && row->key == KEY_DATA) ||
           ((role == ROLE_CONTENT || role == ROLE_POST_DATA) && row->key == KEY_TEXT);
}

static void judge_by_row(const struct walk_state *state, const struct walk_key_row *row, struct judged *judged)
{
    judged->key = row->key;
    judged->strict = row->strict;
    judged->place = place_of(row->key, state->side);
    if (is_body_key(row, state->role)) {
        judged->judge = JUDGE_BODY;
        judged->place = place_of(role_keys[state->role], state->side);
    } else if (row->key == KEY_URL || row->key == KEY_REDIRECT || row->key == KEY_TITLE || row->key == KEY_INITIATOR) {
        judged->judge = JUDGE_URL;
    } else if (row->key >= KEY_HEADERS && row->key <= KEY_MESSAGES) {
        judge_role_text(row, judged);
    } else if (row->key == KEY_TEXT || row->key == KEY_DATA || row->key == KEY_NAME || row->key == KEY_VALUE) {
        judged->strict = STRICT_TEXT;
        judged->place = place_of(role_keys[state->role], state->side);
    }
}

/* Of a member that the specification does not know, nor this program. */
static void judge_custom(struct redact_walk *walk, const struct walk_state *state, const struct har_node *node,
                         struct judged *judged)
{
    const struct har_text key = walk_text(walk, node, true, &walk->scratch->key);
    judged->place = place_of(role_keys[state->role], state->side);
    judged->drop = redact_drops(walk->engine->rules, key);
    judge_loosely(walk->engine, key, judged);
    if (judged->judge == JUDGE_TEXT && (text_ends(key, "url") || text_ends(key, "uri") || text_ends(key, "href")))
        judged->judge = JUDGE_URL;
}

/* ---- */

static struct har_text state_name(const struct redact_walk *walk, const struct walk_state *state)
{
    return (struct har_text){state->name_len ? walk->scratch->names.data + state->name : "", state->name_len};
}

/* Keeps a name for what comes after it; an overlong one is none. */
static void keep_name(struct redact_walk *walk, struct walk_state *state, struct har_text name)
{
    struct har_buffer *const names = &walk->scratch->names;
    names->len = state->names_mark;
    state->name = names->len;
    state->name_len = name.len <= PLACES_NAME_MOST ? name.len : 0;
    state->named = true;
    if (state->name_len)
        walk->scratch->no_memory |= !har_buffer_append(names, name.bytes, state->name_len);
}

static uint8_t name_place(enum walk_role role)
{
    return role == ROLE_HEADERS || role == ROLE_OTHER ? STRICT_HEADER : STRICT_NAME;
}

static void judge_couple(struct redact_walk *walk, struct walk_state *state, const struct har_node *node, struct judged *judged)
{
    judged->place = place_of(role_keys[state->role], state->side);
    if (state->position % 2 == 0 && node->kind == HAR_KIND_STRING) {
        keep_name(walk, state, walk_text(walk, node, false, &walk->scratch->key));
        judged->strict = name_place((enum walk_role)state->role);
    } else {
        judge_by_name(walk, (enum walk_role)state->role, state_name(walk, state), judged);
    }
}

/* An element that is no object or list of two: "a=b", "Name: value". */
static void judge_element(const struct walk_state *state, struct judged *judged)
{
    static const uint8_t hows[] = {
        [ROLE_COOKIES] = REDACT_AS_SET_COOKIE, [ROLE_QUERY] = REDACT_AS_FORM, [ROLE_PARAMS] = REDACT_AS_FORM};
    judged->place = place_of(role_keys[state->role], state->side);
    if (state->role >= ROLE_COOKIES && state->role <= ROLE_PARAMS) {
        judged->judge = JUDGE_AS;
        judged->how = hows[state->role];
        judged->strict = state->role == ROLE_COOKIES ? STRICT_TEXT : STRICT_FORM;
    } else if (state->role >= ROLE_POST_DATA && state->role <= ROLE_MESSAGES) {
        judged->judge = JUDGE_BODY;
    }
}

static void judge_pair(struct redact_walk *walk, const struct walk_state *state, const struct har_node *node,
                       const struct walk_key_row *row, struct judged *judged)
{
    judged->place = place_of(role_keys[state->role], state->side);
    if (row && row->key == KEY_NAME)
        judged->strict = name_place((enum walk_role)state->role);
    else if (row && row->key != KEY_VALUE && (state->role == ROLE_OTHER || walk_is_attribute(row, (enum walk_role)state->role)))
        judge_by_row(state, row, judged);
    else if (state->role != ROLE_OTHER || (row && row->key == KEY_VALUE))
        judge_by_name(walk, (enum walk_role)state->role, state_name(walk, state), judged);
    else
        judge_custom(walk, state, node, judged);
}

static bool is_creator(const struct redact_walk *walk, const struct har_node *node)
{
    const struct har_node *const object = json_node(walk->scratch->edit.tree, node->parent);
    return object && object->object == HAR_OBJECT_CREATOR;
}

struct judged walk_judge(struct redact_walk *walk, struct walk_state *state, const struct har_node *node)
{
    struct judged judged = {.rule = REDACT_NO_RULE, .place = place_of(KEY_PLAIN, state->side)};
    const bool keyed = state->shape != SHAPE_LIST && state->shape != SHAPE_COUPLE;
    const struct walk_key_row *const row = keyed ? walk_key_of(walk, node) : NULL;
    const bool is_attribute = state->element && walk_is_attribute(row, (enum walk_role)state->role);
    judged.custom = keyed && node->member == JSON_NO_MEMBER && !row;
    if (state->inherits) {
        judged = state->judged;
        judged.name = state_name(walk, state);
        judged.custom = keyed && node->member == JSON_NO_MEMBER;
    } else if (state->shape == SHAPE_COUPLE) {
        judge_couple(walk, state, node, &judged);
    } else if (state->shape == SHAPE_LIST) {
        judge_element(state, &judged);
    } else if (state->shape == SHAPE_PAIR) {
        judge_pair(walk, state, node, row, &judged);
    } else if (state->shape == SHAPE_MAP && !is_attribute) {
        keep_name(walk, state, walk_text(walk, node, true, &walk->scratch->key));
        judged.place = place_of(role_keys[state->role], state->side);
        judged.custom = true;
        judged.drop = state->role == ROLE_HEADERS && redact_drops(walk->engine->rules, state_name(walk, state));
        judge_by_name(walk, (enum walk_role)state->role, state_name(walk, state), &judged);
    } else if (row && !(node->kind == HAR_KIND_STRING && row->key == KEY_RESPONSE)) {
        judge_by_row(state, row, &judged);
        if (row->key == KEY_NAME && is_creator(walk, node))
            judged.strict = STRICT_PRODUCER;
    } else if (node->key_len && (row || node->member == JSON_NO_MEMBER)) { /* "response" may be a text of any kind */
        judge_custom(walk, state, node, &judged);
    }
    return judged;
}

/* ---- containers */

static uint8_t role_of(const struct walk_state *parent, const struct judged *judged)
{
    if (parent->shape == SHAPE_LIST)
        return parent->role;
    switch (judged->key) {
    case KEY_HEADERS:
        return ROLE_HEADERS;
    case KEY_COOKIES:
        return ROLE_COOKIES;
    case KEY_QUERY:
        return ROLE_QUERY;
    case KEY_PARAMS:
        return ROLE_PARAMS;
    case KEY_POST_DATA:
        return ROLE_POST_DATA;
    case KEY_CONTENT:
        return ROLE_CONTENT;
    case KEY_MESSAGES:
        return ROLE_MESSAGES;
    case KEY_CACHE:
        return ROLE_CACHE;
    case KEY_INITIATOR:
        return ROLE_INITIATOR;
    default:
        return parent->role == ROLE_INITIATOR || parent->role == ROLE_CACHE ? parent->role : ROLE_OTHER;
    }
}

static bool has_names(uint8_t role)
{
    return role >= ROLE_HEADERS && role <= ROLE_PARAMS;
}

/* The name in an object that has a value, too; NULL. */
static const struct har_node *pair_name(struct redact_walk *walk, const struct har_node *object)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *name = NULL;
    bool value = false;
    for (const struct har_node *n = json_node(tree, object->child); n; n = json_node(tree, n->next)) {
        const char first = n->key_len ? text_lower(*json_key(tree, n)) : '\0';
        if (n->key_len > 12 || (first != 'n' && first != 'v' && first != 'k' && first != 'h' && first != 'f' && first != '_'))
            continue;
        const struct har_text key = walk_text(walk, n, true, &walk->scratch->key);
        value |= text_is(key, "value") || text_is(key, "values") || text_is(key, "val");
        if (n->kind == HAR_KIND_STRING &&
            (text_is(key, "name") || (!name && (text_is(key, "key") || text_is(key, "header") || text_is(key, "field")))))
            name = n;
    }
    return value ? name : NULL;
}

/* Whether a list of texts is one of names and values: its first is a name of a header, or in other lists one with a rule. */
static bool is_couple(struct redact_walk *walk, const struct har_node *list, uint8_t role)
{
    static const uint32_t most = 256;
    const struct har_tree *const tree = walk->scratch->edit.tree;
    uint32_t count = 0;
    bool found = role == ROLE_HEADERS;
    for (const struct har_node *n = json_node(tree, list->child); n; n = json_node(tree, n->next), count++) {
        if (n->kind != HAR_KIND_STRING || count == most)
            return count == most && found;
        if (count % 2 || n->text_len > 64)
            continue;
        const struct har_text name = walk_text(walk, n, false, &walk->scratch->key);
        if (count == 0 && role == ROLE_HEADERS && text_find(name, ':') < name.len && *name.bytes != ':')
            return false;
        found |= places_verdict(walk->engine, name, REDACT_NAME_HEADER).rule != REDACT_NO_RULE;
    }
    return found && count && count % 2 == 0;
}

static uint8_t shape_of(struct redact_walk *walk, const struct walk_state *parent, const struct har_node *node,
                        struct walk_state *state)
{
    if (node->kind == HAR_KIND_ARRAY) {
        const bool is_inner = parent->shape == SHAPE_LIST && has_names(state->role);
        if (is_inner || (state->role <= ROLE_HEADERS && is_couple(walk, node, state->role)))
            return SHAPE_COUPLE;
        return SHAPE_LIST;
    }
    const struct har_node *const name = has_names(state->role) || state->role == ROLE_OTHER ? pair_name(walk, node) : NULL;
    if (name) {
        keep_name(walk, state, walk_text(walk, name, false, &walk->scratch->key));
        return SHAPE_PAIR;
    }
    return has_names(state->role) ? SHAPE_MAP : SHAPE_PLAIN;
}

/* The name may be one that is kept already. */
static void inherit_name(struct redact_walk *walk, struct walk_state *state, struct har_text name)
{
    const char *const kept = walk->scratch->names.data;
    if (kept && name.bytes >= kept && name.bytes < kept + walk->scratch->names.len) {
        state->name = (size_t)(name.bytes - kept);
        state->name_len = name.len;
    } else if (name.len) {
        keep_name(walk, state, name);
    }
}

struct walk_state walk_state_of(struct redact_walk *walk, const struct walk_state *parent, const struct har_node *node,
                                const struct judged *judged)
{
    struct walk_state state = {.side = parent->side, .before = JSON_NONE, .names_mark = walk->scratch->names.len};
    state.inherits = parent->inherits || judged->judge == JUDGE_SECRET || judged->judge == JUDGE_HEADER ||
                     judged->judge == JUDGE_COOKIE || judged->judge == JUDGE_PARAMETER;
    if (judged->key == KEY_REQUEST || judged->key == KEY_RESPONSE)
        state.side = judged->key == KEY_REQUEST ? 1 : 2;
    if (state.inherits) {
        state.judged = *judged;
        state.shape = node->kind == HAR_KIND_ARRAY ? SHAPE_LIST : SHAPE_PLAIN;
        inherit_name(walk, &state, judged->name);
        return state;
    }
    state.role = role_of(parent, judged);
    state.element = parent->shape == SHAPE_LIST && has_names(state.role);
    state.shape = shape_of(walk, parent, node, &state);
    return state;
}
