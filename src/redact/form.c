/* Parameters of forms and addresses. */
#include <stdlib.h>
#include <string.h>

#include "redact/level.h"
#include "redact/places.h"
#include "util/percent.h"
#include "util/text.h"

enum {
    NAMES = 512,
    NAME_BYTES = 40,
    SCHEME_MOST = 16, /* bytes before the :// of an address */
    BARE_LEAST = 4,
    BARE_MOST = 1 << 16, /* longer texts are more than an address or a form */
};

/* Verdicts of short names: captures have few of them, again and again. */
struct places_names {
    struct places_name {
        char bytes[NAME_BYTES];
        uint8_t len, place; /* len 0: free */
        struct redact_verdict verdict;
    } name[NAMES];
};

static struct redact_verdict judge_name(const struct redact_engine *engine, struct har_text name, enum redact_name_place place)
{
    struct redact_verdict verdict = {.rule = REDACT_NO_RULE, .tier = REDACT_HARMLESS, .treat = REDACT_TEXT};
    if (!name.len || name.len > PLACES_NAME_MOST)
        return verdict;
    if (redact_keeps(engine->rules, name))
        return verdict;
    if (redact_drops(engine->rules, name))
        return (struct redact_verdict){.rule = REDACT_RULE_DROPPED, .tier = REDACT_ANY, .treat = REDACT_VALUE};
    return redact_name(engine->rules, name, place, engine->options.pii);
}

static size_t slot_of(struct har_text name, enum redact_name_place place)
{
    uint32_t hash = (uint32_t)place * 0x9e3779b1u + (uint32_t)name.len;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.bytes[i]) * 0x01000193u;
    return (hash ^ hash >> 15) % NAMES;
}

struct redact_verdict places_verdict(struct redact_engine *engine, struct har_text name, enum redact_name_place place)
{
    if (!engine->names)
        engine->names = calloc(1, sizeof *engine->names);
    if (!engine->names || !name.len || name.len > NAME_BYTES)
        return judge_name(engine, name, place);
    struct places_name *const known = &engine->names->name[slot_of(name, place)];
    if (known->len == name.len && known->place == place && memcmp(known->bytes, name.bytes, name.len) == 0)
        return known->verdict;
    known->verdict = judge_name(engine, name, place);
    known->len = (uint8_t)name.len;
    known->place = (uint8_t)place;
    memcpy(known->bytes, name.bytes, name.len);
    return known->verdict;
}

void places_release(struct redact_engine *engine)
{
    if (engine->names)
        explicit_bzero(engine->names, sizeof *engine->names);
    free(engine->names);
    engine->names = NULL;
}

/* An address or a path to a file: parts of it may be secret, but where it stands elsewhere it is an address. */
static bool is_address(struct har_text value)
{
    if (text_begins(value, "http:") || text_begins(value, "https:") || text_begins(value, "http%3A") ||
        text_begins(value, "https%3A"))
        return true;
    return value.len && *value.bytes == '/' && text_find(value, '.') < value.len;
}

void places_whole(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                  struct redact_edits *edits)
{
    if (end - start >= 2 && (text.bytes[start] == '"' || text.bytes[start] == '\'') && text.bytes[end - 1] == text.bytes[start]) {
        start++;
        end--;
    }
    if (end <= start)
        return;
    const struct har_text value = {text.bytes + start, end - start};
    const unsigned flags = (text_begins(value, "ey") ? REDACT_SECRET_JWT : 0) | (is_address(value) ? REDACT_SECRET_HERE : 0);
    redact_secret_as(engine, text, start, end, rule, flags, edits);
    const bool first_reading = !redact_sealed(engine->dictionary) && !engine->finding;
    if (first_reading && !redact_is_redacted(value))
        redact_part(engine, text, start, end, REDACT_AS_TEXT, edits);
}

/* What a value of a parameter is the same as, however it is spelled: decoded, a blank as +. Its own bytes when that changes
 * nothing. */
struct har_text places_plain(struct har_text value, struct level *level)
{
    static const int most = 3;
    if (!memchr(value.bytes, '%', value.len) && !memchr(value.bytes, ' ', value.len))
        return value;
    har_buffer_clear(&level->plain);
    bool good = percent_decode(value.bytes, value.len, false, &level->plain);
    for (int i = 1; good && i < most && memchr(level->plain.data, '%', level->plain.len); i++) {
        har_buffer_clear(&level->made);
        good = percent_decode(level->plain.data, level->plain.len, false, &level->made);
        const struct har_buffer decoded = level->made;
        level->made = level->plain;
        level->plain = decoded;
    }
    for (size_t i = 0; i < level->plain.len; i++)
        if (level->plain.data[i] == ' ')
            level->plain.data[i] = '+';
    return good ? (struct har_text){level->plain.data, level->plain.len} : value;
}

void places_value(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                  struct redact_edits *edits)
{
    struct level *const level = end > start ? redact_level_take(engine) : NULL;
    if (!level)
        return;
    const struct har_text value = {text.bytes + start, end - start}, plain = places_plain(value, level);
    if (plain.bytes == value.bytes) {
        places_whole(engine, text, start, end, rule, edits);
    } else {
        redact_secret(engine, plain, 0, plain.len, rule, &level->edits);
        for (size_t i = 0; i < level->edits.count; i++)
            redact_edits_add(edits, (struct redact_edit){.start = start, .end = end, .rule = rule},
                             (struct har_text){level->edits.texts.data + level->edits.edit[i].by, level->edits.edit[i].by_len});
        if (level->edits.count && !redact_sealed(engine->dictionary) && !engine->finding)
            redact_part(engine, text, start, end, REDACT_AS_TEXT, edits);
    }
    redact_level_give(engine, level);
}

bool places_is_token(struct har_text value, size_t least)
{
    bool digit = false, upper = false, lower = false;
    if (value.len < least || redact_is_redacted(value))
        return false;
    for (size_t i = 0; i < value.len; i++) {
        const char c = value.bytes[i];
        if ((unsigned char)c <= ' ' || c == '"' || c == '<' || c == '>')
            return false;
        digit |= text_is_digit(c);
        upper |= c >= 'A' && c <= 'Z';
        lower |= c >= 'a' && c <= 'z';
    }
    return digit || (upper && lower);
}

/* Where the first of the signs that part parameters in a value stands, or `end`. */
static size_t next_inner(struct har_text text, size_t at, size_t end)
{
    while (at < end && text.bytes[at] != ';' && text.bytes[at] != '?' && text.bytes[at] != '#')
        at++;
    return at;
}

/* One parameter from `start` to `end`. Without a rule what follows a ; ? # or = in it is looked at as if it were one by itself. */
static void parameter(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits)
{
    while (start < end) {
        const size_t equals = start + text_find((struct har_text){text.bytes + start, end - start}, '=');
        size_t name = equals, cut = next_inner(text, start, end);
        if (equals >= end)
            return;
        while (cut < equals) { /* "/path?name=value", "a;name=value" */
            start = cut + 1;
            cut = next_inner(text, start, end);
        }
        while (name > start && equals - name < PLACES_NAME_MOST && text.bytes[name - 1] != '/')
            name--;
        const struct redact_verdict verdict =
            places_verdict(engine, (struct har_text){text.bytes + name, equals - name}, REDACT_NAME_PARAMETER);
        if (verdict.rule != REDACT_NO_RULE) {
            places_value(engine, text, equals + 1, end, verdict.rule, edits);
            return;
        }
        start = cut < end ? cut + 1 : equals + 1;
    }
}

void places_parameters(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits)
{
    while (start < end && !engine->failed) {
        const size_t stop = start + text_find((struct har_text){text.bytes + start, end - start}, '&');
        parameter(engine, text, start, stop, edits);
        start = stop + 1;
        if (end - start >= 4 && stop < end && memcmp(text.bytes + start, "amp;", 4) == 0)
            start += 4;
    }
}

void redact_find_form(struct redact_engine *engine, struct har_text text, bool semicolons, struct redact_edits *edits)
{
    struct har_text rest = text, part;
    if (!semicolons) {
        places_parameters(engine, text, 0, text.len, edits);
        return;
    }
    while (text_part(&rest, ';', &part)) {
        const size_t start = (size_t)(part.bytes - text.bytes);
        places_parameters(engine, text, start, start + part.len, edits);
    }
}

bool places_is_form(struct har_text text)
{
    static const size_t look_at = 4096;
    const size_t equals = text_find((struct har_text){text.bytes, text.len < 256 ? text.len : 256}, '=');
    if (!equals || equals >= text.len || equals >= 256 || (equals + 1 < text.len && text.bytes[equals + 1] == '='))
        return false;
    const bool several = text_find(text, '&') < text.len;
    if (!several &&
        (text_find(text, ';') < text.len || (equals + 1 < text.len && strchr("\"'`", text.bytes[equals + 1])))) /* code */
        return false;
    for (size_t i = 0; i < text.len && i < look_at; i++) {
        const char c = text.bytes[i];
        if ((unsigned char)c <= ' ' || c == '<' || c == '>' ||
            (i < equals && (c == '{' || c == '"' || c == '/' || c == ':' || c == '(')))
            return false;
    }
    return true;
}

/* What forms are made of when they are written without blanks: no quotes, no brackets but those of names. */
static bool is_form_byte(char c)
{
    return text_is_letter(c) || text_is_digit(c) || (unsigned char)c >= 0x80 || (c && strchr("%+&=-_.~*!:;,/@$[]?", c));
}

/* Whether all of the text is parameters: several, or one whose name is encoded or says by itself that its value is secret. */
static bool is_bare_form(struct redact_engine *engine, struct har_text text)
{
    const size_t equals = text_find((struct har_text){text.bytes, text.len < PLACES_NAME_MOST ? text.len : PLACES_NAME_MOST}, '=');
    if (!equals || equals + 1 >= text.len || equals >= PLACES_NAME_MOST || text.bytes[equals + 1] == '=')
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!is_form_byte(text.bytes[i]) || (i < equals && strchr("/:@,!;&", text.bytes[i])))
            return false;
    if (memchr(text.bytes + equals, '&', text.len - equals))
        return true;
    const size_t question = *text.bytes == '?' || *text.bytes == '#' ? 1 : 0;
    const struct redact_verdict verdict =
        places_verdict(engine, (struct har_text){text.bytes + question, equals - question}, REDACT_NAME_PARAMETER);
    return verdict.rule == REDACT_NO_RULE ? question : verdict.tier == REDACT_ANY;
}

static bool is_bare_address(struct har_text text)
{
    const size_t colon = text_find((struct har_text){text.bytes, text.len < SCHEME_MOST ? text.len : SCHEME_MOST}, ':');
    if (*text.bytes != '/' && (colon + 2 >= text.len || colon >= SCHEME_MOST || memcmp(text.bytes + colon, "://", 3) != 0))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.bytes[i] <= ' ' || strchr("\"'<>`{}()", text.bytes[i]))
            return false;
    return true;
}

void places_bare_form(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    if (text.len >= BARE_LEAST && text.len <= BARE_MOST && is_bare_form(engine, text))
        places_parameters(engine, text, *text.bytes == '?' || *text.bytes == '#', text.len, edits);
}

void redact_find_bare(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    if (text.len < BARE_LEAST || text.len > BARE_MOST)
        return;
    if (is_bare_address(text))
        redact_find_address(engine, text, edits);
    else
        places_bare_form(engine, text, edits);
}

enum redact_how places_how(struct har_text mime, struct har_text text)
{
    mime = text_trim(mime);
    if (text_begins(mime, "application/x-www-form-urlencoded"))
        return REDACT_AS_FORM;
    if (text_begins(mime, "multipart/"))
        return REDACT_AS_MULTIPART;
    const bool is_known = mime.len && !text_begins(mime, "text/plain") && !text_begins(mime, "application/octet-stream");
    if (!is_known && text.len > 4 && text.bytes[0] == '-' && text.bytes[1] == '-')
        return REDACT_AS_MULTIPART;
    return !is_known && places_is_form(text) ? REDACT_AS_FORM : REDACT_AS_TEXT;
}
