/* Texts of the API made safe to print: a server may send back what it was sent, or a page that says it, or bytes that steer a
 * terminal. Secrets are looked for as they are and in the spellings that texts on the web get; also pieces of them, so that neither
 * a cut nor a byte in between saves the rest. */
#include <stdlib.h>
#include <string.h>

#include "cloudflare/cloudflare.h"
#include "util/base64.h"
#include "util/blank.h"
#include "util/percent.h"
#include "util/text.h"

enum {
    PIECE_LEAST = 8,   /* bytes of a piece of a secret that is hidden; what is shorter tells little */
    PACKED_LEAST = 12, /* the same in base64 */
    SECRET_LEAST = 3,  /* a shorter one would hide half of every text */
    NEEDLES_MOST = 1 << 20,
};

static const char hidden[] = "[hidden]";

void cloudflare_wipe(struct har_buffer *buffer)
{
    if (buffer->data)
        explicit_bzero(buffer->data, buffer->cap);
    har_buffer_release(buffer);
}

/* ---- what to look for: folded texts behind one another, each behind its head */

struct needle {
    size_t len, least;
};

/* Case and the two alphabets of base64 make no difference. */
static char fold(char c)
{
    return c == '-' ? '+' : c == '_' ? '/' : text_lower(c);
}

static void add_needle(struct har_buffer *needles, struct har_text text, size_t least)
{
    const struct needle needle = {text.len, least < text.len ? least : text.len};
    har_buffer_append(needles, &needle, sizeof needle);
    for (size_t i = 0; i < text.len; i++)
        har_buffer_append_char(needles, fold(text.bytes[i]));
}

/* The characters of base64 that depend on the secret alone, wherever in groups of three bytes it begins. */
static void add_packed(struct har_buffer *needles, struct har_text secret)
{
    struct har_buffer plain, packed;
    har_buffer_init(&plain, NEEDLES_MOST);
    har_buffer_init(&packed, NEEDLES_MOST);
    har_buffer_reserve(&plain, secret.len + 2); /* growing would leave copies behind */
    har_buffer_reserve(&packed, 2 * secret.len + 8);
    for (size_t before = 0; before < 3; before++) {
        const size_t first = (before * 8 + 5) / 6, end = (before + secret.len) * 8 / 6;
        har_buffer_clear(&plain);
        har_buffer_clear(&packed);
        har_buffer_append(&plain, "\0\0", before);
        har_buffer_append(&plain, secret.bytes, secret.len);
        if (plain.failed || !base64_encode((struct har_text){plain.data, plain.len}, &packed))
            needles->failed = true;
        else if (end > first)
            add_needle(needles, (struct har_text){packed.data + first, end - first}, PACKED_LEAST);
    }
    cloudflare_wipe(&plain);
    cloudflare_wipe(&packed);
}

struct secret {
    struct har_text text;
    size_t least; /* bytes of a piece that is hidden */
};

static struct secret secret_of(const char *text, size_t least)
{
    return (struct secret){{text, text ? strlen(text) : 0}, least};
}

/* The client's own secret number `i`; false behind the last. */
static bool secret_at(const struct har_cloudflare *client, size_t i, struct secret *secret)
{
    static const char bearer[] = "Bearer ";
    const struct har_cloudflare_config *config = &client->config;
    const char *token = config->token;
    if (!token && client->authorization && strncmp(client->authorization, bearer, sizeof bearer - 1) == 0)
        token = client->authorization + sizeof bearer - 1;
    switch (i) {
    case 0:
        *secret = secret_of(token, PIECE_LEAST);
        return true;
    case 1:
        *secret = secret_of(config->key, PIECE_LEAST);
        return true;
    case 2:
        *secret = secret_of(config->email, SIZE_MAX); /* half of it is often a company's name */
        return true;
    default:
        return false;
    }
}

/* The value that was kept at *at, which moves behind it; false behind the last. */
static bool next_kept(const struct har_cloudflare *client, size_t *at, struct har_text *value)
{
    if (*at >= client->kept_len)
        return false;
    *value = (struct har_text){client->kept + *at, strlen(client->kept + *at)};
    *at += value->len + 1;
    return true;
}

static void gather(struct har_buffer *needles, const struct har_cloudflare *client)
{
    struct secret secret;
    struct har_text value;
    size_t need = 0, at = 0;
    for (size_t i = 0; secret_at(client, i, &secret); i++)
        need += 8 * (secret.text.len + sizeof(struct needle) + 1);
    while (next_kept(client, &at, &value))
        need += value.len + sizeof(struct needle);
    har_buffer_reserve(needles, need); /* growing would leave copies behind */
    for (size_t i = 0; secret_at(client, i, &secret); i++) {
        if (secret.text.len < SECRET_LEAST)
            continue;
        add_needle(needles, secret.text, secret.least);
        add_packed(needles, secret.text);
    }
    for (at = 0; next_kept(client, &at, &value);)
        add_needle(needles, value, PIECE_LEAST);
}

/* ---- headers of submissions */

/* Short ones are not looked for. */
static bool is_kept(const struct har_cloudflare *client, const char *value)
{
    struct har_text kept;
    if (strlen(value) < SECRET_LEAST)
        return true;
    for (size_t at = 0; next_kept(client, &at, &kept);)
        if (strcmp(kept.bytes, value) == 0)
            return true;
    return false;
}

bool cloudflare_keep(struct har_cloudflare *client, const struct har_cloudflare_header *headers)
{
    size_t more = 0;
    for (size_t i = 0; headers && headers[i].name; i++)
        more += is_kept(client, headers[i].value) ? 0 : strlen(headers[i].value) + 1;
    if (!more)
        return true;
    char *kept = malloc(client->kept_len + more);
    if (!kept)
        return false;
    size_t len = client->kept_len;
    if (len)
        memcpy(kept, client->kept, len);
    for (size_t i = 0; headers[i].name; i++) {
        if (is_kept(client, headers[i].value))
            continue;
        memcpy(kept + len, headers[i].value, strlen(headers[i].value) + 1);
        len += strlen(headers[i].value) + 1;
    }
    cloudflare_forget(client);
    client->kept = kept;
    client->kept_len = len;
    return true;
}

void cloudflare_forget(struct har_cloudflare *client)
{
    if (client->kept)
        explicit_bzero(client->kept, client->kept_len);
    free(client->kept);
    client->kept = NULL;
    client->kept_len = 0;
}

/* ---- looking for it */

enum spelling { AS_IS, ESCAPED, HEXADECIMAL, SPELLINGS };

/* The number at the front, in `base`, of at most `most` digits; its length. */
static size_t take_number(const char *text, size_t len, unsigned base, size_t most, unsigned *number)
{
    size_t i = 0;
    for (*number = 0; i < len && i < most && text_hex(text[i]) >= 0 && (unsigned)text_hex(text[i]) < base; i++)
        *number = *number * base + (unsigned)text_hex(text[i]);
    return i;
}

/* %41 \u0041 \x41 \/ &#65; &#x41; as one character; its length, 0 for none. */
static size_t take_escape(const char *text, size_t len, char *c)
{
    static const struct {
        const char *front;
        unsigned base;
        size_t least, most;
    } forms[] = {{"%", 16, 2, 2}, {"\\u", 16, 4, 4}, {"\\x", 16, 2, 2}, {"&#x", 16, 1, 8}, {"&#", 10, 1, 8}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const size_t front = strlen(forms[i].front);
        unsigned number;
        if (!text_begins((struct har_text){text, len}, forms[i].front))
            continue;
        size_t digits = take_number(text + front, len - front, forms[i].base, forms[i].most, &number);
        if (digits < forms[i].least || number == 0 || number > 0x7e)
            continue;
        *c = (char)number;
        digits += front;
        return digits + (*text == '&' && digits < len && text[digits] == ';');
    }
    if (len < 2 || *text != '\\' || text_is_letter(text[1]) || text_is_digit(text[1]))
        return 0;
    *c = text[1];
    return 2;
}

/* The next character in a spelling; its length, 0 at the end. Controls between them, as UTF-16 has them, do not count. */
static size_t take_unit(const char *text, size_t len, enum spelling spelling, char *c)
{
    size_t skip = 0, step;
    unsigned number;
    while (spelling == ESCAPED && skip < len && ((unsigned char)text[skip] < 0x20 || text[skip] == 0x7f))
        skip++;
    if (skip == len)
        return 0;
    text += skip;
    len -= skip;
    *c = *text;
    switch (spelling) {
    case ESCAPED:
        step = take_escape(text, len, c);
        return skip + (step ? step : 1);
    case HEXADECIMAL:
        step = take_number(text, len, 16, 2, &number);
        *c = (char)number;
        return step == 2 && number ? 2 : 0;
    default:
        return 1;
    }
}

/* How much of `text` is a piece of the needle, from needle[at] on; *units characters of it. */
static size_t match_at(struct har_text needle, size_t at, struct har_text text, enum spelling spelling, size_t *units)
{
    size_t width = 0;
    for (*units = 0; at < needle.len; at++, ++*units) {
        char c;
        const size_t step = take_unit(text.bytes + width, text.len - width, spelling, &c);
        if (!step || fold(c) != needle.bytes[at])
            break;
        width += step;
    }
    return width;
}

/* The longest such piece, of at least `least` characters. */
static size_t match(struct har_text needle, size_t least, struct har_text text)
{
    size_t longest = 0, units;
    for (enum spelling spelling = AS_IS; spelling < SPELLINGS; spelling++) {
        char c = '\0';
        if (!take_unit(text.bytes, text.len, spelling, &c))
            continue;
        const char *const end = needle.bytes + needle.len;
        const char *at = memchr(needle.bytes, fold(c), needle.len);
        for (; at && (size_t)(end - at) >= least; at = memchr(at + 1, fold(c), (size_t)(end - at - 1))) {
            const size_t width = match_at(needle, (size_t)(at - needle.bytes), text, spelling, &units);
            longest = units >= least && width > longest ? width : longest;
        }
    }
    return longest;
}

static size_t match_any(const struct har_buffer *needles, struct har_text text)
{
    size_t longest = 0;
    for (size_t at = 0; at < needles->len;) {
        struct needle needle;
        memcpy(&needle, needles->data + at, sizeof needle);
        at += sizeof needle;
        const size_t width = match((struct har_text){needles->data + at, needle.len}, needle.least, text);
        longest = width > longest ? width : longest;
        at += needle.len;
    }
    return longest;
}

static void hide(const struct har_buffer *needles, struct har_text text, struct har_buffer *out)
{
    for (size_t i = 0; i < text.len;) {
        const size_t width = match_any(needles, (struct har_text){text.bytes + i, text.len - i});
        if (width)
            har_buffer_append_text(out, hidden);
        else
            har_buffer_append_char(out, text.bytes[i]);
        i += width ? width : 1;
    }
}

/* ---- the rest */

/* Words with one blank between them. */
static void append_words(struct har_buffer *out, struct har_text text)
{
    while (text.len) {
        size_t blanks = 0, len = 0;
        while (blanks < text.len && is_blank((unsigned char)text.bytes[blanks]))
            blanks++;
        text_take(&text, 0, blanks);
        while (len < text.len && !is_blank((unsigned char)text.bytes[len]))
            len++;
        if (len && out->len)
            har_buffer_append_char(out, ' ');
        har_buffer_append_visible(out, text.bytes, len, 0);
        text_take(&text, len, 0);
    }
}

void cloudflare_cut(const char *text, size_t len, char *to, size_t size)
{
    static const char dots[] = "...";
    size_t keep = len < size ? len : size - 1;
    if (keep < len) {
        keep = keep >= sizeof dots - 1 ? keep - (sizeof dots - 1) : 0;
        while (keep && ((unsigned char)text[keep] & 0xc0) == 0x80)
            keep--;
    }
    memcpy(to, text, keep);
    to[keep] = '\0';
    if (keep < len && size >= sizeof dots)
        memcpy(to + keep, dots, sizeof dots);
}

void cloudflare_clean(const struct har_cloudflare *client, const char *text, size_t len, char *to, size_t size)
{
    struct har_buffer needles, plain, safe;
    const size_t most = 4 * size + 1024; /* what is behind it would be cut anyway, but for a text of blanks */
    if (!size)
        return;
    *to = '\0';
    har_buffer_init(&needles, NEEDLES_MOST);
    har_buffer_init(&plain, SIZE_MAX / 2);
    har_buffer_init(&safe, SIZE_MAX / 2);
    gather(&needles, client);
    hide(&needles, text_trim((struct har_text){text, len < most ? len : most}), &plain);
    if (!plain.failed && plain.len)
        append_words(&safe, (struct har_text){plain.data, plain.len});
    const bool failed = needles.failed || plain.failed || safe.failed;
    har_buffer_clear(&plain);
    if (!failed && safe.len) /* an escape may end with what the next piece lacked */
        hide(&needles, (struct har_text){safe.data, safe.len}, &plain);
    if (!failed && !plain.failed && plain.len)
        cloudflare_cut(plain.data, plain.len, to, size);
    cloudflare_wipe(&needles);
    cloudflare_wipe(&plain);
    har_buffer_release(&safe);
}
