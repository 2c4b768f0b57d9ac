/* The values of cookies, as headers and scripts carry them. */
#include <strings.h>

#include "redact/places.h"
#include "util/text.h"
#include "util/token.h"

/* Attributes of Set-Cookie; what has another name may be a cookie behind a comma, or a value. */
static const char *const attributes[] = {"expires",     "max-age",  "domain",  "path",       "secure",
                                         "httponly",    "samesite", "version", "comment",    "discard",
                                         "partitioned", "priority", "port",    "commenturl", "sameparty"};

static bool is_attribute(struct har_text name)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (text_is(name, attributes[i]))
            return true;
    return false;
}

static void value_of(struct redact_engine *engine, struct har_text text, struct har_text name, struct har_text value,
                     struct redact_edits *edits)
{
    struct redact_verdict verdict = places_verdict(engine, name, REDACT_NAME_COOKIE);
    const size_t start = (size_t)(value.bytes - text.bytes);
    if (redact_keeps(engine->rules, name))
        return;
    if (verdict.rule == REDACT_NO_RULE)
        verdict.rule = REDACT_RULE_COOKIE;
    places_whole(engine, text, start, start + value.len, verdict.rule, edits);
}

/* "name=value"; a word alone is the value of a cookie without a name, behind Set-Cookie's first one only when it looks like one. */
static void pair(struct redact_engine *engine, struct har_text text, struct har_text part, bool first, struct redact_edits *edits)
{
    struct har_text name, value;
    const bool has_name = text_find(part, '=') < part.len;
    const struct har_text none = {"", 0};
    text_split(part, '=', &name, &value);
    name = text_trim(name);
    if (has_name)
        value_of(engine, text, name, text_trim(value), edits);
    else if (name.len && (first ? !is_attribute(name) : places_is_token(name, PLACES_TOKEN_LEAST)))
        value_of(engine, text, none, name, edits);
}

/* "Path=/, next=value": clients join the lines of several headers with commas. */
static void behind_comma(struct redact_engine *engine, struct har_text text, struct har_text part, struct redact_edits *edits)
{
    struct har_text piece;
    size_t comma;
    while ((comma = text_find(part, ',')) < part.len) {
        text_take(&part, comma, 1);
        piece = text_trim(part);
        const size_t name = token_length(piece.bytes, piece.len);
        if (name && name < piece.len && piece.bytes[name] == '=') {
            pair(engine, text, piece, false, edits);
            return;
        }
    }
}

static void attribute(struct redact_engine *engine, struct har_text text, struct har_text part, struct redact_edits *edits)
{
    struct har_text name, value;
    text_split(part, '=', &name, &value);
    name = text_trim(name);
    if (is_attribute(name))
        behind_comma(engine, text, part, edits);
    else
        pair(engine, text, part, false, edits);
}

static void set_cookie_line(struct redact_engine *engine, struct har_text text, struct har_text line, struct redact_edits *edits)
{
    struct har_text part;
    bool first = true;
    while (text_part(&line, ';', &part) && !engine->failed) {
        if (first)
            pair(engine, text, part, true, edits);
        else
            attribute(engine, text, part, edits);
        first = false;
    }
}

void redact_find_cookies(struct redact_engine *engine, struct har_text text, bool set_cookie, struct redact_edits *edits)
{
    struct har_text rest = text, part;
    while (text_part(&rest, set_cookie ? '\n' : ';', &part) && !engine->failed) {
        if (set_cookie)
            set_cookie_line(engine, text, part, edits);
        else
            pair(engine, text, part, true, edits);
    }
}
