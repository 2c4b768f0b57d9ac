/* Forms in parts: each by its name. */
#include <string.h>

#include "redact/places.h"
#include "util/text.h"

enum {
    DELIMITER_MOST = 300,
    HEADERS_MOST = 64, /* lines of one part that are looked at */
};

/* What the headers of a part say. */
struct part {
    struct har_text name, mime;
    size_t body;
};

/* The value of a parameter of Content-Disposition, without its quotes. */
static struct har_text parameter_of(struct har_text line, const char *wanted)
{
    struct har_text part, name, value;
    while (text_part(&line, ';', &part)) {
        text_split(part, '=', &name, &value);
        if (!text_is(text_trim(name), wanted))
            continue;
        value = text_trim(value);
        if (value.len >= 2 && *value.bytes == '"' && value.bytes[value.len - 1] == '"')
            value = (struct har_text){value.bytes + 1, value.len - 2};
        return value;
    }
    return (struct har_text){"", 0};
}

static void read_header(struct har_text line, struct part *part)
{
    struct har_text name, value;
    text_split(line, ':', &name, &value);
    name = text_trim(name);
    if (text_is(name, "content-disposition"))
        part->name = parameter_of(value, "name");
    else if (text_is(name, "content-type"))
        part->mime = text_trim(value);
}

/* The headers from `at` on, up to a line that is empty. */
static struct part read_part(struct har_text text, size_t at, size_t end)
{
    struct part part = {.name = {"", 0}, .mime = {"", 0}, .body = end};
    struct har_text rest = {text.bytes + at, end - at}, line;
    for (unsigned i = 0; i < HEADERS_MOST && text_part(&rest, '\n', &line); i++) {
        if (!text_trim(line).len) {
            part.body = (size_t)(rest.bytes - text.bytes);
            break;
        }
        read_header(line, &part);
    }
    return part;
}

static void look_at_part(struct redact_engine *engine, struct har_text text, size_t at, size_t end, struct redact_edits *edits)
{
    const struct part part = read_part(text, at, end);
    if (end > part.body && text.bytes[end - 1] == '\n')
        end--;
    if (end > part.body && text.bytes[end - 1] == '\r')
        end--;
    if (part.body >= end)
        return;
    const struct redact_verdict verdict = places_verdict(engine, part.name, REDACT_NAME_PARAMETER);
    if (verdict.rule != REDACT_NO_RULE) {
        places_value(engine, text, part.body, end, verdict.rule, edits);
        return;
    }
    const enum redact_how how = places_how(part.mime, (struct har_text){text.bytes + part.body, end - part.body});
    if (how != REDACT_AS_TEXT) /* all else is looked at with the whole */
        redact_part(engine, text, part.body, end, how, edits);
}

/* The line that begins each part; empty when there is none. */
static struct har_text delimiter_of(struct har_text text)
{
    size_t at = 0;
    while (at < text.len && (text.bytes[at] == '\r' || text.bytes[at] == '\n'))
        at++;
    struct har_text line = {text.bytes + at, text.len - at};
    line.len = text_find(line, '\n');
    line = text_trim(line);
    if (line.len > DELIMITER_MOST || line.len < 3 || memcmp(line.bytes, "--", 2) != 0)
        return (struct har_text){"", 0};
    return line;
}

void redact_find_multipart(struct redact_engine *engine, struct har_text text, struct redact_edits *edits)
{
    const struct har_text delimiter = delimiter_of(text);
    if (!delimiter.len)
        return;
    size_t at = (size_t)(delimiter.bytes - text.bytes) + delimiter.len;
    while (at < text.len && !engine->failed) {
        at += text_find((struct har_text){text.bytes + at, text.len - at}, '\n') + 1;
        if (at >= text.len)
            return;
        const char *const next = memmem(text.bytes + at, text.len - at, delimiter.bytes, delimiter.len);
        const size_t end = next ? (size_t)(next - text.bytes) : text.len;
        look_at_part(engine, text, at, end, edits);
        at = end + delimiter.len;
        if (next && text.len - at >= 2 && memcmp(text.bytes + at, "--", 2) == 0)
            return;
    }
}
