/* Secrets in addresses: userinfo, parameters of path, query and fragment, segments behind a name. */
#include <string.h>

#include "redact/places.h"
#include "util/text.h"
#include "util/url.h"

enum redact_how places_bare(struct har_text text)
{
    static const char sign[] = {':', '/', '/'};
    if (!text.len || text.len > PLACES_ADDRESS_MOST)
        return REDACT_AS_TEXT;
    if (*text.bytes == '/')
        return REDACT_AS_URL;
    const char *const end = text.bytes + text.len;
    for (const char *at = text.bytes; (at = memchr(at, *sign, (size_t)(end - at))) != NULL; at++)
        if ((size_t)(end - at) >= sizeof sign && memcmp(at, sign, sizeof sign) == 0)
            return REDACT_AS_URL;
    return REDACT_AS_TEXT;
}

static size_t offset_of(struct har_text text, struct har_text part)
{
    return (size_t)(part.bytes - text.bytes);
}

/* "name:password"; what looks like a token may be the name alone. */
static void userinfo(struct redact_engine *engine, struct har_text text, struct har_text part, struct redact_edits *edits)
{
    const size_t colon = text_find(part, ':'), start = offset_of(text, part);
    if (places_is_token((struct har_text){part.bytes, colon}, PLACES_SEGMENT_LEAST))
        redact_secret(engine, text, start, start + colon, REDACT_RULE_USERINFO, edits);
    if (colon < part.len)
        redact_secret(engine, text, start + colon + 1, start + part.len, REDACT_RULE_USERINFO, edits);
}

/* "bundle-1a2b3c4d.js" */
static bool is_file_name(struct har_text segment)
{
    const char *const dot = segment.len ? memrchr(segment.bytes, '.', segment.len) : NULL;
    const size_t behind = dot ? segment.len - (size_t)(dot - segment.bytes) - 1 : 0;
    return behind > 0 && behind <= 5;
}

static bool is_secret_segment(struct har_text segment)
{
    bool letter = false, digit = false;
    if (!places_is_token(segment, PLACES_SEGMENT_LEAST) || is_file_name(segment))
        return false;
    for (size_t i = 0; i < segment.len; i++) {
        letter |= text_is_letter(segment.bytes[i]);
        digit |= text_is_digit(segment.bytes[i]);
    }
    return letter && digit;
}

/* ";name=value" behind a segment. */
static void matrix(struct redact_engine *engine, struct har_text text, struct har_text segment, struct redact_edits *edits)
{
    struct har_text part;
    size_t at = text_find(segment, ';');
    text_take(&segment, at, at < segment.len);
    while (text_part(&segment, ';', &part)) {
        const size_t equals = text_find(part, '='), start = offset_of(text, part);
        const struct redact_verdict verdict = places_verdict(engine, (struct har_text){part.bytes, equals}, REDACT_NAME_PARAMETER);
        if (equals < part.len && verdict.rule != REDACT_NO_RULE)
            places_value(engine, text, start + equals + 1, start + part.len, verdict.rule, edits);
    }
}

static void segments(struct redact_engine *engine, struct har_text text, struct har_text path, struct redact_edits *edits)
{
    struct redact_verdict before = {.rule = REDACT_NO_RULE};
    struct har_text segment;
    while (text_part(&path, '/', &segment)) {
        const size_t semicolon = text_find(segment, ';'), start = offset_of(text, segment);
        const struct har_text word = {segment.bytes, semicolon};
        if (before.rule != REDACT_NO_RULE && before.tier == REDACT_ANY && is_secret_segment(word))
            redact_secret(engine, text, start, start + word.len, before.rule, edits);
        before = (struct redact_verdict){.rule = REDACT_NO_RULE};
        if (path.len && word.len && word.len <= 64)
            before = places_verdict(engine, word, REDACT_NAME_PARAMETER);
        if (semicolon < segment.len)
            matrix(engine, text, segment, edits);
    }
}

/* What stands before an address in its own scheme: "blob:https://...". */
static size_t wrapped(struct har_text address)
{
    static const char *const around[] = {"blob:", "view-source:", "filesystem:", "feed:"};
    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        if (text_begins(address, around[i]))
            return strlen(around[i]);
    return 0;
}

void places_address(struct redact_engine *engine, struct har_text text, size_t start, size_t end, struct redact_edits *edits)
{
    struct url url;
    struct har_text address = {text.bytes + start, end - start};
    const size_t skip = wrapped(address);
    text_take(&address, skip, 0);
    if (text_begins(address, "data:") || text_begins(address, "javascript:"))
        return; /* text */
    url_split(address.bytes, address.len, &url);
    if (url.userinfo.len)
        userinfo(engine, text, url.userinfo, edits);
    if (url.path.len)
        segments(engine, text, url.path, edits);
    if (url.query.len)
        places_parameters(engine, text, offset_of(text, url.query), offset_of(text, url.query) + url.query.len, edits);
    if (url.fragment.len)
        places_parameters(engine, text, offset_of(text, url.fragment), offset_of(text, url.fragment) + url.fragment.len, edits);
}

static bool ends_address(char c)
{
    return (unsigned char)c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`';
}

/* "0;url=/path": where the address begins. */
static size_t behind_url(struct har_text piece)
{
    const size_t semicolon = text_find(piece, ';');
    size_t at = semicolon < piece.len && semicolon <= 8 ? semicolon + 1 : 0;
    if (!text_begins((struct har_text){piece.bytes + at, piece.len - at}, "url="))
        return 0;
    return at + 4;
}

/* A text with addresses in it, as titles and headers have them. */
static void pieces(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    size_t at = 0;
    while (at < text.len && !engine->failed) {
        size_t end = at;
        while (end < text.len && !ends_address(text.bytes[end]))
            end++;
        size_t start = at, stop = end;
        while (stop > start && (text.bytes[stop - 1] == ';' || text.bytes[stop - 1] == ',' || text.bytes[stop - 1] == ')'))
            stop--;
        start += behind_url((struct har_text){text.bytes + start, stop - start});
        if (stop - start > 3)
            places_address(engine, text, start, stop, edits);
        at = end + 1;
    }
}

void redact_find_address(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    const size_t scheme = url_scheme_length(text);
    const bool is_whole =
        text.len &&
        (*text.bytes == '/' || *text.bytes == '?' || *text.bytes == '#' ||
         (scheme && text.len > scheme + 1 && text.bytes[scheme] == ':' && text.bytes[scheme + 1] == '/') || wrapped(text));
    if (is_whole) {
        places_address(engine, text, 0, text.len, edits);
    } else {
        pieces(engine, text, edits);
        places_bare_form(engine, text, edits);
    }
}
