/* The value of a header, by its name. */
#include "redact/places.h"
#include "util/text.h"
#include "util/token.h"

/* Parameters of credentials that tell nothing to others; all that are not here go. */
static const char *const harmless[] = {"algorithm",
                                       "charset",
                                       "domain",
                                       "error",
                                       "error_description",
                                       "hash-algorithm",
                                       "nc",
                                       "oauth_callback",
                                       "oauth_signature_method",
                                       "oauth_timestamp",
                                       "oauth_version",
                                       "qop",
                                       "realm",
                                       "scope",
                                       "signedheaders",
                                       "stale",
                                       "ts",
                                       "uri",
                                       "userhash",
                                       "headers",
                                       "keyid_type"};

/* Parameters of challenges that are secret; all others stay. */
static const char *const secret[] = {"nonce", "opaque", "response", "cnonce", "nextnonce", "rspauth", "data", "sid"};

static bool is_one_of(struct har_text name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(name, list[i]))
            return true;
    return false;
}

/* The rule for the value of a parameter of a header with `rule`; REDACT_NO_RULE: it stays. */
static uint16_t rule_for(struct redact_engine *engine, struct har_text name, uint16_t rule, bool challenge)
{
    if (redact_keeps(engine->rules, name))
        return REDACT_NO_RULE;
    if (text_is(name, "username"))
        return places_verdict(engine, name, REDACT_NAME_PARAMETER).rule; /* a person's */
    if (!challenge)
        return is_one_of(name, harmless, sizeof harmless / sizeof *harmless) ? REDACT_NO_RULE : rule;
    const bool goes = is_one_of(name, secret, sizeof secret / sizeof *secret) ||
                      (places_verdict(engine, name, REDACT_NAME_PARAMETER).rule != REDACT_NO_RULE && !text_is(name, "realm"));
    return goes ? rule : REDACT_NO_RULE;
}

/* The value behind an equals sign at `at`: in quotes, or up to a comma or blank. Where it ends. */
static size_t parameter_value(struct har_text text, size_t at, size_t *start, size_t *stop)
{
    while (at < text.len && (text.bytes[at] == ' ' || text.bytes[at] == '\t'))
        at++;
    const bool quoted = at < text.len && text.bytes[at] == '"';
    at += quoted;
    *start = at;
    while (at < text.len && (quoted ? text.bytes[at] != '"' : text.bytes[at] != ',' && text.bytes[at] != ' '))
        at += 1 + (quoted && text.bytes[at] == '\\' && at + 1 < text.len);
    if (at > text.len)
        at = text.len;
    *stop = at;
    return at + (quoted && at < text.len);
}

/* 'Digest realm="a", nonce="b"': a rule for the values of names that go. */
static void parameters(struct redact_engine *engine, struct har_text text, size_t at, uint16_t rule, bool challenge,
                       struct redact_edits *edits)
{
    while (at < text.len && !engine->failed) {
        const size_t len = token_length(text.bytes + at, text.len - at);
        const struct har_text name = {text.bytes + at, len};
        size_t start, stop, equals = at + len;
        while (equals < text.len && text.bytes[equals] == ' ')
            equals++;
        if (!len || equals >= text.len || text.bytes[equals] != '=') {
            at += len ? len : 1;
            continue;
        }
        at = parameter_value(text, equals + 1, &start, &stop);
        const uint16_t own = rule_for(engine, name, rule, challenge);
        if (own != REDACT_NO_RULE)
            places_whole(engine, text, start, stop, own, edits);
    }
}

/* Whether the rest of a value is a list of parameters and no base64 with padding. */
static bool is_list(struct har_text rest)
{
    const size_t len = token_length(rest.bytes, rest.len);
    size_t at = len;
    while (at < rest.len && rest.bytes[at] == ' ')
        at++;
    return len && at + 1 < rest.len && rest.bytes[at] == '=' && rest.bytes[at + 1] != '=';
}

static void credential(struct redact_engine *engine, struct har_text text, uint16_t rule, struct redact_edits *edits)
{
    const size_t from = (size_t)(text_trim(text).bytes - text.bytes);
    const size_t len = token_length(text.bytes + from, text.len - from);
    size_t at = from + len, end = text.len;
    while (at < text.len && (text.bytes[at] == ' ' || text.bytes[at] == '\t'))
        at++;
    while (end > at && (unsigned char)text.bytes[end - 1] <= ' ')
        end--;
    const struct har_text rest = {text.bytes + at, end - at};
    if (!len || at == from + len || !rest.len) /* no scheme */
        places_whole(engine, text, from, from + text_trim(text).len, rule, edits);
    else if (is_list(rest))
        parameters(engine, text, at, rule, false, edits);
    else if (text_is((struct har_text){text.bytes + from, len}, "basic"))
        redact_basic(engine, text, at, end, rule, edits);
    else
        places_whole(engine, text, at, end, rule, edits);
}

/* What of the value is looked at besides, when it does not go as a whole. */
static const enum redact_how hows[] = {
    [REDACT_VALUE] = REDACT_AS_TEXT,     [REDACT_SCHEME] = REDACT_AS_TEXT,
    [REDACT_COOKIE] = REDACT_AS_COOKIES, [REDACT_SET_COOKIE] = REDACT_AS_SET_COOKIE,
    [REDACT_PARAMS] = REDACT_AS_TEXT,    [REDACT_ADDRESS] = REDACT_AS_URL,
    [REDACT_TEXT] = REDACT_AS_TEXT,
};

void redact_find_header(struct redact_engine *engine, struct har_text name, struct har_text value, struct redact_edits *edits)
{
    const struct har_text clean = text_trim(name);
    const struct redact_verdict verdict = places_verdict(engine, clean, REDACT_NAME_HEADER);
    const struct har_text inner = text_trim(value);
    const size_t start = inner.len ? (size_t)(inner.bytes - value.bytes) : 0;
    const bool is_kept = redact_keeps(engine->rules, clean);
    if (!inner.len)
        return;
    if (verdict.rule != REDACT_NO_RULE && verdict.treat == REDACT_SCHEME)
        credential(engine, value, verdict.rule, edits);
    else if (verdict.rule != REDACT_NO_RULE && verdict.treat == REDACT_PARAMS)
        parameters(engine, value, start, verdict.rule, true, edits);
    else if (verdict.rule != REDACT_NO_RULE && (verdict.treat == REDACT_VALUE || verdict.treat == REDACT_TEXT))
        places_whole(engine, value, start, start + inner.len, verdict.rule, edits);
    redact_level(engine, value, is_kept ? REDACT_AS_TEXT : hows[verdict.treat], edits);
}
