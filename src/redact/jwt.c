/* JSON Web Tokens (RFC 7519): what is needed to see how a flow works stays, the rest goes. */
#include <string.h>

#include "redact/level.h"
#include "util/base64_any.h"
#include "util/text.h"

enum { JWT_DEPTH = 64 };

/* Claims that tell who issued a token for whom and how long it lives (RFC 7519, 8693, 9068, OpenID Connect Core), not about whom.
 */
static const char *const harmless[] = {"iss", "aud", "exp", "iat", "nbf", "scope",    "scp",
                                       "azp", "amr", "acr", "ver", "typ", "token_use"};

/* Numbers among them and beside them. */
static const char *const times[] = {"exp", "iat", "nbf", "auth_time"};

/* A payload that is read once, from front to end, and written anew. */
struct claims {
    struct redact_engine *engine;
    struct har_text text;
    size_t at;
    struct har_buffer *out;
    bool keep, is_time; /* the value that comes is one of a harmless claim, is a time */
};

static bool is_one_of(struct har_text name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_exactly(name, names[i]))
            return true;
    return false;
}

static bool copy(struct claims *claims, size_t len)
{
    const bool good = har_buffer_append(claims->out, claims->text.bytes + claims->at, len);
    claims->at += len;
    return good;
}

static char next(const struct claims *claims)
{
    return claims->at < claims->text.len ? claims->text.bytes[claims->at] : '\0';
}

static bool copy_blanks(struct claims *claims)
{
    size_t len = 0;
    while (claims->at + len < claims->text.len && strchr(" \t\r\n", claims->text.bytes[claims->at + len]) &&
           claims->text.bytes[claims->at + len])
        len++;
    return copy(claims, len);
}

/* Length of the string at hand with its quotes; 0: there is none. */
static size_t string_length(const struct claims *claims)
{
    if (next(claims) != '"')
        return 0;
    for (size_t at = claims->at + 1; at < claims->text.len; at++) {
        const unsigned char c = (unsigned char)claims->text.bytes[at];
        if (c == '"')
            return at + 1 - claims->at;
        if (c < ' ')
            return 0;
        at += c == '\\';
    }
    return 0;
}

static bool put_string(struct claims *claims)
{
    const size_t len = string_length(claims);
    struct redact_engine *const engine = claims->engine;
    if (!len)
        return false;
    const struct har_text value = {claims->text.bytes + claims->at + 1, len - 2};
    if (claims->keep || !value.len)
        return copy(claims, len);
    struct redact_edits edits = {0};
    redact_secret(engine, value, 0, value.len, REDACT_RULE_CLAIM, &edits);
    bool good = har_buffer_append_char(claims->out, '"') && redact_edits_apply(&edits, value, claims->out) &&
                har_buffer_append_char(claims->out, '"');
    good = good && !edits.failed;
    if (!good)
        redact_fail(engine, har_error_memory(&engine->error));
    redact_edits_release(&edits);
    claims->at += len;
    return good;
}

/* Numbers, true, false, null. */
static bool put_word(struct claims *claims)
{
    size_t len = 0;
    while (claims->at + len < claims->text.len && !strchr(" \t\r\n,]}\":[{", claims->text.bytes[claims->at + len]))
        len++;
    const struct har_text word = {claims->text.bytes + claims->at, len};
    if (text_is_exactly(word, "true") || text_is_exactly(word, "false") || text_is_exactly(word, "null"))
        return copy(claims, len);
    if (!len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!text_is_digit(word.bytes[i]) && !strchr("+-.eE", word.bytes[i]))
            return false;
    if (claims->is_time)
        return copy(claims, len);
    claims->at += len;
    return har_buffer_append_char(claims->out, '0');
}

static bool put_value(struct claims *claims, unsigned depth);

/* A member's name stays. Of the payload's own members it tells what becomes of the value. */
static bool put_name(struct claims *claims, unsigned depth)
{
    const size_t len = string_length(claims);
    if (!len)
        return false;
    const struct har_text name = {claims->text.bytes + claims->at + 1, len - 2};
    const bool own = depth == 1;
    claims->keep = own && is_one_of(name, harmless, sizeof harmless / sizeof *harmless);
    claims->is_time = own && is_one_of(name, times, sizeof times / sizeof *times);
    return copy(claims, len) && copy_blanks(claims) && next(claims) == ':' && copy(claims, 1);
}

/* Objects and arrays. What is in an object that is a claim's value goes, whatever the claim. */
static bool put_container(struct claims *claims, unsigned depth)
{
    const bool object = next(claims) == '{', keep = claims->keep && !object;
    const char end = object ? '}' : ']';
    if (depth > JWT_DEPTH || !copy(claims, 1) || !copy_blanks(claims))
        return false;
    if (next(claims) == end)
        return copy(claims, 1);
    for (;;) {
        if (!copy_blanks(claims) || (object && !put_name(claims, depth)))
            return false;
        if (!object) {
            claims->keep = keep;
            claims->is_time = false;
        }
        if (!put_value(claims, depth) || !copy_blanks(claims))
            return false;
        if (next(claims) == end)
            return copy(claims, 1);
        if (next(claims) != ',' || !copy(claims, 1))
            return false;
    }
}

static bool put_value(struct claims *claims, unsigned depth)
{
    if (!copy_blanks(claims))
        return false;
    switch (next(claims)) {
    case '{':
    case '[':
        return put_container(claims, depth + 1);
    case '"':
        return put_string(claims);
    default:
        return put_word(claims);
    }
}

/* Appends an object with its claims replaced. False: it is no object of JSON. */
static bool put_claims(struct redact_engine *engine, struct har_text json, struct har_buffer *out)
{
    struct claims claims = {.engine = engine, .text = json, .out = out};
    return copy_blanks(&claims) && next(&claims) == '{' && put_value(&claims, 0) && copy_blanks(&claims) && claims.at == json.len;
}

/* A header is an object of JSON: that much is asked of it. */
static bool is_header(struct har_text json)
{
    json = text_trim(json);
    return json.len > 1 && json.bytes[0] == '{' && json.bytes[json.len - 1] == '}';
}

/* Appends a part with what finders and dictionary still find in it replaced. Without that it is copied, as it was spelled. */
static bool put_part(struct redact_engine *engine, struct har_text json, struct har_text spelled, bool changed,
                     struct har_buffer *out)
{
    static const struct base64_look look = {.url_safe = true};
    struct level *const level = redact_level_take(engine);
    bool good = false;
    if (level) {
        engine->depth++;
        redact_level(engine, json, REDACT_AS_TEXT, &level->edits);
        engine->depth--;
        redact_edits_settle(&level->edits, json);
        changed |= level->edits.count > 0;
        good = !changed ? har_buffer_append(out, spelled.bytes, spelled.len)
                        : redact_edits_apply(&level->edits, json, &level->made) &&
                              base64_encode_as((struct har_text){level->made.data, level->made.len}, look, out);
    }
    if (!good)
        redact_fail(engine, har_error_memory(&engine->error));
    redact_level_give(engine, level);
    return good;
}

static bool put_signature(struct redact_engine *engine, struct har_text signature, struct har_buffer *out)
{
    struct redact_edits edits = {0};
    if (signature.len && !redact_is_redacted(signature)) {
        if (!engine->finding && !redact_sealed(engine->dictionary))
            redact_fail(engine, redact_learn(engine->dictionary, signature, "jwt", 0, &engine->error));
        const struct har_text token = redact_token(engine->dictionary, signature);
        redact_edits_add(&edits, (struct redact_edit){.end = signature.len},
                         token.len ? token : (struct har_text){"redacted-jwt-0", strlen("redacted-jwt-0")});
    } else if (signature.len) {
        redact_secret(engine, signature, 0, signature.len, REDACT_RULE_CREDENTIAL, &edits); /* notes the token's number */
    }
    const bool good = redact_edits_apply(&edits, signature, out) && !edits.failed;
    if (!good)
        redact_fail(engine, har_error_memory(&engine->error));
    redact_edits_release(&edits);
    return good;
}

/* Exactly three parts. */
static bool take_apart(struct har_text token, struct har_text part[3])
{
    for (unsigned i = 0; i < 2; i++) {
        const size_t dot = text_find(token, '.');
        if (dot == token.len)
            return false;
        part[i] = text_take(&token, dot, 1);
    }
    part[2] = token;
    return text_find(token, '.') == token.len;
}

bool redact_jwt(struct redact_engine *engine, struct har_text token, struct har_buffer *out)
{
    struct har_text part[3];
    engine->decoded = true;
    if (engine->depth >= REDACT_DEPTH_MOST || !take_apart(token, part))
        return false;
    struct level *const head = redact_level_take(engine), *const body = redact_level_take(engine);
    bool good = false;
    if (head && body && base64_any_decode(part[0], &head->plain) && base64_any_decode(part[1], &body->plain)) {
        const struct har_text json = {head->plain.data, head->plain.len}, claims = {body->plain.data, body->plain.len};
        if (is_header(json) && put_claims(engine, claims, &body->made)) {
            const struct har_text made = {body->made.data, body->made.len};
            good = put_part(engine, json, part[0], false, out) && har_buffer_append_char(out, '.') &&
                   put_part(engine, made, part[1], !text_equal(made, claims), out) && har_buffer_append_char(out, '.') &&
                   put_signature(engine, part[2], out);
        }
    }
    redact_level_give(engine, body);
    redact_level_give(engine, head);
    return good;
}
