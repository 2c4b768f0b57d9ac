/* Classes of media types, by how their names begin. */
#include "util/media.h"

#include "util/text.h"

/* What the beginning of a media type stands for; the first row that fits wins. */
static const struct {
    const char *prefix, *type;
} types[] = {
    {"text/html", "document"},
    {"application/xhtml", "document"},
    {"text/css", "style"},
    {"text/javascript", "script"},
    {"application/javascript", "script"},
    {"application/x-javascript", "script"},
    {"application/ecmascript", "script"},
    {"application/wasm", "script"},
    {"image/", "image"},
    {"font/", "font"},
    {"application/font", "font"},
    {"application/x-font", "font"},
    {"application/vnd.ms-fontobject", "font"},
    {"audio/", "media"},
    {"video/", "media"},
    {"application/vnd.apple.mpegurl", "media"},
    {"application/dash+xml", "media"},
    {"application/json", "data"},
    {"application/xml", "data"},
    {"text/xml", "data"},
    {"text/event-stream", "data"},
    {"application/graphql", "data"},
    {"application/x-ndjson", "data"},
    {"x-unknown", "unknown"},
};

const char *media_class(struct har_text mime)
{
    mime.len = text_find(mime, ';');
    if (!mime.len)
        return "unknown";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_begins(mime, types[i].prefix))
            return types[i].type;
    return text_ends(mime, "+json") || text_ends(mime, "+xml") ? "data" : "other";
}
