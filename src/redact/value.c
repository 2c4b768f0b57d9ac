/* Which values of names are secrets. */
#include <string.h>
#include <strings.h>

#include "redact/level.h"
#include "redact/text.h"
#include "util/text.h"

enum {
    TAIL_MOST = 24, /* letters at the end of a name that tell what it names */
    BARE_LEAST = 6, /* bytes of a value without quotes */
    CODE_LEAST = 4, /* bytes of a value in code */
};

/* What names of secrets end in. A name that has such a word elsewhere ("passwordStrength", "sessionTimeout") mostly names something
 * about the secret: in code and markup more is asked of its value then. Of letters with marks there is none in them. */
static const char *const tails[] = {
    "password",    "passwd",       "passphrase",  "passcode",      "passwort",   "kennwort",   "pwd",         "pass",
    "secret",      "token",        "apikey",      "accesskey",     "secretkey",  "privatekey", "accountkey",  "authkey",
    "jwt",         "csrf",         "xsrf",        "authorization", "sessionid",  "sessid",     "sessionkey",  "otp",
    "cvv",         "cvc",          "credential",  "assertion",     "signature",  "passw",      "contrasea",   "passkey",
    "privkey",     "dbkey",        "clientkey",   "encryptionkey", "signingkey", "servicekey", "databasekey", "subscriptionkey",
    "functionkey", "functionskey", "consumerkey", "motdepasse",    "senha",      "contrasena", "verifier",    "viewstate",
    "cardnumber",
};

/* Numbers that are no secrets, whatever else their names say. */
static const char *const counts_words[] = {
    "count",  "timeout",  "expires", "expiry",    "expiresin", "expiration", "length", "size",   "limit",
    "index",  "ttl",      "maxage",  "version",   "duration",  "interval",   "age",    "time",   "timestamp",
    "status", "attempts", "retries", "remaining", "level",     "number",     "total",  "offset", "position",
    "width",  "height",   "usage",   "minutes",   "seconds",   "days",
};

static const char *const schemes[] = {"basic ", "bearer ", "token ", "digest ", "negotiate ", "dpop ", "ssws ", "apikey ", "ntlm "};

/* The letters at the end of a name, in lower case, without marks, digits and the s of a plural. */
static size_t tail_of(const struct text_scan *scan, const struct text_name *name, char *tail)
{
    size_t len = 0, at = name->end;
    while (at > name->start && len < TAIL_MOST) {
        const unsigned char c = text_at(scan, --at);
        if ((c | 32) >= 'a' && (c | 32) <= 'z')
            tail[TAIL_MOST - ++len] = (char)(c | 32);
        else if (c == '.' || c == ':')
            break;
    }
    const char *const from = tail + TAIL_MOST - len;
    memmove(tail, from, len);
    return len > 3 && tail[len - 1] == 's' && tail[len - 2] != 's' ? len - 1 : len;
}

static bool ends_in(const char *tail, size_t len, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t word = strlen(words[i]);
        if (len >= word && memcmp(tail + len - word, words[i], word) == 0)
            return true;
    }
    return false;
}

/* The name is that of the secret itself. Of names in other scripts nobody knows better. */
static bool names_secret(const struct text_scan *scan, const struct text_name *name)
{
    char tail[TAIL_MOST];
    const size_t len = tail_of(scan, name, tail);
    return len == 0 || (unsigned char)scan->text.bytes[name->end - 1] >= 0x80 ||
           ends_in(tail, len, tails, sizeof tails / sizeof *tails);
}

bool text_number_counts(const struct text_scan *scan, const struct text_name *name)
{
    static const char *const within[] = {"max", "min", "expir"};
    char tail[TAIL_MOST];
    const size_t len = tail_of(scan, name, tail);
    for (size_t i = 0; i < sizeof within / sizeof *within; i++)
        if (memmem(tail, len, within[i], strlen(within[i])))
            return true;
    return ends_in(tail, len, counts_words, sizeof counts_words / sizeof *counts_words);
}

/* A path: no part of it is a secret by itself. */
static bool is_path(struct har_text value)
{
    if (value.bytes[0] != '/')
        return false;
    while (value.len) {
        const char *const slash = memchr(value.bytes + 1, '/', value.len - 1);
        const size_t len = slash ? (size_t)(slash - value.bytes) : value.len;
        if (text_looks_random((struct har_text){value.bytes + 1, len - 1}))
            return false;
        value.bytes += len;
        value.len -= len;
    }
    return true;
}

/* What names a place, or what is to be found there (subresource integrity), not a secret. */
static bool is_address(struct har_text value)
{
    static const char *const begins[] = {"http://", "https://", "//", "./", "../", "#", ".", "sha256-", "sha384-", "sha512-"};
    if (text_looks_padded(value))
        return false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        const size_t len = strlen(begins[i]);
        if (value.len >= len && !strncasecmp(value.bytes, begins[i], len))
            return true;
    }
    return is_path(value);
}

/* Whether the value is a name itself: tables of names are common in code. */
static bool is_name(const struct text_scan *scan, struct har_text value)
{
    const struct redact_engine *const engine = scan->engine;
    return value.len <= TEXT_NAME_MOST &&
           redact_name(engine->rules, value, REDACT_NAME_TEXT, engine->options.pii).rule != REDACT_NO_RULE;
}

/* Only letters: "swordfish" may be a password, "session_start" is a word of a program. */
static bool word_counts(const struct text_scan *scan, struct har_text value, bool strong)
{
    if (text_looks_random(value))
        return true;
    if (!strong || value.len < BARE_LEAST || is_name(scan, value))
        return false;
    for (size_t i = 1; i < value.len; i++) {
        const unsigned char c = (unsigned char)value.bytes[i];
        if ((c | 32) < 'a' || (c | 32) > 'z' || ((c ^ (unsigned char)value.bytes[1]) & 32))
            return false;
    }
    return true;
}

/* A token of ours stands in it: what was a secret there is gone, and how it looks now tells nothing about what it was. */
static bool has_token(struct har_text value)
{
    static const char begin[] = "redacted-";
    while (value.len) {
        const char *const found = memmem(value.bytes, value.len, begin, sizeof begin - 1);
        if (!found)
            return false;
        value.len -= (size_t)(found - value.bytes);
        value.bytes = found;
        if (redact_token_length(value))
            return true;
        value.bytes++;
        value.len--;
    }
    return false;
}

/* What follows the closing quotes of "name: " + ... */
static bool is_behind_quotes(struct har_text value)
{
    const char first = value.bytes[0], last = value.bytes[value.len - 1];
    return (first && strchr(",);]}", first)) || (first == '+' && last == '+');
}

/* A value in quotes that stands in code under a name without quotes. */
static bool counts_in_code(const struct text_scan *scan, const struct text_name *name, struct har_text value)
{
    const bool strong = names_secret(scan, name);
    if (value.len < CODE_LEAST || text_looks_prose(value) || text_looks_template(value) || text_looks_literal(value) ||
        is_address(value) || text_looks_size(value) || is_behind_quotes(value) || has_token(value))
        return false;
    if (text_looks_word(value))
        return word_counts(scan, value, strong);
    size_t odd = 0;
    for (size_t i = 0; i < value.len; i++)
        odd += value.bytes[i] && strchr("()<>{};|\n\"'", value.bytes[i]) != NULL;
    if (odd)
        return text_looks_mess(value);
    if (text_has_digit(value))
        return strong || value.len >= BARE_LEAST + 2;
    return (strong && value.len >= BARE_LEAST && !memchr(value.bytes, ' ', value.len)) || text_looks_random(value) ||
           text_looks_mess(value);
}

static bool counts_in_markup(const struct text_scan *scan, const struct text_name *name, struct har_text value)
{
    if (value.len < 2 || text_looks_template(value) || (text_looks_word(value) && is_name(scan, value)))
        return false;
    return names_secret(scan, name) ||
           !(text_looks_literal(value) || text_looks_prose(value) || is_address(value) || has_token(value));
}

/* What requests of scripts say about credentials. */
static bool is_mode(struct har_text value)
{
    return text_is(value, "include") || text_is(value, "omit") || text_is(value, "same-origin");
}

static bool counts(const struct text_scan *scan, const struct text_name *name, enum text_style style, struct har_text value)
{
    if (is_mode(value))
        return false;
    if (name->verdict.tier == REDACT_EXACT)
        return (text_looks_random(value) || text_looks_coded(value)) && !is_address(value) && !text_looks_template(value) &&
               !has_token(value) && !(style == TEXT_CODE && strchr("/+,", value.bytes[0]) && !text_looks_padded(value));
    switch (style) {
    case TEXT_CODE:
        return counts_in_code(scan, name, value);
    case TEXT_MARKUP:
        return counts_in_markup(scan, name, value);
    default:
        return names_secret(scan, name) || !(text_looks_literal(value) || (is_address(value) && value.bytes[0] == 's') ||
                                             (text_looks_word(value) && is_name(scan, value)));
    }
}

void text_take_all(struct text_scan *scan, uint16_t rule, size_t start, size_t end)
{
    struct redact_engine *const engine = scan->engine;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        const size_t len = strlen(schemes[i]);
        if (end - start <= len || strncasecmp(scan->text.bytes + start, schemes[i], len))
            continue;
        start = text_skip_blanks(scan, start + len);
        if (i == 0 && start < end) {
            redact_basic(engine, scan->text, start, end, REDACT_RULE_CREDENTIAL, scan->edits);
            return;
        }
        break;
    }
    if (start >= end)
        return;
    struct redact_match match;
    bool failed = false;
    if (redact_match_at(engine->matcher, scan->matching, scan->text, start, &match, &failed) && match.form == REDACT_FORM_JWT &&
        match.start == start && match.end == end)
        redact_secret_as(engine, scan->text, start, end, match.rule, REDACT_SECRET_JWT, scan->edits);
    else
        redact_secret(engine, scan->text, start, end, rule, scan->edits);
    if (failed)
        redact_fail(engine, har_error_memory(&engine->error));
    text_scan_value(scan, start, end);
}

/* document.cookie = "name" + ...: without "=" there is no value. */
static bool names_cookie(const struct text_scan *scan, const struct text_name *name)
{
    static const char member[] = ".cookie";
    const size_t len = sizeof member - 1;
    return name->end - name->start > len && !memcmp(scan->text.bytes + name->end - len, member, len);
}

/* "Cookie" as a member or a row of a list, or document.cookie: its value is read as a header's is. */
static bool take_as_header(struct text_scan *scan, const struct text_name *name, enum text_style style, size_t start, size_t end)
{
    struct text_name header = *name;
    const char *const bytes = scan->text.bytes, *const dot = memrchr(bytes + name->start, '.', name->end - name->start);
    if (dot)
        header.start = (size_t)(dot - bytes) + 1;
    if (!text_know(scan, &header, REDACT_NAME_HEADER))
        return false;
    if (names_cookie(scan, name)) /* scripts write it as Set-Cookie has it */
        header.verdict.treat = REDACT_SET_COOKIE;
    const uint8_t treat = header.verdict.treat;
    const bool pairs = memchr(bytes + start, '=', end - start) && text_looks_pair(scan, start, end) &&
                       !(style == TEXT_CODE && memmem(bytes + start, end - start, "${", 2));
    if (treat == REDACT_SCHEME ? !memchr(bytes + start, ' ', end - start)
                               : !pairs || (treat != REDACT_COOKIE && treat != REDACT_SET_COOKIE && treat != REDACT_PARAMS))
        return false;
    text_take_header(scan, &header, start, end);
    return true;
}

bool text_take_quoted(struct text_scan *scan, const struct text_name *name, enum text_style style, size_t start, size_t end)
{
    if (end <= start)
        return false;
    const struct har_text value = {scan->text.bytes + start, end - start};
    if (redact_is_redacted(value))
        return true; /* as what stood there before was */
    if (name->verdict.tier == REDACT_ANY && take_as_header(scan, name, style, start, end))
        return true;
    if (!counts(scan, name, style, value) || (style == TEXT_CODE && names_cookie(scan, name)))
        return false;
    text_take_all(scan, name->verdict.rule, start, end);
    return true;
}

static bool bare_counts(const struct text_scan *scan, const struct text_name *name, enum text_style style, struct har_text value)
{
    if (style == TEXT_PARAM)
        return !text_looks_template(value) && !(value.len == 1 && value.bytes[0] == '$');
    if (text_looks_template(value) || text_looks_literal(value) || is_address(value) || has_token(value))
        return false;
    if (text_looks_padded(value))
        return name->verdict.tier == REDACT_ANY || style == TEXT_LINE;
    if (name->verdict.tier == REDACT_EXACT)
        return style == TEXT_LINE && text_looks_random(value) && !text_looks_expression(value);
    if (style == TEXT_LINE && names_secret(scan, name) && value.len >= BARE_LEAST && !is_name(scan, value))
        return !text_looks_size(value);
    return value.len >= BARE_LEAST && text_has_digit(value) && (!text_looks_expression(value) || text_looks_token(value)) &&
           !text_looks_size(value);
}

/* Names of headers have a "-" in them mostly, names in code do not: there a word may be the name of something. */
bool text_is_line_value(const struct text_scan *scan, const struct text_name *name, struct har_text value)
{
    const unsigned char last = (unsigned char)value.bytes[value.len - 1], first = (unsigned char)value.bytes[0];
    if (redact_is_redacted(value))
        return true;
    if (text_looks_prose(value) || text_looks_literal(value) || text_looks_template(value) || is_address(value) ||
        (last && strchr(",;{([", last)) || first == '{' || first == '[' || has_token(value))
        return false;
    if (memchr(scan->text.bytes + name->start, '-', name->end - name->start))
        return value.len >= CODE_LEAST;
    if (text_has_digit(value))
        return value.len >= BARE_LEAST && !memchr(value.bytes, '(', value.len);
    return names_secret(scan, name) && value.len >= BARE_LEAST && !memchr(value.bytes, ' ', value.len) &&
           !memchr(value.bytes, '.', value.len) && !is_name(scan, value);
}

bool text_take_bare(struct text_scan *scan, const struct text_name *name, enum text_style style, size_t start, size_t end)
{
    const struct har_text value = {scan->text.bytes + start, end > start ? end - start : 0};
    if (!value.len || !(redact_is_redacted(value) || bare_counts(scan, name, style, value)))
        return false;
    text_take_all(scan, name->verdict.rule, start, end);
    return true;
}
