/* A secret that a finder found: learned with its parts, or replaced by its token. */
#include <string.h>

#include "redact/level.h"
#include "redact/replay.h"
#include "util/base64_any.h"
#include "util/text.h"

enum {
    NUMBER_LEAST = 14, /* digits of a number that is looked for elsewhere: shorter ones may be times */
    TOKEN_MOST = 512,  /* bytes of base64 that may be that of a token */
};

/* Base64 of the beginning of an object in JSON. Whatever a JWT stands for, it becomes the same one everywhere. */
#define JWT_FRONT "eyJ"

/* Literals and fillers: to replace them would say nothing and change much. */
static bool says_nothing(struct har_text value)
{
    static const char *const words[] = {"true", "false", "null", "undefined", "none", "nil", "0", "-", "*", "\"\"", "''"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(value, words[i]))
            return true;
    return false;
}

/* Length of what may stand between tokens: a character that no secret is made of, escaped perhaps. */
static size_t punctuation(struct har_text text)
{
    const unsigned char c = (unsigned char)text.bytes[0];
    if (c == '%' && text.len > 2) {
        const int high = text_hex(text.bytes[1]), low = text_hex(text.bytes[2]);
        if (high == 2 || (high == 3 && low > 9) || (high == 5 && low > 10) || (high == 7 && low > 10))
            return low < 0 ? 0 : 3;
    }
    return c < 0x80 && c > ' ' && !text_is_letter((char)c) && !text_is_digit((char)c) ? 1 : 0;
}

static bool is_made_of_tokens(struct har_text value)
{
    bool any = false;
    while (value.len) {
        const size_t token = redact_token_length(value);
        const size_t len = token ? token : punctuation(value);
        if (!len)
            return false;
        any |= token > 0;
        value.bytes += len;
        value.len -= len;
    }
    return any;
}

static bool is_base64_of_token(struct har_text value)
{
    char bytes[TOKEN_MOST];
    const size_t len = value.len < TOKEN_MOST ? base64_any_front(value, bytes) : 0;
    return len && redact_is_token((struct har_text){bytes, len});
}

bool redact_is_redacted(struct har_text value)
{
    return is_made_of_tokens(value) || is_base64_of_token(value);
}

/* Numbers of tokens in an input are not given again. */
static void learn_tokens(struct redact_engine *engine, struct har_text value)
{
    char bytes[TOKEN_MOST];
    const size_t len = value.len < TOKEN_MOST ? base64_any_front(value, bytes) : 0;
    redact_learn_tokens(engine->dictionary, (struct har_text){bytes, len});
    redact_learn_tokens(engine->dictionary, value);
}

static void learn(struct redact_engine *engine, struct har_text value, uint16_t rule, unsigned flags)
{
    if (!value.len || engine->finding || engine->failed || redact_sealed(engine->dictionary))
        return;
    redact_fail(engine, redact_learn(engine->dictionary, value, redact_rule(engine->rules, rule)->kind,
                                     flags & REDACT_SECRET_HERE ? REDACT_LEARN_HERE : 0, &engine->error));
}

/* What of a value is a secret by itself: without its quotes, and both halves of a signed cookie ("s:value.signature", encoded or
 * not). */
static void learn_parts(struct redact_engine *engine, struct har_text value, uint16_t rule, unsigned flags)
{
    const char quote = value.bytes[0];
    if (value.len > 2 && (quote == '"' || quote == '\'') && value.bytes[value.len - 1] == quote) {
        value = (struct har_text){value.bytes + 1, value.len - 2};
        learn(engine, value, rule, flags);
    }
    const size_t signed_by = text_begins(value, "s%3A") ? 4 : text_begins(value, "s:") ? 2 : 0;
    const char *const dot = signed_by ? memrchr(value.bytes, '.', value.len) : NULL;
    if (!dot)
        return;
    const size_t at = (size_t)(dot - value.bytes);
    learn(engine, (struct har_text){value.bytes + signed_by, at - signed_by}, rule, flags);
    learn(engine, (struct har_text){dot + 1, value.len - at - 1}, rule, flags);
}

static void learn_number(struct redact_engine *engine, struct har_text value, uint16_t rule, unsigned flags)
{
    size_t digits = 0;
    while (digits < value.len && text_is_digit(value.bytes[digits]))
        digits++;
    if (digits == value.len && digits >= NUMBER_LEAST)
        learn(engine, value, rule, flags);
}

/* The first token that stands in a text; empty: none does. */
static struct har_text token_in(struct har_text text)
{
    static const char front[] = "redacted-";
    while (text.len) {
        const char *const found = memmem(text.bytes, text.len, front, sizeof front - 1);
        if (!found)
            break;
        text_take(&text, (size_t)(found - text.bytes), 0);
        const size_t len = redact_token_length(text);
        if (len)
            return (struct har_text){found, len};
        text_take(&text, 1, 0);
    }
    return (struct har_text){"", 0};
}

/* Appends the token of `value`. There is none before the dictionary is sealed, and in texts that the first reading did not see:
 * then it is that of what was a part of it. */
static bool append_token(struct redact_engine *engine, struct har_text value, uint16_t rule, bool base64, struct har_buffer *out)
{
    struct har_buffer made;
    struct har_text token = redact_token(engine->dictionary, value);
    if (!token.len && redact_sealed(engine->dictionary))
        token = token_in(value);
    har_buffer_init(&made, TOKEN_MOST);
    bool good = token.len ? har_buffer_append(&made, token.bytes, token.len)
                          : har_buffer_printf(&made, "redacted-%s-0", redact_rule(engine->rules, rule)->kind);
    const struct har_text text = {made.data, made.len};
    good = good && (base64 ? base64_encode(text, out) : har_buffer_append(out, text.bytes, text.len));
    har_buffer_release(&made);
    return good;
}

/* Appends what the value becomes, and learns it. False: nothing is to be changed, or memory is short. */
static bool replacement(struct redact_engine *engine, struct har_text value, uint16_t rule, unsigned flags, struct har_buffer *out)
{
    if (flags & REDACT_SECRET_NUMBER) {
        learn_number(engine, value, rule, flags);
        return har_buffer_append_char(out, '0');
    }
    if ((flags & REDACT_SECRET_JWT || text_begins(value, JWT_FRONT)) && redact_jwt(engine, value, out)) {
        if (text_equal(value, (struct har_text){out->data, out->len}))
            return false;
        learn(engine, value, rule, flags);
        return true;
    }
    out->len = 0;
    learn(engine, value, rule, flags);
    learn_parts(engine, value, rule, flags);
    const bool good = append_token(engine, value, rule, flags & REDACT_SECRET_BASE64, out);
    if (!good)
        redact_fail(engine, har_error_memory(&engine->error));
    return good;
}

void redact_secret_as(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule, unsigned flags,
                      struct redact_edits *edits)
{
    if (end <= start || engine->failed)
        return;
    const struct har_text value = {text.bytes + start, end - start};
    if (says_nothing(value))
        return;
    if (redact_is_redacted(value)) {
        learn_tokens(engine, value);
        return;
    }
    struct level *level = redact_level_take(engine);
    if (!level)
        return;
    if (replacement(engine, value, rule, flags, &level->made)) {
        redact_edits_add(edits, (struct redact_edit){.start = start, .end = end, .rule = rule},
                         (struct har_text){level->made.data, level->made.len});
        if (engine->noting && engine->noting == text.bytes)
            replay_add(engine->replay, start, end, rule, flags);
    }
    redact_level_give(engine, level);
}

void redact_secret(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                   struct redact_edits *edits)
{
    redact_secret_as(engine, text, start, end, rule, 0, edits);
}

/* The value is learned first, so that tokens are numbered as their values come. */
void redact_basic(struct redact_engine *engine, struct har_text text, size_t start, size_t end, uint16_t rule,
                  struct redact_edits *edits)
{
    const struct har_text value = {text.bytes + start, end > start ? end - start : 0};
    redact_secret(engine, text, start, end, rule, edits);
    if (redact_sealed(engine->dictionary) || redact_is_redacted(value))
        return;
    struct level *level = redact_level_take(engine);
    if (!level)
        return;
    if (base64_any_decode(value, &level->plain)) {
        const struct har_text pair = {level->plain.data, level->plain.len};
        const size_t colon = text_find(pair, ':');
        if (colon < pair.len) {
            learn(engine, pair, rule, 0);
            learn(engine, (struct har_text){pair.bytes + colon + 1, pair.len - colon - 1}, rule, 0);
        }
    }
    redact_level_give(engine, level);
}
