/* Where in a text a word of a name, or what a pattern begins with, may stand. Each place is asked for in a table by its three bytes
 * and the fourth; what that lets through by the three from the second one on and the fifth; what that lets through is compared with
 * the words themselves. */
#include "redact/rules_in.h"

#include <stdlib.h>

#include "util/text.h"
#include "util/utf8.h"

enum {
    FLAG_BITS = 14,
    FIFTH_BITS = 12,
    ALONE_BITS = 12,
    HEAD_BITS = 10,
    BETWEEN_MOST = 3, /* separators between two letters */
    ENTRIES_MOST = 65535,
};

/* Fourth and fifth bytes are told apart by their groups: a letter, in both cases, or what else they are. Of two bytes that differ
 * in bit 5 only the group is the same. */
enum { GROUP_OTHER = 26, GROUP_SEPARATOR, GROUP_HIGH, GROUP_BEHIND, GROUP_COLON };

#define ANY_FIFTH  (UINT32_C(1) << 31) /* with the fourths: the fifth does not matter */
#define ANY_FOURTH UINT32_MAX
#define SEPARATORS (UINT32_C(1) << GROUP_SEPARATOR)
/* What may follow a name, before its value. */
#define BEHIND (UINT32_C(1) << GROUP_BEHIND | UINT32_C(1) << GROUP_COLON | SEPARATORS)
/* What may stand between two letters, or for one. */
#define BETWEEN (BEHIND | UINT32_C(1) << GROUP_HIGH)

static uint32_t group_of(char c)
{
    const char folded = (char)(c | 0x20);
    if (c & 0x80)
        return UINT32_C(1) << GROUP_HIGH;
    if (folded >= 'a' && folded <= 'z')
        return UINT32_C(1) << (folded - 'a');
    if (folded == ':')
        return UINT32_C(1) << GROUP_COLON;
    if (memchr("-. ${}\x7f", folded, 7))
        return SEPARATORS;
    return UINT32_C(1) << (memchr("\"'|=>&<%`)/*", folded, 12) ? GROUP_BEHIND : GROUP_OTHER);
}

#define MULTIPLIER 0x9E3779B1u
#define ANOTHER    0x85EBCA77u

enum entry_sort {
    ENTRY_WORD,    /* begins here */
    ENTRY_LETTER,  /* a letter that only looks different: the name has to be folded to know */
    ENTRY_HEADER,  /* begins here */
    ENTRY_PATTERN, /* one of its literals is here */
};

struct entry {
    uint32_t key;
    uint32_t fourths;
    uint16_t next;  /* plus one */
    uint16_t index; /* of a word, a header or a pattern */
    uint8_t sort;
    uint8_t front_len; /* 0: it has no front */
    uint64_t front;    /* of a word, its first eight letters at most */
    const char *literal;
};

struct trigger {
    uint32_t flags[1 << FLAG_BITS];   /* by three bytes: the groups of fourth bytes that may follow, and ANY_FIFTH */
    uint32_t fifths[1 << FIFTH_BITS]; /* by the three from the second one on: of fifth bytes */
    uint8_t alone[1 << ALONE_BITS];   /* by the three, put otherwise: ANY_FIFTH is not there by chance */
    uint32_t group[256];
    uint16_t head[1 << HEAD_BITS];
    struct entry *entry;
    size_t count, cap;
    bool failed;
};

static inline uint32_t key_of(const char *bytes)
{
    return ((uint32_t)(unsigned char)bytes[0] | (uint32_t)(unsigned char)bytes[1] << 8 | (uint32_t)(unsigned char)bytes[2] << 16) |
           0x202020u;
}

/* The fourth byte of `four`, when there is one, does not count: the multiplier leaves no room for it. */
static inline uint32_t place_of(uint32_t four)
{
    return four * (MULTIPLIER << 8) >> (32 - FLAG_BITS);
}

static inline uint32_t fifth_of(uint32_t four)
{
    return four * (MULTIPLIER << 8) >> (32 - FIFTH_BITS);
}

static inline uint32_t head_of(uint32_t key)
{
    return key * (MULTIPLIER << 8) >> (32 - HEAD_BITS);
}

static inline uint32_t alone_of(uint32_t four)
{
    return four * (ANOTHER << 8) >> (32 - ALONE_BITS);
}

/* ---- building */

/* The key of three digits, whichever they are: "000". */
#define DIGITS 0x303030u

static bool is_digits(uint32_t four)
{
    for (unsigned shift = 0; shift < 24; shift += 8)
        if (!text_is_digit((char)(four >> shift & 0xff)))
            return false;
    return true;
}

static void add(struct trigger *trigger, uint32_t key, uint32_t fourths, struct entry entry)
{
    if (trigger->count == trigger->cap) {
        const size_t cap = trigger->cap ? trigger->cap * 2 : 1024;
        struct entry *grown = cap <= ENTRIES_MOST + 1 ? realloc(trigger->entry, cap * sizeof *grown) : NULL;
        if (!grown) {
            trigger->failed = true;
            return;
        }
        trigger->entry = grown;
        trigger->cap = cap;
    }
    uint16_t *head = &trigger->head[head_of(key)];
    entry.key = key;
    entry.fourths = fourths & ~ANY_FIFTH;
    entry.next = *head;
    trigger->entry[trigger->count++] = entry;
    *head = (uint16_t)trigger->count;
    trigger->flags[place_of(key)] |= fourths;
    trigger->alone[alone_of(key)] |= (fourths & ANY_FIFTH) != 0;
}

/* Behind the three bytes of `text`, which are not the first ones of an entry, one of these may stand. */
static void add_fifths(struct trigger *trigger, const char *text, uint32_t fifths)
{
    trigger->fifths[fifth_of(key_of(text))] |= fifths;
}

/* The entry begins with these four bytes. */
static void add_four(struct trigger *trigger, const char *text, uint32_t fifths, struct entry entry)
{
    add(trigger, key_of(text), group_of(text[3]), entry);
    add_fifths(trigger, text + 1, fifths);
}

static bool is_letters(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] & 0x80)
            return false;
    return true;
}

/* A word that is not ASCII is found by its first three bytes, in small letters, with a capital, and in capitals. */
static void add_spelled(struct trigger *trigger, const char *spelled, struct entry entry)
{
    const size_t len = strlen(spelled);
    for (unsigned capitals = 0; capitals < 3; capitals++) {
        char text[16] = "";
        size_t at = 0, out = 0;
        for (unsigned i = 0; at < len && out < 4; i++) {
            uint32_t cp = 0;
            const size_t step = utf8_decode(spelled + at, len - at, &cp);
            const bool small = (cp >= 0x3b1 && cp <= 0x3c9) || (cp >= 0x430 && cp <= 0x44f) || (cp >= 0xe0 && cp <= 0xfe);
            if (small && capitals > i)
                cp -= 0x20;
            out += utf8_encode(cp, text + out);
            at += step ? step : 1;
        }
        if (out >= 3)
            add(trigger, key_of(text), out > 3 ? group_of(text[3]) | BETWEEN | ANY_FIFTH : ANY_FOURTH, entry);
    }
}

static bool is_alone(const struct word *word)
{
    return word->match == WORD_WHOLE || word->match == WORD_LAST;
}

static void add_short(struct trigger *trigger, const struct word *word, struct entry entry)
{
    for (const char *next = "\"'`:=>\\] \t\n\r</"; *next; next++)
        add(trigger, key_of((const char[]){word->text[0], word->text[1], *next}), ANY_FOURTH, entry);
}

/* Words whose first part is of one or two letters. */
static void add_apart(struct trigger *trigger, const struct word *word, struct entry entry)
{
    for (const char *between = "_-. "; *between; between++)
        if (word->apart == 1)
            add(trigger, key_of((const char[]){word->text[0], *between, word->text[1]}), group_of(word->text[2]) | ANY_FIFTH,
                entry);
        else
            add(trigger, key_of((const char[]){word->text[0], word->text[1], *between}), group_of(word->text[2]) | ANY_FIFTH,
                entry);
}

/* Words of four letters or more. Those whose first part is of three may have a separator behind it. */
static void add_long(struct trigger *trigger, const struct word *word, struct entry entry)
{
    const uint32_t fifths = word->len > 4 ? group_of(word->text[4]) | BETWEEN : ANY_FOURTH;
    if (word->apart != 3) {
        add_four(trigger, word->text, fifths, entry);
        return;
    }
    add(trigger, key_of(word->text), group_of(word->text[3]) | SEPARATORS, entry);
    add_fifths(trigger, word->text + 1, fifths);
    for (const char *between = "_-. []$"; *between; between++)
        add_fifths(trigger, (const char[]){word->text[1], word->text[2], *between}, group_of(word->text[3]) | BETWEEN);
}

static struct entry word_entry(const struct word *word, size_t index)
{
    struct entry entry = {.index = (uint16_t)index, .sort = ENTRY_WORD};
    if (!is_letters(word->text, word->len))
        return entry;
    entry.front_len = word->len < 8 ? word->len : 8;
    for (unsigned i = 0; i < entry.front_len; i++)
        entry.front |= (uint64_t)(unsigned char)word->text[i] << 8 * i;
    return entry;
}

static void add_word(struct trigger *trigger, const struct har_redact_rules *rules, size_t index)
{
    const struct word *word = &rules->word[index];
    const struct entry entry = word_entry(word, index);
    if (word->tier == REDACT_HARMLESS || word->len < 2)
        return;
    if (word->spelled)
        add_spelled(trigger, word->spelled, entry);
    if (!is_letters(word->text, word->len))
        return;
    if (word->len == 2)
        add_short(trigger, word, entry);
    else if (word->len == 3)
        add(trigger, key_of(word->text), is_alone(word) ? BEHIND | ANY_FIFTH : ANY_FOURTH, entry);
    else
        add_long(trigger, word, entry);
    if ((word->apart == 1 || word->apart == 2) && word->len > 2)
        add_apart(trigger, word, entry);
}

/* One literal, with its wild cards made all that they stand for. */
static void add_literal(struct trigger *trigger, const char *literal, size_t wild, char *made, struct entry entry)
{
    static const char digits[] = "0123456789abcdef";
    while (wild < 4 && literal[wild] > '\2')
        made[wild] = literal[wild], wild++;
    if (wild < 4 && literal[wild]) {
        for (unsigned i = 0; i < (literal[wild] == '\1' ? 10 : 16); i++) {
            made[wild] = digits[i];
            add_literal(trigger, literal, wild + 1, made, entry);
        }
        return;
    }
    const uint32_t fifths = wild < 4 || literal[4] <= '\2' ? ANY_FOURTH : group_of(literal[4]);
    if (wild >= 4)
        add_four(trigger, made, fifths, entry);
    else
        add(trigger, key_of(made), ANY_FOURTH, entry);
}

/* Literals of three digits and a byte have one entry for all of them. */
static void add_digits(struct trigger *trigger, char next, struct entry entry)
{
    for (unsigned i = 0; i < 1000; i++) {
        const char text[] = {(char)('0' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10), next};
        trigger->flags[place_of(key_of(text))] |= group_of(next);
        add_fifths(trigger, text + 1, ANY_FOURTH);
    }
    add(trigger, DIGITS, group_of(next), entry);
}

static void add_pattern(struct trigger *trigger, const struct har_redact_rules *rules, size_t index)
{
    if (!*rules->pattern[index].literals)
        return;
    for (const char *literal = rules->pattern[index].literals; literal; literal = pattern_literal_next(literal)) {
        char made[4] = "";
        if (literal[0] == '\1' && literal[1] == '\1' && literal[2] == '\1')
            add_digits(trigger, literal[3], (struct entry){.index = (uint16_t)index, .sort = ENTRY_PATTERN, .literal = literal});
        else
            add_literal(trigger, literal, 0, made,
                        (struct entry){.index = (uint16_t)index, .sort = ENTRY_PATTERN, .literal = literal});
    }
}

/* Headers whose names hold no word: the others are found by it. */
static void add_header(struct trigger *trigger, const struct har_redact_rules *rules, size_t index)
{
    const struct header *header = &rules->header[index];
    if (header->rule == REDACT_NO_RULE || header->len < 3)
        return;
    const struct har_text name = {header->text, header->len};
    if (redact_name(rules, name, REDACT_NAME_MEMBER, false).tier == REDACT_ANY)
        return;
    const char *id = strchr(redact_rule(rules, header->rule)->id, '-');
    const struct entry entry = {.index = (uint16_t)index, .sort = ENTRY_HEADER, .literal = id ? id + 1 : ""};
    if (!id || !is_letters(id, strlen(id)))
        return;
    if (strlen(entry.literal) > 4)
        add_four(trigger, entry.literal, group_of(entry.literal[4]), entry);
    else if (strlen(entry.literal) >= 3)
        add(trigger, key_of(entry.literal), ANY_FOURTH, entry);
}

/* Full-width letters, two in a row: nobody but who hides writes names in them. */
static void add_letters(struct trigger *trigger)
{
    for (unsigned i = 0; i < 52; i++) {
        char text[4] = {0, 0, 0, (char)0xef};
        utf8_encode(i < 26 ? 0xff21 + i : 0xff41 + i - 26, text);
        add_four(trigger, text, ANY_FOURTH, (struct entry){.sort = ENTRY_LETTER});
    }
}

struct trigger *trigger_new(const struct har_redact_rules *rules)
{
    struct trigger *trigger = calloc(1, sizeof *trigger);
    if (!trigger)
        return NULL;
    for (unsigned c = 0; c < 256; c++)
        trigger->group[c] = group_of((char)c);
    for (size_t i = 0; i < rules->words; i++)
        add_word(trigger, rules, i);
    for (size_t i = 0; i < rules->headers; i++)
        add_header(trigger, rules, i);
    for (size_t i = 0; i < rules->patterns; i++)
        add_pattern(trigger, rules, i);
    add_letters(trigger);
    if (!trigger->failed)
        return trigger;
    trigger_free(trigger);
    return NULL;
}

void trigger_free(struct trigger *trigger)
{
    if (!trigger)
        return;
    free(trigger->entry);
    free(trigger);
}

/* ---- comparing */

static inline bool is_name(char c)
{
    return text_is_letter(c) || text_is_digit(c) || (c & 0x80);
}

static inline bool is_between(char c)
{
    return c == '_' || c == '-' || c == '.' || c == '[' || c == ']' || c == ':' || c == '$' || c == ' ';
}

/* Whether the word stands at `at`, in whatever case and with separators in it; *end is then behind it. */
static bool word_at(struct har_text text, size_t at, const char *word, size_t len, size_t *end)
{
    unsigned between = 0;
    for (size_t i = 0; i < len;) {
        if (at >= text.len)
            return false;
        const char c = text.bytes[at];
        if (!(c & 0x80) && text_lower(c) == word[i]) {
            i++;
            at++;
            between = 0;
            continue;
        }
        if (!(c & 0x80)) {
            if (!is_between(c) || ++between > BETWEEN_MOST)
                return false;
            at++;
            continue;
        }
        char out[8];
        size_t count;
        at += fold_character(text.bytes + at, text.len - at, out, &count);
        if (count > len - i || memcmp(out, word + i, count) != 0 || (!count && ++between > BETWEEN_MOST))
            return false;
        i += count;
    }
    *end = at;
    return true;
}

/* What a value may follow: "code": or code= or <code> or name="code". */
static bool says_value(struct har_text text, size_t at)
{
    if (at >= text.len)
        return false;
    const char c = text.bytes[at];
    if (c == '"' || c == '\'' || c == '`' || c == '\\' || c == ':' || c == '=' || c == '>' || c == ']' || c == '[' || c == '%' ||
        c == '&')
        return true;
    for (size_t most = at + 8; at < text.len && at < most && (text.bytes[at] == ' ' || text.bytes[at] == '\t'); at++)
        ;
    return at < text.len && (text.bytes[at] == ':' || text.bytes[at] == '=');
}

/* <code>, <ns:code a="b">, >code</key>, name=code value=... */
static bool is_marked(char before, char behind)
{
    const bool blank = behind == ' ' || behind == '\t' || behind == '\n' || behind == '\r';
    return before == '<' || (before == ':' && blank) || (before == '>' && behind == '<') ||
           (before == '=' && (blank || behind == '>' || behind == '/'));
}

/* "data-" before a word: in markup names of own attributes begin so. */
static bool is_own(struct har_text text, size_t before)
{
    return before >= 4 && text_is((struct har_text){text.bytes + before - 4, 4}, "data") &&
           (before == 4 || (unsigned char)text.bytes[before - 5] <= ' ');
}

/* Whether the name is the word from `start` to `end`, or ends with it as a part of its own. */
static bool is_whole(struct har_text text, size_t start, size_t end, bool last)
{
    size_t before = start;
    if (end < text.len && is_name(text.bytes[end]))
        return false;
    while (before && start - before < BETWEEN_MOST && (text.bytes[before - 1] == '_' || text.bytes[before - 1] == '-'))
        before--;
    if (before && is_name(text.bytes[before - 1]) && !(before < start && is_own(text, before))) {
        const bool capital = text.bytes[start] >= 'A' && text.bytes[start] <= 'Z';
        if (!last || (before == start && !capital && !text_is_digit(text.bytes[start - 1])))
            return false;
    }
    if (before && is_marked(text.bytes[before - 1], end < text.len ? text.bytes[end] : '\0'))
        return true;
    while (end < text.len && (text.bytes[end] == '_' || text.bytes[end] == '-'))
        end++;
    return (end == text.len || !is_name(text.bytes[end])) && says_value(text, end);
}

/* Whether a part of a name begins at `start` or ends at `end`; more is let through than redact_name() will. */
static bool is_edge(struct har_text text, size_t start, size_t end, bool front)
{
    const char first = text.bytes[start];
    if (!start || !text_is_letter(text.bytes[start - 1]) || (first >= 'A' && first <= 'Z') || (first & 0x80))
        return true;
    return !front && (end == text.len || !text_is_letter(text.bytes[end]) || (text.bytes[end] >= 'A' && text.bytes[end] <= 'Z'));
}

static bool word_fits(struct har_text text, size_t start, size_t end, const struct word *word)
{
    switch (word->match) {
    case WORD_WHOLE:
    case WORD_LAST:
        return is_whole(text, start, end, word->match == WORD_LAST);
    case WORD_EDGE:
    case WORD_FRONT:
        return is_edge(text, start, end, word->match == WORD_FRONT);
    default:
        return true;
    }
}

/* A literal with wild cards; before one that begins with three digits there are more. */
static bool literal_at(struct har_text text, size_t at, const char *literal, bool folds)
{
    enum { DIGITS_BEFORE = 5 };
    if (literal[0] == '\1' && literal[1] == '\1' && literal[2] == '\1')
        for (size_t i = 1; i <= DIGITS_BEFORE; i++)
            if (at < i || !text_is_digit(text.bytes[at - i]))
                return false;
    for (; *literal; literal++, at++) {
        if (at >= text.len)
            return false;
        const char c = text.bytes[at];
        const bool same = *literal == '\1'   ? text_is_digit(c)
                          : *literal == '\2' ? text_hex(c) >= 0
                                             : (folds ? text_lower(c) == text_lower(*literal) : c == *literal);
        if (!same)
            return false;
    }
    return true;
}

static inline uint64_t load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word | UINT64_C(0x2020202020202020);
}

/* How many bytes of the front stand at `at`; SIZE_MAX: too few for the word, and what stands there then cannot be in a word. */
static inline size_t front_at(const struct trigger *trigger, const struct entry *entry, struct har_text text, size_t at)
{
    if (!entry->front_len || text.len - at < 8)
        return 0;
    const uint64_t others = load(text.bytes + at) ^ entry->front;
    const size_t same = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    if (same >= entry->front_len)
        return entry->front_len;
    return trigger->group[(unsigned char)text.bytes[at + same]] & BETWEEN ? same : SIZE_MAX;
}

static bool entry_fits(const struct har_redact_rules *rules, const struct entry *entry, struct har_text text, size_t at)
{
    size_t end = 0;
    switch (entry->sort) {
    case ENTRY_WORD: {
        const struct word *word = &rules->word[entry->index];
        const size_t known = front_at(rules->trigger, entry, text, at);
        return known != SIZE_MAX && word_at(text, at + known, word->text + known, word->len - known, &end) &&
               word_fits(text, at, end, word);
    }
    case ENTRY_HEADER:
        return literal_at(text, at, entry->literal, true) && (!at || !is_name(text.bytes[at - 1]));
    case ENTRY_PATTERN:
        return literal_at(text, at, entry->literal, rules->pattern[entry->index].folds);
    default:
        return true;
    }
}

/* Four bytes of the text; what is behind its end is 0. */
static inline uint32_t four_at(struct har_text text, size_t at)
{
    unsigned char bytes[4] = {0};
    if (text.len - at >= 4)
        memcpy(bytes, text.bytes + at, 4);
    else
        memcpy(bytes, text.bytes + at, text.len - at);
    return ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24) | 0x202020u;
}

/* From entry `i` on (plus one) the first that is right here. */
static unsigned entry_at(const struct har_redact_rules *rules, struct har_text text, size_t at, unsigned i, bool patterns)
{
    const struct trigger *trigger = rules->trigger;
    const uint32_t four = four_at(text, at), key = is_digits(four) ? DIGITS : four & 0xffffff;
    for (; i; i = trigger->entry[i - 1].next) {
        const struct entry *entry = &trigger->entry[i - 1];
        if (entry->key == key && (entry->fourths & trigger->group[four >> 24]) && (!patterns || entry->sort == ENTRY_PATTERN) &&
            entry_fits(rules, entry, text, at))
            break;
    }
    return i;
}

static unsigned first_entry(const struct trigger *trigger, uint32_t four)
{
    return trigger->head[head_of(is_digits(four) ? DIGITS : four)];
}

static bool place_fits(const struct har_redact_rules *rules, struct har_text text, size_t at)
{
    return entry_at(rules, text, at, first_entry(rules->trigger, four_at(text, at)), false) != 0;
}

const struct pattern *trigger_pattern(const struct har_redact_rules *rules, struct har_text text, size_t at, unsigned *cursor)
{
    const struct trigger *trigger = rules->trigger;
    const unsigned from = *cursor ? trigger->entry[*cursor - 1].next : first_entry(trigger, four_at(text, at));
    *cursor = entry_at(rules, text, at, from, true);
    return *cursor ? &rules->pattern[trigger->entry[*cursor - 1].index] : NULL;
}

/* ---- the quick look at all places */

static inline uint32_t flag(const struct trigger *trigger, uint64_t word, unsigned shift)
{
    const uint32_t four = (uint32_t)(word >> shift);
    return trigger->flags[place_of(four)] & trigger->group[four >> 24];
}

/* Whether one of four places may be one. */
static inline uint32_t four(const struct trigger *trigger, uint64_t word)
{
    return flag(trigger, word, 0) | flag(trigger, word, 8) | flag(trigger, word, 16) | flag(trigger, word, 24);
}

/* Whether the first place may be one, by all tables. */
static inline unsigned all(const struct trigger *trigger, uint64_t word)
{
    const uint32_t fourths = trigger->flags[place_of((uint32_t)word)], fourth = fourths & trigger->group[word >> 24 & 0xff];
    const uint32_t fifth = trigger->fifths[fifth_of((uint32_t)(word >> 8))] & trigger->group[word >> 32 & 0xff];
    const unsigned any = fourths >> 31 & trigger->alone[alone_of((uint32_t)word)];
    return (fourth != 0) & ((fifth != 0) | any);
}

/* Which of the four. */
static inline unsigned which(const struct trigger *trigger, uint64_t word)
{
    return all(trigger, word) | all(trigger, word >> 8) << 1 | all(trigger, word >> 16) << 2 | all(trigger, word >> 24) << 3;
}

/* The first of the four that is right; 4: none. */
static inline unsigned look_closer(const struct har_redact_rules *rules, struct har_text text, size_t at, uint64_t word)
{
    for (unsigned bits = which(rules->trigger, word); bits; bits &= bits - 1)
        if (place_fits(rules, text, at + (unsigned)__builtin_ctz(bits)))
            return (unsigned)__builtin_ctz(bits);
    return 4;
}

size_t redact_trigger(const struct har_redact_rules *rules, struct har_text text, size_t from)
{
    const struct trigger *trigger = rules->trigger;
    size_t at = from;
    unsigned place;
    for (; at + 12 <= text.len; at += 8) {
        const uint64_t low = load(text.bytes + at), high = load(text.bytes + at + 4);
        if (four(trigger, low) && (place = look_closer(rules, text, at, low)) < 4)
            return at + place;
        if (four(trigger, high) && (place = look_closer(rules, text, at + 4, high)) < 4)
            return at + 4 + place;
    }
    for (; at + 2 <= text.len; at++)
        if (place_fits(rules, text, at))
            return at;
    return text.len;
}
