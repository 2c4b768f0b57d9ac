/* The rules: rows of the tables and of rule files, and what is built over them. */
#include "redact/rules_in.h"

#include <stdlib.h>

#include "redact/headers_table.h"
#include "redact/patterns_table.h"
#include "redact/words_table.h"

enum { TEXTS_BLOCK = 16384, KEYSET_MOST = 1 << 20 };

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct redact_rule fixed_rules[REDACT_RULE_FIXED_COUNT] = {
    [REDACT_RULE_COOKIE] = {"cookie", "cookie", HAR_RULE_SECRET_COOKIE, false},
    [REDACT_RULE_USERINFO] = {"userinfo", "password", HAR_RULE_SECRET_ADDRESS, false},
    [REDACT_RULE_CREDENTIAL] = {"credential", "credential", HAR_RULE_SECRET_HEADER, false},
    [REDACT_RULE_PROPAGATED] = {"propagated", "value", HAR_RULE_SECRET_MEMBER, false},
    [REDACT_RULE_STRICT] = {"strict", "text", HAR_RULE_SECRET_MEMBER, false},
    [REDACT_RULE_SUSPICIOUS] = {"suspicious", "random", HAR_RULE_SECRET_POSSIBLE, false},
    [REDACT_RULE_DROPPED] = {"dropped", "dropped", HAR_RULE_SECRET_MEMBER, false},
    [REDACT_RULE_CLAIM] = {"claim", "claim", HAR_RULE_SECRET_FORMAT, false},
};

char *rules_text(struct har_redact_rules *rules, const char *bytes, size_t len)
{
    struct rules_texts *block = rules->texts;
    if (!block || block->cap - block->used <= len) {
        const size_t cap = len < TEXTS_BLOCK ? TEXTS_BLOCK : len + 1;
        block = malloc(sizeof *block + cap);
        if (!block)
            return NULL;
        *block = (struct rules_texts){.next = rules->texts, .cap = cap};
        rules->texts = block;
    }
    char *text = block->bytes + block->used;
    if (len)
        memcpy(text, bytes, len);
    text[len] = '\0';
    block->used += len + 1;
    return text;
}

/* Room for one more in one of the arrays; NULL: memory. */
static void *grow(void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return array;
    const size_t more = *cap ? *cap * 2 : 256;
    void *grown = realloc(array, more * size);
    if (grown)
        *cap = more;
    return grown;
}

static bool add_rule(struct har_redact_rules *rules, const char *prefix, const char *id, const char *kind, enum har_rule finding,
                     bool pii, uint16_t *index)
{
    char text[sizeof "header-" + NAME_MOST];
    struct redact_rule *grown = grow(rules->rule, rules->rules, &rules->rules_cap, sizeof *grown);
    if (!grown || rules->rules >= REDACT_NO_RULE)
        return false;
    rules->rule = grown;
    const size_t front = strlen(prefix), len = strlen(id) < NAME_MOST ? strlen(id) : NAME_MOST;
    memcpy(text, prefix, front);
    memcpy(text + front, id, len);
    const char *whole = rules_text(rules, text, front + len);
    const char *word = rules_text(rules, kind, strlen(kind));
    *index = (uint16_t)rules->rules;
    rules->rule[rules->rules++] = (struct redact_rule){whole, word, finding, pii};
    return whole && word;
}

static bool is_ascii(struct har_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.bytes[i] & 0x80)
            return false;
    return true;
}

/* Length of what stands before the first _ or - of a row's word, if that is short. */
static uint8_t first_part(struct har_text word)
{
    for (uint8_t at = 1; at < 4 && at < word.len; at++)
        if (word.bytes[at] == '_' || word.bytes[at] == '-')
            return at;
    return 0;
}

bool rules_add_word(struct har_redact_rules *rules, struct har_text word, const char *id, const char *kind, enum redact_tier tier,
                    enum word_match match, bool pii)
{
    struct folded folded;
    uint16_t rule = REDACT_NO_RULE;
    fold_name(word, &folded);
    struct word *grown = grow(rules->word, rules->words, &rules->words_cap, sizeof *grown);
    if (!grown)
        return false;
    rules->word = grown;
    const char *text = rules_text(rules, folded.text, folded.len);
    const enum har_rule finding = pii ? HAR_RULE_SECRET_PERSONAL : HAR_RULE_SECRET_MEMBER;
    if (!text || (tier != REDACT_HARMLESS && !add_rule(rules, "name-", id ? id : text, kind, finding, pii, &rule)))
        return false;
    const char *spelled = NULL;
    if (!is_ascii(word)) {
        spelled = rules_text(rules, word.bytes, word.len);
        if (!spelled)
            return false;
    }
    rules->word[rules->words++] = (struct word){.text = text,
                                                .spelled = spelled,
                                                .rule = rule,
                                                .len = (uint8_t)folded.len,
                                                .tier = (uint8_t)tier,
                                                .match = (uint8_t)match,
                                                .apart = first_part(word),
                                                .pii = pii};
    return true;
}

bool rules_add_header(struct har_redact_rules *rules, struct har_text name, const char *kind, enum redact_treat treat, bool rule)
{
    struct folded folded;
    char id[NAME_MOST + 1];
    uint16_t index = REDACT_NO_RULE;
    const size_t len = name.len < NAME_MOST ? name.len : NAME_MOST;
    fold_name(name, &folded);
    memcpy(id, name.bytes, len);
    id[len] = '\0';
    struct header *grown = grow(rules->header, rules->headers, &rules->headers_cap, sizeof *grown);
    if (!grown)
        return false;
    rules->header = grown;
    const char *text = rules_text(rules, folded.text, folded.len);
    if (!text || (rule && !add_rule(rules, "header-", id, kind, HAR_RULE_SECRET_HEADER, false, &index)))
        return false;
    rules->header[rules->headers++] = (struct header){text, index, (uint8_t)folded.len, (uint8_t)treat};
    return true;
}

bool rules_add_pattern(struct har_redact_rules *rules, const struct pattern_row *row, bool pii)
{
    uint16_t index = REDACT_RULE_USERINFO;
    struct pattern *grown = grow(rules->pattern, rules->patterns, &rules->patterns_cap, sizeof *grown);
    if (!grown)
        return false;
    rules->pattern = grown;
    if (row->id &&
        !add_rule(rules, "format-", row->id, row->kind, pii ? HAR_RULE_SECRET_PERSONAL : HAR_RULE_SECRET_FORMAT, pii, &index))
        return false;
    rules->pattern[rules->patterns++] =
        (struct pattern){row->regex, row->literals, index, row->back, row->group, row->form, row->folds, pii, row->check};
    return true;
}

/* ---- what is built over the rows */

static bool stands_inside(const struct word *word)
{
    return (word->match >= WORD_EDGE && word->match <= WORD_MASK) && word->len >= 3;
}

static void put_slot(uint16_t *slots, size_t count, uint32_t hash, size_t index)
{
    size_t slot = hash & (count - 1);
    while (slots[slot])
        slot = (slot + 1) & (count - 1);
    slots[slot] = (uint16_t)(index + 1);
}

static void index_words(struct har_redact_rules *rules)
{
    memset(rules->inside, 0, sizeof rules->inside);
    memset(rules->inside_head, 0, sizeof rules->inside_head);
    for (size_t i = 0; i < rules->words; i++) {
        struct word *word = &rules->word[i];
        if (stands_inside(word)) {
            const uint32_t three = rules_three(word->text);
            rules->inside[three / 64] |= UINT64_C(1) << (three % 64);
            word->next = rules->inside_head[three % INSIDE_HEADS];
            rules->inside_head[three % INSIDE_HEADS] = (uint16_t)(i + 1);
        } else {
            put_slot(rules->whole, rules->slots, rules_hash(word->text, word->len), i);
        }
    }
    for (size_t i = 0; i < rules->headers; i++)
        put_slot(rules->whole_header, rules->slots, rules_hash(rules->header[i].text, rules->header[i].len), i);
}

bool rules_finish(struct har_redact_rules *rules)
{
    size_t slots = 1024;
    while (slots < 2 * (rules->words > rules->headers ? rules->words : rules->headers))
        slots *= 2;
    free(rules->whole);
    free(rules->whole_header);
    trigger_free(rules->trigger);
    rules->trigger = NULL;
    rules->slots = slots;
    rules->whole = calloc(slots, sizeof *rules->whole);
    rules->whole_header = calloc(slots, sizeof *rules->whole_header);
    if (!rules->whole || !rules->whole_header)
        return false;
    index_words(rules);
    rules->trigger = trigger_new(rules);
    return rules->trigger != NULL;
}

/* ---- the built-in ones */

static bool add_fixed(struct har_redact_rules *rules)
{
    struct redact_rule *grown = grow(rules->rule, COUNT(fixed_rules) - 1, &rules->rules_cap, sizeof *grown);
    if (!grown)
        return false;
    rules->rule = grown;
    memcpy(rules->rule, fixed_rules, sizeof fixed_rules);
    rules->rules = COUNT(fixed_rules);
    return true;
}

static bool add_words(struct har_redact_rules *rules, const struct word_row *row, size_t count, bool pii)
{
    for (; count; count--, row++)
        if (!rules_add_word(rules, (struct har_text){row->word, strlen(row->word)}, row->id, row->kind, row->tier, row->match, pii))
            return false;
    return true;
}

static bool add_headers(struct har_redact_rules *rules)
{
    for (size_t i = 0; i < COUNT(headers_table); i++) {
        const struct header_row *row = &headers_table[i];
        if (!rules_add_header(rules, (struct har_text){row->name, strlen(row->name)}, row->kind, row->treat, true))
            return false;
    }
    for (size_t i = 0; i < COUNT(address_headers_table); i++) {
        const char *name = address_headers_table[i];
        if (!rules_add_header(rules, (struct har_text){name, strlen(name)}, "", REDACT_ADDRESS, false))
            return false;
    }
    return true;
}

static bool add_patterns(struct har_redact_rules *rules)
{
    for (size_t i = 0; i < COUNT(patterns_table); i++)
        if (!rules_add_pattern(rules, &patterns_table[i], false))
            return false;
    for (size_t i = 0; i < COUNT(person_patterns_table); i++)
        if (!rules_add_pattern(rules, &person_patterns_table[i], true))
            return false;
    return true;
}

enum har_status har_redact_rules_new(struct har_redact_rules **rules, struct har_error *error)
{
    struct har_redact_rules *made = *rules = calloc(1, sizeof *made);
    if (made && add_fixed(made) && add_words(made, words_table, COUNT(words_table), false) &&
        add_words(made, persons_table, COUNT(persons_table), true) && add_headers(made) && add_patterns(made) && rules_finish(made))
        return HAR_OK;
    har_redact_rules_free(made);
    *rules = NULL;
    return har_error_memory(error);
}

void har_redact_rules_free(struct har_redact_rules *rules)
{
    if (!rules)
        return;
    while (rules->texts) {
        struct rules_texts *next = rules->texts->next;
        free(rules->texts);
        rules->texts = next;
    }
    keyset_release(&rules->keep);
    keyset_release(&rules->drop);
    trigger_free(rules->trigger);
    free(rules->whole);
    free(rules->whole_header);
    free(rules->rule);
    free(rules->word);
    free(rules->header);
    free(rules->pattern);
    free(rules);
}

void rules_clear(struct har_redact_rules *rules)
{
    rules->rules = COUNT(fixed_rules);
    rules->words = rules->headers = rules->patterns = 0;
}

static bool add_name(struct keyset *set, struct har_text name)
{
    struct folded folded;
    fold_name(name, &folded);
    return keyset_add(set, folded.text, folded.len, KEYSET_MOST) != KEYSET_FULL;
}

bool har_redact_rules_keep(struct har_redact_rules *rules, struct har_text name)
{
    return add_name(&rules->keep, name);
}

bool har_redact_rules_drop(struct har_redact_rules *rules, struct har_text name)
{
    return add_name(&rules->drop, name);
}

const struct redact_rule *redact_rule(const struct har_redact_rules *rules, uint16_t index)
{
    return &rules->rule[index];
}
