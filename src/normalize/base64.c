/* Normalize: texts that are base64, or are said to be. */
#include "normalize/measure.h"

#include <string.h>

#include "json/base64.h"
#include "json/measure.h"
#include "json/text.h"
#include "util/blank.h"
#include "util/text.h"

static const char base64_name[] = "base64";

enum {
    UNNAMED_LEAST = 32, /* characters: shorter ones may be words with a wrong size */
    HEAD_DIGITS = 16,   /* of base64, what signatures are looked for in */
    HEAD_BYTES = HEAD_DIGITS / 4 * 3,
    GROUP = 4,
};

/* ---- the form */

/* The same digits without blanks, of the usual alphabet, padded. */
static void append_canonical(struct har_text text, struct har_buffer *out)
{
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.bytes[i];
        if (!is_blank(c) && c != '=')
            har_buffer_append_char(out, c == '-' ? '+' : c == '_' ? '/' : c);
    }
    while (out->len % GROUP && !out->failed)
        har_buffer_append_char(out, '=');
}

static void mend_form(struct normalize *n, uint32_t content, uint32_t text)
{
    struct base64 base64;
    const bool good = json_base64(n->edit.tree, normalize_node(n, text), &base64, NULL);
    /* Nothing but padding is no base64, but what it stands for is clear. */
    const bool nothing = !good && base64.fault == BASE64_PADDING && !base64.digits && base64.pads;
    if (!nothing && (!good || !base64.forms))
        return;
    struct har_buffer *out = &n->scratch[1];
    har_buffer_clear(out);
    if (!nothing)
        append_canonical(normalize_text(n, text, 0), out);
    n->no_memory |= out->failed;
    if (out->failed)
        return;
    normalize_set_text(n, content, CONTENT_text, out->data ? out->data : "", out->len);
    normalize_mended(n, nothing ? HAR_MEND_BASE64_OF_NOTHING : HAR_MEND_BASE64_FORM);
}

/* ---- base64 that is not said to be */

/* What files begin with, and the types that they have. */
static const struct {
    const char *bytes;
    uint8_t len, at;
    const char *type;
} signatures[] = {
    {"\x89PNG\r\n\x1a\n", 8, 0, "image/"},
    {"GIF87a", 6, 0, "image/"},
    {"GIF89a", 6, 0, "image/"},
    {"\xff\xd8\xff", 3, 0, "image/"},
    {"WEBP", 4, 8, "image/"},
    {"\0\0\1\0", 4, 0, "image/"},
    {"ftyp", 4, 4, "image/"},
    {"ftyp", 4, 4, "video/"},
    {"ftyp", 4, 4, "audio/"},
    {"\x1a\x45\xdf\xa3", 4, 0, "video/"},
    {"\x1a\x45\xdf\xa3", 4, 0, "audio/"},
    {"OggS", 4, 0, "audio/"},
    {"OggS", 4, 0, "video/"},
    {"ID3", 3, 0, "audio/"},
    {"wOFF", 4, 0, "font/"},
    {"wOF2", 4, 0, "font/"},
    {"wOFF", 4, 0, "application/"},
    {"wOF2", 4, 0, "application/"},
    {"\0\1\0\0", 4, 0, "font/"},
    {"OTTO", 4, 0, "font/"},
    {"%PDF-", 5, 0, "application/pdf"},
    {"PK\3\4", 4, 0, "application/"},
    {"\x1f\x8b\x08", 3, 0, "application/"},
    {"\0asm", 4, 0, "application/wasm"},
};

/* The bytes that the first characters decode to; how many. */
static size_t decode_head(const char *text, size_t len, char head[HEAD_BYTES])
{
    struct json_piece piece;
    uint32_t bits = 0;
    size_t digits = 0, bytes = 0;
    while (digits < HEAD_DIGITS && json_text_piece(&text, &len, &piece))
        for (size_t i = 0; i < (piece.escape ? 1 : piece.len) && digits < HEAD_DIGITS; i++) {
            const char c = piece.escape ? (char)(piece.point < 0x80 ? piece.point : 0) : piece.bytes[i];
            if (base64_value(c) < 0)
                return bytes;
            bits = bits << 6 | (uint32_t)base64_value(c);
            if (++digits % GROUP == 0) {
                head[bytes++] = (char)(bits >> 16);
                head[bytes++] = (char)(bits >> 8);
                head[bytes++] = (char)bits;
            }
        }
    return bytes;
}

/* Whether the bytes begin like a file of the type that the response is said to have. */
static bool has_signature(struct normalize *n, uint32_t response, uint32_t content, const struct har_node *text)
{
    char head[HEAD_BYTES];
    const size_t len = decode_head(json_text(n->edit.tree, text), text->text_len, head);
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const size_t end = signatures[i].at + (size_t)signatures[i].len;
        if (len < end || memcmp(head + signatures[i].at, signatures[i].bytes, signatures[i].len) != 0)
            continue;
        const struct har_text type = normalize_text(n, normalize_member(n, content, CONTENT_mimeType), 0);
        const struct har_text sent = normalize_text(n, normalize_header_value(n, response, RESPONSE_headers, "Content-Type"), 1);
        if (text_begins(text_trim(sent.len ? sent : type), signatures[i].type))
            return true;
    }
    return false;
}

/* Whether the size is that of the body as it was sent, compressed. */
static bool is_sent_size(struct normalize *n, uint32_t response, int64_t size)
{
    int64_t body, headers;
    normalize_size(n, normalize_member(n, response, RESPONSE_bodySize), &body);
    normalize_size(n, normalize_member(n, response, RESPONSE_headersSize), &headers);
    return (size == body || (headers > 0 && size == body - headers)) && normalize_is_coded(n, response);
}

/* Certain it is when the whole text is base64 and not as long as the size says, and either in the usual form, of some length, and
 * stands for just as many bytes, or begins like a file of the type that is named. */
static void mark_base64(struct normalize *n, uint32_t response, uint32_t content, uint32_t text)
{
    struct base64 base64;
    int64_t size;
    char head[HEAD_BYTES];
    const struct har_node *node = normalize_node(n, text);
    normalize_size(n, normalize_member(n, content, CONTENT_size), &size);
    if (node->text_len < HEAD_DIGITS || size == (int64_t)node->text_len ||
        decode_head(json_text(n->edit.tree, node), node->text_len, head) < HEAD_BYTES)
        return;
    if (!json_base64(n->edit.tree, node, &base64, NULL))
        return;
    const int64_t bytes = (int64_t)json_measure(json_text(n->edit.tree, node), node->text_len).bytes;
    const bool fits =
        !base64.forms && (int64_t)base64_decoded(&base64) == size && bytes >= UNNAMED_LEAST && !is_sent_size(n, response, size);
    if (size == bytes || (!fits && !has_signature(n, response, content, node)))
        return;
    normalize_set_text(n, content, CONTENT_encoding, base64_name, sizeof base64_name - 1);
    normalize_derived(n, content, HAR_MEND_MISSING_ENCODING);
}

/* ---- encoding */

static bool is_text(const struct normalize *n, uint32_t member)
{
    return member != JSON_NONE && normalize_node(n, member)->kind == HAR_KIND_STRING;
}

/* What encoding says is true, left out, or base64 in other words. */
static void mend_name(struct normalize *n, uint32_t content, uint32_t encoding)
{
    const struct har_text name = normalize_text(n, encoding, 0);
    if (text_is_exactly(name, base64_name))
        return;
    if (!name.len) {
        json_edit_remove(&n->edit, encoding);
        normalize_mended(n, HAR_MEND_EMPTY_ENCODING);
    } else if (text_is(text_trim(name), base64_name) || text_is(text_trim(name), "base64url")) {
        normalize_set_text(n, content, CONTENT_encoding, base64_name, sizeof base64_name - 1);
        normalize_mended(n, HAR_MEND_ENCODING_NAME);
    } else {
        normalize_keep_as_custom(n, encoding);
        normalize_mended(n, HAR_MEND_UNKNOWN_ENCODING);
    }
}

void normalize_encoding(struct normalize *n, uint32_t response, uint32_t content)
{
    const uint32_t encoding = normalize_member(n, content, CONTENT_encoding), text = normalize_member(n, content, CONTENT_text);
    if (encoding != JSON_NONE && !is_text(n, encoding))
        return;
    if (encoding != JSON_NONE)
        mend_name(n, content, encoding);
    if (!is_text(n, text))
        return;
    if (n->derive && normalize_member(n, content, CONTENT_encoding) == JSON_NONE)
        mark_base64(n, response, content, text);
    if (normalize_member(n, content, CONTENT_encoding) != JSON_NONE)
        mend_form(n, content, text);
}
