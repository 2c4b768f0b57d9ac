/* Writes what the HTML report embeds as C: `embed OUT.c app.html STYLE.css... SCRIPT.js...`. Runs on the machine that builds, needs
 * the C library only. Fails, with file and line, on what would end or change the element that the text stands in. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/sha256.h"

enum { TEXT_MOST = 1 << 20, HASH_SIZE = (SHA256_SIZE + 2) / 3 * 4 + 1, LINE_BYTES = 32 };

/* What is embedded as one text: in which element it will stand, and what it must not hold, in any case. */
struct kind {
    const char *name;   /* of the constants */
    const char *ending; /* of the files */
    const char *what;   /* in messages */
    const char *before; /* put around it */
    const char *behind;
    bool hashed;
    const char *forbidden[4];
};

static const struct kind kinds[] = {
    {"app", ".html", "the skeleton", "", "", false, {"<script", "</script", "<style", NULL}},
    {"css", ".css", "a style sheet", "", "", true, {"</style", NULL}},
    {"script", ".js", "a script", "(() => {\n'use strict';\n", "})();\n", true, {"</script", "<script", "<!--", NULL}},
};
enum { SCRIPT = sizeof kinds / sizeof *kinds - 1 };

struct text {
    size_t len;
    char bytes[TEXT_MOST];
};

static bool complain(const char *file, const char *what)
{
    fprintf(stderr, "embed: %s: %s\n", file, what);
    return false;
}

static bool complain_at(const char *file, size_t line, const struct kind *kind, const char *what)
{
    fprintf(stderr, "embed: %s:%zu: %s must not hold %s\n", file, line, kind->what, what);
    return false;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool begins_with(const char *bytes, size_t len, const char *word)
{
    for (; *word && len && small(*bytes) == *word; word++, bytes++)
        len--;
    return !*word;
}

static bool check(const char *file, const struct kind *kind, const char *bytes, size_t len)
{
    size_t line = 1;
    for (size_t at = 0; at < len; at++) {
        const unsigned char c = (unsigned char)bytes[at];
        if (c >= 0x7f)
            return complain_at(file, line, kind, c == 0x7f ? "the control character 7f" : "bytes that are not ASCII");
        if (c < ' ' && c != '\n') {
            char name[40];
            snprintf(name, sizeof name, "the control character %02x", c);
            return complain_at(file, line, kind, name);
        }
        line += c == '\n';
        for (const char *const *word = kind->forbidden; *word; word++)
            if (begins_with(bytes + at, len - at, *word))
                return complain_at(file, line, kind, *word);
    }
    return true;
}

static bool append(struct text *text, const char *bytes)
{
    const size_t len = strlen(bytes);
    if (len > sizeof text->bytes - text->len)
        return false;
    memcpy(text->bytes + text->len, bytes, len);
    text->len += len;
    return true;
}

/* Appends a file, checked, with a line's end behind it: nothing forbidden comes about where two meet. */
static bool append_file(struct text *text, const struct kind *kind, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return complain(path, "cannot be opened");
    char *bytes = text->bytes + text->len;
    const size_t room = sizeof text->bytes - text->len, len = fread(bytes, 1, room, file);
    const bool failed = ferror(file) != 0;
    fclose(file);
    if (failed || len == room)
        return complain(path, failed ? "cannot be read" : "is too large");
    text->len += len;
    if (!check(path, kind, bytes, len))
        return false;
    if (len && bytes[len - 1] != '\n')
        text->bytes[text->len++] = '\n'; /* there is room: len < room */
    return true;
}

static void base64(const unsigned char digest[SHA256_SIZE], char out[HASH_SIZE])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < SHA256_SIZE; at += 3) {
        const size_t left = SHA256_SIZE - at;
        const unsigned long group =
            (unsigned long)digest[at] << 16 | (left > 1 ? (unsigned long)digest[at + 1] << 8 : 0) | (left > 2 ? digest[at + 2] : 0);
        *out++ = digits[group >> 18];
        *out++ = digits[group >> 12 & 63];
        *out++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *out++ = left > 2 ? digits[group & 63] : '=';
    }
    *out = '\0';
}

/* As numbers: string literals of this length are more than a compiler has to take. */
static void put(FILE *out, const struct kind *kind, const struct text *text)
{
    struct sha256 sha;
    unsigned char digest[SHA256_SIZE];
    char hash[HASH_SIZE];
    fprintf(out, "\nconst char html_web_%s[] = {\n", kind->name);
    for (size_t i = 0; i < text->len; i++)
        fprintf(out, "%d,%s", text->bytes[i], i % LINE_BYTES == LINE_BYTES - 1 ? "\n" : "");
    fprintf(out, "0};\nconst size_t html_web_%s_len = %zu;\n", kind->name, text->len);
    if (!kind->hashed)
        return;
    sha256_init_portable(&sha);
    sha256_add(&sha, text->bytes, text->len);
    sha256_end(&sha, digest);
    base64(digest, hash);
    fprintf(out, "const char html_web_%s_hash[] = \"%s\";\n", kind->name, hash);
}

/* The files of one kind, put together. */
static bool make_text(struct text *text, const struct kind *kind, char **files, int count)
{
    text->len = 0;
    if (!append(text, kind->before))
        return false;
    for (int i = 0; i < count; i++)
        if (!append_file(text, kind, files[i]))
            return false;
    return append(text, kind->behind) || complain(files[0], "is too large");
}

static bool write_all(const char *path, const struct text *texts)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        return complain(path, "cannot be made");
    fputs("/* Generated by src/tools/embed.c from src/web/. */\n#include \"html/web.h\"\n", out);
    for (int i = 0; i <= SCRIPT; i++)
        put(out, &kinds[i], &texts[i]);
    const bool failed = ferror(out) != 0;
    return (fclose(out) == 0 && !failed) || complain(path, "cannot be written");
}

/* How many of the files, from the first on, have the ending of this kind. */
static int count_kind(const struct kind *kind, char **files, int count)
{
    int same = 0;
    while (same < count) {
        const char *dot = strrchr(files[same], '.');
        if (!dot || strcmp(dot, kind->ending) != 0)
            break;
        same++;
    }
    return same;
}

/* Nothing is written before everything was looked at. */
int main(int argc, char **argv)
{
    enum { OUT = 1, FILES = 2 };
    int count[SCRIPT + 1] = {0}, at = FILES;
    for (int i = 0; i <= SCRIPT && at < argc; at += count[i++])
        count[i] = count_kind(&kinds[i], argv + at, argc - at);
    if (at != argc || count[0] != 1 || !count[SCRIPT - 1] || !count[SCRIPT]) {
        fputs("usage: embed OUT.c app.html STYLE.css... SCRIPT.js...\n", stderr);
        return 2;
    }
    struct text *texts = calloc(SCRIPT + 1, sizeof *texts);
    bool done = texts || complain(argv[OUT], "out of memory");
    at = FILES;
    for (int i = 0; i <= SCRIPT && done; at += count[i++])
        done = make_text(&texts[i], &kinds[i], argv + at, count[i]);
    done = done && write_all(argv[OUT], texts);
    free(texts);
    return done ? 0 : 1;
}
