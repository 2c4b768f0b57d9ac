/* What a name says about its value. */
#include <string.h>

#include "redact/dictionary.h"
#include "redact/rules_in.h"

#include "redact/tails_table.h"
#include "util/text.h"

enum {
    RANDOM_LEAST = 20, /* bytes of a name that may be something encoded */
    WORD_LEAST = 6,    /* letters of a word that do not stand somewhere by chance */
};

/* The best that was found so far. */
struct judging {
    const struct har_redact_rules *rules;
    const struct folded *name;
    const struct word *best;
    bool pii, harmless;
    size_t masked; /* words that end before this byte are a part of a harmless one */
};

static bool fits(const struct folded *name, const struct word *word, size_t at)
{
    const size_t end = at + word->len;
    if (end > name->len || memcmp(name->text + at, word->text, word->len) != 0)
        return false;
    switch (word->match) {
    case WORD_FRONT:
        return folded_starts(name, at);
    case WORD_EDGE:
        return folded_starts(name, at) || end == name->len || folded_starts(name, end);
    default:
        return true;
    }
}

/* Whether what follows a word only says something about it: "token" in "token_type". */
static bool has_tail(const struct folded *name, size_t at)
{
    const size_t len = name->len - at;
    if (len < 3 || len > 14)
        return false;
    for (size_t i = 0; i < sizeof tails_table / sizeof *tails_table; i++)
        if (tails_table[i][0] == name->text[at] && strlen(tails_table[i]) == len &&
            memcmp(tails_table[i], name->text + at, len) == 0)
            return true;
    return false;
}

static void judge_inside(struct judging *j, size_t at, uint32_t three)
{
    const struct word *found = NULL;
    for (unsigned i = j->rules->inside_head[three % INSIDE_HEADS]; i; i = j->rules->word[i - 1].next) {
        const struct word *word = &j->rules->word[i - 1];
        if ((word->pii && !j->pii) || !fits(j->name, word, at))
            continue;
        if (word->match == WORD_MASK)
            j->masked = at + word->len > j->masked ? at + word->len : j->masked;
        else if (!found || word->len > found->len)
            found = word;
    }
    if (!found || at + found->len <= j->masked)
        return;
    j->harmless |= has_tail(j->name, at + found->len);
    if (!j->best || found->tier > j->best->tier)
        j->best = found;
}

static void look_inside(struct judging *j)
{
    for (size_t at = 0; at + 3 <= j->name->len; at++) {
        const uint32_t three = rules_three(j->name->text + at);
        if (j->rules->inside[three / 64] >> (three % 64) & 1)
            judge_inside(j, at, three);
    }
}

/* Words that are all of what stands from `at` on: `part` says that this is only the last part of a name. */
static void judge_whole(struct judging *j, size_t at, bool part)
{
    const char *text = j->name->text + at;
    const size_t len = j->name->len - at;
    for (size_t slot = rules_hash(text, len) & (j->rules->slots - 1); j->rules->whole[slot];
         slot = (slot + 1) & (j->rules->slots - 1)) {
        const struct word *word = &j->rules->word[j->rules->whole[slot] - 1];
        if (word->len != len || memcmp(word->text, text, len) != 0 || (word->pii && !j->pii) || (part && word->match != WORD_LAST))
            continue;
        if (word->match == WORD_NEVER)
            j->harmless = true;
        else if (!j->best || word->tier > j->best->tier)
            j->best = word;
    }
}

static const struct header *find_header(const struct har_redact_rules *rules, const struct folded *name)
{
    for (size_t slot = rules_hash(name->text, name->len) & (rules->slots - 1); rules->whole_header[slot];
         slot = (slot + 1) & (rules->slots - 1)) {
        const struct header *header = &rules->header[rules->whole_header[slot] - 1];
        if (header->len == name->len && memcmp(header->text, name->text, name->len) == 0)
            return header;
    }
    return NULL;
}

static bool in_set(const struct keyset *set, const struct folded *name)
{
    uint32_t index;
    return set->count && (keyset_find(set, name->text, name->len, &index) ||
                          (name->segment && keyset_find(set, name->text + name->segment, name->len - name->segment, &index)));
}

/* Letters and digits without an order: a short word in them stands there by chance, and not any more when what they encode changes.
 */
static bool is_random(struct har_text name)
{
    size_t changes = 0, digits = 0;
    for (size_t i = 1; i < name.len; i++) {
        const char c = name.bytes[i], before = name.bytes[i - 1];
        digits += text_is_digit(c);
        changes += text_is_digit(c) != text_is_digit(before) || (c & 32) != (before & 32);
    }
    return name.len >= RANDOM_LEAST && digits && 3 * changes >= name.len;
}

static struct redact_verdict judge(const struct har_redact_rules *rules, const struct folded *name, struct har_text spelled,
                                   bool pii)
{
    struct judging j = {.rules = rules, .name = name, .pii = pii};
    struct redact_verdict verdict = {REDACT_NO_RULE, REDACT_HARMLESS, REDACT_TEXT};
    judge_whole(&j, 0, false);
    if (name->segment)
        judge_whole(&j, name->segment, false);
    if (j.harmless)
        return verdict;
    if (name->part > name->segment)
        judge_whole(&j, name->part, true);
    look_inside(&j);
    if (j.best && !j.harmless && !(j.best->len < WORD_LEAST && is_random(spelled))) {
        verdict.rule = j.best->rule;
        verdict.tier = j.best->tier;
    }
    return verdict;
}

/* A name that was a secret itself says nothing any more: "redacted-password-1=x". */
static bool is_redacted(struct har_text name)
{
    const char *const front = name.len ? memmem(name.bytes, name.len, "redacted-", 9) : NULL;
    return front && redact_token_length((struct har_text){front, name.len - (size_t)(front - name.bytes)});
}

struct redact_verdict redact_name(const struct har_redact_rules *rules, struct har_text name, enum redact_name_place place,
                                  bool pii)
{
    struct folded folded;
    struct redact_verdict verdict = {REDACT_NO_RULE, REDACT_HARMLESS, REDACT_TEXT};
    fold_name(name, &folded);
    if (!folded.len || in_set(&rules->keep, &folded) || is_redacted(name))
        return verdict;
    if (place != REDACT_NAME_HEADER)
        return judge(rules, &folded, name, pii);
    const struct header *header = find_header(rules, &folded);
    if (header && header->rule != REDACT_NO_RULE)
        return (struct redact_verdict){header->rule, REDACT_ANY, header->treat};
    verdict = judge(rules, &folded, name, pii);
    if (verdict.rule == REDACT_NO_RULE && !header && text_begins(name, "x-")) { /* X-Authentication, not X-State */
        name = (struct har_text){name.bytes + 2, name.len - 2};
        fold_name(name, &folded);
        verdict = judge(rules, &folded, name, pii);
        if (verdict.tier != REDACT_ANY)
            verdict.rule = REDACT_NO_RULE;
    }
    if (verdict.rule != REDACT_NO_RULE) {
        verdict.tier = REDACT_ANY;
        verdict.treat = REDACT_VALUE;
    } else if (header) {
        verdict.treat = header->treat;
    }
    return verdict;
}

static bool in_names(const struct keyset *set, struct har_text name)
{
    struct folded folded;
    if (!set->count)
        return false;
    fold_name(name, &folded);
    return folded.len && in_set(set, &folded);
}

bool redact_keeps(const struct har_redact_rules *rules, struct har_text name)
{
    return in_names(&rules->keep, name);
}

bool redact_drops(const struct har_redact_rules *rules, struct har_text name)
{
    return in_names(&rules->drop, name);
}
