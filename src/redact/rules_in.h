/* Inside of the rules: rows, the names that are asked for, what is built over them. */
#ifndef REDACT_RULES_IN_H
#define REDACT_RULES_IN_H

#include <string.h>

#include "redact/rules.h"
#include "util/keyset.h"

/* Where a word has to stand in a name without its separators. Parts of a name are what separators, digits and capitals set off:
 * "userOtp2" has user, otp, 2. */
enum word_match {
    WORD_WHOLE,    /* it is the name, or its last segment */
    WORD_LAST,     /* ... or its last part */
    WORD_EDGE,     /* a part begins or ends with it */
    WORD_FRONT,    /* a part begins with it */
    WORD_ANYWHERE, /* it stands in it */
    WORD_MASK,     /* harmless: words that stand within it do not count */
    WORD_NEVER,    /* harmless as the name or its last segment, whatever else matches */
};

/* A row of the built-in tables. Words of two parts, of which the first is short, have a _ between them: texts may, too. */
struct word_row {
    const char *word, *kind;
    uint8_t tier, match;
    const char *id; /* for words that are not ASCII; NULL: the word */
};

struct header_row {
    const char *name, *kind;
    uint8_t treat;
};

/* Whether bytes that have the form are one: check digits and the like. */
typedef bool pattern_check_fn(const char *bytes, size_t len);

struct pattern_row {
    const char *id, *kind, *regex;
    const char *literals; /* separated by NULs, two at the end; a digit of any value is \1, a hexadecimal one \2 */
    uint8_t back;         /* a match begins so many bytes before its literal, at most */
    uint8_t group;        /* what goes: 0, or a group of the regex */
    uint8_t form;
    bool folds; /* letters match in both cases */
    pattern_check_fn *check;
};

/* A word as it is looked for: folded. */
struct word {
    const char *text;
    const char *spelled; /* as the row has it, when that is not ASCII; else NULL */
    uint16_t rule;
    uint16_t next; /* of the same bucket, plus one */
    uint8_t len, tier, match;
    uint8_t apart; /* length of its first part, when the row has it apart from the rest: of "api_key" 3 */
    bool pii;
};

struct header {
    const char *text; /* folded, without separators */
    uint16_t rule;    /* REDACT_NO_RULE: it is only known how it is read */
    uint8_t len, treat;
};

struct pattern {
    const char *regex, *literals;
    uint16_t rule;
    uint8_t back, group, form;
    bool folds, pii;
    pattern_check_fn *check;
};

enum {
    RULES_MOST = 4096,  /* of a file */
    NAME_MOST = 128,    /* bytes of a name that are judged */
    WHOLE_SLOTS = 4096, /* more than words and headers may be: see rules_finish() */
    INSIDE_BITS = 4096,
    INSIDE_HEADS = 512,
};

/* Texts that live as long as the rules do. */
struct rules_texts {
    struct rules_texts *next;
    size_t used, cap;
    char bytes[];
};

struct trigger;

struct har_redact_rules {
    struct redact_rule *rule;
    size_t rules, rules_cap;
    struct word *word;
    size_t words, words_cap;
    struct header *header;
    size_t headers, headers_cap;
    struct pattern *pattern;
    size_t patterns, patterns_cap;
    struct rules_texts *texts;
    struct keyset keep, drop;
    /* Built over the rows by rules_finish(). */
    uint16_t *whole;        /* hash table of words (index + 1) that have to be a name, a segment or a part */
    uint16_t *whole_header; /* ... of headers */
    size_t slots;           /* of each */
    uint64_t inside[INSIDE_BITS / 64];
    uint16_t inside_head[INSIDE_HEADS]; /* words that may stand within a name, by their first three bytes */
    struct trigger *trigger;
};

/* ---- names folded: fold.c */

struct folded {
    size_t len;
    size_t segment, part;                /* where the last ones begin */
    uint64_t starts[NAME_MOST / 64 + 1]; /* bit set: a part begins with this byte */
    char text[NAME_MOST + 8];
};

/* Escapes taken away, letters in lower case without marks, no separators. Of a name of more than NAME_MOST bytes its end. */
void fold_name(struct har_text name, struct folded *folded);

static inline bool folded_starts(const struct folded *folded, size_t at)
{
    return folded->starts[at / 64] >> (at % 64) & 1;
}

/* The bytes in front of a character that are one letter without its mark, folded, into `out`; returns how many bytes of the text
 * they take, *count those of `out`: 0 for what names are compared without. */
size_t fold_character(const char *text, size_t len, char out[8], size_t *count);

/* ---- building: rules.c */

/* All return false when memory is short or there are too many. */
bool rules_add_word(struct har_redact_rules *rules, struct har_text word, const char *id, const char *kind, enum redact_tier tier,
                    enum word_match match, bool pii);
bool rules_add_header(struct har_redact_rules *rules, struct har_text name, const char *kind, enum redact_treat treat, bool rule);
bool rules_add_pattern(struct har_redact_rules *rules, const struct pattern_row *row, bool pii);

/* A copy that lives as long as the rules; NUL-terminated. NULL: memory. */
char *rules_text(struct har_redact_rules *rules, const char *bytes, size_t len);

/* Forgets all rules but those with fixed numbers. */
void rules_clear(struct har_redact_rules *rules);

/* Builds what looking needs. */
bool rules_finish(struct har_redact_rules *rules);

/* Of the first and the last eight bytes: names are short. */
static inline uint32_t rules_hash(const char *text, size_t len)
{
    uint64_t front = 0, end = len;
    if (len >= 8) {
        uint64_t last;
        memcpy(&front, text, 8);
        memcpy(&last, text + len - 8, 8);
        end ^= last * UINT64_C(0xff51afd7ed558ccd);
    } else {
        for (size_t i = 0; i < len; i++)
            front = front << 8 | (unsigned char)text[i];
    }
    const uint64_t hash = (front ^ end) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(hash >> 32) ^ (uint32_t)(hash >> 52);
}

/* The number of three bytes in the index of words that stand within names. */
static inline uint32_t rules_three(const char *text)
{
    const uint32_t three =
        (uint32_t)(unsigned char)text[0] | (uint32_t)(unsigned char)text[1] << 8 | (uint32_t)(unsigned char)text[2] << 16;
    return three * 0x9E3779B1u >> 20;
}

/* ---- trigger.c */

struct trigger *trigger_new(const struct har_redact_rules *rules);
void trigger_free(struct trigger *trigger);

/* The next pattern, from *cursor on (0 at first), one of whose literals stands at `at`; NULL: no more. */
const struct pattern *trigger_pattern(const struct har_redact_rules *rules, struct har_text text, size_t at, unsigned *cursor);

/* ---- matcher.c, checks.c */

/* Whether a regex compiles; otherwise *error says why not and where. Without PCRE2 none does. */
bool matcher_regex_is_right(const char *regex, unsigned group, struct har_error *error);

pattern_check_fn check_credential, check_password, check_jwt;

/* The next literal of a row's list; NULL behind the last. */
static inline const char *pattern_literal_next(const char *literal)
{
    literal += strlen(literal) + 1;
    return *literal ? literal : NULL;
}

#endif
