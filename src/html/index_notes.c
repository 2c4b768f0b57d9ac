/* Findings on their way to the report: to the chunk of their entry, or to those that are in none. */
#include "html/index.h"

#include <stdlib.h>
#include <string.h>

#include "html/text.h"

enum { POINTER_MOST = 1024, MESSAGE_MOST = 1024 };

/* The number of a rule, which gets one now if it has none. */
static bool rule_number(struct html_index *index, enum har_rule rule, enum har_level level, uint32_t *number)
{
    if (!index->rule_of[rule]) {
        if (!html_index_grow(&index->rule, index->rules, &index->rules_cap, sizeof *index->rule))
            return false;
        index->rule[index->rules] = (struct html_rule){.rule = rule, .level = level};
        index->rule_of[rule] = (uint16_t)++index->rules;
    }
    *number = index->rule_of[rule] - 1u;
    if (index->rule[*number].level < level)
        index->rule[*number].level = level;
    return true;
}

/* Counts a finding. `source` may be out of range: none. */
static bool count_one(struct html_index *index, enum har_rule rule, enum har_level level, uint32_t source, uint32_t *number)
{
    if (!rule_number(index, rule, level, number))
        return false;
    index->rule[*number].count++;
    index->level[level]++;
    if (source < index->sources)
        index->source[source].findings++;
    return true;
}

/* The part of a pointer that is below the entry. */
static struct har_text below_entry(struct har_text pointer)
{
    static const char entries[] = "/entries/";
    const char *found = pointer.len ? memmem(pointer.bytes, pointer.len, entries, sizeof entries - 1) : NULL;
    if (!found)
        return pointer;
    const char *end = pointer.bytes + pointer.len;
    for (found += sizeof entries - 1; found < end && *found != '/'; found++)
        ;
    return (struct har_text){found, (size_t)(end - found)};
}

/* Appends to the notes' texts and says where. */
static bool put_text(struct html_index *index, struct har_text text, size_t most, size_t *at, size_t *len)
{
    *at = index->note_text.len;
    *len = html_cut(text, most);
    return har_buffer_append(&index->note_text, text.bytes, *len);
}

static bool message_of(struct html_index *index, const struct har_finding *finding, struct har_text *message)
{
    har_buffer_clear(&index->text);
    if (!har_finding_message(finding, index->show_values, &index->text))
        return false;
    *message = (struct har_text){index->text.data ? index->text.data : "", index->text.len};
    return true;
}

/* A finding that goes to no chunk: counted when it is known whether its entry is there. */
static bool add_late(struct html_index *index, const struct har_finding *finding, uint32_t source, struct har_text pointer)
{
    struct har_text message;
    if (!html_index_grow(&index->late, index->lates, &index->lates_cap, sizeof *index->late) ||
        !message_of(index, finding, &message))
        return false;
    struct html_late *late = &index->late[index->lates];
    *late = (struct html_late){.source = source,
                               .rule = (uint32_t)finding->rule,
                               .level = finding->level,
                               .entry = finding->entry,
                               .row = UINT32_MAX,
                               .done = finding->done};
    if (!html_index_keep(index, pointer, &late->pointer) || !html_index_keep(index, message, &late->message))
        return false;
    index->lates++;
    return true;
}

static bool add_waiting(struct html_index *index, const struct har_finding *finding, uint32_t source, struct har_text pointer)
{
    struct har_text message;
    if (!html_index_grow(&index->note, index->waiting, &index->waiting_cap, sizeof *index->note) ||
        !message_of(index, finding, &message))
        return false;
    struct html_note *note = &index->note[index->waiting];
    *note = (struct html_note){
        .source = source, .rule = (uint32_t)finding->rule, .level = finding->level, .entry = finding->entry, .done = finding->done};
    if (!put_text(index, pointer, POINTER_MOST, &note->pointer_at, &note->pointer.len) ||
        !put_text(index, message, MESSAGE_MOST, &note->message_at, &note->message.len))
        return false;
    index->waiting++;
    return true;
}

/* Takes the first `count` notes off those that wait. */
static void forget(struct html_index *index, size_t size)
{
    index->waiting -= size;
    if (size && index->waiting)
        memmove(index->note, index->note + size, index->waiting * sizeof *index->note);
    index->notes = 0;
    if (!index->waiting)
        har_buffer_clear(&index->note_text);
}

bool html_index_note(struct html_index *index, const struct har_finding *finding)
{
    uint32_t source, number;
    if (finding->rule >= HAR_RULE_COUNT || finding->level <= HAR_LEVEL_OFF || finding->level > HAR_LEVEL_ERROR)
        return true;
    forget(index, index->notes);
    if (!html_index_find_source(index, finding->source, finding->entry < 0, &source))
        return false;
    if (!html_index_has_room(index, sizeof(struct html_late) + POINTER_MOST + MESSAGE_MOST)) {
        index->unkept++;
        return count_one(index, finding->rule, finding->level, source, &number);
    }
    if (finding->entry < 0)
        return add_late(index, finding, source, finding->pointer);
    const struct html_source *of = &index->source[source];
    if (of->rows && finding->entry < of->next)
        return add_late(index, finding, source, below_entry(finding->pointer));
    return add_waiting(index, finding, source, below_entry(finding->pointer));
}

static struct har_text note_text(const struct html_index *index, size_t at, size_t len)
{
    return len ? (struct har_text){index->note_text.data + at, len} : (struct har_text){"", 0};
}

/* A finding about the file itself is told although its entry never came: perhaps it was the reason. */
static bool is_of_file(uint32_t rule)
{
    return har_rule_info((enum har_rule)rule)->group == HAR_GROUP_FILE;
}

static bool keep_void(struct html_index *index, const struct html_note *note)
{
    if (!is_of_file(note->rule))
        return true;
    if (!html_index_grow(&index->late, index->lates, &index->lates_cap, sizeof *index->late))
        return false;
    har_buffer_clear(&index->text);
    if (!har_buffer_printf(&index->text, "/log/entries/%lld", (long long)note->entry) ||
        !har_buffer_append(&index->text, note_text(index, note->pointer_at, note->pointer.len).bytes, note->pointer.len))
        return false;
    struct html_late *late = &index->late[index->lates];
    *late = (struct html_late){
        .source = note->source, .rule = note->rule, .level = note->level, .entry = -1, .row = UINT32_MAX, .done = note->done};
    if (!html_index_keep(index, (struct har_text){index->text.data, index->text.len}, &late->pointer) ||
        !html_index_keep(index, note_text(index, note->message_at, note->message.len), &late->message))
        return false;
    index->lates++;
    return true;
}

/* Whether a note waits for something that has gone by: its entry was left out. */
static bool is_void(const struct html_note *note, uint32_t source, int64_t entry)
{
    return note->source == source && note->entry < entry;
}

/* Moves those about this entry to the front, in their order, and drops those about entries before it. */
static bool sort_out(struct html_index *index, uint32_t source, int64_t entry, size_t *mine)
{
    size_t kept = 0, others = 0;
    *mine = 0;
    for (size_t i = 0; i < index->waiting; i++)
        if (index->note[i].source == source && index->note[i].entry == entry)
            ++*mine;
        else
            others += !is_void(&index->note[i], source, entry);
    if (*mine + others == index->waiting && (!others || !*mine))
        return true;
    struct html_note *note = malloc((*mine + others + 1) * sizeof *note);
    if (!note)
        return false;
    size_t behind = *mine;
    bool good = true;
    for (size_t i = 0; i < index->waiting; i++)
        if (index->note[i].source == source && index->note[i].entry == entry)
            note[kept++] = index->note[i];
        else if (!is_void(&index->note[i], source, entry))
            note[behind++] = index->note[i];
        else
            good = good && keep_void(index, &index->note[i]);
    free(index->note);
    index->note = note;
    index->waiting_cap = *mine + others + 1;
    index->waiting = *mine + others;
    return good;
}

struct har_text html_index_set(const struct html_index *index, uint32_t set)
{
    if (set >= index->set_count || !index->set[set].len)
        return (struct har_text){"", 0};
    return (struct har_text){index->sets.bytes.data + index->set[set].at, index->set[set].len};
}

/* The number of a set, which may be new. */
static bool set_number(struct html_index *index, const uint16_t *rules, size_t size, uint32_t *number)
{
    const size_t len = size * sizeof *rules;
    if (!html_index_grow(&index->set, index->set_count, &index->set_cap, sizeof *index->set))
        return false;
    const enum keyset_result result = keyset_put(&index->sets, (const char *)rules, len, SIZE_MAX / 2, number);
    if (result == KEYSET_NEW)
        index->set[index->set_count++] = (struct html_span){index->sets.bytes.len - len, (uint32_t)len};
    return result != KEYSET_FULL;
}

/* Adds rules to a set, whose number becomes another. */
static bool join_set(struct html_index *index, uint32_t *set, const bool *more)
{
    uint16_t rules[HAR_RULE_COUNT] = {0};
    bool in[HAR_RULE_COUNT];
    size_t size = 0;
    uint32_t empty;
    if (!index->set_count && !set_number(index, rules, 0, &empty))
        return false;
    const struct har_text old = html_index_set(index, *set);
    memcpy(in, more, sizeof in);
    for (size_t i = 0; i < old.len / sizeof *rules; i++) {
        uint16_t rule;
        memcpy(&rule, old.bytes + i * sizeof rule, sizeof rule);
        in[rule] = true;
    }
    for (size_t i = 0; i < HAR_RULE_COUNT; i++)
        if (in[i])
            rules[size++] = (uint16_t)i;
    return set_number(index, rules, size, set);
}

/* One of the places that the head shows, while the rule has room for more. */
static bool add_place(struct html_index *index, uint32_t number, uint32_t row, struct har_text pointer, struct har_text message)
{
    struct html_rule *rule = &index->rule[number];
    if (rule->places == HTML_PLACES)
        return true;
    struct html_place *place = &rule->place[rule->places];
    place->row = row;
    if (!html_index_keep(index, pointer, &place->pointer) || !html_index_keep(index, message, &place->message))
        return false;
    rule->places++;
    return true;
}

bool html_index_take_notes(struct html_index *index, uint32_t source, int64_t entry, uint32_t *set)
{
    bool in[HAR_RULE_COUNT] = {false};
    size_t mine;
    forget(index, index->notes);
    if (!sort_out(index, source, entry, &mine))
        return false;
    index->source[source].next = entry >= index->source[source].next ? entry + 1 : index->source[source].next;
    for (size_t i = 0; i < mine; i++) {
        struct html_note *note = &index->note[i];
        note->pointer = note_text(index, note->pointer_at, note->pointer.len);
        note->message = note_text(index, note->message_at, note->message.len);
        if (!count_one(index, (enum har_rule)note->rule, note->level, source, &note->rule) ||
            !add_place(index, note->rule, (uint32_t)index->count, note->pointer, note->message))
            return false;
        in[note->rule] = true;
    }
    index->notes = mine;
    *set = 0;
    return !mine || join_set(index, set, in);
}

bool html_index_drop_notes(struct html_index *index, uint32_t source, int64_t entry)
{
    uint32_t number;
    size_t mine;
    forget(index, index->notes);
    if (!sort_out(index, source, entry, &mine))
        return false;
    for (size_t i = 0; i < mine; i++)
        if (!count_one(index, (enum har_rule)index->note[i].rule, index->note[i].level, source, &number))
            return false;
    index->unkept += mine;
    forget(index, mine);
    return true;
}

/* ---- what came late */

struct entry_key {
    uint64_t origin;
    uint32_t source, row;
};

static int by_entry(const void *a, const void *b)
{
    const struct entry_key *one = a, *two = b;
    if (one->source != two->source)
        return one->source < two->source ? -1 : 1;
    return one->origin < two->origin ? -1 : one->origin > two->origin;
}

/* Where the entries stand that late findings are about. */
static bool find_rows(struct html_index *index)
{
    bool any = false;
    for (size_t i = 0; i < index->lates; i++)
        any |= index->late[i].entry >= 0;
    if (!any || !index->count)
        return true;
    struct entry_key *key = malloc(index->count * sizeof *key);
    if (!key)
        return false;
    for (size_t i = 0; i < index->count; i++)
        key[i] = (struct entry_key){index->row[i].origin, index->row[i].source, (uint32_t)i};
    qsort(key, index->count, sizeof *key, by_entry);
    for (size_t i = 0; i < index->lates; i++) {
        struct html_late *late = &index->late[i];
        const struct entry_key wanted = {(uint64_t)late->entry, late->source, 0};
        const struct entry_key *found = late->entry < 0 ? NULL : bsearch(&wanted, key, index->count, sizeof *key, by_entry);
        late->row = found ? found->row : UINT32_MAX;
    }
    free(key);
    return true;
}

bool html_index_finish_notes(struct html_index *index)
{
    size_t kept = 0;
    const bool none[HAR_RULE_COUNT] = {false};
    uint32_t empty = 0;
    forget(index, index->notes);
    if (!join_set(index, &empty, none))
        return false;
    for (size_t i = 0; i < index->waiting; i++)
        if (!keep_void(index, &index->note[i]))
            return false;
    forget(index, index->waiting);
    if (!find_rows(index))
        return false;
    for (size_t i = 0; i < index->lates; i++) {
        struct html_late late = index->late[i];
        if (late.entry >= 0 && late.row == UINT32_MAX && !index->cut && !is_of_file(late.rule))
            continue; /* its entry was left out */
        bool in[HAR_RULE_COUNT] = {false};
        if (!count_one(index, (enum har_rule)late.rule, late.level, late.source, &late.rule))
            return false;
        in[late.rule] = true;
        if (late.row != UINT32_MAX && !join_set(index, &index->row[late.row].set, in))
            return false;
        struct html_rule *rule = &index->rule[late.rule];
        if (rule->places < HTML_PLACES)
            rule->place[rule->places++] = (struct html_place){late.row, late.pointer, late.message};
        index->late[kept++] = late;
    }
    index->lates = kept;
    return true;
}
