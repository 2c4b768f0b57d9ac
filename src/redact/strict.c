/* The mode strict: every text becomes a token but for what a list allows at its place. */
#include <stdio.h>
#include <string.h>

#include "derive/http.h"
#include "redact/level.h"
#include "redact/places.h"
#include "util/ip.h"
#include "util/iso8601.h"
#include "util/sha256.h"
#include "util/text.h"
#include "util/url.h"

enum { WHOLE_MOST = 256 }; /* longer texts are learned by their hash */

static size_t offset_of(struct har_text text, struct har_text part)
{
    return part.len ? (size_t)(part.bytes - text.bytes) : 0;
}

enum { KEY_ROOM = 2 * SHA256_SIZE + 8 };

/* What is learned for a text: what it decodes to, so that a parameter is the same in its address and beside it; of a long one the
 * hash of that. */
static struct har_text key_of(struct har_text value, struct level *level, char room[KEY_ROOM])
{
    unsigned char digest[SHA256_SIZE];
    struct sha256 hash;
    const struct har_text plain = places_plain(value, level);
    if (plain.len <= WHOLE_MOST)
        return plain;
    sha256_init(&hash);
    sha256_add(&hash, plain.bytes, plain.len);
    sha256_end(&hash, digest);
    int len = snprintf(room, 8, "sha256:");
    for (size_t i = 0; i < SHA256_SIZE; i++)
        len += snprintf(room + len, 3, "%02x", digest[i]);
    return (struct har_text){room, (size_t)len};
}

static void replace_key(struct redact_engine *engine, struct har_text key, struct redact_edit edit, const char *kind,
                        struct redact_edits *edits)
{
    char unknown[64];
    if (!redact_sealed(engine->dictionary)) {
        if (!engine->finding)
            redact_fail(engine, redact_learn(engine->dictionary, key, kind, REDACT_LEARN_HERE, &engine->error));
        redact_edits_add(edits, edit, (struct har_text){"-", 1});
        return;
    }
    struct har_text token = redact_token(engine->dictionary, key);
    if (!token.len) /* only in texts that the first reading did not see */
        token = (struct har_text){unknown, (size_t)snprintf(unknown, sizeof unknown, "redacted-%s-0", kind)};
    redact_edits_add(edits, edit, token);
}

void strict_replace(struct redact_engine *engine, struct har_text text, size_t start, size_t end, const char *kind,
                    struct redact_edits *edits)
{
    char room[KEY_ROOM];
    const struct har_text value = {text.bytes + start, end - start};
    if (end <= start || engine->failed)
        return;
    if (redact_is_redacted(value)) {
        redact_learn_tokens(engine->dictionary, value);
        return;
    }
    struct level *const level = redact_level_take(engine);
    if (!level)
        return;
    replace_key(engine, key_of(value, level, room), (struct redact_edit){.start = start, .end = end, .rule = REDACT_RULE_STRICT},
                kind, edits);
    redact_level_give(engine, level);
}

static void replace(struct redact_engine *engine, struct har_text text, struct har_text part, const char *kind,
                    struct redact_edits *edits)
{
    const size_t start = offset_of(text, part);
    if (part.len)
        strict_replace(engine, text, start, start + part.len, kind, edits);
}

/* ---- addresses */

/* Parameters: names of a list stay, all values go. */
static void form(struct redact_engine *engine, struct har_text text, struct har_text rest, struct redact_edits *edits)
{
    struct har_text part, name, value;
    while (text_part(&rest, '&', &part)) {
        text_split(part, '=', &name, &value);
        if (!strict_is_parameter(name))
            replace(engine, text, name, "name", edits);
        replace(engine, text, value, "value", edits);
    }
}

/* "/", "..", and empty segments tell nothing. */
static void path(struct redact_engine *engine, struct har_text text, struct har_text rest, struct redact_edits *edits)
{
    struct har_text segment;
    while (text_part(&rest, '/', &segment))
        if (!text_is_exactly(segment, ".") && !text_is_exactly(segment, "..") && !text_is_exactly(segment, "*"))
            replace(engine, text, segment, "path", edits);
}

static bool is_known_scheme(struct har_text scheme)
{
    static const char *const known[] = {"http", "https", "ws", "wss", "blob", "data", "about", "file", "chrome-extension", "ftp"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_is(scheme, known[i]))
            return true;
    return false;
}

static void userinfo(struct redact_engine *engine, struct har_text text, struct har_text part, struct redact_edits *edits)
{
    struct har_text name, password;
    text_split(part, ':', &name, &password);
    replace(engine, text, name, "name", edits);
    replace(engine, text, password, "password", edits);
}

/* Text without the scheme of its own: "data:..." and others whose inside is not known. */
static void opaque(struct redact_engine *engine, struct har_text text, const struct url *url, struct redact_edits *edits)
{
    struct har_text rest = text;
    if (!is_known_scheme(url->scheme)) /* it stays one: without it a relative address would be left */
        replace(engine, text, url->scheme, "scheme", edits);
    text_take(&rest, url->scheme.len, 1);
    if (text_is_exactly(rest, "blank"))
        return;
    replace(engine, text, rest, "path", edits);
}

static bool is_port(struct har_text port)
{
    for (size_t i = 0; i < port.len; i++)
        if (!text_is_digit(port.bytes[i]))
            return false;
    return port.len <= 5;
}

static void authority(struct redact_engine *engine, struct har_text text, const struct url *url, struct redact_edits *edits)
{
    if (url->userinfo.len)
        userinfo(engine, text, url->userinfo, edits);
    if (url->bracketed && url->host.len && url->host.bytes > text.bytes && text.len > offset_of(text, url->host) + url->host.len)
        strict_replace(engine, text, offset_of(text, url->host) - 1, offset_of(text, url->host) + url->host.len + 1, "host", edits);
    else
        replace(engine, text, url->host, "host", edits);
    if (!is_port(url->port))
        replace(engine, text, url->port, "port", edits);
}

static void address(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    struct url url;
    url_split(text.bytes, text.len, &url);
    if (!url.scheme.len && url.kind == URL_OTHER) {
        replace(engine, text, text, "url", edits);
        return;
    }
    if (url.after_bracket || (url.has_authority && !url.host.len && url.scheme.len)) {
        replace(engine, text, text, "url", edits);
        return;
    }
    if (url.kind == URL_OTHER && (!url.has_authority || !is_known_scheme(url.scheme))) {
        opaque(engine, text, &url, edits);
        return;
    }
    authority(engine, text, &url, edits);
    path(engine, text, url.path, edits);
    form(engine, text, url.query, edits);
    replace(engine, text, url.fragment, "fragment", edits);
}

/* ---- other texts */

static void host(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    struct url url = {0};
    struct har_text name = text_trim(text);
    if (name.len && *name.bytes == '.') /* of cookies */
        text_take(&name, 0, 1);
    url_split_authority(name, &url);
    authority(engine, text, &url, edits);
}

/* An address of the ranges for documentation, its number that of the token. */
static void ip(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    static const char *const ranges[] = {"192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"};
    char made[64];
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (text_begins(text, ranges[i]) && ip_form(text.bytes, text.len) == IP_LITERAL)
            return;
    const size_t first = edits->count;
    strict_replace(engine, text, 0, text.len, "ip", edits);
    if (edits->count == first || !redact_sealed(engine->dictionary) || ip_form(text.bytes, text.len) == IP_NOT)
        return;
    const struct redact_edit made_by = edits->edit[--edits->count];
    const struct har_text token = {edits->texts.data + made_by.by, made_by.by_len};
    const char *const dash = memrchr(token.bytes, '-', token.len);
    const struct har_text number = {dash + 1, token.len - (size_t)(dash + 1 - token.bytes)};
    unsigned long value = 0;
    bool decimal = number.len < 10;
    for (size_t i = 0; i < number.len && decimal; i++) {
        decimal = text_is_digit(number.bytes[i]);
        value = value * 10 + (unsigned long)(number.bytes[i] - '0');
    }
    int len;
    if (decimal && value < 255)
        len = snprintf(made, sizeof made, "192.0.2.%lu", value);
    else if (decimal)
        len = snprintf(made, sizeof made, "2001:db8::%lx:%lx", value >> 16, value & 0xffff);
    else /* ten digits of a keyed hash */
        len = snprintf(made, sizeof made, "2001:db8::%.2s:%.4s:%.4s", number.bytes, number.bytes + 2, number.bytes + 6);
    redact_edits_add(edits, made_by, (struct har_text){made, (size_t)len});
}

/* The type and its parameters, of which charset may stay. */
static void mime(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    struct har_text rest = text, part, name, value;
    bool first = true;
    while (text_part(&rest, ';', &part)) {
        part = text_trim(part);
        text_split(part, '=', &name, &value);
        if (first && !strict_is_mime(part))
            replace(engine, text, part, "type", edits);
        else if (!first && !(text_is(text_trim(name), "charset") && strict_is_word(text_trim(value)))) {
            if (!text_is(name, "charset") && !text_is(name, "boundary"))
                replace(engine, text, name, "name", edits);
            replace(engine, text, value, "value", edits);
        }
        first = false;
    }
}

static bool is_version(struct har_text text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += text_is_digit(text.bytes[i]);
        if (!text_is_digit(text.bytes[i]) && text.bytes[i] != '.')
            return false;
    }
    return digits && text.len <= 24;
}

static bool is_date(struct har_text text)
{
    return iso8601_parse(text.bytes, text.len, NULL) != ISO8601_NOT || strict_is_http_date(text);
}

/* What the mark of redaction says: the program with its version, the mode, whose rules. */
static bool is_own(struct har_text text)
{
    static const char tool[] = "harmill ";
    static const size_t len = sizeof tool - 1;
    return text_is_exactly(text, "default") || text_is_exactly(text, "strict") || text_is_exactly(text, "built-in") ||
           text_is_exactly(text, "built-in and own") ||
           (text.len > len && memcmp(text.bytes, tool, len) == 0 &&
            is_version((struct har_text){text.bytes + len, text.len - len}));
}

static bool may_stay(struct har_text text, enum strict_place place)
{
    switch (place) {
    case STRICT_METHOD:
        return derive_method(text) != NULL;
    case STRICT_HTTP_VERSION:
        return derive_version_known(text) || strict_is_word(text);
    case STRICT_VERSION:
        return is_version(text);
    case STRICT_DATE:
        return is_date(text);
    case STRICT_STATUS_TEXT:
        return strict_is_status(text);
    case STRICT_PRODUCER:
        return strict_is_producer(text);
    case STRICT_WORD:
        return strict_is_word(text) || (text.len < 3 && is_version(text));
    case STRICT_MEMBER:
        return strict_is_member(text) || strict_is_header(text);
    case STRICT_HEADER:
        return strict_is_header(text);
    case STRICT_NAME:
        return strict_is_parameter(text);
    case STRICT_TEXT:
        return is_own(text);
    default:
        return false;
    }
}

static const char *const kinds[] = {
    [STRICT_TEXT] = "text",
    [STRICT_TITLE] = "title",
    [STRICT_NAME] = "name",
    [STRICT_VALUE] = "value",
    [STRICT_FILE] = "file",
    [STRICT_ID] = "id",
    [STRICT_BODY] = "body",
    [STRICT_MEMBER] = "member",
    [STRICT_HEADER] = "header",
    [STRICT_METHOD] = "method",
    [STRICT_HTTP_VERSION] = "protocol",
    [STRICT_VERSION] = "version",
    [STRICT_DATE] = "date",
    [STRICT_STATUS_TEXT] = "status",
    [STRICT_PRODUCER] = "producer",
    [STRICT_WORD] = "word",
};

void strict_find(struct redact_engine *engine, struct har_text text, enum strict_place place, struct redact_edits *edits)
{
    switch (place) {
    case STRICT_URL:
        address(engine, text, edits);
        break;
    case STRICT_FORM:
        form(engine, text, text, edits);
        break;
    case STRICT_HOST:
        host(engine, text, edits);
        break;
    case STRICT_PATH:
        path(engine, text, text, edits);
        break;
    case STRICT_IP:
        ip(engine, text, edits);
        break;
    case STRICT_MIME:
        mime(engine, text, edits);
        break;
    default: /* the underscore of custom members stays */
        if (!may_stay(text, place))
            strict_replace(engine, text, place == STRICT_MEMBER && text.len > 1 && *text.bytes == '_', text.len, kinds[place],
                           edits);
    }
}

/* ---- values of headers */

static void cookie(struct redact_engine *engine, struct har_text text, struct har_text part, struct redact_edits *edits)
{
    struct har_text name, value;
    text_split(part, '=', &name, &value);
    name = text_trim(name);
    if (!strict_is_parameter(name))
        replace(engine, text, name, "name", edits);
    replace(engine, text, text_trim(value), "value", edits);
}

static void attribute(struct redact_engine *engine, struct har_text text, struct har_text part, struct redact_edits *edits)
{
    static const struct {
        const char *name;
        enum strict_place place;
    } known[] = {{"expires", STRICT_DATE},  {"max-age", STRICT_VERSION},  {"domain", STRICT_HOST},
                 {"path", STRICT_PATH},     {"samesite", STRICT_WORD},    {"secure", STRICT_WORD},
                 {"httponly", STRICT_WORD}, {"partitioned", STRICT_WORD}, {"priority", STRICT_WORD}};
    struct har_text name, value;
    text_split(part, '=', &name, &value);
    value = text_trim(value);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!text_is(text_trim(name), known[i].name))
            continue;
        const size_t from = offset_of(text, value), before = edits->count;
        if (!value.len)
            return;
        strict_find(engine, value, known[i].place, edits);
        for (size_t e = before; e < edits->count; e++) {
            edits->edit[e].start += from;
            edits->edit[e].end += from;
        }
        return;
    }
    cookie(engine, text, part, edits);
}

static void cookies(struct redact_engine *engine, struct har_text text, bool set, struct redact_edits *edits)
{
    struct har_text rest = text, line, part;
    while (text_part(&rest, set ? '\n' : ';', &line)) {
        bool first = true;
        while (text_part(&line, ';', &part)) {
            if (first)
                cookie(engine, text, part, edits);
            else
                attribute(engine, text, part, edits);
            first = false;
        }
    }
}

/* "Bearer abc": the scheme stays. */
static void credential(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    const size_t blank = text_find(text, ' ');
    if (!strict_is_scheme((struct har_text){text.bytes, blank}))
        replace(engine, text, text, "value", edits);
    else if (blank + 1 < text.len)
        replace(engine, text, (struct har_text){text.bytes + blank + 1, text.len - blank - 1}, "value", edits);
}

/* Whether the value is made of words and numbers with signs between them. */
static bool is_plain(struct har_text value)
{
    size_t at = 0;
    if (is_date(value))
        return true;
    while (at < value.len) {
        const size_t from = at;
        while (at < value.len && !memchr(" ,;=\"*():", value.bytes[at], 9))
            at++;
        const struct har_text word = {value.bytes + from, at - from};
        if (word.len && !strict_is_word(word) && !strict_is_mime(word) && !strict_is_header(word) && !derive_method(word) &&
            !(is_version(word) && word.len <= 12) && !derive_version_known(word))
            return false;
        at++;
    }
    return true;
}

void strict_find_header(struct redact_engine *engine, struct har_text name, struct har_text value, struct redact_edits *edits)
{
    static const char *const addresses[] = {"location", "content-location", "referer",        "origin",
                                            ":path",    "sourcemap",        "x-original-url", "x-rewrite-url"};
    name = text_trim(name);
    const struct har_text inner = text_trim(value);
    if (!inner.len)
        return;
    if (!strict_is_header(name)) { /* nor does the name stay */
        replace(engine, value, inner, "value", edits);
        return;
    }
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (text_is(name, addresses[i])) {
            address(engine, value, edits);
            return;
        }
    if (text_is(name, "host") || text_is(name, ":authority"))
        host(engine, value, edits);
    else if (text_is(name, "content-type"))
        mime(engine, value, edits);
    else if (text_is(name, "cookie") || text_is(name, "set-cookie"))
        cookies(engine, value, text_is(name, "set-cookie"), edits);
    else if (text_is(name, "authorization") || text_is(name, "proxy-authorization"))
        credential(engine, value, edits);
    else if (!strict_is_plain_header(name) || !is_plain(inner))
        replace(engine, value, inner, "value", edits);
}
