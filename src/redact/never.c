/* What is too common to be looked for. */
#include "redact/never.h"

#include <string.h>

#include "redact/words.h"
#include "util/any_date.h"
#include "util/iso8601.h"
#include "util/text.h"

enum {
    VALUE_MOST = 1024,
    HOST_MOST = 255,
    WORDS_MOST = 3,
    NUMBER_LEAST = 3,    /* digits in words that tell one thing from others of its kind */
    NUMBERED_LEAST = 14, /* bytes of words with such a number */
};

static bool one_of(struct har_text text, const char *const *words)
{
    for (; *words; words++)
        if (text_is(text, *words))
            return true;
    return false;
}

/* How many of its bytes are digits; SIZE_MAX: there is something else than these and what is in `others`. */
static size_t digits_and(struct har_text text, const char *others)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text_is_digit(text.bytes[i]))
            digits++;
        else if (!text.bytes[i] || !strchr(others, text.bytes[i]))
            return SIZE_MAX;
    }
    return digits;
}

/* ---- hosts and addresses */

bool never_add_host(struct keyset *hosts, struct har_text host, size_t most_bytes)
{
    char lower[HOST_MOST];
    if (!host.len || host.len > sizeof lower)
        return true;
    for (size_t i = 0; i < host.len; i++)
        lower[i] = text_lower(host.bytes[i]);
    const bool name = text_is_letter(lower[host.len - 1]);
    for (size_t at = 0; at < host.len;) {
        const enum keyset_result result = keyset_add(hosts, lower + at, host.len - at, most_bytes);
        if (result != KEYSET_NEW)
            return result == KEYSET_OLD;
        at += text_find((struct har_text){lower + at, host.len - at}, '.') + 1;
        if (!name || at >= host.len || !memchr(lower + at, '.', host.len - at))
            break; /* numbers have no parents, and the last label is none by itself */
    }
    return true;
}

static bool is_host(struct har_text text, const struct keyset *hosts)
{
    char lower[HOST_MOST];
    uint32_t index;
    if (text.len && text.bytes[0] == '.')
        text_take(&text, 1, 0);
    if (!text.len || text.len > sizeof lower)
        return false;
    for (size_t i = 0; i < text.len; i++)
        lower[i] = text_lower(text.bytes[i]);
    return keyset_find(hosts, lower, text.len, &index);
}

/* A host of the capture with what may stand around it in an address, if that is nothing but words. */
static bool is_address(struct har_text text, const struct keyset *hosts)
{
    static const char *const schemes[] = {"http://", "https://", "ws://", "wss://", "//", NULL};
    for (const char *const *scheme = schemes; *scheme; scheme++)
        if (text_begins(text, *scheme)) {
            text_take(&text, strlen(*scheme), 0);
            break;
        }
    size_t host = 0;
    while (host < text.len && !strchr("/:?#", text.bytes[host]))
        host++;
    if (!is_host((struct har_text){text.bytes, host}, hosts))
        return false;
    text_take(&text, host, 0);
    if (text.len && text.bytes[0] == ':') {
        text_take(&text, 1, 0);
        size_t port = 0;
        while (port < text.len && port < 5 && text_is_digit(text.bytes[port]))
            port++;
        text_take(&text, port, 0);
    }
    struct words words;
    return !text.len || (strchr("/?#", text.bytes[0]) && words_read((struct har_text){text.bytes + 1, text.len - 1}, &words) &&
                         words.digits <= WORDS_DIGITS);
}

/* ---- dates and numbers */

static bool is_date_in_words(struct har_text text)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL};
    static const char *const others[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "am", "pm", "gmt", "utc", "t", "z", NULL};
    bool month = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text_is_letter(text.bytes[end]))
            end++;
        const struct har_text word = {text.bytes + at, end - at};
        const bool full = word.len > 3 && word.len < 10;
        const bool is_month = word.len && one_of((struct har_text){word.bytes, full ? 3 : word.len}, months);
        if (word.len && !is_month && !one_of((struct har_text){word.bytes, full ? 3 : word.len}, others))
            return false;
        month |= is_month;
        if (!word.len && !text_is_digit(text.bytes[at]) && !strchr(" ,:-/.+", text.bytes[at]))
            return false;
        at = word.len ? end : at + 1;
    }
    return month && text.len < 48;
}

static bool is_date(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    if (text.len > 80)
        return false;
    struct har_buffer date;
    bool words;
    har_buffer_init(&date, 128);
    const bool is = iso8601_parse(text.bytes, text.len, NULL) != ISO8601_NOT ||
                    any_date_append(text.bytes, text.len, &date, &words) || any_date_append_epoch(text.bytes, text.len, &date) ||
                    is_date_in_words(text);
    har_buffer_release(&date);
    return is;
}

static bool is_number(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    return digits_and(text, "+-.,:/ %") < 10;
}

/* 1.2.3, v10.0.1-beta.2, 192.168.0.1 */
static bool is_version(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    if (text.len && text_lower(text.bytes[0]) == 'v')
        text_take(&text, 1, 0);
    size_t dots = 0, row = 0, at = 0;
    for (; at < text.len && (text_is_digit(text.bytes[at]) || text.bytes[at] == '.'); at++) {
        row = text.bytes[at] == '.' ? 0 : row + 1;
        dots += text.bytes[at] == '.';
        if (row > 5)
            return false;
    }
    struct words words;
    return dots && dots <= 4 &&
           (at == text.len || (strchr("-+", text.bytes[at]) &&
                               words_read((struct har_text){text.bytes + at, text.len - at}, &words) && words.digits <= 2));
}

/* 1920x1080, 1920x1080x24, #aabbccdd, rgba(0, 0, 0, .5) */
static bool is_size_or_colour(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    static const char *const colours[] = {"rgb(", "rgba(", "hsl(", "hsla(", NULL};
    for (const char *const *colour = colours; *colour; colour++)
        if (text_begins(text, *colour))
            return digits_and((struct har_text){text.bytes + strlen(*colour), text.len - strlen(*colour)}, " ,.%/)") < 20;
    if (text.len > 1 && text.bytes[0] == '#' && text.len <= 9) {
        size_t hex = 1;
        while (hex < text.len && text_hex(text.bytes[hex]) >= 0)
            hex++;
        return hex == text.len;
    }
    return memchr(text.bytes, 'x', text.len) && text_is_digit(text.bytes[0]) && digits_and(text, "x") <= 12;
}

/* ---- what headers say */

static bool is_subtype(struct har_text text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += text_is_digit(text.bytes[i]);
        if (!text_is_digit(text.bytes[i]) && !text_is_letter(text.bytes[i]) && !strchr(".+-*", text.bytes[i]))
            return false;
    }
    return text.len && text.len < 100 && digits <= WORDS_DIGITS;
}

static bool is_media_parameter(struct har_text text)
{
    static const char *const names[] = {"charset", "q", "boundary", "version", "profile", "v", "level", "format", "codecs", NULL};
    struct har_text name, value;
    text_split(text, '=', &name, &value);
    return one_of(text_trim(name), names) && value.len < 80;
}

/* text/html;charset=utf-8, and several of them */
static bool is_media(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    static const char *const types[] = {"application", "audio", "font",  "image", "message", "model",
                                        "multipart",   "text",  "video", "*",     NULL};
    struct har_text part;
    bool any = false;
    while (text_part(&text, ',', &part)) {
        struct har_text media, parameter, type, subtype;
        any = text_part(&part, ';', &media);
        if (!any)
            return false;
        text_split(text_trim(media), '/', &type, &subtype);
        if (!one_of(type, types) || !is_subtype(subtype))
            return false;
        while (text_part(&part, ';', &parameter))
            if (!is_media_parameter(text_trim(parameter)))
                return false;
    }
    return any;
}

/* "en", "zh-Hant-TW", "es-419", "*" */
static bool is_language_tag(struct har_text text)
{
    struct har_text part;
    bool first = true;
    if (text_is_exactly(text, "*"))
        return true;
    if (text.len > 10) /* zh-Hant-TW */
        return false;
    while (text_part(&text, '-', &part)) {
        const bool digits = digits_and(part, "") != SIZE_MAX;
        for (size_t i = 0; i < part.len && !digits; i++)
            if (!text_is_letter(part.bytes[i]))
                return false;
        if (first ? digits || part.len < 2 || part.len > 3 : digits ? part.len != 3 : part.len != 2 && part.len != 4)
            return false;
        first = false;
    }
    return !first;
}

/* en-US,en;q=0.9 */
static bool is_language(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    struct har_text part;
    bool any = false;
    while (text_part(&text, ',', &part)) {
        struct har_text tag, weight;
        text_split(part, ';', &tag, &weight);
        weight = text_trim(weight);
        if (!is_language_tag(text_trim(tag)) ||
            (weight.len && (!text_begins(weight, "q=") || weight.len > 8 ||
                            digits_and((struct har_text){weight.bytes + 2, weight.len - 2}, ".") == SIZE_MAX)))
            return false;
        any = true;
    }
    return any;
}

static bool is_agent(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    static const char *const fronts[] = {"Mozilla/5.0 (",    "Mozilla/4.0 (",   "curl/",   "Wget/",  "okhttp/", "PostmanRuntime/",
                                         "python-requests/", "Go-http-client/", "Dalvik/", "Opera/", NULL};
    for (const char *const *front = fronts; *front; front++)
        if (text_begins(text, *front))
            return strlen(*front) > 12 || text.len < strlen(*front) + 16;
    return false;
}

/* A name or a short phrase; of paths, JSON and parameters any number of words. Four words by themselves may be a pass phrase. */
static bool is_words(struct har_text text, const struct keyset *hosts)
{
    (void)hosts;
    struct words words;
    bool nested = false;
    for (size_t i = 0; i < text.len && !nested; i++)
        nested = strchr("/{[=", text.bytes[i]) != NULL;
    if (!words_read(text, &words) || !words.letters || words.digits > WORDS_DIGITS || (!nested && words.parts > WORDS_MOST))
        return false;
    return words.longest < NUMBER_LEAST || text.len < NUMBERED_LEAST;
}

/* ---- all of it */

static bool is_uniform(struct har_text text)
{
    bool seen[256] = {false};
    unsigned different = 0;
    for (size_t i = 0; i < text.len && different < 4; i++) {
        const unsigned char byte = (unsigned char)text.bytes[i];
        different += !seen[byte];
        seen[byte] = true;
    }
    return different < 4;
}

static bool is_common(struct har_text text, const struct keyset *hosts)
{
    static bool (*const kinds[])(struct har_text text, const struct keyset *hosts) = {
        is_address, is_number, is_words, is_version, is_size_or_colour, is_media, is_language, is_agent, is_date,
    };
    text = text_trim(text);
    if (text.len > 1 && text.bytes[0] == '"' && text.bytes[text.len - 1] == '"')
        text = (struct har_text){text.bytes + 1, text.len - 2};
    if (!text.len)
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i](text, hosts))
            return true;
    return false;
}

/* Decodes percent escapes and "\\/" once; false: there are none. */
static bool decode(struct har_text text, char *out, size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < text.len; i++) {
        const bool escape =
            text.bytes[i] == '%' && i + 2 < text.len && text_hex(text.bytes[i + 1]) >= 0 && text_hex(text.bytes[i + 2]) >= 0;
        if (text.bytes[i] == '\\' && i + 1 < text.len && text.bytes[i + 1] == '/')
            continue;
        out[(*len)++] = escape ? (char)(text_hex(text.bytes[i + 1]) * 16 + text_hex(text.bytes[i + 2])) : text.bytes[i];
        i += escape ? 2 : 0;
    }
    return *len < text.len;
}

bool never_elsewhere(struct har_text value, const struct keyset *hosts)
{
    if (is_uniform(value))
        return true;
    if (value.len > VALUE_MOST)
        return false;
    if (is_common(value, hosts))
        return true;
    char plain[VALUE_MOST], twice[VALUE_MOST];
    size_t len, twice_len;
    const bool never =
        decode(value, plain, &len) &&
        (is_common((struct har_text){plain, len}, hosts) ||
         (decode((struct har_text){plain, len}, twice, &twice_len) && is_common((struct har_text){twice, twice_len}, hosts)));
    explicit_bzero(plain, sizeof plain);
    explicit_bzero(twice, sizeof twice);
    return never;
}
