/* Values whose text must be seen whole: numbers, words, escaped text, JSON. */
#include <string.h>

#include "format/xml.h"
#include "json/text.h"
#include "util/text.h"

#ifndef HARMILL_WITHOUT_XML

static struct har_text trimmed(const struct har_buffer *raw)
{
    return text_trim((struct har_text){raw->data ? raw->data : "", raw->len});
}

/* The value is told at its element; what stands there instead nobody will see: nothing is written. */
static bool wrong(struct xml *x, const struct xml_frame *frame, enum har_rule rule, enum har_kind kind, const char *word,
                  const char *message)
{
    if (frame->node < x->build.tree.count)
        xml_tell(x, rule, &x->build.tree.span[frame->node], SIZE_MAX, message, NULL, 0, NULL);
    json_build_literal(&x->build, frame->node, kind, word, strlen(word));
    return false;
}

static bool end_number(struct xml *x, const struct xml_frame *frame)
{
    const struct har_text text = trimmed(&x->raw);
    bool whole;
    if (!text.len || json_number_length(text.bytes, text.len, &whole) != text.len)
        return wrong(x, frame, HAR_RULE_XML_VOCABULARY, HAR_KIND_NUMBER, "0", "the text is no number as JSON writes them");
    json_build_literal(&x->build, frame->node, HAR_KIND_NUMBER, text.bytes, text.len);
    return true;
}

static bool end_boolean(struct xml *x, const struct xml_frame *frame)
{
    const struct har_text text = trimmed(&x->raw);
    const bool yes = text.len == 4 && memcmp(text.bytes, "true", 4) == 0;
    if (!yes && !(text.len == 5 && memcmp(text.bytes, "false", 5) == 0))
        return wrong(x, frame, HAR_RULE_XML_VOCABULARY, HAR_KIND_FALSE, "false", "the text is neither true nor false");
    json_build_literal(&x->build, frame->node, yes ? HAR_KIND_TRUE : HAR_KIND_FALSE, text.bytes, text.len);
    return true;
}

static bool end_string(struct xml *x, const struct xml_frame *frame)
{
    static const char message[] = "a backslash starts no known escape, although the text is said to be escaped";
    bool good = true;
    if (frame->escaped) {
        json_build_open(&x->build);
        good = json_build_escaped(&x->build, x->raw.data ? x->raw.data : "", x->raw.len);
    }
    json_build_close_text(&x->build, frame->node);
    if (!good && frame->node < x->build.tree.count)
        xml_tell(x, HAR_RULE_XML_VOCABULARY, &x->build.tree.span[frame->node], SIZE_MAX, message, NULL, 0, NULL);
    return good;
}

static bool end_json(struct xml *x, const struct xml_frame *frame)
{
    static const char no_json[] = "the text is no JSON, although the type says so";
    struct har_buffer plain;
    struct har_text text = {x->raw.data ? x->raw.data : "", x->raw.len};
    har_buffer_init(&plain, x->raw.max);
    if (frame->escaped && json_text_decode(text.bytes, text.len, &plain))
        text = (struct har_text){plain.data ? plain.data : "", plain.len};
    x->no_memory |= plain.failed;
    const uint64_t above = x->frames - 1; /* containers, all of them */
    const uint64_t depth = above < x->depth ? x->depth - above : 0;
    const enum json_build_parsed parsed = json_build_json(&x->build, frame->node, text.bytes, text.len, depth);
    har_buffer_release(&plain);
    if (parsed == JSON_BUILD_TOO_DEEP)
        return wrong(x, frame, HAR_RULE_TOO_DEEP, HAR_KIND_NULL, "null", "nested deeper than --max-depth allows");
    return parsed == JSON_BUILD_PARSED || wrong(x, frame, HAR_RULE_XML_VOCABULARY, HAR_KIND_NULL, "null", no_json);
}

bool xml_value_end(struct xml *x, const struct xml_frame *frame)
{
    switch ((enum xml_value)frame->value) {
    case XML_STRING:
        return end_string(x, frame);
    case XML_NUMBER:
        return end_number(x, frame);
    case XML_BOOLEAN:
        return end_boolean(x, frame);
    case XML_NULL:
        json_build_literal(&x->build, frame->node, HAR_KIND_NULL, "null", 4);
        return true;
    case XML_JSON:
        return end_json(x, frame);
    case XML_OBJECT:
    case XML_ARRAY:
    case XML_CHUNK:
        break;
    }
    return true;
}

#endif
