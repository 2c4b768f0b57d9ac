/* Header lines in texts: "Name: value" on a line, in quotes (curl -H), or in the middle of a line when the value says so. */
#include <string.h>
#include <strings.h>

#include "redact/level.h"
#include "redact/text.h"

enum {
    SCHEME_LOOK = 16,  /* bytes before a credential where its scheme stands */
    NAMELESS_LEAST = 6 /* bytes of a cookie without a name */
};

void text_take_credential(struct text_scan *scan, uint16_t rule, size_t start, size_t end)
{
    static const char basic[] = "basic";
    const size_t word = text_skip_blanks_back(scan, start), len = sizeof basic - 1;
    if (word < start && word >= scan->begin + len && start - word < SCHEME_LOOK &&
        !strncasecmp(scan->text.bytes + word - len, basic, len))
        redact_basic(scan->engine, scan->text, start, end, rule, scan->edits);
    else
        redact_secret(scan->engine, scan->text, start, end, rule, scan->edits);
}

/* The parts of a header's value are looked at by themselves, in which there may be headers again: no deeper than levels are. */
static bool is_too_deep(const struct redact_engine *engine, size_t len)
{
    return engine->depth >= REDACT_DEPTH_MOST || (engine->busy && engine->work < len);
}

void text_take_header(struct text_scan *scan, const struct text_name *name, size_t start, size_t end)
{
    struct redact_engine *const engine = scan->engine;
    struct level *level = is_too_deep(engine, end - start) ? NULL : redact_level_take(engine);
    if (!level) {
        redact_secret(engine, scan->text, start, end, name->verdict.rule, scan->edits);
        return;
    }
    const char *const bytes = scan->text.bytes;
    const struct har_text value = {bytes + start, end - start};
    const uint8_t treat = name->verdict.treat;
    engine->depth++;
    if (treat == REDACT_COOKIE || treat == REDACT_SET_COOKIE)
        redact_find_cookies(engine, value, treat == REDACT_SET_COOKIE, &level->edits);
    else
        redact_find_header(engine, (struct har_text){bytes + name->start, name->end - name->start}, value, &level->edits);
    engine->depth--;
    for (size_t i = 0; i < level->edits.count; i++) {
        struct redact_edit edit = level->edits.edit[i];
        const struct har_text by = {level->edits.texts.data + edit.by, edit.by_len};
        edit.start += start;
        edit.end += start;
        redact_edits_add(scan->edits, edit, by);
    }
    redact_level_give(engine, level);
}

/* Where a line's name may begin: at the text's or a line's beginning, perhaps behind what clients print before headers. */
static bool begins_line(const struct text_scan *scan, size_t at)
{
    if (at >= scan->begin + 2 && text_at(scan, at - 1) == ' ' && strchr("<>*", text_at(scan, at - 2)) && text_at(scan, at - 2))
        at -= 2;
    const unsigned char before = text_at(scan, at - 1);
    return at == scan->begin || before == '\n' || before == '\r';
}

static size_t line_end(const struct text_scan *scan, size_t at)
{
    while (at < scan->text.len && text_at(scan, at) != '\n' && text_at(scan, at) != '\r')
        at++;
    return at;
}

/* "a=b" at the front: what cookies look like, and code does not. */
bool text_looks_pair(const struct text_scan *scan, size_t at, size_t end)
{
    const size_t start = at;
    while (at < end && at - start < TEXT_NAME_MOST && (text_is_name_byte(text_at(scan, at)) || text_at(scan, at) == '%'))
        at++;
    return at > start && at + 1 < end && text_at(scan, at) == '=' && text_at(scan, at + 1) > ' ' && text_at(scan, at + 1) != '=';
}

/* Letters and a blank, and something else behind it. */
static bool looks_scheme(const struct text_scan *scan, size_t at, size_t end)
{
    const size_t start = at;
    while (at < end && at - start < SCHEME_LOOK && (text_at(scan, at) | 32) >= 'a' && (text_at(scan, at) | 32) <= 'z')
        at++;
    return at > start && text_at(scan, at) == ' ' && at + 1 < end && text_is_name_byte(text_at(scan, at + 1));
}

/* Whether a value is one that a header with this name has, not a sentence or code behind a word and a colon. In the middle of a
 * line only its front tells. */
static bool is_header_value(const struct text_scan *scan, const struct text_name *name, size_t start, size_t end, bool alone)
{
    const struct har_text value = {scan->text.bytes + start, end - start};
    switch (name->verdict.treat) {
    case REDACT_COOKIE:
    case REDACT_SET_COOKIE:
        return text_looks_pair(scan, start, end) || (alone && value.len >= NAMELESS_LEAST && text_has_digit(value) &&
                                                     !memchr(value.bytes, ' ', value.len) && !text_looks_template(value));
    case REDACT_SCHEME:
        return alone ? value.len > 5 && !text_looks_expression(value) : looks_scheme(scan, start, end);
    default:
        if (!alone || end <= start)
            return false;
        if (name->verdict.tier == REDACT_EXACT)
            return text_looks_random(value) && !text_looks_expression(value);
        return text_is_line_value(scan, name, value);
    }
}

/* The end of a value in the middle of a line: that, or the quotes that it stands in, whichever. */
static size_t words_end(const struct text_scan *scan, size_t at)
{
    while (at < scan->text.len && !strchr("\r\n\"'`<\\", text_at(scan, at)))
        at++;
    return at;
}

/* What the name says as a header's, and (names of headers apart) as any. */
static bool know_header(const struct text_scan *scan, struct text_name *name)
{
    struct text_name plain = *name;
    if (!text_know(scan, name, REDACT_NAME_HEADER))
        return false;
    if (name->verdict.treat == REDACT_VALUE && text_know(scan, &plain, REDACT_NAME_TEXT))
        name->verdict.tier = plain.verdict.tier;
    return true;
}

size_t text_find_line(struct text_scan *scan, struct text_name *name)
{
    struct text_quote quote, inner;
    if (text_at(scan, name->end) != ':' || text_at(scan, name->end + 1) == ':' || text_at(scan, name->end + 1) == '=')
        return 0;
    const bool quoted = text_quote_before(scan, name->start, &quote), line = begins_line(scan, name->start);
    size_t start = name->end + 1;
    while (text_at(scan, start) == ' ' || text_at(scan, start) == '\t')
        start++;
    if (start >= scan->text.len || (!quoted && !line && start == name->end + 1) || (!quoted && text_quote_at(scan, start, &inner)))
        return 0;
    struct text_name header = *name;
    if (!know_header(scan, &header))
        return 0;
    size_t next, end;
    if (!quoted && !line) {
        const size_t near = scan->text.len - start > TEXT_NAME_MOST ? start + TEXT_NAME_MOST : scan->text.len;
        if (!is_header_value(scan, &header, start, near, false))
            return 0;
        end = next = words_end(scan, start);
    } else {
        end = quoted ? text_quote_end(scan, start, &quote, &next) : (next = line_end(scan, start));
        if (end <= start || !is_header_value(scan, &header, start, end, true))
            return 0;
    }
    text_take_header(scan, &header, start, end);
    return next;
}

/* "The password is 1a2b3c", and a column behind that of the name: values that look like nothing else. */
size_t text_find_told(struct text_scan *scan, struct text_name *name)
{
    static const char is[] = " is ";
    size_t start = name->end, end;
    const bool column = text_at(scan, start) == '\t' && begins_line(scan, name->start);
    if (column)
        start++;
    else if (scan->text.len - start > sizeof is - 1 && !memcmp(scan->text.bytes + start, is, sizeof is - 1))
        start += sizeof is - 1;
    else
        return 0;
    for (end = start; end < scan->text.len && text_at(scan, end) > ' ' && text_at(scan, end) != '<';)
        end++;
    while (end > start && strchr(".,;:!?\"')", text_at(scan, end - 1)))
        end--;
    const struct har_text value = {scan->text.bytes + start, end - start};
    if (!value.len || value.len > TEXT_NAME_MOST || !text_looks_random(value) ||
        (!column && text_looks_expression(value) && !text_looks_token(value)))
        return 0;
    if (!text_know(scan, name, REDACT_NAME_TEXT) || name->verdict.tier != REDACT_ANY || redact_is_redacted(value))
        return 0;
    text_take_all(scan, name->verdict.rule, start, end);
    return end;
}

/* curl -u user:password; nothing in it is a name. */
void text_find_user(struct text_scan *scan)
{
    static const char *const options[] = {" -u", " --user ", " --proxy-user "};
    struct text_quote quote;
    if (scan->text.len < 5 || memcmp(scan->text.bytes, "curl ", 5))
        return;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const char *const found = memmem(scan->text.bytes, scan->text.len, options[i], strlen(options[i]));
        if (!found)
            continue;
        size_t start = (size_t)(found - scan->text.bytes) + strlen(options[i]), end, next;
        while (text_at(scan, start) == ' ')
            start++;
        end = start;
        if (text_quote_at(scan, start, &quote)) {
            start += quote.len;
            end = text_quote_end(scan, start, &quote, &next);
        } else {
            while (end < scan->text.len && text_at(scan, end) > ' ')
                end++;
        }
        const char *const colon = memchr(scan->text.bytes + start, ':', end - start);
        if (colon)
            redact_secret(scan->engine, scan->text, (size_t)(colon - scan->text.bytes) + 1, end, REDACT_RULE_USERINFO, scan->edits);
    }
}
