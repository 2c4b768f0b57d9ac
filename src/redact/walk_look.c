/* One key or text: looked at as what it is, and changed. */
#include <string.h>

#include "redact/level.h"
#include "redact/walk_own.h"
#include "util/base64_any.h"
#include "util/text.h"
#include "util/url.h"

enum {
    TEXT_LEAST = 6,   /* shorter texts hold nothing that has a form */
    NUMBER_MOST = 13, /* digits of what is no secret */
};

static const struct har_node *node_at(const struct redact_walk *walk, uint32_t index)
{
    return json_node(walk->scratch->edit.tree, index);
}

/* Digits and signs, as sizes and times have them: too few for a number that is looked for. */
static bool is_number(struct har_text text)
{
    if (text.len > NUMBER_MOST)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!text_is_digit(text.bytes[i]) && text.bytes[i] != '.' && text.bytes[i] != '-')
            return false;
    return true;
}

static void look_as_text(struct redact_walk *walk, struct har_text text, struct redact_edits *edits)
{
    struct redact_engine *const engine = walk->engine;
    if (text.len < TEXT_LEAST)
        return;
    if (is_number(text) && !engine->options.pii) { /* a secret may be one, but none is found in one */
        if (redact_sealed(engine->dictionary))
            redact_search(engine->dictionary, text, edits);
        return;
    }
    redact_level(engine, text, places_bare(text), edits);
}

static void look_at_number(struct redact_engine *engine, struct har_text text, const struct judged *judged,
                           struct redact_edits *edits)
{
    static const uint8_t names[] = {
        [JUDGE_HEADER] = REDACT_NAME_HEADER, [JUDGE_COOKIE] = REDACT_NAME_COOKIE, [JUDGE_PARAMETER] = REDACT_NAME_PARAMETER};
    uint16_t rule = judged->judge == JUDGE_SECRET ? judged->rule : REDACT_NO_RULE;
    if (judged->judge >= JUDGE_HEADER && judged->judge <= JUDGE_PARAMETER)
        rule = places_verdict(engine, judged->name, (enum redact_name_place)names[judged->judge]).rule;
    if (rule == REDACT_NO_RULE && judged->judge == JUDGE_COOKIE && !redact_keeps(engine->rules, judged->name))
        rule = REDACT_RULE_COOKIE;
    if (rule != REDACT_NO_RULE)
        redact_secret_as(engine, text, 0, text.len, rule, REDACT_SECRET_NUMBER, edits);
}

/* Goes as a whole; what is left, as between quotes, is looked at as well. */
static void look_at_whole(struct redact_walk *walk, struct har_text text, uint16_t rule, bool parameter, struct redact_edits *edits)
{
    struct redact_engine *const engine = walk->engine;
    const struct har_text inner = text_trim(text);
    const size_t start = inner.len ? (size_t)(inner.bytes - text.bytes) : 0;
    const size_t before = edits->count;
    if (rule != REDACT_NO_RULE && parameter)
        places_value(engine, text, 0, text.len, rule, edits);
    else if (rule != REDACT_NO_RULE)
        places_whole(engine, text, start, start + inner.len, rule, edits);
    if (edits->count == before)
        look_as_text(walk, text, edits);
}

static void look_at_cookie(struct redact_walk *walk, struct har_text text, struct har_text name, struct redact_edits *edits)
{
    struct redact_verdict verdict = places_verdict(walk->engine, name, REDACT_NAME_COOKIE);
    if (verdict.rule == REDACT_NO_RULE && !redact_keeps(walk->engine->rules, name))
        verdict.rule = REDACT_RULE_COOKIE;
    look_at_whole(walk, text, verdict.rule, false, edits);
}

static void look_at_parameter(struct redact_walk *walk, struct har_text text, struct har_text name, struct redact_edits *edits)
{
    const struct redact_verdict verdict = places_verdict(walk->engine, name, REDACT_NAME_PARAMETER);
    if (verdict.rule != REDACT_NO_RULE)
        look_at_whole(walk, text, verdict.rule, true, edits);
    else
        redact_level(walk->engine, text, text.len <= PLACES_ADDRESS_MOST ? REDACT_AS_URL : REDACT_AS_TEXT, edits);
}

static void look_at_header(struct redact_walk *walk, struct har_text text, struct har_text name, struct redact_edits *edits)
{
    const struct redact_verdict verdict = places_verdict(walk->engine, name, REDACT_NAME_HEADER);
    if (verdict.rule == REDACT_NO_RULE && verdict.treat == REDACT_TEXT)
        look_as_text(walk, text, edits);
    else
        redact_find_header(walk->engine, name, text, edits);
}

/* In the first reading: the hosts of the capture are no secrets, wherever they stand. */
static void learn_host(struct redact_walk *walk, struct har_text text, const struct judged *judged)
{
    struct url url = {0};
    struct redact_engine *const engine = walk->engine;
    if (redact_sealed(engine->dictionary) || engine->finding)
        return;
    if (judged->judge == JUDGE_URL && judged->key == KEY_URL)
        url_split(text.bytes, text.len, &url);
    else if (judged->judge == JUDGE_HEADER && (text_is(judged->name, "host") || text_is(judged->name, ":authority")))
        url_split_authority(text_trim(text), &url);
    if (url.host.len && !redact_learn_host(engine->dictionary, url.host))
        walk->scratch->no_memory = true;
}

/* Whether what a body is said to be holds texts as they are only, if any. */
static bool is_binary(struct har_text type)
{
    static const char *const kinds[] = {
        "image/", "font/", "audio/", "video/", "application/octet-stream", "application/wasm", "application/font-"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_begins(type, kinds[i]))
            return true;
    return false;
}

/* What still finds something after other replacements: all of the text goes. False: memory is short. */
static bool make_whole(struct redact_walk *walk, struct har_text text, bool base64)
{
    struct redact_edits *const edits = &walk->scratch->edits;
    struct har_buffer *const made = &walk->scratch->made;
    struct redact_edit edit = edits->edit[0];
    struct har_text token = {edits->texts.data + edit.by, edit.by_len};
    har_buffer_clear(made);
    if (!redact_is_token(token)) {
        har_buffer_printf(made, "redacted-%s-0", redact_rule(walk->engine->rules, edit.rule)->kind);
        token = (struct har_text){made->data, made->len};
    }
    har_buffer_clear(&walk->scratch->key);
    const struct har_text by = base64 && base64_encode(token, &walk->scratch->key)
                                   ? (struct har_text){walk->scratch->key.data, walk->scratch->key.len}
                                   : token;
    edit.start = 0;
    edit.end = text.len;
    edits->count = 0;
    redact_edits_add(edits, edit, by);
    walk->scratch->no_memory |= made->failed || walk->scratch->key.failed || edits->failed;
    return !walk->scratch->no_memory;
}

/* The digits of base64 themselves may be a secret, which is in an output as it is. */
static void search_base64(struct redact_walk *walk, struct har_text text, struct redact_edits *edits)
{
    redact_search(walk->engine->dictionary, text, edits);
    if (edits->count && !walk->scratch->proving)
        make_whole(walk, text, true);
}

static void look_at_body(struct redact_walk *walk, const struct har_node *node, struct har_text text, struct redact_edits *edits)
{
    struct redact_engine *const engine = walk->engine;
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const object = json_node(tree, node->parent);
    const struct har_node *const mime = har_node_member(tree, object, "mimeType");
    const struct har_text type = mime ? walk_text(walk, mime, false, &walk->scratch->key) : (struct har_text){"", 0};
    const enum redact_how how = places_how(type, text);
    if (redact_is_redacted(text))
        return;
    if (!walk_is_base64(tree, object)) {
        redact_level(engine, text, how, edits);
        return;
    }
    redact_find_body(engine, text,
                     (struct redact_body){.how = how, .binary = is_binary(type), .brotli = walk_is_brotli(walk, object)}, edits);
    if (engine->undecodable)
        redact_level(engine, text, REDACT_AS_TEXT, edits);
    else if (!edits->count && redact_sealed(engine->dictionary))
        search_base64(walk, text, edits);
}

static void look(struct redact_walk *walk, const struct har_node *node, struct har_text text, const struct judged *judged,
                 struct redact_edits *edits)
{
    struct redact_engine *const engine = walk->engine;
    if (node->kind == HAR_KIND_NUMBER) {
        look_at_number(engine, text, judged, edits);
        if (!edits->count && redact_sealed(engine->dictionary))
            redact_search(engine->dictionary, text, edits);
        return;
    }
    switch ((enum walk_judge)judged->judge) {
    case JUDGE_TEXT:
        look_as_text(walk, text, edits);
        break;
    case JUDGE_URL:
        redact_level(engine, text, REDACT_AS_URL, edits);
        break;
    case JUDGE_HEADER:
        look_at_header(walk, text, judged->name, edits);
        break;
    case JUDGE_COOKIE:
        look_at_cookie(walk, text, judged->name, edits);
        break;
    case JUDGE_PARAMETER:
        look_at_parameter(walk, text, judged->name, edits);
        break;
    case JUDGE_SECRET:
        look_at_whole(walk, text, judged->rule, false, edits);
        break;
    case JUDGE_EXACT:
        look_at_whole(walk, text, places_is_token(text, PLACES_TOKEN_LEAST) ? judged->rule : REDACT_NO_RULE, false, edits);
        break;
    case JUDGE_AS:
        redact_level(engine, text, (enum redact_how)judged->how, edits);
        break;
    case JUDGE_BODY:
        look_at_body(walk, node, text, edits);
        break;
    }
}

/* ---- strict, and bodies that are left out */

static bool is_left_out(const struct redact_walk *walk, const struct judged *judged)
{
    return walk->engine->options.bodies == HAR_REDACT_BODIES_DROP &&
           (judged->judge == JUDGE_BODY || (judged->judge == JUDGE_PARAMETER && judged->form));
}

static void leave_out(struct redact_walk *walk, struct har_text text, const struct judged *judged)
{
    struct redact_edits *const edits = &walk->scratch->edits;
    if (redact_is_redacted(text))
        return;
    if (walk_changes(walk))
        redact_edits_clear(edits);
    strict_replace(walk->engine, text, 0, text.len, judged->judge == JUDGE_BODY ? "body" : "value", edits);
    if (walk_changes(walk) && edits->count)
        edits->edit[0].rule = REDACT_RULE_DROPPED;
}

/* A form is a list of parameters, as params beside it is. */
static bool is_form(struct redact_walk *walk, const struct har_node *node)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    const struct har_node *const object = json_node(tree, node->parent);
    const struct har_node *const mime = har_node_member(tree, object, "mimeType");
    return mime && !walk_is_base64(tree, object) &&
           text_begins(walk_text(walk, mime, false, &walk->scratch->key), "application/x-www-form-urlencoded");
}

/* In strict all but what a list allows goes, and what was found by rules keeps their names. */
static void look_strictly(struct redact_walk *walk, const struct har_node *node, struct har_text text, const struct judged *judged)
{
    struct redact_edits *const strict = &walk->scratch->strict, *const edits = &walk->scratch->edits;
    if (node->kind == HAR_KIND_NUMBER)
        return;
    redact_edits_clear(strict);
    if (judged->judge == JUDGE_HEADER)
        strict_find_header(walk->engine, judged->name, text, strict);
    else if (judged->judge == JUDGE_BODY && is_form(walk, node))
        strict_find(walk->engine, text, STRICT_FORM, strict);
    else
        strict_find(walk->engine, text, (enum strict_place)judged->strict, strict);
    if (!strict->count)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const struct redact_edit *const edit = &edits->edit[i];
        const struct har_text by = {edits->texts.data + edit->by, edit->by_len};
        if (!edit->propagated && !edit->encoded && redact_is_token(by))
            edits->edit[kept++] = *edit;
    }
    edits->count = kept;
    for (size_t i = 0; i < strict->count; i++)
        redact_edits_add(edits, strict->edit[i],
                         (struct har_text){strict->texts.data + strict->edit[i].by, strict->edit[i].by_len});
}

/* ---- */

/* A custom member stays one, whatever its name becomes. */
static void keep_underscore(struct har_text key, struct redact_edits *edits)
{
    if (edits->count && edits->edit[0].start == 0 && edits->edit[0].end > 1 && *key.bytes == '_')
        edits->edit[0].start = 1;
}

static bool is_base64_body(const struct redact_walk *walk, const struct har_node *node, const struct judged *judged)
{
    const struct har_tree *const tree = walk->scratch->edit.tree;
    return judged->judge == JUDGE_BODY && walk_is_base64(tree, json_node(tree, node->parent));
}

static void settle(struct redact_walk *walk, const struct har_item *item, uint32_t index, bool key, struct har_text text,
                   const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    scratch->no_memory |= scratch->edits.failed;
    redact_edits_settle(&scratch->edits, text);
    if (key)
        keep_underscore(text, &scratch->edits);
    if (!scratch->edits.count || walk->engine->failed || scratch->no_memory)
        return;
    scratch->left += scratch->edits.count;
    if (scratch->proving)
        return;
    if (walk->whole && walk_changes(walk) && !make_whole(walk, text, !key && is_base64_body(walk, node_at(walk, index), judged)))
        return;
    if (walk->found)
        walk->found(walk->user, item, node_at(walk, index), key, key ? "member name" : judged->place, text, &scratch->edits);
    if (!walk_changes(walk))
        return;
    walk->changed = scratch->text_changed = true;
    walk->unproven |= key;
    if (!key)
        walk_change_text(walk, index, text, judged);
    else if (walk_make(walk, text, true))
        json_edit_set_key(&scratch->edit, index, scratch->made.data ? scratch->made.data : "", scratch->made.len);
}

static void look_at_text(struct redact_walk *walk, const struct har_item *item, uint32_t index, struct har_text text,
                         const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_node *const node = node_at(walk, index);
    const bool strict = walk->engine->options.mode == HAR_REDACT_STRICT;
    redact_edits_clear(&scratch->edits);
    walk->engine->undecodable = false;
    look(walk, node, text, judged, &scratch->edits);
    if (strict)
        look_strictly(walk, node, text, judged);
    else if (is_left_out(walk, judged) && node->kind == HAR_KIND_STRING)
        leave_out(walk, text, judged);
    else if (walk->engine->undecodable && walk_counts(walk))
        walk->unsearched++;
    settle(walk, item, index, false, text, judged);
}

/* Whether no other value is judged by this one: it is no name, no type, no key. */
static bool is_by_itself(const struct redact_walk *walk, const struct har_node *node, const struct judged *judged)
{
    return node->kind == HAR_KIND_STRING && walk->engine->options.mode != HAR_REDACT_STRICT && judged->judge != JUDGE_TEXT &&
           judged->judge != JUDGE_SECRET && judged->judge != JUDGE_EXACT && judged->judge != JUDGE_AS;
}

/* Whether nothing is found around the changes of a large body: the rest was looked at before, and is as it was. What is cut off at
 * the ends of a window may look like something else, so that a finding there says only that all of it has to be looked at. */
static bool are_windows_clean(struct redact_walk *walk, const struct har_node *node, struct har_text text,
                              const struct judged *judged)
{
    enum { LARGE = 1 << 12 };
    struct walk_scratch *const scratch = walk->scratch;
    size_t sum = 0;
    for (unsigned i = 0; i < scratch->windows; i++)
        sum += scratch->window[i].end - scratch->window[i].start;
    if (!scratch->text_made || !sum || text.len < LARGE || sum > text.len / 2 || judged->judge != JUDGE_BODY ||
        is_base64_body(walk, node, judged))
        return false;
    for (unsigned i = 0; i < scratch->windows; i++) {
        const size_t start = scratch->window[i].start, end = scratch->window[i].end;
        const struct har_text part = {text.bytes + start, (end < text.len ? end : text.len) - start};
        redact_edits_clear(&scratch->edits);
        look(walk, node, part, judged, &scratch->edits);
        redact_edits_settle(&scratch->edits, part);
        if (scratch->edits.count || scratch->edits.failed || walk->engine->failed)
            return false;
    }
    return true;
}

/* The second look at a text that was changed, at once when nothing else depends on it; else at the whole item. */
static void look_once_more(struct redact_walk *walk, const struct har_item *item, uint32_t index, const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_node *const node = node_at(walk, index);
    if (scratch->no_memory || scratch->edit.fault || !is_by_itself(walk, node, judged)) {
        walk->unproven = true;
        return;
    }
    const uint64_t before = scratch->left, suspicious = walk->engine->suspicious;
    const struct har_text text = scratch->text_made
                                     ? (struct har_text){scratch->made.data ? scratch->made.data : "", scratch->made.len}
                                     : walk_text(walk, node, false, &scratch->decoded);
    scratch->proving = true;
    if (!are_windows_clean(walk, node, text, judged))
        look_at_text(walk, item, index, text, judged);
    scratch->proving = false;
    walk->engine->suspicious = suspicious; /* counted in the first look */
    walk->left += scratch->left - before;
}

void walk_look(struct redact_walk *walk, const struct har_item *item, uint32_t index, const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_node *const node = node_at(walk, index);
    const bool is_body = judged->judge == JUDGE_BODY, strict = walk->engine->options.mode == HAR_REDACT_STRICT;
    if ((node->kind != HAR_KIND_STRING && node->kind != HAR_KIND_NUMBER) || !node->text_len)
        return;
    if (node->kind == HAR_KIND_STRING && walk_counts(walk)) {
        walk->strings++;
        walk->bodies += is_body;
    }
    if (is_body && walk->engine->options.bodies == HAR_REDACT_BODIES_KEEP && !strict) {
        walk->unsearched += walk_counts(walk);
        return;
    }
    const struct har_text text = walk_text(walk, node, false, &scratch->decoded);
    learn_host(walk, text, judged);
    scratch->text_changed = scratch->text_made = scratch->text_waits = false;
    scratch->windows = 0;
    look_at_text(walk, item, index, text, judged);
    if (scratch->text_changed)
        look_once_more(walk, item, index, judged);
    if (scratch->text_waits)
        walk_put_text(walk, index, judged);
    redact_trim(&scratch->decoded);
    redact_trim(&scratch->made);
    redact_edits_clear(&scratch->edits);
}

void walk_look_at_key(struct redact_walk *walk, const struct har_item *item, uint32_t index, const struct judged *judged)
{
    struct walk_scratch *const scratch = walk->scratch;
    const struct har_text key = walk_text(walk, node_at(walk, index), true, &scratch->decoded);
    const bool strict = walk->engine->options.mode == HAR_REDACT_STRICT;
    redact_edits_clear(&scratch->edits);
    look_as_text(walk, key, &scratch->edits);
    redact_edits_clear(&scratch->strict);
    if (strict)
        strict_find(walk->engine, key, STRICT_MEMBER, &scratch->strict);
    for (size_t i = 0; i < scratch->strict.count; i++)
        redact_edits_add(
            &scratch->edits, scratch->strict.edit[i],
            (struct har_text){scratch->strict.texts.data + scratch->strict.edit[i].by, scratch->strict.edit[i].by_len});
    settle(walk, item, index, true, key, judged);
}
