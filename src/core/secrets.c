/* Secrets in what is read become findings: of the value, or of what holds a name that is a secret. No finding says what it is. */
#include "core/secrets.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json/tree.h"

static const enum har_rule rules[] = {
    HAR_RULE_SECRET_HEADER, HAR_RULE_SECRET_COOKIE,   HAR_RULE_SECRET_PARAMETER, HAR_RULE_SECRET_ADDRESS,    HAR_RULE_SECRET_MEMBER,
    HAR_RULE_SECRET_FORMAT, HAR_RULE_SECRET_PERSONAL, HAR_RULE_SECRET_POSSIBLE,  HAR_RULE_SECRET_UNSEARCHED,
};

static bool is_on(const struct har_settings *settings, enum har_rule rule)
{
    return har_settings_level(settings, rule) != HAR_LEVEL_OFF;
}

enum har_status secrets_init(struct secrets *secrets, struct har_redaction *redaction, const struct har_settings *settings,
                             struct check *check, struct har_error *error)
{
    const struct har_redact_options options = {.size = sizeof options,
                                               .pii = is_on(settings, HAR_RULE_SECRET_PERSONAL),
                                               .suspicious = is_on(settings, HAR_RULE_SECRET_POSSIBLE)};
    bool on = false;
    *secrets = (struct secrets){.redaction = redaction, .check = check};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        on |= is_on(settings, rules[i]);
    if (redaction || !on)
        return HAR_OK;
    const enum har_status status = har_redaction_new(&secrets->own, NULL, &options, settings, error);
    secrets->redaction = secrets->own;
    return status;
}

static void note_key(struct secrets *secrets, uint32_t node)
{
    if (secrets->key_count == secrets->key_cap) {
        const size_t cap = secrets->key_cap ? secrets->key_cap * 2 : 16;
        uint32_t *keys = realloc(secrets->keys, cap * sizeof *keys);
        secrets->no_memory |= !keys;
        if (!keys)
            return;
        secrets->keys = keys;
        secrets->key_cap = cap;
    }
    secrets->keys[secrets->key_count++] = node;
}

static bool has_key(const struct secrets *secrets, uint32_t node)
{
    for (size_t i = 0; i < secrets->key_count; i++)
        if (secrets->keys[i] == node)
            return true;
    return false;
}

/* A pointer must not lead over a name that is a secret: the innermost value around it that can be named. */
static const struct har_node *nameable(const struct secrets *secrets, const struct har_tree *tree, const struct har_node *node)
{
    const struct har_node *named = node;
    if (!secrets->key_count)
        return node;
    for (uint32_t at = (uint32_t)(node - tree->node);; at = tree->node[at].parent) {
        if (has_key(secrets, at))
            named = at ? &tree->node[tree->node[at].parent] : tree->node;
        if (at == 0)
            return named;
    }
}

static void tell(struct secrets *secrets, enum har_rule rule, const struct har_node *node, const char *id, const char *place)
{
    static const char *const messages[] = {"the %2 holds a secret, found by the rule %1",
                                           "the %2 tells something about a person, found by the rule %1",
                                           "the %2 holds a long text that looks random"};
    const struct har_arg args[] = {{HAR_ARG_WORD, 0, {id, strlen(id)}}, {HAR_ARG_WORD, 0, {place, strlen(place)}}};
    const char *const message = messages[rule == HAR_RULE_SECRET_PERSONAL ? 1 : rule == HAR_RULE_SECRET_POSSIBLE ? 2 : 0];
    check_tell(secrets->check, rule, (struct check_where){node, false, 0}, message, args, 2, NULL);
}

/* Whether the node is the value of a header in which cookies stand. */
static bool in_cookie_header(const struct har_tree *tree, const struct har_node *node)
{
    const struct har_node *name = har_node_member(tree, har_node_parent(tree, node), "name");
    const struct har_text text = name && name->kind == HAR_KIND_STRING ? har_node_text(tree, name) : (struct har_text){"", 0};
    return (text.len == 6 && !strncasecmp(text.bytes, "cookie", 6)) ||
           (text.len == 10 && !strncasecmp(text.bytes, "set-cookie", 10));
}

/* A name says nothing about where it stands: that does. In a header with other things beside the value it is a parameter of an
 * address or of a list. */
static enum har_rule rule_at(const struct har_item *item, const struct har_node *node, const char *place, struct har_text text,
                             const struct redact_edit *edit, enum har_rule rule)
{
    if (rule != HAR_RULE_SECRET_MEMBER)
        return rule;
    if (strstr(place, "cookie"))
        return HAR_RULE_SECRET_COOKIE;
    if (strstr(place, "header"))
        return edit->start == 0 && edit->end == text.len ? HAR_RULE_SECRET_HEADER
               : in_cookie_header(item->tree, node)      ? HAR_RULE_SECRET_COOKIE
                                                         : HAR_RULE_SECRET_PARAMETER;
    static const char *const parameters[] = {"parameter", "url", "address", "redirect", "title"};
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        if (strstr(place, parameters[i]))
            return HAR_RULE_SECRET_PARAMETER;
    return rule;
}

/* A redact_found_fn: one finding for each rule of the text. */
static void found(void *user, const struct har_item *item, const struct har_node *node, bool key, const char *place,
                  struct har_text text, const struct redact_edits *edits)
{
    struct secrets *secrets = user;
    bool told[HAR_RULE_COUNT] = {false};
    if (!place)
        place = "capture";
    if (key)
        note_key(secrets, (uint32_t)(node - item->tree->node));
    for (size_t i = 0; i < edits->count; i++) {
        const struct redact_rule *rule = redaction_rule(secrets->redaction, edits->edit[i].rule);
        if ((unsigned)rule->finding >= HAR_RULE_COUNT)
            continue;
        const enum har_rule is = key ? rule->finding : rule_at(item, node, place, text, &edits->edit[i], rule->finding);
        if (!told[is])
            tell(secrets, is, nameable(secrets, item->tree, node), rule->id, place);
        told[is] = true;
    }
}

enum har_status secrets_item(struct secrets *secrets, const struct har_item *item, struct har_error *error)
{
    struct check *check = secrets->check;
    uint64_t unsearched = 0;
    if (!secrets->redaction || !item->tree || !item->tree->count)
        return HAR_OK;
    check->item = item;
    check->near = item->place;
    check->near_at = 0;
    check->element = JSON_NONE;
    secrets->key_count = 0;
    const enum har_status status = redaction_find(secrets->redaction, item, found, secrets, &unsearched, error);
    if (status == HAR_OK && unsearched) {
        const struct har_arg count = check_number(unsearched);
        check_tell(check, HAR_RULE_SECRET_UNSEARCHED, (struct check_where){NULL, false, 0},
                   unsearched == 1 ? "%1 body could not be searched for secrets" : "%1 bodies could not be searched for secrets",
                   &count, 1, NULL);
    }
    check_told(check);
    check->item = NULL;
    return status != HAR_OK ? status : secrets->no_memory || check->no_memory ? har_error_memory(error) : HAR_OK;
}

void secrets_release(struct secrets *secrets)
{
    har_redaction_free(secrets->own);
    free(secrets->keys);
}
