/* Names with values, and patterns, in any text. */
#include <string.h>
#include <strings.h>

#include "redact/level.h"
#include "redact/text.h"

/* What may follow a name that has a value: anything else ends the matter at once. */
static bool may_have_value(unsigned char c)
{
    switch (c) {
    case ':':
    case '=':
    case '"':
    case '\'':
    case '`':
    case '\\':
    case '&':
    case '<':
    case '>':
    case '/':
    case ' ':
    case '\t':
        return true;
    default:
        return false;
    }
}

/* Letters, digits, _ $ . - [ ], and what is not ASCII: a bit each. */
bool text_is_name_byte(unsigned char c)
{
    static const uint64_t bits[4] = {0x03ff601000000000u, 0x07fffffeaffffffeu, 0xffffffffffffffffu, 0xffffffffffffffffu};
    return bits[c >> 6] >> (c & 63) & 1;
}

size_t text_skip_blanks(const struct text_scan *scan, size_t at)
{
    const size_t most = at + TEXT_BLANKS_MOST;
    while (at < most && (text_at(scan, at) == ' ' || (text_at(scan, at) >= '\t' && text_at(scan, at) <= '\r')))
        at++;
    return at;
}

size_t text_skip_blanks_back(const struct text_scan *scan, size_t at)
{
    const size_t least = at > TEXT_BLANKS_MOST ? at - TEXT_BLANKS_MOST : 0;
    while (at > least && (text_at(scan, at - 1) == ' ' || (text_at(scan, at - 1) >= '\t' && text_at(scan, at - 1) <= '\r')))
        at--;
    return at;
}

/* In markup the names of own attributes begin so: "data-state". */
static struct har_text own_name(struct har_text name)
{
    static const char front[] = "data-";
    const size_t len = sizeof front - 1;
    return name.len > len && !strncasecmp(name.bytes, front, len) ? (struct har_text){name.bytes + len, name.len - len} : name;
}

bool text_know(const struct text_scan *scan, struct text_name *name, enum redact_name_place place)
{
    const struct redact_engine *const engine = scan->engine;
    const struct har_text text = own_name((struct har_text){scan->text.bytes + name->start, name->end - name->start});
    if (place != REDACT_NAME_HEADER && name->verdict.tier != REDACT_HARMLESS)
        return true;
    for (size_t i = 0; i + 9 < text.len; i++)
        if (text.bytes[i] == 'r' && redact_token_length((struct har_text){text.bytes + i, text.len - i}))
            return false;
    name->verdict = redact_name(engine->rules, text, place, engine->options.pii);
    if (name->verdict.rule == REDACT_NO_RULE)
        name->verdict.tier = REDACT_HARMLESS;
    return name->verdict.tier != REDACT_HARMLESS;
}

void text_scan_value(struct text_scan *scan, size_t start, size_t end)
{
    if (scan->nested >= TEXT_NESTED_MOST)
        return;
    struct text_scan inner = *scan;
    inner.begin = start;
    inner.text.len = end;
    inner.nested++;
    text_scan_range(&inner, start);
    scan->parts_done = inner.parts_done;
}

/* The stretch of name bytes around `at`, and of that what is a name: its last bytes, without marks around it. */
static void extend(const struct text_scan *scan, size_t at, struct text_name *name, size_t *end)
{
    size_t start = at, stop = at;
    while (start > scan->begin && at - start < TEXT_NAME_MOST && text_is_name_byte(text_at(scan, start - 1)))
        start--;
    while (stop < scan->text.len && text_is_name_byte((unsigned char)scan->text.bytes[stop]))
        stop++;
    *end = stop;
    if (stop - start > TEXT_NAME_MOST)
        start = stop - TEXT_NAME_MOST;
    while (start < stop && (text_at(scan, start) == '-' || text_at(scan, start) == '.' || text_at(scan, start) == '['))
        start++;
    *name = (struct text_name){.start = start, .end = stop};
}

/* Where a name between quotes that goes on with other signs ("token[a-z]+": 1) ends: at the quote in front of its colon. 0: it is
 * no such name. */
static size_t quoted_end(const struct text_scan *scan, const struct text_name *name)
{
    const size_t most = name->end + TEXT_NAME_MOST;
    size_t at = name->end;
    if (text_at(scan, name->start - 1) != '"')
        return 0;
    while (at < most && text_at(scan, at) > ' ' && !strchr("\"\\,:;={}<>", text_at(scan, at)))
        at++;
    return text_at(scan, at) == '"' && text_at(scan, text_skip_blanks(scan, at + 1)) == ':' ? at : 0;
}

typedef size_t find_fn(struct text_scan *scan, struct text_name *name);

/* Around a name: the first that says "mine" has it. */
static size_t find_around(struct text_scan *scan, struct text_name *name)
{
    static find_fn *const finders[] = {text_find_line, text_find_assignment, text_find_attribute,
                                       text_find_pair, text_find_element,    text_find_told};
    if (name->start == name->end)
        return 0;
    if (!may_have_value(text_at(scan, name->end))) {
        const size_t end = quoted_end(scan, name);
        if (!end)
            return 0;
        name->end = end;
    }
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++) {
        const size_t next = finders[i](scan, name);
        if (next)
            return next;
    }
    return 0;
}

static size_t find_pattern(struct text_scan *scan, size_t at)
{
    struct redact_engine *const engine = scan->engine;
    struct redact_match match;
    bool failed = false;
    const bool found = redact_match_at(engine->matcher, scan->matching, scan->text, at, &match, &failed);
    if (failed)
        redact_fail(engine, har_error_memory(&engine->error));
    if (!found || failed)
        return 0;
    if (match.form == REDACT_FORM_JWT)
        redact_secret_as(engine, scan->text, match.start, match.end, match.rule, REDACT_SECRET_JWT, scan->edits);
    else
        text_take_credential(scan, match.rule, match.start, match.end);
    return match.stop;
}

void text_scan_range(struct text_scan *scan, size_t from)
{
    const struct har_redact_rules *const rules = scan->engine->rules;
    size_t known = from; /* up to here names were looked at */
    size_t at = redact_trigger(rules, scan->text, from);
    while (at < scan->text.len && !scan->engine->failed) {
        size_t next = at + 1;
        if (at >= known && text_is_name_byte(text_at(scan, at))) {
            struct text_name name;
            extend(scan, at, &name, &known);
            const size_t behind = find_around(scan, &name);
            next = behind > next ? behind : next;
            known = behind > known ? behind : known;
        }
        const size_t behind = find_pattern(scan, at);
        next = behind > next ? behind : next;
        at = redact_trigger(rules, scan->text, next);
    }
}

void redact_find_text(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    struct redact_matching matching = {0};
    struct text_scan scan = {.engine = engine, .edits = edits, .text = text, .matching = &matching};
    struct redact_match match;
    text_scan_range(&scan, 0);
    text_find_user(&scan);
    if (!engine->options.pii)
        return;
    for (size_t at = 0; redact_next_person(engine->matcher, text, at, &match) && !engine->failed; at = match.stop)
        redact_secret(engine, text, match.start, match.end, match.rule, edits);
}
