/* Writes an invented capture of about a given size, always the same bytes for the same arguments:
 *     bench-generate body|pretty|small|wrong|giant MEGABYTES [unsorted] >FILE
 * body: compact, bodies of 1 to 200 KB; pretty: the same with two-space indent; small: entries of about 3 kB without bodies;
 * wrong: the same with some ten mistakes in each; giant: one entry with one body. About 4 % of the bytes of body and pretty are
 * backslashes, 28 % of the bodies base64. unsorted: startedDateTime jumps about; nothing else differs. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    "value",  "index",  "length",  "return", "const",  "item",   "price", "result", "window",  "element", "list",   "filter",
    "header", "cache",  "module",  "render", "state",  "token",  "array", "number", "buffer",  "offset",  "render", "update",
    "string", "object", "handler", "event",  "target", "parent", "child", "margin", "display", "color",   "width",  "border",
};
static const char *const hanzi[] = {"\xE8\x8C\xB6", "\xE6\x99\x82", "\xE9\xB6\xB4", "\xE6\xB0\xB4", "\xE5\xB1\xB1",
                                    "\xE6\x96\x87", "\xE5\xAD\x97", "\xC3\xA9",     "\xC3\xBC",     "\xF0\x9F\x8D\xB5"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct out {
    uint64_t random;
    uint64_t written;
    bool pretty;
    bool wrong; /* make mistakes */
    bool unsorted;
    int depth;
    bool first; /* of an array or object */
};

static uint32_t next(struct out *out)
{
    out->random ^= out->random << 13;
    out->random ^= out->random >> 7;
    out->random ^= out->random << 17;
    return (uint32_t)(out->random >> 32);
}

static uint32_t below(struct out *out, uint32_t limit)
{
    return (uint32_t)(((uint64_t)next(out) * limit) >> 32);
}

static void raw(struct out *out, const char *text)
{
    size_t len = strlen(text);
    out->written += len;
    if (fwrite(text, 1, len, stdout) != len) {
        perror("bench-generate");
        exit(3);
    }
}

__attribute__((format(printf, 2, 3))) static void rawf(struct out *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    raw(out, text);
}

static void separate(struct out *out)
{
    if (!out->first)
        raw(out, ",");
    out->first = false;
    if (out->pretty) {
        raw(out, "\n");
        for (int i = 0; i < out->depth; i++)
            raw(out, "  ");
    }
}

static void open_value(struct out *out, const char *key, const char *bracket)
{
    separate(out);
    if (key)
        rawf(out, out->pretty ? "\"%s\": " : "\"%s\":", key);
    raw(out, bracket);
    out->depth++;
    out->first = true;
}

static void close_value(struct out *out, const char *bracket)
{
    out->depth--;
    if (out->pretty && !out->first) {
        raw(out, "\n");
        for (int i = 0; i < out->depth; i++)
            raw(out, "  ");
    }
    raw(out, bracket);
    out->first = false;
}

/* A member whose value is given as JSON text. */
__attribute__((format(printf, 3, 4))) static void member(struct out *out, const char *key, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    separate(out);
    rawf(out, out->pretty ? "\"%s\": " : "\"%s\":", key);
    raw(out, text);
}

static void name_value(struct out *out, const char *name, const char *value)
{
    open_value(out, NULL, "{");
    member(out, "name", "\"%s\"", name);
    member(out, "value", "\"%s\"", value);
    close_value(out, "}");
}

/* A line of invented source, JSON-escaped; the shares of the kinds follow real pages. Returns the decoded length. */
static size_t source_line(struct out *out, char *line, size_t room)
{
    const char *a = words[below(out, COUNT(words))];
    const char *b = words[below(out, COUNT(words))];
    const char *c = words[below(out, COUNT(words))];
    uint32_t number = below(out, 100000);
    uint32_t kind = below(out, 100);
    int len;
    int escapes;
    if (kind < 45) {
        len = snprintf(line, room, "\\tif (%s.%s !== \\\"%s\\\") { %s = %s(%" PRIu32 ", '%s'); }\\n", a, b, c, b, a, number, c);
        escapes = 4;
    } else if (kind < 63) {
        len = snprintf(line, room, "<a class=\\\"%s %s\\\" href=\\\"/%s/%" PRIu32 "\\\">%s %s %s</a>\\n", a, b, c, number, a, b, c);
        escapes = 5;
    } else if (kind < 85) {
        len = snprintf(line, room, "{\\\"%s\\\":%" PRIu32 ",\\\"%s\\\":\\\"%s %s\\\",\\\"id\\\":[%" PRIu32 ",1.5,null]},", a,
                       number, b, c, a, number % 97);
        escapes = 8;
    } else if (kind < 96) {
        len = snprintf(line, room, ".%s > .%s:hover, #%s-%" PRIu32 " { margin: 0 auto; padding: 4px 8px; }\\n", a, b, c, number);
        escapes = 1;
    } else {
        const char *x = hanzi[below(out, COUNT(hanzi))];
        const char *y = hanzi[below(out, COUNT(hanzi))];
        len = snprintf(line, room, "%s%s%s%s %s %s%s%s%s %" PRIu32 "\\n", x, y, x, y, a, y, y, x, x, number);
        escapes = 1;
    }
    return (size_t)(len - escapes);
}

/* A body of about `size` bytes, as the inside of a JSON string. Returns its decoded length. */
static size_t body(struct out *out, size_t size, bool base64)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char line[512];
    size_t decoded = 0;
    if (base64) {
        size_t left = size / 4 * 4;
        decoded = left / 4 * 3;
        while (left > 0) {
            size_t part = left < 256 ? left : 256;
            for (size_t i = 0; i < part; i += 4) {
                uint32_t bits = next(out);
                for (size_t k = 0; k < 4; k++)
                    line[i + k] = digits[(bits >> (6 * k)) & 63];
            }
            line[part] = '\0';
            raw(out, line);
            left -= part;
        }
        return decoded;
    }
    uint64_t end = out->written + size;
    while (out->written < end) {
        decoded += source_line(out, line, sizeof line);
        raw(out, line);
    }
    return decoded;
}

enum { COOKIES = 12, COOKIE_LEN = 64 };

/* Fills `cookie` and joins them to the header that carries them. */
static void make_cookies(struct out *out, char cookie[COOKIES][2][COOKIE_LEN], char *header, size_t room)
{
    static const char *const names[COOKIES] = {"sid",      "lang", "consent", "visit", "basket", "recent",
                                               "currency", "zone", "depth",   "first", "group",  "signature"};
    size_t len = 0;
    for (int i = 0; i < COOKIES; i++) {
        snprintf(cookie[i][0], COOKIE_LEN, "%s", names[i]);
        snprintf(cookie[i][1], COOKIE_LEN, "%08" PRIx32 "%08" PRIx32 ".%s-%" PRIu32, next(out), next(out),
                 words[below(out, COUNT(words))], below(out, 9999));
        len += (size_t)snprintf(header + len, room - len, "%s%s=%s", i ? "; " : "", cookie[i][0], cookie[i][1]);
    }
}

/* Every third request carries cookies, as a header and as members. */
static void request(struct out *out, uint32_t n, const char *host, const char *path)
{
    char text[128];
    char cookie[COOKIES][2][COOKIE_LEN], cookie_header[COOKIES * COOKIE_LEN * 2];
    const int cookies = n % 3 == 0 ? COOKIES : 0;
    make_cookies(out, cookie, cookie_header, sizeof cookie_header);
    open_value(out, "request", "{");
    member(out, "method", "\"%s\"", n % 19 == 3 ? "POST" : "GET");
    member(out, "url", out->wrong ? "\"https://%s%s/ ?id=%" PRIu32 "&v=3#top\"" : "\"https://%s%s?id=%" PRIu32 "&v=2\"", host, path,
           n);
    member(out, "httpVersion", "\"http/2.0\"");
    open_value(out, "headers", "[");
    name_value(out, ":authority", host);
    name_value(out, ":method", n % 19 == 3 ? "POST" : "GET");
    snprintf(text, sizeof text, "%s?id=%" PRIu32 "&v=2", path, n);
    name_value(out, ":path", text);
    if (out->wrong)
        name_value(out, "GET / HTTP/1.1", "line\\nbreak");
    name_value(out, "accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    name_value(out, "accept-encoding", "gzip, deflate, br, zstd");
    name_value(out, "accept-language", "de-DE,de;q=0.9,en;q=0.8");
    if (cookies > 0)
        name_value(out, "cookie", cookie_header);
    name_value(out, "referer", "https://shop.example/");
    name_value(out, "sec-ch-ua", "\\\"Chromium\\\";v=\\\"146\\\", \\\"Not.A/Brand\\\";v=\\\"24\\\"");
    name_value(out, "sec-ch-ua-mobile", "?0");
    name_value(out, "sec-ch-ua-platform", "\\\"Linux\\\"");
    name_value(out, "sec-fetch-dest", "script");
    name_value(out, "sec-fetch-mode", "no-cors");
    name_value(out, "sec-fetch-site", "same-site");
    name_value(out, "user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0");
    close_value(out, "]");
    open_value(out, "queryString", "[");
    snprintf(text, sizeof text, "%" PRIu32, n);
    name_value(out, "id", text);
    name_value(out, "v", "2");
    close_value(out, "]");
    open_value(out, "cookies", "[");
    for (int i = 0; i < cookies; i++) {
        open_value(out, NULL, "{");
        member(out, "name", "\"%s\"", cookie[i][0]);
        member(out, "value", "\"%s\"", cookie[i][1]);
        member(out, "path", "\"/\"");
        member(out, "domain", "\"shop.example\"");
        member(out, "httpOnly", "false");
        member(out, "secure", "true");
        close_value(out, "}");
    }
    close_value(out, "]");
    member(out, "headersSize", out->wrong ? "-7" : "-1");
    member(out, "bodySize", "0");
    close_value(out, "}");
}

static void response(struct out *out, uint32_t n, size_t size)
{
    char text[128];
    bool base64 = below(out, 100) < 28;
    const char *mime = base64 ? "image/png" : "text/javascript; charset=utf-8";
    open_value(out, "response", "{");
    member(out, "status", out->wrong ? "\"200\"" : "200");
    member(out, "statusText", "\"\"");
    member(out, "httpVersion", "\"http/2.0\"");
    open_value(out, "headers", "[");
    name_value(out, "content-type", mime);
    name_value(out, "cache-control", "public, max-age=31536000");
    snprintf(text, sizeof text, "W/\\\"%08" PRIx32 "-%" PRIu32 "\\\"", next(out), n);
    name_value(out, "etag", text);
    name_value(out, "date", "Mon, 02 Mar 2026 09:14:07 GMT");
    name_value(out, "server", "shopd");
    name_value(out, "access-control-allow-origin", "*");
    name_value(out, "access-control-expose-headers", "content-length, etag, server-timing, x-request-id");
    name_value(out, "content-security-policy",
               "default-src 'self'; img-src 'self' data: https://static.shop.example; style-src 'self' "
               "'unsafe-inline'; object-src 'none'; frame-ancestors 'self'; base-uri 'none'");
    snprintf(text, sizeof text, "cache;desc=hit;dur=%" PRIu32 ", edge;dur=%" PRIu32, below(out, 90), below(out, 9));
    name_value(out, "server-timing", text);
    snprintf(text, sizeof text, "%08" PRIx32 "-%08" PRIx32, next(out), next(out));
    name_value(out, "x-request-id", text);
    name_value(out, "x-content-type-options", "nosniff");
    name_value(out, "vary", "accept-encoding");
    name_value(out, "strict-transport-security", "max-age=31536000; includeSubDomains");
    close_value(out, "]");
    open_value(out, "cookies", "[");
    close_value(out, "]");
    open_value(out, "content", "{");
    if (size > 0) {
        separate(out);
        raw(out, out->pretty ? "\"text\": \"" : "\"text\":\"");
        size_t decoded = body(out, size, base64);
        raw(out, "\"");
        member(out, "size", "%zu", decoded);
        if (base64)
            member(out, "encoding", "\"base64\"");
    } else {
        member(out, "size", "%" PRIu32, below(out, 90000));
    }
    member(out, "mimeType", "\"%s\"", mime);
    close_value(out, "}");
    member(out, "redirectURL", "\"\"");
    member(out, "headersSize", "-1");
    member(out, "bodySize", "%" PRIu32, below(out, 90000));
    member(out, "_transferSize", "%" PRIu32, below(out, 90000));
    close_value(out, "}");
}

static void entry(struct out *out, uint32_t n, size_t size)
{
    char path[96];
    snprintf(path, sizeof path, "/%s/%s/%s-%" PRIu32 ".js", words[below(out, COUNT(words))], "assets", "part", below(out, 9999));
    uint32_t wait = below(out, 200000);
    open_value(out, NULL, "{");
    open_value(out, "_initiator", "{");
    member(out, "type", "\"parser\"");
    member(out, "url", "\"https://shop.example/\"");
    member(out, "lineNumber", "%" PRIu32, below(out, 900));
    close_value(out, "}");
    member(out, "_priority", "\"High\"");
    member(out, "_resourceType", "\"script\"");
    if (!out->wrong) {
        open_value(out, "cache", "{");
        close_value(out, "}");
    }
    member(out, "connection", "\"%" PRIu32 "\"", 4000 + below(out, 60));
    member(out, "pageref", out->wrong ? "\"page_2\"" : "\"page_1\"");
    request(out, n, n % 3 ? "static.shop.example" : "shop.example", path);
    response(out, n, size);
    member(out, "serverIPAddress", out->wrong ? "\"192.0.2.%" PRIu32 "?\"" : "\"192.0.2.%" PRIu32 "\"", 1 + below(out, 250));
    /* Each number below 2^20 once, because the factor is odd. */
    const uint32_t ms = out->unsorted ? n * UINT32_C(648053) & 0xFFFFF : n;
    member(out, "startedDateTime", "\"2026-03-02T%02" PRIu32 ":%02" PRIu32 ":%02" PRIu32 ".%03" PRIu32 "%s\"", ms / 3600000 % 24,
           ms / 60000 % 60, ms / 1000 % 60, ms % 1000, out->wrong ? "" : "Z");
    member(out, "time", "%" PRIu32 ".%03" PRIu32, (wait + 1500) / 1000, (wait + 1500) % 1000);
    open_value(out, "timings", "{");
    member(out, "blocked", "0.5");
    member(out, "dns", "-1");
    member(out, "ssl", "-1");
    member(out, "connect", "-1");
    member(out, "send", out->wrong ? "700.25" : "0.25");
    if (out->wrong)
        member(out, "proxy", "1");
    member(out, "wait", "%" PRIu32 ".%03" PRIu32, wait / 1000, wait % 1000);
    member(out, "receive", "0.75");
    close_value(out, "}");
    close_value(out, "}");
}

/* Bodies from 1 to 200 KB, small ones more often: the square of an even draw. */
static size_t body_size(struct out *out)
{
    uint64_t part = below(out, 1000);
    return (size_t)(1000 + 199000 * part * part / 1000000);
}

static void capture(struct out *out, const char *flavour, uint64_t size)
{
    raw(out, "{");
    out->depth = 1;
    out->first = true;
    open_value(out, "log", "{");
    member(out, "version", "\"1.2\"");
    open_value(out, "creator", "{");
    member(out, "name", "\"bench-generate\"");
    member(out, "version", "\"1\"");
    close_value(out, "}");
    open_value(out, "pages", "[");
    open_value(out, NULL, "{");
    member(out, "startedDateTime", "\"2026-03-02T00:00:00.000Z\"");
    member(out, "id", "\"page_1\"");
    member(out, "title", "\"https://shop.example/\"");
    open_value(out, "pageTimings", "{");
    member(out, "onContentLoad", "310.5");
    member(out, "onLoad", "940.25");
    close_value(out, "}");
    close_value(out, "}");
    close_value(out, "]");
    open_value(out, "entries", "[");
    uint32_t n = 0;
    if (strcmp(flavour, "giant") == 0) {
        entry(out, n, (size_t)size);
    } else {
        bool small = strcmp(flavour, "small") == 0 || out->wrong;
        while (out->written + 100 < size)
            entry(out, n++, small ? 0 : body_size(out));
    }
    close_value(out, "]");
    close_value(out, "}");
    close_value(out, "}");
    raw(out, "\n");
}

int main(int argc, char **argv)
{
    static char buffer[1 << 18];
    static const char *const flavours[] = {"body", "pretty", "small", "wrong", "giant"};
    bool known = false;
    const bool unsorted = argc == 4 && strcmp(argv[3], "unsorted") == 0;
    for (size_t i = 0; (argc == 3 || unsorted) && i < COUNT(flavours); i++)
        known = known || strcmp(argv[1], flavours[i]) == 0;
    if (!known) {
        fputs("usage: bench-generate body|pretty|small|wrong|giant MEGABYTES [unsorted] >FILE\n", stderr);
        return 2;
    }
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    struct out out = {.random = 0x9E3779B97F4A7C15,
                      .pretty = strcmp(argv[1], "pretty") == 0,
                      .wrong = strcmp(argv[1], "wrong") == 0,
                      .unsorted = unsorted};
    capture(&out, argv[1], strtoull(argv[2], NULL, 10) * 1000000);
    if (fflush(stdout)) {
        perror("bench-generate");
        return 3;
    }
    return 0;
}
