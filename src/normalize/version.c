/* Normalize: httpVersion. */
#include "normalize/message.h"
#include "util/url.h"

static void from_start(struct normalize *n, uint32_t message, uint8_t row)
{
    struct derive_start start;
    if (!n->derive || !message_start(n, message, 0, &start))
        return;
    normalize_set_text(n, message, row, start.version.bytes, start.version.len);
    normalize_derived(n, message, HAR_MEND_VERSION);
}

/* Whether the entry's url is of the web: others have protocols of their own here. */
static bool is_of_web(struct normalize *n)
{
    struct url url;
    const uint32_t address = message_member_of(n, message_of(n, ENTRY_request), REQUEST_url, HAR_KIND_STRING);
    const struct har_text text = normalize_text(n, address, 3);
    url_split(text.bytes, text.len, &url);
    return url.kind != URL_OTHER;
}

void message_version(struct normalize *n, uint32_t message)
{
    const bool request = normalize_node(n, message)->object == HAR_OBJECT_REQUEST;
    const uint8_t row = request ? REQUEST_httpVersion : RESPONSE_httpVersion;
    const uint32_t version = message_member(n, message, row);
    if (version == JSON_NONE) {
        from_start(n, message, row);
        return;
    }
    if (normalize_node(n, version)->kind != HAR_KIND_STRING)
        return;
    const struct har_text text = normalize_text(n, version, 0);
    if (!text.len || derive_version_known(text) || text_is(text, "unknown") || !is_of_web(n))
        return;
    message_keep(n, version, HAR_KIND_STRING);
    normalize_set_text(n, message, row, "", 0);
    normalize_mended(n, HAR_MEND_VERSION_UNKNOWN);
}
